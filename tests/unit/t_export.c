/* t_export.c - the writers on a record made by hand: exact JSON, cells of CSV, the page's width,
 * and hostile text. No model, no codebook.
 */
#include <locale.h>
#include <stdarg.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/utf8.h"
#include "export/export.h"
#include "export/page.h"

/* The curly apostrophe in front makes bytes and code points differ everywhere. */
static const char text[] = "Ankara’s envoy met \"rebels\", killing five near Köln.\nIt said no.";

#define WORDS 6

typedef struct fixture {
    sr_doc doc;
    sr_parse parse;
    sr_mentions mentions;
    sr_sent sents[2];
    sr_word words[2][WORDS];
    sr_entity envoy, rebels, it, sides, five;
    const sr_entity *members[2];
    sr_location koeln;
    sr_toll toll;
    sr_event event;
    sr_statement statement;
    sr_talks talks;
    sr_talk_issue issue;
    sr_position position;
    sr_outcome outcome;
    sr_doc_record record;
    const sr_entity *actors[2], *recipients[1], *victims[1], *parties[2];
    const sr_location *places[1];
    sr_attribution said;
    sr_str issues[1];
    sr_span contents[1];
    uint32_t events[1];
} fixture;

static sr_span find(const char *words) {
    const char *p = strstr(text, words);
    assert_non_null(p);
    return (sr_span){(uint32_t)(p - text), (uint32_t)(p - text + (long)strlen(words))};
}

static sr_str words_of(sr_span s) { return sr_str_of(text + s.start, s.end - s.start); }

static void set_entity(sr_entity *e, const char *words, const char *code, const char *sector) {
    sr_span s = find(words);
    memset(e, 0, sizeof *e);
    e->text = words_of(s);
    e->start = s.start;
    e->end = s.end;
    memcpy(e->code, code, strlen(code) + 1);
    memcpy(e->sector, sector, strlen(sector) + 1);
    e->coded = true;
}

#define LIST(list, array, count) ((list).v = (void *)(array), (list).n = (list).cap = (count))

static void make(fixture *f) {
    memset(f, 0, sizeof *f);
    f->doc = (sr_doc){.id = SR_LIT("d-1"), .language = SR_LIT("en"), .text = sr_str_z(text),
                      .date = sr_day_of(2025, 10, 28), .title = SR_LIT("A \"title\"")};
    for (int i = 0; i < 2; i++) {
        f->sents[i] = (sr_sent){.w = f->words[i], .n = WORDS};
        f->sents[i].start = i ? find("It said").start : 0;
        f->sents[i].end = i ? (uint32_t)strlen(text) : find("\nIt").start;
    }
    f->parse = (sr_parse){f->sents, 2, 2 * WORDS};
    set_entity(&f->envoy, "Ankara’s envoy", "TUR", "GOV");
    set_entity(&f->rebels, "rebels", "", "REB");
    set_entity(&f->five, "five", "", "");
    set_entity(&f->it, "It", "TUR", "GOV");
    f->it.pronoun = true;
    f->it.antecedent = &f->envoy;
    set_entity(&f->sides, "no", "", "");
    f->members[0] = &f->envoy;
    f->members[1] = &f->rebels;
    f->sides.member = f->members;
    f->sides.n_member = 2;
    f->sides.group = true;
    sr_span k = find("Köln");
    f->koeln = (sr_location){.start = k.start, .end = k.end, .text = words_of(k), .resolved = true,
                             .resolution = 4, .relation = SR_LIT("near")};
    f->koeln.place = (sr_place){.name = SR_LIT("Köln"), .country = SR_LIT("Germany"), .country_code = "DEU",
                                .feature_class = 'P', .feature_code = "PPL", .geonameid = 2886242,
                                .lat = 50.9333f, .lon = 6.95f};
    f->victims[0] = &f->five;
    f->toll = (sr_toll){.effect = SR_LIT("killed"), .low = 5, .high = -1, .best = 5,
                        .qualifier = SR_LIT("at_least"), .text = find("five")};
    LIST(f->toll.victim, f->victims, 1);
    f->actors[0] = &f->it;
    f->recipients[0] = &f->rebels;
    f->places[0] = &f->koeln;
    f->issues[0] = SR_LIT("cross-border-militancy");
    f->said = (sr_attribution){.cue = find("said"), .kind = SR_LIT("speech")};
    f->event = (sr_event){.id = "e1", .type = SR_T_CONSULT, .mode = SR_LIT("visit phone"), .aux = SR_AUX_FUTURE,
                          .fact = SR_PR_POS, .trigger = find("met"), .date = sr_day_of(2025, 10, 26),
                          .enddate = SR_DAY_NONE, .cameo = SR_LIT("042"), .rule = SR_LIT("consult.meet")};
    LIST(f->event.actor, f->actors, 1);
    LIST(f->event.recipient, f->recipients, 1);
    LIST(f->event.place, f->places, 1);
    LIST(f->event.toll, &f->toll, 1);
    LIST(f->event.issue, f->issues, 1);
    LIST(f->event.attribution, &f->said, 1);
    f->contents[0] = find("no");
    f->events[0] = 0;
    f->statement = (sr_statement){.id = "s1", .source = &f->sides, .cue = find("said"), .kind = SR_LIT("speech"),
                                  .direct = true, .sent = 1, .rule = SR_LIT("say")};
    LIST(f->statement.content, f->contents, 1);
    LIST(f->statement.event, f->events, 1);
    f->position = (sr_position){&f->envoy, SR_LIT("refuses"), 0, find("no")};
    f->issue = (sr_talk_issue){.issue = SR_LIT("cross-border-militancy"), .text = find("rebels"), .state = SR_LIT("blocked")};
    LIST(f->issue.position, &f->position, 1);
    f->outcome = (sr_outcome){SR_LIT("joint_statement"), false, find("no")};
    f->parties[0] = &f->envoy;
    f->parties[1] = &f->rebels;
    f->talks = (sr_talks){.id = "t1", .date = SR_DAY_NONE, .enddate = SR_DAY_NONE, .status = SR_LIT("failed"),
                          .fact = SR_PR_POS, .venue = &f->koeln};
    LIST(f->talks.party, f->parties, 2);
    LIST(f->talks.issue, &f->issue, 1);
    LIST(f->talks.outcome, &f->outcome, 1);
    LIST(f->talks.event, f->events, 1);
    f->record = (sr_doc_record){.doc = &f->doc, .parse = &f->parse, .mentions = &f->mentions};
    LIST(f->record.events, &f->event, 1);
    LIST(f->record.statements, &f->statement, 1);
    LIST(f->record.talks, &f->talks, 1);
}

static const sr_json_options plain = {false, false};

static void expect(const sr_buf *b, const char *part) {
    if (!strstr(b->p, part)) fail_msg("no  %s\nin  %s", part, b->p);
}

/* ---- JSON -------------------------------------------------------------------------------------- */

static void json_is_exact(void **state) {
    (void)state;
    fixture f;
    make(&f);
    sr_buf b;
    sr_buf_init(&b);
    sr_json_write(&b, &f.record, &plain);
    const char *location =
        "{\"extracted_place\":\"Köln\",\"start\":47,\"end\":51,\"resolved_place\":\"Köln\",\"geonameid\":2886242,"
        "\"lat\":50.9333,\"lon\":6.95,\"city\":\"Köln\",\"country\":\"Germany\",\"country_code\":\"DEU\","
        "\"feature_class\":\"P\",\"feature_code\":\"PPL\",\"resolution\":4,\"relation\":\"near\"}";
    const char *rebels = "{\"entity_text\":\"rebels\",\"start\":20,\"end\":26,\"sector\":\"REB\"}";
    const char *envoy = "{\"entity_text\":\"Ankara’s envoy\",\"start\":0,\"end\":14,\"code\":\"TUR\",\"sector\":\"GOV\"}";
    const char *said = "[{\"cue\":{\"text\":\"said\",\"start\":56,\"end\":60},\"kind\":\"speech\",\"anonymous\":true}]";
    sr_buf want;
    sr_buf_init(&want);
    sr_buf_printf(&want,
        "{\"schema\":\"sitrep/1\",\"id\":\"d-1\",\"date\":\"2025-10-28\",\"title\":\"A \\\"title\\\"\",\"language\":\"en\","
        "\"sentences\":2,\"events\":[{\"id\":\"e1\",\"event\":[\"CONSULT\"],\"mode\":[\"visit\",\"phone\"],\"context\":[],"
        "\"auxiliary\":[\"future\"],\"factuality\":\"PR+\",\"trigger\":{\"text\":\"met\",\"start\":15,\"end\":18},"
        "\"actor\":[{\"entity_text\":\"Ankara’s envoy\",\"start\":53,\"end\":55,\"code\":\"TUR\",\"sector\":\"GOV\",\"via\":\"It\"}],"
        "\"recipient\":[%s],\"issue\":[\"cross-border-militancy\"],\"date\":\"2025-10-26\",\"event_loc\":[%s],"
        "\"toll\":[{\"effect\":\"killed\",\"low\":5,\"best\":5,\"qualifier\":\"at_least\",\"text\":\"five\",\"start\":37,\"end\":41,"
        "\"victim\":[{\"entity_text\":\"five\",\"start\":37,\"end\":41}],\"attribution\":%s}],\"size\":{\"dead\":5},"
        "\"instrument\":[],\"attribution\":%s,\"quad_code\":1,\"event_scale\":4,\"cameo\":\"042\",\"goldstein\":1.9,"
        "\"text_info\":{\"sequence\":0,\"start\":0,\"end\":52},\"rule\":\"consult.meet\"}],",
        rebels, location, said, said);
    sr_buf_printf(&want,
        "\"statements\":[{\"id\":\"s1\",\"source\":{\"entity_text\":\"no\",\"start\":61,\"end\":63,\"group\":true},"
        "\"cue\":{\"text\":\"said\",\"start\":56,\"end\":60},\"kind\":\"speech\",\"content\":[{\"text\":\"no\",\"start\":61,\"end\":63}],"
        "\"direct\":true,\"auxiliary\":[],\"factuality\":\"CT+\",\"event\":[\"e1\"],"
        "\"text_info\":{\"sequence\":1,\"start\":53,\"end\":64},\"rule\":\"say\"}],"
        "\"talks\":[{\"id\":\"t1\",\"party\":[%s,%s],\"mediator\":[],\"venue\":%s,\"status\":\"failed\",\"factuality\":\"PR+\","
        "\"issue\":[{\"issue\":\"cross-border-militancy\",\"text\":\"rebels\",\"start\":20,\"end\":26,\"state\":\"blocked\","
        "\"position\":[{\"party\":%s,\"stance\":\"refuses\",\"event\":\"e1\",\"content\":{\"text\":\"no\",\"start\":61,\"end\":63}}]}],"
        "\"outcome\":[{\"kind\":\"joint_statement\",\"reached\":false,\"text\":\"no\",\"start\":61,\"end\":63}],"
        "\"event\":[\"e1\"],\"attribution\":[]}],\"warnings\":[]}\n",
        envoy, rebels, location, envoy);
    assert_string_equal(b.p, want.p);
    sr_buf_release(&b);
    sr_buf_release(&want);
}

static void json_group_is_followed_by_its_members(void **state) {
    (void)state;
    fixture f;
    make(&f);
    f.actors[0] = &f.sides;
    sr_buf b;
    sr_buf_init(&b);
    sr_json_write(&b, &f.record, &plain);
    expect(&b, "\"actor\":[{\"entity_text\":\"no\",\"start\":61,\"end\":63,\"group\":true},"
               "{\"entity_text\":\"Ankara’s envoy\",\"start\":61,\"end\":63,\"code\":\"TUR\",\"sector\":\"GOV\",\"via\":\"no\"},"
               "{\"entity_text\":\"rebels\",\"start\":61,\"end\":63,\"sector\":\"REB\",\"via\":\"no\"}]");
    sr_buf_release(&b);
}

static void json_with_text_and_mentions(void **state) {
    (void)state;
    fixture f;
    make(&f);
    sr_name name = {.start = 0, .end = 6, .text = SR_LIT("Ankara"), .type = SR_NAME_LOC};
    sr_time time = {.start = 0, .end = 6, .text = SR_LIT("Ankara"), .type = SR_TIME_SET, .value = SR_LIT("P1D")};
    LIST(f.mentions.names, &name, 1);
    LIST(f.mentions.times, &time, 1);
    f.mentions.no_date_warning = true;
    sr_str warning = SR_LIT("odd");
    LIST(f.doc.warnings, &warning, 1);
    sr_buf b;
    sr_buf_init(&b);
    sr_json_write(&b, &f.record, &(sr_json_options){true, true});
    expect(&b, "\"text\":\"Ankara’s envoy met \\\"rebels\\\", killing five near Köln.\\nIt said no.\",\"names\":[{\"text\":"
               "\"Ankara\",\"start\":0,\"end\":6,\"type\":\"LOC\"}],\"places\":[],\"times\":[{\"text\":\"Ankara\",\"start\":0,"
               "\"end\":6,\"type\":\"SET\",\"value\":\"P1D\"}],\"sentences\":2");
    expect(&b, "\"warnings\":[\"odd\",\"relative date without a document date\"]}\n");
    sr_buf_release(&b);
}

static void json_of_another_language(void **state) {
    (void)state;
    sr_doc doc = {.id = SR_LIT("x"), .language = SR_LIT("de"), .text = SR_LIT("Guten Tag"), .date = SR_DAY_NONE};
    sr_doc_record r = {.doc = &doc};
    sr_buf b;
    sr_buf_init(&b);
    sr_json_write(&b, &r, &(sr_json_options){false, true});
    assert_string_equal(b.p, "{\"schema\":\"sitrep/1\",\"id\":\"x\",\"language\":\"de\",\"skipped\":\"language\",\"names\":[],"
                             "\"places\":[],\"times\":[],\"events\":[],\"statements\":[],\"talks\":[],\"warnings\":[]}\n");
    sr_buf_reset(&b);
    doc.language = SR_LIT("und");
    sr_json_write(&b, &r, &plain);
    assert_string_equal(b.p, "{\"schema\":\"sitrep/1\",\"id\":\"x\",\"skipped\":\"language\",\"events\":[],\"statements\":[],"
                             "\"talks\":[],\"warnings\":[]}\n");
    sr_buf_reset(&b);
    sr_json_error(&b, SR_LIT("a\x01\x7f\t"), "broken \"JSON\"");
    assert_string_equal(b.p, "{\"schema\":\"sitrep/1\",\"id\":\"a\\u0001\\u007f\\t\",\"error\":\"broken \\\"JSON\\\"\",\"events\":[],"
                             "\"statements\":[],\"talks\":[]}\n");
    sr_buf_release(&b);
}

/* Offsets against a count from the front, for texts of every mixture of lengths. */
static void offsets_match_a_naive_count(void **state) {
    (void)state;
    static const char *const pieces[] = {"a", "é", "’", "😀", "bcdefgh"};
    uint32_t seed = 1;
    for (int round = 0; round < 60; round++) {
        sr_buf t, b;
        sr_buf_init(&t);
        sr_buf_init(&b);
        for (int i = 0; i < round * 7; i++) {
            seed = seed * 1103515245 + 12345;
            sr_buf_z(&t, pieces[(seed >> 16) % 5]);
        }
        sr_buf_z(&t, "x");
        sr_doc doc = {.id = SR_LIT("x"), .language = SR_LIT("en"), .text = sr_str_of(t.p, t.n), .date = SR_DAY_NONE};
        sr_name names[400];
        sr_mentions m = {0};
        uint32_t n = 0;
        for (uint32_t i = 0, k; i < t.n && n < 400; i += k) {
            uint32_t cp;
            k = sr_utf8_decode(t.p + i, t.n - i, &cp);
            names[n++] = (sr_name){.start = i, .end = i + k, .text = sr_str_of(t.p + i, k), .type = SR_NAME_PER};
        }
        LIST(m.names, names, n);
        sr_doc_record r = {.doc = &doc, .mentions = &m};
        sr_json_write(&b, &r, &(sr_json_options){false, true});
        const char *p = b.p;
        for (uint32_t i = 0; i < n; i++) {
            char want[64];
            snprintf(want, sizeof want, "\"start\":%u,\"end\":%u,", i, i + 1);
            p = strstr(p, "\"start\":");
            assert_non_null(p);
            assert_memory_equal(p, want, strlen(want));
            p++;
        }
        sr_buf_release(&t);
        sr_buf_release(&b);
    }
}

static void numbers_do_not_depend_on_the_locale(void **state) {
    (void)state;
    const struct { double x; int places; const char *want; } cases[] = {
        {0, 2, "0"}, {-0.0, 2, "0"}, {2.5, 2, "2.5"}, {-0.4, 2, "-0.4"}, {7, 4, "7"}, {41.01384, 4, "41.0138"},
        {-9.5, 2, "-9.5"}, {0.05, 2, "0.05"}, {179.99999, 4, "180"}, {-0.00001, 4, "0"}};
    setlocale(LC_ALL, "de_DE.UTF-8");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sr_buf b;
        sr_buf_init(&b);
        sr_put_decimal(&b, cases[i].x, cases[i].places);
        assert_string_equal(b.p, cases[i].want);
        sr_buf_release(&b);
    }
    setlocale(LC_ALL, "C");
    sr_buf b;
    sr_buf_init(&b);
    sr_put_int(&b, INT64_MIN);
    sr_buf_char(&b, ' ');
    sr_put_int(&b, INT64_MAX);
    assert_string_equal(b.p, "-9223372036854775808 9223372036854775807");
    sr_buf_release(&b);
}

/* ---- CSV --------------------------------------------------------------------------------------- */

/* Takes a row apart as RFC 4180 says; returns how many cells. */
static int read_row(char *p, char **cells, int max) {
    int n = 0;
    for (bool more = true; more && n < max;) {
        char *to = p;
        cells[n++] = p;
        if (*p == '"') {
            for (p++; *p && !(p[0] == '"' && p[1] != '"'); *to++ = *p++)
                if (*p == '"') p++;
            assert_int_equal(*p++, '"');
        } else {
            while (*p && *p != ',' && *p != '\n') *to++ = *p++;
        }
        more = *p == ',';
        *to = '\0';
        p++;
    }
    return n;
}

static void csv_rows_have_the_columns_of_the_head(void **state) {
    (void)state;
    fixture f;
    make(&f);
    f.doc.publication = SR_LIT("Times, \"The\"");
    sr_buf head, row;
    sr_buf_init(&head);
    sr_buf_init(&row);
    sr_csv_head(&head);
    sr_csv_write(&row, &f.record);
    char *names[64], *cells[64];
    int n = read_row(head.p, names, 64), m = read_row(row.p, cells, 64);
    assert_int_equal(n, m);
    const struct { const char *name, *value; } wants[] = {
        {"id", "d-1"}, {"publication", "Times, \"The\""}, {"title", "A \"title\""}, {"event", "CONSULT"},
        {"mode", "visit;phone"}, {"auxiliary", "future"}, {"factuality", "PR+"}, {"actor", "Ankara’s envoy"},
        {"actor_code", "TUR"}, {"recipient_sector", "REB"}, {"recipient_code", ""}, {"place", "Köln"}, {"lat", "50.9333"},
        {"dead", "5"}, {"injured", ""}, {"toll", "killed 5.."}, {"trigger", "met"}, {"sentence", "0"}, {"rule", "consult.meet"}};
    for (size_t k = 0; k < sizeof wants / sizeof *wants; k++) {
        int found = 0;
        for (int i = 0; i < n; i++) {
            if (strcmp(names[i], wants[k].name) != 0) continue;
            assert_string_equal(cells[i], wants[k].value);
            found++;
        }
        assert_int_equal(found, 1);
    }
    sr_buf_release(&head);
    sr_buf_release(&row);
}

/* ---- the page ---------------------------------------------------------------------------------- */

static void check_width(const sr_buf *b, unsigned width) {
    for (const char *p = b->p, *end; *p; p = end + 1) {
        end = strchr(p, '\n');
        assert_non_null(end);
        sr_str line = sr_str_of(p, (size_t)(end - p));
        if (sr_text_width(line) > width) fail_msg("%u columns: %.*s", sr_text_width(line), (int)line.n, line.p);
    }
}

static void page_keeps_its_width(void **state) {
    (void)state;
    fixture f;
    make(&f);
    for (unsigned width = 40; width <= 100; width++) {
        sr_buf b;
        sr_buf_init(&b);
        sr_table_write(&b, &f.record, &(sr_table_options){.width = width});
        check_width(&b, width);
        expect(&b, "── Talks");
        expect(&b, "not reached");
        sr_buf_release(&b);
    }
}

static void page_shows_what_the_record_says(void **state) {
    (void)state;
    fixture f;
    make(&f);
    sr_buf b;
    sr_buf_init(&b);
    sr_table_write(&b, &f.record, &(sr_table_options){.width = 90});
    expect(&b, "A \"title\"\n2025-10-28");
    expect(&b, "  Ankara’s envoy – rebels: failed (probable) · Köln, Germany\n");
    expect(&b, "  │ cross-border militancy │ refuses        │        │ blocked │\n");
    expect(&b, "  2025-10-26 · Köln, Germany · visit · phone · cross-border militancy · probable\n"
               "  Ankara’s envoy [TUR GOV] → rebels [REB] · according to unnamed sources\n"
               "  killed     at least 5 five\n");
    expect(&b, "    ‘Ankara’s envoy met \"rebels\", killing five near Köln.’\n");
    sr_buf_reset(&b);
    sr_table_write(&b, &f.record, &(sr_table_options){.width = 90, .ascii = true});
    expect(&b, "| cross-border militancy | refuses        |        | blocked |");
    assert_null(strstr(b.p, "─"));
    sr_buf_reset(&b);
    sr_table_write(&b, &f.record, &(sr_table_options){.width = 90, .color = true});
    expect(&b, "envoy \033[4mmet\033[0m \"rebels\"");
    sr_buf_release(&b);
}

/* What an article holds may not reach the terminal as a command. */
static void page_drops_control_characters(void **state) {
    (void)state;
    static const char bad[] = "a\033[2Jb\x07" "c\u202Ed\u200Fe\xC2\x9B" "f \u0301g 漢字";
    sr_buf b;
    sr_buf_init(&b);
    sr_page p = {.out = &b, .width = 40};
    sr_page_line(&p, 0, 0);
    sr_page_text(&p, SR_BOLD, sr_str_z(bad));
    sr_page_end(&p);
    assert_string_equal(b.p, "a[2Jbcdef \u0301g 漢字\n");
    assert_int_equal(sr_text_width(SR_LIT("漢字")), 4);
    sr_buf_reset(&b);
    /* A word longer than the line is broken, not dropped. */
    p = (sr_page){.out = &b, .width = 10};
    sr_page_line(&p, 2, 4);
    sr_page_z(&p, SR_PLAIN, "0123456789abcdef x");
    sr_page_end(&p);
    assert_string_equal(b.p, "  01234567\n    89abcd\n    ef x\n");
    sr_buf_release(&b);
}

/* Documents with very many statements take time in proportion. */
static void many_statements_stay_linear(void **state) {
    (void)state;
    enum { N = 60000 };
    fixture f;
    make(&f);
    sr_statement *many = calloc(N, sizeof *many);
    sr_entity *sources = calloc(N, sizeof *sources);
    char (*names)[16] = calloc(N, sizeof *names);
    for (uint32_t i = 0; i < N; i++) {
        many[i] = f.statement;
        snprintf(names[i], sizeof names[i], "source %u", i / 2);
        sources[i].text = sr_str_z(names[i]);
        many[i].source = &sources[i];
    }
    LIST(f.record.statements, many, N);
    sr_buf b;
    sr_buf_init(&b);
    sr_table_write(&b, &f.record, &(sr_table_options){.width = 80});
    assert_false(b.failed);
    expect(&b, "source 29999\n  said: “no”\n  said: “no”\n");
    sr_buf_release(&b);
    free(many);
    free(sources);
    free(names);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(json_is_exact),
        cmocka_unit_test(json_group_is_followed_by_its_members),
        cmocka_unit_test(json_with_text_and_mentions),
        cmocka_unit_test(json_of_another_language),
        cmocka_unit_test(offsets_match_a_naive_count),
        cmocka_unit_test(numbers_do_not_depend_on_the_locale),
        cmocka_unit_test(csv_rows_have_the_columns_of_the_head),
        cmocka_unit_test(page_keeps_its_width),
        cmocka_unit_test(page_shows_what_the_record_says),
        cmocka_unit_test(page_drops_control_characters),
        cmocka_unit_test(many_statements_stay_linear),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

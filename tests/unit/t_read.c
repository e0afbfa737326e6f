/* t_read.c - bytes to documents: encodings, records, blocks, datelines, language, the reader.
 *
 * Blocks and datelines are checked by the text form of the document, without its identifier and
 * language, so that a case shows what a user would see.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <cmocka.h>
#include <json-c/json.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "read/read.h"

static sr_arena arena;
static sr_buf printed;

static int setup(void **state) {
    (void)state;
    sr_arena_init(&arena, SR_DOC_MEMORY_MAX);
    sr_buf_init(&printed);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    sr_arena_release(&arena);
    sr_buf_release(&printed);
    return 0;
}

static sr_status decode(sr_doc *doc, const char *bytes, size_t n, sr_raw_kind kind,
                        sr_error *err) {
    /* A copy of exactly that length, so that a read past its end is seen. */
    char *copy = malloc(n ? n : 1);
    memcpy(copy, bytes, n);
    sr_raw raw = {copy, n, "in", kind == SR_RAW_JSON ? 3 : 0, kind};
    sr_arena_clear(&arena);
    memset(err, 0, sizeof *err);
    sr_status s = sr_doc_decode(doc, &raw, SR_DAY_NONE, &arena, err);
    free(copy);
    if (s == SR_OK) {
        assert_true(sr_utf8_valid(doc->text.p, doc->text.n, NULL));
        uint32_t at = 0;
        for (uint32_t i = 0; i < doc->n_blocks; i++) {
            const sr_block *b = &doc->blocks[i];
            assert_true(b->start >= at && b->start <= b->body && b->body <= b->end &&
                        b->start < b->end && b->end <= doc->text.n);
            at = b->end;
        }
    } else {
        assert_true(err->message[0]);
    }
    return s;
}

static sr_status text(sr_doc *doc, const char *z, sr_error *err) {
    return decode(doc, z, strlen(z), SR_RAW_TEXT, err);
}

static sr_status json(sr_doc *doc, const char *z, sr_error *err) {
    return decode(doc, z, strlen(z), SR_RAW_JSON, err);
}

static void assert_text(const sr_doc *doc, const char *z) {
    assert_int_equal(doc->text.n, strlen(z));
    assert_memory_equal(doc->text.p, z, strlen(z));
}

static void assert_warning(const sr_doc *doc, const char *part) {
    for (uint32_t i = 0; i < doc->warnings.n; i++)
        if (strstr(doc->warnings.v[i].p, part)) return;
    fail_msg("no warning about %s", part);
}

/* ---- encodings ------------------------------------------------------------------------------- */

static void encodings(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    assert_int_equal(text(&d, "\xEF\xBB\xBFTalks caf\xC3\xA9.", &e), SR_OK);
    assert_text(&d, "Talks café.");
    assert_int_equal(d.warnings.n, 0);

    assert_int_equal(text(&d,
                          "The envoy\x92s caf\xE9 talks \x97 \x93"
                          "over\x94 \x80"
                          "5.",
                          &e),
                     SR_OK);
    assert_text(&d, "The envoy’s café talks — “over” €5.");
    assert_warning(&d, "windows-1252");

    /* A damaged byte in a text that is UTF-8 otherwise, and one cut short at the end. */
    assert_int_equal(text(&d, "“Talks” in Łódź \xFF with “both” ended\xE2\x80", &e), SR_OK);
    assert_text(&d, "“Talks” in Łódź \uFFFD with “both” ended\uFFFD");
    assert_warning(&d, "U+FFFD");
    assert_int_equal(text(&d, "All is over\xE2\x80", &e), SR_OK);

    static const char le[] = "\xFF\xFEK\0a\0b\0u\0l\0 \0\x3D\xD8\x00\xDE.\0";
    assert_int_equal(decode(&d, le, sizeof le - 1, SR_RAW_TEXT, &e), SR_OK);
    assert_text(&d, "Kabul \xF0\x9F\x98\x80.");
    static const char be[] = "\xFE\xFF\0K\0a\0b\0u\0l\xD8\x3D\0.\0";
    assert_int_equal(decode(&d, be, sizeof be - 1, SR_RAW_TEXT, &e), SR_OK);
    assert_text(&d, "Kabul\uFFFD.");
    assert_warning(&d, "UTF-16");

    /* Direction marks and stray control characters stay where they are: offsets count them. */
    assert_int_equal(text(&d, "\u200FThe talks\u202C began \x0E in Doha, officials said.", &e),
                     SR_OK);
    assert_text(&d, "\u200FThe talks\u202C began \x0E in Doha, officials said.");
}

static void not_text(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    assert_int_equal(text(&d, "", &e), SR_EINPUT);
    assert_string_equal(e.message, "in: the text is empty");
    assert_int_equal(text(&d, " \r\n\t\xC2\xA0 \xEF\xBB\xBF", &e), SR_EINPUT);
    assert_int_equal(text(&d, "\xEF\xBB\xBF", &e), SR_EINPUT);
    assert_int_equal(decode(&d, "\xFF\xFE", 2, SR_RAW_TEXT, &e), SR_EINPUT);
    assert_int_equal(decode(&d, "Talks\0are over.", 15, SR_RAW_TEXT, &e), SR_EINPUT);
    assert_string_equal(e.message, "in: binary data, not text");
    char once[2001];
    for (int i = 0; i < 2000; i += 5) memcpy(once + i, "word ", 6);
    once[1000] = 0;
    assert_int_equal(decode(&d, once, 2000, SR_RAW_TEXT, &e), SR_OK);
    assert_warning(&d, "NUL");
    assert_int_equal(text(&d, "\x01\x02\x03\x04 abc", &e), SR_EINPUT);
    assert_int_equal(text(&d, "%PDF-1.7\n%\xE2\xE3", &e), SR_EINPUT);
    assert_string_equal(e.message, "in: a PDF file, not text");
    assert_int_equal(text(&d, "\x1F\x8B\x08 zip", &e), SR_EINPUT);
    assert_non_null(strstr(e.message, "gzip"));
    assert_int_equal(text(&d, "<html><body>Talks are over.</body></html>", &e), SR_OK);
    assert_warning(&d, "HTML");

    size_t n = SR_DOC_TEXT_MAX + 1;
    char *big = malloc(n);
    memset(big, 'a', n);
    assert_int_equal(decode(&d, big, n, SR_RAW_TEXT, &e), SR_ELIMIT);
    assert_non_null(strstr(e.message, "SR_DOC_TEXT_MAX"));
    assert_int_equal(decode(&d, big, n - 1, SR_RAW_TEXT, &e), SR_OK);
    free(big);
    /* The worst that lines can be: as many as there are bytes. */
    n = SR_DOC_TEXT_MAX;
    big = malloc(n);
    for (size_t i = 0; i < n; i++) big[i] = i % 2 ? '\n' : '.';
    assert_int_equal(decode(&d, big, n, SR_RAW_TEXT, &e), SR_OK);
    free(big);
}

static void memory_runs_out(void **state) {
    (void)state;
    static const char record[] =
        "{\"id\":\"a\",\"text\":\"KABUL, Oct 28 (Wire) - Talks ended.\\n"
        "They resume on Monday.\",\"date\":\"soon\",\"title\":\"T\\u0000\"}";
    sr_raw raw = {record, sizeof record - 1, "in", 1, SR_RAW_JSON};
    volatile int jumps = 0;
    for (volatile size_t budget = 16;; budget += 16) {
        sr_arena a;
        jmp_buf back;
        sr_doc d;
        sr_arena_init(&a, budget);
        a.recover = &back;
        int why = setjmp(back);
        sr_status s = why ? (sr_status)why : sr_doc_decode(&d, &raw, SR_DAY_NONE, &a, NULL);
        sr_arena_release(&a);
        if (s == SR_OK) break;
        assert_int_equal(s, SR_ELIMIT);
        jumps++;
    }
    assert_true(jumps > 10);
}

/* ---- records --------------------------------------------------------------------------------- */

static void records(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    assert_int_equal(
        json(&d,
             "{\"id\":\"a1\",\"text\":\"Talks \\u00e9 \\ud83d\\ude00 end.\",\"date\":"
             "\"2025-10-28\",\"title\":\"T\",\"url\":\"u\",\"publication\":\"P\","
             "\"extra\":[1,{\"text\":5}]}",
             &e),
        SR_OK);
    assert_text(&d, "Talks é \xF0\x9F\x98\x80 end.");
    assert_true(sr_str_is(d.id, "a1") && sr_str_is(d.title, "T") && sr_str_is(d.url, "u") &&
                sr_str_is(d.publication, "P"));
    assert_int_equal(d.date, sr_day_of(2025, 10, 28));
    assert_int_equal(d.warnings.n, 0);

    assert_int_equal(
        json(&d, "{\"text\":\"Talks.\",\"id\":9007199254740993,\"title\":null}", &e), SR_OK);
    assert_true(sr_str_is(d.id, "9007199254740993"));
    assert_int_equal(d.title.n, 0);
    assert_int_equal(json(&d, "{\"text\":\"a\\ud800b\\udc00c.\"}", &e), SR_OK);
    assert_text(&d, "a\uFFFDb\uFFFDc.");
    assert_int_equal(json(&d, "{\"text\":\"a\\u0000b.\"}", &e), SR_OK);
    assert_text(&d, "a\uFFFDb.");
    assert_warning(&d, "NUL");
    assert_int_equal(json(&d, "{\"text\":\"The caf\xE9 talks\"}", &e), SR_OK);
    assert_text(&d, "The café talks");
    assert_warning(&d, "windows-1252");
    assert_int_equal(json(&d, "{\"text\":\"a\tb\"}", &e), SR_OK); /* a raw tab is common enough */

    static const char *const dates[] = {"2025-10-28T23:10:00Z", "2025-10-28 06:00", "20251028",
                                        " 2025-10-28 ", "20251028T120000Z"};
    for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
        char line[100];
        snprintf(line, sizeof line, "{\"text\":\"Talks.\",\"date\":\"%s\"}", dates[i]);
        assert_int_equal(json(&d, line, &e), SR_OK);
        assert_int_equal(d.date, sr_day_of(2025, 10, 28));
    }
    assert_int_equal(json(&d, "{\"text\":\"Talks.\",\"date\":\"28/10/2025\"}", &e), SR_OK);
    assert_int_equal(d.date, SR_DAY_NONE);
    assert_warning(&d, "date");
    assert_int_equal(json(&d, "{\"text\":\"Talks.\",\"date\":\"\"}", &e), SR_OK);
    assert_int_equal(d.warnings.n, 0);
}

static void broken_records(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    static const struct {
        const char *line, *message;
    } cases[] = {
        {"{\"text\":5}", "in:3: field \"text\" is not a string"},
        {"{\"text\":\"a\",\"title\":[]}", "in:3: field \"title\" is not a string"},
        {"{\"text\":\"a\",\"date\":20251028}", "in:3: field \"date\" is not a string"},
        {"{\"title\":\"a\"}", "in:3: field \"text\" is missing"},
        {"{\"text\":null}", "in:3: field \"text\" is missing"},
        {"{\"text\":\" \\n \"}", "in:3: the text is empty"},
        {"[\"text\"]", "in:3: not a JSON object"},
        {"\"text\"", "in:3: not a JSON object"},
        {"null", "in:3: not a JSON object"},
        {"{\"text\":\"a", "in:3: broken JSON: cut short"},
        {"{\"text\":\"a\"} {}", "in:3: broken JSON"},
        {"{\"text\":\"a\"}x", "in:3: broken JSON"},
        {"{text:\"a\"}", "in:3: broken JSON"},
        {"{\"text\":\"a\" \"b\":1}", "in:3: broken JSON"},
        {"talks", "in:3: not a JSON object"},
        {"{", "in:3: broken JSON"},
        {"}", "in:3: not a JSON object"},
        {"\x01", "in:3: not a JSON object"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(json(&d, cases[i].line, &e), SR_EINPUT);
        if (strncmp(e.message, cases[i].message, strlen(cases[i].message)) != 0)
            fail_msg("%s: %s", cases[i].line, e.message);
    }
    assert_int_equal(decode(&d, "{\"text\":\"a\0b\"}", 14, SR_RAW_JSON, &e), SR_EINPUT);
    char deep[3000] = "{\"x\":";
    memset(deep + 5, '[', 2000);
    assert_int_equal(json(&d, deep, &e), SR_EINPUT);
    assert_non_null(strstr(e.message, "nested"));
}

static void identifiers(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    char first[32];
    assert_int_equal(text(&d, "Talks ended.", &e), SR_OK);
    assert_int_equal(d.id.n, 16);
    memcpy(first, d.id.p, 17);
    assert_int_equal(json(&d, "{\"text\":\"Talks ended.\"}", &e), SR_OK);
    assert_string_equal(d.id.p, first);
    assert_int_equal(json(&d, "{\"text\":\"Talks ended.\",\"url\":\"x\"}", &e), SR_OK);
    assert_string_not_equal(d.id.p, first);
    assert_int_equal(text(&d, "Talks ended!", &e), SR_OK);
    assert_string_not_equal(d.id.p, first);
}

/* ---- blocks ---------------------------------------------------------------------------------- */

/* Marks blocks of `in` by lines that start with "P " or "H ", datelines by " | " after them. */
static void assert_blocks(const char *in, const char *out) {
    sr_doc d;
    sr_error e;
    assert_int_equal(text(&d, in, &e), SR_OK);
    sr_buf_reset(&printed);
    for (uint32_t i = 0; i < d.n_blocks; i++) {
        const sr_block *b = &d.blocks[i];
        sr_buf_z(&printed, b->kind == SR_BLOCK_HEADING ? "H " : "P ");
        for (uint32_t k = b->start; k < b->end; k++) {
            if (k == b->body && k != b->start) sr_buf_z(&printed, "| ");
            char c = d.text.p[k];
            if (c != '\r') sr_buf_char(&printed, c == '\n' ? ' ' : c);
        }
        sr_buf_char(&printed, '\n');
    }
    assert_string_equal(printed.p, out);
}

static void paragraph_a_line(void **state) {
    (void)state;
    assert_blocks("The envoys met on Monday in the old town hall of the capital.\n"
                  "They did not agree on a date for the next round, a spokesman said.\n",
                  "P The envoys met on Monday in the old town hall of the capital.\n"
                  "P They did not agree on a date for the next round, a spokesman said.\n");
    /* Quotes and brackets after the full stop; line ends as news sites leave them. */
    assert_blocks(
        "He said: “We leave.”\r\r\n\r\r\nShe stayed (for now.)\r\nNobody knew why.\r\n",
        "P He said: “We leave.”\nP She stayed (for now.)\nP Nobody knew why.\n");
    assert_blocks("One line alone.\rThen another.\r", "P One line alone.\nP Then another.\n");
    assert_blocks("One line alone.\u2028Then another.", "P One line alone.\nP Then another.\n");
    assert_blocks("It was led by Gen.\nKarim, who left.",
                  "P It was led by Gen. Karim, who left.\n");
    assert_blocks("• Two soldiers died\n• One was hurt",
                  "P • Two soldiers died\nP • One was hurt\n");
}

static void wrap_in_long_lines(void **state) {
    (void)state;
    assert_blocks(
        "The two sides have not been able to settle their dispute over the river, the dam and "
        "the "
        "rights of the farmers on its banks, senior\nMinistry officials told the paper.\n"
        "The next round will be held when both of them have named their delegates, officials "
        "said.",
        "P The two sides have not been able to settle their dispute over the river, the dam "
        "and the "
        "rights of the farmers on its banks, senior Ministry officials told the paper.\n"
        "P The next round will be held when both of them have named their delegates, officials "
        "said.\n");
    assert_blocks(
        "The ministers of the five states on the lake met for the third time in\n"
        "as many weeks.\n",
        "P The ministers of the five states on the lake met for the third time in as many "
        "weeks.\n");
}

static void wrapped_text(void **state) {
    (void)state;
    /* A sentence ends with a full line, by accident; the short line ends the paragraph. */
    assert_blocks(
        "The river commission met again on Tuesday to hear\n"
        "the complaints of the farmers. Nobody had expected\n"
        "the minister to come to the meeting of that day.\n"
        "He listened and promised an answer within a week.\n"
        "Nothing came of it.\n"
        "Months later the water was still low and the two\n"
        "governments did not talk to each other any more.\n",
        "P The river commission met again on Tuesday to hear the complaints of the farmers. "
        "Nobody had expected the minister to come to the meeting of that day. He listened "
        "and promised an answer within a week. Nothing came of it.\n"
        "P Months later the water was still low and the two governments did not talk to "
        "each other any more.\n");
    assert_blocks(
        "Water Talks Stall\n\n"
        "   The river commission met again on Tuesday to hear\n"
        "the complaints of the farmers. Nobody had expected\n"
        "the minister to come.\n"
        "   He listened and promised an answer within a week,\n"
        "which never came.\n",
        "H Water Talks Stall\n"
        "P The river commission met again on Tuesday to hear the complaints of the farmers. "
        "Nobody had expected the minister to come.\n"
        "P He listened and promised an answer within a week, which never came.\n");
}

static void headings(void **state) {
    (void)state;
    assert_blocks("Farmers protest against the dam\n"
                  "Hundreds of farmers blocked the road to the dam on Sunday, police said.\n"
                  "Minister Under Growing Pressure To Resign\n"
                  "The minister has refused to answer questions since the march began.\n",
                  "H Farmers protest against the dam\n"
                  "P Hundreds of farmers blocked the road to the dam on Sunday, police said.\n"
                  "H Minister Under Growing Pressure To Resign\n"
                  "P The minister has refused to answer questions since the march began.\n");
    assert_blocks(
        "What Does The March Mean?\n\nNobody knows.\n\nWhat happens next\n\nIt ends.",
        "H What Does The March Mean?\nP Nobody knows.\nH What happens next\nP It ends.\n");
    assert_blocks("The text of the statement follows:\n\nWe will not leave.",
                  "P The text of the statement follows:\nP We will not leave.\n");
    /* A line alone is what somebody typed, unless it is set as a title. */
    assert_blocks("Farmers block the road to the dam", "P Farmers block the road to the dam\n");
    assert_blocks("Farmers Block Road To The Dam", "H Farmers Block Road To The Dam\n");
}

/* Sentence spans that people marked: no block may end inside a sentence, and where a newline lies
 * between two sentences a block should end, but for the one wrap that was marked as if it did. */
static void blocks_of_the_desk(void **state) {
    (void)state;
    const char *shared = getenv("SITREP_SHARED");
    char file[600];
    unsigned at_newline = 0, found = 0, cut = 0;
    snprintf(file, sizeof file, "%s/desk/gold.jsonl", shared ? shared : "../shared");
    if (access(file, R_OK) != 0) skip();
    sr_reader *r;
    sr_raw raw;
    sr_doc d;
    sr_error e;
    assert_int_equal(sr_reader_open(&r, file, false, &e), SR_OK);
    while (sr_reader_next(r, &raw, &e) == 1) {
        sr_arena_clear(&arena);
        assert_int_equal(sr_doc_decode(&d, &raw, SR_DAY_NONE, &arena, &e), SR_OK);
        /* Which code points end a block, and which are newlines. */
        size_t n = sr_utf8_count(d.text.p, d.text.n), cp = 0;
        bool *ends = SR_NEW_N(&arena, bool, n + 1), *newline = SR_NEW_N(&arena, bool, n + 1);
        for (uint32_t i = 0, b = 0; i < d.text.n; i++) {
            if (((unsigned char)d.text.p[i] & 0xC0) == 0x80) continue;
            while (b < d.n_blocks && d.blocks[b].end < i) b++;
            ends[cp] = b < d.n_blocks && d.blocks[b].end == i;
            newline[cp++] = d.text.p[i] == '\n';
        }
        json_object *record =
            json_tokener_parse(sr_arena_dup(&arena, sr_str_of(raw.bytes, raw.n)).p);
        json_object *spans = json_object_object_get(record, "spans");
        size_t from = 0, to = 0;
        for (size_t i = 0; i < json_object_array_length(spans); i++) {
            json_object *span = json_object_array_get_idx(spans, i);
            size_t next = (size_t)json_object_get_int(json_object_array_get_idx(span, 0));
            bool broken = false, ended = false;
            for (size_t k = to; i > 0 && k < next; k++) broken |= newline[k], ended |= ends[k];
            at_newline += broken;
            found += broken && ended;
            from = next;
            to = (size_t)json_object_get_int(json_object_array_get_idx(span, 1));
            for (size_t k = from + 1; k < to; k++) cut += ends[k];
        }
        json_object_put(record);
    }
    sr_reader_close(r);
    print_message(
        "# %u of %u sentence ends at a newline end a block; %u blocks end in a sentence\n",
        found, at_newline, cut);
    assert_int_equal(cut, 0);
    assert_true(found + 1 >= at_newline && at_newline > 5);
}

/* ---- datelines --------------------------------------------------------------------------------- */

static void assert_dateline(const char *in, const char *place, const char *prose,
                            const char *day) {
    char out[16];
    sr_dateline d = sr_dateline_find(sr_str_z(in));
    if (!prose) {
        if (d.length) fail_msg("%s: found %.*s", in, (int)d.place.n, d.place.p);
        return;
    }
    if (!d.length) fail_msg("%s: nothing found", in);
    assert_string_equal(in + d.length, prose);
    sr_str z = sr_arena_dup(&arena, d.place);
    assert_string_equal(z.p, place);
    sr_day_print(out, d.date);
    assert_string_equal(out, day);
}

static void datelines(void **state) {
    (void)state;
    assert_dateline("KABUL, Oct 28 (Wire) - Two died.", "KABUL", "Two died.", "");
    assert_dateline("KABUL, Oct. 28, 2025 (Wire) -- Two died.", "KABUL", "Two died.",
                    "2025-10-28");
    assert_dateline("KABUL, Afghanistan (AP) — Two died.", "KABUL, Afghanistan", "Two died.",
                    "");
    assert_dateline("Kabul (AP) – Two died.", "Kabul", "Two died.", "");
    assert_dateline("GAZA CITY/RAMALLAH, October 28 (Wire) - Two died.", "GAZA CITY/RAMALLAH",
                    "Two died.", "");
    assert_dateline("TEHRAN — Two died.", "TEHRAN", "Two died.", "");
    assert_dateline("TEHRAN - Two died.", "TEHRAN", "Two died.", "");
    assert_dateline("TEHRAN- Two died.", "TEHRAN", "Two died.", "");
    assert_dateline("TEHRAN –Two died.", "TEHRAN", "Two died.", "");
    assert_dateline("TEHRAN_ Two died.", "TEHRAN", "Two died.", "");
    assert_dateline("TEHRAN-The two died.", "TEHRAN", "The two died.", "");
    assert_dateline("TEHRAN - two soldiers died.", "TEHRAN", "two soldiers died.", "");
    assert_dateline("CAPE TOWN, South Africa – Two died.", "CAPE TOWN, South Africa",
                    "Two died.", "");
    assert_dateline("ISLAMABAD: Two died.", "ISLAMABAD", "Two died.", "");
    assert_dateline("UNITED NATIONS (Wire) - Two died.", "UNITED NATIONS", "Two died.", "");
    assert_dateline("(CNN) Two died.", "", "Two died.", "");
    assert_dateline("(CNN) -- Two died.", "", "Two died.", "");
    assert_dateline("Oct 28 (Wire) - Two died.", "", "Two died.", "");
    assert_dateline("28 October 2025, Kabul – Two died.", "Kabul", "Two died.", "2025-10-28");
    assert_dateline("LIMA, 3 JAN 90 (EFE) -- [REPORT] [TEXT] TWO DIED.", "LIMA", "TWO DIED.",
                    "1990-01-03");
    assert_dateline("MANAGUA (NICARAGUA), 11 DEC 89 (RADIO) -- TWO DIED.", "MANAGUA (NICARAGUA)",
                    "TWO DIED.", "1989-12-11");
    assert_dateline("CLANDESTINE, 8 JAN 90 (RADIO) -- [TEXT] TWO DIED.", "", "TWO DIED.",
                    "1990-01-08");
    assert_dateline("KABUL, Tuesday, Oct 28, 2025 (Wire) - “Two died.", "KABUL", "“Two died.",
                    "2025-10-28");
    assert_dateline("KABUL, 2025-10-28 (Wire) - Two died.", "KABUL", "Two died.", "2025-10-28");

    /* Prose with dashes, brackets and capitals. */
    static const char *const none[] = {
        "The talks - which failed - were long.", "NATO — which has 32 members — agreed.",
        "US-Iran talks failed.", "UN - the body - met.", "A - B", "",
        "(He left.) Nobody saw it.", "(the ministry) said so", "Pakistan (PAK) lost the match.",
        "May 5 was a Monday - nobody came.", "October 28 was cold.", "TEHRAN", "TEHRAN —",
        "Karim: We left.", "Iran - Iraq", "COVID-19 spread.", "10 killed - police",
    };
    for (size_t i = 0; i < sizeof none / sizeof *none; i++)
        assert_dateline(none[i], NULL, NULL, NULL);
}

static void dateline_in_document(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    assert_blocks("Farmers Block Road\n\nKABUL, Oct 28, 2025 (Wire) - Two farmers died.\n\n"
                  "IRAN – Nobody said so.",
                  "H Farmers Block Road\nP KABUL, Oct 28, 2025 (Wire) - | Two farmers died.\n"
                  "P IRAN – Nobody said so.\n");
    assert_int_equal(text(&d, "KABUL, Oct 28, 2025 (Wire) - Two died.", &e), SR_OK);
    assert_int_equal(d.date, sr_day_of(2025, 10, 28));
    assert_true(sr_str_is(d.dateline_place, "KABUL"));
    assert_int_equal(json(&d, "{\"text\":\"KABUL, Oct 28, 2025 (Wire) - Two died.\","
                              "\"date\":\"2025-10-30\"}", &e), SR_OK);
    assert_int_equal(d.date, sr_day_of(2025, 10, 30));

    static const char dated[] = "KABUL, Oct 28, 2025 (Wire) - Two died.", bare[] = "Two died.";
    sr_raw raw = {dated, sizeof dated - 1, NULL, 0, SR_RAW_TEXT};
    assert_int_equal(sr_doc_decode(&d, &raw, 100, &arena, &e), SR_OK);
    assert_int_equal(d.date, sr_day_of(2025, 10, 28));
    raw.bytes = bare;
    raw.n = sizeof bare - 1;
    assert_int_equal(sr_doc_decode(&d, &raw, 100, &arena, &e), SR_OK);
    assert_int_equal(d.date, 100);
}

static void prints(void **state) {
    (void)state;
    sr_doc d;
    sr_error e;
    assert_int_equal(json(&d,
                          "{\"id\":\"a\",\"date\":\"2025-10-30\",\"title\":\"Old\\nnews\","
                          "\"text\":\"Old News\\n\\nKABUL – Two\\nmen died.\"}",
                          &e),
                     SR_OK);
    sr_buf_reset(&printed);
    sr_doc_print(&printed, &d);
    assert_string_equal(printed.p, "document a\ndate 2025-10-30\ntitle Old news\nlanguage en\n"
                                   "dateline KABUL\nheading 0-8\n  Old News\n"
                                   "paragraph 10-33 body 20\n  KABUL – Two men died.\n");
}

/* ---- language ---------------------------------------------------------------------------------- */

static void languages(void **state) {
    (void)state;
    static const struct {
        const char *code, *text;
    } cases[] = {
        {"en", "The two sides have agreed to meet again, the ministry said."},
        {"en", "TTP"},
        {"en", ""},
        {"en", "Israel strikes Rafah"},
        {"en", "Mr. de la Cruz and Mr. dos Santos met Mr. van der Berg in Den Haag on Monday."},
        {"fr",
         "Les deux parties ont repris les pourparlers dans la capitale, selon le ministère."},
        {"de", "Die beiden Seiten haben sich auf eine neue Runde von Gesprächen geeinigt."},
        {"es",
         "Los dos gobiernos han acordado una nueva ronda de conversaciones sobre el río."},
        {"pt", "Os dois governos não chegaram a um acordo sobre o uso das águas do rio."},
        {"it",
         "Le due parti non sono riuscite a trovare un accordo sulla questione della diga."},
        {"tr", "İki taraf yeni bir görüşme turu için anlaştı ve tarih daha sonra açıklanacak."},
        {"ar", "اتفق الطرفان على عقد جولة جديدة من المحادثات"},
        {"fa", "دو طرف برای دور تازه‌ای از گفت‌وگوها توافق "
               "کردند"},
        {"ur", "دونوں فریقوں نے نئے مذاکرات پر اتفاق کیا ہے"},
        {"ru", "Стороны договорились провести новый раунд переговоров"},
        {"uk", "Сторони домовилися провести новий раунд переговорів і зустрічей"},
        {"zh", "双方同意举行新一轮会谈讨论河流"},
        {"ja", "双方は新たな会談を行うことで合意した"},
        {"ko", "양측은 새로운 회담을 열기로 합의했다"},
        {"he", "שני הצדדים הסכימו לקיים סבב שיחות"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(sr_language_guess(sr_str_z(cases[i].text)), cases[i].code);
}

/* ---- reader ------------------------------------------------------------------------------------ */

static char path[64];

static void write_file(const char *bytes, size_t n) {
    strcpy(path, "/tmp/sitrep_t_read_XXXXXX");
    int fd = mkstemp(path);
    assert_true(fd >= 0);
    while (n) {
        ssize_t k = write(fd, bytes, n);
        assert_true(k > 0);
        bytes += k;
        n -= (size_t)k;
    }
    close(fd);
}

/* What comes out: items as "line:bytes", errors as "!message", each on a line. */
static const char *read_all(const char *p) {
    sr_reader *r = NULL;
    sr_error e;
    sr_raw raw;
    int k;
    sr_buf_reset(&printed);
    sr_buf_z(&printed, "");
    if (sr_reader_open(&r, p, false, &e) != SR_OK) {
        sr_buf_printf(&printed, "!%s\n", e.message);
        return printed.p;
    }
    while ((k = sr_reader_next(r, &raw, &e)) != 0) {
        if (k > 0)
            sr_buf_printf(&printed, "%s%d:%.*s\n", raw.kind == SR_RAW_JSON ? "" : "text ",
                          (int)raw.line, (int)(raw.n < 60 ? raw.n : 60), raw.bytes);
        else
            sr_buf_printf(&printed, "!%s\n", strchr(e.message, ':'));
    }
    assert_int_equal(sr_reader_next(r, &raw, &e), 0);
    sr_reader_close(r);
    return printed.p;
}

static const char *read_bytes(const char *bytes, size_t n) {
    write_file(bytes, n);
    const char *out = read_all(path);
    unlink(path);
    return out;
}

static const char *read_z(const char *z) { return read_bytes(z, strlen(z)); }

/* A text in pieces: each as large as may be, none lost, cut where the text has a seam. */
static void pieces(void **state) {
    (void)state;
    static const char *const units[] = {"The talks went on.\n\n", "One line\n", "word ", "\xC3\xA9"};
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        sr_buf text = {0}, again = {0};
        while (text.n < 2 * SR_PIECE_MAX + 1000) sr_buf_z(&text, units[k]);
        write_file(text.p, text.n);
        sr_reader *r;
        sr_raw raw;
        uint64_t line = 1;
        int n = 0;
        assert_int_equal(sr_reader_open(&r, path, true, NULL), SR_OK);
        while (sr_reader_next(r, &raw, NULL) == 1) {
            n++;
            assert_int_equal(raw.kind, SR_RAW_TEXT);
            assert_int_equal(raw.line, line);
            assert_true(raw.n <= SR_PIECE_MAX);
            size_t unit = strlen(units[k]);
            assert_int_equal(raw.n % unit, 0); /* at a seam */
            for (size_t i = 0; i < raw.n; i++) line += raw.bytes[i] == '\n';
            sr_buf_put(&again, raw.bytes, raw.n);
        }
        assert_int_equal(n, 3);
        assert_int_equal(again.n, text.n);
        assert_memory_equal(again.p, text.p, text.n);
        sr_reader_close(r);
        sr_buf_release(&text);
        sr_buf_release(&again);
    }
    write_file("Short.\n", 7); /* one item, as without pieces */
    sr_reader *r;
    sr_raw raw;
    assert_int_equal(sr_reader_open(&r, path, true, NULL), SR_OK);
    assert_int_equal(sr_reader_next(r, &raw, NULL), 1);
    assert_int_equal(raw.line, 0);
    assert_int_equal(raw.n, 7);
    assert_int_equal(sr_reader_next(r, &raw, NULL), 0);
    sr_reader_close(r);
    unlink(path);
}

static void reader(void **state) {
    (void)state;
    assert_string_equal(read_z("Talks are over.\nAll went home.\n"),
                        "text 0:Talks are over.\nAll went home.\n\n");
    assert_string_equal(read_z("{\"a\":1}\n\n  \r\n{\"b\":2}\r\nnonsense\n{\"c\":3}"),
                        "1:{\"a\":1}\n4:{\"b\":2}\n5:nonsense\n6:{\"c\":3}\n");
    assert_string_equal(read_z("\xEF\xBB\xBF{\"a\":1}\n"), "1:{\"a\":1}\n");
    assert_string_equal(read_z("\n \n{\"a\":1}\n"), "3:{\"a\":1}\n");
    assert_string_equal(read_z(""), "text 0:\n");
    assert_string_equal(read_z("{\\rtf1 talks}"), "text 0:{\\rtf1 talks}\n");
    assert_string_equal(read_all("/tmp"), "!/tmp: is a directory\n");
    assert_string_equal(read_all("/tmp/no/such"), "!/tmp/no/such: no such file\n");
    char longer[400];
    memset(longer, 'x', sizeof longer);
    longer[399] = 0;
    assert_non_null(strstr(read_all(longer), ": name too long"));
    sr_reader_close(NULL);
}

static void long_lines(void **state) {
    (void)state;
    size_t n = 50u << 20, head = strlen("{\"a\":1}\n{\"text\":\"");
    char *big = malloc(n + 200);
    memcpy(big, "{\"a\":1}\n{\"text\":\"", head);
    memset(big + head, 'a', n);
    strcpy(big + head + n, "\"}\n{\"b\":2}\n");
    const char *out = read_bytes(big, head + n + strlen("\"}\n{\"b\":2}\n"));
    assert_string_equal(out, "1:{\"a\":1}\n!:2: line longer than SR_RAW_MAX, 16777280 bytes\n"
                             "3:{\"b\":2}\n");
    out = read_bytes(big, head + n); /* the same without an end */
    assert_string_equal(out, "1:{\"a\":1}\n!:2: line longer than SR_RAW_MAX, 16777280 bytes\n");
    memset(big, 'a', n);
    out = read_bytes(big, n);
    assert_non_null(strstr(out, "longer than SR_DOC_TEXT_MAX"));
    memset(big, ' ', n);
    out = read_bytes(big, n);
    assert_non_null(strstr(out, "longer than SR_DOC_TEXT_MAX"));
    free(big);
}

static void from_a_pipe(void **state) {
    (void)state;
    int ends[2], old = dup(STDIN_FILENO);
    assert_int_equal(pipe(ends), 0);
    static const char input[] = "\xEF\xBB\xBF {\"a\":1}\n{\"b\":2}";
    assert_int_equal(write(ends[1], input, sizeof input - 1), sizeof input - 1);
    close(ends[1]);
    dup2(ends[0], STDIN_FILENO);
    close(ends[0]);
    assert_string_equal(read_all("-"), "1:{\"a\":1}\n2:{\"b\":2}\n");
    dup2(old, STDIN_FILENO);
    close(old);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(encodings),        cmocka_unit_test(not_text),
        cmocka_unit_test(memory_runs_out),  cmocka_unit_test(records),
        cmocka_unit_test(broken_records),   cmocka_unit_test(identifiers),
        cmocka_unit_test(paragraph_a_line), cmocka_unit_test(wrap_in_long_lines),
        cmocka_unit_test(wrapped_text),     cmocka_unit_test(headings),
        cmocka_unit_test(blocks_of_the_desk), cmocka_unit_test(datelines),
        cmocka_unit_test(dateline_in_document),
        cmocka_unit_test(prints),           cmocka_unit_test(languages),
        cmocka_unit_test(reader),           cmocka_unit_test(pieces),
        cmocka_unit_test(long_lines),
        cmocka_unit_test(from_a_pipe),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}

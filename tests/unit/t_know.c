/* t_know.c - the codebook: its text format, the compiled image, names, codes, rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "know/image.h"

/* ---- helpers ----------------------------------------------------------------------------- */

static const char BOOK[] =
    "# a comment\n"
    "actor PAK                         # a state\n"
    "  kind     country\n"
    "  name     Pakistan\n"
    "  alias    Islamic Republic of Pakistan\n"
    "  adj      Pakistani\n"
    "  people   Pakistanis\n"
    "  capital  Islamabad; Rawalpindi\n"
    "  code     PAK GOV\n"
    "  wikidata Q843\n"
    "\n"
    "actor ttp\n"
    "  kind     group\n"
    "  name     Tehrik-i-Taliban Pakistan\n"
    "  alias    Pakistani Taliban\n"
    "  acronym  TTP; T.T.P.; TtP\n"
    "  code     PAK REB\n"
    "actor taliban\n"
    "  kind     group\n"
    "  name     Taliban\n"
    "  code     AFG REB ..2021-08-14\n"
    "  code     AFG GOV,MIL 2021-08-15..\n"
    "actor shabaab\n"
    "  kind     group\n"
    "  name     al-Shabaab\n"
    "  alias    The Youth\n"
    "  code     SOM REB\n"
    "actor person.roe\n"
    "  kind     person\n"
    "  name     Jos\xC3\xA9 Roe\n"
    "  code     PAK LEG 2010..2012-02 deputy\n"
    "  code     PAK GOV 2015-03..2018 foreign minister\n"
    "role soldier\n"
    "  noun     soldier; security personnel\n"
    "  sector   MIL\n"
    "  flags    group armed\n"
    "role official\n"
    "  noun     official\n"
    "  sector   -\n"
    "issue refugees\n"
    "  phrase   refugee; return of refugees\n"
    "set gun\n"
    "  words    rifle; gun\n"
    "set weapon\n"
    "  words    rocket; $gun; $\n"
    "event assault.attack\n"
    "  type      ASSAULT\n"
    "  mode      firearms if with={$gun|sniper}\n"
    "  mode      aerial if by!=<any> obj={<place>|<person>|@CONSULT|@ANY|tower}\n"
    "  type      MOBILIZE if to=<state>\n"
    "  context   military; terrorism\n"
    "  cameo     190\n"
    "  verb      attack; open fire; storm obj={<place>|$weapon}\n"
    "  noun      human rights abuse obj=<person>; call for by=<actor>; stand-off\n"
    "  actor     subj, poss, comp, by\n"
    "  recipient obj, on, against\n"
    "  not       verb attack obj={inflation|problem}\n"
    "  effect    CT-\n"
    "  aux       future\n"
    "  need      both\n"
    "  reciprocal yes\n"
    "  toll      killed\n"
    "  stance    refuses\n"
    "  rank      3\n"
    "  example   Gunmen attacked a post. => ASSAULT.firearms - UAF > PAK COP\n"
    "  counter   The bank attacked inflation.\n"
    "cue say\n"
    "  verb      say\n"
    "  prep      according to\n"
    "  source    subj, by\n"
    "  content   clause\n"
    "  speech    speech\n"
    "  example   It is so, he said. => he\n"
    "operator plan\n"
    "  verb      plan clause=<any>\n"
    "  effect    Uu\n"
    "support launch\n"
    "  verb      launch\n"
    "  noun      obj, on\n"
    "  actor     subj\n";

static const char PLACES[] =
    "# columns: name\talternates(;)\tlat\tlon\tclass\tcode\tcountry\tprovince\tdistrict\tpop\tid\n"
    "Islamabad\t\t33.72148\t73.04329\tP\tPPLC\tPAK\tIslamabad\t\t601600\t1176615\n"
    "San Jos\xC3\xA9\tSan Jose;Saint Joe\t9.93\t-84.08\tP\tPPLC\tCRI\tSan Jos\xC3\xA9\t\t335007\t3621849\n"
    "San Jose\t\t37.34\t-121.89\tP\tPPLA2\tUSA\tCalifornia\tSanta Clara\t1026908\t5392171\n"
    "Costa Rica\t\t10\t-84\tA\tPCLI\tCRI\t\t\t4999441\t3624060\n";

static sr_source sources[2];

static sr_status compile_all(void **image, size_t *n, const char *book, sr_error *e) {
    sources[0] = (sr_source){"book.txt", sr_str_z(book)};
    sources[1] = (sr_source){"places.tsv", sr_str_z(PLACES)};
    return sr_know_compile(image, n, sources, 2, e);
}

static void *image;
static size_t image_n;
static sr_know *k;

static int open_book(void **state) {
    (void)state;
    sr_error e;
    if (compile_all(&image, &image_n, BOOK, &e) || sr_know_open(&k, image, image_n, &e)) {
        fprintf(stderr, "# %s\n", e.message);
        return -1;
    }
    return 0;
}

static int close_book(void **state) {
    (void)state;
    sr_know_free(k);
    free(image);
    return 0;
}

/* A sentence from words between blanks; "forms/form" gives a lemma, "-" is glued to both sides. */
typedef struct sentence {
    sr_arena a;
    sr_word w[32];
    sr_wid wid[32], lid[32];
    sr_sent s;
} sentence;

static void say(sentence *t, const sr_know *with, const char *text) {
    sr_str rest = sr_str_z(text);
    memset(t, 0, sizeof *t);
    sr_arena_init(&t->a, 0);
    t->s.w = t->w;
    while (rest.p) {
        sr_str lemma = sr_str_cut(&rest, ' ');
        uint16_t i = t->s.n++;
        t->w[i].form = sr_str_cut(&lemma, '/');
        t->w[i].folded = sr_str_fold(&t->a, t->w[i].form);
        t->w[i].lemma = lemma.p ? lemma : t->w[i].folded;
        t->w[i].space_after = true;
        if (sr_str_is(t->w[i].form, "-")) t->w[i].space_after = t->w[i - 1].space_after = false;
        t->wid[i] = sr_know_word(with, t->w[i].folded);
        t->lid[i] = sr_know_word(with, t->w[i].lemma);
    }
}

/* What matches at the first word, as "kind:what/words ...". */
static const char *match(const sr_know *with, const char *text) {
    static char out[400];
    static const char *const forms[] = {"", ".adj", ".people", ".capital", ".acronym"};
    sentence t;
    sr_hit h[16];
    size_t n = 0;
    say(&t, with, text);
    uint32_t found = sr_know_match(with, &t.s, t.wid, t.lid, 0, h, 16);
    out[0] = '\0';
    for (uint32_t i = 0; i < found; i++) {
        sr_str what = SR_LIT("?");
        if (h[i].kind == SR_K_ACTOR) what = sr_know_actor(with, h[i].index).id;
        if (h[i].kind == SR_K_ROLE) what = sr_know_role(with, h[i].index).id;
        if (h[i].kind == SR_K_ISSUE) what = sr_know_issue(with, h[i].index);
        if (h[i].kind == SR_K_PLACE) what = sr_know_place(with, h[i].index).country;
        n += (size_t)snprintf(out + n, sizeof out - n, "%s%.*s%s/%u", i ? " " : "", (int)what.n,
                              what.p, h[i].kind == SR_K_ACTOR ? forms[h[i].form] : "",
                              h[i].n_words);
    }
    sr_arena_release(&t.a);
    return out;
}

static const sr_pattern *patterns(const sr_know *with, const char *word, uint32_t *n) {
    return sr_know_patterns(with, sr_know_word(with, sr_str_z(word)), n);
}

static sr_rule rule_of(const sr_know *with, const char *id) {
    for (uint32_t i = 0; i < sr_know_n_rules(with); i++)
        if (sr_str_is(sr_know_rule(with, i).id, id)) return sr_know_rule(with, i);
    fail_msg("no rule %s", id);
    return (sr_rule){.kind = 0};
}

static bool cond_has(const sr_know *with, const sr_cond *c, const char *word) {
    sr_wid w = sr_know_word(with, sr_str_z(word));
    for (uint32_t i = 0; i < c->n_words; i++)
        if (c->words[i] == w) return true;
    return false;
}

static sr_know *overlay(const sr_know *base, const char *text) {
    sr_know *o = NULL;
    sr_error e;
    if (sr_know_overlay(&o, base, sr_str_z(text), "mine.txt", &e)) fail_msg("%s", e.message);
    return o;
}

/* ---- words, sets ------------------------------------------------------------------------- */

static void words(void **state) {
    (void)state;
    sr_wid w = sr_know_word(k, SR_LIT("taliban"));
    assert_true(w != 0);
    assert_true(sr_str_is(sr_know_word_text(k, w), "taliban"));
    assert_true(sr_str_is(sr_know_word_text(k, sr_know_word(k, SR_LIT("jose"))), "jose"));
    assert_int_equal(sr_know_word(k, SR_LIT("zebra")), 0);
    assert_int_equal(sr_know_word(k, SR_STR_NONE), 0);
    assert_int_equal(sr_know_word_text(k, 0).n, 0);
    assert_int_equal(sr_know_word_text(k, UINT32_MAX).n, 0);

    sr_setid weapon = sr_know_set(k, "weapon");
    assert_true(weapon && weapon == sr_know_set(k, "$weapon"));
    assert_int_equal(sr_know_set(k, "nothing"), 0);
    assert_true(sr_know_in_set(k, weapon, sr_know_word(k, SR_LIT("rocket"))));
    assert_true(sr_know_in_set(k, weapon, sr_know_word(k, SR_LIT("gun"))));
    assert_true(sr_know_in_set(k, weapon, sr_know_word(k, SR_LIT("$"))));
    assert_false(sr_know_in_set(k, weapon, sr_know_word(k, SR_LIT("attack"))));
    assert_false(sr_know_in_set(k, weapon, 0));
    assert_false(sr_know_in_set(k, 0, sr_know_word(k, SR_LIT("rocket"))));
    assert_false(sr_know_in_set(k, 99, sr_know_word(k, SR_LIT("rocket"))));
}

/* ---- names ------------------------------------------------------------------------------- */

static void names(void **state) {
    (void)state;
    assert_string_equal(match(k, "Pakistan said"), "PAK/1");
    assert_string_equal(match(k, "PAKISTAN SAID"), "PAK/1");
    assert_string_equal(match(k, "pakistan said"), "");
    assert_string_equal(match(k, "Pakistani Taliban fighters"), "ttp/2 PAK.adj/1");
    assert_string_equal(match(k, "Pakistanis/pakistani"), "PAK.people/1");
    assert_string_equal(match(k, "Islamabad"), "PAK.capital/1 Pakistan/1");
    /* names do not match lemmas */
    assert_string_equal(match(k, "Talibans/taliban"), "");
    /* hyphens are no words, but only where they join */
    assert_string_equal(match(k, "Tehrik - i - Taliban Pakistan"), "ttp/6");
    assert_string_equal(match(k, "Tehrik i Taliban Pakistan"), "ttp/4");
    sentence t;
    sr_hit h[4];
    say(&t, k, "Tehrik - i - Taliban Pakistan");
    t.w[0].space_after = true;
    assert_int_equal(sr_know_match(k, &t.s, t.wid, t.lid, 0, h, 4), 0);
    sr_arena_release(&t.a);
    /* acronyms in capitals; one with small letters is a name */
    assert_string_equal(match(k, "TTP men"), "ttp.acronym/1");
    assert_string_equal(match(k, "T.T.P. men"), "ttp.acronym/1");
    assert_string_equal(match(k, "ttp"), "");
    /* the first capital of the codebook is the one that counts; "the" is no part of a name */
    assert_string_equal(match(k, "al - Shabaab"), "shabaab/3");
    assert_string_equal(match(k, "Al Shabaab"), "shabaab/2");
    assert_string_equal(match(k, "al - shabaab"), "");
    assert_string_equal(match(k, "Youth"), "shabaab/1");
    assert_string_equal(match(k, "The Youth"), "");
    assert_string_equal(match(k, "Jose Roe"), "person.roe/2");
    assert_string_equal(match(k, "Jos\xC3\x89 ROE"), "person.roe/2");
}

static void roles_and_issues(void **state) {
    (void)state;
    assert_string_equal(match(k, "soldiers/soldier"), "soldier/1");
    assert_string_equal(match(k, "Soldiers/soldier"), "soldier/1");
    assert_string_equal(match(k, "security personnel"), "soldier/2");
    assert_string_equal(match(k, "return of refugees/refugee"), "refugees/3");
    assert_string_equal(match(k, "refugees/refugee"), "refugees/1");
    sr_role r = sr_know_role(k, 0);
    assert_string_equal(r.sector, "MIL");
    assert_true(r.group && r.armed && !r.media && !r.anonymous);
    assert_string_equal(sr_know_role(k, 1).sector, "");
    assert_int_equal(sr_know_role(k, 99).id.n, 0);
}

static void places(void **state) {
    (void)state;
    assert_string_equal(match(k, "San Jose , Costa Rica"), "/2 Costa Rica/2");
    assert_string_equal(match(k, "San Jos\xC3\xA9"), "/2 Costa Rica/2");
    assert_string_equal(match(k, "Saint Joe"), "Costa Rica/2");
    assert_string_equal(match(k, "saint joe"), "");
    assert_int_equal(sr_know_n_places(k), 4);
    sr_place p = sr_know_place(k, 1);
    assert_true(sr_str_is(p.name, "San Jos\xC3\xA9") && sr_str_is(p.country, "Costa Rica"));
    assert_true(p.lat > 9.92f && p.lat < 9.94f && p.lon > -84.09f && p.lon < -84.07f);
    assert_string_equal(p.country_code, "CRI");
    assert_string_equal(p.feature_code, "PPLC");
    assert_int_equal(p.feature_class, 'P');
    assert_int_equal(p.geonameid, 3621849);
    assert_int_equal(p.population, 335007);
    assert_true(sr_str_is(sr_know_place(k, 2).district, "Santa Clara"));
    assert_int_equal(sr_know_place(k, 4).name.n, 0);
    assert_true(sr_str_is(sr_know_country_name(k, "CRI"), "Costa Rica"));
    assert_true(sr_str_is(sr_know_country_name(k, "PAK"), "Pakistan"));
    assert_true(sr_str_is(sr_know_country_name(k, "ZZZ"), ""));
    assert_true(sr_str_is(sr_know_country_name(k, (const char[4]){""}), ""));
    assert_true(sr_str_is(sr_know_actor(k, sr_know_country(k, "PAK")).id, "PAK"));
    assert_true(sr_know_country(k, "CRI") == UINT32_MAX);
}

static void places_by_name_and_spelling(void **state) {
    (void)state;
    uint32_t at[4];
    uint32_t n = sr_know_find_places(k, SR_LIT(" san JOSE "), at, 4);
    assert_int_equal(n, 2);
    assert_true(sr_know_place(k, at[0]).population >= sr_know_place(k, at[1]).population);
    assert_int_equal(sr_know_find_places(k, SR_LIT("San"), at, 4), 0);
    assert_int_equal(sr_know_find_places(k, SR_LIT(""), at, 4), 0);
    assert_int_equal(sr_know_find_places(k, SR_LIT("San Jose"), at, 1), 1);
    /* the consonants in their order, whatever stands between them */
    assert_int_equal(sr_know_places_like(k, SR_LIT("Sen Joosay"), at, 4), 2);
    assert_int_equal(sr_know_places_like(k, SR_LIT("al-Sann Jusah"), at, 4), 2);
    assert_int_equal(sr_know_places_like(k, SR_LIT("San Joke"), at, 4), 0);
    assert_int_equal(sr_know_places_like(k, SR_LIT("So"), at, 4), 0); /* too short to tell */
    assert_int_equal(sr_know_places_like(k, SR_LIT("\xD0\x9A\xD0\xB8\xD0\xB5\xD0\xB2"), at, 4), 0);
}

/* Longest first also when there is no room for all. */
static void few_hits(void **state) {
    (void)state;
    sentence t;
    sr_hit h[1];
    say(&t, k, "Pakistani Taliban");
    assert_int_equal(sr_know_match(k, &t.s, t.wid, t.lid, 0, h, 1), 1);
    assert_int_equal(h[0].n_words, 2);
    assert_int_equal(sr_know_match(k, &t.s, t.wid, t.lid, 0, h, 0), 0);
    assert_int_equal(sr_know_match(k, &t.s, t.wid, t.lid, 2, h, 1), 0);
    sr_arena_release(&t.a);
}

static void finding_actors(void **state) {
    (void)state;
    uint32_t i = 0;
    assert_true(sr_know_find_actor(k, SR_LIT("taliban"), &i));
    assert_true(sr_str_is(sr_know_actor(k, i).id, "ttp"));
    i++;
    assert_true(sr_know_find_actor(k, SR_LIT("TALIBAN "), &i));
    assert_true(sr_str_is(sr_know_actor(k, i).id, "taliban"));
    i++;
    assert_false(sr_know_find_actor(k, SR_LIT("taliban"), &i));
    i = 0;
    assert_true(sr_know_find_actor(k, SR_LIT("jos\xC3\xA9"), &i));
    i = 0;
    assert_false(sr_know_find_actor(k, SR_LIT("Talib"), &i));
    i = 0;
    assert_true(sr_know_find_actor(k, SR_STR_NONE, &i));
    sr_str name;
    sr_form form;
    assert_true(sr_know_actor_name(k, 0, 4, &name, &form));
    assert_true(sr_str_is(name, "Islamabad") && form == SR_F_CAPITAL);
    assert_false(sr_know_actor_name(k, 0, 6, &name, &form));
    assert_false(sr_know_actor_name(k, 99, 0, &name, &form));
}

/* The trie against the plain way: try every phrase at every word. */
static void random_phrases(void **state) {
    (void)state;
    enum { N = 60, W = 5 };
    static const char *const word[W] = {"ant", "bee", "cow", "dog", "elk"};
    struct { int w[4], n; } phrase[N];
    uint32_t seed = 1;
#define RANDOM(max) ((seed = seed * 1664525u + 1013904223u) >> 16) % (max)
    sr_buf book;
    sr_buf_init(&book);
    for (int i = 0; i < N; i++) {
        phrase[i].n = 1 + (int)(RANDOM(4));
        sr_buf_printf(&book, "role r%d\n  noun", i);
        for (int q = 0; q < phrase[i].n; q++) {
            phrase[i].w[q] = (int)(RANDOM(W));
            sr_buf_printf(&book, " %s", word[phrase[i].w[q]]);
        }
        sr_buf_z(&book, "\n");
    }
    sr_know *o = overlay(k, book.p);
    sr_buf_release(&book);
    uint32_t base = sr_know_n_roles(k);
    for (int round = 0; round < 300; round++) {
        char text[200] = "";
        int said[8];
        sentence t;
        sr_hit h[2 * N];
        for (int i = 0; i < 8; i++) {
            said[i] = (int)(RANDOM(W));
            snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s", i ? " " : "",
                     word[said[i]]);
        }
        say(&t, o, text);
        for (int i = 0; i < 8; i++) {
            uint32_t n = sr_know_match(o, &t.s, t.wid, t.lid, (uint32_t)i, h, 2 * N), expected = 0;
            for (int p = 0; p < N; p++) {
                bool holds = i + phrase[p].n <= 8, found = false;
                for (int q = 0; holds && q < phrase[p].n; q++) holds = said[i + q] == phrase[p].w[q];
                for (uint32_t m = 0; m < n; m++)
                    found |= h[m].index == base + (uint32_t)p && h[m].n_words == phrase[p].n;
                assert_int_equal(holds, found);
                expected += holds;
            }
            assert_int_equal(n, expected);
            for (uint32_t m = 1; m < n; m++) assert_true(h[m - 1].n_words >= h[m].n_words);
        }
        sr_arena_release(&t.a);
    }
#undef RANDOM
    sr_know_free(o);
}

/* ---- codes ------------------------------------------------------------------------------- */

static const char *code_on(const char *id, const char *day) {
    static char out[64];
    uint32_t i = 0;
    assert_true(sr_know_find_actor(k, sr_str_z(id), &i));
    while (!sr_str_is(sr_know_actor(k, i).id, id)) i++;
    sr_actor a = sr_know_actor(k, i);
    sr_code c = sr_actor_code_on(&a, day ? sr_day_parse(sr_str_z(day)) : SR_DAY_NONE);
    snprintf(out, sizeof out, "%s %s %s %.*s", c.code, c.sector, c.other[0], (int)c.role.n,
             c.role.p ? c.role.p : "");
    return out;
}

static void codes(void **state) {
    (void)state;
    assert_string_equal(code_on("taliban", "2021-08-14"), "AFG REB  ");
    assert_string_equal(code_on("taliban", "2021-08-15"), "AFG GOV MIL ");
    assert_string_equal(code_on("taliban", NULL), "AFG GOV MIL ");
    assert_string_equal(code_on("PAK", "1950-01-01"), "PAK GOV  ");
    assert_string_equal(code_on("person.roe", "2009-12-31"), "PAK   ");
    assert_string_equal(code_on("person.roe", "2010-01-01"), "PAK LEG  deputy");
    assert_string_equal(code_on("person.roe", "2012-02-29"), "PAK LEG  deputy");
    assert_string_equal(code_on("person.roe", "2012-03-01"), "PAK ELI  ");
    assert_string_equal(code_on("person.roe", "2015-03-01"), "PAK GOV  foreign minister");
    assert_string_equal(code_on("person.roe", "2018-12-31"), "PAK GOV  foreign minister");
    assert_string_equal(code_on("person.roe", "2019-01-01"), "PAK ELI  ");
    assert_string_equal(code_on("person.roe", NULL), "PAK GOV  foreign minister");
    sr_actor none = {.kind = SR_A_PERSON};
    assert_string_equal(sr_actor_code_on(&none, 0).code, "");
}

/* ---- rules ------------------------------------------------------------------------------- */

static void rules(void **state) {
    (void)state;
    sr_rule r = rule_of(k, "assault.attack");
    assert_int_equal(r.kind, SR_RULE_EVENT);
    assert_int_equal(r.type, SR_T_ASSAULT);
    assert_true(sr_str_is(r.context, "military terrorism") && sr_str_is(r.cameo, "190"));
    assert_true(sr_str_is(r.toll, "killed") && sr_str_is(r.stance, "refuses"));
    assert_int_equal(r.effect, SR_CT_NEG);
    assert_int_equal(r.aux, SR_AUX_FUTURE);
    assert_int_equal(r.need, SR_NEED_BOTH);
    assert_true(r.reciprocal && !r.statement);
    assert_int_equal(r.actor[0].slot, SR_SLOT_SUBJ);
    assert_int_equal(r.actor[3].slot, SR_SLOT_PREP);
    assert_int_equal(r.actor[3].prep, sr_know_word(k, SR_LIT("by")));
    assert_int_equal(r.actor[4].slot, SR_SLOT_NONE);

    assert_int_equal(r.n_variant, 3);
    const sr_variant *v = r.variant;
    assert_true(sr_str_is(v[0].mode, "firearms") && v[0].type == SR_T_NONE && v[0].n_cond == 1);
    assert_int_equal(v[0].cond[0].n_words, 3);
    assert_true(cond_has(k, &v[0].cond[0], "rifle") && cond_has(k, &v[0].cond[0], "sniper"));
    assert_int_equal(v[1].n_cond, 2);
    assert_true(v[1].cond[0].negate && v[1].cond[0].classes == 1u << SR_FILL_ANY);
    assert_int_equal(v[1].cond[1].classes, 1u << SR_FILL_PLACE | 1u << SR_FILL_PERSON);
    assert_int_equal(v[1].cond[1].types, 1u << SR_T_CONSULT | 1u);
    assert_true(cond_has(k, &v[1].cond[1], "tower"));
    assert_true(v[2].type == SR_T_MOBILIZE && v[2].mode.n == 0);

    r = rule_of(k, "say");
    assert_true(r.kind == SR_RULE_CUE && sr_str_is(r.speech, "speech"));
    assert_int_equal(r.actor[0].slot, SR_SLOT_SUBJ);
    assert_int_equal(rule_of(k, "plan").effect, SR_UU);
    r = rule_of(k, "launch");
    assert_int_equal(r.noun[0].slot, SR_SLOT_OBJ);
    assert_int_equal(r.noun[1].slot, SR_SLOT_PREP);
    assert_int_equal(sr_know_rule(k, 99).id.n, 0);
}

static void heads_of_patterns(void **state) {
    (void)state;
    uint32_t n;
    const sr_pattern *p = patterns(k, "attack", &n);
    assert_int_equal(n, 2); /* weight: 64 + rank 3 + conditions */
    assert_true(p[0].block && p[0].n_cond == 1 && !p[1].block && p[1].n_cond == 0);
    assert_int_equal(p[1].weight, 67);
    assert_int_equal(p[1].pos, SR_POS_VERB);
    p = patterns(k, "open", &n); /* verb: first word; the others are companions */
    assert_int_equal(n, 1);
    assert_int_equal(p->cond[0].at.slot, SR_SLOT_WORD);
    assert_int_equal(p->cond[0].at.prep, sr_know_word(k, SR_LIT("fire")));
    p = patterns(k, "abuse", &n); /* noun: last word; those before it modify */
    assert_int_equal(n, 1);
    assert_true(p->n_cond == 3 && p->pos == SR_POS_NOUN && p->weight == 70);
    assert_int_equal(p->cond[0].at.slot, SR_SLOT_MOD);
    assert_true(cond_has(k, &p->cond[0], "human") && cond_has(k, &p->cond[1], "rights"));
    assert_int_equal(p->cond[2].at.slot, SR_SLOT_OBJ);
    p = patterns(k, "call", &n); /* ... or the one before its preposition */
    assert_int_equal(n, 1);
    assert_int_equal(p->cond[0].at.prep, sr_know_word(k, SR_LIT("for")));
    assert_int_equal(p->cond[1].at.slot, SR_SLOT_PREP);
    p = patterns(k, "stand", &n); /* a hyphenated head: either part */
    assert_int_equal(n, 1);
    assert_int_equal(p->cond[0].at.prep, sr_know_word(k, SR_LIT("off")));
    p = patterns(k, "off", &n);
    assert_int_equal(n, 1);
    assert_int_equal(p->cond[0].at.prep, sr_know_word(k, SR_LIT("stand")));
    p = patterns(k, "according", &n);
    assert_true(n == 1 && p->pos == SR_POS_PREP);
    p = patterns(k, "storm", &n);
    assert_true(cond_has(k, p->cond, "gun") && p->cond->classes == 1u << SR_FILL_PLACE);
    patterns(k, "zebra", &n);
    assert_int_equal(n, 0);
    sr_know_patterns(k, UINT32_MAX, &n);
    assert_int_equal(n, 0);
}

static void examples(void **state) {
    (void)state;
    assert_int_equal(sr_know_n_examples(k), 3);
    sr_example e = sr_know_example(k, 0);
    assert_true(sr_str_is(e.rule, "assault.attack") && sr_str_is(e.file, "book.txt"));
    assert_true(sr_str_is(e.text, "Gunmen attacked a post."));
    assert_true(sr_str_is(e.expected, "ASSAULT.firearms - UAF > PAK COP") && !e.counter);
    e = sr_know_example(k, 1);
    assert_true(e.counter && sr_str_is(e.text, "The bank attacked inflation."));
    assert_int_equal(e.line, sr_know_example(k, 0).line + 1);
    assert_int_equal(sr_know_example(k, 3).text.n, 0);
}

/* ---- overlays ---------------------------------------------------------------------------- */

static void overlays(void **state) {
    (void)state;
    uint32_t n;
    sr_know *o = overlay(k, "actor ttp\n  kind group\n  name Pakistani Taliban\n  code PAK UAF\n"
                            "actor new\n  kind org\n  name Saint Jose Alliance\n  code - SOC\n"
                            "role -soldier\n"
                            "set gun\n  words musket\n"
                            "event mine\n  type ASSAULT\n  rank 3\n  verb attack; zap\n");
    assert_string_equal(match(o, "Pakistani Taliban"), "ttp/2 PAK.adj/1");
    assert_string_equal(match(o, "TTP"), "");
    assert_string_equal(match(o, "Saint Jose Alliance"), "new/3");
    assert_string_equal(match(o, "San Jose"), "/2 Costa Rica/2"); /* the places are the base's */
    assert_string_equal(match(o, "soldiers/soldier"), "");
    assert_true(sr_know_in_set(o, sr_know_set(o, "weapon"), sr_know_word(o, SR_LIT("musket"))));
    assert_int_equal(sr_know_word(o, SR_LIT("rifle")), 0);
    /* at equal weight the overlay's pattern is first */
    const sr_pattern *p = patterns(o, "attack", &n);
    assert_int_equal(n, 3);
    assert_true(p[0].block && sr_str_is(sr_know_rule(o, p[1].rule).id, "mine"));
    assert_string_not_equal(sr_know_hash(o), sr_know_hash(k));
    /* the base is as it was */
    assert_string_equal(match(k, "TTP"), "ttp.acronym/1");
    patterns(k, "zap", &n);
    assert_int_equal(n, 0);

    /* an overlay over an overlay, which may go */
    sr_know *o2 = overlay(o, "event -mine\nrole soldier\n noun trooper\n");
    sr_know_free(o);
    assert_string_equal(match(o2, "trooper"), "soldier/1");
    assert_string_equal(match(o2, "Saint Jose Alliance"), "new/3");
    patterns(o2, "zap", &n);
    assert_int_equal(n, 0);
    sr_know_free(o2);
    o = overlay(k, "");
    assert_string_equal(match(o, "TTP"), "ttp.acronym/1");
    sr_know_free(o);
}

static void overlay_errors(void **state) {
    (void)state;
    sr_know *o = NULL;
    sr_error e;
    assert_int_equal(sr_know_overlay(&o, k, SR_LIT("\nrole -nobody\n"), "mine.txt", &e), SR_ERESOURCE);
    assert_string_equal(e.message, "mine.txt:2: role nobody: there is none to remove");
    assert_int_equal(e.position, 2);
    /* what the base still refers to cannot be taken away */
    assert_int_equal(sr_know_overlay(&o, k, SR_LIT("set -gun\n"), "mine.txt", &e), SR_ERESOURCE);
    assert_non_null(strstr(e.message, "book.txt:"));
    assert_non_null(strstr(e.message, "no set $gun"));
    assert_null(o);
}

/* ---- errors ------------------------------------------------------------------------------ */

static void mistakes(void **state) {
    (void)state;
#define A "actor x\n  kind org\n  name X\n"
#define E "event x\n  type ASSAULT\n  verb hit\n"
    static const struct { const char *book, *message; } wrong[] = {
        {"  kind org\n", "1: a key before any stanza"},
        {"actr x\n  kind org\n", "1: unknown kind of stanza: \"actr\""},
        {"actor x y\n  kind org\n", "1: actor x: more words than kind and id"},
        {"actor $x\n", "1: actor: an id is letters, digits, '_', '.', '-'"},
        {"# c\n\nactor x\n", "3: actor x: empty, or the file is cut off"},
        {"set a\nset b\n  words c\n", "1: set a: empty, or the file is cut off"},
        {A "  colour red\n  code - -\n", "4: unknown key of actor: \"colour\""},
        {A "  Kind org\n  code - -\n", "4: not a key: \"Kind\""},
        {A "  alias\n  code - -\n", "4: alias: no value"},
        {A "  adj   # none\n  code - -\n", "4: adj: no value"},
        {A, "1: actor x: no code (\"- -\" for none)"},
        {"actor x\n  kind org\n  code - -\n", "1: actor x: no name"},
        {"actor x\n  name X\n  code - -\n", "1: actor x: no kind"},
        {"actor x\n  kind ork\n  name X\n  code - -\n", "2: unknown kind of actor: \"ork\""},
        {A "  code PAKI GOV\n", "4: code: three capitals or \"-\", not \"PAKI\""},
        {A "  code PAK\n", "4: code: no sector (\"-\" for none)"},
        {A "  code PAK GOVT\n", "4: unknown sector: \"GOVT\""},
        {A "  code PAK GOV,\n", "4: unknown sector: \"\""},
        {A "  code PAK GOV,MIL,REB,OPP\n", "4: more than three sectors"},
        {A "  code PAK GOV 2021-02-30..\n", "4: not a range of dates: \"2021-02-30..\""},
        {A "  code PAK GOV 2021..2020\n", "4: not a range of dates: \"2021..2020\""},
        {A "  code PAK GOV 2021-13..\n", "4: not a range of dates: \"2021-13..\""},
        {A "  code PAK GOV ..\n", "4: not a range of dates: \"..\""},
        {A "  code - -\n  wikidata 7\n", "5: wikidata: Q and a number"},
        {A "  code - -\n  alias a b c d e f g h i j k l m\n",
         "5: no word, or more than 12 words: \"a b c d e f g h i j k l m\""},
        {A "  code - -\nactor x\n  kind org\n", "5: actor x: is in book.txt:1 already"},
        {"role r\n  noun x\n  flags armd\n", "3: unknown flag: \"armd\""},
        {"role r\n  sector MIL\n", "1: role r: no noun"},
        {"role r\n  noun x\n  sector ML\n", "3: unknown sector: \"ML\""},
        {"issue i\n  word x\n", "2: unknown key of issue: \"word\""},
        {"set s\n  words a b; c\n", "2: a set holds single lemmas, separated by ';': \"a b\""},
        {"set s\n  words a; $t\nset t\n  words $s\n", "4: set $s includes itself"},
        {"set s\n  words a; $t\n", "2: no set $t"},
        {"event x\n  verb hit\n", "1: event x: no type"},
        {"event x\n  type ASSAULT\n", "1: event x: no pattern that could find it"},
        {"event x\n  type ATTACK\n  verb hit\n", "2: unknown event type: \"ATTACK\""},
        {E "  type AID\n", "4: type: given twice"},
        {E "  mode demo\n", "4: unknown mode of ASSAULT: \"demo\""},
        {E "  mode drone if\n", "4: no condition after \"if\""},
        {E "  mode drone if with drone\n", "4: not a condition: \"with\""},
        {E "  type DEMO if with=x\n", "4: unknown event type: \"DEMO\""},
        {E "  context war\n", "4: context: unknown: \"war\""},
        {E "  cameo 211\n", "4: cameo: two to four digits, 01 to 20 first"},
        {E "  actor subj, sbuj\n", "4: unknown slot or preposition: \"sbuj\""},
        {E "  actor subj\n  actor obj\n", "5: actor: given twice"},
        {E "  verb storm obj={a|b\n", "4: a brace is not closed"},
        {E "  verb storm obj={a||b}\n", "4: obj: an empty filler"},
        {E "  verb storm obj=\n", "4: obj: an empty filler"},
        {E "  verb storm obj={a b}\n", "4: not a filler: \"a b\" (one lemma, $set, <class> or @TYPE)"},
        {E "  verb storm obj=<actr>\n", "4: unknown class: \"<actr>\""},
        {E "  verb storm obj=<\n", "4: unknown class: \"<\""},
        {E "  verb storm obj=@MEET\n", "4: unknown event type: \"@MEET\""},
        {E "  verb storm obj=$none\n", "4: no set $none"},
        {E "  verb storm objj=a\n", "4: unknown slot or preposition: \"objj\""},
        {E "  verb obj=a storm\n", "4: a pattern begins with its trigger: \"obj=a storm\""},
        {E "  verb {a|b}\n", "4: not a word of a pattern: \"{a|b}\""},
        {E "  not storm obj=a\n", "4: not: verb, noun, adj or prep follows"},
        {E "  effect CT\n", "4: effect: CT+ PR+ PS+ CT- PR- PS- or Uu"},
        {E "  aux past\n", "4: aux: unknown: \"past\""},
        {E "  need some\n", "4: need: any, none, actor, recipient or both"},
        {E "  statement maybe\n", "4: statement: yes or no"},
        {E "  stance denies\n", "4: stance: unknown: \"denies\""},
        {E "  toll dead\n", "4: toll: unknown: \"dead\""},
        {E "  rank high\n", "4: rank: a number from -50 to 50"},
        {E "  example No.\n", "4: example: no \"=>\" and what is expected"},
        {E "  example No. => ATACK - - > -\n", "4: example: unknown event type: \"ATACK\""},
        {E "  counter No. => AID\n", "4: counter: nothing is expected of a counter, but there is a \"=>\""},
        {E "  speech speech\n", "4: unknown key of event: \"speech\""},
        {"cue c\n  verb say\n  speech talk\n", "3: speech: unknown: \"talk\""},
        {"support s\n  verb make\n", "1: support s: no noun (the slot of the event noun)"},
        {"set s\n  words caf\xE9\n", "2: not valid UTF-8"},
        {"set s\n  words a\x01\n", "2: a control character"},
        {"set -s\n  words a\n", "1: set s: there is none to remove"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        void *im = NULL;
        size_t n = 0;
        sr_error e = {SR_OK, 0, ""};
        char expected[300];
        sr_buf all;
        sr_source s = {"book.txt", sr_str_z(wrong[i].book)};
        snprintf(expected, sizeof expected, "book.txt:%s", wrong[i].message);
        sr_buf_init(&all);
        assert_int_equal(sr_know_compile_report(&im, &n, &s, 1, &all, &e), SR_ERESOURCE);
        /* the problem may not be the first in the text */
        if (!all.p || !strstr(all.p, expected))
            fail_msg("expected %s\nfound %s", expected, all.p ? all.p : e.message);
        assert_int_equal(e.status, SR_ERESOURCE);
        assert_memory_equal(all.p, e.message, strlen(e.message));
        assert_null(im);
        sr_buf_release(&all);
    }
#undef A
#undef E
}

static void many_mistakes(void **state) {
    (void)state;
    sr_buf text, all;
    sr_error e;
    void *im = NULL;
    size_t n = 0, lines = 0;
    sr_buf_init(&text);
    sr_buf_init(&all);
    for (int i = 0; i < 100; i++) sr_buf_printf(&text, "actr a%d\n  kind org\n", i);
    sr_source s = {"book.txt", sr_str_of(text.p, text.n)};
    assert_int_equal(sr_know_compile_report(&im, &n, &s, 1, &all, &e), SR_ERESOURCE);
    assert_string_equal(e.message, "book.txt:1: unknown kind of stanza: \"actr\"");
    for (size_t i = 0; i < all.n; i++) lines += all.p[i] == '\n';
    assert_int_equal(lines, SR_PROBLEMS_MAX);
    assert_int_equal(sr_know_compile(&im, &n, &s, 1, NULL), SR_ERESOURCE);
    sr_buf_release(&text);
    sr_buf_release(&all);
}

/* Words that the tokenizer cuts cannot be found in a list; that is worth a note, no more. */
static void notes(void **state) {
    (void)state;
    sr_buf all;
    sr_know *o;
    sr_error e;
    sr_buf_init(&all);
    sr_str text = SR_LIT("set s\n  words cease-fire; re-elect\n");
    assert_int_equal(sr_know_overlay_report(&o, k, text, "mine.txt", &all, &e), SR_OK);
    assert_string_equal(
        all.p, "mine.txt:2: note: texts are cut inside \"cease-fire\": it never matches here\n");
    sr_buf_release(&all);
    sr_know_free(o);
}

static void tables(void **state) {
    (void)state;
    static const char head[] = "# columns: ...\n";
    static const struct { const char *row, *message; } wrong[] = {
        {"a\t\t1\t2\tP\tPPL\tPAK\t\t\t1\n", "t.tsv:2: 10 columns, not 11: is the file cut off?"},
        {"a\t\t1\t2\tP\tPPL\tPAK\t\t\t1\t2\t3\n", "t.tsv:2: 12 columns, not 11"},
        {"a\t\t1\t2\tP\tPPL\tPAK\t\t\t1\t2", "t.tsv:2: no end of line: is the file cut off?"},
        {"a\t\t91\t2\tP\tPPL\tPAK\t\t\t1\t2\n", "t.tsv:2: not a place"},
        {"a\t\t1\tx\tP\tPPL\tPAK\t\t\t1\t2\n", "t.tsv:2: not a place"},
        {"a\t\t1\t2\tP\tPPL\tPak\t\t\t1\t2\n", "t.tsv:2: not a place"},
        {"a\t\t1\t2\tP\tPPL\tPAK\t\t\t-1\t2\n", "t.tsv:2: not a place"},
        {"\t\t1\t2\tP\tPPL\tPAK\t\t\t1\t2\n", "t.tsv:2: not a place"},
        {"\xFF\n", "t.tsv:2: not valid UTF-8"},
    };
    sr_error e;
    void *im = NULL;
    size_t n;
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[200];
        snprintf(text, sizeof text, "%s%s", head, wrong[i].row);
        sr_source s = {"t.tsv", sr_str_z(text)};
        assert_int_equal(sr_know_compile(&im, &n, &s, 1, &e), SR_ERESOURCE);
        if (strncmp(e.message, wrong[i].message, strlen(wrong[i].message)) != 0)
            fail_msg("expected %s\nfound %s", wrong[i].message, e.message);
    }
    sr_source s = {"t.tsv", SR_LIT("a\tb\n")};
    assert_int_equal(sr_know_compile(&im, &n, &s, 1, &e), SR_ERESOURCE);
    assert_null(im);
}

/* CR LF, a byte order mark, tabs, no last newline: all as good. */
static void lenient(void **state) {
    (void)state;
    sr_error e;
    sr_know *o;
    sr_str text = SR_LIT("\xEF\xBB\xBFrole x\r\n\tnoun\tperson # 1;;  y z ;\t# c\r\n\tsector MIL");
    assert_int_equal(sr_know_overlay(&o, k, text, "mine.txt", &e), SR_OK);
    assert_string_equal(match(o, "y z"), "x/2");
    assert_string_equal(match(o, "person # 1"), "x/3");
    sr_know_free(o);
    /* nothing at all is a codebook too */
    void *im;
    size_t n;
    assert_int_equal(sr_know_compile(&im, &n, NULL, 0, &e), SR_OK);
    assert_int_equal(sr_know_open(&o, im, n, &e), SR_OK);
    assert_int_equal(sr_know_n_rules(o), 0);
    assert_int_equal(sr_know_word(o, SR_LIT("a")), 0);
    assert_string_equal(match(o, "Pakistan"), "");
    sr_know_free(o);
    free(im);
}

/* ---- the image --------------------------------------------------------------------------- */

static void same_bytes(void **state) {
    (void)state;
    void *again;
    size_t n;
    sr_error e;
    assert_int_equal(compile_all(&again, &n, BOOK, &e), SR_OK);
    assert_int_equal(n, image_n);
    assert_memory_equal(again, image, n);
    free(again);
}

/* Every lookup that there is; what comes out does not matter. */
static void use(const sr_know *d) {
    sentence t;
    sr_hit h[8];
    sr_str name;
    sr_form form;
    uint32_t n, sum = 0;
    say(&t, d, "Tehrik - i - Taliban Pakistan soldiers/soldier in San Jose attack/attack");
    for (uint32_t i = 0; i < t.s.n; i++) {
        n = sr_know_match(d, &t.s, t.wid, t.lid, i, h, 8);
        const sr_pattern *p = sr_know_patterns(d, t.lid[i], &n);
        for (uint32_t q = 0; q < n; q++)
            for (uint32_t c = 0; c < p[q].n_cond; c++)
                for (uint32_t w = 0; w < p[q].cond[c].n_words; w++)
                    sum += sr_know_word_text(d, p[q].cond[c].words[w]).n;
    }
    sr_arena_release(&t.a);
    for (uint32_t i = 0; i < sr_know_n_actors(d); i++) {
        sr_actor a = sr_know_actor(d, i);
        sum += sr_actor_code_on(&a, 15000).role.n + sr_actor_code_on(&a, SR_DAY_NONE).role.n;
        for (uint32_t q = 0; sr_know_actor_name(d, i, q, &name, &form); q++) sum += name.n;
    }
    for (uint32_t i = 0; i < sr_know_n_roles(d); i++) sum += sr_know_role(d, i).id.n;
    for (uint32_t i = 0; i < sr_know_n_places(d); i++) sum += sr_know_place(d, i).country.n;
    for (uint32_t i = 0; i < sr_know_n_issues(d); i++) sum += sr_know_issue(d, i).n;
    for (uint32_t i = 0; i < sr_know_n_examples(d); i++) sum += sr_know_example(d, i).text.n;
    for (uint32_t i = 0; i < sr_know_n_rules(d); i++) {
        sr_rule r = sr_know_rule(d, i);
        for (uint32_t v = 0; v < r.n_variant; v++)
            for (uint32_t c = 0; c < r.variant[v].n_cond; c++) sum += r.variant[v].cond[c].n_words;
    }
    sum += sr_know_in_set(d, sr_know_set(d, "weapon"), 3) + sr_know_country(d, "PAK");
    assert_true(sum != 0xfffffff7u);
}

static void cut_short(void **state) {
    (void)state;
    sr_know *d = NULL;
    sr_error e;
    for (size_t n = 0; n < image_n; n += n < 600 ? 1 : 7) {
        char *copy = malloc(n ? n : 1); /* so that a read past the end is found */
        memcpy(copy, image, n);
        assert_int_equal(sr_know_open(&d, copy, n, &e), SR_ERESOURCE);
        assert_null(d);
        free(copy);
    }
}

static void flipped_bits(void **state) {
    (void)state;
    char *copy = malloc(image_n);
    sr_know *d = NULL;
    memcpy(copy, image, image_n);
    for (size_t i = 0; i < image_n; i++) {
        copy[i] = (char)(copy[i] ^ (1 << i % 8));
        if (sr_know_open(&d, copy, image_n, NULL) == SR_OK) fail_msg("byte %zu", i);
        copy[i] = (char)(copy[i] ^ (1 << i % 8));
    }
    free(copy);
}

/* Damage that the checksum agrees with: an image may be refused or used, but must not crash. */
static void sly_damage(void **state) {
    (void)state;
    static const unsigned char values[] = {0x00, 0x01, 0x7f, 0xff};
    const sr_kimage *im = image;
    char *copy = malloc(image_n);
    unsigned opened = 0;
    for (int part = 0; part < 2; part++) {
        sr_kspan at = part ? im->places : im->book;
        size_t first = at.at + offsetof(sr_kpart, kind), end = at.at + at.n;
        for (size_t i = first; i < end; i++)
            for (size_t v = i % 2; v < sizeof values; v += 2) {
                sr_know *d = NULL;
                memcpy(copy, image, image_n);
                copy[i] = (char)values[v];
                sr_kpart *p = (sr_kpart *)(void *)(copy + at.at);
                p->sum = sr_kpart_sum(p);
                if (sr_know_open(&d, copy, image_n, NULL) != SR_OK) continue;
                use(d);
                opened++;
                sr_know_free(d);
            }
    }
    assert_true(opened > 100);
    free(copy);
}

static void other_images(void **state) {
    (void)state;
    sr_know *d = NULL;
    sr_error e;
    char *copy = malloc(image_n + 8);
    memcpy(copy, image, image_n);
    assert_int_equal(sr_know_open(&d, "", 0, &e), SR_ERESOURCE);
    assert_string_equal(e.message, "codebook: missing or cut short");
    assert_int_equal(sr_know_open(&d, copy, image_n - 8, &e), SR_ERESOURCE);
    assert_string_equal(e.message, "codebook: cut short");
    copy[8]++;
    assert_int_equal(sr_know_open(&d, copy, image_n, &e), SR_ERESOURCE);
    assert_string_equal(e.message, "codebook: compiled for another version of the program");
    copy[0] = 'X';
    assert_int_equal(sr_know_open(&d, copy, image_n, &e), SR_ERESOURCE);
    assert_string_equal(e.message, "codebook: not a compiled codebook");
    memmove(copy + 4, image, image_n);
    assert_int_equal(sr_know_open(&d, copy + 4, image_n, &e), SR_ERESOURCE);
    free(copy);
}

/* Text that is cut off anywhere must be refused or compiled, and never crash. */
static void cut_text(void **state) {
    (void)state;
    void *im;
    size_t n;
    for (size_t len = 0; len < sizeof BOOK - 1; len += 3) {
        sr_source s = {"book.txt", {BOOK, (uint32_t)len}};
        sr_know *d = NULL;
        if (sr_know_compile(&im, &n, &s, 1, NULL) != SR_OK) continue;
        assert_int_equal(sr_know_open(&d, im, n, NULL), SR_OK);
        use(d);
        sr_know_free(d);
        free(im);
    }
}

/* Sets s0 > s1 > ... > s<n>, or the last of them first. */
static sr_status nest_sets(int n, bool outermost_first, sr_error *e) {
    sr_buf b;
    sr_buf_init(&b);
    for (int i = 0; i <= n; i++) {
        int k = outermost_first ? i : n - i;
        sr_buf_printf(&b, "set s%d\n  words w%d", k, k);
        if (k < n) sr_buf_printf(&b, "; $s%d", k + 1);
        sr_buf_char(&b, '\n');
    }
    void *im;
    size_t size;
    sr_source s = {"book.txt", {b.p, (uint32_t)b.n}};
    sr_status status = sr_know_compile(&im, &size, &s, 1, e);
    if (status == SR_OK) free(im);
    sr_buf_release(&b);
    return status;
}

/* A short text must not ask for any depth of recursion, nor for memory that grows with its square. */
static void sets_within_sets(void **state) {
    (void)state;
    sr_error e = {SR_OK, 0, ""};
    assert_int_equal(nest_sets(SR_SET_DEPTH_MAX, true, &e), SR_OK);
    assert_int_equal(nest_sets(60000, true, &e), SR_ERESOURCE);
    assert_non_null(strstr(e.message, "more than 32 deep"));
    assert_int_equal(nest_sets(1000, false, &e), SR_OK);
    assert_int_equal(nest_sets(20000, false, &e), SR_ERESOURCE);
    assert_non_null(strstr(e.message, "more than 4000000 words"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(words),          cmocka_unit_test(names),
        cmocka_unit_test(roles_and_issues), cmocka_unit_test(places),
        cmocka_unit_test(places_by_name_and_spelling),
        cmocka_unit_test(few_hits),       cmocka_unit_test(finding_actors),
        cmocka_unit_test(random_phrases), cmocka_unit_test(codes),
        cmocka_unit_test(rules),          cmocka_unit_test(heads_of_patterns),
        cmocka_unit_test(examples),
        cmocka_unit_test(overlays),       cmocka_unit_test(overlay_errors),
        cmocka_unit_test(mistakes),       cmocka_unit_test(many_mistakes),
        cmocka_unit_test(notes),          cmocka_unit_test(tables),
        cmocka_unit_test(lenient),        cmocka_unit_test(same_bytes),
        cmocka_unit_test(cut_short),      cmocka_unit_test(flipped_bits),
        cmocka_unit_test(sly_damage),     cmocka_unit_test(other_images),
        cmocka_unit_test(cut_text),       cmocka_unit_test(sets_within_sets),
    };
    return cmocka_run_group_tests(tests, open_book, close_book);
}

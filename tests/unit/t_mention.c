/* t_mention.c - participants, places, times and numbers on trees given by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/date.h"
#include "mention/mention.h"

/* ---- a small codebook --------------------------------------------------------------------------- */

static const char book_text[] =
    "actor PAK\n  kind country\n  name Pakistan\n  adj Pakistani\n  people Pakistanis\n"
    "  capital Islamabad\n  code PAK GOV\n  wikidata Q843\n"
    "actor AFG\n  kind country\n  name Afghanistan\n  adj Afghan\n  people Afghans\n  capital "
    "Kabul\n"
    "  code AFG GOV\n"
    "actor TUR\n  kind country\n  name Turkey\n  alias Türkiye\n  adj Turkish\n  capital "
    "Ankara\n"
    "  code TUR GOV\n"
    "actor USA\n  kind country\n  name United States\n  acronym US; U.S.\n  adj American\n"
    "  capital Washington\n  code USA GOV\n"
    "actor taliban\n  kind group\n  name Taliban\n  code AFG REB ..2021-08-14\n"
    "  code AFG GOV 2021-08-15..\n"
    "actor ttp\n  kind group\n  name Tehreek-e-Taliban Pakistan\n  acronym TTP\n  code PAK "
    "REB\n"
    "actor UNO\n  kind org\n  name United Nations\n  acronym UN\n  code UNO -\n"
    "actor person.muttaqi\n  kind person\n  name Amir Khan Muttaqi\n"
    "  code AFG GOV 2021-09-07.. foreign minister\n"
    "role soldier\n  noun soldier; troop\n  sector MIL\n  flags group armed\n"
    "role official\n  noun official; spokesman; leader; member\n  sector -\n  flags anonymous\n"
    "role source\n  noun source\n  sector -\n  flags anonymous\n"
    "role minister\n  noun minister; foreign minister; president; diplomat\n  sector GOV\n"
    "role government\n  noun government; ministry\n  sector GOV\n  flags group\n"
    "role rebel\n  noun militant; rebel\n  sector REB\n  flags group armed\n"
    "role gunman\n  noun gunman\n  sector UAF\n  flags group armed\n"
    "role police\n  noun police\n  sector COP\n  flags group armed\n"
    "role people\n  noun people; civilian\n  sector CVL\n  flags group\n"
    "set honorific\n  words mr; mr.\n"
    "set owner_participle\n  words lead; led\n"
    "set former_adj\n  words former\n"
    "set quantity_noun\n  words dozen; group; number\n"
    "set country_epithet\n  words country\n"
    "set group_epithet\n  words group; movement\n"
    "set side_epithet\n  words side; country; neighbour\n"
    "set travel_verb\n  words travel; go; visit\n"
    "set place_feature\n  words province; city\n"
    "set measure_noun\n  words percent; dollar; year; km\n"
    "set plan_word\n  words due; plan; set\n"
    "set speech_verb\n  words say\n";

static const char place_text[] =
    "# columns: name\talternates(;)\tlat\tlon\tclass\tcode\tcountry alpha-3\tprovince "
    "name\tdistrict name\tpopulation\tgeonameid\n"
    "Pakistan\t\t30\t70\tA\tPCLI\tPAK\t\t\t184404791\t1168579\n"
    "Afghanistan\t\t33\t66\tA\tPCLI\tAFG\t\t\t29121286\t1149361\n"
    "Quetta\t\t30.18\t67\tP\tPPLA\tPAK\tBalochistan\tQuetta\t733675\t1167528\n"
    "Quetta\t\t10\t10\tP\tPPL\tNGA\tKano\t\t900000\t1\n"
    "Islamabad\t\t33.7\t73.1\tP\tPPLC\tPAK\tIslamabad\t\t601600\t1176615\n"
    "Kabul\t\t34.5\t69.2\tP\tPPLC\tAFG\tKabul\t\t3043532\t1138958\n"
    "Khost\t\t33.3\t69.9\tP\tPPLA\tAFG\tKhost\t\t96123\t1444362\n"
    "Khost\t\t33.3\t69.9\tA\tADM1\tAFG\tKhost\t\t500000\t2\n"
    "Milford\t\t39.2\t-84.3\tP\tPPL\tUSA\tOhio\t\t6700\t11\n"
    "Milford\t\t42.1\t-71.5\tP\tPPL\tUSA\tMassachusetts\t\t28000\t12\n"
    "Lebanon\t\t39.4\t-84.2\tP\tPPL\tUSA\tOhio\t\t20000\t13\n"
    "Mason\t\t39.36\t-84.31\tP\tPPL\tUSA\tOhio\t\t30000\t14\n"
    "Zarghun\t\t31\t67\tP\tPPL\tPAK\tBalochistan\t\t1000\t0\n"
    "Zarghun\t\t33\t66\tP\tPPL\tAFG\tKhost\t\t1000\t0\n"
    "Ma'arrat an Nu'man\t\t35.6\t36.7\tP\tPPL\tTUR\tIdlib\t\t1000\t21\n";

typedef struct fixture {
    void *image;
    sr_know *know;
    sr_arena a;
    sr_doc doc;
    sr_parse parse;
    sr_mentions m;
} fixture;

static fixture f;

static int setup(void **state) {
    (void)state;
    sr_source src[] = {{"book.txt", {book_text, sizeof book_text - 1}},
                       {"places.tsv", {place_text, sizeof place_text - 1}}};
    size_t n;
    sr_error err = {SR_OK, 0, ""};
    if (sr_know_compile(&f.image, &n, src, 2, &err) != SR_OK ||
        sr_know_open(&f.know, f.image, n, &err) != SR_OK) {
        fprintf(stderr, "%s\n", err.message);
        return -1;
    }
    sr_arena_init(&f.a, 0);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    sr_arena_release(&f.a);
    sr_know_free(f.know);
    free(f.image);
    return 0;
}

/* Words are lines "form lemma UPOS XPOS head relation [name]", sentences are divided by an empty
 * line; all on `date` (NULL: none). */
static void read(const char *date, const char *words) {
    sr_buf b;
    sr_error err = {SR_OK, 0, ""};
    int id = 0;
    sr_arena_clear(&f.a);
    sr_buf_init(&b);
    sr_str rest = sr_str_z(words);
    while (rest.p) {
        sr_str line = sr_str_trim(sr_str_cut(&rest, '\n'));
        if (!line.n) {
            if (id) sr_buf_z(&b, "\n");
            id = 0;
            continue;
        }
        sr_str part[7];
        int n = 0;
        while (line.p && n < 7) part[n++] = sr_str_cut(&line, ' ');
        assert_true(n >= 6);
        sr_buf_printf(&b, "%d\t%.*s\t%.*s\t%.*s\t%.*s\t_\t%.*s\t%.*s\t_\t%s%.*s\n", ++id,
                      (int)part[0].n, part[0].p, (int)part[1].n, part[1].p, (int)part[2].n,
                      part[2].p, (int)part[3].n, part[3].p, (int)part[4].n, part[4].p,
                      (int)part[5].n, part[5].p, n == 7 ? "Name=" : "_",
                      n == 7 ? (int)part[6].n : 0, n == 7 ? part[6].p : "");
    }
    if (id) sr_buf_z(&b, "\n");
    sr_str input = sr_arena_dup(&f.a, sr_str_of(b.p, b.n));
    sr_buf_release(&b);
    if (sr_conllu_read(&f.doc, &f.parse, input, &f.a, &err) != SR_OK)
        fail_msg("%s", err.message);
    f.doc.date = date ? sr_day_parse(sr_str_z(date)) : SR_DAY_NONE;
    sr_mention_run(&f.m, f.know, &f.doc, &f.parse, &f.a);
}

/* "PAK MIL" of the entity on word i (from 1, as in the lines). */
static const char *who(uint32_t s, int i) {
    static char out[16];
    const sr_entity *e = sr_entity_at(&f.m, s, i - 1);
    if (!e) return "none";
    snprintf(out, sizeof out, "%s %s", e->code[0] ? e->code : "-",
             e->sector[0] ? e->sector : "-");
    return out;
}

static void text_is(sr_str s, const char *z) {
    if (!sr_str_is(s, z)) fail_msg("\"%.*s\" is not \"%s\"", (int)s.n, s.p ? s.p : "", z);
}

/* ---- participants ------------------------------------------------------------------------------ */

static void test_compose(void **state) {
    (void)state;
    read("2025-10-28", "Turkish turkish ADJ JJ 2 amod\ndiplomats diplomat NOUN NNS 3 nsubj\n"
                       "met meet VERB VBD 0 root\ntop top ADJ JJ 6 amod\nTaliban taliban PROPN "
                       "NNP 6 compound\n"
                       "sources source NOUN NNS 3 obj\nin in ADP IN 8 case\nIslamabad "
                       "islamabad PROPN NNP 3 obl B-LOC\n");
    assert_string_equal(who(0, 2), "TUR GOV");
    assert_string_equal(who(0, 1), "TUR GOV"); /* "Turkish" can be asked for, too */
    assert_string_equal(who(0, 6), "AFG GOV");
    const sr_entity *e = sr_entity_at(&f.m, 0, 5);
    text_is(e->text, "top Taliban sources");
    assert_true(e->anonymous && e->coded && e->person);
    text_is(e->identifier_text, "Taliban");
    assert_true(sr_entity_at(&f.m, 0, 7)->place);
    assert_false(sr_entity_at(&f.m, 0, 7)->coded);
    assert_null(sr_entity_at(&f.m, 0, 2));
    /* before August 2021 the same words meant rebels */
    read("2020-01-01",
         "Taliban taliban PROPN NNP 2 compound\nsources source NOUN NNS 0 root\n");
    assert_string_equal(who(0, 2), "AFG REB");
}

static void test_owners(void **state) {
    (void)state;
    read(NULL, "the the DET DT 5 det\nTaliban taliban PROPN NNP 4 obl\n- - PUNCT HYPH 2 "
               "punct\nled lead VERB VBN 5 amod\n"
               "government government NOUN NN 6 nsubj\nsaid say VERB VBD 0 root\n\n"
               "officials official NOUN NNS 0 root\nof of ADP IN 6 case\nPakistan pakistan "
               "PROPN NNP 6 nmod:poss\n"
               "'s 's PART POS 3 case\nforeign foreign ADJ JJ 6 amod\nministry ministry NOUN "
               "NN 1 nmod\n\n"
               "militants militant NOUN NNS 0 root\nin in ADP IN 3 case\nAfghanistan "
               "afghanistan PROPN NNP 1 nmod B-LOC\n\n"
               "UN UN PROPN NNP 2 compound B-ORG\nofficials official NOUN NNS 0 root\n\n"
               "former former ADJ JJ 3 amod\nTurkish turkish ADJ JJ 3 amod\npresident "
               "president NOUN NN 0 root\n\n"
               "dozens dozen NOUN NNS 0 root\nof of ADP IN 4 case\nPakistani pakistani ADJ JJ "
               "4 amod\nsoldiers soldier NOUN NNS 1 nmod\n");
    assert_string_equal(who(0, 5), "AFG GOV");
    text_is(sr_entity_at(&f.m, 0, 4)->text, "the Taliban - led government");
    assert_string_equal(who(1, 1), "PAK GOV");
    assert_string_equal(who(2, 1), "AFG REB");
    assert_string_equal(who(3, 2), "UNO -");
    assert_string_equal(who(4, 3), "TUR ELI");
    assert_string_equal(who(5, 1), "PAK MIL");
}

static void test_titles(void **state) {
    (void)state;
    read("2025-10-28",
         "Foreign foreign PROPN NNP 2 compound\nMinister minister PROPN NNP 5 compound\nAmir "
         "amir PROPN NNP 5 compound B-PER\n"
         "Khan khan PROPN NNP 5 compound I-PER\nMuttaqi muttaqi PROPN NNP 6 nsubj I-PER\nspoke "
         "speak VERB VBD 0 root\n\n"
         "Mr. mr. PROPN NNP 2 compound\nMuttaqi muttaqi PROPN NNP 3 nsubj B-PER\nsaid say VERB "
         "VBD 0 root\n"
         "he he PRON PRP 6 nsubj\nwould would AUX MD 6 aux\nleave leave VERB VB 3 ccomp\n\n"
         "Turkish turkish ADJ JJ 2 amod\nPresident president PROPN NNP 3 compound\nOrhan orhan "
         "PROPN NNP 5 nsubj B-PER\n"
         "Demir demir PROPN NNP 3 flat I-PER\narrived arrive VERB VBD 0 root\n\n"
         "Ali ali PROPN NNP 3 nsubj B-PER\nRaza raza PROPN NNP 1 flat I-PER\n, , PUNCT , 6 "
         "punct\na a DET DT 6 det\n"
         "Pakistani pakistani ADJ JJ 6 amod\nspokesman spokesman NOUN NN 1 appos\n, , PUNCT , "
         "1 punct\nagreed agree VERB VBD 0 root\n");
    assert_string_equal(who(0, 5), "AFG GOV");
    const sr_entity *e = sr_entity_at(&f.m, 0, 4);
    text_is(e->role, "Foreign Minister");
    text_is(e->identifier_text, "Amir Khan Muttaqi");
    assert_null(sr_entity_at(&f.m, 0, 1)); /* the title is part of it */
    assert_string_equal(who(1, 2), "AFG GOV");
    assert_string_equal(who(1, 4), "AFG GOV");
    assert_true(sr_entity_at(&f.m, 1, 3)->pronoun);
    assert_string_equal(who(2, 3), "TUR GOV");
    assert_string_equal(who(3, 1), "PAK GOV");
    assert_false(sr_entity_at(&f.m, 3, 5)->anonymous);
}

static void test_metonyms(void **state) {
    (void)state;
    read(NULL, "Islamabad islamabad PROPN NNP 2 nsubj B-LOC\ndemanded demand VERB VBD 0 "
               "root\nguarantees guarantee NOUN NNS 2 obj\n"
               "from from ADP IN 5 case\nKabul kabul PROPN NNP 3 nmod B-LOC\n\n"
               "He he PRON PRP 2 nsubj\ntraveled travel VERB VBD 0 root\nto to ADP IN 4 "
               "case\nKabul kabul PROPN NNP 2 obl B-LOC\n\n"
               "Afghans Afghans PROPN NNPS 2 nsubj\nprotested protest VERB VBD 0 root\n");
    assert_string_equal(who(0, 1), "PAK GOV");
    assert_false(sr_entity_at(&f.m, 0, 0)->place);
    assert_string_equal(who(0, 5), "AFG GOV");
    assert_false(sr_entity_at(&f.m, 0, 4)->place);
    assert_true(sr_entity_at(&f.m, 1, 3)->place);
    assert_string_equal(who(2, 1), "AFG CVL");
}

/* ---- the document ------------------------------------------------------------------------------- */

static void test_pronouns(void **state) {
    (void)state;
    read(NULL,
         "Pakistan pakistan PROPN NNP 2 nsubj B-LOC\nsays say VERB VBZ 0 root\nit it PRON PRP "
         "5 nsubj\nwill will AUX MD 5 aux\n"
         "withdraw withdraw VERB VB 2 ccomp\nits its PRON PRP$ 7 nmod:poss\ntroops troop NOUN "
         "NNS 5 obj\n\n"
         "Kabul kabul PROPN NNP 2 nsubj B-LOC\nwelcomed welcome VERB VBD 0 root\nit it PRON "
         "PRP 2 obj\n\n"
         "Both both DET DT 2 det\nsides side NOUN NNS 3 nsubj\nmet meet VERB VBD 0 root\n\n"
         "The the DET DT 3 det\ntwo two NUM CD 3 nummod\ncountries country NOUN NNS 4 "
         "nsubj\nagreed agree VERB VBD 0 root\n");
    assert_string_equal(who(0, 3), "PAK GOV");
    assert_string_equal(who(0, 6), "PAK GOV");
    assert_string_equal(who(0, 7), "PAK MIL");
    const sr_entity *both = sr_entity_at(&f.m, 2, 1);
    assert_true(both->group);
    assert_int_equal(both->n_member, 2);
    assert_string_equal(both->member[0]->code, "PAK");
    assert_string_equal(both->member[1]->code, "AFG");
    assert_int_equal(sr_entity_at(&f.m, 3, 2)->n_member, 2);
}

static void test_acronym(void **state) {
    (void)state;
    read(
        NULL,
        "The the DET DT 3 det\nPakistani pakistani ADJ JJ 3 amod\nFreedom_Front front PROPN "
        "NNP 7 nsubj B-ORG\n( ( PUNCT -LRB- 5 punct\n"
        "PFF PFF PROPN NNP 3 appos B-ORG\n) ) PUNCT -RRB- 5 punct\nsaid say VERB VBD 0 root\n\n"
        "PFF PFF PROPN NNP 2 nsubj B-ORG\ndenied deny VERB VBD 0 root\n\n"
        "The the DET DT 2 det\nTTP TTP PROPN NNP 3 nsubj B-ORG\nattacked attack VERB VBD 0 "
        "root\n\n"
        "The the DET DT 2 det\ngroup group NOUN NN 3 nsubj\nfled flee VERB VBD 0 root\n");
    assert_string_equal(who(0, 3), "PAK -");
    assert_string_equal(who(0, 5), "PAK -");
    assert_string_equal(who(1, 1), "PAK -");
    assert_string_equal(who(2, 2), "PAK REB");
    assert_string_equal(who(3, 2), "PAK REB");
}

static void test_scene(void **state) {
    (void)state;
    read(NULL, "Police police NOUN NN 2 nsubj\narrested arrest VERB VBD 0 root\ngunmen gunman "
               "NOUN NNS 2 obj\nin in ADP IN 5 case\n"
               "Quetta quetta PROPN NNP 2 obl B-LOC\n");
    assert_string_equal(who(0, 1), "PAK COP");
    assert_string_equal(who(0, 3), "PAK UAF");
}

static void test_groups(void **state) {
    (void)state;
    /* two parties in one phrase */
    read(NULL, "Pakistani pakistani ADJ JJ 4 amod\nand and CCONJ CC 3 cc\nAfghan afghan ADJ JJ "
               "1 conj\n"
               "officials official NOUN NNS 5 nsubj\nmet meet VERB VBD 0 root\n\n"
               "Turkish turkish ADJ JJ 2 amod\ndiplomats diplomat NOUN NNS 3 nsubj\nurged urge "
               "VERB VBD 0 root\n"
               "both both DET DT 5 det\nsides side NOUN NNS 3 obj\n\n"
               "The the DET DT 3 det\nformer former ADJ JJ 3 amod\nneighbours neighbour NOUN "
               "NNS 4 nsubj\nclashed clash VERB VBD 0 root\n");
    const sr_entity *e = sr_entity_at(&f.m, 0, 3);
    assert_true(e->group);
    assert_int_equal(e->n_member, 2);
    assert_string_equal(e->member[1]->code, "AFG");
    assert_string_equal(e->member[1]->sector, "GOV");
    /* who asks both sides is none of them */
    e = sr_entity_at(&f.m, 1, 4);
    assert_int_equal(e->n_member, 2);
    assert_string_equal(e->member[0]->code, "PAK");
    assert_string_equal(e->member[1]->code, "AFG");
}

static void test_dubious_trees(void **state) {
    (void)state;
    /* the country as the head of "Turkish President Orhan Demir" */
    read(NULL, "Turkey turkey PROPN NNP 5 nsubj B-LOC\nPresident president PROPN NNP 3 "
               "nmod:desc\nOrhan orhan PROPN NNP 1 flat B-PER\n"
               "Demir demir PROPN NNP 3 flat I-PER\nspoke speak VERB VBD 0 root\n\n"
               "President president PROPN NNP 3 nsubj\nDemir demir PROPN NNP 3 nsubj "
               "B-PER\nleft leave VERB VBD 0 root\n");
    const sr_entity *e = sr_entity_at(&f.m, 0, 0);
    assert_true(e->person);
    assert_string_equal(who(0, 1), "TUR GOV");
    text_is(e->role, "President");
    assert_null(sr_entity_at(&f.m, 0, 2));
    assert_string_equal(who(1, 1), "TUR GOV");
}

/* ---- places -------------------------------------------------------------------------------------- */

static void test_places(void **state) {
    (void)state;
    read(NULL, "in in ADP IN 2 case\nQuetta quetta PROPN NNP 0 root B-LOC\n, , PUNCT , 4 "
               "punct\nPakistan pakistan PROPN NNP 2 appos B-LOC\n\n"
               "near near ADP IN 3 case\nKhost khost PROPN NNP 3 compound B-LOC\nprovince "
               "province NOUN NN 0 root\n");
    assert_int_equal(f.m.places.n, 3);
    const sr_location *l = f.m.places.v;
    assert_int_equal(l[0].place.geonameid, 1167528);
    text_is(l[0].relation, "in");
    assert_int_equal(l[0].resolution, 4);
    assert_int_equal(l[1].resolution, 1);
    assert_string_equal(l[1].place.country_code, "PAK");
    assert_int_equal(l[2].place.geonameid, 2);
    assert_int_equal(l[2].resolution, 2);
    text_is(l[2].relation, "near");
}

#define IN_TOWN(name) "in in ADP IN 2 case\n" name " x PROPN NNP 0 root B-LOC\n"

/* Of two towns with one name: the larger; the one whose province stands beside it, in short too;
 * the one that lies near another town of the document. */
static void test_namesakes(void **state) {
    (void)state;
    read(NULL, IN_TOWN("Milford"));
    assert_int_equal(f.m.places.v[0].place.geonameid, 12);
    read(NULL, IN_TOWN("Milford") ", , PUNCT , 4 punct\nOhio ohio PROPN NNP 2 appos B-LOC\n");
    assert_int_equal(f.m.places.v[0].place.geonameid, 11);
    read(NULL, IN_TOWN("Milford") ", , PUNCT , 4 punct\nOH oh PROPN NNP 2 appos\n");
    assert_int_equal(f.m.places.v[0].place.geonameid, 11);
    read(NULL, IN_TOWN("Milford") ", , PUNCT , 4 punct\nMass. mass. PROPN NNP 2 appos\n");
    assert_int_equal(f.m.places.v[0].place.geonameid, 12);
    read(NULL, IN_TOWN("Milford") "\n" IN_TOWN("Mason"));
    assert_int_equal(f.m.places.v[0].place.geonameid, 11);
}

/* A name that the gazetteer spells otherwise, in a country that is in view. */
static void test_spellings(void **state) {
    (void)state;
#define MAARAT                                                                                 \
    "in in ADP IN 2 case\nMaarat x PROPN NNP 0 root B-LOC\nal x PROPN NNP 2 flat I-LOC\n"      \
    "- - PUNCT HYPH 5 punct I-LOC\nNuman x PROPN NNP 2 flat I-LOC\n"
    read(NULL, MAARAT);
    assert_false(f.m.places.n && f.m.places.v[0].resolved);
    read(NULL, MAARAT "\nTurkey turkey PROPN NNP 2 nsubj B-LOC\nsaid say VERB VBD 0 root\n");
    assert_int_equal(f.m.places.v[0].place.geonameid, 21);
    assert_int_equal(f.m.places.v[0].last, 4);
#undef MAARAT
}

/* A village is taken for one only where its country is in view, or the world has no other. */
static void test_villages(void **state) {
    (void)state;
    read(NULL, "in in ADP IN 2 case\nZarghun x PROPN NNP 0 root\n");
    assert_int_equal(f.m.places.n, 0);
    read(NULL, IN_TOWN("Zarghun"));
    assert_int_equal(f.m.places.n, 1);
    assert_false(f.m.places.v[0].resolved);
    read(NULL, IN_TOWN("Zarghun") "\n" IN_TOWN("Quetta") ", , PUNCT , 4 punct\nPakistan pakistan PROPN NNP 2 appos B-LOC\n");
    assert_true(f.m.places.v[0].resolved);
    assert_string_equal(f.m.places.v[0].place.country_code, "PAK");
}

/* ---- times --------------------------------------------------------------------------------------- */

/* Words "form/UPOS"; all hang on the first. Compares the first expression found. */
static void time_is(const char *date, const char *words, const char *text, const char *value) {
    sr_buf b;
    int n = 0;
    sr_buf_init(&b);
    sr_str rest = sr_str_z(words);
    while (rest.p) {
        sr_str item = sr_str_cut(&rest, ' ');
        sr_str upos = item, form = sr_str_cut(&upos, '/');
        if (!upos.p) upos = SR_LIT("NOUN");
        sr_buf_printf(&b, "%.*s %.*s %.*s X %d %s\n", (int)form.n, form.p, (int)form.n, form.p,
                      (int)upos.n, upos.p, n ? 1 : 0, n ? "dep" : "root");
        n++;
    }
    read(date, b.p);
    sr_buf_release(&b);
    if (!text) {
        assert_int_equal(f.m.times.n, 0);
        return;
    }
    if (f.m.times.n < 1) fail_msg("nothing found in: %s", words);
    text_is(f.m.times.v[0].text, text);
    text_is(f.m.times.v[0].value, value);
}

static void test_times(void **state) {
    (void)state;
    const char *d = "2025-10-28"; /* a Tuesday */
    time_is(d, "said/VERB on/ADP Sunday/PROPN", "Sunday", "2025-10-26");
    time_is(d, "said/VERB on/ADP Tuesday/PROPN", "Tuesday", "2025-10-28");
    time_is(d, "yesterday", "yesterday", "2025-10-27");
    time_is(d, "tonight/ADV", "tonight", "2025-10-28TNI");
    time_is(d, "Sunday/PROPN morning", "Sunday morning", "2025-10-26TMO");
    time_is(d, "last/ADJ week", "last week", "2025-W43");
    time_is(d, "next/ADJ month", "next month", "2025-11");
    time_is(d, "last/ADJ year", "last year", "2024");
    time_is(d, "two/NUM days ago/ADV", "two days ago", "2025-10-26");
    time_is(d, "Oct./PROPN 26/NUM", "Oct. 26", "2025-10-26");
    time_is(d, "26/NUM October/PROPN 2025/NUM", "26 October 2025", "2025-10-26");
    time_is(d, "October/PROPN 26/NUM ,/PUNCT 2025/NUM", "October 26 , 2025", "2025-10-26");
    time_is(d, "in/ADP 2021/NUM", "2021", "2021");
    time_is(d, "mid/ADJ -/PUNCT October/PROPN", "mid - October", "2025-10");
    assert_int_equal(f.m.times.v[0].from, sr_day_of(2025, 10, 15));
    time_is(d, "mid-October/PROPN", "mid-October", "2025-10");
    assert_int_equal(f.m.times.v[0].from, sr_day_of(2025, 10, 15));
    time_is(d, "since/ADP mid/ADJ -/PUNCT October/PROPN", "mid - October", "2025-10");
    assert_true(f.m.times.v[0].since);
    assert_int_equal(f.m.times.v[0].until, SR_DAY_NONE);
    time_is(d, "the/DET 1990s", "the 1990s", "199");
    time_is(d, "the/DET past/ADJ three/NUM months", "the past three months", "P3M");
    assert_int_equal(f.m.times.v[0].from, sr_day_of(2025, 7, 28));
    time_is(d, "for/ADP 48/NUM hours", "48 hours", "PT48H");
    time_is(d, "every/DET day", "every day", "P1D");
    assert_int_equal(f.m.times.v[0].type, SR_TIME_SET);
    time_is(d, "last/ADJ summer", "last summer", "2025-SU");
    time_is(d, "at/ADP 10:30/NUM a.m.", "10:30 a.m.", "2025-10-28T10:30");
    time_is(d, "2025-10-26/NUM", "2025-10-26", "2025-10-26");
    time_is(d, "they/PRON may/AUX go/VERB", NULL, NULL);
    time_is(d, "2254/NUM people", NULL, NULL);
    time_is(d, "a/DET 25/NUM -/PUNCT year -/PUNCT old/ADJ", NULL, NULL);
    assert_false(f.m.no_date_warning);
    time_is(NULL, "on/ADP Sunday/PROPN", "Sunday", "XXXX-WXX-7");
    assert_true(f.m.no_date_warning);
    /* what lies ahead */
    read(d, "They they PRON PRP 3 nsubj\nwill will AUX MD 3 aux\nmeet meet VERB VB 0 root\non "
            "on ADP IN 5 case\nFriday friday PROPN NNP 3 obl\n");
    text_is(f.m.times.v[0].value, "2025-10-31");
}

/* ---- numbers ------------------------------------------------------------------------------------- */

static void number_is(const char *words, long long low, long long high, const char *qualifier,
                      int counts) {
    read(NULL, words);
    if (f.m.numbers.n != 1) fail_msg("%u numbers in: %s", f.m.numbers.n, words);
    const sr_number *x = f.m.numbers.v;
    assert_int_equal(x->low, low);
    assert_int_equal(x->high, high);
    assert_string_equal(x->qualifier, qualifier);
    assert_int_equal(x->counts, counts - 1);
    if (counts) assert_ptr_equal(sr_number_of(&f.m, 0, counts - 1), x);
}

static void test_numbers(void **state) {
    (void)state;
    number_is("at at ADP IN 2 case\nleast least ADJ JJS 3 nmod\nfive five NUM CD 4 "
              "nummod\nsoldiers soldier NOUN NNS 0 root\n",
              5, -1, "at_least", 4);
    number_is(
        "dozens dozen NOUN NNS 0 root\nof of ADP IN 3 case\npeople people NOUN NNS 1 nmod\n",
        24, -1, "dozens", 3);
    number_is("killing kill VERB VBG 0 root\n12 12 NUM CD 1 obj\n", 12, 12, "exact", 0);
    number_is("five five NUM CD 0 root\nof of ADP IN 4 case\nthe the DET DT 4 det\nsoldiers "
              "soldier NOUN NNS 1 nmod\n",
              5, 5, "exact", 4);
    number_is("1.5 1.5 NUM CD 2 compound\nmillion million NUM CD 3 nummod\nAfghans afghans "
              "PROPN NNPS 0 root\n",
              1500000, 1500000, "exact", 3);
    number_is("tens ten NOUN NNS 4 nsubj\nof of ADP IN 3 case\nthousands thousand NOUN NNS 1 "
              "nmod\nfled flee VERB VBD 0 root\n",
              20000, -1, "tens", 0);
    number_is("up up ADP IN 3 advmod\nto to ADP IN 1 fixed\n30 30 NUM CD 4 nummod\nrebels "
              "rebel NOUN NNS 0 root\n",
              -1, 30, "up_to", 4);
    number_is("twenty twenty NUM CD 3 compound\n- - PUNCT HYPH 1 punct\nfive five NUM CD 4 "
              "nummod\nrebels rebel NOUN NNS 0 root\n",
              25, 25, "exact", 4);
    number_is("between between ADP IN 5 case\n5 5 NUM CD 5 nummod\nand and CCONJ CC 4 cc\n10 "
              "10 NUM CD 2 conj\nrebels rebel NOUN NNS 0 root\n",
              5, 10, "range", 5);
    read(NULL, "30 30 NUM CD 2 nummod\npercent percent NOUN NN 0 root\n\n$ $ SYM $ 0 root\n5 5 "
               "NUM CD 1 nummod\n\n"
               "resolution resolution NOUN NN 0 root\n2254 2254 NUM CD 1 nummod\n\n25 25 NUM "
               "CD 3 nummod\n- - PUNCT HYPH 1 punct\nyear year NOUN NN 5 obl\n- - PUNCT HYPH 3 "
               "punct\nold old ADJ JJ 0 root\n");
    assert_int_equal(f.m.numbers.n, 0);
}

/* ---- odd trees ------------------------------------------------------------------------------------ */

/* Whatever hangs on what: nothing runs on for ever or out of the sentence. */
static void test_wild_trees(void **state) {
    (void)state;
    static const char *const form[] = {
        "Pakistan", "officials", "of",     "Taliban", "-",    "led",     "he", "The",
        "group",    "five",      "Sunday", "Amir",    "Khan", "Muttaqi", ",",  "soldiers",
        "both",     "sides",     "in",     "Kabul",   "(",    "PFF",     ")",  "its"};
    static const char *const upos[] = {"PROPN", "NOUN", "ADP",  "PROPN", "PUNCT", "VERB",
                                       "PRON",  "DET",  "NOUN", "NUM",   "ADJ"};
    static const char *const rel[] = {"nsubj",     "obj",       "nmod", "nmod:poss", "compound",
                                      "amod",      "appos",     "flat", "case",      "conj",
                                      "acl",       "acl:relcl", "det",  "nummod",    "obl",
                                      "parataxis", "dep"};
    uint32_t seed = 7;
    for (int round = 0; round < 400; round++) {
        sr_buf b;
        sr_buf_init(&b);
        for (int s = 0; s < 3; s++) {
            int n = 1 + (int)((seed = seed * 1664525u + 1013904223u) >> 27);
            for (int i = 1; i <= n; i++) {
                uint32_t r[5];
                for (int k = 0; k < 5; k++) r[k] = (seed = seed * 1664525u + 1013904223u) >> 10;
                /* a tree: each word hangs on an earlier one, half of the rounds on the one after */
                int head = i == 1 ? 0 : 1 + (int)(r[3] % (uint32_t)(i - 1));
                sr_buf_printf(&b, "%s %s %s NNS %d %s %s\n", form[r[0] % 24], form[r[0] % 24],
                              upos[r[1] % 11], head, i == 1 ? "root" : rel[r[2] % 17],
                              r[4] % 3   ? "B-PER"
                              : r[4] % 2 ? "I-ORG"
                                         : "I-PER");
            }
            sr_buf_z(&b, "\n");
        }
        read(round % 2 ? "2025-10-28" : NULL, b.p);
        sr_buf_release(&b);
        for (uint32_t i = 0; i < f.m.entities.n; i++) {
            const sr_entity *e = f.m.entities.v[i];
            assert_true(e->first <= e->head && e->head <= e->last &&
                        e->last < f.parse.s[e->sent].n);
            assert_true(e->start <= e->end && e->end <= f.doc.text.n);
        }
        sr_buf out;
        sr_buf_init(&out);
        sr_mention_print(&out, &f.doc, &f.parse, &f.m);
        sr_buf_release(&out);
    }
}

static void test_print(void **state) {
    (void)state;
    read("2025-10-28", "Pakistan pakistan PROPN NNP 2 nsubj B-LOC\nkilled kill VERB VBD 0 "
                       "root\nfive five NUM CD 4 nummod\nrebels rebel NOUN NNS 2 obj\n"
                       "on on ADP IN 6 case\nSunday sunday PROPN NNP 2 obl\n");
    sr_buf out;
    sr_buf_init(&out);
    sr_mention_print(&out, &f.doc, &f.parse, &f.m);
    assert_string_equal(out.p,
                        "s0 name \"Pakistan\" LOC\n"
                        "s0 entity \"Pakistan\" PAK GOV <PAK>\n"
                        "s0 entity \"five rebels\" PAK REB person role=\"rebels\" <rebel>\n"
                        "s0 place \"Pakistan\" = Pakistan PAK 1\n"
                        "s0 time \"Sunday\" DATE 2025-10-26\n"
                        "s0 number \"five\" 5 exact of \"rebels\"\n");
    sr_buf_release(&out);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_compose),       cmocka_unit_test(test_owners),
        cmocka_unit_test(test_titles),        cmocka_unit_test(test_metonyms),
        cmocka_unit_test(test_pronouns),      cmocka_unit_test(test_acronym),
        cmocka_unit_test(test_scene),         cmocka_unit_test(test_groups),
        cmocka_unit_test(test_dubious_trees), cmocka_unit_test(test_places),
        cmocka_unit_test(test_namesakes), cmocka_unit_test(test_villages),
        cmocka_unit_test(test_spellings),
        cmocka_unit_test(test_times),         cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_wild_trees),    cmocka_unit_test(test_print)};
    cmocka_set_message_output(CM_OUTPUT_TAP);
    return cmocka_run_group_tests(tests, setup, teardown);
}

/* t_parse.c - words, sentences, the network's kernels, the model file, trees and CoNLL-U. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>

#include "base/date.h"
#include "base/limits.h"
#include "parse/builtin_model.h"
#include "parse/kernel.h"
#include "parse/rowcache.h"
#include "parse/token.h"

static sr_model *model;
static sr_parser *parser;
static sr_arena arena;
static jmp_buf recover;

static int set_up(void **state) {
    (void)state;
    size_t n;
    const void *data = sr_builtin_model(&n);
    sr_arena_init(&arena, 0);
    arena.recover = &recover;
    return sr_model_open(&model, data, n, NULL) == SR_OK &&
                   sr_parser_new(&parser, model, NULL) == SR_OK
               ? 0
               : 1;
}

static int tear_down(void **state) {
    (void)state;
    sr_parser_free(parser);
    sr_model_free(model);
    sr_arena_release(&arena);
    return 0;
}

/* ---- words ---------------------------------------------------------------------------------- */

/* The words of a text with `|` between them. */
static sr_str cut(const char *text) {
    sr_words words = {{NULL, 0, 0}};
    sr_tokenizer t;
    sr_tokenizer_init(&t, &words, sr_str_z(text), 0, (uint32_t)strlen(text), &arena);
    sr_tokenizer_read(&t, UINT32_MAX);
    sr_buf b;
    sr_buf_init(&b);
    for (uint32_t i = 0; i < words.w.n; i++) {
        if (i) sr_buf_char(&b, '|');
        sr_buf_str(&b, words.w.v[i].form);
    }
    sr_str s = sr_arena_dup(&arena, sr_str_of(b.p ? b.p : "", b.n));
    sr_buf_release(&b);
    return s;
}

static void word_cases(void **state) {
    (void)state;
    static const char *const cases[][2] = {
        {"The minister's aides won't talk.", "The|minister|'s|aides|wo|n't|talk|."},
        {"They cannot, they\xE2\x80\x99ll say.", "They|can|not|,|they|\xE2\x80\x99ll|say|."},
        {"the rebels' camp", "the|rebels|'|camp"},
        {"a 15-year truce", "a|15|-|year|truce"},
        {"al-Nour, an anti-tank unit", "al|-|Nour|,|an|anti-tank|unit"},
        {"Gen. Omar met Mr. Haddad at 5 p.m. in the U.S. embassy",
         "Gen.|Omar|met|Mr.|Haddad|at|5|p.m.|in|the|U.S.|embassy"},
        {"J. K. Osei spoke.", "J.|K.|Osei|spoke|."},
        {"at 5pm, 1.5 km and 3,500 men", "at|5|pm|,|1.5|km|and|3,500|men"},
        {"see https://example.org/a-b?c=d.", "see|https://example.org/a-b?c=d|."},
        {"mail desk@example.org (now)", "mail|desk@example.org|(|now|)"},
        {"Wait... what?!", "Wait|...|what|?!"},
        {"\xE2\x80\x9CWe leave,\xE2\x80\x9D he said.",
         "\xE2\x80\x9C|We|leave|,|\xE2\x80\x9D|he|said|."},
        {"\"Go!\" -- she said", "\"|Go|!|\"|--|she|said"},
        {"$5m, US$20, 30% or \xE2\x82\xAC"
         "7",
         "$|5|m|,|US$|20|,|30|%|or|\xE2\x82\xAC|7"},
        {"Article No. 5; no. Then", "Article|No.|5|;|no|.|Then"},
        {"gonna O'Brien's '90s", "gon|na|O'Brien|'s|'90s"},
        {"the 9/11 and/or AT&T", "the|9/11|and|/|or|AT&T"},
        {"tea, milk, etc. were sent", "tea|,|milk|,|etc.|were|sent"},
        {"a\xC2\xA0"
         "b\tc\x01"
         "d",
         "a|b|c|d"},
        {"", ""},
        {"   \n ", ""},
        {"((((((((", "(((((((("},
        {"Ph.D. e.g. this", "Ph.D.|e.g.|this"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(cut(cases[i][0]).p, cases[i][1]);
}

static void parts_share_characters(void **state) {
    (void)state;
    static const char text[] = "He can't.";
    sr_words words = {{NULL, 0, 0}};
    sr_tokenizer t;
    sr_tokenizer_init(&t, &words, sr_str_z(text), 0, sizeof text - 1, &arena);
    assert_false(sr_tokenizer_read(&t, 100));
    assert_int_equal(words.w.n, 4);
    assert_int_equal(words.w.v[1].mwt, 2);
    assert_int_equal(words.w.v[1].start, 3);
    assert_int_equal(words.w.v[1].end, 5);
    assert_int_equal(words.w.v[2].start, 5);
    assert_int_equal(words.w.v[2].end, 8);
    assert_int_equal(words.w.v[2].mwt, 0);
    assert_true(words.w.v[0].space_after && !words.w.v[1].space_after &&
                !words.w.v[2].space_after);
}

static void phrases(void **state) {
    (void)state;
    sr_str folded[3];
    assert_int_equal(
        sr_tokenize_phrase(SR_LIT("Al-Noor Brigades of S\xC3\xA3o"), folded, 3, &arena), 3);
    assert_true(sr_str_is(folded[0], "al") && sr_str_is(folded[1], "-") &&
                sr_str_is(folded[2], "noor"));
    assert_int_equal(sr_tokenize_phrase(SR_LIT(""), folded, 3, &arena), 0);
}

/* ---- documents ------------------------------------------------------------------------------ */

static sr_doc one_block(const char *text, uint32_t n, sr_block *block) {
    sr_doc doc;
    memset(&doc, 0, sizeof doc);
    *block = (sr_block){0, n, SR_BLOCK_PARAGRAPH, 0};
    doc.text = sr_str_of(text, n);
    doc.blocks = block;
    doc.n_blocks = 1;
    doc.date = SR_DAY_NONE;
    return doc;
}

static sr_parse run(const char *text, uint32_t n, sr_doc *doc) {
    static sr_block block;
    sr_parse parse;
    *doc = one_block(text, n, &block);
    sr_parser_run(parser, &parse, doc, &arena);
    return parse;
}

static void sentence_cases(void **state) {
    (void)state;
    static const struct {
        const char *text;
        uint32_t n;
    } cases[] = {
        {"The army left. The rebels stayed.", 2},
        {"Gen. Sami Noor met Mr. Adeyemi on Jan. 5 near the border.", 1},
        {"\"We will go,\" she said. \"We will go tomorrow.\"", 2},
        {"He asked: \xE2\x80\x9CWho did it?\xE2\x80\x9D Nobody answered.", 2},
        {"Talks in the U.S. failed on Monday.", 1},
        {"The price rose 3.5 percent. It fell 1.2 percent in May.", 2},
        {"What happened? No one knows! The mayor will speak.", 3},
        {"No stop here", 1},
        {"", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sr_doc doc;
        sr_parse p = run(cases[i].text, (uint32_t)strlen(cases[i].text), &doc);
        if (p.n != cases[i].n) print_message("in: %s\n", cases[i].text);
        assert_int_equal(p.n, cases[i].n);
    }
}

static void dateline_stands_apart(void **state) {
    (void)state;
    static const char text[] = "LIMA, May 3 (Desk) - Farmers blocked roads.";
    sr_block block;
    sr_parse p;
    sr_doc doc = one_block(text, sizeof text - 1, &block);
    block.body = 21;
    sr_parser_run(parser, &p, &doc, &arena);
    assert_int_equal(p.n, 2);
    assert_true(sr_str_is(p.s[1].w[0].folded, "farmers"));
}

/* One root, heads inside, no arcs that cross, links that agree with the heads. */
static void check_tree(const sr_sent *s) {
    int roots = 0;
    assert_true(s->n > 0 && s->parsed);
    for (int i = 0; i < s->n; i++) {
        const sr_word *w = &s->w[i];
        assert_true(w->head >= -1 && w->head < s->n && w->head != i);
        roots += w->head < 0;
        assert_int_equal(w->head < 0, w->rel == SR_R_ROOT);
        if (w->head < 0) assert_int_equal(s->root, i);
        assert_true(w->subtree_first <= i && i <= w->subtree_last);
        int low = i, high = i, last = -1;
        for (int c = w->first_child; c >= 0; c = s->w[c].next_sibling) {
            assert_true(c > last && s->w[c].head == i);
            last = c;
            if (s->w[c].subtree_first < low) low = s->w[c].subtree_first;
            if (s->w[c].subtree_last > high) high = s->w[c].subtree_last;
        }
        assert_true(low == w->subtree_first && high == w->subtree_last);
        int a = w->head < i ? w->head : i, b = w->head < i ? i : w->head;
        for (int k = a + 1; w->head >= 0 && k < b;
             k++) /* between a word and its head: all below */
            assert_true(s->w[k].head >= a && s->w[k].head <= b);
    }
    assert_int_equal(roots, 1);
}

static uint32_t next_random(uint32_t *s) { return *s = *s * 1664525u + 1013904223u; }

static void trees_on_random_text(void **state) {
    (void)state;
    static const char *const pieces[] = {"the ",
                                         "Army ",
                                         "said ",
                                         "of ",
                                         "killed",
                                         " ",
                                         ". ",
                                         ", ",
                                         "\"",
                                         "(",
                                         ") ",
                                         "'s ",
                                         "U.S. ",
                                         "and ",
                                         "who ",
                                         "3,000 ",
                                         "- ",
                                         "-",
                                         "\xE2\x80\x94",
                                         "talks ",
                                         "\n",
                                         "\xD9\x82 ",
                                         "\xF0\x9F\x98\x80 ",
                                         "n't ",
                                         "...",
                                         "\x01",
                                         "http://a.b ",
                                         "'",
                                         "#x ",
                                         "@"};
    uint32_t seed = 5;
    for (int round = 0; round < 60; round++) {
        char text[4000];
        uint32_t n = 0, count = next_random(&seed) % 400;
        for (uint32_t i = 0; i < count; i++) {
            const char *p =
                pieces[(next_random(&seed) >> 8) % (sizeof pieces / sizeof *pieces)];
            memcpy(text + n, p, strlen(p));
            n += (uint32_t)strlen(p);
        }
        sr_doc doc;
        sr_arena_clear(&arena);
        sr_parse p = run(text, n, &doc);
        uint32_t at = 0, words = 0;
        for (uint32_t k = 0; k < p.n; k++) {
            check_tree(&p.s[k]);
            words += p.s[k].n;
            for (int i = 0; i < p.s[k].n; i++) { /* spans in order, inside the text */
                const sr_word *w = &p.s[k].w[i];
                assert_true(w->start >= at && w->end > w->start && w->end <= n);
                assert_memory_equal(w->form.p, text + w->start, w->form.n);
                assert_true(w->upos < SR_UPOS_N && w->xpos < SR_XPOS_N && w->lemma.n > 0);
                at = w->end;
            }
        }
        assert_int_equal(words, p.n_words);
    }
}

/* Text without an end, or all of brackets, costs no more than its length; sentences are capped. */
static void hostile_lengths(void **state) {
    (void)state;
    static const char *const units[] = {"(", "a ", "a.b", "' ", "-a", "x@", "\"a", "[]"};
    enum { SIZE = 200000 };
    char *text = malloc(SIZE);
    assert_non_null(text);
    for (size_t u = 0; u < sizeof units / sizeof *units; u++) {
        size_t k = strlen(units[u]);
        for (size_t i = 0; i < SIZE; i++) text[i] = units[u][i % k];
        sr_parse parse;
        sr_block block;
        sr_doc doc = one_block(text, SIZE, &block);
        sr_arena_clear(&arena);
        sr_parser_split(parser, &parse, &doc, &arena);
        assert_true(parse.n > 0);
        for (uint32_t i = 0; i < parse.n; i++) assert_true(parse.s[i].n <= SR_SENT_WORDS_MAX);
    }
    free(text);
}

/* ---- kernels -------------------------------------------------------------------------------- */

static void kernels_give_equal_bits(void **state) {
    (void)state;
    const sr_kernel *all[SR_KERNELS_MAX];
    size_t n = sr_kernel_all(all);
    enum { IN = 136, OUT = 88, ROWS = 19, WORDS = 9 };
    static int8_t w[IN * OUT];
    static int32_t bias[OUT], mult[OUT];
    static uint8_t x[ROWS * IN], bytes[2][WORDS * SR_OUT];
    static int16_t y[2][ROWS * OUT], gates[WORDS * SR_GATES], rows[16][SR_HID], wide[OUT][IN];
    const int16_t *row[16];
    uint32_t seed = 9;
    for (size_t i = 0; i < sizeof w; i++)
        w[i] = (int8_t)((int)(next_random(&seed) >> 16) % 128);
    for (size_t i = 0; i < sizeof x; i++) x[i] = (uint8_t)((next_random(&seed) >> 16) % 128);
    for (int i = 0; i < IN; i++) { /* the largest sums that there can be */
        x[i] = 127;
        w[(i / 4) * 32 + i % 4] = 127;
        w[(i / 4) * 32 + 4 + i % 4] = -127;
    }
    for (int o = 0; o < OUT; o++)
        for (int i = 0; i < IN; i++)
            wide[o][i] = w[o / 8 * 8 * IN + i / 4 * 32 + o % 8 * 4 + i % 4];
    for (int i = 0; i < OUT; i++) {
        bias[i] = (int32_t)(next_random(&seed) >> 12) - (1 << 19);
        mult[i] = (int32_t)(next_random(&seed) >> 23);
    }
    for (size_t i = 0; i < sizeof gates / 2; i++)
        gates[i] = (int16_t)((int)(next_random(&seed) >> 16) - 32768);
    for (size_t i = 0; i < sizeof gates / 2; i++)
        if (gates[i] == -32768) gates[i] = -32767;
    for (size_t r = 0; r < 16; r++) {
        row[r] = rows[r];
        for (size_t i = 0; i < SR_HID; i++)
            rows[r][i] = (int16_t)((int)((next_random(&seed) >> 16) % 4095) - 2047);
    }
    for (size_t k = 0; k < n; k++) {
        for (size_t count = 1; count <= ROWS; count++) {
            sr_layer l = {w, bias, mult, IN, OUT, 9, count % 2 ? 32767 : 2047, NULL};
            memset(y, 1, sizeof y);
            all[0]->product(&l, x, count, y[0]);
            l.wide = wide[0]; /* for those who like it so */
            all[k]->product(&l, x, count, y[1]);
            assert_memory_equal(y[0], y[1], sizeof y[0]);
        }
        const int16_t *gate[WORDS];
        for (size_t i = 0; i < WORDS; i++) gate[i] = gates + i * SR_GATES;
        all[0]->recur(gate, WORDS, bytes[0]);
        all[k]->recur(gate, WORDS, bytes[1]);
        assert_memory_equal(bytes[0], bytes[1], sizeof bytes[0]);
        all[0]->hidden(row, 16, bytes[0]);
        all[k]->hidden(row, 16, bytes[1]);
        assert_memory_equal(bytes[0], bytes[1], SR_HID);
    }
}

static const char news[] =
    "Rebels of the Northern Front attacked the town of Karsa on Monday, killing at least "
    "twelve "
    "people, the defence ministry said. \"We haven't signed anything,\" its spokesman, Col. "
    "Idris "
    "Kamau, told reporters in Geneva. Neighbouring states urged both sides to resume talks.";

static void kernels_give_equal_documents(void **state) {
    (void)state;
    const sr_kernel *all[SR_KERNELS_MAX];
    size_t n = sr_kernel_all(all);
    sr_buf out[2];
    for (size_t k = 0; k < n; k++) {
        sr_doc doc;
        sr_buf_init(&out[k > 0]);
        sr_parser_set_kernel(parser, all[k]);
        sr_parse p = run(news, sizeof news - 1, &doc);
        sr_conllu_print(&out[k > 0], &doc, &p, NULL);
        if (k == 0) continue;
        assert_string_equal(out[0].p, out[1].p);
        sr_buf_release(&out[1]);
    }
    sr_buf_release(&out[0]);
    sr_parser_set_kernel(parser, sr_kernel_best());
}

/* The cache of first-layer rows changes nothing but the time: with a cold cache, a warm one, one
 * that many other words went through, and none. */
static void cache_never_shows(void **state) {
    (void)state;
    sr_parser *fresh;
    sr_buf out[4];
    assert_int_equal(sr_parser_new(&fresh, model, NULL), SR_OK);
    for (int k = 0; k < 4; k++) {
        sr_doc doc;
        sr_parse p;
        sr_block block;
        if (k == 2) {
            enum { SIZE = 400000 };
            char *text = malloc(SIZE);
            assert_non_null(text);
            uint32_t seed = 7;
            for (size_t i = 0; i < SIZE; i++)
                text[i] = i % 6 == 5 ? ' ' : (char)('a' + (next_random(&seed) >> 16) % 26);
            doc = one_block(text, SIZE, &block);
            sr_parser_run(fresh, &p, &doc, &arena);
            free(text);
            sr_arena_clear(&arena);
        }
        if (k == 3) sr_parser_drop_cache(fresh);
        sr_buf_init(&out[k]);
        doc = one_block(news, sizeof news - 1, &block);
        sr_parser_run(fresh, &p, &doc, &arena);
        sr_conllu_print(&out[k], &doc, &p, NULL);
        assert_string_equal(out[0].p, out[k].p);
    }
    for (int k = 0; k < 4; k++) sr_buf_release(&out[k]);
    sr_parser_free(fresh);
}

static void rows_are_kept(void **state) {
    (void)state;
    sr_rowcache *c = sr_rowcache_new();
    assert_non_null(c);
    static int16_t row[SR_GATES];
    uint32_t seed = 11, held = 0;
    for (uint64_t key = 1; key <= 20000; key++) { /* what is found is what was put */
        for (size_t i = 0; i < SR_GATES; i++) row[i] = (int16_t)(key * 31 + i);
        sr_rowcache_put(c, key << 20, row);
        uint64_t other = 1 + next_random(&seed) % key;
        const int16_t *found = sr_rowcache_find(c, other << 20);
        if (!found) continue;
        held++;
        assert_int_equal(found[0], (int16_t)(other * 31));
        assert_int_equal(found[SR_GATES - 1], (int16_t)(other * 31 + SR_GATES - 1));
    }
    assert_true(held > 2000);
    sr_rowcache_free(c);
}

static void argmax_is_the_first_best(void **state) {
    (void)state;
    uint32_t seed = 13;
    for (int round = 0; round < 3000; round++) {
        int16_t v[70];
        int n = 1 + (int)((next_random(&seed) >> 16) % 70), best = 0;
        for (int i = 0; i < n; i++)
            v[i] = (int16_t)((int)(next_random(&seed) >> 16) % (round % 2 ? 9 : 65536) - 32768);
        for (int i = 1; i < n; i++)
            if (v[i] > v[best]) best = i;
        assert_int_equal(sr_kernel_argmax(v, n), best);
    }
}

/* ---- what the model knows -------------------------------------------------------------------- */

static const sr_word *find(const sr_parse *p, const char *folded, const sr_sent **in) {
    for (uint32_t k = 0; k < p->n; k++)
        for (int i = 0; i < p->s[k].n; i++)
            if (sr_str_is(p->s[k].w[i].folded, folded)) {
                *in = &p->s[k];
                return &p->s[k].w[i];
            }
    fail_msg("no word %s", folded);
    return NULL;
}

static void news_is_read_rightly(void **state) {
    (void)state;
    sr_doc doc;
    sr_parse p = run(news, sizeof news - 1, &doc);
    const sr_sent *s;
    assert_int_equal(p.n, 3);
    const sr_word *w = find(&p, "attacked", &s);
    assert_true(sr_str_is(w->lemma, "attack") && w->upos == SR_VERB);
    w = find(&p, "rebels", &s);
    assert_true(w->rel == SR_R_NSUBJ && sr_str_is(s->w[w->head].folded, "attacked"));
    assert_true(sr_str_is(w->lemma, "rebel"));
    w = find(&p, "town", &s);
    assert_true(w->rel == SR_R_OBJ && sr_str_is(s->w[w->head].folded, "attacked"));
    w = find(&p, "people", &s);
    assert_true(w->rel == SR_R_OBJ && sr_str_is(s->w[w->head].folded, "killing"));
    w = find(&p, "urged", &s);
    assert_true(w->head < 0);
    w = find(&p, "geneva", &s);
    assert_int_equal(w->name, SR_NAME_LOC);
    w = find(&p, "kamau", &s);
    assert_int_equal(w->name, SR_NAME_PER);
}

/* A noun before a finite verb ends its phrase; what has a subject is no attribute. */
static void subjects_are_found(void **state) {
    (void)state;
    static const char text[] =
        "The Northern Front fired rockets at the town. The United States imposed sanctions on "
        "Myanmar. Turkey signed treaty with Iraq.";
    sr_doc doc;
    sr_parse p = run(text, sizeof text - 1, &doc);
    static const char *const subject[] = {"front", "states", "turkey"};
    static const char *const object[] = {"rockets", "sanctions", "treaty"};
    assert_int_equal(p.n, 3);
    for (int k = 0; k < 3; k++) {
        const sr_sent *s;
        const sr_word *w = find(&p, subject[k], &s), *o = find(&p, object[k], &s);
        check_tree(s);
        assert_true(w->rel == SR_R_NSUBJ && w->head == s->root);
        assert_true(o->rel == SR_R_OBJ && o->head == s->root);
    }
}

/* ---- lemmas ---------------------------------------------------------------------------------- */

static void bases_of_forms(void **state) {
    (void)state;
    static const struct {
        const char *form;
        int xpos;
        const char *base; /* "": the list says nothing */
    } cases[] = {
        {"freed", SR_X_VBD, "free"},       {"rebutted", SR_X_VBN, "rebut"},
        {"finalising", SR_X_VBG, "finalise"}, {"barred", SR_X_VBD, "bar"},
        {"froze", SR_X_VBD, "freeze"},     {"shot", SR_X_VBN, "shoot"},
        {"rated", SR_X_VBN, "rate"},       {"called", SR_X_VBD, "call"},
        {"quitting", SR_X_VBG, "quit"},    {"died", SR_X_VBD, "die"},
        {"dying", SR_X_VBG, "die"},        {"panicked", SR_X_VBD, "panic"},
        {"denies", SR_X_VBZ, "deny"},      {"focusses", SR_X_VBZ, "focus"},
        {"shell", SR_X_VB, "shell"},       {"sang", SR_X_VBP, "sing"},
        {"villagers", SR_X_NNS, "villager"}, {"buses", SR_X_NNS, "bus"},
        {"houses", SR_X_NNS, "house"},     {"horsemen", SR_X_NNS, "horseman"},
        {"crises", SR_X_NNS, "crisis"},    {"troops", SR_X_NNS, "troop"},
        {"headquarters", SR_X_NNS, "headquarters"}, {"fiercest", SR_X_JJS, "fierce"},
        {"deadlier", SR_X_JJR, "deadly"},  {"bigger", SR_X_JJR, "big"},
        {"armed", SR_X_JJ, ""},            {"zzqxed", SR_X_VBD, ""},
        {"ed", SR_X_VBD, ""},              {"s", SR_X_NNS, ""},
        {"", SR_X_VBD, ""},                {"\xC3\xA9t\xC3\xA9s", SR_X_VBZ, ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sr_str base = sr_inflect_base(&model->bases, sr_str_z(cases[i].form), cases[i].xpos);
        if (!sr_str_is(base, cases[i].base))
            print_message("%s: %.*s\n", cases[i].form, (int)base.n, base.n ? base.p : "");
        assert_true(sr_str_is(base, cases[i].base));
    }
    static char longest[SR_WORD_BYTES_MAX + 40];
    memset(longest, 'a', sizeof longest);
    memcpy(longest + sizeof longest - 2, "ed", 2);
    assert_int_equal(
        sr_inflect_base(&model->bases, sr_str_of(longest, sizeof longest), SR_X_VBD).n, 0);
}

/* Every line of the list is found, and the list is sorted. */
static void list_of_bases(void **state) {
    (void)state;
    sr_str rest = sr_builtin_lemmas(), before = SR_STR_NONE, listed, base;
    uint32_t n = 0;
    while (rest.p) {
        sr_str line = sr_str_cut(&rest, '\n');
        if (line.n == 0 || line.p[0] == '#') continue;
        if (before.n) assert_true(sr_str_cmp(before, line) < 0);
        before = line;
        sr_str b = line, word = sr_str_cut(&b, ' '), kind = sr_str_cut(&b, ' ');
        assert_int_equal(kind.n, 1);
        assert_true(sr_bases_find(&model->bases, word, kind.p[0], &listed, &base));
        assert_true(sr_str_eq(listed, word) && listed.p == line.p);
        assert_true(sr_str_eq(base, b));
        assert_false(sr_bases_find(&model->bases, word, 'x', &listed, &base));
        n++;
    }
    assert_true(n > 20000);
    sr_bases empty;
    sr_bases_open(&empty, SR_STR_NONE);
    assert_false(sr_bases_find(&empty, SR_LIT("free"), 'v', &listed, &base));
}

static void lemmas_in_documents(void **state) {
    (void)state;
    static const char text[] =
        "The army freed 1,100 villagers and rebutted the claims of re-taking the hills.";
    sr_doc doc;
    sr_parse p = run(text, sizeof text - 1, &doc);
    const sr_sent *s;
    assert_true(sr_str_is(find(&p, "freed", &s)->lemma, "free"));
    assert_true(sr_str_is(find(&p, "1,100", &s)->lemma, "1100"));
    assert_true(sr_str_is(find(&p, "villagers", &s)->lemma, "villager"));
    assert_true(sr_str_is(find(&p, "rebutted", &s)->lemma, "rebut"));
    assert_true(sr_str_is(find(&p, "re-taking", &s)->lemma, "re-take"));
}

/* A script learnt on one word may strip bytes off another whose letters have two. */
static void lemmas_keep_letters_whole(void **state) {
    (void)state;
    static const sr_script scripts[] = {{1, 0, 0}, {1, 1, 0}, {2, 1, 0}};
    sr_net net;
    sr_arena arena;
    memset(&net, 0, sizeof net);
    net.scripts = scripts;
    net.scripts_text = "y";
    sr_arena_init(&arena, 0);
    sr_str greek = SR_LIT("ab\xCE\xB1");
    assert_true(sr_str_eq(sr_script_apply(&net, 0, greek, &arena), greek));
    assert_true(sr_str_eq(sr_script_apply(&net, 1, greek, &arena), greek));
    assert_true(sr_str_is(sr_script_apply(&net, 2, greek, &arena), "aby"));
    assert_true(sr_str_is(sr_script_apply(&net, 0, SR_LIT("abs"), &arena), "ab"));
    sr_arena_release(&arena);
}

/* ---- headlines -------------------------------------------------------------------------------- */

static void headlines_are_read(void **state) {
    (void)state;
    static const char text[] = "Army Chief Rejects Talks With Rebels After Deadly Raid on Border Town";
    sr_doc doc;
    sr_parse p = run(text, sizeof text - 1, &doc);
    assert_int_equal(p.n, 1);
    const sr_word *w = p.s[0].w;
    assert_true(w[2].upos == SR_VERB && w[2].head < 0);
    assert_true(w[1].rel == SR_R_NSUBJ && w[3].rel == SR_R_OBJ && w[4].upos == SR_ADP);
}

/* ---- CoNLL-U -------------------------------------------------------------------------------- */

static void conllu_round_trip(void **state) {
    (void)state;
    sr_doc doc, doc2;
    sr_parse p = run(news, sizeof news - 1, &doc), p2;
    sr_buf a, b;
    sr_buf_init(&a);
    sr_buf_init(&b);
    sr_conllu_print(&a, &doc, &p, NULL);
    sr_error err;
    assert_int_equal(sr_conllu_read(&doc2, &p2, sr_str_of(a.p, a.n), &arena, &err), SR_OK);
    assert_int_equal(p2.n, p.n);
    assert_int_equal(p2.n_words, p.n_words);
    assert_true(sr_str_eq(doc.text, doc2.text));
    for (uint32_t k = 0; k < p.n; k++) {
        assert_int_equal(p.s[k].start, p2.s[k].start);
        assert_int_equal(p.s[k].end, p2.s[k].end);
        for (int i = 0; i < p.s[k].n; i++) {
            const sr_word *x = &p.s[k].w[i], *y = &p2.s[k].w[i];
            assert_true(sr_str_eq(x->form, y->form) && sr_str_eq(x->lemma, y->lemma));
            assert_true(x->start == y->start && x->end == y->end && x->mwt == y->mwt);
            assert_true(x->head == y->head && x->rel == y->rel && x->sub == y->sub);
            assert_true(x->upos == y->upos && x->xpos == y->xpos && x->name == y->name);
            assert_true(x->space_after == y->space_after && x->name_begin == y->name_begin);
            assert_true(x->first_child == y->first_child && x->subtree_last == y->subtree_last);
        }
    }
    sr_conllu_print(&b, &doc2, &p2, NULL);
    assert_string_equal(a.p, b.p);
    sr_buf_release(&a);
    sr_buf_release(&b);
}

static void conllu_errors(void **state) {
    (void)state;
    static const char *const broken[] = {
        "1\tgo\tgo\tVERB\tVB\t_\t0\troot\t_\n",      /* nine columns */
        "1\tgo\tgo\tVERB\tVB\t_\t1\troot\t_\t_\n\n", /* its own head */
        "1\tgo\tgo\tVERB\tVB\t_\t7\troot\t_\t_\n\n", /* head outside */
        "1-2\tdont\t_\t_\t_\t_\t_\t_\t_\t_\n1\tdo\tdo\tAUX\tVBP\t_\t0\troot\t_\t_\n\n",
        "x-y\tdont\t_\t_\t_\t_\t_\t_\t_\t_\n",
    };
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        sr_doc doc;
        sr_parse p;
        sr_error err = {SR_OK, 0, ""};
        assert_int_equal(sr_conllu_read(&doc, &p, sr_str_z(broken[i]), &arena, &err),
                         SR_EINPUT);
        assert_int_equal(err.status, SR_EINPUT);
        assert_non_null(strstr(err.message, "line"));
    }
    sr_doc doc;
    sr_parse p;
    assert_int_equal(sr_conllu_read(&doc, &p, SR_LIT(""), &arena, NULL), SR_OK);
    assert_int_equal(p.n, 0);
}

/* Whatever bytes come: read or refused, and what was read can be tagged and printed. */
static void conllu_of_any_bytes(void **state) {
    (void)state;
    static const char bits[] = "\t\n-._0123456789|=#\xC3";
    sr_doc doc;
    sr_parse p = run(news, sizeof news - 1, &doc);
    sr_buf good;
    sr_buf_init(&good);
    sr_conllu_print(&good, &doc, &p, NULL);
    char *copy = malloc(good.n);
    assert_non_null(copy);
    uint32_t seed = 3;
    int read = 0;
    for (int round = 0; round < 300; round++) {
        memcpy(copy, good.p, good.n);
        for (int k = 0; k < round % 5 + 1; k++)
            copy[(next_random(&seed) >> 4) % good.n] =
                bits[(next_random(&seed) >> 8) % (sizeof bits - 1)];
        sr_arena_clear(&arena);
        if (sr_conllu_read(&doc, &p, sr_str_of(copy, good.n), &arena, NULL) != SR_OK) continue;
        sr_parser_tag(parser, &p, &arena);
        sr_buf out;
        sr_buf_init(&out);
        sr_conllu_print(&out, &doc, &p, NULL);
        sr_buf_release(&out);
        read++;
    }
    assert_true(read > 100);
    free(copy);
    sr_buf_release(&good);
}

static void names_of_tags(void **state) {
    (void)state;
    sr_rel rel;
    sr_sub sub;
    assert_true(sr_rel_find(SR_LIT("nsubj:pass"), &rel, &sub) && rel == SR_R_NSUBJ &&
                sub == SR_S_PASS);
    assert_true(sr_rel_find(SR_LIT("obl:tmod"), &rel, &sub) && rel == SR_R_OBL &&
                sub == SR_S_NONE);
    assert_false(sr_rel_find(SR_LIT("subject"), &rel, &sub));
    for (int i = 0; i < SR_UPOS_N; i++)
        assert_int_equal(sr_upos_find(sr_str_z(sr_upos_names[i])), i);
    for (int i = 0; i < SR_XPOS_N; i++)
        assert_int_equal(sr_xpos_find(sr_str_z(sr_xpos_names[i])), i);
    assert_int_equal(sr_upos_find(SR_LIT("noun")), -1);
}

/* Words that are given, one sentence longer than the parser takes. */
static void given_words(void **state) {
    (void)state;
    enum { N = SR_SENT_WORDS_MAX + 30 };
    static sr_word w[N];
    for (int i = 0; i < N; i++) {
        w[i].form = w[i].folded = SR_LIT("talks");
        w[i].head = -1;
    }
    sr_sent s[2] = {{.w = w, .n = N}, {.w = w, .n = 0}};
    sr_parse p = {s, 2, N};
    sr_parser_tag(parser, &p, &arena);
    assert_false(s[0].parsed);
    assert_true(w[N - 1].upos < SR_UPOS_N && sr_str_starts(w[N - 1].lemma, "talk"));
    s[0].n = SR_SENT_WORDS_MAX;
    sr_parser_tag(parser, &p, &arena);
    check_tree(&s[0]);
}

/* ---- the model file -------------------------------------------------------------------------- */

static void broken_models(void **state) {
    (void)state;
    size_t n;
    const void *data = sr_builtin_model(&n);
    char *copy = malloc(n + 1);
    assert_non_null(copy);
    sr_model *m = NULL;
    sr_error err;
    static const size_t cuts[] = {0, 1, 7, 8, 63, 64, 200, 4096, 100000};
    memcpy(copy, data, n);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        err.status = SR_OK;
        assert_int_equal(sr_model_open(&m, copy, cuts[i], &err), SR_ERESOURCE);
        assert_int_equal(err.status, SR_ERESOURCE);
        assert_true(strncmp(err.message, "model: ", 7) == 0 && !strchr(err.message, '\n'));
    }
    assert_int_equal(sr_model_open(&m, copy, n - 1, NULL), SR_ERESOURCE);
    assert_int_equal(sr_model_open(&m, copy, n + 1, NULL), SR_ERESOURCE);
    for (size_t i = 0; i < 40;
         i++) { /* one byte flipped: all of the header, and here and there */
        size_t at = i < 20 ? i * 6 : n / 21 * (i - 19);
        copy[at] ^= 0x10;
        assert_int_equal(sr_model_open(&m, copy, n, &err), SR_ERESOURCE);
        copy[at] ^= 0x10;
    }
    assert_int_equal(sr_model_open(&m, NULL, 0, NULL), SR_ERESOURCE);
    memmove(copy + 1, copy, n); /* badly aligned, but good */
    assert_int_equal(sr_model_open(&m, copy + 1, n, NULL), SR_OK);
    assert_string_equal(sr_model_hash(m), sr_model_hash(model));
    sr_model_free(m);
    sr_model_free(NULL);
    sr_parser_free(NULL);
    free(copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(word_cases),
        cmocka_unit_test(parts_share_characters),
        cmocka_unit_test(phrases),
        cmocka_unit_test(sentence_cases),
        cmocka_unit_test(dateline_stands_apart),
        cmocka_unit_test(trees_on_random_text),
        cmocka_unit_test(hostile_lengths),
        cmocka_unit_test(kernels_give_equal_bits),
        cmocka_unit_test(kernels_give_equal_documents),
        cmocka_unit_test(news_is_read_rightly),
        cmocka_unit_test(headlines_are_read),
        cmocka_unit_test(subjects_are_found),
        cmocka_unit_test(bases_of_forms),
        cmocka_unit_test(list_of_bases),
        cmocka_unit_test(lemmas_in_documents),
        cmocka_unit_test(lemmas_keep_letters_whole),
        cmocka_unit_test(cache_never_shows),
        cmocka_unit_test(rows_are_kept),
        cmocka_unit_test(argmax_is_the_first_best),
        cmocka_unit_test(conllu_round_trip),
        cmocka_unit_test(conllu_errors),
        cmocka_unit_test(conllu_of_any_bytes),
        cmocka_unit_test(names_of_tags),
        cmocka_unit_test(given_words),
        cmocka_unit_test(broken_models),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}

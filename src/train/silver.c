/* silver.c - more training trees and names, from text that nobody annotated: what several models
 * agree on.
 *
 * Half of the teachers read from left to right, the others were trained on, and read, every sentence
 * backwards: greedy parsers err by what they read first, so these err apart. Their trees are put to
 * the vote (vote.c); arcs, labels and tags without a clear majority stay open, and the oracle of the
 * student is then free to do there what it likes. What is gained is news: longer sentences, its words
 * and constructions, which the treebanks hardly have; and letters, speech and web pages from MASC.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "parse/kernel.h"
#include "train/internal.h"

#define SHORTEST  4
#define EACH_NTH  4   /* article of the news is read */
#define MAJORITY  0.6 /* of the teachers, to settle anything */
#define OPEN_MOST 4   /* a sentence is dropped if more than one arc in four is open */

void tr_reverse(tr_sent *out, const tr_sent *s) {
    *out = *s;
    out->w = tr_alloc(sizeof *out->w * (size_t)s->n);
    for (int i = 0; i < s->n; i++) {
        out->w[i] = s->w[s->n - 1 - i];
        if (out->w[i].head >= 0) out->w[i].head = (int16_t)(s->n - 1 - out->w[i].head);
    }
}

typedef struct jury {
    tr_data *d;
    struct {
        sr_model *model;
        sr_parser *parser;
        bool backward;
    } of[TR_VOTERS_MAX];
    int n, need; /* teachers; votes that settle anything */
    sr_arena a;
    uint64_t words, sentences, kept;
} jury;

/* One teacher's reading of the sentence's words, in their usual order; in the arena. */
static sr_word *read_by(jury *j, int teacher, const sr_word *words, int n) {
    bool backward = j->of[teacher].backward;
    sr_word *w = sr_arena_alloc(&j->a, sizeof *w * (size_t)n), *out = w;
    for (int i = 0; i < n; i++) w[i] = words[backward ? n - 1 - i : i];
    sr_sent s;
    memset(&s, 0, sizeof s);
    s.w = w;
    s.n = (uint16_t)n;
    sr_parse one = {&s, 1, (uint32_t)n};
    sr_parser_tag(j->of[teacher].parser, &one, &j->a);
    if (!backward) return out;
    out = sr_arena_alloc(&j->a, sizeof *w * (size_t)n);
    for (int i = 0; i < n; i++) {
        out[i] = w[n - 1 - i];
        if (out[i].head >= 0) out[i].head = (int16_t)(n - 1 - out[i].head);
    }
    return out;
}

static void read_by_all(jury *j, const sr_word *words, int n, sr_word **out) {
    for (int k = 0; k < j->n; k++) out[k] = read_by(j, k, words, n);
}

/* The value that most have, or `open` when too few do. */
static int majority(const int *values, int n, int need, int open) {
    for (int k = 0; k < n; k++) {
        int votes = 0;
        for (int i = 0; i < n; i++) votes += values[i] == values[k];
        if (votes >= need) return values[k];
    }
    return open;
}

static void settle_label(jury *j, tr_word *x, sr_word **by, int i) {
    int rel[TR_VOTERS_MAX], sub[TR_VOTERS_MAX], n = 0;
    for (int k = 0; k < j->n; k++) {
        if (by[k][i].head != x->head) continue;
        rel[n] = by[k][i].rel;
        sub[n++] = by[k][i].sub;
    }
    int r = majority(rel, n, j->need, -1), s = majority(sub, n, j->need, -1);
    x->label = TR_LABEL_OPEN;
    if (r < 0 || s < 0) return;
    sr_word w = {.rel = (uint8_t)r, .sub = (uint8_t)s};
    x->label = (uint8_t)tr_label_of(j->d, &w);
}

/* Tags and tree of x[n] from the readings. Returns how many heads are settled. */
static int settle_tree(jury *j, tr_word *x, sr_word **by, int n) {
    int16_t heads[TR_VOTERS_MAX][TR_VOTE_WORDS], head[TR_VOTE_WORDS];
    const int16_t *each[TR_VOTERS_MAX];
    int settled = 0;
    for (int k = 0; k < j->n; k++) {
        each[k] = heads[k];
        for (int i = 0; i < n; i++) heads[k][i] = by[k][i].head;
    }
    tr_vote_tree(each, j->n, n, head);
    for (int i = 0; i < n; i++) {
        int upos[TR_VOTERS_MAX], xpos[TR_VOTERS_MAX], votes = 0;
        for (int k = 0; k < j->n; k++) {
            upos[k] = by[k][i].upos;
            xpos[k] = by[k][i].xpos;
            votes += heads[k][i] == head[i];
        }
        x[i].upos = (uint8_t)majority(upos, j->n, j->need, SR_UPOS_N);
        x[i].xpos = (uint8_t)majority(xpos, j->n, j->need, SR_X_NONE);
        x[i].head = votes >= j->need ? head[i] : TR_HEAD_OPEN;
        x[i].script = -1;
        if (x[i].head >= 0) settle_label(j, &x[i], by, i);
        settled += x[i].head != TR_HEAD_OPEN;
    }
    return settled;
}

static int name_tag(const sr_word *w) {
    return w->name == SR_NAME_NONE ? 0 : 2 * w->name - w->name_begin;
}

/* What those who read forwards, and so have learnt names, agree on. */
static int settle_name(const jury *j, sr_word **by, int i) {
    int tag = -1;
    for (int k = 0; k < j->n; k++) {
        if (j->of[k].backward) continue;
        int t = name_tag(&by[k][i]);
        if (tag >= 0 && t != tag) return TR_NAME_OPEN;
        tag = t;
    }
    return tag;
}

/* ---- raw text --------------------------------------------------------------------------------- */

static void add_sentence(jury *j, const sr_sent *s) {
    sr_word *by[TR_VOTERS_MAX];
    j->sentences++;
    if (s->n < SHORTEST || s->n > TR_VOTE_WORDS) return;
    read_by_all(j, s->w, s->n, by);
    tr_word *x = tr_alloc(sizeof *x * s->n);
    for (int i = 0; i < s->n; i++) {
        tr_set_features(j->d, &x[i], &s->w[i]);
        x[i].name = (uint8_t)settle_name(j, by, i);
    }
    if ((s->n - settle_tree(j, x, by, s->n)) * OPEN_MOST > s->n) {
        free(x);
        return;
    }
    tr_sent *t = tr_add_sent(&j->d->silver);
    t->n = s->n;
    t->w = x;
    t->source = TR_SOURCES;
    t->has_tree = t->has_names = true;
    j->kept++;
    j->words += s->n;
}

static void add_text(void *to, sr_str text) {
    jury *j = to;
    sr_doc doc;
    sr_parse out;
    sr_block block = {0, text.n, SR_BLOCK_PARAGRAPH, 0};
    sr_arena_clear(&j->a);
    memset(&doc, 0, sizeof doc);
    doc.text = text;
    doc.date = SR_DAY_NONE;
    doc.blocks = &block;
    doc.n_blocks = 1;
    sr_parser_split(j->of[0].parser, &out, &doc, &j->a);
    for (uint32_t i = 0; i < out.n; i++) add_sentence(j, &out.s[i]);
}

/* ---- trees for the sentences with names ---------------------------------------------------------- */

static void add_trees_to_names(jury *j) {
    for (uint32_t k = 0; k < j->d->names.n; k++) {
        tr_sent *s = &j->d->names.v[k];
        sr_word *by[TR_VOTERS_MAX];
        if (!s->words || s->n < SHORTEST || s->n > TR_VOTE_WORDS) continue;
        sr_arena_clear(&j->a);
        read_by_all(j, s->words, s->n, by);
        s->has_tree = (s->n - settle_tree(j, s->w, by, s->n)) * OPEN_MOST <= s->n;
    }
}

/* ---- all ------------------------------------------------------------------------------------------ */

bool tr_silver(tr_data *d, const char *folder, const tr_teacher *teachers, int n) {
    jury *j = tr_alloc(sizeof *j);
    sr_error err = {SR_OK, 0, ""};
    j->d = d;
    j->n = n;
    j->need = (int)(MAJORITY * n + 0.999);
    sr_arena_init(&j->a, 0);
    for (int k = 0; k < n; k++) {
        j->of[k].backward = teachers[k].backward;
        if (sr_model_open(&j->of[k].model, teachers[k].model, teachers[k].size, &err) != SR_OK ||
            sr_parser_new(&j->of[k].parser, j->of[k].model, &err) != SR_OK) {
            fprintf(stderr, "train: %s\n", err.message);
            return false;
        }
    }
    add_trees_to_names(j);
    if (!tr_raw_each(folder, EACH_NTH, add_text, j)) return false;
    fprintf(stderr, "silver: %llu sentences, %llu kept, %llu words\n",
            (unsigned long long)j->sentences, (unsigned long long)j->kept,
            (unsigned long long)j->words);
    for (int k = 0; k < n; k++) {
        sr_parser_free(j->of[k].parser);
        sr_model_free(j->of[k].model);
    }
    sr_arena_release(&j->a);
    free(j);
    return true;
}

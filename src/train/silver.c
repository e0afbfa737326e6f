/* silver.c - more training trees and names, from text that nobody annotated: what several models
 * agree on.
 *
 * Half of the teachers read from left to right, the others were trained on, and read, every sentence
 * backwards: greedy parsers err by what they read first, so these err apart. Their trees are put to
 * the vote (vote.c); arcs, labels and tags without a clear majority stay open, and the oracle of the
 * student is then free to do there what it likes. What is gained is news: longer sentences, its words
 * and constructions, which the treebanks hardly have; and letters, speech and web pages from MASC.
 *
 * Names: EWT has no name types, but its proper nouns are known, and so where names are; the teachers
 * vote on their type, with what they say of the same name elsewhere.
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

/* ---- names of EWT ---------------------------------------------------------------------------------- */

#define TYPES 5

/* A run of proper nouns under one head, and the share of words and teachers for each type. Without a
 * sentence it is evidence only: the last word of a longer name, for where it stands alone. */
typedef struct proper {
    tr_sent *s;
    int first, last;
    uint64_t key;
    float votes[TYPES];
} proper;

typedef struct propers {
    proper *v;
    uint32_t n, cap;
} propers;

static bool is_calendar(sr_str folded) {
    static const char *const words[] = {
        "january", "february", "march",     "april",   "may",      "june",     "july",
        "august",  "september", "october",  "november", "december", "jan.",    "feb.",
        "aug.",    "sept.",    "oct.",      "nov.",    "dec.",     "monday",   "tuesday",
        "wednesday", "thursday", "friday",  "saturday", "sunday"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sr_str_is(folded, words[i])) return true;
    return false;
}

static bool joins(const sr_sent *s, int i) {
    return tr_is_proper(&s->w[i]) || s->w[i].xpos == SR_X_HYPH;
}

/* The word that word i of the run [first, last] hangs on, within the run, as part of one name. */
static int top_of(const sr_sent *s, int i, int first, int last) {
    for (;;) {
        const sr_word *w = &s->w[i];
        if (w->head < first || w->head > last ||
            (w->rel != SR_R_FLAT && w->rel != SR_R_COMPOUND && w->rel != SR_R_GOESWITH &&
             w->rel != SR_R_PUNCT))
            return i;
        i = w->head;
    }
}

static void push_proper(propers *all, const proper *p) {
    if (all->n == all->cap) {
        all->cap = all->cap ? 2 * all->cap : 1024;
        all->v = tr_grow(all->v, sizeof *all->v * all->cap);
    }
    all->v[all->n++] = *p;
}

static void add_proper(jury *j, propers *all, tr_sent *t, const sr_sent *s, sr_word **by, int first,
                       int last) {
    proper p = {t, first, last, 0, {0}};
    int voters = 0;
    for (int i = first; i <= last; i++)
        p.key = sr_hash(s->w[i].folded.p, s->w[i].folded.n, p.key + 1);
    for (int k = 0; k < j->n; k++) {
        if (j->of[k].backward) continue;
        voters++;
        for (int i = first; i <= last; i++) p.votes[by[k][i].name] += 1;
    }
    for (int type = 0; type < TYPES; type++)
        p.votes[type] /= (float)(voters * (last - first + 1));
    push_proper(all, &p);
    if (first == last || p.votes[SR_NAME_PER] < 0.5f) return;
    p.s = NULL;
    p.key = sr_hash(s->w[last].folded.p, s->w[last].folded.n, 1);
    push_proper(all, &p);
}

static void find_propers(jury *j, propers *all, tr_sent *t, const sr_sent *s) {
    sr_word *by[TR_VOTERS_MAX];
    sr_arena_clear(&j->a);
    for (int k = 0; k < j->n; k++)
        if (!j->of[k].backward) by[k] = read_by(j, k, s->w, s->n);
    for (int i = 0; i < s->n; i++)
        if (t->w[i].name == TR_NAME_OPEN && !tr_is_proper(&s->w[i]))
            t->w[i].name = settle_name(j, by, i) == 0 ? 0 : TR_NAME_OPEN;
    for (int i = 0; i < s->n; i++) {
        if (!tr_is_proper(&s->w[i])) continue;
        int last = i;
        while (last + 1 < s->n && joins(s, last + 1)) last++;
        while (!tr_is_proper(&s->w[last])) last--;
        for (int first = i, k = i; k <= last; k++) {
            if (k < last && top_of(s, k + 1, i, last) == top_of(s, first, i, last)) continue;
            add_proper(j, all, t, s, by, first, k);
            first = k + 1;
        }
        i = last;
    }
}

static int by_key(const void *a, const void *b) {
    const proper *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    if (x->s != y->s) return !x->s || (y->s && x->s < y->s) ? -1 : 1;
    return x->first - y->first;
}

static void set_name(const proper *p, const sr_sent *s, int type) {
    int first = p->first;
    while (type == SR_NAME_PER && first < p->last && tr_is_title(s->w[first].folded))
        p->s->w[first++].name = 0;
    for (int i = first; i <= p->last; i++)
        p->s->w[i].name = (uint8_t)(2 * type - (i == first));
}

/* All occurrences of one name: the type by its own votes and, more, those of all of them. */
static void set_names(const proper *p, uint32_t n, const sr_sent *const *gold) {
    float sum[TYPES] = {0}, weight = n >= 3 ? 2 : 1;
    for (uint32_t i = 0; i < n; i++)
        for (int t = 0; t < TYPES; t++) sum[t] += weight * p[i].votes[t] / (float)n;
    for (uint32_t i = 0; i < n; i++) {
        if (!p[i].s) continue;
        int best = SR_NAME_PER;
        float top = 0;
        for (int t = SR_NAME_PER; t < TYPES; t++) {
            float v = p[i].votes[t] + sum[t];
            if (v > top) top = v, best = t;
        }
        if (p[i].first == p[i].last && is_calendar(gold[i]->w[p[i].first].folded))
            p[i].s->w[p[i].first].name = 0;
        else if (top >= 0.4f) set_name(&p[i], gold[i], best);
    }
}

/* EWT is the first of the treebanks and of d->trees. */
static void add_names_to_trees(jury *j) {
    const sr_parse *gold = &j->d->gold[0];
    propers all = {NULL, 0, 0};
    uint32_t at = 0;
    const sr_sent **of = tr_alloc(sizeof *of * gold->n);
    for (uint32_t i = 0; i < gold->n; i++) {
        const sr_sent *s = &gold->s[i];
        if (s->n == 0 || s->n > SR_SENT_MAX || !s->parsed) continue;
        of[at] = s;
        find_propers(j, &all, &j->d->trees.v[at++], s);
    }
    qsort(all.v, all.n, sizeof *all.v, by_key);
    const sr_sent **gold_of = tr_alloc(sizeof *gold_of * all.n);
    for (uint32_t i = 0; i < all.n; i++)
        if (all.v[i].s) gold_of[i] = of[all.v[i].s - j->d->trees.v];
    for (uint32_t i = 0, k; i < all.n; i = k) {
        for (k = i; k < all.n && all.v[k].key == all.v[i].key; k++) {
        }
        set_names(all.v + i, k - i, gold_of + i);
    }
    free(gold_of);
    free(of);
    free(all.v);
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
    add_names_to_trees(j);
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

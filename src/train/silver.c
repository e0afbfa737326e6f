/* silver.c - more training trees, from raw news: those on which two parsers agree.
 *
 * One parser reads from left to right, the other was trained on, and reads, every sentence backwards.
 * Greedy parsers err by what they read first, so these two err apart, and where they agree both are
 * mostly right (tri-training, as in Weiss et al. 2015, with the direction as the second view).
 * Sentences with hardly a disagreement become trees of the first parser's making, tags that the two
 * see differently are left open. What is gained is the news: longer sentences, its words and its
 * constructions, which the treebanks hardly have.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/date.h"
#include "parse/kernel.h"
#include "train/internal.h"

#define SHORTEST  6
#define LONGEST   70
#define EACH_NTH  4  /* article is read */
#define PER_ERROR 16 /* words that excuse one disagreement */

void tr_reverse(tr_sent *out, const tr_sent *s) {
    *out = *s;
    out->w = tr_alloc(sizeof *out->w * (size_t)s->n);
    for (int i = 0; i < s->n; i++) {
        out->w[i] = s->w[s->n - 1 - i];
        if (out->w[i].head >= 0) out->w[i].head = (int16_t)(s->n - 1 - out->w[i].head);
    }
}

typedef struct pair {
    sr_parser *forward, *backward;
    sr_arena a;
    tr_data *d;
    uint64_t sentences, kept;
} pair;

/* The sentence's tree by the backward parser, words in their usual order. */
static sr_sent parse_backward(pair *p, const sr_sent *s) {
    sr_sent r = *s, back = *s;
    r.w = sr_arena_alloc(&p->a, sizeof *r.w * s->n);
    back.w = sr_arena_alloc(&p->a, sizeof *r.w * s->n);
    for (int i = 0; i < s->n; i++) r.w[i] = s->w[s->n - 1 - i];
    sr_parse one = {&r, 1, s->n};
    sr_parser_tag(p->backward, &one, &p->a);
    for (int i = 0; i < s->n; i++) {
        back.w[i] = r.w[s->n - 1 - i];
        if (back.w[i].head >= 0) back.w[i].head = (int16_t)(s->n - 1 - back.w[i].head);
    }
    return back;
}

static bool agree(const sr_sent *a, const sr_sent *b) {
    int differ = 0;
    for (int i = 0; i < a->n; i++) {
        const sr_word *x = &a->w[i], *y = &b->w[i];
        differ += x->head != y->head || x->rel != y->rel || x->sub != y->sub;
    }
    return differ <= a->n / PER_ERROR;
}

static void add_sentence(pair *p, const sr_sent *s) {
    p->sentences++;
    if (s->n < SHORTEST || s->n > LONGEST) return;
    sr_sent back = parse_backward(p, s);
    if (!agree(s, &back)) return;
    tr_sent *t = tr_add_sent(&p->d->silver);
    t->n = s->n;
    t->w = tr_alloc(sizeof *t->w * s->n);
    t->has_tree = true;
    p->kept++;
    for (int i = 0; i < s->n; i++) {
        tr_word *x = &t->w[i];
        tr_set_features(p->d, x, &s->w[i]);
        x->upos = s->w[i].upos == back.w[i].upos ? s->w[i].upos : SR_UPOS_N;
        x->xpos = s->w[i].xpos == back.w[i].xpos ? s->w[i].xpos : SR_X_NONE;
        x->head = s->w[i].head;
        if (x->head >= 0) x->label = (uint8_t)tr_label_of(p->d, &s->w[i]);
    }
}

static void add_file(pair *p, const char *path) {
    char *data, *text;
    size_t n;
    if (sr_file_read(&data, &n, path, 0, NULL) != SR_OK) return;
    text = tr_alloc(n + 1);
    sr_str rest = sr_str_of(data, n);
    for (uint32_t k = 0; rest.p; k++) {
        sr_str line = sr_str_cut(&rest, '\n');
        if (k % EACH_NTH) continue;
        sr_doc doc;
        sr_parse out;
        sr_arena_clear(&p->a);
        memset(&doc, 0, sizeof doc);
        doc.text = sr_str_of(text, tr_json_text(line, text));
        doc.date = SR_DAY_NONE;
        sr_block block = {0, doc.text.n, SR_BLOCK_PARAGRAPH, 0};
        doc.blocks = &block;
        doc.n_blocks = 1;
        sr_parser_run(p->forward, &out, &doc, &p->a);
        for (uint32_t i = 0; i < out.n; i++) add_sentence(p, &out.s[i]);
    }
    free(text);
    free(data);
}

bool tr_silver(tr_data *d, const char *folder, const void *forward, size_t forward_n,
               const void *backward, size_t backward_n) {
    pair p;
    memset(&p, 0, sizeof p);
    p.d = d;
    sr_arena_init(&p.a, 0);
    sr_error err = {SR_OK, 0, ""};
    sr_model *f = NULL, *b = NULL;
    if (sr_model_open(&f, forward, forward_n, &err) != SR_OK ||
        sr_model_open(&b, backward, backward_n, &err) != SR_OK ||
        sr_parser_new(&p.forward, f, &err) != SR_OK ||
        sr_parser_new(&p.backward, b, &err) != SR_OK) {
        fprintf(stderr, "train: %s\n", err.message);
        return false;
    }
    for (int k = 1; k <= 5; k++) {
        char path[1024];
        snprintf(path, sizeof path, "%s/part%d.jsonl", folder, k);
        add_file(&p, path);
    }
    fprintf(stderr, "silver: %llu sentences of news, %llu kept\n",
            (unsigned long long)p.sentences, (unsigned long long)p.kept);
    sr_parser_free(p.forward);
    sr_parser_free(p.backward);
    sr_model_free(f);
    sr_model_free(b);
    sr_arena_release(&p.a);
    return true;
}

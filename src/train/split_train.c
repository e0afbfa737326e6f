/* split_train.c - learns where sentences end: logistic regression on the features of parse/split.c
 * over every gap of the training paragraphs where an end is possible.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "train/internal.h"

#define EPOCHS 12
#define UNIT   512.0f /* weights in the file: value v as 512 v */

typedef struct gap {
    uint32_t f[SR_SPLIT_FEATS];
    uint8_t n;
    bool end;
} gap;

typedef struct gaps {
    gap *v;
    uint32_t n, cap;
} gaps;

static void add_gap(gaps *g, const sr_word *w, uint32_t n, uint32_t i, uint32_t first,
                    bool end) {
    if (g->n == g->cap) {
        g->cap = g->cap ? g->cap * 2 : 4096;
        g->v = tr_grow(g->v, sizeof *g->v * g->cap);
    }
    gap *x = &g->v[g->n++];
    x->n = (uint8_t)sr_split_feats(x->f, w, n, i, first);
    x->end = end;
}

/* All gaps of the paragraphs of one treebank. Ends where none is possible by rule are lost. */
static void collect(gaps *g, const sr_parse *gold) {
    for (uint32_t k = 0, next; k < gold->n; k = next) {
        uint32_t n = 0;
        for (next = k; next < gold->n && gold->s[next].block == gold->s[k].block; next++)
            n += gold->s[next].n;
        sr_word *w = tr_alloc(sizeof *w * n);
        bool *end = tr_alloc(n);
        n = 0;
        for (uint32_t s = k; s < next; s++) {
            memcpy(w + n, gold->s[s].w, sizeof *w * gold->s[s].n);
            n += gold->s[s].n;
            end[n - 1] = true;
        }
        for (uint32_t i = 0, first = 0; i + 1 < n; i++) {
            if (w[i].mwt > 1) {
                i += w[i].mwt - 2u;
                continue;
            }
            if (sr_split_candidate(w, n, i)) add_gap(g, w, n, i, first, end[i]);
            if (end[i]) first = i + 1;
        }
        free(w);
        free(end);
    }
}

static float score(const float *w, const gap *x) {
    float s = 0;
    for (int i = 0; i < x->n; i++) s += w[x->f[i]];
    return s;
}

static void report(const char *name, const float *w, const gaps *g) {
    uint32_t right = 0, found = 0, gold = 0;
    for (uint32_t i = 0; i < g->n; i++) {
        bool end = score(w, &g->v[i]) > 0;
        right += end && g->v[i].end;
        found += end;
        gold += g->v[i].end;
    }
    fprintf(stderr, "split: %s: %u gaps, ends %u, precision %.2f, recall %.2f\n", name, g->n,
            gold, 100.0 * right / (found ? found : 1), 100.0 * right / (gold ? gold : 1));
}

void tr_split_train(int16_t *weights, const tr_data *d, uint64_t seed) {
    gaps train = {NULL, 0, 0}, dev[2] = {{NULL, 0, 0}, {NULL, 0, 0}};
    collect(&train, &d->gold[0]);
    collect(&train, &d->gold[1]);
    collect(&dev[0], &d->gold[2]);
    collect(&dev[1], &d->gold[3]);
    float *w = tr_alloc(sizeof *w * SR_SPLIT_SIZE), *sq = tr_alloc(sizeof *sq * SR_SPLIT_SIZE);
    float *avg = tr_alloc(sizeof *avg * SR_SPLIT_SIZE);
    tr_rng rng = {seed + 12345};
    for (int e = 0; e < EPOCHS; e++) {
        for (uint32_t i = train.n - 1; i > 0; i--) {
            uint32_t j = tr_below(&rng, i + 1);
            gap t = train.v[i];
            train.v[i] = train.v[j];
            train.v[j] = t;
        }
        for (uint32_t i = 0; i < train.n; i++) {
            const gap *x = &train.v[i];
            float g = 1 / (1 + expf(-score(w, x))) - (float)x->end;
            if (fabsf(g) < 1e-3f) continue;
            for (int k = 0; k < x->n; k++) {
                sq[x->f[k]] += g * g;
                w[x->f[k]] -= 0.15f * g / sqrtf(sq[x->f[k]] + 0.5f) + 2e-5f * w[x->f[k]];
            }
        }
        for (uint32_t i = 0; i < SR_SPLIT_SIZE; i++) avg[i] += w[i] / EPOCHS;
    }
    report("EWT dev", avg, &dev[0]);
    report("GUM dev", avg, &dev[1]);
    for (uint32_t i = 0; i < SR_SPLIT_SIZE; i++) {
        float v = avg[i] * UNIT;
        weights[i] = (int16_t)lrintf(v > 32767 ? 32767 : v < -32767 ? -32767 : v);
    }
    free(w);
    free(sq);
    free(avg);
    free(train.v);
    free(dev[0].v);
    free(dev[1].v);
}

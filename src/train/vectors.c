/* vectors.c - word vectors from raw text: skip-gram with negative sampling (Mikolov 2013) and, since
 * they serve a parser, an output matrix for each relative position (Ling et al. 2015), which makes
 * words near that stand in the same places rather than in the same topics.
 *
 * Words are the network's keys (folded, digits as 0), cut by our own tokenizer. One thread.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "parse/token.h"
#include "train/internal.h"

#define WINDOW    3
#define NEGATIVES 5
#define MIN_COUNT 4
#define WORDS_MAX 60000
#define BREAK     UINT32_MAX /* between texts */
#define DIM       SR_E_WORD
#define TABLE     (1u << 22) /* of distinct keys while counting */
#define NOISE     (1u << 22)

typedef struct counter {
    uint64_t *keys; /* [TABLE], 0: free */
    uint32_t *counts, *ids;
    uint32_t n;
    uint32_t *tokens, n_tokens, cap; /* slots of the table, later word ids */
    sr_arena a;
} counter;

static void add_token(counter *c, uint32_t t) {
    if (c->n_tokens == c->cap) {
        c->cap = c->cap ? c->cap * 2 : 1 << 20;
        c->tokens = tr_grow(c->tokens, sizeof *c->tokens * c->cap);
    }
    c->tokens[c->n_tokens++] = t;
}

static uint32_t slot_of(counter *c, uint64_t key) {
    uint32_t i = (uint32_t)(key >> 32) & (TABLE - 1);
    if (!key) key = 1;
    while (c->keys[i] && c->keys[i] != key) i = (i + 1) & (TABLE - 1);
    if (!c->keys[i]) {
        if (c->n > TABLE / 2) return BREAK; /* no more new words */
        c->keys[i] = key;
        c->n++;
    }
    return i;
}

static void count_text(void *to, sr_str text) {
    counter *c = to;
    sr_words words = {{NULL, 0, 0}};
    sr_tokenizer t;
    sr_arena_clear(&c->a);
    sr_tokenizer_init(&t, &words, text, 0, text.n, &c->a);
    for (bool more = true; more;) {
        words.w.n = 0;
        more = sr_tokenizer_read(&t, 4096);
        for (uint32_t i = 0; i < words.w.n; i++) {
            sr_feats f;
            sr_feats_of(&f, &words.w.v[i]);
            uint32_t s = slot_of(c, f.key);
            if (s == BREAK) continue;
            c->counts[s]++;
            add_token(c, s);
        }
    }
    add_token(c, BREAK);
}

typedef struct word_count {
    uint64_t key;
    uint32_t count, slot;
} word_count;

static int by_count(const void *a, const void *b) {
    const word_count *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* Gives the frequent words their numbers, most frequent first, and rewrites the tokens to them. */
static void number_words(counter *c, tr_vectors *out) {
    word_count *all = tr_alloc(sizeof *all * c->n);
    uint32_t n = 0;
    for (uint32_t i = 0; i < TABLE; i++) {
        c->ids[i] = BREAK;
        if (c->keys[i] && c->counts[i] >= MIN_COUNT)
            all[n++] = (word_count){c->keys[i], c->counts[i], i};
    }
    qsort(all, n, sizeof *all, by_count);
    if (n > WORDS_MAX) n = WORDS_MAX;
    out->n = n;
    out->keys = tr_alloc(sizeof *out->keys * n);
    out->counts = tr_alloc(sizeof *out->counts * n);
    for (uint32_t i = 0; i < n; i++) {
        out->keys[i] = all[i].key;
        out->counts[i] = all[i].count;
        c->ids[all[i].slot] = i;
    }
    uint32_t kept = 0;
    for (uint32_t i = 0; i < c->n_tokens; i++) {
        uint32_t id = c->tokens[i] == BREAK ? BREAK : c->ids[c->tokens[i]];
        if (id != BREAK || c->tokens[i] == BREAK) c->tokens[kept++] = id;
    }
    c->n_tokens = kept;
    free(all);
}

typedef struct trainer {
    float *in, *out; /* [n][DIM], [2 * WINDOW][n][DIM] */
    uint32_t *noise;
    float sigmoid[512]; /* over [-8, 8) */
} trainer;

static float sigmoid(const trainer *t, float x) {
    if (x >= 8) return 1;
    if (x < -8) return 0;
    return t->sigmoid[(int)((x + 8) * 32)];
}

static void pair(const trainer *t, const float *v, float *dv, float *o, float label,
                 float rate) {
    float g = (label - sigmoid(t, tr_dot(v, o, DIM))) * rate;
    for (int i = 0; i < DIM; i++) {
        dv[i] += g * o[i];
        o[i] += g * v[i];
    }
}

static void learn(trainer *t, const counter *c, uint32_t n, float *keep, int epochs,
                  uint64_t seed) {
    tr_rng rng = {seed * 77777 + 1};
    uint64_t done = 0, total = (uint64_t)c->n_tokens * (uint64_t)epochs;
    uint32_t line[2 * WINDOW + 1];
    for (int e = 0; e < epochs; e++) {
        uint32_t filled = 0; /* the last tokens that subsampling kept, newest last */
        for (uint32_t at = 0; at < c->n_tokens; at++, done++) {
            uint32_t id = c->tokens[at];
            if (id == BREAK) {
                filled = 0;
                continue;
            }
            if (keep[id] < 1 && tr_uniform(&rng) > keep[id]) continue;
            if (filled == 2 * WINDOW + 1) memmove(line, line + 1, sizeof *line * --filled);
            line[filled++] = id;
            if (filled < 2 * WINDOW + 1) continue;
            float rate = 0.03f * (1.0f - (float)done / (float)total) + 1e-5f;
            float *v = t->in + (size_t)line[WINDOW] * DIM, dv[DIM] = {0};
            for (int k = 0; k <= 2 * WINDOW; k++) {
                if (k == WINDOW) continue;
                float *matrix = t->out + (size_t)(k < WINDOW ? k : k - 1) * n * DIM;
                pair(t, v, dv, matrix + (size_t)line[k] * DIM, 1, rate);
                for (int s = 0; s < NEGATIVES; s++) {
                    uint32_t other = t->noise[tr_next(&rng) >> 42];
                    if (other != line[k]) pair(t, v, dv, matrix + (size_t)other * DIM, 0, rate);
                }
            }
            for (int i = 0; i < DIM; i++) v[i] += dv[i];
        }
        fprintf(stderr, "vectors: epoch %d of %d done\n", e + 1, epochs);
    }
}

static void make_noise(trainer *t, const tr_vectors *v) {
    double sum = 0, part = 0;
    for (uint32_t i = 0; i < v->n; i++) sum += pow(v->counts[i], 0.75);
    uint32_t id = 0;
    t->noise = tr_alloc(sizeof *t->noise * NOISE);
    part = pow(v->counts[0], 0.75) / sum;
    for (uint32_t i = 0; i < NOISE; i++) {
        t->noise[i] = id;
        if ((double)i / NOISE > part && id + 1 < v->n) part += pow(v->counts[++id], 0.75) / sum;
    }
}

/* To a common size of the values, so that they fit beside the other embeddings. */
static void normalise(tr_vectors *v) {
    double square = 0;
    size_t n = (size_t)v->n * DIM;
    for (size_t i = 0; i < n; i++) square += (double)v->v[i] * (double)v->v[i];
    float f = (float)(0.3 / sqrt(square / (double)n + 1e-12));
    for (size_t i = 0; i < n; i++) v->v[i] *= f;
}

bool tr_vectors_train(tr_vectors *out, const char *folder, int epochs, uint64_t seed) {
    counter c = {.keys = tr_alloc(sizeof(uint64_t) * TABLE),
                 .counts = tr_alloc(sizeof(uint32_t) * TABLE),
                 .ids = tr_alloc(sizeof(uint32_t) * TABLE)};
    sr_arena_init(&c.a, 0);
    if (!tr_raw_each(folder, 1, count_text, &c)) return false;
    sr_arena_release(&c.a);
    number_words(&c, out);
    fprintf(stderr, "vectors: %u tokens, %u words\n", c.n_tokens, out->n);
    trainer t;
    t.in = tr_alloc(sizeof(float) * out->n * DIM);
    t.out = tr_alloc(sizeof(float) * out->n * DIM * 2 * WINDOW);
    tr_rng rng = {seed + 99};
    for (size_t i = 0; i < (size_t)out->n * DIM; i++) t.in[i] = (tr_uniform(&rng) - 0.5f) / DIM;
    for (int i = 0; i < 512; i++) t.sigmoid[i] = 1 / (1 + expf(-((float)i / 32 - 8)));
    make_noise(&t, out);
    float *keep = tr_alloc(sizeof *keep * out->n);
    for (uint32_t i = 0; i < out->n; i++) {
        float f = (float)out->counts[i] / (float)c.n_tokens;
        keep[i] = sqrtf(1e-3f / f) + 1e-3f / f;
    }
    learn(&t, &c, out->n, keep, epochs, seed);
    out->v = t.in;
    normalise(out);
    free(t.out);
    free(t.noise);
    free(keep);
    free(c.keys);
    free(c.counts);
    free(c.ids);
    free(c.tokens);
    return true;
}

bool tr_vectors_save(const tr_vectors *v, const char *path) {
    size_t n = 8 + (size_t)v->n * (8 + 4 + 4 * DIM);
    char *data = tr_alloc(n), *p = data + 8;
    memcpy(data, &(uint64_t){v->n}, 8);
    memcpy(p, v->keys, (size_t)v->n * 8);
    memcpy(p += (size_t)v->n * 8, v->counts, (size_t)v->n * 4);
    memcpy(p += (size_t)v->n * 4, v->v, (size_t)v->n * 4 * DIM);
    bool ok = tr_write_file(path, data, n);
    free(data);
    return ok;
}

bool tr_vectors_load(tr_vectors *v, const char *path) {
    char *data;
    size_t n;
    uint64_t count;
    if (sr_file_read(&data, &n, path, 0, NULL) != SR_OK) return false;
    if (n >= 8) memcpy(&count, data, 8);
    if (n < 8 || count > 1u << 24 || n != 8 + count * (8 + 4 + 4 * DIM)) {
        free(data);
        return false;
    }
    const char *p = data + 8;
    v->n = (uint32_t)count;
    v->keys = memcpy(tr_alloc(count * 8), p, count * 8);
    v->counts = memcpy(tr_alloc(count * 4), p += count * 8, count * 4);
    v->v = memcpy(tr_alloc(count * 4 * DIM), p += count * 4, count * 4 * DIM);
    free(data);
    return true;
}

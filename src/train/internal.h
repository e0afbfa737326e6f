/* internal.h - what the files of the trainer share.
 *
 *   treebanks, names ─data▶ tr_data ─┐
 *   raw news ─vectors▶ tr_vectors ───┼▶ tr_net (floats) ─fit▶ ... ─export▶ model file
 *   treebanks ─split▶ weights ───────┘
 *
 * A tool that runs once: memory is taken with tr_alloc, which ends the program when there is none,
 * and most of it is never given back.
 */
#ifndef SR_TRAIN_INTERNAL_H
#define SR_TRAIN_INTERNAL_H

#include "parse/arc.h"
#include "parse/net.h"
#include "parse/split.h"
#include "train/train.h"

void *tr_alloc(size_t n); /* zeroed */
void *tr_grow(void *p, size_t n);

/* ---- random numbers (xorshift64*) ------------------------------------------------------------ */

typedef struct tr_rng {
    uint64_t s;
} tr_rng;
static inline uint64_t tr_next(tr_rng *r) {
    r->s ^= r->s >> 12;
    r->s ^= r->s << 25;
    r->s ^= r->s >> 27;
    return r->s * 0x2545F4914F6CDD1Du;
}
static inline float tr_uniform(tr_rng *r) {
    return (float)(tr_next(r) >> 40) * (1.0f / 16777216.0f);
}
static inline uint32_t tr_below(tr_rng *r, uint32_t n) {
    return (uint32_t)(((tr_next(r) >> 32) * n) >> 32);
}

/* Sum of products, n a multiple of 16; in sixteen parts, so that it vectorises as written. */
static inline float tr_dot(const float *a, const float *b, int n) {
    float part[16] = {0}, sum = 0;
    for (int i = 0; i < n; i += 16)
        for (int k = 0; k < 16; k++) part[k] += a[i + k] * b[i + k];
    for (int k = 0; k < 16; k++) sum += part[k];
    return sum;
}

/* The loops of the trainer are written for the vectoriser; what it may not reorder, it must not. */
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3")
#endif

/* ---- data ------------------------------------------------------------------------------------ */

#define TR_NAME_OPEN  255 /* a name tag that is not known */
#define TR_LABEL_OPEN 255
#define TR_HEAD_OPEN  (-2) /* a head that is not known; -1 is the root */

typedef struct tr_word {
    sr_feats f;
    int32_t row; /* of the vocabulary; -1 unknown */
    int16_t head;
    uint8_t upos, xpos, label, name;
    int16_t script; /* lemma class below SR_SCRIPTS_HEAD, or -1 */
} tr_word;

typedef struct tr_sent {
    tr_word *w;
    sr_word *words; /* of a sentence from a name corpus; else NULL */
    int n;
    uint8_t source; /* which treebank; TR_SOURCES: none of them */
    bool has_tree, has_names;
} tr_sent;

#define TR_SOURCES  2   /* EWT, GUM */
#define SR_SENT_MAX 400 /* longer sentences are not trained on */

typedef struct tr_sents {
    tr_sent *v;
    uint32_t n, cap;
} tr_sents;

typedef struct tr_lexentry {
    uint64_t key;
    uint32_t script;
} tr_lexentry;

typedef struct tr_data {
    tr_sents trees, names, silver;
    sr_parse gold[4]; /* as read: EWT train, GUM train, EWT dev, GUM dev */
    sr_doc docs[4];
    sr_arena arena;
    uint8_t labels[SR_LABELS_MAX][2];
    uint32_t n_labels;
    uint64_t *keys;   /* vocabulary, sorted */
    uint32_t *counts; /* in the treebanks */
    uint32_t n_keys;
    sr_script *scripts;
    char *scripts_text;
    uint32_t n_scripts, scripts_text_n;
    tr_lexentry *lexicon; /* sorted by key */
    uint32_t n_lexicon;
} tr_data;

/* Word vectors trained on raw text. */
typedef struct tr_vectors {
    uint64_t *keys;
    uint32_t *counts;
    float *v; /* [n][SR_E_WORD] */
    uint32_t n;
} tr_vectors;

tr_sent *tr_add_sent(tr_sents *s);
int tr_label_of(tr_data *d, const sr_word *w);
void tr_set_features(const tr_data *d, tr_word *t, const sr_word *w);
/* Everything in `folder`; `marks`: the names of EWT's training part, or NULL: not known. */
bool tr_data_load(tr_data *d, const char *folder, const char *marks, const tr_vectors *vectors);
/* Is the sentence of a treebank one of d->trees? Some are too long. */
bool tr_is_used(const sr_sent *s);
int32_t tr_row(const tr_data *d, uint64_t key);
/* All name corpora in `folder`, to d->names. */
bool tr_read_names(tr_data *d, const char *folder);
/* The names among GUM's mentions. `first`: index of treebank k's first sentence in d->trees. */
void tr_add_mentions(tr_data *d, int k, uint32_t first, const char *folder, const char *name);
/* The names in treebank k as the file `path` marks them (model/ewt-train.names says how), and none
 * elsewhere in it. False, with a message, when the file does not fit the treebank. */
bool tr_add_marks(tr_data *d, int k, uint32_t first, const char *treebank, const char *path);
/* Hands on every `each_nth` article of raw_news_tehrantimes and every line of masc_tagged, both in
 * `folder`. False: no news there. */
typedef void tr_take(void *to, sr_str text);
bool tr_raw_each(const char *folder, uint32_t each_nth, tr_take *take, void *to);
/* Skip-gram with a matrix per relative position over the raw text in `folder`. */
bool tr_vectors_train(tr_vectors *out, const char *folder, int epochs, uint64_t seed);
bool tr_vectors_save(const tr_vectors *v, const char *path);
bool tr_vectors_load(tr_vectors *v, const char *path);

/* ---- silver: what several models agree on ---------------------------------------------------- */

#define TR_VOTERS_MAX 8
#define TR_VOTE_WORDS 70 /* longer sentences are not voted on */

/* The projective tree that has most of the votes heads[k][i] of n_voters trees over n words. The
 * first voter breaks ties. */
void tr_vote_tree(const int16_t *const *heads, int n_voters, int n, int16_t *head);

/* A model, and which way round it reads. */
typedef struct tr_teacher {
    char *model;
    size_t size;
    bool backward;
} tr_teacher;

/* The sentence backwards; its words are new memory. */
void tr_reverse(tr_sent *out, const tr_sent *s);
/* Fills d->silver with sentences of the raw text in `folder`, gives the sentences of d->names trees
 * and the trees of EWT names, as the teachers agree; what they do not agree on stays open. The first
 * teacher reads forwards. */
bool tr_silver(tr_data *d, const char *folder, const tr_teacher *teachers, int n);

/* ---- sentence ends --------------------------------------------------------------------------- */

void tr_split_train(int16_t *weights, const tr_data *d, uint64_t seed);

/* ---- the network in floats ------------------------------------------------------------------- */

#define TR_FLAG         8
#define TR_IN           (SR_NET_IN + TR_FLAG)        /* 144 */
#define TR_HEADS        (SR_HEADS + SR_SCRIPTS_HEAD) /* 272 */
#define TR_LABEL_STRIDE 80

enum {
    P_WORD,
    P_S3,
    P_S2,
    P_P3,
    P_SHAPE,
    P_FLAG,
    P_W1,
    P_B1,
    P_W2,
    P_B2,
    P_WH,
    P_BH,
    P_WR,
    P_BHID,
    P_EMPTY,
    P_CHILD,
    P_DIST,
    P_ACT,
    P_BACT,
    P_LABEL,
    P_BLABEL,
    P_N
};

typedef struct tr_param {
    float *w, *g, *m, *v, *avg;
    size_t n;
    uint32_t dim; /* > 0: a table of rows, updated where touched */
    uint32_t *touched, n_touched;
    uint8_t *is_touched;
} tr_param;

typedef struct tr_net {
    tr_param p[P_N];
    float *fixed; /* [n_keys + 1][SR_E_WORD]: raw-text vectors, not trained */
    uint8_t *has_fixed;
    const tr_data *d;
    uint64_t step;
    uint32_t n_avg;
} tr_net;

typedef struct tr_loss {
    double act, label, tag, name;
    uint64_t n_act, n_label, n_tag, n_name, act_right, label_right, upos_right;
} tr_loss;

typedef struct tr_options {
    const char *data, *marks, *out, *work;
    int epochs, teachers, teacher_epochs, names_per_epoch, silver_per_epoch, vector_epochs, jobs;
    uint64_t seed;
    float rate, explore, drop_in, drop_mid, drop_hidden;
    const char *called; /* in what is printed, and the name of its files in `work` */
    bool backward;
} tr_options;

void tr_net_init(tr_net *net, const tr_data *d, const tr_vectors *v, uint64_t seed);
void tr_net_release(tr_net *net);
/* One batch: forward, backward; gradients are left in the parameters. */
void tr_net_batch(tr_net *net, tr_sent *const *batch, int n, const tr_options *o, bool explore,
                  tr_rng *rng, tr_loss *loss);
void tr_net_update(tr_net *net, float rate);
void tr_net_average(tr_net *net); /* takes the present weights into the average */

/* C[m][n] (+)= A B, n a multiple of 16; A's element (i, k) at a[i * ai + k * ak]. */
void tr_gemm(size_t m, size_t n, size_t k, const float *a, size_t ai, size_t ak, const float *b,
             size_t ldb, float *c, size_t ldc, bool add);

/* The loss of the transitions of one sentence: rows and their gradients [n][SR_SLOTS * SR_HID]. */
void tr_transitions(tr_net *net, const tr_sent *s, const float *rows, float *d_rows,
                    const tr_options *o, bool explore, tr_rng *rng, tr_loss *loss);

/* ---- export and scores ----------------------------------------------------------------------- */

/* The model file in memory (malloc'd) from the averaged weights, or the present ones. */
void *tr_export(const tr_net *net, const int16_t *split, bool averaged, size_t *size);
bool tr_write_file(const char *path, const void *data, size_t n);

typedef struct tr_score {
    double upos, xpos, lemma, uas, las;
} tr_score;
tr_score tr_evaluate(const void *model, size_t size, const sr_parse *gold);

#endif

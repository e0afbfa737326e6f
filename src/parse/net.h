/* net.h - inside `parse` and `train`: the network's shapes, its features, its model file.
 *
 *   word ─▶ 5 embeddings ─▶ 136 ─▶ layer 1 ⇄ ─▶ 192 ─▶ layer 2 ⇄ ─▶ 192 ─┬▶ UPOS, XPOS, name tags
 *                                                                        ├▶ lemma class
 *                                                                        └▶ 4 x 128: rows of the
 *   transition:  hidden = row(s0) + row(s1) + row(s2) + row(b0)               transition scorer
 *                       + child labels + distances ─▶ 3 actions, then a label
 *
 * All activations between layers are bytes: value v in [-1, 1) is stored as round(64 v) + 64, so
 * that products of bytes fit the SIMD instruction that takes unsigned by signed. Gates and states
 * are 16-bit, value v as 16384 v. model/README.md has scores and speed.
 */
#ifndef SR_PARSE_NET_H
#define SR_PARSE_NET_H

#include "parse/inflect.h"
#include "parse/parse.h"

/* ---- shapes: change one and SR_NET_VERSION must change ------------------------------------- */

#define SR_NET_VERSION   4
#define SR_E_WORD        64
#define SR_E_S3          24
#define SR_E_S2          16
#define SR_E_P3          16
#define SR_E_SHAPE       16
#define SR_NET_IN        (SR_E_WORD + SR_E_S3 + SR_E_S2 + SR_E_P3 + SR_E_SHAPE) /* 136 */
#define SR_N_S3          4096 /* buckets of the hashed affixes */
#define SR_N_S2          1024
#define SR_N_P3          4096
#define SR_N_SHAPE       80
#define SR_H             96         /* units of one direction */
#define SR_OUT           (2 * SR_H) /* of a layer */
#define SR_GATES         (6 * SR_H) /* columns of a layer: z, update, output; forward, backward */
#define SR_HID           128        /* hidden layer of the transition scorer */
#define SR_RELU_TOP      127        /* its units: value v as 32 v, so clipped just below 4 */
#define SR_SLOTS         4          /* s0, s1, s2, b0 */
#define SR_CHILDREN      10         /* s0: l1 l2 r1 r2; s1: the same; b0: l1 l2 */
#define SR_DISTS         2          /* s1-s0, s0-b0 */
#define SR_DIST_N        8
#define SR_LABELS_MAX    72
#define SR_N_NAMES       9  /* O, B and I of each type */
#define SR_HEADS         80 /* columns: UPOS, XPOS, names, then padding */
#define SR_HEAD_XPOS     SR_UPOS_N
#define SR_HEAD_NAME     (SR_UPOS_N + SR_XPOS_N)
#define SR_SPLIT_WEIGHTS (1 << 15) /* of the sentence splitter (split.h) */
#define SR_SCRIPTS_HEAD  192       /* lemma classes that the network knows */

/* ---- features ------------------------------------------------------------------------------- */

typedef struct sr_feats {
    uint64_t key; /* of the word: folded, digits as 0 */
    uint16_t s3, s2, p3;
    uint8_t shape;
} sr_feats;

void sr_feats_of(sr_feats *f, const sr_word *w);

/* A shape is ((case * 2 + has a digit) * 2 + ends with a stop) * 4 + length. */
enum { SR_CASE_LOWER, SR_CASE_CAPITAL, SR_CASE_ALL, SR_CASE_MIXED, SR_CASE_NONE };

static inline int sr_shape_case(uint8_t shape) { return shape >> 4; }
static inline bool sr_shape_is_long(uint8_t shape) { return (shape & 3) >= 2; }
static inline uint8_t sr_shape_with_case(uint8_t shape, int letters) {
    return (uint8_t)(letters << 4 | (shape & 15));
}

/* ---- model ---------------------------------------------------------------------------------- */

/* Keys to 0 .. n-1: sorted by hash, a bucket by its top bits, told apart by its low 32 bits. */
typedef struct sr_keyset {
    const uint32_t *starts; /* [2^bits + 1] */
    const uint32_t *tags;   /* [n] */
    uint32_t bits, n;
} sr_keyset;

static inline void sr_keyset_prefetch(const sr_keyset *s, uint64_t key) {
    __builtin_prefetch(&s->starts[key >> (64 - s->bits)]);
}

static inline int32_t sr_keyset_find(const sr_keyset *s, uint64_t key) {
    uint32_t b = (uint32_t)(key >> (64 - s->bits));
    for (uint32_t i = s->starts[b]; i < s->starts[b + 1]; i++)
        if (s->tags[i] == (uint32_t)key) return (int32_t)i;
    return -1;
}

/* y = clamp((sum(x w) + bias) mult >> shift, -limit, limit). Weights in panels of eight columns:
 * w[column / 8][row / 4][column % 8][row % 4]. */
typedef struct sr_layer {
    const int8_t *w;
    const int32_t *bias, *mult; /* [n_out] */
    int32_t n_in, n_out;        /* multiples of 4 and of 8 */
    int32_t shift, limit;
    const int16_t *wide; /* [n_out][n_in], of the layers that see one row at a time; else NULL */
} sr_layer;

/* How a lemma is made: `strip` bytes off the folded form, then `add`. */
typedef struct sr_script {
    uint16_t strip, add_n;
    uint32_t add; /* offset in scripts_text */
} sr_script;

typedef struct sr_net {
    sr_keyset words, lexicon;
    const uint8_t *word, *s3, *s2, *p3, *shape; /* embeddings; row words.n of `word`: unknown */
    sr_layer layer[2], heads, lemma, rows, act, label[2]; /* label: left, right arcs */
    const int16_t *empty;  /* [SR_SLOTS][SR_HID]: rows for "nothing there" */
    const int16_t *child;  /* [SR_CHILDREN][labels + 1][SR_HID]; 0: no child */
    const int16_t *dist;   /* [SR_DISTS][SR_DIST_N][SR_HID] */
    const uint8_t *labels; /* [n_labels][2]: rel, sub */
    const sr_script *scripts;
    const char *scripts_text;
    const uint16_t *lexicon_script; /* [lexicon.n] */
    const int16_t *split;           /* [SR_SPLIT_SIZE] */
    uint32_t n_labels, n_scripts, scripts_text_n;
} sr_net;

struct sr_model {
    sr_net net;
    sr_bases bases; /* the built-in list, whatever the file */
    int16_t *wide;  /* of the transition scorer's layers */
    void *copy;     /* aligned copy of a badly aligned file, or NULL */
    char hash[17];
};

/* ---- the file ------------------------------------------------------------------------------- */

#define SR_MODEL_MAGIC "sitrep\x1an"
#define SR_MODEL_ALIGN 64

typedef struct sr_model_header {
    char magic[8];
    uint32_t version, header_size;
    uint64_t architecture;        /* sr_model_architecture() */
    uint64_t file_size, checksum; /* sr_model_checksum() */
    uint32_t n_words, word_bits, n_lexicon, lexicon_bits, n_labels, n_scripts, scripts_text_n;
    int32_t shift[8]; /* layers 1, 2, heads, lemma, rows, act, label left, right */
    uint32_t reserved[3];
} sr_model_header;

uint64_t sr_model_architecture(void);
/* Over the header, its own field as 0, and the `n` bytes that follow. */
uint64_t sr_model_checksum(const sr_model_header *h, const void *rest, size_t n);

/* One array: the pointer of the net that is to point to it, and its place in the file. */
typedef struct sr_model_part {
    const void **where;
    size_t offset, size;
} sr_model_part;
#define SR_MODEL_PARTS 48
/* Sets the plain fields of *net from *h and lists its arrays. Returns how many parts there are;
 * *file_size is what the file must have. */
uint32_t sr_model_layout(sr_net *net, const sr_model_header *h,
                         sr_model_part parts[SR_MODEL_PARTS], size_t *file_size);

/* ---- lemmas --------------------------------------------------------------------------------- */

/* Keys of the lemma lexicon: a form under a tag, and under any. */
static inline uint64_t sr_lemma_key(sr_str folded, int xpos) {
    return sr_hash(folded.p, folded.n, 0x4c45u + (uint64_t)(xpos + 1));
}
sr_str sr_script_apply(const sr_net *net, uint32_t script, sr_str folded, sr_arena *a);

#endif

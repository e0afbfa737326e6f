/* model.c - the model file: found whole and of this architecture, or refused.
 *
 *   [header: magic, version, architecture, size, checksum, shapes] [array] [array] ...
 *
 * Arrays start at multiples of 64 bytes, little-endian, in the order that sr_model_layout lists;
 * the trainer writes by the same list. Nothing is copied or decoded: the arrays are used where
 * they lie. After the checksum has passed, the few values that arithmetic or indexing trusts are
 * still checked, so that even a forged file cannot read or overflow out of bounds.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/limits.h"
#include "parse/net.h"

/* All that the meaning of the arrays depends on. */
static const char architecture[] =
    "words 64 s3 24x4096 s2 16x1024 p3 16x4096 shape 16x80; bi-qrnn 96x2, hard gates; "
    "arc-hybrid 128, s2 s1 s0 b0, 10 children, 2 distances x 8; heads 17 52 9; split 2^15 x 22";

uint64_t sr_model_architecture(void) {
    return sr_hash(architecture, sizeof architecture - 1, SR_NET_VERSION);
}

/* ---- layout --------------------------------------------------------------------------------- */

typedef struct layout {
    sr_model_part *parts;
    uint32_t n;
    size_t offset;
} layout;

static void part(layout *l, const void **where, size_t size) {
    l->parts[l->n++] = (sr_model_part){where, l->offset, size};
    l->offset = (l->offset + size + SR_MODEL_ALIGN - 1) & ~(size_t)(SR_MODEL_ALIGN - 1);
}

#define PART(l, pointer, size) part((l), (const void **)(void *)&(pointer), (size))

static void layer_parts(layout *l, sr_layer *y, int32_t n_in, int32_t n_out, int32_t shift,
                        int32_t limit) {
    *y = (sr_layer){NULL, NULL, NULL, n_in, n_out, shift, limit, NULL};
    PART(l, y->w, (size_t)n_in * (size_t)n_out);
    PART(l, y->bias, (size_t)n_out * 4);
    PART(l, y->mult, (size_t)n_out * 4);
}

static void keyset_parts(layout *l, sr_keyset *k, uint32_t n, uint32_t bits) {
    k->n = n;
    k->bits = bits;
    PART(l, k->starts, (((size_t)1 << bits) + 1) * 4);
    PART(l, k->tags, (size_t)n * 4);
}

uint32_t sr_model_layout(sr_net *net, const sr_model_header *h,
                         sr_model_part parts[SR_MODEL_PARTS], size_t *file_size) {
    layout l = {parts, 0, (sizeof *h + SR_MODEL_ALIGN - 1) & ~(size_t)(SR_MODEL_ALIGN - 1)};
    memset(net, 0, sizeof *net);
    net->n_labels = h->n_labels;
    net->n_scripts = h->n_scripts;
    net->scripts_text_n = h->scripts_text_n;
    keyset_parts(&l, &net->words, h->n_words, h->word_bits);
    PART(&l, net->word, ((size_t)h->n_words + 1) * SR_E_WORD);
    PART(&l, net->s3, (size_t)SR_N_S3 * SR_E_S3);
    PART(&l, net->s2, (size_t)SR_N_S2 * SR_E_S2);
    PART(&l, net->p3, (size_t)SR_N_P3 * SR_E_P3);
    PART(&l, net->shape, (size_t)SR_N_SHAPE * SR_E_SHAPE);
    layer_parts(&l, &net->layer[0], SR_NET_IN, SR_GATES, h->shift[0], 32767);
    layer_parts(&l, &net->layer[1], SR_OUT, SR_GATES, h->shift[1], 32767);
    layer_parts(&l, &net->heads, SR_OUT, SR_HEADS, h->shift[2], 32767);
    layer_parts(&l, &net->lemma, SR_OUT, SR_SCRIPTS_HEAD, h->shift[3], 32767);
    /* 4 rows, 10 children and 2 distances of at most 2047 add up to less than 2^15. */
    layer_parts(&l, &net->rows, SR_OUT, SR_SLOTS * SR_HID, h->shift[4], 2047);
    layer_parts(&l, &net->act, SR_HID, 8, h->shift[5], 32767);
    int32_t label_columns = (int32_t)((h->n_labels + 7) / 8 * 8);
    layer_parts(&l, &net->label[0], SR_HID, label_columns, h->shift[6], 32767);
    layer_parts(&l, &net->label[1], SR_HID, label_columns, h->shift[7], 32767);
    PART(&l, net->empty, (size_t)SR_SLOTS * SR_HID * 2);
    PART(&l, net->child, (size_t)SR_CHILDREN * (h->n_labels + 1) * SR_HID * 2);
    PART(&l, net->dist, (size_t)SR_DISTS * SR_DIST_N * SR_HID * 2);
    PART(&l, net->labels, (size_t)h->n_labels * 2);
    PART(&l, net->scripts, (size_t)h->n_scripts * sizeof(sr_script));
    PART(&l, net->scripts_text, h->scripts_text_n);
    keyset_parts(&l, &net->lexicon, h->n_lexicon, h->lexicon_bits);
    PART(&l, net->lexicon_script, (size_t)h->n_lexicon * 2);
    PART(&l, net->split, (size_t)SR_SPLIT_WEIGHTS * 2);
    *file_size = l.offset;
    return l.n;
}

/* ---- checks --------------------------------------------------------------------------------- */

static bool shapes_are_sane(const sr_model_header *h) {
    bool ok = h->n_words > 0 && h->n_words < (1u << 20) && h->word_bits > 0 &&
              h->word_bits <= 20 && h->n_lexicon < (1u << 20) && h->lexicon_bits > 0 &&
              h->lexicon_bits <= 20 && h->n_labels > 0 && h->n_labels <= SR_LABELS_MAX &&
              h->n_scripts >= SR_SCRIPTS_HEAD && h->n_scripts < 65536 &&
              h->scripts_text_n < (1u << 24);
    for (int i = 0; i < 8; i++) ok = ok && h->shift[i] >= 0 && h->shift[i] < 31;
    return ok;
}

static bool keyset_is_sane(const sr_keyset *k) {
    uint32_t buckets = 1u << k->bits;
    for (uint32_t b = 0; b < buckets; b++)
        if (k->starts[b] > k->starts[b + 1]) return false;
    return k->starts[buckets] <= k->n;
}

static bool layer_is_sane(const sr_layer *l) {
    for (int32_t i = 0; i < l->n_out; i++)
        if (l->bias[i] <= -(1 << 20) || l->bias[i] >= 1 << 20 || l->mult[i] < 0 ||
            l->mult[i] >= 512)
            return false;
    return true;
}

static bool rows_are_sane(const int16_t *v, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (v[i] < -2047 || v[i] > 2047) return false;
    return true;
}

static bool net_is_sane(const sr_net *net) {
    const sr_layer *layers[] = {&net->layer[0], &net->layer[1], &net->heads,    &net->lemma,
                                &net->rows,     &net->act,      &net->label[0], &net->label[1]};
    for (size_t i = 0; i < sizeof layers / sizeof *layers; i++)
        if (!layer_is_sane(layers[i])) return false;
    if (!keyset_is_sane(&net->words) || !keyset_is_sane(&net->lexicon)) return false;
    for (uint32_t i = 0; i < net->n_labels; i++)
        if (net->labels[2 * i] >= SR_REL_N || net->labels[2 * i + 1] >= SR_SUB_N) return false;
    for (uint32_t i = 0; i < net->n_scripts; i++)
        if ((uint64_t)net->scripts[i].add + net->scripts[i].add_n > net->scripts_text_n)
            return false;
    for (uint32_t i = 0; i < net->lexicon.n; i++)
        if (net->lexicon_script[i] >= net->n_scripts) return false;
    const struct {
        const uint8_t *v;
        size_t n;
    } tables[] = {{net->word, ((size_t)net->words.n + 1) * SR_E_WORD},
                  {net->s3, SR_N_S3 * SR_E_S3},
                  {net->s2, SR_N_S2 * SR_E_S2},
                  {net->p3, SR_N_P3 * SR_E_P3},
                  {net->shape, SR_N_SHAPE * SR_E_SHAPE}};
    for (size_t t = 0; t < sizeof tables / sizeof *tables; t++) {
        uint8_t all = 0;
        for (size_t i = 0; i < tables[t].n; i++) all |= tables[t].v[i];
        if (all > 127) return false;
    }
    return rows_are_sane(net->empty, SR_SLOTS * SR_HID) &&
           rows_are_sane(net->child, (size_t)SR_CHILDREN * (net->n_labels + 1) * SR_HID) &&
           rows_are_sane(net->dist, SR_DISTS * SR_DIST_N * SR_HID);
}

uint64_t sr_model_checksum(const sr_model_header *h, const void *rest, size_t n) {
    sr_model_header blank = *h;
    blank.checksum = 0;
    return sr_hash(rest, n, sr_hash(&blank, sizeof blank, 0));
}

static sr_status check_header(const sr_model_header *h, size_t n, sr_error *err) {
    if (memcmp(h->magic, SR_MODEL_MAGIC, 8) != 0)
        return sr_fail(err, SR_ERESOURCE, 0, "model: not a sitrep model file");
    if (h->version != SR_NET_VERSION)
        return sr_fail(err, SR_ERESOURCE, 0, "model: version %u, this program reads version %d",
                       (unsigned)h->version, SR_NET_VERSION);
    if (h->header_size != sizeof *h || h->architecture != sr_model_architecture())
        return sr_fail(err, SR_ERESOURCE, 0, "model: made for another network architecture");
    if (h->file_size != n)
        return sr_fail(err, SR_ERESOURCE, 0,
                       "model: cut short or too long: %llu bytes, not %llu",
                       (unsigned long long)n, (unsigned long long)h->file_size);
    return SR_OK;
}

/* The weights of the layers that work on one row at a time, widened once, for the kernels that multiply
 * numbers of 16 bits. */
static bool widen(sr_model *m) {
    sr_layer *layers[] = {&m->net.act, &m->net.label[0], &m->net.label[1]};
    size_t n = 0;
    for (size_t k = 0; k < 3; k++) n += (size_t)layers[k]->n_in * (size_t)layers[k]->n_out;
    int16_t *to = m->wide = malloc(n * sizeof *to);
    if (!to) return false;
    for (size_t k = 0; k < 3; k++) {
        sr_layer *l = layers[k];
        size_t n_in = (size_t)l->n_in;
        l->wide = to;
        for (size_t o = 0; o < (size_t)l->n_out; o++)
            for (size_t i = 0; i < n_in; i++)
                *to++ = l->w[o / 8 * 8 * n_in + i / 4 * 32 + o % 8 * 4 + i % 4];
    }
    return true;
}

sr_status sr_model_open(sr_model **out, const void *data, size_t n, sr_error *err) {
    sr_model_header h;
    if (!data || n < sizeof h)
        return sr_fail(err, SR_ERESOURCE, 0, "model: cut short: %zu bytes", n);
    memcpy(&h, data, sizeof h);
    sr_status status = check_header(&h, n, err);
    if (status != SR_OK) return status;
    if (sr_model_checksum(&h, (const char *)data + sizeof h, n - sizeof h) != h.checksum ||
        !shapes_are_sane(&h))
        return sr_fail(err, SR_ERESOURCE, 0, "model: damaged: the checksum does not match");
    sr_model *m = calloc(1, sizeof *m);
    if (!m) return sr_fail(err, SR_ENOMEM, 0, "model: out of memory");
    if ((uintptr_t)data % 8) {
        m->copy = malloc(n);
        if (!m->copy) {
            free(m);
            return sr_fail(err, SR_ENOMEM, 0, "model: out of memory");
        }
        data = memcpy(m->copy, data, n);
    }
    sr_model_part parts[SR_MODEL_PARTS];
    size_t size;
    uint32_t n_parts = sr_model_layout(&m->net, &h, parts, &size);
    for (uint32_t i = 0; size == n && i < n_parts; i++)
        *parts[i].where = (const char *)data + parts[i].offset;
    if (size != n || !net_is_sane(&m->net)) {
        sr_model_free(m);
        return sr_fail(err, SR_ERESOURCE, 0, "model: damaged: its tables do not fit together");
    }
    if (!widen(m)) {
        sr_model_free(m);
        return sr_fail(err, SR_ENOMEM, 0, "model: out of memory");
    }
    sr_bases_open(&m->bases, sr_builtin_lemmas());
    snprintf(m->hash, sizeof m->hash, "%016llx", (unsigned long long)h.checksum);
    m->hash[12] = '\0';
    *out = m;
    return SR_OK;
}

void sr_model_free(sr_model *m) {
    if (!m) return;
    free(m->wide);
    free(m->copy);
    free(m);
}

const char *sr_model_hash(const sr_model *m) { return m->hash; }

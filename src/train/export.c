/* export.c - floats to the integer network of parse/net.h, its file, and the score of that file.
 *
 * Rounding after training: each embedding dimension and each column of a layer has its own scale.
 * Dimension scales go into the layer's weights; a column's scale is the pair (mult, shift), chosen
 * first, and the bytes are rounded under exactly that scale.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "train/internal.h"

#define TAG_UNIT  1024.0 /* scores of tags, labels and steps */
#define GATE_UNIT 16384.0
#define ROW_UNIT  256.0

typedef struct exporter {
    const tr_net *net;
    const sr_net *out; /* pointers into the file being made */
    bool averaged;
    float dim_scale[SR_NET_IN];
} exporter;

static const float *weights(const exporter *e, int id) {
    return e->averaged ? e->net->p[id].avg : e->net->p[id].w;
}

/* ---- embeddings ------------------------------------------------------------------------------ */

/* Rounds a table [rows][dim] to [-63, 63] under a scale for each dimension; stored as activations
 * are, plus 64. */
static void put_table(exporter *e, uint8_t *out, const float *v, size_t rows, size_t dim,
                      size_t first_dim) {
    for (size_t k = 0; k < dim; k++) {
        double top = 0, square = 0;
        for (size_t r = 0; r < rows; r++) {
            double x = fabs((double)v[r * dim + k]);
            top = x > top ? x : top;
            square += x * x;
        }
        double limit = 5 * sqrt(square / (double)rows);
        if (top > limit) top = limit;
        float scale = (float)(top > 0 ? top / 63 : 1);
        e->dim_scale[first_dim + k] = scale;
        for (size_t r = 0; r < rows; r++) {
            long q = lrintf(v[r * dim + k] / scale);
            out[r * dim + k] = (uint8_t)(64 + (q > 63 ? 63 : q < -63 ? -63 : q));
        }
    }
}

static void put_words(exporter *e, uint8_t *out) {
    size_t n = e->net->d->n_keys + 1u;
    float *sum = tr_alloc(sizeof *sum * n * SR_E_WORD);
    const float *own = weights(e, P_WORD);
    for (size_t i = 0; i < n * SR_E_WORD; i++) sum[i] = e->net->fixed[i] + own[i];
    put_table(e, out, sum, n, SR_E_WORD, 0);
    free(sum);
}

/* ---- layers ---------------------------------------------------------------------------------- */

typedef struct source {
    const float *w; /* element (in, out) at w[in * in_step + out * out_step] */
    size_t in_step, out_step;
    const float *in_scale; /* [n_in], or NULL: `unit_in` for all */
    double unit_in;
    const double *bias; /* [n_out] or NULL */
    int n_out;          /* real columns; the rest of the layer's are empty */
    double unit_out;
    int offset; /* what a zero activation is stored as */
} source;

static double effective(const source *s, int i, int j) {
    double scale = s->in_scale ? (double)s->in_scale[i] : s->unit_in;
    return (double)s->w[(size_t)i * s->in_step + (size_t)j * s->out_step] * scale;
}

static double column_top(const source *s, int n_in, int j) {
    double top = 1e-9;
    for (int i = 0; i < n_in; i++) {
        double x = fabs(effective(s, i, j));
        top = x > top ? x : top;
    }
    return top;
}

static void put_layer(const sr_layer *l, int32_t *shift_out, const source *s) {
    int8_t *w = (int8_t *)(uintptr_t)l->w;
    int32_t *bias = (int32_t *)(uintptr_t)l->bias, *mult = (int32_t *)(uintptr_t)l->mult;
    double top = 0;
    for (int j = 0; j < s->n_out; j++) top = fmax(top, column_top(s, l->n_in, j));
    int shift = 0;
    while (shift < 30 && ceil(top / 127 * s->unit_out * (double)(1 << (shift + 1))) <= 511)
        shift++;
    *shift_out = shift;
    for (int j = 0; j < l->n_out; j++) {
        mult[j] = 1;
        if (j >= s->n_out) continue;
        double need =
            ceil(column_top(s, l->n_in, j) / 127 * s->unit_out * (double)(1 << shift));
        mult[j] = need < 1 ? 1 : need > 511 ? 511 : (int32_t)need;
        double scale = mult[j] / (s->unit_out * (double)(1 << shift));
        int64_t sum = 0;
        for (int i = 0; i < l->n_in; i++) {
            long q = lrint(effective(s, i, j) / scale);
            q = q > 127 ? 127 : q < -127 ? -127 : q;
            sum += q;
            w[(size_t)(j / 8) * 8 * (size_t)l->n_in + (size_t)(i / 4) * 32 +
              (size_t)(j % 8) * 4 + (size_t)(i % 4)] = (int8_t)q;
        }
        double b = (s->bias ? s->bias[j] / scale : 0) - (double)(s->offset * sum);
        double limit = (1 << 20) - 1;
        bias[j] = (int32_t)lrint(b > limit ? limit : b < -limit ? -limit : b);
    }
}

static void put_rows(int16_t *out, const float *v, size_t n) {
    for (size_t i = 0; i < n; i++) {
        double q = (double)v[i] * ROW_UNIT;
        out[i] = (int16_t)lrint(q > 2047 ? 2047 : q < -2047 ? -2047 : q);
    }
}

static void put_encoder(exporter *e, int32_t *shift) {
    double bias[SR_GATES];
    const float *w1 = weights(e, P_W1), *flag = weights(e, P_FLAG);
    for (int j = 0; j < SR_GATES; j++) {
        bias[j] = (double)weights(e, P_B1)[j];
        for (int k = 0; k < TR_FLAG; k++)
            bias[j] += (double)(flag[k] * w1[(size_t)(SR_NET_IN + k) * SR_GATES + (size_t)j]);
    }
    put_layer(&e->out->layer[0], &shift[0],
              &(source){w1, SR_GATES, 1, e->dim_scale, 0, bias, SR_GATES, GATE_UNIT, 64});
    for (int j = 0; j < SR_GATES; j++) bias[j] = (double)weights(e, P_B2)[j];
    put_layer(&e->out->layer[1], &shift[1],
              &(source){weights(e, P_W2), SR_GATES, 1, NULL, 1 / 64.0, bias, SR_GATES,
                        GATE_UNIT, 64});
}

static void put_heads(exporter *e, int32_t *shift) {
    double bias[TR_HEADS];
    for (int j = 0; j < TR_HEADS; j++) bias[j] = (double)weights(e, P_BH)[j];
    put_layer(&e->out->heads, &shift[2],
              &(source){weights(e, P_WH), TR_HEADS, 1, NULL, 1 / 64.0, bias,
                        SR_HEAD_NAME + SR_N_NAMES, TAG_UNIT, 64});
    put_layer(&e->out->lemma, &shift[3],
              &(source){weights(e, P_WH) + SR_HEADS, TR_HEADS, 1, NULL, 1 / 64.0,
                        bias + SR_HEADS, SR_SCRIPTS_HEAD, TAG_UNIT, 64});
}

static void put_scorer(exporter *e, int32_t *shift) {
    const sr_net *out = e->out;
    uint32_t n_labels = e->net->d->n_labels;
    double bias[TR_LABEL_STRIDE];
    put_layer(&out->rows, &shift[4],
              &(source){weights(e, P_WR), SR_SLOTS * SR_HID, 1, NULL, 1 / 64.0, NULL,
                        SR_SLOTS * SR_HID, ROW_UNIT, 64});
    for (int k = 0; k < 3; k++) bias[k] = (double)weights(e, P_BACT)[k];
    put_layer(&out->act, &shift[5],
              &(source){weights(e, P_ACT), 1, SR_HID, NULL, 1 / 32.0, bias, 3, TAG_UNIT, 0});
    for (size_t side = 0; side < 2; side++) {
        for (uint32_t k = 0; k < n_labels; k++)
            bias[k] = (double)weights(e, P_BLABEL)[side * TR_LABEL_STRIDE + k];
        put_layer(&out->label[side], &shift[6 + side],
                  &(source){weights(e, P_LABEL) + side * SR_HID * TR_LABEL_STRIDE,
                            TR_LABEL_STRIDE, 1, NULL, 1 / 32.0, bias, (int)n_labels, TAG_UNIT,
                            0});
    }
    put_rows((int16_t *)(uintptr_t)out->empty, weights(e, P_EMPTY), SR_SLOTS * SR_HID);
    for (size_t k = 0; k < SR_CHILDREN; k++)
        put_rows((int16_t *)(uintptr_t)out->child + k * (n_labels + 1) * SR_HID,
                 weights(e, P_CHILD) + k * (SR_LABELS_MAX + 1) * SR_HID,
                 (n_labels + 1) * SR_HID);
    float *dist = tr_alloc(sizeof *dist * SR_DISTS * SR_DIST_N * SR_HID);
    memcpy(dist, weights(e, P_DIST), sizeof *dist * SR_DISTS * SR_DIST_N * SR_HID);
    for (size_t k = 0; k < SR_DIST_N;
         k++) /* one of the first distance's rows is always added */
        for (size_t i = 0; i < SR_HID; i++) dist[k * SR_HID + i] += weights(e, P_BHID)[i];
    put_rows((int16_t *)(uintptr_t)out->dist, dist, SR_DISTS * SR_DIST_N * SR_HID);
    free(dist);
}

/* ---- tables ---------------------------------------------------------------------------------- */

static void put_keys(const sr_keyset *s, const void *keys, size_t stride) {
    uint32_t *starts = (uint32_t *)(uintptr_t)s->starts, *tags = (uint32_t *)(uintptr_t)s->tags;
    uint32_t next = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        uint64_t key;
        memcpy(&key, (const char *)keys + i * stride, sizeof key);
        tags[i] = (uint32_t)key;
        while (next <= (uint32_t)(key >> (64 - s->bits))) starts[next++] = i;
    }
    while (next <= 1u << s->bits) starts[next++] = s->n;
}

static void put_tables(const sr_net *out, const tr_data *d, const int16_t *split) {
    put_keys(&out->words, d->keys, sizeof *d->keys);
    put_keys(&out->lexicon, d->lexicon, sizeof *d->lexicon);
    for (uint32_t i = 0; i < d->n_lexicon; i++)
        ((uint16_t *)(uintptr_t)out->lexicon_script)[i] = (uint16_t)d->lexicon[i].script;
    memcpy((uint8_t *)(uintptr_t)out->labels, d->labels, (size_t)d->n_labels * 2);
    memcpy((sr_script *)(uintptr_t)out->scripts, d->scripts, sizeof *d->scripts * d->n_scripts);
    memcpy((char *)(uintptr_t)out->scripts_text, d->scripts_text, d->scripts_text_n);
    memcpy((int16_t *)(uintptr_t)out->split, split, sizeof *split * SR_SPLIT_SIZE);
}

void *tr_export(const tr_net *net, const int16_t *split, bool averaged, size_t *size) {
    const tr_data *d = net->d;
    sr_model_header h;
    memset(&h, 0, sizeof h);
    memcpy(h.magic, SR_MODEL_MAGIC, 8);
    h.version = SR_NET_VERSION;
    h.header_size = sizeof h;
    h.architecture = sr_model_architecture();
    h.n_words = d->n_keys;
    h.word_bits = h.lexicon_bits = 16;
    h.n_lexicon = d->n_lexicon;
    h.n_labels = d->n_labels;
    h.n_scripts = d->n_scripts;
    h.scripts_text_n = d->scripts_text_n;
    sr_net out;
    sr_model_part parts[SR_MODEL_PARTS];
    uint32_t n_parts = sr_model_layout(&out, &h, parts, size);
    char *file = tr_alloc(*size);
    for (uint32_t i = 0; i < n_parts; i++) *parts[i].where = file + parts[i].offset;
    exporter e = {.net = net, .out = &out, .averaged = averaged};
    put_words(&e, (uint8_t *)(uintptr_t)out.word);
    const struct {
        int id;
        const uint8_t *to;
        size_t rows, dim, at;
    } tables[] = {{P_S3, out.s3, SR_N_S3, SR_E_S3, SR_E_WORD},
                  {P_S2, out.s2, SR_N_S2, SR_E_S2, SR_E_WORD + SR_E_S3},
                  {P_P3, out.p3, SR_N_P3, SR_E_P3, SR_E_WORD + SR_E_S3 + SR_E_S2},
                  {P_SHAPE, out.shape, SR_N_SHAPE, SR_E_SHAPE, SR_NET_IN - SR_E_SHAPE}};
    for (size_t i = 0; i < 4; i++)
        put_table(&e, (uint8_t *)(uintptr_t)tables[i].to, weights(&e, tables[i].id),
                  tables[i].rows, tables[i].dim, tables[i].at);
    put_encoder(&e, h.shift);
    put_heads(&e, h.shift);
    put_scorer(&e, h.shift);
    put_tables(&out, d, split);
    h.file_size = *size;
    h.checksum = sr_model_checksum(&h, file + sizeof h, *size - sizeof h);
    memcpy(file, &h, sizeof h);
    return file;
}

bool tr_write_file(const char *path, const void *data, size_t n) {
    char temp[1024];
    snprintf(temp, sizeof temp, "%s.new", path);
    FILE *f = fopen(temp, "wb");
    bool ok = f && fwrite(data, 1, n, f) == n;
    if (f && fclose(f) != 0) ok = false;
    if (ok && rename(temp, path) == 0) return true;
    fprintf(stderr, "train: cannot write %s\n", path);
    return false;
}

/* ---- scores ---------------------------------------------------------------------------------- */

tr_score tr_evaluate(const void *model, size_t size, const sr_parse *gold) {
    tr_score score = {0, 0, 0, 0, 0};
    sr_error err = {SR_OK, 0, ""};
    sr_model *m;
    sr_parser *p;
    if (sr_model_open(&m, model, size, &err) != SR_OK || sr_parser_new(&p, m, &err) != SR_OK) {
        fprintf(stderr, "train: %s\n", err.message);
        return score;
    }
    sr_arena a;
    sr_arena_init(&a, 0);
    uint32_t n = 0;
    for (uint32_t i = 0; i < gold->n; i++) {
        const sr_sent *g = &gold->s[i];
        sr_sent s = *g;
        sr_parse one = {&s, 1, s.n};
        sr_arena_clear(&a);
        s.w = sr_arena_alloc(&a, sizeof *s.w * s.n);
        memcpy(s.w, g->w, sizeof *s.w * s.n);
        sr_parser_tag(p, &one, &a);
        for (int k = 0; k < s.n; k++) {
            const sr_word *x = &s.w[k], *y = &g->w[k];
            score.upos += x->upos == y->upos;
            score.xpos += x->xpos == y->xpos;
            score.lemma += sr_str_eq(x->lemma, y->lemma);
            score.uas += x->head == y->head;
            score.las += x->head == y->head && x->rel == y->rel;
            n++;
        }
    }
    double f = 100.0 / (n ? n : 1);
    score = (tr_score){score.upos * f, score.xpos * f, score.lemma * f, score.uas * f,
                       score.las * f};
    sr_arena_release(&a);
    sr_parser_free(p);
    sr_model_free(m);
    return score;
}

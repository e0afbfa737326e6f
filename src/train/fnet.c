/* fnet.c - the network of parse/net.h in floats, forward and backward, and its optimiser.
 *
 * It computes what the integer network computes, with the same clipped gates, so that its weights
 * can be rounded to bytes afterwards without training for it. Differences, all in training only:
 * dropout; a treebank flag among the inputs (export fixes it to EWT and folds it into the bias);
 * words dropped to what raw text knows of them, so that unseen words look familiar; and a small
 * gradient through gates that are shut, so that they can open again.
 *
 * Adam; tables of rows are updated where the batch touched them.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "train/internal.h"

#define LEAK 0.1f /* of the gradient that would bring a saturated gate back */

void *tr_alloc(size_t n) {
    void *p = calloc(1, n ? n : 1);
    if (!p) {
        fprintf(stderr, "train: out of memory\n");
        exit(1);
    }
    return p;
}

void *tr_grow(void *p, size_t n) {
    p = realloc(p, n ? n : 1);
    if (!p) {
        fprintf(stderr, "train: out of memory\n");
        exit(1);
    }
    return p;
}

/* ---- parameters ------------------------------------------------------------------------------ */

static void param_init(tr_param *p, size_t rows, size_t cols, bool table, float scale,
                       tr_rng *r) {
    p->n = rows * cols;
    p->w = tr_alloc(p->n * sizeof *p->w);
    p->g = tr_alloc(p->n * sizeof *p->g);
    p->m = tr_alloc(p->n * sizeof *p->m);
    p->v = tr_alloc(p->n * sizeof *p->v);
    p->avg = tr_alloc(p->n * sizeof *p->avg);
    for (size_t i = 0; i < p->n; i++) p->w[i] = (2 * tr_uniform(r) - 1) * scale;
    p->dim = 0;
    if (table) {
        p->dim = (uint32_t)cols;
        p->touched = tr_alloc(rows * sizeof *p->touched);
        p->is_touched = tr_alloc(rows);
    }
}

static void touch(tr_param *p, uint32_t row) {
    if (p->is_touched[row]) return;
    p->is_touched[row] = 1;
    p->touched[p->n_touched++] = row;
}

void tr_net_init(tr_net *net, const tr_data *d, const tr_vectors *v, uint64_t seed) {
    tr_rng r = {seed * 2654435761u + 88172645463325252u};
    memset(net, 0, sizeof *net);
    net->d = d;
    struct {
        int id;
        size_t rows, cols;
        bool table;
        float scale;
    } shapes[] = {
        {P_WORD, d->n_keys + 1, SR_E_WORD, true, 0},
        {P_S3, SR_N_S3, SR_E_S3, true, 0.3f},
        {P_S2, SR_N_S2, SR_E_S2, true, 0.3f},
        {P_P3, SR_N_P3, SR_E_P3, true, 0.3f},
        {P_SHAPE, SR_N_SHAPE, SR_E_SHAPE, true, 0.3f},
        {P_FLAG, TR_SOURCES, TR_FLAG, true, 0.3f},
        {P_W1, TR_IN, SR_GATES, false, 0.14f},
        {P_B1, 1, SR_GATES, false, 0},
        {P_W2, SR_OUT, SR_GATES, false, 0.14f},
        {P_B2, 1, SR_GATES, false, 0},
        {P_WH, SR_OUT, TR_HEADS, false, 0.1f},
        {P_BH, 1, TR_HEADS, false, 0},
        {P_WR, SR_OUT, SR_SLOTS * SR_HID, false, 0.1f},
        {P_BHID, 1, SR_HID, false, 0},
        {P_EMPTY, SR_SLOTS, SR_HID, false, 0.05f},
        {P_CHILD, (size_t)SR_CHILDREN * (SR_LABELS_MAX + 1), SR_HID, false, 0.05f},
        {P_DIST, (size_t)SR_DISTS * SR_DIST_N, SR_HID, false, 0.05f},
        {P_ACT, 3, SR_HID, false, 0.15f},
        {P_BACT, 1, 3, false, 0},
        {P_LABEL, (size_t)2 * SR_HID, TR_LABEL_STRIDE, false, 0.15f},
        {P_BLABEL, 2, TR_LABEL_STRIDE, false, 0},
    };
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        param_init(&net->p[shapes[i].id], shapes[i].rows, shapes[i].cols, shapes[i].table,
                   shapes[i].scale, &r);
    net->fixed = tr_alloc(sizeof(float) * (d->n_keys + 1) * SR_E_WORD);
    net->has_fixed = tr_alloc(d->n_keys + 1);
    for (uint32_t i = 0; v && i < v->n; i++) {
        int32_t row = tr_row(d, v->keys[i]);
        if (row < 0) continue;
        memcpy(net->fixed + (size_t)row * SR_E_WORD, v->v + (size_t)i * SR_E_WORD,
               sizeof(float) * SR_E_WORD);
        net->has_fixed[row] = 1;
    }
    for (uint32_t i = 0; i <= d->n_keys; i++)
        if (!net->has_fixed[i])
            for (int k = 0; k < SR_E_WORD; k++)
                net->p[P_WORD].w[(size_t)i * SR_E_WORD + k] = (2 * tr_uniform(&r) - 1) * 0.2f;
}

void tr_net_release(tr_net *net) {
    for (int k = 0; k < P_N; k++) {
        tr_param *p = &net->p[k];
        float *all[] = {p->w, p->g, p->m, p->v, p->avg};
        for (int i = 0; i < 5; i++) free(all[i]);
        free(p->touched);
        free(p->is_touched);
    }
    free(net->fixed);
    free(net->has_fixed);
}

static void adam(float *restrict w, float *restrict g, float *restrict m, float *restrict v,
                 size_t n, float rate, float fix) {
    for (size_t i = 0; i < n; i++) {
        m[i] = 0.9f * m[i] + 0.1f * g[i];
        v[i] = 0.999f * v[i] + 0.001f * g[i] * g[i];
        w[i] -= rate * m[i] / (sqrtf(v[i] * fix) + 1e-6f);
        g[i] = 0;
    }
}

void tr_net_update(tr_net *net, float rate) {
    net->step++;
    double t = (double)net->step;
    float fix1 = (float)(1 / (1 - pow(0.9, t))), fix2 = (float)(1 / (1 - pow(0.999, t)));
    for (int k = 0; k < P_N; k++) {
        tr_param *p = &net->p[k];
        if (!p->dim) {
            adam(p->w, p->g, p->m, p->v, p->n, rate * fix1, fix2);
            continue;
        }
        for (uint32_t i = 0; i < p->n_touched; i++) {
            size_t at = (size_t)p->touched[i] * p->dim;
            adam(p->w + at, p->g + at, p->m + at, p->v + at, p->dim, rate * fix1, fix2);
            p->is_touched[p->touched[i]] = 0;
        }
        p->n_touched = 0;
    }
}

void tr_net_average(tr_net *net) {
    float part = 1.0f / (float)++net->n_avg;
    for (int k = 0; k < P_N; k++) {
        tr_param *p = &net->p[k];
        for (size_t i = 0; i < p->n; i++) p->avg[i] += part * (p->w[i] - p->avg[i]);
    }
}

/* ---- the recurrence -------------------------------------------------------------------------- */

static float clip(float a, float low, float high) {
    return a < low ? low : a > high ? high : a;
}

/* One direction over one sentence. gates[n][SR_GATES] at its columns; state, out per word. */
static void recur(const float *gates, int n, bool back, float *state, float *out) {
    float c[SR_H] = {0};
    for (int t = 0; t < n; t++) {
        size_t row = (size_t)(back ? n - 1 - t : t);
        const float *z = gates + row * SR_GATES + (back ? 3 * SR_H : 0), *u = z + SR_H,
                    *o = u + SR_H;
        float *s = state + row * SR_OUT + (back ? SR_H : 0),
              *h = out + row * SR_OUT + (back ? SR_H : 0);
        for (int i = 0; i < SR_H; i++) {
            float zi = clip(z[i], -1, 1), ui = clip(0.25f * u[i] + 0.5f, 0, 1);
            float oi = clip(0.25f * o[i] + 0.5f, 0, 1);
            c[i] += ui * (zi - c[i]);
            s[i] = c[i];
            h[i] = oi * c[i];
        }
    }
}

/* Gradient through a clipped line: 1 inside, a leak outside when the step leads back in. */
static float through(float a, float top, float g) {
    if (a > -top && a < top) return g;
    return (a >= top) == (g > 0) ? LEAK * g : 0;
}

static void recur_back(const float *gates, const float *state, int n, bool back,
                       const float *d_out, float *d_gates) {
    float dc[SR_H] = {0};
    for (int t = n - 1; t >= 0; t--) {
        size_t row = (size_t)(back ? n - 1 - t : t), side = back ? SR_H : 0;
        const float *z = gates + row * SR_GATES + 3 * side, *u = z + SR_H, *o = u + SR_H;
        float *dz = d_gates + row * SR_GATES + 3 * side, *du = dz + SR_H, *dq = du + SR_H;
        const float *s = state + row * SR_OUT + side, *dh = d_out + row * SR_OUT + side;
        const float *before =
            t == 0 ? NULL : state + (back ? row + 1 : row - 1) * SR_OUT + side;
        for (int i = 0; i < SR_H; i++) {
            float zi = clip(z[i], -1, 1), ui = clip(0.25f * u[i] + 0.5f, 0, 1);
            float oi = clip(0.25f * o[i] + 0.5f, 0, 1), b = before ? before[i] : 0;
            dq[i] = through(o[i], 2, 0.25f * dh[i] * s[i]);
            dc[i] += dh[i] * oi;
            du[i] = through(u[i], 2, 0.25f * dc[i] * (zi - b));
            dz[i] = through(z[i], 1, dc[i] * ui);
            dc[i] *= 1 - ui;
        }
    }
}

/* ---- one batch ------------------------------------------------------------------------------- */

typedef struct scratch {
    size_t cap; /* words */
    float *x, *mask_x, *g1, *s1, *h1, *mask1, *g2, *s2, *h2, *mask2, *heads, *rows;
    float *dx, *dg, *dh, *d_rows, *t;
    uint32_t *row, *shape; /* of the word and shape tables, as used */
} scratch;

static scratch S;

static void reserve(size_t n) {
    if (n <= S.cap) return;
    S.cap = n * 2;
    struct {
        float **p;
        size_t width;
    } all[] = {
        {&S.x, TR_IN},        {&S.mask_x, TR_IN},
        {&S.g1, SR_GATES},    {&S.s1, SR_OUT},
        {&S.h1, SR_OUT},      {&S.mask1, SR_OUT},
        {&S.g2, SR_GATES},    {&S.s2, SR_OUT},
        {&S.h2, SR_OUT},      {&S.mask2, SR_OUT},
        {&S.heads, TR_HEADS}, {&S.rows, SR_SLOTS * SR_HID},
        {&S.dx, TR_IN},       {&S.dg, SR_GATES},
        {&S.dh, SR_OUT},      {&S.d_rows, SR_SLOTS * SR_HID},
    };
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        free(*all[i].p);
        *all[i].p = tr_alloc(sizeof(float) * S.cap * all[i].width);
    }
    free(S.row);
    free(S.shape);
    S.row = tr_alloc(sizeof *S.row * S.cap);
    S.shape = tr_alloc(sizeof *S.shape * S.cap);
    if (!S.t) S.t = tr_alloc(sizeof(float) * SR_GATES * SR_OUT);
}

static void drop(float *v, float *mask, size_t n, float rate, tr_rng *rng) {
    float keep = 1 / (1 - rate);
    for (size_t i = 0; i < n; i += 4) { /* four 16-bit draws from one number */
        uint64_t r = tr_next(rng);
        for (size_t k = i; k < i + 4 && k < n; k++, r >>= 16) {
            mask[k] = (float)(r & 0xFFFF) < rate * 65536 ? 0 : keep;
            v[k] *= mask[k];
        }
    }
}

/* The row of the word's own table, or of "unknown": rare words are often dropped to what raw text
 * says of them, or to nothing, which is all there will be of unseen words. */
static uint32_t word_row(const tr_net *net, const tr_word *w, bool *own, tr_rng *rng) {
    uint32_t unknown = net->d->n_keys;
    *own = true;
    if (w->row < 0) return unknown;
    float count = (float)net->d->counts[w->row];
    bool dropped = tr_uniform(rng) < 0.5f / (0.5f + count);
    if (!dropped) return (uint32_t)w->row;
    if (!net->has_fixed[w->row]) return unknown;
    *own = false;
    return (uint32_t)w->row;
}

/* Headlines capitalise every long word, or every letter; treebanks have few. So some sentences are
 * shown that way. */
enum { CASE_AS_IS, CASE_TITLE, CASE_UPPER, CASE_LOWER };

static int draw_case(tr_rng *rng) {
    float r = tr_uniform(rng);
    return r < 0.04f    ? CASE_TITLE
           : r < 0.055f ? CASE_UPPER
           : r < 0.07f  ? CASE_LOWER
                        : CASE_AS_IS;
}

static uint32_t recase(uint8_t shape, int mode) {
    int letters = sr_shape_case(shape);
    if (mode == CASE_TITLE && letters == SR_CASE_LOWER && sr_shape_is_long(shape))
        letters = SR_CASE_CAPITAL;
    if (mode == CASE_UPPER && letters <= SR_CASE_CAPITAL)
        letters = shape & 3 ? SR_CASE_ALL : SR_CASE_CAPITAL;
    if (mode == CASE_LOWER && letters <= SR_CASE_ALL) letters = SR_CASE_LOWER;
    return sr_shape_with_case(shape, letters);
}

static void embed(tr_net *net, const tr_word *w, uint32_t flag, int mode, size_t i,
                  tr_rng *rng) {
    bool own;
    uint32_t row = word_row(net, w, &own, rng);
    float *x = S.x + i * TR_IN;
    const float *fixed = net->fixed + (size_t)row * SR_E_WORD;
    const float *mine = net->p[P_WORD].w + (size_t)row * SR_E_WORD;
    S.row[i] = own ? row : UINT32_MAX;
    S.shape[i] = recase(w->f.shape, mode);
    for (int k = 0; k < SR_E_WORD; k++) *x++ = fixed[k] + (own ? mine[k] : 0);
    const struct {
        int id;
        uint32_t row;
    } parts[] = {{P_S3, w->f.s3},
                 {P_S2, w->f.s2},
                 {P_P3, w->f.p3},
                 {P_SHAPE, S.shape[i]},
                 {P_FLAG, flag}};
    for (size_t k = 0; k < 5; k++) {
        const tr_param *p = &net->p[parts[k].id];
        memcpy(x, p->w + (size_t)parts[k].row * p->dim, sizeof(float) * p->dim);
        x += p->dim;
    }
}

static void embed_back(tr_net *net, const tr_word *w, uint32_t flag, size_t i) {
    const float *x = S.dx + i * TR_IN;
    const struct {
        int id;
        uint32_t row;
    } parts[] = {{P_WORD, S.row[i]}, {P_S3, w->f.s3},       {P_S2, w->f.s2},
                 {P_P3, w->f.p3},    {P_SHAPE, S.shape[i]}, {P_FLAG, flag}};
    for (size_t k = 0; k < 6; k++) {
        tr_param *p = &net->p[parts[k].id];
        if (parts[k].row != UINT32_MAX) {
            touch(p, parts[k].row);
            float *g = p->g + (size_t)parts[k].row * p->dim;
            for (uint32_t j = 0; j < p->dim; j++) g[j] += x[j];
        }
        x += p->dim;
    }
}

static void linear(const tr_net *net, int w, int b, const float *x, size_t n, size_t n_in,
                   size_t n_out, float *y) {
    for (size_t i = 0; i < n && b >= 0; i++)
        memcpy(y + i * n_out, net->p[b].w, sizeof(float) * n_out);
    tr_gemm(n, n_out, n_in, x, n_in, 1, net->p[w].w, n_out, y, n_out, b >= 0);
}

/* dW += X' dY, db += sum dY, dX (+)= dY W'. */
static void linear_back(tr_net *net, int w, int b, const float *x, const float *dy, size_t n,
                        size_t n_in, size_t n_out, float *dx, bool add) {
    tr_gemm(n_in, n_out, n, x, 1, n_in, dy, n_out, net->p[w].g, n_out, true);
    for (size_t i = 0; i < n && b >= 0; i++)
        for (size_t k = 0; k < n_out; k++) net->p[b].g[k] += dy[i * n_out + k];
    const float *weights = net->p[w].w;
    for (size_t i = 0; i < n_in; i++)
        for (size_t k = 0; k < n_out; k++) S.t[k * n_in + i] = weights[i * n_out + k];
    tr_gemm(n, n_in, n_out, dy, n_out, 1, S.t, n_in, dx, n_in, add);
}

/* Cross-entropy of one head; the scores become their gradient, or zero where nothing is known. */
static double head_loss(float *s, int n, int target, bool *right) {
    if (target < 0) {
        memset(s, 0, sizeof *s * (size_t)n);
        return 0;
    }
    int top = 0;
    float sum = 0;
    for (int i = 1; i < n; i++)
        if (s[i] > s[top]) top = i;
    float high = s[top];
    for (int i = 0; i < n; i++) sum += s[i] = expf(s[i] - high);
    for (int i = 0; i < n; i++) s[i] /= sum;
    double loss = -log((double)s[target] + 1e-20);
    s[target] -= 1;
    if (right) *right = top == target;
    return loss;
}

static void heads_loss(const tr_sent *s, float *heads, tr_loss *loss) {
    for (int i = 0; i < s->n; i++) {
        float *h = heads + (size_t)i * TR_HEADS;
        const tr_word *w = &s->w[i];
        bool right = false;
        if (s->has_tree) {
            loss->tag += head_loss(h, SR_UPOS_N, w->upos < SR_UPOS_N ? w->upos : -1, &right) +
                         head_loss(h + SR_HEAD_XPOS, SR_XPOS_N, w->xpos ? w->xpos : -1, NULL);
            loss->n_tag++;
            loss->upos_right += right;
        } else {
            memset(h, 0, sizeof *h * SR_HEAD_NAME);
        }
        bool name = s->has_names && w->name != TR_NAME_OPEN;
        loss->name += head_loss(h + SR_HEAD_NAME, SR_N_NAMES, name ? w->name : -1, NULL);
        loss->n_name += name;
        for (int k = SR_HEAD_NAME + SR_N_NAMES; k < SR_HEADS; k++) h[k] = 0;
        head_loss(h + SR_HEADS, SR_SCRIPTS_HEAD, s->has_tree ? w->script : -1, NULL);
        for (int k = SR_HEADS; k < TR_HEADS; k++) h[k] *= 0.5f;
    }
}

void tr_net_batch(tr_net *net, tr_sent *const *batch, int n_sents, const tr_options *o,
                  bool explore, tr_rng *rng, tr_loss *loss) {
    size_t n = 0;
    for (int k = 0; k < n_sents; k++) n += (size_t)batch[k]->n;
    reserve(n);
    size_t at = 0;
    uint32_t flags[64];
    for (int k = 0; k < n_sents; k++) {
        tr_sent *s = batch[k];
        flags[k] = s->source < TR_SOURCES ? s->source : tr_below(rng, TR_SOURCES);
        int mode = draw_case(rng);
        for (int i = 0; i < s->n; i++) embed(net, &s->w[i], flags[k], mode, at++, rng);
    }
    drop(S.x, S.mask_x, n * TR_IN, o->drop_in, rng);
    linear(net, P_W1, P_B1, S.x, n, TR_IN, SR_GATES, S.g1);
    at = 0;
    for (int k = 0; k < n_sents; at += (size_t)batch[k++]->n)
        for (int back = 0; back < 2; back++)
            recur(S.g1 + at * SR_GATES, batch[k]->n, back, S.s1 + at * SR_OUT,
                  S.h1 + at * SR_OUT);
    drop(S.h1, S.mask1, n * SR_OUT, o->drop_mid, rng);
    linear(net, P_W2, P_B2, S.h1, n, SR_OUT, SR_GATES, S.g2);
    at = 0;
    for (int k = 0; k < n_sents; at += (size_t)batch[k++]->n)
        for (int back = 0; back < 2; back++)
            recur(S.g2 + at * SR_GATES, batch[k]->n, back, S.s2 + at * SR_OUT,
                  S.h2 + at * SR_OUT);
    drop(S.h2, S.mask2, n * SR_OUT, o->drop_mid, rng);
    linear(net, P_WH, P_BH, S.h2, n, SR_OUT, TR_HEADS, S.heads);
    linear(net, P_WR, -1, S.h2, n, SR_OUT, SR_SLOTS * SR_HID, S.rows);
    memset(S.d_rows, 0, sizeof(float) * n * SR_SLOTS * SR_HID);
    at = 0;
    for (int k = 0; k < n_sents; at += (size_t)batch[k++]->n) {
        heads_loss(batch[k], S.heads + at * TR_HEADS, loss);
        if (batch[k]->has_tree)
            tr_transitions(net, batch[k], S.rows + at * SR_SLOTS * SR_HID,
                           S.d_rows + at * SR_SLOTS * SR_HID, o, explore, rng, loss);
    }
    linear_back(net, P_WH, P_BH, S.h2, S.heads, n, SR_OUT, TR_HEADS, S.dh, false);
    linear_back(net, P_WR, -1, S.h2, S.d_rows, n, SR_OUT, SR_SLOTS * SR_HID, S.dh, true);
    for (size_t i = 0; i < n * SR_OUT; i++) S.dh[i] *= S.mask2[i];
    at = 0;
    for (int k = 0; k < n_sents; at += (size_t)batch[k++]->n)
        for (int back = 0; back < 2; back++)
            recur_back(S.g2 + at * SR_GATES, S.s2 + at * SR_OUT, batch[k]->n, back,
                       S.dh + at * SR_OUT, S.dg + at * SR_GATES);
    linear_back(net, P_W2, P_B2, S.h1, S.dg, n, SR_OUT, SR_GATES, S.dh, false);
    for (size_t i = 0; i < n * SR_OUT; i++) S.dh[i] *= S.mask1[i];
    at = 0;
    for (int k = 0; k < n_sents; at += (size_t)batch[k++]->n)
        for (int back = 0; back < 2; back++)
            recur_back(S.g1 + at * SR_GATES, S.s1 + at * SR_OUT, batch[k]->n, back,
                       S.dh + at * SR_OUT, S.dg + at * SR_GATES);
    linear_back(net, P_W1, P_B1, S.x, S.dg, n, TR_IN, SR_GATES, S.dx, false);
    for (size_t i = 0; i < n * TR_IN; i++) S.dx[i] *= S.mask_x[i];
    at = 0;
    for (int k = 0; k < n_sents; k++)
        for (int i = 0; i < batch[k]->n; i++) embed_back(net, &batch[k]->w[i], flags[k], at++);
}

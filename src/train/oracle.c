/* oracle.c - the loss of the transition scorer over one sentence, with a dynamic oracle.
 *
 * The cost of a step is the number of gold arcs that it makes unreachable (Goldberg and Nivre 2013,
 * arc-hybrid); here the root is the word left alone, so the root word's "arc" is lost when it
 * stops being the lowest of the stack. A head that is not known costs nothing. The best-scored among the cheapest steps is the target;
 * with exploration the model's own choice is taken, so that it learns to go on after an error.
 */
#include <math.h>

#include "parse/arc.h"
#include "train/internal.h"

#define CLIP (SR_RELU_TOP / 32.0f) /* the hidden units' top in the integer network */

typedef struct run {
    sr_arc arc;
    const tr_sent *s;
    bool on_stack[SR_SENT_MAX];
} run;

/* Gold dependents of h in the buffer, from word `from` on. */
static int dependents_from(const tr_sent *s, int h, int from) {
    int n = 0;
    for (int i = from; i < s->n; i++) n += s->w[i].head == h;
    return n;
}

static int cost(const run *r, int action) {
    const sr_arc *a = &r->arc;
    const tr_sent *s = r->s;
    int b = a->next, lost = 0;
    if (action == SR_SHIFT) {
        int head = s->w[b].head;
        int s0 = a->n_stack ? a->stack[a->n_stack - 1] : -1;
        for (int i = 0; i < b; i++) lost += r->on_stack[i] && s->w[i].head == b;
        if (head >= 0 && head < b && r->on_stack[head] && head != s0) lost++;
        if (head == -1 && a->n_stack) lost++;
        return lost;
    }
    int s0 = a->stack[a->n_stack - 1], s1 = a->n_stack > 1 ? a->stack[a->n_stack - 2] : -1;
    int head = s->w[s0].head;
    lost = b < s->n ? dependents_from(s, s0, b) : 0;
    if (action == SR_LEFT) {
        if (head == s1 && s1 >= 0) lost++;
        if (head > b) lost++;
        if (head == -1 && a->n_stack == 1) lost++;
    } else if (head >= b) {
        lost++;
    }
    return lost;
}

static void hidden_layer(const tr_net *net, const sr_arc_view *v, const float *rows, float *h) {
    const float *bias = net->p[P_BHID].w;
    const float *empty = net->p[P_EMPTY].w, *child = net->p[P_CHILD].w,
                *dist = net->p[P_DIST].w;
    for (int i = 0; i < SR_HID; i++) h[i] = bias[i];
    for (size_t k = 0; k < SR_SLOTS; k++) {
        const float *p = v->slot[k] < 0 ? empty + k * SR_HID
                                        : rows + ((size_t)v->slot[k] * SR_SLOTS + k) * SR_HID;
        for (int i = 0; i < SR_HID; i++) h[i] += p[i];
    }
    for (size_t k = 0; k < SR_CHILDREN; k++) {
        if (!v->child[k]) continue;
        const float *p = child + (k * (SR_LABELS_MAX + 1) + v->child[k]) * SR_HID;
        for (int i = 0; i < SR_HID; i++) h[i] += p[i];
    }
    for (size_t k = 0; k < SR_DISTS; k++) {
        const float *p = dist + (k * SR_DIST_N + v->dist[k]) * SR_HID;
        for (int i = 0; i < SR_HID; i++) h[i] += p[i];
    }
}

static void hidden_back(tr_net *net, const sr_arc_view *v, const float *dh, float *d_rows) {
    float *bias = net->p[P_BHID].g;
    float *empty = net->p[P_EMPTY].g, *child = net->p[P_CHILD].g, *dist = net->p[P_DIST].g;
    for (int i = 0; i < SR_HID; i++) bias[i] += dh[i];
    for (size_t k = 0; k < SR_SLOTS; k++) {
        float *p = v->slot[k] < 0 ? empty + k * SR_HID
                                  : d_rows + ((size_t)v->slot[k] * SR_SLOTS + k) * SR_HID;
        for (int i = 0; i < SR_HID; i++) p[i] += dh[i];
    }
    for (size_t k = 0; k < SR_CHILDREN; k++) {
        if (!v->child[k]) continue;
        float *p = child + (k * (SR_LABELS_MAX + 1) + v->child[k]) * SR_HID;
        for (int i = 0; i < SR_HID; i++) p[i] += dh[i];
    }
    for (size_t k = 0; k < SR_DISTS; k++) {
        float *p = dist + (k * SR_DIST_N + v->dist[k]) * SR_HID;
        for (int i = 0; i < SR_HID; i++) p[i] += dh[i];
    }
}

/* Softmax cross-entropy of `target`; turns the scores into their gradient. */
static float softmax_loss(float *s, int n, int target) {
    float top = s[0], sum = 0;
    for (int i = 1; i < n; i++) top = s[i] > top ? s[i] : top;
    for (int i = 0; i < n; i++) sum += s[i] = expf(s[i] - top);
    for (int i = 0; i < n; i++) s[i] /= sum;
    float loss = -logf(s[target] + 1e-20f);
    s[target] -= 1;
    return loss;
}

static int best_of(const float *s, int n) {
    int b = 0;
    for (int i = 1; i < n; i++)
        if (s[i] > s[b]) b = i;
    return b;
}

/* Scores of the steps, [3]; weights lie as [action][SR_HID]. */
static void score_actions(const tr_net *net, const float *h, float *out) {
    for (size_t k = 0; k < 3; k++) {
        out[k] = net->p[P_BACT].w[k] + tr_dot(net->p[P_ACT].w + k * SR_HID, h, SR_HID);
    }
}

static void score_labels(const tr_net *net, int side, const float *h, float *out) {
    const float *w = net->p[P_LABEL].w + (size_t)side * SR_HID * TR_LABEL_STRIDE;
    tr_gemm(1, TR_LABEL_STRIDE, SR_HID, h, 0, 1, w, TR_LABEL_STRIDE, out, TR_LABEL_STRIDE,
            false);
    const float *b = net->p[P_BLABEL].w + (size_t)side * TR_LABEL_STRIDE;
    for (uint32_t i = 0; i < net->d->n_labels; i++) out[i] += b[i];
}

static void labels_back(tr_net *net, int side, const float *h, const float *ds, float *dh) {
    size_t base = (size_t)side * SR_HID * TR_LABEL_STRIDE;
    const float *w = net->p[P_LABEL].w + base;
    float *g = net->p[P_LABEL].g + base,
          *gb = net->p[P_BLABEL].g + (size_t)side * TR_LABEL_STRIDE;
    uint32_t n = net->d->n_labels;
    for (uint32_t i = 0; i < n; i++) gb[i] += ds[i];
    for (size_t k = 0; k < SR_HID; k++) {
        dh[k] += tr_dot(w + k * TR_LABEL_STRIDE, ds, TR_LABEL_STRIDE);
        if (h[k] != 0)
            for (uint32_t i = 0; i < n; i++) g[k * TR_LABEL_STRIDE + i] += h[k] * ds[i];
    }
}

/* The target: best-scored of the cheapest allowed steps. */
static int oracle_target(const run *r, const float *scores) {
    int costs[3], least = 1 << 20, target = -1;
    for (int k = 0; k < 3; k++) {
        costs[k] = sr_arc_allowed(&r->arc, k) ? cost(r, k) : 1 << 20;
        if (costs[k] < least) least = costs[k];
    }
    for (int k = 0; k < 3; k++)
        if (costs[k] == least && (target < 0 || scores[k] > scores[target])) target = k;
    return target;
}

void tr_transitions(tr_net *net, const tr_sent *s, const float *rows, float *d_rows,
                    const tr_options *o, bool explore, tr_rng *rng, tr_loss *loss) {
    int16_t stack[SR_SENT_MAX], head[SR_SENT_MAX];
    uint8_t label[SR_SENT_MAX];
    sr_arc_kids kids[SR_SENT_MAX];
    run r = {.arc = {stack, kids, head, label, 0, 0, 0}, .s = s};
    sr_arc_start(&r.arc, s->n);
    float keep = 1.0f / (1.0f - o->drop_hidden);
    while (!sr_arc_done(&r.arc)) {
        sr_arc_view v;
        float pre[SR_HID], h[SR_HID], mask[SR_HID], dh[SR_HID], scores[3], probs[3];
        sr_arc_look(&r.arc, &v);
        hidden_layer(net, &v, rows, pre);
        for (int i = 0; i < SR_HID; i++) {
            mask[i] = tr_uniform(rng) < o->drop_hidden ? 0 : keep;
            h[i] = (pre[i] < 0 ? 0 : pre[i] > CLIP ? CLIP : pre[i]) * mask[i];
            dh[i] = 0;
        }
        score_actions(net, h, scores);
        for (int k = 0; k < 3; k++)
            if (!sr_arc_allowed(&r.arc, k)) scores[k] = -1e9f;
        int chosen = best_of(scores, 3), target = oracle_target(&r, scores);
        memcpy(probs, scores, sizeof probs);
        loss->act += (double)softmax_loss(probs, 3, target);
        loss->n_act++;
        loss->act_right += chosen == target;
        for (size_t k = 0; k < 3; k++) {
            const float *w = net->p[P_ACT].w + k * SR_HID;
            float *g = net->p[P_ACT].g + k * SR_HID;
            net->p[P_BACT].g[k] += probs[k];
            for (int i = 0; i < SR_HID; i++) {
                dh[i] += probs[k] * w[i];
                g[i] += probs[k] * h[i];
            }
        }
        int step = explore && tr_uniform(rng) < o->explore ? chosen : target, name = 0;
        if (step != SR_SHIFT) {
            float ls[TR_LABEL_STRIDE];
            int d = stack[r.arc.n_stack - 1];
            int to = step == SR_LEFT ? r.arc.next : stack[r.arc.n_stack - 2];
            int side = step == SR_RIGHT;
            score_labels(net, side, h, ls);
            memset(ls + net->d->n_labels, 0, sizeof ls - sizeof *ls * net->d->n_labels);
            name = best_of(ls, (int)net->d->n_labels);
            if (s->w[d].head == to && s->w[d].label != TR_LABEL_OPEN) { /* it teaches its label */
                loss->n_label++;
                loss->label_right += name == s->w[d].label;
                loss->label += (double)softmax_loss(ls, (int)net->d->n_labels, s->w[d].label);
                labels_back(net, side, h, ls, dh);
                if (!explore) name = s->w[d].label;
            }
            r.on_stack[d] = false;
        } else {
            r.on_stack[r.arc.next] = true;
        }
        for (int i = 0; i < SR_HID; i++)
            dh[i] = pre[i] <= 0 || pre[i] >= CLIP ? 0 : dh[i] * mask[i];
        hidden_back(net, &v, dh, d_rows);
        sr_arc_step(&r.arc, step, name);
    }
}

/* arc.h - inside `parse` and `train`: the arc-hybrid transition system.
 *
 *   stack ... s2 s1 s0 | b0 b1 ... buffer
 *   SHIFT  b0 to the stack       LEFT  s0 under b0, popped       RIGHT  s0 under s1, popped
 *
 * (Kuhlmann, Gómez-Rodríguez and Satta 2011.) There is no artificial root: the word that is left
 * alone at the end is it. So every run gives one projective tree with one root, and no word can
 * get the label `root` by mistake.
 */
#ifndef SR_PARSE_ARC_H
#define SR_PARSE_ARC_H

#include "parse/net.h"

enum { SR_SHIFT, SR_LEFT, SR_RIGHT };

/* Labels of a word's outermost children on both sides, plus 1; 0: none. */
typedef struct sr_arc_kids {
    uint8_t l1, l2, r1, r2;
} sr_arc_kids;

typedef struct sr_arc {
    int16_t *stack;
    sr_arc_kids *kids; /* [n] */
    int16_t *head;     /* [n], -1 */
    uint8_t *label;    /* [n] */
    int n, n_stack, next;
} sr_arc;

static inline void sr_arc_start(sr_arc *s, int n) {
    s->n = n;
    s->n_stack = s->next = 0;
    for (int i = 0; i < n; i++) {
        s->kids[i] = (sr_arc_kids){0, 0, 0, 0};
        s->head[i] = -1;
        s->label[i] = 0;
    }
}

static inline bool sr_arc_done(const sr_arc *s) { return s->next == s->n && s->n_stack <= 1; }

static inline bool sr_arc_allowed(const sr_arc *s, int action) {
    switch (action) {
    case SR_SHIFT: return s->next < s->n;
    case SR_LEFT: return s->n_stack >= 1 && s->next < s->n;
    default: return s->n_stack >= 2;
    }
}

/* Takes the step; `label` (an index) counts for arcs. */
static inline void sr_arc_step(sr_arc *s, int action, int label) {
    if (action == SR_SHIFT) {
        s->stack[s->n_stack++] = (int16_t)s->next++;
        return;
    }
    int d = s->stack[--s->n_stack];
    int h = action == SR_LEFT ? s->next : s->stack[s->n_stack - 1];
    sr_arc_kids *k = &s->kids[h];
    s->head[d] = (int16_t)h;
    s->label[d] = (uint8_t)label;
    if (action == SR_LEFT) {
        k->l2 = k->l1;
        k->l1 = (uint8_t)(label + 1);
    } else {
        k->r2 = k->r1;
        k->r1 = (uint8_t)(label + 1);
    }
}

typedef struct sr_arc_view {
    int slot[SR_SLOTS]; /* words, -1: nothing there */
    uint8_t child[SR_CHILDREN];
    uint8_t dist[SR_DISTS];
} sr_arc_view;

static inline uint8_t sr_arc_dist(int a, int b) {
    if (a < 0 || b < 0) return 0;
    int d = b - a;
    return (uint8_t)(d <= 4 ? d : d <= 6 ? 5 : d <= 10 ? 6 : 7);
}

static inline void sr_arc_look(const sr_arc *s, sr_arc_view *v) {
    int k = s->n_stack;
    int s0 = k > 0 ? s->stack[k - 1] : -1, s1 = k > 1 ? s->stack[k - 2] : -1;
    int s2 = k > 2 ? s->stack[k - 3] : -1, b0 = s->next < s->n ? s->next : -1;
    sr_arc_kids none = {0, 0, 0, 0};
    sr_arc_kids a = s0 >= 0 ? s->kids[s0] : none, b = s1 >= 0 ? s->kids[s1] : none;
    sr_arc_kids c = b0 >= 0 ? s->kids[b0] : none;
    *v = (sr_arc_view){{s0, s1, s2, b0},
                       {a.l1, a.l2, a.r1, a.r2, b.l1, b.l2, b.r1, b.r2, c.l1, c.l2},
                       {sr_arc_dist(s1, s0), sr_arc_dist(s0, b0)}};
}

#endif

/* tree.h - questions about one dependency tree: logical subject and object, phrases by preposition,
 * clauses. Passives, participles, control, coordination and relative clauses are undone here, so
 * that the codebook speaks of who did what and never of surface forms. Knows nothing of codebook
 * or entities. All functions are safe on any projective tree and bounded by its depth. */
#ifndef SR_CODE_TREE_H
#define SR_CODE_TREE_H

#include "parse/parse.h"

#define SR_FILL_MAX 24

/* Word indexes, in order of preference; `n` of them. */
typedef struct sr_fill {
    int16_t w[SR_FILL_MAX];
    int n;
} sr_fill;

static inline void sr_fill_add(sr_fill *f, int w) {
    if (w < 0) return;
    for (int i = 0; i < f->n; i++)
        if (f->w[i] == w) return;
    if (f->n < SR_FILL_MAX) f->w[f->n++] = (int16_t)w;
}

#define SR_EACH_CHILD(s, c, i) \
    for (int c = (s)->w[i].first_child; c >= 0; c = (s)->w[c].next_sibling)

int sr_child(const sr_sent *s, int i, sr_rel rel);                /* first with that relation, -1 */
int sr_child_sub(const sr_sent *s, int i, sr_rel rel, sr_sub sub);
bool sr_below(const sr_sent *s, int i, int top);                  /* i is top or under it */
bool sr_is_verb(const sr_sent *s, int i);                         /* verb, or predicate with a copula */
bool sr_is_nominal(const sr_sent *s, int i);
bool sr_passive(const sr_sent *s, int i);
int sr_surface_subject(const sr_sent *s, int i);                  /* own subject, antecedent for who/which; -1 */
void sr_logical_subject(const sr_sent *s, int i, sr_fill *out);
void sr_logical_object(const sr_sent *s, int i, sr_fill *out);
/* Whom something is given, also where the parser made the name a part of the gift; -1. */
int sr_indirect_object(const sr_sent *s, int i);
/* The nearest word at or above i that heads a clause. */
int sr_clause_of(const sr_sent *s, int i);
/* Does a case or marker word of i have this folded form or lemma? */
bool sr_marked(const sr_sent *s, int i, const char *word);
/* First auxiliary child with this lemma, -1. */
int sr_aux(const sr_sent *s, int i, const char *lemma);
/* i and the nominals coordinated with it. */
void sr_conjuncts(const sr_sent *s, int i, sr_fill *out);

#endif

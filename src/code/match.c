/* match.c - which codebook patterns hold at which words of a tree.
 *
 * Only words whose lemma heads a pattern are looked at; of the patterns that hold the heaviest one
 * of each kind (event, cue, operator, support) is kept. Conditions of the form `obj=@CONSULT` ask
 * what other words trigger, so evaluation is lazy, and a word asked about while it is being
 * evaluated counts as no trigger.
 */
#include "code/coder.h"

const sr_rule *sr_rule_at(sr_ctx *c, uint32_t index) {
    if (!c->rule[index]) {
        sr_rule *r = SR_NEW(c->a, sr_rule);
        *r = sr_know_rule(c->k, index);
        c->rule[index] = r;
    }
    return c->rule[index];
}

static const sr_sent *sentence(const sr_ctx *c, uint32_t s) { return &c->parse->s[s]; }

/* Dictionary id equal to a form or lemma of word i? */
static bool word_is(const sr_ctx *c, uint32_t s, int i, sr_wid id) {
    return id && (c->m->lid[s][i] == id || c->m->wid[s][i] == id);
}

static bool marked_id(const sr_ctx *c, uint32_t si, int i, sr_wid prep) {
    const sr_sent *s = sentence(c, si);
    SR_EACH_CHILD(s, k, i) {
        uint8_t rel = s->w[k].rel;
        if ((rel == SR_R_CASE || rel == SR_R_MARK || rel == SR_R_ADVMOD) && word_is(c, si, k, prep) &&
            (rel != SR_R_ADVMOD || s->w[k].upos == SR_ADP))
            return true;
        if (rel == SR_R_CASE) /* "because of", "on behalf of": the last word counts too */
            SR_EACH_CHILD(s, f, k)
                if (s->w[f].rel == SR_R_FIXED && word_is(c, si, f, prep)) return true;
    }
    return false;
}

static bool phrase_rel(uint8_t rel) {
    return rel == SR_R_OBL || rel == SR_R_NMOD || rel == SR_R_ADVCL || rel == SR_R_ACL || rel == SR_R_XCOMP ||
           rel == SR_R_CCOMP || rel == SR_R_IOBJ;
}

static void phrases(const sr_ctx *c, uint32_t si, int i, sr_wid prep, sr_fill *out) {
    const sr_sent *s = sentence(c, si);
    SR_EACH_CHILD(s, k, i)
        if (phrase_rel(s->w[k].rel) && marked_id(c, si, k, prep)) sr_fill_add(out, k);
}

/* Phrases attach where the parser put them, which is often one noun too high or too low; look at
 * the trigger, at its object, and for an object noun at its verb. */
static void prep_slot(sr_ctx *c, uint32_t si, int i, sr_wid prep, sr_fill *out) {
    const sr_sent *s = sentence(c, si);
    const sr_word *w = &s->w[i];
    phrases(c, si, i, prep, out);
    if (out->n) return;
    if (sr_is_verb(s, i)) {
        sr_fill object = {.n = 0};
        sr_logical_object(s, i, &object);
        int o = object.n ? object.w[0] : -1;
        if (o >= 0) phrases(c, si, o, prep, out);
        if (o >= 0 && !out->n) /* "announced $20 million in aid to Haiti" */
            SR_EACH_CHILD(s, k, o)
                if (s->w[k].rel == SR_R_NMOD && s->w[k].sub == SR_S_NONE) phrases(c, si, k, prep, out);
        if (!out->n) { /* one phrase under another: "talks in Doha with Iran" */
            SR_EACH_CHILD(s, k, i)
                if (s->w[k].rel == SR_R_OBL || s->w[k].rel == SR_R_XCOMP) phrases(c, si, k, prep, out);
        }
    } else {
        SR_EACH_CHILD(s, k, i)
            if (s->w[k].rel == SR_R_CONJ || (s->w[k].rel == SR_R_NMOD && s->w[k].sub == SR_S_NONE))
                phrases(c, si, k, prep, out);
        if (!out->n && w->head >= 0 && w->rel == SR_R_CONJ) phrases(c, si, w->head, prep, out);
        /* "the attack was condemned by France": who judges it is not who did it */
        bool judged = w->rel == SR_R_NSUBJ && w->head >= 0 && sr_str_is(sr_know_word_text(c->k, prep), "by") &&
                      sr_trigger_at(c, si, w->head)->best[SR_RULE_EVENT];
        if (!out->n && !judged && w->head >= 0 && s->w[w->head].upos == SR_VERB &&
            (w->rel == SR_R_OBJ || w->rel == SR_R_OBL || (w->rel == SR_R_NSUBJ && w->sub == SR_S_PASS))) {
            sr_fill all = {.n = 0};
            phrases(c, si, w->head, prep, &all);
            for (int n = 0; n < all.n; n++)
                if (all.w[n] != i) sr_fill_add(out, all.w[n]);
        }
    }
}

static void clauses(const sr_sent *s, int i, sr_fill *out) {
    SR_EACH_CHILD(s, k, i) {
        const sr_word *w = &s->w[k];
        if (w->rel == SR_R_CCOMP || w->rel == SR_R_XCOMP) sr_fill_add(out, k);
        else if (w->rel == SR_R_ACL && w->sub != SR_S_RELCL && !sr_is_verb(s, i) && w->xpos != SR_X_VBN)
            sr_fill_add(out, k);
    }
    if (out->n == 0)
        SR_EACH_CHILD(s, k, i)
            if (s->w[k].rel == SR_R_ADVCL && sr_marked(s, k, "to")) sr_fill_add(out, k);
    if (out->n == 0 && sr_child(s, i, SR_R_OBJ) >= 0) /* "told the families that the search was over" */
        SR_EACH_CHILD(s, k, sr_child(s, i, SR_R_OBJ)) {
            int first = s->w[k].subtree_first;
            if (s->w[k].rel == SR_R_ACL && s->w[k].sub == SR_S_RELCL && sr_str_is(s->w[first].folded, "that") &&
                s->w[first].rel != SR_R_NSUBJ && sr_child(s, k, SR_R_NSUBJ) >= 0)
                sr_fill_add(out, k);
        }
    if (out->n == 0) /* the clause of "made a promise to ..." hung on the verb */
        if (s->w[i].rel == SR_R_OBJ && s->w[i].head >= 0)
            SR_EACH_CHILD(s, k, s->w[i].head)
                if (k > i && (s->w[k].rel == SR_R_XCOMP || s->w[k].rel == SR_R_CCOMP)) sr_fill_add(out, k);
}

/* A fixed companion: a dependent, or a case word or particle one step further down. */
static void companion(const sr_ctx *c, uint32_t si, int i, sr_wid word, sr_fill *out) {
    const sr_sent *s = sentence(c, si);
    SR_EACH_CHILD(s, k, i) {
        if (word_is(c, si, k, word)) sr_fill_add(out, k);
        SR_EACH_CHILD(s, g, k)
            if (word_is(c, si, g, word) && (s->w[g].rel == SR_R_CASE || s->w[g].rel == SR_R_MARK ||
                                            s->w[g].rel == SR_R_COMPOUND || s->w[g].rel == SR_R_FIXED ||
                                            s->w[g].rel == SR_R_AMOD || s->w[g].rel == SR_R_NMOD))
                sr_fill_add(out, g);
    }
    if (!out->n && i + 1 < s->n && word_is(c, si, i + 1, word) && s->w[i + 1].upos != SR_PUNCT)
        sr_fill_add(out, i + 1); /* whatever the parser made of "carried out" */
}

int sr_support_of(sr_ctx *c, uint32_t si, int noun, int nth, const sr_rule **rule) {
    const sr_sent *s = sentence(c, si);
    int i = noun;
    for (int step = 0; step < 3 && s->w[i].head >= 0; step++) {
        int up = s->w[i].head;
        if (s->w[i].rel == SR_R_CONJ) i = up;
        else if (s->w[i].rel == SR_R_NMOD && sr_marked(s, i, "of") && c->set.partitive &&
                 sr_know_in_set(c->k, c->set.partitive, c->m->lid[si][up])) i = up; /* "a wave of attacks" */
        else break;
    }
    int h = s->w[i].head;
    /* "the attack they launched": the verb is below */
    int below = -1;
    SR_EACH_CHILD(s, k, i)
        if (s->w[k].upos == SR_VERB && (s->w[k].rel == SR_R_ACL || (s->w[k].rel == SR_R_AMOD && sr_child(s, k, SR_R_NSUBJ) >= 0)))
            below = k;
    /* "claimed responsibility for the attack": one noun further up */
    int over = h >= 0 && sr_is_nominal(s, h) && s->w[i].rel == SR_R_NMOD && s->w[h].rel == SR_R_OBJ ? s->w[h].head : -1;
    int cand[3] = {h, below, over};
    for (int n = 0; n < 3; n++) {
        int v = cand[n];
        if (v < 0 || (s->w[v].upos != SR_VERB && s->w[v].upos != SR_ADJ)) continue;
        const sr_trigger *t = sr_trigger_at(c, si, v);
        if (!t->best[SR_RULE_SUPPORT]) continue;
        const sr_rule *r = sr_rule_at(c, t->best[SR_RULE_SUPPORT]->rule);
        for (int q = 0; q < SR_SLOTS_MAX && r->noun[q].slot; q++) {
            sr_fill f = {.n = 0};
            sr_slot_fill(c, si, v, r, r->noun[q], &f);
            bool here = false;
            for (int z = 0; z < f.n; z++) here |= f.w[z] == i || f.w[z] == noun || f.w[z] == s->w[noun].head;
            if (!here) continue;
            if (nth-- == 0) {
                *rule = r;
                return v;
            }
            break;
        }
    }
    return -1;
}

/* What a prepositional cue ("according to X") is about: the clause that its phrase hangs on. */
static int clause_around(const sr_sent *s, int i) {
    int phrase = s->w[i].rel == SR_R_CASE ? s->w[i].head : i;
    if (phrase < 0 || s->w[phrase].head < 0) return -1;
    int top = sr_clause_of(s, s->w[phrase].head);
    return top == phrase ? -1 : top;
}

int sr_content_of(sr_ctx *c, uint32_t si, int i, const sr_rule *r) {
    const sr_sent *s = sentence(c, si);
    for (int q = 0; q < SR_SLOTS_MAX && r->content[q].slot; q++) {
        if (r->content[q].slot == SR_SLOT_SENT) return clause_around(s, i);
        sr_fill f = {.n = 0};
        sr_slot_fill(c, si, i, r, r->content[q], &f);
        if (f.n) return f.w[0];
    }
    if (r->content[0].slot) return -1;
    sr_fill f = {.n = 0};
    clauses(s, i, &f);
    return f.n ? f.w[0] : -1;
}

void sr_slot_fill(sr_ctx *c, uint32_t si, int i, const sr_rule *r, sr_slotref at, sr_fill *out) {
    const sr_sent *s = sentence(c, si);
    switch ((sr_slot)at.slot) {
    case SR_SLOT_NONE: break;
    case SR_SLOT_SUBJ:
        if (sr_is_verb(s, i) || sr_child(s, i, SR_R_NSUBJ) >= 0) {
            sr_logical_subject(s, i, out);
        } else if (r) {
            const sr_rule *sup = NULL;
            int v = sr_support_of(c, si, i, 0, &sup);
            for (int q = 0; v >= 0 && q < SR_SLOTS_MAX && sup->actor[q].slot && !out->n; q++)
                sr_slot_fill(c, si, v, NULL, sup->actor[q], out);
        }
        break;
    case SR_SLOT_OBJ:
        if (s->w[i].rel == SR_R_CASE) sr_fill_add(out, s->w[i].head); /* "according to X" */
        else sr_logical_object(s, i, out);
        break;
    case SR_SLOT_IOBJ:
        sr_fill_add(out, sr_indirect_object(s, i));
        if (!out->n && sr_is_verb(s, i) && sr_passive(s, i) && sr_child(s, i, SR_R_OBJ) >= 0)
            sr_fill_add(out, sr_surface_subject(s, i)); /* "was granted asylum" */
        break;
    case SR_SLOT_POSS: sr_fill_add(out, sr_child_sub(s, i, SR_R_NMOD, SR_S_POSS)); break;
    case SR_SLOT_COMP:
        SR_EACH_CHILD(s, k, i)
            if ((s->w[k].rel == SR_R_COMPOUND && s->w[k].sub != SR_S_PRT) || s->w[k].rel == SR_R_AMOD ||
                (s->w[k].rel == SR_R_NMOD && (s->w[k].sub == SR_S_DESC || s->w[k].sub == SR_S_UNMARKED))) {
                sr_fill_add(out, k);
                SR_EACH_CHILD(s, g, k) /* "US-led", "India-Pakistan talks" */
                    if (s->w[g].rel == SR_R_COMPOUND || s->w[g].rel == SR_R_CONJ || s->w[g].rel == SR_R_OBL ||
                        s->w[g].rel == SR_R_NMOD || s->w[g].rel == SR_R_AMOD)
                        sr_fill_add(out, g);
            }
        break;
    case SR_SLOT_CLAUSE: clauses(s, i, out); break;
    case SR_SLOT_CSUBJ: {
        sr_fill f = {.n = 0};
        clauses(s, i, &f);
        for (int n = 0; n < f.n; n++) {
            int own = sr_surface_subject(s, f.w[n]);
            if (own >= 0) sr_fill_add(out, own);
        }
        break;
    }
    case SR_SLOT_PREP: prep_slot(c, si, i, at.prep, out); break;
    case SR_SLOT_WORD: companion(c, si, i, at.prep, out); break;
    case SR_SLOT_MOD:
        SR_EACH_CHILD(s, k, i) {
            uint8_t rel = s->w[k].rel;
            if (rel == SR_R_AMOD || rel == SR_R_COMPOUND || rel == SR_R_ADVMOD || rel == SR_R_NUMMOD ||
                rel == SR_R_DET || (rel == SR_R_NMOD && s->w[k].sub != SR_S_NONE)) {
                sr_fill_add(out, k);
                SR_EACH_CHILD(s, g, k)
                    if (s->w[g].rel == SR_R_COMPOUND || s->w[g].rel == SR_R_AMOD || s->w[g].rel == SR_R_CONJ)
                        sr_fill_add(out, g);
            }
        }
        break;
    case SR_SLOT_CONTENT: {
        int top = r ? sr_content_of(c, si, i, r) : -1;
        sr_fill_add(out, top);
        break;
    }
    case SR_SLOT_SENT: break; /* handled where the condition is tested */
    }
}

static bool in_words(const sr_cond *cond, sr_wid w) {
    if (!w) return false;
    uint32_t lo = 0, hi = cond->n_words;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (cond->words[mid] < w) lo = mid + 1;
        else hi = mid;
    }
    return lo < cond->n_words && cond->words[lo] == w;
}

static bool sector_in(const sr_entity *e, const char *const *list) {
    for (; *list; list++)
        if (strcmp(e->sector, *list) == 0) return true;
    return false;
}

static bool class_holds(sr_ctx *c, uint32_t si, int i, uint32_t classes) {
    static const char *const armed[] = {"MIL", "REB", "UAF", "COP", "PRM", "SPY", NULL};
    static const char *const state[] = {"GOV", "MIL", "LEG", "JUD", NULL};
    const sr_sent *s = sentence(c, si);
    const sr_entity *e = sr_entity_at(c->m, si, i);
    if (classes & (1u << SR_FILL_ANY)) return true;
    if (classes & (1u << SR_FILL_CLAUSE) && sr_is_verb(s, i)) return true;
    if (classes & (1u << SR_FILL_NUMBER) && (s->w[i].upos == SR_NUM || sr_number_of(c->m, si, i))) return true;
    if (classes & (1u << SR_FILL_PLACE)) {
        uint32_t n_places;
        const sr_location *l = sr_places_of(c->m, si, &n_places);
        for (uint32_t n = 0; n < n_places; n++)
            if (l[n].head == i) return true;
        if (e && e->place) return true;
    }
    if (!e) return false;
    if (classes & (1u << SR_FILL_ACTOR)) {
        if (e->coded) return true;
        int owner = sr_child_sub(s, i, SR_R_NMOD, SR_S_POSS); /* "that Israel's raids have ..." */
        const sr_entity *whose = owner >= 0 ? sr_entity_at(c->m, si, owner) : NULL;
        if (whose && whose->code[0] && !whose->pronoun) return true;
    }
    if (classes & (1u << SR_FILL_PERSON) && e->person) return true;
    if (classes & (1u << SR_FILL_ARMED) && sector_in(e, armed)) return true;
    if (classes & (1u << SR_FILL_STATE) &&
        (sector_in(e, state) || strcmp(e->code, "UNO") == 0 || strcmp(e->code, "IGO") == 0 ||
         strcmp(e->code, "EUR") == 0))
        return true;
    return false;
}

static bool word_holds(sr_ctx *c, uint32_t si, int i, const sr_cond *cond) {
    if (cond->n_words && (in_words(cond, c->m->lid[si][i]) || in_words(cond, c->m->wid[si][i]))) return true;
    if (cond->classes && class_holds(c, si, i, cond->classes)) return true;
    if (cond->types) {
        uint8_t t = sr_word_type(c, si, i);
        if (t != SR_T_NONE && (cond->types & (1u | 1u << t))) return true;
    }
    return false;
}

bool sr_cond_holds(sr_ctx *c, uint32_t si, int i, const sr_rule *r, const sr_cond *cond) {
    const sr_sent *s = sentence(c, si);
    bool held = false;
    if (cond->at.slot == SR_SLOT_SENT) {
        for (int n = 0; n < s->n && !held; n++)
            if (n != i) held = word_holds(c, si, n, cond);
    } else if (cond->at.slot == SR_SLOT_CONTENT) {
        int top = sr_content_of(c, si, i, r);
        if (top >= 0) {
            int a = s->w[top].subtree_first, b = s->w[top].subtree_last;
            for (int n = a; n <= b && !held; n++)
                if (n != i) held = word_holds(c, si, n, cond);
        }
    } else if (cond->at.slot == SR_SLOT_WORD) {
        sr_fill f = {.n = 0};
        companion(c, si, i, cond->at.prep, &f);
        held = f.n > 0;
    } else {
        sr_fill f = {.n = 0};
        sr_slot_fill(c, si, i, r, cond->at, &f);
        for (int n = 0; n < f.n && !held; n++) {
            held = word_holds(c, si, f.w[n], cond);
            if (!held && c->set.partitive && sr_know_in_set(c->k, c->set.partitive, c->m->lid[si][f.w[n]]))
                SR_EACH_CHILD(s, k, f.w[n]) /* "a number of drones" */
                    if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "of")) held |= word_holds(c, si, k, cond);
            if (!held && sr_is_nominal(s, f.w[n])) { /* any conjunct will do */
                sr_fill all = {.n = 0};
                sr_conjuncts(s, f.w[n], &all);
                for (int q = 1; q < all.n && !held; q++) held = word_holds(c, si, all.w[q], cond);
            }
        }
    }
    return held != cond->negate;
}

/* A verb by its Penn tag and its object, whatever the universal tag says: "Chad armed the rebels". */
static bool verb_at_heart(const sr_sent *s, int i) {
    uint8_t x = s->w[i].xpos;
    return x >= SR_X_VB && x <= SR_X_VBZ && (sr_child(s, i, SR_R_OBJ) >= 0 || sr_child(s, i, SR_R_NSUBJ) >= 0);
}

static uint8_t pos_of(const sr_sent *s, int i) {
    switch (s->w[i].upos) {
    case SR_VERB: return SR_POS_VERB | (s->w[i].rel == SR_R_AMOD || s->w[i].rel == SR_R_CASE ? SR_POS_ADJ : 0) | SR_POS_PREP;
    case SR_NOUN:
    case SR_PROPN: return SR_POS_NOUN | (verb_at_heart(s, i) ? SR_POS_VERB : 0);
    case SR_ADJ: return SR_POS_ADJ | (verb_at_heart(s, i) ? SR_POS_VERB : 0);
    case SR_ADV: return SR_POS_ADJ | SR_POS_PREP;
    case SR_ADP:
    case SR_SCONJ: return SR_POS_PREP;
    default: return 0;
    }
}

static bool pattern_holds(sr_ctx *c, uint32_t si, int i, const sr_pattern *p, const sr_rule *r) {
    for (uint32_t n = 0; n < p->n_cond; n++)
        if (!sr_cond_holds(c, si, i, r, &p->cond[n])) return false;
    return true;
}

static void drop(sr_ctx *c, uint32_t si, int i, sr_str rule, const char *why) {
    if (!c->opt->why_not) return;
    sr_dropped d = {.sent = si, .word = (int16_t)i, .rule = rule, .why = why};
    SR_PUSH(c->a, &c->out->dropped, d);
}

/* Keeps the best patterns of the entries under `key` that hold at word i read as `pos`. */
static void try_patterns(sr_ctx *c, uint32_t si, int i, sr_wid key, uint8_t pos, sr_trigger *t) {
    uint32_t n = 0;
    const sr_pattern *p = sr_know_patterns(c->k, key, &n);
    /* Rules that a `not` line has blocked here. More than a few at one word are never met. */
    uint32_t blocked[16], n_blocked = 0;
    for (uint32_t q = 0; q < n; q++)
        if (p[q].block && (p[q].pos & pos) && n_blocked < 16) {
            const sr_rule *r = sr_rule_at(c, p[q].rule);
            if (pattern_holds(c, si, i, &p[q], r)) {
                blocked[n_blocked++] = p[q].rule;
                drop(c, si, i, r->id, "blocked by a `not` line");
            }
        }
    for (uint32_t q = 0; q < n; q++) {
        if (p[q].block || !(p[q].pos & pos)) continue;
        const sr_rule *r = sr_rule_at(c, p[q].rule);
        if (t->best[r->kind] && t->best[r->kind]->weight >= p[q].weight) continue;
        bool out = false;
        for (uint32_t b = 0; b < n_blocked; b++) out |= blocked[b] == p[q].rule;
        if (!out && pattern_holds(c, si, i, &p[q], r)) t->best[r->kind] = &p[q];
    }
}

/* "displaced by fighting in Goma": a gerund with nothing of a verb about it. */
static bool gerund_noun(const sr_sent *s, int i) {
    return s->w[i].upos == SR_VERB && s->w[i].xpos == SR_X_VBG && sr_child(s, i, SR_R_OBJ) < 0 &&
           sr_child(s, i, SR_R_NSUBJ) < 0 && sr_child(s, i, SR_R_AUX) < 0 &&
           (s->w[i].rel == SR_R_ADVCL || s->w[i].rel == SR_R_OBL || s->w[i].rel == SR_R_NSUBJ || s->w[i].rel == SR_R_OBJ ||
            s->w[i].rel == SR_R_CSUBJ || s->w[i].rel == SR_R_NMOD);
}

const sr_trigger *sr_trigger_at(sr_ctx *c, uint32_t si, int i) {
    static const sr_trigger none = {.state = 2};
    sr_trigger *t = &c->trig[si][i];
    if (t->state == 2) return t;
    if (t->state == 1) return &none;
    t->state = 1;
    const sr_sent *s = sentence(c, si);
    sr_wid lemma = c->m->lid[si][i], form = c->m->wid[si][i];
    if (lemma) try_patterns(c, si, i, lemma, pos_of(s, i), t);
    if (form && form != lemma && !t->best[SR_RULE_EVENT] && gerund_noun(s, i)) try_patterns(c, si, i, form, SR_POS_NOUN, t);
    if (form && form != lemma && s->w[i].upos == SR_ADJ) try_patterns(c, si, i, form, SR_POS_ADJ, t); /* "is prepared to" */
    t->state = 2;
    return t;
}

uint8_t sr_word_type(sr_ctx *c, uint32_t si, int i) {
    const sr_trigger *t = sr_trigger_at(c, si, i);
    return t->best[SR_RULE_EVENT] ? sr_rule_at(c, t->best[SR_RULE_EVENT]->rule)->type : SR_T_NONE;
}

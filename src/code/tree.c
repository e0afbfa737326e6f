/* tree.c - logical grammar over one Universal Dependencies tree; see tree.h.
 *
 * Every function climbs or descends a bounded number of steps: climbing stops after SR_CLIMB_MAX
 * heads, since a chain of control or coordination longer than that says nothing about who acts.
 */
#include "code/tree.h"

#define SR_CLIMB_MAX 6

int sr_child(const sr_sent *s, int i, sr_rel rel) {
    SR_EACH_CHILD(s, c, i)
        if (s->w[c].rel == rel) return c;
    return -1;
}

int sr_child_sub(const sr_sent *s, int i, sr_rel rel, sr_sub sub) {
    SR_EACH_CHILD(s, c, i)
        if (s->w[c].rel == rel && s->w[c].sub == sub) return c;
    return -1;
}

bool sr_below(const sr_sent *s, int i, int top) {
    return i >= s->w[top].subtree_first && i <= s->w[top].subtree_last;
}

bool sr_is_nominal(const sr_sent *s, int i) {
    uint8_t u = s->w[i].upos;
    return u == SR_NOUN || u == SR_PROPN || u == SR_PRON || u == SR_NUM;
}

bool sr_is_verb(const sr_sent *s, int i) {
    return s->w[i].upos == SR_VERB || sr_child(s, i, SR_R_COP) >= 0;
}

int sr_aux(const sr_sent *s, int i, const char *lemma) {
    SR_EACH_CHILD(s, c, i)
        if (s->w[c].rel == SR_R_AUX && sr_str_is(s->w[c].lemma, lemma)) return c;
    return -1;
}

static bool has_aux(const sr_sent *s, int i) { return sr_child(s, i, SR_R_AUX) >= 0; }

static bool own_subject(const sr_sent *s, int i) {
    return sr_child(s, i, SR_R_NSUBJ) >= 0 || sr_child(s, i, SR_R_CSUBJ) >= 0;
}

static bool passive_at(const sr_sent *s, int i, int depth) {
    const sr_word *w = &s->w[i];
    SR_EACH_CHILD(s, c, i) {
        uint8_t rel = s->w[c].rel;
        if ((rel == SR_R_AUX || rel == SR_R_NSUBJ || rel == SR_R_CSUBJ) && s->w[c].sub == SR_S_PASS)
            return true;
    }
    if (w->xpos != SR_X_VBN) return false;
    switch (w->rel) {
    case SR_R_ACL: return w->sub != SR_S_RELCL || !has_aux(s, i);
    case SR_R_AMOD: return true;
    case SR_R_ADVCL:
    case SR_R_XCOMP: return !has_aux(s, i) && sr_child(s, i, SR_R_OBJ) < 0;
    case SR_R_CONJ: /* with a subject of its own: "five killed and 11 wounded" */
        return w->head >= 0 && !has_aux(s, i) && sr_child(s, i, SR_R_OBJ) < 0 && depth < SR_CLIMB_MAX &&
               passive_at(s, w->head, depth + 1);
    case SR_R_ROOT: /* headline: "Five killed in blast"; but "Denmark apologised to Greenland." */
        if (s->n > 0 && sr_str_is(s->w[s->n - 1].form, ".") && sr_child_sub(s, i, SR_R_NSUBJ, SR_S_NONE) >= 0) return false;
        return !has_aux(s, i) && sr_child(s, i, SR_R_OBJ) < 0;
    case SR_R_PARATAXIS: return !has_aux(s, i) && sr_child(s, i, SR_R_OBJ) < 0;
    default: return false;
    }
}

bool sr_passive(const sr_sent *s, int i) { return passive_at(s, i, 0); }

static bool relative_pronoun(const sr_sent *s, int i) {
    uint8_t x = s->w[i].xpos;
    return x == SR_X_WDT || x == SR_X_WP || (s->w[i].upos == SR_PRON && sr_str_is(s->w[i].lemma, "that"));
}

static bool relative_clause(const sr_sent *s, int i) {
    return s->w[i].rel == SR_R_ACL && s->w[i].sub == SR_S_RELCL && s->w[i].head >= 0;
}

int sr_surface_subject(const sr_sent *s, int i) {
    int found = -1;
    SR_EACH_CHILD(s, c, i) {
        if (s->w[c].rel != SR_R_NSUBJ) continue;
        /* of two, the inner one, and that next to the verb: the other belongs elsewhere */
        bool outer = s->w[c].sub == SR_S_OUTER;
        if (found < 0 || (s->w[found].sub == SR_S_OUTER && !outer) || (!outer && c < i)) found = c;
    }
    if (found >= 0 && relative_pronoun(s, found) && relative_clause(s, i)) return s->w[i].head;
    return found;
}

static int by_agent(const sr_sent *s, int i) {
    int c = sr_child_sub(s, i, SR_R_OBL, SR_S_AGENT);
    if (c >= 0) return c;
    SR_EACH_CHILD(s, o, i)
        if (s->w[o].rel == SR_R_OBL && sr_marked(s, o, "by") && sr_is_nominal(s, o)) return o;
    return -1;
}

/* The subject of a clause as written, or as inherited from the clause it hangs on. */
static void subject_of(const sr_sent *s, int i, sr_fill *out, int depth);

/* Verbs whose infinitive is the doing of those who are asked, made or let. */
static bool asks(const sr_sent *s, int i) {
    static const char *const verbs[] = {"appeal", "ask", "call", "urge", "press", "pressure", "push", "plead", "beg", "order", "tell", "warn",
                                        "advise", "invite", "instruct", "force", "oblige", "compel", "persuade", "allow", "enable",
                                        "help", "encourage", "lobby", "petition", "implore", NULL};
    for (int n = 0; verbs[n]; n++)
        if (sr_str_is(s->w[i].lemma, verbs[n])) return true;
    return false;
}

static void controller(const sr_sent *s, int h, sr_fill *out, int depth) {
    int o = sr_child(s, h, SR_R_OBJ);
    if (o < 0) o = sr_child(s, h, SR_R_IOBJ);
    if (o >= 0 && !sr_passive(s, h)) {
        sr_fill_add(out, o);
        return;
    }
    /* "called on Israel to withdraw", "appealed to both sides to stop" */
    if (!sr_passive(s, h))
        SR_EACH_CHILD(s, c, h)
            if (s->w[c].rel == SR_R_OBL && (sr_marked(s, c, "on") || sr_marked(s, c, "upon") ||
                                            sr_marked(s, c, "to") || sr_marked(s, c, "for")) &&
                sr_is_nominal(s, c) && sr_child(s, c, SR_R_CASE) >= 0) {
                sr_fill_add(out, c);
                return;
            }
    subject_of(s, h, out, depth + 1);
}

/* "came as the envoy lashed out": the subject of the clause, parsed as a phrase of the one above. */
static int stray_subject(const sr_sent *s, int i) {
    static const char *const marks[] = {"as", "after", "before", "since", NULL};
    if (s->w[i].xpos == SR_X_VBG || s->w[i].xpos == SR_X_VBN) return -1;
    for (int k = i - 1; k > s->w[i].head; k--) {
        if (s->w[k].subtree_last != i - 1 || !sr_is_nominal(s, k)) continue;
        for (int n = 0; marks[n]; n++)
            if (sr_marked(s, k, marks[n])) return k;
    }
    return -1;
}

static void subject_of(const sr_sent *s, int i, sr_fill *out, int depth) {
    if (depth > SR_CLIMB_MAX) return;
    const sr_word *w = &s->w[i];
    int own = sr_surface_subject(s, i);
    if (own >= 0) {
        sr_fill_add(out, own);
        SR_EACH_CHILD(s, k, i) { /* "Seoul and Tehran plan", each hung on the verb */
            int cc = s->w[k].subtree_last + 1;
            if (k < own && own < i && s->w[k].rel == SR_R_NSUBJ && cc + 1 == s->w[own].subtree_first && s->w[cc].rel == SR_R_CC)
                sr_fill_add(out, k);
        }
        return;
    }
    if (w->head < 0) return;
    switch (w->rel) {
    case SR_R_CONJ: subject_of(s, w->head, out, depth + 1); break;
    case SR_R_XCOMP: controller(s, w->head, out, depth); break;
    case SR_R_ADVCL:
        /* "criticised Lima for denying": what somebody is blamed or thanked for is his doing */
        if (w->xpos == SR_X_VBG && (sr_marked(s, i, "for") || sr_marked(s, i, "of"))) {
            sr_fill_add(out, sr_child(s, w->head, SR_R_OBJ));
            if (out->n) return;
        }
        if (w->xpos == SR_X_VB && sr_marked(s, i, "to") && asks(s, w->head)) {
            controller(s, w->head, out, depth); /* "appealed to Chad to end", hung as a purpose */
            return;
        }
        sr_fill_add(out, stray_subject(s, i));
        if (!out->n) subject_of(s, w->head, out, depth + 1);
        break;
    case SR_R_ACL:
        if (w->sub == SR_S_RELCL || w->xpos == SR_X_VBG || w->xpos == SR_X_VBN) {
            sr_fill_add(out, w->head);
        } else { /* infinitive: "Pakistan's refusal to ...", "made a decision to ..." */
            int n = w->head, p = sr_child_sub(s, n, SR_R_NMOD, SR_S_POSS);
            if (p >= 0) sr_fill_add(out, p);
            else if (s->w[n].head >= 0 && (s->w[n].rel == SR_R_OBJ || s->w[n].rel == SR_R_OBL))
                subject_of(s, s->w[n].head, out, depth + 1);
            else sr_fill_add(out, n);
        }
        break;
    case SR_R_COMPOUND: /* "agreed to free" tagged oddly */
    case SR_R_CCOMP:
        if (s->w[w->head].upos == SR_VERB && sr_marked(s, i, "to")) controller(s, w->head, out, depth);
        break;
    default: break;
    }
}

void sr_logical_subject(const sr_sent *s, int i, sr_fill *out) {
    const sr_word *w = &s->w[i];
    if (sr_is_verb(s, i) && sr_passive(s, i)) {
        sr_fill_add(out, by_agent(s, i));
        if (out->n == 0 && w->rel == SR_R_CONJ && w->head >= 0 && sr_passive(s, w->head))
            sr_fill_add(out, by_agent(s, w->head));
        if (out->n == 0) { /* "was shot and killed by soldiers": agent on the last */
            SR_EACH_CHILD(s, c, i)
                if (s->w[c].rel == SR_R_CONJ && s->w[c].upos == SR_VERB) sr_fill_add(out, by_agent(s, c));
        }
        return;
    }
    subject_of(s, i, out, 0);
    /* Coordinated under a passive: its subject there is the one acted on, so nothing is known. */
}

void sr_logical_object(const sr_sent *s, int i, sr_fill *out) {
    const sr_word *w = &s->w[i];
    if (!sr_is_verb(s, i)) return;
    if (sr_passive(s, i)) {
        int own = sr_surface_subject(s, i);
        if (own >= 0) sr_fill_add(out, sr_child(s, i, SR_R_OBJ)); /* "was granted asylum" */
        if (own >= 0) sr_fill_add(out, own);
        else if (w->rel == SR_R_ACL || w->rel == SR_R_AMOD) sr_fill_add(out, w->head);
        else subject_of(s, i, out, 0);
        if (out->n == 0) sr_fill_add(out, sr_child(s, i, SR_R_OBJ));
        return;
    }
    int o = sr_child(s, i, SR_R_OBJ);
    if (o >= 0 && relative_pronoun(s, o) && relative_clause(s, i)) o = w->head;
    sr_fill_add(out, o);
    if (out->n == 0) sr_fill_add(out, sr_child(s, i, SR_R_IOBJ)); /* "urged them not to ..." */
    if (out->n == 0 && w->rel == SR_R_AMOD && own_subject(s, i)) sr_fill_add(out, w->head); /* a finite verb, hung under its object */
    if (out->n == 0 && relative_clause(s, i)) { /* "the raid (that) they launched" */
        int sub = sr_child(s, i, SR_R_NSUBJ);
        if (sub >= 0 && !relative_pronoun(s, sub)) sr_fill_add(out, w->head);
    }
    int head = w->rel == SR_R_CONJ ? w->head : -1; /* "beat and arrested demonstrators", hung on the first */
    if (out->n == 0 && head >= 0 && s->w[head].upos == SR_VERB && !own_subject(s, i) && i - head <= 3) {
        int shared = sr_child(s, head, SR_R_OBJ);
        if (shared > i) sr_fill_add(out, shared);
    }
    if (out->n == 0) { /* "attacked and disarmed police" */
        SR_EACH_CHILD(s, c, i)
            if (s->w[c].rel == SR_R_CONJ && s->w[c].upos == SR_VERB && c - i <= 4 && !own_subject(s, c))
                sr_fill_add(out, sr_child(s, c, SR_R_OBJ));
    }
    if (out->n == 0) /* "killed five villagers Monday", parsed as if Monday were what has villagers */
        SR_EACH_CHILD(s, c, i)
            if (s->w[c].rel == SR_R_OBL && s->w[c].sub == SR_S_UNMARKED && c > i)
                SR_EACH_CHILD(s, g, c)
                    if (s->w[g].rel == SR_R_COMPOUND && (s->w[g].xpos == SR_X_NNS || s->w[g].xpos == SR_X_NNPS))
                        sr_fill_add(out, g);
}

int sr_indirect_object(const sr_sent *s, int i) {
    static const char *const givers[] = {"give", "lend", "offer", "send", "sell", "grant", "promise", "pay", "award", "hand", NULL};
    int own = sr_child(s, i, SR_R_IOBJ), o = sr_child(s, i, SR_R_OBJ);
    if (own >= 0 || o < 0 || s->w[o].upos == SR_PROPN) return own;
    bool gives = false;
    for (int n = 0; givers[n]; n++) gives |= sr_str_is(s->w[i].lemma, givers[n]);
    SR_EACH_CHILD(s, c, o) /* "lend Egypt 3 billion dollars": a bare name right behind the verb */
        if (gives && s->w[c].rel == SR_R_COMPOUND && (s->w[c].name == SR_NAME_LOC || s->w[c].name == SR_NAME_ORG) && s->w[c].xpos == SR_X_NNP &&
            s->w[c].subtree_first == i + 1 && (s->w[o].xpos == SR_X_NNS || sr_child(s, o, SR_R_NUMMOD) >= 0))
            return c;
    return -1;
}

int sr_clause_of(const sr_sent *s, int i) {
    for (int n = 0; i >= 0 && n < s->n; n++) {
        const sr_word *w = &s->w[i];
        if (w->head < 0 || sr_is_verb(s, i)) return i;
        if (w->rel == SR_R_ADVCL || w->rel == SR_R_CCOMP || w->rel == SR_R_PARATAXIS || w->rel == SR_R_ACL)
            return i;
        i = w->head;
    }
    return i;
}

bool sr_marked(const sr_sent *s, int i, const char *word) {
    SR_EACH_CHILD(s, c, i)
        if ((s->w[c].rel == SR_R_CASE || s->w[c].rel == SR_R_MARK) && sr_str_is(s->w[c].folded, word)) return true;
    return false;
}

void sr_conjuncts(const sr_sent *s, int i, sr_fill *out) {
    sr_fill_add(out, i);
    SR_EACH_CHILD(s, c, i)
        if (s->w[c].rel == SR_R_CONJ && sr_is_nominal(s, c)) sr_conjuncts(s, c, out);
}

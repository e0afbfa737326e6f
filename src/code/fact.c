/* fact.c - factuality and auxiliary modes, composed along the tree.
 *
 * A predicate starts as certain and positive (CT+). What stands at the word itself (negation,
 * modals, adverbs) and at each governor up to the clause that somebody utters (codebook effects of
 * operators, cues and events; conditionals; purpose clauses) is laid on it in turn, in the manner
 * of de Marneffe et al. 2012 and Saurí & Pustejovsky 2012. What a source says keeps the factuality
 * that the source gives it: the attribution stands beside.
 *
 * Not done: implicatives in past tense only, scope of "only" and "hardly any".
 */
#include "code/coder.h"

/* Effect on something that already has factuality `fact`. Certainty sinks to the lower of the two,
 * signs multiply, uncommitted swallows all. */
uint8_t sr_fact_under(uint8_t fact, uint8_t effect) {
    if (fact == SR_UU || effect == SR_UU) return SR_UU;
    int level = fact % 3 > effect % 3 ? fact % 3 : effect % 3; /* CT PR PS */
    bool negative = (fact >= SR_CT_NEG) != (effect >= SR_CT_NEG);
    return (uint8_t)(level + (negative ? SR_CT_NEG : SR_CT_POS));
}

static void lay(sr_modality *m, uint8_t effect, uint8_t aux) {
    m->fact = sr_fact_under(m->fact, effect);
    m->aux |= aux;
}

static bool negator(const sr_sent *s, int k) {
    static const char *const words[] = {"not", "never", "n't", "neither", "nor", "without", NULL};
    for (int n = 0; words[n]; n++)
        if (sr_str_is(s->w[k].lemma, words[n]) || sr_str_is(s->w[k].folded, words[n])) return true;
    return false;
}

/* "no longer", however the parser hangs the two words. */
static bool no_longer(const sr_sent *s, int k) {
    return (sr_str_is(s->w[k].folded, "no") && k + 1 < s->n && sr_str_is(s->w[k + 1].folded, "longer")) ||
           (sr_str_is(s->w[k].folded, "longer") && k > 0 && sr_str_is(s->w[k - 1].folded, "no"));
}

/* "Nobody attacked", "no soldiers were killed": what is said of no one did not happen. */
static bool of_nobody(const sr_sent *s, int i) {
    int k = sr_child(s, i, SR_R_NSUBJ);
    if (k < 0) return false;
    if (sr_str_is(s->w[k].folded, "nobody") || sr_str_is(s->w[k].folded, "none")) return true;
    int det = sr_child(s, k, SR_R_DET);
    return det >= 0 && sr_str_is(s->w[det].folded, "no");
}

/* What stands at the word itself. */
static void at_word(sr_ctx *c, uint32_t si, int i, sr_modality *m) {
    const sr_sent *s = &c->parse->s[si];
    bool verb = sr_is_verb(s, i), future = false, possible = false, would = false, should = false;
    SR_EACH_CHILD(s, k, i) {
        const sr_word *w = &s->w[k];
        if (w->rel == SR_R_ADVMOD || w->rel == SR_R_AUX || w->rel == SR_R_DET || w->rel == SR_R_CASE ||
            w->rel == SR_R_CC || w->rel == SR_R_MARK) {
            if ((verb || w->rel == SR_R_CASE) && negator(s, k)) lay(m, SR_CT_NEG, SR_AUX_NEGATION);
            if (!verb && w->rel == SR_R_DET && sr_str_is(w->lemma, "no")) lay(m, SR_CT_NEG, SR_AUX_NEGATION);
            if (verb && w->rel == SR_R_ADVMOD && (no_longer(s, k) || (k == i - 1 && sr_word_in(c, c->set.almost, si, k))))
                lay(m, SR_CT_NEG, SR_AUX_NEGATION);
        }
        if (w->rel == SR_R_AUX) {
            if (sr_str_is(w->lemma, "will") || sr_str_is(w->lemma, "shall") || sr_str_is(w->folded, "wo")) future = true;
            else if (sr_str_is(w->lemma, "would")) would = true;
            else if (sr_str_is(w->lemma, "may") || sr_str_is(w->lemma, "might") || sr_str_is(w->lemma, "could")) possible = true;
            else if (sr_str_is(w->lemma, "should") || sr_str_is(w->lemma, "must") || sr_str_is(w->lemma, "ought")) should = true;
        } else if (w->rel == SR_R_ADVMOD || w->rel == SR_R_AMOD || w->rel == SR_R_COMPOUND) {
            if (sr_word_in(c, c->set.possible, si, k)) possible = true;
            else if (sr_word_in(c, c->set.probable, si, k)) lay(m, SR_PR_POS, 0);
            else if (sr_word_in(c, c->set.alleged, si, k)) lay(m, SR_PR_POS, 0);
            else if (sr_word_in(c, c->set.planned, si, k)) lay(m, SR_UU, SR_AUX_FUTURE);
            else if (sr_word_in(c, c->set.future_word, si, k)) lay(m, SR_PR_POS, SR_AUX_FUTURE);
        }
    }
    if (future || would) lay(m, SR_PR_POS, SR_AUX_FUTURE);
    if (possible) lay(m, SR_PS_POS, 0);
    if (should) lay(m, SR_UU, SR_AUX_FUTURE);
    /* "is to meet", however the parser hangs the two verbs */
    if (s->w[i].xpos == SR_X_VB && sr_marked(s, i, "to")) {
        bool be = s->w[i].rel == SR_R_XCOMP && s->w[i].head >= 0 && sr_str_is(s->w[s->w[i].head].lemma, "be");
        SR_EACH_CHILD(s, k, i)
            be |= k < i && (s->w[k].rel == SR_R_AUX || s->w[k].rel == SR_R_COP) && s->w[k].sub == SR_S_NONE &&
                  sr_str_is(s->w[k].lemma, "be");
        bool going = s->w[i].rel == SR_R_XCOMP && s->w[i].head >= 0 && s->w[s->w[i].head].xpos == SR_X_VBG &&
                     sr_str_is(s->w[s->w[i].head].lemma, "go"); /* "is going to send" */
        if (be || going) lay(m, SR_PR_POS, SR_AUX_FUTURE);
    }
}

/* Is j inside the content that rule r takes at h? */
static bool governs(sr_ctx *c, uint32_t si, int h, const sr_rule *r, int j) {
    const sr_sent *s = &c->parse->s[si];
    if (r->content[0].slot == SR_SLOT_NONE) {
        int top = sr_content_of(c, si, h, r);
        return top >= 0 && sr_below(s, j, top);
    }
    for (int q = 0; q < SR_SLOTS_MAX && r->content[q].slot; q++) {
        sr_fill f = {.n = 0};
        sr_slot_fill(c, si, h, r, r->content[q], &f);
        for (int n = 0; n < f.n; n++)
            if (sr_below(s, j, f.w[n])) return true;
    }
    return false;
}

static bool conditional(const sr_sent *s, int j) {
    return sr_marked(s, j, "if") || sr_marked(s, j, "unless") || sr_marked(s, j, "whether") ||
           sr_marked(s, j, "lest");
}

/* Clauses that the author adds as facts of his own, inside whatever they stand: "relations, which
 * worsened when ...". What governs the whole does not reach into them. */
static bool aside(const sr_sent *s, int j) {
    static const char *const marks[] = {"after", "since", "because", "as", "when", "while", "although", "though", "where", NULL};
    if (s->w[j].rel == SR_R_ACL && s->w[j].sub == SR_S_RELCL) return true;
    if (sr_child(s, j, SR_R_NSUBJ) >= 0) { /* "demanded that ..., but Kabul refused", wherever it was hung */
        int cc = sr_child(s, j, SR_R_CC);
        if (cc >= 0 && (sr_str_is(s->w[cc].folded, "but") || sr_str_is(s->w[cc].folded, "yet"))) return true;
    }
    if (s->w[j].rel != SR_R_ADVCL) return false;
    for (int n = 0; marks[n]; n++)
        if (sr_marked(s, j, marks[n])) return true;
    SR_EACH_CHILD(s, k, j) /* "when" is an adverb in the treebanks */
        if (s->w[k].rel == SR_R_ADVMOD && (sr_str_is(s->w[k].folded, "when") || sr_str_is(s->w[k].folded, "where"))) return true;
    return false;
}

/* "that Pakistan's insistence on ... has led to", "responsibility for the bombing": a definite noun
 * presupposes what it names, whatever is claimed of it. */
static bool presupposed(const sr_sent *s, int i) {
    if (!sr_is_nominal(s, i)) return false;
    SR_EACH_CHILD(s, k, i) {
        if (s->w[k].rel == SR_R_NMOD && s->w[k].sub == SR_S_POSS) return true;
        if (s->w[k].rel == SR_R_DET && (sr_str_is(s->w[k].lemma, "the") || sr_str_is(s->w[k].lemma, "this") ||
                                        sr_str_is(s->w[k].lemma, "that")))
            return true;
    }
    return false;
}

/* "rejected a U.S. appeal": whose it is says that it was made. */
static bool somebodys(const sr_ctx *c, uint32_t si, int i) {
    const sr_sent *s = &c->parse->s[si];
    if (!sr_is_nominal(s, i)) return false;
    SR_EACH_CHILD(s, k, i) {
        const sr_entity *e = sr_entity_at(c->m, si, k);
        if (k < i && (s->w[k].rel == SR_R_COMPOUND || s->w[k].rel == SR_R_AMOD) && e && e->code[0]) return true;
    }
    return false;
}

/* "Iran will never bow": the modal is part of what the entry matched, and done with. */
static bool matched_modal(sr_ctx *c, uint32_t si, int i) {
    static const char *const words[] = {"not", "never", "n't", "will", "would", "no", NULL};
    const sr_pattern *p = sr_trigger_at(c, si, i)->best[SR_RULE_EVENT];
    for (uint32_t n = 0; p && n < p->n_cond; n++) {
        if (p->cond[n].at.slot != SR_SLOT_WORD || p->cond[n].negate) continue;
        sr_str w = sr_know_word_text(c->k, p->cond[n].at.prep);
        for (int q = 0; words[q]; q++)
            if (sr_str_is(w, words[q])) return true;
    }
    return false;
}

/* "until all curbs are lifted", "once a deal is signed": in the present tense it has not happened. */
static bool not_yet(const sr_sent *s, int j) {
    if (!sr_marked(s, j, "until") && !sr_marked(s, j, "once")) return false;
    if (s->w[j].xpos == SR_X_VBZ || s->w[j].xpos == SR_X_VBP) return true;
    SR_EACH_CHILD(s, k, j)
        if (s->w[k].rel == SR_R_AUX && (s->w[k].xpos == SR_X_VBZ || s->w[k].xpos == SR_X_VBP)) return true;
    return false;
}

sr_modality sr_modality_of(sr_ctx *c, uint32_t si, int i) {
    const sr_sent *s = &c->parse->s[si];
    sr_modality m = {.fact = SR_CT_POS, .aux = 0, .under = -1};
    if (!matched_modal(c, si, i)) at_word(c, si, i, &m);
    if (sr_is_verb(s, i) && of_nobody(s, i)) lay(&m, SR_CT_NEG, SR_AUX_NEGATION);
    bool given = presupposed(s, i) || somebodys(c, si, i);
    const sr_rule *sup = NULL;
    int v = sr_is_verb(s, i) ? -1 : sr_support_of(c, si, i, 0, &sup);
    if (v >= 0) {
        at_word(c, si, v, &m);
        lay(&m, sup->effect, sup->aux);
    }
    int j = i;
    for (int step = 0; s->w[j].head >= 0 && step < s->n; step++) {
        const sr_word *w = &s->w[j];
        int h = w->head;
        if (w->rel == SR_R_ADVCL && conditional(s, j)) lay(&m, SR_UU, SR_AUX_HYPOTHETICAL);
        else if (!given && w->rel == SR_R_ADVCL && w->xpos == SR_X_VB && sr_marked(s, j, "to")) lay(&m, SR_UU, SR_AUX_FUTURE);
        else if ((w->rel == SR_R_CCOMP || w->rel == SR_R_CSUBJ) && sr_marked(s, j, "whether")) lay(&m, SR_UU, 0);
        else if (w->rel == SR_R_CSUBJ && w->xpos == SR_X_VBG) lay(&m, SR_UU, 0); /* "ending the war is the only way" */
        else if (w->rel == SR_R_ADVCL && not_yet(s, j)) lay(&m, SR_UU, SR_AUX_HYPOTHETICAL);
        /* "will meet and discuss": the modals of the first hold for the second */
        if (w->rel == SR_R_CONJ && sr_is_verb(s, j) && sr_child(s, j, SR_R_NSUBJ) < 0 && sr_child(s, j, SR_R_AUX) < 0)
            at_word(c, si, h, &m);
        if (aside(s, j)) break;
        const sr_trigger *t = sr_trigger_at(c, si, h);
        bool uttered = false;
        uint8_t said = SR_CT_POS;
        for (int kind = 0; kind < 3; kind++) { /* event, cue, operator */
            if (!t->best[kind]) continue;
            const sr_rule *r = sr_rule_at(c, t->best[kind]->rule);
            if (!governs(c, si, h, r, i)) continue;
            if (kind == SR_RULE_OPERATOR) {
                /* "adopted a resolution condemning": done by adopting it */
                if (s->w[j].rel == SR_R_ACL && s->w[j].xpos == SR_X_VBG && w->rel == SR_R_ACL && s->w[h].rel == SR_R_OBJ &&
                    sr_word_in(c, c->set.document, si, h) && sr_word_in(c, c->set.issuing, si, s->w[h].head))
                    continue;
                if (h == v && sup->effect == r->effect) continue; /* "avoided a clash": said by the support verb */
                if (given && s->w[i].head != h) continue; /* "the attacks": only what bears on them directly */
                lay(&m, r->effect, r->aux);
                m.planned |= r->effect == SR_UU && (r->aux & SR_AUX_FUTURE);
                if (sr_is_verb(s, h) || sr_is_nominal(s, h)) at_word(c, si, h, &m);
            } else {
                if (!given && r->effect != said) 
                    lay(&m, said = r->effect, r->effect >= SR_CT_NEG && r->effect != SR_UU ? SR_AUX_NEGATION : 0); /* a denial is one as event and as cue */
                uttered = true;
                if (kind == SR_RULE_EVENT && m.under < 0) m.under = h;
            }
        }
        if (uttered) break; /* the rest is how the source's act is presented, not its content */
        j = h;
    }
    if (s->n && sr_str_is(s->w[s->n - 1].form, "?")) lay(&m, SR_UU, 0);
    return m;
}

/* toll.c - human cost: who was killed, wounded, arrested ..., how many, and in which event.
 *
 * The words that carry an effect are codebook entries with a `toll` and the sets $toll_killed ...
 * (words that report no event by themselves: "dead", "lives"). What they happened to is their
 * logical object, or their subject when they are intransitive or elliptical ("five killed and 11
 * wounded"). A count belongs to the event of that word, else to the nearest event of the sentence
 * that can have such a toll.
 *
 * Not done: sums over sentences.
 */
#include "code/coder.h"

sr_str sr_toll_effect(sr_ctx *c, uint32_t si, int i) {
    static const char *const effects[] = {"killed", "wounded", "missing", "abducted", "arrested", "displaced", "deported", "returned"};
    const sr_sent *s = &c->parse->s[si];
    if (!c->m->lid[si][i] || s->w[i].upos == SR_ADP) return SR_STR_NONE;
    const sr_pattern *p = sr_trigger_at(c, si, i)->best[SR_RULE_EVENT];
    if (p && sr_rule_at(c, p->rule)->toll.n) return sr_rule_at(c, p->rule)->toll;
    for (int n = 0; n < 8; n++)
        if (c->set.toll[n] && sr_know_in_set(c->k, c->set.toll[n], c->m->lid[si][i])) return sr_str_z(effects[n]);
    return SR_STR_NONE;
}

const char *const sr_toll_sets[8] = {"toll_killed", "toll_wounded", "toll_missing", "toll_abducted",
                                     "toll_arrested", "toll_displaced", "toll_deported", "toll_returned"};

/* ---- counts ------------------------------------------------------------------------------- */

/* The count of the people at w: on w, or on a modifier of it that the parser took for what is
 * counted ("1.5 million undocumented workers"). */
static const sr_number *number_at(const sr_ctx *c, uint32_t si, int w) {
    const sr_sent *s = &c->parse->s[si];
    const sr_number *n = sr_number_of(c->m, si, w);
    uint32_t count;
    const sr_number *all = sr_numbers_of(c->m, si, &count);
    for (uint32_t q = 0; q < count && !n; q++) {
        const sr_number *z = &all[q];
        int h = z->counts >= 0 ? z->counts : z->head;
        if (z->head == w) n = z;
        else if (h < w && w - h <= 4 && s->w[h].head == w && (s->w[h].rel == SR_R_AMOD || s->w[h].rel == SR_R_NUMMOD || s->w[h].rel == SR_R_COMPOUND))
            n = z;
    }
    return n;
}

/* One person, by name or by description in the singular ("a soldier", "the attacker"). */
static bool single_person(sr_ctx *c, uint32_t si, int i, const sr_entity *e) {
    const sr_sent *s = &c->parse->s[si];
    if (s->w[i].xpos == SR_X_DT && sr_str_is(s->w[i].lemma, "another")) return true;
    if (!e || !e->person || e->group || e->pronoun || e->media) return false;
    for (int n = e->first; n <= e->last; n++)
        if (s->w[n].name == SR_NAME_PER) return true;
    return (s->w[i].xpos == SR_X_NN || s->w[i].xpos == SR_X_NNP) && e->sector[0] &&
           !sr_know_in_set(c->k, c->set.collective, c->m->lid[si][i]);
}

/* Nouns of which there are as many as people: "30 arrests", "four deaths". */
static bool counts_people(sr_ctx *c, uint32_t si, int w) {
    for (int n = 0; n < 8; n++)
        if (c->set.toll[n] && sr_know_in_set(c->k, c->set.toll[n], c->m->lid[si][w])) return true;
    return false;
}

static void add(sr_ctx *c, uint32_t si, int w, sr_str effect, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    if (sr_word_type(c, si, w) != SR_T_NONE && s->w[w].upos == SR_NOUN && !counts_people(c, si, w))
        return; /* "two attacks left ...": no people; but "30 arrests" */
    const sr_number *num = number_at(c, si, w);
    const sr_entity *e = sr_entity_at(c->m, si, w);
    sr_toll t = {.effect = effect, .qualifier = SR_LIT("exact")};
    if (num) {
        t.low = num->low, t.high = num->high, t.best = num->best;
        if (num->qualifier) t.qualifier = sr_str_z(num->qualifier);
        t.text = (sr_span){num->start < s->w[w].start ? num->start : s->w[w].start,
                           num->end > s->w[w].end ? num->end : s->w[w].end};
    } else if (single_person(c, si, w, e)) {
        t.low = t.high = t.best = 1;
        t.text = e ? (sr_span){e->start, e->end} : sr_word_span(s, w);
    } else {
        return;
    }
    for (uint32_t q = 0; q < ev->toll.n; q++)
        if (ev->toll.v[q].text.start < t.text.end && t.text.start < ev->toll.v[q].text.end &&
            sr_str_eq(ev->toll.v[q].effect, effect))
            return;
    sr_entity_list victim = {0};
    sr_participants(c, si, w, &victim);
    if (victim.n) SR_PUSH(c->a, &t.victim, victim.v[0]);
    SR_PUSH(c->a, &ev->toll, t);
}

/* ---- what the effect word happened to --------------------------------------------------------- */

static void patients(sr_ctx *c, uint32_t si, int i, sr_fill *out) {
    const sr_sent *s = &c->parse->s[si];
    const sr_word *w = &s->w[i];
    if (w->upos == SR_VERB) {
        if (w->rel == SR_R_AMOD) return; /* "hosts 50 displaced families": describes, tells of nothing new */
        sr_logical_object(s, i, out);
        if (out->n) return;
        sr_fill f = {.n = 0};
        sr_logical_subject(s, i, &f);
        const sr_pattern *p = sr_trigger_at(c, si, i)->best[SR_RULE_EVENT];
        const sr_rule *r = p ? sr_rule_at(c, p->rule) : NULL;
        bool intransitive = r && r->recipient[0].slot == SR_SLOT_SUBJ;
        if (!f.n && sr_passive(s, i) && sr_surface_subject(s, i) >= 0) sr_fill_add(&f, sr_surface_subject(s, i));
        for (int n = 0; n < f.n; n++)
            if (intransitive || !r || number_at(c, si, f.w[n])) sr_fill_add(out, f.w[n]);
        return;
    }
    if (w->upos == SR_ADJ) {
        sr_logical_subject(s, i, out);
        return;
    }
    /* nouns: "the deaths of 12 villagers", "lost their lives", "five wounded" */
    SR_EACH_CHILD(s, k, i)
        if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "of")) sr_fill_add(out, k);
    if (!out->n && w->rel == SR_R_OBJ && w->head >= 0 && s->w[w->head].upos == SR_VERB &&
        (sr_str_is(s->w[w->head].lemma, "lose") || sr_str_is(s->w[w->head].lemma, "sustain") || sr_str_is(s->w[w->head].lemma, "suffer")))
        sr_logical_subject(s, w->head, out);
    if (!out->n && number_at(c, si, i)) sr_fill_add(out, i);
}

/* Nominals that share the fate: coordinated, or "along with". */
static void companions(sr_ctx *c, uint32_t si, int i, sr_fill *out) {
    const sr_sent *s = &c->parse->s[si];
    sr_conjuncts(s, i, out);
    if (sr_word_in(c, c->set.partitive, si, i)) /* "a total of 157 people" */
        SR_EACH_CHILD(s, k, i)
            if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "of")) sr_conjuncts(s, k, out);
    int v = s->w[i].head;
    for (int n = 0; n < 2; n++) {
        int at = n ? i : v;
        if (at < 0) continue;
        SR_EACH_CHILD(s, k, at)
            if ((s->w[k].rel == SR_R_OBL || s->w[k].rel == SR_R_NMOD) && sr_marked(s, k, "along"))
                sr_conjuncts(s, k, out);
            else if (at == v && k > i && s->w[k].rel == SR_R_CONJ && sr_is_nominal(s, k) && s->w[v].upos == SR_VERB)
                sr_fill_add(out, k); /* the second of two, hung on the verb */
    }
}

/* ---- whose toll it is ----------------------------------------------------------------------- */

static bool can_have(uint8_t type, sr_str effect) {
    if (sr_str_is(effect, "arrested") || sr_str_is(effect, "deported")) return type == SR_T_COERCE || type == SR_T_SANCTION;
    if (sr_str_is(effect, "returned")) return true;
    if (sr_str_is(effect, "displaced")) return type == SR_T_ASSAULT || type == SR_T_COERCE;
    return type == SR_T_ASSAULT || type == SR_T_PROTEST;
}

static sr_event *owner(sr_ctx *c, uint32_t si, int i, sr_str effect, uint32_t first, uint32_t last) {
    const sr_sent *s = &c->parse->s[si];
    sr_event *best = NULL;
    int best_cost = 1 << 20;
    for (uint32_t n = first; n < last; n++) {
        sr_event *ev = &c->out->events.v[n];
        if (ev->word == i) return ev;
        if (!can_have(ev->type, effect) || ev->fact >= SR_CT_NEG) continue;
        int cost = ev->word > i ? ev->word - i : i - ev->word;
        if (!sr_below(s, i, ev->word) && !sr_below(s, ev->word, i)) cost += 8;
        if (cost < best_cost) best_cost = cost, best = ev;
    }
    return best;
}

/* The count that stands beside the effect word, whatever the parser made of the two: right after it
 * ("wounded at least 30"), else right before it ("and 11 others wounded"). -1: none. */
static int beside(const sr_ctx *c, uint32_t si, int i) {
    const sr_sent *s = &c->parse->s[si];
    int before = -1;
    if (s->w[i].upos != SR_VERB && s->w[i].upos != SR_ADJ) return -1;
    uint32_t count;
    const sr_number *all = sr_numbers_of(c->m, si, &count);
    for (uint32_t n = 0; n < count; n++) {
        const sr_number *z = &all[n];
        int q = (int)(z - c->m->numbers.v), last = z->counts > z->last ? z->counts : z->last;
        if (z->first == i + 1) return q;
        if (z->counts == i && (s->w[i].upos == SR_ADJ || s->w[i].xpos == SR_X_VBN)) before = q; /* "and 14 injured" */
        if (last == i - 1 && (s->w[i].xpos == SR_X_VBN || s->w[i].xpos == SR_X_VBD || s->w[i].xpos == SR_X_JJ)) before = q;
    }
    return before;
}

static int claim_word(const sr_number *z) { return z->counts >= 0 ? z->counts : z->head; }

/* "The death toll from the attack rose to 40", "bringing the toll to 40": a total, for an event of
 * the sentence that has no other count of its dead. */
static void death_toll(sr_ctx *c, uint32_t si, int i, uint32_t first, uint32_t last) {
    static const char *const verbs[] = {"rise", "reach", "stand", "climb", "increase", "jump", "grow", "mount", "soar",
                                        "bring", "raise", "take", "push", "put", NULL};
    const sr_sent *s = &c->parse->s[si];
    int v = s->w[i].head;
    if (v < 0 || !sr_str_is(s->w[i].lemma, "toll") || (s->w[i].rel != SR_R_NSUBJ && s->w[i].rel != SR_R_OBJ)) return;
    bool tells = false;
    for (int n = 0; verbs[n]; n++) tells |= sr_str_is(s->w[v].lemma, verbs[n]);
    sr_event *ev = tells ? owner(c, si, i, SR_LIT("killed"), first, last) : NULL;
    if (!ev) return;
    for (uint32_t q = 0; q < ev->toll.n; q++)
        if (sr_str_is(ev->toll.v[q].effect, "killed")) return;
    uint32_t count;
    const sr_number *all = sr_numbers_of(c->m, si, &count);
    for (uint32_t n = 0; n < count; n++) {
        const sr_number *z = &all[n];
        int top = z->counts >= 0 ? z->counts : z->head;
        bool to = s->w[top].rel == SR_R_OBL && s->w[top].head == v && (sr_marked(s, top, "to") || sr_marked(s, top, "at"));
        if (!to && !(s->w[top].rel == SR_R_OBJ && s->w[top].head == v && s->w[i].rel == SR_R_NSUBJ)) continue;
        sr_toll t = {.effect = SR_LIT("killed"), .qualifier = SR_LIT("exact"), .low = z->low, .high = z->high, .best = z->best};
        if (z->qualifier) t.qualifier = sr_str_z(z->qualifier);
        t.text = (sr_span){z->start, z->end};
        SR_PUSH(c->a, &ev->toll, t);
        return;
    }
}

static void tolls_of(sr_ctx *c, uint32_t si, uint32_t first, uint32_t last) {
    const sr_sent *s = &c->parse->s[si];
    /* By word: the effect word that has claimed the count standing there, 0 for none, else its
     * index + 1. "Killed and 11 wounded" must not count the eleven as killed. */
    int *claimed = SR_NEW_N(c->a, int, s->n);
    for (int i = 0; i < s->n; i++) {
        if (!sr_toll_effect(c, si, i).n) continue;
        int q = beside(c, si, i);
        if (q >= 0 && !claimed[claim_word(&c->m->numbers.v[q])]) claimed[claim_word(&c->m->numbers.v[q])] = i + 1;
    }
    for (int i = 0; i < s->n; i++) {
        sr_str effect = sr_toll_effect(c, si, i);
        if (!effect.n) continue;
        sr_modality m = sr_modality_of(c, si, i);
        if (m.fact >= SR_CT_NEG && m.fact != SR_UU) continue;
        sr_event *ev = owner(c, si, i, effect, first, last);
        if (!ev || (ev->fact != m.fact && ev->word != i && m.fact == SR_UU)) continue;
        sr_fill f = {.n = 0};
        int q = beside(c, si, i);
        if (q >= 0 && claimed[claim_word(&c->m->numbers.v[q])] == i + 1) sr_fill_add(&f, claim_word(&c->m->numbers.v[q]));
        else patients(c, si, i, &f);
        for (int n = 0; n < f.n; n++) {
            sr_fill all = {.n = 0};
            companions(c, si, f.w[n], &all);
            for (int z = 0; z < all.n; z++) {
                int w = all.w[z], by = claimed[w] ? claimed[w] - 1 : i;
                if (w == i && s->w[i].upos == SR_VERB && !sr_number_of(c->m, si, i)) continue;
                /* one count for two effects, "killed or wounded": neither alone is told */
                if (by != i && (by - i > 2 || i - by > 2)) continue;
                bool two = by != i && !sr_str_eq(sr_toll_effect(c, si, by), effect);
                add(c, si, w, two ? SR_LIT("affected") : effect, ev);
                if (two)
                    for (uint32_t t = 0; t < ev->toll.n; t++) /* the first of the two says so too */
                        if (ev->toll.v[t].text.start <= s->w[w].start && ev->toll.v[t].text.end >= s->w[w].end)
                            ev->toll.v[t].effect = SR_LIT("affected");
                claimed[w] = i + 1;
            }
        }
    }
    for (int i = 0; i < s->n; i++) death_toll(c, si, i, first, last);
    for (uint32_t e = first; e < last; e++) { /* "affected" twice over the same words */
        sr_event *ev = &c->out->events.v[e];
        for (uint32_t a = 1; a < ev->toll.n; a++)
            if (ev->toll.v[a].text.start == ev->toll.v[a - 1].text.start && sr_str_eq(ev->toll.v[a].effect, ev->toll.v[a - 1].effect)) {
                memmove(&ev->toll.v[a], &ev->toll.v[a + 1], (ev->toll.n - a - 1) * sizeof *ev->toll.v);
                ev->toll.n--, a--;
            }
    }
}

void sr_code_tolls(sr_ctx *c) {
    for (uint32_t first = 0, last; first < c->out->events.n; first = last) {
        uint32_t si = c->out->events.v[first].sent;
        for (last = first; last < c->out->events.n && c->out->events.v[last].sent == si;) last++;
        tolls_of(c, si, first, last);
    }
}

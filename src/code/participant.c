/* participant.c - who takes part in an event: the entities at a word, the actor behind a noun that
 * is none, and the places around a trigger where participants stand when its own slots are silent.
 * Earlier records are never changed; an event that knows more of an entity gets a copy.
 */
#include "base/limits.h"
#include "code/coder.h"

bool sr_entity_same(const sr_entity *a, const sr_entity *b) {
    if (!a || !b) return false;
    if (a == b || a->antecedent == b || b->antecedent == a) return true;
    if (a->identifier_text.n && sr_str_eq(a->identifier_text, b->identifier_text)) return true;
    if (a->person && b->person && a->identifier_text.n && b->identifier_text.n) return false; /* two people */
    return a->code[0] && strcmp(a->code, b->code) == 0 && strcmp(a->sector, b->sector) == 0;
}

bool sr_entity_listed(const sr_entity_list *list, const sr_entity *e) {
    for (uint32_t n = 0; n < list->n; n++)
        if (list->v[n] == e || (list->v[n]->sent == e->sent && list->v[n]->head == e->head)) return true;
    return false;
}

sr_entity_list sr_entities_copy(sr_ctx *c, const sr_entity_list *list) {
    sr_entity_list copy = {0};
    for (uint32_t n = 0; n < list->n; n++) SR_PUSH(c->a, &copy, list->v[n]);
    return copy;
}

void sr_entity_add(sr_ctx *c, sr_entity_list *out, const sr_entity *e) {
    if (e && out->n < SR_LIST_MAX && !sr_entity_listed(out, e)) SR_PUSH(c->a, out, e);
}

/* The entity on word i, or the one whose name runs over it: a name that the parser tore apart
 * ("South Sudan") hangs on one of its words. */
static const sr_entity *entity_at(const sr_ctx *c, uint32_t si, int i) {
    const sr_entity *e = sr_entity_at(c->m, si, i);
    if (e || c->parse->s[si].w[i].upos != SR_PROPN) return e;
    int n = c->parse->s[si].n;
    for (int k = i - 4 < 0 ? 0 : i - 4; k < n && k <= i + 4; k++) {
        const sr_entity *near = sr_entity_at(c->m, si, k);
        if (near && near->first <= i && near->last >= i) return near;
    }
    return NULL;
}

/* Can it act at all: known, a person, or a name. */
static bool participant(const sr_sent *s, const sr_entity *e) {
    if (!e) return false;
    return e->coded || e->person || e->group || s->w[e->head].upos == SR_PROPN;
}

bool sr_entities_coded(const sr_entity_list *list) {
    for (uint32_t n = 0; n < list->n; n++)
        if (list->v[n]->coded || (list->v[n]->group && list->v[n]->n_member)) return true;
    return false;
}

/* The actor behind a noun that is no actor: "Israel's decision", "the attack by gunmen". */
static void behind(sr_ctx *c, uint32_t si, int i, sr_entity_list *out, int depth) {
    const sr_sent *s = &c->parse->s[si];
    if (depth > 2 || !sr_is_nominal(s, i)) return;
    static const char *const preps[] = {"by", "from", "of", "between", NULL};
    bool event = sr_word_type(c, si, i) != SR_T_NONE; /* "the killing of villagers": of tells the victims */
    int poss = sr_child_sub(s, i, SR_R_NMOD, SR_S_POSS);
    if (poss >= 0 && sr_entity_at(c->m, si, poss) && sr_entity_at(c->m, si, poss)->coded) {
        sr_participants(c, si, poss, out);
        if (out->n) return;
    }
    SR_EACH_CHILD(s, k, i) {
        if (s->w[k].rel != SR_R_COMPOUND && s->w[k].rel != SR_R_AMOD) continue;
        const sr_entity *e = sr_entity_at(c->m, si, k);
        if (e && e->coded && !e->place) sr_entity_add(c, out, e);
    }
    if (out->n) return;
    for (int p = 0; preps[p] && !out->n && !(event && p == 2); p++)
        SR_EACH_CHILD(s, k, i)
            if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, preps[p])) {
                const sr_entity *e = sr_entity_at(c->m, si, k);
                if (e && e->coded) sr_participants(c, si, k, out);
                else behind(c, si, k, out, depth + 1);
            }
    /* "adopted a resolution condemning the invasion": what it says they say who adopted it */
    if (!out->n && s->w[i].rel == SR_R_OBJ && sr_word_in(c, c->set.document, si, i) &&
        sr_word_in(c, c->set.issuing, si, s->w[i].head)) {
        sr_fill f = {.n = 0};
        sr_logical_subject(s, s->w[i].head, &f);
        for (int n = 0; n < f.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
            if (e && e->coded && !e->place) sr_participants(c, si, f.w[n], out);
        }
    }
}

/* "The other parties - Britain, Germany and China -": an apposition that names them. */
static void listed_beside(sr_ctx *c, uint32_t si, int i, sr_entity_list *out) {
    const sr_sent *s = &c->parse->s[si];
    SR_EACH_CHILD(s, k, i) {
        int at = k;
        if (s->w[k].rel == SR_R_NMOD && s->w[k].sub == SR_S_NONE) at = sr_child(s, k, SR_R_APPOS); /* hung one too low */
        else if (s->w[k].rel != SR_R_APPOS) continue;
        if (at < 0) continue;
        sr_fill all = {.n = 0};
        sr_conjuncts(s, at, &all);
        for (int n = 0; n < all.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, all.w[n]);
            if (e && e->code[0]) sr_entity_add(c, out, e);
        }
    }
}

/* "Several states, including Chad and Kenya": those whom a group of no country is said to include. */
static void included(sr_ctx *c, uint32_t si, int i, sr_entity_list *out) {
    const sr_sent *s = &c->parse->s[si];
    SR_EACH_CHILD(s, k, i) {
        if (k < i || s->w[k].rel != SR_R_NMOD || !(sr_marked(s, k, "including") || sr_marked(s, k, "such"))) continue;
        sr_fill all = {.n = 0};
        sr_conjuncts(s, k, &all);
        for (int n = 0; n < all.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, all.w[n]);
            if (e && e->code[0] && !e->pronoun) sr_entity_add(c, out, e);
        }
    }
}

void sr_participants(sr_ctx *c, uint32_t si, int i, sr_entity_list *out) {
    const sr_sent *s = &c->parse->s[si];
    if (!sr_is_nominal(s, i) && s->w[i].upos != SR_ADJ && s->w[i].upos != SR_DET) return;
    sr_fill all = {.n = 0};
    sr_conjuncts(s, i, &all);
    for (int n = 0; n < all.n; n++) {
        int w = all.w[n];
        const sr_entity *e = entity_at(c, si, w);
        if (e && (e->code[0] || e->group)) {
            sr_entity_add(c, out, e);
            continue;
        }
        uint32_t before = out->n;
        listed_beside(c, si, w, out);
        included(c, si, w, out);
        if (out->n > before) continue;
        if (e && e->coded) {
            sr_entity_add(c, out, e);
            continue;
        }
        if (s->w[w].upos == SR_NUM || s->w[w].upos == SR_DET || sr_word_in(c, c->set.partitive, si, w))
            SR_EACH_CHILD(s, k, w) /* "five of the soldiers", "members of the party" */
                if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "of")) sr_participants(c, si, k, out);
        if (out->n > before) continue;
        if (participant(s, e)) sr_entity_add(c, out, e);
        else if (w == i) behind(c, si, w, out, 0);
    }
}

/* "Three killed in Somalia ambush": a country's name before a noun that says where rather than who. */
bool sr_is_scene(sr_ctx *c, uint32_t si, int name, int noun) {
    const sr_sent *s = &c->parse->s[si];
    const sr_entity *e = sr_entity_at(c->m, si, name);
    return e && s->w[name].upos == SR_PROPN && s->w[noun].upos == SR_NOUN && s->w[name].head == noun &&
           s->w[name].rel == SR_R_COMPOUND && sr_str_is(e->entry, e->code) && sr_word_in(c, c->set.scene, si, noun);
}

/* First slot that holds a coded participant; else the first that holds any. `path` tells which. */
static void collect(sr_ctx *c, uint32_t si, int i, const sr_rule *r, const sr_slotref *slots, bool all,
                    bool acting, const sr_entity_list *not_these, sr_entity_list *out) {
    sr_entity_list spare = {0};
    for (int q = 0; q < SR_SLOTS_MAX && slots[q].slot; q++) {
        sr_fill f = {.n = 0};
        sr_slot_fill(c, si, i, r, slots[q], &f);
        sr_entity_list here = {0};
        for (int n = 0; n < f.n; n++) {
            if (f.w[n] == i) continue;
            const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
            /* modifiers take part only when they are known: "nuclear talks" has no actor Nuclear */
            if (slots[q].slot == SR_SLOT_COMP && !(e && e->coded)) continue;
            if (acting && e && e->place) continue; /* a place does nothing */
            if (acting && e && slots[q].slot == SR_SLOT_COMP && sr_str_starts(e->entry, "region.")) continue; /* "the Gaza strike" */
            if (acting && e && slots[q].slot == SR_SLOT_COMP && sr_is_scene(c, si, f.w[n], i)) continue;
            sr_participants(c, si, f.w[n], &here);
        }
        if (not_these)
            for (uint32_t n = 0; n < here.n;) {
                if (sr_entity_listed(not_these, here.v[n])) here.v[n] = here.v[--here.n];
                else n++;
            }
        if (!here.n) continue;
        if (all || sr_entities_coded(&here)) {
            for (uint32_t n = 0; n < here.n; n++) sr_entity_add(c, out, here.v[n]);
            if (!all) return;
        } else if (!spare.n) {
            spare = here;
        }
    }
    if (!out->n) *out = spare;
}

/* "left after a meeting with Iranian envoys", "said during a visit to Chad": who met or travelled is
 * the one whom the clause is about. */
static void other_side(sr_ctx *c, uint32_t si, int i, bool fight, sr_entity_list *out) {
    static const char *const marks[] = {"during", "after", "in", "at", "following", "before", "on", "for", NULL};
    const sr_sent *s = &c->parse->s[si];
    if (sr_is_verb(s, i) || (fight && out->n > 1)) return;
    for (uint32_t n = 1; n < out->n; n++)
        if (strcmp(out->v[n]->code, out->v[0]->code) != 0) return; /* two sides are there */
    bool hangs = false;
    SR_EACH_CHILD(s, k, i) hangs |= s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "with");
    for (int n = 0; marks[n] && !hangs; n++) hangs = s->w[i].rel == SR_R_OBL && sr_marked(s, i, marks[n]);
    int v = s->w[i].head >= 0 ? sr_clause_of(s, s->w[i].head) : -1;
    if (!hangs) return;
    /* "U.S. officials say gaps remain in talks with India": up to a clause with a party in it */
    for (int step = 0; step < 3 && v >= 0 && sr_is_verb(s, v); step++) {
        sr_fill f = {.n = 0};
        if (sr_passive(s, v)) sr_logical_object(s, v, &f);
        else sr_logical_subject(s, v, &f);
        uint32_t before = out->n;
        for (int n = 0; n < f.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
            if (e && e->coded && !e->place && !(out->n && sr_entity_same(e, out->v[0]))) sr_participants(c, si, f.w[n], out);
        }
        if (out->n > before || s->w[v].rel != SR_R_CCOMP) break;
        v = s->w[v].head >= 0 ? sr_clause_of(s, s->w[v].head) : -1;
    }
}

/* Whom an agreement, a threat or a refusal concerns is often said only inside it: "threatened to
 * attack Israel", "refused to meet Iranian envoys", "agreed to talks with Iraq". */
static void from_content(sr_ctx *c, uint32_t si, int i, const sr_rule *r, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    if (ev->type != SR_T_AGREE && ev->type != SR_T_THREATEN && ev->type != SR_T_REJECT && ev->type != SR_T_CONCEDE) return;
    int top = sr_content_of(c, si, i, r);
    if (top < 0 || top == i) return;
    static const char *const preps[] = {"with", "against", "to", "on", "from", NULL};
    for (int step = 0; step < 3 && top >= 0; step++) { /* "agreed to hold talks with" */
        sr_fill f = {.n = 0};
        if (sr_is_verb(s, top)) {
            sr_logical_object(s, top, &f);
            sr_fill_add(&f, sr_indirect_object(s, top)); /* "promised to give Malawi 20 million dollars" */
        } else if (step == 0 && sr_is_nominal(s, top)) sr_fill_add(&f, sr_child_sub(s, top, SR_R_NMOD, SR_S_POSS));
        int below = f.n ? f.w[0] : -1;
        int toward = sr_child(s, top, SR_R_ACL); /* "its readiness to restore ties with" */
        if (step == 0 && sr_is_nominal(s, top) && toward >= 0 && s->w[toward].xpos == SR_X_VB) below = toward;
        if (step == 0 && sr_is_verb(s, top)) sr_fill_add(&f, sr_surface_subject(s, top)); /* "that Iran will suffer" */
        for (int p = 0; preps[p]; p++)
            SR_EACH_CHILD(s, k, top)
                if ((s->w[k].rel == SR_R_OBL || s->w[k].rel == SR_R_NMOD) && sr_marked(s, k, preps[p])) sr_fill_add(&f, k);
        for (int n = 0; n < f.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
            if (!e || !e->code[0] || (e->place && !sr_is_verb(s, top)) || sr_entity_listed(&ev->actor, e)) continue;
            bool own = false; /* "agreed to withdraw its troops" */
            for (uint32_t q = 0; q < ev->actor.n; q++) own |= strcmp(ev->actor.v[q]->code, e->code) == 0;
            if (own) continue;
            sr_entity_list found = {0};
            sr_participants(c, si, f.w[n], &found);
            for (uint32_t q = 0; q < found.n; q++) sr_entity_add(c, &ev->recipient, found.v[q]);
            return;
        }
        top = below;
    }
}

/* "welcomed a closer relationship with Iraq", "pulled out of the accord with Iran": the party named
 * inside what is supported, rejected or ended. */
static void from_object(sr_ctx *c, uint32_t si, int i, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    SR_EACH_CHILD(s, k, i) {
        if (s->w[k].rel != SR_R_OBJ && s->w[k].rel != SR_R_OBL && s->w[k].rel != SR_R_NMOD) continue;
        for (int n = s->w[k].subtree_first; n <= s->w[k].subtree_last; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, n);
            int h = s->w[n].head;
            if (!e || !e->code[0] || e->place || e->pronoun || h < 0 || !sr_is_nominal(s, h) || h == i) continue;
            if (s->w[n].rel != SR_R_NMOD && s->w[n].rel != SR_R_COMPOUND && s->w[n].rel != SR_R_AMOD) continue;
            /* a demand for an Israeli withdrawal is one of Israel; one for Afghan refugees to leave is none of
             * Afghanistan */
            if (ev->type == SR_T_REQUEST && s->w[n].rel == SR_R_AMOD && sr_word_type(c, si, h) == SR_T_NONE) continue;
            bool own = sr_entity_listed(&ev->actor, e);
            for (uint32_t q = 0; q < ev->actor.n; q++) own |= strcmp(ev->actor.v[q]->code, e->code) == 0;
            if (own) continue;
            sr_entity_add(c, &ev->recipient, e);
            return;
        }
    }
}

/* "Israel's policy of assassinations", "insistence on mass deportation": whose policy it is acts. */
static void planner(sr_ctx *c, uint32_t si, int i, sr_entity_list *out) {
    const sr_sent *s = &c->parse->s[si];
    if (sr_is_verb(s, i) || s->w[i].rel != SR_R_NMOD || s->w[i].head < 0) return;
    int poss = sr_child_sub(s, s->w[i].head, SR_R_NMOD, SR_S_POSS);
    const sr_entity *e = poss >= 0 ? sr_entity_at(c->m, si, poss) : NULL;
    const sr_entity *over = sr_entity_at(c->m, si, s->w[i].head);
    if (e && e->coded && !(over && over->coded)) sr_entity_add(c, out, e);
}

/* "Trump withdrew the U.S. from the accord": a government does nothing to itself. */
static void not_oneself(sr_event *ev) {
    uint32_t kept = 0;
    for (uint32_t n = 0; n < ev->recipient.n; n++) {
        const sr_entity *e = ev->recipient.v[n];
        bool own = false;
        for (uint32_t q = 0; q < ev->actor.n; q++) /* "claimed that it attacked": it is the one who claims */
            own |= e->pronoun && e->antecedent && sr_entity_same(e->antecedent, ev->actor.v[q]);
        for (uint32_t q = 0; q < ev->actor.n; q++)
            own |= strcmp(e->sector, "GOV") == 0 && strcmp(ev->actor.v[q]->sector, "GOV") == 0 && strcmp(ev->actor.v[q]->code, e->code) == 0 &&
                   e->code[0] && !(e->person && ev->actor.v[q]->person);
        if (!own) ev->recipient.v[kept++] = e;
    }
    ev->recipient.n = kept;
}

/* Fills actor and recipient of an event at word i: from the slots of its entry, from the support
 * verb v (-1: none) and its rule, and where these are silent from what stands around. */
void sr_event_participants(sr_ctx *c, uint32_t si, int i, const sr_rule *r, int v, const sr_rule *sup, sr_event *ev) {
    if (r->reciprocal) {
        collect(c, si, i, r, r->actor, true, true, NULL, &ev->actor);
        if (v >= 0) collect(c, si, v, NULL, sup->actor, false, true, NULL, &ev->actor);
        collect(c, si, i, r, r->recipient, true, true, NULL, &ev->actor);
        /* "held talks with"; but in "clashes between them killed 20" the dead are no side */
        if (v >= 0 && !sr_toll_effect(c, si, v).n) collect(c, si, v, NULL, sup->recipient, false, true, NULL, &ev->actor);
        if (v < 0) other_side(c, si, i, r->type == SR_T_ASSAULT, &ev->actor);
    } else {
        collect(c, si, i, r, r->actor, false, true, NULL, &ev->actor);
        if (!ev->actor.n && v >= 0) collect(c, si, v, NULL, sup->actor, false, true, NULL, &ev->actor);
        const sr_rule *second = NULL;
        int w = v >= 0 && !ev->actor.n ? sr_support_of(c, si, i, 1, &second) : -1;
        if (w >= 0) collect(c, si, w, NULL, second->actor, false, true, NULL, &ev->actor);
        if (!ev->actor.n && v < 0) planner(c, si, i, &ev->actor);
        if (!ev->actor.n && v < 0 && r->type == SR_T_CONSULT) other_side(c, si, i, false, &ev->actor);
        collect(c, si, i, r, r->recipient, false, false, &ev->actor, &ev->recipient);
        if (!sr_entities_coded(&ev->recipient) && v >= 0) {
            sr_entity_list more = {0};
            collect(c, si, v, NULL, sup->recipient, false, false, &ev->actor, &more);
            if (sr_entities_coded(&more) || !ev->recipient.n) ev->recipient = more;
        }
    }
    not_oneself(ev);
    if (!sr_entities_coded(&ev->recipient) && !r->reciprocal) from_content(c, si, i, r, ev);
    bool judges = ev->type == SR_T_SUPPORT || ev->type == SR_T_SANCTION || ev->type == SR_T_ACCUSE ||
                  ev->type == SR_T_REJECT || ev->type == SR_T_COOPERATE;
    if (judges && !sr_entities_coded(&ev->recipient) && !r->reciprocal) from_object(c, si, i, ev);
}

/* Is the entity one that an act of these actors can be directed at? Words are for other states;
 * force is used at home as well. */
static bool is_other_party(const sr_event *ev, const sr_entity *e, bool places) {
    bool force = ev->type == SR_T_ASSAULT || ev->type == SR_T_COERCE;
    if (!e || !e->code[0] || (e->place && !places) || e->pronoun || e->group) return false;
    for (uint32_t n = 0; n < ev->actor.n; n++) {
        const sr_entity *a = ev->actor.v[n];
        if (strcmp(a->code, e->code) == 0 && (!force || e->place || strcmp(a->sector, e->sector) == 0)) return false;
        if (a->sent == e->sent && a->first <= e->head && e->head <= a->last) return false; /* "Saudi" of "Saudi guards" */
    }
    return true;
}

/* The first such in words `from` to `to`, which all hang below one word. */
static bool first_within(sr_ctx *c, sr_event *ev, int from, int to, bool places) {
    const sr_sent *s = &c->parse->s[ev->sent];
    for (int n = from; n <= to; n++) {
        const sr_entity *e = sr_entity_at(c->m, ev->sent, n), *whole = s->w[n].head > n ? sr_entity_at(c->m, ev->sent, s->w[n].head) : NULL;
        if (whole && whole->first <= n && is_other_party(ev, whole, false)) e = whole; /* not "Afghan" of "Afghan police" */
        if (!is_other_party(ev, e, places)) continue;
        sr_entity_add(c, &ev->recipient, e);
        return true;
    }
    return false;
}

/* The first such in what the word governs: its object and content, and what follows it. */
static bool first_inside(sr_ctx *c, sr_event *ev, bool clauses, bool places) {
    const sr_sent *s = &c->parse->s[ev->sent];
    SR_EACH_CHILD(s, k, ev->word) {
        uint8_t rel = s->w[k].rel;
        bool phrase = rel == SR_R_OBJ || (k > ev->word && (rel == SR_R_OBL || rel == SR_R_NMOD));
        bool clause = rel == SR_R_CCOMP || rel == SR_R_XCOMP || rel == SR_R_CSUBJ || rel == SR_R_ACL ||
                      (k > ev->word && rel == SR_R_ADVCL);
        /* "protested attacks by the rebels", "outside the Danish embassy"; not "protested a treaty with the United States" */
        const sr_entity *e = sr_entity_at(c->m, ev->sent, k);
        if (ev->type == SR_T_PROTEST && !clause && !(e && e->code[0]) && sr_type_quad(sr_word_type(c, ev->sent, k)) <= 2) continue;
        if ((phrase || (clauses && clause)) && first_within(c, ev, s->w[k].subtree_first, s->w[k].subtree_last, places)) return true;
    }
    return false;
}

/* "A bus carrying Egyptian officials came under fire", "a post manned by Afghan police was hit": the
 * people of a thing that was struck. */
static bool inside_target(sr_ctx *c, sr_event *ev) {
    const sr_sent *s = &c->parse->s[ev->sent];
    const sr_pattern *p = sr_trigger_at(c, ev->sent, ev->word)->best[SR_RULE_EVENT];
    const sr_rule *own = p ? sr_rule_at(c, p->rule) : NULL, *sup = NULL;
    int v = sr_is_verb(s, ev->word) ? -1 : sr_support_of(c, ev->sent, ev->word, 0, &sup);
    sr_fill f = {.n = 0};
    for (int q = 0; own && q < SR_SLOTS_MAX && own->recipient[q].slot; q++) sr_slot_fill(c, ev->sent, ev->word, own, own->recipient[q], &f);
    for (int q = 0; v >= 0 && q < SR_SLOTS_MAX && sup->recipient[q].slot; q++) sr_slot_fill(c, ev->sent, v, NULL, sup->recipient[q], &f);
    for (int n = 0; n < f.n; n++)
        if (f.w[n] != ev->word && first_within(c, ev, s->w[f.w[n]].subtree_first, s->w[f.w[n]].subtree_last, false)) return true;
    return false;
}

void sr_recipient_inside(sr_ctx *c, sr_event *ev) {
    bool verbal = ev->type == SR_T_REQUEST || ev->type == SR_T_AGREE || ev->type == SR_T_THREATEN || ev->type == SR_T_REJECT ||
                  ev->type == SR_T_ACCUSE || ev->type == SR_T_SUPPORT || ev->type == SR_T_CONCEDE || ev->type == SR_T_PROTEST;
    bool forceful = ev->type == SR_T_ASSAULT || ev->type == SR_T_COERCE;
    if (forceful && !ev->recipient.n && inside_target(c, ev)) return;
    if ((!verbal && !forceful) || ev->actor.n == 0 || sr_entities_coded(&ev->recipient)) return;
    for (uint32_t n = 1; n < ev->actor.n; n++)
        if (strcmp(ev->actor.v[n]->code, ev->actor.v[0]->code) != 0) return; /* they deal with each other */
    if (verbal) {
        if (ev->type != SR_T_PROTEST) from_object(c, ev->sent, ev->word, ev);
        if (!sr_entities_coded(&ev->recipient)) first_inside(c, ev, true, false);
    } else if (!first_inside(c, ev, false, false) && ev->type == SR_T_ASSAULT && ev->actor.v[0]->code[0]) {
        first_inside(c, ev, false, true); /* "fired missiles at an airfield in Syria" */
    }
}

/* People whose country is not said belong to the country where it happens: "soldiers", "12
 * villagers", "gunmen" (CODING conventions of PLOVER's authors: civilians and unnamed fighters of a
 * country). Earlier records are not changed: the event gets a copy. */
static void localize(sr_ctx *c, const char *country, sr_entity_list *list) {
    if (!country[0]) return;
    for (uint32_t n = 0; n < list->n; n++) {
        const sr_entity *e = list->v[n];
        if (e->code[0] || !e->sector[0] || e->group || e->media) continue;
        sr_entity *copy = SR_NEW(c->a, sr_entity);
        *copy = *e;
        memcpy(copy->code, country, sizeof copy->code);
        list->v[n] = copy;
    }
}

/* Country of an event's place, else of a place said elsewhere in its sentence; NULL: none. */
static const char *country_of(const sr_ctx *c, const sr_event *ev) {
    const char *country = NULL;
    for (uint32_t n = 0; n < ev->place.n && !country; n++)
        if (ev->place.v[n]->place.country_code[0]) country = ev->place.v[n]->place.country_code;
    uint32_t n_places;
    const sr_location *l = sr_places_of(c->m, ev->sent, &n_places);
    for (uint32_t n = 0; n < n_places && !country; n++)
        if (l[n].relation.n && l[n].place.country_code[0]) country = l[n].place.country_code;
    return country;
}

/* A sentence that names other countries than the one the report was in has gone elsewhere. */
static bool gone_elsewhere(const sr_ctx *c, uint32_t si, const char *country) {
    bool other = false;
    for (int i = 0; i < c->parse->s[si].n; i++) {
        const sr_entity *e = sr_entity_at(c->m, si, i);
        if (!e || !e->code[0] || sr_know_country(c->k, e->code) == UINT32_MAX) continue;
        if (strcmp(e->code, country) == 0) return false;
        other = true;
    }
    return other;
}

/* "Pakistan's military killed 30 militants": those whom a state's own forces or courts deal with at
 * home, when nothing says that it is elsewhere. */
static void at_home(sr_ctx *c, sr_event *ev) {
    if (ev->type != SR_T_ASSAULT && ev->type != SR_T_COERCE && ev->type != SR_T_SANCTION && ev->type != SR_T_RETREAT &&
        ev->type != SR_T_CONCEDE && ev->type != SR_T_PROTEST)
        return;
    const char *country = NULL;
    for (uint32_t n = 0; n < ev->actor.n && !country; n++)
        if (sr_know_country(c->k, ev->actor.v[n]->code) != UINT32_MAX) country = ev->actor.v[n]->code;
    if (!country) return;
    for (uint32_t n = 0; n < ev->recipient.n; n++) {
        const sr_entity *e = ev->recipient.v[n];
        if (e->code[0] || !e->person || e->group || e->media || e->place) continue;
        sr_entity *copy = SR_NEW(c->a, sr_entity);
        *copy = *e;
        memcpy(copy->code, country, sizeof copy->code);
        ev->recipient.v[n] = copy;
    }
}

void sr_country_people(sr_ctx *c, sr_event *ev, const char **country) {
    const char *here = country_of(c, ev);
    if (here) *country = here; /* until the report goes elsewhere */
    if (here || !gone_elsewhere(c, ev->sent, *country)) {
        localize(c, *country, &ev->actor);
        localize(c, *country, &ev->recipient);
    }
    at_home(c, ev);
}

/* event.c - from a trigger to an event: participants, factuality, tolls, issues, then the merging
 * of several reports of one happening within a sentence.
 *
 *   trigger ─participants─ modality ─policy─▶ event ─merge─ place, date, instrument ▶ record
 *
 * A happening is coded once a sentence: a verb of killing takes its attack ("the blast killed
 * five", "clashes ..., killing five"), a second noun for the same thing is dropped. What is only
 * demanded, offered or feared is part of the demand, unless it is violence or coercion.
 */
#include "base/date.h"
#include "base/limits.h"
#include "code/coder.h"

/* ---- participants ------------------------------------------------------------------------- */

bool sr_entity_same(const sr_entity *a, const sr_entity *b) {
    if (!a || !b) return false;
    if (a == b || a->antecedent == b || b->antecedent == a) return true;
    if (a->identifier_text.n && sr_str_eq(a->identifier_text, b->identifier_text)) return true;
    if (a->person && b->person && a->identifier_text.n && b->identifier_text.n) return false; /* two people */
    return a->code[0] && strcmp(a->code, b->code) == 0 && strcmp(a->sector, b->sector) == 0;
}

static bool listed(const sr_entity_list *list, const sr_entity *e) {
    for (uint32_t n = 0; n < list->n; n++)
        if (list->v[n] == e || (list->v[n]->sent == e->sent && list->v[n]->start == e->start)) return true;
    return false;
}

static void add_entity(sr_ctx *c, sr_entity_list *out, const sr_entity *e) {
    if (e && out->n < SR_LIST_MAX && !listed(out, e)) SR_PUSH(c->a, out, e);
}

static bool in_set(const sr_ctx *c, sr_setid set, uint32_t si, int i) {
    return set && (sr_know_in_set(c->k, set, c->m->lid[si][i]) || sr_know_in_set(c->k, set, c->m->wid[si][i]));
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

static bool coded_list(const sr_entity_list *list) {
    for (uint32_t n = 0; n < list->n; n++)
        if (list->v[n]->coded || (list->v[n]->group && list->v[n]->n_member)) return true;
    return false;
}

/* The actor behind a noun that is no actor: "Israel's decision", "the attack by gunmen". */
static void behind(sr_ctx *c, uint32_t si, int i, sr_entity_list *out, int depth) {
    const sr_sent *s = &c->parse->s[si];
    if (depth > 2 || !sr_is_nominal(s, i)) return;
    static const char *const preps[] = {"by", "from", "of", NULL};
    bool event = sr_word_type(c, si, i) != SR_T_NONE; /* "the killing of villagers": of tells the victims */
    int poss = sr_child_sub(s, i, SR_R_NMOD, SR_S_POSS);
    if (poss >= 0 && sr_entity_at(c->m, si, poss) && sr_entity_at(c->m, si, poss)->coded) {
        sr_participants(c, si, poss, out);
        if (out->n) return;
    }
    SR_EACH_CHILD(s, k, i) {
        if (s->w[k].rel != SR_R_COMPOUND && s->w[k].rel != SR_R_AMOD) continue;
        const sr_entity *e = sr_entity_at(c->m, si, k);
        if (e && e->coded && !e->place) add_entity(c, out, e);
    }
    if (out->n) return;
    for (int p = 0; preps[p] && !out->n && !(event && p == 2); p++)
        SR_EACH_CHILD(s, k, i)
            if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, preps[p])) {
                const sr_entity *e = sr_entity_at(c->m, si, k);
                if (e && e->coded) sr_participants(c, si, k, out);
                else behind(c, si, k, out, depth + 1);
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
            if (e && e->code[0]) add_entity(c, out, e);
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
            add_entity(c, out, e);
            continue;
        }
        uint32_t before = out->n;
        listed_beside(c, si, w, out);
        if (out->n > before) continue;
        if (e && e->coded) {
            add_entity(c, out, e);
            continue;
        }
        if (s->w[w].upos == SR_NUM || s->w[w].upos == SR_DET || in_set(c, c->set.partitive, si, w))
            SR_EACH_CHILD(s, k, w) /* "five of the soldiers", "members of the party" */
                if (s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "of")) sr_participants(c, si, k, out);
        if (out->n > before) continue;
        if (participant(s, e)) add_entity(c, out, e);
        else if (w == i) behind(c, si, w, out, 0);
    }
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
            sr_participants(c, si, f.w[n], &here);
        }
        if (not_these)
            for (uint32_t n = 0; n < here.n;) {
                if (listed(not_these, here.v[n])) here.v[n] = here.v[--here.n];
                else n++;
            }
        if (!here.n) continue;
        if (all || coded_list(&here)) {
            for (uint32_t n = 0; n < here.n; n++) add_entity(c, out, here.v[n]);
            if (!all) return;
        } else if (!spare.n) {
            spare = here;
        }
    }
    if (!out->n) *out = spare;
}

/* "left after a meeting with Iranian envoys", "said during a visit to Chad": who met or travelled is
 * the one whom the clause is about. */
static void other_side(sr_ctx *c, uint32_t si, int i, sr_entity_list *out) {
    static const char *const marks[] = {"during", "after", "in", "at", "following", "before", "on", "for", NULL};
    const sr_sent *s = &c->parse->s[si];
    if (sr_is_verb(s, i) || out->n > 1) return;
    bool hangs = false;
    SR_EACH_CHILD(s, k, i) hangs |= s->w[k].rel == SR_R_NMOD && sr_marked(s, k, "with");
    for (int n = 0; marks[n] && !hangs; n++) hangs = s->w[i].rel == SR_R_OBL && sr_marked(s, i, marks[n]);
    int v = s->w[i].head >= 0 ? sr_clause_of(s, s->w[i].head) : -1;
    if (!hangs || v < 0 || !sr_is_verb(s, v)) return;
    sr_fill f = {.n = 0};
    if (sr_passive(s, v)) sr_logical_object(s, v, &f);
    else sr_logical_subject(s, v, &f);
    for (int n = 0; n < f.n; n++) {
        const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
        if (e && e->coded && !e->place && !(out->n && sr_entity_same(e, out->v[0]))) sr_participants(c, si, f.w[n], out);
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
    for (int step = 0; step < 2 && top >= 0; step++) { /* "agreed to hold talks with" */
        sr_fill f = {.n = 0};
        if (sr_is_verb(s, top)) sr_logical_object(s, top, &f);
        else if (step == 0 && sr_is_nominal(s, top)) sr_fill_add(&f, sr_child_sub(s, top, SR_R_NMOD, SR_S_POSS));
        int below = f.n ? f.w[0] : -1;
        if (step == 0 && sr_is_verb(s, top)) sr_fill_add(&f, sr_surface_subject(s, top)); /* "that Iran will suffer" */
        for (int p = 0; preps[p]; p++)
            SR_EACH_CHILD(s, k, top)
                if ((s->w[k].rel == SR_R_OBL || s->w[k].rel == SR_R_NMOD) && sr_marked(s, k, preps[p])) sr_fill_add(&f, k);
        for (int n = 0; n < f.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
            if (!e || !e->code[0] || (e->place && !sr_is_verb(s, top)) || listed(&ev->actor, e)) continue;
            bool own = false; /* "agreed to withdraw its troops" */
            for (uint32_t q = 0; q < ev->actor.n; q++) own |= strcmp(ev->actor.v[q]->code, e->code) == 0;
            if (own) continue;
            sr_entity_list found = {0};
            sr_participants(c, si, f.w[n], &found);
            for (uint32_t q = 0; q < found.n; q++) add_entity(c, &ev->recipient, found.v[q]);
            return;
        }
        top = below;
    }
}

/* "welcomed a closer relationship with Iraq", "pulled out of the accord with Iran": the party named
 * inside what is supported, rejected or ended. */
static void from_object(sr_ctx *c, uint32_t si, int i, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    if (ev->type != SR_T_SUPPORT && ev->type != SR_T_SANCTION && ev->type != SR_T_ACCUSE && ev->type != SR_T_REJECT &&
        ev->type != SR_T_COOPERATE) return;
    SR_EACH_CHILD(s, k, i) {
        if (s->w[k].rel != SR_R_OBJ && s->w[k].rel != SR_R_OBL && s->w[k].rel != SR_R_NMOD) continue;
        for (int n = s->w[k].subtree_first; n <= s->w[k].subtree_last; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, n);
            int h = s->w[n].head;
            if (!e || !e->code[0] || e->place || e->pronoun || h < 0 || !sr_is_nominal(s, h) || h == i) continue;
            if (s->w[n].rel != SR_R_NMOD && s->w[n].rel != SR_R_COMPOUND && s->w[n].rel != SR_R_AMOD) continue;
            bool own = listed(&ev->actor, e);
            for (uint32_t q = 0; q < ev->actor.n; q++) own |= strcmp(ev->actor.v[q]->code, e->code) == 0;
            if (own) continue;
            add_entity(c, &ev->recipient, e);
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
    if (e && e->coded && !(over && over->coded)) add_entity(c, out, e);
}

/* ---- issues, instruments -------------------------------------------------------------------- */

static void find_issues(sr_ctx *c, uint32_t si, int a, int b, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    for (int i = a; i <= b; i++) {
        if (!c->m->lid[si][i] && !c->m->wid[si][i]) continue;
        sr_hit hits[16];
        uint32_t n = sr_know_match(c->k, s, c->m->wid[si], c->m->lid[si], (uint32_t)i, hits, 16);
        for (uint32_t q = 0; q < n; q++) {
            if (hits[q].kind != SR_K_ISSUE || i + hits[q].n_words - 1 > b) continue;
            sr_str issue = sr_know_issue(c->k, hits[q].index);
            bool had = false;
            for (uint32_t z = 0; z < ev->issue.n; z++) had |= sr_str_eq(ev->issue.v[z], issue);
            if (!had) SR_PUSH(c->a, &ev->issue, issue);
        }
    }
}

static bool negotiable(uint8_t type) {
    return type == SR_T_REQUEST || type == SR_T_REJECT || type == SR_T_AGREE || type == SR_T_CONCEDE ||
           type == SR_T_THREATEN;
}

static void find_instruments(sr_ctx *c, uint32_t si, sr_event *ev) {
    if (ev->type != SR_T_ASSAULT && ev->type != SR_T_THREATEN && ev->type != SR_T_MOBILIZE && ev->type != SR_T_COERCE) return;
    const sr_sent *s = &c->parse->s[si];
    int top = sr_clause_of(s, ev->word);
    for (int i = s->w[top].subtree_first; i <= s->w[top].subtree_last; i++)
        if (in_set(c, c->set.weapon, si, i) && sr_is_nominal(s, i) && ev->instrument.n < 4) {
            sr_span span = sr_word_span(s, i);
            SR_PUSH(c->a, &ev->instrument, span);
        }
}

/* ---- place and date ------------------------------------------------------------------------- */

/* Tree distance from word i up to an ancestor of `word`; -1 when a clause that somebody utters, or
 * another event, lies between. Larger is further. */
static int reach(sr_ctx *c, uint32_t si, int i, int word) {
    const sr_sent *s = &c->parse->s[si];
    int steps = 0, top = i;
    while (top >= 0 && !sr_below(s, word, top) && steps <= s->n) top = s->w[top].head, steps++;
    if (top < 0) return -1;
    for (int j = word; j != top && j >= 0; j = s->w[j].head) {
        steps += 2;
        if (s->w[j].rel == SR_R_CCOMP && s->w[j].head == top && sr_trigger_at(c, si, top)->best[SR_RULE_CUE] && i > top)
            return -1;
    }
    return steps;
}

static bool taken_as_actor(const sr_event *ev, uint32_t si, const sr_location *l) {
    const sr_entity_list *lists[2] = {&ev->actor, &ev->recipient};
    for (int n = 0; n < 2; n++)
        for (uint32_t q = 0; q < lists[n]->n; q++) {
            const sr_entity *e = lists[n]->v[q];
            if (e->sent == si && l->start >= e->start && l->end <= e->end && !l->relation.n) return true;
        }
    return false;
}

/* Is it said as a place where: with a preposition, or before the event noun ("Kabul blast"). A
 * government named by its capital, a country named as a party are not. */
static bool where(const sr_ctx *c, uint32_t si, const sr_location *l, int word) {
    const sr_sent *s = &c->parse->s[si];
    if (l->relation.n) return true;
    for (int h = l->head, step = 0; h >= 0 && step < 3; h = s->w[h].head, step++)
        if (h == word) return l->resolution > 1;
        else if (s->w[h].rel != SR_R_COMPOUND && s->w[h].rel != SR_R_NMOD && s->w[h].rel != SR_R_APPOS) break;
    const sr_entity *e = sr_entity_at(c->m, si, l->head);
    return l->resolution > 1 && (!e || e->place);
}

static void find_places(sr_ctx *c, uint32_t si, sr_event *ev) {
    int best = 1000;
    for (uint32_t n = 0; n < c->m->places.n; n++) {
        const sr_location *l = &c->m->places.v[n];
        if (l->sent != si || taken_as_actor(ev, si, l) || !where(c, si, l, ev->word)) continue;
        int d = reach(c, si, l->head, ev->word);
        if (d >= 0 && d < best) best = d;
    }
    if (best > 12) return;
    for (uint32_t n = 0; n < c->m->places.n && ev->place.n < 4; n++) {
        const sr_location *l = &c->m->places.v[n];
        if (l->sent != si || taken_as_actor(ev, si, l) || !where(c, si, l, ev->word)) continue;
        int d = reach(c, si, l->head, ev->word);
        if (d < 0 || d > best + 3) continue;
        SR_PUSH(c->a, &ev->place, l);
    }
}

/* Does the time lie ahead: after the document's day, or by its own words? */
static bool coming(const sr_ctx *c, const sr_time *t) {
    if (c->doc->date != SR_DAY_NONE && t->from != SR_DAY_NONE) return t->from > c->doc->date;
    const sr_sent *s = &c->parse->s[t->sent];
    for (int i = t->first; i <= t->last; i++)
        if (sr_str_is(s->w[i].folded, "next") || sr_str_is(s->w[i].folded, "tomorrow") || sr_str_is(s->w[i].folded, "coming"))
            return true;
    return false;
}

/* Without a document date: does the time itself say that it is long past? A year does (a report of
 * this year's events leaves it out), so do "last year", "decades ago", "in the past". */
static bool long_ago(const sr_ctx *c, const sr_time *t) {
    if (c->doc->date != SR_DAY_NONE) return false;
    const sr_sent *s = &c->parse->s[t->sent];
    bool last = false, past = false;
    for (int i = t->first; i <= t->last; i++) {
        sr_str w = s->w[i].folded;
        uint64_t year;
        if (w.n == 4 && sr_str_u64(w, &year) && year >= 1900 && year <= 2100) return true;
        if ((last || past) && sr_str_starts(w, "year")) return last;
        if (sr_str_is(w, "ago")) {
            for (int k = t->first; k < i; k++)
                if (sr_str_starts(s->w[k].folded, "year") || sr_str_starts(s->w[k].folded, "decade")) return true;
        }
        last |= sr_str_is(w, "last");
        past |= sr_str_is(w, "past");
        if (w.n == 5 && w.p[4] == 's' && sr_str_u64((sr_str){w.p, 4}, &year)) return true; /* "the 1990s" */
    }
    return false;
}

static void find_date(sr_ctx *c, uint32_t si, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    const sr_time *found = NULL;
    int best = 1000;
    for (uint32_t n = 0; n < c->m->times.n; n++) {
        const sr_time *t = &c->m->times.v[n];
        if (t->sent != si || (t->type != SR_TIME_DATE && t->type != SR_TIME_TIME)) continue;
        int d = reach(c, si, t->head, ev->word);
        if (d >= 0 && d < best) best = d, found = t;
    }
    ev->date = ev->enddate = SR_DAY_NONE;
    if (found && best <= 10) {
        ev->date_text = (sr_span){found->start, found->end};
        ev->date = found->from;
        if (!found->since && found->until != found->from) ev->enddate = found->until;
        if (found->from != SR_DAY_NONE) ev->date_precision = sr_str_z(sr_precision_names[found->precision]);
        int32_t now = c->doc->date;
        if (long_ago(c, found)) ev->aux |= SR_AUX_HISTORICAL;
        if (now != SR_DAY_NONE && found->from != SR_DAY_NONE) {
            if (found->until != SR_DAY_NONE && found->until < now - 180) ev->aux |= SR_AUX_HISTORICAL;
        }
        if (coming(c, found) && s->w[ev->word].xpos != SR_X_VBD) {
            ev->aux |= SR_AUX_FUTURE;
            ev->fact = sr_fact_under(ev->fact, SR_PR_POS);
        }
    }
    if (ev->date == SR_DAY_NONE && !found && c->doc->date != SR_DAY_NONE) {
        ev->date = c->doc->date;
        ev->date_precision = SR_LIT("document");
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
    for (uint32_t n = 0; n < c->m->places.n && !country; n++)
        if (c->m->places.v[n].sent == ev->sent && c->m->places.v[n].relation.n && c->m->places.v[n].place.country_code[0])
            country = c->m->places.v[n].place.country_code;
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

/* ---- policy --------------------------------------------------------------------------------- */

static void drop(sr_ctx *c, uint32_t si, int i, const sr_rule *r, const char *why) {
    if (!c->opt->why_not) return;
    sr_dropped d = {.sent = si, .word = (int16_t)i, .rule = r->id, .why = why};
    SR_PUSH(c->a, &c->out->dropped, d);
}

/* Future cooperation is agreement, a future pull-out a concession (PLOVER's boundary rules). */
static void future_type(sr_event *ev, const sr_modality *m) {
    if (!(ev->aux & SR_AUX_FUTURE) || (ev->fact >= SR_CT_NEG && ev->fact != SR_UU)) return;
    if (ev->fact == SR_UU && (!m->planned || m->under >= 0)) return;
    switch (ev->type) {
    case SR_T_CONSULT: case SR_T_SUPPORT: case SR_T_COOPERATE: case SR_T_AID:
        ev->type = SR_T_AGREE, ev->mode = SR_STR_NONE;
        break;
    case SR_T_RETREAT: ev->type = SR_T_CONCEDE, ev->mode = SR_STR_NONE; break;
    default: break;
    }
}

/* Why an event of this type with this modality is not coded on its own; NULL: it is. */
static const char *not_coded(sr_ctx *c, uint32_t si, const sr_event *ev, const sr_modality *m) {
    int quad = sr_type_quad(ev->type);
    bool forceful = ev->type == SR_T_ASSAULT || ev->type == SR_T_COERCE || ev->type == SR_T_MOBILIZE;
    if (m->under >= 0) {
        uint8_t over = sr_word_type(c, si, m->under);
        bool wish = over == SR_T_REQUEST || over == SR_T_REJECT || over == SR_T_AGREE || over == SR_T_THREATEN ||
                    over == SR_T_CONCEDE || over == SR_T_PROTEST;
        if (wish && !forceful) return "part of what another event demands, refuses, offers or threatens";
    }
    if (ev->fact == SR_UU && !forceful && !(m->planned && m->under < 0 && ev->type == SR_T_AGREE)) return "only wanted, planned or conditional";
    if (ev->fact >= SR_CT_NEG && quad != 4 && quad != 3) return "denied";
    return NULL;
}

static bool need_met(const sr_rule *r, const sr_event *ev) {
    bool actor = coded_list(&ev->actor), recipient = coded_list(&ev->recipient);
    for (uint32_t n = 0; n < ev->recipient.n; n++) /* one visits, and one bombs, a place */
        recipient |= ev->recipient.v[n]->code[0] && (ev->type == SR_T_CONSULT || ev->type == SR_T_ASSAULT);
    switch ((sr_need)r->need) {
    case SR_NEED_NONE: return true;
    case SR_NEED_ACTOR: return actor;
    case SR_NEED_RECIPIENT: return recipient;
    case SR_NEED_BOTH: return actor && recipient;
    case SR_NEED_ANY: break;
    }
    return actor || recipient;
}

/* "criticised Islamabad for its plan to deport": the conduct blamed or praised is that of the one who
 * is blamed or praised. */
static void whose_conduct(sr_ctx *c, uint32_t si, const sr_modality *m, sr_event *ev) {
    uint8_t over = sr_word_type(c, si, m->under);
    if (over != SR_T_ACCUSE && over != SR_T_SUPPORT) return;
    for (uint32_t n = c->out->events.n; n > 0; n--) {
        const sr_event *a = &c->out->events.v[n - 1];
        if (a->sent != si) return;
        if (a->word != m->under || !coded_list(&a->recipient)) continue;
        ev->actor = a->recipient;
        return;
    }
}

/* ---- one trigger ---------------------------------------------------------------------------- */

/* "rocket attack", "peace talks meeting": the modifier of a noun that triggers by itself. */
static bool only_modifier(sr_ctx *c, uint32_t si, int i) {
    const sr_sent *s = &c->parse->s[si];
    const sr_word *w = &s->w[i];
    if (w->head < 0 || !sr_is_nominal(s, i)) return false;
    if (w->rel == SR_R_FLAT || w->rel == SR_R_FIXED) return true;
    if (w->rel != SR_R_COMPOUND && w->rel != SR_R_AMOD) return false;
    return sr_word_type(c, si, w->head) != SR_T_NONE;
}

/* For `explain`: who was found, and where. */
static void trace(sr_ctx *c, sr_event *ev) {
    const sr_entity_list *lists[2] = {&ev->actor, &ev->recipient};
    for (int k = 0; k < 2; k++)
        for (uint32_t n = 0; n < lists[k]->n; n++)
            ev->path = sr_arena_printf(c->a, "%.*s%s%s%.*s", (int)ev->path.n, ev->path.n ? ev->path.p : "",
                                       n ? ", " : ev->path.n ? "; " : "", n ? "" : (k ? "recipient: " : "actor: "),
                                       (int)lists[k]->v[n]->text.n, lists[k]->v[n]->text.p);
}

static void event_at(sr_ctx *c, uint32_t si, int i, const sr_rule *r) {
    const sr_sent *s = &c->parse->s[si];
    if (only_modifier(c, si, i)) {
        drop(c, si, i, r, "modifies a noun that reports the event");
        return;
    }
    if (s->w[i].rel == SR_R_AMOD && s->w[i].xpos == SR_X_VBN && sr_type_quad(r->type) <= 2) {
        drop(c, si, i, r, "a participle that only describes");
        return;
    }
    sr_event ev = {.type = r->type, .mode = r->mode, .context = r->context, .cameo = r->cameo, .rule = r->id,
                   .sent = si, .word = (int16_t)i, .date = SR_DAY_NONE, .enddate = SR_DAY_NONE};
    for (uint32_t n = 0; n < r->n_variant; n++) {
        const sr_variant *v = &r->variant[n];
        bool holds = true;
        for (uint32_t q = 0; q < v->n_cond && holds; q++) holds = sr_cond_holds(c, si, i, r, &v->cond[q]);
        if (!holds) continue;
        if (v->type) ev.type = v->type, ev.mode = v->mode;
        else ev.mode = v->mode;
        break;
    }
    ev.trigger = sr_word_span(s, i);
    sr_modality m = sr_modality_of(c, si, i);
    ev.fact = m.fact;
    ev.aux = m.aux | r->aux;

    const sr_rule *sup = NULL;
    int v = sr_is_verb(s, i) ? -1 : sr_support_of(c, si, i, &sup);
    if (r->reciprocal) {
        collect(c, si, i, r, r->actor, true, true, NULL, &ev.actor);
        if (v >= 0) collect(c, si, v, NULL, sup->actor, false, true, NULL, &ev.actor);
        collect(c, si, i, r, r->recipient, true, true, NULL, &ev.actor);
        if (v >= 0) collect(c, si, v, NULL, sup->recipient, false, true, NULL, &ev.actor);
        if (v < 0) other_side(c, si, i, &ev.actor);
    } else {
        collect(c, si, i, r, r->actor, false, true, NULL, &ev.actor);
        if (!ev.actor.n && v >= 0) collect(c, si, v, NULL, sup->actor, false, true, NULL, &ev.actor);
        if (!ev.actor.n && v < 0) planner(c, si, i, &ev.actor);
        if (!ev.actor.n && v < 0 && r->type == SR_T_CONSULT) other_side(c, si, i, &ev.actor);
        collect(c, si, i, r, r->recipient, false, false, &ev.actor, &ev.recipient);
        if (!coded_list(&ev.recipient) && v >= 0) {
            sr_entity_list more = {0};
            collect(c, si, v, NULL, sup->recipient, false, false, &ev.actor, &more);
            if (coded_list(&more) || !ev.recipient.n) ev.recipient = more;
        }
    }
    if (!coded_list(&ev.recipient) && !r->reciprocal) from_content(c, si, i, r, &ev);
    if (!coded_list(&ev.recipient) && !r->reciprocal) from_object(c, si, i, &ev);
    if (m.under >= 0 && ev.actor.n && ev.actor.v[0]->pronoun) whose_conduct(c, si, &m, &ev);
    if (!need_met(r, &ev)) {
        drop(c, si, i, r, "no political participant");
        return;
    }
    if (!sr_is_verb(s, i) && !ev.actor.n && !ev.recipient.n && r->need != SR_NEED_NONE) {
        drop(c, si, i, r, "an event noun without participants");
        return;
    }
    find_date(c, si, &ev);
    future_type(&ev, &m);
    const char *why = not_coded(c, si, &ev, &m);
    if (why) {
        drop(c, si, i, r, why);
        return;
    }
    int top = sr_content_of(c, si, i, r);
    if (top >= 0 && top != i) ev.content = sr_subtree_span(s, top);
    if (negotiable(ev.type)) {
        if (top >= 0) find_issues(c, si, s->w[top].subtree_first, s->w[top].subtree_last, &ev);
        if (!ev.issue.n) find_issues(c, si, s->w[i].subtree_first, s->w[i].subtree_last, &ev);
    }
    SR_PUSH(c->a, &c->out->events, ev);
}

/* ---- merging -------------------------------------------------------------------------------- */

static void take_all(sr_ctx *c, sr_event *into, const sr_event *from) {
    for (uint32_t n = 0; n < from->issue.n; n++) SR_PUSH(c->a, &into->issue, from->issue.v[n]);
    if (!into->mode.n) into->mode = from->mode;
    if (!into->content.end) into->content = from->content;
}

/* Are all of a's in b, as far as codes tell? */
static bool within(const sr_entity_list *a, const sr_entity_list *b) {
    for (uint32_t n = 0; n < a->n; n++) {
        bool found = false;
        for (uint32_t q = 0; q < b->n; q++) found |= sr_entity_same(a->v[n], b->v[q]) || a->v[n] == b->v[q];
        if (!found) return false;
    }
    return true;
}

static bool subject_is(const sr_sent *s, int verb, int word) {
    sr_fill f = {.n = 0};
    sr_logical_subject(s, verb, &f);
    for (int n = 0; n < f.n; n++)
        if (f.w[n] == word) return true;
    return false;
}

/* A verb of killing or wounding that does not say who did it. */
static bool agentless(sr_ctx *c, const sr_event *ev) {
    sr_str effect = sr_toll_effect(c, ev->sent, ev->word);
    return ev->type == SR_T_ASSAULT && (sr_str_is(effect, "killed") || sr_str_is(effect, "wounded")) && !coded_list(&ev->actor) &&
           c->parse->s[ev->sent].w[ev->word].upos == SR_VERB;
}

/* One happening told by two words of a sentence: into which of the two it goes, or 0 for neither,
 * 1: b into a, 2: a into b. a stands before b in the text. */
static int same_happening(sr_ctx *c, const sr_event *a, const sr_event *b) {
    const sr_sent *s = &c->parse->s[a->sent];
    if (a->type != b->type || a->fact != b->fact) return 0;
    bool va = s->w[a->word].upos == SR_VERB, vb = s->w[b->word].upos == SR_VERB;
    /* "the blast killed five", "was killed in a blast" */
    if (!va && vb && (subject_is(s, b->word, a->word) || sr_below(s, a->word, b->word)) &&
        (within(&a->actor, &b->actor) || within(&b->actor, &a->actor) || !a->actor.n || !b->actor.n))
        return 1;
    if (va && !vb && sr_below(s, b->word, a->word) && (!b->actor.n || within(&b->actor, &a->actor) || !a->actor.n))
        return b->recipient.n && a->recipient.n && !within(&b->recipient, &a->recipient) ? 0 : 1;
    /* "clashes erupted ..., killing five": a participle or coordinate that adds the toll */
    if (vb && sr_below(s, b->word, sr_clause_of(s, a->word)) && sr_toll_effect(c, b->sent, b->word).n &&
        (s->w[b->word].rel == SR_R_ADVCL || s->w[b->word].rel == SR_R_ACL || s->w[b->word].rel == SR_R_CONJ) &&
        sr_child(s, b->word, SR_R_NSUBJ) < 0)
        return 1;
    /* "16 people were killed ... in a series of attacks": the agentless verb counts, the other tells */
    if (agentless(c, a)) return agentless(c, b) ? 0 : 2;
    if (agentless(c, b)) return 1;
    /* two nouns, or two verbs coordinated, for the same participants */
    if (within(&b->actor, &a->actor) && within(&b->recipient, &a->recipient)) return 1;
    if (within(&a->actor, &b->actor) && within(&a->recipient, &b->recipient)) return 2;
    return 0;
}

static bool fight(sr_ctx *c, const sr_event *ev) {
    const sr_pattern *p = sr_trigger_at(c, ev->sent, ev->word)->best[SR_RULE_EVENT];
    return ev->type == SR_T_ASSAULT && p && sr_rule_at(c, p->rule)->reciprocal;
}

static bool armed(const sr_entity *e) {
    static const char *const list[] = {"MIL", "REB", "COP", "UAF", "PRM", "GOV"};
    for (size_t n = 0; n < sizeof list / sizeof *list; n++)
        if (strcmp(e->sector, list[n]) == 0) return true;
    return false;
}

static void merge(sr_ctx *c) {
    uint32_t kept = 0;
    sr_event *v = c->out->events.v;
    for (uint32_t n = 0; n < c->out->events.n; n++) {
        bool gone = false;
        for (uint32_t q = kept; q > 0 && !gone; q--) {
            sr_event *a = &v[q - 1], *b = &v[n];
            if (a->sent != b->sent) break;
            int way = same_happening(c, a, b);
            if (!way) continue;
            sr_event *into = way == 1 ? a : b, *from = way == 1 ? b : a;
            take_all(c, into, from);
            if (!coded_list(&into->actor) && from->actor.n) into->actor = from->actor;
            if (!coded_list(&into->recipient) && from->recipient.n && into->type == SR_T_ASSAULT)
                into->recipient = from->recipient;
            if (fight(c, into)) { /* both fought: those who fell are a side, not the target */
                for (uint32_t z = 0; z < into->recipient.n; z++)
                    if (armed(into->recipient.v[z])) add_entity(c, &into->actor, into->recipient.v[z]);
                uint32_t left = 0;
                for (uint32_t z = 0; z < into->recipient.n; z++)
                    if (!armed(into->recipient.v[z])) into->recipient.v[left++] = into->recipient.v[z];
                into->recipient.n = left;
            }
            if (way == 2) *a = *b;
            for (uint32_t z = 0; z < a->actor.n; z++) /* nobody kills himself by being killed */
                if (listed(&a->recipient, a->actor.v[z])) a->actor.n = 0;
            gone = true;
        }
        if (!gone) {
            if (kept != n) v[kept] = v[n];
            kept++;
        }
    }
    c->out->events.n = kept;
}

/* A refusal answers the demand beside it: each is the other's recipient. */
static void answer_each_other(sr_ctx *c) {
    for (uint32_t n = 0; n < c->out->events.n; n++) {
        sr_event *b = &c->out->events.v[n];
        if (b->type != SR_T_REJECT && b->type != SR_T_AGREE && b->type != SR_T_CONCEDE) continue;
        for (uint32_t q = n; q > 0; q--) {
            sr_event *a = &c->out->events.v[q - 1];
            if (a->sent + 1 < b->sent) break;
            if (a->type != SR_T_REQUEST && a->type != SR_T_ACCUSE) continue;
            if (!a->actor.n || !b->actor.n || sr_entity_same(a->actor.v[0], b->actor.v[0])) continue;
            if (a->recipient.n && !within(&b->actor, &a->recipient)) continue;
            if (!a->recipient.n && a->sent == b->sent) a->recipient = b->actor, a->recipient_inherited = true;
            if (!b->recipient.n && b->type == SR_T_REJECT) b->recipient = a->actor, b->recipient_inherited = true;
            if (!b->issue.n) for (uint32_t z = 0; z < a->issue.n; z++) SR_PUSH(c->a, &b->issue, a->issue.v[z]);
            break;
        }
    }
}

/* "149 depots were seized, he added": an agentless passive takes the agent that the sentences before
 * give to acts of the same type. */
static void inherit_agent(sr_ctx *c, sr_event *ev) {
    const sr_sent *s = &c->parse->s[ev->sent];
    if (ev->actor.n || (ev->type != SR_T_COERCE && ev->type != SR_T_SANCTION && ev->type != SR_T_ASSAULT)) return;
    if (!sr_is_verb(s, ev->word) || !sr_passive(s, ev->word)) return;
    for (uint32_t q = ev->index; q > 0; q--) {
        const sr_event *a = &c->out->events.v[q - 1];
        if (a->sent + 2 < ev->sent) return;
        if (a->sent == ev->sent || a->type != ev->type || !coded_list(&a->actor) || a->actor_inherited) continue;
        ev->actor = a->actor;
        ev->actor_inherited = true;
        return;
    }
}

void sr_code_events(sr_ctx *c) {
    for (uint32_t si = 0; si < c->parse->n; si++)
        for (int i = 0; i < c->parse->s[si].n && !c->parse->s[si].dateline; i++) {
            const sr_pattern *p = sr_trigger_at(c, si, i)->best[SR_RULE_EVENT];
            if (!p) continue;
            const sr_rule *r = sr_rule_at(c, p->rule);
            if ((r->type == SR_T_STATEMENT || r->type == SR_T_APPEAL) && !c->opt->statements) continue;
            event_at(c, si, i, r);
        }
    merge(c);
    sr_code_tolls(c);
    answer_each_other(c);
    const char *country = "";
    for (uint32_t n = 0; n < c->out->events.n; n++) {
        sr_event *ev = &c->out->events.v[n];
        ev->index = n;
        sr_str id = sr_arena_printf(c->a, "e%u", n + 1);
        memcpy(ev->id, id.p, id.n < 11 ? id.n : 11);
        find_places(c, ev->sent, ev);
        const char *here = country_of(c, ev);
        if (here) country = here; /* until the report goes elsewhere */
        if (!ev->recipient.n && ev->type == SR_T_ASSAULT && !fight(c, ev)) /* those who fell were struck */
            for (uint32_t q = 0; q < ev->toll.n; q++)
                for (uint32_t z = 0; z < ev->toll.v[q].victim.n; z++) add_entity(c, &ev->recipient, ev->toll.v[q].victim.v[z]);
        inherit_agent(c, ev);
        if (here || !gone_elsewhere(c, ev->sent, country)) {
            localize(c, country, &ev->actor);
            localize(c, country, &ev->recipient);
        }
        find_instruments(c, ev->sent, ev);
        trace(c, ev);
    }
}

/* setting.c - where, when, about what and with what: places, dates, issues and instruments of an
 * event, by their nearness to its trigger in the tree.
 */
#include "base/date.h"
#include "code/coder.h"

/* ---- issues, instruments -------------------------------------------------------------------- */

void sr_find_issues(sr_ctx *c, uint32_t si, int a, int b, sr_event *ev) {
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

void sr_find_instruments(sr_ctx *c, uint32_t si, sr_event *ev) {
    if (ev->type != SR_T_ASSAULT && ev->type != SR_T_THREATEN && ev->type != SR_T_MOBILIZE && ev->type != SR_T_COERCE) return;
    const sr_sent *s = &c->parse->s[si];
    int top = sr_clause_of(s, ev->word);
    for (int i = s->w[top].subtree_first; i <= s->w[top].subtree_last; i++)
        if (sr_word_in(c, c->set.weapon, si, i) && sr_is_nominal(s, i) && ev->instrument.n < 4) {
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
            if (e->sent == si && !e->place && l->start >= e->start && l->end <= e->end && !l->relation.n) return true;
        }
    return false;
}

/* Is it said as a place where: with a preposition, or before the event noun ("Kabul blast"). A
 * government named by its capital, a country named as a party are not. */
static bool where(sr_ctx *c, uint32_t si, const sr_location *l, int word) {
    const sr_sent *s = &c->parse->s[si];
    if (l->relation.n) return true;
    for (int h = l->head, step = 0; h >= 0 && step < 3; h = s->w[h].head, step++)
        if (h == word) return l->resolution > 1 || sr_is_scene(c, si, l->head, word);
        else if (s->w[h].rel != SR_R_COMPOUND && s->w[h].rel != SR_R_NMOD && s->w[h].rel != SR_R_APPOS) break;
    const sr_entity *e = sr_entity_at(c->m, si, l->head);
    return l->resolution > 1 && (!e || e->place);
}

void sr_find_places(sr_ctx *c, uint32_t si, sr_event *ev) {
    int best = 1000;
    uint32_t n_places;
    const sr_location *places = sr_places_of(c->m, si, &n_places);
    for (uint32_t n = 0; n < n_places; n++) {
        const sr_location *l = &places[n];
        if (taken_as_actor(ev, si, l) || !where(c, si, l, ev->word)) continue;
        int d = reach(c, si, l->head, ev->word);
        if (d >= 0 && d < best) best = d;
    }
    if (best > 12) return;
    for (uint32_t n = 0; n < n_places && ev->place.n < 4; n++) {
        const sr_location *l = &places[n];
        if (taken_as_actor(ev, si, l) || !where(c, si, l, ev->word)) continue;
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

/* "the 2015 accord": the year belongs to the accord's name, and dates nothing that is said of it. */
static bool names_a_thing(const sr_sent *s, int i, int word) {
    uint8_t rel = s->w[i].rel;
    int h = s->w[i].head;
    if (h >= 0 && h != word && rel == SR_R_NMOD && s->w[h].upos == SR_NOUN && !sr_below(s, word, h)) return true; /* "ahead of next month's vote" */
    return h >= 0 && h != word && h > i && (rel == SR_R_NUMMOD || rel == SR_R_AMOD || rel == SR_R_COMPOUND) &&
           (s->w[h].upos == SR_NOUN || s->w[h].upos == SR_PROPN);
}

void sr_find_date(sr_ctx *c, uint32_t si, sr_event *ev) {
    const sr_sent *s = &c->parse->s[si];
    const sr_time *found = NULL;
    int best = 1000;
    uint32_t n_times;
    const sr_time *times = sr_times_of(c->m, si, &n_times);
    for (uint32_t n = 0; n < n_times; n++) {
        const sr_time *t = &times[n];
        if (t->type != SR_TIME_DATE && t->type != SR_TIME_TIME) continue;
        if (names_a_thing(s, t->head, ev->word)) continue;
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

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
#include "code/coder.h"

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
        if (over == SR_T_THREATEN || (wish && !forceful)) return "part of what another event demands, refuses, offers or threatens";
    }
    if (ev->fact == SR_UU && !forceful && !(m->planned && m->under < 0 && ev->type == SR_T_AGREE)) return "only wanted, planned or conditional";
    if (m->aux & SR_AUX_HYPOTHETICAL) return "only if";
    if (ev->fact >= SR_CT_NEG && quad != 4 && quad != 3) return "denied";
    return NULL;
}

static bool need_met(const sr_rule *r, const sr_event *ev) {
    bool actor = sr_entities_coded(&ev->actor), recipient = sr_entities_coded(&ev->recipient);
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
        if (a->word != m->under || !sr_entities_coded(&a->recipient)) continue;
        ev->actor = sr_entities_copy(c, &a->recipient);
        return;
    }
}

/* Types whose content can be a topic of negotiation. */
static bool negotiable(uint8_t type) {
    return type == SR_T_REQUEST || type == SR_T_REJECT || type == SR_T_AGREE || type == SR_T_CONCEDE ||
           type == SR_T_THREATEN;
}

/* ---- one trigger ---------------------------------------------------------------------------- */

/* "rocket attack", "peace talks meeting": the modifier of a noun that triggers by itself. */
static bool only_modifier(sr_ctx *c, uint32_t si, int i) {
    const sr_sent *s = &c->parse->s[si];
    const sr_word *w = &s->w[i];
    if (w->head < 0 || !sr_is_nominal(s, i)) return false;
    if (w->rel == SR_R_FLAT || w->rel == SR_R_FIXED) return true;
    if (w->rel == SR_R_COMPOUND && w->upos == SR_NOUN) return true; /* "an assault ship" too */
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
    int v = sr_is_verb(s, i) ? -1 : sr_support_of(c, si, i, 0, &sup);
    sr_event_participants(c, si, i, r, v, sup, &ev);
    if (m.under >= 0 && ev.actor.n && ev.actor.v[0]->pronoun) whose_conduct(c, si, &m, &ev);
    if (!need_met(r, &ev)) {
        drop(c, si, i, r, "no political participant");
        return;
    }
    if (!sr_is_verb(s, i) && !ev.actor.n && !ev.recipient.n && r->need != SR_NEED_NONE) {
        drop(c, si, i, r, "an event noun without participants");
        return;
    }
    sr_find_date(c, si, &ev);
    future_type(&ev, &m);
    const char *why = not_coded(c, si, &ev, &m);
    if (why) {
        drop(c, si, i, r, why);
        return;
    }
    int top = sr_content_of(c, si, i, r);
    if (top >= 0 && top != i) ev.content = sr_subtree_span(s, top);
    if (negotiable(ev.type)) {
        if (top >= 0) sr_find_issues(c, si, s->w[top].subtree_first, s->w[top].subtree_last, &ev);
        if (!ev.issue.n) sr_find_issues(c, si, s->w[i].subtree_first, s->w[i].subtree_last, &ev);
    }
    SR_PUSH(c->a, &c->out->events, ev);
}

/* ---- all of them ---------------------------------------------------------------------------- */

void sr_code_events(sr_ctx *c) {
    for (uint32_t si = 0; si < c->parse->n; si++)
        for (int i = 0; i < c->parse->s[si].n && !c->parse->s[si].dateline; i++) {
            const sr_pattern *p = sr_trigger_at(c, si, i)->best[SR_RULE_EVENT];
            if (!p) continue;
            const sr_rule *r = sr_rule_at(c, p->rule);
            if ((r->type == SR_T_STATEMENT || r->type == SR_T_APPEAL) && !c->opt->statements) continue;
            event_at(c, si, i, r);
        }
    sr_merge_events(c);
    sr_code_tolls(c);
    sr_answer_each_other(c);
    const char *country = "";
    for (uint32_t n = 0; n < c->out->events.n; n++) {
        sr_event *ev = &c->out->events.v[n];
        ev->index = n;
        sr_str id = sr_arena_printf(c->a, "e%u", n + 1);
        memcpy(ev->id, id.p, id.n < 11 ? id.n : 11);
        sr_find_places(c, ev->sent, ev);
        if (!ev->recipient.n && ev->type == SR_T_ASSAULT && !sr_is_fight(c, ev)) /* those who fell were struck */
            for (uint32_t q = 0; q < ev->toll.n; q++)
                for (uint32_t z = 0; z < ev->toll.v[q].victim.n; z++) sr_entity_add(c, &ev->recipient, ev->toll.v[q].victim.v[z]);
        sr_inherit_agent(c, ev);
        sr_country_people(c, ev, &country);
        sr_find_instruments(c, ev->sent, ev);
        trace(c, ev);
    }
}

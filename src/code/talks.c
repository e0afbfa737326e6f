/* talks.c - negotiations: parties, mediator, venue, status, and who holds which position on what.
 *
 * A negotiation is a set of parties that the document shows at the table: consultations whose
 * trigger is a word of the codebook set $talks and that have two parties or more; sets that share
 * two parties are one negotiation. Its status is what the document says of such a word ("the talks
 * collapsed", "a deadlock over ..."), with the factuality of that word. Positions are read from the
 * parties' own demands, refusals, offers and assertions, wherever in the document they stand.
 */
#include "base/date.h"
#include "base/limits.h"
#include "code/coder.h"

static bool same_party(const sr_entity *a, const sr_entity *b) {
    return a->code[0] ? strcmp(a->code, b->code) == 0 : sr_entity_same(a, b);
}

static const sr_entity *find_party(const sr_entity_list *list, const sr_entity *e) {
    for (uint32_t n = 0; n < list->n; n++)
        if (same_party(list->v[n], e)) return list->v[n];
    return NULL;
}

static void add_party(sr_ctx *c, sr_entity_list *list, const sr_entity *e) {
    uint32_t n_all = e->group ? e->n_member : 1;
    for (uint32_t n = 0; n < n_all && list->n < SR_LIST_MAX; n++) {
        const sr_entity *party = e->group ? e->member[n] : e;
        if (party->code[0] && !(e->group && party->group) && !find_party(list, party)) SR_PUSH(c->a, list, party);
    }
}

static void parties_of(sr_ctx *c, const sr_event *ev, sr_entity_list *out) {
    for (uint32_t n = 0; n < ev->actor.n; n++) add_party(c, out, ev->actor.v[n]);
    for (uint32_t n = 0; n < ev->recipient.n; n++) add_party(c, out, ev->recipient.v[n]);
}

static sr_talk_issue *issue_of(sr_ctx *c, sr_talks *t, sr_str issue, sr_span text) {
    for (uint32_t n = 0; n < t->issue.n; n++)
        if (sr_str_eq(t->issue.v[n].issue, issue)) return &t->issue.v[n];
    sr_talk_issue ti = {.issue = issue, .text = text, .state = SR_LIT("open")};
    SR_PUSH(c->a, &t->issue, ti);
    return &t->issue.v[t->issue.n - 1];
}

static void add_position(sr_ctx *c, sr_talk_issue *ti, const sr_entity *party, sr_str stance, uint32_t event, sr_span content) {
    for (uint32_t n = 0; n < ti->position.n; n++)
        if (ti->position.v[n].party == party && sr_str_eq(ti->position.v[n].stance, stance)) return;
    sr_position p = {.party = party, .stance = stance, .event = event, .content = content};
    SR_PUSH(c->a, &ti->position, p);
}

/* Calls `each` for every issue phrase in words a .. b. */
static void each_issue(sr_ctx *c, uint32_t si, int a, int b, void (*each)(sr_ctx *, sr_talks *, sr_str, sr_span, const void *),
                       sr_talks *t, const void *arg) {
    const sr_sent *s = &c->parse->s[si];
    for (int i = a; i <= b; i++) {
        sr_hit hits[16];
        uint32_t n = sr_know_match(c->k, s, c->m->wid[si], c->m->lid[si], (uint32_t)i, hits, 16);
        for (uint32_t q = 0; q < n; q++)
            if (hits[q].kind == SR_K_ISSUE && i + hits[q].n_words - 1 <= b)
                each(c, t, sr_know_issue(c->k, hits[q].index),
                     (sr_span){s->w[i].start, s->w[i + hits[q].n_words - 1].end}, arg);
    }
}

static void mention_issue(sr_ctx *c, sr_talks *t, sr_str issue, sr_span text, const void *arg) {
    (void)arg;
    issue_of(c, t, issue, text);
}

struct assertion { const sr_entity *party; sr_span content; };

static void assert_issue(sr_ctx *c, sr_talks *t, sr_str issue, sr_span text, const void *arg) {
    const struct assertion *a = arg;
    sr_talk_issue *ti = issue_of(c, t, issue, text);
    for (uint32_t n = 0; n < ti->position.n; n++)
        if (ti->position.v[n].party == a->party) return; /* has a stronger stance already */
    add_position(c, ti, a->party, SR_LIT("asserts"), UINT32_MAX, a->content);
}

/* Does the trigger speak of negotiations: by itself, or by what it counts ("a fourth day of talks")? */
static bool negotiates(const sr_ctx *c, const sr_event *ev) {
    const sr_sent *s = &c->parse->s[ev->sent];
    if (sr_word_in(c, c->set.negotiation, ev->sent, ev->word)) return true;
    SR_EACH_CHILD(s, k, ev->word)
        if ((s->w[k].rel == SR_R_NMOD || s->w[k].rel == SR_R_COMPOUND) && sr_word_in(c, c->set.negotiation, ev->sent, k)) return true;
    return false;
}

static sr_str stance_of(sr_ctx *c, const sr_event *ev) {
    const sr_pattern *p = sr_trigger_at(c, ev->sent, ev->word)->best[SR_RULE_EVENT];
    if (p) {
        const sr_rule *r = sr_rule_at(c, p->rule);
        if (r->stance.n && r->type == ev->type) return r->stance;
    }
    switch (ev->type) {
    case SR_T_REQUEST: return SR_LIT("demands");
    case SR_T_REJECT: return SR_LIT("refuses");
    case SR_T_AGREE: return ev->aux & SR_AUX_FUTURE ? SR_LIT("offers") : SR_LIT("accepts");
    case SR_T_CONCEDE: return SR_LIT("offers");
    default: return SR_STR_NONE;
    }
}

static void find_positions(sr_ctx *c, sr_talks *t) {
    for (uint32_t e = 0; e < c->out->events.n; e++) {
        sr_event *ev = &c->out->events.v[e];
        sr_str stance = stance_of(c, ev);
        if (!stance.n || !ev->issue.n || !ev->actor.n || ev->fact >= SR_CT_NEG) continue;
        bool takes_part = false;
        for (uint32_t n = 0; n < ev->actor.n; n++) {
            const sr_entity *party = find_party(&t->party, ev->actor.v[n]);
            if (!party) party = find_party(&t->mediator, ev->actor.v[n]); /* who mediates has wishes too */
            if (!party) continue;
            takes_part = true;
            for (uint32_t q = 0; q < ev->issue.n; q++) {
                sr_span text = ev->content.end ? ev->content : ev->trigger;
                add_position(c, issue_of(c, t, ev->issue.v[q], text), party, stance, e, ev->content);
            }
        }
        bool had = false;
        for (uint32_t n = 0; n < t->event.n; n++) had |= t->event.v[n] == e;
        if (takes_part && !had) SR_PUSH(c->a, &t->event, e);
    }
    for (uint32_t n = 0; n < c->out->statements.n; n++) {
        const sr_statement *st = &c->out->statements.v[n];
        const sr_entity *party = st->source ? find_party(&t->party, st->source) : NULL;
        if (!party || !st->content.n || !sr_str_is(st->kind, "speech")) continue;
        if (st->source->anonymous) continue; /* "Taliban sources said" is not the party speaking */
        const sr_sent *s = &c->parse->s[st->sent];
        struct assertion a = {party, st->content.v[0]};
        for (uint32_t q = 0; q < st->content.n; q++) {
            int from = -1, to = -1;
            for (int i = 0; i < s->n; i++)
                if (s->w[i].start >= st->content.v[q].start && s->w[i].end <= st->content.v[q].end) {
                    if (from < 0) from = i;
                    to = i;
                }
            if (from >= 0) each_issue(c, st->sent, from, to, assert_issue, t, &a);
        }
    }
    for (uint32_t n = 0; n < t->issue.n; n++) {
        sr_talk_issue *ti = &t->issue.v[n];
        for (uint32_t q = 0; q < ti->position.n; q++) {
            sr_str stance = ti->position.v[q].stance;
            if (sr_str_is(stance, "refuses")) ti->state = SR_LIT("blocked");
            else if (sr_str_is(stance, "accepts") && !sr_str_is(ti->state, "blocked")) ti->state = SR_LIT("agreed");
            else if (sr_str_is(stance, "offers") && sr_str_is(ti->state, "open")) ti->state = SR_LIT("conceded");
        }
    }
}

/* ---- status ---- */

static bool talks_in(const sr_ctx *c, uint32_t si) {
    for (int i = 0; i < c->parse->s[si].n; i++)
        if (sr_word_in(c, c->set.talks, si, i)) return true;
    return false;
}

/* The word is about the talks: a word of $talks is below it, above it, or beside it in its clause. */
static bool about_talks(const sr_ctx *c, uint32_t si, int i) {
    const sr_sent *s = &c->parse->s[si];
    int top = sr_clause_of(s, i);
    for (int n = s->w[top].subtree_first; n <= s->w[top].subtree_last; n++)
        if (sr_word_in(c, c->set.talks, si, n)) return true;
    for (int h = s->w[i].head, step = 0; h >= 0 && step < 4; h = s->w[h].head, step++)
        if (sr_word_in(c, c->set.talks, si, h)) return true;
    sr_fill f = {.n = 0}; /* "the talks appear to have failed" */
    sr_logical_subject(s, top, &f);
    for (int n = 0; n < f.n; n++)
        if (sr_word_in(c, c->set.talks, si, f.w[n])) return true;
    return false;
}

static void find_status(sr_ctx *c, sr_talks *t) {
    const struct { sr_setid set; const char *status; } words[] = {
        {c->set.failed, "failed"}, {c->set.deadlock, "deadlocked"}, {c->set.suspended, "suspended"},
        {c->set.partial, "partial_agreement"}, {c->set.agreed, "agreed"}, {c->set.implemented, "implemented"},
        {c->set.scheduled, "scheduled"}, {c->set.proposed, "proposed"}, {c->set.ongoing, "ongoing"}};
    t->fact = SR_CT_POS;
    for (uint32_t si = 0; si < c->parse->n; si++) {
        if (!talks_in(c, si)) continue;
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            for (int i = 0; i < c->parse->s[si].n; i++) {
                if (!sr_word_in(c, words[k].set, si, i) || !about_talks(c, si, i)) continue;
                sr_modality m = sr_modality_of(c, si, i);
                if (m.fact >= SR_CT_NEG && m.fact != SR_UU) continue;
                if (m.fact == SR_UU && k != 6 && k != 7) continue;
                if (k == 8) continue; /* what goes on is what is left when nothing else is told */
                t->status = sr_str_z(words[k].status);
                t->fact = m.fact;
                int top = sr_clause_of(&c->parse->s[si], i);
                each_issue(c, si, c->parse->s[si].w[top].subtree_first, c->parse->s[si].w[top].subtree_last,
                           mention_issue, t, NULL);
                return;
            }
    }
}

static void find_mediator(sr_ctx *c, sr_talks *t) {
    for (uint32_t si = 0; si < c->parse->n; si++) {
        const sr_sent *s = &c->parse->s[si];
        for (int i = 0; i < s->n; i++) {
            if (!sr_word_in(c, c->set.broker, si, i)) continue;
            sr_entity_list found = {0};
            static const sr_slot slots[] = {SR_SLOT_SUBJ, SR_SLOT_POSS, SR_SLOT_COMP};
            for (int q = 0; q < 3; q++) {
                sr_fill f = {.n = 0};
                sr_slot_fill(c, si, i, NULL, (sr_slotref){slots[q], 0}, &f);
                for (int n = 0; n < f.n; n++) sr_participants(c, si, f.w[n], &found);
            }
            if (s->w[i].head >= 0 && !found.n) /* "Turkey's position as a peace broker" */
                sr_participants(c, si, s->w[i].head, &found);
            for (uint32_t n = 0; n < found.n; n++)
                if (found.v[n]->code[0] && !find_party(&t->party, found.v[n])) add_party(c, &t->mediator, found.v[n]);
        }
    }
}

static void find_outcomes(sr_ctx *c, sr_talks *t) {
    static const struct { const char *set, *kind; } kinds[] = {
        {"outcome_statement", "joint_statement"}, {"outcome_ceasefire", "ceasefire"},
        {"outcome_agreement", "agreement"}, {"outcome_round", "next_round"}};
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        sr_setid set = sr_know_set(c->k, kinds[k].set);
        bool done = false;
        for (uint32_t si = 0; set && si < c->parse->n && !done; si++)
            for (int i = 0; i < c->parse->s[si].n && !done; i++) {
                if (!sr_word_in(c, set, si, i) || !sr_is_nominal(&c->parse->s[si], i)) continue;
                const sr_sent *s = &c->parse->s[si];
                if (k == 0 && !(i > 0 && sr_str_is(s->w[i - 1].lemma, "joint"))) continue;
                if (k == 3 && !(i > 0 && (sr_str_is(s->w[i - 1].lemma, "next") || sr_str_is(s->w[i - 1].lemma, "another") ||
                                          sr_str_is(s->w[i - 1].lemma, "new")))) continue;
                if (k != 0 && k != 3 && !talks_in(c, si)) continue;
                sr_modality m = sr_modality_of(c, si, i);
                int h = s->w[i].head;
                bool bound = h >= 0 && (s->w[i].rel == SR_R_OBJ || (s->w[i].rel == SR_R_NSUBJ && s->w[i].sub == SR_S_PASS));
                if (!bound) continue; /* reached, signed, failed to secure: only then is it an outcome */
                if (sr_is_verb(s, h)) {
                    sr_modality v = sr_modality_of(c, si, h);
                    if (v.fact != SR_CT_POS) m.fact = v.fact;
                }
                sr_outcome o = {.kind = sr_str_z(kinds[k].kind), .reached = m.fact == SR_CT_POS, .text = sr_subtree_span(s, i)};
                SR_PUSH(c->a, &t->outcome, o);
                done = true;
            }
    }
}

/* In talks of two, a demand without an addressee is addressed to the other party. */
static void address_positions(sr_ctx *c, const sr_talks *t) {
    if (t->party.n != 2) return;
    for (uint32_t e = 0; e < c->out->events.n; e++) {
        sr_event *ev = &c->out->events.v[e];
        if ((ev->type != SR_T_REQUEST && ev->type != SR_T_REJECT) || ev->recipient.n || ev->actor.n != 1) continue;
        for (int k = 0; k < 2; k++)
            if (same_party(ev->actor.v[0], t->party.v[k])) {
                SR_PUSH(c->a, &ev->recipient, t->party.v[1 - k]);
                ev->recipient_inherited = true;
            }
    }
}

static bool substantive(const sr_talk_issue *ti) { return !sr_str_is(ti->issue, "talks-format"); }

static bool is_body(const sr_entity *e) {
    static const char *const bodies[] = {"UNO", "IGO", "EUR", "NGO"};
    for (size_t k = 0; k < sizeof bodies / sizeof *bodies; k++)
        if (strcmp(e->code, bodies[k]) == 0) return true;
    return false;
}

static uint32_t disputants(const sr_talks *t) {
    uint32_t n_states = 0;
    for (uint32_t n = 0; n < t->party.n; n++) n_states += !is_body(t->party.v[n]);
    return n_states;
}

/* Diplomacy is full of talks; those count that somebody takes a position in, whose fate is told, or
 * that are called peace talks. */
static bool about_dispute(const sr_ctx *c, const sr_talks *t) {
    static const char *const told[] = {"failed", "deadlocked", "suspended", "partial_agreement", "implemented"};
    bool ahead = sr_str_is(t->status, "scheduled") || sr_str_is(t->status, "proposed");
    if (disputants(t) < 2) return false;
    for (size_t n = 0; n < sizeof told / sizeof *told; n++)
        if (sr_str_is(t->status, told[n])) return true;
    for (uint32_t n = 0; n < t->issue.n; n++) {
        const sr_talk_issue *ti = &t->issue.v[n];
        if (!substantive(ti)) continue;
        if (ahead) return true;
        for (uint32_t q = 0; q < ti->position.n; q++)
            if (!sr_str_is(ti->position.v[q].stance, "asserts")) return true;
    }
    for (uint32_t n = 0; n < t->event.n; n++) {
        const sr_event *ev = &c->out->events.v[t->event.v[n]];
        SR_EACH_CHILD(&c->parse->s[ev->sent], k, ev->word)
            if (k < ev->word && sr_word_in(c, c->set.peace, ev->sent, k)) return true;
    }
    return false;
}

/* International bodies at the table of two states mediate. */
static void bodies_mediate(sr_ctx *c, sr_talks *t) {
    uint32_t kept = 0, states = disputants(t);
    if (states < 2 || states == t->party.n) return;
    for (uint32_t n = 0; n < t->party.n; n++) {
        if (is_body(t->party.v[n])) add_party(c, &t->mediator, t->party.v[n]);
        else t->party.v[kept++] = t->party.v[n];
    }
    t->party.n = kept;
}

/* An agreement of two parties on a matter that divides states and rebels tells of talks that bore
 * fruit, whether or not the talks are told. */
static bool settles(const sr_event *ev) {
    static const char *const issues[] = {"ceasefire", "prisoners", "withdrawal", "territory", "refugees", "weapons-limits",
                                         "disarmament", "humanitarian-access", "autonomy", "transition", NULL};
    if (ev->type != SR_T_AGREE || ev->fact != SR_CT_POS || ev->aux & SR_AUX_FUTURE || ev->actor.n < 2) return false;
    for (uint32_t n = 0; n < ev->issue.n; n++)
        for (int k = 0; issues[k]; k++)
            if (sr_str_is(ev->issue.v[n], issues[k])) return true;
    return false;
}

/* "ready to mediate between Azerbaijan and Armenia": the two, from the words of an offer to broker. */
static bool brokers(sr_ctx *c, const sr_event *ev, sr_entity_list *parties) {
    const sr_sent *s = &c->parse->s[ev->sent];
    sr_slotref between = {SR_SLOT_PREP, sr_know_word(c->k, SR_LIT("between"))};
    if (!ev->actor.n || (ev->type != SR_T_AGREE && ev->type != SR_T_CONSULT && ev->type != SR_T_REQUEST)) return false;
    for (int i = s->w[ev->word].subtree_first; between.prep && i <= s->w[ev->word].subtree_last; i++) {
        if (!sr_word_in(c, c->set.broker, ev->sent, i)) continue;
        sr_fill f = {.n = 0};
        sr_slot_fill(c, ev->sent, i, NULL, between, &f);
        sr_entity_list found = {0};
        for (int n = 0; n < f.n; n++) sr_participants(c, ev->sent, f.w[n], &found);
        for (uint32_t n = 0; n < found.n; n++) add_party(c, parties, found.v[n]);
        if (parties->n >= 2) return true;
    }
    return false;
}

/* The negotiation of these parties, new if the document has not told of it; NULL when there are too many. */
static sr_talks *talks_of(sr_ctx *c, const sr_entity_list *parties, const char *status) {
    for (uint32_t n = 0; n < c->out->talks.n; n++) {
        uint32_t shared = 0;
        for (uint32_t q = 0; q < parties->n; q++) shared += find_party(&c->out->talks.v[n].party, parties->v[q]) != NULL;
        if (shared >= 2) return &c->out->talks.v[n];
    }
    if (c->out->talks.n == SR_TALKS_MAX) return NULL;
    sr_talks t = {.party = *parties, .date = SR_DAY_NONE, .enddate = SR_DAY_NONE, .status = sr_str_z(status)};
    SR_PUSH(c->a, &c->out->talks, t);
    return &c->out->talks.v[c->out->talks.n - 1];
}

void sr_code_talks(sr_ctx *c) {
    for (uint32_t e = 0; e < c->out->events.n; e++) {
        const sr_event *ev = &c->out->events.v[e];
        sr_entity_list parties = {0};
        const char *status = NULL;
        bool offer = brokers(c, ev, &parties);
        if (offer) status = "proposed";
        else parties_of(c, ev, &parties);
        if (parties.n < 2) continue;
        if (!offer && settles(ev)) status = "agreed";
        else if (!offer && (ev->type == SR_T_CONSULT || ev->type == SR_T_AGREE) && negotiates(c, ev))
            status = ev->type == SR_T_AGREE && ev->aux & SR_AUX_FUTURE ? "scheduled" : "ongoing";
        sr_talks *into = status ? talks_of(c, &parties, status) : NULL;
        if (!into) continue;
        if (!into->event.n)
            for (uint32_t q = 0; q < ev->attribution.n; q++) SR_PUSH(c->a, &into->attribution, ev->attribution.v[q]);
        if (offer)
            for (uint32_t q = 0; q < ev->actor.n; q++)
                if (!find_party(&into->party, ev->actor.v[q])) add_party(c, &into->mediator, ev->actor.v[q]);
        SR_PUSH(c->a, &into->event, e);
        for (uint32_t q = 0; q < ev->place.n && !into->venue; q++)
            if (ev->place.v[q]->resolution >= 4) into->venue = ev->place.v[q];
        if (into->date == SR_DAY_NONE && ev->date_text.end) into->date = ev->date, into->enddate = ev->enddate;
    }
    uint32_t kept = 0;
    for (uint32_t n = 0; n < c->out->talks.n; n++) {
        sr_talks *t = &c->out->talks.v[n];
        bodies_mediate(c, t);
        find_mediator(c, t);
        find_status(c, t);
        find_positions(c, t);
        find_outcomes(c, t);
        if (!about_dispute(c, t)) continue;
        address_positions(c, t);
        sr_str id = sr_arena_printf(c->a, "t%u", kept + 1);
        memcpy(t->id, id.p, id.n < 11 ? id.n : 11);
        c->out->talks.v[kept++] = *t;
    }
    c->out->talks.n = kept;
}

/* merge.c - several words for one happening: which events of a sentence are one, and what events
 * take from their neighbours (a refusal from the demand that it answers, an agentless passive from
 * the acts told before it).
 */
#include "code/coder.h"

static void take_all(sr_ctx *c, sr_event *into, const sr_event *from) {
    for (uint32_t n = 0; n < from->issue.n; n++) SR_PUSH(c->a, &into->issue, from->issue.v[n]);
    if (from->fact < into->fact && into->fact < SR_CT_NEG) into->fact = from->fact; /* the surer of the two */
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
    return ev->type == SR_T_ASSAULT && (sr_str_is(effect, "killed") || sr_str_is(effect, "wounded")) && !sr_entities_coded(&ev->actor) &&
           c->parse->s[ev->sent].w[ev->word].upos == SR_VERB;
}

/* One happening told by two words of a sentence: into which of the two it goes, or 0 for neither,
 * 1: b into a, 2: a into b. a stands before b in the text. */
static int same_happening(sr_ctx *c, const sr_event *a, const sr_event *b) {
    const sr_sent *s = &c->parse->s[a->sent];
    if (a->type != b->type) return 0;
    /* "16 people were killed ... in a series of attacks": the agentless verb counts, the other tells,
     * though one may be less sure of itself ("a suspected attack that killed six") */
    bool la = agentless(c, a), lb = agentless(c, b);
    if (la != lb && a->fact != SR_UU && b->fact != SR_UU && (a->fact >= SR_CT_NEG) == (b->fact >= SR_CT_NEG)) return la ? 2 : 1;
    if (a->fact != b->fact) return 0;
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
    if (la) return 0;
    /* "withdrew from the accord and imposed sanctions": one actor, two deeds */
    if (va && vb && a->mode.n && b->mode.n && !sr_str_eq(a->mode, b->mode)) return 0;
    /* two nouns, or two verbs coordinated, for the same participants */
    if (within(&b->actor, &a->actor) && within(&b->recipient, &a->recipient)) return 1;
    if (within(&a->actor, &b->actor) && within(&a->recipient, &b->recipient)) return 2;
    return 0;
}

bool sr_is_fight(sr_ctx *c, const sr_event *ev) {
    const sr_pattern *p = sr_trigger_at(c, ev->sent, ev->word)->best[SR_RULE_EVENT];
    return ev->type == SR_T_ASSAULT && p && sr_rule_at(c, p->rule)->reciprocal;
}

static bool armed(const sr_entity *e) {
    static const char *const list[] = {"MIL", "REB", "COP", "UAF", "PRM", "GOV"};
    for (size_t n = 0; n < sizeof list / sizeof *list; n++)
        if (strcmp(e->sector, list[n]) == 0) return true;
    return false;
}

void sr_merge_events(sr_ctx *c) {
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
            if (!sr_entities_coded(&into->actor) && from->actor.n) into->actor = from->actor;
            if (!sr_entities_coded(&into->recipient) && from->recipient.n && into->type == SR_T_ASSAULT)
                into->recipient = from->recipient;
            if (sr_is_fight(c, into)) { /* both fought: those who fell are a side, not the target */
                for (uint32_t z = 0; z < into->recipient.n; z++)
                    if (armed(into->recipient.v[z])) sr_entity_add(c, &into->actor, into->recipient.v[z]);
                uint32_t left = 0;
                for (uint32_t z = 0; z < into->recipient.n; z++)
                    if (!armed(into->recipient.v[z])) into->recipient.v[left++] = into->recipient.v[z];
                into->recipient.n = left;
            }
            if (way == 2) *a = *b;
            uint32_t others = 0;
            for (uint32_t z = 0; z < a->actor.n; z++) /* nobody kills himself by being killed */
                if (!sr_entity_listed(&a->recipient, a->actor.v[z])) a->actor.v[others++] = a->actor.v[z];
            a->actor.n = others;
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
void sr_answer_each_other(sr_ctx *c) {
    for (uint32_t n = 0; n < c->out->events.n; n++) {
        sr_event *b = &c->out->events.v[n];
        if (b->type != SR_T_REJECT && b->type != SR_T_AGREE && b->type != SR_T_CONCEDE) continue;
        for (uint32_t q = n; q > 0; q--) {
            sr_event *a = &c->out->events.v[q - 1];
            if (a->sent + 1 < b->sent) break;
            if (a->type != SR_T_REQUEST && a->type != SR_T_ACCUSE) continue;
            if (!a->actor.n || !b->actor.n || sr_entity_same(a->actor.v[0], b->actor.v[0])) continue;
            if (a->recipient.n && !within(&b->actor, &a->recipient)) continue;
            if (!a->recipient.n && a->sent == b->sent) a->recipient = sr_entities_copy(c, &b->actor), a->recipient_inherited = true;
            if (!b->recipient.n && b->type == SR_T_REJECT) b->recipient = sr_entities_copy(c, &a->actor), b->recipient_inherited = true;
            if (!b->issue.n) for (uint32_t z = 0; z < a->issue.n; z++) SR_PUSH(c->a, &b->issue, a->issue.v[z]);
            break;
        }
    }
}

/* "the attack", "these raids": one that was told of before. */
static bool definite(const sr_sent *s, int i) {
    if (s->w[i].upos != SR_NOUN) return false;
    int det = sr_child(s, i, SR_R_DET);
    return det >= 0 && (sr_str_is(s->w[det].lemma, "the") || sr_str_is(s->w[det].lemma, "this") || sr_str_is(s->w[det].lemma, "that"));
}

/* "was killed during a police raid": who is at work in what a killing is part of. */
static bool agent_of_whole(sr_ctx *c, sr_event *ev) {
    const sr_sent *s = &c->parse->s[ev->sent];
    for (uint32_t q = 0; q < c->out->events.n && agentless(c, ev); q++) {
        const sr_event *a = &c->out->events.v[q];
        if (a->sent != ev->sent || (a->type != SR_T_COERCE && a->type != SR_T_ASSAULT) || !sr_entities_coded(&a->actor)) continue;
        if (s->w[a->word].head != ev->word || s->w[a->word].rel != SR_R_OBL) continue;
        if (!sr_marked(s, a->word, "during") && !sr_marked(s, a->word, "in")) continue;
        ev->actor = sr_entities_copy(c, &a->actor);
        ev->actor_inherited = true;
        return true;
    }
    return false;
}

/* "149 depots were seized, he added": an agentless passive takes the agent that the sentences before
 * give to acts of the same type. */
void sr_inherit_agent(sr_ctx *c, sr_event *ev) {
    const sr_sent *s = &c->parse->s[ev->sent];
    if (ev->actor.n || (ev->type != SR_T_COERCE && ev->type != SR_T_SANCTION && ev->type != SR_T_ASSAULT)) return;
    if (agent_of_whole(c, ev)) return;
    bool passive = sr_is_verb(s, ev->word) && sr_passive(s, ev->word);
    if (!passive && !definite(s, ev->word)) return;
    for (uint32_t q = ev->index; q > 0; q--) {
        const sr_event *a = &c->out->events.v[q - 1];
        if (a->sent + 2 < ev->sent) return;
        if (a->sent == ev->sent || a->type != ev->type || !sr_entities_coded(&a->actor) || a->actor_inherited) continue;
        ev->actor = sr_entities_copy(c, &a->actor);
        ev->actor_inherited = true;
        return;
    }
}

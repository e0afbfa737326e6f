/* coder.h - what the files of this folder share: the state of coding one document.
 *
 *   match.c      which codebook patterns hold at which words       -> sr_trigger
 *   fact.c       does the text present it as a fact                -> sr_fact, auxiliary modes
 *   statement.c  who says what                                     -> sr_statement
 *   participant.c, setting.c   who; where, when, about what
 *   event.c      a trigger with its participants and setting       -> sr_event
 *   merge.c      several words for one happening
 *   toll.c       human cost                                        -> sr_toll
 *   talks.c      negotiations, positions                           -> sr_talks
 */
#ifndef SR_CODE_CODER_H
#define SR_CODE_CODER_H

#include "code/code.h"
#include "code/tree.h"

/* The best pattern of each kind at one word; NULL: none holds. */
typedef struct sr_trigger {
    uint8_t state;                       /* of the lazy evaluation: 0 new, 1 busy, 2 done */
    const sr_pattern *best[4];           /* by sr_rule_kind */
} sr_trigger;

typedef struct sr_ctx {
    const sr_know *k;
    const sr_doc *doc;
    const sr_parse *parse;
    const sr_mentions *m;
    const sr_code_options *opt;
    sr_arena *a;
    sr_doc_record *out;
    sr_trigger **trig;                   /* [n_sent][n words] */
    const sr_rule **rule;                /* [sr_know_n_rules], filled when first met */
    uint32_t **quote;                    /* [n_sent][n words]: 0 outside quotation marks, else the number of the quotation */
    struct {                             /* sets of codebook/lang */
        sr_setid partitive, collective, weapon, possible, probable, alleged, planned, future_word, almost, document, issuing, scene;
        sr_setid talks, negotiation, peace, failed, deadlock, suspended, scheduled, proposed, ongoing, agreed, partial, implemented, broker;
        sr_setid toll[8];
    } set;
} sr_ctx;

/* ---- match.c ---- */
const sr_rule *sr_rule_at(sr_ctx *c, uint32_t index);
const sr_trigger *sr_trigger_at(sr_ctx *c, uint32_t s, int i);
/* The event type that word i triggers, SR_T_NONE for none. */
uint8_t sr_word_type(sr_ctx *c, uint32_t s, int i);
bool sr_cond_holds(sr_ctx *c, uint32_t s, int i, const sr_rule *r, const sr_cond *cond);
/* Words that fill a slot of trigger i. */
void sr_slot_fill(sr_ctx *c, uint32_t s, int i, const sr_rule *r, sr_slotref at, sr_fill *out);
/* The support verb of an event noun and its rule; -1 when there is none. `nth`: 0 for the first, 1 for
 * another: "attacks claimed by the group killed ten". */
int sr_support_of(sr_ctx *c, uint32_t s, int noun, int nth, const sr_rule **rule);
/* The head word of what rule r says or asks at i, -1. */
int sr_content_of(sr_ctx *c, uint32_t s, int i, const sr_rule *r);

/* ---- fact.c ---- */
typedef struct sr_modality {
    uint8_t fact;                        /* sr_fact */
    uint8_t aux;                         /* SR_AUX_* */
    int under;                           /* word of the nearest event whose content holds it, -1 */
    bool planned;                        /* somebody plans, intends or prepares it */
} sr_modality;
sr_modality sr_modality_of(sr_ctx *c, uint32_t s, int i);
uint8_t sr_fact_under(uint8_t fact, uint8_t effect);   /* composition */

/* ---- toll.c ---- */
extern const char *const sr_toll_sets[8];
/* "killed", "wounded" ... when word i carries such an effect; empty otherwise. */
sr_str sr_toll_effect(sr_ctx *c, uint32_t s, int i);
void sr_code_tolls(sr_ctx *c);

/* ---- event.c, statement.c, talks.c ---- */
void sr_find_quotes(sr_ctx *c);
void sr_code_statements(sr_ctx *c);
void sr_code_events(sr_ctx *c);
void sr_attribute_events(sr_ctx *c);
void sr_code_talks(sr_ctx *c);

/* ---- participant.c ---- */
/* Entities that stand at a word, conjuncts too; the actor behind an event noun ("the attack by X"). */
void sr_participants(sr_ctx *c, uint32_t s, int i, sr_entity_list *out);
/* Is the country named before an event noun where it happened ("Somalia ambush")? */
bool sr_is_scene(sr_ctx *c, uint32_t s, int name, int noun);
void sr_event_participants(sr_ctx *c, uint32_t s, int i, const sr_rule *r, int support, const sr_rule *support_rule, sr_event *ev);
/* Gives people of unsaid country the one where the event is, or where the report was (*country, ""
 * at first, kept by the caller from event to event). */
/* For what is asked, promised or threatened when nothing else tells, not even the talks: the party named
 * inside it. */
void sr_recipient_inside(sr_ctx *c, sr_event *ev);
void sr_country_people(sr_ctx *c, sr_event *ev, const char **country);
bool sr_entity_same(const sr_entity *a, const sr_entity *b);   /* the same party, as far as codes and names tell */
bool sr_entity_listed(const sr_entity_list *list, const sr_entity *e);
sr_entity_list sr_entities_copy(sr_ctx *c, const sr_entity_list *list); /* storage of its own */
void sr_entity_add(sr_ctx *c, sr_entity_list *out, const sr_entity *e);
bool sr_entities_coded(const sr_entity_list *list);            /* any with a code or a sector */

/* ---- setting.c ---- */
void sr_find_issues(sr_ctx *c, uint32_t s, int first, int last, sr_event *ev);
void sr_find_instruments(sr_ctx *c, uint32_t s, sr_event *ev);
void sr_find_places(sr_ctx *c, uint32_t s, sr_event *ev);
void sr_find_date(sr_ctx *c, uint32_t s, sr_event *ev);        /* sets aux, too: historical, future */

/* ---- merge.c ---- */
void sr_merge_events(sr_ctx *c);
void sr_answer_each_other(sr_ctx *c);
void sr_inherit_agent(sr_ctx *c, sr_event *ev);
bool sr_is_fight(sr_ctx *c, const sr_event *ev);               /* both sides fought */

/* Is word i, as written or as lemma, in the set? */
static inline bool sr_word_in(const sr_ctx *c, sr_setid set, uint32_t s, int i) {
    return set && (sr_know_in_set(c->k, set, c->m->lid[s][i]) || sr_know_in_set(c->k, set, c->m->wid[s][i]));
}
/* Bytes from the first to the last word of the subtree of i, closing punctuation left out. */
sr_span sr_subtree_span(const sr_sent *s, int i);
static inline sr_span sr_word_span(const sr_sent *s, int i) { return (sr_span){s->w[i].start, s->w[i].end}; }

#endif

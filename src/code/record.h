/* record.h - what `code` hands on: the record of one document (docs/RECORD.md).
 *
 *   [sr_mentions] ─code▶ [sr_record] ─export▶ JSON, CSV, a page for people
 *
 * Spans are bytes of the document's text; export turns them into code points. Strings and entities
 * belong to the document's arena. Nothing here is changed by a later stage.
 */
#ifndef SR_RECORD_H
#define SR_RECORD_H

#include "mention/mention.h"

typedef struct sr_span {
    uint32_t start, end;    /* start == end: none */
} sr_span;

typedef struct sr_attribution {
    const sr_entity *source;  /* NULL: somebody unnamed ("is believed") */
    sr_span cue;
    sr_str kind;              /* speech writing intelligence media belief perception */
    const sr_entity *via;     /* outlet it was said to; NULL */
} sr_attribution;

typedef SR_VEC(const sr_entity *) sr_entity_list;
typedef SR_VEC(sr_attribution) sr_attribution_list;

typedef struct sr_toll {
    sr_str effect;            /* killed wounded missing abducted arrested displaced deported ... */
    int64_t low, high, best;  /* high -1: open */
    sr_str qualifier;
    sr_span text;
    sr_entity_list victim;
} sr_toll;

typedef struct sr_event {
    char id[12];
    uint8_t type;             /* sr_type */
    sr_str mode, context;     /* names, ' ' between; may be empty */
    uint8_t aux;              /* SR_AUX_* */
    uint8_t fact;             /* sr_fact */
    sr_span trigger;
    uint32_t sent;
    int16_t word;             /* trigger head word */
    sr_entity_list actor, recipient;
    bool actor_inherited, recipient_inherited; /* taken from the context, not from the clause */
    sr_span content;
    SR_VEC(sr_str) issue;
    int32_t date, enddate;    /* SR_DAY_NONE */
    sr_span date_text;
    sr_str date_precision;    /* "" none; "document" */
    SR_VEC(const sr_location *) place;
    SR_VEC(sr_toll) toll;
    SR_VEC(sr_span) instrument;
    sr_attribution_list attribution; /* outermost last */
    sr_str cameo;
    sr_str rule;              /* codebook stanza */
    sr_str path;              /* for explain: slots and words that filled them */
    uint32_t index;           /* position in sr_record.events */
} sr_event;

typedef struct sr_statement {
    char id[12];
    const sr_entity *source;  /* NULL: unnamed */
    sr_span cue;
    sr_str kind;
    SR_VEC(sr_span) content;
    bool direct;
    const sr_entity *via;
    uint8_t aux, fact;
    SR_VEC(uint32_t) event;   /* indexes of events inside the content */
    uint32_t sent;
    int16_t word;             /* cue head word */
    sr_str rule;
} sr_statement;

typedef struct sr_position {
    const sr_entity *party;
    sr_str stance;            /* demands refuses offers accepts conditions asserts */
    uint32_t event;           /* index; UINT32_MAX when it rests on a statement alone */
    sr_span content;
} sr_position;

typedef struct sr_talk_issue {
    sr_str issue;
    sr_span text;
    sr_str state;             /* open blocked conceded agreed */
    SR_VEC(sr_position) position;
} sr_talk_issue;

typedef struct sr_outcome {
    sr_str kind;              /* joint_statement ceasefire agreement next_round none */
    bool reached;
    sr_span text;
} sr_outcome;

typedef struct sr_talks {
    char id[12];
    sr_entity_list party, mediator;
    const sr_location *venue;
    int32_t date, enddate;
    sr_str round;
    sr_str status;            /* proposed scheduled ongoing suspended deadlocked failed
                                 partial_agreement agreed implemented */
    uint8_t fact;
    SR_VEC(sr_talk_issue) issue;
    SR_VEC(sr_outcome) outcome;
    SR_VEC(uint32_t) event;
    sr_attribution_list attribution;
} sr_talks;

/* A trigger that matched and did not become an event, for `explain --why-not`. */
typedef struct sr_dropped {
    uint32_t sent;
    int16_t word;
    sr_str rule;
    const char *why;          /* "no political participant", "blocked by a `not` line" ... */
} sr_dropped;

typedef struct sr_doc_record {
    const sr_doc *doc;
    const sr_parse *parse;
    const sr_mentions *mentions;
    SR_VEC(sr_event) events;
    SR_VEC(sr_statement) statements;
    SR_VEC(sr_talks) talks;
    SR_VEC(sr_dropped) dropped;
} sr_doc_record;

/* PLOVER score and CAMEO/Goldstein figures (ontology.c): tables of docs/ONTOLOGY. */
int sr_type_quad(uint8_t type);
double sr_type_score(uint8_t type, sr_str mode);
double sr_goldstein(sr_str cameo, bool *known);

#endif

/* mention.h - what `mention` hands on: the participants, places, times and numbers that the words
 * of a document name, resolved within it.
 *
 *   [sr_parse] ─mention▶ [sr_mentions] ─code▶ ...
 *
 * Entities hang on the word that heads their noun phrase, so `code` walks the tree and asks of any
 * word: who is this? A coordination ("Pakistan and Afghanistan") is several entities, one on each
 * conjunct; `code` collects them.
 */
#ifndef SR_MENTION_H
#define SR_MENTION_H

#include "know/know.h"

/* A participant, or a noun phrase that could be one. */
typedef struct sr_entity {
    uint32_t sent;            /* sentence index */
    int16_t head;             /* word index of the head of the phrase */
    int16_t first, last;      /* words of the phrase as reported, clauses and appositions left out */
    uint32_t start, end;      /* bytes of the document's text */
    sr_str text;
    char code[4];             /* "" when it cannot be told */
    char sector[4];
    char other[2][4];
    sr_str identifier_text;   /* canonical name when it is (part of) a known entity */
    sr_str identifier_id;     /* Wikidata */
    sr_str role;              /* words of the office or description */
    sr_str entry;             /* codebook stanza that resolved it */
    bool anonymous;
    bool group;               /* "both sides": `member` lists what it stands for */
    bool person;              /* people: a person, a role, a people, a pronoun of persons */
    bool place;               /* a place name that was not read as a government; `code` is then the
                                 country that it lies in (sector GOV for a country), `coded` false */
    bool media;               /* an outlet, a document, an intercept */
    bool pronoun;             /* resolved through `antecedent` */
    bool coded;               /* code or sector known: a possible political participant */
    const struct sr_entity *antecedent; /* earlier mention it was resolved to; NULL */
    const struct sr_entity **member;    /* for groups; [n_member] */
    uint32_t n_member;
    const struct sr_entity *apposition; /* other half of "the governor, X": the same person; NULL */
    const struct sr_entity *through;    /* "the people" of "dozens of the people"; NULL */
} sr_entity;

/* Every place name, text order. One that is read as a government is here too: the entity on
 * `head` says so (its `place` is false), and `relation` is then mostly empty. */
typedef struct sr_location {
    uint32_t sent;
    int16_t head, first, last;
    uint32_t start, end;
    sr_str text;              /* extracted_place */
    sr_place place;           /* resolved; place.name empty when unresolved */
    bool resolved;
    uint8_t resolution;       /* 5 sub-city .. 1 country; 0 unresolved */
    sr_str relation;          /* in near border toward from via; empty without a preposition */
} sr_location;

typedef enum sr_time_type { SR_TIME_DATE, SR_TIME_TIME, SR_TIME_DURATION, SR_TIME_SET } sr_time_type;
typedef enum sr_precision { SR_P_NONE, SR_P_DAY, SR_P_WEEK, SR_P_MONTH, SR_P_SEASON, SR_P_YEAR, SR_P_DECADE } sr_precision;
extern const char *const sr_precision_names[];

typedef struct sr_time {
    uint32_t sent;
    int16_t head, first, last;  /* words; the preposition is not part of it */
    uint32_t start, end;
    sr_str text;
    uint8_t type;               /* sr_time_type */
    uint8_t precision;          /* sr_precision */
    sr_str value;               /* TIMEX3 value: "2025-10-26", "2025-W43", "P3D", "PRESENT_REF" */
    int32_t from, until;        /* resolved days; SR_DAY_NONE: not resolvable or open */
    bool since;                 /* "since mid-October": open end */
    bool relative;              /* needed the document's date */
} sr_time;

typedef struct sr_number {
    uint32_t sent;
    int16_t head;               /* the numeral (or "dozens") */
    int16_t first, last;        /* with its qualifier: "at least five" */
    int16_t counts;             /* word index of what is counted, -1 if it stands alone */
    uint32_t start, end;
    int64_t low, high;          /* -1: open ("at least" has no high, "up to" no low) */
    int64_t best;
    const char *qualifier;      /* exact at_least more_than up_to less_than about nearly range
                                   dozens scores tens hundreds thousands millions billions */
} sr_number;

typedef struct sr_name {
    uint32_t sent;
    int16_t first, last;
    uint32_t start, end;
    sr_str text;
    uint8_t type;               /* sr_name_type */
} sr_name;

typedef struct sr_mentions {
    /* [n_sent][n words]: entity headed by the word, or NULL. Every nominal head has one, coded or
     * not; words inside a name have none. */
    sr_entity ***by_word;
    SR_VEC(sr_entity *) entities;  /* text order */
    SR_VEC(sr_location) places;
    SR_VEC(sr_time) times;
    SR_VEC(sr_number) numbers;
    SR_VEC(sr_name) names;         /* every name, for --mentions */
    sr_wid **wid;                  /* [n_sent][n]: ids of the folded forms */
    sr_wid **lid;                  /* [n_sent][n]: ids of the lemmas */
    bool no_date_warning;          /* a relative date met, the document has no date */
} sr_mentions;

/* Finds and resolves everything; all in `a`. `k` and the parse must outlive it. */
void sr_mention_run(sr_mentions *out, const sr_know *k, const sr_doc *doc, const sr_parse *parse,
                    sr_arena *a);
/* The entity on word i of sentence s, pronouns included; NULL if the word heads none. */
static inline const sr_entity *sr_entity_at(const sr_mentions *m, uint32_t s, int i) {
    return i < 0 ? NULL : m->by_word[s][i];
}
const sr_number *sr_number_of(const sr_mentions *m, uint32_t s, int counted); /* counts == counted */
/* Those of sentence s, *n of them, in the order of the text; NULL for none. */
const sr_number *sr_numbers_of(const sr_mentions *m, uint32_t s, uint32_t *n);
const sr_location *sr_places_of(const sr_mentions *m, uint32_t s, uint32_t *n);
const sr_time *sr_times_of(const sr_mentions *m, uint32_t s, uint32_t *n);

/* Text form, for `sitrep explain`. */
void sr_mention_print(sr_buf *out, const sr_doc *doc, const sr_parse *parse, const sr_mentions *m);

#endif

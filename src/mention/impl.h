/* impl.h - inside `mention`: what its files share while one document is worked on.
 *
 *   mention.c   ids of the words; names for --mentions; the order of the steps
 *   time.c      dates and times; marks their words
 *   unit.c      what the codebook and the name tags find: units, non-overlapping
 *   place.c     which place a name means; the list of locations
 *   number.c    cardinals
 *   entity.c    one participant per noun phrase, composed along the tree
 *   coref.c     pronouns, short names, acronyms, epithets; the country of country-less roles
 *   print.c     the text form
 *
 * In this order; each reads what the earlier ones wrote. Everything lives in the document's arena.
 */
#ifndef SR_MENTION_IMPL_H
#define SR_MENTION_IMPL_H

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "mention/mention.h"

/* Candidates for one place name, and hits asked for at one word. */
#define SR_HITS_MAX 48

/* Words that one entry (or one name tag) covers. */
typedef struct sr_unit {
    uint32_t sent;
    int16_t first, last, head;                 /* head: the word whose governor lies outside */
    bool is_actor, is_role, is_place, is_name; /* is_name: only the name tagger knows it */
    bool is_like;                              /* by its spelling only: place.c wants more evidence */
    bool only;                                 /* a name that no other country has */
    bool as_place;                             /* read as a place, not as those who govern it */
    uint8_t form;                              /* sr_form of the actor */
    uint8_t tag;                               /* sr_name_type of its words, NONE if mixed */
    uint32_t actor_index;
    uint32_t alt[3]; /* others of the same name; [n_alt] */
    uint8_t n_alt;
    bool full_name; /* the words are the canonical name, not a surname or title */
    sr_actor actor;
    sr_code code; /* on the document's date */
    sr_role role;
    uint32_t cand, n_cand; /* into sr_mctx.cand: gazetteer entries of that name */
    bool placed;           /* `place` is filled */
    sr_place place;
    char country[4]; /* of the place, or of the country named; "" */
} sr_unit;

/* How a phrase is tied to what it belongs to; smaller is closer. */
typedef enum sr_tie {
    SR_TIE_NONE,
    SR_TIE_MOD,
    SR_TIE_POSS,
    SR_TIE_OF,
    SR_TIE_LED,
    SR_TIE_IN
} sr_tie;

/* An entity with what only this stage needs. */
typedef struct sr_phrase {
    sr_entity e; /* must be first: entities are cast back */
    const sr_unit *name, *role;
    struct sr_phrase
        *owner; /* "its" of "its army": to be looked at again when "its" is known */
    struct sr_phrase *appos;   /* other half of an apposition */
    struct sr_phrase *through; /* "dozens" of "dozens of people" */
    uint8_t tie;
    bool plural, definite, modified,
        blocked; /* blocked: "foreign tourists": no country from around */
    bool subject, state, body, armed, former, carrier, unknown_name, borrowed, resolved, crowd;
    int8_t gender;                 /* 1 he, 2 she */
    int16_t name_first, name_last; /* the name's own words; -1 */
} sr_phrase;

/* Sets of codebook/lang/mention.txt, in the order of set_names in mention.c. */
/* clang-format off */
typedef enum sr_mset {
    SR_M_HONORIFIC, SR_M_LED, SR_M_COUNTRY, SR_M_GROUP, SR_M_SIDE, SR_M_QUANTITY, SR_M_CARRIER,
    SR_M_FORMER, SR_M_FOREIGN, SR_M_TRAVEL, SR_M_SPEECH, SR_M_MEASURE, SR_M_PLANNED, SR_M_FEATURE,
    SR_M_SERVANT, SR_M_AGAINST, SR_M_COLLECTIVE, SR_M_TOWN, SR_M_N
} sr_mset;
/* clang-format on */

enum { SR_MASK_TIME = 1, SR_MASK_NUMBER = 2, SR_MASK_DATELINE = 4 };

typedef struct sr_mctx {
    sr_mentions *out;
    const sr_know *k;
    const sr_doc *doc;
    const sr_parse *parse;
    sr_arena *a;
    sr_setid set[SR_M_N];
    uint8_t **mask;           /* [n_sent][n]: SR_MASK_* */
    SR_VEC(sr_unit) unit;     /* sentence by sentence, left to right */
    uint32_t **unit_of;       /* [n_sent][n]: index into unit plus 1; 0: none */
    SR_VEC(uint32_t) cand;    /* place indexes */
    SR_VEC(sr_place) country; /* gazetteer entries of the countries met */
    sr_phrase ***item;        /* [n_sent][n] */
    uint8_t **state;          /* [n_sent][n]: composing: 0 new, 1 being made, 2 done */
} sr_mctx;

#define SR_DIRECTIONS                                                                          \
    "north|south|east|west|central|northern|southern|eastern|western|upper|lower|center|"      \
    "centre|"                                                                                  \
    "northeast|northwest|southeast|southwest|northeastern|northwestern|southeastern|"          \
    "southwestern"

static inline const sr_sent *sr_m_sent(const sr_mctx *c, uint32_t s) { return &c->parse->s[s]; }

static inline const sr_unit *sr_m_unit(const sr_mctx *c, uint32_t s, int i) {
    uint32_t u = c->unit_of[s][i];
    return u ? &c->unit.v[u - 1] : NULL;
}

static inline bool sr_m_in(const sr_mctx *c, sr_mset set, uint32_t s, int i) {
    return c->set[set] && (sr_know_in_set(c->k, c->set[set], c->out->lid[s][i]) ||
                           sr_know_in_set(c->k, c->set[set], c->out->wid[s][i]));
}

/* Is the string one of the words of `list`, which are separated by '|'? For closed classes of
 * function words; open lists stand in the codebook. */
bool sr_m_one_of(sr_str s, const char *list);
/* The preposition word of i (child `case`, the first), -1 if it has none. */
int sr_m_case(const sr_sent *s, int i);
/* Text of the document that words first .. last cover. */
sr_str sr_m_text(const sr_mctx *c, const sr_sent *s, int first, int last);
/* "Sunday's" and the like: the word index of the predicate that governs i, -1 if none. */
int sr_m_predicate(const sr_sent *s, int i);
/* 1: a predicate that speaks of the future ("will", "plans to"); -1: of the past; 0: either. */
int sr_m_tense(const sr_mctx *c, uint32_t s, int predicate);
/* Number word or digits at i, as one word: "five", "1,200", "1.5"; false if it is none. The value
 * times 1000, so that "1.5 million" stays exact. */
bool sr_m_numeral(sr_str folded, int64_t *milli);
/* Is it a scale ("million", "dozen")? */
bool sr_m_scale(sr_str folded, int64_t *scale);

static inline void sr_m_code(char to[4], const char from[4]) { memcpy(to, from, 4); }

void sr_m_times(sr_mctx *c);
void sr_m_units(sr_mctx *c);
void sr_m_places_resolve(sr_mctx *c);
void sr_m_places_list(sr_mctx *c);
void sr_m_numbers(sr_mctx *c);
void sr_m_entities(sr_mctx *c);
void sr_m_coref(sr_mctx *c);

#endif

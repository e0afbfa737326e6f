/* know.h - the codebook, compiled: what the program knows before it has read anything.
 *
 * The codebook is text (codebook/, docs/CODEBOOK.md); tools/codebookc compiles it to one image,
 * built into the program; `--codebook FILE` compiles the same sources again with the user's
 * stanzas replacing or joining them. An opened sr_know never changes and is shared by threads.
 * It knows nothing about any document.
 *
 *   dictionary words   every word that any entry uses has an id (sr_wid); a word of a document
 *                      that has none can match nothing, so most words cost one hash look-up
 *   names              phrases -> actors, roles, places, issues: a trie over word ids
 *   rules              patterns on the tree -> events, statement cues, operators, support verbs
 */
#ifndef SR_KNOW_H
#define SR_KNOW_H

#include "parse/parse.h"

typedef struct sr_know sr_know;
typedef uint32_t sr_wid; /* 0: not in the codebook */

/* ---- opening ----------------------------------------------------------------------------- */

/* `image` stays the caller's and must outlive the result. */
sr_status sr_know_open(sr_know **out, const void *image, size_t n, sr_error *err);
/* The image's own sources with the stanzas of `text` added (same kind and id: replaced). `name`
 * is used in messages: "FILE:LINE: ...". `base` may be an overlay itself and may be freed before
 * the result; the image below it all may not. */
sr_status sr_know_overlay(sr_know **out, const sr_know *base, sr_str text, const char *name,
                          sr_error *err);
void sr_know_free(sr_know *k);
const char *sr_know_hash(const sr_know *k); /* short hexadecimal, for --version */

/* Compiles sources to an image (malloc'd, the caller's to free). A source whose name ends in .tsv
 * is a table of places, every other is stanzas. The same sources in the same order give the same
 * bytes. */
typedef struct sr_source { const char *name; sr_str text; } sr_source;
sr_status sr_know_compile(void **image, size_t *n, const sr_source *src, size_t n_src,
                          sr_error *err);

/* The same two, which also append every problem found to *problems (may be NULL), a line each,
 * SR_PROBLEMS_MAX at most; err gets the first. What is allowed but looks like a slip is appended
 * as "FILE:LINE: note: ...", also when all went well. */
#define SR_PROBLEMS_MAX 20
sr_status sr_know_compile_report(void **image, size_t *n, const sr_source *src, size_t n_src,
                                 sr_buf *problems, sr_error *err);
sr_status sr_know_overlay_report(sr_know **out, const sr_know *base, sr_str text, const char *name,
                                 sr_buf *problems, sr_error *err);

/* ---- words ------------------------------------------------------------------------------- */

sr_wid sr_know_word(const sr_know *k, sr_str folded);
sr_str sr_know_word_text(const sr_know *k, sr_wid w);

/* Is the word in the named set of the codebook ("$weapon")? sr_know_set is done once, at coder
 * creation: the id of a set, or 0 when the codebook has none of that name. */
typedef uint32_t sr_setid;
sr_setid sr_know_set(const sr_know *k, const char *name);
bool sr_know_in_set(const sr_know *k, sr_setid set, sr_wid w);

/* Writes a TABARI or PETRARCH actor dictionary as stanzas of a codebook; what is wrong goes to
 * `problems` as "FILE:LINE: what" and the rest is written. Returns how many actors. */
uint32_t sr_know_import(sr_buf *out, sr_buf *problems, sr_str text, const char *file, sr_arena *a);

/* Writes other gazetteers as a table of places (docs/CODEBOOK.md): a GeoNames dump, whose names of provinces
 * and districts are in admin1CodesASCII.txt and admin2Codes.txt (may be NULL), without what `k` has already;
 * OCHA's P-codes as CSV, each unit with its P-code for another name. What is wrong goes to `problems` as
 * "FILE:LINE: what", SR_PROBLEMS_MAX at most, is counted in *faults, and the rest is written. Return how many
 * places. `scratch` is cleared. */
uint32_t sr_know_import_geonames(sr_buf *out, sr_buf *problems, uint32_t *faults, const sr_know *k, const sr_source *dump,
                                 const sr_source *admin1, const sr_source *admin2, sr_arena *a, sr_arena *scratch);
uint32_t sr_know_import_pcodes(sr_buf *out, sr_buf *problems, uint32_t *faults, const sr_know *k, const sr_source *table, sr_arena *a,
                               sr_arena *scratch);
/* An image (malloc'd) of `base` with the places of these tables beside its own. Rows that are none are told in
 * `problems` and left out. */
sr_status sr_know_add_places(void **image, size_t *n, const sr_know *base, const sr_source *tables, size_t n_tables, sr_buf *problems,
                             sr_error *err);
/* Were both compiled from the same stanzas? An image made by another version of the program was not. */
bool sr_know_same_book(const sr_know *a, const sr_know *b);

/* ---- names ------------------------------------------------------------------------------- */

typedef enum sr_kind { SR_K_ACTOR, SR_K_ROLE, SR_K_PLACE, SR_K_ISSUE } sr_kind;

/* Which of the entry's lines matched. */
typedef enum sr_form {
    SR_F_NAME,    /* name, alias */
    SR_F_ADJ,     /* demonym adjective: "Pakistani" */
    SR_F_PEOPLE,  /* demonym noun: "Pakistanis" */
    SR_F_CAPITAL, /* capital or seat that stands for the government: "Islamabad", "the Kremlin" */
    SR_F_ACRONYM, /* must be written in capitals: "TTP", "UN" */
    SR_FORM_N
} sr_form;

typedef struct sr_hit {
    uint8_t kind;    /* sr_kind */
    uint8_t form;    /* sr_form (actors) */
    uint8_t n_words; /* covers words i .. i + n_words - 1 */
    uint32_t index;  /* for sr_know_actor, _role, _place, _issue */
} sr_hit;

/* Everything that matches at word i of the sentence, longest first, at most `max`; returns how
 * many. `wid` and `lid` give the word ids of the sentence's folded forms and lemmas. Names match
 * forms and want a capital first letter in the text (headings in capitals do) on the first word
 * that has one in the codebook ("al-Shabaab": on Shabaab); acronyms want capitals; roles and
 * issues match lemmas or forms, without regard to case. Hits of one length come in the order of
 * sr_kind; places of one name by population, the largest first, SR_SAME_NAME_MAX at most. */
#define SR_SAME_NAME_MAX 16
uint32_t sr_know_match(const sr_know *k, const sr_sent *s, const sr_wid *wid, const sr_wid *lid,
                       uint32_t i, sr_hit *hits, uint32_t max);

typedef enum sr_actor_kind {
    SR_A_COUNTRY, SR_A_ORG, SR_A_GROUP, SR_A_PARTY, SR_A_PERSON, SR_A_MEDIA, SR_A_PEOPLE, SR_A_REGION
} sr_actor_kind;

typedef struct sr_code {
    char code[4];           /* ISO 3166 alpha-3, or IGO UNO EUR NGO ISM IMG MNC KOS PSE; "" none */
    char sector[4];         /* "" none */
    char other[2][4];       /* other sectors */
    int32_t from, until;    /* days, inclusive; SR_DAY_NONE: open */
    sr_str role;            /* "president", "defence minister"; may be empty */
} sr_code;

typedef struct sr_actor {
    sr_str id;              /* stanza id */
    sr_str name;            /* canonical */
    sr_str wikidata;        /* "Q843" or empty */
    uint8_t kind;           /* sr_actor_kind */
    const sr_code *code;
    uint32_t n_code;
} sr_actor;

typedef struct sr_role {
    sr_str id;
    char sector[4];         /* "" for words that take the sector of what they belong to */
    char code[4];           /* "" unless the role fixes it ("peacekeepers": UNO) */
    bool anonymous;         /* "sources", "officials" */
    bool group;             /* several people or a body */
    bool armed;
    bool media;             /* outlet or document, not a person */
} sr_role;

typedef struct sr_place {
    sr_str name;            /* GeoNames name */
    sr_str district, province, country; /* names; may be empty */
    char country_code[4];   /* ISO 3166 alpha-3 */
    char feature_class;     /* 'P' 'A' 'H' 'L' 'T' ... */
    char feature_code[8];
    uint32_t geonameid;
    uint32_t population;
    float lat, lon;
} sr_place;

/* Indexes run from 0 to these. */
uint32_t sr_know_n_actors(const sr_know *k);
uint32_t sr_know_n_roles(const sr_know *k);
uint32_t sr_know_n_places(const sr_know *k);
uint32_t sr_know_n_issues(const sr_know *k);
/* The next actor, from *index on, whose id is `query` or one of whose names has the words of
 * `query` in it, without regard to case; all actors for an empty query. Sets *index and returns
 * true, or returns false at the end. A linear search, for people. */
bool sr_know_find_actor(const sr_know *k, sr_str query, uint32_t *index);
/* Indexes of the places of one name, the most populous first, at most `max`; returns how many. */
uint32_t sr_know_find_places(const sr_know *k, sr_str name, uint32_t *index, uint32_t max);
/* The same for places that are spelled like the name, as names from other scripts are ("Maarat al-Numan"
 * for Ma'arrat an Nu'man). */
uint32_t sr_know_places_like(const sr_know *k, sr_str name, uint32_t *index, uint32_t max);
/* The lines of an actor's stanza that name it: i = 0, 1 ...; false past the last. */
bool sr_know_actor_name(const sr_know *k, uint32_t actor, uint32_t i, sr_str *name, sr_form *form);
sr_actor sr_know_actor(const sr_know *k, uint32_t index);
sr_role sr_know_role(const sr_know *k, uint32_t index);
sr_place sr_know_place(const sr_know *k, uint32_t index);
sr_str sr_know_issue(const sr_know *k, uint32_t index); /* "ceasefire" */
/* The code of an actor on a day (SR_DAY_NONE: the latest one). A person out of office has the
 * country of the last office with sector ELI; before the first one, the country and no sector. */
sr_code sr_actor_code_on(const sr_actor *actor, int32_t day);
/* Actor entry of a country by its alpha-3 code; UINT32_MAX if there is none. */
uint32_t sr_know_country(const sr_know *k, const char code[4]);
/* English name of a code, "" if unknown. */
sr_str sr_know_country_name(const sr_know *k, const char code[4]);

/* ---- rules ------------------------------------------------------------------------------- */

typedef enum sr_rule_kind { SR_RULE_EVENT, SR_RULE_CUE, SR_RULE_OPERATOR, SR_RULE_SUPPORT } sr_rule_kind;

typedef enum sr_type {
    SR_T_NONE, SR_T_AGREE, SR_T_CONSULT, SR_T_SUPPORT, SR_T_CONCEDE, SR_T_COOPERATE, SR_T_AID,
    SR_T_RETREAT, SR_T_REQUEST, SR_T_ACCUSE, SR_T_REJECT, SR_T_THREATEN, SR_T_PROTEST,
    SR_T_SANCTION, SR_T_MOBILIZE, SR_T_COERCE, SR_T_ASSAULT, SR_T_STATEMENT, SR_T_APPEAL, SR_TYPE_N
} sr_type;
extern const char *const sr_type_names[SR_TYPE_N]; /* "" for none */

/* Where in the tree, seen from the trigger. Logical, not surface: passives are undone. */
typedef enum sr_slot {
    SR_SLOT_NONE,
    SR_SLOT_SUBJ,    /* who does it: subject, `by` agent, controller, head of a relative clause;
                        of a noun: subject of its support verb */
    SR_SLOT_OBJ,     /* what it is done to: object, passive subject, noun before a participle */
    SR_SLOT_IOBJ,
    SR_SLOT_POSS,    /* "Pakistan's refusal" */
    SR_SLOT_COMP,    /* "US strikes", "Israeli attack": compound or adjective */
    SR_SLOT_CLAUSE,  /* clause governed: ccomp, xcomp, acl of a noun */
    SR_SLOT_CSUBJ,   /* logical subject inside that clause */
    SR_SLOT_PREP,    /* phrase with the preposition `prep` */
    SR_SLOT_WORD,    /* fixed word: a dependent (or its case word) with that lemma */
    SR_SLOT_CONTENT, /* anywhere inside the content */
    SR_SLOT_MOD,     /* adjective, compound or adverb before it */
    SR_SLOT_SENT     /* anywhere in the sentence */
} sr_slot;

typedef struct sr_slotref {
    uint8_t slot;
    sr_wid prep;     /* for PREP and WORD */
} sr_slotref;

typedef enum sr_filler {
    SR_FILL_ANY,     /* something is there */
    SR_FILL_ACTOR,   /* resolves to a political actor (a code or a sector) */
    SR_FILL_PERSON,  /* a person or people, named or by role */
    SR_FILL_STATE,   /* a state, government or intergovernmental body */
    SR_FILL_ARMED,   /* armed forces, police, rebels, unknown gunmen */
    SR_FILL_PLACE,
    SR_FILL_CLAUSE,  /* is a clause */
    SR_FILL_NUMBER,  /* has a number */
    SR_FILL_N
} sr_filler;

/* A condition holds when something in the slot is one of `words`, or is of one of `classes`, or
 * triggers an event of one of `types`; `negate` turns that round. With slot WORD there is no list:
 * it holds when the companion `at.prep` is there. */
typedef struct sr_cond {
    sr_slotref at;
    bool negate;           /* must NOT hold */
    uint32_t classes;      /* bit 1 << sr_filler for each */
    uint32_t types;        /* bit 1 << sr_type for each; bit 0: an event of any type */
    const sr_wid *words;   /* lemmas, sorted by id; sets are expanded */
    uint32_t n_words;
} sr_cond;

typedef enum sr_pos { SR_POS_VERB = 1, SR_POS_NOUN = 2, SR_POS_ADJ = 4, SR_POS_PREP = 8 } sr_pos;

typedef struct sr_pattern {
    uint32_t rule;         /* for sr_know_rule */
    uint8_t pos;           /* sr_pos */
    bool block;            /* a `not` line: where it holds, the rule's other patterns do not */
    uint8_t weight;        /* larger wins: 64 + number of conditions (fixed words too) + the rule's
                              rank; means nothing for `block` */
    const sr_cond *cond;
    uint32_t n_cond;
} sr_pattern;

/* Factuality as a composable effect on what is governed. */
typedef enum sr_fact { SR_CT_POS, SR_PR_POS, SR_PS_POS, SR_CT_NEG, SR_PR_NEG, SR_PS_NEG, SR_UU, SR_FACT_N } sr_fact;
extern const char *const sr_fact_names[SR_FACT_N]; /* "CT+" ... */

enum { SR_AUX_HISTORICAL = 1, SR_AUX_FUTURE = 2, SR_AUX_HYPOTHETICAL = 4, SR_AUX_NEGATION = 8 };

typedef enum sr_need { SR_NEED_ANY, SR_NEED_NONE, SR_NEED_ACTOR, SR_NEED_RECIPIENT, SR_NEED_BOTH } sr_need;

typedef struct sr_variant {  /* "mode yield if content=$yield", "type CONCEDE if ..." */
    uint8_t type;            /* SR_T_NONE: keeps the rule's */
    sr_str mode;             /* empty: keeps the rule's */
    const sr_cond *cond;
    uint32_t n_cond;
} sr_variant;

#define SR_SLOTS_MAX 12

typedef struct sr_rule {
    sr_str id;
    uint8_t kind;            /* sr_rule_kind */
    uint8_t type;            /* sr_type (events) */
    sr_str mode, context;    /* names, lists separated by ' '; may be empty */
    sr_str cameo;
    sr_slotref actor[SR_SLOTS_MAX], recipient[SR_SLOTS_MAX], content[SR_SLOTS_MAX]; /* ends with NONE */
    sr_slotref noun[SR_SLOTS_MAX]; /* support: where the event noun stands */
    const sr_variant *variant;
    uint32_t n_variant;
    uint8_t effect;          /* sr_fact on what the content holds; SR_CT_POS: none */
    uint8_t aux;             /* SR_AUX_* laid on the content (operators, support) or the event */
    uint8_t need;            /* sr_need */
    bool reciprocal;         /* all sides are actors */
    bool statement;          /* an event that is a statement too: "accused ... of", "argued that" */
    sr_str stance;           /* talks: demands refuses offers accepts conditions asserts */
    sr_str toll;             /* killed wounded ...: counts on its object are tolls */
    sr_str speech;           /* cue: speech writing intelligence media belief perception */
} sr_rule;

/* Patterns whose head word has this lemma id, best weight first; at equal weight those of an
 * overlay before those of its base, then in the order of the text. */
const sr_pattern *sr_know_patterns(const sr_know *k, sr_wid lemma, uint32_t *n);
sr_rule sr_know_rule(const sr_know *k, uint32_t index);
uint32_t sr_know_n_rules(const sr_know *k);

/* ---- self-test --------------------------------------------------------------------------- */

/* The `example` and `counter` lines of all event, cue and operator stanzas. */
typedef struct sr_example {
    sr_str rule;      /* stanza id */
    sr_str text;      /* the sentence */
    sr_str expected;  /* after "=>"; empty for a counter */
    bool counter;
    sr_str file;
    uint32_t line;
} sr_example;
uint32_t sr_know_n_examples(const sr_know *k);
sr_example sr_know_example(const sr_know *k, uint32_t index);

/* The image built into the program. */
const void *sr_builtin_codebook(size_t *n);

#endif

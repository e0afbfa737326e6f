/* image.h - inside `know`: the compiled codebook as bytes.
 *
 *   image   [head][ book part ........ ][ places part ........ ]
 *   part    [head: magic version size sum spans][section][section] ...
 *
 * A part is position-independent: sections are arrays of fixed-size records, and a record refers
 * to others by index. Text is referred to by its offset in the part's text section, where a string
 * is a 16-bit length, the bytes and a NUL. Numbers are in the byte order of the machine that
 * compiled; the other order is refused by the version number.
 *
 * There are two parts since places are nine tenths of the bytes and do not change with an overlay,
 * which compiles a book part of its own and borrows the places. So words are numbered through:
 * 1 .. P those of the places, P + 1 .. P + B those that the book alone uses.
 *
 * Names are a trie laid out level by level, so that edge e leads to node e + 1 and needs no
 * pointer:
 *
 *   node      0 (root)     1 new        2 york       3 delhi ...
 *   node_edge 0            2            ...             first edge; the next node's is the end
 *   edge      new york ... | delhi ...                  word id, sorted within a node
 *   node_hit  0            0            0               first hit; the next node's is the end
 *   hit       what the phrase that ends here names
 *
 * In the places part the words that begin a name have the ids 1 .. n in order, so the root's edge
 * of word w is w - 1 and needs no search.
 */
#ifndef SR_KNOW_IMAGE_H
#define SR_KNOW_IMAGE_H

#include "know/know.h"

#define SR_KVERSION 2u
#define SR_KIMAGE_MAGIC "sitrepKB"
#define SR_KPART_MAGIC "sitrepKP"

typedef uint32_t sr_kref; /* string: offset in the text section; 0 is the empty one */

typedef enum sr_ksection {
    SR_KS_TEXT, SR_KS_WORD, SR_KS_HASH, SR_KS_NODE_EDGE, SR_KS_NODE_HIT, SR_KS_EDGE, SR_KS_HIT,
    SR_KS_COUNTRY,
    /* places part */
    SR_KS_PLACE, SR_KS_LIKE,
    /* book part */
    SR_KS_ACTOR, SR_KS_NAME, SR_KS_CODE, SR_KS_ROLE, SR_KS_ISSUE, SR_KS_SET, SR_KS_LIST,
    SR_KS_RULE, SR_KS_SLOT, SR_KS_VARIANT, SR_KS_COND, SR_KS_HEAD, SR_KS_PATTERN, SR_KS_EXAMPLE,
    SR_KS_SOURCE, SR_KS_SOURCE_TEXT,
    SR_KS_N
} sr_ksection;

typedef enum sr_kpart_kind { SR_KP_BOOK = 1, SR_KP_PLACES = 2 } sr_kpart_kind;

typedef struct sr_kspan { uint32_t at, n; } sr_kspan; /* byte offset in the part; records */

typedef struct sr_kpart {
    char magic[8];
    uint32_t version, size;
    uint64_t sum;           /* over all that follows it, sections too */
    uint32_t kind, n_section;
    sr_kspan section[SR_KS_N];
} sr_kpart;

typedef struct sr_kimage {
    char magic[8];
    uint32_t version, size;
    sr_kspan book, places;  /* n in bytes */
} sr_kimage;

/* ---- records ----------------------------------------------------------------------------- */

/* A hit packs what a phrase names:  kind 2 | form 3 | cap 4 | index 23  bits.
 * `cap` is the word of the phrase that must have a capital, SR_KCAP_NONE for none; with form
 * ACRONYM and SR_KCAP_NONE the whole must be in capitals. */
#define SR_KCAP_NONE 15u
#define SR_KINDEX_MAX ((1u << 23) - 1)
static inline uint32_t sr_khit(uint32_t kind, uint32_t form, uint32_t cap, uint32_t index) {
    return kind << 30 | form << 27 | cap << 23 | index;
}

typedef struct sr_kplace {
    sr_kref name, district, province;
    uint32_t geonameid, population;
    float lat, lon;
    char country[3], feature_class;
    char feature_code[8];
} sr_kplace;

typedef struct sr_klike { uint32_t key, place; } sr_klike; /* by key, then the most populous first */

/* The same for spellings of one name, for most others another; 0: none (spell.c). */
uint32_t sr_spell_key(sr_str name);

typedef struct sr_kactor {
    sr_kref id, name, wikidata;
    uint32_t kind;
    sr_kspan names, codes;  /* records of those sections */
} sr_kactor;

typedef struct sr_kname { sr_kref text; uint32_t form; } sr_kname;

typedef struct sr_kcode {
    char code[4], sector[4], other[2][4];
    int32_t from, until;
    sr_kref role;
} sr_kcode;

enum { SR_KROLE_ANONYMOUS = 1, SR_KROLE_GROUP = 2, SR_KROLE_ARMED = 4, SR_KROLE_MEDIA = 8 };

typedef struct sr_krole {
    sr_kref id;
    char sector[4], code[4];
    uint32_t flags;
} sr_krole;

typedef struct sr_kcountry { char code[4]; uint32_t value; } sr_kcountry; /* actor, or name */

typedef struct sr_kset { sr_kref name; sr_kspan words; } sr_kset;         /* of the list section */

typedef struct sr_kslot { uint32_t slot; sr_wid prep; } sr_kslot;

typedef struct sr_krule {
    sr_kref id, mode, context, cameo, stance, toll, speech;
    uint8_t kind, type, effect, aux, need, reciprocal, statement, unused;
    sr_kspan actor, recipient, content, noun; /* of the slot section */
    sr_kspan variants;
} sr_krule;

typedef struct sr_kvariant { uint32_t type; sr_kref mode; sr_kspan conds; } sr_kvariant;

typedef struct sr_kcond {
    uint32_t slot, negate;
    sr_wid prep;
    uint32_t classes, types;
    sr_kspan words;         /* of the list section */
} sr_kcond;

typedef struct sr_khead { sr_wid word; sr_kspan patterns; } sr_khead; /* sorted by word */

typedef struct sr_kpattern {
    uint32_t rule;
    uint8_t pos, block, weight, unused;
    sr_kspan conds;
} sr_kpattern;

typedef struct sr_kexample {
    sr_kref rule, text, expected, file;
    uint32_t line, counter;
} sr_kexample;

typedef struct sr_ksource { sr_kref name; sr_kspan text; uint32_t layer; } sr_ksource;

/* ---- a part, opened ---------------------------------------------------------------------- */

typedef struct sr_kview {
    const sr_kpart *part;
    const void *at[SR_KS_N];
    uint32_t n[SR_KS_N];
} sr_kview;

uint64_t sr_kpart_sum(const sr_kpart *part);
/* Checks everything that lookups rely on, so that none of them has to. */
sr_status sr_kview_open(sr_kview *v, const void *part, size_t n, sr_kpart_kind kind,
                        sr_error *err);
/* Strings and word lists are read for each lookup; refs were checked at opening. */
sr_str sr_kview_text(const sr_kview *v, sr_kref ref);
/* Number of a word within the part, 1 .. n; 0 if it is not there. */
uint32_t sr_kview_word(const sr_kview *v, sr_str word, uint64_t hash);
static inline uint64_t sr_kword_hash(sr_str word) { return sr_hash(word.p, word.n, 7); }

#endif

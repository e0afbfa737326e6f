/* compile.h - inside `know`: the book while it is being compiled, and the compiler's files.
 *
 *   source.c   text -> stanzas            places.c   tables -> places part
 *   rules.c    rule stanzas -> patterns   build.c    tables -> sections
 *   compile.c  the rest, and the order of it all
 */
#ifndef SR_KNOW_COMPILE_H
#define SR_KNOW_COMPILE_H

#include "know/build.h"
#include "know/source.h"
#include "know/terms.h"

/* In all of these, words are numbers of `names.word` plus 1 until sr_kbook is complete; lists are
 * indexes into `list` (a set's is its own), kcond.words.at holds such an index. */
typedef struct sr_kwordlist { uint32_t *word, n; } sr_kwordlist;

typedef struct sr_kset_draft {
    const sr_kstanza *stanza;
    uint8_t state;         /* 0 new, 1 being expanded, 2 done */
    sr_kintern words;      /* texts; sets are expanded */
    uint32_t list;
} sr_kset_draft;

typedef struct sr_kpattern_draft {
    uint32_t head, layer, order;
    sr_kpattern p;
} sr_kpattern_draft;

typedef struct sr_kbook {
    sr_arena *a, *scratch;
    sr_kproblems *problems;
    sr_kstanzas stanza;
    sr_kpool text;
    sr_kphrases names;     /* also holds the words of rules and sets */
    SR_VEC(sr_kactor) actor;
    SR_VEC(sr_kname) name;
    SR_VEC(sr_kcode) code;
    SR_VEC(sr_krole) role;
    SR_VEC(sr_kref) issue;
    SR_VEC(sr_kcountry) country;
    SR_VEC(sr_kset_draft) set;
    sr_kintern set_id;     /* numbers as in `set` */
    uint32_t nested;       /* sets being expanded */
    uint32_t included;     /* words that sets brought into sets and lists */
    SR_VEC(sr_kwordlist) list;
    SR_VEC(sr_krule) rule;
    SR_VEC(sr_kslot) slot;
    SR_VEC(sr_kvariant) variant;
    SR_VEC(sr_kcond) cond;
    SR_VEC(sr_kpattern_draft) pattern;
    SR_VEC(sr_kexample) example;
} sr_kbook;

/* Number of a word, made if new. */
uint32_t sr_kbook_word(sr_kbook *b, sr_str folded);
/* Adds the words of a set. */
void sr_kbook_include(sr_kbook *b, sr_kintern *words, sr_str name, const char *file, uint32_t line);
uint32_t sr_kbook_list(sr_kbook *b, const sr_kintern *words);
/* Adds a lemma of a list or set, folded; notes one that the tokenizer would cut. */
void sr_kbook_listed(sr_kbook *b, sr_kintern *words, sr_str word, const char *file, uint32_t line);

/* An event, cue, operator or support stanza. */
void sr_kcompile_rule(sr_kbook *b, const sr_kstanza *s);

/* Appends the places part to `out`: the tables among the sources, or, with an opened part `before`, its
 * places and those of all sources. Problems are noted; false when there is no part. */
bool sr_kcompile_places(sr_buf *out, const sr_kview *before, const sr_source *src, size_t n_src, sr_kproblems *p,
                        sr_arena *a, sr_arena *scratch);
/* An image (malloc'd) of `base`'s sources with the places `places` and those of the tables. */
sr_status sr_kcompile_more_places(void **image, size_t *n, const sr_kview *base, const sr_kview *places, const sr_source *tables,
                                  size_t n_tables, sr_buf *problems, sr_error *err);

/* A book part of `base`'s sources and one more (malloc'd). */
sr_status sr_kcompile_overlay(void **book, size_t *n, const sr_kview *base, const sr_kview *places,
                              sr_str text, const char *name, sr_buf *problems, sr_error *err);

#endif

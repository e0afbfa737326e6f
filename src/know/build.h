/* build.h - inside `know`: the tables of a part while it is being compiled. */
#ifndef SR_KNOW_BUILD_H
#define SR_KNOW_BUILD_H

#include "base/limits.h"
#include "know/image.h"

/* Strings, each once: the first gets index 0. Keeps copies. */
typedef struct sr_kintern {
    sr_arena *a;
    SR_VEC(sr_str) v;
    uint32_t *slot, n_slot; /* index + 1 */
} sr_kintern;

void sr_kintern_init(sr_kintern *t, sr_arena *a);
uint32_t sr_kintern_add(sr_kintern *t, sr_str s);
uint32_t sr_kintern_find(const sr_kintern *t, sr_str s); /* UINT32_MAX if it is not there */

/* The text section: a ref for every different string; the empty string has 0. */
typedef struct sr_kpool {
    sr_kintern strings;
    SR_VEC(sr_kref) ref;
    SR_VEC(char) bytes;
} sr_kpool;

void sr_kpool_init(sr_kpool *p, sr_arena *a);
sr_kref sr_kpool_add(sr_kpool *p, sr_str s);

/* A phrase of the names trie. Words are numbers of an sr_kintern plus 1 until all are known, then
 * word ids. Phrases with the same words keep the order of `rank`. */
typedef struct sr_kphrase {
    uint32_t *word;
    uint32_t n;
    uint32_t hit;    /* sr_khit */
    uint32_t rank;
} sr_kphrase;

typedef struct sr_kphrases {
    sr_arena *a, *scratch;
    sr_kintern word;
    SR_VEC(sr_kphrase) v;
} sr_kphrases;

/* Cuts a name into words and adds it; `hit` without its cap bits. A leading "the" is dropped from
 * a longer name, and so are hyphens. False when there is no word or there are too many. */
bool sr_kphrase_add(sr_kphrases *p, sr_str name, uint32_t hit, uint32_t rank);
/* Folded words of a text without hyphens, in `scratch`; UINT32_MAX when there are more than
 * SR_PHRASE_WORDS_MAX. */
uint32_t sr_kwords(sr_str text, sr_str out[SR_PHRASE_WORDS_MAX], sr_arena *scratch);

/* ---- writing a part ---------------------------------------------------------------------- */

typedef struct sr_kwriter {
    sr_buf *out;
    size_t start;
    sr_kpart part;
} sr_kwriter;

void sr_kwriter_open(sr_kwriter *w, sr_buf *out, sr_kpart_kind kind);
void sr_kwriter_put(sr_kwriter *w, sr_ksection s, const void *records, size_t n, size_t size);
/* Pads, sums, writes the head. False when memory ran out or the part passed 4 GiB. */
bool sr_kwriter_close(sr_kwriter *w);

/* Word and hash sections: words[i] has number i + 1. Their text goes to the pool. */
void sr_kput_words(sr_kwriter *w, sr_kpool *pool, const sr_str *words, uint32_t n, sr_arena *a);
/* Trie sections. Sorts the phrases, whose words must be ids; keeps at most `same` of one name. */
void sr_kput_trie(sr_kwriter *w, sr_kphrases *p, uint32_t same);

#endif

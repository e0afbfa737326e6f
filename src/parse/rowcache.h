/* rowcache.h - inside `parse`: the first layer's gates of words met before. */
#ifndef SR_PARSE_ROWCACHE_H
#define SR_PARSE_ROWCACHE_H

#include "parse/net.h"

/* Sets of four rows:
 *
 *   key ─hash▶ set ─▶ [key use | key use | key use | key use] ─▶ 4 rows of SR_GATES
 */
#define SR_CACHE_SETS 2048 /* a power of two; with four rows each, 9.4 MB, touched as they fill */
#define SR_CACHE_WAYS 4

typedef struct sr_rowcache {
    int16_t row[SR_CACHE_SETS][SR_CACHE_WAYS][SR_GATES];
    uint64_t key[SR_CACHE_SETS][SR_CACHE_WAYS]; /* 0: empty */
    uint8_t use[SR_CACHE_SETS][SR_CACHE_WAYS];
} sr_rowcache;

/* NULL when there is no memory. */
sr_rowcache *sr_rowcache_new(void);
void sr_rowcache_free(sr_rowcache *c);

/* All that a word's input row depends on, packed; two words with one key have equal rows. */
uint64_t sr_rowcache_key(const sr_feats *f, uint32_t word);
/* NULL: not there. The row stays in place until the next put. */
const int16_t *sr_rowcache_find(sr_rowcache *c, uint64_t key);
void sr_rowcache_put(sr_rowcache *c, uint64_t key, const int16_t *row);

#endif

/* rowcache.c - the first layer's product depends on the word alone, not on its neighbours: rows are
 * kept, so that frequent words need no arithmetic there. One cache a parser, so no locks; bounded.
 *
 * What is in it never shows in a result, only in the time. A row that has been asked for is kept
 * over one that has not: a set whose rows are all in use ages, and takes the new row only when one
 * of its own has aged to nothing (a small count for each row, as in clock with counters).
 */
#include <stdlib.h>

#include "parse/rowcache.h"

#define USE_MAX 15

sr_rowcache *sr_rowcache_new(void) {
    size_t size = (sizeof(sr_rowcache) + 63) & ~(size_t)63;
    sr_rowcache *c = aligned_alloc(64, size);
    if (!c) return NULL;
    memset(c->key, 0, sizeof c->key); /* the rows are written before they are read */
    memset(c->use, 0, sizeof c->use);
    return c;
}

void sr_rowcache_free(sr_rowcache *c) { free(c); }

_Static_assert(SR_N_S3 <= 1 << 12 && SR_N_S2 <= 1 << 10 && SR_N_P3 <= 1 << 12 &&
                   SR_N_SHAPE <= 1 << 7,
               "a key holds 12 + 10 + 12 + 7 bits and a word's row of 21");

uint64_t sr_rowcache_key(const sr_feats *f, uint32_t word) {
    uint64_t k = 1; /* keeps it from 0 */
    k = k << 21 | word;
    k = k << 12 | f->s3;
    k = k << 10 | f->s2;
    k = k << 12 | f->p3;
    return k << 7 | f->shape;
}

static size_t set_of(uint64_t key) {
    return (size_t)((key * 0x9E3779B97F4A7C15u) >> 40) & (SR_CACHE_SETS - 1);
}

const int16_t *sr_rowcache_find(sr_rowcache *c, uint64_t key) {
    size_t set = set_of(key);
    for (int i = 0; i < SR_CACHE_WAYS; i++) {
        if (c->key[set][i] != key) continue;
        if (c->use[set][i] < USE_MAX) c->use[set][i]++;
        return c->row[set][i];
    }
    return NULL;
}

void sr_rowcache_put(sr_rowcache *c, uint64_t key, const int16_t *row) {
    size_t set = set_of(key);
    int pick = -1;
    for (int i = 0; i < SR_CACHE_WAYS; i++) {
        if (c->key[set][i] == key) return; /* twice in one sentence */
        if (c->use[set][i] == 0 && pick < 0) pick = i;
    }
    if (pick < 0) {
        for (int i = 0; i < SR_CACHE_WAYS; i++) c->use[set][i]--;
        return;
    }
    c->key[set][pick] = key;
    c->use[set][pick] = 0;
    memcpy(c->row[set][pick], row, sizeof c->row[set][pick]);
}

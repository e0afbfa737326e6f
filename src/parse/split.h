/* split.h - inside `parse`: where sentences end. A linear model over hashed features of the words
 * around a gap; the trainer uses the same features. */
#ifndef SR_PARSE_SPLIT_H
#define SR_PARSE_SPLIT_H

#include "parse/net.h"

#define SR_SPLIT_BITS  15
#define SR_SPLIT_SIZE  ((uint32_t)SR_SPLIT_WEIGHTS)
#define SR_SPLIT_FEATS 32
/* Words that the features look at on both sides of a gap. */
#define SR_SPLIT_REACH 4

/* May a sentence end between w[i] and w[i + 1]? */
bool sr_split_candidate(const sr_word *w, uint32_t n, uint32_t i);
/* Features of that gap: indexes below SR_SPLIT_SIZE; `first` is where the sentence began. */
uint32_t sr_split_feats(uint32_t out[SR_SPLIT_FEATS], const sr_word *w, uint32_t n, uint32_t i,
                        uint32_t first);

/* The end (exclusive) of the sentence that starts at w[first]; words [first, n) are in sight. */
uint32_t sr_split_next(const int16_t *weights, const sr_word *w, uint32_t n, uint32_t first);

#endif

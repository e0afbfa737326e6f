/* feats.h - the morphological features of a word (FEATS of CoNLL-U), told from the record. */
#ifndef SR_PARSE_FEATS_H
#define SR_PARSE_FEATS_H

#include "parse/parse.h"

/* Writes the features of word i, "Number=Sing|Person=3", or "_" when it has none. The sentence must
 * be linked (sr_sent_link) when it is parsed. */
void sr_feats_print(sr_buf *out, const sr_sent *s, int i);

#endif

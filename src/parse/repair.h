/* repair.h - inside `parse`: what a finished tree tells better than the tags and names it came with. */
#ifndef SR_PARSE_REPAIR_H
#define SR_PARSE_REPAIR_H

#include "parse/net.h"

/* Have the treebanks seen this form under the tag (-1: any)? */
bool sr_seen_as(const sr_net *net, sr_str folded, int xpos);
/* Lemmas, tags, names and relations of a sentence that has its heads, and a few heads. */
void sr_repair(const sr_net *net, sr_sent *s);

#endif

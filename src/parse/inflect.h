/* inflect.h - inside `parse`: base forms of inflected words, by the rules of English and a list of
 * words (model/lemmas.txt). */
#ifndef SR_PARSE_INFLECT_H
#define SR_PARSE_INFLECT_H

#include "parse/parse.h"

/* The list, indexed by the first two letters of its lines:
 *
 *   start[ab] ─▶ "abandon v\nabase v\n ..."
 *   start[ac] ─▶ "accede v\n ..." */
#define SR_BASES_BUCKETS (26 * 26)

typedef struct sr_bases {
    const char *text;
    uint32_t start[SR_BASES_BUCKETS + 1];
} sr_bases;

/* The list that is built into the program; never freed. */
sr_str sr_builtin_lemmas(void);

/* Indexes a list, which must be sorted by bytes and stay valid; comment lines come first. */
void sr_bases_open(sr_bases *b, sr_str text);
/* Is there a line that starts with `word`, a space and `kind`? Then *rest is what follows the next
 * space, empty where nothing does; and *listed is `word` where the list has it. */
bool sr_bases_find(const sr_bases *b, sr_str word, char kind, sr_str *listed, sr_str *rest);

/* The base of a folded form under a Penn tag: "barred" as VBD gives "bar". Nothing where no listed
 * word leads to the form, or the tag is of no inflection. Points into the list or the form. */
sr_str sr_inflect_base(const sr_bases *b, sr_str folded, int xpos);

#endif

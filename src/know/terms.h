/* terms.h - inside `know`: the closed lists that codebook values are checked against. */
#ifndef SR_KNOW_TERMS_H
#define SR_KNOW_TERMS_H

#include "know/know.h"

/* Lists end with NULL. */
extern const char *const sr_term_contexts[], *const sr_term_sectors[], *const sr_term_stances[];
extern const char *const sr_term_tolls[], *const sr_term_speech[], *const sr_term_aux[];
extern const char *const sr_term_needs[], *const sr_term_role_flags[], *const sr_term_actor_kinds[];
extern const char *const sr_term_classes[];      /* in the order of sr_filler */
extern const char *const sr_term_prepositions[]; /* that may stand as a slot */
extern const char *const sr_term_noun_links[];   /* that end the head of a noun pattern */
extern const char *const *const sr_term_modes[SR_TYPE_N];

/* Index of a string in a list, -1 if it is not there. */
int sr_term_find(const char *const *list, sr_str s);
int sr_term_type(sr_str s); /* "ASSAULT"; -1 */
int sr_term_fact(sr_str s); /* "CT+"; -1 */
/* Slot of a name ("subj"); SR_SLOT_PREP for a preposition, SR_SLOT_NONE for anything else. */
sr_slot sr_term_slot(sr_str s);
bool sr_term_cameo(sr_str s); /* "190", "1823": two to four digits, the root 01 to 20 */

#endif

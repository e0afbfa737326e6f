/* gazette.h - inside `know`: other gazetteers as tables of places (docs/CODEBOOK.md), which can be laid
 * over the built-in one.
 */
#ifndef SR_KNOW_GAZETTE_H
#define SR_KNOW_GAZETTE_H

#include "know/know.h"

/* ISO 3166: three letters for two ("AF": AFG); false when there is no such state. */
bool sr_alpha3(char out[4], sr_str two);
/* Has the codebook a use for the word beside the places: does an actor, a role or a rule begin with it? */
bool sr_know_in_book(const sr_know *k, sr_str folded);
/* Degrees as tables write them; false when they are none. */
bool sr_place_point(sr_str lat, sr_str lon, float *y, float *x);

#endif

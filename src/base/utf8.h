/* utf8.h - code points, validation, case. Broken bytes are replaced while reading, so later
 * stages may take text for valid UTF-8. */
#ifndef SR_UTF8_H
#define SR_UTF8_H

#include "base/base.h"

/* Decodes one code point at p (n > 0 bytes left) and returns its length, 1 to 4. On a broken
 * sequence *cp is 0xFFFD and the length is 1. */
uint32_t sr_utf8_decode(const char *p, size_t n, uint32_t *cp);
/* Writes 1 to 4 bytes, returns how many. */
uint32_t sr_utf8_encode(char out[4], uint32_t cp);
bool sr_utf8_valid(const char *p, size_t n, size_t *bad); /* *bad: offset of the first broken byte */
/* Number of code points in valid UTF-8. */
size_t sr_utf8_count(const char *p, size_t n);

bool sr_cp_upper(uint32_t cp);
bool sr_cp_alpha(uint32_t cp);
uint32_t sr_cp_lower(uint32_t cp);
/* Letters of Latin scripts without their marks (é -> e, ø -> o, ł -> l, ß -> "ss"), curly quotes
 * and dashes to ASCII. Writes up to 4 bytes, returns how many; 0 for a mark to be dropped. */
uint32_t sr_cp_fold(char out[4], uint32_t cp);

/* The form that dictionaries are looked up by: lower case, folded as above. */
sr_str sr_str_fold(sr_arena *a, sr_str s);
/* True when the first letter is upper case; all letters are and there are at least two. */
bool sr_str_capital(sr_str s);
bool sr_str_allcaps(sr_str s);

#endif

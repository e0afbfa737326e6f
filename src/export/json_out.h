/* json_out.h - JSON written straight into a buffer. Whether a comma is due is read off the last byte
 * written, so no state is carried; names of fields are literals that need no escapes.
 */
#ifndef SR_JSON_OUT_H
#define SR_JSON_OUT_H

#include "base/base.h"

void sr_js_comma(sr_buf *b); /* if one is due before the next value */
void sr_js_string(sr_buf *b, sr_str s);
void sr_js_key(sr_buf *b, const char *name);
void sr_js_object(sr_buf *b); /* opens; the caller closes */
void sr_js_array(sr_buf *b, const char *name);
void sr_js_int(sr_buf *b, const char *name, int64_t v);
/* Left out when false, empty or SR_DAY_NONE: unknown. */
void sr_js_true(sr_buf *b, const char *name, bool v);
void sr_js_key_string(sr_buf *b, const char *name, sr_str s);
void sr_js_z(sr_buf *b, const char *name, const char *z);
void sr_js_day(sr_buf *b, const char *name, int32_t day);
/* "meet visit" as an array of strings. */
void sr_js_list(sr_buf *b, const char *name, sr_str words);
void sr_js_strings(sr_buf *b, const char *name, const sr_str *v, uint32_t n);

#endif

/* json_out.c - see json_out.h. */
#include "export/json_out.h"

#include "base/date.h"
#include "export/export.h"

void sr_js_comma(sr_buf *b) {
    char last = b->n ? b->p[b->n - 1] : '{';
    if (last != '{' && last != '[' && last != ':') sr_buf_char(b, ',');
}

/* Unicode's own line ends (U+0085, U+2028, U+2029): legal in a string, but many a reader cuts lines
 * there. Returns their bytes, 0 for none. */
static uint32_t line_end(sr_str s, uint32_t i, const char **esc) {
    const unsigned char *p = (const unsigned char *)s.p + i;
    uint32_t left = s.n - i;
    if (left >= 2 && p[0] == 0xC2 && p[1] == 0x85) return *esc = "\\u0085", 2;
    if (left >= 3 && p[0] == 0xE2 && p[1] == 0x80 && (p[2] == 0xA8 || p[2] == 0xA9))
        return *esc = p[2] == 0xA8 ? "\\u2028" : "\\u2029", 3;
    return 0;
}

void sr_js_string(sr_buf *b, sr_str s) {
    static const char hex[] = "0123456789abcdef";
    sr_js_comma(b);
    sr_buf_char(b, '"');
    uint32_t done = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        const char *end;
        uint32_t n = c == 0xC2 || c == 0xE2 ? line_end(s, i, &end) : 0;
        if (n) {
            sr_buf_put(b, s.p + done, i - done);
            sr_buf_put(b, end, 6);
            done = i + n;
            i += n - 1;
            continue;
        }
        if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
        sr_buf_put(b, s.p + done, i - done);
        done = i + 1;
        char esc[6] = {'\\', 'u', '0', '0', hex[c >> 4], hex[c & 15]};
        switch (c) {
        case '"': case '\\': esc[1] = (char)c; break;
        case '\n': esc[1] = 'n'; break;
        case '\r': esc[1] = 'r'; break;
        case '\t': esc[1] = 't'; break;
        default: break;
        }
        sr_buf_put(b, esc, esc[1] == 'u' ? 6 : 2);
    }
    sr_buf_put(b, s.p + done, s.n - done);
    sr_buf_char(b, '"');
}

/* Names of fields need no escapes. */
void sr_js_key(sr_buf *b, const char *name) {
    sr_js_comma(b);
    sr_buf_char(b, '"');
    sr_buf_z(b, name);
    sr_buf_put(b, "\":", 2);
}

void sr_js_object(sr_buf *b) {
    sr_js_comma(b);
    sr_buf_char(b, '{');
}

void sr_js_array(sr_buf *b, const char *name) {
    sr_js_key(b, name);
    sr_buf_char(b, '[');
}

void sr_js_int(sr_buf *b, const char *name, int64_t v) {
    sr_js_key(b, name);
    sr_put_int(b, v);
}

void sr_js_true(sr_buf *b, const char *name, bool v) {
    if (!v) return;
    sr_js_key(b, name);
    sr_buf_z(b, "true");
}

/* Left out when empty: unknown. */
void sr_js_key_string(sr_buf *b, const char *name, sr_str s) {
    if (!s.n) return;
    sr_js_key(b, name);
    sr_js_string(b, s);
}

void sr_js_z(sr_buf *b, const char *name, const char *z) { sr_js_key_string(b, name, sr_str_z(z)); }

void sr_js_day(sr_buf *b, const char *name, int32_t day) {
    if (day == SR_DAY_NONE) return;
    char text[16];
    sr_day_print(text, day);
    sr_js_z(b, name, text);
}

/* "meet visit" as an array of strings. */
void sr_js_list(sr_buf *b, const char *name, sr_str words) {
    sr_js_array(b, name);
    while (words.p && words.n) {
        sr_str one = sr_str_cut(&words, ' ');
        if (one.n) sr_js_string(b, one);
    }
    sr_buf_char(b, ']');
}

void sr_js_strings(sr_buf *b, const char *name, const sr_str *v, uint32_t n) {
    sr_js_array(b, name);
    for (uint32_t i = 0; i < n; i++) sr_js_string(b, v[i]);
    sr_buf_char(b, ']');
}

/* str.c - small questions about spans of text, byte by byte. What needs to know about code
 * points is in utf8.c.
 */
#include "base/base.h"

bool sr_str_starts(sr_str s, const char *prefix) {
    size_t n = strlen(prefix);
    return s.n >= n && (n == 0 || memcmp(s.p, prefix, n) == 0);
}

bool sr_str_ends(sr_str s, const char *suffix) {
    size_t n = strlen(suffix);
    return s.n >= n && (n == 0 || memcmp(s.p + s.n - n, suffix, n) == 0);
}

int sr_str_cmp(sr_str a, sr_str b) {
    uint32_t n = a.n < b.n ? a.n : b.n;
    int c = n ? memcmp(a.p, b.p, n) : 0;
    if (c) return c < 0 ? -1 : 1;
    return (a.n > b.n) - (a.n < b.n);
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

sr_str sr_str_trim(sr_str s) {
    while (s.n && is_space(s.p[0])) s.p++, s.n--;
    while (s.n && is_space(s.p[s.n - 1])) s.n--;
    return s;
}

sr_str sr_str_cut(sr_str *rest, char sep) {
    sr_str all = *rest;
    const char *at = all.n ? memchr(all.p, sep, all.n) : NULL;
    if (!at) {
        *rest = SR_STR_NONE;
        return all;
    }
    uint32_t n = (uint32_t)(at - all.p);
    *rest = (sr_str){at + 1, all.n - n - 1};
    return (sr_str){all.p, n};
}

bool sr_str_u64(sr_str s, uint64_t *out) {
    uint64_t v = 0;
    if (s.n == 0) return false;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i] < '0' || s.p[i] > '9') return false;
        uint64_t d = (uint64_t)(s.p[i] - '0');
        if (v > (UINT64_MAX - d) / 10) return false;
        v = v * 10 + d;
    }
    *out = v;
    return true;
}

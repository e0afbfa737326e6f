/* utf8.c - code points, validation, letter case and the folded form that dictionaries are looked
 * up by.
 *
 * ASCII and Latin-1 are answered here, since nearly all of a text in English is; the rest asks
 * libutf8proc. Folding is for Latin scripts alone: a Cyrillic or Arabic word keeps its letters.
 * No normal forms: a letter with a combining mark folds to the letter, as the composed one does.
 */
#include "base/utf8.h"

#include <utf8proc.h>

/* ---- coding ------------------------------------------------------------------------------ */

uint32_t sr_utf8_decode(const char *s, size_t n, uint32_t *cp) {
    const unsigned char *p = (const unsigned char *)s;
    uint32_t c = p[0];
    if (c < 0x80) {
        *cp = c;
        return 1;
    }
    if (c >= 0xC2 && c < 0xE0 && n >= 2 && (p[1] & 0xC0) == 0x80) {
        *cp = (c & 0x1F) << 6 | (p[1] & 0x3Fu);
        return 2;
    }
    if (c >= 0xE0 && c < 0xF0 && n >= 3 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
        uint32_t v = (c & 0x0F) << 12 | (p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu);
        if (v >= 0x800 && (v < 0xD800 || v > 0xDFFF)) {
            *cp = v;
            return 3;
        }
    }
    if (c >= 0xF0 && c < 0xF5 && n >= 4 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80 &&
        (p[3] & 0xC0) == 0x80) {
        uint32_t v = (c & 0x07) << 18 | (p[1] & 0x3Fu) << 12 | (p[2] & 0x3Fu) << 6 | (p[3] & 0x3Fu);
        if (v >= 0x10000 && v <= 0x10FFFF) {
            *cp = v;
            return 4;
        }
    }
    *cp = 0xFFFD;
    return 1;
}

uint32_t sr_utf8_encode(char out[4], uint32_t cp) {
    if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) cp = 0xFFFD;
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (cp < 0x800) {
        out[0] = (char)(0xC0 | cp >> 6);
        out[1] = (char)(0x80 | (cp & 0x3F));
        return 2;
    }
    if (cp < 0x10000) {
        out[0] = (char)(0xE0 | cp >> 12);
        out[1] = (char)(0x80 | (cp >> 6 & 0x3F));
        out[2] = (char)(0x80 | (cp & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | cp >> 18);
    out[1] = (char)(0x80 | (cp >> 12 & 0x3F));
    out[2] = (char)(0x80 | (cp >> 6 & 0x3F));
    out[3] = (char)(0x80 | (cp & 0x3F));
    return 4;
}

/* Length of the ASCII run at p, by words of eight bytes. */
static size_t ascii_run(const char *p, size_t n) {
    size_t i = 0;
    for (; i + 8 <= n; i += 8) {
        uint64_t w;
        memcpy(&w, p + i, 8);
        if (w & 0x8080808080808080u) break;
    }
    while (i < n && (unsigned char)p[i] < 0x80) i++;
    return i;
}

bool sr_utf8_valid(const char *p, size_t n, size_t *bad) {
    size_t i = 0;
    if (n == 0) return true;
    for (;;) {
        i += ascii_run(p + i, n - i);
        if (i >= n) return true;
        uint32_t cp, k = sr_utf8_decode(p + i, n - i, &cp);
        if (k == 1) {
            if (bad) *bad = i;
            return false;
        }
        i += k;
    }
}

size_t sr_utf8_count(const char *p, size_t n) {
    size_t count = 0;
    for (size_t i = 0; i < n; i++) count += ((unsigned char)p[i] & 0xC0) != 0x80;
    return count;
}

/* ---- case -------------------------------------------------------------------------------- */

bool sr_cp_upper(uint32_t cp) {
    if (cp < 0x80) return cp >= 'A' && cp <= 'Z';
    if (cp < 0x100) return cp >= 0xC0 && cp <= 0xDE && cp != 0xD7;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool sr_cp_alpha(uint32_t cp) {
    if (cp < 0x80) return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
    if (cp < 0x100)
        return (cp >= 0xC0 && cp != 0xD7 && cp != 0xF7) || cp == 0xAA || cp == 0xB5 || cp == 0xBA;
    utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);
    return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

uint32_t sr_cp_lower(uint32_t cp) {
    if (cp < 0x100) return sr_cp_upper(cp) ? cp + 0x20 : cp;
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)cp);
}

/* ---- folding ----------------------------------------------------------------------------- */

/* Letters that Unicode does not decompose, with the spelling that English reporting uses, so the
 * schwa of Azerbaijani is an a. Sorted. */
static const struct {
    uint16_t cp;
    char to[4];
} odd_letters[] = {
    {0x0110, "D"}, {0x0111, "d"},  {0x0126, "H"},  {0x0127, "h"},  {0x0131, "i"},  {0x0138, "k"},
    {0x013F, "L"}, {0x0140, "l"},  {0x0141, "L"},  {0x0142, "l"},  {0x014A, "N"},  {0x014B, "n"},
    {0x0152, "OE"}, {0x0153, "oe"}, {0x0166, "T"}, {0x0167, "t"},  {0x017F, "s"},  {0x0180, "b"},
    {0x0186, "O"}, {0x0189, "D"},  {0x018F, "A"},  {0x0190, "E"},  {0x0192, "f"},  {0x0197, "I"},
    {0x019A, "l"}, {0x01DD, "a"},  {0x0237, "j"},  {0x0253, "b"},  {0x0254, "o"},  {0x0256, "d"},
    {0x0257, "d"}, {0x0259, "a"},  {0x025B, "e"},  {0x0268, "i"},  {0x026B, "l"},  {0x0272, "n"},
    {0x0289, "u"}, {0x1E9E, "SS"},
};

static uint32_t put(char out[4], const char *z) {
    uint32_t n = (uint32_t)strlen(z);
    memcpy(out, z, n);
    return n;
}

static bool is_dropped(uint32_t cp) {
    return (cp >= 0x300 && cp <= 0x36F) ||   /* combining marks */
           (cp >= 0x64B && cp <= 0x65F) || cp == 0x640 || cp == 0x670 || /* harakat, tatweel */
           (cp >= 0x1AB0 && cp <= 0x1AFF) || (cp >= 0x1DC0 && cp <= 0x1DFF) ||
           (cp >= 0x20D0 && cp <= 0x20FF) || (cp >= 0xFE20 && cp <= 0xFE2F) ||
           (cp >= 0x200B && cp <= 0x200F) || (cp >= 0x202A && cp <= 0x202E) || /* directions */
           (cp >= 0x2060 && cp <= 0x2069) || (cp >= 0xFE00 && cp <= 0xFE0F) ||
           cp == 0xFEFF || cp == 0xAD;
}

uint32_t sr_cp_fold(char out[4], uint32_t cp) {
    static const char latin1[] = /* U+00C0 .. U+00FF, '.' where the answer has two letters */
        "AAAAAA.CEEEEIIIIDNOOOOO*OUUUUY..aaaaaa.ceeeeiiiidnooooo/ouuuuy.y";
    if (cp < 0x80) {
        out[0] = (char)cp;
        return 1;
    }
    if (is_dropped(cp)) return 0;
    if (cp >= 0xC0 && cp < 0x100) {
        switch (cp) {
        case 0xC6: return put(out, "AE");
        case 0xE6: return put(out, "ae");
        case 0xDE: return put(out, "Th");
        case 0xFE: return put(out, "th");
        case 0xDF: return put(out, "ss");
        case 0xD7: case 0xF7: return sr_utf8_encode(out, cp);
        default: out[0] = latin1[cp - 0xC0]; return 1;
        }
    }
    if (cp < 0xC0) {
        switch (cp) {
        case 0xA0: return put(out, " ");
        case 0xB4: return put(out, "'");
        case 0xAB: case 0xBB: return put(out, "\"");
        default: return sr_utf8_encode(out, cp);
        }
    }
    if (cp >= 0x2000 && cp < 0x2070) {
        if (cp <= 0x200A || cp == 0x2028 || cp == 0x2029 || cp == 0x202F || cp == 0x205F)
            return put(out, " ");
        if (cp <= 0x2015) return put(out, "-");
        if ((cp >= 0x2018 && cp <= 0x201B) || cp == 0x2032 || cp == 0x2035 || cp == 0x2039 ||
            cp == 0x203A)
            return put(out, "'");
        if ((cp >= 0x201C && cp <= 0x201F) || cp == 0x2033 || cp == 0x2036) return put(out, "\"");
        if (cp == 0x2026) return put(out, "...");
        return sr_utf8_encode(out, cp);
    }
    if (cp == 0x2212) return put(out, "-");
    if (cp == 0x3000) return put(out, " ");
    if (cp >= 0x2B9 && cp <= 0x2BF) return put(out, "'"); /* primes, ayin and hamza */
    if (cp == 0x2C8) return put(out, "'");
    if (cp >= 0xFF01 && cp <= 0xFF5E) { /* full-width forms */
        out[0] = (char)(cp - 0xFEE0);
        return 1;
    }
    for (size_t lo = 0, hi = sizeof odd_letters / sizeof *odd_letters; lo < hi;) {
        size_t mid = (lo + hi) / 2;
        if (odd_letters[mid].cp == cp) return put(out, odd_letters[mid].to);
        if (odd_letters[mid].cp < cp) lo = mid + 1;
        else hi = mid;
    }
    if (cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00) || (cp >= 0xFB00 && cp <= 0xFB06)) {
        utf8proc_int32_t parts[8];
        int boundary = 0;
        utf8proc_ssize_t n = utf8proc_decompose_char(
            (utf8proc_int32_t)cp, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT, &boundary);
        uint32_t k = 0;
        for (utf8proc_ssize_t i = 0; i < n && i < 8 && k < 4; i++)
            if (parts[i] < 0x80) out[k++] = (char)parts[i];
        if (k) return k;
    }
    return sr_utf8_encode(out, cp);
}

sr_str sr_str_fold(sr_arena *a, sr_str s) {
    size_t lead = ascii_run(s.p, s.n);
    if (lead == s.n) {
        char *p = sr_arena_alloc(a, (size_t)s.n + 1);
        for (uint32_t i = 0; i < s.n; i++)
            p[i] = s.p[i] >= 'A' && s.p[i] <= 'Z' ? (char)(s.p[i] + 0x20) : s.p[i];
        p[s.n] = '\0';
        return (sr_str){p, s.n};
    }
    /* A character of two bytes or more becomes at most four; a broken byte becomes three. */
    char *p = sr_arena_alloc(a, (size_t)s.n * 3 + 4);
    uint32_t out = 0;
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp;
        i += sr_utf8_decode(s.p + i, s.n - i, &cp);
        out += sr_cp_fold(p + out, sr_cp_lower(cp));
    }
    p[out] = '\0';
    return (sr_str){p, out};
}

bool sr_str_capital(sr_str s) {
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp;
        i += sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (sr_cp_alpha(cp)) return sr_cp_upper(cp);
    }
    return false;
}

bool sr_str_allcaps(sr_str s) {
    uint32_t letters = 0;
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp;
        i += sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (!sr_cp_alpha(cp)) continue;
        if (!sr_cp_upper(cp)) return false;
        letters++;
    }
    return letters >= 2;
}

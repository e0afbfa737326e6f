/* decode.c - bytes in whatever encoding to valid UTF-8, the first step of reading.
 *
 * One decision for the whole input. Bytes that are UTF-8 are taken as they are. If some are not,
 * two stories fit: old windows-1252 text, whose accents and curly quotes stand between ASCII
 * letters and spaces, or UTF-8 that was cut or damaged. What is left of valid multi-byte
 * sequences tells them apart, since windows-1252 text hardly ever has any by chance. Leaves out
 * every other legacy encoding: they are not told from windows-1252 without knowing the language.
 */
#include "read/read.h"

#include "base/utf8.h"

/* windows-1252 for 0x80 .. 0x9F; 0 where it has nothing. */
static const uint16_t cp1252[32] = {
    0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017D, 0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178,
};

static sr_str from_cp1252(const char *p, size_t n, sr_arena *a) {
    char *out = sr_arena_alloc(a, n * 3 + 1);
    uint32_t k = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t b = (unsigned char)p[i];
        uint32_t cp = b < 0x80 || b >= 0xA0 ? b : cp1252[b - 0x80] ? cp1252[b - 0x80] : 0xFFFD;
        k += sr_utf8_encode(out + k, cp);
    }
    return (sr_str){out, k};
}

static sr_str from_utf16(const char *bytes, size_t n, bool big, sr_arena *a, bool *broken) {
    const unsigned char *p = (const unsigned char *)bytes;
    char *out = sr_arena_alloc(a, n / 2 * 3 + 4);
    uint32_t k = 0;
    size_t i = 0;
    for (; i + 2 <= n; i += 2) {
        uint32_t u = big ? (uint32_t)p[i] << 8 | p[i + 1] : (uint32_t)p[i + 1] << 8 | p[i];
        if (u >= 0xD800 && u < 0xDC00 && i + 4 <= n) {
            uint32_t v =
                big ? (uint32_t)p[i + 2] << 8 | p[i + 3] : (uint32_t)p[i + 3] << 8 | p[i + 2];
            if (v >= 0xDC00 && v < 0xE000) {
                k += sr_utf8_encode(out + k, 0x10000 + ((u - 0xD800) << 10) + (v - 0xDC00));
                i += 2;
                continue;
            }
        }
        if (u >= 0xD800 && u < 0xE000) *broken = true; /* encode makes it U+FFFD */
        k += sr_utf8_encode(out + k, u);
    }
    if (i < n) *broken = true;
    return (sr_str){out, k};
}

/* How long the sequence that starts with this byte means to be. */
static uint32_t promised(unsigned char b) {
    return b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC2 ? 2 : 1;
}

static sr_str repaired(const char *p, size_t n, sr_arena *a) {
    char *out = sr_arena_alloc(a, n * 3 + 1);
    uint32_t k = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp, len = sr_utf8_decode(p + i, n - i, &cp);
        k += sr_utf8_encode(out + k, cp);
        if (cp == 0xFFFD && len == 1) /* one replacement for one cut sequence */
            for (uint32_t want = promised((unsigned char)p[i]);
                 len < want && i + len < n && ((unsigned char)p[i + len] & 0xC0) == 0x80;
                 len++) {
            }
        i += len;
    }
    return (sr_str){out, k};
}

static bool is_alpha(int c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; }

/* Would byte i make sense in windows-1252 prose? Letters touch a letter, signs do as they like. */
static bool plausible(const unsigned char *p, size_t n, size_t i) {
    unsigned char b = p[i];
    if (b < 0xA0) return cp1252[b - 0x80] != 0;
    if (b < 0xC0) return true;
    return (i > 0 && is_alpha(p[i - 1])) || (i + 1 < n && is_alpha(p[i + 1]));
}

sr_decoded sr_decode_bytes(const char *p, size_t n, sr_arena *a) {
    const unsigned char *u = (const unsigned char *)p;
    sr_decoded d = {SR_STR_NONE, NULL};
    if (n >= 2 && ((u[0] == 0xFF && u[1] == 0xFE) || (u[0] == 0xFE && u[1] == 0xFF))) {
        bool broken = false;
        d.text = from_utf16(p + 2, n - 2, u[0] == 0xFE, a, &broken);
        if (broken) d.warning = "broken UTF-16 was replaced by U+FFFD";
        return d;
    }
    if (n >= 3 && memcmp(p, "\xEF\xBB\xBF", 3) == 0) p += 3, u += 3, n -= 3;
    size_t bad = 0;
    if (sr_utf8_valid(p, n, &bad)) {
        d.text = sr_arena_dup(a, (sr_str){p, (uint32_t)n});
        return d;
    }
    size_t good = 0, broken = 0, fits = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp, len = sr_utf8_decode(p + i, n - i, &cp);
        if (u[i] >= 0x80) {
            if (len > 1) good++;
            else broken++, fits += plausible(u, n, i);
        }
        i += len;
    }
    if (fits * 2 > broken && good < broken) {
        d.text = from_cp1252(p, n, a);
        d.warning = "not UTF-8; read as windows-1252";
    } else {
        d.text = repaired(p, n, a);
        d.warning = "broken UTF-8 was replaced by U+FFFD";
    }
    return d;
}

const char *sr_text_objection(sr_str t) {
    static const struct {
        const char *magic, *what;
    } known[] = {
        {"%PDF-", "a PDF file"},          {"PK\x03\x04", "a zip archive or office document"},
        {"{\\rtf", "an RTF document"},    {"\x7f" "ELF", "a program"},
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (sr_str_starts(t, known[i].magic)) return known[i].what;
    size_t control = 0, nul = 0;
    for (uint32_t i = 0; i < t.n; i++) {
        unsigned char c = (unsigned char)t.p[i];
        nul += c == 0;
        control += (c < 0x20 && !(c >= '\t' && c <= '\r')) || c == 0x7F;
    }
    /* One NUL in a long text is damage; in a short one, or many, it is another kind of file. */
    if (control > t.n / 10 || nul > t.n / 1000) return "binary data";
    return NULL;
}

/* spell.c - names of places that are spelled otherwise here than in the gazetteer.
 *
 * Names from other scripts reach the news by many roads: Ma'arrat an Nu'man and Maarat al-Numan, Miram
 * Shah and Miran Shah, Izyum and Izium. What the roads share is the order of the consonants. So a name
 * has a key: articles and vowels dropped, letters that stand for one sound made one.
 *
 *   Ma'arrat an Nu'man ─▶ maarrat numan ─▶ mrt nmn ─▶ "mrtnmn"
 */
#include "know/image.h"

#include "base/utf8.h"

#define LETTERS 64

static bool is_vowel(char c) { return c && strchr("aeiouy", c) != NULL; }

static bool is_article(const char *p, size_t n) {
    static const char *const all[] = {"al", "el", "an", "ar", "as", "ash", "ad", "az", "at", "ath", "ul"};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strlen(all[i]) == n && memcmp(all[i], p, n) == 0) return true;
    return false;
}

/* The words of the name without articles, run together: lower-case letters of ASCII. False for a name
 * that is not all Latin letters, or too long. */
static bool letters_of(char out[LETTERS], sr_str name) {
    char word[LETTERS];
    uint32_t n = 0, k = 0;
    for (uint32_t i = 0; i <= name.n;) {
        uint32_t cp = ' ', len = 1;
        if (i < name.n) len = sr_utf8_decode(name.p + i, name.n - i, &cp);
        i += len;
        char folded[4];
        uint32_t m = sr_cp_fold(folded, sr_cp_lower(cp));
        for (uint32_t j = 0; j < m; j++) {
            char c = folded[j];
            if (c >= 'a' && c <= 'z') {
                if (k + 1 >= LETTERS) return false;
                word[k++] = c;
            } else if (c == ' ' || c == '-') {
                if (!is_article(word, k)) {
                    if (n + k + 1 >= LETTERS) return false;
                    memcpy(out + n, word, k);
                    n += k;
                }
                k = 0;
            } else if (c != '\'' && c != '`' && c != '.') {
                return false;
            }
        }
    }
    out[n] = '\0';
    return n > 0;
}

/* One sound's letters at p: how many, and what they become. */
static size_t sound(const char *p, char *c) {
    static const struct {
        const char *from;
        char to;
    } all[] = {{"tsch", 'c'}, {"tch", 'c'}, {"dzh", 'j'}, {"kh", 'x'}, {"sh", 's'}, {"zh", 'z'}, {"ch", 'c'},
               {"gh", 'g'},   {"dh", 'd'},  {"th", 't'},  {"ph", 'f'}, {"ck", 'k'}, {"dj", 'j'}, {"q", 'k'},
               {"c", 'k'},    {"w", 'v'}};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++)
        if (strncmp(p, all[i].from, strlen(all[i].from)) == 0) {
            *c = all[i].to;
            return strlen(all[i].from);
        }
    *c = *p;
    return 1;
}

uint32_t sr_spell_key(sr_str name) {
    char letters[LETTERS], key[LETTERS], last = '\0';
    uint32_t n = 0;
    if (!letters_of(letters, name)) return 0;
    for (const char *p = letters; *p;) {
        char c;
        size_t len = sound(p, &c);
        bool final_h = c == 'h' && p[1] == '\0' && p > letters;
        if (is_vowel(c)) c = p == letters ? 'a' : '\0';
        if (c && c != last && !final_h) key[n++] = c;
        last = c; /* a vowel parts two that are alike: "Hudayda" is h d d */
        p += len;
    }
    if (n < 3) return 0;
    uint32_t hash = (uint32_t)sr_hash(key, n, 11);
    return hash ? hash : 1;
}

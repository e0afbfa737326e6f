/* inflect.c - from an inflected form back to its base: "barred" to "bar", "finalising" to
 * "finalise", "froze" to "freeze".
 *
 * The spelling rules of English make candidates ("barr", "bar", "barre"), the list of base forms
 * picks the first that is a word; what the rules would get wrong is in the list as a whole form
 * (WordNet's Morphy does it so: Miller 1995). tools/make_lemmas.py has the same rules in the same
 * order, to know which forms those are. Left out: words that the list does not have, whose lemma
 * the network guesses.
 */
#include "base/limits.h"
#include "parse/inflect.h"

/* ---- the list ------------------------------------------------------------------------------- */

static int bucket_of(const char *p, uint32_t n) {
    if (n < 2 || p[0] < 'a' || p[0] > 'z' || p[1] < 'a' || p[1] > 'z') return -1;
    return (p[0] - 'a') * 26 + (p[1] - 'a');
}

void sr_bases_open(sr_bases *b, sr_str text) {
    uint32_t at = 0;
    int filled = 0; /* starts that are set */
    b->text = text.p;
    while (at < text.n) {
        const char *line = text.p + at, *end = memchr(line, '\n', text.n - at);
        int bucket = bucket_of(line, text.n - at);
        for (; filled <= bucket; filled++) b->start[filled] = at;
        at = end ? (uint32_t)(end - text.p) + 1 : text.n;
    }
    for (; filled <= SR_BASES_BUCKETS; filled++) b->start[filled] = text.n;
}

bool sr_bases_find(const sr_bases *b, sr_str word, char kind, sr_str *listed, sr_str *rest) {
    char key[SR_WORD_BYTES_MAX + 3];
    int bucket = bucket_of(word.p, word.n);
    if (bucket < 0 || word.n > SR_WORD_BYTES_MAX) return false;
    memcpy(key, word.p, word.n);
    key[word.n] = ' ';
    key[word.n + 1] = kind;
    uint32_t n = word.n + 2, low = b->start[bucket], high = b->start[bucket + 1];
    while (low < high) { /* both are starts of lines */
        uint32_t line = low + (high - low) / 2, end = line;
        while (line > low && b->text[line - 1] != '\n') line--;
        while (end < high && b->text[end] != '\n') end++;
        uint32_t k = 0;
        while (k < n && line + k < end && b->text[line + k] == key[k]) k++;
        if (k == n) {
            *listed = sr_str_of(b->text + line, word.n);
            *rest = line + n < end ? sr_str_of(b->text + line + n + 1, end - line - n - 1)
                                   : SR_STR_NONE;
            return true;
        }
        if (line + k < end && (unsigned char)b->text[line + k] > (unsigned char)key[k])
            high = line;
        else low = end < high ? end + 1 : high;
    }
    return false;
}

/* ---- spelling ------------------------------------------------------------------------------- */

static bool is_vowel(char c) {
    return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* Would this word of one syllable double its last letter: "plan" and "quit", not "creat" or
 * "rain"? */
static bool doubles(sr_str stem) {
    if (stem.n < 2) return false;
    char last = stem.p[stem.n - 1];
    if (is_vowel(last) || last == 'w' || last == 'x' || last == 'y') return false;
    if (!is_vowel(stem.p[stem.n - 2])) return false;
    for (uint32_t i = sr_str_starts(stem, "qu") ? 2 : 0; i + 2 < stem.n; i++)
        if (is_vowel(stem.p[i]) || stem.p[i] == 'y') return false;
    return true;
}

static bool is_twin(sr_str stem) {
    char last = stem.n > 2 ? stem.p[stem.n - 1] : '\0';
    return last && last == stem.p[stem.n - 2] && strchr("bdfgklmnprstvz", last);
}

/* Tries candidates for one form, until one is listed. */
typedef struct search {
    const sr_bases *bases;
    sr_str form, found;
    char kind;
} search;

/* The form without its last `strip` bytes, with `add` instead. */
static bool try(search *s, uint32_t strip, const char *add) {
    char word[SR_WORD_BYTES_MAX + 4];
    uint32_t keep = s->form.n - strip, n = (uint32_t)strlen(add);
    sr_str rest;
    if (s->form.n < strip + 1 || keep > SR_WORD_BYTES_MAX) return false;
    memcpy(word, s->form.p, keep);
    memcpy(word + keep, add, n);
    return sr_bases_find(s->bases, sr_str_of(word, keep + n), s->kind, &s->found, &rest);
}

/* An ending of `strip` letters that starts with a vowel. */
static bool try_stems(search *s, uint32_t strip) {
    if (s->form.n < strip + 2) return false;
    sr_str stem = sr_str_of(s->form.p, s->form.n - strip);
    bool late = doubles(stem); /* "rated" is of "rate", for "rat" would double its t */
    return (!late && try(s, strip, "")) || (is_twin(stem) && try(s, strip + 1, "")) ||
           try(s, strip, "e") || (late && try(s, strip, "")) ||
           (sr_str_ends(stem, "ick") && try(s, strip + 1, ""));
}

static bool try_past(search *s) {
    if (sr_str_ends(s->form, "ied")) return try(s, 3, "y") || try(s, 1, "");
    return sr_str_ends(s->form, "ed") && try_stems(s, 2);
}

static bool try_ing(search *s) {
    if (sr_str_ends(s->form, "ying")) return try(s, 3, "") || try(s, 4, "ie");
    return sr_str_ends(s->form, "ing") && try_stems(s, 3);
}

static bool try_s(search *s) {
    sr_str f = s->form;
    if (s->kind == 'n' && sr_str_ends(f, "men")) return try(s, 2, "an");
    if (!sr_str_ends(f, "s")) return false;
    return (sr_str_ends(f, "ies") && try(s, 3, "y")) ||
           (s->kind == 'n' && sr_str_ends(f, "ves") && (try(s, 3, "f") || try(s, 3, "fe"))) ||
           try(s, 1, "") || (sr_str_ends(f, "es") && try(s, 2, "")) ||
           ((sr_str_ends(f, "sses") || sr_str_ends(f, "zzes")) && try(s, 3, ""));
}

static bool try_degree(search *s, const char *end) {
    uint32_t n = (uint32_t)strlen(end);
    if (!sr_str_ends(s->form, end) || s->form.n < n + 2) return false;
    if (s->form.p[s->form.n - n - 1] == 'i') return try(s, n + 1, "y");
    return try_stems(s, n);
}

/* A plural that needs no list: its singular cannot end in anything that a rule would touch. */
static bool is_plain_plural(sr_str f) {
    static const char *const unsure[] = {"ies", "ves", "ss", "us", "is", "xes", "zes", "ses", "ches", "shes", "oes"};
    if (f.n < 4 || f.p[f.n - 1] != 's') return false;
    for (size_t i = 0; i < sizeof unsure / sizeof *unsure; i++)
        if (sr_str_ends(f, unsure[i])) return false;
    return f.p[f.n - 2] >= 'a' && f.p[f.n - 2] <= 'z';
}

sr_str sr_inflect_base(const sr_bases *b, sr_str folded, int xpos) {
    search s = {b, folded, SR_STR_NONE, 'v'};
    char whole = 'V';
    switch (xpos) {
    case SR_X_NNS: s.kind = 'n', whole = 'N'; break;
    case SR_X_JJR: case SR_X_JJS: case SR_X_RBR: case SR_X_RBS: s.kind = 'a', whole = 'A'; break;
    case SR_X_VB: case SR_X_VBP: case SR_X_VBD: case SR_X_VBN: case SR_X_VBG: case SR_X_VBZ: break;
    default: return SR_STR_NONE;
    }
    sr_str listed, rest;
    if ((xpos == SR_X_VB || xpos == SR_X_VBP) && sr_bases_find(b, folded, 'v', &listed, &rest))
        return listed;
    if (sr_bases_find(b, folded, whole, &listed, &rest)) return rest;
    bool found = false;
    switch (xpos) {
    case SR_X_VBD: case SR_X_VBN: found = try_past(&s); break;
    case SR_X_VBG: found = try_ing(&s); break;
    case SR_X_VBZ: found = try_s(&s); break;
    case SR_X_JJR: case SR_X_RBR: found = try_degree(&s, "er"); break;
    case SR_X_JJS: case SR_X_RBS: found = try_degree(&s, "est"); break;
    case SR_X_NNS:
        found = try_s(&s);
        if (!found && sr_bases_find(b, folded, 'n', &listed, &rest)) return listed;
        if (!found && is_plain_plural(folded)) return sr_str_of(folded.p, folded.n - 1);
        break;
    default: break;
    }
    return found ? s.found : SR_STR_NONE;
}

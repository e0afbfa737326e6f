/* token.c - text to words, as Universal Dependencies' English EWT and GUM cut them.
 *
 *   block  He can't reach the U.S.-led force's (3,500-strong) base.
 *   chunks He|can't|reach|the|U.S.-led|force's|(3,500-strong)|base.          white space
 *   words  He ca n't reach the U.S. - led force 's ( 3,500 - strong ) base .
 *
 * By rules, since the conventions are rules and since what goes wrong must be explainable. A chunk
 * is read from left to right and never looked back into; every test looks at a bounded number of
 * bytes, or at bytes that the chunk's one scan (URL or not) has seen, so hostile input costs no
 * more than its length. A run of one punctuation mark is one word, which also bounds how many
 * words a line of brackets can become.
 *
 * Parts of a multi-word token keep their own characters ("ca" + "n't"). Left out: words that
 * contain spaces, and corrections of run-together words ("alot").
 */
#include "parse/token.h"

#include "base/limits.h"
#include "base/utf8.h"

/* ---- character classes ------------------------------------------------------------------------ */

typedef enum char_class { C_SPACE, C_ALPHA, C_DIGIT, C_PUNCT, C_APOS } char_class;

static char_class class_of(uint32_t cp) {
    if (cp < 0x80) {
        if (cp <= 0x20 || cp == 0x7F) return C_SPACE;
        if (cp >= '0' && cp <= '9') return C_DIGIT;
        if (sr_cp_alpha(cp) || cp == '_') return C_ALPHA;
        return cp == '\'' ? C_APOS : C_PUNCT;
    }
    if (cp < 0xC0) {
        if (cp <= 0xA0) return C_SPACE; /* C1 controls, no-break space */
        if (cp == 0xAD || cp == 0xAA || cp == 0xBA || cp == 0xB5) return C_ALPHA;
        return cp == 0xB4 ? C_APOS : C_PUNCT;
    }
    if (cp == 0xD7 || cp == 0xF7) return C_PUNCT;
    if (cp < 0x2000) return cp == 0x1680 ? C_SPACE : C_ALPHA;
    if (cp < 0x2070) {
        if (cp <= 0x200F || cp == 0x2028 || cp == 0x2029 || (cp >= 0x202A && cp <= 0x202F) ||
            cp >= 0x205F)
            return C_SPACE; /* spaces, zero-width and direction marks */
        return cp == 0x2018 || cp == 0x2019 ? C_APOS : C_PUNCT;
    }
    if (cp == 0x3000 || cp == 0xFEFF) return C_SPACE;
    if (cp < 0x2C00) return C_PUNCT; /* currency, arrows, symbols */
    if ((cp >= 0x3001 && cp <= 0x3020) || (cp >= 0xFE10 && cp <= 0xFE6F) ||
        (cp >= 0xFF00 && cp <= 0xFF0F) || (cp >= 0x1F000 && cp <= 0x1FBFF))
        return C_PUNCT;
    return C_ALPHA; /* any script: letters, marks, other digits */
}

/* ---- the reader's place ----------------------------------------------------------------------- */

typedef sr_tokenizer cursor;

static unsigned char at(const cursor *c, uint32_t i) {
    return i < c->end ? (unsigned char)c->p[i] : 0;
}

static char_class class_at(const cursor *c, uint32_t i, uint32_t *len) {
    uint32_t cp;
    if (i >= c->end) {
        *len = 0;
        return C_SPACE;
    }
    *len = sr_utf8_decode(c->p + i, c->end - i, &cp);
    return class_of(cp);
}

static bool is_digit(unsigned char b) { return b >= '0' && b <= '9'; }
static bool is_lower(unsigned char b) { return b >= 'a' && b <= 'z'; }
static bool is_upper(unsigned char b) { return b >= 'A' && b <= 'Z'; }
static bool is_letter(unsigned char b) { return is_lower(b | 0x20); }

/* A letter or digit of any script at i? */
static bool wordish(const cursor *c, uint32_t i) {
    uint32_t n;
    char_class k = class_at(c, i, &n);
    return n && (k == C_ALPHA || k == C_DIGIT);
}

/* ASCII, curly or acute apostrophe at i: its length, else 0. */
static uint32_t apostrophe(const cursor *c, uint32_t i) {
    uint32_t n;
    return class_at(c, i, &n) == C_APOS ? n : 0;
}

static bool same_folded(const char *p, uint32_t n, const char *z) {
    for (uint32_t i = 0; i < n; i++)
        if (z[i] == '\0' || (p[i] >= 'A' && p[i] <= 'Z' ? p[i] + 0x20 : p[i]) != z[i])
            return false;
    return z[n] == '\0';
}

/* Is the ASCII text one of a NULL-ended list, whatever its case? */
static bool listed(const char *p, uint32_t n, const char *const *list) {
    for (; *list; list++)
        if ((unsigned char)(**list) ==
                ((unsigned char)p[0] | (is_letter((unsigned char)p[0]) ? 0x20u : 0u)) &&
            same_folded(p, n, *list))
            return true;
    return false;
}

sr_str sr_word_fold(sr_str form, sr_arena *a) {
    bool plain = true;
    if (form.n > SR_WORD_BYTES_MAX) {
        uint32_t n = SR_WORD_BYTES_MAX;
        while (n > 0 && ((unsigned char)form.p[n] & 0xC0) == 0x80) n--;
        form.n = n;
    }
    for (uint32_t i = 0; i < form.n && plain; i++) {
        unsigned char b = (unsigned char)form.p[i];
        plain = b < 0x80 && !is_upper(b);
    }
    if (plain) return form;
    sr_str f = sr_str_fold(a, form);
    return f.n ? f : form; /* nothing but marks: better itself than nothing */
}

static sr_word *emit(cursor *c, uint32_t start, uint32_t end) {
    sr_word w;
    memset(&w, 0, sizeof w);
    w.form = sr_str_of(c->p + start, end - start);
    w.folded = sr_word_fold(w.form, c->a);
    w.lemma = w.folded;
    w.start = start;
    w.end = end;
    w.head = w.first_child = w.next_sibling = -1;
    SR_PUSH(c->a, &c->out->w, w);
    return &c->out->w.v[c->out->w.n - 1];
}

/* ---- abbreviations ---------------------------------------------------------------------------- */

static const char *const abbreviations[] = {
    "a.k.a.", "adm.",  "al.",    "apr.",  "approx.", "assn.", "asst.", "attn.", "b.sc.",
    "aug.",   "ave.",  "blvd.",  "brig.", "bros.",   "ca.",   "capt.", "cf.",   "cmdr.",
    "co.",    "col.",  "comdr.", "corp.", "cpl.",    "ct.",   "dec.",  "dept.", "dist.",
    "dr.",    "drs.",  "ed.",    "eds.",  "eq.",     "esp.",  "est.",  "etc.",  "exec.",
    "feb.",   "fig.",  "figs.",  "fri.",  "ft.",     "gen.",  "gov.",  "govt.", "hon.",
    "inc.",   "intl.", "jan.",   "jr.",   "jul.",    "jun.",  "lt.",   "ltd.",  "maj.",
    "mar.",   "mfg.",  "mgr.",   "mlle.", "mme.",    "m.sc.", "mr.",   "mrs.",  "ms.",
    "msgr.",  "mt.",   "natl.",  "nos.",  "nov.",    "oct.",  "ph.",   "ph.d.", "pp.",
    "pres.",  "prof.", "pvt.",   "rd.",   "rep.",    "reps.", "resp.", "rev.",  "sen.",
    "sens.",  "sept.", "sep.",   "sgt.",  "sgts.",   "sqn.",  "sr.",   "st.",   "ste.",
    "supt.",  "univ.", "viz.",   "vol.",  "vols.",   "vs.",   "wed.",  "thu.",  "thur.",
    "thurs.", "tue.",  "tues.",  NULL};

/* One or more of letter-stop ("U.S.", "a.m.", "J."). */
static bool is_acronym(const char *p, uint32_t n) {
    if (n < 2 || n % 2) return false;
    for (uint32_t i = 0; i < n; i += 2)
        if (!is_letter((unsigned char)p[i]) || p[i + 1] != '.') return false;
    return true;
}

/* The byte that the next chunk starts with, 0 at the block's end. */
static unsigned char after_chunk(const cursor *c) {
    uint32_t i = c->end;
    while (i < c->block_end && i < c->end + 4 && (c->p[i] == ' ' || c->p[i] == '\n')) i++;
    return i < c->block_end ? (unsigned char)c->p[i] : 0;
}

/* Does the stop at c->i belong to the word text[start, c->i)? */
static bool keeps_stop(const cursor *c, uint32_t start) {
    uint32_t n = c->i + 1 - start;
    const char *p = c->p + start;
    if (n > 12) return false;
    unsigned char next = at(c, c->i + 1);
    if (is_acronym(p, n)) {
        /* A single letter is an initial only where more follows; "I" hardly ever is one. */
        if (n == 2) {
            if (is_lower((unsigned char)p[0])) return next == 0 && is_digit(after_chunk(c));
            return p[0] != 'I' && (next ? next == ',' : after_chunk(c) != 0);
        }
        return !(next == 0 && (p[2] | 0x20) == 'm' && n == 4 && after_chunk(c) == 0); /* p.m */
    }
    if (same_folded(p, n,
                    "etc.")) /* ends a sentence as often as not, then the stop is its own */
        return next || !(after_chunk(c) == 0 || is_upper(after_chunk(c)));
    if (listed(p, n, abbreviations)) return true;
    /* "No. 5", but not the answer; a list's "1." */
    if (same_folded(p, n, "no.")) return next == 0 && is_digit(after_chunk(c));
    return n <= 3 && start == c->block_begin && is_digit((unsigned char)p[0]) &&
           is_digit((unsigned char)p[n - 2]) && next == 0 && after_chunk(c) != 0;
}

/* ---- URLs and the like ------------------------------------------------------------------------ */

static bool starts(const cursor *c, uint32_t i, const char *z) {
    for (; *z; z++, i++)
        if ((at(c, i) | (is_upper(at(c, i)) ? 0x20u : 0u)) != (unsigned char)*z) return false;
    return true;
}

static const char *const domains[] = {"com", "org",  "net", "edu", "gov", "mil", "int", "info",
                                      "biz", "ir",   "il",  "uk",  "ru",  "de",  "fr",  "tr",
                                      "eu",  "io",   "tv",  "doc", "pdf", "xls", "txt", "jpg",
                                      "htm", "html", "ppt", "gif", "zip", "exe", NULL};

static bool has_scheme(const cursor *c) {
    return starts(c, c->i, "http:") || starts(c, c->i, "https:") || starts(c, c->i, "www.") ||
           starts(c, c->i, "ftp:") || starts(c, c->i, "mailto:");
}

/* Is the chunk from c->i on a mail address, or a name with stops and a known end? One scan. */
static bool is_address(const cursor *c) {
    bool mail = false, lower = true;
    uint32_t dot = 0, dots = 0, since = 0;
    for (uint32_t i = c->i; i < c->end; i++) {
        unsigned char b = at(c, i);
        if (b == '@') {
            mail = mail || i > c->i;
        } else if (b == '.') {
            if (mail && is_letter(at(c, i + 1))) return true;
            if (since < 2 || !is_lower(at(c, i + 1))) lower = false;
            dot = i + 1;
            dots++;
            since = 0;
            continue;
        } else if (b == '/' && dot > c->i + 1) {
            break;
        } else if (!is_letter(b) && !is_digit(b) && b != '-' && b != '_' && b != '+') {
            break;
        }
        since++;
    }
    if (dot <= c->i + 1) return false;
    if (dots >= 2 && lower) return true; /* a newsgroup */
    uint32_t e = dot;
    while (is_letter(at(c, e))) e++;
    return e > dot && !wordish(c, e) && e - dot <= 4 && listed(c->p + dot, e - dot, domains);
}

/* ---- words ------------------------------------------------------------------------------------ */

/* Prefixes that stay joined to what follows their hyphen (the list of the treebanks' makers). */
static const char *const prefixes[] = {
    "e",     "anti",  "arch",   "bi",     "bio",   "co",   "contra", "counter", "cross",
    "cyber", "de",    "eco",    "ex",     "extra", "fore", "hyper",  "infra",   "inter",
    "intra", "macro", "mega",   "meta",   "micro", "mid",  "mini",   "mono",    "multi",
    "neo",   "non",   "o",      "omni",   "over",  "para", "peri",   "post",    "pre",
    "pro",   "proto", "pseudo", "psycho", "quasi", "re",   "semi",   "socio",   "sub",
    "super", "supra", "trans",  "tri",    "ultra", "un",   "under",  "uni",     NULL};

static const char *const units[] = {"k",   "m",   "b",   "bn", "mm",  "cm",  "km",   "kg",
                                    "mg",  "lb",  "lbs", "ft", "am",  "pm",  "a.m.", "p.m.",
                                    "mph", "kph", "gb",  "mb", "tn",  "hrs", "hr",   "min",
                                    "x",   "kw",  "mw",  "oz", "mln", NULL};

/* At the joiner c->p[i], between the word's bytes [start, i) and what follows: bytes of the joiner
 * that stay inside the word, 0 if the word ends here. */
static uint32_t joiner(const cursor *c, uint32_t start, uint32_t i) {
    unsigned char before = i > start ? (unsigned char)c->p[i - 1] : 0;
    unsigned char b = at(c, i), next = at(c, i + 1);
    switch (b) {
    case '.':
        if (is_digit(before) && is_digit(next)) return 1;
        if (i - start == 2 && same_folded(c->p + start, 2, "ph") && next == 'D') return 1;
        /* "U.S", "e.g", "M.Sc": single letters */
        if (is_letter(before) && is_letter(next)) {
            bool alone = i - start == 1 || (i >= start + 2 && c->p[i - 2] == '.');
            unsigned char after = at(c, i + 2);
            return alone && (!is_letter(after) || (next == 'S' && after == 'c')) ? 1 : 0;
        }
        return 0;
    case ',':
        return is_digit(before) && is_digit(next) && is_digit(at(c, i + 2)) &&
                       is_digit(at(c, i + 3)) && !is_digit(at(c, i + 4))
                   ? 1
                   : 0;
    case ':':
    case '/': return is_digit(before) && is_digit(next) ? 1 : 0;
    case '&': return is_upper(before) && is_upper(next) ? 1 : 0;
    case '@': return wordish(c, i + 1) ? 1 : 0;
    case '-': {
        if (!wordish(c, i + 1)) return 0;
        uint32_t n = i - start;
        if (n <= 7 && listed(c->p + start, n, prefixes)) return 1;
        /* telephone numbers stay whole, ranges do not */
        bool digits = n >= 3 && n <= 16;
        for (uint32_t k = start; k < i && digits; k++)
            digits = is_digit((unsigned char)c->p[k]) || c->p[k] == '-';
        return digits && is_digit(next) && is_digit(at(c, i + 2)) && is_digit(at(c, i + 3)) &&
                       !(n == 4 && !is_digit(at(c, i + 5)))
                   ? 1
                   : 0;
    }
    default: {
        uint32_t m, n = apostrophe(c, i);
        if (b == '`' && next == 's' && !wordish(c, i + 2)) n = 1;
        return n && before && class_at(c, i + n, &m) == C_ALPHA ? n : 0;
    }
    }
}

/* Where the word that starts at `start` ends. */
static uint32_t word_end(const cursor *c, uint32_t start) {
    uint32_t i = start;
    while (i < c->end) {
        uint32_t n;
        char_class k = class_at(c, i, &n);
        if (k != C_ALPHA && k != C_DIGIT && !(n = joiner(c, start, i))) break;
        i += n;
    }
    return i;
}

/* ---- multi-word tokens ------------------------------------------------------------------------ */

/* Words written as one, and after how many bytes they are cut. */
static const struct {
    const char *form;
    uint32_t cut;
} fused[] = {
    {"arent", 3},    {"cannot", 3}, {"cant", 2},    {"couldnt", 5}, {"didnt", 3}, {"doesnt", 4},
    {"dont", 2},     {"gimme", 3},  {"gonna", 3},   {"gotta", 3},   {"hadnt", 3}, {"hasnt", 3},
    {"havent", 4},   {"aint", 2},   {"theres", 5},  {"im", 1},      {"isnt", 2},  {"ive", 1},
    {"shouldnt", 6}, {"thats", 4},  {"theyre", 4},  {"wanna", 3},   {"wasnt", 3}, {"werent", 4},
    {"whats", 4},    {"wont", 2},   {"wouldnt", 5}, {"youre", 3},   {"youve", 3},
};

static const char *const clitics[] = {"s", "m", "d", "ll", "re", "ve", NULL};

/* Emits text[start, end) as a multi-word token cut before `cut`. */
static void emit_two(cursor *c, uint32_t start, uint32_t cut, uint32_t end) {
    emit(c, start, cut)->mwt = 2;
    emit(c, cut, end);
}

/* "5pm", "3.8bn"; "80's" stays whole. */
static bool emit_number(cursor *c, uint32_t start, uint32_t end) {
    uint32_t n = end - start, digits = 0;
    const char *p = c->p + start;
    while (digits < n &&
           (is_digit((unsigned char)p[digits]) ||
            (digits && (p[digits] == '.' || p[digits] == ',' || p[digits] == ':'))))
        digits++;
    if (digits && digits < n && n - digits <= 4 && listed(p + digits, n - digits, units)) {
        emit(c, start, start + digits);
        emit(c, start + digits, end);
        return true;
    }
    uint32_t mark = apostrophe(c, start + digits);
    if (digits < 2 || p[digits - 1] != '0' || !mark || digits + mark + 1 != n ||
        p[n - 1] != 's')
        return false;
    emit(c, start, end);
    return true;
}

/* Length of the apostrophe (or what is typed for one) that ends `back` bytes before `end`. */
static uint32_t mark_before(const cursor *c, uint32_t start, uint32_t end, uint32_t back) {
    static const uint32_t lengths[] = {1, 3, 2};
    for (size_t i = 0; i < 3; i++) {
        uint32_t k = lengths[i];
        if (end - start <= back + k) continue;
        uint32_t q = end - back - k;
        if (k == 1 ? c->p[q] == '\'' || c->p[q] == '`' : apostrophe(c, q) == k) return k;
    }
    return 0;
}

/* "n't", "'ll", "'s" at the end of the word. */
static bool emit_clitic(cursor *c, uint32_t start, uint32_t end) {
    for (uint32_t back = 1; back <= 2; back++) {
        uint32_t mark = mark_before(c, start, end, back), cut = end - back - mark;
        if (!mark) continue;
        if (back == 1 && ((unsigned char)c->p[end - 1] | 0x20) == 't') {
            if (cut > start + 1 && ((unsigned char)c->p[cut - 1] | 0x20) == 'n') {
                emit_two(c, start, cut - 1, end);
                return true;
            }
        } else if (listed(c->p + end - back, back, clitics)) {
            emit_two(c, start, cut, end);
            return true;
        }
    }
    return false;
}

static bool emit_fused(cursor *c, uint32_t start, uint32_t end) {
    uint32_t n = end - start;
    const char *p = c->p + start;
    for (size_t f = 0; f < sizeof fused / sizeof *fused; f++) {
        if (p[0] != fused[f].form[0] && (p[0] | 0x20) != fused[f].form[0]) continue;
        /* "IM" and "IVE" are acronyms and numerals more often than not */
        if (!same_folded(p, n, fused[f].form) || (n <= 3 && is_upper((unsigned char)p[1])))
            continue;
        emit_two(c, start, start + fused[f].cut, end);
        return true;
    }
    return false;
}

static void emit_word(cursor *c, uint32_t start, uint32_t end) {
    if (!emit_number(c, start, end) && !emit_clitic(c, start, end) &&
        !emit_fused(c, start, end))
        emit(c, start, end);
}

/* The possessive of a plural: an apostrophe after s that closes no quotation. */
static bool plural_possessive(const cursor *c, uint32_t start, uint32_t end) {
    uint32_t n = apostrophe(c, end);
    return n && !c->open_quote && end > start + 1 && (c->p[end - 1] | 0x20) == 's' &&
           !wordish(c, end + n);
}

static void read_word(cursor *c) {
    uint32_t start = c->i, end = word_end(c, start);
    static const char *const kept[] = {"w/o", "w/", "c/o", "a/c", "l/c", "n/a", NULL};
    for (const char *const *k = kept; *k; k++)
        if (starts(c, start, *k) && !wordish(c, start + (uint32_t)strlen(*k)) &&
            end == start + 1) {
            c->i = start + (uint32_t)strlen(*k);
            emit(c, start, c->i);
            return;
        }
    c->i = end;
    if (at(c, end) == '$' && end - start <= 3 && is_upper(at(c, start)) &&
        is_upper(at(c, end - 1))) {
        emit(c, start, ++c->i); /* US$ */
    } else if (at(c, end) == '.' && !(at(c, end + 1) == '.' && at(c, end + 2) == '.') &&
               keeps_stop(c, start)) {
        c->i++;
        emit(c, start, c->i);
    } else if (plural_possessive(c, start, end)) {
        c->i = end + apostrophe(c, end);
        emit_two(c, start, end, c->i);
    } else {
        emit_word(c, start, end);
    }
}

/* ---- punctuation ------------------------------------------------------------------------------ */

static const char *const emoticons[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":)", ":(",
                                        ";)",  ":D",  ":P",  "<3",  "=)",  "=(",  ":/", NULL};

static bool read_emoticon(cursor *c) {
    for (const char *const *e = emoticons; *e; e++) {
        uint32_t n = (uint32_t)strlen(*e), k = 0;
        while (k < n && at(c, c->i + k) == (unsigned char)(*e)[k]) k++;
        if (k < n) continue;
        while (at(c, c->i + n) == ')' && (*e)[k - 1] == ')') n++;
        if (wordish(c, c->i + n) || at(c, c->i + n) == '/') continue;
        emit(c, c->i, c->i + n);
        c->i += n;
        return true;
    }
    return false;
}

/* An apostrophe that does not stand inside a word: 'em, '90s, a quote, a lone clitic. */
static void read_apostrophe(cursor *c, uint32_t n, bool chunk_start) {
    static const char *const elided[] = {"em",   "til",  "cause", "tis",
                                         "twas", "bout", "n",     NULL};
    uint32_t start = c->i, e = start + n;
    while (is_letter(at(c, e)) || is_digit(at(c, e))) e++;
    uint32_t len = e - start - n;
    if (len &&
        (listed(c->p + start + n, len, elided) ||
         (chunk_start && !c->open_quote && listed(c->p + start + n, len, clitics)) ||
         (is_digit(at(c, start + n)) && (len == 2 || (len == 3 && at(c, e - 1) == 's'))))) {
        c->i = e;
        emit(c, start, e);
        return;
    }
    if (!chunk_start && !len) c->open_quote = 0;
    else if (len) c->open_quote = start + 1;
    if (start + 2 * n <= c->end && apostrophe(c, start + n) == n) n *= 2; /* a quotation mark */
    c->i = start + n;
    emit(c, start, c->i);
}

/* Marks that repeat into one word; brackets and quotes do so only in absurd numbers. */
static uint32_t punct_run(const cursor *c, uint32_t i, uint32_t len) {
    uint32_t e = i + len, n = 1;
    while (e + len <= c->end && memcmp(c->p + e, c->p + i, len) == 0) {
        e += len;
        n++;
    }
    if (len > 1) return n >= 4 ? e : i + len;
    unsigned char b = at(c, i);
    if (b == '!' || b == '?') {
        while (at(c, e) == '!' || at(c, e) == '?') e++;
        return e;
    }
    if (b == '.' && n == 1 && at(c, e) == '?') return e + 1;
    if (b == '.' || b == '-' || b == '*' || b == '=' || b == '_' || b == '~' || b == '#')
        return e;
    if (b == '`' && n == 2) return e;
    if (b == '>' || b == '<') return n > 1 ? e : i + 1;
    return n >= 4 ? e : i + 1;
}

static void read_punct(cursor *c, uint32_t len) {
    uint32_t start = c->i;
    if ((at(c, start) == ':' || at(c, start) == ';' || at(c, start) == '<' ||
         at(c, start) == '=') &&
        read_emoticon(c))
        return;
    unsigned char b = at(c, start), next = at(c, start + 1);
    /* Hashtags and handles; "+44", ".5" */
    if (((b == '#' || b == '@') && is_letter(next)) ||
        ((b == '+' || b == '.') && is_digit(next) && start == c->begin)) {
        c->i = word_end(c, start + 1);
        emit(c, start, c->i);
        return;
    }
    c->i = punct_run(c, start, len);
    /* An emoji keeps its variation selector. */
    while (len > 2 && (unsigned char)at(c, c->i) == 0xEF &&
           (unsigned char)at(c, c->i + 1) == 0xB8)
        c->i += 3;
    if (c->i > c->end) c->i = c->end;
    emit(c, start, c->i);
}

/* An address up to the punctuation that closes the sentence or bracket around it. */
static void read_address(cursor *c) {
    uint32_t start = c->i, end = c->end;
    while (end > start + 1) {
        unsigned char b = (unsigned char)c->p[end - 1];
        if (b != '.' && b != ',' && b != ';' && b != ':' && b != '!' && b != '?' && b != ')' &&
            b != ']' && b != '>' && b != '"' && b != '\'')
            break;
        end--;
    }
    c->i = end;
    emit(c, start, end);
}

/* Reads on in the chunk until it ends or `max` words wait. */
static void read_chunk(cursor *c, uint32_t max) {
    while (c->i < c->end && c->out->w.n < max) {
        uint32_t n;
        char_class k = class_at(c, c->i, &n);
        if (k == C_ALPHA || k == C_DIGIT) {
            if (has_scheme(c) || (!c->tried && is_address(c))) read_address(c);
            else read_word(c);
            c->tried = true;
        } else if (k == C_APOS) {
            read_apostrophe(c, n, c->i == c->begin);
        } else {
            read_punct(c, n);
        }
    }
}

/* Finds the next chunk; false when the block is over. */
static bool next_chunk(cursor *c) {
    uint32_t n;
    c->end = c->block_end;
    while (c->i < c->end && class_at(c, c->i, &n) == C_SPACE) c->i += n;
    uint32_t e = c->i;
    while (e < c->end && class_at(c, e, &n) != C_SPACE) e += n;
    c->begin = c->i;
    c->end = e;
    c->tried = false; /* an address is looked for once a chunk, where its first word starts */
    return e > c->i;
}

void sr_tokenizer_init(sr_tokenizer *t, sr_words *out, sr_str text, uint32_t start,
                       uint32_t end, sr_arena *a) {
    *t = (sr_tokenizer){.p = text.p,
                        .i = start,
                        .block_begin = start,
                        .end = start,
                        .block_end = end,
                        .out = out,
                        .a = a};
}

bool sr_tokenizer_read(sr_tokenizer *t, uint32_t max) {
    while (t->out->w.n < max) {
        if (t->i >= t->end && !next_chunk(t)) return false;
        read_chunk(t, max);
        if (t->i >= t->end && t->out->w.n) {
            t->out->w.v[t->out->w.n - 1].space_after = t->end < t->block_end;
            /* A quotation that nobody closed must not eat every later possessive. */
            if (t->open_quote && t->end - t->open_quote > 300) t->open_quote = 0;
        }
    }
    return true;
}

uint32_t sr_tokenize_phrase(sr_str text, sr_str *folded, uint32_t max, sr_arena *a) {
    sr_words words = {{NULL, 0, 0}};
    sr_tokenizer t;
    sr_tokenizer_init(&t, &words, text, 0, text.n, a);
    sr_tokenizer_read(&t, max + 1);
    uint32_t n = words.w.n < max ? words.w.n : max;
    for (uint32_t i = 0; i < n; i++) folded[i] = words.w.v[i].folded;
    return n;
}

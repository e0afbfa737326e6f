/* import.c - the community's actor dictionaries as stanzas of the codebook.
 *
 * TABARI and PETRARCH share the form: a name in capitals with underscores for blanks, synonyms after a
 * plus, codes in brackets, with dates where an actor had a code for a time.
 *
 *   CHALLAH_ [IMGREB 990101-20100630]       ; comment         actor import.challah
 *   +ZOR_CHALLAH_                                       ─▶      name  Challah
 *       [IGO >100701]                                           alias Zor Challah
 *                                                               code  IMG REB 1999-01-01..2010-06-30
 *                                                               code  IGO - 2010-07-01..
 *
 * A CAMEO code is groups of three letters: a country or kind of body, then roles. What PLOVER has no
 * sector for is left out. Synsets (&NAME=), verbs and agents (~CODE) are other files, and refused.
 */
#include <stdio.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "know/know.h"

#define NAMES_MAX 256
#define CODES_MAX 64

typedef struct importer {
    sr_buf *out, *problems;
    const char *file;
    sr_arena *a;
    uint32_t line, first_line, actors, faults;
    sr_str name[NAMES_MAX], code[CODES_MAX];
    uint32_t n_names, n_codes;
} importer;

static void fault(importer *m, uint32_t line, const char *what, sr_str where) {
    m->faults++;
    sr_buf_printf(m->problems, "%s:%u: %s \"%.*s\"\n", m->file, line, what,
                  (int)(where.n < 60 ? where.n : 60), where.p);
}

/* ---- codes ----------------------------------------------------------------------------------- */

static bool three_letters(sr_str s, uint32_t at) {
    if (at + 3 > s.n) return false;
    for (uint32_t i = at; i < at + 3; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    return true;
}

/* CAMEO's first groups that PLOVER has under another name. */
static void first_code(char code[4], sr_str s, uint32_t *used) {
    static const struct {
        const char *from, *to;
        uint32_t used;
    } map[] = {{"IGOUNO", "UNO", 6}, {"IGOEUR", "EUR", 6}, {"INT", "IGO", 3}, {"NGM", "ISM", 3},
               {"UIS", "", 3},       {"KSV", "KOS", 3},    {"PSEGZA", "PSE", 6}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++) {
        if (!sr_str_starts(s, map[i].from)) continue;
        snprintf(code, 4, "%s", map[i].to);
        *used = map[i].used;
        return;
    }
    snprintf(code, 4, "%.3s", s.p);
    *used = 3;
}

/* The sector of a role group; NULL: it is none. */
static const char *sector_of(sr_str s, uint32_t at) {
    static const struct {
        const char *from, *to;
    } map[] = {{"COP", "COP"}, {"GOV", "GOV"}, {"JUD", "JUD"}, {"LEG", "LEG"}, {"MIL", "MIL"}, {"PRM", "PRM"},
               {"PTY", "PTY"}, {"REB", "REB"}, {"INS", "REB"}, {"SEP", "REB"}, {"RAD", "REB"}, {"SPY", "SPY"},
               {"UAF", "UAF"}, {"AGR", "AGR"}, {"BUS", "BUS"}, {"CRM", "CRM"}, {"CVL", "CVL"}, {"EDU", "EDU"},
               {"ELI", "ELI"}, {"MED", "JRN"}, {"LAB", "LAB"}, {"HLH", "MED"}, {"REF", "REF"}, {"OPP", "OPP"},
               {"REL", "REL"}};
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (memcmp(s.p + at, map[i].from, 3) == 0) return map[i].to;
    return NULL;
}

/* "990101" or "19990101". */
static int32_t day_of(sr_str s) {
    uint64_t v;
    if ((s.n != 6 && s.n != 8) || !sr_str_u64(s, &v)) return SR_DAY_NONE;
    int year = (int)(v / 10000);
    if (s.n == 6) year += year < 30 ? 2000 : 1900;
    return sr_day_of(year, (int)(v / 100 % 100), (int)(v % 100));
}

static bool put_dates(importer *m, sr_str dates) {
    char from[16] = "", until[16] = "";
    int32_t a = SR_DAY_NONE, b = SR_DAY_NONE;
    dates = sr_str_trim(dates);
    if (!dates.n) return true;
    if (dates.p[0] == '<' || dates.p[0] == '>') {
        sr_str one = sr_str_trim(sr_str_of(dates.p + 1, dates.n - 1));
        *(dates.p[0] == '<' ? &b : &a) = day_of(one);
    } else {
        sr_str first = sr_str_trim(sr_str_cut(&dates, '-'));
        a = day_of(first);
        b = dates.p ? day_of(sr_str_trim(dates)) : a;
        if (a == SR_DAY_NONE || b == SR_DAY_NONE || a > b) return false;
    }
    if (a == SR_DAY_NONE && b == SR_DAY_NONE) return false;
    if (a != SR_DAY_NONE) sr_day_print(from, a);
    if (b != SR_DAY_NONE) sr_day_print(until, b);
    sr_buf_printf(m->out, " %s..%s", from, until);
    return true;
}

/* "AFGREB 990101-010101" as a code line; false when it is none. */
static bool put_code(importer *m, sr_str text) {
    char code[4];
    uint32_t used, n = 0;
    sr_str letters = sr_str_trim(sr_str_cut(&text, ' '));
    if (!three_letters(letters, 0) || letters.n % 3) return false;
    for (uint32_t at = 3; at < letters.n; at += 3)
        if (!three_letters(letters, at)) return false;
    first_code(code, letters, &used);
    size_t start = m->out->n;
    sr_buf_printf(m->out, "  code     %s ", code[0] ? code : "-");
    for (uint32_t at = used; at < letters.n && n < 3; at += 3) {
        const char *sector = sector_of(letters, at);
        if (sector) sr_buf_printf(m->out, "%s%s", n++ ? "," : "", sector);
    }
    if (!n) sr_buf_char(m->out, '-');
    if (text.p && !put_dates(m, text)) {
        m->out->n = start;
        return false;
    }
    sr_buf_char(m->out, '\n');
    return true;
}

/* ---- names ----------------------------------------------------------------------------------- */

/* "ABU_SAYYAF_" as "Abu Sayyaf": small words small, the rest with a capital. Empty: no name, or one of
 * more words than a phrase may have. */
static sr_str name_of(importer *m, sr_str raw) {
    static const char *const small[] = {"of", "the", "and", "for", "in", "on", "de", "del", "la", "le",
                                        "al", "el", "du", "des", "da", "dos", "y", "e", "bin", "ul"};
    char *out = sr_arena_alloc(m->a, raw.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i <= raw.n;) {
        uint32_t end = i;
        while (end < raw.n && raw.p[end] != '_' && raw.p[end] != ' ') end++;
        sr_str word = sr_str_of(raw.p + i, end - i);
        i = end + 1;
        if (!word.n) continue;
        if (n) out[n++] = ' ';
        sr_str lower = sr_str_fold(m->a, word);
        bool keep_small = false;
        for (size_t k = 0; k < sizeof small / sizeof *small; k++)
            keep_small |= n > 0 && sr_str_is(lower, small[k]);
        bool start = true;
        for (uint32_t k = 0; k < word.n; k++) {
            char c = word.p[k];
            bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
            if (c == ';' || c == '#' || (unsigned char)c < 0x20) return SR_STR_NONE;
            if (letter) c = (char)(start && !keep_small ? c & ~0x20 : c | 0x20);
            start = c == '-' || c == '.';
            out[n++] = c;
        }
    }
    sr_str folded[SR_PHRASE_WORDS_MAX + 1], name = sr_str_of(out, n);
    uint32_t words = sr_tokenize_phrase(name, folded, SR_PHRASE_WORDS_MAX + 1, m->a);
    return words > 0 && words <= SR_PHRASE_WORDS_MAX ? name : SR_STR_NONE;
}

/* Does any code hold for a time? Offices do, and so their holders. */
static bool is_dated(const importer *m) {
    for (uint32_t i = 0; i < m->n_codes; i++)
        if (memchr(m->code[i].p, ' ', m->code[i].n)) return true;
    return false;
}

static void put_id(importer *m, sr_str name) {
    sr_buf_z(m->out, "actor import.");
    sr_str folded = sr_str_fold(m->a, name);
    for (uint32_t i = 0; i < folded.n && i < 60; i++) {
        char c = folded.p[i];
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
        sr_buf_char(m->out, plain ? c : '_');
    }
    sr_buf_printf(m->out, ".%u\n", m->first_line); /* two may share a name */
}

/* The actor gathered so far. */
static void finish(importer *m) {
    if (!m->n_names) return;
    sr_str name = name_of(m, m->name[0]);
    size_t start = m->out->n;
    uint32_t good = 0;
    if (!name.n) fault(m, m->first_line, "not a name:", m->name[0]);
    else if (!m->n_codes) fault(m, m->first_line, "no code for", m->name[0]);
    if (name.n && m->n_codes) {
        put_id(m, name);
        sr_buf_printf(m->out, "  kind     %s\n  name     %.*s\n", is_dated(m) ? "person" : "org",
                      (int)name.n, name.p);
        for (uint32_t i = 1; i < m->n_names; i++) {
            sr_str other = name_of(m, m->name[i]);
            if (other.n) sr_buf_printf(m->out, "  alias    %.*s\n", (int)other.n, other.p);
            else fault(m, m->first_line, "not a name:", m->name[i]);
        }
        for (uint32_t i = 0; i < m->n_codes; i++) {
            if (put_code(m, m->code[i])) good++;
            else fault(m, m->first_line, "not a code:", m->code[i]);
        }
        sr_buf_char(m->out, '\n');
        if (good) m->actors++;
        else m->out->n = start;
    }
    m->n_names = m->n_codes = 0;
}

/* Codes in brackets anywhere in the line, several parted by slashes or brackets; cuts them off it. */
static void take_codes(importer *m, sr_str *line) {
    for (;;) {
        const char *open = line->n ? memchr(line->p, '[', line->n) : NULL;
        if (!open) return;
        uint32_t at = (uint32_t)(open - line->p);
        sr_str rest = sr_str_of(open + 1, line->n - at - 1), tail = rest;
        const char *close = rest.n ? memchr(rest.p, ']', rest.n) : NULL;
        line->n = at;
        if (!close) {
            fault(m, m->line, "no closing bracket:", rest);
            return;
        }
        rest.n = (uint32_t)(close - rest.p);
        while (rest.p && rest.n) {
            sr_str one = sr_str_trim(sr_str_cut(&rest, '/'));
            if (m->n_codes < CODES_MAX) m->code[m->n_codes++] = one;
            else fault(m, m->line, "too many codes:", one);
        }
        tail = sr_str_of(close + 1, tail.n - (uint32_t)(close - tail.p) - 1);
        if (!tail.n || !memchr(tail.p, '[', tail.n)) return;
        *line = tail;
        take_codes(m, line);
        line->n = 0;
        return;
    }
}

static void take_line(importer *m, sr_str raw) {
    sr_str line = raw;
    const char *comment = line.n ? memchr(line.p, ';', line.n) : NULL;
    if (comment) line.n = (uint32_t)(comment - line.p);
    comment = line.n ? memchr(line.p, '#', line.n) : NULL;
    if (comment) line.n = (uint32_t)(comment - line.p);
    bool indented = line.n && (line.p[0] == ' ' || line.p[0] == '\t');
    sr_str text = sr_str_trim(line);
    if (!text.n) return;
    bool more = text.p[0] == '+', codes_only = text.p[0] == '[';
    if (text.p[0] == '&' || text.p[0] == '~' || text.p[0] == '!' || text.p[0] == '<' ||
        (indented && !codes_only && !more)) {
        fault(m, m->line, "not a line of an actor dictionary:", text);
        return;
    }
    if (!more && !codes_only) {
        finish(m);
        m->first_line = m->line;
    } else if (!m->n_names) {
        fault(m, m->line, "belongs to no actor:", text);
        return;
    }
    take_codes(m, &text);
    if (codes_only) return;
    text = sr_str_trim(text);
    if (more) text = sr_str_trim(sr_str_of(text.p + 1, text.n - 1));
    if (!text.n) fault(m, m->line, "no name:", raw);
    else if (m->n_names == NAMES_MAX) fault(m, m->line, "too many names:", text);
    else m->name[m->n_names++] = text;
}

uint32_t sr_know_import(sr_buf *out, sr_buf *problems, sr_str text, const char *file, sr_arena *a) {
    importer *m = SR_NEW(a, importer);
    m->out = out;
    m->problems = problems;
    m->file = file;
    m->a = a;
    sr_buf_printf(out, "# Made from %s by `sitrep codebook import`; its terms are those of that file.\n\n", file);
    while (text.p) {
        m->line++;
        sr_str line = sr_str_cut(&text, '\n');
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        size_t bad;
        if (sr_utf8_valid(line.p, line.n, &bad)) take_line(m, line);
        else fault(m, m->line, "not UTF-8:", sr_str_of(line.p, bad));
    }
    finish(m);
    return m->actors;
}

/* dateline.c - "KABUL, Oct 28 (Outlet) -": where a story was filed, when, and by whom, before its
 * prose starts. A matcher by hand for
 *
 *   [place] [, date] [(agency)] dash      [REPORT] [TEXT] after it, in transcripts
 *   (agency) dash?
 *   PLACE dash | PLACE:
 *
 * A place is words with capitals; one without agency or date is believed in capitals alone, since
 * prose has dashes too. Leaves out bylines, and dates without a year, which only the date of
 * publication could complete.
 */
#include "read/read.h"

#include "base/date.h"
#include "base/utf8.h"

/* Longest place, in bytes and words: "GAZA CITY/JERUSALEM, Palestinian Territories". */
#define PLACE_BYTES_MAX 70
#define PLACE_WORDS_MAX 8
#define AGENCY_BYTES_MAX 60

typedef struct cursor {
    const char *p, *end;
} cursor;

static bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

static void blanks(cursor *c) {
    while (c->p < c->end) {
        if (is_blank(*c->p)) c->p++;
        else if (c->end - c->p >= 2 && memcmp(c->p, "\xC2\xA0", 2) == 0) c->p += 2;
        else break;
    }
}

static bool eat(cursor *c, const char *z) {
    size_t n = strlen(z);
    if ((size_t)(c->end - c->p) < n || memcmp(c->p, z, n) != 0) return false;
    c->p += n;
    return true;
}

static uint32_t peek(const cursor *c) {
    uint32_t cp = 0;
    if (c->p < c->end) sr_utf8_decode(c->p, (size_t)(c->end - c->p), &cp);
    return cp;
}

static uint32_t number(cursor *c, uint32_t *digits) {
    uint32_t v = 0;
    *digits = 0;
    while (c->p < c->end && *c->p >= '0' && *c->p <= '9' && *digits < 5) {
        v = v * 10 + (uint32_t)(*c->p++ - '0');
        ++*digits;
    }
    return v;
}

/* Letters at the cursor, in lower case, ASCII alone; then at most one full stop. */
static uint32_t letters(cursor *c, char *out, uint32_t max) {
    uint32_t n = 0;
    while (c->p < c->end && (*c->p | 0x20) >= 'a' && (*c->p | 0x20) <= 'z') {
        if (n < max) out[n] = (char)(*c->p | 0x20);
        n++;
        c->p++;
    }
    if (n && c->p < c->end && *c->p == '.') c->p++;
    return n;
}

/* Index of the name that the n letters are, or shorten to three or four; -1 if none. */
static int name_index(const char *const *names, int count, const char *word, uint32_t n) {
    for (int i = 0; i < count; i++) {
        size_t len = strlen(names[i]);
        if (n <= len && memcmp(names[i], word, n) == 0 && (n == len || n == 3 || n == 4))
            return i;
    }
    return -1;
}

static int month(cursor *c) {
    static const char *const names[] = {"january", "february", "march",     "april",
                                        "may",     "june",     "july",      "august",
                                        "september", "october", "november", "december"};
    char word[12];
    cursor at = *c;
    uint32_t n = letters(&at, word, sizeof word);
    if (n < 3 || n > sizeof word) return 0;
    int i = name_index(names, 12, word, n);
    if (i >= 0) *c = at;
    return i + 1;
}

static void weekday(cursor *c) {
    static const char *const names[] = {"monday", "tuesday",  "wednesday", "thursday",
                                        "friday", "saturday", "sunday"};
    char word[12];
    cursor at = *c;
    uint32_t n = letters(&at, word, sizeof word);
    if (n < 3 || n > sizeof word || name_index(names, 7, word, n) < 0) return;
    blanks(&at);
    eat(&at, ",");
    blanks(&at);
    *c = at;
}

/* A year after the day and month; two digits only where a full stop of the trade has them ("3 JAN
 * 90"). 0 if there is none. */
static int year(cursor *c, bool two) {
    cursor at = *c;
    uint32_t digits;
    blanks(&at);
    if (eat(&at, ",")) blanks(&at);
    uint32_t v = number(&at, &digits);
    if (digits == 4 && v >= 1800 && v < 2200) {
        *c = at;
        return (int)v;
    }
    if (two && digits == 2) {
        *c = at;
        return (int)(v < 50 ? 2000 + v : 1900 + v);
    }
    return 0;
}

/* "Oct. 28", "October 28, 2025", "28 Oct 2025", "3 JAN 90", "2025-10-28", a weekday before any.
 * *day is set if there is a year. */
static bool date(cursor *c, int32_t *day) {
    cursor at = *c;
    *day = SR_DAY_NONE;
    if (eat(c, "NO DATE")) return true; /* so broadcasts are marked whose day is not known */
    weekday(&at);
    if (at.end - at.p >= 10) {
        int32_t iso = sr_day_parse((sr_str){at.p, 10});
        if (iso != SR_DAY_NONE) {
            c->p = at.p + 10;
            *day = iso;
            return true;
        }
    }
    uint32_t digits, d;
    int m = month(&at), y;
    if (m) {
        blanks(&at);
        d = number(&at, &digits);
        y = year(&at, false);
    } else {
        d = number(&at, &digits);
        blanks(&at);
        m = month(&at);
        y = year(&at, true);
    }
    if (!m || d < 1 || d > 31 || digits > 2) return false;
    if (at.p < at.end && sr_cp_alpha(peek(&at))) return false; /* "28 Marchers" */
    if (y) *day = sr_day_of(y, m, (int)d);
    *c = at;
    return true;
}

/* "(Reuters)", "(AP/AFP)", "(RADIO SANDINO)". */
static bool agency(cursor *c, sr_str *name) {
    cursor at = *c;
    if (!eat(&at, "(")) return false;
    const char *from = at.p;
    while (at.p < at.end && *at.p != ')' && *at.p != '(' && at.p - from <= AGENCY_BYTES_MAX)
        at.p++;
    if (at.p == at.end || *at.p != ')' || at.p == from) return false;
    *name = sr_str_trim((sr_str){from, (uint32_t)(at.p - from)});
    at.p++;
    if (!sr_str_capital(*name)) return false;
    *c = at;
    return true;
}

/* A hyphen or underscore separates only beside a blank: "US-backed" does not. A long dash does
 * anyhow. *colon: it was one. */
static bool separator(cursor *c, bool *colon) {
    cursor at = *c;
    blanks(&at);
    bool before = at.p > c->p;
    *colon = false;
    if (eat(&at, "\u2014") || eat(&at, "\u2015") || eat(&at, "--")) {
    } else if (eat(&at, "\u2013") || eat(&at, "-") || eat(&at, "_")) {
        if (!before && !(at.p < at.end && is_blank(*at.p)) && at.p < at.end) return false;
    } else if (eat(&at, ":")) {
        if (at.p < at.end && !is_blank(*at.p)) return false;
        *colon = true;
    } else {
        return false;
    }
    blanks(&at);
    *c = at;
    return true;
}

static bool is_particle(sr_str w) {
    static const char *const words[] = {"of", "the", "and", "de", "la", "el", "al", "du", "des",
                                        "in", "near", "on", "upon", "sur"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sr_str_is(w, words[i])) return true;
    return false;
}

/* One part of a place, up to a comma, bracket or separator. */
static bool place_part(cursor *c, uint32_t *words, sr_str *out) {
    cursor at = *c;
    const char *end = at.p;
    while (*words < PLACE_WORDS_MAX) {
        const char *from = at.p;
        while (at.p < at.end) {
            uint32_t cp = peek(&at);
            cursor next = at;
            bool colon;
            if (separator(&next, &colon)) break;
            if (!sr_cp_alpha(cp) && cp != '.' && cp != '\'' && cp != 0x2019 && cp != 0x2018 &&
                cp != '-' && cp != '/' && cp != '`')
                break;
            at.p += sr_utf8_decode(at.p, (size_t)(at.end - at.p), &cp);
        }
        sr_str w = {from, (uint32_t)(at.p - from)};
        if (!w.n) break;
        if (!sr_str_capital(w) && !(end != c->p && is_particle(w))) return false;
        ++*words;
        end = at.p;
        cursor next = at;
        bool colon;
        if (separator(&next, &colon)) break;
        blanks(&at);
        if (at.p == end) break;
    }
    if (end == c->p) return false;
    *out = (sr_str){c->p, (uint32_t)(end - c->p)};
    c->p = end;
    return true;
}

/* Is there another dash with blanks around it soon? Then the first one opened an aside. */
static bool dash_follows(const cursor *c) {
    static const char *const dashes[] = {" - ", " -- ", " \u2013 ", " \u2014 "};
    size_t n = (size_t)(c->end - c->p) < 150 ? (size_t)(c->end - c->p) : 150;
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof dashes / sizeof *dashes; k++)
            if (sr_str_starts((sr_str){c->p + i, (uint32_t)(n - i)}, dashes[k])) return true;
    return false;
}

/* What follows a dateline starts a sentence. */
static bool starts_prose(const cursor *c) {
    cursor at = *c;
    if (at.p == at.end) return true;
    for (int i = 0; i < 3; i++) {
        uint32_t cp = peek(&at);
        if (sr_cp_upper(cp) || (cp >= '0' && cp <= '9')) return true;
        if (sr_cp_alpha(
                cp)) /* no case in this script, or a name like al-Shabab, which has a mark */
            return sr_cp_lower(cp) == cp && cp >= 0x590;
        if (at.p < at.end) at.p += sr_utf8_decode(at.p, (size_t)(at.end - at.p), &cp);
    }
    return true;
}

/* "TEHRAN-The": a place that lost its blanks. Six capitals or more, for shorter words are states,
 * alliances and agencies in a compound ("US-Iran"), and a small letter in the word that follows.
 * Returns the length of the place, 0 if there is none. */
static uint32_t glued(const cursor *c) {
    const char *p = c->p;
    while (p < c->end && *p >= 'A' && *p <= 'Z') p++;
    uint32_t n = (uint32_t)(p - c->p);
    cursor at = {p, c->end};
    if (n < 6 || !(eat(&at, "\u2013") || eat(&at, "-") || eat(&at, "_"))) return 0;
    if (at.p == at.end) return 0;
    uint32_t cp = peek(&at);
    if (cp == '"' || cp == 0x201C) return n;
    return at.end - at.p >= 2 && *at.p >= 'A' && *at.p <= 'Z' && at.p[1] >= 'a' && at.p[1] <= 'z'
               ? n : 0;
}

/* "[REPORT] [TEXT]" of transcribed broadcasts. */
static void brackets(cursor *c) {
    for (;;) {
        cursor at = *c;
        if (!eat(&at, "[")) return;
        const char *from = at.p;
        while (at.p < at.end && *at.p != ']' && at.p - from < 160) at.p++;
        if (!eat(&at, "]")) return;
        blanks(&at);
        *c = at;
    }
}

/* An agency alone opens a story without a dash if it is set in capitals: "(CNN) The ...". */
static bool opens_alone(sr_str name) { return sr_str_allcaps(name) && name.n <= 12; }

sr_dateline sr_dateline_find(sr_str s) {
    sr_dateline none = {0, SR_STR_NONE, SR_DAY_NONE, false}, d = none;
    cursor c = {s.p, s.p + s.n};
    sr_str part = SR_STR_NONE, agency_name = SR_STR_NONE;
    uint32_t words = 0;
    bool dated, has_agency, colon = false;

    blanks(&c);
    const char *from = c.p;
    uint32_t bare = glued(&c);
    if (bare) {
        d.place = (sr_str){c.p, bare};
        c.p += bare;
        c.p += *c.p == '-' || *c.p == '_' ? 1 : 3;
        d.length = (uint32_t)(c.p - s.p);
        return d;
    }
    dated = date(&c, &d.date);
    if (dated) {
        /* "28 October 2025, Kabul -" */
        cursor at = c;
        blanks(&at);
        if (eat(&at, ",")) {
            blanks(&at);
            if (place_part(&at, &words, &d.place)) c = at;
        }
    } else if (place_part(&c, &words, &d.place)) {
        for (int i = 0; i < 3 && !dated; i++) {
            cursor at = c;
            blanks(&at);
            /* "MANAGUA (NICARAGUA), 11 DEC 89" */
            if (i == 0 && peek(&at) == '(' && agency(&at, &part)) {
                cursor next = at;
                blanks(&next);
                if (eat(&next, ",")) {
                    blanks(&next);
                    dated = date(&next, &d.date);
                    if (dated) {
                        d.place.n = (uint32_t)(at.p - d.place.p);
                        c = next;
                        break;
                    }
                }
                break;
            }
            if (!eat(&at, ",")) break;
            blanks(&at);
            dated = date(&at, &d.date);
            if (dated) {
                c = at;
            } else if (place_part(&at, &words, &part)) {
                d.place.n = (uint32_t)(part.p + part.n - d.place.p);
                c = at;
            } else {
                break;
            }
        }
        /* "TEHRAN Oct 28 (Agency) -", without the comma */
        if (!dated) {
            cursor at = c;
            blanks(&at);
            dated = date(&at, &d.date);
            if (dated) c = at;
        }
    }
    if (d.place.n > PLACE_BYTES_MAX) return none;
    cursor at = c;
    blanks(&at);
    if (eat(&at, ",")) blanks(&at); /* "Oct 28, (Agency) -" */
    has_agency = agency(&at, &agency_name);
    if (has_agency) c = at;
    if (c.p == from) return none;

    at = c;
    bool dash = separator(&at, &colon);
    if (dash) c = at;
    else blanks(&c);
    if (!dash && !(has_agency && !d.place.n && opens_alone(agency_name))) return none;
    if (c.p < c.end) brackets(&c);
    d.marked = has_agency || dated;
    if (!starts_prose(&c) && (d.marked || colon || dash_follows(&c))) return none;
    if (!d.marked) {
        /* A bare place: its first word in capitals, and short. */
        sr_str head = d.place;
        head = sr_str_cut(&head, ',');
        if (!sr_str_allcaps(head) || words > 5 || head.n < 3) return none;
        if (c.p == c.end) return none;
    }
    /* A station that hides, and one whose town is not known. */
    if (sr_str_is(d.place, "CLANDESTINE") || sr_str_starts(d.place, "NO CITY"))
        d.place = SR_STR_NONE;
    d.length = (uint32_t)(c.p - s.p);
    return d;
}

/* time.c - dates, times, durations and sets of times, with their TIMEX3 values.
 *
 *   on Sunday                 2025-10-26                      relative to the document's date
 *   Oct. 26 / 26 October 2025 2025-10-26
 *   mid-October               2025-10       from the 15th
 *   the past three months     P3M
 *   two days ago              2025-10-26
 *
 * A grammar over words, tried at every word, longest reading first; the tree is asked for one
 * thing only: whether the sentence looks ahead ("will meet on Sunday") or back. First step of the
 * stage: the words found here are no names ("May") and count nothing ("2025"). What needs the
 * document's date and has none keeps its type, with X for what is not known.
 *
 * Left out: holidays, times of other calendars, anchoring to events ("two days after the raid").
 */
#include "mention/impl.h"

#include <stdarg.h>
#include <stdio.h>

/* clang-format off */
const char *const sr_precision_names[] = {"", "day", "week", "month", "season", "year", "decade"};
/* clang-format on */

/* ---- words of time -------------------------------------------------------------------------- */

/* clang-format off */
typedef enum word_class {
    C_NONE, C_MONTH, C_WEEKDAY, C_UNIT, C_SEASON, C_PART, C_DEICTIC, C_FREQ, C_ORDINAL, C_REF
} word_class;

enum {
    U_SECOND, U_MINUTE, U_HOUR, U_DAY, U_WEEK, U_MONTH, U_QUARTER, U_YEAR, U_DECADE, U_CENTURY,
    U_WEEKEND, U_FORTNIGHT
};
enum { REF_PRESENT, REF_PAST, REF_FUTURE };

typedef struct time_word {
    const char *z;
    uint8_t class, n;
    bool plural;
} time_word;

/* Sorted by spelling. */
static const time_word words[] = {
    {"afternoon", C_PART, 1, false}, {"annually", C_FREQ, U_YEAR, false},
    {"apr", C_MONTH, 4, false}, {"apr.", C_MONTH, 4, false}, {"april", C_MONTH, 4, false},
    {"aug", C_MONTH, 8, false}, {"aug.", C_MONTH, 8, false}, {"august", C_MONTH, 8, false},
    {"autumn", C_SEASON, 2, false},
    {"centuries", C_UNIT, U_CENTURY, true}, {"century", C_UNIT, U_CENTURY, false},
    {"currently", C_REF, REF_PRESENT, false},
    {"daily", C_FREQ, U_DAY, false}, {"day", C_UNIT, U_DAY, false}, {"days", C_UNIT, U_DAY, true},
    {"dec", C_MONTH, 12, false}, {"dec.", C_MONTH, 12, false},
    {"decade", C_UNIT, U_DECADE, false}, {"decades", C_UNIT, U_DECADE, true},
    {"december", C_MONTH, 12, false}, {"eighth", C_ORDINAL, 8, false},
    {"evening", C_PART, 2, false}, {"fall", C_SEASON, 2, false},
    {"feb", C_MONTH, 2, false}, {"feb.", C_MONTH, 2, false}, {"february", C_MONTH, 2, false},
    {"fifth", C_ORDINAL, 5, false}, {"first", C_ORDINAL, 1, false},
    {"fortnight", C_UNIT, U_FORTNIGHT, false}, {"fourth", C_ORDINAL, 4, false},
    {"fri", C_WEEKDAY, 4, false}, {"fri.", C_WEEKDAY, 4, false},
    {"friday", C_WEEKDAY, 4, false}, {"fridays", C_WEEKDAY, 4, true},
    {"hour", C_UNIT, U_HOUR, false}, {"hourly", C_FREQ, U_HOUR, false},
    {"hours", C_UNIT, U_HOUR, true}, {"jan", C_MONTH, 1, false}, {"jan.", C_MONTH, 1, false},
    {"january", C_MONTH, 1, false}, {"july", C_MONTH, 7, false}, {"june", C_MONTH, 6, false},
    {"mar.", C_MONTH, 3, false}, {"march", C_MONTH, 3, false}, {"may", C_MONTH, 5, false},
    {"midnight", C_PART, 5, false}, {"minute", C_UNIT, U_MINUTE, false},
    {"minutes", C_UNIT, U_MINUTE, true}, {"mon.", C_WEEKDAY, 0, false},
    {"monday", C_WEEKDAY, 0, false}, {"mondays", C_WEEKDAY, 0, true},
    {"month", C_UNIT, U_MONTH, false}, {"monthly", C_FREQ, U_MONTH, false},
    {"months", C_UNIT, U_MONTH, true}, {"morning", C_PART, 0, false},
    {"night", C_PART, 3, false}, {"nightly", C_FREQ, U_DAY, false},
    {"ninth", C_ORDINAL, 9, false}, {"noon", C_PART, 4, false}, {"nov", C_MONTH, 11, false},
    {"nov.", C_MONTH, 11, false}, {"november", C_MONTH, 11, false}, {"now", C_REF, REF_PRESENT, false},
    {"oct", C_MONTH, 10, false}, {"oct.", C_MONTH, 10, false}, {"october", C_MONTH, 10, false},
    {"quarter", C_UNIT, U_QUARTER, false},
    {"quarters", C_UNIT, U_QUARTER, true}, {"recently", C_REF, REF_PAST, false},
    {"sat.", C_WEEKDAY, 5, false}, {"saturday", C_WEEKDAY, 5, false},
    {"saturdays", C_WEEKDAY, 5, true}, {"second", C_ORDINAL, 2, false},
    {"seconds", C_UNIT, U_SECOND, true}, {"sep", C_MONTH, 9, false}, {"sep.", C_MONTH, 9, false},
    {"sept", C_MONTH, 9, false}, {"sept.", C_MONTH, 9, false}, {"september", C_MONTH, 9, false},
    {"seventh", C_ORDINAL, 7, false}, {"sixth", C_ORDINAL, 6, false},
    {"spring", C_SEASON, 0, false}, {"summer", C_SEASON, 1, false},
    {"sun.", C_WEEKDAY, 6, false}, {"sunday", C_WEEKDAY, 6, false},
    {"sundays", C_WEEKDAY, 6, true}, {"tenth", C_ORDINAL, 10, false},
    {"third", C_ORDINAL, 3, false}, {"thu.", C_WEEKDAY, 3, false},
    {"thurs.", C_WEEKDAY, 3, false}, {"thursday", C_WEEKDAY, 3, false},
    {"thursdays", C_WEEKDAY, 3, true}, {"today", C_DEICTIC, 1, false},
    {"tomorrow", C_DEICTIC, 2, false}, {"tonight", C_DEICTIC, 3, false},
    {"tue.", C_WEEKDAY, 1, false}, {"tues.", C_WEEKDAY, 1, false},
    {"tuesday", C_WEEKDAY, 1, false}, {"tuesdays", C_WEEKDAY, 1, true},
    {"wed.", C_WEEKDAY, 2, false}, {"wednesday", C_WEEKDAY, 2, false},
    {"wednesdays", C_WEEKDAY, 2, true}, {"week", C_UNIT, U_WEEK, false},
    {"weekend", C_UNIT, U_WEEKEND, false}, {"weekends", C_UNIT, U_WEEKEND, true},
    {"weekly", C_FREQ, U_WEEK, false}, {"weeks", C_UNIT, U_WEEK, true},
    {"winter", C_SEASON, 3, false}, {"year", C_UNIT, U_YEAR, false},
    {"yearly", C_FREQ, U_YEAR, false}, {"years", C_UNIT, U_YEAR, true},
    {"yesterday", C_DEICTIC, 0, false},
};
/* clang-format on */

static const time_word *time_word_of(sr_str f) {
    size_t lo = 0, hi = sizeof words / sizeof *words;
    if (f.n < 3 || f.n > 10) return NULL;
    while (lo < hi) {
        size_t mid = (lo + hi) / 2;
        int d = sr_str_cmp(f, sr_str_z(words[mid].z));
        if (d == 0) return &words[mid];
        if (d < 0) hi = mid;
        else lo = mid + 1;
    }
    return NULL;
}

/* ---- what a reading is made of ----------------------------------------------------------------- */

typedef struct reader {
    sr_mctx *c;
    uint32_t si;
    const sr_sent *s;
    const time_word **tw; /* [n words]: class of the word, NULL */
    int32_t today;        /* the document's date */
    int32_t last;         /* day of the last date that was resolved: "the same day" */
    int32_t ref;          /* where the last expression pointed: "the following year" */
} reader;

static sr_str at(const reader *r, int i) {
    return i >= 0 && i < r->s->n ? r->s->w[i].folded : SR_STR_NONE;
}
static bool is(const reader *r, int i, const char *list) {
    return i >= 0 && i < r->s->n && sr_m_one_of(r->s->w[i].folded, list);
}
static int class_at(const reader *r, int i) {
    return i >= 0 && i < r->s->n && r->tw[i] ? r->tw[i]->class : C_NONE;
}
/* A month, or -1. "May" and "March" are words too: they need a capital and the right company. */
static int month_at(const reader *r, int i) {
    if (class_at(r, i) != C_MONTH) return -1;
    const sr_word *w = &r->s->w[i];
    if (!sr_str_capital(w->form) && !sr_str_starts(w->folded, "mid-")) return -1;
    if (w->name == SR_NAME_PER) return -1;
    if (w->folded.n <= 5 && is(r, i, "may|march") &&
        (w->upos == SR_AUX || w->upos == SR_VERB || i == 0)) {
        sr_str next = at(r, i + 1);
        if (!(next.n && next.p[0] >= '0' && next.p[0] <= '9')) return -1;
    }
    return r->tw[i]->n;
}
static int weekday_at(const reader *r, int i) {
    if (class_at(r, i) != C_WEEKDAY || !sr_str_capital(r->s->w[i].form)) return -1;
    return r->tw[i]->n;
}
static bool digits(sr_str f, uint32_t min, uint32_t max, int *out) {
    uint64_t v;
    if (f.n < min || f.n > max || !sr_str_u64(f, &v)) return false;
    *out = (int)v;
    return true;
}
/* A day of the month: "26", "26th". */
static int day_at(const reader *r, int i) {
    sr_str f = at(r, i);
    int d;
    if (f.n >= 3 && (sr_str_ends(f, "th") || sr_str_ends(f, "st") || sr_str_ends(f, "nd") ||
                     sr_str_ends(f, "rd")))
        f.n -= 2;
    return digits(f, 1, 2, &d) && d >= 1 && d <= 31 ? d : -1;
}
static int year_at(const reader *r, int i) {
    int y;
    sr_str f = at(r, i);
    if (sr_str_starts(f, "mid-")) f.p += 4, f.n -= 4;
    return digits(f, 4, 4, &y) && y >= 1500 && y <= 2100 ? y : -1;
}
/* "'98" written as one or two words. */
static int short_year_at(const reader *r, int i, int *n) {
    sr_str f = at(r, i);
    int y;
    *n = 1;
    if (f.n == 3 && f.p[0] == '\'') f.p++, f.n--;
    else if (f.n == 1 && f.p[0] == '\'') f = at(r, i + 1), *n = 2;
    else return -1;
    return digits(f, 2, 2, &y) ? (y < 40 ? 2000 + y : 1900 + y) : -1;
}

static void value(const reader *r, sr_time *t, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void value(const reader *r, sr_time *t, const char *fmt, ...) {
    char buf[64];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(buf, sizeof buf, fmt, ap);
    va_end(ap);
    t->value = sr_arena_dup(r->c->a, sr_str_of(buf, n < 0 ? 0 : n < 64 ? (size_t)n : 63));
}

static void set_day(const reader *r, sr_time *t, int32_t day) {
    char iso[16];
    sr_day_print(iso, day);
    value(r, t, "%s", iso);
    t->from = t->until = day;
    t->precision = SR_P_DAY;
}

/* ISO week of a day: the week of its Thursday. */
static void iso_week(int32_t day, int *year, int *week) {
    int32_t thursday = day - sr_day_weekday(day) + 3;
    int m, d;
    sr_day_civil(thursday, year, &m, &d);
    *week = (thursday - sr_day_of(*year, 1, 1)) / 7 + 1;
}
static void set_week(const reader *r, sr_time *t, int32_t day, const char *tail) {
    int y, w;
    iso_week(day, &y, &w);
    value(r, t, "%04d-W%02d%s", y, w, tail);
    t->from = day - sr_day_weekday(day) + (tail[0] ? 5 : 0);
    t->until = day - sr_day_weekday(day) + 6;
    t->precision = tail[0] ? SR_P_DAY : SR_P_WEEK;
}
static void set_month(const reader *r, sr_time *t, int y, int m) {
    value(r, t, "%04d-%02d", y, m);
    t->from = sr_day_of(y, m, 1);
    t->until = sr_day_of(y, m, sr_days_in_month(y, m));
    t->precision = SR_P_MONTH;
}
static void set_year(const reader *r, sr_time *t, int y) {
    value(r, t, "%04d", y);
    t->from = sr_day_of(y, 1, 1);
    t->until = sr_day_of(y, 12, 31);
    t->precision = SR_P_YEAR;
}
static void set_season(const reader *r, sr_time *t, int y, int season) {
    static const char *const code[] = {"SP", "SU", "FA", "WI"};
    value(r, t, "%04d-%s", y, code[season]);
    int m = 3 + season * 3;
    t->from = sr_day_of(y, m, 1);
    int m2 = m + 2 > 12 ? m + 2 - 12 : m + 2, y2 = m + 2 > 12 ? y + 1 : y;
    t->until = sr_day_of(y2, m2, sr_days_in_month(y2, m2));
    t->precision = SR_P_SEASON;
}
static void set_quarter(const reader *r, sr_time *t, int y, int q) {
    value(r, t, "%04d-Q%d", y, q);
    t->from = sr_day_of(y, q * 3 - 2, 1);
    t->until = sr_day_of(y, q * 3, sr_days_in_month(y, q * 3));
    t->precision = SR_P_SEASON;
}
static void set_decade(const reader *r, sr_time *t, int y) {
    value(r, t, "%03d", y / 10);
    t->from = sr_day_of(y / 10 * 10, 1, 1);
    t->until = sr_day_of(y / 10 * 10 + 9, 12, 31);
    t->precision = SR_P_DECADE;
}

static int32_t add_months(int32_t day, int n) {
    int y, m, d;
    sr_day_civil(day, &y, &m, &d);
    int total = y * 12 + m - 1 + n;
    y = total / 12;
    m = total % 12 + 1;
    if (d > sr_days_in_month(y, m)) d = sr_days_in_month(y, m);
    return sr_day_of(y, m, d);
}

/* Does what governs words first .. last look ahead? */
static int tense(const reader *r, int first, int last) {
    int head = last;
    for (int i = first; i <= last; i++)
        if (r->s->w[i].head < first || r->s->w[i].head > last) head = i;
    return sr_m_tense(r->c, r->si, sr_m_predicate(r->s, head));
}

static bool ahead(const reader *r, int first, int last) {
    if (is(r, first - 1, "as") && is(r, first - 2, "early|soon") && is(r, first - 3, "as"))
        return true;
    if (is(r, first - 1, "until|till|by") ||
        (is(r, first - 1, "of") && is(r, first - 2, "ahead")))
        return true;
    return tense(r, first, last) > 0;
}

/* "early", "late", "mid" narrow a month or a year; the value stays that of the whole. */
static void narrow(sr_time *t, int part) {
    if (t->from == SR_DAY_NONE || !part || t->from == t->until) return;
    int32_t len = t->until - t->from + 1;
    if (part == 4) return;
    if (t->precision == SR_P_MONTH) {
        if (part == 2) t->from += 14; /* mid-October: from the 15th */
        if (part == 3) t->from += 20;
        if (part == 1) t->until = t->from + 9;
        return;
    }
    if (part == 2) t->from += len / 3, t->until -= len / 3;
    if (part == 3) t->from += len - len / 3;
    if (part == 1) t->until -= len - len / 3;
}

/* "early|late|mid" at i: how many words it takes; *part 1 early, 2 mid, 3 late. */
static int narrow_at(const reader *r, int i, int *part) {
    *part = 0;
    int n = 1;
    if (sr_str_starts(at(r, i), "mid-") && at(r, i).n > 4) return *part = 2, 0; /* one word */
    if (is(r, i, "early|beginning")) *part = 1;
    else if (is(r, i, "mid|middle")) *part = 2;
    else if (is(r, i, "late|end")) *part = 3;
    else if (is(r, i, "earlier|later") && is(r, i + 1, "this|last|next|today|yesterday|that"))
        return *part = 4, 1;
    else return 0;
    if (is(r, i, "beginning|middle|end")) {
        if (!is(r, i + 1, "of")) return *part = 0, 0;
        n = 2;
        if (is(r, i + 2, "the")) n = 3;
        return n;
    }
    if (is(r, i + n, "-")) n++;
    if (*part == 3 && is(r, i + n, "in") && !is(r, i, "mid"))
        return n + (is(r, i + n + 1, "the") ? 2 : 1);
    return n;
}

/* ---- absolute dates ------------------------------------------------------------------------- */

/* Sets a month and day whose year is not said. */
static void nearest_date(reader *r, sr_time *t, int m, int d, bool future) {
    t->relative = true;
    if (r->today == SR_DAY_NONE) {
        value(r, t, "XXXX-%02d-%02d", m, d);
        t->precision = SR_P_DAY;
        return;
    }
    int y, mm, dd;
    sr_day_civil(r->today, &y, &mm, &dd);
    int32_t best = SR_DAY_NONE;
    for (int k = -1; k <= 1; k++) {
        int32_t day = sr_day_of(y + k, m, d);
        if (day == SR_DAY_NONE) continue;
        if (future && day < r->today) continue;
        if (best == SR_DAY_NONE || (day > r->today ? day - r->today : r->today - day) <
                                       (best > r->today ? best - r->today : r->today - best))
            best = day;
        if (future) break;
    }
    if (best != SR_DAY_NONE) set_day(r, t, best);
    else value(r, t, "XXXX-%02d-%02d", m, d);
}

static void nearest_month(reader *r, sr_time *t, int m, int direction) {
    t->relative = true;
    if (r->today == SR_DAY_NONE) {
        value(r, t, "XXXX-%02d", m);
        t->precision = SR_P_MONTH;
        return;
    }
    int y, mm, dd;
    sr_day_civil(r->today, &y, &mm, &dd);
    if (direction == 0) direction = (m - mm + 12) % 12 <= 4 ? 1 : -1; /* the nearest */
    if (direction > 0 && m < mm) y++;
    if (direction < 0 && m > mm) y--;
    set_month(r, t, y, m);
}

/* A year after a date: "2025", ", 2025", "of 2025", "'98", "last year". Words taken, 0 if there
 * is none. */
static int trailing_year(const reader *r, int i, int *year) {
    int k = i, n;
    if (is(r, k, ",|of|in") && year_at(r, k + 1) > 0) k++;
    if ((*year = year_at(r, k)) > 0) return k + 1 - i;
    if (r->today != SR_DAY_NONE && is(r, k, "this|last|next") && is(r, k + 1, "year")) {
        int m, d;
        sr_day_civil(r->today, year, &m, &d);
        *year += is(r, k, "next") ? 1 : is(r, k, "last") ? -1 : 0;
        return k + 2 - i;
    }
    if ((*year = short_year_at(r, k, &n)) > 0) return k + n - i;
    return 0;
}

/* Month with day and year in any order, at i; words taken. */
static int month_day(reader *r, int i, sr_time *t) {
    int m, d, y = -1, k = i, n;
    if ((m = month_at(r, i)) > 0) {
        k = i + 1;
        d = day_at(r, k);
        if (d > 0 && !is(r, k + 1, "percent|%|million|people")) {
            k++;
            k += trailing_year(r, k, &y);
        } else {
            d = -1;
            k += trailing_year(r, k, &y);
        }
    } else {
        if (is(r, k, "the")) k++;
        if ((d = day_at(r, k)) < 0) return 0;
        k++;
        if (is(r, k, "of")) k++;
        if (is(r, k, "-")) k++; /* 26-October-2025 */
        if ((m = month_at(r, k)) < 0) return 0;
        k++;
        if (is(r, k, "-") && year_at(r, k + 1) > 0) k++;
        k += trailing_year(r, k, &y);
    }
    n = k - i;
    if (d > 0) {
        int32_t day = y > 0 ? sr_day_of(y, m, d) : 0;
        if (y > 0 && day != SR_DAY_NONE) set_day(r, t, day);
        else nearest_date(r, t, m, d, ahead(r, i, k - 1));
    } else if (y > 0) {
        set_month(r, t, y, m);
    } else {
        nearest_month(r, t, m,
                      is(r, i - 1, "since") ? -1
                      : ahead(r, i, k - 1)  ? 1
                                            : tense(r, i, k - 1));
    }
    t->type = SR_TIME_DATE;
    return n;
}

/* 2025-10-26 in one word or five, 10/26/2025. */
static int numeric_date(reader *r, int i, sr_time *t) {
    sr_str f = at(r, i);
    if (f.n < 4 || f.p[0] < '0' || f.p[0] > '9') return 0;
    int32_t day = f.n == 10 ? sr_day_parse(f) : SR_DAY_NONE;
    int n = 1, y, m, d;
    if (day == SR_DAY_NONE && digits(f, 4, 4, &y) && is(r, i + 1, "-|/") &&
        is(r, i + 3, "-|/") && digits(at(r, i + 2), 1, 2, &m) &&
        digits(at(r, i + 4), 1, 2, &d)) {
        day = sr_day_of(y, m, d);
        n = 5;
    }
    if (day == SR_DAY_NONE && f.n >= 6 && f.n <= 10) {
        sr_str rest = f, a = sr_str_cut(&rest, '/'),
               b = rest.p ? sr_str_cut(&rest, '/') : SR_STR_NONE;
        if (rest.p && digits(a, 1, 2, &m) && digits(b, 1, 2, &d)) {
            if (digits(rest, 2, 2, &y)) y += y < 40 ? 2000 : 1900;
            else if (!digits(rest, 4, 4, &y)) return 0;
            day = m <= 12 ? sr_day_of(y, m, d) : sr_day_of(y, d, m);
        }
    }
    if (day == SR_DAY_NONE) return 0;
    t->type = SR_TIME_DATE;
    set_day(r, t, day);
    return n;
}

/* Part of the day after a date: "Sunday morning". */
static int day_part(reader *r, int i, sr_time *t) {
    static const char *const code[] = {"TMO", "TAF", "TEV", "TNI", "T12:00", "T24:00"};
    int k = i;
    if (is(r, k, "'s")) k++;
    if (is(r, k, "early|late")) k++;
    if (class_at(r, k) != C_PART) return 0;
    t->type = SR_TIME_TIME;
    t->value = sr_arena_printf(r->c->a, "%.*s%s", (int)t->value.n, t->value.p ? t->value.p : "",
                               code[r->tw[k]->n]);
    return k + 1 - i;
}

static void weekday_value(reader *r, sr_time *t, int wd, int direction) {
    t->type = SR_TIME_DATE;
    t->relative = true;
    if (r->today == SR_DAY_NONE) {
        value(r, t, "XXXX-WXX-%d", wd + 1);
        t->precision = SR_P_DAY;
        return;
    }
    int back = (sr_day_weekday(r->today) - wd + 7) % 7;
    int32_t day = direction > 0 ? r->today + (7 - back) % 7 : r->today - back;
    set_day(r, t, day);
}

static int weekday(reader *r, int i, sr_time *t) {
    int wd = weekday_at(r, i), k = i + 1;
    if (wd < 0) return 0;
    if (r->tw[i]->plural) {
        t->type = SR_TIME_SET;
        value(r, t, "XXXX-WXX-%d", wd + 1);
        return 1;
    }
    int j = is(r, k, ",") ? k + 1 : k;
    int n = month_at(r, j) > 0 || (day_at(r, j) > 0 && month_at(r, j + 1) > 0)
                ? month_day(r, j, t)
                : 0;
    if (n > 0 && t->precision == SR_P_DAY) return j + n - i;
    weekday_value(r, t, wd, ahead(r, i, i) ? 1 : -1);
    return k - i + day_part(r, k, t);
}

static int decade(reader *r, int i, sr_time *t) {
    sr_str f = at(r, i);
    int y, n = 1;
    if (f.n == 1 && f.p[0] == '\'') f = at(r, i + 1), n = 2;
    else if (f.n && f.p[0] == '\'') f.p++, f.n--;
    if (f.n == 5 && f.p[4] == 's') f.n = 4;
    else if (f.n == 3 && f.p[2] == 's') f.n = 2;
    else if ((f.n == 4 || f.n == 2) && is(r, i + n, "'s|s") &&
             is(r, i - 1, "the|early|late|mid|-"))
        n++;
    else {
        static const char *const word[] = {"twenties", "thirties",  "forties",  "fifties",
                                           "sixties",  "seventies", "eighties", "nineties"};
        for (int k = 0; k < 8; k++)
            if (sr_str_is(f, word[k]) && is(r, i - 1, "the|early|late|mid|-")) {
                t->type = SR_TIME_DATE;
                set_decade(r, t, 1920 + 10 * k);
                return 1;
            }
        return 0;
    }
    if (digits(f, 2, 2, &y)) y += y < 40 ? 2000 : 1900;
    else if (!digits(f, 4, 4, &y) || y < 1500 || y > 2100) return 0;
    if (y % 10) return 0;
    t->type = SR_TIME_DATE;
    set_decade(r, t, y);
    return n;
}

static int bare_year(reader *r, int i, sr_time *t) {
    int y = year_at(r, i);
    if (y < 1800 || y > 2099) return 0;
    const sr_word *w = &r->s->w[i];
    bool introduced =
        is(r, i - 1,
           "in|of|since|by|until|till|from|to|during|through|before|after|early|late|-|(|and|"
           "year|between|for|fiscal|or|the|throughout|around|about|circa|than|,");
    if (is(r, i + 1,
           "%|percent|people|dollars|euros|km|miles|feet|meters|metres|tons|troops|million"))
        return 0;
    if (is(r, i - 1, "$|#|no.|resolution|article|flight|paragraph")) return 0;
    if (w->rel == SR_R_NUMMOD && w->head >= 0 && w->head > i && w->head < r->s->n) {
        uint8_t x = r->s->w[w->head].xpos;
        if ((x == SR_X_NNS && !introduced) ||
            (x == SR_X_NNS && !is(r, i - 1, "the|of|early|late")))
            return 0;
    } else if (!introduced && i > 0) {
        return 0;
    }
    t->type = SR_TIME_DATE;
    set_year(r, t, y);
    if (class_at(r, i + 1) == C_ORDINAL && r->tw[i + 1]->n <= 4 && is(r, i + 2, "quarter")) {
        set_quarter(r, t, y, r->tw[i + 1]->n);
        return 3;
    }
    return 1;
}

/* "summer 2015", "the summer of 2015". */
static int season(reader *r, int i, sr_time *t) {
    if (class_at(r, i) != C_SEASON) return 0;
    int y, n = trailing_year(r, i + 1, &y);
    t->type = SR_TIME_DATE;
    if (n) {
        set_season(r, t, y, r->tw[i]->n);
        return 1 + n;
    }
    if (is(r, i, "fall|spring") &&
        (r->s->w[i].upos != SR_NOUN || !is(r, i - 1, "the|in|this|last|next")))
        return 0;
    if (r->s->w[i].upos != SR_NOUN && r->s->w[i].upos != SR_PROPN) return 0;
    t->relative = true;
    t->precision = SR_P_SEASON;
    if (r->today == SR_DAY_NONE) {
        static const char *const code[] = {"SP", "SU", "FA", "WI"};
        value(r, t, "XXXX-%s", code[r->tw[i]->n]);
    } else {
        int m, d;
        sr_day_civil(r->today, &y, &m, &d);
        if (3 + r->tw[i]->n * 3 > m) y--;
        if (ahead(r, i, i) && 3 + r->tw[i]->n * 3 + 2 < m) y++;
        set_season(r, t, y, r->tw[i]->n);
    }
    return 1;
}

/* "the third quarter", "first quarter of 1990", "third-quarter". */
static int quarter(reader *r, int i, sr_time *t) {
    if (class_at(r, i) != C_ORDINAL || r->tw[i]->n > 4) return 0;
    int k = i + 1, y;
    if (is(r, k, "-")) k++;
    if (is(r, k, "fiscal")) k++;
    if (class_at(r, k) != C_UNIT || r->tw[k]->n != U_QUARTER || r->tw[k]->plural) return 0;
    k++;
    int n = trailing_year(r, k, &y);
    t->type = SR_TIME_DATE;
    if (n) {
        set_quarter(r, t, y, r->tw[i]->n);
        return k + n - i;
    }
    t->relative = true;
    t->precision = SR_P_SEASON;
    if (r->today == SR_DAY_NONE) {
        value(r, t, "XXXX-Q%d", r->tw[i]->n);
    } else {
        int m, d;
        sr_day_civil(r->today, &y, &m, &d);
        if (r->tw[i]->n > (m + 2) / 3) y--;
        set_quarter(r, t, y, r->tw[i]->n);
    }
    return k - i;
}

/* ---- relative dates ------------------------------------------------------------------------- */

/* The date `n` units from today. */
static void shift(reader *r, sr_time *t, int unit, int n) {
    t->type = SR_TIME_DATE;
    t->relative = true;
    static const char *const unknown[] = {
        "XXXX-XX-XXTXX:XX", "XXXX-XX-XXTXX:XX", "XXXX-XX-XXTXX", "XXXX-XX-XX", "XXXX-WXX",
        "XXXX-XX",          "XXXX-QX",          "XXXX",          "XXX",        "XX",
        "XXXX-WXX-WE",      "XXXX-WXX"};
    static const uint8_t precision[] = {SR_P_DAY,    SR_P_DAY,   SR_P_DAY,    SR_P_DAY,
                                        SR_P_WEEK,   SR_P_MONTH, SR_P_SEASON, SR_P_YEAR,
                                        SR_P_DECADE, SR_P_NONE,  SR_P_DAY,    SR_P_WEEK};
    if (r->today == SR_DAY_NONE || n < -4000 || n > 4000) {
        value(r, t, "%s", unknown[unit]);
        t->precision = precision[unit];
        return;
    }
    int y, m, d;
    sr_day_civil(r->today, &y, &m, &d);
    switch (unit) {
    case U_DAY: set_day(r, t, r->today + n); break;
    case U_WEEK: set_week(r, t, r->today + 7 * n, ""); break;
    case U_FORTNIGHT: set_week(r, t, r->today + 14 * n, ""); break;
    case U_WEEKEND: set_week(r, t, r->today + 7 * n, "-WE"); break;
    case U_MONTH: {
        int32_t day = add_months(sr_day_of(y, m, 1), n);
        sr_day_civil(day, &y, &m, &d);
        set_month(r, t, y, m);
        break;
    }
    case U_QUARTER: {
        int q = y * 4 + (m - 1) / 3 + n;
        set_quarter(r, t, q / 4, q % 4 + 1);
        break;
    }
    case U_YEAR:
        if (y + n > 0) set_year(r, t, y + n);
        break;
    case U_DECADE:
        if (y + 10 * n <= 0) break;
        if (n < -1 || n > 1) set_year(r, t, y + 10 * n);
        else set_decade(r, t, y + 10 * n);
        break;
    case U_CENTURY: value(r, t, "%02d", y / 100 + n); break;
    default:
        set_day(r, t, r->today);
        value(r, t, "%s", unknown[unit]);
        t->type = SR_TIME_TIME;
        break;
    }
}

/* A count before a unit: words taken, 0 none. *milli the number (times 1000), -1 vague. */
static int count_at(reader *r, int i, int64_t *milli) {
    int k = i;
    int64_t v, scale;
    *milli = -1;
    if (is(r, k, "a|an|one") && is(r, k + 1, "few|couple|dozen|half|number")) {
        bool couple = is(r, k + 1, "couple"), dozen = is(r, k + 1, "dozen");
        k += 2;
        if (is(r, k, "of")) k++;
        *milli = couple ? 2000 : dozen ? 12000 : -1;
        return k - i;
    }
    if (is(r, k, "couple") && is(r, k + 1, "of")) {
        *milli = 2000;
        return 2;
    }
    if (is(r, k, "half")) {
        k++;
        if (!is(r, k, "a|an|-")) return 0;
        *milli = 500;
        return k + 1 - i;
    }
    if (is(r, k, "several|few|many|some|recent")) return is(r, k, "some|recent") ? 0 : 1;
    if (is(r, k, "a|an")) {
        *milli = 1000;
        return 1;
    }
    if (!sr_m_numeral(at(r, k), &v)) return 0;
    *milli = v;
    k++;
    if (is(r, k, "-") && sr_m_numeral(at(r, k + 1), &v) && v < 10000 && *milli % 10000 == 0 &&
        *milli >= 20000 && *milli < 100000)
        *milli += v, k += 2;
    else if (*milli % 10000 == 0 && *milli >= 20000 && *milli < 100000 && at(r, k).n &&
             at(r, k).p[0] > '9' && sr_m_numeral(at(r, k), &v) && v < 10000)
        *milli += v, k++; /* "twenty four" */
    if (is(r, k, "1/2|½")) *milli += 500, k++;
    while (sr_m_scale(at(r, k), &scale) && *milli < INT64_C(1000000000)) *milli *= scale, k++;
    if (is(r, k, "and") && is(r, k + 1, "a") && is(r, k + 2, "half")) *milli += 500, k += 3;
    if (is(r, k, "to|or|-") && sr_m_numeral(at(r, k + 1), &v))
        k += 2; /* "two to three weeks" */
    return k - i;
}

static void duration_value(reader *r, sr_time *t, int unit, int64_t milli) {
    static const char *const letter[] = {"S", "M", "H",  "D",  "W",  "M",
                                         "Q", "Y", "DE", "CE", "WE", "W"};
    const char *time = unit <= U_HOUR ? "T" : "";
    t->type = SR_TIME_DURATION;
    t->precision = SR_P_NONE;
    if (unit == U_FORTNIGHT && milli > 0) milli *= 2;
    if (unit == U_DECADE && milli > 0) milli *= 10, unit = U_YEAR;
    if (milli < 0) value(r, t, "P%sX%s", time, letter[unit]);
    else if (milli % 1000)
        value(r, t, "P%s%lld.%lld%s", time, (long long)(milli / 1000),
              (long long)(milli % 1000 / 100), letter[unit]);
    else value(r, t, "P%s%lld%s", time, (long long)(milli / 1000), letter[unit]);
}

/* The stretch before (or after) today that a duration measures: "the past three months". */
static void anchor(reader *r, sr_time *t, int unit, int64_t milli, int direction) {
    t->relative = true;
    if (r->today == SR_DAY_NONE || milli < 0 || milli > 1000000) return;
    int n = (int)((milli + 500) / 1000);
    int32_t other;
    switch (unit) {
    case U_DAY: other = r->today + direction * n; break;
    case U_WEEK: other = r->today + direction * 7 * n; break;
    case U_MONTH: other = add_months(r->today, direction * n); break;
    case U_YEAR:
        other = n < 1500 ? add_months(r->today, direction * 12 * n) : SR_DAY_NONE;
        break;
    case U_DECADE:
        other = n < 150 ? add_months(r->today, direction * 120 * n) : SR_DAY_NONE;
        break;
    default: return;
    }
    if (other == SR_DAY_NONE) return;
    t->from = direction < 0 ? other : r->today;
    t->until = direction < 0 ? r->today : other;
    t->precision = SR_P_DAY;
}

/* NUM UNIT: durations; with "ago", "earlier", "later" a date. */
static int counted(reader *r, int i, sr_time *t) {
    int64_t milli;
    int k = i, n = count_at(r, k, &milli);
    if (!n) return 0;
    bool article = is(r, i, "a|an") && n == 1;
    k += n;
    bool hyphen = is(r, k, "-");
    if (hyphen) k++;
    if (is(r, k,
           "full|straight|consecutive|whole|long|more|additional|entire|hard|difficult|short"))
        k++;
    if (class_at(r, k) != C_UNIT &&
        !(is(r, k, "second") && n == 1 && !article && r->s->w[k].upos == SR_NOUN)) {
        return 0;
    }
    int unit = class_at(r, k) == C_UNIT ? r->tw[k]->n : U_SECOND;
    if (unit == U_QUARTER && (article || hyphen)) return 0;
    if (i > 0 && k > 0 && r->s->w[k].upos == SR_PROPN && sr_str_capital(r->s->w[k].form))
        return 0;
    if (r->s->w[k].upos != SR_NOUN && r->s->w[k].upos != SR_PROPN && r->s->w[k].upos != SR_ADJ)
        return 0;
    k++;
    if (is(r, k, "-") && is(r, k + 1, "old|olds|olds'")) return 0; /* an age */
    if (is(r, k, "old") && !hyphen) return 0;
    if (is(r, k, "-") && is(r, k + 1, "long")) k += 2;
    if (is(r, k, "ago|earlier|before|later|hence|after|on")) {
        bool back = is(r, k, "ago|earlier") ||
                    (is(r, k, "before") && !class_at(r, k + 1) && is(r, k + 1, ".|,"));
        bool fore = is(r, k, "hence|later");
        if (back || fore) {
            int count = milli < 0 || milli > 4000000 ? -1 : (int)(milli / 1000);
            if (count < 0) {
                t->type = SR_TIME_DATE;
                value(r, t, back ? "PAST_REF" : "FUTURE_REF");
            } else {
                shift(r, t, unit, back ? -count : count);
            }
            return k + 1 - i;
        }
    }
    if (article && is(r, i - 1, "twice|times|once|dollars|percent|%")) {
        t->type = SR_TIME_SET;
        duration_value(r, t, unit, 1000);
        t->type = SR_TIME_SET;
        return k - i;
    }
    duration_value(r, t, unit, milli);
    if (is(r, k, "or") && is(r, k + 1, "two|so")) k += 2; /* "a year or two" */
    return k - i;
}

/* last / next / this ... UNIT, month, weekday, season; "the past three months". */
static int directed(reader *r, int i, sr_time *t) {
    int k = i, dir;
    bool the = is(r, k, "the|these|those|its|his|their|her");
    if (the) k++;
    if (is(r, k, "last|past|previous|preceding")) dir = -1;
    else if (is(r, k, "next|coming|following|upcoming")) dir = 1;
    else if (is(r, k, "this|current|present|same")) dir = 0;
    else if (is(r, k, "that|these") && class_at(r, k + 1) == C_UNIT) dir = 2;
    else return 0;
    bool last = is(r, k, "last"), past = is(r, k, "past"), same = is(r, k, "same") || dir == 2;
    k++;
    if (dir == 0 && is(r, k, "past|last")) dir = -1, k++; /* "this past week" */
    if (dir == 0 && is(r, k, "coming")) dir = 1, k++;
    if (is(r, k, "calendar|fiscal|academic|school")) k++;
    /* a number of units */
    int64_t milli;
    int n = is(r, k, "a|an") ? 0 : count_at(r, k, &milli);
    if (n > 0 && class_at(r, k + n) == C_UNIT) {
        int unit = r->tw[k + n]->n;
        duration_value(r, t, unit, milli);
        if (dir == -1 || dir == 1) anchor(r, t, unit, milli, dir);
        return k + n + 1 - i;
    }
    switch (class_at(r, k)) {
    case C_UNIT: {
        int unit = r->tw[k]->n;
        if (unit <= U_HOUR) return 0;
        if (r->tw[k]->plural) { /* "the past weeks" */
            duration_value(r, t, unit, -1);
            t->relative = true;
            return k + 1 - i;
        }
        if (unit == U_DAY) {
            if (same && r->last != SR_DAY_NONE) {
                t->type = SR_TIME_DATE;
                set_day(r, t, r->last);
                return k + 1 - i;
            }
            if (the && dir != 0) { /* "the next day": from the day spoken of */
                int32_t keep = r->today;
                if (r->last != SR_DAY_NONE) r->today = r->last;
                shift(r, t, unit, dir);
                r->today = keep;
                return k + 1 - i;
            }
            return 0;
        }
        if (is(r, k - 1, "following|same|that|previous|preceding") && unit >= U_WEEK) {
            if (r->ref == SR_DAY_NONE) return 0;
            int32_t keep = r->today;
            r->today = r->ref;
            shift(r, t, unit, dir == 2 ? 0 : dir);
            r->today = keep;
            return k + 1 - i;
        }
        if (dir == 2) return 0;
        if (the && past &&
            unit >= U_WEEK) { /* "the past year": the twelve months before today */
            duration_value(r, t, unit, 1000);
            anchor(r, t, unit, 1000, -1);
            return k + 1 - i;
        }
        if (unit == U_WEEKEND && r->today != SR_DAY_NONE && dir == -1 &&
            sr_day_weekday(r->today) >= 5)
            shift(r, t, unit, -1);
        else shift(r, t, unit, dir);
        /* "this year's third quarter" */
        if (unit == U_YEAR && is(r, k + 1, "'s") && class_at(r, k + 2) == C_ORDINAL &&
            r->today != SR_DAY_NONE) {
            sr_time q = *t;
            int n2 = quarter(r, k + 2, &q);
            if (n2) {
                int y, m, d;
                sr_day_civil(t->from, &y, &m, &d);
                set_quarter(r, t, y, r->tw[k + 2]->n);
                return k + 2 + n2 - i;
            }
        }
        return k + 1 - i;
    }
    case C_WEEKDAY: {
        int wd = weekday_at(r, k);
        if (wd < 0) return 0;
        weekday_value(r, t, wd, dir >= 0 ? (dir == 0 && !ahead(r, i, k) ? -1 : 1) : -1);
        if (t->from == r->today && r->today != SR_DAY_NONE && dir) {
            set_day(r, t, r->today + 7 * dir);
        }
        return k + 1 - i + day_part(r, k + 1, t);
    }
    case C_MONTH: {
        int m = month_at(r, k), y, mm, dd;
        if (m < 0) return 0;
        t->type = SR_TIME_DATE;
        t->relative = true;
        t->precision = SR_P_MONTH;
        if (r->today == SR_DAY_NONE) {
            value(r, t, "XXXX-%02d", m);
        } else {
            sr_day_civil(r->today, &y, &mm, &dd);
            if (dir < 0 && m >= mm) y--;
            if (dir > 0 && m <= mm) y++;
            int d = day_at(r, k + 1);
            if (d > 0 && sr_day_of(y, m, d) != SR_DAY_NONE) {
                set_day(r, t, sr_day_of(y, m, d));
                return k + 2 - i;
            }
            set_month(r, t, y, m);
        }
        return k + 1 - i;
    }
    case C_SEASON: {
        int y, m, d;
        t->type = SR_TIME_DATE;
        t->relative = true;
        t->precision = SR_P_SEASON;
        if (r->today == SR_DAY_NONE) {
            value(r, t, "XXXX");
        } else {
            sr_day_civil(r->today, &y, &m, &d);
            int start = 3 + r->tw[k]->n * 3;
            if (dir < 0 && start + 2 >= m) y--;
            if (dir > 0 && start <= m) y++;
            set_season(r, t, y, r->tw[k]->n);
        }
        return k + 1 - i;
    }
    case C_PART: {
        if (the && !last) return 0;
        if (dir == 1 || is(r, i, "the")) return 0;
        if (last && !is(r, k, "night|evening")) return 0;
        shift(r, t, U_DAY, last ? -1 : 0);
        if (r->today == SR_DAY_NONE) t->precision = SR_P_DAY;
        return k - i + day_part(r, k, t);
    }
    default: break;
    }
    return 0;
}

static int deictic(reader *r, int i, sr_time *t) {
    if (class_at(r, i) != C_DEICTIC) return 0;
    static const int offset[] = {-1, 0, 1, 0};
    int d = r->tw[i]->n;
    shift(r, t, U_DAY, offset[d]);
    if (d == 3) {
        t->type = SR_TIME_TIME;
        t->value = sr_arena_printf(r->c->a, "%.*sTNI", (int)t->value.n, t->value.p);
        return 1;
    }
    return 1 + day_part(r, i + 1, t);
}

/* "every day", "each of the past two weeks" (no), "daily", "twice a week". */
static int sets(reader *r, int i, sr_time *t) {
    if (class_at(r, i) == C_FREQ) {
        const sr_word *w = &r->s->w[i];
        if (w->name || w->upos == SR_NOUN || w->upos == SR_PROPN) return 0;
        duration_value(r, t, r->tw[i]->n, 1000);
        t->type = SR_TIME_SET;
        return 1;
    }
    if (!is(r, i, "every|each")) return 0;
    int k = i + 1;
    int64_t milli = 1000;
    int n = is(r, k, "a|an") ? 0 : count_at(r, k, &milli);
    if (is(r, k, "other")) n = 1, milli = 2000;
    k += n;
    if (class_at(r, k) == C_UNIT) {
        duration_value(r, t, r->tw[k]->n, n ? milli : 1000);
        t->type = SR_TIME_SET;
        return k + 1 - i;
    }
    if (class_at(r, k) == C_WEEKDAY) {
        t->type = SR_TIME_SET;
        value(r, t, "XXXX-WXX-%d", r->tw[k]->n + 1);
        return k + 1 - i;
    }
    if (class_at(r, k) == C_PART || class_at(r, k) == C_SEASON || class_at(r, k) == C_MONTH) {
        static const char *const part[] = {"XXXX-XX-XXTMO",    "XXXX-XX-XXTAF",
                                           "XXXX-XX-XXTEV",    "XXXX-XX-XXTNI",
                                           "XXXX-XX-XXT12:00", "XXXX-XX-XXT24:00"};
        t->type = SR_TIME_SET;
        if (class_at(r, k) == C_PART) value(r, t, "%s", part[r->tw[k]->n]);
        else if (class_at(r, k) == C_MONTH) value(r, t, "XXXX-%02d", r->tw[k]->n);
        else value(r, t, "P1Y");
        return k + 1 - i;
    }
    return 0;
}

/* "10:30 a.m.", "3 p.m. GMT", "at noon". */
static int clock_time(reader *r, int i, sr_time *t) {
    sr_str f = at(r, i);
    int h = -1, m = 0, k = i;
    bool whole = false;
    if (class_at(r, i) == C_PART && r->tw[i]->n >= 4) {
        h = r->tw[i]->n == 4 ? 12 : 24;
        k++;
    } else {
        if (!f.n || f.p[0] < '0' || f.p[0] > '9') return 0;
        sr_str hh = f, mm = SR_STR_NONE;
        bool colon = false;
        for (uint32_t j = 0; j < f.n; j++)
            if (f.p[j] == ':' || (f.p[j] == '.' && j + 1 < f.n && f.n <= 5)) {
                hh.n = j;
                mm = sr_str_of(f.p + j + 1, f.n - j - 1);
                colon = f.p[j] == ':';
                break;
            }
        /* "10am" */
        bool glued = false, pm = false;
        if (!mm.p && hh.n >= 3 && (sr_str_ends(hh, "am") || sr_str_ends(hh, "pm"))) {
            glued = true;
            pm = sr_str_ends(hh, "pm");
            hh.n -= 2;
        }
        if (!digits(hh, 1, 2, &h) || h > 24) {
            int gmt;
            if (digits(f, 4, 4, &gmt) && is(r, i + 1, "gmt|utc") &&
                gmt < 2400) { /* "0300 GMT" */
                h = gmt / 100;
                m = gmt % 100;
                whole = true;
            } else {
                return 0;
            }
        }
        if (mm.p && (!digits(mm, 2, 2, &m) || m > 59)) return 0;
        k++;
        if (!mm.p && !whole && is(r, k, ":") && digits(at(r, k + 1), 2, 2, &m))
            k += 2, colon = true;
        if (glued || is(r, k, "a.m.|p.m.|am|pm|a.m|p.m")) {
            if (!glued) pm = is(r, k, "p.m.|pm|p.m");
            if (pm && h < 12) h += 12;
            if (!pm && h == 12) h = 0;
            k += !glued;
            whole = true;
        } else if (is(r, k, "o'clock")) {
            k++;
            whole = true;
        } else if (is(r, k, "gmt|utc|est|edt|pst") && (mm.p || whole)) {
            whole = true;
        }
        if (!whole && !colon) return 0;
        if (is(r, k, "gmt|utc|est|edt|pst|pdt|cet")) k++;
        else if (is(r, k, "local") && is(r, k + 1, "time")) k += 2;
    }
    t->type = SR_TIME_TIME;
    t->relative = true;
    /* "3 p.m. Sunday", "noon today" */
    sr_time day = *t;
    int n = class_at(r, k) == C_WEEKDAY   ? weekday(r, k, &day)
            : class_at(r, k) == C_DEICTIC ? deictic(r, k, &day)
                                          : 0;
    if (!n && is(r, k, "on") && weekday_at(r, k + 1) >= 0 && (n = weekday(r, k + 1, &day)) > 0)
        n++;
    if (n) t->from = day.from, t->until = day.until;
    else t->from = t->until = r->today;
    t->precision = SR_P_DAY;
    char iso[16];
    if (t->from != SR_DAY_NONE) sr_day_print(iso, t->from);
    else memcpy(iso, "XXXX-XX-XX", 11);
    value(r, t, "%sT%02d:%02d", iso, h, m);
    return k - i + n;
}

/* "in recent weeks", "the future", "at present". */
static int vague(reader *r, int i, sr_time *t) {
    t->type = SR_TIME_DATE;
    if (class_at(r, i) == C_REF) {
        static const char *const ref[] = {"PRESENT_REF", "PAST_REF", "FUTURE_REF"};
        if (r->s->w[i].upos != SR_ADV) return 0;
        value(r, t, "%s", ref[r->tw[i]->n]);
        return 1;
    }
    if (is(r, i, "recent") && class_at(r, i + 1) == C_UNIT) {
        value(r, t, "PAST_REF");
        return 2;
    }
    if (is(r, i, "coming") && class_at(r, i + 1) == C_UNIT && r->tw[i + 1]->plural) {
        value(r, t, "FUTURE_REF");
        return 2;
    }
    if (is(r, i, "the") && is(r, i - 1, "in|for")) {
        int k = is(r, i + 1, "near|foreseeable|recent|distant") ? i + 2 : i + 1;
        if (is(r, k, "future")) {
            value(r, t, "FUTURE_REF");
            return k + 1 - i;
        }
        if (is(r, k, "past") && !class_at(r, k + 1) && r->s->w[k].upos == SR_NOUN) {
            value(r, t, "PAST_REF");
            return k + 1 - i;
        }
    }
    if (class_at(r, i) == C_UNIT && r->tw[i]->plural && r->tw[i]->n >= U_DAY &&
        is(r, i - 1, "for|in|after|within|over|following")) { /* "for years" */
        duration_value(r, t, r->tw[i]->n, -1);
        return 1;
    }
    if (is(r, i, "present") && is(r, i - 1, "at")) {
        value(r, t, "PRESENT_REF");
        return 1;
    }
    return 0;
}

/* "the 20th century", "the weekend", "the year". */
static int determined(reader *r, int i, sr_time *t) {
    if (!is(r, i, "the")) return 0;
    int k = i + 1, d = -1;
    sr_str f = at(r, k);
    if (f.n >= 4 && (sr_str_ends(f, "th") || sr_str_ends(f, "st"))) {
        f.n -= 2;
        if (!digits(f, 1, 2, &d)) d = -1;
    }
    int c = is(r, k + 1, "-") ? k + 2 : k + 1;
    if (d > 0 && class_at(r, c) == C_UNIT && r->tw[c]->n == U_CENTURY) {
        t->type = SR_TIME_DATE;
        value(r, t, "%02d", d - 1);
        t->from = sr_day_of((d - 1) * 100 + 1, 1, 1);
        t->until = sr_day_of(d * 100, 12, 31);
        t->precision = SR_P_DECADE;
        return c + 1 - i;
    }
    if (class_at(r, k) == C_UNIT && r->tw[k]->n == U_WEEKEND && !r->tw[k]->plural) {
        shift(r, t, U_WEEKEND,
              r->today != SR_DAY_NONE && sr_day_weekday(r->today) < 5 && !ahead(r, i, k) ? -1
                                                                                         : 0);
        return 2;
    }
    if ((is(r, k, "quarter") && is(r, i - 1, "in|for|during")) ||
        (is(r, k, "latest") &&
         is(r, k + 1, "quarter|period"))) { /* of a report: the last full one */
        shift(r, t, U_QUARTER, -1);
        return is(r, k, "latest") ? 3 : 2;
    }
    int n = quarter(r, k, t);
    if (n) return n + 1;
    n = 0;
    if (!is(r, k, "a|an|one|many|few|half"))
        n = counted(r, is(r, k, "first|last") ? k + 1 : k, t);
    if (n && t->type == SR_TIME_DURATION) return n + (is(r, k, "first|last") ? 2 : 1);
    n = decade(r, k, t);
    if (n) return n + 1;
    n = season(r, k, t);
    return n ? n + 1 : 0;
}

/* Approximations that belong to a duration: "more than two years", "at least a week". */
static int approximate(const reader *r, int i) {
    if (is(r, i, "more|less") && is(r, i + 1, "than")) return 2;
    if (is(r, i, "at") && is(r, i + 1, "least|most")) return 2;
    if (is(r, i, "up") && is(r, i + 1, "to")) return 2;
    if (is(r, i, "as") && is(r, i + 1, "much|many|long") && is(r, i + 2, "as")) return 3;
    if (is(r, i, "about|around|nearly|almost|over|roughly|approximately")) return 1;
    return 0;
}

static int longest(reader *r, int i, sr_time *t) {
    int n, part;
    const sr_time empty = *t;
    int k = i + (is(r, i, "the") ? 1 : 0);
    k += narrow_at(r, k, &part);
    if (part) {
        if ((n = month_day(r, k, t)) || (*t = empty, n = decade(r, k, t)) ||
            (*t = empty, n = season(r, k, t)) || (*t = empty, n = directed(r, k, t)) ||
            (*t = empty, n = deictic(r, k, t)) || (*t = empty, n = weekday(r, k, t))) {
            narrow(t, part);
            return k - i + n;
        }
        *t = empty;
        int y = year_at(r, k);
        if (y >= 1800 && y <= 2099) {
            t->type = SR_TIME_DATE;
            set_year(r, t, y);
            narrow(t, part);
            return k - i + 1;
        }
    }
    static int (*const read[])(reader *, int, sr_time *) = {
        numeric_date, clock_time, weekday, month_day, directed,  deictic, sets,
        quarter,      determined, decade,  season,    bare_year, counted, vague};
    for (size_t f = 0; f < sizeof read / sizeof *read; f++) {
        *t = empty;
        if ((n = read[f](r, i, t)) > 0) return n;
    }
    int skip = approximate(r, i);
    if (skip) {
        *t = empty;
        if ((n = counted(r, i + skip, t)) > 0 && t->type == SR_TIME_DURATION) return skip + n;
        if (n > 0) return skip + n;
    }
    *t = empty;
    return 0;
}

/* Could an expression start here? Most words fail this at once. */
static bool may_start(const reader *r, int i) {
    const sr_word *w = &r->s->w[i];
    if (r->tw[i]) return true;
    sr_str f = w->folded;
    if (!f.n) return false;
    if (sr_str_starts(f, "mid-")) return true;
    if (w->upos == SR_NUM || (f.p[0] >= '0' && f.p[0] <= '9') || f.p[0] == '\'') return true;
    switch (w->upos) {
    case SR_VERB:
    case SR_PROPN:
    case SR_PUNCT:
    case SR_AUX:
    case SR_CCONJ: return sr_m_one_of(f, "past|mid|late|early|coming");
    default: break;
    }
    return sr_m_one_of(
        f, "the|a|an|this|last|next|past|early|late|mid|middle|end|beginning|every|each|"
           "several|few|many|half|these|those|that|its|his|their|her|same|current|recent|"
           "previous|coming|following|present|more|less|at|up|as|about|around|nearly|"
           "almost|over|roughly|approximately|some|only|just|upcoming");
}

void sr_m_times(sr_mctx *c) {
    reader r;
    memset(&r, 0, sizeof r);
    r.c = c;
    r.today = c->doc->date;
    r.last = r.ref = SR_DAY_NONE;
    const time_word *tw[SR_SENT_WORDS_MAX];
    for (uint32_t si = 0; si < c->parse->n; si++) {
        const sr_sent *s = sr_m_sent(c, si);
        bool any = false;
        r.si = si;
        r.s = s;
        r.tw = s->n <= SR_SENT_WORDS_MAX ? tw : SR_NEW_N(c->a, const time_word *, s->n);
        for (int i = 0; i < s->n; i++) {
            sr_str f = s->w[i].folded;
            if (sr_str_starts(f, "mid-")) f.p += 4, f.n -= 4; /* "mid-October" is one word */
            r.tw[i] = time_word_of(f);
            any |=
                r.tw[i] != NULL || f.n != s->w[i].folded.n || s->w[i].upos == SR_NUM ||
                (s->w[i].folded.n > 2 && s->w[i].folded.p[0] >= '0' &&
                 s->w[i].folded.p[0] <= '9') ||
                (s->w[i].upos == SR_NOUN && sr_m_one_of(s->w[i].folded, "future|past|present"));
        }
        if (!any) continue;
        for (int i = 0; i < s->n;) {
            sr_time t;
            memset(&t, 0, sizeof t);
            t.from = t.until = SR_DAY_NONE;
            int n = may_start(&r, i) ? longest(&r, i, &t) : 0;
            if (n <= 0 || i + n > s->n) {
                i++;
                continue;
            }
            t.sent = si;
            t.first = (int16_t)i;
            t.last = (int16_t)(i + n - 1);
            t.head = t.last;
            for (int j = t.first; j <= t.last; j++)
                if (s->w[j].head < t.first || s->w[j].head > t.last) t.head = (int16_t)j;
            t.start = s->w[t.first].start;
            t.end = s->w[t.last].end;
            t.text = sr_m_text(c, s, t.first, t.last);
            if (is(&r, i - 1, "since")) {
                t.since = true;
                t.until = SR_DAY_NONE;
            }
            if (t.relative && c->doc->date == SR_DAY_NONE && t.type != SR_TIME_DURATION)
                c->out->no_date_warning = true;
            if (t.from != SR_DAY_NONE && t.precision == SR_P_DAY && t.type != SR_TIME_DURATION)
                r.last = t.from;
            if (t.from != SR_DAY_NONE && t.type == SR_TIME_DATE) r.ref = t.from;
            SR_PUSH(c->a, &c->out->times, t);
            for (int j = t.first; j <= t.last; j++) c->mask[si][j] |= SR_MASK_TIME;
            i += n;
        }
    }
}

/* number.c - cardinals: how many, of what, and how sure.
 *
 *   at least five Pakistani soldiers   low 5, open    at_least   counts "soldiers"
 *   dozens of people                   low 24, open   dozens     counts "people"
 *   killing 12                         12             exact      counts nothing that is said
 *
 * Ages, years, dates, money, percentages, distances and numbers that are names ("Resolution 2254")
 * are left out: nothing that a toll could be taken for. The meaning of vague words is that of the
 * codebook's coding manual: dozens 24, scores 40, hundreds 200, thousands 2000.
 */
#include "mention/impl.h"

bool sr_m_numeral(sr_str f, int64_t *milli) {
    /* clang-format off */
    static const struct { const char *z; uint8_t v; } words[] = {
        {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7},
        {"eight", 8}, {"nine", 9}, {"ten", 10}, {"eleven", 11}, {"twelve", 12}, {"thirteen", 13},
        {"fourteen", 14}, {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18},
        {"nineteen", 19}, {"twenty", 20}, {"thirty", 30}, {"forty", 40}, {"fifty", 50},
        {"sixty", 60}, {"seventy", 70}, {"eighty", 80}, {"ninety", 90}};
    /* clang-format on */
    if (!f.n) return false;
    if (f.p[0] >= '0' && f.p[0] <= '9') {
        int64_t v = 0;
        uint32_t i = 0;
        for (; i < f.n && f.p[i] != '.'; i++) {
            if (f.p[i] == ',') {
                if (i + 1 == f.n) return false;
                continue;
            }
            if (f.p[i] < '0' || f.p[i] > '9' || v > INT64_C(1000000000000)) return false;
            v = v * 10 + (f.p[i] - '0');
        }
        v *= 1000;
        int64_t unit = 100;
        for (i++; i < f.n; i++, unit /= 10) {
            if (f.p[i] < '0' || f.p[i] > '9') return false;
            v += unit * (f.p[i] - '0');
        }
        *milli = v;
        return true;
    }
    if (f.n < 3 || f.n > 9) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (f.p[0] == words[i].z[0] && sr_str_is(f, words[i].z)) {
            *milli = words[i].v * 1000;
            return true;
        }
    return false;
}

bool sr_m_scale(sr_str f, int64_t *scale) {
    if (f.n < 5) return false;
    switch (f.p[0]) {
    case 'h': *scale = 100; return sr_str_is(f, "hundred");
    case 't':
        *scale = sr_str_is(f, "trillion") ? INT64_C(1000000000000) : 1000;
        return *scale != 1000 || sr_str_is(f, "thousand");
    case 'm': *scale = 1000000; return sr_str_is(f, "million");
    case 'b': *scale = 1000000000; return sr_str_is(f, "billion");
    case 'd': *scale = 12; return sr_str_is(f, "dozen");
    default: return false;
    }
}

typedef struct reader {
    sr_mctx *c;
    uint32_t si;
    const sr_sent *s;
} reader;

static sr_str at(const reader *r, int i) {
    return i >= 0 && i < r->s->n ? r->s->w[i].folded : SR_STR_NONE;
}
static bool is(const reader *r, int i, const char *list) {
    return i >= 0 && i < r->s->n && sr_m_one_of(r->s->w[i].folded, list);
}

/* "two hundred and fifty", "1.5 million", "twenty-five"; words taken, 0 none. */
static int cardinal(const reader *r, int i, int64_t *out) {
    int64_t total = 0, part, v, scale;
    int k = i;
    if (!sr_m_numeral(at(r, k), &part)) {
        if (!is(r, k, "a|half") || !sr_m_scale(at(r, k + 1), &scale)) {
            if (!(is(r, k, "half") && is(r, k + 1, "a") && sr_m_scale(at(r, k + 2), &scale)))
                return 0;
            *out = scale / 2;
            return 3;
        }
        if (is(r, k, "half")) return 0;
        part = 1000;
    }
    k++;
    for (;;) {
        if (is(r, k, "-") && part < 100000 && part >= 20000 && part % 10000 == 0 &&
            sr_m_numeral(at(r, k + 1), &v) && v < 10000 && r->s->w[k + 1].folded.p[0] > '9') {
            part += v;
            k += 2;
        } else if (part >= 20000 && part < 100000 && part % 10000 == 0 && at(r, k).n &&
                   at(r, k).p[0] > '9' && sr_m_numeral(at(r, k), &v) && v < 10000) {
            part += v;
            k++;
        } else if (sr_m_scale(at(r, k), &scale) && part <= (INT64_MAX / 4 - total) / scale) {
            part *= scale;
            k++;
            if (scale >= 1000) total += part, part = 0;
        } else {
            int j = is(r, k, "and") ? k + 1 : k;
            /* "two hundred (and) fifty", "three thousand two hundred": words only */
            if (k > i + 1 && at(r, j).n && at(r, j).p[0] > '9' && sr_m_numeral(at(r, j), &v) &&
                (part == 0 ? total > v : part % 100000 == 0 && v < 100000) &&
                total + part > 0) {
                part += v;
                k = j + 1;
            } else {
                break;
            }
        }
    }
    *out = (total + part) / 1000;
    return k - i;
}

/* "dozens", "tens of thousands"; words taken. */
static int vague(const reader *r, int i, int64_t *low, const char **qualifier) {
    static const struct {
        const char *z;
        int64_t v;
    } words[] = {{"dozens", 24},
                 {"scores", 40},
                 {"tens", 20},
                 {"hundreds", 200},
                 {"thousands", 2000},
                 {"millions", 2000000},
                 {"billions", INT64_C(2000000000)}};
    for (size_t k = 0; k < sizeof words / sizeof *words; k++) {
        if (!sr_str_is(at(r, i), words[k].z)) continue;
        *low = words[k].v;
        *qualifier = words[k].z;
        if (is(r, i + 1, "of") && is(r, i + 2, "thousands|millions|billions")) {
            *low *= is(r, i + 2, "thousands")  ? 1000
                    : is(r, i + 2, "millions") ? 1000000
                                               : 1000000000;
            return 3;
        }
        if (k == 2) return is(r, i + 1, "of") ? 1 : 0; /* "tens of people" */
        /* "scores" of a match: only with "of", or plainly people */
        if (k == 1 && !is(r, i + 1, "of|more|others|were|have")) return 0;
        return 1;
    }
    return 0;
}

/* Qualifier before word i; *n the words it takes. */
static const char *before(const reader *r, int i, int *n) {
    /* clang-format off */
    static const struct { uint8_t n; const char *a, *b, *c; const char *q; } forms[] = {
        {2, "at", "least", NULL, "at_least"}, {2, "more", "than", NULL, "more_than"},
        {3, "as", "many", "as", "up_to"}, {3, "no", "fewer", "than", "at_least"},
        {3, "no", "less", "than", "at_least"}, {3, "not", "less", "than", "at_least"},
        {3, "no", "more", "than", "up_to"}, {2, "fewer", "than", NULL, "less_than"},
        {2, "less", "than", NULL, "less_than"}, {2, "up", "to", NULL, "up_to"},
        {2, "at", "most", NULL, "up_to"}, {2, "an", "estimated", NULL, "about"},
        {1, "over", NULL, NULL, "more_than"}, {1, "above", NULL, NULL, "more_than"},
        {1, "about", NULL, NULL, "about"}, {1, "around", NULL, NULL, "about"},
        {1, "some", NULL, NULL, "about"}, {1, "approximately", NULL, NULL, "about"},
        {1, "roughly", NULL, NULL, "about"}, {1, "estimated", NULL, NULL, "about"},
        {1, "nearly", NULL, NULL, "nearly"}, {1, "almost", NULL, NULL, "nearly"},
        {1, "under", NULL, NULL, "less_than"}, {1, "exactly", NULL, NULL, "exact"},
        {1, "only", NULL, NULL, "exact"}, {1, "just", NULL, NULL, "exact"}};
    /* clang-format on */
    int extra = i > 0 && is(r, i - 1, "another"); /* "at least another 15" */
    if (extra) i--;
    for (size_t k = 0; k < sizeof forms / sizeof *forms; k++) {
        int m = forms[k].n;
        if (i < m || !sr_str_is(at(r, i - 1), m == 3   ? forms[k].c
                                              : m == 2 ? forms[k].b
                                                       : forms[k].a))
            continue;
        if (m >= 2 && !sr_str_is(at(r, i - m), forms[k].a)) continue;
        if (m == 3 && !sr_str_is(at(r, i - 2), forms[k].b)) continue;
        *n = m + extra;
        /* "just over 50", "well over 50" */
        if (i > m && is(r, i - m - 1, "just|well|slightly|still") && m < 3) *n = m + 1 + extra;
        return forms[k].q;
    }
    *n = 0;
    return NULL;
}

/* Is what stands there a measure, not people? */
static bool measured(const reader *r, int i) {
    return i >= 0 && i < r->s->n &&
           (sr_m_in(r->c, SR_M_MEASURE, r->si, i) || (r->c->mask[r->si][i] & SR_MASK_TIME));
}

/* The noun that words first .. last (numeral `head`) count; -1 none said; -2 not a count at all. */
static int counted_noun(const reader *r, int first, int last, int head) {
    const sr_sent *s = r->s;
    int n = s->n;
    /* "$5", "5 %", "5-year-old", "No. 5", "resolution 2254", "5:30" */
    if (first > 0 && (s->w[first - 1].xpos == SR_X_DOLLAR || s->w[first - 1].upos == SR_SYM ||
                      is(r, first - 1,
                         "$|€|£|no.|number|aged|age|chapter|article|resolution|flight|"
                         "paragraph|/|:|route|highway|#")))
        return -2;
    if (is(r, last + 1, "%|percent|per|:|/|st|nd|th")) return -2;
    int k = last + 1;
    if (is(r, k, "-") && k + 1 < n) {
        if (measured(r, k + 1) ||
            is(r, k + 1,
               "year|day|month|hour|week|member|point|party|nation|way|mile|km|page|seat|man"))
            return -2;
        if (s->w[k].space_after == false && s->w[k + 1].upos != SR_NUM) return -2;
    }
    /* names: "Boeing 737", "Group of 20" */
    if (s->w[head].name && s->w[head].upos != SR_NUM) return -2;
    if (s->w[head].name && !s->w[head].name_begin) return -2;
    int h = s->w[head].head;
    uint8_t rel = s->w[head].rel;
    if (h >= 0 && h < head &&
        (rel == SR_R_NUMMOD || rel == SR_R_FLAT || rel == SR_R_COMPOUND || rel == SR_R_DEP)) {
        if (s->w[h].upos == SR_NOUN || s->w[h].upos == SR_PROPN) {
            /* "Article 5"; but a tree may hang a count on the word before it */
            if (!(s->w[h].upos == SR_NOUN && s->w[h].xpos == SR_X_NNS)) return -2;
        }
    }
    /* "Smith, 45," */
    if ((rel == SR_R_APPOS || rel == SR_R_NUMMOD || rel == SR_R_AMOD || rel == SR_R_PARATAXIS ||
         rel == SR_R_NMOD || rel == SR_R_LIST) &&
        h >= 0 && h < head && is(r, first - 1, ",") &&
        (last + 1 >= n || is(r, last + 1, ",|.|)")))
        return -2;
    if (h > head &&
        (rel == SR_R_NUMMOD || rel == SR_R_COMPOUND || rel == SR_R_AMOD || rel == SR_R_DET)) {
        int guard = 0;
        while (s->w[h].upos == SR_NUM && s->w[h].rel == SR_R_NUMMOD && s->w[h].head > h &&
               guard++ < 8)
            h = s->w[h].head; /* "five hundred soldiers" hung in a row */
        if (measured(r, h)) return -2;
        if (h > last) return h;
    }
    /* "five of the soldiers", "dozens of people" */
    for (int ch = s->w[head].first_child; ch >= 0; ch = s->w[ch].next_sibling)
        if (ch > last && s->w[ch].rel == SR_R_NMOD) {
            int p = sr_m_case(s, ch);
            if (p > last && is(r, p, "of")) return measured(r, ch) ? -2 : ch;
        }
    /* dubious trees: the plural noun right behind */
    for (k = last + 1; k < n && k <= last + 4; k++) {
        uint8_t u = s->w[k].upos;
        if ((u == SR_NOUN || u == SR_PROPN) && s->w[k].xpos != SR_X_NNS &&
            s->w[k].xpos != SR_X_NNPS && k + 1 < n &&
            (s->w[k + 1].upos == SR_NOUN || s->w[k + 1].upos == SR_PROPN))
            continue;
        if (u == SR_ADJ || is(r, k, "-")) continue;
        if ((u == SR_NOUN || u == SR_PROPN) &&
            (s->w[k].xpos == SR_X_NNS || s->w[k].xpos == SR_X_NNPS ||
             is(r, k, "people|personnel|police|crew|troops") ||
             sr_str_ends(s->w[k].folded, "s")) &&
            (s->w[head].rel == SR_R_NUMMOD || (h > last && h <= k && s->w[h].upos != SR_VERB)))
            return measured(r, k) ? -2 : k;
        if (measured(r, k) && k == last + 1) return -2;
        break;
    }
    if (h > last && rel == SR_R_NUMMOD) return h;
    return -1;
}

static void add(reader *r, int first, int last, int head, int counts, int64_t low, int64_t high,
                int64_t best, const char *qualifier) {
    const sr_sent *s = r->s;
    sr_number x = {r->si,
                   (int16_t)head,
                   (int16_t)first,
                   (int16_t)last,
                   (int16_t)counts,
                   s->w[first].start,
                   s->w[last].end,
                   low,
                   high,
                   best,
                   qualifier};
    SR_PUSH(r->c->a, &r->c->out->numbers, x);
    for (int i = first; i <= last; i++) r->c->mask[r->si][i] |= SR_MASK_NUMBER;
}

/* Reads at word i; returns the word after what was read, i if nothing was. */
static int number_at(reader *r, int i) {
    const sr_sent *s = r->s;
    int64_t v, hi;
    const char *q = NULL;
    int n = vague(r, i, &v, &q);
    if (n) {
        int head = i, last = i + n - 1;
        if (n == 3 && s->w[last].head >= 0 && s->w[i].head == last) head = last;
        int counts = counted_noun(r, i, last, n == 3 ? last : i);
        if (counts == -1 && n == 3) counts = counted_noun(r, i, last, i);
        if (counts == -2 && measured(r, last + 2)) return last + 1;
        if (counts == -2) counts = -1;
        int w = 0;
        before(r, i, &w);
        add(r, i - w, last, head, counts, v, -1, v, q);
        return last + 1;
    }
    n = cardinal(r, i, &v);
    if (!n) return i;
    int first = i, last = i + n - 1, w;
    int64_t low = v, high = v, best = v;
    /* "between 5 and 10", "10-15", "10 to 15" */
    int k = last + 1, m;
    bool joined = is(r, k, "-|–|to|or") || (is(r, k, "and") && is(r, i - 1, "between"));
    if (joined && (m = cardinal(r, k + 1, &hi)) > 0 && hi > v &&
        !(is(r, k, "-") && n == 1 && at(r, i).p[0] > '9' && v >= 20)) {
        last = k + m;
        high = hi;
        best = (v + hi) / 2;
        q = "range";
        if (is(r, i - 1, "between")) first--;
    } else if ((q = before(r, first, &w)) != NULL) {
        first -= w;
        if (!strcmp(q, "at_least") || !strcmp(q, "more_than")) high = -1;
        if (!strcmp(q, "up_to") || !strcmp(q, "less_than")) low = -1;
    } else {
        q = "exact";
    }
    if (is(r, last + 1, "or") && is(r, last + 2, "more|so")) {
        if (is(r, last + 2, "more")) high = -1, q = "at_least";
        else q = "about";
        last += 2;
    }
    int head = i;
    for (int j = i; j < i + n; j++)
        if (s->w[j].head < i || s->w[j].head >= i + n) head = j;
    int counts = counted_noun(r, i, last, head);
    if (counts == -2) return last + 1;
    if (is(r, i, "one") && n == 1) {
        /* "one another", "one of", "no one" */
        if (is(r, i - 1, "no|the|this|that|which|each|every|any") || is(r, i + 1, "another"))
            return last + 1;
        if (counts < 0 && s->w[i].upos != SR_NUM) return last + 1;
    }
    if (counts < 0 && s->w[head].upos != SR_NUM && s->w[head].upos != SR_NOUN) return last + 1;
    /* "at least four soldiers and eight civilians": open both */
    const sr_number *prev =
        r->c->out->numbers.n ? &r->c->out->numbers.v[r->c->out->numbers.n - 1] : NULL;
    if (!strcmp(q, "exact") && prev && prev->sent == r->si && prev->high < 0 && prev->low > 0 &&
        counts >= 0 && prev->counts >= 0 && s->w[counts].rel == SR_R_CONJ &&
        s->w[counts].head == prev->counts &&
        (!strcmp(prev->qualifier, "at_least") || !strcmp(prev->qualifier, "more_than"))) {
        high = -1;
        q = "at_least";
    }
    add(r, first, last, head, counts, low, high, best, q);
    return last + 1;
}

void sr_m_numbers(sr_mctx *c) {
    reader r = {c, 0, NULL};
    for (uint32_t si = 0; si < c->parse->n; si++) {
        r.si = si;
        r.s = sr_m_sent(c, si);
        for (int i = 0; i < r.s->n;) {
            const sr_word *w = &r.s->w[i];
            bool candidate = !(c->mask[si][i] & SR_MASK_TIME) &&
                             (w->upos == SR_NUM || w->upos == SR_NOUN ||
                              ((w->upos == SR_DET || w->upos == SR_ADV || w->upos == SR_ADJ) &&
                               sr_m_one_of(w->folded, "a|half")));
            int next = candidate ? number_at(&r, i) : i;
            i = next > i ? next : i + 1;
        }
    }
}

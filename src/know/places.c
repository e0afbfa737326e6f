/* places.c - tables of places to the places part of the image.
 *
 * A table is UTF-8 text, a row a line, columns separated by tabs; tools/make_places.py makes them
 * from GeoNames. Lines that begin with '#' are comments. Several places may share a name; a lookup
 * then yields all of them, the most populous first. Rows are expected in millions at most.
 */
#include "know/compile.h"

#include "base/utf8.h"
#include "know/gazette.h"

#include <stdlib.h>

/* Columns, in this order. */
enum {
    C_NAME, C_ALTERNATES, C_LAT, C_LON, C_CLASS, C_CODE, C_COUNTRY, C_PROVINCE, C_DISTRICT,
    C_POPULATION, C_ID, C_N
};

typedef struct builder {
    sr_arena *a, *scratch;
    sr_kproblems *problems;
    sr_kpool text;
    sr_kphrases names;
    SR_VEC(sr_kplace) place;
    SR_VEC(sr_klike) like;
    SR_VEC(sr_kcountry) country;
} builder;

/* Decimal degrees, up to 7 digits after the point; strtod would ask the locale. */
static bool degrees(sr_str s, double limit, float *out) {
    bool minus = s.n > 0 && s.p[0] == '-';
    double v = 0, unit = 1;
    uint32_t i = minus ? 1 : 0, digits = 0;
    for (; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, digits++) v = v * 10 + (s.p[i] - '0');
    if (i < s.n && s.p[i] == '.')
        for (i++; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++, digits++) {
            v = v * 10 + (s.p[i] - '0');
            unit *= 10;
        }
    if (i != s.n || digits == 0 || digits > 10 || v / unit > limit) return false;
    *out = (float)(minus ? -v / unit : v / unit);
    return true;
}

bool sr_place_point(sr_str lat, sr_str lon, float *y, float *x) { return degrees(lat, 90, y) && degrees(lon, 180, x); }

static bool number(sr_str s, uint32_t *out) {
    uint64_t v = 0;
    if (s.n && (!sr_str_u64(s, &v) || v > UINT32_MAX)) return false;
    *out = (uint32_t)v;
    return true;
}

static bool upper_letters(sr_str s, uint32_t n) {
    for (uint32_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    return s.n == n;
}

static void add_country(builder *b, sr_str code, sr_kref name) {
    sr_kcountry c = {.value = name};
    memcpy(c.code, code.p, 3);
    for (uint32_t i = 0; i < b->country.n; i++)
        if (memcmp(b->country.v[i].code, c.code, 4) == 0) return;
    SR_PUSH(b->a, &b->country, c);
}

static void add_like(builder *b, sr_str name) {
    sr_klike l = {sr_spell_key(name), b->place.n - 1};
    if (l.key) SR_PUSH(b->a, &b->like, l);
}

/* "Al-Tanf" as "al-Tanf", so that the capital which a text must have is that of the name. */
static sr_str small_article(builder *b, sr_str name) {
    static const char *const all[] = {"Al-", "El-", "An-", "Ar-", "As-", "Ash-", "Ad-", "Az-", "At-", "Al ", "El "};
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (!sr_str_starts(name, all[i]) || name.n < strlen(all[i]) + 3) continue;
        sr_str copy = sr_arena_dup(b->a, name);
        ((char *)(uintptr_t)copy.p)[0] |= 0x20;
        return copy;
    }
    return name;
}

static void add_row(builder *b, sr_str row, const char *file, uint32_t line) {
    sr_str c[C_N] = {{NULL, 0}}, name;
    sr_kplace p;
    int n = 0;
    memset(&p, 0, sizeof p);
    for (sr_str rest = row; rest.p; n++) {
        sr_str cell = sr_str_cut(&rest, '\t');
        if (n < C_N) c[n] = sr_str_trim(cell);
    }
    if (n != C_N) {
        sr_kproblem(b->problems, file, line, "%d columns, not %d%s", n, C_N,
                    n < C_N ? ": is the file cut off?" : "");
        return;
    }
    bool ok = c[C_NAME].n && degrees(c[C_LAT], 90, &p.lat) && degrees(c[C_LON], 180, &p.lon) &&
              upper_letters(c[C_CLASS], 1) && c[C_CODE].n < sizeof p.feature_code &&
              (c[C_COUNTRY].n == 0 || upper_letters(c[C_COUNTRY], 3)) &&
              number(c[C_POPULATION], &p.population) && number(c[C_ID], &p.geonameid);
    if (!ok) {
        sr_kproblem(b->problems, file, line,
                    "not a place: name, latitude, longitude, class, country or a number is wrong");
        return;
    }
    if (b->place.n > SR_KINDEX_MAX) {
        sr_kproblem(b->problems, file, line, "more than %u places", SR_KINDEX_MAX + 1);
        return;
    }
    p.name = sr_kpool_add(&b->text, c[C_NAME]);
    p.province = sr_kpool_add(&b->text, c[C_PROVINCE]);
    p.district = sr_kpool_add(&b->text, c[C_DISTRICT]);
    p.feature_class = c[C_CLASS].p[0];
    memcpy(p.feature_code, c[C_CODE].p, c[C_CODE].n);
    if (c[C_COUNTRY].n) memcpy(p.country, c[C_COUNTRY].p, 3);
    if (c[C_COUNTRY].n && sr_str_starts(c[C_CODE], "PCL"))
        add_country(b, c[C_COUNTRY], p.name);

    uint32_t hit = sr_khit(SR_K_PLACE, 0, 0, b->place.n), rank = UINT32_MAX - p.population;
    SR_PUSH(b->a, &b->place, p);
    /* Names that no text will hold (longer than a phrase, only marks) are no mistake of the row. */
    sr_kphrase_add(&b->names, small_article(b, c[C_NAME]), hit, rank);
    add_like(b, c[C_NAME]);
    while (sr_knext_item(&c[C_ALTERNATES], 0, &name)) {
        sr_kphrase_add(&b->names, small_article(b, name), hit, rank);
        add_like(b, name);
    }
}

static void read_table(builder *b, const sr_source *src) {
    sr_str rest = src->text;
    uint32_t line = 0;
    size_t bad;
    if (!sr_str_starts(rest, "# columns:")) {
        sr_kproblem(b->problems, src->name, 1, "the first line of a table is \"# columns: ...\"");
        return;
    }
    while (rest.n) {
        sr_str row = sr_str_cut(&rest, '\n');
        line++;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        if (!sr_utf8_valid(row.p, row.n, &bad))
            sr_kproblem(b->problems, src->name, line, "not valid UTF-8");
        else if (row.n > 60000)
            sr_kproblem(b->problems, src->name, line, "longer than 60000 bytes");
        else if (row.n && row.p[0] != '#')
            add_row(b, row, src->name, line);
        if (!rest.p)
            sr_kproblem(b->problems, src->name, line, "no end of line: is the file cut off?");
    }
}

/* ---- spellings ---------------------------------------------------------------------------- */

/* For qsort: populations beside keys. */
typedef struct ranked { sr_klike like; uint32_t population; } ranked;

static int by_key(const void *a, const void *b) {
    const ranked *x = a, *y = b;
    if (x->like.key != y->like.key) return x->like.key < y->like.key ? -1 : 1;
    if (x->population != y->population) return x->population > y->population ? -1 : 1;
    return x->like.place < y->like.place ? -1 : x->like.place > y->like.place;
}

static void sort_spellings(builder *b) {
    uint32_t n = b->like.n, kept = 0;
    ranked *all = SR_NEW_N(b->a, ranked, n);
    for (uint32_t i = 0; i < n; i++)
        all[i] = (ranked){b->like.v[i], b->place.v[b->like.v[i].place].population};
    if (n) qsort(all, n, sizeof *all, by_key);
    for (uint32_t i = 0; i < n; i++)
        if (i == 0 || memcmp(&all[i].like, &all[i - 1].like, sizeof all[i].like) != 0)
            b->like.v[kept++] = all[i].like;
    b->like.n = kept;
}

/* ---- words in the order that the trie wants ---------------------------------------------- */

typedef struct word { sr_str text; uint32_t number; bool begins; } word;

static int by_place_in_trie(const void *a, const void *b) {
    const word *x = a, *y = b;
    if (x->begins != y->begins) return x->begins ? -1 : 1;
    return sr_str_cmp(x->text, y->text);
}

static int by_code(const void *a, const void *b) {
    return memcmp(((const sr_kcountry *)a)->code, ((const sr_kcountry *)b)->code, 4);
}

/* Words that begin a name get the first ids, so that the root's edges need no search. */
static void number_words(builder *b, sr_str *sorted) {
    uint32_t n = b->names.word.v.n;
    word *w = SR_NEW_N(b->a, word, n);
    uint32_t *id = SR_NEW_N(b->a, uint32_t, n);
    for (uint32_t i = 0; i < n; i++) w[i] = (word){b->names.word.v.v[i], i, false};
    for (uint32_t i = 0; i < b->names.v.n; i++) w[b->names.v.v[i].word[0] - 1].begins = true;
    if (n) qsort(w, n, sizeof *w, by_place_in_trie);
    for (uint32_t i = 0; i < n; i++) {
        id[w[i].number] = i + 1;
        sorted[i] = w[i].text;
    }
    for (uint32_t i = 0; i < b->names.v.n; i++) {
        sr_kphrase *p = &b->names.v.v[i];
        for (uint32_t k = 0; k < p->n; k++) p->word[k] = id[p->word[k] - 1];
    }
}

/* ---- places that were compiled before -------------------------------------------------------- */

/* The names below a node of the trie, whose words so far are in `word`. */
static void add_names(builder *b, const sr_kview *v, uint32_t node, uint32_t *word, uint32_t n) {
    const uint32_t *node_edge = v->at[SR_KS_NODE_EDGE], *node_hit = v->at[SR_KS_NODE_HIT], *edge = v->at[SR_KS_EDGE],
                   *hit = v->at[SR_KS_HIT];
    const sr_kref *words = v->at[SR_KS_WORD];
    for (uint32_t h = node_hit[node]; h < node_hit[node + 1]; h++) {
        const sr_kplace *p = (const sr_kplace *)v->at[SR_KS_PLACE] + (hit[h] & SR_KINDEX_MAX);
        sr_kphrase phrase = {.n = n, .hit = hit[h], .rank = UINT32_MAX - p->population};
        phrase.word = SR_NEW_N(b->a, uint32_t, n);
        memcpy(phrase.word, word, sizeof *word * n);
        SR_PUSH(b->a, &b->names.v, phrase);
    }
    for (uint32_t e = node_edge[node]; e < node_edge[node + 1] && n < SR_PHRASE_WORDS_MAX; e++) {
        word[n] = sr_kintern_add(&b->names.word, sr_kview_text(v, words[edge[e] - 1])) + 1;
        add_names(b, v, e + 1, word, n + 1);
    }
}

static void add_part(builder *b, const sr_kview *v) {
    const sr_kplace *place = v->at[SR_KS_PLACE];
    const sr_kcountry *country = v->at[SR_KS_COUNTRY];
    const sr_klike *like = v->at[SR_KS_LIKE];
    uint32_t word[SR_PHRASE_WORDS_MAX];
    for (uint32_t i = 0; i < v->n[SR_KS_PLACE]; i++) {
        sr_kplace p = place[i];
        p.name = sr_kpool_add(&b->text, sr_kview_text(v, p.name));
        p.province = sr_kpool_add(&b->text, sr_kview_text(v, p.province));
        p.district = sr_kpool_add(&b->text, sr_kview_text(v, p.district));
        SR_PUSH(b->a, &b->place, p);
    }
    for (uint32_t i = 0; i < v->n[SR_KS_COUNTRY]; i++)
        add_country(b, sr_str_of(country[i].code, 3), sr_kpool_add(&b->text, sr_kview_text(v, country[i].value)));
    for (uint32_t i = 0; i < v->n[SR_KS_LIKE]; i++) SR_PUSH(b->a, &b->like, like[i]);
    add_names(b, v, 0, word, 0);
}

bool sr_kcompile_places(sr_buf *out, const sr_kview *before, const sr_source *src, size_t n_src, sr_kproblems *problems,
                        sr_arena *a, sr_arena *scratch) {
    builder b = {.a = a, .scratch = scratch, .problems = problems};
    sr_kwriter w;
    sr_kpool_init(&b.text, a);
    b.names.a = a;
    b.names.scratch = scratch;
    sr_kintern_init(&b.names.word, a);
    if (before) add_part(&b, before);
    for (size_t i = 0; i < n_src; i++)
        if (before || sr_str_ends(sr_str_z(src[i].name), ".tsv")) read_table(&b, &src[i]);
    if (problems->n && !before) return false; /* what is laid over may have faults: its good rows count */

    sr_str *words = SR_NEW_N(a, sr_str, b.names.word.v.n);
    number_words(&b, words);
    sr_kwriter_open(&w, out, SR_KP_PLACES);
    sr_kput_words(&w, &b.text, words, b.names.word.v.n, a);
    sr_kput_trie(&w, &b.names, SR_SAME_NAME_MAX);
    if (b.country.n) qsort(b.country.v, b.country.n, sizeof *b.country.v, by_code);
    sr_kwriter_put(&w, SR_KS_COUNTRY, b.country.v, b.country.n, sizeof *b.country.v);
    sr_kwriter_put(&w, SR_KS_PLACE, b.place.v, b.place.n, sizeof *b.place.v);
    sort_spellings(&b);
    sr_kwriter_put(&w, SR_KS_LIKE, b.like.v, b.like.n, sizeof *b.like.v);
    sr_kwriter_put(&w, SR_KS_TEXT, b.text.bytes.v, b.text.bytes.n, 1);
    return sr_kwriter_close(&w);
}

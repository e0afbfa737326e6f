/* gazette.c - GeoNames dumps and OCHA's tables of P-codes as tables of places.
 *
 *   1133616  Khogyani  Khogyani  Khugiani,...  34.28  69.96  A  ADM2  AF ...  ─▶  Khogyani  Khugiani  34.28  69.96  A ADM2 AFG ...
 *   ADM2_EN,ADM2_PCODE,ADM1_EN,...  Khogyani,AF0604,Nangarhar                 ─▶  Khogyani  AF0604 ...
 *
 * Left out of a dump: what the program has already, features that no report of an event is about (streams,
 * wells, hotels), and places that have an English word or a word of the codebook for their only name.
 */
#include <stdio.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "know/compile.h"
#include "know/gazette.h"

#include <stdlib.h>

#define ALTERNATES_MAX 12
#define LARGE 100000u
#define SMALL 1000u /* "small or not known", as in the program's own tables */

static const char head[] = "# columns: name\talternates(;)\tlat\tlon\tclass\tcode\tcountry alpha-3\tprovince name\t"
                           "district name\tpopulation\tgeonameid\n";

typedef struct importer {
    sr_buf *out, *problems;
    const sr_know *k;
    sr_arena *a;
    const char *file;
    uint32_t line, places, faults;
} importer;

static void fault(importer *m, const char *what, sr_str where) {
    if (m->faults++ < SR_PROBLEMS_MAX)
        sr_buf_printf(m->problems, "%s:%u: %s \"%.*s\"\n", m->file, m->line, what, (int)(where.n < 60 ? where.n : 60), where.n ? where.p : "");
}

/* ---- names ------------------------------------------------------------------------------------------ */

/* Can an English text hold it: Latin letters and marks, four words at most, no code of an airport. */
static bool is_plain_name(sr_str s) {
    uint32_t words = 1, letters = 0;
    bool lower = false;
    for (uint32_t i = 0, cp; i < s.n;) {
        i += sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (cp == ' ') words++;
        else if (sr_cp_alpha(cp)) letters++, lower |= !sr_cp_upper(cp);
        else if (cp < 0x80 && !strchr("-'.`", (char)cp)) return false;
        if (cp >= 0x250 && !(cp >= 0x1E00 && cp < 0x1F00) && cp != 0x2019 && cp != 0x2018) return false;
    }
    return letters >= 3 && words <= 4 && lower;
}

/* ";"-joined, those that differ from each other and from the name. */
static void put_alternates(importer *m, sr_str name, const sr_str *all, uint32_t n) {
    sr_str seen[ALTERNATES_MAX + 1] = {sr_str_fold(m->a, name)};
    uint32_t kept = 1;
    for (uint32_t i = 0; i < n && kept <= ALTERNATES_MAX; i++) {
        sr_str folded = sr_str_fold(m->a, all[i]);
        bool twice = !all[i].n || memchr(all[i].p, ';', all[i].n) || memchr(all[i].p, '\t', all[i].n);
        for (uint32_t k = 0; k < kept && !twice; k++) twice = sr_str_eq(seen[k], folded);
        if (twice) continue;
        sr_buf_printf(m->out, "%s%.*s", kept > 1 ? ";" : "", (int)all[i].n, all[i].p);
        seen[kept++] = folded;
    }
}

/* Tabs end a column, and some names have them. */
static void put_cell(importer *m, sr_str s, char end) {
    for (uint32_t i = 0; i < s.n; i++) sr_buf_char(m->out, s.p[i] == '\t' || s.p[i] == '\n' ? ' ' : s.p[i]);
    sr_buf_char(m->out, end);
}

/* ---- GeoNames --------------------------------------------------------------------------------------- */

enum { G_ID, G_NAME, G_ASCII, G_ALTERNATES, G_LAT, G_LON, G_CLASS, G_CODE, G_COUNTRY, G_CC2, G_ADM1, G_ADM2, G_ADM3,
       G_ADM4, G_POPULATION, G_ELEVATION, G_DEM, G_ZONE, G_DATE, G_N };

typedef struct unit_names { /* of codes such as "AF.29" */
    sr_kintern code;
    SR_VEC(sr_str) name;
} unit_names;

static void read_units(importer *m, unit_names *u, const sr_source *src) {
    sr_kintern_init(&u->code, m->a);
    for (sr_str rest = src ? src->text : SR_STR_NONE; rest.n;) {
        sr_str line = sr_str_cut(&rest, '\n'), code = sr_str_cut(&line, '\t'), name = sr_str_cut(&line, '\t');
        if (code.n && name.n && sr_kintern_add(&u->code, code) == u->name.n) SR_PUSH(m->a, &u->name, name);
    }
}

static sr_str unit_name(importer *m, const unit_names *u, const sr_str c[G_N], int level) {
    sr_str code = level == 1 ? sr_arena_printf(m->a, "%.*s.%.*s", (int)c[G_COUNTRY].n, c[G_COUNTRY].p, (int)c[G_ADM1].n, c[G_ADM1].p)
                             : sr_arena_printf(m->a, "%.*s.%.*s.%.*s", (int)c[G_COUNTRY].n, c[G_COUNTRY].p, (int)c[G_ADM1].n,
                                               c[G_ADM1].p, (int)c[G_ADM2].n, c[G_ADM2].p);
    uint32_t i = sr_kintern_find(&u->code, code);
    return i == UINT32_MAX ? SR_STR_NONE : u->name.v[i];
}

/* Towns that stand, units, islands, passes, lakes and seas, bases, camps, posts, plants, ports. */
static bool is_of_use(sr_str class, sr_str code) {
    static const char *const other[] = {"ISL", "ISLS", "PASS", "MTS", "PEN", "BAY", "GULF", "LK", "SEA", "STRT", "RSV", "CHN",
                                        "CNL", "AIRB", "AIRF", "AIRP", "BRKS", "CMPRF", "CSTM", "DAM", "INSM", "MILB", "NVB",
                                        "PS", "PSN", "PRT", "OILF", "RGN", NULL};
    static const char *const gone[] = {"PPLQ", "PPLW", "PPLH", "PPLCH", NULL};
    if (!class.n) return false;
    if (class.p[0] == 'P') return sr_term_find(gone, code) < 0;
    if (class.p[0] == 'A') return code.n == 4 && sr_str_starts(code, "ADM") && code.p[3] >= '1' && code.p[3] <= '4';
    return sr_term_find(other, code) >= 0;
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static bool is_common_word(const importer *m, sr_str name) {
    return !memchr(name.p, ' ', name.n) && !memchr(name.p, '-', name.n) && sr_know_in_book(m->k, sr_str_fold(m->a, name));
}

static void geonames_row(importer *m, sr_str row, const unit_names *adm1, const unit_names *adm2, const uint32_t *known, uint32_t n_known) {
    sr_str c[G_N] = {{NULL, 0}}, alternates[64];
    uint64_t id, population = 0;
    char country[4] = "";
    float lat, lon;
    int n = 0;
    for (sr_str rest = row; rest.p; n++) {
        sr_str cell = sr_str_trim(sr_str_cut(&rest, '\t'));
        if (n < G_N) c[n] = cell;
    }
    if (n != G_N) {
        fault(m, "not a row of a GeoNames dump, which has 19 columns:", row);
        return;
    }
    if (!is_of_use(c[G_CLASS], c[G_CODE])) return;
    bool seat = sr_str_is(c[G_CODE], "PPLA") || sr_str_is(c[G_CODE], "PPLC");
    if (!sr_str_u64(c[G_ID], &id) || id == 0 || id > UINT32_MAX) fault(m, "not a GeoNames id:", c[G_ID]);
    else if (c[G_POPULATION].n && !sr_str_u64(c[G_POPULATION], &population)) fault(m, "not a number of people:", c[G_POPULATION]);
    else if (!sr_place_point(c[G_LAT], c[G_LON], &lat, &lon)) fault(m, "not degrees of latitude and longitude:", row);
    else if (c[G_COUNTRY].n && !sr_alpha3(country, c[G_COUNTRY])) fault(m, "no such country:", c[G_COUNTRY]);
    else {
        uint32_t key = (uint32_t)id, n_alt = 0;
        if (n_known && bsearch(&key, known, n_known, sizeof key, by_number)) return;
        sr_str name = is_plain_name(c[G_NAME]) ? c[G_NAME] : c[G_ASCII], alt;
        if (!is_plain_name(name) || (!seat && population < LARGE && is_common_word(m, name))) return;
        alternates[n_alt++] = c[G_ASCII];
        for (sr_str rest = c[G_ALTERNATES]; rest.p && n_alt < 64;) {
            alt = sr_str_trim(sr_str_cut(&rest, ','));
            if (is_plain_name(alt) && !is_common_word(m, alt)) alternates[n_alt++] = alt;
        }
        if (population == 0) population = SMALL;
        if (population > UINT32_MAX) population = UINT32_MAX;
        put_cell(m, name, '\t');
        put_alternates(m, name, alternates, n_alt);
        sr_buf_printf(m->out, "\t%.*s\t%.*s\t%c\t%.*s\t%s\t", (int)c[G_LAT].n, c[G_LAT].p, (int)c[G_LON].n, c[G_LON].p, c[G_CLASS].p[0],
                      (int)c[G_CODE].n, c[G_CODE].p, country);
        put_cell(m, unit_name(m, adm1, c, 1), '\t');
        put_cell(m, unit_name(m, adm2, c, 2), '\t');
        sr_buf_printf(m->out, "%u\t%u\n", (unsigned)population, (unsigned)id);
        m->places++;
    }
}

uint32_t sr_know_import_geonames(sr_buf *out, sr_buf *problems, uint32_t *faults, const sr_know *k, const sr_source *dump,
                                 const sr_source *admin1, const sr_source *admin2, sr_arena *a, sr_arena *scratch) {
    importer m = {.out = out, .problems = problems, .k = k, .a = a, .file = dump->name};
    unit_names adm1 = {.name = {NULL, 0, 0}}, adm2 = {.name = {NULL, 0, 0}};
    uint32_t n_known = 0, *known = SR_NEW_N(a, uint32_t, sr_know_n_places(k));
    read_units(&m, &adm1, admin1);
    read_units(&m, &adm2, admin2);
    for (uint32_t i = 0; i < sr_know_n_places(k); i++) {
        uint32_t id = sr_know_place(k, i).geonameid;
        if (id) known[n_known++] = id;
    }
    if (n_known) qsort(known, n_known, sizeof *known, by_number);
    sr_buf_z(out, head);
    m.a = scratch;
    for (sr_str rest = dump->text; rest.n;) {
        sr_str row = sr_str_cut(&rest, '\n');
        size_t bad;
        m.line++;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        sr_arena_clear(scratch);
        if (!sr_utf8_valid(row.p, row.n, &bad)) fault(&m, "not valid UTF-8:", SR_STR_NONE);
        else if (row.n && row.p[0] != '#') geonames_row(&m, row, &adm1, &adm2, known, n_known);
    }
    *faults = m.faults;
    return m.places;
}

/* ---- P-codes ---------------------------------------------------------------------------------------- */

#define CELLS_MAX 64
#define LEVELS 5 /* 0 is the state */

/* Which column holds what; -1: none. */
typedef struct columns {
    int name[LEVELS], code[LEVELS], lat, lon;
    int level, any_name, any_code, parent, state; /* of tables with one unit of any level in a row */
    struct { int at, level; } other[CELLS_MAX];    /* names in other languages */
    int n_other;
} columns;

/* One line of a CSV file, quotes taken off. */
static int csv_cells(importer *m, sr_str row, char sep, sr_str cell[CELLS_MAX]) {
    int n = 0;
    uint32_t i = 0;
    do {
        char *copy = sr_arena_alloc(m->a, row.n - i + 1);
        uint32_t len = 0;
        bool quoted = i < row.n && row.p[i] == '"';
        if (quoted) i++;
        while (i < row.n && (quoted || row.p[i] != sep)) {
            if (quoted && row.p[i] == '"') {
                if (i + 1 < row.n && row.p[i + 1] == '"') i++;
                else {
                    quoted = false;
                    i++;
                    continue;
                }
            }
            copy[len++] = row.p[i++];
        }
        if (n < CELLS_MAX) cell[n] = sr_str_trim(sr_str_of(copy, len));
        n++;
    } while (i++ < row.n);
    return n;
}

static bool is_one_of(sr_str s, const char *const *list) { return sr_term_find(list, s) >= 0; }

/* "adm2_en", "ADM2_PCODE", "admin2Name_en": the level, and what follows it. */
static int level_of(sr_str title, sr_str *rest) {
    uint32_t at = sr_str_starts(title, "admin") ? 5 : sr_str_starts(title, "adm") ? 3 : 0;
    if (!at || at >= title.n || title.p[at] < '0' || title.p[at] >= '0' + LEVELS) return -1;
    *rest = sr_str_of(title.p + at + 1, title.n - at - 1);
    while (rest->n && rest->p[0] == '_') rest->p++, rest->n--;
    return title.p[at] - '0';
}

static bool read_titles(importer *m, columns *c, const sr_str *cell, int n) {
    static const char *const lats[] = {"lat", "latitude", "center_lat", "centroid_lat", "point_y", "y", NULL};
    static const char *const lons[] = {"lon", "long", "lng", "longitude", "center_lon", "centroid_lon", "point_x", "x", NULL};
    static const char *const english[] = {"en", "name", "name_en", "nameen", NULL};
    memset(c, -1, sizeof *c);
    c->n_other = 0;
    for (int i = 0; i < n && i < CELLS_MAX; i++) {
        sr_str t = sr_str_fold(m->a, cell[i]), rest;
        int level = level_of(t, &rest);
        if (level >= 0 && (sr_str_is(rest, "pcode") || sr_str_is(rest, "code"))) c->code[level] = i;
        else if (level >= 0 && is_one_of(rest, english)) c->name[level] = i;
        else if (level >= 0 && (rest.n == 2 || sr_str_starts(rest, "alt") || sr_str_starts(rest, "ref") || sr_str_starts(rest, "name")))
            c->other[c->n_other].at = i, c->other[c->n_other++].level = level;
        else if (is_one_of(t, lats)) c->lat = i;
        else if (is_one_of(t, lons)) c->lon = i;
        else if (sr_str_is(t, "admin level")) c->level = i;
        else if (sr_str_is(t, "p-code") || sr_str_is(t, "pcode")) c->any_code = i;
        else if (sr_str_is(t, "name")) c->any_name = i;
        else if (sr_str_is(t, "parent p-code")) c->parent = i;
        else if (sr_str_is(t, "location")) c->state = i;
    }
    bool single = c->level >= 0 && c->any_code >= 0 && c->any_name >= 0 && c->state >= 0, levels = false;
    for (int k = 1; k < LEVELS; k++) levels |= c->name[k] >= 0 && c->code[k] >= 0;
    if (!single) c->level = -1;
    return single || (levels && c->code[0] >= 0);
}

/* The unit of this name in the program's own gazetteer: of this level if there is one, else any place. */
static bool find_known(const importer *m, sr_str name, const char *country, int level, sr_place *out) {
    uint32_t at[SR_SAME_NAME_MAX], n = sr_know_find_places(m->k, name, at, SR_SAME_NAME_MAX);
    bool found = false;
    for (uint32_t i = 0; i < n; i++) {
        sr_place p = sr_know_place(m->k, at[i]);
        if (strcmp(p.country_code, country) != 0) continue;
        bool same = p.feature_class == 'A' && p.feature_code[3] == '0' + level && (p.population || level != 2);
        if (!found || same) *out = p;
        found = true;
        if (same) break;
    }
    return found;
}

static sr_str cell_at(const sr_str *cell, int n, int at) { return at >= 0 && at < n ? cell[at] : SR_STR_NONE; }

/* Where units stand that were read before, for those below them. */
typedef struct parents {
    sr_kintern code;
    SR_VEC(sr_place) place;
    sr_arena *a;
} parents;

static void pcode_row(importer *m, const columns *c, const sr_str *cell, int n, parents *above) {
    char country[4] = "";
    int level = 0;
    sr_str name, code, parent = SR_STR_NONE, state, alternates[CELLS_MAX];
    if (c->level >= 0) {
        uint64_t v = 0;
        sr_str shown = cell_at(cell, n, c->level);
        if (!sr_str_u64(shown, &v) || v >= LEVELS) {
            fault(m, "not a level:", shown);
            return;
        }
        level = (int)v;
        name = cell_at(cell, n, c->any_name);
        code = cell_at(cell, n, c->any_code);
        parent = cell_at(cell, n, c->parent);
        state = cell_at(cell, n, c->state);
        if (state.n == 3) memcpy(country, state.p, 3);
        if (sr_know_country(m->k, country) == UINT32_MAX) country[0] = '\0';
    } else {
        for (int k = 1; k < LEVELS; k++)
            if (cell_at(cell, n, c->name[k]).n && cell_at(cell, n, c->code[k]).n) level = k;
        name = cell_at(cell, n, c->name[level]);
        code = cell_at(cell, n, c->code[level]);
        if (level > 1) parent = cell_at(cell, n, c->code[level - 1]);
        state = cell_at(cell, n, c->code[0]);
        if (state.n == 2) sr_alpha3(country, state);
        else if (state.n == 3 && sr_know_country(m->k, (char[4]){state.p[0], state.p[1], state.p[2], 0}) != UINT32_MAX) memcpy(country, state.p, 3);
    }
    if (!country[0]) {
        fault(m, "no such country:", state);
        return;
    }
    if (level == 0) return; /* the state itself */
    if (!name.n || !code.n || memchr(code.p, ';', code.n)) {
        fault(m, "no name or no P-code in", sr_str_of(cell[0].p, cell[0].n));
        return;
    }
    sr_place p;
    float y, x;
    memset(&p, 0, sizeof p);
    sr_str lat = cell_at(cell, n, c->lat), lon = cell_at(cell, n, c->lon);
    uint32_t up = parent.n ? sr_kintern_find(&above->code, parent) : UINT32_MAX;
    bool known = find_known(m, name, country, level, &p), placed = sr_place_point(lat, lon, &y, &x);
    sr_str within = c->level < 0 && level > 1 ? cell_at(cell, n, c->name[level - 1]) : SR_STR_NONE;
    sr_place outer;
    if (!placed && known) {
        lat = sr_arena_printf(m->a, "%.4f", (double)p.lat);
        lon = sr_arena_printf(m->a, "%.4f", (double)p.lon);
    } else if (!placed && up != UINT32_MAX) { /* as near as can be told */
        lat = sr_arena_printf(m->a, "%.4f", (double)above->place.v[up].lat);
        lon = sr_arena_printf(m->a, "%.4f", (double)above->place.v[up].lon);
    } else if (!placed && within.n && find_known(m, within, country, level - 1, &outer)) {
        lat = sr_arena_printf(m->a, "%.4f", (double)outer.lat);
        lon = sr_arena_printf(m->a, "%.4f", (double)outer.lon);
    } else if (!placed) {
        fault(m, "no coordinates, and no place known by the name of", name);
        return;
    }
    sr_str province = level == 1 ? name : cell_at(cell, n, c->name[1]), district = level == 2 ? name : cell_at(cell, n, c->name[2]);
    if (!province.n && up != UINT32_MAX) province = above->place.v[up].province;
    uint32_t n_alt = 0;
    alternates[n_alt++] = code;
    for (int i = 0; i < c->n_other; i++) {
        sr_str alt = cell_at(cell, n, c->other[i].at);
        if (c->other[i].level == level && is_plain_name(alt)) alternates[n_alt++] = alt;
    }
    put_cell(m, name, '\t');
    put_alternates(m, name, alternates, n_alt);
    sr_buf_printf(m->out, "\t%.*s\t%.*s\tA\tADM%d\t%s\t", (int)lat.n, lat.p, (int)lon.n, lon.p, level, country);
    put_cell(m, province, '\t');
    put_cell(m, district, '\t');
    sr_buf_printf(m->out, "%u\t%u\n", (unsigned)(placed || (known && p.population) ? (p.population > SMALL ? p.population : SMALL) : 0),
                  (unsigned)(known && p.feature_class == 'A' ? p.geonameid : 0));
    m->places++;
    if (sr_kintern_add(&above->code, code) == above->place.n) {
        p.province = sr_arena_dup(above->a, province);
        sr_place_point(lat, lon, &p.lat, &p.lon);
        SR_PUSH(above->a, &above->place, p);
    }
}

uint32_t sr_know_import_pcodes(sr_buf *out, sr_buf *problems, uint32_t *faults, const sr_know *k, const sr_source *table, sr_arena *a,
                               sr_arena *scratch) {
    importer m = {.out = out, .problems = problems, .k = k, .a = a, .file = table->name};
    parents above = {.place = {NULL, 0, 0}, .a = a};
    columns c;
    sr_str rest = table->text, cell[CELLS_MAX];
    *faults = 0;
    sr_kintern_init(&above.code, a);
    if (sr_str_starts(rest, "\xEF\xBB\xBF")) rest.p += 3, rest.n -= 3;
    sr_str titles = sr_str_trim(sr_str_cut(&rest, '\n'));
    m.line = 1;
    char sep = memchr(titles.p, '\t', titles.n) ? '\t' : memchr(titles.p, ';', titles.n) ? ';' : ',';
    if (!read_titles(&m, &c, cell, csv_cells(&m, titles, sep, cell))) {
        fault(&m, "no columns of names and P-codes (ADM0_PCODE, ADM1_EN, ADM1_PCODE ... or Location, Admin Level, P-Code, Name) in", titles);
        *faults = m.faults;
        return 0;
    }
    sr_buf_z(out, head);
    m.a = scratch;
    while (rest.n) {
        sr_str row = sr_str_cut(&rest, '\n');
        size_t bad;
        m.line++;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        sr_arena_clear(scratch);
        if (!row.n || row.p[0] == '#') continue; /* HXL tags */
        if (!sr_utf8_valid(row.p, row.n, &bad)) fault(&m, "not valid UTF-8:", SR_STR_NONE);
        else pcode_row(&m, &c, cell, csv_cells(&m, row, sep, cell), &above);
    }
    *faults = m.faults;
    return m.places;
}

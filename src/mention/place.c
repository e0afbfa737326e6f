/* place.c - which place a name means, whether it is meant as a place, and the list of locations.
 *
 *   "in Quetta, Pakistan"   Quetta: the one in Pakistan, since the country stands beside it
 *   "Islamabad demanded"    a government, not a place
 *
 * A name has many gazetteer entries. Each is scored by what the document says (its country or province
 * named beside the name, or elsewhere in the document), by its size, and by how many other places of
 * the document lie near it; in rounds, since places that were sure in one speak for the next.
 */
#include "mention/impl.h"

/* ---- countries of the document ------------------------------------------------------------------ */

/* A document names few countries; past this many they say nothing. */
#define COUNTRIES_MAX 48

typedef struct tally {
    char code[COUNTRIES_MAX][4];
    float weight[COUNTRIES_MAX];
    uint32_t n;
    struct {
        char country[4];
        sr_str name;
        float weight;
    } province[COUNTRIES_MAX];
    uint32_t n_provinces;
    struct {
        sr_str name;
        float lat, lon;
    } spot[COUNTRIES_MAX]; /* towns and the like, each once */
    uint32_t n_spots;
} tally;

static bool same_name(sr_str a, sr_str b) { return a.n && sr_str_eq(a, b); }

static void tally_add(tally *t, const char code[4], float w) {
    if (!code[0]) return;
    for (uint32_t i = 0; i < t->n; i++)
        if (memcmp(t->code[i], code, 4) == 0) {
            t->weight[i] += w;
            return;
        }
    if (t->n == COUNTRIES_MAX) return;
    memcpy(t->code[t->n], code, 4);
    t->weight[t->n++] = w;
}

static float tally_of(const tally *t, const char code[4]) {
    for (uint32_t i = 0; i < t->n; i++)
        if (memcmp(t->code[i], code, 4) == 0) return t->weight[i];
    return 0;
}

static float *province_of(tally *t, const char country[4], sr_str name, bool add) {
    for (uint32_t i = 0; i < t->n_provinces; i++)
        if (!memcmp(t->province[i].country, country, 4) && sr_str_eq(t->province[i].name, name))
            return &t->province[i].weight;
    if (!add || !name.n || t->n_provinces == COUNTRIES_MAX) return NULL;
    memcpy(t->province[t->n_provinces].country, country, 4);
    t->province[t->n_provinces].name = name;
    t->province[t->n_provinces].weight = 0;
    return &t->province[t->n_provinces++].weight;
}

static bool is_large(const sr_place *p) {
    return !strncmp(p->feature_code, "PCL", 3) || !strcmp(p->feature_code, "ADM1");
}

/* A place that the document names speaks for its country, its province and its surroundings. */
static void tally_place(tally *t, const sr_place *p, float w) {
    tally_add(t, p->country_code, w);
    float *province = province_of(t, p->country_code, p->province, true);
    if (province) *province += w;
    if (is_large(p)) return;
    for (uint32_t i = 0; i < t->n_spots; i++)
        if (sr_str_eq(t->spot[i].name, p->name)) return;
    if (t->n_spots == COUNTRIES_MAX) return;
    t->spot[t->n_spots].name = p->name;
    t->spot[t->n_spots].lat = p->lat;
    t->spot[t->n_spots++].lon = p->lon;
}

#define NEAR_DEGREES 1.4f /* of latitude: 155 km */

/* Spots of other names around p. The cosine by its series, which is the same on every machine. */
static int spots_near(const tally *t, const sr_place *p) {
    int n = 0;
    float x = p->lat * 0.0174533f, x2 = x * x, cosine = 1 - x2 / 2 + x2 * x2 / 24;
    for (uint32_t i = 0; i < t->n_spots; i++) {
        float dy = t->spot[i].lat - p->lat, dx = (t->spot[i].lon - p->lon) * cosine;
        n += dx * dx + dy * dy < NEAR_DEGREES * NEAR_DEGREES &&
             !sr_str_eq(t->spot[i].name, p->name);
    }
    return n;
}

/* ---- choosing ----------------------------------------------------------------------------------- */

/* log2, near enough to rank sizes by, the same on every machine. */
static float size_of(uint32_t population) {
    float n = 0;
    while (population) n += 1, population >>= 1;
    return n;
}

/* What stands beside a name and says where it lies: a unit, or the short form of a province. */
typedef struct beside {
    sr_str name;
    char country[4];
    bool is_place;
} beside;

/* Short forms of American states and Canadian provinces, as agencies and the mail write them. */
static const struct {
    const char *name, *forms, *country;
} short_forms[] = {
    {"Alabama", "ala|al", "USA"}, {"Alaska", "ak", "USA"}, {"Arizona", "ariz|az", "USA"},
    {"Arkansas", "ark|ar", "USA"}, {"California", "calif|ca", "USA"}, {"Colorado", "colo|co", "USA"},
    {"Connecticut", "conn|ct", "USA"}, {"Delaware", "del|de", "USA"},
    {"District of Columbia", "dc", "USA"}, {"Florida", "fla|fl", "USA"}, {"Georgia", "ga", "USA"},
    {"Hawaii", "hi", "USA"}, {"Idaho", "id", "USA"}, {"Illinois", "ill|il", "USA"},
    {"Indiana", "ind|in", "USA"}, {"Iowa", "ia", "USA"}, {"Kansas", "kan|kans|ks", "USA"},
    {"Kentucky", "ky", "USA"}, {"Louisiana", "la", "USA"}, {"Maine", "me", "USA"},
    {"Maryland", "md", "USA"}, {"Massachusetts", "mass|ma", "USA"}, {"Michigan", "mich|mi", "USA"},
    {"Minnesota", "minn|mn", "USA"}, {"Mississippi", "miss|ms", "USA"}, {"Missouri", "mo", "USA"},
    {"Montana", "mont|mt", "USA"}, {"Nebraska", "neb|nebr|ne", "USA"}, {"Nevada", "nev|nv", "USA"},
    {"New Hampshire", "nh", "USA"}, {"New Jersey", "nj", "USA"}, {"New Mexico", "nm", "USA"},
    {"New York", "ny", "USA"}, {"North Carolina", "nc", "USA"}, {"North Dakota", "nd", "USA"},
    {"Ohio", "oh", "USA"}, {"Oklahoma", "okla|ok", "USA"}, {"Oregon", "ore|or", "USA"},
    {"Pennsylvania", "pa|penn", "USA"}, {"Rhode Island", "ri", "USA"},
    {"South Carolina", "sc", "USA"}, {"South Dakota", "sd", "USA"}, {"Tennessee", "tenn|tn", "USA"},
    {"Texas", "tex|tx", "USA"}, {"Utah", "ut", "USA"}, {"Vermont", "vt", "USA"},
    {"Virginia", "va", "USA"}, {"Washington", "wash|wa", "USA"}, {"West Virginia", "wva|wv", "USA"},
    {"Wisconsin", "wis|wisc|wi", "USA"}, {"Wyoming", "wyo|wy", "USA"}, {"Ontario", "ont", "CAN"},
    {"Quebec", "que", "CAN"}, {"British Columbia", "bc", "CAN"}, {"Alberta", "alta", "CAN"},
    {"Manitoba", "man", "CAN"}, {"Saskatchewan", "sask", "CAN"}, {"Nova Scotia", "ns", "CAN"},
    {"New Brunswick", "nb", "CAN"},
};

/* "Alexandria, Va.", "Alexandria, VA": a capital, and either a stop or nothing but capitals. */
static bool short_form(const sr_word *w, beside *out) {
    char letters[8];
    uint32_t n = 0;
    bool stop = false;
    if (w->form.n > 6 || w->form.p[0] < 'A' || w->form.p[0] > 'Z') return false;
    for (uint32_t i = 0; i < w->folded.n && n < sizeof letters; i++) {
        if (w->folded.p[i] == '.') stop = true;
        else letters[n++] = w->folded.p[i];
    }
    if (n < 2 || (!stop && (n != 2 || !sr_str_allcaps(w->form)))) return false;
    for (size_t k = 0; k < sizeof short_forms / sizeof *short_forms; k++) {
        if (!sr_m_one_of(sr_str_of(letters, n), short_forms[k].forms)) continue;
        out->name = sr_str_z(short_forms[k].name);
        memcpy(out->country, short_forms[k].country, 4);
        out->is_place = true;
        return true;
    }
    return false;
}

/* Whose country or province stands beside u: "Quetta, Balochistan", "Paris (France)", "Khost
 * province of Afghanistan", "Alexandria, Va.". */
static bool find_beside(const sr_mctx *c, const sr_unit *u, beside *out) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    int i = u->last + 1;
    for (int step = 0; i < s->n && step < 4; i++, step++) {
        if (i > u->last + 1 && sr_m_one_of(s->w[i - 1].folded, ",|(") && short_form(&s->w[i], out))
            return true;
        const sr_unit *v = sr_m_unit(c, u->sent, i);
        if (v && v->first != i) return false;
        if (v) {
            out->name = sr_m_text(c, s, v->first, v->last);
            memcpy(out->country, v->country, 4);
            out->is_place = v->is_place;
            return true;
        }
        if (sr_m_one_of(s->w[i].folded, ",|(|in|of|the|'s") ||
            sr_m_in(c, SR_M_FEATURE, u->sent, i) || s->w[i].upos == SR_ADJ)
            continue;
        break;
    }
    return false;
}

static float score(const sr_mctx *c, const sr_unit *u, const sr_place *p, const beside *near,
                   tally *t) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    float x = size_of(p->population) * 0.5f;
    if (sr_str_is(sr_str_z(p->feature_code), "PPLC")) x += 4;
    else if (!strncmp(p->feature_code, "PCL", 3)) x += 12;
    else if (!strcmp(p->feature_code, "ADM1")) x += 1;
    else if (!strcmp(p->feature_code, "PPLA"))
        x += 3; /* of two with one name the town is meant */
    else if (!strcmp(p->feature_code, "ADM2"))
        x += p->population ? 1 : -3; /* without towns it stands where its province does */
    float w = tally_of(t, p->country_code);
    if (w > 0) x += 3 + (w > 4 ? 4 : w);
    const float *province = is_large(p) ? NULL : province_of(t, p->country_code, p->province, false);
    if (province) x += 1 + (*province > 4 ? 4 : *province);
    int spots = is_large(p) ? 0 : spots_near(t, p);
    x += (float)(spots > 3 ? 3 : spots) * 1.5f;
    if (near) {
        if (near->country[0] && !near->is_place && !strcmp(near->country, p->country_code))
            x += 12;
        else if (near->country[0] && !strcmp(near->country, p->country_code)) x += 6;
        if (same_name(near->name, p->province) || same_name(near->name, p->country)) x += 12;
        else if (same_name(near->name, p->district)) x += 8;
    }
    int k = u->last + 1;
    if (k < s->n && sr_m_in(c, SR_M_FEATURE, u->sent, k)) {
        if (sr_m_one_of(s->w[k].lemma, "city|town|village"))
            x += p->feature_class == 'P' ? 5 : 0;
        else if (sr_m_one_of(s->w[k].lemma, "river|lake|sea|gulf|strait"))
            x += p->feature_class == 'H' ? 5 : 0;
        else x += p->feature_class == 'A' ? 5 : 0;
    }
    if (u->first >= 2 && sr_m_one_of(s->w[u->first - 1].folded, "of") &&
        sr_m_in(c, SR_M_FEATURE, u->sent, u->first - 2)) {
        if (sr_m_one_of(s->w[u->first - 2].lemma, "city|town|village|port"))
            x += p->feature_class == 'P' ? 5 : 0;
        else x += p->feature_class == 'A' ? 5 : 0;
    }
    if (sr_str_eq(sr_m_text(c, s, u->first, u->last), p->name)) x += 1;
    return x;
}

/* A village's name is many other things. It is believed where its country is spoken of, or where its
 * province or country stands beside it; else nothing is better than a guess. */
#define VILLAGE_MAX 5000 /* people */

static bool is_supported(const sr_unit *u, const sr_place *p, const beside *near, const tally *t) {
    if (!u->is_like && (p->population >= VILLAGE_MAX || p->feature_class == 'H' || is_large(p)))
        return true;
    bool seat = !strcmp(p->feature_code, "PPLC") || !strcmp(p->feature_code, "PPLA");
    if (!u->is_like && (seat || u->only)) return true;
    if (tally_of(t, p->country_code) >= 0.5f) return true;
    return near && (!strcmp(near->country, p->country_code) || same_name(near->name, p->province) ||
                    same_name(near->name, p->country));
}

/* Places of one name are looked at again at each mention; a document that repeats a name with
 * many homonyms thousands of times must not pay for it. */
#define CANDIDATES_MAX 24

/* The gazetteer's entry of a country, by its English name; once a document. An empty name: none. */
static sr_place country_place(sr_mctx *c, const char code[4]) {
    for (uint32_t i = 0; i < c->country.n; i++)
        if (!memcmp(c->country.v[i].country_code, code, 4)) return c->country.v[i];
    sr_place found;
    memset(&found, 0, sizeof found);
    uint32_t index[SR_SAME_NAME_MAX];
    uint32_t n = sr_know_find_places(c->k, sr_know_country_name(c->k, code), index, SR_SAME_NAME_MAX);
    for (uint32_t i = 0; i < n && !found.name.n; i++) {
        sr_place p = sr_know_place(c->k, index[i]);
        if (!strncmp(p.feature_code, "PCL", 3) && !strcmp(p.country_code, code)) found = p;
    }
    sr_m_code(found.country_code, code);
    SR_PUSH(c->a, &c->country, found);
    return found;
}

static void choose(sr_mctx *c, sr_unit *u, tally *t) {
    u->only = u->n_cand > 0;
    for (uint32_t k = 1; k < u->n_cand && u->only; k++)
        u->only = !strcmp(sr_know_place(c->k, c->cand.v[u->cand + k]).country_code,
                          sr_know_place(c->k, c->cand.v[u->cand]).country_code);
    u->only = u->only && (u->tag == SR_NAME_LOC || (u->last > u->first && u->tag == SR_NAME_ORG));
    float best = -1e9f;
    bool water = sr_m_one_of(sr_m_sent(c, u->sent)->w[u->last].folded,
                             "sea|ocean|gulf|river|strait|lake");
    bool country = u->is_actor && u->form != SR_F_CAPITAL && u->actor.kind == SR_A_COUNTRY;
    if (country) {
        const sr_unit *before =
            u->first >= 2 && sr_m_one_of(sr_m_sent(c, u->sent)->w[u->first - 1].folded, ",")
                ? sr_m_unit(c, u->sent, u->first - 2)
                : NULL;
        for (uint32_t k = 0; k < u->n_cand && k < CANDIDATES_MAX;
             k++) { /* "Atlanta, Georgia" */
            sr_place p = sr_know_place(c->k, c->cand.v[u->cand + k]);
            if (strcmp(p.feature_code, "ADM1") || !strcmp(p.country_code, u->country)) continue;
            bool beside_it =
                before && before->placed && !strcmp(before->country, p.country_code);
            if (!beside_it && tally_of(t, p.country_code) < 3 * tally_of(t, u->country) + 2)
                continue;
            u->is_actor = false;
            u->is_place = u->placed = true;
            u->place = p;
            sr_m_code(u->country, p.country_code);
            return;
        }
        sr_place p = country_place(c, u->country);
        u->placed = p.name.n != 0;
        if (u->placed) u->place = p;
        return;
    }
    beside at = {SR_STR_NONE, "", false};
    const beside *near = find_beside(c, u, &at) ? &at : NULL;
    uint32_t n = u->n_cand < CANDIDATES_MAX ? u->n_cand : CANDIDATES_MAX;
    for (uint32_t k = 0; k < n; k++) {
        sr_place p = sr_know_place(c->k, c->cand.v[u->cand + k]);
        float x = score(c, u, &p, near, t);
        bool region = u->is_actor && u->form != SR_F_CAPITAL && u->actor.kind == SR_A_REGION;
        if (!is_supported(u, &p, near, t)) continue;
        if (water && p.feature_class == 'A') continue; /* "the Red Sea" is no state of Sudan */
        if (region && strcmp(u->country, p.country_code)) continue; /* "Africa" is no town */
        if (u->is_actor && u->country[0] && strcmp(u->country, p.country_code)) x -= 4;
        /* "USA" is not "Usa" */
        sr_str text = sr_m_text(c, sr_m_sent(c, u->sent), u->first, u->last);
        if (text.n <= 4 && sr_str_allcaps(text) && !sr_m_sent(c, u->sent)->heading &&
            !sr_str_eq(text, p.name))
            continue;
        if (x > best) {
            best = x;
            u->place = p;
            u->placed = true;
        }
    }
    if (u->placed && (!(u->is_actor && u->form == SR_F_NAME) || !u->country[0]))
        sr_m_code(u->country, u->place.country_code);
}

/* ---- place or government? --------------------------------------------------------------------- */

#define LOCATIVE                                                                               \
    "in|at|near|inside|within|across|throughout|outside|around|through|over|into|along|"       \
    "beyond|via|above|off|amid|toward|towards"

static bool travel_governs(const sr_mctx *c, const sr_unit *u) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    int h = s->w[u->head].head;
    return h >= 0 && sr_m_in(c, SR_M_TRAVEL, u->sent, h);
}

/* A noun that a place stands with: "city of", "north of", "border with", "outskirts of". */
static bool feature_governs(const sr_mctx *c, const sr_unit *u) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    int h = s->w[u->head].head;
    return h >= 0 && (sr_m_in(c, SR_M_FEATURE, u->sent, h) || s->w[h].upos == SR_ADV ||
                      sr_m_one_of(s->w[h].lemma,
                                  "north|south|east|west|outskirts|center|centre|heart|streets|"
                                  "capital|part|northeast|northwest|southeast|southwest|edge|"
                                  "suburb|middle|airport|embassy|area|territory"));
}

static bool read_as_place(const sr_mctx *c, const sr_unit *u) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    if (!u->is_actor) return true;
    bool country = u->actor.kind == SR_A_COUNTRY || u->actor.kind == SR_A_REGION;
    /* the seat of a government; of a body ("Brussels") only if the tagger agrees */
    bool capital = u->form == SR_F_CAPITAL ||
                   (!country && u->is_place && u->placed && u->tag == SR_NAME_LOC);
    if ((!country && !capital) || u->form == SR_F_ADJ || u->form == SR_F_PEOPLE) return false;
    if (capital && !u->placed) return false; /* "the Kremlin" */
    const sr_word *w = &s->w[u->head];
    int p = sr_m_case(s, u->head), guard = 0, h = u->head;
    /* conjuncts are read as the first of them */
    while (p < 0 && s->w[h].rel == SR_R_CONJ && s->w[h].head >= 0 && guard++ < 16) {
        h = s->w[h].head;
        p = sr_m_case(s, h);
    }
    w = &s->w[h];
    /* "KABUL, Afghanistan", "Brisbane, Australia" */
    if ((w->rel == SR_R_APPOS || w->rel == SR_R_NMOD || w->rel == SR_R_LIST ||
         w->rel == SR_R_OBL || w->rel == SR_R_DEP) &&
        p < 0 && u->first >= 2 && sr_m_one_of(s->w[u->first - 1].folded, ",|(")) {
        const sr_unit *v = sr_m_unit(c, u->sent, u->first - 2);
        if (v && v->is_place && (v->country[0] && !strcmp(v->country, u->country))) return true;
    }
    if (p >= 0) {
        sr_str prep = s->w[p].folded;
        if (!capital && u->actor.kind == SR_A_COUNTRY && sr_m_one_of(prep, "at"))
            return false; /* "fired at Israel": nobody is at a country */
        if (sr_m_one_of(prep, LOCATIVE)) return true;
        if (sr_m_one_of(prep, "to")) return travel_governs(c, u) && w->rel != SR_R_IOBJ;
        if (sr_m_one_of(prep, "from"))
            return travel_governs(c, u) || (capital && w->rel == SR_R_OBL);
        if (sr_m_one_of(prep, "of"))
            return feature_governs(c, u) || (capital && w->rel == SR_R_OBL);
        if (sr_m_one_of(prep, "on") && capital) { /* "an air strike on Beirut", "sanctions on Minsk" */
            int g = w->head;
            return g >= 0 && sr_m_one_of(s->w[g].lemma,
                                         "strike|airstrike|attack|raid|bombing|bombardment|"
                                         "offensive|assault|march|advance|missile|rocket|bomb|"
                                         "curfew|siege");
        }
        if (sr_m_one_of(prep, "with|between|by")) {
            int g = w->head;
            return g >= 0 && sr_m_one_of(s->w[g].lemma, "border|frontier|boundary");
        }
        return false;
    }
    if (capital) {
        if (w->rel == SR_R_NSUBJ && w->sub == SR_S_PASS) return false;
        if (w->rel == SR_R_OBJ) return travel_governs(c, u);
        if (w->rel == SR_R_COMPOUND || w->rel == SR_R_AMOD) return true;
        if (w->rel == SR_R_ROOT && s->n > 1)
            return u->first == 0 && u->last + 1 < s->n &&
                   sr_m_one_of(s->w[u->last + 1].folded, ",|-|(");
    }
    if (w->rel == SR_R_COMPOUND && w->head >= 0)
        return feature_governs(c, u) &&
               sr_m_one_of(s->w[w->head].lemma, "border|frontier|airport|embassy");
    return false;
}

void sr_m_places_resolve(sr_mctx *c) {
    tally t;
    t.n = t.n_provinces = t.n_spots = 0;
    for (uint32_t i = 0; i < c->unit.n; i++) {
        sr_unit *u = &c->unit.v[i];
        if (u->is_actor && u->code.code[0] && sr_know_country(c->k, u->code.code) != UINT32_MAX)
            tally_add(&t, u->code.code, u->actor.kind == SR_A_COUNTRY ? 1.0f : 0.5f);
    }
    /* people of one name: the one whose country is spoken of most */
    for (uint32_t i = 0; i < c->unit.n; i++) {
        sr_unit *u = &c->unit.v[i];
        if (!u->n_alt || u->actor.kind != SR_A_PERSON) continue;
        float best = tally_of(&t, u->code.code) - 0.5f; /* its own vote */
        for (uint32_t k = 0; k < u->n_alt; k++) {
            sr_actor a = sr_know_actor(c->k, u->alt[k]);
            sr_code code = sr_actor_code_on(&a, c->doc->date);
            float w = tally_of(&t, code.code);
            if (!strcmp(code.code, u->code.code) || w <= best) continue;
            best = w;
            uint32_t was = u->actor_index;
            u->actor_index = u->alt[k];
            u->alt[k] = was;
            u->actor = a;
            u->code = code;
        }
    }
    /* First the names that have one entry, then all, then all again by what lies around them. */
    for (uint32_t i = 0; i < c->unit.n; i++) {
        sr_unit *u = &c->unit.v[i];
        if (u->n_cand == 0 && u->is_actor && u->country[0] && u->actor.kind == SR_A_COUNTRY &&
            (u->form == SR_F_NAME || u->form == SR_F_ACRONYM))
            choose(c, u, &t);
        if (u->n_cand != 1) continue;
        choose(c, u, &t);
        if (!u->is_actor && u->placed) tally_place(&t, &u->place, 1.0f);
    }
    uint32_t sure = t.n_spots;
    for (int round = 0; round < 2; round++) {
        for (uint32_t i = 0; i < c->unit.n; i++) {
            sr_unit *u = &c->unit.v[i];
            if (u->n_cand == 0 || (u->n_cand == 1 && u->placed)) continue;
            choose(c, u, &t);
            if (round == 0 && !u->is_actor && u->placed) tally_place(&t, &u->place, 0.5f);
        }
        if (t.n_spots == sure) break;
    }
    for (uint32_t i = 0; i < c->unit.n; i++) {
        sr_unit *u = &c->unit.v[i];
        if (u->n_cand && !u->placed && !u->is_actor) { /* a village that nothing speaks for */
            if (u->tag == SR_NAME_LOC) u->is_name = true;
            else u->is_place = false;
        }
        if (u->is_place || (u->is_actor && u->country[0])) u->as_place = read_as_place(c, u);
    }
}

/* ---- locations ----------------------------------------------------------------------------------- */

static const char *relation_of(const sr_mctx *c, const sr_unit *u) {
    const sr_sent *s = sr_m_sent(c, u->sent);
    int h = u->head, p = -1;
    for (int step = 0; h >= 0 && step < 4; step++) {
        const sr_word *w = &s->w[h];
        if (sr_m_one_of(w->lemma, "border|frontier|boundary") && h != u->head) return "border";
        p = sr_m_case(s, h);
        if (p >= 0 && !(sr_m_one_of(s->w[p].folded, "of|with|between"))) break;
        /* only through what names a place: "the city of X", "X province", "north of X", "X, Y" */
        bool through =
            w->rel == SR_R_COMPOUND || w->rel == SR_R_APPOS || w->rel == SR_R_CONJ ||
            w->rel == SR_R_FLAT ||
            (w->rel == SR_R_NMOD && (p >= 0 || w->sub == SR_S_POSS || w->sub == SR_S_DESC ||
                                     w->sub == SR_S_UNMARKED)) ||
            (w->rel == SR_R_OBL && p >= 0);
        p = -1;
        if (!through) break;
        int g = w->head;
        if (g < 0) break;
        if (w->rel != SR_R_APPOS && w->rel != SR_R_CONJ && w->rel != SR_R_FLAT &&
            !sr_m_in(c, SR_M_FEATURE, u->sent, g) && !sr_m_unit(c, u->sent, g) &&
            s->w[g].upos != SR_ADV &&
            !sr_m_one_of(s->w[g].lemma,
                         "north|south|east|west|outskirts|center|centre|heart|street|capital|"
                         "part|side|area|edge|suburb|middle|airport|northeast|northwest|"
                         "southeast|southwest|border|frontier|boundary"))
            break;
        h = g;
    }
    if (p < 0) return "";
    sr_str f = s->w[p].folded;
    if (sr_m_one_of(f, "near|outside|around|off|beside|beyond")) return "near";
    if (sr_m_one_of(f, "to|into|toward|towards|onto")) return "toward";
    if (sr_m_one_of(f, "from")) return "from";
    if (sr_m_one_of(f, "via|through")) return "via";
    if (sr_m_one_of(f, "along")) return "border";
    if (sr_m_one_of(f, "in|at|on|inside|within|across|throughout|over|amid")) return "in";
    return "";
}

static uint8_t resolution_of(const sr_place *p) {
    if (!strncmp(p->feature_code, "PCL", 3)) return 1;
    if (!strcmp(p->feature_code, "ADM1")) return 2;
    /* a district without towns has its province's point */
    if (!strcmp(p->feature_code, "ADM2") && !p->population) return 2;
    if (!strncmp(p->feature_code, "ADM", 3)) return 3;
    if (!strcmp(p->feature_code, "PPLX")) return 5;
    return p->feature_class == 'P' ? 4 : p->feature_class == 'A' ? 3 : p->province.n ? 4 : 1;
}

void sr_m_places_list(sr_mctx *c) {
    for (uint32_t i = 0; i < c->unit.n; i++) {
        const sr_unit *u = &c->unit.v[i];
        bool country = u->is_actor &&
                       (u->actor.kind == SR_A_COUNTRY || u->actor.kind == SR_A_REGION) &&
                       (u->form == SR_F_NAME || u->form == SR_F_ACRONYM);
        if (!u->is_place && !country) continue;
        const sr_sent *s = sr_m_sent(c, u->sent);
        sr_location l;
        memset(&l, 0, sizeof l);
        l.sent = u->sent;
        l.head = u->head;
        l.first = u->first;
        l.last = u->last;
        l.start = s->w[u->first].start;
        l.end = s->w[u->last].end;
        l.text = sr_m_text(c, s, u->first, u->last);
        l.relation = sr_str_z(relation_of(c, u));
        if (u->is_name && !l.relation.n) { /* known to the tagger only: wants more evidence */
            bool listed = u->first >= 2 && sr_m_one_of(s->w[u->first - 1].folded, ",|and|(") &&
                          sr_m_unit(c, u->sent, u->first - 2) &&
                          sr_m_unit(c, u->sent, u->first - 2)->is_place;
            bool feature = u->last + 1 < s->n && sr_m_in(c, SR_M_FEATURE, u->sent, u->last + 1);
            beside next = {SR_STR_NONE, "", false};
            bool located = find_beside(c, u, &next) && (next.is_place || next.country[0]);
            if (!listed && !feature && !located) continue;
        }
        if (u->placed &&
            !(country && u->country[0] && strcmp(u->country, u->place.country_code))) {
            l.place = u->place;
            l.resolved = true;
            l.resolution = resolution_of(&u->place);
            if (country && u->actor.kind == SR_A_COUNTRY) l.resolution = 1;
        } else if (country) {
            sr_m_code(l.place.country_code, u->country);
            l.place.country = sr_know_country_name(c->k, u->country);
            l.place.name = u->actor.kind == SR_A_COUNTRY && l.place.country.n ? l.place.country
                                                                              : u->actor.name;
            l.resolved = u->country[0] != 0;
            l.resolution = u->actor.kind == SR_A_COUNTRY ? 1 : 2;
        }
        if (!l.place.country.n && l.place.country_code[0])
            l.place.country = sr_know_country_name(c->k, l.place.country_code);
        SR_PUSH(c->a, &c->out->places, l);
    }
}

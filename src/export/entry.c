/* entry.c - entries of the dictionary and the gazetteer, as lines of JSON or for people. */
#include "base/date.h"
#include "export/export.h"
#include "export/json_out.h"

static const char *const kinds[] = {"country", "organization", "group", "party", "person",
                                    "media",   "people",       "region"};
static const char *const forms[] = {"name", "adjective", "people", "capital", "acronym"};

/* ---- actors ---------------------------------------------------------------------------------- */

static void json_names(sr_buf *b, const sr_know *k, uint32_t index, sr_form form, const char *key) {
    sr_str name;
    sr_form f;
    bool any = false;
    for (uint32_t i = 0; sr_know_actor_name(k, index, i, &name, &f); i++) {
        if (f != form) continue;
        if (!any) sr_js_array(b, key);
        any = true;
        sr_js_string(b, name);
    }
    if (any) sr_buf_char(b, ']');
}

static void json_code(sr_buf *b, const sr_code *c) {
    sr_js_object(b);
    sr_js_z(b, "code", c->code);
    sr_js_z(b, "sector", c->sector);
    if (c->other[0][0]) {
        sr_js_array(b, "other");
        for (int i = 0; i < 2 && c->other[i][0]; i++) sr_js_string(b, sr_str_z(c->other[i]));
        sr_buf_char(b, ']');
    }
    sr_js_day(b, "from", c->from);
    sr_js_day(b, "until", c->until);
    sr_js_key_string(b, "role", c->role);
    sr_buf_char(b, '}');
}

static void actor_json(sr_buf *b, const sr_know *k, uint32_t index, int32_t day, bool dated) {
    sr_actor a = sr_know_actor(k, index);
    sr_buf_char(b, '{');
    sr_js_key_string(b, "id", a.id);
    sr_js_z(b, "kind", kinds[a.kind]);
    sr_js_key_string(b, "name", a.name);
    json_names(b, k, index, SR_F_NAME, "names");
    json_names(b, k, index, SR_F_ACRONYM, "acronyms");
    json_names(b, k, index, SR_F_ADJ, "adjectives");
    json_names(b, k, index, SR_F_PEOPLE, "people");
    json_names(b, k, index, SR_F_CAPITAL, "capitals");
    sr_js_array(b, "codes");
    if (dated) {
        sr_code c = sr_actor_code_on(&a, day);
        json_code(b, &c);
    } else {
        for (uint32_t i = 0; i < a.n_code; i++) json_code(b, &a.code[i]);
    }
    sr_buf_char(b, ']');
    sr_js_key_string(b, "wikidata", a.wikidata);
    sr_buf_z(b, "}\n");
}

static void code_text(sr_buf *b, const sr_code *c) {
    char day[16];
    sr_buf_printf(b, "    code       %s%s%s", c->code[0] ? c->code : "-", c->sector[0] ? " " : "", c->sector);
    for (int i = 0; i < 2 && c->other[i][0]; i++) sr_buf_printf(b, " %s", c->other[i]);
    if (c->role.n) sr_buf_printf(b, ", %.*s", (int)c->role.n, c->role.p);
    if (c->from != SR_DAY_NONE) {
        sr_day_print(day, c->from);
        sr_buf_printf(b, ", from %s", day);
    }
    if (c->until != SR_DAY_NONE) {
        sr_day_print(day, c->until);
        sr_buf_printf(b, ", until %s", day);
    }
    sr_buf_char(b, '\n');
}

static void actor_text(sr_buf *b, const sr_know *k, uint32_t index, int32_t day, bool dated) {
    sr_actor a = sr_know_actor(k, index);
    sr_str name;
    sr_form f, last = SR_FORM_N;
    sr_buf_printf(b, "%.*s\n    entry      %.*s, %s", (int)a.name.n, a.name.p, (int)a.id.n, a.id.p,
                  kinds[a.kind]);
    if (a.wikidata.n) sr_buf_printf(b, ", Wikidata %.*s", (int)a.wikidata.n, a.wikidata.p);
    for (uint32_t i = 0; sr_know_actor_name(k, index, i, &name, &f); i++) {
        if (f == SR_F_NAME && sr_str_eq(name, a.name)) continue;
        if (f != last) sr_buf_printf(b, "\n    %-10s ", f == SR_F_NAME ? "also" : forms[f]);
        else sr_buf_z(b, "; ");
        last = f;
        sr_buf_str(b, name);
    }
    sr_buf_char(b, '\n');
    if (dated) {
        sr_code c = sr_actor_code_on(&a, day);
        c.from = c.until = SR_DAY_NONE;
        code_text(b, &c);
    } else {
        for (uint32_t i = 0; i < a.n_code; i++) code_text(b, &a.code[i]);
    }
}

uint32_t sr_actors_write(sr_buf *out, const sr_know *k, sr_str query, int32_t day, bool dated, bool json) {
    uint32_t n = 0;
    for (uint32_t i = 0; sr_know_find_actor(k, query, &i); i++, n++) {
        if (json) actor_json(out, k, i, day, dated);
        else actor_text(out, k, i, day, dated);
    }
    return n;
}

/* ---- places ---------------------------------------------------------------------------------- */

static void place_json(sr_buf *b, const sr_place *p) {
    sr_buf_char(b, '{');
    sr_js_key_string(b, "name", p->name);
    sr_js_z(b, "class", (char[]){p->feature_class, '\0'});
    sr_js_z(b, "code", p->feature_code);
    sr_js_key_string(b, "district", p->district);
    sr_js_key_string(b, "province", p->province);
    sr_js_key_string(b, "country", p->country);
    sr_js_z(b, "country_code", p->country_code);
    sr_js_key(b, "lat");
    sr_put_decimal(b, p->lat, 5);
    sr_js_key(b, "lon");
    sr_put_decimal(b, p->lon, 5);
    if (p->population) sr_js_int(b, "population", p->population);
    if (p->geonameid) sr_js_int(b, "geonameid", p->geonameid);
    sr_buf_z(b, "}\n");
}

static void place_text(sr_buf *b, const sr_place *p) {
    sr_str parts[] = {p->name, p->district, p->province, p->country};
    for (int i = 0; i < 4; i++) {
        if (!parts[i].n || (i && sr_str_eq(parts[i], parts[i - 1]))) continue;
        if (i) sr_buf_z(b, ", ");
        sr_buf_str(b, parts[i]);
    }
    sr_buf_printf(b, "\n    %c %s   ", p->feature_class, p->feature_code);
    sr_put_decimal(b, p->lat, 4);
    sr_buf_char(b, ' ');
    sr_put_decimal(b, p->lon, 4);
    if (p->population) sr_buf_printf(b, "   %u people", p->population);
    if (p->geonameid) sr_buf_printf(b, "   GeoNames %u", p->geonameid);
    sr_buf_char(b, '\n');
}

uint32_t sr_places_write(sr_buf *out, const sr_know *k, sr_str query, bool json) {
    uint32_t index[SR_SAME_NAME_MAX], n = sr_know_find_places(k, query, index, SR_SAME_NAME_MAX);
    for (uint32_t i = 0; i < n; i++) {
        sr_place p = sr_know_place(k, index[i]);
        if (json) place_json(out, &p);
        else place_text(out, &p);
    }
    return n;
}

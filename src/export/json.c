/* json.c - the record as one line of JSON, docs/RECORD.md to the letter.
 *
 * A writer of our own, since this is done for every document: it streams into the buffer and
 * builds no tree (json_out.h). Byte offsets become code points by an index over the text:
 *
 *   at[k] = code points before byte 64 k; the rest, at most 63 bytes, is counted when asked
 *
 * so that a document with very many spans costs the same for each. A text in ASCII has no index.
 */
#include <stdlib.h>

#include "base/date.h"
#include "export/export.h"
#include "export/json_out.h"

#define STEP 64u

typedef struct writer {
    sr_buf *b;
    const sr_doc_record *r;
    uint32_t *at; /* [text.n / STEP + 1], NULL: ASCII */
} writer;

/* ---- offsets ------------------------------------------------------------------------------- */

/* Bytes that do not start a code point. */
static uint32_t continuations(const char *p, uint32_t n) {
    uint32_t count = 0;
    for (; n >= 8; p += 8, n -= 8) {
        uint64_t x;
        memcpy(&x, p, 8);
        count += (uint32_t)__builtin_popcountll(x & ~(x << 1) & 0x8080808080808080u);
    }
    for (; n; p++, n--) count += ((unsigned char)*p & 0xC0) == 0x80;
    return count;
}

static bool index_text(writer *w) {
    sr_str t = w->r->doc->text;
    w->at = NULL;
    if (continuations(t.p, t.n) == 0) return true;
    w->at = malloc(sizeof *w->at * (t.n / STEP + 1));
    if (!w->at) return false;
    uint32_t n = 0;
    for (uint32_t k = 0; k <= t.n / STEP; k++) {
        w->at[k] = n;
        uint32_t left = t.n - k * STEP;
        n += STEP - continuations(t.p + k * STEP, left < STEP ? left : STEP);
    }
    return true;
}

static uint32_t code_point(const writer *w, uint32_t byte) {
    if (!w->at) return byte;
    uint32_t k = byte / STEP, rest = byte % STEP;
    return w->at[k] + rest - continuations(w->r->doc->text.p + k * STEP, rest);
}

/* ---- parts of the record ------------------------------------------------------------------- */

static void offsets(const writer *w, uint32_t start, uint32_t end) {
    sr_js_int(w->b, "start", code_point(w, start));
    sr_js_int(w->b, "end", code_point(w, end));
}

static void span_fields(const writer *w, sr_span s) {
    sr_js_key_string(w->b, "text", (sr_str){w->r->doc->text.p + s.start, s.end - s.start});
    offsets(w, s.start, s.end);
}

static void span(const writer *w, sr_span s) {
    sr_js_object(w->b);
    span_fields(w, s);
    sr_buf_char(w->b, '}');
}

static void key_span(const writer *w, const char *name, sr_span s) {
    if (s.start >= s.end) return;
    sr_js_key(w->b, name);
    span(w, s);
}

/* `here`: the words of this sentence, which stand for `e`; mostly they are e's own. A pronoun is
 * reported by the words of what it stands for. */
static void entity(const writer *w, const sr_entity *e, const sr_entity *here) {
    sr_buf *b = w->b;
    const sr_entity *named = sr_entity_named(e);
    sr_js_object(b);
    sr_js_key_string(b, "entity_text", named->text);
    offsets(w, here->start, here->end);
    sr_js_z(b, "code", e->code);
    sr_js_z(b, "sector", e->sector);
    if (e->other[0][0]) {
        sr_js_array(b, "other_sectors");
        for (int i = 0; i < 2; i++)
            if (e->other[i][0]) sr_js_string(b, sr_str_z(e->other[i]));
        sr_buf_char(b, ']');
    }
    sr_js_key_string(b, "identifier_text", e->identifier_text);
    sr_js_key_string(b, "identifier_id", e->identifier_id);
    sr_js_true(b, "anonymous", e->anonymous);
    sr_js_key_string(b, "role", e->role);
    sr_js_true(b, "group", e->n_member > 0);
    if (named != here) sr_js_key_string(b, "via", here->text);
    sr_buf_char(b, '}');
}

static void key_entity(const writer *w, const char *name, const sr_entity *e) {
    if (!e) return;
    sr_js_key(w->b, name);
    entity(w, e, e);
}

static bool in_list(const sr_entity_list *list, const sr_entity *e) {
    for (uint32_t i = 0; i < list->n; i++)
        if (list->v[i] == e) return true;
    return false;
}

/* "Both sides" is followed by those it stands for. */
static void key_entities(const writer *w, const char *name, const sr_entity_list *list) {
    sr_js_array(w->b, name);
    for (uint32_t i = 0; i < list->n; i++) {
        const sr_entity *e = list->v[i];
        entity(w, e, e);
        for (uint32_t m = 0; m < e->n_member; m++)
            if (!in_list(list, e->member[m])) entity(w, e->member[m], e);
    }
    sr_buf_char(w->b, ']');
}

static void location(const writer *w, const sr_location *l) {
    sr_buf *b = w->b;
    const sr_place *p = &l->place;
    sr_js_object(b);
    sr_js_key_string(b, "extracted_place", l->text);
    offsets(w, l->start, l->end);
    if (l->resolved) {
        sr_js_key_string(b, "resolved_place", p->name);
        if (p->geonameid) sr_js_int(b, "geonameid", p->geonameid);
        if (p->lat != 0 || p->lon != 0) {
            sr_js_key(b, "lat");
            sr_put_decimal(b, p->lat, 4);
            sr_js_key(b, "lon");
            sr_put_decimal(b, p->lon, 4);
        }
        if (p->feature_class == 'P') sr_js_key_string(b, "city", p->name);
        sr_js_key_string(b, "district", p->district);
        sr_js_key_string(b, "province", p->province);
        sr_js_key_string(b, "country", p->country);
        sr_js_z(b, "country_code", p->country_code);
        if (p->feature_class) sr_js_key_string(b, "feature_class", (sr_str){&p->feature_class, 1});
        sr_js_z(b, "feature_code", p->feature_code);
        if (l->resolution) sr_js_int(b, "resolution", l->resolution);
    }
    sr_js_key_string(b, "relation", l->relation);
    sr_buf_char(b, '}');
}

static void key_attributions(const writer *w, const sr_attribution_list *list) {
    sr_buf *b = w->b;
    sr_js_array(b, "attribution");
    for (uint32_t i = 0; i < list->n; i++) {
        const sr_attribution *a = &list->v[i];
        sr_js_object(b);
        key_entity(w, "source", a->source);
        key_span(w, "cue", a->cue);
        sr_js_key_string(b, "kind", a->kind);
        key_entity(w, "via", a->via);
        sr_js_true(b, "anonymous", !a->source || a->source->anonymous);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
}

static void key_auxiliary(sr_buf *b, uint8_t aux) {
    static const char *const names[4] = {"historical", "future", "hypothetical", "negation"};
    sr_js_array(b, "auxiliary");
    for (int i = 0; i < 4; i++)
        if (aux & 1 << i) sr_js_string(b, sr_str_z(names[i]));
    sr_buf_char(b, ']');
}

static void key_factuality(sr_buf *b, uint8_t fact) {
    if (fact < SR_FACT_N) sr_js_z(b, "factuality", sr_fact_names[fact]);
}

static void key_sentence(const writer *w, uint32_t sent) {
    const sr_sent *s = &w->r->parse->s[sent];
    sr_js_key(w->b, "text_info");
    sr_buf_char(w->b, '{');
    sr_js_int(w->b, "sequence", sent);
    offsets(w, s->start, s->end);
    sr_buf_char(w->b, '}');
}

static void key_event_ids(const writer *w, const uint32_t *v, uint32_t n) {
    sr_js_array(w->b, "event");
    for (uint32_t i = 0; i < n; i++)
        if (v[i] < w->r->events.n) sr_js_string(w->b, sr_str_z(w->r->events.v[v[i]].id));
    sr_buf_char(w->b, ']');
}

/* ---- events -------------------------------------------------------------------------------- */

static void tolls(const writer *w, const sr_event *e) {
    sr_buf *b = w->b;
    sr_js_array(b, "toll");
    for (uint32_t i = 0; i < e->toll.n; i++) {
        const sr_toll *t = &e->toll.v[i];
        sr_js_object(b);
        sr_js_key_string(b, "effect", t->effect);
        if (t->low >= 0) sr_js_int(b, "low", t->low);
        if (t->high >= 0) sr_js_int(b, "high", t->high);
        if (t->best >= 0) sr_js_int(b, "best", t->best);
        sr_js_key_string(b, "qualifier", t->qualifier);
        if (t->text.start < t->text.end) span_fields(w, t->text);
        key_entities(w, "victim", &t->victim);
        key_attributions(w, &e->attribution);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
}

static void size(sr_buf *b, const sr_event *e) {
    static const char *const parts[3][2] = {
        {"killed", "dead"}, {"wounded", "injured"}, {"arrested", "arrested"}};
    bool any = false;
    for (int i = 0; i < 3; i++) {
        int64_t n = sr_toll_total(e, parts[i][0]);
        if (n < 0) continue;
        if (!any) {
            sr_js_key(b, "size");
            sr_buf_char(b, '{');
        }
        any = true;
        sr_js_int(b, parts[i][1], n);
    }
    if (any) sr_buf_char(b, '}');
}

static void event(const writer *w, const sr_event *e) {
    sr_buf *b = w->b;
    sr_js_object(b);
    sr_js_z(b, "id", e->id);
    sr_js_array(b, "event");
    sr_js_string(b, sr_str_z(sr_type_names[e->type]));
    sr_buf_char(b, ']');
    sr_js_list(b, "mode", e->mode);
    sr_js_list(b, "context", e->context);
    key_auxiliary(b, e->aux);
    key_factuality(b, e->fact);
    key_span(w, "trigger", e->trigger);
    key_entities(w, "actor", &e->actor);
    key_entities(w, "recipient", &e->recipient);
    key_span(w, "content", e->content);
    sr_js_strings(b, "issue", e->issue.v, e->issue.n);
    sr_js_day(b, "date", e->date);
    sr_js_day(b, "enddate", e->enddate);
    key_span(w, "date_text", e->date_text);
    sr_js_key_string(b, "date_precision", e->date_precision);
    sr_js_array(b, "event_loc");
    for (uint32_t i = 0; i < e->place.n; i++) location(w, e->place.v[i]);
    sr_buf_char(b, ']');
    tolls(w, e);
    size(b, e);
    sr_js_array(b, "instrument");
    for (uint32_t i = 0; i < e->instrument.n; i++) span(w, e->instrument.v[i]);
    sr_buf_char(b, ']');
    key_attributions(w, &e->attribution);
    if (sr_type_quad(e->type)) sr_js_int(b, "quad_code", sr_type_quad(e->type));
    sr_js_key(b, "event_scale");
    sr_put_decimal(b, sr_type_score(e->type, e->mode), 2);
    bool known = false;
    double goldstein = sr_goldstein(e->cameo, &known);
    sr_js_key_string(b, "cameo", e->cameo);
    if (e->cameo.n && known) {
        sr_js_key(b, "goldstein");
        sr_put_decimal(b, goldstein, 2);
    }
    key_sentence(w, e->sent);
    sr_js_key_string(b, "rule", e->rule);
    sr_buf_char(b, '}');
}

static void statement(const writer *w, const sr_statement *s) {
    sr_buf *b = w->b;
    sr_js_object(b);
    sr_js_z(b, "id", s->id);
    key_entity(w, "source", s->source);
    key_span(w, "cue", s->cue);
    sr_js_key_string(b, "kind", s->kind);
    sr_js_array(b, "content");
    for (uint32_t i = 0; i < s->content.n; i++) span(w, s->content.v[i]);
    sr_buf_char(b, ']');
    sr_js_key(b, "direct");
    sr_buf_z(b, s->direct ? "true" : "false");
    key_entity(w, "via", s->via);
    key_auxiliary(b, s->aux);
    key_factuality(b, s->fact);
    key_event_ids(w, s->event.v, s->event.n);
    key_sentence(w, s->sent);
    sr_js_key_string(b, "rule", s->rule);
    sr_buf_char(b, '}');
}

/* ---- talks --------------------------------------------------------------------------------- */

static void positions(const writer *w, const sr_talk_issue *ti) {
    sr_buf *b = w->b;
    sr_js_array(b, "position");
    for (uint32_t i = 0; i < ti->position.n; i++) {
        const sr_position *p = &ti->position.v[i];
        sr_js_object(b);
        key_entity(w, "party", p->party);
        sr_js_key_string(b, "stance", p->stance);
        if (p->event < w->r->events.n) sr_js_z(b, "event", w->r->events.v[p->event].id);
        key_span(w, "content", p->content);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
}

static void talks(const writer *w, const sr_talks *t) {
    sr_buf *b = w->b;
    sr_js_object(b);
    sr_js_z(b, "id", t->id);
    key_entities(w, "party", &t->party);
    key_entities(w, "mediator", &t->mediator);
    if (t->venue) {
        sr_js_key(b, "venue");
        location(w, t->venue);
    }
    sr_js_day(b, "date", t->date);
    sr_js_day(b, "enddate", t->enddate);
    sr_js_key_string(b, "round", t->round);
    sr_js_key_string(b, "status", t->status);
    key_factuality(b, t->fact);
    sr_js_array(b, "issue");
    for (uint32_t i = 0; i < t->issue.n; i++) {
        const sr_talk_issue *ti = &t->issue.v[i];
        sr_js_object(b);
        sr_js_key_string(b, "issue", ti->issue);
        if (ti->text.start < ti->text.end) span_fields(w, ti->text);
        sr_js_key_string(b, "state", ti->state);
        positions(w, ti);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
    sr_js_array(b, "outcome");
    for (uint32_t i = 0; i < t->outcome.n; i++) {
        const sr_outcome *o = &t->outcome.v[i];
        sr_js_object(b);
        sr_js_key_string(b, "kind", o->kind);
        sr_js_key(b, "reached");
        sr_buf_z(b, o->reached ? "true" : "false");
        if (o->text.start < o->text.end) span_fields(w, o->text);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
    key_event_ids(w, t->event.v, t->event.n);
    key_attributions(w, &t->attribution);
    sr_buf_char(b, '}');
}

/* ---- mentions ------------------------------------------------------------------------------ */

static void mentions(const writer *w) {
    static const char *const name_types[] = {"", "PER", "ORG", "LOC", "MISC"};
    static const char *const time_types[] = {"DATE", "TIME", "DURATION", "SET"};
    sr_buf *b = w->b;
    const sr_mentions *m = w->r->mentions;
    sr_js_array(b, "names");
    for (uint32_t i = 0; m && i < m->names.n; i++) {
        const sr_name *n = &m->names.v[i];
        sr_js_object(b);
        sr_js_key_string(b, "text", n->text);
        offsets(w, n->start, n->end);
        sr_js_z(b, "type", name_types[n->type]);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
    sr_js_array(b, "places");
    for (uint32_t i = 0; m && i < m->places.n; i++) location(w, &m->places.v[i]);
    sr_buf_char(b, ']');
    sr_js_array(b, "times");
    for (uint32_t i = 0; m && i < m->times.n; i++) {
        const sr_time *t = &m->times.v[i];
        sr_js_object(b);
        sr_js_key_string(b, "text", t->text);
        offsets(w, t->start, t->end);
        sr_js_z(b, "type", time_types[t->type]);
        sr_js_key_string(b, "value", t->value);
        sr_buf_char(b, '}');
    }
    sr_buf_char(b, ']');
}

/* ---- the document -------------------------------------------------------------------------- */

void sr_json_write(sr_buf *b, const sr_doc_record *r, const sr_json_options *opt) {
    writer state = {b, r, NULL}, *w = &state;
    const sr_doc *d = r->doc;
    if (!index_text(w)) {
        b->failed = true;
        return;
    }
    sr_buf_char(b, '{');
    sr_js_z(b, "schema", "sitrep/1");
    sr_js_key_string(b, "id", d->id);
    sr_js_day(b, "date", d->date);
    sr_js_key_string(b, "title", d->title);
    sr_js_key_string(b, "url", d->url);
    sr_js_key_string(b, "publication", d->publication);
    if (!sr_str_is(d->language, "und")) sr_js_key_string(b, "language", d->language);
    if (sr_is_skipped(r)) sr_js_z(b, "skipped", "language");
    if (opt->with_text) sr_js_key_string(b, "text", d->text);
    if (opt->mentions) mentions(w);
    if (r->parse) sr_js_int(b, "sentences", r->parse->n);
    sr_js_array(b, "events");
    for (uint32_t i = 0; i < r->events.n; i++) event(w, &r->events.v[i]);
    sr_buf_char(b, ']');
    sr_js_array(b, "statements");
    for (uint32_t i = 0; i < r->statements.n; i++) statement(w, &r->statements.v[i]);
    sr_buf_char(b, ']');
    sr_js_array(b, "talks");
    for (uint32_t i = 0; i < r->talks.n; i++) talks(w, &r->talks.v[i]);
    sr_buf_char(b, ']');
    sr_js_array(b, "warnings");
    for (uint32_t i = 0; i < d->warnings.n; i++) sr_js_string(b, d->warnings.v[i]);
    if (r->mentions && r->mentions->no_date_warning)
        sr_js_string(b, SR_LIT("relative date without a document date"));
    sr_buf_put(b, "]}\n", 3);
    free(w->at);
}

void sr_json_error(sr_buf *b, sr_str id, const char *message) {
    sr_buf_char(b, '{');
    sr_js_z(b, "schema", "sitrep/1");
    sr_js_key_string(b, "id", id);
    sr_js_z(b, "error", message);
    sr_buf_z(b, ",\"events\":[],\"statements\":[],\"talks\":[]}\n");
}

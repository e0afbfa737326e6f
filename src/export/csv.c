/* csv.c - events as rows, RFC 4180, but for lines that end in a bare newline: quotes stand around a cell
 * that holds a comma or a quote. Several values in one cell are joined by ';'. The columns are in
 * docs/RECORD.md. Statements and talks do not fit a row and are left out.
 */
#include "base/date.h"
#include "export/export.h"

static const char head[] =
    "id,document_date,publication,title,url,event_id,event,mode,context,auxiliary,factuality,"
    "date,enddate,date_precision,actor,actor_code,actor_sector,recipient,recipient_code,"
    "recipient_sector,issue,place,country_code,lat,lon,geonameid,dead,injured,arrested,toll,"
    "instrument,attribution,quad_code,event_scale,cameo,goldstein,trigger,content,sentence,rule";

void sr_csv_head(sr_buf *out) {
    sr_buf_z(out, head);
    sr_buf_char(out, '\n');
}

/* A cell is written raw, then looked at: few need quotes. */
typedef struct row {
    sr_buf *out;
    size_t cell; /* where it starts */
    bool first;
} row;

static void cell(row *r) {
    if (!r->first) sr_buf_char(r->out, ',');
    r->first = false;
    r->cell = r->out->n;
}

/* Ends a cell: quotes it in place if need be. */
static void done(row *r) {
    sr_buf *b = r->out;
    if (b->failed) return;
    size_t quotes = 0, n = b->n - r->cell;
    bool need = false;
    for (size_t i = r->cell; i < b->n; i++) {
        if (b->p[i] == '"') quotes++;
        if (b->p[i] == '"' || b->p[i] == ',') need = true;
    }
    if (!need) return;
    for (size_t i = 0; i < quotes + 2; i++) sr_buf_char(b, '"'); /* room */
    if (b->failed) return;
    char *p = b->p + r->cell;
    size_t to = n + quotes; /* where the last byte of the text goes */
    for (size_t i = n; i-- > 0;) { /* from the end, so that nothing unread is written over */
        char c = p[i];
        p[to--] = c;
        if (c == '"') p[to--] = '"';
    }
    p[0] = '"';
    p[n + quotes + 1] = '"';
}

static void text_cell(row *r, sr_str s) {
    cell(r);
    /* Line breaks of the article mean nothing here and trouble spreadsheets. */
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if ((unsigned char)c < 0x20) c = ' ';
        sr_buf_char(r->out, c);
    }
    done(r);
}

static void z_cell(row *r, const char *z) { text_cell(r, sr_str_z(z)); }

static void int_cell(row *r, int64_t v) {
    cell(r);
    if (v >= 0) sr_put_int(r->out, v);
}

static void decimal_cell(row *r, double v, int places) {
    cell(r);
    sr_put_decimal(r->out, v, places);
}

static void day_cell(row *r, int32_t day) {
    char text[16] = "";
    if (day != SR_DAY_NONE) sr_day_print(text, day);
    z_cell(r, text);
}

static void span_cell(row *r, const sr_doc_record *d, sr_span s) {
    text_cell(r, (sr_str){d->doc->text.p + s.start, s.end - s.start});
}

/* "a b" as "a;b". */
static void words_cell(row *r, sr_str words) {
    cell(r);
    for (uint32_t i = 0; i < words.n; i++) sr_buf_char(r->out, words.p[i] == ' ' ? ';' : words.p[i]);
    done(r);
}

static void auxiliary_cell(row *r, uint8_t aux) {
    static const char *const names[4] = {"historical", "future", "hypothetical", "negation"};
    cell(r);
    for (int i = 0; i < 4; i++) {
        if (!(aux & 1 << i)) continue;
        if (r->out->n > r->cell) sr_buf_char(r->out, ';');
        sr_buf_z(r->out, names[i]);
    }
}

typedef enum part { NAME, CODE, SECTOR } part;

static void put_part(row *r, const sr_entity *e, part which, bool *any) {
    sr_str s = which == CODE ? sr_str_z(e->code) : which == SECTOR ? sr_str_z(e->sector)
             : e->identifier_text.n ? e->identifier_text : sr_entity_named(e)->text;
    if (*any) sr_buf_char(r->out, ';');
    *any = true; /* also for an unknown code, so that the columns stay in step */
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        sr_buf_char(r->out, (unsigned char)c < 0x20 ? ' ' : c == ';' ? ',' : c);
    }
}

static void entities_cell(row *r, const sr_entity_list *list, part which) {
    bool any = false;
    cell(r);
    for (uint32_t i = 0; i < list->n; i++) {
        const sr_entity *e = list->v[i];
        if (!e->n_member) put_part(r, e, which, &any);
        for (uint32_t m = 0; m < e->n_member; m++) put_part(r, e->member[m], which, &any);
    }
    done(r);
}

static void toll_cell(row *r, const sr_event *e) {
    cell(r);
    for (uint32_t i = 0; i < e->toll.n; i++) {
        const sr_toll *t = &e->toll.v[i];
        if (i) sr_buf_char(r->out, ';');
        sr_buf_str(r->out, t->effect);
        sr_buf_char(r->out, ' ');
        if (t->low >= 0) sr_put_int(r->out, t->low);
        if (t->high != t->low) sr_buf_z(r->out, "..");
        if (t->high >= 0 && t->high != t->low) sr_put_int(r->out, t->high);
    }
    done(r);
}

static void event(sr_buf *out, const sr_doc_record *d, const sr_event *e) {
    row state = {out, 0, true}, *r = &state;
    text_cell(r, d->doc->id);
    day_cell(r, d->doc->date);
    text_cell(r, d->doc->publication);
    text_cell(r, d->doc->title);
    text_cell(r, d->doc->url);
    z_cell(r, e->id);
    z_cell(r, sr_type_names[e->type]);
    words_cell(r, e->mode);
    words_cell(r, e->context);
    auxiliary_cell(r, e->aux);
    z_cell(r, e->fact < SR_FACT_N ? sr_fact_names[e->fact] : "");
    day_cell(r, e->date);
    day_cell(r, e->enddate);
    text_cell(r, e->date_precision);
    entities_cell(r, &e->actor, NAME);
    entities_cell(r, &e->actor, CODE);
    entities_cell(r, &e->actor, SECTOR);
    entities_cell(r, &e->recipient, NAME);
    entities_cell(r, &e->recipient, CODE);
    entities_cell(r, &e->recipient, SECTOR);
    cell(r);
    for (uint32_t i = 0; i < e->issue.n; i++) {
        if (i) sr_buf_char(out, ';');
        sr_buf_str(out, e->issue.v[i]);
    }
    done(r);
    /* The place that is known most closely stands for the event. */
    const sr_location *at = NULL;
    for (uint32_t i = 0; i < e->place.n; i++)
        if (!at || e->place.v[i]->resolution > at->resolution) at = e->place.v[i];
    bool known = at && at->resolved;
    text_cell(r, !at ? SR_STR_NONE : known ? at->place.name : at->text);
    z_cell(r, known ? at->place.country_code : "");
    bool mapped = known && (at->place.lat != 0 || at->place.lon != 0);
    if (mapped) decimal_cell(r, at->place.lat, 4);
    else cell(r);
    if (mapped) decimal_cell(r, at->place.lon, 4);
    else cell(r);
    int_cell(r, known && at->place.geonameid ? (int64_t)at->place.geonameid : -1);
    int_cell(r, sr_toll_total(e, "killed"));
    int_cell(r, sr_toll_total(e, "wounded"));
    int_cell(r, sr_toll_total(e, "arrested"));
    toll_cell(r, e);
    cell(r);
    for (uint32_t i = 0; i < e->instrument.n; i++) {
        sr_span s = e->instrument.v[i];
        if (i) sr_buf_char(out, ';');
        for (uint32_t k = s.start; k < s.end; k++) {
            char c = d->doc->text.p[k];
            sr_buf_char(out, (unsigned char)c < 0x20 ? ' ' : c);
        }
    }
    done(r);
    bool any = false;
    cell(r);
    for (uint32_t i = 0; i < e->attribution.n; i++)
        if (e->attribution.v[i].source) put_part(r, e->attribution.v[i].source, NAME, &any);
    done(r);
    int_cell(r, sr_type_quad(e->type));
    decimal_cell(r, sr_type_score(e->type, e->mode), 2);
    bool scored = false;
    double goldstein = sr_goldstein(e->cameo, &scored);
    text_cell(r, e->cameo);
    if (e->cameo.n && scored) decimal_cell(r, goldstein, 2);
    else cell(r);
    span_cell(r, d, e->trigger);
    span_cell(r, d, e->content);
    int_cell(r, e->sent);
    text_cell(r, e->rule);
    sr_buf_char(out, '\n');
}

void sr_csv_write(sr_buf *out, const sr_doc_record *d) {
    for (uint32_t i = 0; i < d->events.n; i++) event(out, d, &d->events.v[i]);
}

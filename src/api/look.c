/* look.c - the engine's dictionary and gazetteer, the actors that it does not know, and dictionaries of
 * others.
 */
#include <stdlib.h>

#include "api/api.h"
#include "base/date.h"
#include "base/limits.h"
#include "export/export.h"

sr_status sr_actors_render(sr_output *out, uint32_t *n, const sr_engine *e, const char *query,
                           const char *date, bool json, sr_error *err) {
    int32_t day = date ? sr_day_parse(sr_str_z(date)) : SR_DAY_NONE;
    if (date && day == SR_DAY_NONE)
        return sr_fail(err, SR_EUSAGE, 0, "\"%s\" is not a date YYYY-MM-DD", date);
    sr_buf b = {out->data, out->size, out->capacity, false};
    *n = sr_actors_write(&b, e->know, sr_str_z(query), day, date != NULL, json);
    *out = (sr_output){b.p, b.n, b.cap};
    return b.failed ? sr_fail(err, SR_ENOMEM, 0, "out of memory for output") : SR_OK;
}

sr_status sr_places_render(sr_output *out, uint32_t *n, const sr_engine *e, const char *query,
                           bool json, sr_error *err) {
    sr_buf b = {out->data, out->size, out->capacity, false};
    *n = sr_places_write(&b, e->know, sr_str_z(query), json);
    *out = (sr_output){b.p, b.n, b.cap};
    return b.failed ? sr_fail(err, SR_ENOMEM, 0, "out of memory for output") : SR_OK;
}

/* A participant with a proper name that no entry covers; for a pronoun, whom it stands for. */
static const sr_entity *unknown_of(const sr_record *r, const sr_entity *e) {
    if (e && e->pronoun) e = e->antecedent;
    if (!e || e->entry.n || e->place || e->group) return NULL;
    const sr_sent *s = &r->parse.s[e->sent];
    for (int i = e->first; i <= e->last; i++)
        if (s->w[i].upos == SR_PROPN && s->w[i].name) return e;
    return NULL;
}

typedef struct teller {
    const sr_record *r;
    void (*each)(void *, const sr_unknown *);
    void *context;
} teller;

/* The name's own words, without the description around them. */
static void tell(const teller *t, const sr_entity *e) {
    e = unknown_of(t->r, e);
    if (!e) return;
    const sr_sent *s = &t->r->parse.s[e->sent];
    int first = e->first;
    while (first < e->last && !(s->w[first].name && s->w[first].upos == SR_PROPN)) first++;
    int end = first;
    while (first > e->first && s->w[first - 1].upos == SR_PROPN) first--;
    while (end < e->last && (s->w[end + 1].upos == SR_PROPN || s->w[end + 1].name)) end++;
    sr_unknown u = {t->r->doc.text.p + s->w[first].start, s->w[end].end - s->w[first].start, e->code,
                    e->sector};
    t->each(t->context, &u);
}

static void tell_all(const teller *t, const sr_entity_list *list) {
    for (uint32_t i = 0; i < list->n; i++) tell(t, list->v[i]);
}

void sr_record_unknown(const sr_record *r, void (*each)(void *context, const sr_unknown *),
                       void *context) {
    const sr_doc_record *d = &r->coded;
    teller t = {r, each, context};
    if (!d->mentions) return;
    for (uint32_t i = 0; i < d->events.n; i++) {
        tell_all(&t, &d->events.v[i].actor);
        tell_all(&t, &d->events.v[i].recipient);
    }
    for (uint32_t i = 0; i < d->statements.n; i++) tell(&t, d->statements.v[i].source);
}

/* ---- dictionaries of others ------------------------------------------------------------------------ */

sr_status sr_codebook_import(sr_output *out, uint32_t *n, uint32_t *faults, const char *path,
                             void (*problem)(void *context, const char *line), void *context,
                             sr_error *err) {
    char *text;
    size_t size;
    sr_status status = sr_file_read(&text, &size, path, SR_RAW_MAX, err);
    if (status) return status;
    sr_arena a;
    jmp_buf recover;
    sr_buf b = {out->data, out->size, out->capacity, false}, problems = {0};
    sr_arena_init(&a, SR_DOC_MEMORY_MAX);
    a.recover = &recover;
    *n = *faults = 0;
    if (setjmp(recover)) status = sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", path);
    else *n = sr_know_import(&b, &problems, sr_str_of(text, size), path, &a);
    *out = (sr_output){b.p, b.n, b.cap};
    if (!status && (b.failed || problems.failed)) status = sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", path);
    for (sr_str rest = sr_str_of(problems.p, problems.n); !status && rest.n;) {
        sr_str line = sr_str_cut(&rest, '\n');
        if (!line.n) break;
        ++*faults;
        if (problem) problem(context, sr_arena_dup(&a, line).p);
    }
    if (!status && *n == 0) status = sr_fail(err, SR_EINPUT, 0, "%s: no actor in it", path);
    sr_arena_release(&a);
    sr_buf_release(&problems);
    free(text);
    return status;
}

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

/* The name's own words, without the description around them. */
static sr_unknown name_of(const sr_record *r, const sr_entity *e) {
    const sr_sent *s = &r->parse.s[e->sent];
    int first = e->first;
    while (first < e->last && !(s->w[first].name && s->w[first].upos == SR_PROPN)) first++;
    int end = first;
    while (first > e->first && s->w[first - 1].upos == SR_PROPN) first--;
    while (end < e->last && (s->w[end + 1].upos == SR_PROPN || s->w[end + 1].name)) end++;
    return (sr_unknown){r->doc.text.p + s->w[first].start, s->w[end].end - s->w[first].start, e->code, e->sector};
}

typedef SR_VEC(const sr_entity *) gathered;

static void gather(const sr_record *r, gathered *all, const sr_entity *e) {
    e = unknown_of(r, e);
    if (e && all->n < all->cap) all->v[all->n++] = e;
}

static void gather_list(const sr_record *r, gathered *all, const sr_entity_list *list) {
    for (uint32_t i = 0; i < list->n; i++) gather(r, all, list->v[i]);
}

static int by_place(const void *a, const void *b) {
    const sr_entity *x = *(const sr_entity *const *)a, *y = *(const sr_entity *const *)b;
    if (x->sent != y->sent) return x->sent < y->sent ? -1 : 1;
    return x->head - y->head;
}

sr_status sr_record_unknown(const sr_record *r, void (*each)(void *context, const sr_unknown *),
                            void *context, sr_error *err) {
    const sr_doc_record *d = &r->coded;
    gathered all = {NULL, 0, 0};
    if (!d->mentions) return SR_OK;
    size_t n = d->statements.n;
    for (uint32_t i = 0; i < d->events.n; i++) n += d->events.v[i].actor.n + d->events.v[i].recipient.n;
    if (!n) return SR_OK;
    all.v = malloc(n * sizeof *all.v);
    if (!all.v) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    all.cap = (uint32_t)n;
    for (uint32_t i = 0; i < d->events.n; i++) {
        gather_list(r, &all, &d->events.v[i].actor);
        gather_list(r, &all, &d->events.v[i].recipient);
    }
    for (uint32_t i = 0; i < d->statements.n; i++) gather(r, &all, d->statements.v[i].source);
    if (all.n) qsort(all.v, all.n, sizeof *all.v, by_place);
    for (uint32_t i = 0; i < all.n; i++) {
        if (i && by_place(&all.v[i], &all.v[i - 1]) == 0) continue; /* in several events */
        sr_unknown u = name_of(r, all.v[i]);
        each(context, &u);
    }
    free(all.v);
    return SR_OK;
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

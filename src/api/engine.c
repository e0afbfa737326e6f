/* engine.c - the shared, read-only half: model and codebook, built in or from files. Overlays are
 * laid one over the other; each sees the stanzas of those before it.
 */
#include <stdio.h>
#include <stdlib.h>

#include "api/api.h"
#include "base/limits.h"
#include "parse/builtin_model.h"

/* Sanity, so that a wrong path does not fill the memory: ten times what is shipped, and more. */
#define SR_MODEL_FILE_MAX ((size_t)256 << 20)
#define SR_CODEBOOK_FILE_MAX ((size_t)64 << 20)
#define SR_TABLE_FILE_MAX ((size_t)UINT32_MAX - 1)

const char *sr_version(void) { return SITREP_VERSION; }

void sr_engine_options_init(sr_engine_options *opt) { memset(opt, 0, sizeof *opt); }

static sr_status open_model(sr_engine *e, const char *path, sr_error *err) {
    if (!path) {
        size_t n;
        const void *built_in = sr_builtin_model(&n);
        return sr_model_open(&e->model, built_in, n, err);
    }
    size_t n;
    sr_error why = {SR_OK, 0, ""};
    sr_status status = sr_file_read(&e->model_file, &n, path, SR_MODEL_FILE_MAX, &why);
    if (status) return sr_fail(err, status == SR_ELIMIT ? SR_ERESOURCE : status, 0, "%s", why.message);
    status = sr_model_open(&e->model, e->model_file, n, &why);
    /* The model does not know where it came from. */
    if (status) return sr_fail(err, status, why.position, "%s: %s", path, why.message);
    return SR_OK;
}

/* The overlay's own faults, and on failure what it broke in stanzas below. Notes on the codebook
 * below are its authors' business. */
static void report(const sr_engine_options *opt, sr_buf *problems, const char *path, bool failed) {
    if (!opt->problem || problems->failed) return;
    size_t n = strlen(path);
    for (char *p = problems->p, *end; p && *p; p = end) {
        end = strchr(p, '\n');
        if (end) *end++ = '\0';
        bool own = strncmp(p, path, n) == 0 && p[n] == ':';
        if (own || (failed && !strstr(p, ": note: "))) opt->problem(opt->context, p);
        if (!end) break;
    }
}

static sr_status lay_over(sr_engine *e, const char *path, const sr_engine_options *opt,
                          sr_error *err) {
    char *text = NULL;
    size_t n;
    sr_error why = {SR_OK, 0, ""};
    sr_status status = sr_file_read(&text, &n, path, SR_CODEBOOK_FILE_MAX, &why);
    if (status) return sr_fail(err, status == SR_ELIMIT ? SR_ERESOURCE : status, 0, "%s", why.message);
    sr_buf problems;
    sr_buf_init(&problems);
    sr_know *over = NULL;
    status = sr_know_overlay_report(&over, e->know, sr_str_of(text, n), path, &problems, err);
    report(opt, &problems, path, status != SR_OK);
    sr_buf_release(&problems);
    free(text);
    if (status) return status;
    sr_know_free(e->know);
    e->know = over;
    return SR_OK;
}

/* ---- places ------------------------------------------------------------------------------------ */

sr_status sr_read_table(sr_source *out, const char *path, sr_error *err) {
    char *text;
    size_t n;
    sr_status status = sr_file_read(&text, &n, path, SR_TABLE_FILE_MAX, err);
    if (!status) *out = (sr_source){path, sr_str_of(text, n)};
    return status;
}

static bool is_compiled(const char *path) {
    char magic[8] = "";
    FILE *f = fopen(path, "rb");
    bool yes = f && fread(magic, 1, 8, f) == 8 && memcmp(magic, "sitrepKB", 8) == 0;
    if (f) fclose(f);
    return yes;
}

static sr_status open_compiled(sr_engine *e, const char *path, sr_error *err) {
    sr_know *other;
    sr_error why = {SR_OK, 0, ""};
    if (e->places.map) return sr_fail(err, SR_EUSAGE, 0, "%s: a second compiled gazetteer; there can be one", path);
    sr_status status = sr_file_map(&e->places.map, &e->places.map_n, path, err);
    if (status) return status;
    status = sr_know_open(&other, e->places.map, e->places.map_n, &why);
    if (status) return sr_fail(err, status, 0, "%s: %s", path, why.message);
    if (!sr_know_same_book(e->know, other)) {
        sr_know_free(other);
        return sr_fail(err, SR_ERESOURCE, 0, "%s: compiled by another version of the program; compile it again", path);
    }
    sr_know_free(e->know);
    e->know = other;
    return SR_OK;
}

static sr_status add_tables(sr_engine *e, const sr_source *tables, size_t n, const sr_engine_options *opt, sr_error *err) {
    sr_know *more = NULL;
    sr_buf problems;
    sr_buf_init(&problems);
    sr_status status = sr_know_add_places(&e->places.image, &e->places.image_n, e->know, tables, n, &problems, err);
    for (sr_str rest = sr_str_of(problems.p, problems.n), line; !problems.failed && rest.n && opt->problem;) {
        line = sr_str_cut(&rest, '\n');
        ((char *)(uintptr_t)line.p)[line.n] = '\0'; /* the end of the line, or of the buffer */
        if (line.n) opt->problem(opt->context, line.p);
    }
    sr_buf_release(&problems);
    if (!status) status = sr_know_open(&more, e->places.image, e->places.image_n, err);
    if (status) return status;
    sr_know_free(e->know);
    e->know = more;
    return SR_OK;
}

static sr_status lay_places(sr_engine *e, const sr_engine_options *opt, sr_error *err) {
    sr_status status = SR_OK;
    size_t n = 0;
    sr_source *tables = calloc(opt->n_places + 1, sizeof *tables);
    if (!tables) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    for (size_t i = 0; i < opt->n_places && !status; i++) {
        if (is_compiled(opt->places[i])) status = open_compiled(e, opt->places[i], err);
        else status = sr_read_table(&tables[n], opt->places[i], err), n += !status;
    }
    if (n && !status) status = add_tables(e, tables, n, opt, err);
    for (size_t i = 0; i < n; i++) free((void *)(uintptr_t)tables[i].text.p);
    free(tables);
    return status;
}

/* ---- the engine -------------------------------------------------------------------------------- */

sr_status sr_engine_new(sr_engine **out, const sr_engine_options *opt, sr_error *err) {
    static const sr_engine_options defaults = {0};
    if (!opt) opt = &defaults;
    sr_engine *e = calloc(1, sizeof *e);
    if (!e) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    size_t n;
    const void *built_in = sr_builtin_codebook(&n);
    sr_status status = open_model(e, opt->model, err);
    if (!status && !opt->no_codebook) status = sr_know_open(&e->know, built_in, n, err);
    if (!status && e->know && opt->n_places) status = lay_places(e, opt, err);
    for (size_t i = 0; e->know && i < opt->n_codebooks && !status; i++)
        status = lay_over(e, opt->codebooks[i], opt, err);
    if (status) {
        sr_engine_free(e);
        return status;
    }
    *out = e;
    return SR_OK;
}

void sr_engine_free(sr_engine *e) {
    if (!e) return;
    if (e->know) sr_know_free(e->know);
    if (e->model) sr_model_free(e->model);
    free(e->model_file);
    free(e->places.image);
    if (e->places.map) sr_file_unmap(e->places.map, e->places.map_n);
    free(e);
}

const char *sr_engine_model_hash(const sr_engine *e) { return sr_model_hash(e->model); }
const char *sr_engine_codebook_hash(const sr_engine *e) { return e->know ? sr_know_hash(e->know) : ""; }

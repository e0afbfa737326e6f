/* gazetteer.c - gazetteers of others as tables of places, and tables as one compiled file. */
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "api/api.h"
#include "base/limits.h"

#define FILES_MAX 512

/* One import at work: what is read beside the rows, and where everything goes. */
typedef struct importer {
    const sr_engine *e;
    sr_gazetteer kind;
    sr_source admin1, admin2; /* without text: not there */
    sr_buf out, problems;
    uint32_t places, faults;
} importer;

static sr_status import_file(importer *m, const char *path, sr_error *err) {
    sr_source table;
    sr_status status = sr_read_table(&table, path, err);
    if (status) return status;
    sr_arena a, scratch;
    jmp_buf recover;
    uint32_t faults = 0;
    sr_arena_init(&a, 0);
    sr_arena_init(&scratch, SR_DOC_MEMORY_MAX);
    a.recover = scratch.recover = &recover;
    if (setjmp(recover)) status = sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", path);
    else if (m->kind == SR_PCODES)
        m->places += sr_know_import_pcodes(&m->out, &m->problems, &faults, m->e->know, &table, &a, &scratch);
    else
        m->places += sr_know_import_geonames(&m->out, &m->problems, &faults, m->e->know, &table, m->admin1.text.p ? &m->admin1 : NULL,
                                             m->admin2.text.p ? &m->admin2 : NULL, &a, &scratch);
    m->faults += faults;
    sr_arena_release(&a);
    sr_arena_release(&scratch);
    free((void *)(uintptr_t)table.text.p);
    return status;
}

static int by_name(const void *a, const void *b) { return strcmp(a, b); }

/* The dump's files in a folder: the whole world, else those of states. */
static sr_status list_files(const char *folder, char (*name)[32], size_t *n, sr_error *err) {
    *n = 0;
    DIR *d = opendir(folder);
    if (!d) return sr_fail(err, SR_EIO, 0, "%s: %s", folder, sr_errno_text(errno));
    bool world = false;
    for (struct dirent *f; (f = readdir(d)) && *n < FILES_MAX;) {
        const char *s = f->d_name;
        if (strcmp(s, "allCountries.txt") == 0) world = true;
        if (strlen(s) != 6 || s[0] < 'A' || s[0] > 'Z' || s[1] < 'A' || s[1] > 'Z' || strcmp(s + 2, ".txt") != 0) continue;
        memcpy(name[(*n)++], s, 7);
    }
    closedir(d);
    if (world) {
        *n = 1;
        memcpy(name[0], "allCountries.txt", 17);
    }
    if (!*n) return sr_fail(err, SR_EINPUT, 0, "%s: neither allCountries.txt nor files such as AF.txt", folder);
    qsort(name, *n, sizeof *name, by_name);
    return SR_OK;
}

/* A table beside the dump, which may be missing. */
static void read_beside(sr_source *out, char *path, size_t size, const char *folder, const char *name) {
    sr_error unused = {SR_OK, 0, ""};
    if (snprintf(path, size, "%s/%s", folder, name) >= (int)size || sr_read_table(out, path, &unused)) *out = (sr_source){path, SR_STR_NONE};
}

static sr_status import_geonames(importer *m, const char *path, sr_error *err) {
    char folder[3000], at[3200], beside[2][3200], name[FILES_MAX][32];
    struct stat st;
    bool is_folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    if (strlen(path) >= sizeof folder) return sr_fail(err, SR_EIO, 0, "the path is too long");
    const char *slash = strrchr(path, '/');
    snprintf(folder, sizeof folder, "%.*s", is_folder ? (int)strlen(path) : slash ? (int)(slash - path) : 1, is_folder || slash ? path : ".");
    read_beside(&m->admin1, beside[0], sizeof beside[0], folder, "admin1CodesASCII.txt");
    read_beside(&m->admin2, beside[1], sizeof beside[1], folder, "admin2Codes.txt");
    size_t n = 0;
    sr_status status = SR_OK;
    if (!is_folder) status = import_file(m, path, err);
    else status = list_files(folder, name, &n, err);
    for (size_t i = 0; i < n && !status; i++) {
        snprintf(at, sizeof at, "%s/%s", folder, name[i]);
        status = import_file(m, at, err);
    }
    free((void *)(uintptr_t)m->admin1.text.p);
    free((void *)(uintptr_t)m->admin2.text.p);
    return status;
}

sr_status sr_places_import(sr_output *out, uint32_t *n, uint32_t *faults, const sr_engine *e, sr_gazetteer kind, const char *path,
                           void (*problem)(void *context, const char *line), void *context, sr_error *err) {
    importer *m = calloc(1, sizeof *m);
    if (!m) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    m->e = e;
    m->kind = kind;
    m->out = (sr_buf){out->data, out->size, out->capacity, false};
    sr_status status = kind == SR_GEONAMES ? import_geonames(m, path, err) : import_file(m, path, err);
    *out = (sr_output){m->out.p, m->out.n, m->out.cap};
    *n = m->places;
    *faults = m->faults;
    if (!status && (m->out.failed || m->problems.failed)) status = sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", path);
    for (char *p = m->problems.p, *end; p && *p && !m->problems.failed; p = end + 1) {
        end = strchr(p, '\n'); /* every one ends in it */
        *end = '\0';
        if (problem) problem(context, p);
    }
    if (!status && !m->places) status = sr_fail(err, SR_EINPUT, 0, "%s: no place in it", path);
    sr_buf_release(&m->problems);
    free(m);
    return status;
}

sr_status sr_places_compile(sr_output *out, const sr_engine *e, sr_error *err) {
    if (!e->places.image) return sr_fail(err, SR_EUSAGE, 0, "no table of places to compile");
    sr_buf b = {out->data, out->size, out->capacity, false};
    sr_buf_put(&b, e->places.image, e->places.image_n);
    *out = (sr_output){b.p, b.n, b.cap};
    return b.failed ? sr_fail(err, SR_ENOMEM, 0, "out of memory for output") : SR_OK;
}

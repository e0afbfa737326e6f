/* look.c - `sitrep actors` and `sitrep places`: what the program knows, and which names it met and
 * does not know.
 */
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"

/* The operands as one query: `sitrep places deir ez-zor`. NULL: out of memory. */
static char *query_of(const sr_args *args) {
    sr_buf q = {0};
    sr_buf_z(&q, "");
    for (int i = 0; i < args->n_operand; i++) {
        if (i) sr_buf_char(&q, ' ');
        sr_buf_z(&q, args->operand[i]);
    }
    if (!q.failed) return q.p;
    sr_buf_release(&q);
    return NULL;
}

static int wants_json(const sr_args *args, const sr_command *self, bool *json) {
    const char *format = args->format ? args->format : isatty(STDOUT_FILENO) ? "table" : "jsonl";
    *json = strcmp(format, "jsonl") == 0 || strcmp(format, "json") == 0;
    if (*json || strcmp(format, "table") == 0) return SR_EXIT_OK;
    return sr_usage_error(self, "--format is table or jsonl, not \"%s\"", format);
}

static int look(const sr_args *args, const char *what, bool json) {
    int status;
    sr_engine *e = sr_open_engine(args, &status);
    if (!e) return status;
    char *query = query_of(args);
    sr_output out = {0};
    sr_error err = {SR_OK, 0, ""};
    uint32_t n = 0;
    if (!query) sr_fail(&err, SR_ENOMEM, 0, "out of memory");
    else if (strcmp(what, "actor") == 0) sr_actors_render(&out, &n, e, query, args->date, json, &err);
    else sr_places_render(&out, &n, e, query, json, &err);
    status = err.status == SR_OK ? SR_EXIT_OK : err.status == SR_EUSAGE ? SR_EXIT_USAGE : SR_EXIT_FAILED;
    if (err.status) sr_say("%s", err.message);
    else if (n == 0) sr_say("no %s \"%s\"", what, query);
    if (!err.status && n == 0) status = SR_EXIT_FAILED;
    if (out.size) fwrite(out.data, 1, out.size, stdout);
    free(query);
    sr_output_release(&out);
    sr_engine_free(e);
    return status;
}

/* ---- names that are not known ------------------------------------------------------------------ */

typedef struct met {
    char *text;
    char code[4], sector[4];
    uint32_t n;
} met;

typedef struct tally {
    met *v;          /* [cap] a hash table; text NULL: free */
    uint32_t n, cap;
    bool failed;
} tally;

static met *slot_of(tally *t, const char *text, size_t n) {
    uint32_t i = (uint32_t)sr_hash(text, n, 0) & (t->cap - 1);
    while (t->v[i].text && (strlen(t->v[i].text) != n || memcmp(t->v[i].text, text, n) != 0))
        i = (i + 1) & (t->cap - 1);
    return &t->v[i];
}

static bool grow(tally *t) {
    tally bigger = {calloc(t->cap ? t->cap * 2 : 1024, sizeof *bigger.v), t->n, t->cap ? t->cap * 2 : 1024, false};
    if (!bigger.v) return false;
    for (uint32_t i = 0; i < t->cap; i++)
        if (t->v[i].text) *slot_of(&bigger, t->v[i].text, strlen(t->v[i].text)) = t->v[i];
    free(t->v);
    *t = bigger;
    return true;
}

static void count(void *context, const sr_unknown *u) {
    tally *t = context;
    if (t->failed || ((t->n + 1) * 2 > t->cap && !grow(t))) {
        t->failed = true;
        return;
    }
    met *m = slot_of(t, u->text, u->n);
    if (!m->text) {
        m->text = malloc(u->n + 1);
        if (!m->text) {
            t->failed = true;
            return;
        }
        memcpy(m->text, u->text, u->n);
        m->text[u->n] = '\0';
        t->n++;
    }
    m->n++;
    if (!m->code[0]) memcpy(m->code, u->code, sizeof m->code);
    if (!m->sector[0]) memcpy(m->sector, u->sector, sizeof m->sector);
}

static int by_count(const void *a, const void *b) {
    const met *x = a, *y = b;
    if (!x->text || !y->text) return (x->text == NULL) - (y->text == NULL);
    if (x->n != y->n) return x->n > y->n ? -1 : 1;
    return strcmp(x->text, y->text);
}

/* A name on one line, whatever the text's own lines were. */
static void print_met(const met *m) {
    printf("%7u  %-4s%-4s ", m->n, m->code[0] ? m->code : "-", m->sector[0] ? m->sector : "-");
    for (const char *p = m->text; *p; p++) putchar((unsigned char)*p < 0x20 ? ' ' : *p);
    putchar('\n');
}

static int unknown(const sr_args *args) {
    tally t = {0};
    sr_work work = {.coder = {.date = args->date}, .unknown = count, .unknown_to = &t};
    int status = sr_work_run(&work, args);
    if (t.failed) sr_say("out of memory");
    if (t.cap) qsort(t.v, t.cap, sizeof *t.v, by_count);
    for (uint32_t i = 0; i < t.n; i++) {
        print_met(&t.v[i]);
        free(t.v[i].text);
    }
    free(t.v);
    return t.failed ? SR_EXIT_FAILED : status;
}

int sr_cmd_actors(const sr_args *args) {
    const sr_command *self = sr_find_command("actors");
    bool json;
    if (args->unknown && args->format) return sr_usage_error(self, "--unknown prints one format only");
    if (args->unknown) return unknown(args);
    int status = wants_json(args, self, &json);
    return status ? status : look(args, "actor", json);
}

/* ---- other gazetteers -------------------------------------------------------------------------- */

static void complain(void *context, const char *line) {
    (void)context;
    sr_say("%s", line);
}

static int import(const sr_args *args, const sr_command *self) {
    const char *kind = args->n_operand > 1 ? args->operand[1] : "";
    bool geonames = strcmp(kind, "geonames") == 0;
    if (args->n_operand != 3 || (!geonames && strcmp(kind, "pcodes") != 0))
        return sr_usage_error(self, "import geonames PATH, or import pcodes FILE");
    int status;
    sr_engine *e = sr_open_engine(args, &status);
    if (!e) return status;
    sr_output out = {0};
    sr_error err = {SR_OK, 0, ""};
    uint32_t n, faults;
    if (sr_places_import(&out, &n, &faults, e, geonames ? SR_GEONAMES : SR_PCODES, args->operand[2], complain, NULL, &err) != SR_OK) {
        sr_say("%s", err.message);
        status = SR_EXIT_FAILED;
    } else {
        fwrite(out.data, 1, out.size, stdout);
        if (faults) sr_say("%u places written, %u faults left out", n, faults);
        if (faults) status = SR_EXIT_PARTIAL;
    }
    sr_output_release(&out);
    sr_engine_free(e);
    return status;
}

static int compile(const sr_args *args, const sr_command *self) {
    sr_args with_tables = *args;
    if (args->n_operand < 2) return sr_usage_error(self, "compile TABLE...");
    for (int i = 1; i < args->n_operand; i++) {
        if (with_tables.n_places == SR_CODEBOOKS_MAX) return sr_usage_error(self, "at most %d tables", SR_CODEBOOKS_MAX);
        with_tables.places[with_tables.n_places++] = args->operand[i];
    }
    if (isatty(STDOUT_FILENO)) return sr_usage_error(self, "compile writes a file of bytes: sitrep places compile TABLE... > FILE");
    int status;
    sr_engine *e = sr_open_engine(&with_tables, &status);
    if (!e) return status;
    sr_output out = {0};
    sr_error err = {SR_OK, 0, ""};
    if (sr_places_compile(&out, e, &err) != SR_OK) {
        sr_say("%s", err.message);
        status = SR_EXIT_FAILED;
    } else {
        fwrite(out.data, 1, out.size, stdout);
    }
    sr_output_release(&out);
    sr_engine_free(e);
    return status;
}

int sr_cmd_places(const sr_args *args) {
    const sr_command *self = sr_find_command("places");
    bool json;
    if (args->n_operand && strcmp(args->operand[0], "import") == 0) return import(args, self);
    if (args->n_operand && strcmp(args->operand[0], "compile") == 0) return compile(args, self);
    int status = wants_json(args, self, &json);
    if (status) return status;
    if (!args->n_operand) return sr_usage_error(self, "a name is wanted");
    return look(args, "place", json);
}

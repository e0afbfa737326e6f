/* bench.c - `sitrep bench`: documents kept in memory, coded on this thread, with the processor
 * time of each stage. Reading from the disk is not timed, decoding is.
 */
#include <stdlib.h>
#include <sys/resource.h>

#include "cli/cli.h"

#define MEGABYTES 8

typedef struct kept {
    sr_item *v;
    size_t n, cap, bytes;
} kept;

static bool keep(kept *k, const sr_item *item) {
    if (k->n == k->cap) {
        size_t cap = k->cap ? k->cap * 2 : 256;
        sr_item *v = realloc(k->v, cap * sizeof *v);
        if (!v) return false;
        k->v = v;
        k->cap = cap;
    }
    char *p = malloc(item->n + 1);
    if (!p) return false;
    memcpy(p, item->bytes, item->n);
    k->v[k->n] = *item;
    k->v[k->n].bytes = p;
    k->v[k->n++].source = NULL;
    k->bytes += item->n;
    return true;
}

static bool read_all(kept *k, const sr_args *args, size_t max) {
    static char dash[] = "-", *standard[] = {dash};
    char **files = args->n_operand ? args->operand : standard;
    int n = args->n_operand ? args->n_operand : 1;
    sr_error err = {SR_OK, 0, ""};
    for (int i = 0; i < n && k->bytes < max; i++) {
        sr_input *in;
        if (sr_input_open(&in, files[i], SR_INPUT_AUTO, &err) != SR_OK) {
            sr_say("%s", err.message);
            return false;
        }
        sr_item item;
        for (int got; k->bytes < max && (got = sr_input_next(in, &item, &err)) != 0;) {
            if (got > 0 && keep(k, &item)) continue;
            sr_say("%s", got < 0 ? err.message : "out of memory");
            sr_input_close(in);
            return false;
        }
        sr_input_close(in);
    }
    return true;
}

static void print(const sr_costs *c, size_t written) {
    static const char *const names[SR_STAGE_N] = {"read", "parse", "mention", "code", "export"};
    double all = 0;
    for (int i = 0; i < SR_STAGE_N; i++) all += c->seconds[i];
    printf("%llu documents, %.1f MB, %llu sentences, %llu words, %llu events\n\n",
           (unsigned long long)c->documents, (double)c->bytes / 1e6, (unsigned long long)c->sentences,
           (unsigned long long)c->words, (unsigned long long)c->events);
    printf("%-9s %10s %6s %14s %12s\n", "stage", "seconds", "share", "sentences/s", "words/s");
    for (int i = 0; i <= SR_STAGE_N; i++) {
        double s = i < SR_STAGE_N ? c->seconds[i] : all;
        if (i == SR_STAGE_N) putchar('\n');
        printf("%-9s %10.3f %5.1f%% %14.0f %12.0f\n", i < SR_STAGE_N ? names[i] : "all", s,
               all > 0 ? 100 * s / all : 0, s > 0 ? (double)c->sentences / s : 0,
               s > 0 ? (double)c->words / s : 0);
    }
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    printf("\n%.1f documents/s, %.1f MB of records\n", all > 0 ? (double)c->documents / all : 0,
           (double)written / 1e6);
    printf("memory: %.1f MB for the largest document, %.1f MB for the process at its peak\n",
           (double)c->memory / 1e6, (double)use.ru_maxrss / 1e3);
}

int sr_cmd_bench(const sr_args *args) {
    int status;
    sr_engine *e = sr_open_engine(args, &status);
    if (!e) return status;
    kept k = {0};
    sr_coder *c = NULL;
    sr_output out = {0};
    sr_coder_options opt = {.date = args->date, .timings = true};
    sr_error err = {SR_OK, 0, ""};
    size_t written = 0;
    status = SR_EXIT_FAILED;
    if (!read_all(&k, args, (size_t)(args->megabytes ? args->megabytes : MEGABYTES) * 1000000)) goto out;
    if (sr_coder_new(&c, e, &opt, &err) != SR_OK) {
        sr_say("%s", err.message);
        if (err.status == SR_EUSAGE) status = SR_EXIT_USAGE;
        goto out;
    }
    for (size_t i = 0; i < k.n; i++) {
        const sr_record *r;
        sr_code_item(c, &r, &k.v[i], NULL); /* what fails is part of the run */
        sr_output_reset(&out);
        sr_record_render(&out, r, NULL, NULL);
        written += out.size;
    }
    sr_costs costs = sr_coder_costs(c);
    printf("sitrep %s, model %s, codebook %s\n", sr_version(), sr_engine_model_hash(e),
           sr_engine_codebook_hash(e));
    print(&costs, written);
    status = SR_EXIT_OK;
out:
    sr_output_release(&out);
    sr_coder_free(c);
    for (size_t i = 0; i < k.n; i++) free((char *)k.v[i].bytes);
    free(k.v);
    sr_engine_free(e);
    return status;
}

/* kernels.c - the parse stage alone, from raw text to words, tags, lemmas, features, names and trees,
 * on every kernel that this processor can run:
 *
 *   kernels MODEL ROUNDS < text        paragraphs divided by empty lines
 *
 * Prints processor time as words and sentences a second: the median of the rounds, and the slowest.
 * A hash of all that came out stands beside, and must be the same for all kernels.
 * `make bench` builds and runs it.
 */
#define _POSIX_C_SOURCE 200809L
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "parse/feats.h"
#include "parse/kernel.h"
#include "read/read.h"

#define ROUNDS_MAX 99

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

typedef struct sums {
    uint64_t words, sentences, hash;
    double seconds; /* of hashing, which is not what is timed */
    sr_buf features;
} sums;

static void add_batch(void *to, const sr_parse *batch) {
    sums *s = to;
    s->sentences += batch->n;
    s->words += batch->n_words;
    sr_buf_reset(&s->features);
    for (uint32_t k = 0; k < batch->n; k++)
        for (int i = 0; i < batch->s[k].n; i++) sr_feats_print(&s->features, &batch->s[k], i);
    double start = now();
    s->hash = sr_hash(s->features.p, s->features.n, s->hash);
    for (uint32_t k = 0; k < batch->n; k++)
        for (int i = 0; i < batch->s[k].n; i++) {
            const sr_word *w = &batch->s[k].w[i];
            const int32_t all[] = {(int32_t)w->start, (int32_t)w->end, w->head, w->rel, w->sub,
                                   w->upos, w->xpos, w->name, w->name_begin};
            s->hash = sr_hash(w->lemma.p, w->lemma.n, sr_hash(all, sizeof all, s->hash));
        }
    s->seconds += now() - start;
}

static int by_value(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

static char *read_all(FILE *f, size_t *n) {
    size_t cap = 1 << 20;
    char *p = malloc(cap);
    *n = 0;
    for (size_t k; p && (k = fread(p + *n, 1, cap - *n, f)) > 0;) {
        *n += k;
        if (*n == cap) p = realloc(p, cap *= 2);
    }
    return p;
}

static int fail(const char *message) {
    fprintf(stderr, "kernels: %s\n", message);
    return 1;
}

int main(int argc, char **argv) {
    int rounds = argc == 3 ? (int)strtol(argv[2], NULL, 10) : 0;
    if (rounds < 1 || rounds > ROUNDS_MAX) {
        fputs("usage: kernels MODEL ROUNDS < text\n", stderr);
        return 2;
    }
    sr_error err = {SR_OK, 0, ""};
    char *file;
    size_t n;
    sr_model *m;
    sr_parser *p;
    sr_arena a, batch;
    sr_doc doc;
    sr_arena_init(&a, 0);
    sr_arena_init(&batch, 0);
    if (sr_file_read(&file, &n, argv[1], 0, &err) != SR_OK ||
        sr_model_open(&m, file, n, &err) != SR_OK || sr_parser_new(&p, m, &err) != SR_OK)
        return fail(err.message);
    char *text = read_all(stdin, &n);
    if (!text) return fail("out of memory");
    memset(&doc, 0, sizeof doc);
    doc.text = sr_str_of(text, n);
    doc.date = SR_DAY_NONE;
    sr_blocks_find(&doc, &a);

    const sr_kernel *all[SR_KERNELS_MAX];
    size_t n_kernels = sr_kernel_all(all);
    uint64_t hash = 0;
    bool same = true;
    for (size_t k = 0; k < n_kernels; k++) {
        double seconds[ROUNDS_MAX];
        sums s = {.words = 0};
        sr_parser_set_kernel(p, all[k]);
        for (int r = 0; r < rounds; r++) {
            sr_arena scratch;
            sr_arena_init(&scratch, 0);
            s.words = s.sentences = s.hash = 0;
            s.seconds = 0;
            double start = now();
            sr_parser_each(p, &doc, add_batch, &s, &scratch, &batch);
            seconds[r] = now() - start - s.seconds;
            sr_arena_release(&scratch);
        }
        sr_buf_release(&s.features);
        qsort(seconds, (size_t)rounds, sizeof *seconds, by_value);
        double median = seconds[rounds / 2], slowest = seconds[rounds - 1];
        if (k == 0) {
            printf("%" PRIu64 " words, %" PRIu64 " sentences, %d rounds\n\n", s.words, s.sentences,
                   rounds);
            printf("%-10s %10s %12s %14s   %s\n", "kernel", "words/s", "(slowest)", "sentences/s",
                   "hash");
            hash = s.hash;
        }
        same = same && s.hash == hash;
        printf("%-10s %10.0f %12.0f %14.0f   %016" PRIx64 "\n", all[k]->name,
               (double)s.words / median, (double)s.words / slowest,
               (double)s.sentences / median, s.hash);
    }
    sr_arena_release(&a);
    sr_arena_release(&batch);
    sr_parser_free(p);
    sr_model_free(m);
    free(file);
    free(text);
    return same ? 0 : fail("the kernels do not agree");
}

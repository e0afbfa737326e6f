/* tryparse.c - the parser alone, without the stages around it, for measuring it:
 *
 *   tryparse MODEL < text                 to CoNLL-U; paragraphs divided by empty lines
 *   tryparse MODEL --conllu < treebank    the same for words that are given
 *   tryparse MODEL --bench N < text       words a second of each kernel, N times over
 *
 * Built by hand, with the early stages' library:
 *   make ONLY="base read parse" build/release/libsitrep-base-read-parse.a
 *   gcc -O2 -Isrc -Iinclude -o build/tryparse tools/tryparse.c \
 *       build/release/libsitrep-base-read-parse.a -lutf8proc -lm
 */
#define _POSIX_C_SOURCE 200809L
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "base/date.h"
#include "parse/kernel.h"

static char *read_all(FILE *f, size_t *n) {
    size_t cap = 1 << 16;
    char *p = malloc(cap);
    *n = 0;
    for (size_t k; p && (k = fread(p + *n, 1, cap - *n, f)) > 0;) {
        *n += k;
        if (*n == cap) p = realloc(p, cap *= 2);
    }
    return p;
}

/* Blocks between empty lines. */
static void make_blocks(sr_doc *doc, sr_str text, sr_arena *a) {
    SR_VEC(sr_block) blocks = {NULL, 0, 0};
    memset(doc, 0, sizeof *doc);
    doc->text = text;
    doc->date = SR_DAY_NONE;
    uint32_t start = 0, end = 0;
    bool open = false;
    for (uint32_t i = 0; i <= text.n;) {
        uint32_t e = i;
        bool blank = true;
        while (e < text.n && text.p[e] != '\n') {
            if ((unsigned char)text.p[e] > 0x20) blank = false;
            e++;
        }
        if (!blank) {
            if (!open) start = i;
            open = true;
            end = e;
        }
        if (open && (blank || e >= text.n)) {
            sr_block b = {start, end, SR_BLOCK_PARAGRAPH, start};
            SR_PUSH(a, &blocks, b);
            open = false;
        }
        i = e + 1;
    }
    doc->blocks = blocks.v;
    doc->n_blocks = blocks.n;
}

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static void bench(sr_parser *p, const sr_doc *doc, int rounds, sr_arena *scratch) {
    const sr_kernel *all[SR_KERNELS_MAX];
    size_t n = sr_kernel_all(all);
    for (size_t k = 0; k < n; k++) {
        sr_parser_set_kernel(p, all[k]);
        double split = 0, total = 0;
        uint64_t words = 0, sents = 0;
        for (int r = 0; r < rounds; r++) {
            sr_parse out;
            sr_arena_clear(scratch);
            double t = now();
            sr_parser_split(p, &out, doc, scratch);
            split += now() - t;
            sr_parser_tag(p, &out, scratch);
            total += now() - t;
            words += out.n_words;
            sents += out.n;
        }
        printf(
            "%-9s %8.0f words/s, %7.0f sentences/s; words and sentences alone %8.0f words/s\n",
            all[k]->name, (double)words / total, (double)sents / total, (double)words / split);
    }
}

static int fail(const sr_error *err) {
    fprintf(stderr, "tryparse: %s\n", err->message);
    return err->status == SR_ERESOURCE ? 3 : 1;
}

int main(int argc, char **argv) {
    bool conllu = argc == 3 && strcmp(argv[2], "--conllu") == 0;
    int rounds =
        argc == 4 && strcmp(argv[2], "--bench") == 0 ? (int)strtol(argv[3], NULL, 10) : 0;
    if (argc != 2 && !conllu && rounds < 1) {
        fputs("usage: tryparse MODEL [--conllu | --bench N] < input\n", stderr);
        return 2;
    }
    const char *path = argv[1];
    sr_error err = {SR_OK, 0, ""};
    char *model_file = NULL;
    size_t n;
    sr_model *m;
    sr_parser *p;
    if (sr_file_read(&model_file, &n, path, 0, &err) != SR_OK ||
        sr_model_open(&m, model_file, n, &err) != SR_OK || sr_parser_new(&p, m, &err) != SR_OK)
        return fail(&err);
    char *input = read_all(stdin, &n);
    if (!input) return 1;
    sr_arena a, scratch;
    sr_arena_init(&a, 0);
    sr_arena_init(&scratch, 0);
    sr_doc doc;
    sr_parse parse;
    if (conllu) {
        if (sr_conllu_read(&doc, &parse, sr_str_of(input, n), &a, &err) != SR_OK)
            return fail(&err);
        sr_parser_tag(p, &parse, &a);
    } else {
        make_blocks(&doc, sr_str_of(input, n), &a);
        if (rounds) bench(p, &doc, rounds, &scratch);
        else sr_parser_run(p, &parse, &doc, &a);
    }
    if (!rounds) {
        sr_buf out;
        sr_buf_init(&out);
        sr_conllu_print(&out, &doc, &parse, NULL);
        fwrite(out.p, 1, out.n, stdout);
        sr_buf_release(&out);
    }
    sr_arena_release(&a);
    sr_arena_release(&scratch);
    sr_parser_free(p);
    sr_model_free(m);
    free(model_file);
    free(input);
    return 0;
}

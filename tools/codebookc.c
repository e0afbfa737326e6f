/* codebookc.c - compiles the codebook: codebookc [-n] OUT DIR
 *
 * Reads all *.txt and *.tsv below DIR, in the order of their paths, and writes the image to OUT,
 * through a temporary file beside it, so that OUT is whole or untouched. Mistakes go to stderr, a
 * line each, "FILE:LINE: message"; -n shows notes too: what is allowed and looks like a slip.
 * Exit: 0 done, 1 something is wrong, 2 usage.
 */
#include "know/know.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define DEPTH_MAX 8

typedef struct sources { sr_source *v; size_t n, cap; } sources;

static int complain(const char *path, const char *what) {
    fprintf(stderr, "codebookc: %s: %s\n", path, what);
    return 1;
}

static int add(sources *s, const char *path) {
    sr_error err;
    char *text, *name = strdup(path);
    size_t n;
    if (s->n == s->cap) {
        size_t cap = s->cap ? s->cap * 2 : 64;
        sr_source *v = realloc(s->v, cap * sizeof *v);
        if (v) s->v = v, s->cap = cap;
    }
    if (!name || s->n == s->cap) {
        free(name);
        return complain(path, "out of memory");
    }
    if (sr_file_read(&text, &n, path, UINT32_MAX / 2, &err) != SR_OK) {
        free(name);
        fprintf(stderr, "codebookc: %s\n", err.message);
        return 1;
    }
    s->v[s->n++] = (sr_source){name, sr_str_of(text, n)};
    return 0;
}

static bool is_source(const char *name) {
    sr_str s = sr_str_z(name);
    return name[0] != '.' && (sr_str_ends(s, ".txt") || sr_str_ends(s, ".tsv"));
}

static int walk(sources *s, const char *dir, int depth) {
    char path[4096];
    struct stat st;
    int failed = 0;
    DIR *d = opendir(dir);
    if (!d) return complain(dir, sr_errno_text(errno));
    for (struct dirent *e; (e = readdir(d));) {
        if (e->d_name[0] == '.') continue;
        if (snprintf(path, sizeof path, "%s/%s", dir, e->d_name) >= (int)sizeof path) {
            failed = complain(dir, "the path is too long");
        } else if (stat(path, &st) != 0) {
            failed = complain(path, sr_errno_text(errno));
        } else if (S_ISDIR(st.st_mode)) {
            if (depth == DEPTH_MAX) failed = complain(path, "nested too deep");
            else if (walk(s, path, depth + 1)) failed = 1;
        } else if (is_source(e->d_name)) {
            if (add(s, path)) failed = 1;
        }
    }
    closedir(d);
    return failed;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const sr_source *)a)->name, ((const sr_source *)b)->name);
}

/* Problems and notes, a line each. */
static void print_problems(const sr_buf *b, bool notes) {
    sr_str rest = sr_str_of(b->p, b->n);
    while (rest.n) {
        sr_str line = sr_str_cut(&rest, '\n');
        bool note = false;
        for (uint32_t i = 0; i + 8 <= line.n && !note; i++)
            note = memcmp(line.p + i, ": note: ", 8) == 0;
        if (!note || notes) fprintf(stderr, "%.*s\n", (int)line.n, line.p);
    }
}

static int write_whole(const char *path, const void *p, size_t n) {
    char tmp[4096];
    if (snprintf(tmp, sizeof tmp, "%s.%ld.tmp", path, (long)getpid()) >= (int)sizeof tmp)
        return complain(path, "the path is too long");
    FILE *f = fopen(tmp, "wb");
    if (!f) return complain(tmp, sr_errno_text(errno));
    bool ok = fwrite(p, 1, n, f) == n;
    ok = fclose(f) == 0 && ok;
    if (!ok || rename(tmp, path) != 0) {
        int e = errno;
        remove(tmp);
        return complain(path, sr_errno_text(e));
    }
    return 0;
}

int main(int argc, char **argv) {
    sources s = {NULL, 0, 0};
    sr_buf problems;
    sr_error err;
    void *image = NULL;
    size_t n = 0;
    bool notes = argc > 1 && strcmp(argv[1], "-n") == 0;
    if (notes) argc--, argv++;
    if (argc != 3) {
        fprintf(stderr, "usage: codebookc [-n] OUT DIR\n");
        return 2;
    }
    sr_buf_init(&problems);
    int failed = walk(&s, argv[2], 0);
    if (!failed) {
        if (s.n) qsort(s.v, s.n, sizeof *s.v, by_name);
        if (sr_know_compile_report(&image, &n, s.v, s.n, &problems, &err) != SR_OK) {
            if (err.position == 0) fprintf(stderr, "codebookc: %s\n", err.message);
            failed = 1;
        } else {
            failed = write_whole(argv[1], image, n);
        }
        print_problems(&problems, notes);
    }
    for (size_t i = 0; i < s.n; i++) {
        free((char *)(uintptr_t)s.v[i].name);
        free((char *)(uintptr_t)s.v[i].text.p);
    }
    free(s.v);
    free(image);
    sr_buf_release(&problems);
    return failed;
}

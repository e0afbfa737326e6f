/* input.c - files as raw documents: the reader of src/read, and CoNLL-U beside it.
 *
 * CoNLL-U is cut at `# newdoc`. A treebank need not have any, so past PIECE bytes it is cut at the
 * end of the next sentence, and memory stays bounded.
 *
 *   buf: [ ....document.... | ....read ahead.... | free ]
 *        ^at                ^cut                 ^end   ^cap
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "api/api.h"
#include "base/limits.h"

#define PIECE ((size_t)1 << 20)

struct sr_input {
    sr_reader *reader; /* NULL: CoNLL-U */
    sr_item_kind kind;
    int fd;
    bool eof;
    char *buf;
    size_t at, end, cap;
    uint64_t line;
    char name[160];
};

static sr_status open_conllu(sr_input *in, const char *path, sr_error *err) {
    bool std = strcmp(path, "-") == 0;
    const char *shown = std ? "<stdin>" : path;
    size_t len = strlen(shown);
    if (len >= sizeof in->name) shown += len - 150;
    memcpy(in->name, shown, strlen(shown) + 1);
    in->fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    struct stat st;
    if (in->fd < 0 || fstat(in->fd, &st) != 0)
        return sr_fail(err, SR_EIO, 0, "%s: %s", in->name, sr_errno_text(errno));
    if (S_ISDIR(st.st_mode)) return sr_fail(err, SR_EIO, 0, "%s: is a directory", in->name);
    return SR_OK;
}

sr_status sr_input_open(sr_input **out, const char *path, sr_input_kind kind, sr_error *err) {
    sr_input *in = calloc(1, sizeof *in);
    if (!in) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    in->fd = -1;
    in->kind = kind == SR_INPUT_WORDS ? SR_ITEM_WORDS : SR_ITEM_TREES;
    bool conllu = kind == SR_INPUT_WORDS || kind == SR_INPUT_TREES;
    sr_status status = conllu ? open_conllu(in, path, err)
                              : sr_reader_open(&in->reader, path, kind == SR_INPUT_PIECES, err);
    if (status) {
        sr_input_close(in);
        return status;
    }
    *out = in;
    return SR_OK;
}

void sr_input_close(sr_input *in) {
    if (!in) return;
    sr_reader_close(in->reader);
    if (in->fd > STDIN_FILENO) close(in->fd);
    free(in->buf);
    free(in);
}

/* 1: read some; 0: the end; -1: failed. */
static int fill(sr_input *in, sr_error *err) {
    if (in->at) {
        memmove(in->buf, in->buf + in->at, in->end - in->at);
        in->end -= in->at;
        in->at = 0;
    }
    if (in->cap - in->end < PIECE / 4) {
        size_t cap = in->cap ? in->cap * 2 : PIECE;
        char *p = realloc(in->buf, cap);
        if (!p) {
            in->eof = true;
            sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", in->name);
            return -1;
        }
        in->buf = p;
        in->cap = cap;
    }
    ssize_t got;
    do got = read(in->fd, in->buf + in->end, in->cap - in->end);
    while (got < 0 && errno == EINTR);
    if (got <= 0) in->eof = true;
    if (got < 0) sr_fail(err, SR_EIO, 0, "%s: %s", in->name, sr_errno_text(errno));
    if (got <= 0) return (int)got;
    in->end += (size_t)got;
    return 1;
}

static bool is_newdoc(const char *p, size_t n) {
    static const char mark[] = "# newdoc";
    return n >= sizeof mark - 1 && memcmp(p, mark, sizeof mark - 1) == 0;
}

/* The next document: whole lines up to where it is cut. */
static int next_conllu(sr_input *in, sr_item *item, sr_error *err) {
    size_t line = 0; /* start of the line looked at, from `at` */
    uint64_t first = in->line + 1, lines = 0;
    bool rows = false; /* a sentence has begun */
    for (;;) {
        size_t n = in->end - in->at;
        const char *p = in->buf + in->at;
        const char *nl = n > line ? memchr(p + line, '\n', n - line) : NULL;
        if (!nl && !in->eof) {
            if (n > SR_RAW_MAX) {
                in->eof = true;
                in->at = in->end;
                sr_fail(err, SR_ELIMIT, 0, "%s: sentence longer than SR_RAW_MAX, %u bytes",
                        in->name, SR_RAW_MAX);
                return -1;
            }
            if (fill(in, err) < 0) return -1;
            continue;
        }
        size_t next = nl ? (size_t)(nl - p) + 1 : n, len = (nl ? next - 1 : n) - line;
        bool empty = len == 0 || (len == 1 && p[line] == '\r');
        bool cut_before = rows && is_newdoc(p + line, len);
        bool cut_after = (rows && empty && next > PIECE) || (!nl && in->eof);
        if (!empty && p[line] != '#') rows = true;
        if (!cut_before) {
            lines += nl != NULL;
            line = next;
        }
        if (!cut_before && !cut_after) continue;
        *item = (sr_item){p, line, in->name, first, in->kind};
        in->at += line;
        in->line += lines;
        return rows ? 1 : 0;
    }
}

int sr_input_next(sr_input *in, sr_item *item, sr_error *err) {
    if (!in->reader) return next_conllu(in, item, err);
    sr_raw raw;
    int got = sr_reader_next(in->reader, &raw, err);
    if (got == 1)
        *item = (sr_item){raw.bytes, raw.n, raw.source, raw.line,
                          raw.kind == SR_RAW_JSON ? SR_ITEM_JSON : SR_ITEM_TEXT};
    return got;
}

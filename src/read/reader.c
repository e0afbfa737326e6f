/* reader.c - a file or standard input, cut into raw items while it streams. What is held at one
 * time is one item; a line over the limit is passed over and reported.
 *
 *   buf: [ ....item.... | ....read ahead.... | free ]
 *        ^at            ^found newline       ^end   ^cap
 */
#include "read/read.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"

#define PIECE ((size_t)64 << 10)

struct sr_reader {
    int fd;
    bool close_fd, started, json, pieces, eof, done;
    char *buf;
    size_t at, end, cap;
    uint64_t line; /* of the last item */
    char name[160];
};

sr_status sr_reader_open(sr_reader **out, const char *path, bool pieces, sr_error *err) {
    bool std = strcmp(path, "-") == 0;
    size_t len = strlen(path);
    sr_reader *r = calloc(1, sizeof *r);
    if (!r) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    /* The end of a very long path, so that messages have room for the reason. */
    const char *shown = std ? "<stdin>" : len < sizeof r->name ? path : path + len - 150;
    memcpy(r->name, shown, strlen(shown) + 1);
    r->fd = std ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    r->close_fd = !std;
    r->pieces = pieces;
    struct stat st;
    sr_status status = SR_OK;
    if (r->fd < 0 || fstat(r->fd, &st) != 0)
        status = sr_fail(err, SR_EIO, 0, "%s: %s", r->name, sr_errno_text(errno));
    else if (S_ISDIR(st.st_mode))
        status = sr_fail(err, SR_EIO, 0, "%s: is a directory", r->name);
    if (status) {
        sr_reader_close(r);
        return status;
    }
    *out = r;
    return SR_OK;
}

void sr_reader_close(sr_reader *r) {
    if (!r) return;
    if (r->close_fd && r->fd >= 0) close(r->fd);
    free(r->buf);
    free(r);
}

/* Reads some more behind `end`. False when there is no more (eof) or on failure (*status). */
static bool fill(sr_reader *r, sr_status *status, sr_error *err) {
    if (r->eof) return false;
    if (r->at > 0 && r->cap - r->end < PIECE) {
        memmove(r->buf, r->buf + r->at, r->end - r->at);
        r->end -= r->at;
        r->at = 0;
    }
    if (r->cap - r->end < PIECE) {
        size_t cap = r->cap ? r->cap * 2 : 4 * PIECE;
        char *p = realloc(r->buf, cap);
        if (!p) {
            r->eof = true;
            *status = sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", r->name);
            return false;
        }
        r->buf = p;
        r->cap = cap;
    }
    ssize_t got;
    do got = read(r->fd, r->buf + r->end, r->cap - r->end);
    while (got < 0 && errno == EINTR);
    if (got <= 0) r->eof = true;
    if (got < 0) *status = sr_fail(err, SR_EIO, 0, "%s: %s", r->name, sr_errno_text(errno));
    if (got <= 0) return false;
    r->end += (size_t)got;
    return true;
}

static bool is_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/* Reads far enough to see the first byte that is no white space. */
static sr_status tell_kind(sr_reader *r, sr_error *err) {
    sr_status status = SR_OK;
    r->started = true;
    for (size_t i = 0;;) {
        if (i == 0 && r->end >= 3 && memcmp(r->buf, "\xEF\xBB\xBF", 3) == 0) i = 3;
        while (i < r->end && is_space(r->buf[i])) i++;
        /* A mark of three bytes may still be under way in a pipe. */
        if (i < r->end && (r->end >= 3 || r->buf[0] != '\xEF')) {
            /* RTF opens with a brace too, and is refused with its name as a text. */
            r->json = r->buf[i] == '{' && !(i + 1 < r->end && r->buf[i + 1] == '\\');
            break;
        }
        if (r->end > SR_RAW_MAX || !fill(r, &status, err)) break;
    }
    if (r->json && r->end >= 3 && memcmp(r->buf, "\xEF\xBB\xBF", 3) == 0) r->at = 3;
    return status;
}

static int whole_text(sr_reader *r, sr_raw *raw, sr_error *err) {
    sr_status status = SR_OK;
    r->done = true;
    while (r->end <= SR_RAW_MAX && fill(r, &status, err)) {}
    if (status) return -1;
    if (r->end > SR_RAW_MAX) {
        sr_fail(err, SR_ELIMIT, SR_DOC_TEXT_MAX,
                "%s: longer than SR_DOC_TEXT_MAX, %u bytes of text", r->name, SR_DOC_TEXT_MAX);
        return -1;
    }
    *raw = (sr_raw){r->buf, r->end, r->name, 0, SR_RAW_TEXT};
    return 1;
}

static bool is_utf16(const sr_reader *r) {
    return r->end >= 2 && (memcmp(r->buf, "\xFF\xFE", 2) == 0 || memcmp(r->buf, "\xFE\xFF", 2) == 0);
}

/* How much of the n bytes is a piece: up to the last empty line in them, line end, space, or
 * character. */
static size_t cut_piece(const char *p, size_t n) {
    size_t line = 0, space = 0;
    for (size_t i = n; i > n / 2; i--) {
        char c = p[i - 1];
        if (c == '\n') {
            size_t k = i - 1;
            if (k > 0 && p[k - 1] == '\r') k--;
            if (k > 0 && p[k - 1] == '\n') return i;
            if (!line) line = i;
        } else if (c == ' ' && !space) {
            space = i;
        }
    }
    if (line || space) return line ? line : space;
    while (n > 1 && ((unsigned char)p[n - 1] & 0xC0) == 0x80) n--;
    return n > 1 ? n - 1 : n;
}

static int next_piece(sr_reader *r, sr_raw *raw, sr_error *err) {
    sr_status status = SR_OK;
    while (r->end - r->at <= SR_PIECE_MAX && fill(r, &status, err)) {}
    if (status) r->done = true;
    if (status) return -1;
    const char *p = r->buf + r->at;
    size_t n = r->end - r->at;
    bool first = r->line == 0, last = n <= SR_PIECE_MAX;
    if (first && last) {
        r->done = true;
        *raw = (sr_raw){p, n, r->name, 0, SR_RAW_TEXT};
        return 1;
    }
    if (!last) n = cut_piece(p, SR_PIECE_MAX);
    uint64_t line = r->line + first, solid = 0;
    for (size_t i = 0; i < n; i++) {
        r->line += p[i] == '\n';
        solid += !is_space(p[i]);
    }
    r->line += first;
    r->at += n;
    r->done = last;
    *raw = (sr_raw){p, n, r->name, line, SR_RAW_TEXT};
    return last && !solid ? 0 : 1;
}

/* The next line, white space off its ends; 0 at the end of the input. */
static int next_line(sr_reader *r, sr_raw *raw, sr_error *err) {
    sr_status status = SR_OK;
    bool over = false; /* the line is too long and is being thrown away */
    for (size_t seen = 0;;) { /* bytes of the line without a newline in them */
        size_t n = r->end - r->at;
        char *nl = n > seen ? memchr(r->buf + r->at + seen, '\n', n - seen) : NULL;
        if (nl || r->eof) {
            if (!nl && n == 0 && !over) return 0;
            size_t len = nl ? (size_t)(nl - r->buf) - r->at : n;
            *raw = (sr_raw){r->buf + r->at, len, r->name, ++r->line, SR_RAW_JSON};
            r->at += len + (nl != NULL);
            if (over || len > SR_RAW_MAX) {
                sr_fail(err, SR_ELIMIT, 0, "%s:%llu: line longer than SR_RAW_MAX, %u bytes",
                        r->name, (unsigned long long)r->line, SR_RAW_MAX);
                return -1;
            }
            return 1;
        }
        seen = n;
        if (n > SR_RAW_MAX) {
            over = true;
            r->at = r->end = 0;
            seen = 0;
        }
        if (!fill(r, &status, err) && status) {
            r->done = true;
            return -1;
        }
    }
}

int sr_reader_next(sr_reader *r, sr_raw *raw, sr_error *err) {
    if (r->done) return 0;
    if (!r->started) {
        if (tell_kind(r, err) != SR_OK) {
            r->done = true;
            return -1;
        }
    }
    if (!r->json) return r->pieces && !is_utf16(r) ? next_piece(r, raw, err) : whole_text(r, raw, err);
    for (;;) {
        int k = next_line(r, raw, err);
        if (k != 1) {
            if (k == 0) r->done = true;
            return k;
        }
        while (raw->n && is_space(raw->bytes[0])) raw->bytes++, raw->n--;
        while (raw->n && is_space(raw->bytes[raw->n - 1])) raw->n--;
        if (raw->n) return 1;
    }
}

/* buf.c - growing buffers on the heap, for output that outlives a document's arena. A buffer
 * that once failed to grow stays failed, so that writers need no test after each call.
 */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

void sr_buf_init(sr_buf *b) { memset(b, 0, sizeof *b); }

void sr_buf_release(sr_buf *b) {
    free(b->p);
    sr_buf_init(b);
}

void sr_buf_reset(sr_buf *b) {
    b->n = 0;
    b->failed = false;
    if (b->p) b->p[0] = '\0';
}

/* Room for n more bytes and the closing NUL. */
static bool reserve(sr_buf *b, size_t n) {
    if (b->failed) return false;
    if (n < b->cap - b->n) return true; /* cap 0: 0 < 0 is false, so this allocates */
    size_t cap = b->cap ? b->cap : 256;
    while (cap - b->n <= n) {
        if (cap > SIZE_MAX / 2) {
            b->failed = true;
            return false;
        }
        cap *= 2;
    }
    char *p = realloc(b->p, cap);
    if (!p) {
        b->failed = true;
        return false;
    }
    b->p = p;
    b->cap = cap;
    return true;
}

void sr_buf_put(sr_buf *b, const void *p, size_t n) {
    if (!reserve(b, n)) return;
    if (n) memcpy(b->p + b->n, p, n);
    b->n += n;
    b->p[b->n] = '\0';
}

void sr_buf_str(sr_buf *b, sr_str s) { sr_buf_put(b, s.p, s.n); }
void sr_buf_z(sr_buf *b, const char *z) { sr_buf_put(b, z, strlen(z)); }
void sr_buf_char(sr_buf *b, char c) { sr_buf_put(b, &c, 1); }

void sr_buf_printf(sr_buf *b, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) b->failed = true;
    if (n < 0 || !reserve(b, (size_t)n)) return;
    va_start(ap, fmt);
    vsnprintf(b->p + b->n, (size_t)n + 1, fmt, ap);
    va_end(ap);
    b->n += (size_t)n;
}

/* arena.c - the memory of one document: chunks that are filled from the front and freed together.
 *
 *   head ─▶ [next size used | ........data........ ] ─next▶ [ ... ] ─▶ NULL
 *
 * Under AddressSanitizer the unused part of a chunk is poisoned and a gap is left after each
 * block, so that a write past a block's end is found although malloc never saw the block. No
 * block is freed on its own; there is no lock, since an arena belongs to one thread.
 */
#include "base/base.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define SR_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SR_ASAN 1
#endif
#endif
#ifdef SR_ASAN
#include <sanitizer/asan_interface.h>
#define POISON(p, n) ASAN_POISON_MEMORY_REGION((p), (n))
#define UNPOISON(p, n) ASAN_UNPOISON_MEMORY_REGION((p), (n))
#define GAP 16u
#else
#define POISON(p, n) ((void)(p), (void)(n))
#define UNPOISON(p, n) ((void)(p), (void)(n))
#define GAP 0u
#endif

#define ALIGN 16u
#define CHUNK_MIN ((size_t)64 << 10)
/* Chunks double up to here; past it a document is so long that one more malloc is no cost. */
#define CHUNK_MAX ((size_t)8 << 20)

struct sr_arena_chunk {
    sr_arena_chunk *next;
    size_t size, used;  /* of data */
    void *last;         /* newest block, which alone can grow in place */
};

/* The header is padded so that data starts aligned. */
#define HEAD ((sizeof(sr_arena_chunk) + ALIGN - 1) & ~(size_t)(ALIGN - 1))
static char *data_of(sr_arena_chunk *c) { return (char *)c + HEAD; }

static size_t round_up(size_t n) { return (n + ALIGN - 1) & ~(size_t)(ALIGN - 1); }

static _Noreturn void give_up(sr_arena *a, sr_status why) {
    if (!a->recover) abort();
    longjmp(*a->recover, (int)why);
}

void sr_arena_init(sr_arena *a, size_t limit) {
    memset(a, 0, sizeof *a);
    a->limit = limit;
}

void sr_arena_clear(sr_arena *a) {
    sr_arena_chunk *keep = a->head;
    a->used = 0;
    if (!keep) return;
    for (sr_arena_chunk *c = keep->next, *next; c; c = next) {
        next = c->next;
        UNPOISON(data_of(c), c->size);
        free(c);
    }
    keep->next = NULL;
    keep->used = 0;
    keep->last = NULL;
    POISON(data_of(keep), keep->size);
    /* One huge document must not pin its memory for all that follow. */
    if (keep->size > CHUNK_MAX) {
        UNPOISON(data_of(keep), keep->size);
        free(keep);
        a->head = NULL;
    }
}

void sr_arena_release(sr_arena *a) {
    for (sr_arena_chunk *c = a->head, *next; c; c = next) {
        next = c->next;
        UNPOISON(data_of(c), c->size);
        free(c);
    }
    a->head = NULL;
    a->used = 0;
}

static void spend(sr_arena *a, size_t size) {
    if (a->limit && (size > a->limit || a->used > a->limit - size)) give_up(a, SR_ELIMIT);
    a->used += size;
}

static sr_arena_chunk *add_chunk(sr_arena *a, size_t need) {
    size_t size = a->head ? a->head->size * 2 : CHUNK_MIN;
    if (size > CHUNK_MAX) size = CHUNK_MAX;
    if (size < need) size = need;
    sr_arena_chunk *c = size > SIZE_MAX - HEAD ? NULL : malloc(HEAD + size);
    if (!c) give_up(a, SR_ENOMEM);
    c->next = a->head;
    c->size = size;
    c->used = 0;
    c->last = NULL;
    POISON(data_of(c), size);
    a->head = c;
    return c;
}

void *sr_arena_alloc(sr_arena *a, size_t size) {
    if (size > SIZE_MAX / 2) give_up(a, SR_ENOMEM);
    size_t need = round_up(size ? size : 1) + GAP;
    spend(a, need);
    sr_arena_chunk *c = a->head;
    if (!c || c->size - c->used < need) c = add_chunk(a, need);
    char *p = data_of(c) + c->used;
    c->used += need;
    c->last = p;
    UNPOISON(p, size);
    return p;
}

void *sr_arena_zalloc(sr_arena *a, size_t size) {
    void *p = sr_arena_alloc(a, size);
    memset(p, 0, size);
    return p;
}

void *sr_arena_grow(sr_arena *a, void *p, size_t old, size_t size) {
    if (!p) return sr_arena_alloc(a, size);
    if (size <= old) return p;
    if (size > SIZE_MAX / 2) give_up(a, SR_ENOMEM);
    sr_arena_chunk *c = a->head;
    if (c && c->last == p) {
        size_t at = (size_t)((char *)p - data_of(c));
        size_t need = round_up(size) + GAP;
        if (need <= c->size - at) {
            size_t end = at + need;
            if (end > c->used) {
                spend(a, end - c->used);
                c->used = end;
            }
            UNPOISON(p, size);
            return p;
        }
    }
    void *q = sr_arena_alloc(a, size);
    memcpy(q, p, old);
    return q;
}

sr_str sr_arena_dup(sr_arena *a, sr_str s) {
    char *p = sr_arena_alloc(a, (size_t)s.n + 1);
    if (s.n) memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (sr_str){p, s.n};
}

sr_str sr_arena_printf(sr_arena *a, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    if (n < 0) give_up(a, SR_ENOMEM);
    char *p = sr_arena_alloc(a, (size_t)n + 1);
    va_start(ap, fmt);
    vsnprintf(p, (size_t)n + 1, fmt, ap);
    va_end(ap);
    return (sr_str){p, (uint32_t)n};
}

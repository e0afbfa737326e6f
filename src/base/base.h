/* base.h - what every stage stands on: spans of text, the arena, vectors, buffers, errors.
 *
 * Memory. One arena per document, freed once. The arena never returns NULL: when memory runs out
 * or the document's budget (limits.h) is spent it jumps to `recover`, set by the one function that
 * owns the document (api). So no stage tests an allocation, and none may hold a resource that the
 * arena does not own while it allocates.
 */
#ifndef SR_BASE_H
#define SR_BASE_H

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "sitrep.h"

/* ---- spans ------------------------------------------------------------------------------- */

/* Bytes of somebody else's text. `p` may be NULL when n is 0. */
typedef struct sr_str {
    const char *p;
    uint32_t n;
} sr_str;

#define SR_LIT(s) ((sr_str){(s), (uint32_t)(sizeof(s) - 1)})
#define SR_STR_NONE ((sr_str){NULL, 0})

static inline sr_str sr_str_of(const char *p, size_t n) { return (sr_str){p, (uint32_t)n}; }
static inline sr_str sr_str_z(const char *z) { return (sr_str){z, z ? (uint32_t)strlen(z) : 0}; }
static inline bool sr_str_eq(sr_str a, sr_str b) {
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}
static inline bool sr_str_is(sr_str a, const char *z) {
    size_t n = strlen(z);
    return a.n == n && (n == 0 || memcmp(a.p, z, n) == 0);
}
bool sr_str_starts(sr_str s, const char *prefix);
bool sr_str_ends(sr_str s, const char *suffix);
int sr_str_cmp(sr_str a, sr_str b);         /* bytewise, shorter first on a tie */
sr_str sr_str_trim(sr_str s);               /* ASCII white space off both ends */
/* Cuts the part before `sep` off *rest and returns it; *rest becomes what follows. When sep does
 * not occur, returns all of *rest and leaves it with p == NULL. */
sr_str sr_str_cut(sr_str *rest, char sep);
/* Non-negative decimal integer filling all of s; false when it is not one or overflows. */
bool sr_str_u64(sr_str s, uint64_t *out);

/* ---- errors ------------------------------------------------------------------------------ */

/* Fills *err (may be NULL) and returns `status`, so that `return sr_fail(...)` reads well. The
 * message is cut at the end of a code point and never holds a control character. */
sr_status sr_fail(sr_error *err, sr_status status, uint64_t position, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* What went wrong, in few words that do not depend on the locale ("no such file"). */
const char *sr_errno_text(int e);

/* ---- arena ------------------------------------------------------------------------------- */

typedef struct sr_arena_chunk sr_arena_chunk;

typedef struct sr_arena {
    sr_arena_chunk *head; /* newest chunk first */
    size_t used;          /* bytes handed out since the last clear */
    size_t limit;         /* 0: none */
    jmp_buf *recover;     /* longjmp target; value SR_ENOMEM or SR_ELIMIT. NULL: abort() */
} sr_arena;

void sr_arena_init(sr_arena *a, size_t limit);
void sr_arena_clear(sr_arena *a);   /* everything handed out is void; keeps one chunk for reuse */
void sr_arena_release(sr_arena *a);
/* `size` bytes, 16-aligned, not initialised; size 0 gives a valid pointer. */
void *sr_arena_alloc(sr_arena *a, size_t size);
void *sr_arena_zalloc(sr_arena *a, size_t size);
/* Grows the block at p from `old` to `size` bytes; in place when it is the newest block. */
void *sr_arena_grow(sr_arena *a, void *p, size_t old, size_t size);
sr_str sr_arena_dup(sr_arena *a, sr_str s);          /* copy, with a closing NUL after it */
sr_str sr_arena_printf(sr_arena *a, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

#define SR_NEW(a, type) ((type *)sr_arena_zalloc((a), sizeof(type)))
#define SR_NEW_N(a, type, n) ((type *)sr_arena_zalloc((a), sizeof(type) * (size_t)(n)))

/* ---- vectors in an arena ----------------------------------------------------------------- */

/* struct { T *v; uint32_t n, cap; }: declare with SR_VEC(T), append with SR_PUSH. */
#define SR_VEC(T) struct { T *v; uint32_t n, cap; }
#define SR_PUSH(arena, vec, item)                                                                \
    do {                                                                                         \
        if ((vec)->n == (vec)->cap) {                                                            \
            uint32_t cap_ = (vec)->cap ? (vec)->cap * 2 : 8;                                     \
            (vec)->v = sr_arena_grow((arena), (vec)->v, sizeof(*(vec)->v) * (vec)->cap,          \
                                     sizeof(*(vec)->v) * cap_);                                  \
            (vec)->cap = cap_;                                                                   \
        }                                                                                        \
        (vec)->v[(vec)->n++] = (item);                                                           \
    } while (0)

/* ---- buffers on the heap (output, tools) ------------------------------------------------- */

/* After the first failed allocation a buffer stays failed and ignores further writes; look at
 * `failed` once at the end. */
typedef struct sr_buf {
    char *p; /* NUL-terminated once anything was written */
    size_t n, cap;
    bool failed;
} sr_buf;

void sr_buf_init(sr_buf *b);
void sr_buf_release(sr_buf *b);
void sr_buf_reset(sr_buf *b);   /* empty, memory kept */
void sr_buf_put(sr_buf *b, const void *p, size_t n);
void sr_buf_str(sr_buf *b, sr_str s);
void sr_buf_z(sr_buf *b, const char *z);
void sr_buf_char(sr_buf *b, char c);
void sr_buf_printf(sr_buf *b, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* ---- hash -------------------------------------------------------------------------------- */

/* 64-bit, the same on every machine and in every version: model and codebook files hold it. */
uint64_t sr_hash(const void *p, size_t n, uint64_t seed);

/* ---- files ------------------------------------------------------------------------------- */

/* Whole file into malloc'd memory (the caller's to free), NUL after the end. `max` 0: no limit.
 * A directory, a missing file or one over the limit is an error that names the path. */
sr_status sr_file_read(char **out, size_t *n, const char *path, size_t max, sr_error *err);

/* A regular file as it lies, read when it is looked at; aligned to 8 bytes. Until sr_file_unmap. */
sr_status sr_file_map(const void **out, size_t *n, const char *path, sr_error *err);
void sr_file_unmap(const void *p, size_t n);

#endif

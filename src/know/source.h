/* source.h - inside `know`: codebook text cut into stanzas, and the list of what is wrong. */
#ifndef SR_KNOW_SOURCE_H
#define SR_KNOW_SOURCE_H

#include "know/know.h"

/* What is wrong, gathered so that one run of the compiler tells more than one mistake. */
typedef struct sr_kproblems {
    sr_buf *out;       /* "FILE:LINE: message" lines; NULL: nobody reads them */
    sr_error *err;     /* the first */
    uint32_t n;
} sr_kproblems;

void sr_kproblem(sr_kproblems *p, const char *file, uint32_t line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));
/* What is allowed and looks like a slip: goes to `out` alone, as "FILE:LINE: note: message". */
void sr_knote(sr_kproblems *p, const char *file, uint32_t line, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

typedef enum sr_kstanza_kind {
    SR_KSZ_ACTOR, SR_KSZ_ROLE, SR_KSZ_ISSUE, SR_KSZ_SET, SR_KSZ_EVENT, SR_KSZ_CUE,
    SR_KSZ_OPERATOR, SR_KSZ_SUPPORT, SR_KSZ_N
} sr_kstanza_kind;
extern const char *const sr_kstanza_names[SR_KSZ_N + 1];

typedef struct sr_kline { sr_str key, value; uint32_t line; } sr_kline;

typedef struct sr_kstanza {
    uint8_t kind;      /* sr_kstanza_kind */
    bool removes;      /* "KIND -ID" */
    bool dead;         /* replaced or removed by a later one */
    sr_str id;
    const char *file;
    uint32_t line, layer;
    sr_kline *v;
    uint32_t n;
} sr_kstanza;

typedef SR_VEC(sr_kstanza) sr_kstanzas;

/* Appends the stanzas of one source; they point into its text. */
void sr_kread_stanzas(sr_kstanzas *out, const sr_source *src, uint32_t layer, sr_kproblems *p,
                      sr_arena *a);
/* The next item of a list separated by ';' (or by `also`, if not 0) outside braces, trimmed; false
 * at the end. Empty items are passed over. */
bool sr_knext_item(sr_str *rest, char also, sr_str *item);
/* The next word of a value: up to white space outside braces. False at the end. */
bool sr_knext_word(sr_str *rest, sr_str *word);

/* For printf's "%.*s": a long string is cut, at the end of a code point. */
static inline int sr_kwidth(sr_str s) {
    uint32_t n = s.n < 80 ? s.n : 80;
    while (n && n < s.n && ((unsigned char)s.p[n] & 0xC0) == 0x80) n--;
    return (int)n;
}
#define SR_KARG(s) sr_kwidth(s), (s).p

#endif

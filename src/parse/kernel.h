/* kernel.h - inside `parse`: the integer arithmetic of the network, in builds that give the same
 * bits. */
#ifndef SR_PARSE_KERNEL_H
#define SR_PARSE_KERNEL_H

#include "parse/net.h"

typedef struct sr_kernel {
    const char *name;
    /* y[rows][n_out] from x[rows][n_in] */
    void (*product)(const sr_layer *l, const uint8_t *x, size_t rows, int16_t *y);
    /* The recurrence over n words: a row of SR_GATES for each to bytes [n][SR_OUT]. */
    void (*recur)(const int16_t *const *gates, size_t n, uint8_t *out);
    /* Hidden units of the transition scorer: the sum of `n` rows of SR_HID, clipped, to bytes. */
    void (*hidden)(const int16_t *const *rows, size_t n, uint8_t *out);
} sr_kernel;

#define SR_KERNELS_MAX 5

extern const sr_kernel sr_kernel_portable;
/* The best that this processor can run. */
const sr_kernel *sr_kernel_best(void);
/* All that this processor can run, portable first; returns how many. For tests and timings. */
size_t sr_kernel_all(const sr_kernel *out[SR_KERNELS_MAX]);

/* Where the largest of n > 0 scores is; the first of equals. */
int sr_kernel_argmax(const int16_t *v, int n);

/* For tests and timings: another kernel than the best; no cache; words without tags or trees. */
void sr_parser_set_kernel(sr_parser *p, const sr_kernel *k);
void sr_parser_drop_cache(sr_parser *p); /* every word is computed from now on */
void sr_parser_split(sr_parser *p, sr_parse *out, const sr_doc *doc, sr_arena *a);

#endif

/* gemm.c - the matrix product of the trainer: a register tile of 4 rows by 32 columns, compiled for
 * AVX-512, for AVX2 with FMA and for the base machine, chosen when first called. Sums may differ
 * in the last bit between these, so a training run repeats exactly only on the same kind of
 * processor.
 */
#include "train/internal.h"

typedef float v16 __attribute__((vector_size(64), aligned(4)));

#define GEMM(name, attr)                                                                       \
    attr static void name(size_t m, size_t n, size_t k, const float *a, size_t ai, size_t ak,  \
                          const float *b, size_t ldb, float *c, size_t ldc, bool add) {        \
        for (size_t j = 0; j < n; j += 32) {                                                   \
            bool two = j + 32 <= n;                                                            \
            size_t i = 0;                                                                      \
            for (; two && i + 4 <= m; i += 4) {                                                \
                v16 s[8];                                                                      \
                for (int r = 0; r < 4; r++)                                                    \
                    for (int q = 0; q < 2; q++)                                                \
                        s[2 * r + q] =                                                         \
                            add ? *(v16 *)(c + (i + (size_t)r) * ldc + j + 16 * (size_t)q)     \
                                : (v16){0};                                                    \
                const float *p = a + i * ai, *w = b + j;                                       \
                for (size_t x = 0; x < k; x++, p += ak, w += ldb) {                            \
                    v16 b0 = *(const v16 *)w, b1 = *(const v16 *)(w + 16);                     \
                    s[0] += p[0] * b0;                                                         \
                    s[1] += p[0] * b1;                                                         \
                    s[2] += p[ai] * b0;                                                        \
                    s[3] += p[ai] * b1;                                                        \
                    s[4] += p[2 * ai] * b0;                                                    \
                    s[5] += p[2 * ai] * b1;                                                    \
                    s[6] += p[3 * ai] * b0;                                                    \
                    s[7] += p[3 * ai] * b1;                                                    \
                }                                                                              \
                for (int r = 0; r < 4; r++)                                                    \
                    for (int q = 0; q < 2; q++)                                                \
                        *(v16 *)(c + (i + (size_t)r) * ldc + j + 16 * (size_t)q) =             \
                            s[2 * r + q];                                                      \
            }                                                                                  \
            for (; i < m; i++)                                                                 \
                for (size_t q = 0; q < (two ? 32u : 16u); q += 16) {                           \
                    v16 s = add ? *(v16 *)(c + i * ldc + j + q) : (v16){0};                    \
                    const float *p = a + i * ai, *w = b + j + q;                               \
                    for (size_t x = 0; x < k; x++, p += ak, w += ldb)                          \
                        s += p[0] * *(const v16 *)w;                                           \
                    *(v16 *)(c + i * ldc + j + q) = s;                                         \
                }                                                                              \
        }                                                                                      \
    }

typedef void gemm_fn(size_t, size_t, size_t, const float *, size_t, size_t, const float *,
                     size_t, float *, size_t, bool);

GEMM(gemm_base, )
#if defined(__x86_64__)
GEMM(gemm_avx2, __attribute__((target("avx2,fma"))))
GEMM(gemm_avx512, __attribute__((target("avx512f"))))
#endif

static gemm_fn *pick(void) {
#if defined(__x86_64__)
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx512f")) return gemm_avx512;
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma")) return gemm_avx2;
#endif
    return gemm_base;
}

void tr_gemm(size_t m, size_t n, size_t k, const float *a, size_t ai, size_t ak, const float *b,
             size_t ldb, float *c, size_t ldc, bool add) {
    static gemm_fn *fn;
    if (!fn) fn = pick();
    fn(m, n, k, a, ai, ak, b, ldb, c, ldc, add);
}

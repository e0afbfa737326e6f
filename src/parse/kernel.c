/* kernel.c - the integer arithmetic of the network: portable C, AVX2, AVX-512 VNNI with vectors of 256
 * and of 512 bits.
 *
 * All builds give the same bits, because nothing in them rounds differently or overflows:
 *  - a product of bytes is at most 127 x 127, so the pair sums of the AVX2 instruction stay below
 *    its 16-bit saturation, and 32-bit sums are exact in any order;
 *  - (sum + bias) x mult stays below 2^31: sums are below 2^21.3, model files are checked for
 *    |bias| < 2^20 and mult < 2^9;
 *  - 16-bit steps are the ones that SIMD has, written out in C.
 * Right shifts of negative numbers are arithmetic on every compiler that we build with.
 */
#include "parse/kernel.h"

#if defined(__x86_64__)
#define SR_X86 1
#include <immintrin.h>
#endif

/* ---- portable ------------------------------------------------------------------------------- */

static int16_t scale(int32_t sum, int32_t bias, int32_t mult, int32_t shift, int32_t limit) {
    int32_t v = ((sum + bias) * mult) >> shift;
    return (int16_t)(v > limit ? limit : v < -limit ? -limit : v);
}

/* The inner loops are sums of products of 16-bit numbers over contiguous arrays, which compilers
 * know to turn into multiply-and-add instructions. So bytes are widened first: a panel of weights,
 * column by column, and the inputs of a block of rows. */
#define WIDE_ROWS 16
#define WIDE_IN   SR_OUT /* the longest input of any layer */

static void widen_panel(int16_t wide[8][WIDE_IN], const int8_t *w, int32_t n_in) {
    for (int32_t i = 0; i < n_in; i += 4, w += 32)
        for (int o = 0; o < 8; o++)
            for (int k = 0; k < 4; k++) wide[o][i + k] = w[4 * o + k];
}

/* Panel p of one row; its eight columns are `stride` numbers apart. */
static void product_panel(const sr_layer *l, int32_t p, const int16_t *x, const int16_t *w,
                          size_t stride, int16_t *y) {
    for (int32_t o = 8 * p; o < 8 * p + 8; o += 4, w += 4 * stride) {
        const int16_t *w1 = w + stride, *w2 = w1 + stride, *w3 = w2 + stride;
        int32_t a = 0, b = 0, c = 0, d = 0;
        for (int32_t i = 0; i < l->n_in; i++) {
            a += x[i] * w[i];
            b += x[i] * w1[i];
            c += x[i] * w2[i];
            d += x[i] * w3[i];
        }
        const int32_t sum[4] = {a, b, c, d};
        for (int32_t k = o; k < o + 4; k++)
            y[k] = scale(sum[k - o], l->bias[k], l->mult[k], l->shift, l->limit);
    }
}

static void product_block(const sr_layer *l, const uint8_t *x, size_t rows, int16_t *y) {
    int16_t wide[8][WIDE_IN], in[WIDE_ROWS * WIDE_IN];
    const size_t n_in = (size_t)l->n_in, n_out = (size_t)l->n_out;
    for (size_t i = 0; i < rows * n_in; i++) in[i] = x[i];
    for (int32_t p = 0; p < l->n_out / 8; p++) {
        widen_panel(wide, l->w + (size_t)p * 8 * n_in, l->n_in);
        for (size_t r = 0; r < rows; r++)
            product_panel(l, p, in + r * n_in, wide[0], WIDE_IN, y + r * n_out);
    }
}

/* One row, as the transitions have it, would not repay the widening: the weights are there, wide. */
static void product_row(const sr_layer *l, const uint8_t *x, int16_t *y) {
    int16_t in[WIDE_IN];
    const size_t n_in = (size_t)l->n_in;
    for (size_t i = 0; i < n_in; i++) in[i] = x[i];
    for (int32_t p = 0; p < l->n_out / 8; p++)
        product_panel(l, p, in, l->wide + (size_t)p * 8 * n_in, n_in, y);
}

static void product_portable(const sr_layer *l, const uint8_t *x, size_t rows, int16_t *y) {
    for (size_t r = 0; r < rows; r += WIDE_ROWS) {
        size_t n = rows - r < WIDE_ROWS ? rows - r : WIDE_ROWS;
        const uint8_t *in = x + r * (size_t)l->n_in;
        int16_t *out = y + r * (size_t)l->n_out;
        if (n == 1 && l->wide) product_row(l, in, out);
        else product_block(l, in, n, out);
    }
}

/* Rounded product of two fractions of 2^15; a is never -2^15. */
static int16_t mul_round(int16_t a, int16_t b) { return (int16_t)((a * b + 0x4000) >> 15); }

static uint8_t to_byte(int16_t v) {
    int b = ((v + 128) >> 8) + 64;
    return (uint8_t)(b > 127 ? 127 : b);
}

static void recur_portable(const int16_t *const *gates, size_t n, uint8_t *out) {
    for (int back = 0; back < 2; back++) {
        int16_t state[SR_H] = {0};
        for (size_t t = 0; t < n; t++) {
            size_t row = back ? n - 1 - t : t;
            const int16_t *z = gates[row] + back * 3 * SR_H, *u = z + SR_H, *o = u + SR_H;
            uint8_t *h = out + row * SR_OUT + back * SR_H;
            for (int i = 0; i < SR_H; i++) {
                int16_t c = z[i] > 16383 ? 16383 : z[i] < -16383 ? -16383 : z[i];
                int16_t update = (int16_t)((u[i] >> 1) + 16384),
                        open = (int16_t)((o[i] >> 1) + 16384);
                state[i] = (int16_t)(state[i] + mul_round(update, (int16_t)(c - state[i])));
                h[i] = to_byte(mul_round(open, state[i]));
            }
        }
    }
}

static void hidden_portable(const int16_t *const *rows, size_t n, uint8_t *out) {
    int16_t sum[SR_HID] = {0};
    for (size_t r = 0; r < n; r++)
        for (int i = 0; i < SR_HID; i++) sum[i] = (int16_t)(sum[i] + rows[r][i]);
    for (int i = 0; i < SR_HID; i++) {
        int v = (sum[i] + 4) >> 3;
        out[i] = (uint8_t)(v < 0 ? 0 : v > SR_RELU_TOP ? SR_RELU_TOP : v);
    }
}

const sr_kernel sr_kernel_portable = {"portable", product_portable, recur_portable,
                                      hidden_portable};

#ifdef SR_X86

/* Sums stay in registers only if the loops over them are unrolled, which gcc at -O2 does only when
 * told. */
#define UNROLL _Pragma("GCC unroll 16")

/* ---- AVX2 ----------------------------------------------------------------------------------- */

#define AVX2 __attribute__((target("avx2")))

/* Holds a sum in its register: gcc else moves loads up until it must spill one, and the loop then
 * waits for that store. */
#define KEEP(v) __asm__("" : "+x"(v))
#define KEEP_EVEX(v) __asm__("" : "+v"(v)) /* any of 32 registers */

AVX2 static inline __m256i dot_avx2(__m256i sum, __m256i x, __m256i w) {
    __m256i pairs = _mm256_maddubs_epi16(x, w);
    sum = _mm256_add_epi32(sum, _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)));
    KEEP(sum);
    return sum;
}

AVX2 static inline __m256i quad_avx2(const uint8_t *x) {
    int32_t v;
    memcpy(&v, x, 4);
    return _mm256_set1_epi32(v);
}

AVX2 static inline void store_avx2(const sr_layer *l, int32_t p, __m256i sum, int16_t *y) {
    __m256i bias = _mm256_loadu_si256((const __m256i *)(l->bias + 8 * p));
    __m256i mult = _mm256_loadu_si256((const __m256i *)(l->mult + 8 * p));
    __m256i top = _mm256_set1_epi32(l->limit), low = _mm256_set1_epi32(-l->limit);
    sum = _mm256_mullo_epi32(_mm256_add_epi32(sum, bias), mult);
    sum = _mm256_sra_epi32(sum, _mm_cvtsi32_si128(l->shift));
    sum = _mm256_max_epi32(_mm256_min_epi32(sum, top), low);
    __m128i packed =
        _mm_packs_epi32(_mm256_castsi256_si128(sum), _mm256_extracti128_si256(sum, 1));
    _mm_storeu_si128((__m128i *)(y + 8 * p), packed);
}

/* A tile of R rows by P panels of eight columns; R and P are constants. */
#define TILE(name, target_attr, dot)                                                           \
    target_attr static inline __attribute__((always_inline)) void name(                        \
        const sr_layer *l, const uint8_t *x, int16_t *y, int32_t p, const int R,               \
        const int P) {                                                                         \
        const size_t panel = (size_t)l->n_in * 8;                                              \
        const int8_t *w = l->w + (size_t)p * panel;                                            \
        __m256i sum[16];                                                                       \
        UNROLL                                                                                 \
        for (int k = 0; k < R * P; k++) sum[k] = _mm256_setzero_si256();                       \
        for (int32_t i = 0; i < l->n_in; i += 4) {                                             \
            __m256i weights[4];                                                                \
            UNROLL                                                                             \
            for (int k = 0; k < P; k++)                                                        \
                weights[k] =                                                                   \
                    _mm256_loadu_si256((const __m256i *)(w + (size_t)k * panel + 8 * i));      \
            UNROLL                                                                             \
            for (int r = 0; r < R; r++) {                                                      \
                __m256i v = quad_avx2(x + (size_t)r * (size_t)l->n_in + i);                    \
                UNROLL                                                                         \
                for (int k = 0; k < P; k++)                                                    \
                    sum[r * P + k] = dot(sum[r * P + k], v, weights[k]);                       \
            }                                                                                  \
        }                                                                                      \
        UNROLL                                                                                 \
        for (int r = 0; r < R; r++) {                                                          \
            UNROLL                                                                             \
            for (int k = 0; k < P; k++)                                                        \
                store_avx2(l, p + k, sum[r * P + k], y + (size_t)r * (size_t)l->n_out);        \
        }                                                                                      \
    }

/* One row by P panels, as the transitions have it: what bounds it is how long a sum takes, so each
 * is made of S parts. */
#define ROW(name, target_attr, dot)                                                            \
    target_attr static inline __attribute__((always_inline)) void name(                        \
        const sr_layer *l, const uint8_t *x, int16_t *y, int32_t p, const int P,               \
        const int S) {                                                                         \
        const size_t panel = (size_t)l->n_in * 8;                                              \
        const int8_t *w = l->w + (size_t)p * panel;                                            \
        __m256i sum[8];                                                                        \
        int32_t i = 0;                                                                         \
        UNROLL                                                                                 \
        for (int k = 0; k < P * S; k++) sum[k] = _mm256_setzero_si256();                       \
        for (; i + 4 * S <= l->n_in; i += 4 * S) {                                             \
            UNROLL                                                                             \
            for (int k = 0; k < P * S; k++) {                                                  \
                const int8_t *at = w + (size_t)(k % P) * panel + 8 * (i + 4 * (k / P));        \
                sum[k] = dot(sum[k], quad_avx2(x + i + 4 * (k / P)),                           \
                             _mm256_loadu_si256((const __m256i *)at));                         \
            }                                                                                  \
        }                                                                                      \
        for (; i < l->n_in; i += 4) {                                                          \
            UNROLL                                                                             \
            for (int k = 0; k < P; k++) {                                                      \
                const int8_t *at = w + (size_t)k * panel + 8 * i;                              \
                sum[k] = dot(sum[k], quad_avx2(x + i),                                         \
                             _mm256_loadu_si256((const __m256i *)at));                         \
            }                                                                                  \
        }                                                                                      \
        UNROLL                                                                                 \
        for (int k = P; k < P * S; k++) sum[k % P] = _mm256_add_epi32(sum[k % P], sum[k]);     \
        UNROLL                                                                                 \
        for (int k = 0; k < P; k++) store_avx2(l, p + k, sum[k], y);                           \
    }

/* Panels outside, rows inside: the weights of a pair of panels stay in the first cache while all
 * rows of the sentence pass by. R: rows of the largest tile. */
#define PRODUCT(name, target_attr, tile, row, R)                                               \
    target_attr static void name(const sr_layer *l, const uint8_t *x, size_t rows,             \
                                 int16_t *y) {                                                 \
        const size_t n_in = (size_t)l->n_in, n_out = (size_t)l->n_out;                         \
        int32_t panels = l->n_out / 8, p = 0;                                                  \
        if (rows == 1) {                                                                       \
            for (; p + 4 <= panels; p += 4) row(l, x, y, p, 4, 2);                             \
            if (p + 2 <= panels) {                                                             \
                row(l, x, y, p, 2, 4);                                                         \
                p += 2;                                                                        \
            }                                                                                  \
            if (p < panels) row(l, x, y, p, 1, 4);                                             \
            return;                                                                            \
        }                                                                                      \
        for (; p + 2 <= panels; p += 2) {                                                      \
            size_t r = 0;                                                                      \
            for (; r + R <= rows; r += R) tile(l, x + r * n_in, y + r * n_out, p, R, 2);       \
            if (R > 4 && r + 4 <= rows) {                                                      \
                tile(l, x + r * n_in, y + r * n_out, p, 4, 2);                                 \
                r += 4;                                                                        \
            }                                                                                  \
            if (r + 2 <= rows) {                                                               \
                tile(l, x + r * n_in, y + r * n_out, p, 2, 2);                                 \
                r += 2;                                                                        \
            }                                                                                  \
            if (r < rows) tile(l, x + r * n_in, y + r * n_out, p, 1, 2);                       \
        }                                                                                      \
        if (p < panels)                                                                        \
            for (size_t r = 0; r < rows; r++) row(l, x + r * n_in, y + r * n_out, p, 1, 4);    \
    }

TILE(tile_avx2, AVX2, dot_avx2)
ROW(row_avx2, AVX2, dot_avx2)
PRODUCT(product_avx2, AVX2, tile_avx2, row_avx2, 4)

AVX2 static void recur_avx2(const int16_t *const *gates, size_t n, uint8_t *out) {
    const __m256i half = _mm256_set1_epi16(16384), top = _mm256_set1_epi16(16383);
    const __m256i low = _mm256_set1_epi16(-16383), round = _mm256_set1_epi16(128);
    const __m256i mid = _mm256_set1_epi16(64), byte_top = _mm256_set1_epi16(127);
    for (int back = 0; back < 2; back++) {
        __m256i state[SR_H / 16];
        for (int k = 0; k < SR_H / 16; k++) state[k] = _mm256_setzero_si256();
        for (size_t t = 0; t < n; t++) {
            size_t row = back ? n - 1 - t : t;
            const int16_t *g = gates[row] + back * 3 * SR_H;
            uint8_t *h = out + row * SR_OUT + back * SR_H;
            for (int k = 0; k < SR_H / 16; k++) {
                const int16_t *p = g + 16 * k;
                __m256i z = _mm256_loadu_si256((const __m256i *)p);
                __m256i u = _mm256_loadu_si256((const __m256i *)(p + SR_H));
                __m256i o = _mm256_loadu_si256((const __m256i *)(p + 2 * SR_H));
                z = _mm256_max_epi16(_mm256_min_epi16(z, top), low);
                u = _mm256_add_epi16(_mm256_srai_epi16(u, 1), half);
                o = _mm256_add_epi16(_mm256_srai_epi16(o, 1), half);
                __m256i step = _mm256_mulhrs_epi16(u, _mm256_sub_epi16(z, state[k]));
                state[k] = _mm256_add_epi16(state[k], step);
                __m256i v = _mm256_mulhrs_epi16(o, state[k]);
                v = _mm256_add_epi16(_mm256_srai_epi16(_mm256_add_epi16(v, round), 8), mid);
                v = _mm256_min_epi16(v, byte_top);
                __m128i b =
                    _mm_packus_epi16(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
                _mm_storeu_si128((__m128i *)(h + 16 * k), b);
            }
        }
    }
}

AVX2 static void hidden_avx2(const int16_t *const *rows, size_t n, uint8_t *out) {
    __m256i sum[SR_HID / 16];
    for (int k = 0; k < SR_HID / 16; k++)
        sum[k] = _mm256_loadu_si256((const __m256i *)(rows[0] + 16 * k));
    for (size_t r = 1; r < n; r++)
        for (int k = 0; k < SR_HID / 16; k++)
            sum[k] = _mm256_add_epi16(sum[k],
                                      _mm256_loadu_si256((const __m256i *)(rows[r] + 16 * k)));
    const __m256i round = _mm256_set1_epi16(4), top = _mm256_set1_epi16(SR_RELU_TOP);
    for (int k = 0; k < SR_HID / 16; k++) {
        __m256i v = _mm256_srai_epi16(_mm256_add_epi16(sum[k], round), 3);
        v = _mm256_min_epi16(v, top);
        __m128i b = _mm_packus_epi16(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
        _mm_storeu_si128((__m128i *)(out + 16 * k), b);
    }
}

static const sr_kernel kernel_avx2 = {"avx2", product_avx2, recur_avx2, hidden_avx2};

/* ---- AVX-512 VNNI, 256 bits wide: the product in one instruction ------------------------------ */

#define VNNI __attribute__((target("avx2,avx512vl,avx512vnni")))

VNNI static inline __m256i dot_vnni(__m256i sum, __m256i x, __m256i w) {
    sum = _mm256_dpbusd_epi32(sum, x, w);
    KEEP_EVEX(sum);
    return sum;
}

TILE(tile_vnni, VNNI, dot_vnni)
ROW(row_vnni, VNNI, dot_vnni)
PRODUCT(product_vnni, VNNI, tile_vnni, row_vnni, 8)

static const sr_kernel kernel_vnni = {"vnni", product_vnni, recur_avx2, hidden_avx2};

/* ---- 512 bits wide: two panels in one vector --------------------------------------------------- */

#define WIDE __attribute__((target("avx2,avx512f,avx512bw,avx512vl,avx512vnni")))

WIDE static inline __m512i pair_wide(const int8_t *w, size_t panel) {
    return _mm512_inserti64x4(
        _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)w)),
        _mm256_loadu_si256((const __m256i *)(w + panel)), 1);
}

WIDE static inline void store_wide(const sr_layer *l, int32_t p, __m512i sum, int16_t *y) {
    sum = _mm512_add_epi32(sum, _mm512_loadu_si512(l->bias + 8 * p));
    sum = _mm512_mullo_epi32(sum, _mm512_loadu_si512(l->mult + 8 * p));
    sum = _mm512_sra_epi32(sum, _mm_cvtsi32_si128(l->shift));
    sum = _mm512_min_epi32(sum, _mm512_set1_epi32(l->limit));
    sum = _mm512_max_epi32(sum, _mm512_set1_epi32(-l->limit));
    _mm256_storeu_si256((__m256i *)(y + 8 * p), _mm512_cvtepi32_epi16(sum));
}

/* R rows by two pairs of panels. */
WIDE static inline __attribute__((always_inline)) void
tile_wide(const sr_layer *l, const uint8_t *x, int16_t *y, int32_t p, const int R) {
    const size_t panel = (size_t)l->n_in * 8;
    const int8_t *w = l->w + (size_t)p * panel;
    __m512i sum[16];
    UNROLL
    for (int k = 0; k < 2 * R; k++) sum[k] = _mm512_setzero_si512();
    for (int32_t i = 0; i < l->n_in; i += 4) {
        const __m512i a = pair_wide(w + 8 * i, panel);
        const __m512i b = pair_wide(w + 2 * panel + 8 * i, panel);
        UNROLL
        for (int r = 0; r < R; r++) {
            int32_t four;
            memcpy(&four, x + (size_t)r * (size_t)l->n_in + i, 4);
            const __m512i v = _mm512_set1_epi32(four);
            sum[2 * r] = _mm512_dpbusd_epi32(sum[2 * r], v, a);
            sum[2 * r + 1] = _mm512_dpbusd_epi32(sum[2 * r + 1], v, b);
            KEEP_EVEX(sum[2 * r]);
            KEEP_EVEX(sum[2 * r + 1]);
        }
    }
    UNROLL
    for (int r = 0; r < R; r++) {
        store_wide(l, p, sum[2 * r], y + (size_t)r * (size_t)l->n_out);
        store_wide(l, p + 2, sum[2 * r + 1], y + (size_t)r * (size_t)l->n_out);
    }
}

WIDE static void product_wide(const sr_layer *l, const uint8_t *x, size_t rows, int16_t *y) {
    const size_t n_in = (size_t)l->n_in, n_out = (size_t)l->n_out;
    int32_t panels = l->n_out / 8, p = 0;
    if (rows == 1) {
        product_vnni(l, x, rows, y);
        return;
    }
    for (; p + 4 <= panels; p += 4) {
        size_t r = 0;
        for (; r + 8 <= rows; r += 8) tile_wide(l, x + r * n_in, y + r * n_out, p, 8);
        if (r + 4 <= rows) {
            tile_wide(l, x + r * n_in, y + r * n_out, p, 4);
            r += 4;
        }
        if (r + 2 <= rows) {
            tile_wide(l, x + r * n_in, y + r * n_out, p, 2);
            r += 2;
        }
        if (r < rows) tile_wide(l, x + r * n_in, y + r * n_out, p, 1);
    }
    for (; p < panels; p++)
        for (size_t r = 0; r < rows; r++)
            row_vnni(l, x + r * n_in, y + r * n_out, p, 1, 4);
}

static const sr_kernel kernel_wide = {"vnni512", product_wide, recur_avx2, hidden_avx2};

#endif

/* ---- the best of a row of scores ---------------------------------------------------------------- */

int sr_kernel_argmax(const int16_t *v, int n) {
    int top = v[0], i = 0;
#ifdef SR_X86
    __m128i m = _mm_set1_epi16(v[0]);
    for (; i + 8 <= n; i += 8)
        m = _mm_max_epi16(m, _mm_loadu_si128((const __m128i *)(v + i)));
    m = _mm_max_epi16(m, _mm_srli_si128(m, 8));
    m = _mm_max_epi16(m, _mm_srli_si128(m, 4));
    m = _mm_max_epi16(m, _mm_srli_si128(m, 2));
    top = (int16_t)_mm_extract_epi16(m, 0);
#endif
    for (; i < n; i++) top = v[i] > top ? v[i] : top;
    i = 0;
    while (v[i] != top) i++;
    return i;
}

size_t sr_kernel_all(const sr_kernel *out[SR_KERNELS_MAX]) {
    size_t n = 0;
    out[n++] = &sr_kernel_portable;
#ifdef SR_X86
    __builtin_cpu_init();
    if (__builtin_cpu_supports("avx2")) {
        out[n++] = &kernel_avx2;
        if (__builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512vnni")) {
            out[n++] = &kernel_vnni;
            if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw"))
                out[n++] = &kernel_wide;
        }
    }
#endif
    return n;
}

const sr_kernel *sr_kernel_best(void) {
    const sr_kernel *all[SR_KERNELS_MAX];
    return all[sr_kernel_all(all) - 1];
}

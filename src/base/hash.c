/* hash.c - the one hash function: a Murmur-like chain over 8-byte little-endian words, closed by
 * the SplitMix64 finaliser. Model and codebook files hold its values, so it must never change;
 * tests/unit/t_base.c pins some. Not for use against an adversary who chooses keys.
 */
#include "base/base.h"

#define K1 0x9e3779b97f4a7c15u
#define K2 0xc2b2ae3d27d4eb4fu
#define K3 0xff51afd7ed558ccdu

static uint64_t rotl(uint64_t x, int r) { return (x << r) | (x >> (64 - r)); }

/* Byte by byte for the same value on every machine; compilers make it one load. */
static uint64_t load8(const unsigned char *p) {
    return (uint64_t)p[0] | (uint64_t)p[1] << 8 | (uint64_t)p[2] << 16 | (uint64_t)p[3] << 24 |
           (uint64_t)p[4] << 32 | (uint64_t)p[5] << 40 | (uint64_t)p[6] << 48 |
           (uint64_t)p[7] << 56;
}

static uint64_t step(uint64_t h, uint64_t w) {
    h ^= rotl(w * K1, 31) * K2;
    return rotl(h, 27) * 5 + 0x52dce729u;
}

uint64_t sr_hash(const void *data, size_t n, uint64_t seed) {
    const unsigned char *p = data;
    uint64_t h = (seed + K3) * K1 ^ (uint64_t)n * K2;
    for (; n >= 8; p += 8, n -= 8) h = step(h, load8(p));
    if (n) {
        uint64_t w = 0;
        for (size_t i = 0; i < n; i++) w |= (uint64_t)p[i] << (8 * i);
        h = step(h, w);
    }
    h ^= h >> 30;
    h *= 0xbf58476d1ce4e5b9u;
    h ^= h >> 27;
    h *= 0x94d049bb133111ebu;
    return h ^ h >> 31;
}

/* feature.c - what the network sees of a word: its key, hashed affixes and shape.
 *
 * Taken from the folded form (utf8.h), so that curly quotes, dashes and accents do not make new
 * words; digits count as 0. The shape keeps what folding loses. Shared with the trainer: a change
 * here makes every model file void (SR_NET_VERSION).
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "parse/net.h"

static int case_of(sr_str form) {
    int upper = 0, lower = 0;
    bool first_upper = false;
    if (form.n > SR_WORD_BYTES_MAX) form.n = SR_WORD_BYTES_MAX;
    for (uint32_t i = 0; i < form.n;) {
        uint32_t cp = (unsigned char)form.p[i];
        if (cp < 0x80) i++;
        else i += sr_utf8_decode(form.p + i, form.n - i, &cp);
        if (sr_cp_upper(cp)) {
            if (upper + lower == 0) first_upper = true;
            upper++;
        } else if (sr_cp_alpha(cp)) {
            lower++;
        }
    }
    if (upper + lower == 0) return SR_CASE_NONE;
    if (upper == 0) return SR_CASE_LOWER;
    if (lower == 0) return upper == 1 ? SR_CASE_CAPITAL : SR_CASE_ALL;
    return first_upper && upper == 1 ? SR_CASE_CAPITAL : SR_CASE_MIXED;
}

static uint32_t affix(const char *p, uint32_t n, uint64_t seed, uint32_t buckets) {
    return (uint32_t)(sr_hash(p, n, seed) >> 20) & (buckets - 1);
}

void sr_feats_of(sr_feats *f, const sr_word *w) {
    char key[2 * SR_WORD_BYTES_MAX + 8] = "";
    uint32_t n = w->folded.n < sizeof key ? w->folded.n : (uint32_t)sizeof key;
    bool digit = false;
    for (uint32_t i = 0; i < n; i++) {
        char b = w->folded.p[i];
        if (b >= '1' && b <= '9') b = '0';
        digit = digit || b == '0';
        key[i] = b;
    }
    f->key = sr_hash(key, n, 1);
    uint32_t k3 = n < 3 ? n : 3, k2 = n < 2 ? n : 2;
    f->s3 = (uint16_t)affix(key + n - k3, k3, 2 + (n <= 3), SR_N_S3);
    f->s2 = (uint16_t)affix(key + n - k2, k2, 4 + (n <= 2), SR_N_S2);
    f->p3 = (uint16_t)affix(key, k3, 6, SR_N_P3);
    bool dot = n > 1 && key[n - 1] == '.';
    int length = n < 2 ? 0 : n < 4 ? 1 : n < 7 ? 2 : 3;
    f->shape = (uint8_t)(((case_of(w->form) * 2 + digit) * 2 + dot) * 4 + length);
}

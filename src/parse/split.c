/* split.c - where sentences end.
 *
 *   ... in the U.S. Officials said " We left . " He ...
 *                  ^ candidate             ^   ^ candidates
 *
 * Rules name the gaps where an end is possible: after a full stop and what closes with it, and,
 * since web text often has no stop at all, before a word that could start a sentence. A linear
 * model decides each candidate from the words around it (treebank sentences, see src/train). A
 * block always ends its last sentence. Left out: ends inside a word.
 */
#include "parse/split.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "parse/token.h"

/* What a word is to the splitter. */
enum {
    K_LOWER,
    K_CAPITAL,
    K_ALLCAPS,
    K_NUMBER,
    K_STOP,
    K_ABBREV,
    K_OPEN,
    K_CLOSE,
    K_QUOTE,
    K_COLON,
    K_COMMA,
    K_DASH,
    K_OTHER,
    K_NONE
};

static int kind_of(const sr_word *w) {
    unsigned char b = w->folded.n ? (unsigned char)w->folded.p[0] : 0;
    unsigned char last = w->folded.n ? (unsigned char)w->folded.p[w->folded.n - 1] : 0;
    switch (b) {
    case '.':
    case '!':
    case '?': return K_STOP;
    case '(':
    case '[':
    case '{': return K_OPEN;
    case ')':
    case ']':
    case '}': return K_CLOSE;
    case '"':
    case '`':
    case '\'': return w->folded.n > 2 ? K_LOWER : K_QUOTE;
    case ':':
    case ';': return K_COLON;
    case ',': return K_COMMA;
    case '-': return K_DASH;
    default: break;
    }
    if (b >= '0' && b <= '9') return K_NUMBER;
    if (b < 'a' && b < 0x80) return K_OTHER;
    if (last == '.') return K_ABBREV;
    if (!sr_str_capital(w->form)) return K_LOWER;
    return sr_str_allcaps(w->form) ? K_ALLCAPS : K_CAPITAL;
}

static int kind_at(const sr_word *w, uint32_t n, int64_t i) {
    return i < 0 || i >= (int64_t)n ? K_NONE : kind_of(&w[i]);
}

/* A quote or bracket that closes: nothing but itself between it and the word before. */
static bool closes(const sr_word *w, uint32_t i) {
    int k = kind_of(&w[i]);
    return k == K_CLOSE || (k == K_QUOTE && i > 0 && !w[i - 1].space_after);
}

/* The last word before the closers that end at i. Bounded: nobody closes more than four. */
static uint32_t before_closers(const sr_word *w, uint32_t i, uint32_t first) {
    for (int k = 0; k < 4 && i > first && closes(w, i); k++) i--;
    return i;
}

bool sr_split_candidate(const sr_word *w, uint32_t n, uint32_t i) {
    if (i + 1 >= n || !w[i].space_after) {
        /* Without white space only after a stop that touches the next word's capital or quote. */
        if (i + 1 >= n || kind_of(&w[i]) != K_STOP) return false;
        int next = kind_of(&w[i + 1]);
        return next == K_CAPITAL || next == K_ALLCAPS;
    }
    uint32_t end = before_closers(w, i, 0);
    int k = kind_of(&w[end]);
    if (k == K_STOP || k == K_ABBREV) return true;
    int next = kind_of(&w[i + 1]);
    return next != K_LOWER && next != K_COMMA && next != K_CLOSE && next != K_STOP;
}

static uint32_t bucket(uint64_t h) { return (uint32_t)(h >> (64 - SR_SPLIT_BITS)); }

static uint64_t word_hash(const sr_word *w, uint32_t n, int64_t i) {
    if (i < 0 || i >= (int64_t)n) return 7;
    return sr_hash(w[i].folded.p, w[i].folded.n, 11);
}

static int length_bucket(uint32_t n) {
    return n < 2 ? 0 : n < 4 ? 1 : n < 8 ? 2 : n < 16 ? 3 : n < 30 ? 4 : n < 60 ? 5 : 6;
}

uint32_t sr_split_feats(uint32_t out[SR_SPLIT_FEATS], const sr_word *w, uint32_t n, uint32_t i,
                        uint32_t first) {
    uint32_t e = before_closers(w, i, first), k = 0;
    int64_t at = i;
    uint64_t ke = (uint64_t)kind_of(&w[e]), closed = i - e, spaced = w[i].space_after;
    uint64_t kn = (uint64_t)kind_at(w, n, at + 1), kn2 = (uint64_t)kind_at(w, n, at + 2);
    uint64_t kp = (uint64_t)kind_at(w, n, (int64_t)e - 1);
    uint64_t he = word_hash(w, n, e), hp = word_hash(w, n, (int64_t)e - 1);
    uint64_t hn = word_hash(w, n, at + 1), hn2 = word_hash(w, n, at + 2);
    uint64_t len = (uint64_t)length_bucket(i + 1 - first);
    uint64_t spaced2 = at + 1 < (int64_t)n ? w[at + 1].space_after : 1;
    uint64_t shape = ((ke * 16 + kn) * 8 + closed) * 2 + spaced;
#define FEAT(id, value)                                                                        \
    out[k++] = bucket(((uint64_t)(value) + (uint64_t)(id)*0x9E3779B97F4A7C15u) *               \
                          0xD6E8FEB86659FD93u ^                                                \
                      ((uint64_t)(value) >> 29) * 0xC2B2AE3D27D4EB4Fu)
    FEAT(1, shape);
    FEAT(2, shape * 16 + kn2);
    FEAT(3, shape * 16 + kp);
    FEAT(4, (shape * 16 + kn2) * 16 + kp);
    FEAT(5, shape * 8 + len);
    FEAT(6, he + shape);
    FEAT(7, hn + ke * 2 + spaced);
    FEAT(8, hp + ke);
    FEAT(9, he * 3 + hn);
    FEAT(10, hn2 + ke * 16 + kn);
    FEAT(11, hn * 3 + hn2 + ke);
    FEAT(12, hp * 3 + hn + ke);
    FEAT(13, hp * 5 + he * 3 + kn);
    FEAT(14, (ke * 16 + kn) * 2 + spaced2);
    FEAT(15, ((uint64_t)kind_at(w, n, (int64_t)e - 2) * 16 + kp) * 16 + ke);
    FEAT(16, (kn * 16 + kn2) * 16 + (uint64_t)kind_at(w, n, at + 3));
    FEAT(17, word_hash(w, n, (int64_t)e - 2) + ke);
    FEAT(18, word_hash(w, n, at + 3) + kn);
    FEAT(19, word_hash(w, n, first) + ke);
    FEAT(20, (uint64_t)kind_at(w, n, first) * 128 + ke * 8 + len);
    FEAT(21, hp * 7 + word_hash(w, n, (int64_t)e - 2) + ke);
    FEAT(22, w[e].folded.n < 15 ? (uint64_t)w[e].folded.n * 256 + ke * 16 + kn : 1);
#undef FEAT
    return k;
}

uint32_t sr_split_next(const int16_t *weights, const sr_word *w, uint32_t n, uint32_t first) {
    uint32_t cap = n - first > SR_SENT_WORDS_MAX ? first + SR_SENT_WORDS_MAX : n;
    uint32_t feats[SR_SPLIT_FEATS];
    for (uint32_t i = first; i + 1 < cap; i++) {
        if (w[i].mwt > 1) { /* never inside a multi-word token */
            i += w[i].mwt - 2u;
            continue;
        }
        if (!sr_split_candidate(w, n, i)) continue;
        uint32_t k = sr_split_feats(feats, w, n, i, first);
        int32_t score = 0;
        for (uint32_t f = 0; f < k; f++) score += weights[feats[f]];
        if (score > 0) return i + 1;
    }
    if (cap == n) return n;
    /* The cap: better after a comma or the like than anywhere. */
    for (uint32_t i = cap; i > cap - SR_SENT_WORDS_MAX / 4; i--) {
        int k = kind_of(&w[i - 1]);
        if (k == K_COLON || k == K_COMMA || k == K_STOP) return i;
    }
    return w[cap - 1].mwt > 1 ? cap - 1 : cap;
}

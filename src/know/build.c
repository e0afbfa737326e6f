/* build.c - what both parts of the image are built with: interned strings, the text pool, phrases
 * cut into words, the names trie, the writer that lays sections one after the other (image.h).
 */
#include "know/build.h"

#include "base/utf8.h"

#include <stdlib.h>

/* ---- strings ----------------------------------------------------------------------------- */

void sr_kintern_init(sr_kintern *t, sr_arena *a) {
    memset(t, 0, sizeof *t);
    t->a = a;
    t->n_slot = 16;
    t->slot = SR_NEW_N(a, uint32_t, t->n_slot);
}

static uint32_t *find_slot(const sr_kintern *t, sr_str s) {
    uint32_t mask = t->n_slot - 1, i = (uint32_t)sr_hash(s.p, s.n, 0) & mask;
    while (t->slot[i] && !sr_str_eq(t->v.v[t->slot[i] - 1], s)) i = (i + 1) & mask;
    return &t->slot[i];
}

uint32_t sr_kintern_find(const sr_kintern *t, sr_str s) {
    return *find_slot(t, s) - 1; /* 0, free, wraps to UINT32_MAX */
}

uint32_t sr_kintern_add(sr_kintern *t, sr_str s) {
    uint32_t *slot = find_slot(t, s);
    if (*slot) return *slot - 1;
    if (t->v.n * 2 >= t->n_slot) {
        t->n_slot *= 2;
        t->slot = SR_NEW_N(t->a, uint32_t, t->n_slot);
        for (uint32_t i = 0; i < t->v.n; i++) *find_slot(t, t->v.v[i]) = i + 1;
        slot = find_slot(t, s);
    }
    sr_str copy = sr_arena_dup(t->a, s);
    SR_PUSH(t->a, &t->v, copy);
    *slot = t->v.n;
    return t->v.n - 1;
}

static void push_bytes(sr_kpool *p, const char *b, uint32_t n) {
    for (uint32_t i = 0; i < n; i++) SR_PUSH(p->strings.a, &p->bytes, b[i]);
}

void sr_kpool_init(sr_kpool *p, sr_arena *a) {
    memset(p, 0, sizeof *p);
    sr_kintern_init(&p->strings, a);
    sr_kpool_add(p, SR_LIT(""));
}

sr_kref sr_kpool_add(sr_kpool *p, sr_str s) {
    uint32_t i = sr_kintern_add(&p->strings, s);
    if (i < p->ref.n) return p->ref.v[i];
    sr_kref ref = p->bytes.n;
    uint16_t n = (uint16_t)s.n; /* lines are shorter (source.c) */
    SR_PUSH(p->strings.a, &p->ref, ref);
    push_bytes(p, (const char *)&n, sizeof n);
    push_bytes(p, s.p, n);
    push_bytes(p, "", 1);
    return ref;
}

/* ---- phrases ----------------------------------------------------------------------------- */

uint32_t sr_kwords(sr_str text, sr_str out[SR_PHRASE_WORDS_MAX], sr_arena *scratch) {
    sr_str all[4 * SR_PHRASE_WORDS_MAX];
    uint32_t max = sizeof all / sizeof *all, found = sr_tokenize_phrase(text, all, max, scratch);
    uint32_t n = 0;
    for (uint32_t i = 0; i < found; i++) {
        if (sr_str_is(all[i], "-")) continue;
        if (n == SR_PHRASE_WORDS_MAX) return UINT32_MAX;
        out[n++] = all[i];
    }
    return found == max ? UINT32_MAX : n;
}

/* Which word of the name is the first with a capital: as many as there are words before it. */
static uint32_t capital_word(sr_str name, sr_arena *scratch) {
    sr_str words[SR_PHRASE_WORDS_MAX];
    uint32_t cp, begin = 0;
    for (uint32_t i = 0; i < name.n;) {
        uint32_t len = sr_utf8_decode(name.p + i, name.n - i, &cp);
        if (sr_cp_upper(cp)) return sr_kwords((sr_str){name.p, begin}, words, scratch);
        i += len;
        if (cp == ' ' || cp == '-' || cp == 0x2010 || cp == 0x2011 || cp == 0x2013) begin = i;
    }
    return SR_KCAP_NONE;
}

static bool has_lower(sr_str s) {
    uint32_t cp;
    for (uint32_t i = 0; i < s.n;) {
        i += sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (sr_cp_alpha(cp) && !sr_cp_upper(cp)) return true;
    }
    return false;
}

bool sr_kphrase_add(sr_kphrases *p, sr_str name, uint32_t hit, uint32_t rank) {
    sr_str words[SR_PHRASE_WORDS_MAX];
    uint32_t kind = hit >> 30, form = hit >> 27 & 7, cap = SR_KCAP_NONE, skip = 0;
    sr_arena_clear(p->scratch);
    uint32_t n = sr_kwords(name, words, p->scratch);
    if (n == 0 || n == UINT32_MAX) return false;
    if (n > 1 && sr_str_is(words[0], "the")) skip = 1;
    /* An acronym with small letters ("AfD") is matched as a name is. */
    bool as_name = kind == SR_K_PLACE ||
                   (kind == SR_K_ACTOR && (form != SR_F_ACRONYM || has_lower(name)));
    if (as_name) {
        sr_str rest = name;
        if (skip) rest.p += 3, rest.n -= 3;
        cap = capital_word(rest, p->scratch);
        if (cap >= n - skip) cap = SR_KCAP_NONE;
    }
    sr_kphrase phrase = {.n = n - skip, .hit = hit | cap << 23, .rank = rank};
    phrase.word = SR_NEW_N(p->a, uint32_t, phrase.n);
    for (uint32_t i = skip; i < n; i++)
        phrase.word[i - skip] = sr_kintern_add(&p->word, words[i]) + 1;
    SR_PUSH(p->a, &p->v, phrase);
    return true;
}

/* ---- writer ------------------------------------------------------------------------------ */

static void pad(sr_buf *out, size_t start, size_t to) {
    while ((out->n - start) % to && !out->failed) sr_buf_char(out, '\0');
}

void sr_kwriter_open(sr_kwriter *w, sr_buf *out, sr_kpart_kind kind) {
    memset(w, 0, sizeof *w);
    w->out = out;
    w->start = out->n;
    memcpy(w->part.magic, SR_KPART_MAGIC, 8);
    w->part.version = SR_KVERSION;
    w->part.kind = kind;
    w->part.n_section = SR_KS_N;
    sr_buf_put(out, &w->part, sizeof w->part);
}

void sr_kwriter_put(sr_kwriter *w, sr_ksection s, const void *records, size_t n, size_t size) {
    pad(w->out, w->start, 8);
    w->part.section[s] = (sr_kspan){(uint32_t)(w->out->n - w->start), (uint32_t)n};
    if (n) sr_buf_put(w->out, records, n * size);
}

bool sr_kwriter_close(sr_kwriter *w) {
    pad(w->out, w->start, 8);
    size_t size = w->out->n - w->start;
    if (w->out->failed || size > UINT32_MAX / 2) return false;
    w->part.size = (uint32_t)size;
    char *at = w->out->p + w->start;
    memcpy(at, &w->part, sizeof w->part);
    w->part.sum = sr_kpart_sum((const sr_kpart *)at);
    memcpy(at, &w->part, sizeof w->part);
    return true;
}

void sr_kput_words(sr_kwriter *w, sr_kpool *pool, const sr_str *words, uint32_t n, sr_arena *a) {
    sr_kref *ref = SR_NEW_N(a, sr_kref, n);
    uint32_t slots = 16;
    while (slots < n * 2) slots *= 2;
    uint32_t *slot = SR_NEW_N(a, uint32_t, slots);
    for (uint32_t k = 0; k < n; k++) {
        uint64_t hash = sr_kword_hash(words[k]);
        uint32_t i = (uint32_t)hash & (slots - 1);
        while (slot[i]) i = (i + 1) & (slots - 1);
        slot[i] = (uint32_t)(hash >> 56) << 24 | (k + 1);
        ref[k] = sr_kpool_add(pool, words[k]);
    }
    sr_kwriter_put(w, SR_KS_WORD, ref, n, sizeof *ref);
    sr_kwriter_put(w, SR_KS_HASH, slot, slots, sizeof *slot);
}

static int by_words(const void *a, const void *b) {
    const sr_kphrase *x = a, *y = b;
    for (uint32_t i = 0; i < x->n && i < y->n; i++)
        if (x->word[i] != y->word[i]) return x->word[i] < y->word[i] ? -1 : 1;
    if (x->n != y->n) return x->n < y->n ? -1 : 1;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return (x->hit > y->hit) - (x->hit < y->hit);
}

/* Phrases sorted by words are the trie read off level by level: a node is a range of them that
 * agree on their first `depth` words; a queue of ranges gives the order in which nodes stand. */
void sr_kput_trie(sr_kwriter *w, sr_kphrases *p, uint32_t same) {
    typedef struct node { uint32_t lo, hi, depth; } node;
    SR_VEC(node) queue = {NULL, 0, 0};
    SR_VEC(uint32_t) node_edge = {NULL, 0, 0}, node_hit = {NULL, 0, 0}, edge = {NULL, 0, 0},
                     hit = {NULL, 0, 0};
    sr_arena *a = p->a;
    if (p->v.n) qsort(p->v.v, p->v.n, sizeof *p->v.v, by_words);
    node root = {0, p->v.n, 0};
    SR_PUSH(a, &queue, root);
    for (uint32_t q = 0; q < queue.n; q++) {
        node at = queue.v[q];
        uint32_t i = at.lo, first_hit = hit.n;
        SR_PUSH(a, &node_edge, edge.n);
        SR_PUSH(a, &node_hit, hit.n);
        for (; i < at.hi && p->v.v[i].n == at.depth; i++) {
            bool twice = hit.n - first_hit >= same;
            for (uint32_t h = first_hit; h < hit.n; h++)
                twice |= (hit.v[h] & ~(SR_KCAP_NONE << 23)) ==
                         (p->v.v[i].hit & ~(SR_KCAP_NONE << 23));
            if (!twice) SR_PUSH(a, &hit, p->v.v[i].hit);
        }
        while (i < at.hi) {
            node child = {i, i, at.depth + 1};
            uint32_t word = p->v.v[i].word[at.depth];
            while (child.hi < at.hi && p->v.v[child.hi].word[at.depth] == word) child.hi++;
            SR_PUSH(a, &edge, word);
            SR_PUSH(a, &queue, child);
            i = child.hi;
        }
    }
    SR_PUSH(a, &node_edge, edge.n);
    SR_PUSH(a, &node_hit, hit.n);
    sr_kwriter_put(w, SR_KS_NODE_EDGE, node_edge.v, node_edge.n, sizeof *node_edge.v);
    sr_kwriter_put(w, SR_KS_NODE_HIT, node_hit.v, node_hit.n, sizeof *node_hit.v);
    sr_kwriter_put(w, SR_KS_EDGE, edge.v, edge.n, sizeof *edge.v);
    sr_kwriter_put(w, SR_KS_HIT, hit.v, hit.n, sizeof *hit.v);
}

/* image.c - opens a part of the image: proves once that it is whole and that every offset and
 * index in it stays inside, so that lookups need not look. The format is drawn in image.h. What
 * the numbers mean is know.c's business.
 */
#include "know/image.h"

static const uint8_t record_size[SR_KS_N] = {
    [SR_KS_TEXT] = 1,
    [SR_KS_WORD] = sizeof(sr_kref),
    [SR_KS_HASH] = 4,
    [SR_KS_NODE_EDGE] = 4,
    [SR_KS_NODE_HIT] = 4,
    [SR_KS_EDGE] = 4,
    [SR_KS_HIT] = 4,
    [SR_KS_COUNTRY] = sizeof(sr_kcountry),
    [SR_KS_PLACE] = sizeof(sr_kplace),
    [SR_KS_LIKE] = sizeof(sr_klike),
    [SR_KS_ACTOR] = sizeof(sr_kactor),
    [SR_KS_NAME] = sizeof(sr_kname),
    [SR_KS_CODE] = sizeof(sr_kcode),
    [SR_KS_ROLE] = sizeof(sr_krole),
    [SR_KS_ISSUE] = sizeof(sr_kref),
    [SR_KS_SET] = sizeof(sr_kset),
    [SR_KS_LIST] = sizeof(sr_wid),
    [SR_KS_RULE] = sizeof(sr_krule),
    [SR_KS_SLOT] = sizeof(sr_kslot),
    [SR_KS_VARIANT] = sizeof(sr_kvariant),
    [SR_KS_COND] = sizeof(sr_kcond),
    [SR_KS_HEAD] = sizeof(sr_khead),
    [SR_KS_PATTERN] = sizeof(sr_kpattern),
    [SR_KS_EXAMPLE] = sizeof(sr_kexample),
    [SR_KS_SOURCE] = sizeof(sr_ksource),
    [SR_KS_SOURCE_TEXT] = 1,
};

/* ---- checksum ---------------------------------------------------------------------------- */

#define K1 0x9e3779b97f4a7c15u
#define K2 0xc2b2ae3d27d4eb4fu

static uint64_t rotl(uint64_t x, int r) { return (x << r) | (x >> (64 - r)); }

/* Four chains that do not wait for each other: the places are megabytes and the program opens
 * them at every start. A part's size is a multiple of 8. */
uint64_t sr_kpart_sum(const sr_kpart *part) {
    const char *p = (const char *)part + offsetof(sr_kpart, sum) + sizeof part->sum;
    size_t n = (part->size - (offsetof(sr_kpart, sum) + sizeof part->sum)) / 8;
    uint64_t lane[4] = {part->version, part->size, K1, K2}, w[4];
    for (; n >= 4; p += sizeof w, n -= 4) {
        memcpy(w, p, sizeof w);
        for (int i = 0; i < 4; i++) lane[i] = rotl(lane[i] ^ w[i] * K1, 31) * K2;
    }
    for (; n; p += 8, n--) {
        memcpy(w, p, 8);
        lane[0] = rotl(lane[0] ^ w[0] * K1, 31) * K2;
    }
    return sr_hash(lane, sizeof lane, 0);
}

/* ---- text and words ---------------------------------------------------------------------- */

static uint32_t text_length(const char *p) {
    uint16_t n;
    memcpy(&n, p, sizeof n);
    return n;
}

sr_str sr_kview_text(const sr_kview *v, sr_kref ref) {
    const char *p = (const char *)v->at[SR_KS_TEXT] + ref;
    return (sr_str){p + 2, text_length(p)};
}

/* A slot holds 8 bits of the hash over the number of the word, so that most words that are not
 * there end without a look at text. */
uint32_t sr_kview_word(const sr_kview *v, sr_str word, uint64_t hash) {
    const uint32_t *slot = v->at[SR_KS_HASH];
    const sr_kref *text = v->at[SR_KS_WORD];
    uint32_t mask = v->n[SR_KS_HASH] - 1, tag = (uint32_t)(hash >> 56);
    for (uint32_t i = (uint32_t)hash & mask, step = 0; step <= mask; i = (i + 1) & mask, step++) {
        if (slot[i] == 0) return 0;
        uint32_t w = slot[i] & 0xffffff;
        if (slot[i] >> 24 == tag && sr_str_eq(sr_kview_text(v, text[w - 1]), word)) return w;
    }
    return 0;
}

/* ---- opening ----------------------------------------------------------------------------- */

static bool span_in(sr_kspan s, uint32_t n) { return s.at <= n && s.n <= n - s.at; }

static bool ref_ok(const sr_kview *v, sr_kref ref) {
    uint32_t n = v->n[SR_KS_TEXT];
    if (ref > n || n - ref < 3) return false;
    uint32_t len = text_length((const char *)v->at[SR_KS_TEXT] + ref);
    return len < n - ref - 2;
}

static bool code_ok(const char code[4]) { return code[3] == '\0'; }

static bool words_ok(const sr_kview *v) {
    const sr_kref *w = v->at[SR_KS_WORD];
    const uint32_t *slot = v->at[SR_KS_HASH];
    uint32_t n = v->n[SR_KS_WORD], slots = v->n[SR_KS_HASH];
    if (slots == 0 || (slots & (slots - 1)) || n > 0xffffff) return false;
    for (uint32_t i = 0; i < n; i++)
        if (!ref_ok(v, w[i])) return false;
    for (uint32_t i = 0; i < slots; i++)
        if (slot[i] && ((slot[i] & 0xffffff) == 0 || (slot[i] & 0xffffff) > n)) return false;
    return true;
}

static bool trie_ok(const sr_kview *v) {
    const uint32_t *edge = v->at[SR_KS_NODE_EDGE], *hit = v->at[SR_KS_NODE_HIT];
    uint32_t nodes = v->n[SR_KS_NODE_EDGE];
    if (nodes < 2 || v->n[SR_KS_NODE_HIT] != nodes || v->n[SR_KS_EDGE] != nodes - 2) return false;
    if (edge[0] != 0 || hit[0] != 0 || edge[nodes - 1] != v->n[SR_KS_EDGE] ||
        hit[nodes - 1] != v->n[SR_KS_HIT])
        return false;
    for (uint32_t i = 1; i < nodes; i++)
        if (edge[i] < edge[i - 1] || hit[i] < hit[i - 1]) return false;
    return true;
}

static bool hits_ok(const sr_kview *v, bool places) {
    const uint32_t *hit = v->at[SR_KS_HIT];
    for (uint32_t i = 0; i < v->n[SR_KS_HIT]; i++) {
        static const uint8_t section[4] = {SR_KS_ACTOR, SR_KS_ROLE, SR_KS_PLACE, SR_KS_ISSUE};
        uint32_t kind = hit[i] >> 30;
        if ((kind == SR_K_PLACE) != places || (hit[i] & SR_KINDEX_MAX) >= v->n[section[kind]])
            return false;
    }
    return true;
}

static bool places_ok(const sr_kview *v) {
    const sr_kplace *p = v->at[SR_KS_PLACE];
    for (uint32_t i = 0; i < v->n[SR_KS_PLACE]; i++)
        if (!ref_ok(v, p[i].name) || !ref_ok(v, p[i].district) || !ref_ok(v, p[i].province) ||
            p[i].feature_code[7] != '\0')
            return false;
    const sr_klike *like = v->at[SR_KS_LIKE];
    for (uint32_t i = 0; i < v->n[SR_KS_LIKE]; i++)
        if (like[i].place >= v->n[SR_KS_PLACE]) return false;
    const sr_kcountry *c = v->at[SR_KS_COUNTRY];
    for (uint32_t i = 0; i < v->n[SR_KS_COUNTRY]; i++)
        if (!code_ok(c[i].code) || !ref_ok(v, c[i].value)) return false;
    return true;
}

static bool names_ok(const sr_kview *v) {
    const sr_kactor *a = v->at[SR_KS_ACTOR];
    for (uint32_t i = 0; i < v->n[SR_KS_ACTOR]; i++)
        if (!ref_ok(v, a[i].id) || !ref_ok(v, a[i].name) || !ref_ok(v, a[i].wikidata) ||
            a[i].kind > SR_A_REGION || !span_in(a[i].names, v->n[SR_KS_NAME]) ||
            !span_in(a[i].codes, v->n[SR_KS_CODE]))
            return false;
    const sr_kname *n = v->at[SR_KS_NAME];
    for (uint32_t i = 0; i < v->n[SR_KS_NAME]; i++)
        if (!ref_ok(v, n[i].text) || n[i].form > SR_F_ACRONYM) return false;
    const sr_kcode *c = v->at[SR_KS_CODE];
    for (uint32_t i = 0; i < v->n[SR_KS_CODE]; i++)
        if (!code_ok(c[i].code) || !code_ok(c[i].sector) || !code_ok(c[i].other[0]) ||
            !code_ok(c[i].other[1]) || !ref_ok(v, c[i].role))
            return false;
    const sr_krole *r = v->at[SR_KS_ROLE];
    for (uint32_t i = 0; i < v->n[SR_KS_ROLE]; i++)
        if (!ref_ok(v, r[i].id) || !code_ok(r[i].sector) || !code_ok(r[i].code)) return false;
    const sr_kref *issue = v->at[SR_KS_ISSUE];
    for (uint32_t i = 0; i < v->n[SR_KS_ISSUE]; i++)
        if (!ref_ok(v, issue[i])) return false;
    const sr_kcountry *k = v->at[SR_KS_COUNTRY];
    for (uint32_t i = 0; i < v->n[SR_KS_COUNTRY]; i++)
        if (!code_ok(k[i].code) || k[i].value >= v->n[SR_KS_ACTOR]) return false;
    return true;
}

static bool slots_ok(const sr_kview *v, sr_kspan s) {
    return s.n <= SR_SLOTS_MAX && span_in(s, v->n[SR_KS_SLOT]);
}

static bool rules_ok(const sr_kview *v) {
    const sr_kset *set = v->at[SR_KS_SET];
    for (uint32_t i = 0; i < v->n[SR_KS_SET]; i++)
        if (!ref_ok(v, set[i].name) || !span_in(set[i].words, v->n[SR_KS_LIST])) return false;
    const sr_krule *r = v->at[SR_KS_RULE];
    for (uint32_t i = 0; i < v->n[SR_KS_RULE]; i++)
        if (!ref_ok(v, r[i].id) || !ref_ok(v, r[i].mode) || !ref_ok(v, r[i].context) ||
            !ref_ok(v, r[i].cameo) || !ref_ok(v, r[i].stance) || !ref_ok(v, r[i].toll) ||
            !ref_ok(v, r[i].speech) || r[i].kind > SR_RULE_SUPPORT || r[i].type >= SR_TYPE_N ||
            r[i].effect >= SR_FACT_N || r[i].need > SR_NEED_BOTH || r[i].reciprocal > 1 ||
            r[i].statement > 1 || !slots_ok(v, r[i].actor) || !slots_ok(v, r[i].recipient) ||
            !slots_ok(v, r[i].content) || !slots_ok(v, r[i].noun) ||
            !span_in(r[i].variants, v->n[SR_KS_VARIANT]))
            return false;
    const sr_kslot *slot = v->at[SR_KS_SLOT];
    for (uint32_t i = 0; i < v->n[SR_KS_SLOT]; i++)
        if (slot[i].slot > SR_SLOT_SENT) return false;
    const sr_kvariant *var = v->at[SR_KS_VARIANT];
    for (uint32_t i = 0; i < v->n[SR_KS_VARIANT]; i++)
        if (var[i].type >= SR_TYPE_N || !ref_ok(v, var[i].mode) ||
            !span_in(var[i].conds, v->n[SR_KS_COND]))
            return false;
    const sr_kcond *c = v->at[SR_KS_COND];
    for (uint32_t i = 0; i < v->n[SR_KS_COND]; i++)
        if (c[i].slot > SR_SLOT_SENT || c[i].negate > 1 || !span_in(c[i].words, v->n[SR_KS_LIST]))
            return false;
    const sr_khead *h = v->at[SR_KS_HEAD];
    for (uint32_t i = 0; i < v->n[SR_KS_HEAD]; i++)
        if (!span_in(h[i].patterns, v->n[SR_KS_PATTERN])) return false;
    const sr_kpattern *p = v->at[SR_KS_PATTERN];
    for (uint32_t i = 0; i < v->n[SR_KS_PATTERN]; i++)
        if (p[i].rule >= v->n[SR_KS_RULE] || p[i].block > 1 ||
            !span_in(p[i].conds, v->n[SR_KS_COND]))
            return false;
    return true;
}

static bool sources_ok(const sr_kview *v) {
    const sr_kexample *e = v->at[SR_KS_EXAMPLE];
    for (uint32_t i = 0; i < v->n[SR_KS_EXAMPLE]; i++)
        if (!ref_ok(v, e[i].rule) || !ref_ok(v, e[i].text) || !ref_ok(v, e[i].expected) ||
            !ref_ok(v, e[i].file) || e[i].counter > 1)
            return false;
    const sr_ksource *s = v->at[SR_KS_SOURCE];
    for (uint32_t i = 0; i < v->n[SR_KS_SOURCE]; i++)
        if (!ref_ok(v, s[i].name) || !span_in(s[i].text, v->n[SR_KS_SOURCE_TEXT])) return false;
    return true;
}

sr_status sr_kview_open(sr_kview *v, const void *part, size_t n, sr_kpart_kind kind,
                        sr_error *err) {
    const sr_kpart *p = part;
    memset(v, 0, sizeof *v);
    if (n < sizeof *p || n % 8 || memcmp(p->magic, SR_KPART_MAGIC, 8) != 0)
        return sr_fail(err, SR_ERESOURCE, 0, "codebook: damaged");
    if (p->version != SR_KVERSION)
        return sr_fail(err, SR_ERESOURCE, 0,
                       "codebook: compiled for another version of the program");
    if (p->size != n || p->kind != (uint32_t)kind || p->n_section != SR_KS_N ||
        p->sum != sr_kpart_sum(p))
        return sr_fail(err, SR_ERESOURCE, 0, "codebook: damaged");
    v->part = p;
    for (int s = 0; s < SR_KS_N; s++) {
        sr_kspan at = p->section[s];
        if (at.at % 4 || at.at > n || at.n > (n - at.at) / record_size[s])
            return sr_fail(err, SR_ERESOURCE, 0, "codebook: damaged");
        v->at[s] = (const char *)part + at.at;
        v->n[s] = at.n;
    }
    bool ok = ref_ok(v, 0) && words_ok(v) && trie_ok(v) && hits_ok(v, kind == SR_KP_PLACES);
    if (ok && kind == SR_KP_PLACES) ok = places_ok(v);
    if (ok && kind == SR_KP_BOOK) ok = names_ok(v) && rules_ok(v) && sources_ok(v);
    return ok ? SR_OK : sr_fail(err, SR_ERESOURCE, 0, "codebook: damaged");
}

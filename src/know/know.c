/* know.c - the compiled codebook at work: opening, words, names, rules.
 *
 * An image is used where it lies. Opening proves it sound (image.c) and unpacks the few tables
 * whose records hold pointers: patterns, conditions, variants, codes; a book has some thousand of
 * each. Beside them stands one table by word id, so that from a word's id to the names and
 * patterns that begin with it is one step:
 *
 *   by_word[id]   node of the names trie after that word | its patterns
 *
 * Left out: everything that depends on a document. Whether a name in the text is that name is for
 * `mention` to decide, and whether a pattern holds for `code`.
 */
#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "know/compile.h"
#include "know/gazette.h"
#include "know/image.h"

#include <stdlib.h>

typedef struct by_word {
    uint32_t node;      /* of the book's trie; 0: no name begins with the word */
    uint32_t head;      /* record of the head section, plus 1; 0: no pattern */
} by_word;

struct sr_know {
    sr_kview book, places;
    void *owned;        /* the book part, when it was compiled for this sr_know */
    uint32_t n_place_words;
    by_word *by_word;   /* [all words + 1] */
    sr_cond *cond;
    sr_pattern *pattern;
    sr_variant *variant;
    sr_code *code;
    char hash[13];
};

static const void *records(const sr_know *k, sr_ksection s) { return k->book.at[s]; }
static sr_str text(const sr_know *k, sr_kref ref) { return sr_kview_text(&k->book, ref); }

/* ---- opening ----------------------------------------------------------------------------- */

static void *table(uint32_t n, size_t size) { return calloc((size_t)n + 1, size); }

static void unpack(sr_know *k) {
    const sr_wid *list = records(k, SR_KS_LIST);
    const sr_kcond *c = records(k, SR_KS_COND);
    for (uint32_t i = 0; i < k->book.n[SR_KS_COND]; i++)
        k->cond[i] = (sr_cond){.at = {(uint8_t)c[i].slot, c[i].prep},
                               .negate = c[i].negate != 0,
                               .classes = c[i].classes,
                               .types = c[i].types,
                               .words = list + c[i].words.at,
                               .n_words = c[i].words.n};
    const sr_kpattern *p = records(k, SR_KS_PATTERN);
    for (uint32_t i = 0; i < k->book.n[SR_KS_PATTERN]; i++)
        k->pattern[i] = (sr_pattern){.rule = p[i].rule,
                                     .pos = p[i].pos,
                                     .block = p[i].block != 0,
                                     .weight = p[i].weight,
                                     .cond = k->cond + p[i].conds.at,
                                     .n_cond = p[i].conds.n};
    const sr_kvariant *v = records(k, SR_KS_VARIANT);
    for (uint32_t i = 0; i < k->book.n[SR_KS_VARIANT]; i++)
        k->variant[i] = (sr_variant){.type = (uint8_t)v[i].type,
                                     .mode = text(k, v[i].mode),
                                     .cond = k->cond + v[i].conds.at,
                                     .n_cond = v[i].conds.n};
    const sr_kcode *code = records(k, SR_KS_CODE);
    for (uint32_t i = 0; i < k->book.n[SR_KS_CODE]; i++) {
        sr_code *to = &k->code[i];
        memcpy(to->code, code[i].code, 4);
        memcpy(to->sector, code[i].sector, 4);
        memcpy(to->other, code[i].other, 8);
        to->from = code[i].from;
        to->until = code[i].until;
        to->role = text(k, code[i].role);
    }
}

/* False when a word id of the image is beyond the words. */
static bool index_words(sr_know *k, uint32_t n_words) {
    const uint32_t *node_edge = records(k, SR_KS_NODE_EDGE), *edge = records(k, SR_KS_EDGE);
    for (uint32_t e = node_edge[0]; e < node_edge[1]; e++) {
        if (edge[e] > n_words) return false;
        k->by_word[edge[e]].node = e + 1;
    }
    const sr_khead *head = records(k, SR_KS_HEAD);
    for (uint32_t i = 0; i < k->book.n[SR_KS_HEAD]; i++) {
        if (head[i].word > n_words) return false;
        k->by_word[head[i].word].head = i + 1;
    }
    return true;
}

/* Takes over `owned` (malloc'd or NULL), also on failure. */
static sr_status open_parts(sr_know **out, const void *book, size_t n, const sr_kview *places,
                            void *owned, sr_error *err) {
    sr_status status = SR_ENOMEM;
    sr_know *k = calloc(1, sizeof *k);
    if (!k) goto out;
    k->owned = owned;
    owned = NULL;
    k->places = *places;
    if ((status = sr_kview_open(&k->book, book, n, SR_KP_BOOK, err)) != SR_OK) goto out;

    k->n_place_words = k->places.n[SR_KS_WORD];
    uint32_t n_words = k->n_place_words + k->book.n[SR_KS_WORD];
    k->by_word = table(n_words, sizeof *k->by_word);
    k->cond = table(k->book.n[SR_KS_COND], sizeof *k->cond);
    k->pattern = table(k->book.n[SR_KS_PATTERN], sizeof *k->pattern);
    k->variant = table(k->book.n[SR_KS_VARIANT], sizeof *k->variant);
    k->code = table(k->book.n[SR_KS_CODE], sizeof *k->code);
    status = SR_ENOMEM;
    if (!k->by_word || !k->cond || !k->pattern || !k->variant || !k->code) goto out;
    unpack(k);
    if (!index_words(k, n_words)) {
        status = sr_fail(err, SR_ERESOURCE, 0, "codebook: damaged");
        goto out;
    }
    static const char hex[] = "0123456789abcdef";
    uint64_t sum = k->book.part->sum ^ (k->places.part->sum << 1 | k->places.part->sum >> 63);
    for (int i = 0; i < 12; i++) k->hash[i] = hex[sum >> (60 - 4 * i) & 15];
    *out = k;
    return SR_OK;
out:
    free(owned);
    sr_know_free(k);
    if (status == SR_ENOMEM) sr_fail(err, SR_ENOMEM, 0, "codebook: out of memory");
    return status;
}

sr_status sr_know_open(sr_know **out, const void *image, size_t n, sr_error *err) {
    const sr_kimage *im = image;
    sr_kview places;
    if (n < sizeof *im) return sr_fail(err, SR_ERESOURCE, 0, "codebook: missing or cut short");
    if ((uintptr_t)image % 8 != 0)
        return sr_fail(err, SR_ERESOURCE, 0, "codebook: not aligned to 8 bytes in memory");
    if (memcmp(im->magic, SR_KIMAGE_MAGIC, 8) != 0)
        return sr_fail(err, SR_ERESOURCE, 0, "codebook: not a compiled codebook");
    if (im->version != SR_KVERSION)
        return sr_fail(err, SR_ERESOURCE, 0,
                       "codebook: compiled for another version of the program");
    if (im->size != n) return sr_fail(err, SR_ERESOURCE, 0, "codebook: cut short");
    const sr_kspan *part[2] = {&im->book, &im->places};
    for (int i = 0; i < 2; i++)
        if (part[i]->at % 8 || part[i]->at > n || part[i]->n > n - part[i]->at)
            return sr_fail(err, SR_ERESOURCE, 0, "codebook: damaged");
    sr_status status = sr_kview_open(&places, (const char *)image + im->places.at, im->places.n,
                                     SR_KP_PLACES, err);
    if (status != SR_OK) return status;
    return open_parts(out, (const char *)image + im->book.at, im->book.n, &places, NULL, err);
}

sr_status sr_know_overlay_report(sr_know **out, const sr_know *base, sr_str overlay,
                                 const char *name, sr_buf *problems, sr_error *err) {
    void *book = NULL;
    size_t n = 0;
    sr_status status =
        sr_kcompile_overlay(&book, &n, &base->book, &base->places, overlay, name, problems, err);
    if (status != SR_OK) return status;
    return open_parts(out, book, n, &base->places, book, err);
}

sr_status sr_know_overlay(sr_know **out, const sr_know *base, sr_str overlay, const char *name,
                          sr_error *err) {
    return sr_know_overlay_report(out, base, overlay, name, NULL, err);
}

sr_status sr_know_add_places(void **image, size_t *n, const sr_know *base, const sr_source *tables, size_t n_tables, sr_buf *problems,
                             sr_error *err) {
    return sr_kcompile_more_places(image, n, &base->book, &base->places, tables, n_tables, problems, err);
}

bool sr_know_same_book(const sr_know *a, const sr_know *b) {
    uint32_t n = a->book.n[SR_KS_SOURCE_TEXT];
    return n == b->book.n[SR_KS_SOURCE_TEXT] && memcmp(records(a, SR_KS_SOURCE_TEXT), records(b, SR_KS_SOURCE_TEXT), n) == 0;
}

void sr_know_free(sr_know *k) {
    if (!k) return;
    free(k->by_word);
    free(k->cond);
    free(k->pattern);
    free(k->variant);
    free(k->code);
    free(k->owned);
    free(k);
}

const char *sr_know_hash(const sr_know *k) { return k->hash; }

/* ---- words ------------------------------------------------------------------------------- */

/* The book's table first: it is small and stays in the cache. */
sr_wid sr_know_word(const sr_know *k, sr_str folded) {
    if (folded.n == 0 || folded.n > SR_WORD_BYTES_MAX) return 0;
    uint64_t hash = sr_kword_hash(folded);
    uint32_t w = sr_kview_word(&k->book, folded, hash);
    return w ? k->n_place_words + w : sr_kview_word(&k->places, folded, hash);
}

bool sr_know_in_book(const sr_know *k, sr_str folded) {
    sr_wid w = sr_know_word(k, folded);
    return w > k->n_place_words || (w && (k->by_word[w].node || k->by_word[w].head));
}

sr_str sr_know_word_text(const sr_know *k, sr_wid w) {
    const sr_kview *v = &k->places;
    if (w > k->n_place_words) {
        v = &k->book;
        w -= k->n_place_words;
    }
    if (w == 0 || w > v->n[SR_KS_WORD]) return SR_STR_NONE;
    return sr_kview_text(v, ((const sr_kref *)v->at[SR_KS_WORD])[w - 1]);
}

sr_setid sr_know_set(const sr_know *k, const char *name) {
    const sr_kset *set = records(k, SR_KS_SET);
    if (*name == '$') name++;
    for (uint32_t i = 0; i < k->book.n[SR_KS_SET]; i++)
        if (sr_str_is(text(k, set[i].name), name)) return i + 1;
    return 0;
}

bool sr_know_in_set(const sr_know *k, sr_setid id, sr_wid w) {
    if (!w || id == 0 || id > k->book.n[SR_KS_SET]) return false;
    const sr_kset *set = (const sr_kset *)records(k, SR_KS_SET) + (id - 1);
    const sr_wid *v = (const sr_wid *)records(k, SR_KS_LIST) + set->words.at;
    uint32_t lo = 0, hi = set->words.n;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (v[mid] < w) lo = mid + 1;
        else hi = mid;
    }
    return lo < set->words.n && v[lo] == w;
}

/* ---- names ------------------------------------------------------------------------------- */

/* One search for names at a word: the way down the trie and what was found. */
typedef struct search {
    const sr_kview *v;
    const sr_sent *s;
    const sr_wid *wid, *lid;
    uint32_t word[SR_PHRASE_WORDS_MAX]; /* of the sentence, for each word of the phrase so far */
    sr_hit *hit;
    uint32_t n, max;
} search;

static bool has_case(sr_str form, bool upper) {
    uint32_t cp;
    for (uint32_t i = 0; i < form.n;) {
        i += sr_utf8_decode(form.p + i, form.n - i, &cp);
        if (upper ? sr_cp_upper(cp) : !sr_cp_upper(cp) && sr_cp_alpha(cp)) return true;
    }
    return false;
}

static bool case_holds(const search *f, uint32_t depth, uint32_t form, uint32_t cap) {
    if (cap != SR_KCAP_NONE) return cap < depth && has_case(f->s->w[f->word[cap]].form, true);
    if (form != SR_F_ACRONYM) return true;
    bool upper = false;
    for (uint32_t d = 0; d < depth; d++) {
        sr_str w = f->s->w[f->word[d]].form;
        if (has_case(w, false)) return false;
        upper |= has_case(w, true);
    }
    return upper;
}

/* Keeps the hits longest first, then by kind, then in the order found; the last fall off. */
static void add_hit(search *f, sr_hit h) {
    uint32_t at = f->n;
    for (uint32_t i = 0; i < f->n; i++)
        if (f->hit[i].kind == h.kind && f->hit[i].index == h.index &&
            f->hit[i].n_words == h.n_words && f->hit[i].form == h.form)
            return;
    while (at > 0 && (f->hit[at - 1].n_words < h.n_words ||
                      (f->hit[at - 1].n_words == h.n_words && f->hit[at - 1].kind > h.kind)))
        at--;
    if (at == f->max) return;
    if (f->n < f->max) f->n++;
    memmove(f->hit + at + 1, f->hit + at, sizeof *f->hit * (f->n - 1 - at));
    f->hit[at] = h;
}

static void take_hits(search *f, uint32_t node, uint32_t depth, bool lemma) {
    const uint32_t *node_hit = f->v->at[SR_KS_NODE_HIT], *hit = f->v->at[SR_KS_HIT];
    for (uint32_t h = node_hit[node]; h < node_hit[node + 1]; h++) {
        uint32_t kind = hit[h] >> 30, form = hit[h] >> 27 & 7, cap = hit[h] >> 23 & 15;
        bool name = kind == SR_K_ACTOR || kind == SR_K_PLACE;
        if (name && (lemma || !case_holds(f, depth, form, cap))) continue;
        uint32_t n = f->word[depth - 1] - f->word[0] + 1;
        add_hit(f, (sr_hit){(uint8_t)kind, (uint8_t)form, (uint8_t)n, hit[h] & SR_KINDEX_MAX});
    }
}

/* The node that an edge with the word leads to, 0 if there is none. */
static uint32_t step(const sr_kview *v, uint32_t node, sr_wid w) {
    const uint32_t *node_edge = v->at[SR_KS_NODE_EDGE], *edge = v->at[SR_KS_EDGE];
    uint32_t lo = node_edge[node], end = node_edge[node + 1], hi = end;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (edge[mid] < w) lo = mid + 1;
        else hi = mid;
    }
    return lo < end && edge[lo] == w ? lo + 1 : 0;
}

static bool is_hyphen(const sr_word *w) { return w->folded.n == 1 && w->folded.p[0] == '-'; }

/* Everything below `node`, to which `depth` words have led; `next` is the next word. */
static void follow(search *f, uint32_t node, uint32_t depth, uint32_t next, bool lemma) {
    take_hits(f, node, depth, lemma);
    if (depth == SR_PHRASE_WORDS_MAX) return;
    const sr_sent *s = f->s;
    /* Hyphens are no words of names: "Tehrik-i-Taliban" is three. */
    if (next + 1 < s->n && is_hyphen(&s->w[next]) && !s->w[next - 1].space_after &&
        !s->w[next].space_after)
        next++;
    if (next >= s->n) return;
    sr_wid w = f->wid[next], l = f->lid[next];
    uint32_t to = w ? step(f->v, node, w) : 0;
    f->word[depth] = next;
    if (to) follow(f, to, depth + 1, next + 1, lemma);
    to = l && l != w ? step(f->v, node, l) : 0;
    f->word[depth] = next;
    if (to) follow(f, to, depth + 1, next + 1, true);
}

uint32_t sr_know_match(const sr_know *k, const sr_sent *s, const sr_wid *wid, const sr_wid *lid,
                       uint32_t i, sr_hit *hits, uint32_t max) {
    search f = {.v = &k->book, .s = s, .wid = wid, .lid = lid, .hit = hits, .max = max};
    if (i >= s->n || max == 0) return 0;
    uint32_t n_words = k->n_place_words + k->book.n[SR_KS_WORD];
    sr_wid w = wid[i] <= n_words ? wid[i] : 0, l = lid[i] <= n_words ? lid[i] : 0;
    f.word[0] = i;
    if (w && k->by_word[w].node) follow(&f, k->by_word[w].node, 1, i + 1, false);
    f.word[0] = i;
    if (l && l != w && k->by_word[l].node) follow(&f, k->by_word[l].node, 1, i + 1, true);
    /* Of the places, only forms are looked up; the words that begin one have the lowest ids. */
    const uint32_t *node_edge = k->places.at[SR_KS_NODE_EDGE];
    if (w && w <= node_edge[1]) {
        f.v = &k->places;
        f.word[0] = i;
        follow(&f, w, 1, i + 1, false);
    }
    return f.n;
}

uint32_t sr_know_n_actors(const sr_know *k) { return k->book.n[SR_KS_ACTOR]; }
uint32_t sr_know_n_roles(const sr_know *k) { return k->book.n[SR_KS_ROLE]; }
uint32_t sr_know_n_places(const sr_know *k) { return k->places.n[SR_KS_PLACE]; }
uint32_t sr_know_n_issues(const sr_know *k) { return k->book.n[SR_KS_ISSUE]; }

sr_actor sr_know_actor(const sr_know *k, uint32_t index) {
    sr_actor a;
    memset(&a, 0, sizeof a);
    if (index >= sr_know_n_actors(k)) return a;
    const sr_kactor *r = (const sr_kactor *)records(k, SR_KS_ACTOR) + index;
    a.id = text(k, r->id);
    a.name = text(k, r->name);
    a.wikidata = text(k, r->wikidata);
    a.kind = (uint8_t)r->kind;
    a.code = k->code + r->codes.at;
    a.n_code = r->codes.n;
    return a;
}

bool sr_know_actor_name(const sr_know *k, uint32_t actor, uint32_t i, sr_str *name,
                        sr_form *form) {
    if (actor >= sr_know_n_actors(k)) return false;
    const sr_kactor *a = (const sr_kactor *)records(k, SR_KS_ACTOR) + actor;
    if (i >= a->names.n) return false;
    const sr_kname *n = (const sr_kname *)records(k, SR_KS_NAME) + a->names.at + i;
    *name = text(k, n->text);
    *form = (sr_form)n->form;
    return true;
}

static bool in_word(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c & 0x80);
}

/* Do whole words of `name` read `query`? Both folded. */
static bool name_has(sr_str name, sr_str query) {
    for (uint32_t i = 0; query.n <= name.n && i <= name.n - query.n; i++)
        if (memcmp(name.p + i, query.p, query.n) == 0 && (i == 0 || !in_word(name.p[i - 1])) &&
            (i + query.n == name.n || !in_word(name.p[i + query.n])))
            return true;
    return false;
}

static bool actor_has(const sr_know *k, uint32_t actor, sr_str query, sr_arena *a) {
    sr_str name;
    sr_form form;
    if (sr_str_eq(sr_str_fold(a, sr_know_actor(k, actor).id), query)) return true;
    for (uint32_t i = 0; sr_know_actor_name(k, actor, i, &name, &form); i++)
        if (name_has(sr_str_fold(a, name), query)) return true;
    return false;
}

/* Out of memory reads as not found. */
static bool find_actor(const sr_know *k, sr_str query, uint32_t *index, sr_arena *a,
                       jmp_buf *recover) {
    if (setjmp(*recover)) return false;
    sr_str folded = sr_str_fold(a, query);
    for (; *index < sr_know_n_actors(k); (*index)++)
        if (actor_has(k, *index, folded, a)) return true;
    return false;
}

bool sr_know_find_actor(const sr_know *k, sr_str query, uint32_t *index) {
    sr_arena a;
    jmp_buf recover;
    query = sr_str_trim(query);
    if (query.n == 0) return *index < sr_know_n_actors(k);
    sr_arena_init(&a, 0);
    a.recover = &recover;
    bool found = find_actor(k, query, index, &a, &recover);
    sr_arena_release(&a);
    return found;
}

static uint32_t find_places(const sr_know *k, sr_str name, uint32_t *index, uint32_t max,
                            sr_arena *a, jmp_buf *recover) {
    enum { HITS = 64 };
    sr_str folded[SR_PHRASE_WORDS_MAX];
    sr_word w[SR_PHRASE_WORDS_MAX];
    sr_wid id[SR_PHRASE_WORDS_MAX];
    sr_hit hit[HITS];
    if (setjmp(*recover)) return 0;
    uint32_t n = sr_tokenize_phrase(name, folded, SR_PHRASE_WORDS_MAX, a), found = 0;
    if (n == 0 || n > SR_PHRASE_WORDS_MAX) return 0;
    memset(w, 0, sizeof w);
    for (uint32_t i = 0; i < n; i++) {
        w[i].form = SR_LIT("Name"); /* anything with a capital */
        w[i].folded = w[i].lemma = folded[i];
        id[i] = sr_know_word(k, folded[i]);
    }
    sr_sent s;
    memset(&s, 0, sizeof s);
    s.w = w;
    s.n = (uint16_t)n;
    uint32_t m = sr_know_match(k, &s, id, id, 0, hit, HITS);
    for (uint32_t i = 0; i < m && found < max; i++)
        if (hit[i].kind == SR_K_PLACE && hit[i].n_words == n) index[found++] = hit[i].index;
    return found;
}

uint32_t sr_know_find_places(const sr_know *k, sr_str name, uint32_t *index, uint32_t max) {
    sr_arena a;
    jmp_buf recover;
    sr_arena_init(&a, 0);
    a.recover = &recover;
    uint32_t n = find_places(k, sr_str_trim(name), index, max, &a, &recover);
    sr_arena_release(&a);
    return n;
}

uint32_t sr_know_places_like(const sr_know *k, sr_str name, uint32_t *index, uint32_t max) {
    const sr_klike *like = k->places.at[SR_KS_LIKE];
    uint32_t lo = 0, n = k->places.n[SR_KS_LIKE], hi = n, found = 0, key = sr_spell_key(name);
    if (!key) return 0;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (like[mid].key < key) lo = mid + 1;
        else hi = mid;
    }
    for (; lo < n && like[lo].key == key && found < max; lo++) index[found++] = like[lo].place;
    return found;
}

sr_role sr_know_role(const sr_know *k, uint32_t index) {
    sr_role role;
    memset(&role, 0, sizeof role);
    if (index >= sr_know_n_roles(k)) return role;
    const sr_krole *r = (const sr_krole *)records(k, SR_KS_ROLE) + index;
    role.id = text(k, r->id);
    memcpy(role.sector, r->sector, 4);
    memcpy(role.code, r->code, 4);
    role.anonymous = (r->flags & SR_KROLE_ANONYMOUS) != 0;
    role.group = (r->flags & SR_KROLE_GROUP) != 0;
    role.armed = (r->flags & SR_KROLE_ARMED) != 0;
    role.media = (r->flags & SR_KROLE_MEDIA) != 0;
    return role;
}

sr_place sr_know_place(const sr_know *k, uint32_t index) {
    sr_place p;
    memset(&p, 0, sizeof p);
    if (index >= sr_know_n_places(k)) return p;
    const sr_kplace *r = (const sr_kplace *)k->places.at[SR_KS_PLACE] + index;
    p.name = sr_kview_text(&k->places, r->name);
    p.district = sr_kview_text(&k->places, r->district);
    p.province = sr_kview_text(&k->places, r->province);
    memcpy(p.country_code, r->country, 3);
    p.country = sr_know_country_name(k, p.country_code);
    p.feature_class = r->feature_class;
    memcpy(p.feature_code, r->feature_code, sizeof p.feature_code);
    p.geonameid = r->geonameid;
    p.population = r->population;
    p.lat = r->lat;
    p.lon = r->lon;
    return p;
}

sr_str sr_know_issue(const sr_know *k, uint32_t index) {
    if (index >= sr_know_n_issues(k)) return SR_STR_NONE;
    return text(k, ((const sr_kref *)records(k, SR_KS_ISSUE))[index]);
}

/* Countries are sorted by code in both parts. */
static const sr_kcountry *country(const sr_kview *v, const char code[4]) {
    const sr_kcountry *c = v->at[SR_KS_COUNTRY];
    uint32_t lo = 0, hi = v->n[SR_KS_COUNTRY];
    if (code[0] == '\0') return NULL;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (strncmp(c[mid].code, code, 4) < 0) lo = mid + 1;
        else hi = mid;
    }
    return lo < v->n[SR_KS_COUNTRY] && strncmp(c[lo].code, code, 4) == 0 ? &c[lo] : NULL;
}

uint32_t sr_know_country(const sr_know *k, const char code[4]) {
    const sr_kcountry *c = country(&k->book, code);
    return c ? c->value : UINT32_MAX;
}

sr_str sr_know_country_name(const sr_know *k, const char code[4]) {
    const sr_kcountry *c = country(&k->book, code);
    if (c) return sr_know_actor(k, c->value).name;
    c = country(&k->places, code);
    return c ? sr_kview_text(&k->places, c->value) : SR_LIT("");
}

/* ---- codes by date ----------------------------------------------------------------------- */

static bool covers(const sr_code *c, int32_t day) {
    return (c->from == SR_DAY_NONE || c->from <= day) &&
           (c->until == SR_DAY_NONE || day <= c->until);
}

/* End of a code for comparing: an open one never ends. */
static int32_t end_of(const sr_code *c) { return c->until == SR_DAY_NONE ? INT32_MAX : c->until; }

/* Of lines that fit equally the one that began last; of those, the first in the text. A day that
 * no line covers takes the line that ended last before it, else the one that begins first; an
 * actor who is no person keeps that line's code as it is. */
sr_code sr_actor_code_on(const sr_actor *actor, int32_t day) {
    const sr_code *now = NULL, *last = NULL, *next = NULL;
    sr_code none;
    memset(&none, 0, sizeof none);
    none.from = none.until = SR_DAY_NONE;
    for (uint32_t i = 0; i < actor->n_code; i++) {
        const sr_code *c = &actor->code[i];
        if (day == SR_DAY_NONE) {
            if (!now || end_of(c) > end_of(now) ||
                (end_of(c) == end_of(now) && c->from > now->from))
                now = c;
        } else if (covers(c, day)) {
            if (!now || c->from > now->from) now = c;
        } else if (end_of(c) < day) {
            if (!last || end_of(c) > end_of(last)) last = c;
        } else if (!next || c->from < next->from) {
            next = c;
        }
    }
    if (now) return *now;
    if (actor->kind != SR_A_PERSON) return last ? *last : next ? *next : none;
    sr_code out = none;
    if (last) {
        memcpy(out.code, last->code, sizeof out.code);
        memcpy(out.sector, "ELI", sizeof out.sector);
        out.from = last->until + 1;
    } else if (next) {
        memcpy(out.code, next->code, sizeof out.code);
    }
    if (next) out.until = next->from - 1;
    return out;
}

/* ---- rules ------------------------------------------------------------------------------- */

const sr_pattern *sr_know_patterns(const sr_know *k, sr_wid lemma, uint32_t *n) {
    *n = 0;
    if (lemma > k->n_place_words + k->book.n[SR_KS_WORD] || !k->by_word[lemma].head) return NULL;
    const sr_khead *h = (const sr_khead *)records(k, SR_KS_HEAD) + (k->by_word[lemma].head - 1);
    *n = h->patterns.n;
    return k->pattern + h->patterns.at;
}

static void copy_slots(const sr_know *k, sr_slotref *to, sr_kspan from) {
    const sr_kslot *slot = (const sr_kslot *)records(k, SR_KS_SLOT) + from.at;
    for (uint32_t i = 0; i < from.n; i++) to[i] = (sr_slotref){(uint8_t)slot[i].slot, slot[i].prep};
}

sr_rule sr_know_rule(const sr_know *k, uint32_t index) {
    sr_rule r;
    memset(&r, 0, sizeof r);
    if (index >= sr_know_n_rules(k)) return r;
    const sr_krule *from = (const sr_krule *)records(k, SR_KS_RULE) + index;
    r.id = text(k, from->id);
    r.kind = from->kind;
    r.type = from->type;
    r.mode = text(k, from->mode);
    r.context = text(k, from->context);
    r.cameo = text(k, from->cameo);
    copy_slots(k, r.actor, from->actor);
    copy_slots(k, r.recipient, from->recipient);
    copy_slots(k, r.content, from->content);
    copy_slots(k, r.noun, from->noun);
    r.variant = k->variant + from->variants.at;
    r.n_variant = from->variants.n;
    r.effect = from->effect;
    r.aux = from->aux;
    r.need = from->need;
    r.reciprocal = from->reciprocal != 0;
    r.statement = from->statement != 0;
    r.stance = text(k, from->stance);
    r.toll = text(k, from->toll);
    r.speech = text(k, from->speech);
    return r;
}

uint32_t sr_know_n_rules(const sr_know *k) { return k->book.n[SR_KS_RULE]; }

uint32_t sr_know_n_examples(const sr_know *k) { return k->book.n[SR_KS_EXAMPLE]; }

sr_example sr_know_example(const sr_know *k, uint32_t index) {
    sr_example e;
    memset(&e, 0, sizeof e);
    if (index >= sr_know_n_examples(k)) return e;
    const sr_kexample *r = (const sr_kexample *)records(k, SR_KS_EXAMPLE) + index;
    e.rule = text(k, r->rule);
    e.text = text(k, r->text);
    e.expected = text(k, r->expected);
    e.counter = r->counter != 0;
    e.file = text(k, r->file);
    e.line = r->line;
    return e;
}

/* data.c - the trainer's material: treebanks, vocabulary, lemma scripts.
 *
 *   ud_english_ewt, ud_english_gum   trees, tags, lemmas, sentence ends
 *   names.c                          names
 *
 * Test splits are never opened here. The vocabulary is every word that the treebanks have twice
 * and the most frequent of the raw text; rows are in the order of their keys, as in the file.
 */
#include <stdio.h>
#include <stdlib.h>

#include "train/internal.h"

#define VOCABULARY 60000

/* ---- treebanks ------------------------------------------------------------------------------- */

static bool read_treebank(tr_data *d, int k, const char *folder, const char *name) {
    char path[1024];
    char *text;
    size_t n;
    sr_error err = {SR_OK, 0, ""};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (sr_file_read(&text, &n, path, 0, &err) != SR_OK ||
        sr_conllu_read(&d->docs[k], &d->gold[k], sr_str_of(text, n), &d->arena, &err) !=
            SR_OK) {
        fprintf(stderr, "train: %s\n", err.message);
        return false;
    }
    return true; /* `text` stays: forms may point into it */
}

int tr_label_of(tr_data *d, const sr_word *w) {
    for (uint32_t i = 0; i < d->n_labels; i++)
        if (d->labels[i][0] == w->rel && d->labels[i][1] == w->sub) return (int)i;
    if (d->n_labels == SR_LABELS_MAX) return 0;
    d->labels[d->n_labels][0] = w->rel;
    d->labels[d->n_labels][1] = w->sub;
    return (int)d->n_labels++;
}

tr_sent *tr_add_sent(tr_sents *s) {
    if (s->n == s->cap) {
        s->cap = s->cap ? s->cap * 2 : 1024;
        s->v = tr_grow(s->v, sizeof *s->v * s->cap);
    }
    memset(&s->v[s->n], 0, sizeof *s->v);
    return &s->v[s->n++];
}

/* ---- lemma scripts ---------------------------------------------------------------------------- */

typedef struct script_use {
    uint32_t strip, count, id;
    sr_str add;
    uint64_t hash;
} script_use;

typedef struct lemma_use {
    uint64_t key, script;
    uint32_t count;
} lemma_use;

static script_use script_of(sr_str form, sr_str lemma) {
    uint32_t k = 0;
    while (k < form.n && k < lemma.n && form.p[k] == lemma.p[k]) k++;
    while (k > 0 && k < form.n && ((unsigned char)form.p[k] & 0xC0) == 0x80) k--;
    script_use s = {form.n - k, 0, 0, sr_str_of(lemma.p + k, lemma.n - k), 0};
    s.hash = sr_hash(s.add.p, s.add.n, s.strip);
    return s;
}

static int by_hash(const void *a, const void *b) {
    const script_use *x = a, *y = b;
    return x->hash < y->hash ? -1 : x->hash > y->hash;
}

static int by_count(const void *a, const void *b) {
    const script_use *x = a, *y = b;
    if (x->count != y->count) return x->count > y->count ? -1 : 1;
    return by_hash(a, b);
}

static int by_lemma(const void *a, const void *b) {
    const lemma_use *x = a, *y = b;
    if (x->key != y->key) return x->key < y->key ? -1 : 1;
    return x->script < y->script ? -1 : x->script > y->script;
}

static int by_key(const void *a, const void *b) {
    const tr_lexentry *x = a, *y = b;
    return x->key < y->key ? -1 : x->key > y->key;
}

/* All scripts of the training trees, the most frequent first. */
static void collect_scripts(tr_data *d) {
    uint32_t n = 0, kept = 0;
    for (int k = 0; k < 2; k++) n += d->gold[k].n_words;
    script_use *all = tr_alloc(sizeof *all * n);
    n = 0;
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < d->gold[k].n; i++)
            for (int j = 0; j < d->gold[k].s[i].n; j++) {
                const sr_word *w = &d->gold[k].s[i].w[j];
                if (w->lemma.n) all[n++] = script_of(w->folded, w->lemma);
            }
    qsort(all, n, sizeof *all, by_hash);
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && all[j].hash == all[i].hash; j++) {
        }
        all[kept] = all[i];
        all[kept++].count = j - i;
    }
    qsort(all, kept, sizeof *all, by_count);
    if (kept > 60000) kept = 60000;
    d->n_scripts = kept < SR_SCRIPTS_HEAD ? SR_SCRIPTS_HEAD : kept;
    d->scripts = tr_alloc(sizeof *d->scripts * d->n_scripts);
    d->scripts_text = tr_alloc(1 << 22);
    for (uint32_t i = 0; i < kept; i++) {
        d->scripts[i] =
            (sr_script){(uint16_t)all[i].strip, (uint16_t)all[i].add.n, d->scripts_text_n};
        memcpy(d->scripts_text + d->scripts_text_n, all[i].add.p, all[i].add.n);
        d->scripts_text_n += all[i].add.n;
    }
    free(all);
}

static int find_script(const tr_data *d, const script_use *s) {
    for (uint32_t i = 0; i < d->n_scripts; i++)
        if (d->scripts[i].strip == s->strip && d->scripts[i].add_n == s->add.n &&
            memcmp(d->scripts_text + d->scripts[i].add, s->add.p, s->add.n) == 0)
            return (int)i;
    return -1;
}

/* The lexicon: of each key the script that it has most often. */
static void collect_lexicon(tr_data *d) {
    uint32_t n = 0;
    for (int k = 0; k < 2; k++) n += 2 * d->gold[k].n_words;
    lemma_use *all = tr_alloc(sizeof *all * n);
    n = 0;
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < d->gold[k].n; i++)
            for (int j = 0; j < d->gold[k].s[i].n; j++) {
                const sr_word *w = &d->gold[k].s[i].w[j];
                if (!w->lemma.n) continue;
                script_use s = script_of(w->folded, w->lemma);
                int id = find_script(d, &s);
                if (id < 0) continue;
                all[n++] = (lemma_use){sr_lemma_key(w->folded, w->xpos), (uint64_t)id, 0};
                all[n++] = (lemma_use){sr_lemma_key(w->folded, -1), (uint64_t)id, 0};
            }
    qsort(all, n, sizeof *all, by_lemma);
    d->lexicon = tr_alloc(sizeof *d->lexicon * n);
    for (uint32_t i = 0, j; i < n; i = j) {
        uint32_t best = 0, script = 0;
        for (j = i; j < n && all[j].key == all[i].key;) {
            uint32_t k = j;
            while (k < n && all[k].key == all[j].key && all[k].script == all[j].script) k++;
            if (k - j > best) {
                best = k - j;
                script = (uint32_t)all[j].script;
            }
            j = k;
        }
        d->lexicon[d->n_lexicon++] = (tr_lexentry){all[i].key, script};
    }
    qsort(d->lexicon, d->n_lexicon, sizeof *d->lexicon, by_key);
    free(all);
}

/* ---- vocabulary ------------------------------------------------------------------------------- */

static int by_u64(const void *a, const void *b) {
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return x < y ? -1 : x > y;
}

int32_t tr_row(const tr_data *d, uint64_t key) {
    uint32_t lo = 0, hi = d->n_keys;
    while (lo < hi) {
        uint32_t mid = (lo + hi) / 2;
        if (d->keys[mid] == key) return (int32_t)mid;
        if (d->keys[mid] < key) lo = mid + 1;
        else hi = mid;
    }
    return -1;
}

static uint64_t *treebank_keys(const tr_data *d, uint32_t *n) {
    uint64_t *keys = tr_alloc(sizeof *keys * (d->gold[0].n_words + d->gold[1].n_words));
    *n = 0;
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; i < d->gold[k].n; i++)
            for (int j = 0; j < d->gold[k].s[i].n; j++) {
                sr_feats f;
                sr_feats_of(&f, &d->gold[k].s[i].w[j]);
                keys[(*n)++] = f.key;
            }
    qsort(keys, *n, sizeof *keys, by_u64);
    return keys;
}

static void collect_vocabulary(tr_data *d, const tr_vectors *vectors) {
    uint32_t n, seen = 0;
    uint64_t *all = treebank_keys(d, &n);
    d->keys = tr_alloc(sizeof *d->keys * (VOCABULARY + (size_t)n));
    for (uint32_t i = 0, j; i < n; i = j) {
        for (j = i; j < n && all[j] == all[i]; j++) {
        }
        if (j - i >= 2) d->keys[d->n_keys++] = all[i];
    }
    /* Raw text's vectors come most frequent first. */
    for (uint32_t i = 0; vectors && i < vectors->n && d->n_keys < VOCABULARY; i++) {
        seen = d->n_keys;
        d->keys[seen] = vectors->keys[i];
        d->n_keys++;
        if (i % 4096 == 4095 || i + 1 == vectors->n || d->n_keys == VOCABULARY) {
            qsort(d->keys, d->n_keys, sizeof *d->keys, by_u64);
            uint32_t kept = 0;
            for (uint32_t k = 0; k < d->n_keys; k++)
                if (kept == 0 || d->keys[kept - 1] != d->keys[k]) d->keys[kept++] = d->keys[k];
            d->n_keys = kept;
        }
    }
    d->counts = tr_alloc(sizeof *d->counts * d->n_keys);
    for (uint32_t i = 0; i < n; i++) {
        int32_t row = tr_row(d, all[i]);
        if (row >= 0) d->counts[row]++;
    }
    free(all);
}

/* What a tree's tags say about names: a word that is in none. A treebank has no name types, but that
 * most words of web text are no names is worth knowing: small letters, function words, away from
 * proper nouns. The rest stays open. */
static bool is_no_name(const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    if (w->upos == SR_PROPN || w->upos == SR_X || w->upos == SR_SYM || w->upos == SR_NUM)
        return false;
    for (int k = i - 2; k <= i + 2; k++)
        if (k >= 0 && k < s->n && s->w[k].upos == SR_PROPN) return false;
    if (w->upos == SR_NOUN || w->upos == SR_ADJ)
        return w->form.p[0] >= 'a' && w->form.p[0] <= 'z';
    return true;
}

/* ---- trees ------------------------------------------------------------------------------------ */

void tr_set_features(const tr_data *d, tr_word *t, const sr_word *w) {
    sr_feats_of(&t->f, w);
    t->row = tr_row(d, t->f.key);
    t->script = -1;
}

bool tr_is_used(const sr_sent *s) { return s->n > 0 && s->n <= SR_SENT_MAX && s->parsed; }

static void add_trees(tr_data *d, int k) {
    for (uint32_t i = 0; i < d->gold[k].n; i++) {
        const sr_sent *s = &d->gold[k].s[i];
        if (!tr_is_used(s)) continue;
        tr_sent *t = tr_add_sent(&d->trees);
        t->n = s->n;
        t->w = tr_alloc(sizeof *t->w * s->n);
        t->source = (uint8_t)k;
        t->has_tree = t->has_names = true;
        for (int j = 0; j < s->n; j++) {
            const sr_word *w = &s->w[j];
            tr_word *x = &t->w[j];
            tr_set_features(d, x, w);
            x->upos = w->upos;
            x->xpos = w->xpos;
            x->head = w->head;
            x->name = is_no_name(s, j) ? 0 : TR_NAME_OPEN;
            if (w->head >= 0) x->label = (uint8_t)tr_label_of(d, w);
            if (!w->lemma.n) continue;
            script_use use = script_of(w->folded, w->lemma);
            int id = find_script(d, &use);
            if (id >= 0 && id < SR_SCRIPTS_HEAD) x->script = (int16_t)id;
        }
    }
}

/* ---- all -------------------------------------------------------------------------------------- */

bool tr_data_load(tr_data *d, const char *folder, const char *marks, const tr_vectors *vectors) {
    static const char ewt[] = "ud_english_ewt/en_ewt-ud-train.conllu";
    char path[1024];
    memset(d, 0, sizeof *d);
    sr_arena_init(&d->arena, 0);
    if (!read_treebank(d, 0, folder, ewt) ||
        !read_treebank(d, 1, folder, "ud_english_gum/en_gum_open-ud-train.conllu") ||
        !read_treebank(d, 2, folder, "ud_english_ewt/en_ewt-ud-dev.conllu") ||
        !read_treebank(d, 3, folder, "ud_english_gum/en_gum_open-ud-dev.conllu"))
        return false;
    collect_vocabulary(d, vectors);
    collect_scripts(d);
    collect_lexicon(d);
    add_trees(d, 0);
    snprintf(path, sizeof path, "%s/%s", folder, ewt);
    if (marks && !tr_add_marks(d, 0, 0, path, marks)) return false;
    uint32_t gum = d->trees.n;
    add_trees(d, 1);
    tr_add_mentions(d, 1, gum, folder, "ud_english_gum/en_gum_open-ud-train.conllu");
    return tr_read_names(d, folder);
}

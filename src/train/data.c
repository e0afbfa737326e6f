/* data.c - the trainer's material: treebanks, name corpora, vocabulary, lemma scripts.
 *
 *   ud_english_ewt, ud_english_gum      trees, tags, lemmas, sentence ends
 *   ner_gmb, ner_wikigold, ner_crossner_politics   names (types mapped to PER ORG LOC MISC)
 *
 * Test splits are never opened here. The vocabulary is every word that the treebanks have twice
 * and the most frequent of the raw text; rows are in the order of their keys, as in the file.
 */
#include <stdio.h>
#include <stdlib.h>

#include "parse/token.h"
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

static void add_trees(tr_data *d, int k) {
    for (uint32_t i = 0; i < d->gold[k].n; i++) {
        const sr_sent *s = &d->gold[k].s[i];
        if (s->n == 0 || s->n > SR_SENT_MAX || !s->parsed) continue;
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

/* ---- names ------------------------------------------------------------------------------------ */

static int name_type(sr_str t, sr_str word, bool adjective) {
    static const struct {
        const char *type;
        int to;
    } map[] = {
        {"per", SR_NAME_PER},          {"PER", SR_NAME_PER},
        {"person", SR_NAME_PER},       {"politician", SR_NAME_PER},
        {"org", SR_NAME_ORG},          {"ORG", SR_NAME_ORG},
        {"organisation", SR_NAME_ORG}, {"politicalparty", SR_NAME_ORG},
        {"geo", SR_NAME_LOC},          {"LOC", SR_NAME_LOC},
        {"location", SR_NAME_LOC},     {"country", SR_NAME_LOC},
        {"art", SR_NAME_MISC},         {"eve", SR_NAME_MISC},
        {"nat", SR_NAME_MISC},         {"MISC", SR_NAME_MISC},
        {"misc", SR_NAME_MISC},        {"election", SR_NAME_MISC},
        {"event", SR_NAME_MISC},
    };
    if (sr_str_is(t, "gpe")) { /* a country, or its people as a word */
        static const char *const ends[] = {"ian",  "ians", "ish",      "ese",  "can",
                                           "cans", "eli",  "elis",     "aqi",  "aqis",
                                           "ani",  "anis", "stinians", "ghans"};
        for (size_t i = 0; i < sizeof ends / sizeof *ends; i++)
            if (sr_str_ends(word, ends[i])) return SR_NAME_MISC;
        return adjective ? SR_NAME_MISC : SR_NAME_LOC;
    }
    for (size_t i = 0; i < sizeof map / sizeof *map; i++)
        if (sr_str_is(t, map[i].type)) return map[i].to;
    return SR_NAME_NONE;
}

/* Titles that one corpus counts into a person's name and the others do not. */
static bool is_title(sr_str folded) {
    static const char *const titles[] = {
        "mr.",           "mrs.",       "ms.",       "dr.",       "president",   "prime",
        "minister",      "vice",       "deputy",    "foreign",   "defense",     "interior",
        "secretary",     "general",    "gen.",      "lt.",       "lieutenant",  "col.",
        "colonel",       "maj.",       "major",     "capt.",     "captain",     "sgt.",
        "senator",       "sen.",       "rep.",      "governor",  "gov.",        "chancellor",
        "chairman",      "ambassador", "judge",     "justice",   "premier",     "professor",
        "prof.",         "admiral",    "commander", "spokesman", "spokeswoman", "congressman",
        "congresswoman", "brigadier",  "chief",     "of",        "state",       "former",
        "director",      "attorney",   "mister",    "finance",   "speaker",     "envoy",
        "coach",         "actor",      "singer",    "author"};
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        if (sr_str_is(folded, titles[i])) return true;
    return false;
}

typedef struct name_reader {
    tr_data *d;
    tr_word w[SR_SENT_MAX];
    int n;
    sr_str last; /* tag before, with its B or I */
    bool in_title;
} name_reader;

static void end_names(name_reader *r) {
    if (r->n > 1) {
        tr_sent *t = tr_add_sent(&r->d->names);
        t->n = r->n;
        t->w = tr_alloc(sizeof *t->w * (size_t)r->n);
        memcpy(t->w, r->w, sizeof *t->w * (size_t)r->n);
        t->source = TR_SOURCES;
        t->has_names = true;
    }
    r->n = 0;
    r->last = SR_STR_NONE;
}

/* One line: the word and its tag, with a Penn tag between in some. The word is cut as our own
 * tokenizer cuts. */
static void add_name_word(name_reader *r, sr_str form, sr_str penn, sr_str tag) {
    sr_words words = {{NULL, 0, 0}};
    sr_tokenizer t;
    form = sr_arena_dup(&r->d->arena, form);
    sr_tokenizer_init(&t, &words, form, 0, form.n, &r->d->arena);
    sr_tokenizer_read(&t, 64);
    int type = 0;
    bool begin = false;
    if (tag.n > 2) {
        sr_str rest = sr_str_of(tag.p + 2, tag.n - 2);
        type = name_type(rest, form,
                         sr_str_starts(penn, "JJ") || sr_str_is(penn, "NNPS") ||
                             sr_str_is(penn, "NNS"));
        begin = tag.p[0] == 'B' || r->last.n < 3 ||
                !sr_str_eq(rest, sr_str_of(r->last.p + 2, r->last.n - 2));
    }
    for (uint32_t i = 0; i < words.w.n && r->n < SR_SENT_MAX; i++) {
        tr_word *w = &r->w[r->n++];
        memset(w, 0, sizeof *w);
        tr_set_features(r->d, w, &words.w.v[i]);
        if (begin && i == 0) r->in_title = type == SR_NAME_PER;
        bool skip = r->in_title && type == SR_NAME_PER && is_title(words.w.v[i].folded);
        if (type && !skip) w->name = (uint8_t)(2 * type - ((begin && i == 0) || r->in_title));
        if (!skip) r->in_title = false;
    }
    r->last = tag;
}

static bool read_names(tr_data *d, const char *folder, const char *name) {
    char path[1024];
    char *text;
    size_t n;
    sr_error err = {SR_OK, 0, ""};
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (sr_file_read(&text, &n, path, 0, &err) != SR_OK) {
        fprintf(stderr, "train: %s\n", err.message);
        return false;
    }
    name_reader *r = tr_alloc(sizeof *r);
    r->d = d;
    sr_str rest = sr_str_of(text, n);
    while (rest.p) {
        sr_str line = sr_str_trim(sr_str_cut(&rest, '\n'));
        if (line.n == 0) {
            end_names(r);
            continue;
        }
        char sep = memchr(line.p, '\t', line.n) ? '\t' : ' ';
        sr_str form = sr_str_cut(&line, sep), penn = SR_STR_NONE, tag = SR_STR_NONE;
        while (line.p) {
            penn = tag;
            tag = sr_str_cut(&line, sep);
        }
        if (tag.n && !sr_str_is(form, "-DOCSTART-")) add_name_word(r, form, penn, tag);
    }
    end_names(r);
    free(r);
    return true;
}

/* ---- names in GUM ------------------------------------------------------------------------------ */

/* GUM marks every mention: MISC `Entity=(12-place-new-...` opens one, `12)` closes it. Mentions made
 * of proper nouns alone are names. */
typedef struct mention {
    uint64_t id;
    int start, end, type; /* type: sr_name_type, or -1 for times, which are no names */
} mention;

typedef struct mentions {
    mention open[64], done[256];
    int n_open, n_done;
} mentions;

static int mention_type(sr_str t) {
    if (sr_str_is(t, "person")) return SR_NAME_PER;
    if (sr_str_is(t, "organization")) return SR_NAME_ORG;
    if (sr_str_is(t, "place")) return SR_NAME_LOC;
    return sr_str_is(t, "time") ? -1 : SR_NAME_MISC;
}

static void close_mention(mentions *m, uint64_t id, int word) {
    for (int k = m->n_open - 1; k >= 0; k--) {
        if (m->open[k].id != id) continue;
        m->open[k].end = word;
        if (m->n_done < 256) m->done[m->n_done++] = m->open[k];
        m->open[k] = m->open[--m->n_open];
        return;
    }
}

static void read_entity(mentions *m, sr_str e, int word) {
    while (e.n) {
        bool opens = e.p[0] == '(';
        uint32_t k = opens;
        while (k < e.n && e.p[k] != '(' && e.p[k] != ')') k++;
        bool closes = k < e.n && e.p[k] == ')';
        sr_str body = sr_str_of(e.p + opens, k - opens), id = sr_str_cut(&body, '-');
        uint64_t number = 0;
        sr_str_u64(id, &number);
        if (opens && m->n_open < 64)
            m->open[m->n_open++] =
                (mention){number, word, word, mention_type(sr_str_cut(&body, '-'))};
        if (closes) close_mention(m, number, word);
        k += closes;
        e = sr_str_of(e.p + k, e.n - k);
    }
}

static bool is_proper(const sr_word *w) {
    return w->upos == SR_PROPN || w->xpos == SR_X_NNP || w->xpos == SR_X_NNPS;
}

/* Are these words a name: proper nouns with small words among them? */
static bool is_name_span(const mention *m, const sr_sent *s) {
    if (m->end - m->start > 9 || !is_proper(&s->w[m->start]) || !is_proper(&s->w[m->end]))
        return false;
    for (int i = m->start; i <= m->end; i++) {
        const sr_word *w = &s->w[i];
        bool small = w->upos == SR_CCONJ || w->upos == SR_DET || w->upos == SR_NUM ||
                     w->xpos == SR_X_HYPH || w->xpos == SR_X_POS ||
                     sr_str_is(w->folded, "of") || sr_str_is(w->folded, "for");
        if (!is_proper(w) && !small) return false;
    }
    return true;
}

static bool joins_names(const sr_sent *s, int i) {
    return is_proper(&s->w[i]) || s->w[i].xpos == SR_X_HYPH;
}

/* The name in a mention: all of it less article and genitive, or the proper nouns around its head
 * ("Karsa Bridge" of "Karsa Bridge, which ..."). False when its head is no proper noun. */
static bool cut_to_name(mention *m, const sr_sent *s) {
    while (m->start < m->end && s->w[m->start].upos == SR_DET) m->start++;
    if (m->end > m->start && s->w[m->end].xpos == SR_X_POS) m->end--;
    if (is_name_span(m, s)) return true;
    int head = m->start;
    while (head < m->end && s->w[head].head >= m->start && s->w[head].head <= m->end) head++;
    if (!is_proper(&s->w[head])) return false;
    int start = head, end = head;
    while (start > m->start && joins_names(s, start - 1)) start--;
    while (end < m->end && joins_names(s, end + 1)) end++;
    m->start = start;
    m->end = end;
    return is_name_span(m, s);
}

static int by_length(const void *a, const void *b) {
    const mention *x = a, *y = b;
    int p = x->end - x->start, q = y->end - y->start;
    return p != q ? q - p : x->start - y->start;
}

static void set_mentions(tr_sent *t, const sr_sent *s, mentions *m) {
    qsort(m->done, (size_t)m->n_done, sizeof *m->done, by_length);
    for (int k = 0; k < m->n_done;
         k++) { /* the longest first; what lies inside one is part of it */
        mention x = m->done[k];
        if (!cut_to_name(&x, s)) continue;
        bool free_ = true;
        for (int i = x.start; i <= x.end; i++) free_ = free_ && t->w[i].name == TR_NAME_OPEN;
        if (!free_) continue;
        while (x.type == SR_NAME_PER && x.start < x.end && is_title(s->w[x.start].folded))
            t->w[x.start++].name = 0;
        for (int i = x.start; i <= x.end; i++)
            t->w[i].name = x.type < 0 ? 0 : (uint8_t)(2 * x.type - (i == x.start));
    }
    for (int i = 0; i < s->n; i++) /* all mentions are marked, so the rest is in no name */
        if (t->w[i].name == TR_NAME_OPEN && !is_proper(&s->w[i]) && s->w[i].upos != SR_ADJ)
            t->w[i].name = 0;
}

/* `first`: index of the treebank's first sentence among d->trees. */
static void add_mentions(tr_data *d, int k, uint32_t first, const char *folder,
                         const char *name) {
    char path[1024];
    char *text;
    size_t n;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (sr_file_read(&text, &n, path, 0, NULL) != SR_OK) return;
    mentions *m = tr_alloc(sizeof *m);
    uint32_t at = 0, sent = 0;
    int word = 0;
    sr_str rest = sr_str_of(text, n);
    while (rest.p && sent < d->gold[k].n) {
        sr_str line = sr_str_cut(&rest, '\n'), col = SR_STR_NONE;
        if (line.n == 0 && word > 0) {
            const sr_sent *s = &d->gold[k].s[sent++];
            if (s->n <= SR_SENT_MAX && s->parsed && s->n > 0)
                set_mentions(&d->trees.v[first + at++], s, m);
            m->n_open = m->n_done = word = 0;
        }
        if (line.n == 0 || line.p[0] == '#') continue;
        sr_str id = sr_str_cut(&line, '\t');
        if (memchr(id.p, '-', id.n) || memchr(id.p, '.', id.n)) continue;
        while (line.p) col = sr_str_cut(&line, '\t');
        while (col.p) {
            sr_str item = sr_str_cut(&col, '|');
            if (sr_str_starts(item, "Entity="))
                read_entity(m, sr_str_of(item.p + 7, item.n - 7), word);
        }
        word++;
    }
    free(m);
    free(text);
}

/* ---- all -------------------------------------------------------------------------------------- */

bool tr_data_load(tr_data *d, const char *folder, const tr_vectors *vectors) {
    memset(d, 0, sizeof *d);
    sr_arena_init(&d->arena, 0);
    if (!read_treebank(d, 0, folder, "ud_english_ewt/en_ewt-ud-train.conllu") ||
        !read_treebank(d, 1, folder, "ud_english_gum/en_gum_open-ud-train.conllu") ||
        !read_treebank(d, 2, folder, "ud_english_ewt/en_ewt-ud-dev.conllu") ||
        !read_treebank(d, 3, folder, "ud_english_gum/en_gum_open-ud-dev.conllu"))
        return false;
    collect_vocabulary(d, vectors);
    collect_scripts(d);
    collect_lexicon(d);
    add_trees(d, 0);
    uint32_t gum = d->trees.n;
    add_trees(d, 1);
    add_mentions(d, 1, gum, folder, "ud_english_gum/en_gum_open-ud-train.conllu");
    return read_names(d, folder, "ner_gmb/gmb-train.conll") &&
           read_names(d, folder, "ner_wikigold/wikigold.conll.txt") &&
           read_names(d, folder, "ner_crossner_politics/train.txt") &&
           read_names(d, folder, "ner_crossner_politics/dev.txt");
}

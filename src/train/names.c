/* names.c - the trainer's names: corpora with a tag a word, GUM's mentions, and names marked in a treebank.
 *
 * Types are mapped to PER ORG LOC MISC. Corpora disagree on titles ("President Name"), which are cut
 * off all of them. Words are cut as our own tokenizer cuts them.
 */
#include <stdio.h>
#include <stdlib.h>

#include "parse/token.h"
#include "train/internal.h"

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
        {"event", SR_NAME_MISC},       {"corporation", SR_NAME_ORG},
        {"group", SR_NAME_ORG},        {"product", SR_NAME_MISC},
        {"creative-work", SR_NAME_MISC},
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
    sr_word words[SR_SENT_MAX];
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
        t->words = tr_alloc(sizeof *t->words * (size_t)r->n);
        memcpy(t->words, r->words, sizeof *t->words * (size_t)r->n);
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
        r->words[r->n] = words.w.v[i];
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

bool tr_read_names(tr_data *d, const char *folder) {
    static const char *const files[] = {"ner_gmb/gmb-train.conll",
                                        "ner_wikigold/wikigold.conll.txt",
                                        "ner_crossner_politics/train.txt",
                                        "ner_crossner_politics/dev.txt",
                                        "ner_wnut17/wnut17train.conll",
                                        "ner_wnut17/emerging.dev.conll"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++)
        if (!read_names(d, folder, files[i])) return false;
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

void tr_add_mentions(tr_data *d, int k, uint32_t first, const char *folder, const char *name) {
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

/* ---- names marked in a treebank ---------------------------------------------------------------- */

/* Hashes of the sentence ids of a CoNLL-U file, in its order. NULL: it cannot be read. */
static uint64_t *sentence_ids(const char *path, uint32_t n) {
    char *text;
    size_t size;
    if (sr_file_read(&text, &size, path, 0, NULL) != SR_OK) return NULL;
    uint64_t *ids = tr_alloc(sizeof *ids * n);
    uint32_t at = 0;
    sr_str rest = sr_str_of(text, size);
    while (rest.p && at < n) {
        sr_str line = sr_str_cut(&rest, '\n');
        if (!sr_str_starts(line, "# sent_id = ")) continue;
        sr_str id = sr_str_trim(sr_str_of(line.p + 12, line.n - 12));
        ids[at++] = sr_hash(id.p, id.n, 0);
    }
    free(text);
    return ids;
}

/* "first-last TYPE"; false when it is none, or no place for a name of this sentence. */
static bool mark(tr_sent *t, sr_str item) {
    static const char *const types[] = {"PER", "ORG", "LOC"};
    sr_str a = sr_str_cut(&item, '-'), b = sr_str_cut(&item, ' ');
    uint64_t first, last;
    if (!sr_str_u64(a, &first) || !sr_str_u64(b, &last) || first < 1 || last < first || last > (uint64_t)t->n) return false;
    for (int k = 0; k < 3; k++) {
        if (!sr_str_is(item, types[k])) continue;
        for (uint64_t i = first - 1; i < last; i++) {
            if (t->w[i].name) return false;
            t->w[i].name = (uint8_t)(2 * (SR_NAME_PER + k) - (i == first - 1));
        }
        return true;
    }
    return false;
}

bool tr_add_marks(tr_data *d, int k, uint32_t first, const char *treebank, const char *path) {
    char *text;
    size_t n;
    sr_error err = {SR_OK, 0, ""};
    if (sr_file_read(&text, &n, path, 0, &err) != SR_OK) {
        fprintf(stderr, "train: %s\n", err.message);
        return false;
    }
    const sr_parse *gold = &d->gold[k];
    uint64_t *ids = sentence_ids(treebank, gold->n);
    uint32_t sent = 0, at = first, line_no = 0;
    sr_str rest = sr_str_of(text, n);
    bool ok = ids != NULL;
    for (uint32_t i = first; i < d->trees.n && d->trees.v[i].source == k; i++)
        for (int w = 0; w < d->trees.v[i].n; w++) d->trees.v[i].w[w].name = 0;
    while (ok && rest.p) {
        sr_str line = sr_str_trim(sr_str_cut(&rest, '\n'));
        line_no++;
        if (!line.n || line.p[0] == '#') continue;
        sr_str id = sr_str_cut(&line, '\t');
        for (; sent < gold->n && ids[sent] != sr_hash(id.p, id.n, 0); sent++) at += tr_is_used(&gold->s[sent]);
        if (sent == gold->n) {
            fprintf(stderr, "train: %s:%u: no sentence \"%.*s\" in the treebank, or not in its order\n", path, line_no, (int)id.n, id.p);
            ok = false;
        }
        while (ok && tr_is_used(&gold->s[sent]) && line.p) {
            sr_str item = sr_str_cut(&line, '\t');
            ok = mark(&d->trees.v[at], item);
            if (!ok) fprintf(stderr, "train: %s:%u: \"%.*s\" is no name of this sentence\n", path, line_no, (int)item.n, item.p);
        }
    }
    free(ids);
    free(text);
    return ok;
}

/* parser.c - the whole stage: blocks to sentences, words, tags, lemmas, names and trees.
 *
 *   block ─tokenizer▶ words ─splitter▶ sentence ─net▶ tags, names, rows ─transitions▶ tree
 *
 * One sentence at a time through the network of net.h, in integers (kernel.h); greedy arc-hybrid
 * transitions (arc.h) with scores from precomputed rows (Chen and Manning 2014). The recurrent
 * layers are those of QRNNs (Bradbury 2016) with hard gates. All scratch lies in the sr_parser;
 * only results take memory from the arena. Left out: beam search, non-projective arcs.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "parse/arc.h"
#include "parse/kernel.h"
#include "parse/repair.h"
#include "parse/rowcache.h"
#include "parse/split.h"
#include "parse/token.h"

#define MAX SR_SENT_WORDS_MAX

struct sr_parser {
    const sr_model *model;
    const sr_kernel *kernel;
    sr_rowcache *cache; /* NULL: switched off */
    sr_feats feats[MAX];
    uint64_t key[MAX]; /* of the lemma lexicon */
    uint32_t row[MAX]; /* of the word embeddings */
    uint64_t cache_key[MAX];
    uint16_t missed[MAX];     /* words whose first layer is computed, in order */
    const int16_t *gate[MAX]; /* where each word's gates are: in `gates` or in the cache */
    _Alignas(32) uint8_t in[MAX * SR_NET_IN];
    _Alignas(32) int16_t gates[MAX * SR_GATES];
    _Alignas(32) uint8_t h1[MAX * SR_OUT];
    _Alignas(32) uint8_t h2[MAX * SR_OUT];
    _Alignas(32) int16_t rows[MAX * SR_SLOTS * SR_HID];
    _Alignas(32) int16_t heads[MAX * SR_HEADS];
    _Alignas(32) int16_t scores[SR_SCRIPTS_HEAD];
    _Alignas(32) uint8_t hidden[SR_HID];
    int16_t stack[MAX], head[MAX];
    uint8_t label[MAX];
    sr_arc_kids kids[MAX];
    uint8_t from[MAX][SR_N_NAMES]; /* of the name tags' best sequence */
};

sr_status sr_parser_new(sr_parser **out, const sr_model *m, sr_error *err) {
    size_t size = (sizeof(sr_parser) + 63) & ~(size_t)63;
    sr_parser *p = aligned_alloc(64, size);
    if (!p) return sr_fail(err, SR_ENOMEM, 0, "parser: out of memory");
    memset(p, 0, size);
    p->model = m;
    p->kernel = sr_kernel_best();
    p->cache = sr_rowcache_new();
    if (!p->cache) {
        free(p);
        return sr_fail(err, SR_ENOMEM, 0, "parser: out of memory");
    }
    *out = p;
    return SR_OK;
}

void sr_parser_free(sr_parser *p) {
    if (!p) return;
    sr_rowcache_free(p->cache);
    free(p);
}

void sr_parser_set_kernel(sr_parser *p, const sr_kernel *k) { p->kernel = k; }

void sr_parser_drop_cache(sr_parser *p) {
    sr_rowcache_free(p->cache);
    p->cache = NULL;
}

/* ---- encoder -------------------------------------------------------------------------------- */

/* Are nearly all long words after the first capitalised, as in a headline? */
static bool is_title_case(const sr_feats *f, size_t n, bool heading) {
    size_t capital = 0, small = 0;
    for (size_t i = 1; i < n; i++) {
        int letters = sr_shape_case(f[i].shape);
        if (!sr_shape_is_long(f[i].shape)) continue;
        capital += letters == SR_CASE_CAPITAL || letters == SR_CASE_ALL;
        small += letters == SR_CASE_LOWER;
    }
    return capital >= 3 && (heading ? small * 3 <= capital * 2 : small * 10 <= capital);
}

/* A headline's capitals say nothing. A function word, or one that the treebanks have but never as
 * a proper noun, is shown to the network in small letters. */
static void undo_title_case(const sr_net *net, sr_feats *f, const sr_word *w, size_t n) {
    for (size_t i = 0; i < n; i++) {
        int letters = sr_shape_case(f[i].shape);
        if (letters != SR_CASE_CAPITAL && letters != SR_CASE_ALL) continue;
        sr_str word = w[i].folded;
        bool function = sr_seen_as(net, word, SR_X_IN) || sr_seen_as(net, word, SR_X_DT) ||
                        sr_seen_as(net, word, SR_X_CC) || sr_seen_as(net, word, SR_X_TO);
        bool common = sr_seen_as(net, word, -1) && !sr_seen_as(net, word, SR_X_NNP) &&
                      !sr_seen_as(net, word, SR_X_NNPS);
        if (function || common) f[i].shape = sr_shape_with_case(f[i].shape, SR_CASE_LOWER);
    }
}

/* The network's input for word i, as row k of `in`. */
static void put_input(sr_parser *p, size_t i, size_t k) {
    const sr_net *net = &p->model->net;
    const sr_feats *f = &p->feats[i];
    uint8_t *x = p->in + k * SR_NET_IN;
    memcpy(x, net->word + (size_t)p->row[i] * SR_E_WORD, SR_E_WORD);
    memcpy(x += SR_E_WORD, net->s3 + (size_t)f->s3 * SR_E_S3, SR_E_S3);
    memcpy(x += SR_E_S3, net->s2 + (size_t)f->s2 * SR_E_S2, SR_E_S2);
    memcpy(x += SR_E_S2, net->p3 + (size_t)f->p3 * SR_E_P3, SR_E_P3);
    memcpy(x + SR_E_P3, net->shape + (size_t)f->shape * SR_E_SHAPE, SR_E_SHAPE);
}

/* Gates of the first layer, which are computed only for words that the cache does not have. */
static void first_layer(sr_parser *p, size_t n) {
    size_t n_missed = 0;
    for (size_t i = 0; i < n; i++) {
        p->cache_key[i] = sr_rowcache_key(&p->feats[i], p->row[i]);
        p->gate[i] = p->cache ? sr_rowcache_find(p->cache, p->cache_key[i]) : NULL;
        if (p->gate[i]) continue;
        p->gate[i] = p->gates + n_missed * SR_GATES;
        put_input(p, i, n_missed);
        p->missed[n_missed++] = (uint16_t)i;
    }
    if (n_missed) p->kernel->product(&p->model->net.layer[0], p->in, n_missed, p->gates);
    p->kernel->recur(p->gate, n, p->h1);
    /* Only now: a put may take the place of a row that this sentence uses. */
    for (size_t k = 0; p->cache && k < n_missed; k++)
        sr_rowcache_put(p->cache, p->cache_key[p->missed[k]], p->gates + k * SR_GATES);
}

static void encode(sr_parser *p, const sr_word *w, size_t n, bool heading) {
    const sr_net *net = &p->model->net;
    for (size_t i = 0; i < n; i++) {
        sr_feats_of(&p->feats[i], &w[i]);
        sr_keyset_prefetch(&net->words, p->feats[i].key);
    }
    if (is_title_case(p->feats, n, heading)) undo_title_case(net, p->feats, w, n);
    for (size_t i = 0; i < n; i++) {
        int32_t row = sr_keyset_find(&net->words, p->feats[i].key);
        p->row[i] = row < 0 ? net->words.n : (uint32_t)row;
    }
    first_layer(p, n);
    p->kernel->product(&net->layer[1], p->h1, n, p->gates);
    for (size_t i = 0; i < n; i++) p->gate[i] = p->gates + i * SR_GATES;
    p->kernel->recur(p->gate, n, p->h2);
}

/* ---- heads ---------------------------------------------------------------------------------- */

/* Is this a word that treebanks or raw text have? */
static bool is_known(const sr_net *net, sr_str folded) {
    sr_word w = {.form = folded, .folded = folded};
    sr_feats f;
    sr_feats_of(&f, &w);
    return sr_keyset_find(&net->words, f.key) >= 0;
}

/* The Penn tag, or where the two tags disagree ("advanced" as VERB and JJ) the verb's that the form
 * looks like. */
static int tag_for_lemma(const sr_word *w) {
    if (w->upos != SR_VERB || (w->xpos >= SR_X_VB && w->xpos <= SR_X_VBZ)) return w->xpos;
    return sr_str_ends(w->folded, "ing") ? SR_X_VBG
           : sr_str_ends(w->folded, "s") ? SR_X_VBZ
                                         : SR_X_VBD;
}

/* Does the form wear an ending that no lemma of its tag has: "freed", "shelling"? */
static bool is_inflected(const sr_word *w) {
    int tag = tag_for_lemma(w);
    bool past = tag == SR_X_VBD || tag == SR_X_VBN;
    return (past && sr_str_ends(w->folded, "ed")) ||
           (tag == SR_X_VBG && sr_str_ends(w->folded, "ing"));
}

/* The lemma of a word outside the lexicon: the best of the likeliest scripts that leads to a known
 * word, so that "condemned" comes from "condemn" and not from "condemne". */
static sr_str guess_lemma(sr_parser *p, const sr_word *w, size_t i, sr_arena *a) {
    enum { TRIES = 4 };
    const sr_net *net = &p->model->net;
    sr_str first = SR_STR_NONE;
    p->kernel->product(&net->lemma, p->h2 + i * SR_OUT, 1, p->scores);
    for (int k = 0; k < TRIES; k++) {
        int script = sr_kernel_argmax(p->scores, SR_SCRIPTS_HEAD);
        const sr_script *s = &net->scripts[script];
        p->scores[script] = INT16_MIN;
        if (s->strip == 0 && s->add_n == 0) {
            if (is_inflected(w)) continue;
            break;
        }
        if (s->strip >= w->folded.n) continue;
        sr_str lemma = sr_script_apply(net, (uint32_t)script, w->folded, a);
        if (is_known(net, lemma)) return lemma;
        if (!first.n) first = lemma;
    }
    return first.n ? first : w->folded;
}

/* Where the lexicon has a word under its tag, or its tag's twin ("shot" as VBD and VBN). */
static int32_t entry_of_tag(const sr_net *net, const sr_word *w, int tag, uint64_t key) {
    int32_t e = sr_keyset_find(&net->lexicon, key);
    if (e < 0 && tag == SR_X_VBD)
        e = sr_keyset_find(&net->lexicon, sr_lemma_key(w->folded, SR_X_VBN));
    else if (e < 0 && tag == SR_X_VBN)
        e = sr_keyset_find(&net->lexicon, sr_lemma_key(w->folded, SR_X_VBD));
    return e;
}

/* Under any tag. What it knows as an adjective only ("armed", "occupied") tells nothing of the
 * verb. */
static int32_t entry_of_form(const sr_net *net, const sr_word *w) {
    int32_t e = sr_keyset_find(&net->lexicon, sr_lemma_key(w->folded, -1));
    if (e < 0) return e;
    const sr_script *s = &net->scripts[net->lexicon_script[e]];
    return s->strip == 0 && s->add_n == 0 && is_inflected(w) ? -1 : e;
}

/* "1,100" is 1100. Other digits are their own lemma. */
static bool number_lemma(sr_word *w, sr_arena *a) {
    if (w->xpos != SR_X_CD || w->folded.p[0] < '0' || w->folded.p[0] > '9') return false;
    w->lemma = w->folded;
    if (!memchr(w->folded.p, ',', w->folded.n)) return true;
    char *p = sr_arena_alloc(a, w->folded.n + 1);
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->folded.n; i++)
        if (w->folded.p[i] != ',') p[n++] = w->folded.p[i];
    p[n] = '\0';
    w->lemma = sr_str_of(p, n);
    return true;
}

/* From the list of base forms; "re-taking" by its last part. */
static sr_str listed_base(const sr_bases *bases, const sr_word *w, int tag, sr_arena *a) {
    sr_str base = sr_inflect_base(bases, w->folded, tag);
    uint32_t at = w->folded.n;
    if (base.n) return base;
    while (at > 0 && w->folded.p[at - 1] != '-') at--;
    if (at < 2) return base;
    base = sr_inflect_base(bases, sr_str_of(w->folded.p + at, w->folded.n - at), tag);
    return base.n ? sr_arena_printf(a, "%.*s%.*s", (int)at, w->folded.p, (int)base.n, base.p)
                  : base;
}

static bool is_verb_form(int xpos) { return xpos >= SR_X_VBD && xpos <= SR_X_VBZ; }

/* In this order: the treebanks under the tag, but for verbs that are none ("freed" from "fre");
 * the list of base forms; the treebanks under any tag; the network. */
static void set_lemma(sr_parser *p, sr_word *w, size_t i, sr_arena *a) {
    const sr_net *net = &p->model->net;
    const sr_bases *bases = &p->model->bases;
    int tag = tag_for_lemma(w);
    int32_t e = entry_of_tag(net, w, tag, p->key[i]);
    sr_str seen = SR_STR_NONE, listed, rest;
    if (e >= 0) {
        seen = sr_script_apply(net, net->lexicon_script[e], w->folded, a);
        w->lemma = seen;
        if (!is_verb_form(tag) || sr_bases_find(bases, seen, 'v', &listed, &rest)) return;
    } else if (number_lemma(w, a)) {
        return;
    }
    w->lemma = listed_base(bases, w, tag, a);
    if (!w->lemma.n) w->lemma = seen;
    if (w->lemma.n) return;
    e = entry_of_form(net, w);
    w->lemma = e >= 0 ? sr_script_apply(net, net->lexicon_script[e], w->folded, a)
                      : guess_lemma(p, w, i, a);
}

/* Name tags: 0 none, then B and I of each type. The best sequence in which I follows only a B or
 * I of its type (Viterbi). */
static void set_names(sr_parser *p, sr_word *w, size_t n) {
    int32_t score[SR_N_NAMES], next[SR_N_NAMES];
    for (int t = 0; t < SR_N_NAMES; t++) score[t] = t && t % 2 == 0 ? -(1 << 20) : 0;
    for (size_t i = 0; i < n; i++) {
        const int16_t *s = p->heads + i * SR_HEADS + SR_HEAD_NAME;
        int top = 0;
        for (int t = 1; t < SR_N_NAMES; t++)
            if (score[t] > score[top]) top = t;
        for (int t = 0; t < SR_N_NAMES; t++) {
            int from = t == 0 || t % 2 ? top : score[t - 1] > score[t] ? t - 1 : t;
            p->from[i][t] = (uint8_t)from;
            next[t] = (i || t == 0 || t % 2 ? score[from] : -(1 << 20)) + s[t];
        }
        memcpy(score, next, sizeof score);
    }
    int tag = 0;
    for (int t = 1; t < SR_N_NAMES; t++)
        if (score[t] > score[tag]) tag = t;
    for (size_t i = n; i-- > 0; tag = p->from[i][tag]) {
        w[i].name = tag == 0 ? SR_NAME_NONE : (uint8_t)((tag + 1) / 2);
        w[i].name_begin = tag % 2 == 1;
    }
}

static void set_tags(sr_parser *p, sr_word *w, size_t n, sr_arena *a) {
    const sr_net *net = &p->model->net;
    p->kernel->product(&net->heads, p->h2, n, p->heads);
    for (size_t i = 0; i < n; i++) {
        const int16_t *s = p->heads + i * SR_HEADS;
        w[i].upos = (uint8_t)sr_kernel_argmax(s, SR_UPOS_N);
        w[i].xpos = (uint8_t)sr_kernel_argmax(s + SR_HEAD_XPOS, SR_XPOS_N);
        p->key[i] = sr_lemma_key(w[i].folded, tag_for_lemma(&w[i]));
        sr_keyset_prefetch(&net->lexicon, p->key[i]);
    }
    for (size_t i = 0; i < n; i++) set_lemma(p, &w[i], i, a);
    set_names(p, w, n);
}

/* ---- transitions ---------------------------------------------------------------------------- */

static void score_hidden(sr_parser *p, const sr_arc *s) {
    const sr_net *net = &p->model->net;
    const int16_t *rows[SR_SLOTS + SR_CHILDREN + SR_DISTS];
    sr_arc_view v;
    sr_arc_look(s, &v);
    size_t n = 0;
    for (size_t k = 0; k < SR_SLOTS; k++)
        rows[n++] = v.slot[k] < 0 ? net->empty + k * SR_HID
                                  : p->rows + ((size_t)v.slot[k] * SR_SLOTS + k) * SR_HID;
    for (size_t k = 0; k < SR_CHILDREN; k++) /* row 0, no child, is all zeros */
        if (v.child[k])
            rows[n++] = net->child + (k * (net->n_labels + 1) + v.child[k]) * SR_HID;
    for (size_t k = 0; k < SR_DISTS; k++)
        rows[n++] = net->dist + (k * SR_DIST_N + v.dist[k]) * SR_HID;
    p->kernel->hidden(rows, n, p->hidden);
}

/* The best action of those allowed and not in the set `barred`. */
static int pick_action(sr_parser *p, const sr_arc *s, unsigned barred) {
    p->kernel->product(&p->model->net.act, p->hidden, 1, p->scores);
    int pick = -1;
    for (int k = SR_SHIFT; k <= SR_RIGHT; k++)
        if (!(barred >> k & 1) && sr_arc_allowed(s, k) && (pick < 0 || p->scores[k] > p->scores[pick]))
            pick = k;
    return pick;
}

static bool is_finite(int xpos) {
    return xpos == SR_X_VBD || xpos == SR_X_VBZ || xpos == SR_X_VBP || xpos == SR_X_MD;
}

/* "the Northern Front fired ...": with a finite verb to follow, the noun ends its phrase, so that
 * an article or adjective before it cannot wait for another noun. */
static bool must_attach(const sr_sent *sent, const sr_arc *s) {
    if (s->n_stack == 0 || s->next + 1 >= s->n || !is_finite(sent->w[s->next + 1].xpos))
        return false;
    int noun = sent->w[s->next].xpos, top = s->stack[s->n_stack - 1];
    if (noun < SR_X_NN || noun > SR_X_NNPS) return false;
    const sr_word *w = &sent->w[top];
    if (w->xpos == SR_X_DT) return w->upos == SR_DET;
    return top == s->next - 1 && (w->xpos == SR_X_PRPS || w->xpos == SR_X_JJ);
}

static int pick_label(sr_parser *p, int action) {
    const sr_net *net = &p->model->net;
    p->kernel->product(&net->label[action == SR_RIGHT], p->hidden, 1, p->scores);
    return sr_kernel_argmax(p->scores, (int)net->n_labels);
}

static bool is_subject(const sr_net *net, uint8_t child) {
    return child && net->labels[2 * (child - 1)] == SR_R_NSUBJ;
}

/* Would the word on top of the stack, which has a subject, become a mere attribute of the next?
 * "... the Front fired rockets": `fired` under `rockets` as amod is no tree of English. */
static bool is_absurd(const sr_net *net, const sr_arc *s, int action, int label) {
    if (action != SR_LEFT) return false;
    uint8_t rel = net->labels[2 * label];
    if (rel != SR_R_AMOD && rel != SR_R_COMPOUND) return false;
    const sr_arc_kids *k = &s->kids[s->stack[s->n_stack - 1]];
    return is_subject(net, k->l1) || is_subject(net, k->l2);
}

/* Steps that a word which must be the root forbids: all before it must be attached when it comes, and
 * it can be attached to nothing. */
static unsigned bars_of(const sr_arc *s, int root) {
    if (root < 0) return 0;
    if (s->next == root && s->n_stack > 0) return 1u << SR_SHIFT;
    if (s->n_stack == 1 && s->stack[0] == root) return 1u << SR_LEFT;
    return 0;
}

/* The tree; `root` must be its root, -1: any word may. */
static void attach(sr_parser *p, sr_sent *sent, int root) {
    const sr_net *net = &p->model->net;
    sr_arc s = {p->stack, p->kids, p->head, p->label, 0, 0, 0};
    sr_arc_start(&s, sent->n);
    while (!sr_arc_done(&s)) {
        score_hidden(p, &s);
        unsigned bars = bars_of(&s, root);
        int action = pick_action(p, &s, bars | (must_attach(sent, &s) && !bars ? 1u << SR_SHIFT : 0));
        int label = action == SR_SHIFT ? 0 : pick_label(p, action);
        if (!bars && is_absurd(net, &s, action, label)) { /* shifting is left: LEFT needs a next */
            action = pick_action(p, &s, 1u << SR_LEFT);
            label = action == SR_SHIFT ? 0 : pick_label(p, action);
        }
        sr_arc_step(&s, action, label);
    }
    for (int i = 0; i < sent->n; i++) {
        sr_word *w = &sent->w[i];
        w->head = p->head[i];
        w->rel = w->head < 0 ? SR_R_ROOT : net->labels[2 * p->label[i]];
        w->sub = w->head < 0 ? SR_S_NONE : net->labels[2 * p->label[i] + 1];
    }
}

/* "British instructors trained soldiers." read as a noun phrase: the word that could be its verb, the
 * first participle that looks like a past and stands right behind a noun; -1 when there is none, or
 * another finite verb, or when the words are no sentence. */
static int missed_verb(const sr_net *net, const sr_sent *s) {
    int last = s->n - 1;
    while (last > 0 && s->w[last].xpos == SR_X_RQUOTE) last--;
    if (s->heading || s->dateline || s->n < 4 || s->w[last].xpos != SR_X_PERIOD) return -1;
    int found = -1;
    for (int i = 1; i < last; i++) {
        const sr_word *w = &s->w[i];
        if (is_finite(w->xpos)) return -1;
        if (found >= 0 || w->xpos != SR_X_VBN || i + 1 == last) continue;
        int before = s->w[i - 1].xpos;
        bool noun = (before >= SR_X_NN && before <= SR_X_NNPS) || before == SR_X_PRP;
        bool past = sr_str_ends(w->folded, "ed") || sr_seen_as(net, w->folded, SR_X_VBD);
        if (noun && past && !sr_str_is(s->w[i + 1].folded, "by")) found = i;
    }
    return is_finite(s->w[0].xpos) ? -1 : found;
}

/* "Turkey's refusal to recognize Cyprus angered diplomats." with "refusal" for its root: a finite verb that
 * hangs on it as if it were its content, with no word that makes it so; -1 when there is none. */
static int misplaced_verb(const sr_sent *s) {
    int root = 0, last = s->n - 1;
    while (last > 0 && s->w[last].xpos == SR_X_RQUOTE) last--;
    if (s->heading || s->dateline || s->n < 4 || s->w[last].xpos != SR_X_PERIOD) return -1;
    while (root < s->n && s->w[root].head >= 0) root++;
    if (root == s->n || (s->w[root].upos != SR_NOUN && s->w[root].upos != SR_PROPN)) return -1;
    int found = -1;
    for (int i = 0; i < s->n; i++) {
        const sr_word *w = &s->w[i];
        if (w->head == root && (w->rel == SR_R_COP || w->rel == SR_R_AUX || w->rel == SR_R_NSUBJ || w->rel == SR_R_CC ||
                                w->rel == SR_R_PARATAXIS || w->rel == SR_R_CONJ))
            return -1;
        if (found >= 0 || i < root || (w->xpos != SR_X_VBD && w->xpos != SR_X_VBZ)) continue;
        bool content = w->rel == SR_R_CCOMP || (w->rel == SR_R_ACL && w->sub == SR_S_NONE);
        bool free_ = true;
        for (int k = 0; k < s->n; k++)
            if (s->w[k].head == i)
                free_ = free_ && s->w[k].rel != SR_R_MARK && s->w[k].xpos != SR_X_WDT && s->w[k].xpos != SR_X_WP &&
                        s->w[k].xpos != SR_X_WRB && s->w[k].rel != SR_R_PUNCT;
        if (content && free_) found = i;
    }
    return found;
}

static void parse(sr_parser *p, sr_sent *sent, sr_arena *a) {
    const sr_net *net = &p->model->net;
    uint8_t before[MAX];
    for (int i = 0; i < sent->n; i++) before[i] = (uint8_t)tag_for_lemma(&sent->w[i]);
    p->kernel->product(&net->rows, p->h2, sent->n, p->rows);
    attach(p, sent, -1);
    int verb = missed_verb(net, sent);
    if (verb >= 0) {
        sent->w[verb].xpos = SR_X_VBD;
        sent->w[verb].upos = SR_VERB;
        attach(p, sent, verb);
    } else if ((verb = misplaced_verb(sent)) >= 0) {
        attach(p, sent, verb);
    }
    sent->parsed = true;
    sr_repair(net, sent);
    sr_sent_link(sent);
    for (int i = 0; i < sent->n; i++) { /* what the tree says is another word has another lemma */
        sr_word *w = &sent->w[i];
        if (tag_for_lemma(w) == before[i]) continue;
        p->key[i] = sr_lemma_key(w->folded, tag_for_lemma(w));
        set_lemma(p, w, (size_t)i, a);
    }
}

/* Longer sentences than MAX come only from treebanks: tagged in pieces, not parsed. */
static void run_sentence(sr_parser *p, sr_sent *s, sr_arena *a) {
    for (size_t i = 0; i < s->n; i += MAX) {
        size_t n = s->n - i < MAX ? s->n - i : MAX;
        encode(p, s->w + i, n, s->heading);
        set_tags(p, s->w + i, n, a);
    }
    if (s->n > 0 && s->n <= MAX) {
        parse(p, s, a);
        return;
    }
    for (int i = 0; i < s->n; i++) {
        s->w[i].head = -1;
        s->w[i].rel = SR_R_DEP;
    }
    sr_sent_link(s);
    s->parsed = false;
}

/* ---- documents ------------------------------------------------------------------------------ */

/* Words waiting for their sentence's end: enough that a sentence and what the splitter looks at
 * beyond it are in sight, few enough that a text without an end costs no memory. */
#define PENDING (2 * MAX + 64)

/* Where the text of one block goes to. */
typedef struct splitter {
    sr_parser *p;
    const sr_doc *doc;
    sr_parse *out;
    uint32_t cap;
    sr_words words;
    sr_arena *a, *keep; /* of words being cut; of sentences, the same unless they are handed on */
    uint32_t block;
    bool heading, dateline;
    sr_parse_take *take; /* NULL: all sentences stay in `out` */
    void *to;
} splitter;

static void hand_on(splitter *x) {
    if (!x->out->n) return;
    sr_parser_tag(x->p, x->out, x->keep);
    x->take(x->to, x->out);
    sr_arena_clear(x->keep);
    memset(x->out, 0, sizeof *x->out);
    x->cap = 0;
}

static void add_sentence(splitter *x, const sr_word *w, uint32_t n) {
    sr_parse *out = x->out;
    sr_sent s;
    memset(&s, 0, sizeof s);
    s.w = sr_arena_alloc(x->keep, sizeof *s.w * n);
    memcpy(s.w, w, sizeof *s.w * n);
    s.n = (uint16_t)n;
    s.start = w[0].start;
    s.end = w[n - 1].end;
    s.block = x->block;
    s.heading = x->heading;
    s.dateline = x->dateline;
    if (out->n == x->cap) {
        uint32_t grown = x->cap ? x->cap * 2 : 32;
        out->s = sr_arena_grow(x->keep, out->s, sizeof s * x->cap, sizeof s * grown);
        x->cap = grown;
    }
    out->s[out->n++] = s;
    out->n_words += n;
    if (x->take && out->n == SR_BATCH) hand_on(x);
}

static void split_span(splitter *x, uint32_t start, uint32_t end) {
    sr_words *words = &x->words;
    sr_tokenizer t;
    sr_tokenizer_init(&t, words, x->doc->text, start, end, x->a);
    words->w.n = 0;
    for (bool more = true; more || words->w.n;) {
        more = more && sr_tokenizer_read(&t, PENDING);
        uint32_t n = words->w.n, first = 0;
        while (first < n && (!more || n - first > MAX + SR_SPLIT_REACH)) {
            uint32_t stop = sr_split_next(x->p->model->net.split, words->w.v, n, first);
            add_sentence(x, words->w.v + first, stop - first);
            first = stop;
        }
        words->w.n = n - first;
        if (words->w.n)
            memmove(words->w.v, words->w.v + first, sizeof *words->w.v * words->w.n);
    }
}

/* A dateline is a sentence of its own: it would be read as part of the first one. */
static void split_document(splitter *x) {
    memset(x->out, 0, sizeof *x->out);
    for (uint32_t b = 0; b < x->doc->n_blocks; b++) {
        const sr_block *k = &x->doc->blocks[b];
        uint32_t body = k->body > k->start && k->body < k->end ? k->body : k->start;
        x->block = b;
        x->heading = k->kind == SR_BLOCK_HEADING;
        x->dateline = true;
        if (body > k->start) split_span(x, k->start, body);
        x->dateline = false;
        split_span(x, body, k->end);
    }
}

void sr_parser_split(sr_parser *p, sr_parse *out, const sr_doc *doc, sr_arena *a) {
    splitter x = {.p = p, .doc = doc, .out = out, .a = a, .keep = a};
    split_document(&x);
}

void sr_parser_each(sr_parser *p, const sr_doc *doc, sr_parse_take *take, void *to, sr_arena *a,
                    sr_arena *scratch) {
    sr_parse batch;
    splitter x = {
        .p = p, .doc = doc, .out = &batch, .a = a, .keep = scratch, .take = take, .to = to};
    split_document(&x);
    hand_on(&x);
}

void sr_parser_tag(sr_parser *p, sr_parse *words, sr_arena *a) {
    for (uint32_t i = 0; i < words->n; i++) run_sentence(p, &words->s[i], a);
}

void sr_parser_run(sr_parser *p, sr_parse *out, const sr_doc *doc, sr_arena *a) {
    sr_parser_split(p, out, doc, a);
    sr_parser_tag(p, out, a);
}

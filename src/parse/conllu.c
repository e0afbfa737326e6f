/* conllu.c - the text form of this stage's record, CoNLL-U, and the links within a tree.
 *
 * Printing shows all of the record: tags, lemmas, trees, names (MISC `Name=B-PER`), blocks
 * (`# newpar`) and headings (`# heading`). Reading takes treebanks as well as our own output.
 * Lemmas are folded in the record; in print a name keeps its capitals, as the treebanks have it.
 * Features are not in the record: printing tells them (feats.c), reading skips them, as it does
 * enhanced dependencies and empty nodes.
 */
#include "base/date.h"
#include "base/utf8.h"
#include "parse/feats.h"
#include "parse/token.h"

/* ---- links ------------------------------------------------------------------------------------ */

void sr_sent_link(sr_sent *s) {
    s->root = s->n ? 0 : -1;
    for (int i = 0; i < s->n; i++) {
        sr_word *w = &s->w[i];
        w->first_child = w->next_sibling = -1;
        w->subtree_first = w->subtree_last = (int16_t)i;
    }
    for (int i = s->n - 1; i >= 0;
         i--) { /* from the right, so that lists come out left to right */
        int h = s->w[i].head;
        if (h < 0 || h >= s->n) continue;
        s->w[i].next_sibling = s->w[h].first_child;
        s->w[h].first_child = (int16_t)i;
    }
    for (int i = s->n - 1; i >= 0; i--)
        if (s->w[i].head < 0) s->root = (int16_t)i;
    /* Every word widens all that are above it. A tree read from a broken file may have a cycle:
     * no path is longer than the sentence. */
    for (int i = 0; i < s->n; i++) {
        int steps = 0;
        for (int h = s->w[i].head; h >= 0 && h < s->n && steps < s->n;
             h = s->w[h].head, steps++) {
            if (s->w[h].subtree_first > i) s->w[h].subtree_first = (int16_t)i;
            if (s->w[h].subtree_last < i) s->w[h].subtree_last = (int16_t)i;
        }
    }
}

/* ---- printing --------------------------------------------------------------------------------- */

/* White space and control characters of the text as single spaces. */
static void put_line(sr_buf *out, const char *p, uint32_t n) {
    bool space = false;
    for (uint32_t i = 0; i < n; i++) {
        unsigned char b = (unsigned char)p[i];
        if (b <= 0x20 || b == 0x7F) {
            space = true;
        } else {
            if (space) sr_buf_char(out, ' ');
            space = false;
            sr_buf_char(out, p[i]);
        }
    }
}

static bool is_capital(sr_str form) { return form.p[0] >= 'A' && form.p[0] <= 'Z'; }

/* A capital in the midst of a sentence of small letters, next to another: part of a name. */
static bool is_in_name(const sr_sent *s, int i) {
    if (i == 0 || !sr_str_capital(s->w[i].form) || sr_str_allcaps(s->w[i].form)) return false;
    if (!(i > 1 && is_capital(s->w[i - 1].form)) &&
        !(i + 1 < s->n && is_capital(s->w[i + 1].form)))
        return false;
    int capital = 0, small = 0;
    for (int k = 0; k < s->n; k++) {
        if (s->w[k].form.n < 4) continue;
        capital += is_capital(s->w[k].form);
        small += s->w[k].form.p[0] >= 'a' && s->w[k].form.p[0] <= 'z';
    }
    return small * 3 > capital;
}

static bool lemma_is_cased(const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    if (w->upos == SR_PROPN || w->upos == SR_X || w->upos == SR_SYM) return true;
    if (w->xpos == SR_X_NNP || w->xpos == SR_X_NNPS) return true; /* "United" of a name */
    if (w->upos == SR_NOUN || w->upos == SR_NUM)
        return (sr_str_allcaps(w->form) && s->n > 1 && sr_str_eq(w->lemma, w->folded)) ||
               is_in_name(s, i);
    if (w->upos != SR_ADJ || !sr_str_capital(w->form) || sr_str_allcaps(w->form)) return false;
    /* Adjectives of peoples and places keep their capital. */
    static const char *const ends[] = {"an", "ish",  "ese", "aqi", "eli",  "ani",
                                       "ch", "amic", "ab",  "nni", "slim", "iite"};
    for (size_t k = 0; k < sizeof ends / sizeof *ends; k++)
        if (sr_str_ends(w->folded, ends[k])) return true;
    return false;
}

/* The lemma with the form's capitals as far as the two agree. */
static void put_lemma(sr_buf *out, const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    if (w->lemma.n == 0) {
        sr_buf_z(out, "_");
    } else if (w->upos == SR_PRON && sr_str_is(w->lemma, "i")) {
        sr_buf_z(out, "I");
    } else if (!lemma_is_cased(s, i)) {
        sr_buf_str(out, w->lemma);
    } else if (sr_str_eq(w->lemma, w->folded)) {
        sr_buf_str(out, w->form);
    } else {
        uint32_t k = 0;
        while (k < w->lemma.n && k < w->form.n &&
               (w->form.p[k] == w->lemma.p[k] || (w->form.p[k] >= 'A' && w->form.p[k] <= 'Z' &&
                                                  w->form.p[k] + 0x20 == w->lemma.p[k])))
            k++;
        sr_buf_put(out, w->form.p, k);
        sr_buf_put(out, w->lemma.p + k, w->lemma.n - k);
    }
}

static const char *const name_types[] = {"", "PER", "ORG", "LOC", "MISC"};

static void put_misc(sr_buf *out, const sr_word *w, bool space_after) {
    bool any = false;
    if (w->name != SR_NAME_NONE) {
        sr_buf_printf(out, "Name=%c-%s", w->name_begin ? 'B' : 'I', name_types[w->name]);
        any = true;
    }
    if (!space_after) {
        sr_buf_z(out, any ? "|SpaceAfter=No" : "SpaceAfter=No");
        any = true;
    }
    if (!any) sr_buf_char(out, '_');
}

static void put_word(sr_buf *out, const sr_sent *s, int i, bool part) {
    const sr_word *w = &s->w[i];
    sr_buf_printf(out, "%d\t", i + 1);
    sr_buf_str(out, w->form);
    sr_buf_char(out, '\t');
    put_lemma(out, s, i);
    sr_buf_printf(out, "\t%s\t%s\t", sr_upos_names[w->upos], sr_xpos_names[w->xpos]);
    sr_feats_print(out, s, i);
    sr_buf_char(out, '\t');
    if (s->parsed) {
        const char *sub = sr_sub_names[w->sub];
        sr_buf_printf(out, "%d\t%s%s%s\t_\t", w->head + 1, sr_rel_names[w->rel],
                      *sub ? ":" : "", sub);
    } else {
        sr_buf_z(out, "_\t_\t_\t");
    }
    put_misc(out, w, part || w->space_after);
    sr_buf_char(out, '\n');
}

void sr_conllu_head(sr_buf *out, const sr_doc *doc) {
    sr_buf_z(out, "# newdoc id = ");
    for (uint32_t i = 0; i < doc->id.n; i++) {
        char c = doc->id.p[i];
        sr_buf_char(out, (unsigned char)c < 0x20 || c == 0x7F ? ' ' : c);
    }
    sr_buf_char(out, '\n');
}

void sr_conllu_print(sr_buf *out, const sr_doc *doc, const sr_parse *parse,
                     sr_conllu_place *place) {
    sr_conllu_place start = {0, UINT32_MAX};
    if (!place) place = &start;
    for (uint32_t k = 0; k < parse->n; k++) {
        const sr_sent *s = &parse->s[k];
        if (s->block != place->block) sr_buf_z(out, "# newpar\n");
        place->block = s->block;
        if (s->heading) sr_buf_z(out, "# heading\n");
        sr_buf_printf(out, "# sent_id = %u\n# text = ", (unsigned)++place->sentences);
        put_line(out, doc->text.p + s->start, s->end - s->start);
        sr_buf_char(out, '\n');
        int mwt_end = 0;
        for (int i = 0; i < s->n; i++) {
            const sr_word *w = &s->w[i];
            if (w->mwt > 1 && i + w->mwt <= s->n) {
                const sr_word *last = &s->w[i + w->mwt - 1];
                mwt_end = i + w->mwt;
                sr_buf_printf(out, "%d-%d\t", i + 1, mwt_end);
                put_line(out, doc->text.p + w->start, last->end - w->start);
                sr_buf_printf(out, "\t_\t_\t_\t_\t_\t_\t_\t%s\n",
                              last->space_after ? "_" : "SpaceAfter=No");
            }
            put_word(out, s, i, i < mwt_end);
        }
        sr_buf_char(out, '\n');
    }
}

/* ---- reading ---------------------------------------------------------------------------------- */

typedef struct reader {
    sr_arena *a;
    SR_VEC(char) text;
    SR_VEC(sr_sent) sents;
    SR_VEC(sr_word) words; /* of the sentence being read */
    SR_VEC(sr_block) blocks;
    int mwt_left; /* words of the open multi-word token still to come */
    sr_str mwt_form;
    uint32_t mwt_first;
    bool mwt_space;
    bool newpar, any_newpar, heading, space_due;
    uint32_t line;
    sr_error *err;
} reader;

static void add_text(reader *r, sr_str s) {
    for (uint32_t i = 0; i < s.n; i++) SR_PUSH(r->a, &r->text, s.p[i]);
}

static bool has_misc(sr_str misc, const char *item) {
    while (misc.p)
        if (sr_str_is(sr_str_cut(&misc, '|'), item)) return true;
    return false;
}

static void read_name(sr_word *w, sr_str misc) {
    while (misc.p) {
        sr_str item = sr_str_cut(&misc, '|');
        if (!sr_str_starts(item, "Name=") || item.n < 8) continue;
        w->name_begin = item.p[5] == 'B';
        for (uint8_t t = 1; t < 5; t++)
            if (sr_str_is(sr_str_of(item.p + 7, item.n - 7), name_types[t])) w->name = t;
    }
}

/* Shares the characters of a multi-word token out among its words: by their forms as far as these
 * spell it, what is left to the last. */
static void share_out(reader *r) {
    sr_word *w = r->words.v + r->mwt_first;
    uint32_t n = r->words.n - r->mwt_first, pos = w[0].start, end = w[0].end;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t len = i + 1 < n ? w[i].form.n : end - pos;
        uint32_t room = end - pos;
        if (len > room) len = room;
        w[i].start = pos;
        pos += len;
        while (pos < end && ((unsigned char)r->text.v[pos] & 0xC0) == 0x80) pos++;
        w[i].end = pos;
    }
    w[0].mwt = n > 1 ? (uint8_t)n : 0;
    w[n - 1].space_after = r->mwt_space;
}

static sr_status bad(reader *r, const char *what) {
    return sr_fail(r->err, SR_EINPUT, r->line, "CoNLL-U line %u: %s", (unsigned)r->line, what);
}

static void place(reader *r, sr_word *w, sr_str surface, bool space_after) {
    if (r->space_due) SR_PUSH(r->a, &r->text, ' ');
    w->start = r->text.n;
    add_text(r, surface);
    w->end = r->text.n;
    r->space_due = space_after;
}

static void end_sentence(reader *r) {
    if (r->words.n == 0) return;
    sr_sent s;
    memset(&s, 0, sizeof s);
    s.n = (uint16_t)r->words.n;
    s.w = sr_arena_alloc(r->a, sizeof *s.w * s.n);
    memcpy(s.w, r->words.v, sizeof *s.w * s.n);
    s.start = s.w[0].start;
    s.end = s.w[s.n - 1].end;
    s.heading = r->heading;
    s.parsed = true;
    for (int i = 0; i < s.n; i++)
        if (s.w[i].head == INT16_MIN) s.parsed = false;
    for (int i = 0; i < s.n && !s.parsed; i++) s.w[i].head = -1;
    if (s.parsed) sr_sent_link(&s);
    sr_word *last = &s.w[s.n - 1];
    if (r->newpar || r->blocks.n == 0 || !r->any_newpar) {
        sr_block b = {s.start, s.end, s.heading ? SR_BLOCK_HEADING : SR_BLOCK_PARAGRAPH,
                      s.start};
        SR_PUSH(r->a, &r->blocks, b);
    }
    r->blocks.v[r->blocks.n - 1].end = last->end;
    s.block = r->blocks.n - 1;
    SR_PUSH(r->a, &r->sents, s);
    r->words.n = 0;
    r->newpar = r->heading = false;
}

static sr_status read_row(reader *r, sr_str line) {
    sr_str col[10];
    for (int k = 0; k < 10; k++) {
        if (!line.p) return bad(r, "ten columns expected");
        col[k] = sr_str_cut(&line, '\t');
    }
    if (memchr(col[0].p, '.', col[0].n)) return SR_OK; /* empty node */
    bool space = !has_misc(col[9], "SpaceAfter=No");
    if (memchr(col[0].p, '-', col[0].n)) {
        sr_str b = col[0], first = sr_str_cut(&b, '-');
        uint64_t lo, hi;
        if (!sr_str_u64(first, &lo) || !sr_str_u64(b, &hi) || hi < lo || hi - lo > 100)
            return bad(r, "bad word range");
        r->mwt_left = (int)(hi - lo + 1);
        r->mwt_form = col[1];
        r->mwt_space = space;
        r->mwt_first = r->words.n;
        return SR_OK;
    }
    if (r->words.n >= INT16_MAX) return bad(r, "sentence too long");
    sr_word w;
    memset(&w, 0, sizeof w);
    w.form = sr_arena_dup(r->a, col[1]);
    w.folded = sr_word_fold(w.form, r->a);
    w.lemma = sr_str_is(col[2], "_") && !sr_str_is(col[1], "_") ? SR_STR_NONE
                                                                : sr_word_fold(col[2], r->a);
    int upos = sr_upos_find(col[3]), xpos = sr_xpos_find(col[4]);
    w.upos = upos < 0 ? SR_X : (uint8_t)upos;
    w.xpos = xpos < 0 ? SR_X_NONE : (uint8_t)xpos;
    uint64_t head;
    sr_rel rel = SR_R_DEP;
    sr_sub sub = SR_S_NONE;
    if (sr_str_u64(col[6], &head)) {
        if (head > INT16_MAX) return bad(r, "bad head");
        w.head = (int16_t)((int)head - 1);
        sr_rel_find(col[7], &rel, &sub);
    } else {
        w.head = INT16_MIN; /* not parsed */
    }
    w.rel = (uint8_t)rel;
    w.sub = (uint8_t)sub;
    w.first_child = w.next_sibling = -1;
    w.space_after = space;
    read_name(&w, col[9]);
    if (r->mwt_left > 0) {
        if (r->words.n == r->mwt_first) {
            place(r, &w, r->mwt_form, r->mwt_space);
        } else {
            w.start = r->words.v[r->mwt_first].start;
            w.end = r->words.v[r->mwt_first].end;
        }
        w.space_after = false;
        SR_PUSH(r->a, &r->words, w);
        if (--r->mwt_left == 0) share_out(r);
    } else {
        place(r, &w, col[1], space);
        SR_PUSH(r->a, &r->words, w);
    }
    return SR_OK;
}

static sr_status check_heads(reader *r) {
    for (uint32_t i = 0; i < r->words.n; i++) {
        int h = r->words.v[i].head;
        if (h != INT16_MIN && (h >= (int)r->words.n || h == (int)i)) return bad(r, "bad head");
    }
    return r->mwt_left ? bad(r, "multi-word token without its words") : SR_OK;
}

sr_status sr_conllu_read(sr_doc *doc, sr_parse *parse, sr_str input, sr_arena *a,
                         sr_error *err) {
    reader r;
    memset(&r, 0, sizeof r);
    r.a = a;
    r.err = err;
    sr_status status = SR_OK;
    while (input.p && status == SR_OK) {
        sr_str line = sr_str_cut(&input, '\n');
        r.line++;
        if (line.n && line.p[line.n - 1] == '\r') line.n--;
        if (line.n == 0) {
            status = check_heads(&r);
            if (status == SR_OK) end_sentence(&r);
        } else if (line.p[0] != '#') {
            status = read_row(&r, line);
        } else if (sr_str_starts(line, "# newpar") || sr_str_starts(line, "# newdoc")) {
            if (r.text.n) {
                SR_PUSH(a, &r.text, '\n');
                SR_PUSH(a, &r.text, '\n');
            }
            r.space_due = false;
            r.newpar = r.any_newpar = true;
        } else if (sr_str_is(line, "# heading")) {
            r.heading = true;
        }
    }
    if (status == SR_OK) status = check_heads(&r);
    if (status != SR_OK) return status;
    end_sentence(&r);
    memset(doc, 0, sizeof *doc);
    SR_PUSH(a, &r.text, '\0');
    doc->text = sr_str_of(r.text.v, r.text.n - 1);
    doc->language = SR_LIT("en");
    doc->date = SR_DAY_NONE;
    doc->blocks = r.blocks.v;
    doc->n_blocks = r.blocks.n;
    parse->s = r.sents.v;
    parse->n = r.sents.n;
    parse->n_words = 0;
    for (uint32_t i = 0; i < parse->n; i++) parse->n_words += parse->s[i].n;
    return SR_OK;
}

/* statement.c - who says what: cues of the codebook, their sources and contents, quotations.
 *
 * A cue is a word whose codebook pattern is a `cue`, or an event that is a statement as well
 * ("accused ... of"). Its source is looked for in the slots of the entry; its content is the clause
 * or phrase of the entry's slots, or the clauses that a fronted or split quotation hangs beside it.
 * An utterance that the cue interrupts has several content spans.
 */
#include "code/coder.h"

void sr_find_quotes(sr_ctx *c) {
    uint32_t number = 0, open = 0, block = UINT32_MAX;
    c->quote = SR_NEW_N(c->a, uint32_t *, c->parse->n);
    for (uint32_t si = 0; si < c->parse->n; si++) {
        const sr_sent *s = &c->parse->s[si];
        c->quote[si] = SR_NEW_N(c->a, uint32_t, s->n);
        if (s->block != block) open = 0; /* a quotation left open ends with its paragraph */
        block = s->block;
        for (int i = 0; i < s->n; i++) {
            sr_str f = s->w[i].form;
            bool opening = sr_str_is(f, "\xe2\x80\x9c") || sr_str_is(f, "\xc2\xab") || sr_str_is(f, "``");
            bool closing = sr_str_is(f, "\xe2\x80\x9d") || sr_str_is(f, "\xc2\xbb") || sr_str_is(f, "''");
            if (sr_str_is(f, "\"")) opening = !open, closing = !opening;
            if (opening) open = ++number;
            else if (closing) open = 0;
            else c->quote[si][i] = open;
        }
    }
}

sr_span sr_subtree_span(const sr_sent *s, int i) {
    int a = s->w[i].subtree_first, b = s->w[i].subtree_last;
    while (b > a && s->w[b].upos == SR_PUNCT && s->w[b].xpos != SR_X_RRB) b--;
    while (a < b && s->w[a].upos == SR_PUNCT && s->w[a].xpos != SR_X_LRB) a++;
    return (sr_span){s->w[a].start, s->w[b].end};
}

/* Words a .. b as a span, punctuation at the ends left out; empty when nothing remains. */
static sr_span words_span(const sr_sent *s, int a, int b) {
    while (b >= a && s->w[b].upos == SR_PUNCT) b--;
    while (a <= b && s->w[a].upos == SR_PUNCT) a++;
    return a > b ? (sr_span){0, 0} : (sr_span){s->w[a].start, s->w[b].end};
}

/* The words of a subtree without those of one of its parts ("X, he said, Y"). */
static void push_content(sr_ctx *c, const sr_sent *s, int top, int cue, sr_statement *st) {
    int a = s->w[top].subtree_first, b = s->w[top].subtree_last;
    sr_span span;
    if (sr_below(s, cue, top) && cue != top) {
        span = words_span(s, a, s->w[cue].subtree_first - 1);
        if (span.end) SR_PUSH(c->a, &st->content, span);
        a = s->w[cue].subtree_last + 1;
    }
    span = words_span(s, a, b);
    if (span.end) SR_PUSH(c->a, &st->content, span);
}

static const sr_entity *first_entity(sr_ctx *c, uint32_t si, int i, const sr_rule *r, const sr_slotref *slots) {
    for (int q = 0; q < SR_SLOTS_MAX && slots[q].slot; q++) {
        sr_fill f = {.n = 0};
        sr_slot_fill(c, si, i, r, slots[q], &f);
        for (int n = 0; n < f.n; n++) {
            const sr_entity *e = sr_entity_at(c->m, si, f.w[n]);
            if (e) return e;
        }
    }
    return NULL;
}

/* Clauses that an utterance can be when it is no ordinary complement: the clause that a
 * parenthetical cue hangs on, or a parataxis below the cue. */
static int utterance(const sr_sent *s, int i) {
    const sr_word *w = &s->w[i];
    if ((w->rel == SR_R_PARATAXIS || w->rel == SR_R_ADVCL || w->rel == SR_R_DISCOURSE) && w->head >= 0 &&
        (w->rel == SR_R_PARATAXIS || sr_marked(s, i, "as")))
        return w->head;
    int found = -1;
    SR_EACH_CHILD(s, k, i)
        if (s->w[k].rel == SR_R_PARATAXIS || (s->w[k].rel == SR_R_DEP && sr_is_verb(s, k)) || s->w[k].rel == SR_R_CCOMP) {
            found = k;
            break;
        }
    return found;
}

/* A quoted stretch of the sentence outside the cue's own words: the last resort, for quotations
 * that the parser hung elsewhere. Returns the first and last word in *a, *b. */
static bool quoted(const sr_ctx *c, uint32_t si, int cue, int *a, int *b) {
    const sr_sent *s = &c->parse->s[si];
    *a = *b = -1;
    for (int i = 0; i < s->n; i++)
        if (c->quote[si][i] && c->quote[si][i] != c->quote[si][cue]) {
            if (*a < 0) *a = i;
            *b = i;
        }
    return *a >= 0 && *b > *a;
}

/* "However, she added, the road is open": a finite cue with a subject, set off by commas, whose
 * sentence the parser hung elsewhere. What is said is the sentence without the cue's own words. */
static void around(sr_ctx *c, uint32_t si, int i, sr_statement *st) {
    const sr_sent *s = &c->parse->s[si];
    uint8_t x = s->w[i].xpos;
    int sub = sr_child(s, i, SR_R_NSUBJ);
    if ((x != SR_X_VBD && x != SR_X_VBZ && x != SR_X_VBP) || sub < 0 || sr_child(s, i, SR_R_OBJ) >= 0) return;
    int a = s->w[sub].subtree_first < i ? s->w[sub].subtree_first : i;
    int b = s->w[sub].subtree_last > i ? s->w[sub].subtree_last : i;
    bool open = a == 0 || s->w[a - 1].upos == SR_PUNCT, close = b + 1 >= s->n || s->w[b + 1].upos == SR_PUNCT;
    if (!open || !close || s->n - (b - a + 1) < 5) return;
    sr_span before = words_span(s, 0, a - 1), after = words_span(s, b + 1, s->n - 1);
    if (before.end) SR_PUSH(c->a, &st->content, before);
    if (after.end) SR_PUSH(c->a, &st->content, after);
}

static bool has_content(const sr_statement *st) { return st->content.n > 0; }

static bool inside(const sr_statement *st, uint32_t at) {
    for (uint32_t n = 0; n < st->content.n; n++)
        if (at >= st->content.v[n].start && at < st->content.v[n].end) return true;
    return false;
}

static void statement_at(sr_ctx *c, uint32_t si, int i, const sr_rule *r) {
    const sr_sent *s = &c->parse->s[si];
    sr_statement st = {.sent = si, .word = (int16_t)i, .rule = r->id};
    st.cue = sr_word_span(s, i);
    for (int k = i + 1; k < s->n && s->w[k].head == i && s->w[k].rel == SR_R_FIXED; k++) st.cue.end = s->w[k].end;
    st.kind = r->speech.n ? r->speech : SR_LIT("speech");
    bool cue = r->kind == SR_RULE_CUE;
    st.source = first_entity(c, si, i, r, r->actor);
    /* "...," read the statement: turned round, and the speaker taken for what is read */
    int said = sr_child(s, i, SR_R_CCOMP), after = sr_child(s, i, SR_R_OBJ);
    if (cue && !st.source && sr_is_verb(s, i) && said >= 0 && said < i && after > i) st.source = sr_entity_at(c->m, si, after);
    /* "..., adding that": a participle goes on with whoever spoke before it */
    if (cue && s->w[i].xpos == SR_X_VBG && sr_child(s, i, SR_R_NSUBJ) < 0 && c->out->statements.n) {
        const sr_statement *before = &c->out->statements.v[c->out->statements.n - 1];
        if (before->sent == si && before->source && before->word < i)
            st.source = before->source;
    }
    if (cue) {
        const sr_entity *to = first_entity(c, si, i, r, r->recipient);
        if (to && to->media) st.via = to;
    }
    int top = sr_content_of(c, si, i, r);
    if (top >= 0 && top != i) {
        /* the phrase of a prepositional cue is no part of what is said */
        push_content(c, s, top, s->w[i].rel == SR_R_CASE && s->w[i].head >= 0 ? s->w[i].head : i, &st);
    }
    int other = utterance(s, i), a, b;
    if (!has_content(&st) && other >= 0) top = other, push_content(c, s, other, i, &st);
    if (!has_content(&st) && cue && quoted(c, si, i, &a, &b)) {
        sr_span span = words_span(s, a, b);
        if (span.end) SR_PUSH(c->a, &st.content, span);
        top = a;
    }
    if (!has_content(&st) && cue) around(c, si, i, &st);
    if (!has_content(&st)) return;
    bool passive = sr_is_verb(s, i) && sr_passive(s, i);
    if (!st.source && !cue) return; /* an accusation by nobody is an event alone */
    if (!st.source && cue && !passive && s->w[i].upos == SR_VERB) return; /* "saying" of nobody */
    if (st.source && st.source->head >= 0 && st.source->sent == si && inside(&st, st.source->start) &&
        !st.source->pronoun && top >= 0 && sr_below(s, st.source->head, top) && !sr_below(s, i, top))
        st.source = NULL; /* taken from inside what is said */
    for (uint32_t n = 0; n < st.content.n; n++)
        for (int k = 0; k < s->n; k++)
            if (s->w[k].start >= st.content.v[n].start && s->w[k].end <= st.content.v[n].end && c->quote[si][k]) {
                st.direct = true;
                break;
            }
    int what = top >= 0 && top != i && sr_is_verb(s, top) ? top : -1;
    if (what >= 0) {
        sr_modality m = sr_modality_of(c, si, what);
        st.fact = m.fact;
        st.aux = m.aux;
    } else {
        st.fact = r->effect;
    }
    SR_PUSH(c->a, &c->out->statements, st);
}

void sr_code_statements(sr_ctx *c) {
    for (uint32_t si = 0; si < c->parse->n; si++)
        for (int i = 0; i < c->parse->s[si].n; i++) {
            const sr_trigger *t = sr_trigger_at(c, si, i);
            if (t->best[SR_RULE_CUE]) {
                statement_at(c, si, i, sr_rule_at(c, t->best[SR_RULE_CUE]->rule));
            } else if (t->best[SR_RULE_EVENT]) {
                const sr_rule *r = sr_rule_at(c, t->best[SR_RULE_EVENT]->rule);
                if (r->statement) statement_at(c, si, i, r);
            }
        }
    for (uint32_t n = 0; n < c->out->statements.n; n++) {
        char *id = c->out->statements.v[n].id;
        sr_str text = sr_arena_printf(c->a, "s%u", n + 1);
        memcpy(id, text.p, text.n < 11 ? text.n : 11);
    }
}

static uint32_t content_size(const sr_statement *st) {
    uint32_t size = 0;
    for (uint32_t n = 0; n < st->content.n; n++) size += st->content.v[n].end - st->content.v[n].start;
    return size;
}

static bool verbal(uint8_t type) {
    int quad = sr_type_quad(type);
    return quad == 1 || quad == 3;
}

/* Index of the first statement of sentence si or a later one; they are in the order of the text. */
static uint32_t statements_from(const sr_ctx *c, uint32_t si) {
    uint32_t lo = 0, hi = c->out->statements.n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (c->out->statements.v[mid].sent < si) lo = mid + 1;
        else hi = mid;
    }
    return lo;
}

/* The statement of which the sentence's running quotation is a continuation: the last one before
 * it in the same quotation. */
static const sr_statement *quotation_source(const sr_ctx *c, uint32_t si, int i) {
    uint32_t number = c->quote[si][i];
    if (!number) return NULL;
    for (uint32_t n = statements_from(c, si + 13); n > 0; n--) {
        const sr_statement *st = &c->out->statements.v[n - 1];
        if (st->sent + 12 < si) break;
        if (!st->direct) continue;
        const sr_sent *s = &c->parse->s[st->sent];
        for (int k = 0; k < s->n; k++)
            if (c->quote[st->sent][k] == number && inside(st, s->w[k].start)) return st;
    }
    return NULL;
}

void sr_attribute_events(sr_ctx *c) {
    for (uint32_t e = 0; e < c->out->events.n; e++) {
        sr_event *ev = &c->out->events.v[e];
        const sr_statement *found[8];
        int n_found = 0;
        for (uint32_t n = statements_from(c, ev->sent); n < c->out->statements.n; n++) {
            sr_statement *st = &c->out->statements.v[n];
            if (st->sent != ev->sent) break;
            if (!inside(st, ev->trigger.start)) continue;
            if (st->word == ev->word) continue;
            SR_PUSH(c->a, &st->event, e);
            if (n_found < 8) found[n_found++] = st;
        }
        if (!n_found) {
            const sr_statement *st = quotation_source(c, ev->sent, ev->word);
            if (st && !(st->sent == ev->sent && st->word == ev->word)) found[n_found++] = st;
        }
        for (int a = 1; a < n_found; a++) /* innermost first: by size of content */
            for (int b = a; b > 0 && content_size(found[b]) < content_size(found[b - 1]); b--) {
                const sr_statement *t = found[b];
                found[b] = found[b - 1], found[b - 1] = t;
            }
        for (int n = 0; n < n_found; n++) {
            const sr_statement *st = found[n];
            bool own = false; /* a speaker's own demand is his act, not his report */
            if (verbal(ev->type) && st->source)
                for (uint32_t q = 0; q < ev->actor.n; q++) own |= sr_entity_same(ev->actor.v[q], st->source);
            if (own) continue;
            sr_attribution at = {.source = st->source, .cue = st->cue, .kind = st->kind, .via = st->via};
            SR_PUSH(c->a, &ev->attribution, at);
        }
    }
}

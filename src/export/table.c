/* table.c - the record as a page for people: a situation at a glance, each entry with the words
 * that it was read from.
 *
 *   title, date, outlet
 *   ── Talks ──        a board: issues down, parties across, the latest stance of each
 *   ── Incidents ──    violence, and whatever cost people: where, who, how many
 *   ── Events ──       all else, by kind, actor to recipient
 *   ── Who says what ──
 *
 * Everything is set by page.c. Factuality and auxiliary modes are put in words; dates, codes and
 * names are the record's. Nothing is left out except the dates that only the publication stands
 * for.
 */
#include <stdlib.h>

#include "base/date.h"
#include "export/page.h"

#define BODY 2u   /* indent of entries */
#define QUOTE 4u  /* of their sentences */
#define PARTIES_MAX 6u

typedef struct table {
    sr_page page;
    const sr_doc_record *r;
} table;

/* ---- words for codes ------------------------------------------------------------------------- */

static const char *const kinds[SR_TYPE_N] = {
    [SR_T_AGREE] = "Agreements", [SR_T_CONSULT] = "Meetings and talks", [SR_T_SUPPORT] = "Support",
    [SR_T_CONCEDE] = "Concessions", [SR_T_COOPERATE] = "Cooperation", [SR_T_AID] = "Aid",
    [SR_T_RETREAT] = "Withdrawals and releases", [SR_T_REQUEST] = "Demands and requests",
    [SR_T_ACCUSE] = "Accusations", [SR_T_REJECT] = "Refusals", [SR_T_THREATEN] = "Threats",
    [SR_T_PROTEST] = "Protests", [SR_T_SANCTION] = "Sanctions", [SR_T_MOBILIZE] = "Mobilization",
    [SR_T_COERCE] = "Coercion", [SR_T_ASSAULT] = "Violence", [SR_T_STATEMENT] = "Statements",
    [SR_T_APPEAL] = "Appeals"};

/* The order in which kinds are shown: positions first, then what follows from them. */
static const uint8_t order[] = {SR_T_REQUEST, SR_T_REJECT, SR_T_CONCEDE, SR_T_AGREE, SR_T_CONSULT,
                                SR_T_SUPPORT, SR_T_ACCUSE, SR_T_THREATEN, SR_T_SANCTION, SR_T_PROTEST,
                                SR_T_MOBILIZE, SR_T_COERCE, SR_T_RETREAT, SR_T_COOPERATE, SR_T_AID,
                                SR_T_APPEAL, SR_T_STATEMENT};

static const char *const singular[SR_TYPE_N] = {
    [SR_T_PROTEST] = "protest", [SR_T_COERCE] = "coercion", [SR_T_ASSAULT] = "violence",
    [SR_T_MOBILIZE] = "mobilization", [SR_T_SANCTION] = "sanction", [SR_T_RETREAT] = "retreat"};

/* What the text presents as less than a fact; NULL for a plain fact. */
static const char *in_words(uint8_t fact, uint8_t aux) {
    switch (fact) {
    case SR_PR_POS: return "probable";
    case SR_PS_POS: return "possible";
    case SR_CT_NEG: return "did not happen";
    case SR_PR_NEG: return "probably not";
    case SR_PS_NEG: return "possibly not";
    case SR_UU: return aux & SR_AUX_FUTURE ? "planned or demanded" : "unconfirmed";
    default: return NULL;
    }
}

static sr_style style_of(sr_str word) {
    static const struct { const char *word; sr_style style; } styles[] = {
        {"refuses", SR_RED}, {"blocked", SR_RED}, {"failed", SR_RED}, {"deadlocked", SR_RED},
        {"suspended", SR_RED}, {"demands", SR_YELLOW}, {"conditions", SR_YELLOW}, {"open", SR_YELLOW},
        {"scheduled", SR_YELLOW}, {"proposed", SR_YELLOW}, {"offers", SR_CYAN}, {"conceded", SR_CYAN},
        {"ongoing", SR_CYAN}, {"accepts", SR_GREEN}, {"agreed", SR_GREEN}, {"implemented", SR_GREEN},
        {"partial_agreement", SR_GREEN}};
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (sr_str_is(word, styles[i].word)) return styles[i].style;
    return SR_PLAIN;
}

/* "security-guarantees" and "partial_agreement" as words; "cross-border" is one word. */
static void put_words(table *t, sr_style style, sr_str s) {
    char text[96];
    uint32_t n = s.n < sizeof text ? s.n : (uint32_t)sizeof text;
    for (uint32_t i = 0; i < n; i++) {
        bool kept = i >= 5 && memcmp(s.p + i - 5, "cross", 5) == 0;
        text[i] = (s.p[i] == '-' && !kept) || s.p[i] == '_' ? ' ' : s.p[i];
    }
    sr_page_text(&t->page, style, (sr_str){text, n});
}

/* ---- pieces ---------------------------------------------------------------------------------- */

/* Text right after what stands there, without a blank. */
static void glue(table *t, sr_style style, const char *z) {
    sr_page_join(&t->page);
    sr_page_z(&t->page, style, z);
}

/* Sets what follows apart; nothing at the beginning of a line. */
static void separator(table *t, bool *any) {
    if (*any) sr_page_z(&t->page, SR_DIM, sr_page_sign(&t->page, " ·", " |"));
    if (*any) t->page.gap = true;
    *any = true;
}

static void space(table *t) { t->page.gap = true; }

static sr_str without_article(sr_str s) {
    static const char *const articles[] = {"the ", "The ", "a ", "A ", "an ", "An "};
    for (size_t i = 0; i < sizeof articles / sizeof *articles; i++)
        if (sr_str_starts(s, articles[i])) {
            uint32_t n = (uint32_t)strlen(articles[i]);
            return (sr_str){s.p + n, s.n - n};
        }
    return s;
}

static void put_code(table *t, const sr_entity *e) {
    if (!e->code[0] && !e->sector[0]) return;
    char text[16];
    size_t n = 0;
    text[n++] = '[';
    for (const char *c = e->code; *c; c++) text[n++] = *c;
    if (e->code[0] && e->sector[0]) text[n++] = ' ';
    for (const char *c = e->sector; *c; c++) text[n++] = *c;
    text[n++] = ']';
    space(t);
    sr_page_text(&t->page, SR_DIM, (sr_str){text, (uint32_t)n});
}

static void put_entity(table *t, sr_style style, const sr_entity *e) {
    sr_page_text(&t->page, style, without_article(sr_entity_named(e)->text));
    if (!e->n_member) put_code(t, e);
}

static void put_entities(table *t, sr_style style, const sr_entity_list *list, const char *between) {
    for (uint32_t i = 0; i < list->n; i++) {
        if (i && *between == ',') glue(t, SR_DIM, ",");
        else if (i) space(t), sr_page_z(&t->page, SR_DIM, between);
        space(t);
        put_entity(t, style, list->v[i]);
    }
}

static void put_day(table *t, sr_style style, int32_t day) {
    char text[16];
    sr_day_print(text, day);
    sr_page_z(&t->page, style, text);
}

static void put_place(table *t, sr_style style, const sr_location *l) {
    sr_page_text(&t->page, style, without_article(l->text));
    if (!l->resolved || !l->place.country.n || l->resolution <= 1) return;
    if (sr_str_eq(l->text, l->place.country)) return;
    glue(t, style, ",");
    space(t);
    sr_page_text(&t->page, style, l->place.country);
}

static void put_attributions(table *t, const sr_attribution_list *list) {
    bool any = true;
    for (uint32_t i = 0; i < list->n; i++) {
        const sr_attribution *a = &list->v[i];
        if (!i) separator(t, &any);
        space(t);
        sr_page_z(&t->page, SR_DIM, i ? "via" : "according to");
        space(t);
        if (a->source) put_entity(t, SR_PLAIN, a->source);
        else sr_page_z(&t->page, SR_DIM, "unnamed sources");
        if (!a->via) continue;
        space(t);
        sr_page_z(&t->page, SR_DIM, "in");
        space(t);
        sr_page_text(&t->page, SR_PLAIN, a->via->text);
    }
}

/* The article's own words in quotation marks: single ones around words that have double ones. */
static void put_quote(table *t, sr_str words, const sr_span *marks, uint32_t n) {
    bool doubled = false;
    for (uint32_t i = 0; i < words.n && !doubled; i++)
        doubled = words.p[i] == '"' || (words.n - i >= 3 && (memcmp(words.p + i, "“", 3) == 0 ||
                                                           memcmp(words.p + i, "”", 3) == 0));
    sr_page *p = &t->page;
    sr_page_z(p, SR_DIM, doubled ? sr_page_sign(p, "‘", "'") : sr_page_sign(p, "“", "\""));
    sr_page_join(p);
    sr_page_marked(p, SR_PLAIN, words, marks, n);
    glue(t, SR_DIM, doubled ? sr_page_sign(p, "’", "'") : sr_page_sign(p, "”", "\""));
}

/* A sentence with the triggers underlined; `marks` are bytes of the text. */
static void put_sentence(table *t, uint32_t sent, sr_span *marks, uint32_t n) {
    const sr_sent *s = &t->r->parse->s[sent];
    for (uint32_t i = 0; i < n; i++) {
        marks[i].start = marks[i].start > s->start ? marks[i].start - s->start : 0;
        marks[i].end = marks[i].end > s->start ? marks[i].end - s->start : 0;
    }
    sr_page_line(&t->page, QUOTE, QUOTE + 1);
    put_quote(t, sr_str_of(t->r->doc->text.p + s->start, s->end - s->start), marks, n);
    sr_page_end(&t->page);
}

/* ---- head ------------------------------------------------------------------------------------ */

static void put_count(table *t, bool *any, uint32_t n, const char *one, const char *many) {
    char text[64];
    sr_buf b = {NULL, 0, 0, false};
    if (!n) return;
    separator(t, any);
    sr_put_int(&b, n);
    if (b.p && b.n < 32) {
        memcpy(text, b.p, b.n + 1);
        sr_page_z(&t->page, SR_DIM, text);
        space(t);
        sr_page_z(&t->page, SR_DIM, n == 1 ? one : many);
    }
    sr_buf_release(&b);
}

static void head(table *t) {
    const sr_doc *d = t->r->doc;
    sr_str title = d->title;
    /* A text that starts with a headline has a title, if not by that name. */
    if (!title.n && d->n_blocks > 1 && d->blocks[0].kind == SR_BLOCK_HEADING)
        title = (sr_str){d->text.p + d->blocks[0].start, d->blocks[0].end - d->blocks[0].start};
    if (title.n) {
        sr_page_line(&t->page, 0, 0);
        sr_page_text(&t->page, SR_BOLD, title);
        sr_page_end(&t->page);
    }
    bool any = false;
    sr_page_line(&t->page, 0, 0);
    if (d->date != SR_DAY_NONE) {
        separator(t, &any);
        put_day(t, SR_PLAIN, d->date);
    }
    if (d->publication.n) {
        separator(t, &any);
        sr_page_text(&t->page, SR_PLAIN, d->publication);
    }
    if (d->dateline_place.n) {
        separator(t, &any);
        sr_page_text(&t->page, SR_PLAIN, d->dateline_place);
    }
    if (!title.n && !any) {
        separator(t, &any);
        sr_page_z(&t->page, SR_DIM, "document");
        space(t);
        sr_page_text(&t->page, SR_DIM, d->id);
    }
    if (t->r->parse) put_count(t, &any, t->r->parse->n, "sentence", "sentences");
    put_count(t, &any, t->r->events.n, "event", "events");
    put_count(t, &any, t->r->statements.n, "statement", "statements");
    sr_page_end(&t->page);
    if (d->url.n) {
        sr_page_line(&t->page, 0, 0);
        sr_page_text(&t->page, SR_DIM, d->url);
        sr_page_end(&t->page);
    }
}

/* ---- talks ----------------------------------------------------------------------------------- */

static bool same_party(const sr_entity *a, const sr_entity *b) {
    if (a == b) return true;
    if (a->code[0] || b->code[0]) return strcmp(a->code, b->code) == 0;
    return sr_str_eq(sr_entity_named(a)->text, sr_entity_named(b)->text);
}

static sr_str party_name(const sr_entity *e) {
    if (e->identifier_text.n) return e->identifier_text;
    return without_article(sr_entity_named(e)->text);
}

/* The last one that the text gives. */
static sr_str stance(const sr_talk_issue *ti, const sr_entity *party) {
    sr_str last = SR_STR_NONE;
    for (uint32_t i = 0; i < ti->position.n; i++)
        if (ti->position.v[i].party && same_party(ti->position.v[i].party, party))
            last = ti->position.v[i].stance;
    return last;
}

static unsigned max(unsigned a, unsigned b) { return a > b ? a : b; }

/* A board of at most PARTIES_MAX parties. */
typedef struct board {
    const sr_talks *talks;
    uint32_t n;
    bool codes;                      /* names are too long */
    unsigned issue, party[PARTIES_MAX], state;
} board;

static sr_str column_head(const board *b, uint32_t i) {
    const sr_entity *e = b->talks->party.v[i];
    return b->codes && e->code[0] ? sr_str_z(e->code) : party_name(e);
}

static unsigned measure(board *b) {
    const sr_talks *talks = b->talks;
    b->issue = 5;
    b->state = 5;
    for (uint32_t i = 0; i < talks->issue.n; i++) {
        b->issue = max(b->issue, sr_text_width(talks->issue.v[i].issue));
        b->state = max(b->state, sr_text_width(talks->issue.v[i].state));
    }
    unsigned width = BODY + b->issue + b->state + 7;
    for (uint32_t k = 0; k < b->n; k++) {
        b->party[k] = sr_text_width(column_head(b, k));
        for (uint32_t i = 0; i < talks->issue.n; i++)
            b->party[k] = max(b->party[k], sr_text_width(stance(&talks->issue.v[i], talks->party.v[k])));
        width += b->party[k] + 3;
    }
    return width;
}

static void grid_rule(table *t, const board *b, const char *left, const char *cross, const char *right) {
    sr_page *p = &t->page;
    sr_page_line(p, BODY, BODY);
    sr_buf line = {NULL, 0, 0, false};
    sr_buf_z(&line, sr_page_sign(p, left, "+"));
    for (uint32_t k = 0; k < b->n + 2; k++) {
        unsigned w = k == 0 ? b->issue : k <= b->n ? b->party[k - 1] : b->state;
        if (k) sr_buf_z(&line, sr_page_sign(p, cross, "+"));
        for (unsigned i = 0; i < w + 2; i++) sr_buf_z(&line, sr_page_sign(p, "─", "-"));
    }
    sr_buf_z(&line, sr_page_sign(p, right, "+"));
    if (line.failed) p->out->failed = true;
    sr_page_text(p, SR_DIM, sr_str_of(line.p, line.n));
    sr_buf_release(&line);
    sr_page_end(p);
}

/* A cell, its left border before it. */
static void grid_cell(table *t, sr_style style, sr_str text, unsigned width) {
    sr_page *p = &t->page;
    sr_page_join(p);
    sr_page_z(p, SR_DIM, sr_page_sign(p, "│", "|"));
    unsigned at = p->column + 1;
    sr_page_tab(p, at);
    put_words(t, style, text);
    sr_page_tab(p, at + width + 1);
}

static void grid(table *t, const board *b) {
    const char *bar = sr_page_sign(&t->page, "│", "|");
    grid_rule(t, b, "┌", "┬", "┐");
    for (uint32_t i = 0; i <= b->talks->issue.n; i++) {
        const sr_talk_issue *ti = i ? &b->talks->issue.v[i - 1] : NULL;
        sr_page_line(&t->page, BODY, BODY);
        grid_cell(t, ti ? SR_PLAIN : SR_BOLD, ti ? ti->issue : SR_LIT("issue"), b->issue);
        for (uint32_t k = 0; k < b->n; k++) {
            sr_str s = ti ? stance(ti, b->talks->party.v[k]) : column_head(b, k);
            if (ti) grid_cell(t, style_of(s), s, b->party[k]);
            else {
                /* A name keeps its hyphens. */
                sr_page_z(&t->page, SR_DIM, bar);
                sr_page_tab(&t->page, t->page.column + 1);
                unsigned at = t->page.column;
                sr_page_text(&t->page, SR_BOLD, s);
                sr_page_tab(&t->page, at + b->party[k] + 1);
            }
        }
        grid_cell(t, ti ? style_of(ti->state) : SR_BOLD, ti ? ti->state : SR_LIT("state"), b->state);
        sr_page_z(&t->page, SR_DIM, bar);
        sr_page_end(&t->page);
        if (!i) grid_rule(t, b, "├", "┼", "┤");
    }
    grid_rule(t, b, "└", "┴", "┘");
}

/* Where a board does not fit: a line an issue. */
static void issue_list(table *t, const sr_talks *talks) {
    for (uint32_t i = 0; i < talks->issue.n; i++) {
        const sr_talk_issue *ti = &talks->issue.v[i];
        sr_page_line(&t->page, BODY, QUOTE);
        put_words(t, SR_BOLD, ti->issue);
        if (ti->state.n) {
            glue(t, SR_PLAIN, ",");
            space(t);
            put_words(t, style_of(ti->state), ti->state);
        }
        for (uint32_t k = 0; k < talks->party.n; k++) {
            sr_str s = stance(ti, talks->party.v[k]);
            if (!s.n) continue;
            glue(t, SR_PLAIN, ";");
            space(t);
            sr_page_text(&t->page, SR_PLAIN, party_name(talks->party.v[k]));
            space(t);
            put_words(t, style_of(s), s);
        }
        sr_page_end(&t->page);
    }
}

static void outcomes(table *t, const sr_talks *talks) {
    for (uint32_t i = 0; i < talks->outcome.n; i++) {
        const sr_outcome *o = &talks->outcome.v[i];
        sr_page_line(&t->page, BODY, QUOTE);
        put_words(t, SR_PLAIN, o->kind);
        glue(t, SR_PLAIN, ":");
        space(t);
        sr_page_z(&t->page, o->reached ? SR_GREEN : SR_RED, o->reached ? "reached" : "not reached");
        sr_page_end(&t->page);
    }
}

static void negotiation(table *t, const sr_talks *talks) {
    sr_page *p = &t->page;
    sr_page_line(p, BODY, BODY);
    for (uint32_t i = 0; i < talks->party.n; i++) {
        if (i) space(t), sr_page_z(p, SR_DIM, sr_page_sign(p, "–", "-"));
        space(t);
        sr_page_text(p, SR_BOLD, party_name(talks->party.v[i]));
    }
    glue(t, SR_PLAIN, ":");
    space(t);
    put_words(t, style_of(talks->status), talks->status);
    const char *fact = in_words(talks->fact, 0);
    if (fact) {
        space(t);
        sr_page_z(p, SR_DIM, "(");
        glue(t, SR_DIM, fact);
        glue(t, SR_DIM, ")");
    }
    bool any = true;
    if (talks->venue) {
        separator(t, &any);
        put_place(t, SR_PLAIN, talks->venue);
    }
    if (talks->date != SR_DAY_NONE) {
        separator(t, &any);
        put_day(t, SR_PLAIN, talks->date);
    }
    if (talks->round.n) {
        separator(t, &any);
        sr_page_z(p, SR_PLAIN, "round");
        space(t);
        sr_page_text(p, SR_PLAIN, talks->round);
    }
    if (talks->mediator.n) {
        separator(t, &any);
        sr_page_z(p, SR_DIM, "mediated by");
        for (uint32_t i = 0; i < talks->mediator.n; i++) {
            if (i) glue(t, SR_PLAIN, ",");
            space(t);
            sr_page_text(p, SR_PLAIN, party_name(talks->mediator.v[i]));
        }
    }
    put_attributions(t, &talks->attribution);
    sr_page_end(p);

    board b = {.talks = talks, .n = talks->party.n};
    if (talks->issue.n) {
        bool fits = b.n <= PARTIES_MAX && measure(&b) <= p->width;
        if (!fits && b.n <= PARTIES_MAX) {
            b.codes = true;
            fits = measure(&b) <= p->width;
        }
        if (fits) grid(t, &b);
        else issue_list(t, talks);
    }
    outcomes(t, talks);
    /* The sentences that speak of the talks themselves; those of positions come with the events. */
    uint32_t last = UINT32_MAX, shown = 0;
    for (uint32_t i = 0; i < talks->event.n && shown < 2; i++) {
        if (talks->event.v[i] >= t->r->events.n) continue;
        const sr_event *e = &t->r->events.v[talks->event.v[i]];
        if (e->type != SR_T_CONSULT && e->type != SR_T_AGREE) continue;
        if (e->sent == last) continue;
        sr_span mark = e->trigger;
        put_sentence(t, e->sent, &mark, 1);
        last = e->sent;
        shown++;
    }
}

/* ---- events ---------------------------------------------------------------------------------- */

static bool is_incident(const sr_event *e) { return e->type == SR_T_ASSAULT || e->toll.n; }

/* The number as the text gives it. */
static void put_figure(table *t, const sr_toll *toll) {
    static const struct { const char *qualifier, *words; } before[] = {
        {"at_least", "at least"}, {"more_than", "more than"}, {"up_to", "up to"}, {"less_than", "less than"},
        {"about", "about"}, {"nearly", "nearly"}};
    static const char *const vague[] = {"dozens", "scores", "tens", "hundreds", "thousands", "millions", "billions"};
    for (size_t i = 0; i < sizeof vague / sizeof *vague; i++)
        if (sr_str_is(toll->qualifier, vague[i])) {
            sr_page_z(&t->page, SR_BOLD, vague[i]);
            return;
        }
    for (size_t i = 0; i < sizeof before / sizeof *before; i++)
        if (sr_str_is(toll->qualifier, before[i].qualifier)) {
            sr_page_z(&t->page, SR_BOLD, before[i].words);
            space(t);
        }
    int64_t figures[2] = {toll->best >= 0 ? toll->best : toll->low, -1};
    if (sr_str_is(toll->qualifier, "range") && toll->high >= 0) {
        figures[0] = toll->low;
        figures[1] = toll->high;
    }
    if (figures[0] < 0) figures[0] = toll->high;
    sr_buf b = {NULL, 0, 0, false};
    for (int k = 0; k < 2; k++) {
        if (figures[k] < 0) continue;
        sr_buf digits = {NULL, 0, 0, false};
        sr_put_int(&digits, figures[k]);
        if (k) sr_buf_z(&b, sr_page_sign(&t->page, "–", "-"));
        for (size_t i = 0; i < digits.n; i++) {
            if (i && (digits.n - i) % 3 == 0) sr_buf_char(&b, ',');
            sr_buf_char(&b, digits.p[i]);
        }
        sr_buf_release(&digits);
    }
    sr_page_text(&t->page, SR_BOLD, sr_str_of(b.p, b.n));
    sr_buf_release(&b);
}

/* The victims, without the number that stands before them already ("at least five", "dozens of"). */
static sr_str victim_words(const table *t, const sr_entity *e) {
    static const char *const vague[] = {"dozen", "score", "ten", "hundred", "thousand", "million", "billion"};
    const sr_sent *s = &t->r->parse->s[e->sent];
    int first = e->first;
    for (int i = e->first; i <= e->last && i < e->head && i >= 0 && i < s->n; i++) {
        bool number = s->w[i].upos == SR_NUM || (i == first && sr_str_is(s->w[i].lemma, "of"));
        for (size_t k = 0; k < sizeof vague / sizeof *vague; k++)
            if (sr_str_is(s->w[i].lemma, vague[k])) number = true;
        if (number) first = i + 1;
    }
    if (first == e->first || first < 0 || first >= s->n) return without_article(e->text);
    return sr_str_of(t->r->doc->text.p + s->w[first].start, e->end - s->w[first].start);
}

static void tolls(table *t, const sr_event *e) {
    for (uint32_t i = 0; i < e->toll.n; i++) {
        const sr_toll *toll = &e->toll.v[i];
        sr_page_line(&t->page, BODY, QUOTE);
        sr_page_text(&t->page, sr_str_is(toll->effect, "killed") ? SR_RED : SR_YELLOW, toll->effect);
        sr_page_tab(&t->page, BODY + 11);
        put_figure(t, toll);
        for (uint32_t k = 0; k < toll->victim.n; k++) {
            if (k) glue(t, SR_PLAIN, ",");
            space(t);
            sr_page_text(&t->page, SR_PLAIN, victim_words(t, toll->victim.v[k]));
            put_code(t, toll->victim.v[k]);
        }
        sr_page_end(&t->page);
    }
}

/* What qualifies an event: kind (of incidents, whose heading does not say it), mode, means, issues,
 * and how far it is a fact. */
static void qualities(table *t, const sr_event *e, bool kind, bool *any) {
    if (kind && singular[e->type]) {
        separator(t, any);
        sr_page_z(&t->page, SR_PLAIN, singular[e->type]);
    }
    for (sr_str rest = e->mode; rest.p && rest.n;) {
        sr_str mode = sr_str_cut(&rest, ' ');
        if (!mode.n) continue;
        separator(t, any);
        put_words(t, SR_PLAIN, mode);
    }
    for (uint32_t i = 0; i < e->instrument.n; i++) {
        separator(t, any);
        sr_span s = e->instrument.v[i];
        sr_page_text(&t->page, SR_PLAIN, sr_str_of(t->r->doc->text.p + s.start, s.end - s.start));
    }
    for (uint32_t i = 0; i < e->issue.n; i++) {
        if (i) glue(t, SR_CYAN, ",");
        else separator(t, any);
        space(t);
        put_words(t, SR_CYAN, e->issue.v[i]);
    }
    const char *fact = in_words(e->fact, e->aux);
    if (!fact && e->aux & SR_AUX_FUTURE) fact = "ahead";
    if (fact) {
        separator(t, any);
        sr_page_z(&t->page, SR_YELLOW, fact);
    }
    if (e->aux & SR_AUX_HISTORICAL) {
        separator(t, any);
        sr_page_z(&t->page, SR_DIM, "earlier");
    }
    if (e->aux & SR_AUX_HYPOTHETICAL) {
        separator(t, any);
        sr_page_z(&t->page, SR_YELLOW, "if");
    }
}

/* "2025-10-26", "2025-10", "2025", or an interval. */
static void put_when(table *t, const sr_event *e) {
    char text[16];
    sr_day_print(text, e->date);
    bool year = sr_str_is(e->date_precision, "year"), month = sr_str_is(e->date_precision, "month");
    uint32_t n = (uint32_t)strlen(text);
    if (month && n > 3) n -= 3;
    if (year && n > 6) n -= 6;
    sr_page_text(&t->page, SR_PLAIN, sr_str_of(text, n));
    if (year || month || e->enddate == SR_DAY_NONE || e->enddate == e->date) return;
    space(t);
    sr_page_z(&t->page, SR_DIM, "to");
    space(t);
    put_day(t, SR_PLAIN, e->enddate);
}

/* A country goes without saying where a place in some country is named. */
static void where_and_when(table *t, const sr_event *e, bool *any) {
    if (e->date != SR_DAY_NONE && !sr_str_is(e->date_precision, "document")) {
        separator(t, any);
        put_when(t, e);
    }
    bool close = false;
    for (uint32_t i = 0; i < e->place.n; i++)
        if (e->place.v[i]->resolution > 1) close = true;
    for (uint32_t i = 0; i < e->place.n; i++) {
        if (close && e->place.v[i]->resolution == 1) continue;
        separator(t, any);
        put_place(t, SR_PLAIN, e->place.v[i]);
    }
}

static void participants(table *t, const sr_event *e) {
    sr_page *p = &t->page;
    if (!e->actor.n && !e->recipient.n) sr_page_z(p, SR_DIM, "nobody named");
    /* Who stand on one line without an arrow do it together or to each other. */
    put_entities(t, SR_BOLD, &e->actor, e->recipient.n ? "," : sr_page_sign(p, "–", "-"));
    if (!e->recipient.n) return;
    space(t);
    sr_page_z(p, SR_DIM, sr_page_sign(p, "→", "->"));
    space(t);
    put_entities(t, SR_BOLD, &e->recipient, ",");
}

static void event_line(table *t, const sr_event *e) {
    sr_page_line(&t->page, BODY, QUOTE);
    participants(t, e);
    bool any = true;
    qualities(t, e, false, &any);
    where_and_when(t, e, &any);
    put_attributions(t, &e->attribution);
    sr_page_end(&t->page);
}

static void incident(table *t, const sr_event *e) {
    bool any = false;
    sr_page_line(&t->page, BODY, QUOTE);
    where_and_when(t, e, &any);
    qualities(t, e, true, &any);
    sr_page_end(&t->page);
    sr_page_line(&t->page, BODY, QUOTE);
    participants(t, e);
    put_attributions(t, &e->attribution);
    sr_page_end(&t->page);
    tolls(t, e);
}

/* Incidents in the order of the text, other events type by type; those of one sentence share its
 * quote. */
static void section(table *t, const char *title, bool incidents) {
    const sr_doc_record *r = t->r;
    bool any = false;
    unsigned headings = 0;
    for (uint32_t i = 0; i < r->events.n && !any; i++) any = is_incident(&r->events.v[i]) == incidents;
    if (!any) return;
    sr_page_blank(&t->page);
    sr_page_rule(&t->page, title);
    for (size_t k = 0; k < (incidents ? 1 : sizeof order); k++) {
        bool headed = false;
        uint32_t open = UINT32_MAX; /* sentence whose quote is due */
        sr_span marks[16];
        uint32_t n = 0;
        for (uint32_t i = 0; i < r->events.n; i++) {
            const sr_event *e = &r->events.v[i];
            if (is_incident(e) != incidents || (!incidents && e->type != order[k])) continue;
            if (open != UINT32_MAX && open != e->sent) {
                put_sentence(t, open, marks, n);
                n = 0;
                if (incidents) sr_page_blank(&t->page);
            }
            if (!incidents && !headed) {
                if (headings++) sr_page_blank(&t->page);
                sr_page_line(&t->page, 0, 0);
                sr_page_z(&t->page, SR_BOLD, kinds[e->type]);
                sr_page_end(&t->page);
                headed = true;
            }
            if (incidents) incident(t, e);
            else event_line(t, e);
            open = e->sent;
            if (n < sizeof marks / sizeof *marks) marks[n++] = e->trigger;
        }
        if (open != UINT32_MAX) put_sentence(t, open, marks, n);
    }
}

/* ---- statements ------------------------------------------------------------------------------ */

/* Statements of one source as lists, in the order of their first: next[i] is the one after i.
 *
 *   slot (by hash of the source) ─▶ first ─next▶ ... ─next▶ last
 */
typedef struct voices {
    uint32_t *next, *last, *slot; /* [n], [n], [n_slot] */
    bool *first;                  /* [n] */
    uint32_t n_slot;
} voices;

static bool same_source(const sr_entity *a, const sr_entity *b) {
    if (a == b) return true;
    if (!a || !b || strcmp(a->code, b->code) != 0 || strcmp(a->sector, b->sector) != 0) return false;
    return sr_str_eq(without_article(sr_entity_named(a)->text), without_article(sr_entity_named(b)->text));
}

static uint64_t source_hash(const sr_entity *e) {
    if (!e) return 0;
    sr_str name = without_article(sr_entity_named(e)->text);
    return sr_hash(name.p, name.n, sr_hash(e->code, strlen(e->code), 1));
}

#define NOBODY UINT32_MAX

static bool group_voices(voices *v, const sr_doc_record *r) {
    uint32_t n = r->statements.n;
    for (v->n_slot = 16; v->n_slot < 2 * n; v->n_slot *= 2) {}
    v->next = malloc(sizeof *v->next * (2 * (size_t)n + v->n_slot));
    v->first = calloc(n, sizeof *v->first);
    if (!v->next || !v->first) return false;
    v->last = v->next + n;
    v->slot = v->last + n;
    for (uint32_t i = 0; i < v->n_slot; i++) v->slot[i] = NOBODY;
    for (uint32_t i = 0; i < n; i++) {
        const sr_entity *e = r->statements.v[i].source;
        uint32_t at = (uint32_t)(source_hash(e) & (v->n_slot - 1));
        while (v->slot[at] != NOBODY && !same_source(r->statements.v[v->slot[at]].source, e))
            at = (at + 1) & (v->n_slot - 1);
        v->next[i] = NOBODY;
        v->first[i] = v->slot[at] == NOBODY;
        if (v->first[i]) v->slot[at] = i;
        else v->next[v->last[v->slot[at]]] = i;
        v->last[v->slot[at]] = i;
    }
    return true;
}

static void said(table *t, const sr_statement *s) {
    sr_page *p = &t->page;
    const char *text = t->r->doc->text.p;
    sr_page_line(p, BODY, QUOTE);
    sr_page_text(p, SR_DIM, sr_str_of(text + s->cue.start, s->cue.end - s->cue.start));
    if (s->via) {
        space(t);
        sr_page_text(p, SR_DIM, s->via->text);
    }
    glue(t, SR_DIM, ":");
    space(t);
    if (!s->content.n) { /* then the sentence speaks for itself */
        const sr_sent *sent = &t->r->parse->s[s->sent];
        sr_page_text(p, SR_PLAIN, sr_str_of(text + sent->start, sent->end - sent->start));
    }
    for (uint32_t i = 0; i < s->content.n; i++) {
        sr_span c = s->content.v[i];
        if (i) space(t), sr_page_z(p, SR_DIM, sr_page_sign(p, "…", "...")), space(t);
        sr_str words = sr_str_of(text + c.start, c.end - c.start);
        /* Marks at its ends are replaced by ours. */
        static const char *const ends[] = {"“", "”", "\"", "‘", "’"};
        for (int q = 0; q < 5; q++) {
            uint32_t len = (uint32_t)strlen(ends[q]);
            if (sr_str_starts(words, ends[q])) words = (sr_str){words.p + len, words.n - len};
            if (sr_str_ends(words, ends[q])) words.n -= len;
        }
        put_quote(t, words, NULL, 0);
    }
    bool any = true;
    const char *fact = in_words(s->fact, s->aux);
    if (s->aux & SR_AUX_FUTURE && s->fact != SR_UU) separator(t, &any), sr_page_z(p, SR_YELLOW, "outlook");
    if (fact) separator(t, &any), sr_page_z(p, SR_YELLOW, fact);
    sr_page_end(p);
}

static void statements(table *t) {
    const sr_doc_record *r = t->r;
    if (!r->statements.n) return;
    sr_page_blank(&t->page);
    sr_page_rule(&t->page, "Who says what");
    voices v = {NULL, NULL, NULL, NULL, 0};
    if (!group_voices(&v, r)) t->page.out->failed = true;
    for (uint32_t i = 0; i < r->statements.n && !t->page.out->failed; i++) {
        if (!v.first[i]) continue;
        const sr_entity *source = r->statements.v[i].source;
        sr_page_line(&t->page, 0, BODY);
        if (source) put_entity(t, SR_BOLD, source);
        else sr_page_z(&t->page, SR_BOLD, "Unnamed");
        sr_page_end(&t->page);
        for (uint32_t k = i; k != NOBODY; k = v.next[k]) said(t, &r->statements.v[k]);
    }
    free(v.next);
    free(v.first);
}

/* ---- the page -------------------------------------------------------------------------------- */

static void note(table *t, const char *text) {
    sr_page_blank(&t->page);
    sr_page_line(&t->page, 0, 0);
    sr_page_z(&t->page, SR_DIM, text);
    sr_page_end(&t->page);
}

void sr_table_write(sr_buf *out, const sr_doc_record *r, const sr_table_options *opt) {
    unsigned width = opt->width ? opt->width : 80;
    table state = {{.out = out, .width = width < 40 ? 40 : width, .color = opt->color, .ascii = opt->ascii}, r};
    table *t = &state;
    head(t);
    if (sr_is_skipped(r)) {
        note(t, "Not coded: not in English.");
        return;
    }
    if (r->talks.n) {
        sr_page_blank(&t->page);
        sr_page_rule(&t->page, "Talks");
        for (uint32_t i = 0; i < r->talks.n; i++) {
            if (i) sr_page_blank(&t->page);
            negotiation(t, &r->talks.v[i]);
        }
    }
    section(t, "Incidents", true);
    section(t, r->talks.n ? "Other events" : "Events", false);
    statements(t);
    if (!r->events.n && !r->statements.n && !r->talks.n) note(t, "No event, statement or talks in it.");
    const sr_doc *d = r->doc;
    for (uint32_t i = 0; i < d->warnings.n; i++) {
        if (!i) sr_page_blank(&t->page);
        sr_page_line(&t->page, 0, 0);
        sr_page_z(&t->page, SR_YELLOW, "note:");
        space(t);
        sr_page_text(&t->page, SR_PLAIN, d->warnings.v[i]);
        sr_page_end(&t->page);
    }
    if (r->mentions && r->mentions->no_date_warning)
        note(t, "Relative dates are not resolved: the document has no date (--date).");
}

/* print.c - the record as text, for `sitrep explain`: for each entry the words, the codebook stanza
 * that made it and who was found where. For people; export writes the contract. */
#include "base/date.h"
#include "code/coder.h"

static void words(sr_buf *b, const sr_doc_record *r, sr_span span) {
    sr_buf_char(b, '"');
    for (uint32_t i = span.start; i < span.end; i++) {
        char ch = r->doc->text.p[i];
        sr_buf_char(b, ch == '\n' || ch == '\r' || ch == '\t' ? ' ' : ch);
    }
    sr_buf_char(b, '"');
}

static void text(sr_buf *b, sr_str s) { sr_buf_str(b, s); }

static void aux(sr_buf *b, uint8_t bits) {
    static const char *const names[4] = {"historical", "future", "hypothetical", "negation"};
    for (int n = 0; n < 4; n++)
        if (bits & 1 << n) sr_buf_printf(b, " %s", names[n]);
}

static void entities(sr_buf *b, const char *name, const sr_entity_list *list, bool inherited) {
    for (uint32_t n = 0; n < list->n; n++) {
        const sr_entity *e = list->v[n];
        sr_buf_printf(b, n ? "; " : "      %s%s ", name, inherited ? " (from the context)" : "");
        text(b, e->text);
        sr_buf_printf(b, " [%s %s]", e->code[0] ? e->code : "-", e->sector[0] ? e->sector : "-");
        if (e->entry.n) sr_buf_printf(b, " by %.*s", (int)e->entry.n, e->entry.p);
    }
    if (list->n) sr_buf_char(b, '\n');
}

static void attribution(sr_buf *b, const sr_attribution_list *list) {
    for (uint32_t n = 0; n < list->n; n++) {
        sr_buf_z(b, n ? ", after " : "      according to ");
        if (list->v[n].source) text(b, list->v[n].source->text);
        else sr_buf_z(b, "somebody unnamed");
    }
    if (list->n) sr_buf_char(b, '\n');
}

static void event(sr_buf *b, const sr_doc_record *r, const sr_event *e) {
    sr_buf_printf(b, "  %s %s", e->id, sr_type_names[e->type]);
    if (e->mode.n) sr_buf_printf(b, ".%.*s", (int)e->mode.n, e->mode.p);
    sr_buf_printf(b, " %s", sr_fact_names[e->fact]);
    aux(b, e->aux);
    sr_buf_printf(b, "  sentence %u, word %d ", e->sent, e->word);
    words(b, r, e->trigger);
    sr_buf_printf(b, "  rule %.*s\n", (int)e->rule.n, e->rule.p);
    entities(b, "actor", &e->actor, e->actor_inherited);
    entities(b, "recipient", &e->recipient, e->recipient_inherited);
    if (e->content.end) sr_buf_z(b, "      content "), words(b, r, e->content), sr_buf_char(b, '\n');
    for (uint32_t n = 0; n < e->issue.n; n++) {
        sr_buf_z(b, n ? ", " : "      issue ");
        text(b, e->issue.v[n]);
    }
    if (e->issue.n) sr_buf_char(b, '\n');
    if (e->date_text.end) {
        char day[16] = "?";
        if (e->date != SR_DAY_NONE) sr_day_print(day, e->date);
        sr_buf_printf(b, "      date %s from ", day), words(b, r, e->date_text), sr_buf_char(b, '\n');
    }
    for (uint32_t n = 0; n < e->place.n; n++)
        sr_buf_z(b, "      place "), text(b, e->place.v[n]->text),
            sr_buf_printf(b, " [%s]\n", e->place.v[n]->place.country_code);
    for (uint32_t n = 0; n < e->toll.n; n++) {
        const sr_toll *t = &e->toll.v[n];
        sr_buf_z(b, "      toll "), text(b, t->effect);
        sr_buf_printf(b, " %lld..", (long long)t->low);
        if (t->high >= 0) sr_buf_printf(b, "%lld", (long long)t->high);
        sr_buf_char(b, ' '), words(b, r, t->text), sr_buf_char(b, '\n');
    }
    attribution(b, &e->attribution);
}

void sr_record_print(sr_buf *b, const sr_doc_record *r, bool why_not) {
    sr_buf_printf(b, "events %u\n", r->events.n);
    for (uint32_t n = 0; n < r->events.n; n++) event(b, r, &r->events.v[n]);
    sr_buf_printf(b, "statements %u\n", r->statements.n);
    for (uint32_t n = 0; n < r->statements.n; n++) {
        const sr_statement *st = &r->statements.v[n];
        sr_buf_printf(b, "  %s sentence %u ", st->id, st->sent);
        if (st->source) text(b, st->source->text);
        else sr_buf_z(b, "(unnamed)");
        sr_buf_printf(b, "  %.*s ", (int)st->kind.n, st->kind.p);
        words(b, r, st->cue);
        sr_buf_printf(b, " %s", sr_fact_names[st->fact]);
        aux(b, st->aux);
        sr_buf_printf(b, "%s  rule %.*s\n", st->direct ? " quoted" : "", (int)st->rule.n, st->rule.p);
        for (uint32_t q = 0; q < st->content.n; q++)
            sr_buf_z(b, "      "), words(b, r, st->content.v[q]), sr_buf_char(b, '\n');
    }
    sr_buf_printf(b, "talks %u\n", r->talks.n);
    for (uint32_t n = 0; n < r->talks.n; n++) {
        const sr_talks *t = &r->talks.v[n];
        sr_buf_printf(b, "  %s %.*s %s\n", t->id, (int)t->status.n, t->status.p, sr_fact_names[t->fact]);
        entities(b, "party", &t->party, false);
        entities(b, "mediator", &t->mediator, false);
        for (uint32_t q = 0; q < t->issue.n; q++) {
            const sr_talk_issue *ti = &t->issue.v[q];
            sr_buf_printf(b, "      %.*s %.*s\n", (int)ti->issue.n, ti->issue.p, (int)ti->state.n, ti->state.p);
            for (uint32_t z = 0; z < ti->position.n; z++) {
                const sr_position *p = &ti->position.v[z];
                sr_buf_printf(b, "        %s %.*s", p->party->code, (int)p->stance.n, p->stance.p);
                if (p->event != UINT32_MAX) sr_buf_printf(b, " (e%u)", p->event + 1);
                sr_buf_char(b, '\n');
            }
        }
    }
    if (!why_not) return;
    sr_buf_printf(b, "dropped %u\n", r->dropped.n);
    for (uint32_t n = 0; n < r->dropped.n; n++) {
        const sr_dropped *d = &r->dropped.v[n];
        const sr_word *w = &r->parse->s[d->sent].w[d->word];
        sr_buf_printf(b, "  sentence %u, word %d ", d->sent, d->word);
        words(b, r, (sr_span){w->start, w->end});
        sr_buf_printf(b, "  rule %.*s: %s\n", (int)d->rule.n, d->rule.p, d->why);
    }
}

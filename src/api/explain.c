/* explain.c - every stage's record as text, then for each entry of the record the codebook stanza
 * that made it and the way through the tree from its trigger to each participant, then (why_not)
 * what was dropped. For people who ask why a row is there, or is not.
 */
#include <stdlib.h>

#include "api/api.h"

static void title(sr_buf *b, const char *name, const char *what) {
    sr_buf_printf(b, "%s== %s: %s ==\n", b->n ? "\n" : "", name, what);
}

/* On one line. */
static void put_line(sr_buf *b, sr_str s) {
    bool gap = false;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= 0x20 || c == 0x7F) {
            gap = true;
            continue;
        }
        if (gap && b->n && b->p[b->n - 1] != ' ') sr_buf_char(b, ' ');
        gap = false;
        sr_buf_char(b, s.p[i]);
    }
}

static void put_rel(sr_buf *b, const sr_word *w) {
    sr_buf_z(b, sr_rel_names[w->rel]);
    if (w->sub) sr_buf_printf(b, ":%s", sr_sub_names[w->sub]);
}

static int depth_of(const sr_sent *s, int i) {
    int d = 0;
    for (; i >= 0 && d <= s->n; i = s->w[i].head) d++;
    return d;
}

/* "demanded ▸nsubj Islamabad": down the tree by ▸, up by ◂. */
static void put_path(sr_buf *b, const sr_sent *s, int from, int to) {
    int16_t down[64];
    int n = 0, a = from, z = to, da = depth_of(s, from), dz = depth_of(s, to);
    sr_buf_str(b, s->w[from].form);
    while (a != z && (a >= 0 || z >= 0)) {
        if (da >= dz && a >= 0) { /* climb from the trigger */
            sr_buf_z(b, " ◂");
            put_rel(b, &s->w[a]);
            a = s->w[a].head;
            da--;
            if (a >= 0) {
                sr_buf_char(b, ' ');
                sr_buf_str(b, s->w[a].form);
            }
        } else {
            if (n < 64) down[n++] = (int16_t)z;
            z = s->w[z].head;
            dz--;
        }
    }
    while (n-- > 0) {
        sr_buf_z(b, " ▸");
        put_rel(b, &s->w[down[n]]);
        sr_buf_char(b, ' ');
        sr_buf_str(b, s->w[down[n]].form);
    }
}

static void participant(sr_buf *b, const sr_doc_record *d, const char *slot, const sr_event *e,
                        const sr_entity *p, bool inherited) {
    const sr_sent *s = &d->parse->s[e->sent];
    sr_buf_printf(b, "   %-9s ", slot);
    put_line(b, p->text);
    sr_buf_printf(b, " [%s %s]", p->code[0] ? p->code : "-", p->sector[0] ? p->sector : "-");
    if (p->entry.n) sr_buf_printf(b, " is %.*s", (int)p->entry.n, p->entry.p);
    if (p->antecedent) {
        sr_buf_z(b, ", stands for ");
        put_line(b, p->antecedent->text);
    }
    sr_buf_z(b, "; ");
    if (inherited) sr_buf_z(b, "taken from the context");
    else if (p->sent != e->sent) sr_buf_printf(b, "from sentence %u", (unsigned)p->sent);
    else put_path(b, s, e->word, p->head);
    sr_buf_char(b, '\n');
}

static void origin(sr_buf *b, const sr_doc_record *d, const sr_event *e) {
    const sr_sent *s = &d->parse->s[e->sent];
    const sr_word *w = &s->w[e->word];
    sr_buf_printf(b, "%s %s%s%.*s\n", e->id, sr_type_names[e->type], e->mode.n ? "." : "",
                  (int)e->mode.n, e->mode.p);
    sr_buf_printf(b, "   sentence  %u: ", (unsigned)e->sent);
    put_line(b, (sr_str){d->doc->text.p + s->start, s->end - s->start});
    sr_buf_printf(b, "\n   entry     %.*s\n   trigger   word %d ", (int)e->rule.n, e->rule.p,
                  e->word + 1);
    sr_buf_str(b, w->form);
    sr_buf_z(b, ", ");
    sr_buf_z(b, sr_upos_names[w->upos]);
    sr_buf_z(b, ", ");
    put_rel(b, w);
    if (w->head >= 0) {
        sr_buf_z(b, " of ");
        sr_buf_str(b, s->w[w->head].form);
    }
    sr_buf_char(b, '\n');
    if (e->path.n) sr_buf_printf(b, "   slots     %.*s\n", (int)e->path.n, e->path.p);
    for (uint32_t i = 0; i < e->actor.n; i++)
        participant(b, d, "actor", e, e->actor.v[i], e->actor_inherited);
    for (uint32_t i = 0; i < e->recipient.n; i++)
        participant(b, d, "recipient", e, e->recipient.v[i], e->recipient_inherited);
    sr_buf_printf(b, "   presented %s", sr_fact_names[e->fact]);
    static const char *const aux[4] = {"historical", "future", "hypothetical", "negation"};
    for (int i = 0; i < 4; i++)
        if (e->aux & 1 << i) sr_buf_printf(b, ", %s", aux[i]);
    sr_buf_char(b, '\n');
}

static void said(sr_buf *b, const sr_doc_record *d, const sr_statement *st) {
    const sr_sent *s = &d->parse->s[st->sent];
    sr_buf_printf(b, "%s\n   sentence  %u\n   entry     %.*s\n   cue       ", st->id,
                  (unsigned)st->sent, (int)st->rule.n, st->rule.p);
    put_line(b, (sr_str){d->doc->text.p + st->cue.start, st->cue.end - st->cue.start});
    sr_buf_z(b, "\n   source    ");
    if (!st->source) {
        sr_buf_z(b, "unnamed");
    } else {
        put_line(b, st->source->text);
        sr_buf_z(b, "; ");
        if (st->source->sent == st->sent && st->word >= 0) put_path(b, s, st->word, st->source->head);
        else sr_buf_printf(b, "from sentence %u", (unsigned)st->source->sent);
    }
    sr_buf_char(b, '\n');
}

static void why_not(sr_buf *b, const sr_doc_record *d) {
    title(b, "dropped", "matched an entry and was not coded");
    if (!d->dropped.n) sr_buf_z(b, "nothing\n");
    uint32_t sent = UINT32_MAX;
    for (uint32_t i = 0; i < d->dropped.n; i++) {
        const sr_dropped *x = &d->dropped.v[i];
        const sr_sent *s = &d->parse->s[x->sent];
        if (x->sent != sent) {
            sr_buf_printf(b, "sentence %u: ", (unsigned)x->sent);
            put_line(b, (sr_str){d->doc->text.p + s->start, s->end - s->start});
            sr_buf_char(b, '\n');
        }
        sent = x->sent;
        sr_buf_printf(b, "   word %d ", x->word + 1);
        if (x->word >= 0 && x->word < s->n) sr_buf_str(b, s->w[x->word].form);
        sr_buf_printf(b, ", entry %.*s: %s\n", (int)x->rule.n, x->rule.p, x->why);
    }
    /* Sentences that gave nothing and matched nothing are worth knowing too. */
    bool first = true, *any = calloc(d->parse->n ? d->parse->n : 1, sizeof *any);
    if (!any) {
        b->failed = true;
        return;
    }
    for (uint32_t i = 0; i < d->events.n; i++) any[d->events.v[i].sent] = true;
    for (uint32_t i = 0; i < d->dropped.n; i++) any[d->dropped.v[i].sent] = true;
    for (uint32_t i = 0; i < d->statements.n; i++) any[d->statements.v[i].sent] = true;
    for (uint32_t si = 0; si < d->parse->n; si++) {
        if (any[si]) continue;
        sr_buf_printf(b, "%s %u", first ? "no entry matched in sentences" : ",", (unsigned)si);
        first = false;
    }
    free(any);
    if (!first) sr_buf_char(b, '\n');
}

void sr_explain_write(sr_buf *b, const sr_record *r) {
    const sr_doc_record *d = &r->coded;
    title(b, "read", "the document and its blocks");
    sr_doc_print(b, d->doc);
    if (!d->parse) {
        sr_buf_z(b, "not coded: not in English\n");
        return;
    }
    title(b, "parse", "sentences, words, tags, trees");
    sr_conllu_print(b, d->doc, d->parse, NULL);
    if (!d->mentions) return;
    title(b, "mention", "actors, places, times, numbers");
    sr_mention_print(b, d->doc, d->parse, d->mentions);
    title(b, "code", "events, statements, talks");
    sr_record_print(b, d, false);
    title(b, "origin", "the codebook entry and the way through the tree behind each");
    for (uint32_t i = 0; i < d->events.n; i++) origin(b, d, &d->events.v[i]);
    for (uint32_t i = 0; i < d->statements.n; i++) said(b, d, &d->statements.v[i]);
    if (r->coder->opt.why_not) why_not(b, d);
}

/* print.c - the text form of the mentions, for people (`sitrep explain`) and for tests.
 *
 *   s3 entity "top Taliban sources" AFG GOV anonymous <taliban>
 *   s3 place "Quetta" = Quetta, Pakistan PAK 4 in
 *   s3 time "Sunday" DATE 2025-10-26
 *   s3 number "at least five" 5.. at_least of "soldiers"
 *
 * One line a mention, sentence by sentence. It is not read back: the later stages hold pointers
 * into trees that the text does not spell out.
 */
#include "mention/impl.h"

static void quoted(sr_buf *out, sr_str s) {
    sr_buf_char(out, '"');
    for (uint32_t i = 0; i < s.n; i++) {
        char b = s.p[i];
        if (b == '\n' || b == '\r' || b == '\t') b = ' '; /* wrapped lines */
        if (b == '"' || b == '\\') sr_buf_char(out, '\\');
        sr_buf_char(out, b);
    }
    sr_buf_char(out, '"');
}

static void code(sr_buf *out, const char *code, const char *sector) {
    sr_buf_printf(out, " %s %s", code[0] ? code : "-", sector[0] ? sector : "-");
}

static void entity(sr_buf *out, const sr_entity *e) {
    sr_buf_printf(out, "s%u entity ", e->sent);
    quoted(out, e->text);
    code(out, e->code, e->sector);
    for (int i = 0; i < 2; i++)
        if (e->other[i][0]) sr_buf_printf(out, ",%s", e->other[i]);
    if (e->person) sr_buf_z(out, " person");
    if (e->anonymous) sr_buf_z(out, " anonymous");
    if (e->media) sr_buf_z(out, " media");
    if (e->place) sr_buf_z(out, " place");
    if (!e->coded) sr_buf_z(out, " uncoded");
    if (e->role.n) {
        sr_buf_z(out, " role=");
        quoted(out, e->role);
    }
    if (e->antecedent) {
        sr_buf_z(out, " = ");
        quoted(out, e->antecedent->text);
        sr_buf_printf(out, "@s%u", e->antecedent->sent);
    }
    if (e->group) {
        sr_buf_z(out, " {");
        for (uint32_t i = 0; i < e->n_member; i++) {
            if (i) sr_buf_z(out, "; ");
            quoted(out, e->member[i]->text);
            code(out, e->member[i]->code, e->member[i]->sector);
        }
        sr_buf_char(out, '}');
    }
    if (e->entry.n) {
        sr_buf_z(out, " <");
        sr_buf_str(out, e->entry);
        sr_buf_char(out, '>');
    }
    sr_buf_char(out, '\n');
}

static void place(sr_buf *out, const sr_location *l) {
    sr_buf_printf(out, "s%u place ", l->sent);
    quoted(out, l->text);
    if (l->resolved) {
        sr_buf_z(out, " = ");
        sr_buf_str(out, l->place.name);
        if (l->place.province.n && !sr_str_eq(l->place.province, l->place.name)) {
            sr_buf_z(out, ", ");
            sr_buf_str(out, l->place.province);
        }
        sr_buf_printf(out, " %s %d", l->place.country_code[0] ? l->place.country_code : "-",
                      l->resolution);
    }
    if (l->relation.n) {
        sr_buf_char(out, ' ');
        sr_buf_str(out, l->relation);
    }
    sr_buf_char(out, '\n');
}

static void time(sr_buf *out, const sr_time *t) {
    static const char *const type[] = {"DATE", "TIME", "DURATION", "SET"};
    char a[16], b[16];
    sr_buf_printf(out, "s%u time ", t->sent);
    quoted(out, t->text);
    sr_buf_printf(out, " %s ", type[t->type]);
    sr_buf_str(out, t->value);
    if (t->from != SR_DAY_NONE && (t->from != t->until || t->since)) {
        sr_day_print(a, t->from);
        if (t->until != SR_DAY_NONE) sr_day_print(b, t->until);
        else b[0] = 0;
        sr_buf_printf(out, " %s..%s", a, b);
    }
    if (t->since) sr_buf_z(out, " since");
    sr_buf_char(out, '\n');
}

static void number(sr_buf *out, const sr_doc *doc, const sr_parse *parse, const sr_number *x) {
    sr_buf_printf(out, "s%u number ", x->sent);
    quoted(out, sr_str_of(doc->text.p + x->start, x->end - x->start));
    if (x->low >= 0) sr_buf_printf(out, " %lld", (long long)x->low);
    else sr_buf_char(out, ' ');
    if (x->high != x->low) {
        sr_buf_z(out, "..");
        if (x->high >= 0) sr_buf_printf(out, "%lld", (long long)x->high);
    }
    sr_buf_printf(out, " %s", x->qualifier);
    if (x->counts >= 0) {
        sr_buf_z(out, " of ");
        quoted(out, parse->s[x->sent].w[x->counts].form);
    }
    sr_buf_char(out, '\n');
}

void sr_mention_print(sr_buf *out, const sr_doc *doc, const sr_parse *parse,
                      const sr_mentions *m) {
    static const char *const type[] = {"-", "PER", "ORG", "LOC", "MISC"};
    uint32_t e = 0, p = 0, t = 0, n = 0, k = 0;
    for (uint32_t s = 0; s < parse->n; s++) {
        for (; k < m->names.n && m->names.v[k].sent == s; k++) {
            sr_buf_printf(out, "s%u name ", s);
            quoted(out, m->names.v[k].text);
            sr_buf_printf(out, " %s\n", type[m->names.v[k].type]);
        }
        for (; e < m->entities.n && m->entities.v[e]->sent == s; e++)
            entity(out, m->entities.v[e]);
        for (; p < m->places.n && m->places.v[p].sent == s; p++) place(out, &m->places.v[p]);
        for (; t < m->times.n && m->times.v[t].sent == s; t++) time(out, &m->times.v[t]);
        for (; n < m->numbers.n && m->numbers.v[n].sent == s; n++)
            number(out, doc, parse, &m->numbers.v[n]);
    }
}

/* check.c - the codebook's own tests: every `example` and `counter` line through the whole program.
 *
 * An event example holds when one event fits it: type, mode where one is written, every code and
 * sector named on either side, `aux` and `fact` after the bar. `-` within a participant stands for
 * a part that is not looked at, `-` alone for a side where nobody is known. A cue's example names
 * the words of the source. A counter holds when its own stanza made nothing.
 */
#include <stdlib.h>

#include "api/api.h"

static const char *const aux_names[4] = {"historical", "future", "hypothetical", "negation"};

/* ---- what was coded, in the notation of the codebook ---------------------------------------- */

static void put_side(sr_buf *b, const sr_entity_list *list) {
    bool any = false;
    for (uint32_t i = 0; i < list->n; i++) {
        const sr_entity *e = list->v[i];
        if (!e->code[0] && !e->sector[0]) continue;
        sr_buf_printf(b, "%s%s %s", any ? " & " : "", e->code[0] ? e->code : "-",
                      e->sector[0] ? e->sector : "-");
        any = true;
    }
    if (!any) sr_buf_char(b, '-');
}

static void put_event(sr_buf *b, const sr_event *e) {
    sr_buf_z(b, sr_type_names[e->type]);
    if (e->mode.n) sr_buf_printf(b, ".%.*s", (int)e->mode.n, e->mode.p);
    sr_buf_char(b, ' ');
    put_side(b, &e->actor);
    sr_buf_z(b, " > ");
    put_side(b, &e->recipient);
    if (!e->aux && e->fact == SR_CT_POS) return;
    sr_buf_printf(b, " | fact=%s", sr_fact_names[e->fact]);
    for (int i = 0; i < 4; i++)
        if (e->aux & 1 << i) sr_buf_printf(b, " aux=%s", aux_names[i]);
}

static void put_result(sr_buf *b, const sr_doc_record *d, bool events) {
    if (events) {
        for (uint32_t i = 0; i < d->events.n; i++) {
            if (i) sr_buf_z(b, "; ");
            put_event(b, &d->events.v[i]);
        }
    } else {
        for (uint32_t i = 0; i < d->statements.n; i++) {
            if (i) sr_buf_z(b, "; ");
            if (d->statements.v[i].source) sr_buf_str(b, d->statements.v[i].source->text);
            else sr_buf_z(b, "(unnamed)");
        }
    }
    if (!b->n) sr_buf_z(b, "nothing");
}

/* ---- does it fit --------------------------------------------------------------------------- */

static int type_of(sr_str name) {
    for (int t = 1; t < SR_TYPE_N; t++)
        if (sr_str_is(name, sr_type_names[t])) return t;
    return SR_T_NONE;
}

static bool part_is(sr_str want, const char *have) {
    return !want.n || sr_str_is(want, "-") || sr_str_is(want, have);
}

static bool entity_fits(const sr_entity *e, sr_str part) {
    sr_str code = sr_str_trim(sr_str_cut(&part, ' ')), sector = sr_str_trim(part);
    return part_is(code, e->code) && part_is(sector, e->sector);
}

static bool side_fits(const sr_entity_list *list, sr_str want) {
    want = sr_str_trim(want);
    if (!want.n || sr_str_is(want, "-")) {
        for (uint32_t i = 0; i < list->n; i++)
            if (list->v[i]->code[0] || list->v[i]->sector[0]) return false;
        return true;
    }
    while (want.p) {
        sr_str part = sr_str_trim(sr_str_cut(&want, '&'));
        bool found = false;
        for (uint32_t i = 0; i < list->n && !found; i++) found = entity_fits(list->v[i], part);
        if (!found) return false;
    }
    return true;
}

static bool has_word(sr_str words, sr_str want) {
    while (words.p)
        if (sr_str_eq(sr_str_cut(&words, ' '), want)) return true;
    return false;
}

static bool conditions_hold(const sr_event *e, sr_str conditions) {
    while (conditions.p) {
        sr_str one = sr_str_trim(sr_str_cut(&conditions, ' '));
        if (!one.n) continue;
        sr_str key = sr_str_cut(&one, '=');
        bool holds = false;
        if (sr_str_is(key, "fact")) {
            holds = sr_str_is(one, sr_fact_names[e->fact]);
        } else if (sr_str_is(key, "aux")) {
            for (int i = 0; i < 4; i++)
                if (sr_str_is(one, aux_names[i])) holds = e->aux & 1 << i;
        }
        if (!holds) return false;
    }
    return true;
}

static bool event_fits(const sr_event *e, sr_str expected) {
    sr_str line = sr_str_trim(sr_str_cut(&expected, '|')); /* rest: conditions */
    sr_str head = sr_str_cut(&line, ' '), actor = sr_str_cut(&line, '>');
    sr_str type = sr_str_cut(&head, '.');
    return type_of(type) == e->type && (!head.n || has_word(e->mode, head)) &&
           side_fits(&e->actor, actor) && side_fits(&e->recipient, line) &&
           (!expected.p || conditions_hold(e, expected));
}

static char lower(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }

/* Sources are compared without case and article. */
static sr_str bare(sr_str s) {
    static const char *const articles[] = {"the ", "a ", "an "};
    s = sr_str_trim(s);
    for (size_t i = 0; i < 3; i++) {
        uint32_t n = (uint32_t)strlen(articles[i]), k = 0;
        while (k < n && k < s.n && lower(s.p[k]) == articles[i][k]) k++;
        if (k == n) return (sr_str){s.p + n, s.n - n};
    }
    return s;
}

static bool same_words(sr_str a, sr_str b) {
    a = bare(a);
    b = bare(b);
    if (a.n != b.n) return false;
    for (uint32_t i = 0; i < a.n; i++)
        if (lower(a.p[i]) != lower(b.p[i])) return false;
    return true;
}

static bool example_holds(const sr_doc_record *d, const sr_example *x, bool events) {
    if (x->counter) {
        for (uint32_t i = 0; i < d->events.n; i++)
            if (sr_str_eq(d->events.v[i].rule, x->rule)) return false;
        for (uint32_t i = 0; i < d->statements.n; i++)
            if (sr_str_eq(d->statements.v[i].rule, x->rule)) return false;
        return true;
    }
    if (events) {
        for (uint32_t i = 0; i < d->events.n; i++)
            if (event_fits(&d->events.v[i], x->expected)) return true;
        return false;
    }
    for (uint32_t i = 0; i < d->statements.n; i++) {
        const sr_entity *source = d->statements.v[i].source;
        if (source && same_words(source->text, x->expected)) return true;
    }
    return false;
}

/* ---- all of them ----------------------------------------------------------------------------- */

static const char *z(sr_buf *b, sr_str s) {
    sr_buf_reset(b);
    sr_buf_str(b, s);
    return b->p ? b->p : "";
}

sr_status sr_codebook_check(const sr_engine *e, void (*each)(void *context, const sr_check *),
                            void *context, sr_error *err) {
    sr_coder *c;
    sr_coder_options opt = {.statements = true};
    sr_status status = sr_coder_new(&c, e, &opt, err);
    if (status) return status;
    sr_buf file, rule, sentence, expected, got;
    sr_buf *const all[] = {&file, &rule, &sentence, &expected, &got};
    for (size_t i = 0; i < 5; i++) sr_buf_init(all[i]);

    uint32_t n = sr_know_n_examples(e->know);
    for (uint32_t i = 0; i < n; i++) {
        sr_example x = sr_know_example(e->know, i);
        const sr_record *r;
        status = sr_code_text(c, &r, x.text.p, x.text.n, NULL, err);
        if (status) break;
        sr_str head = x.expected, type = sr_str_cut(&head, ' ');
        bool events = x.counter || type_of(sr_str_cut(&type, '.')) != SR_T_NONE;
        sr_buf_reset(&got);
        put_result(&got, &r->coded, events);
        sr_check check = {z(&file, x.file), x.line, z(&rule, x.rule), z(&sentence, x.text),
                          z(&expected, x.expected), got.p ? got.p : "", x.counter,
                          example_holds(&r->coded, &x, events)};
        if (file.failed || rule.failed || sentence.failed || expected.failed || got.failed) {
            status = sr_fail(err, SR_ENOMEM, 0, "out of memory");
            break;
        }
        each(context, &check);
    }
    for (size_t i = 0; i < 5; i++) sr_buf_release(all[i]);
    sr_coder_free(c);
    return status;
}

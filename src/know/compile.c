/* compile.c - the codebook compiler: sources to an image, or sources and an overlay to a book part.
 *
 *   tables  ─places.c▶ places part ─┐ its words have the first ids
 *   stanzas ─source.c▶ stanzas ─▶ actors, roles, issues, sets, rules ─▶ book part
 *
 * While stanzas are read, words have provisional numbers; when all are known they get their ids
 * (those of the places first, the others sorted by text), and tables that are sorted by word are
 * sorted. The image holds the text of the stanzas as well: an overlay is compiled from the text of
 * its base, so that whatever a stanza can say an overlay can change.
 *
 * Mistakes are noted and compiling goes on, to find more; an image comes out only without any.
 */
#include "know/compile.h"

#include "base/date.h"
#include "base/utf8.h"

#include <stdlib.h>

/* ---- words, sets, lists ------------------------------------------------------------------ */

uint32_t sr_kbook_word(sr_kbook *b, sr_str folded) {
    return sr_kintern_add(&b->names.word, folded) + 1;
}

uint32_t sr_kbook_list(sr_kbook *b, const sr_kintern *words) {
    sr_kwordlist list = {SR_NEW_N(b->a, uint32_t, words->v.n), words->v.n};
    for (uint32_t i = 0; i < list.n; i++) list.word[i] = sr_kbook_word(b, words->v.v[i]);
    SR_PUSH(b->a, &b->list, list);
    return b->list.n - 1;
}

void sr_kbook_listed(sr_kbook *b, sr_kintern *words, sr_str word, const char *file,
                     uint32_t line) {
    sr_str parts[SR_PHRASE_WORDS_MAX];
    sr_arena_clear(b->scratch);
    if (sr_kwords(word, parts, b->scratch) != 1)
        sr_knote(b->problems, file, line, "texts are cut inside \"%.*s\": it never matches here",
                 SR_KARG(word));
    sr_kintern_add(words, sr_str_fold(b->scratch, word));
}

static void expand(sr_kbook *b, uint32_t index) {
    const sr_kstanza *s = b->set.v[index].stanza;
    sr_kintern words;
    sr_kintern_init(&words, b->a);
    b->set.v[index].state = 1;
    for (uint32_t i = 0; i < s->n; i++) {
        sr_str rest = s->v[i].value, item;
        if (!sr_str_is(s->v[i].key, "words")) {
            sr_kproblem(b->problems, s->file, s->v[i].line, "unknown key of set: \"%.*s\"",
                        SR_KARG(s->v[i].key));
            continue;
        }
        while (sr_knext_item(&rest, 0, &item)) {
            if (item.p[0] == '$' && item.n > 1) { /* "$" alone is the dollar */
                sr_kbook_include(b, &words, (sr_str){item.p + 1, item.n - 1}, s->file, s->v[i].line);
            } else if (memchr(item.p, ' ', item.n) || memchr(item.p, '|', item.n)) {
                sr_kproblem(b->problems, s->file, s->v[i].line,
                            "a set holds single lemmas, separated by ';': \"%.*s\"",
                            SR_KARG(item));
            } else {
                sr_kbook_listed(b, &words, item, s->file, s->v[i].line);
            }
        }
    }
    sr_kset_draft *set = &b->set.v[index];
    set->words = words;
    set->list = sr_kbook_list(b, &words);
    set->state = 2;
}

/* The set of that name (without "$"), expanded; NULL after a problem was noted. */
static const sr_kset_draft *find_set(sr_kbook *b, sr_str name, const char *file, uint32_t line) {
    uint32_t i = sr_kintern_find(&b->set_id, name);
    if (i == UINT32_MAX) {
        sr_kproblem(b->problems, file, line, "no set $%.*s", SR_KARG(name));
    } else if (b->set.v[i].state == 1) {
        sr_kproblem(b->problems, file, line, "set $%.*s includes itself", SR_KARG(name));
    } else if (b->set.v[i].state == 0 && b->nested == SR_SET_DEPTH_MAX) {
        sr_kproblem(b->problems, file, line, "sets include each other more than %d deep", SR_SET_DEPTH_MAX);
    } else {
        if (b->set.v[i].state == 0) {
            b->nested++;
            expand(b, i);
            b->nested--;
        }
        return &b->set.v[i];
    }
    return NULL;
}

void sr_kbook_include(sr_kbook *b, sr_kintern *words, sr_str name, const char *file, uint32_t line) {
    const sr_kset_draft *set = find_set(b, name, file, line);
    if (!set) return;
    if (set->words.v.n > SR_SET_WORDS_MAX - b->included) {
        sr_kproblem(b->problems, file, line, "with $%.*s sets are included with more than %u words in all",
                    SR_KARG(name), SR_SET_WORDS_MAX);
        return;
    }
    b->included += set->words.v.n;
    for (uint32_t k = 0; k < set->words.v.n; k++) sr_kintern_add(words, set->words.v.v[k]);
}

/* ---- actors ------------------------------------------------------------------------------ */

#define BAD(b, s, l, ...) sr_kproblem((b)->problems, (s)->file, (l)->line, __VA_ARGS__)

static bool upper_code(sr_str s) {
    for (uint32_t i = 0; i < s.n; i++)
        if (s.p[i] < 'A' || s.p[i] > 'Z') return false;
    return s.n == 3;
}

/* "2021", "2021-08" or "2021-08-15": its first day or its last; SR_DAY_NONE if it is no date. */
static int32_t day_of(sr_str s, bool last) {
    uint64_t part[3] = {0, 1, 1};
    int n = 0;
    static const uint32_t width[3] = {4, 2, 2};
    for (; s.p && n < 3; n++) {
        sr_str digits = sr_str_cut(&s, '-');
        if (digits.n != width[n] || !sr_str_u64(digits, &part[n])) return SR_DAY_NONE;
    }
    if (s.p || n == 0) return SR_DAY_NONE;
    if (n < 2 && last) part[1] = 12;
    if (part[1] < 1 || part[1] > 12) return SR_DAY_NONE;
    if (n < 3 && last) part[2] = (uint64_t)sr_days_in_month((int)part[0], (int)part[1]);
    return sr_day_of((int)part[0], (int)part[1], (int)part[2]);
}

static bool range_of(sr_str text, sr_kcode *c) {
    uint32_t at = 0;
    while (at + 1 < text.n && !(text.p[at] == '.' && text.p[at + 1] == '.')) at++;
    sr_str from = {text.p, at}, until = {text.p + at + 2, text.n - at - 2};
    if (from.n && (c->from = day_of(from, false)) == SR_DAY_NONE) return false;
    if (until.n && (c->until = day_of(until, true)) == SR_DAY_NONE) return false;
    if (!from.n && !until.n) return false;
    return c->from == SR_DAY_NONE || c->until == SR_DAY_NONE || c->from <= c->until;
}

static bool has_dots(sr_str s) {
    for (uint32_t i = 0; i + 1 < s.n; i++)
        if (s.p[i] == '.' && s.p[i + 1] == '.') return true;
    return false;
}

/* code CODE SECTOR[,SECTOR...] [FROM..UNTIL] [role] */
static void code_line(sr_kbook *b, const sr_kstanza *s, const sr_kline *l) {
    sr_kcode c = {.from = SR_DAY_NONE, .until = SR_DAY_NONE};
    sr_str rest = l->value, code, sectors, word;
    sr_knext_word(&rest, &code);
    if (upper_code(code)) memcpy(c.code, code.p, 3);
    else if (!sr_str_is(code, "-")) {
        BAD(b, s, l, "code: three capitals or \"-\", not \"%.*s\"", SR_KARG(code));
        return;
    }
    if (!sr_knext_word(&rest, &sectors)) {
        BAD(b, s, l, "code: no sector (\"-\" for none)");
        return;
    }
    for (int n = 0; sectors.p; n++) {
        sr_str sector = sr_str_cut(&sectors, ',');
        if (n == 0 && !sectors.p && sr_str_is(sector, "-")) break;
        if (sr_term_find(sr_term_sectors, sector) < 0) {
            BAD(b, s, l, "unknown sector: \"%.*s\"", SR_KARG(sector));
            return;
        }
        if (n > 2) {
            BAD(b, s, l, "more than three sectors");
            return;
        }
        memcpy(n == 0 ? c.sector : c.other[n - 1], sector.p, 3);
    }
    sr_str role = rest;
    if (sr_knext_word(&rest, &word) && has_dots(word)) {
        if (!range_of(word, &c)) {
            BAD(b, s, l, "not a range of dates: \"%.*s\"", SR_KARG(word));
            return;
        }
        role = rest;
    }
    c.role = sr_kpool_add(&b->text, sr_str_trim(role));
    SR_PUSH(b->a, &b->code, c);
}

static void name_line(sr_kbook *b, const sr_kstanza *s, const sr_kline *l, sr_form form,
                      sr_kactor *actor) {
    sr_str rest = l->value, item;
    while (sr_knext_item(&rest, 0, &item)) {
        sr_kname n = {sr_kpool_add(&b->text, item), form};
        uint32_t hit = sr_khit(SR_K_ACTOR, form, 0, b->actor.n);
        if (!sr_kphrase_add(&b->names, item, hit, b->names.v.n)) {
            BAD(b, s, l, "no word, or more than %d words: \"%.*s\"", SR_PHRASE_WORDS_MAX,
                SR_KARG(item));
            continue;
        }
        if (sr_str_is(l->key, "name") && !actor->name) actor->name = n.text;
        SR_PUSH(b->a, &b->name, n);
    }
}

static bool wikidata_ok(sr_str s) {
    uint64_t v;
    return s.n > 1 && s.p[0] == 'Q' && sr_str_u64((sr_str){s.p + 1, s.n - 1}, &v);
}

static void compile_actor(sr_kbook *b, const sr_kstanza *s) {
    static const struct { const char *key; sr_form form; } forms[] = {
        {"name", SR_F_NAME}, {"alias", SR_F_NAME}, {"adj", SR_F_ADJ}, {"people", SR_F_PEOPLE},
        {"capital", SR_F_CAPITAL}, {"acronym", SR_F_ACRONYM}};
    sr_kactor actor = {.id = sr_kpool_add(&b->text, s->id),
                       .names = {b->name.n, 0},
                       .codes = {b->code.n, 0}};
    int kind = -1;
    bool has_code = false;
    for (uint32_t i = 0; i < s->n; i++) {
        const sr_kline *l = &s->v[i];
        bool known = false;
        for (size_t k = 0; k < sizeof forms / sizeof *forms; k++)
            if (sr_str_is(l->key, forms[k].key)) {
                name_line(b, s, l, forms[k].form, &actor);
                known = true;
            }
        if (known) continue;
        if (sr_str_is(l->key, "code")) {
            code_line(b, s, l);
            has_code = true;
        } else if (sr_str_is(l->key, "kind")) {
            if (kind >= 0) BAD(b, s, l, "kind: given twice");
            kind = sr_term_find(sr_term_actor_kinds, l->value);
            if (kind < 0) BAD(b, s, l, "unknown kind of actor: \"%.*s\"", SR_KARG(l->value));
            if (kind < 0) kind = 0;
        } else if (sr_str_is(l->key, "wikidata")) {
            if (!wikidata_ok(l->value)) BAD(b, s, l, "wikidata: Q and a number");
            actor.wikidata = sr_kpool_add(&b->text, l->value);
        } else {
            BAD(b, s, l, "unknown key of actor: \"%.*s\"", SR_KARG(l->key));
        }
    }
    if (s->n && !actor.name) BAD(b, s, s, "actor %.*s: no name", SR_KARG(s->id));
    if (s->n && kind < 0) BAD(b, s, s, "actor %.*s: no kind", SR_KARG(s->id));
    if (s->n && !has_code)
        BAD(b, s, s, "actor %.*s: no code (\"- -\" for none)", SR_KARG(s->id));
    actor.kind = kind < 0 ? 0 : (uint32_t)kind;
    actor.names.n = b->name.n - actor.names.at;
    actor.codes.n = b->code.n - actor.codes.at;
    if (actor.kind == SR_A_COUNTRY && upper_code(s->id)) {
        sr_kcountry c = {.value = b->actor.n};
        memcpy(c.code, s->id.p, 3);
        SR_PUSH(b->a, &b->country, c);
    }
    SR_PUSH(b->a, &b->actor, actor);
}

/* ---- roles, issues ----------------------------------------------------------------------- */

static bool phrase_line(sr_kbook *b, const sr_kstanza *s, const sr_kline *l, uint32_t hit) {
    sr_str rest = l->value, item;
    bool any = false;
    while (sr_knext_item(&rest, 0, &item)) {
        if (!sr_kphrase_add(&b->names, item, hit, b->names.v.n))
            BAD(b, s, l, "no word, or more than %d words: \"%.*s\"", SR_PHRASE_WORDS_MAX,
                SR_KARG(item));
        any = true;
    }
    return any;
}

static void compile_role(sr_kbook *b, const sr_kstanza *s) {
    sr_krole role = {.id = sr_kpool_add(&b->text, s->id)};
    bool named = false;
    for (uint32_t i = 0; i < s->n; i++) {
        const sr_kline *l = &s->v[i];
        sr_str rest = l->value, word;
        if (sr_str_is(l->key, "noun")) {
            named |= phrase_line(b, s, l, sr_khit(SR_K_ROLE, 0, 0, b->role.n));
        } else if (sr_str_is(l->key, "sector")) {
            if (sr_term_find(sr_term_sectors, l->value) >= 0) memcpy(role.sector, l->value.p, 3);
            else if (!sr_str_is(l->value, "-"))
                BAD(b, s, l, "unknown sector: \"%.*s\"", SR_KARG(l->value));
        } else if (sr_str_is(l->key, "code")) {
            if (upper_code(l->value)) memcpy(role.code, l->value.p, 3);
            else if (!sr_str_is(l->value, "-")) BAD(b, s, l, "code: three capitals or \"-\"");
        } else if (sr_str_is(l->key, "flags")) {
            while (sr_knext_word(&rest, &word)) {
                int bit = sr_term_find(sr_term_role_flags, word);
                if (bit < 0) BAD(b, s, l, "unknown flag: \"%.*s\"", SR_KARG(word));
                else role.flags |= 1u << bit;
            }
        } else {
            BAD(b, s, l, "unknown key of role: \"%.*s\"", SR_KARG(l->key));
        }
    }
    if (s->n && !named) BAD(b, s, s, "role %.*s: no noun", SR_KARG(s->id));
    SR_PUSH(b->a, &b->role, role);
}

static void compile_issue(sr_kbook *b, const sr_kstanza *s) {
    sr_kref id = sr_kpool_add(&b->text, s->id);
    for (uint32_t i = 0; i < s->n; i++) {
        const sr_kline *l = &s->v[i];
        if (sr_str_is(l->key, "phrase"))
            phrase_line(b, s, l, sr_khit(SR_K_ISSUE, 0, 0, b->issue.n));
        else BAD(b, s, l, "unknown key of issue: \"%.*s\"", SR_KARG(l->key));
    }
    SR_PUSH(b->a, &b->issue, id);
}

/* ---- stanzas ----------------------------------------------------------------------------- */

/* Within one layer an id stands once; in a later layer it replaces, or removes. */
static void settle_layers(sr_kbook *b) {
    sr_kintern ids;
    SR_VEC(uint32_t) latest = {NULL, 0, 0};
    sr_kintern_init(&ids, b->a);
    for (uint32_t i = 0; i < b->stanza.n; i++) {
        sr_kstanza *s = &b->stanza.v[i];
        const char *kind = sr_kstanza_names[s->kind];
        sr_str key = sr_arena_printf(b->a, "%s %.*s", kind, (int)s->id.n, s->id.p);
        uint32_t at = sr_kintern_add(&ids, key);
        if (at == latest.n) SR_PUSH(b->a, &latest, UINT32_MAX);
        sr_kstanza *before = latest.v[at] == UINT32_MAX ? NULL : &b->stanza.v[latest.v[at]];
        if (s->removes && !before) {
            BAD(b, s, s, "%s %.*s: there is none to remove", kind, SR_KARG(s->id));
        } else if (before && !before->dead && before->layer == s->layer) {
            BAD(b, s, s, "%s %.*s: is in %s:%u already", kind, SR_KARG(s->id), before->file,
                (unsigned)before->line);
        } else if (before) {
            before->dead = true;
        }
        if (s->removes) s->dead = true;
        latest.v[at] = i;
    }
}

static void compile_stanzas(sr_kbook *b) {
    settle_layers(b);
    for (uint32_t i = 0; i < b->stanza.n; i++)
        if (!b->stanza.v[i].dead && b->stanza.v[i].kind == SR_KSZ_SET) {
            sr_kset_draft set = {.stanza = &b->stanza.v[i]};
            if (sr_kintern_add(&b->set_id, set.stanza->id) == b->set.n) SR_PUSH(b->a, &b->set, set);
        }
    for (uint32_t i = 0; i < b->set.n; i++)
        if (b->set.v[i].state == 0) expand(b, i);
    for (uint32_t i = 0; i < b->stanza.n; i++) {
        const sr_kstanza *s = &b->stanza.v[i];
        if (s->dead) continue;
        switch ((sr_kstanza_kind)s->kind) {
        case SR_KSZ_ACTOR: compile_actor(b, s); break;
        case SR_KSZ_ROLE: compile_role(b, s); break;
        case SR_KSZ_ISSUE: compile_issue(b, s); break;
        case SR_KSZ_SET: break;
        default: sr_kcompile_rule(b, s); break;
        }
    }
}

/* ---- from provisional word numbers to ids ------------------------------------------------ */

typedef struct numbered { sr_str text; uint32_t number; } numbered;

static int by_text(const void *a, const void *b) {
    return sr_str_cmp(((const numbered *)a)->text, ((const numbered *)b)->text);
}

static int by_number(const void *a, const void *b) {
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return (x > y) - (x < y);
}

static int by_code(const void *a, const void *b) {
    return memcmp(((const sr_kcountry *)a)->code, ((const sr_kcountry *)b)->code, 4);
}

static int by_head_and_weight(const void *a, const void *b) {
    const sr_kpattern_draft *x = a, *y = b;
    if (x->head != y->head) return x->head < y->head ? -1 : 1;
    if (x->p.weight != y->p.weight) return x->p.weight > y->p.weight ? -1 : 1;
    if (x->layer != y->layer) return x->layer > y->layer ? -1 : 1;
    return (x->order > y->order) - (x->order < y->order);
}

/* id[number] for every provisional number; writes the words that the places do not have. */
static uint32_t *give_ids(sr_kbook *b, sr_kwriter *w, const sr_kview *places) {
    const sr_kintern *words = &b->names.word;
    uint32_t *id = SR_NEW_N(b->a, uint32_t, words->v.n + 1), n = 0;
    numbered *own = SR_NEW_N(b->a, numbered, words->v.n);
    for (uint32_t i = 0; i < words->v.n; i++) {
        sr_str text = words->v.v[i];
        id[i + 1] = sr_kview_word(places, text, sr_kword_hash(text));
        if (!id[i + 1]) own[n++] = (numbered){text, i + 1};
    }
    if (n) qsort(own, n, sizeof *own, by_text);
    sr_str *sorted = SR_NEW_N(b->a, sr_str, n);
    for (uint32_t i = 0; i < n; i++) {
        id[own[i].number] = places->n[SR_KS_WORD] + i + 1;
        sorted[i] = own[i].text;
    }
    sr_kput_words(w, &b->text, sorted, n, b->a);
    return id;
}

/* Lists of the same words are stored once: many patterns name the same set. */
static sr_kspan *put_lists(sr_kbook *b, sr_kwriter *w, const uint32_t *id) {
    sr_kspan *span = SR_NEW_N(b->a, sr_kspan, b->list.n);
    SR_VEC(uint32_t) start = {NULL, 0, 0}, all = {NULL, 0, 0};
    sr_kintern different;
    sr_kintern_init(&different, b->a);
    for (uint32_t i = 0; i < b->list.n; i++) {
        sr_kwordlist *l = &b->list.v[i];
        for (uint32_t k = 0; k < l->n; k++) l->word[k] = id[l->word[k]];
        if (l->n) qsort(l->word, l->n, sizeof *l->word, by_number);
        sr_str bytes = {(const char *)l->word, l->n * (uint32_t)sizeof *l->word};
        uint32_t at = sr_kintern_add(&different, bytes);
        if (at == start.n) {
            SR_PUSH(b->a, &start, all.n);
            for (uint32_t k = 0; k < l->n; k++) SR_PUSH(b->a, &all, l->word[k]);
        }
        span[i] = (sr_kspan){start.v[at], l->n};
    }
    sr_kwriter_put(w, SR_KS_LIST, all.v, all.n, sizeof *all.v);
    return span;
}

static void put_patterns(sr_kbook *b, sr_kwriter *w, const uint32_t *id) {
    SR_VEC(sr_khead) head = {NULL, 0, 0};
    sr_kpattern *p = SR_NEW_N(b->a, sr_kpattern, b->pattern.n);
    for (uint32_t i = 0; i < b->pattern.n; i++) b->pattern.v[i].head = id[b->pattern.v[i].head];
    if (b->pattern.n)
        qsort(b->pattern.v, b->pattern.n, sizeof *b->pattern.v, by_head_and_weight);
    for (uint32_t i = 0; i < b->pattern.n; i++) {
        p[i] = b->pattern.v[i].p;
        if (i == 0 || b->pattern.v[i].head != b->pattern.v[i - 1].head) {
            sr_khead h = {b->pattern.v[i].head, {i, 0}};
            SR_PUSH(b->a, &head, h);
        }
        head.v[head.n - 1].patterns.n++;
    }
    sr_kwriter_put(w, SR_KS_HEAD, head.v, head.n, sizeof *head.v);
    sr_kwriter_put(w, SR_KS_PATTERN, p, b->pattern.n, sizeof *p);
}

/* The sources as they are, for overlays. */
static void put_sources(sr_kbook *b, sr_kwriter *w, const sr_source *src, const uint32_t *layer,
                        uint32_t n) {
    sr_ksource *s = SR_NEW_N(b->a, sr_ksource, n);
    size_t total = 0;
    for (uint32_t i = 0; i < n; i++) {
        s[i].name = sr_kpool_add(&b->text, sr_str_z(src[i].name));
        s[i].text = (sr_kspan){(uint32_t)total, src[i].text.n};
        s[i].layer = layer[i];
        total += src[i].text.n;
    }
    char *text = sr_arena_alloc(b->a, total);
    for (uint32_t i = 0; i < n; i++)
        if (src[i].text.n) memcpy(text + s[i].text.at, src[i].text.p, src[i].text.n);
    sr_kwriter_put(w, SR_KS_SOURCE, s, n, sizeof *s);
    sr_kwriter_put(w, SR_KS_SOURCE_TEXT, text, total, 1);
}

/* Appends the book part. Problems are noted; false when there is no part. */
static bool compile_book(sr_buf *out, const sr_source *src, const uint32_t *layer, uint32_t n,
                         const sr_kview *places, sr_kproblems *problems, sr_arena *a,
                         sr_arena *scratch) {
    sr_kbook *b = SR_NEW(a, sr_kbook);
    sr_kwriter w;
    b->a = b->names.a = a;
    b->scratch = b->names.scratch = scratch;
    b->problems = problems;
    sr_kpool_init(&b->text, a);
    sr_kintern_init(&b->names.word, a);
    sr_kintern_init(&b->set_id, a);
    for (uint32_t i = 0; i < n; i++) sr_kread_stanzas(&b->stanza, &src[i], layer[i], problems, a);
    compile_stanzas(b);
    if (problems->n) return false;

    sr_kwriter_open(&w, out, SR_KP_BOOK);
    const uint32_t *id = give_ids(b, &w, places);
    const sr_kspan *list = put_lists(b, &w, id);
    for (uint32_t i = 0; i < b->names.v.n; i++) {
        sr_kphrase *p = &b->names.v.v[i];
        for (uint32_t k = 0; k < p->n; k++) p->word[k] = id[p->word[k]];
    }
    sr_kput_trie(&w, &b->names, SR_SAME_PHRASE_MAX);
    put_patterns(b, &w, id);
    for (uint32_t i = 0; i < b->slot.n; i++) b->slot.v[i].prep = id[b->slot.v[i].prep];
    for (uint32_t i = 0; i < b->cond.n; i++) {
        sr_kcond *c = &b->cond.v[i];
        c->prep = id[c->prep];
        c->words = c->words.n ? list[c->words.at] : (sr_kspan){0, 0};
    }
    sr_kset *set = SR_NEW_N(a, sr_kset, b->set.n);
    for (uint32_t i = 0; i < b->set.n; i++)
        set[i] = (sr_kset){sr_kpool_add(&b->text, b->set.v[i].stanza->id),
                           list[b->set.v[i].list]};
    if (b->country.n) qsort(b->country.v, b->country.n, sizeof *b->country.v, by_code);
#define PUT(section, vec) sr_kwriter_put(&w, section, (vec).v, (vec).n, sizeof *(vec).v)
    PUT(SR_KS_COUNTRY, b->country);
    PUT(SR_KS_ACTOR, b->actor);
    PUT(SR_KS_NAME, b->name);
    PUT(SR_KS_CODE, b->code);
    PUT(SR_KS_ROLE, b->role);
    PUT(SR_KS_ISSUE, b->issue);
    PUT(SR_KS_RULE, b->rule);
    PUT(SR_KS_SLOT, b->slot);
    PUT(SR_KS_VARIANT, b->variant);
    PUT(SR_KS_COND, b->cond);
    PUT(SR_KS_EXAMPLE, b->example);
    sr_kwriter_put(&w, SR_KS_SET, set, b->set.n, sizeof *set);
    put_sources(b, &w, src, layer, n);
    PUT(SR_KS_TEXT, b->text.bytes); /* last: all of the above may add to it */
#undef PUT
    return sr_kwriter_close(&w);
}

/* ---- entry ------------------------------------------------------------------------------- */

/* Memory of one run; what the arenas jump to. */
typedef struct run {
    sr_arena a, scratch;
    jmp_buf recover;
    sr_buf out, book; /* on the heap, so not to be held by a function that a jump may leave */
} run;

static void run_init(run *r) {
    sr_arena_init(&r->a, 0);
    sr_arena_init(&r->scratch, 0);
    r->a.recover = r->scratch.recover = &r->recover;
    sr_buf_init(&r->out);
    sr_buf_init(&r->book);
}

/* Hands the bytes over, or frees them. */
static sr_status run_end(run *r, bool made, const sr_kproblems *p, void **out, size_t *n,
                         sr_error *err) {
    sr_arena_release(&r->a);
    sr_arena_release(&r->scratch);
    sr_buf_release(&r->book);
    if (made) {
        *out = r->out.p;
        *n = r->out.n;
        return SR_OK;
    }
    sr_buf_release(&r->out);
    if (p->n) return SR_ERESOURCE; /* err has the first */
    return sr_fail(err, SR_ENOMEM, 0, "codebook: out of memory");
}

static bool is_table(const sr_source *s) { return sr_str_ends(sr_str_z(s->name), ".tsv"); }

/* The head and the places part, and its view; false when there is none. */
static bool begin_image(run *r, sr_kimage *head, sr_kview *places, const sr_kview *before, const sr_source *src, size_t n_src,
                        sr_kproblems *p) {
    *head = (sr_kimage){.magic = SR_KIMAGE_MAGIC "", .version = SR_KVERSION};
    sr_buf_put(&r->out, head, sizeof *head);
    bool made = sr_kcompile_places(&r->out, before, src, n_src, p, &r->a, &r->scratch);
    memset(places, 0, sizeof *places);
    head->places = (sr_kspan){sizeof *head, (uint32_t)(r->out.n - sizeof *head)};
    return made && sr_kview_open(places, r->out.p + head->places.at, head->places.n, SR_KP_PLACES, p->err) == SR_OK;
}

static bool end_image(run *r, sr_kimage *head) {
    head->book = (sr_kspan){(uint32_t)r->out.n, (uint32_t)r->book.n};
    sr_buf_put(&r->out, r->book.p, r->book.n);
    head->size = (uint32_t)r->out.n;
    if (r->out.failed || r->out.n > UINT32_MAX) return false;
    memcpy(r->out.p, head, sizeof *head);
    return true;
}

/* Both parts; the book is compiled even if a table is wrong, to find its problems too. */
static bool compile_image(run *r, const sr_source *src, size_t n_src, sr_kproblems *p) {
    sr_kimage head;
    sr_kview places;
    bool made = begin_image(r, &head, &places, NULL, src, n_src, p);
    if (!made && !p->n) return false;

    sr_source *text = SR_NEW_N(&r->a, sr_source, n_src);
    uint32_t *layer = SR_NEW_N(&r->a, uint32_t, n_src), n = 0;
    for (size_t i = 0; i < n_src; i++)
        if (!is_table(&src[i])) text[n++] = src[i];
    made = compile_book(&r->book, text, layer, n, &places, p, &r->a, &r->scratch) && made;
    return made && end_image(r, &head);
}

static bool try_image(run *r, const sr_source *src, size_t n_src, sr_kproblems *p) {
    return setjmp(r->recover) == 0 && compile_image(r, src, n_src, p);
}

sr_status sr_know_compile_report(void **image, size_t *n, const sr_source *src, size_t n_src,
                                 sr_buf *problems, sr_error *err) {
    run r;
    sr_kproblems p = {.out = problems, .err = err};
    run_init(&r);
    bool made = try_image(&r, src, n_src, &p);
    return run_end(&r, made, &p, image, n, err);
}

sr_status sr_know_compile(void **image, size_t *n, const sr_source *src, size_t n_src,
                          sr_error *err) {
    return sr_know_compile_report(image, n, src, n_src, NULL, err);
}

/* The sources that a book part was compiled from, with room for one more. */
static uint32_t sources_of(run *r, const sr_kview *base, sr_source **src, uint32_t **layer) {
    const sr_ksource *from = base->at[SR_KS_SOURCE];
    const char *all = base->at[SR_KS_SOURCE_TEXT];
    uint32_t n = base->n[SR_KS_SOURCE];
    *src = SR_NEW_N(&r->a, sr_source, n + 1);
    *layer = SR_NEW_N(&r->a, uint32_t, n + 1);
    for (uint32_t i = 0; i < n; i++) {
        (*src)[i].name = sr_arena_dup(&r->a, sr_kview_text(base, from[i].name)).p;
        (*src)[i].text = (sr_str){all + from[i].text.at, from[i].text.n};
        (*layer)[i] = from[i].layer;
        if ((*layer)[n] <= (*layer)[i]) (*layer)[n] = (*layer)[i] + 1;
    }
    return n;
}

static bool compile_overlay(run *r, const sr_kview *base, const sr_kview *places, sr_str text,
                            const char *name, sr_kproblems *p) {
    sr_source *src;
    uint32_t *layer, n = sources_of(r, base, &src, &layer);
    src[n] = (sr_source){name, text};
    return compile_book(&r->out, src, layer, n + 1, places, p, &r->a, &r->scratch);
}

static bool try_overlay(run *r, const sr_kview *base, const sr_kview *places, sr_str text,
                        const char *name, sr_kproblems *p) {
    return setjmp(r->recover) == 0 && compile_overlay(r, base, places, text, name, p);
}

sr_status sr_kcompile_overlay(void **book, size_t *n, const sr_kview *base, const sr_kview *places,
                              sr_str text, const char *name, sr_buf *problems, sr_error *err) {
    run r;
    sr_kproblems p = {.out = problems, .err = err};
    run_init(&r);
    bool made = try_overlay(&r, base, places, text, name, &p);
    return run_end(&r, made, &p, book, n, err);
}

static bool compile_more_places(run *r, const sr_kview *base, const sr_kview *before, const sr_source *tables, size_t n_tables,
                                sr_kproblems *p) {
    sr_kimage head;
    sr_kview places;
    sr_source *src;
    uint32_t *layer;
    if (!begin_image(r, &head, &places, before, tables, n_tables, p)) return false;
    uint32_t n = sources_of(r, base, &src, &layer);
    sr_kproblems of_book = {.err = p->err}; /* there are none: it was compiled before */
    return compile_book(&r->book, src, layer, n, &places, &of_book, &r->a, &r->scratch) && end_image(r, &head);
}

static bool try_more_places(run *r, const sr_kview *base, const sr_kview *before, const sr_source *tables, size_t n_tables,
                            sr_kproblems *p) {
    return setjmp(r->recover) == 0 && compile_more_places(r, base, before, tables, n_tables, p);
}

sr_status sr_kcompile_more_places(void **image, size_t *n, const sr_kview *base, const sr_kview *places, const sr_source *tables,
                                  size_t n_tables, sr_buf *problems, sr_error *err) {
    run r;
    sr_kproblems p = {.out = problems, .err = err};
    run_init(&r);
    bool made = try_more_places(&r, base, places, tables, n_tables, &p);
    return run_end(&r, made, &p, image, n, err);
}

/* rules.c - event, cue, operator and support stanzas to rules and patterns.
 *
 *   noun  human rights abuse obj={<person>|$civilian}; call for by=<actor>
 *         ───────────┬────── ───────────┬──────────
 *                    head: "abuse"      condition: slot, words, classes, types
 *                    companions: "human", "rights" before it (slot mod)
 *
 * The head is the word that the pattern is found by: the first fixed word of a verb, adjective or
 * preposition, the last of a noun, or the one before a noun's own preposition. A hyphenated head
 * ("stand-off") is several words to the parser, and which of them heads the others in the tree
 * cannot be told here, so it gives a pattern for its first and one for its last.
 */
#include "know/compile.h"

#define CONDS_MAX 24

/* A rule while its keys are read. */
typedef struct draft {
    sr_kbook *b;
    const sr_kstanza *s;
    sr_krule r;
    SR_VEC(sr_kvariant) variant;
    uint32_t types;        /* bit for each type that the stanza names */
    int rank;
    bool has_type, has_effect, has_need, has_rank, has_mode, has_pattern;
    uint32_t index;
} draft;

#define BAD(d, l, ...) sr_kproblem((d)->b->problems, (d)->s->file, (l)->line, __VA_ARGS__)

/* ---- slots ------------------------------------------------------------------------------- */

static bool slot_of(draft *d, const sr_kline *l, sr_str name, sr_kslot *out) {
    out->slot = sr_term_slot(name);
    out->prep = 0;
    if (out->slot == SR_SLOT_NONE) {
        BAD(d, l, "unknown slot or preposition: \"%.*s\"", SR_KARG(name));
        return false;
    }
    if (out->slot == SR_SLOT_PREP) out->prep = sr_kbook_word(d->b, name);
    return true;
}

static void slot_list(draft *d, const sr_kline *l, sr_kspan *span) {
    sr_str rest = l->value, name;
    sr_kslot slot;
    if (span->n) {
        BAD(d, l, "%.*s: given twice", SR_KARG(l->key));
        return;
    }
    span->at = d->b->slot.n;
    while (sr_knext_item(&rest, ',', &name)) {
        if (!slot_of(d, l, name, &slot)) continue;
        if (span->n == SR_SLOTS_MAX) {
            BAD(d, l, "%.*s: more than %d slots", SR_KARG(l->key), SR_SLOTS_MAX);
            return;
        }
        SR_PUSH(d->b->a, &d->b->slot, slot);
        span->n++;
    }
}

/* ---- conditions -------------------------------------------------------------------------- */

/* One alternative of a filler; words go to `words`. */
static void filler(draft *d, const sr_kline *l, sr_str f, sr_kcond *c, sr_kintern *words) {
    if (f.p[0] == '<') {
        sr_str name = {f.p + 1, f.n > 2 ? f.n - 2 : 0};
        int class = f.p[f.n - 1] == '>' ? sr_term_find(sr_term_classes, name) : -1;
        if (class < 0) BAD(d, l, "unknown class: \"%.*s\"", SR_KARG(f));
        else c->classes |= 1u << class;
    } else if (f.p[0] == '@') {
        sr_str name = {f.p + 1, f.n - 1};
        int type = sr_str_is(name, "ANY") ? 0 : sr_term_type(name);
        if (type < 0) BAD(d, l, "unknown event type: \"%.*s\"", SR_KARG(f));
        else c->types |= 1u << type;
    } else if (f.p[0] == '$' && f.n > 1) {
        sr_kbook_include(d->b, words, (sr_str){f.p + 1, f.n - 1}, d->s->file, l->line);
    } else {
        for (uint32_t i = 0; i < f.n; i++)
            if (f.n > 1 && strchr(" \t{}<>$@=|!", f.p[i])) {
                BAD(d, l, "not a filler: \"%.*s\" (one lemma, $set, <class> or @TYPE)",
                    SR_KARG(f));
                return;
            }
        sr_kbook_listed(d->b, words, f, d->s->file, l->line);
    }
}

static bool condition(draft *d, const sr_kline *l, sr_str text, sr_kcond *c) {
    sr_kintern words;
    sr_str slot = sr_str_cut(&text, '='), alternatives = text, f;
    sr_kslot at;
    memset(c, 0, sizeof *c);
    if (slot.n && slot.p[slot.n - 1] == '!') {
        c->negate = 1;
        slot.n--;
    }
    if (!slot_of(d, l, slot, &at)) return false;
    c->slot = at.slot;
    c->prep = at.prep;
    if (alternatives.n && alternatives.p[0] == '{') {
        if (alternatives.p[alternatives.n - 1] != '}') {
            BAD(d, l, "a brace is not closed");
            return false;
        }
        alternatives.p++;
        alternatives.n -= 2;
    }
    sr_kintern_init(&words, d->b->a);
    while (alternatives.p) {
        f = sr_str_trim(sr_str_cut(&alternatives, '|'));
        if (f.n == 0) {
            BAD(d, l, "%.*s: an empty filler", SR_KARG(slot));
            return false;
        }
        filler(d, l, f, c, &words);
    }
    if (words.v.n) c->words = (sr_kspan){sr_kbook_list(d->b, &words), words.v.n};
    return true;
}

/* Conditions of a pattern or a variant, before they are stored side by side. */
typedef struct conds { sr_kcond v[CONDS_MAX]; uint32_t n; } conds;

static bool add_cond(draft *d, const sr_kline *l, conds *cs, const sr_kcond *c) {
    if (cs->n == CONDS_MAX) {
        BAD(d, l, "more than %d conditions", CONDS_MAX);
        return false;
    }
    cs->v[cs->n++] = *c;
    return true;
}

static sr_kspan store(draft *d, const conds *cs) {
    sr_kspan span = {d->b->cond.n, cs->n};
    for (uint32_t i = 0; i < cs->n; i++) SR_PUSH(d->b->a, &d->b->cond, cs->v[i]);
    return span;
}

static sr_kcond companion_after(draft *d, sr_str word) {
    return (sr_kcond){.slot = SR_SLOT_WORD, .prep = sr_kbook_word(d->b, word)};
}

static sr_kcond companion_before(draft *d, sr_str word) {
    sr_kintern words;
    sr_kintern_init(&words, d->b->a);
    sr_kintern_add(&words, word);
    return (sr_kcond){.slot = SR_SLOT_MOD, .words = {sr_kbook_list(d->b, &words), 1}};
}

/* ---- patterns ---------------------------------------------------------------------------- */

/* Marks of conditions in what should be a word are slips: "{a|b}" without a slot. */
static bool plain(sr_str part) {
    for (uint32_t i = 0; i < part.n; i++)
        if (strchr("{}<>$@|!,", part.p[i])) return false;
    return true;
}

/* Fixed words before the first condition; words of one hyphenated part have the same `part`. */
typedef struct fixed {
    sr_str word[SR_PHRASE_WORDS_MAX];
    uint32_t part[SR_PHRASE_WORDS_MAX], n;
} fixed;

static uint32_t head_of(const fixed *f, sr_pos pos) {
    if (pos != SR_POS_NOUN) return 0;
    for (uint32_t i = 1; i < f->n; i++) {
        bool alone =
            f->part[i] != f->part[i - 1] && (i + 1 == f->n || f->part[i] != f->part[i + 1]);
        if (alone && sr_term_find(sr_term_noun_links, f->word[i]) >= 0) return i - 1;
    }
    return f->n - 1;
}

static void emit(draft *d, sr_pos pos, bool block, sr_str head, const conds *cs) {
    sr_kbook *b = d->b;
    int weight = 64 + d->rank + (int)cs->n;
    sr_kpattern_draft p = {.head = sr_kbook_word(b, head), .layer = d->s->layer,
                           .order = b->pattern.n};
    p.p.rule = d->index;
    p.p.pos = (uint8_t)pos;
    p.p.block = block;
    p.p.weight = (uint8_t)(weight < 0 ? 0 : weight > 255 ? 255 : weight);
    p.p.conds = store(d, cs);
    SR_PUSH(b->a, &b->pattern, p);
    if (!block) d->has_pattern = true;
}

static void pattern(draft *d, const sr_kline *l, sr_pos pos, bool block, sr_str item) {
    fixed f = {.n = 0};
    conds given = {.n = 0};
    sr_str whole = item, part;
    sr_kcond c;
    bool conditions = false;
    for (uint32_t n_part = 0; sr_knext_word(&item, &part); n_part++) {
        if (memchr(part.p, '=', part.n)) {
            if (!condition(d, l, part, &c) || !add_cond(d, l, &given, &c)) return;
            conditions = true;
            continue;
        }
        sr_str words[SR_PHRASE_WORDS_MAX];
        sr_arena_clear(d->b->scratch);
        uint32_t n = plain(part) ? sr_kwords(part, words, d->b->scratch) : 0;
        if (n == 0 || n == UINT32_MAX || (!conditions && f.n + n > SR_PHRASE_WORDS_MAX)) {
            BAD(d, l, "not a word of a pattern: \"%.*s\"", SR_KARG(part));
            return;
        }
        for (uint32_t i = 0; i < n; i++) {
            sr_str word = sr_arena_dup(d->b->a, words[i]);
            if (conditions) {
                c = companion_after(d, word);
                if (!add_cond(d, l, &given, &c)) return;
            } else {
                f.word[f.n] = word;
                f.part[f.n++] = n_part;
            }
        }
    }
    if (f.n == 0) {
        BAD(d, l, "a pattern begins with its trigger: \"%.*s\"", SR_KARG(whole));
        return;
    }
    uint32_t head = head_of(&f, pos), first = head, last = head;
    while (first > 0 && f.part[first - 1] == f.part[head]) first--;
    while (last + 1 < f.n && f.part[last + 1] == f.part[head]) last++;

    conds all = {.n = 0};
    for (uint32_t i = 0; i < f.n; i++) {
        if (i >= first && i <= last) continue;
        c = i < first ? companion_before(d, f.word[i]) : companion_after(d, f.word[i]);
        if (!add_cond(d, l, &all, &c)) return;
    }
    for (uint32_t i = 0; i < given.n; i++)
        if (!add_cond(d, l, &all, &given.v[i])) return;
    if (first == last) {
        emit(d, pos, block, f.word[head], &all);
        return;
    }
    uint32_t n = all.n;
    c = companion_after(d, f.word[last]);
    if (!add_cond(d, l, &all, &c)) return;
    emit(d, pos, block, f.word[first], &all);
    all.n = n;
    c = companion_after(d, f.word[first]);
    if (!add_cond(d, l, &all, &c)) return;
    emit(d, pos, block, f.word[last], &all);
}

static void pattern_list(draft *d, const sr_kline *l, sr_pos pos, bool block, sr_str value) {
    sr_str item;
    while (sr_knext_item(&value, 0, &item)) pattern(d, l, pos, block, item);
}

static sr_pos pos_of(sr_str key) {
    if (sr_str_is(key, "verb")) return SR_POS_VERB;
    if (sr_str_is(key, "noun")) return SR_POS_NOUN;
    if (sr_str_is(key, "adj")) return SR_POS_ADJ;
    return sr_str_is(key, "prep") ? SR_POS_PREP : (sr_pos)0;
}

/* ---- keys with closed values ------------------------------------------------------------- */

/* A list checked against `allowed`, its items joined by blanks. */
static void term_list(draft *d, const sr_kline *l, const char *const *allowed, sr_kref *out) {
    sr_str rest = l->value, item, joined = SR_LIT("");
    if (*out) {
        BAD(d, l, "%.*s: given twice", SR_KARG(l->key));
        return;
    }
    while (sr_knext_item(&rest, ',', &item)) {
        if (sr_term_find(allowed, item) < 0) {
            BAD(d, l, "%.*s: unknown: \"%.*s\"", SR_KARG(l->key), SR_KARG(item));
            continue;
        }
        joined = sr_arena_printf(d->b->a, "%.*s%s%.*s", (int)joined.n, joined.p,
                                 joined.n ? " " : "", (int)item.n, item.p);
    }
    *out = sr_kpool_add(&d->b->text, joined);
}

/* "VALUE" or "VALUE if COND..."; true when there are conditions. */
static bool cut_if(sr_str value, sr_str *head, sr_str *conditions) {
    sr_str word;
    *conditions = value;
    sr_knext_word(conditions, head);
    sr_str rest = *conditions;
    if (sr_knext_word(&rest, &word) && sr_str_is(word, "if")) {
        *conditions = rest;
        return true;
    }
    *head = value;
    return false;
}

static bool variant_conds(draft *d, const sr_kline *l, sr_str text, sr_kspan *out) {
    conds cs = {.n = 0};
    sr_kcond c;
    sr_str part;
    while (sr_knext_word(&text, &part)) {
        if (!memchr(part.p, '=', part.n)) {
            BAD(d, l, "not a condition: \"%.*s\"", SR_KARG(part));
            return false;
        }
        if (!condition(d, l, part, &c) || !add_cond(d, l, &cs, &c)) return false;
    }
    if (cs.n == 0) {
        BAD(d, l, "no condition after \"if\"");
        return false;
    }
    *out = store(d, &cs);
    return true;
}

static void type_line(draft *d, const sr_kline *l) {
    sr_str name, conditions;
    sr_kvariant v = {0, 0, {0, 0}};
    bool variant = cut_if(l->value, &name, &conditions);
    int type = sr_term_type(name);
    if (type < 0) {
        BAD(d, l, "unknown event type: \"%.*s\"", SR_KARG(name));
        return;
    }
    d->types |= 1u << type;
    if (!variant) {
        if (d->has_type) BAD(d, l, "type: given twice");
        d->has_type = true;
        d->r.type = (uint8_t)type;
        return;
    }
    v.type = (uint32_t)type;
    if (variant_conds(d, l, conditions, &v.conds)) SR_PUSH(d->b->a, &d->variant, v);
}

/* Does one of the stanza's types have the mode? Looked at once all types are known. */
static void check_mode(draft *d, const sr_kline *l, sr_str mode) {
    for (int t = 1; t < SR_TYPE_N; t++)
        if (d->types & 1u << t && sr_term_find(sr_term_modes[t], mode) >= 0) return;
    BAD(d, l, "unknown mode of %s: \"%.*s\"", sr_type_names[d->r.type], SR_KARG(mode));
}

static void mode_line(draft *d, const sr_kline *l) {
    sr_str mode, conditions;
    sr_kvariant v = {0, 0, {0, 0}};
    if (!cut_if(l->value, &mode, &conditions)) {
        if (d->has_mode) BAD(d, l, "mode: given twice");
        d->has_mode = true;
        check_mode(d, l, mode);
        d->r.mode = sr_kpool_add(&d->b->text, mode);
        return;
    }
    check_mode(d, l, mode);
    v.mode = sr_kpool_add(&d->b->text, mode);
    if (variant_conds(d, l, conditions, &v.conds)) SR_PUSH(d->b->a, &d->variant, v);
}

static bool yes_no(draft *d, const sr_kline *l) {
    if (sr_str_is(l->value, "yes")) return true;
    if (!sr_str_is(l->value, "no")) BAD(d, l, "%.*s: yes or no", SR_KARG(l->key));
    return false;
}

static void example(draft *d, const sr_kline *l, bool counter) {
    sr_kexample e = {.line = l->line, .counter = counter};
    sr_str text = l->value, expected = SR_LIT("");
    uint32_t at = UINT32_MAX;
    for (uint32_t i = 0; i + 1 < text.n; i++)
        if (text.p[i] == '=' && text.p[i + 1] == '>') at = i;
    if (counter == (at != UINT32_MAX)) {
        BAD(d, l, counter ? "counter: nothing is expected of a counter, but there is a \"=>\""
                          : "example: no \"=>\" and what is expected");
        return;
    }
    if (!counter) {
        expected = sr_str_trim((sr_str){text.p + at + 2, text.n - at - 2});
        text = sr_str_trim((sr_str){text.p, at});
        sr_str rest = expected, type;
        sr_knext_word(&rest, &type);
        sr_str mode = type, name = sr_str_cut(&mode, '.');
        if (text.n == 0 || expected.n == 0) {
            BAD(d, l, "example: empty");
        } else if (d->r.kind == SR_RULE_EVENT) {
            int t = sr_term_type(name);
            if (t < 0) BAD(d, l, "example: unknown event type: \"%.*s\"", SR_KARG(name));
            else if (mode.p && sr_term_find(sr_term_modes[t], mode) < 0)
                BAD(d, l, "example: unknown mode of %s: \"%.*s\"", sr_type_names[t],
                    SR_KARG(mode));
        }
    }
    sr_kbook *b = d->b;
    e.rule = sr_kpool_add(&b->text, d->s->id);
    e.text = sr_kpool_add(&b->text, text);
    e.expected = sr_kpool_add(&b->text, expected);
    e.file = sr_kpool_add(&b->text, sr_str_z(d->s->file));
    SR_PUSH(b->a, &b->example, e);
}

static void rank_line(draft *d, const sr_kline *l) {
    sr_str s = l->value;
    uint64_t v = 0;
    bool minus = s.p[0] == '-';
    if (minus) s.p++, s.n--;
    if (!sr_str_u64(s, &v) || v > 50) BAD(d, l, "rank: a number from -50 to 50");
    else d->rank = minus ? -(int)v : (int)v;
}

/* ---- stanzas ----------------------------------------------------------------------------- */

enum { E = 1, C = 2, O = 4, S = 8 }; /* event, cue, operator, support */

/* Which keys a stanza may have. */
static const struct { const char *key; int kinds; } keys[] = {
    {"verb", E | C | O | S}, {"noun", E | C | O | S}, {"adj", E | C | O | S},    {"prep", E | C | O},
    {"not", E | C | O | S},  {"type", E},             {"mode", E},           {"context", E},
    {"cameo", E},            {"actor", E | O | S},    {"recipient", E | C | S}, {"source", C},
    {"content", E | C | O | S}, {"reciprocal", E | S}, {"effect", E | C | O | S},
    {"aux", E | C | O | S},  {"need", E},             {"statement", E},      {"stance", E},
    {"toll", E},             {"speech", C},           {"rank", E | C | O | S},
    {"example", E | C | O | S}, {"counter", E | C | O | S}};

static bool allowed(const sr_kstanza *s, sr_str key) {
    int kind = 1 << (s->kind - SR_KSZ_EVENT);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (sr_str_is(key, keys[i].key)) return (keys[i].kinds & kind) != 0;
    return false;
}

static void read_key(draft *d, const sr_kline *l) {
    sr_kbook *b = d->b;
    sr_str key = l->key, rest;
    bool support = d->s->kind == SR_KSZ_SUPPORT;
    if (sr_str_is(key, "noun") && support) {
        slot_list(d, l, &d->r.noun);
    } else if (pos_of(key)) {
        pattern_list(d, l, pos_of(key), false, l->value);
    } else if (sr_str_is(key, "not")) {
        sr_str pos;
        rest = l->value;
        sr_knext_word(&rest, &pos);
        if (!pos_of(pos)) BAD(d, l, "not: verb, noun, adj or prep follows");
        else pattern_list(d, l, pos_of(pos), true, rest);
    } else if (sr_str_is(key, "mode")) {
        mode_line(d, l);
    } else if (sr_str_is(key, "type")) {
        type_line(d, l);
    } else if (sr_str_is(key, "context")) {
        term_list(d, l, sr_term_contexts, &d->r.context);
    } else if (sr_str_is(key, "cameo")) {
        if (!sr_term_cameo(l->value)) BAD(d, l, "cameo: two to four digits, 01 to 20 first");
        d->r.cameo = sr_kpool_add(&b->text, l->value);
    } else if (sr_str_is(key, "actor") || sr_str_is(key, "source")) {
        slot_list(d, l, &d->r.actor);
    } else if (sr_str_is(key, "recipient")) {
        slot_list(d, l, &d->r.recipient);
    } else if (sr_str_is(key, "content")) {
        slot_list(d, l, &d->r.content);
    } else if (sr_str_is(key, "reciprocal")) {
        d->r.reciprocal = yes_no(d, l);
    } else if (sr_str_is(key, "statement")) {
        d->r.statement = yes_no(d, l);
    } else if (sr_str_is(key, "effect")) {
        int fact = sr_term_fact(l->value);
        if (fact < 0) BAD(d, l, "effect: CT+ PR+ PS+ CT- PR- PS- or Uu");
        else if (d->has_effect) BAD(d, l, "effect: given twice");
        else d->r.effect = (uint8_t)fact;
        d->has_effect = true;
    } else if (sr_str_is(key, "aux")) {
        sr_str word;
        rest = l->value;
        while (sr_knext_item(&rest, ',', &word)) {
            int bit = sr_term_find(sr_term_aux, word);
            if (bit < 0) BAD(d, l, "aux: unknown: \"%.*s\"", SR_KARG(word));
            else d->r.aux |= (uint8_t)(1 << bit);
        }
    } else if (sr_str_is(key, "need")) {
        int need = sr_term_find(sr_term_needs, l->value);
        if (need < 0) BAD(d, l, "need: any, none, actor, recipient or both");
        else if (d->has_need) BAD(d, l, "need: given twice");
        else d->r.need = (uint8_t)need;
        d->has_need = true;
    } else if (sr_str_is(key, "stance")) {
        term_list(d, l, sr_term_stances, &d->r.stance);
    } else if (sr_str_is(key, "toll")) {
        term_list(d, l, sr_term_tolls, &d->r.toll);
    } else if (sr_str_is(key, "speech")) {
        term_list(d, l, sr_term_speech, &d->r.speech);
    } else if (sr_str_is(key, "example") || sr_str_is(key, "counter")) {
        example(d, l, sr_str_is(key, "counter"));
    }
}

void sr_kcompile_rule(sr_kbook *b, const sr_kstanza *s) {
    draft d = {.b = b, .s = s, .index = b->rule.n};
    d.r.id = sr_kpool_add(&b->text, s->id);
    d.r.kind = (uint8_t)(s->kind - SR_KSZ_EVENT);
    const sr_kline at = {.line = s->line};

    /* Types first, since modes are checked against them, and the rank, which patterns need. */
    for (uint32_t i = 0; i < s->n; i++) {
        const sr_kline *l = &s->v[i];
        sr_str name, conditions;
        if (!allowed(s, l->key)) {
            BAD(&d, l, "unknown key of %s: \"%.*s\"", sr_kstanza_names[s->kind],
                SR_KARG(l->key));
        } else if (sr_str_is(l->key, "type")) {
            cut_if(l->value, &name, &conditions);
            int type = sr_term_type(name);
            if (type > 0) d.types |= 1u << type;
            if (type > 0 && !d.r.type) d.r.type = (uint8_t)type;
        } else if (sr_str_is(l->key, "rank")) {
            if (d.has_rank) BAD(&d, l, "rank: given twice");
            d.has_rank = true;
            rank_line(&d, l);
        }
    }
    for (uint32_t i = 0; i < s->n; i++)
        if (allowed(s, s->v[i].key)) read_key(&d, &s->v[i]);

    const char *kind = sr_kstanza_names[s->kind];
    if (s->kind == SR_KSZ_EVENT && !d.has_type)
        BAD(&d, &at, "%s %.*s: no type", kind, SR_KARG(s->id));
    if (s->n && !d.has_pattern)
        BAD(&d, &at, "%s %.*s: no pattern that could find it", kind, SR_KARG(s->id));
    if (s->kind == SR_KSZ_SUPPORT && !d.r.noun.n)
        BAD(&d, &at, "%s %.*s: no noun (the slot of the event noun)", kind, SR_KARG(s->id));

    d.r.variants = (sr_kspan){b->variant.n, d.variant.n};
    for (uint32_t i = 0; i < d.variant.n; i++) SR_PUSH(b->a, &b->variant, d.variant.v[i]);
    SR_PUSH(b->a, &b->rule, d.r);
}

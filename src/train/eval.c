/* eval.c - `sitrep eval`: a CoNLL-U file scored against gold trees, from raw text.
 *
 * Zeman et al. (2018), CoNLL 2018 Shared Task: Multilingual Parsing from Raw Text to Universal
 * Dependencies. Both files must spell the same characters, white space left out. Tokens, sentences
 * and words are found when they cover the same characters; within multi-word tokens ("don't"), where
 * words have no characters of their own, they are matched by the longest common subsequence of
 * their forms. All else is judged on the words found:
 *
 *   gold     d o n ' t | k n o w        do      n't        know
 *   system   d o n ' t k n o w          |        |          |
 *                                       upos, head ... the same?
 *
 * Relations are cut to their universal part and features to the universal ones, as there. CLAS, MLAS
 * and BLEX are left out.
 */
#include <stdlib.h>

#include "base/utf8.h"
#include "parse/parse.h"
#include "train/train.h"

#define EVAL_FILE_MAX ((size_t)512 << 20)
#define EVAL_MEMORY_MAX ((size_t)4 << 30)
/* Cells of one table of common subsequences: two regions of 4,000 words; a real one has ten. */
#define REGION_MAX ((uint64_t)16 << 20)

const char *const sr_measure_names[SR_MEASURE_N] = {"tokens", "sentences", "words", "UPOS", "XPOS",
                                                    "UFeats", "lemmas",    "UAS",   "LAS"};

typedef struct word {
    sr_str form; /* lower case, without white space */
    sr_str lemma, upos, xpos, feats, rel;
    uint32_t a, b;     /* characters that it covers: those of its token */
    int32_t head;      /* index into all words; -1: the root */
    int32_t partner;   /* in the other file; -1: none */
    bool in_token;     /* a part of a multi-word token */
} word;

typedef struct span {
    uint32_t a, b;
    uint64_t line;
} span;

typedef struct file {
    const char *name;
    sr_arena *a;
    SR_VEC(char) text; /* without white space */
    SR_VEC(word) words;
    SR_VEC(span) tokens;
    SR_VEC(span) sents;
} file;

/* ---- reading ------------------------------------------------------------------------------------ */

static bool is_space(uint32_t cp) {
    return (cp >= 9 && cp <= 13) || (cp >= 0x1C && cp <= 0x20) || cp == 0x85 || cp == 0xA0 ||
           cp == 0x1680 || (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 ||
           cp == 0x202F || cp == 0x205F || cp == 0x3000;
}

/* The form without white space, its case kept for the text or dropped for comparison. */
static sr_str squeeze(sr_arena *a, sr_str s, bool lower) {
    char *p = sr_arena_alloc(a, (size_t)s.n * 4 + 1), *end = p;
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp, k = sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (!is_space(cp)) {
            if (lower) {
                end += sr_utf8_encode(end, sr_cp_lower(cp));
            } else {
                memcpy(end, s.p + i, k);
                end += k;
            }
        }
        i += k;
    }
    return sr_str_of(p, (size_t)(end - p));
}

static int by_bytes(const void *a, const void *b) {
    return sr_str_cmp(*(const sr_str *)a, *(const sr_str *)b);
}

/* The universal ones of the features, in order. */
static sr_str universal(sr_arena *a, sr_str feats) {
    static const char *const keys[] = {
        "PronType=", "NumType=", "Poss=", "Reflex=", "Foreign=", "Abbr=", "Gender=", "Animacy=",
        "Number=", "Case=", "Definite=", "Degree=", "VerbForm=", "Mood=", "Tense=", "Aspect=",
        "Voice=", "Evident=", "Polarity=", "Person=", "Polite="};
    sr_str v[64];
    uint32_t n = 0, bytes = 0;
    for (sr_str rest = feats; rest.p && n < 64;) {
        sr_str one = sr_str_cut(&rest, '|');
        for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
            if (!sr_str_starts(one, keys[k])) continue;
            bytes += one.n + 1;
            v[n++] = one;
            break;
        }
    }
    qsort(v, n, sizeof *v, by_bytes);
    char *p = sr_arena_alloc(a, bytes + 1), *end = p;
    for (uint32_t i = 0; i < n; i++) {
        memcpy(end, v[i].p, v[i].n);
        end += v[i].n;
        *end++ = '|';
    }
    return sr_str_of(p, (size_t)(end - p));
}

/* A token's characters; its span. */
static span add_token(file *f, sr_str form, uint64_t line) {
    span s = {f->text.n, f->text.n, line};
    sr_str bare = squeeze(f->a, form, false);
    for (uint32_t i = 0; i < bare.n; i++) SR_PUSH(f->a, &f->text, bare.p[i]);
    s.b = f->text.n;
    SR_PUSH(f->a, &f->tokens, s);
    return s;
}

/* Heads are numbers within the sentence until it ends. */
static void end_sentence(file *f, uint32_t first, uint32_t start, uint64_t line) {
    if (first == f->words.n) return;
    for (uint32_t i = first; i < f->words.n; i++)
        f->words.v[i].head = f->words.v[i].head ? (int32_t)first + f->words.v[i].head - 1 : -1;
    span s = {start, f->text.n, line};
    SR_PUSH(f->a, &f->sents, s);
}

static sr_status read_rows(file *f, sr_str input, sr_error *err) {
    uint32_t first = 0, start = 0;
    uint64_t line = 0, id, head, token_end = 0;
    span token = {0, 0, 0};
    while (input.p) {
        sr_str row = sr_str_cut(&input, '\n'), col[10];
        line++;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        if (row.n == 0) {
            end_sentence(f, first, start, line);
            first = f->words.n;
            start = f->text.n;
            token_end = 0;
            continue;
        }
        if (row.p[0] == '#') continue;
        for (int k = 0; k < 10; k++) col[k] = sr_str_cut(&row, '\t');
        sr_str last = col[0];
        sr_str_cut(&last, '-');
        if (last.p) {
            token = add_token(f, col[1], line);
            sr_str_u64(last, &token_end);
            continue;
        }
        if (!sr_str_u64(col[0], &id)) continue; /* an empty node */
        if (!sr_str_u64(col[6], &head))
            return sr_fail(err, SR_EINPUT, line, "%s:%llu: a word without a head", f->name,
                           (unsigned long long)line);
        word w = {.form = squeeze(f->a, col[1], true), .lemma = col[2], .upos = col[3], .xpos = col[4],
                  .feats = universal(f->a, col[5]), .head = (int32_t)head, .partner = -1};
        w.rel = sr_str_cut(&col[7], ':');
        w.in_token = id <= token_end;
        if (!w.in_token) token = add_token(f, col[1], line);
        w.a = token.a;
        w.b = token.b;
        SR_PUSH(f->a, &f->words, w);
    }
    end_sentence(f, first, start, line);
    return SR_OK;
}

static sr_status read_file(file *f, sr_str input, sr_error *err) {
    sr_error why = {SR_OK, 0, ""};
    sr_status status = sr_conllu_check(input, 1, f->a, &why);
    if (status)
        return sr_fail(err, status, why.position, "%s:%llu: %s", f->name,
                       (unsigned long long)why.position, why.message);
    status = read_rows(f, input, err);
    if (!status && !f->words.n) status = sr_fail(err, SR_EINPUT, 0, "%s: no sentence in it", f->name);
    return status;
}

/* The line of the token that holds character `at`. */
static uint64_t line_of(const file *f, uint32_t at) {
    uint64_t line = 0;
    for (uint32_t i = 0; i < f->tokens.n && f->tokens.v[i].a <= at; i++) line = f->tokens.v[i].line;
    return line;
}

static sr_status compare_text(const file *g, const file *s, sr_error *err) {
    uint32_t n = g->text.n < s->text.n ? g->text.n : s->text.n, k = 0;
    while (k < n && g->text.v[k] == s->text.v[k]) k++;
    if (k == g->text.n && k == s->text.n) return SR_OK;
    while (k > 0 && k < n && ((unsigned char)g->text.v[k] & 0xC0) == 0x80) k--; /* whole code points */
    sr_str a = {g->text.v + k, g->text.n - k}, b = {s->text.v + k, s->text.n - k};
    if (a.n > 24) a.n = 24;
    if (b.n > 24) b.n = 24;
    return sr_fail(err, SR_EINPUT, line_of(g, k),
                   "the texts differ: %.60s:%llu has \"%.*s\", %.60s:%llu \"%.*s\"", g->name,
                   (unsigned long long)line_of(g, k), (int)a.n, a.p, s->name,
                   (unsigned long long)line_of(s, k), (int)b.n, b.p);
}

/* ---- alignment ---------------------------------------------------------------------------------- */

static void pair(file *g, file *s, uint32_t i, uint32_t j) {
    g->words.v[i].partner = (int32_t)j;
    s->words.v[j].partner = (int32_t)i;
}

/* Longest common subsequence of the forms of g[i0..i1) and s[j0..j1). */
static sr_status pair_forms(file *g, file *s, uint32_t i0, uint32_t i1, uint32_t j0, uint32_t j1,
                            sr_error *err) {
    uint32_t n = i1 - i0, m = j1 - j0, i, j;
    if ((uint64_t)(n + 1) * (m + 1) > REGION_MAX)
        return sr_fail(err, SR_ELIMIT, 0, "multi-word tokens overlap over %u words", (unsigned)n);
    uint32_t *t = sr_arena_zalloc(g->a, sizeof *t * (n + 1) * (m + 1)); /* [n + 1][m + 1] */
#define T(i, j) t[(size_t)(i) * (m + 1) + (j)]
#define SAME(i, j) sr_str_eq(g->words.v[i0 + (i)].form, s->words.v[j0 + (j)].form)
    for (i = n; i-- > 0;)
        for (j = m; j-- > 0;) {
            uint32_t down = T(i + 1, j), right = T(i, j + 1);
            T(i, j) = SAME(i, j) ? T(i + 1, j + 1) + 1 : down > right ? down : right;
        }
    for (i = j = 0; i < n && j < m;) {
        if (SAME(i, j)) pair(g, s, i0 + i++, j0 + j++);
        else if (T(i + 1, j) >= T(i, j + 1)) i++;
        else j++;
    }
#undef T
#undef SAME
    return SR_OK;
}

/* Takes in the words of f that begin before *end; true when one of their tokens moved it. */
static bool widen(const file *f, uint32_t *k, uint32_t *end) {
    bool grown = false;
    for (; *k < f->words.n && f->words.v[*k].a < *end; (*k)++) {
        const word *w = &f->words.v[*k];
        if (w->in_token && w->b > *end) {
            *end = w->b;
            grown = true;
        }
    }
    return grown;
}

static sr_status align(file *g, file *s, sr_error *err) {
    uint32_t i = 0, j = 0;
    while (i < g->words.n && j < s->words.n) {
        const word *x = &g->words.v[i], *y = &s->words.v[j];
        bool apart = x->b <= y->a || y->b <= x->a;
        if ((x->in_token || y->in_token) && !apart) {
            /* The region that is closed under the multi-word tokens of both. */
            uint32_t end = x->b > y->b ? x->b : y->b, i1 = i, j1 = j;
            for (bool grown = true; grown;) {
                grown = widen(g, &i1, &end);
                grown = widen(s, &j1, &end) || grown;
            }
            sr_status status = pair_forms(g, s, i, i1, j, j1, err);
            if (status) return status;
            i = i1;
            j = j1;
        } else if (x->a == y->a && x->b == y->b) {
            pair(g, s, i++, j++);
        } else if (apart ? x->b <= y->a : x->a <= y->a) {
            i++;
        } else {
            j++;
        }
    }
    return SR_OK;
}

/* ---- counting ----------------------------------------------------------------------------------- */

/* Spans that are in both lists, each in order. */
static uint32_t common(const span *g, uint32_t n, const span *s, uint32_t m) {
    uint32_t same = 0;
    for (uint32_t i = 0, j = 0; i < n && j < m;) {
        if (g[i].a == s[j].a && g[i].b == s[j].b) same++, i++, j++;
        else if (g[i].a < s[j].a || (g[i].a == s[j].a && g[i].b < s[j].b)) i++;
        else j++;
    }
    return same;
}

static void count(sr_eval *e, const file *g, const file *s) {
    for (int m = 0; m < SR_MEASURE_N; m++) {
        e->of[m].gold = g->words.n;
        e->of[m].system = s->words.n;
    }
    e->of[SR_E_TOKENS].gold = g->tokens.n;
    e->of[SR_E_TOKENS].system = s->tokens.n;
    e->of[SR_E_TOKENS].right = common(g->tokens.v, g->tokens.n, s->tokens.v, s->tokens.n);
    e->of[SR_E_SENTENCES].gold = g->sents.n;
    e->of[SR_E_SENTENCES].system = s->sents.n;
    e->of[SR_E_SENTENCES].right = common(g->sents.v, g->sents.n, s->sents.v, s->sents.n);
    for (uint32_t i = 0; i < g->words.n; i++) {
        const word *x = &g->words.v[i];
        if (x->partner < 0) continue;
        const word *y = &s->words.v[x->partner];
        bool attached = x->head < 0 ? y->head < 0
                                    : y->head >= 0 && g->words.v[x->head].partner == y->head;
        e->aligned++;
        e->of[SR_E_WORDS].right++;
        e->of[SR_E_UPOS].right += sr_str_eq(x->upos, y->upos);
        e->of[SR_E_XPOS].right += sr_str_eq(x->xpos, y->xpos);
        e->of[SR_E_UFEATS].right += sr_str_eq(x->feats, y->feats);
        e->of[SR_E_LEMMAS].right += sr_str_eq(x->lemma, y->lemma);
        e->of[SR_E_UAS].right += attached;
        e->of[SR_E_LAS].right += attached && sr_str_eq(x->rel, y->rel);
    }
}

static double percent(double part, double whole) { return whole > 0 ? 100 * part / whole : 0; }
double sr_eval_precision(const sr_eval *e, sr_measure m) { return percent(e->of[m].right, e->of[m].system); }
double sr_eval_recall(const sr_eval *e, sr_measure m) { return percent(e->of[m].right, e->of[m].gold); }
double sr_eval_f1(const sr_eval *e, sr_measure m) {
    return percent(2.0 * e->of[m].right, (double)e->of[m].gold + e->of[m].system);
}

sr_status sr_eval_files(sr_eval *out, const char *gold, const char *system, sr_error *err) {
    const char *const names[2] = {gold, system};
    char *bytes[2] = {NULL, NULL};
    size_t n[2];
    file f[2];
    sr_status status = SR_OK;
    for (int k = 0; k < 2 && !status; k++) status = sr_file_read(&bytes[k], &n[k], names[k], EVAL_FILE_MAX, err);
    if (status) {
        free(bytes[0]);
        return status;
    }
    sr_arena a;
    jmp_buf recover;
    sr_arena_init(&a, EVAL_MEMORY_MAX);
    a.recover = &recover;
    int jumped = setjmp(recover);
    if (jumped) {
        status = sr_fail(err, (sr_status)jumped, 0, "%s: out of memory", names[1]);
        goto out;
    }
    memset(f, 0, sizeof f);
    memset(out, 0, sizeof *out);
    for (int k = 0; k < 2; k++) {
        f[k].name = names[k];
        f[k].a = &a;
        status = read_file(&f[k], sr_str_of(bytes[k], n[k]), err);
        if (status) goto out;
    }
    status = compare_text(&f[0], &f[1], err);
    if (!status) status = align(&f[0], &f[1], err);
    if (!status) count(out, &f[0], &f[1]);
out:
    sr_arena_release(&a);
    free(bytes[0]);
    free(bytes[1]);
    return status;
}

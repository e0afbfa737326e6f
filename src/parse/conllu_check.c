/* conllu_check.c - whether bytes are CoNLL-U, and if not, in which line and why.
 *
 * The reader (conllu.c) takes what it can; here the rules of the format are held against a file
 * before anything relies on them: columns, ids, multi-word tokens, heads. Relations and tags are not
 * looked up: a treebank may have others than ours.
 */
#include <inttypes.h>

#include "parse/parse.h"

/* More words than that in one token are a broken range. */
#define TOKEN_WORDS_MAX 100

typedef struct checker {
    sr_arena *a;
    sr_error *err;
    uint64_t line;
    SR_VEC(uint64_t) lines; /* [word] where it stands */
    SR_VEC(int32_t) heads;  /* [word] 0: the root; -1: none given */
    uint64_t range_end;     /* id of the last word of the open multi-word token */
} checker;

static const char *const names[10] = {"ID",    "FORM", "LEMMA",  "UPOS", "XPOS",
                                      "FEATS", "HEAD", "DEPREL", "DEPS", "MISC"};

#define FAULT(c, at, ...) sr_fail((c)->err, SR_EINPUT, (at), __VA_ARGS__)

static sr_status check_columns(checker *c, sr_str line, sr_str col[10]) {
    int n = 0;
    for (; line.p; n++) {
        sr_str one = sr_str_cut(&line, '\t');
        if (n < 10) col[n] = one;
    }
    if (n == 1 && memchr(col[0].p, ' ', col[0].n))
        return FAULT(c, c->line, "ten columns divided by tabs expected, not by spaces");
    if (n != 10) return FAULT(c, c->line, "ten columns expected, %d found", n);
    for (int k = 0; k < 10; k++) {
        if (sr_str_trim(col[k]).n == 0) return FAULT(c, c->line, "%s is empty", names[k]);
        bool may = k == 1 || k == 2 || k == 9; /* FORM, LEMMA, MISC */
        if (!may && memchr(col[k].p, ' ', col[k].n))
            return FAULT(c, c->line, "a space in %s", names[k]);
    }
    return SR_OK;
}

static sr_status check_range(checker *c, sr_str id) {
    sr_str last = id, first = sr_str_cut(&last, '-');
    uint64_t lo, hi;
    if (!sr_str_u64(first, &lo) || !sr_str_u64(last, &hi) || hi < lo || hi - lo >= TOKEN_WORDS_MAX)
        return FAULT(c, c->line, "\"%.*s\" is no range of ids", (int)id.n, id.p);
    if (lo != c->heads.n + 1)
        return FAULT(c, c->line, "range %.*s stands where %" PRIu32 " begins", (int)id.n, id.p,
                     c->heads.n + 1);
    if (lo <= c->range_end)
        return FAULT(c, c->line, "range %.*s begins within the one before it", (int)id.n, id.p);
    c->range_end = hi;
    return SR_OK;
}

static sr_status check_row(checker *c, sr_str line) {
    sr_str col[10];
    sr_status status = check_columns(c, line, col);
    if (status) return status;
    sr_str id = col[0];
    uint64_t n, head;
    if (memchr(id.p, '-', id.n)) return check_range(c, id);
    if (memchr(id.p, '.', id.n)) { /* an empty node */
        sr_str rest = id, whole = sr_str_cut(&rest, '.');
        uint64_t after;
        if (!sr_str_u64(whole, &after) || !sr_str_u64(rest, &n) || after != c->heads.n)
            return FAULT(c, c->line, "id %.*s does not follow %" PRIu32, (int)id.n, id.p, c->heads.n);
        return SR_OK;
    }
    if (!sr_str_u64(id, &n)) return FAULT(c, c->line, "\"%.*s\" is no id", (int)id.n, id.p);
    if (n != c->heads.n + 1)
        return FAULT(c, c->line, "id %.*s where %" PRIu32 " is expected", (int)id.n, id.p, c->heads.n + 1);
    if (n >= INT16_MAX) return FAULT(c, c->line, "a sentence of more than %d words", INT16_MAX - 1);
    int32_t h = -1;
    if (sr_str_u64(col[6], &head)) {
        h = head < INT16_MAX ? (int32_t)head : INT16_MAX; /* too large for any sentence */
        if (head == n) return FAULT(c, c->line, "word %.*s is its own head", (int)id.n, id.p);
        sr_str rest = col[7], rel = sr_str_cut(&rest, ':');
        if ((head == 0) != sr_str_is(rel, "root"))
            return FAULT(c, c->line, "word %.*s has HEAD %.*s and DEPREL %.*s: a root has both 0 and root",
                         (int)id.n, id.p, (int)col[6].n, col[6].p, (int)col[7].n, col[7].p);
    } else if (!sr_str_is(col[6], "_")) {
        return FAULT(c, c->line, "HEAD \"%.*s\" is no number", (int)col[6].n, col[6].p);
    }
    SR_PUSH(c->a, &c->lines, c->line);
    SR_PUSH(c->a, &c->heads, h);
    return SR_OK;
}

/* Words climb to the root in as many steps as there are words, or the heads run in a circle. Each
 * word is walked over once: those known to reach the root end the walk. */
static sr_status check_tree(checker *c) {
    uint32_t n = c->heads.n, root = 0;
    for (uint32_t i = 0; i < n; i++) {
        int32_t h = c->heads.v[i];
        if ((h < 0) != (c->heads.v[0] < 0)) return FAULT(c, c->lines.v[i], "only some words of the sentence have a head");
        if (h > (int32_t)n) return FAULT(c, c->lines.v[i], "the head of word %" PRIu32 " is not in the sentence", i + 1);
        if (h == 0 && root) return FAULT(c, c->lines.v[i], "a second root; the first is word %" PRIu32, root);
        if (h == 0) root = i + 1;
    }
    if (c->heads.v[0] < 0) return SR_OK;
    uint8_t *seen = sr_arena_zalloc(c->a, n + 1); /* 1: on this walk; 2: reaches the root */
    seen[0] = 2;
    for (uint32_t i = 1; i <= n; i++) {
        uint32_t k = i;
        for (; !seen[k]; k = (uint32_t)c->heads.v[k - 1]) seen[k] = 1;
        if (seen[k] == 1)
            return FAULT(c, c->lines.v[k - 1], "the heads make no tree: word %" PRIu32 " is below itself", k);
        for (k = i; seen[k] == 1; k = (uint32_t)c->heads.v[k - 1]) seen[k] = 2;
    }
    return SR_OK;
}

static sr_status check_sentence(checker *c) {
    if (c->range_end > c->heads.n)
        return FAULT(c, c->line, "the sentence ends within the multi-word token that ends at %" PRIu64, c->range_end);
    sr_status status = c->heads.n ? check_tree(c) : SR_OK;
    c->heads.n = c->lines.n = 0;
    c->range_end = 0;
    return status;
}

sr_status sr_conllu_check(sr_str input, uint64_t line, sr_arena *a, sr_error *err) {
    checker c;
    memset(&c, 0, sizeof c);
    c.a = a;
    c.err = err;
    c.line = line - 1;
    sr_status status = SR_OK;
    while (input.p && status == SR_OK) {
        sr_str row = sr_str_cut(&input, '\n');
        c.line++;
        if (row.n && row.p[row.n - 1] == '\r') row.n--;
        if (row.n == 0) status = check_sentence(&c);
        else if (row.p[0] != '#') status = check_row(&c, row);
    }
    return status ? status : check_sentence(&c);
}

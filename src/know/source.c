/* source.c - codebook text to stanzas: lines, comments, keys and values, each with its line number
 * for messages. The format is that of docs/CODEBOOK.md. What a key means is not known here.
 */
#include "know/source.h"

#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>

const char *const sr_kstanza_names[SR_KSZ_N + 1] = {
    "actor", "role", "issue", "set", "event", "cue", "operator", "support", NULL};

static void report(sr_kproblems *p, sr_error *first, const char *file, uint32_t line,
                   const char *label, const char *fmt, va_list ap) {
    char message[200];
    sr_error e;
    vsnprintf(message, sizeof message, fmt, ap);
    sr_fail(&e, SR_ERESOURCE, line, "%s:%u: %s%s", file, (unsigned)line, label, message);
    if (first) *first = e;
    if (p->out) {
        sr_buf_z(p->out, e.message);
        sr_buf_char(p->out, '\n');
    }
}

void sr_kproblem(sr_kproblems *p, const char *file, uint32_t line, const char *fmt, ...) {
    va_list ap;
    if (p->n++ >= SR_PROBLEMS_MAX) return;
    va_start(ap, fmt);
    report(p, p->n == 1 ? p->err : NULL, file, line, "", fmt, ap);
    va_end(ap);
}

void sr_knote(sr_kproblems *p, const char *file, uint32_t line, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    report(p, NULL, file, line, "note: ", fmt, ap);
    va_end(ap);
}

/* ---- values ------------------------------------------------------------------------------ */

static bool is_blank(char c) { return c == ' ' || c == '\t'; }

bool sr_knext_item(sr_str *rest, char also, sr_str *item) {
    while (rest->n) {
        uint32_t i = 0;
        bool braces = false;
        for (; i < rest->n; i++) {
            char c = rest->p[i];
            if (c == '{') braces = true;
            if (c == '}') braces = false;
            if (!braces && (c == ';' || (also && c == also))) break;
        }
        *item = sr_str_trim((sr_str){rest->p, i});
        if (i < rest->n) i++;
        rest->p += i;
        rest->n -= i;
        if (item->n) return true;
    }
    return false;
}

bool sr_knext_word(sr_str *rest, sr_str *word) {
    uint32_t i = 0, start;
    bool braces = false;
    while (i < rest->n && is_blank(rest->p[i])) i++;
    start = i;
    for (; i < rest->n; i++) {
        if (rest->p[i] == '{') braces = true;
        if (rest->p[i] == '}') braces = false;
        if (!braces && is_blank(rest->p[i])) break;
    }
    *word = (sr_str){rest->p + start, i - start};
    rest->p += i;
    rest->n -= i;
    return word->n > 0;
}

/* ---- lines ------------------------------------------------------------------------------- */

/* A '#' opens a comment where nothing but white space stands before it, after two blanks, or
 * after a tab. */
static sr_str without_comment(sr_str line) {
    for (uint32_t i = 0; i < line.n; i++) {
        if (line.p[i] != '#') continue;
        bool opens = i == 0 || line.p[i - 1] == '\t' ||
                     (is_blank(line.p[i - 1]) && (i == 1 || is_blank(line.p[i - 2])));
        if (opens) return (sr_str){line.p, i};
    }
    return line;
}

static bool id_ok(sr_str id) {
    for (uint32_t i = 0; i < id.n; i++) {
        char c = id.p[i];
        bool ok = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                  c == '_' || c == '.' || (c == '-' && i > 0);
        if (!ok) return false;
    }
    return id.n > 0 && id.n <= 80;
}

static bool key_ok(sr_str key) {
    for (uint32_t i = 0; i < key.n; i++)
        if (!(key.p[i] >= 'a' && key.p[i] <= 'z')) return false;
    return key.n > 0;
}

/* Broken text in a line: what, or NULL. */
static const char *line_trouble(sr_str line) {
    size_t bad;
    if (line.n > 60000) return "longer than 60000 bytes";
    if (!sr_utf8_valid(line.p, line.n, &bad)) return "not valid UTF-8";
    for (uint32_t i = 0; i < line.n; i++)
        if ((unsigned char)line.p[i] < ' ' && line.p[i] != '\t') return "a control character";
    return NULL;
}

static void close_stanza(sr_kstanzas *out, sr_kproblems *p) {
    if (!out->n) return;
    const sr_kstanza *s = &out->v[out->n - 1];
    if (!s->removes && s->n == 0)
        sr_kproblem(p, s->file, s->line, "%s %.*s: empty, or the file is cut off",
                    sr_kstanza_names[s->kind], SR_KARG(s->id));
}

void sr_kread_stanzas(sr_kstanzas *out, const sr_source *src, uint32_t layer, sr_kproblems *p,
                      sr_arena *a) {
    sr_str rest = src->text;
    uint32_t line_no = 0, first = out->n;
    bool open = false; /* lines belong to the last stanza */
    bool skip = false; /* lines belong to one that was not understood */
    SR_VEC(sr_kline) lines = {NULL, 0, 0};

    if (sr_str_starts(rest, "\xEF\xBB\xBF")) rest.p += 3, rest.n -= 3;
    while (rest.n) {
        sr_str raw = sr_str_cut(&rest, '\n');
        line_no++;
        if (raw.n && raw.p[raw.n - 1] == '\r') raw.n--;
        const char *trouble = line_trouble(raw);
        if (trouble) {
            sr_kproblem(p, src->name, line_no, "%s", trouble);
            continue;
        }
        sr_str line = without_comment(raw), text = sr_str_trim(line);
        if (text.n == 0) continue;

        if (is_blank(line.p[0])) {
            sr_kline l = {.line = line_no};
            if (skip) continue;
            if (!open) {
                sr_kproblem(p, src->name, line_no, "a key before any stanza");
                continue;
            }
            sr_kstanza *s = &out->v[out->n - 1];
            sr_knext_word(&text, &l.key);
            l.value = sr_str_trim(text);
            if (!key_ok(l.key)) {
                sr_kproblem(p, src->name, line_no, "not a key: \"%.*s\"", SR_KARG(l.key));
            } else if (l.value.n == 0) {
                sr_kproblem(p, src->name, line_no, "%.*s: no value", SR_KARG(l.key));
            } else if (s->removes) {
                sr_kproblem(p, src->name, line_no, "a stanza that removes has no keys");
            } else {
                SR_PUSH(a, &lines, l);
                s->v = lines.v;
                s->n = lines.n;
            }
            continue;
        }

        sr_str kind, id;
        if (open) close_stanza(out, p);
        open = false;
        skip = true;
        sr_knext_word(&text, &kind);
        int which = -1;
        for (int k = 0; k < SR_KSZ_N; k++)
            if (sr_str_is(kind, sr_kstanza_names[k])) which = k;
        if (which < 0) {
            sr_kproblem(p, src->name, line_no, "unknown kind of stanza: \"%.*s\"",
                        SR_KARG(kind));
            continue;
        }
        sr_knext_word(&text, &id);
        bool removes = id.n > 0 && id.p[0] == '-';
        if (removes) id.p++, id.n--;
        if (!id_ok(id)) {
            sr_kproblem(p, src->name, line_no, "%.*s: an id is letters, digits, '_', '.', '-'",
                        SR_KARG(kind));
            continue;
        }
        if (sr_str_trim(text).n) {
            sr_kproblem(p, src->name, line_no, "%.*s %.*s: more words than kind and id",
                        SR_KARG(kind), SR_KARG(id));
            continue;
        }
        sr_kstanza s = {.kind = (uint8_t)which, .removes = removes, .id = id, .file = src->name,
                        .line = line_no, .layer = layer};
        memset(&lines, 0, sizeof lines);
        SR_PUSH(a, out, s);
        open = true;
        skip = false;
    }
    if (open && out->n > first) close_stanza(out, p);
}

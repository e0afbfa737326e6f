/* doc.c - one raw item to one document: the steps of reading in their order, and the text form of
 * the result.
 */
#include "read/read.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"

static void warn(sr_doc *doc, sr_arena *a, sr_str warning) {
    SR_PUSH(a, &doc->warnings, warning);
}

static const sr_str nul_warning = {"NUL characters were replaced by U+FFFD", 38};

/* A NUL would end the text for every C program downstream. JSON can spell one. */
static sr_str without_nul(sr_str s, sr_arena *a, bool *found) {
    if (!s.n || !memchr(s.p, 0, s.n)) return s;
    *found = true;
    char *out = sr_arena_alloc(a, (size_t)s.n * 3);
    uint32_t k = 0;
    for (uint32_t i = 0; i < s.n; i++) {
        if (s.p[i]) out[k++] = s.p[i];
        else k += sr_utf8_encode(out + k, 0xFFFD);
    }
    return (sr_str){out, k};
}

/* "2025-10-28", "20251028", and either with a time of day after it. */
static int32_t date_of(sr_str s) {
    s = sr_str_trim(s);
    if (s.n > 10 && (s.p[10] == 'T' || s.p[10] == ' ')) return sr_day_parse((sr_str){s.p, 10});
    uint64_t v;
    if (s.n > 8 && s.p[8] == 'T') s.n = 8;
    if (s.n == 8 && sr_str_u64(s, &v))
        return sr_day_of((int)(v / 10000), (int)(v / 100 % 100), (int)(v % 100));
    return sr_day_parse(s);
}

static bool is_blank(sr_str s) { return sr_str_trim(s).n == 0; }

/* Datelines open the prose. A bare place with a dash is believed in the first two paragraphs;
 * further down it is a list, a speaker, an aside, unless the text started with one: then it is a
 * digest of several stories. The first dateline speaks for the document. */
static void find_datelines(sr_doc *doc, sr_block *blocks) {
    uint32_t paragraphs = 0;
    bool first = true, digest = false;
    for (uint32_t i = 0; i < doc->n_blocks; i++) {
        sr_block *b = &blocks[i];
        sr_str s = {doc->text.p + b->start, b->end - b->start};
        sr_dateline d = sr_dateline_find(s);
        if (b->kind == SR_BLOCK_PARAGRAPH) paragraphs++;
        if (!d.length) continue;
        if (!d.marked && !digest && (paragraphs > 2 || !first)) continue;
        /* A title with a dash is no dateline unless it says more than a place. */
        if (b->kind == SR_BLOCK_HEADING && !d.marked) continue;
        b->body = b->start + d.length;
        if (b->kind == SR_BLOCK_HEADING && b->body < b->end) b->kind = SR_BLOCK_PARAGRAPH;
        if (!first) continue;
        first = false;
        digest = !d.marked;
        doc->dateline_place = d.place;
        if (doc->date == SR_DAY_NONE) doc->date = d.date;
    }
}

static sr_status finish(sr_doc *doc, const char *where, int32_t default_date, sr_arena *a,
                        sr_error *err) {
    if (doc->text.n > SR_DOC_TEXT_MAX)
        return sr_fail(err, SR_ELIMIT, SR_DOC_TEXT_MAX,
                       "%sthe text is longer than SR_DOC_TEXT_MAX, %u bytes", where,
                       SR_DOC_TEXT_MAX);
    if (is_blank(doc->text)) return sr_fail(err, SR_EINPUT, 0, "%sthe text is empty", where);
    sr_str head = sr_str_trim(doc->text);
    if (sr_str_starts(head, "<!DOCTYPE") || sr_str_starts(head, "<!doctype") ||
        sr_str_starts(head, "<html") || sr_str_starts(head, "<HTML") ||
        sr_str_starts(head, "<?xml"))
        warn(doc, a, SR_LIT("looks like HTML or XML; its mark-up is read as text"));
    sr_block *blocks = sr_blocks_find(doc, a);
    if (doc->n_blocks == 0) return sr_fail(err, SR_EINPUT, 0, "%sthe text is empty", where);
    find_datelines(doc, blocks);
    if (doc->date == SR_DAY_NONE) doc->date = default_date;
    doc->language = sr_str_z(sr_language_guess(doc->text));
    if (!doc->id.n) {
        /* One text in two papers is two documents. */
        uint64_t h = sr_hash(doc->title.p, doc->title.n, 1);
        h = sr_hash(doc->url.p, doc->url.n, h);
        h = sr_hash(doc->publication.p, doc->publication.n, h);
        h = sr_hash(doc->text.p, doc->text.n, h);
        doc->id = sr_arena_printf(a, "%016" PRIx64, h);
    }
    return SR_OK;
}

static sr_status decode_text(sr_doc *out, const sr_raw *raw, const char *where,
                             int32_t default_date, sr_arena *a, sr_error *err) {
    const unsigned char *u = (const unsigned char *)raw->bytes;
    if (raw->n >= 2 && u[0] == 0x1F && u[1] == 0x8B)
        return sr_fail(err, SR_EINPUT, 0, "%scompressed by gzip, not text", where);
    sr_decoded d = sr_decode_bytes(raw->bytes, raw->n, a);
    const char *objection = sr_text_objection(d.text);
    if (objection) return sr_fail(err, SR_EINPUT, 0, "%s%s, not text", where, objection);
    if (d.warning) warn(out, a, sr_str_z(d.warning));
    bool nul = false;
    out->text = without_nul(d.text, a, &nul);
    if (nul) warn(out, a, nul_warning);
    return finish(out, where, default_date, a, err);
}

static sr_status decode_json(sr_doc *out, const sr_raw *raw, const char *where,
                             int32_t default_date, sr_arena *a, sr_error *err) {
    sr_fields f;
    sr_decoded d = sr_decode_bytes(raw->bytes, raw->n, a);
    sr_status status = sr_json_fields(&f, d.text, where, a, err);
    if (status) return status;
    if (d.warning) warn(out, a, sr_str_z(d.warning));
    bool nul = false;
    out->text = without_nul(f.text, a, &nul);
    out->id = without_nul(f.id, a, &nul);
    out->title = without_nul(f.title, a, &nul);
    out->url = without_nul(f.url, a, &nul);
    out->publication = without_nul(f.publication, a, &nul);
    if (nul) warn(out, a, nul_warning);
    if (!is_blank(f.date)) {
        out->date = date_of(f.date);
        if (out->date == SR_DAY_NONE)
            warn(out, a, SR_LIT("the field \"date\" is not a date YYYY-MM-DD"));
    }
    return finish(out, where, default_date, a, err);
}

sr_status sr_doc_decode(sr_doc *out, const sr_raw *raw, int32_t default_date, sr_arena *a,
                        sr_error *err) {
    memset(out, 0, sizeof *out);
    out->date = SR_DAY_NONE;
    char where[200] = "";
    if (raw->source && raw->line)
        snprintf(where, sizeof where, "%.160s:%" PRIu64 ": ", raw->source, raw->line);
    else if (raw->source)
        snprintf(where, sizeof where, "%.160s: ", raw->source);
    if (raw->n > SR_RAW_MAX)
        return sr_fail(err, SR_ELIMIT, 0, "%slonger than SR_RAW_MAX, %u bytes", where,
                       SR_RAW_MAX);
    if (raw->n == 0) return sr_fail(err, SR_EINPUT, 0, "%sthe text is empty", where);
    return raw->kind == SR_RAW_JSON ? decode_json(out, raw, where, default_date, a, err)
                                    : decode_text(out, raw, where, default_date, a, err);
}

sr_status sr_read_text(sr_doc *out, const char *bytes, size_t n, const char *name, sr_arena *a,
                       sr_error *err) {
    sr_raw raw = {bytes, n, name, 0, SR_RAW_TEXT};
    return sr_doc_decode(out, &raw, SR_DAY_NONE, a, err);
}

/* ---- text form ----------------------------------------------------------------------------- */

/* On one line: each run of white space and control characters becomes a blank. */
static void put_line(sr_buf *out, sr_str s) {
    bool gap = false;
    for (uint32_t i = 0; i < s.n; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c <= ' ' || c == 0x7F) {
            gap = true;
            continue;
        }
        if (gap) sr_buf_char(out, ' ');
        gap = false;
        sr_buf_char(out, s.p[i]);
    }
    sr_buf_char(out, '\n');
}

static void put_field(sr_buf *out, const char *name, sr_str value) {
    if (!value.n) return;
    sr_buf_printf(out, "%s ", name);
    put_line(out, value);
}

void sr_doc_print(sr_buf *out, const sr_doc *doc) {
    char day[16];
    put_field(out, "document", doc->id);
    sr_day_print(day, doc->date);
    put_field(out, "date", sr_str_z(day));
    put_field(out, "title", doc->title);
    put_field(out, "url", doc->url);
    put_field(out, "publication", doc->publication);
    put_field(out, "language", doc->language);
    put_field(out, "dateline", doc->dateline_place);
    for (uint32_t i = 0; i < doc->warnings.n; i++) put_field(out, "warning", doc->warnings.v[i]);
    for (uint32_t i = 0; i < doc->n_blocks; i++) {
        const sr_block *b = &doc->blocks[i];
        sr_buf_printf(out, "%s %" PRIu32 "-%" PRIu32,
                      b->kind == SR_BLOCK_HEADING ? "heading" : "paragraph", b->start, b->end);
        if (b->body != b->start) sr_buf_printf(out, " body %" PRIu32, b->body);
        sr_buf_z(out, "\n  ");
        put_line(out, (sr_str){doc->text.p + b->start, b->end - b->start});
    }
}

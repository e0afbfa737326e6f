/* coder.c - one document through every stage.
 *
 *   item ─read▶ doc ─parse▶ trees ─mention▶ mentions ─code▶ record
 *
 * The document's arena is cleared when the next one begins, so a record lives as long as its
 * coder's silence. Memory that runs out inside a stage comes back here by longjmp (base.h): what
 * must survive that lies in the coder, not in locals.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "api/api.h"
#include "base/date.h"
#include "base/limits.h"

void sr_coder_options_init(sr_coder_options *opt) { memset(opt, 0, sizeof *opt); }

sr_status sr_coder_new(sr_coder **out, const sr_engine *e, const sr_coder_options *opt,
                       sr_error *err) {
    sr_coder *c = calloc(1, sizeof *c);
    if (!c) return sr_fail(err, SR_ENOMEM, 0, "out of memory");
    c->engine = e;
    if (opt) c->opt = *opt;
    c->date = SR_DAY_NONE;
    if (c->opt.date) {
        c->date = sr_day_parse(sr_str_z(c->opt.date));
        if (c->date == SR_DAY_NONE) {
            sr_fail(err, SR_EUSAGE, 0, "\"%s\" is not a date YYYY-MM-DD", c->opt.date);
            free(c);
            return SR_EUSAGE;
        }
        c->opt.date = NULL; /* the caller's */
    }
    sr_status status = sr_parser_new(&c->parser, e->model, err);
    if (status) {
        free(c);
        return status;
    }
    sr_arena_init(&c->arena, SR_DOC_MEMORY_MAX);
    sr_arena_init(&c->batch, SR_DOC_MEMORY_MAX);
    *out = c;
    return SR_OK;
}

void sr_coder_free(sr_coder *c) {
    if (!c) return;
    sr_parser_free(c->parser);
    sr_arena_release(&c->arena);
    sr_arena_release(&c->batch);
    sr_buf_release(&c->trees.out);
    free(c);
}

double sr_coder_clock(const sr_coder *c) {
    struct timespec t;
    if (!c->opt.timings || clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t) != 0) return 0;
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

sr_costs sr_coder_costs(const sr_coder *c) { return c->costs; }

/* ---- reading ------------------------------------------------------------------------------- */

static sr_status read_conllu(sr_coder *c, const sr_item *item, sr_error *err) {
    sr_record *r = &c->record;
    const char *name = item->source ? item->source : "CoNLL-U";
    sr_error why = {SR_OK, 0, ""};
    if (item->n > SR_RAW_MAX)
        return sr_fail(err, SR_ELIMIT, 0, "%s: longer than SR_RAW_MAX, %u bytes", name, SR_RAW_MAX);
    sr_decoded text = sr_decode_bytes(item->bytes, item->n, &c->arena);
    sr_status status = sr_conllu_check(text.text, item->line ? item->line : 1, &c->arena, &why);
    if (status)
        return sr_fail(err, status, why.position, "%s:%" PRIu64 ": %s", name, why.position, why.message);
    status = sr_conllu_read(&r->doc, &r->parse, text.text, &c->arena, &why);
    if (status) return sr_fail(err, status, why.position, "%s: %s", name, why.message);
    if (!r->parse.n) return sr_fail(err, SR_EINPUT, 0, "%s: no sentence in it", name);
    for (uint32_t i = 0; i < r->parse.n; i++)
        if (r->parse.s[i].n > SR_SENT_WORDS_MAX)
            return sr_fail(err, SR_ELIMIT, 0, "%s: sentence %" PRIu32 " is longer than "
                           "SR_SENT_WORDS_MAX, %d words", name, i + 1, SR_SENT_WORDS_MAX);
    if (text.warning) SR_PUSH(&c->arena, &r->doc.warnings, sr_str_z(text.warning));
    r->doc.date = c->date;
    r->doc.id = sr_arena_printf(&c->arena, "%016" PRIx64,
                                sr_hash(r->doc.text.p, r->doc.text.n, 1));
    return SR_OK;
}

static sr_status read_item(sr_coder *c, const sr_item *item, const sr_metadata *meta,
                           sr_error *err) {
    sr_record *r = &c->record;
    if (item->kind == SR_ITEM_WORDS || item->kind == SR_ITEM_TREES)
        return read_conllu(c, item, err);
    sr_raw raw = {item->bytes, item->n, item->source, item->line,
                  item->kind == SR_ITEM_JSON ? SR_RAW_JSON : SR_RAW_TEXT};
    sr_status status = sr_doc_decode(&r->doc, &raw, c->date, &c->arena, err);
    if (status || !meta) return status;
    const struct {
        const char *from;
        sr_str *to;
    } fields[] = {{meta->id, &r->doc.id}, {meta->title, &r->doc.title}, {meta->url, &r->doc.url},
                  {meta->publication, &r->doc.publication}};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].from && *fields[i].from)
            *fields[i].to = sr_arena_dup(&c->arena, sr_str_z(fields[i].from));
    if (meta->date) {
        r->doc.date = sr_day_parse(sr_str_z(meta->date));
        if (r->doc.date == SR_DAY_NONE)
            return sr_fail(err, SR_EUSAGE, 0, "\"%s\" is not a date YYYY-MM-DD", meta->date);
    }
    return SR_OK;
}

/* ---- the stages ---------------------------------------------------------------------------- */

static void parse(sr_coder *c, sr_item_kind kind) {
    sr_record *r = &c->record;
    if (kind == SR_ITEM_TREES) {
        for (uint32_t i = 0; i < r->parse.n; i++) { /* sentences without a tree get one */
            if (r->parse.s[i].parsed) continue;
            sr_parse one = {&r->parse.s[i], 1, r->parse.s[i].n};
            sr_parser_tag(c->parser, &one, &c->arena);
        }
    } else if (kind == SR_ITEM_WORDS) {
        sr_parser_tag(c->parser, &r->parse, &c->arena);
    } else {
        sr_parser_run(c->parser, &r->parse, &r->doc, &c->arena);
    }
    r->coded.parse = &r->parse;
}

static void put_trees(void *to, const sr_parse *batch) {
    sr_coder *c = to;
    sr_buf *out = &c->trees.out;
    sr_conllu_print(out, &c->record.doc, batch, &c->trees.place);
    if (out->failed) longjmp(*c->arena.recover, SR_ENOMEM);
    c->trees.sink(c->trees.context, out->p, out->n);
    sr_buf_reset(out);
    c->costs.sentences += batch->n;
    c->costs.words += batch->n_words;
}

static void print_trees(sr_coder *c, sr_item_kind kind) {
    sr_record *r = &c->record;
    c->trees.place = (sr_conllu_place){0, UINT32_MAX};
    sr_buf_reset(&c->trees.out);
    sr_conllu_head(&c->trees.out, &r->doc);
    if (kind == SR_ITEM_TREES || kind == SR_ITEM_WORDS) {
        parse(c, kind);
        put_trees(c, &r->parse);
    } else {
        sr_parser_each(c->parser, &r->doc, put_trees, c, &c->arena, &c->batch);
        if (!c->trees.place.sentences) put_trees(c, &r->parse); /* the head alone */
    }
}

static sr_status run(sr_coder *c, const sr_item *item, const sr_metadata *meta, sr_error *err) {
    sr_record *r = &c->record;
    double *seconds = c->costs.seconds, before = sr_coder_clock(c), now;
#define STAGE_DONE(stage)                                                                        \
    (now = sr_coder_clock(c), seconds[stage] += now - before, before = now)

    sr_status status = read_item(c, item, meta, err);
    STAGE_DONE(SR_STAGE_READ);
    if (status) return status;
    r->id = sr_arena_dup(&c->arena, r->doc.id).p;
    r->coded.doc = &r->doc;
    if (c->trees.sink) {
        print_trees(c, item->kind);
        STAGE_DONE(SR_STAGE_PARSE);
        return SR_OK;
    }
    if (!c->engine->know) return sr_fail(err, SR_EUSAGE, 0, "the engine has no codebook to code with");
    if (!sr_str_is(r->doc.language, "en")) return SR_OK;

    parse(c, item->kind);
    STAGE_DONE(SR_STAGE_PARSE);
    c->costs.sentences += r->parse.n;
    c->costs.words += r->parse.n_words;

    sr_mention_run(&r->mentions, c->engine->know, &r->doc, &r->parse, &c->arena);
    STAGE_DONE(SR_STAGE_MENTION);

    sr_code_options opt = {.statements = c->opt.statements, .why_not = c->opt.why_not};
    sr_code_run(&r->coded, c->engine->know, &r->doc, &r->parse, &r->mentions, &opt, &c->arena);
    STAGE_DONE(SR_STAGE_CODE);
    c->costs.events += r->coded.events.n;
    return SR_OK;
#undef STAGE_DONE
}

/* An id for what could not be read, so that its record can be told from others: the one that the
 * input gives if it gives one, else a hash of the bytes, as for documents without an id. */
static void identify(sr_coder *c, const sr_item *item, const char *message) {
    sr_record *r = &c->record;
    const char *bytes = item ? item->bytes : message;
    size_t n = item ? item->n : strlen(message);
    snprintf(r->hash, sizeof r->hash, "%016" PRIx64, sr_hash(bytes, n, 1));
    r->id = r->hash;
    jmp_buf recover;
    c->arena.recover = &recover;
    if (!item || item->kind != SR_ITEM_JSON || item->n > SR_RAW_MAX || setjmp(recover)) return;
    sr_arena_clear(&c->arena);
    sr_fields f = {.id = SR_STR_NONE};
    sr_decoded d = sr_decode_bytes(item->bytes, item->n, &c->arena);
    sr_json_fields(&f, d.text, "", &c->arena, NULL); /* fills what it can */
    if (f.id.n && !memchr(f.id.p, 0, f.id.n)) r->id = sr_arena_dup(&c->arena, f.id).p;
}

static void fail(sr_coder *c, const sr_item *item, const sr_error *why) {
    sr_record *r = &c->record;
    memset(&r->coded, 0, sizeof r->coded);
    r->failed = true;
    r->error = *why;
    identify(c, item, why->message);
    c->arena.recover = NULL;
}

static void begin(sr_coder *c) {
    sr_arena_clear(&c->arena);
    memset(&c->record, 0, sizeof c->record);
    c->record.coder = c;
}

static sr_status code(sr_coder *c, const sr_record **out, const sr_item *item,
                      const sr_metadata *meta, sr_error *err) {
    sr_error why = {SR_OK, 0, ""};
    begin(c);
    *out = &c->record;
    jmp_buf recover;
    c->arena.recover = c->batch.recover = &recover;
    int jumped = setjmp(recover);
    if (jumped) {
        const char *name = item->source ? item->source : "document";
        char line[32] = "";
        if (item->line) snprintf(line, sizeof line, ":%" PRIu64, item->line);
        if (jumped == SR_ELIMIT)
            sr_fail(&why, SR_ELIMIT, 0, "%s%s: needs more than SR_DOC_MEMORY_MAX, %zu bytes", name, line,
                    (size_t)SR_DOC_MEMORY_MAX);
        else
            sr_fail(&why, SR_ENOMEM, 0, "%s%s: out of memory", name, line);
    } else {
        run(c, item, meta, &why);
    }
    c->arena.recover = c->batch.recover = NULL;
    c->costs.documents++;
    c->costs.bytes += item->n;
    if (c->arena.used > c->costs.memory) c->costs.memory = c->arena.used;
    if (why.status == SR_OK) return SR_OK;
    fail(c, item, &why);
    if (err) *err = why;
    return why.status;
}

sr_status sr_code_item(sr_coder *c, const sr_record **out, const sr_item *item, sr_error *err) {
    return code(c, out, item, NULL, err);
}

sr_status sr_parse_item(sr_coder *c, const sr_item *item, sr_sink *sink, void *context,
                        sr_error *err) {
    const sr_record *r;
    c->trees.sink = sink;
    c->trees.context = context;
    sr_status status = code(c, &r, item, NULL, err);
    c->trees.sink = NULL;
    return status;
}

sr_status sr_code_text(sr_coder *c, const sr_record **out, const char *text, size_t n,
                       const sr_metadata *meta, sr_error *err) {
    sr_item item = {text, n, NULL, 0, SR_ITEM_TEXT};
    return code(c, out, &item, meta, err);
}

const sr_record *sr_code_failure(sr_coder *c, const sr_error *why) {
    begin(c);
    c->costs.documents++;
    fail(c, NULL, why);
    return &c->record;
}

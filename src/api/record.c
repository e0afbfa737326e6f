/* record.c - what a record says, and its forms: the writers of src/export on the caller's output. */
#include <stdlib.h>

#include "api/api.h"
#include "export/export.h"

sr_counts sr_record_counts(const sr_record *r) {
    const sr_doc_record *d = &r->coded;
    sr_counts n = {0, 0, d->events.n, d->statements.n, d->talks.n, 0, d->dropped.n};
    if (d->parse) {
        n.sentences = d->parse->n;
        n.words = d->parse->n_words;
    }
    if (d->doc) n.warnings = d->doc->warnings.n + (d->mentions && d->mentions->no_date_warning);
    return n;
}

const char *sr_record_id(const sr_record *r) { return r->id; }
const char *sr_record_error(const sr_record *r) { return r->failed ? r->error.message : NULL; }

void sr_render_options_init(sr_render_options *opt) { memset(opt, 0, sizeof *opt); }

void sr_output_reset(sr_output *out) {
    out->size = 0;
    if (out->data) out->data[0] = '\0';
}

void sr_output_release(sr_output *out) {
    free(out->data);
    memset(out, 0, sizeof *out);
}

static const sr_render_options defaults = {0};

static sr_buf borrow(const sr_output *out) { return (sr_buf){out->data, out->size, out->capacity, false}; }

static sr_status give_back(sr_output *out, const sr_buf *b, sr_error *err) {
    *out = (sr_output){b->p, b->n, b->cap};
    return b->failed ? sr_fail(err, SR_ENOMEM, 0, "out of memory for output") : SR_OK;
}

static void failed_record(sr_buf *b, const sr_record *r, sr_format format) {
    if (format == SR_JSONL) {
        sr_json_error(b, sr_str_z(r->id), r->error.message);
    } else if (format == SR_TABLE || format == SR_EXPLAIN) {
        sr_buf_z(b, "not coded: ");
        sr_buf_z(b, r->error.message);
        sr_buf_char(b, '\n');
    }
}

static void trees(sr_buf *b, const sr_doc_record *d) {
    if (!d->parse) return;
    sr_conllu_head(b, d->doc);
    sr_conllu_print(b, d->doc, d->parse, NULL);
}

sr_status sr_record_render(sr_output *out, const sr_record *r, const sr_render_options *opt,
                           sr_error *err) {
    if (!opt) opt = &defaults;
    sr_buf b = borrow(out);
    double before = sr_coder_clock(r->coder);
    if (r->failed) {
        failed_record(&b, r, opt->format);
    } else {
        switch (opt->format) {
        case SR_JSONL:
            sr_json_write(&b, &r->coded, &(sr_json_options){opt->with_text, opt->mentions});
            break;
        case SR_CSV: sr_csv_write(&b, &r->coded); break;
        case SR_TABLE:
            sr_table_write(&b, &r->coded, &(sr_table_options){opt->width, opt->color, opt->ascii});
            break;
        case SR_EXPLAIN: sr_explain_write(&b, r); break;
        case SR_CONLLU: trees(&b, &r->coded); break;
        default: return sr_fail(err, SR_EUSAGE, 0, "no such format");
        }
    }
    r->coder->costs.seconds[SR_STAGE_EXPORT] += sr_coder_clock(r->coder) - before;
    return give_back(out, &b, err);
}

sr_status sr_render_head(sr_output *out, const sr_render_options *opt, sr_error *err) {
    if (!opt) opt = &defaults;
    sr_buf b = borrow(out);
    if (opt->format == SR_CSV) sr_csv_head(&b);
    return give_back(out, &b, err);
}

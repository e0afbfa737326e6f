/* fuzz_read.c - any bytes, as a plain text and as a record, to a document and its text form.
 * Besides memory errors it looks for what later stages rely on: valid UTF-8, blocks in order and
 * within the text.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "read/read.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool holds) {
    if (!holds) abort();
}

static void try_as(const uint8_t *data, size_t n, sr_raw_kind kind) {
    sr_raw raw = {(const char *)data, n, "fuzz", 1, kind};
    sr_arena a;
    sr_buf out;
    sr_doc doc;
    sr_error err;
    jmp_buf back;
    sr_arena_init(&a, SR_DOC_MEMORY_MAX);
    sr_buf_init(&out);
    a.recover = &back;
    if (setjmp(back) == 0) {
        if (sr_doc_decode(&doc, &raw, SR_DAY_NONE, &a, &err) == SR_OK) {
            must(sr_utf8_valid(doc.text.p, doc.text.n, NULL));
            must(doc.n_blocks > 0);
            uint32_t at = 0;
            for (uint32_t i = 0; i < doc.n_blocks; i++) {
                const sr_block *b = &doc.blocks[i];
                must(b->start >= at && b->start < b->end && b->end <= doc.text.n);
                must(b->body >= b->start && b->body <= b->end);
                must(sr_utf8_valid(doc.text.p + b->start, b->body - b->start, NULL));
                must(sr_utf8_valid(doc.text.p + b->body, b->end - b->body, NULL));
                at = b->end;
            }
            sr_doc_print(&out, &doc);
            must(sr_utf8_valid(out.p, out.n, NULL));
        } else {
            must(err.message[0] != 0);
            must(sr_utf8_valid(err.message, strlen(err.message), NULL));
        }
    }
    sr_buf_release(&out);
    sr_arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    try_as(data, n, SR_RAW_TEXT);
    try_as(data, n, SR_RAW_JSON);
    return 0;
}

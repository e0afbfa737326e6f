/* code.h - the coder: trees and mentions to the record of one document. */
#ifndef SR_CODE_H
#define SR_CODE_H

#include "code/record.h"

typedef struct sr_code_options {
    bool statements;   /* also STATEMENT and APPEAL events (CAMEO 01, 02) */
    bool why_not;      /* fill `dropped` */
} sr_code_options;

/* All in `a`; the inputs must outlive the record. */
void sr_code_run(sr_doc_record *out, const sr_know *k, const sr_doc *doc, const sr_parse *parse,
                 const sr_mentions *mentions, const sr_code_options *opt, sr_arena *a);
/* Text form, for `sitrep explain`. */
void sr_record_print(sr_buf *out, const sr_doc_record *r, bool why_not);

#endif

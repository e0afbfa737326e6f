/* export.h - the record of one document as bytes.
 *
 *   [sr_doc_record] ─export▶ JSON line, CSV rows, a page for a terminal
 *
 * Computes no code: what is not in the record is not in the output. All writers append to a buffer
 * and leave a failure in it. In a document that was skipped for its language (sr_is_skipped) the
 * record's parse and mentions are NULL.
 */
#ifndef SR_EXPORT_H
#define SR_EXPORT_H

#include "code/record.h"

/* Only English is coded. */
static inline bool sr_is_skipped(const sr_doc_record *r) {
    return !sr_str_is(r->doc->language, "en");
}

typedef struct sr_json_options {
    bool with_text, mentions;
} sr_json_options;

void sr_json_write(sr_buf *out, const sr_doc_record *r, const sr_json_options *opt);
/* The line that stands for a document which could not be coded. */
void sr_json_error(sr_buf *out, sr_str id, const char *message);

void sr_csv_head(sr_buf *out);
void sr_csv_write(sr_buf *out, const sr_doc_record *r);

typedef struct sr_table_options {
    unsigned width;  /* columns, at least 40 are used; 0: 80 */
    bool color, ascii;
} sr_table_options;

void sr_table_write(sr_buf *out, const sr_doc_record *r, const sr_table_options *opt);

/* Entries of the codebook that a query finds, as lines of JSON or for people; return how many. Actors
 * with their code on `day` when `dated`, else with all their codes. */
uint32_t sr_actors_write(sr_buf *out, const sr_know *k, sr_str query, int32_t day, bool dated, bool json);
uint32_t sr_places_write(sr_buf *out, const sr_know *k, sr_str query, bool json);

/* ---- between the files of this folder ------------------------------------------------------ */

/* Appends a decimal number with at most `places` digits after the point, zeros at the end left
 * out. The same on every machine and in every locale. */
void sr_put_decimal(sr_buf *out, double x, int places);
void sr_put_int(sr_buf *out, int64_t x);

/* What a pronoun stands for, as far as that is known; any other entity itself. */
const sr_entity *sr_entity_named(const sr_entity *e);

/* Totals of an event's tolls by effect: the sum of their best figures; -1 if there is none. */
int64_t sr_toll_total(const sr_event *e, const char *effect);

#endif

/* doc.h - what `read` hands on: one document, decoded, with its blocks found.
 *
 *   bytes ─read▶ [sr_doc] ─parse▶ ...
 *
 * The text is never rewritten: offsets into it are what the record reports. Wrapped lines are
 * joined by meaning alone (a newline inside a block is white space), mark-up and windows-1252
 * were undone before.
 */
#ifndef SR_DOC_H
#define SR_DOC_H

#include "base/base.h"

typedef enum sr_block_kind {
    SR_BLOCK_PARAGRAPH,
    SR_BLOCK_HEADING /* a line of its own without a full stop: title, crosshead */
} sr_block_kind;

typedef struct sr_block {
    uint32_t start, end;   /* bytes of text, white space trimmed */
    sr_block_kind kind;
    uint32_t body;         /* where the prose starts: after a dateline "KABUL, Oct 28 (Outlet) -",
                              else == start */
} sr_block;

typedef struct sr_doc {
    sr_str id, title, url, publication;
    sr_str language;       /* "en", or a guess from stop words when it is plainly another */
    sr_str text;           /* valid UTF-8 */
    int32_t date;          /* publication day, SR_DAY_NONE if unknown */
    sr_str dateline_place; /* words of the dateline that name a place, may be empty */
    const sr_block *blocks;
    uint32_t n_blocks;
    SR_VEC(sr_str) warnings;
} sr_doc;

#endif

/* read.h - bytes to documents.
 *
 *   path ─sr_reader▶ [sr_raw] ─sr_doc_decode▶ [sr_doc]
 *
 * The reader only cuts its input into raw items, so that it can run ahead of the threads that
 * decode them. Decoding undoes the encoding, reads the fields of a JSON record, and finds blocks,
 * datelines and language.
 */
#ifndef SR_READ_H
#define SR_READ_H

#include "read/doc.h"

/* ---- raw items ---------------------------------------------------------------------------- */

typedef enum sr_raw_kind {
    SR_RAW_TEXT, /* a whole plain text */
    SR_RAW_JSON  /* one JSON object: id, text, date, title, url, publication */
} sr_raw_kind;

typedef struct sr_raw {
    const char *bytes;
    size_t n;
    const char *source; /* file name for messages, may be NULL */
    uint64_t line;      /* from 1; 0 for a whole file */
    sr_raw_kind kind;
} sr_raw;

typedef struct sr_reader sr_reader;

/* Opens a file, or standard input for "-". The kind is told from the first byte that is no white
 * space: `{` means one JSON object a line, anything else one plain text; with `pieces` a text over
 * SR_PIECE_MAX comes in items that are cut at empty lines, else at line ends, else at spaces. */
sr_status sr_reader_open(sr_reader **out, const char *path, bool pieces, sr_error *err);
/* 1: *raw is the next item; it and `source` belong to the reader, bytes until the next call,
 *    source until sr_reader_close.
 * 0: the end.
 * -1: an item could not be had and *err (may be NULL) says why; the next call goes on with what
 *    follows it. */
int sr_reader_next(sr_reader *r, sr_raw *raw, sr_error *err);
void sr_reader_close(sr_reader *r); /* NULL is fine */

/* ---- documents ---------------------------------------------------------------------------- */

/* Decodes a raw item into *out, all of it copied into `a`. The date is the record's, else one with
 * a year in the dateline, else `default_date` (may be SR_DAY_NONE). Strange input is data with
 * warnings; SR_EINPUT for what holds no text (empty, binary, broken JSON), SR_ELIMIT for a text
 * over SR_DOC_TEXT_MAX. On error *out is void. */
sr_status sr_doc_decode(sr_doc *out, const sr_raw *raw, int32_t default_date, sr_arena *a,
                        sr_error *err);
/* The same for a plain text; `name` (may be NULL) is for messages. */
sr_status sr_read_text(sr_doc *out, const char *bytes, size_t n, const char *name, sr_arena *a,
                       sr_error *err);

/* Metadata, warnings and blocks as text for people, a line each (`sitrep explain`). */
void sr_doc_print(sr_buf *out, const sr_doc *doc);

/* ---- steps, for tests and for other readers of text ------------------------------------------- */

typedef struct sr_decoded {
    sr_str text;
    const char *warning; /* static text, NULL if the bytes were fine */
} sr_decoded;

/* Any bytes to valid UTF-8 in `a`: drops a byte order mark, decodes UTF-16 that has one, reads
 * what is not UTF-8 as windows-1252 if it looks like that and else replaces the broken bytes by
 * U+FFFD. */
sr_decoded sr_decode_bytes(const char *bytes, size_t n, sr_arena *a);
/* NULL, or what a decoded text is if it is not one ("binary data", "a PDF file"). */
const char *sr_text_objection(sr_str text);

/* Fills blocks and n_blocks from text; returns the blocks, for datelines to be entered. */
sr_block *sr_blocks_find(sr_doc *doc, sr_arena *a);

typedef struct sr_dateline {
    uint32_t length;  /* bytes up to where the prose starts; 0: there is no dateline */
    sr_str place;     /* "KABUL", "CAPE TOWN, South Africa"; may be empty */
    int32_t date;     /* SR_DAY_NONE unless it has day, month and year */
    bool marked;      /* has an agency or a date, not only a place and a dash */
} sr_dateline;

sr_dateline sr_dateline_find(sr_str paragraph);

/* ISO 639-1 code: "en" unless the text is plainly something else; "und" if it is not told what. */
const char *sr_language_guess(sr_str text);

/* ---- between the files of this folder ---------------------------------------------------------- */

typedef struct sr_fields {
    sr_str id, text, date, title, url, publication; /* p == NULL: absent */
} sr_fields;

/* Reads a JSON object; strings are copied into `a`. `where` ("file:3: ", never NULL) starts
 * messages. */
sr_status sr_json_fields(sr_fields *out, sr_str json, const char *where, sr_arena *a,
                         sr_error *err);

#endif

/* sitrep.h - the whole public interface of libsitrep.
 *
 * sitrep reads reporting on conflict and diplomacy and returns its record: events, statements,
 * tolls, talks, each tied to the words it was read from. docs/RECORD.md describes the record.
 *
 *   sr_engine   read-only knowledge: model, codebook, overlays. Made once, never changed, shared
 *               by any number of threads.
 *   sr_coder    the scratch of one thread. One coder per thread; not to be shared.
 *   sr_record   the record of one document. Owned by its coder, valid until the coder's next call.
 *
 * Fallible calls return a status and take a caller-owned sr_error last. It is written only on
 * failure and may be NULL. Text is pointer and length, UTF-8, never needs a closing NUL; names of
 * files, dates and the like are NUL-terminated. `free` takes NULL. Nothing here prints, exits, or
 * reads environment or locale; the clock is read only when `timings` asks for it.
 *
 *   sr_engine_new ─▶ sr_coder_new ─▶ sr_code_text ─▶ sr_record_render ─▶ bytes
 *                                    sr_code_item ◀─ sr_input_next ◀─ sr_input_open
 */
#ifndef SITREP_H
#define SITREP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SITREP_VERSION "0.1.0"

typedef enum sr_status {
    SR_OK = 0,
    SR_EUSAGE,    /* the call makes no sense: an option's value, a NULL where none is allowed */
    SR_EIO,       /* a file cannot be read or written */
    SR_ENOMEM,    /* memory ran out */
    SR_ERESOURCE, /* model or codebook: cut short, wrong version, wrong syntax */
    SR_EINPUT,    /* a document cannot be read: broken JSON, binary, empty */
    SR_ELIMIT     /* a named maximum was passed; see docs/LIMITS.md */
} sr_status;

/* One line, no newline, naming file and place where there is one. `position` is a byte offset in
 * the input, or a line number in a codebook file, 0 if it has none. */
typedef struct sr_error {
    sr_status status;
    uint64_t position;
    char message[256];
} sr_error;

/* ---- engine ------------------------------------------------------------------------------ */

typedef struct sr_engine sr_engine;

/* All zero is the default. */
typedef struct sr_engine_options {
    const char *model;            /* model file; NULL: the one built in */
    const char *const *codebooks; /* files of stanzas laid over the built-in codebook, in order */
    size_t n_codebooks;
    /* Gazetteers laid over the built-in one: tables of places as docs/CODEBOOK.md has them, which are
     * compiled at once and whose faulty rows are told and left out, or one file that sr_places_compile has made of them. */
    const char *const *places;
    size_t n_places;
    bool no_codebook;             /* for sr_parse_item alone, in less memory: coding then fails with SR_EUSAGE */
    /* Called for every fault found in a codebook or table ("FILE:LINE: ..."), not only the first. */
    void (*problem)(void *context, const char *line);
    void *context;
} sr_engine_options;

void sr_engine_options_init(sr_engine_options *opt);

/* `opt` may be NULL and need not outlive the call. SR_EIO, SR_ERESOURCE or SR_ENOMEM on failure;
 * *out is then not touched. */
sr_status sr_engine_new(sr_engine **out, const sr_engine_options *opt, sr_error *err);
/* Every coder of the engine must be freed before. */
void sr_engine_free(sr_engine *e);

const char *sr_version(void);                           /* "0.1.0" */
const char *sr_engine_model_hash(const sr_engine *e);   /* short hexadecimal; the engine's */
const char *sr_engine_codebook_hash(const sr_engine *e);/* of the codebook with its overlays */

/* ---- input ------------------------------------------------------------------------------- */

typedef enum sr_item_kind {
    SR_ITEM_TEXT,  /* a whole plain text */
    SR_ITEM_JSON,  /* one JSON object: text; id, date, title, url, publication if known */
    SR_ITEM_WORDS, /* CoNLL-U of which words and sentences count; all else is found anew */
    SR_ITEM_TREES  /* CoNLL-U of which tags, lemmas and trees count too */
} sr_item_kind;

/* One document, not yet decoded. */
typedef struct sr_item {
    const char *bytes;
    size_t n;
    const char *source; /* file name for messages; NULL: none */
    uint64_t line;      /* in that file, from 1; 0: the item is the whole file */
    sr_item_kind kind;
} sr_item;

typedef struct sr_input sr_input;

/* What a file is taken for. AUTO looks at its first byte that is no white space: `{` means one
 * JSON object a line, anything else one plain text. */
typedef enum sr_input_kind {
    SR_INPUT_AUTO,
    SR_INPUT_PIECES, /* as AUTO, but a plain text of any length comes in pieces, cut between paragraphs
                        where it has any: for sr_parse_item, which needs no more of a text */
    SR_INPUT_WORDS,
    SR_INPUT_TREES
} sr_input_kind;

/* Opens a file, or standard input for "-". */
sr_status sr_input_open(sr_input **out, const char *path, sr_input_kind kind, sr_error *err);
/* 1: *item is the next document; its bytes belong to the input until the next call, `source` until
 *    sr_input_close. Copy the bytes to code on another thread.
 * 0: the end.
 * -1: a document could not be had and *err says why; the next call goes on with what follows. */
int sr_input_next(sr_input *in, sr_item *item, sr_error *err);
void sr_input_close(sr_input *in);

/* ---- coder ------------------------------------------------------------------------------- */

typedef struct sr_coder sr_coder;
typedef struct sr_record sr_record;

/* All zero is the default. */
typedef struct sr_coder_options {
    const char *date;  /* "YYYY-MM-DD" of documents that give no date; NULL: unknown */
    bool statements;   /* code STATEMENT and APPEAL (CAMEO 01 and 02) as events too */
    bool why_not;      /* keep what was dropped, for SR_EXPLAIN */
    bool timings;      /* measure, for sr_coder_costs */
} sr_coder_options;

void sr_coder_options_init(sr_coder_options *opt);

/* `opt` may be NULL. SR_EUSAGE for a date that is none. The engine must outlive the coder. */
sr_status sr_coder_new(sr_coder **out, const sr_engine *e, const sr_coder_options *opt,
                       sr_error *err);
void sr_coder_free(sr_coder *c);

/* What is known of a text besides its words; each may be NULL. */
typedef struct sr_metadata {
    const char *id, *date, *title, *url, *publication;
} sr_metadata;

/* Codes one document. *out is a record in any case, so that one document in gives one record out:
 * on failure it says what failed and holds nothing else. It belongs to the coder and is void at
 * the coder's next call. `meta` may be NULL.
 * SR_EINPUT: no text (empty, binary, broken JSON, broken CoNLL-U); SR_ELIMIT, SR_ENOMEM: too large. */
sr_status sr_code_text(sr_coder *c, const sr_record **out, const char *text, size_t n,
                       const sr_metadata *meta, sr_error *err);
sr_status sr_code_item(sr_coder *c, const sr_record **out, const sr_item *item, sr_error *err);
/* The trees of one document as CoNLL-U, handed to `sink` as they are made, so that a long document needs
 * little more memory than a short one. Makes no record. What the sink has got before a failure stands. */
typedef void sr_sink(void *context, const char *bytes, size_t n);
sr_status sr_parse_item(sr_coder *c, const sr_item *item, sr_sink *sink, void *context,
                        sr_error *err);
/* The record of a document that sr_input_next could not give. */
const sr_record *sr_code_failure(sr_coder *c, const sr_error *why);

/* ---- record ------------------------------------------------------------------------------ */

typedef struct sr_counts {
    uint32_t sentences, words, events, statements, talks, warnings, dropped;
} sr_counts;

sr_counts sr_record_counts(const sr_record *r);
const char *sr_record_id(const sr_record *r);
const char *sr_record_error(const sr_record *r); /* NULL: coded, or skipped for its language */

typedef enum sr_format {
    SR_JSONL,   /* one line, docs/RECORD.md */
    SR_CSV,     /* one event a row; sr_render_head gives the names of the columns */
    SR_TABLE,   /* a page for people */
    SR_EXPLAIN, /* every stage, and how each entry came about */
    SR_CONLLU   /* the trees */
} sr_format;

/* All zero is the default. */
typedef struct sr_render_options {
    sr_format format;
    bool with_text;  /* SR_JSONL: the text too */
    bool mentions;   /* SR_JSONL: names, places and times too */
    bool color;      /* SR_TABLE: escape sequences of terminals */
    bool ascii;      /* SR_TABLE: rules and bullets in ASCII */
    unsigned width;  /* SR_TABLE: columns; 0: 80 */
} sr_render_options;

void sr_render_options_init(sr_render_options *opt);

/* Bytes that grow; the caller's. All zero is empty. */
typedef struct sr_output {
    char *data;      /* `size` bytes and a NUL, or NULL */
    size_t size, capacity;
} sr_output;

/* Appends to *out; on SR_ENOMEM the output is cut short. `opt` may be NULL. A failed record is an
 * object with `error` in JSON, a line in SR_TABLE and SR_EXPLAIN, nothing in the others. */
sr_status sr_record_render(sr_output *out, const sr_record *r, const sr_render_options *opt,
                           sr_error *err);
/* What comes before the first record: the header line of CSV, nothing in other formats. */
sr_status sr_render_head(sr_output *out, const sr_render_options *opt, sr_error *err);
void sr_output_reset(sr_output *out);   /* empty, memory kept */
void sr_output_release(sr_output *out);

/* A participant of events, or source of statements, that has a name no codebook entry covers. */
typedef struct sr_unknown {
    const char *text;   /* the name, `n` bytes of the document's text */
    size_t n;
    const char *code;   /* NUL-terminated; "" unless the words around it tell, as those of the next */
    const char *sector;
} sr_unknown;

/* Tells `each` of every such mention, in the order of the text. SR_ENOMEM. */
sr_status sr_record_unknown(const sr_record *r, void (*each)(void *context, const sr_unknown *),
                            void *context, sr_error *err);

/* ---- dictionary and gazetteer ------------------------------------------------------------ */

/* Appends the actors whose entry or one of whose names has the words of `query` in it (all for ""),
 * as lines of JSON or for people; *n is how many. With a `date` (YYYY-MM-DD; NULL: none) their code
 * on that day, else all their codes. SR_EUSAGE for a date that is none. */
sr_status sr_actors_render(sr_output *out, uint32_t *n, const sr_engine *e, const char *query,
                           const char *date, bool json, sr_error *err);
/* Appends the places that have this name, the most populous first. */
sr_status sr_places_render(sr_output *out, uint32_t *n, const sr_engine *e, const char *query,
                           bool json, sr_error *err);

/* Appends a TABARI or PETRARCH actor dictionary, read from a file, as stanzas of a codebook that can be
 * laid over the built-in one. `problem` (may be NULL) is told of every line that is left out; *n is how
 * many actors were written, *faults how many faults. SR_EIO, SR_EINPUT when there is no actor in it. */
sr_status sr_codebook_import(sr_output *out, uint32_t *n, uint32_t *faults, const char *path,
                             void (*problem)(void *context, const char *line), void *context,
                             sr_error *err);

/* Appends another gazetteer as a table of places that can be laid over the built-in one. SR_GEONAMES:
 * `path` is a file of a GeoNames dump, or a folder with allCountries.txt or files such as AF.txt; the names of
 * provinces and districts come from admin1CodesASCII.txt and admin2Codes.txt beside it; what the engine has
 * already is left out. SR_PCODES: a CSV table of OCHA's P-codes. The rest is as for the dictionaries. */
typedef enum sr_gazetteer { SR_GEONAMES, SR_PCODES } sr_gazetteer;
sr_status sr_places_import(sr_output *out, uint32_t *n, uint32_t *faults, const sr_engine *e, sr_gazetteer kind, const char *path,
                           void (*problem)(void *context, const char *line), void *context, sr_error *err);
/* Appends the engine's gazetteer with the tables laid over it, as one file for `places` that is used where it
 * lies. It holds the codebook of this program and is refused by another one. SR_EUSAGE without tables. */
sr_status sr_places_compile(sr_output *out, const sr_engine *e, sr_error *err);

/* ---- codebook check ---------------------------------------------------------------------- */

/* One `example` or `counter` line of the codebook and what coding it gave. */
typedef struct sr_check {
    const char *file;
    uint32_t line;
    const char *rule;     /* stanza it stands in */
    const char *sentence;
    const char *expected; /* "" for a counter */
    const char *got;      /* what was coded, in the notation of `expected` */
    bool counter;         /* the rule must not fire */
    bool passed;
} sr_check;

/* Codes every example of the engine's codebook, overlays included, and tells `each` (whose strings
 * are valid during the call). SR_OK also when examples failed. */
sr_status sr_codebook_check(const sr_engine *e, void (*each)(void *context, const sr_check *),
                            void *context, sr_error *err);

/* ---- costs ------------------------------------------------------------------------------- */

typedef enum sr_stage {
    SR_STAGE_READ, SR_STAGE_PARSE, SR_STAGE_MENTION, SR_STAGE_CODE, SR_STAGE_EXPORT, SR_STAGE_N
} sr_stage;

/* Sums over all that a coder did since it was made. Seconds are 0 without `timings`. */
typedef struct sr_costs {
    uint64_t documents, bytes, sentences, words, events;
    uint64_t memory;             /* most that one document took, bytes */
    double seconds[SR_STAGE_N];  /* processor time of the coder's thread */
} sr_costs;

sr_costs sr_coder_costs(const sr_coder *c);

#ifdef __cplusplus
}
#endif
#endif

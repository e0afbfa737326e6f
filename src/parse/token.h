/* token.h - inside `parse`: a block of text to words, by rules. */
#ifndef SR_PARSE_TOKEN_H
#define SR_PARSE_TOKEN_H

#include "parse/parse.h"

/* The words of one block, or of any stretch of text. */
typedef struct sr_words {
    SR_VEC(sr_word) w;
} sr_words;

/* Reads a stretch of text word by word, so that a caller need never hold all its words. */
typedef struct sr_tokenizer {
    const char *p;   /* the text */
    uint32_t i, end; /* next byte; end of the chunk between white space */
    uint32_t begin, block_begin, block_end;
    uint32_t open_quote; /* where a single quote that is still open began, plus 1; 0: none */
    bool tried;          /* the chunk was tested for an address */
    sr_words *out;
    sr_arena *a;
} sr_tokenizer;

void sr_tokenizer_init(sr_tokenizer *t, sr_words *out, sr_str text, uint32_t start,
                       uint32_t end, sr_arena *a);
/* Appends words to *out until it holds `max` (or one more) or the text ends; false when it ended.
 * Sets form, folded, start, end, space_after, mwt; all else is zero, heads are -1. */
bool sr_tokenizer_read(sr_tokenizer *t, uint32_t max);

/* The dictionary form of a word: lower case, folded, cut at SR_WORD_BYTES_MAX. Returns `form`
 * itself when there is nothing to change. */
sr_str sr_word_fold(sr_str form, sr_arena *a);

#endif

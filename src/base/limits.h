/* limits.h - every size, depth and loop bound of the library, with its reason. docs/LIMITS.md
 * tells users about those that they can meet. */
#ifndef SR_LIMITS_H
#define SR_LIMITS_H

/* A news article is 5 KiB, a long report 500 KiB. Past this a "document" is a dump of many. */
#define SR_DOC_TEXT_MAX (8u << 20)
/* Raw bytes of one document: UTF-16 and JSON escapes double the text at most in practice. A longer
 * line is passed over without being held. */
#define SR_RAW_MAX (2 * SR_DOC_TEXT_MAX + 64)
/* Where a text that need not be read as a whole is cut. */
#define SR_PIECE_MAX (1u << 20)
/* A record is flat; deeper values than this are an attack or a mistake. */
#define SR_JSON_DEPTH_MAX 32
/* All that is ever held for one document: about 100 bytes of record a byte of text, at most. */
#define SR_DOC_MEMORY_MAX ((size_t)1 << 30)
/* A sentence longer than this is cut: the parser's positions are 16-bit and its time quadratic
 * only in the reader's patience. The longest sentence in EWT and GUM has 159 words. */
#define SR_SENT_WORDS_MAX 400
/* Longer words are cut in the dictionary forms (not in the text): URLs, base64. */
#define SR_WORD_BYTES_MAX 96
/* Words in one dictionary phrase. */
#define SR_PHRASE_WORDS_MAX 12
/* Codebook entries that share one phrase; no text is asked for more than the first 16. */
#define SR_SAME_PHRASE_MAX 256
/* Sets of the codebook within sets (the compiler recurs), and words that sets bring into other sets
 * and into lists: a short text can ask for very many. The codebook of this program brings in 35,000. */
#define SR_SET_DEPTH_MAX 32
#define SR_SET_WORDS_MAX 4000000u
/* Entities that one noun phrase may coordinate. */
#define SR_LIST_MAX 32
/* Negotiations in one document; each is looked for in all of it. A document that tells of more is a
 * collection, and those it tells first are kept. */
#define SR_TALKS_MAX 64

#endif

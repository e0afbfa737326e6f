/* parse.h - what `parse` hands on: sentences of tagged, lemmatised words with their trees.
 *
 *   [sr_doc] ─parse▶ [sr_parse] ─mention▶ ...
 *
 * Words are those of Universal Dependencies 2 as English EWT and GUM cut them; a multi-word token
 * ("don't", "Pakistan's") gives several words whose spans share out its characters. Within a
 * sentence words have indexes 0 .. n-1, `head` is such an index or -1 for the root. Trees are
 * projective. Never changed by a later stage.
 */
#ifndef SR_PARSE_H
#define SR_PARSE_H

#include "read/doc.h"

typedef enum sr_upos {
    SR_ADJ, SR_ADP, SR_ADV, SR_AUX, SR_CCONJ, SR_DET, SR_INTJ, SR_NOUN, SR_NUM, SR_PART, SR_PRON,
    SR_PROPN, SR_PUNCT, SR_SCONJ, SR_SYM, SR_VERB, SR_X, SR_UPOS_N
} sr_upos;

/* Penn tags, in the order of sr_xpos_names. */
typedef enum sr_xpos {
    SR_X_NONE, SR_X_CC, SR_X_CD, SR_X_DT, SR_X_EX, SR_X_FW, SR_X_IN, SR_X_JJ, SR_X_JJR, SR_X_JJS,
    SR_X_LS, SR_X_MD, SR_X_NN, SR_X_NNS, SR_X_NNP, SR_X_NNPS, SR_X_PDT, SR_X_POS, SR_X_PRP,
    SR_X_PRPS, SR_X_RB, SR_X_RBR, SR_X_RBS, SR_X_RP, SR_X_SYM, SR_X_TO, SR_X_UH, SR_X_VB,
    SR_X_VBD, SR_X_VBG, SR_X_VBN, SR_X_VBP, SR_X_VBZ, SR_X_WDT, SR_X_WP, SR_X_WPS, SR_X_WRB,
    SR_X_HYPH, SR_X_NFP, SR_X_ADD, SR_X_AFX, SR_X_GW, SR_X_XX, SR_X_DOLLAR, SR_X_PERIOD,
    SR_X_COMMA, SR_X_COLON, SR_X_LQUOTE, SR_X_RQUOTE, SR_X_LRB, SR_X_RRB, SR_X_HASH, SR_XPOS_N
} sr_xpos;

/* Universal relations; the subtype stands beside. */
typedef enum sr_rel {
    SR_R_ROOT, SR_R_ACL, SR_R_ADVCL, SR_R_ADVMOD, SR_R_AMOD, SR_R_APPOS, SR_R_AUX, SR_R_CASE,
    SR_R_CC, SR_R_CCOMP, SR_R_COMPOUND, SR_R_CONJ, SR_R_COP, SR_R_CSUBJ, SR_R_DEP, SR_R_DET,
    SR_R_DISCOURSE, SR_R_DISLOCATED, SR_R_EXPL, SR_R_FIXED, SR_R_FLAT, SR_R_GOESWITH, SR_R_IOBJ,
    SR_R_LIST, SR_R_MARK, SR_R_NMOD, SR_R_NSUBJ, SR_R_NUMMOD, SR_R_OBJ, SR_R_OBL, SR_R_ORPHAN,
    SR_R_PARATAXIS, SR_R_PUNCT, SR_R_REPARANDUM, SR_R_VOCATIVE, SR_R_XCOMP, SR_REL_N
} sr_rel;

typedef enum sr_sub {
    SR_S_NONE, SR_S_AGENT, SR_S_DESC, SR_S_OUTER, SR_S_PASS, SR_S_POSS, SR_S_PRECONJ,
    SR_S_PREDET, SR_S_PRT, SR_S_RELCL, SR_S_UNMARKED, SR_SUB_N
} sr_sub;

/* Name tags of the encoder's name head. */
typedef enum sr_name_type { SR_NAME_NONE, SR_NAME_PER, SR_NAME_ORG, SR_NAME_LOC, SR_NAME_MISC } sr_name_type;

extern const char *const sr_upos_names[SR_UPOS_N];
extern const char *const sr_xpos_names[SR_XPOS_N];
extern const char *const sr_rel_names[SR_REL_N];
extern const char *const sr_sub_names[SR_SUB_N]; /* "" for none */
/* Index of a name in these tables, -1 if it is not there. */
int sr_upos_find(sr_str s);
int sr_xpos_find(sr_str s);
bool sr_rel_find(sr_str label, sr_rel *rel, sr_sub *sub); /* "nsubj:pass"; unknown subtype: none */

typedef struct sr_word {
    sr_str form;            /* as written; for a part of a multi-word token, the part ("n't") */
    sr_str folded;          /* lower case, folded (utf8.h): the key of every dictionary */
    sr_str lemma;           /* folded too: "be", "pakistan", "taliban" */
    uint32_t start, end;    /* bytes of the document's text */
    int16_t head;           /* -1: root */
    int16_t first_child, next_sibling; /* left to right; -1: none */
    int16_t subtree_first, subtree_last; /* the words below it, itself too: one block (projective) */
    uint8_t upos, xpos, rel, sub;      /* sr_upos, sr_xpos, sr_rel, sr_sub */
    uint8_t name;           /* sr_name_type */
    bool name_begin;        /* first word of a name */
    bool space_after;
    uint8_t mwt;            /* n > 0: first of the n words of a multi-word token; else 0 */
} sr_word;

typedef struct sr_sent {
    sr_word *w;
    uint16_t n;
    int16_t root;           /* index of the root word; -1 when n == 0 */
    uint32_t start, end;    /* bytes of the document's text */
    uint32_t block;         /* index into doc->blocks */
    bool heading;
    bool dateline;          /* "KABUL, Oct 28 (Outlet) -": names no participant */
    bool parsed;            /* false: tags only, every head -1 */
} sr_sent;

typedef struct sr_parse {
    sr_sent *s;
    uint32_t n;
    uint32_t n_words;
} sr_parse;

/* ---- the model: read-only, shared ---------------------------------------------------------- */

typedef struct sr_model sr_model;

/* `data` must stay valid as long as the model (a mapping, or the copy built into the program).
 * Verifies magic, version, architecture and checksum; SR_ERESOURCE names what is wrong. */
sr_status sr_model_open(sr_model **out, const void *data, size_t n, sr_error *err);
void sr_model_free(sr_model *m);
/* Short hexadecimal hash of the weights, for `sitrep --version`. */
const char *sr_model_hash(const sr_model *m);

/* ---- the parser: scratch of one thread ------------------------------------------------------ */

typedef struct sr_parser sr_parser;

sr_status sr_parser_new(sr_parser **out, const sr_model *m, sr_error *err);
void sr_parser_free(sr_parser *p);

/* Sentences, words, tags, lemmas, names and trees of a document, all in `a`. */
void sr_parser_run(sr_parser *p, sr_parse *out, const sr_doc *doc, sr_arena *a);
/* The same in batches of at most SR_BATCH sentences, each handed to `take` and gone after it: a long
 * document needs little more memory than a short one. `scratch` is cleared; `a` gets what words need. */
#define SR_BATCH 256
typedef void sr_parse_take(void *to, const sr_parse *batch);
void sr_parser_each(sr_parser *p, const sr_doc *doc, sr_parse_take *take, void *to, sr_arena *a,
                    sr_arena *scratch);
/* The same for words that are given (gold words of a treebank): fills everything but the words. */
void sr_parser_tag(sr_parser *p, sr_parse *words, sr_arena *a);
/* Cuts a short text (a dictionary phrase) into words as sr_parser_run would; no tags. Needs no
 * model. Returns the folded forms. */
uint32_t sr_tokenize_phrase(sr_str text, sr_str *folded, uint32_t max, sr_arena *a);

/* ---- text form: CoNLL-U ---------------------------------------------------------------------- */

void sr_conllu_head(sr_buf *out, const sr_doc *doc); /* "# newdoc id = ..." */
/* Where printing stands in a document that is printed in parts. */
typedef struct sr_conllu_place {
    uint32_t sentences; /* printed so far */
    uint32_t block;     /* of the last; UINT32_MAX before the first */
} sr_conllu_place;
/* `place` is moved on; NULL: the parse is all of the document. */
void sr_conllu_print(sr_buf *out, const sr_doc *doc, const sr_parse *parse, sr_conllu_place *place);
/* Reads CoNLL-U; makes the document whose text it spells out (`# text`, SpaceAfter) and the parse,
 * with tags, lemmas and trees as given. Every sentence a block unless `# newpar` says else. */
sr_status sr_conllu_read(sr_doc *doc, sr_parse *parse, sr_str input, sr_arena *a, sr_error *err);
/* Whether `input` is CoNLL-U, by the rules of Universal Dependencies (level 2): ten columns, ids in
 * order, one root that is called so, heads that make a tree. Sentences may lack heads altogether. SR_EINPUT for the
 * first fault: `position` is its line, the first line of `input` being `line`. */
sr_status sr_conllu_check(sr_str input, uint64_t line, sr_arena *a, sr_error *err);

/* Fills first_child, next_sibling, subtree_first/last and root from heads. */
void sr_sent_link(sr_sent *s);

#endif

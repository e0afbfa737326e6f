/* names.c - the words for tags and relations: what CoNLL-U and `sitrep explain` print.
 *
 * The order of each table is that of its enum in parse.h. Look-up is by plain search: only readers
 * of text forms and the trainer use it.
 */
#include "parse/parse.h"

const char *const sr_upos_names[SR_UPOS_N] = {
    "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN", "NUM",
    "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X",
};

const char *const sr_xpos_names[SR_XPOS_N] = {
    "_",   "CC", "CD",  "DT",  "EX",   "FW",    "IN",    "JJ",  "JJR",  "JJS", "LS",
    "MD",  "NN", "NNS", "NNP", "NNPS", "PDT",   "POS",   "PRP", "PRP$", "RB",  "RBR",
    "RBS", "RP", "SYM", "TO",  "UH",   "VB",    "VBD",   "VBG", "VBN",  "VBP", "VBZ",
    "WDT", "WP", "WP$", "WRB", "HYPH", "NFP",   "ADD",   "AFX", "GW",   "XX",  "$",
    ".",   ",",  ":",   "``",  "''",   "-LRB-", "-RRB-", "#",
};

const char *const sr_rel_names[SR_REL_N] = {
    "root",      "acl",        "advcl",    "advmod", "amod", "appos",    "aux",    "case",
    "cc",        "ccomp",      "compound", "conj",   "cop",  "csubj",    "dep",    "det",
    "discourse", "dislocated", "expl",     "fixed",  "flat", "goeswith", "iobj",   "list",
    "mark",      "nmod",       "nsubj",    "nummod", "obj",  "obl",      "orphan", "parataxis",
    "punct",     "reparandum", "vocative", "xcomp",
};

const char *const sr_sub_names[SR_SUB_N] = {
    "",        "agent",  "desc", "outer", "pass",     "poss",
    "preconj", "predet", "prt",  "relcl", "unmarked",
};

static int find(const char *const *names, int n, sr_str s) {
    for (int i = 0; i < n; i++)
        if (sr_str_is(s, names[i])) return i;
    return -1;
}

int sr_upos_find(sr_str s) { return find(sr_upos_names, SR_UPOS_N, s); }

int sr_xpos_find(sr_str s) { return find(sr_xpos_names, SR_XPOS_N, s); }

bool sr_rel_find(sr_str label, sr_rel *rel, sr_sub *sub) {
    sr_str rest = label;
    int r = find(sr_rel_names, SR_REL_N, sr_str_cut(&rest, ':'));
    if (r < 0) return false;
    int s = rest.p ? find(sr_sub_names, SR_SUB_N, rest) : SR_S_NONE;
    *rel = (sr_rel)r;
    *sub = s < 0 ? SR_S_NONE : (sr_sub)s;
    return true;
}

/* fuzz_conllu.c - trees that no parser would give. Bytes that start with a digit or `#` are read as
 * CoNLL-U as they stand; any others are instructions for making it, five bytes a word, so that most
 * inputs are trees, of words that the codebook knows, with every relation anywhere:
 *
 *   form   tags   relation   head   space after, name, end of sentence
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "parse/parse.h"
#include "sitrep.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static sr_engine *engine;
static sr_coder *coder;

static void must(bool holds) {
    if (!holds) abort();
}

static const char *const words[] = {
    "accuse", "attack", "kill", "wound", "talk", "hold", "minister", "soldier", "say", "tell", "according", "to",
    "by", "not", "no", "will", "may", "demand", "refuse", "reject", "agree", "sign", "ceasefire", "agreement",
    "Pakistan", "Iran", "Kabul", "Istanbul", "Taliban", "UN", "they", "their", "both", "side", "who", "which",
    "that", "and", "of", "with", "in", "on", "against", "for", "from", "after", "if", "be", "have", "the", "a",
    "police", "arrest", "protest", "threaten", "deploy", "troop", "gunman", "civilian", "official", "source",
    "anonymous", "at", "least", "five", "11", "dozen", "hundred", "thousand", "2025", "October", "28", "Sunday",
    "last", "week", "year", "since", "until", "\"", "\xe2\x80\x9c", "\xe2\x80\x9d", ",", ".", "?", "-", "(", ")",
    "round", "collapse", "deadlock", "mediator", "broker", "issue", "joint", "statement", "fail", "try", "plan",
    "deny", "believe", "report", "border", "near", "province", "city", "President", "Foreign", "Ministry", "spokesman",
    "sanction", "aid", "withdraw", "release", "prisoner", "deport", "refugee", "drone", "strike", "led", "n't", "'s",
    "responsibility", "claim", "visit", "meet", "call", "urge", "$", "%", "million", "km", "one", "another", "group"};
static const char *const forms[] = {"", "s", "ed", "ing"};

#define LENGTH_MAX 60

/* heads[1 .. n], 0 for the root; what makes no tree hangs below the first root. */
static void make_heads(int *heads, const uint8_t *data, int n) {
    int root = 0;
    for (int id = 1; id <= n; id++) {
        uint8_t d = data[(id - 1) * 5 + 3];
        int head = d % 5 ? id - 4 + d / 5 % 9 : d / 5 % (n + 1);
        if (head < 0 || head > n || head == id) head = id == 1 ? 0 : 1;
        heads[id] = head;
        if (!head && !root) root = id;
    }
    if (!root) heads[root = 1] = 0;
    for (int id = 1; id <= n; id++) {
        int k = id;
        for (int steps = 0; k && k != root && steps <= n; steps++) k = heads[k];
        if (k != root) heads[id] = root;
    }
}

/* Appends to the CoNLL-U text at `out`; returns its end. */
static char *make_word(char *out, const uint8_t *d, int id, int head) {
    size_t form = d[0] % (sizeof words / sizeof *words);
    int upos = d[1] % SR_UPOS_N, xpos = (d[1] / SR_UPOS_N * 7 + d[2]) % SR_XPOS_N;
    int rel = d[2] % SR_REL_N, sub = d[2] / SR_REL_N % SR_SUB_N;
    if (!head != (rel == SR_R_ROOT)) rel = head ? SR_R_DEP : SR_R_ROOT;
    if (!head) sub = 0;
    static const char *const names[] = {"_", "_", "Name=B-PER", "Name=I-PER", "Name=B-ORG", "Name=B-LOC", "Name=I-LOC", "Name=B-MISC"};
    const char *misc = d[4] & 16 ? "SpaceAfter=No" : names[d[4] & 7];
    return out + sprintf(out, "%d\t%s%s\t%s\t%s\t%s\t_\t%d\t%s%s%s\t_\t%s\n", id, words[form], forms[d[4] >> 5 & 3],
                         words[form], sr_upos_names[upos], sr_xpos_names[xpos] ? sr_xpos_names[xpos] : "_", head,
                         sr_rel_names[rel], sub ? ":" : "", sub ? sr_sub_names[sub] : "", misc);
}

static char *make_trees(const uint8_t *data, size_t n) {
    size_t count = n / 5;
    char *text = malloc(count * 160 + 64), *out = text;
    must(text != NULL);
    *out = '\0';
    for (size_t a = 0, b; a < count; a = b) {
        for (b = a + 1; b < count && b - a < LENGTH_MAX && data[(b - 1) * 5 + 4] < 0xF0; b++) {}
        if (data[a * 5 + 3] & 0x80) out += sprintf(out, "# newpar\n");
        int heads[LENGTH_MAX + 1];
        make_heads(heads, data + a * 5, (int)(b - a));
        for (size_t i = a; i < b; i++) out = make_word(out, data + i * 5, (int)(i - a + 1), heads[i - a + 1]);
        out += sprintf(out, "\n");
    }
    return text;
}

static void code(const char *bytes, size_t n, sr_item_kind kind, bool made) {
    static const sr_format formats[] = {SR_JSONL, SR_CSV, SR_TABLE, SR_EXPLAIN, SR_CONLLU};
    sr_item item = {bytes, n, NULL, 0, kind};
    const sr_record *r = NULL;
    sr_error err = {SR_OK, 0, ""};
    sr_status status = sr_code_item(coder, &r, &item, &err);
    must(r != NULL && (status == SR_OK || err.message[0]));
    must(!made || status == SR_OK);
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++) {
        sr_output out = {0};
        sr_render_options opt = {.format = formats[i], .with_text = true, .mentions = true};
        must(sr_record_render(&out, r, &opt, NULL) == SR_OK);
        sr_output_release(&out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    if (!engine) {
        sr_coder_options opt = {.date = "2025-10-28", .statements = true, .why_not = true};
        must(sr_engine_new(&engine, NULL, NULL) == SR_OK);
        must(sr_coder_new(&coder, engine, &opt, NULL) == SR_OK);
    }
    if (n && (data[0] == '#' || (data[0] >= '0' && data[0] <= '9'))) {
        code((const char *)data, n, SR_ITEM_TREES, false);
        code((const char *)data, n, SR_ITEM_WORDS, false);
    } else {
        char *text = make_trees(data, n);
        code(text, strlen(text), SR_ITEM_TREES, n >= 5);
        free(text);
    }
    return 0;
}

/* fuzz_code.c - any bytes through the whole program: as a plain text, and each of their lines as a
 * record, to every format. Besides memory errors it looks for what users rely on: one record for
 * each document, JSON that a parser takes, UTF-8, and rows that are as wide as their header.
 */
#include <json-c/json.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "sitrep.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static sr_engine *engine; /* made once: opening the model costs more than a short document */
static sr_coder *coder;

static void must(bool holds) {
    if (!holds) abort();
}

static void check_json(const sr_output *out) {
    must(out->size > 0 && out->data[out->size - 1] == '\n');
    must(memchr(out->data, '\n', out->size) == out->data + out->size - 1);
    must(sr_utf8_valid(out->data, (uint32_t)out->size, NULL));
    struct json_tokener *tok = json_tokener_new();
    must(tok != NULL);
    json_tokener_set_flags(tok, JSON_TOKENER_STRICT);
    struct json_object *o = json_tokener_parse_ex(tok, out->data, (int)(out->size - 1));
    must(o && json_tokener_get_error(tok) == json_tokener_success && json_object_is_type(o, json_type_object));
    must(json_object_object_get_ex(o, "schema", NULL) && json_object_object_get_ex(o, "id", NULL));
    json_object_put(o);
    json_tokener_free(tok);
}

static void check_record(sr_status status, const sr_record *r) {
    static const sr_render_options options[] = {
        {.format = SR_JSONL, .with_text = true, .mentions = true}, {.format = SR_JSONL},
        {.format = SR_CSV}, {.format = SR_TABLE, .color = true, .width = 40},
        {.format = SR_TABLE, .ascii = true}, {.format = SR_EXPLAIN}, {.format = SR_CONLLU}};
    must(r != NULL && sr_record_id(r) && sr_record_id(r)[0]);
    must((status != SR_OK) == (sr_record_error(r) != NULL));
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        sr_output out = {0};
        must(sr_record_render(&out, r, &options[i], NULL) == SR_OK);
        if (options[i].format == SR_JSONL) check_json(&out);
        sr_output_release(&out);
    }
}

static void try_item(const uint8_t *data, size_t n, sr_item_kind kind) {
    sr_item item = {(const char *)data, n, "fuzz", 1, kind};
    const sr_record *r = NULL;
    sr_error err = {SR_OK, 0, ""};
    sr_status status = sr_code_item(coder, &r, &item, &err);
    if (status) must(err.message[0] && sr_utf8_valid(err.message, (uint32_t)strlen(err.message), NULL));
    check_record(status, r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    if (!engine) {
        sr_coder_options opt = {.date = "2025-10-28", .statements = true, .why_not = true};
        must(sr_engine_new(&engine, NULL, NULL) == SR_OK);
        must(sr_coder_new(&coder, engine, &opt, NULL) == SR_OK);
    }
    try_item(data, n, SR_ITEM_TEXT);
    for (size_t a = 0, b; a < n && a < 4096; a = b + 1) {
        for (b = a; b < n && data[b] != '\n'; b++) {}
        if (data[a] == '{') try_item(data + a, b - a, SR_ITEM_JSON);
    }
    return 0;
}

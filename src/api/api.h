/* api.h - what lies behind the handles of sitrep.h; shared by the files of this folder. */
#ifndef SR_API_H
#define SR_API_H

#include "base/base.h"
#include "code/code.h"
#include "read/read.h"

struct sr_engine {
    sr_model *model;
    sr_know *know;
    char *model_file;    /* bytes of a model from a file; NULL: built in */
    struct {
        const void *map; /* a compiled file of places; NULL: none */
        size_t map_n;
        void *image;     /* compiled from tables; NULL: none */
        size_t image_n;
    } places;
};

/* The record of one document, in its coder's arena. */
struct sr_record {
    sr_coder *coder;
    sr_doc doc;
    sr_parse parse;
    sr_mentions mentions;
    sr_doc_record coded; /* its pointers say how far the document came: parse, mentions or NULL */
    const char *id;      /* NUL-terminated */
    bool failed;
    sr_error error;      /* if failed */
    char hash[20];       /* id of a document that could not be read */
};

struct sr_coder {
    const sr_engine *engine;
    sr_parser *parser;
    sr_arena arena;      /* of the document at hand */
    sr_arena batch;      /* of the sentences at hand, for sr_parse_item */
    struct {
        sr_sink *sink;   /* NULL: coding, not printing trees */
        void *context;
        sr_conllu_place place;
        sr_buf out;
    } trees;
    sr_coder_options opt;
    int32_t date;
    sr_costs costs;
    sr_record record;
};

/* Seconds of this thread's processor time, 0 without `timings`. */
double sr_coder_clock(const sr_coder *c);

/* engine.c: a file of a gazetteer; freed by free(). */
sr_status sr_read_table(sr_source *out, const char *path, sr_error *err);

/* explain.c */
void sr_explain_write(sr_buf *out, const sr_record *r);

#endif

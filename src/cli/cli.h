/* cli.h - what the commands share: the option table, documents through coders, messages, exits.
 *
 * The program uses sitrep.h and src/base alone (and train/train.h for two commands): whatever it
 * can do, a program of yours can.
 */
#ifndef SR_CLI_H
#define SR_CLI_H

#include <stdio.h>

#include "base/base.h"

/* Exit statuses. */
enum {
    SR_EXIT_OK = 0,
    SR_EXIT_FAILED = 1,   /* nothing could be done, or the output could not be written */
    SR_EXIT_USAGE = 2,
    SR_EXIT_RESOURCE = 3, /* model or codebook cannot be used */
    SR_EXIT_PARTIAL = 4   /* some documents failed, the others are done */
};

#define SR_CODEBOOKS_MAX 16
#define SR_JOBS_MAX 256

/* What the command line said; zero where it said nothing. */
typedef struct sr_args {
    const char *format, *date, *model, *input, *color;
    const char *codebook[SR_CODEBOOKS_MAX];
    uint32_t n_codebook;
    const char *places[SR_CODEBOOKS_MAX];
    uint32_t n_places;
    uint32_t jobs, width, megabytes;
    bool with_text, mentions, statements, unknown, why_not, ascii, quiet, verbose, help, version, man;
    char **operand;
    int n_operand;
} sr_args;

typedef struct sr_command {
    const char *name, *operands, *summary;
    int (*run)(const sr_args *args);
    unsigned bit;        /* in the option table */
    const char *details; /* for `help COMMAND` and the man page */
} sr_command;

/* ---- options.c: the one table ---------------------------------------------------------------- */

extern const sr_command sr_commands[]; /* ends with a NULL name */
const sr_command *sr_find_command(const char *name);
/* Reads what follows the command's name (cmd NULL: what stands in its place). False after a
 * message on stderr. */
bool sr_parse_args(sr_args *out, const sr_command *cmd, int argc, char **argv);
void sr_print_help(FILE *to, const sr_command *cmd); /* NULL: of the program */
void sr_print_man(FILE *to);                         /* the man page's SYNOPSIS, COMMANDS, OPTIONS */

/* ---- message.c ------------------------------------------------------------------------------- */

void sr_say(const char *fmt, ...) __attribute__((format(printf, 1, 2))); /* "sitrep: ...\n" to stderr */
/* A usage error: the message, where to find help; gives SR_EXIT_USAGE. */
int sr_usage_error(const sr_command *cmd, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* All of it to a file descriptor; 0, or the errno of the failure. */
int sr_write_all(int fd, const char *p, size_t n);
/* Flushes stdout; SR_EXIT_FAILED after a message if anything written to it was lost. */
int sr_close_stdout(int status);

/* ---- work.c: documents from files through coders to stdout, in order -------------------------- */

typedef struct sr_work {
    sr_input_kind input;
    sr_coder_options coder;
    sr_render_options render;
    bool trees;          /* CoNLL-U instead of records */
    void (*unknown)(void *to, const sr_unknown *); /* not NULL, with one job: told of names, instead
                                                      of records */
    void *unknown_to;
    bool blank_between;  /* an empty line between two documents */
} sr_work;

/* Engine from --model, --places and --codebook; NULL after messages, *status then says how to exit. */
sr_engine *sr_open_engine(const sr_args *args, int *status);
/* Reads --input; false after a message. `words` is what "conllu" means to the command. */
bool sr_input_kind_of(const sr_args *args, sr_input_kind conllu, sr_input_kind *out);
int sr_work_run(const sr_work *work, const sr_args *args);

/* ---- the commands, a file each ----------------------------------------------------------------- */

int sr_cmd_code(const sr_args *args);
int sr_cmd_explain(const sr_args *args);
int sr_cmd_parse(const sr_args *args);
int sr_cmd_codebook(const sr_args *args);
int sr_cmd_actors(const sr_args *args);
int sr_cmd_places(const sr_args *args);
int sr_cmd_bench(const sr_args *args);
int sr_cmd_eval(const sr_args *args);
int sr_cmd_version(const sr_args *args);
int sr_cmd_help(const sr_args *args);

#endif

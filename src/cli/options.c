/* options.c - the one table of commands and options. Parsing, `sitrep help` and the man page are
 * all made from it.
 */
#include <stddef.h>

#include "cli/cli.h"

enum { CODE = 1, EXPLAIN = 2, PARSE = 4, CODEBOOK = 8, BENCH = 16, VERSION = 32, HELP = 64, TRAIN = 128, EVAL = 256, ACTORS = 512, PLACES = 1024 };
#define ALL (CODE | EXPLAIN | PARSE | ACTORS | PLACES | CODEBOOK | BENCH | EVAL | VERSION | HELP)

const sr_command sr_commands[] = {
    {"code", "[FILE...|-]", "code documents: events, statements, talks", sr_cmd_code, CODE,
     "Reads plain text (one document a file) or JSON (one object a line with the field text and, if "
     "known, id, date, title, url, publication), told apart by the first byte. Without FILE, or for "
     "-, reads standard input. A terminal gets a page to read, a file or pipe gets JSON, one record "
     "a line for each document, in their order."},
    {"explain", "[FILE...|-]", "show every stage, and why each record is there", sr_cmd_explain, EXPLAIN,
     "Prints the document as read, its sentences and trees, its mentions, its record, and for each "
     "event the codebook entry and the way through the tree to its participants."},
    {"parse", "[FILE...|-]", "print sentences, tags, features and trees as CoNLL-U", sr_cmd_parse, PARSE,
     "With --input conllu the words and sentences of a treebank are kept and all else is found anew."},
    {"actors", "[NAME...|--unknown FILE...]", "look actors up, or list those met that are not known", sr_cmd_actors, ACTORS,
     "Prints the entries of the dictionary whose names have the given words in them: names, codes with "
     "their dates, Wikidata id; all entries without NAME. With --unknown the operands are documents, and "
     "what is printed are the names of participants and sources that no entry covers, with how often they "
     "take part and the code and sector that the words around them gave."},
    {"places", "NAME...|import KIND PATH|compile TABLE...", "look places up, or lay others over them", sr_cmd_places, PLACES,
     "Prints the places of this name, the most populous first, with district, province, country, "
     "coordinates and GeoNames id. import reads another gazetteer and writes it as a table of places, to be laid "
     "over the built-in one with --places: KIND is geonames for a dump (PATH is a file of it, or a folder with "
     "allCountries.txt or files of states such as AF.txt, and beside them admin1CodesASCII.txt and "
     "admin2Codes.txt) or pcodes for a CSV table of OCHA's P-codes; rows that it cannot read are told and left "
     "out. compile writes tables and the built-in gazetteer as one file for --places that opens at once."},
    {"codebook", "check [FILE...]|import KIND FILE", "check a codebook with its examples, or import actors", sr_cmd_codebook, CODEBOOK,
     "import reads an actor dictionary of TABARI or PETRARCH (KIND is tabari or petrarch) and writes it as "
     "a codebook, to be laid over the built-in one with --codebook; lines that it cannot read are told and "
     "left out. check lays each FILE over the built-in codebook, lists what is wrong by file and line, and sends "
     "every example and counter-example through the whole program. Exit status 1 if one fails."},
    {"bench", "[FILE...|-]", "time every stage on one core", sr_cmd_bench, BENCH,
     "Reads what `code` reads, keeps it in memory, codes it, and prints sentences and words a second "
     "for each stage and the most memory that was used."},
    {"eval", "GOLD SYSTEM", "score CoNLL-U against gold trees", sr_cmd_eval, EVAL,
     "Scores SYSTEM against GOLD, two CoNLL-U files of the same text, by the measures of the CoNLL 2018 "
     "shared task: tokens, sentences and words found; tags, features, lemmas, heads (UAS) and heads "
     "with relations (LAS) right. The last column is over the words found alone. One of the files "
     "may be -, standard input."},
    {"train", "...", "train a model (sitrep train --help)", NULL, TRAIN, NULL},
    {"version", "", "name program, model and codebook", sr_cmd_version, VERSION, NULL},
    {"help", "[COMMAND]", "say how to use a command", sr_cmd_help, HELP, NULL},
    {NULL, NULL, NULL, NULL, 0, NULL},
};

typedef enum kind { FLAG, TEXT, NUMBER, LIST } kind;

typedef struct option {
    const char *name;
    char letter;
    kind kind;
    size_t at;           /* in sr_args */
    const char *value;   /* name of its value in help */
    unsigned commands;
    const char *help;    /* NULL: not shown */
} option;

#define AT(field) offsetof(sr_args, field)

static const option options[] = {
    {"format", 'f', TEXT, AT(format), "FORMAT", CODE | ACTORS | PLACES, "table, jsonl or csv (code only); default: table on a terminal, else jsonl"},
    {"date", 'd', TEXT, AT(date), "YYYY-MM-DD", CODE | EXPLAIN | BENCH | ACTORS, "publication date of documents that give none; for an actor's code, the day"},
    {"with-text", 't', FLAG, AT(with_text), NULL, CODE, "jsonl: include the text that offsets refer to"},
    {"mentions", 'm', FLAG, AT(mentions), NULL, CODE, "jsonl: include all names, places and time expressions"},
    {"statements", 's', FLAG, AT(statements), NULL, CODE | EXPLAIN, "code plain statements and appeals as events too"},
    {"codebook", 'c', LIST, AT(codebook), "FILE", CODE | EXPLAIN | BENCH | ACTORS | VERSION, "lay this codebook over the built-in one; may be repeated"},
    {"places", 'p', LIST, AT(places), "FILE", CODE | EXPLAIN | BENCH | ACTORS | PLACES | CODEBOOK | VERSION, "lay this table of places over the built-in gazetteer, or use one compiled of tables; may be repeated"},
    {"why-not", 'w', FLAG, AT(why_not), NULL, EXPLAIN, "also show what matched an entry and was dropped, and why"},
    {"unknown", 'u', FLAG, AT(unknown), NULL, ACTORS, "read documents and list names that no entry covers"},
    {"model", 0, TEXT, AT(model), "FILE", CODE | EXPLAIN | PARSE | BENCH | CODEBOOK | VERSION, "use this model instead of the built-in one"},
    {"input", 'i', TEXT, AT(input), "KIND", CODE | EXPLAIN | PARSE, "auto (text or JSON lines) or conllu; default: auto"},
    {"jobs", 'j', NUMBER, AT(jobs), "N", CODE | EXPLAIN | PARSE, "code N documents at a time; the output is the same for any N; default: 1"},
    {"width", 0, NUMBER, AT(width), "COLUMNS", CODE, "table: width of the page; default: the terminal's, 100 at most"},
    {"color", 0, TEXT, AT(color), "WHEN", CODE, "table: always, never or auto; default: auto"},
    {"ascii", 0, FLAG, AT(ascii), NULL, CODE, "table: draw with ASCII only"},
    {"megabytes", 0, NUMBER, AT(megabytes), "N", BENCH, "stop reading after N MB; default: 8"},
    {"verbose", 'v', FLAG, AT(verbose), NULL, CODEBOOK, "print the examples that passed too"},
    {"quiet", 'q', FLAG, AT(quiet), NULL, CODE | EXPLAIN | PARSE, "no progress line"},
    {"man", 0, FLAG, AT(man), NULL, HELP, NULL},
    {"help", 'h', FLAG, AT(help), NULL, ALL, "show this help"},
};

#define N_OPTIONS (sizeof options / sizeof *options)

const sr_command *sr_find_command(const char *name) {
    for (const sr_command *c = sr_commands; c->name; c++)
        if (strcmp(c->name, name) == 0) return c;
    return NULL;
}

/* ---- parsing --------------------------------------------------------------------------------- */

static const option *find_long(const sr_command *cmd, const char *name, size_t n) {
    for (size_t i = 0; i < N_OPTIONS; i++)
        if ((options[i].commands & cmd->bit) && strlen(options[i].name) == n &&
            memcmp(options[i].name, name, n) == 0)
            return &options[i];
    return NULL;
}

static const option *find_short(const sr_command *cmd, char letter) {
    for (size_t i = 0; i < N_OPTIONS; i++)
        if ((options[i].commands & cmd->bit) && options[i].letter == letter) return &options[i];
    return NULL;
}

static bool store(sr_args *out, const sr_command *cmd, const option *o, const char *value) {
    void *at = (char *)out + o->at;
    uint64_t n;
    uint32_t *count;
    switch (o->kind) {
    case FLAG: *(bool *)at = true; return true;
    case TEXT: *(const char **)at = value; return true;
    case LIST:
        count = o->at == AT(codebook) ? &out->n_codebook : &out->n_places;
        if (*count == SR_CODEBOOKS_MAX) {
            sr_usage_error(cmd, "--%s: at most %d times", o->name, SR_CODEBOOKS_MAX);
            return false;
        }
        ((const char **)at)[(*count)++] = value;
        return true;
    case NUMBER:
        if (!sr_str_u64(sr_str_z(value), &n) || n == 0 || n > 1000000) {
            sr_usage_error(cmd, "--%s wants a number from 1, not \"%s\"", o->name, value);
            return false;
        }
        *(uint32_t *)at = (uint32_t)n;
        return true;
    }
    return false;
}

bool sr_parse_args(sr_args *out, const sr_command *cmd, int argc, char **argv) {
    memset(out, 0, sizeof *out);
    out->operand = argv; /* operands are moved to the front */
    bool no_more = false;
    for (int i = 0; i < argc; i++) {
        char *arg = argv[i];
        if (no_more || arg[0] != '-' || arg[1] == '\0') {
            out->operand[out->n_operand++] = arg;
            continue;
        }
        if (strcmp(arg, "--") == 0) {
            no_more = true;
            continue;
        }
        if (arg[1] == '-') {
            const char *value = strchr(arg, '=');
            size_t n = value ? (size_t)(value - arg) - 2 : strlen(arg) - 2;
            const option *o = find_long(cmd, arg + 2, n);
            if (!o) {
                sr_usage_error(cmd, "no such option: %.*s", (int)(n + 2), arg);
                return false;
            }
            if (o->kind == FLAG && value) {
                sr_usage_error(cmd, "--%s takes no value", o->name);
                return false;
            }
            if (value) value++;
            else if (o->kind != FLAG && i + 1 < argc) value = argv[++i];
            if (o->kind != FLAG && !value) {
                sr_usage_error(cmd, "--%s wants %s", o->name, o->value);
                return false;
            }
            if (!store(out, cmd, o, value)) return false;
            continue;
        }
        for (char *p = arg + 1; *p; p++) {
            const option *o = find_short(cmd, *p);
            if (!o) {
                sr_usage_error(cmd, "no such option: -%c", *p);
                return false;
            }
            if (o->kind == FLAG) {
                store(out, cmd, o, NULL);
                continue;
            }
            const char *value = p[1] ? p + 1 : i + 1 < argc ? argv[++i] : NULL;
            if (!value) {
                sr_usage_error(cmd, "-%c wants %s", *p, o->value);
                return false;
            }
            if (!store(out, cmd, o, value)) return false;
            break;
        }
    }
    return true;
}

/* ---- help ------------------------------------------------------------------------------------ */

/* Words from `text`, wrapped at 80 columns; the first line begins at column `at`, the others are
 * indented by `indent`. */
static void wrap(FILE *to, const char *text, size_t at, size_t indent) {
    bool first = true;
    while (*text) {
        size_t n = strcspn(text, " ");
        if (!first && at + 1 + n > 79) {
            fprintf(to, "\n%*s", (int)indent, "");
            at = indent;
            first = true;
        }
        fprintf(to, "%s%.*s", first ? "" : " ", (int)n, text);
        at += n + !first;
        first = false;
        text += n;
        while (*text == ' ') text++;
    }
    fputc('\n', to);
}

static void print_option(FILE *to, const option *o) {
    char left[64];
    int n = o->letter ? snprintf(left, sizeof left, "  -%c, --%s%s%s", o->letter, o->name, o->value ? " " : "", o->value ? o->value : "")
                      : snprintf(left, sizeof left, "      --%s%s%s", o->name, o->value ? " " : "", o->value ? o->value : "");
    fprintf(to, "%-27s ", left);
    if (n > 27) fprintf(to, "\n%28s", "");
    wrap(to, o->help, 28, 28);
}

static void print_program_help(FILE *to) {
    fputs("usage: sitrep COMMAND [OPTION...] [FILE...]\n\n"
          "Reads reporting on conflict and diplomacy and returns its record: who did, said,\n"
          "demanded or refused what, to whom, where, when, at what human cost, and according\n"
          "to whom.\n\ncommands:\n", to);
    for (const sr_command *c = sr_commands; c->name; c++) {
        fprintf(to, "  %-10s ", c->name);
        wrap(to, c->summary, 13, 13);
    }
    fputs("\n`sitrep help COMMAND` tells more. `sitrep code FILE` is where to start.\n"
          "Exit status: 0 done, 1 failed, 2 wrong usage, 3 model or codebook unusable,\n"
          "4 some documents failed.\n", to);
}

void sr_print_help(FILE *to, const sr_command *cmd) {
    if (!cmd) {
        print_program_help(to);
        return;
    }
    fprintf(to, "usage: sitrep %s [OPTION...] %s\n\n", cmd->name, cmd->operands);
    if (cmd->details) wrap(to, cmd->details, 0, 0);
    else fprintf(to, "%s\n", cmd->summary);
    fputs("\noptions:\n", to);
    for (size_t i = 0; i < N_OPTIONS; i++)
        if ((options[i].commands & cmd->bit) && options[i].help) print_option(to, &options[i]);
}

/* ---- the man page ---------------------------------------------------------------------------- */

/* Text for troff: hyphens that are typed are minus signs, a leading dot is no request. */
static void roff(FILE *to, const char *s) {
    if (*s == '.' || *s == '\'') fputs("\\&", to);
    for (; *s; s++) {
        if (*s == '-') fputs("\\-", to);
        else if (*s == '\\') fputs("\\e", to);
        else fputc(*s, to);
    }
}

static void roff_line(FILE *to, const char *s) {
    roff(to, s);
    fputc('\n', to);
}

void sr_print_man(FILE *to) {
    fputs(".SH SYNOPSIS\n.nf\n", to);
    for (const sr_command *c = sr_commands; c->name; c++) {
        fprintf(to, "\\fBsitrep %s\\fR", c->name);
        if (c->bit & ALL) fputs(" [\\fIOPTION\\fR...]", to);
        if (*c->operands) fputc(' ', to);
        roff_line(to, c->operands);
    }
    fputs(".fi\n.SH COMMANDS\n", to);
    for (const sr_command *c = sr_commands; c->name; c++) {
        fprintf(to, ".TP\n.B %s\n", c->name);
        fputc(c->summary[0] >= 'a' && c->summary[0] <= 'z' ? c->summary[0] - 32 : c->summary[0], to);
        roff(to, c->summary + 1);
        fputs(".\n", to);
        if (c->details) roff_line(to, c->details);
    }
    fputs(".SH OPTIONS\n", to);
    for (size_t i = 0; i < N_OPTIONS; i++) {
        const option *o = &options[i];
        if (!o->help) continue;
        fputs(".TP\n", to);
        if (o->letter) fprintf(to, "\\fB\\-%c\\fR, ", o->letter);
        fputs("\\fB\\-\\-", to);
        roff(to, o->name);
        fputs("\\fR", to);
        if (o->value) {
            fputs(" \\fI", to);
            roff(to, o->value);
            fputs("\\fR", to);
        }
        fputs(o->commands == ALL ? "" : " (", to);
        bool first = true;
        for (const sr_command *c = sr_commands; c->name && o->commands != ALL; c++) {
            if (!(o->commands & c->bit)) continue;
            fprintf(to, "%s%s", first ? "" : ", ", c->name);
            first = false;
        }
        fputs(o->commands == ALL ? "\n" : ")\n", to);
        roff_line(to, o->help);
    }
}

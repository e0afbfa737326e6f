/* code.c - `sitrep code`: documents to records. */
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

/* Longer lines are hard to read, however wide the terminal. */
#define WIDTH_MAX 100

static unsigned page_width(const sr_args *args) {
    if (args->width) return args->width;
    struct winsize size;
    unsigned width = 80;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) width = size.ws_col;
    return width < WIDTH_MAX ? width : WIDTH_MAX;
}

static bool use_color(const char *when, bool *color) {
    const char *term = getenv("TERM"), *no_color = getenv("NO_COLOR");
    if (!when || strcmp(when, "auto") == 0)
        *color = isatty(STDOUT_FILENO) && !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
    else if (strcmp(when, "always") == 0) *color = true;
    else if (strcmp(when, "never") == 0) *color = false;
    else return false;
    return true;
}

int sr_cmd_code(const sr_args *args) {
    const sr_command *self = sr_find_command("code");
    sr_work work = {.coder = {.date = args->date, .statements = args->statements}};
    sr_render_options *r = &work.render;
    const char *format = args->format ? args->format : isatty(STDOUT_FILENO) ? "table" : "jsonl";
    if (strcmp(format, "table") == 0) r->format = SR_TABLE;
    else if (strcmp(format, "jsonl") == 0 || strcmp(format, "json") == 0) r->format = SR_JSONL;
    else if (strcmp(format, "csv") == 0) r->format = SR_CSV;
    else return sr_usage_error(self, "--format is table, jsonl or csv, not \"%s\"", format);
    if (!use_color(args->color, &r->color))
        return sr_usage_error(self, "--color is always, never or auto, not \"%s\"", args->color);
    r->with_text = args->with_text;
    r->mentions = args->mentions;
    r->ascii = args->ascii;
    r->width = page_width(args);
    work.blank_between = r->format == SR_TABLE;
    if (!sr_input_kind_of(args, SR_INPUT_TREES, &work.input)) return SR_EXIT_USAGE;

    return sr_work_run(&work, args);
}

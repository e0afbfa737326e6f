/* explain.c - `sitrep explain`: every stage of a document, and why each entry is there. */
#include "cli/cli.h"

int sr_cmd_explain(const sr_args *args) {
    sr_work work = {.coder = {.date = args->date, .statements = args->statements, .why_not = args->why_not},
                    .render = {.format = SR_EXPLAIN},
                    .blank_between = true};
    if (!sr_input_kind_of(args, SR_INPUT_TREES, &work.input)) return SR_EXIT_USAGE;
    return sr_work_run(&work, args);
}

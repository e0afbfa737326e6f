/* parse.c - `sitrep parse`: text or gold words to CoNLL-U. */
#include "cli/cli.h"

int sr_cmd_parse(const sr_args *args) {
    sr_work work = {.trees = true};
    if (!sr_input_kind_of(args, SR_INPUT_WORDS, &work.input)) return SR_EXIT_USAGE;
    if (work.input == SR_INPUT_AUTO) work.input = SR_INPUT_PIECES;
    return sr_work_run(&work, args);
}

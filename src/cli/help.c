/* help.c - `sitrep help`, made from the option table. `--man` prints the part of docs/sitrep.1
 * that comes from it. */
#include "cli/cli.h"
#include "train/train.h"

int sr_cmd_help(const sr_args *args) {
    if (args->man) {
        sr_print_man(stdout);
        return SR_EXIT_OK;
    }
    const sr_command *cmd = NULL;
    if (args->n_operand) {
        cmd = sr_find_command(args->operand[0]);
        if (!cmd) return sr_usage_error(NULL, "no such command: %s", args->operand[0]);
        if (!cmd->run) {
            char name[] = "train", help[] = "--help", *argv[] = {name, help, NULL};
            return sr_train_main(2, argv);
        }
    }
    sr_print_help(stdout, cmd);
    return SR_EXIT_OK;
}

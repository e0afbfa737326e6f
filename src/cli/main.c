/* main.c - the command named first, with what follows it. */
#include <signal.h>

#include "cli/cli.h"
#include "train/train.h"

int main(int argc, char **argv) {
    /* A reader that goes away shows as a failed write, which every command looks for. */
    signal(SIGPIPE, SIG_IGN);
    if (argc < 2) {
        sr_print_help(stderr, NULL);
        return SR_EXIT_USAGE;
    }
    const char *name = argv[1];
    if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) name = "version";
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0) name = "help";
    const sr_command *cmd = sr_find_command(name);
    if (!cmd) return sr_usage_error(NULL, "no such command: %s", name);
    /* The trainer reads its own options: they are about optimizers, not documents. */
    if (!cmd->run) return sr_close_stdout(sr_train_main(argc - 1, argv + 1));

    sr_args args;
    if (!sr_parse_args(&args, cmd, argc - 2, argv + 2)) return SR_EXIT_USAGE;
    if (args.help) {
        sr_print_help(stdout, cmd);
        return sr_close_stdout(SR_EXIT_OK);
    }
    return sr_close_stdout(cmd->run(&args));
}

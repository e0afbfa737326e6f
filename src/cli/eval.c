/* eval.c - `sitrep eval`: trees against gold trees, a line for each measure. */
#include "cli/cli.h"
#include "train/train.h"

int sr_cmd_eval(const sr_args *args) {
    if (args->n_operand != 2)
        return sr_usage_error(sr_find_command("eval"), "takes two files: GOLD and SYSTEM");
    const char *path[2];
    for (int k = 0; k < 2; k++)
        path[k] = strcmp(args->operand[k], "-") == 0 ? "/dev/stdin" : args->operand[k];
    sr_eval e;
    sr_error err = {SR_OK, 0, ""};
    if (sr_eval_files(&e, path[0], path[1], &err) != SR_OK) {
        sr_say("%s", err.message);
        return SR_EXIT_FAILED;
    }
    printf("%-10s %9s %8s %8s %9s\n", "measure", "precision", "recall", "F1", "aligned");
    for (int m = 0; m < SR_MEASURE_N; m++) {
        printf("%-10s %9.2f %8.2f %8.2f", sr_measure_names[m], sr_eval_precision(&e, m),
               sr_eval_recall(&e, m), sr_eval_f1(&e, m));
        if (m > SR_E_WORDS) printf(" %9.2f", e.aligned ? 100.0 * e.of[m].right / e.aligned : 0.0);
        putchar('\n');
    }
    return SR_EXIT_OK;
}

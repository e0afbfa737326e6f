/* version.c - `sitrep version`: what a record depends on besides the document. */
#include "cli/cli.h"

int sr_cmd_version(const sr_args *args) {
    if (args->n_operand) return sr_usage_error(sr_find_command("version"), "takes no file");
    printf("sitrep %s\n", sr_version());
    fflush(stdout);
    int status;
    sr_engine *e = sr_open_engine(args, &status);
    if (!e) return status;
    printf("model %s\ncodebook %s\n", sr_engine_model_hash(e), sr_engine_codebook_hash(e));
    sr_engine_free(e);
    return SR_EXIT_OK;
}

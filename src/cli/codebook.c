/* codebook.c - `sitrep codebook check`: compile, then run every example; `sitrep codebook import`: the
 * actor dictionaries of other programs as a codebook.
 */
#include "cli/cli.h"

typedef struct tally {
    bool verbose;
    uint32_t passed, failed;
} tally;

static void result(void *context, const sr_check *c) {
    tally *t = context;
    if (c->passed) t->passed++;
    else t->failed++;
    if (c->passed && !t->verbose) return;
    printf("%s:%u: %s %s: %s\n", c->file, c->line, c->passed ? "ok" : "FAILED", c->rule, c->sentence);
    if (c->counter) printf("    wanted  nothing by %s\n", c->rule);
    else printf("    wanted  %s\n", c->expected);
    printf("    got     %s\n", c->got);
}

static void complain(void *context, const char *line) {
    (void)context;
    sr_say("%s", line);
}

static int import(const sr_args *args, const sr_command *self) {
    const char *kind = args->n_operand > 1 ? args->operand[1] : "";
    if (args->n_operand != 3 || (strcmp(kind, "petrarch") != 0 && strcmp(kind, "tabari") != 0))
        return sr_usage_error(self, "import petrarch FILE, or import tabari FILE");
    sr_output out = {0};
    sr_error err = {SR_OK, 0, ""};
    uint32_t n, faults;
    int status = SR_EXIT_OK;
    if (sr_codebook_import(&out, &n, &faults, args->operand[2], complain, NULL, &err) != SR_OK) {
        sr_say("%s", err.message);
        status = SR_EXIT_FAILED;
    } else {
        fwrite(out.data, 1, out.size, stdout);
        if (faults) sr_say("%u actors written, %u faults left out", n, faults);
        if (faults) status = SR_EXIT_PARTIAL;
    }
    sr_output_release(&out);
    return status;
}

int sr_cmd_codebook(const sr_args *args) {
    const sr_command *self = sr_find_command("codebook");
    if (args->n_operand && strcmp(args->operand[0], "import") == 0) return import(args, self);
    if (!args->n_operand || strcmp(args->operand[0], "check") != 0)
        return sr_usage_error(self, "what to do with the codebook? There are: check, import");
    if (args->n_operand - 1 > SR_CODEBOOKS_MAX)
        return sr_usage_error(self, "at most %d files", SR_CODEBOOKS_MAX);
    sr_args with_files = *args;
    with_files.n_codebook = 0;
    for (int i = 1; i < args->n_operand; i++)
        with_files.codebook[with_files.n_codebook++] = args->operand[i];
    int status;
    sr_engine *e = sr_open_engine(&with_files, &status);
    if (!e) return status;
    tally t = {.verbose = args->verbose};
    sr_error err = {SR_OK, 0, ""};
    if (sr_codebook_check(e, result, &t, &err) != SR_OK) {
        sr_say("%s", err.message);
        status = SR_EXIT_FAILED;
    } else {
        printf("codebook %s: %u examples passed, %u failed\n", sr_engine_codebook_hash(e), t.passed, t.failed);
        status = t.failed ? SR_EXIT_FAILED : SR_EXIT_OK;
    }
    sr_engine_free(e);
    return status;
}

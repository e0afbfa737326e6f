/* train.h - the trainer of the model file and the scorer of trees, for the commands `sitrep train`
 * and `sitrep eval`. */
#ifndef SR_TRAIN_TRAIN_H
#define SR_TRAIN_TRAIN_H

#include "base/base.h"

/* Runs `sitrep train ...`; argv[0] is the command's name. Prints progress on stderr. Exit status as
 * the program's: 0 done, 1 failed, 2 usage. */
int sr_train_main(int argc, char **argv);

typedef enum sr_measure {
    SR_E_TOKENS, SR_E_SENTENCES, SR_E_WORDS, SR_E_UPOS, SR_E_XPOS, SR_E_UFEATS, SR_E_LEMMAS,
    SR_E_UAS, SR_E_LAS, SR_MEASURE_N
} sr_measure;

typedef struct sr_eval {
    struct {
        uint32_t right, gold, system;
    } of[SR_MEASURE_N];
    uint32_t aligned; /* words that are in both */
} sr_eval;

extern const char *const sr_measure_names[SR_MEASURE_N];
double sr_eval_precision(const sr_eval *e, sr_measure m); /* per cent, as those below */
double sr_eval_recall(const sr_eval *e, sr_measure m);
double sr_eval_f1(const sr_eval *e, sr_measure m);

/* Scores a CoNLL-U file against another with the same text, by the measures of the CoNLL 2018 shared
 * task. SR_EINPUT names file, line and fault when one is not CoNLL-U, lacks heads, or the texts
 * differ. */
sr_status sr_eval_files(sr_eval *out, const char *gold, const char *system, sr_error *err);

#endif

/* train.h - the trainer of the model file, for the command `sitrep train`. */
#ifndef SR_TRAIN_TRAIN_H
#define SR_TRAIN_TRAIN_H

/* Runs `sitrep train ...`; argv[0] is the command's name. Prints progress on stderr. Exit status as
 * the program's: 0 done, 1 failed, 2 usage. */
int sr_train_main(int argc, char **argv);

#endif

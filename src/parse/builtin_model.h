/* builtin_model.h - the model that is built into the program. */
#ifndef SR_PARSE_BUILTIN_MODEL_H
#define SR_PARSE_BUILTIN_MODEL_H

#include <stddef.h>

/* 64-aligned, never freed; for sr_model_open. */
const void *sr_builtin_model(size_t *n);

#endif

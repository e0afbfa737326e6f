/* builtin_model.c - the model file inside the program: its bytes, as they are on disk. The
 * Makefile passes the path as SR_MODEL_PATH (a string) and lets this object depend on the file.
 */
#include "parse/builtin_model.h"

#ifndef SR_MODEL_PATH
#error "SR_MODEL_PATH must name the model file"
#endif

__asm__(".section .rodata\n"
        ".balign 64\n"
        ".globl sr_builtin_model_begin\n"
        ".globl sr_builtin_model_end\n"
        ".hidden sr_builtin_model_begin\n"
        ".hidden sr_builtin_model_end\n"
        "sr_builtin_model_begin:\n"
        ".incbin \"" SR_MODEL_PATH "\"\n"
        "sr_builtin_model_end:\n"
        ".byte 0\n"
        ".text\n");

extern const char sr_builtin_model_begin[], sr_builtin_model_end[];

const void *sr_builtin_model(size_t *n) {
    *n = (size_t)(sr_builtin_model_end - sr_builtin_model_begin);
    return sr_builtin_model_begin;
}

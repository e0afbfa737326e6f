/* builtin_codebook.c - the compiled codebook inside the program: the bytes that tools/codebookc
 * wrote, taken in by the assembler. */
#include "know/know.h"

#ifndef SR_CODEBOOK_PATH
#error "SR_CODEBOOK_PATH: the compiled codebook (see Makefile)"
#endif

__asm__(".section .rodata\n"
        ".balign 16\n"
        ".local sr_codebook_first\n"
        ".local sr_codebook_last\n"
        "sr_codebook_first:\n"
        ".incbin \"" SR_CODEBOOK_PATH "\"\n"
        "sr_codebook_last:\n"
        ".byte 0\n"
        ".previous\n");

extern const char sr_codebook_first[] __attribute__((visibility("hidden")));
extern const char sr_codebook_last[] __attribute__((visibility("hidden")));

const void *sr_builtin_codebook(size_t *n) {
    *n = (size_t)(sr_codebook_last - sr_codebook_first);
    return sr_codebook_first;
}

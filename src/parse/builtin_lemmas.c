/* builtin_lemmas.c - the list of base forms inside the program: model/lemmas.txt, byte for byte.
 * The Makefile passes the path as SR_LEMMAS_PATH and lets this object depend on the file.
 */
#include "parse/inflect.h"

#ifndef SR_LEMMAS_PATH
#error "SR_LEMMAS_PATH must name the list"
#endif

__asm__(".section .rodata\n"
        ".globl sr_builtin_lemmas_begin\n"
        ".globl sr_builtin_lemmas_end\n"
        ".hidden sr_builtin_lemmas_begin\n"
        ".hidden sr_builtin_lemmas_end\n"
        "sr_builtin_lemmas_begin:\n"
        ".incbin \"" SR_LEMMAS_PATH "\"\n"
        "sr_builtin_lemmas_end:\n"
        ".byte 0\n"
        ".text\n");

extern const char sr_builtin_lemmas_begin[], sr_builtin_lemmas_end[];

sr_str sr_builtin_lemmas(void) {
    return sr_str_of(sr_builtin_lemmas_begin,
                     (uint32_t)(sr_builtin_lemmas_end - sr_builtin_lemmas_begin));
}

/* page.h - text on a page of fixed width: styles, wrapping, rules. Used by table.c alone. */
#ifndef SR_EXPORT_PAGE_H
#define SR_EXPORT_PAGE_H

#include "export/export.h"

typedef enum sr_style {
    SR_PLAIN, SR_BOLD, SR_DIM, SR_RED, SR_GREEN, SR_YELLOW, SR_CYAN, SR_TITLE, SR_STYLE_N
} sr_style;

typedef struct sr_page {
    sr_buf *out;
    unsigned width;
    bool color, ascii;
    unsigned column;  /* of the line being written */
    unsigned indent;  /* where wrapped lines begin */
    bool gap;         /* a blank is due before the next word */
    bool written;     /* the line has a word */
    sr_style style;   /* in force on the terminal */
    bool marked;      /* underlined */
} sr_page;

/* Columns that text takes: wide characters two, marks none, what is not shown none. */
unsigned sr_text_width(sr_str s);

/* Starts a line at column `indent`; its wrapped continuations begin at `hang`. */
void sr_page_line(sr_page *p, unsigned indent, unsigned hang);
/* Words, wrapped. White space runs together; control characters and marks that turn the direction
 * of text are not shown. */
void sr_page_text(sr_page *p, sr_style style, sr_str s);
void sr_page_z(sr_page *p, sr_style style, const char *z);
/* The same with the parts of `s` that lie in `marks` (offsets in s, sorted) underlined. */
void sr_page_marked(sr_page *p, sr_style style, sr_str s, const sr_span *marks, uint32_t n);
/* The next words follow without a blank. */
void sr_page_join(sr_page *p);
/* Blanks up to a column; at least `least`, for columns of a table. */
void sr_page_tab(sr_page *p, unsigned column);
void sr_page_end(sr_page *p); /* ends the line */
void sr_page_blank(sr_page *p);
/* "── title ─────────" over the whole width. */
void sr_page_rule(sr_page *p, const char *title);
/* The sign, or what stands for it in ASCII. */
const char *sr_page_sign(const sr_page *p, const char *sign, const char *ascii);

#endif

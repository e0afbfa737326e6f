/* page.c - text on a page of fixed width.
 *
 * Words are set one after another; a word that does not fit starts a new line at the hanging
 * indent, one longer than a line is broken where the line ends. The last column is kept for a
 * comma or quotation mark that follows a word without a blank. Articles are strangers' text:
 * nothing of it may move the cursor or turn the direction of writing, so control characters and
 * the bidirectional marks are dropped.
 */
#include <utf8proc.h>

#include "base/utf8.h"
#include "export/page.h"

static bool is_hidden(uint32_t cp) {
    return cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0xAD || (cp >= 0x200B && cp <= 0x200F) ||
           (cp >= 0x202A && cp <= 0x202E) || (cp >= 0x2060 && cp <= 0x206F) || cp == 0x61C || cp == 0xFEFF;
}

static bool is_space(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xA0 || cp == 0x2028 || cp == 0x2029;
}

static unsigned cp_width(uint32_t cp) {
    if (cp < 0x7F) return cp >= 0x20;
    if (is_hidden(cp)) return 0;
    int w = utf8proc_charwidth((utf8proc_int32_t)cp);
    return w < 0 ? 0 : (unsigned)w;
}

unsigned sr_text_width(sr_str s) {
    unsigned w = 0;
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp;
        i += sr_utf8_decode(s.p + i, s.n - i, &cp);
        w += cp_width(cp);
    }
    return w;
}

/* ---- styles ---------------------------------------------------------------------------------- */

static const char *const codes[SR_STYLE_N] = {"", "\033[1m", "\033[2m", "\033[31m", "\033[32m",
                                              "\033[33m", "\033[36m", "\033[1;36m"};

/* Says no more to the terminal than changes. */
static void set_style(sr_page *p, sr_style style, bool marked) {
    if (!p->color || (p->style == style && p->marked == marked)) return;
    if (p->style != SR_PLAIN || p->marked) sr_buf_z(p->out, "\033[0m");
    sr_buf_z(p->out, codes[style]);
    if (marked) sr_buf_z(p->out, "\033[4m");
    p->style = style;
    p->marked = marked;
}

const char *sr_page_sign(const sr_page *p, const char *sign, const char *ascii) {
    return p->ascii ? ascii : sign;
}

/* ---- lines ----------------------------------------------------------------------------------- */

static void spaces(sr_page *p, unsigned n) {
    for (unsigned i = 0; i < n; i++) sr_buf_char(p->out, ' ');
    p->column += n;
}

void sr_page_line(sr_page *p, unsigned indent, unsigned hang) {
    p->column = 0;
    spaces(p, indent);
    p->indent = hang;
    p->gap = p->written = false;
}

void sr_page_end(sr_page *p) {
    set_style(p, SR_PLAIN, false);
    sr_buf_char(p->out, '\n');
    p->column = 0;
    p->gap = false;
}

void sr_page_blank(sr_page *p) { sr_buf_char(p->out, '\n'); }

void sr_page_join(sr_page *p) { p->gap = false; }

void sr_page_tab(sr_page *p, unsigned column) {
    set_style(p, SR_PLAIN, false);
    if (p->column < column) spaces(p, column - p->column);
    p->gap = false;
}

static void new_line(sr_page *p) {
    set_style(p, SR_PLAIN, false);
    sr_buf_char(p->out, '\n');
    p->column = 0;
    spaces(p, p->indent);
    p->gap = p->written = false;
}

static bool in_marks(const sr_span *marks, uint32_t n, uint32_t at) {
    for (uint32_t i = 0; i < n; i++)
        if (at >= marks[i].start && at < marks[i].end) return true;
    return false;
}

void sr_page_marked(sr_page *p, sr_style style, sr_str s, const sr_span *marks, uint32_t n) {
    for (uint32_t i = 0; i < s.n;) {
        uint32_t cp, k = sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (is_space(cp)) {
            p->gap = true;
            i += k;
            continue;
        }
        uint32_t end = i;
        unsigned w = 0;
        while (end < s.n && (k = sr_utf8_decode(s.p + end, s.n - end, &cp), !is_space(cp))) {
            w += cp_width(cp);
            end += k;
        }
        bool gap = p->gap && p->written, marked = in_marks(marks, n, i);
        bool stop = w == 1 && !p->gap; /* a punctuation mark that belongs to the word before */
        if (p->column + gap + w + !stop > p->width && p->written) {
            new_line(p);
            gap = false;
        }
        if (gap) {
            /* Within a marked phrase the blank is marked as well. */
            bool inside = marked && i > 0 && in_marks(marks, n, i - 1);
            set_style(p, p->style, inside);
            spaces(p, 1);
        }
        p->gap = false;
        for (; i < end; i += k) {
            k = sr_utf8_decode(s.p + i, s.n - i, &cp);
            if (is_hidden(cp)) continue;
            unsigned cw = cp_width(cp);
            if (p->column + cw > p->width && p->written) new_line(p);
            set_style(p, style, in_marks(marks, n, i));
            sr_buf_put(p->out, s.p + i, k);
            p->column += cw;
            p->written = true;
        }
    }
}

void sr_page_text(sr_page *p, sr_style style, sr_str s) { sr_page_marked(p, style, s, NULL, 0); }

void sr_page_z(sr_page *p, sr_style style, const char *z) { sr_page_text(p, style, sr_str_z(z)); }

void sr_page_rule(sr_page *p, const char *title) {
    const char *dash = sr_page_sign(p, "─", "-");
    sr_page_line(p, 0, 0);
    set_style(p, SR_DIM, false);
    sr_buf_z(p->out, dash);
    sr_buf_z(p->out, dash);
    p->column = 2;
    p->gap = p->written = true;
    sr_page_z(p, SR_TITLE, title);
    set_style(p, SR_DIM, false);
    sr_buf_char(p->out, ' ');
    for (p->column++; p->column < p->width; p->column++) sr_buf_z(p->out, dash);
    sr_page_end(p);
}

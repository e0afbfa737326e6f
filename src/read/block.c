/* block.c - where paragraphs and headings start and end.
 *
 * A blank line always ends a block. A single newline is one of three things, and which one is
 * told from the look of the lines around it:
 *
 *   a wrap       the first word of the next line did not fit any more: the line is about as long
 *                as lines get in this text. No end.
 *   a paragraph  the line ends a sentence and had room for more, or the text has a paragraph a
 *                line anyway.
 *   a heading    the line ends no sentence, had room for more, and the next starts a new one.
 *
 * So the first question is whether the text as a whole is wrapped at a width, which shows in
 * lines that break in mid-sentence nearly always being full. Leaves out lists, tables and
 * captions: each of their lines comes out as a block.
 */
#include "read/read.h"

#include "base/utf8.h"

/* Wider lines are not the work of an editor's wrap. */
#define WRAP_MAX 132
/* Lines of wrapped text may end this much before the width and count as full: editors that fill
 * a paragraph balance its lines, and tables push the width up. */
#define WRAP_SLACK 6
/* Headlines in sentence case are shorter than the sentences that lost their full stop. */
#define TITLE_WORDS_MAX 25
#define HEADING_WORDS_MAX 14

typedef struct line {
    uint32_t start, end;  /* white space trimmed */
    uint32_t width;       /* code points */
    uint32_t first_width; /* of its first word */
    uint16_t words, capital_words, content_words; /* saturating */
    uint8_t indent;
    bool blank_before, ends_sentence, ends_open, ends_colon, starts_lower, bullet;
    bool title;      /* most words that are not small have a capital */
    bool inner_stop; /* a sentence ends inside it */
} line;

typedef struct look {
    uint32_t width;     /* of the wrap */
    bool wrapped;       /* at that width */
    bool spaced;        /* has blank lines between paragraphs */
    bool all_caps;      /* upper case tells nothing */
} look;

/* ---- lines --------------------------------------------------------------------------------- */

/* Length of a line break at p: CR* LF, or a Unicode separator; a CR alone only in a text that has
 * no LF. 0 if none. "\r\r\n" is what news sites make of "\r\n" and is one break. */
static uint32_t line_break(const char *p, uint32_t n, bool has_lf) {
    if (p[0] == '\n') return 1;
    if (p[0] == '\r') {
        if (!has_lf) return n > 1 && p[1] == '\n' ? 2 : 1;
        uint32_t k = 1;
        while (k < n && p[k] == '\r') k++;
        return k < n && p[k] == '\n' ? k + 1 : 0;
    }
    if ((unsigned char)p[0] == 0xE2 && n >= 3 && (unsigned char)p[1] == 0x80 &&
        ((unsigned char)p[2] == 0xA8 || (unsigned char)p[2] == 0xA9))
        return 3;
    return 0;
}

static bool is_white(uint32_t cp) {
    return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0x85 || cp == 0xA0 || cp == 0x1680 ||
           (cp >= 0x2000 && cp <= 0x200A) || cp == 0x2028 || cp == 0x2029 || cp == 0x202F ||
           cp == 0x205F || cp == 0x3000 || cp == 0xFEFF;
}

static bool is_function_word(sr_str w) {
    static const char *const words[] = {
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "but", "nor", "by",
        "with", "from", "as", "is", "are", "be", "over", "into", "after", "amid", "vs", "its",
    };
    if (w.n > 5) return false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sr_str_is(w, words[i])) return true;
    return false;
}

/* Words after which no sentence ends although they have a full stop. */
static bool is_title_abbreviation(sr_str w) {
    static const char *const words[] = {
        "Mr.", "Mrs.", "Ms.", "Dr.", "Gen.", "Lt.", "Col.", "Maj.", "Sgt.", "Capt.", "Adm.",
        "Gov.", "Sen.", "Rep.", "Prof.", "Rev.", "St.", "No.", "vs.", "Brig.", "Cpl.",
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (sr_str_is(w, words[i])) return true;
    return false;
}

static void bump(uint16_t *n) {
    if (*n < UINT16_MAX) ++*n;
}

/* The last code point of s, which is cut off; 0 when it is empty. */
static uint32_t pop_back(sr_str *s) {
    if (!s->n) return 0;
    uint32_t i = s->n - 1, cp;
    while (i > 0 && ((unsigned char)s->p[i] & 0xC0) == 0x80) i--;
    sr_utf8_decode(s->p + i, s->n - i, &cp);
    s->n = i;
    return cp;
}

static bool is_closer(uint32_t cp) {
    return cp == '"' || cp == '\'' || cp == ')' || cp == ']' || cp == 0x2019 || cp == 0x201D ||
           cp == 0xBB || cp == 0x203A;
}

/* "crisis." but not "U.S.", "Mr." or "2.": three small letters before the stop. */
static bool stops(sr_str w) {
    while (w.n) {
        sr_str rest = w;
        if (!is_closer(pop_back(&rest))) break;
        w = rest;
    }
    if (w.n < 4 || w.p[w.n - 1] != '.' || is_title_abbreviation(w)) return false;
    for (uint32_t i = w.n - 4; i < w.n - 1; i++)
        if (w.p[i] < 'a' || w.p[i] > 'z') return false;
    return true;
}

static void look_at_end(line *l, sr_str s, sr_str last_word) {
    uint32_t cp;
    do cp = pop_back(&s);
    while (is_closer(cp));
    l->ends_sentence = cp == '.' || cp == '?' || cp == '!' || cp == 0x2026 || cp == 0x61F ||
                       cp == 0x6D4 || cp == 0x3002;
    if (cp == '.' && is_title_abbreviation(last_word)) l->ends_sentence = false;
    l->ends_colon = cp == ':';
    l->ends_open = cp == ',' || cp == ';' || cp == '-' || cp == 0x2013 || cp == 0x2014 ||
                   cp == '(' || cp == '/' || cp == '&' || is_function_word(last_word) ||
                   (cp == '.' && !l->ends_sentence);
}

static void look_at_words(line *l, const char *text) {
    sr_str s = {text + l->start, l->end - l->start}, word = {s.p, 0};
    uint32_t i = 0, word_width = 0;
    bool letter_seen = false;
    while (i <= s.n) {
        uint32_t cp = ' ', k = 1;
        if (i < s.n) k = sr_utf8_decode(s.p + i, s.n - i, &cp);
        if (i < s.n) l->width++;
        if (!is_white(cp)) {
            if (!word.n) word.p = s.p + i;
            word.n += k;
            word_width++;
            if (!letter_seen && sr_cp_alpha(cp)) {
                letter_seen = true;
                /* Only marks that open a quotation may stand before the first letter. */
                if (word_width <= 3 && l->words == 0)
                    l->starts_lower = !sr_cp_upper(cp) && sr_cp_lower(cp) == cp && cp < 0x250;
            }
        } else if (word.n) {
            if (l->words == 0) l->first_width = word_width;
            bump(&l->words);
            uint32_t first;
            sr_utf8_decode(word.p, word.n, &first);
            if (sr_cp_alpha(first)) {
                if (sr_cp_upper(first)) bump(&l->capital_words), bump(&l->content_words);
                else if (!is_function_word(word)) bump(&l->content_words);
            }
            if (i >= s.n) break; /* look_at_end wants the last word */
            l->inner_stop |= stops(word);
            word.n = 0;
            word_width = 0;
        }
        i += k;
    }
    l->title = l->content_words >= 2 && l->capital_words * 10 >= l->content_words * 7 &&
               l->words <= TITLE_WORDS_MAX;
    look_at_end(l, s, word);
}

static bool is_bullet(sr_str s) {
    static const char *const marks[] = {"\u2022", "\u25AA", "\u25BA", "\u25CF", "\u00B7", "* "};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (sr_str_starts(s, marks[i])) return true;
    return false;
}

static bool is_invisible(uint32_t cp) { return cp >= 0x200B && cp <= 0x200F; }

/* Trims white space of every kind and returns false if nothing is left. */
static bool trim_line(line *l, const char *text) {
    uint32_t cp, k;
    while (l->start < l->end) {
        k = sr_utf8_decode(text + l->start, l->end - l->start, &cp);
        if (!is_white(cp) && !is_invisible(cp)) break;
        l->start += k;
        if (cp == '\t') l->indent = (uint8_t)(l->indent < 200 ? l->indent + 8 : 200);
        else if (l->indent < 200) l->indent++;
    }
    while (l->start < l->end) {
        sr_str s = {text + l->start, l->end - l->start};
        cp = pop_back(&s);
        if (!is_white(cp) && !is_invisible(cp)) break;
        l->end = l->start + s.n;
    }
    return l->start < l->end;
}

/* Cuts the text into its lines that are not blank; with lines == NULL only counts at most how many
 * there are. */
static uint32_t cut_lines(sr_str text, line *lines) {
    bool has_lf = text.n && memchr(text.p, '\n', text.n) != NULL;
    uint32_t n = 0, from = 0;
    bool blank = false;
    for (uint32_t i = 0; i <= text.n;) {
        uint32_t k = i < text.n ? line_break(text.p + i, text.n - i, has_lf) : 1;
        if (!k) {
            i++;
            continue;
        }
        if (!lines) {
            n += i > from;
        } else if (i > from) {
            line l = {.start = from, .end = i};
            if (trim_line(&l, text.p)) {
                l.blank_before = blank || n == 0;
                l.bullet = is_bullet((sr_str){text.p + l.start, l.end - l.start});
                look_at_words(&l, text.p);
                lines[n++] = l;
                blank = false;
            } else {
                blank = true;
            }
        } else {
            blank = true;
        }
        i += k;
        from = i;
    }
    return n;
}

/* ---- the text as a whole -------------------------------------------------------------------- */

static look look_at(const line *l, uint32_t n, sr_str text) {
    look k = {0};
    uint32_t count[WRAP_MAX + 1] = {0}, wide = 0, blanks = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (l[i].width > WRAP_MAX) wide++;
        else count[l[i].width]++;
        blanks += i > 0 && l[i].blank_before;
    }
    k.spaced = blanks > 0 && blanks * 16 >= n;
    uint32_t upper = 0, lower = 0;
    for (uint32_t i = 0; i < text.n && upper + lower < 4000; i++) {
        upper += text.p[i] >= 'A' && text.p[i] <= 'Z';
        lower += text.p[i] >= 'a' && text.p[i] <= 'z';
    }
    k.all_caps = upper > 20 && lower * 5 < upper;

    /* The width is the longest line but for one in twenty, which may be a URL or a table. */
    if (wide * 20 > n || n < 3) return k;
    uint32_t over = wide;
    for (k.width = WRAP_MAX; k.width > 0; k.width--) {
        over += count[k.width];
        if (over * 20 > n) break;
    }
    uint32_t broken = 0, full = 0;
    for (uint32_t i = 0; i + 1 < n; i++) {
        if (l[i + 1].blank_before || l[i].ends_sentence) continue;
        broken++;
        full += l[i].width + 1 + l[i + 1].first_width + WRAP_SLACK > k.width;
    }
    k.wrapped = broken >= 2 && full * 10 >= broken * 7;
    return k;
}

/* ---- breaks ---------------------------------------------------------------------------------- */

typedef enum after { JOIN, END_PARAGRAPH, END_HEADING } after;

/* Could the line be a heading, as far as its words go? */
static bool like_heading(const line *l, bool title) {
    if (l->ends_colon && !title) return false; /* "The text of the statement follows:" */
    return !l->ends_open && !l->inner_stop && !l->bullet &&
           l->words <= (title ? TITLE_WORDS_MAX : HEADING_WORDS_MAX);
}

/* What the newline between two lines is; `opens`: the first of them starts a block. */
static after newline_is(const line *a, const line *b, const look *k, bool opens) {
    uint32_t fits = a->width + 1 + b->first_width;
    bool title = a->title && !k->all_caps;
    bool heading = opens && !a->ends_sentence && like_heading(a, title);
    if (b->bullet) return END_PARAGRAPH;
    if (k->wrapped) {
        if (a->ends_sentence && b->indent >= a->indent + 2) return END_PARAGRAPH;
        if (fits + WRAP_SLACK > k->width) return JOIN;
        if (a->ends_open || b->starts_lower) return JOIN;
        if (heading && title) return END_HEADING;
        /* Where blank lines part the paragraphs a short line within one is only ragged. */
        if (k->spaced && a->width * 10 > k->width * 6) return JOIN;
        if (a->ends_sentence) return END_PARAGRAPH;
        return heading && !k->spaced ? END_HEADING : JOIN;
    }
    if (b->starts_lower) return JOIN;
    if (a->ends_sentence) return END_PARAGRAPH;
    if (a->ends_open) return JOIN;
    /* No sentence ended, and the next line could start one. At a wrap the next word did not fit,
     * so the next line is hardly longer than this one with that word. */
    if (heading && title && a->width < 100) return END_HEADING;
    if (b->width > fits + WRAP_SLACK || a->width < 60)
        return heading ? END_HEADING : END_PARAGRAPH;
    return JOIN;
}

/* Is a block of one line between blank lines a heading? */
static bool stands_as_heading(const line *l, const look *k, bool alone) {
    bool title = l->title && !k->all_caps;
    if (!like_heading(l, title)) return false;
    if (l->ends_sentence) return title && l->words <= 12 && !alone;
    /* A text of one line is a sentence that somebody typed in, unless it is set like a title. */
    return !alone || title;
}

sr_block *sr_blocks_find(sr_doc *doc, sr_arena *a) {
    sr_str text = doc->text;
    doc->blocks = NULL;
    doc->n_blocks = 0;
    uint32_t most = cut_lines(text, NULL);
    if (most == 0) return NULL;
    line *l = SR_NEW_N(a, line, most);
    uint32_t n = cut_lines(text, l);
    if (n == 0) return NULL;
    look k = look_at(l, n, text);

    sr_block *blocks = SR_NEW_N(a, sr_block, n);
    uint32_t made = 0, first = 0; /* first line of the block under way */
    for (uint32_t i = 0; i < n; i++) {
        after what;
        if (i + 1 == n || l[i + 1].blank_before) {
            bool one = first == i;
            what = one && stands_as_heading(&l[i], &k, n == 1) ? END_HEADING : END_PARAGRAPH;
        } else {
            what = newline_is(&l[i], &l[i + 1], &k, first == i);
        }
        if (what == JOIN) continue;
        blocks[made++] = (sr_block){
            .start = l[first].start,
            .end = l[i].end,
            .kind = what == END_HEADING ? SR_BLOCK_HEADING : SR_BLOCK_PARAGRAPH,
            .body = l[first].start,
        };
        first = i + 1;
    }
    doc->blocks = blocks;
    doc->n_blocks = made;
    return blocks;
}

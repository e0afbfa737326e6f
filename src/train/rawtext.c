/* rawtext.c - text without annotation: news as JSON lines, and the words of MASC without their tags,
 * which are too unlike those of the treebanks to learn from.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "train/internal.h"

static uint32_t hex4(const char *p) {
    uint32_t v = 0;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        v = v * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    }
    return v;
}

/* The value of "text" in a line of JSON, unescaped to `out`, which has room for the line. */
static uint32_t json_text(sr_str line, char *out) {
    static const char mark[] = "\"text\": \"";
    const char *p = NULL, *end = line.p + line.n;
    for (const char *q = line.p; q + sizeof mark < end; q++)
        if (memcmp(q, mark, sizeof mark - 1) == 0) {
            p = q + sizeof mark - 1;
            break;
        }
    uint32_t n = 0;
    while (p && p < end && *p != '"') {
        if (*p != '\\' || p + 1 >= end) {
            out[n++] = *p++;
            continue;
        }
        p++;
        if (*p == 'u' && p + 5 <= end) {
            uint32_t cp = hex4(p + 1);
            p += 5;
            char utf8[4];
            uint32_t k = cp < 0x80 ? 1 : cp < 0x800 ? 2 : 3;
            if (k == 1) utf8[0] = (char)cp;
            else if (k == 2) {
                utf8[0] = (char)(0xC0 | cp >> 6);
                utf8[1] = (char)(0x80 | (cp & 0x3F));
            } else {
                utf8[0] = (char)(0xE0 | cp >> 12);
                utf8[1] = (char)(0x80 | (cp >> 6 & 0x3F));
                utf8[2] = (char)(0x80 | (cp & 0x3F));
            }
            memcpy(out + n, utf8, k);
            n += k;
        } else {
            out[n++] = *p == 'n' || *p == 't' || *p == 'r' ? ' ' : *p;
            p++;
        }
    }
    return n;
}

static bool news_each(const char *folder, uint32_t each_nth, tr_take *take, void *to) {
    bool found = false;
    for (int part = 1; part <= 99; part++) {
        char path[1024], *data;
        size_t n;
        snprintf(path, sizeof path, "%s/raw_news_tehrantimes/part%d.jsonl", folder, part);
        if (sr_file_read(&data, &n, path, 0, NULL) != SR_OK) break;
        found = true;
        char *text = tr_alloc(n + 1);
        sr_str rest = sr_str_of(data, n);
        for (uint32_t k = 0; rest.p; k++) {
            sr_str line = sr_str_cut(&rest, '\n');
            if (k % each_nth == 0) take(to, sr_str_of(text, json_text(line, text)));
        }
        free(text);
        free(data);
    }
    return found;
}

/* The words of a line of `word_TAG`, joined by spaces. */
static uint32_t untagged(sr_str line, char *out) {
    uint32_t n = 0;
    while (line.p) {
        sr_str word = sr_str_cut(&line, ' ');
        while (word.n && word.p[word.n - 1] != '_') word.n--;
        if (word.n < 2) continue;
        word.n--;
        if (n) out[n++] = ' ';
        if (sr_str_is(word, "``") || sr_str_is(word, "''")) word = SR_LIT("\"");
        memcpy(out + n, word.p, word.n);
        n += word.n;
    }
    return n;
}

static void masc_each(const char *folder, tr_take *take, void *to) {
    static const char *const parts[] = {"masc_tagged/written", "masc_tagged/spoken"};
    for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
        char path[2048], *data;
        size_t n;
        struct dirent **files;
        snprintf(path, sizeof path, "%s/%s", folder, parts[p]);
        int count = scandir(path, &files, NULL, alphasort);
        for (int i = 0; i < count; i++) {
            snprintf(path, sizeof path, "%s/%s/%s", folder, parts[p], files[i]->d_name);
            if (sr_str_ends(sr_str_of(path, strlen(path)), ".txt") &&
                sr_file_read(&data, &n, path, 0, NULL) == SR_OK) {
                char *line = tr_alloc(n + 1);
                sr_str rest = sr_str_of(data, n);
                while (rest.p)
                    take(to, sr_str_of(line, untagged(sr_str_cut(&rest, '\n'), line)));
                free(line);
                free(data);
            }
            free(files[i]);
        }
        if (count >= 0) free(files);
    }
}

bool tr_raw_each(const char *folder, uint32_t each_nth, tr_take *take, void *to) {
    if (!news_each(folder, each_nth, take, to)) {
        fprintf(stderr, "train: no text in %s/raw_news_tehrantimes/part1.jsonl\n", folder);
        return false;
    }
    masc_each(folder, take, to);
    return true;
}

/* error.c - failures as one line of text. Messages may quote file names and input, so broken
 * bytes and control characters are replaced: a message can go to any terminal or log.
 */
#include "base/base.h"
#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>

sr_status sr_fail(sr_error *err, sr_status status, uint64_t position, const char *fmt, ...) {
    if (!err) return status;
    char raw[sizeof err->message * 2];
    va_list ap;
    va_start(ap, fmt);
    int len = vsnprintf(raw, sizeof raw, fmt, ap);
    va_end(ap);
    size_t n = len < 0 ? 0 : (size_t)len < sizeof raw ? (size_t)len : sizeof raw - 1;

    size_t out = 0;
    for (size_t i = 0; i < n;) {
        uint32_t cp, k = sr_utf8_decode(raw + i, n - i, &cp);
        bool broken = cp == 0xFFFD && k == 1;
        if (out + k >= sizeof err->message) break;
        if (broken || cp < 0x20 || (cp >= 0x7F && cp < 0xA0) || cp == 0x2028 || cp == 0x2029) {
            err->message[out++] = broken ? '?' : ' ';
        } else {
            memcpy(err->message + out, raw + i, k);
            out += k;
        }
        i += k;
    }
    err->message[out] = '\0';
    err->status = status;
    err->position = position;
    return status;
}

const char *sr_errno_text(int e) {
    switch (e) {
    case ENOENT: return "no such file";
    case ENOTDIR: return "a folder in the path is not a folder";
    case EACCES: case EPERM: return "permission denied";
    case EISDIR: return "is a directory";
    case EMFILE: case ENFILE: return "too many open files";
    case ENOMEM: return "out of memory";
    case ENOSPC: case EDQUOT: return "no space left";
    case EROFS: return "read-only file system";
    case ENAMETOOLONG: return "name too long";
    case ELOOP: return "too many symbolic links";
    case EPIPE: return "broken pipe";
    case EIO: return "input/output error";
    default: return "cannot be read or written";
    }
}

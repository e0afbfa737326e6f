/* file.c - whole files into memory. Input that is worked through piece by piece is the business
 * of read/reader.c.
 */
#include "base/base.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

sr_status sr_file_read(char **out, size_t *out_n, const char *path, size_t max, sr_error *err) {
    sr_status status = SR_OK;
    char *p = NULL;
    size_t n = 0, cap = 0;
    struct stat st;

    /* The end of a very long path, so that the reason still fits into the message. */
    size_t len = strlen(path);
    const char *shown = len > 150 ? path + len - 150 : path;

    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return sr_fail(err, SR_EIO, 0, "%s: %s", shown, sr_errno_text(errno));
    if (fstat(fd, &st) != 0) {
        status = sr_fail(err, SR_EIO, 0, "%s: %s", shown, sr_errno_text(errno));
        goto out;
    }
    if (S_ISDIR(st.st_mode)) {
        status = sr_fail(err, SR_EIO, 0, "%s: is a directory", shown);
        goto out;
    }
    /* The size is a hint alone: a pipe has none and a file may grow while it is read. The byte
     * more lets the last read see the end without growing. */
    cap = S_ISREG(st.st_mode) && st.st_size > 0 ? (size_t)st.st_size + 2 : 65536;
    if (max && cap > max + 2) cap = max + 2;
    for (;;) {
        if (!p || n + 1 >= cap) {
            if (p) cap = cap > SIZE_MAX / 2 ? SIZE_MAX : cap * 2;
            char *q = realloc(p, cap);
            if (!q) {
                status = sr_fail(err, SR_ENOMEM, 0, "%s: out of memory", shown);
                goto out;
            }
            p = q;
        }
        ssize_t got = read(fd, p + n, cap - n - 1);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) {
            status = sr_fail(err, SR_EIO, n, "%s: %s", shown, sr_errno_text(errno));
            goto out;
        }
        if (got == 0) break;
        n += (size_t)got;
        if (max && n > max) {
            status = sr_fail(err, SR_ELIMIT, max, "%s: longer than %zu bytes", shown, max);
            goto out;
        }
    }
    p[n] = '\0';
    *out = p;
    *out_n = n;
    p = NULL;
out:
    free(p);
    close(fd);
    return status;
}

sr_status sr_file_map(const void **out, size_t *n, const char *path, sr_error *err) {
    struct stat st;
    size_t len = strlen(path);
    const char *shown = len > 150 ? path + len - 150 : path;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return sr_fail(err, SR_EIO, 0, "%s: %s", shown, sr_errno_text(errno));
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size == 0) {
        close(fd);
        return sr_fail(err, SR_EIO, 0, "%s: empty, or no regular file", shown);
    }
    void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    int why = errno;
    close(fd);
    if (p == MAP_FAILED) return sr_fail(err, SR_EIO, 0, "%s: %s", shown, sr_errno_text(why));
    *out = p;
    *n = (size_t)st.st_size;
    return SR_OK;
}

void sr_file_unmap(const void *p, size_t n) { munmap((void *)(uintptr_t)p, n); }

/* message.c - what goes to stderr, and writing that can fail. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"

static void say(const char *fmt, va_list ap) {
    fputs("sitrep: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
}

void sr_say(const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
}

int sr_usage_error(const sr_command *cmd, const char *fmt, ...) {
    va_list ap;
    va_start(ap, fmt);
    say(fmt, ap);
    va_end(ap);
    fprintf(stderr, "Try `sitrep help%s%s`.\n", cmd ? " " : "", cmd ? cmd->name : "");
    return SR_EXIT_USAGE;
}

int sr_write_all(int fd, const char *p, size_t n) {
    while (n) {
        ssize_t k = write(fd, p, n);
        if (k < 0 && errno == EINTR) continue;
        if (k <= 0) return k < 0 ? errno : EIO;
        p += k;
        n -= (size_t)k;
    }
    return 0;
}

int sr_close_stdout(int status) {
    errno = 0;
    bool lost = ferror(stdout) != 0;
    if (fflush(stdout) != 0) lost = true;
    if (!lost) return status;
    /* A reader that went away is not worth a message: it had what it wanted. */
    if (errno != EPIPE) sr_say("cannot write: %s", sr_errno_text(errno));
    return SR_EXIT_FAILED;
}

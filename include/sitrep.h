/* sitrep.h - the whole public interface of libsitrep.
 *
 * sitrep reads reporting on conflict and diplomacy and returns its record: events, statements,
 * tolls, talks, each tied to the words it was read from. docs/RECORD.md describes the record.
 *
 *   sr_engine   read-only knowledge: model, codebook, overlays. Made once, never changed, shared
 *               by any number of threads.
 *   sr_coder    the scratch of one thread. One coder per thread; not to be shared.
 *   sr_record   the record of one document. Owned by its coder, valid until the coder's next call.
 *
 * Fallible calls return a status and take a caller-owned sr_error last. It is written only on
 * failure and may be NULL. Text is pointer and length, UTF-8, never needs a closing NUL.
 */
#ifndef SITREP_H
#define SITREP_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define SITREP_VERSION "0.1.0"

typedef enum sr_status {
    SR_OK = 0,
    SR_EUSAGE,    /* the call makes no sense: an option's value, a NULL where none is allowed */
    SR_EIO,       /* a file cannot be read or written */
    SR_ENOMEM,    /* memory ran out */
    SR_ERESOURCE, /* model or codebook: cut short, wrong version, wrong syntax */
    SR_EINPUT,    /* a document cannot be read: broken JSON, binary, empty */
    SR_ELIMIT     /* a named maximum was passed; see docs/LIMITS.md */
} sr_status;

/* One line, no newline, naming file and place where there is one. `position` is a byte offset in
 * the input, or a line number in a codebook file, 0 if it has none. */
typedef struct sr_error {
    sr_status status;
    uint64_t position;
    char message[256];
} sr_error;

#ifdef __cplusplus
}
#endif
#endif

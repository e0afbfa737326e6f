/* json.c - the fields of one JSON record, by json-c.
 *
 * Unknown fields are passed over. An arena may jump away from any allocation, so while json-c
 * holds memory nothing is taken from it: one block as long as the input is taken first, which is
 * enough, since no JSON string is shorter than what it stands for.
 */
#include "read/read.h"

#include <inttypes.h>
#include <json-c/json.h>
#include <stdio.h>

#include "base/limits.h"

typedef struct sink {
    char *p; /* where the next string goes */
    size_t room;
} sink;

static sr_str store(sink *s, const char *p, size_t n) {
    if (n + 1 > s->room) n = s->room ? s->room - 1 : 0; /* cannot be, see above */
    memcpy(s->p, p, n);
    s->p[n] = '\0';
    sr_str out = {s->p, (uint32_t)n};
    s->p += n + 1;
    s->room -= n + 1;
    return out;
}

static sr_status field(sr_str *out, json_object *object, const char *name, sink *s,
                       const char *where, sr_error *err) {
    json_object *v = NULL;
    *out = SR_STR_NONE;
    if (!json_object_object_get_ex(object, name, &v) || !v) return SR_OK; /* absent or null */
    if (json_object_is_type(v, json_type_string)) {
        *out = store(s, json_object_get_string(v), (size_t)json_object_get_string_len(v));
        return SR_OK;
    }
    /* Numbers are common as identifiers and say the same as their digits. */
    if (json_object_is_type(v, json_type_int) && strcmp(name, "id") == 0) {
        char digits[32];
        int n = snprintf(digits, sizeof digits, "%" PRId64, json_object_get_int64(v));
        *out = store(s, digits, (size_t)n);
        return SR_OK;
    }
    return sr_fail(err, SR_EINPUT, 0, "%sfield \"%s\" is not a string", where, name);
}

sr_status sr_json_fields(sr_fields *out, sr_str json, const char *where, sr_arena *a,
                         sr_error *err) {
    memset(out, 0, sizeof *out);
    /* Said here, since json-c waits for more after a bare word. */
    sr_str trimmed = sr_str_trim(json);
    if (!trimmed.n || trimmed.p[0] != '{')
        return sr_fail(err, SR_EINPUT, 0, "%snot a JSON object", where);
    /* Every field needs a NUL after it, which its quotes paid for; a bare number has none. */
    sink s = {NULL, (size_t)json.n + 32};
    s.p = sr_arena_alloc(a, s.room);

    json_tokener *tok = json_tokener_new_ex(SR_JSON_DEPTH_MAX);
    if (!tok) return sr_fail(err, SR_ENOMEM, 0, "%sout of memory", where);
    sr_status status = SR_OK;
    json_object *object = json_tokener_parse_ex(tok, json.p, (int)json.n);
    enum json_tokener_error why = json_tokener_get_error(tok);
    size_t end = json_tokener_get_parse_end(tok);
    if (why == json_tokener_continue) {
        status = sr_fail(err, SR_EINPUT, json.n, "%sbroken JSON: cut short", where);
        goto out;
    }
    if (why == json_tokener_error_depth) {
        status = sr_fail(err, SR_EINPUT, end, "%sJSON nested deeper than %d", where,
                         SR_JSON_DEPTH_MAX);
        goto out;
    }
    if (why != json_tokener_success) {
        status = sr_fail(err, SR_EINPUT, end, "%sbroken JSON at byte %zu: %s", where, end,
                         json_tokener_error_desc(why));
        goto out;
    }
    if (sr_str_trim((sr_str){json.p + end, json.n - (uint32_t)end}).n) {
        status = sr_fail(err, SR_EINPUT, end, "%sbroken JSON at byte %zu: more after the object",
                         where, end);
        goto out;
    }
    const struct {
        const char *name;
        sr_str *to;
    } fields[] = {
        {"id", &out->id},       {"text", &out->text}, {"date", &out->date},
        {"title", &out->title}, {"url", &out->url},   {"publication", &out->publication},
    };
    for (size_t i = 0; i < sizeof fields / sizeof *fields && !status; i++)
        status = field(fields[i].to, object, fields[i].name, &s, where, err);
    if (!status && !out->text.p)
        status = sr_fail(err, SR_EINPUT, 0, "%sfield \"text\" is missing", where);
out:
    if (object) json_object_put(object);
    json_tokener_free(tok);
    return status;
}

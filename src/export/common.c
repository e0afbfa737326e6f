/* common.c - what the writers share: figures as text (without printf, whose point depends on the
 * locale and whose speed on the C library) and two questions to the record.
 */
#include <math.h>

#include "export/export.h"

void sr_put_int(sr_buf *out, int64_t x) {
    char digits[24];
    size_t n = sizeof digits;
    uint64_t u = x < 0 ? 0 - (uint64_t)x : (uint64_t)x;
    do digits[--n] = (char)('0' + u % 10);
    while (u /= 10);
    if (x < 0) digits[--n] = '-';
    sr_buf_put(out, digits + n, sizeof digits - n);
}

void sr_put_decimal(sr_buf *out, double x, int places) {
    int64_t scale = 1;
    for (int i = 0; i < places; i++) scale *= 10;
    int64_t v = llround(x * (double)scale);
    if (v < 0) {
        sr_buf_char(out, '-');
        v = -v;
    }
    sr_put_int(out, v / scale);
    v %= scale;
    if (!v) return;
    sr_buf_char(out, '.');
    while (v) {
        scale /= 10;
        sr_buf_char(out, (char)('0' + v / scale));
        v %= scale;
    }
}

int64_t sr_toll_total(const sr_event *e, const char *effect) {
    int64_t sum = -1;
    for (uint32_t i = 0; i < e->toll.n; i++) {
        const sr_toll *t = &e->toll.v[i];
        if (t->best < 0 || !sr_str_is(t->effect, effect)) continue;
        sum = (sum < 0 ? 0 : sum) + t->best;
    }
    return sum;
}

const sr_entity *sr_entity_named(const sr_entity *e) {
    const sr_entity *named = e;
    for (int steps = 0; named->pronoun && named->antecedent && steps < 64; steps++)
        named = named->antecedent;
    return named->text.n ? named : e;
}

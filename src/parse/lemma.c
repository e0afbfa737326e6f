/* lemma.c - dictionary forms. A lemma is an edit script upon the folded form ("strip 3, add y").
 * Words that training has seen under a tag have theirs in a lexicon; the network's lemma head,
 * which costs as much as the parser's rows, is asked only for the rest.
 */
#include "parse/net.h"

sr_str sr_script_apply(const sr_net *net, uint32_t script, sr_str folded, sr_arena *a) {
    const sr_script *s = &net->scripts[script];
    if (s->strip > folded.n) return folded;
    uint32_t keep = folded.n - s->strip;
    if (keep + s->add_n == 0) return folded;
    /* A strip that cut a code point would leave broken UTF-8. */
    if (keep > 0 && keep < folded.n && ((unsigned char)folded.p[keep] & 0xC0) == 0x80)
        return folded;
    if (s->add_n == 0) return sr_str_of(folded.p, keep);
    char *p = sr_arena_alloc(a, keep + s->add_n + 1u);
    memcpy(p, folded.p, keep);
    memcpy(p + keep, net->scripts_text + s->add, s->add_n);
    p[keep + s->add_n] = '\0';
    return sr_str_of(p, keep + s->add_n);
}

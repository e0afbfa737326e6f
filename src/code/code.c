/* code.c - the coder's order of work: triggers are found lazily, statements before events (an event
 * is attributed to the statements around it), talks last (they gather events). */
#include "code/coder.h"



void sr_code_run(sr_doc_record *out, const sr_know *k, const sr_doc *doc, const sr_parse *parse,
                 const sr_mentions *mentions, const sr_code_options *opt, sr_arena *a) {
    static const sr_code_options defaults = {0};
    memset(out, 0, sizeof *out);
    out->doc = doc;
    out->parse = parse;
    out->mentions = mentions;
    sr_ctx c = {.k = k, .doc = doc, .parse = parse, .m = mentions, .opt = opt ? opt : &defaults, .a = a, .out = out};
    c.rule = SR_NEW_N(a, const sr_rule *, sr_know_n_rules(k));
    c.trig = SR_NEW_N(a, sr_trigger *, parse->n);
    for (uint32_t s = 0; s < parse->n; s++) c.trig[s] = SR_NEW_N(a, sr_trigger, parse->s[s].n);
    const struct { sr_setid *id; const char *name; } sets[] = {
        {&c.set.partitive, "partitive"}, {&c.set.collective, "collective"}, {&c.set.weapon, "weapon"}, {&c.set.possible, "adverb_possible"},
        {&c.set.probable, "adverb_probable"}, {&c.set.alleged, "adverb_alleged"}, {&c.set.planned, "modifier_planned"},
        {&c.set.future_word, "modifier_future"}, {&c.set.almost, "adverb_almost"},
        {&c.set.document, "document"}, {&c.set.issuing, "issuing"}, {&c.set.scene, "scene_noun"}, {&c.set.talks, "talks"}, {&c.set.negotiation, "negotiation"}, {&c.set.peace, "peace_word"}, {&c.set.failed, "talks_failed"},
        {&c.set.deadlock, "talks_deadlock"}, {&c.set.suspended, "talks_suspended"}, {&c.set.scheduled, "talks_scheduled"},
        {&c.set.proposed, "talks_proposed"}, {&c.set.ongoing, "talks_ongoing"}, {&c.set.agreed, "talks_agreed"},
        {&c.set.partial, "talks_partial"}, {&c.set.implemented, "talks_implemented"}, {&c.set.broker, "broker"}};
    for (size_t n = 0; n < sizeof sets / sizeof *sets; n++) *sets[n].id = sr_know_set(k, sets[n].name);
    for (size_t n = 0; n < sizeof c.set.toll / sizeof *c.set.toll; n++) c.set.toll[n] = sr_know_set(k, sr_toll_sets[n]);
    sr_find_quotes(&c);
    sr_code_statements(&c);
    sr_code_events(&c);
    sr_attribute_events(&c);
    sr_code_talks(&c);
    for (uint32_t n = 0; n < out->events.n; n++) sr_recipient_inside(&c, &out->events.v[n]);
}

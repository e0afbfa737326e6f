/* fuzz_codebook.c - any bytes as stanzas laid over a small codebook. What compiles is opened, asked
 * for all that it holds, and used to code a few trees; what does not must say where and why.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/limits.h"
#include "base/utf8.h"
#include "code/code.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static const char book[] =
    "actor PAK\n  kind country\n  name Pakistan\n  adj Pakistani\n  capital Islamabad\n  code PAK GOV\n"
    "actor taliban\n  kind group\n  name Taliban\n  code AFG REB ..2021-08-14\n  code AFG GOV 2021-08-15..\n"
    "role soldier\n  noun soldier\n  sector MIL\n  flags group armed\n"
    "issue border\n  phrase border; crossing\n"
    "set weapon\n  words rocket; drone\n"
    "set talks\n  words talk; meeting\n"
    "event assault.attack\n  type ASSAULT\n  cameo 190\n  verb attack; kill\n  noun attack\n  actor subj, poss, comp, by\n"
    "  recipient obj, on\n  not verb attack obj=problem\n  toll killed\n  mode drone if with=$weapon\n"
    "event consult.talks\n  type CONSULT\n  noun talk\n  actor subj, poss, comp, with, between\n  reciprocal yes\n"
    "event request.demand\n  type REQUEST\n  verb demand\n  noun demand\n  actor subj, poss\n  content obj, clause\n  effect Uu\n"
    "cue say\n  verb say\n  source subj\n  content clause\n  speech speech\n"
    "operator plan\n  verb plan\n  content clause, obj\n  effect Uu\n  aux future\n"
    "support hold\n  verb hold\n  noun obj\n  actor subj\n";

/* "Pakistani soldiers said the Taliban plan to attack Islamabad with drones, killing five, after
 * talks held on the border." and a demand. */
static const char trees[] =
    "1\tPakistani\tpakistani\tADJ\tJJ\t_\t2\tamod\t_\t_\n2\tsoldiers\tsoldier\tNOUN\tNNS\t_\t3\tnsubj\t_\t_\n"
    "3\tsaid\tsay\tVERB\tVBD\t_\t0\troot\t_\t_\n4\tthe\tthe\tDET\tDT\t_\t5\tdet\t_\t_\n"
    "5\tTaliban\ttaliban\tPROPN\tNNP\t_\t6\tnsubj\t_\t_\n6\tplan\tplan\tVERB\tVBP\t_\t3\tccomp\t_\t_\n"
    "7\tto\tto\tPART\tTO\t_\t8\tmark\t_\t_\n8\tattack\tattack\tVERB\tVB\t_\t6\txcomp\t_\t_\n"
    "9\tIslamabad\tislamabad\tPROPN\tNNP\t_\t8\tobj\t_\t_\n10\twith\twith\tADP\tIN\t_\t11\tcase\t_\t_\n"
    "11\tdrones\tdrone\tNOUN\tNNS\t_\t8\tobl\t_\t_\n12\t,\t,\tPUNCT\t,\t_\t13\tpunct\t_\t_\n"
    "13\tkilling\tkill\tVERB\tVBG\t_\t8\tadvcl\t_\t_\n14\tfive\tfive\tNUM\tCD\t_\t13\tobj\t_\t_\n"
    "15\tafter\tafter\tADP\tIN\t_\t16\tcase\t_\t_\n16\ttalks\ttalk\tNOUN\tNNS\t_\t8\tobl\t_\t_\n"
    "17\theld\thold\tVERB\tVBN\t_\t16\tacl\t_\t_\n18\ton\ton\tADP\tIN\t_\t20\tcase\t_\t_\n"
    "19\tthe\tthe\tDET\tDT\t_\t20\tdet\t_\t_\n20\tborder\tborder\tNOUN\tNN\t_\t17\tobl\t_\t_\n\n"
    "1\tPakistan\tpakistan\tPROPN\tNNP\t_\t4\tnmod:poss\t_\t_\n2\t's\t's\tPART\tPOS\t_\t1\tcase\t_\t_\n"
    "3\tnew\tnew\tADJ\tJJ\t_\t4\tamod\t_\t_\n4\tdemand\tdemand\tNOUN\tNN\t_\t7\tnsubj\t_\t_\n"
    "5\tfor\tfor\tADP\tIN\t_\t6\tcase\t_\t_\n6\tmeetings\tmeeting\tNOUN\tNNS\t_\t4\tnmod\t_\t_\n"
    "7\tfailed\tfail\tVERB\tVBD\t_\t0\troot\t_\t_\n\n";

static void *image;
static sr_know *base;

static void must(bool holds) {
    if (!holds) abort();
}

static void ask(const sr_know *k) {
    for (uint32_t i = 0; i < sr_know_n_actors(k); i++) {
        sr_actor actor = sr_know_actor(k, i);
        sr_str name;
        sr_form form;
        for (uint32_t n = 0; sr_know_actor_name(k, i, n, &name, &form); n++) must(sr_utf8_valid(name.p, name.n, NULL));
        for (int32_t day = -1000000; day <= 1000000; day += 1000) sr_actor_code_on(&actor, day);
    }
    for (uint32_t i = 0; i < sr_know_n_roles(k); i++) sr_know_role(k, i);
    for (uint32_t i = 0; i < sr_know_n_issues(k); i++) must(sr_know_issue(k, i).n > 0);
    for (uint32_t i = 0; i < sr_know_n_rules(k); i++) {
        sr_rule r = sr_know_rule(k, i);
        must(r.id.n > 0 && r.kind <= SR_RULE_SUPPORT && r.type < SR_TYPE_N && r.effect < SR_FACT_N);
    }
}

static void code(const sr_know *k) {
    sr_arena a;
    sr_buf out;
    sr_doc doc;
    sr_parse parse;
    jmp_buf back;
    sr_arena_init(&a, SR_DOC_MEMORY_MAX);
    sr_buf_init(&out);
    a.recover = &back;
    if (setjmp(back) == 0) {
        must(sr_conllu_read(&doc, &parse, SR_LIT(trees), &a, NULL) == SR_OK);
        sr_mentions mentions;
        sr_doc_record record;
        sr_code_options opt = {.statements = true, .why_not = true};
        sr_mention_run(&mentions, k, &doc, &parse, &a);
        sr_code_run(&record, k, &doc, &parse, &mentions, &opt, &a);
        sr_record_print(&out, &record, true);
    }
    sr_buf_release(&out);
    sr_arena_release(&a);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n) {
    if (!base) {
        size_t size;
        sr_source src = {"base.txt", SR_LIT(book)};
        must(sr_know_compile(&image, &size, &src, 1, NULL) == SR_OK);
        must(sr_know_open(&base, image, size, NULL) == SR_OK);
    }
    sr_buf problems;
    sr_buf_init(&problems);
    sr_know *over = NULL;
    sr_error err = {SR_OK, 0, ""};
    sr_status status = sr_know_overlay_report(&over, base, sr_str_of((const char *)data, n), "fuzz.txt", &problems, &err);
    if (status == SR_OK) {
        ask(over);
        code(over);
    } else {
        must(!over && err.message[0] && sr_utf8_valid(err.message, (uint32_t)strlen(err.message), NULL));
    }
    sr_know_free(over);
    sr_buf_release(&problems);
    return 0;
}

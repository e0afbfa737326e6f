/* t_tree.c - logical grammar of code/tree.h on small hand-made trees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "code/tree.h"

#define MAX 24
static sr_word words[MAX];
static sr_sent sent;

/* "form UPOS XPOS head rel[:sub]" a word, heads counted from 1, 0 for the root. */
static const sr_sent *tree(const char *const *rows) {
    static char text[MAX][5][32];
    memset(words, 0, sizeof words);
    memset(&sent, 0, sizeof sent);
    int n = 0;
    for (; rows[n]; n++) {
        assert_true(n < MAX);
        int got = sscanf(rows[n], "%31s %31s %31s %31s %31s", text[n][0], text[n][1], text[n][2], text[n][3], text[n][4]);
        assert_int_equal(got, 5);
        sr_word *w = &words[n];
        w->form = w->folded = w->lemma = sr_str_z(text[n][0]);
        w->upos = (uint8_t)sr_upos_find(sr_str_z(text[n][1]));
        w->xpos = (uint8_t)sr_xpos_find(sr_str_z(text[n][2]));
        w->head = (int16_t)(atoi(text[n][3]) - 1);
        sr_rel rel;
        sr_sub sub;
        assert_true(sr_rel_find(sr_str_z(text[n][4]), &rel, &sub));
        w->rel = (uint8_t)rel;
        w->sub = (uint8_t)sub;
    }
    sent.w = words;
    sent.n = (uint16_t)n;
    sr_sent_link(&sent);
    return &sent;
}

static int only_subject(const sr_sent *s, int i) {
    sr_fill f = {.n = 0};
    sr_logical_subject(s, i, &f);
    return f.n ? f.w[0] : -1;
}

static int only_object(const sr_sent *s, int i) {
    sr_fill f = {.n = 0};
    sr_logical_object(s, i, &f);
    return f.n ? f.w[0] : -1;
}

static void passive_is_undone(void **state) {
    (void)state;
    const char *const rows[] = {"Rebels NOUN NNS 3 nsubj:pass", "were AUX VBD 3 aux:pass", "attacked VERB VBN 0 root",
                                "by ADP IN 5 case", "soldiers NOUN NNS 3 obl:agent", NULL};
    const sr_sent *s = tree(rows);
    assert_true(sr_passive(s, 2));
    assert_int_equal(only_subject(s, 2), 4);
    assert_int_equal(only_object(s, 2), 0);
}

static void agentless_passive_has_no_subject(void **state) {
    (void)state;
    const char *const rows[] = {"Rebels NOUN NNS 3 nsubj:pass", "were AUX VBD 3 aux:pass", "attacked VERB VBN 0 root", NULL};
    const sr_sent *s = tree(rows);
    assert_int_equal(only_subject(s, 2), -1);
}

static void controlled_subject_is_the_one_urged(void **state) {
    (void)state;
    const char *const rows[] = {"Kenya PROPN NNP 2 nsubj", "urged VERB VBD 0 root", "Sudan PROPN NNP 2 obj",
                                "to PART TO 5 mark", "withdraw VERB VB 2 xcomp", NULL};
    const sr_sent *s = tree(rows);
    assert_int_equal(only_subject(s, 4), 2);
}

static void subject_control_without_an_object(void **state) {
    (void)state;
    const char *const rows[] = {"Kenya PROPN NNP 2 nsubj", "agreed VERB VBD 0 root", "to PART TO 4 mark",
                                "withdraw VERB VB 2 xcomp", NULL};
    const sr_sent *s = tree(rows);
    assert_int_equal(only_subject(s, 3), 0);
}

static void relative_pronoun_is_its_antecedent(void **state) {
    (void)state;
    const char *const rows[] = {"gunmen NOUN NNS 5 nsubj", "who PRON WP 3 nsubj", "seized VERB VBD 1 acl:relcl",
                                "Mopti PROPN NNP 3 obj", "fled VERB VBD 0 root", NULL};
    const sr_sent *s = tree(rows);
    assert_int_equal(only_subject(s, 2), 0);
    assert_int_equal(only_object(s, 2), 3);
}

static void gap_of_a_relative_clause(void **state) {
    (void)state;
    const char *const rows[] = {"raid NOUN NN 4 nsubj", "they PRON PRP 3 nsubj", "launched VERB VBD 1 acl:relcl",
                                "failed VERB VBD 0 root", NULL};
    const sr_sent *s = tree(rows);
    assert_int_equal(only_object(s, 2), 0);
}

static void coordination_shares_subject_and_object(void **state) {
    (void)state;
    const char *const rows[] = {"Police NOUN NNS 2 nsubj", "beat VERB VBD 0 root", "and CCONJ CC 4 cc",
                                "arrested VERB VBD 2 conj", "students NOUN NNS 4 obj", NULL};
    const sr_sent *s = tree(rows);
    assert_int_equal(only_subject(s, 3), 0);
    assert_int_equal(only_object(s, 1), 4);
}

static void reduced_relative(void **state) {
    (void)state;
    const char *const rows[] = {"troops NOUN NNS 5 nsubj", "killed VERB VBN 1 acl", "in ADP IN 4 case", "Kidal PROPN NNP 2 obl",
                                "returned VERB VBD 0 root", NULL};
    const sr_sent *s = tree(rows);
    assert_true(sr_passive(s, 1));
    assert_int_equal(only_object(s, 1), 0);
    assert_int_equal(only_subject(s, 1), -1);
}

static void no_tree_makes_it_loop(void **state) {
    (void)state;
    const char *const rows[] = {"a VERB VB 2 conj", "b VERB VB 3 xcomp", "c VERB VB 4 advcl", "d VERB VB 5 conj",
                                "e VERB VB 6 xcomp", "f VERB VB 7 acl", "g VERB VB 8 conj", "h VERB VB 0 root", NULL};
    const sr_sent *s = tree(rows);
    for (int i = 0; i < s->n; i++) {
        sr_fill f = {.n = 0};
        sr_logical_subject(s, i, &f);
        sr_logical_object(s, i, &f);
        assert_in_range(f.n, 0, SR_FILL_MAX);
        assert_in_range(sr_clause_of(s, i), 0, s->n - 1);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(passive_is_undone), cmocka_unit_test(agentless_passive_has_no_subject),
        cmocka_unit_test(controlled_subject_is_the_one_urged), cmocka_unit_test(subject_control_without_an_object),
        cmocka_unit_test(relative_pronoun_is_its_antecedent), cmocka_unit_test(gap_of_a_relative_clause),
        cmocka_unit_test(coordination_shares_subject_and_object), cmocka_unit_test(reduced_relative),
        cmocka_unit_test(no_tree_makes_it_loop)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}

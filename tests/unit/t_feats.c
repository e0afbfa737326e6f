/* t_feats.c - features of words in given trees: what is printed is what the FEATS column here says. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "parse/parse.h"

/* Reads CoNLL-U, prints it again: the first six columns must come back. */
static void check(const char *rows) {
    sr_arena a;
    sr_buf out;
    sr_doc doc;
    sr_parse parse;
    sr_error err = {SR_OK, 0, ""};
    sr_arena_init(&a, 0);
    sr_buf_init(&out);
    assert_int_equal(sr_conllu_check(sr_str_z(rows), 1, &a, &err), SR_OK);
    assert_int_equal(sr_conllu_read(&doc, &parse, sr_str_z(rows), &a, &err), SR_OK);
    sr_conllu_print(&out, &doc, &parse, NULL);
    sr_str got = sr_str_of(out.p, out.n), want = sr_str_z(rows);
    while (want.p) {
        sr_str w = sr_str_cut(&want, '\n'), g;
        if (!w.n) continue;
        do g = sr_str_cut(&got, '\n');
        while (g.p && (g.n == 0 || g.p[0] == '#'));
        for (int k = 0; k < 6; k++) {
            sr_str x = sr_str_cut(&w, '\t'), y = sr_str_cut(&g, '\t');
            if (!sr_str_eq(x, y))
                fail_msg("column %d: \"%.*s\" expected, \"%.*s\" printed", k + 1, (int)x.n, x.p, (int)y.n, y.p);
        }
    }
    sr_buf_release(&out);
    sr_arena_release(&a);
}

static void agreement(void **state) {
    (void)state;
    check("1\tThe\tthe\tDET\tDT\tDefinite=Def|PronType=Art\t2\tdet\t_\t_\n"
          "2\tsoldiers\tsoldier\tNOUN\tNNS\tNumber=Plur\t5\tnsubj\t_\t_\n"
          "3\twho\twho\tPRON\tWP\tPronType=Rel\t4\tnsubj\t_\t_\n"
          "4\tfled\tflee\tVERB\tVBD\tMood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin\t2\tacl:relcl\t_\t_\n"
          "5\treturned\treturn\tVERB\tVBD\tMood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
          "6\tand\tand\tCCONJ\tCC\t_\t7\tcc\t_\t_\n"
          "7\tsurrendered\tsurrender\tVERB\tVBD\tMood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin\t5\tconj\t_\tSpaceAfter=No\n"
          "8\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n\n");
    check("1\tIran\tIran\tPROPN\tNNP\tNumber=Sing\t4\tnsubj\t_\t_\n"
          "2\tand\tand\tCCONJ\tCC\t_\t3\tcc\t_\t_\n"
          "3\tIraq\tIraq\tPROPN\tNNP\tNumber=Sing\t1\tconj\t_\t_\n"
          "4\tagree\tagree\tVERB\tVBP\tMood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin\t0\troot\t_\t_\n\n");
    check("1\tI\tI\tPRON\tPRP\tCase=Nom|Number=Sing|Person=1|PronType=Prs\t3\tnsubj\t_\t_\n"
          "2\twas\tbe\tAUX\tVBD\tMood=Ind|Number=Sing|Person=1|Tense=Past|VerbForm=Fin\t3\taux\t_\t_\n"
          "3\twaiting\twait\tVERB\tVBG\tTense=Pres|VerbForm=Part\t0\troot\t_\t_\n\n");
}

static void voice(void **state) {
    (void)state;
    check("1\tThey\tthey\tPRON\tPRP\tCase=Nom|Number=Plur|Person=3|PronType=Prs\t4\tnsubj:pass\t_\t_\n"
          "2\thave\thave\tAUX\tVBP\tMood=Ind|Number=Plur|Person=3|Tense=Pres|VerbForm=Fin\t4\taux\t_\t_\n"
          "3\tbeen\tbe\tAUX\tVBN\tTense=Past|VerbForm=Part\t4\taux:pass\t_\t_\n"
          "4\tkilled\tkill\tVERB\tVBN\tTense=Past|VerbForm=Part|Voice=Pass\t0\troot\t_\t_\n\n");
    check("1\tIt\tit\tPRON\tPRP\tCase=Nom|Gender=Neut|Number=Sing|Person=3|PronType=Prs\t3\tnsubj\t_\t_\n"
          "2\thas\thave\tAUX\tVBZ\tMood=Ind|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t3\taux\t_\t_\n"
          "3\tseized\tseize\tVERB\tVBN\tTense=Past|VerbForm=Part\t0\troot\t_\t_\n"
          "4\tit\tit\tPRON\tPRP\tCase=Acc|Gender=Neut|Number=Sing|Person=3|PronType=Prs\t3\tobj\t_\t_\n\n");
}

static void mood(void **state) {
    (void)state;
    check("1\tRelease\trelease\tVERB\tVB\tMood=Imp|VerbForm=Fin\t0\troot\t_\t_\n"
          "2\tthem\tthey\tPRON\tPRP\tCase=Acc|Number=Plur|Person=3|PronType=Prs\t1\tobj\t_\t_\n\n");
    check("1\tHe\the\tPRON\tPRP\tCase=Nom|Gender=Masc|Number=Sing|Person=3|PronType=Prs\t2\tnsubj\t_\t_\n"
          "2\tdemanded\tdemand\tVERB\tVBD\tMood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
          "3\tthat\tthat\tSCONJ\tIN\t_\t5\tmark\t_\t_\n"
          "4\tshe\tshe\tPRON\tPRP\tCase=Nom|Gender=Fem|Number=Sing|Person=3|PronType=Prs\t5\tnsubj\t_\t_\n"
          "5\tleave\tleave\tVERB\tVB\tMood=Sub|Number=Sing|Person=3|Tense=Pres|VerbForm=Fin\t2\tccomp\t_\t_\n"
          "6\tand\tand\tCCONJ\tCC\t_\t9\tcc\t_\t_\n"
          "7\twould\twould\tAUX\tMD\tVerbForm=Fin\t9\taux\t_\t_\n"
          "8\tnot\tnot\tPART\tRB\tPolarity=Neg\t9\tadvmod\t_\t_\n"
          "9\treturn\treturn\tVERB\tVB\tVerbForm=Inf\t2\tconj\t_\t_\n\n");
}

static void other(void **state) {
    (void)state;
    check("1\tIn\tin\tADP\tIN\t_\t3\tcase\t_\t_\n"
          "2\tlater\tlate\tADJ\tJJR\tDegree=Cmp\t3\tamod\t_\t_\n"
          "3\t1990s\t1990\tNOUN\tNNS\tNumber=Ptan|NumForm=Combi|NumType=Card\t0\troot\t_\t_\n"
          "4\ttwo\ttwo\tNUM\tCD\tNumForm=Word|NumType=Card\t6\tnummod\t_\t_\n"
          "5\t20th\t20th\tADJ\tJJ\tDegree=Pos|NumForm=Combi|NumType=Ord\t6\tamod\t_\t_\n"
          "6\ttroops\ttroops\tNOUN\tNNS\tNumber=Ptan\t3\tdep\t_\t_\n"
          "7\tXIV\tXIV\tNUM\tCD\tNumForm=Roman|NumType=Card\t6\tdep\t_\t_\n"
          "8\t3.5\t3.5\tNUM\tCD\tNumForm=Digit|NumType=Frac\t6\tdep\t_\t_\n"
          "9\tmost\tmost\tADV\tRBS\tDegree=Sup\t6\tadvmod\t_\t_\n"
          "10\twhose\twhose\tPRON\tWP$\tPoss=Yes|PronType=Rel\t6\tnmod:poss\t_\t_\n\n");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agreement),
        cmocka_unit_test(voice),
        cmocka_unit_test(mood),
        cmocka_unit_test(other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}

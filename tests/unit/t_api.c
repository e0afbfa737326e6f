/* t_api.c - the library through sitrep.h: engines from good and bad files, documents of every kind,
 * records that failed, running out of memory at any point, threads.
 */
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>
#include <cmocka.h>

#include "api/api.h"

/* The example that the documentation shows is compiled here and run. */
#define main minimal_main
#include "../../examples/minimal.c"
#undef main

static sr_engine *engine;

static const char news[] =
    "KABUL, Oct. 28, 2025 - Pakistan accused the Taliban of sheltering militants.\n\n"
    "Gunmen killed at least five soldiers near Quetta on Sunday, police said. It was the "
    "deadliest attack in months. “We will respond,” said the army’s spokesman.\n";

static int start(void **state) {
    (void)state;
    return sr_engine_new(&engine, NULL, NULL) == SR_OK ? 0 : -1;
}

static int stop(void **state) {
    (void)state;
    sr_engine_free(engine);
    return 0;
}

static sr_coder *coder(const sr_coder_options *opt) {
    sr_coder *c = NULL;
    sr_error err;
    if (sr_coder_new(&c, engine, opt, &err) != SR_OK) fail_msg("%s", err.message);
    return c;
}

static char *render(const sr_record *r, sr_format format) {
    sr_output out = {0};
    sr_render_options opt = {.format = format, .mentions = true};
    assert_int_equal(sr_record_render(&out, r, &opt, NULL), SR_OK);
    return out.data ? out.data : calloc(1, 1);
}

static char *path_of(const char *name) {
    static char path[64];
    snprintf(path, sizeof path, "/tmp/sitrep-t_api-%d-%s", (int)getpid(), name);
    return path;
}

static char *write_file(const char *name, const char *bytes, size_t n) {
    char *path = path_of(name);
    FILE *f = fopen(path, "wb");
    assert_non_null(f);
    assert_int_equal(fwrite(bytes, 1, n, f), n);
    fclose(f);
    return path;
}

/* ---- engines ----------------------------------------------------------------------------------- */

static void versions_have_names(void **state) {
    (void)state;
    assert_string_equal(sr_version(), SITREP_VERSION);
    assert_true(strlen(sr_engine_model_hash(engine)) >= 8);
    assert_true(strlen(sr_engine_codebook_hash(engine)) >= 8);
}

static sr_status open_with(const char *model, const char *codebook, sr_error *err) {
    sr_engine *e = NULL;
    const char *books[] = {codebook};
    sr_engine_options opt;
    sr_engine_options_init(&opt);
    opt.model = model;
    opt.codebooks = books;
    opt.n_codebooks = codebook != NULL;
    sr_status status = sr_engine_new(&e, &opt, err);
    if (status) assert_null(e);
    sr_engine_free(e);
    return status;
}

static void bad_resources_are_named(void **state) {
    (void)state;
    sr_error err;
    assert_int_equal(open_with("/nonexistent/model", NULL, &err), SR_EIO);
    assert_non_null(strstr(err.message, "/nonexistent/model"));
    assert_int_equal(open_with(NULL, "/tmp", &err), SR_EIO);

    char *path = write_file("model", "no model", 8);
    assert_int_equal(open_with(path, NULL, &err), SR_ERESOURCE);
    assert_non_null(strstr(err.message, path));
    assert_int_equal(open_with(path, NULL, NULL), SR_ERESOURCE);
    unlink(path);

    path = write_file("book", "actor x\n  nonsense y\n", 21);
    assert_int_equal(open_with(NULL, path, &err), SR_ERESOURCE);
    assert_non_null(strstr(err.message, path));
    unlink(path);
}

static void count_line(void *context, const char *line) {
    assert_non_null(strchr(line, ':'));
    assert_null(strchr(line, '\n'));
    ++*(int *)context;
}

static void every_problem_of_a_codebook_is_told(void **state) {
    (void)state;
    static const char bad[] = "actor x\n  nonsense y\nactor z\n  rubbish y\n";
    char *path = write_file("book", bad, sizeof bad - 1);
    const char *books[] = {path};
    int n = 0;
    sr_engine_options opt = {.codebooks = books, .n_codebooks = 1, .problem = count_line, .context = &n};
    sr_engine *e = NULL;
    assert_int_equal(sr_engine_new(&e, &opt, NULL), SR_ERESOURCE);
    assert_true(n >= 2);
    unlink(path);
}

static void count_bytes(void *to, const char *p, size_t n) {
    (void)p;
    *(size_t *)to += n;
}

static void without_a_codebook_there_are_trees(void **state) {
    (void)state;
    sr_engine_options opt = {.no_codebook = true};
    sr_engine *e = NULL;
    sr_coder *c;
    sr_error err;
    const sr_record *r;
    static const char text[] = "Chad accused Kenya.";
    sr_item item = {text, sizeof text - 1, NULL, 0, SR_ITEM_TEXT};
    size_t n = 0;
    assert_int_equal(sr_engine_new(&e, &opt, NULL), SR_OK);
    assert_string_equal(sr_engine_codebook_hash(e), "");
    assert_int_equal(sr_coder_new(&c, e, NULL, NULL), SR_OK);
    assert_int_equal(sr_parse_item(c, &item, count_bytes, &n, &err), SR_OK);
    assert_true(n > 100);
    assert_int_equal(sr_code_text(c, &r, text, sizeof text - 1, NULL, &err), SR_EUSAGE);
    assert_non_null(strstr(err.message, "no codebook"));
    sr_coder_free(c);
    sr_engine_free(e);
}

static void overlays_change_the_codebook(void **state) {
    (void)state;
    static const char book[] = "actor ruritania\n  kind country\n  name Ruritania\n  code RUR GOV\n";
    char *path = write_file("book", book, sizeof book - 1);
    const char *books[] = {path};
    sr_engine_options opt = {.codebooks = books, .n_codebooks = 1};
    sr_engine *e = NULL;
    sr_error err;
    if (sr_engine_new(&e, &opt, &err) != SR_OK) fail_msg("%s", err.message);
    unlink(path);
    assert_string_not_equal(sr_engine_codebook_hash(e), sr_engine_codebook_hash(engine));
    sr_coder *c;
    assert_int_equal(sr_coder_new(&c, e, NULL, NULL), SR_OK);
    const sr_record *r;
    static const char text[] = "Ruritania accused France of spying.";
    assert_int_equal(sr_code_text(c, &r, text, sizeof text - 1, NULL, NULL), SR_OK);
    char *json = render(r, SR_JSONL);
    assert_non_null(strstr(json, "\"RUR\""));
    free(json);
    sr_coder_free(c);
    sr_engine_free(e);
}

/* ---- coding ------------------------------------------------------------------------------------ */

static void the_example_runs(void **state) {
    (void)state;
    assert_int_equal(minimal_main(), 0);
}

static void text_is_coded(void **state) {
    (void)state;
    sr_coder *c = coder(&(sr_coder_options){.why_not = true, .timings = true});
    const sr_record *r;
    sr_metadata meta = {.id = "n-1", .title = "A title", .publication = "Outlet", .url = "http://x"};
    assert_int_equal(sr_code_text(c, &r, news, sizeof news - 1, &meta, NULL), SR_OK);
    assert_string_equal(sr_record_id(r), "n-1");
    assert_null(sr_record_error(r));
    sr_counts n = sr_record_counts(r);
    assert_true(n.sentences >= 4);
    assert_true(n.words > 30 && n.events >= 2 && n.statements >= 1);
    char *json = render(r, SR_JSONL), *again = render(r, SR_JSONL);
    assert_string_equal(json, again);
    assert_non_null(strstr(json, "\"id\":\"n-1\",\"date\":\"2025-10-28\",\"title\":\"A title\",\"url\":\"http://x\","
                                 "\"publication\":\"Outlet\",\"language\":\"en\""));
    assert_int_equal(json[strlen(json) - 1], '\n');
    free(json);
    free(again);
    for (sr_format f = SR_CSV; f <= SR_CONLLU; f++) {
        char *form = render(r, f);
        assert_true(strlen(form) > 100);
        free(form);
    }
    sr_costs costs = sr_coder_costs(c);
    assert_int_equal(costs.documents, 1);
    assert_int_equal(costs.words, n.words);
    assert_true(costs.memory > 0 && costs.seconds[SR_STAGE_PARSE] > 0 && costs.seconds[SR_STAGE_EXPORT] > 0);
    /* A coder has no memory of the document before. */
    sr_output a = {0}, b = {0};
    sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL);
    sr_record_render(&a, r, NULL, NULL);
    sr_code_text(c, &r, "Rubbish.", 8, NULL, NULL);
    sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL);
    sr_record_render(&b, r, NULL, NULL);
    assert_string_equal(a.data, b.data);
    sr_output_release(&a);
    sr_output_release(&b);
    sr_coder_free(c);
}

static void dates_are_checked(void **state) {
    (void)state;
    sr_coder *c = NULL;
    sr_error err;
    assert_int_equal(sr_coder_new(&c, engine, &(sr_coder_options){.date = "28.10.2025"}, &err), SR_EUSAGE);
    assert_null(c);
    c = coder(NULL);
    const sr_record *r;
    sr_metadata meta = {.date = "2025-13-01"};
    assert_int_equal(sr_code_text(c, &r, news, sizeof news - 1, &meta, &err), SR_EUSAGE);
    assert_non_null(sr_record_error(r));
    sr_coder_free(c);
}

static void failures_are_records_too(void **state) {
    (void)state;
    sr_coder *c = coder(NULL);
    const sr_record *r;
    const struct { const char *bytes; sr_item_kind kind; sr_status status; const char *id; } cases[] = {
        {"", SR_ITEM_TEXT, SR_EINPUT, NULL},
        {" \n ", SR_ITEM_TEXT, SR_EINPUT, NULL},
        {"\x7f" "ELF\x02\x01\x01\0\0\0\0\0\0", SR_ITEM_TEXT, SR_EINPUT, NULL},
        {"{\"id\":\"a\"", SR_ITEM_JSON, SR_EINPUT, NULL},
        {"{\"id\":\"a\"}", SR_ITEM_JSON, SR_EINPUT, "a"},
        {"{\"id\":\"b\",\"text\":\"\"}", SR_ITEM_JSON, SR_EINPUT, "b"},
        {"{\"text\":5}", SR_ITEM_JSON, SR_EINPUT, NULL},
        {"[1]", SR_ITEM_JSON, SR_EINPUT, NULL},
        {"1\tx\n\n", SR_ITEM_TREES, SR_EINPUT, NULL},
        {"1\tA\ta\tX\tX\t_\t2\tdep\t_\t_\n2\tB\tb\tX\tX\t_\t1\tdep\t_\t_\n\n", SR_ITEM_TREES, SR_EINPUT, NULL},
        {"# newdoc\n", SR_ITEM_WORDS, SR_EINPUT, NULL}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        sr_error err = {SR_OK, 0, ""};
        size_t n = i == 2 ? 13 : strlen(cases[i].bytes);
        sr_item item = {cases[i].bytes, n, "in", 7, cases[i].kind};
        assert_int_equal(sr_code_item(c, &r, &item, &err), cases[i].status);
        assert_int_equal(err.status, cases[i].status);
        assert_string_equal(sr_record_error(r), err.message);
        if (cases[i].id) assert_string_equal(sr_record_id(r), cases[i].id);
        else assert_int_equal(strlen(sr_record_id(r)), 16);
        char *json = render(r, SR_JSONL);
        char *end = "\",\"events\":[],\"statements\":[],\"talks\":[]}\n";
        assert_memory_equal(json, "{\"schema\":\"sitrep/1\",\"id\":\"", 26);
        assert_string_equal(json + strlen(json) - strlen(end), end);
        free(json);
        char *csv = render(r, SR_CSV);
        assert_string_equal(csv, "");
        free(csv);
        free(render(r, SR_TABLE));
        assert_int_equal(sr_record_counts(r).events, 0);
    }
    sr_error why = {SR_EIO, 0, "gone"};
    r = sr_code_failure(c, &why);
    assert_string_equal(sr_record_error(r), "gone");
    /* And the next one is coded. */
    assert_int_equal(sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL), SR_OK);
    assert_null(sr_record_error(r));
    sr_coder_free(c);
}

static void other_languages_are_skipped(void **state) {
    (void)state;
    static const char text[] = "Die Regierung hat am Montag erklärt, dass die Gespräche mit den Rebellen nicht "
                               "weitergehen werden, und der Minister ist nach Berlin zurück gereist.";
    sr_coder *c = coder(NULL);
    const sr_record *r;
    assert_int_equal(sr_code_text(c, &r, text, sizeof text - 1, NULL, NULL), SR_OK);
    char *json = render(r, SR_JSONL);
    assert_non_null(strstr(json, "\"skipped\":\"language\""));
    assert_non_null(strstr(json, "\"events\":[],\"statements\":[],\"talks\":[]"));
    free(json);
    free(render(r, SR_TABLE));
    free(render(r, SR_EXPLAIN));
    free(render(r, SR_CONLLU));
    free(render(r, SR_CSV));
    sr_coder_free(c);
}

static void keep(void *to, const char *p, size_t n) { sr_buf_put(to, p, n); }

static void trees_go_out_and_come_in(void **state) {
    (void)state;
    sr_coder *c = coder(NULL);
    const sr_record *r;
    sr_error err;
    sr_buf trees = {0}, again = {0};
    sr_item item = {news, sizeof news - 1, "news", 0, SR_ITEM_TEXT};
    if (sr_parse_item(c, &item, keep, &trees, &err) != SR_OK) fail_msg("%s", err.message);
    assert_int_equal(sr_code_item(c, &r, &item, NULL), SR_OK);
    char *coded = render(r, SR_CONLLU);
    assert_string_equal(trees.p, coded);
    item = (sr_item){trees.p, trees.n, "trees", 0, SR_ITEM_TREES};
    if (sr_parse_item(c, &item, keep, &again, &err) != SR_OK) fail_msg("%s", err.message);
    assert_string_equal(strchr(trees.p, '\n'), strchr(again.p, '\n')); /* the ids differ */
    item.kind = SR_ITEM_WORDS;
    if (sr_code_item(c, &r, &item, &err) != SR_OK) fail_msg("%s", err.message);
    assert_true(sr_record_counts(r).sentences >= 4);
    item.kind = SR_ITEM_TREES;
    assert_int_equal(sr_code_item(c, &r, &item, NULL), SR_OK);
    assert_true(sr_record_counts(r).events >= 2);
    item = (sr_item){"", 0, "nothing", 0, SR_ITEM_TEXT};
    sr_buf_reset(&again);
    assert_int_equal(sr_parse_item(c, &item, keep, &again, &err), SR_EINPUT);
    assert_int_equal(again.n, 0);
    free(coded);
    sr_buf_release(&trees);
    sr_buf_release(&again);
    sr_coder_free(c);
}

/* A text of many batches, handed on as it is made, is the same as made at once. */
static void long_texts_go_out_in_batches(void **state) {
    (void)state;
    sr_coder *c = coder(NULL);
    const sr_record *r;
    sr_buf text = {0}, trees = {0};
    for (int i = 0; i < 700; i++)
        sr_buf_printf(&text, "The army of country %d crossed the border.%s", i, i % 7 ? " " : "\n\n");
    sr_item item = {text.p, text.n, "long", 0, SR_ITEM_TEXT};
    assert_int_equal(sr_parse_item(c, &item, keep, &trees, NULL), SR_OK);
    assert_int_equal(sr_code_item(c, &r, &item, NULL), SR_OK);
    assert_int_equal(sr_record_counts(r).sentences, 700);
    char *whole = render(r, SR_CONLLU);
    assert_string_equal(trees.p, whole);
    free(whole);
    sr_buf_release(&text);
    sr_buf_release(&trees);
    sr_coder_free(c);
}

/* Memory that ends at any point of any stage gives a failed record, and no harm to the next. */
static void memory_may_end_anywhere(void **state) {
    (void)state;
    sr_coder *c = coder(NULL);
    const sr_record *r;
    sr_error err;
    assert_int_equal(sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL), SR_OK);
    char *want = render(r, SR_JSONL);
    size_t all = c->arena.used, failed = 0;
    for (size_t limit = 1; limit < all; limit += 1 + all / 500) {
        c->arena.limit = limit;
        assert_int_equal(sr_code_text(c, &r, news, sizeof news - 1, NULL, &err), SR_ELIMIT);
        assert_non_null(strstr(err.message, "SR_DOC_MEMORY_MAX"));
        assert_int_equal(sr_record_counts(r).events, 0);
        failed++;
    }
    assert_true(failed > 100);
    c->arena.limit = 0;
    assert_int_equal(sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL), SR_OK);
    char *got = render(r, SR_JSONL);
    assert_string_equal(got, want);
    free(got);
    free(want);
    sr_coder_free(c);
}

/* ---- input ------------------------------------------------------------------------------------- */

static void files_are_cut_into_documents(void **state) {
    (void)state;
    sr_input *in = NULL;
    sr_item item;
    sr_error err;
    assert_int_equal(sr_input_open(&in, "/nonexistent", SR_INPUT_AUTO, &err), SR_EIO);
    assert_int_equal(sr_input_open(&in, "/", SR_INPUT_TREES, &err), SR_EIO);
    assert_null(in);

    static const char lines[] = "{\"text\":\"a\"}\n\n{\"text\":\"b\"}";
    char *path = write_file("lines", lines, sizeof lines - 1);
    assert_int_equal(sr_input_open(&in, path, SR_INPUT_AUTO, &err), SR_OK);
    assert_int_equal(sr_input_next(in, &item, &err), 1);
    assert_int_equal(item.kind, SR_ITEM_JSON);
    assert_int_equal(item.line, 1);
    assert_int_equal(sr_input_next(in, &item, &err), 1);
    assert_int_equal(item.line, 3);
    assert_int_equal(sr_input_next(in, &item, &err), 0);
    sr_input_close(in);
    unlink(path);

    static const char trees[] = "# newdoc\n1\ta\n\n# newpar\n1\tb\n\n# newdoc id = x\n1\tc\n\n";
    path = write_file("trees", trees, sizeof trees - 1);
    assert_int_equal(sr_input_open(&in, path, SR_INPUT_WORDS, &err), SR_OK);
    assert_int_equal(sr_input_next(in, &item, &err), 1);
    assert_int_equal(item.kind, SR_ITEM_WORDS);
    assert_int_equal(item.n, strlen("# newdoc\n1\ta\n\n# newpar\n1\tb\n\n"));
    assert_int_equal(sr_input_next(in, &item, &err), 1);
    assert_int_equal(item.line, 7);
    assert_int_equal(item.n, strlen("# newdoc id = x\n1\tc\n\n"));
    assert_int_equal(sr_input_next(in, &item, &err), 0);
    sr_input_close(in);
    unlink(path);
}

/* A treebank without `# newdoc` is cut between sentences and nothing is lost. */
static void long_treebanks_are_cut(void **state) {
    (void)state;
    sr_buf b;
    sr_buf_init(&b);
    for (int i = 0; i < 60000; i++) sr_buf_z(&b, "1\tword\tword\tX\tX\t_\t0\troot\t_\t_\n\n");
    char *path = write_file("long", b.p, b.n);
    sr_input *in;
    sr_item item;
    size_t n = 0, pieces = 0;
    assert_int_equal(sr_input_open(&in, path, SR_INPUT_TREES, NULL), SR_OK);
    while (sr_input_next(in, &item, NULL) == 1) {
        assert_memory_equal(item.bytes, b.p + n, item.n);
        assert_memory_equal(item.bytes + item.n - 2, "\n\n", 2);
        n += item.n;
        pieces++;
    }
    assert_int_equal(n, b.n);
    assert_true(pieces > 1);
    sr_input_close(in);
    unlink(path);
    sr_buf_release(&b);
}

/* ---- codebook check ---------------------------------------------------------------------------- */

typedef struct tally {
    uint32_t passed, failed, seen;
} tally;

static void add_check(void *context, const sr_check *c) {
    tally *t = context;
    if (strncmp(c->rule, "request.zz", 10) != 0) return;
    t->seen |= 1u << (c->rule[10] - '0');
    if (c->passed) t->passed++;
    else t->failed++;
    assert_true(c->line > 0 && *c->file && *c->sentence && *c->got);
    assert_int_equal(c->counter, !*c->expected);
}

static void examples_are_judged(void **state) {
    (void)state;
    static const char book[] =
        "event request.zz0\n  type REQUEST\n  mode change\n  verb zzdemand\n  actor subj\n  recipient from\n  content obj\n"
        "  example Iran zzdemands oil from France. => REQUEST.change IRN GOV > FRA GOV\n"
        "event request.zz1\n  type REQUEST\n  verb zzask\n  actor subj\n  recipient obj\n"
        "  example Iran zzasks France. => REQUEST IRN GOV > DEU GOV\n"
        "event request.zz2\n  type REQUEST\n  verb zzbeg\n  actor subj\n  recipient obj\n"
        "  counter Iran zzbegs France.\n";
    char *path = write_file("book", book, sizeof book - 1);
    const char *books[] = {path};
    sr_engine_options opt = {.codebooks = books, .n_codebooks = 1};
    sr_engine *e = NULL;
    sr_error err;
    if (sr_engine_new(&e, &opt, &err) != SR_OK) fail_msg("%s", err.message);
    unlink(path);
    tally t = {0};
    assert_int_equal(sr_codebook_check(e, add_check, &t, NULL), SR_OK);
    sr_engine_free(e);
    assert_int_equal(t.seen, 7);
    /* An unknown verb may be taken for another word by the parser; what must not be is that the
     * example with the wrong country passes. */
    assert_true(t.failed >= 1);
}

/* ---- threads ----------------------------------------------------------------------------------- */

static void *code_again_and_again(void *want) {
    sr_coder *c = NULL;
    if (sr_coder_new(&c, engine, NULL, NULL) != SR_OK) return NULL;
    bool same = true;
    for (int i = 0; i < 20; i++) {
        sr_output out = {0};
        const sr_record *r;
        sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL);
        sr_record_render(&out, r, NULL, NULL);
        same = same && out.data && strcmp(out.data, want) == 0;
        sr_output_release(&out);
    }
    sr_coder_free(c);
    return same ? want : NULL;
}

static void threads_share_an_engine(void **state) {
    (void)state;
    sr_coder *c = coder(NULL);
    const sr_record *r;
    sr_code_text(c, &r, news, sizeof news - 1, NULL, NULL);
    sr_output out = {0};
    sr_record_render(&out, r, NULL, NULL);
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, code_again_and_again, out.data), 0);
    for (int i = 0; i < 4; i++) {
        void *same;
        pthread_join(threads[i], &same);
        assert_non_null(same);
    }
    sr_output_release(&out);
    sr_coder_free(c);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(versions_have_names),
        cmocka_unit_test(bad_resources_are_named),
        cmocka_unit_test(every_problem_of_a_codebook_is_told),
        cmocka_unit_test(overlays_change_the_codebook),
        cmocka_unit_test(without_a_codebook_there_are_trees),
        cmocka_unit_test(the_example_runs),
        cmocka_unit_test(text_is_coded),
        cmocka_unit_test(dates_are_checked),
        cmocka_unit_test(failures_are_records_too),
        cmocka_unit_test(other_languages_are_skipped),
        cmocka_unit_test(trees_go_out_and_come_in),
        cmocka_unit_test(long_texts_go_out_in_batches),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(files_are_cut_into_documents),
        cmocka_unit_test(long_treebanks_are_cut),
        cmocka_unit_test(examples_are_judged),
        cmocka_unit_test(threads_share_an_engine),
    };
    return cmocka_run_group_tests(tests, start, stop);
}

/* work.c - documents from files through coders to stdout, on any number of threads.
 *
 *   reader (main) ─▶ [ slot slot slot slot ] ─▶ worker, worker ... ─▶ stdout
 *                      ^written  ^taken  ^read
 *
 * The ring of slots bounds what is held. Whoever finishes the oldest unwritten slot writes it and
 * all finished ones after it, so the output has the order of the input and no document waits for
 * the next to be read. Failures are told in that order too. With one job all is done in place.
 */
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

typedef struct slot {
    sr_buf bytes;         /* of the item, copied */
    char source[192];
    sr_item item;
    bool unread;          /* could not be had: `error` says why */
    sr_error error;       /* status SR_OK if it was coded */
    sr_output out;
    sr_buf trees;
    uint32_t events;
    bool done;
} slot;

typedef struct work {
    const sr_work *what;
    const sr_engine *engine;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    slot *ring;
    uint64_t size, read, taken, written; /* counts of documents; slot of k: ring[k % size] */
    bool end, writing, stop;
    /* Only for who is writing. */
    uint64_t coded, failed, events;
    int write_error;
    bool progress, shown;
    struct timespec start, last;
} work;

/* ---- progress and output ----------------------------------------------------------------------- */

static double since(const struct timespec *t, struct timespec *now) {
    clock_gettime(CLOCK_MONOTONIC, now);
    return (double)(now->tv_sec - t->tv_sec) + 1e-9 * (double)(now->tv_nsec - t->tv_nsec);
}

static void clear_progress(work *w) {
    if (w->shown) fputs("\r\033[K", stderr);
    w->shown = false;
}

static void show_progress(work *w) {
    struct timespec now;
    if (!w->progress || since(&w->last, &now) < 0.2) return;
    w->last = now;
    double seconds = since(&w->start, &now);
    uint64_t n = w->coded + w->failed;
    fprintf(stderr, "\r\033[K%llu documents, %llu events, %.0f documents/s", (unsigned long long)n,
            (unsigned long long)w->events, seconds > 0 ? (double)n / seconds : 0);
    if (w->failed) fprintf(stderr, ", %llu failed", (unsigned long long)w->failed);
    w->shown = true;
}

static void put(work *w, const char *p, size_t n) {
    if (w->write_error) return;
    w->write_error = sr_write_all(STDOUT_FILENO, p, n);
}

/* Writes one finished slot. False: stop, the output is gone. */
static bool deliver(work *w, slot *s) {
    if (w->what->blank_between && s->out.size && w->coded + w->failed) put(w, "\n", 1);
    put(w, s->out.data, s->out.size);
    put(w, s->trees.p, s->trees.n);
    if (s->error.status) {
        w->failed++;
        clear_progress(w);
        sr_say("%s", s->error.message);
    } else {
        w->coded++;
    }
    w->events += s->events;
    show_progress(w);
    return !w->write_error;
}

/* ---- one document ------------------------------------------------------------------------------ */

static void keep_trees(void *to, const char *p, size_t n) {
    slot *s = to;
    sr_buf_put(&s->trees, p, n);
}

static void write_trees(void *to, const char *p, size_t n) { put(to, p, n); }

/* With one job trees are written as they come. */
static void parse_slot(work *w, sr_coder *c, slot *s) {
    bool alone = w->size == 1;
    sr_buf_reset(&s->trees);
    if (s->unread) return;
    s->error.status = SR_OK;
    sr_parse_item(c, &s->item, alone ? write_trees : keep_trees, alone ? (void *)w : s, &s->error);
    if (s->trees.failed && !s->error.status)
        sr_fail(&s->error, SR_ENOMEM, 0, "%s: out of memory", s->item.source);
}

static void code_slot(work *w, sr_coder *c, slot *s) {
    const sr_record *r;
    sr_output_reset(&s->out);
    s->events = 0;
    if (w->what->trees) {
        parse_slot(w, c, s);
        return;
    }
    if (s->unread) {
        r = sr_code_failure(c, &s->error);
    } else {
        s->error.status = SR_OK;
        sr_code_item(c, &r, &s->item, &s->error);
    }
    if (w->what->unknown) {
        sr_record_unknown(r, w->what->unknown, w->what->unknown_to, &s->error);
        return;
    }
    sr_error why = {SR_OK, 0, ""};
    if (sr_record_render(&s->out, r, &w->what->render, &why) != SR_OK && !s->error.status)
        s->error = why;
    s->events = sr_record_counts(r).events;
}

static void *worker(void *arg) {
    work *w = arg;
    sr_coder *c = NULL;
    sr_error why = {SR_OK, 0, ""};
    sr_coder_new(&c, w->engine, &w->what->coder, &why);
    pthread_mutex_lock(&w->lock);
    for (;;) {
        while (w->taken == w->read && !w->end && !w->stop) pthread_cond_wait(&w->changed, &w->lock);
        if (w->stop || w->taken == w->read) break;
        slot *s = &w->ring[w->taken++ % w->size];
        pthread_mutex_unlock(&w->lock);
        if (c) code_slot(w, c, s);
        else s->error = why;
        pthread_mutex_lock(&w->lock);
        s->done = true;
        if (w->writing) continue; /* that thread will come to it */
        w->writing = true;
        for (slot *o; w->written < w->taken && (o = &w->ring[w->written % w->size])->done;) {
            pthread_mutex_unlock(&w->lock);
            bool go_on = deliver(w, o);
            pthread_mutex_lock(&w->lock);
            o->done = false;
            w->written++;
            if (!go_on) w->stop = true;
            pthread_cond_broadcast(&w->changed);
            if (!go_on) break;
        }
        w->writing = false;
    }
    pthread_mutex_unlock(&w->lock);
    sr_coder_free(c);
    return NULL;
}

/* ---- reading ----------------------------------------------------------------------------------- */

/* Takes over a document, or the news that one could not be had. */
static void fill_slot(slot *s, const sr_item *item, const sr_error *why) {
    s->unread = why != NULL;
    if (why) {
        s->error = *why;
        return;
    }
    s->item = *item;
    size_t n = item->source ? strlen(item->source) : 0;
    if (n >= sizeof s->source) n = sizeof s->source - 1;
    memcpy(s->source, item->source ? item->source : "", n);
    s->source[n] = '\0';
    s->item.source = s->source;
    sr_buf_reset(&s->bytes);
    sr_buf_put(&s->bytes, item->bytes, item->n);
    s->item.bytes = s->bytes.p;
    if (!s->bytes.failed) return;
    s->unread = true;
    sr_fail(&s->error, SR_ENOMEM, 0, "%s: out of memory", s->source);
}

typedef struct source {
    const sr_args *args;
    int next;
    sr_input *in;
} source;

/* The next document of any file: 1, 0 at the end, -1 with *err for one that could not be had. */
static int next_item(work *w, source *src, sr_item *item, sr_error *err) {
    static char dash[] = "-", *standard[] = {dash};
    char **files = src->args->n_operand ? src->args->operand : standard;
    int n = src->args->n_operand ? src->args->n_operand : 1;
    for (;;) {
        if (src->in) {
            int got = sr_input_next(src->in, item, err);
            if (got) return got;
            sr_input_close(src->in);
            src->in = NULL;
        }
        if (src->next == n) return 0;
        const char *path = files[src->next++];
        if (strcmp(path, "-") == 0 && isatty(STDIN_FILENO) && isatty(STDERR_FILENO))
            sr_say("reading standard input; end it with Ctrl-D");
        if (sr_input_open(&src->in, path, w->what->input, err) != SR_OK) {
            src->in = NULL;
            return -1;
        }
    }
}

static void run_alone(work *w, source *src) {
    sr_coder *c;
    sr_error err = {SR_OK, 0, ""};
    slot *s = w->ring;
    if (sr_coder_new(&c, w->engine, &w->what->coder, &err) != SR_OK) {
        w->failed++;
        sr_say("%s", err.message);
        return;
    }
    sr_item item;
    for (int got; (got = next_item(w, src, &item, &err)) != 0;) {
        /* In place: the bytes stay until the next document is asked for. */
        s->unread = got < 0;
        if (got < 0) s->error = err;
        else s->item = item;
        code_slot(w, c, s);
        if (!deliver(w, s)) break;
    }
    sr_coder_free(c);
}

static void run_threads(work *w, source *src, uint32_t jobs) {
    pthread_t threads[SR_JOBS_MAX];
    uint32_t started = 0;
    while (started < jobs && pthread_create(&threads[started], NULL, worker, w) == 0) started++;
    if (!started) {
        run_alone(w, src);
        return;
    }
    sr_item item;
    sr_error err = {SR_OK, 0, ""};
    for (int got; (got = next_item(w, src, &item, &err)) != 0;) {
        pthread_mutex_lock(&w->lock);
        while (w->read - w->written == w->size && !w->stop) pthread_cond_wait(&w->changed, &w->lock);
        bool stop = w->stop;
        slot *s = &w->ring[w->read % w->size];
        pthread_mutex_unlock(&w->lock);
        if (stop) break;
        fill_slot(s, &item, got < 0 ? &err : NULL); /* nobody else has it */
        pthread_mutex_lock(&w->lock);
        w->read++;
        pthread_cond_broadcast(&w->changed);
        pthread_mutex_unlock(&w->lock);
    }
    pthread_mutex_lock(&w->lock);
    w->end = true;
    pthread_cond_broadcast(&w->changed);
    pthread_mutex_unlock(&w->lock);
    for (uint32_t i = 0; i < started; i++) pthread_join(threads[i], NULL);
}

/* ---- all of it --------------------------------------------------------------------------------- */

static void tell_problem(void *told, const char *line) {
    ++*(uint32_t *)told;
    sr_say("%s", line);
}

static sr_engine *open_engine(const sr_args *args, bool no_codebook, int *status) {
    sr_engine *e = NULL;
    sr_error err = {SR_OK, 0, ""};
    uint32_t told = 0;
    sr_engine_options opt = {.model = args->model, .codebooks = args->codebook,
                             .n_codebooks = args->n_codebook, .places = args->places,
                             .n_places = args->n_places, .no_codebook = no_codebook, .problem = tell_problem, .context = &told};
    *status = SR_EXIT_OK;
    if (sr_engine_new(&e, &opt, &err) == SR_OK) return e;
    if (!told) sr_say("%s", err.message);
    *status = err.status == SR_ENOMEM ? SR_EXIT_FAILED : SR_EXIT_RESOURCE;
    return NULL;
}

sr_engine *sr_open_engine(const sr_args *args, int *status) { return open_engine(args, false, status); }

bool sr_input_kind_of(const sr_args *args, sr_input_kind conllu, sr_input_kind *out) {
    const char *kind = args->input ? args->input : "auto";
    *out = strcmp(kind, "conllu") == 0 ? conllu : SR_INPUT_AUTO;
    if (*out == conllu || strcmp(kind, "auto") == 0 || strcmp(kind, "text") == 0) return true;
    sr_usage_error(NULL, "--input is auto, text or conllu, not \"%s\"", kind);
    return false;
}

/* A date that is none is a mistake of the user's, told before anything is read. */
static int try_coder(const sr_work *what, const sr_engine *engine) {
    sr_coder *c;
    sr_error err = {SR_OK, 0, ""};
    if (sr_coder_new(&c, engine, &what->coder, &err) == SR_OK) {
        sr_coder_free(c);
        return SR_EXIT_OK;
    }
    sr_say("%s", err.message);
    return err.status == SR_EUSAGE ? SR_EXIT_USAGE : SR_EXIT_FAILED;
}

static int run(const sr_work *what, const sr_engine *engine, const sr_args *args) {
    int status = try_coder(what, engine);
    if (status) return status;
    uint32_t jobs = args->jobs ? args->jobs : 1;
    if (jobs > SR_JOBS_MAX) jobs = SR_JOBS_MAX;
    work w = {.what = what, .engine = engine, .size = jobs == 1 ? 1 : jobs * 4};
    w.ring = calloc(w.size, sizeof *w.ring);
    sr_output head = {0};
    sr_error err = {SR_OK, 0, ""};
    if (!w.ring || sr_render_head(&head, &what->render, &err) != SR_OK) {
        sr_say("out of memory");
        free(w.ring);
        return SR_EXIT_FAILED;
    }
    pthread_mutex_init(&w.lock, NULL);
    pthread_cond_init(&w.changed, NULL);
    w.progress = !args->quiet && isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO);
    clock_gettime(CLOCK_MONOTONIC, &w.start);
    w.last = w.start;
    put(&w, head.data, head.size);
    source src = {.args = args};
    if (jobs == 1) run_alone(&w, &src);
    else run_threads(&w, &src, jobs);
    clear_progress(&w);

    sr_input_close(src.in);
    sr_output_release(&head);
    for (uint64_t i = 0; i < w.size; i++) {
        sr_buf_release(&w.ring[i].bytes);
        sr_output_release(&w.ring[i].out);
        sr_buf_release(&w.ring[i].trees);
    }
    free(w.ring);
    pthread_mutex_destroy(&w.lock);
    pthread_cond_destroy(&w.changed);

    if (w.write_error) {
        if (w.write_error != EPIPE) sr_say("cannot write: %s", sr_errno_text(w.write_error));
        return SR_EXIT_FAILED;
    }
    if (!w.failed) return SR_EXIT_OK;
    if (w.coded + w.failed > 1)
        sr_say("%llu of %llu documents failed", (unsigned long long)w.failed,
               (unsigned long long)(w.coded + w.failed));
    return w.coded ? SR_EXIT_PARTIAL : SR_EXIT_FAILED;
}

int sr_work_run(const sr_work *work, const sr_args *args) {
    int status;
    sr_engine *e = open_engine(args, work->trees, &status);
    if (!e) return status;
    status = run(work, e, args);
    sr_engine_free(e);
    return status;
}

/* train.c - `sitrep train`: the whole run from corpora to model file.
 *
 *   sitrep train --data FOLDER --marks model/ewt-train.names --out model/sitrep.model
 *
 * FOLDER holds the corpora under the names that data.c, names.c and rawtext.c list. In this order:
 * word vectors; teachers, each trained alone on the treebanks, every second one to read backwards;
 * what they agree on in other text (silver.c); and the model that ships, trained on all of it.
 * A run with one seed repeats exactly on the same kind of processor, whatever --jobs is. With --work
 * everything on the way is kept, after each pass too, and a later run goes on from there. Scores shown
 * are those of the integer network on the development splits; nothing else is looked at.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "train/internal.h"

#define BATCH        8
#define AVERAGE_FROM 0.65 /* of the run: from here on the weights are averaged */

static const char usage[] =
    "usage: sitrep train --data FOLDER --out FILE [options]\n"
    "  --data FOLDER       corpora, in their folders\n"
    "  --out FILE          the model file to write\n"
    "  --marks FILE        names in the sentences of EWT, as model/ewt-train.names\n"
    "  --work FOLDER       keep vectors, teachers and checkpoints here, and go on from them\n"
    "  --epochs N          passes over the treebanks (28)\n"
    "  --teachers N        models that vote on other text, 0 to 8 (5)\n"
    "  --teacher-epochs N  passes for each of them (26)\n"
    "  --silver N          sentences voted on beside the treebanks in each pass (16000)\n"
    "  --names N           sentences with names beside them in each pass (7000)\n"
    "  --vector-epochs N   passes over the raw text (4; 0: no vectors)\n"
    "  --rate R            learning rate (0.003)\n"
    "  --drop-in R, --drop-mid R, --drop-hidden R   dropout (0.12 0.2 0.12)\n"
    "  --explore R         how often the model's own step is taken (0.9)\n"
    "  --seed N            (1)\n"
    "  --jobs N            teachers trained side by side, each in a process (2)\n";

/* ---- checkpoints ----------------------------------------------------------------------------- */

typedef struct state {
    uint64_t magic, epoch, step, n_avg, rng;
} state;
#define STATE_MAGIC 0x31303072742d7273u

static bool checkpoint_io(tr_net *net, state *s, FILE *f, bool write) {
    bool ok = write ? fwrite(s, sizeof *s, 1, f) == 1 : fread(s, sizeof *s, 1, f) == 1;
    ok = ok && s->magic == STATE_MAGIC;
    for (int k = 0; k < P_N && ok; k++) {
        tr_param *p = &net->p[k];
        float *all[] = {p->w, p->m, p->v, p->avg};
        for (int i = 0; i < 4 && ok; i++)
            ok = write ? fwrite(all[i], 4, p->n, f) == p->n : fread(all[i], 4, p->n, f) == p->n;
    }
    return ok;
}

static void checkpoint_save(tr_net *net, const char *path, uint64_t epoch, const tr_rng *rng) {
    char temp[1100];
    state s = {STATE_MAGIC, epoch, net->step, net->n_avg, rng->s};
    snprintf(temp, sizeof temp, "%s.new", path);
    FILE *f = fopen(temp, "wb");
    bool ok = f && checkpoint_io(net, &s, f, true);
    if (f && fclose(f) != 0) ok = false;
    if (!ok || rename(temp, path) != 0) fprintf(stderr, "train: cannot write %s\n", path);
}

static int checkpoint_load(tr_net *net, const char *path, tr_rng *rng) {
    FILE *f = fopen(path, "rb");
    state s;
    if (!f) return 0;
    bool ok = checkpoint_io(net, &s, f, false);
    fclose(f);
    if (!ok) {
        fprintf(stderr, "train: %s is not a checkpoint of these data\n", path);
        exit(1);
    }
    net->step = s.step;
    net->n_avg = (uint32_t)s.n_avg;
    rng->s = s.rng;
    return (int)s.epoch;
}

/* ---- the run --------------------------------------------------------------------------------- */

static uint32_t add_sample(tr_sent **pass, uint32_t n, const tr_sents *from, int count,
                           tr_rng *rng) {
    for (int i = 0; i < count && from->n; i++) pass[n++] = &from->v[tr_below(rng, from->n)];
    return n;
}

/* The sentences of one pass, shuffled: all trees, samples of the silver ones and of the names. */
static uint32_t make_pass(tr_sent **pass, tr_data *d, const tr_options *o, tr_rng *rng) {
    uint32_t n = 0;
    for (uint32_t i = 0; i < d->trees.n; i++) pass[n++] = &d->trees.v[i];
    n = add_sample(pass, n, &d->silver, o->silver_per_epoch, rng);
    n = add_sample(pass, n, &d->names, o->names_per_epoch, rng);
    for (uint32_t i = n - 1; i > 0; i--) {
        uint32_t j = tr_below(rng, i + 1);
        tr_sent *t = pass[i];
        pass[i] = pass[j];
        pass[j] = t;
    }
    return n;
}

static float rate_at(const tr_options *o, double progress, uint64_t step) {
    double warm = step < 300 ? (double)(step + 1) / 300 : 1;
    return (float)(warm * (double)o->rate * (1 - progress) + 1e-6);
}

static void show(const tr_net *net, const int16_t *split, const tr_options *o, int epoch,
                 const tr_loss *l, double seconds) {
    char line[400];
    int n = snprintf(line, sizeof line, "%s, pass %d: %.0f s; act %.3f label %.3f tag %.3f name %.3f",
                     o->called, epoch, seconds, l->act / (double)l->n_act,
                     l->label / (double)l->n_label, l->tag / (double)l->n_tag,
                     l->name / (double)(l->n_name ? l->n_name : 1));
    if (!o->backward) { /* scores of one that reads backwards would mean nothing */
        size_t size;
        void *model = tr_export(net, split, net->n_avg > 0, &size);
        tr_score a = tr_evaluate(model, size, &net->d->gold[2]),
                 b = tr_evaluate(model, size, &net->d->gold[3]);
        free(model);
        snprintf(line + n, sizeof line - (size_t)n,
                 " | EWT dev upos %.2f xpos %.2f lemma %.2f uas %.2f las %.2f | GUM dev upos %.2f "
                 "las %.2f",
                 a.upos, a.xpos, a.lemma, a.uas, a.las, b.upos, b.las);
    }
    fprintf(stderr, "%s\n", line);
}

static void fit(tr_net *net, tr_data *d, const int16_t *split, const tr_options *o) {
    tr_rng rng = {o->seed * 0x9E3779B97F4A7C15u + 1};
    char checkpoint[1024];
    snprintf(checkpoint, sizeof checkpoint, "%s/%s.checkpoint", o->work ? o->work : "", o->called);
    int first = o->work ? checkpoint_load(net, checkpoint, &rng) : 0;
    tr_sent **pass = tr_alloc(
        sizeof *pass * (d->trees.n + (size_t)o->names_per_epoch + (size_t)o->silver_per_epoch));
    for (int e = first; e < o->epochs; e++) {
        struct timespec from, to;
        clock_gettime(CLOCK_MONOTONIC, &from);
        tr_loss loss;
        memset(&loss, 0, sizeof loss);
        uint32_t n = make_pass(pass, d, o, &rng), batches = (n + BATCH - 1) / BATCH;
        for (uint32_t b = 0; b < batches; b++) {
            uint32_t from_sent = b * BATCH, k = n - from_sent < BATCH ? n - from_sent : BATCH;
            double progress = (e + (double)b / batches) / o->epochs;
            tr_net_batch(net, pass + from_sent, (int)k, o, e > 0, &rng, &loss);
            tr_net_update(net, rate_at(o, progress, net->step));
            if (progress >= AVERAGE_FROM && b % 256 == 255) tr_net_average(net);
        }
        clock_gettime(CLOCK_MONOTONIC, &to);
        show(net, split, o, e + 1, &loss,
             (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec));
        if (o->work) checkpoint_save(net, checkpoint, (uint64_t)e + 1, &rng);
    }
    free(pass);
}

/* ---- options --------------------------------------------------------------------------------- */

static bool set_option(tr_options *o, const char *name, const char *value) {
    const struct {
        const char *name;
        const char **text;
        int *number;
        float *real;
    } all[] = {
        {"--data", &o->data, NULL, NULL},
        {"--marks", &o->marks, NULL, NULL},
        {"--out", &o->out, NULL, NULL},
        {"--work", &o->work, NULL, NULL},
        {"--epochs", NULL, &o->epochs, NULL},
        {"--teachers", NULL, &o->teachers, NULL},
        {"--teacher-epochs", NULL, &o->teacher_epochs, NULL},
        {"--jobs", NULL, &o->jobs, NULL},
        {"--silver", NULL, &o->silver_per_epoch, NULL},
        {"--names", NULL, &o->names_per_epoch, NULL},
        {"--vector-epochs", NULL, &o->vector_epochs, NULL},
        {"--rate", NULL, NULL, &o->rate},
        {"--drop-in", NULL, NULL, &o->drop_in},
        {"--drop-mid", NULL, NULL, &o->drop_mid},
        {"--drop-hidden", NULL, NULL, &o->drop_hidden},
        {"--explore", NULL, NULL, &o->explore},
    };
    if (strcmp(name, "--seed") == 0) {
        o->seed = strtoull(value, NULL, 10);
        return true;
    }
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (strcmp(name, all[i].name) != 0) continue;
        if (all[i].text) *all[i].text = value;
        if (all[i].number) *all[i].number = (int)strtol(value, NULL, 10);
        if (all[i].real) *all[i].real = strtof(value, NULL);
        return true;
    }
    return false;
}

static bool get_vectors(tr_vectors *v, const tr_options *o) {
    char path[1024];
    snprintf(path, sizeof path, "%s/vectors", o->work ? o->work : "");
    if (o->work && tr_vectors_load(v, path)) return true;
    if (!tr_vectors_train(v, o->data, o->vector_epochs, o->seed)) return false;
    return !o->work || tr_vectors_save(v, path);
}

/* ---- the run ---------------------------------------------------------------------------------- */

/* All that a network is trained from. */
typedef struct material {
    tr_data *d;
    const tr_vectors *vectors; /* or NULL */
    const int16_t *split;
} material;

/* Trains one network on what the material holds and makes its model file. */
static void *train_one(const material *m, const tr_options *o, size_t *size) {
    tr_net *net = tr_alloc(sizeof *net);
    tr_net_init(net, m->d, m->vectors, o->seed);
    fit(net, m->d, m->split, o);
    void *model = tr_export(net, m->split, net->n_avg > 0, size);
    tr_net_release(net);
    free(net);
    return model;
}

static bool train_teacher(const material *m, const tr_options *o, int k, const char *path) {
    char called[32];
    snprintf(called, sizeof called, "teacher%d", k + 1);
    tr_options own = *o;
    own.called = called;
    own.backward = k % 2 == 1;
    own.epochs = o->teacher_epochs;
    own.silver_per_epoch = 0;
    own.seed = o->seed + 100 * (uint64_t)(k + 1);
    own.drop_in = own.drop_hidden = 0.2f; /* they see the treebanks alone, again and again */
    own.drop_mid = 0.3f;
    tr_sents trees = m->d->trees;
    if (own.backward) { /* names would be learnt for nothing */
        own.names_per_epoch = 0;
        m->d->trees = (tr_sents){NULL, 0, 0};
        for (uint32_t i = 0; i < trees.n; i++)
            tr_reverse(tr_add_sent(&m->d->trees), &trees.v[i]);
    }
    size_t size;
    void *model = train_one(m, &own, &size);
    m->d->trees = trees;
    return tr_write_file(path, model, size);
}

static void teacher_path(char *path, size_t n, const char *folder, int k) {
    snprintf(path, n, "%s/teacher%d.model", folder, k + 1);
}

/* The teachers that `folder` does not have yet, each in a process of its own, which cannot touch the
 * material of the others. */
static bool train_teachers(const material *m, const tr_options *o, const char *folder) {
    int running = 0, next = 0;
    bool ok = true;
    while (ok && (next < o->teachers || running)) {
        char path[1024];
        if (next < o->teachers && running < o->jobs) {
            teacher_path(path, sizeof path, folder, next++);
            if (access(path, R_OK) == 0) continue;
            pid_t child = fork();
            if (child == 0) _exit(train_teacher(m, o, next - 1, path) ? 0 : 1);
            ok = child > 0;
            running += ok;
            continue;
        }
        int status;
        ok = wait(&status) > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0;
        running--;
    }
    if (!ok) fprintf(stderr, "train: a teacher could not be trained\n");
    return ok;
}

static bool add_silver(const material *m, const tr_options *o) {
    char own[] = "/tmp/sitrep-train-XXXXXX", path[1024];
    const char *folder = o->work ? o->work : mkdtemp(own);
    if (!folder) {
        fprintf(stderr, "train: no folder for the teachers\n");
        return false;
    }
    tr_teacher teachers[TR_VOTERS_MAX];
    bool ok = train_teachers(m, o, folder);
    int n = 0;
    for (; ok && n < o->teachers; n++) {
        sr_error err = {SR_OK, 0, ""};
        teacher_path(path, sizeof path, folder, n);
        teachers[n].backward = n % 2 == 1;
        ok = sr_file_read(&teachers[n].model, &teachers[n].size, path, 0, &err) == SR_OK;
        if (!ok) fprintf(stderr, "train: %s\n", err.message);
    }
    ok = ok && tr_silver(m->d, o->data, teachers, n);
    for (int k = 0; k < o->teachers && !o->work; k++) {
        teacher_path(path, sizeof path, folder, k);
        unlink(path);
    }
    if (!o->work) rmdir(folder);
    return ok;
}

static bool options_are_sane(const tr_options *o) {
    return o->data && o->out && o->epochs >= 1 && o->teachers >= 0 &&
           o->teachers <= TR_VOTERS_MAX && o->teacher_epochs >= 1 && o->jobs >= 1 &&
           o->silver_per_epoch >= 0 && o->names_per_epoch >= 0;
}

int sr_train_main(int argc, char **argv) {
    tr_options o = {.epochs = 28,
                    .teachers = 5,
                    .teacher_epochs = 26,
                    .names_per_epoch = 7000,
                    .silver_per_epoch = 16000,
                    .vector_epochs = 4,
                    .jobs = 2,
                    .seed = 1,
                    .rate = 0.003f,
                    .explore = 0.9f,
                    .drop_in = 0.12f,
                    .drop_mid = 0.2f,
                    .drop_hidden = 0.12f,
                    .called = "model"};
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(usage, stdout);
            return 0;
        }
    for (int i = 1; i + 1 < argc; i += 2)
        if (!set_option(&o, argv[i], argv[i + 1])) argc = 0;
    if (argc % 2 == 0 || !options_are_sane(&o)) {
        fputs(usage, stderr);
        return 2;
    }
    tr_vectors vectors = {NULL, NULL, NULL, 0};
    tr_data *d = tr_alloc(sizeof *d);
    int16_t *split = tr_alloc(sizeof *split * SR_SPLIT_SIZE);
    material m = {d, o.vector_epochs > 0 ? &vectors : NULL, split};
    if (m.vectors && !get_vectors(&vectors, &o)) return 1;
    if (!tr_data_load(d, o.data, o.marks, m.vectors)) return 1;
    fprintf(stderr,
            "train: %u trees, %u sentences with names, %u words, %u labels, %u scripts\n",
            d->trees.n, d->names.n, d->n_keys, d->n_labels, d->n_scripts);
    tr_split_train(split, d, o.seed);
    if (o.teachers && !add_silver(&m, &o)) return 1;
    size_t size;
    void *model = train_one(&m, &o, &size);
    return tr_write_file(o.out, model, size) ? 0 : 1;
}

/* train.c - `sitrep train`: the whole run from corpora to model file.
 *
 *   sitrep train --data FOLDER --out model/sitrep.model
 *
 * FOLDER holds the corpora under the names that data.c lists, and raw_news_tehrantimes for the word
 * vectors. One thread: a run with one seed repeats exactly on the same kind of processor. After
 * each epoch the state can be kept in a checkpoint, and a later run goes on from it. Scores shown
 * are those of the integer network on the development splits; nothing else is looked at.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "train/internal.h"

#define BATCH        8
#define AVERAGE_FROM 0.65 /* of the run: from here on the weights are averaged */

static const char usage[] =
    "usage: sitrep train --data FOLDER --out FILE [options]\n"
    "  --data FOLDER      corpora, in their folders\n"
    "  --out FILE         the model file to write\n"
    "  --epochs N         passes over the treebanks (26)\n"
    "  --silver N         sentences of news, parsed by two models, beside them in each pass "
    "(8000)\n"
    "  --first-epochs N   passes for those two models (20)\n"
    "  --forward FILE, --backward FILE   keep those two here, and use them if they are there\n"
    "  --names N          sentences with names beside them in each pass (7000)\n"
    "  --vectors FILE     keep the word vectors here, and use them if they are there\n"
    "  --vector-epochs N  passes over the raw text (4; 0: no vectors)\n"
    "  --checkpoint FILE  keep the state here, and go on from it if it is there\n"
    "  --rate R           learning rate (0.003)\n"
    "  --drop-in R, --drop-mid R, --drop-hidden R   dropout (0.2 0.3 0.2)\n"
    "  --explore R        how often the model's own step is taken (0.9)\n"
    "  --seed N           (1)\n"
    "  --threads N        accepted for the sake of scripts: one thread is used\n";

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
    char temp[1024];
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

static void show(const tr_net *net, const int16_t *split, int epoch, const tr_loss *l,
                 double seconds, bool quiet) {
    if (quiet) {
        fprintf(stderr, "epoch %d: %.0f s; act %.3f label %.3f\n", epoch, seconds,
                l->act / (double)l->n_act, l->label / (double)l->n_label);
        return;
    }
    size_t size;
    void *model = tr_export(net, split, net->n_avg > 0, &size);
    tr_score a = tr_evaluate(model, size, &net->d->gold[2]),
             b = tr_evaluate(model, size, &net->d->gold[3]);
    free(model);
    fprintf(stderr,
            "epoch %d: %.0f s; act %.3f label %.3f tag %.3f name %.3f | EWT dev upos %.2f xpos "
            "%.2f "
            "lemma %.2f uas %.2f las %.2f | GUM dev upos %.2f las %.2f\n",
            epoch, seconds, l->act / (double)l->n_act, l->label / (double)l->n_label,
            l->tag / (double)l->n_tag, l->name / (double)(l->n_name ? l->n_name : 1), a.upos,
            a.xpos, a.lemma, a.uas, a.las, b.upos, b.las);
}

static void fit(tr_net *net, tr_data *d, const int16_t *split, const tr_options *o) {
    tr_rng rng = {o->seed * 0x9E3779B97F4A7C15u + 1};
    int first = o->checkpoint ? checkpoint_load(net, o->checkpoint, &rng) : 0;
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
        show(net, split, e + 1, &loss,
             (double)(to.tv_sec - from.tv_sec) + 1e-9 * (double)(to.tv_nsec - from.tv_nsec),
             o->quiet);
        if (o->checkpoint) checkpoint_save(net, o->checkpoint, (uint64_t)e + 1, &rng);
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
        {"--out", &o->out, NULL, NULL},
        {"--vectors", &o->vectors, NULL, NULL},
        {"--checkpoint", &o->checkpoint, NULL, NULL},
        {"--forward", &o->forward, NULL, NULL},
        {"--backward", &o->backward, NULL, NULL},
        {"--epochs", NULL, &o->epochs, NULL},
        {"--first-epochs", NULL, &o->first_epochs, NULL},
        {"--silver", NULL, &o->silver_per_epoch, NULL},
        {"--names", NULL, &o->names_per_epoch, NULL},
        {"--vector-epochs", NULL, &o->vector_epochs, NULL},
        {"--rate", NULL, NULL, &o->rate},
        {"--drop-in", NULL, NULL, &o->drop_in},
        {"--drop-mid", NULL, NULL, &o->drop_mid},
        {"--drop-hidden", NULL, NULL, &o->drop_hidden},
        {"--explore", NULL, NULL, &o->explore},
    };
    if (strcmp(name, "--threads") == 0) return true;
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
    char folder[1024];
    if (o->vectors && tr_vectors_load(v, o->vectors)) return true;
    snprintf(folder, sizeof folder, "%s/raw_news_tehrantimes", o->data);
    if (!tr_vectors_train(v, folder, o->vector_epochs, o->seed)) return false;
    return !o->vectors || tr_vectors_save(v, o->vectors);
}

/* Trains one network on what `d` holds and makes its model file. */
static void *train_one(tr_data *d, const tr_vectors *v, const int16_t *split,
                       const tr_options *o, size_t *size) {
    tr_net *net = tr_alloc(sizeof *net);
    tr_net_init(net, d, v, o->seed);
    fit(net, d, split, o);
    void *model = tr_export(net, split, net->n_avg > 0, size);
    tr_net_release(net);
    free(net);
    return model;
}

/* One of the two models behind the silver trees: from its file, or trained and kept there. */
static char *first_model(tr_data *d, const tr_vectors *v, const int16_t *split,
                         const tr_options *o, bool backward, size_t *size) {
    const char *path = backward ? o->backward : o->forward;
    char *model;
    if (path && sr_file_read(&model, size, path, 0, NULL) == SR_OK) return model;
    tr_options first = *o;
    first.epochs = o->first_epochs;
    first.silver_per_epoch = 0;
    first.checkpoint = NULL;
    tr_sents trees = d->trees;
    if (backward) { /* names and lemmas would be learnt for nothing, scores would mean nothing */
        first.names_per_epoch = 0;
        first.quiet = true;
        first.seed++;
        d->trees = (tr_sents){NULL, 0, 0};
        for (uint32_t i = 0; i < trees.n; i++) tr_reverse(tr_add_sent(&d->trees), &trees.v[i]);
    }
    model = train_one(d, v, split, &first, size);
    d->trees = trees;
    if (path) tr_write_file(path, model, *size);
    return model;
}

static bool add_silver(tr_data *d, const tr_vectors *v, const int16_t *split,
                       const tr_options *o) {
    char folder[1024];
    size_t n[2];
    char *forward = first_model(d, v, split, o, false, &n[0]);
    char *backward = first_model(d, v, split, o, true, &n[1]);
    snprintf(folder, sizeof folder, "%s/raw_news_tehrantimes", o->data);
    bool ok = tr_silver(d, folder, forward, n[0], backward, n[1]);
    free(forward);
    free(backward);
    return ok;
}

int sr_train_main(int argc, char **argv) {
    tr_options o = {.epochs = 26,
                    .first_epochs = 20,
                    .names_per_epoch = 7000,
                    .silver_per_epoch = 8000,
                    .vector_epochs = 4,
                    .seed = 1,
                    .rate = 0.003f,
                    .explore = 0.9f,
                    .drop_in = 0.2f,
                    .drop_mid = 0.3f,
                    .drop_hidden = 0.2f};
    for (int i = 1; i < argc; i++)
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
            fputs(usage, stdout);
            return 0;
        }
    for (int i = 1; i + 1 < argc; i += 2)
        if (!set_option(&o, argv[i], argv[i + 1])) argc = 0;
    if (argc % 2 == 0 || !o.data || !o.out || o.epochs < 1) {
        fputs(usage, stderr);
        return 2;
    }
    tr_vectors vectors = {NULL, NULL, NULL, 0};
    const tr_vectors *v = o.vector_epochs > 0 ? &vectors : NULL;
    if (v && !get_vectors(&vectors, &o)) return 1;
    tr_data *d = tr_alloc(sizeof *d);
    if (!tr_data_load(d, o.data, v)) return 1;
    fprintf(stderr,
            "train: %u trees, %u sentences with names, %u words, %u labels, %u scripts\n",
            d->trees.n, d->names.n, d->n_keys, d->n_labels, d->n_scripts);
    int16_t *split = tr_alloc(sizeof *split * SR_SPLIT_SIZE);
    tr_split_train(split, d, o.seed);
    if (o.silver_per_epoch && !add_silver(d, v, split, &o)) return 1;
    size_t size;
    void *model = train_one(d, v, split, &o, &size);
    return tr_write_file(o.out, model, size) ? 0 : 1;
}

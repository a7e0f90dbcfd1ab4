/* SPDX-License-Identifier: MIT
 * How fast the engine trains, beside the limits of the machine, measured in the same run.
 *
 *     engine [NAME ...]      all works, or those whose names begin so
 *     engine --rounds N      rounds of all works, interleaved; the median counts (5)
 *     engine --threads       two threads over one
 *
 * A work is a job for a pool of one thread. Its time is the thread's processor time, so that other programs disturb
 * less. The limit: the fused multiply-adds that one step needs, at the rate that this core reaches. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "bench/limits.h"
#include "engine/engine.h"

enum { MOST_ROUNDS = 64 };

struct work {
  const char *name;
  struct lur_structure structure;
  uint64_t n_runs, epochs;
  double fma;     /* fused multiply-adds of a lane in one step; 0: no limit is given */
  uint64_t steps; /* of a run's epoch that `unit` counts */
  const char *unit;
  bool random_stop; /* stop thresholds are drawn, so that runs end at different epochs */
};

/* ---- Works ---- */
#define SHAPE(h, o, p, ...)                                                                                            \
  {                                                                                                                    \
    .n_layers = sizeof((int[]){__VA_ARGS__}) / sizeof(int) - 1, .width = {__VA_ARGS__}, .hidden = h, .output = o,      \
    .bias = true, .precision = p                                                                                       \
  }
static const struct work works[] = {
    {"neuron_double",
     {.shape = SHAPE(LUR_SIGMOID, LUR_SIGMOID, LUR_DOUBLE, 1, 1), .n_patterns = 1, .batch = 1},
     16384,
     1000,
     17,
     1,
     "step",
     false},
    {"neuron_single",
     {.shape = SHAPE(LUR_SIGMOID, LUR_SIGMOID, LUR_SINGLE, 1, 1), .n_patterns = 1, .batch = 1},
     32768,
     1000,
     12,
     1,
     "step",
     false},
    {"fractal_double",
     {.shape = SHAPE(LUR_TANH, LUR_TANH, LUR_DOUBLE, 16, 16, 1), .loss = LUR_MSE, .n_patterns = 272, .batch = 0},
     64,
     50,
     272 * (560 + 17 * 17),
     1,
     "step",
     false},
    {"fractal_single",
     {.shape = SHAPE(LUR_TANH, LUR_TANH, LUR_SINGLE, 16, 16, 1), .loss = LUR_MSE, .n_patterns = 272, .batch = 0},
     128,
     50,
     272 * (560 + 17 * 12),
     1,
     "step",
     false},
    {"xor_double",
     {.shape = SHAPE(LUR_SIGMOID, LUR_SIGMOID, LUR_DOUBLE, 2, 2, 1), .n_patterns = 4, .batch = 1},
     1024,
     1000,
     0,
     4,
     "pattern",
     false},
    {"xor_single",
     {.shape = SHAPE(LUR_SIGMOID, LUR_SIGMOID, LUR_SINGLE, 2, 2, 1), .n_patterns = 4, .batch = 1},
     2048,
     1000,
     0,
     4,
     "pattern",
     false},
    {"mlp_single",
     {.shape = SHAPE(LUR_RELU, LUR_SOFTMAX, LUR_SINGLE, 64, 32, 10), .n_patterns = 1024, .batch = 32},
     32,
     20,
     0,
     1024,
     "pattern",
     false},
    {"mlp_double",
     {.shape = SHAPE(LUR_RELU, LUR_SOFTMAX, LUR_DOUBLE, 64, 32, 10), .n_patterns = 1024, .batch = 32},
     16,
     20,
     0,
     1024,
     "pattern",
     false},
    {"large_single",
     {.shape = SHAPE(LUR_RELU, LUR_SOFTMAX, LUR_SINGLE, 128, 128, 10), .n_patterns = 512, .batch = 32},
     16,
     6,
     0,
     512,
     "pattern",
     false},
    {"huge_single",
     {.shape = SHAPE(LUR_RELU, LUR_SOFTMAX, LUR_SINGLE, 256, 256, 10), .n_patterns = 256, .batch = 32},
     8,
     8,
     0,
     256,
     "pattern",
     false},
    {"adam_double",
     {.shape = SHAPE(LUR_TANH, LUR_SIGMOID, LUR_DOUBLE, 2, 8, 1), .n_patterns = 64, .batch = 8, .optimizer = LUR_ADAM},
     256,
     50,
     0,
     64,
     "pattern",
     false},
    {"shuffle_double",
     {.shape = SHAPE(LUR_TANH, LUR_SIGMOID, LUR_DOUBLE, 2, 8, 1), .n_patterns = 64, .batch = 8, .shuffle = true},
     256,
     50,
     0,
     64,
     "pattern",
     false},
    {"stop_double",
     {.shape = SHAPE(LUR_TANH, LUR_SIGMOID, LUR_DOUBLE, 2, 2, 1), .n_patterns = 4, .batch = 1, .stops = LUR_STOP_ERROR},
     2048,
     2000,
     0,
     4,
     "pattern",
     true},
};
enum { N_WORKS = sizeof works / sizeof *works };

struct data {
  const struct work *work;
  double *inputs, *targets;
  uint64_t n_epochs; /* that ran, of all runs */
};

static void make_data(struct data *d) {
  const struct lur_structure *s = &d->work->structure;
  const size_t n_in = (size_t)s->shape.width[0], n_out = (size_t)s->shape.width[s->shape.n_layers];
  d->inputs = calloc(s->n_patterns * n_in, sizeof(double));
  d->targets = calloc(s->n_patterns * n_out, sizeof(double));
  if (!d->inputs || !d->targets)
    abort();
  for (size_t i = 0; i < s->n_patterns * n_in; i++)
    d->inputs[i] = lur_draw_normal(1, i, 0, LUR_DRAW_DATA);
  for (size_t i = 0; i < s->n_patterns; i++)
    d->targets[i * n_out + i * 7 % n_out] = n_out > 1 ? 1 : (double)(i & 1);
  if (n_in == 1)
    d->inputs[0] = 1;
  if (s->n_patterns != 4)
    return;
  const double xor [] = {0, 0, 0, 1, 1, 0, 1, 1}, answers[] = {0, 1, 1, 0};
  memcpy(d->inputs, xor, sizeof xor);
  memcpy(d->targets, answers, sizeof answers);
}

static void numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct data *d = context;
  const struct lur_structure *s = &d->work->structure;
  *out = (struct lur_numbers){.seed = k + 1,
                              .beta1 = 0.9,
                              .beta2 = 0.999,
                              .epsilon = 1e-8,
                              .stop_every = 1,
                              .epochs = d->work->epochs,
                              .stop_error = 0.4};
  for (int l = 0; l < s->shape.n_layers; l++) {
    out->learning_rate[l] =
        d->work->random_stop ? 0.05 * pow(100, (double)(k * 7919 % 1024) / 1024) : 0.01 + 0.1 * (double)(k % 16);
    out->init_scale[l] = 1;
  }
  const size_t n = s->n_patterns;
  out->train = (struct lur_patterns){n, s->shape.width[0], s->shape.width[s->shape.n_layers], d->inputs, d->targets};
}

static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct data *d = context;
  (void)k;
  d->n_epochs += o->epochs; /* one thread, or a figure that is not used */
  return 0;
}

/* ---- Measuring ---- */
static double cpu_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* ns a unit and lane. */
static double measure(struct lur_pool *pool, struct data *d, bool wall) {
  const struct lur_job job = {
      .structure = &d->work->structure, .n_runs = d->work->n_runs, .context = d, .numbers = numbers, .done = done};
  struct lur_error e;
  d->n_epochs = 0;
  const double start = wall ? (double)lur_clock_ns() : cpu_ns();
  if (lur_pool_train(pool, &job, NULL, &e) != LUR_OK) {
    fprintf(stderr, "%s: %s\n", d->work->name, e.text);
    exit(1);
  }
  const double time_ns = (wall ? (double)lur_clock_ns() : cpu_ns()) - start;
  const double epochs = wall ? (double)(d->work->n_runs * d->work->epochs) : (double)d->n_epochs;
  return time_ns / (epochs * (double)d->work->steps);
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
static double median(double *x, int n) {
  qsort(x, (size_t)n, sizeof *x, by_size);
  return x[n / 2];
}

static bool wanted(const struct work *w, int n_names, char **names) {
  for (int i = 0; i < n_names; i++)
    if (strncmp(w->name, names[i], strlen(names[i])) == 0)
      return true;
  return n_names == 0;
}

static void report(int n_rounds, int n_names, char **names) {
  static double times[N_WORKS][MOST_ROUNDS], limit[2][MOST_ROUNDS];
  static struct data data[N_WORKS];
  struct lur_pool *pool = lur_pool_new(1, NULL);
  if (!pool)
    exit(1);
  for (int i = 0; i < N_WORKS; i++) {
    data[i].work = &works[i];
    make_data(&data[i]);
  }
  for (int r = 0; r < n_rounds; r++) {
    limit[0][r] = bench_fma_ns(false);
    limit[1][r] = bench_fma_ns(true);
    for (int i = 0; i < N_WORKS; i++)
      if (wanted(&works[i], n_names, names))
        times[i][r] = measure(pool, &data[i], false);
  }
  const double fma_ns[] = {median(limit[0], n_rounds), median(limit[1], n_rounds)};
  printf("isa %s; one lane's fused multiply-add: double %.4f ns, single %.4f ns\n", lur_isa_name(NULL), fma_ns[0],
         fma_ns[1]);
  for (int i = 0; i < N_WORKS; i++) {
    if (!wanted(&works[i], n_names, names))
      continue;
    const double t = median(times[i], n_rounds);
    printf("%-16s %10.3f ns a %s", works[i].name, t, works[i].unit);
    if (works[i].fma > 0)
      printf(", %.2f of the limit (%.3f ns)", works[i].fma * fma_ns[works[i].structure.shape.precision] / t,
             works[i].fma * fma_ns[works[i].structure.shape.precision]);
    printf("  [%.3f %.3f]\n", times[i][0], times[i][n_rounds - 1]);
  }
  for (int i = 0; i < N_WORKS; i++) {
    free(data[i].inputs);
    free(data[i].targets);
  }
  lur_pool_free(pool);
}

static void report_threads(void) {
  for (int i = 0; i < 3; i++) {
    struct data d = {.work = &works[i]};
    double times[2][5];
    make_data(&d);
    for (int r = 0; r < 5; r++)
      for (int n = 1; n <= 2; n++) {
        struct lur_pool *pool = lur_pool_new(n, NULL);
        if (!pool)
          exit(1);
        times[n - 1][r] = measure(pool, &d, true);
        lur_pool_free(pool);
      }
    const double one = median(times[0], 5), two = median(times[1], 5);
    printf("%-16s one thread %.3f ns, two %.3f ns: %.2f times\n", works[i].name, one, two, one / two);
    free(d.inputs);
    free(d.targets);
  }
}

int main(int argc, char **argv) {
  int n_rounds = 5, at = 1;
  if (argc > 1 && strcmp(argv[1], "--threads") == 0) {
    report_threads();
    return 0;
  }
  if (argc > 2 && strcmp(argv[1], "--rounds") == 0) {
    n_rounds = atoi(argv[2]);
    at = 3;
  }
  if (n_rounds < 1 || n_rounds > MOST_ROUNDS)
    return 2;
  report(n_rounds, argc - at, argv + at);
  return 0;
}

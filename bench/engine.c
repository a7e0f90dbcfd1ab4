/* SPDX-License-Identifier: MIT
 * How fast the engine trains, beside the limits of the machine, measured in the same run.
 *
 *     engine-bench [OPTION ...] [NAME ...]     all works, or those whose names begin so
 *       --rounds N     rounds of all works, interleaved; the median counts (5)
 *       --threads N    wall time on N threads, instead of the processor time of one
 *       --blocks       a job for each block of runs: its lanes wait for its longest run
 *       --runs N       so many runs, of which nothing is kept: for the peak of memory
 *       --json         a line of JSON a work
 *       --starts       not trained: each run's learning rate and start values, a line each
 *       --data         not trained: each pattern's inputs and targets, a line each
 *
 * A work is a job for a pool. Its time is the thread's processor time, so that other programs disturb less. The limit:
 * the multiply-adds, products and divisions that one step needs, at the rates that this core reaches in its widest
 * vectors; but never less than its divisions alone take. Additions, loads and stores are left out. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "bench/limits.h"
#include "engine/kernel/kernel.h"

enum { MOST_ROUNDS = 64, REFILL_EPOCHS = 16 };
enum rates { SPREAD, SAME, SHUFFLED };

struct work {
  const char *name;
  struct lur_structure structure;
  uint64_t n_runs, epochs;
  const char *unit;      /* a step is an epoch of a run, a pattern one of them */
  double fma, divisions; /* of a lane in one unit, products among the multiply-adds; 0: no limit is given */
  double rate, scale;
  enum rates rates;
};

struct options {
  int n_rounds, n_threads, n_names;
  bool blocks, json, starts, data;
  uint64_t n_runs;
  char **names;
};

/* ---- Works ---- */
#define SHAPE(h, o, b, p, ...)                                                                                         \
  {                                                                                                                    \
    .n_layers = sizeof((int[]){__VA_ARGS__}) / sizeof(int) - 1, .width = {__VA_ARGS__}, .hidden = h, .output = o,      \
    .bias = b, .precision = p                                                                                          \
  }
#define NEURON(p) SHAPE(LUR_SIGMOID, LUR_SIGMOID, true, p, 1, 1), .n_patterns = 1, .batch = 1
#define FRACTAL(p) SHAPE(LUR_TANH, LUR_LINEAR, false, p, 16, 16, 1), .loss = LUR_MSE, .n_patterns = 272
#define XOR(p) SHAPE(LUR_SIGMOID, LUR_SIGMOID, true, p, 2, 2, 1), .n_patterns = 4, .batch = 1
#define CLASSES_BY(b, p, n, ...) SHAPE(LUR_RELU, LUR_SOFTMAX, true, p, __VA_ARGS__), .n_patterns = n, .batch = b
#define CLASSES(p, n, ...) CLASSES_BY(32, p, n, __VA_ARGS__)
#define SMALL SHAPE(LUR_TANH, LUR_SIGMOID, true, LUR_DOUBLE, 2, 8, 1), .n_patterns = 64, .batch = 8
/* Of the neuron: 4 beside its sigmoid (z, d x, w, b). Of the trainability network: two products forward, two back, and
 * a tanh and its slope a unit. */
#define NEURON_LIMIT(sigmoid) 4 + (sigmoid), 1
#define FRACTAL_LIMIT(tanh) 272 * (560 + 16 * ((tanh) + 2)), 272 * 16
#define NO_LIMIT 0, 0

static const struct work works[] = {
    {"neuron_double", {.shape = NEURON(LUR_DOUBLE)}, 16384, 1000, "step", NEURON_LIMIT(11), 0, 1, SPREAD},
    {"neuron_single", {.shape = NEURON(LUR_SINGLE)}, 32768, 1000, "step", NEURON_LIMIT(7), 0, 1, SPREAD},
    {"fractal_double", {.shape = FRACTAL(LUR_DOUBLE)}, 64, 50, "step", FRACTAL_LIMIT(11), 0.05, 0.25, SAME},
    {"fractal_single", {.shape = FRACTAL(LUR_SINGLE)}, 128, 50, "step", FRACTAL_LIMIT(7), 0.05, 0.25, SAME},
    {"fractal_own_double", {.shape = FRACTAL(LUR_DOUBLE)}, 64, 50, "step", NO_LIMIT, 0.05, 0.25, SAME},
    {"fractal_own_single", {.shape = FRACTAL(LUR_SINGLE)}, 128, 50, "step", NO_LIMIT, 0.05, 0.25, SAME},
    {"fractal_swish_double", {.shape = FRACTAL(LUR_DOUBLE)}, 64, 50, "step", NO_LIMIT, 0.05, 0.25, SAME},
    {"fractal_mse_double", {.shape = FRACTAL(LUR_DOUBLE)}, 64, 50, "step", NO_LIMIT, 0.05, 0.25, SAME},
    {"xor_own_double", {.shape = XOR(LUR_DOUBLE), .loss = LUR_MSE}, 1024, 1000, "pattern", NO_LIMIT, 0.5, 1, SAME},
    {"small_double", {.shape = SMALL}, 256, 50, "pattern", NO_LIMIT, 0.1, 1, SAME},
    {"small_own_double", {.shape = SMALL}, 256, 50, "pattern", NO_LIMIT, 0.1, 1, SAME},
    {"xor_double", {.shape = XOR(LUR_DOUBLE)}, 1024, 1000, "pattern", NO_LIMIT, 0.5, 1, SAME},
    {"xor_single", {.shape = XOR(LUR_SINGLE)}, 2048, 1000, "pattern", NO_LIMIT, 0.5, 1, SAME},
    {"xor_mse_double", {.shape = XOR(LUR_DOUBLE), .loss = LUR_MSE}, 1024, 1000, "pattern", NO_LIMIT, 0.5, 1, SAME},
    {"mlp_single", {.shape = CLASSES(LUR_SINGLE, 1024, 64, 32, 10)}, 16, 20, "pattern", NO_LIMIT, 0.1, 0.125, SAME},
    {"mlp_double", {.shape = CLASSES(LUR_DOUBLE, 1024, 64, 32, 10)}, 16, 20, "pattern", NO_LIMIT, 0.1, 0.125, SAME},
    {"large_single", {.shape = CLASSES(LUR_SINGLE, 512, 128, 128, 10)}, 16, 6, "pattern", NO_LIMIT, 0.1, 0.1, SAME},
    {"huge_single", {.shape = CLASSES(LUR_SINGLE, 256, 256, 256, 10)}, 8, 8, "pattern", NO_LIMIT, 0.1, 0.1, SAME},
    {"one_64_32_10", {.shape = CLASSES(LUR_SINGLE, 512, 64, 32, 10)}, 1, 200, "pattern", NO_LIMIT, 0.1, 0.125, SAME},
    {"one_128_128_10", {.shape = CLASSES(LUR_SINGLE, 512, 128, 128, 10)}, 1, 60, "pattern", NO_LIMIT, 0.1, 0.1, SAME},
    {"one_256_256_10", {.shape = CLASSES(LUR_SINGLE, 512, 256, 256, 10)}, 1, 40, "pattern", NO_LIMIT, 0.1, 0.1, SAME},
    {"one_784_128_10", {.shape = CLASSES(LUR_SINGLE, 512, 784, 128, 10)}, 1, 40, "pattern", NO_LIMIT, 0.1, 0.1, SAME},
    {"one_batch_4",
     {.shape = CLASSES_BY(4, LUR_SINGLE, 512, 64, 32, 10)},
     1,
     30,
     "pattern",
     NO_LIMIT,
     0.1,
     0.125,
     SAME},
    {"one_online",
     {.shape = CLASSES_BY(1, LUR_SINGLE, 512, 64, 32, 10)},
     1,
     20,
     "pattern",
     NO_LIMIT,
     0.02,
     0.125,
     SAME},
    {"adam_double", {.shape = SMALL, .optimizer = LUR_ADAM}, 256, 50, "pattern", NO_LIMIT, 0.01, 1, SAME},
    {"shuffle_double", {.shape = SMALL, .shuffle = true}, 256, 50, "pattern", NO_LIMIT, 0.1, 1, SAME},
    {"ends_double",
     {.shape = NEURON(LUR_DOUBLE), .stops = LUR_STOP_ERROR},
     8192,
     4000,
     "step",
     NO_LIMIT,
     0,
     1,
     SHUFFLED},
};
enum { N_WORKS = sizeof works / sizeof *works };

/* Functions of a script's own that works of these names have in place of the built-in ones. slope is another number for
 * each run. */
static const char *const own_numbers[] = {"slope"};
static const char own_tanh[] = "activation\nt1 = mul 0x1p+1 z\nt2 = exp t1\nt3 = sub t2 0x1p+0\nt4 = add t2 0x1p+0\n"
                               "t5 = div t3 t4\nreturn t5\n";
static const char own_swish[] = "activation\nt1 = mul p.slope z\nt2 = neg t1\nt3 = exp t2\nt4 = add 0x1p+0 t3\n"
                                "t5 = div z t4\nreturn t5\n";
static const char own_sigmoid[] = "activation\nt1 = neg z\nt2 = exp t1\nt3 = add 0x1p+0 t2\nt4 = div 0x1p+0 t3\n"
                                  "return t4\n";
static const char own_mse[] = "loss\nt1 = sub o t\nt2 = mul t1 t1\nreturn t2\n";
static const struct {
  const char *work, *hidden, *output, *loss;
} functions[] = {
    {"fractal_own_double", own_tanh, NULL, NULL},          {"fractal_own_single", own_tanh, NULL, NULL},
    {"fractal_swish_double", own_swish, NULL, NULL},       {"fractal_mse_double", NULL, NULL, own_mse},
    {"xor_own_double", own_sigmoid, own_sigmoid, own_mse}, {"small_own_double", own_tanh, NULL, NULL},
};

struct data {
  const struct work *work;
  struct lur_structure structure; /* the work's, with its functions */
  uint64_t n_runs, first;         /* of the job; the first run's number */
  double *inputs, *targets;
  double *loss, *epochs; /* of each run; NULL: not kept */
};

static void *room(size_t n) {
  void *p = calloc(n, sizeof(double));
  if (!p)
    abort();
  return p;
}

static const struct lur_program *read_function(const char *text) {
  struct lur_error e;
  const struct lur_program *p = text ? lur_program_read(text, &e) : NULL;
  if (text && !p)
    abort();
  return p;
}

/* The work's functions, which stay until the end. */
static void set_functions(struct lur_structure *s, const char *work) {
  const int last = s->shape.n_layers - 1;
  for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
    if (strcmp(functions[i].work, work) != 0)
      continue;
    s->own.n_numbers = 1;
    s->own.number = own_numbers;
    s->own.loss = read_function(functions[i].loss);
    for (int l = 0; l < last; l++)
      s->shape.own[l] = read_function(functions[i].hidden);
    if ((s->shape.own[last] = read_function(functions[i].output)))
      s->shape.output = LUR_LINEAR;
  }
}

static struct data make_data(const struct work *w, const struct options *o) {
  const struct lur_structure *s = &w->structure;
  const size_t n_in = (size_t)s->shape.width[0], n_out = (size_t)s->shape.width[s->shape.n_layers];
  struct data d = {.work = w, .structure = *s, .n_runs = o->n_runs > 0 ? o->n_runs : w->n_runs};
  set_functions(&d.structure, w->name);
  d.inputs = room(s->n_patterns * n_in);
  d.targets = room(s->n_patterns * n_out);
  if (o->n_runs == 0) {
    d.loss = room(d.n_runs);
    d.epochs = room(d.n_runs);
  }
  for (size_t i = 0; i < s->n_patterns * n_in; i++)
    d.inputs[i] = lur_draw_normal(1, i, 0, LUR_DRAW_DATA);
  for (size_t i = 0; i < s->n_patterns; i++)
    d.targets[i * n_out + i * 7 % n_out] = n_out > 1 ? 1 : (double)(i & 1);
  if (n_in == 1)
    d.inputs[0] = 1;
  if (s->n_patterns == 4) {
    const double xor [] = {0, 0, 0, 1, 1, 0, 1, 1}, answers[] = {0, 1, 1, 0};
    memcpy(d.inputs, xor, sizeof xor);
    memcpy(d.targets, answers, sizeof answers);
  }
  return d;
}

static void free_data(struct data *d) {
  free(d->inputs);
  free(d->targets);
  free(d->loss);
  free(d->epochs);
}

static double rate_of(const struct work *w, uint64_t k) {
  switch (w->rates) {
  case SPREAD: return 0.01 + 0.1 * (double)(k % 16);
  case SHUFFLED: return 0.003 * pow(100, (double)(k * 7919 % 1024) / 1024);
  default: return w->rate;
  }
}

static void numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct data *d = context;
  const struct lur_shape *shape = &d->work->structure.shape;
  k += d->first;
  *out = (struct lur_numbers){.seed = k + 1,
                              .beta1 = 0.9,
                              .beta2 = 0.999,
                              .epsilon = 1e-8,
                              .stop_every = REFILL_EPOCHS,
                              .epochs = d->work->epochs,
                              .stop_error = 0.03};
  out->own[0] = 0.5 + 1.5 * (double)(k % 64) / 63;
  for (int l = 0; l < shape->n_layers; l++) {
    out->learning_rate[l] = rate_of(d->work, k);
    out->init_scale[l] = d->work->scale;
  }
  out->train = (struct lur_patterns){.n = d->work->structure.n_patterns,
                                     .n_inputs = shape->width[0],
                                     .n_outputs = shape->width[shape->n_layers],
                                     .inputs = d->inputs,
                                     .targets = d->targets};
}

static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct data *d = context;
  if (d->loss) {
    d->loss[d->first + k] = o->metric[LUR_M_LOSS];
    d->epochs[d->first + k] = (double)o->epochs;
  }
  return 0;
}

/* ---- Measuring ---- */
static double cpu_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static double sum(const double *x, uint64_t n) {
  double total = 0;
  for (uint64_t k = 0; k < n; k++)
    total += x[k];
  return total;
}

static double units(const struct data *d) {
  const double epochs = d->epochs ? sum(d->epochs, d->n_runs) : (double)(d->n_runs * d->work->epochs);
  return epochs * (strcmp(d->work->unit, "step") == 0 ? 1 : (double)d->work->structure.n_patterns);
}

/* Of a block, where patterns are visited one by one. */
static uint64_t lanes_of(const struct data *d) {
  const struct lur_kernel *k = lur_kernel_find(lur_isa_name(NULL), d->work->structure.shape.precision, LUR_BLOCKS);
  return k ? (uint64_t)k->n_lanes : 1;
}

static void train(struct lur_pool *pool, struct data *d, uint64_t first, uint64_t n) {
  const struct lur_job job = {.structure = &d->structure, .n_runs = n, .context = d, .numbers = numbers, .done = done};
  struct lur_error e;
  d->first = first;
  if (lur_pool_train(pool, &job, NULL, &e) == LUR_OK)
    return;
  fprintf(stderr, "%s: %s\n", d->work->name, e.text);
  exit(1);
}

/* ns a unit and lane. */
static double measure(struct lur_pool *pool, struct data *d, const struct options *o) {
  const bool wall = o->n_threads > 0;
  const uint64_t step = o->blocks ? lanes_of(d) : d->n_runs;
  const double start = wall ? (double)lur_clock_ns() : cpu_ns();
  for (uint64_t at = 0; at < d->n_runs; at += step)
    train(pool, d, at, d->n_runs - at < step ? d->n_runs - at : step);
  return ((wall ? (double)lur_clock_ns() : cpu_ns()) - start) / units(d);
}

/* ---- Lane use: epochs that the runs had of those that their lanes ran ---- */
static double use_of_blocks(const struct data *d, uint64_t n_lanes) {
  double ran = 0;
  for (uint64_t at = 0; at < d->n_runs; at += n_lanes) {
    double longest = 0;
    for (uint64_t k = at; k < d->n_runs && k < at + n_lanes; k++)
      longest = d->epochs[k] > longest ? d->epochs[k] : longest;
    ran += longest * (double)n_lanes;
  }
  return sum(d->epochs, d->n_runs) / ran;
}

/* By the rule of docs/engine.md: the next run begins at a multiple of 16, in whichever lane is free first. */
static double use_of_refill(const struct data *d, uint64_t n_lanes) {
  double *free_at = room(n_lanes), last = 0;
  for (uint64_t k = 0; k < d->n_runs; k++) {
    uint64_t lane = 0;
    for (uint64_t i = 1; i < n_lanes; i++)
      if (free_at[i] < free_at[lane])
        lane = i;
    free_at[lane] += ceil(d->epochs[k] / REFILL_EPOCHS) * REFILL_EPOCHS;
    last = free_at[lane] > last ? free_at[lane] : last;
  }
  free(free_at);
  return sum(d->epochs, d->n_runs) / (last * (double)n_lanes);
}

static double lane_use(const struct data *d, const struct options *o) {
  const uint64_t n_lanes = lanes_of(d);
  return o->blocks ? use_of_blocks(d, n_lanes) : use_of_refill(d, n_lanes);
}

/* ---- Reporting ---- */
static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}
static double median(double *x, int n) {
  qsort(x, (size_t)n, sizeof *x, by_size);
  return x[n / 2];
}

/* Of this program alone: ru_maxrss would count what its parent had before. 0 where /proc does not say. */
static double peak_bytes(void) {
  FILE *file = fopen("/proc/self/status", "r");
  char line[256];
  double kibibytes = 0;
  while (file && fgets(line, sizeof line, file) && sscanf(line, "VmHWM: %lf", &kibibytes) < 1)
    continue;
  if (file)
    fclose(file);
  return kibibytes * 1024;
}

static double limit_ns(const struct work *w, const struct bench_limits *l) {
  const double all = w->fma * l->fma + w->divisions * l->division, alone = w->divisions * l->division_alone;
  return all > alone ? all : alone;
}

static void report_json(struct data *d, const struct options *o, double ns, const struct bench_limits *l) {
  printf("{\"name\": \"%s\", \"isa\": \"%s\", \"unit\": \"%s\", \"ns\": %.6g, \"limit_ns\": %.6g, \"fma_ns\": %.6g, "
         "\"peak_bytes\": %.0f",
         d->work->name, lur_isa_name(NULL), d->work->unit, ns, limit_ns(d->work, l), l->fma, peak_bytes());
  if (d->loss)
    printf(", \"runs\": %.0f, \"loss\": %.17g", (double)d->n_runs, sum(d->loss, d->n_runs) / (double)d->n_runs);
  if (d->loss && d->work->rates == SHUFFLED)
    printf(", \"lane_use\": %.4f", lane_use(d, o));
  printf("}\n");
}

static void report(struct data *d, const struct options *o, double *times, const struct bench_limits *l) {
  const double first = times[0], last = times[o->n_rounds - 1], ns = median(times, o->n_rounds);
  if (o->json) {
    report_json(d, o, ns, l);
    return;
  }
  printf("%-16s %10.3f ns a %s", d->work->name, ns, d->work->unit);
  if (d->work->fma > 0)
    printf(", %.2f of the limit (%.3f ns)", limit_ns(d->work, l) / ns, limit_ns(d->work, l));
  printf("  [%.3f %.3f]\n", first, last);
}

/* By the widest vectors that the machine has. */
static struct bench_limits measure_limits(bool single) {
#if defined(__x86_64__)
  if (lur_isa_has(LUR_AVX512))
    return bench_limits_64(single);
  if (lur_isa_has(LUR_AVX2))
    return bench_limits_32(single);
#endif
  return bench_limits_16(single);
}

/* The medians of some rounds, number by number. */
static struct bench_limits median_limits(const struct bench_limits *l, int n) {
  enum { N_NUMBERS = sizeof *l / sizeof(double) };
  double medians[N_NUMBERS], numbers[MOST_ROUNDS];
  struct bench_limits all;
  for (int k = 0; k < N_NUMBERS; k++) {
    for (int r = 0; r < n; r++)
      numbers[r] = ((const double *)&l[r])[k];
    medians[k] = median(numbers, n);
  }
  memcpy(&all, medians, sizeof all);
  return all;
}

static void print_limits(const char *precision, const struct bench_limits *l) {
  printf(
      "%s: a lane's multiply-add %.4f ns; in multiply-adds: a division alone %.1f, beside them %.1f, a compare %.1f, "
      "a store %.1f\n",
      precision, l->fma, l->division_alone / l->fma, l->division / l->fma, l->compare / l->fma, l->store / l->fma);
}

static bool wanted(const struct work *w, const struct options *o) {
  for (int i = 0; i < o->n_names; i++)
    if (strncmp(w->name, o->names[i], strlen(o->names[i])) == 0)
      return true;
  return o->n_names == 0;
}

static void run(const struct options *o) {
  static double times[N_WORKS][MOST_ROUNDS];
  static struct bench_limits rounds[LUR_N_PRECISIONS][MOST_ROUNDS];
  struct data data[N_WORKS];
  struct lur_pool *pool = lur_pool_new(o->n_threads > 0 ? o->n_threads : 1, NULL);
  if (!pool)
    exit(1);
  for (int i = 0; i < N_WORKS; i++)
    data[i] = wanted(&works[i], o) ? make_data(&works[i], o) : (struct data){.work = NULL};
  for (int r = 0; r < o->n_rounds; r++) {
    for (int p = 0; p < LUR_N_PRECISIONS; p++)
      rounds[p][r] = measure_limits(p == LUR_SINGLE);
    for (int i = 0; i < N_WORKS; i++)
      if (data[i].work)
        times[i][r] = measure(pool, &data[i], o);
  }
  struct bench_limits limits[LUR_N_PRECISIONS];
  for (int p = 0; p < LUR_N_PRECISIONS; p++) {
    limits[p] = median_limits(rounds[p], o->n_rounds);
    if (!o->json)
      print_limits(lur_precision_names[p], &limits[p]);
  }
  for (int i = 0; i < N_WORKS; i++) {
    if (data[i].work)
      report(&data[i], o, times[i], &limits[works[i].structure.shape.precision]);
    free_data(&data[i]);
  }
  lur_pool_free(pool);
}

/* ---- What the peers start from ---- */
static void print_starts(struct data *d) {
  const struct lur_structure *s = &d->work->structure;
  const size_t n = lur_shape_n_parameters(&s->shape);
  double *parameters = room(n);
  for (uint64_t k = 0; k < d->n_runs; k++) {
    struct lur_numbers x;
    numbers(d, k, &x);
    lur_draw_parameters(&s->shape, &(struct lur_starts){.init = s->init, .bias_init = s->bias_init}, x.seed,
                        x.init_scale, parameters);
    printf("%.17g", x.learning_rate[0]);
    for (size_t i = 0; i < n; i++)
      printf(" %.17g", parameters[i]);
    printf("\n");
  }
  free(parameters);
}

static void print_data(const struct data *d) {
  const struct lur_structure *s = &d->work->structure;
  const int n_in = s->shape.width[0], n_out = s->shape.width[s->shape.n_layers];
  for (size_t i = 0; i < s->n_patterns; i++) {
    for (int j = 0; j < n_in; j++)
      printf("%.17g ", d->inputs[i * (size_t)n_in + (size_t)j]);
    for (int j = 0; j < n_out; j++)
      printf("%g%c", d->targets[i * (size_t)n_out + (size_t)j], j == n_out - 1 ? '\n' : ' ');
  }
}

static void print(const struct options *o) {
  for (int i = 0; i < N_WORKS; i++) {
    if (!wanted(&works[i], o))
      continue;
    struct data d = make_data(&works[i], o);
    if (o->starts)
      print_starts(&d);
    if (o->data)
      print_data(&d);
    free_data(&d);
  }
}

/* False where it is none, or its number is missing or out of range. */
static bool read_option(struct options *o, int argc, char **argv, int *at) {
  const char *name = argv[*at];
  if (strcmp(name, "--blocks") == 0)
    return o->blocks = true;
  if (strcmp(name, "--json") == 0)
    return o->json = true;
  if (strcmp(name, "--starts") == 0)
    return o->starts = true;
  if (strcmp(name, "--data") == 0)
    return o->data = true;
  const long n = *at + 1 < argc ? atol(argv[++*at]) : 0;
  if (n < 1)
    return false;
  if (strcmp(name, "--rounds") == 0)
    o->n_rounds = (int)n;
  else if (strcmp(name, "--threads") == 0)
    o->n_threads = (int)n;
  else if (strcmp(name, "--runs") == 0)
    o->n_runs = (uint64_t)n;
  else
    return false;
  return o->n_rounds <= MOST_ROUNDS;
}

int main(int argc, char **argv) {
  struct options o = {.n_rounds = 5};
  int at = 1;
  for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++)
    if (!read_option(&o, argc, argv, &at)) {
      fputs("usage: engine-bench [--rounds N] [--threads N] [--blocks] [--runs N] [--json] [--starts] [--data] "
            "[NAME ...]\n",
            stderr);
      return 2;
    }
  o.n_names = argc - at;
  o.names = argv + at;
  if (o.starts || o.data)
    print(&o);
  else
    run(&o);
  return 0;
}

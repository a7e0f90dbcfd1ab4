/* SPDX-License-Identifier: MIT
 * Random jobs. Ordinary numbers mostly; now and then infinities, denormals, huge rates and given start values, so that
 * runs diverge in every way. */
#include "cases.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "functions.h"

/* SplitMix64: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. */
static uint64_t draw(uint64_t *state) {
  uint64_t z = *state += 0x9e3779b97f4a7c15u;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
  z = (z ^ z >> 27) * 0x94d049bb133111ebu;
  return z ^ z >> 31;
}
static int below(uint64_t *state, int n) {
  return (int)(draw(state) % (uint64_t)n);
}
static bool chance(uint64_t *state, int one_in) {
  return below(state, one_in) == 0;
}
static double between(uint64_t *state, double low, double high) {
  return low + (high - low) * ((double)(draw(state) >> 11) * 0x1p-53);
}

static void *room(size_t n, size_t size) {
  void *p = calloc(n ? n : 1, size);
  if (!p)
    abort();
  return p;
}

/* ---- Structures ---- */
static void random_shape(struct lur_shape *s, uint64_t *r, int widest) {
  *s = (struct lur_shape){.n_layers = 1 + below(r, 3)};
  for (int l = 0; l <= s->n_layers; l++)
    s->width[l] = 1 + below(r, widest);
  s->hidden = (enum lur_activation)below(r, LUR_SOFTMAX);
  s->output = (enum lur_activation)below(r, LUR_N_ACTIVATIONS);
  s->bias = !chance(r, 4);
  s->precision = (enum lur_precision)below(r, LUR_N_PRECISIONS);
}

static void random_loop(struct lur_structure *s, uint64_t *r, int most_patterns) {
  static const enum lur_init bias_inits[] = {LUR_INIT_NORMAL, LUR_INIT_UNIFORM, LUR_INIT_ZEROS};
  s->loss = (enum lur_loss)below(r, LUR_N_LOSSES);
  s->optimizer = (enum lur_optimizer)below(r, LUR_N_OPTIMIZERS);
  s->init = (enum lur_init)below(r, LUR_N_INITS);
  s->bias_init = bias_inits[below(r, 3)];
  s->n_patterns = (size_t)(1 + below(r, most_patterns));
  s->n_test = chance(r, 3) ? (size_t)(1 + below(r, 5)) : 0;
  s->batch = chance(r, 2) ? 1 : (size_t)below(r, most_patterns + 3);
  if (lur_optimizers[s->optimizer].reads & LUR_NEEDS_FULL_BATCH)
    s->batch = 0;
  s->shuffle = chance(r, 2);
  s->stops = chance(r, 2) ? (unsigned)below(r, 16) : 0;
  s->metrics = (uint32_t)draw(r) & (LUR_BIT(LUR_M_PENALTY_SUM) - 1);
  if (chance(r, 2))
    s->metrics &= ~(LUR_BIT(LUR_M_LOSS_MIN) | LUR_BIT(LUR_M_LOSS_SUM) | LUR_BIT(LUR_M_TRAINABILITY));
  s->n_curve = chance(r, 3) ? below(r, 7) : 0;
  s->data_per_run = chance(r, 3);
  s->start_given = chance(r, 4);
}

/* Those that blocks train by a fused loop, and their nearest neighbours. */
static void make_small(struct lur_structure *s, uint64_t *r) {
  struct lur_shape *shape = &s->shape;
  shape->n_layers = 1 + below(r, 2);
  shape->width[0] = 1 + below(r, 2);
  shape->width[1] = shape->n_layers > 1 ? 1 + below(r, 5) : 1;
  shape->width[2] = 1;
  shape->hidden = chance(r, 2) ? LUR_SIGMOID : LUR_TANH;
  shape->output = LUR_SIGMOID;
  s->optimizer = LUR_SGD;
  s->batch = 1;
  s->shuffle = s->data_per_run = false;
}

static void random_structure(struct lur_structure *s, uint64_t *r, const struct cases_limits *limits) {
  struct lur_error e;
  do {
    *s = (struct lur_structure){0};
    random_shape(&s->shape, r, limits->widest);
    random_loop(s, r, limits->most_patterns);
    if (chance(r, 6))
      make_small(s, r);
  } while (lur_structure_check(s, &e) != LUR_OK);
}

/* Shortcuts in one job of three that has hidden layers; every other of these gets two such layers more. */
static void add_shortcuts(struct lur_shape *s, uint64_t seed, int widest) {
  uint64_t r = seed ^ 0x73686f7274637574u;
  if (s->n_layers == 1 || !chance(&r, 3))
    return;
  if (chance(&r, 2)) {
    const int outputs = s->width[s->n_layers];
    s->width[s->n_layers++] = 1 + below(&r, widest);
    s->width[s->n_layers++] = 1 + below(&r, widest);
    s->width[s->n_layers] = outputs;
  }
  for (int l = 1; l < s->n_layers; l++)
    s->reads[l] = (chance(&r, 4) ? (1u << l) - 1 : (uint32_t)below(&r, 1 << l)) | 1u << l;
}

/* ---- Functions of the script's own, in one job of three ---- */
static const struct lur_program *random_function_of(struct cases_job *job, enum lur_role role, uint64_t *r) {
  struct lur_program *p = functions_of_seed(role, draw(r) >> 1);
  job->functions[job->n_functions++] = p;
  return p;
}

static void random_functions(struct cases_job *job, uint64_t *r) {
  struct lur_structure *s = &job->structure;
  const int last = s->shape.n_layers - 1;
  if (!chance(r, 3))
    return;
  s->own.n_numbers = FUNCTIONS_NUMBERS;
  s->own.number = functions_numbers;
  for (int l = 0; l <= last; l++)
    if (chance(r, 2))
      s->shape.own[l] = random_function_of(job, LUR_ROLE_ACTIVATION, r);
  if (s->shape.own[last])
    s->shape.output = LUR_LINEAR;
  if (chance(r, 2))
    s->own.loss = random_function_of(job, LUR_ROLE_LOSS, r);
  else if (s->shape.own[last] && s->loss == LUR_CROSS_ENTROPY)
    s->loss = LUR_MSE;
}

/* ---- Numbers ---- */
static double odd_number(uint64_t *r) {
  static const double odd[] = {INFINITY, -INFINITY, 5e-324, -1e-310, 1e300, -1e38, 3e-39, 0.0, -0.0, 1e-45};
  return odd[below(r, sizeof odd / sizeof *odd)];
}

static double random_rate(uint64_t *r) {
  static const double odd[] = {1e300, 5e-324, 0, 1e30, 1e-40, 1e10};
  return chance(r, 12) ? odd[below(r, sizeof odd / sizeof *odd)] : exp(between(r, -6, 2.5));
}

static void random_numbers(struct lur_numbers *n, const struct cases_job *job, uint64_t *r, uint64_t epochs) {
  const struct lur_structure *s = &job->structure;
  n->seed = draw(r);
  for (int l = 0; l < s->shape.n_layers; l++) {
    n->learning_rate[l] = random_rate(r);
    n->init_scale[l] = chance(r, 4) ? between(r, 0, 3) : 1;
  }
  n->momentum = between(r, 0, 0.99);
  n->beta1 = chance(r, 5) ? 0 : between(r, 0, 0.999);
  n->beta2 = between(r, 0, 0.9999);
  n->rho = between(r, 0, 0.999);
  n->epsilon = chance(r, 6) ? 0 : 1e-8;
  n->weight_decay =
      job->no_decay || !(lur_optimizers[s->optimizer].reads & LUR_READS_DECAY) || chance(r, 2) ? 0 : between(r, 0, 0.1);
  n->rprop_grow = between(r, 1, 1.5);
  n->rprop_shrink = between(r, 0.1, 1);
  n->rprop_least = chance(r, 3) ? 0.01 : 1e-6;
  n->rprop_most = chance(r, 3) ? 0.3 : 50;
  for (int k = 0; k < s->own.n_numbers; k++)
    n->own[k] = chance(r, 30) ? odd_number(r) : between(r, -1, 2);
  n->epochs = chance(r, 3) ? epochs : (uint64_t)below(r, (int)epochs + 1);
  n->stop_error = between(r, 0, 0.8);
  n->stop_loss = between(r, 0, 0.6);
  n->stop_accuracy = between(r, 0.4, 1.1);
  n->stop_patience = (uint64_t)(1 + below(r, 6));
  n->stop_every = (uint64_t)(1 + (chance(r, 2) ? below(r, 9) : 0));
}

static double random_target(const struct lur_structure *s, uint64_t *r, int kind, size_t pattern, int k,
                            int n_outputs) {
  if (kind == 0)
    return (int)((pattern * 7 + 3) % (size_t)n_outputs) == k;
  if (kind == 1)
    return below(r, 2);
  return s->loss == LUR_CROSS_ENTROPY ? between(r, 0, 1) : between(r, -2, 2);
}

static void random_patterns(struct lur_patterns *p, double **inputs, double **targets, const struct lur_structure *s,
                            uint64_t *r, size_t n) {
  const int kind = below(r, 3);
  const bool odd = chance(r, 12);
  p->n = n;
  p->n_inputs = s->shape.width[0];
  p->n_outputs = s->shape.width[s->shape.n_layers];
  p->inputs = *inputs = room(n * (size_t)p->n_inputs, sizeof(double));
  p->targets = *targets = room(n * (size_t)p->n_outputs, sizeof(double));
  for (size_t i = 0; i < n * (size_t)p->n_inputs; i++)
    (*inputs)[i] = odd && chance(r, 5) ? odd_number(r) : between(r, -2, 2);
  for (size_t i = 0; i < n; i++)
    for (int k = 0; k < p->n_outputs; k++)
      (*targets)[i * (size_t)p->n_outputs + (size_t)k] = random_target(s, r, kind, i, k, p->n_outputs);
}

/* The metric of penalties is asked for in each other case that has functions. */
static void add_rules(struct cases_job *job, uint64_t seed) {
  uint64_t r = seed ^ UINT32_MAX;
  job->rules = (struct rules){{NULL}};
  if (!chance(&r, 3))
    return;
  rules_add(&job->rules, &job->structure, draw(&r));
  if (chance(&r, 2))
    job->structure.metrics |= LUR_BIT(LUR_M_PENALTY_SUM);
}

/* ---- A validation set, a monitor and restored parameters, in one job of two ---- */
static void random_monitor(struct lur_structure *s, uint64_t *r) {
  s->n_validation = chance(r, 4) ? 0 : (size_t)(1 + below(r, 9));
  s->monitor = (enum lur_monitor)below(r, s->n_validation ? LUR_N_MONITORS : LUR_MONITOR_VALIDATION_LOSS);
  s->restore = chance(r, 2);
  if (chance(r, 2))
    s->stops |= (unsigned)below(r, 8) * LUR_STOP_GL;
  if (chance(r, 2))
    s->metrics |= LUR_BIT(LUR_M_BEST_EPOCH);
  if (s->n_validation && chance(r, 2))
    s->metrics |= LUR_BIT(LUR_M_VALIDATION_LOSS) | LUR_BIT(LUR_M_VALIDATION_ACCURACY);
}

static void random_monitor_numbers(struct lur_numbers *n, uint64_t *r) {
  n->stop_min_delta = chance(r, 2) ? 0 : between(r, 0, 0.05);
  n->stop_gl = between(r, 0, 60);
  n->stop_pq = between(r, 0, 4);
  n->stop_progress = between(r, 0, 12);
}

static void add_monitor(struct cases_job *job, uint64_t seed) {
  uint64_t r = seed * 0x9e3779b97f4a7c15u + 1;
  if (!chance(&r, 2))
    return;
  random_monitor(&job->structure, &r);
  for (uint64_t k = 0; k < job->n_runs; k++) {
    struct cases_run *run = &job->runs[k];
    random_monitor_numbers(&run->numbers, &r);
    if (k > 0 && !job->structure.data_per_run)
      run->numbers.validation = job->runs[0].numbers.validation;
    else if (job->structure.n_validation)
      random_patterns(&run->numbers.validation, &run->validation_inputs, &run->validation_targets, &job->structure, &r,
                      job->structure.n_validation);
  }
}

/* ---- Draws during training, in one job of three ---- */
static void random_noises(struct cases_job *job, uint64_t seed) {
  uint64_t r = seed ^ 0x6e6f697365; /* a stream of its own */
  if (chance(&r, 3))
    job->structure.noises = 1 + (unsigned)below(&r, LUR_NOISE_DROPOUT | LUR_NOISE_INPUTS | LUR_NOISE_WEIGHTS);
  if (job->structure.shape.n_layers == 1)
    job->structure.noises &= ~(unsigned)LUR_NOISE_DROPOUT;
}

static void random_noise_numbers(struct lur_numbers *n, const struct lur_structure *s, uint64_t seed) {
  uint64_t r = seed ^ 0x6e6f69736573;
  const double most = chance(&r, 8) ? 1 : 0.6;
  for (int l = 0; l + 1 < s->shape.n_layers; l++)
    n->dropout[l] = chance(&r, 3) ? 0 : chance(&r, 20) ? 1 - 0x1p-53 : between(&r, 0, most);
  n->input_noise = chance(&r, 20) ? 1e-300 : between(&r, 0, 0.5);
  n->weight_noise = chance(&r, 20) ? 1e300 : between(&r, 0, 0.3);
}

/* How losses are summed up, what becomes of gradients, which parameters stay and what patterns count: drawn in one
 * case of two, each of it in one of two more. */
static void add_training(struct cases_job *job, uint64_t *r) {
  struct lur_structure *s = &job->structure;
  job->frozen = NULL;
  if (!chance(r, 2))
    return;
  if (chance(r, 2))
    s->reduction = s->loss == LUR_MSE && !s->own.loss && chance(r, 2) ? LUR_HALF_SUM : LUR_SUM;
  if (chance(r, 2))
    s->clip = chance(r, 2) ? LUR_CLIP_VALUE : LUR_CLIP_NORM;
  s->spares_biases = chance(r, 2);
  s->weighted = chance(r, 2);
  if (!chance(r, 2))
    return;
  s->frozen_biases = chance(r, 3);
  s->frozen_layers = chance(r, 3) ? (uint32_t)below(r, 8) : 0;
  const int one_in = 1 + below(r, 5);
  if (!chance(r, 2))
    return;
  s->frozen = job->frozen = room(job->n_parameters, sizeof(double));
  for (size_t p = 0; p < job->n_parameters; p++)
    job->frozen[p] = chance(r, one_in);
}

/* What each run's numbers are of that. */
static void set_training(struct cases_job *job, uint64_t k, uint64_t *r) {
  struct cases_run *run = &job->runs[k];
  const struct lur_structure *s = &job->structure;
  run->numbers.clip = exp(between(r, -5, 1));
  if (!s->weighted)
    return;
  if (k > 0 && !s->data_per_run) {
    run->numbers.train.weights = job->runs[0].weights;
    return;
  }
  run->numbers.train.weights = run->weights = room(s->n_patterns, sizeof(double));
  for (size_t i = 0; i < s->n_patterns; i++)
    run->weights[i] = chance(r, 10) ? 0 : between(r, 0, 3);
}

/* In one case of three, what is measured at the end. */
static void add_measures(struct cases_job *job, uint64_t seed) {
  struct lur_structure *s = &job->structure;
  uint64_t r = seed ^ 0x6d656173;
  const uint64_t wish = draw(&r);
  const size_t size[LUR_N_SETS] = {s->n_patterns, s->n_test, s->n_validation};
  for (int m = LUR_M_RMSE; m < LUR_N_METRICS && wish % 3 == 0; m++)
    if (size[lur_metric_set((enum lur_metric)m)] > 0)
      s->metrics |= LUR_BIT(m);
}

static void scale_set(struct lur_patterns *p, const double **given, const double *scale, const double *shift) {
  if (p->n == 0)
    return;
  p->given = *given;
  *given += p->n * (size_t)p->n_outputs;
  p->scale = scale;
  p->shift = shift;
}

/* In one case of four, targets are scaled. What they were before need not fit: nothing is trained by it. */
static void add_scaling(struct cases_job *job, uint64_t seed) {
  struct lur_structure *s = &job->structure;
  uint64_t r = seed ^ 0x7363616c;
  s->scaled = draw(&r) % 4 == 0;
  for (uint64_t k = 0; k < job->n_runs && s->scaled; k++) {
    struct lur_numbers *n = &job->runs[k].numbers, *first = &job->runs[0].numbers;
    const size_t n_outputs = (size_t)n->train.n_outputs;
    if (k > 0 && !s->data_per_run) {
      n->train = first->train;
      n->test = first->test;
      n->validation = first->validation;
      continue;
    }
    const size_t n_all = (n->train.n + n->test.n + n->validation.n) * n_outputs;
    double *x = job->runs[k].scaling = room(n_all + 2 * n_outputs, sizeof(double));
    for (size_t i = 0; i < n_all + 2 * n_outputs; i++)
      x[i] = i >= n_all && i < n_all + n_outputs ? between(&r, 0.1, 20) : between(&r, -5, 5);
    const double *scale = x + n_all, *shift = scale + n_outputs, *given = x;
    scale_set(&n->train, &given, scale, shift);
    scale_set(&n->test, &given, scale, shift);
    scale_set(&n->validation, &given, scale, shift);
  }
}

static void random_run(struct cases_job *job, uint64_t k, uint64_t *r, uint64_t epochs) {
  struct cases_run *run = &job->runs[k];
  const struct lur_structure *s = &job->structure;
  random_numbers(&run->numbers, job, r, epochs);
  if (k == 0 || s->data_per_run) {
    random_patterns(&run->numbers.train, &run->inputs, &run->targets, s, r, s->n_patterns);
    if (s->n_test)
      random_patterns(&run->numbers.test, &run->test_inputs, &run->test_targets, s, r, s->n_test);
  } else {
    run->numbers.train = job->runs[0].numbers.train;
    run->numbers.test = job->runs[0].numbers.test;
  }
  if (!s->start_given || chance(r, 4))
    return;
  run->numbers.start = run->start = room(job->n_parameters, sizeof(double));
  for (size_t p = 0; p < job->n_parameters; p++)
    run->start[p] = chance(r, 3) ? NAN : chance(r, 20) ? odd_number(r) : between(r, -1, 1);
}

void cases_make(struct cases_job *job, uint64_t seed, const struct cases_limits *limits) {
  uint64_t r = seed, functions = ~seed, training = seed ^ (uint64_t)UINT32_MAX << 32;
  random_structure(&job->structure, &r, limits);
  add_shortcuts(&job->structure.shape, seed, limits->widest);
  random_functions(job, &functions);
  add_rules(job, seed);
  random_noises(job, seed);
  job->n_parameters = lur_shape_n_parameters(&job->structure.shape);
  add_training(job, &training);
  job->no_decay = chance(&r, 2);
  job->n_runs = 1 + draw(&r) % limits->n_runs;
  job->runs = room(job->n_runs, sizeof *job->runs);
  for (uint64_t k = 0; k < job->n_runs; k++) {
    random_run(job, k, &r, limits->epochs);
    rules_set_numbers(&job->runs[k].numbers, seed + k);
    random_noise_numbers(&job->runs[k].numbers, &job->structure, seed + k);
    set_training(job, k, &training);
  }
  add_monitor(job, seed);
  add_measures(job, seed);
  add_scaling(job, seed);
}

void cases_free(struct cases_job *job) {
  for (uint64_t k = 0; k < job->n_runs; k++) {
    free(job->runs[k].inputs);
    free(job->runs[k].targets);
    free(job->runs[k].weights);
    free(job->runs[k].test_inputs);
    free(job->runs[k].test_targets);
    free(job->runs[k].validation_inputs);
    free(job->runs[k].validation_targets);
    free(job->runs[k].start);
    free(job->runs[k].scaling);
  }
  free(job->runs);
  free(job->frozen);
  job->frozen = NULL;
  for (int k = 0; k < job->n_functions; k++)
    lur_program_free(job->functions[k]);
  job->n_functions = 0;
  rules_free(&job->rules);
}

void cases_describe(const struct cases_job *job, char *text, size_t n) {
  const struct lur_structure *s = &job->structure;
  int at = snprintf(text, n, "%s", lur_precision_names[s->shape.precision]);
  for (int l = 0; l <= s->shape.n_layers; l++)
    at += snprintf(text + at, n - (size_t)at, "%c%d", l ? '-' : ' ', s->shape.width[l]);
  snprintf(text + at, n - (size_t)at,
           " %s/%s %s %s bias %d patterns %zu test %zu batch %zu shuffle %d stops %u metrics %jx curve %d own data %d "
           "start %d noises %u runs %d validation %zu monitor %s restore %d own functions %d%s%s%s%s%s%s%s"
           " reduction %d clip %d spares biases %d frozen %d weighted %d scaled %d",
           lur_activation_names[s->shape.hidden], lur_activation_names[s->shape.output], lur_loss_names[s->loss],
           lur_optimizer_names[s->optimizer], s->shape.bias, s->n_patterns, s->n_test, s->batch, s->shuffle, s->stops,
           (uintmax_t)s->metrics, s->n_curve, s->data_per_run, s->start_given, s->noises, (int)job->n_runs,
           s->n_validation, lur_monitor_names[s->monitor], s->restore, job->n_functions, s->own.loss ? ", loss" : "",
           s->own.optimizer ? ", rule" : "", s->own.penalty ? ", penalty" : "", s->own.init ? ", start" : "",
           s->own.schedule ? ", schedule" : "", s->own.schedule && s->own.every_update ? " by update" : "",
           lur_shape_has_shortcuts(&s->shape) ? ", shortcuts" : "", s->reduction, s->clip, s->spares_biases,
           s->frozen != NULL, s->weighted, s->scaled);
}

/* SPDX-License-Identifier: MIT
 * One pass over each set that some metric looks at. What it adds up is added pattern by pattern, output by output, in
 * the run's precision: sums and products of floats that are computed in double and rounded are those of floats, as is
 * the root. Errors and the spread of targets are those of the targets as they were given, before any scaling. */
#include "engine/measure.h"

#include <stdlib.h>

#include "base/memory.h"
#include "engine/rounded.h"
#include "engine/rules.h"

/* What the pass over a set adds up. */
struct sums {
  const struct lur_structure *s;
  const struct lur_patterns *p;
  struct lur_right_rule right;
  int n_outputs;
  double *output; /* [n_outputs] of one pattern, as the network has them */
  /* [n_outputs]: of the targets, their squared distances from it, and those of the outputs from the targets; spread is
   * 0 where all targets are equal */
  double *mean, *spread, *missed;
  double squares, sizes;           /* of all errors */
  double weights, right_weights;   /* of the patterns, and of those that are answered rightly */
  int n_classes;                   /* 0: targets are no classes */
  double *hits, *answers, *wanted; /* [n_classes]: patterns of it answered so, all answered so, all patterns of it */
  bool is_lost;                    /* some output is not a number */
  double *room;                    /* of all arrays, and what a pass forward needs */
};

static const enum lur_metric_source sources[LUR_N_SETS] = {LUR_FROM_END, LUR_FROM_TEST_END, LUR_FROM_VALIDATION_END};

static uint64_t asked(const struct lur_structure *s, enum lur_set set) {
  return (s->metrics | lur_metrics_always()) & lur_metrics_of(sources[set]);
}

bool lur_measures(const struct lur_structure *s) {
  return asked(s, LUR_TRAIN) || asked(s, LUR_TEST) || asked(s, LUR_VALIDATION);
}

/* x in the run's precision. */
static double rounded(const struct sums *t, double x) {
  return lur_rounded(t->s->shape.precision, x);
}

static double add(const struct sums *t, double sum, double x) {
  return rounded(t, sum + x);
}

static double square(const struct sums *t, double x) {
  return rounded(t, x * x);
}

/* An output of the network as the targets were given. */
static double unscaled(const struct sums *t, int k, double x) {
  const struct lur_patterns *p = t->p;
  return p->scale ? lur_unscale(t->s->shape.precision, x, p->scale[k], p->shift[k]) : x;
}

static double given(const struct sums *t, size_t i, size_t k) {
  const double *targets = t->p->given ? t->p->given : t->p->targets;
  return rounded(t, targets[i * (size_t)t->n_outputs + k]);
}

/* ---- When a pattern is answered rightly ---- */
static int index_of_largest(const struct sums *t, const double *x) { /* the first of equals */
  int best = 0;
  for (int k = 1; k < t->n_outputs; k++)
    best = x[k] > x[best] ? k : best;
  return best;
}

/* By outputs and targets as they are trained. */
static bool is_right(const struct sums *t, const double *output, const double *target) {
  const double middle = rounded(t, t->right.midpoint);
  const int largest = index_of_largest(t, output);
  bool right = true;
  if (t->right.kind == LUR_RIGHT_ONE_HOT)
    return largest == index_of_largest(t, target) && output[largest] == output[largest];
  for (int k = 0; k < t->n_outputs; k++)
    right = right && (rounded(t, target[k]) > middle ? output[k] > middle : output[k] < middle);
  return right;
}

/* ---- Classes: one an output, or the two sides of a single one ---- */
static int n_classes_of(const struct sums *t) {
  if (t->right.kind == LUR_RIGHT_ONE_HOT)
    return t->n_outputs;
  return t->right.kind == LUR_RIGHT_SIDES && t->n_outputs == 1 ? 2 : 0;
}

/* -1: a single output in the middle answers neither. */
static int class_of(const struct sums *t, const double *x) {
  const double middle = rounded(t, t->right.midpoint);
  if (t->right.kind == LUR_RIGHT_ONE_HOT)
    return index_of_largest(t, x);
  return x[0] > middle ? 1 : x[0] < middle ? 0 : -1;
}

/* By outputs and targets as they are trained. */
static void take_class(struct sums *t, const double *target) {
  const int wanted = class_of(t, target), answer = class_of(t, t->output);
  for (int k = 0; k < t->n_outputs; k++)
    t->is_lost = t->is_lost || t->output[k] != t->output[k];
  if (wanted >= 0)
    t->wanted[wanted]++;
  if (answer >= 0)
    t->answers[answer]++;
  if (answer >= 0 && answer == wanted)
    t->hits[answer]++;
}

/* ---- The pass ---- */
/* mean and spread: two passes over the targets. */
static void look_at_targets(struct sums *t) {
  const size_t n = t->p->n;
  for (size_t k = 0; k < (size_t)t->n_outputs; k++) {
    double sum = 0;
    bool differ = false;
    for (size_t i = 0; i < n; i++) {
      sum = add(t, sum, given(t, i, k));
      differ = differ || given(t, i, k) != given(t, 0, k);
    }
    t->mean[k] = rounded(t, sum / rounded(t, (double)n));
    for (size_t i = 0; i < n && differ; i++)
      t->spread[k] = add(t, t->spread[k], square(t, rounded(t, given(t, i, k) - t->mean[k])));
  }
}

static void take_errors(struct sums *t, size_t i) {
  for (int k = 0; k < t->n_outputs; k++) {
    const double error = rounded(t, given(t, i, (size_t)k) - unscaled(t, k, t->output[k])), e2 = square(t, error);
    t->squares = add(t, t->squares, e2);
    t->sizes = add(t, t->sizes, fabs(error));
    t->missed[k] = add(t, t->missed[k], e2);
  }
}

static void take_pattern(struct sums *t, size_t i) {
  const double *target = t->p->targets + i * (size_t)t->n_outputs;
  const double weight = t->p->weights ? rounded(t, t->p->weights[i]) : 1;
  t->weights = add(t, t->weights, weight);
  if (is_right(t, t->output, target))
    t->right_weights = add(t, t->right_weights, weight);
  if (t->n_classes > 0)
    take_class(t, target);
  take_errors(t, i);
}

static bool cancelled(const struct lur_measured *m) {
  bool is = false;
  for (int i = 0; i < 2; i++)
    is = is || (m->cancel[i] && atomic_load_explicit(m->cancel[i], memory_order_relaxed));
  return is;
}

/* False where it was cancelled. */
static bool pass(const struct lur_measured *m, const struct lur_shape *shape, struct sums *t, double *work) {
  look_at_targets(t);
  for (size_t i = 0; i < t->p->n; i++) {
    if (cancelled(m))
      return false;
    m->reference->forward(shape, m->parameters, t->p->inputs + i * (size_t)t->p->n_inputs, work, t->output);
    take_pattern(t, i);
  }
  return true;
}

/* ---- What is made of it ---- */
/* measure_WHAT: what the list of metrics names. */
static double n_errors(const struct sums *t) {
  return rounded(t, (double)t->p->n * (double)t->n_outputs);
}
static double measure_RMSE(const struct sums *t) {
  return rounded(t, sqrt(rounded(t, t->squares / n_errors(t))));
}
static double measure_MAE(const struct sums *t) {
  return rounded(t, t->sizes / n_errors(t));
}
static double measure_R2(const struct sums *t) {
  double sum = 0;
  for (int k = 0; k < t->n_outputs; k++) {
    const double share = t->spread[k] > 0 ? rounded(t, t->missed[k] / t->spread[k]) : (double)NAN;
    sum = add(t, sum, rounded(t, 1 - share));
  }
  return rounded(t, sum / t->n_outputs);
}
static double measure_WEIGHTED_ACCURACY(const struct sums *t) {
  return t->right.kind == LUR_RIGHT_NEVER ? (double)NAN : rounded(t, t->right_weights / t->weights);
}

/* The mean over the classes that occur in targets or answers of hits over a whole; a class without a whole counts 0. No
 * value where an output is not a number, or targets are no classes (0 / 0). */
static double macro(const struct sums *t, double (*whole)(const struct sums *t, int c)) {
  double sum = 0, n = 0;
  for (int c = 0; c < t->n_classes; c++) {
    const double all = whole(t, c);
    n += t->wanted[c] + t->answers[c] > 0;
    sum = add(t, sum, all > 0 ? rounded(t, t->hits[c] / all) : 0);
  }
  return t->is_lost ? (double)NAN : rounded(t, sum / n);
}
static double answers_of(const struct sums *t, int c) {
  return t->answers[c];
}
static double wanted_of(const struct sums *t, int c) {
  return t->wanted[c];
}
static double both_of(const struct sums *t, int c) {
  return (t->answers[c] + t->wanted[c]) / 2;
}
static double measure_PRECISION(const struct sums *t) {
  return macro(t, answers_of);
}
static double measure_RECALL(const struct sums *t) {
  return macro(t, wanted_of);
}
static double measure_F1(const struct sums *t) {
  return macro(t, both_of);
}

typedef double measure(const struct sums *t);
#define OF_PASS(what) NULL
#define OF_TEST(what) NULL
#define OF_VALIDATION(what) NULL
#define OF_MONITOR(what) NULL
#define OF_EPOCHS(what) NULL
#define OF_PARAMETERS(what) NULL
#define OF_END(what) measure_##what
#define OF_TEST_END(what) measure_##what
#define OF_VALIDATION_END(what) measure_##what
#define ENTRY(ID, name, made_of, what, ...) [LUR_M_##ID] = OF_##made_of(what),
static measure *const measures[LUR_N_METRICS] = {LUR_METRICS(ENTRY)};
#undef ENTRY

static int sums_init(struct sums *t, const struct lur_measured *m, const struct lur_patterns *p, struct lur_error *e) {
  const struct lur_shape *shape = &m->structure->shape;
  const size_t n = (size_t)shape->width[shape->n_layers];
  *t = (struct sums){.s = m->structure,
                     .p = p,
                     .right = lur_right_rule_of(&m->numbers->train),
                     .n_outputs = (int)n,
                     .room = lur_alloc(7 * n + 3 + lur_shape_n_work(shape), sizeof(double))};
  if (!t->room)
    return lur_fail_memory(e);
  t->output = t->room;
  t->mean = t->room + n;
  t->spread = t->room + 2 * n;
  t->missed = t->room + 3 * n;
  t->hits = t->room + 4 * n; /* two classes at least */
  t->answers = t->hits + n + 1;
  t->wanted = t->answers + n + 1;
  t->n_classes = n_classes_of(t);
  return LUR_OK;
}

static int measure_set(const struct lur_measured *m, const struct lur_shape *shape, const struct lur_patterns *p,
                       uint64_t metrics, double *metric, struct lur_error *e) {
  struct sums t;
  int code = sums_init(&t, m, p, e);
  if (code == LUR_OK && !pass(m, shape, &t, t.room + 7 * (size_t)t.n_outputs + 3))
    code = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  for (uint64_t left = code == LUR_OK ? metrics : 0; left; left &= left - 1) {
    const int k = __builtin_ctzll(left);
    metric[k] = lur_metric_value(measures[k](&t));
  }
  free(t.room);
  return code;
}

/* Puts copies of functions that are activations into the shape, in which the run's numbers stand. */
static int bind(const struct lur_measured *m, struct lur_shape *shape, struct lur_error *e) {
  const struct lur_shape *from = &m->structure->shape;
  const char *name[LUR_MOST_NAMES];
  double number[LUR_MOST_NAMES];
  const int n = lur_own_names(&m->structure->own, name);
  int code = LUR_OK;
  lur_own_numbers(&m->structure->own, m->numbers, number);
  *shape = *from;
  for (int l = 0; l < from->n_layers; l++)
    if (from->own[l] && !(shape->own[l] = lur_program_bind(from->own[l], n, name, number)))
      code = lur_fail_memory(e);
  return code;
}

int lur_measure(const struct lur_measured *m, double metric[LUR_N_METRICS], struct lur_error *e) {
  const struct lur_patterns *const set[LUR_N_SETS] = {&m->numbers->train, &m->numbers->test, &m->numbers->validation};
  struct lur_shape shape;
  int code = bind(m, &shape, e);
  for (int k = 0; k < LUR_N_SETS && code == LUR_OK; k++) {
    const uint64_t metrics = asked(m->structure, (enum lur_set)k);
    if (metrics && set[k]->n > 0)
      code = measure_set(m, &shape, set[k], metrics, metric, e);
  }
  for (int l = 0; l < shape.n_layers; l++)
    lur_program_free((struct lur_program *)shape.own[l]);
  return code;
}

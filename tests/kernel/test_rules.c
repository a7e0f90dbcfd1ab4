/* SPDX-License-Identifier: MIT
 * Rules of a script's own beside the built-in ones that they write out, in every form and instruction set of this
 * machine: sgd, momentum, nesterov and adagrad bit for bit (momentum's but for the sign of a zero, for its buffer
 * starts as +0), rmsprop so in double, and adam to 1e-12, for its powers are made by ^. In single precision 1 - rho
 * and adam's numbers are rounded at other places: 1e-5. A schedule that gives 1 changes nothing; one that gives 1/2 is
 * half the rate. A penalty w^2/2 times k adds what weight decay k does, to weights alone. A start drawn as `uniform`
 * is `uniform`. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rules.h"

enum { N_RUNS = 13, N_PATTERNS = 9, N_INPUTS = 5, N_OUTPUTS = 3, MOST_PARAMETERS = 6 * 7 + 8 * 3 };

struct setting {
  struct lur_structure structure;
  double inputs[N_PATTERNS * N_INPUTS], targets[N_PATTERNS * N_OUTPUTS];
  double rate_factor, weight_decay, slope;
};
struct results {
  const struct setting *setting;
  double parameters[N_RUNS][MOST_PARAMETERS];
  size_t n_parameters;
};

static void numbers(void *context, uint64_t k, struct lur_numbers *n) {
  const struct setting *s = ((const struct results *)context)->setting;
  *n = (struct lur_numbers){
      .seed = k / 2 + 1, .epochs = 5, .stop_every = 1, .momentum = 0.8, .beta1 = 0.9 - (double)k / 50};
  rules_set_numbers(n, k);
  n->own[0] = s->slope;
  n->beta2 = 0.99;
  n->rho = 0.9;
  n->epsilon = 1e-8;
  n->weight_decay = s->weight_decay;
  for (int l = 0; l < 2; l++) {
    n->learning_rate[l] = s->rate_factor * (0.01 + 0.02 * (double)l + 0.001 * (double)k);
    n->init_scale[l] = 1;
  }
  n->train = (struct lur_patterns){
      .n = N_PATTERNS, .n_inputs = N_INPUTS, .n_outputs = N_OUTPUTS, .inputs = s->inputs, .targets = s->targets};
}

static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct results *r = context;
  memcpy(r->parameters[k], o->parameters, r->n_parameters * sizeof(double));
  return 0;
}

static void train(const struct setting *s, struct lur_pool *pool, struct results *r) {
  const struct lur_job job = {.structure = &s->structure,
                              .n_runs = N_RUNS,
                              .want_parameters = true,
                              .context = r,
                              .numbers = numbers,
                              .done = done};
  struct lur_error e;
  r->setting = s;
  r->n_parameters = lur_shape_n_parameters(&s->structure.shape);
  if (lur_structure_check(&s->structure, &e) != LUR_OK || lur_pool_train(pool, &job, NULL, &e) != LUR_OK) {
    printf("# %s\n", e.text);
    abort();
  }
}

/* The largest difference of two parameters, in units of the larger, or of 1 where both are smaller. */
static double difference(const struct results *a, const struct results *b) {
  double most = 0;
  for (int k = 0; k < N_RUNS; k++)
    for (size_t p = 0; p < a->n_parameters; p++) {
      const double x = a->parameters[k][p], y = b->parameters[k][p], size = fmax(1, fmax(fabs(x), fabs(y)));
      if (!(x == y || (x != x && y != y)))
        most = fmax(most, fabs(x - y) / size);
    }
  return most;
}

static void set_up(struct setting *s, enum lur_precision precision, size_t batch) {
  *s = (struct setting){.structure = {.shape = {.n_layers = 2,
                                                .width = {N_INPUTS, 7, N_OUTPUTS},
                                                .hidden = LUR_TANH,
                                                .output = LUR_SIGMOID,
                                                .bias = true,
                                                .precision = precision},
                                      .loss = LUR_MSE,
                                      .n_patterns = N_PATTERNS,
                                      .batch = batch,
                                      .shuffle = true},
                        .rate_factor = 1};
  for (uint64_t i = 0; i < N_PATTERNS * N_INPUTS; i++)
    s->inputs[i] = lur_draw_normal(1, i, 0, LUR_DRAW_DATA);
  for (uint64_t i = 0; i < N_PATTERNS * N_OUTPUTS; i++)
    s->targets[i] = lur_draw_uniform(1, i, 1, LUR_DRAW_DATA);
  rules_name_numbers(&s->structure);
}

/* What the two may differ by. */
static double bound(enum lur_optimizer o, enum lur_precision precision) {
  const bool by_other_numbers = o == LUR_ADAM || (o == LUR_RMSPROP && precision == LUR_SINGLE);
  return !by_other_numbers ? 0 : precision == LUR_SINGLE ? 1e-5 : 1e-12;
}

struct tally {
  int n, n_failed;
};
static void expect(struct tally *t, const struct results *a, const struct results *b, double most, const char *what,
                   const char *where) {
  const double found = difference(a, b);
  t->n++;
  if (found <= most)
    return;
  t->n_failed++;
  printf("# %s, %s: %g, at most %g\n", what, where, found, most);
}

static void check_rules(struct tally *t, struct lur_pool *pool, enum lur_precision precision, size_t batch,
                        const char *where) {
  static struct results ours, theirs;
  for (int k = 0; k < N_WRITTEN; k++) {
    struct setting s;
    set_up(&s, precision, batch);
    s.weight_decay = k % 2 ? 0.01 : 0;
    s.structure.optimizer = written_rules[k].same_as;
    train(&s, pool, &theirs);
    struct lur_program *p = rules_read(written_rules[k].text);
    s.structure.own.optimizer = p;
    s.structure.optimizer = LUR_SGD;
    train(&s, pool, &ours);
    expect(t, &ours, &theirs, bound(written_rules[k].same_as, precision), lur_optimizer_names[written_rules[k].same_as],
           where);
    lur_program_free(p);
  }
}

static void check_schedules(struct tally *t, struct lur_pool *pool, enum lur_precision precision, size_t batch,
                            const char *where) {
  static struct results ours, theirs;
  struct lur_program *half = rules_read("schedule\nreturn 0x1p-1\n");
  for (int every = 0; every < 2; every++) {
    struct setting s;
    set_up(&s, precision, batch);
    s.structure.optimizer = LUR_ADAM;
    s.rate_factor = 0.5;
    train(&s, pool, &theirs);
    s.rate_factor = 1;
    s.structure.own.schedule = half;
    s.structure.own.every_update = every;
    train(&s, pool, &ours);
    expect(t, &ours, &theirs, 0, "schedule of 1/2", where);
  }
  lur_program_free(half);
}

/* k w^2 / 2 pulls by k w: as weight decay, but rounded twice. Without biases, decay has weights alone to change. */
static void check_penalty(struct tally *t, struct lur_pool *pool, enum lur_precision precision, size_t batch,
                          const char *where) {
  static struct results ours, theirs;
  struct lur_program *p = rules_read("penalty\nt1 = mul p.slope w\nt2 = mul 0x1p-1 w\nt3 = mul t1 t2\nreturn t3\n");
  struct setting s;
  set_up(&s, precision, batch);
  s.structure.shape.bias = false;
  s.structure.optimizer = LUR_RMSPROP;
  s.weight_decay = 0.25;
  train(&s, pool, &theirs);
  s.weight_decay = 0;
  s.slope = 0.25;
  s.structure.own.penalty = p;
  train(&s, pool, &ours);
  expect(t, &ours, &theirs, precision == LUR_SINGLE ? 1e-4 : 1e-12, "penalty", where);
  lur_program_free(p);
}

static void check_starts(struct tally *t, struct lur_pool *pool, enum lur_precision precision, const char *where) {
  static struct results ours, theirs;
  struct lur_program *p = rules_read("init\nt1 = mul 0x1p+1 u1\nt2 = add -0x1p+0 t1\nreturn t2\n");
  struct setting s;
  set_up(&s, precision, 1);
  s.structure.init = s.structure.bias_init = LUR_INIT_UNIFORM;
  train(&s, pool, &theirs);
  s.structure.own.init = p;
  s.structure.own.init_biases = true;
  s.structure.init = LUR_INIT_ZEROS;
  train(&s, pool, &ours);
  expect(t, &ours, &theirs, 0, "start as uniform", where);
  lur_program_free(p);
}

static void check_all(struct tally *t, struct lur_pool *pool, const char *isa, const char *form) {
  static const size_t batches[] = {1, 4, 0};
  for (int precision = 0; precision < LUR_N_PRECISIONS; precision++)
    for (int k = 0; k < 3; k++) {
      char where[80];
      snprintf(where, sizeof where, "%s %s %s, batch %zu", isa, form, lur_precision_names[precision], batches[k]);
      check_rules(t, pool, (enum lur_precision)precision, batches[k], where);
      check_schedules(t, pool, (enum lur_precision)precision, batches[k], where);
      check_penalty(t, pool, (enum lur_precision)precision, batches[k], where);
      check_starts(t, pool, (enum lur_precision)precision, where);
    }
}

/* rprop finds its steps itself. */
static void check_refusal(struct tally *t) {
  struct lur_program *half = rules_read("schedule\nreturn 0x1p-1\n");
  struct setting s;
  struct lur_error e;
  set_up(&s, LUR_DOUBLE, 0);
  s.structure.optimizer = LUR_RPROP;
  s.structure.own.schedule = half;
  t->n++;
  if (lur_structure_check(&s.structure, &e) != LUR_EINPUT || strcmp(e.field, "schedule") != 0)
    t->n_failed++;
  lur_program_free(half);
}

int main(void) {
  static const char *const isas[] = {"sse2", "avx2", "avx512", "neon", "scalar"};
  static const char *const forms[] = {"blocks", "tiles", "units"};
  struct lur_pool *pool = lur_pool_new(2, NULL);
  struct tally t = {0};
  for (size_t i = 0; i < sizeof isas / sizeof *isas; i++)
    for (int f = 0; f < 3; f++) {
      setenv("LURON_ISA", isas[i], 1);
      setenv("LURON_FORM", forms[f], 1);
      if (lur_isa_name(NULL))
        check_all(&t, pool, isas[i], forms[f]);
    }
  check_refusal(&t);
  lur_pool_free(pool);
  printf("# %d comparisons, %d failed\n%s - rules of a script's own equal the built-in ones\n", t.n, t.n_failed,
         t.n_failed ? "not ok 1" : "ok 1");
  return t.n_failed || t.n == 0;
}

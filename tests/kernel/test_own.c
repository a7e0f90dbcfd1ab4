/* SPDX-License-Identifier: MIT
 * Functions of the script's own that are built-in ones written once more give the built-in ones' bits: activations as
 * one operation each, and the mean squared error from its operations. Over random jobs, by every kernel form of the
 * widest instruction set and by the reference kernel. And what is refused.
 *
 *     test_own [JOBS [FIRST_SEED]] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"
#include "functions.h"

/* A built-in activation, and the same written by a script. */
static const struct {
  enum lur_activation f;
  const char *text;
} pairs[] = {
    {LUR_SIGMOID, "activation\nt1 = sigmoid z\nreturn t1\n"},
    {LUR_TANH, "activation\nt1 = tanh z\nreturn t1\n"},
    {LUR_RELU, "activation\nt1 = relu z\nreturn t1\n"},
    {LUR_LEAKY_RELU, "activation\nt1 = leaky_relu z\nreturn t1\n"},
    {LUR_SOFTPLUS, "activation\nt1 = softplus z\nreturn t1\n"},
    {LUR_STEP, "activation\nt1 = step z\nreturn t1 0x1p+0\n"},
    {LUR_LINEAR, "activation\nreturn z\n"},
};
enum { N_PAIRS = sizeof pairs / sizeof *pairs };
static const char mse[] = "loss\nt1 = sub o t\nt2 = mul t1 t1\nreturn t2\n";

struct check {
  const struct cases_job *job;
  size_t size; /* of a run's numbers */
  double *all;
};

static void numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct check *c = context;
  *out = c->job->runs[k].numbers;
}

/* Metrics, status, epochs, parameters and curve, one after the other. */
static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  const struct check *c = context;
  double *to = c->all + k * c->size;
  memcpy(to, o->metric, sizeof o->metric);
  to[LUR_N_METRICS] = o->status;
  to[LUR_N_METRICS + 1] = (double)o->epochs;
  memcpy(to + LUR_N_METRICS + 2, o->parameters, c->job->n_parameters * sizeof *to);
  if (o->n_curve)
    memcpy(to + LUR_N_METRICS + 2 + c->job->n_parameters, o->curve, (size_t)o->n_curve * sizeof *to);
  return 0;
}

static double *train(struct lur_pool *pool, const struct cases_job *job, const struct lur_structure *s) {
  struct check c = {job, LUR_N_METRICS + 2 + job->n_parameters + (size_t)s->n_curve, NULL};
  const struct lur_job all = {
      .structure = s, .n_runs = job->n_runs, .want_parameters = true, .context = &c, .numbers = numbers, .done = done};
  struct lur_error e = {0};
  c.all = calloc(c.size * job->n_runs, sizeof(double));
  if (!c.all || lur_pool_train(pool, &all, NULL, &e) != LUR_OK) {
    fprintf(stderr, "%s\n", e.text);
    abort();
  }
  return c.all;
}

/* The job's structure with functions in place of all that they can be in place of. */
static struct lur_structure rewritten(const struct cases_job *job, struct lur_program *const *programs,
                                      const struct lur_program *loss) {
  struct lur_structure s = job->structure;
  for (int l = 0; l < s.shape.n_layers; l++) {
    const bool last = l == s.shape.n_layers - 1;
    const enum lur_activation f = last ? s.shape.output : s.shape.hidden;
    for (int i = 0; i < N_PAIRS; i++)
      if (pairs[i].f == f && !(last && s.loss == LUR_CROSS_ENTROPY))
        s.shape.own[l] = programs[i];
    if (s.shape.own[l] && last)
      s.shape.output = LUR_LINEAR;
  }
  if (s.loss == LUR_MSE && s.reduction != LUR_HALF_SUM) /* which functions have not */
    s.own.loss = loss;
  s.metrics &= ~LUR_BIT(LUR_M_CROSS_ENTROPY); /* which looks at what the output activation is called */
  return s;
}

static int compare(struct lur_pool *pool, const struct cases_job *job, const struct lur_structure *own, uint64_t seed,
                   int *n) {
  static const char *const forms[] = {"scalar", "blocks", "tiles", "units"};
  struct lur_structure built_in = job->structure;
  int n_failed = 0;
  built_in.metrics = own->metrics;
  for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
    if (f == 0)
      setenv("LURON_ISA", "scalar", 1);
    else
      unsetenv("LURON_ISA");
    setenv("LURON_FORM", f > 0 ? forms[f] : "", 1);
    double *a = train(pool, job, &built_in), *b = train(pool, job, own);
    const size_t size = LUR_N_METRICS + 2 + job->n_parameters + (size_t)built_in.n_curve;
    if (memcmp(a, b, size * job->n_runs * sizeof *a) != 0) {
      char text[400];
      cases_describe(job, text, sizeof text);
      printf("# seed %llu, %s: %s\n", (unsigned long long)seed, forms[f], text);
      n_failed++;
    }
    free(a);
    free(b);
    ++*n;
  }
  return n_failed;
}

static int compare_all(struct lur_pool *pool, uint64_t n, uint64_t first) {
  const struct cases_limits limits = {.widest = 9, .most_patterns = 40, .n_runs = 20, .epochs = 20};
  struct lur_program *programs[N_PAIRS], *loss = functions_read(mse);
  int n_failed = 0, n_compared = 0;
  for (int i = 0; i < N_PAIRS; i++)
    programs[i] = functions_read(pairs[i].text);
  for (uint64_t seed = first; seed < first + n && n_failed < 20; seed++) {
    struct cases_job job = {0};
    cases_make(&job, seed, &limits);
    if (job.n_functions == 0) {
      const struct lur_structure own = rewritten(&job, programs, loss);
      n_failed += compare(pool, &job, &own, seed, &n_compared);
    }
    cases_free(&job);
  }
  for (int i = 0; i < N_PAIRS; i++)
    lur_program_free(programs[i]);
  lur_program_free(loss);
  printf("# %d comparisons, %d failed\n%s 1 - built-in functions written once more give the same bits\n", n_compared,
         n_failed, n_failed || n_compared == 0 ? "not ok" : "ok");
  return n_failed || n_compared == 0;
}

/* ---- One pattern, forward ---- */
static int forward(void) {
  struct lur_program *p = functions_read("activation\nt1 = mul p.slope z\nt2 = tanh t1\nreturn t2\n");
  const char *const name = "slope";
  const double slope = 1;
  struct lur_program *bound = lur_program_bind(p, 1, &name, &slope);
  struct lur_shape s = {.n_layers = 3, .width = {3, 5, 4, 2}, .hidden = LUR_TANH, .output = LUR_LINEAR, .bias = true};
  const double input[3] = {0.3, -1.5, 2}, scale[3] = {1, 1, 1};
  double parameters[64], work[16], built_in[2], own[2];
  int n_failed = bound == NULL;
  for (int precision = 0; bound && precision < LUR_N_PRECISIONS; precision++) {
    s.precision = (enum lur_precision)precision;
    const struct lur_starts from = {.init = LUR_INIT_NORMAL, .bias_init = LUR_INIT_NORMAL};
    lur_draw_parameters(&s, &from, 7, scale, parameters);
    s.own[1] = NULL;
    lur_forward(&s, parameters, input, work, built_in);
    s.own[1] = bound;
    lur_forward(&s, parameters, input, work, own);
    n_failed += memcmp(built_in, own, sizeof own) != 0;
  }
  lur_program_free(p);
  lur_program_free(bound);
  printf("%s 2 - so does a network that is only looked at\n", n_failed ? "not ok" : "ok");
  return n_failed;
}

/* ---- Refusals ---- */
static bool says(const char *what, int code, const struct lur_error *e, const char *field, const char *text) {
  if (code == LUR_EINPUT && strcmp(e->field, field) == 0 && strstr(e->text, text))
    return true;
  printf("# %s: %d, %s: %s\n", what, code, e->field, e->text);
  return false;
}

static int refusals(void) {
  struct lur_program *p = functions_read("activation\nt1 = mul p.slope z\nreturn t1\n");
  const double inputs[2] = {0, 1}, targets[2] = {0, 1};
  const struct lur_patterns patterns = {.n = 2, .n_inputs = 1, .n_outputs = 1, .inputs = inputs, .targets = targets};
  struct lur_structure s = {.shape = {.n_layers = 1, .width = {1, 1}, .output = LUR_LINEAR, .own = {p}},
                            .loss = LUR_CROSS_ENTROPY,
                            .n_patterns = 2};
  const struct lur_numbers numbers_of = {.train = patterns, .stop_every = 1, .epochs = 2};
  struct lur_outcome o = {0};
  struct lur_error e = {0};
  bool good = says("cross-entropy", lur_structure_check(&s, &e), &e, "loss", "output_activation is a function");
  s.loss = LUR_MSE;
  for (int scalar = 0; scalar < 2; scalar++) {
    if (scalar)
      setenv("LURON_ISA", "scalar", 1);
    else
      unsetenv("LURON_ISA");
    setenv("LURON_FORM", "blocks", 1);
    good &= says("a number", lur_train(&s, &numbers_of, NULL, NULL, &o, &e), &e, "activation", "the number slope");
  }
  lur_program_free(p);
  printf("%s 3 - what cannot be trained is refused\n", good ? "ok" : "not ok");
  return !good;
}

int main(int argc, char **argv) {
  const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 100, first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  struct lur_pool *pool = lur_pool_new(2, NULL);
  if (!pool)
    return 1;
  const int n_failed = compare_all(pool, n, first) + forward() + refusals();
  lur_pool_free(pool);
  return n_failed > 0;
}

/* SPDX-License-Identifier: MIT
 * Every kernel that this machine has against the reference kernel, over random jobs: statuses, epochs, metrics, curves
 * and parameters, bit for bit, for each instruction set and several numbers of threads. Random numbers of runs fill
 * blocks in every way, random epochs and stops refill lanes in every order.
 *
 * SSE2 has no fused multiply-add and asks the C library for each, some 25 times slower: it takes every sixth job, and
 * all of them where it is named.
 *
 *     test_kernels [JOBS [FIRST_SEED [ISA]]] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

struct result {
  struct lur_outcome outcome;
  int n_times; /* done was called for it */
  double *parameters, *curve, *validation_curve;
};

struct check {
  const struct cases_job *job;
  struct result *results;
};

static struct result *results_new(const struct cases_job *job) {
  struct result *r = calloc(job->n_runs, sizeof *r);
  const size_t size = job->n_parameters + 2 * (size_t)job->structure.n_curve;
  for (uint64_t k = 0; r && k < job->n_runs; k++) {
    r[k].parameters = calloc(size, sizeof(double));
    if (!r[k].parameters)
      abort();
    r[k].curve = r[k].parameters + job->n_parameters;
    r[k].validation_curve = r[k].curve + job->structure.n_curve;
  }
  if (!r)
    abort();
  return r;
}

static void results_free(struct result *r, uint64_t n) {
  for (uint64_t k = 0; k < n; k++)
    free(r[k].parameters);
  free(r);
}

static void numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct check *c = context;
  *out = c->job->runs[k].numbers;
}

static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  struct check *c = context;
  struct result *r = &c->results[k];
  r->outcome = *o;
  r->n_times++;
  memcpy(r->parameters, o->parameters, c->job->n_parameters * sizeof(double));
  if (o->n_curve)
    memcpy(r->curve, o->curve, (size_t)o->n_curve * sizeof(double));
  if (o->n_curve && o->validation_curve)
    memcpy(r->validation_curve, o->validation_curve, (size_t)o->n_curve * sizeof(double));
  return 0;
}

static void train_reference(const struct cases_job *job, struct result *results) {
  setenv("LURON_ISA", "scalar", 1);
  for (uint64_t k = 0; k < job->n_runs; k++) {
    struct result *r = &results[k];
    struct lur_error e;
    r->outcome =
        (struct lur_outcome){.parameters = r->parameters, .curve = r->curve, .validation_curve = r->validation_curve};
    if (lur_train(&job->structure, &job->runs[k].numbers, NULL, NULL, &r->outcome, &e) != LUR_OK)
      abort();
  }
}

/* What differs, or NULL. */
static const char *difference(const struct cases_job *job, const struct result *a, const struct result *b) {
  static char text[200];
  if (b->n_times != 1)
    return "not called once";
  if (a->outcome.status != b->outcome.status)
    return "status";
  if (a->outcome.epochs != b->outcome.epochs)
    return "epochs";
  if (a->outcome.n_curve != b->outcome.n_curve)
    return "points of the curve";
  if (memcmp(a->curve, b->curve, (size_t)a->outcome.n_curve * sizeof(double)) != 0)
    return "curve";
  if (memcmp(a->validation_curve, b->validation_curve, (size_t)a->outcome.n_curve * sizeof(double)) != 0)
    return "curve of the validation set";
  for (size_t p = 0; p < job->n_parameters; p++)
    if (memcmp(&a->parameters[p], &b->parameters[p], sizeof(double)) != 0) {
      snprintf(text, sizeof text, "parameter %zu: %a, not %a", p, b->parameters[p], a->parameters[p]);
      return text;
    }
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (memcmp(&a->outcome.metric[m], &b->outcome.metric[m], sizeof(double)) != 0) {
      snprintf(text, sizeof text, "%s: %a, not %a", lur_metric_names[m], b->outcome.metric[m], a->outcome.metric[m]);
      return text;
    }
  return NULL;
}

/* Trains the job on a pool and compares; true where all is equal. */
static bool equal_on(struct lur_pool *pool, const struct cases_job *job, const struct result *expected,
                     const char *what, uint64_t seed) {
  struct check check = {job, results_new(job)};
  const struct lur_job lur_job = {.structure = &job->structure,
                                  .n_runs = job->n_runs,
                                  .want_parameters = true,
                                  .context = &check,
                                  .numbers = numbers,
                                  .done = done};
  struct lur_error e = {0};
  bool equal = lur_pool_train(pool, &lur_job, NULL, &e) == LUR_OK;
  if (!equal)
    printf("# seed %llu, %s: %s\n", (unsigned long long)seed, what, e.text);
  for (uint64_t k = 0; equal && k < job->n_runs; k++) {
    const char *differs = difference(job, &expected[k], &check.results[k]);
    if (!differs)
      continue;
    char text[400];
    cases_describe(job, text, sizeof text);
    printf("# seed %llu, %s, run %llu (%s after %llu epochs): %s\n#   %s\n", (unsigned long long)seed, what,
           (unsigned long long)k, lur_status_names[expected[k].outcome.status],
           (unsigned long long)expected[k].outcome.epochs, differs, text);
    equal = false;
  }
  results_free(check.results, job->n_runs);
  return equal;
}

/* Whether the job is compared on this instruction set. */
static bool takes(const char *isa, const char *only, uint64_t seed) {
  if (only)
    return strcmp(only, isa) == 0;
  return strcmp(isa, "sse2") != 0 || seed % 6 == 0;
}

struct tally {
  int n_jobs, n_failed, n_by_status[LUR_N_STATUSES];
};

static void one_job(struct tally *t, struct lur_pool *const *pools, int n_pools, const char *only, uint64_t seed,
                    const struct cases_limits *limits) {
  static const char *const isas[] = {"sse2", "avx2", "avx512", "neon", "scalar"};
  static const char *const forms[] = {"blocks", "tiles", "units"};
  struct cases_job job = {0};
  cases_make(&job, seed, limits);
  struct result *expected = results_new(&job);
  train_reference(&job, expected);
  for (uint64_t k = 0; k < job.n_runs; k++)
    t->n_by_status[expected[k].outcome.status]++;
  for (size_t i = 0; i < sizeof isas / sizeof *isas; i++) {
    if (!takes(isas[i], only, seed))
      continue;
    setenv("LURON_ISA", isas[i], 1);
    if (!lur_isa_name(NULL))
      continue;
    for (int f = 0; f < 3; f++) {
      char what[32];
      snprintf(what, sizeof what, "%s %s", isas[i], forms[f]);
      setenv("LURON_FORM", forms[f], 1);
      t->n_jobs++;
      if (!equal_on(pools[seed % (uint64_t)n_pools], &job, expected, what, seed))
        t->n_failed++;
    }
  }
  results_free(expected, job.n_runs);
  cases_free(&job);
}

int main(int argc, char **argv) {
  const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 300, first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  const struct cases_limits small = {.widest = 6, .most_patterns = 11, .n_runs = 150, .epochs = 60};
  const struct cases_limits large = {.widest = 40, .most_patterns = 70, .n_runs = 10, .epochs = 17};
  const struct cases_limits wide = {.widest = 170, .most_patterns = 140, .n_runs = 3, .epochs = 3}; /* two panels */
  struct lur_pool *pools[3];
  struct tally t = {0};
  for (int i = 0; i < 3; i++)
    if (!(pools[i] = lur_pool_new(i + 1, NULL)))
      return 1;
  for (uint64_t seed = first; seed < first + n && t.n_failed < 20; seed++)
    one_job(&t, pools, 3, argc > 3 ? argv[3] : NULL, seed, seed % 40 == 7 ? &wide : seed % 5 == 0 ? &large : &small);
  for (int i = 0; i < 3; i++)
    lur_pool_free(pools[i]);
  printf("# %d comparisons, %d failed; runs:", t.n_jobs, t.n_failed);
  for (int i = 0; i < LUR_N_STATUSES; i++)
    printf(" %d %s", t.n_by_status[i], lur_status_names[i]);
  printf("\n%s - kernels equal the reference\n", t.n_failed ? "not ok 1" : "ok 1");
  return t.n_failed || t.n_jobs == 0;
}

/* SPDX-License-Identifier: MIT
 * A crew of any size gives the bits of one thread: over random networks, losses, optimizers, batches, precisions and
 * instruction sets. Work is cut into the same parts however busy the machine is. And a cancelled run ends at once.
 *
 *     test_crew [N [FIRST]]      N random structures (40) that crews can share, from seed FIRST (1) on */
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/clock.h"
#include "cases.h"
#include "engine/block.h"
#include "engine/isa.h"
#include "engine/rules.h"

/* Everything that came of the runs of a job, one number after the other. */
struct results {
  const struct cases_job *job;
  size_t size; /* of a run */
  double *values;
};

static void numbers(void *context, uint64_t k, struct lur_numbers *out) {
  const struct results *r = context;
  *out = r->job->runs[k].numbers;
}

static int done(void *context, uint64_t k, const struct lur_outcome *o) {
  const struct results *r = context;
  double *to = r->values + k * r->size;
  *to++ = (double)o->status;
  *to++ = (double)o->epochs;
  *to++ = (double)o->n_curve;
  memcpy(to, o->metric, sizeof o->metric);
  to += LUR_N_METRICS;
  memcpy(to, o->parameters, r->job->n_parameters * sizeof(double));
  if (o->n_curve)
    memcpy(to + r->job->n_parameters, o->curve, (size_t)o->n_curve * sizeof(double));
  return 0;
}

/* The runs one after the other, each by so many threads. */
static struct results train(const struct cases_job *job, const struct lur_kernel *kernel, int n_threads) {
  struct results r = {.job = job, .size = 3 + LUR_N_METRICS + job->n_parameters + (size_t)job->structure.n_curve};
  const struct lur_job lur_job = {.structure = &job->structure,
                                  .n_runs = job->n_runs,
                                  .want_parameters = true,
                                  .context = &r,
                                  .numbers = numbers,
                                  .done = done};
  struct lur_queue queue = {.job = &lur_job, .kernel = kernel, .chunk = 1, .n_threads = n_threads};
  struct lur_error e;
  r.values = calloc(job->n_runs * r.size, sizeof(double));
  if (!r.values || lur_block_work(&queue, &e) != LUR_OK)
    abort();
  return r;
}

/* 1 where one thread and several differ. */
static int compare_crew(const struct results *one, const struct lur_kernel *kernel, int n_threads, uint64_t seed) {
  const struct results several = train(one->job, kernel, n_threads);
  const bool equal = memcmp(one->values, several.values, one->job->n_runs * one->size * sizeof(double)) == 0;
  char text[400];
  cases_describe(one->job, text, sizeof text);
  if (!equal)
    printf("# seed %llu, %s, %d threads:\n#   %s\n", (unsigned long long)seed, kernel->isa, n_threads, text);
  free(several.values);
  return !equal;
}

/* SSE2 asks the C library for each multiply-add: now and then. *n: comparisons. */
static int compare(const struct cases_job *job, uint64_t seed, int *n) {
  static const char *const isas[] = {"avx512", "avx2", "neon", "sse2"};
  static const int sizes[] = {2, 3, 5};
  int n_failed = 0;
  for (size_t i = 0; i < sizeof isas / sizeof *isas; i++) {
    const struct lur_kernel *kernel = NULL;
    if (lur_isa_has(lur_isa_of(isas[i])) && (i < 3 || seed % 16 == 0))
      kernel = lur_kernel_find(isas[i], job->structure.shape.precision, LUR_UNITS);
    if (!kernel || kernel->largest_crew(&job->structure) < 2)
      continue;
    struct results one = train(job, kernel, 1);
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++, ++*n)
      n_failed += compare_crew(&one, kernel, sizes[k], seed);
    free(one.values);
  }
  return n_failed;
}

/* ---- Cancelling ---- */
static atomic_int cancel;

/* *argument: when it did. */
static void *cancel_soon(void *argument) {
  const struct timespec soon = {0, 100000000};
  nanosleep(&soon, NULL);
  *(uint64_t *)argument = lur_clock_ns();
  atomic_store(&cancel, 1);
  return NULL;
}

/* Seconds from the flag to the return of a run that would take hours; negative where it was not cancelled. */
static double cancelled_after(void) {
  static double inputs[64 * 784], targets[64 * 10];
  const struct lur_structure s = {.shape = {.n_layers = 2,
                                            .width = {784, 128, 10},
                                            .hidden = LUR_RELU,
                                            .output = LUR_SOFTMAX,
                                            .bias = true,
                                            .precision = LUR_SINGLE},
                                  .n_patterns = 64,
                                  .batch = 32};
  const struct lur_numbers n = {
      .seed = 1,
      .epochs = 1000000000,
      .stop_every = 1,
      .train = {.n = 64, .n_inputs = 784, .n_outputs = 10, .inputs = inputs, .targets = targets}};
  struct lur_outcome o = {.status = LUR_FAILED};
  struct lur_error e;
  pthread_t thread;
  uint64_t at;
  if (pthread_create(&thread, NULL, cancel_soon, &at))
    abort();
  const int code = lur_train_by(3, &s, &n, NULL, &cancel, &o, &e);
  const uint64_t end = lur_clock_ns();
  pthread_join(thread, NULL);
  return code == LUR_ECANCELLED ? (double)(end - at) * 1e-9 : -1;
}

static int compare_all(uint64_t n, uint64_t first) {
  const struct cases_limits wide = {.widest = 180, .most_patterns = 150, .n_runs = 2, .epochs = 3};
  int n_structures = 0, n_compared = 0, n_failed = 0;
  for (uint64_t seed = first; (uint64_t)n_structures < n && seed < first + 50 * n && n_failed < 20; seed++) {
    struct cases_job job = {0};
    const int before = n_compared;
    cases_make(&job, seed, &wide);
    n_failed += compare(&job, seed, &n_compared);
    n_structures += n_compared > before;
    cases_free(&job);
  }
  printf("# %d structures, %d comparisons, %d of them failed\n%s 1 - crews give the bits of one thread\n", n_structures,
         n_compared, n_failed, n_failed || n_compared == 0 ? "not ok" : "ok");
  return n_failed || n_compared == 0;
}

int main(int argc, char **argv) {
  const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 40, first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  const int n_failed = compare_all(n, first);
  const double seconds = cancelled_after();
  const bool soon = seconds >= 0 && seconds < 1;
  printf("%s 2 - a run of a crew is cancelled within a second\n", soon ? "ok" : "not ok");
  return n_failed || !soon;
}

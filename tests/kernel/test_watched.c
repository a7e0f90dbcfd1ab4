/* SPDX-License-Identifier: MIT
 * One watched run by every kernel and form against the reference kernel, bit for bit: what the observer sees, what its
 * answer does, and what comes out.
 *
 *     test_watched [N [FIRST]]      N random structures (100) from seed FIRST (1) */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cases.h"

/* Everything that was seen, one number after the other. */
struct seen {
  uint64_t every, answer_at;
  enum lur_answer answer;
  const struct cases_job *job;
  size_t n, room;
  double *values;
};

static void add(struct seen *s, double x) {
  if (s->n == s->room) {
    s->room = s->room ? 2 * s->room : 256;
    s->values = realloc(s->values, s->room * sizeof *s->values);
    if (!s->values)
      abort();
  }
  s->values[s->n++] = x;
}

static uint64_t next(void *context, uint64_t epoch) {
  const struct seen *s = context;
  return epoch + (s->every - 1 - epoch % s->every);
}

static enum lur_answer see(void *context, const struct lur_record *r) {
  struct seen *s = context;
  const struct lur_shape *shape = &s->job->structure.shape;
  const double numbers[] = {(double)r->epoch,      r->loss, r->error, r->accuracy, r->validation_loss,
                            r->validation_accuracy};
  for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
    add(s, numbers[i]);
  for (int k = 0; k < shape->width[shape->n_layers]; k++)
    add(s, r->output[k]);
  for (size_t p = 0; p < s->job->n_parameters; p++)
    add(s, r->parameters[p]);
  return r->epoch >= s->answer_at ? s->answer : LUR_GO_ON;
}

/* Trains run k; what was seen and what came out are in s. */
static void train(const struct cases_job *job, uint64_t k, struct seen *s) {
  const struct lur_observer observer = {s, next, see};
  double *parameters = calloc(job->n_parameters + 2 * (size_t)job->structure.n_curve + 1, sizeof *parameters);
  struct lur_outcome o = {.parameters = parameters, .curve = parameters + job->n_parameters};
  o.validation_curve = o.curve + job->structure.n_curve;
  struct lur_error e;
  if (!parameters || lur_train(&job->structure, &job->runs[k].numbers, &observer, NULL, &o, &e) != LUR_OK)
    abort();
  add(s, (double)o.status);
  add(s, (double)o.epochs);
  add(s, (double)o.n_curve);
  for (int m = 0; m < LUR_N_METRICS; m++)
    add(s, o.metric[m]);
  for (size_t p = 0; p < job->n_parameters + (size_t)o.n_curve; p++)
    add(s, parameters[p]);
  for (int i = 0; i < o.n_curve; i++)
    add(s, o.validation_curve[i]);
  free(parameters);
}

static struct seen new_seen(const struct cases_job *job, uint64_t seed, uint64_t k) {
  static const enum lur_answer answers[] = {LUR_GO_ON, LUR_GO_ON, LUR_STOP_RUN, LUR_FAIL_RUN};
  return (struct seen){.job = job, .every = 1 + (seed + k) % 7, .answer_at = seed % 30, .answer = answers[k % 4]};
}

/* The number of forms whose bits are others. */
static int compare(const struct cases_job *job, uint64_t seed, uint64_t k, int *n) {
  static const char *const isas[] = {"sse2", "avx2", "avx512", "neon"};
  static const char *const forms[] = {"blocks", "tiles", "units", ""};
  struct seen expected = new_seen(job, seed, k);
  int n_failed = 0;
  setenv("LURON_ISA", "scalar", 1);
  train(job, k, &expected);
  for (size_t i = seed % 6 ? 1 : 0; i < sizeof isas / sizeof *isas; i++) { /* SSE2, the slow one, now and then */
    setenv("LURON_ISA", isas[i], 1);
    for (size_t f = 0; lur_isa_name(NULL) && f < sizeof forms / sizeof *forms; f++) {
      struct seen s = new_seen(job, seed, k);
      setenv("LURON_FORM", forms[f], 1);
      train(job, k, &s);
      ++*n;
      if (s.n != expected.n || memcmp(s.values, expected.values, s.n * sizeof *s.values) != 0) {
        printf("# seed %llu, run %llu, %s %s differs\n", (unsigned long long)seed, (unsigned long long)k, isas[i],
               forms[f]);
        n_failed++;
      }
      free(s.values);
    }
  }
  free(expected.values);
  return n_failed;
}

int main(int argc, char **argv) {
  const uint64_t n = argc > 1 ? strtoull(argv[1], NULL, 10) : 100, first = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
  const struct cases_limits small = {.widest = 6, .most_patterns = 40, .n_runs = 4, .epochs = 40};
  int n_compared = 0, n_failed = 0;
  for (uint64_t seed = first; seed < first + n && n_failed < 20; seed++) {
    struct cases_job job = {0};
    cases_make(&job, seed, &small);
    for (uint64_t k = 0; k < job.n_runs; k++)
      n_failed += compare(&job, seed, k, &n_compared);
    cases_free(&job);
  }
  printf("# %d comparisons, %d failed\n%s - watched runs equal the reference\n", n_compared, n_failed,
         n_failed ? "not ok 1" : "ok 1");
  return n_failed || n_compared == 0;
}

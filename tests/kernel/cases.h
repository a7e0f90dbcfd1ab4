/* SPDX-License-Identifier: MIT
 * Random jobs for the kernel tests: structures, numbers and patterns, each a pure function of a seed. */
#ifndef LUR_TESTS_KERNEL_CASES_H
#define LUR_TESTS_KERNEL_CASES_H

#include "engine/engine.h"
#include "rules.h"

struct cases_run {
  struct lur_numbers numbers;
  double *inputs, *targets, *weights, *test_inputs, *test_targets, *validation_inputs, *validation_targets, *start;
  double *scaling; /* given targets, scale and shift, where targets are scaled */
};

struct cases_job {
  struct lur_structure structure;
  size_t n_parameters;
  bool no_decay; /* no run's weights decay */
  double *frozen; /* the structure's, or NULL */
  uint64_t n_runs;
  struct cases_run *runs;
  struct lur_program *functions[LUR_MAX_LAYERS + 1]; /* the structure's, to be freed */
  int n_functions;
  struct rules rules; /* of the script's own */
};

/* What a case may hold. */
struct cases_limits {
  int widest, most_patterns;
  uint64_t n_runs, epochs;
};

void cases_make(struct cases_job *job, uint64_t seed, const struct cases_limits *limits);
void cases_free(struct cases_job *job);
/* One line that says what the case is. */
void cases_describe(const struct cases_job *job, char *text, size_t n);

#endif

/* SPDX-License-Identifier: MIT
 * Axes as typed on a command line, `name=values` a line, and as a results file keeps them. What was accepted has
 * values from end to end, and is written and read back as the same; the plan of all of them, where they are few or far
 * too many, is made or refused. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fuzz.h"
#include "sweep/plan.h"

enum { MOST_PLANNED = 256, FAR_TOO_MANY = 1 << 30 };

const char *const fuzz_samples[] = {
    "seed=1..100\nlearning_rate=0.001..1:7:log\nhidden=1..4\nactivation=tanh,sigmoid\nslope=0..1:3\n",
    "hidden,learning_rate=4,8\nlearning_rate=0.1,0.2\nbatch=1,2,all\nloss_function=mse,mae\nkind=a,b\n",
    "momentum=0..0.9..0.1\nlearning_rate_1=1e-3..1:uniform\nsampler=random\nsamples=5\nseed=1..3:list\n",
    "hidden=4x4,8,0\ninit_scale=0.5x1,2\nslope=-1..1..0.5\nfolds=3\nbias=true,false\nepochs=1..9..4\n",
};
const size_t fuzz_n_samples = sizeof fuzz_samples / sizeof *fuzz_samples;
const char *const fuzz_words[] = {",",
                                  "..",
                                  ":",
                                  ":log",
                                  ":list",
                                  "=",
                                  "\n",
                                  "-",
                                  "0",
                                  "-0.0",
                                  "1e308",
                                  "1e-308",
                                  "nan",
                                  "inf",
                                  "all",
                                  "x",
                                  "_1",
                                  "seed",
                                  "9007199254740993",
                                  "1..",
                                  "..-1",
                                  "true",
                                  "1e12",
                                  "18446744073709551616",
                                  "slope",
                                  "kind"};
const size_t fuzz_n_words = sizeof fuzz_words / sizeof *fuzz_words;

static void take_values(const struct lur_axis *a) {
  struct lur_value v;
  if (a->n > 0) {
    lur_axis_value(a, 0, &v);
    lur_axis_value(a, a->n / 2, &v);
    lur_axis_value(a, a->n - 1, &v);
  }
  lur_axis_draw(a, 0, &v);
  lur_axis_draw(a, 0x1.fffffffffffffp-1, &v);
}

/* Lists may be long; a results file keeps every value. */
static void read_back(const struct lur_axis *a, const struct lur_spec *spec) {
  struct lur_buffer first = {0}, second = {0};
  struct lur_error e = {0};
  struct lur_axis again;
  lur_axis_write(a, &first);
  char *copy = first.failed ? NULL : lur_copy_text(first.data), *values = copy ? strchr(copy, '=') : NULL;
  if (values && lur_axis_init(&again, spec, a->name, &e) == LUR_OK) {
    if (lur_axis_read_written(&again, spec, values + 1, &e) != LUR_OK)
      abort();
    lur_axis_write(&again, &second);
    if (!second.failed && strcmp(first.data, second.data) != 0)
      abort();
    lur_axis_free(&again);
  }
  free(copy);
  lur_buffer_free(&first);
  lur_buffer_free(&second);
}

/* A plan of thousands of networks takes a hundred times as long as all else here. */
static bool is_small(const struct lur_axes *axes) {
  uint64_t n = 1;
  for (int i = 0; i < axes->n && n <= MOST_PLANNED; i++)
    n *= axes->axis[i].field == LUR_F_SEED || axes->axis[i].n > FAR_TOO_MANY ? 1 : axes->axis[i].n;
  return n <= MOST_PLANNED;
}

static void plan(const struct lur_spec *spec, const struct lur_axes *axes) {
  const struct lur_sweep sweep = {.spec = spec, .axes = axes};
  struct lur_error e = {0};
  struct lur_numbers *numbers = calloc(1, sizeof *numbers);
  struct lur_plan *p = lur_plan_new(&sweep, &e);
  if (!numbers || (!p && (e.code == LUR_OK || strchr(e.text, '\n'))))
    abort();
  const uint64_t n = p ? lur_plan_n_runs(p) : 0;
  if (n > 0) {
    lur_plan_numbers(p, 1, numbers);
    lur_plan_numbers(p, n, numbers);
  }
  lur_plan_free(p);
  free(numbers);
}

static void as_typed(char *text) {
  static const double four[] = {0, 0, 1, 1};
  struct lur_spec *spec = calloc(1, sizeof *spec);
  struct lur_axes *axes = calloc(1, sizeof *axes);
  char *rest = NULL;
  struct lur_error e = {0};
  if (!spec || !axes)
    abort();
  spec->train = (struct lur_patterns){.n = 2, .n_inputs = 2, .n_outputs = 1, .inputs = four, .targets = four};
  for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
    char *equals = strchr(line, '=');
    if (!equals)
      continue;
    *equals = '\0';
    if (lur_axes_set(axes, spec, line, equals + 1, &e) != LUR_OK && (e.text[0] == '\0' || strchr(e.text, '\n')))
      abort();
  }
  for (int i = 0; i < axes->n; i++) {
    take_values(&axes->axis[i]);
    read_back(&axes->axis[i], spec);
  }
  if (is_small(axes))
    plan(spec, axes);
  lur_axes_free(axes);
  free(axes);
  free(spec);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n) {
  char *text = malloc(n + 1);
  if (!text)
    return 0;
  memcpy(text, bytes, n);
  text[n] = '\0';
  as_typed(text);
  free(text);
  return 0;
}

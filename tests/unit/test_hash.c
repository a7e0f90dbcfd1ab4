/* SPDX-License-Identifier: MIT
 * What a sweep's digest covers, and what it leaves out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "sweep/plan.h"

static const double inputs[8] = {0, 0, 0, 1, 1, 0, 1, 1}, targets[4] = {0, 1, 1, 0}, others[4] = {0, 1, 1, 1};

static void digest(const char *const *words, const double *wanted, const char *sources, char hex[65]) {
  struct lur_spec *spec = calloc(1, sizeof *spec);
  struct lur_axes *axes = calloc(1, sizeof *axes);
  struct lur_error e = {0};
  spec->train = (struct lur_patterns){.n = 4, .n_inputs = 2, .n_outputs = 1, .inputs = inputs, .targets = wanted};
  const struct lur_sweep sweep = {.spec = spec, .axes = axes, .sources = sources};
  for (; **words; words++) {
    char name[64];
    const char *text = strchr(*words, '=') + 1;
    snprintf(name, sizeof name, "%.*s", (int)(text - 1 - *words), *words);
    if (lur_axes_set(axes, spec, name, text, &e))
      fail_msg("%s: %s", e.field, e.text);
  }
  struct lur_plan *p = lur_plan_new(&sweep, &e);
  if (!p)
    fail_msg("%s: %s", e.field, e.text);
  assert_int_equal(lur_plan_hash(p, hex, &e), LUR_OK);
  lur_plan_free(p);
  lur_axes_free(axes);
  free(axes);
  free(spec);
}

static const char *const base[] = {"learning_rate=0.1,0.5", "seed=1..10", ""};

static void same(const char *const *words) {
  char a[65], b[65];
  digest(base, targets, NULL, a);
  digest(words, targets, NULL, b);
  assert_string_equal(a, b);
}

static void differs(const char *const *words) {
  char a[65], b[65];
  digest(base, targets, NULL, a);
  digest(words, targets, NULL, b);
  assert_string_not_equal(a, b);
}

static void leaves_out_what_only_adds(void **state) {
  (void)state;
  same((const char *const[]){"seed=1..10", "learning_rate=0.1,0.5", ""});
  same((const char *const[]){"learning_rate=0.1,0.5", "seed=1..99", ""});
  same((const char *const[]){"learning_rate=0.1,0.5", "seed=1,2,3", ""});
  same((const char *const[]){"learning_rate=0.1,0.5", "seed=1..10", "epochs=1000", "bias=true", "hidden=0",
                             "optimizer=sgd", "precision=double", ""});
}

static void covers_the_rest(void **state) {
  (void)state;
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=2..10", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=1..10..2", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=1,2,4", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=2,1", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", ""});
  differs((const char *const[]){"learning_rate=0.5,0.1", "seed=1..10", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5,1", "seed=1..10", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=1..10", "epochs=1001", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=1..10", "init_scale_1=2", ""});
  differs((const char *const[]){"learning_rate=0.1,0.5", "seed=1..10", "curve=5", ""});
  char a[65], b[65], c[65];
  digest(base, targets, NULL, a);
  digest(base, others, NULL, b);
  digest(base, targets, "function(p) end", c);
  assert_string_not_equal(a, b);
  assert_string_not_equal(a, c);
}

static void samples_extend_where_numbers_stay(void **state) {
  (void)state;
  char a[65], b[65];
  digest((const char *const[]){"sampler=sobol", "samples=100", "learning_rate=0.1..1:log", ""}, targets, NULL, a);
  digest((const char *const[]){"sampler=sobol", "samples=200", "learning_rate=0.1..1:log", ""}, targets, NULL, b);
  assert_string_equal(a, b);
  digest((const char *const[]){"sampler=latin", "samples=100", "learning_rate=0.1..1:log", ""}, targets, NULL, a);
  digest((const char *const[]){"sampler=latin", "samples=200", "learning_rate=0.1..1:log", ""}, targets, NULL, b);
  assert_string_not_equal(a, b);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(leaves_out_what_only_adds),
      cmocka_unit_test(covers_the_rest),
      cmocka_unit_test(samples_extend_where_numbers_stay),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

/* SPDX-License-Identifier: MIT
 * Scaling of inputs against numbers worked out by hand, and where it has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "data/normalize.h"

static void zscore_has_the_population_deviation(void **state) {
  (void)state;
  const double x[] = {2, 1, 4, 1, 4, 1, 4, 1, 5, 1, 5, 1, 7, 1, 9, 1}; /* 2 4 4 4 5 5 7 9: mean 5, deviation 2 */
  struct lur_patterns p = {.n = 8, .n_inputs = 2, .inputs = x};
  double shift[2], scale[2], y[16];
  assert_int_equal(lur_normalize_fit(LUR_ZSCORE, &p, shift, scale, NULL), LUR_OK);
  assert_memory_equal(shift, ((double[]){5, 1}), sizeof shift);
  assert_memory_equal(scale, ((double[]){2, 1}), sizeof scale);
  lur_normalize_apply(shift, scale, 8, 2, x, y);
  assert_true(y[0] == -1.5 && y[1] == 0 && y[14] == 2 && y[15] == 0);
}

static void minmax_ends_at_0_and_1(void **state) {
  (void)state;
  double x[] = {-3, 5, 1, 5, 0, 5};
  struct lur_patterns p = {.n = 3, .n_inputs = 2, .inputs = x};
  double shift[2], scale[2];
  assert_int_equal(lur_normalize_fit(LUR_MINMAX, &p, shift, scale, NULL), LUR_OK);
  lur_normalize_apply(shift, scale, 3, 2, x, x); /* in place */
  assert_memory_equal(x, ((double[]){0, 0, 1, 0, 0.75, 0}), sizeof x);
}

static void a_constant_column_is_divided_by_1(void **state) {
  (void)state;
  const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}; /* their mean is not 0.1 to the last bit */
  struct lur_patterns p = {.n = 10, .n_inputs = 1, .inputs = x};
  double shift, scale;
  for (int kind = 0; kind < LUR_N_NORMALIZES; kind++) {
    assert_int_equal(lur_normalize_fit((enum lur_normalize)kind, &p, &shift, &scale, NULL), LUR_OK);
    assert_true(scale == 1);
  }
}

static void a_spread_that_overflows_is_refused(void **state) {
  (void)state;
  const double x[] = {1, 1e308, 1, -1e308};
  struct lur_patterns p = {.n = 2, .n_inputs = 2, .inputs = x};
  double shift[2], scale[2];
  for (int kind = 0; kind < LUR_N_NORMALIZES; kind++) {
    struct lur_error e = {0};
    assert_int_equal(lur_normalize_fit((enum lur_normalize)kind, &p, shift, scale, &e), LUR_EINPUT);
    assert_string_equal(e.field, "normalize");
    assert_string_equal(e.text, "the numbers of input 2 are too large");
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(zscore_has_the_population_deviation),
      cmocka_unit_test(minmax_ends_at_0_and_1),
      cmocka_unit_test(a_constant_column_is_divided_by_1),
      cmocka_unit_test(a_spread_that_overflows_is_refused),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

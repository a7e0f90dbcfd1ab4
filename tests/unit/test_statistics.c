/* SPDX-License-Identifier: MIT
 * Expected values: scipy.stats.binomtest(k, n).proportion_ci(method="wilson") and numpy.quantile. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "fold/statistics.h"

static void near(double got, double wanted) {
  if (!(fabs(got - wanted) <= 1e-12))
    fail_msg("%.17g is not %.17g", got, wanted);
}

static void wilson_agrees_with_scipy(void **state) {
  (void)state;
  static const struct {
    uint64_t k, n;
    double low, high;
  } cases[] = {
      {0, 10, 0, 0.27753279986288926},
      {10, 10, 0.72246720013711085, 1},
      {1, 2, 0.094531205734230739, 0.90546879426576932},
      {387, 1000, 0.35729917409070144, 0.41756567332703398},
      {999999, 1000000, 0.99999433508819568, 0.99999982347542327},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    struct lur_interval w = lur_wilson(cases[i].k, cases[i].n);
    near(w.low, cases[i].low);
    near(w.high, cases[i].high);
  }
}

static void wilson_of_nothing_is_everything(void **state) {
  (void)state;
  struct lur_interval w = lur_wilson(0, 0);
  near(w.low, 0);
  near(w.high, 1);
}

static void quantiles_agree_with_numpy(void **state) {
  (void)state;
  double x[] = {3, 1, 4, 1, 5, 9, 2, 6};
  lur_numbers_sort(x, 8);
  near(lur_quantile(x, 8, 0), 1);
  near(lur_quantile(x, 8, 0.25), 1.75);
  near(lur_quantile(x, 8, 0.5), 3.5);
  near(lur_quantile(x, 8, 0.9), 6.9);
  near(lur_quantile(x, 8, 1), 9);
  near(lur_quantile(x, 1, 0.3), 1);
  assert_true(isnan(lur_quantile(x, 0, 0.5)));
}

static void infinite_values_sort_last(void **state) {
  (void)state;
  double x[] = {INFINITY, 2, -1};
  lur_numbers_sort(x, 3);
  near(lur_quantile(x, 3, 0.5), 2);
  assert_true(isinf(lur_quantile(x, 3, 1)));
}

/* Many values, which are sorted in another way than few: ascending, and the same ones. */
static void many_values_sort_as_few(void **state) {
  (void)state;
  enum { N = 5000, PRIME = 4999 };
  static double x[N];
  for (int i = 0; i < N; i++)
    x[i] = (double)((int64_t)i * i % PRIME - 2500) * (i % 3 ? 1 : 1e-300);
  x[7] = INFINITY;
  x[8] = -INFINITY;
  double sum = 0, sorted_sum = 0;
  for (int i = 0; i < N; i++)
    sum += isinf(x[i]) ? 0 : round(x[i]);
  lur_numbers_sort(x, N);
  for (int i = 0; i < N; i++) {
    sorted_sum += isinf(x[i]) ? 0 : round(x[i]);
    assert_true(i == 0 || x[i - 1] <= x[i]);
  }
  assert_true(sum == sorted_sum && isinf(x[0]) && isinf(x[N - 1]) && !isinf(x[1]) && !isinf(x[N - 2]));
}

static void mean_of_values(void **state) {
  (void)state;
  double x[] = {1e308, 1e308, 1e308};
  near(lur_numbers_mean(x, 3) / 1e308, 1);
  assert_true(isnan(lur_numbers_mean(x, 0)));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(wilson_agrees_with_scipy),   cmocka_unit_test(wilson_of_nothing_is_everything),
      cmocka_unit_test(quantiles_agree_with_numpy), cmocka_unit_test(infinite_values_sort_last),
      cmocka_unit_test(many_values_sort_as_few),    cmocka_unit_test(mean_of_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

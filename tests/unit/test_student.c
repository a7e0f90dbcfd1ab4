/* SPDX-License-Identifier: MIT
 * Student's t against R's qt, pt and t.test (R 4.2.2), and the correction for cross-validation folds by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "fold/student.h"

static void near(double found, double wanted, double tolerance) {
  if (!(fabs(found - wanted) <= tolerance * fabs(wanted)))
    fail_msg("found %.17g, expected %.17g", found, wanted);
}

static void quantiles_are_those_of_r(void **state) {
  (void)state;
  const struct {
    uint64_t n;
    double p, t;
  } known[] = {
      {1, 0.05, 12.70620473617469},       {2, 0.05, 4.302652729749462},    {4, 0.01, 4.604094871349992},
      {5, 0.05, 2.570581835636314},       {10, 0.05, 2.228138851986274},   {10, 0.01, 3.16927267261695},
      {30, 0.05, 2.042272456301238},      {100, 0.001, 3.390491311164264}, {120, 0.05, 1.979930405082422},
      {1000, 0.05, 1.962339080826408},    {3, 0.5, 0.7648923284043452},    {7, 1e-06, 15.76700943767251},
      {1000000, 0.05, 1.959966356814107},
  };
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    near(lur_student_t(known[i].p, known[i].n), known[i].t, 1e-9);
    near(lur_student_p(known[i].t, known[i].n), known[i].p, 1e-9);
    near(lur_student_p(-known[i].t, known[i].n), known[i].p, 1e-9);
  }
}

static void ends(void **state) {
  (void)state;
  assert_true(lur_student_p(0, 5) == 1);
  assert_true(lur_student_p(INFINITY, 5) == 0 && lur_student_p(-INFINITY, 1) == 0 && lur_student_p(1e200, 3) == 0);
  assert_true(isnan(lur_student_p(NAN, 5)));
  near(lur_student_p(1, 1), 0.5, 1e-14); /* Cauchy's: 1 - 2 atan(t) / pi */
  near(lur_student_p(1e-8, 1), 1 - 2e-8 / acos(-1.0), 1e-14);
}

/* t.test(c(.01, .03, .02, .04, .05)) */
static void a_mean_is_tested_as_r_does(void **state) {
  (void)state;
  const double x[] = {0.01, 0.03, 0.02, 0.04, 0.05};
  struct lur_moments m = {0};
  for (size_t i = 0; i < 5; i++)
    lur_moments_add(&m, x[i]);
  const struct lur_t_test plain = lur_moments_test(&m, 0), folds = lur_moments_test(&m, 5);
  const struct lur_interval at = lur_moments_interval(&m, 0);
  near(m.mean, 0.03, 1e-15);
  near(lur_moments_deviation(&m), sqrt(0.001 / 4), 1e-13);
  near(plain.t, 4.242640687119285, 1e-13);
  near(plain.p, 0.01323559956368269, 1e-12);
  near(at.low, 0.01036756838522443, 1e-12);
  near(at.high, 0.04963243161477557, 1e-12);
  /* the variance by 1/5 + 1/4 in place of 1/5: t = sqrt(8); 2 * pt(-sqrt(8), 4) */
  near(folds.t, sqrt(8), 1e-13);
  near(folds.p, 0.04742065558431957, 1e-12);
}

static void few_or_equal_values(void **state) {
  (void)state;
  struct lur_moments m = {0};
  assert_true(isnan(lur_moments_deviation(&m)) && isnan(lur_moments_test(&m, 0).p));
  lur_moments_add(&m, 2);
  assert_true(isnan(lur_moments_interval(&m, 0).low) && isnan(lur_moments_test(&m, 3).t));
  lur_moments_add(&m, 2);
  assert_true(isinf(lur_moments_test(&m, 0).t) && lur_moments_test(&m, 0).p == 0);
  assert_true(lur_moments_interval(&m, 0).low == 2 && lur_moments_interval(&m, 0).high == 2);
  struct lur_moments zeros = {.n = 3};
  assert_true(lur_moments_test(&zeros, 5).t == 0 && lur_moments_test(&zeros, 5).p == 1);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(quantiles_are_those_of_r),
      cmocka_unit_test(ends),
      cmocka_unit_test(a_mean_is_tested_as_r_does),
      cmocka_unit_test(few_or_equal_values),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

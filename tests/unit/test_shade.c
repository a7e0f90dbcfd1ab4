/* SPDX-License-Identifier: MIT
 * Which shading is chosen where values crowd, beside the same rule counted value by value; and what headings say of how
 * runs were folded. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "fold/how.h"
#include "view/shade.h"

enum { MOST = 400 };

static enum lur_shading shading(const double *x, size_t n, bool is_rate, enum lur_shading asked) {
  struct lur_shade s;
  struct lur_error e = {0};
  assert_int_equal(lur_shade_make_of(x, n, is_rate, asked, is_rate ? "solved" : "loss", &s, &e), LUR_OK);
  enum lur_shading kind = s.kind;
  lur_shade_free(&s);
  return kind;
}

/* The greatest share of the different values that a third of the colours show, from the least of them or any other on;
 * as logarithms, or not. */
static double crowding(const double *x, size_t n, bool log_) {
  double different[MOST], low = INFINITY, high = -INFINITY;
  size_t n_different = 0, most = 0;
  for (size_t i = 0; i < n; i++) {
    const double v = log_ ? log(x[i]) : x[i];
    bool seen = isnan(v);
    for (size_t k = 0; k < n_different; k++)
      seen |= different[k] == v;
    if (seen)
      continue;
    different[n_different++] = v;
    low = v < low ? v : low;
    high = v > high ? v : high;
  }
  for (size_t i = 0; i < n_different; i++) {
    size_t within = 0;
    for (size_t k = 0; k < n_different; k++)
      within += different[k] >= different[i] && (different[k] - different[i]) / (high - low) <= 1.0 / 3;
    most = within > most ? within : most;
  }
  return n_different > 4 ? (double)most / (double)n_different : 0;
}

static enum lur_shading expected(const double *x, size_t n) {
  if (crowding(x, n, false) <= 0.6)
    return LUR_SHADE_LINEAR;
  return crowding(x, n, true) <= 0.7 ? LUR_SHADE_LOG : LUR_SHADE_RANK;
}

static void test_values_that_crowd(void **state) {
  double even[100], far[21], repeated[300], skewed[100];
  (void)state;
  for (int i = 0; i < 100; i++) {
    even[i] = 1 + i / 99.0;
    skewed[i] = exp(0.04 * i);
  }
  for (int i = 0; i < 20; i++)
    far[i] = 0.05 + 0.65 * i / 19.0;
  far[20] = 1.7;
  for (int i = 0; i < 300; i++)
    repeated[i] = i < 295 ? 1 : i - 293;
  assert_int_equal(shading(even, 100, false, LUR_SHADE_AUTO), LUR_SHADE_LINEAR);
  assert_int_equal(shading(skewed, 100, false, LUR_SHADE_AUTO), LUR_SHADE_LOG);
  assert_int_not_equal(shading(far, 21, false, LUR_SHADE_AUTO), LUR_SHADE_LINEAR);
  assert_int_equal(shading(far, 21, false, LUR_SHADE_AUTO), expected(far, 21));
  assert_int_equal(shading(repeated, 300, false, LUR_SHADE_AUTO), LUR_SHADE_LINEAR); /* 1 counts once */
  assert_int_equal(shading(far, 21, false, LUR_SHADE_LINEAR), LUR_SHADE_LINEAR);
}

static void test_what_does_not_crowd(void **state) {
  const double few[] = {1, 1.01, 1.02, 2}, five[] = {1, 1.01, 1.02, 1.03, 2}, zero[] = {0, 0.01, 0.02, 0.03, 0.04, 1},
               both[] = {-0.01, 0.01, 0.02, 0.03, 0.04, 0.05, 1}, gap[] = {1, NAN, 1.01, 1.02, NAN, 1.03, 2};
  (void)state;
  assert_int_equal(shading(few, 4, false, LUR_SHADE_AUTO), LUR_SHADE_LINEAR);
  assert_int_equal(shading(five, 5, false, LUR_SHADE_AUTO), LUR_SHADE_RANK);
  assert_int_equal(shading(gap, 7, false, LUR_SHADE_AUTO), LUR_SHADE_RANK);
  assert_int_equal(shading(zero, 6, false, LUR_SHADE_AUTO), LUR_SHADE_RANK); /* 0 has no logarithm */
  assert_int_equal(shading(zero, 6, true, LUR_SHADE_AUTO), LUR_SHADE_LINEAR);
  assert_int_equal(shading(both, 7, false, LUR_SHADE_AUTO), LUR_SHADE_LINEAR);
}

/* Sets of values, some of which crowd, from a generator of 31 bits. */
static void test_the_rule(void **state) {
  uint32_t at = 1;
  int n_of[LUR_N_SHADINGS] = {0};
  (void)state;
  for (int set = 0; set < 300; set++) {
    double x[MOST];
    const size_t n = 5 + (size_t)(set % 40);
    for (size_t i = 0; i < n; i++) {
      at = (at * UINT32_C(1103515245) + 12345) & 0x7fffffff;
      const double u = (double)(at >> 8) / (1 << 23);
      x[i] = 1 + 90 * pow(u, 1 + set % 7);
    }
    const enum lur_shading kind = shading(x, n, false, LUR_SHADE_AUTO);
    assert_int_equal(kind, expected(x, n));
    n_of[kind]++;
  }
  assert_true(n_of[LUR_SHADE_LINEAR] > 9 && n_of[LUR_SHADE_LOG] > 9 && n_of[LUR_SHADE_RANK] > 9);
}

static void test_ticks_of_ranks(void **state) {
  const double x[] = {5, 1, 4, 2, 3};
  double value[LUR_MOST_TICKS], at[LUR_MOST_TICKS];
  struct lur_shade s;
  struct lur_error e = {0};
  (void)state;
  assert_int_equal(lur_shade_make_of(x, 5, false, LUR_SHADE_RANK, "loss", &s, &e), LUR_OK);
  assert_int_equal(lur_shade_ticks(&s, value, at), 5);
  for (int i = 0; i < 5; i++) {
    assert_true(value[i] == i + 1);
    assert_true(at[i] == 0.25 * i);
  }
  lur_shade_free(&s);
}

static void test_headings(void **state) {
  static const struct {
    struct lur_folded f;
    const char *text;
  } cases[] = {
      {{LUR_FOLD_MEDIAN, false, "loss", 20, 20, "cell"}, "median loss of 20 runs per cell"},
      {{LUR_FOLD_MEAN, false, "loss", 5, 8, "point"}, "mean loss of 5 to 8 runs per point"},
      {{LUR_FOLD_MIN, false, "epochs", 2, 2, "cell"}, "least epochs of 2 runs per cell"},
      {{LUR_FOLD_Q90, false, "loss", 4, 4, "point"}, "90 % quantile of loss, 4 runs per point"},
      {{LUR_FOLD_Q90, false, "loss", 1, 1, "point"}, "loss"},
      {{LUR_FOLD_MEDIAN, false, "loss", 1, 1, "cell"}, "loss"},
      {{LUR_FOLD_MEDIAN, false, "loss", 1, 3, "cell"}, "median loss of 1 to 3 runs per cell"},
      {{LUR_FOLD_RATE, true, "solved", 40, 40, "point"}, "share solved of 40 runs per point"},
      {{LUR_FOLD_RATE, true, "solved", 1, 1, "cell"}, "share solved"},
      {{LUR_FOLD_MEDIAN, false, "loss", 9, 9, NULL}, "median loss of 9 runs"},
  };
  char text[160];
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    lur_folded_title(&cases[i].f, text);
    assert_string_equal(text, cases[i].text);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_values_that_crowd), cmocka_unit_test(test_what_does_not_crowd),
      cmocka_unit_test(test_the_rule),          cmocka_unit_test(test_ticks_of_ranks),
      cmocka_unit_test(test_headings),
  };
  return cmocka_run_group_tests_name("shade", tests, NULL, NULL);
}

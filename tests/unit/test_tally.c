/* SPDX-License-Identifier: MIT
 * Quantiles of many numbers that are counted and held in parts are those of all numbers sorted, in memory that does not
 * grow with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "fold/statistics.h"
#include "fold/tally.h"

enum { MOST = 6000, MANY = 500000, FEW = 4096 };

static uint64_t state;

static uint64_t draw(void) {
  uint64_t x = state += 0x9e3779b97f4a7c15u;
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9u;
  x = (x ^ x >> 27) * 0x94d049bb133111ebu;
  return x ^ x >> 31;
}

/* Numbers of several kinds: even, over many powers of ten, few distinct ones, both ends, all the same, near ones. */
static double number(int kind, size_t i) {
  double u = (double)(draw() >> 11) * 0x1p-53;
  switch (kind) {
  case 0: return u;
  case 1: return pow(10, 600 * u - 300) * (draw() % 2 ? 1 : -1);
  case 2: return (double)(draw() % 5);
  case 3: return draw() % 9 == 0 ? (double)INFINITY : draw() % 9 == 0 ? -(double)INFINITY : u;
  case 4: return 0.1;
  case 5: return 1 + (double)(draw() % 1000) * 0x1p-52;
  default: return (double)i; /* ascending, so that the first ones say nothing of the others */
  }
}

static void same(double a, double b) {
  if (isnan(a) || isnan(b))
    assert_true(isnan(a) && isnan(b));
  else
    assert_true(a >= b && a <= b);
}

/* Passes until there are enough; how many. */
static int fill(struct lur_tally *t, const double *x, const size_t *of, size_t n) {
  int n_passes = 0;
  for (bool again = true; again; n_passes++) {
    for (size_t i = 0; i < n; i++)
      assert_int_equal(lur_tally_add(t, of[i], x[i], NULL), 0);
    assert_int_equal(lur_tally_pass(t, &again, NULL), 0);
  }
  return n_passes;
}

static void compare(int kind, size_t n, size_t n_groups, size_t n_few, int *most_passes) {
  static double x[MOST], own[MOST];
  static size_t of[MOST];
  struct lur_tally *t = lur_tally_new(n_few, NULL);
  assert_non_null(t);
  for (size_t i = 0; i < n; i++) {
    x[i] = number(kind, i);
    of[i] = draw() % 3 ? i % n_groups : draw() % n_groups;
  }
  int n_passes = fill(t, x, of, n);
  *most_passes = n_passes > *most_passes ? n_passes : *most_passes;
  for (size_t g = 0; g < n_groups; g++) {
    size_t k = 0;
    for (size_t i = 0; i < n; i++)
      if (of[i] == g)
        own[k++] = x[i];
    struct lur_quartiles q = lur_quartiles_of(own, k);
    struct lur_spread s = lur_tally_spread(t, g);
    assert_int_equal(s.n, k);
    same(s.low, q.low);
    same(s.median, q.median);
    same(s.high, q.high);
    same(s.q90, lur_quantile(own, k, 0.9));
    same(s.least, lur_quantile(own, k, 0));
    if (n < n_few)
      same(s.mean, q.mean);
    else if (isfinite(q.mean) && k)
      assert_true(fabs(s.mean - q.mean) <= 1e-12 * fmax(fabs(own[0]), fabs(own[k - 1])));
  }
  lur_tally_free(t);
}

static void parts_are_exact(void **unused) {
  static const size_t few[] = {8, 64, 500, 1000, 0}, groups[] = {1, 2, 3, 7, 60, 700}, n[] = {0, 1, 2, 63, 64, 65, 777};
  int most_passes = 0;
  (void)unused;
  for (int kind = 0; kind < 7; kind++)
    for (size_t f = 0; f < sizeof few / sizeof *few; f++)
      for (size_t g = 0; g < sizeof groups / sizeof *groups; g++) {
        for (size_t i = 0; i < sizeof n / sizeof *n; i++)
          compare(kind, n[i], groups[g], few[f], &most_passes);
        compare(kind, MOST, groups[g], few[f], &most_passes);
      }
  assert_true(most_passes > 4);
}

/* Groups of which nothing has to be held come before one that is too large to be held with others. */
static void a_large_group_comes_late(void **unused) {
  enum { N_FEW_KEPT = 4, N = 300 };
  (void)unused;
  struct lur_tally *t = lur_tally_new(N_FEW_KEPT, NULL);
  assert_non_null(t);
  for (bool again = true; again;) {
    for (size_t i = 0; i < N; i++) {
      assert_int_equal(lur_tally_add(t, 0, 7, NULL), 0);
      assert_int_equal(lur_tally_add(t, 1, (double)i, NULL), 0);
      assert_int_equal(lur_tally_add(t, 2, -3, NULL), 0);
    }
    assert_int_equal(lur_tally_pass(t, &again, NULL), 0);
  }
  same(lur_tally_spread(t, 0).median, 7);
  same(lur_tally_spread(t, 1).median, (N - 1) / 2.0);
  same(lur_tally_spread(t, 2).median, -3);
  lur_tally_free(t);
}

/* Where a condition of the caller's is another one each time. */
static void changed_numbers_end(void **unused) {
  (void)unused;
  struct lur_tally *t = lur_tally_new(16, NULL);
  assert_non_null(t);
  int n_passes = 0;
  for (bool again = true; again && n_passes < 1000; n_passes++) {
    for (size_t i = 0, n = 100 + draw() % 1000; i < n; i++)
      assert_int_equal(lur_tally_add(t, draw() % 20, number(0, i), NULL), 0);
    assert_int_equal(lur_tally_pass(t, &again, NULL), 0);
  }
  assert_true(n_passes < 1000);
  lur_tally_free(t);
}

static long peak_kib(void) {
  struct rusage u;
  getrusage(RUSAGE_SELF, &u);
  return u.ru_maxrss;
}

static void memory_is_bounded(void **unused) {
  (void)unused;
  for (int kind = 0; kind < 7; kind++) {
    struct lur_tally *t = lur_tally_new(FEW, NULL);
    assert_non_null(t);
    long before = peak_kib();
    for (bool again = true; again;) {
      state = 1;
      for (size_t i = 0; i < MANY; i++)
        assert_int_equal(lur_tally_add(t, i % 10, number(kind, i), NULL), 0);
      assert_int_equal(lur_tally_pass(t, &again, NULL), 0);
    }
    /* All of them are 6 MB. */
    assert_true(peak_kib() - before < 3000);
    lur_tally_free(t);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_is_bounded),
      cmocka_unit_test(parts_are_exact),
      cmocka_unit_test(a_large_group_comes_late),
      cmocka_unit_test(changed_numbers_end),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

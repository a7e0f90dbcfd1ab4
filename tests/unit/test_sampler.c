/* SPDX-License-Identifier: MIT
 * Samplers. Sobol's numbers and the digest of 4,096 points in 64 dimensions are SciPy 1.17's:
 *   x = scipy.stats.qmc.Sobol(64, scramble=False).random(4096); FNV-1a over (x * 2**30) row by row. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "sweep/sampler.h"

static void sobol_agrees_with_scipy(void **state) {
  (void)state;
  static const struct {
    uint64_t point;
    int dimension;
    double u;
  } known[] = {
      {0, 0, 0.0},
      {1, 0, 0.5},
      {2, 1, 0.25},
      {5, 2, 0.125},
      {7, 3, 0.125},
      {100, 5, 0.7421875},
      {1000, 9, 0.0693359375},
      {4095, 17, 0.609130859375},
      {4095, 63, 0.553466796875},
      {3333, 40, 0.395263671875},
  };
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    uint32_t v[LUR_SOBOL_BITS];
    lur_sobol_directions(known[i].dimension, v);
    assert_true(lur_sample_sobol(v, known[i].point) == known[i].u);
  }
}

static void sobol_agrees_with_scipy_everywhere(void **state) {
  (void)state;
  static uint32_t v[LUR_SOBOL_DIMENSIONS][LUR_SOBOL_BITS];
  uint64_t digest = 1469598103934665603u;
  for (int d = 0; d < LUR_SOBOL_DIMENSIONS; d++)
    lur_sobol_directions(d, v[d]);
  for (uint64_t i = 0; i < 4096; i++)
    for (int d = 0; d < LUR_SOBOL_DIMENSIONS; d++)
      digest = (digest ^ (uint64_t)(lur_sample_sobol(v[d], i) * 0x1p30)) * 1099511628211u;
  assert_true(digest == 13116369425352426371u);
}

static void random_is_even_and_within(void **state) {
  (void)state;
  int count[10] = {0};
  for (uint64_t i = 0; i < 10000; i++) {
    double u = lur_sample_random(7, i, 3);
    assert_true(u > 0 && u < 1);
    count[(int)(u * 10)]++;
    assert_true(u != lur_sample_random(7, i, 4) && u != lur_sample_random(8, i, 3));
  }
  for (int i = 0; i < 10; i++)
    assert_true(count[i] > 850 && count[i] < 1150);
}

static void permutations_hold_every_number(void **state) {
  (void)state;
  for (uint64_t n = 1; n < 300; n += 1 + n / 7) {
    char *seen = calloc(n, 1);
    for (uint64_t i = 0; i < n; i++) {
      uint64_t j = lur_permute(5, 2, n, i);
      assert_true(j < n && !seen[j]);
      seen[j] = 1;
    }
    free(seen);
  }
}

/* 3^40 is more than 2^63: what cannot be counted through is spread out, and does not repeat. */
static void wide_permutations_hold_no_number_twice(void **state) {
  (void)state;
  enum { N = 20000 };
  lur_wide n = 1, *seen = calloc(N, sizeof *seen), large = 0;
  for (int i = 0; i < 40; i++)
    n *= 3;
  for (int i = 0; i < N; i++) {
    seen[i] = lur_permute_wide(9, 1, n, (lur_wide)i);
    assert_true(seen[i] < n);
    large += seen[i] > n / 2;
    for (int j = i > 300 ? i - 300 : 0; j < i; j++)
      assert_true(seen[i] != seen[j]);
  }
  assert_true(large > N * 0.48 && large < N * 0.52);
  free(seen);
}

static void latin_fills_every_slice(void **state) {
  (void)state;
  enum { N = 1000 };
  for (int d = 0; d < 5; d++) {
    char seen[N] = {0};
    int fixed = 0;
    for (uint64_t i = 0; i < N; i++) {
      double u = lur_sample_latin(3, N, i, d);
      assert_true(u >= 0 && u < 1);
      int slice = (int)(u * N);
      assert_false(seen[slice]);
      seen[slice] = 1;
      fixed += slice == (int)i;
    }
    assert_true(fixed < 10);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sobol_agrees_with_scipy),   cmocka_unit_test(sobol_agrees_with_scipy_everywhere),
      cmocka_unit_test(random_is_even_and_within), cmocka_unit_test(permutations_hold_every_number),
      cmocka_unit_test(latin_fills_every_slice),   cmocka_unit_test(wide_permutations_hold_no_number_twice),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

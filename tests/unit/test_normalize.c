/* SPDX-License-Identifier: MIT
 * Scaling of inputs against numbers worked out by hand, and where it has none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <stdlib.h>

#include "data/normalize.h"

static void zscore_has_the_population_deviation(void **state) {
  (void)state;
  const double x[] = {2, 1, 4, 1, 4, 1, 4, 1, 5, 1, 5, 1, 7, 1, 9, 1}; /* 2 4 4 4 5 5 7 9: mean 5, deviation 2 */
  struct lur_inputs p = {.n = 8, .width = 2, .type = LUR_F64, .values = x};
  double shift[2], scale[2], y[16];
  assert_int_equal(lur_normalize_fit(LUR_ZSCORE, "input", &p, shift, scale, NULL), LUR_OK);
  assert_memory_equal(shift, ((double[]){5, 1}), sizeof shift);
  assert_memory_equal(scale, ((double[]){2, 1}), sizeof scale);
  lur_normalize_apply(shift, scale, 8, 2, x, y);
  assert_true(y[0] == -1.5 && y[1] == 0 && y[14] == 2 && y[15] == 0);
}

static void minmax_ends_at_0_and_1(void **state) {
  (void)state;
  double x[] = {-3, 5, 1, 5, 0, 5};
  struct lur_inputs p = {.n = 3, .width = 2, .type = LUR_F64, .values = x};
  double shift[2], scale[2];
  assert_int_equal(lur_normalize_fit(LUR_MINMAX, "input", &p, shift, scale, NULL), LUR_OK);
  lur_normalize_apply(shift, scale, 3, 2, x, x); /* in place */
  assert_memory_equal(x, ((double[]){0, 0, 1, 0, 0.75, 0}), sizeof x);
}

static void all_columns_share_one_scale(void **state) {
  (void)state;
  double x[] = {-3, 5, 1, 5, 0, 2};
  struct lur_inputs p = {.n = 3, .width = 2, .type = LUR_F64, .values = x};
  double shift[2], scale[2];
  assert_int_equal(lur_normalize_fit(LUR_MINMAX_ALL, "input", &p, shift, scale, NULL), LUR_OK);
  assert_memory_equal(shift, ((double[]){-3, -3}), sizeof shift);
  assert_memory_equal(scale, ((double[]){8, 8}), sizeof scale);
  assert_int_equal(lur_normalize_fit(LUR_BYTES, "input", &p, shift, scale, NULL), LUR_OK);
  assert_memory_equal(shift, ((double[]){0, 0}), sizeof shift);
  assert_memory_equal(scale, ((double[]){255, 255}), sizeof scale);
}

static void a_constant_column_is_divided_by_1(void **state) {
  (void)state;
  const double x[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.1}; /* their mean is not 0.1 to the last bit */
  struct lur_inputs p = {.n = 10, .width = 1, .type = LUR_F64, .values = x};
  double shift, scale;
  for (int kind = 0; kind <= LUR_MINMAX_ALL; kind++) {
    assert_int_equal(lur_normalize_fit((enum lur_normalize)kind, "input", &p, &shift, &scale, NULL), LUR_OK);
    assert_true(scale == 1);
  }
}

/* However many rows roundings add up over, and however little a column varies. */
static void a_constant_column_is_told_from_one_that_varies_little(void **state) {
  enum { N = 100000 };
  (void)state;
  double *x = malloc(2 * N * sizeof *x), shift[2], scale[2];
  struct lur_inputs p = {.n = N, .width = 2, .type = LUR_F64, .values = x};
  for (size_t i = 0; i < N; i++)
    x[2 * i] = x[2 * i + 1] = 0.1;
  x[2 * 7 + 1] = nextafter(0.1, 1);
  assert_int_equal(lur_normalize_fit(LUR_ZSCORE, "input", &p, shift, scale, NULL), LUR_OK);
  assert_true(scale[0] == 1 && scale[1] > 0 && scale[1] < 1e-10);
  assert_int_equal(lur_normalize_fit(LUR_MINMAX, "input", &p, shift, scale, NULL), LUR_OK);
  assert_true(scale[0] == 1 && scale[1] == nextafter(0.1, 1) - 0.1);
  free(x);
}

static void a_spread_that_overflows_is_refused(void **state) {
  (void)state;
  const double x[] = {1, 1e308, 1, -1e308};
  struct lur_inputs p = {.n = 2, .width = 2, .type = LUR_F64, .values = x};
  double shift[2], scale[2];
  for (int kind = 0; kind <= LUR_MINMAX; kind++) {
    struct lur_error e = {0};
    assert_int_equal(lur_normalize_fit((enum lur_normalize)kind, "input", &p, shift, scale, &e), LUR_EINPUT);
    assert_string_equal(e.field, "normalize");
    assert_string_equal(e.text, "the numbers of input 2 are too large");
  }
}

/* As column by column, and of bytes as of doubles: more rows than a block. */
static void bits_are_those_of_each_column_alone(void **state) {
  enum { N = 3000, WIDTH = 21 }; /* more columns than a tile */
  static double x[N * WIDTH], y[N * WIDTH], of_bytes[N * WIDTH];
  static uint8_t bytes[N * WIDTH];
  double shift[WIDTH], scale[WIDTH], other[2][WIDTH];
  (void)state;
  for (size_t i = 0; i < N * WIDTH; i++)
    x[i] = bytes[i] = (uint8_t)(i * i % 251 % (7 + i % WIDTH));
  const struct lur_inputs wide = {N, WIDTH, LUR_F64, x}, narrow = {N, WIDTH, LUR_U8, bytes};
  assert_int_equal(lur_normalize_fit(LUR_ZSCORE, "input", &wide, shift, scale, NULL), LUR_OK);
  assert_int_equal(lur_normalize_fit(LUR_ZSCORE, "input", &narrow, other[0], other[1], NULL), LUR_OK);
  for (size_t c = 0; c < WIDTH; c++) {
    double sum = 0, squares = 0;
    for (size_t i = 0; i < N; i++)
      sum += x[i * WIDTH + c];
    for (size_t i = 0; i < N; i++)
      squares += (x[i * WIDTH + c] - sum / N) * (x[i * WIDTH + c] - sum / N);
    assert_true(shift[c] == sum / N && scale[c] == sqrt(squares / N));
  }
  assert_memory_equal(other[0], shift, sizeof shift);
  assert_memory_equal(other[1], scale, sizeof scale);
  lur_normalize_inputs(shift, scale, &narrow, of_bytes);
  lur_normalize_inputs(shift, scale, &wide, y);
  assert_memory_equal(of_bytes, y, sizeof y);
  assert_true(y[WIDTH + 2] == (x[WIDTH + 2] - shift[2]) / scale[2]);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(zscore_has_the_population_deviation),
      cmocka_unit_test(minmax_ends_at_0_and_1),
      cmocka_unit_test(all_columns_share_one_scale),
      cmocka_unit_test(a_constant_column_is_divided_by_1),
      cmocka_unit_test(a_spread_that_overflows_is_refused),
      cmocka_unit_test(bits_are_those_of_each_column_alone),
      cmocka_unit_test(a_constant_column_is_told_from_one_that_varies_little),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

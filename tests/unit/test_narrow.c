/* SPDX-License-Identifier: MIT
 * The narrowest form of numbers, there and back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/narrow.h"

static void the_narrowest_form_keeps_every_bit(void **state) {
  static const struct {
    double x[3];
    enum lur_narrow type;
  } cases[] = {{{0, 255, 7}, LUR_U8},           {{-1, 127, -128}, LUR_I8},
               {{-1, 128, 0}, LUR_I16},         {{256, 32767, -32768}, LUR_I16},
               {{32768, 0, 1}, LUR_I32},        {{2147483647, -2147483648.0, 1}, LUR_I32},
               {{2147483648.0, 0, 1}, LUR_F32}, {{0.5, 1, 255}, LUR_F32},
               {{-0.0, 1, 2}, LUR_F32},         {{(double)FLT_MAX, 1, (double)FLT_TRUE_MIN}, LUR_F32},
               {{16777217, 0.5, 0}, LUR_F64},   {{0.1, 0, 0}, LUR_F64},
               {{DBL_MAX, 0, 0}, LUR_F64},      {{(double)NAN, 0, 0}, LUR_F64}};
  (void)state;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    double bytes[3], back[3];
    assert_int_equal(lur_narrow_of(cases[i].x, 3), cases[i].type);
    for (enum lur_narrow t = cases[i].type;; t = LUR_F64) {
      lur_narrow_write(t, cases[i].x, 3, bytes);
      lur_narrow_read(t, bytes, 3, back);
      assert_memory_equal(back, cases[i].x, sizeof back);
      if (t == LUR_F64)
        break;
    }
  }
  assert_int_equal(lur_narrow_of(NULL, 0), LUR_U8);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(the_narrowest_form_keeps_every_bit)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

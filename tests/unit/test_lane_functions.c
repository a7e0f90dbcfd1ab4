/* SPDX-License-Identifier: MIT
 * The functions of one number and of two: every instruction set that this machine has gives the bits of one lane, at
 * drawn numbers of all sizes and at the ends. FUNCTIONS_FLOAT chooses the precision. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include <cmocka.h>

#define VEC_FLOAT FUNCTIONS_FLOAT
#include "engine/vec/scalar.h"

#include "engine/isa.h"
#include "lane_functions.h"

#if VEC_FLOAT
#define LANES_OF(isa) test_lanes_##isa##_single
#else
#define LANES_OF(isa) test_lanes_##isa##_double
#endif
#if defined(__x86_64__)
extern lane_functions LANES_OF(avx512), LANES_OF(avx2), LANES_OF(sse2);
#elif defined(__aarch64__)
extern lane_functions LANES_OF(neon);
#endif
static lane_functions *const sets[LUR_N_ISAS] = {
#if defined(__x86_64__)
    [LUR_AVX512] = LANES_OF(avx512),
    [LUR_AVX2] = LANES_OF(avx2),
    [LUR_SSE2] = LANES_OF(sse2),
#elif defined(__aarch64__)
    [LUR_NEON] = LANES_OF(neon),
#endif
    [LUR_SCALAR] = NULL,
};

static const char *name_of(int which) {
#define NAME(name) #name,
  static const char *const names[] = {LANE_FUNCTIONS(NAME) LANE_FUNCTIONS_OF_TWO(NAME)};
#undef NAME
  return which < N_LANE_FUNCTIONS ? names[which] : "a power with a constant";
}

static double uniform(uint64_t i) {
  return lur_draw_uniform(5, i, 0, LUR_DRAW_DATA);
}

/* Usual numbers, numbers of all sizes, any bits, and ends. */
static real draw(uint64_t i) {
  static const double ends[] = {0,    -0.0, 1,      -1,        INFINITY, -INFINITY, (double)NAN,
                                0.5,  -0.5, 0x1p20, 0x1p13,    0x1p52,   0x1p23,    708,
                                -708, 2,    -3,     0x1p-1022, 0x1p-149, -64};
  const double u = 2 * uniform(2 * i) - 1;
  const uint64_t bits = lur_draw_bits(6, i, 0, LUR_DRAW_DATA);
  switch (i % 4) {
  case 0: return (real)(10 * u);
  case 1: return (real)ldexp(u, (int)(bits % 60) - 30);
  case 2: return vec_from_bits((ivec)bits);
  }
  return (real)ends[bits % (sizeof ends / sizeof *ends)];
}

static void assert_equal_bits(const char *set, int which, const real *x, const real *y, const real *got,
                              const real *wanted) {
  for (int i = 0; i < LANES_AT_ONCE; i++)
    if (vec_bits(got[i]) != vec_bits(wanted[i]) && !(got[i] != got[i] && wanted[i] != wanted[i]))
      fail_msg("%s of %s at %a, %a: %a, not %a", name_of(which), set, (double)x[i], (double)y[i], (double)got[i],
               (double)wanted[i]);
}

static void test_sets(void **state) {
  (void)state;
  static const char *const names[] = {
      [LUR_AVX512] = "avx512", [LUR_AVX2] = "avx2", [LUR_SSE2] = "sse2", [LUR_NEON] = "neon", [LUR_SCALAR] = "scalar"};
  real x[LANES_AT_ONCE] __attribute__((aligned(64))), y[LANES_AT_ONCE] __attribute__((aligned(64)));
  real got[LANES_AT_ONCE] __attribute__((aligned(64))), wanted[LANES_AT_ONCE] __attribute__((aligned(64)));
  for (uint64_t round = 0; round < 20; round++) {
    for (uint64_t i = 0; i < LANES_AT_ONCE; i++) {
      x[i] = draw(round * LANES_AT_ONCE + i);
      y[i] = draw(1000000 + (round * LANES_AT_ONCE + i) / 3);
    }
    for (int which = 0; which < N_LANE_FUNCTIONS + N_LANE_EXPONENTS; which++) {
      run_lane_function(which, x, y, wanted);
      for (int s = 0; s < LUR_N_ISAS; s++)
        if (sets[s] && lur_isa_has((enum lur_isa)s)) {
          sets[s](which, x, y, got);
          assert_equal_bits(names[s], which, x, y, got, wanted);
        }
    }
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_sets)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}

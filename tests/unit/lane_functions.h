/* SPDX-License-Identifier: MIT
 * The functions of one number and of two, as one instruction set has them. Included after a vec/ISA.h. */
#ifndef LUR_TEST_LANE_FUNCTIONS_H
#define LUR_TEST_LANE_FUNCTIONS_H

#include "engine/functions_power.inc.h"
#include "engine/functions_trig.inc.h"
#include "engine/functions_whole.inc.h"

#define LANE_FUNCTIONS(X)                                                                                              \
  X(exp)                                                                                                               \
  X(exp_negative) X(expm1) X(log) X(log1p) X(log1p_exp) X(sigmoid) X(tanh) X(softplus) X(erf) X(sin) X(cos) X(tan)     \
      X(floor) X(ceil)
#define LANE_FUNCTIONS_OF_TWO(X) X(pow) X(floor_div) X(mod)
#define LANE_PLACE(name) LANE_##name,
enum { LANE_FUNCTIONS(LANE_PLACE) LANE_FUNCTIONS_OF_TWO(LANE_PLACE) N_LANE_FUNCTIONS };
#undef LANE_PLACE
enum { LANES_AT_ONCE = 256 }; /* a multiple of two vecs of every set */

/* The first N_LANE_FUNCTIONS are those of the lists; from there on powers with LANE_EXPONENTS. Arrays of LANES_AT_ONCE
 * numbers, aligned to 64 bytes. */
static const double LANE_EXPONENTS[] = {0, 1, 2, 3, -1, 0.5, 31, -64, 65, 0.1};
enum { N_LANE_EXPONENTS = sizeof LANE_EXPONENTS / sizeof *LANE_EXPONENTS };
typedef void lane_functions(int which, const real *x, const real *y, real *out);

FUNCTION void lane_function(int which, const vec *x, const vec *y, vec *out) {
  switch (which) {
#define CASE(name)                                                                                                     \
  case LANE_##name: each_##name(2, x, out); break;
    LANE_FUNCTIONS(CASE)
#undef CASE
#define CASE(name)                                                                                                     \
  case LANE_##name: each_##name(2, x, y, out); break;
    LANE_FUNCTIONS_OF_TWO(CASE)
#undef CASE
  case N_LANE_FUNCTIONS: break;
  }
  if (which >= N_LANE_FUNCTIONS)
    each_pow_constant(2, x, LANE_EXPONENTS[which - N_LANE_FUNCTIONS], out);
}

FUNCTION void run_lane_function(int which, const real *x, const real *y, real *out) {
  for (int i = 0; i < LANES_AT_ONCE; i += 2 * VEC_LANES) {
    const vec a[2] = {vec_load(x + i), vec_load(x + i + VEC_LANES)};
    const vec b[2] = {vec_load(y + i), vec_load(y + i + VEC_LANES)};
    vec c[2] = {a[0], a[1]};
    lane_function(which, a, b, c);
    vec_store(out + i, c[0]);
    vec_store(out + i + VEC_LANES, c[1]);
  }
}

#endif

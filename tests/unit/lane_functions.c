/* SPDX-License-Identifier: MIT
 * The functions as one instruction set computes them: compiled once for each set and precision. */
#include VEC_HEADER

#include "lane_functions.h"

extern lane_functions LANES;
void LANES(int which, const real *x, const real *y, real *out) {
  run_lane_function(which, x, y, out);
}

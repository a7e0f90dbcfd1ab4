/* SPDX-License-Identifier: MIT
 * a ^ b of floats, done in doubles and rounded once. Meson compiles this file for each instruction set with fused
 * multiply-add, with its VEC_HEADER; the others take the build of functions.c. Pure. */
#define VEC_FLOAT 0
#include VEC_HEADER

#include "engine/functions_power.inc.h"

extern lur_powers VEC_POWERS;
void VEC_POWERS(size_t n, const float *a, const float *b, float *out) {
  pow_floats(n, a, b, out);
}

/* SPDX-License-Identifier: MIT
 * floor, ceil, a // b and a % b, as functions.inc.h has exp: one IEEE operation after the other, no branch, the same
 * bits in every kernel. Whole numbers are made by adding and subtracting 2^52 (2^23 in single); from there on every
 * number is whole. a % b has the bits of Lua's for quotients below that, and is NaN beyond. NaN passes. */
#ifndef LUR_ENGINE_FUNCTIONS_WHOLE_INC_H
#define LUR_ENGINE_FUNCTIONS_WHOLE_INC_H

#include "engine/functions.inc.h"

#if VEC_FLOAT
static const real WHOLE_FROM = 0x1p23f;
#else
static const real WHOLE_FROM = 0x1p52;
#endif

/* |a| with the sign of b. */
FUNCTION vec vec_signed(vec a, vec b) {
  return vec_from_bits(ivec_add(vec_bits(vec_abs(a)), ivec_and(vec_bits(b), ivec_set(SIGN_BIT))));
}

/* x to the nearest whole number, then a step of -1 where that is above x, or of 1 where it is below; a zero keeps x's
 * sign. */
enum { DOWN, UP };
FUNCTION void each_whole(int n, int where, const vec *x, vec *y) {
  const vec one = vec_set(1), limit = vec_set(WHOLE_FROM);
  vec near[EACH_MOST], moved[EACH_MOST];
  EACH(n) near[u] = vec_signed(limit, x[u]);
  EACH(n) near[u] = vec_sub(vec_add(x[u], near[u]), near[u]);
  EACH(n) moved[u] = where == UP ? vec_add(near[u], one) : vec_sub(near[u], one);
  EACH(n) near[u] = vec_select(where == UP ? vec_lt(near[u], x[u]) : vec_lt(x[u], near[u]), moved[u], near[u]);
  EACH(n) y[u] = vec_select(vec_lt(vec_abs(x[u]), limit), vec_signed(near[u], x[u]), x[u]);
}

FUNCTION void each_floor(int n, const vec *x, vec *y) {
  each_whole(n, DOWN, x, y);
  EACH(n) y[u] = vec_add(y[u], vec_set(0));
}

FUNCTION void each_ceil(int n, const vec *x, vec *y) {
  each_whole(n, UP, x, y);
  EACH(n) y[u] = vec_add(y[u], vec_set(0));
}

/* a // b: the quotient's floor, in which a zero keeps its sign. */
FUNCTION void each_floor_div(int n, const vec *a, const vec *b, vec *y) {
  vec q[EACH_MOST];
  EACH(n) q[u] = vec_div(a[u], b[u]);
  each_whole(n, DOWN, q, y);
}

/* a % b: r = a - (a // b) b, where the quotient's rounding may have made a // b one too large, and r of the wrong sign.
 * Of an infinite b and a finite a it is a, or b where the signs differ. */
FUNCTION void each_mod(int n, const vec *a, const vec *b, vec *y) {
  const vec zero = vec_set(0), limit = vec_set(WHOLE_FROM), infinity = vec_set(INFINITY), nan = vec_set(NAN);
  vec q[EACH_MOST], r[EACH_MOST], shifted[EACH_MOST];
  each_floor_div(n, a, b, q);
  EACH(n) r[u] = vec_fma(vec_neg(q[u]), b[u], a[u]);
  EACH(n) r[u] = vec_select(vec_lt(vec_abs(q[u]), limit), r[u], nan);
  EACH(n) {
    mask unlimited = vec_lt(vec_abs(a[u]), vec_abs(b[u]));
    unlimited = mask_and(unlimited, vec_eq(vec_abs(b[u]), infinity));
    r[u] = vec_select(unlimited, a[u], r[u]);
  }
  EACH(n) shifted[u] = vec_add(r[u], b[u]);
  EACH(n) {
    mask other_sign =
        mask_or(mask_and(vec_lt(r[u], zero), vec_lt(zero, b[u])), mask_and(vec_lt(zero, r[u]), vec_lt(b[u], zero)));
    vec kept = vec_select(vec_eq(r[u], zero), vec_signed(r[u], a[u]), r[u]);
    y[u] = vec_select(other_sign, shifted[u], kept);
  }
}

FUNCTION vec vec_floor(vec x) {
  vec y;
  each_floor(1, &x, &y);
  return y;
}
FUNCTION vec vec_ceil(vec x) {
  vec y;
  each_ceil(1, &x, &y);
  return y;
}
FUNCTION vec vec_floor_div(vec a, vec b) {
  vec y;
  each_floor_div(1, &a, &b, &y);
  return y;
}
FUNCTION vec vec_mod(vec a, vec b) {
  vec y;
  each_mod(1, &a, &b, &y);
  return y;
}

#endif

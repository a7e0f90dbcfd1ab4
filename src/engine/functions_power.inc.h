/* SPDX-License-Identifier: MIT
 * a ^ b, lane by lane, by the C library; with a constant b by products. */
#ifndef LUR_ENGINE_FUNCTIONS_POWER_INC_H
#define LUR_ENGINE_FUNCTIONS_POWER_INC_H

#include "engine/functions.inc.h"

FUNCTION void each_pow(int n, const vec *a, const vec *b, vec *y) {
  real base[VEC_LANES] __attribute__((aligned(64))), exponent[VEC_LANES] __attribute__((aligned(64)));
  for (int u = 0; u < n; u++) {
    vec_store(base, a[u]);
    vec_store(exponent, b[u]);
    for (int i = 0; i < VEC_LANES; i++)
      base[i] = (real)pow((double)base[i], (double)exponent[i]);
    y[u] = vec_load(base);
  }
}

/* a^b for a whole b from 1 to 64: the bits of b from the lowest, square and multiply. */
FUNCTION void each_pow_whole(int n, const vec *a, int b, vec *y) {
  vec square[EACH_MOST];
  EACH(n) square[u] = a[u];
  for (; !(b & 1); b >>= 1)
    EACH(n) square[u] = vec_mul(square[u], square[u]);
  EACH(n) y[u] = square[u];
  while (b >>= 1) {
    EACH(n) square[u] = vec_mul(square[u], square[u]);
    if (b & 1)
      EACH(n) y[u] = vec_mul(y[u], square[u]);
  }
}

/* a^b where b is the same for all: chosen once. */
FUNCTION void each_pow_constant(int n, const vec *a, double b, vec *y) {
  const vec one = vec_set(1);
  if (b == 0) {
    EACH(n) y[u] = one;
  } else if (fabs(b) <= 64 && b == (int)b) {
    each_pow_whole(n, a, b < 0 ? -(int)b : (int)b, y);
    if (b < 0)
      EACH(n) y[u] = vec_div(one, y[u]);
  } else if (b == 0.5) {
    EACH(n) y[u] = vec_sqrt(vec_add(a[u], vec_set(0)));
  } else {
    vec exponent[EACH_MOST];
    EACH(n) exponent[u] = vec_set((real)b);
    each_pow(n, a, exponent, y);
  }
}

FUNCTION vec vec_pow(vec a, vec b) {
  vec y;
  each_pow(1, &a, &b, &y);
  return y;
}
FUNCTION vec vec_pow_constant(vec a, double b) {
  vec y;
  each_pow_constant(1, &a, b, &y);
  return y;
}

#endif

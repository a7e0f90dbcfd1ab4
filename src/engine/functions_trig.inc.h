/* SPDX-License-Identifier: MIT
 * sin, cos and tan, as functions.inc.h has exp: one IEEE operation after the other, no branch, the same bits in every
 * kernel. x = k pi/2 + r + low, |r| <= pi/4: k to the nearest by adding 1.5 * 2^52 (2^23), pi/2 in three parts. The
 * first step is exact; low is what the second lost, and the third. With z = r^2:
 *   sin = r + (r z S(z) + low (1 - z/2)),
 *   cos = 1 - z/2 + (z^2 C(z) - r low),
 * and k's two low bits say which of them it is, with which sign. All is done for |x|; sin and tan take x's sign.
 * Beyond 2^20 (2^13) the results are NaN. Coefficients: tests/unit/polynomials.py, minimax. Bounds held by
 * tests/unit/test_functions.c: sin and cos 1, tan 2.5 units in the last place. */
#ifndef LUR_ENGINE_FUNCTIONS_TRIG_INC_H
#define LUR_ENGINE_FUNCTIONS_TRIG_INC_H

#include "engine/functions.inc.h"

#if VEC_FLOAT
enum { N_SIN = 3, N_COS = 3 };
static const real TRIG_MOST = 0x1p13f, TWO_OVER_PI = 0x1.45f306p-1f;
static const real HALF_PI_1 = 0x1.921fb6p0f, HALF_PI_2 = -0x1.777a5cp-25f, HALF_PI_3 = -0x1.ee59dap-50f;
static const real SIN_S[N_SIN] = {-0x1.555546p-3f, 0x1.110756p-7f, -0x1.994b4p-13f};
static const real COS_C[N_COS] = {0x1.55554ap-5f, -0x1.6c0c28p-10f, 0x1.99e86ap-16f};
#else
enum { N_SIN = 6, N_COS = 6 };
static const real TRIG_MOST = 0x1p20, TWO_OVER_PI = 0x1.45f306dc9c883p-1;
static const real HALF_PI_1 = 0x1.921fb54442d18p0, HALF_PI_2 = 0x1.1a62633145c07p-54,
                  HALF_PI_3 = -0x1.f1976b7ed8fbcp-110;
static const real SIN_S[N_SIN] = {-0x1.5555555555549p-3, 0x1.111111110f842p-7,   -0x1.a01a019c0a287p-13,
                                  0x1.71de3570fd25cp-19, -0x1.ae5e60c45b0b5p-26, 0x1.5d915e0326a32p-33};
static const real COS_C[N_COS] = {0x1.555555555554bp-5,   -0x1.6c16c16c14f47p-10, 0x1.a01a019c7cd96p-16,
                                  -0x1.27e4f7e53de8dp-22, 0x1.1ee9d3dc4270ep-29,  -0x1.8fa290c0b7dacp-37};
#endif

/* x = k pi/2 + r + low for x >= 0, k in the low bits of k_bits. */
FUNCTION void each_turn(int n, const vec *x, vec *r, vec *low, ivec *k_bits) {
  const vec magic = vec_set(ROUND_MAGIC), second = vec_set(HALF_PI_2);
  vec k[EACH_MOST], near[EACH_MOST], product[EACH_MOST], lost[EACH_MOST];
  EACH(n) k[u] = vec_fma(x[u], vec_set(TWO_OVER_PI), magic);
  EACH(n) k_bits[u] = vec_bits(k[u]);
  EACH(n) k[u] = vec_sub(k[u], magic);
  EACH(n) near[u] = vec_fma(k[u], vec_set(-HALF_PI_1), x[u]);
  EACH(n) product[u] = vec_mul(k[u], second);
  EACH(n) lost[u] = vec_fma(k[u], second, vec_neg(product[u]));
  EACH(n) r[u] = vec_sub(near[u], product[u]);
  EACH(n) near[u] = vec_sub(vec_sub(near[u], r[u]), product[u]);
  EACH(n) low[u] = vec_fma(k[u], vec_set(-HALF_PI_3), vec_sub(near[u], lost[u]));
}

/* The sine and cosine of |x| - k pi/2. */
FUNCTION void each_sin_cos(int n, const vec *x, vec *sine, vec *cosine, ivec *k_bits) {
  const vec one = vec_set(1);
  vec r[EACH_MOST], low[EACH_MOST], z[EACH_MOST], z2[EACH_MOST], half[EACH_MOST], w[EACH_MOST];
  EACH(n) r[u] = vec_abs(x[u]);
  each_turn(n, r, r, low, k_bits);
  EACH(n) z[u] = vec_mul(r[u], r[u]);
  EACH(n) z2[u] = vec_mul(z[u], z[u]);
  EACH(n) half[u] = vec_mul(z[u], vec_set((real)0.5));
  EACH(n) w[u] = vec_sub(one, half[u]);
  each_pairs(n, SIN_S, N_SIN, z, z2, sine);
  each_pairs(n, COS_C, N_COS, z, z2, cosine);
  EACH(n) z[u] = vec_mul(z[u], r[u]);
  EACH(n) sine[u] = vec_fma(z[u], sine[u], vec_mul(low[u], w[u]));
  EACH(n) sine[u] = vec_add(r[u], sine[u]);
  EACH(n) half[u] = vec_sub(vec_sub(one, w[u]), half[u]);
  EACH(n) cosine[u] = vec_fma(z2[u], cosine[u], half[u]);
  EACH(n) cosine[u] = vec_fma(vec_neg(r[u]), low[u], cosine[u]);
  EACH(n) cosine[u] = vec_add(w[u], cosine[u]);
}

/* Turns y's sign where `bit` of k is set; bit is 1 or 2. */
FUNCTION vec vec_turned(vec y, ivec k_bits, int bit) {
  const ivec sign = ivec_and(ivec_shl(k_bits, (int)(8 * sizeof(real)) - bit), ivec_set(SIGN_BIT));
  return vec_from_bits(ivec_xor(vec_bits(y), sign));
}

FUNCTION mask ivec_odd(ivec k_bits) {
  return vec_eq(vec_from_ivec(ivec_and(k_bits, ivec_set(1))), vec_set(1));
}

/* y with the sign of x put on, NaN where |x| is beyond what k is good for. */
FUNCTION vec vec_odd_turn(vec x, vec y) {
  y = vec_from_bits(ivec_xor(vec_bits(y), ivec_and(vec_bits(x), ivec_set(SIGN_BIT))));
  return vec_select(vec_le(vec_abs(x), vec_set(TRIG_MOST)), y, vec_set(NAN));
}

FUNCTION void each_sin(int n, const vec *x, vec *y) {
  vec sine[EACH_MOST], cosine[EACH_MOST];
  ivec k[EACH_MOST];
  each_sin_cos(n, x, sine, cosine, k);
  EACH(n) sine[u] = vec_turned(vec_select(ivec_odd(k[u]), cosine[u], sine[u]), k[u], 2);
  EACH(n) y[u] = vec_odd_turn(x[u], sine[u]);
}

FUNCTION void each_cos(int n, const vec *x, vec *y) {
  vec sine[EACH_MOST], cosine[EACH_MOST];
  ivec k[EACH_MOST];
  each_sin_cos(n, x, sine, cosine, k);
  EACH(n) cosine[u] = vec_select(ivec_odd(k[u]), sine[u], cosine[u]);
  EACH(n) cosine[u] = vec_turned(cosine[u], ivec_add(k[u], ivec_set(1)), 2);
  EACH(n) y[u] = vec_odd_turn(vec_abs(x[u]), cosine[u]);
}

FUNCTION void each_tan(int n, const vec *x, vec *y) {
  vec sine[EACH_MOST], cosine[EACH_MOST], below[EACH_MOST];
  ivec k[EACH_MOST];
  each_sin_cos(n, x, sine, cosine, k);
  EACH(n) {
    const mask odd = ivec_odd(k[u]);
    below[u] = vec_select(odd, sine[u], cosine[u]);
    sine[u] = vec_turned(vec_select(odd, cosine[u], sine[u]), k[u], 1);
  }
  EACH(n) sine[u] = vec_div(sine[u], below[u]);
  EACH(n) y[u] = vec_odd_turn(x[u], sine[u]);
}

FUNCTION vec vec_sin(vec x) {
  vec y;
  each_sin(1, &x, &y);
  return y;
}
FUNCTION vec vec_cos(vec x) {
  vec y;
  each_cos(1, &x, &y);
  return y;
}
FUNCTION vec vec_tan(vec x) {
  vec y;
  each_tan(1, &x, &y);
  return y;
}

#endif

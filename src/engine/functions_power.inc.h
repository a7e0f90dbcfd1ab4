/* SPDX-License-Identifier: MIT
 * a ^ b, as functions.inc.h has exp: one IEEE operation after the other, no branch, the same bits in every kernel.
 *
 * |a| = 2^k m, m in [sqrt(1/2), sqrt 2), c is m to the nearest eighth, s = (m - c) / (m + c), a short word, whose
 * square is exact, and a rest; log |a| = (k ln2 + log c) + 2s + 2/3 s^3 + s^5 Q(s^2), log c from a table of 8, all as
 * two words. They are multiplied by b, by fma; e^high is 2^k (1 + q) as in each_exp, by fma with the low word. 2^k is
 * multiplied in two steps, so that results below the smallest normal number are rounded once. Then come the ends of
 * C's pow (Annex F).
 * In single precision the same is done in double, by a function that is compiled per instruction set: VEC_POWERS.
 * Where b is constant and a small whole number, products are taken, and the root where it is 0.5.
 * Coefficients: tests/unit/polynomials.py, minimax. Held by tests/unit/test_functions.c: log |a| is good to 2^-66, the
 * result to 2 units in the last place. */
#ifndef LUR_ENGINE_FUNCTIONS_POWER_INC_H
#define LUR_ENGINE_FUNCTIONS_POWER_INC_H

#include "engine/functions_whole.inc.h"

/* In vectors of the including file's instruction set: out = a ^ b for n numbers. */
typedef void lur_powers(size_t n, const float *a, const float *b, float *out);

#if VEC_FLOAT
extern lur_powers VEC_POWERS;

FUNCTION void each_pow(int n, const vec *a, const vec *b, vec *y) {
  real base[EACH_MOST * VEC_LANES] __attribute__((aligned(64)));
  real exponent[EACH_MOST * VEC_LANES] __attribute__((aligned(64)));
  EACH(n) vec_store(base + u * VEC_LANES, a[u]);
  EACH(n) vec_store(exponent + u * VEC_LANES, b[u]);
  VEC_POWERS((size_t)n * VEC_LANES, base, exponent, base);
  EACH(n) y[u] = vec_load(base + u * VEC_LANES);
}
#else
enum { N_POW = 5 };
static const real TO_EIGHTHS = 0x1.8p49;                 /* x + this - this is x to the nearest eighth */
static const lane_int SHORT_MASK = -((lane_int)1 << 27); /* leaves 26 bits */
static const real TWO_THIRDS_HIGH = 0x1.5555555555555p-1, TWO_THIRDS_LOW = 0x1.5555555555555p-55;
static const real POW_MOST = 800; /* e^this is infinite, e^-this 0 */
static const real POW_Q[N_POW] = {0x1.999999999999bp-2, 0x1.249249248fcbdp-2, 0x1.c71c71f3c91b6p-3,
                                  0x1.745c5d53b1607p-3, 0x1.3c80b0bfc06a1p-3};
/* log of 1, 9/8 ... 11/8, 6/8 and 7/8: by the low three bits of eight times it. */
static const lane_int LOG_C_HIGH[8] = {0x0000000000000000, 0x3fbe27076e2b0000, 0x3fcc8ff7c79aa000, 0x3fd4618bc21c6000,
                                       0x3fd9f323ecbfa000, 0x3fdf128f5faf0000, 0xbfd269621134e000, 0xbfc1178e8227e000};
static const lane_int LOG_C_LOW[8] = {0x0000000000000000, 0xbd2a342c2af0003c, 0xbd27794f689f8434, 0xbd13d82f484c84cc,
                                      0xbd3ed03525ca2643, 0x3d3bb2cd720ec44c, 0x3d31b61f10522625, 0xbd21ef78ce2d07f2};

/* x = 2^k m for x > 0: m, its nearest eighth c, and the whole part of the logarithm, k ln2 + log c, as two words, the
 * first exact. */
FUNCTION void each_pow_parts(int n, const vec *x, vec *m, vec *c, vec *whole, vec *rest) {
  const ivec bits = ivec_set(SQRT_HALF_BITS), offset = ivec_set(ONE_BITS - SQRT_HALF_BITS);
  const vec to_eighths = vec_set(TO_EIGHTHS);
  vec k[EACH_MOST], shift[EACH_MOST];
  ivec b[EACH_MOST], place[EACH_MOST];
  EACH(n) {
    const mask small = vec_lt(x[u], vec_set(SMALLEST_NORMAL));
    b[u] = vec_bits(vec_select(small, vec_mul(x[u], vec_set(DENORMAL_SCALE)), x[u]));
    shift[u] = vec_select(small, vec_set(EXPONENT_BIAS + DENORMAL_SHIFT), vec_set(EXPONENT_BIAS));
  }
  EACH(n) b[u] = ivec_add(b[u], offset);
  EACH(n) k[u] = vec_sub(vec_from_ivec(ivec_shr(b[u], FRACTION_BITS)), shift[u]);
  EACH(n) m[u] = vec_from_bits(ivec_add(ivec_and(b[u], ivec_set(FRACTION_MASK)), bits));
  EACH(n) c[u] = vec_add(m[u], to_eighths);
  EACH(n) place[u] = vec_bits(c[u]);
  EACH(n) c[u] = vec_sub(c[u], to_eighths);
  EACH(n) whole[u] = vec_fma(k[u], vec_set(LN2_HIGH), vec_from_bits(ivec_table(LOG_C_HIGH, place[u])));
  EACH(n) rest[u] = vec_fma(k[u], vec_set(LN2_LOW), vec_from_bits(ivec_table(LOG_C_LOW, place[u])));
}

/* (m - c) / (m + c) as a short word and a rest. */
FUNCTION void each_short_quotient(int n, const vec *m, const vec *c, vec *high, vec *low) {
  vec above[EACH_MOST], below[EACH_MOST], lost[EACH_MOST], one_over[EACH_MOST];
  EACH(n) above[u] = vec_sub(m[u], c[u]);
  EACH(n) below[u] = vec_add(m[u], c[u]);
  EACH(n) lost[u] = vec_sub(m[u], vec_sub(below[u], c[u]));
  EACH(n) one_over[u] = vec_div(vec_set(1), below[u]);
  EACH(n) high[u] = vec_mul(above[u], one_over[u]);
  EACH(n) high[u] = vec_from_bits(ivec_and(vec_bits(high[u]), ivec_set(SHORT_MASK)));
  EACH(n) above[u] = vec_fma(vec_neg(high[u]), below[u], above[u]);
  EACH(n) above[u] = vec_fma(vec_neg(high[u]), lost[u], above[u]);
  EACH(n) low[u] = vec_mul(above[u], one_over[u]);
}

/* log x = high + low for x > 0. */
FUNCTION void each_log_words(int n, const vec *x, vec *high, vec *low) {
  vec whole[EACH_MOST], rest[EACH_MOST], s[EACH_MOST], s_rest[EACH_MOST];
  vec sum[EACH_MOST], z[EACH_MOST], z2[EACH_MOST], cube[EACH_MOST], cube_rest[EACH_MOST], third[EACH_MOST],
      q[EACH_MOST];
  each_pow_parts(n, x, high, low, whole, rest);
  each_short_quotient(n, high, low, s, s_rest);
  EACH(n) sum[u] = vec_add(s[u], s_rest[u]);
  EACH(n) z[u] = vec_mul(s[u], s[u]);
  EACH(n) cube[u] = vec_mul(s[u], z[u]);
  EACH(n) cube_rest[u] = vec_fma(s[u], z[u], vec_neg(cube[u]));
  EACH(n) third[u] = vec_mul(cube[u], vec_set(TWO_THIRDS_HIGH));
  EACH(n) low[u] = vec_fma(cube[u], vec_set(TWO_THIRDS_HIGH), vec_neg(third[u]));
  EACH(n) low[u] = vec_fma(cube[u], vec_set(TWO_THIRDS_LOW), low[u]);
  EACH(n) low[u] = vec_fma(cube_rest[u], vec_set(TWO_THIRDS_HIGH), low[u]);
  EACH(n) s_rest[u] = vec_add(s_rest[u], s_rest[u]);
  EACH(n) low[u] = vec_fma(s_rest[u], vec_mul(s[u], sum[u]), low[u]);
  EACH(n) z[u] = vec_mul(sum[u], sum[u]);
  EACH(n) z2[u] = vec_mul(z[u], z[u]);
  each_pairs(n, POW_Q, N_POW, z, z2, q);
  EACH(n) low[u] = vec_fma(vec_mul(z2[u], sum[u]), q[u], low[u]);
  EACH(n) low[u] = vec_add(s_rest[u], low[u]);
  EACH(n) s[u] = vec_add(s[u], s[u]);
  EACH(n) sum[u] = vec_add(s[u], third[u]);
  EACH(n) low[u] = vec_add(vec_add(vec_sub(s[u], sum[u]), third[u]), low[u]);
  EACH(n) high[u] = vec_add(whole[u], sum[u]);
  EACH(n) rest[u] = vec_add(vec_add(vec_sub(whole[u], high[u]), sum[u]), rest[u]);
  EACH(n) low[u] = vec_add(rest[u], low[u]);
  EACH(n) sum[u] = vec_add(high[u], low[u]);
  EACH(n) low[u] = vec_add(vec_sub(high[u], sum[u]), low[u]);
  EACH(n) high[u] = sum[u];
}

/* e^(high + low), low beside high within its last place; any high. */
FUNCTION void each_exp_words(int n, const vec *high, const vec *low, vec *y) {
  const vec most = vec_set(POW_MOST), least = vec_set(-POW_MOST);
  vec x[EACH_MOST], r[EACH_MOST], q[EACH_MOST];
  ivec k[EACH_MOST], half[EACH_MOST];
  EACH(n) x[u] = vec_at_most(most, vec_at_least(least, high[u]));
  each_reduce(n, 2 * EXPONENT_BIAS, x, r, k);
  each_power(n, EXP_P, N_EXP, r, q);
  EACH(n) q[u] = vec_add(vec_set(1), q[u]);
  EACH(n) r[u] = vec_select(vec_eq(x[u], high[u]), low[u], vec_set(0));
  EACH(n) q[u] = vec_fma(q[u], r[u], q[u]);
  EACH(n) k[u] = ivec_and(k[u], ivec_set(4 * EXPONENT_BIAS + 3));
  EACH(n) half[u] = ivec_shr(k[u], 1);
  EACH(n) k[u] = ivec_sub(k[u], half[u]);
  EACH(n) q[u] = vec_mul(q[u], vec_from_bits(ivec_shl(half[u], FRACTION_BITS)));
  EACH(n) y[u] = vec_mul(q[u], vec_from_bits(ivec_shl(k[u], FRACTION_BITS)));
}

/* |x| is a whole number: what is 2^52 or more is. */
FUNCTION mask vec_is_whole(vec x) {
  const vec limit = vec_set(WHOLE_FROM), size = vec_abs(x);
  return mask_or(vec_le(limit, size), vec_eq(vec_sub(vec_add(size, limit), limit), size));
}

/* Puts in the signs and ends: of a negative a only a whole b gives a number, and an odd b its sign; 1 ^ b, a ^ 0 and
 * (-1) ^ infinity are 1. */
FUNCTION void each_pow_ends(int n, const vec *a, const vec *b, vec *y) {
  const vec zero = vec_set(0), one = vec_set(1);
  EACH(n) {
    const mask whole = vec_is_whole(b[u]), half_whole = vec_is_whole(vec_mul(b[u], vec_set((real)0.5)));
    const mask odd = mask_and(whole, mask_not(half_whole));
    const mask below = mask_and(vec_lt(a[u], zero), vec_lt(vec_set(-INFINITY), a[u]));
    vec p = vec_select(mask_and(below, mask_not(whole)), vec_set(NAN), y[u]);
    p = vec_select(odd, vec_signed(p, a[u]), p);
    const mask endless = mask_and(vec_eq(vec_abs(b[u]), vec_set(INFINITY)), vec_eq(a[u], vec_set(-1)));
    const mask is_one = mask_or(mask_or(vec_eq(b[u], zero), vec_eq(a[u], one)), endless);
    y[u] = vec_select(is_one, one, p);
  }
}

FUNCTION void each_pow(int n, const vec *a, const vec *b, vec *y) {
  vec size[EACH_MOST], high[EACH_MOST], low[EACH_MOST], product[EACH_MOST], p[EACH_MOST];
  EACH(n) size[u] = vec_abs(a[u]);
  each_log_words(n, size, high, low);
  each_log_ends(n, size, high);
  EACH(n) product[u] = vec_mul(b[u], high[u]);
  EACH(n) p[u] = vec_fma(b[u], high[u], vec_neg(product[u]));
  EACH(n) low[u] = vec_fma(b[u], low[u], p[u]);
  each_exp_words(n, product, low, p);
  each_pow_ends(n, a, b, p);
  EACH(n) y[u] = p[u];
}

/* The body of VEC_POWERS. n is a multiple of VEC_LANES, and the arrays may be one. */
FUNCTION void pow_floats(size_t n, const float *a, const float *b, float *out) {
  real base[VEC_LANES] __attribute__((aligned(64))), exponent[VEC_LANES] __attribute__((aligned(64)));
  for (size_t i = 0; i < n; i += VEC_LANES) {
    for (int l = 0; l < VEC_LANES; l++) {
      base[l] = (real)a[i + (size_t)l];
      exponent[l] = (real)b[i + (size_t)l];
    }
    const vec x = vec_load(base), y = vec_load(exponent);
    vec p;
    each_pow(1, &x, &y, &p);
    vec_store(base, p);
    for (int l = 0; l < VEC_LANES; l++)
      out[i + (size_t)l] = (float)base[l];
  }
}
#endif

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

/* a^b where b, rounded, is the same for all: chosen once. */
FUNCTION void each_pow_constant(int n, const vec *a, double exponent, vec *y) {
  const vec one = vec_set(1);
  const real b = (real)exponent;
  if (b == 0) {
    EACH(n) y[u] = one;
  } else if (b >= -64 && b <= 64 && b == (real)(int)b) {
    each_pow_whole(n, a, b < 0 ? -(int)b : (int)b, y);
    if (b < 0)
      EACH(n) y[u] = vec_div(one, y[u]);
  } else if (b == (real)0.5) {
    EACH(n) y[u] = vec_sqrt(vec_add(a[u], vec_set(0)));
  } else {
    vec exponents[EACH_MOST];
    EACH(n) exponents[u] = vec_set(b);
    each_pow(n, a, exponents, y);
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

/* SPDX-License-Identifier: MIT
 * exp, expm1, log, log1p, tanh, sigmoid, softplus and erf, over the names of vec/ISA.h: one IEEE operation after the
 * other, the same for every kernel, ISA and precision, so that all give the same bits.
 *
 * each_f(n, x, y) puts f of n vectors into y (which may be x): each operation is done for all n before the next, so
 * that independent chains hide latency. n is a constant at the call. vec_f(x) is the same for one vector.
 * No branches: what does not apply is selected away. NaN passes; results of exp below the smallest normal number are 0.
 *
 * exp: x = k ln2 + r, |r| <= ln2 / 2, k by adding 1.5 * 2^52 (2^23); e^r = 1 + (r + r^2 P(r)).
 * sigmoid, tanh: x = k ln2 / 8 + r, |r| <= ln2 / 16, with 2^(k/8) from a table of 8.
 * log: x = 2^k m, m in [sqrt(1/2), sqrt 2), s = f / (2 + f) with f = m - 1;
 *      log m = f - (f^2/2 - s (f^2/2 + s^2 R(s^2))).
 * erf: 1 - e^-g with g = -log(1 - erf |x|) = |x| (2 / sqrt pi + |x| G(|x|)), its first coefficient in two words.
 * Coefficients: tests/unit/polynomials.py, minimax. Bounds held by tests/unit/test_functions.c:
 * exp 1.2, log and log1p 1, expm1 2.5, tanh and sigmoid 3, softplus and erf 2 units in the last place.
 *
 * The including file has included one vec/ISA.h, which defines VEC_FLOAT. */
#ifndef LUR_ENGINE_FUNCTIONS_INC_H
#define LUR_ENGINE_FUNCTIONS_INC_H

#include "engine/engine.h"

#if defined(__clang__)
#define UNROLL _Pragma("clang loop unroll(full)")
#else
#define UNROLL _Pragma("GCC unroll 16")
#endif
#define EACH(n) UNROLL for (int u = 0; u < (n); u++)
#define FUNCTION static inline __attribute__((always_inline, unused))
enum { EACH_MOST = 16 }; /* vectors at most in one call */

#if VEC_FLOAT
enum { FRACTION_BITS = 23, EXPONENT_BIAS = 127, N_EXP = 5, N_EXPM1 = 6, N_SIGMOID = 2, N_TANH = 3, N_LOG = 4,
       N_ERF = 8 };
typedef int32_t lane_int;
static const real ROUND_MAGIC = 0x1.8p23f;
static const real LOG2_E = 0x1.715476p0f;
static const real LN2_HIGH = 0x1.62e4p-1f, LN2_LOW = 0x1.7f7d1cp-20f; /* k * LN2_HIGH is exact */
static const real EXP_TOP = 0x1.62e42ep6f;      /* the largest x with a finite e^x */
static const real EXP_BOTTOM = -0x1.5d589ep6f;  /* the smallest x with a normal e^x */
static const real EXPM1_BOTTOM = -32.0f;        /* e^x - 1 rounds to -1 from here down */
static const real SMALLEST_NORMAL = 0x1p-126f, DENORMAL_SCALE = 0x1p24f, DENORMAL_SHIFT = 24.0f;
static const lane_int SQRT_HALF_BITS = 0x3f3504f3, ONE_BITS = 0x3f800000, FRACTION_MASK = 0x007fffff;
static const lane_int SIGN_BIT = INT32_MIN;
static const real EXP_P[N_EXP] = {0x1.fffffcp-2f, 0x1.555492p-3f, 0x1.5558f2p-5f, 0x1.1239e2p-7f, 0x1.6a2434p-10f};
static const real EXPM1_P[N_EXPM1] = {0x1p-1f,          0x1.555556p-3f,  0x1.5554aep-5f,
                                      0x1.111090p-7f, 0x1.6d7486p-10f, 0x1.a1a166p-13f};
static const real LN2 = 0x1.62e430p-1f, SIGMOID_MOST = 87.0f, TANH_MOST = 20.0f;
static const real SIGMOID_P[N_SIGMOID] = {-0x1.000874p-1f, 0x1.555656p-3f};
static const real TANH_P[N_TANH] = {0x1p-1f, 0x1.555c20p-3f, 0x1.555d10p-5f};
static const lane_int POWERS[8] = {0x3f800000, 0x3f7b95c2, 0x3f7837f0, 0x3f75fed7,
                                   0x3f7504f3, 0x3f75672a, 0x3f7744fd, 0x3f7ac0c7};
static const lane_int POWERS_REST[8] = {0x00000000, 0xb249eef8, 0x330b338d, 0xb3020956,
                                        0x329b30df, 0x31dcb7d8, 0xb26456f1, 0xb1994d6b};
static const real LOG_R[N_LOG] = {0x1.555556p-1f, 0x1.999a4ap-2f, 0x1.2442bep-2f, 0x1.e1b21ap-3f};
static const real ERF_MOST = 3.9375f; /* from here on erf rounds to 1 */
static const real ERF_FIRST = 0x1.20dd76p0f, ERF_FIRST_LOW = -0x1.f7ac92p-25f; /* 2 / sqrt pi */
static const real ERF_G[N_ERF] = {0x1.45f2fep-1f, 0x1.a4f94ap-4f, -0x1.39bf3cp-6f, -0x1.5cdefcp-13f, 0x1.b6798cp-10f,
    -0x1.4d5316p-11f, 0x1.f0b984p-14f, -0x1.396edcp-17f};
#else
enum { FRACTION_BITS = 52, EXPONENT_BIAS = 1023, N_EXP = 10, N_EXPM1 = 10, N_SIGMOID = 6, N_TANH = 7, N_LOG = 7,
       N_ERF = 24 };
typedef int64_t lane_int;
static const real ROUND_MAGIC = 0x1.8p52;
static const real LOG2_E = 0x1.71547652b82fep0;
static const real LN2_HIGH = 0x1.62e42fefa38p-1, LN2_LOW = 0x1.ef35793c7673p-45;
static const real EXP_TOP = 0x1.62e42fefa39efp9;
static const real EXP_BOTTOM = -0x1.6232bdd7abcd2p9;
static const real EXPM1_BOTTOM = -64.0;
static const real SMALLEST_NORMAL = 0x1p-1022, DENORMAL_SCALE = 0x1p54, DENORMAL_SHIFT = 54.0;
static const lane_int SQRT_HALF_BITS = 0x3fe6a09e667f3bcd, ONE_BITS = 0x3ff0000000000000,
                      FRACTION_MASK = 0x000fffffffffffff;
static const lane_int SIGN_BIT = INT64_MIN;
static const real EXP_P[N_EXP] = {
    0x1.000000000000ap-1,  0x1.55555555554fap-3,  0x1.555555555087cp-5,  0x1.1111111127be5p-7,  0x1.6c16c1842a126p-10,
    0x1.a01a012a57b5ep-13, 0x1.a0199a0c66195p-16, 0x1.71df255235e0bp-19, 0x1.28ad72cd4ab37p-22, 0x1.ad7f6f0e24922p-26};
static const real EXPM1_P[N_EXPM1] = {
    0x1.0000000000005p-1,  0x1.555555555555cp-3,  0x1.55555555520f4p-5,  0x1.111111110e6e2p-7,  0x1.6c16c17f375c2p-10,
    0x1.a01a01b5d3078p-13, 0x1.a019a6861b79dp-16, 0x1.71ddea11bf0e0p-19, 0x1.28a2ab3af9f52p-22, 0x1.af769764c6224p-26};
static const real LN2 = 0x1.62e42fefa39efp-1, SIGMOID_MOST = 708.0, TANH_MOST = 40.0;
static const real SIGMOID_P[N_SIGMOID] = {-0x1.000000000010bp-1, 0x1.5555555555131p-3,   -0x1.555555480ec6dp-5,
                                          0x1.11111125d92bep-7,  -0x1.6c1cbd7e57489p-10, 0x1.a016398f42b1dp-13};
static const real TANH_P[N_TANH] = {
    0x1p-1,                0x1.55555555555cep-3,  0x1.55555555555f4p-5, 0x1.1111110b1f57ap-7,
    0x1.6c16c1638e0f3p-10, 0x1.a01f5750a90d2p-13, 0x1.a01f6e1d636f4p-16};
static const lane_int POWERS[8] = {0x3ff0000000000000, 0x3fef72b83c7d517b, 0x3fef06fe0a31b715, 0x3feebfdad5362a27,
                                   0x3feea09e667f3bcd, 0x3feeace5422aa0db, 0x3feee89f995ad3ad, 0x3fef5818dcfba487};
static const lane_int POWERS_REST[8] = {0x0000000000000000, 0xbc81c6dfce592b4c, 0x3c7febc30c92f75c, 0x3c691426ca8a3f31,
                                        0xbc970b8386c55231, 0x3c855c3e4f6ef2a0, 0x3c8213bc3c95a36f, 0xbc460c266caa447f};
static const real LOG_R[N_LOG] = {0x1.5555555555564p-1, 0x1.999999998bec8p-2, 0x1.24924938fed85p-2,
                                  0x1.c71c58640b4b8p-3, 0x1.74651353db236p-3, 0x1.39bd55f58b9d8p-3,
                                  0x1.2e03ab4f80f42p-3};
static const real ERF_MOST = 5.9375; /* from here on erf rounds to 1 */
static const real ERF_FIRST = 0x1.20dd750429b6dp0, ERF_FIRST_LOW = 0x1.1ae3a914fed80p-56; /* 2 / sqrt pi */
static const real ERF_G[N_ERF] = {0x1.45f306dc9c890p-1, 0x1.a4f4e2a1b2966p-4, -0x1.3966859400f6fp-6,
    -0x1.b6b68b166eee2p-13, 0x1.bca67b1c81c13p-10, -0x1.3565492580f71p-11, 0x1.b22919d127c9dp-16,
    0x1.0e813d358ccdap-14, -0x1.f2bc09fd6be60p-16, 0x1.c9dfad1e3d554p-19, 0x1.7be1d2ead4e14p-19,
    -0x1.d24edb27ea15ap-20, 0x1.65aa6258ad6dfp-22, 0x1.2ac5749d30014p-23, -0x1.327079def1100p-23,
    0x1.1be10498cfbb2p-24, -0x1.6a1149b0ae123p-26, 0x1.5958037962104p-28, -0x1.f63c5bbd837c1p-31,
    0x1.1441a3f739589p-33, -0x1.beb571fe722afp-37, 0x1.f591e6f355dfep-41, -0x1.5d82cbf080336p-45,
    0x1.c7559eb6d8adep-51};
#endif

/* y = c[0] + c[1] x + c[2] x^2 + c[3] x^3 by pairs; n_c of the coefficients are there. */
FUNCTION void each_quad(int n, const real *c, int n_c, const vec *x, const vec *x2, vec *y) {
  vec high[EACH_MOST];
  if (n_c >= 2)
    EACH(n) y[u] = vec_fma(vec_set(c[1]), x[u], vec_set(c[0]));
  else
    EACH(n) y[u] = vec_set(c[0]);
  if (n_c >= 4)
    EACH(n) high[u] = vec_fma(vec_set(c[3]), x[u], vec_set(c[2]));
  else if (n_c == 3)
    EACH(n) high[u] = vec_set(c[2]);
  if (n_c >= 3)
    EACH(n) y[u] = vec_fma(high[u], x2[u], y[u]);
}

/* y = c[0] + c[1] x + ... + c[n_c-1] x^(n_c-1): fours by pairs, then Horner in x^4. The short chain is what a single
 * run waits for; over lanes it is as fast as Horner with half the vectors in flight. n_c and c are constants. */
FUNCTION void each_polynomial(int n, const real *c, int n_c, const vec *x, const vec *x2, vec *y) {
  vec x4[EACH_MOST], four[EACH_MOST];
  int top = (n_c - 1) / 4 * 4;
  EACH(n) x4[u] = vec_mul(x2[u], x2[u]);
  each_quad(n, c + top, n_c - top, x, x2, y);
  UNROLL for (int k = top - 4; k >= 0; k -= 4) {
    each_quad(n, c + k, 4, x, x2, four);
    EACH(n) y[u] = vec_fma(y[u], x4[u], four[u]);
  }
}

/* The same by pairs and Horner in x^2: fewer operations where few coefficients are. */
FUNCTION void each_pairs(int n, const real *c, int n_c, const vec *x, const vec *x2, vec *y) {
  const int top = (n_c - 1) / 2 * 2;
  if (top + 1 < n_c)
    EACH(n) y[u] = vec_fma(vec_set(c[top + 1]), x[u], vec_set(c[top]));
  else
    EACH(n) y[u] = vec_set(c[top]);
  UNROLL for (int k = top - 2; k >= 0; k -= 2)
    EACH(n) y[u] = vec_fma(y[u], x2[u], vec_fma(vec_set(c[k + 1]), x[u], vec_set(c[k])));
}

/* x = k ln2 + r: r, and k + `bias` in the lowest bits of k_bits. Rubbish, but no trap, where x is huge or NaN. */
FUNCTION void each_reduce(int n, int bias, const vec *x, vec *r, ivec *k_bits) {
  const vec magic = vec_set(ROUND_MAGIC + (real)bias), ln2_high = vec_set(-LN2_HIGH), ln2_low = vec_set(-LN2_LOW);
  vec k[EACH_MOST];
  EACH(n) k[u] = vec_fma(x[u], vec_set(LOG2_E), magic);
  EACH(n) k_bits[u] = vec_bits(k[u]);
  EACH(n) k[u] = vec_sub(k[u], magic);
  EACH(n) r[u] = vec_fma(k[u], ln2_high, x[u]);
  EACH(n) r[u] = vec_fma(k[u], ln2_low, r[u]);
}

/* q = e^r - 1 = r + r^2 P(r) for the reduced r. */
FUNCTION void each_power(int n, const real *c, int n_c, const vec *r, vec *q) {
  vec r2[EACH_MOST];
  EACH(n) r2[u] = vec_mul(r[u], r[u]);
  each_polynomial(n, c, n_c, r, r2, q);
  EACH(n) q[u] = vec_fma(r2[u], q[u], r[u]);
}

/* e^x for x <= 0: what softplus and softmax need. */
FUNCTION void each_exp_negative(int n, const vec *x, vec *y) {
  vec r[EACH_MOST], q[EACH_MOST];
  ivec k[EACH_MOST];
  each_reduce(n, EXPONENT_BIAS, x, r, k);
  each_power(n, EXP_P, N_EXP, r, q);
  EACH(n) r[u] = vec_from_bits(ivec_shl(k[u], FRACTION_BITS));
  EACH(n) q[u] = vec_fma(r[u], q[u], r[u]);
  EACH(n) y[u] = vec_select(vec_lt(x[u], vec_set(EXP_BOTTOM)), vec_set(0), q[u]);
}

/* e^x. The exponent is added as a whole number, for 2^k alone overflows where e^x does not. */
FUNCTION void each_exp(int n, const vec *x, vec *y) {
  vec r[EACH_MOST], q[EACH_MOST];
  ivec k[EACH_MOST];
  each_reduce(n, 0, x, r, k);
  each_power(n, EXP_P, N_EXP, r, q);
  EACH(n) q[u] = vec_add(vec_set(1), q[u]);
  EACH(n) q[u] = vec_from_bits(ivec_add(vec_bits(q[u]), ivec_shl(k[u], FRACTION_BITS)));
  EACH(n) q[u] = vec_select(vec_lt(x[u], vec_set(EXP_BOTTOM)), vec_set(0), q[u]);
  EACH(n) y[u] = vec_select(vec_le(x[u], vec_set(EXP_TOP)), q[u], vec_add(x[u], vec_set(INFINITY)));
}

/* e^x - 1: 2^k q + (2^k - 1) with half of 2^k, doubled last, for 2^k alone may overflow. */
FUNCTION void each_expm1(int n, const vec *x, vec *y) {
  vec c[EACH_MOST], r[EACH_MOST], q[EACH_MOST];
  ivec k[EACH_MOST];
  EACH(n) c[u] = vec_at_least(vec_set(EXPM1_BOTTOM), x[u]);
  each_reduce(n, EXPONENT_BIAS - 1, c, r, k);
  each_power(n, EXPM1_P, N_EXPM1, r, q);
  EACH(n) r[u] = vec_from_bits(ivec_shl(k[u], FRACTION_BITS));
  EACH(n) c[u] = vec_sub(r[u], vec_set((real)0.5));
  EACH(n) q[u] = vec_fma(r[u], q[u], c[u]);
  EACH(n) q[u] = vec_add(q[u], q[u]);
  EACH(n) q[u] = vec_select(vec_le(x[u], vec_set(EXP_TOP)), q[u], vec_add(x[u], vec_set(INFINITY)));
  EACH(n) y[u] = vec_select(vec_lt(vec_abs(x[u]), vec_set((real)0x1p-60)), x[u], q[u]);
}

/* log(x) + c for normal x > 0 and a small c; shift is subtracted from the binary exponent. */
FUNCTION void each_log_parts(int n, const vec *x, const vec *c, const vec *shift, vec *y) {
  const ivec bits = ivec_set(SQRT_HALF_BITS), offset = ivec_set(ONE_BITS - SQRT_HALF_BITS);
  vec k[EACH_MOST], f[EACH_MOST], s[EACH_MOST], z[EACH_MOST], z2[EACH_MOST], r[EACH_MOST], half[EACH_MOST];
  ivec b[EACH_MOST];
  EACH(n) b[u] = ivec_add(vec_bits(x[u]), offset);
  EACH(n) k[u] = vec_sub(vec_from_ivec(ivec_shr(b[u], FRACTION_BITS)), vec_set(EXPONENT_BIAS));
  EACH(n) k[u] = vec_sub(k[u], shift[u]);
  EACH(n) f[u] = vec_from_bits(ivec_add(ivec_and(b[u], ivec_set(FRACTION_MASK)), bits));
  EACH(n) f[u] = vec_sub(f[u], vec_set(1));
  EACH(n) s[u] = vec_div(f[u], vec_add(vec_set(2), f[u]));
  EACH(n) z[u] = vec_mul(s[u], s[u]);
  EACH(n) z2[u] = vec_mul(z[u], z[u]);
  each_polynomial(n, LOG_R, N_LOG, z, z2, r);
  EACH(n) half[u] = vec_mul(vec_mul(vec_set((real)0.5), f[u]), f[u]);
  EACH(n) r[u] = vec_fma(z[u], r[u], half[u]);
  EACH(n) r[u] = vec_fma(s[u], r[u], vec_fma(k[u], vec_set(LN2_LOW), c[u]));
  EACH(n) r[u] = vec_sub(f[u], vec_sub(half[u], r[u]));
  EACH(n) y[u] = vec_fma(k[u], vec_set(LN2_HIGH), r[u]);
}

/* Puts in what log gives where x is not positive and finite. */
FUNCTION void each_log_ends(int n, const vec *x, vec *y) {
  const vec zero = vec_set(0);
  EACH(n) {
    vec low = vec_select(vec_eq(x[u], zero), vec_set(-INFINITY), vec_set(NAN));
    y[u] = vec_select(vec_gt(x[u], zero), y[u], low);
    y[u] = vec_select(vec_eq(x[u], vec_set(INFINITY)), x[u], y[u]);
  }
}

FUNCTION void each_log(int n, const vec *x, vec *y) {
  vec scaled[EACH_MOST], c[EACH_MOST], shift[EACH_MOST], r[EACH_MOST];
  EACH(n) {
    mask small = vec_lt(x[u], vec_set(SMALLEST_NORMAL));
    scaled[u] = vec_select(small, vec_mul(x[u], vec_set(DENORMAL_SCALE)), x[u]);
    shift[u] = vec_select(small, vec_set(DENORMAL_SHIFT), vec_set(0));
    c[u] = vec_set(0);
  }
  each_log_parts(n, scaled, c, shift, r);
  each_log_ends(n, x, r);
  EACH(n) y[u] = r[u];
}

/* log(1 + x): w = 1 + x as rounded, and what the rounding lost, over w, as the small part. */
FUNCTION void each_log1p(int n, const vec *x, vec *y) {
  const vec one = vec_set(1);
  vec w[EACH_MOST], back[EACH_MOST], lost[EACH_MOST], shift[EACH_MOST], r[EACH_MOST];
  EACH(n) w[u] = vec_add(one, x[u]);
  EACH(n) back[u] = vec_sub(w[u], one);
  EACH(n) lost[u] = vec_sub(x[u], back[u]);
  EACH(n) lost[u] = vec_add(lost[u], vec_sub(one, vec_sub(w[u], back[u])));
  EACH(n) lost[u] = vec_div(lost[u], w[u]);
  EACH(n) shift[u] = vec_set(0);
  each_log_parts(n, w, lost, shift, r);
  each_log_ends(n, w, r);
  EACH(n) y[u] = vec_select(vec_eq(x[u], vec_set(0)), x[u], r[u]);
}

/* k = x * scale, rounded: k, its words with `bias` added, and p = 2^(k/8). An entry of POWERS is 2^(j/8) less what the
 * low three bits of k, which are j, add to the fraction where k is added as a whole number. NEGATIVE turns p's sign. */
enum { POSITIVE = 0, NEGATIVE = 1 << (8 * sizeof(real) + 2 - FRACTION_BITS) };
FUNCTION void each_eighths(int n, int bias, real scale, const vec *x, vec *k, ivec *k_bits, vec *p) {
  const vec magic = vec_set(ROUND_MAGIC + (real)bias);
  EACH(n) k[u] = vec_fma(x[u], vec_set(scale), magic);
  EACH(n) k_bits[u] = vec_bits(k[u]);
  EACH(n) k[u] = vec_sub(k[u], magic);
  EACH(n) p[u] = vec_from_bits(ivec_add(ivec_table(POWERS, k_bits[u]), ivec_shl(k_bits[u], FRACTION_BITS - 3)));
}

/* 1 / (1 + e^-x), x kept within ends beyond which it is 1, or hardly a normal number. -x = k ln2/8 - r and
 * e^-x = p - p q with q = 1 - e^-r = r + r^2 P(r); what each_eighths gives is -p. */
FUNCTION void each_sigmoid(int n, const vec *x, vec *y) {
  const vec one = vec_set(1), most = vec_set(SIGMOID_MOST), least = vec_set(-SIGMOID_MOST);
  vec k[EACH_MOST], r[EACH_MOST], r2[EACH_MOST], p[EACH_MOST], q[EACH_MOST];
  ivec b[EACH_MOST];
  EACH(n) r[u] = vec_at_most(most, vec_at_least(least, x[u]));
  each_eighths(n, NEGATIVE, -8 * LOG2_E, r, k, b, p);
  EACH(n) r[u] = vec_fma(k[u], vec_set(LN2_HIGH / 8), r[u]);
  EACH(n) r[u] = vec_fma(k[u], vec_set(LN2_LOW / 8), r[u]);
  EACH(n) r2[u] = vec_mul(r[u], r[u]);
  each_pairs(n, SIGMOID_P, N_SIGMOID, r, r2, q);
  EACH(n) q[u] = vec_fma(r2[u], q[u], r[u]);
  EACH(n) q[u] = vec_fma(p[u], q[u], vec_sub(one, p[u]));
  EACH(n) y[u] = vec_div(one, q[u]);
}

/* e / (e + 2) with e = e^|2x| - 1 and the sign of x. |2x| = k ln2/8 + r, and what p was rounded by is added to r:
 * near 0 it would be much of e = p q + (p - 1), where p - 1 is exact and q = e^r - 1 = r + r^2 P(r). */
FUNCTION void each_tanh(int n, const vec *x, vec *y) {
  const vec one = vec_set(1), two = vec_set(2), most = vec_set(TANH_MOST);
  vec k[EACH_MOST], r[EACH_MOST], r2[EACH_MOST], p[EACH_MOST], q[EACH_MOST];
  ivec b[EACH_MOST];
  EACH(n) r[u] = vec_at_most(most, vec_abs(vec_add(x[u], x[u])));
  each_eighths(n, POSITIVE, 8 * LOG2_E, r, k, b, p);
  EACH(n) r[u] = vec_fma(k[u], vec_set(-LN2 / 8), r[u]);
  EACH(n) r[u] = vec_add(r[u], vec_from_bits(ivec_table(POWERS_REST, b[u])));
  EACH(n) r2[u] = vec_mul(r[u], r[u]);
  each_pairs(n, TANH_P, N_TANH, r, r2, q);
  EACH(n) q[u] = vec_fma(r2[u], q[u], r[u]);
  EACH(n) q[u] = vec_fma(p[u], q[u], vec_sub(p[u], one));
  EACH(n) q[u] = vec_div(q[u], vec_add(q[u], two));
  EACH(n) y[u] = vec_from_bits(ivec_add(vec_bits(q[u]), ivec_and(vec_bits(x[u]), ivec_set(SIGN_BIT))));
}

/* log(1 + e^-|x|): the part of softplus and of the cross-entropy that is never large. */
FUNCTION void each_log1p_exp(int n, const vec *x, vec *y) {
  vec s[EACH_MOST];
  EACH(n) s[u] = vec_neg(vec_abs(x[u]));
  each_exp_negative(n, s, s);
  each_log1p(n, s, y);
}

FUNCTION vec vec_positive(vec x) { /* x < 0 ? 0 : x */
  return vec_at_least(vec_set(0), x);
}

/* max(x, 0) + log1p(exp(-|x|)) */
FUNCTION void each_softplus(int n, const vec *x, vec *y) {
  vec r[EACH_MOST];
  each_log1p_exp(n, x, r);
  EACH(n) y[u] = vec_add(vec_positive(x[u]), r[u]);
}

/* 1 - e^-g, and the sign of x: e^-g = p + p q with p = 2^k. */
FUNCTION void each_erf(int n, const vec *x, vec *y) {
  const vec most = vec_set(ERF_MOST), one = vec_set(1);
  vec size[EACH_MOST], size2[EACH_MOST], g[EACH_MOST], p[EACH_MOST], q[EACH_MOST];
  ivec k[EACH_MOST];
  EACH(n) size[u] = vec_at_most(most, vec_abs(x[u]));
  EACH(n) size2[u] = vec_mul(size[u], size[u]);
  each_polynomial(n, ERF_G, N_ERF, size, size2, g);
  EACH(n) g[u] = vec_fma(size[u], g[u], vec_set(ERF_FIRST_LOW));
  EACH(n) g[u] = vec_mul(size[u], g[u]);
  EACH(n) g[u] = vec_neg(vec_fma(size[u], vec_set(ERF_FIRST), g[u]));
  each_reduce(n, EXPONENT_BIAS, g, g, k);
  each_power(n, EXPM1_P, N_EXPM1, g, q);
  EACH(n) p[u] = vec_from_bits(ivec_shl(k[u], FRACTION_BITS));
  EACH(n) q[u] = vec_fma(vec_neg(p[u]), q[u], vec_sub(one, p[u]));
  EACH(n) y[u] = vec_from_bits(ivec_add(vec_bits(q[u]), ivec_and(vec_bits(x[u]), ivec_set(SIGN_BIT))));
}

#define VEC_OF_EACH(name)              \
  FUNCTION vec vec_##name(vec x) {     \
    vec y;                             \
    each_##name(1, &x, &y);            \
    return y;                          \
  }
VEC_OF_EACH(exp)
VEC_OF_EACH(exp_negative)
VEC_OF_EACH(expm1)
VEC_OF_EACH(log)
VEC_OF_EACH(log1p)
VEC_OF_EACH(log1p_exp)
VEC_OF_EACH(sigmoid)
VEC_OF_EACH(tanh)
VEC_OF_EACH(softplus)
VEC_OF_EACH(erf)
#undef VEC_OF_EACH

#define FORMULAS
#include "engine/activations.inc.h"
#undef FORMULAS

#endif

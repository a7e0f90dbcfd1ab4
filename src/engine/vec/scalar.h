/* SPDX-License-Identifier: MIT
 * A vector of one lane. This file is also the contract of the names that every vec/ISA.h gives: types vec, ivec
 * (signed whole numbers of the same width), mask; VEC_LANES; one IEEE operation a function.
 * The including file defines VEC_FLOAT as 0 (double) or 1 (float) first; one precision a translation unit.
 * Comparisons are false on NaN. vec_select(m, a, b) is a where m holds, else b, bit for bit. */
#ifndef LUR_ENGINE_VEC_SCALAR_H
#define LUR_ENGINE_VEC_SCALAR_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0
#error "every operation must round to its own type (docs/numerics.md)"
#endif

enum { VEC_LANES = 1 };
#define VEC_POWERS lur_powers_scalar /* a ^ b of floats, in doubles: functions_power.inc.h */

#if VEC_FLOAT
typedef float real;
typedef int32_t ivec;
typedef uint32_t uvec;
#else
typedef double real;
typedef int64_t ivec;
typedef uint64_t uvec;
#endif
typedef real vec;
typedef int mask;

static inline vec vec_set(real x) { return x; }
static inline vec vec_load(const real *p) { return *p; }
static inline void vec_store(real *p, vec x) { *p = x; }

static inline vec vec_add(vec a, vec b) { return a + b; }
static inline vec vec_sub(vec a, vec b) { return a - b; }
static inline vec vec_mul(vec a, vec b) { return a * b; }
static inline vec vec_div(vec a, vec b) { return a / b; }
#if VEC_FLOAT
static inline vec vec_fma(vec a, vec b, vec c) { return fmaf(a, b, c); } /* a * b + c, one rounding */
static inline vec vec_sqrt(vec a) { return sqrtf(a); }
static inline vec vec_abs(vec a) { return fabsf(a); }
#else
static inline vec vec_fma(vec a, vec b, vec c) { return fma(a, b, c); }
static inline vec vec_sqrt(vec a) { return sqrt(a); }
static inline vec vec_abs(vec a) { return fabs(a); }
#endif
static inline vec vec_neg(vec a) { return -a; } /* the sign bit, also of 0 and NaN */

static inline mask vec_lt(vec a, vec b) { return a < b; }
static inline mask vec_le(vec a, vec b) { return a <= b; }
static inline mask vec_gt(vec a, vec b) { return a > b; }
static inline mask vec_ge(vec a, vec b) { return a >= b; }
static inline mask vec_eq(vec a, vec b) { return a == b; }
static inline mask vec_is_nan(vec a) { return a != a; }
static inline vec vec_select(mask m, vec a, vec b) { return m ? a : b; }
static inline vec vec_at_least(vec low, vec x) { return low > x ? low : x; } /* a NaN x, and a zero, stay */
static inline vec vec_at_most(vec high, vec x) { return high < x ? high : x; }
static inline mask mask_and(mask a, mask b) { return a && b; }
static inline mask mask_or(mask a, mask b) { return a || b; }
static inline mask mask_not(mask a) { return !a; }
static inline int mask_any(mask a) { return a; }

static inline ivec vec_bits(vec x) {
  ivec i;
  memcpy(&i, &x, sizeof i);
  return i;
}
static inline vec vec_from_bits(ivec i) {
  vec x;
  memcpy(&x, &i, sizeof x);
  return x;
}
static inline ivec ivec_set(ivec i) { return i; }
static inline ivec ivec_add(ivec a, ivec b) { return (ivec)((uvec)a + (uvec)b); } /* wraps */
static inline ivec ivec_sub(ivec a, ivec b) { return (ivec)((uvec)a - (uvec)b); }
static inline ivec ivec_and(ivec a, ivec b) { return a & b; }
static inline ivec ivec_xor(ivec a, ivec b) { return a ^ b; }
#if !VEC_FLOAT
/* The product of the low halves, whole numbers of 32 bits. */
static inline ivec ivec_mul_words(ivec a, ivec b) { return (ivec)((uvec)(uint32_t)a * (uint32_t)b); }
#endif
static inline ivec ivec_shl(ivec a, int n) { return (ivec)((uvec)a << n); }
static inline ivec ivec_shr(ivec a, int n) { return (ivec)((uvec)a >> n); } /* logical */
static inline ivec ivec_table(const ivec t[8], ivec i) { return t[i & 7]; } /* t is constant */
static inline vec vec_from_ivec(ivec i) { return (vec)i; } /* exact: |i| is below 2^22 */

#endif

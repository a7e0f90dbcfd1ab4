/* SPDX-License-Identifier: MIT
 * One register by the compiler's vector extensions: what all instruction sets share. The including vec/ISA.h has
 * defined REG_BYTES and VEC_FLOAT; it adds reg_fma, reg_sqrt, reg_select and rmask_any, and its own comparisons where
 * VEC_OWN_MASKS is defined. Never wider than the hardware: compilers split wider ones badly. */
#ifndef LUR_ENGINE_VEC_REGISTER_H
#define LUR_ENGINE_VEC_REGISTER_H

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#if FLT_EVAL_METHOD != 0
#error "every operation must round to its own type (docs/numerics.md)"
#endif

#if VEC_FLOAT
typedef float real;
typedef int32_t ireal;
typedef uint32_t ureal;
#else
typedef double real;
typedef int64_t ireal;
typedef uint64_t ureal;
#endif

#define VEC_FUNCTION static inline __attribute__((always_inline, unused))

typedef real reg __attribute__((vector_size(REG_BYTES), may_alias));
typedef real reg_anywhere __attribute__((vector_size(REG_BYTES), may_alias, aligned(sizeof(real))));
typedef ireal ireg __attribute__((vector_size(REG_BYTES), may_alias));
typedef ureal ureg __attribute__((vector_size(REG_BYTES), may_alias));
enum { REG_LANES = REG_BYTES / sizeof(real) };

/* x - (+0) is x, the signs of zeros included */
VEC_FUNCTION reg reg_set(real x) {
  return x - (reg){0};
}
VEC_FUNCTION ireg ireg_set(ireal x) {
  return x - (ireg){0};
}
VEC_FUNCTION reg reg_load(const real *p) {
  return *(const reg *)p;
}
VEC_FUNCTION void reg_store(real *p, reg x) {
  *(reg *)p = x;
}
VEC_FUNCTION reg reg_load_anywhere(const real *p) {
  return *(const reg_anywhere *)p;
}
VEC_FUNCTION void reg_store_anywhere(real *p, reg x) {
  *(reg_anywhere *)p = x;
}
VEC_FUNCTION reg reg_add(reg a, reg b) {
  return a + b;
}
VEC_FUNCTION reg reg_sub(reg a, reg b) {
  return a - b;
}
VEC_FUNCTION reg reg_mul(reg a, reg b) {
  return a * b;
}
VEC_FUNCTION reg reg_div(reg a, reg b) {
  return a / b;
}

#define SIGN_OF_REAL ((ireal)((ureal)1 << (8 * sizeof(real) - 1)))
VEC_FUNCTION reg reg_neg(reg a) {
  return (reg)((ireg)a ^ ireg_set(SIGN_OF_REAL));
}
VEC_FUNCTION reg reg_abs(reg a) {
  return (reg)((ireg)a & ~ireg_set(SIGN_OF_REAL));
}

/* |i| is below 2^22: added to the bits of 1.5 * 2^52 (2^23), it is that much more. */
VEC_FUNCTION reg reg_from_ireg(ireg i) {
#if VEC_FLOAT
  const real magic = 0x1.8p23f;
#else
  const real magic = 0x1.8p52;
#endif
  return (reg)(i + (ireg)reg_set(magic)) - reg_set(magic);
}

/* The lanes of the lower halves of a and b in turn, and of the upper halves. */
#define REG_COUNT (REG_BYTES / (VEC_FLOAT ? 4 : 8))
#if REG_COUNT == 16
#define REG_MERGE(n, m)                                                                                                \
  n, m, n + 1, m + 1, n + 2, m + 2, n + 3, m + 3, n + 4, m + 4, n + 5, m + 5, n + 6, m + 6, n + 7, m + 7
#elif REG_COUNT == 8
#define REG_MERGE(n, m) n, m, n + 1, m + 1, n + 2, m + 2, n + 3, m + 3
#elif REG_COUNT == 4
#define REG_MERGE(n, m) n, m, n + 1, m + 1
#else
#define REG_MERGE(n, m) n, m
#endif
VEC_FUNCTION reg reg_merge_low(reg a, reg b) {
  return __builtin_shufflevector(a, b, REG_MERGE(0, REG_COUNT));
}
VEC_FUNCTION reg reg_merge_high(reg a, reg b) {
  return __builtin_shufflevector(a, b, REG_MERGE(REG_COUNT / 2, REG_COUNT + REG_COUNT / 2));
}

#ifndef VEC_OWN_MASKS
typedef ireg rmask; /* all bits of a lane set, or none */
VEC_FUNCTION rmask reg_lt(reg a, reg b) {
  return a < b;
}
VEC_FUNCTION rmask reg_le(reg a, reg b) {
  return a <= b;
}
VEC_FUNCTION rmask reg_eq(reg a, reg b) {
  return a == b;
}
VEC_FUNCTION rmask reg_ne(reg a, reg b) {
  return a != b;
}
#endif

#endif

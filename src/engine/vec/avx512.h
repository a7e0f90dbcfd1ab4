/* SPDX-License-Identifier: MIT
 * AVX-512 (F, DQ, VL): 8 doubles or 16 floats a register, masks in registers of their own. */
#ifndef LUR_ENGINE_VEC_AVX512_H
#define LUR_ENGINE_VEC_AVX512_H

#include <immintrin.h>

#define REG_BYTES 64
#define VEC_OWN_MASKS
#define REG_OWN_ENDS
#include "engine/vec/register.h"

/* max and min of x86 are their second operand where the first is not beyond it, so that NaN passes. */
#if VEC_FLOAT
typedef __mmask16 rmask;
#define REG_COMPARE(a, b, how) _mm512_cmp_ps_mask((__m512)(a), (__m512)(b), how)
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm512_sqrt_ps((__m512)a);
}
VEC_FUNCTION reg reg_at_least(reg low, reg x) {
  return (reg)_mm512_max_ps((__m512)low, (__m512)x);
}
VEC_FUNCTION reg reg_at_most(reg high, reg x) {
  return (reg)_mm512_min_ps((__m512)high, (__m512)x);
}
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
  return (ireg)_mm512_permutexvar_epi32((__m512i)i, _mm512_broadcast_i32x8(_mm256_loadu_si256((const __m256i *)t)));
}
VEC_FUNCTION reg reg_select(rmask m, reg a, reg b) {
  return (reg)_mm512_mask_blend_ps(m, (__m512)b, (__m512)a);
}
#else
typedef __mmask8 rmask;
#define REG_COMPARE(a, b, how) _mm512_cmp_pd_mask((__m512d)(a), (__m512d)(b), how)
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)_mm512_fmadd_pd((__m512d)a, (__m512d)b, (__m512d)c);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm512_sqrt_pd((__m512d)a);
}
VEC_FUNCTION reg reg_at_least(reg low, reg x) {
  return (reg)_mm512_max_pd((__m512d)low, (__m512d)x);
}
VEC_FUNCTION reg reg_at_most(reg high, reg x) {
  return (reg)_mm512_min_pd((__m512d)high, (__m512d)x);
}
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
  return (ireg)_mm512_permutexvar_epi64((__m512i)i, _mm512_loadu_si512(t));
}
VEC_FUNCTION reg reg_select(rmask m, reg a, reg b) {
  return (reg)_mm512_mask_blend_pd(m, (__m512d)b, (__m512d)a);
}
VEC_FUNCTION ireg reg_mul_words(ireg a, ireg b) {
  return (ireg)_mm512_mul_epu32((__m512i)a, (__m512i)b);
}
#endif
VEC_FUNCTION rmask reg_lt(reg a, reg b) {
  return REG_COMPARE(a, b, _CMP_LT_OQ);
}
VEC_FUNCTION rmask reg_le(reg a, reg b) {
  return REG_COMPARE(a, b, _CMP_LE_OQ);
}
VEC_FUNCTION rmask reg_eq(reg a, reg b) {
  return REG_COMPARE(a, b, _CMP_EQ_OQ);
}
VEC_FUNCTION rmask reg_ne(reg a, reg b) {
  return REG_COMPARE(a, b, _CMP_NEQ_UQ);
}
VEC_FUNCTION int rmask_any(rmask m) {
  return m != 0;
}

#define VEC_POWERS lur_powers_avx512 /* a ^ b of floats, in doubles: functions_power.inc.h */
#include "engine/vec/staged.h"

#endif

/* SPDX-License-Identifier: MIT
 * AVX-512 (F, DQ, VL): 8 doubles or 16 floats a register, masks in registers of their own. */
#ifndef LUR_ENGINE_VEC_AVX512_H
#define LUR_ENGINE_VEC_AVX512_H

#include <immintrin.h>

#define REG_BYTES 64
#define VEC_OWN_MASKS
#include "engine/vec/register.h"

#if VEC_FLOAT
typedef __mmask16 rmask;
#define REG_COMPARE(a, b, how) _mm512_cmp_ps_mask((__m512)(a), (__m512)(b), how)
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)_mm512_fmadd_ps((__m512)a, (__m512)b, (__m512)c);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm512_sqrt_ps((__m512)a);
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

#include "engine/vec/staged.h"

#endif

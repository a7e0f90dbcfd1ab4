/* SPDX-License-Identifier: MIT
 * AVX2 with FMA: 4 doubles or 8 floats a register. */
#ifndef LUR_ENGINE_VEC_AVX2_H
#define LUR_ENGINE_VEC_AVX2_H

#include <immintrin.h>

#define REG_BYTES 32
#define REG_OWN_ENDS
#include "engine/vec/register.h"

/* max and min of x86 are their second operand where the first is not beyond it, so that NaN passes. */
#if VEC_FLOAT
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm256_sqrt_ps((__m256)a);
}
VEC_FUNCTION reg reg_at_least(reg low, reg x) {
  return (reg)_mm256_max_ps((__m256)low, (__m256)x);
}
VEC_FUNCTION reg reg_at_most(reg high, reg x) {
  return (reg)_mm256_min_ps((__m256)high, (__m256)x);
}
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
  return (ireg)_mm256_permutevar8x32_epi32(_mm256_loadu_si256((const __m256i *)t), (__m256i)i);
}
VEC_FUNCTION reg reg_select(rmask m, reg a, reg b) {
  return (reg)_mm256_blendv_ps((__m256)b, (__m256)a, (__m256)m);
}
VEC_FUNCTION int rmask_any(rmask m) {
  return _mm256_movemask_ps((__m256)m);
}
#else
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)_mm256_fmadd_pd((__m256d)a, (__m256d)b, (__m256d)c);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm256_sqrt_pd((__m256d)a);
}
VEC_FUNCTION reg reg_at_least(reg low, reg x) {
  return (reg)_mm256_max_pd((__m256d)low, (__m256d)x);
}
VEC_FUNCTION reg reg_at_most(reg high, reg x) {
  return (reg)_mm256_min_pd((__m256d)high, (__m256d)x);
}
/* Halves of 32 bits, each looked up in a table of its own. */
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
  const __m256 a = _mm256_loadu_ps((const float *)t), b = _mm256_loadu_ps((const float *)(t + 4));
  const __m256d low = (__m256d)_mm256_shuffle_ps(a, b, 0x88), high = (__m256d)_mm256_shuffle_ps(a, b, 0xdd);
  const __m256i at = _mm256_shuffle_epi32((__m256i)i, 0xa0);
  return (ireg)_mm256_blend_epi32(_mm256_permutevar8x32_epi32((__m256i)_mm256_permute4x64_pd(low, 0xd8), at),
                                  _mm256_permutevar8x32_epi32((__m256i)_mm256_permute4x64_pd(high, 0xd8), at), 0xaa);
}
VEC_FUNCTION reg reg_select(rmask m, reg a, reg b) {
  return (reg)_mm256_blendv_pd((__m256d)b, (__m256d)a, (__m256d)m);
}
VEC_FUNCTION int rmask_any(rmask m) {
  return _mm256_movemask_pd((__m256d)m);
}
VEC_FUNCTION ireg reg_mul_words(ireg a, ireg b) {
  return (ireg)_mm256_mul_epu32((__m256i)a, (__m256i)b);
}
#endif

#define VEC_POWERS lur_powers_avx2 /* a ^ b of floats, in doubles: functions_power.inc.h */
#include "engine/vec/staged.h"

#endif

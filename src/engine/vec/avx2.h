/* SPDX-License-Identifier: MIT
 * AVX2 with FMA: 4 doubles or 8 floats a register. */
#ifndef LUR_ENGINE_VEC_AVX2_H
#define LUR_ENGINE_VEC_AVX2_H

#include <immintrin.h>

#define REG_BYTES 32
#include "engine/vec/register.h"

#if VEC_FLOAT
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)_mm256_fmadd_ps((__m256)a, (__m256)b, (__m256)c);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm256_sqrt_ps((__m256)a);
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

#include "engine/vec/staged.h"

#endif

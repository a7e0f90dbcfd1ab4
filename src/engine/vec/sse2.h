/* SPDX-License-Identifier: MIT
 * SSE2: 2 doubles or 4 floats a register. It has no fused multiply-add: each lane asks the C library's fma, which is
 * slow and gives the same bits. */
#ifndef LUR_ENGINE_VEC_SSE2_H
#define LUR_ENGINE_VEC_SSE2_H

#include <emmintrin.h>

#define REG_BYTES 16
#include "engine/vec/register.h"

#if VEC_FLOAT
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg){fmaf(a[0], b[0], c[0]), fmaf(a[1], b[1], c[1]), fmaf(a[2], b[2], c[2]), fmaf(a[3], b[3], c[3])};
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm_sqrt_ps((__m128)a);
}
VEC_FUNCTION int rmask_any(rmask m) {
  return _mm_movemask_ps((__m128)m);
}
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
  return (ireg){t[i[0] & 7], t[i[1] & 7], t[i[2] & 7], t[i[3] & 7]};
}
#else
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg){fma(a[0], b[0], c[0]), fma(a[1], b[1], c[1])};
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)_mm_sqrt_pd((__m128d)a);
}
VEC_FUNCTION int rmask_any(rmask m) {
  return _mm_movemask_pd((__m128d)m);
}
VEC_FUNCTION ireg reg_mul_words(ireg a, ireg b) {
  return (ireg)_mm_mul_epu32((__m128i)a, (__m128i)b);
}
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
  return (ireg){t[i[0] & 7], t[i[1] & 7]};
}
#endif
VEC_FUNCTION reg reg_select(rmask m, reg a, reg b) {
  return (reg)((m & (ireg)a) | (~m & (ireg)b));
}

#define VEC_POWERS lur_powers_scalar
#include "engine/vec/staged.h"

#endif

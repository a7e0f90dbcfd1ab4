/* SPDX-License-Identifier: MIT
 * NEON of AArch64: 2 doubles or 4 floats a register. */
#ifndef LUR_ENGINE_VEC_NEON_H
#define LUR_ENGINE_VEC_NEON_H

#include <arm_neon.h>

#define REG_BYTES 16
#include "engine/vec/register.h"

#if VEC_FLOAT
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)vfmaq_f32((float32x4_t)c, (float32x4_t)a, (float32x4_t)b);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)vsqrtq_f32((float32x4_t)a);
}
#else
VEC_FUNCTION reg reg_fma(reg a, reg b, reg c) {
  return (reg)vfmaq_f64((float64x2_t)c, (float64x2_t)a, (float64x2_t)b);
}
VEC_FUNCTION reg reg_sqrt(reg a) {
  return (reg)vsqrtq_f64((float64x2_t)a);
}
VEC_FUNCTION ireg reg_mul_words(ireg a, ireg b) {
  return (ireg)vmull_u32(vmovn_u64((uint64x2_t)a), vmovn_u64((uint64x2_t)b));
}
#endif
/* The bytes of a lane, looked up in those of the table: sizeof(real) times the lane's low three bits, and on. */
VEC_FUNCTION ireg ireg_table(const ireal *t, ireg i) {
#if VEC_FLOAT
  const uint8x16_t lowest = {0, 0, 0, 0, 4, 4, 4, 4, 8, 8, 8, 8, 12, 12, 12, 12};
  const uint8x16_t place = {0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3};
  const uint8x16_t at = vqtbl1q_u8((uint8x16_t)((ureg)i << 2), lowest) & 28;
  return (ireg)vqtbl2q_u8(vld1q_u8_x2((const uint8_t *)t), at | place);
#else
  const uint8x16_t lowest = {0, 0, 0, 0, 0, 0, 0, 0, 8, 8, 8, 8, 8, 8, 8, 8};
  const uint8x16_t place = {0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7};
  const uint8x16_t at = vqtbl1q_u8((uint8x16_t)((ureg)i << 3), lowest) & 56;
  return (ireg)vqtbl4q_u8(vld1q_u8_x4((const uint8_t *)t), at | place);
#endif
}
VEC_FUNCTION reg reg_select(rmask m, reg a, reg b) {
  return (reg)((m & (ireg)a) | (~m & (ireg)b));
}
VEC_FUNCTION int rmask_any(rmask m) {
  return vmaxvq_u32((uint32x4_t)m) != 0;
}

#define VEC_POWERS lur_powers_neon /* a ^ b of floats, in doubles: functions_power.inc.h */
#include "engine/vec/staged.h"

#endif

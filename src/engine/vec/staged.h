/* SPDX-License-Identifier: MIT
 * A vec of VEC_REGS registers: the names of vec/scalar.h over the reg_* names of one instruction set. A function that
 * is written op by op over vec is thereby staged: each operation is done for all registers before the next, so that
 * VEC_REGS independent chains hide latency. Fields and not an array, for compilers keep only those in registers.
 * The including vec/ISA.h has defined real, reg, ireg, rmask, REG_LANES and the reg_* functions. */
#ifndef LUR_ENGINE_VEC_STAGED_H
#define LUR_ENGINE_VEC_STAGED_H

#ifndef VEC_REGS
#define VEC_REGS 8
#endif

enum { VEC_LANES = VEC_REGS * REG_LANES };

#if VEC_REGS == 8
#define EVERY(f) f(r0), f(r1), f(r2), f(r3), f(r4), f(r5), f(r6), f(r7)
#define IN_TURN(f) f(r0) f(r1) f(r2) f(r3) f(r4) f(r5) f(r6) f(r7)
#define FIELDS r0, r1, r2, r3, r4, r5, r6, r7
#elif VEC_REGS == 4
#define EVERY(f) f(r0), f(r1), f(r2), f(r3)
#define IN_TURN(f) f(r0) f(r1) f(r2) f(r3)
#define FIELDS r0, r1, r2, r3
#elif VEC_REGS == 2
#define EVERY(f) f(r0), f(r1)
#define IN_TURN(f) f(r0) f(r1)
#define FIELDS r0, r1
#else
#define EVERY(f) f(r0)
#define IN_TURN(f) f(r0)
#define FIELDS r0
#endif

#ifndef REG_OWN_ENDS
VEC_FUNCTION reg reg_at_least(reg low, reg x) {
  return reg_select(reg_lt(x, low), low, x);
}
VEC_FUNCTION reg reg_at_most(reg high, reg x) {
  return reg_select(reg_lt(high, x), high, x);
}
#endif

typedef struct {
  reg FIELDS;
} vec;
typedef struct {
  ireg FIELDS;
} ivec;
typedef struct {
  rmask FIELDS;
} mask;

#define UNARY(name, to, from, f)                                                                                       \
  VEC_FUNCTION to name(from a) {                                                                                       \
    return (to){EVERY(f)};                                                                                             \
  }
#define BINARY(name, to, from, f)                                                                                      \
  VEC_FUNCTION to name(from a, from b) {                                                                               \
    return (to){EVERY(f)};                                                                                             \
  }

VEC_FUNCTION vec vec_set(real x) {
  const reg s = reg_set(x);
#define F(r) s
  return (vec){EVERY(F)};
#undef F
}
VEC_FUNCTION ivec ivec_set(ireal x) {
  const ireg s = ireg_set(x);
#define F(r) s
  return (ivec){EVERY(F)};
#undef F
}

enum { R_r0, R_r1, R_r2, R_r3, R_r4, R_r5, R_r6, R_r7 }; /* a field's place in memory, in registers */

/* p is aligned to a register. */
VEC_FUNCTION vec vec_load(const real *p) {
#define F(r) reg_load(p + R_##r * REG_LANES)
  return (vec){EVERY(F)};
#undef F
}
VEC_FUNCTION void vec_store(real *p, vec x) {
#define F(r) reg_store(p + R_##r * REG_LANES, x.r);
  IN_TURN(F)
#undef F
}

#define F(r) reg_add(a.r, b.r)
BINARY(vec_add, vec, vec, F)
#undef F
#define F(r) reg_sub(a.r, b.r)
BINARY(vec_sub, vec, vec, F)
#undef F
#define F(r) reg_mul(a.r, b.r)
BINARY(vec_mul, vec, vec, F)
#undef F
#define F(r) reg_div(a.r, b.r)
BINARY(vec_div, vec, vec, F)
#undef F
#define F(r) reg_sqrt(a.r)
UNARY(vec_sqrt, vec, vec, F)
#undef F
#define F(r) reg_neg(a.r)
UNARY(vec_neg, vec, vec, F)
#undef F
#define F(r) reg_abs(a.r)
UNARY(vec_abs, vec, vec, F)
#undef F
VEC_FUNCTION vec vec_fma(vec a, vec b, vec c) {
#define F(r) reg_fma(a.r, b.r, c.r)
  return (vec){EVERY(F)};
#undef F
}

#define F(r) reg_lt(a.r, b.r)
BINARY(vec_lt, mask, vec, F)
#undef F
#define F(r) reg_le(a.r, b.r)
BINARY(vec_le, mask, vec, F)
#undef F
#define F(r) reg_eq(a.r, b.r)
BINARY(vec_eq, mask, vec, F)
#undef F
VEC_FUNCTION mask vec_gt(vec a, vec b) {
  return vec_lt(b, a);
}
VEC_FUNCTION mask vec_ge(vec a, vec b) {
  return vec_le(b, a);
}
VEC_FUNCTION mask vec_is_nan(vec a) {
#define F(r) reg_ne(a.r, a.r)
  return (mask){EVERY(F)};
#undef F
}
VEC_FUNCTION vec vec_select(mask m, vec a, vec b) {
#define F(r) reg_select(m.r, a.r, b.r)
  return (vec){EVERY(F)};
#undef F
}
#define F(r) reg_at_least(a.r, b.r)
BINARY(vec_at_least, vec, vec, F)
#undef F
#define F(r) reg_at_most(a.r, b.r)
BINARY(vec_at_most, vec, vec, F)
#undef F
#define F(r) a.r &b.r
BINARY(mask_and, mask, mask, F)
BINARY(ivec_and, ivec, ivec, F)
#undef F
#define F(r) a.r | b.r
BINARY(mask_or, mask, mask, F)
#undef F
#define F(r) ~a.r
UNARY(mask_not, mask, mask, F)
#undef F
VEC_FUNCTION int mask_any(mask a) {
#define F(r) rmask_any(a.r)
  const int any[] = {EVERY(F)};
#undef F
  int sum = 0;
  for (int i = 0; i < VEC_REGS; i++)
    sum |= any[i];
  return sum;
}

#define F(r) (ireg) a.r
UNARY(vec_bits, ivec, vec, F)
#undef F
#define F(r) (reg) a.r
UNARY(vec_from_bits, vec, ivec, F)
#undef F
#define F(r) (ireg)((ureg)a.r + (ureg)b.r)
BINARY(ivec_add, ivec, ivec, F)
#undef F
#define F(r) (ireg)((ureg)a.r - (ureg)b.r)
BINARY(ivec_sub, ivec, ivec, F)
#undef F
#define F(r) a.r ^ b.r
BINARY(ivec_xor, ivec, ivec, F)
#undef F
#if !VEC_FLOAT
#define F(r) reg_mul_words(a.r, b.r)
BINARY(ivec_mul_words, ivec, ivec, F)
#undef F
#endif
VEC_FUNCTION ivec ivec_shl(ivec a, int n) {
#define F(r) (ireg)((ureg)a.r << n)
  return (ivec){EVERY(F)};
#undef F
}
VEC_FUNCTION ivec ivec_shr(ivec a, int n) {
#define F(r) (ireg)((ureg)a.r >> n)
  return (ivec){EVERY(F)};
#undef F
}
VEC_FUNCTION ivec ivec_table(const ireal *t, ivec a) {
#define F(r) ireg_table(t, a.r)
  return (ivec){EVERY(F)};
#undef F
}
#define F(r) reg_from_ireg(a.r)
UNARY(vec_from_ivec, vec, ivec, F)
#undef F

/* ---- Register by register: where a vec's registers are patterns, or parameters, one after the other ---- */
VEC_FUNCTION vec vec_splat(reg x) {
#define F(r) x
  return (vec){EVERY(F)};
#undef F
}
/* Register r is x[r][at] in all its lanes, or the REG_LANES values that begin there. */
VEC_FUNCTION vec vec_set_each(const real *const *x, size_t at) {
#define F(r) reg_set(x[R_##r][at])
  return (vec){EVERY(F)};
#undef F
}
VEC_FUNCTION vec vec_load_each(const real *const *x, size_t at) {
#define F(r) reg_load(x[R_##r] + at)
  return (vec){EVERY(F)};
#undef F
}
VEC_FUNCTION vec vec_load_anywhere(const real *p) {
#define F(r) reg_load_anywhere(p + R_##r * REG_LANES)
  return (vec){EVERY(F)};
#undef F
}
VEC_FUNCTION void vec_store_anywhere(real *p, vec x) {
#define F(r) reg_store_anywhere(p + R_##r * REG_LANES, x.r);
  IN_TURN(F)
#undef F
}
/* sum + a[0] b[0] + a[1] b[1] + ... over the first n registers, one fused step after the other. */
VEC_FUNCTION reg vec_fma_chain(int n, vec a, vec b, reg sum) {
#define F(r)                                                                                                           \
  if (R_##r < n)                                                                                                       \
    sum = reg_fma(a.r, b.r, sum);
  IN_TURN(F)
#undef F
  return sum;
}
VEC_FUNCTION reg vec_add_chain(int n, vec a, reg sum) {
#define F(r)                                                                                                           \
  if (R_##r < n)                                                                                                       \
    sum = reg_add(sum, a.r);
  IN_TURN(F)
#undef F
  return sum;
}
/* The largest of most and the first n registers; a NaN, once met, stays. */
VEC_FUNCTION reg vec_max_chain(int n, vec a, reg most) {
#define F(r)                                                                                                           \
  if (R_##r < n)                                                                                                       \
    most = reg_select(reg_lt(most, a.r) | reg_ne(a.r, a.r), a.r, most);
  IN_TURN(F)
#undef F
  return most;
}

#undef UNARY
#undef BINARY
#undef EVERY
#undef IN_TURN
#undef FIELDS
#endif

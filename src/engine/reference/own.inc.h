/* SPDX-License-Identifier: MIT
 * The reference kernel's functions of the script's own: a program is read operation by operation, number by number.
 * What depends on no argument that varies is computed in double and rounded once; all else is real. Written separately
 * from the kernels' codes (program/code.c, kernel/own.inc.h), so that the two can be compared. */
#ifndef LUR_REFERENCE_OWN_INC_H
#define LUR_REFERENCE_OWN_INC_H

#include <stdlib.h>

#include "base/memory.h"
#include "engine/functions.inc.h"
#include "engine/functions_power.inc.h"
#include "engine/functions_trig.inc.h"
#include "engine/functions_whole.inc.h"
#include "engine/program/program.h"
#include "engine/rules.h"

struct own {
  const struct lur_program *p; /* NULL: there is no such function */
  bool *uniform;               /* [operation]: it is computed in double, */
  double *exact;               /* here */
  real *value;                 /* of all operations */
};

static real activation_value(enum lur_activation f, real z) {
  real a;
  each_activate(1, f, &z, &a);
  return a;
}

/* A function for each operation with operands, over the names a, b, c and, of a power, its exponent. */
#define VALUE(name, value)                                                                                             \
  FUNCTION real own_##name(real a, real b, real c, double exponent) {                                                  \
    (void)a, (void)b, (void)c, (void)exponent;                                                                         \
    return value;                                                                                                      \
  }
VALUE(add, a + b)
VALUE(sub, a - b)
VALUE(mul, a *b)
VALUE(div, a / b)
VALUE(neg, -a)
VALUE(fma, vec_fma(a, b, c))
VALUE(floor_div, vec_floor_div(a, b))
VALUE(mod, vec_mod(a, b))
VALUE(pow, vec_pow(a, b))
VALUE(pow_constant, vec_pow_constant(a, exponent))
VALUE(abs, vec_abs(a))
VALUE(floor, vec_floor(a))
VALUE(ceil, vec_ceil(a))
VALUE(max, a < b ? b : a)
VALUE(min, b < a ? b : a)
VALUE(sqrt, vec_sqrt(a))
VALUE(exp, vec_exp(a))
VALUE(expm1, vec_expm1(a))
VALUE(log, vec_log(a))
VALUE(log1p, vec_log1p(a))
VALUE(sin, vec_sin(a))
VALUE(cos, vec_cos(a))
VALUE(tan, vec_tan(a))
VALUE(erf, vec_erf(a))
VALUE(sigmoid, activation_value(LUR_SIGMOID, a))
VALUE(tanh, activation_value(LUR_TANH, a))
VALUE(relu, activation_value(LUR_RELU, a))
VALUE(leaky_relu, activation_value(LUR_LEAKY_RELU, a))
VALUE(softplus, activation_value(LUR_SOFTPLUS, a))
VALUE(step, activation_value(LUR_STEP, a))
VALUE(lt, a < b)
VALUE(le, a <= b)
VALUE(eq, a == b)
VALUE(select, a != 0 ? b : c)
VALUE(mul_taken, a == 0 ? 0 : a * b)
VALUE(div_taken, a == 0 ? 0 : a / b)
#undef VALUE

static real own_operation(enum lur_op_id id, real a, real b, real c, double exponent) {
#define VALUE_0(ID, name) break /* it is given */
#define VALUE_1(ID, name) return own_##name(a, b, c, exponent)
#define VALUE_2(ID, name) return own_##name(a, b, c, exponent)
#define VALUE_3(ID, name) return own_##name(a, b, c, exponent)
#define CASE(ID, name, n_operands, ...)                                                                                \
  case LUR_OP_##ID: VALUE_##n_operands(ID, name);
  switch (id) {
    LUR_OPS(CASE)
  case LUR_N_OPS: break;
  }
#undef CASE
  return NAN;
}

/* The operations before `end` that depend on nothing that varies: once for all numbers of a run, or of an update.
 * number: the values of the program's names; given: of enum lur_input, where such are read. */
static void own_settle(const struct own *f, int end, const double *number, const double *given) {
  for (int i = 0; i < end; i++) {
    const struct lur_op *op = &f->p->op[i];
    if (!f->uniform[i])
      continue;
    f->exact[i] = op->id == LUR_OP_CONSTANT ? op->constant
                  : op->id == LUR_OP_NUMBER ? number[op->at[0]]
                  : op->id == LUR_OP_INPUT  ? given[op->at[0]]
                                            : lur_op_of(op, f->exact);
    f->value[i] = (real)f->exact[i];
  }
}

/* All others. given: [enum lur_input][index]. */
static void own_compute(const struct own *f, int end, const real *const *given) {
  for (int i = 0; i < end; i++) {
    const struct lur_op *op = &f->p->op[i];
    real x[3] = {0, 0, 0};
    if (f->uniform[i])
      continue;
    for (int k = 0; k < lur_ops[op->id].n_operands; k++)
      x[k] = f->value[op->at[k]];
    f->value[i] = op->id == LUR_OP_INPUT ? given[op->at[0]][op->at[1]]
                                         : own_operation(op->id, x[0], x[1], x[2], f->p->op[op->at[1]].constant);
  }
}

static real own_result(const struct own *f, int k) {
  return f->value[f->p->result[k]];
}

/* ---- Memory ---- */
static bool own_room(struct own *f, const struct lur_program *p) {
  const size_t n = (size_t)p->n_ops + 1;
  *f =
      (struct own){p, lur_alloc(n, sizeof *f->uniform), lur_alloc(n, sizeof *f->exact), lur_alloc(n, sizeof *f->value)};
  if (f->uniform)
    lur_program_uniform(p, f->uniform);
  return f->uniform && f->exact && f->value;
}
static void own_free_room(struct own *f) {
  free(f->uniform);
  free(f->exact);
  free(f->value);
}

/* The function and its derivative, with a run's numbers. An own without a program stays so. */
static int own_start(struct own *f, const struct lur_program *p, const struct lur_structure *s,
                     const struct lur_numbers *numbers, struct lur_error *e) {
  double number[LUR_MAX_OWN_NUMBERS];
  const struct lur_program *both = p ? lur_program_derive(p, e) : NULL;
  if (!p)
    return LUR_OK;
  if (!both)
    return e->code;
  if (!own_room(f, both))
    return lur_fail_memory(e);
  const int status = lur_program_numbers(both, &s->own, numbers, number, e);
  if (!status)
    own_settle(f, both->n_ops, number, NULL);
  return status;
}
static void own_free(struct own *f) {
  lur_program_free((struct lur_program *)f->p);
  own_free_room(f);
}

#endif

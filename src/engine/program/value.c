/* SPDX-License-Identifier: MIT
 * What operations give, in double, one number at a time: what constants are folded with, traces are checked with and
 * starts are drawn with. Each entry sets the floating-point environment, as all of the engine's do. Reentrant. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "engine/environment.h"

/* A function an operation, over the names a, b, c. */
#define VALUE(name, value)                                                                                             \
  static double value_##name(double a, double b, double c) {                                                           \
    (void)a, (void)b, (void)c;                                                                                         \
    return value;                                                                                                      \
  }
VALUE(constant, NAN) /* the three without operands have no value of their own */
VALUE(input, NAN)
VALUE(number, NAN)
VALUE(add, a + b)
VALUE(sub, a - b)
VALUE(mul, (a * b))
VALUE(div, a / b)
VALUE(neg, -a)
VALUE(fma, fma(a, b, c))
VALUE(floor_div, lur_floor_div(a, b))
VALUE(mod, lur_mod(a, b))
VALUE(pow, lur_pow(a, b))
VALUE(pow_constant, lur_pow_constant(a, b))
VALUE(abs, fabs(a))
VALUE(floor, lur_floor(a))
VALUE(ceil, lur_ceil(a))
VALUE(max, a < b ? b : a)
VALUE(min, b < a ? b : a)
VALUE(sqrt, sqrt(a))
VALUE(exp, lur_exp(a))
VALUE(expm1, lur_expm1(a))
VALUE(log, lur_log(a))
VALUE(log1p, lur_log1p(a))
VALUE(sin, lur_sin(a))
VALUE(cos, lur_cos(a))
VALUE(tan, lur_tan(a))
VALUE(erf, lur_erf(a))
VALUE(sigmoid, lur_sigmoid(a))
VALUE(tanh, lur_tanh(a))
VALUE(relu, lur_activate(LUR_RELU, a))
VALUE(leaky_relu, lur_activate(LUR_LEAKY_RELU, a))
VALUE(softplus, lur_activate(LUR_SOFTPLUS, a))
VALUE(step, lur_activate(LUR_STEP, a))
VALUE(lt, a < b)
VALUE(le, a <= b)
VALUE(eq, a == b)
VALUE(select, a != 0 ? b : c)
VALUE(mul_taken, a == 0 ? 0 : a * b)
VALUE(div_taken, a == 0 ? 0 : a / b)

double lur_op_value(enum lur_op_id id, double a, double b, double c) {
#define ROW(ID, name, ...) [LUR_OP_##ID] = value_##name,
  static double (*const value[LUR_N_OPS])(double a, double b, double c) = {LUR_OPS(ROW)};
#undef ROW
  lur_environment found = lur_environment_enter();
  double y = value[id](lur_environment_keep(a), lur_environment_keep(b), lur_environment_keep(c));
  y = lur_environment_keep(y != y ? (double)NAN : y);
  lur_environment_leave(found);
  return y;
}

enum { FEW_OPS = 256 }; /* whose values need no memory of their own */

double lur_op_of(const struct lur_op *op, const double *value) {
  double x[3] = {0, 0, 0};
  for (int i = 0; i < lur_ops[op->id].n_operands; i++)
    x[i] = value[op->at[i]];
  return lur_op_value(op->id, x[0], x[1], x[2]);
}

void lur_program_values(const struct lur_program *p, double (*input)(void *context, enum lur_input which, int index),
                        void *context, const double *number, double *value) {
  for (int k = 0; k < p->n_ops; k++) {
    const struct lur_op *op = &p->op[k];
    value[k] = op->id == LUR_OP_CONSTANT ? op->constant
               : op->id == LUR_OP_INPUT  ? input(context, (enum lur_input)op->at[0], op->at[1])
               : op->id == LUR_OP_NUMBER ? number[op->at[0]]
                                         : lur_op_of(op, value);
  }
}

int lur_program_run(const struct lur_program *p, double (*input)(void *context, enum lur_input which, int index),
                    void *context, const double *number, double *results, struct lur_error *e) {
  double few[FEW_OPS], *value = p->n_ops <= FEW_OPS ? few : lur_alloc((size_t)p->n_ops, sizeof *value);
  if (!value)
    return lur_fail_memory(e);
  lur_program_values(p, input, context, number, value);
  for (int k = 0; k < p->n_results; k++)
    results[k] = value[p->result[k]];
  if (value != few)
    free(value);
  return LUR_OK;
}

void lur_program_uniform(const struct lur_program *p, bool *uniform) {
  for (int k = 0; k < p->n_ops; k++) {
    const struct lur_op *op = &p->op[k];
    uniform[k] = op->id != LUR_OP_INPUT || !lur_inputs[op->at[0]].varies;
    for (int i = 0; i < lur_ops[op->id].n_operands; i++)
      uniform[k] = uniform[k] && uniform[op->at[i]];
  }
}

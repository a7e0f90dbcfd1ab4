/* SPDX-License-Identifier: MIT
 * A program's derivative, as operations behind its own: the walk of docs/numerics.md ("Derivatives"), from the last
 * operation to the first. slope_NAME says what an operation gives to its operands; give() adds it up. The first
 * contribution is taken as it is and later ones are added in the order in which they come. Reentrant. */
#include <stdlib.h>

#include "base/memory.h"
#include "engine/program/program.h"

struct deriving {
  const struct lur_program *p;
  struct lur_builder *b;
  bool failed; /* there was no room for something */
  /* of the program's operations: */
  int *place;    /* in the builder */
  int *slope;    /* the same of what was given so far; NONE */
  bool *depends; /* on the variable */
  bool *behind;  /* a selection, max or min: what multiplies its slope is MUL_TAKEN, what divides it DIV_TAKEN */
};

enum { NONE = -1 };

/* The operation at hand: y = f(a, b, c), all by their places in the builder, and y's slope. */
struct here {
  int k;
  const uint16_t *at;
  int y, a, b, c, slope;
};

static int keep(struct deriving *d, int place) {
  d->failed = d->failed || place < 0;
  return place;
}

static int number(struct deriving *d, double x) {
  return keep(d, lur_build_constant(d->b, x));
}

static int op3(struct deriving *d, enum lur_op_id id, int a, int b, int c) {
  return keep(d, lur_build(d->b, id, (const int[]){a, b, c}));
}

static int op2(struct deriving *d, enum lur_op_id id, int a, int b) {
  return op3(d, id, a, b, NONE);
}

static int op1(struct deriving *d, enum lur_op_id id, int a) {
  return op3(d, id, a, NONE, NONE);
}

static bool is_one(struct deriving *d, int place) {
  double x;
  return place >= 0 && lur_builder_constant(d->b, place, &x) && x == 1;
}

/* slope * factor; 1 * factor is the factor, to the bit. */
static int times(struct deriving *d, const struct here *h, int slope, int factor) {
  if (is_one(d, slope))
    return factor;
  return op2(d, d->behind[h->k] ? LUR_OP_MUL_TAKEN : LUR_OP_MUL, slope, factor);
}

static int over(struct deriving *d, const struct here *h, int divisor) {
  return op2(d, d->behind[h->k] ? LUR_OP_DIV_TAKEN : LUR_OP_DIV, h->slope, divisor);
}

static int negative(struct deriving *d, int x) {
  return op1(d, LUR_OP_NEG, x);
}

/* c ? a : b; a constant condition has chosen already. */
static int choose(struct deriving *d, int c, int a, int b) {
  double x;
  if (c >= 0 && lur_builder_constant(d->b, c, &x))
    return x != 0 ? a : b;
  return op3(d, LUR_OP_SELECT, c, a, b);
}

static bool asks(const struct deriving *d, const struct here *h, int operand) {
  return d->depends[h->at[operand]];
}

static void give(struct deriving *d, const struct here *h, int operand, int contribution) {
  int to = h->at[operand];
  enum lur_op_id id = d->p->op[h->k].id;
  if (!d->depends[to])
    return;
  d->slope[to] = d->slope[to] == NONE ? contribution : op2(d, LUR_OP_ADD, d->slope[to], contribution);
  d->behind[to] = d->behind[to] || d->behind[h->k] || id == LUR_OP_SELECT || id == LUR_OP_MAX || id == LUR_OP_MIN;
}

/* ---- What each operation gives ---- */
#define SLOPE(name) static void slope_##name(struct deriving *d, const struct here *h)
#define NO_SLOPE(name)                                                                                                 \
  SLOPE(name) {                                                                                                        \
    (void)d, (void)h;                                                                                                  \
  }
NO_SLOPE(constant)
NO_SLOPE(input)
NO_SLOPE(number)
NO_SLOPE(floor_div)
NO_SLOPE(floor)
NO_SLOPE(ceil)
NO_SLOPE(step)
NO_SLOPE(lt)
NO_SLOPE(le)
NO_SLOPE(eq)

SLOPE(add) {
  give(d, h, 0, h->slope);
  give(d, h, 1, h->slope);
}
SLOPE(sub) {
  give(d, h, 0, h->slope);
  if (asks(d, h, 1))
    give(d, h, 1, negative(d, h->slope));
}
SLOPE(neg) {
  give(d, h, 0, negative(d, h->slope));
}
SLOPE(mul) {
  if (asks(d, h, 0))
    give(d, h, 0, times(d, h, h->slope, h->b));
  if (asks(d, h, 1))
    give(d, h, 1, times(d, h, h->slope, h->a));
}
SLOPE(fma) {
  slope_mul(d, h);
  give(d, h, 2, h->slope);
}
SLOPE(div) {
  int u = over(d, h, h->b);
  give(d, h, 0, u);
  if (asks(d, h, 1))
    give(d, h, 1, negative(d, times(d, h, u, h->y)));
}
SLOPE(mod) {
  give(d, h, 0, h->slope);
  if (asks(d, h, 1))
    give(d, h, 1, negative(d, times(d, h, h->slope, op2(d, LUR_OP_FLOOR_DIV, h->a, h->b))));
}
SLOPE(mul_taken) { /* no function has it */
  slope_mul(d, h);
}
SLOPE(div_taken) {
  slope_div(d, h);
}

/* The base's: b * a^(b-1), by the same kind of power. */
static int slope_of_base(struct deriving *d, const struct here *h) {
  enum lur_op_id id = d->p->op[h->k].id;
  int power = op2(d, id, h->a, op2(d, LUR_OP_SUB, h->b, number(d, 1)));
  return times(d, h, h->slope, op2(d, LUR_OP_MUL, h->b, power));
}
SLOPE(pow_constant) {
  double power = 0;
  lur_builder_constant(d->b, h->b, &power);
  if (power == 0) /* it is 1, at 0 too, where 0 * 0^-1 would be a NaN */
    return;
  if (power == 2)
    give(d, h, 0, times(d, h, h->slope, h->a));
  give(d, h, 0, power == 2 ? times(d, h, h->slope, h->a) : slope_of_base(d, h));
}
SLOPE(pow) {
  if (asks(d, h, 0))
    give(d, h, 0, slope_of_base(d, h));
  if (!asks(d, h, 1))
    return;
  int zero = number(d, 0), log_a = op1(d, LUR_OP_LOG, h->a);
  int product = times(d, h, h->slope, op2(d, LUR_OP_MUL, h->y, log_a));
  int at_zero = choose(d, op2(d, LUR_OP_LT, zero, h->b), zero, product);
  give(d, h, 1, choose(d, op2(d, LUR_OP_EQ, h->a, zero), at_zero, product));
}

SLOPE(abs) {
  int zero = number(d, 0);
  int below = choose(d, op2(d, LUR_OP_LT, h->a, zero), number(d, -1), h->a);
  give(d, h, 0, times(d, h, h->slope, choose(d, op2(d, LUR_OP_LT, zero, h->a), number(d, 1), below)));
}

/* max and min take the right one where `less` < `more`. Of equals the slope goes to the one that does not depend on the
 * variable, to the left one if both do. */
static void slope_of_larger(struct deriving *d, const struct here *h, int less, int more) {
  int zero = number(d, 0), right = op2(d, LUR_OP_LT, less, more);
  int not_left = asks(d, h, 1) ? right : op2(d, LUR_OP_LE, less, more);
  if (asks(d, h, 0))
    give(d, h, 0, choose(d, not_left, zero, h->slope));
  if (asks(d, h, 1))
    give(d, h, 1, choose(d, right, h->slope, zero));
}
SLOPE(max) {
  slope_of_larger(d, h, h->a, h->b);
}
SLOPE(min) {
  slope_of_larger(d, h, h->b, h->a);
}
SLOPE(select) {
  int zero = number(d, 0);
  if (asks(d, h, 1))
    give(d, h, 1, choose(d, h->a, h->slope, zero));
  if (asks(d, h, 2))
    give(d, h, 2, choose(d, h->a, zero, h->slope));
}

SLOPE(sqrt) {
  give(d, h, 0, over(d, h, op2(d, LUR_OP_ADD, h->y, h->y)));
}
SLOPE(exp) {
  give(d, h, 0, times(d, h, h->slope, h->y));
}
SLOPE(expm1) {
  give(d, h, 0, times(d, h, h->slope, op2(d, LUR_OP_ADD, h->y, number(d, 1))));
}
SLOPE(log) {
  give(d, h, 0, over(d, h, h->a));
}
SLOPE(log1p) {
  give(d, h, 0, over(d, h, op2(d, LUR_OP_ADD, number(d, 1), h->a)));
}
SLOPE(sin) {
  give(d, h, 0, times(d, h, h->slope, op1(d, LUR_OP_COS, h->a)));
}
SLOPE(cos) {
  give(d, h, 0, negative(d, times(d, h, h->slope, op1(d, LUR_OP_SIN, h->a))));
}
SLOPE(tan) {
  give(d, h, 0, times(d, h, h->slope, op2(d, LUR_OP_ADD, number(d, 1), op2(d, LUR_OP_MUL, h->y, h->y))));
}
SLOPE(erf) {
  static const double two_over_sqrt_pi = 0x1.20dd750429b6dp+0;
  int square = op2(d, LUR_OP_MUL, h->a, h->a), bell = op1(d, LUR_OP_EXP, negative(d, square));
  give(d, h, 0, times(d, h, h->slope, op2(d, LUR_OP_MUL, number(d, two_over_sqrt_pi), bell)));
}

/* The activations', as everywhere: from the output where that is enough. */
SLOPE(sigmoid) {
  give(d, h, 0, times(d, h, h->slope, op2(d, LUR_OP_MUL, h->y, op2(d, LUR_OP_SUB, number(d, 1), h->y))));
}
SLOPE(tanh) {
  give(d, h, 0, times(d, h, h->slope, op2(d, LUR_OP_SUB, number(d, 1), op2(d, LUR_OP_MUL, h->y, h->y))));
}
static void slope_of_ramp(struct deriving *d, const struct here *h, double below) {
  int above = op2(d, LUR_OP_LT, number(d, 0), h->y);
  give(d, h, 0, times(d, h, h->slope, choose(d, above, number(d, 1), number(d, below))));
}
SLOPE(relu) {
  slope_of_ramp(d, h, 0);
}
SLOPE(leaky_relu) {
  slope_of_ramp(d, h, 0.01);
}
SLOPE(softplus) {
  give(d, h, 0, times(d, h, h->slope, op1(d, LUR_OP_SIGMOID, h->a)));
}
#undef SLOPE
#undef NO_SLOPE

static void walk(struct deriving *d) {
#define ROW(ID, name, ...) [LUR_OP_##ID] = slope_##name,
  static void (*const slope_of[LUR_N_OPS])(struct deriving * d, const struct here *h) = {LUR_OPS(ROW)};
#undef ROW
  for (int k = d->p->n_ops - 1; k >= 0 && !d->failed; k--) {
    const struct lur_op *op = &d->p->op[k];
    struct here h = {k, op->at, d->place[k], NONE, NONE, NONE, d->slope[k]};
    int *const operand[3] = {&h.a, &h.b, &h.c};
    if (!d->depends[k] || d->slope[k] == NONE)
      continue;
    for (int i = 0; i < lur_ops[op->id].n_operands; i++)
      *operand[i] = d->place[op->at[i]];
    slope_of[op->id](d, &h);
  }
}

/* Copies the function and notes what depends on the variable. Gives the variable's place in the program, or NONE. */
static int copy_function(struct deriving *d, enum lur_input variable) {
  int found = NONE;
  for (int k = 0; k < d->p->n_ops; k++) {
    const struct lur_op *op = &d->p->op[k];
    d->place[k] = keep(d, lur_build_copy(d->b, d->p, k, d->place));
    d->slope[k] = NONE;
    if (op->id == LUR_OP_INPUT && op->at[0] == variable)
      found = k;
    d->depends[k] = found == k;
    for (int i = 0; i < lur_ops[op->id].n_operands; i++)
      d->depends[k] = d->depends[k] || d->depends[op->at[i]];
  }
  return found;
}

static struct lur_program *derive_by(struct deriving *d, enum lur_input variable, struct lur_error *e) {
  int at = copy_function(d, variable), result = d->p->result[0];
  d->slope[result] = number(d, 1);
  walk(d);
  int slope = at == NONE || d->slope[at] == NONE ? number(d, 0) : d->slope[at];
  struct lur_program *made = NULL;
  if (d->failed)
    lur_builder_fail(d->b, e);
  else if (!(made = lur_builder_finish(d->b, 2, (const int[]){d->place[result], slope}, 0, NULL)))
    lur_fail_memory(e);
  return made;
}

/* What a function of the role is derived by; LUR_N_INPUTS: it is not. */
static enum lur_input variable_of(enum lur_role role) {
  switch (role) {
  case LUR_ROLE_ACTIVATION: return LUR_IN_Z;
  case LUR_ROLE_LOSS: return LUR_IN_O;
  case LUR_ROLE_PENALTY: return LUR_IN_W;
  case LUR_ROLE_OPTIMIZER:
  case LUR_ROLE_SCHEDULE:
  case LUR_ROLE_INIT:
  case LUR_N_ROLES: break;
  }
  return LUR_N_INPUTS;
}

static struct lur_program *derive_new(const struct lur_program *p, enum lur_input variable, struct lur_error *e) {
  size_t n = (size_t)p->n_ops;
  struct deriving d = {.p = p,
                       .b = lur_builder_new(p->role, LUR_MAX_DERIVED),
                       .place = lur_alloc(n, sizeof *d.place),
                       .slope = lur_alloc(n, sizeof *d.slope),
                       .depends = lur_alloc(n, sizeof *d.depends),
                       .behind = lur_alloc(n, sizeof *d.behind)};
  struct lur_program *made = NULL;
  if (d.b && d.place && d.slope && d.depends && d.behind)
    made = derive_by(&d, variable, e);
  else
    lur_fail_memory(e);
  lur_builder_free(d.b);
  free(d.place);
  free(d.slope);
  free(d.depends);
  free(d.behind);
  return made;
}

struct lur_program *lur_program_derive(const struct lur_program *p, struct lur_error *e) {
  enum lur_input variable = variable_of(p->role);
  if (variable == LUR_N_INPUTS) {
    lur_fail(e, LUR_EINPUT, NULL, "%s: it has no derivative", lur_role_names[p->role]);
    return NULL;
  }
  if (p->n_results == 1)
    return derive_new(p, variable, e);
  struct lur_program *copy = lur_program_bind(p, 0, NULL, NULL); /* its slope is given */
  if (!copy)
    lur_fail_memory(e);
  return copy;
}

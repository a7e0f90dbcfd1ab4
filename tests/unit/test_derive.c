/* SPDX-License-Identifier: MIT
 * Derivatives of programs: written out op by op as docs/numerics.md says, against finite differences in 80 bits, and
 * at kinks, behind selections and where an untaken side is infinite. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "program_help.h"
#include "random_programs.h"

/* ---- Written out. Of an activation: its lines, what it returns, and what its derivative has besides ---- */
#define TWO_OVER_SQRT_PI "0x1.20dd750429b6dp+0"
static const struct {
  const char *lines, *result, *more, *slope;
} written[] = {
    {"", "z", "", "0x1p+0"},
    {"", "p.a", "", "0x0p+0"},
    {"t1 = add z p.a\n", "t1", "", "0x1p+0"},
    {"t1 = add z z\n", "t1", "", "0x1p+1"},
    {"t1 = sub p.a z\n", "t1", "", "-0x1p+0"},
    {"t1 = mul z p.a\n", "t1", "", "p.a"},
    {"t1 = mul p.a z\n", "t1", "", "p.a"},
    {"t1 = mul z z\n", "t1", "t2 = add z z\n", "t2"},
    {"t1 = exp z\nt2 = mul t1 z\n", "t2", "t3 = mul z t1\nt4 = add t1 t3\n", "t4"},
    {"t1 = exp z\nt2 = mul z t1\n", "t2", "t3 = add t1 t2\n", "t3"}, /* z * t1 is there already */
    {"t1 = div z p.a\n", "t1", "t2 = div 0x1p+0 p.a\n", "t2"},
    {"t1 = div p.a z\n", "t1", "t2 = div 0x1p+0 z\nt3 = mul t2 t1\nt4 = neg t3\n", "t4"},
    {"t1 = div z z\n", "t1", "t2 = div 0x1p+0 z\nt3 = mul t2 t1\nt4 = neg t3\nt5 = add t2 t4\n", "t5"},
    {"t1 = neg z\n", "t1", "", "-0x1p+0"},
    {"t1 = fma z z z\n", "t1", "t2 = add z z\nt3 = add t2 0x1p+0\n", "t3"},
    {"t1 = floor_div z p.a\n", "t1", "", "0x0p+0"},
    {"t1 = mod z p.a\n", "t1", "", "0x1p+0"},
    {"t1 = mod z z\n", "t1", "t2 = floor_div z z\nt3 = neg t2\nt4 = add 0x1p+0 t3\n", "t4"},
    {"t1 = pow z p.a\n", "t1", "t2 = sub p.a 0x1p+0\nt3 = pow z t2\nt4 = mul p.a t3\n", "t4"},
    {"t1 = pow p.a z\n", "t1",
     "t2 = log p.a\nt3 = mul t1 t2\nt4 = lt 0x0p+0 z\nt5 = select t4 0x0p+0 t3\nt6 = eq p.a 0x0p+0\n"
     "t7 = select t6 t5 t3\n",
     "t7"},
    {"t1 = pow 0x1p+1 z\n", "t1", "t2 = mul t1 0x1.62e42fefa39efp-1\n", "t2"},
    {"t1 = pow z z\n", "t1",
     "t2 = sub z 0x1p+0\nt3 = pow z t2\nt4 = mul z t3\nt5 = log z\nt6 = mul t1 t5\nt7 = lt 0x0p+0 z\n"
     "t8 = select t7 0x0p+0 t6\nt9 = eq z 0x0p+0\nt10 = select t9 t8 t6\nt11 = add t4 t10\n",
     "t11"},
    {"t1 = pow_constant z 0x1p+1\n", "t1", "t2 = add z z\n", "t2"},
    {"t1 = exp z\nt2 = pow_constant t1 0x1p+1\n", "t2", "t3 = add t1 t1\nt4 = mul t3 t1\n", "t4"},
    {"t1 = pow_constant z 0x0p+0\n", "t1", "", "0x0p+0"},
    {"t1 = pow_constant z 0x1.8p+1\n", "t1", "t2 = pow_constant z 0x1p+1\nt3 = mul 0x1.8p+1 t2\n", "t3"},
    {"t1 = pow_constant z 0x1p-1\n", "t1", "t2 = pow_constant z -0x1p-1\nt3 = mul 0x1p-1 t2\n", "t3"},
    {"t1 = abs z\n", "t1", "t2 = lt z 0x0p+0\nt3 = select t2 -0x1p+0 z\nt4 = lt 0x0p+0 z\nt5 = select t4 0x1p+0 t3\n",
     "t5"},
    {"t1 = floor z\n", "t1", "", "0x0p+0"},
    {"t1 = ceil z\n", "t1", "", "0x0p+0"},
    {"t1 = step z\n", "t1", "", "0x0p+0"},
    {"t1 = lt z p.a\n", "t1", "", "0x0p+0"},
    {"t1 = floor z\nt2 = mul t1 z\n", "t2", "", "t1"},
    {"t1 = max z p.a\n", "t1", "t2 = le z p.a\nt3 = select t2 0x0p+0 0x1p+0\n", "t3"},
    {"t1 = max p.a z\n", "t1", "t2 = lt p.a z\nt3 = select t2 0x1p+0 0x0p+0\n", "t3"},
    {"t1 = min z p.a\n", "t1", "t2 = le p.a z\nt3 = select t2 0x0p+0 0x1p+0\n", "t3"},
    {"t1 = min p.a z\n", "t1", "t2 = lt z p.a\nt3 = select t2 0x1p+0 0x0p+0\n", "t3"},
    {"t1 = exp z\nt2 = max z t1\n", "t2",
     "t3 = lt z t1\nt4 = select t3 0x0p+0 0x1p+0\nt5 = select t3 0x1p+0 0x0p+0\nt6 = mul_taken t5 t1\n"
     "t7 = add t4 t6\n",
     "t7"},
    {"t1 = exp z\nt2 = min z t1\n", "t2",
     "t3 = lt t1 z\nt4 = select t3 0x0p+0 0x1p+0\nt5 = select t3 0x1p+0 0x0p+0\nt6 = mul_taken t5 t1\n"
     "t7 = add t4 t6\n",
     "t7"},
    {"t1 = sqrt z\n", "t1", "t2 = add t1 t1\nt3 = div 0x1p+0 t2\n", "t3"},
    {"t1 = exp z\n", "t1", "", "t1"},
    {"t1 = expm1 z\n", "t1", "t2 = add t1 0x1p+0\n", "t2"},
    {"t1 = log z\n", "t1", "t2 = div 0x1p+0 z\n", "t2"},
    {"t1 = log1p z\n", "t1", "t2 = add 0x1p+0 z\nt3 = div 0x1p+0 t2\n", "t3"},
    {"t1 = sin z\n", "t1", "t2 = cos z\n", "t2"},
    {"t1 = cos z\n", "t1", "t2 = sin z\nt3 = neg t2\n", "t3"},
    {"t1 = tan z\n", "t1", "t2 = mul t1 t1\nt3 = add 0x1p+0 t2\n", "t3"},
    {"t1 = erf z\n", "t1", "t2 = mul z z\nt3 = neg t2\nt4 = exp t3\nt5 = mul " TWO_OVER_SQRT_PI " t4\n", "t5"},
    {"t1 = sigmoid z\n", "t1", "t2 = sub 0x1p+0 t1\nt3 = mul t1 t2\n", "t3"},
    {"t1 = tanh z\n", "t1", "t2 = mul t1 t1\nt3 = sub 0x1p+0 t2\n", "t3"},
    {"t1 = relu z\n", "t1", "t2 = lt 0x0p+0 t1\nt3 = select t2 0x1p+0 0x0p+0\n", "t3"},
    {"t1 = leaky_relu z\n", "t1", "t2 = lt 0x0p+0 t1\nt3 = select t2 0x1p+0 0x1.47ae147ae147bp-7\n", "t3"},
    {"t1 = softplus z\n", "t1", "t2 = sigmoid z\n", "t2"},
    {"t1 = lt z p.a\nt2 = exp z\nt3 = sqrt z\nt4 = select t1 t2 t3\n", "t4",
     "t5 = select t1 0x1p+0 0x0p+0\nt6 = select t1 0x0p+0 0x1p+0\nt7 = add t3 t3\nt8 = div_taken t6 t7\n"
     "t9 = mul_taken t5 t2\nt10 = add t8 t9\n",
     "t10"},
    /* A chain: each slope is multiplied from the left. exp below is behind the selection, sin above is not. */
    {"t1 = exp z\nt2 = lt z p.a\nt3 = select t2 t1 z\nt4 = sin t3\n", "t4",
     "t5 = cos t3\nt6 = select t2 t5 0x0p+0\nt7 = select t2 0x0p+0 t5\nt8 = mul_taken t6 t1\nt9 = add t7 t8\n", "t9"},
    /* Reached past a selection and through one, it is behind one. */
    {"t1 = exp z\nt2 = max t1 p.a\nt3 = mul t1 t2\n", "t3",
     "t4 = le t1 p.a\nt5 = select t4 0x0p+0 t1\nt6 = add t2 t5\nt7 = mul_taken t6 t1\n", "t7"},
    {"t1 = exp z\nt2 = div p.b t1\nt3 = min t2 p.a\n", "t3",
     "t4 = le p.a t2\nt5 = select t4 0x0p+0 0x1p+0\nt6 = div_taken t5 t1\nt7 = mul_taken t6 t2\nt8 = neg t7\n"
     "t9 = mul_taken t8 t1\n",
     "t9"},
};

static void every_derivative_is_written_in_its_order(void **state) {
  (void)state;
  bool seen[LUR_N_OPS] = {false};
  for (size_t i = 0; i < sizeof written / sizeof *written; i++) {
    struct lur_buffer f = {0}, derived = {0};
    lur_buffer_format(&f, "activation\n%sreturn %s\n", written[i].lines, written[i].result);
    lur_buffer_format(&derived, "activation\n%s%sreturn %s %s\n", written[i].lines, written[i].more, written[i].result,
                      written[i].slope);
    assert_false(f.failed || derived.failed);
    struct lur_program *p = read_text(f.data), *d = derive(p);
    assert_text(d, derived.data);
    for (int k = 0; k < p->n_ops; k++)
      seen[p->op[k].id] = true;
    lur_program_free(p);
    lur_program_free(d);
    lur_buffer_free(&f);
    lur_buffer_free(&derived);
  }
  for (int id = LUR_OP_ADD; id < LUR_N_OPS; id++)
    if (!seen[id] && id != LUR_OP_LE && id != LUR_OP_EQ && id != LUR_OP_MUL_TAKEN && id != LUR_OP_DIV_TAKEN)
      fail_msg("no derivative of %s is tried", lur_ops[id].name);
}

static void of_other_roles_too(void **state) {
  (void)state;
  struct lur_program *loss = read_text("loss\nt1 = sub o t\nt2 = mul t1 t1\nreturn t2\n"), *d = derive(loss);
  assert_text(d, "loss\nt1 = sub o t\nt2 = mul t1 t1\nt3 = add t1 t1\nreturn t2 t3\n");
  struct lur_program *penalty = read_text("penalty\nt1 = mul p.a w\nreturn t1\n"), *dq = derive(penalty);
  assert_text(dq, "penalty\nt1 = mul p.a w\nreturn t1 p.a\n");
  struct lur_program *given = read_text("activation\nt1 = step z\nt2 = tanh z\nreturn t1 t2\n"), *same = derive(given);
  assert_true(lur_program_same(given, same));
  struct lur_program *const all[] = {loss, d, penalty, dq, given, same};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    lur_program_free(all[i]);
  static const char *const none[] = {"optimizer\nstates\nreturn w\n", "schedule\nreturn epoch\n", "init\nreturn n1\n"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
    struct lur_error e = {0};
    struct lur_program *p = read_text(none[i]);
    assert_null(lur_program_derive(p, &e));
    assert_int_equal(e.code, LUR_EINPUT);
    assert_non_null(strstr(e.text, "it has no derivative"));
    lur_program_free(p);
  }
}

static void one_that_is_too_long_is_refused(void **state) {
  (void)state;
  struct lur_error e = {0};
  struct lur_builder *b = lur_builder_new(LUR_ROLE_ACTIVATION, LUR_MAX_DERIVED);
  int z = lur_build_input(b, LUR_IN_Z, 0), y = z;
  for (int k = 0; k < 8000; k++)
    y = lur_build(b, LUR_OP_POW, (const int[]){y, z});
  struct lur_program *p = lur_builder_finish(b, 1, &y, 0, NULL);
  lur_builder_free(b);
  assert_null(lur_program_derive(p, &e));
  assert_int_equal(e.code, LUR_EINPUT);
  assert_string_equal(e.text, "more than 65535 operations");
  lur_program_free(p);
}

/* ---- At kinks, behind selections ---- */
struct at {
  double z, a;
};

static double value_at(void *context, enum lur_input which, int index) {
  (void)which, (void)index;
  return ((const struct at *)context)->z;
}

static const struct {
  const char *text;
  double z, a, slope;
} kinks[] = {
    {"t1 = abs z\nreturn t1\n", 0.0, 0, 0.0},
    {"t1 = abs z\nreturn t1\n", -0.0, 0, -0.0},
    {"t1 = abs z\nreturn t1\n", -3, 0, -1},
    {"t1 = abs z\nreturn t1\n", -INFINITY, 0, -1},
    {"t1 = abs z\nreturn t1\n", NAN, 0, NAN},
    {"t1 = relu z\nreturn t1\n", 0, 0, 0},
    {"t1 = leaky_relu z\nreturn t1\n", 0, 0, 0.01},
    {"t1 = max z 0x0p+0\nreturn t1\n", 0, 0, 0}, /* relu, both ways: 0 at the kink */
    {"t1 = max 0x0p+0 z\nreturn t1\n", 0, 0, 0},
    {"t1 = min z p.a\nreturn t1\n", 2, 2, 0},
    {"t1 = min p.a z\nreturn t1\n", 2, 2, 0},
    {"t1 = max z p.a\nreturn t1\n", 3, 2, 1},
    {"t1 = max z p.a\nreturn t1\n", 1, 2, 0},
    {"t1 = max z p.a\nreturn t1\n", NAN, 2, 1}, /* a NaN takes the false side, the left one */
    {"t1 = max z p.a\nreturn t1\n", 1, NAN, 1},
    {"t1 = max p.a z\nreturn t1\n", 1, NAN, 0},
    {"t1 = mul z p.a\nt2 = max t1 z\nreturn t2\n", 0, 3, 3}, /* both depend on z: the left one */
    {"t1 = mul z p.a\nt2 = max z t1\nreturn t2\n", 0, 3, 1},
    {"t1 = mul z p.a\nt2 = min z t1\nreturn t2\n", 0, 3, 1},
    {"t1 = step z\nreturn t1\n", 0, 0, 0},
    {"t1 = pow_constant z 0x1.8p+1\nreturn t1\n", 0, 0, 0},
    {"t1 = pow_constant z 0x1p-1\nreturn t1\n", 0, 0, INFINITY},
    {"t1 = pow p.a z\nreturn t1\n", 2, 0, 0}, /* 0^2: log 0 does not reach it */
    {"t1 = pow p.a z\nreturn t1\n", -2, 0, -INFINITY},
    {"t1 = sqrt z\nreturn t1\n", 0, 0, INFINITY},
    /* z > 0 ? log z : a z, and others whose untaken side has an infinite slope. */
    {"t1 = lt 0x0p+0 z\nt2 = log z\nt3 = mul z p.a\nt4 = select t1 t2 t3\nreturn t4\n", 0, 5, 5},
    {"t1 = lt 0x0p+0 z\nt2 = sqrt z\nt3 = select t1 t2 z\nreturn t3\n", 0, 0, 1},
    {"t1 = lt z p.a\nt2 = exp z\nt3 = mul t2 t2\nt4 = select t1 t3 z\nreturn t4\n", 800, 1, 1},
    {"t1 = div 0x1p+0 z\nt2 = lt 0x0p+0 z\nt3 = select t2 t1 z\nreturn t3\n", 0, 0, 1},
    {"t1 = pow_constant z -0x1p+0\nt2 = lt 0x0p+0 z\nt3 = select t2 t1 z\nreturn t3\n", 0, 0, 1},
    {"t1 = log z\nt2 = max t1 p.a\nreturn t2\n", 0, 1, 0},
    {"t1 = div 0x1p+0 z\nt2 = abs t1\nt3 = min t2 p.a\nreturn t3\n", 0, 4, -0.0},
    {"t1 = max z 0x0p+0\nt2 = sqrt t1\nreturn t2\n", -1, 0, 0},
    /* Of a taken one it does. */
    {"t1 = relu z\nt2 = sqrt t1\nreturn t2\n", -1, 0, NAN},
    {"t1 = lt 0x0p+0 z\nt2 = log z\nt3 = select t1 z t2\nreturn t3\n", 0, 0, INFINITY},
};

static void kinks_have_the_slopes_that_are_written(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof kinks / sizeof *kinks; i++) {
    struct at at = {kinks[i].z, kinks[i].a};
    char text[256];
    snprintf(text, sizeof text, "activation\n%s", kinks[i].text);
    struct lur_program *p = read_text(text), *d = derive(p);
    double y[2];
    assert_int_equal(lur_program_run(d, value_at, &at, &at.a, y, NULL), LUR_OK);
    if (isnan(kinks[i].slope) ? !isnan(y[1])
                              : y[1] != kinks[i].slope || (signbit(y[1]) != 0) != (signbit(kinks[i].slope) != 0))
      fail_msg("%s  at %g, p.a %g: %g, not %g", text, at.z, at.a, y[1], kinks[i].slope);
    lur_program_free(p);
    lur_program_free(d);
  }
}

/* ---- Against finite differences, in 80 bits ---- */
#if LDBL_MANT_DIG >= 64
typedef long double wide;

/* A function an operation, over the names a, b, c. */
#define WIDE(name, value)                                                                                              \
  static wide wide_##name(wide a, wide b, wide c) {                                                                    \
    (void)a, (void)b, (void)c;                                                                                         \
    return value;                                                                                                      \
  }
WIDE(constant, NAN)
WIDE(input, NAN)
WIDE(number, NAN)
WIDE(add, a + b)
WIDE(sub, a - b)
WIDE(mul, (a * b))
WIDE(div, a / b)
WIDE(neg, -a)
WIDE(fma, fmal(a, b, c))
WIDE(floor_div, floorl(a / b))
WIDE(mod, a - floorl(a / b) * b)
WIDE(pow, powl(a, b))
WIDE(pow_constant, powl(a, b))
WIDE(abs, fabsl(a))
WIDE(floor, floorl(a))
WIDE(ceil, ceill(a))
WIDE(max, a < b ? b : a)
WIDE(min, b < a ? b : a)
WIDE(sqrt, sqrtl(a))
WIDE(exp, expl(a))
WIDE(expm1, expm1l(a))
WIDE(log, logl(a))
WIDE(log1p, log1pl(a))
WIDE(sin, sinl(a))
WIDE(cos, cosl(a))
WIDE(tan, tanl(a))
WIDE(erf, erfl(a))
WIDE(sigmoid, 1 / (1 + expl(-a)))
WIDE(tanh, tanhl(a))
WIDE(relu, a < 0 ? 0 : a)
WIDE(leaky_relu, a < 0 ? (wide)0.01 * a : a)
WIDE(softplus, (a < 0 ? 0 : a) + log1pl(expl(-fabsl(a))))
WIDE(step, a >= 0 ? 1 : isnan(a) ? a : 0)
WIDE(lt, a < b)
WIDE(le, a <= b)
WIDE(eq, a == b)
WIDE(select, a != 0 ? b : c)
WIDE(mul_taken, a == 0 ? 0 : a * b)
WIDE(div_taken, a == 0 ? 0 : a / b)
#undef WIDE

static wide wide_value(enum lur_op_id id, wide a, wide b, wide c) {
#define ROW(ID, name, ...) [LUR_OP_##ID] = wide_##name,
  static wide (*const value[LUR_N_OPS])(wide a, wide b, wide c) = {LUR_OPS(ROW)};
#undef ROW
  return value[id](a, b, c);
}

/* Which side is taken where an operation has sides: what differs on the two sides of a kink. */
static unsigned side(enum lur_op_id id, wide a, wide b) {
  switch (id) {
  case LUR_OP_ABS:
  case LUR_OP_RELU:
  case LUR_OP_LEAKY_RELU:
  case LUR_OP_STEP: return a < 0;
  case LUR_OP_MAX:
  case LUR_OP_MIN:
  case LUR_OP_LT:
  case LUR_OP_LE: return a < b;
  default: return 0;
  }
}

/* Sides that doubles may see otherwise. */
static bool is_close(enum lur_op_id id, wide a, wide b) {
  bool compares = id == LUR_OP_MAX || id == LUR_OP_MIN || id == LUR_OP_LT || id == LUR_OP_LE;
  return compares && a != b && fabsl(a - b) <= 1e-12L * (fabsl(a) + fabsl(b));
}

/* A root or a power of 0 has an infinite slope, and 0 times that, below, is NaN; a power of less is only a number where
 * the exponent is whole. */
static bool is_vertical(enum lur_op_id id, wide a) {
  return id == LUR_OP_POW ? a <= 0 : (id == LUR_OP_SQRT || id == LUR_OP_POW_CONSTANT) && a == 0;
}

enum { N_INPUTS = 4 };

struct point {
  double input[N_INPUTS]; /* the variable, and the loss's target */
  double number[RANDOM_NUMBERS];
};

struct seen {
  wide result[LUR_MAX_RESULTS];
  uint64_t sides;
  bool edge;    /* a kink is here, or a slope that is infinite */
  wide largest; /* of the values on the way */
};

static wide argument(const struct point *at, wide variable, enum lur_input which) {
  return which == LUR_IN_T ? (wide)at->input[1] : variable;
}

/* The reference interpreter. Numbers by their names' place in random_numbers. */
static struct seen run_wide(const struct lur_program *p, const struct point *at, wide variable) {
  static wide value[LUR_MAX_PLACES];
  struct seen s = {.sides = 0xcbf29ce484222325};
  for (int k = 0; k < p->n_ops; k++) {
    const struct lur_op *op = &p->op[k];
    wide x[3] = {0, 0, 0};
    for (int i = 0; i < lur_ops[op->id].n_operands; i++)
      x[i] = value[op->at[i]];
    value[k] = op->id == LUR_OP_CONSTANT ? (wide)op->constant
               : op->id == LUR_OP_INPUT  ? argument(at, variable, (enum lur_input)op->at[0])
               : op->id == LUR_OP_NUMBER ? (wide)at->number[op->at[0]]
                                         : wide_value(op->id, x[0], x[1], x[2]);
    s.largest = fmaxl(s.largest, fabsl(value[k]));
    s.edge = s.edge || is_close(op->id, x[0], x[1]) || is_vertical(op->id, x[0]);
    s.sides = (s.sides ^ side(op->id, x[0], x[1])) * 0x100000001b3; /* FNV-1a's step */
  }
  for (int k = 0; k < p->n_results; k++)
    s.result[k] = value[p->result[k]];
  return s;
}

static double argument_at(void *context, enum lur_input which, int index) {
  const struct point *at = context;
  (void)index;
  return which == LUR_IN_T ? at->input[1] : at->input[0];
}

/* No kink within 1e-4. */
static bool is_clear(const struct lur_program *p, const struct point *at) {
  struct seen here = run_wide(p, at, at->input[0]);
  for (int k = -8; k <= 8; k++)
    if (run_wide(p, at, (wide)at->input[0] + k * 1.25e-5L).sides != here.sides)
      return false;
  return !here.edge;
}

static wide difference(const struct lur_program *p, const struct point *at, wide step) {
  wide x = at->input[0];
  return (run_wide(p, at, x + step).result[0] - run_wide(p, at, x - step).result[0]) / (2 * step);
}

static bool is_near(wide a, wide b, wide relative, wide floor) {
  return fabsl(a - b) <= relative * fmaxl(fabsl(a), fabsl(b)) + floor;
}

struct tally {
  int tried, kinks, rough;
};

/* A point is rough where it tells nothing: a value that no double holds, a difference that two steps see otherwise, or
 * a derivative whose 80 bits and whose 64 are far apart, because it is ill-conditioned. The floor is what a difference
 * of 80 bits leaves of f / step. */
static void compare_at(struct tally *t, const struct lur_program *p, const struct lur_program *d,
                       const struct point *at) {
  double y[2];
  struct seen exact = run_wide(d, at, at->input[0]);
  assert_int_equal(lur_program_run(d, argument_at, (void *)(uintptr_t)at, at->number, y, NULL), LUR_OK);
  wide floor = 1e-9L * (1 + fabsl(exact.result[0]));
  wide slope = difference(p, at, 1e-6L), finer = difference(p, at, 5e-7L);
  t->tried++;
  if (!is_clear(p, at)) {
    t->kinks++;
  } else if (exact.largest > DBL_MAX || !isfinite(y[0]) || !isfinite(slope) || !is_near(slope, finer, 1e-7L, floor) ||
             !is_near(exact.result[0], y[0], 1e-10L, floor)) {
    t->rough++;
  } else if (!is_near(exact.result[1], slope, 1e-5L, floor) || !is_near(y[1], slope, 1e-5L, floor)) {
    char *text = text_of(d);
    print_error("%s", text);
    fail_msg("at %.17g: f' %.17g (80 bits: %.17Lg), not %.17Lg", at->input[0], y[1], exact.result[1], slope);
  }
}

static struct point draw_point(struct random_program *r) {
  struct point at;
  for (int i = 0; i < N_INPUTS; i++)
    at.input[i] = random_between(r, -3, 3);
  for (int i = 0; i < RANDOM_NUMBERS; i++)
    at.number[i] = random_between(r, -2, 2);
  return at;
}

static void random_programs_have_the_slope_of_their_differences(void **state) {
  (void)state;
  static const enum lur_role roles[] = {LUR_ROLE_ACTIVATION, LUR_ROLE_LOSS, LUR_ROLE_PENALTY};
  struct tally t = {0, 0, 0};
  struct random_program points = {.state = 1};
  for (uint64_t seed = 0; seed < 1000; seed++) {
    struct lur_program *p = random_program(seed, roles[seed % 3], (int)(1 + seed % 40), true), *d = derive(p);
    for (int k = 0; k < 8; k++) {
      struct point at = draw_point(&points);
      if (k == 0) /* where the kinks are thickest */
        at.input[0] /= 8192;
      compare_at(&t, p, d, &at);
    }
    lur_program_free(p);
    lur_program_free(d);
  }
  print_message("%d points, %d near a kink, %d rough\n", t.tried, t.kinks, t.rough);
  assert_in_range(t.kinks + t.rough, 0, t.tried / 4);
}

/* f(u, v, w) for the operation f, of operands that all depend on z, or of one that does. */
static struct lur_program *one_operation(enum lur_op_id id, int shape) {
  struct lur_builder *b = lur_builder_new(LUR_ROLE_ACTIVATION, LUR_MAX_TRACED);
  int z = lur_build_input(b, LUR_IN_Z, 0), at[3], first = id == LUR_OP_SELECT;
  for (int i = 0; i < 3; i++) {
    int other = lur_build_constant(b, 0.75 + 0.5 * i), moved = lur_build(b, LUR_OP_ADD, (const int[]){z, other});
    at[i] = shape == 3 ? lur_build(b, LUR_OP_MUL, (const int[]){moved, i ? z : moved}) : shape == i ? z : other;
  }
  if (first)
    at[0] = lur_build(b, LUR_OP_LT, (const int[]){z, lur_build_constant(b, 1)});
  int y = lur_build(b, id, at), scale = lur_build_number(b, "slope");
  y = lur_build(b, LUR_OP_MUL, (const int[]){y, scale});
  struct lur_program *p = lur_builder_finish(b, 1, &y, 0, NULL);
  lur_builder_free(b);
  assert_non_null(p);
  return p;
}

static void every_operation_has_the_slope_of_its_differences(void **state) {
  (void)state;
  struct random_program points = {.state = 2};
  for (int id = LUR_OP_ADD; id < LUR_OP_MUL_TAKEN; id++) {
    struct tally t = {0, 0, 0};
    if (id == LUR_OP_FLOOR_DIV || id == LUR_OP_MOD || id == LUR_OP_FLOOR || id == LUR_OP_CEIL)
      continue;
    for (int shape = 0; shape < 4; shape++) {
      if (shape < 3 && shape >= lur_ops[id].n_operands)
        continue;
      if (id == LUR_OP_POW_CONSTANT && shape != 0)
        continue;
      struct lur_program *p = one_operation((enum lur_op_id)id, shape), *d = derive(p);
      for (int k = 0; k < 64; k++) {
        struct point at = draw_point(&points);
        compare_at(&t, p, d, &at);
      }
      lur_program_free(p);
      lur_program_free(d);
    }
    if (t.kinks + t.rough > t.tried * 3 / 4)
      fail_msg("%s: %d points, %d near a kink, %d rough", lur_ops[id].name, t.tried, t.kinks, t.rough);
  }
}

/* The values themselves, against the same reference. */
static void every_operation_has_the_value_of_80_bits(void **state) {
  (void)state;
  struct random_program r = {.state = 3};
  for (int id = LUR_OP_ADD; id < LUR_N_OPS; id++)
    for (int k = 0; k < 1000; k++) {
      double a = random_between(&r, -3, 3), b = random_between(&r, -3, 3), c = random_between(&r, -3, 3);
      b = id == LUR_OP_POW_CONSTANT ? floor(b) : b;
      a = id == LUR_OP_SELECT ? random_below(&r, 2) : a;
      double y = lur_op_value((enum lur_op_id)id, a, b, c);
      wide exact = wide_value((enum lur_op_id)id, a, b, c);
      if (isnan(exact) ? !isnan(y) : !is_near(y, exact, 1e-14L, 1e-15L))
        fail_msg("%s of %.17g, %.17g, %.17g: %.17g, not %.17Lg", lur_ops[id].name, a, b, c, y, exact);
    }
}
#endif

int main(void) {
  const struct CMUnitTest tests[] = {
    cmocka_unit_test(every_derivative_is_written_in_its_order),
    cmocka_unit_test(of_other_roles_too),
    cmocka_unit_test(one_that_is_too_long_is_refused),
    cmocka_unit_test(kinks_have_the_slopes_that_are_written),
#if LDBL_MANT_DIG >= 64
    cmocka_unit_test(random_programs_have_the_slope_of_their_differences),
    cmocka_unit_test(every_operation_has_the_slope_of_its_differences),
    cmocka_unit_test(every_operation_has_the_value_of_80_bits),
#endif
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}

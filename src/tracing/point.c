/* SPDX-License-Identifier: MIT
 * The points of a check: special values, numbers of the function's text, and drawn ones, which are the same each time.
 */
#include "tracing/point.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "engine/engine.h"

enum { LAST_EPOCH = 99 };

/* ---- The arguments ---- */
enum lur_slot_kind lur_slot_kind(const struct lur_tracing *t, int slot) {
  if (slot >= LUR_SLOT_NUMBER || (slot >= LUR_SLOT_STATE && slot < LUR_SLOT_DRAW))
    return LUR_REAL;
  if (slot >= LUR_SLOT_DRAW)
    return t->draw[slot - LUR_SLOT_DRAW] == LUR_IN_UNIFORM ? LUR_SHARE : LUR_REAL;
  switch ((enum lur_input)slot) {
  case LUR_IN_IS_BIAS: return LUR_BIT;
  case LUR_IN_UPDATE:
  case LUR_IN_EPOCH:
  case LUR_IN_EPOCHS:
  case LUR_IN_FAN_IN:
  case LUR_IN_FAN_OUT:
  case LUR_IN_LAYER:
  case LUR_IN_UNIT:
  case LUR_IN_FROM: return LUR_WHOLE;
  case LUR_IN_Z:
  case LUR_IN_O:
  case LUR_IN_T:
  case LUR_IN_W:
  case LUR_IN_G:
  case LUR_IN_STATE:
  case LUR_IN_LEARNING_RATE:
  case LUR_IN_UNIFORM:
  case LUR_IN_NORMAL:
  case LUR_N_INPUTS: break;
  }
  return LUR_REAL;
}

bool lur_slot_fits(const struct lur_tracing *t, int slot, double x) {
  switch (lur_slot_kind(t, slot)) {
  case LUR_REAL: break;
  case LUR_WHOLE: return x >= 0 && x <= 1e9 && x == floor(x);
  case LUR_BIT: return x == 0 || x == 1;
  case LUR_SHARE: return x > 0 && x < 1;
  }
  return true;
}

static double draw(struct lur_points *p, enum lur_slot_kind kind) {
  const uint64_t i = p->n_drawn++;
  const double u = lur_draw_uniform(1, 2 * i, 0, LUR_DRAW_GENERATOR);
  const double n = lur_draw_normal(1, 2 * i + 1, 0, LUR_DRAW_GENERATOR);
  switch (kind) {
  case LUR_REAL: break;
  case LUR_WHOLE: return floor(u * LAST_EPOCH);
  case LUR_BIT: return u < 0.5;
  case LUR_SHARE: return u;
  }
  return i % 3 == 0 ? n * exp2(floor(u * 40) - 20) : n * 2;
}

void lur_point_draw(struct lur_points *p, struct lur_tracing *t) {
  for (int slot = 0; slot < LUR_N_SLOTS; slot++)
    t->value[slot] = draw(p, lur_slot_kind(t, slot));
}

/* ---- The trace's values ---- */
static int number_slot(const struct lur_tracing *t, const char *name) {
  int k = 0;
  while (strcmp(t->number[k], name) != 0)
    k++;
  return LUR_SLOT_NUMBER + k;
}

bool lur_point_compute(const struct lur_tracing *t, const struct lur_op *op, int n_ops,
                       const char (*number)[LUR_NAME_ROOM], double *value) {
  bool has_value = true;
  for (int k = 0; k < n_ops; k++) {
    double x[3] = {0, 0, 0};
    for (int i = 0; i < lur_ops[op[k].id].n_operands; i++)
      x[i] = value[op[k].at[i]];
    if (op[k].id == LUR_OP_CONSTANT)
      value[k] = op[k].constant;
    else if (op[k].id == LUR_OP_INPUT)
      value[k] = t->value[lur_slot((enum lur_input)op[k].at[0], op[k].at[1])];
    else if (op[k].id == LUR_OP_NUMBER)
      value[k] = t->value[number_slot(t, number[op[k].at[0]])];
    else if (op[k].id == LUR_OP_POW || op[k].id == LUR_OP_POW_CONSTANT)
      value[k] = x[1] == 2 ? x[0] * x[0] : pow(x[0], x[1]);
    else
      value[k] = lur_op_value(op[k].id, x[0], x[1], x[2]);
    if (op[k].id == LUR_OP_MOD && isfinite(x[0]) && x[1] != 0 && fabs(floor(x[0] / x[1])) >= 0x1p52)
      has_value = false;
  }
  return has_value;
}

/* ---- Values to try ---- */
static const double special[] = {0,      -0.0,    1,        -1,       0.5,       -0.5, 2,          -2,
                                 3,      M_PI,    5e-324,   -5e-324,  DBL_MIN,   1e-8, -1e-8,      10,
                                 -10,    100,     -100,     709.5,    -709.5,    1e10, -1e10,      1e300,
                                 -1e300, DBL_MAX, -DBL_MAX, INFINITY, -INFINITY, NAN,  LAST_EPOCH, LAST_EPOCH + 1};

enum { N_SPECIAL = sizeof special / sizeof *special };

size_t lur_points_n(const struct lur_points *p) {
  return N_SPECIAL + 3 * p->n_numbers;
}

double lur_points_at(const struct lur_points *p, size_t i) {
  if (i < N_SPECIAL)
    return special[i];
  const double x = p->number[(i - N_SPECIAL) / 3];
  const size_t side = (i - N_SPECIAL) % 3;
  return side == 0 ? x : nextafter(x, side == 1 ? INFINITY : -INFINITY);
}

/* SPDX-License-Identifier: MIT
 * Points at which a trace is compared with its function: what numbers the arguments are, and what the trace's
 * operations give there. The arguments of a point are kept in struct lur_tracing.value. */
#ifndef LUR_TRACING_POINT_H
#define LUR_TRACING_POINT_H

#include "tracing/trace.h"

enum lur_slot_kind { LUR_REAL, LUR_WHOLE, LUR_BIT, LUR_SHARE };
enum lur_slot_kind lur_slot_kind(const struct lur_tracing *t, int slot);
bool lur_slot_fits(const struct lur_tracing *t, int slot,
                   double x); /* whether an argument of that kind may have the value */

struct lur_points {
  const double *number; /* in the function's text, ascending */
  size_t n_numbers;
  bool has_equality; /* == or ~= is in it */
  uint64_t n_drawn;
};
/* The special values, and the numbers with their neighbours. */
size_t lur_points_n(const struct lur_points *p);
double lur_points_at(const struct lur_points *p, size_t i);
void lur_point_draw(struct lur_points *p, struct lur_tracing *t); /* all arguments */
/* The values of operations at the point; false where % has none in a trace. `^` is Lua's. */
bool lur_point_compute(const struct lur_tracing *t, const struct lur_op *op, int n_ops,
                       const char (*number)[LUR_NAME_ROOM], double *value);

/* ---- solve.c ---- */
/* Calls found(context) at points at which an operation of the builder has exactly one of the numbers as its value. */
void lur_points_solve(lua_State *L, struct lur_tracing *t, struct lur_points *p, void (*found)(void *context),
                      void *context);

#endif

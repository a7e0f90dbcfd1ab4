/* SPDX-License-Identifier: MIT
 * Where something that a function computes is a number of its text: `if 2 * z == 3` differs from its trace at z = 1.5
 * alone. One argument moves over the values to try; where an operation passes a number between two of them, the place
 * is found by halving the interval of floating-point numbers. Only so much work is done (MOST_OPERATIONS). */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "engine/program/built.h"
#include "tracing/point.h"

enum { MOST_OPERATIONS = 20 * 1000 * 1000, MOST_NUMBERS = 64 };

struct solve {
  struct lur_tracing *t;
  const struct lur_op *op;
  const char (*number)[LUR_NAME_ROOM];
  int n_ops, slot;
  long n_done;
  const double *grid;
  int n_grid;
  double *left, *right, *value; /* of each operation */
};

static void compute(struct solve *s, double x, double *value) {
  s->t->value[s->slot] = x;
  s->n_done += s->n_ops;
  lur_point_compute(s->t, s->op, s->n_ops, s->number, value);
}

/* Floating-point numbers in their order as whole numbers. */
static int64_t order_of(double x) {
  int64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits < 0 ? INT64_MIN - bits : bits;
}

static double at_order(int64_t order) {
  const int64_t bits = order < 0 ? INT64_MIN - order : order;
  double x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

/* Whether the k-th operation is c somewhere from a to b, where it passes it; the point is there then. */
static bool halve(struct solve *s, int k, double c, double a, double b) {
  const bool is_below = s->left[k] < c;
  int64_t from = order_of(a), to = order_of(b);
  while (to - from > 1) {
    const int64_t middle = from + (to - from) / 2;
    compute(s, at_order(middle), s->value);
    if (s->value[k] == c)
      return lur_slot_fits(s->t, s->slot, at_order(middle));
    *((s->value[k] < c) == is_below ? &from : &to) = middle;
  }
  return false;
}

static bool passes(double left, double right, double c) {
  return (left < c && right > c) || (left > c && right < c);
}

/* The argument moves from a to b. */
static void look_between(struct solve *s, const struct lur_points *p, double a, double b, void (*found)(void *context),
                         void *context) {
  for (int k = 0; k < s->n_ops; k++)
    for (size_t i = 0; lur_ops[s->op[k].id].n_operands > 0 && i < p->n_numbers && i < MOST_NUMBERS; i++)
      if (s->n_done < MOST_OPERATIONS && passes(s->left[k], s->right[k], p->number[i]) &&
          halve(s, k, p->number[i], a, b))
        found(context);
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* Pushes the finite values to try, ascending. */
static void push_grid(lua_State *L, struct solve *s, const struct lur_points *p) {
  const size_t n = lur_points_n(p);
  double *grid = lua_newuserdatauv(L, n * sizeof *grid, 0);
  for (size_t i = 0; i < n; i++)
    if (isfinite(lur_points_at(p, i)))
      grid[s->n_grid++] = lur_points_at(p, i);
  qsort(grid, (size_t)s->n_grid, sizeof *grid, compare);
  s->grid = grid;
}

void lur_points_solve(lua_State *L, struct lur_tracing *t, struct lur_points *p, void (*found)(void *context),
                      void *context) {
  struct solve s = {.t = t};
  s.op = lur_builder_ops(t->builder, &s.n_ops, &s.number);
  const size_t bytes = (size_t)s.n_ops * sizeof *s.value;
  s.left = lua_newuserdatauv(L, bytes, 0);
  s.right = lua_newuserdatauv(L, bytes, 0);
  s.value = lua_newuserdatauv(L, bytes, 0);
  push_grid(L, &s, p);
  for (s.slot = 0; s.slot < LUR_N_SLOTS; s.slot++) {
    if (!t->is_read[s.slot] || lur_slot_kind(t, s.slot) == LUR_BIT)
      continue;
    lur_point_draw(p, t);
    for (int i = 0; i + 1 < s.n_grid && s.n_done < MOST_OPERATIONS; i++) {
      compute(&s, s.grid[i], s.left);
      compute(&s, s.grid[i + 1], s.right);
      look_between(&s, p, s.grid[i], s.grid[i + 1], found, context);
    }
  }
}

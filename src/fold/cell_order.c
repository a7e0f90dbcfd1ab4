/* SPDX-License-Identifier: MIT
 * Values of columns in order. */
#include "fold/cell_order.h"

#include <math.h>
#include <string.h>

double lur_cell_number(const struct lur_cell *c) {
  return c->kind == LUR_CELL_REAL ? c->as.real : c->kind == LUR_CELL_INTEGER ? (double)c->as.integer : (double)NAN;
}

static int kind_rank(const struct lur_cell *c) {
  return c->kind == LUR_CELL_NULL ? 0 : c->kind == LUR_CELL_TEXT ? 2 : 1;
}

int lur_compare_cells(const struct lur_cell *a, const struct lur_cell *b) {
  if (kind_rank(a) != kind_rank(b))
    return kind_rank(a) - kind_rank(b);
  if (a->kind == LUR_CELL_TEXT)
    return strcmp(a->as.text, b->as.text);
  double x = lur_cell_number(a), y = lur_cell_number(b);
  return (x > y) - (x < y);
}

/* SPDX-License-Identifier: MIT
 * An upright axis of parallel coordinates: few values, or texts, stand evenly one above the other, many as numbers do.
 * Reentrant. */
#ifndef LUR_VIEW_PARALLEL_AXIS_H
#define LUR_VIEW_PARALLEL_AXIS_H

#include "base/error.h"
#include "fold/scale.h"
#include "store/store.h"

struct lur_upright {
  const char *name; /* borrowed */
  size_t n;         /* different values, as lur_cells_sort has them; borrowed */
  const struct lur_cell **value;
  bool listed; /* evenly; else by the scale */
  struct lur_scale scale;
};

/* cell: n of them, in any order. */
int lur_upright_make(const struct lur_table *t, const char *name, const struct lur_cell *const *cell, size_t n,
                     struct lur_upright *out, struct lur_error *e);
double lur_upright_at(const struct lur_upright *a, const struct lur_cell *c); /* 0 .. 1; NaN: nowhere */
/* At most LUR_MOST_TICKS; returns how many. */
struct lur_upright_tick {
  double at;
  char text[64];
};
int lur_upright_ticks(const struct lur_upright *a, struct lur_upright_tick out[LUR_MOST_TICKS]);
void lur_upright_free(struct lur_upright *a); /* accepts NULL */

#endif

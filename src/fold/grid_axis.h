/* SPDX-License-Identifier: MIT
 * The values of an axis as rows bring them, numbered; then their order. Belongs to one thread. */
#ifndef LUR_FOLD_GRID_AXIS_H
#define LUR_FOLD_GRID_AXIS_H

#include "fold/cell_order.h"
#include "fold/scale.h"
#include "store/store.h"

enum lur_spacing { LUR_SPACE_LIST, LUR_SPACE_LINEAR, LUR_SPACE_LOG };

struct lur_grid_axis {
  const char *name;       /* borrowed */
  size_t n;               /* values */
  struct lur_cell *value; /* in the order of coming; texts owned */
  uint32_t *order;        /* order[i]: which of them is the i-th smallest */
  enum lur_spacing spacing;
  int digits;    /* by which its labels are told apart */
  size_t n_bins; /* of an axis whose values are drawn: they are counted into bins between low and high */
  bool bins_log;
  double low, high;
  /* private */
  size_t room, n_slots, latest;
  uint32_t *slot;
};

enum { LUR_GRID_BINS = 100, LUR_GRID_LEAST_BINS = 25 }; /* of a drawn axis */

/* What the file says of axes, whose names are set: whether they are drawn, with as many bins as its rows fill two by
 * two, and how many values they have (n_values: one each, unchanged where that is unknown; or NULL). */
void lur_grid_axis_hint(const struct lur_table *t, int n, struct lur_grid_axis *const *axis, size_t *n_values);
/* The middle of the bin that x is in, of a drawn axis. */
double lur_grid_axis_middle(const struct lur_grid_axis *a, double x);
/* The number of a value, a new one where it comes for the first time; at most n_most. */
int lur_grid_axis_place(struct lur_grid_axis *a, const struct lur_cell *c, size_t n_most, uint32_t *out,
                        struct lur_error *e);
/* Sets order and spacing; no value comes after it. Texts stand as the script lists them. */
int lur_grid_axis_order(struct lur_grid_axis *a, const struct lur_table *t, struct lur_error *e);
void lur_grid_axis_free(struct lur_grid_axis *a); /* what it owns */

/* The scale of an axis, half a cell wider at its ends; not of a list. */
struct lur_scale lur_grid_scale(const struct lur_grid_axis *a);
/* The i-th smallest value as text. */
void lur_grid_label(const struct lur_grid_axis *a, size_t i, char out[64]);

#endif

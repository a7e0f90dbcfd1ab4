/* SPDX-License-Identifier: MIT
 * The combinations of a frame's axes, each folded from its runs. Belongs to one thread. */
#ifndef LUR_FOLD_CELLS_H
#define LUR_FOLD_CELLS_H

#include "fold/frame.h"

struct lur_cells {
  const struct lur_frame *frame;
  bool exact;                  /* told apart by the values of drawn axes, not by their bins */
  uint8_t shift[LUR_MAX_KEYS]; /* 2^shift neighbouring levels of an axis are one here */
  size_t n;
  uint32_t *of_row;            /* frame->n: the combination of each row */
  uint32_t *first;             /* n: its first row */
  uint64_t *n_runs, *n_solved, *n_diverged;
  double *median[LUR_FRAME_METRICS]; /* over its runs; NaN without values */
};

/* With frame (borrowed), exact and shift set, and the rest empty. */
int lur_cells_read(struct lur_cells *c, struct lur_error *e);
/* The value of an axis that a combination has: from 0, in its order, and how many there are. */
uint32_t lur_cells_level(const struct lur_cells *c, size_t cell, int axis);
size_t lur_cells_n_levels(const struct lur_cells *c, int axis);
/* The value of an axis that a combination has, as text. */
void lur_cells_value(const struct lur_cells *c, size_t cell, int axis, char out[144]);
/* Value i of an axis as text: one, or the first and the last of those taken together. */
void lur_cells_label(const struct lur_cells *c, int axis, size_t i, char out[144]);
void lur_cells_free(struct lur_cells *c); /* accepts NULL; leaves frame, exact and shift */

#endif

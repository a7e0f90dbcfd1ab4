/* SPDX-License-Identifier: MIT
 * The combinations of a frame's axes, or coarser ones, each folded from its runs. Belongs to the frame's thread. */
#ifndef LUR_FOLD_CELLS_H
#define LUR_FOLD_CELLS_H

#include "fold/frame.h"

struct lur_cells {
  struct lur_frame *frame;
  bool exact;                  /* told apart by the values of drawn axes, not by their bins */
  uint8_t shift[LUR_MAX_KEYS]; /* 2^shift neighbouring levels of an axis are one here */
  int ranks;                   /* the metric of which there is standing; -1: none */
  size_t n;
  const uint64_t *n_runs, *n_solved, *n_diverged;
  double *median[LUR_FRAME_METRICS]; /* over its runs; NaN without values */
  struct lur_quartiles *standing;    /* n, of the metric `ranks`; or NULL */
  /* private */
  uint32_t *of;    /* frame->n: of each of the frame's, which one it is here; NULL where they are the same */
  uint32_t *first; /* n: the frame's first that it is of; NULL as well */
  uint64_t *count; /* what n_runs, n_solved and n_diverged are; NULL as well */
};

/* With frame (borrowed), exact, shift and ranks set, and the rest empty. One pass over the rows, or a few. */
int lur_cells_read(struct lur_cells *c, struct lur_error *e);
/* The value of an axis that a combination has: from 0, in its order, and how many there are. */
uint32_t lur_cells_level(const struct lur_cells *c, size_t cell, int axis);
size_t lur_cells_n_levels(const struct lur_cells *c, int axis);
/* The value of an axis that a combination has, as text; and itself, NULL where it is none, of cells that are exact. */
struct lur_cell lur_cells_cell(const struct lur_cells *c, size_t cell, int axis);
void lur_cells_value(const struct lur_cells *c, size_t cell, int axis, char out[144]);
/* Value i of an axis as text: one, or the first and the last of those taken together. */
void lur_cells_label(const struct lur_cells *c, int axis, size_t i, char out[144]);
void lur_cells_free(struct lur_cells *c); /* accepts NULL; leaves frame, exact, shift and ranks */

#endif

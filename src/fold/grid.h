/* SPDX-License-Identifier: MIT
 * Rows of a results file folded into cells of two axes, in one pass over the rows; for quantiles of many, in a few
 * (tally.h). Memory: 16 bytes a cell; of a large grid in which no cell has two rows, a bit, and its cells are told in
 * one more pass. Belongs to the thread of its table. */
#ifndef LUR_FOLD_GRID_H
#define LUR_FOLD_GRID_H

#include "fold/grid_axis.h"
#include "fold/how.h"
#include "store/store.h"

struct lur_grid_cell {
  double value; /* NaN where no row has one */
  uint32_t n_values, n_rows;
};

struct lur_grid_ask {
  const char *x, *y; /* axes; y may be NULL: one row */
  const char *value; /* a column, or "solved" */
  const char *where; /* SQL, or NULL */
  enum lur_fold fold;
  size_t most_kept; /* so many cells are kept; more are told by lur_grid_visit, if no cell has two rows. 0: all */
};

struct lur_grid {
  struct lur_grid_axis x, y;
  enum lur_fold fold;
  bool folded; /* a row is a combination, with its seeds folded */
  uint64_t n_rows;
  struct lur_folded heading;  /* rows of a cell that has any; the rest is not set */
  size_t n_filled, n_bad;     /* cells with rows; of those, cells without a value */
  double low, high, positive; /* of the cells' values: the least, the greatest, the least above 0; INFINITY: none */
  /* private */
  struct lur_grid_ask ask;
  struct lur_table *t;
  bool keeps_diverged, told; /* told: no cells are kept */
  uint64_t *seen;            /* with told: a bit for each cell that has a row */
  struct lur_grid_cell *cell;
  size_t room_x, room_y;
  struct lur_tally *tally; /* of the cells with several values; such a cell's value is the number of its group */
  size_t n_groups;
};

enum { LUR_GRID_MOST = 16384 }; /* values an axis */

int lur_grid_read(struct lur_table *t, const struct lur_grid_ask *ask, struct lur_grid *out, struct lur_error *e);
/* The cell of the x-th smallest x and the y-th smallest y; of a grid whose cells are kept. */
const struct lur_grid_cell *lur_grid_at(const struct lur_grid *g, size_t x, size_t y);
/* Every cell that has rows, in no order. */
int lur_grid_visit(struct lur_grid *g, void (*visit)(void *context, size_t x, size_t y, const struct lur_grid_cell *c),
                   void *context, struct lur_error *e);
/* What the cells show, for a heading. */
void lur_grid_title(const struct lur_grid *g, const char *value, char out[160]);
/* Lets go of the cells, which are most of its memory; the axes and what headings say stay. */
void lur_grid_drop_cells(struct lur_grid *g);
void lur_grid_free(struct lur_grid *g); /* accepts NULL and half-read ones */

#endif

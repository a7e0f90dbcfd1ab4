/* SPDX-License-Identifier: MIT
 * Rows of a results file folded into cells of two axes, in one pass over the rows. Memory: 16 bytes a cell; for
 * quantiles 16 more for every further row of a cell. Belongs to the thread of its table. */
#ifndef LUR_FOLD_GRID_H
#define LUR_FOLD_GRID_H

#include "fold/grid_axis.h"
#include "store/store.h"

enum lur_fold { LUR_FOLD_MEAN, LUR_FOLD_RATE, LUR_FOLD_MEDIAN, LUR_FOLD_Q90, LUR_FOLD_MIN, LUR_N_FOLDS };
extern const char *const lur_fold_names[]; /* ended by NULL */

struct lur_grid_cell {
  double value; /* NaN where no row has one */
  uint32_t n_values, n_rows;
};

struct lur_grid {
  struct lur_grid_axis x, y;
  enum lur_fold fold;
  bool folded;          /* a row is a combination, with its seeds folded */
  uint64_t n_rows;
  /* private */
  struct lur_grid_cell *cell;
  size_t room_x, room_y, n_more, more_room;
  struct lur_grid_more { uint32_t x, y; double value; } *more;
};

struct lur_grid_ask {
  const char *x, *y; /* axes; y may be NULL: one row */
  const char *value; /* a column, or "solved" */
  const char *where; /* SQL, or NULL */
  enum lur_fold fold;
};
enum { LUR_GRID_MOST = 16384 }; /* values an axis */

int lur_grid_read(struct lur_table *t, const struct lur_grid_ask *ask, struct lur_grid *out, struct lur_error *e);
/* The cell of the x-th smallest x and the y-th smallest y. */
const struct lur_grid_cell *lur_grid_at(const struct lur_grid *g, size_t x, size_t y);
/* What the cells show, for a heading. */
void lur_grid_title(const struct lur_grid *g, const char *value, char out[160]);
void lur_grid_free(struct lur_grid *g); /* accepts NULL and half-read ones */

#endif

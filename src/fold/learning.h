/* SPDX-License-Identifier: MIT
 * The curves that a results file keeps, folded over runs: what the loss is after so many epochs. A run that ended
 * earlier than others holds its last loss: if it were left out, a curve would rise where the best runs are solved. One
 * that diverged or failed is left out as a whole, as in tables. Two passes over the points, or a few more where they
 * are many (tally.h). Belongs to the thread of its table. */
#ifndef LUR_FOLD_LEARNING_H
#define LUR_FOLD_LEARNING_H

#include "fold/grid_axis.h"
#include "fold/how.h"
#include "fold/student.h"
#include "fold/tally.h"

struct lur_learning {
  struct lur_grid_axis by; /* one value without an axis */
  size_t n_epochs;
  uint64_t *epoch;              /* at which any run keeps a loss, ascending */
  struct lur_folded heading;    /* runs of a curve; the rest is not set */
  uint64_t n_left_out, n_ended; /* diverged or failed; ended before the last epoch */
  /* private */
  size_t epochs_room, points_room;
  struct lur_tally *tally;
  struct lur_moments *moments;
  uint64_t *n_runs;      /* of each value, in the order of coming */
  uint64_t *point_epoch; /* of one run */
  double *point_loss;
};
struct lur_learned {
  struct lur_spread spread;
  double deviation;
};

/* by, where: a column and SQL, or NULL. */
int lur_learning_read(struct lur_table *t, const char *by, bool validation, const char *where, struct lur_learning *out,
                      struct lur_error *e);
/* Of the i-th smallest value of `by`, at the k-th epoch. */
struct lur_learned lur_learning_at(const struct lur_learning *l, size_t i, size_t k);
void lur_learning_free(struct lur_learning *l); /* accepts NULL and half-read ones */

#endif

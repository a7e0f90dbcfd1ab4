/* SPDX-License-Identifier: MIT
 * One run of a sweep by itself. On the main thread. */
#ifndef LUR_SWEEP_ALONE_H
#define LUR_SWEEP_ALONE_H

#include "sweep/plan.h"

struct lur_alone {
  /* asked */
  uint64_t run, pruned_at; /* pruned_at: the epochs after which a halving ended it, or 0 */
  int n_threads;
  const atomic_int *cancel; /* or NULL */
  /* what came: of the row's cells the first n, those of the axes and of the built-in metrics */
  uint64_t epochs; /* that it was trained for: its own, or a rung's of a halving */
  int n;
  struct lur_cell cell[LUR_MAX_AXES + LUR_N_METRICS + 1];
  enum lur_status status;
};

/* Not of cells, and not where the script has a stop.when. at: as of lur_plan_spec. */
int lur_plan_train_alone(const struct lur_plan *p, struct lur_spec *at, struct lur_alone *a, struct lur_error *e);

#endif

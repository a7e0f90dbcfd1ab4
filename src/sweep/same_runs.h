/* SPDX-License-Identifier: MIT
 * Runs of one sweep that another sweep of the same experiment has, too. A run is a pure function of the experiment and
 * its values, so what one has computed the other need not. Reentrant; what asks the host is for the main thread. */
#ifndef LUR_SWEEP_SAME_RUNS_H
#define LUR_SWEEP_SAME_RUNS_H

#include <stdatomic.h>

#include "sweep/plan.h"

/* Whether theirs is of the same experiment as mine but for what is on an axis of one of them: fields, functions,
 * metrics; not data. LUR_EINPUT with the reason where it is not. */
int lur_same_experiment(const struct lur_sweep *mine, const struct lur_sweep *theirs, struct lur_error *e);

/* Whether their data and start values have the same bits. LUR_EINPUT where not. */
int lur_same_data(const struct lur_plan *mine, const struct lur_plan *theirs, struct lur_error *e);

/* Of sweeps of the same experiment with the same data. */
struct lur_same_ask {
  const struct lur_plan *mine, *theirs;
  const struct lur_range *settled; /* mine, that are not asked for: ascending, apart */
  size_t n_settled;
  int shard, n_shards;          /* of mine; 0 of 0: all */
  const struct lur_range *done; /* theirs, that there are */
  size_t n_done;
  const atomic_int *cancel; /* or NULL */
};
struct lur_pair {
  uint64_t mine, theirs;
}; /* numbers */
/* The pairs that are the same run, ascending in mine; the caller's to free. LUR_EINPUT where there are too many. */
int lur_same_runs(const struct lur_same_ask *ask, struct lur_pair **out, size_t *n_out, struct lur_error *e);

#endif

/* SPDX-License-Identifier: MIT
 * Rows of one results file as rows of another sweep: metrics, messages and curves as they are, the axes as that sweep
 * has them. */
#ifndef LUR_SESSION_TAKEN_ROWS_H
#define LUR_SESSION_TAKEN_ROWS_H

#include <stdatomic.h>

#include "store/store.h"
#include "sweep/same_runs.h"

struct lur_taking {
  const struct lur_plan *plan;
  struct lur_table *table;
  const struct lur_taken *from;
  struct lur_sink sink;
  const atomic_int *cancel; /* or NULL */
  bool spares_failed;       /* rows of failed runs are left */
  bool tells_files;         /* what their functions read is noted, too */
  /* Filled, also where it fails: */
  struct lur_range *taken; /* ascending, apart; the caller's to free */
  size_t n_taken, room;
  uint64_t n_rows;
  bool sink_failed; /* that is what failed */
};
/* The pairs ascend in mine. Numbers without a row there are left. */
int lur_rows_take_over(struct lur_taking *t, const struct lur_pair *pair, size_t n_pairs, struct lur_error *e);

#endif

/* SPDX-License-Identifier: MIT
 * Two results files side by side. */
#ifndef LUR_VIEW_COMPARE_H
#define LUR_VIEW_COMPARE_H

#include "fold/groups.h"

struct lur_compare_ask {
  int n_keys; /* 0: the axes that both have, but replicates */
  const char *const *key;
  const char *metric, *where;
  int width;
  bool json;
};

/* The heads of both, then one line per combination: runs, success rates and medians of A and of B; where both have runs
 * of the same seeds or folds, a test of whether they differ. As JSON, one object per combination. */
int lur_compare_write(struct lur_table *a, struct lur_table *b, const struct lur_compare_ask *ask,
                      struct lur_buffer *out, struct lur_error *e);

#endif

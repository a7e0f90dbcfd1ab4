/* SPDX-License-Identifier: MIT
 * Rows of a results file folded by the values of some axes: counts, success rates, quantiles of one metric. One pass
 * over the rows, or a few where they are many (tally.h): memory is bounded but for a key per group. Belongs to the
 * thread of its table. */
#ifndef LUR_FOLD_GROUPS_H
#define LUR_FOLD_GROUPS_H

#include "fold/grid.h"
#include "fold/ranking.h"
#include "fold/student.h"
#include "store/store.h"

enum { LUR_MAX_KEYS = 64 };

struct lur_group {
  const struct lur_cell *key; /* n_keys */
  uint64_t n, n_solved, n_diverged, n_pruned, n_failed;
  uint64_t n_values;              /* rows with a value of the metric that did not diverge or fail; all, of "solved" */
  double mean, low, median, high; /* of the metric: quartiles; NaN without values. Of "solved": Wilson's interval */
  double least, q90;              /* of the metric */
  struct lur_moments moments;     /* of the values; none where the mean is none */
  unsigned losses;                /* bits of the ranking's loss functions that its rows have, where there are several */
};

struct lur_groups {
  int n_keys;
  const char *name[LUR_MAX_KEYS]; /* borrowed */
  size_t n;
  struct lur_group *group;  /* by key: gaps, numbers, texts, each ascending */
  bool any_solved, is_rate; /* is_rate: the metric is "solved" */
  bool folded;              /* a row of the file stands for several seeds */
  bool mixed;               /* some group has no numbers, because its rows have several losses */
  /* private */
  struct lur_cell *keys;
  size_t room, n_slots, latest;
  size_t *slot;
  struct lur_grid_axis *bins; /* n_keys, or NULL */
  struct lur_tally *tally;    /* while rows are read */
};

struct lur_groups_ask {
  int n_keys;
  const char *const *key;            /* columns; none: one group of all */
  const char *metric;                /* a column, or "solved" */
  const char *where;                 /* SQL, or NULL */
  int deadline_ms;                   /* as lur_ask */
  bool bins;                         /* keys that are drawn axes count by their bins, whose middles stand for them */
  const struct lur_ranking *ranking; /* tells losses apart: no number is made of several; or NULL */
};

/* What a table of groups shows of the metric: its median and quartiles, or its mean, deviation and 95 % interval. */
struct lur_groups_view {
  size_t n_most; /* groups shown; 0: all */
  int width;     /* of the terminal, 0: no bound */
  bool interval;
  uint64_t n_folds; /* with interval: cross-validation folds of the sweep, or 0 */
};

int lur_groups_read(struct lur_table *t, const struct lur_groups_ask *ask, struct lur_groups *out, struct lur_error *e);
/* The best first. Where losses are ranked apart, those of one loss stand together, in the order of r->loss. */
void lur_groups_rank(struct lur_groups *g, const struct lur_ranking *r);
/* Whether the share solved comes before the metric. */
bool lur_groups_by_rate(const struct lur_groups *g, const struct lur_ranking *r);
/* Of the group's runs, what that fold makes of them. */
double lur_group_value(const struct lur_groups *g, const struct lur_group *group, enum lur_fold fold);
/* By their n_keys keys (an int); of two struct lur_group, for lur_sort. */
int lur_compare_groups(const void *a, const void *b, void *n_keys);
void lur_groups_free(struct lur_groups *g); /* accepts NULL and half-read ones */

#endif

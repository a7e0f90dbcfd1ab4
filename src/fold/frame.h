/* SPDX-License-Identifier: MIT
 * All rows of a results file in memory, read in one pass: of each axis the place of the row's value in its order, of
 * each metric a number. Memory: 4 bytes an axis and 8 a metric for every row. Belongs to one thread. */
#ifndef LUR_FOLD_FRAME_H
#define LUR_FOLD_FRAME_H

#include "fold/grid_axis.h"
#include "fold/groups.h"

enum { LUR_FRAME_METRICS = 16 };
enum { LUR_NO_LEVEL = UINT32_MAX };

struct lur_frame_metric {
  const char *name;
  double *value; /* NaN: none, or of a run that diverged or failed (but trainability, which measures those too) */
  size_t n_values;
  bool high; /* higher is better */
};

struct lur_frame {
  size_t n; /* rows */
  int n_axes; /* all but seed; those of one value too */
  struct lur_grid_axis axis[LUR_MAX_KEYS];
  uint32_t *level[LUR_MAX_KEYS];
  bool gap[LUR_MAX_KEYS];      /* some rows do not read the axis; of one that was drawn, their level is the last */
  double *exact[LUR_MAX_KEYS]; /* of an axis that was drawn, whose levels are bins: its value; else NULL */
  int n_metrics; /* those that have a value in some row */
  struct lur_frame_metric metric[LUR_FRAME_METRICS];
  bool folded;       /* a row stands for several seeds, of which these say more */
  uint8_t *status;   /* enum lur_status */
  uint32_t *n_runs, *n_solved, *n_diverged; /* of each row */
  /* private */
  size_t room;
};

int lur_frame_read(struct lur_table *t, struct lur_frame *f, struct lur_error *e);
int lur_frame_metric(const struct lur_frame *f, const char *name); /* -1: none */
void lur_frame_free(struct lur_frame *f); /* accepts NULL and half-read ones */

/* The quartiles of value in each of n_groups groups: of[i] is the group of value[i], or LUR_NO_LEVEL. NaN is no value,
 * and what a group without values gets. */
int lur_quartiles_read(const double *value, const uint32_t *of, size_t n, size_t n_groups, struct lur_quartiles *out,
                       struct lur_error *e);

#endif

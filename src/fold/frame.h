/* SPDX-License-Identifier: MIT
 * The combinations of a results file in memory: of each axis the place of the combination's value in its order, and how
 * its runs ended. What their metrics come to is read in further passes over the rows, so that memory goes by the
 * combinations and not by the rows. Belongs to the thread of its table. */
#ifndef LUR_FOLD_FRAME_H
#define LUR_FOLD_FRAME_H

#include "fold/grid_axis.h"
#include "fold/groups.h"

enum { LUR_FRAME_METRICS = 16 };
enum { LUR_NO_LEVEL = UINT32_MAX };

struct lur_frame_metric {
  const char *name;
  size_t n_values; /* rows that have one */
  bool high;       /* higher is better */
  /* private */
  int column;
};

struct lur_frame_row {
  size_t cell; /* its combination */
  enum lur_status status;
  double value[LUR_FRAME_METRICS]; /* NaN: none, or of a run that diverged or failed (but trainability) */
  const struct lur_cell *more;     /* what was asked for beside axes and metrics */
};
typedef int lur_frame_visit(void *context, const struct lur_frame_row *row, struct lur_error *e);

struct lur_frame {
  uint64_t n_rows, n_of[LUR_N_STATUSES]; /* rows that ended so */
  int n_axes;                            /* all but seed; those of one value too */
  struct lur_grid_axis axis[LUR_MAX_KEYS];
  int n_metrics; /* in the first pass all; then those that have a value in some row */
  struct lur_frame_metric metric[LUR_FRAME_METRICS];
  bool folded; /* a row stands for several seeds */
  size_t n;    /* combinations, told apart by the values of drawn axes, not by their bins */
  uint32_t *level[LUR_MAX_KEYS];
  bool gap[LUR_MAX_KEYS];      /* some rows do not read the axis; of one that was drawn, their level is the last */
  double *exact[LUR_MAX_KEYS]; /* of an axis that was drawn, whose levels are bins: its value; else NULL */
  uint64_t *n_runs, *n_solved, *n_diverged;
  /* private */
  struct lur_table *t;
  const char *more;
  int n_columns, trainability;
  size_t room, n_slots, latest;
  uint32_t *slot, *place[LUR_MAX_KEYS];
  double *const *known; /* where every row is a combination, and cells.c has read them: their values, by metric */
};

/* more: SQL that rows bring beside, or NULL; borrowed. visit: takes each row of the first pass, or NULL. */
int lur_frame_read(struct lur_table *t, const char *more, lur_frame_visit *visit, void *context, struct lur_frame *f,
                   struct lur_error *e);
/* All rows once more, by run; of them only cell and value are said. */
int lur_frame_pass(struct lur_frame *f, lur_frame_visit *visit, void *context, struct lur_error *e);
int lur_frame_metric(const struct lur_frame *f, const char *name); /* -1: none */
void lur_frame_free(struct lur_frame *f);                          /* accepts NULL and half-read ones */

/* The quartiles of value in each of n_groups groups: of[i] is the group of value[i], or LUR_NO_LEVEL. NaN is no value,
 * and what a group without values gets. */
int lur_quartiles_read(const double *value, const uint32_t *of, size_t n, size_t n_groups, struct lur_quartiles *out,
                       struct lur_error *e);

#endif

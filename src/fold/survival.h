/* SPDX-License-Identifier: MIT
 * The share of runs that are solved within so many epochs: the product-limit estimate (Kaplan, Meier 1958). A run that
 * ends unsolved, or is pruned, is at risk until then and censored there; one that diverged or failed stays at risk for
 * ever, because it will not be solved. Belongs to one thread. */
#ifndef LUR_FOLD_SURVIVAL_H
#define LUR_FOLD_SURVIVAL_H

#include "fold/grid_axis.h"

/* When runs ended, and which of them solved; those that never will be are only counted. */
struct lur_ends {
  uint64_t n_runs;
  size_t n; /* distinct epochs */
  struct lur_end {
    double epochs;
    uint64_t n, n_solved;
  } * end;
  /* private */
  size_t room, n_slots, latest;
  uint32_t *slot;
};
/* n runs that ended so, n_solved of them by a solution. INFINITY: never. */
int lur_ends_add(struct lur_ends *d, double epochs, uint64_t n, uint64_t n_solved, struct lur_error *e);
void lur_ends_free(struct lur_ends *d); /* what it owns */
/* Sorts the ends, to which none is added then. A point at 0, one for each epoch at which some are solved, but no nearer
 * than `least` to the one before, and one at `last`: at most d->n + 2. Returns how many. */
size_t lur_ends_estimate(struct lur_ends *d, double least, double last, double *x, double *share);

/* The rows of a results file as lives of runs, told apart by an axis. */
struct lur_lives {
  struct lur_grid_axis by; /* one value without an axis */
  double last;             /* when the last run ended; from 1 on */
  struct lur_ends *ends;   /* of each value, as they came */
  /* private */
  size_t n_ends, room;
};
/* by, where: a column and SQL, or NULL. Fails if no row has these columns. */
int lur_lives_read(struct lur_table *t, const char *by, const char *where, struct lur_lives *out, struct lur_error *e);
/* Those of the i-th smallest value. */
struct lur_ends *lur_lives_ends(struct lur_lives *l, size_t i);
void lur_lives_free(struct lur_lives *l); /* accepts half-read ones */

#endif

/* SPDX-License-Identifier: MIT
 * The share of runs that are solved within so many epochs: the product-limit estimate (Kaplan, Meier 1958). A run that
 * ends unsolved, or is pruned, is at risk until then and censored there; one that diverged or failed stays at risk for
 * ever, because it will not be solved. Belongs to one thread. */
#ifndef LUR_FOLD_SURVIVAL_H
#define LUR_FOLD_SURVIVAL_H

#include "fold/grid_axis.h"

/* The rows of a results file as lives of runs, told apart by an axis. */
struct lur_lives {
  struct lur_grid_axis by; /* one value without an axis */
  double last;             /* when the last run ended; from 1 on */
  size_t n;
  struct lur_life {
    double epochs; /* INFINITY: never solved */
    uint32_t level;
    bool solved;
  } *life;
  /* private */
  size_t room;
};
/* by, where: a column and SQL, or NULL. Fails if no row has these columns. */
int lur_lives_read(struct lur_table *t, const char *by, const char *where, struct lur_lives *out, struct lur_error *e);
void lur_lives_free(struct lur_lives *l); /* accepts half-read ones */

/* When runs ended, without those that will never be solved; and when runs were solved. */
struct lur_ends {
  double *all, *solved;
  size_t n_all, n_solved, n_runs;
};
/* Those of the i-th smallest value; all and solved have room for l->n each. */
void lur_lives_ends(const struct lur_lives *l, size_t i, struct lur_ends *out);
/* Sorts the ends. A point at 0, one for each epoch at which some are solved, but no nearer than `least` to the one
 * before, and one at `last`: at most d->n_solved + 2. Returns how many. */
size_t lur_ends_estimate(struct lur_ends *d, double least, double last, double *x, double *share);

#endif

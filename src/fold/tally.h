/* SPDX-License-Identifier: MIT
 * Means and quantiles of many groups of numbers, exact, in bounded memory: where the numbers are many they are handed
 * over several times. Belongs to one thread. */
#ifndef LUR_FOLD_TALLY_H
#define LUR_FOLD_TALLY_H

#include "base/error.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Of one group; NaN where n is 0. */
struct lur_spread {
  uint64_t n;
  double mean, least, low, median, high, q90; /* low, high: quartiles */
};

struct lur_tally;

/* n_few: so many numbers are kept as they come, and some times as many are held at once later; 0: the usual. */
struct lur_tally *lur_tally_new(size_t n_few, struct lur_error *e);
/* Not NaN. Groups are numbered from 0. In a pass after the first, numbers that were not there then are left out. */
int lur_tally_add(struct lur_tally *t, size_t group, double value, struct lur_error *e);
/* All numbers were added. *again: they have to be added once more, in any order. */
int lur_tally_pass(struct lur_tally *t, bool *again, struct lur_error *e);
/* After the last pass. */
struct lur_spread lur_tally_spread(const struct lur_tally *t, size_t group);
void lur_tally_free(struct lur_tally *t); /* accepts NULL */

#endif

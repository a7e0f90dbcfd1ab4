/* SPDX-License-Identifier: MIT
 * Statistics of a sweep's summaries: pure functions, reentrant. NaN counts as no value and must not be passed. */
#ifndef LUR_FOLD_STATISTICS_H
#define LUR_FOLD_STATISTICS_H

#include <stddef.h>
#include <stdint.h>

struct lur_interval {
  double low, high;
};

/* Wilson's interval of a rate of k successes in n, at 95 %; 0 .. 1 where n is 0. */
struct lur_interval lur_wilson(uint64_t k, uint64_t n);

/* Numbers as whole ones in the same order (-0 before +0), and back; not NaN. */
uint64_t lur_number_key(double x);
double lur_key_number(uint64_t key);

/* Sorts ascending, in place. */
void lur_numbers_sort(double *x, size_t n);

/* The p-quantile (0 <= p <= 1) of n sorted values, interpolated between neighbours (numpy's default, R's type 7).
 * NaN where n is 0. */
double lur_quantile(const double *sorted, size_t n, double p);
/* Where it lies, of n > 0: behind so many of them, and this part of the way to the next one; part 0: on it. */
struct lur_place {
  size_t below;
  double part;
};
struct lur_place lur_quantile_place(size_t n, double p);

/* Mean by Welford's recurrence, in the order given; NaN where n is 0. */
double lur_numbers_mean(const double *x, size_t n);

/* NaN where n is 0. Sorts x in place. */
struct lur_quartiles {
  double low, median, high, mean;
};
struct lur_quartiles lur_quartiles_of(double *x, size_t n);

#endif

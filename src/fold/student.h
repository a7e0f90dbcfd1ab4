/* SPDX-License-Identifier: MIT
 * Student's t distribution, means with their deviation, and how sure a mean is. Pure functions, reentrant. */
#ifndef LUR_FOLD_STUDENT_H
#define LUR_FOLD_STUDENT_H

#include <stddef.h>
#include <stdint.h>

#include "fold/statistics.h"

/* The probability that |t| is at least as large, with n degrees of freedom, n >= 1: two-sided. NaN where t is. */
double lur_student_p(double t, uint64_t n);
/* The t of which that holds with probability p, 0 < p <= 1. */
double lur_student_t(double p, uint64_t n);

/* Values one by one, in the order given. All zero: none yet. */
struct lur_moments {
  uint64_t n;
  double mean, squares; /* squares: of the distances to the mean, summed */
};
void lur_moments_add(struct lur_moments *m, double x);
/* With the divisor n - 1; NaN where there are fewer than two. */
double lur_moments_deviation(const struct lur_moments *m);

/* The mean's standard error. Values over cross-validation folds share most of what they were trained on, so that
 * their own deviation says too little: then the variance is multiplied by 1/n + 1/(n_folds - 1), the quotient of tested
 * and trained patterns. n_folds 0: the values are independent, 1/n. */
double lur_moments_error(const struct lur_moments *m, uint64_t n_folds);
/* At 95 %, by Student's t; NaN where there are fewer than two. */
struct lur_interval lur_moments_interval(const struct lur_moments *m, uint64_t n_folds);
/* Whether the mean is 0: t, and p of n - 1 degrees of freedom. NaN where there are fewer than two values; of equal ones
 * p is 1 if they are 0, else 0, and t is 0 or infinite. */
struct lur_t_test {
  double t, p;
};
struct lur_t_test lur_moments_test(const struct lur_moments *m, uint64_t n_folds);

#endif

/* SPDX-License-Identifier: MIT
 * Wilson's interval: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22
 * (1927), without continuity correction. Quantiles: R. Hyndman and Y. Fan, The American Statistician 50 (1996),
 * type 7. */
#include "sweep/statistics.h"

#include <math.h>
#include <stdlib.h>

/* The 0.975 quantile of the standard normal distribution. */
static const double Z95 = 1.959963984540054;

struct lur_interval lur_wilson(uint64_t k, uint64_t n) {
  if (n == 0)
    return (struct lur_interval){0, 1};
  double count = (double)n, rate = (double)k / count, z2 = Z95 * Z95;
  double middle = (rate + z2 / (2 * count)) / (1 + z2 / count);
  double half = Z95 / (1 + z2 / count) * sqrt(rate * (1 - rate) / count + z2 / (4 * count * count));
  return (struct lur_interval){k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

static int by_value(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

void lur_sort(double *x, size_t n) {
  if (n > 1)
    qsort(x, n, sizeof *x, by_value);
}

double lur_quantile(const double *sorted, size_t n, double p) {
  if (n == 0)
    return NAN;
  double place = p * (double)(n - 1);
  size_t below = (size_t)place;
  if (below + 1 >= n)
    return sorted[n - 1];
  double part = place - (double)below;
  if (!(part > 0))
    return sorted[below];
  return sorted[below] + part * (sorted[below + 1] - sorted[below]);
}

double lur_mean(const double *x, size_t n) {
  double mean = n ? 0 : NAN;
  for (size_t i = 0; i < n; i++)
    mean += (x[i] - mean) / (double)(i + 1);
  return mean;
}

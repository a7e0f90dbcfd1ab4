/* SPDX-License-Identifier: MIT
 * The two-sided probability is the regularised incomplete beta function I_x(n/2, 1/2) at x = n / (n + t^2) (Abramowitz
 * and Stegun, Handbook of Mathematical Functions, 26.7.1 and 26.5.2). It is summed as the continued fraction of DLMF
 * 8.17.22 by the method of Lentz as modified by Thompson and Barnett (Journal of Computational Physics 64, 1986), on
 * the side where that converges fast. The quantile is found by halving.
 * Mean and deviation: Welford, Technometrics 4 (1962). Folds: C. Nadeau and Y. Bengio, "Inference for the
 * generalization error", Machine Learning 52 (2003): the corrected resampled t-test. */
#include "fold/student.h"

#include <math.h>

enum { MOST_TERMS = 100000, MOST_HALVINGS = 2000 };
static const double LEVEL = 0.05; /* of 95 % */

/* The continued fraction of I_x(a, b), without the factor before it. */
static double beta_fraction(double a, double b, double x) {
  const double least = 1e-300, enough = 1e-16;
  double c = 1, d = 1 - (a + b) * x / (a + 1);
  d = 1 / (fabs(d) < least ? least : d);
  double f = d;
  for (int m = 1; m <= MOST_TERMS; m++) {
    const double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
    const double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
    const double terms[] = {even, odd};
    double step = 1;
    for (int k = 0; k < 2; k++) {
      d = 1 + terms[k] * d;
      d = 1 / (fabs(d) < least ? least : d);
      c = 1 + terms[k] / c;
      c = fabs(c) < least ? least : c;
      step = c * d;
      f *= step;
    }
    if (fabs(step - 1) < enough)
      break;
  }
  return f;
}

/* log of Gamma(a + 1/2) / Gamma(a): for large a by its series, as the difference of two large numbers says little. */
static double log_gamma_step(double a) {
  int sign;
  if (a < 1000)
    return lgamma_r(a + 0.5, &sign) - lgamma_r(a, &sign);
  return 0.5 * log(a) + log1p(-1 / (8 * a) + 1 / (128 * a * a) + 5 / (1024 * a * a * a));
}

/* I_x(a, 1/2); y is 1 - x, exactly as it is known. */
static double beta_half(double a, double x, double y) {
  const double b = 0.5;
  /* x^a y^b / B(a, b); Gamma(1/2) is the root of pi */
  const double factor = exp(a * (x > 0.5 ? log1p(-y) : log(x)) + b * log(y) + log_gamma_step(a)) / sqrt(acos(-1.0));
  if (x < (a + 1) / (a + b + 2))
    return factor * beta_fraction(a, b, x) / a;
  return 1 - factor * beta_fraction(b, a, y) / b;
}

double lur_student_p(double t, uint64_t n) {
  const double v = (double)n, squared = t * t;
  if (isnan(t))
    return t;
  if (t == 0 || isinf(squared))
    return t == 0 ? 1 : 0;
  return beta_half(0.5 * v, v / (v + squared), squared / (v + squared));
}

double lur_student_t(double p, uint64_t n) {
  double low = 0, high = 1;
  while (lur_student_p(high, n) > p && high < 1e300)
    high *= 2;
  for (int i = 0; i < MOST_HALVINGS; i++) {
    const double middle = low + 0.5 * (high - low);
    if (middle <= low || middle >= high)
      break;
    if (lur_student_p(middle, n) > p)
      low = middle;
    else
      high = middle;
  }
  return high;
}

void lur_moments_add(struct lur_moments *m, double x) {
  const double from = x - m->mean;
  m->n++;
  m->mean += from / (double)m->n;
  m->squares += from * (x - m->mean);
}

double lur_moments_deviation(const struct lur_moments *m) {
  return m->n < 2 ? (double)NAN : sqrt(m->squares / (double)(m->n - 1));
}

double lur_moments_error(const struct lur_moments *m, uint64_t n_folds) {
  const double share = 1 / (double)m->n + (n_folds > 1 ? 1 / (double)(n_folds - 1) : 0);
  return lur_moments_deviation(m) * sqrt(share);
}

struct lur_interval lur_moments_interval(const struct lur_moments *m, uint64_t n_folds) {
  if (m->n < 2)
    return (struct lur_interval){NAN, NAN};
  const double half = lur_student_t(LEVEL, m->n - 1) * lur_moments_error(m, n_folds);
  return (struct lur_interval){m->mean - half, m->mean + half};
}

struct lur_t_test lur_moments_test(const struct lur_moments *m, uint64_t n_folds) {
  if (m->n < 2)
    return (struct lur_t_test){NAN, NAN};
  const double t = m->mean == 0 ? 0 : m->mean / lur_moments_error(m, n_folds);
  return (struct lur_t_test){t, lur_student_p(t, m->n - 1)};
}

/* SPDX-License-Identifier: MIT */
#include "data/normalize.h"

#include <math.h>

const char *const lur_normalize_names[LUR_N_NORMALIZES + 1] = {"zscore", "minmax", NULL};

/* Two passes in row order: the mean, then the mean square of the distance to it. */
static void fit_zscore(const struct lur_patterns *p, int column, double *shift, double *scale) {
  const double *x = p->inputs + column;
  size_t step = (size_t)p->n_inputs;
  double sum = 0, squares = 0;
  for (size_t i = 0; i < p->n; i++)
    sum += x[i * step];
  double mean = sum / (double)p->n;
  for (size_t i = 0; i < p->n; i++) {
    double d = x[i * step] - mean;
    squares += d * d;
  }
  *shift = mean;
  *scale = sqrt(squares / (double)p->n);
}

/* The least number as shift; the distance to the largest as scale. */
static void fit_minmax(const struct lur_patterns *p, int column, double *shift, double *scale) {
  const double *x = p->inputs + column;
  size_t step = (size_t)p->n_inputs;
  double least = x[0], most = x[0];
  for (size_t i = 1; i < p->n; i++) {
    double v = x[i * step];
    least = v < least ? v : least;
    most = v > most ? v : most;
  }
  *shift = least;
  *scale = most - least;
}

/* The mean of equal numbers may be off by a rounding, and leave a spread that is not quite 0. */
static bool is_constant(const struct lur_patterns *p, int column) {
  const double *x = p->inputs + column;
  size_t step = (size_t)p->n_inputs;
  for (size_t i = 1; i < p->n; i++)
    if (x[i * step] != x[0])
      return false;
  return true;
}

int lur_normalize_fit(enum lur_normalize kind, const struct lur_patterns *p, double *shift, double *scale,
                      struct lur_error *e) {
  for (int c = 0; c < p->n_inputs; c++) {
    if (kind == LUR_ZSCORE)
      fit_zscore(p, c, &shift[c], &scale[c]);
    else
      fit_minmax(p, c, &shift[c], &scale[c]);
    if (is_constant(p, c) || scale[c] == 0)
      scale[c] = 1;
    if (!isfinite(shift[c]) || !isfinite(scale[c]))
      return lur_fail(e, LUR_EINPUT, "normalize", "the numbers of input %d are too large", c + 1);
  }
  return LUR_OK;
}

void lur_normalize_apply(const double *shift, const double *scale, size_t n, int n_inputs, const double *from,
                         double *to) {
  size_t n_in = (size_t)n_inputs;
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < n_in; c++)
      to[i * n_in + c] = (from[i * n_in + c] - shift[c]) / scale[c];
}

/* SPDX-License-Identifier: MIT
 * Rows are walked in their order and all columns' sums kept beside each other: each sum has the order of its column's
 * rows, and memory is read as it lies. */
#include "data/normalize.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const char *const lur_normalize_names[] = {"zscore", "minmax", "minmax_all", "bytes", NULL};
_Static_assert(sizeof lur_normalize_names / sizeof *lur_normalize_names == LUR_N_NORMALIZES + 1, "a name each");

/* Numbers that are made doubles at a time, or a row, so that they stay in the cache; columns whose sums stay in
 * registers. */
enum { BLOCK = 32768, TILE = 16 };

/* What a pass does with n rows of `width` columns from column `first` on, `stride` numbers a row. */
typedef void take_columns(const double *x, size_t n, size_t stride, size_t width, double *a, double *b);

static void add(const double *x, size_t n, size_t stride, size_t width, double *sum, double *unused) {
  (void)unused;
  if (width == TILE) {
    double s[TILE];
    memcpy(s, sum, sizeof s);
    for (size_t i = 0; i < n; i++)
      for (size_t c = 0; c < TILE; c++)
        s[c] += x[i * stride + c];
    memcpy(sum, s, sizeof s);
    return;
  }
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < width; c++)
      sum[c] += x[i * stride + c];
}

static void add_squares(const double *x, size_t n, size_t stride, size_t width, double *mean, double *sum) {
  if (width == TILE) {
    double m[TILE], s[TILE];
    memcpy(m, mean, sizeof m);
    memcpy(s, sum, sizeof s);
    for (size_t i = 0; i < n; i++)
      for (size_t c = 0; c < TILE; c++) {
        double d = x[i * stride + c] - m[c];
        s[c] += d * d;
      }
    memcpy(sum, s, sizeof s);
    return;
  }
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < width; c++) {
      double d = x[i * stride + c] - mean[c];
      sum[c] += d * d;
    }
}

static void widen_range(const double *x, size_t n, size_t stride, size_t width, double *least, double *most) {
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < width; c++) {
      double v = x[i * stride + c];
      least[c] = v < least[c] ? v : least[c];
      most[c] = v > most[c] ? v : most[c];
    }
}

static size_t rows_of_a_block(const struct lur_inputs *x) {
  return x->width < BLOCK ? BLOCK / (size_t)x->width : 1;
}

static void walk(const struct lur_inputs *x, double *room, take_columns *take, double *a, double *b) {
  const size_t width = (size_t)x->width, most = rows_of_a_block(x);
  for (size_t first = 0; first < x->n; first += most) {
    size_t n = x->n - first < most ? x->n - first : most;
    const double *rows = lur_inputs_rows(x, first, n, room);
    for (size_t c = 0; c < width; c += TILE)
      take(rows + c, n, width, width - c < TILE ? width - c : TILE, a + c, b + c);
  }
}

static bool is_constant(const struct lur_inputs *x, size_t column, double *room) {
  const double value = lur_inputs_rows(x, 0, 1, room)[column];
  for (size_t i = 1; i < x->n; i++)
    if (lur_inputs_rows(x, i, 1, room)[column] != value)
      return false;
  return true;
}

/* Two passes in row order: the mean, then the mean square of the distance to it. The mean of equal numbers may be off
 * by roundings, n of them at most, and leave a spread that is not quite 0: a column with so little is looked at. */
static void fit_zscore(const struct lur_inputs *x, double *shift, double *scale, double *room) {
  const double n = (double)x->n;
  for (int c = 0; c < x->width; c++)
    shift[c] = scale[c] = 0;
  walk(x, room, add, shift, scale);
  for (int c = 0; c < x->width; c++)
    shift[c] /= n;
  walk(x, room, add_squares, shift, scale);
  for (int c = 0; c < x->width; c++) {
    scale[c] = sqrt(scale[c] / n);
    if (scale[c] != 0 && scale[c] <= 2 * n * DBL_EPSILON * fabs(shift[c]) && is_constant(x, (size_t)c, room))
      scale[c] = 0;
  }
}

/* Of each column the least and the largest number. */
static void find_range(const struct lur_inputs *x, double *least, double *most, double *room) {
  const double *first = lur_inputs_rows(x, 0, 1, room);
  memcpy(most, first, (size_t)x->width * sizeof *most);
  memcpy(least, first, (size_t)x->width * sizeof *least);
  walk(x, room, widen_range, least, most);
}

/* The least number as shift; the distance to the largest as scale. */
static void fit_minmax(const struct lur_inputs *x, double *shift, double *scale, double *room) {
  find_range(x, shift, scale, room);
  for (int c = 0; c < x->width; c++)
    scale[c] -= shift[c];
}

/* The same of all columns together. */
static void fit_minmax_all(const struct lur_inputs *x, double *shift, double *scale, double *room) {
  find_range(x, shift, scale, room);
  double least = shift[0], most = scale[0];
  for (int c = 1; c < x->width; c++) {
    least = shift[c] < least ? shift[c] : least;
    most = scale[c] > most ? scale[c] : most;
  }
  for (int c = 0; c < x->width; c++) {
    shift[c] = least;
    scale[c] = most - least;
  }
}

static void fit_bytes(const struct lur_inputs *x, double *shift, double *scale, double *room) {
  (void)room;
  for (int c = 0; c < x->width; c++) {
    shift[c] = 0;
    scale[c] = 255;
  }
}

typedef void fit(const struct lur_inputs *x, double *shift, double *scale, double *room);
static fit *const fits[] = {fit_zscore, fit_minmax, fit_minmax_all, fit_bytes};
_Static_assert(sizeof fits / sizeof *fits == LUR_N_NORMALIZES, "a function each");

int lur_normalize_fit(enum lur_normalize kind, const char *what, const struct lur_inputs *x, double *shift,
                      double *scale, struct lur_error *e) {
  int code = LUR_OK;
  double *room = lur_resize(NULL, rows_of_a_block(x) * (size_t)x->width, sizeof *room);
  if (!room)
    return lur_fail_memory(e);
  fits[kind](x, shift, scale, room);
  free(room);
  for (int c = 0; c < x->width && !code; c++) {
    if (scale[c] == 0)
      scale[c] = 1;
    if (!isfinite(shift[c]) || !isfinite(scale[c]))
      code = lur_fail(e, LUR_EINPUT, "normalize", "the numbers of %s %d are too large", what, c + 1);
  }
  return code;
}

void lur_normalize_inputs(const double *shift, const double *scale, const struct lur_inputs *x, double *to) {
  const size_t width = (size_t)x->width, most = rows_of_a_block(x);
  for (size_t first = 0; first < x->n; first += most) {
    size_t n = x->n - first < most ? x->n - first : most;
    double *place = to + first * width;
    lur_normalize_apply(shift, scale, n, x->width, lur_inputs_rows(x, first, n, place), place);
  }
}

void lur_normalize_apply(const double *shift, const double *scale, size_t n, int n_inputs, const double *from,
                         double *to) {
  size_t n_in = (size_t)n_inputs;
  for (size_t i = 0; i < n; i++)
    for (size_t c = 0; c < n_in; c++)
      to[i * n_in + c] = (from[i * n_in + c] - shift[c]) / scale[c];
}

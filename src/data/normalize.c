/* SPDX-License-Identifier: MIT
 * Rows are walked in their order and all columns' sums kept beside each other: each sum has the order of its column's
 * rows, and memory is read as it lies. */
#include "data/normalize.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

const char *const lur_normalize_names[LUR_N_NORMALIZES + 1] = {"zscore", "minmax", NULL};

enum { BLOCK = 4096 }; /* numbers that are made doubles at a time, or a row: they stay in the cache */

/* What a pass does with one row. */
struct fit {
  double *shift, *scale;
  const double *first; /* the first row */
  char *varies;        /* by column */
};
typedef void take_row(const struct fit *f, const double *x, size_t width);

static void add(const struct fit *f, const double *x, size_t width) {
  for (size_t c = 0; c < width; c++)
    f->shift[c] += x[c];
}

static void add_square(const struct fit *f, const double *x, size_t width) {
  for (size_t c = 0; c < width; c++) {
    double d = x[c] - f->shift[c];
    f->scale[c] += d * d;
  }
}

static void widen_range(const struct fit *f, const double *x, size_t width) {
  for (size_t c = 0; c < width; c++) {
    f->shift[c] = x[c] < f->shift[c] ? x[c] : f->shift[c];
    f->scale[c] = x[c] > f->scale[c] ? x[c] : f->scale[c];
  }
}

/* The mean of equal numbers may be off by a rounding, and leave a spread that is not quite 0. */
static void compare(const struct fit *f, const double *x, size_t width) {
  for (size_t c = 0; c < width; c++)
    f->varies[c] = (char)(f->varies[c] | (x[c] != f->first[c]));
}

static void walk(const struct lur_inputs *x, const struct fit *f, double *room, take_row *one, take_row *other) {
  const size_t width = (size_t)x->width, most = width < BLOCK ? BLOCK / width : 1;
  for (size_t first = 0; first < x->n; first += most) {
    size_t n = x->n - first < most ? x->n - first : most;
    const double *rows = lur_inputs_rows(x, first, n, room);
    for (size_t i = 0; i < n; i++) {
      one(f, rows + i * width, width);
      if (other)
        other(f, rows + i * width, width);
    }
  }
}

/* Two passes in row order: the mean, then the mean square of the distance to it. */
static void fit_zscore(const struct lur_inputs *x, const struct fit *f, double *room) {
  const size_t width = (size_t)x->width;
  for (size_t c = 0; c < width; c++)
    f->shift[c] = f->scale[c] = 0;
  walk(x, f, room, add, compare);
  for (size_t c = 0; c < width; c++)
    f->shift[c] /= (double)x->n;
  walk(x, f, room, add_square, NULL);
  for (size_t c = 0; c < width; c++)
    f->scale[c] = sqrt(f->scale[c] / (double)x->n);
}

/* The least number as shift; the distance to the largest as scale. */
static void fit_minmax(const struct lur_inputs *x, const struct fit *f, double *room) {
  const size_t width = (size_t)x->width;
  memcpy(f->shift, f->first, width * sizeof *f->shift);
  memcpy(f->scale, f->first, width * sizeof *f->scale);
  walk(x, f, room, widen_range, compare);
  for (size_t c = 0; c < width; c++)
    f->scale[c] -= f->shift[c];
}

int lur_normalize_fit(enum lur_normalize kind, const struct lur_inputs *x, double *shift, double *scale,
                      struct lur_error *e) {
  const size_t width = (size_t)x->width;
  int code = LUR_OK;
  double *room = lur_alloc(width + (width > BLOCK ? width : BLOCK), sizeof *room);
  const struct fit f = {shift, scale, room, lur_alloc(width, 1)};
  if (!room || !f.varies) {
    code = lur_fail_memory(e);
    goto end;
  }
  memcpy(room, lur_inputs_rows(x, 0, 1, room + width), width * sizeof *room);
  (kind == LUR_ZSCORE ? fit_zscore : fit_minmax)(x, &f, room + width);
  for (size_t c = 0; c < width && !code; c++) {
    if (!f.varies[c] || scale[c] == 0)
      scale[c] = 1;
    if (!isfinite(shift[c]) || !isfinite(scale[c]))
      code = lur_fail(e, LUR_EINPUT, "normalize", "the numbers of input %zu are too large", c + 1);
  }

end:
  free(f.varies);
  free(room);
  return code;
}

void lur_normalize_inputs(const double *shift, const double *scale, const struct lur_inputs *x, double *to) {
  const size_t width = (size_t)x->width, most = width < BLOCK ? BLOCK / width : 1;
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

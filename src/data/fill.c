/* SPDX-License-Identifier: MIT
 * A column at a time. The mean is the sum in the order of the rows, divided by their number. */
#include "data/fill.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"

/* What is there of an input: room for as many numbers as rows. */
static size_t collect(const struct lur_dataset *d, int input, double *row, double *out) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  const size_t width = (size_t)d->n_inputs;
  size_t n = 0;
  for (size_t i = 0; i < d->n; i++)
    if (!d->missing || !d->missing[i * width + (size_t)input])
      out[n++] = lur_inputs_rows(&x, i, 1, row)[input];
  return n;
}

static double sum_of(const double *x, size_t n) {
  double sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += x[i];
  return sum;
}

static int compare(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

/* NaN where there is nothing. Sorts x. */
static double median_of(double *x, size_t n) {
  if (n == 0)
    return NAN;
  qsort(x, n, sizeof *x, compare);
  return (x[(n - 1) / 2] + x[n / 2]) / 2;
}

/* The most frequent of the categories whose first input is `first`; the first of equals. Sums hold how often each is.
 */
static void choose_category(int n_inputs, const uint8_t *kind, int first, double *value) {
  int most = first, end = first + 1;
  for (; end < n_inputs && kind[end] == LUR_FILL_SAME; end++)
    most = value[end] > value[most] ? end : most;
  for (int k = first; k < end; k++)
    value[k] = k == most;
}

int lur_fill_fit(const struct lur_dataset *d, const uint8_t *kind, double *value, int *lacks, struct lur_error *e) {
  double *room = lur_resize(NULL, d->n + (size_t)d->n_inputs, sizeof *room), *row = room ? room + d->n : NULL;
  if (!room)
    return lur_fail_memory(e);
  *lacks = -1;
  for (int k = 0; k < d->n_inputs; k++) {
    const size_t n = kind[k] == LUR_FILL_NONE ? 0 : collect(d, k, row, room);
    value[k] = kind[k] == LUR_FILL_MEDIAN ? median_of(room, n) : sum_of(room, n);
    value[k] = kind[k] == LUR_FILL_MEAN ? value[k] / (double)n : value[k];
    if (kind[k] != LUR_FILL_NONE && *lacks < 0 && (n == 0 || !isfinite(value[k])))
      *lacks = k;
  }
  for (int k = 0; k < d->n_inputs; k++)
    if (kind[k] == LUR_FILL_FREQUENT)
      choose_category(d->n_inputs, kind, k, value);
  free(room);
  return LUR_OK;
}

static uint8_t *to_bytes(const double *x, size_t n) {
  uint8_t *bytes = lur_alloc(n, 1);
  for (size_t i = 0; bytes && i < n; i++)
    bytes[i] = (uint8_t)x[i];
  return bytes;
}

int lur_fill_mark(struct lur_dataset *d, const double *kind, const double *missing, struct lur_error *e) {
  d->fill = to_bytes(kind, (size_t)d->n_inputs);
  d->missing = to_bytes(missing, d->n * (size_t)d->n_inputs);
  return d->fill && d->missing ? LUR_OK : lur_fail_memory(e);
}

bool lur_fill_is_put(const struct lur_dataset *d, const double *value) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  const size_t width = (size_t)d->n_inputs;
  for (size_t i = 0; d->missing && i < d->n * width; i++) {
    double one;
    if (!d->missing[i])
      continue;
    const void *at = (const char *)x.values + i * lur_narrow_bytes(x.type);
    lur_narrow_read(x.type, at, 1, &one);
    if (one != value[i % width])
      return false;
  }
  return true;
}

int lur_fill_put(struct lur_dataset *d, const double *value, struct lur_error *e) {
  const size_t width = (size_t)d->n_inputs;
  const int status = lur_dataset_widen(d, e);
  if (status)
    return status;
  free(d->narrow);
  d->narrow = NULL;
  for (size_t i = 0; d->missing && i < d->n * width; i++)
    if (d->missing[i])
      d->inputs[i] = value[i % width];
  return LUR_OK;
}

/* SPDX-License-Identifier: MIT
 * Weights of rows, as numbers or as a column of the inputs that is then none. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/dataset.h"

struct lur_dataset *lur_dataset_weighted(const struct lur_dataset *d, const double *weights, struct lur_error *e) {
  struct lur_dataset *copy = lur_dataset_take(d, NULL, d->n, e);
  if (!copy)
    return NULL;
  free(copy->weights);
  copy->weights = lur_copy(weights, d->n, sizeof *weights);
  if (copy->weights)
    return copy;
  lur_dataset_free(copy);
  lur_fail_memory(e);
  return NULL;
}

int lur_dataset_find_input(const struct lur_dataset *d, const char *name) {
  for (int k = 0; d->input_names && k < d->n_inputs; k++)
    if (strcmp(d->input_names[k], name) == 0)
      return k;
  return -1;
}

/* All of n rows but that column of `width`, which are `size` bytes each. */
static void take_others(const void *from, size_t n, size_t width, size_t column, size_t size, void *to) {
  const char *row = from;
  char *out = to;
  for (size_t i = 0; i < n; i++, row += width * size, out += (width - 1) * size) {
    memcpy(out, row, column * size);
    memcpy(out + column * size, row + (column + 1) * size, (width - 1 - column) * size);
  }
}

/* What is said of the inputs but that one; a column of categories that it is of is no longer known as one. */
static int copy_labels(const struct lur_dataset *d, int column, struct lur_dataset *to, struct lur_error *e) {
  const size_t width = (size_t)d->n_inputs, at = (size_t)column;
  const char **names = d->input_names ? lur_alloc(width, sizeof *names) : NULL;
  int code = d->input_names && !names ? lur_fail_memory(e) : LUR_OK;
  if (names) {
    take_others(d->input_names, 1, width, at, sizeof *names, names);
    code = lur_dataset_name_inputs(to, names, e);
  }
  free(names);
  to->unknown_is_zeros = d->unknown_is_zeros;
  if (!code && d->onehot && !(to->onehot = lur_alloc((size_t)d->n_onehot, sizeof *to->onehot)))
    code = lur_fail_memory(e);
  for (int k = 0; k < d->n_onehot && !code; k++) {
    struct lur_onehot o = d->onehot[k];
    if (column >= o.first && column < o.first + o.n)
      continue;
    o.first -= o.first > column;
    to->onehot[to->n_onehot++] = o;
  }
  if (!code && d->fill && !(to->fill = lur_alloc(width, 1)))
    code = lur_fail_memory(e);
  if (!code && d->fill)
    take_others(d->fill, 1, width, at, 1, to->fill);
  return code ? code : lur_dataset_copy_output_labels(d, to, e);
}

static int copy_rows(const struct lur_dataset *d, int column, bool weighs, struct lur_dataset *to,
                     struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  const size_t width = (size_t)d->n_inputs, at = (size_t)column;
  double *row = lur_alloc(width, sizeof *row);
  if (!row || (weighs && !(to->weights = lur_alloc(d->n, sizeof *to->weights))) ||
      (d->missing && !(to->missing = lur_alloc(d->n, width)))) {
    free(row);
    return lur_fail_memory(e);
  }
  take_others(x.values, d->n, width, at, lur_narrow_bytes(x.type), to->narrow ? to->narrow : to->inputs);
  if (d->missing)
    take_others(d->missing, d->n, width, at, 1, to->missing);
  for (size_t i = 0; i < d->n && weighs; i++)
    to->weights[i] = lur_inputs_rows(&x, i, 1, row)[column];
  memcpy(to->targets, d->targets, d->n * (size_t)d->n_outputs * sizeof *to->targets);
  free(row);
  return LUR_OK;
}

struct lur_dataset *lur_dataset_without_input(const struct lur_dataset *d, int column, bool weighs,
                                              struct lur_error *e) {
  const enum lur_narrow type = lur_dataset_inputs(d).type;
  struct lur_dataset *out = lur_dataset_new_narrow(d->n, d->n_inputs - 1, d->n_outputs, type, e);
  if (!out)
    return NULL;
  if (copy_labels(d, column, out, e) == LUR_OK && copy_rows(d, column, weighs, out, e) == LUR_OK)
    return out;
  lur_dataset_free(out);
  return NULL;
}

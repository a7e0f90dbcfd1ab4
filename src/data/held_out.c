/* SPDX-License-Identifier: MIT
 * All rows are shuffled, as an epoch's patterns are, and then stably sorted by class: a list in which each class stands
 * together and is in random order. Its places are dealt out in turn, so that each part gets its share of each class to
 * within a row. Without strata there is one class. */
#include "data/held_out.h"

#include <stdlib.h>

#include "base/memory.h"
#include "data/classes.h"

/* The class of each row, and how many classes there are; all are of one where targets are no classes. */
static uint32_t find_classes(const struct lur_dataset *d, bool stratified, uint32_t *of) {
  const uint32_t n = stratified ? lur_classes_find(d, of) : 0;
  if (n > 0)
    return n;
  for (size_t i = 0; i < d->n; i++)
    of[i] = 0;
  return 1;
}

/* Counts the rows of each class, and puts the rows from `from` to `to` by it: a stable sort. */
static int sort_by_class(size_t n, const uint32_t *of, uint32_t n_classes, const uint32_t *from, uint32_t *to) {
  size_t *next = lur_alloc((size_t)n_classes + 1, sizeof *next);
  if (!next)
    return LUR_ENOMEM;
  for (size_t i = 0; i < n; i++)
    next[of[i] + 1]++;
  for (uint32_t k = 0; k < n_classes; k++)
    next[k + 1] += next[k];
  for (size_t c = 0; c < n; c++)
    to[next[of[from[c]]]++] = from[c];
  free(next);
  return LUR_OK;
}

/* The list; the caller's. NULL: no memory. */
static uint32_t *list_rows(const struct lur_dataset *d, bool stratified, uint64_t seed, enum lur_purpose purpose) {
  uint32_t *list = lur_alloc(d->n, 3 * sizeof *list);
  if (!list)
    return NULL;
  uint32_t *order = list + d->n, *of = order + d->n;
  lur_draw_order(seed, 0, purpose, d->n, order);
  if (!sort_by_class(d->n, of, find_classes(d, stratified, of), order, list))
    return list;
  free(list);
  return NULL;
}

int lur_held_out_validation(const struct lur_dataset *d, bool stratified, double fraction, uint64_t seed,
                            uint32_t *part, struct lur_error *e) {
  if (!(fraction > 0 && fraction < 1))
    return lur_fail(e, LUR_EINPUT, "validation", "%g is not between 0 and 1", fraction);
  if (d->n < 2)
    return lur_fail(e, LUR_EINPUT, "validation", "one row cannot be split");
  uint32_t *list = list_rows(d, stratified, seed, LUR_DRAW_VALIDATION);
  if (!list)
    return lur_fail_memory(e);
  /* round(fraction * n), halves up, kept within 1 .. n - 1; below 2^32, so that products are exact */
  const uint64_t n = d->n, j = (uint64_t)(fraction * (double)n + 0.5), m = j < 1 ? 1 : j > n - 1 ? n - 1 : j;
  for (uint64_t c = 0; c < n; c++)
    part[list[c]] = (c + 1) * m / n > c * m / n;
  free(list);
  return LUR_OK;
}

int lur_held_out_folds(const struct lur_dataset *d, bool stratified, uint64_t n_folds, uint64_t seed, uint32_t *part,
                       struct lur_error *e) {
  if (n_folds < 2 || n_folds > d->n)
    return lur_fail(e, LUR_EINPUT, "folds", "%llu folds of %zu rows; each fold needs a row, and another to train on",
                    (unsigned long long)n_folds, d->n);
  uint32_t *list = list_rows(d, stratified, seed, LUR_DRAW_FOLDS);
  if (!list)
    return lur_fail_memory(e);
  for (size_t c = 0; c < d->n; c++)
    part[list[c]] = (uint32_t)(c % n_folds + 1);
  free(list);
  return LUR_OK;
}

int lur_held_out_cut(const struct lur_dataset *d, const uint32_t *part, uint32_t held, struct lur_dataset **out,
                     struct lur_dataset **rest, struct lur_error *e) {
  *out = *rest = NULL;
  uint32_t *rows = lur_alloc(d->n, sizeof *rows);
  if (!rows)
    return lur_fail_memory(e);
  size_t n_held = 0, n_rest = 0;
  for (size_t i = 0; i < d->n; i++)
    n_held += part[i] == held;
  uint32_t *held_rows = rows, *rest_rows = rows + n_held;
  n_held = 0;
  for (size_t i = 0; i < d->n; i++)
    if (part[i] == held)
      held_rows[n_held++] = (uint32_t)i;
    else
      rest_rows[n_rest++] = (uint32_t)i;
  *out = lur_dataset_take(d, held_rows, n_held, e);
  *rest = *out ? lur_dataset_take(d, rest_rows, n_rest, e) : NULL;
  free(rows);
  if (*rest)
    return LUR_OK;
  lur_dataset_free(*out);
  *out = NULL;
  return e ? e->code : LUR_ENOMEM;
}

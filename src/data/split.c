/* SPDX-License-Identifier: MIT
 * Cutting a data set in two: the rows are put in the order that an epoch's shuffle of the same seed would draw for
 * the split's own purpose, and cut. So both sides are shuffled, and depend on the seed and the rows alone. */
#include <stdlib.h>

#include "base/memory.h"
#include "data/dataset.h"

int lur_dataset_split(const struct lur_dataset *d, double fraction, uint64_t seed, struct lur_dataset **first,
                      struct lur_dataset **second, struct lur_error *e) {
  *first = *second = NULL;
  if (!(fraction > 0 && fraction < 1))
    return lur_fail(e, LUR_EINPUT, "fraction", "%g is not between 0 and 1", fraction);
  if (d->n < 2)
    return lur_fail(e, LUR_EINPUT, NULL, "one row cannot be split");
  uint32_t *order = lur_alloc(d->n, sizeof *order);
  if (!order)
    return lur_fail_memory(e);
  /* round(fraction * n), halves up, kept within 1 .. n - 1 */
  size_t j = (size_t)(fraction * (double)d->n + 0.5);
  size_t k = j < 1 ? 1 : j > d->n - 1 ? d->n - 1 : j;
  lur_draw_order(seed, 0, LUR_DRAW_SPLIT, d->n, order);
  *first = lur_dataset_take(d, order, k, e);
  *second = *first ? lur_dataset_take(d, order + k, d->n - k, e) : NULL;
  free(order);
  if (*second)
    return LUR_OK;
  lur_dataset_free(*first);
  *first = NULL;
  return e ? e->code : LUR_ENOMEM;
}

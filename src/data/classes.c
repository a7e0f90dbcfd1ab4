/* SPDX-License-Identifier: MIT
 * Targets are looked at once or twice; nothing is kept. */
#include "data/classes.h"

#include <stdlib.h>

#include "base/memory.h"

enum { NO_CLASS = -1 };

/* The place of the one 1 among 0s, or NO_CLASS. */
static int place_of_one(const double *t, int n) {
  int at = NO_CLASS;
  for (int k = 0; k < n; k++) {
    if (t[k] == 0)
      continue;
    if (t[k] != 1 || at != NO_CLASS)
      return NO_CLASS;
    at = k;
  }
  return at;
}

/* The class of each row by its one 1; false where a row has none. */
static bool find_one_hot(const struct lur_dataset *d, uint32_t *of) {
  for (size_t i = 0; i < d->n; i++) {
    int at = place_of_one(d->targets + i * (size_t)d->n_outputs, d->n_outputs);
    if (at == NO_CLASS)
      return false;
    of[i] = (uint32_t)at;
  }
  return true;
}

/* Classes 0 and 1, of the lower and the higher value of the one column; false where it has not two. */
static bool find_two_values(const struct lur_dataset *d, uint32_t *of) {
  double end[2];
  lur_dataset_target_ends(d, end);
  for (size_t i = 0; i < d->n; i++) {
    if (d->targets[i] != end[0] && d->targets[i] != end[1])
      return false;
    of[i] = d->targets[i] != end[0];
  }
  return true;
}

uint32_t lur_classes_find(const struct lur_dataset *d, uint32_t *of) {
  if (d->n_outputs == 1)
    return find_two_values(d, of) ? 2 : 0;
  return find_one_hot(d, of) ? (uint32_t)d->n_outputs : 0;
}

int lur_classes_balance(const struct lur_dataset *d, double *weights, struct lur_error *e) {
  uint32_t *of = lur_alloc(d->n, sizeof *of);
  size_t *count = lur_alloc((size_t)d->n_outputs + 1, sizeof *count);
  const uint32_t n_classes = of && count ? lur_classes_find(d, of) : 0;
  int code = of && count ? LUR_OK : lur_fail_memory(e);
  double n_occur = 0;
  if (!code && n_classes == 0)
    code = lur_fail(e, LUR_EINPUT, "class_weights",
                    "targets are no classes: there must be one 1 among 0s, or two values of a single target");
  for (size_t i = 0; i < d->n && !code; i++)
    n_occur += count[of[i]]++ == 0;
  for (size_t i = 0; i < d->n && !code; i++)
    weights[i] *= (double)d->n / (n_occur * (double)count[of[i]]);
  free(of);
  free(count);
  return code;
}

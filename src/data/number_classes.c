/* SPDX-License-Identifier: MIT
 * A sorted array, searched by halves. */
#include "data/number_classes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of the first that is not below. */
static int place(const struct lur_labels *l, double label) {
  int low = 0, high = l->n;
  while (low < high) {
    int middle = (low + high) / 2;
    if (l->value[middle] < label)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

bool lur_labels_add(struct lur_labels *l, double label) {
  if (!(fabs(label) <= 9007199254740992.0) || floor(label) != label)
    return false;
  const int at = place(l, label);
  if (at < l->n && l->value[at] == label)
    return true;
  if (l->n == LUR_MAX_CLASSES)
    return false;
  memmove(&l->value[at + 1], &l->value[at], (size_t)(l->n - at) * sizeof *l->value);
  l->value[at] = label;
  l->n++;
  return true;
}

int lur_labels_name(const struct lur_labels *l, struct lur_dataset *d, struct lur_error *e) {
  char digits[LUR_MAX_CLASSES][24];
  const char *names[LUR_MAX_CLASSES];
  for (int k = 0; k < l->n; k++) {
    snprintf(digits[k], sizeof digits[k], "%.0f", l->value[k] + 0.0); /* -0 is 0 */
    names[k] = digits[k];
  }
  return lur_dataset_name_classes(d, names, e);
}

void lur_labels_put(const struct lur_labels *l, double label, double *targets) {
  targets[place(l, label)] = 1;
}

/* SPDX-License-Identifier: MIT
 * Labels that are whole numbers, as classes: an output for each that there is, in ascending order, named by it.
 * Reentrant. */
#ifndef LUR_DATA_NUMBER_CLASSES_H
#define LUR_DATA_NUMBER_CLASSES_H

#include "data/csv.h"

struct lur_labels {
  double value[LUR_MAX_CLASSES]; /* n of them, ascending */
  int n;
};

/* False: it is not whole or beyond 2^53 in size, or there are LUR_MAX_CLASSES others. */
bool lur_labels_add(struct lur_labels *l, double label);
/* A data set with an output for each label; labels become its targets by lur_labels_put. */
int lur_labels_name(const struct lur_labels *l, struct lur_dataset *d, struct lur_error *e);
void lur_labels_put(const struct lur_labels *l, double label, double *targets);

#endif

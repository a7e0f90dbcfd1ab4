/* SPDX-License-Identifier: MIT
 * What stands in place of missing inputs: of each column its mean, its median or its most frequent category, taken
 * from the rows of one data set where it is not missing. Reentrant. */
#ifndef LUR_DATA_FILL_H
#define LUR_DATA_FILL_H

#include "data/dataset.h"

/* Fills value (d->n_inputs), each as its kind (of enum lur_fill) says, 0 for LUR_FILL_NONE. *lacks: an input that is
 * missing in all rows, or too large for a mean; or -1. */
int lur_fill_fit(const struct lur_dataset *d, const uint8_t *kind, double *value, int *lacks, struct lur_error *e);

/* Says of d, of which nothing is said yet, what is missing: kind and missing as in struct lur_dataset, but numbers. */
int lur_fill_mark(struct lur_dataset *d, const double *kind, const double *missing, struct lur_error *e);

/* Whether d's missing inputs are filled so already. */
bool lur_fill_is_put(const struct lur_dataset *d, const double *value);
/* Fills them so; d has doubles alone afterwards, and nobody else has it. */
int lur_fill_put(struct lur_dataset *d, const double *value, struct lur_error *e);

#endif

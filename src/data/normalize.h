/* SPDX-License-Identifier: MIT
 * Scaling of inputs: x becomes (x - shift) / scale, column by column. Reentrant. */
#ifndef LUR_DATA_NORMALIZE_H
#define LUR_DATA_NORMALIZE_H

#include "data/dataset.h"

enum lur_normalize {
  LUR_ZSCORE,     /* mean 0, standard deviation 1 (of the population: divisor n) */
  LUR_MINMAX,     /* from 0 to 1 */
  LUR_MINMAX_ALL, /* the same scale for all columns, so that the least and the largest of all are 0 and 1 */
  LUR_BYTES,      /* x / 255 */
  LUR_N_NORMALIZES
};
extern const char *const lur_normalize_names[]; /* ended by NULL */

/* Fills shift and scale (x->width each) of columns that messages call `what`. A constant column has scale 1. LUR_EINPUT
 * where a column's numbers are too large for its spread to be a finite number. */
int lur_normalize_fit(enum lur_normalize kind, const char *what, const struct lur_inputs *x, double *shift,
                      double *scale, struct lur_error *e);

/* All rows, as doubles; they may be in place where they are doubles. */
void lur_normalize_inputs(const double *shift, const double *scale, const struct lur_inputs *x, double *to);
/* n rows of n_inputs; from and to may be the same. */
void lur_normalize_apply(const double *shift, const double *scale, size_t n, int n_inputs, const double *from,
                         double *to);

#endif

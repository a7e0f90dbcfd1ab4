/* SPDX-License-Identifier: MIT
 * Which class each row of a data set is of, by its targets. Pure functions; reentrant. */
#ifndef LUR_DATA_CLASSES_H
#define LUR_DATA_CLASSES_H

#include "data/dataset.h"

/* Fills of[i], from 0, with the place of the row's one 1 among 0s; or, of one column of two values, with 0 for the
 * lower and 1 for the higher. The number of classes; 0, and of is spoilt, where targets are no classes. */
uint32_t lur_classes_find(const struct lur_dataset *d, uint32_t *of);

/* Multiplies weights, one a row, by n / (C n_c): n rows, C classes that occur, n_c rows of the row's class. */
int lur_classes_balance(const struct lur_dataset *d, double *weights, struct lur_error *e);

#endif

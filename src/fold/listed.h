/* SPDX-License-Identifier: MIT
 * Values of an axis in the order of the script. Reentrant. */
#ifndef LUR_FOLD_LISTED_H
#define LUR_FOLD_LISTED_H

#include "fold/cell_order.h"
#include "store/store.h"

/* Sorts n pointers to values of a column: gaps, then numbers, ascending, then texts as the script lists them, and those
 * that it does not list behind, by the alphabet. */
int lur_cells_sort(const struct lur_table *t, const char *column, const struct lur_cell **cell, size_t n,
                   struct lur_error *e);

#endif

/* SPDX-License-Identifier: MIT
 * Values of columns as numbers, and their order. Reentrant. */
#ifndef LUR_FOLD_CELL_ORDER_H
#define LUR_FOLD_CELL_ORDER_H

#include "sweep/sink.h"

double lur_cell_number(const struct lur_cell *c); /* NaN of a text, or none */
/* Gaps, then numbers, then texts, each ascending. */
int lur_compare_cells(const struct lur_cell *a, const struct lur_cell *b);
/* Of n cells; the same of cells that compare as equal. */
uint64_t lur_cells_hash(const struct lur_cell *cell, int n);

#endif

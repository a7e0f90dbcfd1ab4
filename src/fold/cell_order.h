/* SPDX-License-Identifier: MIT
 * Values of columns as numbers, and their order. Reentrant. */
#ifndef LUR_FOLD_CELL_ORDER_H
#define LUR_FOLD_CELL_ORDER_H

#include "sweep/sink.h"

double lur_cell_number(const struct lur_cell *c); /* NaN of a text, or none */
/* Gaps, then numbers, then texts, each ascending. */
int lur_compare_cells(const struct lur_cell *a, const struct lur_cell *b);
/* Of two pointers to cells, for qsort. */
int lur_compare_cell_places(const void *a, const void *b);
/* A text, a number as people read it, or "none". */
void lur_cell_label(const struct lur_cell *c, char out[64]);
/* Of n cells; the same of cells that compare as equal. */
uint64_t lur_cells_hash(const struct lur_cell *cell, int n);

#endif

/* SPDX-License-Identifier: MIT
 * Values of columns as numbers, and their order. Reentrant. */
#ifndef LUR_FOLD_CELL_ORDER_H
#define LUR_FOLD_CELL_ORDER_H

#include "engine/engine.h"
#include "sweep/sink.h"

double lur_cell_number(const struct lur_cell *c); /* NaN of a text, or none */
/* The status that is named; LUR_FINISHED where none is. */
enum lur_status lur_cell_status(const struct lur_cell *c);
/* Gaps, then numbers, then texts, each ascending. */
int lur_compare_cells(const struct lur_cell *a, const struct lur_cell *b);
/* Of two pointers to cells, for qsort. */
int lur_compare_cell_places(const void *a, const void *b);
/* Keeps the first of those that compare as equal of n in order; returns how many. */
size_t lur_cells_distinct(const struct lur_cell **sorted, size_t n);
/* A text, a number as people read it, or "none". */
void lur_cell_label(const struct lur_cell *c, char out[64]);
/* Of n cells; the same of cells that compare as equal. */
uint64_t lur_cells_hash(const struct lur_cell *cell, int n);

#endif

/* SPDX-License-Identifier: MIT
 * A data set as a CSV file that luron.csv reads again, as the same data set. Reentrant. */
#ifndef LUR_DATA_CSV_WRITE_H
#define LUR_DATA_CSV_WRITE_H

#include "base/buffer.h"
#include "data/dataset.h"

/* A first line of names (x1, x2 ... and y1 ... where there are none), then the rows: inputs, of categories their text
 * and nothing where one was missing; the weight, where rows have some; and targets or the class.
 * LUR_EINPUT where a row is of no class or category, or of two. */
int lur_csv_write(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e);
/* Adds a cell, the prefix, which is a word, and the text, quoted where it must be. */
void lur_csv_add_cell(struct lur_buffer *out, const char *prefix, const char *text, char separator);

#endif

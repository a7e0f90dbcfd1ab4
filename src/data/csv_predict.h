/* SPDX-License-Identifier: MIT
 * A CSV file with what a network answers to its rows: each row as it stands there, then columns of the answer.
 * Reentrant. */
#ifndef LUR_DATA_CSV_PREDICT_H
#define LUR_DATA_CSV_PREDICT_H

#include "base/buffer.h"
#include "data/csv.h"
#include "data/network_rows.h"

/* Of the options: inputs, or none: the columns that have the names of the network's inputs, and where none has, all
 * columns, or all but the last where there is one more, which is the target then; header, where anything but
 * LUR_HEADER_FALSE says that the first line names the columns; separator, decimal, comment, skip, missing_values.
 * A network with classes adds `predicted`, the class of the largest output, and share_CLASS of each; any other adds its
 * outputs, as predicted_NAME where they have names. note: that the columns are taken by position though the network
 * has names; else "". e->field is "inputs" or "skip" where that is the mistake. */
enum { LUR_CSV_NOTE_BYTES = 512 };
int lur_csv_predict(const struct lur_network *n, const char *path, const struct lur_csv_options *o,
                    struct lur_buffer *out, char note[LUR_CSV_NOTE_BYTES], struct lur_error *e);

enum { LUR_CSV_WHAT_BYTES = 160 };
/* Puts a cell with that text into its inputs; false: what is wrong with it, "is not a number", in `what`. */
bool lur_csv_put_cell(const struct lur_network *n, const struct lur_source *s, const char *cell, double *inputs,
                      char what[LUR_CSV_WHAT_BYTES]);

#endif

/* SPDX-License-Identifier: MIT
 * The rows of a CSV text, one at a time, cut in place: cells point into the text. Reentrant. */
#ifndef LUR_DATA_CSV_ROW_H
#define LUR_DATA_CSV_ROW_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

struct lur_csv_rows {
  /* set by the caller */
  const char *name; /* in messages */
  char *next, *end; /* what is unread; *end may be written */
  char separator;   /* ' ': any run of blanks */
  char comment;     /* lines that begin with it are passed over; or '\0' */
  /* set by lur_csv_next_row */
  const char *from; /* where the current row begins */
  bool stops[256];  /* of bytes: whether a plain cell ends there */
  char **cells;     /* of the current row, owned; blanks around a cell that is not quoted are cut off */
  int n_cells;
  size_t room;
  long line, n_lines; /* where the row starts, from 1; lines taken */
};

enum lur_csv_answer { LUR_CSV_ROW, LUR_CSV_END, LUR_CSV_FAILED };

/* Takes the next row that is not blank. */
enum lur_csv_answer lur_csv_next_row(struct lur_csv_rows *r, struct lur_error *e);

#endif

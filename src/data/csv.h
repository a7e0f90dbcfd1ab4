/* SPDX-License-Identifier: MIT
 * Comma-separated values (RFC 4180): quoted fields, LF or CRLF, a byte order mark; blank lines are passed over.
 * Numbers are decimal, correctly rounded whatever the locale, and finite. Reentrant. */
#ifndef LUR_DATA_CSV_H
#define LUR_DATA_CSV_H

#include "data/dataset.h"

/* A cell is missing where it is empty, or NA, N/A, NaN, nan, null or ?. */
enum lur_missing {
  LUR_MISSING_ERROR, /* refuse the file */
  LUR_MISSING_SKIP,  /* leave the row out */
  LUR_MISSING_MEAN,  /* inputs: the mean of the column's other cells; a row without its target is left out */
  LUR_N_MISSINGS
};
extern const char *const lur_missing_names[LUR_N_MISSINGS + 1];

struct lur_csv_column {
  const char *name; /* as the header has it; or NULL: */
  int number;       /* from 1; negative: from the end, -1 is the last */
};

struct lur_csv_options {
  const struct lur_csv_column *targets; /* n_targets of them; none: the last column */
  const struct lur_csv_column *inputs;  /* n_inputs of them; none: every column that is no target */
  int n_targets, n_inputs;
  bool header;                      /* the first line names the columns */
  bool classes;                     /* the target's numbers are names of classes */
  char separator;                   /* usually ',' */
  enum lur_missing missing;
};
enum { LUR_MAX_CLASSES = 1024 };

/* A target column whose first cell is no number holds names: it must be the only target, and becomes one output a
 * class, 1 where the row is of it, in order of first appearance. Errors name file, line and column. */
struct lur_dataset *lur_csv_load(const char *path, const struct lur_csv_options *o, struct lur_error *e);

/* The same from memory; `name` stands in messages. text is changed, and is not needed afterwards. text[n_bytes] must
 * be there, and is overwritten too. */
struct lur_dataset *lur_csv_read(const char *name, char *text, size_t n_bytes, const struct lur_csv_options *o,
                                 struct lur_error *e);

#endif

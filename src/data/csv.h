/* SPDX-License-Identifier: MIT
 * Comma-separated values (RFC 4180): quoted fields, LF or CRLF, a byte order mark; blank lines are passed over.
 * Numbers are decimal, correctly rounded whatever the locale, and finite. Text is UTF-8. Reentrant. */
#ifndef LUR_DATA_CSV_H
#define LUR_DATA_CSV_H

#include "data/dataset.h"

/* A cell is missing where it is empty, or a word that pandas takes so (NA, NaN, None, null ...), or ?. */
enum lur_missing {
  LUR_MISSING_ERROR, /* refuse the file */
  LUR_MISSING_SKIP,  /* leave the row out */
  LUR_MISSING_MEAN,  /* inputs: the mean of the column's other cells; a row without its target is left out */
  LUR_N_MISSINGS
};
extern const char *const lur_missing_names[]; /* ended by NULL */

enum lur_header {
  LUR_HEADER_AUTO, /* the first line names the columns; refused where it looks like a row */
  LUR_HEADER_TRUE, /* it does, whatever it looks like */
  LUR_HEADER_FALSE /* it is a row */
};

enum lur_classes {
  LUR_CLASSES_AUTO,  /* all numbers: no classes; all names: classes; refused where both, or where it is doubtful */
  LUR_CLASSES_TRUE,  /* each different text is a class, in order of first appearance */
  LUR_CLASSES_FALSE, /* numbers */
  LUR_CLASSES_LIST   /* those listed, in that order, and no others; numbers are found as numbers too */
};
enum { LUR_MAX_CLASSES = 1024 };

struct lur_csv_column {
  const char *name; /* as the header has it; or NULL: */
  int number;       /* from 1; negative: from the end, -1 is the last */
};

struct lur_csv_options {
  const struct lur_csv_column *targets; /* n_targets of them; none: the last column */
  const struct lur_csv_column *inputs;  /* n_inputs of them; none: every column that is no target and not dropped */
  const struct lur_csv_column *drop;    /* n_drop of them, left out */
  int n_targets, n_inputs, n_drop;
  enum lur_header header;
  enum lur_classes classes;
  const char *const *class_names;       /* n_class_names of them, for LUR_CLASSES_LIST */
  int n_class_names;
  char separator;                       /* usually ','; ' ' is any run of blanks */
  enum lur_missing missing;
};

/* What each option of luron.csv means, for people; ends with a NULL name. */
struct lur_csv_option {
  const char *name, *meaning, *otherwise;
};
extern const struct lur_csv_option lur_csv_option_table[];

/* A target of classes is one column, and becomes one output a class: 1 where the row is of it. Classes are those of the
 * rows that are kept. Errors name file, line and column. */
struct lur_dataset *lur_csv_load(const char *path, const struct lur_csv_options *o, struct lur_error *e);

/* The same from memory; `name` stands in messages. text is changed, and is not needed afterwards. text[n_bytes] must
 * be there, and is overwritten too. */
struct lur_dataset *lur_csv_read(const char *name, char *text, size_t n_bytes, const struct lur_csv_options *o,
                                 struct lur_error *e);

#endif

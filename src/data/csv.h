/* SPDX-License-Identifier: MIT
 * Comma-separated values (RFC 4180): quoted fields, LF or CRLF, a byte order mark; blank lines are passed over.
 * Numbers are decimal, correctly rounded whatever the locale, and finite. Text is UTF-8. Reentrant. */
#ifndef LUR_DATA_CSV_H
#define LUR_DATA_CSV_H

#include "data/dataset.h"

/* A cell is missing where it is empty, or a word that pandas takes so (NA, NaN, None, null ...), or ?. */
enum lur_missing {
  LUR_MISSING_ERROR,  /* refuse the file */
  LUR_MISSING_SKIP,   /* leave the row out */
  LUR_MISSING_MEAN,   /* inputs: the mean of the column's other cells; a row without its target is left out */
  LUR_MISSING_MEDIAN, /* the same with the median */
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

enum lur_text {
  LUR_TEXT_ERROR,  /* an input that is no number is refused, but in the columns of `onehot` */
  LUR_TEXT_ONEHOT, /* a column of inputs with a text is as those */
  LUR_N_TEXTS
};
extern const char *const lur_text_names[];    /* ended by NULL */
extern const char *const lur_unknown_names[]; /* "error", "zeros": lur_dataset.unknown_is_zeros */

struct lur_csv_column {
  const char *name;              /* as the header has it, or a pattern: * stands for any text; or NULL: */
  int number;                    /* from 1; negative: from the end, -1 is the last */
  const char *const *categories; /* of a column of `onehot`: n_categories of them, these and no others; none: all */
  int n_categories;
};

struct lur_csv_options {
  const struct lur_csv_column *targets; /* n_targets of them; none: the last column */
  const struct lur_csv_column *inputs;  /* n_inputs of them; none: every column that is no target and not dropped */
  const struct lur_csv_column *drop;    /* n_drop of them, left out */
  const struct lur_csv_column *onehot;  /* n_onehot of the inputs: an input for each different text */
  int n_targets, n_inputs, n_drop, n_onehot;
  enum lur_text text;
  bool unknown_is_zeros;
  enum lur_header header;
  enum lur_classes classes;
  const char *const *class_names; /* n_class_names of them, for LUR_CLASSES_LIST */
  int n_class_names;
  char separator; /* ' ' is any run of blanks; '\0': found by looking */
  char decimal;   /* what stands before the decimals: '.', '\0' for the same, or ',' */
  char comment;   /* lines that begin with it are passed over; '\0': none */
  long skip;      /* so many lines are passed over first */
  enum lur_missing missing;
  const char *const *missing_values; /* n_missing_values more that are missing */
  int n_missing_values;
};

/* What each option of luron.csv means, for people; ends with a NULL name. */
struct lur_csv_option {
  const char *name, *meaning, *otherwise;
};
extern const struct lur_csv_option lur_csv_option_table[];

/* A target of classes is one column, and becomes one output a class: 1 where the row is of it. A column of one-hot
 * categories becomes an input each. Classes and categories are those of the rows that are kept, in order of first
 * appearance. Errors name file, line and column: `name` stands in messages. text is changed, and is not needed
 * afterwards. text[n_bytes] must be there, and is overwritten too. */
struct lur_dataset *lur_csv_read(const char *name, char *text, size_t n_bytes, const struct lur_csv_options *o,
                                 struct lur_error *e);

#endif

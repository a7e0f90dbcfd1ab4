/* SPDX-License-Identifier: MIT
 * What the files that read CSV share: a file while it is read. Errors go to r->e, and what fails returns a code. */
#ifndef LUR_DATA_CSV_PARTS_H
#define LUR_DATA_CSV_PARTS_H

#include "data/csv.h"
#include "data/csv_row.h"

struct lur_csv {
  const struct lur_csv_options *o;
  struct lur_error *e;
  struct lur_csv_rows rows; /* with the row that is being read */
  char likely_separator;    /* that of the first line, where it has none of the one given; or '\0' */
  /* columns */
  const char **header;      /* n_columns names and a NULL; or NULL */
  int n_columns;
  int *inputs, *targets;    /* which columns, from 0 */
  int n_inputs, n_targets;
  size_t *n_missing;        /* rows in which each column is missing */
  /* rows */
  double *input, *target;   /* n rows each of n_inputs, n_targets; the class of a row as its number */
  size_t n, room, n_seen;   /* n: those kept */
  /* classes */
  bool named;               /* targets are names */
  size_t n_like_numbers;    /* rows whose target begins like a number, but is none */
  const char *classes[LUR_MAX_CLASSES];
  int n_classes;
};

/* ---- Messages: csv_cell.c ---- */
enum { LUR_CSV_SHOWN_BYTES = 44, LUR_CSV_LABEL_BYTES = 64 };
/* The start of a cell; the name in brackets where there is one: "column 3 (petal_length)". */
const char *lur_csv_show(const char *cell, char out[LUR_CSV_SHOWN_BYTES]);
const char *lur_csv_label(const struct lur_csv *r, int column, char out[LUR_CSV_LABEL_BYTES]);
int lur_csv_fail_cell(struct lur_csv *r, int column, const char *what); /* of the row being read */

/* ---- Columns: csv_columns.c ---- */
/* From the first row, which is being read. */
int lur_csv_read_columns(struct lur_csv *r);
/* Finds n columns that are not taken yet, marks them taken. */
int lur_csv_find_columns(struct lur_csv *r, const char *field, const struct lur_csv_column *c, int n, bool *taken,
                         int *found);
/* Whether the first line may be a header, seen beside the row that is being read, which is the first below it. */
int lur_csv_check_header(struct lur_csv *r);
int lur_csv_fail_width(struct lur_csv *r);
/* Of the line at `from`: the separator that it seems to have, where it has none of the one given; else '\0'. */
char lur_csv_likely_separator(const char *from, const char *end, char given);

/* ---- Cells and targets: csv_cell.c ---- */
bool lur_csv_is_missing(const char *cell);
int lur_csv_read_number(struct lur_csv *r, int column, double *out);
int lur_csv_read_target(struct lur_csv *r, int column, double *out);
bool lur_csv_is_listed(const struct lur_csv *r, const char *cell); /* among the classes that the options list */
/* At the end: whether names may be taken for classes where nothing is said of it. */
int lur_csv_check_classes(struct lur_csv *r);

#endif

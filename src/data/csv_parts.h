/* SPDX-License-Identifier: MIT
 * What the files that read CSV share: a file while it is read. Errors go to r->e, and what fails returns a code. */
#ifndef LUR_DATA_CSV_PARTS_H
#define LUR_DATA_CSV_PARTS_H

#include "data/csv.h"
#include "data/csv_row.h"

/* The different texts of a column, in order of first appearance. */
struct lur_csv_words {
  const char **word; /* owned; the texts are the file's */
  int n;
  size_t room;
  bool closed; /* there may be no others: they are those that the options list */
};

struct lur_csv {
  const struct lur_csv_options *o;
  struct lur_error *e;
  struct lur_csv_rows rows; /* with the row that is being read */
  bool begins_with_hash;    /* the first line, where nothing is said of comments */
  char likely_separator;    /* that of the first line, where it has none of the one given; or '\0' */
  /* columns */
  const char **header; /* n_columns names and a NULL; or NULL */
  int n_columns;
  int *inputs, *targets; /* which columns, from 0 */
  int n_inputs, n_targets;
  size_t *n_missing;              /* rows in which each column is missing */
  struct lur_csv_words *category; /* of each column */
  bool *is_text, *is_listed;      /* columns of one-hot categories; those that the options list */
  /* rows */
  double *input, *target; /* n rows each of n_inputs, n_targets; the class of a row as its number */
  size_t n, room, n_seen; /* n: those kept */
  size_t n_bytes;         /* of the text */
  /* classes */
  bool named;            /* targets are names */
  size_t n_like_numbers; /* rows whose target begins like a number, but is none */
  struct lur_csv_words classes;
};

/* ---- Messages: csv_cell.c ---- */
enum { LUR_CSV_SHOWN_BYTES = 44, LUR_CSV_LABEL_BYTES = 64 };
/* The start of a cell; the name in brackets where there is one: "column 3 (petal_length)". */
const char *lur_csv_show(const char *cell, char out[LUR_CSV_SHOWN_BYTES]);
const char *lur_csv_label(const struct lur_csv *r, int column, char out[LUR_CSV_LABEL_BYTES]);
int lur_csv_fail_cell(struct lur_csv *r, int column, const char *what); /* of the row being read */

/* Before the first row. */
int lur_csv_skip_lines(struct lur_csv *r);

/* ---- Columns: csv_columns.c ---- */
/* From the first row, which is being read. */
int lur_csv_read_columns(struct lur_csv *r);
/* Finds the columns that n names, numbers and patterns stand for and marks them taken, which they are not yet; a
 * pattern passes over those that are. found has room for all columns. */
int lur_csv_find_columns(struct lur_csv *r, const char *field, const struct lur_csv_column *c, int n, bool *taken,
                         int *found, int *n_found);
/* Whether the first line may be a header, seen beside the row that is being read, which is the first below it. */
int lur_csv_check_header(struct lur_csv *r);
int lur_csv_fail_width(struct lur_csv *r);
/* The name of an input's column, as names of inputs have it: that of the header, or "column 3". */
const char *lur_csv_column_name(const struct lur_csv *r, int column, char out[24]);

/* ---- What is found by looking: csv_look.c ---- */
/* Of the line at `from`: the separator that it seems to have, where it has none of the one given; else '\0'. */
char lur_csv_likely_separator(const char *from, const char *end, char given);
/* Finds the separator of the rows that are unread, where none is given. LUR_EINPUT where two are as likely. */
int lur_csv_find_separator(struct lur_csv *r);
/* Marks the columns of inputs that hold a text, in the rows that are unread and, where there is no header, in the one
 * that is being read. */
int lur_csv_find_texts(struct lur_csv *r);

/* ---- Cells and targets: csv_cell.c ---- */
bool lur_csv_is_missing(const struct lur_csv *r, const char *cell);
/* Numbers as the file writes them: with its sign before the decimals. */
bool lur_csv_is_number(const struct lur_csv *r, const char *cell, double *out);
/* The same, or true, false, yes, no in any case as 1 and 0. */
bool lur_csv_is_value(const struct lur_csv *r, const char *cell, double *out);
int lur_csv_read_input(struct lur_csv *r, int column, double *out);
int lur_csv_read_category(struct lur_csv *r, int column, double *out);
int lur_csv_read_target(struct lur_csv *r, int column, double *out);
/* Among the classes, the categories of the column, that the options list. */
bool lur_csv_is_listed_class(const struct lur_csv *r, const char *cell);
bool lur_csv_is_listed_category(const struct lur_csv *r, int column, const char *cell);
/* As people write them, with more than a number has: 12 %. Dates and times. csv_nearly.c */
bool lur_csv_is_nearly_number(const char *cell);
bool lur_csv_begins_like_number(const char *cell);
bool lur_csv_is_date(const char *cell);
/* At the end: whether names may be taken for classes, and texts for categories, where nothing is said of it. */
int lur_csv_check_classes(struct lur_csv *r);
int lur_csv_check_texts(struct lur_csv *r);

/* ---- What becomes of it all: csv_dataset.c ---- */
struct lur_dataset *lur_csv_make_dataset(struct lur_csv *r);
enum { LUR_CSV_ADVICE_BYTES = 64 };
/* What to do about a column that is missing in all rows, or only in those that were left out. */
const char *lur_csv_advice(const struct lur_csv *r, int column, char out[LUR_CSV_ADVICE_BYTES]);

#endif

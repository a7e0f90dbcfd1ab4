/* SPDX-License-Identifier: MIT
 * Arrays of numbers as binary files hold them, and data sets of two of them: inputs and targets. Reentrant. */
#ifndef LUR_DATA_ARRAY_H
#define LUR_DATA_ARRAY_H

#include "data/format.h"

enum lur_array_type {
  LUR_ARRAY_U8,
  LUR_ARRAY_I8,
  LUR_ARRAY_U16,
  LUR_ARRAY_I16,
  LUR_ARRAY_U32,
  LUR_ARRAY_I32,
  LUR_ARRAY_U64,
  LUR_ARRAY_I64,
  LUR_ARRAY_F32,
  LUR_ARRAY_F64,
  LUR_N_ARRAY_TYPES
};
enum { LUR_MOST_DIMENSIONS = 8 };

struct lur_array {
  const char *name; /* in messages */
  enum lur_array_type type;
  bool big_endian;
  bool by_columns; /* the first dimension is the one that is innermost: Fortran's order */
  int n_dimensions;
  size_t dimension[LUR_MOST_DIMENSIONS]; /* the first counts the rows */
  size_t width;                          /* numbers per row: the product of the others */
  const unsigned char *at;
  size_t shape_byte, first_byte; /* of the file: where dimensions stand, and the first number */
};

int lur_array_bytes(enum lur_array_type type); /* of a number */

/* Sets width, where the dimensions fit a data set and the n_bytes from `at` on; else fails. */
int lur_array_measure(struct lur_array *a, size_t n_bytes, struct lur_error *e);

/* Targets of whole numbers, or where `classes` says so, are labels: one per row, or of a row of more the first column
 * if that is asked for. Each becomes an output; from_zero: so does each number from 0 to the largest. Others are
 * targets as they are. */
struct lur_array_rule {
  const struct lur_format_value *classes;
  bool first_column, from_zero;
};
int lur_array_dataset(const struct lur_array *inputs, const struct lur_array *targets,
                      const struct lur_array_rule *rule, struct lur_dataset **set, struct lur_error *e);

#endif

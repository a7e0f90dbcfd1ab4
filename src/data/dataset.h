/* SPDX-License-Identifier: MIT
 * A data set: rows of inputs and targets, the names of the classes where targets are one-hot, and what else is known
 * of rows and columns: weights, names.
 * It owns everything it points to, and is freed when the last who holds it frees it; its numbers do not change once
 * made, so that threads may read them together, but one thread alone holds and frees. Inputs of large sets are kept as
 * narrow as they are, images as bytes; doubles stand beside them once something needs those. */
#ifndef LUR_DATA_DATASET_H
#define LUR_DATA_DATASET_H

#include <stdbool.h>

#include "base/narrow.h"
#include "engine/engine.h"

/* Lists of names that are owned: what data sets and networks keep of their classes. */
char **lur_names_copy(const char *const *names, int n); /* NULL: no memory */
/* "sex=female", as a category of a column is called; owned. The column's name is n bytes. NULL: no memory */
char *lur_category_name(const char *column, size_t n, const char *category);
/* Names behind their first skip_bytes, with blanks between, for a message: as many as fit. Whether all did. */
bool lur_names_list(char *const *names, int n, int skip_bytes, char *out, size_t room);
void lur_names_free(char **names, int n); /* accepts NULL, and a NULL among them */

/* Inputs `first` to first + n - 1 say which category of a column a row is of: 1 for its own, 0 for the others. They are
 * named "sex=female": the first name_bytes of each are the column's name. */
struct lur_onehot {
  int first, n, name_bytes;
};

/* What a missing input becomes, by its column: data/fill.h. */
enum lur_fill {
  LUR_FILL_NONE,
  LUR_FILL_MEAN,
  LUR_FILL_MEDIAN,
  LUR_FILL_FREQUENT, /* of a one-hot column its most frequent category; this is its first input */
  LUR_FILL_SAME      /* and these the others */
};

struct lur_dataset {
  size_t n; /* rows */
  int n_inputs, n_outputs;
  double *inputs, *targets; /* n * n_inputs, n * n_outputs, row by row; inputs is NULL while they are narrow alone */
  void *narrow;             /* the inputs in a narrower form; or NULL */
  enum lur_narrow type;     /* of narrow */
  int n_classes;            /* 0, or n_outputs */
  char **classes;           /* the class of each output */
  char **input_names, **target_names; /* of each input and output, or NULL; an output of a class is "species=setosa" */
  int n_onehot;
  struct lur_onehot *onehot; /* in ascending order; there are input_names then */
  bool unknown_is_zeros;     /* a category that is none of these is all zeros; else an error */
  uint8_t *fill;             /* of each input an enum lur_fill; or NULL: none may be missing */
  uint8_t *missing;          /* n * n_inputs: 1 where the input was missing and is filled; or NULL: none was */
  char guessed_separator;    /* of the file that it was read from; or '\0' */
  double *weights;           /* [n]: how much each row counts in training; or NULL */
  int n_more;                /* who holds it beside the first */
};

/* Room for n rows, all zero, no classes. NULL: LUR_EINPUT for an impossible shape, LUR_ENOMEM. */
struct lur_dataset *lur_dataset_new(size_t n, int n_inputs, int n_outputs, struct lur_error *e);
void lur_dataset_free(struct lur_dataset *d);
/* One more who frees it; accepts NULL. */
struct lur_dataset *lur_dataset_hold(struct lur_dataset *d);

/* Rows of numbers in one form: what a narrow set's inputs are without doubles of their own. */
struct lur_inputs {
  size_t n;
  int width;
  enum lur_narrow type;
  const void *values;
};
struct lur_inputs lur_dataset_inputs(const struct lur_dataset *d);
/* n of the rows, from `first` on, as doubles: the rows themselves where they are doubles, else copied to `room`. */
const double *lur_inputs_rows(const struct lur_inputs *x, size_t first, size_t n, double *room);

/* The same with room for inputs of that type, which stand in `narrow`. */
struct lur_dataset *lur_dataset_new_narrow(size_t n, int n_inputs, int n_outputs, enum lur_narrow type,
                                           struct lur_error *e);
/* Whether n rows of so many numbers would take much room for what was made of a file of n_bytes: more than 128 MiB, and
 * more than per_byte numbers for each of them. What a head, an index or a label says costs a file nothing. */
bool lur_dataset_is_bloated(size_t n, int width, size_t n_bytes, int per_byte);
/* Whether so many inputs are worth a narrower form: those of small sets are doubles. */
bool lur_dataset_is_large(size_t n, size_t n_inputs);
/* Gives the inputs of a large set the narrowest form, where one holds them all; before anything has seen them. */
void lur_dataset_narrow(struct lur_dataset *d);
/* Gives the inputs as doubles too, for good; the narrow ones stay, as others may have borrowed them. For one thread. */
int lur_dataset_widen(struct lur_dataset *d, struct lur_error *e);

/* Copies the names of all outputs into d, which has none yet. */
int lur_dataset_name_classes(struct lur_dataset *d, const char *const *names, struct lur_error *e);
/* Copies the names of all inputs, of all outputs; of outputs that have classes, from the n bytes of their column's
 * name.
 */
int lur_dataset_name_inputs(struct lur_dataset *d, const char *const *names, struct lur_error *e);
int lur_dataset_name_targets(struct lur_dataset *d, const char *const *names, struct lur_error *e);
int lur_dataset_name_target_classes(struct lur_dataset *d, const char *column, size_t n, struct lur_error *e);
/* Copies all that is said of d's inputs, of its outputs, but the numbers; to has as many, and nothing said of them. */
int lur_dataset_copy_input_labels(const struct lur_dataset *d, struct lur_dataset *to, struct lur_error *e);
int lur_dataset_copy_output_labels(const struct lur_dataset *d, struct lur_dataset *to, struct lur_error *e);

/* The least and the largest target of d, which has one output and a row at least. */
void lur_dataset_target_ends(const struct lur_dataset *d, double end[2]);
/* The column of that name; -1: there is none. */
int lur_dataset_find_input(const struct lur_dataset *d, const char *name);
/* A copy of d without that column, which is not its only one. weighs: its numbers become the weights. */
struct lur_dataset *lur_dataset_without_input(const struct lur_dataset *d, int column, bool weighs,
                                              struct lur_error *e);
/* A copy of d with these weights, one a row. */
struct lur_dataset *lur_dataset_weighted(const struct lur_dataset *d, const double *weights, struct lur_error *e);

/* A view, valid as long as d, whose inputs are doubles. */
struct lur_patterns lur_dataset_patterns(const struct lur_dataset *d);

/* A copy of the rows listed, in that order, with the classes and all names; rows NULL: all rows, n of them. */
struct lur_dataset *lur_dataset_take(const struct lur_dataset *d, const uint32_t *rows, size_t n, struct lur_error *e);
/* The same of the inputs alone, beside room for targets, all zero. */
struct lur_dataset *lur_dataset_take_inputs(const struct lur_dataset *d, const uint32_t *rows, size_t n, int n_outputs,
                                            struct lur_error *e);

/* Names of classes, borrowed, and of what they are the classes, for messages: "the training patterns". */
struct lur_class_names {
  const char *whose;
  int n;
  char *const *names;
};

/* Whether d's classes are these, in this order; of none there are none. */
bool lur_dataset_has_classes(const struct lur_dataset *d, const struct lur_class_names *c);

/* A copy of d, which has classes, whose outputs are those named: each class is found by its name. Fails where rows are
 * of a class that is not named; one that d lacks is of no row. */
struct lur_dataset *lur_dataset_match(const struct lur_dataset *d, const struct lur_class_names *c,
                                      struct lur_error *e);

/* What inputs are, borrowed from a data set or a network, and of what they are it, for messages. */
struct lur_input_names {
  const char *whose;
  int n, n_onehot;
  char *const *names; /* or NULL */
  const struct lur_onehot *onehot;
  bool unknown_is_zeros;
};
struct lur_input_names lur_dataset_input_names(const struct lur_dataset *d, const char *whose);

/* Whether d's inputs are to be found by their names: not where they are these, in this order, nor where either side has
 * no names or, without categories, they are not as many. */
bool lur_dataset_needs_match(const struct lur_dataset *d, const struct lur_input_names *c);
/* A copy of d whose inputs are those named. Fails where d has no such column, or a category that is not named. */
struct lur_dataset *lur_dataset_match_inputs(const struct lur_dataset *d, const struct lur_input_names *c,
                                             struct lur_error *e);

/* Shuffles the rows by the seed and cuts them: round(fraction * n) of them to *first, at least one to each side.
 * Both are the caller's. fraction is above 0 and below 1. */
int lur_dataset_split(const struct lur_dataset *d, double fraction, uint64_t seed, struct lur_dataset **first,
                      struct lur_dataset **second, struct lur_error *e);

#endif

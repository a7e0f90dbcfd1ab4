/* SPDX-License-Identifier: MIT
 * A data set: rows of inputs and targets, and the names of the classes where targets are one-hot.
 * It owns everything it points to, is not counted, and is freed by one call; it does not change once made, so that
 * threads may read it together. */
#ifndef LUR_DATA_DATASET_H
#define LUR_DATA_DATASET_H

#include <stdbool.h>

#include "engine/engine.h"

struct lur_dataset {
  size_t n;                 /* rows */
  int n_inputs, n_outputs;
  double *inputs, *targets; /* n * n_inputs, n * n_outputs, row by row */
  int n_classes;            /* 0, or n_outputs */
  char **classes;           /* the class of each output */
};

/* Room for n rows, all zero, no classes. NULL: LUR_EINPUT for an impossible shape, LUR_ENOMEM. */
struct lur_dataset *lur_dataset_new(size_t n, int n_inputs, int n_outputs, struct lur_error *e);
void lur_dataset_free(struct lur_dataset *d);

/* Copies the names of all outputs into d, which has none yet. */
int lur_dataset_name_classes(struct lur_dataset *d, const char *const *names, struct lur_error *e);

/* A view, valid as long as d. */
struct lur_patterns lur_dataset_patterns(const struct lur_dataset *d);

/* A copy of the rows listed, in that order, with the classes. */
struct lur_dataset *lur_dataset_take(const struct lur_dataset *d, const uint32_t *rows, size_t n, struct lur_error *e);

/* Whether both have classes, in the same order. */
bool lur_dataset_classes_equal(const struct lur_dataset *a, const struct lur_dataset *b);

/* A copy of d, which has classes, whose outputs are those of `like`: each class is found by its name. Fails where rows
 * are of a class that `like` lacks; one that only `like` has is of no row. */
struct lur_dataset *lur_dataset_match(const struct lur_dataset *d, const struct lur_dataset *like,
                                      struct lur_error *e);

/* Shuffles the rows by the seed and cuts them: round(fraction * n) of them to *first, at least one to each side.
 * Both are the caller's. fraction is above 0 and below 1. */
int lur_dataset_split(const struct lur_dataset *d, double fraction, uint64_t seed, struct lur_dataset **first,
                      struct lur_dataset **second, struct lur_error *e);

#endif

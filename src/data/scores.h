/* SPDX-License-Identifier: MIT
 * How well a network answers a data set: its loss, its accuracy, and which classes it takes for which. Loss and
 * accuracy are those of a training of no epochs that starts with its parameters, so they have the bits of a run's own.
 * Targets stand in the order of the network's outputs (lur_dataset_match). Reentrant. */
#ifndef LUR_DATA_SCORES_H
#define LUR_DATA_SCORES_H

#include "data/dataset.h"
#include "data/network.h"

/* The loss that an experiment with such outputs has unless another is given. */
enum lur_loss lur_network_loss(const struct lur_network *n);

/* Both NaN where they have no value; accuracy also where no rule says what is right. cancel may be NULL. */
struct lur_scores {
  double loss, accuracy;
};
int lur_network_score(const struct lur_network *n, const struct lur_dataset *d, enum lur_loss loss,
                      const atomic_int *cancel, struct lur_scores *out, struct lur_error *e);

/* Rows are the targets' classes, columns the answered ones. Classes are the outputs, or of one output with two target
 * values the lower and the higher one: 0 and 1 where rows of one class alone are given to an output from 0 to 1. A
 * pattern whose outputs are NaN is in no column. */
struct lur_confusion {
  int n_classes;
  double value[2]; /* of one output: the target values */
  uint64_t *count; /* [n_classes][n_classes], owned */
};
int lur_network_confuse(const struct lur_network *n, const struct lur_dataset *d, const atomic_int *cancel,
                        struct lur_confusion *out, struct lur_error *e);

#endif

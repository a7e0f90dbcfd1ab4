/* SPDX-License-Identifier: MIT
 * A checkpoint's file: a text that keeps every bit, as a network's file does.
 *
 *   luron-checkpoint 1             the format's version
 *   sha256 9f86d0...               of all that follows, so that a damaged file is known
 *   fields 40                      what decides the run; so many lines of name=value
 *   epochs=200
 *   ...
 *   status finished
 *   epoch 0x1.9p+6 0x1.9p+7 ...    epochs that ran and all of them, updates, adam's two powers
 *   monitor ...                    the six numbers of struct lur_monitored
 *   losses ...                     the least and the sum
 *   trainability ...               first, sum, sum of inverses, n, the last
 *   curve ...                      the points so far; so many numbers as there are
 *   validation_curve ...
 *   state ...                      a line for each array of the optimizer
 *   best ...                       the best parameters, where the run ends with them
 *   network                        the network as its own file has it follows (data/network.h) */
#ifndef LUR_DATA_CHECKPOINT_H
#define LUR_DATA_CHECKPOINT_H

#include "data/network.h"
#include "engine/checkpoint.h"

/* What a file holds. Its parts are owned. */
struct lur_saved_run {
  struct lur_checkpoint *state;
  struct lur_network *network; /* with state's parameters */
  char *fields;                /* lines of name=value */
};

/* Saving replaces the file at once or not at all. network: what the run's own is, but for its parameters. */
int lur_checkpoint_save(const struct lur_checkpoint *c, const struct lur_network *network, const char *fields,
                        const char *path, struct lur_error *e);
/* Reads a file that is to go on as a run of this structure. */
int lur_checkpoint_load(const char *path, struct lur_saved_run *out, struct lur_error *e);
void lur_saved_run_free(struct lur_saved_run *s);

#endif

/* SPDX-License-Identifier: MIT
 * Which rows of a data set are held out: for validation, or for a fold of a cross-validation. Pure functions of the
 * targets, a seed and a share or a count, so that a sweep, a shard and a replay find the same rows. Reentrant. */
#ifndef LUR_DATA_HELD_OUT_H
#define LUR_DATA_HELD_OUT_H

#include "data/dataset.h"

/* part[i] = 1 where row i is for validation, else 0; round(fraction * n) rows are, at least one to each side. part has
 * room for d->n. LUR_EINPUT, of field `validation`: a fraction that is not between 0 and 1, fewer than two rows. */
int lur_held_out_validation(const struct lur_dataset *d, bool stratified, double fraction, uint64_t seed,
                            uint32_t *part, struct lur_error *e);
/* part[i] = the fold of row i, from 1 to n_folds. LUR_EINPUT, of field `folds`: fewer than 2 folds, more than rows. */
int lur_held_out_folds(const struct lur_dataset *d, bool stratified, uint64_t n_folds, uint64_t seed, uint32_t *part,
                       struct lur_error *e);

/* Copies of the rows whose part is `held`, and of all others, each in the data's order; there must be some of both.
 * Both are the caller's; where it fails they are NULL. */
int lur_held_out_cut(const struct lur_dataset *d, const uint32_t *part, uint32_t held, struct lur_dataset **out,
                     struct lur_dataset **rest, struct lur_error *e);

#endif

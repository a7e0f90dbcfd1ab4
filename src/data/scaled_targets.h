/* SPDX-License-Identifier: MIT
 * Targets that are trained scaled, beside those that were given. Reentrant. */
#ifndef LUR_DATA_SCALED_TARGETS_H
#define LUR_DATA_SCALED_TARGETS_H

#include "data/dataset.h"
#include "data/normalize.h"

/* All NULL: they are not scaled. Owned. */
struct lur_scaled_targets {
  double *shift, *scale; /* [n_outputs] */
  double *rows[LUR_N_SETS];
};

/* Fitted on the training set by `kind`, or with shift and scale (else NULL) as they are. Sets may be NULL but for that.
 * Where it fails, *out is empty. */
int lur_targets_scale(enum lur_normalize kind, const double *shift, const double *scale,
                      struct lur_dataset *const set[LUR_N_SETS], struct lur_scaled_targets *out,
                      struct lur_error *e);
void lur_scaled_targets_free(struct lur_scaled_targets *t); /* accepts an empty one, and leaves one */
/* Puts those of the set in the place of p's. */
void lur_scaled_targets_put(const struct lur_scaled_targets *t, enum lur_set set, struct lur_patterns *p);

#endif

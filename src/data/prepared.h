/* SPDX-License-Identifier: MIT
 * Data sets as they are trained: rows held out, then missing inputs filled, inputs and targets normalized, and classes
 * balanced, by what is left to train on. A pure function of the sets and the wish. Reentrant. */
#ifndef LUR_DATA_PREPARED_H
#define LUR_DATA_PREPARED_H

#include "data/dataset.h"
#include "data/normalize.h"
#include "data/scaled_targets.h"

/* What a network does to inputs and targets; borrowed, NULL where it does nothing. */
struct lur_scaling {
  const double *shift, *scale, *target_shift, *target_scale;
  const double *fill; /* what stands in place of missing inputs */
};

/* What is asked for. All zero but `normalize` and `normalize_targets`, which are -1 then: nothing. */
struct lur_wish {
  uint64_t n_folds, fold, fold_seed; /* rows of that fold, from 1, are the test set; n_folds 0: none are */
  double test, validation; /* the shares of rows that are those sets, the latter of what the former leaves; 0: none */
  uint64_t test_seed, validation_seed;
  bool stratified;                  /* validation holds out the same share of each class */
  int normalize, normalize_targets; /* enum lur_normalize, or -1 */
  struct lur_scaling from;          /* what is taken instead */
  bool balanced;                    /* classes count alike */
};
/* Whether it changes anything where no input is missing. */
bool lur_wish_is_none(const struct lur_wish *w);

/* The sets as they were given, all but the first may be NULL. Those that nobody else has may be scaled in place. */
struct lur_given {
  struct lur_dataset *set[LUR_N_SETS];
  bool is_own[LUR_N_SETS];
};

struct lur_prepared {
  struct lur_dataset *set[LUR_N_SETS]; /* parts of the first one given, or copies that are filled; or NULL where that is
                                          as it was */
  double *inputs[LUR_N_SETS];          /* normalized; NULL where they were in place, or are as they were */
  double *shift, *scale;               /* what was done to the inputs; or NULL */
  double *fill;                        /* of each input, where some may be missing; or NULL */
  struct lur_scaled_targets targets;
  double *weights; /* of balanced classes, times those given; or NULL */
};

/* Whether inputs of a set may be missing. */
bool lur_given_fills(const struct lur_given *g);

/* Where it fails, *out is empty. */
int lur_prepare(const struct lur_wish *w, const struct lur_given *g, struct lur_prepared *out, struct lur_error *e);
void lur_prepared_free(struct lur_prepared *p); /* accepts an empty one, and leaves one */

/* One that several readings share, with the sets that it was made of: freed when the last who holds it frees it. */
struct lur_shared {
  struct lur_prepared made;
  struct lur_dataset *given[LUR_N_SETS]; /* held */
  int n_more;
};
struct lur_shared *lur_shared_new(void); /* empty; NULL: no memory */
struct lur_shared *lur_shared_hold(struct lur_shared *s);
void lur_shared_free(struct lur_shared *s); /* accepts NULL */

/* Views of d, which is that set as p has it or as it was given, with what p made in place of its own; inputs of d that
 * p did not make become doubles. Weights are of the training set alone. */
int lur_prepared_patterns(const struct lur_prepared *p, enum lur_set set, struct lur_dataset *d,
                          struct lur_patterns *out, struct lur_error *e);

#endif

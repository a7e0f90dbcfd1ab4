/* SPDX-License-Identifier: MIT
 * How the runs that share a place of a picture become one value, and how a heading says it. Reentrant. */
#ifndef LUR_FOLD_HOW_H
#define LUR_FOLD_HOW_H

#include <stdbool.h>
#include <stdint.h>

enum lur_fold { LUR_FOLD_MEAN, LUR_FOLD_RATE, LUR_FOLD_MEDIAN, LUR_FOLD_Q90, LUR_FOLD_MIN, LUR_N_FOLDS };
extern const char *const lur_fold_names[]; /* ended by NULL */

struct lur_folded {
  enum lur_fold fold;
  bool is_rate;         /* of "solved" */
  const char *value;    /* the metric */
  uint64_t least, most; /* runs at a place; most 0: there is none yet */
  const char *place;    /* "cell"; or NULL where there is only one */
};
/* A place with n runs more. */
void lur_folded_count(struct lur_folded *f, uint64_t n);
/* Behind the words `before`: "20 runs per cell", "5 to 8 runs per cell"; "" of one run. */
void lur_folded_runs(const struct lur_folded *f, const char *before, char out[96]);
/* "median loss of 20 runs per cell", "loss", "share solved of 5 to 8 runs per cell". */
void lur_folded_title(const struct lur_folded *f, char out[160]);

#endif

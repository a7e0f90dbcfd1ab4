/* SPDX-License-Identifier: MIT
 * A sweep from the texts and bytes that a results file keeps of it: the inverse of lur_plan_write_experiment and
 * lur_plan_write_axes. What only a script can say (functions) is named, not restored. The plan made of it has the same
 * hash, or the file is not what it says it is: whoever reads one compares. Reentrant. */
#ifndef LUR_SWEEP_STORED_H
#define LUR_SWEEP_STORED_H

#include "sweep/plan.h"

/* Functions of a sweep's script that its results depend on. */
enum { LUR_FN_WHERE = 1, LUR_FN_DATA = 2, LUR_FN_START = 4, LUR_FN_METRICS = 8, LUR_FN_WHEN = 16, LUR_FN_LOG = 32 };

struct lur_stored {
  struct lur_spec spec; /* borrows from text and values */
  struct lur_axes axes;
  struct lur_halving halving;
  enum lur_keep keep;
  size_t keep_best;
  char keep_by[64];
  char sources[65];
  unsigned functions; /* LUR_FN_* */
  const char *log;    /* "none", "every N", "N N N"; NULL: nothing was said */
  char *text;         /* owned: the experiment's lines, cut up */
  double *values;     /* owned: patterns and start values */
};

/* What the plan does not write of itself: the functions, their digest, and the log (or NULL). Not part of the hash. */
void lur_stored_write_more(const struct lur_plan *p, const char *log, struct lur_buffer *out);
/* Patterns and start values as bytes. */
void lur_stored_write_data(const struct lur_spec *spec, struct lur_buffer *out);

int lur_stored_read(const char *experiment, const char *axes, const void *data, size_t n_bytes,
                    struct lur_stored *out, struct lur_error *e);
/* As it is to be planned; borrows s. calls may be NULL. */
struct lur_sweep lur_stored_sweep(const struct lur_stored *s);
void lur_stored_free(struct lur_stored *s); /* accepts NULL; leaves it empty */

#endif

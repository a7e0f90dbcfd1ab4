/* SPDX-License-Identifier: MIT
 * A sweep of a results file once more: planned from what the file keeps or from its script, and compared with it. */
#ifndef LUR_SESSION_VERIFY_H
#define LUR_SESSION_VERIFY_H

#include "session/request.h"
#include "store/store.h"
#include "sweep/sweep.h"

struct lur_difference_text {
  bool differs;
  char text[512];
};

/* Whether the plan is the file's sweep: the same hash, and no fewer numbers. */
bool lur_verify_matches(const struct lur_plan *p, const struct lur_table *t, struct lur_error *e);
/* Recomputes the file's rows (about n_sample of them; 0: all) and compares. Writes to `out` what a person reads. */
int lur_verify_file(const struct lur_plan *p, const struct lur_replay_request *r, const atomic_int *cancel,
                    struct lur_difference_text *d, struct lur_buffer *out, struct lur_error *e);
/* Compares a stored cell with a computed one; fills d at the first difference. */
bool lur_verify_same(const struct lur_cell *stored, const struct lur_cell *now, uint64_t run, const char *column,
                     struct lur_difference_text *d);

#endif

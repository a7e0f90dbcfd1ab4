/* SPDX-License-Identifier: MIT
 * A sweep of a results file once more: planned from what the file keeps or from its script, and compared with it. */
#ifndef LUR_SESSION_VERIFY_H
#define LUR_SESSION_VERIFY_H

#include "session/difference.h"
#include "session/request.h"
#include "store/store.h"
#include "sweep/sweep.h"

/* Whether the plan is the file's sweep: the same hash, and no fewer numbers. */
bool lur_verify_matches(const struct lur_plan *p, const struct lur_table *t, struct lur_error *e);
/* Recomputes the file's rows (about n_sample of them; 0: all) and compares. Writes to `out` what a person reads. */
int lur_verify_file(const struct lur_plan *p, const struct lur_replay_request *r, const atomic_int *cancel,
                    struct lur_difference_text *d, struct lur_buffer *out, struct lur_error *e);

#endif

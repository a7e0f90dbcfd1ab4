/* SPDX-License-Identifier: MIT
 * Rows of a results file against runs that are trained by themselves. On the main thread. */
#ifndef LUR_SESSION_VERIFY_ALONE_H
#define LUR_SESSION_VERIFY_ALONE_H

#include "session/difference.h"
#include "session/request.h"
#include "sweep/sweep.h"

/* swept_ns: how long all of them took together, of which this takes about a quarter, or a second. */
int lur_verify_alone(const struct lur_plan *p, const struct lur_replay_request *r, uint64_t swept_ns,
                     const atomic_int *cancel, struct lur_difference_text *d, struct lur_error *e);

#endif

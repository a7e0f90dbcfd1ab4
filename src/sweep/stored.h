/* SPDX-License-Identifier: MIT
 * A sweep from what a results file keeps of it: the text of its fields and axes, and the bytes of its data. No script
 * is needed, but where functions are part of the experiment. */
#ifndef LUR_SWEEP_STORED_H
#define LUR_SWEEP_STORED_H

#include "sweep/plan.h"

/* Patterns as they are kept: counts as 64-bit numbers, then the numbers of the rows; training, test, start values. */
void lur_stored_write_data(const struct lur_spec *spec, struct lur_buffer *out);

struct lur_stored;
/* LUR_EINPUT where the texts are not what a sweep writes, or where the experiment has functions (field "functions"). */
struct lur_stored *lur_stored_read(const char *experiment, const char *axes, const void *data, size_t data_bytes,
                                   struct lur_error *e);
/* Its plan, with at least n_runs numbers. Free it before s. */
struct lur_plan *lur_stored_plan(struct lur_stored *s, uint64_t n_runs, struct lur_error *e);
void lur_stored_free(struct lur_stored *s); /* accepts NULL */

#endif

/* SPDX-License-Identifier: MIT
 * A sweep that grows: rows of older results files that are of the same runs are taken over instead of computed. */
#ifndef LUR_SESSION_REUSE_H
#define LUR_SESSION_REUSE_H

#include "session/into_file.h"

struct lur_reuse;
/* Opens the files that the request names; NULL: e says which of them cannot be used. */
struct lur_reuse *lur_reuse_open(const struct lur_plan *p, const struct lur_sweep_source *s,
                                 const struct lur_sweep_request *r, struct lur_error *e);
/* Hands over what these hold, and, where the request says so, files in results/ beside `own`, which says so on stderr;
 * but what `done` settles. LUR_ECANCELLED after a signal: what was taken went to the sink. */
int lur_reuse_take(struct lur_reuse *u, const struct lur_sink *sink, const struct lur_range *done, size_t n_done,
                   const char *own, struct lur_error *e);
/* What is settled now: `done`, and what was taken; and how many rows were. */
const struct lur_range *lur_reuse_settled(const struct lur_reuse *u, size_t *n);
uint64_t lur_reuse_n_rows(const struct lur_reuse *u);
void lur_reuse_free(struct lur_reuse *u); /* after the store; accepts NULL */

#endif

/* SPDX-License-Identifier: MIT
 * Why runs of a results file failed, as text. */
#ifndef LUR_VIEW_FAILURES_H
#define LUR_VIEW_FAILURES_H

#include "store/store.h"

/* "3 of 24 runs failed; HINT:" (hint may be NULL), and one line per reason with its count. Nothing where none failed.
 * *all (may be NULL): all did. */
int lur_failures_write(struct lur_table *t, const char *hint, struct lur_buffer *out, bool *all, struct lur_error *e);

#endif

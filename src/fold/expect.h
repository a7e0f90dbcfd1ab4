/* SPDX-License-Identifier: MIT
 * What is expected of a results file: 'solved >= 0.95 and loss < 0.1'. A bare column stands for its mean over the rows,
 * `solved`, `diverged`, `failed` for their shares, `runs` for the number of rows; SQL's own functions of columns
 * (max(loss)) stay as they are. */
#ifndef LUR_FOLD_EXPECT_H
#define LUR_FOLD_EXPECT_H

#include "store/store.h"

/* Whether it can be read: LUR_EINPUT, of --expect, if it is no expression, or names what the table has not. */
int lur_expect_read(struct lur_table *t, const char *expression, struct lur_error *e);
/* LUR_EINPUT where it cannot be read. why: one line that says what was found, where it does not hold. */
int lur_expect_check(struct lur_table *t, const char *expression, bool *holds, struct lur_buffer *why,
                     struct lur_error *e);

#endif

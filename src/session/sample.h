/* SPDX-License-Identifier: MIT
 * Rows of a results file by chance. */
#ifndef LUR_SESSION_SAMPLE_H
#define LUR_SESSION_SAMPLE_H

#include "store/store.h"

/* The numbers of n rows, ascending, each row as likely as any other and the same ones for the same file; fewer than n,
 * and all there are, where the table has no more. The caller frees. */
int lur_sample_rows(struct lur_table *t, uint64_t n, uint64_t **number, size_t *n_out, struct lur_error *e);

#endif

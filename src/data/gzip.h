/* SPDX-License-Identifier: MIT
 * Reading and writing what is compressed by gzip. Reentrant. */
#ifndef LUR_DATA_GZIP_H
#define LUR_DATA_GZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

bool lur_is_gzip(const char *bytes, size_t n); /* whether they begin as gzip's do */
/* What n such bytes hold, of all members one after the other, and a '\0' after it; freed by free(). Zeros may stand
 * behind them, and nothing else. `name` stands in messages. NULL: LUR_EIO or LUR_ENOMEM. */
char *lur_gunzip(const char *name, const char *bytes, size_t n, size_t *n_out, struct lur_error *e);

struct lur_gzip;
/* What is written goes to f, which is not written otherwise until the end. `name` is borrowed, for messages. */
struct lur_gzip *lur_gzip_begin(FILE *f, const char *name, struct lur_error *e);
/* z is what lur_gzip_begin gave. */
int lur_gzip_write(void *z, const char *bytes, size_t n, struct lur_error *e);
/* Fails, too, where a write did; z is freed, f stays open. */
int lur_gzip_end(struct lur_gzip *z, struct lur_error *e);

#endif

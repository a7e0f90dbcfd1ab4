/* SPDX-License-Identifier: MIT
 * Writing what is compressed by gzip. Reentrant. */
#ifndef LUR_DATA_GZIP_H
#define LUR_DATA_GZIP_H

#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

struct lur_gzip;
/* What is written goes to f, which is not written otherwise until the end. `name` is borrowed, for messages. */
struct lur_gzip *lur_gzip_begin(FILE *f, const char *name, struct lur_error *e);
/* z is what lur_gzip_begin gave. */
int lur_gzip_write(void *z, const char *bytes, size_t n, struct lur_error *e);
/* Fails, too, where a write did; z is freed, f stays open. */
int lur_gzip_end(struct lur_gzip *z, struct lur_error *e);

#endif

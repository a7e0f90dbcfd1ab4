/* SPDX-License-Identifier: MIT
 * Writing into a stream so that a failure is told once, with the cause of the write that failed: a stream only
 * remembers that something failed. Belongs to the thread of its stream. */
#ifndef LUR_BASE_OUTPUT_H
#define LUR_BASE_OUTPUT_H

#include <stddef.h>
#include <stdio.h>

#include "base/error.h"

#define LUR_STDOUT_NAME "standard output"

/* Writes and flushes. name: as the error calls the stream, which then counts as good again. */
int lur_output_write(FILE *out, const char *name, const char *bytes, size_t n, struct lur_error *e);

#endif

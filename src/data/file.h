/* SPDX-License-Identifier: MIT
 * Whole files, and the parts that readers of text share. Reentrant. */
#ifndef LUR_DATA_FILE_H
#define LUR_DATA_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "base/buffer.h"
#include "base/error.h"

/* The file's bytes, inflated where they begin as gzip's do, and a '\0' after them; freed by free(). NULL: LUR_EIO or
 * LUR_ENOMEM. */
char *lur_file_read(const char *path, size_t *n_bytes, struct lur_error *e);
/* The same, and the SHA-256 of the bytes as they stand in the file; sha256 may be NULL. */
char *lur_file_read_digest(const char *path, size_t *n_bytes, char sha256[65], struct lur_error *e);

/* Whether path may be replaced by renaming: it is a file, or nothing yet, and no device, pipe or folder. */
bool lur_file_is_replaced(const char *path);

/* A new file beside path, PATH.tmp-PID, that is flushed to the disk and renamed when it is whole, so that path has what
 * it had or all of it. A symbolic link is followed. Devices and pipes are written into. */
struct lur_neighbour {
  FILE *file;
  char *place, *name; /* where it goes, and what it is called; the latter NULL where it is written into */
};
int lur_neighbour_open(struct lur_neighbour *n, const char *path, struct lur_error *e);
/* After that nothing of it is left but the file, and that only if code, which says whether writing failed, is LUR_OK.
 */
int lur_neighbour_close(struct lur_neighbour *n, const char *path, int code, struct lur_error *e);
/* All of it so. */
int lur_file_replace(const char *path, const char *bytes, size_t n_bytes, struct lur_error *e);

/* Whether the name ends so: ".png". */
bool lur_file_ends_with(const char *path, const char *end);

/* The end of a path, short enough for a message. */
const char *lur_file_label(const char *path);

/* A line of a saved network or checkpoint: the word and n exact numbers. */
void lur_write_numbers(struct lur_buffer *out, const char *word, const double *x, size_t n);

/* Bytes of the mark that a UTF-8 text begins with: 3 or 0. */
int lur_byte_order_mark(const char *text);

#endif

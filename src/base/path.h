/* SPDX-License-Identifier: MIT
 * Paths as texts. Reentrant. */
#ifndef LUR_BASE_PATH_H
#define LUR_BASE_PATH_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

/* The file's own name: what stands behind the last '/', or all. Within path. */
const char *lur_path_name(const char *path);
/* Adds a name of n bytes to a whole path; false where it would be too long. */
bool lur_path_add(char whole[PATH_MAX], const char *name, size_t n);
/* The path from the root on, without "." and ".."; links are not followed, but for one that a ".." goes up from. False
 * where it is too long, or the working folder cannot be told. */
bool lur_path_whole(const char *path, char whole[PATH_MAX]);

#endif

/* SPDX-License-Identifier: MIT
 * Files that luron makes for a person to change: none is ever replaced. */
#ifndef LUR_CLI_NEW_FILE_H
#define LUR_CLI_NEW_FILE_H

#include <stddef.h>

/* Writes it, or prints why not: also where there is one of that name. Returns the exit code. */
int lur_new_file(const char *path, const char *bytes, size_t n_bytes);

#endif

/* SPDX-License-Identifier: MIT
 * Paths as texts. Reentrant. */
#ifndef LUR_BASE_PATH_H
#define LUR_BASE_PATH_H

/* The file's own name: what stands behind the last '/', or all. Within path. */
const char *lur_path_name(const char *path);

#endif

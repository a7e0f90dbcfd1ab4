/* SPDX-License-Identifier: MIT
 * The formats of data files that need no options: one row each, which is the function luron.NAME of Lua. A new format
 * is a file with a loader, and its row. Constant. */
#ifndef LUR_DATA_FORMATS_H
#define LUR_DATA_FORMATS_H

#include "data/dataset.h"

enum { LUR_MOST_FORMAT_PATHS = 4 };
struct lur_data_format {
  const char *name;           /* of the function */
  const char *takes;          /* what stands behind it in help: "(images, labels)" */
  const char *meaning;        /* a line or a few, for people */
  int n_paths;                /* from 1 to LUR_MOST_FORMAT_PATHS */
  struct lur_dataset *(*load)(const char *const *path, struct lur_error *e); /* n_paths of them; NULL: e says why */
};
extern const struct lur_data_format lur_data_formats[]; /* ended by a NULL name */

#endif

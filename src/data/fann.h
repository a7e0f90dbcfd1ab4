/* SPDX-License-Identifier: MIT
 * FANN's training files: "rows inputs targets", then for each row its inputs and its targets, all divided by blanks
 * and line ends. Reentrant. */
#ifndef LUR_DATA_FANN_H
#define LUR_DATA_FANN_H

#include "data/dataset.h"

/* path: one (formats.h). */
struct lur_dataset *lur_fann_load(const char *const *path, struct lur_error *e);
/* From memory; text is changed, text[n_bytes] is overwritten. */
struct lur_dataset *lur_fann_read(const char *name, char *text, size_t n_bytes, struct lur_error *e);

#endif

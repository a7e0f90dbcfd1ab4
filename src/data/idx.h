/* SPDX-License-Identifier: MIT
 * IDX files, as MNIST's: two zero bytes, the type, the number of dimensions, each dimension as four bytes, the values,
 * all big-endian; gzipped or not. Reentrant. */
#ifndef LUR_DATA_IDX_H
#define LUR_DATA_IDX_H

#include "data/dataset.h"

/* path: images, labels (formats.h). Inputs: the values of the images as they are, the first dimension counts the rows.
 * Targets: one output for each label from 0 to the largest, named by its number. Both files have as many rows. */
struct lur_dataset *lur_idx_load(const char *const *path, struct lur_error *e);

/* The same from memory, inflated already. */
struct lur_bytes {
  const char *name; /* in messages */
  const unsigned char *at;
  size_t n;
};
struct lur_dataset *lur_idx_read(struct lur_bytes images, struct lur_bytes labels, struct lur_error *e);

#endif

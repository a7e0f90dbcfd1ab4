/* SPDX-License-Identifier: MIT
 * A data set in words: rows, inputs with their names and ranges, classes with their counts. Reentrant. */
#ifndef LUR_DATA_DESCRIBE_H
#define LUR_DATA_DESCRIBE_H

#include "base/buffer.h"
#include "data/dataset.h"

/* "luron.data: 3 rows, 2 inputs, 2 classes" */
void lur_dataset_describe_briefly(const struct lur_dataset *d, struct lur_buffer *out);
/* That, and a line for each input and target; of long lists the first ones. No line's end at the end. */
void lur_dataset_describe(const struct lur_dataset *d, struct lur_buffer *out);

#endif

/* SPDX-License-Identifier: MIT
 * IDX files, as MNIST's: two zero bytes, the type, the number of dimensions, each dimension as four bytes, the values,
 * all big-endian. The first dimension counts the rows. Labels may have two dimensions, as QMNIST's: the first column
 * is the class. Heads are checked before anything is made. */
#include "base/narrow.h"
#include "data/array.h"
#include "data/file.h"
#include "data/formats.h"

enum { HEAD_BYTES = 4, N_TYPES = 0x0f, FIRST_TYPE = 0x08 };

static bool has_head(const struct lur_bytes *f) {
  const unsigned char *at = (const unsigned char *)f->at;
  return f->n >= HEAD_BYTES && !at[0] && !at[1] && at[2] >= FIRST_TYPE && at[2] < N_TYPES && at[2] != 0x0a;
}

static int read_head(const struct lur_bytes *file, struct lur_array *a, struct lur_error *e) {
  /* As files name them, from FIRST_TYPE on. */
  static const enum lur_array_type types[] = {LUR_ARRAY_U8,  LUR_ARRAY_I8,  LUR_N_ARRAY_TYPES, LUR_ARRAY_I16,
                                              LUR_ARRAY_I32, LUR_ARRAY_F32, LUR_ARRAY_F64};
  const unsigned char *at = (const unsigned char *)file->at;
  if (!has_head(file))
    return lur_fail(e, LUR_EINPUT, NULL, "%s: byte 0: not an IDX file", lur_file_label(file->name));
  *a = (struct lur_array){
      .name = file->name, .type = types[at[2] - FIRST_TYPE], .big_endian = true, .n_dimensions = at[3]};
  const size_t head_bytes = HEAD_BYTES + 4 * (size_t)a->n_dimensions;
  if (a->n_dimensions < 1 || a->n_dimensions > LUR_MOST_DIMENSIONS || file->n < head_bytes)
    return lur_fail(e, LUR_EINPUT, NULL, "%s: byte 3: not an IDX file: its dimensions are missing",
                    lur_file_label(file->name));
  for (int k = 0; k < a->n_dimensions; k++)
    a->dimension[k] = lur_big_endian(at + HEAD_BYTES + 4 * k);
  a->at = at + head_bytes;
  a->shape_byte = HEAD_BYTES;
  a->first_byte = head_bytes;
  return lur_array_measure(a, file->n - head_bytes, e);
}

static int read_idx(struct lur_format_input *in, struct lur_dataset **set, struct lur_error *e) {
  const struct lur_array_rule rule = {.classes = &in->value[0], .first_column = true, .from_zero = true};
  struct lur_array images, labels;
  if (read_head(&in->file[0], &images, e) != LUR_OK || read_head(&in->file[1], &labels, e) != LUR_OK)
    return LUR_EINPUT;
  return lur_array_dataset(&images, &labels, &rule, set, e);
}

const struct lur_data_format lur_format_idx = {
    .name = "idx",
    .takes = "(images, labels[, { classes = truth }])",
    .meaning =
        "A data set from two IDX files such as MNIST's, compressed by gzip or not. Inputs are the numbers as they\n"
        "are (0 to 255 for bytes). Labels that are whole numbers are classes, an output each from 0 to the largest\n"
        "(of rows of more, as QMNIST's, the first column); others, and all if classes is false, are targets.",
    .n_least = 2,
    .n_most = 2,
    .option = {{"classes", LUR_OPTION_TRUTH}},
    .is = has_head,
    .read = read_idx,
};

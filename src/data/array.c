/* SPDX-License-Identifier: MIT
 * Numbers are read one by one, whatever their bytes and order; bytes of large sets are copied as they are. */
#include "data/array.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/file.h"
#include "data/number_classes.h"

int lur_array_bytes(enum lur_array_type type) {
  static const int bytes[] = {
      [LUR_ARRAY_U8] = 1,  [LUR_ARRAY_I8] = 1,  [LUR_ARRAY_U16] = 2, [LUR_ARRAY_I16] = 2, [LUR_ARRAY_U32] = 4,
      [LUR_ARRAY_I32] = 4, [LUR_ARRAY_U64] = 8, [LUR_ARRAY_I64] = 8, [LUR_ARRAY_F32] = 4, [LUR_ARRAY_F64] = 8};
  return bytes[type];
}

static int fail(const struct lur_array *a, size_t byte, const char *what, struct lur_error *e) {
  return lur_fail(e, LUR_EINPUT, NULL, "%s: byte %zu: %s", lur_file_label(a->name), byte, what);
}

int lur_array_measure(struct lur_array *a, size_t n_bytes, struct lur_error *e) {
  a->width = 1;
  for (int k = 1; k < a->n_dimensions; k++) {
    const size_t d = a->dimension[k];
    if (d < 1 || d > LUR_MAX_WIDTH || (a->width *= d) > LUR_MAX_WIDTH)
      return fail(a, a->shape_byte, "a row has more than 65536 values, or none", e);
  }
  const size_t n = a->dimension[0], row_bytes = a->width * (size_t)lur_array_bytes(a->type);
  if (n == 0 || n > UINT32_MAX || n_bytes / row_bytes != n || n_bytes % row_bytes != 0)
    return fail(a, a->first_byte, "what follows is not as long as the dimensions say", e);
  return LUR_OK;
}

/* ---- Numbers ---- */
/* Where the number in this column of the row stands, columns counted with the last dimension innermost. */
static size_t place(const struct lur_array *a, size_t row, size_t column) {
  if (!a->by_columns)
    return row * a->width + column;
  size_t index[LUR_MOST_DIMENSIONS] = {row}, at = 0;
  for (int k = a->n_dimensions - 1; k > 0; k--) {
    index[k] = column % a->dimension[k];
    column /= a->dimension[k];
  }
  for (int k = a->n_dimensions - 1; k >= 0; k--)
    at = at * a->dimension[k] + index[k];
  return at;
}

static double number(enum lur_array_type type, uint64_t bits) {
  float single;
  double x;
  const uint32_t word = (uint32_t)bits;
  switch (type) {
  case LUR_ARRAY_U8:
  case LUR_ARRAY_U16:
  case LUR_ARRAY_U32:
  case LUR_ARRAY_U64: return (double)bits;
  case LUR_ARRAY_I8: return (int8_t)bits;
  case LUR_ARRAY_I16: return (int16_t)bits;
  case LUR_ARRAY_I32: return (int32_t)bits;
  case LUR_ARRAY_I64: return (double)(int64_t)bits;
  case LUR_ARRAY_F32: memcpy(&single, &word, sizeof single); return (double)single;
  case LUR_ARRAY_F64:
  case LUR_N_ARRAY_TYPES: break;
  }
  memcpy(&x, &bits, sizeof x);
  return x;
}

static double value(const struct lur_array *a, size_t row, size_t column) {
  const int n = lur_array_bytes(a->type);
  const unsigned char *at = a->at + place(a, row, column) * (size_t)n;
  uint64_t bits = 0;
  for (int k = 0; k < n; k++)
    bits = bits << 8 | at[a->big_endian ? k : n - 1 - k];
  return number(a->type, bits);
}

static size_t byte_of(const struct lur_array *a, size_t row, size_t column) {
  return a->first_byte + place(a, row, column) * (size_t)lur_array_bytes(a->type);
}

static int copy(const struct lur_array *a, double *out, struct lur_error *e) {
  for (size_t i = 0; i < a->dimension[0]; i++)
    for (size_t k = 0; k < a->width; k++, out++)
      if (!isfinite(*out = value(a, i, k)))
        return fail(a, byte_of(a, i, k), "a value that is not finite", e);
  return LUR_OK;
}

/* ---- Classes ---- */
static bool are_classes(const struct lur_array *targets, const struct lur_array_rule *rule) {
  if (rule->classes->is_given)
    return rule->classes->truth;
  return targets->type < LUR_ARRAY_F32 && (targets->width == 1 || rule->first_column);
}

static int read_labels(const struct lur_array *a, const struct lur_array_rule *rule, struct lur_labels *l,
                       struct lur_error *e) {
  bool good = a->width == 1 || (rule->first_column && a->n_dimensions == 2);
  size_t i = 0;
  for (; i < a->dimension[0] && good; i++) {
    const double label = value(a, i, 0);
    good = lur_labels_add(l, label) && (!rule->from_zero || (label >= 0 && label < LUR_MAX_CLASSES));
  }
  const size_t byte = i ? byte_of(a, i - 1, 0) : a->shape_byte;
  if (!good && rule->from_zero)
    return fail(a, byte, "labels are whole numbers from 0 to 1023, one per row", e);
  if (!good)
    return fail(a, byte, "labels are whole numbers, one per row, and at most 1024 different ones", e);
  for (double k = 0, last = l->value[l->n - 1]; k < last && rule->from_zero; k++)
    lur_labels_add(l, k);
  return LUR_OK;
}

static int fill(const struct lur_array *inputs, const struct lur_array *targets, const struct lur_labels *l,
                struct lur_dataset *d, struct lur_error *e) {
  if (d->narrow)
    memcpy(d->narrow, inputs->at, d->n * inputs->width);
  else if (copy(inputs, d->inputs, e) != LUR_OK)
    return LUR_EINPUT;
  if (l->n == 0)
    return copy(targets, d->targets, e);
  for (size_t i = 0; i < d->n; i++)
    lur_labels_put(l, value(targets, i, 0), d->targets + i * (size_t)d->n_outputs);
  return lur_labels_name(l, d, e);
}

/* An output for each label takes 8 bytes a row, whatever the rows took in the file. */
static int check_outputs(const struct lur_array *inputs, const struct lur_array *targets, int n_outputs,
                         struct lur_error *e) {
  enum { NUMBERS_PER_BYTE = 16 };
  const size_t n = inputs->dimension[0], row_bytes = inputs->width * (size_t)lur_array_bytes(inputs->type) +
                                                     targets->width * (size_t)lur_array_bytes(targets->type);
  if (!lur_dataset_is_bloated(n, n_outputs, n * row_bytes, NUMBERS_PER_BYTE))
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, NULL,
                  "%s: %zu rows with an output for each of %d labels would take %.1f GiB; with classes = false a label "
                  "is a number",
                  lur_file_label(targets->name), n, n_outputs, (double)n * n_outputs * sizeof(double) / (1 << 30));
}

int lur_array_dataset(const struct lur_array *inputs, const struct lur_array *targets,
                      const struct lur_array_rule *rule, struct lur_dataset **set, struct lur_error *e) {
  const size_t n = inputs->dimension[0];
  struct lur_labels *l = lur_alloc(1, sizeof *l);
  if (!l)
    return lur_fail_memory(e);
  int code = are_classes(targets, rule) ? read_labels(targets, rule, l, e) : LUR_OK;
  if (!code && n != targets->dimension[0])
    code = lur_fail(e, LUR_EINPUT, NULL, "%zu rows, but %s has %zu %s", n, lur_file_label(targets->name),
                    targets->dimension[0], l->n ? "labels" : "targets");
  if (!code && l->n)
    code = check_outputs(inputs, targets, l->n, e);
  if (!code) {
    const bool bytes = inputs->type == LUR_ARRAY_U8 && !inputs->by_columns && lur_dataset_is_large(n, inputs->width);
    *set =
        lur_dataset_new_narrow(n, (int)inputs->width, l->n ? l->n : (int)targets->width, bytes ? LUR_U8 : LUR_F64, e);
    code = *set ? fill(inputs, targets, l, *set, e) : e->code;
  }
  free(l);
  return code;
}

/* SPDX-License-Identifier: MIT
 * Room for rows, their narrower form, copies of some of them, and the split in two. */
#include "data/dataset.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { LARGE = 1 << 17, ALWAYS_FINE = 1 << 24 }; /* numbers: 1 MiB and 128 MiB as doubles */

/* ---- Room ---- */
static int check_size(size_t n, int n_inputs, int n_outputs, struct lur_error *e) {
  if (n == 0 || n > UINT32_MAX)
    return lur_fail(e, LUR_EINPUT, NULL, n ? "more than 4294967295 rows" : "no rows");
  if (n_inputs < 1 || n_inputs > LUR_MAX_WIDTH || n_outputs < 1 || n_outputs > LUR_MAX_WIDTH)
    return lur_fail(e, LUR_EINPUT, NULL, "%d inputs and %d targets a row; 1 to %d of each are possible", n_inputs,
                    n_outputs, LUR_MAX_WIDTH);
  return LUR_OK;
}

struct lur_dataset *lur_dataset_new_narrow(size_t n, int n_inputs, int n_outputs, enum lur_narrow type,
                                           struct lur_error *e) {
  if (check_size(n, n_inputs, n_outputs, e))
    return NULL;
  struct lur_dataset *d = lur_alloc(1, sizeof *d);
  if (d) {
    d->n = n;
    d->n_inputs = n_inputs;
    d->n_outputs = n_outputs;
    d->type = type;
    if (type == LUR_F64)
      d->inputs = lur_alloc(n, (size_t)n_inputs * sizeof *d->inputs);
    else
      d->narrow = lur_alloc(n, (size_t)n_inputs * lur_narrow_bytes(type));
    d->targets = lur_alloc(n, (size_t)n_outputs * sizeof *d->targets);
  }
  if (d && (d->inputs || d->narrow) && d->targets)
    return d;
  lur_dataset_free(d);
  lur_fail_memory(e);
  return NULL;
}

struct lur_dataset *lur_dataset_new(size_t n, int n_inputs, int n_outputs, struct lur_error *e) {
  return lur_dataset_new_narrow(n, n_inputs, n_outputs, LUR_F64, e);
}

struct lur_dataset *lur_dataset_hold(struct lur_dataset *d) {
  if (d)
    d->n_more++;
  return d;
}

void lur_dataset_free(struct lur_dataset *d) {
  if (!d || d->n_more-- > 0)
    return;
  free(d->inputs);
  free(d->narrow);
  free(d->targets);
  lur_names_free(d->classes, d->n_classes);
  lur_names_free(d->input_names, d->n_inputs);
  lur_names_free(d->target_names, d->n_outputs);
  free(d->onehot);
  free(d->fill);
  free(d->missing);
  free(d->weights);
  free(d);
}

bool lur_dataset_is_bloated(size_t n, int width, size_t n_bytes, int per_byte) {
  const double numbers = (double)n * width;
  return numbers > ALWAYS_FINE && numbers > (double)n_bytes * per_byte;
}

/* ---- Forms of the inputs ---- */
static void *own_inputs(const struct lur_dataset *d) {
  return d->narrow ? d->narrow : (void *)d->inputs;
}

struct lur_inputs lur_dataset_inputs(const struct lur_dataset *d) {
  return (struct lur_inputs){
      .n = d->n, .width = d->n_inputs, .type = d->narrow ? d->type : LUR_F64, .values = own_inputs(d)};
}

const double *lur_inputs_rows(const struct lur_inputs *x, size_t first, size_t n, double *room) {
  const size_t width = (size_t)x->width, row_bytes = width * lur_narrow_bytes(x->type);
  const void *from = (const char *)x->values + first * row_bytes;
  if (x->type == LUR_F64)
    return from;
  lur_narrow_read(x->type, from, n * width, room);
  return room;
}

bool lur_dataset_is_large(size_t n, size_t n_inputs) {
  return n * n_inputs >= LARGE;
}

void lur_dataset_narrow(struct lur_dataset *d) {
  const size_t n = d->n * (size_t)d->n_inputs;
  if (d->narrow || !lur_dataset_is_large(d->n, (size_t)d->n_inputs))
    return;
  enum lur_narrow type = lur_narrow_of(d->inputs, n);
  if (type == LUR_F64 || !(d->narrow = lur_resize(NULL, n, lur_narrow_bytes(type))))
    return;
  lur_narrow_write(type, d->inputs, n, d->narrow);
  d->type = type;
  free(d->inputs);
  d->inputs = NULL;
}

int lur_dataset_widen(struct lur_dataset *d, struct lur_error *e) {
  const size_t n = d->n * (size_t)d->n_inputs;
  if (d->inputs)
    return LUR_OK;
  if (!(d->inputs = lur_resize(NULL, n, sizeof *d->inputs)))
    return lur_fail_memory(e);
  lur_narrow_read(d->type, d->narrow, n, d->inputs);
  return LUR_OK;
}

struct lur_patterns lur_dataset_patterns(const struct lur_dataset *d) {
  return (struct lur_patterns){.n = d->n,
                               .n_inputs = d->n_inputs,
                               .n_outputs = d->n_outputs,
                               .inputs = d->inputs,
                               .targets = d->targets,
                               .weights = d->weights};
}

/* ---- Rows ---- */
/* All rows in their order where none are listed. */
static void take_rows(void *to, const void *from, const uint32_t *rows, size_t n, size_t row_bytes) {
  if (!rows)
    memcpy(to, from, n * row_bytes);
  for (size_t i = 0; rows && i < n; i++)
    memcpy((char *)to + i * row_bytes, (const char *)from + rows[i] * row_bytes, row_bytes);
}

static int take_missing(const struct lur_dataset *d, const uint32_t *rows, struct lur_dataset *to,
                        struct lur_error *e) {
  if (!d->missing)
    return LUR_OK;
  if (!(to->missing = lur_alloc(to->n, (size_t)d->n_inputs)))
    return lur_fail_memory(e);
  take_rows(to->missing, d->missing, rows, to->n, (size_t)d->n_inputs);
  return LUR_OK;
}

static int take_weights(const struct lur_dataset *d, const uint32_t *rows, struct lur_dataset *to,
                        struct lur_error *e) {
  if (!d->weights)
    return LUR_OK;
  if (!(to->weights = lur_alloc(to->n, sizeof *to->weights)))
    return lur_fail_memory(e);
  take_rows(to->weights, d->weights, rows, to->n, sizeof *to->weights);
  return LUR_OK;
}

struct lur_dataset *lur_dataset_take_inputs(const struct lur_dataset *d, const uint32_t *rows, size_t n, int n_outputs,
                                            struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  struct lur_dataset *taken = lur_dataset_new_narrow(n, d->n_inputs, n_outputs, x.type, e);
  if (!taken)
    return NULL;
  take_rows(own_inputs(taken), x.values, rows, n, (size_t)x.width * lur_narrow_bytes(x.type));
  if (lur_dataset_copy_input_labels(d, taken, e) == LUR_OK && take_missing(d, rows, taken, e) == LUR_OK &&
      take_weights(d, rows, taken, e) == LUR_OK)
    return taken;
  lur_dataset_free(taken);
  return NULL;
}

struct lur_dataset *lur_dataset_take(const struct lur_dataset *d, const uint32_t *rows, size_t n, struct lur_error *e) {
  struct lur_dataset *taken = lur_dataset_take_inputs(d, rows, n, d->n_outputs, e);
  if (!taken)
    return NULL;
  take_rows(taken->targets, d->targets, rows, n, (size_t)d->n_outputs * sizeof *d->targets);
  if (lur_dataset_copy_output_labels(d, taken, e) == LUR_OK)
    return taken;
  lur_dataset_free(taken);
  return NULL;
}

/* ---- The split ---- */
/* The rows are put in the order that an epoch's shuffle of the same seed would draw for the split's own purpose, and
 * cut. So both sides are shuffled, and depend on the seed and the rows alone. */
int lur_dataset_split(const struct lur_dataset *d, double fraction, uint64_t seed, struct lur_dataset **first,
                      struct lur_dataset **second, struct lur_error *e) {
  *first = *second = NULL;
  if (!(fraction > 0 && fraction < 1))
    return lur_fail(e, LUR_EINPUT, "fraction", "%g is not between 0 and 1", fraction);
  if (d->n < 2)
    return lur_fail(e, LUR_EINPUT, NULL, "one row cannot be split");
  uint32_t *order = lur_alloc(d->n, sizeof *order);
  if (!order)
    return lur_fail_memory(e);
  /* round(fraction * n), halves up, kept within 1 .. n - 1 */
  size_t j = (size_t)(fraction * (double)d->n + 0.5);
  size_t k = j < 1 ? 1 : j > d->n - 1 ? d->n - 1 : j;
  lur_draw_order(seed, 0, LUR_DRAW_SPLIT, d->n, order);
  *first = lur_dataset_take(d, order, k, e);
  *second = *first ? lur_dataset_take(d, order + k, d->n - k, e) : NULL;
  free(order);
  if (*second)
    return LUR_OK;
  lur_dataset_free(*first);
  *first = NULL;
  return e ? e->code : LUR_ENOMEM;
}

void lur_dataset_target_ends(const struct lur_dataset *d, double end[2]) {
  end[0] = end[1] = d->targets[0];
  for (size_t i = 1; i < d->n; i++) {
    end[0] = d->targets[i] < end[0] ? d->targets[i] : end[0];
    end[1] = d->targets[i] > end[1] ? d->targets[i] : end[1];
  }
}

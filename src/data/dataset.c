/* SPDX-License-Identifier: MIT
 * Room for rows, their narrower form, the match of classes by name, and the split in two. */
#include "data/dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"

enum { LARGE = 1 << 17 }; /* inputs: 1 MiB as doubles */

/* ---- Lists of names ---- */
char **lur_names_copy(const char *const *names, int n) {
  char **copy = lur_alloc((size_t)n, sizeof *copy);
  for (int k = 0; copy && k < n; k++) {
    copy[k] = lur_copy_text(names[k]);
    if (!copy[k]) {
      lur_names_free(copy, k);
      return NULL;
    }
  }
  return copy;
}

void lur_names_free(char **names, int n) {
  for (int k = 0; names && k < n; k++)
    free(names[k]);
  free(names);
}

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

void lur_dataset_free(struct lur_dataset *d) {
  if (!d)
    return;
  free(d->inputs);
  free(d->narrow);
  free(d->targets);
  lur_names_free(d->classes, d->n_classes);
  lur_names_free(d->input_names, d->n_inputs);
  lur_names_free(d->target_names, d->n_outputs);
  free(d);
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
  return (struct lur_patterns){
      .n = d->n, .n_inputs = d->n_inputs, .n_outputs = d->n_outputs, .inputs = d->inputs, .targets = d->targets};
}

/* ---- Names ---- */
static int name_all(char ***to, const char *const *names, int n, struct lur_error *e) {
  *to = lur_names_copy(names, n);
  return *to ? LUR_OK : lur_fail_memory(e);
}

int lur_dataset_name_classes(struct lur_dataset *d, const char *const *names, struct lur_error *e) {
  const int status = name_all(&d->classes, names, d->n_outputs, e);
  d->n_classes = status ? 0 : d->n_outputs;
  return status;
}

int lur_dataset_name_inputs(struct lur_dataset *d, const char *const *names, struct lur_error *e) {
  return name_all(&d->input_names, names, d->n_inputs, e);
}

int lur_dataset_name_targets(struct lur_dataset *d, const char *const *names, struct lur_error *e) {
  return name_all(&d->target_names, names, d->n_outputs, e);
}

/* The first n bytes of the column's name, and each class. */
static int name_target_classes(struct lur_dataset *d, const char *column, size_t n, struct lur_error *e) {
  d->target_names = lur_alloc((size_t)d->n_outputs, sizeof *d->target_names);
  for (int k = 0; d->target_names && k < d->n_outputs; k++) {
    const size_t room = n + strlen(d->classes[k]) + 2;
    if (!(d->target_names[k] = lur_alloc(room, 1)))
      return lur_fail_memory(e);
    snprintf(d->target_names[k], room, "%.*s=%s", (int)n, column, d->classes[k]);
  }
  return d->target_names ? LUR_OK : lur_fail_memory(e);
}

int lur_dataset_name_target_classes(struct lur_dataset *d, const char *column, struct lur_error *e) {
  return name_target_classes(d, column, strlen(column), e);
}

/* All that is said of the inputs but their numbers; of the outputs. */
static int copy_inputs_names(const struct lur_dataset *d, struct lur_dataset *to, struct lur_error *e) {
  return d->input_names ? lur_dataset_name_inputs(to, (const char *const *)d->input_names, e) : LUR_OK;
}

static int copy_outputs_names(const struct lur_dataset *d, struct lur_dataset *to, struct lur_error *e) {
  if (d->n_classes && lur_dataset_name_classes(to, (const char *const *)d->classes, e) != LUR_OK)
    return e ? e->code : LUR_ENOMEM;
  return d->target_names ? lur_dataset_name_targets(to, (const char *const *)d->target_names, e) : LUR_OK;
}

/* ---- Rows ---- */
struct lur_dataset *lur_dataset_take(const struct lur_dataset *d, const uint32_t *rows, size_t n, struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  const size_t row_bytes = (size_t)x.width * lur_narrow_bytes(x.type), n_out = (size_t)d->n_outputs;
  struct lur_dataset *taken = lur_dataset_new_narrow(n, d->n_inputs, d->n_outputs, x.type, e);
  if (!taken)
    return NULL;
  char *inputs = own_inputs(taken);
  for (size_t i = 0; i < n; i++) {
    memcpy(inputs + i * row_bytes, (const char *)x.values + rows[i] * row_bytes, row_bytes);
    memcpy(taken->targets + i * n_out, d->targets + rows[i] * n_out, n_out * sizeof *taken->targets);
  }
  if (copy_inputs_names(d, taken, e) == LUR_OK && copy_outputs_names(d, taken, e) == LUR_OK)
    return taken;
  lur_dataset_free(taken);
  return NULL;
}

/* ---- Classes by name ---- */
bool lur_dataset_has_classes(const struct lur_dataset *d, const struct lur_class_names *c) {
  bool equal = d->n_classes == c->n;
  for (int k = 0; equal && k < c->n; k++)
    equal = strcmp(d->classes[k], c->names[k]) == 0;
  return equal;
}

static int fail_class(const struct lur_class_names *c, const char *name, struct lur_error *e) {
  char shown[64], list[128] = "", one[40];
  lur_utf8_line(name, shown, sizeof shown);
  if (c->n == 0)
    return lur_fail(e, LUR_EINPUT, NULL,
                    "has classes (%s ...), but %s have none to match; { inputs = d.inputs, targets = d.targets } takes "
                    "them by position",
                    shown, c->whose);
  size_t used = 0;
  for (int k = 0; k < c->n && used < sizeof list; k++)
    used += (size_t)snprintf(list + used, sizeof list - used, k ? " %s" : "%s",
                             lur_utf8_line(c->names[k], one, sizeof one));
  return lur_fail(e, LUR_EINPUT, NULL, "class \"%s\" is none of those of %s: %s%s", shown, c->whose, list,
                  used < sizeof list ? "" : " ...");
}

/* Adds column k of d's targets to column `at` of out's; whether there was a row of it. */
static bool move_class(const struct lur_dataset *d, int k, struct lur_dataset *out, int at) {
  bool any = false;
  for (size_t i = 0; i < d->n; i++) {
    double t = d->targets[i * (size_t)d->n_outputs + (size_t)k];
    any = any || t != 0;
    if (at < out->n_outputs)
      out->targets[i * (size_t)out->n_outputs + (size_t)at] = t;
  }
  return any;
}

struct lur_dataset *lur_dataset_match(const struct lur_dataset *d, const struct lur_class_names *c,
                                      struct lur_error *e) {
  if (c->n == 0) {
    fail_class(c, d->classes[0], e);
    return NULL;
  }
  const struct lur_inputs x = lur_dataset_inputs(d);
  struct lur_dataset *out = lur_dataset_new_narrow(d->n, d->n_inputs, c->n, x.type, e);
  if (!out || copy_inputs_names(d, out, e) != LUR_OK ||
      lur_dataset_name_classes(out, (const char *const *)c->names, e) != LUR_OK)
    goto fail;
  if (d->target_names &&
      name_target_classes(out, d->target_names[0], strlen(d->target_names[0]) - strlen(d->classes[0]) - 1, e) != LUR_OK)
    goto fail;
  memcpy(own_inputs(out), x.values, d->n * (size_t)d->n_inputs * lur_narrow_bytes(x.type));
  for (int k = 0; k < d->n_classes; k++) {
    int at = 0;
    while (at < c->n && strcmp(c->names[at], d->classes[k]) != 0)
      at++;
    if (move_class(d, k, out, at) && at == c->n) {
      fail_class(c, d->classes[k], e);
      goto fail;
    }
  }
  return out;

fail:
  lur_dataset_free(out);
  return NULL;
}

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

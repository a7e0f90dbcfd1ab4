/* SPDX-License-Identifier: MIT */
#include "data/dataset.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "data/names.h"

struct lur_dataset *lur_dataset_new(size_t n, int n_inputs, int n_outputs, struct lur_error *e) {
  if (n == 0 || n > UINT32_MAX) {
    lur_fail(e, LUR_EINPUT, NULL, n ? "more than 4294967295 rows" : "no rows");
    return NULL;
  }
  if (n_inputs < 1 || n_inputs > LUR_MAX_WIDTH || n_outputs < 1 || n_outputs > LUR_MAX_WIDTH) {
    lur_fail(e, LUR_EINPUT, NULL, "%d inputs and %d targets a row; 1 to %d of each are possible", n_inputs, n_outputs,
             LUR_MAX_WIDTH);
    return NULL;
  }
  struct lur_dataset *d = lur_alloc(1, sizeof *d);
  if (d) {
    d->n = n;
    d->n_inputs = n_inputs;
    d->n_outputs = n_outputs;
    d->inputs = lur_alloc(n, (size_t)n_inputs * sizeof *d->inputs);
    d->targets = lur_alloc(n, (size_t)n_outputs * sizeof *d->targets);
  }
  if (d && d->inputs && d->targets)
    return d;
  lur_dataset_free(d);
  lur_fail_memory(e);
  return NULL;
}

void lur_dataset_free(struct lur_dataset *d) {
  if (!d)
    return;
  free(d->inputs);
  free(d->targets);
  lur_names_free(d->classes, d->n_classes);
  free(d);
}

int lur_dataset_name_classes(struct lur_dataset *d, const char *const *names, struct lur_error *e) {
  d->classes = lur_names_copy(names, d->n_outputs);
  if (!d->classes)
    return lur_fail_memory(e);
  d->n_classes = d->n_outputs;
  return LUR_OK;
}

struct lur_patterns lur_dataset_patterns(const struct lur_dataset *d) {
  return (struct lur_patterns){
      .n = d->n, .n_inputs = d->n_inputs, .n_outputs = d->n_outputs, .inputs = d->inputs, .targets = d->targets};
}

static void take_row(const struct lur_dataset *from, size_t row, struct lur_dataset *to, size_t place) {
  size_t n_in = (size_t)from->n_inputs, n_out = (size_t)from->n_outputs;
  memcpy(to->inputs + place * n_in, from->inputs + row * n_in, n_in * sizeof *to->inputs);
  memcpy(to->targets + place * n_out, from->targets + row * n_out, n_out * sizeof *to->targets);
}

struct lur_dataset *lur_dataset_take(const struct lur_dataset *d, const uint32_t *rows, size_t n, struct lur_error *e) {
  struct lur_dataset *taken = lur_dataset_new(n, d->n_inputs, d->n_outputs, e);
  if (!taken)
    return NULL;
  for (size_t i = 0; i < n; i++)
    take_row(d, rows[i], taken, i);
  if (d->n_classes && lur_dataset_name_classes(taken, (const char *const *)d->classes, e) != LUR_OK) {
    lur_dataset_free(taken);
    return NULL;
  }
  return taken;
}

/* ---- Classes by name ---- */
bool lur_dataset_classes_equal(const struct lur_dataset *a, const struct lur_dataset *b) {
  bool equal = a->n_classes > 0 && a->n_classes == b->n_classes;
  for (int k = 0; equal && k < a->n_classes; k++)
    equal = strcmp(a->classes[k], b->classes[k]) == 0;
  return equal;
}

static int find_class(const struct lur_dataset *d, const char *name) {
  int k = 0;
  while (k < d->n_classes && strcmp(d->classes[k], name) != 0)
    k++;
  return k;
}

static int fail_class(const struct lur_dataset *like, const char *name, struct lur_error *e) {
  char shown[64], list[128] = "", one[40];
  lur_utf8_line(name, shown, sizeof shown);
  if (like->n_classes == 0)
    return lur_fail(
        e, LUR_EINPUT, NULL,
        "has classes (%s ...), but the training patterns have none to match; { inputs = d.inputs, targets = "
        "d.targets } takes them by position",
        shown);
  size_t used = 0;
  for (int k = 0; k < like->n_classes && used < sizeof list; k++)
    used += (size_t)snprintf(list + used, sizeof list - used, k ? " %s" : "%s",
                             lur_utf8_line(like->classes[k], one, sizeof one));
  return lur_fail(e, LUR_EINPUT, NULL, "class \"%s\" is none of the training patterns' classes: %s%s", shown, list,
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

struct lur_dataset *lur_dataset_match(const struct lur_dataset *d, const struct lur_dataset *like,
                                      struct lur_error *e) {
  if (like->n_classes == 0) {
    fail_class(like, d->classes[0], e);
    return NULL;
  }
  struct lur_dataset *out = lur_dataset_new(d->n, d->n_inputs, like->n_outputs, e);
  if (!out || lur_dataset_name_classes(out, (const char *const *)like->classes, e) != LUR_OK)
    goto fail;
  memcpy(out->inputs, d->inputs, d->n * (size_t)d->n_inputs * sizeof *d->inputs);
  for (int k = 0; k < d->n_classes; k++) {
    int at = find_class(like, d->classes[k]);
    if (move_class(d, k, out, at) && at == like->n_classes) {
      fail_class(like, d->classes[k], e);
      goto fail;
    }
  }
  return out;

fail:
  lur_dataset_free(out);
  return NULL;
}

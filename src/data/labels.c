/* SPDX-License-Identifier: MIT
 * Names of inputs, outputs and classes, and copies of all that data sets say of these beside the numbers. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "data/dataset.h"

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

char *lur_category_name(const char *column, size_t n, const char *category) {
  const size_t room = n + strlen(category) + 2;
  char *name = lur_alloc(room, 1);
  if (name)
    snprintf(name, room, "%.*s=%s", (int)n, column, category);
  return name;
}

bool lur_names_list(char *const *names, int n, int skip_bytes, char *out, size_t room) {
  char one[40];
  size_t used = 0;
  out[0] = '\0';
  for (int k = 0; k < n && used < room; k++)
    used += (size_t)snprintf(out + used, room - used, k ? " %s" : "%s",
                             lur_utf8_line(names[k] + skip_bytes, one, sizeof one));
  return used < room;
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

int lur_dataset_name_target_classes(struct lur_dataset *d, const char *column, size_t n, struct lur_error *e) {
  d->target_names = lur_alloc((size_t)d->n_outputs, sizeof *d->target_names);
  for (int k = 0; d->target_names && k < d->n_outputs; k++)
    if (!(d->target_names[k] = lur_category_name(column, n, d->classes[k])))
      return lur_fail_memory(e);
  return d->target_names ? LUR_OK : lur_fail_memory(e);
}

int lur_dataset_copy_input_labels(const struct lur_dataset *d, struct lur_dataset *to, struct lur_error *e) {
  if (d->input_names && lur_dataset_name_inputs(to, (const char *const *)d->input_names, e) != LUR_OK)
    return e ? e->code : LUR_ENOMEM;
  to->n_onehot = d->n_onehot;
  to->unknown_is_zeros = d->unknown_is_zeros;
  to->onehot = lur_copy(d->onehot, (size_t)d->n_onehot, sizeof *d->onehot);
  to->fill = lur_copy(d->fill, (size_t)d->n_inputs, 1);
  return (d->onehot && !to->onehot) || (d->fill && !to->fill) ? lur_fail_memory(e) : LUR_OK;
}

int lur_dataset_copy_output_labels(const struct lur_dataset *d, struct lur_dataset *to, struct lur_error *e) {
  if (d->n_classes && lur_dataset_name_classes(to, (const char *const *)d->classes, e) != LUR_OK)
    return e ? e->code : LUR_ENOMEM;
  return d->target_names ? lur_dataset_name_targets(to, (const char *const *)d->target_names, e) : LUR_OK;
}

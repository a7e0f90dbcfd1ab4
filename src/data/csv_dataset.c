/* SPDX-License-Identifier: MIT
 * The data set of a CSV file whose rows are read: an input for each category, what was missing filled in and marked,
 * an output for each class, and all names. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/csv_parts.h"
#include "data/file.h"
#include "data/fill.h"

const char *lur_csv_advice(const struct lur_csv *r, int column, char out[LUR_CSV_ADVICE_BYTES]) {
  if (r->n_missing[column] < r->n_seen)
    return "; missing = \"mean\" fills inputs in";
  for (int k = 0; k < r->n_targets; k++)
    if (r->targets[k] == column)
      return "; give targets another column";
  snprintf(out, LUR_CSV_ADVICE_BYTES, "; drop = %d leaves the column out", column + 1);
  return out;
}

/* ---- Inputs ---- */
/* The inputs that a column becomes. */
static int width_of(const struct lur_csv *r, int column) {
  return r->is_text[column] ? r->category[column].n : 1;
}

static int count_inputs(const struct lur_csv *r) {
  size_t n = 0;
  for (int k = 0; k < r->n_inputs; k++)
    n += (size_t)width_of(r, r->inputs[k]);
  return n <= LUR_MAX_WIDTH ? (int)n : LUR_MAX_WIDTH + 1;
}

/* One row: the number of each category becomes a 1 in its place; what is missing is marked. */
static void expand(const struct lur_csv *r, const double *from, double *to, uint8_t *missing) {
  for (int k = 0, at = 0; k < r->n_inputs; k++) {
    const int column = r->inputs[k], width = width_of(r, column);
    if (isnan(from[k]))
      memset(missing + at, 1, (size_t)width);
    else if (r->is_text[column])
      to[at + (int)from[k]] = 1;
    else
      to[at] = from[k];
    at += width;
  }
}

static void set_fill(const struct lur_csv *r, struct lur_dataset *d) {
  for (int k = 0, at = 0; k < r->n_inputs; k++) {
    const int column = r->inputs[k], width = width_of(r, column);
    for (int i = 0; i < width; i++)
      d->fill[at + i] = (uint8_t)(r->is_text[column]                  ? i ? LUR_FILL_SAME : LUR_FILL_FREQUENT
                                  : r->o->missing == LUR_MISSING_MEAN ? LUR_FILL_MEAN
                                                                      : LUR_FILL_MEDIAN);
    at += width;
  }
}

/* The column of an input. */
static int column_of(const struct lur_csv *r, int input) {
  int k = 0;
  for (; input >= width_of(r, r->inputs[k]); k++)
    input -= width_of(r, r->inputs[k]);
  return r->inputs[k];
}

static int fail_fill(struct lur_csv *r, int column) {
  char label[LUR_CSV_LABEL_BYTES], text[LUR_CSV_ADVICE_BYTES];
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s: %s has no %s%s", lur_file_label(r->rows.name),
                  lur_csv_label(r, column, label), lur_missing_names[r->o->missing],
                  r->n_missing[column] == r->n_seen ? lur_csv_advice(r, column, text) : "");
}

static int fill_missing(struct lur_csv *r, struct lur_dataset *d) {
  int lacks;
  double *value = lur_resize(NULL, (size_t)d->n_inputs, sizeof *value);
  int status = value ? lur_fill_fit(d, d->fill, value, &lacks, r->e) : lur_fail_memory(r->e);
  if (!status && lacks >= 0)
    status = fail_fill(r, column_of(r, lacks));
  if (!status)
    status = lur_fill_put(d, value, r->e);
  free(value);
  return status;
}

/* A column of texts without one would become no input. */
static int check_texts(struct lur_csv *r) {
  int status = LUR_OK;
  for (int k = 0; k < r->n_inputs && !status; k++)
    if (r->n > 0 && width_of(r, r->inputs[k]) == 0)
      status = fail_fill(r, r->inputs[k]);
  return status;
}

static bool any_text(const struct lur_csv *r) {
  bool any = false;
  for (int k = 0; k < r->n_inputs; k++)
    any = any || r->is_text[r->inputs[k]];
  return any;
}

static int put_inputs(struct lur_csv *r, struct lur_dataset *d) {
  const bool fills = r->o->missing == LUR_MISSING_MEAN || r->o->missing == LUR_MISSING_MEDIAN;
  const size_t width = (size_t)d->n_inputs;
  size_t n_missing = 0;
  for (int k = 0; k < r->n_inputs; k++)
    n_missing += r->n_missing[r->inputs[k]];
  if (fills) {
    d->fill = lur_alloc(width, 1);
    d->missing = n_missing ? lur_alloc(d->n, width) : NULL;
    if (!d->fill || (n_missing && !d->missing))
      return lur_fail_memory(r->e);
    set_fill(r, d);
  }
  if (!n_missing && !any_text(r)) { /* the rows are the inputs as they stand */
    double *rows = lur_resize(r->input, r->n * width, sizeof *rows);
    free(d->inputs);
    d->inputs = rows ? rows : r->input;
    r->input = NULL;
    return LUR_OK;
  }
  for (size_t i = 0; i < r->n; i++)
    expand(r, r->input + i * (size_t)r->n_inputs, d->inputs + i * width, d->missing ? d->missing + i * width : NULL);
  return n_missing && fills ? fill_missing(r, d) : LUR_OK;
}

/* ---- Names ---- */
/* "sex=female" for each category of the column. */
static int name_categories(const struct lur_csv *r, int column, struct lur_dataset *d, int at) {
  const struct lur_csv_words *w = &r->category[column];
  char number[24];
  const char *name = lur_csv_column_name(r, column, number);
  d->onehot[d->n_onehot++] = (struct lur_onehot){.first = at, .n = w->n, .name_bytes = (int)strlen(name)};
  for (int k = 0; k < w->n; k++)
    if (!(d->input_names[at + k] = lur_category_name(name, strlen(name), w->word[k])))
      return lur_fail_memory(r->e);
  return LUR_OK;
}

/* Inputs have names where there is a header, or categories. */
static int name_inputs(const struct lur_csv *r, struct lur_dataset *d) {
  char number[24];
  int status = LUR_OK;
  if (!r->header && !any_text(r))
    return LUR_OK;
  d->input_names = lur_alloc((size_t)d->n_inputs, sizeof *d->input_names);
  d->onehot = lur_alloc((size_t)r->n_inputs, sizeof *d->onehot);
  if (!d->input_names || !d->onehot)
    return lur_fail_memory(r->e);
  d->unknown_is_zeros = r->o->unknown_is_zeros;
  for (int k = 0, at = 0; k < r->n_inputs && !status; k++) {
    const int column = r->inputs[k];
    if (r->is_text[column])
      status = name_categories(r, column, d, at);
    else if (!(d->input_names[at] = lur_copy_text(lur_csv_column_name(r, column, number))))
      status = lur_fail_memory(r->e);
    at += width_of(r, column);
  }
  return status;
}

static int name_targets(const struct lur_csv *r, struct lur_dataset *d) {
  if (!r->header)
    return LUR_OK;
  if (d->n_classes) {
    const char *name = r->header[r->targets[0]];
    return lur_dataset_name_target_classes(d, name, strlen(name), r->e);
  }
  const char **names = lur_alloc((size_t)r->n_targets, sizeof *names);
  for (int k = 0; names && k < r->n_targets; k++)
    names[k] = r->header[r->targets[k]];
  const int status = names ? lur_dataset_name_targets(d, names, r->e) : lur_fail_memory(r->e);
  free(names);
  return status;
}

static int put_targets(const struct lur_csv *r, const char *const *classes, struct lur_dataset *d) {
  if (!classes) {
    memcpy(d->targets, r->target, r->n * (size_t)r->n_targets * sizeof *d->targets);
    return LUR_OK;
  }
  for (size_t i = 0; i < r->n; i++)
    d->targets[i * (size_t)d->n_outputs + (size_t)r->target[i]] = 1;
  return lur_dataset_name_classes(d, classes, r->e);
}

struct lur_dataset *lur_csv_make_dataset(struct lur_csv *r) {
  bool listed = r->o->classes == LUR_CLASSES_LIST;
  const char *const *names = listed ? r->o->class_names : r->classes.word;
  int n_names = listed ? r->o->n_class_names : r->classes.n;
  enum { NUMBERS_PER_BYTE = 64 };
  const int n_inputs = count_inputs(r), n_outputs = n_names ? n_names : r->n_targets;
  if (lur_dataset_is_bloated(r->n, n_inputs + n_outputs, r->n_bytes, NUMBERS_PER_BYTE)) {
    lur_fail(r->e, LUR_EINPUT, NULL,
             "%s: %zu rows of %d inputs and %d outputs, nearly all of them 0, would take %.1f GiB",
             lur_file_label(r->rows.name), r->n, n_inputs, n_outputs,
             (double)r->n * (n_inputs + n_outputs) * sizeof(double) / (1 << 30));
    return NULL;
  }
  struct lur_dataset *d = check_texts(r) ? NULL : lur_dataset_new(r->n, n_inputs, n_outputs, r->e);
  if (!d)
    return NULL;
  d->guessed_separator = r->o->separator ? '\0' : r->rows.separator;
  if (put_inputs(r, d) == LUR_OK && put_targets(r, n_names ? names : NULL, d) == LUR_OK &&
      name_inputs(r, d) == LUR_OK && name_targets(r, d) == LUR_OK)
    return d;
  lur_dataset_free(d);
  return NULL;
}

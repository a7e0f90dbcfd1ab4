/* SPDX-License-Identifier: MIT
 * Numbers have the fewest digits that read back as they are. What a file said in other words than numbers is said so
 * again: categories as their texts, missing inputs as empty cells, classes by name. */
#include "data/csv_write.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"

void lur_csv_add_cell(struct lur_buffer *out, const char *prefix, const char *text, char separator) {
  const char special[] = {separator, '"', '\n', '\r', '\0'};
  const size_t n = strlen(text);
  const bool blank = n && (strchr(" \t", text[0]) || strchr(" \t", text[n - 1]));
  const bool quoted = text[strcspn(text, special)] != '\0' || blank;
  lur_buffer_text(out, quoted ? "\"" : "");
  lur_buffer_text(out, prefix);
  for (; *text; text++)
    lur_buffer_add(out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
  lur_buffer_text(out, quoted ? "\"" : "");
}

static void add_cell(const char *text, struct lur_buffer *out) {
  lur_csv_add_cell(out, "", text, ',');
  lur_buffer_text(out, ",");
}

static void add_number(double x, struct lur_buffer *out) {
  char digits[32];
  lur_digits_write(x, digits);
  lur_buffer_text(out, digits);
  lur_buffer_text(out, ",");
}

/* "sex" of "sex=female", whose category is known. */
static int add_column_name(const char *name, const char *category, struct lur_buffer *out, struct lur_error *e) {
  char *column = lur_copy_text(name);
  if (!column)
    return lur_fail_memory(e);
  column[strlen(name) - strlen(category) - 1] = '\0';
  add_cell(column, out);
  free(column);
  return LUR_OK;
}

/* Which of n numbers is the 1 beside zeros; -1: they are others. */
static int place_of_one(const double *x, int n) {
  int at = -1, n_others = 0;
  for (int k = 0; k < n; k++) {
    at = x[k] == 1 ? k : at;
    n_others += x[k] != 0;
  }
  return n_others == 1 ? at : -1;
}

/* The comma behind the last cell becomes the line's end. */
static void end_line(struct lur_buffer *out) {
  if (out->data && !out->failed)
    out->data[out->length_bytes - 1] = '\n';
}

/* ---- The first line ---- */
/* A column of categories is several inputs; g columns of them are passed. */
static int add_input_names(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e) {
  char number[24];
  int code = LUR_OK;
  for (int k = 0, g = 0; k < d->n_inputs && !code;) {
    const struct lur_onehot *o = g < d->n_onehot && d->onehot[g].first == k ? &d->onehot[g++] : NULL;
    const char *name = d->input_names ? d->input_names[k] : number;
    snprintf(number, sizeof number, "x%d", k + 1);
    if (o)
      code = add_column_name(name, name + o->name_bytes + 1, out, e);
    else
      add_cell(name, out);
    k += o ? o->n : 1;
  }
  return code;
}

static int add_target_names(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e) {
  char number[24];
  if (d->n_classes && d->target_names)
    return add_column_name(d->target_names[0], d->classes[0], out, e);
  if (d->n_classes)
    add_cell("class", out);
  for (int k = 0; k < d->n_outputs && !d->n_classes; k++) {
    snprintf(number, sizeof number, "y%d", k + 1);
    add_cell(d->target_names ? d->target_names[k] : number, out);
  }
  return LUR_OK;
}

static const char weight_name[] = "weight";

static int add_names(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e) {
  if (d->weights && lur_dataset_find_input(d, weight_name) >= 0)
    return lur_fail(e, LUR_EINPUT, NULL, "an input is called \"%s\", as the column of the rows' weights is to be",
                    weight_name);
  int code = add_input_names(d, out, e);
  if (d->weights)
    add_cell(weight_name, out);
  if (!code)
    code = add_target_names(d, out, e);
  end_line(out);
  return code;
}

/* ---- Rows ---- */
static int add_category(const struct lur_dataset *d, const struct lur_onehot *o, const double *x, size_t row,
                        struct lur_buffer *out, struct lur_error *e) {
  const int at = place_of_one(x, o->n);
  char *const *names = d->input_names + o->first;
  if (at < 0)
    return lur_fail(e, LUR_EINPUT, NULL, "%.*s: row %zu is not of one category, so it cannot be written",
                    o->name_bytes < 40 ? o->name_bytes : 40, names[0], row + 1);
  add_cell(names[at] + o->name_bytes + 1, out);
  return LUR_OK;
}

static int add_inputs(const struct lur_dataset *d, const double *x, size_t row, struct lur_buffer *out,
                      struct lur_error *e) {
  const uint8_t *missing = d->missing ? d->missing + row * (size_t)d->n_inputs : NULL;
  int code = LUR_OK;
  for (int k = 0, g = 0; k < d->n_inputs && !code;) {
    const struct lur_onehot *o = g < d->n_onehot && d->onehot[g].first == k ? &d->onehot[g++] : NULL;
    if (missing && missing[k])
      lur_buffer_text(out, ",");
    else if (o)
      code = add_category(d, o, x + k, row, out, e);
    else
      add_number(x[k], out);
    k += o ? o->n : 1;
  }
  return code;
}

static int add_targets(const struct lur_dataset *d, size_t row, struct lur_buffer *out, struct lur_error *e) {
  const double *t = d->targets + row * (size_t)d->n_outputs;
  const int at = d->n_classes ? place_of_one(t, d->n_outputs) : -1;
  if (d->n_classes && at < 0)
    return lur_fail(e, LUR_EINPUT, NULL, "row %zu is not of one class, so it cannot be written", row + 1);
  if (d->n_classes)
    add_cell(d->classes[at], out);
  for (int k = 0; k < d->n_outputs && !d->n_classes; k++)
    add_number(t[k], out);
  return LUR_OK;
}

int lur_csv_write(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  double *row = lur_alloc((size_t)d->n_inputs, sizeof *row);
  int code = row ? add_names(d, out, e) : lur_fail_memory(e);
  for (size_t i = 0; i < d->n && !code; i++) {
    code = add_inputs(d, lur_inputs_rows(&x, i, 1, row), i, out, e);
    if (d->weights)
      add_number(d->weights[i], out);
    if (!code)
      code = add_targets(d, i, out, e);
    end_line(out);
  }
  free(row);
  return !code && out->failed ? lur_fail_memory(e) : code;
}

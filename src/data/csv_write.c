/* SPDX-License-Identifier: MIT
 * Numbers have the fewest digits that read back as they are. */
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

static void add_names(char *const *names, int n, const char *otherwise, struct lur_buffer *out) {
  char number[24];
  for (int k = 0; k < n; k++) {
    snprintf(number, sizeof number, "%s%d", otherwise, k + 1);
    lur_csv_add_cell(out, "", names ? names[k] : number, ',');
    lur_buffer_text(out, ",");
  }
}

/* The name of the column of classes. */
static int add_class_name(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e) {
  char *name = lur_copy_text(d->target_names ? d->target_names[0] : "class");
  if (!name)
    return lur_fail_memory(e);
  if (d->target_names)
    name[strlen(name) - strlen(d->classes[0]) - 1] = '\0';
  lur_csv_add_cell(out, "", name, ',');
  lur_buffer_text(out, ",");
  free(name);
  return LUR_OK;
}

static void add_numbers(const double *x, int n, struct lur_buffer *out) {
  char digits[32];
  for (int k = 0; k < n; k++) {
    lur_digits_write(x[k], digits);
    lur_buffer_text(out, digits);
    lur_buffer_text(out, ",");
  }
}

static int add_class(const struct lur_dataset *d, size_t row, struct lur_buffer *out, struct lur_error *e) {
  const double *t = d->targets + row * (size_t)d->n_outputs;
  int at = -1, n = 0;
  for (int k = 0; k < d->n_outputs; k++) {
    at = t[k] == 1 ? k : at;
    n += t[k] != 0;
  }
  if (at < 0 || n != 1)
    return lur_fail(e, LUR_EINPUT, NULL, "row %zu is not of one class, so it cannot be written", row + 1);
  lur_csv_add_cell(out, "", d->classes[at], ',');
  lur_buffer_text(out, ",");
  return LUR_OK;
}

/* The comma behind the last cell becomes the line's end. */
static void end_line(struct lur_buffer *out) {
  if (out->data && !out->failed)
    out->data[out->length_bytes - 1] = '\n';
}

int lur_csv_write(const struct lur_dataset *d, struct lur_buffer *out, struct lur_error *e) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  double *row = lur_alloc((size_t)d->n_inputs, sizeof *row);
  int code = row ? LUR_OK : lur_fail_memory(e);
  add_names(d->input_names, d->n_inputs, "x", out);
  if (d->n_classes && !code)
    code = add_class_name(d, out, e);
  else
    add_names(d->target_names, d->n_outputs, "y", out);
  end_line(out);
  for (size_t i = 0; i < d->n && !code; i++) {
    add_numbers(lur_inputs_rows(&x, i, 1, row), d->n_inputs, out);
    if (d->n_classes)
      code = add_class(d, i, out, e);
    else
      add_numbers(d->targets + i * (size_t)d->n_outputs, d->n_outputs, out);
    end_line(out);
  }
  free(row);
  return !code && out->failed ? lur_fail_memory(e) : code;
}

/* SPDX-License-Identifier: MIT
 * Only what is shown is counted: the first inputs, and of a column of categories the first ones. */
#include "data/describe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "base/utf8.h"

enum { MOST_LINES = 20, MOST_WORDS = 10, SHOWN_BYTES = 64 };

void lur_dataset_describe_briefly(const struct lur_dataset *d, struct lur_buffer *out) {
  const char *outputs = d->n_classes ? "class" : "target", *more = d->n_classes ? "es" : "s";
  lur_buffer_format(out, "luron.data: %zu row%s, %d input%s, %d %s%s", d->n, d->n == 1 ? "" : "s", d->n_inputs,
                    d->n_inputs == 1 ? "" : "s", d->n_outputs, outputs, d->n_outputs == 1 ? "" : more);
}

/* Numbers in rows of `width`, of which column `at` is meant. */
struct column {
  size_t n, width, at;
  const double *x; /* or NULL: */
  const struct lur_inputs *inputs;
  double *row; /* room for one */
};

static double value_of(const struct column *c, size_t i) {
  return c->x ? c->x[i * c->width + c->at] : lur_inputs_rows(c->inputs, i, 1, c->row)[c->at];
}

static void add_range(const struct column *c, struct lur_buffer *out) {
  double least = value_of(c, 0), most = least;
  char a[32], b[32];
  for (size_t i = 1; i < c->n; i++) {
    const double x = value_of(c, i);
    least = x < least ? x : least;
    most = x > most ? x : most;
  }
  lur_digits_write(least, a);
  lur_digits_write(most, b);
  lur_buffer_format(out, least == most ? "always %s" : "%s to %s", a, b);
}

/* "male 577, female 314": n columns of ones and zeros from c's on, whose names begin after `skip` bytes. */
static void add_counts(struct column c, int n, char *const *names, int skip, struct lur_buffer *out) {
  char shown[SHOWN_BYTES];
  for (int k = 0; k < n && k < MOST_WORDS; k++, c.at++) {
    size_t count = 0;
    for (size_t i = 0; i < c.n; i++)
      count += value_of(&c, i) == 1;
    lur_buffer_format(out, "%s%s %zu", k ? ", " : "", lur_utf8_line(names[k] + skip, shown, sizeof shown), count);
  }
  if (n > MOST_WORDS)
    lur_buffer_format(out, " and %d more", n - MOST_WORDS);
}

static void add_name(const char *what, int k, const char *name, int n_bytes, struct lur_buffer *out) {
  char text[256], shown[SHOWN_BYTES];
  if (!name) {
    lur_buffer_format(out, "\n  %s %d: ", what, k + 1);
    return;
  }
  snprintf(text, sizeof text, "%.*s", n_bytes, name);
  lur_buffer_format(out, "\n  %s: ", lur_utf8_line(text, shown, sizeof shown));
}

static void add_missing(const struct lur_dataset *d, int input, struct lur_buffer *out) {
  size_t n = 0;
  for (size_t i = 0; d->missing && i < d->n; i++)
    n += d->missing[i * (size_t)d->n_inputs + (size_t)input];
  if (n)
    lur_buffer_format(out, " (%zu missing, filled in)", n);
}

static void add_inputs(const struct lur_dataset *d, double *row, struct lur_buffer *out) {
  const struct lur_inputs x = lur_dataset_inputs(d);
  int k = 0;
  for (int line = 0, g = 0; k < d->n_inputs && line < MOST_LINES; line++) {
    const struct lur_onehot *o = g < d->n_onehot && d->onehot[g].first == k ? &d->onehot[g++] : NULL;
    const struct column c = {.n = d->n, .width = (size_t)d->n_inputs, .at = (size_t)k, .inputs = &x, .row = row};
    const char *name = d->input_names ? d->input_names[k] : NULL;
    add_name("input", k, name, o ? o->name_bytes : name ? (int)strlen(name) : 0, out);
    if (o)
      add_counts(c, o->n, d->input_names + k, o->name_bytes + 1, out);
    else
      add_range(&c, out);
    add_missing(d, k, out);
    k += o ? o->n : 1;
  }
  if (k < d->n_inputs)
    lur_buffer_format(out, "\n  and %d more inputs", d->n_inputs - k);
}

static void add_targets(const struct lur_dataset *d, struct lur_buffer *out) {
  struct column c = {.n = d->n, .width = (size_t)d->n_outputs, .x = d->targets};
  if (d->n_classes) {
    const char *name = d->target_names ? d->target_names[0] : NULL;
    if (name)
      add_name("class", 0, name, (int)(strlen(name) - strlen(d->classes[0]) - 1), out);
    else
      lur_buffer_text(out, "\n  classes: ");
    add_counts(c, d->n_classes, d->classes, 0, out);
    return;
  }
  for (int k = 0; k < d->n_outputs && k < MOST_LINES; k++) {
    const char *name = d->target_names ? d->target_names[k] : NULL;
    add_name("target", k, name, name ? (int)strlen(name) : 0, out);
    c.at = (size_t)k;
    add_range(&c, out);
    lur_buffer_text(out, name ? " (target)" : "");
  }
  if (d->n_outputs > MOST_LINES)
    lur_buffer_format(out, "\n  and %d more targets", d->n_outputs - MOST_LINES);
}

void lur_dataset_describe(const struct lur_dataset *d, struct lur_buffer *out) {
  double *row = lur_alloc((size_t)d->n_inputs, sizeof *row);
  out->failed = out->failed || !row;
  lur_dataset_describe_briefly(d, out);
  if (row)
    add_inputs(d, row, out);
  free(row);
  add_targets(d, out);
  if (d->guessed_separator && d->guessed_separator != ',')
    lur_buffer_format(out, "\n  columns are separated by %s",
                      d->guessed_separator == ';'    ? "semicolons"
                      : d->guessed_separator == '\t' ? "tabs"
                                                     : "blanks");
}

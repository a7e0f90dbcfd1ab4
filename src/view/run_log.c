/* SPDX-License-Identifier: MIT
 * Log lines: the epoch, its loss, the sum of its errors where that is not always 0, and the output where there is one
 * pattern, else the accuracy where there is one; then the same of the validation set, if there is one. */
#include <stdio.h>

#include "view/run_view.h"

enum { COLUMN = 13, VALIDATION_COLUMN = 17, MOST_OUTPUTS = 4 };

static int epoch_width(const struct lur_log_shape *s) {
  char digits[32];
  int n = snprintf(digits, sizeof digits, "%llu", (unsigned long long)s->epochs);
  return n < 5 ? 5 : n;
}

static bool shows_output(const struct lur_log_shape *s) {
  return s->n_patterns == 1 && s->n_outputs <= MOST_OUTPUTS;
}

void lur_view_log_head(const struct lur_log_shape *s, struct lur_buffer *out) {
  if (s->style.json)
    return;
  lur_buffer_text(out, s->style.color ? "\033[2m" : "");
  lur_buffer_format(out, "%*s%*s", epoch_width(s), "epoch", COLUMN, "loss");
  if (s->error)
    lur_buffer_format(out, "%*s", COLUMN, "error");
  if (shows_output(s))
    lur_buffer_format(out, "%*s", COLUMN * s->n_outputs, "output");
  else if (s->accuracy)
    lur_buffer_format(out, "%*s", COLUMN, "accuracy");
  if (s->validation)
    lur_buffer_format(out, "%*s", VALIDATION_COLUMN, "validation_loss");
  if (s->validation && s->accuracy)
    lur_buffer_format(out, "%*s", VALIDATION_COLUMN + 4, "validation_accuracy");
  lur_buffer_text(out, s->style.color ? "\033[0m\n" : "\n");
}

static void add_wide(double x, int column, struct lur_buffer *out) {
  char digits[32];
  lur_view_number(x, COLUMN - 1, digits);
  lur_buffer_format(out, "%*s", column, digits);
}

static void add_number(double x, struct lur_buffer *out) {
  add_wide(x, COLUMN, out);
}

static void add_json(const char *name, double x, struct lur_buffer *out) {
  lur_buffer_format(out, ",\"%s\":", name);
  lur_view_json_number(x, out);
}

void lur_view_log_line(const struct lur_log_shape *s, const struct lur_record *r, struct lur_buffer *out) {
  if (s->style.json) {
    lur_buffer_format(out, "{\"v\":1,\"type\":\"log\",\"epoch\":%llu", (unsigned long long)r->epoch);
    add_json("loss", r->loss, out);
    add_json("error", r->error, out);
    add_json("accuracy", r->accuracy, out);
    if (s->validation) {
      add_json("validation_loss", r->validation_loss, out);
      add_json("validation_accuracy", r->validation_accuracy, out);
    }
    lur_view_json_list("output", r->output, s->n_outputs, out);
    lur_buffer_text(out, "}\n");
    return;
  }
  lur_buffer_format(out, "%*llu", epoch_width(s), (unsigned long long)r->epoch);
  add_number(r->loss, out);
  if (s->error)
    add_number(r->error, out);
  if (shows_output(s))
    for (int k = 0; k < s->n_outputs; k++)
      add_number(r->output[k], out);
  else if (s->accuracy)
    add_number(r->accuracy, out);
  if (s->validation)
    add_wide(r->validation_loss, VALIDATION_COLUMN, out);
  if (s->validation && s->accuracy)
    add_wide(r->validation_accuracy, VALIDATION_COLUMN + 4, out);
  lur_buffer_text(out, "\n");
}

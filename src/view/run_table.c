/* SPDX-License-Identifier: MIT
 * What a run ended with: the table of its patterns, a summary line, and what a sweep would do. */
#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>

#include "base/utf8.h"
#include "view/export.h"
#include "view/run_view.h"
#include "view/terminal.h"

enum { MOST_PATTERNS = 16, MOST_COLUMNS = 8, INPUT_COLUMN = 10, COLUMN = 12, LINE = 80, CURVE_ROWS = 6 };
enum { NARROW_INPUT = 8, NARROW_COLUMN = 10 }; /* where a line has no room for the others */
static const char gap[] = "  ...";

bool lur_view_fits(const struct lur_patterns *p) {
  return p->n <= MOST_PATTERNS && p->n_inputs + 2 * p->n_outputs <= MOST_COLUMNS;
}

/* The columns of one kind. Those in the middle are left out where all would be wider than a line. */
struct columns {
  int n, n_shown, width;
};

static int shown_width(const struct columns *c) {
  return c->n_shown * c->width + (c->n_shown < c->n ? (int)sizeof gap - 1 : 0);
}

static bool is_wide(const struct columns c[3], int line) {
  return shown_width(&c[0]) + shown_width(&c[1]) + shown_width(&c[2]) > line;
}

/* Inputs, outputs, targets. On a narrow terminal columns are narrower first, and inputs are left out at last. */
static void choose_columns(const struct lur_patterns *p, int line, struct columns c[3]) {
  c[0] = (struct columns){p->n_inputs, p->n_inputs, INPUT_COLUMN};
  c[1] = c[2] = (struct columns){p->n_outputs, p->n_outputs, COLUMN};
  if (is_wide(c, line) && line < LINE) {
    c[0].width = NARROW_INPUT;
    c[1].width = c[2].width = NARROW_COLUMN;
  }
  const int least = line < LINE ? 1 : 2;
  while (is_wide(c, line) && (c[0].n_shown > least || c[1].n_shown > least)) {
    int most = c[0].n_shown > c[1].n_shown ? 0 : 1;
    c[most].n_shown--;
    c[2].n_shown = c[1].n_shown;
  }
  if (is_wide(c, line))
    c[0] = (struct columns){.width = NARROW_INPUT};
}

/* Whether the i-th is shown; the gap stands in place of the first that is not. */
static bool is_shown(const struct columns *c, int i, struct lur_buffer *out) {
  int n_first = (c->n_shown + 1) / 2;
  if (i == n_first && c->n_shown < c->n)
    lur_buffer_text(out, gap);
  return i < n_first || i >= c->n - (c->n_shown - n_first);
}

/* A name of its own stands in place of the kind's and the number. */
static void add_titles(const char *kind, const char *const *names, const struct columns *c, struct lur_buffer *out) {
  for (int i = 0; i < c->n; i++) {
    char title[64], whole[64];
    snprintf(title, sizeof title, c->n > 1 ? "%s %d" : "%s", kind, i + 1);
    lur_utf8_line(names ? names[i] : title, whole, sizeof whole);
    if (!is_shown(c, i, out))
      continue;
    const int n = lur_text_columns(whole), room = c->width - 1;
    lur_terminal_spaces(n < room ? c->width - n : 1, out);
    lur_terminal_text(whole, n > room ? room - 1 : room, out);
    lur_buffer_text(out, n > room ? "~" : "");
  }
}

static void add_short(const double *x, const struct columns *c, struct lur_buffer *out) {
  for (int i = 0; i < c->n; i++)
    if (is_shown(c, i, out))
      lur_buffer_format(out, " %*.*g", c->width - 1, c->width < INPUT_COLUMN ? 4 : 6, x[i]);
}

/* ---- Numbers ---- */
void lur_view_number(double x, int width, char out[32]) {
  const double size = fabs(x);
  const bool plain = size == 0 || (size >= 1e-4 && size < 1e6);
  int n = width + 1;
  for (int decimals = plain ? 6 : 5; n > width && decimals >= 0; decimals--)
    n = snprintf(out, 32, plain ? "%.*f" : "%.*e", decimals, x);
  if (isnan(x))
    snprintf(out, 32, "-");
}

void lur_view_json_number(double x, struct lur_buffer *out) {
  lur_json_cell(&(struct lur_cell){LUR_CELL_REAL, .as.real = x}, out);
}

void lur_view_json_list(const char *name, const double *x, int n, struct lur_buffer *out) {
  lur_buffer_format(out, ",\"%s\":[", name);
  for (int i = 0; i < n; i++) {
    lur_buffer_text(out, i ? "," : "");
    lur_view_json_number(x[i], out);
  }
  lur_buffer_text(out, "]");
}

void lur_view_patterns(const struct lur_run_style *style, const struct lur_patterns *p,
                       const struct lur_pattern_names *names, const double *outputs, struct lur_buffer *out) {
  struct columns c[3];
  choose_columns(p, style->width > 0 && style->width < LINE ? style->width : LINE, c);
  if (!style->json) {
    lur_buffer_text(out, style->color ? "\n\033[2m" : "\n");
    add_titles("input", names->inputs, &c[0], out);
    add_titles("output", names->outputs, &c[1], out);
    add_titles("target", NULL, &c[2], out);
    lur_buffer_text(out, style->color ? "\033[0m\n" : "\n");
  }
  for (size_t i = 0; i < p->n; i++) {
    const double *in = p->inputs + i * (size_t)p->n_inputs, *target = p->targets + i * (size_t)p->n_outputs,
                 *made = outputs + i * (size_t)p->n_outputs;
    if (style->json) {
      lur_buffer_text(out, "{\"v\":1,\"type\":\"pattern\"");
      lur_view_json_list("inputs", in, p->n_inputs, out);
      lur_view_json_list("outputs", made, p->n_outputs, out);
      lur_view_json_list("targets", target, p->n_outputs, out);
      lur_buffer_text(out, "}\n");
      continue;
    }
    add_short(in, &c[0], out);
    char digits[32];
    for (int k = 0; k < c[1].n; k++) {
      lur_view_number(made[k], c[1].width - 1, digits);
      if (is_shown(&c[1], k, out))
        lur_buffer_format(out, " %*s", c[1].width - 1, digits);
    }
    add_short(target, &c[2], out);
    lur_buffer_text(out, "\n");
  }
}

void lur_view_name(const struct lur_run_style *style, const char *name, struct lur_buffer *out) {
  if (style->json)
    return;
  lur_buffer_text(out, style->color ? "\033[1m" : "");
  lur_terminal_text(name, INT_MAX, out);
  lur_buffer_text(out, style->color ? "\033[0m\n" : "\n");
}

void lur_view_fold(const struct lur_run_style *style, const struct lur_run_fold *f, struct lur_buffer *out) {
  if (style->json) {
    lur_buffer_format(out, "{\"v\":1,\"type\":\"fold\",\"fold\":%" PRIu64 ",\"folds\":%" PRIu64 "}\n", f->fold,
                      f->n_folds);
    return;
  }
  lur_buffer_format(
      out, "cross-validation fold %" PRIu64 " of %" PRIu64 ": trained on %zu pattern%s, tested on %zu%s\n", f->fold,
      f->n_folds, f->n_train, f->n_train == 1 ? "" : "s", f->n_test, f->given ? "" : "; fold=2 takes another");
}

/* ---- The summary ---- */
static void add_time(uint64_t ns, struct lur_buffer *out) {
  double s = (double)ns * 1e-9;
  if (s < 1e-3)
    lur_buffer_format(out, "%.3g us", s * 1e6);
  else if (s < 1)
    lur_buffer_format(out, "%.3g ms", s * 1e3);
  else
    lur_buffer_format(out, "%.3g s", s);
}

/* What was watched, where that has ended the run or chosen its parameters. */
static void add_watched(const struct lur_run_summary *s, struct lur_buffer *out) {
  if (!s->monitor || (s->status != LUR_STALLED && !s->restored))
    return;
  lur_buffer_text(out, "watched ");
  lur_buffer_text(out, s->named ? s->monitor : "the training loss, for no stop.monitor is given");
  if (!isnan(s->best_epoch))
    lur_buffer_format(out, "; best after epoch %.0f%s", s->best_epoch, s->restored ? ", which is restored" : "");
  lur_buffer_text(out, "\n");
}

static void summary_json(const struct lur_run_summary *s, struct lur_buffer *out) {
  lur_buffer_text(out, "{\"v\":1,\"type\":\"run\"");
  if (s->name) {
    lur_buffer_text(out, ",\"name\":");
    lur_json_text(s->name, out);
  }
  for (int i = 0; i < s->n_metrics; i++) {
    lur_buffer_format(out, ",\"%s\":", s->metrics[i].name);
    if (s->metrics[i].text)
      lur_json_text(s->metrics[i].text, out);
    else
      lur_view_json_number(s->metrics[i].value, out);
  }
  lur_buffer_format(out, ",\"epochs\":%llu,\"status\":\"%s\",\"time_ns\":%llu", (unsigned long long)s->epochs,
                    lur_status_names[s->status], (unsigned long long)s->time_ns);
  if (s->monitor) {
    lur_buffer_format(out, ",\"monitor\":\"%s\",\"best\":", s->monitor);
    lur_view_json_number(s->best_epoch, out);
    lur_buffer_format(out, ",\"restored\":%s", s->restored ? "true" : "false");
  }
  if (s->error) {
    lur_buffer_text(out, ",\"message\":");
    lur_json_text(s->error, out);
  }
  lur_buffer_text(out, "}\n");
}

void lur_view_summary(const struct lur_run_style *style, const struct lur_run_summary *s, struct lur_buffer *out) {
  if (style->json) {
    summary_json(s, out);
    return;
  }
  const size_t begin = out->length_bytes;
  for (int i = 0; i < s->n_metrics; i++) {
    char digits[32];
    lur_view_number(s->metrics[i].value, 31, digits);
    lur_buffer_format(out, "%s %s, ", s->metrics[i].name, s->metrics[i].text ? s->metrics[i].text : digits);
  }
  lur_buffer_format(out, "%llu epoch%s, %s%s%s, ", (unsigned long long)s->epochs, s->epochs == 1 ? "" : "s",
                    style->color ? (s->status == LUR_FAILED || s->status == LUR_DIVERGED ? "\033[31m"
                                    : s->status == LUR_SOLVED                            ? "\033[32m"
                                                                                         : "\033[1m")
                                 : "",
                    lur_status_names[s->status], style->color ? "\033[0m" : "");
  add_time(s->time_ns, out);
  lur_buffer_text(out, "\n");
  add_watched(s, out);
  if (s->error)
    lur_buffer_format(out, "%s\n", s->error);
  lur_terminal_wrap(out, begin, style->width);
}

void lur_view_sweep_hint(const struct lur_run_style *style, const char *path, double n_runs, bool exact,
                         struct lur_buffer *out) {
  if (isnan(n_runs) && style->json)
    lur_buffer_text(out, "{\"v\":1,\"type\":\"sweep\",\"runs\":null,\"exact\":false}\n");
  else if (isnan(n_runs))
    lur_buffer_format(out, "luron sweep %s would make a sweep; --plan counts its runs\n", path);
  else if (style->json)
    lur_buffer_format(out, "{\"v\":1,\"type\":\"sweep\",\"runs\":%.0f%s}\n", n_runs, exact ? "" : ",\"exact\":false");
  else
    lur_buffer_format(out, "luron sweep %s would make %s%.0f run%s\n", path, exact ? "" : "about ", n_runs,
                      n_runs == 1 ? "" : "s");
}

/* ---- The curve: one series over the epochs, or two ---- */
void lur_run_curve_write(const struct lur_text_style *style, const char *name, double *x, double *y, double *validation,
                         int n, struct lur_buffer *out) {
  struct lur_text_style small = *style;
  struct lur_chart c = {.title = name, .x_name = "epoch", .y_name = name, .n_series = 1};
  int n_shown = 0;
  for (int i = 0; i < n; i++)
    n_shown += isfinite(y[i]) != 0;
  if (style->width < LUR_RUN_CURVE_LEAST_WIDTH || n_shown < 2)
    return;
  c.series[0] = (struct lur_series){.n = (size_t)n, .x = x, .middle = y};
  if (validation) {
    snprintf(c.series[0].name, sizeof c.series[0].name, "training");
    c.series[c.n_series++] = (struct lur_series){.name = "validation", .n = (size_t)n, .x = x, .middle = validation};
  }
  c.x = lur_scale_make(x[0], x[n - 1], false);
  lur_chart_fit_y(&c);
  small.rows = CURVE_ROWS;
  lur_buffer_text(out, "\n");
  lur_chart_write_text(&c, &small, out);
}

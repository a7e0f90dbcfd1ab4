/* SPDX-License-Identifier: MIT
 * Curves of a results file: a metric over an axis, and the share solved over epochs. */
#include "view/curves.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/grid.h"
#include "fold/groups.h"
#include "fold/learning.h"
#include "fold/listed.h"
#include "fold/survival.h"

void lur_curves_free(struct lur_curves *c) {
  if (!c)
    return;
  for (int i = 0; i < LUR_N_SERIES; i++)
    lur_series_free(&c->chart.series[i]);
  free(c->label);
  *c = (struct lur_curves){0};
}

/* ---- A metric over an axis: groups come by series, then by x ---- */
static size_t series_end(const struct lur_groups *g, size_t first, bool by) {
  size_t i = first + 1;
  while (by && i < g->n && lur_compare_cells(&g->group[first].key[0], &g->group[i].key[0]) == 0)
    i++;
  return by ? i : g->n;
}

/* All values of x in order, as text, where some are texts; logarithmic where the middle one says so. */
static int read_x(struct lur_table *t, struct lur_curves *c, const struct lur_groups *g, int key, struct lur_error *e) {
  const struct lur_cell **x = lur_alloc(g->n, sizeof *x);
  size_t n = 0;
  c->label = lur_alloc(g->n, sizeof *c->label);
  if (!x || !c->label) {
    free(x);
    return lur_fail_memory(e);
  }
  for (size_t i = 0; i < g->n; i++)
    x[i] = &g->group[i].key[key];
  qsort(x, g->n, sizeof *x, lur_compare_cell_places);
  n = lur_cells_distinct(x, g->n);
  if (n > LUR_GRID_MOST) {
    free(x);
    return lur_fail(e, LUR_EINPUT, g->name[key], "has more than %d values; choose some with a WHERE", LUR_GRID_MOST);
  }
  if (x[0]->kind == LUR_CELL_NULL || x[n - 1]->kind == LUR_CELL_TEXT) {
    if (lur_cells_sort(t, g->name[key], x, n, e)) {
      free(x);
      return e->code;
    }
    for (size_t i = 0; i < n; i++)
      lur_cell_label(x[i], c->label[i]);
    c->chart.n_labels = n;
    c->chart.label = (const char(*)[64])c->label;
    c->chart.x = lur_scale_make(-0.3, (double)n - 0.7, false);
  } else {
    double low = lur_cell_number(x[0]), high = lur_cell_number(x[n - 1]), middle = lur_cell_number(x[n / 2]);
    c->chart.x = lur_scale_of(low, middle, high);
  }
  free(x);
  return LUR_OK;
}

static double x_of(const struct lur_curves *c, const struct lur_cell *key) {
  char text[64];
  if (!c->chart.n_labels)
    return lur_cell_number(key);
  lur_cell_label(key, text);
  for (size_t i = 0; i < c->chart.n_labels; i++)
    if (strcmp(text, c->label[i]) == 0)
      return (double)i;
  return NAN;
}

static int take_series(struct lur_curves *c, const struct lur_groups *g, size_t first, size_t end,
                       const struct lur_plot_ask *ask, struct lur_error *e) {
  struct lur_series *s = &c->chart.series[c->chart.n_series++];
  enum lur_fold fold = lur_plot_fold(ask);
  bool by = g->n_keys > 1, band = g->is_rate || (fold != LUR_FOLD_Q90 && fold != LUR_FOLD_MIN);
  if (!lur_series_make(s, end - first, band))
    return lur_fail_memory(e);
  if (by)
    lur_cell_label(&g->group[first].key[0], s->name);
  s->n = end - first;
  for (size_t i = 0; i < s->n; i++) {
    const struct lur_group *group = &g->group[first + i];
    s->x[i] = x_of(c, &group->key[by]);
    s->middle[i] = lur_group_value(g, group, fold);
    if (!band)
      continue;
    double deviation = fold == LUR_FOLD_MEAN && !g->is_rate ? lur_moments_deviation(&group->moments) : (double)NAN;
    s->low[i] = isnan(deviation) ? group->low : s->middle[i] - deviation;
    s->high[i] = isnan(deviation) ? group->high : s->middle[i] + deviation;
  }
  return LUR_OK;
}

/* Of n curves at most LUR_N_SERIES are shown, evenly chosen: the i-th that is shown. */
static size_t n_shown_of(size_t n) {
  return n < LUR_N_SERIES ? n : LUR_N_SERIES;
}

static size_t shown(size_t i, size_t n) {
  return n_shown_of(n) > 1 ? i * (n - 1) / (n_shown_of(n) - 1) : 0;
}

static size_t first_of(const struct lur_groups *g, const struct lur_cell *key) {
  size_t i = 0;
  while (i + 1 < g->n && g->group[i].key != key)
    i++;
  return i;
}

/* The series in the order of the script. */
static int take_groups(struct lur_table *t, struct lur_curves *c, const struct lur_groups *g,
                       const struct lur_plot_ask *ask, struct lur_error *e) {
  bool by = g->n_keys > 1;
  size_t n = 0;
  const struct lur_cell **key = lur_alloc(g->n, sizeof *key);
  int code = key ? read_x(t, c, g, by, e) : lur_fail_memory(e);
  for (size_t i = 0; i < g->n && !code; i = series_end(g, i, by))
    key[n++] = g->group[i].key;
  if (!code && by)
    code = lur_cells_sort(t, g->name[0], key, n, e);
  c->n_found = n;
  for (size_t i = 0; i < n_shown_of(n) && !code; i++) {
    size_t first = first_of(g, key[shown(i, n)]);
    code = take_series(c, g, first, series_end(g, first, by), ask, e);
  }
  free(key);
  return code;
}

/* What the curves and their bands are. */
static void write_title(struct lur_curves *c, const struct lur_folded *f) {
  static const char *const bands[LUR_N_FOLDS] = {", with standard deviation", "", ", with quartiles", "", ""};
  char what[160];
  lur_folded_title(f, what);
  snprintf(c->title, sizeof c->title, "%s%s", what,
           f->is_rate    ? ", with its 95 % interval"
           : f->most > 1 ? bands[f->fold]
                         : "");
}

/* Behind what the title says. */
__attribute__((format(printf, 2, 3))) static void say(struct lur_curves *c, const char *format, ...) {
  const size_t at = strlen(c->title);
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(c->title + at, sizeof c->title - at, format, arguments);
  va_end(arguments);
}

static void say_left_out(struct lur_curves *c, uint64_t n_diverged) {
  if (n_diverged)
    say(c, "; %" PRIu64 " diverged left out", n_diverged);
}

static bool is_empty(const struct lur_curves *c) {
  for (int i = 0; i < c->chart.n_series; i++)
    for (size_t k = 0; k < c->chart.series[i].n; k++)
      if (!isnan(c->chart.series[i].middle[k]))
        return false;
  return true;
}

static int read_curves(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c, struct lur_error *e) {
  const char *by = lur_plot_by(ask);
  const char *keys[] = {by ? by : ask->x, ask->x};
  struct lur_groups g = {0};
  uint64_t n_diverged = 0;
  const struct lur_groups_ask rows = {by ? 2 : 1, keys, lur_plot_value(ask), ask->where, -1, true, NULL};
  int code = lur_groups_read(t, &rows, &g, e);
  struct lur_folded folded = {.fold = lur_plot_fold(ask), .is_rate = g.is_rate, .value = ask->value, .place = "point"};
  if (!code && g.n == 0)
    code = lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  if (!code)
    code = take_groups(t, c, &g, ask, e);
  if (!code) {
    for (size_t i = 0; i < g.n; i++) {
      lur_folded_count(&folded, g.group[i].n);
      n_diverged += g.is_rate ? 0 : g.group[i].n_diverged;
    }
    write_title(c, &folded);
    say_left_out(c, n_diverged);
    lur_chart_fit_y(&c->chart);
    if (is_empty(c))
      code = lur_fail(e, LUR_EINPUT, NULL, "%s", n_diverged ? "all runs of these rows diverged" : "no row has a value");
  }
  snprintf(c->y_name, sizeof c->y_name, "%s", g.is_rate ? "share solved" : ask->value);
  c->chart.x_name = ask->x;
  if (!code && g.is_rate)
    c->chart.y = lur_scale_make(0, 1, false);
  lur_groups_free(&g);
  return code;
}

/* ---- Learning curves: the loss over the epochs ---- */
static int take_learning(struct lur_curves *c, const struct lur_learning *l, bool by, enum lur_fold fold,
                         struct lur_error *e) {
  c->n_found = l->by.n;
  for (size_t i = 0; i < n_shown_of(l->by.n); i++) {
    const size_t place = shown(i, l->by.n);
    struct lur_series *s = &c->chart.series[c->chart.n_series++];
    if (!lur_series_make(s, l->n_epochs, true))
      return lur_fail_memory(e);
    s->n = l->n_epochs;
    for (size_t k = 0; k < s->n; k++) {
      struct lur_learned p = lur_learning_at(l, place, k);
      bool mean = fold == LUR_FOLD_MEAN;
      double deviation = isnan(p.deviation) ? 0 : p.deviation;
      s->x[k] = (double)l->epoch[k];
      s->middle[k] = mean ? p.spread.mean : p.spread.median;
      s->low[k] = mean ? p.spread.mean - deviation : p.spread.low;
      s->high[k] = mean ? p.spread.mean + deviation : p.spread.high;
    }
    if (by)
      lur_grid_label(&l->by, place, s->name);
  }
  return LUR_OK;
}

static int read_learning(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c,
                         struct lur_error *e) {
  const char *by = lur_plot_by(ask);
  struct lur_learning l = {0};
  bool validation = strcmp(ask->value, "validation_loss") == 0;
  enum lur_fold fold = lur_plot_fold(ask);
  int code = LUR_OK;
  if (!validation && strcmp(ask->value, "loss") != 0)
    code = lur_fail(e, LUR_EINPUT, ask->value, "is not kept at each epoch; there are loss and validation_loss");
  else if (fold != LUR_FOLD_MEDIAN && fold != LUR_FOLD_MEAN)
    code = lur_fail(e, LUR_EINPUT, "fold", "is median or mean over the epochs");
  if (!code)
    code = lur_learning_read(t, by, validation, ask->where, &l, e);
  if (!code)
    code = take_learning(c, &l, by != NULL, fold, e);
  if (!code) {
    struct lur_folded folded = l.heading;
    folded.fold = fold;
    folded.value = ask->value;
    folded.place = by ? "curve" : "point";
    write_title(c, &folded);
    if (l.n_ended)
      say(c, "; ended runs hold their last");
    say_left_out(c, l.n_left_out);
    lur_chart_fit_x(&c->chart, (double)l.epoch[0], (double)l.epoch[l.n_epochs - 1]);
    lur_chart_fit_y(&c->chart);
  }
  snprintf(c->y_name, sizeof c->y_name, "%s", ask->value);
  c->chart.x_name = "epoch";
  lur_learning_free(&l);
  return code;
}

/* ---- The share solved over epochs ---- */
static int take_lives(struct lur_curves *c, struct lur_lives *l, bool by, struct lur_error *e) {
  struct lur_folded f = {.place = by ? "curve" : NULL};
  char runs[96];
  c->n_found = l->by.n;
  for (size_t i = 0; i < n_shown_of(l->by.n); i++) {
    const size_t place = shown(i, l->by.n);
    struct lur_series *s = &c->chart.series[c->chart.n_series++];
    struct lur_ends *d = lur_lives_ends(l, place);
    uint64_t n_ended = 0;
    if (!lur_series_make(s, d->n + 2, false))
      return lur_fail_memory(e);
    s->n = lur_ends_estimate(d, 0, l->last, s->x, s->middle);
    for (size_t k = 0; k < d->n; k++)
      n_ended += d->end[k].n;
    if (n_ended == d->n_runs)
      s->x[s->n - 1] = d->end[d->n - 1].epochs;
    if (by)
      lur_grid_label(&l->by, place, s->name);
    lur_folded_count(&f, d->n_runs);
  }
  lur_folded_runs(&f, ", ", runs);
  snprintf(c->title, sizeof c->title, "epochs to a solution%s", runs);
  return LUR_OK;
}

static int read_ecdf(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c, struct lur_error *e) {
  const char *by = lur_plot_by(ask);
  struct lur_lives l;
  int code = lur_lives_read(t, by, ask->where, &l, e);
  if (!code)
    code = take_lives(c, &l, by != NULL, e);
  snprintf(c->y_name, sizeof c->y_name, "share solved by then");
  c->chart.x_name = "epochs";
  c->chart.x = lur_scale_make(0, l.last, false);
  c->chart.y = lur_scale_make(0, 1, false);
  c->chart.steps = c->chart.counts = true;
  lur_lives_free(&l);
  return code;
}

int lur_curves_read(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c, struct lur_error *e) {
  *c = (struct lur_curves){0};
  int code = ask->ecdf                      ? read_ecdf(t, ask, c, e)
             : lur_plot_is_learning(t, ask) ? read_learning(t, ask, c, e)
                                            : read_curves(t, ask, c, e);
  if (n_shown_of(c->n_found) < c->n_found)
    say(c, "; %zu of %zu curves", n_shown_of(c->n_found), c->n_found);
  c->chart.name = lur_table_facts(t)->sweep.name;
  c->chart.key = lur_plot_by(ask);
  c->chart.title = c->title;
  c->chart.y_name = c->y_name;
  return code;
}

int lur_plot_curves(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e) {
  struct lur_curves c;
  int code = lur_curves_read(t, ask, &c, e);
  if (!code)
    code = lur_chart_draw(&c.chart, ask->look, out, ask->note, e);
  lur_curves_free(&c);
  return code;
}

/* SPDX-License-Identifier: MIT
 * Curves of a results file: a metric over an axis, and the share solved over epochs. The latter is the product-limit
 * estimate (Kaplan, Meier 1958): a run that ends unsolved, or is pruned, is at risk until then and censored there; one
 * that diverged or failed stays at risk for ever, as it will not be solved. */
#include "view/curves.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/grid.h"
#include "fold/groups.h"
#include "fold/number_text.h"

static void label_of(const struct lur_cell *c, char out[64]) {
  char text[32] = "none";
  if (c->kind != LUR_CELL_TEXT && c->kind != LUR_CELL_NULL)
    lur_text_number(lur_cell_number(c), text);
  snprintf(out, 64, "%.60s", c->kind == LUR_CELL_TEXT ? c->as.text : text);
}

static bool make_series(struct lur_series *s, size_t n, bool band) {
  s->x = lur_alloc(n, sizeof(double));
  s->middle = lur_alloc(n, sizeof(double));
  s->low = band ? lur_alloc(n, sizeof(double)) : NULL;
  s->high = band ? lur_alloc(n, sizeof(double)) : NULL;
  return s->x && s->middle && (!band || (s->low && s->high));
}

void lur_curves_free(struct lur_curves *c) {
  if (!c)
    return;
  for (int i = 0; i < LUR_N_SERIES; i++) {
    struct lur_series *s = &c->chart.series[i];
    free(s->x);
    free(s->middle);
    free(s->low);
    free(s->high);
  }
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

static size_t count_series(const struct lur_groups *g, bool by) {
  size_t n = 0;
  for (size_t i = 0; i < g->n; i = series_end(g, i, by))
    n++;
  return n;
}

/* All values of x in order, as text, where some are texts; logarithmic where the middle one says so. */
static int compare_keys(const void *a, const void *b) {
  return lur_compare_cells(*(const struct lur_cell *const *)a, *(const struct lur_cell *const *)b);
}

static int read_x(struct lur_curves *c, const struct lur_groups *g, int key, struct lur_error *e) {
  const struct lur_cell **x = lur_alloc(g->n, sizeof *x);
  size_t n = 0;
  c->label = lur_alloc(g->n, sizeof *c->label);
  if (!x || !c->label) {
    free(x);
    return lur_fail_memory(e);
  }
  for (size_t i = 0; i < g->n; i++)
    x[i] = &g->group[i].key[key];
  qsort(x, g->n, sizeof *x, compare_keys);
  for (size_t i = 0; i < g->n; i++)
    if (n == 0 || lur_compare_cells(x[n - 1], x[i]) != 0)
      x[n++] = x[i];
  if (n > LUR_GRID_MOST) {
    free(x);
    return lur_fail(e, LUR_EINPUT, g->name[key], "has more than %d values; choose some with a WHERE", LUR_GRID_MOST);
  }
  if (x[0]->kind == LUR_CELL_NULL || x[n - 1]->kind == LUR_CELL_TEXT) {
    for (size_t i = 0; i < n; i++)
      label_of(x[i], c->label[i]);
    c->chart.n_labels = n;
    c->chart.label = (const char(*)[64])c->label;
    c->chart.x = lur_scale_make(-0.3, (double)n - 0.7, false);
  } else {
    double low = lur_cell_number(x[0]), high = lur_cell_number(x[n - 1]), middle = lur_cell_number(x[n / 2]);
    bool is_log = low > 0 && high / low >= 10 && middle < 0.25 * (low + high) + 0.5 * sqrt(low * high);
    c->chart.x = lur_scale_make(low, high, is_log);
  }
  free(x);
  return LUR_OK;
}

static double x_of(const struct lur_curves *c, const struct lur_cell *key) {
  char text[64];
  if (!c->chart.n_labels)
    return lur_cell_number(key);
  label_of(key, text);
  for (size_t i = 0; i < c->chart.n_labels; i++)
    if (strcmp(text, c->label[i]) == 0)
      return (double)i;
  return NAN;
}

static enum lur_fold fold_of(const struct lur_plot_ask *ask) {
  return ask->fold_given ? ask->fold : LUR_FOLD_MEDIAN;
}

static int take_series(struct lur_curves *c, const struct lur_groups *g, size_t first, size_t end,
                       const struct lur_plot_ask *ask, struct lur_error *e) {
  struct lur_series *s = &c->chart.series[c->chart.n_series++];
  bool by = g->n_keys > 1,
       band = (g->is_rate || !ask->fold_given || (ask->fold != LUR_FOLD_Q90 && ask->fold != LUR_FOLD_MIN));
  if (!make_series(s, end - first, band))
    return lur_fail_memory(e);
  if (by)
    label_of(&g->group[first].key[0], s->name);
  s->n = end - first;
  for (size_t i = 0; i < s->n; i++) {
    const struct lur_group *group = &g->group[first + i];
    s->x[i] = x_of(c, &group->key[by]);
    s->middle[i] = lur_group_value(g, group, fold_of(ask));
    if (!band)
      continue;
    s->low[i] = group->low;
    s->high[i] = group->high;
  }
  return LUR_OK;
}

/* At most LUR_N_SERIES curves, evenly chosen. */
static int take_groups(struct lur_curves *c, const struct lur_groups *g, const struct lur_plot_ask *ask,
                       struct lur_error *e) {
  bool by = g->n_keys > 1;
  size_t n = count_series(g, by), n_shown = n < LUR_N_SERIES ? n : LUR_N_SERIES, at = 0;
  int code = read_x(c, g, by, e);
  for (size_t i = 0, k = 0, end; i < g->n && !code; i = end, k++) {
    end = series_end(g, i, by);
    if (n_shown <= 1 || k == at * (n - 1) / (n_shown - 1)) {
      code = take_series(c, g, i, end, ask, e);
      at++;
    }
  }
  return code;
}

static const char *title_of(const struct lur_groups *g, const struct lur_plot_ask *ask) {
  static const char *const titles[LUR_N_FOLDS] = {"mean and quartiles", "", "median and quartiles", "90 % quantile",
                                                  "minimum"};
  return g->is_rate ? "share solved, and its 95 % interval" : titles[fold_of(ask)];
}

static int read_curves(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c, struct lur_error *e) {
  const char *by = ask->by ? ask->by : ask->y;
  const char *keys[] = {by ? by : ask->x, ask->x};
  struct lur_groups g = {0};
  const char *value = ask->fold_given && ask->fold == LUR_FOLD_RATE ? "solved" : ask->value;
  const struct lur_groups_ask rows = {by ? 2 : 1, keys, value, ask->where, -1, true, NULL};
  int code = lur_groups_read(t, &rows, &g, e);
  if (!code && g.n == 0)
    code = lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  if (!code)
    code = take_groups(c, &g, ask, e);
  snprintf(c->y_name, sizeof c->y_name, "%s", g.is_rate ? "share solved" : ask->value);
  snprintf(c->title, sizeof c->title, "%s%s%s", title_of(&g, ask), by ? ", by " : "", by ? by : "");
  c->chart.x_name = ask->x;
  if (!code)
    lur_chart_fit_y(&c->chart);
  if (!code && g.is_rate)
    c->chart.y = lur_scale_make(0, 1, false);
  lur_groups_free(&g);
  return code;
}

/* ---- The share solved over epochs ---- */
struct life {
  double epochs;
  uint32_t series;
  bool solved;
};
struct lives {
  struct life *life;
  size_t n, room;
  struct lur_grid_axis by; /* each series is one of its values */
};

static int by_series(const void *a, const void *b) {
  const struct life *p = a, *q = b;
  if (p->series != q->series)
    return p->series < q->series ? -1 : 1;
  return (p->epochs > q->epochs) - (p->epochs < q->epochs);
}

/* Cells: the epochs, the status, what it is told apart by. */
static int take_life(struct lives *l, const struct lur_cell *cells, struct lur_error *e) {
  const char *status = cells[1].kind == LUR_CELL_TEXT ? cells[1].as.text : "";
  bool never = strcmp(status, "diverged") == 0 || strcmp(status, "failed") == 0;
  double epochs = never ? (double)INFINITY : lur_cell_number(&cells[0]);
  uint32_t series = 0;
  if (isnan(epochs))
    return LUR_OK;
  int code = lur_grid_axis_place(&l->by, &cells[2], LUR_GRID_MOST, &series, e);
  if (code)
    return code;
  if (!lur_grow(&l->life, &l->room, l->n + 1, sizeof *l->life))
    return lur_fail_memory(e);
  l->life[l->n++] = (struct life){epochs, series, strcmp(status, "solved") == 0};
  return LUR_OK;
}

/* One series of lives, by epochs. A point an epoch at which some are solved, one at 0 and one where the last of them
 * ends: `last` where that is never. */
static int estimate(struct lur_series *s, const struct life *life, size_t n, double last, struct lur_error *e) {
  double share = 1;
  if (!make_series(s, n + 2, false))
    return lur_fail_memory(e);
  s->x[s->n] = 0;
  s->middle[s->n++] = 0;
  for (size_t i = 0, end, n_solved; i < n; i = end) {
    for (end = i, n_solved = 0; end < n && life[end].epochs <= life[i].epochs; end++)
      n_solved += life[end].solved;
    if (n_solved == 0)
      continue;
    share *= 1 - (double)n_solved / (double)(n - i);
    s->x[s->n] = life[i].epochs;
    s->middle[s->n++] = 1 - share;
  }
  s->x[s->n] = isfinite(life[n - 1].epochs) ? life[n - 1].epochs : last;
  s->middle[s->n++] = 1 - share;
  return LUR_OK;
}

static int read_lives(struct lur_table *t, const char *by, const char *where, struct lives *l, struct lur_error *e) {
  const struct lur_cell *cells;
  struct lur_buffer sql = {0};
  int code = by && lur_table_column(t, by) < 0 ? lur_column_unknown(t, by, e) : LUR_OK, got = 1;
  if (!code && lur_table_folds_seeds(t))
    code = lur_fail(e, LUR_EINPUT, "ecdf", "the file keeps combinations, and not the epochs of their runs");
  lur_buffer_text(&sql, "epochs, status, ");
  if (by)
    lur_sql_name(by, &sql);
  else
    lur_buffer_text(&sql, "NULL");
  const struct lur_ask rows = {.select = sql.data, .where = where, .order = "run", .deadline_ms = -1};
  struct lur_query *q = code || sql.failed ? NULL : lur_query_new(t, &rows, e);
  if (!q)
    code = code ? code : sql.failed ? lur_fail_memory(e) : e->code;
  while (!code && (got = lur_query_next(q, &cells, e)) > 0)
    code = take_life(l, cells, e);
  lur_query_free(q);
  lur_buffer_free(&sql);
  if (got < 0)
    return -got;
  if (!code && l->n == 0)
    code = lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  return code ? code : lur_grid_axis_order(&l->by, e);
}

/* The curves of at most LUR_N_SERIES values, evenly chosen, in their order. */
static int take_lives(struct lur_curves *c, const struct lives *l, bool by, double last, struct lur_error *e) {
  size_t n = l->by.n, n_shown = n < LUR_N_SERIES ? n : LUR_N_SERIES;
  int code = LUR_OK;
  for (size_t i = 0; i < n_shown && !code; i++) {
    size_t place = n_shown > 1 ? i * (n - 1) / (n_shown - 1) : 0, first = 0, end;
    struct lur_series *s = &c->chart.series[c->chart.n_series++];
    while (l->life[first].series != l->by.order[place])
      first++;
    for (end = first; end < l->n && l->life[end].series == l->by.order[place];)
      end++;
    if (by)
      lur_grid_label(&l->by, place, s->name);
    code = estimate(s, l->life + first, end - first, last, e);
  }
  return code;
}

static int read_ecdf(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c, struct lur_error *e) {
  const char *by = ask->by ? ask->by : ask->y;
  struct lives l = {.by.name = by ? by : ""};
  double last = 1;
  int code = read_lives(t, by, ask->where, &l, e);
  if (!code)
    qsort(l.life, l.n, sizeof *l.life, by_series);
  for (size_t i = 0; i < l.n; i++)
    last = isfinite(l.life[i].epochs) && l.life[i].epochs > last ? l.life[i].epochs : last;
  if (!code)
    code = take_lives(c, &l, by != NULL, last, e);
  snprintf(c->y_name, sizeof c->y_name, "share solved by then");
  snprintf(c->title, sizeof c->title, "epochs to a solution%s%s", by ? ", by " : "", by ? by : "");
  c->chart.x_name = "epochs";
  c->chart.x = lur_scale_make(0, last, false);
  c->chart.y = lur_scale_make(0, 1, false);
  c->chart.steps = true;
  lur_grid_axis_free(&l.by);
  free(l.life);
  return code;
}

int lur_curves_read(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_curves *c, struct lur_error *e) {
  *c = (struct lur_curves){0};
  int code = ask->ecdf ? read_ecdf(t, ask, c, e) : read_curves(t, ask, c, e);
  c->chart.title = c->title;
  c->chart.y_name = c->y_name;
  return code;
}

int lur_plot_curves(struct lur_table *t, const struct lur_plot_ask *ask, struct lur_buffer *out, struct lur_error *e) {
  struct lur_curves c;
  int code = lur_curves_read(t, ask, &c, e);
  if (!code)
    lur_chart_write(&c.chart, true, out);
  lur_curves_free(&c);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}

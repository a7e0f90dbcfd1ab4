/* SPDX-License-Identifier: MIT
 * One pass counts the values of every axis; the picture is then made as those of files are, but for its characters. */
#include "view/terminal_plot.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "view/curves.h"
#include "view/groups.h"

enum { ROWS = 20, CURVE_ROWS = 13, LEAST_WIDTH = 40 /* narrower ones wrap */ };

/* ---- Choosing ---- */
struct axis {
  const char *name;
  int64_t n;
};
struct counts {
  struct axis axis[LUR_MAX_KEYS];
  int n_axes;
  int64_t n_rows, n_solved;
};

static void write_select(const struct lur_table *t, struct counts *c, struct lur_buffer *sql) {
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_buffer_text(sql, "count(*), sum(status = 'solved')");
  for (int i = 0; i < f->n_columns && c->n_axes < LUR_MAX_KEYS; i++) {
    if (f->column[i].role != LUR_COLUMN_AXIS)
      continue;
    c->axis[c->n_axes++].name = f->column[i].name;
    lur_buffer_text(sql, ", count(DISTINCT ");
    lur_sql_name(f->column[i].name, sql);
    lur_buffer_text(sql, ")");
  }
}

static int count_values(struct lur_table *t, const char *where, struct counts *c, struct lur_error *e) {
  struct lur_buffer sql = {0};
  const struct lur_cell *cells;
  write_select(t, c, &sql);
  const struct lur_ask ask = {.select = sql.data, .where = where, .order = "1", .deadline_ms = -1};
  struct lur_query *q = sql.failed ? NULL : lur_query_new(t, &ask, e);
  int got = q ? lur_query_next(q, &cells, e) : -(sql.failed ? lur_fail_memory(e) : e->code);
  if (got > 0) {
    c->n_rows = cells[0].as.integer;
    c->n_solved = cells[1].kind == LUR_CELL_INTEGER ? cells[1].as.integer : 0;
    for (int i = 0; i < c->n_axes; i++)
      c->axis[i].n = cells[2 + i].as.integer;
  }
  lur_query_free(q);
  lur_buffer_free(&sql);
  return got < 0 ? -got : LUR_OK;
}

/* The axis with the most values, of those that vary, but `taken`; seeds only where nothing else does. */
static const char *widest(const struct counts *c, const char *taken, bool seeds) {
  const struct axis *best = NULL;
  for (int i = 0; i < c->n_axes; i++) {
    const struct axis *a = &c->axis[i];
    bool fits = a->n > 1 && !(taken && strcmp(a->name, taken) == 0) && (strcmp(a->name, "seed") == 0) == seeds;
    if (fits && (!best || a->n > best->n))
      best = a;
  }
  return best ? best->name : NULL;
}

/* r: what the file's combinations are ranked by. */
static const char *choose_value(const struct lur_table *t, const struct counts *c, const struct lur_plot_ask *ask,
                                const struct lur_ranking *r) {
  if (ask->fold_given && ask->fold == LUR_FOLD_RATE)
    return "solved";
  if (r->given)
    return lur_table_name(t, r->metric);
  if (lur_table_column(t, "trainability") >= 0)
    return "trainability";
  if (c->n_solved == 0)
    return lur_table_name(t, r->metric);
  return c->n_solved < c->n_rows || lur_table_folds_seeds(t) ? "solved" : "epochs";
}

int lur_plot_choose(struct lur_table *t, struct lur_plot_ask *ask, struct lur_error *e) {
  struct counts c = {0};
  bool counts = !((ask->x || ask->ecdf) && ask->value);
  int code = counts ? count_values(t, ask->where, &c, e) : LUR_OK;
  if (code)
    return code;
  if (counts && c.n_rows == 0)
    return lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  struct lur_ranking r = {0};
  code = ask->value ? LUR_OK : lur_ranking_read(t, NULL, &r, e);
  if (code)
    return code;
  if (!ask->value)
    ask->value = strcmp(r.metric, "solved") == 0 ? "solved" : choose_value(t, &c, ask, &r);
  if (ask->x || ask->ecdf)
    return LUR_OK;
  ask->x = widest(&c, ask->y ? ask->y : ask->by, false);
  if (!ask->x)
    ask->x = widest(&c, ask->y ? ask->y : ask->by, true);
  if (!ask->x)
    return lur_fail(e, LUR_EINPUT, "--plot", "no axis has two values");
  if (!ask->y && !ask->by)
    ask->y = widest(&c, ask->x, false);
  return LUR_OK;
}

/* ---- Drawing ---- */
static void write_title(const struct lur_grid *g, const char *value, char *out, size_t n) {
  double per_cell = (double)g->n_rows / (double)(g->x.n * g->y.n);
  if (g->fold == LUR_FOLD_RATE)
    snprintf(out, n, "share solved");
  else if (per_cell > 1.001)
    snprintf(out, n, "%s %s over %.4g runs a cell", lur_fold_names[g->fold], value, per_cell);
  else
    snprintf(out, n, "%s", value);
}

static int write_map(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                     struct lur_buffer *out, struct lur_error *e) {
  struct lur_grid g = {0};
  struct lur_shade shade = {0};
  const struct lur_grid_ask rows = {ask->x, ask->y, ask->value, ask->where, ask->fold};
  char title[160];
  int code = lur_grid_read(t, &rows, &g, e);
  if (!code)
    code = lur_shade_make(&g, ask->shading, ask->value, &shade, e);
  if (!code) {
    write_title(&g, ask->value, title, sizeof title);
    lur_grid_write_text(&g, &shade, title, style, out);
  }
  lur_shade_free(&shade);
  lur_grid_free(&g);
  return code;
}

/* Bands are not drawn, and take no room. */
static void drop_bands(struct lur_chart *c) {
  for (int k = 0; k < c->n_series; k++) {
    free(c->series[k].low);
    free(c->series[k].high);
    c->series[k].low = c->series[k].high = NULL;
  }
  lur_chart_fit_y(c);
}

static int write_curves(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                        struct lur_buffer *out, struct lur_error *e) {
  struct lur_curves c;
  char title[240];
  int code = lur_curves_read(t, ask, &c, e);
  if (!code) {
    c.chart.title = title;
    const char *by = ask->by ? ask->by : ask->y, *fold = lur_fold_names[ask->fold_given ? ask->fold : LUR_FOLD_MEDIAN];
    bool named = ask->ecdf || strcmp(c.y_name, "share solved") == 0;
    snprintf(title, sizeof title, "%s%s%s%s%s", named ? "" : fold, named ? "" : " ", c.y_name, by ? ", by " : "",
             by ? by : "");
    if (!named)
      drop_bands(&c.chart);
    lur_chart_write_text(&c.chart, style, out);
  }
  lur_curves_free(&c);
  return code;
}

int lur_plot_terminal(struct lur_table *t, const struct lur_plot_ask *ask, const struct lur_text_style *style,
                      struct lur_buffer *out, struct lur_error *e) {
  struct lur_text_style s = *style;
  bool map = ask->y && !ask->by && !ask->ecdf;
  s.width = s.width < LEAST_WIDTH ? LEAST_WIDTH : s.width;
  s.rows = map ? ROWS : CURVE_ROWS;
  int code = map ? write_map(t, ask, &s, out, e) : write_curves(t, ask, &s, out, e);
  return code ? code : out->failed ? lur_fail_memory(e) : LUR_OK;
}

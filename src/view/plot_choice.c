/* SPDX-License-Identifier: MIT
 * One pass counts the values of every axis. */
#include "view/plot_choice.h"

#include <string.h>

#include "fold/groups.h"
#include "fold/ranking.h"

struct axis {
  const char *name;
  int64_t n;
};
struct counts {
  struct axis axis[LUR_MAX_KEYS];
  int n_axes;
  int64_t n_rows, n_solved;
};

static int count_values(struct lur_table *t, const char *where, struct counts *c, struct lur_error *e) {
  struct lur_buffer sql = {0};
  const struct lur_cell *cells;
  const struct lur_table_facts *f = lur_table_facts(t);
  lur_buffer_text(&sql, "count(*), sum(status = 'solved')");
  for (int i = 0; i < f->n_columns && c->n_axes < LUR_MAX_KEYS; i++) {
    if (f->column[i].role != LUR_COLUMN_AXIS)
      continue;
    c->axis[c->n_axes++].name = f->column[i].name;
    lur_buffer_text(&sql, ", count(DISTINCT ");
    lur_sql_name(f->column[i].name, &sql);
    lur_buffer_text(&sql, ")");
  }
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

/* The axis with the most values, of those that vary, but `taken`; replicates only where nothing else does. */
static const char *widest(const struct counts *c, const char *taken, bool replicates) {
  const struct axis *best = NULL;
  for (int i = 0; i < c->n_axes; i++) {
    const struct axis *a = &c->axis[i];
    bool fits = a->n > 1 && !(taken && strcmp(a->name, taken) == 0) && lur_is_replicate(a->name) == replicates;
    if (fits && (!best || a->n > best->n))
      best = a;
  }
  return best ? best->name : NULL;
}

static bool is_same(const char *a, const char *b) {
  return a && b && strcmp(a, b) == 0;
}

static const char *axes_conflict(const struct lur_plot_ask *ask, const char **why) {
  *why = "names an axis twice";
  for (int i = 0; i < ask->n_axes; i++)
    for (int k = 0; k < i; k++)
      if (is_same(ask->axes[i], ask->axes[k]))
        return "axes";
  *why = "is another picture than that of x, y, by, bare or ecdf";
  return ask->x || ask->y || ask->by || ask->bare || ask->ecdf ? "axes" : NULL;
}

/* What changes nothing of these curves. */
static const char *curves_conflict(const struct lur_plot_ask *ask, const char **why) {
  *why = "is for a heatmap, or with axes";
  if (ask->shading != LUR_SHADE_AUTO)
    return "shade";
  *why = "is not for ecdf, the share that is solved within so many epochs";
  return !ask->ecdf ? NULL : ask->x ? "x" : ask->fold_given ? "fold" : ask->value ? "value" : NULL;
}

const char *lur_plot_conflict(const struct lur_plot_ask *ask, const char **why) {
  if (ask->n_axes)
    return axes_conflict(ask, why);
  if (!ask->x && !ask->ecdf) {
    *why = "is missing: the axis that runs to the right";
    return "x";
  }
  *why = "is the axis that runs to the right already";
  if (is_same(ask->x, ask->by))
    return "by";
  if (!ask->y && !ask->bare)
    return curves_conflict(ask, why);
  *why = ask->by ? "makes a heatmap, which has no by" : "makes a heatmap, which has no ecdf";
  return !ask->by && !ask->ecdf ? NULL : ask->y ? "y" : ask->bare ? "bare" : NULL;
}

bool lur_plot_is_learning(const struct lur_table *t, const struct lur_plot_ask *ask) {
  return ask->x && strcmp(ask->x, "epoch") == 0 && lur_table_column(t, "epoch") < 0;
}

enum lur_fold lur_plot_fold(const struct lur_plot_ask *ask) {
  return ask->fold_given ? ask->fold : LUR_FOLD_MEDIAN;
}

const char *lur_plot_value(const struct lur_plot_ask *ask) {
  return lur_plot_fold(ask) == LUR_FOLD_RATE ? "solved" : ask->value;
}

const char *lur_plot_by(const struct lur_plot_ask *ask) {
  return ask->by ? ask->by : ask->y;
}

/* r: what the file's combinations are ranked by. */
static const char *choose_value(const struct lur_table *t, const struct counts *c, const struct lur_plot_ask *ask,
                                const struct lur_ranking *r) {
  if (lur_plot_fold(ask) == LUR_FOLD_RATE)
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

int lur_plot_usual_value(struct lur_table *t, struct lur_plot_ask *ask, struct lur_error *e) {
  struct lur_ranking r;
  int code = ask->value || ask->ecdf ? LUR_OK : lur_ranking_read(t, NULL, &r, e);
  if (!code && !ask->value)
    ask->value = ask->ecdf || strcmp(r.metric, "solved") == 0 ? "solved" : lur_table_name(t, r.metric);
  return code;
}

void lur_plot_name_columns(const struct lur_table *t, struct lur_plot_ask *ask) {
  const char **const names[] = {&ask->x, &ask->y, &ask->by, &ask->value};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (*names[i])
      *names[i] = lur_table_name(t, *names[i]);
}

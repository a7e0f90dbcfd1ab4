/* SPDX-License-Identifier: MIT
 * Columns grow together. Values of axes are numbered as they come, and renumbered by their order at the end. */
#include "fold/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "engine/engine.h"
#include "fold/statistics.h"

enum { MOST_ROWS = INT32_MAX, MOST_VALUES = 1 << 30 };

/* ---- Columns ---- */
static bool grow(const struct lur_frame *f, void *column, size_t size_bytes) {
  size_t room = f->room;
  return lur_grow(column, &room, f->n + 1, size_bytes);
}

static int make_room(struct lur_frame *f, struct lur_error *e) {
  if (f->n >= MOST_ROWS)
    return lur_fail(e, LUR_EINPUT, NULL, "more than %d rows are too many for one page", MOST_ROWS);
  bool ok = grow(f, &f->status, 1) && grow(f, &f->n_runs, 4) && grow(f, &f->n_solved, 4);
  for (int i = 0; i < f->n_axes && ok; i++)
    ok = grow(f, &f->level[i], sizeof **f->level) && (!f->axis[i].n_bins || grow(f, &f->exact[i], sizeof **f->exact));
  for (int i = 0; i < f->n_metrics && ok; i++)
    ok = grow(f, &f->metric[i].value, sizeof(double));
  return ok && lur_grow(&f->n_diverged, &f->room, f->n + 1, 4) ? LUR_OK : lur_fail_memory(e);
}

static void name_columns(const struct lur_table *t, struct lur_frame *f) {
  const struct lur_table_facts *facts = lur_table_facts(t);
  f->folded = lur_table_folds_seeds(t);
  for (int i = 0; i < facts->n_columns; i++) {
    const char *name = facts->column[i].name;
    bool is_axis = facts->column[i].role == LUR_COLUMN_AXIS;
    if (is_axis && f->n_axes < LUR_MAX_KEYS && strcmp(name, "seed") != 0)
      f->axis[f->n_axes++].name = name;
    if (!is_axis && f->n_metrics < LUR_FRAME_METRICS &&
        !(f->folded && (strcmp(name, "n_seeds") == 0 || strcmp(name, "solved_rate") == 0 ||
                        strcmp(name, "diverged_rate") == 0 || strcmp(name, "failed_rate") == 0)))
      f->metric[f->n_metrics++] = (struct lur_frame_metric){.name = name, .high = facts->column[i].high};
  }
}

/* ---- Rows: axes, metrics, status; where seeds are folded, their number and the shares of two outcomes ---- */
static struct lur_query *start(struct lur_table *t, const struct lur_frame *f, struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = NULL;
  for (int i = 0; i < f->n_axes + f->n_metrics; i++) {
    lur_sql_name(i < f->n_axes ? f->axis[i].name : f->metric[i - f->n_axes].name, &sql);
    lur_buffer_text(&sql, ", ");
  }
  lur_buffer_text(&sql, f->folded ? "status, n_seeds, solved_rate, diverged_rate" : "status");
  if (sql.failed)
    lur_fail_memory(e);
  else
    q = lur_query_new(t, &(struct lur_ask){.select = sql.data, .order = "run", .deadline_ms = -1}, e);
  lur_buffer_free(&sql);
  return q;
}

/* A count that a file says, within what one can be. */
static uint32_t count_of(double x) {
  return !(x > 0) ? 0 : x < UINT32_MAX ? (uint32_t)(x + 0.5) : UINT32_MAX;
}

static void take_counts(struct lur_frame *f, const struct lur_cell *c) {
  size_t i = f->n;
  enum lur_status status = lur_cell_status(c);
  double n = f->folded ? lur_cell_number(&c[1]) : 1;
  f->status[i] = (uint8_t)status;
  f->n_runs[i] = count_of(n);
  f->n_solved[i] = f->folded ? count_of(n * lur_cell_number(&c[2])) : status == LUR_SOLVED;
  f->n_diverged[i] = f->folded ? count_of(n * lur_cell_number(&c[3])) : status == LUR_DIVERGED;
}

/* What has no value of a drawn axis stands behind its bins. */
static int take_level(struct lur_frame *f, int axis, const struct lur_cell *c, struct lur_error *e) {
  struct lur_grid_axis *a = &f->axis[axis];
  uint32_t *level = &f->level[axis][f->n];
  f->gap[axis] |= c->kind == LUR_CELL_NULL;
  if (f->exact[axis])
    f->exact[axis][f->n] = lur_cell_number(c) + 0.0;
  if (!a->n_bins || c->kind != LUR_CELL_NULL)
    return lur_grid_axis_place(a, c, MOST_VALUES, level, e);
  *level = (uint32_t)a->n_bins;
  return LUR_OK;
}

static int take_row(struct lur_frame *f, const struct lur_cell *c, int trainability, struct lur_error *e) {
  int code = f->n == f->room ? make_room(f, e) : LUR_OK;
  for (int i = 0; i < f->n_axes && !code; i++)
    code = take_level(f, i, &c[i], e);
  if (code)
    return code;
  take_counts(f, &c[f->n_axes + f->n_metrics]);
  enum lur_status status = (enum lur_status)f->status[f->n];
  for (int i = 0; i < f->n_metrics; i++) {
    struct lur_frame_metric *m = &f->metric[i];
    bool none = status == LUR_FAILED || (status == LUR_DIVERGED && i != trainability);
    double x = none ? (double)NAN : lur_cell_number(&c[f->n_axes + i]);
    m->value[f->n] = isfinite(x) ? x : (double)NAN;
    m->n_values += isfinite(x) != 0;
  }
  f->n++;
  return LUR_OK;
}

/* ---- Reading all rows; then levels in their order ---- */
static int order_levels(struct lur_frame *f, int axis, struct lur_error *e) {
  struct lur_grid_axis *a = &f->axis[axis];
  int code = lur_grid_axis_order(a, e);
  if (a->n_bins)
    return code;
  uint32_t *place = code ? NULL : lur_alloc(a->n, sizeof *place);
  if (!place)
    return code ? code : lur_fail_memory(e);
  for (size_t i = 0; i < a->n; i++)
    place[a->order[i]] = (uint32_t)i;
  for (size_t i = 0; i < f->n; i++)
    f->level[axis][i] = place[f->level[axis][i]];
  free(place);
  return LUR_OK;
}

int lur_frame_read(struct lur_table *t, struct lur_frame *f, struct lur_error *e) {
  const struct lur_cell *cells;
  int got = 1, code = LUR_OK;
  *f = (struct lur_frame){0};
  name_columns(t, f);
  struct lur_grid_axis *axis[LUR_MAX_KEYS];
  for (int i = 0; i < f->n_axes; i++)
    axis[i] = &f->axis[i];
  lur_grid_axis_hint(t, f->n_axes, axis, NULL);
  int trainability = lur_frame_metric(f, "trainability");
  struct lur_query *q = start(t, f, e);
  if (!q)
    return e->code;
  while (!code && (got = lur_query_next(q, &cells, e)) > 0)
    code = take_row(f, cells, trainability, e);
  lur_query_free(q);
  if (got < 0)
    return -got;
  for (int i = 0; i < f->n_axes && !code; i++)
    code = order_levels(f, i, e);
  if (!code) {
    int n = 0;
    for (int i = 0; i < f->n_metrics; i++)
      if (f->metric[i].n_values)
        f->metric[n++] = f->metric[i];
      else
        free(f->metric[i].value);
    f->n_metrics = n;
  }
  return code;
}

int lur_frame_metric(const struct lur_frame *f, const char *name) {
  for (int i = 0; i < f->n_metrics; i++)
    if (strcmp(f->metric[i].name, name) == 0)
      return i;
  return -1;
}

void lur_frame_free(struct lur_frame *f) {
  if (!f)
    return;
  for (int i = 0; i < f->n_axes; i++) {
    lur_grid_axis_free(&f->axis[i]);
    free(f->level[i]);
    free(f->exact[i]);
  }
  for (int i = 0; i < f->n_metrics; i++)
    free(f->metric[i].value);
  free(f->status);
  free(f->n_runs);
  free(f->n_solved);
  free(f->n_diverged);
  *f = (struct lur_frame){0};
}

/* ---- Quartiles of groups ---- */
static bool counts(const double *value, const uint32_t *of, size_t i) {
  return of[i] != LUR_NO_LEVEL && !isnan(value[i]);
}

int lur_quartiles_read(const double *value, const uint32_t *of, size_t n, size_t n_groups, struct lur_quartiles *out,
                       struct lur_error *e) {
  double *values = lur_alloc(n, sizeof *values);
  size_t *end = lur_alloc(n_groups, sizeof *end);
  int code = values && end ? LUR_OK : lur_fail_memory(e);
  if (!code) {
    /* end[k]: where the values of group k end in values, in which they stand together. */
    for (size_t i = 0; i < n; i++)
      if (counts(value, of, i))
        end[of[i]]++;
    for (size_t k = 0, at = 0; k < n_groups; k++) {
      size_t n_values = end[k];
      end[k] = at;
      at += n_values;
    }
    for (size_t i = 0; i < n; i++)
      if (counts(value, of, i))
        values[end[of[i]]++] = value[i];
  }
  for (size_t k = 0, begin = 0; k < n_groups && !code; k++) {
    out[k] = lur_quartiles_of(values + begin, end[k] - begin);
    begin = end[k];
  }
  free(values);
  free(end);
  return code;
}

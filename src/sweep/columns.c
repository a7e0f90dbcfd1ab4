/* SPDX-License-Identifier: MIT
 * The columns of the results, and what stands in those of the axes. */
#include <math.h>
#include <stdio.h>

#include "base/memory.h"
#include "sweep/plan_internal.h"

enum { MOST_POINTS_KEPT = 65536 };

static bool has_lists(const struct lur_axis *a, int longer_than) {
  for (uint64_t i = 0; a->kind == LUR_A_LIST && i < a->n; i++)
    if (a->value[i].kind == LUR_V_LIST && a->value[i].as.list.n > longer_than)
      return true;
  return false;
}

static enum lur_column_type axis_type(const struct lur_axis *a) {
  bool whole = a->whole || a->kind == LUR_A_LIST;
  if (a->text)
    return LUR_COLUMN_TEXT;
  for (uint64_t i = 0; a->field < 0 && a->kind == LUR_A_LIST && i < a->n; i++)
    whole = whole && a->value[i].kind != LUR_V_NUMBER;
  if (a->field < 0)
    return whole ? LUR_COLUMN_INTEGER : LUR_COLUMN_REAL;
  switch (lur_fields[a->field].kind) {
  case LUR_K_BOOL:
  case LUR_K_INTEGER:
  case LUR_K_BATCH: return LUR_COLUMN_INTEGER;
  case LUR_K_CHOICE:
  case LUR_K_TEXT: return LUR_COLUMN_TEXT;
  case LUR_K_SIZES: return has_lists(a, 1) ? LUR_COLUMN_MIXED : LUR_COLUMN_INTEGER;
  case LUR_K_NUMBER: return LUR_COLUMN_REAL;
  case LUR_K_SHORTCUTS: return has_lists(a, 0) ? LUR_COLUMN_TEXT : LUR_COLUMN_INTEGER;
  case LUR_K_LAYERED: return has_lists(a, 1) ? LUR_COLUMN_MIXED : LUR_COLUMN_REAL;
  case LUR_K_SCRIPT: break;
  }
  return LUR_COLUMN_MIXED;
}

static void put_column(struct lur_plan *p, const char *name, enum lur_column_type type, enum lur_column_role role,
                       bool high) {
  struct lur_column *c = &p->column[p->n_columns++];
  *c = (struct lur_column){.type = type, .role = role, .high = high};
  snprintf(c->name, sizeof c->name, "%s", name);
}

/* The engine's metrics that are always there, the epochs, then those that were asked for. */
static void put_metrics(struct lur_plan *p, bool always) {
  for (int m = 0; m < LUR_N_METRICS; m++)
    if (lur_metrics[m].always == always && (always || p->sweep.spec->metrics >> m & 1))
      put_column(p, lur_metric_names[m], LUR_COLUMN_REAL, LUR_COLUMN_METRIC, lur_metrics[m].high);
}

int lur_plan_make_columns(struct lur_plan *p, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  p->column =
      lur_alloc(LUR_MAX_AXES + LUR_N_METRICS + 1 + LUR_MAX_HOST_METRICS + LUR_N_CELL_COLUMNS, sizeof *p->column);
  if (!p->column)
    return lur_fail_memory(e);
  if (calls->n_metrics > LUR_MAX_HOST_METRICS)
    return lur_fail(e, LUR_EINPUT, "metrics", "more than %d functions", LUR_MAX_HOST_METRICS);
  for (int a = 0; a < p->n_axes; a++)
    put_column(p, p->axis[a].name, axis_type(&p->axis[a]), LUR_COLUMN_AXIS, false);
  const bool cells = p->sweep.keep == LUR_KEEP_CELLS;
  put_metrics(p, true);
  put_column(p, "epochs", cells ? LUR_COLUMN_REAL : LUR_COLUMN_INTEGER, LUR_COLUMN_METRIC, false);
  put_metrics(p, false);
  for (int m = 0; m < calls->n_metrics; m++)
    put_column(p, calls->metric_name[m], LUR_COLUMN_REAL, LUR_COLUMN_METRIC, calls->metrics_high >> m & 1);
  if (cells) {
    put_column(p, "n_seeds", LUR_COLUMN_INTEGER, LUR_COLUMN_METRIC, false);
    put_column(p, "solved_rate", LUR_COLUMN_REAL, LUR_COLUMN_METRIC, true);
    put_column(p, "diverged_rate", LUR_COLUMN_REAL, LUR_COLUMN_METRIC, false);
    put_column(p, "failed_rate", LUR_COLUMN_REAL, LUR_COLUMN_METRIC, false);
  }
  return LUR_OK;
}

int lur_plan_metrics(const struct lur_plan *p, const struct lur_outcome *o, double *value, int *epochs) {
  const uint64_t always = lur_metrics_always();
  int n = 0;
  for (uint64_t left = always; left; left &= left - 1)
    value[n++] = o->metric[__builtin_ctzll(left)];
  *epochs = n;
  value[n++] = (double)o->epochs;
  for (uint64_t left = p->sweep.spec->metrics & ~always; left; left &= left - 1)
    value[n++] = o->metric[__builtin_ctzll(left)];
  return n;
}

struct lur_cell lur_real_cell(double x) {
  if (isnan(x))
    return (struct lur_cell){.kind = LUR_CELL_NULL};
  return (struct lur_cell){.kind = LUR_CELL_REAL, .as.real = x};
}

/* Converts a number or boolean to a cell of this column type. */
static struct lur_cell value_cell(enum lur_column_type type, const struct lur_value *v) {
  struct lur_cell cell = {.kind = LUR_CELL_INTEGER};
  switch (v->kind) {
  case LUR_V_ABSENT: cell.kind = LUR_CELL_NULL; return cell;
  case LUR_V_BOOL: cell.as.integer = v->as.truth; return cell;
  case LUR_V_LIST: cell.as.integer = v->as.list.n ? (int64_t)v->as.list.at[0] : 0; return cell;
  case LUR_V_INTEGER:
  case LUR_V_CHOICE:
  case LUR_V_ENTRY:
  case LUR_V_NUMBER: break;
  }
  if (v->kind == LUR_V_INTEGER && type != LUR_COLUMN_REAL) {
    cell.as.integer = v->as.integer;
    return cell;
  }
  cell.kind = LUR_CELL_REAL;
  cell.as.real = lur_value_number(v);
  return cell;
}

static int make_list_cell(struct lur_plan *p, int a, uint64_t i, struct lur_error *e) {
  const struct lur_axis *axis = &p->axis[a];
  struct lur_cell *cell = &p->cell[a][i];
  const struct lur_value *v = &axis->value[i];
  bool is_text = p->column[a].type == LUR_COLUMN_TEXT || lur_is_entry(v) ||
                 (v->kind == LUR_V_CHOICE && axis->field != LUR_F_BATCH) || (v->kind == LUR_V_LIST && v->as.list.n > 1);
  if (v->kind == LUR_V_CHOICE && axis->field == LUR_F_BATCH)
    return LUR_OK; /* "all": the number of patterns */
  if (!is_text && v->kind == LUR_V_LIST && lur_fields[axis->field].kind == LUR_K_LAYERED) {
    *cell = (struct lur_cell){.kind = LUR_CELL_REAL, .as.real = v->as.list.at[0]};
    return LUR_OK;
  }
  if (!is_text) {
    *cell = value_cell(p->column[a].type, v);
    return LUR_OK;
  }
  struct lur_buffer out = {0};
  lur_axis_write_value(axis, v, axis->text ? axis->text[i] : NULL, &out);
  if (out.failed) {
    lur_buffer_free(&out);
    return lur_fail_memory(e);
  }
  p->cell_text[a][i] = out.data;
  *cell = (struct lur_cell){.kind = LUR_CELL_TEXT, .as.text = out.data ? out.data : ""};
  return LUR_OK;
}

/* What is computed once per value and not once per run: cells of lists, points of sequences. */
int lur_plan_keep_values(struct lur_plan *p, int a, struct lur_error *e) {
  const struct lur_axis *axis = &p->axis[a];
  const bool has_points = axis->kind == LUR_A_LOG || axis->kind == LUR_A_LINEAR || axis->kind == LUR_A_RANGE;
  if (has_points && !axis->whole && axis->n <= MOST_POINTS_KEPT) {
    if (!(p->point[a] = lur_alloc(axis->n, sizeof(double))))
      return lur_fail_memory(e);
    for (uint64_t i = 0; i < axis->n; i++) {
      struct lur_value v;
      lur_axis_value(axis, i, &v);
      p->point[a][i] = v.as.number;
    }
  }
  if (axis->kind != LUR_A_LIST)
    return LUR_OK;
  p->cell[a] = lur_alloc(axis->n, sizeof *p->cell[a]);
  p->cell_text[a] = lur_alloc(axis->n, sizeof *p->cell_text[a]);
  int rc = p->cell[a] && p->cell_text[a] ? LUR_OK : lur_fail_memory(e);
  for (uint64_t i = 0; i < axis->n && !rc; i++)
    rc = make_list_cell(p, a, i, e);
  return rc;
}

/* ---- Of a run ---- */
static struct lur_cell axis_cell(const struct lur_plan *p, const struct group *g, int a, uint64_t index,
                                 const struct lur_value *v) {
  const struct lur_cell cell = p->cell[a] ? p->cell[a][index] : value_cell(p->column[a].type, v);
  if (p->axis[a].field != LUR_F_BATCH)
    return cell;
  const size_t n_patterns = g->structure.n_patterns;
  const bool is_all = cell.kind == LUR_CELL_NULL;
  if (is_all || (p->batch_dimension >= 0 && (uint64_t)cell.as.integer > n_patterns))
    return (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)n_patterns};
  return cell;
}

static void put_layers(const struct lur_plan *p, int n_layers, const struct lur_axis *a, const struct lur_value *v,
                       double out[LUR_MAX_LAYERS]) {
  const struct lur_value *own = p->sweep.spec->layer[lur_fields[a->field].layered];
  if (a->layer) {
    out[a->layer - 1] = v->as.number;
    return;
  }
  for (int l = 0; l < n_layers; l++) {
    bool is_list = v->kind == LUR_V_LIST;
    if (own[l].kind == LUR_V_ABSENT)
      out[l] = is_list ? v->as.list.at[l < v->as.list.n ? l : 0] : v->as.number;
  }
}

/* Structural fields are in the group; params are read by the host, and some of them by functions. */
static void put_number(const struct lur_plan *p, const struct group *g, int a, const struct lur_value *v,
                       struct lur_numbers *out) {
  const struct lur_axis *axis = &p->axis[a];
  const struct lur_field *f = axis->field < 0 ? NULL : &lur_fields[axis->field];
  if (p->own_number[a] >= 0)
    out->own[p->own_number[a]] = lur_value_number(v);
  if (!f || !(f->flags & LUR_NUMBER))
    return;
  if (f->kind == LUR_K_LAYERED)
    put_layers(p, lur_field_layers(f, g->structure.shape.n_layers), axis, v, lur_layers_of(out, f));
  else
    lur_number_put(out, f, v);
}

void lur_plan_put(const struct lur_plan *p, uint64_t run, struct lur_numbers *numbers, struct lur_cell *cell) {
  struct place at;
  lur_place_find(p, run, &at);
  const struct group *g = &p->group[at.group];
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v;
    const bool reads = !lur_axis_is_unread(g, a);
    if (reads)
      lur_place_value(p, a, &at, &v);
    if (reads && numbers)
      put_number(p, g, a, &v, numbers);
    if (cell)
      cell[a] = reads ? axis_cell(p, g, a, at.index[a], &v) : (struct lur_cell){.kind = LUR_CELL_NULL};
  }
}

void lur_plan_numbers(const struct lur_plan *p, uint64_t run, struct lur_numbers *out) {
  *out = p->group[lur_plan_group(p, run)].numbers;
  lur_plan_put(p, run, out, NULL);
}

void lur_plan_cells(const struct lur_plan *p, uint64_t run, struct lur_cell *cell) {
  lur_plan_put(p, run, NULL, cell);
}

/* SPDX-License-Identifier: MIT
 * Building a plan: axes put in order and checked against each other, dimensions, columns. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/plan_internal.h"

#define MOST_RUNS 9007199254740992.0 /* 2^53 */
enum { MOST_GROUPS = 100000, MOST_POINTS_KEPT = 65536 };

/* ---- Axes in order ---- */
static int rank_of(const struct lur_axis *a) {
  return (a->field < 0 ? LUR_F_PARAMS : a->field) * (LUR_MAX_LAYERS + 1) + a->layer;
}

static bool stands_before(const struct lur_axis *a, const struct lur_axis *b) {
  if (rank_of(a) != rank_of(b))
    return rank_of(a) < rank_of(b);
  return strcmp(a->name, b->name) < 0;
}

static void sort_axes(struct lur_plan *p, const struct lur_axes *axes) {
  for (int i = 0; i < axes->n; i++) {
    int at = p->n_axes++;
    for (; at > 0 && stands_before(&axes->axis[i], &p->axis[at - 1]); at--)
      p->axis[at] = p->axis[at - 1];
    p->axis[at] = axes->axis[i];
  }
  p->seed_axis = -1;
  for (int i = 0; i < p->n_axes; i++)
    if (p->axis[i].field == LUR_F_SEED && p->axis[i].zip == 0)
      p->seed_axis = i;
}

/* ---- Values that stand twice ---- */
struct listed {
  const struct lur_value *value;
  const char *text;
};

static int compare_numbers(double x, double y) {
  return x < y ? -1 : x > y;
}

static double numeric(const struct lur_value *v) {
  return v->kind == LUR_V_NUMBER ? v->as.number : v->kind == LUR_V_BOOL ? v->as.truth : (double)v->as.integer;
}

static int compare_lists(const struct lur_value *a, const struct lur_value *b) {
  if (a->as.list.n != b->as.list.n)
    return a->as.list.n < b->as.list.n ? -1 : 1;
  for (int i = 0; i < a->as.list.n; i++)
    if (a->as.list.at[i] != b->as.list.at[i])
      return compare_numbers(a->as.list.at[i], b->as.list.at[i]);
  return 0;
}

static int compare_listed(const void *one, const void *two) {
  const struct listed *a = one, *b = two;
  bool list_a = a->value->kind == LUR_V_LIST, list_b = b->value->kind == LUR_V_LIST;
  if (a->text && b->text)
    return strcmp(a->text, b->text);
  if (list_a && list_b)
    return compare_lists(a->value, b->value);
  if (list_a != list_b)
    return list_a ? 1 : -1;
  if (a->value->kind == LUR_V_CHOICE && b->value->kind != LUR_V_CHOICE)
    return 1; /* batch: "all" */
  if (a->value->kind != LUR_V_CHOICE && b->value->kind == LUR_V_CHOICE)
    return -1;
  if (a->value->kind == LUR_V_INTEGER && b->value->kind == LUR_V_INTEGER)
    return a->value->as.integer < b->value->as.integer ? -1 : a->value->as.integer > b->value->as.integer;
  return compare_numbers(numeric(a->value), numeric(b->value));
}

static int check_distinct(const struct lur_axis *a, struct lur_error *e) {
  if (a->kind != LUR_A_LIST || a->zip || a->n < 2)
    return LUR_OK;
  int rc = LUR_OK;
  struct listed *all = lur_alloc(a->n, sizeof *all);
  if (!all)
    return lur_fail_memory(e);
  for (uint64_t i = 0; i < a->n; i++)
    all[i] = (struct listed){&a->value[i], a->text ? a->text[i] : NULL};
  qsort(all, a->n, sizeof *all, compare_listed);
  for (uint64_t i = 1; i < a->n && !rc; i++) {
    if (compare_listed(&all[i - 1], &all[i]) != 0)
      continue;
    struct lur_buffer text = {0};
    lur_axis_write_value(a, all[i].value, all[i].text, &text);
    rc = lur_fail(e, LUR_EINPUT, a->name, "%.80s stands twice", text.data ? text.data : "a value");
    lur_buffer_free(&text);
  }
  free(all);
  return rc;
}

/* ---- Dimensions ---- */
/* Of the values of one axis; sequences ascend or descend. */
static int compare_values(const struct lur_axis *a, uint64_t i, uint64_t j) {
  const struct listed x = {a->kind == LUR_A_LIST ? &a->value[i] : NULL, a->text ? a->text[i] : NULL};
  const struct listed y = {a->kind == LUR_A_LIST ? &a->value[j] : NULL, a->text ? a->text[j] : NULL};
  return a->kind == LUR_A_LIST ? compare_listed(&x, &y) : i < j ? -1 : i > j;
}

struct zipped {
  const struct lur_plan *plan;
  const struct dimension *dimension;
};

static int compare_zipped(const void *one, const void *two, void *context) {
  const struct zipped *z = context;
  const uint64_t i = *(const uint64_t *)one, j = *(const uint64_t *)two;
  int order = 0;
  for (int k = 0; k < z->dimension->n_axes && !order; k++)
    order = compare_values(&z->plan->axis[z->dimension->axis[k]], i, j);
  return order;
}

/* A zip's values may stand twice in each of its lists, but not in all of them at once. */
static int check_zip(const struct lur_plan *p, const struct dimension *d, struct lur_error *e) {
  struct zipped z = {p, d};
  bool lists = d->n > 1;
  for (int k = 0; k < d->n_axes; k++)
    lists = lists && p->axis[d->axis[k]].kind == LUR_A_LIST;
  if (!lists || !p->axis[d->axis[0]].zip)
    return LUR_OK;
  uint64_t *order = lur_alloc(d->n, sizeof *order);
  int rc = order ? LUR_OK : lur_fail_memory(e);
  for (uint64_t i = 0; i < d->n && !rc; i++)
    order[i] = i;
  if (!rc)
    qsort_r(order, d->n, sizeof *order, compare_zipped, &z);
  for (uint64_t i = 1; i < d->n && !rc; i++)
    if (compare_zipped(&order[i - 1], &order[i], &z) == 0)
      rc = lur_fail(e, LUR_EINPUT, p->axis[d->axis[0]].name, "values %llu and %llu of its zip are the same",
                    (unsigned long long)(order[i - 1] < order[i] ? order[i - 1] : order[i]) + 1,
                    (unsigned long long)(order[i - 1] < order[i] ? order[i] : order[i - 1]) + 1);
  free(order);
  return rc;
}

static int add_dimension(struct lur_plan *p, int first, struct lur_error *e) {
  struct dimension *d = &p->dimension[p->n_dimensions++];
  const struct lur_axis *a = &p->axis[first];
  d->n = lur_axis_is_interval(a) ? lur_axis_span(a) : a->n;
  for (int i = first; i < p->n_axes; i++) {
    const struct lur_axis *b = &p->axis[i];
    if (i != first && (a->zip == 0 || b->zip != a->zip))
      continue;
    if (a->zip && lur_axis_is_interval(b))
      return lur_fail(e, LUR_EINPUT, b->name, "an interval cannot be zipped");
    if (b->n != a->n)
      return lur_fail(e, LUR_EINPUT, b->name, "%llu values, but %s, zipped with it, has %llu", (unsigned long long)b->n,
                      a->name, (unsigned long long)a->n);
    d->axis[d->n_axes++] = i;
  }
  return check_zip(p, d, e);
}

static bool is_placed(const struct lur_plan *p, int axis) {
  for (int d = 0; d < p->n_dimensions; d++)
    for (int i = 0; i < p->dimension[d].n_axes; i++)
      if (p->dimension[d].axis[i] == axis)
        return true;
  return false;
}

static int make_dimensions(struct lur_plan *p, struct lur_error *e) {
  int rc = LUR_OK;
  for (int i = 0; i < p->n_axes && !rc; i++) {
    rc = check_distinct(&p->axis[i], e);
    if (!rc && i != p->seed_axis && !is_placed(p, i))
      rc = add_dimension(p, i, e);
    if (!rc && lur_axis_is_interval(&p->axis[i]) && (p->sampler == LUR_GRID || i == p->seed_axis))
      rc = lur_fail(e, LUR_EINPUT, p->axis[i].name,
                    i == p->seed_axis ? "seeds are a list or a range, not an interval"
                                      : "an interval needs sampler = random, sobol or latin; for a grid give it a "
                                        "number of points");
  }
  return rc;
}

static bool is_structural(const struct lur_plan *p, const struct dimension *d) {
  for (int i = 0; i < d->n_axes; i++) {
    int field = p->axis[d->axis[i]].field;
    if (field >= 0 && lur_fields[field].flags & LUR_STRUCTURE)
      return true;
  }
  return false;
}

static int count_groups(struct lur_plan *p, struct lur_error *e) {
  uint64_t n = 1;
  for (int i = p->n_dimensions - 1; i >= 0; i--) {
    struct dimension *d = &p->dimension[i];
    if (!is_structural(p, d))
      continue;
    d->group_stride = n;
    if (d->n > MOST_GROUPS / n)
      return lur_fail(e, LUR_EINPUT, p->axis[d->axis[0]].name, "more than %d different structures", MOST_GROUPS);
    n *= d->n;
  }
  p->n_groups = (size_t)n;
  return LUR_OK;
}

static int check_n_runs(const struct lur_plan *p, double n_cells, struct lur_error *e) {
  if (n_cells * (double)p->n_seeds <= MOST_RUNS)
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, "sweep", "%g runs; at most 2^53 can be numbered", n_cells * (double)p->n_seeds);
}

static int count_cells(struct lur_plan *p, struct lur_error *e) {
  const struct lur_value *samples = &p->sweep.spec->value[LUR_F_SAMPLES];
  double n = 1;
  p->n_seeds = p->seed_axis >= 0 ? p->axis[p->seed_axis].n : 1;
  if (p->sampler == LUR_GRID) {
    for (int i = 0; i < p->n_dimensions; i++)
      n *= (double)p->dimension[i].n;
  } else if (samples->kind == LUR_V_ABSENT) {
    return lur_fail(e, LUR_EINPUT, "samples", "sampler = %s needs samples, how many points to draw",
                    lur_sampler_names[p->sampler]);
  } else {
    n = (double)samples->as.integer;
  }
  if (p->sampler == LUR_SOBOL && n > 0x1p30)
    return lur_fail(e, LUR_EINPUT, "samples", "the Sobol sequence has 2^30 points here");
  int rc = check_n_runs(p, n, e);
  p->n_cells = rc ? 0 : (uint64_t)n;
  return rc;
}

static int make_sampler(struct lur_plan *p, struct lur_error *e) {
  const struct lur_value *sampler = &p->sweep.spec->value[LUR_F_SAMPLER];
  const struct lur_value *seed = &p->sweep.spec->value[LUR_F_SAMPLER_SEED];
  p->sampler = sampler->kind == LUR_V_ABSENT ? LUR_GRID : (enum lur_sampler)sampler->as.integer;
  p->sampler_seed = seed->kind == LUR_V_ABSENT ? 1 : (uint64_t)seed->as.integer;
  if (p->sampler != LUR_SOBOL)
    return LUR_OK;
  p->sobol = lur_alloc(LUR_SOBOL_DIMENSIONS, sizeof *p->sobol);
  if (!p->sobol)
    return lur_fail_memory(e);
  for (int d = 0; d < LUR_SOBOL_DIMENSIONS; d++)
    lur_sobol_directions(d, p->sobol[d]);
  return LUR_OK;
}

/* ---- Columns ---- */
static bool has_lists(const struct lur_axis *a, int longer_than) {
  for (uint64_t i = 0; a->kind == LUR_A_LIST && i < a->n; i++)
    if (a->value[i].kind == LUR_V_LIST && a->value[i].as.list.n > longer_than)
      return true;
  return false;
}

static enum lur_column_type param_type(const struct lur_axis *a) {
  if (a->text)
    return LUR_COLUMN_TEXT;
  if (a->kind != LUR_A_LIST)
    return a->whole ? LUR_COLUMN_INTEGER : LUR_COLUMN_REAL;
  for (uint64_t i = 0; i < a->n; i++)
    if (a->value[i].kind == LUR_V_NUMBER)
      return LUR_COLUMN_REAL;
  return LUR_COLUMN_INTEGER;
}

static enum lur_column_type axis_type(const struct lur_axis *a) {
  if (a->field < 0)
    return param_type(a);
  switch (lur_fields[a->field].kind) {
  case LUR_K_BOOL:
  case LUR_K_INTEGER:
  case LUR_K_BATCH: return LUR_COLUMN_INTEGER;
  case LUR_K_CHOICE:
  case LUR_K_TEXT: return LUR_COLUMN_TEXT;
  case LUR_K_SIZES: return has_lists(a, 1) ? LUR_COLUMN_MIXED : LUR_COLUMN_INTEGER;
  case LUR_K_NUMBER: return LUR_COLUMN_REAL;
  case LUR_K_LAYERED: return has_lists(a, 1) ? LUR_COLUMN_MIXED : LUR_COLUMN_REAL;
  case LUR_K_SCRIPT: break;
  }
  return LUR_COLUMN_MIXED;
}

static void put_column(struct lur_plan *p, const char *name, enum lur_column_type type, enum lur_column_role role) {
  struct lur_column *c = &p->column[p->n_columns++];
  snprintf(c->name, sizeof c->name, "%s", name);
  c->type = type;
  c->role = role;
}

static int make_columns(struct lur_plan *p, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  p->column =
      lur_alloc(LUR_MAX_AXES + LUR_N_METRICS + 1 + LUR_MAX_HOST_METRICS + LUR_N_CELL_COLUMNS, sizeof *p->column);
  if (!p->column)
    return lur_fail_memory(e);
  if (calls && calls->n_metrics > LUR_MAX_HOST_METRICS)
    return lur_fail(e, LUR_EINPUT, "metrics", "more than %d functions", LUR_MAX_HOST_METRICS);
  for (int a = 0; a < p->n_axes; a++)
    put_column(p, p->axis[a].name, axis_type(&p->axis[a]), LUR_COLUMN_AXIS);
  put_column(p, "loss", LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
  put_column(p, "accuracy", LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
  put_column(p, "epochs", p->sweep.keep == LUR_KEEP_CELLS ? LUR_COLUMN_REAL : LUR_COLUMN_INTEGER, LUR_COLUMN_METRIC);
  for (int m = LUR_M_ACCURACY + 1; m < LUR_N_METRICS; m++)
    if (p->sweep.spec->metrics >> m & 1)
      put_column(p, lur_metric_names[m], LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
  for (int m = 0; calls && m < calls->n_metrics; m++)
    put_column(p, calls->metric_name[m], LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
  if (p->sweep.keep == LUR_KEEP_CELLS) {
    put_column(p, "n_seeds", LUR_COLUMN_INTEGER, LUR_COLUMN_METRIC);
    put_column(p, "solved_rate", LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
    put_column(p, "diverged_rate", LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
    put_column(p, "failed_rate", LUR_COLUMN_REAL, LUR_COLUMN_METRIC);
  }
  return LUR_OK;
}

static int make_list_cell(struct lur_plan *p, int a, uint64_t i, struct lur_error *e) {
  const struct lur_axis *axis = &p->axis[a];
  struct lur_cell *cell = &p->cell[a][i];
  const struct lur_value *v = &axis->value[i];
  bool is_text = axis->text || (v->kind == LUR_V_CHOICE && axis->field != LUR_F_BATCH) ||
                 (v->kind == LUR_V_LIST && v->as.list.n > 1);
  if (v->kind == LUR_V_CHOICE && axis->field == LUR_F_BATCH)
    return LUR_OK; /* "all": the number of patterns */
  if (!is_text && v->kind == LUR_V_LIST && lur_fields[axis->field].kind == LUR_K_LAYERED) {
    *cell = (struct lur_cell){.kind = LUR_CELL_REAL, .as.real = v->as.list.at[0]};
    return LUR_OK;
  }
  if (!is_text) {
    *cell = lur_value_cell(p->column[a].type, v);
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

static bool has_points(const struct lur_axis *a) {
  return !a->whole && (a->kind == LUR_A_LOG || a->kind == LUR_A_LINEAR || a->kind == LUR_A_RANGE);
}

/* What is computed once a value and not once a run: cells of lists, points of sequences. */
static int keep_values(struct lur_plan *p, int a, struct lur_error *e) {
  const struct lur_axis *axis = &p->axis[a];
  if (has_points(axis) && axis->n <= MOST_POINTS_KEPT) {
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

static int check_prune(const struct lur_plan *p, struct lur_error *e) {
  const struct lur_halving *h = &p->sweep.halving;
  if (h->n_rungs == 0)
    return LUR_OK;
  if (p->sweep.keep == LUR_KEEP_CELLS)
    return lur_fail(e, LUR_EINPUT, "keep", "\"cells\" does not go with prune: pruned seeds have no summary");
  if (!(h->keep > 0 && h->keep < 1))
    return lur_fail(e, LUR_EINPUT, "prune", "keep is a share between 0 and 1");
  for (int i = 0; i < h->n_rungs; i++)
    if (h->at[i] < 1 || (i && h->at[i] <= h->at[i - 1]))
      return lur_fail(e, LUR_EINPUT, "prune", "at is a list of ascending epochs, 1 or more");
  return LUR_OK;
}

struct lur_plan *lur_plan_new(const struct lur_sweep *sweep, struct lur_error *e) {
  struct lur_plan *p = lur_alloc(1, sizeof *p);
  int rc = p ? LUR_OK : lur_fail_memory(e);
  if (rc)
    return NULL;
  p->sweep = *sweep;
  sort_axes(p, sweep->axes);
  rc = make_sampler(p, e);
  if (!rc)
    rc = make_dimensions(p, e);
  if (!rc)
    rc = count_groups(p, e);
  if (!rc)
    rc = count_cells(p, e);
  if (!rc)
    rc = make_columns(p, e);
  for (int a = 0; a < p->n_axes && !rc; a++)
    rc = keep_values(p, a, e);
  if (!rc)
    rc = check_prune(p, e);
  if (!rc)
    rc = lur_plan_make_groups(p, e);
  if (!rc)
    rc = lur_plan_draw(p, e);
  if (!rc)
    rc = check_n_runs(p, (double)p->n_cells, e);
  if (!rc)
    rc = lur_plan_check_groups(p, e);
  if (!rc)
    rc = lur_plan_check_ranks(p, e);
  if (!rc)
    return p;
  lur_plan_free(p);
  return NULL;
}

void lur_plan_free(struct lur_plan *p) {
  if (!p)
    return;
  for (int a = 0; a < p->n_axes; a++) {
    for (uint64_t i = 0; p->cell_text[a] && i < p->axis[a].n; i++)
      free(p->cell_text[a][i]);
    free(p->cell_text[a]);
    free(p->cell[a]);
    free(p->point[a]);
  }
  free(p->sobol);
  free(p->point_of);
  free(p->group);
  free(p->column);
  free(p);
}

uint64_t lur_plan_n_runs(const struct lur_plan *p) {
  return p->n_cells * p->n_seeds;
}

uint64_t lur_plan_n_cells(const struct lur_plan *p) {
  return p->n_cells;
}

uint64_t lur_plan_n_seeds(const struct lur_plan *p) {
  return p->n_seeds;
}

size_t lur_plan_n_groups(const struct lur_plan *p) {
  return p->n_groups;
}

const struct lur_structure *lur_plan_structure(const struct lur_plan *p, size_t group) {
  return &p->group[group].structure;
}

const struct lur_sweep *lur_plan_sweep(const struct lur_plan *p) {
  return &p->sweep;
}

int lur_plan_n_columns(const struct lur_plan *p) {
  return p->n_columns;
}

int lur_plan_n_axes(const struct lur_plan *p) {
  return p->n_axes;
}

const struct lur_column *lur_plan_columns(const struct lur_plan *p) {
  return p->column;
}

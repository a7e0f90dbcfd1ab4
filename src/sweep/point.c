/* SPDX-License-Identifier: MIT
 * From a run's number to its configuration: where it lies on each axis, its numbers, its cells. Everything here but
 * lur_plan_skips reads the plan only, and may be called by any thread. */
#include <math.h>
#include <string.h>

#include "sweep/plan_internal.h"

static double sample(const struct lur_plan *p, uint64_t point, int d) {
  switch (p->sampler) {
  case LUR_RANDOM: return lur_sample_random(p->sampler_seed, point, d);
  case LUR_SOBOL: return lur_sample_sobol(p->sobol[d], point);
  case LUR_LATIN: return lur_sample_latin(p->sampler_seed, p->n_asked, point, d);
  case LUR_GRID:
  case LUR_N_SAMPLERS: break;
  }
  return 0;
}

static void settle(const struct dimension *d, uint64_t index, double u, struct place *at) {
  for (int i = 0; i < d->n_axes; i++) {
    at->index[d->axis[i]] = index;
    at->u[d->axis[i]] = u;
  }
  at->group += (size_t)(index * d->group_stride);
}

static void settle_sample(const struct lur_plan *p, uint64_t point, int i, struct place *at) {
  const struct dimension *d = &p->dimension[i];
  const struct lur_axis *a = &p->axis[d->axis[0]];
  double u = sample(p, point, i);
  uint64_t index = lur_axis_is_interval(a) ? lur_axis_offset(a, u) : (uint64_t)(u * (double)d->n);
  settle(d, d->n > 0 && index >= d->n ? d->n - 1 : index, u, at);
}

static void settle_in_grid(const struct lur_plan *p, int n_dimensions, lur_wide number, struct place *at) {
  for (int i = n_dimensions - 1; i >= 0; i--) {
    const struct dimension *d = &p->dimension[i];
    settle(d, (uint64_t)(number % d->n), 0, at);
    number /= d->n;
  }
}

/* In 64 bits, where that is enough. */
static void settle_cell(const struct lur_plan *p, uint64_t cell, struct place *at) {
  for (int i = p->n_dimensions - 1; i >= 0; i--) {
    const struct dimension *d = &p->dimension[i];
    settle(d, cell % d->n, 0, at);
    cell /= d->n;
  }
}

void lur_place_point(const struct lur_plan *p, uint64_t point, struct place *at) {
  at->group = 0;
  if (p->sampler == LUR_GRID || point & LUR_POINT_IN_GRID) {
    settle_cell(p, point & ~LUR_POINT_IN_GRID, at);
    return;
  }
  if (p->n_permuted)
    settle_in_grid(p, p->n_permuted, lur_permute_wide(p->sampler_seed, LUR_PERMUTE_ALL, p->permuted, point), at);
  for (int i = p->n_permuted; i < p->n_dimensions; i++)
    settle_sample(p, point, i, at);
}

void lur_place_find(const struct lur_plan *p, uint64_t run, struct place *at) {
  uint64_t number = run - 1, seed = p->n_seeds > 1 ? number / p->n_cells : 0, cell = number - seed * p->n_cells;
  if (p->seed_axis >= 0)
    at->index[p->seed_axis] = seed;
  lur_place_point(p, p->point_of ? p->point_of[cell] : cell, at);
}

const char *lur_place_value(const struct lur_plan *p, int a, const struct place *at, struct lur_value *v) {
  const struct lur_axis *axis = &p->axis[a];
  if (lur_axis_is_interval(axis) && !axis->whole)
    return lur_axis_draw(axis, at->u[a], v);
  if (!p->point[a])
    return lur_axis_value(axis, at->index[a], v);
  v->kind = LUR_V_NUMBER;
  v->as.number = p->point[a][at->index[a]];
  return NULL;
}

static bool is_unread(const struct group *g, int a) {
  return g->unread >> a & 1;
}

size_t lur_plan_group(const struct lur_plan *p, uint64_t run) {
  struct place at;
  if (p->n_groups == 1)
    return 0;
  lur_place_find(p, run, &at);
  return at.group;
}

bool lur_dimension_is_unread(const struct group *g, const struct lur_plan *p, const struct dimension *d) {
  bool unread = p->can_repeat;
  for (int k = 0; k < d->n_axes && unread; k++)
    unread = is_unread(g, d->axis[k]);
  return unread;
}

bool lur_group_repeats(const struct lur_plan *p, size_t g) {
  const struct dimension *d = p->batch_dimension >= 0 ? &p->dimension[p->batch_dimension] : NULL;
  return d && p->group[g].first_batch != g / d->group_stride % d->n;
}

/* Only a grid visits a combination again: drawn points differ in the axes that are read. */
bool lur_plan_is_repeat(const struct lur_plan *p, uint64_t run) {
  struct place at;
  if (!p->can_repeat || p->sampler != LUR_GRID)
    return false;
  lur_place_find(p, run, &at);
  if (lur_group_repeats(p, at.group))
    return true;
  for (int i = 0; i < p->n_dimensions; i++) {
    const struct dimension *d = &p->dimension[i];
    if (at.index[d->axis[0]] != 0 && lur_dimension_is_unread(&p->group[at.group], p, d))
      return true;
  }
  return false;
}

uint64_t lur_plan_n_different(const struct lur_plan *p) {
  if (p->sampler != LUR_GRID)
    return p->n_points;
  return p->can_repeat ? lur_plan_count_different(p) : p->n_cells;
}

uint64_t lur_plan_n_asked(const struct lur_plan *p) {
  return p->n_asked;
}

enum lur_sampler lur_plan_sampler(const struct lur_plan *p) {
  return p->sampler;
}

/* ---- Numbers ---- */
static void patch_layers(const struct lur_plan *p, const struct lur_axis *a, const struct lur_value *v,
                         double out[LUR_MAX_LAYERS]) {
  const struct lur_value *own = p->sweep.spec->layer[lur_layered_index((enum lur_field_id)a->field)];
  if (a->layer) {
    out[a->layer - 1] = v->as.number;
    return;
  }
  for (int l = 0; l < LUR_MAX_LAYERS; l++) {
    bool is_list = v->kind == LUR_V_LIST;
    if (own[l].kind == LUR_V_ABSENT)
      out[l] = is_list ? v->as.list.at[l < v->as.list.n ? l : 0] : v->as.number;
  }
}

static double *number_of(struct lur_numbers *n, int field) {
  switch (field) {
  case LUR_F_MOMENTUM: return &n->momentum;
  case LUR_F_BETA1: return &n->beta1;
  case LUR_F_BETA2: return &n->beta2;
  case LUR_F_RHO: return &n->rho;
  case LUR_F_EPSILON: return &n->epsilon;
  case LUR_F_WEIGHT_DECAY: return &n->weight_decay;
  case LUR_F_STOP_ERROR: return &n->stop_error;
  case LUR_F_STOP_LOSS: return &n->stop_loss;
  case LUR_F_STOP_ACCURACY: return &n->stop_accuracy;
  default: return NULL;
  }
}

static uint64_t *count_of(struct lur_numbers *n, int field) {
  switch (field) {
  case LUR_F_SEED: return &n->seed;
  case LUR_F_EPOCHS: return &n->epochs;
  case LUR_F_STOP_PATIENCE: return &n->stop_patience;
  case LUR_F_STOP_EVERY: return &n->stop_every;
  default: return NULL;
  }
}

/* Structural fields and params have no number here: the group holds the ones, the host reads the others. */
static void patch(const struct lur_plan *p, const struct lur_axis *a, const struct lur_value *v,
                  struct lur_numbers *n) {
  double *number = number_of(n, a->field);
  uint64_t *count = count_of(n, a->field);
  if (number)
    *number = v->as.number;
  if (count)
    *count = (uint64_t)v->as.integer;
  if (a->field == LUR_F_LEARNING_RATE)
    patch_layers(p, a, v, n->learning_rate);
  if (a->field == LUR_F_INIT_SCALE)
    patch_layers(p, a, v, n->init_scale);
}

void lur_plan_numbers(const struct lur_plan *p, uint64_t run, struct lur_numbers *out) {
  struct place at;
  lur_place_find(p, run, &at);
  const struct group *g = &p->group[at.group];
  *out = g->numbers;
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v;
    int field = p->axis[a].field;
    if (field < 0 || (lur_fields[field].flags & LUR_STRUCTURE) || is_unread(g, a))
      continue;
    lur_place_value(p, a, &at, &v);
    patch(p, &p->axis[a], &v, out);
  }
}

/* ---- As a spec, for the host ---- */
static void forget_unread_numbers(const struct lur_plan *p, const struct group *g, struct lur_spec *at) {
  for (int f = LUR_F_MOMENTUM; f <= LUR_F_WEIGHT_DECAY; f++) {
    at->value[f] = p->sweep.spec->value[f];
    if (!lur_optimizer_reads(g->structure.optimizer, (enum lur_field_id)f))
      at->value[f].kind = LUR_V_ABSENT;
  }
}

void lur_plan_spec(const struct lur_plan *p, uint64_t run, struct lur_spec *spec) {
  struct place at;
  lur_place_find(p, run, &at);
  const struct group *g = &p->group[at.group];
  forget_unread_numbers(p, g, spec);
  spec->value[LUR_F_BATCH] = p->sweep.spec->value[LUR_F_BATCH];
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v = {.kind = LUR_V_ABSENT};
    const char *text = is_unread(g, a) ? NULL : lur_place_value(p, a, &at, &v);
    lur_axis_put(&p->axis[a], &v, text, spec);
  }
}

int lur_plan_resolve(const struct lur_plan *p, uint64_t run, struct lur_spec *at, struct lur_structure *structure,
                     struct lur_numbers *numbers, struct lur_error *e) {
  const struct lur_spec *spec = p->sweep.spec;
  lur_plan_spec(p, run, at);
  at->train = spec->train;
  at->test = spec->test;
  at->start = spec->start;
  at->n_start = spec->n_start;
  int rc = lur_plan_ask(p, at, e);
  if (!rc)
    rc = lur_spec_resolve(at, structure, numbers, e);
  lur_plan_give_curve(p, structure);
  if (!rc)
    rc = lur_patterns_check(structure, &at->train, "targets", e);
  return rc;
}

int lur_plan_skips(const struct lur_plan *p, uint64_t run, struct lur_spec *at, bool *skips, struct lur_error *e) {
  const struct lur_host_calls *calls = p->sweep.calls;
  bool keep = true;
  *skips = lur_plan_is_repeat(p, run);
  if (*skips)
    return LUR_OK;
  int rc = LUR_OK;
  if (calls && calls->where) {
    lur_plan_spec(p, run, at);
    rc = calls->where(calls->context, at, &keep, e);
    *skips = !keep;
  }
  const struct group *g = &p->group[lur_plan_group(p, run)];
  if (!rc && keep && g->broken.code != LUR_OK) {
    if (e)
      *e = g->broken;
    return g->broken.code;
  }
  return rc;
}

/* ---- As cells and text ---- */
struct lur_cell lur_value_cell(enum lur_column_type type, const struct lur_value *v) {
  struct lur_cell cell = {.kind = LUR_CELL_INTEGER};
  double number = v->kind == LUR_V_INTEGER ? (double)v->as.integer : v->as.number;
  switch (v->kind) {
  case LUR_V_ABSENT: cell.kind = LUR_CELL_NULL; return cell;
  case LUR_V_BOOL: cell.as.integer = v->as.truth; return cell;
  case LUR_V_LIST: cell.as.integer = v->as.list.n ? (int64_t)v->as.list.at[0] : 0; return cell;
  case LUR_V_INTEGER:
  case LUR_V_CHOICE:
  case LUR_V_NUMBER: break;
  }
  if (v->kind == LUR_V_INTEGER && type != LUR_COLUMN_REAL) {
    cell.as.integer = v->as.integer;
    return cell;
  }
  cell.kind = LUR_CELL_REAL;
  cell.as.real = number;
  return cell;
}

/* Whether a batch is "all", or as many patterns as there are and more. */
static bool is_full(const struct lur_plan *p, const struct group *g, const struct lur_cell *batch) {
  return batch->kind == LUR_CELL_NULL || (p->batch_dimension >= 0 && batch->kind == LUR_CELL_INTEGER &&
                                          (uint64_t)batch->as.integer > g->structure.n_patterns);
}

void lur_plan_cells(const struct lur_plan *p, uint64_t run, struct lur_cell *cell) {
  struct place at;
  lur_place_find(p, run, &at);
  const struct group *g = &p->group[at.group];
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v;
    bool is_list = p->cell[a] != NULL;
    cell[a] = (struct lur_cell){.kind = LUR_CELL_NULL};
    if (is_unread(g, a))
      continue;
    if (is_list) {
      cell[a] = p->cell[a][at.index[a]];
    } else {
      lur_place_value(p, a, &at, &v);
      cell[a] = lur_value_cell(p->column[a].type, &v);
    }
    if (p->axis[a].field == LUR_F_BATCH && is_full(p, g, &cell[a]))
      cell[a] = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)g->structure.n_patterns};
  }
}

/* Typed, a number for all layers takes away those that layers have of their own; on an axis it does not. */
static void write_own_layers(const struct lur_plan *p, const struct group *g, const struct lur_axis *a,
                             struct lur_buffer *out) {
  if (a->layer || a->field < 0 || lur_fields[a->field].kind != LUR_K_LAYERED)
    return;
  const struct lur_value *own = p->sweep.spec->layer[lur_layered_index((enum lur_field_id)a->field)];
  for (int l = 0; l < g->structure.shape.n_layers; l++) {
    bool set = own[l].kind != LUR_V_ABSENT;
    for (int b = 0; b < p->n_axes; b++)
      set = set && !(p->axis[b].field == a->field && p->axis[b].layer == l + 1);
    if (set) {
      lur_buffer_format(out, " %s_%d=", lur_fields[a->field].name, l + 1);
      lur_value_write(&lur_fields[a->field], &own[l], out);
    }
  }
}

void lur_plan_write(const struct lur_plan *p, uint64_t run, struct lur_buffer *out) {
  struct place at;
  lur_place_find(p, run, &at);
  bool first = true;
  for (int a = 0; a < p->n_axes; a++) {
    struct lur_value v;
    if (is_unread(&p->group[at.group], a))
      continue;
    const char *text = lur_place_value(p, a, &at, &v);
    lur_buffer_format(out, "%s%s=", first ? "" : " ", p->axis[a].name);
    lur_axis_write_value(&p->axis[a], &v, text, out);
    write_own_layers(p, &p->group[at.group], &p->axis[a], out);
    first = false;
  }
}

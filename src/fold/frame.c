/* SPDX-License-Identifier: MIT
 * Combinations are found by a hash of their levels (open addressing; the multipliers are those of FNV-1a and of the
 * golden ratio). Values of axes are numbered as they come, and renumbered by their order after the first pass. */
#include "fold/frame.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "engine/engine.h"
#include "fold/statistics.h"

enum { MOST_CELLS = INT32_MAX, MOST_VALUES = 1 << 30 };

/* What a row says of its combination. */
struct key {
  uint32_t level[LUR_MAX_KEYS];
  double exact[LUR_MAX_KEYS];
};

/* ---- Columns ---- */
static bool is_metric(const struct lur_frame *f, const char *name) {
  return !(f->folded && (strcmp(name, "n_seeds") == 0 || strcmp(name, "solved_rate") == 0 ||
                         strcmp(name, "diverged_rate") == 0 || strcmp(name, "failed_rate") == 0));
}

static void name_columns(const struct lur_table *t, struct lur_frame *f) {
  const struct lur_table_facts *facts = lur_table_facts(t);
  f->folded = lur_table_folds_seeds(t);
  for (int i = 0; i < facts->n_columns; i++) {
    const char *name = facts->column[i].name;
    bool is_axis = facts->column[i].role == LUR_COLUMN_AXIS;
    if (is_axis && f->n_axes < LUR_MAX_KEYS && !lur_is_replicate(name))
      f->axis[f->n_axes++].name = name;
    if (!is_axis && f->n_metrics < LUR_FRAME_METRICS && is_metric(f, name))
      f->metric[f->n_metrics++] = (struct lur_frame_metric){.name = name, .high = facts->column[i].high};
  }
  f->n_columns = f->n_metrics;
  for (int i = 0; i < f->n_metrics; i++)
    f->metric[i].column = i;
}

/* ---- Combinations ---- */
static uint64_t bits_of(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

static bool same_cell(const struct lur_frame *f, size_t cell, const struct key *k) {
  for (int i = 0; i < f->n_axes; i++)
    if (f->exact[i] ? bits_of(f->exact[i][cell]) != bits_of(k->exact[i]) : f->level[i][cell] != k->level[i])
      return false;
  return true;
}

static uint64_t hash_part(uint64_t h, uint64_t part) {
  h = (h ^ part) * 0x9e3779b97f4a7c15u;
  return h ^ h >> 32;
}

static uint64_t hash_key(const struct lur_frame *f, const struct key *k) {
  uint64_t h = 0xcbf29ce484222325u;
  for (int i = 0; i < f->n_axes; i++)
    h = hash_part(h, f->exact[i] ? bits_of(k->exact[i]) : k->level[i]);
  return h;
}

static uint64_t hash_cell(const struct lur_frame *f, size_t cell) {
  uint64_t h = 0xcbf29ce484222325u;
  for (int i = 0; i < f->n_axes; i++)
    h = hash_part(h, f->exact[i] ? bits_of(f->exact[i][cell]) : f->level[i][cell]);
  return h;
}

/* Anew, for all combinations. Slots hold a combination's number + 1. */
static bool make_slots(struct lur_frame *f, size_t n_slots) {
  free(f->slot);
  f->slot = lur_alloc(n_slots, sizeof *f->slot);
  f->n_slots = n_slots;
  for (size_t i = 0; i < f->n && f->slot; i++) {
    size_t at = hash_cell(f, i) & (n_slots - 1);
    while (f->slot[at])
      at = (at + 1) & (n_slots - 1);
    f->slot[at] = (uint32_t)i + 1;
  }
  return f->slot != NULL;
}

static bool grow(const struct lur_frame *f, void *column, size_t size_bytes) {
  size_t room = f->room;
  return lur_grow(column, &room, f->n + 1, size_bytes);
}

static int make_room(struct lur_frame *f, struct lur_error *e) {
  if (f->n >= MOST_CELLS)
    return lur_fail(e, LUR_EINPUT, NULL, "more than %d combinations are too many for one page", MOST_CELLS);
  bool ok = grow(f, &f->n_runs, sizeof *f->n_runs) && grow(f, &f->n_solved, sizeof *f->n_solved);
  for (int i = 0; i < f->n_axes && ok; i++)
    ok = grow(f, &f->level[i], sizeof **f->level) && (!f->axis[i].n_bins || grow(f, &f->exact[i], sizeof **f->exact));
  ok = ok && lur_grow(&f->n_diverged, &f->room, f->n + 1, sizeof *f->n_diverged);
  return ok && make_slots(f, f->n_slots ? 2 * f->n_slots : 64) ? LUR_OK : lur_fail_memory(e);
}

/* Rows come in run order, in which the next combination mostly is the one that came behind this one before. */
static int find_cell(struct lur_frame *f, const struct key *k, size_t *cell, struct lur_error *e) {
  size_t next = f->latest + 1 < f->n ? f->latest + 1 : 0;
  *cell = f->latest = next;
  if (f->n && same_cell(f, next, k))
    return LUR_OK;
  int code = f->n == f->room ? make_room(f, e) : LUR_OK;
  if (!code && !f->slot && !make_slots(f, f->n_slots))
    code = lur_fail_memory(e);
  if (code)
    return code;
  size_t at = hash_key(f, k) & (f->n_slots - 1);
  while (f->slot[at] && !same_cell(f, f->slot[at] - 1, k))
    at = (at + 1) & (f->n_slots - 1);
  if (!f->slot[at]) {
    for (int i = 0; i < f->n_axes; i++) {
      f->level[i][f->n] = k->level[i];
      if (f->axis[i].n_bins)
        f->exact[i][f->n] = k->exact[i];
    }
    f->n_runs[f->n] = f->n_solved[f->n] = f->n_diverged[f->n] = 0;
    f->slot[at] = (uint32_t)++f->n;
  }
  *cell = f->latest = f->slot[at] - 1;
  return LUR_OK;
}

/* ---- Rows: axes, metrics, status, what is asked for beside; where seeds are folded, their number and two shares ----
 */
static struct lur_query *start(const struct lur_frame *f, struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = NULL;
  const struct lur_table_facts *facts = lur_table_facts(f->t);
  for (int i = 0; i < f->n_axes; i++) {
    lur_sql_name(f->axis[i].name, &sql);
    lur_buffer_text(&sql, ", ");
  }
  for (int i = 0, n = 0; i < facts->n_columns && n < f->n_columns; i++)
    if (facts->column[i].role != LUR_COLUMN_AXIS && is_metric(f, facts->column[i].name)) {
      lur_sql_name(facts->column[i].name, &sql);
      lur_buffer_text(&sql, ", ");
      n++;
    }
  lur_buffer_format(&sql, "status, %s", f->more ? f->more : "NULL");
  lur_buffer_text(&sql, f->folded ? ", n_seeds, solved_rate, diverged_rate" : "");
  if (sql.failed)
    lur_fail_memory(e);
  else
    q = lur_query_new(f->t, &(struct lur_ask){.select = sql.data, .order = "run", .deadline_ms = -1}, e);
  lur_buffer_free(&sql);
  return q;
}

/* A count that a file says, within what one can be. */
static uint32_t count_of(double x) {
  return !(x > 0) ? 0 : x < UINT32_MAX ? (uint32_t)(x + 0.5) : UINT32_MAX;
}

/* c: from the status on. */
static void count_row(struct lur_frame *f, const struct lur_frame_row *row, const struct lur_cell *c) {
  double n = f->folded ? lur_cell_number(&c[2]) : 1;
  f->n_rows++;
  f->n_of[row->status]++;
  f->n_runs[row->cell] += count_of(n);
  f->n_solved[row->cell] += f->folded ? count_of(n * lur_cell_number(&c[3])) : row->status == LUR_SOLVED;
  f->n_diverged[row->cell] += f->folded ? count_of(n * lur_cell_number(&c[4])) : row->status == LUR_DIVERGED;
}

/* What has no value of a drawn axis stands behind its bins. */
static int take_level(struct lur_frame *f, int axis, const struct lur_cell *c, struct key *k, struct lur_error *e) {
  struct lur_grid_axis *a = &f->axis[axis];
  f->gap[axis] |= c->kind == LUR_CELL_NULL;
  k->exact[axis] = a->n_bins ? lur_cell_number(c) + 0.0 : 0;
  if (a->n_bins && c->kind == LUR_CELL_NULL) {
    k->level[axis] = (uint32_t)a->n_bins;
    return LUR_OK;
  }
  int code = lur_grid_axis_place(a, c, f->place[axis] && !a->n_bins ? a->n : MOST_VALUES, &k->level[axis], e);
  if (!code && f->place[axis])
    k->level[axis] = f->place[axis][k->level[axis]];
  return code;
}

static int take_row(struct lur_frame *f, const struct lur_cell *c, bool first, struct lur_frame_row *row,
                    struct lur_error *e) {
  struct key key;
  int code = LUR_OK;
  for (int i = 0; i < f->n_axes && !code; i++)
    code = take_level(f, i, &c[i], &key, e);
  if (!code)
    code = find_cell(f, &key, &row->cell, e);
  if (code)
    return code;
  const struct lur_cell *status = &c[f->n_axes + f->n_columns];
  row->status = lur_cell_status(status);
  row->more = &status[1];
  for (int i = 0; i < f->n_metrics; i++) {
    struct lur_frame_metric *m = &f->metric[i];
    bool none = row->status == LUR_FAILED || (row->status == LUR_DIVERGED && m->column != f->trainability);
    double x = none ? (double)NAN : lur_cell_number(&c[f->n_axes + m->column]);
    row->value[i] = isfinite(x) ? x : (double)NAN;
    m->n_values += first && isfinite(x);
  }
  if (first)
    count_row(f, row, status);
  return LUR_OK;
}

static int read_rows(struct lur_frame *f, bool first, lur_frame_visit *visit, void *context, struct lur_error *e) {
  const struct lur_cell *cells;
  struct lur_frame_row row;
  struct lur_query *q = start(f, e);
  int got = 1, code = q ? LUR_OK : e->code;
  while (!code && (got = lur_query_next(q, &cells, e)) > 0) {
    code = take_row(f, cells, first, &row, e);
    if (!code && visit)
      code = visit(context, &row, e);
  }
  lur_query_free(q);
  return got < 0 ? -got : code;
}

int lur_frame_pass(struct lur_frame *f, lur_frame_visit *visit, void *context, struct lur_error *e) {
  int code = LUR_OK;
  if (!f->known)
    return read_rows(f, false, visit, context, e);
  struct lur_frame_row row = {.status = LUR_FINISHED};
  for (; row.cell < f->n && !code; row.cell++) {
    for (int i = 0; i < f->n_metrics; i++)
      row.value[i] = f->known[i][row.cell];
    code = visit(context, &row, e);
  }
  return code;
}

/* ---- After the first pass: levels in their order ---- */
static int order_levels(struct lur_frame *f, int axis, struct lur_error *e) {
  struct lur_grid_axis *a = &f->axis[axis];
  int code = lur_grid_axis_order(a, f->t, e);
  if (code || a->n_bins)
    return code;
  uint32_t *place = f->place[axis] = lur_alloc(a->n, sizeof *place);
  if (!place)
    return lur_fail_memory(e);
  for (size_t i = 0; i < a->n; i++)
    place[a->order[i]] = (uint32_t)i;
  for (size_t i = 0; i < f->n; i++)
    f->level[axis][i] = place[f->level[axis][i]];
  return LUR_OK;
}

static void drop_empty_metrics(struct lur_frame *f) {
  int n = 0;
  for (int i = 0; i < f->n_metrics; i++)
    if (f->metric[i].n_values)
      f->metric[n++] = f->metric[i];
  f->n_metrics = n;
}

int lur_frame_read(struct lur_table *t, const char *more, lur_frame_visit *visit, void *context, struct lur_frame *f,
                   struct lur_error *e) {
  *f = (struct lur_frame){.t = t, .more = more};
  name_columns(t, f);
  struct lur_grid_axis *axis[LUR_MAX_KEYS];
  for (int i = 0; i < f->n_axes; i++)
    axis[i] = &f->axis[i];
  lur_grid_axis_hint(t, f->n_axes, axis, NULL);
  f->trainability = lur_frame_metric(f, "trainability");
  int code = read_rows(f, true, visit, context, e);
  for (int i = 0; i < f->n_axes && !code; i++)
    code = order_levels(f, i, e);
  drop_empty_metrics(f);
  free(f->slot); /* it is of other levels; another is made where it is needed */
  f->slot = NULL;
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
    free(f->place[i]);
  }
  free(f->n_runs);
  free(f->n_solved);
  free(f->n_diverged);
  free(f->slot);
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

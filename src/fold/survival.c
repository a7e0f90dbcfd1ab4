/* SPDX-License-Identifier: MIT
 * Lives are read in one pass, and only counted: memory goes by the distinct epochs. The estimate walks over sorted
 * ends. */
#include "fold/survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/grid.h"
#include "fold/statistics.h"

enum { MOST_ENDS = 1 << 30 };

/* ---- Ends: distinct epochs by a hash (open addressing); rows often bring the one before ---- */
static size_t find_slot(const struct lur_ends *d, double epochs) {
  size_t at = (size_t)(lur_number_key(epochs) * 0x9e3779b97f4a7c15u >> 32) & (d->n_slots - 1);
  while (d->slot[at] && lur_number_key(d->end[d->slot[at] - 1].epochs) != lur_number_key(epochs))
    at = (at + 1) & (d->n_slots - 1);
  return at;
}

static bool grow(struct lur_ends *d) {
  if (d->n >= MOST_ENDS || !lur_grow(&d->end, &d->room, d->n + 1, sizeof *d->end))
    return false;
  free(d->slot);
  d->n_slots = 2 * d->room;
  if (!(d->slot = lur_alloc(d->n_slots, sizeof *d->slot)))
    return false;
  for (size_t i = 0; i < d->n; i++)
    d->slot[find_slot(d, d->end[i].epochs)] = (uint32_t)i + 1;
  return true;
}

int lur_ends_add(struct lur_ends *d, double epochs, uint64_t n, uint64_t n_solved, struct lur_error *e) {
  d->n_runs += n;
  if (isinf(epochs))
    return LUR_OK;
  if (d->latest >= d->n || lur_number_key(d->end[d->latest].epochs) != lur_number_key(epochs)) {
    if (d->n == d->room && !grow(d))
      return lur_fail_memory(e);
    size_t at = find_slot(d, epochs);
    if (!d->slot[at]) {
      d->end[d->n++] = (struct lur_end){.epochs = epochs};
      d->slot[at] = (uint32_t)d->n;
    }
    d->latest = d->slot[at] - 1;
  }
  d->end[d->latest].n += n;
  d->end[d->latest].n_solved += n_solved;
  return LUR_OK;
}

void lur_ends_free(struct lur_ends *d) {
  free(d->end);
  free(d->slot);
  *d = (struct lur_ends){0};
}

static int by_epochs(const void *a, const void *b) {
  double x = ((const struct lur_end *)a)->epochs, y = ((const struct lur_end *)b)->epochs;
  return (x > y) - (x < y);
}

size_t lur_ends_estimate(struct lur_ends *d, double least, double last, double *x, double *share) {
  size_t n = 1;
  uint64_t n_ended = 0;
  double left = 1;
  if (d->n)
    qsort(d->end, d->n, sizeof *d->end, by_epochs);
  x[0] = share[0] = 0;
  for (const struct lur_end *end = d->end; end < d->end + d->n; n_ended += end++->n) {
    if (!end->n_solved)
      continue;
    left *= 1 - (double)end->n_solved / (double)(d->n_runs - n_ended);
    if (x[n - 1] + least <= end->epochs)
      n++;
    x[n - 1] = end->epochs;
    share[n - 1] = 1 - left;
  }
  x[n] = last;
  share[n] = 1 - left;
  return n + 1;
}

/* ---- Lives ---- */
static bool make_ends(struct lur_lives *l, size_t n) {
  if (!lur_grow(&l->ends, &l->room, n, sizeof *l->ends))
    return false;
  while (l->n_ends < n)
    l->ends[l->n_ends++] = (struct lur_ends){0};
  return true;
}

/* Cells: the epochs, the status, what it is told apart by. */
static int take_life(struct lur_lives *l, const struct lur_cell *cells, struct lur_error *e) {
  enum lur_status status = lur_cell_status(&cells[1]);
  bool never = status == LUR_DIVERGED || status == LUR_FAILED;
  double epochs = never ? (double)INFINITY : lur_cell_number(&cells[0]);
  uint32_t level = 0;
  if (isnan(epochs))
    return LUR_OK;
  int code = lur_grid_axis_place(&l->by, &cells[2], LUR_GRID_MOST, &level, e);
  if (!code && !make_ends(l, (size_t)level + 1))
    code = lur_fail_memory(e);
  l->last = isfinite(epochs) && epochs > l->last ? epochs : l->last;
  return code ? code : lur_ends_add(&l->ends[level], epochs, 1, status == LUR_SOLVED, e);
}

int lur_lives_read(struct lur_table *t, const char *by, const char *where, struct lur_lives *l, struct lur_error *e) {
  const struct lur_cell *cells;
  struct lur_buffer sql = {0};
  *l = (struct lur_lives){.by.name = by ? by : "", .last = 1};
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
  if (!code && l->n_ends == 0)
    code = lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  if (!code)
    code = lur_grid_axis_order(&l->by, t, e);
  return code || make_ends(l, l->by.n) ? code : lur_fail_memory(e);
}

struct lur_ends *lur_lives_ends(struct lur_lives *l, size_t i) {
  return &l->ends[l->by.order[i]];
}

void lur_lives_free(struct lur_lives *l) {
  lur_grid_axis_free(&l->by);
  for (size_t i = 0; i < l->n_ends; i++)
    lur_ends_free(&l->ends[i]);
  free(l->ends);
}

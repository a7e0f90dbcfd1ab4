/* SPDX-License-Identifier: MIT
 * keep = "cells": one row per combination, its replicates (seeds, and cross-validation folds of each) folded. A window
 * has the replicates of some cells, as many at once as there is room for. A metric's column is its mean over the
 * replicates that have a value (summed in their order from +0), status is the most frequent one (the first of equals),
 * and n_seeds (how many replicates), solved_rate, diverged_rate and failed_rate are added. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/loop.h"

int lur_folded_new(struct loop *l, struct lur_error *e) {
  struct folded *f = &l->folded;
  const size_t n_values = (size_t)l->window.n_values, limit = l->window.limit / l->plan->n_replicates;
  const size_t room = limit < 1 ? 1 : limit;
  f->replicate = l->plan->n_replicates;
  f->sum = lur_alloc(room * n_values, sizeof *f->sum);
  f->count = lur_alloc(room * (n_values + LUR_N_STATUSES), sizeof *f->count);
  lur_rows_init(&f->rows, room, l->plan->n_columns, 0);
  return f->sum && f->count ? LUR_OK : lur_fail_memory(e);
}

void lur_folded_free(struct folded *f) {
  lur_rows_free(&f->rows);
  free(f->sum);
  free(f->count);
}

int lur_folded_fill(struct loop *l, struct lur_error *e) {
  struct folded *f = &l->folded;
  const size_t n_values = (size_t)l->window.n_values;
  struct row_set *to = &l->window.rows;
  if (!lur_replicates_remain(l)) {
    int rc = lur_walk_next(l, e);
    if (rc)
      return rc;
    f->replicate = f->rows.n ? 0 : l->plan->n_replicates;
    memset(f->sum, 0, f->rows.n * n_values * sizeof *f->sum);
    memset(f->count, 0, f->rows.n * (n_values + LUR_N_STATUSES) * sizeof *f->count);
  }
  const uint64_t left = l->plan->n_replicates - f->replicate, at_once = f->rows.n ? to->room / f->rows.n : 1;
  const uint64_t end = f->replicate + (at_once < left ? at_once : left);
  const int rc = lur_rows_clear(to, e);
  for (size_t i = 0; i < f->rows.n && !rc; i++)
    for (uint64_t s = f->replicate; s < end; s++)
      to->run[to->n++] = f->rows.run[i] + s * l->plan->n_cells;
  f->replicate = end;
  return rc;
}

/* False where there is no memory. */
static bool fold_row(struct folded *f, const struct window *w, size_t cell, size_t row) {
  size_t n = (size_t)w->n_values;
  uint64_t *count = &f->count[cell * (n + LUR_N_STATUSES)];
  for (size_t i = 0; i < n; i++) {
    double x = w->value[row * n + i];
    if (isnan(x))
      continue;
    f->sum[cell * n + i] += x;
    count[i]++;
  }
  count[n + w->rows.status[row]]++;
  if (w->rows.status[row] != LUR_FAILED || !w->rows.message[row] || f->rows.message[cell])
    return true;
  return (f->rows.message[cell] = lur_copy_text(w->rows.message[row])) != NULL;
}

static void finish_cell(struct folded *f, const struct loop *l, size_t i) {
  const struct lur_plan *p = l->plan;
  size_t n = (size_t)l->window.n_values;
  const uint64_t *count = &f->count[i * (n + LUR_N_STATUSES)], *status = count + n;
  struct lur_cell *cell = &f->rows.cell[i * (size_t)p->n_columns];
  double n_replicates = (double)p->n_replicates;
  int most = 0;
  for (int s = 1; s < LUR_N_STATUSES; s++)
    if (status[s] > status[most])
      most = s;
  lur_plan_cells(p, f->rows.run[i], cell);
  for (int a = 0; a < p->n_axes; a++)
    if (a == p->seed_axis || a == p->fold_axis)
      cell[a] = (struct lur_cell){.kind = LUR_CELL_NULL};
  cell += p->n_axes;
  for (size_t v = 0; v < n; v++)
    cell[v] = lur_real_cell(count[v] ? f->sum[i * n + v] / (double)count[v] : NAN);
  cell[n] = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)p->n_replicates};
  cell[n + 1] = lur_real_cell((double)status[LUR_SOLVED] / n_replicates);
  cell[n + 2] = lur_real_cell((double)status[LUR_DIVERGED] / n_replicates);
  cell[n + 3] = lur_real_cell((double)status[LUR_FAILED] / n_replicates);
  f->rows.status[i] = (uint8_t)most;
  f->rows.finished[i] = 1;
}

int lur_folded_take(struct loop *l, struct lur_error *e) {
  struct folded *f = &l->folded;
  const struct window *w = &l->window;
  if (l->cut)
    return LUR_OK;
  for (size_t row = 0; row < w->rows.n; row++)
    if (!fold_row(f, w, row / (w->rows.n / f->rows.n), row))
      return lur_fail_memory(e);
  for (size_t i = 0; i < f->rows.n && !lur_replicates_remain(l); i++)
    finish_cell(f, l, i);
  return LUR_OK;
}

/* SPDX-License-Identifier: MIT
 * keep = "cells": one row a combination, its seeds folded. A metric's column is its mean over the seeds that have a
 * value (summed in seed order from +0), status is the most frequent one (the first of equals), and n_seeds,
 * solved_rate, diverged_rate and failed_rate are added. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/sweep_internal.h"

int lur_folded_new(struct folded *f, const struct loop *l, size_t room, struct lur_error *e) {
  size_t n_values = (size_t)l->window.n_values;
  *f = (struct folded){.room = room};
  f->run = lur_alloc(room, sizeof *f->run);
  f->status = lur_alloc(room, 1);
  f->finished = lur_alloc(room, 1);
  f->cell = lur_alloc(room * (size_t)l->plan->n_columns, sizeof *f->cell);
  f->sum = lur_alloc(room * n_values, sizeof *f->sum);
  f->count = lur_alloc(room * (n_values + LUR_N_STATUSES), sizeof *f->count);
  f->message = lur_alloc(room, sizeof *f->message);
  bool good = f->run && f->status && f->finished && f->cell && f->sum && f->count && f->message;
  return good ? LUR_OK : lur_fail_memory(e);
}

static void drop_messages(struct folded *f) {
  for (size_t i = 0; f->message && i < f->room; i++) {
    free(f->message[i]);
    f->message[i] = NULL;
  }
}

void lur_folded_free(struct folded *f) {
  drop_messages(f);
  free(f->message);
  free(f->run);
  free(f->status);
  free(f->finished);
  free(f->cell);
  free(f->sum);
  free(f->count);
  *f = (struct folded){0};
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
  count[n + w->status[row]]++;
  if (w->status[row] != LUR_FAILED || !w->message[row] || f->message[cell])
    return true;
  return (f->message[cell] = lur_copy_text(w->message[row])) != NULL;
}

static void finish_cell(struct folded *f, const struct loop *l, size_t i) {
  const struct lur_plan *p = l->plan;
  size_t n = (size_t)l->window.n_values;
  const uint64_t *count = &f->count[i * (n + LUR_N_STATUSES)], *status = count + n;
  struct lur_cell *cell = &f->cell[i * (size_t)p->n_columns];
  double n_seeds = (double)p->n_seeds;
  int most = 0;
  for (int s = 1; s < LUR_N_STATUSES; s++)
    if (status[s] > status[most])
      most = s;
  lur_plan_cells(p, f->run[i], cell);
  if (p->seed_axis >= 0)
    cell[p->seed_axis] = (struct lur_cell){.kind = LUR_CELL_NULL};
  cell += p->n_axes;
  for (size_t v = 0; v < n; v++)
    cell[v] = lur_real_cell(count[v] ? f->sum[i * n + v] / (double)count[v] : NAN);
  cell[n] = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = (int64_t)p->n_seeds};
  cell[n + 1] = lur_real_cell((double)status[LUR_SOLVED] / n_seeds);
  cell[n + 2] = lur_real_cell((double)status[LUR_DIVERGED] / n_seeds);
  cell[n + 3] = lur_real_cell((double)status[LUR_FAILED] / n_seeds);
  f->status[i] = (uint8_t)most;
  f->finished[i] = 1;
}

/* One window: seeds first .. end of every cell. */
static int run_seeds(struct folded *f, struct loop *l, uint64_t first, uint64_t end, struct lur_error *e) {
  struct window *w = &l->window;
  lur_window_clear(w);
  for (size_t i = 0; i < f->n; i++)
    for (uint64_t s = first; s < end; s++)
      w->run[w->n++] = f->run[i] + s * l->plan->n_cells;
  int rc = lur_window_run(l, e);
  for (size_t row = 0; row < w->n && !rc; row++)
    if (!fold_row(f, w, row / (end - first), row))
      rc = lur_fail_memory(e);
  return rc;
}

int lur_folded_run(struct folded *f, struct loop *l, struct lur_error *e) {
  size_t n_values = (size_t)l->window.n_values;
  uint64_t seeds_at_once = f->n ? l->window.room / f->n : 1;
  int rc = LUR_OK;
  memset(f->sum, 0, f->n * n_values * sizeof *f->sum);
  memset(f->count, 0, f->n * (n_values + LUR_N_STATUSES) * sizeof *f->count);
  memset(f->finished, 0, f->n);
  drop_messages(f);
  for (uint64_t s = 0; s < l->plan->n_seeds && !rc && f->n; s += seeds_at_once) {
    uint64_t end = s + seeds_at_once < l->plan->n_seeds ? s + seeds_at_once : l->plan->n_seeds;
    rc = run_seeds(f, l, s, end, e);
  }
  for (size_t i = 0; i < f->n && !rc; i++)
    finish_cell(f, l, i);
  return rc;
}

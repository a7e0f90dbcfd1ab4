/* SPDX-License-Identifier: MIT
 * The memory of a window: how many runs it may hold, and the arrays for their rows. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/loop.h"

enum { WINDOW_BYTES = 64 << 20 };

static bool is_per_run(const struct lur_plan *p) {
  return p->sweep.calls->data || p->sweep.calls->start;
}

static size_t most_parameters(const struct lur_plan *p) {
  size_t most = 0;
  for (size_t g = 0; g < p->n_groups; g++) {
    size_t n = p->group[g].broken.code ? 0 : lur_shape_n_parameters(&p->group[g].structure.shape);
    if (n > most)
      most = n;
  }
  return most;
}

static size_t window_limit(const struct lur_plan *p) {
  size_t bytes = sizeof(struct lur_cell) * (size_t)p->n_columns + 32;
  bytes += 2 * sizeof(double) * (size_t)p->group[0].structure.n_curve;
  const bool measures = p->sweep.calls->n_metrics > 0, starts = p->sweep.calls->start != NULL;
  const size_t network_bytes = measures || starts ? sizeof(double) * most_parameters(p) : 0;
  if (measures)
    bytes += network_bytes + sizeof(struct lur_outcome);
  if (is_per_run(p))
    bytes += sizeof(struct lur_numbers) +
             sizeof(double) * p->group[0].structure.n_patterns * (size_t)(p->group[0].structure.shape.width[0] + 8);
  if (starts)
    bytes += network_bytes;
  size_t limit = WINDOW_BYTES / bytes;
  return limit > LUR_WINDOW_RUNS ? LUR_WINDOW_RUNS : limit < 64 ? 64 : limit;
}

int lur_rows_new(struct row_set *r, size_t room, size_t n_columns, struct lur_error *e) {
  r->room = room;
  r->run = lur_alloc(room, sizeof *r->run);
  r->status = lur_alloc(room, 1);
  r->finished = lur_alloc(room, 1);
  r->message = lur_alloc(room, sizeof *r->message);
  if (n_columns)
    r->cell = lur_alloc(room * n_columns, sizeof *r->cell);
  return r->run && r->status && r->finished && r->message && (r->cell || !n_columns) ? LUR_OK : lur_fail_memory(e);
}

void lur_rows_clear(struct row_set *r) {
  for (size_t i = 0; i < r->n; i++) {
    free(r->message[i]);
    r->message[i] = NULL;
    r->finished[i] = 0;
  }
  r->n = 0;
}

void lur_rows_free(struct row_set *r) {
  lur_rows_clear(r);
  free(r->run);
  free(r->status);
  free(r->finished);
  free(r->cell);
  free(r->message);
}

/* An array of n elements per row if it is asked for; false if there is no memory. */
static bool allocate(void *array, bool asked, size_t room, size_t n, size_t size_bytes) {
  void *new = asked ? lur_alloc(room * n, size_bytes) : NULL;
  memcpy(array, &new, sizeof new);
  return new || !asked;
}

int lur_window_new(struct window *w, const struct lur_plan *p, struct lur_error *e) {
  const bool folds = p->sweep.keep == LUR_KEEP_CELLS, measures = p->sweep.calls->n_metrics > 0;
  const bool halves = p->sweep.halving.n_rungs > 0;
  w->limit = window_limit(p);
  const size_t room = w->limit + (halves ? 2 * (size_t)p->bracket : 0);
  w->n_curve = folds && !measures ? 0 : p->group[0].structure.n_curve;
  w->stores_curve = !folds && w->n_curve > 0 && lur_plan_stores_curve(p);
  w->n_values = p->n_columns - p->n_axes - (folds ? LUR_N_CELL_COLUMNS : 0);
  int rc = lur_rows_new(&w->rows, room, folds ? 0 : (size_t)p->n_columns, e);
  bool good = !rc && allocate(&w->whole, true, room, 1, 1) && allocate(&w->kind, true, room, 1, sizeof *w->kind) &&
              allocate(&w->value, folds, room, (size_t)w->n_values, sizeof(double)) &&
              allocate(&w->rank, halves, room, 1, sizeof(double)) &&
              allocate(&w->curve, w->n_curve > 0, room, (size_t)w->n_curve, sizeof *w->curve) &&
              allocate(&w->curve_epoch, w->n_curve > 0, room, (size_t)w->n_curve, sizeof *w->curve_epoch) &&
              allocate(&w->outcome, measures, room, 1, sizeof *w->outcome) &&
              allocate(&w->numbers, is_per_run(p), room, 1, sizeof *w->numbers);
  return good ? LUR_OK : lur_fail_memory(e);
}

void lur_window_free(struct window *w) {
  lur_rows_free(&w->rows);
  free(w->whole);
  free(w->value);
  free(w->rank);
  free(w->curve);
  free(w->curve_epoch);
  free(w->outcome);
  free(w->parameters);
  free(w->kind);
  free(w->numbers);
  free(w->structure);
}

/* SPDX-License-Identifier: MIT
 * The memory of a window: how many runs it may hold, and the arrays for their rows. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/sweep_internal.h"

enum { WINDOW_BYTES = 64 << 20 };

static bool is_per_run(const struct lur_plan *p) {
  return p->sweep.calls->data || p->sweep.calls->start;
}

bool lur_has_host_metrics(const struct lur_plan *p) {
  return p->sweep.calls->n_metrics > 0;
}

size_t lur_most_parameters(const struct lur_plan *p) {
  size_t most = 0;
  for (size_t g = 0; g < p->n_groups; g++) {
    size_t n = p->group[g].broken.code ? 0 : lur_shape_n_parameters(&p->group[g].structure.shape);
    if (n > most)
      most = n;
  }
  return most;
}

size_t lur_window_limit(const struct lur_plan *p) {
  size_t bytes = sizeof(struct lur_cell) * (size_t)p->n_columns + 32;
  bytes += 2 * sizeof(double) * (size_t)p->group[0].structure.n_curve;
  if (lur_has_host_metrics(p))
    bytes += sizeof(double) * lur_most_parameters(p) + sizeof(struct lur_outcome);
  if (is_per_run(p))
    bytes += sizeof(struct lur_numbers) +
             sizeof(double) * p->group[0].structure.n_patterns * (size_t)(p->sweep.spec->train.n_inputs + 8);
  if (p->sweep.calls->start)
    bytes += sizeof(double) * lur_most_parameters(p);
  size_t limit = WINDOW_BYTES / bytes;
  return limit > LUR_WINDOW_RUNS ? LUR_WINDOW_RUNS : limit < 64 ? 64 : limit;
}

static int allocate_host_part(struct window *w, const struct lur_plan *p, struct lur_error *e) {
  if (lur_has_host_metrics(p)) {
    w->n_parameters = lur_most_parameters(p);
    w->outcome = lur_alloc(w->room, sizeof *w->outcome);
    w->parameters = lur_alloc(w->room * w->n_parameters, sizeof(double));
    if (!w->outcome || !w->parameters)
      return lur_fail_memory(e);
  }
  if (is_per_run(p) && !(w->numbers = lur_alloc(w->room, sizeof *w->numbers)))
    return lur_fail_memory(e);
  return LUR_OK;
}

int lur_window_new(struct window *w, const struct lur_plan *p, size_t room, struct lur_error *e) {
  bool folds = p->sweep.keep == LUR_KEEP_CELLS;
  *w = (struct window){.room = room, .n_curve = folds && !lur_has_host_metrics(p) ? 0 : p->group[0].structure.n_curve};
  w->stores_curve = w->n_curve > 0 && lur_plan_stores_curve(p);
  w->n_values = p->n_columns - p->n_axes - (folds ? LUR_N_CELL_COLUMNS : 0);
  w->run = lur_alloc(room, sizeof *w->run);
  w->status = lur_alloc(room, 1);
  w->finished = lur_alloc(room, 1);
  w->whole = lur_alloc(room, 1);
  w->kind = lur_alloc(room, sizeof *w->kind);
  w->message = lur_alloc(room, sizeof *w->message);
  bool good = w->run && w->status && w->finished && w->whole && w->kind && w->message;
  if (folds)
    good = good && (w->value = lur_alloc(room * (size_t)w->n_values, sizeof(double)));
  else
    good = good && (w->cell = lur_alloc(room * (size_t)p->n_columns, sizeof *w->cell));
  if (p->sweep.halving.n_rungs)
    good = good && (w->rank = lur_alloc(room, sizeof(double)));
  if (w->n_curve) {
    w->curve = lur_alloc(room * (size_t)w->n_curve, sizeof *w->curve);
    w->curve_epoch = lur_alloc(room * (size_t)w->n_curve, sizeof *w->curve_epoch);
    good = good && w->curve && w->curve_epoch;
  }
  return good ? allocate_host_part(w, p, e) : lur_fail_memory(e);
}

void lur_window_clear(struct window *w) {
  for (size_t i = 0; i < w->n; i++) {
    free(w->message[i]);
    w->message[i] = NULL;
  }
  if (w->finished)
    memset(w->finished, 0, w->n);
  w->n = 0;
  w->n_structures = 0;
}

void lur_window_free(struct window *w) {
  if (w->message)
    lur_window_clear(w);
  free(w->run);
  free(w->status);
  free(w->finished);
  free(w->whole);
  free(w->cell);
  free(w->value);
  free(w->rank);
  free(w->curve);
  free(w->curve_epoch);
  free(w->outcome);
  free(w->parameters);
  free(w->message);
  free(w->kind);
  free(w->numbers);
  free(w->structure);
  *w = (struct window){0};
}

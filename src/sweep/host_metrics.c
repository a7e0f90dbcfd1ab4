/* SPDX-License-Identifier: MIT
 * The script's metrics: asked for once per run, in run order, on the main thread. */
#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "sweep/loop.h"

enum { LATE_NS = 300000000 }; /* so long after an interrupt, what was trained is still measured, and so kept */

/* A run that diverged has no loss and no accuracy, which a metric may want: it stays what it is. */
static int take_failure(struct window *w, size_t row, char *why, struct lur_error *e) {
  if (!why)
    return lur_fail_memory(e);
  if (w->rows.status[row] != LUR_DIVERGED)
    w->rows.status[row] = LUR_FAILED;
  free(w->rows.message[row]);
  w->rows.message[row] = why;
  return LUR_OK;
}

/* late: the interrupt came before, and is not what may have spoilt this call. */
static int measure(struct loop *l, size_t row, bool late, struct lur_error *e) {
  const struct lur_host_calls *calls = l->plan->sweep.calls;
  struct window *w = &l->window;
  char *why = NULL;
  double value[LUR_MAX_HOST_METRICS];
  for (int i = 0; i < calls->n_metrics; i++)
    value[i] = NAN;
  int rc = lur_plan_spec_with_data(l->plan, w->rows.run[row], l->at, e);
  if (rc)
    return rc;
  w->outcome[row].status = (enum lur_status)w->rows.status[row]; /* halving may have ended it */
  rc = calls->metric(calls->context, l->at, lur_row_structure(l, row), &w->outcome[row], w->rows.run[row],
                     w->epochs[row], value, &why);
  if (!late && lur_loop_is_cancelled(l)) {
    free(why);
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  }
  for (int i = 0, column = w->n_values - calls->n_metrics; i < calls->n_metrics; i++, column++) {
    if (w->rows.cell)
      w->rows.cell[row * (size_t)l->plan->n_columns + (size_t)(l->plan->n_axes + column)] = lur_real_cell(value[i]);
    if (w->value)
      w->value[row * (size_t)w->n_values + (size_t)column] = value[i];
  }
  return rc ? take_failure(w, row, why, e) : LUR_OK;
}

int lur_window_measure(struct loop *l, struct lur_error *e) {
  const struct lur_host_calls *calls = l->plan->sweep.calls;
  struct row_set *r = &l->window.rows;
  const bool late = lur_loop_is_cancelled(l);
  const uint64_t begin_ns = lur_clock_ns();
  int rc = LUR_OK;
  for (size_t row = 0; row < r->n && calls->n_metrics; row++) {
    if (!rc && late && lur_clock_ns() - begin_ns > LATE_NS)
      rc = lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
    if (!rc && r->finished[row] && r->status[row] != LUR_FAILED)
      rc = measure(l, row, late, e);
    if (rc)
      r->finished[row] = 0; /* has no metrics */
  }
  lur_plan_forget(l->plan);
  return rc;
}

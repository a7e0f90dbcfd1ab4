/* SPDX-License-Identifier: MIT
 * Settling: the numbers of a window go to the sink with its rows, as one range for every stretch of consecutive
 * numbers; after a cancel, those stretches that are finished. */
#include <math.h>

#include "sweep/loop.h"

enum { PREFETCHED_ROWS = 16 };

static void count_rows(struct loop *l, size_t first, size_t end) {
  struct lur_progress *p = l->progress;
  const struct row_set *r = l->out;
  size_t n[LUR_N_STATUSES] = {0};
  double best = atomic_load_explicit(&p->best, memory_order_relaxed);
  const size_t n_columns = (size_t)l->plan->n_columns;
  for (size_t i = first; i < end; i++) {
    const struct lur_cell *loss = &r->cell[i * n_columns + (size_t)l->plan->n_axes];
    __builtin_prefetch(loss + PREFETCHED_ROWS * n_columns); /* a row was written long ago */
    n[r->status[i]]++;
    if (l->one_loss && loss->kind == LUR_CELL_REAL && isfinite(loss->as.real) && !(best <= loss->as.real))
      best = loss->as.real;
  }
  atomic_fetch_add(&p->rows, end - first);
  atomic_fetch_add(&p->solved, n[LUR_SOLVED]);
  atomic_fetch_add(&p->diverged, n[LUR_DIVERGED]);
  atomic_fetch_add(&p->failed, n[LUR_FAILED]);
  atomic_store(&p->best, best);
}

/* The rows first .. end are all that the numbers from .. last have. */
static int hand_over(struct loop *l, size_t first, size_t end, uint64_t from, uint64_t last, struct lur_error *e) {
  const struct row_set *r = l->out;
  const struct window *w = &l->window;
  const size_t n_curve = w->stores_curve ? (size_t)r->n_curve : 0;
  if (last < from)
    return LUR_OK;
  const struct lur_rows rows = {.first = from,
                                .last = last,
                                .n = end - first,
                                .n_columns = l->plan->n_columns,
                                .run = r->run + first,
                                .status = r->status + first,
                                .cell = r->cell + first * (size_t)l->plan->n_columns,
                                .message = (const char *const *)r->message + first,
                                .n_curve = (int)n_curve,
                                .curve = n_curve ? r->curve + first * n_curve : NULL,
                                .validation_curve =
                                    n_curve && w->stores_validation ? r->validation_curve + first * n_curve : NULL,
                                .curve_epoch = n_curve ? r->curve_epoch + first * n_curve : NULL,
                                .memory = lur_rows_memory(r)};
  int rc = l->sink->take(l->sink->context, &rows, e);
  if (rc)
    return rc;
  count_rows(l, first, end);
  atomic_fetch_add(&l->progress->done, last - from + 1);
  return LUR_OK;
}

/* One range of a window, whose rows are first .. end. */
static int settle_range(struct loop *l, size_t first, size_t end, struct lur_range range, struct lur_error *e) {
  const struct row_set *r = l->out;
  int rc = LUR_OK;
  uint64_t from = range.first;
  size_t start = first;
  for (size_t i = first; i < end && !rc; i++) {
    if (r->finished[i])
      continue;
    if (i > start || from == range.first)
      rc = hand_over(l, start, i, from, r->run[i] - 1, e);
    from = r->run[i] + 1;
    start = i + 1;
  }
  return rc ? rc : hand_over(l, start, end, from, range.last, e);
}

int lur_settle(struct loop *l, struct lur_error *e) {
  const struct walk *w = &l->walk;
  struct row_set *r = l->out;
  int rc = LUR_OK;
  if (lur_replicates_remain(l) && !l->cut)
    return LUR_OK;
  if (l->cut && lur_halves(l)) /* a bracket is settled as a whole, with its skipped numbers */
    return LUR_OK;
  bool all = true;
  for (size_t i = 0; i < r->n && l->cut && lur_alarm_rang(l->alarm); i++) /* what a budget cut is a prefix */
    r->finished[i] = all = all && r->finished[i];
  for (size_t i = 0, row = 0; i < w->n_ranges && !rc; i++) {
    const size_t first = row;
    while (row < r->n && r->run[row] <= w->range[i].last)
      row++;
    rc = settle_range(l, first, row, w->range[i], e);
  }
  return rc;
}

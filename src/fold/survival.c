/* SPDX-License-Identifier: MIT
 * Lives are read in one pass; the estimate walks over sorted ends. */
#include "fold/survival.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "fold/grid.h"
#include "fold/statistics.h"

/* Cells: the epochs, the status, what it is told apart by. */
static int take_life(struct lur_lives *l, const struct lur_cell *cells, struct lur_error *e) {
  enum lur_status status = lur_cell_status(&cells[1]);
  bool never = status == LUR_DIVERGED || status == LUR_FAILED;
  double epochs = never ? (double)INFINITY : lur_cell_number(&cells[0]);
  uint32_t level = 0;
  if (isnan(epochs))
    return LUR_OK;
  int code = lur_grid_axis_place(&l->by, &cells[2], LUR_GRID_MOST, &level, e);
  if (!code && !lur_grow(&l->life, &l->room, l->n + 1, sizeof *l->life))
    code = lur_fail_memory(e);
  if (code)
    return code;
  l->life[l->n++] = (struct lur_life){epochs, level, status == LUR_SOLVED};
  l->last = isfinite(epochs) && epochs > l->last ? epochs : l->last;
  return LUR_OK;
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
  if (!code && l->n == 0)
    code = lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
  return code ? code : lur_grid_axis_order(&l->by, e);
}

void lur_lives_free(struct lur_lives *l) {
  lur_grid_axis_free(&l->by);
  free(l->life);
}

void lur_lives_ends(const struct lur_lives *l, size_t i, struct lur_ends *out) {
  out->n_all = out->n_solved = out->n_runs = 0;
  for (const struct lur_life *life = l->life; life < l->life + l->n; life++) {
    if (life->level != l->by.order[i])
      continue;
    out->n_runs++;
    if (isfinite(life->epochs))
      out->all[out->n_all++] = life->epochs;
    if (life->solved)
      out->solved[out->n_solved++] = life->epochs;
  }
}

size_t lur_ends_estimate(struct lur_ends *d, double least, double last, double *x, double *share) {
  size_t n = 1, n_ended = 0;
  double left = 1;
  lur_numbers_sort(d->all, d->n_all);
  lur_numbers_sort(d->solved, d->n_solved);
  x[0] = share[0] = 0;
  for (size_t i = 0, end; i < d->n_solved; i = end) {
    for (end = i; end < d->n_solved && d->solved[end] <= d->solved[i]; end++)
      ;
    while (n_ended < d->n_all && d->all[n_ended] < d->solved[i])
      n_ended++;
    left *= 1 - (double)(end - i) / (double)(d->n_runs - n_ended);
    if (x[n - 1] + least <= d->solved[i])
      n++;
    x[n - 1] = d->solved[i];
    share[n - 1] = 1 - left;
  }
  x[n] = last;
  share[n] = 1 - left;
  return n + 1;
}

/* SPDX-License-Identifier: MIT
 * Rows and points both come by run, and are read side by side: first to know the epochs and the values of the axis,
 * then to add what the loss is at each of the epochs. */
#include "fold/learning.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/grid.h"

enum { MOST_EPOCHS = 1 << 14, MOST_GROUPS = 1 << 20 };

/* A run with its points. */
struct curve {
  const uint64_t *epoch;
  const double *loss;
  size_t n;
  uint64_t epochs; /* that it trained */
  double last;     /* its loss after them; NaN where that is not kept */
  uint32_t level;  /* of the axis */
};
typedef int take_curve(struct lur_learning *l, const struct curve *c, struct lur_error *e);

static int add_point(struct lur_learning *l, const struct lur_curve_point *p, size_t n, struct lur_error *e) {
  size_t room = l->points_room;
  if (!lur_grow(&l->point_epoch, &room, n + 1, sizeof *l->point_epoch) ||
      !lur_grow(&l->point_loss, &l->points_room, n + 1, sizeof *l->point_loss))
    return lur_fail_memory(e);
  l->point_epoch[n] = p->epoch;
  l->point_loss[n] = p->loss;
  return LUR_OK;
}

/* The points of a run, of those that come by run from p on. more: whether `next` holds one. */
static int gather(struct lur_learning *l, struct lur_points *p, struct lur_curve_point *next, int *more, uint64_t run,
                  struct curve *c, struct lur_error *e) {
  int code = LUR_OK;
  for (c->n = 0; *more > 0 && next->run <= run && !code; *more = lur_points_next(p, next, e))
    if (next->run == run && !isnan(next->loss))
      code = add_point(l, next, c->n++, e);
  c->epoch = l->point_epoch;
  c->loss = l->point_loss;
  return *more < 0 ? -*more : code;
}

static int read_curves(struct lur_learning *l, struct lur_query *q, struct lur_points *p, take_curve *take,
                       struct lur_error *e) {
  const struct lur_cell *cells;
  struct lur_curve_point next = {0};
  int more = lur_points_next(p, &next, e), got = 1, code = more < 0 ? -more : LUR_OK;
  l->n_left_out = l->n_ended = 0;
  while (!code && (got = lur_query_next(q, &cells, e)) > 0) {
    double epochs = lur_cell_number(&cells[1]);
    struct curve c = {.epochs = epochs >= 0 ? (uint64_t)epochs : UINT64_MAX, .last = lur_cell_number(&cells[3])};
    const char *status = cells[2].kind == LUR_CELL_TEXT ? cells[2].as.text : "";
    code = gather(l, p, &next, &more, (uint64_t)cells[0].as.integer, &c, e);
    if (strcmp(status, "diverged") == 0 || strcmp(status, "failed") == 0) {
      l->n_left_out++;
      continue;
    }
    if (!code && c.n)
      code = lur_grid_axis_place(&l->by, &cells[4], LUR_GRID_MOST, &c.level, e);
    code = code || !c.n ? code : take(l, &c, e);
  }
  return got < 0 ? -got : code;
}

static int note_epochs(struct lur_learning *l, const struct curve *c, struct lur_error *e) {
  for (size_t i = 0, at = 0; i < c->n; i++) {
    while (at < l->n_epochs && l->epoch[at] < c->epoch[i])
      at++;
    if (at < l->n_epochs && l->epoch[at] == c->epoch[i])
      continue;
    if (l->n_epochs == MOST_EPOCHS)
      return lur_fail(e, LUR_EINPUT, "epoch", "has more than %d values; choose some with a WHERE", MOST_EPOCHS);
    if (!lur_grow(&l->epoch, &l->epochs_room, l->n_epochs + 1, sizeof *l->epoch))
      return lur_fail_memory(e);
    memmove(l->epoch + at + 1, l->epoch + at, (l->n_epochs - at) * sizeof *l->epoch);
    l->epoch[at] = c->epoch[i];
    l->n_epochs++;
  }
  return LUR_OK;
}

/* A loss holds until the next is kept, and the last one for ever. */
static int add_losses(struct lur_learning *l, const struct curve *c, struct lur_error *e) {
  int code = LUR_OK;
  l->n_ended += c->epochs <= l->epoch[l->n_epochs - 1];
  if (l->moments)
    l->n_runs[c->level]++;
  for (size_t k = 0, i = 0; k < l->n_epochs && !code; k++) {
    while (i + 1 < c->n && c->epoch[i + 1] <= l->epoch[k])
      i++;
    if (c->epoch[i] > l->epoch[k])
      continue;
    double loss = l->epoch[k] >= c->epochs && !isnan(c->last) ? c->last : c->loss[i];
    size_t group = c->level * l->n_epochs + k;
    if (l->moments)
      lur_moments_add(&l->moments[group], loss);
    code = lur_tally_add(l->tally, group, loss, e);
  }
  return code;
}

static int pass(struct lur_learning *l, struct lur_table *t, const struct lur_ask *rows, bool validation,
                take_curve *take, struct lur_error *e) {
  struct lur_points *p = lur_points_new(t, validation, e);
  struct lur_query *q = p ? lur_query_new(t, rows, e) : NULL;
  int code = q ? read_curves(l, q, p, take, e) : e->code;
  lur_query_free(q);
  lur_points_free(p);
  return code;
}

static int check(struct lur_table *t, const char *by, bool validation, struct lur_error *e) {
  int n = lur_table_curves(t);
  if (by && lur_table_column(t, by) < 0)
    return lur_column_unknown(t, by, e);
  if (n == 0)
    return lur_fail(e, LUR_EINPUT, "epoch",
                    "the file keeps no curves; write curve = 100 in the script, and sweep again");
  return n < 2 && validation
             ? lur_fail(e, LUR_EINPUT, "validation_loss", "the file keeps no curves of it; the sweep had no validation")
             : LUR_OK;
}

/* Moments of the first pass only: those of a later one would be the same numbers once more. */
static int fold(struct lur_learning *l, struct lur_table *t, const struct lur_ask *rows, bool validation,
                struct lur_error *e) {
  size_t n = l->by.n * l->n_epochs;
  bool again = true;
  if (n > MOST_GROUPS)
    return lur_fail(e, LUR_EINPUT, NULL, "%zu curves are too many; choose some with a WHERE", l->by.n);
  struct lur_moments *moments = l->moments = lur_alloc(n, sizeof *moments);
  l->n_runs = lur_alloc(l->by.n, sizeof *l->n_runs);
  l->tally = moments && l->n_runs ? lur_tally_new(0, e) : NULL;
  int code = l->tally ? LUR_OK : lur_fail_memory(e);
  while (!code && again) {
    code = pass(l, t, rows, validation, add_losses, e);
    l->moments = NULL;
    if (!code)
      code = lur_tally_pass(l->tally, &again, e);
  }
  l->moments = moments;
  for (size_t i = 0; i < l->by.n && !code; i++)
    lur_folded_count(&l->heading, l->n_runs[i]);
  return code;
}

int lur_learning_read(struct lur_table *t, const char *by, bool validation, const char *where, struct lur_learning *l,
                      struct lur_error *e) {
  const char *last = validation ? "validation_loss" : "loss";
  struct lur_buffer sql = {0};
  *l = (struct lur_learning){.by.name = by ? by : ""};
  int code = check(t, by, validation, e);
  lur_buffer_format(&sql, "run, epochs, status, %s, ", lur_table_column(t, last) >= 0 ? last : "NULL");
  if (by)
    lur_sql_name(by, &sql);
  else
    lur_buffer_text(&sql, "NULL");
  const struct lur_ask rows = {.select = sql.data, .where = where, .order = "run", .deadline_ms = -1};
  if (!code && sql.failed)
    code = lur_fail_memory(e);
  if (!code)
    code = pass(l, t, &rows, validation, note_epochs, e);
  if (!code && !l->n_epochs)
    code = lur_fail(e, LUR_EINPUT, NULL, l->n_left_out ? "all runs of these rows diverged" : "no row has a curve");
  if (!code)
    code = lur_grid_axis_order(&l->by, t, e);
  if (!code)
    code = fold(l, t, &rows, validation, e);
  lur_buffer_free(&sql);
  return code;
}

struct lur_learned lur_learning_at(const struct lur_learning *l, size_t i, size_t k) {
  size_t group = l->by.order[i] * l->n_epochs + k;
  return (struct lur_learned){lur_tally_spread(l->tally, group), lur_moments_deviation(&l->moments[group])};
}

void lur_learning_free(struct lur_learning *l) {
  if (!l)
    return;
  lur_grid_axis_free(&l->by);
  lur_tally_free(l->tally);
  free(l->epoch);
  free(l->moments);
  free(l->n_runs);
  free(l->point_epoch);
  free(l->point_loss);
  *l = (struct lur_learning){0};
}

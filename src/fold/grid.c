/* SPDX-License-Identifier: MIT
 * Cells lie y by y. The file's own axes say how much room to begin with, so that the cells are laid out once. A mean is
 * kept by Welford's recurrence. */
#include "fold/grid.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/statistics.h"

const char *const lur_fold_names[] = {"mean", "rate", "median", "q90", "min", NULL};
_Static_assert(sizeof lur_fold_names / sizeof *lur_fold_names == LUR_N_FOLDS + 1, "a name each");

/* ---- Cells ---- */
static size_t room_for(size_t n, size_t room) {
  while (room < n)
    room = room ? room * 2 : 16;
  return room;
}

/* A new width moves every cell; a new height does not. */
static int make_room(struct lur_grid *g, uint32_t x, uint32_t y, struct lur_error *e) {
  size_t room_x = room_for((size_t)x + 1, g->room_x), room_y = room_for((size_t)y + 1, g->room_y);
  if (room_x == g->room_x && room_y == g->room_y)
    return LUR_OK;
  if (room_x == g->room_x) {
    struct lur_grid_cell *cell = lur_resize(g->cell, room_x * room_y, sizeof *cell);
    if (!cell)
      return lur_fail_memory(e);
    memset(cell + room_x * g->room_y, 0, room_x * (room_y - g->room_y) * sizeof *cell);
    g->cell = cell;
    g->room_y = room_y;
    return LUR_OK;
  }
  struct lur_grid_cell *cell = lur_alloc(room_x * room_y, sizeof *cell);
  if (!cell)
    return lur_fail_memory(e);
  for (size_t i = 0; i < g->room_y; i++)
    memcpy(cell + i * room_x, g->cell + i * g->room_x, g->room_x * sizeof *cell);
  free(g->cell);
  g->cell = cell;
  g->room_x = room_x;
  g->room_y = room_y;
  return LUR_OK;
}

static int take_row(struct lur_grid *g, const struct lur_cell *c, bool keeps_diverged, struct lur_error *e) {
  uint32_t x = 0, y = 0;
  if (c[0].kind == LUR_CELL_NULL || c[1].kind == LUR_CELL_NULL)
    return LUR_OK;
  int code = lur_grid_axis_place(&g->x, &c[0], LUR_GRID_MOST, &x, e);
  if (!code)
    code = lur_grid_axis_place(&g->y, &c[1], LUR_GRID_MOST, &y, e);
  if (!code)
    code = make_room(g, x, y, e);
  if (code)
    return code;
  enum lur_status status = lur_cell_status(&c[2]);
  struct lur_grid_cell *cell = &g->cell[y * g->room_x + x];
  bool bad = status == LUR_FAILED || (status == LUR_DIVERGED && !keeps_diverged);
  double value = bad && !g->folded ? (double)NAN : lur_cell_number(&c[3]);
  if (g->fold == LUR_FOLD_RATE && !g->folded)
    value = status == LUR_SOLVED;
  cell->n_rows++;
  g->n_rows++;
  if (!isfinite(value))
    return LUR_OK;
  if (++cell->n_values == 1) {
    cell->value = value;
  } else if (g->fold == LUR_FOLD_MEDIAN || g->fold == LUR_FOLD_Q90) {
    if (!lur_grow(&g->more, &g->more_room, g->n_more + 1, sizeof *g->more))
      return lur_fail_memory(e);
    g->more[g->n_more++] = (struct lur_grid_more){x, y, value};
  } else if (g->fold == LUR_FOLD_MIN) {
    cell->value = value < cell->value ? value : cell->value;
  } else {
    cell->value += (value - cell->value) / cell->n_values;
  }
  return LUR_OK;
}

/* ---- When all rows are read: quantiles, the order of levels ---- */
static int by_place(const void *a, const void *b) {
  const struct lur_grid_more *p = a, *q = b;
  if (p->y != q->y)
    return p->y < q->y ? -1 : 1;
  if (p->x != q->x)
    return p->x < q->x ? -1 : 1;
  return (p->value > q->value) - (p->value < q->value);
}

static int fold_quantiles(struct lur_grid *g, struct lur_error *e) {
  double *room = lur_alloc(g->n_more + 1, sizeof *room);
  if (!room)
    return lur_fail_memory(e);
  if (g->n_more)
    qsort(g->more, g->n_more, sizeof *g->more, by_place);
  for (size_t i = 0, n; i < g->n_more; i += n) {
    struct lur_grid_cell *c = &g->cell[g->more[i].y * g->room_x + g->more[i].x];
    n = c->n_values - 1;
    /* The quantile of a cell's first value and its n others, which are sorted; room has a place more than they. */
    const struct lur_grid_more *more = g->more + i;
    size_t k = 0, place = 0;
    for (; k < n && more[k].value < c->value; k++)
      room[place++] = more[k].value;
    room[place++] = c->value;
    for (; k < n; k++)
      room[place++] = more[k].value;
    c->value = lur_quantile(room, place, g->fold == LUR_FOLD_Q90 ? 0.9 : 0.5);
  }
  free(room);
  return LUR_OK;
}

/* ---- What the file says of its axes ---- */
static int begin(struct lur_table *t, struct lur_grid *g, struct lur_error *e) {
  struct lur_grid_axis *const axis[] = {&g->x, &g->y};
  size_t n_values[] = {0, 1};
  lur_grid_axis_hint(t, 2, axis, n_values);
  size_t room_x = n_values[0] <= LUR_GRID_MOST ? n_values[0] : 0;
  size_t room_y = n_values[1] <= LUR_GRID_MOST ? n_values[1] : 0;
  if (room_x > 1 && room_y && room_x * room_y <= (size_t)1 << 26) {
    g->cell = lur_alloc(room_x * room_y, sizeof *g->cell);
    if (!g->cell)
      return lur_fail_memory(e);
    g->room_x = room_x;
    g->room_y = room_y;
  }
  return LUR_OK;
}

static int check_axis(const struct lur_table *t, const char *name, struct lur_error *e) {
  bool other = strcmp(name, "run") == 0 || strcmp(name, "status") == 0;
  return other || lur_table_column(t, name) >= 0 ? LUR_OK : lur_column_unknown(t, name, e);
}

static int check_names(const struct lur_table *t, const struct lur_grid_ask *ask, struct lur_error *e) {
  int code = check_axis(t, ask->x, e);
  if (!code && ask->y)
    code = check_axis(t, ask->y, e);
  if (!code && ask->y && strcmp(ask->x, ask->y) == 0)
    code = lur_fail(e, LUR_EINPUT, ask->y, "is both axes; a picture of one axis has no other");
  return code ? code : lur_table_check_metric(t, ask->value, e);
}

static struct lur_query *start(struct lur_table *t, const struct lur_grid_ask *ask, const struct lur_grid *g,
                               struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = NULL;
  lur_sql_name(ask->x, &sql);
  lur_buffer_text(&sql, ", ");
  if (ask->y)
    lur_sql_name(ask->y, &sql);
  else
    lur_buffer_text(&sql, "0");
  lur_buffer_text(&sql, ", status, ");
  lur_sql_name(g->folded && g->fold == LUR_FOLD_RATE ? "solved_rate" : ask->value, &sql);
  if (sql.failed)
    lur_fail_memory(e);
  else
    q = lur_query_new(t, &(struct lur_ask){.select = sql.data, .where = ask->where, .order = "run", .deadline_ms = -1},
                      e);
  lur_buffer_free(&sql);
  return q;
}

int lur_grid_read(struct lur_table *t, const struct lur_grid_ask *ask, struct lur_grid *g, struct lur_error *e) {
  const struct lur_cell *cells;
  bool rate = ask->fold == LUR_FOLD_RATE || strcmp(ask->value, "solved") == 0;
  bool keeps = strcmp(ask->value, "trainability") == 0;
  int got = 1, code = check_names(t, ask, e);
  *g = (struct lur_grid){.x.name = ask->x, .y.name = ask->y ? ask->y : "", .fold = rate ? LUR_FOLD_RATE : ask->fold};
  g->folded = lur_table_folds_seeds(t);
  if (!code)
    code = begin(t, g, e);
  struct lur_query *q = code ? NULL : start(t, ask, g, e);
  if (!q)
    return code ? code : e->code;
  while (!code && (got = lur_query_next(q, &cells, e)) > 0)
    code = take_row(g, cells, keeps, e);
  lur_query_free(q);
  if (got < 0)
    return -got;
  if (!code)
    code = fold_quantiles(g, e);
  if (!code)
    code = lur_grid_axis_order(&g->x, e);
  if (!code)
    code = lur_grid_axis_order(&g->y, e);
  if (!code && g->n_rows)
    code = make_room(g, (uint32_t)g->x.n - 1, (uint32_t)g->y.n - 1, e);
  return code || g->n_rows ? code : lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
}

/* ---- Reading one ---- */
const struct lur_grid_cell *lur_grid_at(const struct lur_grid *g, size_t x, size_t y) {
  return &g->cell[g->y.order[y] * g->room_x + g->x.order[x]];
}

void lur_grid_title(const struct lur_grid *g, const char *value, char out[160]) {
  double per_cell = (double)g->n_rows / (double)(g->x.n * g->y.n);
  if (g->fold == LUR_FOLD_RATE)
    snprintf(out, 160, "share solved");
  else if (per_cell > 1.001)
    snprintf(out, 160, "%s %s over %.4g runs a cell", lur_fold_names[g->fold], value, per_cell);
  else
    snprintf(out, 160, "%s", value);
}

void lur_grid_free(struct lur_grid *g) {
  if (!g)
    return;
  lur_grid_axis_free(&g->x);
  lur_grid_axis_free(&g->y);
  free(g->cell);
  free(g->more);
  *g = (struct lur_grid){0};
}

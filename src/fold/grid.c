/* SPDX-License-Identifier: MIT
 * Cells lie y by y. The file's own axes say how much room to begin with, so that the cells are laid out once. A mean is
 * kept by Welford's recurrence. A large grid is told: its rows are its cells, as long as no cell has two of them. */
#include "fold/grid.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/tally.h"

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

/* The value of a row; NaN: none. Cells: both axes, the status, the value. */
static double value_of(const struct lur_grid *g, const struct lur_cell *c) {
  enum lur_status status = lur_cell_status(&c[2]);
  bool bad = status == LUR_FAILED || (status == LUR_DIVERGED && !g->keeps_diverged);
  double value = bad && !g->folded ? (double)NAN : lur_cell_number(&c[3]);
  if (g->fold == LUR_FOLD_RATE && !g->folded)
    value = status == LUR_SOLVED;
  return isfinite(value) ? value : (double)NAN;
}

static bool has_place(const struct lur_cell *c) {
  return c[0].kind != LUR_CELL_NULL && c[1].kind != LUR_CELL_NULL;
}

static int place(struct lur_grid *g, const struct lur_cell *c, uint32_t *x, uint32_t *y, struct lur_error *e) {
  int code = lur_grid_axis_place(&g->x, &c[0], LUR_GRID_MOST, x, e);
  return code ? code : lur_grid_axis_place(&g->y, &c[1], LUR_GRID_MOST, y, e);
}

/* A value that is not the cell's first. */
static int add_value(struct lur_grid *g, struct lur_grid_cell *cell, double value, struct lur_error *e) {
  if (g->fold == LUR_FOLD_MIN) {
    cell->value = value < cell->value ? value : cell->value;
  } else if (!g->tally) {
    cell->value += (value - cell->value) / cell->n_values;
  } else {
    if (cell->n_values == 2) {
      int code = lur_tally_add(g->tally, g->n_groups, cell->value, e);
      if (code)
        return code;
      cell->value = (double)g->n_groups++;
    }
    return lur_tally_add(g->tally, (size_t)cell->value, value, e);
  }
  return LUR_OK;
}

static int take_row(struct lur_grid *g, const struct lur_cell *c, struct lur_error *e) {
  uint32_t x = 0, y = 0;
  int code = place(g, c, &x, &y, e);
  if (!code)
    code = make_room(g, x, y, e);
  if (code)
    return code;
  struct lur_grid_cell *cell = &g->cell[y * g->room_x + x];
  double value = value_of(g, c);
  cell->n_rows++;
  g->n_rows++;
  if (isnan(value))
    return LUR_OK;
  if (++cell->n_values > 1)
    return add_value(g, cell, value, e);
  cell->value = value;
  return LUR_OK;
}

/* The same row in a later pass. */
static int add_again(struct lur_grid *g, const struct lur_cell *c, struct lur_error *e) {
  uint32_t x = 0, y = 0;
  int code = place(g, c, &x, &y, e);
  double value = value_of(g, c);
  if (code || x >= g->room_x || y >= g->room_y || isnan(value))
    return code;
  const struct lur_grid_cell *cell = &g->cell[y * g->room_x + x];
  return cell->n_values > 1 ? lur_tally_add(g->tally, (size_t)cell->value, value, e) : LUR_OK;
}

static void take_range(struct lur_grid *g, double value) {
  g->low = fmin(g->low, value);
  g->high = fmax(g->high, value);
  g->positive = value > 0 ? fmin(g->positive, value) : g->positive;
}

/* *twice: the cell had a row before. */
static int tell_row(struct lur_grid *g, const struct lur_cell *c, bool *twice, struct lur_error *e) {
  uint32_t x = 0, y = 0;
  int code = place(g, c, &x, &y, e);
  if (code)
    return code;
  /* An axis has other values than the file says of it. */
  *twice = x >= g->room_x || y >= g->room_y;
  if (*twice)
    return LUR_OK;
  size_t at = y * g->room_x + x;
  uint64_t bit = UINT64_C(1) << at % 64;
  *twice = (g->seen[at / 64] & bit) != 0;
  g->seen[at / 64] |= bit;
  double value = value_of(g, c);
  g->n_rows++;
  g->n_filled++;
  if (isnan(value))
    g->n_bad++;
  else
    take_range(g, value);
  return LUR_OK;
}

/* ---- When all rows are read ---- */
static void finish_cells(struct lur_grid *g) {
  for (size_t y = 0; y < g->y.n; y++)
    for (size_t x = 0; x < g->x.n; x++) {
      struct lur_grid_cell *c = &g->cell[g->y.order[y] * g->room_x + g->x.order[x]];
      if (g->tally && c->n_values > 1) {
        struct lur_spread s = lur_tally_spread(g->tally, (size_t)c->value);
        c->value = g->fold == LUR_FOLD_Q90 ? s.q90 : s.median;
      }
      if (c->n_rows)
        lur_folded_count(&g->heading, c->n_rows);
      g->n_filled += c->n_rows > 0;
      g->n_bad += c->n_rows && !c->n_values;
      if (c->n_values)
        take_range(g, c->value);
    }
}

/* ---- What the file says of its axes ---- */
static int begin(struct lur_table *t, struct lur_grid *g, struct lur_error *e) {
  struct lur_grid_axis *const axis[] = {&g->x, &g->y};
  size_t n_values[] = {0, 1};
  lur_grid_axis_hint(t, 2, axis, n_values);
  size_t room_x = n_values[0] <= LUR_GRID_MOST ? n_values[0] : 0;
  size_t room_y = n_values[1] <= LUR_GRID_MOST ? n_values[1] : 0;
  if (room_x < 2 || !room_y)
    return LUR_OK;
  g->told = g->ask.most_kept && room_x * room_y > g->ask.most_kept;
  if (!g->told && room_x * room_y > (size_t)1 << 26)
    return LUR_OK;
  g->room_x = room_x;
  g->room_y = room_y;
  if (g->told)
    g->seen = lur_alloc(room_x * room_y / 64 + 1, sizeof *g->seen);
  else
    g->cell = lur_alloc(room_x * room_y, sizeof *g->cell);
  return g->seen || g->cell ? LUR_OK : lur_fail_memory(e);
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

static struct lur_query *start(const struct lur_grid *g, struct lur_error *e) {
  const struct lur_grid_ask *ask = &g->ask;
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
    q = lur_query_new(g->t,
                      &(struct lur_ask){.select = sql.data, .where = ask->where, .order = "run", .deadline_ms = -1}, e);
  lur_buffer_free(&sql);
  return q;
}

/* All rows that have a place. *twice (or NULL): of a grid that is told, some cell has two of them, and no more are
 * read. */
static int read_rows(struct lur_grid *g, bool first, bool *twice, struct lur_error *e) {
  const struct lur_cell *c;
  struct lur_query *q = start(g, e);
  int got = q ? 1 : -e->code, code = LUR_OK;
  while (!code && !(twice && *twice) && got > 0 && (got = lur_query_next(q, &c, e)) > 0)
    if (has_place(c))
      code = twice ? tell_row(g, c, twice, e) : first ? take_row(g, c, e) : add_again(g, c, e);
  lur_query_free(q);
  return got < 0 ? -got : code;
}

static int read_cells(struct lur_grid *g, struct lur_error *e) {
  bool quantiles = g->fold == LUR_FOLD_MEDIAN || g->fold == LUR_FOLD_Q90, again = quantiles;
  if (quantiles && !(g->tally = lur_tally_new(0, e)))
    return e->code;
  int code = read_rows(g, true, NULL, e);
  if (!code && quantiles)
    code = lur_tally_pass(g->tally, &again, e);
  while (!code && again) {
    code = read_rows(g, false, NULL, e);
    code = code ? code : lur_tally_pass(g->tally, &again, e);
  }
  return code;
}

static int order(struct lur_grid *g, struct lur_error *e) {
  int code = lur_grid_axis_order(&g->x, g->t, e);
  if (!code)
    code = lur_grid_axis_order(&g->y, g->t, e);
  if (!code && g->n_rows && !g->told)
    code = make_room(g, (uint32_t)g->x.n - 1, (uint32_t)g->y.n - 1, e);
  if (!code && g->n_rows && !g->told)
    finish_cells(g);
  lur_tally_free(g->tally);
  g->tally = NULL;
  free(g->seen);
  g->seen = NULL;
  return code || g->n_rows ? code : lur_fail(e, LUR_EINPUT, NULL, "no row has these columns");
}

static int read_grid(struct lur_table *t, const struct lur_grid_ask *ask, struct lur_grid *g, bool *twice,
                     struct lur_error *e) {
  bool rate = ask->fold == LUR_FOLD_RATE || strcmp(ask->value, "solved") == 0;
  *g = (struct lur_grid){.x.name = ask->x,
                         .y.name = ask->y ? ask->y : "",
                         .fold = rate ? LUR_FOLD_RATE : ask->fold,
                         .folded = lur_table_folds_seeds(t),
                         .low = INFINITY,
                         .high = -INFINITY,
                         .positive = INFINITY,
                         .ask = *ask,
                         .t = t,
                         .keeps_diverged = strcmp(ask->value, "trainability") == 0};
  *twice = false;
  int code = check_names(t, ask, e);
  if (!code)
    code = begin(t, g, e);
  if (!code)
    code = g->told ? read_rows(g, true, twice, e) : read_cells(g, e);
  return code || *twice ? code : order(g, e);
}

int lur_grid_read(struct lur_table *t, const struct lur_grid_ask *ask, struct lur_grid *g, struct lur_error *e) {
  bool twice;
  int code = read_grid(t, ask, g, &twice, e);
  if (code || !twice)
    return code;
  struct lur_grid_ask all = *ask;
  all.most_kept = 0;
  lur_grid_free(g);
  return read_grid(t, &all, g, &twice, e);
}

/* ---- Reading one ---- */
const struct lur_grid_cell *lur_grid_at(const struct lur_grid *g, size_t x, size_t y) {
  return &g->cell[g->y.order[y] * g->room_x + g->x.order[x]];
}

/* order turned round: the place of each number. */
static uint32_t *places(const struct lur_grid_axis *a) {
  uint32_t *out = lur_alloc(a->n, sizeof *out);
  for (size_t i = 0; out && i < a->n; i++)
    out[a->order[i]] = (uint32_t)i;
  return out;
}

typedef void visitor(void *context, size_t x, size_t y, const struct lur_grid_cell *c);

static int visit_rows(struct lur_grid *g, visitor *visit, void *context, struct lur_error *e) {
  uint32_t *place_x = places(&g->x), *place_y = places(&g->y);
  const struct lur_cell *c;
  struct lur_query *q = place_x && place_y ? start(g, e) : NULL;
  int got = 1, code = q ? LUR_OK : place_x && place_y ? e->code : lur_fail_memory(e);
  while (!code && (got = lur_query_next(q, &c, e)) > 0) {
    uint32_t x = 0, y = 0;
    if (!has_place(c) || (code = place(g, c, &x, &y, e)) != LUR_OK)
      continue;
    double value = value_of(g, c);
    const struct lur_grid_cell cell = {value, !isnan(value), 1};
    if (x < g->x.n && y < g->y.n)
      visit(context, place_x[x], place_y[y], &cell);
  }
  lur_query_free(q);
  free(place_x);
  free(place_y);
  return got < 0 ? -got : code;
}

int lur_grid_visit(struct lur_grid *g, visitor *visit, void *context, struct lur_error *e) {
  if (g->told)
    return visit_rows(g, visit, context, e);
  for (size_t y = 0; y < g->y.n; y++)
    for (size_t x = 0; x < g->x.n; x++)
      if (lur_grid_at(g, x, y)->n_rows)
        visit(context, x, y, lur_grid_at(g, x, y));
  return LUR_OK;
}

void lur_grid_title(const struct lur_grid *g, const char *value, char out[160]) {
  struct lur_folded f = g->heading;
  f.fold = g->fold;
  f.is_rate = g->fold == LUR_FOLD_RATE;
  f.value = value;
  f.place = "cell";
  lur_folded_title(&f, out);
}

void lur_grid_drop_cells(struct lur_grid *g) {
  free(g->cell);
  g->cell = NULL;
}

void lur_grid_free(struct lur_grid *g) {
  if (!g)
    return;
  lur_grid_axis_free(&g->x);
  lur_grid_axis_free(&g->y);
  free(g->cell);
  free(g->seen);
  lur_tally_free(g->tally);
  *g = (struct lur_grid){0};
}

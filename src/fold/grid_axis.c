/* SPDX-License-Identifier: MIT
 * Values are numbered as they come, by a hash, and put in order at the end.
 * Rows come in run order, in which an axis mostly stays at its value or goes on to the next: those are looked at first.
 * An axis that was drawn from an interval is counted into bins. */
#include "fold/grid_axis.h"

#include <float.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/listed.h"
#include "fold/number_text.h"
#include "sweep/stored.h"

/* ---- Values of an axis ---- */
static size_t find_slot(const struct lur_grid_axis *a, const struct lur_cell *c) {
  size_t at = lur_cells_hash(c, 1) & (a->n_slots - 1);
  while (a->slot[at] && lur_compare_cells(&a->value[a->slot[at] - 1], c) != 0)
    at = (at + 1) & (a->n_slots - 1);
  return at;
}

static bool grow_axis(struct lur_grid_axis *a) {
  size_t room = a->room;
  if (!lur_grow(&a->value, &room, a->n + 1, sizeof *a->value))
    return false;
  uint32_t *slot = lur_alloc(room, 4 * sizeof *slot);
  if (!slot)
    return false;
  free(a->slot);
  a->slot = slot;
  a->n_slots = 4 * room;
  a->room = room;
  for (size_t i = 0; i < a->n; i++)
    slot[find_slot(a, &a->value[i])] = (uint32_t)i + 1;
  return true;
}

static size_t bin_of(const struct lur_grid_axis *a, double x) {
  struct lur_scale s = {a->bins_log, a->low, a->high};
  double at = floor(lur_scale_at(&s, x) * (double)a->n_bins);
  return !(at > 0) ? 0 : at >= (double)a->n_bins ? a->n_bins - 1 : (size_t)at;
}

int lur_grid_axis_place(struct lur_grid_axis *a, const struct lur_cell *c, size_t n_most, uint32_t *out,
                        struct lur_error *e) {
  if (a->n_bins) {
    *out = (uint32_t)bin_of(a, lur_cell_number(c));
    return LUR_OK;
  }
  /* The latest value's number, or that of the next, where c is it; else n. */
  size_t next = a->latest + 1 < a->n ? a->latest + 1 : 0;
  size_t at = a->n && lur_cell_same(&a->value[a->latest], c) ? a->latest
              : a->n && lur_cell_same(&a->value[next], c)    ? next
                                                             : a->n;
  if (at < a->n) {
    *out = (uint32_t)(a->latest = at);
    return LUR_OK;
  }
  if (a->n == a->room && !grow_axis(a))
    return lur_fail_memory(e);
  at = find_slot(a, c);
  if (!a->slot[at]) {
    if (a->n == n_most)
      return lur_fail(e, LUR_EINPUT, a->name, "has more than %d values; choose some with a WHERE", (int)n_most);
    struct lur_cell own = *c;
    if (c->kind == LUR_CELL_TEXT && !(own.as.text = lur_copy_text(c->as.text)))
      return lur_fail_memory(e);
    a->value[a->n++] = own;
    a->slot[at] = (uint32_t)a->n;
  }
  a->latest = a->slot[at] - 1;
  *out = (uint32_t)a->latest;
  return LUR_OK;
}

static int sort_values(struct lur_grid_axis *a, const struct lur_table *t, struct lur_error *e) {
  const struct lur_cell **cell = lur_alloc(a->n, sizeof *cell);
  if (!cell)
    return lur_fail_memory(e);
  for (size_t i = 0; i < a->n; i++)
    cell[i] = &a->value[i];
  int code = lur_cells_sort(t, a->name, cell, a->n, e);
  for (size_t i = 0; i < a->n; i++)
    a->order[i] = (uint32_t)(cell[i] - a->value);
  free(cell);
  return code;
}

/* Whether the ordered values lie evenly, as themselves or as their logarithms. */
static bool is_even(const struct lur_grid_axis *a, bool log_) {
  double first = lur_cell_number(&a->value[a->order[0]]), last = lur_cell_number(&a->value[a->order[a->n - 1]]);
  struct lur_scale s = {log_, first, last};
  if (a->n < 2 || !(first < last) || (log_ && !(first > 0)))
    return false;
  for (size_t i = 0; i < a->n; i++) {
    double at = lur_scale_at(&s, lur_cell_number(&a->value[a->order[i]])) * (double)(a->n - 1);
    if (!(fabs(at - (double)i) <= 0.05))
      return false;
  }
  return true;
}

static int choose_digits(struct lur_grid_axis *a) {
  double *x = lur_alloc(a->n, sizeof *x);
  size_t n = 0;
  if (!x)
    return LUR_ENOMEM;
  for (size_t i = 0; i < a->n; i++)
    if (!isnan(lur_cell_number(&a->value[i])))
      x[n++] = lur_cell_number(&a->value[i]);
  a->digits = lur_digits_apart(x, n);
  free(x);
  return LUR_OK;
}

int lur_grid_axis_order(struct lur_grid_axis *a, const struct lur_table *t, struct lur_error *e) {
  if (a->n_bins)
    a->n = a->n_bins;
  if (!(a->order = lur_alloc(a->n, sizeof *a->order)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < a->n && a->n_bins; i++)
    a->order[i] = (uint32_t)i;
  if (a->n_bins) {
    a->spacing = a->bins_log ? LUR_SPACE_LOG : LUR_SPACE_LINEAR;
    return LUR_OK;
  }
  int code = sort_values(a, t, e);
  if (code || (a->n && choose_digits(a)))
    return code ? code : lur_fail_memory(e);
  if (a->n)
    a->spacing = is_even(a, false) ? LUR_SPACE_LINEAR : is_even(a, true) ? LUR_SPACE_LOG : LUR_SPACE_LIST;
  return LUR_OK;
}

static void hint(struct lur_grid_axis *a, const struct lur_axis *from, uint64_t n_rows) {
  if (from->kind != LUR_A_UNIFORM && from->kind != LUR_A_LOGUNIFORM)
    return;
  a->n_bins = LUR_GRID_BINS;
  while (a->n_bins > LUR_GRID_LEAST_BINS && a->n_bins * a->n_bins > n_rows)
    a->n_bins /= 2;
  a->bins_log = from->kind == LUR_A_LOGUNIFORM;
  a->low = from->first;
  a->high = from->last;
}

void lur_grid_axis_hint(const struct lur_table *t, int n, struct lur_grid_axis *const *axis, size_t *n_values) {
  const struct lur_table_facts *f = lur_table_facts(t);
  struct lur_stored s = {0};
  struct lur_error ignored;
  int code = lur_stored_read(f->sweep.experiment, f->sweep.axes, NULL, NULL, &s, &ignored);
  for (int i = 0; i < n && !code; i++) {
    int at = lur_axes_find(&s.axes, axis[i]->name);
    if (at < 0)
      continue;
    hint(axis[i], &s.axes.axis[at], f->n_settled);
    if (n_values)
      n_values[i] = axis[i]->n_bins ? axis[i]->n_bins : (size_t)s.axes.axis[at].n;
  }
  lur_stored_free(&s);
}

double lur_grid_axis_middle(const struct lur_grid_axis *a, double x) {
  struct lur_scale s = {a->bins_log, a->low, a->high};
  return lur_scale_value(&s, ((double)bin_of(a, x) + 0.5) / (double)a->n_bins);
}

struct lur_scale lur_grid_scale(const struct lur_grid_axis *a) {
  bool is_log = a->spacing == LUR_SPACE_LOG;
  if (a->n_bins)
    return (struct lur_scale){is_log, a->low, a->high};
  struct lur_scale s = {is_log, lur_cell_number(&a->value[a->order[0]]),
                        lur_cell_number(&a->value[a->order[a->n - 1]])};
  double half = 0.5 / (double)(a->n - 1), low = lur_scale_value(&s, -half), high = lur_scale_value(&s, 1 + half);
  return (struct lur_scale){is_log, fmax(low, is_log ? DBL_TRUE_MIN : -DBL_MAX), fmin(high, DBL_MAX)};
}

void lur_grid_label(const struct lur_grid_axis *a, size_t i, char out[64]) {
  char text[32];
  const struct lur_cell *c = a->n_bins ? NULL : &a->value[a->order[i]];
  if (c && (c->kind == LUR_CELL_TEXT || c->kind == LUR_CELL_NULL)) {
    lur_cell_label(c, out);
    return;
  }
  struct lur_scale s = {a->bins_log, a->low, a->high};
  if (c)
    lur_text_digits(lur_cell_number(c), a->digits, text);
  else
    lur_text_number(lur_scale_value(&s, ((double)i + 0.5) / (double)a->n_bins), text);
  snprintf(out, 64, "%s", text);
}

void lur_grid_axis_free(struct lur_grid_axis *a) {
  for (size_t i = 0; i < a->n && !a->n_bins; i++)
    if (a->value[i].kind == LUR_CELL_TEXT)
      free((void *)a->value[i].as.text);
  free(a->value);
  free(a->order);
  free(a->slot);
}

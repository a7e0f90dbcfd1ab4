/* SPDX-License-Identifier: MIT
 * Combinations are found by a hash of their levels (open addressing; the multipliers are those of FNV-1a and of the
 * golden ratio), which are read off their first row. */
#include "fold/cells.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "fold/number_text.h"
#include "fold/tally.h"

static uint32_t level_of(const struct lur_cells *c, size_t row, int axis) {
  return c->frame->level[axis][row] >> c->shift[axis];
}

/* The frame's combination that stands for one. */
static size_t first_of(const struct lur_cells *c, size_t cell) {
  return c->first ? c->first[cell] : cell;
}

uint32_t lur_cells_level(const struct lur_cells *c, size_t cell, int axis) {
  return level_of(c, first_of(c, cell), axis);
}

size_t lur_cells_n_levels(const struct lur_cells *c, int axis) {
  const struct lur_grid_axis *a = &c->frame->axis[axis];
  size_t n = a->n + (a->n_bins && c->frame->gap[axis]);
  return n ? ((n - 1) >> c->shift[axis]) + 1 : 0;
}

/* Numbers get shorter where two stand together. */
static void shorten(char text[64]) {
  char *end;
  double x = lur_digits_parse(text, &end);
  if (end != text && *end == '\0')
    snprintf(text, 64, "%.3g", x);
}

void lur_cells_label(const struct lur_cells *c, int axis, size_t i, char out[144]) {
  const struct lur_grid_axis *a = &c->frame->axis[axis];
  size_t first = i << c->shift[axis], last = (i + 1) << c->shift[axis];
  char text[2][64];
  if (first >= a->n) {
    snprintf(out, 144, "none");
    return;
  }
  last = (last < a->n ? last : a->n) - 1;
  lur_grid_label(a, first, text[0]);
  lur_grid_label(a, last, text[1]);
  if (first != last) {
    shorten(text[0]);
    shorten(text[1]);
  }
  snprintf(out, 144, first == last ? "%s" : "%s .. %s", text[0], text[1]);
}

struct lur_cell lur_cells_cell(const struct lur_cells *c, size_t cell, int axis) {
  const struct lur_grid_axis *a = &c->frame->axis[axis];
  const double *exact = c->frame->exact[axis];
  const uint32_t level = lur_cells_level(c, cell, axis);
  if (exact && !isnan(exact[first_of(c, cell)]))
    return (struct lur_cell){LUR_CELL_REAL, .as.real = exact[first_of(c, cell)]};
  return a->n_bins || level >= a->n ? (struct lur_cell){.kind = LUR_CELL_NULL} : a->value[a->order[level]];
}

void lur_cells_value(const struct lur_cells *c, size_t cell, int axis, char out[144]) {
  const double *exact = c->frame->exact[axis];
  char text[32];
  if (!c->exact || !exact || isnan(exact[first_of(c, cell)])) {
    lur_cells_label(c, axis, lur_cells_level(c, cell, axis), out);
    return;
  }
  lur_text_number(exact[first_of(c, cell)], text);
  snprintf(out, 144, "%s", text);
}

/* ---- Which combination one of the frame's is of: row is its number there ---- */
static uint64_t key_of(const struct lur_cells *c, size_t row, int axis) {
  const double *exact = c->frame->exact[axis];
  uint64_t bits;
  if (!c->exact || !exact)
    return level_of(c, row, axis);
  memcpy(&bits, &exact[row], sizeof bits);
  return bits;
}

static uint64_t hash_row(const struct lur_cells *c, size_t row) {
  uint64_t h = 0xcbf29ce484222325u;
  for (int i = 0; i < c->frame->n_axes; i++)
    h = ((h ^ key_of(c, row, i)) * 0x9e3779b97f4a7c15u) ^ h >> 29;
  return h ^ h >> 32;
}

static bool same_row(const struct lur_cells *c, size_t a, size_t b) {
  for (int i = 0; i < c->frame->n_axes; i++)
    if (key_of(c, a, i) != key_of(c, b, i))
      return false;
  return true;
}

static bool is_same(const struct lur_cells *c) {
  bool same = true;
  for (int i = 0; i < c->frame->n_axes; i++)
    same &= (c->exact || !c->frame->axis[i].n_bins) && !c->shift[i];
  return same;
}

static int join(struct lur_cells *c, struct lur_error *e) {
  const struct lur_frame *f = c->frame;
  size_t n = f->n, n_slots = 64;
  while (n_slots < 2 * n)
    n_slots *= 2;
  uint32_t *slot = lur_alloc(n_slots, sizeof *slot);
  c->of = lur_alloc(n, sizeof *c->of);
  c->first = lur_alloc(n, sizeof *c->first);
  bool ok = slot && c->of && c->first;
  for (size_t row = 0; row < n && ok; row++) {
    size_t at = hash_row(c, row) & (n_slots - 1);
    while (slot[at] && !same_row(c, c->first[slot[at] - 1], row))
      at = (at + 1) & (n_slots - 1);
    if (!slot[at]) {
      c->first[c->n++] = (uint32_t)row;
      slot[at] = (uint32_t)c->n;
    }
    c->of[row] = slot[at] - 1;
  }
  free(slot);
  uint64_t *count = c->count = ok ? lur_alloc(c->n, 3 * sizeof *count) : NULL;
  if (!count)
    return lur_fail_memory(e);
  for (size_t i = 0; i < n; i++) {
    count[c->of[i]] += f->n_runs[i];
    count[c->n + c->of[i]] += f->n_solved[i];
    count[2 * c->n + c->of[i]] += f->n_diverged[i];
  }
  c->n_runs = count;
  c->n_solved = count + c->n;
  c->n_diverged = count + 2 * c->n;
  return LUR_OK;
}

/* ---- What their runs come to ---- */
struct medians {
  const struct lur_cells *cells;
  struct lur_tally *tally; /* a group for each combination and metric */
};

static int take_row(void *medians, const struct lur_frame_row *row, struct lur_error *e) {
  const struct medians *m = medians;
  const int n = m->cells->frame->n_metrics;
  size_t cell = m->cells->of ? m->cells->of[row->cell] : row->cell;
  int code = LUR_OK;
  for (int i = 0; i < n && !code; i++)
    if (!isnan(row->value[i]))
      code = lur_tally_add(m->tally, cell * (size_t)n + (size_t)i, row->value[i], e);
  return code;
}

static int take_medians(struct lur_cells *c, const struct lur_tally *t, struct lur_error *e) {
  const int n = c->frame->n_metrics;
  for (int m = 0; m < n; m++) {
    if (!(c->median[m] = lur_alloc(c->n, sizeof **c->median)))
      return lur_fail_memory(e);
    for (size_t i = 0; i < c->n; i++)
      c->median[m][i] = lur_tally_spread(t, i * (size_t)n + (size_t)m).median;
  }
  if (c->ranks < 0)
    return LUR_OK;
  if (!(c->standing = lur_alloc(c->n, sizeof *c->standing)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < c->n; i++) {
    struct lur_spread s = lur_tally_spread(t, i * (size_t)n + (size_t)c->ranks);
    c->standing[i] = (struct lur_quartiles){s.low, s.median, s.high, s.mean};
  }
  return LUR_OK;
}

int lur_cells_read(struct lur_cells *c, struct lur_error *e) {
  const struct lur_frame *f = c->frame;
  int code = LUR_OK;
  c->n = 0;
  if (is_same(c)) {
    c->n = f->n;
    c->n_runs = f->n_runs;
    c->n_solved = f->n_solved;
    c->n_diverged = f->n_diverged;
  } else {
    code = join(c, e);
  }
  struct medians m = {c, code ? NULL : lur_tally_new(0, e)};
  code = code ? code : m.tally ? LUR_OK : e->code;
  for (bool again = f->n_metrics > 0; again && !code;) {
    code = lur_frame_pass(c->frame, take_row, &m, e);
    if (!code)
      code = lur_tally_pass(m.tally, &again, e);
  }
  if (!code)
    code = take_medians(c, m.tally, e);
  lur_tally_free(m.tally);
  if (!code && !c->of && f->n == f->n_rows)
    c->frame->known = c->median;
  return code;
}

void lur_cells_free(struct lur_cells *c) {
  if (!c)
    return;
  if (c->frame && c->frame->known == c->median)
    c->frame->known = NULL;
  free(c->of);
  free(c->first);
  free(c->count);
  free(c->standing);
  for (int i = 0; i < LUR_FRAME_METRICS; i++)
    free(c->median[i]);
  struct lur_cells empty = {.frame = c->frame, .exact = c->exact, .ranks = c->ranks};
  for (int i = 0; i < LUR_MAX_KEYS; i++)
    empty.shift[i] = c->shift[i];
  *c = empty;
}

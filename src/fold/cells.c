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

static uint32_t level_of(const struct lur_cells *c, size_t row, int axis) {
  return c->frame->level[axis][row] >> c->shift[axis];
}

uint32_t lur_cells_level(const struct lur_cells *c, size_t cell, int axis) {
  return level_of(c, c->first[cell], axis);
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

void lur_cells_value(const struct lur_cells *c, size_t cell, int axis, char out[144]) {
  const double *exact = c->frame->exact[axis];
  char text[32];
  if (!c->exact || !exact || isnan(exact[c->first[cell]])) {
    lur_cells_label(c, axis, lur_cells_level(c, cell, axis), out);
    return;
  }
  lur_text_number(exact[c->first[cell]], text);
  snprintf(out, 144, "%s", text);
}

/* ---- Which combination a row is of ---- */
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

/* ---- What they hold ---- */
static int count(struct lur_cells *c, struct lur_error *e) {
  const struct lur_frame *f = c->frame;
  c->n_runs = lur_alloc(c->n, sizeof *c->n_runs);
  c->n_solved = lur_alloc(c->n, sizeof *c->n_solved);
  c->n_diverged = lur_alloc(c->n, sizeof *c->n_diverged);
  if (!c->n_runs || !c->n_solved || !c->n_diverged)
    return lur_fail_memory(e);
  for (size_t i = 0; i < f->n; i++) {
    c->n_runs[c->of_row[i]] += f->n_runs[i];
    c->n_solved[c->of_row[i]] += f->n_solved[i];
    c->n_diverged[c->of_row[i]] += f->n_diverged[i];
  }
  return LUR_OK;
}

static int take_medians(struct lur_cells *c, int metric, struct lur_quartiles *q, struct lur_error *e) {
  const struct lur_frame *f = c->frame;
  double *median = c->median[metric] = lur_alloc(c->n, sizeof *median);
  if (!median)
    return lur_fail_memory(e);
  if (c->n == f->n) { /* one row each, in their order */
    for (size_t i = 0; i < c->n; i++)
      median[i] = f->metric[metric].value[i];
    return LUR_OK;
  }
  int code = lur_quartiles_read(f->metric[metric].value, c->of_row, f->n, c->n, q, e);
  for (size_t i = 0; i < c->n && !code; i++)
    median[i] = q[i].median;
  return code;
}

int lur_cells_read(struct lur_cells *c, struct lur_error *e) {
  size_t n = c->frame->n, n_slots = 64;
  while (n_slots < 2 * n)
    n_slots *= 2;
  uint32_t *slot = lur_alloc(n_slots, sizeof *slot);
  c->of_row = lur_alloc(n, sizeof *c->of_row);
  c->first = lur_alloc(n, sizeof *c->first);
  c->n = 0;
  bool ok = slot && c->of_row && c->first;
  if (ok) {
    /* slot: n_slots, a power of two above the rows; a combination's number + 1. */
    for (size_t row = 0; row < c->frame->n; row++) {
      size_t at = hash_row(c, row) & (n_slots - 1);
      while (slot[at] && !same_row(c, c->first[slot[at] - 1], row))
        at = (at + 1) & (n_slots - 1);
      if (!slot[at]) {
        c->first[c->n++] = (uint32_t)row;
        slot[at] = (uint32_t)c->n;
      }
      c->of_row[row] = slot[at] - 1;
    }
  }
  free(slot);
  int code = ok ? LUR_OK : lur_fail_memory(e);
  if (!code)
    code = count(c, e);
  struct lur_quartiles *q = code ? NULL : lur_alloc(c->n, sizeof *q);
  if (!code && !q)
    code = lur_fail_memory(e);
  for (int i = 0; i < c->frame->n_metrics && !code; i++)
    code = take_medians(c, i, q, e);
  free(q);
  return code;
}

void lur_cells_free(struct lur_cells *c) {
  if (!c)
    return;
  free(c->of_row);
  free(c->first);
  free(c->n_runs);
  free(c->n_solved);
  free(c->n_diverged);
  for (int i = 0; i < LUR_FRAME_METRICS; i++)
    free(c->median[i]);
  struct lur_cells empty = {.frame = c->frame, .exact = c->exact};
  for (int i = 0; i < LUR_MAX_KEYS; i++)
    empty.shift[i] = c->shift[i];
  *c = empty;
}

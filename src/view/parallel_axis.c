/* SPDX-License-Identifier: MIT
 * A list stands evenly. */
#include "view/parallel_axis.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "fold/listed.h"
#include "fold/number_text.h"

enum { MOST_LISTED = 12, FEW_DIGITS = 3 };

int lur_upright_make(const struct lur_table *t, const char *name, const struct lur_cell *const *cell, size_t n,
                     struct lur_upright *a, struct lur_error *e) {
  *a = (struct lur_upright){.name = name, .value = lur_alloc(n, sizeof *a->value)};
  if (!a->value)
    return lur_fail_memory(e);
  for (size_t i = 0; i < n; i++)
    a->value[i] = cell[i];
  qsort(a->value, n, sizeof *a->value, lur_compare_cell_places);
  double middle = lur_cell_number(a->value[n / 2]);
  a->n = lur_cells_distinct(a->value, n);
  double low = lur_cell_number(a->value[0]), high = lur_cell_number(a->value[a->n - 1]);
  a->listed = a->n <= MOST_LISTED || isnan(low) || isnan(high);
  if (!a->listed)
    a->scale = lur_scale_of(low, middle, high);
  return lur_cells_sort(t, name, a->value, a->n, e);
}

static size_t place_of(const struct lur_upright *a, const struct lur_cell *c) {
  size_t i = 0;
  while (i + 1 < a->n && lur_compare_cells(a->value[i], c) != 0)
    i++;
  return i;
}

static double evenly(const struct lur_upright *a, size_t i) {
  return a->n > 1 ? (double)i / (double)(a->n - 1) : 0.5;
}

double lur_upright_at(const struct lur_upright *a, const struct lur_cell *c) {
  return a->listed ? evenly(a, place_of(a, c)) : lur_scale_at(&a->scale, lur_cell_number(c));
}

static bool same_in_short(const struct lur_cell *a, const struct lur_cell *b) {
  char x[32], y[32];
  lur_text_digits(lur_cell_number(a), FEW_DIGITS, x);
  lur_text_digits(lur_cell_number(b), FEW_DIGITS, y);
  return strcmp(x, y) == 0;
}

static void shorten(const struct lur_upright *a, size_t i, char text[64]) {
  const struct lur_cell *c = a->value[i];
  if (c->kind == LUR_CELL_REAL && (i == 0 || !same_in_short(a->value[i - 1], c)) &&
      (i + 1 == a->n || !same_in_short(a->value[i + 1], c)))
    lur_text_digits(c->as.real, FEW_DIGITS, text);
}

int lur_upright_ticks(const struct lur_upright *a, struct lur_upright_tick out[LUR_MOST_TICKS]) {
  double value[LUR_MOST_TICKS];
  size_t stride = (a->n + LUR_MOST_TICKS - 1) / LUR_MOST_TICKS;
  int n = a->listed ? 0 : lur_scale_ticks(&a->scale, 7, value);
  for (int i = 0; i < n; i++) {
    out[i].at = lur_scale_at(&a->scale, value[i]);
    lur_tick_text(value[i], out[i].text);
  }
  for (size_t i = 0; a->listed && i < a->n; i += stride, n++) {
    out[n].at = evenly(a, i);
    lur_cell_label(a->value[i], out[n].text);
  }
  for (int i = 0; a->listed && n == (int)a->n && i < n; i++) /* three digits, where they tell it from its neighbours */
    shorten(a, (size_t)i, out[i].text);
  return n;
}

void lur_upright_free(struct lur_upright *a) {
  if (!a)
    return;
  free(a->value);
  *a = (struct lur_upright){0};
}

/* SPDX-License-Identifier: MIT
 * The hash is FNV-1a (Fowler, Noll, Vo), of the bytes of texts and of numbers as doubles. */
#include "fold/cell_order.h"

#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "fold/number_text.h"

double lur_cell_number(const struct lur_cell *c) {
  return c->kind == LUR_CELL_REAL ? c->as.real : c->kind == LUR_CELL_INTEGER ? (double)c->as.integer : (double)NAN;
}

enum lur_status lur_cell_status(const struct lur_cell *c) {
  int s = c->kind == LUR_CELL_TEXT ? 0 : LUR_FINISHED;
  for (const char *t = c->as.text; s < LUR_FINISHED; s++) {
    const char *name = lur_status_names[s];
    if (t[0] == name[0] && t[1] == name[1] && strcmp(t, name) == 0)
      break;
  }
  return (enum lur_status)s;
}

static int kind_rank(const struct lur_cell *c) {
  return c->kind == LUR_CELL_NULL ? 0 : c->kind == LUR_CELL_TEXT ? 2 : 1;
}

int lur_compare_cells(const struct lur_cell *a, const struct lur_cell *b) {
  if (kind_rank(a) != kind_rank(b))
    return kind_rank(a) - kind_rank(b);
  if (a->kind == LUR_CELL_TEXT)
    return strcmp(a->as.text, b->as.text);
  double x = lur_cell_number(a), y = lur_cell_number(b);
  return (x > y) - (x < y);
}

int lur_compare_cell_places(const void *a, const void *b) {
  return lur_compare_cells(*(const struct lur_cell *const *)a, *(const struct lur_cell *const *)b);
}

size_t lur_cells_distinct(const struct lur_cell **sorted, size_t n) {
  size_t n_kept = 0;
  for (size_t i = 0; i < n; i++)
    if (n_kept == 0 || lur_compare_cells(sorted[n_kept - 1], sorted[i]) != 0)
      sorted[n_kept++] = sorted[i];
  return n_kept;
}

void lur_cell_label(const struct lur_cell *c, char out[64]) {
  char text[32] = "none";
  if (c->kind != LUR_CELL_TEXT && c->kind != LUR_CELL_NULL)
    lur_text_number(lur_cell_number(c), text);
  snprintf(out, 64, "%.60s", c->kind == LUR_CELL_TEXT ? c->as.text : text);
}

uint64_t lur_cells_hash(const struct lur_cell *cell, int n) {
  uint64_t h = 0xcbf29ce484222325u;
  for (const struct lur_cell *c = cell; c < cell + n; c++) {
    bool is_text = c->kind == LUR_CELL_TEXT;
    double x = lur_cell_number(c) + 0.0; /* -0 to +0 */
    const unsigned char *p = is_text ? (const unsigned char *)c->as.text : (const unsigned char *)&x;
    for (size_t i = 0, n_bytes = is_text ? strlen(c->as.text) : sizeof x; i < n_bytes; i++)
      h = (h ^ p[i]) * 0x100000001b3u;
  }
  return h ^ h >> 32;
}

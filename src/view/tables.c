/* SPDX-License-Identifier: MIT
 * Cells are kept as text until the table is written, because widths are known only then. */
#include "view/tables.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/number_text.h"
#include "view/terminal.h"

struct text_cell {
  char *text;
  bool number;
  double apart; /* of an axis: has as many digits as tell it from the others of its column; else NaN */
};

struct lur_text_table {
  int n_columns;
  size_t n_cells, room; /* the heads are the first row */
  struct text_cell *cell;
  bool failed;
};

struct lur_text_table *lur_text_table_new(int n_columns, const char *const *heads) {
  struct lur_text_table *t = lur_alloc(1, sizeof *t);
  if (!t)
    return NULL;
  t->n_columns = n_columns;
  for (int i = 0; i < n_columns; i++)
    lur_text_table_add(t, heads[i], false);
  return t;
}

void lur_text_table_add(struct lur_text_table *t, const char *text, bool number) {
  bool fits = !t->failed && lur_grow(&t->cell, &t->room, t->n_cells + 1, sizeof *t->cell);
  char *own = fits ? lur_copy_text(text) : NULL;
  t->failed = !own;
  if (own)
    t->cell[t->n_cells++] = (struct text_cell){own, number, NAN};
}

void lur_text_table_add_number(struct lur_text_table *t, double x) {
  char text[32];
  lur_text_number(x, text);
  lur_text_table_add(t, text, true);
}

void lur_text_table_add_count(struct lur_text_table *t, uint64_t n) {
  char text[32];
  snprintf(text, sizeof text, "%" PRIu64, n);
  lur_text_table_add(t, text, true);
}

void lur_text_table_add_cell(struct lur_text_table *t, const struct lur_cell *c) {
  char text[32];
  switch (c->kind) {
  case LUR_CELL_NULL: lur_text_table_add(t, "", false); return;
  case LUR_CELL_TEXT: lur_text_table_add(t, c->as.text, false); return;
  case LUR_CELL_REAL:
    lur_text_table_add_number(t, c->as.real);
    if (!t->failed)
      t->cell[t->n_cells - 1].apart = c->as.real;
    return;
  case LUR_CELL_INTEGER: snprintf(text, sizeof text, "%" PRId64, c->as.integer); break;
  }
  lur_text_table_add(t, text, true);
}

/* Gives the values of an axis in a column the digits that tell them apart. */
static bool tell_apart(const struct lur_text_table *t, int column, double *room) {
  size_t n = 0, step = (size_t)t->n_columns;
  for (size_t i = (size_t)column; i < t->n_cells; i += step)
    if (!isnan(t->cell[i].apart))
      room[n++] = t->cell[i].apart;
  int digits = lur_digits_apart(room, n);
  for (size_t i = (size_t)column; i < t->n_cells && digits > LUR_LEAST_DIGITS; i += step) {
    struct text_cell *c = &t->cell[i];
    char text[32];
    if (isnan(c->apart))
      continue;
    lur_text_digits(c->apart, digits, text);
    char *own = lur_copy_text(text);
    if (!own)
      return false;
    free(c->text);
    c->text = own;
  }
  return true;
}

static int column_width(const struct lur_text_table *t, int column) {
  int widest = 0;
  for (size_t i = (size_t)column; i < t->n_cells; i += (size_t)t->n_columns) {
    int w = lur_text_columns(t->cell[i].text);
    widest = w > widest ? w : widest;
  }
  return widest;
}

/* A column of numbers (and gaps) has its head to the right too. */
static bool is_right(const struct lur_text_table *t, int column) {
  bool numbers = false;
  for (size_t i = (size_t)(column + t->n_columns); i < t->n_cells; i += (size_t)t->n_columns) {
    if (t->cell[i].text[0] && !t->cell[i].number)
      return false;
    numbers |= t->cell[i].number;
  }
  return numbers;
}

/* How many columns fit, at least one. */
static int count_fitting(const struct lur_text_table *t, const int *width, int room) {
  int used = 0;
  for (int i = 0; i < t->n_columns; i++) {
    used += width[i] + (i ? 2 : 0);
    if (room > 0 && used > room && i > 0)
      return i;
  }
  return t->n_columns;
}

int lur_text_table_write(const struct lur_text_table *t, int width, struct lur_buffer *out, struct lur_error *e) {
  int *widths = lur_alloc((size_t)t->n_columns, sizeof *widths);
  double *values = lur_alloc(t->n_cells / (size_t)t->n_columns + 1, sizeof *values);
  bool good = !t->failed && widths && values;
  for (int i = 0; i < t->n_columns && good; i++)
    good = tell_apart(t, i, values);
  free(values);
  if (!good) {
    free(widths);
    return lur_fail_memory(e);
  }
  for (int i = 0; i < t->n_columns; i++)
    widths[i] = column_width(t, i);
  int n_shown = count_fitting(t, widths, width);
  for (size_t row = 0; row + (size_t)t->n_columns <= t->n_cells; row += (size_t)t->n_columns)
    for (int i = 0; i < n_shown; i++) {
      const struct text_cell *c = &t->cell[row + (size_t)i];
      bool right = c->number || (row == 0 && is_right(t, i));
      bool last = i == n_shown - 1;
      int pad = widths[i] - lur_text_columns(c->text);
      if (right)
        lur_buffer_format(out, "%*s", pad, "");
      lur_terminal_text(c->text, INT_MAX, out);
      if (!right && !last)
        lur_buffer_format(out, "%*s", pad, "");
      lur_buffer_text(out, last ? "\n" : "  ");
    }
  for (int i = n_shown; i < t->n_columns; i++) {
    lur_buffer_text(out, i == n_shown ? "not shown for want of width: " : ", ");
    lur_terminal_text(t->cell[i].text, INT_MAX, out);
  }
  if (n_shown < t->n_columns)
    lur_buffer_text(out, "\n");
  free(widths);
  return out->failed ? lur_fail_memory(e) : LUR_OK;
}

void lur_text_table_free(struct lur_text_table *t) {
  if (!t)
    return;
  for (size_t i = 0; i < t->n_cells; i++)
    free(t->cell[i].text);
  free(t->cell);
  free(t);
}

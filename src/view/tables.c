/* SPDX-License-Identifier: MIT
 * Cells are kept as they are until the table is written, because widths, and how numbers of a column look, are known
 * only then. */
#include "view/tables.h"

#include <inttypes.h>
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/number_text.h"
#include "view/markup.h"
#include "view/terminal.h"

enum { PAIR_DIGITS = 4, PAGE_COLUMNS = 44 /* characters that fit a telephone's page */, GAP = 2, MOST_KEYS = 1000 };

enum cell_kind { TEXT, AXIS, METRIC, PAIR };
struct text_cell {
  enum cell_kind kind;
  bool number;
  char *text; /* of numbers only once the table is formatted */
  double x[2];
  const char *unit;
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

static void add(struct lur_text_table *t, struct text_cell c) {
  t->failed |= !lur_grow(&t->cell, &t->room, t->n_cells + 1, sizeof *t->cell);
  if (!t->failed)
    t->cell[t->n_cells++] = c;
  else
    free(c.text);
}

void lur_text_table_add(struct lur_text_table *t, const char *text, bool number) {
  char *own = lur_copy_text(text);
  t->failed |= !own;
  add(t, (struct text_cell){.kind = TEXT, .number = number, .text = own});
}

static void add_value(struct lur_text_table *t, enum cell_kind kind, double low, double high, const char *unit) {
  if (isnan(low))
    lur_text_table_add(t, "", true);
  else
    add(t, (struct text_cell){.kind = kind, .number = true, .x = {low, high}, .unit = unit});
}

void lur_text_table_add_number(struct lur_text_table *t, double x) {
  add_value(t, METRIC, x, x, "");
}

void lur_text_table_add_pair(struct lur_text_table *t, double low, double high, const char *unit) {
  add_value(t, PAIR, low, high, unit);
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
  case LUR_CELL_REAL: add_value(t, AXIS, c->as.real, c->as.real, ""); return;
  case LUR_CELL_INTEGER: snprintf(text, sizeof text, "%" PRId64, c->as.integer); break;
  }
  lur_text_table_add(t, text, true);
}

/* ---- One format for the numbers of a column ---- */
static size_t take_values(const struct lur_text_table *t, size_t column, enum cell_kind kind, double *room) {
  size_t n = 0;
  for (size_t i = column; i < t->n_cells; i += (size_t)t->n_columns)
    if (t->cell[i].kind == kind) {
      room[n++] = t->cell[i].x[0];
      if (kind == PAIR)
        room[n++] = t->cell[i].x[1];
    }
  return n;
}

static bool write_cells(const struct lur_text_table *t, size_t column, enum cell_kind kind,
                        const struct lur_number_format *f) {
  int widest[2] = {0, 0};
  char text[2][32], both[80];
  for (int again = kind != PAIR; again < 2; again++) /* first how wide the two numbers of pairs are */
    for (size_t i = column; i < t->n_cells; i += (size_t)t->n_columns) {
      struct text_cell *c = &t->cell[i];
      if (c->kind != kind)
        continue;
      for (int k = 0; k < 2; k++) {
        lur_number_format_write(f, c->x[k], text[k]);
        int width = (int)strlen(text[k]);
        widest[k] = width > widest[k] && kind == PAIR ? width : widest[k];
      }
      if (!again)
        continue;
      if (kind == PAIR)
        snprintf(both, sizeof both, "%*s .. %*s%s", widest[0], text[0], widest[1], text[1], c->unit);
      char *own = lur_copy_text(kind == PAIR ? both : text[0]);
      if (!own)
        return false;
      free(c->text);
      c->text = own;
    }
  return true;
}

static bool is_share(const struct lur_text_table *t, size_t column) {
  for (size_t i = column; i < t->n_cells; i += (size_t)t->n_columns)
    if (t->cell[i].kind == PAIR)
      return t->cell[i].unit[0] != '\0';
  return false;
}

/* Values of an axis have the digits that tell them apart. */
static bool format_column(const struct lur_text_table *t, size_t column, double *room) {
  static const struct lur_number_format share = {.decimals = 1};
  for (enum cell_kind kind = AXIS; kind <= PAIR; kind++) {
    size_t n = take_values(t, column, kind, room);
    int digits = kind == AXIS ? lur_digits_apart(room, n) : kind == PAIR ? PAIR_DIGITS : LUR_LEAST_DIGITS;
    const struct lur_number_format f =
        kind == PAIR && is_share(t, column) ? share : lur_number_format_of(room, n, digits, kind != AXIS);
    if (n && !write_cells(t, column, kind, &f))
      return false;
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

/* The texts of all cells, and how wide the columns are. The caller frees; NULL where there is no memory. */
static int *format(const struct lur_text_table *t) {
  int *width = lur_alloc((size_t)t->n_columns, sizeof *width);
  double *room = lur_alloc(2 * (t->n_cells / (size_t)t->n_columns) + 1, sizeof *room);
  bool good = !t->failed && width && room;
  for (int i = 0; i < t->n_columns && good; i++) {
    good = format_column(t, (size_t)i, room);
    width[i] = good ? column_width(t, i) : 0;
  }
  free(room);
  if (good)
    return width;
  free(width);
  return NULL;
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

/* ---- On a terminal: where not all columns fit, one table below the other ---- */
struct block {
  int key;        /* the column that is repeated in each; -1: the number of the row; -2: nothing is */
  int key_width;  /* of row numbers */
  int first, end; /* columns */
};

static size_t n_rows(const struct lur_text_table *t) {
  return t->n_cells / (size_t)t->n_columns;
}

/* Whether the first column tells rows apart. */
static bool is_key(const struct lur_text_table *t) {
  for (size_t i = 1; i < n_rows(t); i++)
    for (size_t j = 1; j < i; j++)
      if (strcmp(t->cell[i * (size_t)t->n_columns].text, t->cell[j * (size_t)t->n_columns].text) == 0)
        return false;
  return true;
}

static int whole_width(const struct lur_text_table *t, const int *width) {
  int used = 0;
  for (int i = 0; i < t->n_columns; i++)
    used += width[i] + (i ? GAP : 0);
  return used;
}

/* The columns from b->end on that fit beside the key, at least one. */
static void next_block(const struct lur_text_table *t, const int *width, int room, struct block *b) {
  int used = b->key == 0 ? width[0] : b->key_width;
  b->first = b->end = b->end > b->key ? b->end : b->key + 1;
  while (b->end < t->n_columns && (b->end == b->first || used + GAP + width[b->end] <= room))
    used += GAP + width[b->end++];
}

static void write_cell(const struct lur_text_table *t, size_t row, int column, int width, bool last,
                       struct lur_buffer *out) {
  const struct text_cell *c = &t->cell[row * (size_t)t->n_columns + (size_t)column];
  bool right = c->number || (row == 0 && is_right(t, column));
  int pad = width - lur_text_columns(c->text);
  lur_terminal_spaces(right ? pad : 0, out);
  lur_terminal_text(c->text, INT_MAX, out);
  lur_terminal_spaces(right || last ? 0 : pad, out);
  lur_buffer_text(out, last ? "\n" : "  ");
}

static void write_block(const struct lur_text_table *t, const int *width, const struct block *b,
                        struct lur_buffer *out) {
  for (size_t row = 0; row < n_rows(t); row++) {
    if (b->key == 0)
      write_cell(t, row, 0, width[0], b->first == b->end, out);
    else if (b->key == -1 && row == 0)
      lur_buffer_format(out, "%*s  ", b->key_width, "#");
    else if (b->key == -1)
      lur_buffer_format(out, "%*zu  ", b->key_width, row);
    for (int i = b->first; i < b->end; i++)
      write_cell(t, row, i, width[i], i == b->end - 1, out);
  }
}

int lur_text_table_write(const struct lur_text_table *t, int room, struct lur_buffer *out, struct lur_error *e) {
  int *width = format(t);
  if (!width)
    return lur_fail_memory(e);
  if (room <= 0 || whole_width(t, width) <= room) {
    write_block(t, width, &(struct block){.key = -2, .end = t->n_columns}, out);
  } else {
    struct block b = {.key = -1, .key_width = snprintf(NULL, 0, "%zu", n_rows(t) - 1)};
    if (2 * width[0] <= room && n_rows(t) <= MOST_KEYS && is_key(t))
      b.key = 0;
    for (int n = 0; b.end < t->n_columns; n++) {
      next_block(t, width, room, &b);
      lur_buffer_text(out, n ? "\n" : "");
      write_block(t, width, &b, out);
    }
  }
  free(width);
  return out->failed ? lur_fail_memory(e) : LUR_OK;
}

/* ---- In a page: where not all columns fit a telephone, each cell there has its head before it ---- */
int lur_text_table_write_page(const struct lur_text_table *t, const char *id, struct lur_buffer *out,
                              struct lur_error *e) {
  int *width = format(t);
  if (!width)
    return lur_fail_memory(e);
  const bool cards = whole_width(t, width) > PAGE_COLUMNS;
  free(width);
  lur_buffer_format(out, "<div class=\"wide\"><table class=\"numbers%s\" id=\"", cards ? " cards" : "");
  lur_markup_text(id, out);
  lur_buffer_text(out, "\">\n");
  for (size_t row = 0; row < n_rows(t); row++) {
    lur_buffer_text(out, "<tr>");
    for (int i = 0; i < t->n_columns; i++) {
      const struct text_cell *head = &t->cell[i], *c = &t->cell[row * (size_t)t->n_columns + (size_t)i];
      lur_buffer_text(out, row ? "<td" : "<th");
      if (row && cards) {
        lur_buffer_text(out, " data-head=\"");
        lur_markup_text(head->text, out);
        lur_buffer_text(out, "\"");
      }
      lur_buffer_text(out, is_right(t, i) ? ">" : " class=\"text\">");
      lur_markup_text(c->text, out);
      lur_buffer_text(out, row ? "</td>" : "</th>");
    }
    lur_buffer_text(out, "</tr>\n");
  }
  lur_buffer_text(out, "</table></div>\n");
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

/* SPDX-License-Identifier: MIT
 * What a CSV file says only to one who looks ahead: its separator, and which columns hold texts. Rows are cut in place,
 * so both look at a copy of what is unread. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "data/csv_parts.h"
#include "data/file.h"

/* ---- The separator ---- */
/* How often c stands in the line outside of quotes; of blanks, how many runs. */
static int count(const char *from, const char *end, char c) {
  int n = 0;
  bool quoted = false;
  for (const char *p = from; p < end && *p != '\n' && *p != '\r'; p++) {
    quoted = quoted != (*p == '"');
    n += !quoted && *p == c && !(c == ' ' && (p == from || p[-1] == ' '));
  }
  return n;
}

char lur_csv_likely_separator(const char *from, const char *end, char given) {
  static const char others[] = {';', '\t', '|', ',', ' '};
  char likely = '\0';
  while (from < end && (*from == '\n' || *from == '\r'))
    from++;
  for (size_t i = 0, most = 0; i < sizeof others && count(from, end, given) == 0; i++) {
    size_t n = (size_t)count(from, end, others[i]);
    if (n > most && !(others[i] == ' ' && likely)) {
      most = n;
      likely = others[i];
    }
  }
  return likely;
}

/* ---- The separator that all first rows have ---- */
enum { MOST_ROWS = 20, MOST_BYTES = 1 << 16 };

/* The number of cells that each of the first rows has; 0 where they differ, or cannot be cut so. */
static int count_cells(const struct lur_csv *r, char separator, char *copy, size_t n, bool whole) {
  struct lur_csv_rows rows = {.name = r->rows.name,
                              .next = memcpy(copy, r->rows.next, n),
                              .end = copy + n,
                              .separator = separator,
                              .comment = r->rows.comment};
  enum lur_csv_answer answer = LUR_CSV_ROW;
  int n_cells = 0;
  copy[n] = '\0';
  for (int i = 0; i < MOST_ROWS && (answer = lur_csv_next_row(&rows, NULL)) == LUR_CSV_ROW; i++) {
    if (i > 0 && !whole && rows.next == rows.end)
      break; /* the last row is cut off */
    if (i > 0 && rows.n_cells != n_cells)
      n_cells = -1;
    n_cells = i == 0 ? rows.n_cells : n_cells;
  }
  free(rows.cells);
  return answer == LUR_CSV_FAILED || n_cells < 0 ? 0 : n_cells;
}

static const char *separator_text(char c, char out[2]) {
  out[0] = c;
  out[1] = '\0';
  return c == '\t' ? "\\t" : out;
}

/* Blanks count only where nothing else does: they stand beside other separators, and in names. */
int lur_csv_find_separator(struct lur_csv *r) {
  static const char candidates[] = {',', ';', '\t', ' '};
  const size_t n_left = (size_t)(r->rows.end - r->rows.next), n = n_left < MOST_BYTES ? n_left : MOST_BYTES;
  char found = '\0', a[2], b[2];
  if (r->rows.separator)
    return LUR_OK;
  char *copy = lur_alloc(n + 1, 1);
  if (!copy)
    return lur_fail_memory(r->e);
  int status = LUR_OK;
  for (size_t i = 0; i < sizeof candidates && !status; i++) {
    const char c = candidates[i];
    if ((c == ' ' && found) || (c == ',' && r->o->decimal == ',') || count_cells(r, c, copy, n, n == n_left) < 2)
      continue;
    if (found)
      status = lur_fail(r->e, LUR_EINPUT, "separator",
                        "the lines of %s can be cut at \"%s\" as well as at \"%s\"; write separator = \"%s\" or \"%s\"",
                        lur_file_label(r->rows.name), separator_text(found, a), separator_text(c, b),
                        separator_text(found, a), separator_text(c, b));
    found = c;
  }
  free(copy);
  r->rows.separator = found ? found : r->o->decimal == ',' ? ';' : ',';
  return status;
}

/* ---- Texts ---- */
/* Marks the columns that hold one in this row. */
static void mark_texts(struct lur_csv *r, struct lur_csv_rows *rows) {
  double x;
  for (int k = 0; k < r->n_inputs; k++) {
    const int column = r->inputs[k];
    const char *cell = column < rows->n_cells ? rows->cells[column] : "";
    if (r->is_text[column] || lur_csv_is_missing(r, cell) || lur_csv_is_value(r, cell, &x))
      continue;
    if (lur_csv_is_nearly_number(cell) || lur_csv_is_date(cell))
      continue; /* refused when it is read */
    r->is_text[column] = true;
  }
}

int lur_csv_find_texts(struct lur_csv *r) {
  const size_t n = (size_t)(r->rows.end - r->rows.next);
  char *copy = lur_alloc(n + 1, 1);
  if (!copy)
    return lur_fail_memory(r->e);
  memcpy(copy, r->rows.next, n);
  struct lur_csv_rows rows = r->rows;
  rows.cells = NULL;
  rows.room = 0;
  rows.next = copy;
  rows.end = copy + n;
  if (!r->header)
    mark_texts(r, &r->rows);
  while (lur_csv_next_row(&rows, NULL) == LUR_CSV_ROW)
    mark_texts(r, &rows);
  free(rows.cells);
  free(copy);
  return LUR_OK;
}

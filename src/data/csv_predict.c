/* SPDX-License-Identifier: MIT
 * Rows are cut in one copy of the text and taken whole from another, so that they are written with the very bytes, the
 * quotes among them, that they have. */
#include "data/csv_predict.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "data/csv_parts.h"
#include "data/file.h"
#include "data/foreign.h"

struct answer {
  const struct lur_network *n;
  const struct lur_csv_predict *o;
  struct lur_csv csv;
  const char *text, *begin; /* as the file has it; the copy that is cut */
  int *column;              /* of each input */
  double *input, *output, *work;
  struct lur_buffer *out;
};

static int n_outputs(const struct lur_network *n) {
  return n->shape.width[n->shape.n_layers];
}

/* ---- Writing ---- */
static void add_cell(const struct answer *a, const char *prefix, const char *text) {
  const char special[] = {a->o->separator, '"', '\n', '\r', '\0'};
  const bool quoted = text[strcspn(text, special)] != '\0' || text[strspn(text, " \t")] != text[0];
  lur_buffer_add(a->out, &a->o->separator, 1);
  lur_buffer_text(a->out, quoted ? "\"" : "");
  lur_buffer_text(a->out, prefix);
  for (; *text; text++)
    lur_buffer_add(a->out, *text == '"' ? "\"\"" : text, *text == '"' ? 2 : 1);
  lur_buffer_text(a->out, quoted ? "\"" : "");
}

static void add_header(const struct answer *a) {
  char number[24];
  if (a->n->n_classes)
    add_cell(a, "predicted", "");
  for (int k = 0; k < n_outputs(a->n); k++) {
    snprintf(number, sizeof number, "_%d", k + 1);
    if (a->n->n_classes)
      add_cell(a, "share_", a->n->classes[k]);
    else
      add_cell(a, "output", n_outputs(a->n) > 1 ? number : "");
  }
}

static void add_answer(const struct answer *a) {
  char digits[32];
  if (a->n->n_classes)
    add_cell(a, "", a->n->classes[lur_largest_output(a->output, n_outputs(a->n))]);
  for (int k = 0; k < n_outputs(a->n); k++) {
    lur_digits_write(a->output[k], digits);
    add_cell(a, "", digits);
  }
}

/* The row that begins at `from` in the copy, without its line's end and blank lines before it. */
static void add_row(const struct answer *a, const char *from) {
  const char *text = a->text + (from - a->begin), *end = a->text + (a->csv.rows.next - a->begin);
  while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
    end--;
  while (text < end && (*text == '\n' || *text == '\r'))
    text++;
  lur_buffer_add(a->out, text, (size_t)(end - text));
}

/* ---- Reading ---- */
static int find_inputs(struct answer *a) {
  struct lur_csv *r = &a->csv;
  const int n = a->n->shape.width[0], n_columns = r->rows.n_cells;
  r->n_columns = n_columns;
  if (a->o->header) {
    r->header = lur_alloc((size_t)n_columns + 1, sizeof *r->header);
    if (!r->header)
      return lur_fail_memory(r->e);
    memcpy(r->header, r->rows.cells, (size_t)n_columns * sizeof *r->header);
  }
  for (int k = 0; k < n; k++)
    a->column[k] = k;
  if (a->o->n_inputs) {
    if (a->o->n_inputs != n)
      return lur_fail(r->e, LUR_EINPUT, "inputs", "%d given, but the network takes %d", a->o->n_inputs, n);
    bool *taken = lur_alloc((size_t)n_columns, sizeof *taken);
    int n_found;
    const int code =
        taken ? lur_csv_find_columns(r, "inputs", a->o->inputs, n, taken, a->column, &n_found) : lur_fail_memory(r->e);
    free(taken);
    return code;
  }
  if (n_columns == n || n_columns == n + 1)
    return LUR_OK;
  return lur_fail(r->e, LUR_EINPUT, NULL,
                  "%s: %d column%s, but the network takes %d input%s, with or without the target as the last column; "
                  "--inputs A,B,... says which they are",
                  lur_file_label(r->rows.name), n_columns, n_columns == 1 ? "" : "s", n, n == 1 ? "" : "s");
}

/* A first line of numbers alone, above the inputs, names nothing. */
static int check_header(const struct answer *a) {
  const struct lur_csv *r = &a->csv;
  double x;
  for (int k = 0; k < a->n->shape.width[0]; k++)
    if (!lur_number_read(r->header[a->column[k]], false, &x))
      return LUR_OK;
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s: the first line has numbers, no names; write --no-header if it is a row",
                  lur_file_label(r->rows.name));
}

static int answer_row(struct answer *a) {
  struct lur_csv *r = &a->csv;
  double *x = a->input;
  if (r->rows.n_cells != r->n_columns)
    return lur_csv_fail_width(r);
  for (int k = 0; k < a->n->shape.width[0]; k++) {
    const char *cell = r->rows.cells[a->column[k]];
    if (lur_csv_is_missing(r, cell))
      return lur_csv_fail_cell(r, a->column[k], "is a missing value");
    if (!lur_number_read(cell, false, &x[k]))
      return lur_csv_fail_cell(r, a->column[k], "is not a number");
    if (!isfinite(x[k]))
      return lur_csv_fail_cell(r, a->column[k], "is too large");
  }
  lur_network_forward(a->n, x, a->work, a->output);
  return LUR_OK;
}

static int answer_rows(struct answer *a) {
  struct lur_csv *r = &a->csv;
  const char *from = r->rows.next;
  enum lur_csv_answer found = lur_csv_next_row(&r->rows, r->e);
  if (found == LUR_CSV_END)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: empty", lur_file_label(r->rows.name));
  int code = found == LUR_CSV_FAILED ? LUR_EINPUT : find_inputs(a);
  if (!code && a->o->header)
    code = check_header(a);
  if (!code && a->o->header) {
    add_row(a, from);
    add_header(a);
    lur_buffer_text(a->out, "\n");
    from = r->rows.next;
    found = lur_csv_next_row(&r->rows, r->e);
  }
  while (!code && found == LUR_CSV_ROW) {
    code = answer_row(a);
    if (code)
      break;
    add_row(a, from);
    add_answer(a);
    lur_buffer_text(a->out, "\n");
    r->n_seen++;
    from = r->rows.next;
    found = lur_csv_next_row(&r->rows, r->e);
  }
  if (!code && found == LUR_CSV_FAILED)
    code = LUR_EINPUT;
  return !code && a->out->failed ? lur_fail_memory(r->e) : code;
}

static int answer_text(struct answer *a, char *text, size_t n_bytes) {
  struct lur_csv_rows *rows = &a->csv.rows;
  int code = lur_foreign_check(rows->name, "a CSV file", text, n_bytes, true, a->csv.e);
  if (code)
    return code;
  const size_t n_mark = (size_t)lur_byte_order_mark(text);
  lur_buffer_add(a->out, text, n_mark);
  rows->next = text + n_mark;
  rows->end = text + n_bytes;
  a->begin = text;
  return answer_rows(a);
}

int lur_csv_predict(const struct lur_network *n, const char *path, const struct lur_csv_predict *o,
                    struct lur_buffer *out, struct lur_error *e) {
  const struct lur_csv_options options = {.header = o->header ? LUR_HEADER_TRUE : LUR_HEADER_FALSE,
                                          .separator = o->separator};
  const size_t n_in = (size_t)n->shape.width[0], n_out = (size_t)n_outputs(n);
  size_t n_bytes;
  struct answer *a = lur_alloc(1, sizeof *a);
  char *text = a ? lur_file_read(path, &n_bytes, e) : NULL;
  char *copy = text ? lur_copy(text, n_bytes + 1, 1) : NULL;
  double *room = text ? lur_alloc(n_in + n_out + lur_network_n_work(n), sizeof *room) : NULL;
  int *column = text ? lur_alloc(n_in, sizeof *column) : NULL;
  int code = a && !text ? e->code : copy && room && column ? LUR_OK : lur_fail_memory(e);
  if (!code) {
    *a = (struct answer){.n = n, .o = o, .text = text, .column = column, .out = out};
    a->input = room;
    a->output = room + n_in;
    a->work = a->output + n_out;
    a->csv.o = &options;
    a->csv.e = e;
    a->csv.rows = (struct lur_csv_rows){.name = path, .separator = o->separator};
    code = answer_text(a, copy, n_bytes);
    free(a->csv.rows.cells);
    free(a->csv.header);
  }
  free(column);
  free(room);
  free(copy);
  free(text);
  free(a);
  return code;
}

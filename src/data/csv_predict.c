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
#include "base/utf8.h"
#include "data/csv_parts.h"
#include "data/csv_write.h"
#include "data/file.h"
#include "data/foreign.h"

struct answer {
  const struct lur_network *n;
  struct lur_csv csv;
  const char *text, *begin;  /* as the file has it; the copy that is cut */
  struct lur_source *source; /* n_sources cells become the inputs */
  int *column;               /* of each */
  int n_sources;
  double *input, *output, *work;
  struct lur_buffer *out;
  char *note; /* LUR_CSV_NOTE_BYTES */
};

static int n_outputs(const struct lur_network *n) {
  return n->shape.width[n->shape.n_layers];
}

/* ---- Writing ---- */
static void add_cell(const struct answer *a, const char *prefix, const char *text) {
  lur_buffer_add(a->out, &a->csv.rows.separator, 1);
  lur_csv_add_cell(a->out, prefix, text, a->csv.rows.separator);
}

static void add_header(const struct answer *a) {
  char number[24];
  if (a->n->n_classes)
    add_cell(a, "predicted", "");
  for (int k = 0; k < n_outputs(a->n); k++) {
    snprintf(number, sizeof number, "_%d", k + 1);
    if (a->n->n_classes)
      add_cell(a, "share_", a->n->classes[k]);
    else if (a->n->output_names)
      add_cell(a, "predicted_", a->n->output_names[k]);
    else
      add_cell(a, "output", n_outputs(a->n) > 1 ? number : "");
  }
}

static void add_answer(const struct answer *a) {
  char digits[32], *point;
  if (a->n->n_classes)
    add_cell(a, "", a->n->classes[lur_largest_output(a->output, n_outputs(a->n))]);
  for (int k = 0; k < n_outputs(a->n); k++) {
    lur_digits_write(a->output[k], digits);
    if (a->csv.o->decimal == ',' && (point = strchr(digits, '.')))
      *point = ',';
    add_cell(a, "", digits);
  }
}

/* The current row, without its line's end. */
static void add_row(const struct answer *a) {
  const struct lur_csv_rows *rows = &a->csv.rows;
  const char *text = a->text + (rows->from - a->begin), *end = a->text + (rows->next - a->begin);
  while (end > text && (end[-1] == '\n' || end[-1] == '\r'))
    end--;
  lur_buffer_add(a->out, text, (size_t)(end - text));
}

/* ---- Reading ---- */
static int keep_header(struct lur_csv *r) {
  r->header = lur_alloc((size_t)r->n_columns + 1, sizeof *r->header);
  if (!r->header)
    return lur_fail_memory(r->e);
  memcpy(r->header, r->rows.cells, (size_t)r->n_columns * sizeof *r->header);
  return LUR_OK;
}

/* Those of --inputs. */
static int find_given(struct answer *a) {
  struct lur_csv *r = &a->csv;
  int n_found = 0, *found = lur_alloc((size_t)r->n_columns, sizeof *found);
  bool *taken = lur_alloc((size_t)r->n_columns, sizeof *taken);
  int code = taken && found
                 ? lur_csv_find_columns(r, "inputs", a->csv.o->inputs, a->csv.o->n_inputs, taken, found, &n_found)
                 : lur_fail_memory(r->e);
  if (!code && n_found != a->n_sources)
    code = lur_fail(r->e, LUR_EINPUT, "inputs", "%d given, but the network takes %d", n_found, a->n_sources);
  if (!code)
    memcpy(a->column, found, (size_t)n_found * sizeof *found);
  free(found);
  free(taken);
  return code;
}

/* The columns that have the inputs' names; how many of these there are. *lost: one that no column has. */
static int find_named(struct answer *a, const struct lur_source **lost) {
  const struct lur_csv *r = &a->csv;
  int n = 0;
  for (int i = 0; i < a->n_sources; i++) {
    int k = 0;
    while (k < r->n_columns && !lur_source_has_name(&a->source[i], r->header[k]))
      k++;
    a->column[i] = k;
    n += k < r->n_columns;
    if (k == r->n_columns)
      *lost = &a->source[i];
  }
  return n;
}

/* A name of an input that two columns have. */
static int check_twice(const struct answer *a) {
  const struct lur_csv *r = &a->csv;
  char shown[LUR_CSV_SHOWN_BYTES];
  for (int i = 0; i < a->n_sources; i++)
    for (int k = a->column[i] + 1; k < r->n_columns; k++)
      if (lur_source_has_name(&a->source[i], r->header[k]))
        return lur_fail(
            r->e, LUR_EINPUT, NULL,
            "%s: the columns %d and %d are both called \"%s\"; --inputs A,B,... takes numbers of columns, too",
            lur_file_label(r->rows.name), a->column[i] + 1, k + 1, lur_csv_show(r->header[k], shown));
  return LUR_OK;
}

/* That no column has a name of the network's. */
static void note_places(const struct answer *a) {
  enum { MOST_NAMES = 128 };
  struct lur_buffer names = {0};
  char shown[MOST_NAMES], file[256];
  for (int i = 0; i < a->n_sources; i++)
    lur_buffer_format(&names, "%s%.*s", i ? " " : "", a->source[i].name_bytes, a->source[i].name);
  snprintf(a->note, LUR_CSV_NOTE_BYTES,
           "%s: no column has a name of the network's inputs (%s), so they are taken by position",
           lur_utf8_line(lur_file_label(a->csv.rows.name), file, sizeof file),
           lur_utf8_line(names.data ? names.data : "", shown, sizeof shown));
  lur_buffer_free(&names);
}

/* By their names, where there are some on both sides; else by their places. */
static int find_inputs(struct answer *a) {
  struct lur_csv *r = &a->csv;
  const struct lur_source *lost = NULL;
  const int n = a->n_sources, n_columns = r->n_columns = r->rows.n_cells;
  const int code = a->csv.o->header != LUR_HEADER_FALSE ? keep_header(r) : LUR_OK;
  if (code || a->csv.o->n_inputs)
    return code ? code : find_given(a);
  const int n_named = r->header && a->n->input_names ? find_named(a, &lost) : 0;
  if (n_named == n)
    return check_twice(a);
  if (n_named > 0)
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: no column \"%.*s\", which the network takes; --inputs A,B,... says which the inputs are",
                    lur_file_label(r->rows.name), lost->name_bytes < 40 ? lost->name_bytes : 40, lost->name);
  for (int k = 0; k < n; k++)
    a->column[k] = k;
  if (n_columns == n || n_columns == n + 1) {
    if (r->header && a->n->input_names)
      note_places(a);
    return LUR_OK;
  }
  return lur_fail(r->e, LUR_EINPUT, NULL,
                  "%s: %d column%s, but the network takes %d input%s, with or without the target as the last column; "
                  "--inputs A,B,... says which they are",
                  lur_file_label(r->rows.name), n_columns, n_columns == 1 ? "" : "s", n, n == 1 ? "" : "s");
}

/* A first line of numbers alone, above the inputs, names nothing. */
static int check_header(const struct answer *a) {
  const struct lur_csv *r = &a->csv;
  double x;
  for (int k = 0; k < a->n_sources; k++)
    if (!lur_csv_is_number(r, r->header[a->column[k]], &x))
      return LUR_OK;
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s: the first line has numbers, no names; write --no-header if it is a row",
                  lur_file_label(r->rows.name));
}

/* Puts the cell into its inputs; else what is wrong with it, "is not a number", in `what`. */
static bool put_cell(const struct lur_csv *r, const struct lur_network *n, const struct lur_source *s, const char *cell,
                     double *inputs, char what[LUR_CSV_WHAT_BYTES]) {
  const bool is_missing = lur_csv_is_missing(r, cell) && !lur_source_knows(n, s, cell);
  double *x = &inputs[s->first];
  char list[96];
  if (is_missing     ? lur_source_put_missing(n, s, inputs)
      : s->is_onehot ? lur_source_put(n, s, cell, inputs)
                     : lur_csv_is_value(r, cell, x) && isfinite(*x))
    return true;
  if (is_missing)
    snprintf(what, LUR_CSV_WHAT_BYTES, "is a missing value");
  else if (s->is_onehot)
    snprintf(what, LUR_CSV_WHAT_BYTES, "is none of the categories that the network knows: %s",
             lur_source_categories(n, s, list, sizeof list));
  else
    snprintf(what, LUR_CSV_WHAT_BYTES, lur_csv_is_value(r, cell, x) ? "is too large" : "is not a number");
  return false;
}

bool lur_csv_put_cell(const struct lur_network *n, const struct lur_source *s, const char *cell, double *inputs,
                      char what[LUR_CSV_WHAT_BYTES]) {
  const struct lur_csv_options plain = {0};
  const struct lur_csv r = {.o = &plain};
  return put_cell(&r, n, s, cell, inputs, what);
}

static int read_cell(struct answer *a, const struct lur_source *s, int column) {
  char what[LUR_CSV_WHAT_BYTES];
  return put_cell(&a->csv, a->n, s, a->csv.rows.cells[column], a->input, what)
             ? LUR_OK
             : lur_csv_fail_cell(&a->csv, column, what);
}

static int answer_row(struct answer *a) {
  int code = a->csv.rows.n_cells == a->csv.n_columns ? LUR_OK : lur_csv_fail_width(&a->csv);
  for (int k = 0; k < a->n_sources && !code; k++)
    code = read_cell(a, &a->source[k], a->column[k]);
  if (!code)
    lur_network_forward(a->n, a->input, a->work, a->output);
  return code;
}

static int answer_rows(struct answer *a) {
  struct lur_csv *r = &a->csv;
  enum lur_csv_answer found = lur_csv_next_row(&r->rows, r->e);
  if (found == LUR_CSV_END)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: empty", lur_file_label(r->rows.name));
  int code = found == LUR_CSV_FAILED ? LUR_EINPUT : find_inputs(a);
  if (!code && a->csv.o->header != LUR_HEADER_FALSE)
    code = check_header(a);
  if (!code && a->csv.o->header != LUR_HEADER_FALSE) {
    add_row(a);
    add_header(a);
    lur_buffer_text(a->out, "\n");
    found = lur_csv_next_row(&r->rows, r->e);
  }
  while (!code && found == LUR_CSV_ROW) {
    code = answer_row(a);
    if (code)
      break;
    add_row(a);
    add_answer(a);
    lur_buffer_text(a->out, "\n");
    r->n_seen++;
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
  code = lur_csv_skip_lines(&a->csv);
  if (!code)
    code = lur_csv_find_separator(&a->csv);
  return code ? code : answer_rows(a);
}

int lur_csv_predict(const struct lur_network *n, const char *path, const struct lur_csv_options *o,
                    struct lur_buffer *out, char note[LUR_CSV_NOTE_BYTES], struct lur_error *e) {
  const size_t n_in = (size_t)n->shape.width[0], n_out = (size_t)n_outputs(n);
  size_t n_bytes;
  struct answer *a = lur_alloc(1, sizeof *a);
  char *text = a ? lur_file_read(path, &n_bytes, e) : NULL;
  char *copy = text ? lur_copy(text, n_bytes + 1, 1) : NULL;
  double *room = text ? lur_alloc(n_in + n_out + lur_network_n_work(n), sizeof *room) : NULL;
  int *column = text ? lur_alloc(n_in, sizeof *column) : NULL;
  struct lur_source *source = text ? lur_alloc(n_in, sizeof *source) : NULL;
  note[0] = '\0';
  int code = a && !text ? e->code : copy && room && column && source ? LUR_OK : lur_fail_memory(e);
  if (!code) {
    *a = (struct answer){.n = n, .text = text, .source = source, .column = column, .out = out, .note = note};
    a->n_sources = lur_network_sources(n, source);
    a->input = room;
    a->output = room + n_in;
    a->work = a->output + n_out;
    a->csv.o = o;
    a->csv.e = e;
    a->csv.rows = (struct lur_csv_rows){.name = path, .separator = o->separator, .comment = o->comment};
    code = answer_text(a, copy, n_bytes);
    free(a->csv.rows.cells);
    free(a->csv.header);
  }
  free(column);
  free(source);
  free(room);
  free(copy);
  free(text);
  free(a);
  return code;
}

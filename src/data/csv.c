/* SPDX-License-Identifier: MIT
 * One pass over the rows: the first says which columns there are, each later one adds a row of numbers. A missing
 * input is kept as NaN, which no cell can read as, and the class and the categories of a row as numbers, until all
 * rows are known: then the data set is made. */
#include "data/csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "data/csv_parts.h"
#include "data/file.h"
#include "data/foreign.h"

/* A last column without a name and without a cell is what a separator at each line's end makes. */
static int fail_missing(struct lur_csv *r, int column) {
  char what[128];
  if (!r->header || column != r->n_columns - 1 || r->header[column][0] != '\0' || r->rows.cells[column][0] != '\0')
    return lur_csv_fail_cell(r, column,
                             "is a missing value; missing = \"skip\" leaves such rows out, \"mean\" fills them in");
  snprintf(what, sizeof what, "is a missing value in a last column without a name; drop = %d leaves the column out",
           column + 1);
  return lur_csv_fail_cell(r, column, what);
}

/* Marks what is missing as NaN in input and target. Whether the row is kept, in *keep. */
static int mark_missing(struct lur_csv *r, double *input, double *target, bool *keep) {
  const bool fills = r->o->missing == LUR_MISSING_MEAN || r->o->missing == LUR_MISSING_MEDIAN;
  *keep = true;
  for (int k = 0; k < r->n_inputs + r->n_targets; k++) {
    const bool is_input = k < r->n_inputs;
    const int column = is_input ? r->inputs[k] : r->targets[k - r->n_inputs];
    const char *cell = r->rows.cells[column];
    const bool is_missing = lur_csv_is_missing(r, cell) && !(is_input ? lur_csv_is_listed_category(r, column, cell)
                                                                      : lur_csv_is_listed_class(r, cell));
    if (is_missing && r->o->missing == LUR_MISSING_ERROR)
      return fail_missing(r, column);
    *(is_input ? &input[k] : &target[k - r->n_inputs]) = is_missing ? NAN : 0;
    *keep = *keep && (!is_missing || (is_input && fills));
    r->n_missing[column] += is_missing;
  }
  return LUR_OK;
}

/* Numbers go to input and target. A row that is left out names no class and no category. */
static int read_row(struct lur_csv *r, double *input, double *target, bool *keep) {
  int status = mark_missing(r, input, target, keep);
  for (int k = 0; k < r->n_inputs && !status; k++)
    if (!isnan(input[k]) && (*keep || !r->is_text[r->inputs[k]]))
      status = lur_csv_read_input(r, r->inputs[k], &input[k]);
  for (int k = 0; k < r->n_targets && !status && *keep; k++)
    status = lur_csv_read_target(r, r->targets[k], &target[k]);
  return status;
}

static int add_row(struct lur_csv *r) {
  bool keep;
  if (r->rows.n_cells != r->n_columns)
    return lur_csv_fail_width(r);
  /* Inputs and targets share one room of rows. */
  size_t room = r->room, row = sizeof(double);
  if (!lur_grow(&r->input, &room, r->n + 1, (size_t)r->n_inputs * row) ||
      !lur_grow(&r->target, &r->room, r->n + 1, (size_t)r->n_targets * row))
    return lur_fail_memory(r->e);
  double *input = r->input + r->n * (size_t)r->n_inputs, *target = r->target + r->n * (size_t)r->n_targets;
  if (read_row(r, input, target, &keep) != LUR_OK)
    return LUR_EINPUT;
  r->n += keep;
  r->n_seen++;
  return LUR_OK;
}

/* No row, or none that is kept. */
static int fail_empty(struct lur_csv *r) {
  const char *file = lur_file_label(r->rows.name);
  char label[LUR_CSV_LABEL_BYTES], text[LUR_CSV_ADVICE_BYTES];
  int most = 0;
  if (r->n_seen == 0)
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: no rows below the first line, which names the columns; write header = false if it is a row",
                    file);
  for (int k = 1; k < r->n_columns; k++)
    most = r->n_missing[k] > r->n_missing[most] ? k : most;
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s: all %zu rows are left out; %s is missing in %zu of them%s", file,
                  r->n_seen, lur_csv_label(r, most, label), r->n_missing[most], lur_csv_advice(r, most, text));
}

static int read_rows(struct lur_csv *r) {
  enum lur_csv_answer answer = lur_csv_next_row(&r->rows, r->e);
  if (answer == LUR_CSV_END)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: empty", lur_file_label(r->rows.name));
  if (answer == LUR_CSV_FAILED || lur_csv_read_columns(r) != LUR_OK ||
      (r->o->text == LUR_TEXT_ONEHOT && lur_csv_find_texts(r) != LUR_OK))
    return r->e->code;
  if (r->header)
    answer = lur_csv_next_row(&r->rows, r->e);
  if (answer == LUR_CSV_ROW && r->header && lur_csv_check_header(r) != LUR_OK)
    return LUR_EINPUT;
  for (; answer == LUR_CSV_ROW; answer = lur_csv_next_row(&r->rows, r->e))
    if (add_row(r) != LUR_OK)
      return LUR_EINPUT;
  if (answer == LUR_CSV_FAILED)
    return LUR_EINPUT;
  if (r->n == 0)
    return fail_empty(r);
  return lur_csv_check_classes(r) == LUR_OK ? lur_csv_check_texts(r) : LUR_EINPUT;
}

int lur_csv_skip_lines(struct lur_csv *r) {
  struct lur_csv_rows *rows = &r->rows;
  for (; rows->n_lines < r->o->skip; rows->n_lines++) {
    char *stop = memchr(rows->next, '\n', (size_t)(rows->end - rows->next));
    const long n_all = rows->n_lines + (rows->next < rows->end);
    if (!stop)
      return lur_fail(r->e, LUR_EINPUT, "skip", "%s has no more than %ld line%s", lur_file_label(rows->name), n_all,
                      n_all == 1 ? "" : "s");
    rows->next = stop + 1;
  }
  return LUR_OK;
}

static struct lur_dataset *read_dataset(struct lur_csv *r) {
  struct lur_csv_rows *rows = &r->rows;
  const size_t n_bytes = r->n_bytes = (size_t)(rows->end - rows->next);
  *rows->end = '\0';
  if (lur_foreign_check(rows->name, "a CSV file", rows->next, n_bytes, true, r->e) != LUR_OK)
    return NULL;
  rows->next += lur_byte_order_mark(rows->next);
  if (lur_csv_skip_lines(r) != LUR_OK || lur_csv_find_separator(r) != LUR_OK)
    return NULL;
  r->begins_with_hash = *rows->next == '#' && !r->o->comment;
  r->likely_separator = lur_csv_likely_separator(rows->next, rows->end, rows->separator);
  return read_rows(r) == LUR_OK ? lur_csv_make_dataset(r) : NULL;
}

static void free_parts(struct lur_csv *r) {
  for (int k = 0; r->category && k < r->n_columns; k++)
    free(r->category[k].word);
  free(r->classes.word);
  free(r->category);
  free(r->is_text);
  free(r->is_listed);
  free(r->rows.cells);
  free(r->header);
  free(r->inputs);
  free(r->targets);
  free(r->n_missing);
  free(r->input);
  free(r->target);
}

struct lur_dataset *lur_csv_read(const char *name, char *text, size_t n_bytes, const struct lur_csv_options *o,
                                 struct lur_error *e) {
  struct lur_csv *r = lur_alloc(1, sizeof *r);
  if (!r) {
    lur_fail_memory(e);
    return NULL;
  }
  r->o = o;
  r->e = e;
  r->rows = (struct lur_csv_rows){
      .name = name, .next = text, .end = text + n_bytes, .separator = o->separator, .comment = o->comment};
  struct lur_dataset *d = read_dataset(r);
  free_parts(r);
  free(r);
  return d;
}

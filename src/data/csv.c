/* SPDX-License-Identifier: MIT
 * One pass over the rows: the first says which columns there are, each later one adds a row of numbers. A missing
 * input is kept as NaN, which no cell can read as, until the column's mean is known; the class of a row is kept as a
 * number until all classes are known. */
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

const char *const lur_missing_names[] = {"error", "skip", "mean", NULL};
_Static_assert(sizeof lur_missing_names / sizeof *lur_missing_names == LUR_N_MISSINGS + 1, "a name each");

const struct lur_csv_option lur_csv_option_table[] = {
    {"targets",
     "A column or a list of them: names of the header, or numbers from 1, from the end if negative.\n"
     "They are what the network should answer.",
     "-1, the last"},
    {"inputs", "The same: what the network sees.", "all that are no targets and not dropped"},
    {"drop", "The same: columns to leave out, such as names and numbers of rows.", "none"},
    {"header",
     "true: the first line names the columns; false: it is a row. If you do not say, it names them, and the\n"
     "file is refused if it looks like a row: if most of its cells are numbers where the next line has numbers.",
     "not said"},
    {"missing",
     "\"error\" refuses a file with a missing cell (empty, NA, NaN, null, None, ? and their like); \"skip\" leaves\n"
     "the row out; \"mean\" takes the mean of the column's other cells, and leaves out a row without its target.",
     "\"error\""},
    {"classes",
     "\"auto\": numbers are numbers, names are classes, a mixture is refused; true: each different text is a class,\n"
     "numbers too; false: numbers only; a list such as {\"no\", \"yes\"}: these, in this order, and no others.",
     "\"auto\""},
    {"separator", "One character; \" \" is any run of blanks.", "\",\""},
    {NULL, NULL, NULL}};

/* Whether the row is kept, in *keep; numbers go to input and target. A row that is left out names no class. */
static int read_row(struct lur_csv *r, double *input, double *target, bool *keep) {
  *keep = true;
  for (int k = 0; k < r->n_inputs + r->n_targets; k++) {
    bool is_input = k < r->n_inputs;
    int column = is_input ? r->inputs[k] : r->targets[k - r->n_inputs], status = LUR_OK;
    const char *cell = r->rows.cells[column];
    double *out = is_input ? &input[k] : &target[k - r->n_inputs];
    if (lur_csv_is_missing(cell) && (is_input || !lur_csv_is_listed(r, cell))) {
      if (r->o->missing == LUR_MISSING_ERROR)
        return lur_csv_fail_cell(r, column,
                                 "is a missing value; missing = \"skip\" leaves such rows out, \"mean\" fills them in");
      *out = NAN;
      *keep = *keep && is_input && r->o->missing == LUR_MISSING_MEAN;
      r->n_missing[column]++;
    } else if (is_input) {
      status = lur_csv_read_number(r, column, out);
    } else if (*keep) {
      status = lur_csv_read_target(r, column, out);
    }
    if (status != LUR_OK)
      return status;
  }
  return LUR_OK;
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

/* What to do about a column that is missing in all rows, or only in those that were left out. */
static const char *advice(const struct lur_csv *r, int column, char out[64]) {
  if (r->n_missing[column] < r->n_seen)
    return "; missing = \"mean\" fills inputs in";
  for (int k = 0; k < r->n_targets; k++)
    if (r->targets[k] == column)
      return "; give targets another column";
  snprintf(out, 64, "; drop = %d leaves the column out", column + 1);
  return out;
}

/* No row, or none that is kept. */
static int fail_empty(struct lur_csv *r) {
  const char *file = lur_file_label(r->rows.name);
  char label[LUR_CSV_LABEL_BYTES], text[64];
  int most = 0;
  if (r->n_seen == 0)
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: no rows below the first line, which names the columns; write header = false if it is a row",
                    file);
  for (int k = 1; k < r->n_columns; k++)
    most = r->n_missing[k] > r->n_missing[most] ? k : most;
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s: all %zu rows are left out; %s is missing in %zu of them%s", file,
                  r->n_seen, lur_csv_label(r, most, label), r->n_missing[most], advice(r, most, text));
}

static int read_rows(struct lur_csv *r) {
  enum lur_csv_answer answer = lur_csv_next_row(&r->rows, r->e);
  if (answer == LUR_CSV_END)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: empty", lur_file_label(r->rows.name));
  if (answer == LUR_CSV_FAILED || lur_csv_read_columns(r) != LUR_OK)
    return LUR_EINPUT;
  if (r->header)
    answer = lur_csv_next_row(&r->rows, r->e);
  if (answer == LUR_CSV_ROW && r->header && lur_csv_check_header(r) != LUR_OK)
    return LUR_EINPUT;
  for (; answer == LUR_CSV_ROW; answer = lur_csv_next_row(&r->rows, r->e))
    if (add_row(r) != LUR_OK)
      return LUR_EINPUT;
  if (answer == LUR_CSV_FAILED)
    return LUR_EINPUT;
  return r->n ? lur_csv_check_classes(r) : fail_empty(r);
}

/* ---- What is known only at the end ---- */
static int fill_column(struct lur_csv *r, int column) {
  double sum = 0;
  size_t n = 0, step = (size_t)r->n_inputs;
  double *x = r->input + column;
  char label[LUR_CSV_LABEL_BYTES], text[64];
  for (size_t i = 0; i < r->n; i++)
    if (!isnan(x[i * step])) {
      sum += x[i * step];
      n++;
    }
  double mean = sum / (double)n;
  if (!isfinite(mean))
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: %s has no mean%s", lur_file_label(r->rows.name),
                    lur_csv_label(r, r->inputs[column], label), n ? "" : advice(r, r->inputs[column], text));
  for (size_t i = 0; i < r->n; i++)
    if (isnan(x[i * step]))
      x[i * step] = mean;
  return LUR_OK;
}

/* The header's names of these columns, for n of them; NULL: no memory. */
static const char **names_of(const struct lur_csv *r, const int *column, int n) {
  const char **names = lur_alloc((size_t)n, sizeof *names);
  for (int k = 0; names && k < n; k++)
    names[k] = r->header[column[k]];
  return names;
}

static int name_columns(const struct lur_csv *r, struct lur_dataset *d) {
  if (!r->header)
    return LUR_OK;
  const char **inputs = names_of(r, r->inputs, r->n_inputs), **targets = names_of(r, r->targets, r->n_targets);
  int status = inputs && targets ? lur_dataset_name_inputs(d, inputs, r->e) : lur_fail_memory(r->e);
  if (!status)
    status = d->n_classes ? lur_dataset_name_target_classes(d, targets[0], r->e)
                          : lur_dataset_name_targets(d, targets, r->e);
  free(inputs);
  free(targets);
  return status;
}

static int put_targets(const struct lur_csv *r, const char *const *classes, struct lur_dataset *d) {
  if (!classes) {
    memcpy(d->targets, r->target, r->n * (size_t)r->n_targets * sizeof *d->targets);
    return LUR_OK;
  }
  for (size_t i = 0; i < r->n; i++)
    d->targets[i * (size_t)d->n_outputs + (size_t)r->target[i]] = 1;
  return lur_dataset_name_classes(d, classes, r->e);
}

static struct lur_dataset *make_dataset(struct lur_csv *r) {
  bool listed = r->o->classes == LUR_CLASSES_LIST;
  const char *const *names = listed ? r->o->class_names : r->classes;
  int n_names = listed ? r->o->n_class_names : r->n_classes;
  struct lur_dataset *d = lur_dataset_new(r->n, r->n_inputs, n_names ? n_names : r->n_targets, r->e);
  if (!d)
    return NULL;
  memcpy(d->inputs, r->input, r->n * (size_t)r->n_inputs * sizeof *d->inputs);
  if (put_targets(r, n_names ? names : NULL, d) == LUR_OK && name_columns(r, d) == LUR_OK)
    return d;
  lur_dataset_free(d);
  return NULL;
}

static struct lur_dataset *read_dataset(struct lur_csv *r) {
  struct lur_csv_rows *rows = &r->rows;
  size_t n_bytes = (size_t)(rows->end - rows->next);
  *rows->end = '\0';
  if (lur_foreign_check(rows->name, "a CSV file", rows->next, n_bytes, true, r->e) != LUR_OK)
    return NULL;
  rows->next += lur_byte_order_mark(rows->next);
  r->likely_separator = lur_csv_likely_separator(rows->next, rows->end, r->o->separator);
  if (read_rows(r) != LUR_OK)
    return NULL;
  for (int k = 0; k < r->n_inputs && r->o->missing == LUR_MISSING_MEAN; k++)
    if (fill_column(r, k) != LUR_OK)
      return NULL;
  return make_dataset(r);
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
  r->rows = (struct lur_csv_rows){.name = name, .next = text, .end = text + n_bytes, .separator = o->separator};
  struct lur_dataset *d = read_dataset(r);
  free(r->rows.cells);
  free(r->header);
  free(r->inputs);
  free(r->targets);
  free(r->n_missing);
  free(r->input);
  free(r->target);
  free(r);
  return d;
}

struct lur_dataset *lur_csv_load(const char *path, const struct lur_csv_options *o, struct lur_error *e) {
  size_t n_bytes;
  char *text = lur_file_read(path, &n_bytes, e);
  struct lur_dataset *d = text ? lur_csv_read(path, text, n_bytes, o, e) : NULL;
  free(text);
  return d;
}

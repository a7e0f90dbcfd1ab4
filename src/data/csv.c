/* SPDX-License-Identifier: MIT
 * One pass over the rows: the first says which columns there are, each later one adds a row of numbers. A missing
 * input is kept as NaN, which no cell can read as, until the column's mean is known; the class of a row is kept as a
 * number until all classes are known. */
#include "data/csv.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/memory.h"
#include "data/csv_row.h"
#include "data/file.h"

const char *const lur_missing_names[LUR_N_MISSINGS + 1] = {"error", "skip", "mean", NULL};

struct csv {
  const struct lur_csv_options *o;
  struct lur_error *e;
  struct lur_csv_rows rows;
  locale_t c;
  const char **header; /* n_columns names and a NULL; or NULL */
  int n_columns;
  int *inputs, *targets; /* which columns, from 0 */
  int n_inputs, n_targets;
  double *input, *target; /* n rows each of n_inputs, n_targets */
  size_t n, room;
  bool knows_target, named; /* whether a target was seen; whether targets are names */
  char *classes[LUR_MAX_CLASSES];
  int n_classes;
};

static bool is_missing(const char *cell) {
  static const char *const words[] = {"", "NA", "N/A", "NaN", "nan", "null", "?"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(cell, words[i]) == 0)
      return true;
  return false;
}

/* The start of a cell as a message can show it: one line. */
enum { SHOWN_BYTES = 40 };
static const char *show(const char *cell, char out[SHOWN_BYTES]) {
  size_t n = 0;
  for (; cell[n] && n < SHOWN_BYTES - 1; n++)
    out[n] = (unsigned char)cell[n] < ' ' ? ' ' : cell[n];
  out[n] = '\0';
  return out;
}

static int fail_cell(struct csv *r, int column, const char *what) {
  const char *file = lur_file_label(r->rows.name);
  char cell[SHOWN_BYTES], name[SHOWN_BYTES];
  show(r->rows.cells[column], cell);
  if (r->header)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%ld: column %d (%s): \"%s\" %s", file, r->rows.line, column + 1,
                    show(r->header[column], name), cell, what);
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%ld: column %d: \"%s\" %s", file, r->rows.line, column + 1, cell, what);
}

/* ---- Columns ---- */
static int fail_name(struct csv *r, const char *field, const char *name) {
  char shown[SHOWN_BYTES];
  const char *near = lur_near_word(name, r->header);
  return lur_fail(r->e, LUR_EINPUT, field, "%s has no column \"%s\"%s%s%s", lur_file_label(r->rows.name), name,
                  near ? "; did you mean " : "", near ? show(near, shown) : "", near ? "?" : "");
}

static int find_name(struct csv *r, const char *field, const char *name, int *column) {
  if (!r->header)
    return lur_fail(r->e, LUR_EINPUT, field, "\"%s\" is a name, but header is false; write the column's number", name);
  *column = -1;
  for (int k = 0; k < r->n_columns; k++) {
    if (strcmp(r->header[k], name) != 0)
      continue;
    if (*column >= 0)
      return lur_fail(r->e, LUR_EINPUT, field, "%s has two columns \"%s\"; write the column's number",
                      lur_file_label(r->rows.name), name);
    *column = k;
  }
  return *column >= 0 ? LUR_OK : fail_name(r, field, name);
}

static int find_column(struct csv *r, const char *field, const struct lur_csv_column *c, int *column) {
  if (c->name)
    return find_name(r, field, c->name, column);
  *column = c->number < 0 ? r->n_columns + c->number : c->number - 1;
  if (*column >= 0 && *column < r->n_columns)
    return LUR_OK;
  return lur_fail(r->e, LUR_EINPUT, field, "%s has %d columns, but no number %d", lur_file_label(r->rows.name),
                  r->n_columns, c->number);
}

/* Finds n columns that are not taken yet, marks them taken. */
static int find_columns(struct csv *r, const char *field, const struct lur_csv_column *c, int n, bool *taken,
                        int *found) {
  for (int k = 0; k < n; k++) {
    if (find_column(r, field, &c[k], &found[k]) != LUR_OK)
      return LUR_EINPUT;
    if (taken[found[k]])
      return lur_fail(r->e, LUR_EINPUT, field, "column %d is taken twice", found[k] + 1);
    taken[found[k]] = true;
  }
  return LUR_OK;
}

static int choose_columns(struct csv *r, bool *taken) {
  static const struct lur_csv_column last = {.number = -1};
  const struct lur_csv_options *o = r->o;
  r->n_targets = o->n_targets ? o->n_targets : 1;
  if (r->n_targets > r->n_columns || o->n_inputs > r->n_columns)
    return lur_fail(r->e, LUR_EINPUT, o->n_inputs > r->n_columns ? "inputs" : "targets", "%s has only %d columns",
                    lur_file_label(r->rows.name), r->n_columns);
  if (find_columns(r, "targets", o->n_targets ? o->targets : &last, r->n_targets, taken, r->targets) != LUR_OK ||
      find_columns(r, "inputs", o->inputs, o->n_inputs, taken, r->inputs) != LUR_OK)
    return LUR_EINPUT;
  r->n_inputs = o->n_inputs;
  for (int k = 0; k < r->n_columns && !o->n_inputs; k++)
    if (!taken[k])
      r->inputs[r->n_inputs++] = k;
  if (r->n_inputs == 0)
    return lur_fail(r->e, LUR_EINPUT, "targets", "every column of %s is a target", lur_file_label(r->rows.name));
  return LUR_OK;
}

/* From the first row, which is still in r->rows. */
static int read_columns(struct csv *r) {
  size_t n = (size_t)r->rows.n_cells;
  r->n_columns = r->rows.n_cells;
  bool *taken = lur_alloc(n, sizeof *taken);
  r->inputs = lur_alloc(n, sizeof *r->inputs);
  r->targets = lur_alloc(n, sizeof *r->targets);
  if (r->o->header)
    r->header = lur_alloc(n + 1, sizeof *r->header);
  if (r->header)
    memcpy(r->header, r->rows.cells, n * sizeof *r->header);
  int status = taken && r->inputs && r->targets && (r->header || !r->o->header) ? choose_columns(r, taken)
                                                                                : lur_fail_memory(r->e);
  free(taken);
  return status;
}

/* ---- Rows ---- */
static int fail_missing(struct csv *r, int column) {
  return fail_cell(r, column, "is a missing value; missing = \"skip\" leaves such rows out, \"mean\" fills them in");
}

static int read_number(struct csv *r, int column, double *out) {
  if (!lur_number_read(r->c, r->rows.cells[column], false, out))
    return fail_cell(r, column, "is not a number");
  return isfinite(*out) ? LUR_OK : fail_cell(r, column, "is too large");
}

static int read_class(struct csv *r, int column, double *out) {
  char *name = r->rows.cells[column];
  for (int k = 0; k < r->n_classes; k++)
    if (strcmp(r->classes[k], name) == 0) {
      *out = k;
      return LUR_OK;
    }
  if (r->n_classes == LUR_MAX_CLASSES)
    return fail_cell(r, column, "is one class too many: there may be 1024");
  *out = r->n_classes;
  r->classes[r->n_classes++] = name;
  return LUR_OK;
}

/* The first target decides whether targets are names. */
static int read_target(struct csv *r, int column, double *out) {
  double x;
  if (!r->knows_target) {
    r->named = r->o->classes || !lur_number_read(r->c, r->rows.cells[column], false, &x);
    r->knows_target = true;
    if (r->named && r->n_targets > 1)
      return fail_cell(r, column, "is not a number; a target of names must be the only target");
  }
  return r->named ? read_class(r, column, out) : read_number(r, column, out);
}

/* Whether the row is kept, in *keep; numbers go to input and target. */
static int read_row(struct csv *r, double *input, double *target, bool *keep) {
  *keep = true;
  for (int k = 0; k < r->n_inputs + r->n_targets; k++) {
    bool is_input = k < r->n_inputs;
    int column = is_input ? r->inputs[k] : r->targets[k - r->n_inputs];
    double *out = is_input ? &input[k] : &target[k - r->n_inputs];
    if (is_missing(r->rows.cells[column])) {
      if (r->o->missing == LUR_MISSING_ERROR)
        return fail_missing(r, column);
      *out = NAN;
      *keep = *keep && is_input && r->o->missing == LUR_MISSING_MEAN;
    } else if ((is_input ? read_number(r, column, out) : read_target(r, column, out)) != LUR_OK) {
      return LUR_EINPUT;
    }
  }
  return LUR_OK;
}

static bool make_room(struct csv *r) {
  if (r->n < r->room)
    return true;
  size_t room = r->room ? 2 * r->room : 64;
  double *input = lur_resize(r->input, room * (size_t)r->n_inputs, sizeof *input);
  r->input = input ? input : r->input;
  double *target = lur_resize(r->target, room * (size_t)r->n_targets, sizeof *target);
  r->target = target ? target : r->target;
  if (!input || !target)
    return false;
  r->room = room;
  return true;
}

static int add_row(struct csv *r) {
  bool keep;
  if (r->rows.n_cells != r->n_columns)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%ld: %d column%s, but the first line has %d",
                    lur_file_label(r->rows.name), r->rows.line, r->rows.n_cells, r->rows.n_cells == 1 ? "" : "s",
                    r->n_columns);
  if (!make_room(r))
    return lur_fail_memory(r->e);
  double *input = r->input + r->n * (size_t)r->n_inputs, *target = r->target + r->n * (size_t)r->n_targets;
  if (read_row(r, input, target, &keep) != LUR_OK)
    return LUR_EINPUT;
  r->n += keep;
  return LUR_OK;
}

static int read_rows(struct csv *r) {
  enum lur_csv_answer answer = lur_csv_next_row(&r->rows, r->e);
  if (answer == LUR_CSV_END)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: empty", lur_file_label(r->rows.name));
  if (answer == LUR_CSV_FAILED || read_columns(r) != LUR_OK)
    return LUR_EINPUT;
  if (r->o->header)
    answer = lur_csv_next_row(&r->rows, r->e);
  for (; answer == LUR_CSV_ROW; answer = lur_csv_next_row(&r->rows, r->e))
    if (add_row(r) != LUR_OK)
      return LUR_EINPUT;
  if (answer == LUR_CSV_FAILED)
    return LUR_EINPUT;
  if (r->n == 0)
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: no rows", lur_file_label(r->rows.name));
  return LUR_OK;
}

/* ---- What is known only at the end ---- */
static int fill_column(struct csv *r, int column) {
  double sum = 0;
  size_t n = 0, step = (size_t)r->n_inputs;
  double *x = r->input + column;
  for (size_t i = 0; i < r->n; i++)
    if (!isnan(x[i * step])) {
      sum += x[i * step];
      n++;
    }
  double mean = sum / (double)n;
  if (!isfinite(mean))
    return lur_fail(r->e, LUR_EINPUT, NULL, "%s: column %d has no mean", lur_file_label(r->rows.name),
                    r->inputs[column] + 1);
  for (size_t i = 0; i < r->n; i++)
    if (isnan(x[i * step]))
      x[i * step] = mean;
  return LUR_OK;
}

static int fill_missing(struct csv *r) {
  for (int k = 0; k < r->n_inputs && r->o->missing == LUR_MISSING_MEAN; k++)
    if (fill_column(r, k) != LUR_OK)
      return LUR_EINPUT;
  return LUR_OK;
}

static struct lur_dataset *make_dataset(struct csv *r) {
  struct lur_dataset *d = lur_dataset_new(r->n, r->n_inputs, r->named ? r->n_classes : r->n_targets, r->e);
  if (!d)
    return NULL;
  memcpy(d->inputs, r->input, r->n * (size_t)r->n_inputs * sizeof *d->inputs);
  if (!r->named) {
    memcpy(d->targets, r->target, r->n * (size_t)r->n_targets * sizeof *d->targets);
    return d;
  }
  for (size_t i = 0; i < r->n; i++)
    d->targets[i * (size_t)d->n_outputs + (size_t)r->target[i]] = 1;
  if (lur_dataset_name_classes(d, (const char *const *)r->classes, r->e) == LUR_OK)
    return d;
  lur_dataset_free(d);
  return NULL;
}

static void skip_byte_order_mark(struct lur_csv_rows *r) {
  if (r->end - r->next >= 3 && memcmp(r->next, "\xef\xbb\xbf", 3) == 0)
    r->next += 3;
}

static struct lur_dataset *read_dataset(struct csv *r) {
  if (memchr(r->rows.next, '\0', (size_t)(r->rows.end - r->rows.next))) {
    lur_fail(r->e, LUR_EINPUT, NULL, "%s: holds a zero byte; a CSV file is text in ASCII or UTF-8",
             lur_file_label(r->rows.name));
    return NULL;
  }
  skip_byte_order_mark(&r->rows);
  return read_rows(r) == LUR_OK && fill_missing(r) == LUR_OK ? make_dataset(r) : NULL;
}

struct lur_dataset *lur_csv_read(const char *name, char *text, size_t n_bytes, const struct lur_csv_options *o,
                                 struct lur_error *e) {
  struct lur_dataset *d = NULL;
  struct csv *r = lur_alloc(1, sizeof *r);
  if (!r || !(r->c = lur_number_locale())) {
    lur_fail_memory(e);
    goto done;
  }
  r->o = o;
  r->e = e;
  r->rows = (struct lur_csv_rows){.name = name, .next = text, .end = text + n_bytes, .separator = o->separator};
  d = read_dataset(r);
  freelocale(r->c);
  free(r->rows.cells);
  free(r->header);
  free(r->inputs);
  free(r->targets);
  free(r->input);
  free(r->target);

done:
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

/* SPDX-License-Identifier: MIT
 * What a cell is: missing, a number, nearly a number, a name; what becomes of a target; how messages name a cell
 * and its column. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/grow.h"
#include "base/utf8.h"
#include "data/csv_parts.h"
#include "data/file.h"

/* ---- Messages ---- */
const char *lur_csv_show(const char *cell, char out[LUR_CSV_SHOWN_BYTES]) {
  return lur_utf8_line(cell, out, LUR_CSV_SHOWN_BYTES);
}

const char *lur_csv_label(const struct lur_csv *r, int column, char out[LUR_CSV_LABEL_BYTES]) {
  char name[LUR_CSV_SHOWN_BYTES];
  if (r->header)
    snprintf(out, LUR_CSV_LABEL_BYTES, "column %d (%s)", column + 1, lur_csv_show(r->header[column], name));
  else
    snprintf(out, LUR_CSV_LABEL_BYTES, "column %d", column + 1);
  return out;
}

int lur_csv_fail_cell(struct lur_csv *r, int column, const char *what) {
  char cell[LUR_CSV_SHOWN_BYTES], label[LUR_CSV_LABEL_BYTES];
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%ld: %s: \"%s\" %s", lur_file_label(r->rows.name), r->rows.line,
                  lur_csv_label(r, column, label), lur_csv_show(r->rows.cells[column], cell), what);
}

/* ---- Numbers ---- */
enum { LONGEST_NUMBER = 64 };

bool lur_csv_is_number(const struct lur_csv *r, const char *cell, double *out) {
  char plain[LONGEST_NUMBER];
  if (r->o->decimal != ',')
    return lur_number_read(cell, false, out);
  const size_t n = strlen(cell), comma = strcspn(cell, ",");
  if (comma == n)
    return !strchr(cell, '.') && lur_number_read(cell, false, out);
  if (n >= sizeof plain || strchr(cell, '.'))
    return false;
  memcpy(plain, cell, n + 1);
  plain[comma] = '.';
  return lur_number_read(plain, false, out);
}

/* Whether cell is the word, in small letters, in any case. */
static bool is_word(const char *cell, const char *word) {
  for (; *word && (*cell | 32) == *word; cell++)
    word++;
  return *word == '\0' && *cell == '\0';
}

bool lur_csv_is_value(const struct lur_csv *r, const char *cell, double *out) {
  const bool yes = is_word(cell, "true") || is_word(cell, "yes");
  if (lur_csv_is_number(r, cell, out))
    return true;
  *out = yes;
  return yes || is_word(cell, "false") || is_word(cell, "no");
}

/* The place of a cell in a list of the options, as the same text or as the same number; -1 where it is not there. */
static int find_listed(const struct lur_csv *r, const char *const *list, int n, const char *cell) {
  double x, y;
  for (int k = 0; k < n; k++)
    if (strcmp(list[k], cell) == 0)
      return k;
  if (!n || !lur_csv_is_number(r, cell, &x))
    return -1;
  for (int k = 0; k < n; k++)
    if (lur_number_read(list[k], false, &y) && x == y)
      return k;
  return -1;
}

/* ---- Missing cells ---- */
bool lur_csv_is_missing(const struct lur_csv *r, const char *cell) {
  static const char *const words[] = {"",     "NA",     "N/A",     "n/a",  "#N/A",    "#N/A N/A", "#NA",
                                      "<NA>", "NaN",    "nan",     "-NaN", "-nan",    "NULL",     "null",
                                      "None", "1.#IND", "1.#QNAN", "?",    "-1.#IND", "-1.#QNAN"};
  const char *p = cell + (cell[0] == '-');
  bool is_digit = *p >= '0' && *p <= '9'; /* as most cells begin: no word does so but for 1.# */
  if (find_listed(r, r->o->missing_values, r->o->n_missing_values, cell) >= 0)
    return true;
  if (is_digit && (p[1] != '.' || p[2] != '#'))
    return false;
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(cell, words[i]) == 0)
      return true;
  return false;
}

/* ---- Inputs ---- */
static bool any_number(const struct lur_csv *r) {
  double x;
  for (int k = 0; k < r->rows.n_cells; k++)
    if (lur_csv_is_number(r, r->rows.cells[k], &x))
      return true;
  return false;
}

static int check_size(struct lur_csv *r, int column, double x) {
  return isfinite(x) ? LUR_OK : lur_csv_fail_cell(r, column, "is too large");
}

/* inf, -Infinity. */
static bool is_infinite(const char *cell) {
  cell += *cell == '-' || *cell == '+';
  return is_word(cell, "inf") || is_word(cell, "infinity");
}

/* Digits around one comma: 1,5. */
static bool has_decimal_comma(const char *cell) {
  double x;
  const struct lur_csv_options comma = {.decimal = ','};
  const struct lur_csv r = {.o = &comma};
  return strchr(cell, ',') && lur_csv_is_number(&r, cell, &x);
}

static int fail_number(struct lur_csv *r, int column) {
  const char *cell = r->rows.cells[column];
  char what[192];
  if (!r->header && r->n_seen == 0 && !any_number(r))
    return lur_csv_fail_cell(r, column, "is not a number; header = true if the first line names the columns");
  if (lur_csv_is_date(cell))
    snprintf(what, sizeof what,
             "is a date or a time, which is no number; write one in its place, such as the year or the days since the "
             "first, or drop = %d leaves the column out",
             column + 1);
  else if (is_infinite(cell))
    snprintf(what, sizeof what,
             "is not finite; missing_values = { \"%s\" } takes it as missing, drop = %d leaves the column out", cell,
             column + 1);
  else if (r->rows.separator != ',' && r->o->decimal != ',' && has_decimal_comma(cell))
    snprintf(what, sizeof what, "is not a number; decimal = \",\" reads a comma before the decimals");
  else if (lur_csv_begins_like_number(cell))
    snprintf(what, sizeof what, "is not a number; drop = %d leaves the column out", column + 1);
  else
    snprintf(what, sizeof what,
             "is not a number; onehot = %d makes an input of each text, drop = %d leaves the column out", column + 1,
             column + 1);
  return lur_csv_fail_cell(r, column, what);
}

int lur_csv_read_input(struct lur_csv *r, int column, double *out) {
  if (r->is_text[column])
    return lur_csv_read_category(r, column, out);
  if (!lur_csv_is_value(r, r->rows.cells[column], out))
    return fail_number(r, column);
  return check_size(r, column, *out);
}

/* ---- Classes and categories ---- */
static int find_word(const struct lur_csv_words *w, const char *text) {
  for (int k = 0; k < w->n; k++)
    if (strcmp(w->word[k], text) == 0)
      return k;
  return -1;
}

static int add_word(struct lur_csv *r, struct lur_csv_words *w, int column, const char *one, double *out) {
  const char *text = r->rows.cells[column];
  char what[96];
  *out = find_word(w, text);
  if (*out >= 0)
    return LUR_OK;
  if (w->closed)
    return lur_csv_fail_cell(r, column, "is not in the column's list of categories");
  if (w->n == LUR_MAX_CLASSES) {
    snprintf(what, sizeof what, "is one %s too many: there may be %d; %s", one, LUR_MAX_CLASSES,
             w == &r->classes ? "give targets another column" : "leave the column out");
    return lur_csv_fail_cell(r, column, what);
  }
  if (!lur_grow(&w->word, &w->room, (size_t)w->n + 1, sizeof *w->word))
    return lur_fail_memory(r->e);
  *out = w->n;
  w->word[w->n++] = text;
  return LUR_OK;
}

static int add_class(struct lur_csv *r, int column, double *out) {
  return add_word(r, &r->classes, column, "class", out);
}

int lur_csv_read_category(struct lur_csv *r, int column, double *out) {
  return add_word(r, &r->category[column], column, "category", out);
}

static int class_of(const struct lur_csv *r, const char *cell) {
  return find_listed(r, r->o->class_names, r->o->n_class_names, cell);
}

bool lur_csv_is_listed_class(const struct lur_csv *r, const char *cell) {
  return r->o->classes == LUR_CLASSES_LIST && class_of(r, cell) >= 0;
}

bool lur_csv_is_listed_category(const struct lur_csv *r, int column, const char *cell) {
  return r->category[column].closed && find_word(&r->category[column], cell) >= 0;
}

/* ---- Where nothing is said of classes: all cells are numbers, or all are names ---- */
static int read_guessed(struct lur_csv *r, int column, double *out) {
  const char *cell = r->rows.cells[column];
  bool is_number = lur_csv_is_number(r, cell, out), is_first = r->n == 0;
  if (!is_number && lur_csv_is_nearly_number(cell))
    return lur_csv_fail_cell(r, column,
                             "is nearly a number; write it as in 1234.5 (a point, nothing around it), or "
                             "classes = true if it names a class");
  if (is_first)
    r->named = !is_number;
  if (is_number == r->named) {
    if (r->named)
      return lur_csv_fail_cell(r, column,
                               "is a number, but the targets above are names; classes = true makes classes of "
                               "all, classes = { ... } of those listed");
    return lur_csv_fail_cell(r, column,
                             "is not a number, but the targets above are numbers; classes = true makes classes "
                             "of all");
  }
  if (is_number)
    return check_size(r, column, *out);
  r->n_like_numbers += lur_csv_begins_like_number(cell);
  return add_class(r, column, out);
}

int lur_csv_read_target(struct lur_csv *r, int column, double *out) {
  const char *cell = r->rows.cells[column];
  switch (r->o->classes) {
  case LUR_CLASSES_AUTO:
    if (r->n_targets == 1)
      return read_guessed(r, column, out);
    if (!lur_csv_is_number(r, cell, out))
      return lur_csv_fail_cell(r, column, "is not a number; a target of names must be the only target");
    return check_size(r, column, *out);
  case LUR_CLASSES_TRUE: return add_class(r, column, out);
  case LUR_CLASSES_FALSE:
    if (!lur_csv_is_number(r, cell, out))
      return lur_csv_fail_cell(r, column, "is not a number, but classes is false");
    return check_size(r, column, *out);
  case LUR_CLASSES_LIST:
    *out = class_of(r, cell);
    return *out >= 0 ? LUR_OK : lur_csv_fail_cell(r, column, "is not in the list of classes");
  }
  return LUR_EINPUT;
}

/* Few rows say little: of 4, each may be of a class of its own. */
static bool is_nearly_each_row(int n, size_t n_rows) {
  return n_rows >= 20 ? (size_t)n > n_rows / 2 : n_rows >= 5 && (size_t)n > n_rows - n_rows / 4;
}

int lur_csv_check_classes(struct lur_csv *r) {
  char label[LUR_CSV_LABEL_BYTES], first[LUR_CSV_SHOWN_BYTES];
  if (!r->named || r->o->classes != LUR_CLASSES_AUTO)
    return LUR_OK;
  const char *file = lur_file_label(r->rows.name);
  lur_csv_label(r, r->targets[0], label);
  lur_csv_show(r->classes.word[0], first);
  if (r->n_like_numbers == r->n)
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: %s: all %zu targets begin like a number (\"%s\"); write the numbers "
                    "alone, or classes = true if these name classes",
                    file, label, r->n, first);
  if (is_nearly_each_row(r->classes.n, r->n))
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: %s: %d different names in %zu rows (\"%s\", ...), nearly a class a "
                    "row; give targets another column, or write classes = true",
                    file, label, r->classes.n, r->n, first);
  return LUR_OK;
}

int lur_csv_check_texts(struct lur_csv *r) {
  char label[LUR_CSV_LABEL_BYTES], first[LUR_CSV_SHOWN_BYTES];
  for (int k = 0; k < r->n_inputs; k++) {
    const int column = r->inputs[k];
    const struct lur_csv_words *w = &r->category[column];
    if (r->is_text[column] && !r->is_listed[column] && is_nearly_each_row(w->n, r->n))
      return lur_fail(r->e, LUR_EINPUT, "text",
                      "%s: %s: %d different texts in %zu rows (\"%s\", ...), nearly one a row; drop = %d leaves the "
                      "column out, onehot = %d takes it all the same",
                      lur_file_label(r->rows.name), lur_csv_label(r, column, label), w->n, r->n,
                      lur_csv_show(w->word[0], first), column + 1, column + 1);
  }
  return LUR_OK;
}

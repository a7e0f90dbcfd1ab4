/* SPDX-License-Identifier: MIT
 * What a cell is: missing, a number, nearly a number, a name; what becomes of a target; how messages name a cell
 * and its column. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
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

/* ---- Missing cells and numbers ---- */
bool lur_csv_is_missing(const char *cell) {
  static const char *const words[] = {"",     "NA",     "N/A",     "n/a",  "#N/A",    "#N/A N/A", "#NA",
                                      "<NA>", "NaN",    "nan",     "-NaN", "-nan",    "NULL",     "null",
                                      "None", "1.#IND", "1.#QNAN", "?",    "-1.#IND", "-1.#QNAN"};
  const char *p = cell + (cell[0] == '-');
  bool is_digit = *p >= '0' && *p <= '9'; /* as most cells begin: no word does so but for 1.# */
  for (size_t i = 0; i < sizeof words / sizeof *words && (!is_digit || (p[1] == '.' && p[2] == '#')); i++)
    if (strcmp(cell, words[i]) == 0)
      return true;
  return false;
}

static bool any_number(const struct lur_csv *r) {
  double x;
  for (int k = 0; k < r->rows.n_cells; k++)
    if (lur_number_read(r->rows.cells[k], false, &x))
      return true;
  return false;
}

static int check_size(struct lur_csv *r, int column, double x) {
  return isfinite(x) ? LUR_OK : lur_csv_fail_cell(r, column, "is too large");
}

int lur_csv_read_number(struct lur_csv *r, int column, double *out) {
  if (!lur_number_read(r->rows.cells[column], false, out)) {
    char what[128];
    if (!r->header && r->n_seen == 0 && !any_number(r))
      return lur_csv_fail_cell(r, column, "is not a number; header = true if the first line names the columns");
    snprintf(what, sizeof what, "is not a number; drop = %d leaves the column out", column + 1);
    return lur_csv_fail_cell(r, column, what);
  }
  return check_size(r, column, *out);
}

/* ---- Nearly numbers ---- */
#define MONEY "$", "\xe2\x82\xac", "\xc2\xa3", "\xc2\xa5" /* $, euro, pound, yen */
#define BLANKS " ", "\t", "\xc2\xa0", "\xe2\x80\xaf"      /* and those that do not break a line */

/* Behind all words that s begins with. */
static const char *skip(const char *s, const char *const *words) {
  for (int i = 0; words[i];) {
    size_t n = strlen(words[i]);
    bool found = strncmp(s, words[i], n) == 0;
    s += found ? n : 0;
    i = found ? 0 : i + 1;
  }
  return s;
}

static const char *skip_before(const char *cell) {
  static const char *const before[] = {"+", "-", "\xe2\x88\x92", "(", MONEY, BLANKS, NULL}; /* the third: a minus */
  return skip(cell, before);
}

/* A number with what people write around and inside it: 1,4  1,400  12 %  $12  (3.5)  1 000. */
static bool is_nearly_number(const char *cell) {
  static const char *const inside[] = {"0", "1", "2", "3", "4", "5", "6",    "7",
                                       "8", "9", ".", ",", "'", "_", BLANKS, NULL};
  static const char *const after[] = {"%", "\xe2\x80\xb0", ")", MONEY, BLANKS, NULL}; /* the second: per mille */
  const char *from = skip_before(cell), *end = skip(from, inside);
  bool any_digit = strcspn(from, "0123456789") < (size_t)(end - from);
  if (any_digit && (*end == 'e' || *end == 'E'))
    end = skip(end + 1 + (end[1] == '+' || end[1] == '-'), inside);
  return any_digit && *skip(end, after) == '\0';
}

static bool begins_like_number(const char *cell) {
  const char *from = skip_before(cell);
  from += *from == '.';
  return *from >= '0' && *from <= '9';
}

/* ---- Classes ---- */
static int add_class(struct lur_csv *r, int column, double *out) {
  const char *name = r->rows.cells[column];
  for (int k = 0; k < r->n_classes; k++)
    if (strcmp(r->classes[k], name) == 0) {
      *out = k;
      return LUR_OK;
    }
  if (r->n_classes == LUR_MAX_CLASSES)
    return lur_csv_fail_cell(r, column, "is one class too many: there may be 1024; give targets another column");
  *out = r->n_classes;
  r->classes[r->n_classes++] = name;
  return LUR_OK;
}

/* The place of a cell in the options' list, as the same text or as the same number; -1 where it is not there. */
static int find_listed(const struct lur_csv *r, const char *cell) {
  double x, y;
  for (int k = 0; k < r->o->n_class_names; k++)
    if (strcmp(r->o->class_names[k], cell) == 0)
      return k;
  if (!lur_number_read(cell, false, &x))
    return -1;
  for (int k = 0; k < r->o->n_class_names; k++)
    if (lur_number_read(r->o->class_names[k], false, &y) && x == y)
      return k;
  return -1;
}

bool lur_csv_is_listed(const struct lur_csv *r, const char *cell) {
  return r->o->classes == LUR_CLASSES_LIST && find_listed(r, cell) >= 0;
}

/* ---- Where nothing is said of classes: all cells are numbers, or all are names ---- */
static int read_guessed(struct lur_csv *r, int column, double *out) {
  const char *cell = r->rows.cells[column];
  bool is_number = lur_number_read(cell, false, out), is_first = r->n == 0;
  if (!is_number && is_nearly_number(cell))
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
  r->n_like_numbers += begins_like_number(cell);
  return add_class(r, column, out);
}

int lur_csv_read_target(struct lur_csv *r, int column, double *out) {
  const char *cell = r->rows.cells[column];
  switch (r->o->classes) {
  case LUR_CLASSES_AUTO:
    if (r->n_targets == 1)
      return read_guessed(r, column, out);
    if (!lur_number_read(cell, false, out))
      return lur_csv_fail_cell(r, column, "is not a number; a target of names must be the only target");
    return check_size(r, column, *out);
  case LUR_CLASSES_TRUE: return add_class(r, column, out);
  case LUR_CLASSES_FALSE:
    if (!lur_number_read(cell, false, out))
      return lur_csv_fail_cell(r, column, "is not a number, but classes is false");
    return check_size(r, column, *out);
  case LUR_CLASSES_LIST:
    *out = find_listed(r, cell);
    return *out >= 0 ? LUR_OK : lur_csv_fail_cell(r, column, "is not in the list of classes");
  }
  return LUR_EINPUT;
}

int lur_csv_check_classes(struct lur_csv *r) {
  char label[LUR_CSV_LABEL_BYTES], first[LUR_CSV_SHOWN_BYTES];
  if (!r->named || r->o->classes != LUR_CLASSES_AUTO)
    return LUR_OK;
  const char *file = lur_file_label(r->rows.name);
  lur_csv_label(r, r->targets[0], label);
  lur_csv_show(r->classes[0], first);
  if (r->n_like_numbers == r->n)
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: %s: all %zu targets begin like a number (\"%s\"); write the numbers "
                    "alone, or classes = true if these name classes",
                    file, label, r->n, first);
  /* Few rows say little: of 4, each may be of a class of its own. */
  if (r->n >= 20 ? (size_t)r->n_classes > r->n / 2 : r->n >= 5 && (size_t)r->n_classes > r->n - r->n / 4)
    return lur_fail(r->e, LUR_EINPUT, NULL,
                    "%s: %s: %d different names in %zu rows (\"%s\", ...), nearly a class a "
                    "row; give targets another column, or write classes = true",
                    file, label, r->n_classes, r->n, first);
  return LUR_OK;
}

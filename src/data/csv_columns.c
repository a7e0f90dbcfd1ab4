/* SPDX-License-Identifier: MIT
 * Which columns a CSV file has, and which of them are taken; whether its first line is a header. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/near_word.h"
#include "data/csv_parts.h"
#include "data/file.h"

/* "; separator = ";" is what the first line seems to have", where it seems so. */
static const char *hint(const struct lur_csv *r, char out[96]) {
  const char text[] = {r->likely_separator, '\0'};
  out[0] = '\0';
  if (r->begins_with_hash)
    snprintf(out, 96, "; comment = \"#\" passes over lines that begin as the first one does");
  else if (r->likely_separator == ',' && r->o->decimal == ',')
    snprintf(out, 96, "; the first line is cut at commas, so decimal = \",\" cannot be meant");
  else if (r->likely_separator)
    snprintf(out, 96, "; the first line seems to need separator = \"%s\"", *text == '\t' ? "\\t" : text);
  return out;
}

/* Of the first row below a header that is too short. */
static const char *short_header(const struct lur_csv *r) {
  if (!r->header || r->n_seen > 0 || r->rows.n_cells <= r->n_columns || r->likely_separator)
    return "";
  return r->rows.n_cells == r->n_columns + 1
             ? " (R's write.table leaves out the name of its row names; col.names = NA writes one)"
             : "; remove that line if it does not name the columns, and write header = false if none does";
}

int lur_csv_fail_width(struct lur_csv *r) {
  char text[96];
  return lur_fail(r->e, LUR_EINPUT, NULL, "%s:%ld: %d column%s, but the first line has %d%s%s",
                  lur_file_label(r->rows.name), r->rows.line, r->rows.n_cells, r->rows.n_cells == 1 ? "" : "s",
                  r->n_columns, short_header(r), hint(r, text));
}

/* ---- Finding columns ---- */
static int find_column(struct lur_csv *r, const char *field, const struct lur_csv_column *c, int *column) {
  if (c->name) {
    if (!r->header)
      return lur_fail(r->e, LUR_EINPUT, field, "\"%s\" is a name, but header is false; write the column's number",
                      c->name);
    *column = -1;
    for (int k = 0; k < r->n_columns; k++) {
      if (strcmp(r->header[k], c->name) != 0)
        continue;
      if (*column >= 0)
        return lur_fail(r->e, LUR_EINPUT, field, "%s has two columns \"%s\"; write the column's number",
                        lur_file_label(r->rows.name), c->name);
      *column = k;
    }
    if (*column >= 0)
      return LUR_OK;
    char shown[LUR_CSV_SHOWN_BYTES], text[96];
    const char *near = lur_near_word(c->name, r->header);
    return lur_fail(r->e, LUR_EINPUT, field, "%s has no column \"%s\"%s%s%s%s", lur_file_label(r->rows.name), c->name,
                    near ? "; did you mean " : "", near ? lur_csv_show(near, shown) : "", near ? "?" : "",
                    hint(r, text));
  }
  *column = c->number < 0 ? r->n_columns + c->number : c->number - 1;
  if (*column >= 0 && *column < r->n_columns)
    return LUR_OK;
  return lur_fail(r->e, LUR_EINPUT, field, "%s has %d columns, but no number %d", lur_file_label(r->rows.name),
                  r->n_columns, c->number);
}

/* Whether text is like the pattern, in which * stands for any text. */
static bool is_like(const char *text, const char *pattern) {
  const char *star = NULL, *from = text;
  while (*text) {
    if (*pattern == '*') {
      star = pattern++;
      from = text;
    } else if (*pattern == *text) {
      pattern++;
      text++;
    } else if (star) {
      pattern = star + 1;
      text = ++from;
    } else {
      return false;
    }
  }
  while (*pattern == '*')
    pattern++;
  return *pattern == '\0';
}

/* A name with a *, which no column has as it is. */
static bool is_pattern(const struct lur_csv *r, const struct lur_csv_column *c) {
  bool is_name = !c->name || !strchr(c->name, '*') || !r->header;
  for (int k = 0; k < r->n_columns && !is_name; k++)
    is_name = strcmp(r->header[k], c->name) == 0;
  return !is_name;
}

static int find_like(struct lur_csv *r, const char *field, const char *pattern, bool *taken, int *found, int *n_found) {
  bool any = false;
  for (int k = 0; k < r->n_columns; k++) {
    const bool like = is_like(r->header[k], pattern);
    any = any || like;
    if (!like || taken[k])
      continue;
    taken[k] = true;
    found[(*n_found)++] = k;
  }
  return any ? LUR_OK
             : lur_fail(r->e, LUR_EINPUT, field, "%s has no column like \"%s\"", lur_file_label(r->rows.name), pattern);
}

int lur_csv_find_columns(struct lur_csv *r, const char *field, const struct lur_csv_column *c, int n, bool *taken,
                         int *found, int *n_found) {
  *n_found = 0;
  for (int k = 0; k < n; k++) {
    int one = 0;
    if (is_pattern(r, &c[k])) {
      if (find_like(r, field, c[k].name, taken, found, n_found) != LUR_OK)
        return LUR_EINPUT;
      continue;
    }
    if (find_column(r, field, &c[k], &one) != LUR_OK)
      return LUR_EINPUT;
    if (taken[one])
      return lur_fail(r->e, LUR_EINPUT, field, "column %d is taken twice", one + 1);
    taken[one] = true;
    found[(*n_found)++] = one;
  }
  return LUR_OK;
}

const char *lur_csv_column_name(const struct lur_csv *r, int column, char out[24]) {
  if (r->header)
    return r->header[column];
  snprintf(out, 24, "column %d", column + 1);
  return out;
}

/* ---- Taking them ---- */
static int check_counts(struct lur_csv *r) {
  const struct lur_csv_options *o = r->o;
  const char *field = o->n_inputs > r->n_columns ? "inputs" : o->n_drop > r->n_columns ? "drop" : "targets";
  char text[96];
  if (o->n_targets > r->n_columns || o->n_inputs > r->n_columns || o->n_drop > r->n_columns)
    return lur_fail(r->e, LUR_EINPUT, field, "%s has only %d column%s%s", lur_file_label(r->rows.name), r->n_columns,
                    r->n_columns == 1 ? "" : "s", hint(r, text));
  return LUR_OK;
}

static int check_classes(struct lur_csv *r) {
  if (r->n_targets > 1 && (r->o->classes == LUR_CLASSES_TRUE || r->o->classes == LUR_CLASSES_LIST))
    return lur_fail(r->e, LUR_EINPUT, "classes", "classes are of one column, but there are %d targets", r->n_targets);
  return LUR_OK;
}

static int list_categories(struct lur_csv *r, const struct lur_csv_column *c, struct lur_csv_words *w) {
  if (!lur_grow(&w->word, &w->room, (size_t)c->n_categories, sizeof *w->word))
    return lur_fail_memory(r->e);
  memcpy(w->word, c->categories, (size_t)c->n_categories * sizeof *w->word);
  w->n = c->n_categories;
  w->closed = true;
  return LUR_OK;
}

static bool is_input(const struct lur_csv *r, int column) {
  bool found = false;
  for (int k = 0; k < r->n_inputs; k++)
    found = found || r->inputs[k] == column;
  return found;
}

/* The columns of one-hot categories, which are inputs. */
static int choose_texts(struct lur_csv *r, bool *taken, int *found) {
  char label[LUR_CSV_LABEL_BYTES];
  int status = LUR_OK, n;
  memset(taken, 0, (size_t)r->n_columns * sizeof *taken);
  for (int i = 0; i < r->o->n_onehot && !status; i++) {
    const struct lur_csv_column *c = &r->o->onehot[i];
    status = lur_csv_find_columns(r, "onehot", c, 1, taken, found, &n);
    for (int k = 0; k < n && !status; k++) {
      if (!is_input(r, found[k]))
        return lur_fail(r->e, LUR_EINPUT, "onehot", "%s of %s is no input", lur_csv_label(r, found[k], label),
                        lur_file_label(r->rows.name));
      r->is_text[found[k]] = r->is_listed[found[k]] = true;
      if (c->n_categories)
        status = list_categories(r, c, &r->category[found[k]]);
    }
  }
  return status;
}

static int fail_no_input(struct lur_csv *r) {
  char text[96];
  const char *file = lur_file_label(r->rows.name);
  if (r->n_columns == 1)
    return lur_fail(r->e, LUR_EINPUT,
                    r->begins_with_hash   ? "comment"
                    : r->likely_separator ? "separator"
                                          : "targets",
                    "%s has one column, which is the target; inputs need another%s", file, hint(r, text));
  return lur_fail(r->e, LUR_EINPUT, "targets", "every column of %s is a target%s; inputs need another", file,
                  r->o->n_drop ? ", or dropped" : "");
}

static int choose_columns(struct lur_csv *r, bool *taken) {
  struct lur_csv_column last = {.number = r->n_columns}; /* of those that are not dropped */
  const struct lur_csv_options *o = r->o;
  const bool given = o->n_targets > 0;
  if (check_counts(r) != LUR_OK ||
      lur_csv_find_columns(r, "drop", o->drop, o->n_drop, taken, r->inputs, &r->n_inputs) != LUR_OK)
    return LUR_EINPUT;
  while (last.number > 1 && taken[last.number - 1])
    last.number--;
  if (lur_csv_find_columns(r, "targets", given ? o->targets : &last, given ? o->n_targets : 1, taken, r->targets,
                           &r->n_targets) != LUR_OK ||
      check_classes(r) != LUR_OK ||
      lur_csv_find_columns(r, "inputs", o->inputs, o->n_inputs, taken, r->inputs, &r->n_inputs) != LUR_OK)
    return LUR_EINPUT;
  for (int k = 0; k < r->n_columns && !o->n_inputs; k++)
    if (!taken[k])
      r->inputs[r->n_inputs++] = k;
  return r->n_inputs ? LUR_OK : fail_no_input(r);
}

static void *array(const struct lur_csv *r, size_t size_bytes) {
  return lur_alloc((size_t)r->n_columns + 1, size_bytes);
}

int lur_csv_read_columns(struct lur_csv *r) {
  r->n_columns = r->rows.n_cells;
  bool *taken = array(r, sizeof *taken);
  int *found = array(r, sizeof *found);
  r->inputs = array(r, sizeof *r->inputs);
  r->targets = array(r, sizeof *r->targets);
  r->n_missing = array(r, sizeof *r->n_missing);
  r->category = array(r, sizeof *r->category);
  r->is_text = array(r, sizeof *r->is_text);
  r->is_listed = array(r, sizeof *r->is_listed);
  if (r->o->header != LUR_HEADER_FALSE)
    r->header = array(r, sizeof *r->header);
  if (r->header)
    memcpy(r->header, r->rows.cells, (size_t)r->n_columns * sizeof *r->header);
  const bool enough = taken && found && r->inputs && r->targets && r->n_missing && r->category && r->is_text &&
                      r->is_listed && (r->header || r->o->header == LUR_HEADER_FALSE);
  int status = enough ? choose_columns(r, taken) : lur_fail_memory(r->e);
  if (!status && r->o->n_onehot)
    status = choose_texts(r, taken, found);
  free(taken);
  free(found);
  return status;
}

/* ---- The first line ---- */
static bool any_name(const struct lur_csv_column *c, int n) {
  bool any = false;
  for (int k = 0; k < n; k++)
    any = any || c[k].name;
  return any;
}

/* The cells below the first line: of each column the first that is not missing, among the first rows. */
struct below {
  int n;             /* columns that the row below the first line has, too */
  const char **cell; /* owned; the texts are the row's, or of `text` */
  char *text;        /* owned: what follows the row, of which cells are cut; or NULL */
};

enum { MOST_ROWS_AHEAD = 100, MOST_BYTES_AHEAD = 1 << 20 };

static bool any_missing(const struct lur_csv *r, const struct below *b) {
  bool any = false;
  for (int k = 0; k < b->n; k++)
    any = any || lur_csv_is_missing(r, b->cell[k]);
  return any;
}

/* In a copy of the text, because rows are cut in place. What is wrong there is told when it is read. */
static int look_ahead(const struct lur_csv *r, struct below *b) {
  size_t n_left = (size_t)(r->rows.end - r->rows.next);
  size_t n = n_left < MOST_BYTES_AHEAD ? n_left : MOST_BYTES_AHEAD;
  b->text = lur_alloc(n + 1, 1);
  if (!b->text)
    return lur_fail_memory(r->e);
  memcpy(b->text, r->rows.next, n);
  struct lur_csv_rows rows = {.name = r->rows.name,
                              .next = b->text,
                              .end = b->text + n,
                              .separator = r->rows.separator,
                              .comment = r->rows.comment};
  for (int i = 1; i < MOST_ROWS_AHEAD && any_missing(r, b); i++) {
    if (lur_csv_next_row(&rows, NULL) != LUR_CSV_ROW || (n < n_left && rows.next == rows.end))
      break;
    for (int k = 0; k < b->n && k < rows.n_cells; k++)
      if (lur_csv_is_missing(r, b->cell[k]))
        b->cell[k] = rows.cells[k];
  }
  free(rows.cells);
  return LUR_OK;
}

/* Numbers and empty cells, and below them nothing but names: a line above the header. */
static bool is_above_header(const struct lur_csv *r, const struct below *b) {
  int n_numbers = 0, n_else = 0;
  double x;
  for (int k = 0; k < b->n; k++) {
    bool is_number = lur_csv_is_number(r, r->header[k], &x);
    n_numbers += is_number;
    n_else += lur_csv_is_number(r, b->cell[k], &x) || (!is_number && r->header[k][0] != '\0');
  }
  return n_numbers > 0 && n_else == 0;
}

/* Whether the first line looks like those below it: more numbers than names stand above numbers; or no name does, but
 * marks of missing numbers. `first`: one of what stands there. */
static bool is_like_rows(const struct lur_csv *r, const struct below *b, int *n_numbers, char *first) {
  int n_like = 0, n_unlike = 0, n_marks = 0;
  double x;
  for (int k = 0; k < b->n; k++) {
    bool is_missing = lur_csv_is_missing(r, r->header[k]), is_number = lur_csv_is_number(r, r->header[k], &x);
    if (!lur_csv_is_number(r, b->cell[k], &x) || (is_missing && r->header[k][0] == '\0'))
      continue;
    n_marks += is_missing;
    n_like += is_number && !is_missing;
    n_unlike += !is_number && !is_missing;
    if (is_missing ? n_marks == 1 && n_like == 0 : is_number && n_like == 1)
      lur_csv_show(r->header[k], first);
  }
  *n_numbers = n_like;
  return n_like > n_unlike || (n_marks > 0 && n_unlike == 0);
}

static int check_first_line(struct lur_csv *r, const struct below *b) {
  const char *file = lur_file_label(r->rows.name);
  char first[LUR_CSV_SHOWN_BYTES] = "";
  int n_numbers;
  if (r->n_columns > 1 && r->o->header == LUR_HEADER_AUTO && is_above_header(r, b))
    return lur_fail(r->e, LUR_EINPUT, "header",
                    "the first line of %s is no header, but the one below it seems to be; "
                    "remove the first, or write header = true",
                    file);
  /* Where columns were found by their names, or header is true, the script vouches for it. */
  if ((r->o->header != LUR_HEADER_AUTO || any_name(r->o->inputs, r->o->n_inputs) ||
       any_name(r->o->targets, r->o->n_targets) || any_name(r->o->drop, r->o->n_drop)) ||
      !is_like_rows(r, b, &n_numbers, first)) {
    /* R's write.csv and pandas' to_csv begin each row with its name or number, and give that column no name; read by
     * pandas and written again, it is called "Unnamed: 0". */
    if (r->o->n_inputs || r->inputs[0] != 0 || (r->header[0][0] != '\0' && strcmp(r->header[0], "Unnamed: 0") != 0))
      return LUR_OK;
    return lur_fail(
        r->e, LUR_EINPUT, "inputs",
        "the first column of %s has no name%s, as row names of R and pandas have none; drop = 1 leaves it out, "
        "inputs = { ... } says which columns to take",
        lur_file_label(r->rows.name), r->header[0][0] ? " (Unnamed: 0)" : "");
  }
  return lur_fail(r->e, LUR_EINPUT, "header",
                  "the first line of %s holds %s (\"%s\") where %s; write header = false if it is a "
                  "row, header = true if it names the columns",
                  file, n_numbers ? "numbers" : "no names", first,
                  n_numbers ? "the next one does" : "the next ones hold numbers");
}

int lur_csv_check_header(struct lur_csv *r) {
  int n = r->n_columns < r->rows.n_cells ? r->n_columns : r->rows.n_cells;
  struct below b = {.n = n, .cell = lur_copy(r->rows.cells, (size_t)n, sizeof *b.cell)};
  int status = b.cell ? LUR_OK : lur_fail_memory(r->e);
  if (!status && r->o->header == LUR_HEADER_AUTO && any_missing(r, &b))
    status = look_ahead(r, &b);
  if (!status)
    status = check_first_line(r, &b);
  free(b.cell);
  free(b.text);
  return status;
}

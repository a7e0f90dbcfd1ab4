/* SPDX-License-Identifier: MIT
 * Columns of numbers and lists. In the file they are TEXT, '2' and '4x4', because other programs take a column of one
 * type only. Luron gives and takes numbers where they are numbers, so all of its SQL reads `runs` through two queries:
 * the inner one gives the texts a collation by which numbers compare as numbers, and there a person's condition stands;
 * the outer one makes numbers of them. SQLite applies TEXT affinity to what a TEXT column is compared with, also
 * through COLLATE and subqueries (sqlite.org/datatype3.html, 3.2 to 4.2), so 4 and '4' are the same there.
 *
 * The order: numbers by value, then other texts by their bytes. Reentrant. */
#include <string.h>

#include "store/internal.h"
#include "sweep/field.h"

enum { NUMBER_BYTES = 63 }; /* no number of ours is longer */

static bool read_number(const void *bytes, int n, double *x) {
  char text[NUMBER_BYTES + 1];
  if (n <= 0 || n > NUMBER_BYTES)
    return false;
  memcpy(text, bytes, (size_t)n);
  text[n] = '\0';
  return strlen(text) == (size_t)n && lur_digits_read(text, x);
}

static int compare(void *unused, int n_a, const void *a, int n_b, const void *b) {
  double x, y;
  bool is_x = read_number(a, n_a, &x), is_y = read_number(b, n_b, &y);
  (void)unused;
  if (is_x && is_y)
    return (x > y) - (x < y);
  if (is_x != is_y)
    return is_x ? -1 : 1;
  int order = memcmp(a, b, (size_t)(n_a < n_b ? n_a : n_b));
  return order ? order : (n_a > n_b) - (n_a < n_b);
}

/* lur_value(text, real): the number that the text is, a whole one as such unless real; what is no such text as it is.
 */
static void value(sqlite3_context *out, int n_arguments, sqlite3_value **argument) {
  const char *text =
      sqlite3_value_type(argument[0]) == SQLITE_TEXT ? (const char *)sqlite3_value_text(argument[0]) : NULL;
  double x;
  (void)n_arguments;
  if (!text || !read_number(text, sqlite3_value_bytes(argument[0]), &x))
    sqlite3_result_value(out, argument[0]);
  else if (sqlite3_value_int(argument[1]) || strpbrk(text, ".eE") || x < -0x1p53 || x > 0x1p53)
    sqlite3_result_double(out, x);
  else
    sqlite3_result_int64(out, (sqlite3_int64)x);
}

bool lur_mixed_any(const struct lur_column *column, int n_columns) {
  for (int i = 0; i < n_columns; i++)
    if (column[i].type == LUR_COLUMN_MIXED)
      return true;
  return false;
}

int lur_mixed_register(sqlite3 *db, const char *path, struct lur_error *e) {
  int rc = sqlite3_create_collation(db, "lur_mixed", SQLITE_UTF8, NULL, compare);
  if (rc == SQLITE_OK)
    rc = sqlite3_create_function(db, "lur_value", 2, SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, NULL, value,
                                 NULL, NULL);
  return rc == SQLITE_OK ? LUR_OK : lur_sql_fail(db, rc, path, e);
}

/* Counts are whole numbers; rates by layers are not, not even 1. */
static bool is_real(const struct lur_column *c) {
  int id = lur_field_find(c->name, NULL);
  return id >= 0 && lur_fields[id].kind == LUR_K_LAYERED;
}

static void add_columns(const struct lur_column *column, int n_columns, bool outer, struct lur_buffer *sql) {
  lur_buffer_text(sql, "SELECT run, ");
  for (int i = 0; i < n_columns; i++) {
    bool mixed = column[i].type == LUR_COLUMN_MIXED;
    if (mixed && outer)
      lur_buffer_text(sql, "lur_value(");
    lur_sql_name(column[i].name, sql);
    if (mixed && outer)
      lur_buffer_format(sql, ", %d)", is_real(&column[i]));
    else if (mixed)
      lur_buffer_text(sql, " COLLATE lur_mixed");
    if (mixed) {
      lur_buffer_text(sql, " AS ");
      lur_sql_name(column[i].name, sql);
    }
    lur_buffer_text(sql, ", ");
  }
  /* a subquery has no rowid of its own; last, so that a column of that name goes before it */
  lur_buffer_text(sql, "status, solved, run AS rowid, run AS oid, run AS _rowid_ FROM ");
}

static void add_rows(const struct lur_column *column, int n_columns, const char *where, struct lur_buffer *sql) {
  lur_buffer_text(sql, "(");
  add_columns(column, n_columns, false, sql);
  lur_buffer_text(sql, "runs) AS runs");
  if (where)
    lur_buffer_format(sql, " WHERE (%s\n)", where); /* the line's end closes a comment in it */
}

void lur_mixed_condition(const struct lur_column *column, int n_columns, const char *where, struct lur_buffer *sql) {
  lur_buffer_text(sql, "SELECT 1 FROM ");
  add_rows(column, n_columns, where, sql);
}

void lur_mixed_from(const struct lur_column *column, int n_columns, const char *where, struct lur_buffer *sql) {
  lur_buffer_text(sql, "(");
  add_columns(column, n_columns, true, sql);
  add_rows(column, n_columns, where, sql);
  lur_buffer_text(sql, ") AS runs");
}

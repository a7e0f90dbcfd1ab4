/* SPDX-License-Identifier: MIT
 * count(*), again. SQLite counts the rows of a table in one step of its own, which no deadline ends, however many rows
 * its pages seem to hold; this one is asked for each row. Reentrant. */
#include "store/internal.h"

static void add(sqlite3_context *c, int by) {
  sqlite3_int64 *n = sqlite3_aggregate_context(c, sizeof *n);
  if (n)
    *n += by;
  else
    sqlite3_result_error_nomem(c);
}

static void step(sqlite3_context *c, int n_arguments, sqlite3_value **arguments) {
  (void)n_arguments, (void)arguments;
  add(c, 1);
}

static void inverse(sqlite3_context *c, int n_arguments, sqlite3_value **arguments) {
  (void)n_arguments, (void)arguments;
  add(c, -1);
}

static void value(sqlite3_context *c) {
  const sqlite3_int64 *n = sqlite3_aggregate_context(c, 0);
  sqlite3_result_int64(c, n ? *n : 0);
}

int lur_sql_take_count(sqlite3 *db) {
  return sqlite3_create_window_function(db, "count", 0, SQLITE_UTF8, NULL, step, value, value, inverse, NULL);
}

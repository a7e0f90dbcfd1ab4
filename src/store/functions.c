/* SPDX-License-Identifier: MIT
 * The functions that a sweep has in place of names: a row for each program, in the order in which they were added. A
 * file of a sweep without functions has no such table. */
#include "store/internal.h"

/* params: of a function with several programs, the values of the params that decide which; else "". */
static const char table[] = "CREATE TABLE functions(id INTEGER PRIMARY KEY, role TEXT NOT NULL, name TEXT NOT NULL,"
                            " params TEXT NOT NULL, program TEXT NOT NULL, numbers TEXT NOT NULL, learning_rate REAL,"
                            " full_batch INTEGER NOT NULL) STRICT";

static int insert(sqlite3 *db, const char *path, sqlite3_stmt *s, const struct lur_entry *entry,
                  const struct lur_variant *v, struct lur_error *e) {
  struct lur_buffer program = {0}, numbers = {0};
  lur_program_write(v->program, &program);
  lur_entry_write_numbers(entry, &numbers);
  int code = program.failed || numbers.failed ? lur_fail_memory(e) : LUR_OK;
  if (!code) {
    lur_sql_bind_text(s, 1, lur_role_names[entry->role]);
    lur_sql_bind_text(s, 2, entry->name);
    lur_sql_bind_text(s, 3, v->given);
    lur_sql_bind_text(s, 4, program.data);
    lur_sql_bind_text(s, 5, numbers.data ? numbers.data : "");
    if (entry->role == LUR_ROLE_OPTIMIZER)
      sqlite3_bind_double(s, 6, entry->learning_rate);
    else
      sqlite3_bind_null(s, 6);
    sqlite3_bind_int(s, 7, entry->full_batch);
    code = lur_sql_step_done(db, path, s, e);
  }
  lur_buffer_free(&program);
  lur_buffer_free(&numbers);
  return code;
}

int lur_functions_write(sqlite3 *db, const char *path, const struct lur_entries *all, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = LUR_OK;
  if (!all || !all->n)
    return LUR_OK;
  code = lur_sql_exec(db, path, table, e);
  if (!code)
    code = lur_sql_prepare(db, path, "INSERT INTO functions VALUES(NULL,?,?,?,?,?,?,?)", &s, e);
  for (int i = 0; i < all->n && !code; i++)
    for (int k = 0; k < all->entry[i]->n_variants && !code; k++)
      code = insert(db, path, s, all->entry[i], &all->entry[i]->variant[k], e);
  sqlite3_finalize(s);
  return code;
}

/* SPDX-License-Identifier: MIT
 * What a results file notes of rows that were taken over from another: how many, from which sweep, and which shard took
 * them. Written in their transaction. A file of a sweep that computed all of its rows has no such table. */
#include "store/internal.h"

static const char table[] = "CREATE TABLE IF NOT EXISTS main.taken_over(hash TEXT NOT NULL, shard TEXT NOT NULL,"
                            " path TEXT NOT NULL, rows INTEGER NOT NULL, PRIMARY KEY(hash, shard)) STRICT";

int lur_taken_insert(sqlite3 *db, const char *path, const struct lur_rows *rows, struct lur_error *e) {
  const struct lur_taken *from = rows->taken;
  sqlite3_stmt *s = NULL;
  int code = lur_sql_exec(db, path, table, e);
  if (!code)
    code = lur_sql_prepare(db, path,
                           "INSERT INTO taken_over VALUES(?1, ?2, ?3, ?4)"
                           " ON CONFLICT(hash, shard) DO UPDATE SET rows = rows + excluded.rows",
                           &s, e);
  if (code)
    return code;
  lur_sql_bind_text(s, 1, from->hash);
  lur_sql_bind_text(s, 2, from->shard);
  lur_sql_bind_text(s, 3, from->path);
  sqlite3_bind_int64(s, 4, (int64_t)rows->n);
  code = lur_sql_step_done(db, path, s, e);
  sqlite3_finalize(s);
  return code;
}

/* Of the shard that is attached, which may have been merged before. */
int lur_taken_merge(sqlite3 *db, const char *path, struct lur_error *e) {
  if (!lur_sql_has_table(db, "shard", "taken_over"))
    return LUR_OK;
  int code = lur_sql_exec(db, path, table, e);
  return code ? code
              : lur_sql_exec(
                    db, path,
                    "INSERT INTO main.taken_over SELECT hash, shard, path, rows FROM shard.taken_over WHERE true"
                    " ON CONFLICT(hash, shard) DO UPDATE SET rows = max(rows, excluded.rows)",
                    e);
}

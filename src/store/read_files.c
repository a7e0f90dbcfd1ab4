/* SPDX-License-Identifier: MIT
 * The files that a sweep's script read, with the digests of what was in them: written with the rows that depend on
 * them, in their transaction. A file of version 1 has none. */
#include "store/internal.h"

const char lur_read_files_table[] = "CREATE TABLE files(path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, code TEXT) STRICT";

int lur_read_files_insert(sqlite3 *db, const char *path, const struct lur_rows *rows, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = rows->n_files ? lur_sql_prepare(db, path, "INSERT OR IGNORE INTO files VALUES(?,?,?)", &s, e) : LUR_OK;
  for (int i = 0; i < rows->n_files && !code; i++) {
    lur_sql_bind_text(s, 1, rows->file[i].path);
    lur_sql_bind_text(s, 2, rows->file[i].sha256);
    lur_sql_bind_text(s, 3, rows->file[i].code);
    code = lur_sql_step_done(db, path, s, e);
  }
  sqlite3_finalize(s);
  return code;
}

/* Of the shard that is attached: what it read must be what others read. */
int lur_read_files_merge(sqlite3 *db, const char *path, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  if (!lur_sql_has_table(db, "shard", "files"))
    return LUR_OK;
  int code = lur_sql_prepare(db, path,
                             "SELECT path FROM shard.files a JOIN main.files b USING(path)"
                             " WHERE a.sha256 <> b.sha256 AND (a.code IS NULL OR a.code IS NOT b.code) LIMIT 1",
                             &s, e);
  int rc = code ? SQLITE_DONE : sqlite3_step(s);
  if (rc == SQLITE_ROW)
    code = lur_fail(e, LUR_EIO, NULL, "%s: read another %.200s than another of the files", path,
                    (const char *)sqlite3_column_text(s, 0));
  else if (rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(s);
  return code ? code : lur_sql_exec(db, path, "INSERT OR IGNORE INTO main.files SELECT * FROM shard.files", e);
}

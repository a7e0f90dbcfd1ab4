/* SPDX-License-Identifier: MIT
 * SQLite's calls and codes in our terms. Reentrant. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "base/digits.h"
#include "base/memory.h"
#include "store/internal.h"

enum { LOCK_WAIT_MS = 2000 };

/* Long paths are cut at the front, so that the reason still fits the line. */
static const char *path_end(const char *path) {
  size_t n = strlen(path), most = 150;
  return n > most ? path + n - most : path;
}

static int fail_io(sqlite3 *db, int rc, const char *path, struct lur_error *e) {
  int system_error = db ? sqlite3_system_errno(db) : errno;
  struct rlimit most;
  /* Whether a file could not grow. SQLite keeps no errno of it. */
  if ((rc == SQLITE_IOERR_WRITE || rc == SQLITE_IOERR_TRUNCATE || rc == SQLITE_IOERR_SHMSIZE) &&
      getrlimit(RLIMIT_FSIZE, &most) == 0 && most.rlim_cur != RLIM_INFINITY)
    return lur_fail(e, LUR_EIO, NULL, "%s: it cannot grow: no file may be larger than %llu KiB here (ulimit -f)",
                    path_end(path), (unsigned long long)most.rlim_cur / 1024);
  return lur_fail(e, LUR_EIO, NULL, "%s: %s", path_end(path),
                  system_error ? strerror(system_error)
                  : db         ? sqlite3_errmsg(db)
                               : "input or output failed");
}

int lur_sql_fail(sqlite3 *db, int rc, const char *path, struct lur_error *e) {
  path = path_end(path);
  switch (rc & 0xff) {
  case SQLITE_NOMEM: return lur_fail_memory(e);
  case SQLITE_FULL: return lur_fail(e, LUR_EIO, NULL, "%s: the disk is full", path);
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN: return fail_io(db, rc, path, e);
  case SQLITE_BUSY:
  case SQLITE_LOCKED: return lur_fail(e, LUR_EIO, NULL, "%s: another process is writing to it", path);
  case SQLITE_READONLY: return lur_fail(e, LUR_EIO, NULL, "%s: it may only be read", path);
  case SQLITE_NOTADB: return lur_fail(e, LUR_EIO, NULL, "%s: not a results file of luron", path);
  case SQLITE_INTERRUPT: return lur_fail(e, LUR_EIO, NULL, "%s: it took too long", path);
  case SQLITE_CORRUPT: return lur_fail(e, LUR_EIO, NULL, "%s: the file is damaged", path);
  default: return lur_fail(e, LUR_EIO, NULL, "%s: %s", path, db ? sqlite3_errmsg(db) : sqlite3_errstr(rc));
  }
}

int lur_sql_fail_pages(int rc, struct lur_error *e) {
  if ((rc & 0xff) == SQLITE_NOMEM)
    return lur_fail_memory(e);
  return lur_fail(e, LUR_EIO, NULL, "SQLite %s does not take the rows as luron hands them over: %s",
                  sqlite3_libversion(), sqlite3_errstr(rc));
}

const char *lur_store_sqlite_version(void) {
  return sqlite3_libversion();
}

uint64_t lur_sql_most_steps(uint64_t n_bytes) {
  enum { LEAST = 20000000, A_BYTE = 64 };
  return LEAST + n_bytes * A_BYTE;
}

int lur_sql_exec(sqlite3 *db, const char *path, const char *sql, struct lur_error *e) {
  int rc = sqlite3_exec(db, sql, NULL, NULL, NULL);
  return rc == SQLITE_OK ? LUR_OK : lur_sql_fail(db, rc, path, e);
}

int lur_sql_prepare(sqlite3 *db, const char *path, const char *sql, sqlite3_stmt **out, struct lur_error *e) {
  const char *rest = "";
  int rc = sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, out, &rest);
  if (rc != SQLITE_OK)
    return lur_sql_fail(db, rc, path, e);
  if (rest[strspn(rest, " \t\r\n;")] == '\0')
    return LUR_OK;
  sqlite3_finalize(*out);
  *out = NULL;
  return lur_fail(e, LUR_EINPUT, NULL, "one expression is expected, not several statements");
}

int lur_sql_step_done(sqlite3 *db, const char *path, sqlite3_stmt *s, struct lur_error *e) {
  int rc = sqlite3_step(s);
  if (rc != SQLITE_DONE && rc != SQLITE_ROW) {
    lur_sql_fail(db, rc, path, e);
    sqlite3_reset(s);
    return LUR_EIO;
  }
  sqlite3_reset(s);
  return LUR_OK;
}

int lur_sql_for_ranges(sqlite3 *db, const char *path, const char *sql, const struct lur_range *r, size_t n,
                       struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(db, path, sql, &s, e);
  for (size_t i = 0; i < n && !code; i++) {
    sqlite3_bind_int64(s, 1, (int64_t)r[i].first);
    sqlite3_bind_int64(s, 2, (int64_t)r[i].last);
    code = lur_sql_step_done(db, path, s, e);
  }
  sqlite3_finalize(s);
  return code;
}

bool lur_sql_has_column(sqlite3 *db, const char *schema, const char *table, const char *column) {
  return sqlite3_table_column_metadata(db, schema, table, column, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

bool lur_sql_has_table(sqlite3 *db, const char *schema, const char *table) {
  return sqlite3_table_column_metadata(db, schema, table, NULL, NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
}

/* Nothing that a file says makes SQLite do more than read and write rows, and no value or statement in it is larger
 * than any of luron's. Before the first statement. */
static void fence_in(sqlite3 *db) {
  sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit(db, SQLITE_LIMIT_LENGTH, 256 << 20);
  sqlite3_limit(db, SQLITE_LIMIT_SQL_LENGTH, 1 << 20);
  sqlite3_limit(db, SQLITE_LIMIT_COLUMN, 2 * LUR_STORE_MAX_COLUMNS);
  sqlite3_limit(db, SQLITE_LIMIT_COMPOUND_SELECT, 10);
  sqlite3_limit(db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100);
  sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 1); /* a merge's shard, a writer's stage */
  sqlite3_limit(db, SQLITE_LIMIT_TRIGGER_DEPTH, 0);
  sqlite3_limit(db, SQLITE_LIMIT_WORKER_THREADS, 0);
}

static int open_name(const char *name, const char *path, int flags, sqlite3 **db, struct lur_error *e) {
  int rc = sqlite3_open_v2(name, db, flags | SQLITE_OPEN_NOMUTEX, NULL);
  if (rc == SQLITE_OK) {
    sqlite3_extended_result_codes(*db, 1);
    sqlite3_busy_timeout(*db, LOCK_WAIT_MS);
    fence_in(*db);
    rc = lur_sql_take_count(*db);
  }
  if (rc == SQLITE_OK)
    return LUR_OK;
  lur_sql_fail(*db, rc, path, e);
  sqlite3_close(*db);
  *db = NULL;
  return LUR_EIO;
}

void lur_sql_path(const char *path, struct lur_buffer *out) {
  lur_buffer_format(out, path[0] == '/' ? "%s" : "./%s", path);
}

int lur_sql_open(const char *path, int flags, sqlite3 **db, struct lur_error *e) {
  struct lur_buffer name = {0};
  lur_sql_path(path, &name);
  int code = name.failed ? lur_fail_memory(e) : open_name(name.data, path, flags, db, e);
  lur_buffer_free(&name);
  return code;
}

int lur_sql_open_immutable(const char *path, sqlite3 **db, struct lur_error *e) {
  struct lur_buffer uri = {0};
  lur_buffer_text(&uri, path[0] == '/' ? "file:" : "file:./");
  for (const char *p = path; *p; p++)
    if (strchr("%?#", *p))
      lur_buffer_format(&uri, "%%%02X", (unsigned char)*p);
    else
      lur_buffer_add(&uri, p, 1);
  lur_buffer_text(&uri, "?immutable=1");
  int code = uri.failed ? lur_fail_memory(e) : open_name(uri.data, path, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, db, e);
  lur_buffer_free(&uri);
  return code;
}

void lur_sql_bind_text(sqlite3_stmt *s, int i, const char *text) {
  sqlite3_bind_text(s, i, text, -1, SQLITE_STATIC);
}

void lur_sql_cell(sqlite3_stmt *s, int i, struct lur_cell *c) {
  int type = sqlite3_column_type(s, i);
  const char *text = type == SQLITE_TEXT ? (const char *)sqlite3_column_text(s, i) : NULL;
  *c = (struct lur_cell){.kind = LUR_CELL_NULL};
  if (type == SQLITE_INTEGER)
    *c = (struct lur_cell){.kind = LUR_CELL_INTEGER, .as.integer = sqlite3_column_int64(s, i)};
  else if (type == SQLITE_FLOAT)
    *c = (struct lur_cell){.kind = LUR_CELL_REAL, .as.real = sqlite3_column_double(s, i)};
  else if (text)
    *c = (struct lur_cell){.kind = LUR_CELL_TEXT, .as.text = text};
}

void lur_mixed_write(const struct lur_cell *number, char text[32]) {
  if (number->kind == LUR_CELL_INTEGER)
    snprintf(text, 32, "%" PRId64, number->as.integer);
  else
    lur_digits_write(number->as.real + 0.0, text); /* -0 to +0 */
}

static uint64_t bits_of(double x) {
  uint64_t bits;
  x = x + 0.0;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

bool lur_cell_is_null(const struct lur_cell *c) {
  return c->kind == LUR_CELL_NULL || (c->kind == LUR_CELL_REAL && isnan(c->as.real));
}

bool lur_cell_same(const struct lur_cell *a, const struct lur_cell *b) {
  if (lur_cell_is_null(a) || lur_cell_is_null(b))
    return lur_cell_is_null(a) && lur_cell_is_null(b);
  if (a->kind != b->kind)
    return false;
  switch (a->kind) {
  case LUR_CELL_INTEGER: return a->as.integer == b->as.integer;
  case LUR_CELL_REAL: return bits_of(a->as.real) == bits_of(b->as.real);
  case LUR_CELL_TEXT:
  case LUR_CELL_NULL: break;
  }
  return strcmp(a->as.text, b->as.text) == 0;
}

void lur_sql_name(const char *name, struct lur_buffer *sql) {
  lur_buffer_text(sql, "\"");
  for (; *name; name++) {
    if (*name == '"')
      lur_buffer_text(sql, "\"");
    lur_buffer_add(sql, name, 1);
  }
  lur_buffer_text(sql, "\"");
}

void lur_table_best_order(const char *metric, bool high, struct lur_buffer *sql) {
  lur_buffer_text(sql, "(status IN ('diverged', 'failed') OR ");
  lur_sql_name(metric, sql);
  lur_buffer_text(sql, " IS NULL), ");
  lur_sql_name(metric, sql);
  lur_buffer_text(sql, high ? " DESC, run" : ", run");
}

char *lur_path_with(const char *path, const char *suffix) {
  size_t n = strlen(path), m = strlen(suffix);
  char *out = lur_alloc(n + m + 1, 1);
  if (out) {
    memcpy(out, path, n);
    memcpy(out + n, suffix, m);
  }
  return out;
}

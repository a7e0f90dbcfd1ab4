/* SPDX-License-Identifier: MIT
 * A writing session of a results file: lock, look, make or open, check that it is the same sweep, write, close.
 * Between open and finish the connection belongs to the writer thread. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/internal.h"

enum { WAL_BYTES = 16 << 20, READERS_WAIT_MS = 5000, LOOK_OPS = 1000 };

struct lur_store {
  char *path;
  struct lur_lock lock;
  sqlite3 *db;
  struct lur_watch watch; /* of what is written, also where its name goes */
  struct lur_range *done;
  size_t n_done;
  struct lur_writer *writer;
  struct lur_store_plan plan; /* columns are ours; texts are there while it is opened */
  struct lur_column *column;
  uint64_t ticks_left; /* while what it holds is looked at */
  bool made, finished; /* made: by this session */
};

static int look(struct lur_store *s, const struct lur_store_plan *plan, struct lur_error *e) {
  enum lur_file_kind kind;
  int code = lur_file_look(s->path, &kind, e);
  if (code)
    return code;
  bool there = kind == LUR_FILE_OURS || kind == LUR_FILE_OLD;
  if (kind == LUR_FILE_OLD && !plan->fresh)
    return lur_file_fail_old(s->path, e);
  s->made = !there || plan->fresh;
  return LUR_OK;
}

/* A WAL of so many bytes is moved into the file. */
static int start_watch(struct lur_store *s, struct lur_error *e) {
  sqlite3_stmt *q = NULL;
  int code = lur_sql_prepare(s->db, s->path, "PRAGMA page_size", &q, e);
  int rc = code ? SQLITE_OK : sqlite3_step(q), page_bytes = rc == SQLITE_ROW ? sqlite3_column_int(q, 0) : 0;
  sqlite3_finalize(q);
  if (code || page_bytes < 512)
    return code ? code : lur_sql_fail(s->db, rc, s->path, e);
  lur_watch_connect(&s->watch, s->db, WAL_BYTES / page_bytes);
  return LUR_OK;
}

/* A finished file that is being read cannot be put into WAL mode. */
static int enter_wal(sqlite3 *db, const char *path, struct lur_error *e) {
  sqlite3_busy_timeout(db, READERS_WAIT_MS);
  int rc = sqlite3_exec(db, "PRAGMA journal_mode=WAL", NULL, NULL, NULL);
  if ((rc & 0xff) == SQLITE_BUSY)
    return lur_fail(e, LUR_EIO, NULL,
                    "%s: it is being read, or written, by another; nothing can be added to it meanwhile", path);
  return rc == SQLITE_OK ? LUR_OK : lur_sql_fail(db, rc, path, e);
}

/* Where another has it open, it stays as it is: then that is no error. */
static void leave_wal(sqlite3 *db) {
  sqlite3_busy_timeout(db, 0);
  sqlite3_exec(db, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
}

void lur_store_settle(const char *path) {
  sqlite3 *db = NULL;
  enum lur_file_kind kind;
  if (lur_file_look(path, &kind, NULL) == LUR_OK && kind == LUR_FILE_OURS &&
      lur_sql_open(path, SQLITE_OPEN_READWRITE, &db, NULL) == LUR_OK)
    leave_wal(db);
  sqlite3_close(db);
}

int lur_sweep_numerics(const char *versions) {
  static const char word[] = "numerics ";
  const char *at = versions ? strstr(versions, word) : NULL;
  return at ? atoi(at + sizeof word - 1) : 1;
}

const char *lur_sweep_line(const char *experiment, const char *name, size_t *n) {
  size_t n_name = strlen(name);
  *n = 0;
  for (const char *at = experiment; at && *at; at = strchr(at, '\n'), at += at != NULL)
    if (strncmp(at, name, n_name) == 0 && at[n_name] == '=') {
      *n = strcspn(at + n_name + 1, "\n");
      return at + n_name + 1;
    }
  return NULL;
}

/* Results of other numerics are another sweep's, whatever was asked for: that reason comes first. */
static int fail_other(const struct lur_store *s, const struct lur_store_plan *plan, const char *versions,
                      struct lur_error *e) {
  int theirs = lur_sweep_numerics(versions), ours = lur_sweep_numerics(plan->facts.versions);
  if (theirs == ours)
    return lur_fail(e, LUR_EIO, NULL, "%s: holds another sweep; choose another file with -o", s->path);
  return lur_fail(e, LUR_EIO, NULL,
                  "%s: its rows are of version %d of luron's numerics, and this luron has version %d; it can be shown, "
                  "but not gone on with: choose another file with -o, or compute all again with --fresh",
                  s->path, theirs, ours);
}

static int check_hash(struct lur_store *s, const struct lur_store_plan *plan, struct lur_error *e) {
  sqlite3_stmt *q = NULL;
  int code = lur_sql_prepare(s->db, s->path, "SELECT hash, versions FROM sweep", &q, e);
  if (code)
    return code;
  int rc = sqlite3_step(q);
  const char *hash = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(q, 0) : NULL;
  if (rc != SQLITE_ROW && rc != SQLITE_DONE)
    code = lur_sql_fail(s->db, rc, s->path, e);
  else if (!hash)
    code = lur_sql_fail(s->db, SQLITE_CORRUPT, s->path, e);
  else if (strcmp(hash, plan->facts.hash ? plan->facts.hash : "") != 0)
    code = fail_other(s, plan, (const char *)sqlite3_column_text(q, 1), e);
  sqlite3_finalize(q);
  return code;
}

/* More seeds or samples extend a sweep: the larger count and its axes stand. */
static int note_session(struct lur_store *s, const struct lur_sweep_facts *f, struct lur_error *e) {
  sqlite3_stmt *q = NULL;
  int code = lur_sql_prepare(s->db, s->path,
                             "UPDATE sweep SET updated = max(started, strftime('%Y-%m-%dT%H:%M:%SZ')),"
                             " finished = CASE WHEN ?1 > n_runs THEN NULL ELSE finished END,"
                             " axes = CASE WHEN ?1 >= n_runs THEN ?2 ELSE axes END,"
                             " overrides = CASE WHEN ?1 >= n_runs THEN ?3 ELSE overrides END,"
                             " experiment = CASE WHEN ?1 >= n_runs THEN ?4 ELSE experiment END,"
                             " n_runs = max(n_runs, ?1)",
                             &q, e);
  if (code)
    return code;
  sqlite3_bind_int64(q, 1, (int64_t)f->n_runs);
  lur_sql_bind_text(q, 2, f->axes);
  lur_sql_bind_text(q, 3, f->overrides);
  lur_sql_bind_text(q, 4, f->experiment);
  code = lur_sql_step_done(s->db, s->path, q, e);
  sqlite3_finalize(q);
  return code;
}

static int tick(void *store) {
  struct lur_store *s = store;
  s->ticks_left -= s->ticks_left > 0;
  return s->ticks_left == 0;
}

/* Page size and journal stay in the file; the rest is the session's. */
static int connect(struct lur_store *s, struct lur_error *e) {
  struct stat st;
  lur_watch_begin(&s->watch, s->path);
  int code = lur_sql_open(s->path, SQLITE_OPEN_READWRITE, &s->db, e);
  if (code)
    return code;
  s->watch.db = s->db;
  s->ticks_left = lur_sql_most_steps(stat(s->path, &st) == 0 ? (uint64_t)st.st_size : 0) / LOOK_OPS;
  sqlite3_progress_handler(s->db, LOOK_OPS, tick, s);
  if (lur_file_is_shared(s->path))
    code = lur_sql_exec(s->db, s->path, "PRAGMA locking_mode=EXCLUSIVE", e);
  if (!code)
    code = lur_plain_check(s->db, "main", s->path, e);
  if (!code)
    code = lur_sql_exec(s->db, s->path, "PRAGMA synchronous=NORMAL", e);
  if (!code)
    code = enter_wal(s->db, s->path, e);
  if (!code)
    code = lur_sql_exec(s->db, s->path, "PRAGMA cache_size=-16384; BEGIN IMMEDIATE; COMMIT", e);
  return code ? code : start_watch(s, e);
}

/* A file that was there holds the same sweep. */
static int check_same(struct lur_store *s, struct lur_error *e) {
  const struct lur_store_plan *plan = &s->plan;
  struct lur_column *column = NULL;
  int n = 0, code = check_hash(s, plan, e);
  if (!code)
    code = lur_schema_columns(s->db, s->path, &column, &n, e);
  if (!code && !lur_schema_same_columns(column, n, plan->column, plan->n_columns))
    code = lur_fail(e, LUR_EIO, NULL, "%s: holds other axes or metrics; choose another file with -o", s->path);
  free(column);
  if (!code)
    code = note_session(s, &plan->facts, e);
  if (!code && plan->n_forget)
    code = lur_store_forget(s->db, s->path, plan->forget, plan->n_forget, e);
  return code ? code : lur_schema_done(s->db, s->path, &s->done, &s->n_done, e);
}

static struct lur_inserter *open_file(void *store, struct lur_error *e) {
  struct lur_store *s = store;
  int code = connect(s, e);
  if (!code && !s->made)
    code = check_same(s, e);
  if (s->db)
    sqlite3_progress_handler(s->db, 0, NULL, NULL);
  if (code)
    return NULL;
  lur_watch_note(&s->watch);
  return lur_inserter_new(&s->watch, &s->plan, e);
}

/* Where only the best rows are kept, SQLite says which they are from the first on. */
static int make_file(struct lur_store *s, struct lur_fresh **fresh, struct lur_error *e) {
  uint64_t n_settled = 0;
  int code = lur_fresh_new(s->path, &s->plan, fresh, e);
  if (!code && !s->plan.keep_best)
    return LUR_OK;
  if (!code)
    code = lur_fresh_end(*fresh, LUR_FRESH_GOES_ON, &n_settled, e);
  lur_fresh_free(*fresh);
  *fresh = NULL;
  return code;
}

static int start_writer(struct lur_store *s, struct lur_error *e) {
  struct lur_writer_target to = {.open = open_file, .context = s};
  int code = s->made ? make_file(s, &to.fresh, e) : LUR_OK;
  if (!code && !to.fresh && !(to.inserter = open_file(s, e)))
    code = e->code;
  if (!code && !(s->writer = lur_writer_new(&to, e)))
    code = e->code;
  return code;
}

struct lur_store *lur_store_open(const char *path, const struct lur_store_plan *plan, struct lur_error *e) {
  struct lur_store *s = lur_alloc(1, sizeof *s);
  if (s) {
    s->lock.fd = -1;
    s->plan = *plan;
    s->path = lur_copy_text(path);
    s->plan.column = s->column = lur_copy(plan->column, (size_t)plan->n_columns, sizeof *plan->column);
  }
  int code = s && s->path && (s->column || !plan->column) ? lur_file_make_folder(path, e) : lur_fail_memory(e);
  if (!code)
    code = lur_lock_take(&s->lock, path, e);
  if (!code)
    code = look(s, plan, e);
  if (!code)
    code = start_writer(s, e);
  if (!code)
    return s;
  lur_store_free(s);
  return NULL;
}

const struct lur_range *lur_store_done(const struct lur_store *s, size_t *n) {
  *n = s->n_done;
  return s->done;
}

struct lur_sink lur_store_sink(struct lur_store *s) {
  return (struct lur_sink){.context = s->writer, .take = lur_writer_take};
}

uint64_t lur_store_n_committed(const struct lur_store *s) {
  return lur_writer_n_committed(s->writer);
}

int lur_store_finish(struct lur_store *s, bool complete, struct lur_error *e) {
  int code = lur_writer_finish(s->writer, e);
  if (code || s->finished)
    return code;
  s->finished = true;
  bool was = false;
  code = lur_writer_end_fresh(s->writer, complete ? LUR_FRESH_COMPLETE : LUR_FRESH_ENDS, &was, e);
  if (code || was)
    return code;
  code = lur_watch_check(&s->watch, e);
  if (!code)
    code = lur_schema_end(s->db, s->path, complete, e);
  if (!code)
    code = lur_watch_move(&s->watch, e);
  if (!code && !s->plan.stays)
    leave_wal(s->db);
  if (!code)
    lur_watch_note(&s->watch);
  return code;
}

void lur_store_free(struct lur_store *s) {
  bool was;
  if (!s)
    return;
  if (s->writer && !lur_writer_finish(s->writer, NULL))
    lur_writer_end_fresh(s->writer, LUR_FRESH_ENDS, &was, NULL);
  lur_writer_free(s->writer);
  lur_watch_end(&s->watch);
  sqlite3_close(s->db);
  lur_lock_release(&s->lock);
  free(s->done);
  free(s->column);
  free(s->path);
  free(s);
}

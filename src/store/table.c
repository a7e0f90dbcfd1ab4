/* SPDX-License-Identifier: MIT
 * Opening a results file to be read, while it is written too, and what it says of its sweep. An authorizer refuses a
 * person's SQL all but `runs`, limits bound what one value may grow to, and a progress handler ends it at its deadline.
 * The file may be damaged or made to harm: its schema is not trusted. One thread at a time. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/near_word.h"
#include "store/internal.h"
#include "sweep/field.h"

enum { TICK_OPS = 200 };

static int fence(void *table, int action, const char *a, const char *b, const char *c, const char *d) {
  const struct lur_table *t = table;
  (void)c, (void)d;
  if (!t->fenced)
    return SQLITE_OK;
  if (action == SQLITE_SELECT)
    return SQLITE_OK;
  if (action == SQLITE_FUNCTION)
    return b && strcmp(b, "load_extension") != 0 ? SQLITE_OK : SQLITE_DENY;
  const bool readable = a && (strcmp(a, "runs") == 0 || (t->curves && strcmp(a, "curves") == 0));
  return action == SQLITE_READ && readable ? SQLITE_OK : SQLITE_DENY;
}

bool lur_table_is_late(struct lur_table *t) {
  t->late = t->ticks_left == 0 || (t->deadline_ns && lur_clock_ns() > t->deadline_ns);
  return t->late;
}

static int tick(void *table) {
  struct lur_table *t = table;
  t->ticks_left -= t->ticks_left > 0;
  return lur_table_is_late(t);
}

static void measure(struct lur_table *t) {
  enum { LEAST_ROW_BYTES = 4 };
  struct stat st;
  char *wal = lur_path_with(t->path, "-wal");
  t->n_bytes = stat(t->path, &st) == 0 ? (uint64_t)st.st_size : 0;
  t->n_bytes += wal && stat(wal, &st) == 0 ? (uint64_t)st.st_size : 0;
  t->most_rows = t->n_bytes / LEAST_ROW_BYTES;
  free(wal);
}

uint64_t lur_table_own_ns(const struct lur_table *t) {
  enum { LEAST_S = 60, BYTES_A_S = 1 << 20 };
  return t->n_bytes ? (LEAST_S + t->n_bytes / BYTES_A_S) * UINT64_C(1000000000) : 0;
}

void lur_table_start_own(struct lur_table *t) {
  t->deadline_ns = t->n_bytes ? lur_clock_ns() + lur_table_own_ns(t) : 0;
  t->ticks_left = t->n_bytes ? lur_sql_most_steps(t->n_bytes) / TICK_OPS : UINT64_MAX;
}

/* Whether rows may stand in the WAL beside it. */
static bool has_wal(const char *path) {
  struct stat st;
  char *wal = lur_path_with(path, "-wal");
  bool has = !wal || (stat(wal, &st) == 0 && st.st_size > 0);
  free(wal);
  return has;
}

/* Where a WAL cannot be read for want of a place for its index, and there is nothing in it, the file alone is read. */
static int open_for_reading(struct lur_table *t, struct lur_error *e) {
  int code = lur_sql_open(t->path, SQLITE_OPEN_READWRITE, &t->db, e);
  int rc = code ? SQLITE_OK : sqlite3_exec(t->db, "SELECT 1 FROM sqlite_master", NULL, NULL, NULL) & 0xff;
  if (!code && rc != SQLITE_CANTOPEN && rc != SQLITE_READONLY)
    return LUR_OK;
  if (has_wal(t->path))
    return code ? code
                : lur_fail(e, LUR_EIO, NULL,
                           "%s: its last rows are in the -wal beside it, and to read them luron must write there;"
                           " read a copy of both files",
                           t->path);
  sqlite3_close(t->db);
  t->db = NULL;
  return lur_sql_open_immutable(t->path, &t->db, e);
}

static int protect(struct lur_table *t, struct lur_error *e) {
  sqlite3_limit(t->db, SQLITE_LIMIT_EXPR_DEPTH, 200);
  sqlite3_set_authorizer(t->db, fence, t);
  sqlite3_progress_handler(t->db, TICK_OPS, tick, t);
  lur_table_start_own(t);
  /* One transaction for as long as the table is open: all that is read of it is of one moment. */
  int code = lur_sql_exec(t->db, t->path, "PRAGMA query_only=1; PRAGMA cell_size_check=1; BEGIN", e);
  return code ? code : lur_plain_check(t->db, "main", t->path, e);
}

static const char *text_at(sqlite3_stmt *s, int i) {
  const char *text = (const char *)sqlite3_column_text(s, i);
  return text ? text : "";
}

static int read_sweep(struct lur_table *t, struct lur_error *e) {
  int code = lur_sql_prepare(t->db, t->path,
                             "SELECT hash, name, script_path, script, experiment, axes, overrides, versions, host,"
                             " git_commit, shard, started, finished, keep_by, n_runs, keep_best, keep_high"
                             " FROM sweep",
                             &t->sweep, e);
  if (code)
    return code;
  int rc = sqlite3_step(t->sweep);
  if (rc != SQLITE_ROW)
    return lur_sql_fail(t->db, rc == SQLITE_DONE ? SQLITE_CORRUPT : rc, t->path, e);
  struct lur_sweep_facts *f = &t->facts.sweep;
  const char **const texts[] = {&f->hash,  &f->name,          &f->script_path,    &f->script,       &f->experiment,
                                &f->axes,  &f->overrides,     &f->versions,       &f->host,         &f->git_commit,
                                &f->shard, &t->facts.started, &t->facts.finished, &t->facts.keep_by};
  enum { N = sizeof texts / sizeof *texts };
  for (int i = 0; i < N; i++)
    *texts[i] = text_at(t->sweep, i);
  f->n_runs = (uint64_t)sqlite3_column_int64(t->sweep, N);
  t->facts.keep_best = (size_t)sqlite3_column_int64(t->sweep, N + 1);
  t->facts.keep_high = sqlite3_column_int(t->sweep, N + 2);
  return LUR_OK;
}

struct lur_table *lur_table_open(const char *path, struct lur_error *e) {
  enum lur_file_kind kind;
  struct lur_table *t = lur_alloc(1, sizeof *t);
  if (!t || !(t->path = lur_copy_text(path))) {
    free(t);
    lur_fail_memory(e);
    return NULL;
  }
  int code = lur_file_look(path, &kind, e);
  if (!code && kind == LUR_FILE_ABSENT)
    code = lur_fail(e, LUR_EIO, NULL, "%s: no such file", path);
  if (!code && kind == LUR_FILE_EMPTY)
    code = lur_fail(e, LUR_EIO, NULL, "%s: not a results file of luron", path);
  if (!code)
    code = open_for_reading(t, e);
  if (!code)
    measure(t);
  if (!code)
    code = protect(t, e);
  t->facts.version = kind == LUR_FILE_OLD ? 1 : LUR_STORE_VERSION;
  if (!code) {
    code = lur_schema_columns(t->db, t->path, &t->column, &t->facts.n_columns, e);
    if (!code)
      code = lur_schema_done(t->db, t->path, &t->done, &t->facts.n_done, e);
    if (!code)
      code = read_sweep(t, e);
    t->facts.column = t->column;
    t->facts.done = t->done;
    for (size_t i = 0; i < t->facts.n_done && !code; i++)
      t->facts.n_settled += t->done[i].last - t->done[i].first + 1;
  }
  if (!code && lur_mixed_any(t->column, t->facts.n_columns))
    code = lur_mixed_register(t->db, t->path, e);
  if (!code)
    return t;
  lur_table_free(t);
  return NULL;
}

struct lur_table *lur_table_blank(const char *path, const struct lur_store_plan *plan, struct lur_error *e) {
  const size_t n = (size_t)plan->n_columns;
  struct lur_table *t = lur_alloc(1, sizeof *t);
  if (!t || !(t->path = lur_copy_text(path)) || !(t->column = lur_copy(plan->column, n, sizeof *t->column))) {
    lur_table_free(t);
    lur_fail_memory(e);
    return NULL;
  }
  t->facts = (struct lur_table_facts){.n_columns = plan->n_columns,
                                      .column = t->column,
                                      .version = LUR_STORE_VERSION,
                                      .keep_best = plan->keep_best,
                                      .keep_by = plan->keep_by};
  t->most_rows = UINT64_MAX;
  int code = lur_sql_open(":memory:", SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, &t->db, e);
  if (!code)
    code = lur_schema_create_runs(t->db, path, plan, e);
  if (!code)
    code = protect(t, e);
  if (!code && lur_mixed_any(t->column, plan->n_columns))
    code = lur_mixed_register(t->db, path, e);
  if (!code)
    return t;
  lur_table_free(t);
  return NULL;
}

/* Whether a file stands beside it that a killed or a running program has left there. */
static bool has_sides(sqlite3 *db) {
  struct stat st;
  const char *path = sqlite3_db_filename(db, "main");
  return !path || stat(sqlite3_filename_wal(path), &st) == 0 || stat(sqlite3_filename_journal(path), &st) == 0;
}

static bool is_locked(sqlite3 *db) {
  sqlite3_file *file = NULL;
  int locked = 0;
  int rc = sqlite3_file_control(db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
  return rc != SQLITE_OK || !file || !file->pMethods ||
         file->pMethods->xCheckReservedLock(file, &locked) != SQLITE_OK || locked;
}

struct lur_table *lur_table_look(const char *path) {
  enum lur_file_kind kind;
  if (lur_file_look(path, &kind, NULL) != LUR_OK || kind != LUR_FILE_OURS)
    return NULL;
  struct lur_table *t = lur_alloc(1, sizeof *t);
  if (t && (t->path = lur_copy_text(path)) && lur_sql_open_immutable(path, &t->db, NULL) == LUR_OK) {
    t->facts.version = LUR_STORE_VERSION;
    measure(t);
    sqlite3_busy_timeout(t->db, 0);
    if (!has_sides(t->db) && !is_locked(t->db) && protect(t, NULL) == LUR_OK && read_sweep(t, NULL) == LUR_OK)
      return t;
  }
  lur_table_free(t);
  return NULL;
}

struct lur_table *lur_table_open_same(const char *path, const struct lur_table *as, struct lur_error *e) {
  struct lur_table *t = lur_table_open(path, e);
  if (!t || (strcmp(t->facts.sweep.hash, as->facts.sweep.hash) == 0 &&
             lur_schema_same_columns(t->column, t->facts.n_columns, as->column, as->facts.n_columns)))
    return t;
  lur_fail(e, LUR_EIO, NULL, "%s: holds another sweep than %s", path, as->path);
  lur_table_free(t);
  return NULL;
}

struct lur_table *lur_table_hold(struct lur_table *t) {
  t->n_holders++;
  return t;
}

void lur_table_free(struct lur_table *t) {
  if (!t || t->n_holders-- > 0)
    return;
  lur_data_free(t->data);
  sqlite3_finalize(t->sweep);
  sqlite3_close_v2(t->db); /* a query may outlive its table, to be freed only */
  free(t->column);
  free(t->done);
  free(t->path);
  free(t);
}

const struct lur_table_facts *lur_table_facts(const struct lur_table *t) {
  return &t->facts;
}

const char *lur_table_path(const struct lur_table *t) {
  return t->path;
}

int lur_table_column(const struct lur_table *t, const char *name) {
  for (int i = 0; i < t->facts.n_columns; i++)
    if (strcasecmp(t->column[i].name, name) == 0)
      return i;
  return -1;
}

const char *lur_table_name(const struct lur_table *t, const char *word) {
  char name[80];
  int layer, at = lur_table_column(t, word), field = at < 0 ? lur_field_find(word, &layer) : -1;
  if (field >= 0) {
    snprintf(name, sizeof name, layer ? "%s_%d" : "%s", lur_fields[field].column, layer);
    at = lur_table_column(t, name);
  }
  return at < 0 ? word : t->column[at].name;
}

bool lur_table_folds_seeds(const struct lur_table *t) {
  int n = lur_table_column(t, "n_seeds");
  return n >= 0 && t->facts.column[n].role == LUR_COLUMN_METRIC && lur_table_column(t, "solved_rate") >= 0 &&
         lur_table_column(t, "diverged_rate") >= 0;
}

int lur_column_unknown(const struct lur_table *t, const char *name, struct lur_error *e) {
  const char *choices[LUR_STORE_MAX_COLUMNS + 4];
  int n = t->facts.n_columns;
  for (int i = 0; i < n; i++)
    choices[i] = t->column[i].name;
  choices[n] = "run";
  choices[n + 1] = "status";
  choices[n + 2] = "solved";
  choices[n + 3] = NULL;
  const char *near = lur_near_word(name, choices);
  if (near && strcasecmp(near, name) == 0)
    return lur_fail(e, LUR_EINPUT, name, "it cannot be used here");
  if (near)
    return lur_fail(e, LUR_EINPUT, name, "no such column; did you mean %s?", near);
  return lur_fail(e, LUR_EINPUT, name, "no such column in %s", t->path);
}

int lur_table_check_metric(const struct lur_table *t, const char *name, struct lur_error *e) {
  const char *metrics[LUR_STORE_MAX_COLUMNS + 2];
  char choices[LUR_CHOICES_BYTES];
  int at = lur_table_column(t, name), n = 0;
  if (at < 0 ? strcmp(name, "solved") == 0 : t->column[at].role == LUR_COLUMN_METRIC)
    return LUR_OK;
  for (int i = 0; i < t->facts.n_columns; i++)
    if (t->column[i].role == LUR_COLUMN_METRIC)
      metrics[n++] = t->column[i].name;
  metrics[n++] = "solved";
  metrics[n] = NULL;
  lur_choices_write(at < 0 ? lur_near_word(name, metrics) : NULL, metrics, choices);
  return lur_fail(e, LUR_EINPUT, name, at < 0 ? "is no metric of %s%s" : "is an axis, and no metric, of %s%s", t->path,
                  choices);
}

bool lur_table_is_high(const struct lur_table *t, const char *name) {
  int at = lur_table_column(t, name);
  return at >= 0 ? t->column[at].high : strcmp(name, "solved") == 0;
}

sqlite3 *lur_table_db(struct lur_table *t) {
  lur_table_start_own(t);
  return t->db;
}

int lur_table_pieces(struct lur_table *t, struct lur_pieces *out, struct lur_error *e) {
  lur_table_start_own(t);
  if (!t->data && !(t->data = lur_data_open(t->db, t->path, e)))
    return e->code;
  *out = lur_data_pieces(t->data);
  return LUR_OK;
}

char *lur_table_message(struct lur_table *t, uint64_t run, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  char *text = NULL;
  lur_table_start_own(t);
  if (lur_sql_prepare(t->db, t->path, "SELECT text FROM messages WHERE run = ?", &s, e))
    return NULL;
  sqlite3_bind_int64(s, 1, (int64_t)run);
  if (sqlite3_step(s) == SQLITE_ROW)
    text = lur_copy_text(text_at(s, 0));
  sqlite3_finalize(s);
  return text;
}

int lur_table_read_files(struct lur_table *t, bool (*take)(void *context, const struct lur_read_file *f), void *context,
                         struct lur_error *e) {
  sqlite3 *db = lur_table_db(t);
  sqlite3_stmt *s = NULL;
  int rc = SQLITE_DONE, code = LUR_OK;
  if (!lur_sql_has_table(db, "main", "files"))
    return LUR_OK;
  code = lur_sql_prepare(db, lur_table_path(t), "SELECT path, sha256, code FROM files ORDER BY path", &s, e);
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    const struct lur_read_file f = {(const char *)sqlite3_column_text(s, 0), (const char *)sqlite3_column_text(s, 1),
                                    (const char *)sqlite3_column_text(s, 2)};
    if (f.path && f.sha256 && !take(context, &f)) {
      rc = SQLITE_DONE;
      break;
    }
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, lur_table_path(t), e);
  sqlite3_finalize(s);
  return code;
}

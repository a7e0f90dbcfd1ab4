/* SPDX-License-Identifier: MIT
 * The tables of a results file:
 *
 *   runs     STRICT; run INTEGER PRIMARY KEY, a column an axis, a column a metric, status, solved (0 or 1)
 *            a column of numbers and lists is TEXT: '2', '4x4' (in version 1 ANY; `solved` was generated there)
 *   sweep    one row: what was asked for, with what, where and when
 *   columns  the axes' and metrics' names in order, and which is which
 *   data     patterns and start values, in pieces (data.c)
 *   functions (only where there are some) what stands in place of names, as programs (functions.c)
 *   files    what the script read, with digests (read_files.c)
 *   done     ranges of run numbers whose rows are here; a number without a row was skipped
 *   messages what failed runs said
 *   curves   (made when the first curve comes) loss by run and epoch; with a validation set, validation_loss too
 *
 * A file is made under another name, with a journal in memory, and renamed when it is whole (fresh.c, merge.c): no half
 * file is ever seen, and all that a WAL may hold of it later stands on a whole file.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/grow.h"
#include "base/memory.h"
#include "store/internal.h"

enum { MANY_RUNS = 65536 };

enum { N_TYPES = LUR_COLUMN_MIXED + 1, N_ROLES = LUR_COLUMN_METRIC + 1 };
static const char *const type_names[] = {"INTEGER", "REAL", "TEXT", "MIXED", "ANY"}; /* ANY: MIXED in version 1 */
static const char *const sql_types[] = {"INTEGER", "REAL", "TEXT", "TEXT"};
static const char *const role_names[] = {"axis", "metric"};
static const char *const better_names[] = {"low", "high"}; /* NULL for an axis */
_Static_assert(sizeof type_names / sizeof *type_names == N_TYPES + 1, "a name each, and the older one");
_Static_assert(sizeof sql_types / sizeof *sql_types == N_TYPES, "a type of SQL each");
_Static_assert(sizeof role_names / sizeof *role_names == N_ROLES, "a name each");

/* All that a file may have: some are made when they are needed, where they are written. */
const char *const lur_schema_tables[] = {"sweep", "columns", "runs",       "done",      "messages", "data",
                                         "files", "curves",  "taken_over", "functions", NULL};

static const char tables[] =
    "CREATE TABLE sweep(hash TEXT NOT NULL, name TEXT, script_path TEXT, script TEXT, experiment TEXT, axes TEXT,"
    " overrides TEXT, versions TEXT, host TEXT, git_commit TEXT, shard TEXT, n_runs INTEGER NOT NULL,"
    " keep_best INTEGER NOT NULL, keep_by TEXT, keep_high INTEGER NOT NULL,"
    " started TEXT NOT NULL, updated TEXT NOT NULL, finished TEXT) STRICT;"
    "CREATE TABLE columns(position INTEGER PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, type TEXT NOT NULL,"
    " better TEXT) STRICT;"
    "CREATE TABLE done(first INTEGER PRIMARY KEY, last INTEGER NOT NULL) STRICT;"
    "CREATE TABLE messages(run INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;";
static const char curves_table[] = "CREATE TABLE IF NOT EXISTS main.curves(run INTEGER, epoch INTEGER, loss REAL,"
                                   " PRIMARY KEY(run, epoch)) STRICT, WITHOUT ROWID;";
static const char both_curves_table[] =
    "CREATE TABLE IF NOT EXISTS main.curves(run INTEGER, epoch INTEGER, loss REAL, validation_loss REAL,"
    " PRIMARY KEY(run, epoch)) STRICT, WITHOUT ROWID;";

const char *lur_curves_table(bool validation) {
  return validation ? both_curves_table : curves_table;
}

int lur_schema_create_runs(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_error *e) {
  struct lur_buffer sql = {0};
  lur_buffer_text(&sql, "CREATE TABLE runs(run INTEGER PRIMARY KEY");
  for (int i = 0; i < plan->n_columns; i++) {
    lur_buffer_text(&sql, ", ");
    lur_sql_name(plan->column[i].name, &sql);
    lur_buffer_format(&sql, " %s", sql_types[plan->column[i].type]);
  }
  lur_buffer_text(&sql, ", status TEXT NOT NULL, solved INTEGER NOT NULL) STRICT");
  int code = sql.failed ? lur_fail_memory(e) : lur_sql_exec(db, path, sql.data, e);
  lur_buffer_free(&sql);
  return code;
}

static int insert_facts(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_error *e) {
  const struct lur_sweep_facts *f = &plan->facts;
  const char *text[] = {f->hash,      f->name,     f->script_path, f->script,     f->experiment, f->axes,
                        f->overrides, f->versions, f->host,        f->git_commit, f->shard};
  enum { N_TEXTS = sizeof text / sizeof *text };
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(db, path,
                             "INSERT INTO sweep VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,strftime('%Y-%m-%dT%H:%M:%SZ'),"
                             "strftime('%Y-%m-%dT%H:%M:%SZ'),NULL)",
                             &s, e);
  if (code)
    return code;
  for (int i = 0; i < N_TEXTS; i++)
    lur_sql_bind_text(s, i + 1, text[i]);
  sqlite3_bind_int64(s, N_TEXTS + 1, (int64_t)f->n_runs);
  sqlite3_bind_int64(s, N_TEXTS + 2, (int64_t)plan->keep_best);
  lur_sql_bind_text(s, N_TEXTS + 3, plan->keep_by);
  sqlite3_bind_int(s, N_TEXTS + 4, plan->keep_high);
  code = lur_sql_step_done(db, path, s, e);
  sqlite3_finalize(s);
  return code;
}

static int fill(sqlite3 *db, const char *path, const struct lur_store_plan *plan, struct lur_error *e) {
  char header[128], pages[128];
  /* Where many rows will come, larger pages: fewer of them, in flatter trees. */
  snprintf(pages, sizeof pages, "PRAGMA page_size=%d; PRAGMA synchronous=OFF; PRAGMA journal_mode=MEMORY; BEGIN",
           plan->facts.n_runs > MANY_RUNS ? 32768 : 8192);
  snprintf(header, sizeof header, "PRAGMA application_id=%d; PRAGMA user_version=%d", LUR_STORE_APPLICATION_ID,
           LUR_STORE_VERSION);
  int code = lur_sql_exec(db, path, pages, e);
  if (!code)
    code = lur_sql_exec(db, path, header, e);
  if (!code)
    code = lur_sql_exec(db, path, tables, e);
  if (!code)
    code = lur_sql_exec(db, path, lur_data_table, e);
  if (!code)
    code = lur_sql_exec(db, path, lur_read_files_table, e);
  if (!code)
    code = lur_schema_create_runs(db, path, plan, e);
  if (!code) {
    sqlite3_stmt *s = NULL;
    code = lur_sql_prepare(db, path, "INSERT INTO columns VALUES(?,?,?,?,?)", &s, e);
    for (int i = 0; i < plan->n_columns && !code; i++) {
      sqlite3_bind_int(s, 1, i + 1);
      lur_sql_bind_text(s, 2, plan->column[i].name);
      lur_sql_bind_text(s, 3, role_names[plan->column[i].role]);
      lur_sql_bind_text(s, 4, type_names[plan->column[i].type]);
      lur_sql_bind_text(s, 5, plan->column[i].role == LUR_COLUMN_AXIS ? NULL : better_names[plan->column[i].high]);
      code = lur_sql_step_done(db, path, s, e);
    }
    sqlite3_finalize(s);
  }
  if (!code)
    code = insert_facts(db, path, plan, e);
  if (!code)
    code = lur_data_write(db, path, plan->facts.part, plan->facts.n_parts, e);
  if (!code)
    code = lur_functions_write(db, path, plan->facts.entries, e);
  return code ? code : lur_sql_exec(db, path, "COMMIT", e);
}

static int describe(sqlite3 *db, const char *path, struct lur_draft *out, struct lur_error *e) {
  sqlite3_stmt *q = NULL;
  int reserved = -1;
  int code = lur_sql_prepare(db, path,
                             "SELECT rootpage, page_size, page_count, auto_vacuum FROM sqlite_master, pragma_page_size,"
                             " pragma_page_count, pragma_auto_vacuum WHERE name = 'runs'",
                             &q, e);
  if (code)
    return code;
  const int rc = sqlite3_step(q);
  sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &reserved);
  *out = (struct lur_draft){.root = (size_t)sqlite3_column_int64(q, 0),
                            .page_bytes = (size_t)sqlite3_column_int64(q, 1),
                            .n_pages = (size_t)sqlite3_column_int64(q, 2),
                            .is_plain = reserved == 0 && sqlite3_column_int64(q, 3) == 0};
  code = rc == SQLITE_ROW ? LUR_OK : lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(q);
  return code;
}

/* SQLite compares names without case; run, status and solved are ours. */
static int check_names(const struct lur_store_plan *plan, struct lur_error *e) {
  static const char *const ours[] = {"run", "status", "solved"};
  if (plan->n_columns > LUR_STORE_MAX_COLUMNS)
    return lur_fail(e, LUR_EINPUT, "sweep", "%d axes and metrics; at most %d", plan->n_columns, LUR_STORE_MAX_COLUMNS);
  for (int i = 0; i < plan->n_columns; i++) {
    const char *name = plan->column[i].name;
    for (int j = 0; j < 3; j++)
      if (strcasecmp(name, ours[j]) == 0)
        return lur_fail(e, LUR_EINPUT, name, "the results have a column of that name; choose another");
    for (int j = 0; j < i; j++)
      if (strcasecmp(name, plan->column[j].name) == 0)
        return lur_fail(e, LUR_EINPUT, name, "the results have a column of that name; choose another");
  }
  return LUR_OK;
}

/* What SQLite would take and no reader give back: a million values written out are 20 MB. */
static int check_texts(const struct lur_store_plan *plan, struct lur_error *e) {
  const struct {
    const char *name, *text;
  } all[] = {{"script", plan->facts.script}, {"experiment", plan->facts.experiment}, {"axes", plan->facts.axes}};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    if (all[i].text && strlen(all[i].text) > LUR_STORE_MOST_TEXT)
      return lur_fail(e, LUR_EINPUT, "sweep", "the %s are %.3g MB of text, but a results file keeps at most %d",
                      all[i].name, (double)strlen(all[i].text) * 1e-6, LUR_STORE_MOST_TEXT / 1000000);
  return LUR_OK;
}

int lur_schema_draft(const char *draft, const char *path, const struct lur_store_plan *plan, struct lur_draft *out,
                     struct lur_error *e) {
  sqlite3 *db = NULL;
  int code = check_names(plan, e);
  if (!code)
    code = check_texts(plan, e);
  if (!code)
    code = lur_data_check(plan->facts.part, plan->facts.n_parts, e);
  if (code)
    return code;
  code = lur_file_make(draft, e);
  if (!code)
    code = lur_sql_open(draft, SQLITE_OPEN_READWRITE, &db, e);
  if (!code)
    code = fill(db, path, plan, e);
  if (!code)
    code = describe(db, path, out, e);
  sqlite3_close(db);
  if (code)
    unlink(draft);
  return code;
}

int lur_schema_end(sqlite3 *db, const char *path, bool complete, struct lur_error *e) {
  return lur_sql_exec(db, path,
                      complete ? "UPDATE sweep SET updated = max(started, strftime('%Y-%m-%dT%H:%M:%SZ')),"
                                 " finished = coalesce(finished, max(started, strftime('%Y-%m-%dT%H:%M:%SZ')))"
                               : "UPDATE sweep SET updated = max(started, strftime('%Y-%m-%dT%H:%M:%SZ'))",
                      e);
}

int lur_schema_done(sqlite3 *db, const char *path, struct lur_range **ranges, size_t *n, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  static const char done_sql[] = "SELECT first, last, (SELECT n_runs FROM sweep) FROM done ORDER BY first";
  size_t room = 0;
  int rc = SQLITE_DONE, code = lur_sql_prepare(db, path, done_sql, &s, e);
  *ranges = NULL;
  *n = 0;
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    int64_t first = sqlite3_column_int64(s, 0), last = sqlite3_column_int64(s, 1);
    code = lur_grow(ranges, &room, *n + 1, sizeof **ranges) ? LUR_OK : lur_fail_memory(e);
    /* A range as it must be: of the sweep, ascending, apart from the one before. Files may be damaged. */
    if (!code && !(first >= 1 && last >= first && last <= sqlite3_column_int64(s, 2) &&
                   (*n == 0 || (uint64_t)first > (*ranges)[*n - 1].last)))
      code = lur_sql_fail(db, SQLITE_CORRUPT, path, e);
    if (!code)
      (*ranges)[(*n)++] = (struct lur_range){(uint64_t)first, (uint64_t)last};
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(s);
  return code;
}

static int index_of(const char *const *names, int n, const unsigned char *text) {
  for (int i = 0; i < n && text; i++)
    if (strcmp(names[i], (const char *)text) == 0)
      return i;
  return -1;
}

/* Which way is better of a metric; files of before say it of none, and then the engine's own metrics are known. */
static bool read_high(const char *name, const unsigned char *better) {
  const int m = lur_metric_find(name);
  return better ? strcmp((const char *)better, better_names[true]) == 0 : m >= 0 && lur_metrics[m].high;
}

/* A column as `columns` tells it; false where the file is damaged. */
static bool read_column(sqlite3_stmt *s, struct lur_column *c) {
  const char *name = (const char *)sqlite3_column_text(s, 0);
  int role = index_of(role_names, N_ROLES, sqlite3_column_text(s, 1));
  int type = index_of(type_names, N_TYPES + 1, sqlite3_column_text(s, 2));
  if (!name || strlen(name) >= sizeof c->name || role < 0 || type < 0)
    return false;
  *c = (struct lur_column){.role = (enum lur_column_role)role,
                           .type = type > LUR_COLUMN_MIXED ? LUR_COLUMN_MIXED : (enum lur_column_type)type,
                           .high = role == LUR_COLUMN_METRIC && read_high(name, sqlite3_column_text(s, 3))};
  memcpy(c->name, name, strlen(name) + 1);
  return true;
}

/* Whether the table `runs` is that of these columns, by name and type; in version 1 a mixed column is ANY. */
static int check_runs(sqlite3 *db, const char *path, const struct lur_column *column, int n, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int rc = SQLITE_DONE, i = -1, code = lur_sql_prepare(db, path, "PRAGMA main.table_xinfo(runs)", &s, e);
  bool good = true;
  for (; !code && good && (rc = sqlite3_step(s)) == SQLITE_ROW; i++) {
    const char *name = (const char *)sqlite3_column_text(s, 1), *type = (const char *)sqlite3_column_text(s, 2);
    const bool of_ours = i >= 0 && i < n, mixed = of_ours && column[i].type == LUR_COLUMN_MIXED;
    const char *called = i < 0 ? "run" : of_ours ? column[i].name : i == n ? "status" : "solved";
    const char *wants = of_ours ? sql_types[column[i].type] : i == n ? "TEXT" : "INTEGER";
    good = name && type && strcmp(name, called) == 0 && i < n + 2 &&
           (strcmp(type, wants) == 0 || (mixed && strcmp(type, "ANY") == 0));
  }
  if (!code && good && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, path, e);
  else if (!code && (!good || i != n + 2))
    code = lur_sql_fail(db, SQLITE_CORRUPT, path, e);
  sqlite3_finalize(s);
  return code;
}

int lur_schema_columns(sqlite3 *db, const char *path, struct lur_column **columns, int *n, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int rc = SQLITE_DONE;
  const bool says =
      sqlite3_table_column_metadata(db, "main", "columns", "better", NULL, NULL, NULL, NULL, NULL) == SQLITE_OK;
  int code = lur_sql_prepare(db, path,
                             says ? "SELECT name, role, type, better FROM columns ORDER BY position"
                                  : "SELECT name, role, type, NULL FROM columns ORDER BY position",
                             &s, e);
  *n = 0;
  *columns = lur_alloc(LUR_STORE_MAX_COLUMNS, sizeof **columns);
  if (!code && !*columns)
    code = lur_fail_memory(e);
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    if (*n >= LUR_STORE_MAX_COLUMNS || !read_column(s, *columns + *n))
      code = lur_sql_fail(db, SQLITE_CORRUPT, path, e);
    ++*n;
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(s);
  return code ? code : check_runs(db, path, *columns, *n, e);
}

void lur_schema_names(const struct lur_column *column, int n_columns, struct lur_buffer *sql) {
  lur_buffer_text(sql, "run, ");
  for (int i = 0; i < n_columns; i++) {
    lur_sql_name(column[i].name, sql);
    lur_buffer_text(sql, ", ");
  }
  lur_buffer_text(sql, "status, solved");
}

bool lur_schema_same_columns(const struct lur_column *a, int n_a, const struct lur_column *b, int n_b) {
  for (int i = 0; i < n_a && n_a == n_b; i++)
    if (strcmp(a[i].name, b[i].name) != 0 || a[i].role != b[i].role)
      return false;
  return n_a == n_b;
}

int lur_schema_trim(sqlite3 *db, const char *path, size_t keep_best, const char *keep_by, bool high,
                    struct lur_error *e) {
  struct lur_buffer sql = {0};
  lur_buffer_text(&sql, "DELETE FROM runs WHERE run IN (SELECT run FROM runs ORDER BY ");
  lur_table_best_order(keep_by, high, &sql);
  lur_buffer_format(&sql, " LIMIT -1 OFFSET %zu);", keep_best);
  lur_buffer_text(&sql, "DELETE FROM messages WHERE run NOT IN (SELECT run FROM runs);");
  if (lur_sql_has_table(db, "main", "curves"))
    lur_buffer_text(&sql, "DELETE FROM curves WHERE run NOT IN (SELECT run FROM runs)");
  int code = sql.failed ? lur_fail_memory(e) : lur_sql_exec(db, path, sql.data, e);
  lur_buffer_free(&sql);
  return code;
}

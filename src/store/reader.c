/* SPDX-License-Identifier: MIT
 * Reading a results file, while it is written too. What a person types as SQL can only read `runs`: an authorizer
 * refuses everything else, limits bound what one value may grow to, and a progress handler ends it at its deadline.
 * The file may be damaged or made to harm: its schema is not trusted. One thread at a time. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#include "base/clock.h"
#include "base/memory.h"
#include "store/internal.h"
#include "sweep/field.h"

enum { DEFAULT_DEADLINE_MS = 60000, TICK_OPS = 2000 };

struct lur_table {
  char *path;
  sqlite3 *db;
  struct lur_table_facts facts;
  struct lur_column *column;
  struct lur_range *done;
  struct lur_data *data; /* NULL until it is asked for */
  sqlite3_stmt *sweep;   /* stands on its row: the facts' texts are borrowed from it */
  uint64_t deadline_ns;  /* 0: none */
  bool fenced;           /* a query of a person's is being compiled */
  bool late;
};

struct lur_query {
  struct lur_table *table;
  sqlite3_stmt *statement;
  int n_columns, deadline_ms;
  bool renews; /* its deadline is from row to row */
  struct lur_cell *cell;
};

static int fence(void *table, int action, const char *a, const char *b, const char *c, const char *d) {
  const struct lur_table *t = table;
  (void)c, (void)d;
  if (!t->fenced)
    return SQLITE_OK;
  if (action == SQLITE_SELECT)
    return SQLITE_OK;
  if (action == SQLITE_FUNCTION)
    return b && strcmp(b, "load_extension") != 0 ? SQLITE_OK : SQLITE_DENY;
  return action == SQLITE_READ && a && strcmp(a, "runs") == 0 ? SQLITE_OK : SQLITE_DENY;
}

static int tick(void *table) {
  struct lur_table *t = table;
  t->late = t->deadline_ns && lur_clock_ns() > t->deadline_ns;
  return t->late;
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
  int rc = code ? SQLITE_OK : sqlite3_exec(t->db, "SELECT 1 FROM sweep", NULL, NULL, NULL) & 0xff;
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
  sqlite3_db_config(t->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config(t->db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
  sqlite3_db_config(t->db, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config(t->db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
  sqlite3_db_config(t->db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
  sqlite3_limit(t->db, SQLITE_LIMIT_LENGTH, 256 << 20);
  sqlite3_limit(t->db, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 100);
  sqlite3_limit(t->db, SQLITE_LIMIT_EXPR_DEPTH, 200);
  sqlite3_set_authorizer(t->db, fence, t);
  sqlite3_progress_handler(t->db, TICK_OPS, tick, t);
  /* One transaction for as long as the table is open: all that is read of it is of one moment. */
  return lur_sql_exec(t->db, t->path, "PRAGMA query_only=1; PRAGMA cell_size_check=1; BEGIN", e);
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

static int read_facts(struct lur_table *t, struct lur_error *e) {
  int code = lur_schema_columns(t->db, t->path, &t->column, &t->facts.n_columns, e);
  if (!code)
    code = lur_schema_done(t->db, t->path, &t->done, &t->facts.n_done, e);
  if (!code)
    code = read_sweep(t, e);
  t->facts.column = t->column;
  t->facts.done = t->done;
  for (size_t i = 0; i < t->facts.n_done && !code; i++)
    t->facts.n_settled += t->done[i].last - t->done[i].first + 1;
  return code;
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
    code = protect(t, e);
  t->facts.version = kind == LUR_FILE_OLD ? 1 : LUR_STORE_VERSION;
  if (!code)
    code = read_facts(t, e);
  if (!code && lur_mixed_any(t->column, t->facts.n_columns))
    code = lur_mixed_register(t->db, t->path, e);
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
    sqlite3_busy_timeout(t->db, 0);
    if (!has_sides(t->db) && !is_locked(t->db) && protect(t, NULL) == LUR_OK && read_sweep(t, NULL) == LUR_OK)
      return t;
  }
  lur_table_free(t);
  return NULL;
}

static bool same_columns(const struct lur_table_facts *a, const struct lur_table_facts *b) {
  bool same = a->n_columns == b->n_columns;
  for (int i = 0; same && i < a->n_columns; i++)
    same = strcmp(a->column[i].name, b->column[i].name) == 0 && a->column[i].role == b->column[i].role;
  return same;
}

struct lur_table *lur_table_open_same(const char *path, const struct lur_table *as, struct lur_error *e) {
  struct lur_table *t = lur_table_open(path, e);
  if (!t || (strcmp(t->facts.sweep.hash, as->facts.sweep.hash) == 0 && same_columns(&t->facts, &as->facts)))
    return t;
  lur_fail(e, LUR_EIO, NULL, "%s: holds another sweep than %s", path, as->path);
  lur_table_free(t);
  return NULL;
}

void lur_table_free(struct lur_table *t) {
  if (!t)
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
    return lur_fail(e, LUR_EINPUT, name, "it cannot stand here");
  if (near)
    return lur_fail(e, LUR_EINPUT, name, "no such column; did you mean %s?", near);
  return lur_fail(e, LUR_EINPUT, name, "no such column in %s", t->path);
}

int lur_table_check_metric(const struct lur_table *t, const char *name, struct lur_error *e) {
  int at = lur_table_column(t, name);
  if (at < 0 && (strcmp(name, "solved") == 0 || strcmp(name, "run") == 0))
    return LUR_OK;
  if (at < 0 && strcmp(name, "status") != 0)
    return lur_column_unknown(t, name, e);
  if (at < 0 || t->column[at].type == LUR_COLUMN_TEXT)
    return lur_fail(e, LUR_EINPUT, name, "holds texts, and numbers are wanted");
  return LUR_OK;
}

bool lur_metric_is_high(const char *name) {
  return strstr(name, "accuracy") != NULL;
}

void lur_table_best_order(const char *metric, bool high, struct lur_buffer *sql) {
  lur_buffer_text(sql, "(status IN ('diverged', 'failed') OR ");
  lur_sql_name(metric, sql);
  lur_buffer_text(sql, " IS NULL), ");
  lur_sql_name(metric, sql);
  lur_buffer_text(sql, high ? " DESC, run" : ", run");
}

static bool is_of_name(char c) {
  return isalnum((unsigned char)c) || c == '_' || c == '.';
}

/* A person's expression, in which stop.error is stop_error; not so within quotes. */
static void add_expression(const struct lur_table *t, struct lur_buffer *sql, const char *text) {
  char word[64], quote = '\0';
  for (size_t n; *text; text += n) {
    for (n = 0; !quote && is_of_name(text[n]);)
      n++;
    snprintf(word, sizeof word, "%.*s", n < sizeof word ? (int)n : 0, text);
    const char *name = strchr(word, '.') ? lur_table_name(t, word) : word;
    if (name != word) {
      lur_sql_name(name, sql);
      continue;
    }
    if (n == 0 && (quote ? *text == quote : *text == '\'' || *text == '"'))
      quote = quote ? '\0' : *text;
    n = n ? n : 1;
    lur_buffer_add(sql, text, n);
  }
}

/* The line's end closes a comment in it. */
static void add_clause(const struct lur_table *t, struct lur_buffer *sql, const char *word, const char *expression) {
  if (!expression)
    return;
  lur_buffer_format(sql, " %s ", word);
  add_expression(t, sql, expression);
  lur_buffer_text(sql, "\n");
}

/* `runs` where the condition holds. */
static void add_source(const struct lur_table *t, const char *where, struct lur_buffer *sql) {
  struct lur_buffer condition = {0};
  if (where)
    add_expression(t, &condition, where);
  const char *text = where ? condition.data ? condition.data : "" : NULL;
  if (condition.failed)
    sql->failed = true;
  else if (lur_mixed_any(t->column, t->facts.n_columns))
    lur_mixed_from(t->column, t->facts.n_columns, text, sql);
  else
    lur_buffer_format(sql, text ? "runs WHERE (%s\n)" : "runs", text);
  lur_buffer_free(&condition);
}

static void write_select(const struct lur_table *t, const struct lur_ask *ask, struct lur_buffer *sql) {
  lur_buffer_text(sql, "SELECT ");
  if (ask->select)
    add_expression(t, sql, ask->select);
  else {
    lur_buffer_text(sql, "run");
    for (int i = 0; i < t->facts.n_columns; i++) {
      lur_buffer_text(sql, ", ");
      lur_sql_name(t->column[i].name, sql);
    }
    lur_buffer_text(sql, ", status");
  }
  lur_buffer_text(sql, " FROM ");
  add_source(t, ask->where, sql);
  add_clause(t, sql, "GROUP BY", ask->group);
  add_clause(t, sql, "ORDER BY", ask->order ? ask->order : ask->group ? NULL : "run");
  if (ask->limit)
    lur_buffer_format(sql, " LIMIT %llu", (unsigned long long)ask->limit);
}

/* A misspelt column gets its near miss. Newer SQLites say `"los" - should this be ...` of a name within quotes. */
static int fail_column(const struct lur_table *t, const char *text, struct lur_error *e) {
  char name[64];
  const char *end = text[0] == '"' ? strrchr(text, '"') : NULL;
  if (!end || end == text)
    return lur_column_unknown(t, text, e);
  snprintf(name, sizeof name, "%.*s", (int)(end - text - 1), text + 1);
  return lur_column_unknown(t, name, e);
}

/* SQLite's words about a person's expression. */
static int fail_expression(struct lur_table *t, struct lur_error *e) {
  static const char unknown[] = "no such column: ";
  const char *text = sqlite3_errmsg(t->db);
  if (strncmp(text, unknown, sizeof unknown - 1) == 0)
    return fail_column(t, text + sizeof unknown - 1, e);
  if (sqlite3_errcode(t->db) == SQLITE_AUTH)
    return lur_fail(e, LUR_EINPUT, NULL, "only the table runs may be read (%s)", text);
  return lur_fail(e, LUR_EINPUT, NULL, "%s", text);
}

static int compile(struct lur_table *t, const char *sql, sqlite3_stmt **out, struct lur_error *e) {
  t->fenced = true;
  int code = lur_sql_prepare(t->db, t->path, sql, out, e);
  t->fenced = false;
  if (!code || *out)
    return code;
  int rc = sqlite3_errcode(t->db) & 0xff;
  return rc == SQLITE_ERROR || rc == SQLITE_AUTH ? fail_expression(t, e) : code;
}

/* What a person's condition is when it stands within more SQL, it must be by itself. */
static int check_condition(struct lur_table *t, const char *where, struct lur_error *e) {
  struct lur_buffer condition = {0}, sql = {0};
  sqlite3_stmt *s = NULL;
  add_expression(t, &condition, where);
  lur_mixed_condition(t->column, t->facts.n_columns, condition.data ? condition.data : "", &sql);
  int code = condition.failed || sql.failed ? lur_fail_memory(e) : compile(t, sql.data, &s, e);
  sqlite3_finalize(s);
  lur_buffer_free(&condition);
  lur_buffer_free(&sql);
  return code;
}

static void set_deadline(struct lur_query *q) {
  q->table->deadline_ns = q->deadline_ms < 0 ? 0 : lur_clock_ns() + (uint64_t)q->deadline_ms * 1000000;
}

struct lur_query *lur_query_new(struct lur_table *t, const struct lur_ask *ask, struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = lur_alloc(1, sizeof *q);
  write_select(t, ask, &sql);
  int code = !q || sql.failed ? lur_fail_memory(e) : LUR_OK;
  if (!code && ask->where && lur_mixed_any(t->column, t->facts.n_columns))
    code = check_condition(t, ask->where, e);
  if (!code)
    code = compile(t, sql.data, &q->statement, e);
  lur_buffer_free(&sql);
  if (!code) {
    q->table = t;
    q->renews = ask->where && ask->deadline_ms < 0;
    int most_ms = q->renews ? ask->idle_ms : ask->deadline_ms;
    q->deadline_ms = most_ms ? most_ms : DEFAULT_DEADLINE_MS;
    q->n_columns = sqlite3_column_count(q->statement);
    q->cell = lur_alloc((size_t)q->n_columns, sizeof *q->cell);
    set_deadline(q);
    if (q->cell)
      return q;
    lur_fail_memory(e);
  }
  lur_query_free(q);
  return NULL;
}

int lur_query_n_columns(const struct lur_query *q) {
  return q->n_columns;
}

const char *lur_query_name(const struct lur_query *q, int column) {
  return sqlite3_column_name(q->statement, column);
}

int lur_query_next(struct lur_query *q, const struct lur_cell **cells, struct lur_error *e) {
  if (q->renews)
    set_deadline(q);
  int rc = sqlite3_step(q->statement);
  if (rc == SQLITE_DONE)
    return 0;
  if (rc == SQLITE_INTERRUPT && q->table->late)
    return -lur_fail(e, LUR_EIO, NULL, "%s: it took longer than %g s", q->table->path, q->deadline_ms / 1e3);
  if (rc != SQLITE_ROW)
    return -lur_sql_fail(q->table->db, rc, q->table->path, e);
  for (int i = 0; i < q->n_columns; i++)
    lur_sql_cell(q->statement, i, q->cell + i);
  *cells = q->cell;
  return 1;
}

void lur_query_free(struct lur_query *q) {
  if (!q)
    return;
  sqlite3_finalize(q->statement);
  free(q->cell);
  free(q);
}

sqlite3 *lur_table_db(struct lur_table *t) {
  t->deadline_ns = 0;
  return t->db;
}

int lur_table_pieces(struct lur_table *t, struct lur_pieces *out, struct lur_error *e) {
  t->deadline_ns = 0;
  if (!t->data && !(t->data = lur_data_open(t->db, t->path, e)))
    return e->code;
  *out = lur_data_pieces(t->data);
  return LUR_OK;
}

char *lur_table_message(struct lur_table *t, uint64_t run, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  char *text = NULL;
  t->deadline_ns = 0;
  if (lur_sql_prepare(t->db, t->path, "SELECT text FROM messages WHERE run = ?", &s, e))
    return NULL;
  sqlite3_bind_int64(s, 1, (int64_t)run);
  if (sqlite3_step(s) == SQLITE_ROW)
    text = lur_copy_text(text_at(s, 0));
  sqlite3_finalize(s);
  return text;
}

/* SPDX-License-Identifier: MIT
 * Rows of a results file by what a person types: expressions of SQL, which can only read `runs` (table.c fences them
 * in), and only until their deadline. One thread at a time. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "store/internal.h"

/* A function of SQL is one step, however long it takes: instr and replace look for each place of a text in another.
 * With texts of so many bytes it ends at once, and no column of `runs` holds a longer one. */
enum { DEFAULT_DEADLINE_MS = 60000, TICK_ROWS = 4096, MOST_VALUE_BYTES = 1 << 15 };

struct lur_query {
  struct lur_table *table;
  sqlite3_stmt *statement;
  int n_columns;
  uint64_t deadline_ns; /* after its start, or the row before; 0: none */
  bool renews;          /* its deadline is from row to row */
  bool asked;           /* it has a person's WHERE */
  struct lur_cell *cell;
  const struct lur_range *range; /* those that come after the one that is read */
  size_t n_ranges;
  struct lur_pages *pages; /* while rows come from there; then the statement goes on, from its run */
  uint64_t n_rows;
};

/* All rows, by run: whose rows may stand on pages as they are asked for. */
static bool is_whole(const struct lur_table *t, const struct lur_ask *ask) {
  return ask->select && !ask->curves && !strchr(ask->select, '(') && !ask->where && !ask->group && !ask->limit &&
         !ask->n_ranges && (!ask->order || strcmp(ask->order, "run") == 0) &&
         !lur_mixed_any(t->column, t->facts.n_columns);
}

/* A person's expression, in which stop.error is stop_error; not so within quotes. */
static void add_expression(const struct lur_table *t, struct lur_buffer *sql, const char *text) {
  char word[64], quote = '\0';
  for (size_t n; *text; text += n) {
    for (n = 0; !quote && (isalnum((unsigned char)text[n]) || text[n] == '_' || text[n] == '.');)
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

static void write_select(const struct lur_table *t, const struct lur_ask *ask, struct lur_buffer *sql) {
  lur_buffer_text(sql, ask->curves ? "SELECT * FROM curves WHERE run IN (SELECT " : "SELECT ");
  if (ask->curves)
    lur_buffer_text(sql, "run");
  else if (ask->select)
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
  /* `runs` where the condition holds. */
  struct lur_buffer condition = {0};
  if (ask->where)
    add_expression(t, &condition, ask->where);
  const char *where = condition.data ? condition.data : "", *text = ask->where      ? where
                                                                    : ask->n_ranges ? "run BETWEEN ?1 AND ?2"
                                                                                    : NULL;
  if (condition.failed)
    sql->failed = true;
  else if (lur_mixed_any(t->column, t->facts.n_columns))
    lur_mixed_from(t->column, t->facts.n_columns, text, sql);
  else if (is_whole(t, ask))
    lur_buffer_text(sql, "runs WHERE run >= ?1");
  else
    lur_buffer_format(sql, text ? "runs WHERE (%s\n)" : "runs", text);
  lur_buffer_free(&condition);
  if (ask->curves) {
    lur_buffer_text(sql, ") ORDER BY run, epoch");
    return;
  }
  add_clause(t, sql, "GROUP BY", ask->group);
  add_clause(t, sql, "ORDER BY", ask->order ? ask->order : ask->group ? NULL : "run");
  if (ask->limit)
    lur_buffer_format(sql, " LIMIT %llu", (unsigned long long)ask->limit);
}

/* What cannot be parsed. SQLite names the word it fell over, which is told if the person wrote it, and not luron. */
static int fail_syntax(const char *text, const char *given, struct lur_error *e) {
  char word[48] = "", at[64] = "";
  const char *quote = strchr(text, '"'), *end = quote ? strrchr(text, '"') : NULL;
  if (end > quote && end - quote <= (ptrdiff_t)sizeof word)
    snprintf(word, sizeof word, "%.*s", (int)(end - quote - 1), quote + 1);
  if (word[0] && strstr(given, word))
    snprintf(at, sizeof at, " near \"%s\"", word);
  if (*given && strlen(given) < sizeof e->field)
    return lur_fail(e, LUR_EINPUT, given, "is no SQL expression: syntax error%s", at);
  return lur_fail(e, LUR_EINPUT, NULL, "\"%.200s\" is no SQL expression: syntax error%s", given, at);
}

/* SQLite's words about a person's expression. */
static int fail_expression(struct lur_table *t, const char *given, struct lur_error *e) {
  static const char unknown[] = "no such column: ";
  const char *text = sqlite3_errmsg(t->db);
  if (given && (strstr(text, "syntax error") || strncmp(text, "incomplete", 10) == 0 || strstr(text, "token:")))
    return fail_syntax(text, given, e);
  if (strncmp(text, unknown, sizeof unknown - 1) == 0) {
    /* A misspelt column gets its near miss. Newer SQLites say `"los" - should this be ...` of a name within quotes. */
    char name[64];
    const char *column = text + sizeof unknown - 1, *end = column[0] == '"' ? strrchr(column, '"') : NULL;
    if (!end || end == column)
      return lur_column_unknown(t, column, e);
    snprintf(name, sizeof name, "%.*s", (int)(end - column - 1), column + 1);
    return lur_column_unknown(t, name, e);
  }
  if (sqlite3_errcode(t->db) == SQLITE_AUTH)
    return lur_fail(e, LUR_EINPUT, NULL, "only the table runs may be read (%s)", text);
  return lur_fail(e, LUR_EINPUT, NULL, "%s", text);
}

/* given: what a person typed of it. */
static int compile(struct lur_table *t, const char *sql, bool curves, const char *given, sqlite3_stmt **out,
                   struct lur_error *e) {
  t->fenced = true;
  t->curves = curves;
  int code = lur_sql_prepare(t->db, t->path, sql, out, e);
  t->fenced = false;
  if (!code || *out)
    return code;
  int rc = sqlite3_errcode(t->db) & 0xff;
  return rc == SQLITE_ERROR || rc == SQLITE_AUTH ? fail_expression(t, given, e) : code;
}

/* What a person's condition is when it stands within more SQL, it must be by itself. */
static int check_condition(struct lur_table *t, const char *where, struct lur_error *e) {
  struct lur_buffer condition = {0}, probe = {0};
  sqlite3_stmt *s = NULL;
  add_expression(t, &condition, where);
  lur_mixed_condition(t->column, t->facts.n_columns, condition.data ? condition.data : "", &probe);
  int code = condition.failed || probe.failed ? lur_fail_memory(e) : compile(t, probe.data, false, where, &s, e);
  sqlite3_finalize(s);
  lur_buffer_free(&condition);
  lur_buffer_free(&probe);
  return code;
}

static void set_deadline(struct lur_query *q) {
  q->table->deadline_ns = q->deadline_ns ? lur_clock_ns() + q->deadline_ns : 0;
}

/* A person's expression has theirs, or the default; luron's own statements have the table's. */
static uint64_t deadline_of(const struct lur_table *t, const struct lur_ask *ask) {
  const int ms = ask->deadline_ms < 0 ? ask->idle_ms : ask->deadline_ms;
  if (ask->deadline_ms < 0 && !ask->where)
    return lur_table_own_ns(t);
  return (uint64_t)(ms ? ms : DEFAULT_DEADLINE_MS) * 1000000;
}

static void next_range(struct lur_query *q) {
  sqlite3_reset(q->statement);
  sqlite3_bind_int64(q->statement, 1, (int64_t)q->range->first);
  sqlite3_bind_int64(q->statement, 2, (int64_t)q->range->last);
  q->range++;
  q->n_ranges--;
}

void lur_query_again(struct lur_query *q, const struct lur_range *range, size_t n_ranges) {
  q->range = range;
  q->n_ranges = n_ranges;
  next_range(q);
}

/* What a person counts is counted with luron's own limit of steps first: if the pages are linked to more rows than the
 * file has bytes for, this ends long before the deadline does. */
static int check_countable(struct lur_table *t, const struct lur_ask *ask, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  if (!ask->where || !strcasestr(ask->where, "count"))
    return LUR_OK;
  lur_table_start_own(t);
  int code = lur_sql_prepare(t->db, t->path, "SELECT count(run) FROM runs", &s, e);
  if (!code)
    code = lur_sql_step_done(t->db, t->path, s, e);
  sqlite3_finalize(s);
  return code;
}

struct lur_query *lur_query_new(struct lur_table *t, const struct lur_ask *ask, struct lur_error *e) {
  struct lur_buffer sql = {0};
  struct lur_query *q = lur_alloc(1, sizeof *q);
  write_select(t, ask, &sql);
  int code = !q || sql.failed ? lur_fail_memory(e) : LUR_OK;
  const bool mixed = lur_mixed_any(t->column, t->facts.n_columns);
  const char *given = ask->given ? ask->given : ask->order ? ask->order : ask->select ? ask->select : ask->where;
  if (!code && ask->curves && !lur_sql_has_table(t->db, "main", "curves"))
    code = lur_fail(e, LUR_EINPUT, NULL, "%s has no loss curves; a sweep keeps them with curve = 100, say", t->path);
  if (!code)
    code = check_countable(t, ask, e);
  if (!code && ask->where && mixed)
    code = check_condition(t, ask->where, e);
  if (!code && (code = compile(t, sql.data, ask->curves, given, &q->statement, e)) == LUR_EINPUT && ask->where &&
      !mixed)
    check_condition(t, ask->where, e); /* if it is at fault, e says so of it */
  lur_buffer_free(&sql);
  if (!code) {
    q->table = t;
    q->renews = ask->deadline_ms < 0;
    q->deadline_ns = deadline_of(t, ask);
    lur_table_start_own(t);
    if ((q->asked = ask->where != NULL))
      t->ticks_left = UINT64_MAX;
    q->n_columns = sqlite3_column_count(q->statement);
    q->cell = lur_alloc((size_t)q->n_columns, sizeof *q->cell);
    set_deadline(q);
    if (ask->n_ranges)
      lur_query_again(q, ask->range, ask->n_ranges);
    if (q->cell && is_whole(t, ask)) {
      sqlite3_bind_int64(q->statement, 1, INT64_MIN);
      q->pages = lur_pages_open(t->db, ask->select, q->n_columns, q->cell);
    }
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

static int fail_late(const struct lur_query *q, struct lur_error *e) {
  return -lur_fail(e, LUR_EIO, NULL, "%s: it took longer than %g s", q->table->path, (double)q->deadline_ns / 1e9);
}

int lur_query_next(struct lur_query *q, const struct lur_cell **cells, struct lur_error *e) {
  if (q->pages) {
    int got = lur_pages_next(q->pages, q->cell);
    *cells = q->cell;
    if (got >= 0)
      return ++q->n_rows % TICK_ROWS == 0 && !q->renews && lur_table_is_late(q->table) ? fail_late(q, e) : got;
    sqlite3_bind_int64(q->statement, 1, lur_pages_after(q->pages));
    lur_pages_free(q->pages);
    q->pages = NULL;
  }
  if (q->renews)
    set_deadline(q);
  const int most = sqlite3_limit(q->table->db, SQLITE_LIMIT_LENGTH, q->asked ? MOST_VALUE_BYTES : -1);
  int rc = sqlite3_step(q->statement);
  for (; rc == SQLITE_DONE && q->n_ranges; rc = sqlite3_step(q->statement))
    next_range(q);
  sqlite3_limit(q->table->db, SQLITE_LIMIT_LENGTH, most);
  if (rc == SQLITE_DONE)
    return 0;
  if (rc == SQLITE_INTERRUPT && q->table->late && q->table->ticks_left)
    return fail_late(q, e);
  if (rc == SQLITE_TOOBIG)
    return -lur_fail(e, LUR_EIO, NULL, "%s: a value would have more than %d bytes", q->table->path, MOST_VALUE_BYTES);
  if (rc != SQLITE_ROW || q->n_rows++ >= q->table->most_rows)
    return -lur_sql_fail(q->table->db, rc == SQLITE_ROW ? SQLITE_CORRUPT : rc, q->table->path, e);
  for (int i = 0; i < q->n_columns; i++)
    lur_sql_cell(q->statement, i, q->cell + i);
  *cells = q->cell;
  return 1;
}

void lur_query_free(struct lur_query *q) {
  if (!q)
    return;
  sqlite3_finalize(q->statement);
  lur_pages_free(q->pages);
  free(q->cell);
  free(q);
}

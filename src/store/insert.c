/* SPDX-License-Identifier: MIT
 * The statements of a writing session, prepared once: rows (a batch a statement), messages, curves and the ranges that
 * settle them.
 *
 * Ranges are joined in memory while they touch and merged into `done` at commit, so that a whole sweep ends as one.
 * Where only the best rows are kept, rows worse than the worst kept one are not written, and each commit trims the
 * table; which rows remain does not depend on the order in which they came. Used by one thread at a time. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "engine/engine.h"
#include "store/internal.h"

struct lur_inserter {
  sqlite3 *db;
  const char *path;
  struct lur_watch *watch;
  int n_columns;
  struct lur_rows_table batch;
  struct lur_stage *stage; /* NULL: all goes by batch */
  sqlite3_stmt *rows, *message, *curve, *done_left, *done_right, *done_remove, *done_put, *worst;
  struct lur_range *pending;
  size_t n_pending, room;
  int keep_column; /* -1: every row is kept */
  size_t keep_best;
  char keep_by[64];
  bool keep_high, has_worst, validates; /* the last: the table of curves has losses of a validation set */
  double worst_value;
};

static int prepare_buffer(struct lur_inserter *in, struct lur_buffer *sql, sqlite3_stmt **out, struct lur_error *e) {
  int code = sql->failed ? lur_fail_memory(e) : lur_sql_prepare(in->db, in->path, sql->data, out, e);
  lur_buffer_free(sql);
  return code;
}

static int prepare_rows(struct lur_inserter *in, const struct lur_store_plan *plan, struct lur_error *e) {
  struct lur_buffer sql = {0};
  int code = lur_rows_table_register(in->db, in->path, &in->batch, plan->n_columns, e);
  if (code)
    return code;
  lur_buffer_text(&sql, "INSERT INTO runs(");
  lur_schema_names(plan->column, plan->n_columns, &sql);
  lur_buffer_text(&sql, ") SELECT * FROM batch");
  return prepare_buffer(in, &sql, &in->rows, e);
}

static int find_column(const struct lur_store_plan *plan, const char *name) {
  for (int i = 0; i < plan->n_columns; i++)
    if (strcmp(plan->column[i].name, name) == 0)
      return i;
  return -1;
}

static int prepare_keep(struct lur_inserter *in, const struct lur_store_plan *plan, struct lur_error *e) {
  struct lur_buffer worst = {0};
  in->keep_column = find_column(plan, plan->keep_by);
  if (in->keep_column < 0)
    return lur_fail(e, LUR_EINPUT, "keep", "by: the results have no column %s", plan->keep_by);
  in->keep_best = plan->keep_best;
  memcpy(in->keep_by, plan->column[in->keep_column].name, sizeof in->keep_by);
  in->keep_high = plan->keep_high;
  lur_buffer_text(&worst, "SELECT CASE WHEN status IN ('diverged', 'failed') THEN NULL ELSE ");
  lur_sql_name(plan->keep_by, &worst);
  lur_buffer_text(&worst, " END FROM runs ORDER BY ");
  lur_table_best_order(plan->keep_by, plan->keep_high, &worst);
  lur_buffer_format(&worst, " LIMIT 1 OFFSET %zu", plan->keep_best - 1);
  return prepare_buffer(in, &worst, &in->worst, e);
}

/* Whether the row may be among the best: it is not known to be worse than all that are kept. */
static bool is_wanted(void *inserter, const struct lur_rows *rows, size_t i) {
  const struct lur_inserter *in = inserter;
  if (in->keep_column < 0 || !in->has_worst)
    return true;
  if (rows->status[i] == LUR_DIVERGED || rows->status[i] == LUR_FAILED)
    return false;
  const struct lur_cell *c = rows->cell + i * (size_t)in->n_columns + in->keep_column;
  double value = c->kind == LUR_CELL_REAL ? c->as.real : c->kind == LUR_CELL_INTEGER ? (double)c->as.integer : NAN;
  return in->keep_high ? value >= in->worst_value : value <= in->worst_value;
}

struct lur_inserter *lur_inserter_new(struct lur_watch *watch, const struct lur_store_plan *plan, struct lur_error *e) {
  struct lur_inserter *in = lur_alloc(1, sizeof *in);
  if (!in) {
    lur_fail_memory(e);
    return NULL;
  }
  *in = (struct lur_inserter){
      .db = watch->db, .path = watch->path, .watch = watch, .n_columns = plan->n_columns, .keep_column = -1};
  in->batch = (struct lur_rows_table){.wants = plan->keep_best ? is_wanted : NULL, .context = in};
  for (int i = 0; i < plan->n_columns; i++)
    in->batch.mixed[i] = plan->column[i].type == LUR_COLUMN_MIXED;
  int code = prepare_rows(in, plan, e);
  if (!code)
    code = lur_stage_new(in->db, in->path, plan, &in->stage, e);
  if (!code) {
    static const char *const sql[] = {
        "SELECT first FROM done WHERE first <= ?1 AND last = ?1 - 1 ORDER BY first DESC LIMIT 1",
        "SELECT last FROM done WHERE first = ?1 + 1", "DELETE FROM done WHERE first = ?1 + 1",
        "INSERT OR REPLACE INTO done VALUES(?1, ?2)", "INSERT INTO messages VALUES(?1, ?2)"};
    sqlite3_stmt **const statement[] = {&in->done_left, &in->done_right, &in->done_remove, &in->done_put, &in->message};
    for (size_t i = 0; i < sizeof sql / sizeof *sql && !code; i++)
      code = lur_sql_prepare(in->db, in->path, sql[i], statement[i], e);
  }
  if (!code && plan->keep_best)
    code = prepare_keep(in, plan, e);
  if (!code)
    return in;
  lur_inserter_free(in);
  return NULL;
}

void lur_inserter_free(struct lur_inserter *in) {
  if (!in)
    return;
  sqlite3_stmt *all[] = {in->rows,       in->message,     in->curve,    in->done_left,
                         in->done_right, in->done_remove, in->done_put, in->worst};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++)
    sqlite3_finalize(all[i]);
  lur_stage_free(in->stage);
  free(in->pending);
  free(in);
}

int lur_inserter_begin(struct lur_inserter *in, struct lur_error *e) {
  in->n_pending = 0;
  int code = in->stage ? lur_stage_begin(in->stage, e) : LUR_OK;
  return code ? code : lur_sql_exec(in->db, in->path, "BEGIN", e);
}

void lur_inserter_rollback(struct lur_inserter *in, struct lur_error *e) {
  struct lur_error why = {0};
  if (!in->watch->is_spoiled && lur_watch_check(in->watch, &why))
    *e = why;
  if (!sqlite3_get_autocommit(in->db))
    sqlite3_exec(in->db, "ROLLBACK", NULL, NULL, NULL);
  if (in->stage)
    lur_stage_end(in->stage, NULL);
}

/* The table may be there without losses of a validation set, where no row before had any. */
static int prepare_curve(struct lur_inserter *in, bool validation, struct lur_error *e) {
  int code = lur_sql_exec(in->db, in->path, lur_curves_table(validation), e);
  in->validates = lur_sql_has_column(in->db, "main", "curves", "validation_loss");
  if (!code && validation && !in->validates) {
    code = lur_sql_exec(in->db, in->path, "ALTER TABLE curves ADD COLUMN validation_loss REAL", e);
    in->validates = true;
  }
  sqlite3_finalize(in->curve);
  in->curve = NULL;
  const char *const insert = in->validates ? "INSERT INTO curves VALUES(?,?,?,?)" : "INSERT INTO curves VALUES(?,?,?)";
  return code ? code : lur_sql_prepare(in->db, in->path, insert, &in->curve, e);
}

static void bind_loss(sqlite3_stmt *s, int at, double loss) {
  if (isnan(loss))
    sqlite3_bind_null(s, at);
  else
    sqlite3_bind_double(s, at, loss + 0.0);
}

static int add_curve(struct lur_inserter *in, const struct lur_rows *rows, size_t i, struct lur_error *e) {
  const double *curve = rows->curve + i * (size_t)rows->n_curve;
  const double *validation = rows->validation_curve ? rows->validation_curve + i * (size_t)rows->n_curve : NULL;
  const uint64_t *epoch = rows->curve_epoch + i * (size_t)rows->n_curve;
  int code = in->curve && (in->validates || !validation) ? LUR_OK : prepare_curve(in, validation != NULL, e);
  for (int p = 0; p < rows->n_curve && !code; p++) {
    if (isnan(curve[p]) && (!validation || isnan(validation[p])))
      continue;
    sqlite3_bind_int64(in->curve, 1, (int64_t)rows->run[i]);
    sqlite3_bind_int64(in->curve, 2, (int64_t)epoch[p]);
    bind_loss(in->curve, 3, curve[p]);
    if (in->validates)
      bind_loss(in->curve, 4, validation ? validation[p] : (double)NAN);
    code = lur_sql_step_done(in->db, in->path, in->curve, e);
  }
  return code;
}

bool lur_rows_say_more(const struct lur_rows *rows) {
  bool more = rows->curve != NULL;
  for (size_t i = 0; rows->message && i < rows->n && !more; i++)
    more = rows->message[i] != NULL;
  return more;
}

int lur_ranges_add(struct lur_range **range, size_t *n, size_t *room, struct lur_range r, struct lur_error *e) {
  if (*n && (*range)[*n - 1].last + 1 == r.first) {
    (*range)[*n - 1].last = r.last;
    return LUR_OK;
  }
  if (!lur_grow(range, room, *n + 1, sizeof **range))
    return lur_fail_memory(e);
  (*range)[(*n)++] = r;
  return LUR_OK;
}

const struct lur_leaves *lur_inserter_leaves(const struct lur_inserter *in) {
  return in->stage && in->keep_column < 0 ? lur_stage_leaves(in->stage) : NULL;
}

static int add_rows(struct lur_inserter *in, const struct lur_rows *rows, struct lur_error *e) {
  int code = LUR_OK;
  in->batch.rows = rows;
  if (rows->n == 0 || (in->stage && (lur_stage_add(in->stage, &in->batch, &code, e) || code)))
    return code;
  return lur_sql_step_done(in->db, in->path, in->rows, e);
}

int lur_inserter_add(struct lur_inserter *in, const struct lur_rows *rows, struct lur_leaves *leaves,
                     struct lur_error *e) {
  int code = LUR_OK;
  if (leaves)
    lur_stage_give(in->stage, leaves);
  else
    code = add_rows(in, rows, e);
  if (!code)
    code = lur_read_files_insert(in->db, in->path, rows, e);
  if (!code && rows->taken)
    code = lur_taken_insert(in->db, in->path, rows, e);
  for (size_t i = 0; (rows->message || rows->curve) && i < rows->n && !code; i++)
    if (is_wanted(in, rows, i)) {
      /* What few rows have: messages and curves. */
      if (rows->message && rows->message[i]) {
        sqlite3_bind_int64(in->message, 1, (int64_t)rows->run[i]);
        lur_sql_bind_text(in->message, 2, rows->message[i]);
        code = lur_sql_step_done(in->db, in->path, in->message, e);
      }
      code = !code && rows->curve ? add_curve(in, rows, i, e) : code;
    }
  if (code)
    return code;
  return lur_ranges_add(&in->pending, &in->n_pending, &in->room, (struct lur_range){rows->first, rows->last}, e);
}

/* The number that a SELECT over one bound number gives, or `otherwise`. */
static int ask_number(struct lur_inserter *in, sqlite3_stmt *s, uint64_t bound, uint64_t otherwise, uint64_t *out,
                      struct lur_error *e) {
  sqlite3_bind_int64(s, 1, (int64_t)bound);
  int rc = sqlite3_step(s);
  *out = rc == SQLITE_ROW ? (uint64_t)sqlite3_column_int64(s, 0) : otherwise;
  int code = rc == SQLITE_ROW || rc == SQLITE_DONE ? LUR_OK : lur_sql_fail(in->db, rc, in->path, e);
  sqlite3_reset(s);
  return code;
}

static int settle(struct lur_inserter *in, struct lur_range r, struct lur_error *e) {
  uint64_t first, last;
  int code = ask_number(in, in->done_left, r.first, r.first, &first, e);
  if (!code)
    code = ask_number(in, in->done_right, r.last, r.last, &last, e);
  if (code)
    return code;
  sqlite3_bind_int64(in->done_remove, 1, (int64_t)r.last);
  code = lur_sql_step_done(in->db, in->path, in->done_remove, e);
  if (code)
    return code;
  sqlite3_bind_int64(in->done_put, 1, (int64_t)first);
  sqlite3_bind_int64(in->done_put, 2, (int64_t)last);
  return lur_sql_step_done(in->db, in->path, in->done_put, e);
}

static int trim(struct lur_inserter *in, struct lur_error *e) {
  int code = lur_schema_trim(in->db, in->path, in->keep_best, in->keep_by, in->keep_high, e);
  if (code)
    return code;
  int rc = sqlite3_step(in->worst);
  in->has_worst = rc == SQLITE_ROW && sqlite3_column_type(in->worst, 0) != SQLITE_NULL;
  in->worst_value = in->has_worst ? sqlite3_column_double(in->worst, 0) : 0;
  code = rc == SQLITE_ROW || rc == SQLITE_DONE ? LUR_OK : lur_sql_fail(in->db, rc, in->path, e);
  sqlite3_reset(in->worst);
  return code;
}

int lur_inserter_commit(struct lur_inserter *in, struct lur_error *e) {
  int code = lur_watch_check(in->watch, e);
  if (!code && in->stage)
    code = lur_stage_flush(in->stage, e);
  if (!code && in->keep_column >= 0)
    code = trim(in, e);
  for (size_t i = 0; i < in->n_pending && !code; i++)
    code = settle(in, in->pending[i], e);
  if (!code)
    code = lur_sql_exec(in->db, in->path, "COMMIT", e);
  if (!code)
    code = lur_watch_committed(in->watch, e);
  return !code && in->stage ? lur_stage_end(in->stage, e) : code;
}

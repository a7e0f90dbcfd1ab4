/* SPDX-License-Identifier: MIT
 * The loss curves that a file keeps: of all runs, point by point, in the order of runs and epochs, as the table is
 * stored; or of one. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "store/internal.h"

struct lur_points {
  struct lur_table *table;
  sqlite3_stmt *statement;
};

static double number_at(sqlite3_stmt *s, int i) {
  return sqlite3_column_type(s, i) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(s, i);
}

int lur_table_curves(struct lur_table *t) {
  if (!lur_sql_has_table(lur_table_db(t), "main", "curves"))
    return 0;
  return lur_sql_has_column(lur_table_db(t), "main", "curves", "validation_loss") ? 2 : 1;
}

struct lur_points *lur_points_new(struct lur_table *t, bool validation, struct lur_error *e) {
  const char *sql = validation ? "SELECT run, epoch, validation_loss FROM curves ORDER BY run, epoch"
                               : "SELECT run, epoch, loss FROM curves ORDER BY run, epoch";
  struct lur_points *p = lur_alloc(1, sizeof *p);
  if (!p) {
    lur_fail_memory(e);
    return NULL;
  }
  p->table = t;
  if (lur_sql_prepare(lur_table_db(t), lur_table_path(t), sql, &p->statement, e)) {
    lur_points_free(p);
    return NULL;
  }
  return p;
}

int lur_points_next(struct lur_points *p, struct lur_curve_point *out, struct lur_error *e) {
  int rc = sqlite3_step(p->statement);
  if (rc == SQLITE_DONE)
    return 0;
  if (rc != SQLITE_ROW)
    return -lur_sql_fail(lur_table_db(p->table), rc, lur_table_path(p->table), e);
  out->run = (uint64_t)sqlite3_column_int64(p->statement, 0);
  out->epoch = (uint64_t)sqlite3_column_int64(p->statement, 1);
  out->loss = number_at(p->statement, 2);
  return 1;
}

void lur_points_free(struct lur_points *p) {
  if (!p)
    return;
  sqlite3_finalize(p->statement);
  free(p);
}

/* ---- Of one run ---- */
int lur_table_curve_length(struct lur_table *t, uint64_t run, size_t *n, struct lur_error *e) {
  sqlite3 *db = lur_table_db(t);
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(db, lur_table_path(t), "SELECT count(*) FROM curves WHERE run = ?", &s, e);
  if (!code)
    sqlite3_bind_int64(s, 1, (int64_t)run);
  int rc = code ? SQLITE_DONE : sqlite3_step(s);
  *n = rc == SQLITE_ROW ? (size_t)sqlite3_column_int64(s, 0) : 0;
  if (!code && rc != SQLITE_ROW)
    code = lur_sql_fail(db, rc, lur_table_path(t), e);
  sqlite3_finalize(s);
  return code;
}

int lur_table_curve(struct lur_table *t, uint64_t run, struct lur_curve_points *out, struct lur_error *e) {
  static const char *const sql[] = {NULL, "SELECT epoch, loss, NULL FROM curves WHERE run = ? ORDER BY epoch",
                                    "SELECT epoch, loss, validation_loss FROM curves WHERE run = ? ORDER BY epoch"};
  sqlite3 *db = lur_table_db(t);
  sqlite3_stmt *s = NULL;
  int rc = SQLITE_DONE, kept = lur_table_curves(t);
  out->n = 0;
  out->validates = kept > 1;
  if (!kept)
    return LUR_OK;
  int code = lur_sql_prepare(db, lur_table_path(t), sql[kept], &s, e);
  if (!code)
    sqlite3_bind_int64(s, 1, (int64_t)run);
  while (!code && out->n < out->room && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    out->epoch[out->n] = (uint64_t)sqlite3_column_int64(s, 0);
    out->loss[out->n] = number_at(s, 1);
    out->validation[out->n++] = number_at(s, 2);
  }
  if (!code && rc != SQLITE_DONE && rc != SQLITE_ROW)
    code = lur_sql_fail(db, rc, lur_table_path(t), e);
  sqlite3_finalize(s);
  return code;
}

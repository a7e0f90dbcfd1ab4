/* SPDX-License-Identifier: MIT
 * The loss curves that a file keeps, point by point, in the order of runs and epochs, as the table is stored. */
#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "store/internal.h"

struct lur_points {
  struct lur_table *table;
  sqlite3_stmt *statement;
};

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
  out->loss =
      sqlite3_column_type(p->statement, 2) == SQLITE_NULL ? (double)NAN : sqlite3_column_double(p->statement, 2);
  return 1;
}

void lur_points_free(struct lur_points *p) {
  if (!p)
    return;
  sqlite3_finalize(p->statement);
  free(p);
}

/* SPDX-License-Identifier: MIT
 * Failed runs: why they failed, and which numbers are to be computed again. */
#include <stdlib.h>

#include "base/memory.h"
#include "store/internal.h"

/* ---- Why ---- */
enum { RUNS, CELLS, OLD_CELLS, N_FORMS }; /* OLD_CELLS: without failed_rate */

static const char *const count_sql[] = {
    "SELECT count(*), sum(status = 'failed') FROM runs",
    "SELECT sum(n_seeds), sum(CAST(round(failed_rate * n_seeds) AS INTEGER)) FROM runs",
    "SELECT count(*), (SELECT count(*) FROM messages) FROM runs"};
static const char *const reasons_sql[] = {
    "SELECT m.text, count(*), min(m.run) FROM messages m CROSS JOIN runs r ON r.run = m.run"
    " WHERE r.status = 'failed' GROUP BY 1 ORDER BY 2 DESC, 3",
    "SELECT m.text, sum(CAST(round(r.failed_rate * r.n_seeds) AS INTEGER)), min(m.run) FROM messages m"
    " CROSS JOIN runs r ON r.run = m.run WHERE r.failed_rate > 0 GROUP BY 1 ORDER BY 2 DESC, 3",
    "SELECT text, count(*), min(run) FROM messages GROUP BY 1 ORDER BY 2 DESC, 3"};
_Static_assert(sizeof count_sql / sizeof *count_sql == N_FORMS, "SQL of each form");
_Static_assert(sizeof reasons_sql / sizeof *reasons_sql == N_FORMS, "SQL of each form");

static int take_reason(sqlite3_stmt *s, struct lur_failures *f, struct lur_error *e) {
  uint64_t n = (uint64_t)sqlite3_column_int64(s, 1);
  const char *text = (const char *)sqlite3_column_text(s, 0);
  f->n_reasons++;
  if (f->n == LUR_MOST_REASONS)
    return LUR_OK;
  struct lur_reason *r = &f->reason[f->n];
  *r = (struct lur_reason){lur_copy_text(text ? text : ""), n, (uint64_t)sqlite3_column_int64(s, 2)};
  if (!r->text)
    return lur_fail_memory(e);
  f->n++;
  return LUR_OK;
}

int lur_table_failures(struct lur_table *t, struct lur_failures *out, struct lur_error *e) {
  int form = !lur_table_folds_seeds(t) ? RUNS : lur_table_column(t, "failed_rate") >= 0 ? CELLS : OLD_CELLS;
  const char *path = lur_table_path(t);
  sqlite3 *db = lur_table_db(t);
  sqlite3_stmt *reasons = NULL, *count = NULL;
  *out = (struct lur_failures){0};
  int rc = SQLITE_DONE, code = lur_sql_prepare(db, path, reasons_sql[form], &reasons, e);
  while (!code && (rc = sqlite3_step(reasons)) == SQLITE_ROW)
    code = take_reason(reasons, out, e);
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(reasons);
  if (code || !out->n_reasons)
    return code;
  code = lur_sql_prepare(db, path, count_sql[form], &count, e);
  if (!code && sqlite3_step(count) == SQLITE_ROW) {
    out->n_runs = (uint64_t)sqlite3_column_int64(count, 0);
    out->n_failed = (uint64_t)sqlite3_column_int64(count, 1);
  }
  sqlite3_finalize(count);
  return code;
}

void lur_failures_free(struct lur_failures *f) {
  for (int i = 0; i < f->n; i++)
    free(f->reason[i].text);
  *f = (struct lur_failures){0};
}

/* ---- Again ---- */
static void add_range(struct lur_range *out, size_t *n, uint64_t first, uint64_t last) {
  if (first <= last)
    out[(*n)++] = (struct lur_range){first, last};
}

size_t lur_ranges_without(const struct lur_range *from, size_t n, const struct lur_range *what, size_t n_what,
                          struct lur_range *out) {
  size_t n_out = 0, k = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t next = from[i].first;
    while (k < n_what && what[k].last < next)
      k++;
    for (; k < n_what && what[k].first <= from[i].last; k++) {
      if (what[k].first > next)
        add_range(out, &n_out, next, what[k].first - 1);
      next = what[k].last + 1;
      if (what[k].last > from[i].last)
        break;
    }
    add_range(out, &n_out, next, from[i].last);
  }
  return n_out;
}

int lur_store_forget(sqlite3 *db, const char *path, const struct lur_range *r, size_t n, struct lur_error *e) {
  struct lur_range *done = NULL;
  size_t n_done = 0;
  int code = lur_schema_done(db, path, &done, &n_done, e);
  struct lur_range *left = lur_alloc(n_done + n + 1, sizeof *left);
  if (!code && !left)
    code = lur_fail_memory(e);
  if (!code)
    code = lur_sql_exec(db, path, "BEGIN; DELETE FROM done; UPDATE sweep SET finished = NULL", e);
  if (!code)
    code = lur_sql_for_ranges(db, path, "INSERT INTO done VALUES(?1, ?2)", left,
                              lur_ranges_without(done, n_done, r, n, left), e);
  if (!code) {
    code = lur_sql_for_ranges(db, path, "DELETE FROM runs WHERE run BETWEEN ?1 AND ?2", r, n, e);
    if (!code)
      code = lur_sql_for_ranges(db, path, "DELETE FROM messages WHERE run BETWEEN ?1 AND ?2", r, n, e);
    if (!code && lur_sql_has_table(db, "main", "curves"))
      code = lur_sql_for_ranges(db, path, "DELETE FROM curves WHERE run BETWEEN ?1 AND ?2", r, n, e);
  }
  if (!code)
    code = lur_sql_exec(db, path, "COMMIT", e);
  free(done);
  free(left);
  return code;
}

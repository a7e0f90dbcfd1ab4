/* SPDX-License-Identifier: MIT
 * Shards into one table: a new file is made under another name, the shards are attached to it one after the other and
 * their rows copied, and it is renamed when it is whole. A run that several files hold must have the same row in all;
 * NULL equals NULL. The result does not depend on the order of the files. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/grow.h"
#include "base/signals.h"
#include "store/internal.h"

struct merge {
  const char *out;
  char *draft;
  sqlite3 *db;
  struct lur_table *model; /* the file with the most run numbers: its facts stand */
  struct lur_range *range;
  size_t n_ranges, room;
  struct lur_buffer names, differs; /* SQL: the columns, and whether two rows differ in one of them */
};

static int note_range(struct merge *m, struct lur_range r, struct lur_error *e) {
  if (!lur_grow(&m->range, &m->room, m->n_ranges + 1, sizeof *m->range))
    return lur_fail_memory(e);
  m->range[m->n_ranges++] = r;
  return LUR_OK;
}

/* Opens every file once: all must hold one sweep. The model is kept. */
static int look_at(struct merge *m, const char *path, struct lur_error *e) {
  struct lur_table *t = m->model ? lur_table_open_same(path, m->model, e) : lur_table_open(path, e);
  if (!t)
    return e->code;
  if (lur_table_facts(t)->version != LUR_STORE_VERSION) {
    lur_table_free(t);
    return lur_file_fail_old(path, e);
  }
  if (m->model && lur_table_facts(t)->sweep.n_runs <= lur_table_facts(m->model)->sweep.n_runs) {
    lur_table_free(t);
    return LUR_OK;
  }
  lur_table_free(m->model);
  m->model = t;
  return LUR_OK;
}

static int write_sql(struct merge *m, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(m->model);
  lur_schema_names(f->column, f->n_columns, &m->names);
  lur_buffer_text(&m->differs, "a.status IS NOT b.status");
  for (int i = 0; i < f->n_columns; i++) {
    lur_buffer_text(&m->differs, " OR a.");
    lur_sql_name(f->column[i].name, &m->differs);
    lur_buffer_text(&m->differs, " IS NOT b.");
    lur_sql_name(f->column[i].name, &m->differs);
  }
  return m->names.failed || m->differs.failed ? lur_fail_memory(e) : LUR_OK;
}

enum { TICK_OPS = 1000 };

static int hears(void *nothing) {
  (void)nothing;
  return atomic_load(lur_signal_flag());
}

static int make_draft(struct merge *m, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(m->model);
  struct lur_store_plan plan = {.facts = f->sweep,
                                .n_columns = f->n_columns,
                                .column = f->column,
                                .keep_best = f->keep_best,
                                .keep_by = f->keep_by,
                                .keep_high = f->keep_high};
  struct lur_entries *entries = lur_table_entries(m->model, e);
  plan.facts.shard = NULL;
  plan.facts.entries = entries;
  struct lur_draft made;
  int code = entries ? lur_schema_draft(m->draft, m->out, &plan, &made, e) : e->code;
  lur_entries_free(entries);
  if (!code)
    code = lur_sql_open(m->draft, SQLITE_OPEN_READWRITE, &m->db, e);
  if (code)
    return code;
  sqlite3_progress_handler(m->db, TICK_OPS, hears, NULL);
  sqlite3_db_config(m->db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL); /* it refuses journal_mode=OFF */
  code = lur_sql_exec(m->db, m->out, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-65536", e);
  sqlite3_db_config(m->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  struct lur_pieces pieces;
  if (!code)
    code = lur_table_pieces(m->model, &pieces, e);
  if (!code)
    code = lur_sql_exec(m->db, m->out, "BEGIN", e);
  if (!code)
    code = lur_data_copy(m->db, m->out, &pieces, e);
  return code ? code : lur_sql_exec(m->db, m->out, "COMMIT", e);
}

static int check_conflicts(struct merge *m, const char *path, struct lur_error *e) {
  struct lur_buffer sql = {0};
  sqlite3_stmt *s = NULL;
  lur_buffer_format(&sql, "SELECT run FROM shard.runs a JOIN main.runs b USING(run) WHERE %s LIMIT 1", m->differs.data);
  int code = sql.failed ? lur_fail_memory(e) : lur_sql_prepare(m->db, path, sql.data, &s, e);
  lur_buffer_free(&sql);
  if (code)
    return code;
  int rc = sqlite3_step(s);
  if (rc == SQLITE_ROW)
    code = lur_fail(e, LUR_EIO, NULL, "%s: run %lld has another row in another of the files", path,
                    (long long)sqlite3_column_int64(s, 0));
  else if (rc != SQLITE_DONE)
    code = lur_sql_fail(m->db, rc, path, e);
  sqlite3_finalize(s);
  return code;
}

static int copy_done(struct merge *m, const char *path, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(m->db, path, "SELECT first, last FROM shard.done", &s, e), rc = SQLITE_DONE;
  while (!code && (rc = sqlite3_step(s)) == SQLITE_ROW) {
    int64_t first = sqlite3_column_int64(s, 0), last = sqlite3_column_int64(s, 1);
    code = first < 1 || last < first || (uint64_t)last > lur_table_facts(m->model)->sweep.n_runs
               ? lur_fail(e, LUR_EIO, NULL, "%s: its table of what is done is damaged", path)
               : note_range(m, (struct lur_range){(uint64_t)first, (uint64_t)last}, e);
  }
  if (!code && rc != SQLITE_DONE)
    code = lur_sql_fail(m->db, rc, path, e);
  sqlite3_finalize(s);
  return code;
}

/* Whether SQLite finds the pages linked as a tree, and values of the columns' types. */
static int ask_shard(struct merge *m, const char *path, bool *sound, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(m->db, path, "PRAGMA shard.quick_check(1)", &s, e);
  if (code)
    return code;
  const int rc = sqlite3_step(s);
  const char *said = rc == SQLITE_ROW ? (const char *)sqlite3_column_text(s, 0) : NULL;
  *sound = said && strcmp(said, "ok") == 0;
  if (rc != SQLITE_ROW)
    code = lur_sql_fail(m->db, rc, path, e);
  else if (!said)
    code = lur_fail_memory(e);
  sqlite3_finalize(s);
  return code;
}

/* Its tables are plain, and each page is looked at, as it is in copying. Where memory ends, SQLite may call a page
 * damaged: only what it says twice is believed. */
static int check_shard(struct merge *m, const char *path, struct lur_error *e) {
  bool sound = false, sound_then = false;
  int code = lur_plain_check(m->db, "shard", path, e);
  if (!code)
    code = ask_shard(m, path, &sound, e);
  if (code || sound)
    return code;
  code = ask_shard(m, path, &sound_then, e);
  if (code)
    return code;
  return sound_then ? lur_fail_memory(e) : lur_sql_fail(m->db, SQLITE_CORRUPT, path, e);
}

/* In one transaction, so that what is done and its rows belong together where the shard is being written. */
static int add_shard(struct merge *m, const char *path, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  struct lur_buffer name = {0};
  lur_sql_path(path, &name);
  int code = name.failed ? lur_fail_memory(e) : lur_sql_prepare(m->db, m->out, "ATTACH ?1 AS shard", &s, e);
  if (!code) {
    lur_sql_bind_text(s, 1, name.data);
    code = lur_sql_step_done(m->db, path, s, e);
  }
  sqlite3_finalize(s);
  lur_buffer_free(&name);
  if (code)
    return code;
  code = lur_sql_exec(m->db, path, "BEGIN", e);
  if (!code)
    code = check_shard(m, path, e);
  if (!code)
    code = check_conflicts(m, path, e);
  if (!code)
    code = lur_read_files_merge(m->db, path, e);
  if (!code)
    code = lur_taken_merge(m->db, path, e);
  if (!code) {
    struct lur_buffer sql = {0};
    const char *n = m->names.data;
    lur_buffer_format(&sql, "INSERT OR IGNORE INTO main.runs(%s) SELECT %s FROM shard.runs ORDER BY run;", n, n);
    lur_buffer_text(&sql, "INSERT OR IGNORE INTO main.messages SELECT run, text FROM shard.messages;");
    if (lur_sql_has_table(m->db, "shard", "curves")) /* of one sweep, so that both have validation losses, or neither */
      lur_buffer_format(&sql, "%sINSERT OR IGNORE INTO main.curves SELECT * FROM shard.curves",
                        lur_curves_table(lur_sql_has_column(m->db, "shard", "curves", "validation_loss")));
    code = sql.failed ? lur_fail_memory(e) : lur_sql_exec(m->db, path, sql.data, e);
    lur_buffer_free(&sql);
  }
  if (!code)
    code = copy_done(m, path, e);
  if (!code)
    code = lur_sql_exec(m->db, m->out, "COMMIT", e);
  return code ? code : lur_sql_exec(m->db, path, "DETACH shard", e);
}

static int by_first(const void *a, const void *b) {
  const struct lur_range *x = a, *y = b;
  return (x->first > y->first) - (x->first < y->first);
}

static int write_done(struct merge *m, struct lur_error *e) {
  int code = lur_sql_exec(m->db, m->out, "BEGIN", e);
  if (!code)
    code = lur_sql_for_ranges(m->db, m->out, "INSERT INTO done VALUES(?,?)", m->range, m->n_ranges, e);
  return code ? code : lur_sql_exec(m->db, m->out, "COMMIT", e);
}

static void add_missing(struct lur_merge_report *r, uint64_t first, uint64_t last) {
  if (r->n_ranges < sizeof r->range / sizeof *r->range)
    r->range[r->n_ranges] = (struct lur_range){first, last};
  r->n_ranges++;
  r->n_missing += last - first + 1;
}

static int count_rows(struct merge *m, struct lur_merge_report *r, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(m->db, m->out, "SELECT count(*) FROM runs", &s, e);
  if (!code && sqlite3_step(s) == SQLITE_ROW)
    r->n_rows = (uint64_t)sqlite3_column_int64(s, 0);
  sqlite3_finalize(s);
  return code;
}

static int finish(struct merge *m, struct lur_merge_report *r, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(m->model);
  /* Sorted ranges that neither touch nor overlap. */
  size_t n = 0;
  if (m->n_ranges)
    qsort(m->range, m->n_ranges, sizeof *m->range, by_first);
  for (size_t i = 0; i < m->n_ranges; i++) {
    if (n && m->range[i].first <= m->range[n - 1].last + 1) {
      if (m->range[i].last > m->range[n - 1].last)
        m->range[n - 1].last = m->range[i].last;
    } else {
      m->range[n++] = m->range[i];
    }
  }
  m->n_ranges = n;
  uint64_t next = 1;
  r->n_runs = lur_table_facts(m->model)->sweep.n_runs;
  for (size_t i = 0; i < m->n_ranges; i++) {
    if (m->range[i].first > next)
      add_missing(r, next, m->range[i].first - 1);
    next = m->range[i].last + 1;
    r->n_settled += m->range[i].last - m->range[i].first + 1;
  }
  if (next <= r->n_runs)
    add_missing(r, next, r->n_runs);
  int code = write_done(m, e);
  if (!code && f->keep_best)
    code = lur_schema_trim(m->db, m->out, f->keep_best, f->keep_by, f->keep_high, e);
  if (!code && !r->n_missing)
    code = lur_sql_exec(m->db, m->out, "UPDATE sweep SET finished = updated", e);
  return code ? code : count_rows(m, r, e);
}

/* What out's WAL holds goes into out, so that it is whole without it; nobody writes to it meanwhile. */
static int empty_wal(const char *out, struct lur_error *e) {
  sqlite3 *db = NULL;
  sqlite3_stmt *s = NULL;
  int code = lur_sql_open(out, SQLITE_OPEN_READWRITE, &db, e);
  if (!code)
    code = lur_sql_prepare(db, out, "PRAGMA wal_checkpoint(FULL)", &s, e);
  int rc = code ? SQLITE_OK : sqlite3_step(s);
  if (!code && rc != SQLITE_ROW)
    code = lur_sql_fail(db, rc, out, e);
  else if (!code && sqlite3_column_int(s, 0))
    code = lur_fail(e, LUR_EIO, NULL, "%s: another process is reading it", out);
  sqlite3_finalize(s);
  sqlite3_close(db);
  return code;
}

/* The files, and out itself first where it is there. */
static int each_file(struct merge *m, bool has_out, const char *const *in, int n_in,
                     int (*visit)(struct merge *, const char *, struct lur_error *), struct lur_error *e) {
  struct lur_file_id out, one;
  lur_file_note(m->out, &out);
  int code = has_out ? visit(m, m->out, e) : LUR_OK;
  for (int i = 0; i < n_in && !code; i++) {
    lur_file_note(in[i], &one);
    if (!has_out || !lur_file_same(&one, &out))
      code = visit(m, in[i], e);
  }
  return code;
}

static int merge_all(struct merge *m, const char *const *in, int n_in, struct lur_merge_report *r,
                     struct lur_error *e) {
  enum lur_file_kind kind;
  int code = lur_file_look(m->out, &kind, e);
  bool has_out = kind == LUR_FILE_OURS;
  r->n_files = (uint64_t)n_in;
  if (!code && kind == LUR_FILE_OLD)
    code = lur_file_fail_old(m->out, e);
  if (!code)
    code = each_file(m, has_out, in, n_in, look_at, e);
  if (!code)
    code = write_sql(m, e);
  if (!code)
    code = make_draft(m, e);
  if (!code)
    code = each_file(m, has_out, in, n_in, add_shard, e);
  if (!code)
    code = finish(m, r, e);
  if (!code) {
    /* The file that was at out, where there was one, goes, and with it what stands beside it. */
    sqlite3_close(m->db);
    m->db = NULL;
    lur_table_free(m->model);
    m->model = NULL;
    code = has_out ? empty_wal(m->out, e) : LUR_OK;
    code = code ? code : lur_file_clear_sides(m->out, e);
  }
  if (code)
    return code;
  int fd = open(m->draft, O_RDONLY | O_CLOEXEC);
  bool ok = fd >= 0 && fsync(fd) == 0;
  if (fd >= 0)
    close(fd);
  return !ok || rename(m->draft, m->out) != 0 ? lur_fail(e, LUR_EIO, NULL, "%s: it cannot be written", m->out) : LUR_OK;
}

int lur_store_merge(const char *out, const char *const *in, int n_in, struct lur_merge_report *report,
                    struct lur_error *e) {
  struct merge m = {.out = out, .draft = lur_path_with(out, "-merge")};
  struct lur_lock lock = {.fd = -1};
  *report = (struct lur_merge_report){0};
  int code = m.draft ? lur_file_make_folder(out, e) : lur_fail_memory(e);
  if (!code)
    code = lur_lock_take(&lock, out, e);
  if (!code)
    code = merge_all(&m, in, n_in, report, e);
  if (code && atomic_load(lur_signal_flag()))
    code = lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
  sqlite3_close(m.db);
  if (m.draft)
    unlink(m.draft);
  free(m.draft);
  lur_table_free(m.model);
  free(m.range);
  lur_buffer_free(&m.names);
  lur_buffer_free(&m.differs);
  lur_lock_release(&lock);
  return code;
}

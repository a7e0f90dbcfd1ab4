/* SPDX-License-Identifier: MIT
 * The first moments of a new results file. It has its other name then, so nobody reads it, and its rows need no
 * transaction: leaves of `runs` (leaves.c) are appended as they fill; at the end the tree is put above them, the
 * table's root and the file's size are set, SQLite notes in one transaction what is settled, and the file gets its
 * name. A sweep that ends meanwhile is written once, without a WAL.
 *
 * Invariant: SQLite and our descriptor never have the file open at the same time, and before the end SQLite's own pages
 * are as it left them: the file is a database without rows, with pages behind it that it does not count.
 * What only SQLite can write (a message, a curve, a row that leaves.c refuses) is not taken; the caller ends this then.
 * One thread at a time. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/grow.h"
#include "base/memory.h"
#include "base/system.h"
#include "store/leaves.h"

/* The page at 2^30 is SQLite's own: a file that comes near it ends here. */
enum { MOST_BYTES = 1000000000, SIZE_AT = 28 };

struct lur_fresh {
  char *path, *draft;
  int fd; /* -1 after the end */
  bool stays;
  struct lur_file_id before; /* at path: nothing, or what is to be replaced */
  struct lur_draft file;     /* its n_pages grow with ours */
  size_t n_pages_before;     /* SQLite's */
  struct lur_leaves leaves;
  struct lur_range *settled;
  size_t n_settled, room;
};

int lur_fresh_new(const char *path, const struct lur_store_plan *plan, struct lur_fresh **out, struct lur_error *e) {
  struct lur_fresh *f = *out = lur_alloc(1, sizeof *f);
  if (!f)
    return lur_fail_memory(e);
  *f = (struct lur_fresh){.fd = -1, .stays = plan->stays};
  lur_file_note(path, &f->before);
  f->path = lur_copy_text(path);
  f->draft = lur_path_with(path, "-new");
  int code = f->path && f->draft ? LUR_OK : lur_fail_memory(e);
  if (!code)
    code = lur_schema_draft(f->draft, f->path, plan, &f->file, e);
  if (!code && (f->fd = open(f->draft, O_WRONLY | O_CLOEXEC)) < 0)
    code = lur_fail(e, LUR_EIO, NULL, "%s: %s", f->draft, strerror(errno));
  if (code)
    return code;
  f->n_pages_before = f->file.n_pages;
  lur_leaves_init(&f->leaves, plan, f->file.page_bytes, 0);
  return LUR_OK;
}

void lur_fresh_free(struct lur_fresh *f) {
  if (!f)
    return;
  if (f->fd >= 0) {
    close(f->fd);
    unlink(f->draft);
  }
  lur_leaves_end(&f->leaves);
  free(f->settled);
  free(f->draft);
  free(f->path);
  free(f);
}

/* ---- Rows ---- */
/* errno says why; 0: nothing was written. */
static int fail_write(const struct lur_fresh *f, struct lur_error *e) {
  const bool full = errno == ENOSPC || errno == EDQUOT || errno == 0;
  return lur_sql_fail(NULL, full ? SQLITE_FULL : SQLITE_IOERR_WRITE, f->path, e);
}

static int write_at(const struct lur_fresh *f, const void *bytes, size_t n, size_t at, struct lur_error *e) {
  const char *from = bytes;
  while (n > 0) {
    errno = 0;
    const ssize_t done = pwrite(f->fd, from, n, (off_t)at);
    if (done < 0 && errno == EINTR)
      continue;
    if (done <= 0)
      return fail_write(f, e);
    from += done;
    at += (size_t)done;
    n -= (size_t)done;
  }
  return LUR_OK;
}

/* The first n pages of the buffer, behind the file's. */
static int append(struct lur_fresh *f, size_t n, struct lur_error *e) {
  const size_t bytes = f->file.page_bytes;
  int code = write_at(f, f->leaves.image, n * bytes, f->file.n_pages * bytes, e);
  lur_begin_write(f->fd, f->file.n_pages * bytes, n * bytes); /* so that the end does not wait for all of it */
  f->file.n_pages += n;
  return code;
}

/* All leaves but the open one. */
static int append_closed(struct lur_fresh *f, struct lur_error *e) {
  struct lur_leaves *l = &f->leaves;
  const size_t n = l->at.n_pages - 1;
  int code = n ? append(f, n, e) : LUR_OK;
  if (n)
    memcpy(l->image, lur_leaves_page(l, n), l->page_bytes);
  l->at.n_pages = 1;
  return code;
}

static bool may_take(const struct lur_fresh *f, const struct lur_rows *rows) {
  if (!f->file.is_plain || rows->n_files || rows->taken || lur_rows_say_more(rows))
    return false;
  if (f->n_settled && rows->first <= f->settled[f->n_settled - 1].last)
    return false;
  return (f->file.n_pages + f->leaves.most_pages) * f->file.page_bytes <= MOST_BYTES;
}

bool lur_fresh_add(struct lur_fresh *f, const struct lur_rows *rows, int *code, struct lur_error *e) {
  const struct lur_rows_table all = {.rows = rows};
  *code = LUR_OK;
  if (!may_take(f, rows) || !lur_leaves_add(&f->leaves, &all, code, e))
    return false;
  *code = append_closed(f, e);
  if (!*code)
    *code = lur_ranges_add(&f->settled, &f->n_settled, &f->room, (struct lur_range){rows->first, rows->last}, e);
  return !*code;
}

/* ---- The end ---- */
/* One level of the tree above n pages from number `first` on; gives how many pages it has. */
static int append_level(struct lur_fresh *f, uint32_t first, size_t *n, struct lur_error *e) {
  struct lur_leaves *l = &f->leaves;
  const size_t most = lur_interior_most(l->page_bytes), n_above = (*n + most - 1) / most;
  int code = LUR_OK;
  for (size_t i = 0; i < n_above && !code; i++) {
    const size_t from = i * *n / n_above, end = (i + 1) * *n / n_above;
    lur_interior_write(l->image, l->page_bytes, first + (uint32_t)from, l->last + from, end - from);
    l->last[i] = l->last[end - 1];
    code = append(f, 1, e);
  }
  *n = n_above;
  return code;
}

/* One leaf stands in the root itself; else the pages above the leaves are made, and the root above them. */
static int put_tree(struct lur_fresh *f, struct lur_error *e) {
  struct lur_leaves *l = &f->leaves;
  unsigned char n_pages[4];
  int code = lur_leaves_close(l, e);
  if (!code && l->at.n_closed > 1) {
    uint32_t first = (uint32_t)f->n_pages_before + 1;
    size_t n = l->at.n_closed;
    code = append(f, l->at.n_pages, e);
    while (n > lur_interior_most(l->page_bytes) && !code) {
      const uint32_t next = (uint32_t)f->file.n_pages + 1;
      code = append_level(f, first, &n, e);
      first = next;
    }
    lur_interior_write(l->image, l->page_bytes, first, l->last, n);
  }
  lur_put_number(n_pages, (uint32_t)f->file.n_pages);
  if (!code)
    code = write_at(f, l->image, l->page_bytes, (f->file.root - 1) * l->page_bytes, e);
  return code ? code : write_at(f, n_pages, sizeof n_pages, SIZE_AT, e);
}

/* Whether SQLite finds the first row and the last. */
static int check_rows(sqlite3 *db, const struct lur_fresh *f, struct lur_error *e) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(db, "SELECT max(run) FROM runs", -1, &q, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step(q);
  const bool there = rc == SQLITE_ROW && (uint64_t)sqlite3_column_int64(q, 0) == f->leaves.at.last_run;
  sqlite3_finalize(q);
  return there ? LUR_OK : lur_sql_fail_pages(rc == SQLITE_ROW ? SQLITE_CORRUPT : rc, e);
}

static int note_settled(struct lur_fresh *f, enum lur_fresh_end how, struct lur_error *e) {
  const bool waits = how != LUR_FRESH_GOES_ON;
  sqlite3 *db = NULL;
  int code = lur_sql_open(f->draft, SQLITE_OPEN_READWRITE, &db, e);
  if (!code && f->leaves.at.n_rows)
    code = check_rows(db, f, e);
  if (!code)
    code = lur_sql_exec(db, f->path, waits ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=OFF", e);
  if (!code)
    code = lur_sql_exec(db, f->path, "PRAGMA journal_mode=MEMORY; BEGIN", e);
  if (!code)
    code = lur_sql_for_ranges(db, f->path, "INSERT INTO done VALUES(?1, ?2)", f->settled, f->n_settled, e);
  if (!code && how != LUR_FRESH_GOES_ON)
    code = lur_schema_end(db, f->path, how == LUR_FRESH_COMPLETE, e);
  if (!code)
    code = lur_sql_exec(db, f->path, "COMMIT", e);
  if (!code && (f->stays || how == LUR_FRESH_GOES_ON))
    code = lur_sql_exec(db, f->path, "PRAGMA journal_mode=WAL", e);
  sqlite3_close(db);
  return code;
}

/* Another file may have come to that name meanwhile. */
static int take_name(const struct lur_fresh *f, bool waits, struct lur_error *e) {
  enum lur_file_kind kind = LUR_FILE_ABSENT;
  struct lur_file_id now;
  int code = lur_file_look(f->path, &kind, e);
  lur_file_note(f->path, &now);
  if (!code && kind != LUR_FILE_ABSENT && kind != LUR_FILE_EMPTY && !lur_file_same(&now, &f->before))
    code = lur_fail(e, LUR_EIO, NULL, "%s: another file came to this name while it was written; its rows are lost",
                    f->path);
  if (!code)
    code = lur_file_clear_sides(f->path, e);
  if (!code && rename(f->draft, f->path) != 0)
    code = lur_fail(e, LUR_EIO, NULL, "%s: it cannot be made: %s", f->path, strerror(errno));
  if (!code && waits)
    lur_file_sync_name(f->path);
  return code;
}

int lur_fresh_end(struct lur_fresh *f, enum lur_fresh_end how, uint64_t *n_settled, struct lur_error *e) {
  int code = f->leaves.at.n_rows ? put_tree(f, e) : LUR_OK;
  /* A file system over a network may say only now that it has no room. */
  if (close(f->fd) != 0 && !code)
    code = fail_write(f, e);
  f->fd = -1;
  if (!code)
    code = note_settled(f, how, e);
  if (!code)
    code = take_name(f, how != LUR_FRESH_GOES_ON, e);
  if (code)
    unlink(f->draft);
  for (size_t i = 0; i < f->n_settled && !code; i++)
    *n_settled += f->settled[i].last - f->settled[i].first + 1;
  return code;
}

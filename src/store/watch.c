/* SPDX-License-Identifier: MIT
 * The file that is written and its WAL are changed by nobody else while we hold the lock: readers only read, and no
 * reader's end moves a WAL into the file while our connection is open. So what the system says of both (which file,
 * bytes, time of the last change) after a commit must still be so before the next one is written. Else another
 * program's rows would be mixed with ours.
 *
 * A WAL goes into the file here and not within a commit, so that each is looked at while only the other is written.
 * A WAL of ours is emptied where another file, or other content, stands at the name now: SQLite would take it for
 * that one's. Where none stands there it is kept, for who moved the file away.
 * Shared file systems may number files anew and have other clocks: there only the name is asked for.
 * Belongs to the thread of its connection. */
#include <string.h>
#include <sys/stat.h>

#include "base/narrow.h"
#include "base/system.h"
#include "store/internal.h"

void lur_watch_begin(struct lur_watch *w, const char *path) {
  *w = (struct lur_watch){.path = path, .is_shared = lur_file_is_shared(path)};
  lur_file_note(path, &w->file.id);
}

static int note_frames(void *watch, sqlite3 *db, const char *schema, int n_frames) {
  struct lur_watch *w = watch;
  (void)db;
  if (strcmp(schema, "main") == 0)
    w->n_frames = n_frames;
  return SQLITE_OK;
}

void lur_watch_connect(struct lur_watch *w, sqlite3 *db, int most_frames) {
  w->db = db;
  w->wal_path = sqlite3_filename_wal(sqlite3_db_filename(db, "main"));
  w->most_frames = most_frames;
  sqlite3_wal_hook(db, note_frames, w); /* in place of SQLite's own, which would move it */
}

static void look(const char *path, struct lur_file_state *f) {
  struct stat st;
  *f = (struct lur_file_state){0};
  if (stat(path, &st) == 0)
    *f = (struct lur_file_state){{st.st_dev, st.st_ino}, st.st_size, lur_modified(&st)};
}

static bool is_so(const char *path, const struct lur_file_state *was) {
  struct lur_file_state now;
  look(path, &now);
  return lur_file_same(&now.id, &was->id) && now.n_bytes == was->n_bytes &&
         now.modified.tv_sec == was->modified.tv_sec && now.modified.tv_nsec == was->modified.tv_nsec;
}

/* Pages that the connection has written, to the file or to its WAL. */
static int count_written(sqlite3 *db) {
  int n = 0, most = 0;
  sqlite3_db_status(db, SQLITE_DBSTATUS_CACHE_WRITE, &n, &most, 0);
  return n;
}

static bool is_idle(const struct lur_watch *w) {
  return count_written(w->db) == w->n_written;
}

void lur_watch_note(struct lur_watch *w) {
  look(w->path, &w->file);
  look(w->wal_path, &w->wal);
  w->n_written = count_written(w->db);
  w->has_wal = w->wal.id.number != 0;
  w->is_noted = true;
}

static int fail_changed(struct lur_watch *w, const char *what, struct lur_error *e) {
  w->is_spoiled = true;
  return lur_fail(e, LUR_EIO, NULL, "%s: %s changed by another program while it was written; its last rows are lost",
                  w->path, what);
}

static int check_file(struct lur_watch *w, struct lur_error *e) {
  if (is_so(w->path, &w->file))
    return LUR_OK;
  w->is_spoiled = true;
  const int code = lur_file_check_there(w->path, &w->file.id, e);
  return code ? code : fail_changed(w, "was", e);
}

/* Who removes all of it may have begun with the file. */
static int fail_wal(struct lur_watch *w, struct lur_error *e) {
  const int code = check_file(w, e);
  return code ? code : fail_changed(w, "its -wal was", e);
}

/* A transaction that was too large for SQLite's memory may have come into the WAL already. */
int lur_watch_check(struct lur_watch *w, struct lur_error *e) {
  if (w->is_shared || !w->is_noted)
    return lur_file_check_there(w->path, &w->file.id, e);
  const bool idle = is_idle(w);
  int code = idle || w->has_wal ? check_file(w, e) : LUR_OK;
  if (!code && idle && w->has_wal && !is_so(w->wal_path, &w->wal))
    code = fail_wal(w, e);
  return code;
}

/* A number in a file that SQLite has open, 0 behind its end; false where it cannot be read. Its own descriptor is
 * used, because closing one of ours would drop its locks. */
static bool read_number(sqlite3 *db, int which, int at, uint32_t *number) {
  sqlite3_file *file = NULL;
  unsigned char b[4] = {0};
  if (sqlite3_file_control(db, "main", which, &file) != SQLITE_OK || !file || !file->pMethods)
    return false;
  const int rc = file->pMethods->xRead(file, b, sizeof b, at);
  *number = lur_big_endian(b);
  return rc == SQLITE_OK || rc == SQLITE_IOERR_SHORT_READ;
}

/* A WAL that lost its beginning while it was written is told by that (sqlite.org/fileformat2.html, 4.1). */
static bool has_beginning(sqlite3 *db) {
  uint32_t mark;
  return !read_number(db, SQLITE_FCNTL_JOURNAL_POINTER, 0, &mark) || (mark & ~1U) == 0x377f0682;
}

/* Whether the file has as many pages as we gave it, after all of the WAL went there (the same, 1.3.8). */
static bool has_our_pages(sqlite3 *db) {
  sqlite3_stmt *q = NULL;
  int rc = sqlite3_prepare_v2(db, "PRAGMA main.page_count", -1, &q, NULL);
  if (rc == SQLITE_OK)
    rc = sqlite3_step(q);
  uint32_t n = 0;
  const bool ours = rc != SQLITE_ROW || !read_number(db, SQLITE_FCNTL_FILE_POINTER, 28, &n) ||
                    (uint32_t)sqlite3_column_int64(q, 0) == n;
  sqlite3_finalize(q);
  return ours;
}

/* What cannot be moved now, for want of room or because of a reader, stays in the WAL. The file is looked at before its
 * pages are: who changes it later is noticed next time. */
int lur_watch_move(struct lur_watch *w, struct lur_error *e) {
  struct lur_file_state file;
  int n_frames = -1, n_moved = 0;
  const int rc = sqlite3_wal_checkpoint_v2(w->db, "main", SQLITE_CHECKPOINT_PASSIVE, &n_frames, &n_moved);
  look(w->path, &file);
  if (rc == SQLITE_OK && n_frames > 0 && n_moved == n_frames && !w->is_shared && !has_our_pages(w->db))
    return fail_changed(w, "was", e);
  w->file = file;
  return LUR_OK;
}

/* The file is not looked at anew where the commit went into the WAL. */
int lur_watch_committed(struct lur_watch *w, struct lur_error *e) {
  struct lur_file_state wal;
  const bool looks = w->has_wal && !w->is_shared, idle = is_idle(w);
  int code = looks ? check_file(w, e) : LUR_OK;
  look(w->wal_path, &wal);
  if (!code && looks && (!lur_file_same(&wal.id, &w->wal.id) || (!idle && !has_beginning(w->db))))
    code = fail_wal(w, e);
  if (code)
    return code;
  w->wal = wal;
  w->n_written = count_written(w->db);
  if (!w->has_wal)
    look(w->path, &w->file);
  return w->n_frames >= w->most_frames ? lur_watch_move(w, e) : LUR_OK;
}

/* Where the WAL was changed, too, it is left as somebody meant it. */
static bool is_wal_ours(const struct lur_watch *w) {
  struct lur_file_id now;
  lur_file_note(w->wal_path, &now);
  return w->is_noted && lur_file_same(&now, &w->wal.id) && (!is_idle(w) || is_so(w->wal_path, &w->wal));
}

void lur_watch_end(struct lur_watch *w) {
  sqlite3_file *wal = NULL;
  struct lur_file_id now;
  if (!w->db || (!w->is_spoiled && lur_watch_check(w, NULL) == LUR_OK))
    return;
  sqlite3_db_config(w->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  lur_file_note(w->path, &now);
  if (!now.number || is_so(w->path, &w->file) || !is_wal_ours(w))
    return;
  if (sqlite3_file_control(w->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal) == SQLITE_OK && wal && wal->pMethods)
    wal->pMethods->xTruncate(wal, 0);
}

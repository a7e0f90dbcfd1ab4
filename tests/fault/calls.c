/* SPDX-License-Identifier: MIT
 * The store where each call of SQLite to the system fails in turn. A VFS before the system's counts the calls; for
 * every n the n-th one fails, once, and from then on. After each the writer has said one line, or done all; the file
 * has whole windows, each row as its number says; nothing is leaked; and the same sweep goes on to its end.
 *
 * usage: calls [STEP]      every STEP-th n */
#include <errno.h>
#include <sqlite3.h>

#include "../unit/store_help.h"

enum { WINDOW = 100, BEFORE = 500, RUNS = 1500 };

#define CHECK(condition) check((condition), #condition, __LINE__)
static void check(bool holds, const char *what, int line) {
  if (holds)
    return;
  fprintf(stderr, "tests/fault/calls.c:%d: %s\n", line, what);
  exit(1);
}

/* ---- The VFS ---- */
static sqlite3_vfs vfs, *below;
static long left; /* calls until one fails; 0: none does */
static bool for_good, has_failed;

static bool fails(void) {
  if (left == 0 || --left > 0)
    return false;
  left = for_good ? 1 : 0;
  errno = EIO;
  return has_failed = true;
}

struct file {
  sqlite3_file base;
  sqlite3_file *own; /* behind it */
};
static sqlite3_file *own(sqlite3_file *f) {
  return ((struct file *)(void *)f)->own;
}

static int file_close(sqlite3_file *f) {
  return own(f)->pMethods->xClose(own(f)); /* lets go of the file, whatever it says */
}
static int file_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at) {
  return fails() ? SQLITE_IOERR_READ : own(f)->pMethods->xRead(own(f), to, n, at);
}
static int file_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at) {
  return fails() ? SQLITE_FULL : own(f)->pMethods->xWrite(own(f), from, n, at);
}
static int file_truncate(sqlite3_file *f, sqlite3_int64 n) {
  return fails() ? SQLITE_IOERR_TRUNCATE : own(f)->pMethods->xTruncate(own(f), n);
}
static int file_sync(sqlite3_file *f, int flags) {
  return fails() ? SQLITE_IOERR_FSYNC : own(f)->pMethods->xSync(own(f), flags);
}
static int file_size(sqlite3_file *f, sqlite3_int64 *n) {
  return fails() ? SQLITE_IOERR_FSTAT : own(f)->pMethods->xFileSize(own(f), n);
}
static int file_lock(sqlite3_file *f, int lock) {
  return fails() ? SQLITE_IOERR_LOCK : own(f)->pMethods->xLock(own(f), lock);
}
static int file_unlock(sqlite3_file *f, int lock) {
  return own(f)->pMethods->xUnlock(own(f), lock);
}
static int file_reserved(sqlite3_file *f, int *is) {
  return fails() ? SQLITE_IOERR_CHECKRESERVEDLOCK : own(f)->pMethods->xCheckReservedLock(own(f), is);
}
static int file_control(sqlite3_file *f, int op, void *arg) {
  return own(f)->pMethods->xFileControl(own(f), op, arg);
}
static int file_sector(sqlite3_file *f) {
  return own(f)->pMethods->xSectorSize(own(f));
}
static int file_device(sqlite3_file *f) {
  return own(f)->pMethods->xDeviceCharacteristics(own(f));
}
static int file_map(sqlite3_file *f, int page, int size, int extend, void volatile **at) {
  return fails() ? SQLITE_IOERR_SHMMAP : own(f)->pMethods->xShmMap(own(f), page, size, extend, at);
}
static int file_shared_lock(sqlite3_file *f, int offset, int n, int flags) {
  const bool takes = flags & SQLITE_SHM_LOCK;
  return takes && fails() ? SQLITE_IOERR_SHMLOCK : own(f)->pMethods->xShmLock(own(f), offset, n, flags);
}
static void file_barrier(sqlite3_file *f) {
  own(f)->pMethods->xShmBarrier(own(f));
}
static int file_unmap(sqlite3_file *f, int remove) {
  return own(f)->pMethods->xShmUnmap(own(f), remove);
}

static int vfs_open(sqlite3_vfs *v, const char *name, sqlite3_file *f, int flags, int *out) {
  static const sqlite3_io_methods methods = {
      .iVersion = 2,
      .xClose = file_close,
      .xRead = file_read,
      .xWrite = file_write,
      .xTruncate = file_truncate,
      .xSync = file_sync,
      .xFileSize = file_size,
      .xLock = file_lock,
      .xUnlock = file_unlock,
      .xCheckReservedLock = file_reserved,
      .xFileControl = file_control,
      .xSectorSize = file_sector,
      .xDeviceCharacteristics = file_device,
      .xShmMap = file_map,
      .xShmLock = file_shared_lock,
      .xShmBarrier = file_barrier,
      .xShmUnmap = file_unmap,
  };
  struct file *to = (struct file *)(void *)f;
  (void)v;
  to->base.pMethods = NULL;
  to->own = (sqlite3_file *)(void *)(to + 1);
  const int rc = fails() ? SQLITE_CANTOPEN : below->xOpen(below, name, to->own, flags, out);
  if (rc == SQLITE_OK)
    to->base.pMethods = &methods;
  return rc;
}
static int vfs_delete(sqlite3_vfs *v, const char *name, int sync) {
  (void)v;
  return fails() ? SQLITE_IOERR_DELETE : below->xDelete(below, name, sync);
}
static int vfs_access(sqlite3_vfs *v, const char *name, int flags, int *out) {
  (void)v;
  return fails() ? SQLITE_IOERR_ACCESS : below->xAccess(below, name, flags, out);
}

static void put_before(void) {
  below = sqlite3_vfs_find(NULL);
  CHECK(below != NULL);
  vfs = *below;
  vfs.zName = "failing";
  vfs.szOsFile = (int)sizeof(struct file) + below->szOsFile;
  vfs.xOpen = vfs_open;
  vfs.xDelete = vfs_delete;
  vfs.xAccess = vfs_access;
  CHECK(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
}

/* ---- The sweep ---- */
static int go_on(const char *path, uint64_t n_runs, struct lur_error *e) {
  struct lur_store_plan plan = help_plan("h", RUNS);
  struct lur_store *s = lur_store_open(path, &plan, e);
  if (!s)
    return e->code;
  size_t n_done;
  const struct lur_range *done = lur_store_done(s, &n_done);
  int code = LUR_OK;
  for (uint64_t first = 1; first <= n_runs && !code; first += WINDOW) {
    bool is_done = false;
    for (size_t i = 0; i < n_done; i++)
      is_done = is_done || (done[i].first <= first && done[i].last >= first);
    if (!is_done)
      code = help_take(lur_store_sink(s), first, first + WINDOW - 1, e);
  }
  if (!code)
    code = lur_store_finish(s, true, e);
  lur_store_free(s);
  return code;
}

/* Whole windows, each row as its number says; returns how many rows. */
static uint64_t check_file(const char *path) {
  struct lur_error e = {0};
  const struct lur_cell *c;
  uint64_t n = 0, settled;
  struct lur_table *t = lur_table_open(path, &e);
  if (!t)
    fprintf(stderr, "%s\n", e.text);
  CHECK(t != NULL);
  settled = lur_table_facts(t)->n_settled;
  struct lur_query *q = lur_query_new(t, &(struct lur_ask){0}, &e);
  CHECK(q != NULL);
  while (lur_query_next(q, &c, &e) == 1) {
    struct lur_cell want[HELP_COLUMNS];
    CHECK((uint64_t)c[0].as.integer == ++n);
    help_row(n, want);
    for (int i = 0; i < HELP_COLUMNS; i++)
      CHECK(lur_cell_same(&want[i], &c[i + 1]));
  }
  CHECK(n == settled && n % WINDOW == 0);
  lur_query_free(q);
  lur_table_free(t);
  return n;
}

static void remove_file(const char *path) {
  static const char *const ends[] = {"", "-wal", "-shm", "-journal", "-new", "-lock"};
  char name[200];
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    snprintf(name, sizeof name, "%s%s", path, ends[i]);
    unlink(name);
  }
}

static void copy_file(const char *from, const char *to) {
  char bytes[4096];
  FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
  CHECK(in && out);
  for (size_t n; (n = fread(bytes, 1, sizeof bytes, in)) > 0;)
    CHECK(fwrite(bytes, 1, n, out) == n);
  fclose(in);
  CHECK(fclose(out) == 0);
}

/* Whether one of the calls failed. */
static bool try(const char *whole, const char *path, long n, bool good) {
  struct lur_error e = {0};
  remove_file(path);
  copy_file(whole, path);
  const sqlite3_int64 before = sqlite3_memory_used();
  has_failed = false;
  for_good = good;
  left = n;
  const int code = go_on(path, RUNS, &e);
  left = 0;
  CHECK(sqlite3_memory_used() == before);
  CHECK(code == LUR_OK || (has_failed && e.text[0] && !strchr(e.text, '\n')));
  CHECK(check_file(path) >= BEFORE);
  CHECK(go_on(path, RUNS, &e) == LUR_OK);
  CHECK(check_file(path) == RUNS);
  return has_failed;
}

int main(int argc, char **argv) {
  const long step = argc > 1 ? atol(argv[1]) : 1;
  struct lur_error e = {0};
  char whole[128], path[128];
  const char *folder = help_folder();
  long n_tried = 0;
  if (!folder)
    return 77;
  snprintf(whole, sizeof whole, "%s/whole.db", folder);
  snprintf(path, sizeof path, "%s/x.db", folder);
  CHECK(go_on(whole, BEFORE, &e) == LUR_OK);
  put_before();
  for (int good = 0; good < 2; good++)
    for (long n = 1; try(whole, path, n, good); n += step)
      n_tried++;
  help_clean(folder);
  printf("%ld calls failed\n", n_tried);
  return n_tried * step > 20 ? 0 : 1;
}

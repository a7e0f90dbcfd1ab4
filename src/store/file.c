/* SPDX-License-Identifier: MIT
 * Files before SQLite touches them: what stands at a path, its folder, its file system, and the lock of a writing
 * session. The lock is a file of its own beside the results, because closing any descriptor of the results file
 * itself would drop SQLite's POSIX locks of this process; it is removed while it is held. Reentrant. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/narrow.h"
#include "base/system.h"
#include "store/internal.h"

enum { HEADER_BYTES = 100, LOCK_WAIT_NS = 1000000000 };

/* The first bytes of a file, through SQLite's own layer: closing a descriptor of ours would drop its locks. They are
 * read as they stand, because a file may wait for its WAL: SQLite alone would call it damaged. */
static int read_header(const char *path, uint8_t header[HEADER_BYTES], struct lur_error *e) {
  sqlite3_vfs *vfs = sqlite3_vfs_find(NULL);
  char *full = vfs ? lur_alloc((size_t)vfs->mxPathname + 1, 1) : NULL;
  sqlite3_file *file = vfs ? lur_alloc(1, (size_t)vfs->szOsFile) : NULL;
  int rc = full && file ? vfs->xFullPathname(vfs, path, vfs->mxPathname + 1, full) : SQLITE_NOMEM;
  if ((rc & 0xff) == SQLITE_OK)
    rc = vfs->xOpen(vfs, full, file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, NULL);
  if (rc == SQLITE_OK)
    rc = file->pMethods->xRead(file, header, HEADER_BYTES, 0);
  int code = rc == SQLITE_OK ? LUR_OK : lur_sql_fail(NULL, rc, path, e);
  if (file && file->pMethods)
    file->pMethods->xClose(file);
  free(file);
  free(full);
  return code;
}

int lur_file_fail_old(const char *path, struct lur_error *e) {
  return lur_fail(e, LUR_EIO, NULL,
                  "%s: made by an older luron (format 1, this one writes %d): it can be shown, exported and reported,"
                  " and nothing is added to it; choose another file with -o, or --fresh",
                  path, LUR_STORE_VERSION);
}

int lur_file_look(const char *path, enum lur_file_kind *kind, struct lur_error *e) {
  struct stat st;
  *kind = LUR_FILE_ABSENT;
  if (stat(path, &st) != 0)
    return errno == ENOENT ? LUR_OK : lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  *kind = S_ISREG(st.st_mode) && st.st_size == 0 ? LUR_FILE_EMPTY : LUR_FILE_OURS;
  if (*kind == LUR_FILE_EMPTY)
    return LUR_OK;
  if (S_ISDIR(st.st_mode))
    return lur_fail(e, LUR_EIO, NULL, "%s: a folder, not a results file", path);
  if (!S_ISREG(st.st_mode) || st.st_size < HEADER_BYTES)
    return lur_fail(e, LUR_EIO, NULL, "%s: not a results file of luron", path);
  if (lur_file_check_sides(path, e))
    return e ? e->code : LUR_EIO;
  /* Places in the header: sqlite.org/fileformat2.html, 1.3. A results file has its own before it has its name. */
  uint8_t header[HEADER_BYTES];
  int code = read_header(path, header, e);
  if (code)
    return code;
  uint32_t version = lur_big_endian(header + 60);
  if (memcmp(header, "SQLite format 3", 16) != 0 || lur_big_endian(header + 68) != LUR_STORE_APPLICATION_ID)
    return lur_fail(e, LUR_EIO, NULL, "%s: not a results file of luron", path);
  if (version > LUR_STORE_VERSION)
    return lur_fail(e, LUR_EIO, NULL, "%s: made by a newer luron (format %u, this one knows %d)", path, version,
                    LUR_STORE_VERSION);
  *kind = version == LUR_STORE_VERSION ? LUR_FILE_OURS : LUR_FILE_OLD;
  return version > 0 ? LUR_OK : lur_fail(e, LUR_EIO, NULL, "%s: the file is damaged", path);
}

static bool is_results(const char *path, const struct stat *st) {
  uint8_t header[HEADER_BYTES];
  return st->st_size >= HEADER_BYTES && read_header(path, header, NULL) == LUR_OK &&
         memcmp(header, "SQLite format 3", 16) == 0 && lur_big_endian(header + 68) == LUR_STORE_APPLICATION_ID;
}

bool lur_store_is_results(const char *path) {
  struct stat st;
  return stat(path, &st) == 0 && S_ISREG(st.st_mode) && is_results(path, &st);
}

int lur_store_check_output(const char *path, const char *input, struct lur_error *e) {
  struct stat st;
  struct lur_file_id in = {0};
  if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))
    return LUR_OK;
  if (input)
    lur_file_note(input, &in);
  if (lur_file_same(&in, &(struct lur_file_id){st.st_dev, st.st_ino}))
    return lur_fail(e, LUR_EINPUT, NULL, "%s: is what is read here, and would be overwritten; choose another name",
                    path);
  if (is_results(path, &st))
    return lur_fail(e, LUR_EINPUT, NULL, "%s: is a results file, and would be overwritten; choose another name", path);
  return LUR_OK;
}

/* The folder that path stands in; NULL where there is no memory. Owned by the caller. */
static char *folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  char *folder = lur_copy_text(slash ? path : ".");
  if (folder && slash)
    folder[slash == path ? 1 : slash - path] = '\0';
  return folder;
}

void lur_file_sync_name(const char *path) {
  char *folder = folder_of(path);
  const int fd = folder ? open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
  if (fd >= 0) {
    fsync(fd);
    close(fd);
  }
  free(folder);
}

int lur_file_make_folder(const char *path, struct lur_error *e) {
  char *folder = lur_copy_text(path);
  int code = LUR_OK;
  if (!folder)
    return lur_fail_memory(e);
  for (char *p = strchr(folder + 1, '/'); p && !code; p = strchr(p + 1, '/')) {
    *p = '\0';
    if (mkdir(folder, 0777) != 0 && errno != EEXIST)
      code = lur_fail(e, LUR_EIO, NULL, "%s: %s", folder, strerror(errno));
    *p = '/';
  }
  free(folder);
  return code;
}

bool lur_file_is_shared(const char *path) {
  char *folder = folder_of(path);
  bool shared = folder && lur_folder_is_shared(folder);
  free(folder);
  return shared;
}

void lur_file_note(const char *path, struct lur_file_id *id) {
  struct stat st;
  *id = stat(path, &st) == 0 ? (struct lur_file_id){st.st_dev, st.st_ino} : (struct lur_file_id){0};
}

bool lur_file_same(const struct lur_file_id *a, const struct lur_file_id *b) {
  return a->number && a->number == b->number && a->device == b->device;
}

/* Shared file systems may number a file anew, so there only its name is asked for. */
int lur_file_check_there(const char *path, const struct lur_file_id *id, struct lur_error *e) {
  struct lur_file_id now;
  lur_file_note(path, &now);
  if (lur_file_same(&now, id) || (now.number && lur_file_is_shared(path)))
    return LUR_OK;
  return lur_fail(e, LUR_EIO, NULL, "%s: removed or replaced while it was written; its rows are lost", path);
}

int lur_file_make(const char *path, struct lur_error *e) {
  if (unlink(path) != 0 && errno != ENOENT)
    return lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  const int code = lur_file_clear_sides(path, e);
  const int fd = code ? -1 : open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  if (!code && fd < 0)
    return lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  if (fd >= 0)
    close(fd);
  return code;
}

/* Whether the file we locked is still the one at that name: its last holder removes it. */
static bool still_there(int fd, const char *path) {
  struct stat ours;
  struct lur_file_id named;
  lur_file_note(path, &named);
  return fstat(fd, &ours) == 0 && lur_file_same(&named, &(struct lur_file_id){ours.st_dev, ours.st_ino});
}

/* Waits a moment: a process that was just killed may still be ending. */
static bool is_held(int fd) {
  for (uint64_t until_ns = lur_clock_ns() + LOCK_WAIT_NS; flock(fd, LOCK_EX | LOCK_NB) != 0; usleep(20000))
    if (errno != EWOULDBLOCK || lur_clock_ns() > until_ns)
      return errno == EWOULDBLOCK; /* a file system without locks: SQLite's own remain */
  return false;
}

int lur_lock_take(struct lur_lock *l, const char *path, struct lur_error *e) {
  l->fd = -1;
  l->path = lur_path_with(path, "-lock");
  if (!l->path)
    return lur_fail_memory(e);
  for (;;) {
    int fd = open(l->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (fd < 0 && errno == ELOOP)
      return lur_fail(e, LUR_EIO, NULL, "%s: a link stands where luron locks the file", l->path);
    if (fd < 0)
      return lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
    if (is_held(fd)) {
      close(fd);
      return lur_fail(e, LUR_EIO, NULL, "%s: another luron is writing to it", path);
    }
    if (still_there(fd, l->path)) {
      l->fd = fd;
      return LUR_OK;
    }
    close(fd);
  }
}

bool lur_store_is_written(const char *path) {
  char *lock = lur_path_with(path, "-lock");
  int fd = lock ? open(lock, O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC) : -1;
  const bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  if (fd >= 0)
    close(fd);
  free(lock);
  return held;
}

void lur_lock_release(struct lur_lock *l) {
  if (l->fd >= 0) {
    if (still_there(l->fd, l->path))
      unlink(l->path);
    close(l->fd);
  }
  free(l->path);
  *l = (struct lur_lock){.fd = -1};
}

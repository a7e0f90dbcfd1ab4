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
#include <sys/vfs.h>
#include <unistd.h>

#include "base/memory.h"
#include "store/internal.h"

static int read_pragma(sqlite3 *db, const char *path, const char *sql, int64_t *value, struct lur_error *e) {
  sqlite3_stmt *s = NULL;
  int code = lur_sql_prepare(db, path, sql, &s, e);
  if (code)
    return code;
  int rc = sqlite3_step(s);
  *value = rc == SQLITE_ROW ? sqlite3_column_int64(s, 0) : 0;
  code = rc == SQLITE_ROW || rc == SQLITE_DONE ? LUR_OK : lur_sql_fail(db, rc, path, e);
  sqlite3_finalize(s);
  return code;
}

/* The header page of a results file is written before it gets its name, so a WAL never has a newer one of these. */
static int check_header(sqlite3 *db, const char *path, struct lur_error *e) {
  int64_t id = 0, version = 0;
  int code = read_pragma(db, path, "PRAGMA application_id", &id, e);
  if (!code)
    code = read_pragma(db, path, "PRAGMA user_version", &version, e);
  if (code)
    return code;
  if (id != LUR_STORE_APPLICATION_ID)
    return lur_fail(e, LUR_EIO, NULL, "%s: not a results file of luron", path);
  if (version > LUR_STORE_VERSION)
    return lur_fail(e, LUR_EIO, NULL, "%s: made by a newer luron (format %lld, this one knows %d)", path,
                    (long long)version, LUR_STORE_VERSION);
  return version == LUR_STORE_VERSION ? LUR_OK : lur_fail(e, LUR_EIO, NULL, "%s: the file is damaged", path);
}

int lur_file_look(const char *path, enum lur_file_kind *kind, struct lur_error *e) {
  struct stat st;
  sqlite3 *db = NULL;
  *kind = LUR_FILE_ABSENT;
  if (stat(path, &st) != 0)
    return errno == ENOENT ? LUR_OK : lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
  *kind = S_ISREG(st.st_mode) && st.st_size == 0 ? LUR_FILE_EMPTY : LUR_FILE_OURS;
  if (*kind == LUR_FILE_EMPTY)
    return LUR_OK;
  if (S_ISDIR(st.st_mode))
    return lur_fail(e, LUR_EIO, NULL, "%s: a folder, not a results file", path);
  if (!S_ISREG(st.st_mode) || st.st_size < 100)
    return lur_fail(e, LUR_EIO, NULL, "%s: not a results file of luron", path);
  int code = lur_sql_open_immutable(path, &db, e);
  if (!code)
    code = check_header(db, path, e);
  sqlite3_close(db);
  return code;
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

/* Magic numbers of statfs(2): NFS, SMB, CIFS, SMB2, Lustre, GPFS, Ceph, AFS, FUSE, 9P, BeeGFS, OrangeFS. */
static bool is_shared_magic(uint32_t magic) {
  static const uint32_t shared[] = {0x6969,     0x517b,     0xff534d42, 0xfe534d42, 0x0bd00bd0, 0x47504653,
                                    0x00c36400, 0x5346414f, 0x65735546, 0x01021997, 0x19830326, 0x20030528};
  for (size_t i = 0; i < sizeof shared / sizeof *shared; i++)
    if (shared[i] == magic)
      return true;
  return false;
}

bool lur_file_is_shared(const char *path) {
  struct statfs fs;
  char *folder = lur_copy_text(path), *slash = folder ? strrchr(folder, '/') : NULL;
  if (slash)
    slash[slash == folder] = '\0';
  bool shared = folder && statfs(slash ? folder : ".", &fs) == 0 && is_shared_magic((uint32_t)fs.f_type);
  free(folder);
  return shared;
}

/* Whether the file we locked is still the one at that name: its last holder removes it. */
static bool still_there(int fd, const char *path) {
  struct stat ours, named;
  return fstat(fd, &ours) == 0 && stat(path, &named) == 0 && ours.st_ino == named.st_ino
         && ours.st_dev == named.st_dev;
}

int lur_lock_take(struct lur_lock *l, const char *path, struct lur_error *e) {
  l->fd = -1;
  l->path = lur_path_with(path, "-lock");
  if (!l->path)
    return lur_fail_memory(e);
  for (;;) {
    int fd = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0)
      return lur_fail(e, LUR_EIO, NULL, "%s: %s", path, strerror(errno));
    if (flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
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

void lur_lock_release(struct lur_lock *l) {
  if (l->fd >= 0) {
    unlink(l->path);
    close(l->fd);
  }
  free(l->path);
  *l = (struct lur_lock){.fd = -1};
}

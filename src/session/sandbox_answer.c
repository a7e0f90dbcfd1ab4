/* SPDX-License-Identifier: MIT
 * The parent's answers to system calls of the child that name files (seccomp_unotify(2)). The path is copied from the
 * child once, compared with what is allowed, and used by the parent: the child, whatever runs in it, cannot exchange
 * it in between, and gets only a descriptor, a text or a number. What is not allowed is EACCES. */
#include "session/sandbox_parts.h"

#ifndef LUR_SECCOMP

int lur_sandbox_listener(int channel) {
  (void)channel;
  return -1;
}

void lur_sandbox_answer(const struct lur_sandbox *s, int listener) {
  (void)s;
  (void)listener;
}

#else

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <seccomp.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { SYNC_WAKE_UP = 1 }; /* of SECCOMP_IOCTL_NOTIF_SET_FLAGS, number 4, which headers before Linux 6.6 lack */

int lur_sandbox_listener(int channel) {
  union {
    struct cmsghdr head;
    char room[CMSG_SPACE(sizeof(int))];
  } control;
  char byte;
  struct iovec data = {&byte, 1};
  struct msghdr m = {
      .msg_iov = &data, .msg_iovlen = 1, .msg_control = control.room, .msg_controllen = sizeof control.room};
  int fd = -1;
  while (recvmsg(channel, &m, MSG_CMSG_CLOEXEC) < 0)
    if (errno != EINTR)
      return -1;
  struct cmsghdr *c = CMSG_FIRSTHDR(&m);
  if (c && c->cmsg_type == SCM_RIGHTS)
    memcpy(&fd, CMSG_DATA(c), sizeof fd);
  if (fd >= 0) /* each process runs at once when the other waits for it; fails before Linux 6.6 */
    ioctl(fd, SECCOMP_IOW(4, __u64), SYNC_WAKE_UP);
  return fd;
}

struct question {
  const struct lur_sandbox *s;
  int listener;
  const struct seccomp_notif *in;
  const __u64 *arg; /* from the path on */
  uint32_t flags;   /* of a call that has some */
  bool at, no_follow;
  char path[LUR_SANDBOX_PATH_BYTES], real[LUR_SANDBOX_PATH_BYTES];
};

/* ---- The child's memory ---- */
/* Piece by piece, none of which crosses a page: behind the text there may be nothing. */
static bool read_text(const struct question *q, uint64_t from, char text[LUR_SANDBOX_PATH_BYTES]) {
  enum { PIECE = 256 };
  for (size_t n = 0; n + PIECE <= LUR_SANDBOX_PATH_BYTES;) {
    const size_t take = PIECE - (size_t)((from + n) % PIECE);
    const struct iovec to = {text + n, take}, at = {(void *)(uintptr_t)(from + n), take};
    if (process_vm_readv((pid_t)q->in->pid, &to, 1, &at, 1, 0) != (ssize_t)take)
      return false;
    if (memchr(text + n, '\0', take))
      return true;
    n += take;
  }
  return false;
}

static int64_t give(const struct question *q, uint64_t to, const void *bytes, size_t n) {
  const struct iovec from = {(void *)(uintptr_t)bytes, n}, at = {(void *)(uintptr_t)to, n};
  return process_vm_writev((pid_t)q->in->pid, &from, 1, &at, 1, 0) == (ssize_t)n ? 0 : -EFAULT;
}

/* ---- Each question: 0 or more, or -errno ---- */
static int64_t result(int rc) {
  return rc < 0 ? -errno : rc;
}

static bool may(struct question *q, enum lur_sandbox_use use) {
  return lur_sandbox_may(q->s, use, q->path, q->real);
}

/* Where SQLite sorts what is too large for its own memory: the files have no names here, and are gone with it. */
static bool is_temporary(const char *path) {
  const char *slash = strrchr(path, '/');
  return strncmp(slash ? slash + 1 : path, "etilqs_", sizeof "etilqs_" - 1) == 0;
}

static int64_t give_descriptor(const struct question *q, int fd) {
  const struct seccomp_notif_addfd give_it = {.id = q->in->id, .srcfd = (uint32_t)fd, .newfd_flags = O_CLOEXEC};
  const int64_t number = result(ioctl(q->listener, SECCOMP_IOCTL_NOTIF_ADDFD, &give_it));
  close(fd);
  return number;
}

/* Ordinary files and folders only: opening anything else may wait for ever, or do something. */
static int64_t do_open(struct question *q) {
  const int known = O_ACCMODE | O_CREAT | O_EXCL | O_TRUNC | O_APPEND | O_DIRECTORY, flags = (int)q->arg[1];
  const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_CREAT | O_TRUNC));
  struct stat st;
  if (is_temporary(q->path) && (flags & O_CREAT)) {
    const int fd = memfd_create("sort", MFD_CLOEXEC);
    return fd < 0 ? -errno : give_descriptor(q, fd);
  }
  if (!may(q, writes ? LUR_SANDBOX_WRITE : LUR_SANDBOX_READ))
    return -EACCES;
  const int fd =
      open(q->real, (flags & known) | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY | O_NONBLOCK, (mode_t)q->arg[2] & 0666);
  if (fd < 0)
    return -errno;
  if (fstat(fd, &st) != 0 || (!S_ISREG(st.st_mode) && !S_ISDIR(st.st_mode)) ||
      fcntl(fd, F_SETFL, flags & O_APPEND) != 0) {
    close(fd);
    return -EACCES;
  }
  return give_descriptor(q, fd);
}

static int64_t do_stat(struct question *q) {
  struct stat st;
  const bool no_follow = q->no_follow || (q->at && (q->flags & AT_SYMLINK_NOFOLLOW));
  if (q->at && !q->path[0] && (q->flags & AT_EMPTY_PATH))
    snprintf(q->real, sizeof q->real, "/proc/%d/fd/%d", (int)q->in->pid, (int)q->in->data.args[0]);
  else if (!may(q, LUR_SANDBOX_LOOK))
    return -EACCES;
  const int rc = no_follow ? lstat(q->path, &st) : stat(q->real, &st);
  return rc != 0 ? -errno : give(q, q->arg[1], &st, sizeof st);
}

static int64_t do_access(struct question *q) {
  const int mode = (int)q->arg[1];
  const bool may_be = may(q, LUR_SANDBOX_LOOK) && (!(mode & R_OK) || may(q, LUR_SANDBOX_READ));
  if (is_temporary(q->path))
    return -ENOENT;
  if (may_be && lur_sandbox_is_temporary(q->real))
    return 0;
  return may_be && !(mode & X_OK) ? result(access(q->real, mode)) : -EACCES;
}

/* Each folder of a path is made, and most are there. */
static int64_t do_mkdir(struct question *q) {
  if (may(q, LUR_SANDBOX_LOOK) && access(q->real, F_OK) == 0)
    return -EEXIST;
  return may(q, LUR_SANDBOX_FOLDER) ? result(mkdir(q->real, (mode_t)q->arg[1] & 0777)) : -EACCES;
}

static int64_t do_rename(struct question *q) {
  char from[LUR_SANDBOX_PATH_BYTES], to[LUR_SANDBOX_PATH_BYTES];
  const uint64_t second = q->arg[q->at ? 2 : 1];
  if (!may(q, LUR_SANDBOX_WRITE) || !read_text(q, second, q->path))
    return -EACCES;
  memcpy(from, q->real, sizeof from);
  const bool both = lur_sandbox_may(q->s, LUR_SANDBOX_WRITE, q->path, to);
  return both ? result(rename(from, to)) : -EACCES;
}

static int64_t do_readlink(struct question *q) {
  char text[LUR_SANDBOX_PATH_BYTES];
  if (!may(q, LUR_SANDBOX_LOOK))
    return -EACCES;
  const ssize_t n = readlink(q->path, text, q->arg[2] < sizeof text ? (size_t)q->arg[2] : sizeof text);
  if (n < 0)
    return -errno;
  const int64_t code = give(q, q->arg[1], text, (size_t)n);
  return code ? code : n;
}

static int64_t do_statfs(struct question *q) {
  struct statfs fs;
  if (!may(q, LUR_SANDBOX_LOOK))
    return -EACCES;
  return statfs(q->real, &fs) != 0 ? -errno : give(q, q->arg[1], &fs, sizeof fs);
}

static int64_t do_one(struct question *q, enum lur_sandbox_ask ask) {
  switch (ask) {
  case LUR_ASK_OPEN: return do_open(q);
  case LUR_ASK_STAT:
  case LUR_ASK_LSTAT: return do_stat(q);
  case LUR_ASK_ACCESS: return do_access(q);
  case LUR_ASK_UNLINK: return is_temporary(q->path) ? 0 : may(q, LUR_SANDBOX_WRITE) ? result(unlink(q->real)) : -EACCES;
  case LUR_ASK_RENAME: return do_rename(q);
  case LUR_ASK_MKDIR: return do_mkdir(q);
  case LUR_ASK_READLINK: return do_readlink(q);
  case LUR_ASK_STATFS: return do_statfs(q);
  }
  return -EACCES;
}

/* ---- Asking and answering ---- */
/* Both processes have the same folder, and the child cannot change its own. Names that begin in another are refused. */
static int64_t decide(const struct lur_sandbox *s, int listener, const struct seccomp_notif *in) {
  size_t n;
  const struct lur_sandbox_call *calls = lur_sandbox_calls(&n);
  for (size_t i = 0; i < n; i++)
    if (calls[i].number == in->data.nr) {
      const bool at = calls[i].at;
      struct question q = {.s = s,
                           .listener = listener,
                           .in = in,
                           .arg = in->data.args + at,
                           .at = at,
                           .flags = (uint32_t)in->data.args[3],
                           .no_follow = calls[i].ask == LUR_ASK_LSTAT};
      if (!read_text(&q, q.arg[0], q.path))
        return -EFAULT;
      if (at && q.path[0] && q.path[0] != '/' && (int)in->data.args[0] != AT_FDCWD)
        return -EACCES;
      return seccomp_notify_id_valid(listener, in->id) == 0 ? do_one(&q, calls[i].ask) : -EINTR;
    }
  return -EPERM;
}

void lur_sandbox_answer(const struct lur_sandbox *s, int listener) {
  struct seccomp_notif *in = NULL;
  struct seccomp_notif_resp *out = NULL;
  if (seccomp_notify_alloc(&in, &out) != 0)
    return;
  if (seccomp_notify_receive(listener, in) == 0) {
    const int64_t answer = decide(s, listener, in);
    *out = (struct seccomp_notif_resp){
        .id = in->id, .val = answer < 0 ? 0 : answer, .error = answer < 0 ? (int32_t)answer : 0};
    seccomp_notify_respond(listener, out); /* fails where the child has gone meanwhile */
  }
  seccomp_notify_free(in, out);
}

#endif

/* SPDX-License-Identifier: MIT
 * Linux first, then macOS, each with all that differs; what both say in the same way follows. */
#include "base/system.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"

enum { SECOND_NS = 1000000000 };

#ifndef __APPLE__

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/vfs.h>

int lur_n_cores(void) {
  cpu_set_t set;
  return sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
}

int lur_core_now(void) {
  return sched_getcpu();
}

bool lur_program_path(char *path, size_t n) {
  const ssize_t length = readlink("/proc/self/exe", path, n);
  if (length <= 0 || (size_t)length >= n)
    return false;
  path[length] = '\0';
  return true;
}

/* No memory is taken for it: newlocale gives the one there is. */
locale_t lur_plain_locale(void) {
  return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

void lur_sort(void *values, size_t n, size_t size_bytes, lur_compare *compare, void *context) {
  qsort_r(values, n, size_bytes, compare, context);
}

int lur_condition_init(pthread_cond_t *condition) {
  pthread_condattr_t monotonic;
  pthread_condattr_init(&monotonic);
  pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
  const int code = pthread_cond_init(condition, &monotonic);
  pthread_condattr_destroy(&monotonic);
  return code;
}

int lur_condition_wait(pthread_cond_t *condition, pthread_mutex_t *held, uint64_t until_ns) {
  const struct timespec until = {(time_t)(until_ns / SECOND_NS), (long)(until_ns % SECOND_NS)};
  return pthread_cond_timedwait(condition, held, &until);
}

struct timespec lur_modified(const struct stat *file) {
  return file->st_mtim;
}

struct timespec lur_changed(const struct stat *file) {
  return file->st_ctim;
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

bool lur_folder_is_shared(const char *folder) {
  struct statfs fs;
  return statfs(folder, &fs) == 0 && is_shared_magic((uint32_t)fs.f_type);
}

void lur_begin_write(int fd, uint64_t from_bytes, uint64_t n_bytes) {
  sync_file_range(fd, (off_t)from_bytes, (off_t)n_bytes, SYNC_FILE_RANGE_WRITE);
}

void lur_end_with_parent(void) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
}

#else

#include <mach-o/dyld.h>
#include <sys/mount.h>
#include <sys/param.h>

int lur_n_cores(void) {
  return (int)sysconf(_SC_NPROCESSORS_ONLN);
}

int lur_core_now(void) {
  return -1;
}

bool lur_program_path(char *path, size_t n) {
  uint32_t room = (uint32_t)n;
  return _NSGetExecutablePath(path, &room) == 0;
}

static locale_t plain_locale;

static void make_plain_locale(void) {
  plain_locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

/* Made once, and constant from then on. */
locale_t lur_plain_locale(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, make_plain_locale);
  return plain_locale;
}

struct comparison {
  lur_compare *compare;
  void *context;
};

static int compare_by(void *comparison, const void *a, const void *b) {
  const struct comparison *c = comparison;
  return c->compare(a, b, c->context);
}

void lur_sort(void *values, size_t n, size_t size_bytes, lur_compare *compare, void *context) {
  struct comparison c = {compare, context};
  qsort_r(values, n, size_bytes, &c, compare_by);
}

int lur_condition_init(pthread_cond_t *condition) {
  return pthread_cond_init(condition, NULL);
}

int lur_condition_wait(pthread_cond_t *condition, pthread_mutex_t *held, uint64_t until_ns) {
  const uint64_t now_ns = lur_clock_ns(), n_ns = until_ns > now_ns ? until_ns - now_ns : 0;
  const struct timespec left = {(time_t)(n_ns / SECOND_NS), (long)(n_ns % SECOND_NS)};
  return pthread_cond_timedwait_relative_np(condition, held, &left);
}

struct timespec lur_modified(const struct stat *file) {
  return file->st_mtimespec;
}

struct timespec lur_changed(const struct stat *file) {
  return file->st_ctimespec;
}

bool lur_folder_is_shared(const char *folder) {
  struct statfs fs;
  return statfs(folder, &fs) == 0 && !(fs.f_flags & MNT_LOCAL);
}

void lur_begin_write(int fd, uint64_t from_bytes, uint64_t n_bytes) {
  (void)fd;
  (void)from_bytes;
  (void)n_bytes;
}

void lur_end_with_parent(void) {
}

#endif

void lur_close_from(int first_fd) {
#ifdef __GLIBC__
  closefrom(first_fd);
#else
  const long end = sysconf(_SC_OPEN_MAX);
  for (int fd = first_fd; fd < end; fd++)
    close(fd);
#endif
}

/* SPDX-License-Identifier: MIT
 * Files are read and replaced whole. */
#include "data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digits.h"
#include "base/grow.h"
#include "base/memory.h"
#include "base/sha256.h"
#include "data/gzip.h"

enum { LABEL_BYTES = 120, FIRST_ROOM_BYTES = 1 << 16 };
static const size_t LARGEST_FILE_BYTES = (size_t)1 << 31;

bool lur_file_ends_with(const char *path, const char *end) {
  size_t n = strlen(path), m = strlen(end);
  return n >= m && strcmp(path + n - m, end) == 0;
}

const char *lur_file_label(const char *path) {
  size_t n = strlen(path);
  return n <= LABEL_BYTES ? path : path + n - LABEL_BYTES;
}

static int fail_file(struct lur_error *e, const char *path, int error) {
  return lur_fail(e, LUR_EIO, NULL, "%s: %s", lur_file_label(path), strerror(error));
}

/* How many bytes a file says that it has; 0 where it does not know, as of a pipe. */
static size_t expected_bytes(int fd) {
  struct stat s;
  return fstat(fd, &s) == 0 && s.st_size > 0 && (uintmax_t)s.st_size < LARGEST_FILE_BYTES ? (size_t)s.st_size : 0;
}

/* 0, or the errno of what failed. Room for a '\0' is left. */
static int read_all(int fd, char **bytes, size_t *n_bytes) {
  size_t n = 0, room = 0;
  ssize_t got = 1;
  if (!lur_grow(bytes, &room, expected_bytes(fd) + FIRST_ROOM_BYTES, 1))
    return ENOMEM;
  while (got != 0) {
    if (n >= LARGEST_FILE_BYTES)
      return EFBIG;
    if (room - n < FIRST_ROOM_BYTES / 2 && !lur_grow(bytes, &room, n + FIRST_ROOM_BYTES, 1))
      return ENOMEM;
    got = read(fd, *bytes + n, room - 1 - n);
    if (got < 0 && errno != EINTR)
      return errno;
    n += got > 0 ? (size_t)got : 0;
  }
  (*bytes)[n] = '\0';
  *n_bytes = n;
  return 0;
}

/* The bytes as they stand in the file. */
static char *read_raw(const char *path, size_t *n_bytes, struct lur_error *e) {
  char *bytes = NULL;
  const int fd = open(path, O_RDONLY | O_CLOEXEC);
  const int error = fd < 0 ? errno : read_all(fd, &bytes, n_bytes);
  if (fd >= 0)
    close(fd);
  if (!error)
    return bytes;
  free(bytes);
  if (error == ENOMEM)
    lur_fail_memory(e);
  else if (error == EFBIG)
    lur_fail(e, LUR_EIO, NULL, "%s: larger than 2 GiB", lur_file_label(path));
  else
    fail_file(e, path, error);
  return NULL;
}

char *lur_file_read_digest(const char *path, size_t *n_bytes, char sha256[65], struct lur_error *e) {
  size_t n = 0;
  char *bytes = read_raw(path, &n, e);
  struct lur_sha256 s;
  if (bytes && sha256) {
    lur_sha256_start(&s);
    lur_sha256_add(&s, bytes, n);
    lur_sha256_finish(&s, sha256);
  }
  *n_bytes = n;
  if (!bytes || !lur_is_gzip(bytes, n))
    return bytes;
  char *text = lur_gunzip(lur_file_label(path), bytes, n, n_bytes, e);
  free(bytes);
  return text;
}

char *lur_file_read(const char *path, size_t *n_bytes, struct lur_error *e) {
  return lur_file_read_digest(path, n_bytes, NULL, e);
}

bool lur_file_is_replaced(const char *path) {
  struct stat s;
  return stat(path, &s) != 0 || S_ISREG(s.st_mode);
}

/* ---- Writing ---- */
/* A file that was not there, under a name beside the place: nothing that somebody else has put there, and no link, is
 * written to. Its descriptor, or -1 and errno. */
static int open_beside(struct lur_neighbour *n) {
  enum { MOST_TRIED = 100 };
  const size_t room = strlen(n->place) + 48;
  int fd = -1;
  n->name = lur_alloc(room, 1);
  errno = n->name ? EEXIST : ENOMEM;
  for (int i = 0; fd < 0 && errno == EEXIST && i < MOST_TRIED; i++) {
    snprintf(n->name, room, i ? "%s.tmp-%ld-%d" : "%s.tmp-%ld", n->place, (long)getpid(), i);
    fd = open(n->name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0666);
  }
  return fd;
}

static void free_neighbour(struct lur_neighbour *n) {
  free(n->name);
  free(n->place);
  *n = (struct lur_neighbour){0};
}

int lur_neighbour_open(struct lur_neighbour *n, const char *path, struct lur_error *e) {
  int fd = -1;
  *n = (struct lur_neighbour){.place = realpath(path, NULL)}; /* NULL: a new file */
  if (!n->place)
    n->place = lur_copy_text(path);
  if (!n->place)
    return lur_fail_memory(e);
  if (lur_file_is_replaced(path))
    fd = open_beside(n);
  else
    fd = open(path, O_WRONLY | O_CLOEXEC);
  n->file = fd < 0 ? NULL : fdopen(fd, "wb");
  if (n->file)
    return LUR_OK;
  const int error = errno;
  if (fd >= 0) {
    close(fd);
    if (n->name)
      unlink(n->name);
  }
  free_neighbour(n);
  return fail_file(e, path, error);
}

int lur_neighbour_close(struct lur_neighbour *n, const char *path, int code, struct lur_error *e) {
  int error = 0;
  if (fflush(n->file) != 0 || (!code && fsync(fileno(n->file)) != 0 && errno != EINVAL))
    error = errno; /* EINVAL: a kind of file that has no disk behind it */
  if (fclose(n->file) != 0 && !error)
    error = errno;
  if (!code && !error && n->name && rename(n->name, n->place) != 0)
    error = errno;
  if ((code || error) && n->name)
    unlink(n->name);
  free_neighbour(n);
  return !code && error ? fail_file(e, path, error) : code;
}

int lur_file_replace(const char *path, const char *bytes, size_t n_bytes, struct lur_error *e) {
  struct lur_neighbour n;
  int code = lur_neighbour_open(&n, path, e);
  if (code)
    return code;
  if (n_bytes && fwrite(bytes, 1, n_bytes, n.file) != n_bytes)
    code = fail_file(e, path, errno);
  return lur_neighbour_close(&n, path, code, e);
}

int lur_byte_order_mark(const char *text) {
  return strncmp(text, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

void lur_write_numbers(struct lur_buffer *out, const char *word, const double *x, size_t n) {
  char digits[LUR_HEX_BYTES];
  lur_buffer_text(out, word);
  for (size_t i = 0; i < n; i++) {
    lur_buffer_text(out, " ");
    lur_buffer_text(out, lur_number_write_hex(x[i], digits));
  }
  lur_buffer_text(out, "\n");
}

/* SPDX-License-Identifier: MIT
 * Files are read and replaced whole. zlib hands on what is not compressed as it is. */
#include "data/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/digits.h"
#include "base/grow.h"
#include "base/memory.h"

enum { LABEL_BYTES = 120, FIRST_ROOM_BYTES = 1 << 16, MOST_AT_ONCE = 1 << 26 };
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

static int fail_read(gzFile f, const char *path, struct lur_error *e) {
  int code;
  const char *text = gzerror(f, &code);
  if (code == Z_ERRNO)
    return fail_file(e, path, errno);
  return lur_fail(e, LUR_EIO, NULL, "%s: the compressed bytes are damaged%s%s", lur_file_label(path),
                  code == Z_DATA_ERROR ? "" : ": ", code == Z_DATA_ERROR ? "" : text);
}

static char *read_all(gzFile f, const char *path, size_t *n_bytes, struct lur_error *e) {
  size_t n = 0, room = 0;
  char *text = NULL;
  int got;
  do {
    if (room >= LARGEST_FILE_BYTES) {
      lur_fail(e, LUR_EIO, NULL, "%s: larger than 2 GiB", lur_file_label(path));
      goto fail;
    }
    if (!lur_grow(&text, &room, n + FIRST_ROOM_BYTES, 1)) {
      lur_fail_memory(e);
      goto fail;
    }
    const size_t free_bytes = room - 1 - n;
    got = gzread(f, text + n, free_bytes < MOST_AT_ONCE ? (unsigned)free_bytes : MOST_AT_ONCE);
    if (got < 0) {
      fail_read(f, path, e);
      goto fail;
    }
    n += (size_t)got;
  } while (got > 0);
  text[n] = '\0';
  *n_bytes = n;
  return text;

fail:
  free(text);
  return NULL;
}

char *lur_file_read(const char *path, size_t *n_bytes, struct lur_error *e) {
  errno = ENOMEM;
  gzFile f = gzopen(path, "rbe");
  if (!f) {
    fail_file(e, path, errno);
    return NULL;
  }
  char *text = read_all(f, path, n_bytes, e);
  if (gzclose(f) == Z_OK || !text)
    return text;
  free(text);
  lur_fail(e, LUR_EIO, NULL, "%s: the compressed data ends too early", lur_file_label(path));
  return NULL;
}

/* 0, or the errno of what failed. */
static int write_all(int fd, const char *bytes, size_t n_bytes) {
  while (n_bytes > 0) {
    ssize_t n = write(fd, bytes, n_bytes);
    if (n < 0 && errno != EINTR)
      return errno;
    if (n > 0) {
      bytes += n;
      n_bytes -= (size_t)n;
    }
  }
  return fsync(fd) == 0 || errno == EINVAL ? 0 : errno; /* EINVAL: a kind of file that has no disk behind it */
}

bool lur_file_is_replaced(const char *path) {
  struct stat s;
  return stat(path, &s) != 0 || S_ISREG(s.st_mode);
}

/* 0, or the errno of what failed. */
static int write_file(const char *path, int flags, const char *bytes, size_t n_bytes) {
  int fd = open(path, O_WRONLY | O_CLOEXEC | flags, 0666);
  if (fd < 0)
    return errno;
  int error = write_all(fd, bytes, n_bytes);
  if (close(fd) != 0 && !error)
    error = errno;
  return error;
}

int lur_file_replace(const char *path, const char *bytes, size_t n_bytes, struct lur_error *e) {
  if (!lur_file_is_replaced(path)) {
    int error = write_file(path, 0, bytes, n_bytes);
    return error ? fail_file(e, path, error) : LUR_OK;
  }
  char *behind_links = realpath(path, NULL); /* NULL: a new file */
  const char *place = behind_links ? behind_links : path;
  size_t room = strlen(place) + 32;
  char *neighbour = lur_alloc(room, 1);
  if (!neighbour) {
    free(behind_links);
    return lur_fail_memory(e);
  }
  snprintf(neighbour, room, "%s.tmp-%ld", place, (long)getpid());
  int error = write_file(neighbour, O_CREAT | O_TRUNC, bytes, n_bytes);
  if (!error && rename(neighbour, place) != 0)
    error = errno;
  if (error)
    unlink(neighbour);
  free(neighbour);
  free(behind_links);
  return error ? fail_file(e, path, error) : LUR_OK;
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

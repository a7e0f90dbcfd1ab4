/* SPDX-License-Identifier: MIT
 * Reading is of memory, member by member (RFC 1952). Writing: zlib's own files, over a second descriptor. */
#include "data/gzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/grow.h"
#include "base/memory.h"

/* ---- Reading ---- */
enum { FIRST_ROOM_BYTES = 1 << 16, GZIP_WINDOW = 15 + 16 /* of the largest size, in gzip's form */ };
static const size_t MOST_BYTES = (size_t)1 << 31, MOST_AT_ONCE = 1 << 26;

struct unpacking {
  z_stream z;
  char *out; /* n bytes */
  size_t n, room;
};

bool lur_is_gzip(const char *bytes, size_t n) {
  return n >= 2 && bytes[0] == '\x1f' && bytes[1] == '\x8b';
}

static int fail_code(const char *name, const z_stream *z, int code, struct lur_error *e) {
  if (code == Z_MEM_ERROR)
    return lur_fail_memory(e);
  if (code == Z_BUF_ERROR && z->avail_in == 0)
    return lur_fail(e, LUR_EIO, NULL, "%s: the compressed data ends too early", name);
  return lur_fail(e, LUR_EIO, NULL, "%s: the compressed bytes are damaged", name);
}

static int unpack_member(struct unpacking *u, const char *name, struct lur_error *e) {
  int code = Z_OK;
  while (code == Z_OK) {
    if (u->n >= MOST_BYTES)
      return lur_fail(e, LUR_EIO, NULL, "%s: larger than 2 GiB", name);
    if (!lur_grow(&u->out, &u->room, u->n + FIRST_ROOM_BYTES, 1))
      return lur_fail_memory(e);
    const size_t left = u->room - 1 - u->n, n = left < MOST_AT_ONCE ? left : MOST_AT_ONCE;
    u->z.next_out = (unsigned char *)u->out + u->n;
    u->z.avail_out = (unsigned)n;
    code = inflate(&u->z, Z_NO_FLUSH);
    u->n += n - u->z.avail_out;
  }
  return code == Z_STREAM_END ? LUR_OK : fail_code(name, &u->z, code, e);
}

/* What stands behind a member: another one, nothing but zeros, or what is none of it. */
static int unpack_all(struct unpacking *u, const char *name, struct lur_error *e) {
  int code = unpack_member(u, name, e);
  while (!code && lur_is_gzip((const char *)u->z.next_in, u->z.avail_in)) {
    inflateReset(&u->z);
    code = unpack_member(u, name, e);
  }
  for (unsigned i = 0; !code && i < u->z.avail_in; i++)
    if (u->z.next_in[i] != 0)
      code = lur_fail(e, LUR_EIO, NULL, "%s: %u bytes stand behind the compressed data and are none of it", name,
                      u->z.avail_in);
  return code;
}

char *lur_gunzip(const char *name, const char *bytes, size_t n, size_t *n_out, struct lur_error *e) {
  struct unpacking u = {.z = {.next_in = (unsigned char *)bytes, .avail_in = (unsigned)n}};
  if (inflateInit2(&u.z, GZIP_WINDOW) != Z_OK) {
    lur_fail_memory(e);
    return NULL;
  }
  const int code = unpack_all(&u, name, e);
  inflateEnd(&u.z);
  if (code) {
    free(u.out);
    return NULL;
  }
  u.out[u.n] = '\0';
  *n_out = u.n;
  return u.out;
}

/* ---- Writing ---- */

struct lur_gzip {
  gzFile file;
  const char *name;
};

static int fail(const char *name, struct lur_error *e) {
  return lur_fail(e, LUR_EIO, NULL, "%s: %s", name, errno ? strerror(errno) : "cannot be compressed");
}

struct lur_gzip *lur_gzip_begin(FILE *f, const char *name, struct lur_error *e) {
  struct lur_gzip *z = lur_alloc(1, sizeof *z);
  errno = z ? 0 : ENOMEM;
  const int fd = z ? dup(fileno(f)) : -1;
  if (fd >= 0)
    *z = (struct lur_gzip){gzdopen(fd, "wb"), name};
  if (z && z->file)
    return z;
  fail(name, e);
  if (fd >= 0)
    close(fd);
  free(z);
  return NULL;
}

int lur_gzip_write(void *z, const char *bytes, size_t n, struct lur_error *e) {
  const struct lur_gzip *to = z;
  errno = 0;
  return n == 0 || gzwrite(to->file, bytes, (unsigned)n) == (int)n ? LUR_OK : fail(to->name, e);
}

int lur_gzip_end(struct lur_gzip *z, struct lur_error *e) {
  errno = 0;
  const int code = gzclose(z->file) == Z_OK ? LUR_OK : fail(z->name, e);
  free(z);
  return code;
}

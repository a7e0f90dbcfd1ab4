/* SPDX-License-Identifier: MIT
 * zlib's own files, over a second descriptor. */
#include "data/gzip.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "base/memory.h"

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

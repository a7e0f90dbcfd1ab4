/* SPDX-License-Identifier: MIT
 * errno is read right after the call that failed, before anything else sets it. */
#include "base/output.h"

#include <errno.h>
#include <string.h>

int lur_output_write(FILE *out, const char *name, const char *bytes, size_t n, struct lur_error *e) {
  if ((n == 0 || fwrite(bytes, 1, n, out) == n) && fflush(out) == 0)
    return LUR_OK;
  const int code = lur_fail(e, LUR_EIO, NULL, "%s: %s", name, strerror(errno));
  clearerr(out);
  return code;
}

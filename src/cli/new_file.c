/* SPDX-License-Identifier: MIT
 * The file system itself refuses what is there already, so that nothing can come in between. */
#include "cli/new_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/exit.h"
#include "base/output.h"
#include "base/utf8.h"

int lur_new_file(const char *path, const char *bytes, size_t n_bytes) {
  struct lur_error e;
  char shown[LUR_SHOWN_BYTES];
  lur_utf8_name(path, shown);
  const int to = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
  FILE *file = to >= 0 ? fdopen(to, "w") : NULL;
  if (to < 0 && errno == EEXIST) {
    fprintf(stderr, "luron: %s: is there already, and is not replaced\n", shown);
    return LUR_EXIT_FAILED;
  }
  if (!file) {
    fprintf(stderr, "luron: %s: %s\n", shown, strerror(errno));
    if (to >= 0)
      close(to);
    return LUR_EXIT_FAILED;
  }
  const int rc = lur_output_write(file, path, bytes, n_bytes, &e);
  fclose(file);
  if (!rc)
    return LUR_EXIT_OK;
  fprintf(stderr, "luron: %s\n", e.text);
  unlink(path);
  return LUR_EXIT_FAILED;
}

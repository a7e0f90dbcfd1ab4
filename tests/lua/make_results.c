/* SPDX-License-Identifier: MIT
 * Makes a results file of 3000 runs for the tests that read one: make_results FILE. */
#include <errno.h>

#include "../unit/store_help.h"

int main(int argc, char **argv) {
  struct lur_error e = {0};
  if (argc != 2 || (unlink(argv[1]) != 0 && errno != ENOENT))
    return 2;
  int code = help_write(argv[1], "h", 3000, 1, 3000, &e);
  if (code)
    fprintf(stderr, "%s\n", e.text);
  return code ? 1 : 0;
}

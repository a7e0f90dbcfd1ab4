/* SPDX-License-Identifier: MIT
 * Lists of texts. */
#include "data/names.h"

#include <stdlib.h>

#include "base/memory.h"

char **lur_names_copy(const char *const *names, int n) {
  char **copy = lur_alloc((size_t)n, sizeof *copy);
  for (int k = 0; copy && k < n; k++) {
    copy[k] = lur_copy_text(names[k]);
    if (!copy[k]) {
      lur_names_free(copy, k);
      return NULL;
    }
  }
  return copy;
}

void lur_names_free(char **names, int n) {
  for (int k = 0; names && k < n; k++)
    free(names[k]);
  free(names);
}

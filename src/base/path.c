/* SPDX-License-Identifier: MIT
 * Nothing is looked up: a path is what stands there. */
#include "base/path.h"

#include <string.h>

const char *lur_path_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

/* SPDX-License-Identifier: MIT
 * A path is what stands there; what it leads to is looked up only where a ".." needs it. */
#include "base/path.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

const char *lur_path_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

bool lur_path_add(char whole[PATH_MAX], const char *name, size_t n) {
  const size_t before = strcmp(whole, "/") == 0 ? 0 : strlen(whole);
  if (before + 1 + n >= PATH_MAX)
    return false;
  whole[before] = '/';
  memcpy(whole + before + 1, name, n);
  whole[before + 1 + n] = '\0';
  return true;
}

/* Above a link is what is above the folder that it leads to. */
static bool go_up(char whole[PATH_MAX]) {
  char real[PATH_MAX];
  struct stat s;
  if (!whole[0])
    return true;
  if (lstat(whole, &s) == 0 && S_ISLNK(s.st_mode)) {
    if (!realpath(whole, real))
      return false;
    memcpy(whole, real, sizeof real);
  }
  *strrchr(whole, '/') = '\0';
  return true;
}

bool lur_path_whole(const char *path, char whole[PATH_MAX]) {
  whole[0] = '\0'; /* the root, while names are added, each behind a '/' */
  if (path[0] != '/' && (!getcwd(whole, PATH_MAX) || whole[0] != '/'))
    return false;
  if (strcmp(whole, "/") == 0)
    whole[0] = '\0';
  for (size_t n; *path; path += n) {
    path += strspn(path, "/");
    n = strcspn(path, "/");
    if (n == 2 && strncmp(path, "..", n) == 0) {
      if (!go_up(whole))
        return false;
    } else if (n > 1 || (n == 1 && *path != '.')) {
      if (!lur_path_add(whole, path, n))
        return false;
    }
  }
  if (!whole[0])
    memcpy(whole, "/", 2);
  return true;
}

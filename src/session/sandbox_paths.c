/* SPDX-License-Identifier: MIT
 * Which files a sandbox allows: the script, what is below the folders that were named, and one results file with what
 * SQLite puts beside it. A path is compared behind all of its links, so that none leads out; what is allowed was
 * looked up before the script could do anything. Reentrant. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "session/into_file.h"
#include "session/sandbox_parts.h"

_Static_assert(LUR_SANDBOX_PATH_BYTES >= PATH_MAX, "realpath() writes so much");

/* ---- Where a path leads ---- */
/* What is not there yet, name by name; a place above it is none. */
static bool append(char real[LUR_SANDBOX_PATH_BYTES], const char *rest) {
  for (rest += strspn(rest, "/"); *rest; rest += strspn(rest, "/")) {
    const size_t n = strcspn(rest, "/");
    const bool is_here = n == 1 && *rest == '.', is_above = n == 2 && memcmp(rest, "..", n) == 0;
    if (is_above || (!is_here && !lur_path_add(real, rest, n)))
      return false;
    rest += n;
  }
  return true;
}

/* The longest beginning that exists, behind its links, and the rest. */
static bool resolve(const char *path, char real[LUR_SANDBOX_PATH_BYTES]) {
  char head[LUR_SANDBOX_PATH_BYTES];
  struct stat link;
  size_t end = strlen(path);
  if (end == 0 || end >= sizeof head)
    return false;
  for (;;) {
    memcpy(head, path, end);
    head[end] = '\0';
    if (realpath(end ? head : path[0] == '/' ? "/" : ".", real))
      break;
    if (end == 0 || errno != ENOENT || lstat(head, &link) == 0) /* a link that leads to nothing is no place */
      return false;
    while (end && path[end - 1] != '/')
      end--;
    while (end && path[end - 1] == '/')
      end--;
  }
  return append(real, path + end);
}

static bool is_below(const char *real, const char *folder) {
  const size_t n = strlen(folder);
  return n > 0 && strncmp(real, folder, n) == 0 && (n == 1 || real[n] == '\0' || real[n] == '/');
}

/* ---- What is allowed ---- */
static bool is_readable(const struct lur_sandbox *s, const char *real) {
  bool is = strcmp(real, s->real.script) == 0;
  for (int i = 0; i < s->n_folders && !is; i++)
    is = is_below(real, s->real.folder[i]);
  return is;
}

/* The results file, or one of those beside it, is *side. */
static bool is_results(const struct lur_sandbox *s, const char *real, const char **side) {
  static const char *const sides[] = {"",     "-wal",     "-shm",     "-journal",    "-lock",
                                      "-new", "-new-wal", "-new-shm", "-new-journal"};
  const size_t n_base = strlen(s->real.results);
  if (!n_base || strncmp(real, s->real.results, n_base) != 0)
    return false;
  const char *rest = real + n_base;
  if (s->is_beginning) {
    const size_t n_hash = strspn(rest, "0123456789abcdef"), n_shard = strspn(rest + n_hash, ".0123456789-of");
    const char *end = strstr(rest, ".db"); /* 2f8a09c1b7de.2-of-7.db */
    if (n_hash != LUR_HASH_DIGITS || !end || n_hash + n_shard < (size_t)(end - rest))
      return false;
    rest = end + sizeof ".db" - 1;
  }
  *side = rest;
  for (size_t i = 0; i < sizeof sides / sizeof *sides; i++)
    if (strcmp(rest, sides[i]) == 0)
      return true;
  return false;
}

/* A folder above what is allowed, whose name is part of its path. */
static bool is_above(const char *real, const char *allowed) {
  return is_below(allowed, real) && strcmp(allowed, real) != 0;
}

bool lur_sandbox_is_temporary(const char *real) {
  static const char *const temporary[] = {"/var/tmp", "/usr/tmp", "/tmp"};
  for (size_t i = 0; i < sizeof temporary / sizeof *temporary; i++)
    if (strcmp(real, temporary[i]) == 0)
      return true;
  return false;
}

static bool is_above_any(const struct lur_sandbox *s, const char *real) {
  bool is = is_above(real, s->real.results) || is_above(real, s->real.script);
  for (int i = 0; i < s->n_folders && !is; i++)
    is = is_above(real, s->real.folder[i]);
  return is || lur_sandbox_is_temporary(real);
}

/* Folders on the way to a place as it was written, which a link in it may have left. */
static bool is_on_way(const char *written, const char *real) {
  char head[LUR_SANDBOX_PATH_BYTES], to[LUR_SANDBOX_PATH_BYTES];
  const size_t n = written ? strlen(written) : 0;
  bool is = false;
  for (size_t end = 0; end < n && n < sizeof head && !is; end += strcspn(written + end, "/")) {
    memcpy(head, written, end);
    head[end] = '\0';
    is = realpath(end ? head : written[0] == '/' ? "/" : ".", to) && is_below(to, real);
    end += strspn(written + end, "/");
  }
  return is;
}

static bool is_on_any_way(const struct lur_sandbox *s, const char *real) {
  bool is = is_on_way(s->results, real) || is_on_way(s->script, real);
  for (int i = 0; i < s->n_folders && !is; i++)
    is = is_on_way(s->folder[i], real);
  return is;
}

/* To make sure that a new name is on disk, the folder that it is in is opened. */
static bool is_results_folder(const struct lur_sandbox *s, const char *real) {
  const char *slash = strrchr(s->real.results, '/');
  const size_t n = slash ? (size_t)(slash - s->real.results) : 0;
  return n && strlen(real) == n && memcmp(real, s->real.results, n) == 0;
}

void lur_sandbox_resolve(struct lur_sandbox *s) {
  const bool is_file = s->script && strcmp(s->script, "-") != 0;
  if (!is_file || !resolve(s->script, s->real.script))
    s->real.script[0] = '\0';
  if (!resolve(s->results, s->real.results))
    s->real.results[0] = '\0';
  for (int i = 0; i < s->n_folders; i++)
    if (!resolve(s->folder[i], s->real.folder[i]))
      s->real.folder[i][0] = '\0';
}

bool lur_sandbox_may(const struct lur_sandbox *s, enum lur_sandbox_use use, const char *path,
                     char real[LUR_SANDBOX_PATH_BYTES]) {
  const char *side = "";
  if (!resolve(path, real))
    return false;
  const bool results = is_results(s, real, &side);
  switch (use) {
  case LUR_SANDBOX_WRITE: return results && (*side || !s->only_reads);
  case LUR_SANDBOX_FOLDER: return !s->only_reads && is_above(real, s->real.results);
  case LUR_SANDBOX_SCRIPT: return is_readable(s, real);
  case LUR_SANDBOX_READ: return results || is_readable(s, real) || is_results_folder(s, real);
  case LUR_SANDBOX_LOOK: return results || is_readable(s, real) || is_above_any(s, real) || is_on_any_way(s, real);
  }
  return false;
}

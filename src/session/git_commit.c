/* SPDX-License-Identifier: MIT
 * The commit, read from the repository's files, so that Git need not be there: HEAD names a commit or a branch, a
 * branch is a file or a line of packed-refs. A worktree has a HEAD of its own and branches in the common folder.
 * Source: gitrepository-layout(5). Reentrant. */
#include "session/git_commit.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/file.h"

/* The first line of folder/name; NULL where there is none. */
static char *read_line(const char *folder, const char *name) {
  char path[PATH_MAX];
  size_t n;
  if (snprintf(path, sizeof path, "%s/%s", folder, name) >= (int)sizeof path)
    return NULL;
  char *text = lur_file_read(path, &n, NULL);
  if (text)
    text[strcspn(text, "\r\n")] = '\0';
  return text;
}

/* Makes of `name`, as seen from folder, a path in out. */
static bool resolve(const char *folder, const char *name, char out[PATH_MAX]) {
  int n = name[0] == '/' ? snprintf(out, PATH_MAX, "%s", name) : snprintf(out, PATH_MAX, "%s/%s", folder, name);
  return n < PATH_MAX;
}

/* The repository's own files: .git itself, or what it points to. */
static bool find_repository(char folder[PATH_MAX], char out[PATH_MAX]) {
  for (char *slash; (slash = strrchr(folder, '/')) != NULL;) {
    *slash = '\0';
    char *link = read_line(folder, ".git");
    bool is_link = link && strncmp(link, "gitdir: ", 8) == 0;
    bool found = resolve(folder, is_link ? link + 8 : ".git", out) && access(out, X_OK) == 0;
    free(link);
    if (found)
      return true;
  }
  return false;
}

static bool take(const char *hex, char commit[LUR_COMMIT_BYTES]) {
  size_t n = strspn(hex, "0123456789abcdef");
  if ((n != 40 && n != 64) || (hex[n] != '\0' && hex[n] != ' '))
    return false;
  memcpy(commit, hex, n);
  commit[n] = '\0';
  return true;
}

static bool take_line(const char *folder, const char *name, char commit[LUR_COMMIT_BYTES]) {
  char *line = read_line(folder, name);
  bool is = line && take(line, commit);
  free(line);
  return is;
}

/* A branch is a file, or a line "COMMIT NAME" of packed-refs. */
static void take_branch(const char *repository, const char *name, char commit[LUR_COMMIT_BYTES]) {
  char common[PATH_MAX], path[PATH_MAX], *rest = NULL;
  char *link = read_line(repository, "commondir");
  bool has_common = link && resolve(repository, link, common), found = false;
  free(link);
  const char *folder = has_common ? common : repository;
  size_t n;
  if (take_line(repository, name, commit) || take_line(folder, name, commit))
    return;
  char *text = resolve(folder, "packed-refs", path) ? lur_file_read(path, &n, NULL) : NULL;
  for (char *line = text ? strtok_r(text, "\n", &rest) : NULL; line && !found; line = strtok_r(NULL, "\n", &rest)) {
    const char *blank = strchr(line, ' ');
    found = blank && strcmp(blank + 1, name) == 0 && take(line, commit);
  }
  free(text);
}

void lur_git_commit_at(const char *path, char commit[LUR_COMMIT_BYTES]) {
  char at[PATH_MAX], repository[PATH_MAX];
  commit[0] = '\0';
  if (!realpath(path, at) || !find_repository(at, repository))
    return;
  char *head = read_line(repository, "HEAD");
  if (head && strncmp(head, "ref: ", 5) == 0)
    take_branch(repository, head + 5, commit);
  else if (head)
    take(head, commit);
  free(head);
}

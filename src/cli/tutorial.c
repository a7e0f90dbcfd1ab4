/* SPDX-License-Identifier: MIT
 * `luron tutorial`: the bundled scripts, numbered, in their order. They are looked for where the program was installed
 * to, then in the build that it was made in, which has a link to them, then below the current folder. */
#include <glob.h>
#include <libgen.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"

/* The scripts NN_name.lua in their order. 0 where some were found; globfree is the caller's in any case. */
static int find_scripts(glob_t *found) {
  static const char *const places[] = {"/../share/luron/scripts", "/../scripts"};
  char program[PATH_MAX], pattern[PATH_MAX + 64];
  ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
  memset(found, 0, sizeof *found);
  program[length > 0 ? length : 0] = '\0';
  const char *folder = dirname(program);
  for (size_t i = 0; length > 0 && i < sizeof places / sizeof *places; i++) {
    snprintf(pattern, sizeof pattern, "%s%s/[0-9][0-9]_*.lua", folder, places[i]);
    if (glob(pattern, 0, NULL, found) == 0)
      return 0;
  }
  return glob("scripts/[0-9][0-9]_*.lua", 0, NULL, found);
}

static const char *file_name(const char *path) {
  const char *slash = strrchr(path, '/');
  return slash ? slash + 1 : path;
}

static bool is_comment(const char *line) {
  return strncmp(line, "--", 2) == 0 && !strstr(line, "SPDX-");
}

/* The first comment of a script is "NAME: its question". */
static void print_question(const char *path) {
  char line[256] = "";
  FILE *f = fopen(path, "r");
  while (f && fgets(line, sizeof line, f) && !is_comment(line))
    ;
  if (f)
    fclose(f);
  line[strcspn(line, "\n")] = '\0';
  const char *question = strstr(line, ": ");
  printf("  %-24s %s\n", file_name(path), is_comment(line) && question ? question + 2 : "");
}

static int run_one(const struct lur_arguments *a, const char *path, int n_more) {
  const char *words[64] = {path};
  struct lur_arguments with = *a;
  with.command = &lur_command_run;
  with.n_words = 1 + n_more;
  with.words = words;
  for (int i = 0; i < n_more; i++)
    words[i + 1] = a->words[i + 1];
  return lur_run_script(&with);
}

/* By number ("4", "04") or by the start of the name. */
static const char *find_script(const glob_t *found, const char *word) {
  char number[16];
  if (strspn(word, "0123456789") == strlen(word) && strlen(word) < 3) {
    snprintf(number, sizeof number, "%02d_", atoi(word));
    word = number;
  }
  for (size_t i = 0; i < found->gl_pathc; i++)
    if (strncmp(file_name(found->gl_pathv[i]), word, strlen(word)) == 0)
      return found->gl_pathv[i];
  return NULL;
}

static int tutorial(const struct lur_arguments *a) {
  glob_t found;
  int code = LUR_EXIT_OK;
  if (find_scripts(&found) != 0) {
    fprintf(stderr, "luron: the tutorial's scripts are not where this program was installed\n");
    code = LUR_EXIT_FAILED;
  } else if (lur_argument(a, "list")) {
    for (size_t i = 0; i < found.gl_pathc; i++)
      print_question(found.gl_pathv[i]);
  } else if (a->n_words == 0) {
    for (size_t k = 0; k < found.gl_pathc && code == 0; k++) {
      printf("%s== %s\n", k ? "\n" : "", file_name(found.gl_pathv[k]));
      fflush(stdout);
      code = run_one(a, found.gl_pathv[k], 0);
    }
  } else {
    const char *path = find_script(&found, a->words[0]);
    code = path ? run_one(a, path, a->n_words - 1)
                : lur_usage_error(a->words[0], "no such script; see luron tutorial --list");
  }
  globfree(&found);
  return code;
}

static const struct lur_option options[] = {
    {"list", 'l', NULL, "name the scripts and their questions, run none"},
    {0},
};

const struct lur_command lur_command_tutorial = {
    .name = "tutorial",
    .usage = "[NUMBER [NAME=VALUE ...]]",
    .meaning = "run the bundled scripts in order, or the one of that number",
    .options = options,
    .prints = true,
    .n_most = 60,
    .run = tutorial,
};

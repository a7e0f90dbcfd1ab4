/* SPDX-License-Identifier: MIT
 * `luron tutorial`: the bundled scripts, numbered, in their order, run or copied to where one may change them. They are
 * looked for beside where the program is, or in the build that it was made in, which has a link to them; then where it
 * was to be installed (there may be no /proc that says where it is); then below the current folder. */
#include <glob.h>
#include <libgen.h>
#include <limits.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/buffer.h"
#include "base/path.h"
#include "base/system.h"
#include "base/utf8.h"
#include "cli/command.h"
#include "cli/new_file.h"
#include "data/file.h"

/* The scripts NN_name.lua in their order. 0 where some were found; globfree is the caller's in any case. */
static int find_scripts(glob_t *found) {
  static const char *const places[] = {"/../share/luron/scripts", "/../scripts"};
  char program[PATH_MAX], pattern[PATH_MAX + 64];
  const bool known = lur_program_path(program, sizeof program);
  memset(found, 0, sizeof *found);
  const char *folder = known ? dirname(program) : "";
  for (size_t i = 0; known && i < sizeof places / sizeof *places; i++) {
    snprintf(pattern, sizeof pattern, "%s%s/[0-9][0-9]_*.lua", folder, places[i]);
    if (glob(pattern, 0, NULL, found) == 0)
      return 0;
  }
  if (glob(LUR_DATA "/luron/scripts/[0-9][0-9]_*.lua", 0, NULL, found) == 0)
    return 0;
  return glob("scripts/[0-9][0-9]_*.lua", 0, NULL, found);
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
  printf("  %-24s %s\n", lur_path_name(path), is_comment(line) && question ? question + 2 : "");
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
    if (strncmp(lur_path_name(found->gl_pathv[i]), word, strlen(word)) == 0)
      return found->gl_pathv[i];
  return NULL;
}

/* ---- Copies ---- */
static int copy_to(const char *path, const char *folder) {
  size_t n;
  struct lur_error e;
  struct lur_buffer to = {0};
  char *bytes = lur_file_read(path, &n, &e);
  int code = LUR_EXIT_FAILED;
  lur_buffer_format(&to, "%s/%s", folder, lur_path_name(path));
  if (!bytes)
    fprintf(stderr, "luron: %s\n", e.text);
  else
    code = to.failed ? lur_memory_error() : lur_new_file(to.data, bytes, n);
  lur_buffer_free(&to);
  free(bytes);
  return code;
}

static int make_folder(const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST)
    return LUR_EXIT_OK;
  const int error = errno;
  char shown[LUR_SHOWN_BYTES];
  fprintf(stderr, "luron: %s: %s\n", lur_utf8_name(path, shown), strerror(error));
  return LUR_EXIT_FAILED;
}

/* The data that the scripts beside it read, unless a copy is there. */
static int copy_data(const char *script, const char *folder) {
  char pattern[PATH_MAX + 64], to[PATH_MAX];
  glob_t found = {0};
  snprintf(pattern, sizeof pattern, "%.*s/data/*", (int)(lur_path_name(script) - script - 1), script);
  snprintf(to, sizeof to, "%s/data", folder);
  int code = access(to, F_OK) == 0 ? LUR_EXIT_OK : make_folder(to);
  if (glob(pattern, 0, NULL, &found) == 0)
    for (size_t i = 0; i < found.gl_pathc && !code; i++) {
      snprintf(pattern, sizeof pattern, "%s/%s", to, lur_path_name(found.gl_pathv[i]));
      code = access(pattern, F_OK) == 0 ? LUR_EXIT_OK : copy_to(found.gl_pathv[i], to);
    }
  globfree(&found);
  return code;
}

static bool reads_data(const char *script) {
  size_t n;
  char *text = lur_file_read(script, &n, NULL);
  const bool reads = text && strstr(text, "\"data/");
  free(text);
  return reads;
}

/* All scripts, or the one. */
static int copy(const glob_t *found, const char *one, const char *folder) {
  const char *first = one ? one : found->gl_pathv[0];
  int code = make_folder(folder);
  for (size_t i = 0; i < found->gl_pathc && !code; i++)
    if (!one || found->gl_pathv[i] == one)
      code = copy_to(found->gl_pathv[i], folder);
  if (!code && (!one || reads_data(one)))
    code = copy_data(first, folder);
  if (!code)
    printf("copied to %s; next: luron run %s/%s\n", folder, folder, lur_path_name(first));
  return code;
}

/* Those that the words after the options name: all, or one. */
static int of_words(const struct lur_arguments *a, const glob_t *found) {
  const char *folder = lur_argument(a, "copy"), *one = a->n_words ? find_script(found, a->words[0]) : NULL;
  int code = LUR_EXIT_OK;
  if (a->n_words && !one)
    return lur_usage_error(a->words[0], "no such script; see luron tutorial --list");
  if (folder && !folder[0])
    return lur_usage_error("--copy", "DIR is missing");
  if (folder)
    return a->n_words > 1 ? lur_usage_error(a->words[1], "is a field; --copy copies a script as it is")
                          : copy(found, one, folder);
  if (one)
    return run_one(a, one, a->n_words - 1);
  for (size_t k = 0; k < found->gl_pathc && code == 0; k++) {
    printf("%s== %s\n", k ? "\n" : "", lur_path_name(found->gl_pathv[k]));
    fflush(stdout);
    code = run_one(a, found->gl_pathv[k], 0);
  }
  return code;
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
  } else {
    code = of_words(a, &found);
  }
  globfree(&found);
  return code;
}

static const struct lur_option options[] = {
    {"list", 'l', NULL, "name the scripts and their questions, run none"},
    {"copy", 0, "DIR", "copy the scripts, or the one, and their data into a folder, run none; no file is replaced"},
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

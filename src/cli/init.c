/* SPDX-License-Identifier: MIT
 * `luron init NAME`: an experiment to begin with, starter.lua with the name put in. It runs and sweeps as it is. */
#include <string.h>

#include "base/buffer.h"
#include "base/path.h"
#include "cli/command.h"
#include "cli/new_file.h"
#include "cli/starter.h"
#include "data/file.h"

/* NAME and FILE in the text become these. */
static void fill_in(const char *name, const char *path, struct lur_buffer *out) {
  for (const char *at = strchr(lur_starter, '\n') + 1; *at;) { /* behind the line on its licence, which is not theirs */
    const bool is_name = strncmp(at, "NAME", 4) == 0, is_file = strncmp(at, "FILE", 4) == 0;
    if (is_name || is_file)
      lur_buffer_text(out, is_name ? name : path);
    else
      lur_buffer_add(out, at, 1);
    at += is_name || is_file ? 4 : 1;
  }
}

/* It stands in a text in Lua, in comments, and in commands. */
static bool is_plain(const char *name) {
  for (const char *at = name; *at; at++)
    if ((unsigned char)*at <= ' ' || strchr("\"'\\$`*?;&|<>()", *at))
      return false;
  return name[0] != '\0' && name[0] != '-';
}

static void print_next(const char *path, const char *name) {
  printf("%s is an experiment that runs as it is. Next:\n\n"
         "  luron run %s\n"
         "  luron sweep %s\n"
         "  luron plot %s -x learning_rate -y hidden -v solved -o %s.png\n",
         path, path, path, path, name);
}

static int init(const struct lur_arguments *a) {
  struct lur_buffer path = {0}, text = {0};
  const char *word = a->words[0], *name = lur_path_name(word);
  lur_buffer_format(&path, "%s%s", word, lur_file_ends_with(word, ".lua") ? "" : ".lua");
  char stem[256];
  snprintf(stem, sizeof stem, "%.*s", (int)(strlen(name) - (lur_file_ends_with(name, ".lua") ? 4 : 0)), name);
  int code = LUR_EXIT_OK;
  if (!is_plain(word) || !stem[0])
    code = lur_usage_error(word, "a name of letters, digits, _ - . and / is expected, as in luron init first");
  if (!code && !path.failed)
    fill_in(stem, path.data, &text);
  if (!code && (path.failed || text.failed))
    code = lur_memory_error();
  if (!code)
    code = lur_new_file(path.data, text.data, text.length_bytes);
  if (!code)
    print_next(path.data, stem);
  lur_buffer_free(&path);
  lur_buffer_free(&text);
  return code;
}

const struct lur_command lur_command_init = {
    .name = "init",
    .usage = "NAME",
    .meaning = "write NAME.lua, an experiment to begin with, which runs and sweeps as it is",
    .n_least = 1,
    .n_most = 1,
    .run = init,
};

/* SPDX-License-Identifier: MIT
 * `luron repl [FILE]`, which `luron` alone at a terminal is, too; and `luron -e CODE`. Both have luron as a global. */
#include <stdio.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/line_editor.h"
#include "host/script.h"

static int repl(const struct lur_arguments *a) {
  struct lur_line_editor *editor = lur_line_editor_new();
  if (!editor)
    return lur_memory_error();
  const struct lur_prompt prompt = {.read = lur_line_editor_read, .context = editor};
  struct lur_script_options options = {.path = "-", .text = "", .names_luron = true};
  if (a->n_words)
    options = (struct lur_script_options){.path = a->words[0], .names_luron = true};
  options.color = lur_color_wanted(a, stdout);
  if (isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
    printf("luron " LUR_VERSION ", %s. Tab completes, Ctrl-D ends.\n", lur_script_lua_version());
  const int code = lur_script_prompt(&options, &prompt);
  lur_line_editor_free(editor);
  return code;
}

int lur_repl_alone(void) {
  const struct lur_arguments a = {.command = &lur_command_repl, .color = "auto"};
  return repl(&a);
}

int lur_run_code(int argc, char **argv) {
  if (argc < 1)
    return lur_usage_error("-e", "is followed by what is to be run: luron -e 'print(luron.sigmoid(0))'");
  const struct lur_script_options options = {.path = "-",
                                             .text = argv[0],
                                             .chunk = "=(command line)",
                                             .names_luron = true,
                                             .n_words = argc - 1,
                                             .words = (const char *const *)argv + 1,
                                             .n_overrides = argc - 1,
                                             .overrides = (const char *const *)argv + 1};
  return lur_script_run(&options);
}

const struct lur_command lur_command_repl = {
    .name = "repl",
    .usage = "[FILE]",
    .meaning = "a prompt for lines of Lua, after a script if one is given",
    .more =
        "What is an expression is shown. luron is there without a require; after a script its globals are, and what\n"
        "it returned is e. Tab completes names, methods and fields. Ctrl-C ends what a line does, Ctrl-D the prompt.\n"
        "luron alone, at a terminal, is the same.\n",
    .n_most = 1,
    .run = repl,
};

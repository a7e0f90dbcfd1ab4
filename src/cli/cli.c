/* SPDX-License-Identifier: MIT
 * Dispatch: `luron COMMAND ...`, `luron FILE ...` for scripts that are programs, and `luron --version`. */
#include "cli/cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/buffer.h"
#include "cli/command.h"
#include "module/interrupt.h"

const struct lur_command *const lur_commands[] = {
    &lur_command_run,
    &lur_command_sweep,
    &lur_command_tutorial,
    &lur_command_show,
    &lur_command_plot,
    &lur_command_report,
    &lur_command_export,
    &lur_command_replay,
    &lur_command_verify,
    &lur_command_merge,
    &lur_command_diff,
    &lur_command_help,
    NULL,
};

const struct lur_command *lur_command_find(const char *name) {
  for (int i = 0; lur_commands[i]; i++)
    if (strcmp(lur_commands[i]->name, name) == 0)
      return lur_commands[i];
  return NULL;
}

static int run_command(const struct lur_command *c, int argc, char **argv) {
  struct lur_arguments a;
  int code = lur_arguments_read(c, argc, argv, &a);
  if (code)
    return code;
  if (a.help) {
    lur_help_command(c);
    return LUR_EXIT_OK;
  }
  return c->run(&a);
}

/* `luron FILE`: argv[0] stands where the command's name does. */
static int run_file(int argc, char **argv) {
  struct lur_arguments a = {
      .command = &lur_command_run, .color = "auto", .n_words = argc - 1, .words = (const char *const *)argv + 1};
  return lur_run_script(&a);
}

static int unknown_command(const char *name) {
  const char *names[32] = {NULL};
  for (int i = 0; lur_commands[i] && i < 31; i++)
    names[i] = lur_commands[i]->name;
  const char *near = lur_near_word(name, names);
  if (near)
    return lur_usage_error(name, "no such command or file; did you mean %s?", near);
  return lur_usage_error(name, "no such command or file; see luron help");
}

static int dispatch(int argc, char **argv) {
  if (argc < 2) {
    lur_help_overview(stderr);
    return LUR_EXIT_USAGE;
  }
  const char *word = argv[1];
  const struct lur_command *c = lur_command_find(word);
  if (c)
    return run_command(c, argc - 1, argv + 1);
  if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
    return lur_print_version();
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
    return run_command(&lur_command_help, argc - 1, argv + 1);
  if (word[0] == '-' && word[1])
    return lur_usage_error(word, "no such option; there are --version and --help, and those of each command");
  if (strcmp(word, "-") != 0 && !strpbrk(word, "./") && access(word, F_OK) != 0)
    return unknown_command(word);
  return run_file(argc, argv);
}

/* What is still in stdout's buffer may not fit on the disk. */
static int close_output(int code) {
  if (fflush(stdout) == 0 && !ferror(stdout))
    return code;
  fprintf(stderr, "luron: standard output: %s\n", strerror(errno));
  return code ? code : LUR_EXIT_FAILED;
}

int lur_cli_main(int argc, char **argv) {
  lur_interrupt_catch();
  return close_output(dispatch(argc, argv));
}

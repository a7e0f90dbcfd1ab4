/* SPDX-License-Identifier: MIT
 * Dispatch: `luron COMMAND ...`, `luron FILE ...` for scripts that are programs, `luron -e CODE`, `luron --version`,
 * and `luron` alone, which is a prompt. */
#include "cli/cli.h"

#include <errno.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/near_word.h"
#include "base/signals.h"
#include "base/digits.h"
#include "base/output.h"
#include "cli/command.h"
#include "engine/engine.h"
#include "host/script.h"
#include "store/store.h"

#define ROW(name) &lur_command_##name,
const struct lur_command *const lur_commands[] = {LUR_COMMANDS(ROW) NULL};

static int run_command(const struct lur_command *c, int argc, char **argv) {
  struct lur_arguments a;
  int code = lur_arguments_read(c, argc, argv, &a);
  if (code)
    return code;
  a.all = lur_commands;
  if (a.help) {
    lur_help_command(c);
    return LUR_EXIT_OK;
  }
  return c->run(&a);
}

#ifdef __clang__
static const char compiler[] = "clang " __clang_version__;
#else
static const char compiler[] = "gcc " __VERSION__;
#endif

/* All that a report of a fault should name. */
static int print_version(void) {
  struct lur_error e;
  const char *isa = lur_isa_name(&e);
  if (!isa)
    return lur_usage_error(e.field, "%s", e.text);
  printf("luron %s\n%s\nSQLite %s\nkernel %s\nbuilt by %s\n", LUR_VERSION, lur_script_lua_version(),
         lur_store_sqlite_version(), isa, compiler);
  return LUR_EXIT_OK;
}

static int dispatch(int argc, char **argv) {
  if (argc < 2 && isatty(STDIN_FILENO) && isatty(STDOUT_FILENO))
    return lur_repl_alone();
  if (argc < 2) {
    lur_help_overview(lur_commands, stderr);
    return LUR_EXIT_USAGE;
  }
  const char *word = argv[1];
  const struct lur_command *c = lur_command_find(lur_commands, word);
  if (c)
    return run_command(c, argc - 1, argv + 1);
  if (strcmp(word, "--version") == 0 || strcmp(word, "-V") == 0)
    return print_version();
  if (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0)
    return run_command(&lur_command_help, argc - 1, argv + 1);
  if (strcmp(word, "-e") == 0)
    return lur_run_code(argc - 2, argv + 2);
  if (word[0] == '-' && word[1])
    return lur_usage_error(word, "no such option; there are -e, --version and --help, and those of each command");
  if (strcmp(word, "-") != 0 && !strpbrk(word, "./") && access(word, F_OK) != 0) {
#define NAME(name) #name,
    static const char *const names[] = {LUR_COMMANDS(NAME) NULL};
    const char *near = lur_near_word(word, names);
    if (near)
      return lur_usage_error(word, "no such command or file; did you mean %s?", near);
    return lur_usage_error(word, "no such command or file; see luron help");
  }
  /* `luron FILE`: argv[0] stands where the command's name does. */
  struct lur_arguments a = {
      .command = &lur_command_run, .color = "auto", .n_words = argc - 1, .words = (const char *const *)argv + 1};
  return lur_run_script(&a);
}

/* What is still in stdout's buffer may not fit on the disk. What failed before and was not told (base/output.h) left a
 * mark, but not its cause, so that the device is asked again. */
static int end_output(int code) {
  const char *why = "it could not be written to the end; is the disk full?";
  errno = 0;
  if (fflush(stdout) == 0 && !ferror(stdout))
    return code;
  if (errno || write(STDOUT_FILENO, "", 0) < 0)
    why = strerror(errno);
  fprintf(stderr, "luron: %s: %s\n", LUR_STDOUT_NAME, why);
  return code ? code : LUR_EXIT_FAILED;
}

/* Lua lets functions call each other through C 200 deep, and each of those may train or sweep: 2 MiB are enough for
 * that. A main thread's stack grows up to the limit of the moment; where that is less, it is raised if it may be. */
static int check_stack(void) {
  enum { LEAST_BYTES = 4 << 20 };
  struct rlimit l;
  if (getrlimit(RLIMIT_STACK, &l) != 0 || l.rlim_cur >= LEAST_BYTES)
    return LUR_EXIT_OK;
  const rlim_t had = l.rlim_cur;
  l.rlim_cur = LEAST_BYTES;
  if (l.rlim_max >= LEAST_BYTES && setrlimit(RLIMIT_STACK, &l) == 0)
    return LUR_EXIT_OK;
  fprintf(stderr, "luron: the stack is limited to %llu KiB, and scripts may need %d; write ulimit -s %d\n",
          (unsigned long long)had / 1024, LEAST_BYTES / 1024, LEAST_BYTES / 1024);
  return LUR_EXIT_FAILED;
}

int lur_cli_main(int argc, char **argv) {
  const int code = check_stack();
  if (code)
    return code;
  lur_locale_plain();
  lur_signal_catch();
  return end_output(dispatch(argc, argv));
}

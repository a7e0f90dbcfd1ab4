/* SPDX-License-Identifier: MIT
 * --sandbox and what goes with it, which run, sweep, replay and verify share. */
#ifndef LUR_CLI_SANDBOX_H
#define LUR_CLI_SANDBOX_H

#include "cli/command.h"
#include "session/sandbox.h"

/* Rows of a table of options. */
#define LUR_SANDBOX_OPTIONS \
  {"sandbox", 0, NULL, "run the script of a stranger: no files, no programs, limits of memory and time"}, \
      {"memory", 0, "SIZE", "with --sandbox: the most memory (512M unless you give it)"}, \
      {"time", 0, "TIME", "with --sandbox: the most time for all of it (60s unless you give it)"}, \
      {"allow-read", 0, "FOLDER", "with --sandbox: the script may read files below this folder; may be given again"}

/* Enters the sandbox where --sandbox was given; s->results, s->is_beginning, s->only_reads, s->n_threads and the names
 * are the caller's, whose command goes on where this is true: in the child, or without a sandbox, where s->what is
 * NULL. Else *code is the exit code. script, results: NULL where the command has none. */
bool lur_sandbox_begin(const struct lur_arguments *a, const char *what, struct lur_sandbox *s, int *code);
bool lur_sandbox_has(const char *option); /* whether it goes with --sandbox */
/* The names of the results files that a sweep of the script may make. */
void lur_sandbox_name_results(struct lur_sandbox *s, const char *script, const char *out);

#endif

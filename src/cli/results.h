/* SPDX-License-Identifier: MIT
 * What the commands on results files share. */
#ifndef LUR_CLI_RESULTS_H
#define LUR_CLI_RESULTS_H

#include "cli/command.h"
#include "host/script.h"
#include "store/store.h"

/* Prints the error and returns its exit code: what was typed is a usage error (under e->field, or `word`), the rest
 * is the world's. */
int lur_results_fail(const struct lur_error *e, const char *word);
/* What the words of a command name: results files, then WHERE. A script stands for its sweep's file, with the
 * NAME=VALUE words behind it as its overrides. */
struct lur_results_words {
  int n_files;
  const char *file[2];
  const char *where; /* or NULL */
  const char *taken; /* where, if it stands behind a script and would be an override without its blank; else NULL */
  char path[2][LUR_PATH_BYTES];
};
/* Reads them, with at most n_files files; returns the exit code, and has printed what is wrong. Runs a script where
 * one is named. */
int lur_results_words(const struct lur_arguments *a, int n_files, struct lur_results_words *out);
/* The same of one file and no WHERE. */
int lur_results_one_word(const struct lur_arguments *a, struct lur_results_words *out);
/* Says, if a command failed, why a word was taken as a WHERE. Returns the exit code, `code`. */
int lur_results_tell_taken(const struct lur_results_words *w, int code);
/* Whether -o may be written: it is none of the files that the words name, and no results file. The exit code; the
 * message is printed. */
int lur_results_check_output(const struct lur_arguments *a, const char *out);
/* Opens a results file. NULL where that failed: *code is the exit code then, and the message is printed. */
struct lur_table *lur_results_open(const char *path, int *code);
/* Tells on stderr how many runs failed and why, where some did, after what stands on stdout. LUR_EXIT_FAILED where
 * all did, else LUR_EXIT_OK. */
int lur_results_tell_failures(struct lur_table *t);
/* Says on stderr that there are other results files of the same script, which hold another sweep. */
void lur_results_tell_others(struct lur_table *t);
/* Splits "a,b" in place into at most n_most names; -1 where there are more. */
int lur_results_split(char *text, const char **name, int n_most);
/* What `luron replay` and `luron verify` share: the options, the file at path, and the help. r is filled by the rest.
 * Returns the exit code. */
int lur_results_replay(const struct lur_arguments *a, const char *path, struct lur_replay_request *r);
extern const char lur_results_replay_help[];
/* Prints a buffer to stdout; memory that failed is told. Frees it. */
int lur_results_print(struct lur_buffer *b);

#endif

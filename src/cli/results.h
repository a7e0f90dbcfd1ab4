/* SPDX-License-Identifier: MIT
 * What the commands on results files share. */
#ifndef LUR_CLI_RESULTS_H
#define LUR_CLI_RESULTS_H

#include "cli/command.h"
#include "store/store.h"

/* Prints the error and returns its exit code: what was typed is a usage error (under e->field, or `word`), the rest
 * is the world's. */
int lur_results_fail(const struct lur_error *e, const char *word);
/* Opens what a word names: a results file, or a script, for its sweep's file. NULL where that failed: *code is the
 * exit code then, and the message is printed. */
struct lur_table *lur_results_open(const char *word, int *code);
/* Splits "a,b" in place into at most n_most names; -1 where there are more. */
int lur_results_split(char *text, const char **name, int n_most);
/* A count from 1 that an option was given; 0 where it was not, -1 and a message where it is none. */
long lur_results_count(const struct lur_arguments *a, const char *option);
/* Prints a buffer to stdout; memory that failed is told. Frees it. */
int lur_results_print(struct lur_buffer *b);

#endif

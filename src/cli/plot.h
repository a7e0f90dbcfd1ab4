/* SPDX-License-Identifier: MIT
 * The pictures that luron plot makes, and the options that it shares with luron show --plot. */
#ifndef LUR_CLI_PLOT_H
#define LUR_CLI_PLOT_H

#include "cli/command.h"
#include "view/plot_choice.h"

/* The options of looks, of a picture of that name: plot_look.c. All return the exit code, and have printed what is
 * wrong. */
int lur_plot_look(const struct lur_arguments *a, const char *out, struct lur_look *look);
/* Reads --x --y --by --value --where --fold --shade --bare --ecdf, as far as the command has them; what was not given
 * stays NULL. */
int lur_plot_options(const struct lur_arguments *a, struct lur_plot_ask *ask);
/* What luron plot draws into the file out: rows of a results file, or a script's network after some epochs (--boundary
 * or --weights, with --epochs and --animate). The exit code. */
int lur_plot_results(const struct lur_arguments *a, const char *out);
int lur_plot_network(const struct lur_arguments *a, const char *out);

#endif

/* SPDX-License-Identifier: MIT
 * The options that luron plot and luron show --plot share. */
#ifndef LUR_CLI_PLOT_OPTIONS_H
#define LUR_CLI_PLOT_OPTIONS_H

#include "cli/command.h"
#include "view/plot_choice.h"

/* Reads --x --y --by --value --where --fold --shade --bare --ecdf, as far as the command has them; what was not given
 * stays NULL. Returns the exit code, and has printed what is wrong. */
int lur_plot_options(const struct lur_arguments *a, struct lur_plot_ask *ask);

#endif

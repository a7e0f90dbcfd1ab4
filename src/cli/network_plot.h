/* SPDX-License-Identifier: MIT
 * The pictures of a network that luron plot makes of a script. */
#ifndef LUR_CLI_NETWORK_PLOT_H
#define LUR_CLI_NETWORK_PLOT_H

#include "cli/command.h"

/* --boundary or --weights, with --epochs and --animate; the exit code. */
int lur_network_plot(const struct lur_arguments *a, const char *out);

#endif

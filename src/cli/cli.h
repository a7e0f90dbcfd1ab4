/* SPDX-License-Identifier: MIT
 * The command line: arguments to a subcommand to an exit code. */
#ifndef LUR_CLI_H
#define LUR_CLI_H

int lur_cli_main(int argc, char **argv);

#endif

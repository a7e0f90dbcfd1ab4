/* SPDX-License-Identifier: MIT */
#include "cli/cli.h"

int lur_cli_main(int argc, char **argv) {
  (void)argc, (void)argv;
  return 2;
}

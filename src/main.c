/* SPDX-License-Identifier: MIT
 * luron: Lua scripts describe experiments with small neural networks, C runs them. The command line is in cli/, the
 * Lua host in host/, the main loop of sweeps in sweep/, the numbers in engine/. */
#include "cli/cli.h"

int main(int argc, char **argv) {
  return lur_cli_main(argc, argv);
}

/* SPDX-License-Identifier: MIT
 * The commands, in the order of help: one row and one file each. The file NAME.c defines lur_command_NAME (command.h):
 * its words, its options, its help. Dispatch, `luron help` and the shell's completion are made from them. */
#define LUR_COMMANDS(X) \
  X(run) \
  X(sweep) \
  X(init) \
  X(repl) \
  X(tutorial) \
  X(list) \
  X(show) \
  X(plot) \
  X(report) \
  X(export) \
  X(predict) \
  X(replay) \
  X(verify) \
  X(merge) \
  X(diff) \
  X(help)

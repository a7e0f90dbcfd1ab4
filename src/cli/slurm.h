/* SPDX-License-Identifier: MIT
 * A sweep as an array of Slurm jobs. */
#ifndef LUR_CLI_SLURM_H
#define LUR_CLI_SLURM_H

#include <limits.h>

#include "cli/command.h"

struct lur_slurm {
  const struct lur_arguments *arguments; /* of `luron sweep` */
  int n_words;                           /* of them: the script and what is set */
  int n_more;
  const char *const *more;               /* for sbatch */
  int n_shards;
  const char *path;                      /* the merged results file */
  char program[PATH_MAX];                /* filled */
};
/* Prints the script that submits it (--dry-run), or runs it. Returns the exit code. */
int lur_slurm_submit(struct lur_slurm *s);

#endif

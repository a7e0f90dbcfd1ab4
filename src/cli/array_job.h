/* SPDX-License-Identifier: MIT
 * Which shard a process is, by the variables that a scheduler sets for the tasks of an array job. */
#ifndef LUR_CLI_ARRAY_JOB_H
#define LUR_CLI_ARRAY_JOB_H

#include <stdbool.h>

/* Whether these are the variables of a Slurm array, whose tasks are shards without a word. */
bool lur_array_is_slurm(void);
/* Fills k and n, from 1. n_tasks: as typed behind auto/, 0 where nothing was. Prints what is wrong and returns the exit
 * code. */
int lur_array_shard(const char *typed, int n_tasks, int *k, int *n);

#endif

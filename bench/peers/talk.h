/* SPDX-License-Identifier: MIT
 * The talk of worker.py, for programs in C: a line of JSON with what is compared, then a round for each line read. */
#ifndef BENCH_PEERS_TALK_H
#define BENCH_PEERS_TALK_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double seconds_of(clockid_t clock) {
  struct timespec t;
  clock_gettime(clock, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static inline void talk(const char *version, double units, int n_values, const double *values, void (*run)(void *),
                 void *context) {
  printf("{\"version\": \"%s\", \"units\": %.0f, \"note\": \"\", \"values\": [", version, units);
  for (int i = 0; i < n_values; i++)
    printf("%s%.17g", i ? ", " : "", values[i]);
  printf("]}\n");
  fflush(stdout);
  char line[256];
  while (fgets(line, sizeof line, stdin)) {
    const double wall = seconds_of(CLOCK_MONOTONIC), cpu = seconds_of(CLOCK_PROCESS_CPUTIME_ID);
    run(context);
    printf("{\"cpu\": %.9f, \"wall\": %.9f}\n", seconds_of(CLOCK_PROCESS_CPUTIME_ID) - cpu,
           seconds_of(CLOCK_MONOTONIC) - wall);
    fflush(stdout);
  }
}

/* The rows of numbers of the file of that name, or of `folder` itself where it has none, `n_columns` each; exits where
 * it cannot be read. */
static inline double *read_rows(const char *folder, const char *name, size_t n_rows, size_t n_columns) {
  char path[4096];
  snprintf(path, sizeof path, "%s%s%s", folder, *name ? "/" : "", name);
  FILE *file = fopen(path, "r");
  double *x = calloc(n_rows * n_columns, sizeof *x);
  for (size_t i = 0; file && x && i < n_rows * n_columns; i++)
    if (fscanf(file, "%lf%*[,]", &x[i]) < 1)
      exit(1);
  if (!file || !x)
    exit(1);
  fclose(file);
  return x;
}

#endif

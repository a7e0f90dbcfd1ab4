/* SPDX-License-Identifier: MIT
 * One neuron, one run: lur_train beside the same loop written in C with libm, both compiled with the machine's fused
 * multiply-add where there is one. Rounds alternate; the medians and their ratio are printed, in processor time.
 *
 *     neuron-bench [--at-most RATIO]      exit 1 where the ratio is above
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "engine/engine.h"

enum { N_STEPS = 400000, N_ROUNDS = 15 };

static double processor_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

__attribute__((noinline)) static double plain_loop(double w, double b, const double *x, const double *y) {
  for (long i = 0; i < N_STEPS; i++) {
    double output = 1 / (1 + exp(-(b + w * x[0])));
    double error = y[0] - output;
    w = w + x[0] * 0.1 * error;
    b = b + 0.1 * error;
  }
  return w + b;
}

static double time_plain(const double *x, const double *y) {
  double from = processor_ns();
  volatile double kept = plain_loop(0.37, 0.1, x, y);
  (void)kept;
  return (processor_ns() - from) / N_STEPS;
}

static double time_ours(const double *x, const double *y) {
  const struct lur_structure s = {
      .shape = {.n_layers = 1, .width = {1, 1}, .bias = true}, .batch = 1, .n_patterns = 1, .start_given = true};
  const double start[] = {0.37, 0.1};
  struct lur_numbers n = {.epochs = N_STEPS, .stop_every = 1, .train = {1, 1, 1, x, y}, .start = start};
  struct lur_outcome out = {0};
  n.learning_rate[0] = 0.1;
  double from = processor_ns();
  if (lur_train(&s, &n, NULL, NULL, &out, NULL))
    exit(1);
  return (processor_ns() - from) / N_STEPS;
}

static int by_size(const void *a, const void *b) {
  double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static double median(double *x) {
  qsort(x, N_ROUNDS, sizeof *x, by_size);
  return x[N_ROUNDS / 2];
}

int main(int argc, char **argv) {
  const double x[] = {1}, y[] = {0};
  double ours[N_ROUNDS], plain[N_ROUNDS];
  double most = argc == 3 && strcmp(argv[1], "--at-most") == 0 ? strtod(argv[2], NULL) : INFINITY;
  for (int i = 0; i < N_ROUNDS; i++) {
    ours[i] = time_ours(x, y);
    plain[i] = time_plain(x, y);
  }
  double a = median(ours), b = median(plain);
  printf("one neuron, ns a step: luron %.1f, C with libm %.1f, ratio %.2f\n", a, b, a / b);
  return a / b > most;
}

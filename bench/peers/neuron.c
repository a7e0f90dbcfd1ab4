/* SPDX-License-Identifier: MIT
 * One neuron in C, compiled twice by bench/compare.py: -O2 with libm, and -Ofast -march=native, where gcc makes vectors
 * of the loop over runs and takes exp from libmvec. OpenMP shares blocks of runs where there are several cores.
 *
 *     neuron neuron|sweep FOLDER N_RATES N_SEEDS N_STEPS       -DREAL=float for single precision */
#include <math.h>
#include <string.h>

#include "talk.h"

#ifndef REAL
#define REAL double
#define EXP exp
#else
#define EXP expf
#endif
enum { BLOCK = 64 };

struct sweep {
  size_t n;
  int n_steps;
  REAL *w, *b, *rate;
  double *loss;
};

static void train_one(void *context) {
  double *out = context;
  for (int k = 0; k < 100; k++) {
    volatile double from[] = {0.37, 0.1, 1, 0, 0.1};
    double w = from[0], b = from[1], x = from[2], t = from[3], rate = from[4];
    for (int i = 0; i < 1000; i++) {
      double error = t - 1 / (1 + exp(-(x * w + b)));
      w += x * rate * error;
      b += rate * error;
    }
    out[0] = w;
    out[1] = b;
  }
}

static void train_block(struct sweep *s, size_t at, size_t n) {
  REAL w[BLOCK], b[BLOCK], rate[BLOCK];
  memset(w, 0, sizeof w);
  memset(b, 0, sizeof b);
  memset(rate, 0, sizeof rate);
  memcpy(w, s->w + at, n * sizeof *w);
  memcpy(b, s->b + at, n * sizeof *b);
  memcpy(rate, s->rate + at, n * sizeof *rate);
  for (int k = 0; k < s->n_steps; k++)
    for (int i = 0; i < BLOCK; i++) {
      REAL change = rate[i] / (1 + EXP(-(w[i] + b[i])));
      w[i] -= change;
      b[i] -= change;
    }
  for (size_t i = 0; i < n; i++)
    s->loss[at + i] = log1p(exp((double)(w[i] + b[i])));
}

static void train_all(void *context) {
  struct sweep *s = context;
#pragma omp parallel for schedule(dynamic)
  for (size_t at = 0; at < s->n; at += BLOCK)
    train_block(s, at, s->n - at < BLOCK ? s->n - at : BLOCK);
}

static int by_size(const void *a, const void *b) {
  const double x = *(const double *)a, y = *(const double *)b;
  return (x > y) - (x < y);
}

static struct sweep read_sweep(const char *folder, size_t n_rates, size_t n_seeds, int n_steps) {
  const size_t n = n_rates * n_seeds;
  const double *start = read_rows(folder, "starts.txt", n_seeds, 2);
  struct sweep s = {
      n, n_steps, calloc(n, sizeof(REAL)), calloc(n, sizeof(REAL)), calloc(n, sizeof(REAL)), calloc(n, sizeof(double))};
  if (!s.w || !s.b || !s.rate || !s.loss)
    exit(1);
  for (size_t i = 0; i < n; i++) {
    s.w[i] = (REAL)start[i % n_seeds * 2];
    s.b[i] = (REAL)start[i % n_seeds * 2 + 1];
    s.rate[i] = (REAL)(0.01 * pow(1000, (double)(i / n_seeds) / (double)(n_rates - 1)));
  }
  return s;
}

int main(int argc, char **argv) {
  if (argc < 6)
    return 2;
  if (strcmp(argv[1], "neuron") == 0) {
    double ends[2];
    train_one(ends);
    talk("gcc " __VERSION__, 100 * 1000, 2, ends, train_one, ends);
    return 0;
  }
  struct sweep s = read_sweep(argv[2], (size_t)atol(argv[3]), (size_t)atol(argv[4]), atoi(argv[5]));
  train_all(&s);
  double *sorted = malloc(s.n * sizeof *sorted), values[10] = {1};
  if (!sorted)
    return 1;
  memcpy(sorted, s.loss, s.n * sizeof *sorted);
  qsort(sorted, s.n, sizeof *sorted, by_size);
  for (size_t i = 0; i < 9; i++)
    values[i + 1] = sorted[i * (s.n - 1) / 8];
  talk("gcc " __VERSION__, (double)s.n * s.n_steps, 10, values, train_all, &s);
  return 0;
}

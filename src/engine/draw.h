/* SPDX-License-Identifier: MIT
 * What draws and start values are made of, for kernels, lanes and tests. Reentrant, in the caller's environment. */
#ifndef LUR_ENGINE_DRAW_H
#define LUR_ENGINE_DRAW_H

#include "engine/engine.h"
#include "engine/isa.h"

/* The x below which a standard normal value lies with probability u, 0 < u < 1. */
double lur_normal_of_uniform(double u);

/* Many at once. Arrays are on 64-byte lines, and of lists with n elements as many as fill LUR_DRAWS_AT_ONCE may be read
 * and written. */
enum { LUR_MOST_DRAWS = 256, LUR_DRAWS_AT_ONCE = 8 };
struct lur_drawing {
  const uint64_t *seed, *index, *epoch; /* [n] */
  uint64_t step;                        /* from row to row */
  enum lur_purpose purpose;
};
struct lur_draws {
  /* u[row * n + i] = lur_draw_uniform(seed[i], index[i] + plus + row * step, epoch[i], purpose); of epoch[i] the low
   * half counts. Where there is more than one row, n is a multiple of LUR_DRAWS_AT_ONCE. */
  void (*uniform)(const struct lur_drawing *d, size_t n, size_t n_rows, uint64_t plus, double *u);
  /* In place: u[i] becomes lur_normal_of_uniform(u[i]). */
  void (*normal)(size_t n, double *u);
};
/* One by one where this machine or build has not the instruction set, or that has no fused multiply-add. */
const struct lur_draws *lur_draws_find(enum lur_isa isa);

/* ---- start.c ---- */
/* Start values before init_scale, of the layer's parameters first ... first + n - 1 (counted from 0 in the layer) for
 * each of n_seeds seeds: x[i * n_seeds + k]. n * n_seeds is at most LUR_MOST_DRAWS. from->number is of each seed in
 * turn. */
void lur_draw_starts(const struct lur_shape *s, const struct lur_starts *from, int layer, size_t first, size_t n,
                     size_t n_seeds, const uint64_t *seed, double *x);
/* A start value. What is not drawn is +0, whatever the scale. */
static inline double lur_start_value(double x, double init_scale) {
  return x != 0 ? x * init_scale : 0;
}

#endif

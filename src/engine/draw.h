/* SPDX-License-Identifier: MIT
 * What draws and start values are made of, for kernels, lanes and tests. Reentrant, in the caller's environment. */
#ifndef LUR_ENGINE_DRAW_H
#define LUR_ENGINE_DRAW_H

#include "engine/engine.h"
#include "engine/isa.h"

/* The x below which a standard normal value lies with probability u, 0 < u < 1. */
double lur_normal_of_uniform(double u);

/* Many at once, with the bits of lur_draw_uniform(seed[i], index[i], 0, LUR_DRAW_WEIGHTS) and, in place,
 * lur_normal_of_uniform(u[i]). Arrays are on 64-byte lines and have LUR_MOST_DRAWS elements, of which any may be
 * written. */
enum { LUR_MOST_DRAWS = 256 };
struct lur_draws {
  void (*uniform)(size_t n, const uint64_t *seed, const uint64_t *index, double *u);
  void (*normal)(size_t n, double *u);
};
/* NULL: this machine or build has not the instruction set, or that has no fused multiply-add. */
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

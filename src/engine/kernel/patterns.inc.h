/* SPDX-License-Identifier: MIT
 * The next patterns of a batch: as they stand, or gathered in the lanes' orders. */
#ifndef LUR_KERNEL_PATTERNS_INC_H
#define LUR_KERNEL_PATTERNS_INC_H

#include "engine/kernel/network.inc.h"

/* Where the kernel's form collects value i of pattern r and lane k. */
FUNCTION size_t place(size_t row, size_t r, size_t i, size_t k) {
  return TILES ? (r * row + i) * N_LANES + k : i * VEC_LANES + r + k;
}

/* Collects pattern `from` of lane k as the r-th. */
static void collect(struct lur_block *b, const struct lur_block_patterns *all, size_t from, size_t r, size_t k) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t n_inputs = (size_t)s->width[0], n_targets = (size_t)lur_target_width(b->structure);
  const size_t row = n_inputs + n_targets + 1;
  const size_t step = all->shared ? 1 : N_LANES, lane = all->shared ? 0 : k;
  const real *inputs = (const real *)all->inputs + from * n_inputs * step + lane;
  const real *targets = (const real *)all->targets + from * n_targets * step + lane;
  real *to = b->pattern;
  for (size_t i = 0; i < n_inputs; i++)
    to[place(row, r, i, k)] = inputs[i * step];
  for (size_t i = 0; i < n_targets; i++)
    to[place(row, r, n_inputs + i, k)] = targets[i * step];
  if (all->weights)
    to[place(row, r, n_inputs + n_targets, k)] = ((const real *)all->weights)[from * step + lane];
}

/* All lanes' patterns, each by its order, or (order NULL) as they stand. */
static void gather(struct lur_block *b, const struct lur_block_patterns *all, const uint32_t *order, size_t first,
                   struct patterns *p) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t n_inputs = (size_t)s->width[0], row = n_inputs + (size_t)lur_target_width(b->structure) + 1;
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t own = r < (size_t)p->n ? r : (size_t)p->n - 1;
    for (size_t k = 0; own == r && k < N_LANES; k++)
      collect(b, all, order ? order[k * all->n + first + own] : first + own, r, k);
    if (!TILES && r > 0)
      continue;
    p->x[r] = (real *)b->pattern + place(row, own, 0, 0);
    p->t[r] = (real *)b->pattern + place(row, own, n_inputs, 0);
    p->weight[r] = all->weights ? (real *)b->pattern + place(row, own, row - 1, 0) : NULL;
  }
}

/* The patterns first, first + 1 ... up to n of them, in lanes' orders or (order NULL) as they stand; noisy, each lane
 * has its own. */
static void take_patterns(struct network *net, const struct lur_block_patterns *all, const uint32_t *order,
                          size_t first, size_t n, struct patterns *p) {
  struct lur_block *b = net->b;
  const struct lur_shape *s = &b->structure->shape;
  const bool noisy = net->noise && b->structure->noises & LUR_NOISE_INPUTS;
  const size_t step = all->shared ? 1 : N_LANES, n_targets = (size_t)lur_target_width(b->structure);
  p->n = n < N_PATTERNS ? (int)n : N_PATTERNS;
  p->shared = all->shared && !order && !noisy;
  if (net->noise)
    note_rows(net->noise, order, all->n, first, (size_t)p->n);
  if (order || noisy) {
    gather(b, all, order, first, p);
    if (noisy)
      add_input_noise(net->noise, (size_t)s->width[0], p);
    return;
  }
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t at = first + (r < (size_t)p->n ? r : (size_t)p->n - 1);
    p->x[r] = (const real *)all->inputs + at * (size_t)s->width[0] * step;
    p->t[r] = (const real *)all->targets + at * n_targets * step;
    p->weight[r] = all->weights ? (const real *)all->weights + at * step : NULL;
  }
}

#endif

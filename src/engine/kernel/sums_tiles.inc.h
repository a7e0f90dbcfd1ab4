/* SPDX-License-Identifier: MIT
 * The gradients of a tile: the patterns of a few lanes, each added in its turn. */
#ifndef LUR_KERNEL_SUMS_TILES_INC_H
#define LUR_KERNEL_SUMS_TILES_INC_H

#include "engine/kernel/places.inc.h"

/* g[j][i] += d[j] x[i] of the source's inputs over the n patterns of the tile, one after the other, two units at once;
 * with the last source's for a bias d[j]. */
FUNCTION void add_unit(int n, enum input kind, const struct layer *l, const struct source *from,
                       const struct patterns *p, int j, real *g) {
  const size_t bias = (size_t)from->n * N_LANES;
  const vec dj = get(l->d, (size_t)j);
  for (int i = 0; i < from->n; i++) {
    real *at = g + (size_t)i * N_LANES;
    reg_store(at, vec_fma_chain(n, dj, source_input(kind, from, p, i), reg_load(at)));
  }
  if (l->bias && is_last(l, from))
    reg_store(g + bias, vec_add_chain(n, dj, reg_load(g + bias)));
}
FUNCTION void add_two_units(enum input kind, const struct layer *l, const struct source *from,
                            const struct patterns *p, int j, real *g) {
  const size_t bias = (size_t)from->n * N_LANES, next = ((size_t)l->n_inputs + 1) * N_LANES;
  const vec d0 = get(l->d, (size_t)j), d1 = get(l->d, (size_t)j + 1);
  for (int i = 0; i < from->n; i++) {
    real *at = g + (size_t)i * N_LANES;
    const vec x = source_input(kind, from, p, i);
    reg_store(at, vec_fma_chain(FULL, d0, x, reg_load(at)));
    reg_store(at + next, vec_fma_chain(FULL, d1, x, reg_load(at + next)));
  }
  if (!l->bias || !is_last(l, from))
    return;
  reg_store(g + bias, vec_add_chain(FULL, d0, reg_load(g + bias)));
  reg_store(g + next + bias, vec_add_chain(FULL, d1, reg_load(g + next + bias)));
}
FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct source *from, const struct patterns *p,
                           real *g) {
  const size_t stride = (size_t)(l->n_inputs + 1) * N_LANES;
  int j = 0;
  g += (size_t)from->first * N_LANES;
  for (; p->n == FULL && j + 2 <= l->n_units; j += 2, g += 2 * stride)
    add_two_units(kind, l, from, p, j, g);
  for (; j < l->n_units; j++, g += stride) {
    if (p->n == FULL)
      add_unit(FULL, kind, l, from, p, j, g);
    else
      add_unit(p->n, kind, l, from, p, j, g);
  }
}

#endif

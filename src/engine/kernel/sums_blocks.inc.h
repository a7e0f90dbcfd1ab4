/* SPDX-License-Identifier: MIT
 * The gradients of a block: one pattern of many lanes. */
#ifndef LUR_KERNEL_SUMS_BLOCKS_INC_H
#define LUR_KERNEL_SUMS_BLOCKS_INC_H

#include "engine/kernel/places.inc.h"

/* g[j][i] += d[j] x[i] of the source's inputs, and with the last source's for a bias d[j]. */
FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct source *from, const struct patterns *p,
                           real *g) {
  const bool bias = l->bias && is_last(l, from);
  g += (size_t)from->first * N_LANES;
  for (int j = 0; j < l->n_units; j++, g += (size_t)(l->n_inputs + 1) * N_LANES) {
    const vec dj = get(l->d, (size_t)j);
    for (int i = 0; i < from->n; i++)
      put(g, (size_t)i, vec_fma(dj, source_input(kind, from, p, i), get(g, (size_t)i)));
    if (bias)
      put(g, (size_t)from->n, vec_add(get(g, (size_t)from->n), dj));
  }
}

#endif

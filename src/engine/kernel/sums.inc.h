/* SPDX-License-Identifier: MIT
 * The sums of a pass: units' weighted inputs forward, deltas back, and by FORM the gradients (add_gradient).
 * Sums go over i (forward), j (back) and patterns (gradients) one after the other; what is independent is done side by
 * side. */
#ifndef LUR_KERNEL_SUMS_INC_H
#define LUR_KERNEL_SUMS_INC_H

#include "engine/kernel/places.inc.h"

/* z[j] = b[j] + sum over i of W[j][i] x[i], two units at a time. */
FUNCTION void layer_sums(enum input kind, const struct layer *l, const struct patterns *p, const real *w) {
  const size_t n = (size_t)l->n_inputs, stride = (n + 1) * N_LANES;
  int j = 0;
  for (; j + 2 <= l->n_units; j += 2, w += 2 * stride) {
    const real *v = w + stride;
    vec s = l->bias ? lanes_get(w, n) : vec_set(0), r = l->bias ? lanes_get(v, n) : vec_set(0);
    for (int i = 0; i < l->n_inputs; i++) {
      const vec x = layer_input(kind, l, p, i);
      s = vec_fma(lanes_get(w, (size_t)i), x, s);
      r = vec_fma(lanes_get(v, (size_t)i), x, r);
    }
    put(l->z, (size_t)j, s);
    put(l->z, (size_t)j + 1, r);
  }
  if (j == l->n_units)
    return;
  vec s = l->bias ? lanes_get(w, n) : vec_set(0);
  for (int i = 0; i < l->n_inputs; i++)
    s = vec_fma(lanes_get(w, (size_t)i), layer_input(kind, l, p, i), s);
  put(l->z, (size_t)j, s);
}

/* back[i] = sum from +0 over j of W[j][i] d[j], two inputs at a time. */
static void back_sums(const struct layer *l, const real *w, real *back) {
  const size_t stride = (size_t)(l->n_inputs + 1) * N_LANES;
  int i = 0;
  for (; i + 2 <= l->n_inputs; i += 2) {
    const real *v = w + (size_t)i * N_LANES;
    vec s = vec_set(0), r = s;
    for (int j = 0; j < l->n_units; j++, v += stride) {
      const vec dj = get(l->d, (size_t)j);
      s = vec_fma(lanes_get(v, 0), dj, s);
      r = vec_fma(lanes_get(v, 1), dj, r);
    }
    put(back, (size_t)i, s);
    put(back, (size_t)i + 1, r);
  }
  if (i == l->n_inputs)
    return;
  const real *v = w + (size_t)i * N_LANES;
  vec s = vec_set(0);
  for (int j = 0; j < l->n_units; j++, v += stride)
    s = vec_fma(lanes_get(v, 0), get(l->d, (size_t)j), s);
  put(back, (size_t)i, s);
}

#if TILES
#include "engine/kernel/sums_tiles.inc.h"
#else
#include "engine/kernel/sums_blocks.inc.h"
#endif

#endif

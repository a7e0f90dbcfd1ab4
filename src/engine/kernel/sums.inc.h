/* SPDX-License-Identifier: MIT
 * The sums of a pass: units' weighted inputs forward, deltas back, and by FORM the gradients (add_gradient).
 * Sums go over i (forward), j (back) and patterns (gradients) one after the other; what is independent is done side by
 * side. */
#ifndef LUR_KERNEL_SUMS_INC_H
#define LUR_KERNEL_SUMS_INC_H

#include "engine/kernel/places.inc.h"

/* What unit j's sum holds when the source's inputs come: b[j] (parameter `bias` of it), or what earlier ones gave. */
FUNCTION vec sum_so_far(const struct layer *l, const struct source *from, int j, const real *w, size_t bias) {
  if (from->first > 0)
    return get(l->z, (size_t)j);
  return l->bias ? lanes_get(w, bias) : vec_set(0);
}

/* z[j] = z[j] + sum over i of W[j][i] x[i], two units at a time. w: the layer's parameters. */
FUNCTION void layer_sums(enum input kind, const struct layer *l, const struct source *from, const struct patterns *p,
                         const real *w) {
  const size_t bias = (size_t)(l->n_inputs - from->first), stride = ((size_t)l->n_inputs + 1) * N_LANES;
  int j = 0;
  w += (size_t)from->first * N_LANES;
  for (; j + 2 <= l->n_units; j += 2, w += 2 * stride) {
    const real *v = w + stride;
    vec s = sum_so_far(l, from, j, w, bias), r = sum_so_far(l, from, j + 1, v, bias);
    for (int i = 0; i < from->n; i++) {
      const vec x = source_input(kind, from, p, i);
      s = vec_fma(lanes_get(w, (size_t)i), x, s);
      r = vec_fma(lanes_get(v, (size_t)i), x, r);
    }
    put(l->z, (size_t)j, s);
    put(l->z, (size_t)j + 1, r);
  }
  if (j == l->n_units)
    return;
  vec s = sum_so_far(l, from, j, w, bias);
  for (int i = 0; i < from->n; i++)
    s = vec_fma(lanes_get(w, (size_t)i), source_input(kind, from, p, i), s);
  put(l->z, (size_t)j, s);
}

/* back[i] = sum over j of W[j][i] d[j], two inputs of the source at a time; goes_on: added to what stands there, else
 * to +0. w: the layer's parameters. */
static void back_sums(const struct layer *l, const struct source *from, const real *w, bool goes_on, real *back) {
  const size_t stride = (size_t)(l->n_inputs + 1) * N_LANES;
  int i = 0;
  w += (size_t)from->first * N_LANES;
  for (; i + 2 <= from->n; i += 2) {
    const real *v = w + (size_t)i * N_LANES;
    vec s = goes_on ? get(back, (size_t)i) : vec_set(0), r = goes_on ? get(back, (size_t)i + 1) : vec_set(0);
    for (int j = 0; j < l->n_units; j++, v += stride) {
      const vec dj = get(l->d, (size_t)j);
      s = vec_fma(lanes_get(v, 0), dj, s);
      r = vec_fma(lanes_get(v, 1), dj, r);
    }
    put(back, (size_t)i, s);
    put(back, (size_t)i + 1, r);
  }
  if (i == from->n)
    return;
  const real *v = w + (size_t)i * N_LANES;
  vec s = goes_on ? get(back, (size_t)i) : vec_set(0);
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

/* SPDX-License-Identifier: MIT
 * The gradients of rows: the patterns of one run, each added in its turn, for many inputs at once. */
#ifndef LUR_KERNEL_SUMS_ROWS_INC_H
#define LUR_KERNEL_SUMS_ROWS_INC_H

#include "engine/kernel/places.inc.h"

FUNCTION real one_fma(real a, real b, real c) {
#if VEC_FLOAT
  return fmaf(a, b, c);
#else
  return fma(a, b, c);
#endif
}

/* rows[s] = the inputs of pattern s: the data's own, or turned into room. */
static void find_rows(const struct layer *l, const struct patterns *p, real *room, const real **rows) {
  const size_t n_inputs = (size_t)l->n_inputs;
  for (int s = 0; s < p->n; s++)
    rows[s] = l->first ? p->row[s] : room + (size_t)s * n_inputs;
  for (size_t i = 0; !l->first && i < n_inputs; i++)
    for (size_t s = 0; s < (size_t)p->n; s++)
      room[s * n_inputs + i] = l->x[i * VEC_LANES + s];
}

/* g[u][i] += d[u][s] x[s][i] over the n patterns s, one after the other; a few units u and many i at once. */
FUNCTION void add_units(int n_units, const struct layer *l, int n, const real *d, const real *const *x, real *g) {
  const size_t n_inputs = (size_t)l->n_inputs, stride = n_inputs + 1;
  vec sum[2];
  reg part[2];
  size_t i = 0;
  for (; i + VEC_LANES <= n_inputs; i += VEC_LANES) {
    UNROLL for (int u = 0; u < n_units; u++) sum[u] = vec_load_anywhere(g + (size_t)u * stride + i);
    for (int s = 0; s < n; s++) {
      const vec xs = vec_load_anywhere(x[s] + i);
      UNROLL for (int u = 0; u < n_units; u++) sum[u] = vec_fma(vec_set(d[u * VEC_LANES + s]), xs, sum[u]);
    }
    UNROLL for (int u = 0; u < n_units; u++) vec_store_anywhere(g + (size_t)u * stride + i, sum[u]);
  }
  for (; i + REG_LANES <= n_inputs; i += REG_LANES) {
    UNROLL for (int u = 0; u < n_units; u++) part[u] = reg_load_anywhere(g + (size_t)u * stride + i);
    for (int s = 0; s < n; s++)
      UNROLL for (int u = 0; u < n_units; u++) part[u] =
          reg_fma(reg_set(d[u * VEC_LANES + s]), reg_load_anywhere(x[s] + i), part[u]);
    UNROLL for (int u = 0; u < n_units; u++) reg_store_anywhere(g + (size_t)u * stride + i, part[u]);
  }
  for (int u = 0; u < n_units; u++, g += stride, d += VEC_LANES) {
    for (size_t k = i; k < n_inputs; k++)
      for (int s = 0; s < n; s++)
        g[k] = one_fma(d[s], x[s][k], g[k]);
    for (int s = 0; l->bias && s < n; s++)
      g[n_inputs] = g[n_inputs] + d[s];
  }
}

FUNCTION void add_gradient(enum input kind, const struct layer *l, const struct patterns *p, real *g, real *room) {
  const size_t stride = (size_t)l->n_inputs + 1;
  const real *rows[VEC_LANES], *d = l->d;
  int j = 0;
  (void)kind;
  find_rows(l, p, room, rows);
  for (; j + 2 <= l->n_units; j += 2, g += 2 * stride, d += 2 * VEC_LANES)
    add_units(2, l, p->n, d, rows, g);
  if (j < l->n_units)
    add_units(1, l, p->n, d, rows, g);
}

#endif

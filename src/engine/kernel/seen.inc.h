/* SPDX-License-Identifier: MIT
 * What the passes of an epoch, or of an evaluation, see (enum lur_seen). */
#ifndef LUR_KERNEL_SEEN_INC_H
#define LUR_KERNEL_SEEN_INC_H

#include "engine/kernel/network.inc.h"

/* One value a pattern, added in visiting order. */
static void add_seen(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES, each[VEC_LANES] __attribute__((aligned(64)));
  vec_store(each, x);
  for (int s = 0; s < n; s++)
    for (int k = 0; k < N_LANES; k++)
      at[k] = at[k] + each[s * N_LANES + k];
}

/* The largest so far; a NaN, once met, stays. */
static void see_largest(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES, each[VEC_LANES] __attribute__((aligned(64)));
  vec_store(each, x);
  for (int s = 0; s < n; s++)
    for (int k = 0; k < N_LANES; k++) {
      const real e = each[s * N_LANES + k];
      at[k] = e > at[k] || e != e ? e : at[k];
    }
}

static void see_error_max(struct lur_block *b, const struct outputs *u, int n) {
  for (int k = 0; k < u->n; k++)
    see_largest(b, LUR_SEEN_ERROR_MAX, n, vec_abs(vec_sub(target(u, k), output(u, k))));
}

/* The errors, output by output of one pattern after the other; the deltas' place is free until they are computed. */
static void add_errors(struct lur_block *b, const struct outputs *u, real *error) {
  real *at = (real *)b->seen + (size_t)LUR_SEEN_RECORD * N_LANES;
  for (int k = 0; k < u->n; k++)
    put(error, (size_t)k, vec_sub(target(u, k), output(u, k)));
  for (int s = 0; s < u->pattern->n; s++)
    for (int k = 0; k < u->n; k++)
      for (int lane = 0; lane < N_LANES; lane++)
        at[lane] = at[lane] + element(error, (size_t)k)[s * N_LANES + lane];
}

/* What a record shows of the epoch's last pattern, before its update. */
static void keep_last(const struct network *n, int last) {
  struct lur_block *b = n->b;
  const struct layer *l = &n->layers[n->n_layers - 1];
  for (int k = 0; k < l->n_units; k++)
    memcpy((real *)b->last_output + (size_t)k * N_LANES, element(l->a, (size_t)k) + last * N_LANES,
           N_LANES * sizeof(real));
  memcpy(b->last_parameters, b->parameters, b->n_parameters * N_LANES * sizeof(real));
}

static void see(const struct network *n, unsigned watch, const struct patterns *p) {
  struct lur_block *b = n->b;
  const struct outputs u = outputs_of(n, p);
  if (watch & 1u << LUR_SEEN_LOSS)
    add_seen(b, LUR_SEEN_LOSS, p->n, losses[b->structure->loss].loss(&u));
  if (watch & 1u << LUR_SEEN_ERROR_MAX)
    see_error_max(b, &u, p->n);
  if (watch & 1u << LUR_SEEN_RIGHT)
    add_seen(b, LUR_SEEN_RIGHT, p->n, hits(b, &u));
  if (watch & 1u << LUR_SEEN_MSE)
    add_seen(b, LUR_SEEN_MSE, p->n, loss_mse(&u));
  if (watch & 1u << LUR_SEEN_CROSS_ENTROPY)
    add_seen(b, LUR_SEEN_CROSS_ENTROPY, p->n, loss_cross_entropy(&u));
  if (watch & 1u << LUR_SEEN_RECORD)
    add_errors(b, &u, n->layers[n->n_layers - 1].d);
}

static void see_nothing(struct lur_block *b) {
  for (size_t i = 0; i < LUR_N_SEEN; i++)
    lanes_clear(b->seen, i);
}

/* Sums over patterns become means. */
static void see_means(struct lur_block *b, size_t n) {
  const size_t rows[] = {LUR_SEEN_LOSS, LUR_SEEN_RIGHT, LUR_SEEN_MSE, LUR_SEEN_CROSS_ENTROPY};
  real *seen = b->seen;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    for (size_t k = rows[i] * N_LANES; k < (rows[i] + 1) * N_LANES; k++)
      seen[k] = seen[k] / (real)n;
}

#endif

/* SPDX-License-Identifier: MIT
 * What the passes of an epoch, or of an evaluation, see (enum lur_seen). */
#ifndef LUR_KERNEL_SEEN_INC_H
#define LUR_KERNEL_SEEN_INC_H

#include "engine/kernel/places.inc.h"
#if UNITS
#include "engine/kernel/units.inc.h"
#else
#include "engine/kernel/network.inc.h"
#endif

#define FORMULAS
#include "engine/metrics.inc.h"
#undef FORMULAS

/* One value per pattern, added in visiting order. */
static void see_MEAN(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES, each[VEC_LANES] __attribute__((aligned(64)));
  vec_store(each, x);
  for (int s = 0; s < n; s++)
    for (int k = 0; k < N_LANES; k++)
      at[k] = at[k] + each[s * N_LANES + k];
}
static void see_SHARE(struct lur_block *b, enum lur_seen row, int n, vec x) {
  see_MEAN(b, row, n, x);
}

/* The largest so far; a NaN, once met, stays. */
static void see_LARGEST(struct lur_block *b, enum lur_seen row, int n, vec x) {
  real *at = (real *)b->seen + (size_t)row * N_LANES, each[VEC_LANES] __attribute__((aligned(64)));
  vec_store(each, x);
  for (int s = 0; s < n; s++)
    for (int k = 0; k < N_LANES; k++) {
      const real e = each[s * N_LANES + k];
      at[k] = e > at[k] || e != e ? e : at[k];
    }
}

/* The errors, output by output of one pattern after the other; the deltas' place is free until they are computed. */
static void add_errors(struct lur_block *b, const struct outputs *u, real *errors) {
  real *at = (real *)b->seen + (size_t)LUR_SEEN_RECORD * N_LANES;
  for (int k = 0; k < u->n; k++)
    put(errors, (size_t)k, error(b, u, k));
  for (int s = 0; s < u->pattern->n; s++)
    for (int k = 0; k < u->n; k++)
      for (int lane = 0; lane < N_LANES; lane++)
        at[lane] = at[lane] + element(errors, (size_t)k)[s * N_LANES + lane];
}

/* What a record shows of the epoch's last pattern, before its update. */
static void keep_last(const struct network *n, const struct patterns *p) {
  struct lur_block *b = n->b;
  const struct outputs u = outputs_of(n, p, n_pieces(p) - 1);
  const int last = u.pattern->n - 1;
  for (int k = 0; k < u.n; k++)
    memcpy((real *)b->last_output + (size_t)k * N_LANES, u.o + (size_t)k * VEC_LANES + last * N_LANES,
           N_LANES * sizeof(real));
  copy_parameters(n, b->last_parameters);
}

static void see_piece(const struct network *n, unsigned watch, const struct patterns *p, int piece) {
  struct lur_block *b = n->b;
  const struct outputs u = outputs_of(n, p, piece);
#define SEE(ID, name, join)                                                                                            \
  if (watch & 1u << LUR_SEEN_##ID)                                                                                     \
    see_##join(b, LUR_SEEN_##ID, u.pattern->n, seen_##name(b, &u));
  LUR_SIGHTS(SEE)
#undef SEE
  if (watch & 1u << LUR_SEEN_RECORD)
    add_errors(b, &u, deltas_of(n, piece));
}

static void see(const struct network *n, unsigned watch, const struct patterns *p) {
  for (int i = 0; i < n_pieces(p); i++)
    see_piece(n, watch, p, i);
}

static void see_nothing(struct lur_block *b) {
  for (size_t i = 0; i < LUR_N_SEEN; i++)
    lanes_clear(b->seen, i);
}

/* Sums over patterns become means; not of a loss that is a sum. */
static void see_means(struct lur_block *b, unsigned watch, size_t n) {
  enum { MEAN = 1, SHARE = 1, LARGEST = 0 };
#define DIVIDED(ID, name, join) [LUR_SEEN_##ID] = join,
  static const bool divided[LUR_N_SEEN] = {LUR_SIGHTS(DIVIDED)};
#undef DIVIDED
  real *seen = b->seen;
  for (size_t i = 0; i < LUR_N_SEEN; i++) {
    const bool summed = i == LUR_SEEN_LOSS && b->structure->reduction != LUR_MEAN;
    for (size_t k = i * N_LANES; divided[i] && !summed && watch >> i & 1 && k < (i + 1) * N_LANES; k++)
      seen[k] = seen[k] / (real)n;
  }
}

#endif

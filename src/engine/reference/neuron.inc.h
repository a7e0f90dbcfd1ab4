/* SPDX-License-Identifier: MIT
 * The reference kernel's shortest path: one sigmoid unit, one pattern per update, w = w - rate g, for epochs that
 * nothing looks at but the curve. The same operations in the same order as the general path, with the parameters in
 * registers where their number is a constant: then the loop is one chain of dependent operations and nothing else. At
 * the curve's points z is kept, and all losses are made of it at the end, where they do not wait for each other. */
#ifndef LUR_REFERENCE_NEURON_INC_H
#define LUR_REFERENCE_NEURON_INC_H

#include "engine/reference/update.inc.h"

enum { NEURON_POLL_PATTERNS = 1024, NEURON_LOSSES = 8, NEURON_MOST_KEPT = 4096 };

/* What the loop reads. Inputs and targets as patterns stand; they are visited in `order` if there is one. */
struct neuron {
  size_t n;
  const real *inputs, *targets;
  uint32_t *order;
  const atomic_int *cancel;
  uint64_t seed, epochs;
  bool bias, mse;
  real rate;
  real *z;               /* [point][pattern] of the curve; NULL: its points are looked at by others */
  int n_points, n_curve; /* points so far, and at most */
  uint64_t point;        /* epoch of the next one */
};

static bool neuron_fits(const struct network *n, const struct optimizer *o, size_t batch) {
  const bool plain = !n->own_loss.p && !n->activation[0].p && !o->rule.p && !o->schedule.p && !o->penalty.p;
  return plain && n->n_layers == 1 && n->width[1] == 1 && n->output == LUR_SIGMOID && batch == 1 &&
         o->kind == LUR_SGD && o->weight_decay == 0;
}

static void neuron_next_point(struct neuron *p) {
  p->point = p->z && p->n_points < p->n_curve ? lur_curve_epoch(p->n_points, p->n_curve, p->epochs) : UINT64_MAX;
}

/* One epoch; false where it was cancelled. w has n_in weights and the bias; z of each pattern is put into z, if any. */
FUNCTION bool neuron_steps(const struct neuron *p, int n_in, real *w, real *kept) {
  const real rate = p->rate;
  const bool bias = p->bias, mse = p->mse;
  for (size_t place = 0; place < p->n; place++) {
    if (place % NEURON_POLL_PATTERNS == 0 && p->cancel && atomic_load_explicit(p->cancel, memory_order_relaxed))
      return false;
    size_t at = p->order ? p->order[place] : place;
    const real *x = p->inputs + at * (size_t)n_in;
    real z = bias ? w[n_in] : 0;
    for (int i = 0; i < n_in; i++)
      z = vec_fma(w[i], x[i], z);
    const real o = vec_sigmoid(z);
    real dz = o - p->targets[at];
    if (mse)
      dz = (2 * dz) * (o * (1 - o));
    for (int i = 0; i < n_in; i++)
      w[i] = vec_fma(-rate, dz * x[i], w[i]);
    if (bias)
      w[n_in] = vec_fma(-rate, dz, w[n_in]);
    if (kept)
      kept[place] = z;
  }
  return true;
}

/* Epochs first ... end - 1. */
FUNCTION bool neuron_span(struct neuron *p, uint64_t first, uint64_t end, int n_in, real *w) {
  for (uint64_t epoch = first; epoch < end; epoch++) {
    real *kept = NULL;
    if (p->order)
      lur_draw_order(p->seed, (uint32_t)epoch, LUR_DRAW_SHUFFLE, p->n, p->order);
    if (epoch == p->point) {
      kept = p->z + (size_t)p->n_points++ * p->n;
      neuron_next_point(p);
    }
    if (!neuron_steps(p, n_in, w, kept))
      return false;
  }
  return true;
}

static bool neuron_span_1(struct neuron *p, uint64_t first, uint64_t end, real *w) {
  real kept[2] = {w[0], w[1]};
  bool done = neuron_span(p, first, end, 1, kept);
  w[0] = kept[0];
  w[1] = kept[1];
  return done;
}

static bool neuron_span_2(struct neuron *p, uint64_t first, uint64_t end, real *w) {
  real kept[3] = {w[0], w[1], w[2]};
  bool done = neuron_span(p, first, end, 2, kept);
  for (int i = 0; i < 3; i++)
    w[i] = kept[i];
  return done;
}

static bool neuron_epochs(struct neuron *p, uint64_t first, uint64_t end, int n_in, real *w) {
  if (n_in == 1)
    return neuron_span_1(p, first, end, w);
  if (n_in == 2)
    return neuron_span_2(p, first, end, w);
  return neuron_span(p, first, end, n_in, w);
}

/* ---- The curve ---- */

/* The losses of a few patterns, in the place of their z: as pattern_loss, several at once. */
static void neuron_losses(enum lur_loss loss, const real *t, real *z) {
  real o[NEURON_LOSSES], rest[NEURON_LOSSES];
  if (loss == LUR_CROSS_ENTROPY) {
    each_log1p_exp(NEURON_LOSSES, z, rest);
    EACH(NEURON_LOSSES) z[u] = (vec_positive(z[u]) - z[u] * t[u]) + rest[u];
    return;
  }
  each_sigmoid(NEURON_LOSSES, z, o);
  EACH(NEURON_LOSSES) z[u] = loss == LUR_MSE ? (o[u] - t[u]) * (o[u] - t[u]) : vec_abs(o[u] - t[u]);
}

/* The losses at the points so far, which take the place of the first z of each. Behind the last z there is room. */
static void neuron_curve(struct neuron *p, enum lur_loss loss) {
  const size_t n = (size_t)p->n_points * p->n;
  real t[NEURON_LOSSES];
  for (size_t k = 0, at = 0; k < n; k += NEURON_LOSSES) {
    for (int u = 0; u < NEURON_LOSSES; u++, at = at + 1 == p->n ? 0 : at + 1)
      t[u] = p->targets[at];
    neuron_losses(loss, t, p->z + k);
  }
  for (int i = 0; i < p->n_points; i++) {
    real sum = 0;
    for (size_t s = 0; s < p->n; s++)
      sum = sum + p->z[(size_t)i * p->n + s];
    p->z[i] = sum / (real)p->n;
  }
}

#endif

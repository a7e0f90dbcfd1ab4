/* SPDX-License-Identifier: MIT
 * The reference kernel's shortest path: one sigmoid unit, one pattern per update, w = w - rate (o - t) x, for epochs
 * that nothing looks at. The same operations in the same order as the general path, with the parameters in registers
 * where their number is a constant: then the loop is one chain of dependent operations and nothing else. */
#ifndef LUR_REFERENCE_NEURON_INC_H
#define LUR_REFERENCE_NEURON_INC_H

#include "engine/reference/update.inc.h"

enum { NEURON_POLL_PATTERNS = 1024 };

/* Patterns as seen by the loop: order may be NULL. */
struct neuron_patterns {
  size_t n;
  const real *inputs, *targets;
  const uint32_t *order;
};

static bool neuron_fits(const struct network *n, const struct optimizer *o, size_t batch) {
  return n->n_layers == 1 && n->width[1] == 1 && n->output == LUR_SIGMOID && n->loss != LUR_MSE && batch == 1 &&
         o->kind == LUR_SGD && o->weight_decay == 0;
}

/* One epoch; false where it was cancelled. w has n_in weights and the bias. */
FUNCTION bool neuron_steps(const struct neuron_patterns *p, const atomic_int *cancel, int n_in, bool bias, real rate,
                           real *w) {
  for (size_t place = 0; place < p->n; place++) {
    if (place % NEURON_POLL_PATTERNS == 0 && cancel && atomic_load_explicit(cancel, memory_order_relaxed))
      return false;
    size_t at = p->order ? p->order[place] : place;
    const real *x = p->inputs + at * (size_t)n_in;
    real z = bias ? w[n_in] : 0;
    for (int i = 0; i < n_in; i++)
      z = vec_fma(w[i], x[i], z);
    real dz = vec_sigmoid(z) - p->targets[at];
    for (int i = 0; i < n_in; i++)
      w[i] = vec_fma(-rate, dz * x[i], w[i]);
    if (bias)
      w[n_in] = vec_fma(-rate, dz, w[n_in]);
  }
  return true;
}

/* epochs first ... first + n_epochs - 1 */
FUNCTION bool neuron_span(struct neuron_patterns *p, uint32_t *order, const atomic_int *cancel, uint64_t seed,
                          uint64_t first, uint64_t n_epochs, int n_in, bool bias, real rate, real *w) {
  for (uint64_t epoch = first; epoch < first + n_epochs; epoch++) {
    if (order)
      lur_draw_order(seed, (uint32_t)epoch, LUR_DRAW_SHUFFLE, p->n, order);
    if (!neuron_steps(p, cancel, n_in, bias, rate, w))
      return false;
  }
  return true;
}

static bool neuron_span_1(struct neuron_patterns *p, uint32_t *order, const atomic_int *cancel, uint64_t seed,
                          uint64_t first, uint64_t n_epochs, bool bias, real rate, real *w) {
  real kept[2] = {w[0], w[1]};
  bool done = neuron_span(p, order, cancel, seed, first, n_epochs, 1, bias, rate, kept);
  w[0] = kept[0];
  w[1] = kept[1];
  return done;
}

static bool neuron_span_2(struct neuron_patterns *p, uint32_t *order, const atomic_int *cancel, uint64_t seed,
                          uint64_t first, uint64_t n_epochs, bool bias, real rate, real *w) {
  real kept[3] = {w[0], w[1], w[2]};
  bool done = neuron_span(p, order, cancel, seed, first, n_epochs, 2, bias, rate, kept);
  for (int i = 0; i < 3; i++)
    w[i] = kept[i];
  return done;
}

static bool neuron_epochs(const struct network *n, const struct optimizer *o, struct neuron_patterns *p,
                          uint32_t *order, const atomic_int *cancel, uint64_t seed, uint64_t first,
                          uint64_t n_epochs) {
  real *w = n->parameters, rate = o->learning_rate[0];
  p->order = order;
  if (n->width[0] == 1)
    return neuron_span_1(p, order, cancel, seed, first, n_epochs, n->bias, rate, w);
  if (n->width[0] == 2)
    return neuron_span_2(p, order, cancel, seed, first, n_epochs, n->bias, rate, w);
  return neuron_span(p, order, cancel, seed, first, n_epochs, n->width[0], n->bias, rate, w);
}

#endif

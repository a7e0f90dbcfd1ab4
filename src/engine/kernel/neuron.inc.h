/* SPDX-License-Identifier: MIT
 * One sigmoid unit, by w = w - rate (o - t) x: the same operations as the general path's, with all that is its in
 * registers. Blocks only. */
#ifndef LUR_KERNEL_NEURON_INC_H
#define LUR_KERNEL_NEURON_INC_H

#include "engine/kernel/network.inc.h"

enum { MOST_NEURON_INPUTS = 2, MOST_QUIET = 1 << 16 }; /* patterns between looks at `cancel` */

static bool is_neuron(const struct network *n) {
  const struct lur_block *b = n->b;
  const struct layer *l = &n->layers[0];
  return n->n_layers == 1 && l->n_units == 1 && l->n_inputs <= MOST_NEURON_INPUTS && l->f == LUR_SIGMOID &&
         b->structure->loss != LUR_MSE && b->structure->optimizer == LUR_SGD && !b->any_decay && !b->sums &&
         !b->order && b->train.shared;
}

/* The step along pattern x. w has the weights, then the bias. */
FUNCTION void neuron_step(int n_inputs, bool bias, const real *x, real t, vec minus_rate, vec *w) {
  vec z = bias ? w[n_inputs] : vec_set(0);
  z = vec_fma(w[0], vec_set(x[0]), z);
  if (n_inputs > 1)
    z = vec_fma(w[1], vec_set(x[1]), z);
  const vec d = vec_sub(vec_sigmoid(z), vec_set(t));
  w[0] = vec_fma(minus_rate, vec_mul(d, vec_set(x[0])), w[0]);
  if (n_inputs > 1)
    w[1] = vec_fma(minus_rate, vec_mul(d, vec_set(x[1])), w[1]);
  if (bias)
    w[n_inputs] = vec_fma(minus_rate, d, w[n_inputs]);
}

FUNCTION bool neuron_is_finite(int n_inputs, bool bias, const vec *w) {
  vec sum = vec_sub(w[0], w[0]); /* 0, or NaN */
  for (int i = 1; i < n_inputs + bias; i++)
    sum = vec_add(sum, vec_sub(w[i], w[i]));
  return !mask_any(vec_is_nan(sum));
}

/* n epochs: the loop that a sweep of neurons spends its time in. A function of its own for each kind of neuron, for
 * gcc gives registers out better where nothing else is in it. */
FUNCTION void neuron_steps(int n_inputs, bool bias, const struct lur_block_patterns *p, uint64_t n, vec minus_rate,
                           vec *w) {
  const real *inputs = p->inputs, *targets = p->targets;
  vec v[MOST_NEURON_INPUTS + 1];
  for (int i = 0; i < n_inputs + bias; i++)
    v[i] = w[i];
  for (uint64_t epoch = 0; epoch < n; epoch++)
    for (size_t s = 0; s < p->n; s++)
      neuron_step(n_inputs, bias, inputs + s * (size_t)n_inputs, targets[s], minus_rate, v);
  for (int i = 0; i < n_inputs + bias; i++)
    w[i] = v[i];
}
#define NEURON(name, n_inputs, bias)                                                                                   \
  static __attribute__((noinline)) void name(const struct lur_block_patterns *p, uint64_t n, vec minus_rate,           \
                                             vec *w) {                                                                 \
    neuron_steps(n_inputs, bias, p, n, minus_rate, w);                                                                 \
  }
NEURON(neuron_of_1, 1, false)
NEURON(neuron_of_1_bias, 1, true)
NEURON(neuron_of_2, 2, false)
NEURON(neuron_of_2_bias, 2, true)
#undef NEURON

/* Up to n epochs that nothing looks at, and none past a look for divergence that finds some. */
static uint64_t train_neuron(struct lur_block *b, bool bias, int n_inputs, uint64_t n) {
  static void (*const steps[MOST_NEURON_INPUTS][2])(const struct lur_block_patterns *, uint64_t, vec, vec *) = {
      {neuron_of_1, neuron_of_1_bias}, {neuron_of_2, neuron_of_2_bias}};
  const vec minus_rate = vec_neg(lanes_get(b->numbers, LUR_ROW_RATE));
  vec w[MOST_NEURON_INPUTS + 1];
  uint64_t to_look = LUR_CHECK_EPOCHS - b->epoch[0] % LUR_CHECK_EPOCHS, done = 0;
  for (int i = 0; i <= n_inputs; i++)
    w[i] = get(b->parameters, (size_t)i);
  while (done < n) {
    const uint64_t now = n - done < to_look ? n - done : to_look;
    steps[n_inputs - 1][bias](&b->train, now, minus_rate, w);
    done += now;
    if (!neuron_is_finite(n_inputs, bias, w))
      break;
    to_look = LUR_CHECK_EPOCHS;
  }
  for (int i = 0; i <= n_inputs; i++)
    put(b->parameters, (size_t)i, w[i]);
  return done;
}

/* The epochs of up to n that can run without a look from outside. */
static uint64_t train_quietly(const struct network *net, uint64_t n) {
  struct lur_block *b = net->b;
  const uint64_t most = MOST_QUIET / b->train.n;
  if (most == 0 || !is_neuron(net))
    return 0;
  n = train_neuron(b, net->layers[0].bias, net->layers[0].n_inputs, n < most ? n : most);
  for (int k = 0; k < N_LANES; k++)
    b->epoch[k] += n;
  return n;
}

#endif

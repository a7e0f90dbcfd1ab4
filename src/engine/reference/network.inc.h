/* SPDX-License-Identifier: MIT
 * The reference kernel's network: forward pass, losses, deltas and gradients of one pattern.
 *
 * Shapes, for layer l of L: out = width[l+1]; in = fan_in[l] = width[l], or with shortcuts more
 *   parameters + start[l]  out rows of in + 1: the unit's weights W[j][i] in input order, then its bias b[j]
 *   gradients, state       as parameters
 *   a[l]                   width[l] values; a[0] is the pattern itself, a[L] the outputs
 *   x[l]                   in values, what the layer sees: copies of all that it reads; where that is a[l] alone, NULL
 *   z[l+1], dz[l+1]        out values: weighted sums, and the loss's derivative by them
 * Nothing aliases. Sums run over the index that is written innermost, ascending. */
#ifndef LUR_REFERENCE_NETWORK_INC_H
#define LUR_REFERENCE_NETWORK_INC_H

#include <string.h>

#include "engine/engine.h"
#include "engine/functions.inc.h"
#include "engine/reference/noise.inc.h"
#include "engine/reference/own.inc.h"

struct network {
  int n_layers;
  int width[LUR_MAX_LAYERS + 1], fan_in[LUR_MAX_LAYERS];
  uint32_t reads[LUR_MAX_LAYERS]; /* as lur_shape_reads */
  int input_of[LUR_MAX_LAYERS][LUR_MAX_LAYERS]; /* [layer][source]: as lur_shape_input_of */
  size_t start[LUR_MAX_LAYERS + 1];
  bool bias;
  enum lur_activation hidden, output;
  enum lur_loss loss;
  enum lur_reduction reduction;
  struct own activation[LUR_MAX_LAYERS], own_loss; /* where they are functions of the script's own */
  real *parameters, *gradients;                    /* owned by the run */
  real *z[LUR_MAX_LAYERS + 1], *a[LUR_MAX_LAYERS + 1], *dz[LUR_MAX_LAYERS + 1];
  real *x[LUR_MAX_LAYERS];
  const real *passes;                                           /* the parameters of passes, with noise or not */
  const struct noise *noise;                                    /* of passes; NULL: they have none */
  const real *input;                                            /* the pattern seen last */
  real weight;                                                  /* how much that pattern counts */
  real softmax_largest, softmax_sum;                            /* of that pattern */
};

static enum lur_activation layer_activation(const struct network *n, int layer) {
  return layer == n->n_layers - 1 ? n->output : n->hidden;
}

/* What later layers read of the units of layer k, or the pattern itself. */
static const real *values_of(const struct network *n, int k) {
  return k == 0 ? n->input : has_noise(n->noise, LUR_NOISE_DROPOUT) ? n->noise->passed[k] : n->a[k];
}

static const real *layer_input(const struct network *n, int layer) {
  return n->x[layer] ? n->x[layer] : values_of(n, layer);
}

/* All that a layer with shortcuts reads, one source after the other. */
static void collect_inputs(const struct network *n, int layer) {
  for (int k = 0; n->x[layer] && k <= layer; k++)
    if (n->reads[layer] >> k & 1)
      memcpy(n->x[layer] + n->input_of[layer][k], values_of(n, k), (size_t)n->width[k] * sizeof(real));
}

/* z[j] = b[j] + sum_i W[j][i] x[i] */
static void weighted_sums(const real *w, int n_in, int n_out, bool bias, const real *x, real *z) {
  for (int j = 0; j < n_out; j++, w += n_in + 1) {
    real acc = bias ? w[n_in] : 0;
    for (int i = 0; i < n_in; i++)
      acc = vec_fma(w[i], x[i], acc);
    z[j] = acc;
  }
}

FUNCTION void activate_all(enum lur_activation f, int n, const real *z, real *a) {
  for (int i = 0; i < n; i++)
    each_activate(1, f, &z[i], &a[i]);
}

/* a = f(z); the choice is made once, outside the loop. */
static void activate(enum lur_activation f, int n, const real *z, real *a) {
#define CASE(ID, name, ...)                                                                                            \
  case LUR_##ID: activate_all(LUR_##ID, n, z, a); break;
  switch (f) {
    LUR_ELEMENTWISE_ACTIVATIONS(CASE)
  case LUR_SOFTMAX: /* below */
  case LUR_N_ACTIVATIONS: break;
  }
#undef CASE
}

FUNCTION void multiply_slopes_all(enum lur_activation f, int n, const real *z, const real *a, real *dz) {
  for (int i = 0; i < n; i++) {
    real d;
    each_slope(1, f, &z[i], &a[i], &d);
    dz[i] = dz[i] * d;
  }
}

/* dz *= f'(z) */
static void multiply_slopes(enum lur_activation f, int n, const real *z, const real *a, real *dz) {
#define CASE(ID, name, ...)                                                                                            \
  case LUR_##ID: multiply_slopes_all(LUR_##ID, n, z, a, dz); break;
  switch (f) {
    LUR_ELEMENTWISE_ACTIVATIONS(CASE)
  case LUR_SOFTMAX: /* below */
  case LUR_N_ACTIVATIONS: break;
  }
#undef CASE
}

/* a = f(z), and z becomes f'(z), which is all that it is needed for. */
static void activate_own(const struct own *f, int n, real *z, real *a) {
  const real *given[LUR_N_INPUTS] = {NULL};
  for (int i = 0; i < n; i++) {
    given[LUR_IN_Z] = &z[i];
    own_compute(f, f->p->n_ops, given);
    a[i] = own_result(f, 0);
    z[i] = own_result(f, 1);
  }
}

/* dz *= f'(z) of layer l */
static void multiply_layer_slopes(const struct network *n, int l, real *dz) {
  const int out = n->width[l + 1];
  if (!n->activation[l].p) {
    multiply_slopes(layer_activation(n, l), out, n->z[l + 1], n->a[l + 1], dz);
    return;
  }
  for (int j = 0; j < out; j++)
    dz[j] = dz[j] * n->z[l + 1][j];
}

/* a[k] = exp(z[k] - max z) / sum of those */
static void softmax(int n, const real *z, real *a, real *largest, real *sum) {
  real m = z[0], s = 0;
  for (int k = 1; k < n; k++)
    m = z[k] > m ? z[k] : m;
  for (int k = 0; k < n; k++) {
    a[k] = vec_exp_negative(z[k] - m);
    s = s + a[k];
  }
  for (int k = 0; k < n; k++)
    a[k] = a[k] / s;
  *largest = m;
  *sum = s;
}

static void forward(struct network *n, const real *input) {
  uint64_t unit = 0;
  n->input = has_noise(n->noise, LUR_NOISE_INPUTS) ? n->noise->input : input;
  if (n->input != input)
    noise_on_input(n->noise, n->width[0], input);
  for (int l = 0; l < n->n_layers; l++) {
    int out = n->width[l + 1];
    collect_inputs(n, l);
    weighted_sums(n->passes + n->start[l], n->fan_in[l], out, n->bias, layer_input(n, l), n->z[l + 1]);
    enum lur_activation f = layer_activation(n, l);
    if (n->activation[l].p)
      activate_own(&n->activation[l], out, n->z[l + 1], n->a[l + 1]);
    else if (f == LUR_SOFTMAX)
      softmax(out, n->z[l + 1], n->a[l + 1], &n->softmax_largest, &n->softmax_sum);
    else
      activate(f, out, n->z[l + 1], n->a[l + 1]);
    if (has_noise(n->noise, LUR_NOISE_DROPOUT) && l + 1 < n->n_layers)
      drop_outputs(n->noise, l + 1, unit, out, n->a[l + 1]);
    unit += (uint64_t)out;
  }
}

/* ---- The loss of the pattern that was seen last ---- */

/* A sum over n outputs as the loss has it. */
static real reduced(enum lur_reduction reduction, real sum, int n) {
  switch (reduction) {
  case LUR_MEAN: return sum / (real)n;
  case LUR_HALF_SUM: return sum * (real)0.5;
  case LUR_SUM:
  case LUR_N_REDUCTIONS: break;
  }
  return sum;
}

static real squared_error(int n, const real *o, const real *t) { /* sum (o-t)^2 */
  real acc = 0;
  for (int k = 0; k < n; k++)
    acc = acc + (o[k] - t[k]) * (o[k] - t[k]);
  return acc;
}

static real absolute_error(int n, const real *o, const real *t) { /* sum |o-t| */
  real acc = 0;
  for (int k = 0; k < n; k++)
    acc = acc + vec_abs(o[k] - t[k]);
  return acc;
}

static real sigmoid_cross_entropy(int n, const real *z, const real *t) { /* sum max(z,0) - z t + log1p(exp(-|z|)) */
  real acc = 0;
  for (int k = 0; k < n; k++)
    acc = acc + ((vec_positive(z[k]) - z[k] * t[k]) + vec_log1p_exp(z[k]));
  return acc;
}

static real softmax_cross_entropy(int n, const real *z, const real *t, real largest, real sum) {
  real log_sum = largest + vec_log(sum), acc = 0; /* sum t (max + log(sum) - z) */
  for (int k = 0; k < n; k++)
    acc = acc + t[k] * (log_sum - z[k]);
  return acc;
}

static real cross_entropy(const struct network *n, enum lur_reduction reduction, const real *t) {
  int k = n->width[n->n_layers];
  const real *z = n->z[n->n_layers];
  return n->output == LUR_SOFTMAX ? softmax_cross_entropy(k, z, t, n->softmax_largest, n->softmax_sum)
                                  : reduced(reduction, sigmoid_cross_entropy(k, z, t), k);
}

static real loss_cross_entropy(const struct network *n, const real *t) {
  return cross_entropy(n, n->reduction, t);
}

static real loss_mse(const struct network *n, const real *t) {
  const int k = n->width[n->n_layers];
  return reduced(n->reduction, squared_error(k, n->a[n->n_layers], t), k);
}

static real loss_perceptron(const struct network *n, const real *t) {
  const int k = n->width[n->n_layers];
  return reduced(n->reduction, absolute_error(k, n->a[n->n_layers], t), k);
}

/* The value (0) or the derivative by o (1) of the script's own loss, of one output. */
static real own_loss(const struct network *n, const real *o, const real *t, int result) {
  const real *given[LUR_N_INPUTS] = {NULL};
  given[LUR_IN_O] = o;
  given[LUR_IN_T] = t;
  own_compute(&n->own_loss, n->own_loss.p->n_ops, given);
  return own_result(&n->own_loss, result);
}

static real loss_own(const struct network *n, const real *t) { /* sum of l(o,t) */
  const int last = n->n_layers;
  real acc = 0;
  for (int k = 0; k < n->width[last]; k++)
    acc = acc + own_loss(n, &n->a[last][k], &t[k], 0);
  return reduced(n->reduction, acc, n->width[last]);
}

static real pattern_loss(const struct network *n, const real *t) {
  if (n->own_loss.p)
    return loss_own(n, t);
#define CASE(ID, name, ...)                                                                                            \
  case LUR_##ID: return loss_##name(n, t);
  switch (n->loss) {
    LUR_LOSSES(CASE)
  case LUR_N_LOSSES: break;
  }
#undef CASE
  return 0;
}

/* ---- Deltas and gradients ---- */

static void difference_deltas(bool means, int n, const real *o, const real *t, real *dz) { /* (o - t) / K */
  for (int k = 0; k < n; k++)
    dz[k] = means ? (o[k] - t[k]) / (real)n : o[k] - t[k];
}

static void softmax_entropy_deltas(int n, const real *o, const real *t, real *dz) { /* o T - t, T = sum t */
  real total = 0;
  for (int k = 0; k < n; k++)
    total = total + t[k];
  for (int k = 0; k < n; k++)
    dz[k] = o[k] * total - t[k];
}

static void softmax_deltas(int n, const real *o, real *dz) { /* from g = dz: o (g - G), G = sum g o */
  real total = 0;
  for (int k = 0; k < n; k++)
    total = total + dz[k] * o[k];
  for (int k = 0; k < n; k++)
    dz[k] = o[k] * (dz[k] - total);
}

static void deltas_cross_entropy(const struct network *n, int k, const real *o, const real *t, real *dz) {
  if (n->output == LUR_SOFTMAX)
    softmax_entropy_deltas(k, o, t, dz);
  else
    difference_deltas(n->reduction == LUR_MEAN, k, o, t, dz);
}

static void deltas_perceptron(const struct network *n, int k, const real *o, const real *t, real *dz) {
  difference_deltas(n->reduction == LUR_MEAN, k, o, t, dz);
}

/* From g = dz, the loss's slopes by the outputs. */
static void deltas_from_slopes(const struct network *n, int k, const real *o, real *dz) {
  if (n->output == LUR_SOFTMAX)
    softmax_deltas(k, o, dz);
  else
    multiply_layer_slopes(n, n->n_layers - 1, dz);
}

/* g = 2 (o - t) / K of a mean, 2 (o - t) of a sum, o - t of half a sum; times f' */
static void deltas_mse(const struct network *n, int k, const real *o, const real *t, real *dz) {
  for (int i = 0; i < k; i++) {
    const real d = o[i] - t[i];
    dz[i] = n->reduction == LUR_MEAN ? 2 * d / (real)k : n->reduction == LUR_SUM ? 2 * d : d;
  }
  deltas_from_slopes(n, k, o, dz);
}

/* g = l'(o,t) / K, times f'; of a sum not over K */
static void deltas_own(const struct network *n, int k, const real *o, const real *t, real *dz) {
  for (int i = 0; i < k; i++) {
    const real d = own_loss(n, &o[i], &t[i], 1);
    dz[i] = n->reduction == LUR_MEAN ? d / (real)k : d;
  }
  deltas_from_slopes(n, k, o, dz);
}

static void loss_deltas(const struct network *n, int k, const real *o, const real *t, real *dz) {
#define CASE(ID, name, ...) case LUR_##ID: deltas_##name(n, k, o, t, dz); break;
  switch (n->loss) {
    LUR_LOSSES(CASE)
  case LUR_N_LOSSES: break;
  }
#undef CASE
}

/* Those of the pattern, times its weight. */
static void output_deltas(struct network *n, const real *t) {
  const int last = n->n_layers, k = n->width[last];
  real *dz = n->dz[last];
  if (n->own_loss.p)
    deltas_own(n, k, n->a[last], t, dz);
  else
    loss_deltas(n, k, n->a[last], t, dz);
  for (int i = 0; i < k; i++)
    dz[i] = n->weight * dz[i];
}

/* dz[k][i] += W[j][i] dz[l+1][j], one j after the other: what layer l, which reads the units of layer k, tells them. */
static void pass_back(const struct network *n, int l, int k) {
  const real *w = n->passes + n->start[l] + n->input_of[l][k], *above = n->dz[l + 1];
  real *dz = n->dz[k];
  for (int j = 0; j < n->width[l + 1]; j++, w += n->fan_in[l] + 1)
    for (int i = 0; i < n->width[k]; i++)
      dz[i] = vec_fma(w[i], above[j], dz[i]);
}

/* dz[k][i] = (sum over the layers that read it, the last first, of sum_j W[j][i] dz[j]) f'(z[k][i]) for the hidden
 * layers, last first. */
static void hidden_deltas(struct network *n) {
  for (int k = n->n_layers - 1; k > 0; k--) {
    for (int i = 0; i < n->width[k]; i++)
      n->dz[k][i] = 0;
    for (int l = n->n_layers - 1; l >= k; l--)
      if (n->reads[l] >> k & 1)
        pass_back(n, l, k);
    if (has_noise(n->noise, LUR_NOISE_DROPOUT))
      drop_deltas(n->noise, k, n->width[k], n->dz[k]);
    multiply_layer_slopes(n, k - 1, n->dz[k]);
  }
}

/* g = dz a, for a bias dz: the gradient of one pattern. */
static void gradients_of_one(struct network *n) {
  for (int l = 0; l < n->n_layers; l++) {
    int in = n->fan_in[l];
    const real *x = layer_input(n, l), *dz = n->dz[l + 1];
    real *g = n->gradients + n->start[l];
    for (int j = 0; j < n->width[l + 1]; j++, g += in + 1) {
      for (int i = 0; i < in; i++)
        g[i] = dz[j] * x[i];
      g[in] = dz[j];
    }
  }
}

/* g = fma(dz, a, g), for a bias g + dz: one more pattern of a batch. */
static void gradients_add(struct network *n) {
  for (int l = 0; l < n->n_layers; l++) {
    int in = n->fan_in[l];
    const real *x = layer_input(n, l), *dz = n->dz[l + 1];
    real *g = n->gradients + n->start[l];
    for (int j = 0; j < n->width[l + 1]; j++, g += in + 1) {
      for (int i = 0; i < in; i++)
        g[i] = vec_fma(dz[j], x[i], g[i]);
      g[in] = g[in] + dz[j];
    }
  }
}

#endif

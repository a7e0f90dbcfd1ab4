/* SPDX-License-Identifier: MIT
 * The reference kernel's optimizers: one function a rule, over n parameters: weights w, gradients g, state s
 * and v. Each is elementwise. Defaults and rules are PyTorch's (torch.optim). */
#ifndef LUR_REFERENCE_UPDATE_INC_H
#define LUR_REFERENCE_UPDATE_INC_H

#include "engine/reference_network.inc.h"

struct optimizer {
  enum lur_optimizer kind;
  real learning_rate[LUR_MAX_LAYERS];
  real momentum, beta1, beta2, rho, epsilon, weight_decay;
  double power1, power2;         /* adam: beta1^t and beta2^t, running; always double */
  double beta1_exact, beta2_exact;
  real rate_factor, root_factor; /* adam, of this update: 1 - beta1^t and sqrt(1 - beta2^t) */
  bool first;                    /* no update was made yet */
  real *s, *v;                   /* as the parameters; NULL where the rule keeps none */
};

static const real RPROP_SHRINK = (real)0.5, RPROP_GROW = (real)1.2, RPROP_LEAST = (real)1e-6, RPROP_MOST = 50;

static void update_sgd(size_t n, real lr, real *w, const real *g) { /* w - lr g */
  for (size_t i = 0; i < n; i++)
    w[i] = vec_fma(-lr, g[i], w[i]);
}

/* buf = mu buf + g; w - lr buf, or by Nesterov w - lr (g + mu buf) */
static void update_momentum(const struct optimizer *o, size_t n, real lr, real *w, const real *g, real *buf) {
  for (size_t i = 0; i < n; i++) {
    buf[i] = o->first ? g[i] : vec_fma(o->momentum, buf[i], g[i]);
    real d = o->kind == LUR_NESTEROV ? vec_fma(o->momentum, buf[i], g[i]) : buf[i];
    w[i] = vec_fma(-lr, d, w[i]);
  }
}

/* s = s + g^2; w - lr g / (sqrt(s) + eps) */
static void update_adagrad(const struct optimizer *o, size_t n, real lr, real *w, const real *g, real *s) {
  for (size_t i = 0; i < n; i++) {
    s[i] = vec_fma(g[i], g[i], s[i]);
    w[i] = w[i] - lr * (g[i] / (vec_sqrt(s[i]) + o->epsilon));
  }
}

/* s = rho s + (1 - rho) g^2; w - lr g / (sqrt(s) + eps) */
static void update_rmsprop(const struct optimizer *o, size_t n, real lr, real *w, const real *g, real *s) {
  real rest = 1 - o->rho;
  for (size_t i = 0; i < n; i++) {
    s[i] = vec_fma(o->rho, s[i], (rest * g[i]) * g[i]);
    w[i] = w[i] - lr * (g[i] / (vec_sqrt(s[i]) + o->epsilon));
  }
}

/* m = b1 m + (1-b1) g; v = b2 v + (1-b2) g^2; w - lr / (1 - b1^t) * m / (sqrt(v) / sqrt(1 - b2^t) + eps) */
static void update_adam(const struct optimizer *o, size_t n, real lr, real *w, const real *g, real *m, real *v) {
  real rest1 = 1 - o->beta1, rest2 = 1 - o->beta2, rate = lr / o->rate_factor;
  for (size_t i = 0; i < n; i++) {
    m[i] = vec_fma(o->beta1, m[i], rest1 * g[i]);
    v[i] = vec_fma(o->beta2, v[i], (rest2 * g[i]) * g[i]);
    w[i] = w[i] - rate * (m[i] / (vec_sqrt(v[i]) / o->root_factor + o->epsilon));
  }
}

/* The step grows while the gradient keeps its sign and shrinks where it turns; a turn takes no step. */
static void update_rprop(size_t n, real *w, const real *g, real *before, real *step) {
  for (size_t i = 0; i < n; i++) {
    real turn = g[i] * before[i];
    real x = turn > 0 ? step[i] * RPROP_GROW : turn < 0 ? step[i] * RPROP_SHRINK : step[i];
    x = RPROP_LEAST > x ? RPROP_LEAST : x;
    x = RPROP_MOST < x ? RPROP_MOST : x;
    real kept = turn < 0 ? 0 : g[i];
    real sign = kept > 0 ? 1 : kept < 0 ? -1 : kept;
    step[i] = x;
    before[i] = kept;
    w[i] = w[i] - sign * x;
  }
}

static void update_part(const struct optimizer *o, size_t n, real lr, real *w, real *g, real *s, real *v) {
  if (o->weight_decay != 0)
    for (size_t i = 0; i < n; i++)
      g[i] = vec_fma(o->weight_decay, w[i], g[i]);
  switch (o->kind) {
    case LUR_MOMENTUM:
    case LUR_NESTEROV: update_momentum(o, n, lr, w, g, s); break;
    case LUR_ADAGRAD: update_adagrad(o, n, lr, w, g, s); break;
    case LUR_RMSPROP: update_rmsprop(o, n, lr, w, g, s); break;
    case LUR_ADAM: update_adam(o, n, lr, w, g, s, v); break;
    case LUR_RPROP: update_rprop(n, w, g, s, v); break;
    default: update_sgd(n, lr, w, g); break;
  }
}

static void adam_powers(struct optimizer *o) {
  o->power1 = o->power1 * o->beta1_exact;
  o->power2 = o->power2 * o->beta2_exact;
  o->rate_factor = (real)(1 - o->power1);
  o->root_factor = (real)sqrt(1 - o->power2);
}

/* One update of all parameters by the gradients, which weight decay changes. With biases a layer is one run of
 * parameters; without, each unit is, so that the biases' places are left alone. */
static void update_all(struct optimizer *o, struct network *n) {
  if (o->kind == LUR_ADAM)
    adam_powers(o);
  for (int l = 0; l < n->n_layers; l++) {
    int in = n->width[l], out = n->width[l + 1], n_parts = n->bias ? 1 : out;
    size_t at = n->start[l], stride = (size_t)in + 1, size = n->bias ? stride * (size_t)out : (size_t)in;
    for (int j = 0; j < n_parts; j++, at += stride)
      update_part(o, size, o->learning_rate[l], n->parameters + at, n->gradients + at, o->s ? o->s + at : NULL,
                  o->v ? o->v + at : NULL);
  }
  o->first = false;
}

static void optimizer_start(struct optimizer *o, const struct lur_structure *s, const struct lur_numbers *numbers,
                            const struct network *n) {
  o->kind = s->optimizer;
  o->momentum = (real)numbers->momentum;
  o->beta1 = (real)numbers->beta1;
  o->beta2 = (real)numbers->beta2;
  o->rho = (real)numbers->rho;
  o->epsilon = (real)numbers->epsilon;
  o->weight_decay = s->optimizer == LUR_RPROP ? 0 : (real)numbers->weight_decay;
  o->beta1_exact = numbers->beta1;
  o->beta2_exact = numbers->beta2;
  o->power1 = o->power2 = 1;
  o->first = true;
  for (int l = 0; l < n->n_layers; l++) {
    o->learning_rate[l] = (real)numbers->learning_rate[l];
    if (s->optimizer == LUR_RPROP) /* the first step is the rate */
      for (size_t i = n->start[l]; i < n->start[l + 1]; i++)
        o->v[i] = o->learning_rate[l];
  }
}

#endif

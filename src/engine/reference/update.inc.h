/* SPDX-License-Identifier: MIT
 * The reference kernel's optimizers: one function a rule, over n parameters: weights w, gradients g, and
 * arrays of state. Each is elementwise. Defaults and rules are PyTorch's (torch.optim). */
#ifndef LUR_REFERENCE_UPDATE_INC_H
#define LUR_REFERENCE_UPDATE_INC_H

#include "engine/reference/network.inc.h"

struct optimizer {
  enum lur_optimizer kind;
  real learning_rate[LUR_MAX_LAYERS];
  real momentum, beta1, beta2, rho, epsilon, weight_decay;
  double power1, power2; /* adam: beta1^t and beta2^t, running; always double */
  double beta1_exact, beta2_exact;
  real rate_factor, root_factor; /* adam, of this update: 1 - beta1^t and sqrt(1 - beta2^t) */
  bool first;                    /* no update was made yet */
  real *state[LUR_MAX_STATES];   /* as the parameters; NULL where the rule keeps none */
};

static const real RPROP_SHRINK = (real)0.5, RPROP_GROW = (real)1.2, RPROP_LEAST = (real)1e-6, RPROP_MOST = 50;

/* n parameters of one layer; arrays of state as the parameters. */
struct part {
  size_t n;
  real rate, *w, *g, *state[LUR_MAX_STATES];
};

static void update_sgd(const struct optimizer *o, const struct part *p) { /* w - rate g */
  (void)o;
  for (size_t i = 0; i < p->n; i++)
    p->w[i] = vec_fma(-p->rate, p->g[i], p->w[i]);
}

/* s = mu s + g; w - rate s */
static void update_momentum(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  for (size_t i = 0; i < p->n; i++) {
    s[i] = o->first ? p->g[i] : vec_fma(o->momentum, s[i], p->g[i]);
    p->w[i] = vec_fma(-p->rate, s[i], p->w[i]);
  }
}

/* s = mu s + g; w - rate (g + mu s) */
static void update_nesterov(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  for (size_t i = 0; i < p->n; i++) {
    s[i] = o->first ? p->g[i] : vec_fma(o->momentum, s[i], p->g[i]);
    real d = vec_fma(o->momentum, s[i], p->g[i]);
    p->w[i] = vec_fma(-p->rate, d, p->w[i]);
  }
}

/* s = s + g^2; w - rate g / (sqrt(s) + eps) */
static void update_adagrad(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  for (size_t i = 0; i < p->n; i++) {
    s[i] = vec_fma(p->g[i], p->g[i], s[i]);
    p->w[i] = p->w[i] - p->rate * (p->g[i] / (vec_sqrt(s[i]) + o->epsilon));
  }
}

/* s = rho s + (1 - rho) g^2; w - rate g / (sqrt(s) + eps) */
static void update_rmsprop(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0];
  real rest = 1 - o->rho;
  for (size_t i = 0; i < p->n; i++) {
    s[i] = vec_fma(o->rho, s[i], (rest * p->g[i]) * p->g[i]);
    p->w[i] = p->w[i] - p->rate * (p->g[i] / (vec_sqrt(s[i]) + o->epsilon));
  }
}

/* s = b1 s + (1-b1) g; v = b2 v + (1-b2) g^2; w - rate / (1 - b1^t) * s / (sqrt(v) / sqrt(1 - b2^t) + eps) */
static void update_adam(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0], *v = p->state[1];
  real rest1 = 1 - o->beta1, rest2 = 1 - o->beta2, rate = p->rate / o->rate_factor;
  for (size_t i = 0; i < p->n; i++) {
    s[i] = vec_fma(o->beta1, s[i], rest1 * p->g[i]);
    v[i] = vec_fma(o->beta2, v[i], (rest2 * p->g[i]) * p->g[i]);
    p->w[i] = p->w[i] - rate * (s[i] / (vec_sqrt(v[i]) / o->root_factor + o->epsilon));
  }
}

/* s: the gradient before; v: the step, which grows while the gradient keeps its sign and shrinks where it turns; a turn
 * takes no step. */
static void update_rprop(const struct optimizer *o, const struct part *p) {
  real *s = p->state[0], *v = p->state[1];
  (void)o;
  for (size_t i = 0; i < p->n; i++) {
    real turn = p->g[i] * s[i];
    real x = turn > 0 ? v[i] * RPROP_GROW : turn < 0 ? v[i] * RPROP_SHRINK : v[i];
    x = RPROP_LEAST > x ? RPROP_LEAST : x;
    x = RPROP_MOST < x ? RPROP_MOST : x;
    real kept = turn < 0 ? 0 : p->g[i];
    real sign = kept > 0 ? 1 : kept < 0 ? -1 : kept;
    v[i] = x;
    s[i] = kept;
    p->w[i] = p->w[i] - sign * x;
  }
}

static void update_part(const struct optimizer *o, const struct part *p) {
  if (o->weight_decay != 0)
    for (size_t i = 0; i < p->n; i++)
      p->g[i] = vec_fma(o->weight_decay, p->w[i], p->g[i]);
#define CASE(ID, name, ...)                                                                                            \
  case LUR_##ID: update_##name(o, p); break;
  switch (o->kind) {
    LUR_OPTIMIZERS(CASE)
  case LUR_N_OPTIMIZERS: break;
  }
#undef CASE
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
    for (int j = 0; j < n_parts; j++, at += stride) {
      struct part p = {.n = size, .rate = o->learning_rate[l], .w = n->parameters + at, .g = n->gradients + at};
      for (int i = 0; i < LUR_MAX_STATES && o->state[i]; i++)
        p.state[i] = o->state[i] + at;
      update_part(o, &p);
    }
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
    if (lur_optimizers[s->optimizer].start == LUR_START_RATE)
      for (size_t i = n->start[l]; i < n->start[l + 1]; i++)
        o->state[1][i] = o->learning_rate[l];
  }
}

#endif

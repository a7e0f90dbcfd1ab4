/* SPDX-License-Identifier: MIT
 * The training step, written once over a vec of lanes. Compiled for each instruction set and precision by
 * kernel_<isa>_<precision>.c, which includes a vec_*.h and defines KERNEL and KERNEL_ISA.
 *
 * Legend: w a parameter, g its gradient, z a unit's sum, a = f(z) its output, d (delta) the loss's slope by z,
 * x an input, t a target; layer l has n_inputs = width[l] and n_units = width[l + 1]; j counts units, i inputs.
 * Every value is a vec: the same number of VEC_LANES runs, in memory at VEC_LANES * index. Parameters stand layer by
 * layer, unit by unit: the unit's weights in input order, then its bias.
 *
 * Algorithm: backpropagation with the formulas of docs/numerics.md in their written order. Sums go over i (forward),
 * j (back) and patterns (gradients) one after the other; what is independent (units, lanes) is done side by side.
 * Elementwise stages (activations, losses, optimizers) are entries of tables, apart from the sums.
 * Thread rule: a block belongs to one thread; nothing else is written. */
#include "engine/functions.inc.h"
#include "engine/kernel.h"
#include "engine/rules.h"

/* ---- Where things are ---- */
FUNCTION real *element(void *array, size_t i) { return (real *)array + i * VEC_LANES; }
FUNCTION const real *const_element(const void *array, size_t i) { return (const real *)array + i * VEC_LANES; }
FUNCTION vec get(const void *array, size_t i) { return vec_load(const_element(array, i)); }
FUNCTION void put(void *array, size_t i, vec x) { vec_store(element(array, i), x); }

/* One pattern: numbers where lanes share it, else lanes. */
struct pattern {
  const real *x, *t;
  bool shared;
};
FUNCTION vec broadcast_or_load(const real *x, int i, bool shared) {
  return shared ? vec_set(x[i]) : vec_load(x + (size_t)i * VEC_LANES);
}

/* One layer of the network, and where its values are. */
struct layer {
  int n_units, n_inputs;
  bool bias, shared; /* shared: its inputs are numbers, not lanes */
  size_t start;      /* of its parameters */
  size_t unit;       /* of its first unit in z, a and delta */
  const real *x;     /* its inputs */
};

static struct layer layer_of(const struct lur_block *b, const struct pattern *p, int l) {
  const struct lur_shape *s = &b->structure->shape;
  struct layer r = {.n_units = s->width[l + 1], .n_inputs = s->width[l], .bias = s->bias};
  r.start = lur_shape_layer_start(s, l);
  for (int k = 0; k < l; k++) r.unit += (size_t)s->width[k + 1];
  r.shared = l == 0 && p->shared;
  r.x = l == 0 ? p->x : const_element(b->a, r.unit - (size_t)r.n_inputs);
  return r;
}

/* ---- Sums ---- */
/* z[j] = b[j] + sum over i of W[j][i] x[i], two units at a time. */
FUNCTION void layer_sums(const struct layer *l, bool shared, const real *w, real *z) {
  const size_t n = (size_t)l->n_inputs, stride = (n + 1) * VEC_LANES;
  int j = 0;
  for (; j + 2 <= l->n_units; j += 2, w += 2 * stride) {
    const real *v = w + stride;
    vec s = l->bias ? get(w, n) : vec_set(0), r = l->bias ? get(v, n) : vec_set(0);
    for (int i = 0; i < l->n_inputs; i++) {
      const vec x = broadcast_or_load(l->x, i, shared);
      s = vec_fma(get(w, (size_t)i), x, s);
      r = vec_fma(get(v, (size_t)i), x, r);
    }
    put(z, (size_t)j, s);
    put(z, (size_t)j + 1, r);
  }
  if (j == l->n_units) return;
  vec s = l->bias ? get(w, n) : vec_set(0);
  for (int i = 0; i < l->n_inputs; i++)
    s = vec_fma(get(w, (size_t)i), broadcast_or_load(l->x, i, shared), s);
  put(z, (size_t)j, s);
}

/* back[i] = sum from +0 over j of W[j][i] d[j], two inputs at a time. */
static void back_sums(const struct layer *l, const real *w, const real *d, real *back) {
  const size_t stride = (size_t)(l->n_inputs + 1) * VEC_LANES;
  int i = 0;
  for (; i + 2 <= l->n_inputs; i += 2) {
    const real *v = w + (size_t)i * VEC_LANES;
    vec s = vec_set(0), r = s;
    for (int j = 0; j < l->n_units; j++, v += stride) {
      const vec dj = get(d, (size_t)j);
      s = vec_fma(get(v, 0), dj, s);
      r = vec_fma(get(v, 1), dj, r);
    }
    put(back, (size_t)i, s);
    put(back, (size_t)i + 1, r);
  }
  if (i == l->n_inputs) return;
  const real *v = w + (size_t)i * VEC_LANES;
  vec s = vec_set(0);
  for (int j = 0; j < l->n_units; j++, v += stride) s = vec_fma(get(v, 0), get(d, (size_t)j), s);
  put(back, (size_t)i, s);
}

/* g[j][i] += d[j] x[i], and for a bias d[j]. */
FUNCTION void add_gradient(const struct layer *l, bool shared, const real *d, real *g) {
  for (int j = 0; j < l->n_units; j++, g += (size_t)(l->n_inputs + 1) * VEC_LANES) {
    const vec dj = get(d, (size_t)j);
    for (int i = 0; i < l->n_inputs; i++)
      put(g, (size_t)i, vec_fma(dj, broadcast_or_load(l->x, i, shared), get(g, (size_t)i)));
    if (l->bias) put(g, (size_t)l->n_inputs, vec_add(get(g, (size_t)l->n_inputs), dj));
  }
}

/* ---- Activations ---- */
typedef void activation_stage(int n, const real *z, real *a);
typedef void slope_stage(int n, const real *z, const real *a, real *d);

/* a[j] = f(z[j]) */
#define ACTIVATION(f, name)                                             \
  static void activate_##name(int n, const real *z, real *a) {          \
    for (int j = 0; j < n; j++) {                                       \
      vec x = get(z, (size_t)j), y;                                     \
      each_activate(1, f, &x, &y);                                      \
      put(a, (size_t)j, y);                                             \
    }                                                                   \
  }                                                                     \
  /* d[j] = d[j] f'(z[j]) */                                            \
  static void slope_##name(int n, const real *z, const real *a, real *d) { \
    for (int j = 0; j < n; j++) {                                       \
      vec x = get(z, (size_t)j), y = get(a, (size_t)j), s;              \
      each_derivative(1, f, &x, &y, &s);                                \
      put(d, (size_t)j, vec_mul(get(d, (size_t)j), s));                 \
    }                                                                   \
  }
ACTIVATION(LUR_SIGMOID, sigmoid)
ACTIVATION(LUR_TANH, tanh)
ACTIVATION(LUR_RELU, relu)
ACTIVATION(LUR_LEAKY_RELU, leaky_relu)
ACTIVATION(LUR_SOFTPLUS, softplus)
ACTIVATION(LUR_STEP, step)
ACTIVATION(LUR_LINEAR, linear)
#undef ACTIVATION

/* Softmax: the largest z and the sum of the exponentials are left behind the layer's z, for the loss. */
static void activate_softmax(int n, const real *z, real *a) {
  real *kept = (real *)z + (size_t)n * VEC_LANES;
  vec most = get(z, 0), sum = vec_set(0);
  for (int k = 1; k < n; k++) {
    const vec zk = get(z, (size_t)k);
    most = vec_select(vec_gt(zk, most), zk, most);
  }
  for (int k = 0; k < n; k++) {
    const vec e = vec_exp_negative(vec_sub(get(z, (size_t)k), most));
    sum = vec_add(sum, e);
    put(a, (size_t)k, e);
  }
  for (int k = 0; k < n; k++) put(a, (size_t)k, vec_div(get(a, (size_t)k), sum));
  put(kept, 0, most);
  put(kept, 1, sum);
}

/* d holds g, the slope by the output: d = o (g - sum g o). */
static void slope_softmax(int n, const real *z, const real *a, real *d) {
  (void)z;
  vec sum = vec_set(0);
  for (int k = 0; k < n; k++) sum = vec_add(sum, vec_mul(get(d, (size_t)k), get(a, (size_t)k)));
  for (int k = 0; k < n; k++) put(d, (size_t)k, vec_mul(get(a, (size_t)k), vec_sub(get(d, (size_t)k), sum)));
}

static const struct {
  activation_stage *activate;
  slope_stage *slope;
} activations[LUR_N_ACTIVATIONS] = {
    [LUR_SIGMOID] = {activate_sigmoid, slope_sigmoid},
    [LUR_TANH] = {activate_tanh, slope_tanh},
    [LUR_RELU] = {activate_relu, slope_relu},
    [LUR_LEAKY_RELU] = {activate_leaky_relu, slope_leaky_relu},
    [LUR_SOFTPLUS] = {activate_softplus, slope_softplus},
    [LUR_STEP] = {activate_step, slope_step},
    [LUR_LINEAR] = {activate_linear, slope_linear},
    [LUR_SOFTMAX] = {activate_softmax, slope_softmax},
};

/* ---- Losses ---- */
/* The outputs of one pattern. */
struct outputs {
  int n;
  enum lur_activation f;
  const real *z, *o;
  const struct pattern *pattern;
};
FUNCTION vec target(const struct outputs *u, int k) { return broadcast_or_load(u->pattern->t, k, u->pattern->shared); }
FUNCTION vec output(const struct outputs *u, int k) { return get(u->o, (size_t)k); }

/* (o - t) / K: cross-entropy of sigmoids, and the perceptron rule. */
static void delta_difference(const struct outputs *u, real *d) {
  const vec n = vec_set((real)u->n);
  for (int k = 0; k < u->n; k++) put(d, (size_t)k, vec_div(vec_sub(output(u, k), target(u, k)), n));
}

/* o T - t */
static void delta_softmax(const struct outputs *u, real *d) {
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++) sum = vec_add(sum, target(u, k));
  for (int k = 0; k < u->n; k++) put(d, (size_t)k, vec_sub(vec_mul(output(u, k), sum), target(u, k)));
}

static void delta_cross_entropy(const struct outputs *u, real *d) {
  (u->f == LUR_SOFTMAX ? delta_softmax : delta_difference)(u, d);
}

static void delta_mse(const struct outputs *u, real *d) {
  const vec n = vec_set((real)u->n), two = vec_set(2);
  for (int k = 0; k < u->n; k++)
    put(d, (size_t)k, vec_div(vec_mul(two, vec_sub(output(u, k), target(u, k))), n));
  activations[u->f].slope(u->n, u->z, u->o, d);
}

/* sum over k of max(z,0) - z t + log1p(exp(-|z|)), / K */
static vec loss_sigmoid(const struct outputs *u) {
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++) {
    const vec z = get(u->z, (size_t)k);
    const vec part = vec_sub(vec_positive(z), vec_mul(z, target(u, k)));
    sum = vec_add(sum, vec_add(part, vec_log1p_exp(z)));
  }
  return vec_div(sum, vec_set((real)u->n));
}

/* sum over k of t (max + log(sum) - z) */
static vec loss_softmax(const struct outputs *u) {
  const vec top = vec_add(get(u->z, (size_t)u->n), vec_log(get(u->z, (size_t)u->n + 1)));
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++) sum = vec_add(sum, vec_mul(target(u, k), vec_sub(top, get(u->z, (size_t)k))));
  return sum;
}

static vec loss_cross_entropy(const struct outputs *u) {
  return u->f == LUR_SOFTMAX ? loss_softmax(u) : loss_sigmoid(u);
}

static vec loss_mse(const struct outputs *u) {
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++) {
    const vec e = vec_sub(output(u, k), target(u, k));
    sum = vec_add(sum, vec_mul(e, e));
  }
  return vec_div(sum, vec_set((real)u->n));
}

static vec loss_perceptron(const struct outputs *u) {
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++) sum = vec_add(sum, vec_abs(vec_sub(output(u, k), target(u, k))));
  return vec_div(sum, vec_set((real)u->n));
}

static const struct {
  void (*delta)(const struct outputs *u, real *d);
  vec (*loss)(const struct outputs *u);
} losses[LUR_N_LOSSES] = {
    [LUR_CROSS_ENTROPY] = {delta_cross_entropy, loss_cross_entropy},
    [LUR_MSE] = {delta_mse, loss_mse},
    [LUR_PERCEPTRON] = {delta_difference, loss_perceptron},
};

/* ---- Optimizers ---- */
/* What an update of one layer reads, the same for all its parameters. */
struct rule {
  const struct lur_block *block;
  vec rate;  /* learning rate; adam: over 1 - power of beta1 */
  vec count; /* patterns in the batch, where gradients were summed */
};
FUNCTION vec number(const struct rule *r, int row) { return get(r->block->numbers, (size_t)row); }

/* w after one step along g; p is the parameter's place in the optimizer's state. */
FUNCTION vec step_sgd(const struct rule *r, size_t p, vec w, vec g) {
  (void)p;
  return vec_fma(vec_neg(r->rate), g, w);
}

/* The buffer starts as a zero whose product with momentum is -0, so that its first value is the first g to the bit. */
FUNCTION vec momentum_buffer(const struct rule *r, size_t p, vec g) {
  const vec buffer = vec_fma(number(r, LUR_ROW_MOMENTUM), get(r->block->state[0], p), g);
  put(r->block->state[0], p, buffer);
  return buffer;
}
FUNCTION vec step_momentum(const struct rule *r, size_t p, vec w, vec g) {
  return vec_fma(vec_neg(r->rate), momentum_buffer(r, p, g), w);
}
FUNCTION vec step_nesterov(const struct rule *r, size_t p, vec w, vec g) {
  const vec d = vec_fma(number(r, LUR_ROW_MOMENTUM), momentum_buffer(r, p, g), g);
  return vec_fma(vec_neg(r->rate), d, w);
}

/* w - rate (g / (sqrt(s) + epsilon)) */
FUNCTION vec step_scaled(const struct rule *r, size_t p, vec s, vec w, vec g) {
  put(r->block->state[0], p, s);
  const vec d = vec_div(g, vec_add(vec_sqrt(s), number(r, LUR_ROW_EPSILON)));
  return vec_sub(w, vec_mul(r->rate, d));
}
FUNCTION vec step_adagrad(const struct rule *r, size_t p, vec w, vec g) {
  return step_scaled(r, p, vec_fma(g, g, get(r->block->state[0], p)), w, g);
}
FUNCTION vec step_rmsprop(const struct rule *r, size_t p, vec w, vec g) {
  const vec rho = number(r, LUR_ROW_RHO), part = vec_mul(vec_mul(vec_sub(vec_set(1), rho), g), g);
  return step_scaled(r, p, vec_fma(rho, get(r->block->state[0], p), part), w, g);
}

FUNCTION vec step_adam(const struct rule *r, size_t p, vec w, vec g) {
  const vec b1 = number(r, LUR_ROW_BETA1), b2 = number(r, LUR_ROW_BETA2), one = vec_set(1);
  const vec m = vec_fma(b1, get(r->block->state[0], p), vec_mul(vec_sub(one, b1), g));
  const vec v = vec_fma(b2, get(r->block->state[1], p), vec_mul(vec_mul(vec_sub(one, b2), g), g));
  put(r->block->state[0], p, m);
  put(r->block->state[1], p, v);
  const vec root = get(r->block->correction, 1);
  const vec d = vec_div(m, vec_add(vec_div(vec_sqrt(v), root), number(r, LUR_ROW_EPSILON)));
  return vec_sub(w, vec_mul(r->rate, d));
}

/* state[0] is the previous g, state[1] the step length. */
FUNCTION vec step_rprop(const struct rule *r, size_t p, vec w, vec g) {
  const vec zero = vec_set(0), least = vec_set((real)1e-6), most = vec_set(50), length = get(r->block->state[1], p);
  const vec turn = vec_mul(g, get(r->block->state[0], p));
  const mask turned = vec_lt(turn, zero);
  vec next = vec_select(turned, vec_mul(length, vec_set((real)0.5)), length);
  next = vec_select(vec_gt(turn, zero), vec_mul(length, vec_set((real)1.2)), next);
  next = vec_select(vec_gt(least, next), least, next);
  next = vec_select(vec_lt(most, next), most, next);
  const vec kept = vec_select(turned, zero, g);
  vec sign = vec_select(vec_lt(kept, zero), vec_set(-1), kept);
  sign = vec_select(vec_gt(kept, zero), vec_set(1), sign);
  put(r->block->state[0], p, kept);
  put(r->block->state[1], p, next);
  return vec_sub(w, vec_mul(sign, next));
}

FUNCTION vec step(enum lur_optimizer o, const struct rule *r, size_t p, vec w, vec g) {
  switch (o) {
    case LUR_MOMENTUM: return step_momentum(r, p, w, g);
    case LUR_NESTEROV: return step_nesterov(r, p, w, g);
    case LUR_ADAGRAD: return step_adagrad(r, p, w, g);
    case LUR_RMSPROP: return step_rmsprop(r, p, w, g);
    case LUR_ADAM: return step_adam(r, p, w, g);
    case LUR_RPROP: return step_rprop(r, p, w, g);
    default: return step_sgd(r, p, w, g);
  }
}

/* Weight decay where the lane has one, then the step. */
FUNCTION void change(enum lur_optimizer o, const struct rule *r, size_t p, vec g) {
  const vec w = get(r->block->parameters, p);
  if (r->block->any_decay) {
    const vec decay = number(r, LUR_ROW_DECAY);
    g = vec_select(vec_eq(decay, vec_set(0)), g, vec_fma(decay, w, g));
  }
  put(r->block->parameters, p, step(o, r, p, w, g));
}

/* Where a layer's gradient comes from: one pattern's d x, made on the way, or the sums over a batch. */
enum source { FROM_SHARED, FROM_LANES, FROM_SUMS };

FUNCTION void update_layer(enum lur_optimizer o, enum source from, const struct rule *r, const struct layer *l,
                           const real *d) {
  size_t p = l->start;
  for (int j = 0; j < l->n_units; j++) {
    const vec dj = get(d, (size_t)j);
    for (int i = 0; i < l->n_inputs; i++, p++)
      change(o, r, p, from == FROM_SUMS ? vec_div(get(r->block->gradient, p), r->count)
                                        : vec_mul(dj, broadcast_or_load(l->x, i, from == FROM_SHARED)));
    if (l->bias) change(o, r, p, from == FROM_SUMS ? vec_div(get(r->block->gradient, p), r->count) : dj);
    p++;
  }
}

#define OPTIMIZER(o, name)                                                                                        \
  static void update_##name(enum source from, const struct rule *r, const struct layer *l, const real *d) {       \
    if (from == FROM_SHARED) update_layer(o, FROM_SHARED, r, l, d);                                               \
    else if (from == FROM_LANES) update_layer(o, FROM_LANES, r, l, d);                                            \
    else update_layer(o, FROM_SUMS, r, l, d);                                                                     \
  }
OPTIMIZER(LUR_SGD, sgd)
OPTIMIZER(LUR_MOMENTUM, momentum)
OPTIMIZER(LUR_NESTEROV, nesterov)
OPTIMIZER(LUR_ADAGRAD, adagrad)
OPTIMIZER(LUR_RMSPROP, rmsprop)
OPTIMIZER(LUR_ADAM, adam)
OPTIMIZER(LUR_RPROP, rprop)
#undef OPTIMIZER

static void (*const updates[LUR_N_OPTIMIZERS])(enum source from, const struct rule *r, const struct layer *l,
                                               const real *d) = {
    [LUR_SGD] = update_sgd,         [LUR_MOMENTUM] = update_momentum, [LUR_NESTEROV] = update_nesterov,
    [LUR_ADAGRAD] = update_adagrad, [LUR_RMSPROP] = update_rmsprop,   [LUR_ADAM] = update_adam,
    [LUR_RPROP] = update_rprop,
};

/* Adam's corrections for this update: the powers run in double and are rounded once. */
static void correct_adam(struct lur_block *b) {
  for (int k = 0; k < VEC_LANES; k++) {
    b->power[0][k] *= b->beta[0][k];
    b->power[1][k] *= b->beta[1][k];
    element(b->correction, 0)[k] = (real)(1 - b->power[0][k]);
    element(b->correction, 1)[k] = (real)sqrt(1 - b->power[1][k]);
  }
}

/* ---- One pattern through the network ---- */
static void forward(struct lur_block *b, const real *parameters, const struct pattern *p) {
  const struct lur_shape *s = &b->structure->shape;
  for (int k = 0; k < s->n_layers; k++) {
    const struct layer l = layer_of(b, p, k);
    const real *w = parameters + l.start * VEC_LANES;
    real *z = element(b->z, l.unit), *a = element(b->a, l.unit);
    if (l.shared) layer_sums(&l, true, w, z);
    else layer_sums(&l, false, w, z);
    activations[k == s->n_layers - 1 ? s->output : s->hidden].activate(l.n_units, z, a);
  }
}

static struct outputs outputs_of(const struct lur_block *b, const struct pattern *p) {
  const struct lur_shape *s = &b->structure->shape;
  const struct layer l = layer_of(b, p, s->n_layers - 1);
  return (struct outputs){l.n_units, s->output, element(b->z, l.unit), element(b->a, l.unit), p};
}

/* The deltas of all layers, with the weights as they are. */
static void backward(struct lur_block *b, const struct pattern *p) {
  const struct lur_shape *s = &b->structure->shape;
  const struct outputs u = outputs_of(b, p);
  struct layer l = layer_of(b, p, s->n_layers - 1);
  losses[b->structure->loss].delta(&u, element(b->delta, l.unit));
  for (int k = s->n_layers - 1; k > 0; k--) {
    const struct layer below = layer_of(b, p, k - 1);
    real *d = element(b->delta, below.unit);
    back_sums(&l, const_element(b->parameters, l.start), element(b->delta, l.unit), d);
    activations[s->hidden].slope(below.n_units, element(b->z, below.unit), element(b->a, below.unit), d);
    l = below;
  }
}

/* ---- What an epoch sees ---- */
/* The largest |t - o| so far; a NaN stays. */
static vec error_max(const struct outputs *u, vec most) {
  for (int k = 0; k < u->n; k++) {
    const vec e = vec_abs(vec_sub(target(u, k), output(u, k)));
    most = vec_select(mask_or(vec_gt(e, most), vec_is_nan(e)), e, most);
  }
  return most;
}

/* 1 where the largest output (the first of equals) is where the largest target is, and a number; else 0. */
static vec hits_largest(const struct outputs *u) {
  vec o = output(u, 0), t = target(u, 0), at_o = vec_set(0), at_t = vec_set(0);
  for (int k = 1; k < u->n; k++) {
    const vec ok = output(u, k), tk = target(u, k), at = vec_set((real)k);
    const mask more_o = vec_gt(ok, o), more_t = vec_gt(tk, t);
    o = vec_select(more_o, ok, o);
    at_o = vec_select(more_o, at, at_o);
    t = vec_select(more_t, tk, t);
    at_t = vec_select(more_t, at, at_t);
  }
  return vec_select(mask_and(vec_eq(at_o, at_t), vec_eq(o, o)), vec_set(1), vec_set(0));
}

/* 1 where every output is on its target's side of the middle, else 0. */
static vec hits_sides(const struct outputs *u, vec middle) {
  vec right = vec_set(1);
  for (int k = 0; k < u->n; k++) {
    const vec o = output(u, k);
    const mask high = vec_gt(target(u, k), middle);
    const mask on_side = mask_or(mask_and(high, vec_gt(o, middle)), mask_and(mask_not(high), vec_lt(o, middle)));
    right = vec_select(on_side, right, vec_set(0));
  }
  return right;
}

static vec hits(const struct lur_block *b, const struct outputs *u) {
  return vec_select(vec_eq(get(b->one_hot, 0), vec_set(1)), hits_largest(u), hits_sides(u, get(b->middle, 0)));
}

static void see(struct lur_block *b, unsigned watch, const struct pattern *p) {
  const struct outputs u = outputs_of(b, p);
  if (watch & 1u << LUR_SEEN_LOSS)
    put(b->seen, LUR_SEEN_LOSS, vec_add(get(b->seen, LUR_SEEN_LOSS), losses[b->structure->loss].loss(&u)));
  if (watch & 1u << LUR_SEEN_ERROR_MAX)
    put(b->seen, LUR_SEEN_ERROR_MAX, error_max(&u, get(b->seen, LUR_SEEN_ERROR_MAX)));
  if (watch & 1u << LUR_SEEN_RIGHT)
    put(b->seen, LUR_SEEN_RIGHT, vec_add(get(b->seen, LUR_SEEN_RIGHT), hits(b, &u)));
  if (watch & 1u << LUR_SEEN_MSE)
    put(b->seen, LUR_SEEN_MSE, vec_add(get(b->seen, LUR_SEEN_MSE), loss_mse(&u)));
  if (watch & 1u << LUR_SEEN_CROSS_ENTROPY)
    put(b->seen, LUR_SEEN_CROSS_ENTROPY, vec_add(get(b->seen, LUR_SEEN_CROSS_ENTROPY), loss_cross_entropy(&u)));
}

static void see_nothing(struct lur_block *b) {
  for (size_t i = 0; i < LUR_N_SEEN; i++) put(b->seen, i, vec_set(0));
}

/* Sums over patterns become means. */
static void see_means(struct lur_block *b, size_t n) {
  const size_t rows[] = {LUR_SEEN_LOSS, LUR_SEEN_RIGHT, LUR_SEEN_MSE, LUR_SEEN_CROSS_ENTROPY};
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
    put(b->seen, rows[i], vec_div(get(b->seen, rows[i]), vec_set((real)n)));
}

/* ---- Epochs ---- */
static bool cancelled(const struct lur_block *b) {
  for (int i = 0; i < 2; i++)
    if (b->cancel[i] && atomic_load_explicit(b->cancel[i], memory_order_relaxed)) return true;
  return false;
}

/* Collects the pattern that each lane's order has at `at`. */
static struct pattern gather(struct lur_block *b, size_t at) {
  const struct lur_shape *s = &b->structure->shape;
  const size_t n_inputs = (size_t)s->width[0], n_outputs = (size_t)s->width[s->n_layers], n = b->train.n;
  const size_t step = b->train.shared ? 1 : VEC_LANES;
  real *x = b->pattern, *t = element(b->pattern, n_inputs);
  for (size_t k = 0; k < VEC_LANES; k++) {
    const size_t from = b->order[k * n + at], lane = b->train.shared ? 0 : k;
    const real *inputs = (const real *)b->train.inputs + from * n_inputs * step + lane;
    const real *targets = (const real *)b->train.targets + from * n_outputs * step + lane;
    for (size_t i = 0; i < n_inputs; i++) x[i * VEC_LANES + k] = inputs[i * step];
    for (size_t i = 0; i < n_outputs; i++) t[i * VEC_LANES + k] = targets[i * step];
  }
  return (struct pattern){x, t, false};
}

static struct pattern pattern_at(const struct lur_block_patterns *p, const struct lur_shape *s, size_t at) {
  const size_t step = p->shared ? 1 : VEC_LANES;
  return (struct pattern){(const real *)p->inputs + at * (size_t)s->width[0] * step,
                          (const real *)p->targets + at * (size_t)s->width[s->n_layers] * step, p->shared};
}

static void update(struct lur_block *b, const struct pattern *p, size_t n) {
  const struct lur_structure *s = b->structure;
  struct rule r = {.block = b, .count = vec_set((real)n)};
  if (s->optimizer == LUR_ADAM) correct_adam(b);
  for (int k = 0; k < s->shape.n_layers; k++) {
    const struct layer l = layer_of(b, p, k);
    r.rate = get(b->numbers, (size_t)(LUR_ROW_RATE + k));
    if (s->optimizer == LUR_ADAM) r.rate = vec_div(r.rate, get(b->correction, 0));
    const enum source from = b->sums ? FROM_SUMS : l.shared ? FROM_SHARED : FROM_LANES;
    updates[s->optimizer](from, &r, &l, element(b->delta, l.unit));
  }
}

static void sum_gradients(struct lur_block *b, const struct pattern *p) {
  for (int k = 0; k < b->structure->shape.n_layers; k++) {
    const struct layer l = layer_of(b, p, k);
    if (l.shared) add_gradient(&l, true, element(b->delta, l.unit), element(b->gradient, l.start));
    else add_gradient(&l, false, element(b->delta, l.unit), element(b->gradient, l.start));
  }
}

/* The patterns [first, first + n) and the update that they give. */
static void train_batch(struct lur_block *b, unsigned watch, size_t first, size_t n) {
  struct pattern p = {0};
  if (b->sums)
    for (size_t i = 0; i < b->n_parameters; i++) put(b->gradient, i, vec_set(0));
  for (size_t s = first; s < first + n; s++) {
    p = b->order ? gather(b, s) : pattern_at(&b->train, &b->structure->shape, s);
    forward(b, b->parameters, &p);
    if (watch) see(b, watch, &p);
    backward(b, &p);
    if (b->sums) sum_gradients(b, &p);
  }
  update(b, &p, n);
}

static bool train_epoch(struct lur_block *b, unsigned watch) {
  const size_t n = b->train.n, batch = b->batch;
  if (watch) see_nothing(b);
  if (b->order)
    for (size_t k = 0; k < VEC_LANES; k++)
      lur_draw_order(b->seed[k], (uint32_t)b->epoch[k], LUR_DRAW_SHUFFLE, n, b->order + k * n);
  for (size_t first = 0; first < n; first += batch) {
    if (cancelled(b)) return false;
    train_batch(b, watch, first, n - first < batch ? n - first : batch);
  }
  if (watch) see_means(b, n);
  for (int k = 0; k < VEC_LANES; k++) b->epoch[k]++;
  return true;
}

/* x - x is 0 for finite x and NaN for all others, and a sum of them is NaN where one is. */
static vec not_finite(const struct lur_block *b) {
  vec sum = vec_set(0);
  for (size_t i = 0; i < b->n_parameters; i++) {
    const vec w = get(b->parameters, i);
    sum = vec_add(sum, vec_sub(w, w));
  }
  return sum;
}

static void look_finite(const struct lur_block *b, unsigned char *lanes) {
  real sum[VEC_LANES] __attribute__((aligned(64)));
  vec_store(sum, not_finite(b));
  for (int k = 0; k < VEC_LANES; k++) lanes[k] = sum[k] == 0;
}

static uint64_t train(struct lur_block *b, uint64_t n) {
  for (uint64_t done = 0; done < n;) {
    if (!train_epoch(b, done + 1 == n ? b->watch : 0)) return 0;
    done++;
    if (b->epoch[0] % LUR_CHECK_EPOCHS == 0 && mask_any(vec_is_nan(not_finite(b)))) return done;
  }
  return n;
}

static bool evaluate(struct lur_block *b, const void *parameters, const struct lur_block_patterns *all) {
  see_nothing(b);
  for (size_t s = 0; s < all->n; s++) {
    if (s % 64 == 0 && cancelled(b)) return false;
    const struct pattern p = pattern_at(all, &b->structure->shape, s);
    forward(b, parameters, &p);
    see(b, b->watch, &p);
  }
  see_means(b, all->n);
  return true;
}

const struct lur_kernel KERNEL;
const struct lur_kernel KERNEL = {KERNEL_ISA, VEC_LANES, train, evaluate, look_finite};

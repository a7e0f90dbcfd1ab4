/* SPDX-License-Identifier: MIT
 * The optimizers: one row of the list and, for the lane kernels, a step each. The reference kernel has its own form of
 * each (reference/update.inc.h), written separately so that the two can be compared; a row that lacks either does not
 * compile. Rules and defaults are PyTorch's (torch.optim; docs/numerics.md), but for rprop_1993, which is Riedmiller
 * and Braun's.
 *
 * The first part is for all who include engine.h; the second, under FORMULAS, for kernel/update.inc.h. */
#ifndef LUR_ENGINE_OPTIMIZERS_INC_H
#define LUR_ENGINE_OPTIMIZERS_INC_H

/* X(ID, name, what it reads, usual learning rate, usual epsilon, arrays of state, what they start with,
 *   what it does) */
#define LUR_OPTIMIZERS(X)                                                                                              \
  X(SGD, sgd, LUR_READS_DECAY, 0.1, 0, 0, ZERO, "goes down the gradient")                                              \
  X(MOMENTUM, momentum, LUR_READS_MOMENTUM | LUR_READS_DECAY, 0.1, 0, 1, FIRST_GRADIENT,                               \
    "goes down a running sum of gradients")                                                                            \
  X(NESTEROV, nesterov, LUR_READS_MOMENTUM | LUR_READS_DECAY, 0.1, 0, 1, FIRST_GRADIENT,                               \
    "momentum that looks one step ahead")                                                                              \
  X(ADAGRAD, adagrad, LUR_READS_EPSILON | LUR_READS_DECAY, 0.01, 1e-10, 1, ZERO,                                       \
    "divides by the root of the sum of all squared gradients")                                                         \
  X(RMSPROP, rmsprop, LUR_READS_RHO | LUR_READS_EPSILON | LUR_READS_DECAY, 0.01, 1e-8, 1, ZERO,                        \
    "divides by the root of a running mean of squared gradients")                                                      \
  X(ADAM, adam, LUR_READS_BETAS | LUR_READS_EPSILON | LUR_READS_DECAY, 0.001, 1e-8, 2, ZERO,                           \
    "a running mean of gradients, divided by the root of that of their squares")                                       \
  X(RPROP, rprop, LUR_READS_RPROP | LUR_NEEDS_FULL_BATCH, 0.01, 0, 2, RATE,                                            \
    "a step for each parameter, which grows while its gradient keeps its sign")                                        \
  X(RPROP_1993, rprop_1993, LUR_READS_RPROP | LUR_NEEDS_FULL_BATCH, 0.1, 0, 3, RATE,                                   \
    "rprop as published in 1993: where a gradient turns, the last change is taken back")

#endif

#ifdef FORMULAS

/* w after one step along g; p is the parameter's place in the optimizer's state. */
FUNCTION vec step_sgd(const struct rule *r, size_t p, vec w, vec g) {
  (void)p;
  return vec_fma(vec_neg(r->rate), g, w);
}

/* The buffer starts as a zero whose product with momentum is -0, so that its first value is the first g to the bit. */
FUNCTION vec momentum_buffer(const struct rule *r, size_t p, vec g) {
  const vec buffer = vec_fma(number(r, LUR_ROW_MOMENTUM), parameter_get(r->block->state[0], p), g);
  parameter_put(r, r->block->state[0], p, buffer);
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
  parameter_put(r, r->block->state[0], p, s);
  const vec d = vec_div(g, vec_add(vec_sqrt(s), number(r, LUR_ROW_EPSILON)));
  return vec_sub(w, vec_mul(r->rate, d));
}
FUNCTION vec step_adagrad(const struct rule *r, size_t p, vec w, vec g) {
  return step_scaled(r, p, vec_fma(g, g, parameter_get(r->block->state[0], p)), w, g);
}
FUNCTION vec step_rmsprop(const struct rule *r, size_t p, vec w, vec g) {
  const vec rho = number(r, LUR_ROW_RHO), part = vec_mul(vec_mul(vec_sub(vec_set(1), rho), g), g);
  return step_scaled(r, p, vec_fma(rho, parameter_get(r->block->state[0], p), part), w, g);
}

FUNCTION vec step_adam(const struct rule *r, size_t p, vec w, vec g) {
  const vec b1 = number(r, LUR_ROW_BETA1), b2 = number(r, LUR_ROW_BETA2), one = vec_set(1);
  const vec m = vec_fma(b1, parameter_get(r->block->state[0], p), vec_mul(vec_sub(one, b1), g));
  const vec v = vec_fma(b2, parameter_get(r->block->state[1], p), vec_mul(vec_mul(vec_sub(one, b2), g), g));
  parameter_put(r, r->block->state[0], p, m);
  parameter_put(r, r->block->state[1], p, v);
  const vec root = lanes_get(r->block->correction, 1);
  const vec d = vec_div(m, vec_add(vec_div(vec_sqrt(v), root), number(r, LUR_ROW_EPSILON)));
  return vec_sub(w, vec_mul(r->rate, d));
}

/* 1, -1, or x itself where it is 0 or NaN. */
FUNCTION vec vec_sign(vec x) {
  const vec sign = vec_select(vec_lt(x, vec_set(0)), vec_set(-1), x);
  return vec_select(vec_gt(x, vec_set(0)), vec_set(1), sign);
}

/* state[0] is the previous g, state[1] the step length. */
FUNCTION vec step_rprop(const struct rule *r, size_t p, vec w, vec g) {
  const vec zero = vec_set(0), length = parameter_get(r->block->state[1], p);
  const vec turn = vec_mul(g, parameter_get(r->block->state[0], p));
  const mask turned = vec_lt(turn, zero);
  vec next = vec_select(turned, vec_mul(length, number(r, LUR_ROW_RPROP_SHRINK)), length);
  next = vec_select(vec_gt(turn, zero), vec_mul(length, number(r, LUR_ROW_RPROP_GROW)), next);
  next = vec_at_least(number(r, LUR_ROW_RPROP_LEAST), next);
  next = vec_at_most(number(r, LUR_ROW_RPROP_MOST), next);
  const vec kept = vec_select(turned, zero, g);
  parameter_put(r, r->block->state[0], p, kept);
  parameter_put(r, r->block->state[1], p, next);
  return vec_sub(w, vec_mul(vec_sign(kept), next));
}

/* The same, and state[2] is the previous change, which a turn takes back. */
FUNCTION vec step_rprop_1993(const struct rule *r, size_t p, vec w, vec g) {
  const vec zero = vec_set(0), length = parameter_get(r->block->state[1], p);
  const vec turn = vec_mul(g, parameter_get(r->block->state[0], p)), before = parameter_get(r->block->state[2], p);
  const mask turned = vec_lt(turn, zero);
  const vec longer = vec_at_most(number(r, LUR_ROW_RPROP_MOST), vec_mul(length, number(r, LUR_ROW_RPROP_GROW)));
  const vec shorter = vec_at_least(number(r, LUR_ROW_RPROP_LEAST), vec_mul(length, number(r, LUR_ROW_RPROP_SHRINK)));
  const vec next = vec_select(turned, shorter, vec_select(vec_gt(turn, zero), longer, length));
  const vec change = vec_select(turned, before, vec_mul(vec_neg(vec_sign(g)), next));
  parameter_put(r, r->block->state[0], p, vec_select(turned, zero, g));
  parameter_put(r, r->block->state[1], p, next);
  parameter_put(r, r->block->state[2], p, change);
  return vec_select(turned, vec_sub(w, before), vec_add(w, change));
}

#endif

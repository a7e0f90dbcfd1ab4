/* SPDX-License-Identifier: MIT
 * The activations: one row of the list and one pair of functions each. The enum, the names, the facts, the switches of
 * the reference kernel and the tables of the lane kernels are made from the list, so that a row whose functions are
 * missing does not compile, and no other place has to be told of a new one.
 *
 * The first part is for all who include engine.h; the second, under FORMULAS, for functions.inc.h. */
#ifndef LUR_ENGINE_ACTIVATIONS_INC_H
#define LUR_ENGINE_ACTIVATIONS_INC_H

/* X(ID, name, least output, largest output, loss used unless another is given, f(z)). 0, 0: outputs have no such ends,
 * and pictures span the targets. Those whose usual loss is CROSS_ENTROPY are the ones that it goes with. */
#define LUR_ELEMENTWISE_ACTIVATIONS(X)                                                                                 \
  X(SIGMOID, sigmoid, 0, 1, CROSS_ENTROPY, "1 / (1 + exp(-z))")                                                        \
  X(TANH, tanh, -1, 1, MSE, "tanh(z)")                                                                                 \
  X(RELU, relu, 0, 0, MSE, "z if z is above 0, else 0")                                                                \
  X(LEAKY_RELU, leaky_relu, 0, 0, MSE, "z if z is above 0, else 0.01 z")                                               \
  X(SOFTPLUS, softplus, 0, 0, MSE, "log(1 + exp(z))")                                                                  \
  X(STEP, step, 0, 1, PERCEPTRON, "1 if z is 0 or more, else 0; it learns as if its slope were 1")                     \
  X(LINEAR, linear, 0, 0, MSE, "z")

/* Softmax looks at a whole layer, and is for outputs only; each kernel has its own place for it. */
#define LUR_ACTIVATIONS(X) LUR_ELEMENTWISE_ACTIVATIONS(X)                                                              \
  X(SOFTMAX, softmax, 0, 1, CROSS_ENTROPY, "exp(z) divided by the sum of exp(z) over all outputs")

#endif

#ifdef FORMULAS

/* a = f(z); sigmoid, tanh and softplus are in functions.inc.h. */
FUNCTION void each_relu(int n, const vec *z, vec *a) {
  EACH(n) a[u] = vec_positive(z[u]);
}
FUNCTION void each_leaky_relu(int n, const vec *z, vec *a) {
  EACH(n) a[u] = vec_select(vec_lt(z[u], vec_set(0)), vec_mul(vec_set((real)0.01), z[u]), z[u]);
}
FUNCTION void each_step(int n, const vec *z, vec *a) {
  const vec zero = vec_set(0);
  EACH(n) a[u] = vec_select(vec_is_nan(z[u]), z[u], vec_select(vec_ge(z[u], zero), vec_set(1), zero));
}
FUNCTION void each_linear(int n, const vec *z, vec *a) {
  EACH(n) a[u] = z[u];
}

/* d = f'(z), from the output a = f(z) wherever that is enough. */
FUNCTION void each_slope_sigmoid(int n, const vec *z, const vec *a, vec *d) {
  (void)z;
  EACH(n) d[u] = vec_mul(a[u], vec_sub(vec_set(1), a[u]));
}
FUNCTION void each_slope_tanh(int n, const vec *z, const vec *a, vec *d) {
  (void)z;
  EACH(n) d[u] = vec_sub(vec_set(1), vec_mul(a[u], a[u]));
}
FUNCTION void each_slope_relu(int n, const vec *z, const vec *a, vec *d) {
  (void)z;
  EACH(n) d[u] = vec_select(vec_gt(a[u], vec_set(0)), vec_set(1), vec_set(0));
}
FUNCTION void each_slope_leaky_relu(int n, const vec *z, const vec *a, vec *d) {
  (void)z;
  EACH(n) d[u] = vec_select(vec_gt(a[u], vec_set(0)), vec_set(1), vec_set((real)0.01));
}
FUNCTION void each_slope_softplus(int n, const vec *z, const vec *a, vec *d) {
  (void)a;
  each_sigmoid(n, z, d);
}
FUNCTION void each_slope_step(int n, const vec *z, const vec *a, vec *d) {
  (void)z, (void)a;
  EACH(n) d[u] = vec_set(1);
}
FUNCTION void each_slope_linear(int n, const vec *z, const vec *a, vec *d) {
  (void)z, (void)a;
  EACH(n) d[u] = vec_set(1);
}

/* By a name that is a constant, or the same for long. Softmax is not one of these: it gives z, and the slope 1. */
FUNCTION void each_activate(int n, enum lur_activation f, const vec *z, vec *a) {
#define CASE(ID, name, ...) case LUR_##ID: each_##name(n, z, a); return;
  switch (f) {
    LUR_ELEMENTWISE_ACTIVATIONS(CASE)
    case LUR_SOFTMAX:
    case LUR_N_ACTIVATIONS: break;
  }
#undef CASE
  each_linear(n, z, a);
}
FUNCTION void each_slope(int n, enum lur_activation f, const vec *z, const vec *a, vec *d) {
#define CASE(ID, name, ...) case LUR_##ID: each_slope_##name(n, z, a, d); return;
  switch (f) {
    LUR_ELEMENTWISE_ACTIVATIONS(CASE)
    case LUR_SOFTMAX:
    case LUR_N_ACTIVATIONS: break;
  }
#undef CASE
  each_slope_linear(n, z, a, d);
}

#endif

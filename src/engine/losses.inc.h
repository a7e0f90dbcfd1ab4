/* SPDX-License-Identifier: MIT
 * The losses: one row of the list and, for the lane kernels, a pair of functions each: the deltas of the outputs and
 * the loss of a pattern. The reference kernel has its own pair (reference/network.inc.h), written separately so that
 * the two can be compared; a row that lacks either does not compile.
 *
 * The first part is for all who include engine.h; the second, under FORMULAS, for kernel/stages.inc.h. */
#ifndef LUR_ENGINE_LOSSES_INC_H
#define LUR_ENGINE_LOSSES_INC_H

#define LUR_LOSSES(X) /* X(ID, name, loss of a pattern) */                                                             \
  X(CROSS_ENTROPY, cross_entropy,                                                                                      \
    "-t log(o) - (1 - t) log(1 - o), mean over outputs; of softmax -t log(o), sum over outputs")                       \
  X(MSE, mse, "(o - t)^2, mean over outputs")                                                                          \
  X(PERCEPTRON, perceptron, "the size of o - t, mean over outputs; it learns by o - t")

#endif

#ifdef FORMULAS

/* K, which sums over outputs are divided by where they become means; else 1, which changes no bit. */
FUNCTION vec count_outputs(const struct outputs *u) {
  return vec_set(u->reduction == LUR_MEAN ? (real)u->n : 1);
}

/* (o - t) / K: cross-entropy of sigmoids, and the perceptron rule. */
static void delta_perceptron(const struct outputs *u, real *d) {
  const vec n = count_outputs(u);
  for (int k = 0; k < u->n; k++)
    put(d, (size_t)k, vec_div(vec_sub(output(u, k), target(u, k)), n));
}

/* o T - t */
static void delta_softmax(const struct outputs *u, real *d) {
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++)
    sum = vec_add(sum, target(u, k));
  for (int k = 0; k < u->n; k++)
    put(d, (size_t)k, vec_sub(vec_mul(output(u, k), sum), target(u, k)));
}

static void delta_cross_entropy(const struct outputs *u, real *d) {
  (u->f == LUR_SOFTMAX ? delta_softmax : delta_perceptron)(u, d);
}

static void delta_mse(const struct outputs *u, real *d) {
  const vec n = count_outputs(u), two = vec_set(u->reduction == LUR_HALF_SUM ? 1 : 2);
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
  return vec_div(sum, count_outputs(u));
}

/* sum over k of t (max + log(sum) - z) */
static vec loss_softmax(const struct outputs *u) {
  const vec top = vec_add(get(u->z, (size_t)u->n), vec_log(get(u->z, (size_t)u->n + 1)));
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++)
    sum = vec_add(sum, vec_mul(target(u, k), vec_sub(top, get(u->z, (size_t)k))));
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
  return vec_mul(vec_div(sum, count_outputs(u)), vec_set(u->reduction == LUR_HALF_SUM ? (real)0.5 : 1));
}

static vec loss_perceptron(const struct outputs *u) {
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k++)
    sum = vec_add(sum, vec_abs(vec_sub(output(u, k), target(u, k))));
  return vec_div(sum, count_outputs(u));
}

/* Of a function l of the script's own: what a code gives of up to a chunk of outputs from k on, and their targets. */
static void run_loss(const struct outputs *u, const struct lur_running *code, int k, int n, real *to) {
  real *targets = u->codes->chunk;
  for (int i = 0; i < n; i++)
    put(targets, (size_t)i, target(u, k + i));
  own_input(code, LUR_IN_O, 0, u->o + (size_t)k * VEC_LANES, VEC_LANES);
  own_input(code, LUR_IN_T, 0, targets, VEC_LANES);
  own_result(code, 0, to);
  own_run(code, n);
}

/* l'(o,t) / K, then as mse. */
static void delta_own(const struct outputs *u, real *d) {
  const vec n = count_outputs(u);
  for (int k = 0; k < u->n; k += CHUNK)
    run_loss(u, &u->codes->delta, k, u->n - k < CHUNK ? u->n - k : CHUNK, element(d, (size_t)k));
  for (int k = 0; k < u->n; k++)
    put(d, (size_t)k, vec_div(get(d, (size_t)k), n));
  activations[u->f].slope(u->n, u->z, u->o, d);
}

/* sum over k of l(o,t), / K */
static vec loss_own(const struct outputs *u) {
  real *values = element(u->codes->chunk, CHUNK);
  vec sum = vec_set(0);
  for (int k = 0; k < u->n; k += CHUNK) {
    const int n = u->n - k < CHUNK ? u->n - k : CHUNK;
    run_loss(u, &u->codes->loss, k, n, values);
    for (int i = 0; i < n; i++)
      sum = vec_add(sum, get(values, (size_t)i));
  }
  return vec_div(sum, count_outputs(u));
}

static const struct {
  void (*delta)(const struct outputs *u, real *d);
  vec (*loss)(const struct outputs *u);
} losses[LUR_N_LOSSES + 1] = {
#define ENTRY(ID, name, ...) [LUR_##ID] = {delta_##name, loss_##name},
    LUR_LOSSES(ENTRY)
#undef ENTRY
    [LUR_N_LOSSES] = {delta_own, loss_own},
};
FUNCTION enum lur_loss loss_of(const struct lur_block *b) {
  return b->structure->own.loss ? LUR_N_LOSSES : b->structure->loss;
}

#endif

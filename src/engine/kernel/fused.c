/* SPDX-License-Identifier: MIT
 * Very small networks, one pattern an update, by w = w - rate g: the whole step as one loop that keeps the parameters
 * of a vec of lanes in registers, or close by, for many epochs. Each lane's operations and their order are those of
 * train.inc.h. Lanes are independent, so that one vec of a block runs all its epochs before the next.
 *
 * A network has one output, and N_HIDDEN units below it that see all inputs; with none it is that unit alone. Meson
 * compiles this file for each instruction set with fused multiply-add, precision and N_HIDDEN, with VEC_HEADER,
 * VEC_FLOAT, VEC_REGS (registers a vec: enough to hide latencies, few enough for the parameters) and FUSED, the name of
 * its table. Thread rule: a block belongs to one thread; nothing else is written. */
#include VEC_HEADER

#include "engine/functions.inc.h"
#include "engine/kernel/fused.h"

/* A constant wherever it is used. */
struct net {
  int n_inputs;
  enum lur_activation hidden, output;
};
enum {
  SOME_HIDDEN = N_HIDDEN > 0 ? N_HIDDEN : 1, /* an array has one element at least */
  MOST_SOURCES = N_HIDDEN > LUR_FUSED_INPUTS ? N_HIDDEN : LUR_FUSED_INPUTS,
  MOST_PARAMETERS = N_HIDDEN * (LUR_FUSED_INPUTS + 1) + MOST_SOURCES + 1
};

/* What a loop over epochs holds. A unit has its weights, then its bias; the output is the last. */
struct state {
  vec w[MOST_PARAMETERS], minus_rate, minus_top_rate; /* of hidden units, and of the output */
  real *z, *a;                                        /* where the output's are kept, or NULL */
};

FUNCTION vec unit_sum(int n, const vec *w, const vec *x) {
  vec z = w[n]; /* +0 where there is no bias */
  UNROLL for (int i = 0; i < n; i++) z = vec_fma(w[i], x[i], z);
  return z;
}
FUNCTION void unit_update(int n, vec minus_rate, vec d, const vec *x, vec *w) {
  UNROLL for (int i = 0; i < n; i++) w[i] = vec_fma(minus_rate, vec_mul(d, x[i]), w[i]);
}
FUNCTION void unit_load(int n, vec *w, const real *from, size_t n_lanes) {
  UNROLL for (int i = 0; i <= n; i++) w[i] = vec_load(from + (size_t)i * n_lanes);
}
FUNCTION void unit_store(int n, const vec *w, real *to, size_t n_lanes) {
  UNROLL for (int i = 0; i <= n; i++) vec_store(to + (size_t)i * n_lanes, w[i]);
}

FUNCTION vec output_delta(enum lur_activation f, bool mse, vec z, vec o, vec t) {
  vec d = vec_sub(o, t), slope;
  if (mse) {
    each_slope(1, f, &z, &o, &slope);
    d = vec_mul(vec_mul(vec_set(2), d), slope);
  }
  return d;
}

/* The step along a pattern: inputs x, target t. All deltas are of the weights as they were. */
FUNCTION void step(struct net n, bool bias, bool mse, const real *inputs, real t, struct state *s) {
  const int stride = n.n_inputs + 1, n_sources = N_HIDDEN > 0 ? N_HIDDEN : n.n_inputs;
  vec x[LUR_FUSED_INPUTS], z[SOME_HIDDEN], a[SOME_HIDDEN], d[SOME_HIDDEN], slope[SOME_HIDDEN], o;
  vec *top = s->w + N_HIDDEN * stride;
  const vec *sources = N_HIDDEN > 0 ? a : x;
  UNROLL for (int i = 0; i < n.n_inputs; i++) x[i] = vec_set(inputs[i]);
  UNROLL for (int j = 0; j < N_HIDDEN; j++) z[j] = unit_sum(n.n_inputs, s->w + j * stride, x);
  each_activate(N_HIDDEN, n.hidden, z, a);
  const vec z_top = unit_sum(n_sources, top, sources);
  each_activate(1, n.output, &z_top, &o);
  if (s->z) {
    vec_store(s->z, z_top);
    vec_store(s->a, o);
  }
  const vec d_top = output_delta(n.output, mse, z_top, o, vec_set(t));
  UNROLL for (int j = 0; j < N_HIDDEN; j++) d[j] = vec_fma(top[j], d_top, vec_set(0));
  each_slope(N_HIDDEN, n.hidden, z, a, slope);
  UNROLL for (int j = 0; j < N_HIDDEN; j++) d[j] = vec_mul(d[j], slope[j]);
  unit_update(n_sources, s->minus_top_rate, d_top, sources, top);
  UNROLL for (int j = 0; j < N_HIDDEN; j++) unit_update(n.n_inputs, s->minus_rate, d[j], x, s->w + j * stride);
  if (!bias)
    return;
  top[n_sources] = vec_fma(s->minus_top_rate, d_top, top[n_sources]);
  UNROLL for (int j = 0; j < N_HIDDEN; j++) {
    vec *b = s->w + j * stride + n.n_inputs;
    *b = vec_fma(s->minus_rate, d[j], *b);
  }
}

/* As lur_fused, for the lanes of a vec, which begin at `lane`. */
FUNCTION void run_vec(struct net n, struct lur_block *b, size_t n_lanes, size_t lane, const struct lur_span *span) {
  const int stride = n.n_inputs + 1, n_sources = N_HIDDEN > 0 ? N_HIDDEN : n.n_inputs;
  const real *inputs = (const real *)b->train.inputs + span->first * (size_t)n.n_inputs;
  const real *targets = (const real *)b->train.targets + span->first;
  const real *rates = (const real *)b->numbers + LUR_ROW_RATE * n_lanes + lane;
  const bool bias = b->structure->shape.bias, mse = b->structure->loss == LUR_MSE;
  real *w = (real *)b->parameters + lane, *w_top = w + (size_t)(N_HIDDEN * stride) * n_lanes;
  struct state s = {.z = span->keep ? (real *)b->z + N_HIDDEN * n_lanes + lane : NULL,
                    .a = (real *)b->a + N_HIDDEN * n_lanes + lane};
  s.minus_rate = vec_neg(vec_load(rates));
  s.minus_top_rate = vec_neg(vec_load(rates + (N_HIDDEN > 0 ? n_lanes : 0)));
  UNROLL for (int j = 0; j < N_HIDDEN; j++)
      unit_load(n.n_inputs, s.w + j * stride, w + (size_t)(j * stride) * n_lanes, n_lanes);
  unit_load(n_sources, s.w + N_HIDDEN * stride, w_top, n_lanes);
  for (uint64_t epoch = 0; epoch < span->n_epochs; epoch++)
    for (size_t k = 0; k < span->count; k++)
      step(n, bias, mse, inputs + k * (size_t)n.n_inputs, targets[k], &s);
  UNROLL for (int j = 0; j < N_HIDDEN; j++)
      unit_store(n.n_inputs, s.w + j * stride, w + (size_t)(j * stride) * n_lanes, n_lanes);
  unit_store(n_sources, s.w + N_HIDDEN * stride, w_top, n_lanes);
}

#define LOOP(n, name, HIDDEN, OUTPUT)                                                                                  \
  static void name##_##n(struct lur_block *b, size_t n_lanes, const struct lur_span *span) {                           \
    for (size_t lane = 0; lane < n_lanes; lane += VEC_LANES)                                                           \
      run_vec((struct net){n, LUR_##HIDDEN, LUR_##OUTPUT}, b, n_lanes, lane, span);                                    \
  }
#define LOOPS(...) LOOP(1, __VA_ARGS__) LOOP(2, __VA_ARGS__)
LUR_FUSED(LOOPS)
#undef LOOPS
#undef LOOP

extern lur_fused_table FUSED;
lur_fused_table FUSED = {
#define ENTRY(name, ...) {name##_1, name##_2},
    LUR_FUSED(ENTRY)
#undef ENTRY
};

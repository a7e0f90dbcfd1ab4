/* SPDX-License-Identifier: MIT
 * The elementwise stages of a pass, over a vec: activations, losses and answers, each an entry of a table or a
 * function. */
#ifndef LUR_KERNEL_STAGES_INC_H
#define LUR_KERNEL_STAGES_INC_H

#include "engine/kernel/places.inc.h"

/* ---- Activations ---- */
typedef void activation_stage(int n, const real *z, real *a);
typedef void slope_stage(int n, const real *z, const real *a, real *d);

/* a[j] = f(z[j]) */
#define STAGES(ID, name, ...)                                                                                          \
  static void activate_##name(int n, const real *z, real *a) {                                                         \
    for (int j = 0; j < n; j++) {                                                                                      \
      vec x = get(z, (size_t)j), y;                                                                                    \
      each_##name(1, &x, &y);                                                                                          \
      put(a, (size_t)j, y);                                                                                            \
    }                                                                                                                  \
  }                                                                                                                    \
  /* d[j] = d[j] f'(z[j]) */                                                                                           \
  static void slope_##name(int n, const real *z, const real *a, real *d) {                                             \
    for (int j = 0; j < n; j++) {                                                                                      \
      vec x = get(z, (size_t)j), y = get(a, (size_t)j), s;                                                             \
      each_slope_##name(1, &x, &y, &s);                                                                                \
      put(d, (size_t)j, vec_mul(get(d, (size_t)j), s));                                                                \
    }                                                                                                                  \
  }
LUR_ELEMENTWISE_ACTIVATIONS(STAGES)
#undef STAGES

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
  for (int k = 0; k < n; k++)
    put(a, (size_t)k, vec_div(get(a, (size_t)k), sum));
  put(kept, 0, most);
  put(kept, 1, sum);
}

/* d holds g, the slope by the output: d = o (g - sum g o). */
static void slope_softmax(int n, const real *z, const real *a, real *d) {
  (void)z;
  vec sum = vec_set(0);
  for (int k = 0; k < n; k++)
    sum = vec_add(sum, vec_mul(get(d, (size_t)k), get(a, (size_t)k)));
  for (int k = 0; k < n; k++)
    put(d, (size_t)k, vec_mul(get(a, (size_t)k), vec_sub(get(d, (size_t)k), sum)));
}

static const struct {
  activation_stage *activate;
  slope_stage *slope;
} activations[LUR_N_ACTIVATIONS] = {
#define ENTRY(ID, name, ...) [LUR_##ID] = {activate_##name, slope_##name},
    LUR_ACTIVATIONS(ENTRY)
#undef ENTRY
};

/* ---- Losses ---- */
/* The outputs of the patterns of a vec. */
struct outputs {
  int n;
  enum lur_activation f;
  const real *z, *o;
  const struct patterns *pattern;
};
FUNCTION vec target(const struct outputs *u, int k) {
  return pattern_value(u->pattern->shared, u->pattern->t, k);
}
FUNCTION vec output(const struct outputs *u, int k) {
  return get(u->o, (size_t)k);
}

#define FORMULAS
#include "engine/losses.inc.h"
#undef FORMULAS

/* ---- Answers ---- */
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
  return vec_select(vec_eq(lanes_get(b->one_hot, 0), vec_set(1)), hits_largest(u),
                    hits_sides(u, lanes_get(b->middle, 0)));
}

#endif

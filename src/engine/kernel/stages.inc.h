/* SPDX-License-Identifier: MIT
 * The elementwise stages of a pass, over a vec: activations and losses, each an entry of a table. The last entry is for
 * functions of the script's own (own.c). */
#ifndef LUR_KERNEL_STAGES_INC_H
#define LUR_KERNEL_STAGES_INC_H

#include "engine/kernel/own.inc.h"
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

/* A pass that trains has left f' where z was. */
static void slope_own(int n, const real *z, const real *a, real *d) {
  (void)a;
  for (int j = 0; j < n; j++)
    put(d, (size_t)j, vec_mul(get(d, (size_t)j), get(z, (size_t)j)));
}

static const struct {
  activation_stage *activate;
  slope_stage *slope;
} activations[LUR_N_ACTIVATIONS + 1] = {
#define ENTRY(ID, name, ...) [LUR_##ID] = {activate_##name, slope_##name},
    LUR_ACTIVATIONS(ENTRY)
#undef ENTRY
        [LUR_N_ACTIVATIONS] = {NULL, slope_own},
};

/* The activation of layer k. learns: its slope will be asked for. */
static void choose_activation(struct layer *l, const struct lur_block *b, int k, bool learns) {
  const struct lur_shape *s = &b->structure->shape;
  l->f = k == s->n_layers - 1 ? s->output : s->hidden;
  if (!s->own[k] || !b->codes)
    return;
  l->f = LUR_N_ACTIVATIONS;
  l->function = learns ? &b->codes->learn[k] : &b->codes->activate[k];
}

/* a = f(z) of n vecs; where the slope is a function too, it takes the place of z. */
static void activate(const struct layer *l, int n, real *z, real *a) {
  if (!l->function) {
    activations[l->f].activate(n, z, a);
    return;
  }
  own_input(l->function, LUR_IN_Z, 0, z, VEC_LANES);
  own_result(l->function, 0, a);
  if (l->function->code->n_results > 1)
    own_result(l->function, 1, z);
  own_run(l->function, n);
}

/* ---- Losses ---- */
/* The outputs of the patterns of a vec. */
struct outputs {
  int n;
  enum lur_activation f;
  enum lur_reduction reduction;
  const real *z, *o;
  const struct patterns *pattern;
  const struct lur_codes *codes;
};
FUNCTION vec target(const struct outputs *u, int k) {
  return pattern_value(u->pattern->shared, u->pattern->t, k);
}
FUNCTION vec output(const struct outputs *u, int k) {
  return get(u->o, (size_t)k);
}

/* x as it counts of each pattern: times its weight, if it has one. */
FUNCTION vec weighed(const struct outputs *u, vec x) {
  return u->pattern->weight[0] ? vec_mul(pattern_value(u->pattern->shared, u->pattern->weight, 0), x) : x;
}

/* target - output, in the targets' own units. */
static vec error(const struct lur_block *b, const struct outputs *u, int k) {
  if (!b->scale)
    return vec_sub(target(u, k), output(u, k));
  const vec o = vec_fma(output(u, k), lanes_get(b->scale, (size_t)k), lanes_get(b->shift, (size_t)k));
  return vec_sub(target(u, u->n + k), o);
}

#define FORMULAS
#include "engine/losses.inc.h"
#undef FORMULAS

/* The loss's slopes by the outputs' z. */
static void output_deltas(const struct lur_block *b, const struct outputs *u, real *d) {
  losses[loss_of(b)].delta(u, d);
  for (int k = 0; k < u->n && u->pattern->weight[0]; k++)
    put(d, (size_t)k, weighed(u, get(d, (size_t)k)));
}

#endif

/* SPDX-License-Identifier: MIT
 * The elementwise stages of the training step, over a vec: activations, losses and optimizers, each an entry of a
 * table; and where a kernel's values are. Sums are kernel.inc.c's.
 *
 * What a vec holds, by FORM (enum lur_kernel_form):
 *   blocks: VEC_LANES lanes, for one pattern;
 *   tiles:  VEC_REGS patterns, for one register of lanes;
 *   rows:   VEC_LANES patterns, for one run.
 * Values of a unit or an input are a vec: element i at i * VEC_LANES. Values of a lane are at i * N_LANES; an update
 * changes as many parameters at once as fill a vec. */
#ifndef LUR_ENGINE_STAGES_INC_H
#define LUR_ENGINE_STAGES_INC_H

#include "engine/functions.inc.h"
#include "engine/kernel.h"
#include "engine/rules.h"

#define BLOCKS (FORM == 0)
#define TILES (FORM == 1)
#define ROWS (FORM == 2)
enum {
  N_LANES = BLOCKS  ? VEC_LANES
            : TILES ? REG_LANES
                    : 1,
  N_PATTERNS = VEC_LANES / N_LANES,   /* of a vec */
  N_PARAMETERS = VEC_LANES / N_LANES, /* of a vec, in an update by sums */
  FULL = VEC_REGS
};

/* ---- Where things are ---- */
FUNCTION real *element(void *array, size_t i) {
  return (real *)array + i * VEC_LANES;
}
FUNCTION vec get(const void *array, size_t i) {
  return vec_load((const real *)array + i * VEC_LANES);
}
FUNCTION void put(void *array, size_t i, vec x) {
  vec_store(element(array, i), x);
}

/* What belongs to lanes: for all patterns of the vec. */
FUNCTION vec lanes_get(const void *array, size_t i) {
  const real *p = (const real *)array + i * N_LANES;
  if (ROWS)
    return vec_set(*p);
  return TILES ? vec_splat(reg_load(p)) : vec_load(p);
}
FUNCTION void lanes_clear(void *array, size_t i) {
  memset((real *)array + i * N_LANES, 0, N_LANES * sizeof(real));
}

/* Up to N_PATTERNS patterns: numbers where lanes share them, else lanes. Past n the last one stands again. In rows,
 * x[0] and t[0] hold a vec for each input and target. */
struct patterns {
  const real *x[TILES ? VEC_REGS : 1], *t[TILES ? VEC_REGS : 1];
#if ROWS
  const real *row[VEC_LANES]; /* the inputs of each pattern */
#endif
  bool shared;
  int n;
};
FUNCTION vec pattern_value(bool shared, const real *const *x, int i) {
  if (shared && !ROWS)
    return TILES ? vec_set_each(x, (size_t)i) : vec_set(x[0][i]);
  return TILES ? vec_load_each(x, (size_t)i * N_LANES) : vec_load(x[0] + (size_t)i * VEC_LANES);
}

/* One layer of the network, and where its values are. */
struct layer {
  int n_units, n_inputs;
  bool bias, first;
  enum lur_activation f;
  size_t start;    /* of its parameters */
  const real *x;   /* its inputs, but of the first layer: those are the patterns' */
  real *z, *a, *d; /* its units' */
};
enum input { INPUT_SHARED, INPUT_OWN, INPUT_LANES }; /* OWN: the patterns' lanes, where a tile's are apart */

FUNCTION vec layer_input(enum input kind, const struct layer *l, const struct patterns *p, int i) {
  if (kind == INPUT_LANES && !TILES && l->first)
    return pattern_value(false, p->x, i);
  return kind == INPUT_LANES ? get(l->x, (size_t)i) : pattern_value(kind == INPUT_SHARED, p->x, i);
}

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

/* ---- Optimizers ---- */
/* What an update of one layer reads, the same for all its parameters. */
struct rule {
  const struct lur_block *block;
  vec rate;  /* learning rate; adam: over 1 - power of beta1 */
  vec count; /* patterns in the batch, or 1 over it; where gradients were summed */
  bool inverse;
  int n; /* parameters of a vec that are changed, where it holds several */
};
FUNCTION vec number(const struct rule *r, int row) {
  return lanes_get(r->block->numbers, (size_t)row);
}

/* Parameters, gradients and state: a vec from p on; the first r->n parameters of it are changed. */
FUNCTION vec parameter_get(const void *array, size_t p) {
  const real *at = (const real *)array + p * N_LANES;
  return ROWS ? vec_load_anywhere(at) : vec_load(at);
}
FUNCTION void parameter_put(const struct rule *r, void *array, size_t p, vec x) {
  real *at = (real *)array + p * N_LANES, all[VEC_LANES] __attribute__((aligned(64)));
  if (BLOCKS || r->n == N_PARAMETERS) {
    vec_store_anywhere(at, x);
    return;
  }
  vec_store(all, x);
  memcpy(at, all, (size_t)r->n * N_LANES * sizeof(real));
}

#define FORMULAS
#include "engine/optimizers.inc.h"
#undef FORMULAS

FUNCTION vec step(enum lur_optimizer o, const struct rule *r, size_t p, vec w, vec g) {
#define CASE(ID, name, ...) case LUR_##ID: return step_##name(r, p, w, g);
  switch (o) {
    LUR_OPTIMIZERS(CASE)
    case LUR_N_OPTIMIZERS: break;
  }
#undef CASE
  return w;
}

/* Weight decay where the lane has one, then the step. */
FUNCTION void change(enum lur_optimizer o, const struct rule *r, size_t p, vec g) {
  const vec w = parameter_get(r->block->parameters, p);
  if (r->block->any_decay) {
    const vec decay = number(r, LUR_ROW_DECAY);
    g = vec_select(vec_eq(decay, vec_set(0)), g, vec_fma(decay, w, g));
  }
  parameter_put(r, r->block->parameters, p, step(o, r, p, w, g));
}

/* g / n. A product by 1 / n has the same bits where n is a power of 2. */
FUNCTION vec mean_gradient(const struct rule *r, size_t p) {
  const vec g = parameter_get(r->block->gradient, p);
  return r->inverse ? vec_mul(g, r->count) : vec_div(g, r->count);
}

/* Where a layer's gradient comes from: one pattern's d x, made on the way, or the sums over a batch. */
enum source { FROM_SHARED, FROM_LANES, FROM_SUMS };

FUNCTION void update_by_products(enum lur_optimizer o, bool shared, const struct rule *r, const struct layer *l,
                                 const struct patterns *x) {
  size_t p = l->start;
  for (int j = 0; j < l->n_units; j++, p++) {
    const vec dj = get(l->d, (size_t)j);
    for (int i = 0; i < l->n_inputs; i++, p++)
      change(o, r, p, vec_mul(dj, layer_input(shared ? INPUT_SHARED : INPUT_LANES, l, x, i)));
    if (l->bias)
      change(o, r, p, dj);
  }
}

/* Parameters one after the other; the place of a bias that the layer has not stays 0. */
FUNCTION void update_by_sums(enum lur_optimizer o, struct rule *r, const struct layer *l) {
  const size_t end = l->start + (size_t)(l->n_inputs + 1) * (size_t)l->n_units;
  for (size_t p = l->start; p < end; p += N_PARAMETERS) {
    r->n = end - p < N_PARAMETERS ? (int)(end - p) : N_PARAMETERS;
    change(o, r, p, mean_gradient(r, p));
  }
  for (size_t p = l->start + (size_t)l->n_inputs; !l->bias && p < end; p += (size_t)l->n_inputs + 1)
    lanes_clear(r->block->parameters, p);
}

typedef void update_layer(enum source from, struct rule *r, const struct layer *l, const struct patterns *x);
#define UPDATE(ID, name, ...)                                                                                          \
  static void update_##name(enum source from, struct rule *r, const struct layer *l, const struct patterns *x) {       \
    if (from == FROM_SUMS)                                                                                             \
      update_by_sums(LUR_##ID, r, l);                                                                                  \
    else if (from == FROM_SHARED)                                                                                      \
      update_by_products(LUR_##ID, true, r, l, x);                                                                     \
    else                                                                                                               \
      update_by_products(LUR_##ID, false, r, l, x);                                                                    \
  }
LUR_OPTIMIZERS(UPDATE)
#undef UPDATE

static update_layer *const updates[LUR_N_OPTIMIZERS] = {
#define ENTRY(ID, name, ...) [LUR_##ID] = update_##name,
    LUR_OPTIMIZERS(ENTRY)
#undef ENTRY
};

/* Adam's corrections for this update: the powers run in double and are rounded once. */
static void correct_adam(struct lur_block *b) {
  real *correction = b->correction;
  for (int k = 0; k < N_LANES; k++) {
    b->power[0][k] *= b->beta[0][k];
    b->power[1][k] *= b->beta[1][k];
    correction[k] = (real)(1 - b->power[0][k]);
    correction[N_LANES + k] = (real)sqrt(1 - b->power[1][k]);
  }
}

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

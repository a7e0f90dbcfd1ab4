/* SPDX-License-Identifier: MIT
 * The update of a layer's parameters, over a vec: each optimizer's, an entry of a table. */
#ifndef LUR_KERNEL_UPDATE_INC_H
#define LUR_KERNEL_UPDATE_INC_H

#include "engine/kernel/places.inc.h"

/* What an update of one layer reads, the same for all its parameters. */
struct rule {
  const struct lur_block *block;
  vec rate;   /* learning rate; adam: over 1 - power of beta1 */
  vec count;  /* patterns in the batch, or 1 over it; where gradients were summed */
  vec shrink; /* clip_norm: what multiplies gradients where it is below 1 */
  bool inverse;
  int n; /* parameters of a vec that are changed, where it holds several */
};
FUNCTION vec number(const struct rule *r, int row) {
  return lanes_get(r->block->numbers, (size_t)row);
}

/* Parameters, gradients and state: a vec from p on; the first r->n parameters of it are changed. */
FUNCTION vec parameter_get(const void *array, size_t p) {
  const real *at = (const real *)array + p * N_LANES;
  return vec_load(at);
}
FUNCTION void parameter_put(const struct rule *r, void *array, size_t p, vec x) {
  real *at = (real *)array + p * N_LANES, all[VEC_LANES] __attribute__((aligned(64)));
  if (!TILES || r->n == N_PARAMETERS) {
    vec_store(at, x);
    return;
  }
  vec_store(all, x);
  memcpy(at, all, (size_t)r->n * N_LANES * sizeof(real));
}

#define FORMULAS
#include "engine/optimizers.inc.h"
#undef FORMULAS

FUNCTION vec step(enum lur_optimizer o, const struct rule *r, size_t p, vec w, vec g) {
#define CASE(ID, name, ...)                                                                                            \
  case LUR_##ID: return step_##name(r, p, w, g);
  switch (o) {
    LUR_OPTIMIZERS(CASE)
  case LUR_N_OPTIMIZERS: break;
  }
#undef CASE
  return w;
}

/* g with weight decay, where the lane has one. */
FUNCTION vec decayed(const struct rule *r, vec w, vec g) {
  const vec decay = number(r, LUR_ROW_DECAY);
  return vec_select(vec_eq(decay, vec_set(0)), g, vec_fma(decay, w, g));
}

FUNCTION void take_step(enum lur_optimizer o, const struct rule *r, size_t p, vec g) {
  parameter_put(r, r->block->parameters, p, step(o, r, p, parameter_get(r->block->parameters, p), g));
}

/* Weight decay, then the step. */
FUNCTION void change(enum lur_optimizer o, const struct rule *r, size_t p, vec g) {
  if (r->block->any_decay)
    g = decayed(r, parameter_get(r->block->parameters, p), g);
  take_step(o, r, p, g);
}

/* g / n. A product by 1 / n has the same bits where n is a power of 2. */
FUNCTION vec mean(const struct rule *r, vec g) {
  return r->inverse ? vec_mul(g, r->count) : vec_div(g, r->count);
}

#if UNITS
/* g: a sum, or a single pattern's. */
FUNCTION void change_by(enum lur_optimizer o, const struct rule *r, size_t p, vec g) {
  change(o, r, p, r->block->sums ? mean(r, g) : g);
}
/* Parameters from one place up to another. */
typedef void layer_update(const struct rule *r, size_t from, size_t to);
#define UPDATE(ID, name, ...)                                                                                          \
  static void update_##name(const struct rule *r, size_t from, size_t to) {                                            \
    for (size_t p = from; p < to; p += VEC_LANES)                                                                      \
      change_by(LUR_##ID, r, p, parameter_get(r->block->gradient, p));                                                 \
  }
#else
/* By one pattern's d x, made on the way: the weights of a source, and with the last one's the biases. */
FUNCTION void update_by_products(enum lur_optimizer o, bool shared, const struct rule *r, const struct layer *l,
                                 const struct source *from, const struct patterns *x) {
  const bool bias = l->bias && is_last(l, from);
  size_t unit = l->start + (size_t)from->first;
  for (int j = 0; j < l->n_units; j++, unit += (size_t)l->n_inputs + 1) {
    const vec dj = get(l->d, (size_t)j);
    size_t p = unit;
    for (int i = 0; i < from->n; i++, p++)
      change(o, r, p, vec_mul(dj, source_input(shared ? INPUT_SHARED : INPUT_LANES, from, x, i)));
    if (bias)
      change(o, r, p, dj);
  }
}
FUNCTION void update_by_sources(enum lur_optimizer o, const struct rule *r, const struct layer *l,
                                const struct patterns *x) {
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
    if (from->n > 0 && from->patterns && x->shared)
      update_by_products(o, true, r, l, from, x);
    else if (from->n > 0)
      update_by_products(o, false, r, l, from, x);
  }
}

/* Parameters one after the other; the place of a bias that the layer has not stays 0. */
FUNCTION void update_by_sums(enum lur_optimizer o, struct rule *r, const struct layer *l) {
  const size_t end = l->start + (size_t)(l->n_inputs + 1) * (size_t)l->n_units;
  for (size_t p = l->start; p < end; p += N_PARAMETERS) {
    r->n = end - p < N_PARAMETERS ? (int)(end - p) : N_PARAMETERS;
    change(o, r, p, mean(r, parameter_get(r->block->gradient, p)));
  }
  for (size_t p = l->start + (size_t)l->n_inputs; !l->bias && p < end; p += (size_t)l->n_inputs + 1)
    lanes_clear(r->block->parameters, p);
}

/* By the sums over a batch, or by one pattern. */
typedef void layer_update(struct rule *r, const struct layer *l, const struct patterns *x);
#define UPDATE(ID, name, ...)                                                                                          \
  static void update_##name(struct rule *r, const struct layer *l, const struct patterns *x) {                         \
    if (r->block->sums)                                                                                                \
      update_by_sums(LUR_##ID, r, l);                                                                                  \
    else                                                                                                               \
      update_by_sources(LUR_##ID, r, l, x);                                                                            \
  }
#endif
LUR_OPTIMIZERS(UPDATE)
#undef UPDATE

static layer_update *const updates[LUR_N_OPTIMIZERS] = {
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

/* What all layers' updates of a batch of so many patterns read, and what those of layer k read. Gradients that stay
 * sums are divided by 1. */
static struct rule new_rule(struct lur_block *b, size_t n_patterns) {
  const size_t count = b->structure->reduction == LUR_MEAN ? n_patterns : 1;
  struct rule r = {.block = b, .n = N_PARAMETERS, .inverse = (count & (count - 1)) == 0};
  r.count = vec_set(r.inverse ? 1 / (real)count : (real)count);
  if (b->structure->optimizer == LUR_ADAM)
    correct_adam(b);
  return r;
}
static void set_rate(struct rule *r, int k) {
  r->rate = lanes_get(r->block->numbers, (size_t)(LUR_ROW_RATE + k));
  if (r->block->structure->optimizer == LUR_ADAM)
    r->rate = vec_div(r->rate, lanes_get(r->block->correction, 0));
}

#endif

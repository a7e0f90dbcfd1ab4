/* SPDX-License-Identifier: MIT
 * Updates that more has a part in than weight decay and a built-in rule: a penalty and a rule of the script's own,
 * clipped gradients, biases that do not decay, frozen parameters. They go through a layer's parameters span by span:
 * the gradients of a span are made, the penalty's pull is added, they are clipped and decayed, then the rule changes
 * parameters and state where they stand. The norm of all gradients must be known before the first of them is clipped by
 * it: then they are gathered in the block's array, and go through the rest from there. */
#ifndef LUR_KERNEL_UPDATE_OWN_INC_H
#define LUR_KERNEL_UPDATE_OWN_INC_H

#include "engine/kernel/own.inc.h"
#include "engine/kernel/update.inc.h"

FUNCTION bool has_own_rule(const struct lur_block *b) {
  return b->codes && b->codes->rule.code;
}
FUNCTION bool is_by_spans(const struct lur_block *b) {
  const struct lur_structure *s = b->structure;
  const bool own = b->codes && (b->codes->rule.code || b->codes->pull.code);
  return own || s->clip != LUR_CLIP_NONE || b->frozen || (s->spares_biases && b->any_decay);
}

static const double CLIP_EPSILON = 1e-6; /* beside a norm, as torch.nn.utils.clip_grad_norm_ has it */
/* What is done with a span: all; all up to its pull, for the norm of all gradients; and what comes after that. */
enum stage { CHANGE, GATHER, CHANGE_GATHERED };
enum { SPAN = 4 * CHUNK }; /* vecs of parameters that are changed at once: codes overlap a span's parts */

/* A layer's parameters, or some of them, on their way. */
struct changing {
  enum stage stage;
  struct rule *rule;
  const struct layer *layer;
  const struct lur_running *own, *pull; /* a code of NULL: there is none */
  bool biases;                          /* all are biases (units alone) */
};

static void *from_place(void *array, size_t p) {
  return (real *)array + p * N_LANES;
}

/* The parameters from p on by n vecs of gradients, by a built-in rule. */
typedef void span_change(struct rule *r, size_t p, int n, const real *g);
#define SPAN_CHANGE(ID, name, ...)                                                                                     \
  static void span_##name(struct rule *r, size_t p, int n, const real *g) {                                            \
    for (int j = 0; j < n; j++)                                                                                        \
      take_step(LUR_##ID, r, p + (size_t)j * N_PARAMETERS, get(g, (size_t)j));                                         \
  }
LUR_OPTIMIZERS(SPAN_CHANGE)
#undef SPAN_CHANGE
static span_change *const span_changes[LUR_N_OPTIMIZERS] = {
#define ENTRY(ID, name, ...) [LUR_##ID] = span_##name,
    LUR_OPTIMIZERS(ENTRY)
#undef ENTRY
};

/* The first bias of the span from p on; the next ones are a stride apart. */
static size_t first_bias(const struct layer *l, size_t p) {
  const size_t stride = (size_t)l->n_inputs + 1;
  return stride - 1 - (p - l->start) % stride;
}
/* x where a bias of the span stands. */
static void put_biases(const struct changing *c, size_t p, int n, real x, real *to) {
  const size_t stride = (size_t)c->layer->n_inputs + 1, end = (size_t)n * N_PARAMETERS;
  for (size_t i = first_bias(c->layer, p); !UNITS && i < end; i += stride)
    for (size_t k = 0; k < N_LANES; k++)
      to[i * N_LANES + k] = x;
}

/* g = g + penalty'(w). -0 added changes nothing. */
static void add_pull(const struct changing *c, size_t p, int n, real *g) {
  real pull[SPAN * VEC_LANES] __attribute__((aligned(64)));
  own_input(c->pull, LUR_IN_W, 0, from_place(c->rule->block->parameters, p), VEC_LANES);
  own_result(c->pull, 0, pull);
  own_run(c->pull, n);
  put_biases(c, p, n, -(real)0, pull);
  for (int j = 0; j < n; j++)
    put(g, (size_t)j, vec_add(get(g, (size_t)j), get(pull, (size_t)j)));
}

/* By the script's own rule. */
static void change_by_rule(const struct changing *c, size_t p, int n, real *g) {
  const struct lur_block *b = c->rule->block;
  real is_bias[SPAN * VEC_LANES] __attribute__((aligned(64))), *w = from_place(b->parameters, p);
  own_input(c->own, LUR_IN_W, 0, w, VEC_LANES);
  own_input(c->own, LUR_IN_G, 0, g, VEC_LANES);
  own_result(c->own, 0, w);
  for (int k = 0; k + 1 < c->own->code->n_results; k++) {
    own_input(c->own, LUR_IN_STATE, k, from_place(b->state[k], p), VEC_LANES);
    own_result(c->own, k + 1, from_place(b->state[k], p));
  }
  if (lur_code_input(c->own->code, LUR_IN_IS_BIAS, 0) >= 0) {
    for (int j = 0; j < n; j++)
      put(is_bias, (size_t)j, vec_set(c->biases));
    put_biases(c, p, n, 1, is_bias);
    own_input(c->own, LUR_IN_IS_BIAS, 0, is_bias, VEC_LANES);
  }
  own_run(c->own, n);
}

static void clip_span(const struct rule *r, int n, real *g) {
  const enum lur_clip kind = r->block->structure->clip;
  const vec most = number(r, LUR_ROW_CLIP), least = vec_neg(most);
  for (int j = 0; j < n && kind == LUR_CLIP_VALUE; j++)
    put(g, (size_t)j, vec_at_most(most, vec_at_least(least, get(g, (size_t)j))));
  for (int j = 0; j < n && kind == LUR_CLIP_NORM; j++) {
    const vec x = get(g, (size_t)j);
    put(g, (size_t)j, vec_select(vec_lt(r->shrink, vec_set(1)), vec_mul(x, r->shrink), x));
  }
}

/* With weight decay; biases as they were where it spares them. */
static void decay_span(const struct changing *c, size_t p, int n, real *g) {
  const struct lur_block *b = c->rule->block;
  const bool spares = b->structure->spares_biases;
  const size_t stride = (size_t)c->layer->n_inputs + 1, end = (size_t)n * N_PARAMETERS;
  real before[SPAN * VEC_LANES] __attribute__((aligned(64)));
  if (!b->any_decay || (spares && c->biases))
    return;
  memcpy(before, g, (size_t)n * VEC_LANES * sizeof(real));
  for (int j = 0; j < n; j++)
    put(g, (size_t)j, decayed(c->rule, get(from_place(b->parameters, p), (size_t)j), get(g, (size_t)j)));
  for (size_t i = first_bias(c->layer, p); spares && !UNITS && i < end; i += stride)
    memcpy(g + i * N_LANES, before + i * N_LANES, N_LANES * sizeof(real));
}

/* ---- Frozen parameters ---- */
/* Copies those of `count` parameters from p on; arrays begin at p. */
static void copy_frozen(const struct lur_block *b, size_t p, size_t count, const real *from, real *to) {
  for (size_t i = 0; i < count; i++)
    if (b->frozen[p + i])
      memcpy(to + i * N_LANES, from + i * N_LANES, N_LANES * sizeof(real));
}

typedef void changing_rule(const struct changing *c, size_t p, int n, real *g);

/* The rule changes up to a chunk of vecs, and frozen parameters and their state are put back. */
static void change_but_frozen(const struct changing *c, changing_rule *rule, size_t p, size_t count, real *g) {
  const struct lur_block *b = c->rule->block;
  const int n_states = lur_n_states(b->structure);
  real w[CHUNK * VEC_LANES], state[LUR_MAX_STATES][CHUNK * VEC_LANES];
  copy_frozen(b, p, count, from_place(b->parameters, p), w);
  for (int k = 0; k < n_states; k++)
    copy_frozen(b, p, count, from_place(b->state[k], p), state[k]);
  rule(c, p, (int)((count + N_PARAMETERS - 1) / N_PARAMETERS), g);
  copy_frozen(b, p, count, w, from_place(b->parameters, p));
  for (int k = 0; k < n_states; k++)
    copy_frozen(b, p, count, state[k], from_place(b->state[k], p));
}

/* ---- A span ---- */
static void change_by_built_in(const struct changing *c, size_t p, int n, real *g) {
  span_changes[c->rule->block->structure->optimizer](c->rule, p, n, g);
}

/* The `count` parameters from p on; g holds their gradients. */
static void change_span(const struct changing *c, size_t p, size_t count, real *g) {
  const struct lur_block *b = c->rule->block;
  const int n = (int)((count + N_PARAMETERS - 1) / N_PARAMETERS);
  if (c->stage != CHANGE_GATHERED && c->pull->code && !c->biases)
    add_pull(c, p, n, g);
  if (c->stage == GATHER) {
    for (size_t i = 0; b->frozen && i < count; i++)
      if (b->frozen[p + i])
        lanes_clear(g, i);
    memcpy(from_place(b->gradient, p), g, count * N_LANES * sizeof(real));
    return;
  }
  clip_span(c->rule, n, g);
  decay_span(c, p, n, g);
  changing_rule *rule = c->own->code ? change_by_rule : change_by_built_in;
  enum { AT_ONCE = CHUNK * N_PARAMETERS };
  if (!b->frozen)
    rule(c, p, n, g);
  for (size_t i = 0; b->frozen && i < count; i += AT_ONCE)
    change_but_frozen(c, rule, p + i, count - i < AT_ONCE ? count - i : AT_ONCE, g + i * N_LANES);
}

static struct changing begin_change(enum stage stage, struct rule *r, const struct layer *l) {
  static const struct lur_running none = {.code = NULL};
  const struct lur_codes *codes = r->block->codes;
  return (struct changing){
      .stage = stage, .rule = r, .layer = l, .own = codes ? &codes->rule : &none, .pull = codes ? &codes->pull : &none};
}

/* By the gradients that stand in the block's array. */
static void change_by_sums(const struct changing *c, size_t from, size_t to, bool sums) {
  const bool means = sums && c->stage != CHANGE_GATHERED;
  real g[SPAN * VEC_LANES] __attribute__((aligned(64)));
  for (size_t p = from; p < to; p += SPAN * N_PARAMETERS) {
    const size_t count = to - p < SPAN * N_PARAMETERS ? to - p : SPAN * N_PARAMETERS;
    const real *found = from_place(c->rule->block->gradient, p);
    for (size_t j = 0; j * N_PARAMETERS < count; j++)
      put(g, j, means ? mean(c->rule, get(found, j)) : get(found, j));
    change_span(c, p, count, g);
  }
}

#if UNITS
static void update_by_spans(enum stage stage, struct rule *r, const struct layer *l, size_t from, size_t to,
                            bool biases) {
  struct changing c = begin_change(stage, r, l);
  c.biases = biases;
  change_by_sums(&c, from, to, r->block->sums);
}
#else
/* Gradients that are made one after the other; a span of them changes its parameters, which end before `end`. */
struct products {
  const struct changing *c;
  size_t end;
  int n;
  real g[SPAN * VEC_LANES] __attribute__((aligned(64)));
};
FUNCTION void change_products(struct products *s) {
  if (s->n > 0)
    change_span(s->c, s->end - (size_t)s->n, (size_t)s->n, s->g);
  s->n = 0;
}
FUNCTION void add_product(struct products *s, vec g) {
  put(s->g, (size_t)s->n, g);
  s->n++;
  s->end++;
  if (s->n == SPAN)
    change_products(s);
}
FUNCTION void add_products(struct products *s, bool shared, const struct source *from, vec d,
                           const struct patterns *x) {
  for (int i = 0; i < from->n; i++)
    add_product(s, vec_mul(d, source_input(shared ? INPUT_SHARED : INPUT_LANES, from, x, i)));
}

/* One pattern's d x; the place of a bias that is not there gets 0. */
static void change_by_products(const struct changing *c, const struct patterns *x) {
  const struct layer *l = c->layer;
  struct products s = {.c = c, .end = l->start};
  for (int j = 0; j < l->n_units; j++) {
    const vec d = get(l->d, (size_t)j);
    for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
      if (from->patterns && x->shared)
        add_products(&s, true, from, d, x);
      else
        add_products(&s, false, from, d, x);
    }
    add_product(&s, l->bias ? d : vec_set(0));
  }
  change_products(&s);
}

/* What stands behind a layer, where the last vec of it ends later than the layer. */
struct behind {
  real w[VEC_LANES], state[LUR_MAX_STATES][VEC_LANES];
};
static void keep_behind(const struct lur_block *b, size_t end, struct behind *kept) {
  memcpy(kept->w, from_place(b->parameters, end), sizeof kept->w);
  for (int k = 0; k < lur_n_states(b->structure); k++)
    memcpy(kept->state[k], from_place(b->state[k], end), sizeof kept->w);
}
static void give_behind(const struct lur_block *b, size_t end, const struct behind *kept) {
  memcpy(from_place(b->parameters, end), kept->w, sizeof kept->w);
  for (int k = 0; k < lur_n_states(b->structure); k++)
    memcpy(from_place(b->state[k], end), kept->state[k], sizeof kept->w);
}

static void update_by_spans(enum stage stage, struct rule *r, const struct layer *l, const struct patterns *x) {
  const size_t end = l->start + (size_t)(l->n_inputs + 1) * (size_t)l->n_units;
  const struct changing c = begin_change(stage, r, l);
  struct behind kept;
  if (TILES)
    keep_behind(r->block, end, &kept);
  if (r->block->sums || stage == CHANGE_GATHERED)
    change_by_sums(&c, l->start, end, true);
  else
    change_by_products(&c, x);
  if (TILES)
    give_behind(r->block, end, &kept);
  for (size_t p = l->start + (size_t)l->n_inputs; !l->bias && p < end; p += (size_t)l->n_inputs + 1)
    lanes_clear(r->block->parameters, p);
}
#endif

/* ---- The sum of the penalty ---- */
/* Of a unit's n weights, one after the other. */
static void add_unit_penalty(const struct lur_codes *c, const real *w, size_t n, real *sum) {
  real unit[N_LANES] = {0}, each[CHUNK * VEC_LANES] __attribute__((aligned(64)));
  for (size_t i = 0; i < n; i += CHUNK * N_PARAMETERS) {
    const size_t count = n - i < CHUNK * N_PARAMETERS ? n - i : CHUNK * N_PARAMETERS;
    memcpy(c->chunk, w + i * N_LANES, count * N_LANES * sizeof(real));
    own_input(&c->penalty, LUR_IN_W, 0, c->chunk, VEC_LANES);
    own_result(&c->penalty, 0, each);
    own_run(&c->penalty, (int)((count + N_PARAMETERS - 1) / N_PARAMETERS));
    for (size_t j = 0; j < count; j++)
      for (size_t k = 0; k < N_LANES; k++)
        unit[k] = unit[k] + each[j * N_LANES + k];
  }
  for (size_t k = 0; k < N_LANES; k++)
    sum[k] = sum[k] + unit[k];
}

static void sum_penalty(struct lur_block *b, const void *parameters) {
  const struct lur_shape *s = &b->structure->shape;
  const real *w = parameters;
  lanes_clear(b->penalty, 0);
  for (int l = 0; l < s->n_layers && b->codes && b->codes->penalty.code; l++) {
    const size_t n_inputs = (size_t)lur_shape_fan_in(s, l);
    for (int j = 0; j < s->width[l + 1]; j++, w += (n_inputs + 1) * N_LANES)
      add_unit_penalty(b->codes, w, n_inputs, b->penalty);
  }
}

#endif

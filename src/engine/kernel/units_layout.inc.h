/* SPDX-License-Identifier: MIT
 * Where the arrays of one run by units stand in its room, and how parameters get there and back (units.inc.h says why
 * they stand otherwise there). */
#ifndef LUR_KERNEL_UNITS_LAYOUT_INC_H
#define LUR_KERNEL_UNITS_LAYOUT_INC_H

#include "engine/kernel/noise.inc.h"
#include "engine/kernel/product.inc.h"
#include "engine/kernel/stages.inc.h"

enum { N_PIECES = N_PATTERNS / VEC_LANES }; /* vecs of patterns */
enum { SQUARES = 4 };                       /* units whose gradients are squared side by side: a panel has so many */

/* The outputs of a vec of patterns, each a vec. */
struct piece {
  real *z, *a, *d, *t;
  struct patterns patterns;
};

struct network {
  struct lur_block *b;
  struct lur_block own;          /* the same, with parameters, gradient and state as they stand here */
  const struct lur_noise *noise; /* NULL: passes have none */
  real *parameters;              /* those of passes, as they stand here */
  int n_layers;
  struct layer layers[LUR_MAX_LAYERS];
  size_t n_own;                  /* numbers of parameters as they stand here */
  real *zero, *minus_zero, *one; /* a panel of each, and a one for each pattern */
  real *x;                       /* [pattern][x_stride]: inputs that are collected */
  size_t x_stride;
  real *wide; /* [pattern][wide_stride]: inputs in whole registers, which later layers read; NULL: none does */
  size_t wide_stride;
  real *weight; /* [pattern] */
  struct piece pieces[N_PIECES];
  bool fresh; /* nothing was added to the gradient yet */
};

/* ---- Room ---- */
struct room {
  real *base; /* NULL: it is only measured */
  size_t used;
};
static real *take_room(struct room *r, size_t n) {
  real *at = r->base ? r->base + r->used : NULL;
  r->used += (n + LUR_SPARE / 2 - 1) / (LUR_SPARE / 2) * (LUR_SPARE / 2);
  return at;
}

/* Numbers of a layer as it stands here: its biases, then its weights. */
static size_t own_biases(const struct layer *l) {
  return (padded((size_t)l->n_units) + VEC_LANES - 1) / VEC_LANES * VEC_LANES;
}
static size_t own_size(const struct layer *l) {
  const size_t n_units = (size_t)l->n_units;
  const size_t weights = l->first ? padded(n_units) * l->n_columns : n_units * padded(l->n_columns);
  return own_biases(l) + (weights + VEC_LANES - 1) / VEC_LANES * VEC_LANES;
}

static size_t own_column(const struct layer *l, size_t i) {
  const struct source *from = l->sources;
  while (i >= (size_t)(from->first + from->n))
    from++;
  return from->column + i - (size_t)from->first;
}
/* How far apart unit j's weights of a source are. */
static size_t own_step(const struct layer *l, size_t j) {
  const size_t left = padded((size_t)l->n_units) - j / PANEL * PANEL;
  return !l->first ? 1 : left < PANEL ? REG_LANES : PANEL;
}
static size_t own_place(const struct layer *l, size_t j, size_t i) {
  const size_t n_inputs = (size_t)l->n_inputs;
  if (i == n_inputs)
    return l->own + j;
  if (l->first)
    return l->own + own_biases(l) + j / PANEL * PANEL * n_inputs + i * own_step(l, j) + j % PANEL;
  return l->own + own_biases(l) + j * padded(l->n_columns) + own_column(l, i);
}

/* Weights that stand in panels of two registers; where later layers' rows are not made of such panels, none. */
static size_t descent_end(const struct layer *l) {
  const size_t begin = l->own + own_biases(l);
  if (l->first)
    return begin + padded((size_t)l->n_units) / PANEL * PANEL * (size_t)l->n_inputs;
  for (int k = 0; k < l->n_sources; k++)
    if (padded((size_t)l->sources[k].n) % PANEL)
      return begin;
  return l->own_end;
}

/* Where a layer's inputs are, and how they stand in room of its own. */
static void lay_sources(struct network *n, int k) {
  struct layer *l = &n->layers[k];
  l->n_columns = 0;
  for (int i = 0; i <= k; i++) {
    struct source *from = &l->sources[i];
    *from = new_source(&n->b->structure->shape, k, i);
    from->x = i > 0 ? n->layers[i - 1].passed : k > 0 ? n->wide : n->x;
    from->stride = i > 0 ? n->layers[i - 1].stride : k > 0 ? n->wide_stride : n->x_stride;
    if (from->n == 0)
      continue;
    from->column = padded(l->n_columns);
    l->n_columns = from->column + (size_t)from->n;
  }
}

/* first_unit is set in order, before the layer that comes next. */
static void room_for_dropout(struct network *n, struct room *r, int k) {
  struct layer *l = &n->layers[k];
  const size_t n_values = N_PATTERNS * l->stride + LUR_SPARE;
  l->first_unit = k > 0 ? l[-1].first_unit + (size_t)l[-1].n_units : 0;
  l->passed = l->a;
  if (!(n->b->structure->noises & LUR_NOISE_DROPOUT) || k == n->n_layers - 1)
    return;
  real *kept = take_room(r, n_values), *passed = take_room(r, n_values);
  if (!n->noise || !n->noise->drops[k])
    return;
  l->kept = kept;
  l->passed = passed;
}

static void room_for_layers(struct network *n, struct room *r, bool learns) {
  const struct lur_shape *s = &n->b->structure->shape;
  for (int k = 0; k < s->n_layers; k++) {
    struct layer *l = &n->layers[k];
    *l = (struct layer){.n_units = s->width[k + 1],
                        .n_inputs = lur_shape_fan_in(s, k),
                        .n_sources = k + 1,
                        .bias = s->bias,
                        .first = k == 0};
    const size_t stride = padded((size_t)l->n_units), n_values = N_PATTERNS * stride + LUR_SPARE;
    choose_activation(l, n->b, k, learns);
    l->start = lur_shape_layer_start(s, k);
    l->own = n->n_own;
    lay_sources(n, k);
    l->stride = stride;
    l->z = take_room(r, n_values);
    l->a = take_room(r, n_values);
    l->d = take_room(r, n_values);
    room_for_dropout(n, r, k);
    l->turned = k > 0 ? take_room(r, stride * l->n_columns + LUR_SPARE) : NULL;
    n->n_own += own_size(l);
    l->own_end = n->n_own;
    l->descent_end = descent_end(l);
  }
}

static void room_for_outputs(struct network *n, struct room *r) {
  const size_t n_outputs = (size_t)n->layers[n->n_layers - 1].n_units, n_values = (n_outputs + 2) * VEC_LANES;
  const size_t n_targets = (size_t)lur_target_width(n->b->structure);
  for (int i = 0; i < N_PIECES; i++) {
    struct piece *p = &n->pieces[i];
    p->z = take_room(r, n_values);
    p->a = take_room(r, n_values);
    p->d = take_room(r, n_values);
    p->t = take_room(r, n_values + (n_targets - n_outputs) * VEC_LANES);
    p->patterns.t[0] = p->t;
  }
}

/* Which parameters are frozen, as they stand here; a byte each, and what fills rows is not. */
static const unsigned char *room_for_frozen(const struct network *n, struct room *r) {
  unsigned char *frozen = (unsigned char *)take_room(r, n->n_own / sizeof(real) + 1);
  if (frozen)
    memset(frozen, 0, n->n_own);
  for (int k = 0; frozen && k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const unsigned char *from = n->b->frozen + l->start;
    for (size_t j = 0; j < (size_t)l->n_units; j++)
      for (size_t i = 0; i <= (size_t)l->n_inputs; i++)
        frozen[own_place(l, j, i)] = *from++;
  }
  return frozen;
}

/* Lays the network out in b->room; learns: what it looks at is trained. Returns the numbers that it needs there. */
static size_t lay_out(struct network *n, struct lur_block *b, bool learns) {
  const struct lur_shape *s = &b->structure->shape;
  struct room r = {.base = b->room};
  *n = (struct network){.b = b, .own = *b, .noise = learns ? b->noise : NULL, .n_layers = s->n_layers};
  n->zero = take_room(&r, PANEL);
  n->minus_zero = take_room(&r, PANEL);
  n->one = take_room(&r, N_PATTERNS);
  n->x_stride = (size_t)s->width[0] | REG_LANES; /* no power of 2, for caches */
  n->x = take_room(&r, N_PATTERNS * n->x_stride);
  n->wide_stride = padded((size_t)s->width[0]);
  n->wide = lur_shape_has_shortcuts(s) ? take_room(&r, N_PATTERNS * n->wide_stride + LUR_SPARE) : NULL;
  n->weight = take_room(&r, N_PATTERNS);
  room_for_layers(n, &r, learns);
  room_for_outputs(n, &r);
  n->own.parameters = n->parameters = take_room(&r, n->n_own + LUR_SPARE);
  if (b->structure->noises & LUR_NOISE_WEIGHTS) {
    real *noisy = take_room(&r, n->n_own + LUR_SPARE);
    n->parameters = n->noise ? noisy : n->parameters;
  }
  n->own.gradient = take_room(&r, n->n_own + LUR_SPARE);
  for (int i = 0; i < lur_n_states(b->structure); i++)
    n->own.state[i] = take_room(&r, n->n_own + LUR_SPARE);
  if (lur_freezes(b->structure))
    n->own.frozen = room_for_frozen(n, &r);
  for (int i = 0; r.base && i < PANEL; i++)
    n->minus_zero[i] = -(real)0;
  for (int i = 0; r.base && i < N_PATTERNS; i++)
    n->one[i] = 1;
  return r.used;
}
static size_t room_of(const struct lur_structure *s) {
  struct lur_block b = {.structure = s};
  struct network n;
  return lay_out(&n, &b, false);
}

/* ---- Parameters in and out ---- */
/* An array of parameters, or of what belongs to them, as the block has it, and as it stands here. */
static void put_array_in(const struct network *n, const real *from, real *to) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    for (size_t j = 0; j < (size_t)l->n_units; j++) {
      const real *unit = from + l->start + j * ((size_t)l->n_inputs + 1);
      for (const struct source *s = l->sources; s < l->sources + l->n_sources; s++) {
        real *own = to + own_place(l, j, (size_t)s->first);
        for (size_t i = 0, step = own_step(l, j); i < (size_t)s->n; i++)
          own[i * step] = unit[(size_t)s->first + i];
      }
      to[l->own + j] = unit[l->n_inputs];
    }
  }
}
static void take_array_out(const struct network *n, const real *from, real *to) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    for (size_t j = 0; j < (size_t)l->n_units; j++) {
      real *unit = to + l->start + j * ((size_t)l->n_inputs + 1);
      for (const struct source *s = l->sources; s < l->sources + l->n_sources; s++) {
        const real *own = from + own_place(l, j, (size_t)s->first);
        for (size_t i = 0, step = own_step(l, j); i < (size_t)s->n; i++)
          unit[(size_t)s->first + i] = own[i * step];
      }
      if (l->bias)
        unit[l->n_inputs] = from[l->own + j];
    }
  }
}
static void put_in(const struct network *n) {
  put_array_in(n, n->b->parameters, n->own.parameters);
  for (int i = 0; i < lur_n_states(n->b->structure); i++)
    put_array_in(n, n->b->state[i], n->own.state[i]);
}
static void put_back(const struct network *n) {
  take_array_out(n, n->own.parameters, n->b->parameters);
  for (int i = 0; i < lur_n_states(n->b->structure); i++)
    take_array_out(n, n->own.state[i], n->b->state[i]);
}
static void copy_parameters(const struct network *n, void *to) {
  take_array_out(n, n->own.parameters, to);
}

#endif

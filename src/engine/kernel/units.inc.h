/* SPDX-License-Identifier: MIT
 * One run through its network: lanes are units. Forward, back and gradients are products (product.inc.h):
 *   z[pattern][unit] = bias + sum over inputs of x[pattern][input] W[input][unit],
 *   back[pattern][input] = sum over units of d[pattern][unit] W[unit][input],
 *   g[input][unit], or g[unit][input] = sum over patterns of x[pattern][input] d[pattern][unit];
 * with shortcuts one for each source of a layer's inputs, each going on from what the one before left.
 * So the first layer's parameters stand by units, and are read as they stand. All later layers' stand by inputs, as
 * back and the gradients have them, and are turned once an update for the pass forward. Either way they have room of
 * their own: train puts them in and takes them out. What fills a register's last lanes is computed and never read.
 *
 * Lanes of a product are independent, and so are parameters of an update: a crew does them in parts (Sharing, below).
 * The outputs alone are turned, so that a vec is an output of many patterns, as losses and metrics are written. */
#ifndef LUR_KERNEL_UNITS_INC_H
#define LUR_KERNEL_UNITS_INC_H

#include "engine/kernel/product.inc.h"
#include "engine/kernel/stages.inc.h"
#include "engine/kernel/update_own.inc.h"

enum { N_PIECES = N_PATTERNS / VEC_LANES }; /* vecs of patterns */

/* The outputs of a vec of patterns, each a vec. */
struct piece {
  real *z, *a, *d, *t;
  struct patterns patterns;
};

struct network {
  struct lur_block *b;
  struct lur_block own; /* the same, with parameters, gradient and state as they stand here */
  int n_layers;
  struct layer layers[LUR_MAX_LAYERS];
  size_t n_own;                  /* numbers of parameters as they stand here */
  real *zero, *minus_zero, *one; /* a panel of each, and a one for each pattern */
  real *x;                       /* [pattern][x_stride]: inputs that are collected */
  size_t x_stride;
  real *wide; /* [pattern][wide_stride]: inputs in whole registers, which later layers read; NULL: none does */
  size_t wide_stride;
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
    from->x = i > 0 ? n->layers[i - 1].a : k > 0 ? n->wide : n->x;
    from->stride = i > 0 ? n->layers[i - 1].stride : k > 0 ? n->wide_stride : n->x_stride;
    if (from->n == 0)
      continue;
    from->column = padded(l->n_columns);
    l->n_columns = from->column + (size_t)from->n;
  }
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
    l->turned = k > 0 ? take_room(r, stride * l->n_columns + LUR_SPARE) : NULL;
    n->n_own += own_size(l);
    l->own_end = n->n_own;
    l->descent_end = descent_end(l);
  }
}

static void room_for_outputs(struct network *n, struct room *r) {
  const size_t n_values = (size_t)(n->layers[n->n_layers - 1].n_units + 2) * VEC_LANES;
  for (int i = 0; i < N_PIECES; i++) {
    struct piece *p = &n->pieces[i];
    p->z = take_room(r, n_values);
    p->a = take_room(r, n_values);
    p->d = take_room(r, n_values);
    p->t = take_room(r, n_values);
    p->patterns.t[0] = p->t;
  }
}

/* Lays the network out in b->room; learns: what it looks at is trained. Returns the numbers that it needs there. */
static size_t lay_out(struct network *n, struct lur_block *b, bool learns) {
  const struct lur_shape *s = &b->structure->shape;
  struct room r = {.base = b->room};
  *n = (struct network){.b = b, .own = *b, .n_layers = s->n_layers};
  n->zero = take_room(&r, PANEL);
  n->minus_zero = take_room(&r, PANEL);
  n->one = take_room(&r, N_PATTERNS);
  n->x_stride = (size_t)s->width[0] | REG_LANES; /* no power of 2, for caches */
  n->x = take_room(&r, N_PATTERNS * n->x_stride);
  n->wide_stride = padded((size_t)s->width[0]);
  n->wide = lur_shape_has_shortcuts(s) ? take_room(&r, N_PATTERNS * n->wide_stride + LUR_SPARE) : NULL;
  room_for_layers(n, &r, learns);
  room_for_outputs(n, &r);
  n->own.parameters = take_room(&r, n->n_own + LUR_SPARE);
  n->own.gradient = take_room(&r, n->n_own + LUR_SPARE);
  for (int i = 0; i < lur_n_states(b->structure); i++)
    n->own.state[i] = take_room(&r, n->n_own + LUR_SPARE);
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

/* ---- Sharing ---- */
/* A stage of one layer: some of its lanes, from `first` up to `end`, are one thread's. `first` begins a panel. */
struct work {
  const struct network *n;
  const struct layer *l;
  const struct source *from; /* of gradients: what they are of */
  size_t count;              /* patterns */
  const struct rule *rule;   /* of the descent or the update; NULL: there is none */
};
typedef void stage(const struct work *w, size_t first, size_t end);

/* Operations on registers: of a part that is worth sharing, at least; and of an update, for a register. */
enum { LEAST_PART = 24576, UPDATE_COST = 16 };

static size_t n_panels(size_t n_lanes) {
  return (n_lanes + PANEL - 1) / PANEL;
}
/* The most parts of a stage whose panels cost so much each. */
static int most_parts(size_t n_lanes, size_t panel_cost) {
  const size_t n = n_panels(n_lanes), most = n * panel_cost / LEAST_PART;
  return (int)(n < most ? n : most < 1 ? 1 : most);
}

struct shared {
  struct work work;
  stage *stage;
  size_t n_lanes;
};
static void do_part(const void *context, int part, int n_parts) {
  const struct shared *s = context;
  const size_t n = n_panels(s->n_lanes), from = (size_t)part, parts = (size_t)n_parts;
  const size_t first = n * from / parts * PANEL, end = n * (from + 1) / parts * PANEL;
  s->stage(&s->work, first, end < s->n_lanes ? end : s->n_lanes);
}
static __attribute__((cold, noinline)) void share(const struct shared *s, size_t panel_cost) {
  lur_crew_share(s->work.n->b->crew, most_parts(s->n_lanes, panel_cost), do_part, s);
}

/* Of a panel of two registers. */
static size_t product_cost(size_t n_rows, int n_k) {
  return 2 * n_rows * (size_t)n_k;
}

/* All lanes: by the crew, or as if there were no crews. */
FUNCTION void do_stage(stage *f, struct work w, size_t n_lanes, size_t panel_cost) {
  if (w.n->b->crew)
    share(&(struct shared){w, f, n_lanes}, panel_cost);
  else
    f(&w, 0, n_lanes);
}
FUNCTION struct lanes lanes_from(struct lanes l, size_t first) {
  l.at += first / PANEL * l.panel;
  return l;
}

/* ---- Forward ---- */
static real *biases(const struct lur_block *own, const struct layer *l) {
  return (real *)own->parameters + l->own;
}
static real *weights(const struct lur_block *own, const struct layer *l) {
  return biases(own, l) + own_biases(l);
}

/* The later layers' weights by units: where parameters have changed. */
static void turn_weights(const struct network *n) {
  for (int k = 1; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const size_t n_units = (size_t)l->n_units, row = padded(l->n_columns);
    const real *from = weights(&n->own, l);
    for (size_t j = 0; j < n_units; j += REG_LANES) {
      const size_t panel = j / PANEL * PANEL, width = l->stride - panel < PANEL ? REG_LANES : PANEL;
      turn(n_units - j < REG_LANES ? n_units - j : REG_LANES, l->n_columns, from + j * row, row,
           l->turned + panel * l->n_columns + j % PANEL, width);
    }
  }
}

static void set_parameters(struct network *n, const void *parameters) {
  put_array_in(n, parameters, n->own.parameters);
  turn_weights(n);
}
static void begin_batch(struct network *n) {
  turn_weights(n);
  n->fresh = true;
}

/* The next patterns, up to n_left of them: as they stand, or collected in their order. */
static void take_patterns(struct network *n, const struct lur_block_patterns *all, const uint32_t *order, size_t first,
                          size_t n_left, struct patterns *p) {
  const size_t n_inputs = (size_t)n->layers[0].n_inputs, n_outputs = (size_t)n->layers[n->n_layers - 1].n_units;
  const real *inputs = all->inputs, *targets = all->targets;
  struct source *from = &n->layers[0].sources[0];
  p->n = n_left < N_PATTERNS ? (int)n_left : N_PATTERNS;
  from->x = order ? n->x : inputs + first * n_inputs;
  from->stride = order ? n->x_stride : n_inputs;
  for (size_t s = 0; s < (size_t)p->n; s++) {
    const size_t at = order ? order[first + s] : first + s;
    if (order)
      memcpy(n->x + s * n->x_stride, inputs + at * n_inputs, n_inputs * sizeof(real));
    if (n->wide)
      memcpy(n->wide + s * n->wide_stride, inputs + at * n_inputs, n_inputs * sizeof(real));
    turn(1, n_outputs, targets + at * n_outputs, n_outputs, n->pieces[s / VEC_LANES].t + s % VEC_LANES, VEC_LANES);
  }
  for (int i = 0; i < N_PIECES; i++)
    n->pieces[i].patterns.n = p->n - i * VEC_LANES < VEC_LANES ? p->n - i * VEC_LANES : VEC_LANES;
}
static int n_pieces(const struct patterns *p) {
  return (p->n + VEC_LANES - 1) / VEC_LANES;
}

/* Of a layer's units. */
FUNCTION void layer_sums(const struct work *work, size_t first, size_t end) {
  const struct network *n = work->n;
  const struct layer *l = work->l;
  const struct lanes all = l->bias ? every_row(biases(&n->own, l), PANEL) : every_row(n->zero, 0);
  const struct lanes bias = lanes_from(all, first), z = lanes_from(rows_of(l->z, l->stride), first);
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
    const struct lanes columns = panels_of(l->first ? weights(&n->own, l) : l->turned, l->n_columns, from->column);
    const struct lanes w = lanes_from(columns, first);
    if (from->n > 0)
      product_along_k((struct factor){from->x, from->stride}, work->count, (size_t)from->n, end - first, &w,
                      from->first > 0 ? &z : &bias, &z);
  }
}

static int values_of(const struct layer *l, const struct patterns *p) {
  return (int)(((size_t)p->n * l->stride + VEC_LANES - 1) / VEC_LANES);
}

static void forward(const struct network *n, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const size_t count = (size_t)p->n;
    do_stage(layer_sums, (struct work){.n = n, .l = l, .count = count}, (size_t)l->n_units,
             product_cost(count, l->n_inputs));
    if (k < n->n_layers - 1)
      activate(l, values_of(l, p), l->z, l->a);
  }
  const struct layer *l = &n->layers[n->n_layers - 1];
  for (int i = 0; i < n_pieces(p); i++) {
    const struct piece *piece = &n->pieces[i];
    turn((size_t)piece->patterns.n, (size_t)l->n_units, l->z + (size_t)i * VEC_LANES * l->stride, l->stride, piece->z,
         VEC_LANES);
    activate(l, l->n_units, piece->z, piece->a);
  }
}

/* ---- Back ---- */
static struct outputs outputs_of(const struct network *n, const struct patterns *p, int i) {
  const struct layer *l = &n->layers[n->n_layers - 1];
  (void)p;
  return (struct outputs){l->n_units, l->f, n->pieces[i].z, n->pieces[i].a, &n->pieces[i].patterns, n->b->codes};
}
static real *deltas_of(const struct network *n, int i) {
  return n->pieces[i].d;
}

/* Into the deltas of a layer's units: what the layers that read it tell it, the last first. */
FUNCTION void layer_back(const struct work *work, size_t first, size_t end) {
  const struct network *n = work->n;
  const struct layer *to = work->l;
  const size_t k = (size_t)(to - n->layers);
  const struct lanes back = lanes_from(rows_of(to->d, to->stride), first), zero = every_row(n->zero, 0);
  const struct lanes *start = &zero;
  for (const struct layer *l = &n->layers[n->n_layers - 1]; l > to; l--) {
    const struct source *from = &l->sources[k + 1];
    const struct lanes w = lanes_from(rows_of(weights(&n->own, l) + from->column, padded(l->n_columns)), first);
    if (from->n == 0)
      continue;
    product_along_k((struct factor){l->d, l->stride}, work->count, (size_t)l->n_units, end - first, &w, start, &back);
    start = &back;
  }
}

static void backward(const struct network *n, const struct patterns *p) {
  const struct layer *top = &n->layers[n->n_layers - 1];
  for (int i = 0; i < n_pieces(p); i++) {
    const struct outputs u = outputs_of(n, p, i);
    losses[loss_of(n->b)].delta(&u, n->pieces[i].d);
    turn((size_t)top->n_units, (size_t)u.pattern->n, n->pieces[i].d, VEC_LANES,
         top->d + (size_t)i * VEC_LANES * top->stride, top->stride);
  }
  for (int k = n->n_layers - 2; k >= 0; k--) {
    const struct layer *l = &n->layers[k];
    const size_t count = (size_t)p->n;
    do_stage(layer_back, (struct work){.n = n, .l = l, .count = count}, (size_t)l->n_units,
             product_cost(count, l[1].n_units));
    activations[l->f].slope(values_of(l, p), l->z, l->a, l->d);
  }
}

/* ---- Gradients and update ---- */
/* A gradient of one pattern is its product: -0 and a product is that to the bit. Sums start from +0. */
FUNCTION struct lanes no_gradient(const struct network *n) {
  return every_row(n->b->sums ? n->zero : n->minus_zero, 0);
}
static void bias_gradient(const struct network *n, const struct layer *l, size_t count) {
  const struct lanes bias = every_row((real *)n->own.gradient + l->own, PANEL), none = no_gradient(n);
  const struct lanes d = rows_of(l->d, l->stride);
  product_along_k((struct factor){n->one, 0}, 1, count, (size_t)l->n_units, &d, n->fresh ? &none : &bias, &bias);
}

/* Of a source's weights: those to the layer's units if it is the first layer, else those from the inputs. A rule: of
 * the layer, where the gradient is whole with these patterns and parameters go down it. */
FUNCTION void source_gradient(const struct work *work, size_t first, size_t end) {
  const struct network *n = work->n;
  const struct layer *l = work->l;
  const struct source *from = work->from;
  const size_t n_inputs = (size_t)from->n, n_rows = l->first ? n_inputs : (size_t)l->n_units;
  real *g = (real *)n->own.gradient + l->own + own_biases(l);
  const struct lanes all = l->first ? panels_of(g, n_inputs, 0) : rows_of(g + from->column, padded(l->n_columns));
  const struct lanes d = rows_of(l->d, l->stride), x = rows_of(from->x, from->stride);
  const struct lanes w = lanes_from(all, first), b = lanes_from(l->first ? d : x, first);
  const struct factor across = l->first ? (struct factor){from->x, from->stride} : (struct factor){l->d, l->stride};
  const struct lanes none = no_gradient(n), *start = n->fresh ? &none : &w;
  if (work->rule)
    product_descent(across, n_rows, work->count, end - first, &b, start, &w, work->rule);
  else
    product_along_rows(across, n_rows, work->count, end - first, &b, start, &w);
}

static void layer_gradient(const struct network *n, const struct layer *l, size_t count, const struct rule *descent) {
  if (l->bias)
    bias_gradient(n, l, count);
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++)
    if (from->n > 0)
      do_stage(source_gradient, (struct work){n, l, from, count, descent}, (size_t)(l->first ? l->n_units : from->n),
               product_cost(count, l->first ? from->n : l->n_units));
}

static bool descends(const struct network *n, const struct layer *l) {
  return !is_own_update(n->b) && n->b->structure->optimizer == LUR_SGD && l->descent_end > l->own + own_biases(l);
}

/* last: no more patterns of a batch of so many follow. */
static void sum_gradients(struct network *n, const struct patterns *p, bool last, size_t batch) {
  struct rule r = {0};
  if (last && n->b->structure->optimizer == LUR_SGD)
    r = new_rule(&n->own, batch);
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const bool descent = last && descends(n, l);
    if (descent)
      set_rate(&r, k);
    layer_gradient(n, l, (size_t)p->n, descent ? &r : NULL);
  }
  n->fresh = false;
}

static void update_layer_own(const struct network *n, struct rule *r, int k) {
  const struct layer *l = &n->layers[k];
  const size_t begin = l->own + own_biases(l);
  if (n->b->codes->rule.code)
    lur_told_layer(n->b->told, k);
  update_by_codes(r, l, l->own, begin, true);
  update_by_codes(r, l, begin, l->own_end, false);
}

/* Of a layer's weights: those that do not go down their gradient at once. */
static size_t update_begin(const struct network *n, const struct layer *l) {
  return descends(n, l) ? l->descent_end : l->own + own_biases(l);
}
FUNCTION void layer_change(const struct work *w, size_t first, size_t end) {
  const size_t begin = update_begin(w->n, w->l);
  updates[w->n->b->structure->optimizer](w->rule, begin + first, begin + end);
}

/* count: the patterns of the batch. */
static void update(struct network *n, const struct patterns *p, size_t count) {
  struct rule r = new_rule(&n->own, count);
  (void)p;
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    set_rate(&r, k);
    if (is_own_update(n->b)) {
      update_layer_own(n, &r, k);
      continue;
    }
    updates[n->b->structure->optimizer](&r, l->own, l->own + own_biases(l));
    do_stage(layer_change, (struct work){.n = n, .l = l, .count = count, .rule = &r}, l->own_end - update_begin(n, l),
             2 * UPDATE_COST);
  }
}

/* ---- Crews ---- */
/* The most parts that a stage of the network has: so many threads can be of use. Functions of the script's own have one
 * memory a block: they are one thread's. */
static int largest_crew(const struct lur_structure *s) {
  const size_t batch = lur_batch_size(s), count = batch < N_PATTERNS ? batch : N_PATTERNS;
  int most = 1;
  for (int k = 0; k < s->shape.n_layers && !lur_codes_any(s); k++) {
    const int n_inputs = s->shape.width[k], n_units = s->shape.width[k + 1];
    const int to_units = most_parts((size_t)n_units, product_cost(count, n_inputs));
    const int from_inputs = k > 0 ? most_parts((size_t)n_inputs, product_cost(count, n_units)) : 1;
    most = to_units > most ? to_units : most;
    most = from_inputs > most ? from_inputs : most;
  }
  return most < LUR_MOST_CREW ? most : LUR_MOST_CREW;
}

#endif

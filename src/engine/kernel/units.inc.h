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
 * Stages of large networks are done in parts (units_share.inc.h).
 * The outputs alone are turned, so that a vec is an output of many patterns, as losses and metrics are written. */
#ifndef LUR_KERNEL_UNITS_INC_H
#define LUR_KERNEL_UNITS_INC_H

#include "engine/kernel/units_layout.inc.h"
#include "engine/kernel/units_share.inc.h"
#include "engine/kernel/update_own.inc.h"

/* ---- Forward ---- */
static real *biases(const struct network *n, const struct layer *l) {
  return n->parameters + l->own;
}
static real *weights(const struct network *n, const struct layer *l) {
  return biases(n, l) + own_biases(l);
}

/* The later layers' weights by units: where parameters have changed. */
static void turn_weights(const struct network *n) {
  for (int k = 1; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const size_t n_units = (size_t)l->n_units, row = padded(l->n_columns);
    const real *from = weights(n, l);
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

/* ---- Noise ---- */
/* The weights of layer k in passes: fma(sd, draw, w), of draws that begin at `from`. */
static void add_layer_noise(const struct network *n, const struct layer *l, uint64_t from) {
  const struct lur_noise *noise = n->noise;
  const struct lur_drawing draws = drawing_of(noise, LUR_DRAW_WEIGHT_NOISE, 0);
  const size_t stride = (size_t)l->n_inputs + 1, size = stride * (size_t)l->n_units;
  const real sd = *(const real *)noise->weight_sd, *w = n->own.parameters;
  for (size_t p = 0; p < size; p += LUR_MOST_DRAWS) {
    const size_t count = size - p < LUR_MOST_DRAWS ? size - p : LUR_MOST_DRAWS;
    noise->draws->uniform(&draws, count, 1, from + p, noise->u);
    noise->draws->normal(count, noise->u);
    const real *drawn = rounded_draws(noise, count);
    for (size_t i = 0; i < count; i++) {
      const size_t unit = (p + i) / stride, input = (p + i) % stride, at = own_place(l, unit, input);
      if (input < stride - 1)
        n->parameters[at] = one_noisy(sd, drawn[i], w[at]);
    }
  }
}
static void add_weight_noise(const struct network *n, size_t update) {
  memcpy(n->parameters, n->own.parameters, n->n_own * sizeof(real));
  for (int k = 0; k < n->n_layers; k++)
    add_layer_noise(n, &n->layers[k], update * n->b->n_parameters + n->layers[k].start);
}

static void add_input_noise(const struct network *n, const struct patterns *p) {
  const struct lur_noise *noise = n->noise;
  const struct lur_drawing draws = drawing_of(noise, LUR_DRAW_INPUT_NOISE, 0);
  const size_t n_inputs = (size_t)n->layers[0].n_inputs;
  const real sd = *(const real *)noise->input_sd;
  for (size_t s = 0; s < (size_t)p->n; s++)
    for (size_t i = 0; i < n_inputs; i += LUR_MOST_DRAWS) {
      const size_t count = n_inputs - i < LUR_MOST_DRAWS ? n_inputs - i : LUR_MOST_DRAWS;
      real *x = n->x + s * n->x_stride + i;
      noise->draws->uniform(&draws, count, 1, noise->row[s] * n_inputs + i, noise->u);
      noise->draws->normal(count, noise->u);
      const real *drawn = rounded_draws(noise, count);
      for (size_t j = 0; j < count; j++)
        x[j] = one_noisy(sd, drawn[j], x[j]);
    }
}

static int values_of(const struct layer *l, const struct patterns *p) {
  return (int)(((size_t)p->n * l->stride + VEC_LANES - 1) / VEC_LANES);
}

/* What later layers read of hidden layer k. */
static void drop_outputs(const struct network *n, const struct layer *l, int k, const struct patterns *p) {
  const struct lur_noise *noise = n->noise;
  const struct lur_drawing draws = drawing_of(noise, LUR_DRAW_DROPOUT, 0);
  const size_t n_units = (size_t)l->n_units;
  const real scale = ((const real *)noise->scale)[k];
  for (size_t s = 0; s < (size_t)p->n; s++)
    for (size_t j = 0; j < n_units; j += LUR_MOST_DRAWS) {
      const size_t count = n_units - j < LUR_MOST_DRAWS ? n_units - j : LUR_MOST_DRAWS;
      real *kept = l->kept + s * l->stride + j;
      noise->draws->uniform(&draws, count, 1, noise->row[s] * noise->n_hidden + l->first_unit + j, noise->u);
      for (size_t i = 0; i < count; i++)
        kept[i] = noise->u[i] >= noise->share[k] ? scale : 0;
    }
  drop(values_of(l, p), l->kept, l->a, l->passed);
}

/* update: in the epoch, from 0. */
static void begin_batch(struct network *n, size_t update) {
  if (n->parameters != n->own.parameters)
    add_weight_noise(n, update);
  turn_weights(n);
  n->fresh = true;
}

/* The next patterns, up to n_left of them: as they stand, or collected in their order. */
static void take_patterns(struct network *n, const struct lur_block_patterns *all, const uint32_t *order, size_t first,
                          size_t n_left, struct patterns *p) {
  const size_t n_inputs = (size_t)n->layers[0].n_inputs, n_targets = (size_t)lur_target_width(n->b->structure);
  const real *inputs = all->inputs, *targets = all->targets, *weights = all->weights;
  struct source *from = &n->layers[0].sources[0];
  p->n = n_left < N_PATTERNS ? (int)n_left : N_PATTERNS;
  const bool noisy = n->noise && n->b->structure->noises & LUR_NOISE_INPUTS, collects = order || noisy;
  from->x = collects ? n->x : inputs + first * n_inputs;
  from->stride = collects ? n->x_stride : n_inputs;
  for (size_t s = 0; s < (size_t)p->n; s++) {
    const size_t at = order ? order[first + s] : first + s;
    if (n->noise)
      n->noise->row[s] = at;
    if (collects)
      memcpy(n->x + s * n->x_stride, inputs + at * n_inputs, n_inputs * sizeof(real));
    turn(1, n_targets, targets + at * n_targets, n_targets, n->pieces[s / VEC_LANES].t + s % VEC_LANES, VEC_LANES);
    if (weights)
      n->weight[s] = weights[at];
  }
  if (noisy)
    add_input_noise(n, p);
  for (size_t s = 0; n->wide && s < (size_t)p->n; s++)
    memcpy(n->wide + s * n->wide_stride, from->x + s * from->stride, n_inputs * sizeof(real));
  for (int i = 0; i < N_PIECES; i++) {
    n->pieces[i].patterns.n = p->n - i * VEC_LANES < VEC_LANES ? p->n - i * VEC_LANES : VEC_LANES;
    n->pieces[i].patterns.weight[0] = weights ? n->weight + i * VEC_LANES : NULL;
  }
}
static int n_pieces(const struct patterns *p) {
  return (p->n + VEC_LANES - 1) / VEC_LANES;
}

/* Of a layer's units. */
FUNCTION void layer_sums(const struct work *work, size_t first, size_t end) {
  const struct network *n = work->n;
  const struct layer *l = work->l;
  const struct lanes all = l->bias ? every_row(biases(n, l), PANEL) : every_row(n->zero, 0);
  const struct lanes bias = lanes_from(all, first), z = lanes_from(rows_of(l->z, l->stride), first);
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
    const struct lanes columns = panels_of(l->first ? weights(n, l) : l->turned, l->n_columns, from->column);
    const struct lanes w = lanes_from(columns, first);
    if (from->n > 0)
      product_along_k((struct factor){from->x, from->stride}, work->count, (size_t)from->n, end - first, &w,
                      from->first > 0 ? &z : &bias, &z);
  }
}

static void forward(const struct network *n, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const size_t count = (size_t)p->n;
    do_stage(layer_sums, (struct work){.n = n, .l = l, .count = count}, (size_t)l->n_units,
             product_cost(count, l->n_inputs));
    if (k < n->n_layers - 1)
      activate(l, values_of(l, p), l->z, l->a);
    if (l->kept)
      drop_outputs(n, l, k, p);
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
  const struct piece *piece = &n->pieces[i];
  return (struct outputs){l->n_units,       l->f,       n->b->structure->reduction, piece->z, piece->a,
                          &piece->patterns, n->b->codes};
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
    const struct lanes w = lanes_from(rows_of(weights(n, l) + from->column, padded(l->n_columns)), first);
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
    output_deltas(n->b, &u, n->pieces[i].d);
    turn((size_t)top->n_units, (size_t)u.pattern->n, n->pieces[i].d, VEC_LANES,
         top->d + (size_t)i * VEC_LANES * top->stride, top->stride);
  }
  for (int k = n->n_layers - 2; k >= 0; k--) {
    const struct layer *l = &n->layers[k];
    const size_t count = (size_t)p->n;
    do_stage(layer_back, (struct work){.n = n, .l = l, .count = count}, (size_t)l->n_units,
             product_cost(count, l[1].n_units));
    if (l->kept)
      drop(values_of(l, p), l->kept, l->d, l->d);
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
  return !is_by_spans(n->b) && n->b->structure->optimizer == LUR_SGD && l->descent_end > l->own + own_biases(l);
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

FUNCTION real fma_one(real a, real b, real c) {
  return _Generic(a, float : fmaf, double : fma)(a, b, c);
}

/* The squares of a few units' gradients, each unit's from +0, weights in order, then the bias; then added in order. */
FUNCTION real add_squares(const struct network *n, const struct layer *l, size_t first, size_t n_units, real sum) {
  const real *g = (const real *)n->own.gradient, *bias = g + l->own + first;
  const size_t step = l->first && l->n_inputs > 1 ? own_place(l, first, 1) - own_place(l, first, 0) : 1;
  const size_t stride = l->first ? 1 : padded(l->n_columns);
  real unit[SQUARES] = {0};
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
    const real *w = from->n > 0 ? g + own_place(l, first, (size_t)from->first) : g;
    for (size_t i = 0; i < (size_t)from->n; i++)
      for (size_t u = 0; u < n_units; u++)
        unit[u] = fma_one(w[i * step + u * stride], w[i * step + u * stride], unit[u]);
  }
  for (size_t u = 0; u < n_units; u++)
    sum = sum + (l->bias ? fma_one(bias[u], bias[u], unit[u]) : unit[u]);
  return sum;
}

/* As of other forms: clip / (norm + 1e-6). */
static void shrink_to_norm(const struct network *n, struct rule *r) {
  real sum = 0;
  for (int k = 0; k < n->n_layers; k++) {
    const size_t n_units = (size_t)n->layers[k].n_units;
    for (size_t j = 0; j < n_units; j += SQUARES)
      sum = n_units - j >= SQUARES ? add_squares(n, &n->layers[k], j, SQUARES, sum)
                                   : add_squares(n, &n->layers[k], j, n_units - j, sum);
  }
  r->shrink = vec_div(number(r, LUR_ROW_CLIP), vec_add(vec_sqrt(vec_set(sum)), vec_set((real)CLIP_EPSILON)));
}

static void update_layer_by_spans(enum stage stage, struct rule *r, const struct layer *l) {
  const size_t begin = l->own + own_biases(l);
  update_by_spans(stage, r, l, l->own, begin, true);
  update_by_spans(stage, r, l, begin, l->own_end, false);
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
  const bool by_norm = n->b->structure->clip == LUR_CLIP_NORM, by_spans = is_by_spans(n->b);
  (void)p;
  for (int k = 0; k < n->n_layers && by_norm; k++)
    update_layer_by_spans(GATHER, &r, &n->layers[k]);
  if (by_norm)
    shrink_to_norm(n, &r);
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    set_rate(&r, k);
    if (has_own_rule(n->b))
      lur_told_layer(n->b->told, k);
    if (by_spans) {
      update_layer_by_spans(by_norm ? CHANGE_GATHERED : CHANGE, &r, l);
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

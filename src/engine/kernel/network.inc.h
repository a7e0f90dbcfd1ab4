/* SPDX-License-Identifier: MIT
 * Patterns through a block's network: forward, back, gradients, update. */
#ifndef LUR_KERNEL_NETWORK_INC_H
#define LUR_KERNEL_NETWORK_INC_H

#include "engine/kernel/noise.inc.h"
#include "engine/kernel/stages.inc.h"
#include "engine/kernel/sums.inc.h"
#include "engine/kernel/update_own.inc.h"

/* A block's network, laid out once a call. */
struct network {
  struct lur_block *b;
  const real *parameters;        /* those of passes */
  const struct lur_noise *noise; /* NULL: passes have none */
  int n_layers;
  struct layer layers[LUR_MAX_LAYERS];
};

/* learns: what it looks at is trained. */
static void lay_out(struct network *n, struct lur_block *b, bool learns) {
  const struct lur_shape *s = &b->structure->shape;
  size_t unit = 0;
  n->b = b;
  n->noise = learns ? b->noise : NULL;
  n->parameters = n->noise && n->noise->parameters ? n->noise->parameters : b->parameters;
  n->n_layers = s->n_layers;
  for (int k = 0; k < s->n_layers; k++) {
    struct layer *l = &n->layers[k];
    *l = (struct layer){.n_units = s->width[k + 1],
                        .n_inputs = lur_shape_fan_in(s, k),
                        .n_sources = k + 1,
                        .bias = s->bias,
                        .first = k == 0};
    for (int i = 0; i <= k; i++) {
      l->sources[i] = new_source(s, k, i);
      l->sources[i].x = i > 0 ? n->layers[i - 1].passed : NULL;
    }
    choose_activation(l, b, k, learns);
    l->start = lur_shape_layer_start(s, k);
    l->z = element(b->z, unit);
    l->a = element(b->a, unit);
    l->d = element(b->delta, unit);
    l->first_unit = unit;
    l->kept = n->noise && n->noise->drops[k] ? element(n->noise->kept, unit) : NULL;
    l->passed = l->kept ? element(n->noise->passed, unit) : l->a;
    unit += (size_t)l->n_units;
  }
}

FUNCTION enum input input_kind(const struct source *from, const struct patterns *p) {
  return !from->patterns ? INPUT_LANES : p->shared ? INPUT_SHARED : TILES ? INPUT_OWN : INPUT_LANES;
}

/* z of all units: what each source adds, the first to the biases. */
static void weighted_sums(const struct layer *l, const struct patterns *p, const real *w) {
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
    if (from->n == 0)
      continue;
    switch (input_kind(from, p)) {
    case INPUT_SHARED: layer_sums(INPUT_SHARED, l, from, p, w); break;
    case INPUT_OWN: layer_sums(INPUT_OWN, l, from, p, w); break;
    case INPUT_LANES: layer_sums(INPUT_LANES, l, from, p, w); break;
    }
  }
}

static void forward(const struct network *n, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    weighted_sums(l, p, n->parameters + l->start * N_LANES);
    activate(l, l->n_units, l->z, l->a);
    if (l->kept)
      drop_outputs(n->noise, l, k);
  }
}

/* All patterns' outputs are one piece. */
static int n_pieces(const struct patterns *p) {
  (void)p;
  return 1;
}
static struct outputs outputs_of(const struct network *n, const struct patterns *p, int piece) {
  const struct layer *l = &n->layers[n->n_layers - 1];
  (void)piece;
  return (struct outputs){l->n_units, l->f, n->b->structure->reduction, l->z, l->a, p, n->b->codes};
}

static real *deltas_of(const struct network *n, int piece) {
  (void)piece;
  return n->layers[n->n_layers - 1].d;
}

/* Into the deltas of the k-th layer (from 0): what the layers that read it tell it, the last first. */
static void pass_back(const struct network *n, int k) {
  bool any = false;
  for (const struct layer *l = &n->layers[n->n_layers - 1]; l > &n->layers[k]; l--) {
    const struct source *from = &l->sources[k + 1];
    if (from->n == 0)
      continue;
    back_sums(l, from, n->parameters + l->start * N_LANES, any, n->layers[k].d);
    any = true;
  }
}

/* The deltas of all layers, with the weights as they are. */
static void backward(const struct network *n, const struct patterns *p) {
  const struct outputs u = outputs_of(n, p, 0);
  output_deltas(n->b, &u, n->layers[n->n_layers - 1].d);
  for (int k = n->n_layers - 2; k >= 0; k--) {
    const struct layer *l = &n->layers[k];
    pass_back(n, k);
    if (l->kept)
      drop(l->n_units, l->kept, l->d, l->d);
    activations[l->f].slope(l->n_units, l->z, l->a, l->d);
  }
}

static void add_layer_gradient(const struct layer *l, const struct patterns *p, real *g) {
  for (const struct source *from = l->sources; from < l->sources + l->n_sources; from++) {
    if (from->n == 0)
      continue;
    switch (input_kind(from, p)) {
    case INPUT_SHARED: add_gradient(INPUT_SHARED, l, from, p, g); break;
    case INPUT_OWN: add_gradient(INPUT_OWN, l, from, p, g); break;
    case INPUT_LANES: add_gradient(INPUT_LANES, l, from, p, g); break;
    }
  }
}

static void sum_gradients(const struct network *n, const struct patterns *p, bool last, size_t batch) {
  (void)last;
  (void)batch;
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    add_layer_gradient(l, p, (real *)n->b->gradient + l->start * N_LANES);
  }
}

/* ---- What a run by units does in another way (units.inc.h) ---- */
static size_t room_of(const struct lur_structure *s) {
  (void)s;
  return 0;
}
static int largest_crew(const struct lur_structure *s) {
  (void)s;
  return 1;
}
static void put_in(const struct network *n) {
  (void)n;
}
static void put_back(const struct network *n) {
  (void)n;
}
static void set_parameters(struct network *n, const void *parameters) {
  n->parameters = parameters;
}
static void copy_parameters(const struct network *n, void *to) {
  memcpy(to, n->b->parameters, n->b->n_parameters * N_LANES * sizeof(real));
}
/* update: in the epoch, from 0. */
static void begin_batch(struct network *n, size_t update) {
  if (n->noise && n->noise->parameters)
    add_weight_noise(n->b, update);
  if (n->b->sums)
    memset(n->b->gradient, 0, n->b->n_parameters * N_LANES * sizeof(real));
}

/* One over the gradients' norm, as far as that may be: clip / (norm + 1e-6). Each unit's squares are added from +0,
 * weights in order, then the bias; then the units, in order. */
static void shrink_to_norm(const struct network *n, struct rule *r) {
  const real *g = n->b->gradient;
  real shrink[N_LANES] __attribute__((aligned(64)));
  for (size_t lane = 0; lane < N_LANES; lane += REG_LANES) {
    reg sum = reg_set(0);
    for (int k = 0; k < n->n_layers; k++)
      for (int j = 0; j < n->layers[k].n_units; j++) {
        const size_t stride = (size_t)n->layers[k].n_inputs + 1;
        const real *of_unit = g + (n->layers[k].start + (size_t)j * stride) * N_LANES + lane;
        reg unit = reg_set(0);
        for (size_t i = 0; i < stride; i++) {
          const reg x = reg_load(of_unit + i * N_LANES);
          unit = reg_fma(x, x, unit);
        }
        sum = reg_add(sum, unit);
      }
    const reg most = reg_load((const real *)n->b->numbers + LUR_ROW_CLIP * N_LANES + lane);
    reg_store(shrink + lane, reg_div(most, reg_add(reg_sqrt(sum), reg_set((real)CLIP_EPSILON))));
  }
  r->shrink = lanes_get(shrink, 0);
}

/* count: the patterns of the batch. */
static void update(const struct network *n, const struct patterns *p, size_t count) {
  struct rule r = new_rule(n->b, count);
  const bool by_norm = n->b->structure->clip == LUR_CLIP_NORM, by_spans = is_by_spans(n->b);
  for (int k = 0; k < n->n_layers && by_norm; k++)
    update_by_spans(GATHER, &r, &n->layers[k], p);
  if (by_norm)
    shrink_to_norm(n, &r);
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    set_rate(&r, k);
    if (has_own_rule(n->b))
      lur_told_layer(n->b->told, k);
    if (by_spans)
      update_by_spans(by_norm ? CHANGE_GATHERED : CHANGE, &r, l, p);
    else
      updates[n->b->structure->optimizer](&r, l, p);
  }
}

#endif

/* SPDX-License-Identifier: MIT
 * Patterns through a block's network: forward, back, gradients, update. */
#ifndef LUR_KERNEL_NETWORK_INC_H
#define LUR_KERNEL_NETWORK_INC_H

#include "engine/kernel/stages.inc.h"
#include "engine/kernel/sums.inc.h"
#include "engine/kernel/update.inc.h"

/* A block's network, laid out once a call. */
struct network {
  struct lur_block *b;
  int n_layers;
  struct layer layers[LUR_MAX_LAYERS];
};

static void lay_out(struct network *n, struct lur_block *b) {
  const struct lur_shape *s = &b->structure->shape;
  size_t unit = 0;
  n->b = b;
  n->n_layers = s->n_layers;
  for (int k = 0; k < s->n_layers; k++) {
    struct layer *l = &n->layers[k];
    *l = (struct layer){.n_units = s->width[k + 1], .n_inputs = s->width[k], .bias = s->bias, .first = k == 0};
    l->f = k == s->n_layers - 1 ? s->output : s->hidden;
    l->start = lur_shape_layer_start(s, k);
    l->x = k > 0 ? n->layers[k - 1].a : NULL;
    l->z = element(b->z, unit);
    l->a = element(b->a, unit);
    l->d = element(b->delta, unit);
    unit += (size_t)l->n_units;
  }
}

FUNCTION enum input input_kind(const struct layer *l, const struct patterns *p) {
  return !l->first ? INPUT_LANES : p->shared ? INPUT_SHARED : TILES ? INPUT_OWN : INPUT_LANES;
}

static void forward(const struct network *n, const void *parameters, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    const real *w = (const real *)parameters + l->start * N_LANES;
    switch (input_kind(l, p)) {
    case INPUT_SHARED: layer_sums(INPUT_SHARED, l, p, w); break;
    case INPUT_OWN: layer_sums(INPUT_OWN, l, p, w); break;
    case INPUT_LANES: layer_sums(INPUT_LANES, l, p, w); break;
    }
    activations[l->f].activate(l->n_units, l->z, l->a);
  }
}

static struct outputs outputs_of(const struct network *n, const struct patterns *p) {
  const struct layer *l = &n->layers[n->n_layers - 1];
  return (struct outputs){l->n_units, l->f, l->z, l->a, p};
}

/* The deltas of all layers, with the weights as they are. */
static void backward(const struct network *n, const struct patterns *p) {
  const struct outputs u = outputs_of(n, p);
  losses[n->b->structure->loss].delta(&u, n->layers[n->n_layers - 1].d);
  for (int k = n->n_layers - 1; k > 0; k--) {
    const struct layer *l = &n->layers[k], *below = l - 1;
    back_sums(l, (const real *)n->b->parameters + l->start * N_LANES, below->d);
    activations[below->f].slope(below->n_units, below->z, below->a, below->d);
  }
}

static void sum_gradients(const struct network *n, const struct patterns *p) {
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    real *g = (real *)n->b->gradient + l->start * N_LANES;
    switch (input_kind(l, p)) {
    case INPUT_SHARED: add_gradient(INPUT_SHARED, l, p, g, n->b->rows); break;
    case INPUT_OWN: add_gradient(INPUT_OWN, l, p, g, n->b->rows); break;
    case INPUT_LANES: add_gradient(INPUT_LANES, l, p, g, n->b->rows); break;
    }
  }
}

/* count: the patterns of the batch. */
static void update(const struct network *n, const struct patterns *p, size_t count) {
  const struct lur_structure *s = n->b->structure;
  struct rule r = {.block = n->b, .n = N_PARAMETERS, .inverse = (count & (count - 1)) == 0};
  r.count = vec_set(r.inverse ? 1 / (real)count : (real)count);
  if (s->optimizer == LUR_ADAM)
    correct_adam(n->b);
  for (int k = 0; k < n->n_layers; k++) {
    const struct layer *l = &n->layers[k];
    r.rate = lanes_get(n->b->numbers, (size_t)(LUR_ROW_RATE + k));
    if (s->optimizer == LUR_ADAM)
      r.rate = vec_div(r.rate, lanes_get(n->b->correction, 0));
    const enum source from = n->b->sums ? FROM_SUMS : l->first && p->shared ? FROM_SHARED : FROM_LANES;
    updates[s->optimizer](from, &r, l, p);
  }
}

#endif

/* SPDX-License-Identifier: MIT
 * The reference kernel's draws during training: dropout, noise on inputs and on weights. Each draw is made alone, where
 * it is needed. Shapes as in network.inc.h; passed[l] and kept[l] as a[l]. */
#ifndef LUR_REFERENCE_NOISE_INC_H
#define LUR_REFERENCE_NOISE_INC_H

#include "engine/draw.h"
#include "engine/functions.inc.h"
#include "engine/rules.h"

struct noise {
  unsigned kinds; /* LUR_NOISE_* */
  const struct lur_numbers *numbers;
  real scale[LUR_MAX_LAYERS];       /* of outputs of hidden layers that are kept */
  uint64_t n_hidden;                /* units of all hidden layers */
  uint64_t epoch, row;              /* row: the pattern's place in the training set */
  real *parameters;                 /* weights with noise; owned by the run, as all that follows */
  real *input;                      /* the pattern with noise */
  real *passed[LUR_MAX_LAYERS + 1]; /* outputs as later layers read them */
  real *kept[LUR_MAX_LAYERS + 1];   /* 1 or 0 */
};

static bool has_noise(const struct noise *n, unsigned kind) {
  return n && n->kinds & kind;
}

static double noise_draw(const struct noise *n, uint64_t index, enum lur_purpose purpose) {
  const double u = lur_draw_uniform(n->numbers->seed, index, (uint32_t)n->epoch, purpose);
  return purpose == LUR_DRAW_DROPOUT ? u : lur_normal_of_uniform(u);
}

/* A standard deviation of 0 is no operation. */
static real noisy(const struct noise *n, real sd, uint64_t index, enum lur_purpose purpose, real x) {
  return sd != 0 ? vec_fma(sd, (real)noise_draw(n, index, purpose), x) : x;
}

static void noise_on_input(const struct noise *n, int n_inputs, const real *x) {
  const real sd = (real)n->numbers->input_noise;
  for (int i = 0; i < n_inputs; i++)
    n->input[i] = noisy(n, sd, n->row * (uint64_t)n_inputs + (uint64_t)i, LUR_DRAW_INPUT_NOISE, x[i]);
}

/* Of one unit with n weights and a bias; index: of the draw of its first weight. */
static void noise_on_unit(const struct noise *n, uint64_t index, int n_weights, const real *w, real *to) {
  const real sd = (real)n->numbers->weight_noise;
  for (int i = 0; i < n_weights; i++)
    to[i] = noisy(n, sd, index + (uint64_t)i, LUR_DRAW_WEIGHT_NOISE, w[i]);
  to[n_weights] = w[n_weights];
}

/* What later layers read of hidden layer l (from 1), of which `first` hidden units come before. */
static void drop_outputs(const struct noise *n, int l, uint64_t first, int n_units, const real *a) {
  const double share = n->numbers->dropout[l - 1];
  for (int j = 0; j < n_units; j++) {
    n->kept[l][j] = 1;
    n->passed[l][j] = a[j];
    if (share == 0)
      continue;
    n->kept[l][j] = noise_draw(n, n->row * n->n_hidden + first + (uint64_t)j, LUR_DRAW_DROPOUT) >= share;
    n->passed[l][j] = n->kept[l][j] != 0 ? a[j] * n->scale[l - 1] : 0;
  }
}

/* The sums of deltas that come back to layer l. */
static void drop_deltas(const struct noise *n, int l, int n_units, real *dz) {
  for (int j = 0; j < n_units && n->numbers->dropout[l - 1] != 0; j++)
    dz[j] = n->kept[l][j] != 0 ? dz[j] * n->scale[l - 1] : 0;
}

static void noise_start(struct noise *n, const struct lur_structure *s, const struct lur_numbers *numbers) {
  n->kinds = s->noises;
  n->numbers = numbers;
  for (int l = 0; l + 1 < s->shape.n_layers; l++) {
    n->scale[l] = (real)(1 / (1 - numbers->dropout[l]));
    n->n_hidden += (uint64_t)s->shape.width[l + 1];
  }
}

#endif

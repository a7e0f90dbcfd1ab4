/* SPDX-License-Identifier: MIT
 * Start values of networks: which distribution each parameter is drawn from, and by what it is multiplied; drawn for
 * many parameters and seeds at once (kernel/draws.c). A function of the script's own is asked for each parameter and
 * seed alone. Reentrant. */
#include <math.h>

#include "engine/draw.h"
#include "engine/environment.h"
#include "engine/rounded.h"

/* What a draw is multiplied with, and from which distribution it comes. */
struct start {
  enum lur_init from; /* normal, uniform or zeros */
  double factor;
};

static struct start start_of(enum lur_init init, int fan_in, int fan_out) {
  switch (init) {
  case LUR_INIT_XAVIER: return (struct start){LUR_INIT_UNIFORM, sqrt(6.0 / ((double)fan_in + (double)fan_out))};
  case LUR_INIT_HE: return (struct start){LUR_INIT_NORMAL, sqrt(2.0 / (double)fan_in)};
  case LUR_INIT_NORMAL:
  case LUR_INIT_UNIFORM:
  case LUR_INIT_ZEROS:
  case LUR_N_INITS: break;
  }
  return (struct start){init, 1};
}

/* A list of draws. */
struct draws {
  size_t n;
  _Alignas(64) uint64_t seed[LUR_MOST_DRAWS];
  _Alignas(64) uint64_t index[LUR_MOST_DRAWS];
  _Alignas(64) double x[LUR_MOST_DRAWS];
};

/* x from N(0,1) or U(-1,1). */
static void draw_all(struct draws *d, enum lur_init from) {
  static const _Alignas(64) uint64_t epoch[LUR_MOST_DRAWS];
  const struct lur_draws *many = lur_draws_find(lur_isa_widest());
  const struct lur_drawing list = {d->seed, d->index, epoch, 1, LUR_DRAW_WEIGHTS};
  many->uniform(&list, d->n, 1, 0, d->x);
  if (from == LUR_INIT_NORMAL)
    many->normal(d->n, d->x);
  for (size_t i = 0; from == LUR_INIT_UNIFORM && i < d->n; i++)
    d->x[i] = 2 * d->x[i] - 1;
}

/* ---- Functions of the script's own ---- */
/* What one is asked for. */
struct asked {
  uint64_t seed, index;
  double told[LUR_N_INPUTS]; /* fan_in and the like */
};

/* A parameter's first draw is the one that built-in starts take. */
static double own_input(void *context, enum lur_input which, int index) {
  const struct asked *a = context;
  const uint64_t at = a->index + ((uint64_t)index << 48);
  const enum lur_purpose purpose = index == 0 ? LUR_DRAW_WEIGHTS : LUR_DRAW_MORE_WEIGHTS;
  if (which == LUR_IN_UNIFORM)
    return lur_draw_uniform(a->seed, at, 0, purpose);
  return which == LUR_IN_NORMAL ? lur_draw_normal(a->seed, at, 0, purpose) : a->told[which];
}

static double own_start(const struct lur_program *p, const double *number, struct asked *a) {
  double value[LUR_MAX_OPS];
  lur_program_values(p, own_input, a, number, value);
  return value[p->result[0]];
}

/* As lur_draw_starts, of the parameters that the function starts. */
static void draw_own(const struct lur_shape *s, const struct lur_starts *from, int layer, size_t first, size_t n,
                     size_t n_seeds, const uint64_t *seed, double *x) {
  const size_t stride = (size_t)lur_shape_fan_in(s, layer) + 1;
  struct asked a = {.told = {[LUR_IN_FAN_IN] = lur_shape_fan_in(s, layer),
                             [LUR_IN_FAN_OUT] = s->width[layer + 1],
                             [LUR_IN_LAYER] = layer + 1}};
  for (size_t i = first; i < first + n; i++) {
    const bool bias = i % stride + 1 == stride;
    if (bias && !(s->bias && from->own_biases))
      continue;
    a.index = lur_shape_layer_start(s, layer) + i;
    a.told[LUR_IN_UNIT] = (double)(i / stride + 1);
    a.told[LUR_IN_FROM] = bias ? 0 : (double)(i % stride + 1);
    a.told[LUR_IN_IS_BIAS] = bias;
    for (size_t k = 0; k < n_seeds; k++) {
      a.seed = seed[k];
      x[(i - first) * n_seeds + k] = own_start(from->own, from->number + k * (size_t)from->own->n_numbers, &a);
    }
  }
}

void lur_draw_starts(const struct lur_shape *s, const struct lur_starts *from, int layer, size_t first, size_t n,
                     size_t n_seeds, const uint64_t *seed, double *x) {
  const size_t stride = (size_t)lur_shape_fan_in(s, layer) + 1, index = lur_shape_layer_start(s, layer) + first;
  const struct start weight =
      start_of(from->own ? LUR_INIT_ZEROS : from->init, lur_shape_fan_in(s, layer), s->width[layer + 1]);
  const struct start bias = start_of(s->bias && !from->own_biases ? from->bias_init : LUR_INIT_ZEROS, 1, 1);
  struct draws d;
  d.n = n * n_seeds;
  for (size_t i = 0; i < n; i++)
    for (size_t k = 0; k < n_seeds; k++) {
      d.seed[i * n_seeds + k] = seed[k];
      d.index[i * n_seeds + k] = index + i;
      x[i * n_seeds + k] = 0;
    }
  for (enum lur_init kind = LUR_INIT_NORMAL; kind <= LUR_INIT_UNIFORM; kind++) {
    if (weight.from != kind && bias.from != kind)
      continue;
    draw_all(&d, kind);
    for (size_t i = 0, place = first % stride; i < n; i++, place = place + 1 < stride ? place + 1 : 0) {
      const struct start own = place + 1 == stride ? bias : weight;
      for (size_t k = 0; k < n_seeds && own.from == kind; k++)
        x[i * n_seeds + k] = own.factor * d.x[i * n_seeds + k];
    }
  }
  if (from->own)
    draw_own(s, from, layer, first, n, n_seeds, seed, x);
}

void lur_draw_parameters(const struct lur_shape *s, const struct lur_starts *from, uint64_t seed,
                         const double *init_scale, double *parameters) {
  const lur_environment found = lur_environment_enter();
  for (int l = 0; l < s->n_layers; l++) {
    const size_t n = ((size_t)lur_shape_fan_in(s, l) + 1) * (size_t)s->width[l + 1];
    for (size_t first = 0; first < n; first += LUR_MOST_DRAWS) {
      const size_t count = n - first < LUR_MOST_DRAWS ? n - first : LUR_MOST_DRAWS;
      lur_draw_starts(s, from, l, first, count, 1, &seed, parameters);
      for (size_t i = 0; i < count; i++, parameters++)
        *parameters = lur_rounded(s->precision, lur_start_value(*parameters, init_scale[l]));
    }
  }
  lur_environment_leave(found);
}

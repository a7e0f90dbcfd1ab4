/* SPDX-License-Identifier: MIT
 * Draws during training (kernel/noise.h): dropout, and noise on inputs and weights. In blocks and tiles a list has an
 * element for each of a vec, and a row for each unit, input or parameter; by units it runs along them. */
#ifndef LUR_KERNEL_NOISE_INC_H
#define LUR_KERNEL_NOISE_INC_H

#include "engine/kernel/noise.h"
#include "engine/kernel/places.inc.h"

FUNCTION struct lur_drawing drawing_of(const struct lur_noise *n, enum lur_purpose purpose, uint64_t step) {
  return (struct lur_drawing){n->seed, n->index, n->epoch, step, purpose};
}

/* n draws in the kernel's precision. */
static const real *rounded_draws(const struct lur_noise *noise, size_t n) {
#if VEC_FLOAT
  real *to = noise->rounded;
  for (size_t i = 0; i < n; i++)
    to[i] = (real)noise->u[i];
  return to;
#else
  (void)n;
  return noise->u;
#endif
}

/* fma(sd, drawn, x), unless sd is 0: then all is as without noise, signs of zeros too. */
FUNCTION real one_noisy(real sd, real drawn, real x) {
#if VEC_FLOAT
  return sd != 0 ? fmaf(sd, drawn, x) : x;
#else
  return sd != 0 ? fma(sd, drawn, x) : x;
#endif
}
FUNCTION reg noisy(reg sd, reg drawn, reg x) {
  return reg_select(reg_eq(sd, reg_set(0)), x, reg_fma(sd, drawn, x));
}

/* Before an epoch. */
static void begin_noise(const struct lur_block *b) {
  for (size_t i = 0; i < (UNITS ? LUR_MOST_DRAWS : VEC_LANES); i++) {
    b->noise->seed[i] = b->seed[i % N_LANES];
    b->noise->epoch[i] = b->epoch[i % N_LANES];
    b->noise->index[i] = i;
  }
}

/* to = kept ? x kept : +0, of n vecs. */
static void drop(int n, const real *kept, const real *x, real *to) {
  for (size_t j = 0; j < (size_t)n; j++) {
    const vec k = get(kept, j);
    put(to, j, vec_select(vec_gt(k, vec_set(0)), vec_mul(get(x, j), k), vec_set(0)));
  }
}

#if !UNITS
enum { NOISE_ROWS = LUR_NOISE_ROOM / VEC_LANES };

/* Where patterns first, first + 1 ... of each lane's order stand in the training set; past the last it stands again. */
static void note_rows(const struct lur_noise *noise, const uint32_t *order, size_t n_all, size_t first, size_t n) {
  for (size_t r = 0; r < N_PATTERNS; r++) {
    const size_t at = first + (r < n ? r : n - 1);
    for (size_t k = 0; k < N_LANES; k++)
      noise->row[r * N_LANES + k] = order ? order[k * n_all + at] : at;
  }
}

/* Draws are for patterns, of which each has so many. */
static void index_by_rows(const struct lur_noise *noise, size_t each) {
  for (size_t i = 0; i < VEC_LANES; i++)
    noise->index[i] = noise->row[i] * each;
}

/* kept = u >= share ? scale : 0, of n patterns' or units' lanes. */
static void keep(size_t n, const double *u, const double *share, const real *scale, real *kept) {
  for (size_t i = 0; i < n; i++, u += N_LANES, kept += N_LANES)
    for (size_t k = 0; k < N_LANES; k++)
      kept[k] = u[k] >= share[k] ? scale[k] : 0;
}

/* What later layers read of hidden layer k. */
static void drop_outputs(const struct lur_noise *noise, const struct layer *l, int k) {
  const struct lur_drawing draws = drawing_of(noise, LUR_DRAW_DROPOUT, 1);
  const size_t n = (size_t)l->n_units, lanes = (size_t)k * N_LANES;
  index_by_rows(noise, noise->n_hidden);
  for (size_t j = 0; j < n; j += NOISE_ROWS) {
    const size_t rows = n - j < NOISE_ROWS ? n - j : NOISE_ROWS;
    noise->draws->uniform(&draws, VEC_LANES, rows, l->first_unit + j, noise->u);
    keep(rows * N_PATTERNS, noise->u, noise->share + lanes, (const real *)noise->scale + lanes,
         l->kept + j * VEC_LANES);
  }
  drop(l->n_units, l->kept, l->a, l->passed);
}

/* x = fma(sd, draw, x), unless sd is 0, of inputs that each lane has for itself. */
static void add_input_noise(const struct lur_noise *noise, size_t n_inputs, const struct patterns *p) {
  const struct lur_drawing draws = drawing_of(noise, LUR_DRAW_INPUT_NOISE, 1);
  index_by_rows(noise, n_inputs);
  for (size_t i = 0; i < n_inputs; i += NOISE_ROWS) {
    const size_t rows = n_inputs - i < NOISE_ROWS ? n_inputs - i : NOISE_ROWS;
    noise->draws->uniform(&draws, VEC_LANES, rows, i, noise->u);
    noise->draws->normal(rows * VEC_LANES, noise->u);
    const real *drawn = rounded_draws(noise, rows * VEC_LANES), *sd = noise->input_sd;
    for (size_t j = 0; j < rows; j++)
      for (size_t r = 0; r < (size_t)p->n * N_LANES; r += REG_LANES) {
        real *x = (real *)p->x[r / N_LANES] + (i + j) * N_LANES + r % N_LANES;
        reg_store(x, noisy(reg_load(sd + r % N_LANES), reg_load(drawn + j * VEC_LANES + r), reg_load(x)));
      }
  }
}

/* noise->parameters = fma(sd, draw, w) for weights, unless sd is 0, before the update-th update of an epoch. */
static void add_weight_noise(const struct lur_block *b, size_t update) {
  const struct lur_noise *noise = b->noise;
  const struct lur_drawing draws = drawing_of(noise, LUR_DRAW_WEIGHT_NOISE, N_PARAMETERS);
  const struct lur_shape *s = &b->structure->shape;
  const size_t n = b->n_parameters, most = NOISE_ROWS * N_PARAMETERS;
  const real *w = b->parameters, *sd = noise->weight_sd;
  real *to = noise->parameters;
  for (size_t i = 0; i < VEC_LANES; i++)
    noise->index[i] = i / N_LANES;
  for (size_t p = 0; p < n; p += most) {
    const size_t rows = n - p < most ? (n - p + N_PARAMETERS - 1) / N_PARAMETERS : NOISE_ROWS;
    noise->draws->uniform(&draws, VEC_LANES, rows, update * n + p, noise->u);
    noise->draws->normal(rows * VEC_LANES, noise->u);
    const real *drawn = rounded_draws(noise, rows * VEC_LANES);
    for (size_t i = 0, at = p * N_LANES; i < rows * VEC_LANES; i += REG_LANES, at += REG_LANES)
      reg_store(to + at, noisy(reg_load(sd + i % N_LANES), reg_load(drawn + i), reg_load(w + at)));
  }
  for (int l = 0; l < s->n_layers; l++)
    for (size_t j = 1, stride = (size_t)lur_shape_fan_in(s, l) + 1; j <= (size_t)s->width[l + 1]; j++) {
      const size_t bias = (lur_shape_layer_start(s, l) + j * stride - 1) * N_LANES;
      memcpy(to + bias, w + bias, N_LANES * sizeof(real));
    }
}
#endif

#endif

/* SPDX-License-Identifier: MIT
 * The memory of draws during training, and what lanes put into it. */
#include "engine/kernel/noise.h"

#include <stdlib.h>

#include "base/memory.h"

enum { SPARE = 128 }; /* as kernel.h's */

static void *numbers_room(const struct lur_noise *n, size_t size, bool *failed) {
  void *room = lur_alloc_aligned(size + SPARE, n->is_single ? sizeof(float) : sizeof(double));
  *failed = *failed || !room;
  return room;
}
static void *words_room(size_t size, bool *failed) {
  void *room = lur_alloc_aligned(size, sizeof(uint64_t));
  *failed = *failed || !room;
  return room;
}

bool lur_noise_init(struct lur_noise *n, const struct lur_structure *s, size_t n_lanes, size_t n_patterns,
                    bool by_units) {
  const size_t n_layers = (size_t)s->shape.n_layers;
  bool failed = false;
  n->draws = lur_draws_find(lur_isa_widest());
  n->n_lanes = n_lanes;
  n->is_single = s->shape.precision == LUR_SINGLE;
  for (size_t l = 1; l < n_layers; l++)
    n->n_hidden += (size_t)s->shape.width[l];
  n->share = words_room(n_layers * n_lanes, &failed);
  n->scale = numbers_room(n, n_layers * n_lanes, &failed);
  n->input_sd = numbers_room(n, n_lanes, &failed);
  n->weight_sd = numbers_room(n, n_lanes, &failed);
  n->seed = words_room(LUR_MOST_DRAWS, &failed);
  n->index = words_room(LUR_MOST_DRAWS, &failed);
  n->epoch = words_room(LUR_MOST_DRAWS, &failed);
  n->row = words_room(LUR_MOST_DRAWS, &failed);
  n->u = words_room(LUR_NOISE_ROOM, &failed);
  n->rounded = numbers_room(n, LUR_NOISE_ROOM, &failed);
  if (!by_units && s->noises & LUR_NOISE_WEIGHTS)
    n->parameters = numbers_room(n, lur_shape_n_parameters(&s->shape) * n_lanes, &failed);
  if (!by_units && s->noises & LUR_NOISE_DROPOUT) {
    n->kept = numbers_room(n, n->n_hidden * n_patterns * n_lanes, &failed);
    n->passed = numbers_room(n, n->n_hidden * n_patterns * n_lanes, &failed);
  }
  return !failed;
}

void lur_noise_free(struct lur_noise *n) {
  void *const rooms[] = {n->share, n->scale, n->input_sd, n->weight_sd,  n->seed, n->index, n->epoch,
                         n->row,   n->u,     n->rounded,  n->parameters, n->kept, n->passed};
  for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
    free(rooms[i]);
}

static void set(const struct lur_noise *n, void *array, size_t i, double x) {
  if (n->is_single)
    ((float *)array)[i] = (float)x;
  else
    ((double *)array)[i] = x;
}

void lur_noise_put(struct lur_noise *n, const struct lur_structure *s, size_t lane, const struct lur_numbers *numbers) {
  set(n, n->input_sd, lane, numbers->input_noise);
  set(n, n->weight_sd, lane, numbers->weight_noise);
  for (size_t l = 0; l + 1 < (size_t)s->shape.n_layers; l++) {
    const double share = s->noises & LUR_NOISE_DROPOUT ? numbers->dropout[l] : 0;
    n->share[l * n->n_lanes + lane] = share;
    set(n, n->scale, l * n->n_lanes + lane, 1 / (1 - share));
    n->drops[l] = n->drops[l] || share != 0;
  }
}

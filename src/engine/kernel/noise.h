/* SPDX-License-Identifier: MIT
 * What a block needs for draws during training: dropout, and noise on inputs and weights. Draws are made for all lanes
 * at once (kernel/draws.c), each by its run's seed and epoch, and are pure functions of pattern, unit, input or weight.
 * In blocks and tiles, a draw stands where the value stands that it is for. Thread rule: as the block. */
#ifndef LUR_KERNEL_NOISE_H
#define LUR_KERNEL_NOISE_H

#include "engine/draw.h"
#include "engine/engine.h"

enum { LUR_NOISE_ROOM = 1024 }; /* draws that are kept at once; at least the widest vec, and LUR_MOST_DRAWS */

struct lur_noise {
  const struct lur_draws *draws;
  size_t n_lanes, n_hidden; /* n_hidden: units of all hidden layers */
  bool is_single;
  bool drops[LUR_MAX_LAYERS]; /* some lane drops outputs of that layer */
  double *share;              /* [hidden layer][lane]: of dropout */
  void *scale;                /* the same: what kept outputs are multiplied with */
  void *input_sd, *weight_sd; /* [lane] */
  void *parameters;           /* [n_parameters] lanes: what the passes of an update see; NULL: those that it changes */
  void *kept, *passed;        /* [n_hidden] times n_patterns: 0 or the scale; and outputs as later layers read them */
  uint64_t *seed, *index, *epoch; /* lists of draws, LUR_MOST_DRAWS each */
  uint64_t *row;                  /* the same: places of patterns in the training set */
  double *u;                      /* [LUR_NOISE_ROOM] */
  void *rounded;                  /* the same in the kernel's precision */
};

/* What such draws need in a block of so many lanes; by_units: what stands in room of a run's own is left out. *n is
 * to be zeroed. False where there is no memory. */
bool lur_noise_init(struct lur_noise *n, const struct lur_structure *s, size_t n_lanes, size_t n_patterns,
                    bool by_units);
void lur_noise_free(struct lur_noise *n); /* safe on a zeroed struct */
/* A run begins in the lane. */
void lur_noise_put(struct lur_noise *n, const struct lur_structure *s, size_t lane, const struct lur_numbers *numbers);

#endif

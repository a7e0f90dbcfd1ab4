/* SPDX-License-Identifier: MIT
 * The memory of one block: its arrays of lanes in the kernel's precision, and how single lanes are put in and taken
 * out. A block belongs to one thread. */
#ifndef LUR_ENGINE_LANES_H
#define LUR_ENGINE_LANES_H

#include <math.h>

#include "engine/kernel/kernel.h"
#include "engine/monitor.h"

/* What a lane's start values are made of. */
struct lur_begun {
  int lane, seed;      /* seed: its place in lur_lanes.seeds */
  const double *start; /* those that are given; or NULL */
};

struct lur_lanes {
  const struct lur_kernel *kernel;
  size_t n_lanes; /* the kernel's */
  bool is_single; /* the precision of the arrays */
  struct lur_block block;
  unsigned char *frozen;  /* block.frozen */
  struct lur_codes codes; /* block.codes, where the structure has functions of the script's own */
  struct lur_told told;   /* where a rule or a schedule is the script's own */
  struct lur_noise noise; /* block.noise, where training has some */
  void *ended;            /* [n_parameters]: those of lanes whose run ended, kept until they are evaluated */
  void *best;             /* [n_parameters]: those of each lane's best epoch; NULL: they are not kept */
  struct lur_block_patterns test, validation; /* n is 0 where there is none */
  void *validated;                            /* [LUR_N_SEEN]: what the last pass over the validation set saw */
  bool has_data, has_numbers;                 /* the shared patterns are in place; some lane's own numbers are */
  struct lur_right_rule shared_right, *right; /* [lane] */
  struct lur_begun *begun; /* [n_lanes]: lanes whose runs begin and have no start values yet, n_begun of them */
  int n_begun, n_seeds;
  uint64_t *seeds;       /* [n_lanes]: those of the begun, n_seeds of them */
  double *init_scale;    /* [n_lanes][n_layers]: of the begun */
  double *start_numbers; /* [n_lanes][own.init->n_numbers]: of the begun's seeds */
  struct lur_lanes *few; /* what lur_lanes_see passes a few lanes through; NULL: all lanes pass together */
};

/* observed: with room for records. */
int lur_lanes_init(struct lur_lanes *m, const struct lur_kernel *kernel, const struct lur_structure *s, bool observed,
                   struct lur_error *e);
void lur_lanes_free(struct lur_lanes *m); /* safe on a zeroed struct */

/* Puts a run's start into a lane: optimizer state, numbers and, where it has its own, patterns; */
void lur_lanes_begin(struct lur_lanes *m, int lane, const struct lur_numbers *numbers);
/* and then the parameters of all lanes that begin, which are drawn together. */
void lur_lanes_start(struct lur_lanes *m);
/* Makes a lane idle: zeros, that stay finite. */
void lur_lanes_idle(struct lur_lanes *m, int lane);
/* Fills block.seen of n lanes from a forward pass of their parameters over the training patterns;
 * other lanes' is spoilt. False where it was cancelled. */
bool lur_lanes_see(struct lur_lanes *m, const int *lanes, int n);
/* Fills `validated` with what `watch` (1 << enum lur_seen) says from a forward pass of all lanes' parameters over the
 * validation set. False where it was cancelled. */
bool lur_lanes_validate(struct lur_lanes *m, unsigned watch);
/* Copies the parameters of n lanes to `best`. */
void lur_lanes_keep_best(struct lur_lanes *m, const int *lanes, int n);
/* Copies a lane's parameters, or those of its best epoch, to `ended`. */
void lur_lanes_end(struct lur_lanes *m, int lane, bool best);
/* One lane of element i of an array. Every NaN comes out as the canonical one. */
static inline double lur_lanes_get(const struct lur_lanes *m, const void *array, size_t i, int lane) {
  const size_t at = i * m->n_lanes + (size_t)lane;
  const double x = m->is_single ? (double)((const float *)array)[at] : ((const double *)array)[at];
  return x != x ? (double)NAN : x;
}

#endif

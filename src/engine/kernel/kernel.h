/* SPDX-License-Identifier: MIT
 * What a lane kernel promises. One kernel is train.inc.h compiled for one instruction set, precision
 * and form (build.c).
 *
 * A block trains n_lanes runs of one structure side by side, one a lane. Everything that belongs to a run is an array
 * of lanes: element i of lane k is at [i * n_lanes + k], in the kernel's own precision. Nothing is ever summed across
 * lanes, and each lane's operations and their order are those of the reference kernel, so that a run's bits do not
 * depend on its lane, on its neighbours or on the instruction set.
 *
 * All memory is the caller's (lanes.c), on 64-byte lines, each array with room for LUR_SPARE numbers more; no two
 * arrays overlap. A kernel allocates nothing. */
#ifndef LUR_ENGINE_KERNEL_H
#define LUR_ENGINE_KERNEL_H

#include "engine/crew.h"
#include "engine/isa.h"
#include "engine/kernel/codes.h"
#include "engine/kernel/noise.h"
#include "engine/kernel/told.h"
#include "engine/rules.h"

enum { LUR_SPARE = 128 }; /* the widest vec: 8 registers of 16 floats */

/* Rows of lur_block.numbers: what may differ from lane to lane. Layer l's rate is at LUR_ROW_RATE + l. */
enum lur_row {
  LUR_ROW_MOMENTUM,
  LUR_ROW_BETA1,
  LUR_ROW_BETA2,
  LUR_ROW_RHO,
  LUR_ROW_EPSILON,
  LUR_ROW_DECAY,
  LUR_ROW_RPROP_GROW,
  LUR_ROW_RPROP_SHRINK,
  LUR_ROW_RPROP_LEAST,
  LUR_ROW_RPROP_MOST,
  LUR_ROW_CLIP,
  LUR_ROW_RATE,
  LUR_N_ROWS = LUR_ROW_RATE + LUR_MAX_LAYERS
};

/* The patterns of a block: targets are lur_target_width numbers each. Shared: numbers as they are, [pattern][input],
 * read one by one or from anywhere, and not beyond their end, so that doubles may be the caller's. Else arrays of
 * lanes. */
struct lur_block_patterns {
  size_t n;
  bool shared;
  const void *inputs, *targets, *weights;       /* weights: one a pattern; NULL: patterns have none */
  void *own_inputs, *own_targets, *own_weights; /* the same, to be filled and freed; NULL: they are the caller's */
};

/* What a fused loop does with all lanes: n_epochs over the patterns first ... first + count - 1 as they stand, one an
 * update. keep: the output's z and a of the last pattern, before its update, are left in the block's. */
struct lur_span {
  uint64_t n_epochs;
  size_t first, count;
  bool keep;
};
struct lur_block;
typedef void lur_fused(struct lur_block *b, size_t n_lanes, const struct lur_span *span);

struct lur_block {
  const struct lur_structure *structure;
  const struct lur_codes *codes; /* of functions of the script's own; NULL: there are none */
  struct lur_told *told;         /* what a rule or a schedule of the script's own reads; NULL: there is neither */
  struct lur_noise *noise;       /* of training; NULL: there is none */
  lur_fused *fused; /* the loop of structures so small that they have one of their own, else NULL; blocks only */
  size_t n_parameters;
  const unsigned char *frozen; /* [n_parameters]: 1 where the parameter stays as it is; NULL: none does */
  struct lur_block_patterns train;
  void *parameters, *gradient, *state[LUR_MAX_STATES]; /* [n_parameters]; state: lur_n_states */
  void *z, *a, *delta;                                 /* [units of all layers (and 2)], times n_patterns */
  void *pattern;               /* [inputs, targets and a weight], times n_patterns: gathered patterns */
  void *room;                  /* what a kernel of one lane needs, instead of gradient ... pattern */
  void *numbers;               /* [LUR_N_ROWS] */
  void *seen;                  /* [LUR_N_SEEN]: what the passes of an epoch, or an evaluation, saw */
  void *last_output;           /* [outputs]: of the watched epoch's last pattern */
  void *last_parameters;       /* [n_parameters]: those that it was seen with */
  void *scale, *shift;         /* [outputs]: what makes an output one in the targets' own units; NULL: it is that */
  void *middle;                /* [1]: between the two target values, where outputs are on sides of it */
  void *one_hot;               /* [1]: 1 where the largest output decides, else 0 */
  void *correction;            /* [2]: adam's 1 - beta1^t and sqrt(1 - beta2^t) of this update */
  void *penalty;               /* [1]: the sum of a penalty over all weights */
  double *beta[2], *power[2];  /* [1] lanes: adam's beta1, beta2 and their running powers, in double */
  size_t batch;                /* patterns of a full update */
  bool sums;                   /* gradients are sums over a batch, and not products */
  uint32_t *order;             /* [lane][pattern]: this epoch's order; NULL where nothing is shuffled */
  uint64_t *seed, *epoch;      /* [lane]: what the order is drawn from; epoch is counted on by train */
  bool any_decay;              /* some lane's weight decay is not 0 */
  unsigned watch;              /* 1 << enum lur_seen of what the last epoch of a call shall see */
  const atomic_int *cancel[2]; /* either may be NULL; polled for each vec of patterns */
  struct lur_crew *crew;       /* whoever helps; NULL: nobody does */
};

struct lur_kernel {
  const char *isa;
  int n_lanes, n_patterns; /* lanes of a block; patterns that go through the network at once */
  int width;               /* numbers of a vec */
  /* Runs n epochs, the last of them watched, and ends before n where, after an epoch with (epoch + 1) mod 16 = 0, some
   * lane has a parameter that is not finite. Returns the epochs that ran; 0 where it was cancelled. All lanes have the
   * same epoch mod 16. */
  uint64_t (*train)(struct lur_block *b, uint64_t n);
  /* Fills b->seen from a forward pass of `parameters` over p. False where it was cancelled. */
  bool (*evaluate)(struct lur_block *b, const void *parameters, const struct lur_block_patterns *p);
  /* Sets finite[lane] for each lane: 1 where all parameters are finite, else 0. True where all lanes' are. */
  bool (*finite)(const struct lur_block *b, unsigned char *finite);
  /* Fills b->penalty from `parameters`, where there is a penalty. */
  void (*penalty)(struct lur_block *b, const void *parameters);
  lur_own_run *own;                                   /* runs codes in double, on rows of lanes */
  size_t (*room)(const struct lur_structure *s);      /* numbers of lur_block.room; 0: it is not used */
  int (*largest_crew)(const struct lur_structure *s); /* members that are of use; 1: nobody can help */
};

/* The kernels of this build, NULL where it or this machine has not the instruction set. isa: as lur_isa_name. */
const struct lur_kernel *lur_kernel_find(const char *isa, enum lur_precision precision, enum lur_kernel_form form);

#endif

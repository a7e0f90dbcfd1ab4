/* SPDX-License-Identifier: MIT
 * A block from inside: block.c decides what becomes of its runs, block_metrics.c takes what they are measured by. */
#ifndef LUR_ENGINE_BLOCK_PARTS_H
#define LUR_ENGINE_BLOCK_PARTS_H

#include "engine/lanes.h"
#include "engine/monitor.h"
#include "engine/queue.h"

enum lane_state { IDLE, LIVE, ENDED };

/* When a run is solved, its bounds in its own precision. */
struct stops {
  double error, loss, accuracy;
};

/* What is asked of many runs together comes first, in one line of the cache. */
struct run {
  enum lane_state state;
  enum lur_status status; /* LUR_N_STATUSES while it goes on */
  unsigned held;          /* LUR_STOP_* that its last epoch satisfied: one more pass must satisfy one of them too */
  bool evaluated;         /* that pass has given the metrics, too */
  bool restored;          /* it ended with its best epoch's parameters */
  int n_curve;
  uint64_t k;      /* its number in the job */
  uint64_t epochs; /* as asked for */
  uint64_t ran;    /* at its end */
  struct stops stop;
  struct lur_endings endings;
  struct lur_monitored monitored;
  double loss_min, loss_sum;
  double metric[LUR_N_METRICS];
  double *curve, *validation_curve; /* structure->n_curve losses */
  struct lur_patterns train;        /* where the metric cross_entropy is asked for */
};

struct block {
  const struct lur_structure *s;
  struct lur_queue *queue;
  struct lur_lanes lanes;
  int n_lanes, n_live, n_ended, n_held;
  int *held;                             /* [n_lanes]: lanes that may be solved, n_held of them */
  int *better, n_better;                 /* [n_lanes]: lanes whose last epoch is their best */
  struct run *runs;                      /* [n_lanes] */
  struct lur_trainability *trainability; /* [n_lanes] where some metric reads each loss; else NULL */
  struct lur_numbers *measured;          /* [n_lanes] where networks are measured at their end; else NULL */
  struct lur_numbers numbers;            /* of the run that begins; what the job's runs have in common stays */
  bool any_empty;                        /* some run that begins has no epoch */
  unsigned char *is_finite;              /* [n_lanes] */
  double *curves;                        /* [n_lanes][2][n_curve]: of the training and the validation set */
  double *parameters;                    /* of one outcome */
  uint64_t next, end;                    /* claimed and not begun */
  uint64_t clock;                        /* epochs since all lanes were idle */
  uint64_t next_record;                  /* epoch of the observed run, in lane 0 */
  uint64_t metrics;                      /* 1 << enum lur_metric of those that are computed */
  double *record;                        /* its outputs and parameters */
  bool no_more;
};

/* What the last pass saw of a lane. */
static inline double seen(const struct block *b, enum lur_seen row, int lane) {
  return lur_lanes_get(&b->lanes, b->lanes.block.seen, row, lane);
}
/* What the last pass over the validation set saw of it. */
static inline double validated(const struct block *b, enum lur_seen row, int lane) {
  return lur_lanes_get(&b->lanes, b->lanes.validated, row, lane);
}

/* Whether this epoch is the next point of the run's curve. */
static inline bool curve_due(const struct block *b, const struct run *r, uint64_t epoch) {
  return r->n_curve < b->s->n_curve && lur_curve_epoch(r->n_curve, b->s->n_curve, r->epochs) == epoch;
}

/* Looks at the validation set where some live lane's last epoch asks for it; false where it was cancelled. */
bool lur_block_validate(struct block *b);
/* Shows the lane's monitor the lane's last epoch; true where the run has stalled. Lanes whose best epoch it is are kept
 * by lur_block_keep_best. */
bool lur_block_look(struct block *b, int lane, uint64_t epoch);
void lur_block_keep_best(struct block *b);

/* Whether all of the lane's parameters in this array are finite. */
bool lur_block_finite(const struct block *b, const void *parameters, int lane);
/* What a pass over the training patterns gives a lane that ended, unless an earlier one has; and one over the test, or
 * the validation, patterns. */
void lur_block_take_training(struct block *b, int lane);
void lur_block_take_test(struct block *b, int lane);
void lur_block_take_validation(struct block *b, int lane);

#endif

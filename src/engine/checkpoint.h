/* SPDX-License-Identifier: MIT
 * A checkpoint: all that a run needs to go on as if it had not ended, so that its bits are those of one run.
 * Patterns are visited in an order drawn from (seed, epoch), and noises are drawn likewise: they need no state. A run
 * that begins from a checkpoint, or is to leave one, is trained by the reference kernel, because all kernels give the
 * same bits. Numbers of single precision stand as the doubles that they are. Thread rule: one belongs to its owner. */
#ifndef LUR_ENGINE_CHECKPOINT_H
#define LUR_ENGINE_CHECKPOINT_H

#include "engine/monitor.h"

struct lur_checkpoint {
  size_t n_parameters;
  int n_states, n_curve;  /* arrays of the optimizer; points filled of the curves */
  bool has_best;          /* best is kept: structure.restore */
  enum lur_status status; /* finished where more epochs may follow; else what ended it */
  uint64_t epoch, epochs; /* epochs whose updates ran; those that the whole run was to have */
  double updates;
  double power1, power2; /* adam's running powers */
  struct lur_monitored monitored;
  double loss_least, loss_sum;
  struct lur_trainability trainability;
  double *parameters, *best;        /* [n_parameters] */
  double *state[LUR_MAX_STATES];    /* [n_parameters] each */
  double *curve, *validation_curve; /* room for structure.n_curve points; NaN where a point was not kept */
};

/* An empty one with room for such runs; NULL: no memory. */
struct lur_checkpoint *lur_checkpoint_new(const struct lur_structure *s, struct lur_error *e);
void lur_checkpoint_free(struct lur_checkpoint *c); /* accepts NULL */
/* Whether c has the arrays that runs of this structure keep. */
bool lur_checkpoint_fits(const struct lur_checkpoint *c, const struct lur_structure *s);
/* The first of the structure's functions and metrics that depends on how many epochs a run has, as its field is called;
 * NULL: none does. */
const char *lur_reads_epochs(const struct lur_structure *s);

/* A part of a run: from where, and up to which epoch. */
struct lur_passage {
  const struct lur_checkpoint *from; /* NULL: the beginning */
  bool as_ended;                     /* what ended the run in `from` ends it still: no epoch follows */
  uint64_t until;                    /* epochs of the whole run after which the part ends, if numbers.epochs is more */
  struct lur_checkpoint *to;         /* filled at the end, of lur_checkpoint_new; or NULL */
};
/* As lur_train. The outcome's epochs are the whole run's so far. */
int lur_train_passage(const struct lur_structure *s, const struct lur_numbers *numbers, const struct lur_passage *p,
                      const struct lur_observer *observer, const atomic_int *cancel, struct lur_outcome *outcome,
                      struct lur_error *e);

#endif

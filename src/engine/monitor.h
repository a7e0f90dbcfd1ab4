/* SPDX-License-Identifier: MIT
 * The monitor: the loss or accuracy that patience, Prechelt's criteria and `restore` look at, after every stop_every
 * epochs. Every kernel tells it what an epoch showed and asks whether the run has stalled and whether this epoch's
 * parameters are the best so far. docs/numerics.md, "Validation", is the text of it.
 *
 * Prechelt, "Early stopping - but when?", 1998: GL is by how many per cent the value is above the least so far; P, the
 * progress, by how many per mille the mean training loss of a strip of epochs is above the least in it; PQ = GL / P.
 *
 * Numbers are in the run's precision: an operation of doubles that are floats, rounded to float, is that of floats.
 * Thread rule: everything belongs to a run. */
#ifndef LUR_ENGINE_MONITOR_H
#define LUR_ENGINE_MONITOR_H

#include "engine/rules.h"

/* Whether some epoch's value is compared with the best so far, and whether that is one of the validation set. */
bool lur_monitors(const struct lur_structure *s);
bool lur_monitors_validation(const struct lur_structure *s);
/* Bits 1 << enum lur_seen that the monitor needs of an epoch's own passes; of a pass over the validation set. */
unsigned lur_seen_by_monitor(const struct lur_structure *s);
unsigned lur_validated_by_monitor(const struct lur_structure *s);
/* Whether the loss of every epoch is asked for: by a metric, or for strips. */
bool lur_every_loss(const struct lur_structure *s);

/* Whether stops and the monitor look at this epoch. looks: lur_looks. */
static inline bool lur_looks(const struct lur_structure *s) {
  return s->stops || lur_monitors(s);
}
static inline bool lur_look_due(const struct lur_structure *s, uint64_t stop_every, uint64_t epoch) {
  return lur_looks(s) && (stop_every <= 1 || (epoch + 1) % stop_every == 0);
}

/* What a run is compared with. */
struct lur_endings {
  enum lur_precision precision;
  enum lur_monitor monitor;
  unsigned stops; /* LUR_STOP_* */
  uint64_t patience, every;
  double min_delta, gl, pq, progress;
};
struct lur_endings lur_endings_of(const struct lur_structure *s, const struct lur_numbers *n);

/* All that the monitor keeps of a run's epochs, but for the parameters of the best, which are the kernel's (an array of
 * its own where structure.restore is set). A run that is to go on from here needs these numbers and no others.
 * Begins by lur_monitor_begin. */
struct lur_monitored {
  double best;         /* the best value, by min_delta; infinite where there is none yet */
  uint64_t best_epoch; /* its epoch from 0; 0 where there is none */
  double least;        /* the least value at epochs looked at, for GL; INFINITY where there is none */
  double strip_sum;    /* of the training losses since the last epoch looked at, in order from +0 */
  double strip_least;  /* the least of them */
  uint64_t strip_n;
};
void lur_monitor_begin(struct lur_monitored *m, const struct lur_endings *with);
/* A training loss for the strip; asked for where the structure's stops have LUR_STOP_PQ or LUR_STOP_PROGRESS. */
void lur_monitor_add(struct lur_monitored *m, const struct lur_endings *with, double loss);
/* An epoch that is looked at. *better: its value is the best so far. True where the run has stalled. */
bool lur_monitor_look(struct lur_monitored *m, const struct lur_endings *with, double value, uint64_t epoch,
                      bool *better);
/* Whether there is a best epoch. */
static inline bool lur_monitor_has_best(const struct lur_monitored *m) {
  return isfinite(m->best);
}
static inline double lur_monitor_best_epoch(const struct lur_monitored *m) {
  return lur_monitor_has_best(m) ? (double)m->best_epoch : (double)NAN;
}

#endif

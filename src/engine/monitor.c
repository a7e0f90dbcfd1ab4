/* SPDX-License-Identifier: MIT
 * The monitor's rules. Every comparison is false where one side is NaN: such a value is never better and ends no run.
 */
#include "engine/monitor.h"
#include "engine/rounded.h"

static const unsigned MONITORING = LUR_STOP_PATIENCE | LUR_STOP_GL | LUR_STOP_PQ;
static const unsigned STRIPS = LUR_STOP_PQ | LUR_STOP_PROGRESS;

bool lur_monitors(const struct lur_structure *s) {
  return s->stops & MONITORING || s->restore || s->metrics & LUR_BIT(LUR_M_BEST_EPOCH);
}

static bool is_of_validation(enum lur_monitor m) {
  return m == LUR_MONITOR_VALIDATION_LOSS || m == LUR_MONITOR_VALIDATION_ACCURACY;
}

static bool is_accuracy(enum lur_monitor m) {
  return m == LUR_MONITOR_ACCURACY || m == LUR_MONITOR_VALIDATION_ACCURACY;
}

bool lur_monitors_validation(const struct lur_structure *s) {
  return lur_monitors(s) && is_of_validation(s->monitor);
}

static unsigned seen_of(enum lur_monitor m) {
  return is_accuracy(m) ? 1u << LUR_SEEN_RIGHT : 1u << LUR_SEEN_LOSS;
}

unsigned lur_seen_by_monitor(const struct lur_structure *s) {
  return lur_monitors(s) && !is_of_validation(s->monitor) ? seen_of(s->monitor) : 0;
}

unsigned lur_validated_by_monitor(const struct lur_structure *s) {
  return lur_monitors_validation(s) ? seen_of(s->monitor) : 0;
}

bool lur_every_loss(const struct lur_structure *s) {
  return s->metrics & lur_metrics_of(LUR_FROM_EPOCHS) || s->stops & STRIPS;
}

/* x in the run's precision. */
static double rounded(const struct lur_endings *with, double x) {
  return lur_rounded(with->precision, x);
}

struct lur_endings lur_endings_of(const struct lur_structure *s, const struct lur_numbers *n) {
  struct lur_endings with = {.precision = s->shape.precision,
                             .monitor = s->monitor,
                             .stops = s->stops,
                             .patience = n->stop_patience,
                             .every = n->stop_every};
  with.min_delta = rounded(&with, n->stop_min_delta);
  with.gl = rounded(&with, n->stop_gl);
  with.pq = rounded(&with, n->stop_pq);
  with.progress = rounded(&with, n->stop_progress);
  return with;
}

static void begin_strip(struct lur_monitored *m) {
  m->strip_sum = 0;
  m->strip_least = INFINITY;
  m->strip_n = 0;
}

void lur_monitor_begin(struct lur_monitored *m, const struct lur_endings *with) {
  *m = (struct lur_monitored){.best = is_accuracy(with->monitor) ? -INFINITY : INFINITY, .least = INFINITY};
  begin_strip(m);
}

void lur_monitor_add(struct lur_monitored *m, const struct lur_endings *with, double loss) {
  m->strip_sum = rounded(with, m->strip_sum + loss);
  m->strip_least = loss < m->strip_least ? loss : m->strip_least;
  m->strip_n++;
}

/* 1000 (sum / (n least) - 1) */
static double progress(const struct lur_monitored *m, const struct lur_endings *with) {
  const double least = rounded(with, rounded(with, (double)m->strip_n) * m->strip_least);
  return rounded(with, 1000 * rounded(with, rounded(with, m->strip_sum / least) - 1));
}

/* 100 (value / least - 1) */
static double generalization_loss(const struct lur_monitored *m, const struct lur_endings *with, double value) {
  return rounded(with, 100 * rounded(with, rounded(with, value / m->least) - 1));
}

static bool is_better(const struct lur_monitored *m, const struct lur_endings *with, double value) {
  return is_accuracy(with->monitor) ? value > rounded(with, m->best + with->min_delta)
                                    : value < rounded(with, m->best - with->min_delta);
}

bool lur_monitor_look(struct lur_monitored *m, const struct lur_endings *with, double value, uint64_t epoch,
                      bool *better) {
  bool stalled = false;
  *better = is_better(m, with, value);
  m->best = *better ? value : m->best;
  m->best_epoch = *better ? epoch : m->best_epoch;
  m->least = value < m->least ? value : m->least;
  if (with->stops & LUR_STOP_PATIENCE)
    stalled = epoch - m->best_epoch >= with->patience;
  if (with->stops & LUR_STOP_GL)
    stalled = stalled || generalization_loss(m, with, value) > with->gl;
  if (with->stops & LUR_STOP_PQ)
    stalled = stalled || rounded(with, generalization_loss(m, with, value) / progress(m, with)) > with->pq;
  if (with->stops & LUR_STOP_PROGRESS)
    stalled = stalled || progress(m, with) < with->progress;
  if (with->stops & STRIPS)
    begin_strip(m);
  return stalled;
}

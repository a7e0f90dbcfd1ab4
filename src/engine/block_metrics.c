/* SPDX-License-Identifier: MIT
 * What a run that ended is measured by: its metrics, from passes, from its epochs and from its parameters, and whether
 * all of that is finite. Thread rule: as block.c. */
#include <math.h>

#include "engine/block_parts.h"

/* Without biases, in the run's precision: products and sums of floats are exact or rounded once in double. */
static double parameters_weight_norm(const struct block *b, int lane) {
  const struct lur_shape *s = &b->s->shape;
  const bool single = s->precision == LUR_SINGLE;
  double sum = 0;
  for (int l = 0; l < s->n_layers; l++) {
    size_t p = lur_shape_layer_start(s, l);
    for (int j = 0, n_inputs = lur_shape_fan_in(s, l); j < s->width[l + 1]; j++, p++)
      for (int i = 0; i < n_inputs; i++, p++) {
        const double w = lur_lanes_get(&b->lanes, b->lanes.ended, p, lane);
        sum = single ? (double)fmaf((float)w, (float)w, (float)sum) : fma(w, w, sum);
      }
  }
  return single ? (double)sqrtf((float)sum) : sqrt(sum);
}

static double parameters_penalty_sum(const struct block *b, int lane) {
  return b->s->own.penalty ? lur_lanes_get(&b->lanes, b->lanes.block.penalty, 0, lane) : (double)NAN;
}

bool lur_block_finite(const struct block *b, const void *parameters, int lane) {
  for (size_t p = 0; p < b->lanes.block.n_parameters; p++)
    if (!isfinite(lur_lanes_get(&b->lanes, parameters, p, lane)))
      return false;
  return true;
}

/* What the pass saw of the lane, where that is a number. */
static double sight(const struct block *b, enum lur_seen row, int lane) {
  const bool none =
      (row == LUR_SEEN_RIGHT && b->lanes.right[lane].kind == LUR_RIGHT_NEVER) ||
      (row == LUR_SEEN_CROSS_ENTROPY && !lur_cross_entropy_fits(b->s->shape.output, &b->runs[lane].train));
  return none ? (double)NAN : seen(b, row, lane);
}

static double epochs_loss_min(const struct block *b, int lane) {
  return b->runs[lane].loss_min;
}
static double epochs_loss_sum(const struct block *b, int lane) {
  return b->runs[lane].ran > 0 ? b->runs[lane].loss_sum : (double)NAN;
}
static double epochs_trainability(const struct block *b, int lane) {
  return lur_trainability_end(&b->trainability[lane], b->runs[lane].epochs);
}

static double monitor_best_epoch(const struct block *b, int lane) {
  return lur_monitor_best_epoch(&b->runs[lane].monitored);
}

static double metric_of(struct block *b, int lane, enum lur_metric m) {
#define VALUE_PASS(name, what) sight(b, LUR_SEEN_##what, lane)
#define VALUE_TEST(name, what) sight(b, LUR_SEEN_##what, lane)
#define VALUE_VALIDATION(name, what) sight(b, LUR_SEEN_##what, lane)
#define VALUE_MONITOR(name, what) monitor_##name(b, lane)
#define VALUE_EPOCHS(name, what) epochs_##name(b, lane)
#define VALUE_PARAMETERS(name, what) parameters_##name(b, lane)
#define VALUE_END(name, what) (double)NAN /* measure.c has them */
#define VALUE_TEST_END VALUE_END
#define VALUE_VALIDATION_END VALUE_END
#define CASE(ID, name, from, what, ...)                                                                                \
  case LUR_M_##ID: return VALUE_##from(name, what);
  switch (m) {
    LUR_METRICS(CASE)
  case LUR_N_METRICS: break;
  }
#undef CASE
  return NAN;
}

/* The lane's metrics that are made of that. */
static void take(struct block *b, int lane, enum lur_metric_source from) {
  for (uint64_t left = b->metrics & lur_metrics_of(from); left; left &= left - 1) {
    const enum lur_metric m = (enum lur_metric)__builtin_ctzll(left);
    b->runs[lane].metric[m] = lur_metric_value(metric_of(b, lane, m));
  }
}

void lur_block_take_training(struct block *b, int lane) {
  struct run *r = &b->runs[lane];
  if (r->evaluated)
    return;
  r->evaluated = true;
  for (int m = 0; m < LUR_N_METRICS; m++)
    r->metric[m] = (double)NAN;
  take(b, lane, LUR_FROM_PASS);
  take(b, lane, LUR_FROM_EPOCHS);
  take(b, lane, LUR_FROM_PARAMETERS);
  take(b, lane, LUR_FROM_MONITOR);
  if (r->status != LUR_FAILED && !(isfinite(seen(b, LUR_SEEN_LOSS, lane)) && lur_block_finite(b, b->lanes.ended, lane)))
    r->status = LUR_DIVERGED;
}

void lur_block_take_test(struct block *b, int lane) {
  take(b, lane, LUR_FROM_TEST);
}

void lur_block_take_validation(struct block *b, int lane) {
  take(b, lane, LUR_FROM_VALIDATION);
}

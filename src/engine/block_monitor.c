/* SPDX-License-Identifier: MIT
 * What a block's runs are watched by: the pass over the validation set, each run's monitor, and the parameters of its
 * best epoch. Thread rule: as block.c. */
#include "engine/block_parts.h"

/* What the run's last epoch asks of the validation set, as bits 1 << enum lur_seen. */
static unsigned asked(const struct block *b, const struct run *r, uint64_t epoch) {
  unsigned want = 0;
  if (epoch == b->next_record)
    want |= 1u << LUR_SEEN_LOSS | 1u << LUR_SEEN_RIGHT;
  if (curve_due(b, r, epoch))
    want |= 1u << LUR_SEEN_LOSS;
  return lur_look_due(b->s, r->endings.every, epoch) ? want | lur_validated_by_monitor(b->s) : want;
}

bool lur_block_validate(struct block *b) {
  unsigned watch = 0;
  for (int lane = 0; lane < b->n_lanes && b->s->n_validation > 0; lane++)
    if (b->runs[lane].state == LIVE)
      watch |= asked(b, &b->runs[lane], b->lanes.block.epoch[lane] - 1);
  return watch == 0 || lur_lanes_validate(&b->lanes, watch);
}

/* An accuracy has no value where no answer can be right. */
static double accuracy(const struct block *b, int lane, double share) {
  return b->lanes.right[lane].kind == LUR_RIGHT_NEVER ? (double)NAN : share;
}

static double monitored(const struct block *b, int lane) {
  switch (b->s->monitor) {
  case LUR_MONITOR_LOSS: return seen(b, LUR_SEEN_LOSS, lane);
  case LUR_MONITOR_ACCURACY: return accuracy(b, lane, seen(b, LUR_SEEN_RIGHT, lane));
  case LUR_MONITOR_VALIDATION_LOSS: return validated(b, LUR_SEEN_LOSS, lane);
  case LUR_MONITOR_VALIDATION_ACCURACY: return accuracy(b, lane, validated(b, LUR_SEEN_RIGHT, lane));
  case LUR_N_MONITORS: break;
  }
  return NAN;
}

bool lur_block_look(struct block *b, int lane, uint64_t epoch) {
  struct run *r = &b->runs[lane];
  bool better;
  if (!lur_monitors(b->s) && !(b->s->stops & LUR_STOP_PROGRESS))
    return false;
  const bool stalled = lur_monitor_look(&r->monitored, &r->endings, monitored(b, lane), epoch, &better);
  if (better && b->lanes.best)
    b->better[b->n_better++] = lane;
  return stalled;
}

void lur_block_keep_best(struct block *b) {
  if (b->n_better > 0)
    lur_lanes_keep_best(&b->lanes, b->better, b->n_better);
}

/* SPDX-License-Identifier: MIT
 * A block's life: idle lanes take runs from the queue; all lanes run together up to the next epoch at which some lane
 * has something due (a stop to look at, a point of its curve, its last epoch); a lane whose run ended is kept aside
 * and goes on idly, until the block's clock is at a multiple of 16 epochs or no lane is alive; then all that ended are
 * evaluated in one pass, handed on, and their lanes refilled.
 *
 * Invariant: live lanes started at multiples of 16 of the block's clock, so that the look for divergence, which is
 * due after every 16 epochs of each run, is due for all at once.
 * Thread rule: one block a worker; only the queue is shared. */
#include "engine/block.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "engine/block_parts.h"
#include "engine/measure.h"
#include "engine/rounded.h"

/* x in the runs' precision. */
static double rounded(const struct block *b, double x) {
  return lur_rounded(b->s->shape.precision, x);
}

/* ---- Beginning ---- */
static bool next_run(struct block *b, uint64_t *k) {
  if (b->no_more)
    return false;
  if (b->next == b->end && !lur_queue_claim(b->queue, &b->next, &b->end)) {
    b->no_more = true;
    return false;
  }
  *k = b->next++;
  return true;
}

/* A run that is not solved ends with the parameters of its best epoch, where those are kept, and diverged if its last
 * were not finite. */
static void end_run(struct block *b, int lane) {
  struct run *r = &b->runs[lane];
  r->state = ENDED;
  r->ran = b->lanes.block.epoch[lane];
  r->restored = b->lanes.best && r->status != LUR_SOLVED && lur_monitor_has_best(&r->monitored);
  if (r->restored && r->status != LUR_FAILED && !lur_block_finite(b, b->lanes.block.parameters, lane))
    r->status = LUR_DIVERGED;
  lur_lanes_end(&b->lanes, lane, r->restored);
  b->n_live--;
  b->n_ended++;
}

static void begin_stops(const struct block *b, struct run *r) {
  const struct lur_numbers *n = &b->numbers;
  r->endings = lur_endings_of(b->s, n);
  lur_monitor_begin(&r->monitored, &r->endings);
  r->stop = (struct stops){
      .error = rounded(b, n->stop_error), .loss = rounded(b, n->stop_loss), .accuracy = rounded(b, n->stop_accuracy)};
}

static void begin_run(struct block *b, int lane, uint64_t k) {
  struct run *r = &b->runs[lane];
  struct lur_numbers *n = &b->numbers;
  r->state = LIVE;
  r->status = LUR_N_STATUSES;
  r->evaluated = false;
  r->k = k;
  r->n_curve = 0;
  b->queue->job->numbers(b->queue->job->context, k, n);
  r->epochs = n->epochs;
  b->any_empty = b->any_empty || n->epochs == 0;
  if (lur_looks(b->s))
    begin_stops(b, r);
  if (lur_every_loss(b->s)) {
    r->loss_min = INFINITY;
    r->loss_sum = 0;
    b->trainability[lane] = (struct lur_trainability){0};
  }
  if (b->metrics & LUR_BIT(LUR_M_CROSS_ENTROPY))
    r->train = n->train;
  if (b->measured)
    b->measured[lane] = *n;
  lur_lanes_begin(&b->lanes, lane, n);
  b->next_record = b->queue->observer ? b->queue->observer->next(b->queue->observer->context, 0) : UINT64_MAX;
  b->n_live++;
}

/* Runs of no epoch at all. */
static void end_empty(struct block *b) {
  for (int lane = 0; lane < b->n_lanes && b->any_empty; lane++)
    if (b->runs[lane].state == LIVE && b->runs[lane].epochs == 0) {
      b->runs[lane].status = LUR_FINISHED;
      end_run(b, lane);
    }
  b->any_empty = false;
}

/* Gives idle lanes runs, or makes them rest. */
static void fill(struct block *b) {
  if (b->n_live == 0)
    b->clock = 0;
  for (int lane = 0; lane < b->n_lanes; lane++) {
    uint64_t k;
    if (b->runs[lane].state != IDLE)
      continue;
    if (next_run(b, &k))
      begin_run(b, lane, k);
    else
      lur_lanes_idle(&b->lanes, lane);
  }
  lur_lanes_start(&b->lanes);
  end_empty(b);
}

/* ---- Up to the next epoch that matters ---- */
/* The first epoch from `epoch` on that is watched for this run; UINT64_MAX for none. */
static uint64_t next_watched(const struct block *b, const struct run *r, uint64_t epoch) {
  uint64_t next = UINT64_MAX;
  if (lur_every_loss(b->s))
    return epoch;
  if (lur_looks(b->s)) {
    const uint64_t every = r->endings.every;
    next = every > 1 ? epoch + (every - 1 - epoch % every) : epoch;
  }
  if (r->n_curve < b->s->n_curve) {
    const uint64_t point = lur_curve_epoch(r->n_curve, b->s->n_curve, r->epochs);
    if (point < next)
      next = point;
  }
  return b->next_record < next ? b->next_record : next;
}

static uint64_t epochs_to_go(const struct block *b) {
  uint64_t n = b->n_ended > 0 ? LUR_CHECK_EPOCHS - b->clock % LUR_CHECK_EPOCHS : UINT64_MAX;
  for (int lane = 0; lane < b->n_lanes; lane++) {
    const struct run *r = &b->runs[lane];
    if (r->state != LIVE)
      continue;
    const uint64_t epoch = b->lanes.block.epoch[lane], watched = next_watched(b, r, epoch);
    uint64_t here = r->epochs - epoch;
    if (watched != UINT64_MAX && watched - epoch + 1 < here)
      here = watched - epoch + 1;
    if (here < n)
      n = here;
  }
  return n;
}

/* ---- What an epoch showed of each lane: losses, stops, statuses ---- */
/* Keeps what this epoch's loss is for. */
static void keep_loss(struct block *b, int lane, uint64_t epoch, double loss) {
  struct run *r = &b->runs[lane];
  if (curve_due(b, r, epoch)) {
    r->validation_curve[r->n_curve] = b->s->n_validation ? validated(b, LUR_SEEN_LOSS, lane) : (double)NAN;
    r->curve[r->n_curve++] = loss;
  }
  if (!lur_every_loss(b->s))
    return;
  if (loss < r->loss_min)
    r->loss_min = loss;
  r->loss_sum = rounded(b, r->loss_sum + loss);
  if (b->s->metrics & LUR_BIT(LUR_M_TRAINABILITY))
    lur_trainability_add(&b->trainability[lane], loss);
  lur_monitor_add(&r->monitored, &r->endings, loss);
}

/* Those of `stops` (LUR_STOP_*) that what was seen of the lane satisfies. */
static unsigned satisfied(const struct block *b, int lane, unsigned stops) {
  const struct stops *stop = &b->runs[lane].stop;
  unsigned held = 0;
  if (stops & LUR_STOP_ERROR && seen(b, LUR_SEEN_ERROR_MAX, lane) <= stop->error)
    held |= LUR_STOP_ERROR;
  if (stops & LUR_STOP_LOSS && seen(b, LUR_SEEN_LOSS, lane) < stop->loss)
    held |= LUR_STOP_LOSS;
  if (stops & LUR_STOP_ACCURACY && b->lanes.right[lane].kind != LUR_RIGHT_NEVER &&
      seen(b, LUR_SEEN_RIGHT, lane) >= stop->accuracy)
    held |= LUR_STOP_ACCURACY;
  return held;
}

/* A pass's accuracy as a record shows it. */
static double accuracy_shown(const struct block *b, int lane, double loss, double accuracy) {
  return b->lanes.right[lane].kind == LUR_RIGHT_NEVER || !isfinite(loss) ? (double)NAN : accuracy;
}

/* Shows the observer the epoch that has just ended. */
static enum lur_answer record(struct block *b, int lane, uint64_t epoch) {
  const struct lur_observer *observer = b->queue->observer;
  const size_t n_outputs = (size_t)b->s->shape.width[b->s->shape.n_layers];
  const struct lur_patterns *train = &b->numbers.train;
  for (size_t k = 0; k < n_outputs; k++) {
    const double o = lur_lanes_get(&b->lanes, b->lanes.block.last_output, k, lane);
    b->record[k] = b->s->scaled ? lur_unscale(b->s->shape.precision, o, train->scale[k], train->shift[k]) : o;
  }
  for (size_t p = 0; p < b->lanes.block.n_parameters; p++)
    b->record[n_outputs + p] = lur_lanes_get(&b->lanes, b->lanes.block.last_parameters, p, lane);
  const double loss = seen(b, LUR_SEEN_LOSS, lane);
  const double validation_loss = b->s->n_validation ? validated(b, LUR_SEEN_LOSS, lane) : (double)NAN;
  const struct lur_record shown = {.epoch = epoch,
                                   .loss = loss,
                                   .error = seen(b, LUR_SEEN_RECORD, lane),
                                   .accuracy = accuracy_shown(b, lane, loss, seen(b, LUR_SEEN_RIGHT, lane)),
                                   .validation_loss = validation_loss,
                                   .validation_accuracy =
                                       accuracy_shown(b, lane, validation_loss, validated(b, LUR_SEEN_RIGHT, lane)),
                                   .output = b->record,
                                   .parameters = b->record + n_outputs};
  const enum lur_answer answer = observer->see(observer->context, &shown);
  b->next_record = observer->next(observer->context, epoch + 1);
  return answer;
}

/* The status of a run after its epoch, but for solved: failed, diverged and stopped come before that, stalled and
 * finished after it. held: what must be confirmed before those two count. */
static void decide(struct block *b, int lane, enum lur_answer answer, bool watched) {
  struct run *r = &b->runs[lane];
  const uint64_t epoch = b->lanes.block.epoch[lane] - 1;
  const bool check = watched && lur_look_due(b->s, r->endings.every, epoch);
  const bool stalled = check && lur_block_look(b, lane, epoch);
  r->held = 0;
  if (answer == LUR_FAIL_RUN)
    r->status = LUR_FAILED;
  else if (b->clock % LUR_CHECK_EPOCHS == 0 && !b->is_finite[lane])
    r->status = LUR_DIVERGED;
  else if (answer == LUR_STOP_RUN)
    r->status = LUR_STOPPED;
  else if (stalled || epoch + 1 == r->epochs)
    r->status = stalled ? LUR_STALLED : LUR_FINISHED;
  if (check && (r->status == LUR_N_STATUSES || r->status > LUR_SOLVED))
    r->held = satisfied(b, lane, b->s->stops);
}

/* What the last epoch says of every live lane. watched: it was. */
static void look(struct block *b, bool watched) {
  b->n_held = b->n_better = 0;
  if (b->clock % LUR_CHECK_EPOCHS == 0)
    b->lanes.kernel->finite(&b->lanes.block, b->is_finite);
  for (int lane = 0; lane < b->n_lanes; lane++) {
    struct run *r = &b->runs[lane];
    if (r->state != LIVE)
      continue;
    const uint64_t epoch = b->lanes.block.epoch[lane] - 1;
    if (watched && b->lanes.block.watch & 1u << LUR_SEEN_LOSS)
      keep_loss(b, lane, epoch, seen(b, LUR_SEEN_LOSS, lane));
    decide(b, lane, watched && epoch == b->next_record ? record(b, lane, epoch) : LUR_GO_ON, watched);
    if (r->held)
      b->held[b->n_held++] = lane;
  }
  lur_block_keep_best(b);
}

/* What a watched epoch must see for stops, metrics and curves. */
static unsigned watch_of(const struct lur_structure *s) {
  const bool losses = s->n_curve > 0 || lur_every_loss(s);
  return lur_seen_by_stops(s->stops) | lur_seen_by_monitor(s) | (losses ? 1u << LUR_SEEN_LOSS : 0u);
}

/* ---- Ending ---- */
/* Of all lanes that ended. */
static void sum_penalties(struct block *b) {
  if (b->metrics & LUR_BIT(LUR_M_PENALTY_SUM))
    b->lanes.kernel->penalty(&b->lanes.block, b->lanes.ended);
}

/* One pass of all lanes that ended over p, if there are any patterns and it is asked for, and what `taken` makes of
 * it. */
static int evaluate(struct block *b, const struct lur_block_patterns *p, unsigned watch,
                    void (*taken)(struct block *b, int lane), struct lur_error *e) {
  if (p->n == 0 || watch == 0)
    return LUR_OK;
  b->lanes.block.watch = watch;
  if (!b->lanes.kernel->evaluate(&b->lanes.block, b->lanes.ended, p))
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  for (int lane = 0; lane < b->n_lanes; lane++)
    if (b->runs[lane].state == ENDED)
      taken(b, lane);
  return LUR_OK;
}

static bool all_evaluated(const struct block *b) {
  for (int lane = 0; lane < b->n_lanes; lane++)
    if (b->runs[lane].state == ENDED && !b->runs[lane].evaluated)
      return false;
  return true;
}

static int evaluate_ended(struct block *b, struct lur_error *e) {
  const unsigned test = lur_seen_by_metrics(b->s, LUR_FROM_TEST);
  const unsigned validation = lur_seen_by_metrics(b->s, LUR_FROM_VALIDATION);
  int code = LUR_OK;
  if (!all_evaluated(b))
    sum_penalties(b);
  if (!all_evaluated(b))
    code = evaluate(b, &b->lanes.block.train, lur_seen_by_metrics(b->s, LUR_FROM_PASS), lur_block_take_training, e);
  if (code == LUR_OK)
    code = evaluate(b, &b->lanes.test, test, lur_block_take_test, e);
  return code == LUR_OK ? evaluate(b, &b->lanes.validation, validation, lur_block_take_validation, e) : code;
}

/* What is made of the network at its end; its parameters are in b->parameters. */
static int measure(struct block *b, int lane, double *metric, struct lur_error *e) {
  const struct lur_measured m = {.structure = b->s,
                                 .reference = lur_reference_fastest(b->s->shape.precision),
                                 .numbers = &b->measured[lane],
                                 .parameters = b->parameters,
                                 .cancel = {b->queue->cancel, &b->queue->stop}};
  return lur_measure(&m, metric, e);
}

static int hand_on(struct block *b, int lane, struct lur_error *e) {
  struct run *r = &b->runs[lane];
  struct lur_outcome o;
  int code = LUR_OK;
  o.status = r->status;
  o.epochs = r->ran;
  o.n_curve = r->n_curve;
  o.curve = b->s->n_curve > 0 ? r->curve : NULL;
  o.validation_curve = b->s->n_curve > 0 && b->s->n_validation > 0 ? r->validation_curve : NULL;
  o.parameters = b->queue->job->want_parameters ? b->parameters : NULL;
  memcpy(o.metric, r->metric, sizeof o.metric);
  if (o.parameters || b->measured) {
    for (size_t p = 0; p < b->lanes.block.n_parameters; p++)
      b->parameters[p] = lur_lanes_get(&b->lanes, b->lanes.ended, p, lane);
  }
  if (b->measured)
    code = measure(b, lane, o.metric, e);
  lur_outcome_settle(&o, r->restored);
  r->state = IDLE;
  b->n_ended--;
  return code == LUR_OK ? lur_queue_done(b->queue, r->k, &o, e) : code;
}

static int finish_ended(struct block *b, struct lur_error *e) {
  int code = evaluate_ended(b, e);
  for (int lane = 0; code == LUR_OK && lane < b->n_lanes; lane++)
    if (b->runs[lane].state == ENDED)
      code = hand_on(b, lane, e);
  return code;
}

/* One more pass over the patterns with the parameters as they are: it must satisfy what the last epoch's own passes
 * satisfied. A run so solved has its metrics from it. */
static int confirm(struct block *b, struct lur_error *e) {
  b->lanes.block.watch = lur_seen_by_metrics(b->s, LUR_FROM_PASS) | watch_of(b->s);
  if (!lur_lanes_see(&b->lanes, b->held, b->n_held))
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  int n_solved = 0;
  for (int i = 0; i < b->n_held; i++) {
    const int lane = b->held[i];
    if (!satisfied(b, lane, b->runs[lane].held))
      continue;
    b->runs[lane].status = LUR_SOLVED;
    end_run(b, lane);
    b->held[n_solved++] = lane;
  }
  if (n_solved > 0)
    sum_penalties(b);
  for (int i = 0; i < n_solved; i++)
    lur_block_take_training(b, b->held[i]);
  return LUR_OK;
}

static int after(struct block *b, bool watched, struct lur_error *e) {
  if (watched && !lur_block_validate(b))
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  look(b, watched);
  const int code = b->n_held > 0 ? confirm(b, e) : LUR_OK;
  for (int lane = 0; lane < b->n_lanes; lane++)
    if (b->runs[lane].state == LIVE && b->runs[lane].status != LUR_N_STATUSES)
      end_run(b, lane);
  return code;
}

static int train_on(struct block *b, struct lur_error *e) {
  struct lur_block *block = &b->lanes.block;
  const uint64_t n = epochs_to_go(b);
  block->watch = watch_of(b->s);
  if (b->next_record == block->epoch[0] + n - 1)
    block->watch |= 1u << LUR_SEEN_LOSS | 1u << LUR_SEEN_RIGHT | 1u << LUR_SEEN_RECORD;
  const uint64_t ran = b->lanes.kernel->train(block, n);
  if (ran == 0)
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  b->clock += ran;
  return after(b, ran == n, e);
}

/* Where there are a large run and threads that have none. */
static void find_crew(struct block *b) {
  const int n = b->queue->n_threads;
  if (n <= 1 || b->n_live == 0)
    return;
  const int most = b->lanes.kernel->largest_crew(b->s);
  if (most > 1)
    b->lanes.block.crew = lur_crew_new(n < most ? n : most);
}

static int work(struct block *b, struct lur_error *e) {
  int code = LUR_OK;
  fill(b);
  find_crew(b);
  while (code == LUR_OK && b->n_live + b->n_ended > 0) {
    code = lur_queue_stopped(b->queue, e);
    if (code == LUR_OK && b->n_live > 0)
      code = train_on(b, e);
    if (code != LUR_OK || b->n_ended == 0 || (b->n_live > 0 && b->clock % LUR_CHECK_EPOCHS != 0))
      continue;
    code = finish_ended(b, e);
    if (code == LUR_OK)
      fill(b);
  }
  return code;
}

static int init(struct block *b, struct lur_error *e) {
  const struct lur_kernel *kernel = b->queue->kernel;
  const bool observed = b->queue->observer != NULL;
  const int code = lur_lanes_init(&b->lanes, kernel, b->s, observed, e);
  if (code != LUR_OK)
    return code;
  const size_t n_lanes = (size_t)kernel->n_lanes;
  b->n_lanes = kernel->n_lanes;
  b->metrics = b->s->metrics | lur_metrics_always();
  b->lanes.block.cancel[0] = b->queue->cancel;
  b->lanes.block.cancel[1] = &b->queue->stop;
  b->runs = lur_alloc(n_lanes, sizeof *b->runs);
  b->is_finite = lur_alloc(n_lanes, 1);
  b->held = lur_alloc(n_lanes, sizeof *b->held);
  b->better = lur_alloc(n_lanes, sizeof *b->better);
  b->curves = lur_alloc(n_lanes * 2 * (size_t)b->s->n_curve, sizeof(double));
  b->parameters = lur_alloc(b->lanes.block.n_parameters, sizeof(double));
  const size_t n_record = (size_t)b->s->shape.width[b->s->shape.n_layers] + b->lanes.block.n_parameters;
  b->record = observed ? lur_alloc(n_record, sizeof(double)) : NULL;
  for (size_t lane = 0; lane < n_lanes && b->runs && b->curves; lane++) {
    b->runs[lane].curve = b->curves + 2 * lane * (size_t)b->s->n_curve;
    b->runs[lane].validation_curve = b->runs[lane].curve + b->s->n_curve;
  }
  if (b->queue->job->base)
    b->numbers = *b->queue->job->base;
  if (lur_every_loss(b->s))
    b->trainability = lur_alloc(n_lanes, sizeof *b->trainability);
  if (lur_measures(b->s))
    b->measured = lur_alloc(n_lanes, sizeof *b->measured);
  const bool good = b->runs && (b->measured || !lur_measures(b->s)) && (b->trainability || !lur_every_loss(b->s)) &&
                    b->is_finite && b->held && b->better && b->curves && b->parameters && (b->record || !observed);
  return good ? LUR_OK : lur_fail_memory(e);
}

int lur_block_work(struct lur_queue *q, struct lur_error *e) {
  struct block b = {.s = q->job->structure, .queue = q};
  int code = init(&b, e);
  if (code == LUR_OK)
    code = work(&b, e);
  lur_crew_free(b.lanes.block.crew);
  lur_lanes_free(&b.lanes);
  free(b.runs);
  free(b.trainability);
  free(b.measured);
  free(b.is_finite);
  free(b.held);
  free(b.better);
  free(b.curves);
  free(b.parameters);
  free(b.record);
  return code;
}

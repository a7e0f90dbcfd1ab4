/* SPDX-License-Identifier: MIT
 * The main loop. Units (a run, a bracket of a halving, or a cell with keep = "cells") are walked in order; those of
 * this shard that are not settled yet fill a window, which is trained, and whose rows go to the sink.
 *
 * A turn calls each step once. Where the steps are:
 *   the next units             walk.c (what units are: units.c; which are this shard's: shard.c)
 *   the runs' places           window_place.c; among the axes: place.c
 *   their numbers              numbering.c, on the worker that trains the run
 *   training                   window_train.c; rung by rung: halving.c; the engine: engine/engine.h
 *   the script's metrics       host_metrics.c
 *   seeds into cells           folded.c
 *   settling, the sink         settle.c (the sink: sink.h)
 *   the next window's size     pace.c */
#include "sweep/sweep.h"

#include <math.h>
#include <stdlib.h>

#include "base/memory.h"
#include "sweep/loop.h"

/* A cancel is no error of a turn: what it left finished is still measured and settled. */
static int go_on(struct loop *l, int rc) {
  l->cut = l->cut || rc == LUR_ECANCELLED;
  return rc == LUR_ECANCELLED ? LUR_OK : rc;
}

/* The next units' runs; their places among the axes; their numbers, with which they are trained; what the script
 * measures of them; with keep = "cells", the sums of their seeds; and what is settled goes to the sink. */
static int turn(struct loop *l, struct lur_error *e) {
  int rc = lur_folds(l) ? lur_folded_fill(l, e) : lur_walk_next(l, e);
  if (!rc)
    rc = go_on(l, lur_window_place(l, e));
  if (!rc && !l->cut)
    rc = go_on(l, lur_halves(l) ? lur_window_halve(l, e) : lur_window_train(l, l->all, l->window.rows.n, 0, e));
  if (!rc)
    rc = go_on(l, lur_window_measure(l, e));
  if (!rc && lur_folds(l))
    rc = lur_folded_take(l, e);
  if (!rc)
    rc = lur_settle(l, e);
  return rc;
}

static int run_turns(struct loop *l, bool *out_of_budget, struct lur_error *e) {
  int rc = LUR_OK;
  while (!rc && lur_walk_has_more(l)) {
    if (lur_pace_is_over(l)) {
      *out_of_budget = true;
      return lur_fail(e, LUR_ECANCELLED, NULL, "the budget is used up");
    }
    rc = turn(l, e);
    lur_pace_note(l);
    if (!rc && (l->cut || lur_loop_is_cancelled(l)))
      rc = lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
  }
  return rc;
}

static void start_progress(struct loop *l, const struct lur_sweep_options *o) {
  uint64_t total = lur_shard_n_numbers(l->plan, o->shard, o->n_shards), done = 0;
  for (size_t i = 0; i < o->n_done; i++)
    done += o->done[i].last - o->done[i].first + 1;
  atomic_store(&l->progress->total, total);
  atomic_store(&l->progress->done, done < total ? done : total);
  atomic_store(&l->progress->best, NAN);
}

/* What stays the same in all turns. */
static int open_loop(struct loop *l, const struct lur_sweep_options *o, struct lur_error *e) {
  int rc = lur_window_new(&l->window, l->plan, o->n_threads, e);
  const size_t room = l->window.rows.room;
  l->out = lur_folds(l) ? &l->folded.rows : &l->window.rows;
  l->n_threads = o->n_threads;
  l->one_loss = lur_plan_has_one_loss(l->plan);
  l->at = lur_copy(l->plan->sweep.spec, 1, sizeof *l->at);
  l->order = lur_alloc(room, sizeof *l->order);
  l->all = lur_alloc(room, sizeof *l->all);
  if (!rc && !(l->at && l->order && l->all))
    rc = lur_fail_memory(e);
  for (size_t i = 0; i < room && !rc; i++)
    l->all[i] = (uint32_t)i;
  if (!rc && lur_folds(l))
    rc = lur_folded_new(l, e);
  if (!rc && !(l->pool = lur_pool_new(o->n_threads, e)))
    rc = e ? e->code : LUR_ENOMEM;
  if (rc)
    return rc;
  lur_walk_start(&l->walk, l->plan, o);
  start_progress(l, o);
  lur_pace_start(l, o);
  return LUR_OK;
}

static void close_loop(struct loop *l) {
  lur_alarm_stop(l->alarm);
  lur_pool_free(l->pool);
  lur_folded_free(&l->folded);
  lur_window_free(&l->window);
  free(l->walk.range);
  free(l->at);
  free(l->order);
  free(l->all);
}

int lur_sweep_run(const struct lur_plan *p, const struct lur_sweep_options *o, const struct lur_sink *sink,
                  struct lur_progress *progress, bool *out_of_budget, struct lur_error *e) {
  struct lur_progress none = {0};
  bool ended = false;
  struct loop l = {.plan = p, .sink = sink, .progress = progress ? progress : &none, .cancel = o->cancel};
  int rc = open_loop(&l, o, e);
  if (!rc)
    rc = run_turns(&l, &ended, e);
  if (rc == LUR_ECANCELLED && lur_alarm_rang(l.alarm) && !(o->cancel && atomic_load(o->cancel)))
    ended = true;
  if (ended && out_of_budget)
    *out_of_budget = true;
  close_loop(&l);
  return rc;
}

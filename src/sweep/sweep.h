/* SPDX-License-Identifier: MIT
 * The main loop: a plan's runs through the pool, their rows to a sink, in run order, in windows of at most 65,536
 * runs. Nothing a run computes depends on the window, the threads, the shard or what was done before.
 *
 * Runs on the calling (main) thread, which is also the pool's first worker; progress may be read by any thread. */
#ifndef LUR_SWEEP_SWEEP_H
#define LUR_SWEEP_SWEEP_H

#include <stdatomic.h>

#include "engine/engine.h"
#include "sweep/plan.h"
#include "sweep/sink.h"

/* Runs that a thread trains at a time if its lanes are to be full, whatever the kernel. */
enum { LUR_FULL_LANES = 64 };

/* Counts that another thread may read while the sweep runs; zeroed by the caller. total is known from the start,
 * skipped numbers included; done counts settled numbers, those of earlier sessions too. rows and what follows are of
 * this session. */
struct lur_progress {
  atomic_uint_fast64_t total, done, rows, solved, diverged, failed;
  _Atomic double best; /* the lowest loss; NaN until there is one, and where runs have several loss functions */
};

struct lur_sweep_options {
  int n_threads;                  /* >= 1 */
  int shard, n_shards;            /* 1 .. n_shards; 0 of 0: everything */
  const struct lur_range *done;   /* settled before: ascending */
  size_t n_done;
  uint64_t budget_ns;             /* 0: none */
  const atomic_int *cancel;       /* or NULL */
};

/* Returns LUR_OK when all that was asked for is settled, LUR_ECANCELLED after cancel or where the budget ended it:
 * rows of all finished runs have gone to the sink then. *out_of_budget (may be NULL) tells the two apart. */
int lur_sweep_run(const struct lur_plan *p, const struct lur_sweep_options *o, const struct lur_sink *sink,
                  struct lur_progress *progress, bool *out_of_budget, struct lur_error *e);

/* The numbers that a results file knows: runs, or cells where only those are kept. */
uint64_t lur_sweep_n_numbers(const struct lur_plan *p);
/* How many of them shard k of n has. */
uint64_t lur_shard_n_numbers(const struct lur_plan *p, int k, int n);
/* How many runs, or cells, of the shard in o there are beside those that are done; at most so many if not *exact, where
 * too many numbers would have to be looked at. */
int lur_sweep_count_left(const struct lur_plan *p, const struct lur_sweep_options *o, double *n, bool *exact,
                         struct lur_error *e);
/* The numbers that are only computed together with this one: its bracket, or itself. */
struct lur_range lur_sweep_unit(const struct lur_plan *p, uint64_t number);

#endif

/* SPDX-License-Identifier: MIT
 * What the workers of a pool share while they train one job, and the call each of them makes.
 * Runs are claimed in chunks from one atomic counter; nothing else is shared but flags. */
#ifndef LUR_ENGINE_MANY_H
#define LUR_ENGINE_MANY_H

#include "engine/kernel.h"

/* One a worker, on a cache line of its own: written by its worker alone, read by anyone. */
struct lur_done_counter {
  _Alignas(64) atomic_uint_fast64_t n;
};

/* Shared by the workers of one job. `stop` is set by the first worker that fails. */
struct lur_feed {
  const struct lur_job *job;
  const atomic_int *cancel; /* the caller's; may be NULL */
  const struct lur_observer *observer; /* of a job of one run; NULL where nothing looks */
  uint64_t share;           /* a worker's runs, where all do as many */
  uint64_t chunk;           /* runs a claim */
  _Alignas(64) atomic_uint_fast64_t next;
  _Alignas(64) atomic_int stop;
};

/* Claims the runs [*first, *end); false where none are left. */
bool lur_feed_claim(struct lur_feed *f, uint64_t *first, uint64_t *end);
/* 0, or why the worker must end: LUR_ECANCELLED in e. */
int lur_feed_stopped(const struct lur_feed *f, struct lur_error *e);
/* Hands one outcome on and counts it. */
int lur_feed_done(struct lur_feed *f, struct lur_done_counter *counter, uint64_t k, const struct lur_outcome *outcome,
                  struct lur_error *e);

/* Sets share and chunk: enough for 40 microseconds of work, few enough that no thread waits long for the last. */
void lur_many_divide(struct lur_feed *f, int n_threads);
/* The kernel that trains a run alone; NULL: the reference kernel. */
const struct lur_kernel *lur_many_kernel_for_one(const struct lur_structure *s, const char *isa);
/* A worker's part of a job: claims and trains until no runs are left. */
int lur_many_work(struct lur_feed *f, struct lur_done_counter *counter, struct lur_error *e);

#endif

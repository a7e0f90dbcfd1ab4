/* SPDX-License-Identifier: MIT
 * The queue of a job: what its workers share. Runs are claimed in chunks from one atomic counter; nothing else is
 * shared but flags. */
#ifndef LUR_ENGINE_QUEUE_H
#define LUR_ENGINE_QUEUE_H

#include "engine/kernel/kernel.h"

/* Shared by the workers of one job. `stop` is set by the first worker that fails. */
struct lur_queue {
  const struct lur_job *job;
  const atomic_int *cancel; /* the caller's; may be NULL */
  const struct lur_observer *observer; /* of a job of one run; NULL where nothing looks */
  const struct lur_kernel *kernel; /* NULL: the reference kernel, run by run */
  uint64_t chunk;           /* runs per claim */
  int n_threads;            /* of a large run, the worker that trains it among them */
  _Alignas(64) atomic_uint_fast64_t next;
  _Alignas(64) atomic_int stop;
};

/* Claims the runs [*first, *end); false where none are left. */
bool lur_queue_claim(struct lur_queue *q, uint64_t *first, uint64_t *end);
/* 0, or why the worker must end: LUR_ECANCELLED in e. */
int lur_queue_stopped(const struct lur_queue *q, struct lur_error *e);
/* Hands one outcome on. */
int lur_queue_done(const struct lur_queue *q, uint64_t k, const struct lur_outcome *outcome, struct lur_error *e);

#endif

/* SPDX-License-Identifier: MIT
 * Claiming the runs of a job, and handing on what became of them. Called by each worker at once; what is shared is
 * atomic. */
#include "engine/queue.h"

bool lur_queue_claim(struct lur_queue *q, uint64_t *first, uint64_t *end) {
  const uint64_t n = q->job->n_runs;
  *first = atomic_fetch_add_explicit(&q->next, q->chunk, memory_order_relaxed);
  if (*first >= n)
    return false;
  *end = n - *first < q->chunk ? n : *first + q->chunk;
  return true;
}

int lur_queue_stopped(const struct lur_queue *q, struct lur_error *e) {
  if (atomic_load_explicit(&q->stop, memory_order_relaxed) ||
      (q->cancel && atomic_load_explicit(q->cancel, memory_order_relaxed)))
    return lur_fail(e, LUR_ECANCELLED, NULL, "cancelled");
  return LUR_OK;
}

int lur_queue_done(const struct lur_queue *q, uint64_t k, const struct lur_outcome *outcome, struct lur_error *e) {
  if (q->job->done(q->job->context, k, outcome) != 0)
    return lur_fail(e, LUR_ECALLBACK, NULL, "the receiver of outcomes failed");
  return LUR_OK;
}

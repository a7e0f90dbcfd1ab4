/* SPDX-License-Identifier: MIT
 * Many runs: what a worker of the pool does with a job.
 * Thread rule: called by each worker at once; shares only the feed. */
#include "engine/many.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

uint64_t lur_many_chunk(const struct lur_job *job, int n_threads) {
  const uint64_t fair = job->n_runs / (uint64_t)(4 * n_threads);
  return fair < 1 ? 1 : fair > 64 ? 64 : fair;
}

/* Where a run's parameters and curve are put before they are handed on. */
struct room {
  double *parameters, *curve;
};

static int train_one(struct lur_feed *f, struct lur_done_counter *counter, uint64_t k, const struct room *room,
                     struct lur_error *e) {
  struct lur_numbers numbers = {0};
  struct lur_outcome outcome = {.parameters = room->parameters, .curve = room->curve};
  f->job->numbers(f->job->context, k, &numbers);
  const int code = lur_train(f->job->structure, &numbers, NULL, f->cancel, &outcome, e);
  return code != LUR_OK ? code : lur_feed_done(f, counter, k, &outcome, e);
}

int lur_many_work(struct lur_feed *f, struct lur_done_counter *counter, struct lur_error *e) {
  const struct lur_structure *s = f->job->structure;
  struct room room = {0};
  int code = LUR_OK;
  if (f->job->want_parameters) room.parameters = lur_alloc(lur_shape_n_parameters(&s->shape), sizeof(double));
  if (s->n_curve > 0) room.curve = lur_alloc((size_t)s->n_curve, sizeof(double));
  if ((f->job->want_parameters && !room.parameters) || (s->n_curve > 0 && !room.curve)) code = lur_fail_memory(e);
  uint64_t k = 0, end = 0;
  while (code == LUR_OK && (k < end || lur_feed_claim(f, &k, &end))) {
    code = lur_feed_stopped(f, e);
    if (code == LUR_OK) code = train_one(f, counter, k++, &room, e);
  }
  free(room.parameters);
  free(room.curve);
  return code;
}

void lur_kernel_explain(const struct lur_structure *s, char *text, size_t n) {
  (void)s;
  snprintf(text, n, "scalar, one run at a time");
}

/* SPDX-License-Identifier: MIT
 * What a worker of the pool does with a job: it claims runs and trains them, by the kernel that suits them.
 * Thread rule: called by each worker at once; shares only the queue. */
#include "engine/worker.h"

#include <stdlib.h>

#include "base/memory.h"
#include "engine/block.h"
#include "engine/environment.h"
#include "engine/isa.h"
#include "engine/kernel_choice.h"
#include "engine/reference/reference.h"

/* Where a run's parameters and curve are put before they are handed on. */
struct room {
  double *parameters, *curve, *validation_curve;
};

static int train_one(const struct lur_queue *q, uint64_t k, const struct room *room, struct lur_error *e) {
  struct lur_numbers numbers = q->job->base ? *q->job->base : (struct lur_numbers){0};
  struct lur_outcome outcome = {.parameters = q->job->want_parameters ? room->parameters : NULL,
                                .curve = room->curve,
                                .validation_curve = q->job->structure->n_validation ? room->validation_curve : NULL};
  q->job->numbers(q->job->context, k, &numbers);
  const int code = lur_reference_train(q->job->structure, &numbers, NULL, q->cancel, &outcome, e);
  return code != LUR_OK ? code : lur_queue_done(q, k, &outcome, e);
}

/* What is not wanted has room for nothing. */
static int make_room(struct room *room, const struct lur_job *job, struct lur_error *e) {
  const struct lur_structure *s = job->structure;
  const size_t n_curve = (size_t)s->n_curve;
  room->parameters = lur_alloc(job->want_parameters ? lur_shape_n_parameters(&s->shape) : 0, sizeof(double));
  room->curve = lur_alloc(n_curve, sizeof(double));
  room->validation_curve = lur_alloc(s->n_validation ? n_curve : 0, sizeof(double));
  return room->parameters && room->curve && room->validation_curve ? LUR_OK : lur_fail_memory(e);
}

/* Each run by the reference kernel. */
static int work_scalar(struct lur_queue *q, struct lur_error *e) {
  struct room room = {0};
  int code = make_room(&room, q->job, e);
  uint64_t k = 0, end = 0;
  while (code == LUR_OK && (k < end || lur_queue_claim(q, &k, &end))) {
    code = lur_queue_stopped(q, e);
    if (code == LUR_OK)
      code = train_one(q, k++, &room, e);
  }
  free(room.parameters);
  free(room.curve);
  free(room.validation_curve);
  return code;
}

int lur_worker_divide(struct lur_queue *q, int n_threads, struct lur_error *e) {
  const char *why, *isa = lur_isa_name(e);
  if (!isa)
    return LUR_EINPUT;
  const uint64_t n = q->job->n_runs, threads = (uint64_t)n_threads;
  q->kernel = lur_kernel_choose(q->job->structure, isa, (n + threads - 1) / threads, &why);
  const uint64_t most = q->kernel ? (uint64_t)q->kernel->n_lanes : 16, fair = n / threads;
  q->chunk = fair < 1 ? 1 : fair > most ? most : fair;
  q->n_threads = n > 0 && n < threads ? (int)(threads / n) : 1;
  return LUR_OK;
}

int lur_worker_work(struct lur_queue *q, struct lur_error *e) {
  if (!q->kernel)
    return work_scalar(q, e);
  const lur_environment found = lur_environment_enter();
  const int code = lur_block_work(q, e);
  lur_environment_leave(found);
  return code;
}

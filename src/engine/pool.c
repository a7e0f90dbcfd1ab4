/* SPDX-License-Identifier: MIT
 * Worker threads, kept between jobs. Worker 0 is the caller of lur_pool_train; the others sleep on a condition until
 * a job has a new number, work until its runs are claimed, and report. The first failure stops all.
 * Thread rule: a pool trains one job at a time. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/digits.h"
#include "engine/worker.h"

struct worker {
  _Alignas(64) struct lur_pool *pool; /* each on cache lines of its own */
  pthread_t thread;
  struct lur_error error;
};

struct lur_pool {
  int n_threads, n_started; /* worker 0 counts as started */
  struct worker *workers;
  bool has_lock;
  pthread_mutex_t lock; /* guards what follows */
  pthread_cond_t begin, end;
  uint64_t job_number;
  int n_busy;
  bool quit;
  struct lur_queue *queue;
};

static void work(struct worker *w, struct lur_queue *queue) {
  memset(&w->error, 0, sizeof w->error);
  if (lur_worker_work(queue, &w->error) != LUR_OK)
    atomic_store(&queue->stop, 1);
}

/* Waits for the job after number `seen`; NULL when the pool ends. */
static struct lur_queue *wait_for_job(struct lur_pool *p, uint64_t *seen) {
  pthread_mutex_lock(&p->lock);
  while (p->job_number == *seen && !p->quit)
    pthread_cond_wait(&p->begin, &p->lock);
  struct lur_queue *queue = p->quit ? NULL : p->queue;
  *seen = p->job_number;
  pthread_mutex_unlock(&p->lock);
  return queue;
}

static void *worker_main(void *argument) {
  struct worker *w = argument;
  struct lur_pool *p = w->pool;
  uint64_t seen = 0;
  lur_locale_plain();
  struct lur_queue *queue;
  while ((queue = wait_for_job(p, &seen)) != NULL) {
    work(w, queue);
    pthread_mutex_lock(&p->lock);
    if (--p->n_busy == 0)
      pthread_cond_signal(&p->end);
    pthread_mutex_unlock(&p->lock);
  }
  return NULL;
}

static int start_workers(struct lur_pool *p, struct lur_error *e) {
  for (int i = 0; i < p->n_threads; i++) {
    p->workers[i].pool = p;
    if (i > 0 && pthread_create(&p->workers[i].thread, NULL, worker_main, &p->workers[i]) != 0)
      return lur_fail(e, LUR_EIO, NULL, "cannot start thread %d of %d", i + 1, p->n_threads);
    p->n_started = i + 1;
  }
  return LUR_OK;
}

struct lur_pool *lur_pool_new(int n_threads, struct lur_error *e) {
  struct lur_pool *p = lur_alloc(1, sizeof *p);
  if (!p || !(p->workers = lur_alloc_aligned((size_t)n_threads, sizeof *p->workers))) {
    lur_fail_memory(e);
    goto fail;
  }
  p->n_threads = n_threads;
  pthread_mutex_init(&p->lock, NULL);
  pthread_cond_init(&p->begin, NULL);
  pthread_cond_init(&p->end, NULL);
  p->has_lock = true;
  if (start_workers(p, e) == LUR_OK)
    return p;
fail:
  lur_pool_free(p);
  return NULL;
}

void lur_pool_free(struct lur_pool *p) {
  if (!p)
    return;
  if (p->has_lock) {
    pthread_mutex_lock(&p->lock);
    p->quit = true;
    pthread_cond_broadcast(&p->begin);
    pthread_mutex_unlock(&p->lock);
    for (int i = 1; i < p->n_started; i++)
      pthread_join(p->workers[i].thread, NULL);
    pthread_mutex_destroy(&p->lock);
    pthread_cond_destroy(&p->begin);
    pthread_cond_destroy(&p->end);
  }
  free(p->workers);
  free(p);
}

/* The failure that says most: a callback's or memory's before "cancelled", which other workers report after it. */
static int first_failure(const struct lur_pool *p, struct lur_error *e) {
  const struct lur_error *found = NULL;
  for (int i = 0; i < p->n_threads; i++) {
    const struct lur_error *error = &p->workers[i].error;
    if (error->code != LUR_OK && (!found || found->code == LUR_ECANCELLED))
      found = error;
  }
  if (!found)
    return LUR_OK;
  if (e)
    *e = *found;
  return found->code;
}

int lur_pool_train(struct lur_pool *p, const struct lur_job *job, const atomic_int *cancel, struct lur_error *e) {
  struct lur_queue queue = {.job = job, .cancel = cancel};
  const int code = lur_worker_divide(&queue, p->n_threads, e);
  if (code != LUR_OK)
    return code;
  pthread_mutex_lock(&p->lock);
  p->queue = &queue;
  p->n_busy = p->n_threads - 1;
  p->job_number++;
  pthread_cond_broadcast(&p->begin);
  pthread_mutex_unlock(&p->lock);
  work(&p->workers[0], &queue);
  pthread_mutex_lock(&p->lock);
  while (p->n_busy > 0)
    pthread_cond_wait(&p->end, &p->lock);
  p->queue = NULL;
  pthread_mutex_unlock(&p->lock);
  return first_failure(p, e);
}

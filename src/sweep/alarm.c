/* SPDX-License-Identifier: MIT
 * The alarm's thread: it wakes every 20 ms, and raises the flag when the time has come or another flag is raised. */
#include "sweep/alarm.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/memory.h"
#include "base/system.h"

enum { LOOK_NS = 20000000 };

struct lur_alarm {
  uint64_t at_ns;
  const atomic_int *other;
  atomic_int flag, rang;
  pthread_t thread;
  pthread_mutex_t lock; /* guards quit */
  pthread_cond_t end;
  bool quit;
};

static void *run(void *alarm) {
  struct lur_alarm *a = alarm;
  lur_locale_plain();
  pthread_mutex_lock(&a->lock);
  while (!a->quit && !atomic_load(&a->flag)) {
    lur_condition_wait(&a->end, &a->lock, lur_clock_ns() + LOOK_NS);
    if (lur_clock_ns() >= a->at_ns) {
      atomic_store(&a->rang, 1);
      atomic_store(&a->flag, 1);
    }
    if (a->other && atomic_load(a->other))
      atomic_store(&a->flag, 1);
  }
  pthread_mutex_unlock(&a->lock);
  return NULL;
}

struct lur_alarm *lur_alarm_start(uint64_t at_ns, const atomic_int *other) {
  struct lur_alarm *a = lur_alloc(1, sizeof *a);
  if (!a)
    return NULL;
  a->at_ns = at_ns;
  a->other = other;
  pthread_mutex_init(&a->lock, NULL);
  lur_condition_init(&a->end);
  if (pthread_create(&a->thread, NULL, run, a) == 0)
    return a;
  pthread_cond_destroy(&a->end);
  pthread_mutex_destroy(&a->lock);
  free(a);
  return NULL;
}

const atomic_int *lur_alarm_flag(const struct lur_alarm *a) {
  return &a->flag;
}

bool lur_alarm_rang(const struct lur_alarm *a) {
  return a && atomic_load(&a->rang);
}

void lur_alarm_stop(struct lur_alarm *a) {
  if (!a)
    return;
  pthread_mutex_lock(&a->lock);
  a->quit = true;
  pthread_cond_signal(&a->end);
  pthread_mutex_unlock(&a->lock);
  pthread_join(a->thread, NULL);
  pthread_cond_destroy(&a->end);
  pthread_mutex_destroy(&a->lock);
  free(a);
}

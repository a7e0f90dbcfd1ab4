/* SPDX-License-Identifier: MIT
 * A part is claimed by taking its bit of `free` away. Who claims one does it with the work of that moment, because the
 * leader shares no other before all parts that were claimed are done.
 * A helper that goes to sleep says so and then looks once more, under the lock; the leader frees parts and then looks
 * who sleeps (all sequentially consistent), and wakes under the lock: one of the two sees the other. */
#include "engine/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/digits.h"
#include "base/memory.h"
#include "base/system.h"
#include "engine/environment.h"

/* How long to spin. For how much longer than twice its own work the leader may wait before helpers are no help; its
 * times alone, and after how many times the last one without such a wait it begins with the shortest again. */
enum { SPIN_NS = 50000, STALL_NS = 100000, SHORT_REST_NS = 1000000, LONG_REST_NS = 128000000, GOOD_RESTS = 8 };

struct helper {
  struct lur_crew *crew;
  int part;
  pthread_t thread;
};

struct lur_crew {
  _Alignas(64) atomic_uint_least64_t free; /* bit i: nobody has begun part i */
  lur_crew_part *part;                     /* the work: of whoever has begun a part */
  const void *context;
  int n_parts, leader_core;
  _Alignas(64) atomic_uint_least64_t done; /* by helpers */
  atomic_bool crowded;                     /* a helper had the leader's core */
  _Alignas(64) atomic_uint_least64_t asleep;
  atomic_bool ended;
  pthread_mutex_t lock; /* of who goes to sleep, and who wakes */
  pthread_cond_t work;
  uint64_t rest, rest_end; /* ns, the leader's: how long it last worked alone, and until when */
  int n_helpers;
  struct helper helpers[LUR_MOST_CREW];
};

static uint64_t bit(int part) {
  return (uint64_t)1 << part;
}

static void pause_a_little(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static bool claim(struct lur_crew *c, int part) {
  return atomic_load(&c->free) & bit(part) && atomic_fetch_and(&c->free, ~bit(part)) & bit(part);
}

static void wake_all(struct lur_crew *c) {
  pthread_mutex_lock(&c->lock);
  pthread_cond_broadcast(&c->work);
  pthread_mutex_unlock(&c->lock);
}

/* ---- Helpers ---- */
static bool is_wanted(struct lur_crew *c, int part) {
  return atomic_load(&c->free) & bit(part) || atomic_load(&c->ended);
}

static void sleep_until_wanted(struct lur_crew *c, int part) {
  pthread_mutex_lock(&c->lock);
  atomic_fetch_or(&c->asleep, bit(part));
  while (!is_wanted(c, part))
    pthread_cond_wait(&c->work, &c->lock);
  atomic_fetch_and(&c->asleep, ~bit(part));
  pthread_mutex_unlock(&c->lock);
}

static void wait_until_wanted(struct lur_crew *c, int part) {
  const uint64_t start = lur_clock_ns();
  while (!is_wanted(c, part)) {
    if (lur_clock_ns() - start > SPIN_NS)
      sleep_until_wanted(c, part);
    pause_a_little();
  }
}

static void *help(void *argument) {
  const struct helper *h = argument;
  struct lur_crew *c = h->crew;
  lur_locale_plain();
  lur_environment_enter();
  while (!atomic_load(&c->ended)) {
    wait_until_wanted(c, h->part);
    if (!claim(c, h->part))
      continue;
    if (c->leader_core >= 0 && lur_core_now() == c->leader_core)
      atomic_store(&c->crowded, true);
    c->part(c->context, h->part, c->n_parts);
    atomic_fetch_or(&c->done, bit(h->part));
  }
  return NULL;
}

/* ---- The leader ---- */
static void share_out(struct lur_crew *c, int n, lur_crew_part *part, const void *context) {
  const uint64_t parts = (bit(n - 1) - 1) << 1; /* but for the leader's, part 0 */
  c->part = part;
  c->context = context;
  c->n_parts = n;
  c->leader_core = lur_core_now();
  atomic_store(&c->done, 0);
  atomic_store(&c->free, parts);
  if (atomic_load(&c->asleep) & parts)
    wake_all(c);
}

/* Returns the ns that it took. */
static uint64_t wait_until_done(struct lur_crew *c, uint64_t parts) {
  const uint64_t start = lur_clock_ns();
  uint64_t waited = 0;
  while (atomic_load(&c->done) != parts) {
    if (waited > SPIN_NS)
      sched_yield();
    pause_a_little();
    waited = lur_clock_ns() - start;
  }
  return waited;
}

static void rest(struct lur_crew *c) {
  const uint64_t now = lur_clock_ns(), longer = 2 * c->rest < LONG_REST_NS ? 2 * c->rest : LONG_REST_NS;
  c->rest = now - c->rest_end >= GOOD_RESTS * c->rest ? SHORT_REST_NS : longer;
  c->rest_end = now + c->rest;
  atomic_store(&c->crowded, false);
}

static void work_with_helpers(struct lur_crew *c, int n, lur_crew_part *part, const void *context) {
  const uint64_t start = lur_clock_ns();
  uint64_t helped = 0;
  share_out(c, n, part, context);
  part(context, 0, n);
  for (int i = 1; i < n; i++) {
    if (claim(c, i))
      part(context, i, n);
    else
      helped |= bit(i);
  }
  const uint64_t own = lur_clock_ns() - start, waited = wait_until_done(c, helped);
  if (waited > 2 * own + STALL_NS || atomic_load(&c->crowded))
    rest(c);
}

void lur_crew_share(struct lur_crew *c, int most_parts, lur_crew_part *part, const void *context) {
  const int n = c->n_helpers + 1 < most_parts ? c->n_helpers + 1 : most_parts;
  if (n > 1 && lur_clock_ns() >= c->rest_end) {
    work_with_helpers(c, n, part, context);
    return;
  }
  for (int i = 0; i < n; i++)
    part(context, i, n);
}

/* ---- Its life ---- */
struct lur_crew *lur_crew_new(int n_members) {
  struct lur_crew *c = lur_alloc_aligned(1, sizeof *c);
  if (!c)
    return NULL;
  pthread_mutex_init(&c->lock, NULL);
  pthread_cond_init(&c->work, NULL);
  for (int i = 1; i < n_members; i++) {
    struct helper *h = &c->helpers[c->n_helpers];
    *h = (struct helper){.crew = c, .part = i};
    if (pthread_create(&h->thread, NULL, help, h) != 0)
      break;
    c->n_helpers++;
  }
  if (c->n_helpers > 0)
    return c;
  lur_crew_free(c);
  return NULL;
}

void lur_crew_free(struct lur_crew *c) {
  if (!c)
    return;
  atomic_store(&c->ended, true);
  wake_all(c);
  for (int i = 0; i < c->n_helpers; i++)
    pthread_join(c->helpers[i].thread, NULL);
  pthread_mutex_destroy(&c->lock);
  pthread_cond_destroy(&c->work);
  free(c);
}

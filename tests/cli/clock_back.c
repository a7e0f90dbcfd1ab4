/* SPDX-License-Identifier: MIT
 * Loaded before a program: its clock of the day is a day ahead for the first 0.3 seconds, and is set back then. */
#include <dlfcn.h>
#include <sys/time.h>
#include <time.h>

enum { DAY_S = 86400, BEFORE_NS = 300000000 };

static int ask(clockid_t clock, struct timespec *t) {
  static int (*real)(clockid_t, struct timespec *);
  if (!real)
    *(void **)&real = dlsym(RTLD_NEXT, "clock_gettime");
  return real(clock, t);
}

static long long nanoseconds(void) {
  struct timespec t;
  ask(CLOCK_MONOTONIC, &t);
  return (long long)t.tv_sec * 1000000000 + t.tv_nsec;
}

static time_t ahead(void) {
  static long long begin_ns;
  if (!begin_ns)
    begin_ns = nanoseconds();
  return nanoseconds() - begin_ns < BEFORE_NS ? DAY_S : 0;
}

__attribute__((visibility("default"))) int clock_gettime(clockid_t clock, struct timespec *t) {
  const int rc = ask(clock, t);
  if (clock == CLOCK_REALTIME)
    t->tv_sec += ahead();
  return rc;
}

__attribute__((visibility("default"))) int gettimeofday(struct timeval *restrict t, void *restrict zone) {
  struct timespec now;
  (void)zone;
  const int rc = clock_gettime(CLOCK_REALTIME, &now);
  *t = (struct timeval){now.tv_sec, now.tv_nsec / 1000};
  return rc;
}

__attribute__((visibility("default"))) time_t time(time_t *t) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (t)
    *t = now.tv_sec;
  return now.tv_sec;
}

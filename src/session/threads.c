/* SPDX-License-Identifier: MIT
 * How many threads a session uses. */
#include "session/threads.h"

#include <sched.h>

int lur_threads_asked(int n) {
  cpu_set_t set;
  if (n > 0)
    return n;
  n = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
  return n > 0 ? n : 1;
}

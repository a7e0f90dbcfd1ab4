/* SPDX-License-Identifier: MIT
 * How many threads a session uses. */
#include "session/threads.h"

#include "base/system.h"

int lur_threads_asked(int n) {
  if (n > 0)
    return n;
  n = lur_n_cores();
  return n > 0 ? n : 1;
}

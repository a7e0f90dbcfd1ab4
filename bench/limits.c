/* SPDX-License-Identifier: MIT
 * Twelve independent chains of fused multiply-adds in registers, more than the latency of any core needs, alone and
 * with other operations among them. Meson compiles this file for each width of vectors, in bytes: BYTES, LIMITS. */
#include "bench/limits.h"

#include <time.h>

typedef double wide_double __attribute__((vector_size(BYTES)));
typedef float wide_float __attribute__((vector_size(BYTES)));
enum { CHAINS = 12, ROUNDS = 500000 };
enum other { NOTHING, DIVIDE, COMPARE, STORE };

static double cpu_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* In a register each, so that nothing is stored; contraction makes each line one instruction. */
#define KEEP(x) __asm__ volatile("" : "+x"(x))
#define CHAIN(x)                                                                                                       \
  x = x * m + c;                                                                                                       \
  KEEP(x);
#define EACH_CHAIN                                                                                                     \
  CHAIN(a) CHAIN(b) CHAIN(d) CHAIN(e) CHAIN(f) CHAIN(g) CHAIN(h) CHAIN(i) CHAIN(j) CHAIN(k) CHAIN(l) CHAIN(n)

/* ns of a round: each chain `steps` times (0, 1 or 4), and one other operation that depends on none of them. */
#define TIMED(type)                                                                                                    \
  static inline __attribute__((always_inline)) double timed_##type(int steps, enum other other) {                      \
    type a = {0}, b = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a, n = a, v, kept, *room = &kept; \
    type m = a + 0.5f, c = a + 0.25f, u = a + 1.5f;                                                                    \
    const double start = cpu_ns();                                                                                     \
    for (int r = 0; r < ROUNDS; r++) {                                                                                 \
      KEEP(u);                                                                                                         \
      if (other == DIVIDE || other == COMPARE) {                                                                       \
        v = other == DIVIDE ? m / u : (type)(u < m);                                                                   \
        KEEP(v);                                                                                                       \
      }                                                                                                                \
      if (other == STORE) {                                                                                            \
        *room = u;                                                                                                     \
        __asm__ volatile("" : : "r"(room) : "memory");                                                                 \
      }                                                                                                                \
      if (steps > 0) {                                                                                                 \
        EACH_CHAIN                                                                                                     \
      }                                                                                                                \
      if (steps > 1) {                                                                                                 \
        EACH_CHAIN EACH_CHAIN EACH_CHAIN                                                                               \
      }                                                                                                                \
    }                                                                                                                  \
    return (cpu_ns() - start) / ROUNDS;                                                                                \
  }                                                                                                                    \
  static struct bench_limits limits_##type(double lanes) {                                                             \
    const double once = timed_##type(1, NOTHING), four_times = timed_##type(4, NOTHING);                               \
    return (struct bench_limits){.fma = four_times / (4 * CHAINS * lanes),                                             \
                                 .division_alone = timed_##type(0, DIVIDE) / lanes,                                    \
                                 .division = (timed_##type(4, DIVIDE) - four_times) / lanes,                           \
                                 .compare = (timed_##type(1, COMPARE) - once) / lanes,                                 \
                                 .store = (timed_##type(1, STORE) - once) / lanes};                                    \
  }
TIMED(wide_double)
TIMED(wide_float)

struct bench_limits LIMITS(bool single) {
  return single ? limits_wide_float(BYTES / sizeof(float)) : limits_wide_double(BYTES / sizeof(double));
}

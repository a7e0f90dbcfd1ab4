/* SPDX-License-Identifier: MIT
 * Twelve independent chains of fused multiply-adds in registers, more than the latency of any core needs. */
#include "bench/limits.h"

#include <time.h>

#if defined(__AVX512F__)
enum { BYTES = 64 };
#elif defined(__AVX__)
enum { BYTES = 32 };
#else
enum { BYTES = 16 };
#endif
typedef double wide_double __attribute__((vector_size(BYTES)));
typedef float wide_float __attribute__((vector_size(BYTES)));
enum { CHAINS = 12, ROUNDS = 1500000 };

static double cpu_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* In a register each, so that nothing is stored; contraction makes each line one instruction. */
#define CHAIN(x)                                                                                                       \
  x = x * m + c;                                                                                                       \
  __asm__ volatile("" : "+x"(x))
#define CHAINS_OF(type)                                                                                                \
  static double chains_##type(void) {                                                                                  \
    type a = {0}, b = a, d = a, e = a, f = a, g = a, h = a, i = a, j = a, k = a, l = a, n = a;                         \
    const type m = a + 0.5f, c = a + 0.25f;                                                                            \
    const double start = cpu_ns();                                                                                     \
    for (int r = 0; r < ROUNDS; r++) {                                                                                 \
      CHAIN(a);                                                                                                        \
      CHAIN(b);                                                                                                        \
      CHAIN(d);                                                                                                        \
      CHAIN(e);                                                                                                        \
      CHAIN(f);                                                                                                        \
      CHAIN(g);                                                                                                        \
      CHAIN(h);                                                                                                        \
      CHAIN(i);                                                                                                        \
      CHAIN(j);                                                                                                        \
      CHAIN(k);                                                                                                        \
      CHAIN(l);                                                                                                        \
      CHAIN(n);                                                                                                        \
    }                                                                                                                  \
    return (cpu_ns() - start) / ((double)ROUNDS * CHAINS);                                                             \
  }
CHAINS_OF(wide_double)
CHAINS_OF(wide_float)

double bench_fma_ns(bool single) {
  return single ? chains_wide_float() / (BYTES / sizeof(float)) : chains_wide_double() / (BYTES / sizeof(double));
}

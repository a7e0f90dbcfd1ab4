/* SPDX-License-Identifier: MIT
 * The floating-point environment that every engine entry works in, on its own thread: round to nearest, denormals
 * kept, no traps. Entered where it is not so already, and left as it was found, but for the status flags. */
#ifndef LUR_ENGINE_ENVIRONMENT_H
#define LUR_ENGINE_ENVIRONMENT_H

#include <stdint.h>

#if defined(__x86_64__)
typedef uint32_t lur_environment;
enum { LUR_ENVIRONMENT_WANTED = 0x1f80, LUR_ENVIRONMENT_FLAGS = 0x3f };
static inline lur_environment lur_environment_read(void) {
  lur_environment e;
  __asm__ volatile("stmxcsr %0" : "=m"(e)::"memory");
  return e;
}
static inline void lur_environment_write(lur_environment e) {
  __asm__ volatile("ldmxcsr %0" ::"m"(e) : "memory");
}
#elif defined(__aarch64__)
typedef uint64_t lur_environment;
enum { LUR_ENVIRONMENT_WANTED = 0, LUR_ENVIRONMENT_FLAGS = 0 };
static inline lur_environment lur_environment_read(void) {
  lur_environment e;
  __asm__ volatile("mrs %0, fpcr" : "=r"(e)::"memory");
  return e;
}
static inline void lur_environment_write(lur_environment e) {
  __asm__ volatile("msr fpcr, %0" ::"r"(e) : "memory");
}
#else
#include <fenv.h>
typedef int lur_environment;
enum { LUR_ENVIRONMENT_WANTED = FE_TONEAREST, LUR_ENVIRONMENT_FLAGS = 0 };
static inline lur_environment lur_environment_read(void) {
  return fegetround();
}
static inline void lur_environment_write(lur_environment e) {
  fesetround(e);
}
#endif

static inline int lur_environment_differs(lur_environment e) {
  return (e & ~(lur_environment)LUR_ENVIRONMENT_FLAGS) != LUR_ENVIRONMENT_WANTED;
}

/* Returns what lur_environment_leave() needs. */
static inline lur_environment lur_environment_enter(void) {
  lur_environment found = lur_environment_read();
  if (lur_environment_differs(found))
    lur_environment_write(LUR_ENVIRONMENT_WANTED);
  return found;
}

static inline void lur_environment_leave(lur_environment found) {
  if (lur_environment_differs(found))
    lur_environment_write(found);
}

/* Keeps the compiler from moving what makes or uses x across an entry: for functions that are inlined into one. */
static inline double lur_environment_keep(double x) {
  __asm__ volatile("" : "+m"(x)::"memory");
  return x;
}

#endif

/* SPDX-License-Identifier: MIT
 * Which instruction set this process uses: a ladder from the widest down, of what was built and what the machine has,
 * or what LURON_ISA names. "scalar" is the reference kernel, one run at a time.
 * Reentrant; the environment is read at each call, so that a test can change it between jobs. */
#include <stdlib.h>
#include <string.h>

#include "engine/draw.h"
#include "engine/kernel.h"

/* The kernels of an instruction set, declared and listed. */
#define KERNELS_OF_PRECISION(isa, precision)                                                                           \
  extern const struct lur_kernel lur_kernel_##isa##_##precision##_blocks, lur_kernel_##isa##_##precision##_tiles,      \
      lur_kernel_##isa##_##precision##_rows
#define KERNELS(isa)                                                                                                   \
  KERNELS_OF_PRECISION(isa, double);                                                                                   \
  KERNELS_OF_PRECISION(isa, single)
#define LISTED(isa, precision)                                                                                         \
  {                                                                                                                    \
    &lur_kernel_##isa##_##precision##_blocks, &lur_kernel_##isa##_##precision##_tiles,                                 \
        &lur_kernel_##isa##_##precision##_rows                                                                         \
  }
#define KERNELS_OF(isa)                                                                                                \
  { LISTED(isa, double), LISTED(isa, single) }

#if defined(__x86_64__)
KERNELS(avx512);
KERNELS(avx2);
KERNELS(sse2);
lur_normals lur_normals_avx512, lur_normals_avx2;

static bool has_avx512(void) {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
static bool has_avx2(void) {
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
}
#elif defined(__aarch64__)
KERNELS(neon);
lur_normals lur_normals_neon;
#endif
static bool has_always(void) {
  return true;
}

/* Widest first. */
static const struct rung {
  const char *isa;
  bool (*has)(void);
  const struct lur_kernel *kernel[LUR_N_PRECISIONS][LUR_N_KERNEL_FORMS];
  lur_normals *normals;
} ladder[] = {
#if defined(__x86_64__)
    {"avx512", has_avx512, KERNELS_OF(avx512), lur_normals_avx512},
    {"avx2", has_avx2, KERNELS_OF(avx2), lur_normals_avx2},
    {"sse2", has_always, KERNELS_OF(sse2), NULL},
#elif defined(__aarch64__)
    {"neon", has_always, KERNELS_OF(neon), lur_normals_neon},
#endif
    {"scalar", has_always, {{NULL}}, NULL},
};
enum { N_RUNGS = sizeof ladder / sizeof *ladder };

static const struct rung *find(const char *isa) {
  for (int i = 0; i < N_RUNGS; i++)
    if (strcmp(ladder[i].isa, isa) == 0)
      return &ladder[i];
  return NULL;
}

static bool known(const char *isa) {
  static const char *const names[] = {"scalar", "sse2", "avx2", "avx512", "neon"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++)
    if (strcmp(names[i], isa) == 0)
      return true;
  return false;
}

const struct lur_kernel *lur_kernel_find(const char *isa, enum lur_precision precision, enum lur_kernel_form form) {
  const struct rung *r = find(isa);
  return r && r->has() ? r->kernel[precision][form] : NULL;
}

lur_normals *lur_normals_find(void) {
  int i = 0;
  while (!ladder[i].has())
    i++;
  return ladder[i].normals;
}

const char *lur_isa_name(struct lur_error *e) {
  const char *forced = getenv("LURON_ISA");
  if (!forced || !*forced) {
    int i = 0;
    while (!ladder[i].has())
      i++;
    return ladder[i].isa;
  }
  const struct rung *r = find(forced);
  if (r && r->has())
    return r->isa;
  if (known(forced))
    lur_fail(e, LUR_EINPUT, "LURON_ISA", "this machine or build has no %s", forced);
  else
    lur_fail(e, LUR_EINPUT, "LURON_ISA", "\"%.32s\" is not one of scalar sse2 avx2 avx512 neon", forced);
  return NULL;
}

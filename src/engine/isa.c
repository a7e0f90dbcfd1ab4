/* SPDX-License-Identifier: MIT
 * Which instruction set this process uses: the widest that was built and the machine has, or what LURON_ISA names;
 * and the form of kernel that LURON_FORM asks for, for tests and measurements: the bits are the same. The environment
 * is read at each call, so that a test can change it between jobs. */
#include "engine/isa.h"

#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"

static const char *const names[] = {"avx512", "avx2", "sse2", "neon", "scalar"};
_Static_assert(sizeof names / sizeof *names == LUR_N_ISAS, "an instruction set's name is missing");

enum lur_isa lur_isa_of(const char *name) {
  int i = 0;
  while (i < LUR_N_ISAS && strcmp(names[i], name) != 0)
    i++;
  return (enum lur_isa)i;
}

bool lur_isa_has(enum lur_isa isa) {
#if defined(__x86_64__)
  if (isa == LUR_AVX512)
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl");
  if (isa == LUR_AVX2)
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
  return isa == LUR_SSE2 || isa == LUR_SCALAR;
#elif defined(__aarch64__)
  return isa == LUR_NEON || isa == LUR_SCALAR;
#else
  return isa == LUR_SCALAR;
#endif
}

enum lur_isa lur_isa_widest(void) {
  int i = 0;
  while (!lur_isa_has((enum lur_isa)i))
    i++;
  return (enum lur_isa)i;
}

static const char *const form_names[] = {"blocks", "tiles", "units"};
_Static_assert(sizeof form_names / sizeof *form_names == LUR_N_KERNEL_FORMS, "a form's name is missing");

enum lur_kernel_form lur_isa_form(struct lur_error *e) {
  const char *forced = getenv("LURON_FORM");
  int f = 0;
  while (f < LUR_N_KERNEL_FORMS && !(forced && strcmp(forced, form_names[f]) == 0))
    f++;
  if (f == LUR_N_KERNEL_FORMS && forced && *forced)
    lur_fail(e, LUR_EINPUT, "LURON_FORM", "\"%.32s\" is not one of blocks tiles units", forced);
  return (enum lur_kernel_form)f;
}

const char *lur_isa_name(struct lur_error *e) {
  struct lur_error wrong = {0};
  lur_isa_form(&wrong);
  if (wrong.code) {
    lur_fail(e, wrong.code, wrong.field, "%s", wrong.text);
    return NULL;
  }
  const char *forced = getenv("LURON_ISA");
  const bool free = !forced || !*forced;
  const enum lur_isa isa = free ? lur_isa_widest() : lur_isa_of(forced);
  if (isa == LUR_N_ISAS)
    lur_fail(e, LUR_EINPUT, "LURON_ISA", "\"%.32s\" is not one of scalar sse2 avx2 avx512 neon", forced);
  else if (!lur_isa_has(isa))
    lur_fail(e, LUR_EINPUT, "LURON_ISA", "this machine or build has no %s", forced);
  else
    return names[isa];
  return NULL;
}

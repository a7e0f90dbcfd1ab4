/* SPDX-License-Identifier: MIT
 * The lane kernels of this build, by instruction set, precision and form. */
#include "engine/isa.h"
#include "engine/kernel/kernel.h"

#define KERNELS_OF_PRECISION(isa, precision)                                                                           \
  extern const struct lur_kernel lur_kernel_##isa##_##precision##_blocks, lur_kernel_##isa##_##precision##_tiles,      \
      lur_kernel_##isa##_##precision##_units
#define KERNELS(isa)                                                                                                   \
  KERNELS_OF_PRECISION(isa, double);                                                                                   \
  KERNELS_OF_PRECISION(isa, single)
#define LISTED(isa, precision)                                                                                         \
  {                                                                                                                    \
    &lur_kernel_##isa##_##precision##_blocks, &lur_kernel_##isa##_##precision##_tiles,                                 \
        &lur_kernel_##isa##_##precision##_units                                                                        \
  }
#define KERNELS_OF(isa)                                                                                                \
  { LISTED(isa, double), LISTED(isa, single) }

#if defined(__x86_64__)
KERNELS(avx512);
KERNELS(avx2);
KERNELS(sse2);
#elif defined(__aarch64__)
KERNELS(neon);
#endif

/* Those that the build has not are NULL. */
static const struct lur_kernel *const kernels[LUR_N_ISAS][LUR_N_PRECISIONS][LUR_N_KERNEL_FORMS] = {
#if defined(__x86_64__)
    [LUR_AVX512] = KERNELS_OF(avx512),
    [LUR_AVX2] = KERNELS_OF(avx2),
    [LUR_SSE2] = KERNELS_OF(sse2),
#elif defined(__aarch64__)
    [LUR_NEON] = KERNELS_OF(neon),
#endif
    [LUR_SCALAR] = {{NULL}},
};

const struct lur_kernel *lur_kernel_find(const char *isa, enum lur_precision precision, enum lur_kernel_form form) {
  const enum lur_isa i = lur_isa_of(isa);
  return i < LUR_N_ISAS && lur_isa_has(i) ? kernels[i][precision][form] : NULL;
}

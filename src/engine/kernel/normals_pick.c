/* SPDX-License-Identifier: MIT
 * Which build of normals.c this machine runs. */
#include "engine/draw.h"
#include "engine/isa.h"

#if defined(__x86_64__)
lur_normals lur_normals_avx512, lur_normals_avx2;
#elif defined(__aarch64__)
lur_normals lur_normals_neon;
#endif

lur_normals *lur_normals_find(void) {
  static lur_normals *const normals[LUR_N_ISAS] = {
#if defined(__x86_64__)
    [LUR_AVX512] = lur_normals_avx512,
    [LUR_AVX2] = lur_normals_avx2,
#elif defined(__aarch64__)
    [LUR_NEON] = lur_normals_neon,
#endif
    [LUR_SCALAR] = NULL,
  };
  return normals[lur_isa_widest()];
}

/* SPDX-License-Identifier: MIT
 * The builds of draws.c. */
#include "engine/draw.h"

extern const struct lur_draws lur_draws_scalar;
#if defined(__x86_64__)
extern const struct lur_draws lur_draws_avx512, lur_draws_avx2;
#elif defined(__aarch64__)
extern const struct lur_draws lur_draws_neon;
#endif

const struct lur_draws *lur_draws_find(enum lur_isa isa) {
  static const struct lur_draws *const draws[LUR_N_ISAS] = {
#if defined(__x86_64__)
    [LUR_AVX512] = &lur_draws_avx512,
    [LUR_AVX2] = &lur_draws_avx2,
#elif defined(__aarch64__)
    [LUR_NEON] = &lur_draws_neon,
#endif
    [LUR_SCALAR] = &lur_draws_scalar,
  };
  return lur_isa_has(isa) && draws[isa] ? draws[isa] : &lur_draws_scalar;
}

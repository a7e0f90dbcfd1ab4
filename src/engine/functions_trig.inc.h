/* SPDX-License-Identifier: MIT
 * sin, cos, tan and erf, lane by lane, by the C library. */
#ifndef LUR_ENGINE_FUNCTIONS_TRIG_INC_H
#define LUR_ENGINE_FUNCTIONS_TRIG_INC_H

#include "engine/functions.inc.h"

#define BY_LANES(name)                                                                                                 \
  FUNCTION void each_##name(int n, const vec *x, vec *y) {                                                             \
    real lane[VEC_LANES] __attribute__((aligned(64)));                                                                 \
    for (int u = 0; u < n; u++) {                                                                                      \
      vec_store(lane, x[u]);                                                                                           \
      for (int i = 0; i < VEC_LANES; i++)                                                                              \
        lane[i] = (real)name((double)lane[i]);                                                                         \
      y[u] = vec_load(lane);                                                                                           \
    }                                                                                                                  \
  }                                                                                                                    \
  FUNCTION vec vec_##name(vec x) {                                                                                     \
    vec y;                                                                                                             \
    each_##name(1, &x, &y);                                                                                            \
    return y;                                                                                                          \
  }
BY_LANES(sin)
BY_LANES(cos)
BY_LANES(tan)
BY_LANES(erf)
#undef BY_LANES

#endif

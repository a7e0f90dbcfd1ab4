/* SPDX-License-Identifier: MIT
 * The functions of one number and of two: the kernels' own, one lane wide. Pure. */
#define VEC_FLOAT 0
#include "engine/vec/scalar.h"

#include "engine/environment.h"
#include "engine/functions.inc.h"
#include "engine/functions_power.inc.h"
#include "engine/functions_trig.inc.h"
#include "engine/functions_whole.inc.h"

#define ONE_NUMBER(name)                                                                                               \
  double lur_##name(double x) {                                                                                        \
    lur_environment found = lur_environment_enter();                                                                   \
    double y = vec_##name(lur_environment_keep(x));                                                                    \
    y = lur_environment_keep(y != y ? (double)NAN : y);                                                                \
    lur_environment_leave(found);                                                                                      \
    return y;                                                                                                          \
  }
ONE_NUMBER(exp)
ONE_NUMBER(log)
ONE_NUMBER(log1p)
ONE_NUMBER(expm1)
ONE_NUMBER(tanh)
ONE_NUMBER(sigmoid)
ONE_NUMBER(sin)
ONE_NUMBER(cos)
ONE_NUMBER(tan)
ONE_NUMBER(erf)
ONE_NUMBER(floor)
ONE_NUMBER(ceil)

#define TWO_NUMBERS(name)                                                                                              \
  double lur_##name(double a, double b) {                                                                              \
    lur_environment found = lur_environment_enter();                                                                   \
    double y = vec_##name(lur_environment_keep(a), lur_environment_keep(b));                                           \
    y = lur_environment_keep(y != y ? (double)NAN : y);                                                                \
    lur_environment_leave(found);                                                                                      \
    return y;                                                                                                          \
  }
TWO_NUMBERS(floor_div)
TWO_NUMBERS(mod)
TWO_NUMBERS(pow)
TWO_NUMBERS(pow_constant)

extern lur_powers VEC_POWERS; /* for sets without fused multiply-add, too */
void VEC_POWERS(size_t n, const float *a, const float *b, float *out) {
  pow_floats(n, a, b, out);
}

double lur_activate(enum lur_activation a, double z) {
  lur_environment found = lur_environment_enter();
  double y, x = lur_environment_keep(z);
  each_activate(1, a, &x, &y);
  y = lur_environment_keep(y != y ? (double)NAN : y);
  lur_environment_leave(found);
  return y;
}

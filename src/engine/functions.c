/* SPDX-License-Identifier: MIT
 * The functions of one number: the kernels' own, one lane wide. Pure. */
#define VEC_FLOAT 0
#include "engine/vec/scalar.h"

#include "engine/environment.h"
#include "engine/functions.inc.h"

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

double lur_activate(enum lur_activation a, double z) {
  lur_environment found = lur_environment_enter();
  double y, x = lur_environment_keep(z);
  each_activate(1, a, &x, &y);
  y = lur_environment_keep(y != y ? (double)NAN : y);
  lur_environment_leave(found);
  return y;
}

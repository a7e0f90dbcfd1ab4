/* SPDX-License-Identifier: MIT
 * The functions of one number: the kernels' own, one lane wide. Pure. */
#define VEC_FLOAT 0
#include "engine/vec_scalar.h"

#include "engine/functions.inc.h"

double lur_exp(double x) {
  return vec_exp(x);
}

double lur_log(double x) {
  return vec_log(x);
}

double lur_log1p(double x) {
  return vec_log1p(x);
}

double lur_expm1(double x) {
  return vec_expm1(x);
}

double lur_tanh(double x) {
  return vec_tanh(x);
}

double lur_sigmoid(double x) {
  return vec_sigmoid(x);
}

double lur_activate(enum lur_activation a, double z) {
  double y;
  each_activate(1, a, &z, &y);
  return y;
}

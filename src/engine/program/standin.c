/* SPDX-License-Identifier: MIT
 * See standin.h. Weak: others of these names are taken where there are any. */
#include "engine/program/standin.h"

#include <math.h>

#include "engine/engine.h"

__attribute__((weak)) double lur_sin(double x) {
  return fabs(x) <= 0x1p20 ? sin(x) : (double)NAN;
}
__attribute__((weak)) double lur_cos(double x) {
  return fabs(x) <= 0x1p20 ? cos(x) : (double)NAN;
}
__attribute__((weak)) double lur_tan(double x) {
  return lur_sin(x) / lur_cos(x);
}
__attribute__((weak)) double lur_erf(double x) {
  return erf(x);
}
__attribute__((weak)) double lur_floor(double x) {
  return floor(x) + 0;
}
__attribute__((weak)) double lur_ceil(double x) {
  return ceil(x) + 0;
}
__attribute__((weak)) double lur_floor_div(double a, double b) {
  return floor(a / b);
}
__attribute__((weak)) double lur_mod(double a, double b) {
  double r = fmod(a, b);
  return fabs(floor(a / b)) >= 0x1p52 ? (double)NAN : r != 0 && (r < 0) != (b < 0) ? r + b : r;
}
__attribute__((weak)) double lur_pow(double a, double b) {
  return pow(a, b);
}
__attribute__((weak)) double lur_pow_constant(double a, double b) {
  double n = fabs(b), y = 1;
  if (b == 0.5)
    return sqrt(a + 0);
  if (n != floor(n) || n > 64)
    return pow(a, b);
  for (int k = (int)n; k; k /= 2, a *= a)
    y = k % 2 ? y * a : y;
  return b < 0 ? 1 / y : y;
}

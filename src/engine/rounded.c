/* SPDX-License-Identifier: MIT
 * One conversion, in a file of its own and never inlined: where two such conversions, each behind the choice of a
 * precision, stand side by side, gcc 12 makes a vector of them (-ftree-slp-vectorize) and loses both. */
#include "engine/rounded.h"

__attribute__((noinline)) double lur_rounded(enum lur_precision precision, double x) {
  return precision == LUR_SINGLE ? (double)(float)x : x;
}

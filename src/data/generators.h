/* SPDX-License-Identifier: MIT
 * Data sets made from a formula: a declaration says which, lur_generator_make makes it. The same declaration gives
 * the same bits everywhere: sines are our own, noise is drawn by row and input from the seed. Reentrant.
 *
 * All have targets of 0 and 1, rows of the two classes in turn; z is a standard normal draw, times noise:
 *   xor        n rows, the corners 00 01 10 11 again and again (a, b) + noise * z, target a xor b
 *   parity     all 2^bits rows of bits, counting up, the first bit the highest; target 1 where an odd number is set
 *   spiral     two arms of n/2: at u = i/(n/2 - 1), radius (104 - 96 u)/104, angle 2 pi turns u: (r sin, r cos), the
 *              second arm the first one's negative, target 0. With n = 194 and turns = 3 the points of Lang and
 *              Witbrock (1988), scaled to radius 1
 *   circles    n/2 points each, even angles: radius 1, target 0; radius factor, target 1
 *   moons      n/2 points each, t from 0 to pi: (cos t, sin t), target 0; (1 - cos t, 1/2 - sin t), target 1
 *   gaussians  class k of `classes` around (3 cos, 3 sin)(2 pi k / classes), deviation noise; one output a class where
 *              there are more than two */
#ifndef LUR_DATA_GENERATORS_H
#define LUR_DATA_GENERATORS_H

#include "data/dataset.h"

enum lur_generator {
  LUR_XOR, LUR_PARITY, LUR_SPIRAL, LUR_CIRCLES, LUR_MOONS, LUR_GAUSSIANS,
  LUR_N_GENERATORS
};
extern const char *const lur_generator_names[]; /* ended by NULL */

enum { LUR_MAX_BITS = 16, LUR_MAX_ROWS = 10000000 };

struct lur_declaration {
  enum lur_generator kind;
  size_t n;      /* rows, 1 .. LUR_MAX_ROWS; even where there are two halves; parity: not read */
  int bits;      /* parity: 1 .. LUR_MAX_BITS */
  int classes;   /* gaussians: 2 .. LUR_MAX_WIDTH */
  double noise, factor, turns; /* noise at least 0, factor from 0 to 1 */
  uint64_t seed;
};

/* The kind's own defaults. */
struct lur_declaration lur_generator_declare(enum lur_generator kind);
struct lur_dataset *lur_generator_make(const struct lur_declaration *d, struct lur_error *e);

#endif

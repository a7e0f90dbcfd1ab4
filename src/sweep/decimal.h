/* SPDX-License-Identifier: MIT
 * Points of axes as the decimals that a person means (docs/numerics.md, "Axis values"): 0.3 and not
 * 0.30000000000000004. Pure functions; the same bits on every machine. */
#ifndef LUR_SWEEP_DECIMAL_H
#define LUR_SWEEP_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

/* The decimal of fewest significant digits (0 has none; at most 12) within t of x, the nearest of those, correctly
 * rounded; x where there is none. x and t are finite, t is not below 0. */
double lur_decimal_near(double x, double t);

/* The steps first + i * step over the shortest decimals that read as these numbers. Where the sums are short enough
 * they are units * 10^-places in whole numbers; else places is -1 and they are added digit by digit. */
struct lur_steps {
  double first, step;
  int64_t first_units, step_units;
  int places;
};
/* For i up to last. */
struct lur_steps lur_steps_of(double first, double step, uint64_t last);
/* The i-th, exact and rounded once. */
double lur_steps_at(const struct lur_steps *s, uint64_t i);

#endif

/* SPDX-License-Identifier: MIT
 * Numbers in a run's precision, where code computes in double for both. Pure; reentrant. */
#ifndef LUR_ENGINE_ROUNDED_H
#define LUR_ENGINE_ROUNDED_H

#include "engine/engine.h"

/* x in that precision. The sum, difference, product or quotient of two floats, or the root of one, that was computed in
 * double and is rounded here is the one that floats would give. */
double lur_rounded(enum lur_precision precision, double x);

#endif

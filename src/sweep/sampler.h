/* SPDX-License-Identifier: MIT
 * Samplers: where in the unit cube point number `point` lies, one axis at a time. Pure functions of their arguments,
 * O(1), so that a sweep is sharded, resumed and extended without a list of points. */
#ifndef LUR_SWEEP_SAMPLER_H
#define LUR_SWEEP_SAMPLER_H

#include <stdint.h>

enum { LUR_SOBOL_DIMENSIONS = 64, LUR_SOBOL_BITS = 30 };

/* All return u in [0,1). dimension counts from 0. */
double lur_sample_random(uint64_t seed, uint64_t point, int dimension);
/* Unscrambled, the origin first, as scipy.stats.qmc.Sobol(d, scramble=False). point < 2^LUR_SOBOL_BITS,
 * dimension < LUR_SOBOL_DIMENSIONS. The direction numbers of a dimension are computed once. */
void lur_sobol_directions(int dimension, uint32_t direction[LUR_SOBOL_BITS]);
double lur_sample_sobol(const uint32_t direction[LUR_SOBOL_BITS], uint64_t point);
/* Each of the n slices of each dimension holds one of the n points. */
double lur_sample_latin(uint64_t seed, uint64_t n, uint64_t point, int dimension);
/* A permutation of 0 .. n-1, keyed. n is at most 2^120. */
typedef unsigned __int128 lur_wide;
lur_wide lur_permute_wide(uint64_t seed, uint32_t key, lur_wide n, lur_wide i);
uint64_t lur_permute(uint64_t seed, uint32_t key, uint64_t n, uint64_t i);
/* Keys beside the dimensions' own. */
enum { LUR_PERMUTE_ALL = 0x20000, LUR_PERMUTE_REST };

#endif

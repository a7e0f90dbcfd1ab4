/* SPDX-License-Identifier: MIT
 * Samplers. Sobol's sequence in Gray-code order (Antonov and Saleev 1979) with the primitive polynomials and initial
 * direction numbers of Joe and Kuo, "Constructing Sobol sequences with better two-dimensional projections", SIAM J.
 * Sci. Comput. 30 (2008), their table new-joe-kuo-6.21201. Latin hypercube: a permutation a dimension. Permutations are
 * Feistel networks whose round function is Philox, walked until they fall into 0 .. n-1. Constant tables; reentrant. */
#include "sweep/sampler.h"

#include "engine/engine.h"

/* The polynomial's coefficients as bits, the leading one first, and the initial numbers, one per degree. */
static const struct {
  uint16_t polynomial, initial[9];
} sobol[LUR_SOBOL_DIMENSIONS] = {
    /* clang-format off */
    {1, {1}},
    {3, {1}},
    {7, {1, 3}},
    {11, {1, 3, 1}},
    {13, {1, 1, 1}},
    {19, {1, 1, 3, 3}},
    {25, {1, 3, 5, 13}},
    {37, {1, 1, 5, 5, 17}},
    {41, {1, 1, 5, 5, 5}},
    {47, {1, 1, 7, 11, 19}},
    {55, {1, 1, 5, 1, 1}},
    {59, {1, 1, 1, 3, 11}},
    {61, {1, 3, 5, 5, 31}},
    {67, {1, 3, 3, 9, 7, 49}},
    {91, {1, 1, 1, 15, 21, 21}},
    {97, {1, 3, 1, 13, 27, 49}},
    {103, {1, 1, 1, 15, 7, 5}},
    {109, {1, 3, 1, 15, 13, 25}},
    {115, {1, 1, 5, 5, 19, 61}},
    {131, {1, 3, 7, 11, 23, 15, 103}},
    {137, {1, 3, 7, 13, 13, 15, 69}},
    {143, {1, 1, 3, 13, 7, 35, 63}},
    {145, {1, 3, 5, 9, 1, 25, 53}},
    {157, {1, 3, 1, 13, 9, 35, 107}},
    {167, {1, 3, 1, 5, 27, 61, 31}},
    {171, {1, 1, 5, 11, 19, 41, 61}},
    {185, {1, 3, 5, 3, 3, 13, 69}},
    {191, {1, 1, 7, 13, 1, 19, 1}},
    {193, {1, 3, 7, 5, 13, 19, 59}},
    {203, {1, 1, 3, 9, 25, 29, 41}},
    {211, {1, 3, 5, 13, 23, 1, 55}},
    {213, {1, 3, 7, 3, 13, 59, 17}},
    {229, {1, 3, 1, 3, 5, 53, 69}},
    {239, {1, 1, 5, 5, 23, 33, 13}},
    {241, {1, 1, 7, 7, 1, 61, 123}},
    {247, {1, 1, 7, 9, 13, 61, 49}},
    {253, {1, 3, 3, 5, 3, 55, 33}},
    {285, {1, 3, 1, 15, 31, 13, 49, 245}},
    {299, {1, 3, 5, 15, 31, 59, 63, 97}},
    {301, {1, 3, 1, 11, 11, 11, 77, 249}},
    {333, {1, 3, 1, 11, 27, 43, 71, 9}},
    {351, {1, 1, 7, 15, 21, 11, 81, 45}},
    {355, {1, 3, 7, 3, 25, 31, 65, 79}},
    {357, {1, 3, 1, 1, 19, 11, 3, 205}},
    {361, {1, 1, 5, 9, 19, 21, 29, 157}},
    {369, {1, 3, 7, 11, 1, 33, 89, 185}},
    {391, {1, 3, 3, 3, 15, 9, 79, 71}},
    {397, {1, 3, 7, 11, 15, 39, 119, 27}},
    {425, {1, 1, 3, 1, 11, 31, 97, 225}},
    {451, {1, 1, 1, 3, 23, 43, 57, 177}},
    {463, {1, 3, 7, 7, 17, 17, 37, 71}},
    {487, {1, 3, 1, 5, 27, 63, 123, 213}},
    {501, {1, 1, 3, 5, 11, 43, 53, 133}},
    {529, {1, 3, 5, 5, 29, 17, 47, 173, 479}},
    {539, {1, 3, 3, 11, 3, 1, 109, 9, 69}},
    {545, {1, 1, 1, 5, 17, 39, 23, 5, 343}},
    {557, {1, 3, 1, 5, 25, 15, 31, 103, 499}},
    {563, {1, 1, 1, 11, 11, 17, 63, 105, 183}},
    {601, {1, 1, 5, 11, 9, 29, 97, 231, 363}},
    {607, {1, 1, 5, 15, 19, 45, 41, 7, 383}},
    {617, {1, 3, 7, 7, 31, 19, 83, 137, 221}},
    {623, {1, 1, 1, 3, 23, 15, 111, 223, 83}},
    {631, {1, 1, 5, 13, 31, 15, 55, 25, 161}},
    {637, {1, 1, 3, 13, 25, 47, 39, 87, 257}},
    /* clang-format on */
};

double lur_sample_random(uint64_t seed, uint64_t point, int dimension) {
  return lur_draw_uniform(seed, point, (uint32_t)dimension, LUR_DRAW_SAMPLER);
}

static int degree_of(unsigned polynomial) {
  int degree = 0;
  while (polynomial >>= 1)
    degree++;
  return degree;
}

void lur_sobol_directions(int dimension, uint32_t direction[LUR_SOBOL_BITS]) {
  const unsigned polynomial = sobol[dimension].polynomial;
  const int degree = degree_of(polynomial);
  for (int k = 0; k < LUR_SOBOL_BITS; k++) {
    uint32_t m = degree == 0 ? 1 : 0;
    if (k < degree)
      m = sobol[dimension].initial[k];
    if (degree > 0 && k >= degree) {
      m = direction[k - degree];
      for (int j = 1; j <= degree; j++)
        if (polynomial >> (degree - j) & 1)
          m ^= direction[k - j] << j;
    }
    direction[k] = m; /* not yet shifted to its place */
  }
  for (int k = 0; k < LUR_SOBOL_BITS; k++)
    direction[k] <<= LUR_SOBOL_BITS - 1 - k;
}

double lur_sample_sobol(const uint32_t direction[LUR_SOBOL_BITS], uint64_t point) {
  uint32_t gray = (uint32_t)(point ^ point >> 1), x = 0;
  for (int k = 0; k < LUR_SOBOL_BITS; k++)
    if (gray >> k & 1)
      x ^= direction[k];
  return (double)x * 0x1p-30;
}

/* A half has 60 bits at most, so that the round fits beside it. */
static uint64_t feistel_round(uint64_t seed, uint32_t key, uint32_t round, uint64_t half) {
  const uint32_t counter[4] = {(uint32_t)half, (uint32_t)(half >> 32) << 3 | round, key, LUR_DRAW_SAMPLER};
  const uint32_t k[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  uint32_t out[4];
  lur_philox(counter, k, out);
  return out[0] | (uint64_t)out[1] << 32;
}

lur_wide lur_permute_wide(uint64_t seed, uint32_t key, lur_wide n, lur_wide i) {
  int bits = 1; /* of each half: 4^bits >= n */
  while (bits < 60 && (lur_wide)1 << 2 * bits < n)
    bits++;
  const uint64_t mask = ((uint64_t)1 << bits) - 1;
  do {
    uint64_t left = (uint64_t)(i >> bits), right = (uint64_t)i & mask;
    for (uint32_t round = 0; round < 6; round++) {
      uint64_t next = left ^ (feistel_round(seed, key, round, right) & mask);
      left = right;
      right = next;
    }
    i = (lur_wide)left << bits | right;
  } while (i >= n);
  return i;
}

uint64_t lur_permute(uint64_t seed, uint32_t key, uint64_t n, uint64_t i) {
  return (uint64_t)lur_permute_wide(seed, key, n, i);
}

double lur_sample_latin(uint64_t seed, uint64_t n, uint64_t point, int dimension) {
  const uint32_t jitter = 0x10000u + (uint32_t)dimension; /* apart from the draws of lur_sample_random */
  double inside = lur_draw_uniform(seed, point, jitter, LUR_DRAW_SAMPLER);
  double u = ((double)lur_permute(seed, (uint32_t)dimension, n, point) + inside) / (double)n;
  return u < 1 ? u : 0x1.fffffffffffffp-1;
}

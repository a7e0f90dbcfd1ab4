/* SPDX-License-Identifier: MIT
 * Draws: pure functions of (seed, index, epoch, purpose), so that any draw can be made alone, in any order, on any
 * thread. Philox4x32-10: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011.
 * Normal: the inverse distribution function, normal.inc.h. Start values take both for many draws at once
 * (kernel/draws.c). */
#define VEC_FLOAT 0
#include "engine/vec/scalar.h"

#include "engine/draw.h"

#include <math.h>

#include "engine/engine.h"
#include "engine/environment.h"
#include "engine/normal.inc.h"

enum { PHILOX_ROUNDS = 10 };

static void philox_round(uint32_t c[4], uint32_t key_low, uint32_t key_high) {
  uint64_t p0 = (uint64_t)0xD2511F53u * c[0], p1 = (uint64_t)0xCD9E8D57u * c[2];
  uint32_t c1 = c[1], c3 = c[3];
  c[0] = (uint32_t)(p1 >> 32) ^ c1 ^ key_low;
  c[1] = (uint32_t)p1;
  c[2] = (uint32_t)(p0 >> 32) ^ c3 ^ key_high;
  c[3] = (uint32_t)p0;
}

void lur_philox(const uint32_t counter[4], const uint32_t key[2], uint32_t out[4]) {
  uint32_t k0 = key[0], k1 = key[1];
  for (int i = 0; i < 4; i++)
    out[i] = counter[i];
  for (int i = 0; i < PHILOX_ROUNDS; i++) {
    philox_round(out, k0, k1);
    k0 += 0x9E3779B9u; /* the golden ratio and sqrt(3) - 1, as in the paper */
    k1 += 0xBB67AE85u;
  }
}

static void draw_block(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose, uint32_t out[4]) {
  const uint32_t counter[4] = {(uint32_t)index, (uint32_t)(index >> 32), epoch, (uint32_t)purpose};
  const uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  lur_philox(counter, key, out);
}

uint64_t lur_draw_bits(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  uint32_t out[4];
  draw_block(seed, index, epoch, purpose, out);
  return (uint64_t)out[0] << 32 | out[1];
}

double lur_draw_uniform(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  uint64_t k = lur_draw_bits(seed, index, epoch, purpose) >> 12;
  return (double)(2 * k + 1) * 0x1p-53;
}

double lur_normal_of_uniform(double u) {
  const double q = u - 0.5;
  if (fabs(q) <= 0.425)
    return normal_middle(q);
  const double r = normal_r(u, q);
  return r <= 5 ? normal_tail(TAIL, 1.6, q, r) : normal_tail(FAR_TAIL, 5, q, r);
}

double lur_draw_normal(uint64_t seed, uint64_t index, uint32_t epoch, enum lur_purpose purpose) {
  lur_environment found = lur_environment_enter();
  double x = lur_normal_of_uniform(lur_environment_keep(lur_draw_uniform(seed, index, epoch, purpose)));
  x = lur_environment_keep(x);
  lur_environment_leave(found);
  return x;
}

/* Fisher and Yates; the swap at i takes word i of the stream, four words a block. */
void lur_draw_order(uint64_t seed, uint32_t epoch, enum lur_purpose purpose, size_t n, uint32_t *order) {
  uint32_t block[4] = {0};
  for (size_t i = 0; i < n; i++)
    order[i] = (uint32_t)i;
  for (size_t i = n; i-- > 1;) {
    if (i == n - 1 || i % 4 == 3)
      draw_block(seed, i / 4, epoch, purpose, block);
    size_t j = (size_t)((uint64_t)block[i % 4] * (uint64_t)(i + 1) >> 32);
    uint32_t swapped = order[i];
    order[i] = order[j];
    order[j] = swapped;
  }
}

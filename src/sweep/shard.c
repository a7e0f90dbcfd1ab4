/* SPDX-License-Identifier: MIT
 * Shards: which units are of the k-th of n parts of a sweep, and how many numbers those are. */
#include "sweep/sweep_internal.h"

enum { SHARD_BLOCK = 256, SHARD_BLOCKS_EACH = 4 };

static uint64_t shard_block(int n, uint64_t units) {
  uint64_t block = SHARD_BLOCK;
  while (block > 1 && units / block < (uint64_t)n * SHARD_BLOCKS_EACH)
    block /= 2;
  return block;
}

bool lur_shard_has(int k, int n, uint64_t units, uint64_t unit) {
  if (n <= 1)
    return true;
  return unit / shard_block(n, units) % (uint64_t)n == (uint64_t)(k - 1);
}

/* The sum of (a * i + b) / m, rounded down, over i = 0 .. n - 1, modulo 2^64: by Euclid's algorithm. */
static uint64_t sum_floors(uint64_t n, uint64_t m, uint64_t a, uint64_t b) {
  uint64_t sum = 0;
  for (;;) {
    sum += (n % 2 ? (n - 1) / 2 * n : n / 2 * (n - 1)) * (a / m) + n * (b / m);
    a %= m;
    b %= m;
    unsigned __int128 top = (unsigned __int128)a * n + b;
    if (top < m)
      return sum;
    n = (uint64_t)(top / m);
    b = (uint64_t)(top % m);
    uint64_t swap = a;
    a = m;
    m = swap;
  }
}

/* How many of the units first, first + step, first + 2 * step ... of all are of shard k of n: those whose place in a
 * round of n blocks is within the k-th. */
static uint64_t shard_share(int k, int n, uint64_t units, uint64_t first, uint64_t step) {
  uint64_t block = shard_block(n, units), round = block * (uint64_t)n, begin = (uint64_t)(k - 1) * block;
  uint64_t total = first < units ? (units - 1 - first) / step + 1 : 0;
  return sum_floors(total, round, step, first + round - begin) -
         sum_floors(total, round, step, first + round - begin - block);
}

/* Brackets are of one size, but for each seed's last. */
uint64_t lur_shard_n_numbers(const struct lur_plan *p, int k, int n) {
  uint64_t units = lur_n_units(p);
  if (n <= 1)
    return lur_sweep_n_numbers(p);
  if (p->sweep.keep == LUR_KEEP_CELLS || !p->sweep.halving.n_rungs)
    return shard_share(k, n, units, 0, 1);
  uint64_t per_seed = lur_halving_n_brackets(p), size = lur_halving_bracket(p);
  uint64_t last = p->n_cells - (per_seed - 1) * size;
  uint64_t n_last = shard_share(k, n, units, per_seed - 1, per_seed);
  return (shard_share(k, n, units, 0, 1) - n_last) * size + n_last * last;
}

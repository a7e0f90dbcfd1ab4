/* SPDX-License-Identifier: MIT
 * Shards: which units are of the k-th of n parts of a sweep, and how many numbers those are. */
#include <stdlib.h>

#include "base/memory.h"
#include "sweep/loop.h"

enum { SHARD_BLOCK = 256, SHARD_BLOCKS_EACH = 4 };

struct lur_shard lur_shard_of(int k, int n, uint64_t n_units) {
  struct lur_shard s = {.k = k < 1 ? 0 : (uint64_t)(k - 1), .n = n < 1 ? 1 : (uint64_t)n, .block = SHARD_BLOCK};
  while (s.block > 1 && n_units / s.block < s.n * SHARD_BLOCKS_EACH)
    s.block /= 2;
  return s;
}

bool lur_shard_has(const struct lur_shard *s, uint64_t unit) {
  return s->n == 1 || unit / s->block % s->n == s->k;
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

/* How many of the units first, first + step, first + 2 * step ... of all are of the shard: those whose place in a round
 * of n blocks is within the k-th. */
static uint64_t share(const struct lur_shard *s, uint64_t n_units, uint64_t first, uint64_t step) {
  uint64_t round = s->block * s->n, begin = s->k * s->block;
  uint64_t total = first < n_units ? (n_units - 1 - first) / step + 1 : 0;
  return sum_floors(total, round, step, first + round - begin) -
         sum_floors(total, round, step, first + round - begin - s->block);
}

/* Brackets are of one size, but for each seed's last. */
uint64_t lur_shard_n_numbers(const struct lur_plan *p, int k, int n) {
  const uint64_t n_units = lur_n_units(p), per_seed = p->n_brackets, last = p->n_cells - (per_seed - 1) * p->bracket;
  const struct lur_shard s = lur_shard_of(k, n, n_units);
  const uint64_t n_last = s.n == 1 ? 0 : share(&s, n_units, per_seed - 1, per_seed);
  if (s.n == 1)
    return lur_sweep_n_numbers(p);
  return (share(&s, n_units, 0, 1) - n_last) * p->bracket + n_last * last;
}

/* Of each number that is not done, whether it is a run. */
static int look_at_left(const struct lur_plan *p, const struct lur_sweep_options *o, double *n, struct lur_error *e) {
  const struct lur_shard shard = lur_shard_of(o->shard, o->n_shards, lur_n_units(p));
  struct lur_spec *at = lur_copy(p->sweep.spec, 1, sizeof *at);
  int rc = at ? LUR_OK : lur_fail_memory(e);
  size_t done = 0;
  *n = 0;
  for (uint64_t run = 1; run <= lur_sweep_n_numbers(p) && !rc; run++) {
    bool skips = false;
    while (done < o->n_done && o->done[done].last < run)
      done++;
    if ((done < o->n_done && o->done[done].first <= run) || !lur_shard_has(&shard, lur_unit_of(p, run)))
      continue;
    rc = lur_plan_skips(p, run, at, &skips, e);
    *n += !skips;
  }
  free(at);
  return rc;
}

int lur_sweep_count_left(const struct lur_plan *p, const struct lur_sweep_options *o, double *n, bool *exact,
                         struct lur_error *e) {
  enum { MOST_LOOKED_AT = 1 << 20 };
  const uint64_t all = lur_sweep_n_numbers(p);
  const bool whole = o->n_shards < 2;
  const bool all_are_runs = whole && !p->sweep.calls->where && lur_plan_n_different(p) == p->n_cells;
  uint64_t left = lur_shard_n_numbers(p, o->shard, o->n_shards);
  for (size_t i = 0; i < o->n_done && whole && o->done[i].first <= all; i++)
    left -= (o->done[i].last < all ? o->done[i].last : all) - o->done[i].first + 1;
  *n = (double)left;
  *exact = all_are_runs || left == 0 || (all <= MOST_LOOKED_AT && p->sweep.keep != LUR_KEEP_CELLS);
  return *exact && !all_are_runs && left ? look_at_left(p, o, n, e) : LUR_OK;
}

/* SPDX-License-Identifier: MIT
 * Units: what is computed and settled together. A unit is a run, a bracket of a halving, or a cell with keep =
 * "cells"; this is the arithmetic between units, brackets and run numbers. */
#include <math.h>

#include "sweep/sweep_internal.h"

/* So long that a bracket keeps a run at its last rung, and prunes one: it never keeps more at a rung than at the one
 * before, however both are rounded. */
uint64_t lur_halving_bracket(const struct lur_plan *p) {
  const struct lur_halving *h = &p->sweep.halving;
  double before = 1;
  for (int i = 1; i < h->n_rungs; i++)
    before /= h->keep;
  double n = ceil(before / fmin(h->keep, 1 - h->keep) - 1e-9);
  return n > LUR_MOST_BRACKET ? LUR_MOST_BRACKET : (uint64_t)n;
}

/* What is left over at a seed's end belongs to its last bracket. */
uint64_t lur_halving_n_brackets(const struct lur_plan *p) {
  uint64_t n = p->n_cells / lur_halving_bracket(p);
  return n ? n : 1;
}

uint64_t lur_n_units(const struct lur_plan *p) {
  if (p->sweep.keep == LUR_KEEP_CELLS)
    return p->n_cells;
  if (p->sweep.halving.n_rungs)
    return lur_halving_n_brackets(p) * p->n_seeds;
  return p->n_cells * p->n_seeds;
}

/* The numbers of a unit, both ends included. */
struct lur_range lur_unit_range(const struct lur_plan *p, uint64_t unit) {
  if (!p->sweep.halving.n_rungs)
    return (struct lur_range){unit + 1, unit + 1};
  uint64_t per_seed = lur_halving_n_brackets(p), size = lur_halving_bracket(p);
  uint64_t seed = unit / per_seed, first = unit % per_seed * size;
  uint64_t end = unit % per_seed == per_seed - 1 ? p->n_cells : first + size;
  return (struct lur_range){seed * p->n_cells + first + 1, seed * p->n_cells + end};
}

/* The unit that a number is of. */
uint64_t lur_unit_of(const struct lur_plan *p, uint64_t number) {
  if (!p->sweep.halving.n_rungs)
    return number - 1;
  uint64_t per_seed = lur_halving_n_brackets(p), in_seed = (number - 1) % p->n_cells / lur_halving_bracket(p);
  return (number - 1) / p->n_cells * per_seed + (in_seed < per_seed ? in_seed : per_seed - 1);
}

struct lur_range lur_sweep_unit(const struct lur_plan *p, uint64_t number) {
  return lur_unit_range(p, lur_unit_of(p, number));
}

uint64_t lur_sweep_n_numbers(const struct lur_plan *p) {
  return p->sweep.keep == LUR_KEEP_CELLS ? p->n_cells : p->n_cells * p->n_seeds;
}

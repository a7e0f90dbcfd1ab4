/* SPDX-License-Identifier: MIT
 * Units: what is computed and settled together. A unit is a bracket of consecutive cells of one replicate; without a
 * halving a bracket is one cell, and with keep = "cells" that cell has all its replicates. Here is the arithmetic
 * between units, brackets and the numbers that a results file knows. */
#include <math.h>

#include "sweep/loop.h"

/* So long that a bracket keeps a run at its last rung, and prunes one: it never keeps more at a rung than at the one
 * before, however both are rounded. */
static uint64_t bracket_of(const struct lur_halving *h) {
  double before = 1;
  for (int i = 1; i < h->n_rungs; i++)
    before /= h->keep;
  double n = ceil(before / fmin(h->keep, 1 - h->keep) - 1e-9);
  return n > LUR_MOST_BRACKET ? LUR_MOST_BRACKET : (uint64_t)n;
}

/* What is left over at a replicate's end belongs to its last bracket. */
void lur_plan_settle_brackets(struct lur_plan *p) {
  p->bracket = p->sweep.halving.n_rungs ? bracket_of(&p->sweep.halving) : 1;
  p->n_brackets = p->n_cells < p->bracket ? 1 : p->n_cells / p->bracket;
}

uint64_t lur_n_units(const struct lur_plan *p) {
  return p->sweep.keep == LUR_KEEP_CELLS ? p->n_cells : p->n_brackets * p->n_replicates;
}

struct lur_range lur_unit_range(const struct lur_plan *p, uint64_t unit) {
  const uint64_t replicate = unit / p->n_brackets, place = unit % p->n_brackets, first = place * p->bracket;
  const uint64_t end = place == p->n_brackets - 1 ? p->n_cells : first + p->bracket;
  return (struct lur_range){replicate * p->n_cells + first + 1, replicate * p->n_cells + end};
}

uint64_t lur_unit_of(const struct lur_plan *p, uint64_t number) {
  const uint64_t replicate = (number - 1) / p->n_cells, place = (number - 1) % p->n_cells / p->bracket;
  return replicate * p->n_brackets + (place < p->n_brackets ? place : p->n_brackets - 1);
}

struct lur_range lur_sweep_unit(const struct lur_plan *p, uint64_t number) {
  return lur_unit_range(p, lur_unit_of(p, number));
}

uint64_t lur_sweep_n_numbers(const struct lur_plan *p) {
  return p->sweep.keep == LUR_KEEP_CELLS ? p->n_cells : p->n_cells * p->n_replicates;
}

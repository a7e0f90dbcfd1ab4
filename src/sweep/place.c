/* SPDX-License-Identifier: MIT
 * Where a run's number lies: the value's number on each axis, its group, and whether that repeats another group. Reads
 * the plan only, and may be called by any thread. */
#include "sweep/plan_internal.h"

static double sample(const struct lur_plan *p, uint64_t point, int d) {
  switch (p->sampler) {
  case LUR_RANDOM: return lur_sample_random(p->sampler_seed, point, d);
  case LUR_SOBOL: return lur_sample_sobol(p->sobol[d], point);
  case LUR_LATIN: return lur_sample_latin(p->sampler_seed, p->n_asked / p->n_crossed, point, d);
  case LUR_GRID:
  case LUR_N_SAMPLERS: break;
  }
  return 0;
}

static void settle(const struct dimension *d, uint64_t index, double u, struct place *at) {
  for (int i = 0; i < d->n_axes; i++) {
    at->index[d->axis[i]] = index;
    at->u[d->axis[i]] = u;
  }
  at->group += (size_t)(index * d->group_stride);
}

static void settle_sample(const struct lur_plan *p, uint64_t point, int i, struct place *at) {
  const struct dimension *d = &p->dimension[i];
  const struct lur_axis *a = &p->axis[d->axis[0]];
  double u = sample(p, point, i);
  uint64_t index = lur_axis_is_interval(a) ? lur_axis_offset(a, u) : (uint64_t)(u * (double)d->n);
  settle(d, d->n > 0 && index >= d->n ? d->n - 1 : index, u, at);
}

void lur_place_point(const struct lur_plan *p, uint64_t point, struct place *at) {
  at->group = 0;
  if (p->sampler == LUR_GRID || point & LUR_POINT_IN_GRID) {
    uint64_t cell = point & ~LUR_POINT_IN_GRID;
    for (int i = p->n_dimensions - 1; i > 0; i--) {
      settle(&p->dimension[i], cell % p->dimension[i].n, 0, at);
      cell /= p->dimension[i].n;
    }
    if (p->n_dimensions > 0) /* what is left of a cell is below its n; and divisions are slow */
      settle(&p->dimension[0], cell, 0, at);
    return;
  }
  if (p->n_dimensions > p->n_drawn) { /* also where each has one value only */
    uint64_t combination = point % p->n_crossed;
    point /= p->n_crossed;
    for (int i = p->n_dimensions - 1; i >= p->n_drawn; i--) {
      settle(&p->dimension[i], combination % p->dimension[i].n, 0, at);
      combination /= p->dimension[i].n;
    }
  }
  lur_wide number = p->n_permuted ? lur_permute_wide(p->sampler_seed, LUR_PERMUTE_ALL, p->permuted, point) : 0;
  for (int i = p->n_permuted - 1; i >= 0; i--) {
    settle(&p->dimension[i], (uint64_t)(number % p->dimension[i].n), 0, at);
    number /= p->dimension[i].n;
  }
  for (int i = p->n_permuted; i < p->n_drawn; i++)
    settle_sample(p, point, i, at);
}

void lur_place_find(const struct lur_plan *p, uint64_t run, struct place *at) {
  const uint64_t number = run - 1, replicate = p->n_replicates > 1 ? number / p->n_cells : 0;
  const uint64_t cell = number - replicate * p->n_cells, seed = p->n_folds > 1 ? replicate / p->n_folds : replicate;
  if (p->seed_axis >= 0)
    at->index[p->seed_axis] = seed;
  if (p->fold_axis >= 0)
    at->index[p->fold_axis] = replicate - seed * p->n_folds;
  lur_place_point(p, p->point_of ? p->point_of[cell] : cell, at);
}

const char *lur_place_value(const struct lur_plan *p, int a, const struct place *at, struct lur_value *v) {
  const struct lur_axis *axis = &p->axis[a];
  if (lur_axis_is_interval(axis) && !axis->whole)
    return lur_axis_draw(axis, at->u[a], v);
  if (!p->point[a])
    return lur_axis_value(axis, at->index[a], v);
  v->kind = LUR_V_NUMBER;
  v->as.number = p->point[a][at->index[a]];
  return NULL;
}

size_t lur_plan_group(const struct lur_plan *p, uint64_t run) {
  struct place at;
  if (p->n_groups == 1)
    return 0;
  lur_place_find(p, run, &at);
  return at.group;
}

bool lur_dimension_is_unread(const struct group *g, const struct lur_plan *p, const struct dimension *d) {
  bool unread = p->can_repeat;
  for (int k = 0; k < d->n_axes && unread; k++)
    unread = lur_axis_is_unread(g, d->axis[k]);
  return unread;
}

bool lur_group_repeats(const struct lur_plan *p, size_t g) {
  const struct dimension *d = p->batch_dimension >= 0 ? &p->dimension[p->batch_dimension] : NULL;
  return d && p->group[g].first_batch != g / d->group_stride % d->n;
}

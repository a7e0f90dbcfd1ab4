/* SPDX-License-Identifier: MIT
 * Building a plan: axes put in order and checked against each other, dimensions, the sampler, then the other parts. */
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/plan_internal.h"

#define MOST_RUNS 9007199254740992.0 /* 2^53 */
enum { MOST_GROUPS = 100000, MOST_CROSSED = 1 << 24 };

/* ---- Axes in order ---- */
static bool stands_before(const struct lur_axis *a, const struct lur_axis *b) {
  const int field_a = a->field < 0 ? LUR_F_PARAMS : a->field, field_b = b->field < 0 ? LUR_F_PARAMS : b->field;
  if (field_a != field_b)
    return field_a < field_b;
  return a->layer != b->layer ? a->layer < b->layer : strcmp(a->name, b->name) < 0;
}

static void sort_axes(struct lur_plan *p, const struct lur_axes *axes) {
  for (int i = 0; i < axes->n; i++) {
    int at = p->n_axes++;
    for (; at > 0 && stands_before(&axes->axis[i], &p->axis[at - 1]); at--)
      p->axis[at] = p->axis[at - 1];
    p->axis[at] = axes->axis[i];
    p->axis[at].crossed = axes->axis[i].crossed && p->sampler != LUR_GRID;
  }
  p->seed_axis = p->fold_axis = -1;
  for (int i = 0; i < p->n_axes; i++) {
    if (p->axis[i].field == LUR_F_SEED && p->axis[i].zip == 0)
      p->seed_axis = i;
    if (p->axis[i].field == LUR_F_FOLD)
      p->fold_axis = i;
  }
}

/* Each value of the axis is one of the folds that there are; all go together with all values of others. */
static int check_fold_axis(const struct lur_plan *p, const struct lur_axis *a, struct lur_error *e) {
  struct lur_spec *spec = lur_copy(p->sweep.spec, 1, sizeof *spec);
  int rc = spec ? LUR_OK : lur_fail_memory(e);
  if (!rc && a->zip)
    rc = lur_fail(e, LUR_EINPUT, a->name, "cannot be zipped: each combination is trained on the same folds");
  for (uint64_t i = 0; i < a->n && !rc; i++) {
    lur_axis_value(a, i, &spec->value[LUR_F_FOLD]);
    rc = lur_spec_check_fold(spec, e);
  }
  free(spec);
  return rc;
}

static int check_axis(const struct lur_plan *p, int i, struct lur_error *e) {
  const struct lur_axis *a = &p->axis[i];
  const bool replicates = i == p->seed_axis || i == p->fold_axis;
  int rc = lur_check_distinct(a, e);
  if (!rc && lur_axis_is_interval(a) && replicates)
    return lur_fail(e, LUR_EINPUT, a->name, "%ss are a list or a range, not an interval", a->name);
  if (!rc && lur_axis_is_interval(a) && p->sampler == LUR_GRID)
    return lur_fail(e, LUR_EINPUT, a->name,
                    "an interval needs sampler = random, sobol or latin; for a grid give it a number of points");
  return !rc && i == p->fold_axis ? check_fold_axis(p, a, e) : rc;
}

static int add_dimension(struct lur_plan *p, int first, bool *is_placed, struct lur_error *e) {
  struct dimension *d = &p->dimension[p->n_dimensions++];
  const struct lur_axis *a = &p->axis[first];
  d->n = lur_axis_is_interval(a) ? lur_axis_span(a) : a->n;
  for (int i = first; i < p->n_axes; i++) {
    const struct lur_axis *b = &p->axis[i];
    if (i != first && (a->zip == 0 || b->zip != a->zip))
      continue;
    if (a->zip && lur_axis_is_interval(b))
      return lur_fail(e, LUR_EINPUT, b->name, "an interval cannot be zipped");
    if (b->n != a->n)
      return lur_fail(e, LUR_EINPUT, b->name, "%llu values, but %s, zipped with it, has %llu", (unsigned long long)b->n,
                      a->name, (unsigned long long)a->n);
    d->axis[d->n_axes++] = i;
    is_placed[i] = true;
  }
  return lur_check_zip(p, d, e);
}

/* Of a zip: whether one of its axes is. */
static bool is_crossed(const struct lur_plan *p, int i) {
  bool is = p->axis[i].crossed;
  for (int k = 0; k < p->n_axes; k++)
    is = is || (p->axis[i].zip && p->axis[k].zip == p->axis[i].zip && p->axis[k].crossed);
  return is;
}

/* What points are drawn of comes first, then what they are crossed with. */
static int add_dimensions(struct lur_plan *p, bool crossed, struct lur_error *e) {
  bool is_placed[LUR_MAX_AXES] = {false};
  int rc = LUR_OK;
  for (int i = 0; i < p->n_axes && !rc; i++)
    if (i != p->seed_axis && i != p->fold_axis && !is_placed[i] && is_crossed(p, i) == crossed)
      rc = add_dimension(p, i, is_placed, e);
  return rc;
}

static int make_dimensions(struct lur_plan *p, struct lur_error *e) {
  int rc = LUR_OK;
  for (int i = 0; i < p->n_axes && !rc; i++)
    rc = check_axis(p, i, e);
  if (!rc)
    rc = add_dimensions(p, false, e);
  p->n_drawn = p->n_dimensions;
  if (!rc)
    rc = add_dimensions(p, true, e);
  p->n_crossed = 1;
  for (int i = p->n_drawn; i < p->n_dimensions && !rc; i++) {
    if (p->dimension[i].n > MOST_CROSSED / p->n_crossed)
      rc = lur_fail(e, LUR_EINPUT, "sweep", "more than %d combinations that a sampler is crossed with", MOST_CROSSED);
    p->n_crossed *= p->dimension[i].n;
  }
  if (!rc && p->n_dimensions && !p->n_drawn)
    rc = lur_fail(e, LUR_EINPUT, "sampler", "%s, but all axes are in luron.list: none is left to draw from",
                  lur_sampler_names[p->sampler]);
  return rc;
}

/* Whether a function has a program of its own for each value of the param. */
static bool decides(const struct lur_plan *p, const char *param) {
  const struct lur_entries *all = p->sweep.spec->entries;
  for (int i = 0; all && i < all->n; i++)
    if (lur_entry_turns(all->entry[i], param))
      return true;
  return false;
}

static void find_own_numbers(struct lur_plan *p) {
  const struct lur_entries *all = p->sweep.spec->entries;
  for (int a = 0; a < p->n_axes; a++) {
    p->own_number[a] = -1;
    for (int k = 0; all && k < all->n_names && p->axis[a].field < 0; k++)
      if (strcmp(all->name[k], p->axis[a].name) == 0)
        p->own_number[a] = k;
  }
}

static int count_groups(struct lur_plan *p, struct lur_error *e) {
  uint64_t n = 1;
  for (int i = p->n_dimensions - 1; i >= 0; i--) {
    struct dimension *d = &p->dimension[i];
    bool is_structural = false;
    for (int k = 0; k < d->n_axes; k++) {
      const int field = p->axis[d->axis[k]].field;
      is_structural = is_structural || (field >= 0 ? (lur_fields[field].flags & LUR_STRUCTURE) != 0
                                                   : decides(p, p->axis[d->axis[k]].name));
    }
    if (!is_structural)
      continue;
    d->group_stride = n;
    if (d->n > MOST_GROUPS / n)
      return lur_fail(e, LUR_EINPUT, p->axis[d->axis[0]].name, "more than %d different structures", MOST_GROUPS);
    n *= d->n;
  }
  p->n_groups = (size_t)n;
  return LUR_OK;
}

static int check_n_runs(const struct lur_plan *p, double n_cells, struct lur_error *e) {
  if (n_cells * (double)p->n_replicates <= MOST_RUNS)
    return LUR_OK;
  return lur_fail(e, LUR_EINPUT, "sweep", "%g runs; at most 2^53 can be numbered", n_cells * (double)p->n_replicates);
}

static int count_cells(struct lur_plan *p, struct lur_error *e) {
  const struct lur_value *samples = &p->sweep.spec->value[LUR_F_SAMPLES];
  double n = 1;
  p->n_folds = p->fold_axis >= 0 ? p->axis[p->fold_axis].n : 1;
  const uint64_t n_seeds = p->seed_axis >= 0 ? p->axis[p->seed_axis].n : 1;
  if ((double)n_seeds * (double)p->n_folds > MOST_RUNS)
    return lur_fail(e, LUR_EINPUT, "fold", "%g replicates; at most 2^53 runs can be numbered",
                    (double)n_seeds * (double)p->n_folds);
  p->n_replicates = n_seeds * p->n_folds;
  if (p->sampler == LUR_GRID) {
    for (int i = 0; i < p->n_dimensions; i++)
      n *= (double)p->dimension[i].n;
  } else if (samples->kind == LUR_V_ABSENT) {
    return lur_fail(e, LUR_EINPUT, "samples", "sampler = %s needs samples, how many points to draw",
                    lur_sampler_names[p->sampler]);
  } else {
    n = (double)samples->as.integer;
  }
  if (p->sampler == LUR_SOBOL && n > 0x1p30)
    return lur_fail(e, LUR_EINPUT, "samples", "the Sobol sequence has 2^30 points here");
  if (p->sampler != LUR_GRID)
    n *= (double)p->n_crossed;
  int rc = check_n_runs(p, n, e);
  p->n_cells = rc ? 0 : (uint64_t)n;
  return rc;
}

static int make_sampler(struct lur_plan *p, struct lur_error *e) {
  p->sampler = (enum lur_sampler)lur_spec_choice(p->sweep.spec, LUR_F_SAMPLER);
  p->sampler_seed = (uint64_t)lur_spec_value(p->sweep.spec, LUR_F_SAMPLER_SEED).as.integer;
  if (p->sampler != LUR_SOBOL)
    return LUR_OK;
  p->sobol = lur_alloc(LUR_SOBOL_DIMENSIONS, sizeof *p->sobol);
  if (!p->sobol)
    return lur_fail_memory(e);
  for (int d = 0; d < LUR_SOBOL_DIMENSIONS; d++)
    lur_sobol_directions(d, p->sobol[d]);
  return LUR_OK;
}

static int check_prune(const struct lur_plan *p, struct lur_error *e) {
  const struct lur_halving *h = &p->sweep.halving;
  if (h->n_rungs == 0)
    return LUR_OK;
  if (p->sweep.keep == LUR_KEEP_CELLS)
    return lur_fail(e, LUR_EINPUT, "keep", "\"cells\" does not go with prune: pruned seeds have no summary");
  if (!(h->keep > 0 && h->keep < 1))
    return lur_fail(e, LUR_EINPUT, "prune", "keep is a share between 0 and 1");
  for (int i = 0; i < h->n_rungs; i++)
    if (h->at[i] < 1 || (i && h->at[i] <= h->at[i - 1]))
      return lur_fail(e, LUR_EINPUT, "prune", "at is a list of ascending epochs, 1 or more");
  return LUR_OK;
}

static bool has_memory(struct lur_plan *p) {
  p->hash = lur_alloc(65, 1);
  p->cuts = lur_cuts_new();
  return p->hash && p->cuts;
}

struct lur_plan *lur_plan_new(const struct lur_sweep *sweep, struct lur_error *e) {
  static const struct lur_host_calls no_calls;
  struct lur_plan *p = lur_alloc(1, sizeof *p);
  int rc = p ? LUR_OK : lur_fail_memory(e);
  if (rc)
    return NULL;
  p->sweep = *sweep;
  p->sweep.calls = sweep->calls ? sweep->calls : &no_calls;
  rc = has_memory(p) ? make_sampler(p, e) : lur_fail_memory(e);
  sort_axes(p, sweep->axes);
  find_own_numbers(p);
  if (!rc)
    rc = make_dimensions(p, e);
  if (!rc)
    rc = count_groups(p, e);
  if (!rc)
    rc = count_cells(p, e);
  if (!rc)
    rc = lur_plan_make_columns(p, e);
  for (int a = 0; a < p->n_axes && !rc; a++)
    rc = lur_plan_keep_values(p, a, e);
  if (!rc)
    rc = check_prune(p, e);
  if (!rc)
    rc = lur_plan_make_groups(p, e);
  if (!rc)
    rc = lur_plan_draw(p, e);
  if (!rc)
    rc = check_n_runs(p, (double)p->n_cells, e);
  lur_plan_settle_brackets(p);
  if (!rc)
    rc = lur_plan_check_groups(p, e);
  if (!rc)
    rc = lur_plan_check_ranks(p, e);
  if (!rc)
    return p;
  lur_plan_free(p);
  return NULL;
}

void lur_plan_free(struct lur_plan *p) {
  if (!p)
    return;
  for (int a = 0; a < p->n_axes; a++) {
    for (uint64_t i = 0; p->cell_text[a] && i < p->axis[a].n; i++)
      free(p->cell_text[a][i]);
    free(p->cell_text[a]);
    free(p->cell[a]);
    free(p->point[a]);
  }
  free(p->sobol);
  free(p->point_of);
  free(p->group);
  free(p->column);
  lur_cuts_free(p->cuts);
  free(p->hash);
  free(p);
}

uint64_t lur_plan_n_runs(const struct lur_plan *p) {
  return p->n_cells * p->n_replicates;
}

uint64_t lur_plan_n_cells(const struct lur_plan *p) {
  return p->n_cells;
}

uint64_t lur_plan_n_replicates(const struct lur_plan *p) {
  return p->n_replicates;
}

uint64_t lur_plan_n_folds(const struct lur_plan *p) {
  return p->n_folds;
}

size_t lur_plan_n_groups(const struct lur_plan *p) {
  return p->n_groups;
}

const struct lur_structure *lur_plan_structure(const struct lur_plan *p, size_t group) {
  return &p->group[group].structure;
}

const struct lur_sweep *lur_plan_sweep(const struct lur_plan *p) {
  return &p->sweep;
}

int lur_plan_n_columns(const struct lur_plan *p) {
  return p->n_columns;
}

int lur_plan_n_axes(const struct lur_plan *p) {
  return p->n_axes;
}

const struct lur_column *lur_plan_columns(const struct lur_plan *p) {
  return p->column;
}

uint64_t lur_plan_n_asked(const struct lur_plan *p) {
  return p->n_asked;
}

enum lur_sampler lur_plan_sampler(const struct lur_plan *p) {
  return p->sampler;
}

bool lur_plan_stores_curve(const struct lur_plan *p) {
  return lur_spec_value(p->sweep.spec, LUR_F_CURVE).as.integer > 0;
}

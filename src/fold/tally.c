/* SPDX-License-Identifier: MIT
 * Few numbers are kept, put together by group and sorted. Many are only counted in a first pass: the bits of a double,
 * turned so that they order as whole numbers (statistics.c), have a bin for each of their leading digits. The bins in
 * which the wanted ranks lie are all that matters then: a next pass keeps their numbers, which are sorted; or where
 * those are still too many, it counts them by their next digits (selection by radix in several passes: J. I. Munro and
 * M. S. Paterson, "Selection and sorting with limited storage", TCS 12 (1980)). Where there are so many groups that
 * bins do not pay, the numbers of some groups after those of others are kept, a pass each.
 *
 * Once they are counted, a group of one number is no more than that number.
 *
 * The mean of few numbers is taken in ascending order, of many in the order in which they come: its last digits may
 * differ. All else is the same either way. */
#include "fold/tally.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/grow.h"
#include "base/memory.h"
#include "fold/statistics.h"

enum {
  N_FEW = 1 << 22,
  BINS_PER_FEW = 2, /* counts in bins; numbers held in a later pass */
  HELD_PER_FEW = 8,
  MOST_BITS = 20,
  LEAST_BITS = 6, /* with fewer, bins tell nothing */
  LEAST_SPLIT_BITS = 4,
  ALL_BITS = 64,
  SEVERAL = 2, /* a group that has more than one number */
  N_QUANTILES = 4,
  MOST_RANKS = 2 * N_QUANTILES
};
static const double quantile[N_QUANTILES] = {0.25, 0.5, 0.75, 0.9};

enum phase { FEW, COUNT, SPLIT, HOLD, DONE };

/* Numbers of a group whose keys are low .. low + 2^shift - 1, some of which are wanted. */
struct part {
  uint64_t low, below, n; /* below: numbers of the group under low */
  size_t at, n_held;      /* HOLD: where they stand */
  int shift;
};

struct group {
  struct lur_spread spread;
  uint64_t key, differ; /* of its first number; in which bits others differ from it */
  size_t part;          /* its first; the next group's is behind its last */
};

struct lur_tally {
  enum phase phase;
  size_t n_few;
  /* From COUNT on, of each group that was asked for: how many numbers it has, 0 or 1, or 2 and the place of its own
   * among the groups of several; and its first. */
  uint32_t *own;
  double *only;
  size_t n_own, own_room;
  struct group *group; /* n_groups, and one more once there are parts */
  size_t n_groups, groups_room;
  /* FEW */
  uint32_t *of;
  double *value;
  size_t n, of_room, value_room;
  /* COUNT: 2^bits bins a group. SPLIT: a part. */
  uint64_t *bin;
  int bits;
  /* SPLIT, HOLD */
  struct part *part;
  size_t n_parts, parts_room;
  size_t first, end; /* HOLD: the groups whose numbers are held in this pass */
  double *held;
};

struct lur_tally *lur_tally_new(size_t n_few, struct lur_error *e) {
  struct lur_tally *t = lur_alloc(1, sizeof *t);
  if (!t)
    lur_fail_memory(e);
  else
    t->n_few = n_few ? n_few : N_FEW;
  return t;
}

static size_t n_bins(const struct lur_tally *t) {
  return BINS_PER_FEW * t->n_few;
}

static int bits_for(const struct lur_tally *t, size_t n) {
  int bits = MOST_BITS;
  while (bits > 0 && n > n_bins(t) >> bits)
    bits--;
  return bits;
}

static bool make_group(struct lur_tally *t, size_t group) {
  if (group < t->n_groups)
    return true;
  if (!lur_grow(&t->group, &t->groups_room, group + 2, sizeof *t->group))
    return false;
  for (; t->n_groups <= group; t->n_groups++)
    t->group[t->n_groups] = (struct group){.spread = {.least = INFINITY}};
  return true;
}

/* ---- COUNT ---- */
/* Two neighbouring bins become one until every group has its own. */
static void make_coarser(struct lur_tally *t) {
  for (; t->bits > 0 && t->n_groups > n_bins(t) >> t->bits; t->bits--)
    for (size_t i = 0, n = n_bins(t) / 2; i < n; i++) {
      uint64_t sum = t->bin[2 * i] + t->bin[2 * i + 1];
      if (sum || t->bin[i])
        t->bin[i] = sum;
      if (i && t->bin[2 * i])
        t->bin[2 * i] = 0;
      if (t->bin[2 * i + 1])
        t->bin[2 * i + 1] = 0;
    }
  if (t->bits < LEAST_BITS) {
    t->bits = 0;
    free(t->bin);
    t->bin = NULL;
  }
}

static void count(struct lur_tally *t, size_t group, double value) {
  struct group *g = &t->group[group];
  const uint64_t key = lur_number_key(value);
  g->key = g->spread.n++ ? g->key : key;
  g->differ |= g->key ^ key;
  g->spread.mean += (value - g->spread.mean) / (double)g->spread.n;
  g->spread.least = value < g->spread.least ? value : g->spread.least;
  if (t->bits)
    t->bin[(group << t->bits) + (size_t)(key >> (ALL_BITS - t->bits))]++;
}

/* A number of the group that was asked for, in COUNT. */
static int count_any(struct lur_tally *t, size_t group, double value, struct lur_error *e) {
  size_t room = t->own_room;
  if (group >= t->n_own && (!lur_grow(&t->only, &room, group + 1, sizeof *t->only) ||
                            !lur_grow(&t->own, &t->own_room, group + 1, sizeof *t->own)))
    return lur_fail_memory(e);
  for (; t->n_own <= group; t->n_own++)
    t->own[t->n_own] = 0;
  if (t->own[group] == 0) {
    t->own[group] = 1;
    t->only[group] = value;
    return LUR_OK;
  }
  if (t->own[group] == 1) {
    t->own[group] = (uint32_t)t->n_groups + SEVERAL;
    if (!make_group(t, t->n_groups))
      return lur_fail_memory(e);
    make_coarser(t);
    count(t, t->own[group] - SEVERAL, t->only[group]);
  }
  count(t, t->own[group] - SEVERAL, value);
  return LUR_OK;
}

static int begin_counting(struct lur_tally *t, struct lur_error *e) {
  int code = LUR_OK;
  t->phase = COUNT;
  t->n_groups = 0;
  t->bits = bits_for(t, 1);
  if (t->bits < LEAST_BITS)
    t->bits = 0;
  else if (!(t->bin = lur_alloc(n_bins(t), sizeof *t->bin)))
    return lur_fail_memory(e);
  for (size_t i = 0; i < t->n && !code; i++)
    code = count_any(t, t->of[i], t->value[i], e);
  free(t->of);
  free(t->value);
  t->of = NULL;
  t->value = NULL;
  return code;
}

/* ---- The ranks that are wanted ---- */
static int add_rank(uint64_t *rank, int n, uint64_t r) {
  if (n == 0 || r > rank[n - 1])
    rank[n++] = r;
  return n;
}

/* Ascending, each once; n > 0. */
static int wanted(uint64_t n, uint64_t rank[MOST_RANKS]) {
  int n_ranks = 0;
  for (int i = 0; i < N_QUANTILES; i++) {
    struct lur_place p = lur_quantile_place((size_t)n, quantile[i]);
    n_ranks = add_rank(rank, n_ranks, p.below);
    if (p.part > 0)
      n_ranks = add_rank(rank, n_ranks, p.below + 1);
  }
  return n_ranks;
}

static bool any_wanted(uint64_t n_group, uint64_t below, uint64_t n) {
  uint64_t rank[MOST_RANKS];
  for (int i = 0, n_ranks = n ? wanted(n_group, rank) : 0; i < n_ranks; i++)
    if (rank[i] >= below && rank[i] - below < n)
      return true;
  return false;
}

/* ---- Parts ---- */
/* Where the numbers of a part cannot differ, it is one number: those of a group often have few digits. */
static bool add_part(struct lur_tally *t, const struct group *g, struct part p) {
  if (!lur_grow(&t->part, &t->parts_room, t->n_parts + 1, sizeof *t->part))
    return false;
  const uint64_t below = p.shift < ALL_BITS ? (UINT64_C(1) << p.shift) - 1 : UINT64_MAX;
  if ((g->differ & below) == 0) {
    p.low |= g->key & below;
    p.shift = 0;
  }
  t->part[t->n_parts++] = p;
  return true;
}

/* The bins of a part in which wanted ranks lie become parts. */
static bool add_bins(struct lur_tally *t, const struct group *g, const struct part *from, const uint64_t *bin) {
  const int shift = from->shift > t->bits ? from->shift - t->bits : 0;
  uint64_t below = from->below;
  for (uint64_t i = 0; i >> t->bits == 0; below += bin[i++]) {
    const struct part p = {.low = from->low + (i << shift), .below = below, .n = bin[i], .shift = shift};
    if (bin[i] && any_wanted(g->spread.n, below, bin[i]) && !add_part(t, g, p))
      return false;
  }
  return true;
}

static int find_parts(struct lur_tally *t, struct lur_error *e) {
  bool ok = true;
  for (size_t i = 0; i < t->n_groups && ok; i++) {
    struct group *g = &t->group[i];
    const struct part whole = {.n = g->spread.n, .shift = ALL_BITS};
    g->part = t->n_parts;
    if (g->spread.n && t->bits)
      ok = add_bins(t, g, &whole, t->bin + (i << t->bits));
    else if (g->spread.n)
      ok = add_part(t, g, whole);
  }
  if (!ok)
    return lur_fail_memory(e);
  if (t->n_groups)
    t->group[t->n_groups].part = t->n_parts;
  return LUR_OK;
}

/* The same of the parts that there are. */
static int find_smaller_parts(struct lur_tally *t, struct lur_error *e) {
  struct part *old = t->part;
  bool ok = true;
  t->part = NULL;
  t->n_parts = t->parts_room = 0;
  for (size_t i = 0, k = 0; i < t->n_groups && ok; i++) {
    struct group *g = &t->group[i];
    size_t end = t->group[i + 1].part;
    g->part = t->n_parts;
    for (; k < end && ok; k++)
      ok = old[k].shift ? add_bins(t, g, &old[k], t->bin + (k << t->bits)) : add_part(t, g, old[k]);
  }
  free(old);
  if (!ok)
    return lur_fail_memory(e);
  t->group[t->n_groups].part = t->n_parts;
  return LUR_OK;
}

static struct part *part_of(const struct lur_tally *t, size_t group, uint64_t key) {
  for (size_t k = t->group[group].part; k < t->group[group + 1].part; k++) {
    struct part *p = &t->part[k];
    if (p->shift == ALL_BITS || (key >= p->low && (key - p->low) >> p->shift == 0))
      return p;
  }
  return NULL;
}

/* ---- HOLD ---- */
static double number_at(const struct lur_tally *t, size_t group, uint64_t rank) {
  for (size_t k = t->group[group].part; k < t->group[group + 1].part; k++) {
    const struct part *p = &t->part[k];
    if (rank < p->below || rank - p->below >= p->n)
      continue;
    if (p->shift == 0)
      return lur_key_number(p->low);
    return rank - p->below < p->n_held ? t->held[p->at + (rank - p->below)] : (double)NAN;
  }
  return NAN;
}

static double quantile_of(const struct lur_tally *t, size_t group, double p) {
  struct lur_place at = lur_quantile_place((size_t)t->group[group].spread.n, p);
  double x = number_at(t, group, at.below);
  return at.part > 0 ? x + at.part * (number_at(t, group, at.below + 1) - x) : x;
}

/* Of the groups whose numbers are held. */
static void take_quantiles(struct lur_tally *t) {
  for (size_t i = t->first; i < t->end; i++) {
    struct lur_spread *s = &t->group[i].spread;
    if (s->n == 0)
      continue;
    for (size_t k = t->group[i].part; k < t->group[i + 1].part; k++)
      if (t->part[k].n_held)
        lur_numbers_sort(t->held + t->part[k].at, t->part[k].n_held);
    s->low = quantile_of(t, i, quantile[0]);
    s->median = quantile_of(t, i, quantile[1]);
    s->high = quantile_of(t, i, quantile[2]);
    s->q90 = quantile_of(t, i, quantile[3]);
  }
}

/* Numbers that have to be held of groups from first on: until they are too many, but of one group all. */
static size_t reach(struct lur_tally *t, size_t first) {
  size_t n = 0, end = first;
  for (; end < t->n_groups; end++) {
    size_t n_more = 0;
    for (size_t k = t->group[end].part; k < t->group[end + 1].part; k++)
      n_more += t->part[k].shift ? (size_t)t->part[k].n : 0;
    if (end > first && n + n_more > HELD_PER_FEW * t->n_few)
      break;
    n += n_more;
  }
  t->first = first;
  t->end = end;
  return n;
}

/* The groups from `first` on: held in the next pass, or known without one. */
static int hold(struct lur_tally *t, size_t first, bool *again, struct lur_error *e) {
  size_t n, at = 0;
  for (; (n = reach(t, first)) == 0 && t->end < t->n_groups; first = t->end)
    take_quantiles(t); /* before a group of which so many are held that it has a pass of its own */
  free(t->held);
  t->held = NULL;
  for (size_t k = n ? t->group[first].part : 0; n && k < t->group[t->end].part; k++) {
    t->part[k].at = at;
    at += t->part[k].shift ? (size_t)t->part[k].n : 0;
  }
  if (n && !(t->held = lur_alloc(n, sizeof *t->held)))
    return lur_fail_memory(e);
  t->phase = n ? HOLD : DONE;
  *again = n > 0;
  if (!n)
    take_quantiles(t);
  return LUR_OK;
}

/* What is to be done with the parts. */
static int go_on(struct lur_tally *t, bool *again, struct lur_error *e) {
  bool one_pass = reach(t, 0) <= HELD_PER_FEW * t->n_few && t->end == t->n_groups;
  t->bits = bits_for(t, t->n_parts);
  if (one_pass || t->bits < LEAST_SPLIT_BITS) {
    free(t->bin);
    t->bin = NULL;
    return hold(t, 0, again, e);
  }
  if (!t->bin && !(t->bin = lur_alloc(n_bins(t), sizeof *t->bin)))
    return lur_fail_memory(e);
  memset(t->bin, 0, n_bins(t) * sizeof *t->bin);
  t->phase = SPLIT;
  *again = true;
  return LUR_OK;
}

/* ---- FEW ---- */
static int summarize(struct lur_tally *t, struct lur_error *e) {
  double *together = lur_alloc(t->n, sizeof *together);
  size_t *end = lur_alloc(t->n_groups, sizeof *end);
  t->group = lur_alloc(t->n_groups, sizeof *t->group);
  int code = together && end && t->group ? LUR_OK : lur_fail_memory(e);
  for (size_t i = 0; i < t->n && !code; i++)
    t->group[t->of[i]].spread.n++;
  for (size_t i = 0, at = 0; i < t->n_groups && !code; i++) {
    end[i] = at;
    at += (size_t)t->group[i].spread.n;
  }
  for (size_t i = 0; i < t->n && !code; i++)
    together[end[t->of[i]]++] = t->value[i];
  for (size_t i = 0; i < t->n_groups && !code; i++) {
    struct lur_spread *s = &t->group[i].spread;
    size_t n = (size_t)s->n;
    double *own = together + end[i] - n;
    struct lur_quartiles q = lur_quartiles_of(own, n);
    *s = (struct lur_spread){n, q.mean, lur_quantile(own, n, 0), q.low, q.median, q.high, lur_quantile(own, n, 0.9)};
  }
  t->phase = DONE;
  free(together);
  free(end);
  return code;
}

/* ---- Together ---- */
static int keep(struct lur_tally *t, size_t group, double value, struct lur_error *e) {
  if (!lur_grow(&t->of, &t->of_room, t->n + 1, sizeof *t->of) ||
      !lur_grow(&t->value, &t->value_room, t->n + 1, sizeof *t->value))
    return lur_fail_memory(e);
  t->n_groups = group < t->n_groups ? t->n_groups : group + 1;
  t->of[t->n] = (uint32_t)group;
  t->value[t->n++] = value;
  return t->n == t->n_few ? begin_counting(t, e) : LUR_OK;
}

int lur_tally_add(struct lur_tally *t, size_t group, double value, struct lur_error *e) {
  if (t->phase == FEW)
    return keep(t, group, value, e);
  if (t->phase == COUNT)
    return count_any(t, group, value, e);
  if (group >= t->n_own || t->own[group] < SEVERAL)
    return LUR_OK;
  group = t->own[group] - SEVERAL;
  if (t->phase == HOLD && (group < t->first || group >= t->end))
    return LUR_OK;
  uint64_t key = lur_number_key(value);
  struct part *p = part_of(t, group, key);
  if (!p || p->shift == 0)
    return LUR_OK;
  if (t->phase == HOLD) {
    if (p->n_held < p->n)
      t->held[p->at + p->n_held++] = value;
    return LUR_OK;
  }
  const int shift = p->shift > t->bits ? p->shift - t->bits : 0;
  t->bin[((size_t)(p - t->part) << t->bits) + (size_t)((key - p->low) >> shift)]++;
  return LUR_OK;
}

int lur_tally_pass(struct lur_tally *t, bool *again, struct lur_error *e) {
  int code = LUR_OK;
  *again = false;
  switch (t->phase) {
  case FEW: return summarize(t, e);
  case COUNT: code = find_parts(t, e); break;
  case SPLIT: code = find_smaller_parts(t, e); break;
  case HOLD:
    take_quantiles(t);
    if (t->end < t->n_groups)
      return hold(t, t->end, again, e);
    t->phase = DONE;
    return LUR_OK;
  case DONE: return LUR_OK;
  }
  return code ? code : go_on(t, again, e);
}

struct lur_spread lur_tally_spread(const struct lur_tally *t, size_t group) {
  if (group < t->n_own && t->own[group] == 1) {
    double x = t->only[group];
    return (struct lur_spread){1, x, x, x, x, x, x};
  }
  if (t->n_own)
    group = group < t->n_own && t->own[group] ? t->own[group] - SEVERAL : t->n_groups;
  if (group < t->n_groups && t->group[group].spread.n)
    return t->group[group].spread;
  return (struct lur_spread){0, NAN, NAN, NAN, NAN, NAN, NAN};
}

void lur_tally_free(struct lur_tally *t) {
  if (!t)
    return;
  free(t->own);
  free(t->only);
  free(t->group);
  free(t->of);
  free(t->value);
  free(t->bin);
  free(t->part);
  free(t->held);
  free(t);
}

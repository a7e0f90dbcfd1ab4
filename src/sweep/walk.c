/* SPDX-License-Identifier: MIT
 * The next units: those of this shard that were not settled before, in order, as the numbers of the runs that are not
 * skipped. */
#include "base/grow.h"
#include "sweep/loop.h"

enum { MOST_SEEN = 16 * LUR_WINDOW_RUNS }; /* so that a where that keeps little does not keep anyone waiting */

void lur_walk_start(struct walk *w, const struct lur_plan *p, const struct lur_sweep_options *o) {
  *w = (struct walk){.n_units = lur_n_units(p),
                     .may_skip = p->can_repeat || p->sweep.calls->where,
                     .done = o->done,
                     .n_done = o->n_done};
  w->shard = lur_shard_of(o->shard, o->n_shards, w->n_units);
}

bool lur_walk_has_more(const struct loop *l) {
  return l->walk.unit < l->walk.n_units || lur_replicates_remain(l);
}

static bool is_settled(struct walk *w, uint64_t number) {
  while (w->n_done && w->done->last < number) {
    w->done++;
    w->n_done--;
  }
  return w->n_done && w->done->first <= number;
}

static int add_range(struct walk *w, struct lur_range r, struct lur_error *e) {
  if (w->n_ranges && w->range[w->n_ranges - 1].last + 1 == r.first) {
    w->range[w->n_ranges - 1].last = r.last;
    return LUR_OK;
  }
  if (!lur_grow(&w->range, &w->room, w->n_ranges + 1, sizeof *w->range))
    return lur_fail_memory(e);
  w->range[w->n_ranges++] = r;
  return LUR_OK;
}

/* How many units from this one on are single runs that nothing is asked of: of the shard, not settled, not skipped. */
static size_t n_plain(const struct walk *w, const struct lur_plan *p, size_t most) {
  if (w->may_skip || p->bracket > 1 || w->n_done)
    return 0;
  uint64_t n = w->n_units - w->unit;
  const uint64_t left_of_block = w->shard.block - w->unit % w->shard.block;
  if (w->shard.n > 1 && left_of_block < n)
    n = left_of_block;
  return n < most ? (size_t)n : most;
}

static int take_plain(struct loop *l, size_t n, struct lur_error *e) {
  struct row_set *to = l->out;
  const uint64_t first = lur_unit_range(l->plan, l->walk.unit).first;
  for (size_t i = 0; i < n; i++)
    to->run[to->n + i] = first + i;
  to->n += n;
  l->walk.unit += n - 1; /* its last one */
  return add_range(&l->walk, (struct lur_range){first, first + n - 1}, e);
}

int lur_walk_next(struct loop *l, struct lur_error *e) {
  const struct lur_plan *p = l->plan;
  struct walk *w = &l->walk;
  struct row_set *to = l->out;
  int rc = lur_rows_clear(to, e);
  w->n_ranges = 0;
  for (uint64_t seen = 0; w->unit < w->n_units && to->n < l->pace.size && seen < MOST_SEEN && !rc; w->unit++) {
    if (!lur_shard_has(&w->shard, w->unit))
      continue;
    const size_t plain = n_plain(w, p, l->pace.size - to->n);
    if (plain > 0) {
      rc = take_plain(l, plain, e);
      continue;
    }
    const struct lur_range r = lur_unit_range(p, w->unit);
    seen += r.last - r.first + 1;
    if (is_settled(w, r.first)) {
      const uint64_t last = w->done->last, n = lur_sweep_n_numbers(p);
      w->unit = lur_unit_of(p, last < n ? last : n);
      continue;
    }
    rc = add_range(w, r, e);
    for (uint64_t number = r.first; number <= r.last && !rc; number++) {
      bool skips = false;
      if (w->may_skip)
        rc = lur_plan_skips(p, number, l->at, &skips, e);
      if (!rc && !skips)
        to->run[to->n++] = number;
    }
  }
  return rc;
}

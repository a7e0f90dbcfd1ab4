/* SPDX-License-Identifier: MIT
 * Successive halving (Jamieson and Talwalkar 2016) within brackets: a bracket is a fixed number of consecutive cells
 * at one seed, so that shards, resumes and any number of threads prune the same runs. At each rung the bracket's runs
 * that are still in it are trained from the start for that many epochs and ranked; the best share goes on. A run that
 * ended by itself keeps its own status whatever its rank. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/sweep_internal.h"

uint64_t lur_halving_bracket(const struct lur_plan *p) {
  const struct lur_halving *h = &p->sweep.halving;
  double n = 1;
  for (int i = 0; i < h->n_rungs; i++)
    n /= h->keep;
  n = ceil(n - 1e-9);
  return n > LUR_MOST_BRACKET ? LUR_MOST_BRACKET : (uint64_t)n;
}

static bool is_high(enum lur_metric m) {
  return m == LUR_M_ACCURACY || m == LUR_M_TEST_ACCURACY;
}

struct ranked {
  double value; /* lower is better; NaN last */
  uint32_t row;
};

static int compare_ranked(const void *one, const void *two) {
  const struct ranked *a = one, *b = two;
  bool no_a = isnan(a->value), no_b = isnan(b->value);
  if (no_a != no_b)
    return no_a ? 1 : -1;
  if (!no_a && a->value != b->value)
    return a->value < b->value ? -1 : 1;
  return a->row < b->row ? -1 : a->row > b->row;
}

static uint64_t bracket_of(const struct lur_plan *p, uint64_t run) {
  uint64_t number = run - 1, seed = number / p->n_cells, per_seed, size = lur_halving_bracket(p);
  per_seed = (p->n_cells + size - 1) / size;
  return seed * per_seed + number % p->n_cells / size;
}

/* Ranks rows[0 .. n) of one bracket; those that stay in it and still run are moved to the front. Returns their number.
 */
static size_t cut(struct loop *l, uint32_t *rows, size_t n, struct ranked *work) {
  const struct lur_halving *h = &l->plan->sweep.halving;
  struct window *w = &l->window;
  size_t n_kept = (size_t)ceil(h->keep * (double)n - 1e-9), n_left = 0;
  for (size_t i = 0; i < n; i++)
    work[i] = (struct ranked){is_high(h->by) ? -w->rank[rows[i]] : w->rank[rows[i]], rows[i]};
  qsort(work, n, sizeof *work, compare_ranked);
  for (size_t i = 0; i < n; i++) {
    uint32_t row = work[i].row;
    if (w->status[row] != LUR_FINISHED || w->whole[row])
      continue;
    if (i < n_kept)
      rows[n_left++] = row;
    else
      w->status[row] = LUR_PRUNED;
  }
  return n_left;
}

static int compare_rows(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static size_t cut_all(struct loop *l, uint32_t *rows, size_t n, struct ranked *work) {
  size_t n_left = 0;
  for (size_t first = 0, end; first < n; first = end) {
    uint64_t bracket = bracket_of(l->plan, l->window.run[rows[first]]);
    for (end = first; end < n && bracket_of(l->plan, l->window.run[rows[end]]) == bracket;)
      end++;
    size_t kept = cut(l, &rows[first], end - first, work);
    memmove(&rows[n_left], &rows[first], kept * sizeof *rows);
    n_left += kept;
  }
  qsort(rows, n_left, sizeof *rows, compare_rows);
  return n_left;
}

int lur_window_halve(struct loop *l, struct lur_error *e) {
  const struct lur_halving *h = &l->plan->sweep.halving;
  size_t n = l->window.n;
  uint32_t *rows = lur_alloc(n, sizeof *rows);
  struct ranked *work = lur_alloc(n, sizeof *work);
  int rc = rows && work ? LUR_OK : lur_fail_memory(e);
  for (size_t i = 0; i < n && !rc; i++)
    rows[i] = (uint32_t)i;
  for (int rung = 0; rung < h->n_rungs && !rc; rung++) {
    rc = lur_window_train(l, rows, n, h->at[rung], e);
    if (!rc)
      n = cut_all(l, rows, n, work);
  }
  if (!rc)
    rc = lur_window_train(l, rows, n, 0, e);
  if (rc)
    memset(l->window.finished, 0, l->window.n); /* a bracket is settled as a whole */
  free(rows);
  free(work);
  return rc;
}

/* SPDX-License-Identifier: MIT
 * Successive halving (Jamieson and Talwalkar 2016) within brackets: a bracket is a fixed number of consecutive cells
 * of one replicate, so that shards, resumes and any number of threads prune the same runs. At each rung the bracket's
 * runs that are still in it are trained from the start for that many epochs and ranked; the best share goes on. A
 * bracket's share is seldom a whole number: brackets take turns in rounding, so that of all runs the share goes on. A
 * run that ended by itself keeps its own status, and its place in the share is another's. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "sweep/loop.h"

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

/* One bracket's runs in a window. */
struct bracket {
  size_t first, end; /* its rows that are still in it */
  bool whole;        /* none of its numbers are skipped, and it is as long as a bracket should be */
  double n, before;  /* its runs, and where it is whole those of all brackets before it */
  double turn;       /* else what it adds before rounding down, 0 .. 1 */
};

/* keep^(rung + 1) of n runs and the part of one that a turn adds, rounded down. What rounding lost of a product that is
 * a whole number, as of 0.3 * 100, is made good: less than 2^-46 of it. */
static uint64_t share(const struct lur_halving *h, int rung, double n, double turn) {
  double q = h->keep;
  for (int i = 0; i < rung; i++)
    q *= h->keep;
  double x = q * n;
  return (uint64_t)(x + x * 0x1p-46 + turn);
}

/* Of whole brackets exactly the share goes on, of others about: their turns, multiples of the golden section (Weyl),
 * are spread evenly over any of them, and are the same at all rungs. */
static size_t n_kept(const struct lur_halving *h, const struct bracket *b, int rung) {
  if (!b->whole)
    return (size_t)share(h, rung, b->n, b->turn);
  return (size_t)(share(h, rung, b->before + b->n, 0) - share(h, rung, b->before, 0));
}

/* Ranks the rows of one bracket that are still trained; the best are moved to `to`. Returns their number. */
static size_t cut(struct loop *l, const struct bracket *b, int rung, const uint32_t *rows, uint32_t *to,
                  struct ranked *work) {
  const struct lur_halving *h = &l->plan->sweep.halving;
  struct window *w = &l->window;
  size_t n_wanted = n_kept(h, b, rung), n_left = 0;
  for (size_t i = b->first; i < b->end; i++)
    if (w->rows.status[rows[i]] == LUR_FINISHED && !w->whole[rows[i]])
      work[n_left++] = (struct ranked){lur_metrics[h->by].high ? -w->rank[rows[i]] : w->rank[rows[i]], rows[i]};
  qsort(work, n_left, sizeof *work, compare_ranked);
  for (size_t i = 0; i < n_left; i++) {
    if (i < n_wanted)
      to[i] = work[i].row;
    else
      w->rows.status[work[i].row] = LUR_PRUNED;
  }
  return n_wanted < n_left ? n_wanted : n_left;
}

static int compare_rows(const void *a, const void *b) {
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return x < y ? -1 : x > y;
}

static size_t cut_all(struct loop *l, struct bracket *bracket, size_t n_brackets, int rung, uint32_t *rows,
                      struct ranked *work) {
  size_t n_left = 0;
  for (size_t i = 0; i < n_brackets; i++) {
    struct bracket *b = &bracket[i];
    size_t kept = cut(l, b, rung, rows, &rows[n_left], work);
    b->first = n_left;
    b->end = n_left += kept;
    qsort(&rows[b->first], kept, sizeof *rows, compare_rows);
  }
  return n_left;
}

static struct bracket place_bracket(const struct lur_plan *p, const struct row_set *r, size_t first) {
  const uint64_t number = lur_unit_of(p, r->run[first]);
  const struct lur_range unit = lur_unit_range(p, number);
  size_t end = first;
  while (end < r->n && r->run[end] <= unit.last)
    end++;
  uint64_t turn = (number * UINT64_C(0x9e3779b97f4a7c15) + (UINT64_C(1) << 63)) >> 11;
  return (struct bracket){.first = first,
                          .end = end,
                          .whole = end - first == unit.last - unit.first + 1 && p->n_cells >= p->bracket,
                          .n = (double)(end - first),
                          .before = (double)(unit.first - 1),
                          .turn = (double)turn * 0x1p-53};
}

int lur_window_halve(struct loop *l, struct lur_error *e) {
  const struct lur_halving *h = &l->plan->sweep.halving;
  size_t n = l->window.rows.n, n_brackets = 0;
  uint32_t *rows = lur_copy(l->all, n, sizeof *rows);
  struct ranked *work = lur_alloc(n, sizeof *work);
  struct bracket *bracket = lur_alloc(n, sizeof *bracket);
  int rc = rows && work && bracket ? LUR_OK : lur_fail_memory(e);
  for (size_t first = 0; first < n && !rc; first = bracket[n_brackets++].end)
    bracket[n_brackets] = place_bracket(l->plan, &l->window.rows, first);
  for (int rung = 0; rung < h->n_rungs && !rc; rung++) {
    rc = lur_window_train(l, rows, n, h->at[rung], e);
    if (!rc)
      n = cut_all(l, bracket, n_brackets, rung, rows, work);
  }
  if (!rc)
    rc = lur_window_train(l, rows, n, 0, e);
  if (rc)
    memset(l->window.rows.finished, 0, l->window.rows.n); /* a bracket is settled as a whole */
  free(rows);
  free(work);
  free(bracket);
  return rc;
}

/* SPDX-License-Identifier: MIT
 * Numbers are drawn among the settled ones, and drawn again where they have no row or came before: no other row of the
 * table is read. Where few numbers have rows, or many rows are wanted, all numbers of rows are walked over instead:
 * selection sampling, Knuth, The Art of Computer Programming, volume 2, 3.4.2, algorithm S. */
#include "session/sample.h"

#include <stdlib.h>

#include "base/memory.h"
#include "engine/engine.h"

enum { TRIES_A_ROW = 64, MANY = 16 /* a sample is large if more than one of so many is in it */ };

struct sample {
  uint64_t *number;
  size_t n;
};

static int compare(const void *a, const void *b) {
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return x < y ? -1 : x > y;
}

static void sort_and_drop_equal(struct sample *s) {
  size_t n = 0;
  if (s->n)
    qsort(s->number, s->n, sizeof *s->number, compare);
  for (size_t i = 0; i < s->n; i++)
    if (n == 0 || s->number[n - 1] != s->number[i])
      s->number[n++] = s->number[i];
  s->n = n;
}

/* How many numbers are settled before each range. */
static uint64_t *count_before(const struct lur_table_facts *f) {
  uint64_t *before = lur_alloc(f->n_done, sizeof *before);
  for (size_t i = 1; before && i < f->n_done; i++)
    before[i] = before[i - 1] + (f->done[i - 1].last - f->done[i - 1].first + 1);
  return before;
}

/* The settled number at u of them, from 0 to 1. */
static uint64_t settled_at(const struct lur_table_facts *f, const uint64_t *before, double u) {
  const double at = u * (double)f->n_settled;
  const uint64_t place = at < (double)f->n_settled ? (uint64_t)at : f->n_settled - 1;
  size_t low = 0, end = f->n_done; /* before[low] <= place, and before[end] is not */
  while (end - low > 1) {
    const size_t middle = low + (end - low) / 2;
    if (before[middle] <= place)
      low = middle;
    else
      end = middle;
  }
  return f->done[low].first + (place - before[low]);
}

/* Stays short of n where too few numbers have a row. */
static int draw(struct lur_table *t, uint64_t n, struct sample *s, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(t);
  struct lur_range one = {1, 1};
  const struct lur_ask ask = {.select = "run", .range = &one, .n_ranges = 1, .deadline_ms = -1};
  const struct lur_cell *cells;
  uint64_t *before = count_before(f);
  struct lur_query *q = before ? lur_query_new(t, &ask, e) : NULL;
  int got = q ? 0 : before ? -e->code : -lur_fail_memory(e);
  for (uint64_t tries = 0; got >= 0 && s->n < n && tries < TRIES_A_ROW * n;) {
    for (; got >= 0 && s->n < n && tries < TRIES_A_ROW * n; tries++) {
      const double u = lur_draw_uniform(n, tries, 0, LUR_DRAW_SAMPLER);
      one.first = one.last = settled_at(f, before, u);
      lur_query_again(q, &one, 1);
      if ((got = lur_query_next(q, &cells, e)) == 1)
        s->number[s->n++] = one.first;
    }
    sort_and_drop_equal(s);
  }
  lur_query_free(q);
  free(before);
  return got < 0 ? -got : LUR_OK;
}

static int count_rows(struct lur_table *t, uint64_t *n, struct lur_error *e) {
  const struct lur_ask ask = {.select = "count(*)", .deadline_ms = -1};
  const struct lur_cell *cells;
  struct lur_query *q = lur_query_new(t, &ask, e);
  const int got = q ? lur_query_next(q, &cells, e) : -e->code;
  *n = got == 1 ? (uint64_t)cells[0].as.integer : 0;
  lur_query_free(q);
  return got < 0 ? -got : LUR_OK;
}

static int walk(struct lur_table *t, uint64_t n, struct sample *s, struct lur_error *e) {
  const struct lur_ask ask = {.select = "run", .order = "run", .deadline_ms = -1};
  const struct lur_cell *cells;
  uint64_t n_rows = 0;
  int code = count_rows(t, &n_rows, e), got = 0;
  if (!code && n_rows > lur_table_facts(t)->n_settled)
    code = lur_fail(e, LUR_EIO, NULL, "%s: it has rows of runs that are not settled: the file is damaged",
                    lur_table_path(t));
  struct lur_query *q = code ? NULL : lur_query_new(t, &ask, e);
  uint64_t left = n_rows, wanted = n < n_rows ? n : n_rows;
  s->n = 0;
  while (q && wanted && left && (got = lur_query_next(q, &cells, e)) == 1) {
    const double u = lur_draw_uniform(n, n_rows - left, 0, LUR_DRAW_SAMPLER);
    if (u * (double)left-- >= (double)wanted)
      continue;
    s->number[s->n++] = (uint64_t)cells[0].as.integer;
    wanted--;
  }
  lur_query_free(q);
  return code ? code : !q ? e->code : got < 0 ? -got : LUR_OK;
}

int lur_sample_rows(struct lur_table *t, uint64_t n, uint64_t **number, size_t *n_out, struct lur_error *e) {
  const uint64_t n_settled = lur_table_facts(t)->n_settled;
  const uint64_t most = n < n_settled ? n : n_settled; /* so many rows are there at most */
  struct sample s = {.number = lur_alloc(most + 1, sizeof *s.number)};
  int code = s.number ? LUR_OK : lur_fail_memory(e);
  if (!code && n <= n_settled / MANY)
    code = draw(t, n, &s, e);
  if (!code && s.n < n)
    code = walk(t, n, &s, e);
  *number = s.number;
  *n_out = s.n;
  return code;
}

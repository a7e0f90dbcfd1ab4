/* SPDX-License-Identifier: MIT
 * The main loop. Units (a run, a bracket of a halving, or a cell with keep = "cells") are walked in order; those of
 * this shard that are not settled yet fill a window; the window is trained and its rows go to the sink as one range
 * for every stretch of consecutive numbers.
 *
 * How large a window is depends on the clock: large enough that its end costs little, small enough that a kill loses
 * seconds at most. No result depends on it. */
#include "sweep/sweep.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/grow.h"
#include "base/memory.h"
#include "sweep/sweep_internal.h"

enum { LANES = 64 /* of a thread */, LEAST_WINDOW = 512 };
#define WINDOW_NS 1e9            /* what a window should take */
#define LONGEST_NS 1e10          /* what it may take for the sake of full lanes */
#define LATEST_NS 100000000      /* over a budget, and a quarter of it */
#define LEAST_BUDGET_NS 20000000 /* not worth another window */

/* ---- Filling a window ---- */
struct walk {
  uint64_t unit, n_units;
  size_t done;             /* the first range of options.done that may hold a number from here on */
  struct lur_range *range; /* numbers of the window, settled together with its rows */
  size_t n_ranges, room;
};

static bool is_settled(const struct lur_sweep_options *o, struct walk *w, uint64_t number) {
  while (w->done < o->n_done && o->done[w->done].last < number)
    w->done++;
  return w->done < o->n_done && o->done[w->done].first <= number;
}

/* The last unit of the range that settles the one at which w stands. */
static uint64_t last_settled(const struct loop *l, const struct walk *w) {
  uint64_t last = l->options->done[w->done].last, n = lur_sweep_n_numbers(l->plan);
  return lur_unit_of(l->plan, last < n ? last : n);
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

static bool never_skips(const struct lur_plan *p) {
  return !p->can_repeat && !p->sweep.calls->where;
}

static int add_unit(struct loop *l, struct walk *w, struct lur_range r, uint64_t *run, size_t *n, struct lur_error *e) {
  int rc = add_range(w, r, e);
  for (uint64_t number = r.first; number <= r.last && !rc; number++) {
    bool skips = false;
    if (!never_skips(l->plan))
      rc = lur_plan_skips(l->plan, number, l->at, &skips, e);
    if (!rc && !skips)
      run[(*n)++] = number;
  }
  return rc;
}

/* At most `most` rows (a bracket more) and a bounded number of numbers, so that a where that keeps little does not
 * keep anyone waiting. */
static int fill(struct loop *l, struct walk *w, size_t most, uint64_t *run, size_t *n, struct lur_error *e) {
  const struct lur_sweep_options *o = l->options;
  int rc = LUR_OK;
  w->n_ranges = 0;
  *n = 0;
  for (uint64_t seen = 0; w->unit < w->n_units && *n < most && seen < 16 * LUR_WINDOW_RUNS && !rc; w->unit++) {
    if (!lur_shard_has(o->shard, o->n_shards, w->n_units, w->unit))
      continue;
    struct lur_range r = lur_unit_range(l->plan, w->unit);
    seen += r.last - r.first + 1;
    if (is_settled(o, w, r.first))
      w->unit = last_settled(l, w);
    else
      rc = add_unit(l, w, r, run, n, e);
  }
  return rc;
}

/* ---- Handing rows over ---- */
/* Rows as they are handed over: a window's, or folded cells. */
struct batch {
  size_t n;
  const uint64_t *run;
  const uint8_t *status, *finished;
  const struct lur_cell *cell;
  char *const *message;        /* of runs that failed */
  const struct window *window; /* curves; NULL with folded cells */
};

static int hand_over(struct loop *l, const struct batch *b, size_t first, size_t end, struct lur_range r,
                     struct lur_error *e) {
  const struct window *w = b->window;
  struct lur_rows rows = {.first = r.first,
                          .last = r.last,
                          .n = end - first,
                          .n_columns = l->plan->n_columns,
                          .run = b->run + first,
                          .status = b->status + first,
                          .cell = b->cell + first * (size_t)l->plan->n_columns,
                          .message = (const char *const *)b->message + first};
  if (w && w->stores_curve) {
    rows.n_curve = w->n_curve;
    rows.curve = w->curve ? w->curve + first * (size_t)w->n_curve : NULL;
    rows.curve_epoch = w->curve ? w->curve_epoch + first * (size_t)w->n_curve : NULL;
  }
  return l->sink->take(l->sink->context, &rows, e);
}

static void count_rows(struct loop *l, const struct batch *b, size_t first, size_t end) {
  struct lur_progress *p = l->progress;
  size_t n[LUR_N_STATUSES] = {0};
  double best = atomic_load_explicit(&p->best, memory_order_relaxed);
  for (size_t i = first; i < end; i++) {
    const struct lur_cell *loss = &b->cell[i * (size_t)l->plan->n_columns + (size_t)l->plan->n_axes];
    n[b->status[i]]++;
    if (l->one_loss && loss->kind == LUR_CELL_REAL && isfinite(loss->as.real) && !(best <= loss->as.real))
      best = loss->as.real;
  }
  atomic_fetch_add(&p->rows, end - first);
  atomic_fetch_add(&p->solved, n[LUR_SOLVED]);
  atomic_fetch_add(&p->diverged, n[LUR_DIVERGED]);
  atomic_fetch_add(&p->failed, n[LUR_FAILED]);
  atomic_store(&p->best, best);
}

static int settle(struct loop *l, const struct batch *b, size_t first, size_t end, struct lur_range r,
                  struct lur_error *e) {
  if (r.last < r.first)
    return LUR_OK;
  int rc = hand_over(l, b, first, end, r, e);
  if (rc)
    return rc;
  count_rows(l, b, first, end);
  atomic_fetch_add(&l->progress->done, r.last - r.first + 1);
  return LUR_OK;
}

/* One range of a window: all of it, or after a cancel its finished stretches. */
static int settle_range(struct loop *l, const struct batch *b, size_t first, size_t end, struct lur_range r,
                        struct lur_error *e) {
  int rc = LUR_OK;
  uint64_t from = r.first;
  size_t start = first;
  for (size_t i = first; i < end && !rc; i++) {
    if (b->finished[i])
      continue;
    if (i > start || from == r.first)
      rc = settle(l, b, start, i, (struct lur_range){from, b->run[i] - 1}, e);
    from = b->run[i] + 1;
    start = i + 1;
  }
  return rc ? rc : settle(l, b, start, end, (struct lur_range){from, r.last}, e);
}

static int settle_all(struct loop *l, const struct batch *b, const struct walk *w, struct lur_error *e) {
  size_t row = 0;
  int rc = LUR_OK;
  for (size_t i = 0; i < w->n_ranges && !rc; i++) {
    size_t first = row;
    while (row < b->n && b->run[row] <= w->range[i].last)
      row++;
    rc = settle_range(l, b, first, row, w->range[i], e);
  }
  return rc;
}

/* What a budget cut is a prefix. */
static void keep_prefix(uint8_t *finished, size_t n) {
  bool all = true;
  for (size_t i = 0; i < n; i++)
    finished[i] = all = all && finished[i];
}

/* ---- The loop ---- */
static int run_window(struct loop *l, struct walk *w, struct folded *f, struct lur_error *e) {
  const struct window *win = &l->window;
  int rc = f ? lur_folded_run(f, l, e) : lur_window_run(l, e);
  if (rc && rc != LUR_ECANCELLED)
    return rc;
  if (rc && l->plan->sweep.halving.n_rungs) /* a bracket is settled as a whole, with its skipped numbers */
    return lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
  if (rc && lur_alarm_rang(l->alarm))
    keep_prefix(f ? f->finished : l->window.finished, f ? f->n : l->window.n);
  const struct batch b = f ? (struct batch){f->n, f->run, f->status, f->finished, f->cell, f->message, NULL}
                           : (struct batch){win->n, win->run, win->status, win->finished, win->cell, win->message, win};
  int settled = settle_all(l, &b, w, e);
  if (settled)
    return settled;
  return rc ? lur_fail(e, LUR_ECANCELLED, NULL, "interrupted") : LUR_OK;
}

/* Lanes full once; with a budget, nothing is known yet of what fits. */
static size_t first_size(const struct loop *l, const struct folded *f, size_t limit) {
  size_t threads = (size_t)l->options->n_threads, runs = l->options->budget_ns ? threads : LANES * threads;
  size_t size = f ? runs / l->plan->n_seeds : runs;
  return size < 1 ? 1 : size < limit ? size : limit;
}

/* How many rows the next window should have, given how many the last took and how long. */
static size_t next_size(size_t limit, size_t size, size_t n, uint64_t elapsed_ns, double left_ns) {
  double rate = elapsed_ns ? (double)n / (double)elapsed_ns : 0;
  double wanted = rate > 0 ? rate * WINDOW_NS : (double)size * 8;
  if (wanted > (double)size * 8)
    wanted = (double)size * 8;
  if (rate > 0 && wanted < LEAST_WINDOW)
    wanted = fmax(wanted, fmin(rate * LONGEST_NS, LEAST_WINDOW));
  if (rate > 0 && left_ns > 0 && wanted > rate * left_ns)
    wanted = rate * left_ns;
  if (wanted < 1)
    wanted = 1;
  return wanted > (double)limit ? limit : (size_t)wanted;
}

static int run_all(struct loop *l, struct walk *w, struct folded *f, bool *out_of_budget, struct lur_error *e) {
  const uint64_t budget_ns = l->options->budget_ns, begin_ns = lur_clock_ns();
  size_t limit = f ? f->room : lur_window_limit(l->plan), size = first_size(l, f, limit);
  uint64_t *run = f ? f->run : l->window.run;
  size_t *n = f ? &f->n : &l->window.n;
  int rc = LUR_OK;
  while (w->unit < w->n_units && !rc) {
    uint64_t start_ns = lur_clock_ns();
    if (budget_ns && start_ns - begin_ns + LEAST_BUDGET_NS > budget_ns) {
      *out_of_budget = true;
      return lur_fail(e, LUR_ECANCELLED, NULL, "the budget is used up");
    }
    lur_window_clear(&l->window);
    rc = fill(l, w, size, run, n, e);
    if (!rc)
      rc = run_window(l, w, f, e);
    uint64_t now_ns = lur_clock_ns();
    size = next_size(limit, size, *n, now_ns - start_ns, (double)budget_ns - (double)(now_ns - begin_ns));
    if (!rc && lur_loop_is_cancelled(l))
      rc = lur_fail(e, LUR_ECANCELLED, NULL, "interrupted");
  }
  return rc;
}

static void start_progress(struct loop *l) {
  const struct lur_sweep_options *o = l->options;
  uint64_t total = lur_shard_n_numbers(l->plan, o->shard, o->n_shards), done = 0;
  for (size_t i = 0; i < o->n_done; i++)
    done += o->done[i].last - o->done[i].first + 1;
  atomic_store(&l->progress->total, total);
  atomic_store(&l->progress->done, done < total ? done : total);
  atomic_store(&l->progress->best, NAN);
}

/* A window's room, in rows: its limit and what a last bracket may add; of cells, all their seeds at once or a part. */
static size_t window_room(const struct lur_plan *p) {
  return lur_window_limit(p) + (p->sweep.halving.n_rungs ? 2 * (size_t)lur_halving_bracket(p) : 0);
}

static size_t cells_at_once(const struct lur_plan *p) {
  uint64_t n = lur_window_limit(p) / p->n_seeds;
  return n < 1 ? 1 : (size_t)n;
}

static int open_loop(struct loop *l, struct folded *f, struct lur_error *e) {
  size_t room = window_room(l->plan);
  int rc = lur_window_new(&l->window, l->plan, room, e);
  l->at = lur_copy(l->plan->sweep.spec, 1, sizeof *l->at);
  l->order = lur_alloc(room, sizeof *l->order);
  l->rows = lur_alloc(room, sizeof *l->rows);
  if (!rc && !(l->at && l->order && l->rows))
    rc = lur_fail_memory(e);
  for (size_t i = 0; i < room && !rc; i++)
    l->rows[i] = (uint32_t)i;
  if (!rc && f)
    rc = lur_folded_new(f, l, cells_at_once(l->plan), e);
  if (!rc && !(l->pool = lur_pool_new(l->options->n_threads, e)))
    rc = e ? e->code : LUR_ENOMEM;
  return rc;
}

/* A window is made to fit the budget; where it goes beyond it by too much, it is cut. */
static void start_alarm(struct loop *l, struct lur_sweep_options *o) {
  if (!o->budget_ns)
    return;
  l->alarm = lur_alarm_start(lur_clock_ns() + o->budget_ns + o->budget_ns / 4 + LATEST_NS, o->cancel);
  if (l->alarm)
    o->cancel = lur_alarm_flag(l->alarm);
}

int lur_sweep_run(const struct lur_plan *p, const struct lur_sweep_options *o, const struct lur_sink *sink,
                  struct lur_progress *progress, bool *out_of_budget, struct lur_error *e) {
  struct lur_progress none = {0};
  struct lur_sweep_options within = *o;
  bool ended = false;
  struct loop l = {.plan = p, .options = &within, .sink = sink, .progress = progress ? progress : &none};
  struct walk w = {.n_units = lur_n_units(p)};
  l.one_loss = lur_plan_has_one_loss(p);
  struct folded folded = {0}, *f = p->sweep.keep == LUR_KEEP_CELLS ? &folded : NULL;
  int rc = open_loop(&l, f, e);
  if (!rc) {
    start_progress(&l);
    start_alarm(&l, &within);
    rc = run_all(&l, &w, f, out_of_budget ? out_of_budget : &ended, e);
  }
  if (rc == LUR_ECANCELLED && out_of_budget && lur_alarm_rang(l.alarm) && !(o->cancel && atomic_load(o->cancel)))
    *out_of_budget = true;
  lur_alarm_stop(l.alarm);
  lur_pool_free(l.pool);
  lur_folded_free(&folded);
  lur_window_free(&l.window);
  free(l.at);
  free(l.order);
  free(l.rows);
  free(w.range);
  return rc;
}

/* SPDX-License-Identifier: MIT
 * What a sweep would do: how many runs, how long it takes by a short sample, how large the file gets, and which kernel
 * runs each structure. */
#include "session/forecast.h"

#include <inttypes.h>
#include <math.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "session/explain.h"
#include "session/reuse.h"
#include "session/threads.h"
#include "sweep/plan.h"
#include "view/export.h"
#include "view/run_view.h"

enum { PLANNED_SHOWN = 10, MOST_LOOKED_AT = 65536, CELL_BYTES = 9, ROW_BYTES = 12 };

enum { LEAST_COUNTED = 100000 /* of a where's numbers */, COUNT_NS = 1000000000 };

enum { SAMPLE_NS = 200000000, LONGEST_SAMPLE_S = 12 };

/* ---- What would be done ---- */
static int take_nothing(void *context, const struct lur_rows *rows, struct lur_error *e) {
  (void)context, (void)rows, (void)e;
  return LUR_OK;
}

/* Numbers a second of the first n, or of as many as end in time; 0 where none does. */
static double sample(const struct lur_plan *p, int n_threads, const atomic_int *cancel, uint64_t n,
                     uint64_t budget_ns) {
  struct lur_progress progress = {0};
  const struct lur_sink sink = {NULL, take_nothing};
  const struct lur_range rest = {n + 1, UINT64_MAX};
  bool ended;
  const struct lur_sweep_options o = {
      .n_threads = n_threads, .done = &rest, .n_done = 1, .budget_ns = budget_ns, .cancel = cancel};
  uint64_t begin_ns = lur_clock_ns();
  int rc = lur_sweep_run(p, &o, &sink, &progress, &ended, NULL);
  double rows = (double)atomic_load(&progress.rows), seconds = (double)(lur_clock_ns() - begin_ns) * 1e-9;
  return (rc || rows > 0 ? rows : (double)n) / seconds; /* where all are skipped, that is what takes the time */
}

/* Long runs end so few of a short sample that lanes stay empty: then as many as fill them, where that is soon done. */
static double measure_rate(const struct lur_plan *p, const struct lur_sweep_request *r, const atomic_int *cancel) {
  const int n_threads = lur_threads_asked(r->n_threads);
  uint64_t n = lur_sweep_n_numbers(p), full = LUR_FULL_LANES * (uint64_t)n_threads;
  double rate = sample(p, n_threads, cancel, n, SAMPLE_NS);
  if (full > n)
    full = n;
  if (rate * SAMPLE_NS * 1e-9 >= (double)full || rate * LONGEST_SAMPLE_S < (double)full)
    return rate;
  return fmax(rate, sample(p, n_threads, cancel, full, 0));
}

struct forecast {
  uint64_t n_runs, n_cells;
  bool exact; /* n_runs; else about so many */
  /* Where files hold some of them: rows that are taken over, runs that are left to be computed. */
  bool holds, exactly_left;
  uint64_t n_taken, n_left;
  double seconds, bytes; /* seconds 0: no run of the sample ended */
  const char *path;
};

/* The file itself, where it holds this sweep; or NULL. With --retry it is not known which of its runs are left. */
static struct lur_table *open_own(const struct lur_plan *p, const struct lur_sweep_request *r, const char *path) {
  char hash[65];
  struct lur_table *t = r->fresh || r->retry || access(path, F_OK) != 0 ? NULL : lur_table_open(path, NULL);
  if (t && lur_plan_hash(p, hash, NULL) == LUR_OK && strcmp(hash, lur_table_facts(t)->sweep.hash) == 0)
    return t;
  lur_table_free(t);
  return NULL;
}

/* What the file itself and older ones hold. Rows that would be taken over are read, but go nowhere. */
static int look_at_files(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                         const char *path, struct forecast *f, struct lur_error *e) {
  const struct lur_sink nowhere = {NULL, take_nothing};
  struct lur_table *own = open_own(p, r, path);
  struct lur_reuse *reuse = lur_reuse_open(p, s, r, e);
  const struct lur_table_facts *facts = own ? lur_table_facts(own) : NULL;
  int rc =
      reuse ? lur_reuse_take(reuse, &nowhere, facts ? facts->done : NULL, facts ? facts->n_done : 0, path, e) : e->code;
  struct lur_sweep_options o = {.shard = r->shard, .n_shards = r->n_shards};
  double left = 0;
  if (!rc) {
    o.done = lur_reuse_settled(reuse, &o.n_done);
    f->holds = o.n_done > 0;
    f->n_taken = lur_reuse_n_rows(reuse);
    rc = f->holds ? lur_sweep_count_left(p, &o, &left, &f->exactly_left, e) : LUR_OK;
    f->n_left = f->holds ? (uint64_t)left : f->n_runs;
  }
  lur_reuse_free(reuse);
  lur_table_free(own);
  return rc;
}

/* n_runs of a shard: its part of the numbers. */
static int make_forecast(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                         const char *path, struct forecast *f, struct lur_error *e) {
  double n_runs = 0, part = (double)lur_shard_n_numbers(p, r->shard, r->n_shards) / (double)lur_sweep_n_numbers(p);
  *f = (struct forecast){.path = path, .n_cells = lur_plan_n_different(p)};
  int rc = lur_sweep_check_file(p, s, r, path, e);
  if (!rc)
    rc = lur_plan_count_runs(p, LEAST_COUNTED, COUNT_NS, &n_runs, &f->exact, e);
  if (rc)
    return rc;
  if (lur_plan_sweep(p)->calls->where)
    f->n_cells = (uint64_t)(n_runs / (double)lur_plan_n_replicates(p) + 0.5);
  const bool cells = lur_plan_sweep(p)->keep == LUR_KEEP_CELLS;
  if (cells)
    n_runs = (double)f->n_cells;
  if (cells && lur_plan_sweep(p)->calls->where)
    f->exact = false; /* a combination is kept if where leaves it one seed */
  f->exact = f->exact && (part == 1 || n_runs == (double)lur_sweep_n_numbers(p));
  f->n_runs = (uint64_t)(n_runs * part + 0.5);
  if ((rc = look_at_files(p, s, r, path, f, e)))
    return rc;
  if (f->exact && f->n_left > f->n_runs)
    f->n_left = f->n_runs;
  double rate = f->n_left ? measure_rate(p, r, s->stop.cancel) : 0;
  f->seconds = rate > 0 ? (double)f->n_left / rate : 0;
  f->bytes = (double)f->n_runs * (ROW_BYTES + CELL_BYTES * lur_plan_n_columns(p));
  return LUR_OK;
}

void lur_forecast_points(const struct lur_plan *p, struct lur_buffer *out) {
  uint64_t n = lur_plan_n_different(p), asked = lur_plan_n_asked(p);
  if (n < asked && lur_plan_sampler(p) != LUR_GRID)
    lur_buffer_format(out, "%" PRIu64 " different point%s, %" PRIu64 " asked\n", n, n == 1 ? "" : "s", asked);
}

static void write_forecast(const struct lur_plan *p, const struct forecast *f, struct lur_buffer *out) {
  lur_buffer_format(out, "%s%" PRIu64 " run%s", f->exact ? "" : "about ", f->n_runs, f->n_runs == 1 ? "" : "s");
  const uint64_t n_folds = lur_plan_n_folds(p), n_seeds = lur_plan_n_replicates(p) / n_folds;
  if (lur_plan_n_replicates(p) > 1)
    lur_buffer_format(out, ": %" PRIu64 " combination%s", f->n_cells, f->n_cells == 1 ? "" : "s");
  if (n_seeds > 1)
    lur_buffer_format(out, " x %" PRIu64 " seeds", n_seeds);
  if (n_folds > 1)
    lur_buffer_format(out, " x %" PRIu64 " cross-validation folds", n_folds);
  lur_buffer_format(out, ", %zu structure%s\n", lur_plan_n_groups(p), lur_plan_n_groups(p) == 1 ? "" : "s");
  lur_forecast_points(p, out);
  if (f->n_taken)
    lur_buffer_format(out, "%" PRIu64 " taken over, ", f->n_taken);
  if (f->holds)
    lur_buffer_format(out, "%s%" PRIu64 " to compute\n", f->exactly_left ? "" : "at most ", f->n_left);
  if (f->seconds > 0)
    lur_buffer_format(out, "about %.3g s, ", f->seconds);
  else if (f->n_left == 0)
    lur_buffer_text(out, "nothing to run; ");
  else
    lur_buffer_text(out, "a run takes longer than the sample; ");
  char shown[LUR_SHOWN_BYTES];
  lur_buffer_format(out, "%.3g MB, at most, into %s\n", f->bytes * 1e-6, lur_utf8_name(f->path, shown));
}

static void write_forecast_json(const struct lur_plan *p, const struct forecast *f, struct lur_buffer *out) {
  lur_buffer_format(
      out, "{\"v\":1,\"type\":\"plan\",\"runs\":%" PRIu64 "%s,\"combinations\":%" PRIu64 ",\"seeds\":%" PRIu64,
      f->n_runs, f->exact ? "" : ",\"exact\":false", f->n_cells, lur_plan_n_replicates(p) / lur_plan_n_folds(p));
  if (lur_plan_n_folds(p) > 1)
    lur_buffer_format(out, ",\"folds\":%" PRIu64, lur_plan_n_folds(p));
  if (f->holds)
    lur_buffer_format(out, ",\"taken\":%" PRIu64 ",\"left\":%" PRIu64 "%s", f->n_taken, f->n_left,
                      f->exactly_left ? "" : ",\"left_exact\":false");
  lur_buffer_format(out, ",\"structures\":%zu,\"seconds\":", lur_plan_n_groups(p));
  lur_view_json_number(f->seconds > 0 ? f->seconds : NAN, out);
  lur_buffer_format(out, ",\"bytes\":%.0f,\"file\":", f->bytes);
  lur_json_text(f->path, out);
  lur_buffer_text(out, "}\n");
}

static void write_first_json(const struct lur_plan *p, uint64_t run, struct lur_buffer *out) {
  struct lur_cell cell[LUR_MAX_AXES];
  lur_plan_cells(p, run, cell);
  lur_buffer_format(out, "{\"v\":1,\"type\":\"planned\",\"run\":%" PRIu64, run);
  for (int i = 0; i < lur_plan_n_axes(p); i++) {
    lur_buffer_text(out, ",");
    lur_json_text(lur_plan_columns(p)[i].name, out);
    lur_buffer_text(out, ":");
    lur_json_cell(&cell[i], out);
  }
  lur_buffer_text(out, "}\n");
}

static void write_first(const struct lur_plan *p, uint64_t run, struct lur_buffer *out) {
  lur_buffer_format(out, "%7" PRIu64 "  ", run);
  lur_plan_write(p, run, out);
  lur_buffer_text(out, "\n");
}

int lur_forecast_write(const struct lur_plan *p, const struct lur_sweep_source *s, const struct lur_sweep_request *r,
                       const char *path, bool json, struct lur_buffer *out, struct lur_error *error) {
  struct forecast f;
  int rc = make_forecast(p, s, r, path, &f, error);
  if (rc)
    return rc;
  (json ? write_forecast_json : write_forecast)(p, &f, out);
  struct lur_spec *at = lur_copy(lur_plan_sweep(p)->spec, 1, sizeof *at);
  struct lur_error e;
  int n_shown = 0;
  for (uint64_t run = 1; at && run <= lur_plan_n_runs(p) && run <= MOST_LOOKED_AT && n_shown < PLANNED_SHOWN; run++) {
    bool skips = false;
    if (lur_plan_skips(p, run, at, &skips, &e))
      break; /* told where it is run */
    if (!skips)
      (json ? write_first_json : write_first)(p, run, out);
    n_shown += !skips;
  }
  free(at);
  return LUR_OK;
}

static const struct lur_structure *structure_of(const void *plan, size_t g) {
  return lur_plan_structure(plan, g);
}

/* A line each, and its kernel; then the programs of functions. Groups are taken to have as many runs each: few runs get
 * another kernel. */
void lur_forecast_explain(const struct lur_plan *p, const struct lur_sweep_request *r, struct lur_buffer *out) {
  const struct lur_host_calls *calls = lur_plan_sweep(p)->calls;
  const struct lur_entries *all = lur_plan_sweep(p)->spec->entries;
  const uint64_t n_runs = lur_plan_n_different(p) * lur_plan_n_replicates(p),
                 n = lur_plan_n_groups(p) * (uint64_t)lur_threads_asked(r->n_threads);
  for (size_t g = 0; g < lur_plan_n_groups(p); g++) {
    const struct lur_structure *s = lur_plan_structure(p, g);
    char text[256];
    lur_kernel_explain(s, calls->when ? 1 : (n_runs + n - 1) / n, text, sizeof text);
    lur_explain_structure(s, all, out);
    lur_buffer_format(out, ": %s%s\n",
                      calls->when ? "one run after the other, for stop.when is a Lua function on one thread; " : "",
                      text);
  }
  lur_explain_functions(all, lur_plan_n_groups(p), structure_of, p, out);
}

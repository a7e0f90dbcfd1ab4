/* SPDX-License-Identifier: MIT
 * Verifying a results file: the sweep runs again over the numbers that the file has settled, into a sink that walks
 * the file's rows beside it and stops at the first difference; then some rows by themselves (verify_alone.c). A sample
 * is of the file's rows (sample.c), with what belongs to their units (brackets of a halving), and no other rows are
 * read. Rows of both sides come in the order of their numbers. */
#include "session/verify.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "base/utf8.h"
#include "session/sample.h"
#include "session/threads.h"
#include "session/verify_alone.h"
#include "sweep/plan.h"
#include "view/progress.h"

bool lur_verify_matches(const struct lur_plan *p, const struct lur_table *t, struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(t);
  char hex[65];
  if (lur_plan_hash(p, hex, e) || strcmp(hex, f->sweep.hash) != 0)
    return false;
  return f->n_done == 0 || f->done[f->n_done - 1].last <= lur_sweep_n_numbers(p);
}

/* ---- The sink ---- */
struct comparison {
  struct lur_query *query;
  const struct lur_cell *stored; /* the file's next row; NULL after the last */
  const struct lur_range *range; /* what is computed again */
  size_t n_ranges, at;
  bool only_best; /* the file keeps only some rows */
  uint64_t n_rows;
  struct lur_difference_text *d;
};

static int advance(struct comparison *c, struct lur_error *e) {
  const struct lur_cell *cells = NULL;
  int rc = lur_query_next(c->query, &cells, e);
  c->stored = rc > 0 ? cells : NULL;
  return rc < 0 ? rc : LUR_OK;
}

static uint64_t stored_run(const struct comparison *c) {
  return c->stored ? (uint64_t)c->stored[0].as.integer : UINT64_MAX;
}

static int differ(struct comparison *c, uint64_t run, const char *what, struct lur_error *e) {
  if (!c->d->differs)
    snprintf(c->d->text, sizeof c->d->text, "run %" PRIu64 " %s", run, what);
  c->d->differs = true;
  return lur_fail(e, LUR_ECANCELLED, NULL, "they differ");
}

/* Passes over the file's rows before `run`; one that should have been computed is a difference. */
static int walk_to(struct comparison *c, uint64_t run, struct lur_error *e) {
  int rc = LUR_OK;
  while (!rc && stored_run(c) < run) {
    while (c->at < c->n_ranges && c->range[c->at].last < stored_run(c))
      c->at++;
    if (c->at < c->n_ranges && c->range[c->at].first <= stored_run(c))
      return differ(c, stored_run(c), "is in the file, but the sweep has no such run", e);
    rc = advance(c, e);
  }
  return rc;
}

static int compare_row(struct comparison *c, const struct lur_rows *rows, size_t i, struct lur_error *e) {
  const struct lur_cell *now = rows->cell + i * (size_t)rows->n_columns;
  const struct lur_cell status = {.kind = LUR_CELL_TEXT, .as.text = lur_status_names[rows->status[i]]};
  uint64_t run = rows->run[i];
  int rc = walk_to(c, run, e), n = rows->n_columns;
  if (rc || (stored_run(c) != run && c->only_best))
    return rc;
  if (stored_run(c) != run)
    return differ(c, run, "is not in the file", e);
  for (int k = 0; k < n; k++)
    if (!lur_verify_same(&c->stored[k + 1], &now[k], run, lur_query_name(c->query, k + 1), c->d))
      return differ(c, run, "", e);
  if (!lur_verify_same(&c->stored[n + 1], &status, run, "status", c->d))
    return differ(c, run, "", e);
  c->n_rows++;
  return advance(c, e);
}

static int take(void *context, const struct lur_rows *rows, struct lur_error *e) {
  int rc = LUR_OK;
  for (size_t i = 0; i < rows->n && !rc; i++)
    rc = compare_row(context, rows, i, e);
  return rc;
}

/* ---- What is computed again ---- */
/* The units of a sample; all that is settled where the table has no more rows than are wanted. */
static int choose(const struct lur_plan *p, struct lur_table *t, uint64_t n, struct lur_range **out, size_t *n_out,
                  struct lur_error *e) {
  const struct lur_table_facts *f = lur_table_facts(t);
  uint64_t *number = NULL;
  size_t n_numbers = 0;
  int rc = n ? lur_sample_rows(t, n, &number, &n_numbers, e) : LUR_OK;
  const bool all = n_numbers == 0 || n_numbers < n;
  struct lur_range *range = lur_alloc((all ? f->n_done : n_numbers) + 1, sizeof *range);
  *n_out = 0;
  if (!rc && !range)
    rc = lur_fail_memory(e);
  for (size_t i = 0; !rc && all && i < f->n_done; i++)
    range[(*n_out)++] = f->done[i];
  for (size_t i = 0; !rc && !all && i < n_numbers; i++) {
    const struct lur_range unit = lur_sweep_unit(p, number[i]);
    if (*n_out == 0 || range[*n_out - 1].last < unit.first)
      range[(*n_out)++] = unit;
  }
  free(number);
  *out = range;
  return rc;
}

/* What lies between the ranges, up to `last`: n + 1 of them at most. */
static size_t invert(const struct lur_range *range, size_t n, uint64_t last, struct lur_range *out) {
  uint64_t next = 1;
  size_t n_out = 0;
  for (size_t i = 0; i < n; i++) {
    if (next < range[i].first)
      out[n_out++] = (struct lur_range){next, range[i].first - 1};
    next = range[i].last + 1;
  }
  if (next <= last)
    out[n_out++] = (struct lur_range){next, last};
  return n_out;
}

static int run_again(const struct lur_plan *p, const struct lur_replay_request *r, struct comparison *c,
                     const struct lur_range *done, size_t n_done, const atomic_int *cancel, struct lur_error *e) {
  struct lur_progress progress = {0};
  const struct lur_sink sink = {c, take};
  const struct lur_sweep_options o = {
      .n_threads = lur_threads_asked(r->n_threads), .done = done, .n_done = n_done, .cancel = cancel};
  struct lur_progress_line *line = r->bar ? lur_progress_start(&progress, stderr) : NULL;
  int rc = advance(c, e);
  if (!rc)
    rc = lur_sweep_run(p, &o, &sink, &progress, NULL, e);
  if (!rc)
    rc = walk_to(c, UINT64_MAX, e);
  lur_progress_stop(line);
  return c->d->differs ? LUR_OK : rc;
}

static void write_result(const struct lur_replay_request *r, const struct comparison *c, struct lur_buffer *out) {
  const struct lur_table_facts *f = lur_table_facts(r->table);
  const char *path = lur_table_path(r->table);
  if (r->json) {
    lur_buffer_format(out, "{\"v\":1,\"type\":\"verify\",\"rows\":%" PRIu64 ",\"same\":%s}\n", c->n_rows,
                      c->d->differs ? "false" : "true");
    return;
  }
  if (c->d->differs)
    return;
  char shown[LUR_SHOWN_BYTES];
  lur_buffer_format(out, "%s: %" PRIu64 " row%s computed again, the same bit by bit\n", lur_utf8_name(path, shown),
                    c->n_rows, c->n_rows == 1 ? "" : "s");
  if (f->n_settled < f->sweep.n_runs)
    lur_buffer_format(out, "the sweep stands at %" PRIu64 " of %" PRIu64 "\n", f->n_settled, f->sweep.n_runs);
}

int lur_verify_file(const struct lur_plan *p, const struct lur_replay_request *r, const atomic_int *cancel,
                    struct lur_difference_text *d, struct lur_buffer *out, struct lur_error *e) {
  struct lur_range *chosen = NULL, *done = NULL;
  struct comparison c = {.only_best = lur_table_facts(r->table)->keep_best > 0, .d = d};
  int rc = choose(p, r->table, r->n_sample, &chosen, &c.n_ranges, e);
  if (!rc && !(done = lur_alloc(c.n_ranges + 2, sizeof *done)))
    rc = lur_fail_memory(e);
  c.range = chosen;
  const struct lur_ask ask = {
      .order = "run", .range = chosen, .n_ranges = r->n_sample ? c.n_ranges : 0, .deadline_ms = -1};
  if (!rc && !(c.query = lur_query_new(r->table, &ask, e)))
    rc = e->code;
  const uint64_t begin_ns = lur_clock_ns();
  if (!rc)
    rc = run_again(p, r, &c, done, invert(chosen, c.n_ranges, lur_sweep_n_numbers(p), done), cancel, e);
  if (!rc && !d->differs)
    rc = lur_verify_alone(p, r, lur_clock_ns() - begin_ns, cancel, d, e);
  if (!rc)
    write_result(r, &c, out);
  lur_query_free(c.query);
  free(chosen);
  free(done);
  return rc;
}

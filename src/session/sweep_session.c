/* SPDX-License-Identifier: MIT
 * One session of a sweep: it is planned only, or run into its file and summed up. */
#include "session/sweep_session.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <unistd.h>

#include "base/exit.h"
#include "base/utf8.h"
#include "fold/expect.h"
#include "session/forecast.h"
#include "sweep/plan.h"
#include "view/export.h"
#include "view/failures.h"
#include "view/others.h"
#include "view/summary.h"
#include "view/terminal.h"

enum { BEST_COMBINATIONS = 5 };

/* ---- What was done ---- */
static void write_json(const struct lur_plan *p, const struct lur_sweep_outcome *o, struct lur_buffer *out) {
  lur_buffer_text(out, "{\"v\":1,\"type\":\"sweep\",\"file\":");
  lur_json_text(o->path, out);
  lur_buffer_format(out, ",\"numbers\":%" PRIu64 ",\"done\":%" PRIu64 ",\"rows\":%" PRIu64 ",\"complete\":%s", o->total,
                    o->done, o->rows, o->complete ? "true" : "false");
  if (lur_plan_sampler(p) != LUR_GRID)
    lur_buffer_format(out, ",\"points\":%" PRIu64 ",\"samples\":%" PRIu64, lur_plan_n_different(p),
                      lur_plan_n_asked(p));
  if (o->taken)
    lur_buffer_format(out, ",\"taken\":%" PRIu64, o->taken);
  lur_buffer_format(out, ",\"seconds\":%.6g}\n", (double)o->time_ns * 1e-9);
}

/* Below the tables, where there are some. */
static void write_file_line(const struct lur_sweep_outcome *o, struct lur_buffer *out) {
  double seconds = (double)o->time_ns * 1e-9;
  char shown[LUR_SHOWN_BYTES];
  lur_buffer_format(out, "%s%s", out->length_bytes ? "\n" : "", lur_utf8_name(o->path, shown));
  if (o->rows == 0 && o->before && o->complete)
    lur_buffer_text(out, ": was complete, nothing was run");
  else
    lur_buffer_format(out, ": %" PRIu64 " runs in %.3g s", o->rows, seconds);
  if (o->before && o->before < o->done)
    lur_buffer_format(out, ", after %" PRIu64 " of an earlier time", o->before);
  if (o->out_of_budget)
    lur_buffer_format(out, "; the budget ended at %" PRIu64 " of %" PRIu64 ", more of it goes on from there", o->done,
                      o->total);
  if (o->taken)
    lur_buffer_format(out, ", and %" PRIu64 " taken over", o->taken);
  lur_buffer_text(out, "\n");
}

/* The closing tables. Nothing raises in here: the file is open. */
static int sum_up(const struct lur_plan *p, const struct lur_script_options *options, const struct lur_sweep_request *r,
                  const struct lur_sweep_outcome *o, struct lur_said *said, struct lur_error *e) {
  const struct lur_summary_ask ask = {
      .metric = r->metric, .n_best = BEST_COMBINATIONS, .width = lur_terminal_width(STDOUT_FILENO)};
  bool holds = true, all_failed = false; /* a shard is a part: its merge says whether all failed */
  struct lur_table *t = lur_table_open(o->path, e);
  int rc = t ? LUR_OK : e->code;
  if (!rc && !options->json && !options->quiet)
    rc = lur_summary_write(t, &ask, &said->out, e);
  if (!rc && !options->json) {
    write_file_line(o, &said->out);
    lur_forecast_points(p, &said->out);
  }
  if (!rc && options->json)
    write_json(p, o, &said->out);
  if (!rc)
    rc = lur_failures_write(t, "when the cause is gone, --retry computes them again", &said->why, &all_failed, e);
  if (!rc && r->expect)
    rc = lur_expect_check(t, r->expect, &holds, &said->why, e);
  if (!holds)
    lur_buffer_text(&said->why, "\n");
  said->exit_code = all_failed && r->n_shards < 2 ? LUR_EXIT_FAILED : holds ? LUR_EXIT_OK : LUR_EXIT_DIFFERS;
  if (!rc)
    lur_others_write(t, &said->why);
  lur_table_free(t);
  return rc;
}

int lur_sweep_session_check(const struct lur_plan *p, const struct lur_sweep_source *source,
                            const struct lur_sweep_request *r, struct lur_error *e) {
  const struct lur_sweep *sweep = lur_plan_sweep(p);
  const struct lur_store_plan plan = {.n_columns = lur_plan_n_columns(p),
                                      .column = lur_plan_columns(p),
                                      .keep_best = sweep->keep == LUR_KEEP_BEST ? sweep->keep_best : 0,
                                      .keep_by = sweep->keep_by};
  char path[LUR_PATH_BYTES];
  int rc = r->expect ? lur_sweep_path(p, source, r, path, e) : LUR_OK;
  if (rc || !r->expect)
    return rc;
  struct lur_table *t = lur_table_blank(path, &plan, e);
  rc = t ? lur_expect_read(t, r->expect, e) : e->code;
  lur_table_free(t);
  return rc;
}

int lur_sweep_session(const struct lur_plan *p, const struct lur_sweep_source *source,
                      const struct lur_script_options *options, const struct lur_sweep_request *r,
                      struct lur_said *said, struct lur_error *e) {
  struct lur_sweep_outcome o;
  char shown[LUR_SHOWN_BYTES];
  int rc = lur_sweep_session_check(p, source, r, e);
  if (rc)
    return rc;
  if (r->find)
    return lur_sweep_path(p, source, r, r->find, e);
  if (r->explain)
    lur_forecast_explain(p, r, &said->out);
  if (r->plan) {
    rc = lur_sweep_path(p, source, r, o.path, e);
    return rc ? rc : lur_forecast_write(p, source, r, o.path, options->json, &said->out, e);
  }
  rc = lur_sweep_to_file(p, source, r, &o, e);
  if (rc == LUR_ECANCELLED && atomic_load(source->stop.cancel) && !o.total) {
    fprintf(stderr, "interrupted before a run was computed: the same command goes on\n");
    return rc;
  }
  if (rc == LUR_ECANCELLED && atomic_load(source->stop.cancel)) {
    fprintf(stderr, "interrupted at %" PRIu64 " of %" PRIu64 ": all of it is in %s, and the same command goes on%s\n",
            o.done, o.total, lur_utf8_name(o.path, shown), source->opaque[0] ? " with --assume-same" : "");
    return rc;
  }
  return rc ? rc : sum_up(p, options, r, &o, said, e);
}

/* SPDX-License-Identifier: MIT
 * `luron replay`: one run of a results file again, with its log. Its summary equals the row. */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/memory.h"
#include "cli/results.h"
#include "view/run_view.h"
#include "view/verify.h"

enum { LOG_LINES = 10 };

struct replay {
  struct lur_log_shape shape;
  uint64_t every;
  bool quiet;
};

static uint64_t next_logged(void *context, uint64_t epoch) {
  const struct replay *r = context;
  return epoch + (r->every - 1 - epoch % r->every);
}

static enum lur_answer see(void *context, const struct lur_record *record) {
  const struct replay *r = context;
  struct lur_buffer b = {0};
  if (r->quiet)
    return LUR_GO_ON;
  lur_view_log_line(&r->shape, record, &b);
  lur_results_print(&b);
  return LUR_GO_ON;
}

static void print_head(const struct replay *r, const struct lur_plan *p, uint64_t run) {
  struct lur_buffer b = {0};
  if (!r->shape.style.json) {
    lur_buffer_format(&b, "run %" PRIu64 ": ", run);
    lur_plan_write(p, run, &b);
    lur_buffer_text(&b, "\n");
  }
  if (!r->quiet)
    lur_view_log_head(&r->shape, &b);
  lur_results_print(&b);
}

static void print_summary(const struct replay *r, const struct lur_outcome *o, uint32_t metrics, uint64_t time_ns) {
  struct lur_run_metric m[LUR_N_METRICS];
  struct lur_buffer b = {0};
  int n = 0;
  for (int i = 0; i < LUR_N_METRICS; i++)
    if (metrics >> i & 1 && (r->shape.style.json || !isnan(o->metric[i])))
      m[n++] = (struct lur_run_metric){lur_metric_names[i], o->metric[i], NULL};
  const struct lur_run_summary s = {
      .status = o->status, .epochs = o->epochs, .time_ns = time_ns, .n_metrics = n, .metrics = m};
  lur_view_summary(&r->shape.style, &s, &b);
  lur_results_print(&b);
}

/* The stored row's loss, epochs and status; false where there is no such row. */
struct row {
  struct lur_cell loss;
  int64_t epochs;
  int status;
};

static int read_row(struct lur_table *t, uint64_t run, struct row *row, struct lur_error *e) {
  char where[48];
  const struct lur_cell *c;
  snprintf(where, sizeof where, "run = %" PRIu64, run);
  struct lur_query *q = lur_query_new(t, &(struct lur_ask){.select = "loss, epochs, status", .where = where}, e);
  int got = q ? lur_query_next(q, &c, e) : -1;
  if (got > 0) {
    *row = (struct row){.loss = c[0], .epochs = c[1].as.integer, .status = LUR_FINISHED};
    for (int s = 0; s < LUR_N_STATUSES; s++)
      if (c[2].kind == LUR_CELL_TEXT && strcmp(lur_status_names[s], c[2].as.text) == 0)
        row->status = s;
  }
  lur_query_free(q);
  if (got == 0)
    return lur_fail(e, LUR_EINPUT, NULL, "no run %" PRIu64 " in %s", run, lur_table_path(t));
  return got < 0 ? e->code : LUR_OK;
}

static bool equals(const struct lur_outcome *o, const struct row *row) {
  const struct lur_cell loss = {.kind = LUR_CELL_REAL, .as.real = o->metric[LUR_M_LOSS]};
  return (int64_t)o->epochs == row->epochs && lur_cell_same(&loss, &row->loss) &&
         ((int)o->status == row->status || row->status == LUR_PRUNED);
}

static int train(const struct lur_plan *p, uint64_t run, const struct row *row, struct replay *r, struct lur_outcome *o,
                 uint32_t *metrics, struct lur_error *e) {
  struct lur_structure s;
  struct lur_numbers n;
  const struct lur_observer observer = {r, next_logged, see};
  struct lur_spec *at = lur_copy(lur_plan_sweep(p)->spec, 1, sizeof *at);
  int rc = at ? lur_plan_resolve(p, run, at, &s, &n, e) : lur_fail_memory(e);
  if (!rc) {
    s.n_curve = 0;
    if (row->status == LUR_PRUNED)
      n.epochs = (uint64_t)row->epochs;
    r->shape.n_patterns = s.n_patterns;
    r->shape.n_outputs = s.shape.width[s.shape.n_layers];
    r->shape.epochs = n.epochs;
    r->shape.accuracy = true;
    r->every = n.epochs < LOG_LINES ? 1 : n.epochs / LOG_LINES;
    print_head(r, p, run);
    rc = lur_train(&s, &n, &observer, lur_interrupt_flag(), o, e);
  }
  *metrics = rc ? 0 : s.metrics;
  free(at);
  return rc;
}

static int replay_run(struct lur_table *t, uint64_t run, struct replay *r, struct lur_error *e, int *exit_code) {
  struct row row;
  struct lur_plan *p = NULL;
  struct lur_outcome o = {0};
  uint32_t metrics = 0;
  int rc = read_row(t, run, &row, e);
  struct lur_stored *s = rc ? NULL : lur_verify_stored(t, &p, e);
  if (!rc && !s)
    rc = e->code;
  if (!rc && lur_plan_sweep(p)->keep == LUR_KEEP_CELLS)
    rc = lur_fail(e, LUR_EINPUT, NULL, "a row is a combination here, its seeds folded; there is no single run");
  uint64_t begin_ns = lur_clock_ns();
  if (!rc)
    rc = train(p, run, &row, r, &o, &metrics, e);
  if (!rc) {
    if (row.status == LUR_PRUNED)
      o.status = LUR_PRUNED;
    print_summary(r, &o, metrics, lur_clock_ns() - begin_ns);
    if (!equals(&o, &row)) {
      fprintf(stderr, "luron: the row stored for run %" PRIu64 " differs\n", run);
      *exit_code = LUR_EXIT_DIFFERS;
    }
  }
  lur_plan_free(p);
  lur_stored_free(s);
  return rc;
}

static int replay(const struct lur_arguments *a) {
  struct lur_results_words words;
  struct lur_error e = {0};
  struct replay r = {.shape.style = {a->json, lur_color_wanted(a, stdout)}, .every = 1, .quiet = a->quiet};
  int code = lur_results_words(a, 1, &words);
  if (code)
    return code;
  char *end = NULL;
  unsigned long long run = words.where ? strtoull(words.where, &end, 10) : 0;
  if (!words.where || *end || run < 1)
    return lur_usage_error(words.where, "a run's number is wanted: luron replay FILE 17");
  struct lur_table *t = lur_results_open(words.file[0], &code);
  if (t && replay_run(t, run, &r, &e, &code))
    code =
        e.code == LUR_ECANCELLED ? 128 + atomic_load(lur_interrupt_flag()) : lur_results_fail_stored(&e, words.where);
  lur_interrupt_obeyed();
  lur_table_free(t);
  return code;
}

const struct lur_command lur_command_replay = {
    .name = "replay",
    .usage = "FILE RUN",
    .meaning = "one run of a results file again, with its log",
    .more = "Exit code 3 where it does not end as the file says.\n",
    .prints = true,
    .n_least = 2,
    .n_most = -1,
    .run = replay,
};

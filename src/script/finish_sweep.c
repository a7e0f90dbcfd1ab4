/* SPDX-License-Identifier: MIT
 * `luron sweep`: each experiment that a script returned is swept into a results file of its own, and summed up. */
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/memory.h"
#include "script/sweep_setup.h"
#include "fold/expect.h"
#include "view/export.h"
#include "view/failures.h"
#include "view/run_view.h"
#include "view/summary.h"
#include "view/others.h"
#include "view/terminal.h"

enum { BEST_COMBINATIONS = 5, PLANNED_SHOWN = 10, MOST_LOOKED_AT = 65536, CELL_BYTES = 9, ROW_BYTES = 12 };
enum { LEAST_COUNTED = 100000 /* of a where's numbers */, COUNT_NS = 1000000000 };
enum { SAMPLE_NS = 200000000, LONGEST_SAMPLE_S = 12, FULL_LANES = 64 /* of a thread */ };

static const struct lur_sweep_request *request_of(lua_State *L) {
  return lur_script_of(L)->request;
}

/* ---- Axes that were typed ---- */
static void set_typed_axis(lua_State *L, struct lur_reading *g, const char *name, const char *text) {
  struct lur_error e;
  struct lur_axis a;
  if (lur_axis_is_text(text)) {
    if (lur_axes_set(g->axes, &g->spec, name, text, &e))
      e.code == LUR_ENOMEM ? lur_raise_memory(L) : lur_raise_usage(L, name, "%s", e.text);
  } else if (lur_axis_init(&a, &g->spec, name, NULL) == LUR_OK) {
    lur_axes_remove(g->axes, a.name);
  }
}

void lur_set_typed_axes(lua_State *L, struct lur_reading *g) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  if (!g->axes && !(g->axes = lur_alloc(1, sizeof *g->axes)))
    lur_raise_memory(L);
  for (int i = 0; i < o->n_overrides; i++) {
    const char *equal = strchr(o->overrides[i], '=');
    const char *name = lua_pushlstring(L, o->overrides[i], (size_t)(equal - o->overrides[i]));
    set_typed_axis(L, g, name, equal + 1);
    lua_pop(L, 1);
  }
  if (g->axes->n == 0)
    lur_raise_usage(L, o->path, "has no axes; write sweep = { name = {...} } in it, or name=a,b after it");
}

static void set_keep(lua_State *L, struct lur_reading *g) {
  const char *keep = request_of(L)->keep;
  char *end;
  if (!keep)
    return;
  long n = strtol(keep, &end, 10);
  if (strcmp(keep, "all") == 0 || strcmp(keep, "cells") == 0) {
    g->keep = keep[0] == 'a' ? LUR_KEEP_ALL : LUR_KEEP_CELLS;
  } else if (end != keep && *end == '\0' && n > 0) {
    g->keep = LUR_KEEP_BEST;
    g->keep_best = (size_t)n;
    if (!g->keep_by[0])
      strcpy(g->keep_by, "loss");
  } else {
    lur_raise_usage(L, "--keep", "\"%s\" is not one of all cells N, the N best rows", keep);
  }
}

/* --metric: the name of a column of the results. */
static void set_rank(lua_State *L, int reading, struct lur_reading *g) {
  const char *metric = request_of(L)->metric;
  if (!metric)
    return;
  if (!lur_has_metric(L, reading, metric))
    lur_raise_usage(L, "--metric",
                    lur_find_metric(metric) < 0 ? "\"%s\" is no metric of this experiment"
                                                : "\"%s\" is not among the metrics of this experiment",
                    metric);
  snprintf(g->rank, sizeof g->rank, "%s", metric);
}

/* ---- What would be done ---- */
static int take_nothing(void *context, const struct lur_rows *rows, struct lur_error *e) {
  (void)context, (void)rows, (void)e;
  return LUR_OK;
}

static int threads_of(const struct lur_sweep_request *r) {
  return r->n_threads > 0 ? r->n_threads : lur_cores();
}

/* Numbers a second of the first n, or of as many as end in time; 0 where none does. */
static double sample(const struct lur_plan *p, int n_threads, uint64_t n, uint64_t budget_ns) {
  struct lur_progress progress = {0};
  const struct lur_sink sink = {NULL, take_nothing};
  const struct lur_range rest = {n + 1, UINT64_MAX};
  bool ended;
  const struct lur_sweep_options o = {
      .n_threads = n_threads, .done = &rest, .n_done = 1, .budget_ns = budget_ns, .cancel = lur_interrupt_flag()};
  uint64_t begin_ns = lur_clock_ns();
  int rc = lur_sweep_run(p, &o, &sink, &progress, &ended, NULL);
  double rows = (double)atomic_load(&progress.rows), seconds = (double)(lur_clock_ns() - begin_ns) * 1e-9;
  return (rc || rows > 0 ? rows : (double)n) / seconds; /* where all are skipped, that is what takes the time */
}

/* Long runs end so few of a short sample that lanes stay empty: then as many as fill them, where that is soon done. */
static double measure_rate(const struct lur_plan *p, const struct lur_sweep_request *r) {
  uint64_t n = lur_sweep_n_numbers(p), full = FULL_LANES * (uint64_t)threads_of(r);
  double rate = sample(p, threads_of(r), n, SAMPLE_NS);
  if (full > n)
    full = n;
  if (rate * SAMPLE_NS * 1e-9 >= (double)full || rate * LONGEST_SAMPLE_S < (double)full)
    return rate;
  return fmax(rate, sample(p, threads_of(r), full, 0));
}

struct forecast {
  uint64_t n_runs, n_cells;
  bool exact;            /* n_runs; else about so many */
  double seconds, bytes; /* seconds 0: no run of the sample ended */
  const char *path;
};

/* n_runs of a shard: its part of the numbers. */
static int make_forecast(const struct lur_plan *p, const struct lur_sweep_request *r, const char *path,
                         struct forecast *f, struct lur_error *e) {
  double n_runs = 0, part = (double)lur_shard_n_numbers(p, r->shard, r->n_shards) / (double)lur_sweep_n_numbers(p);
  *f = (struct forecast){.path = path, .n_cells = lur_plan_n_different(p)};
  int rc = lur_plan_count_runs(p, LEAST_COUNTED, COUNT_NS, &n_runs, &f->exact, e);
  if (rc)
    return rc;
  if (lur_plan_sweep(p)->calls->where)
    f->n_cells = (uint64_t)(n_runs / (double)lur_plan_n_seeds(p) + 0.5);
  if (lur_plan_sweep(p)->keep == LUR_KEEP_CELLS)
    n_runs = (double)f->n_cells;
  f->exact = f->exact && (part == 1 || n_runs == (double)lur_sweep_n_numbers(p));
  f->n_runs = (uint64_t)(n_runs * part + 0.5);
  double rate = f->n_runs ? measure_rate(p, r) : 0;
  f->seconds = rate > 0 ? (double)f->n_runs / rate : 0;
  f->bytes = (double)f->n_runs * (ROW_BYTES + CELL_BYTES * lur_plan_n_columns(p));
  return LUR_OK;
}

/* "4 different points, 100 asked": what a drawn sampler had less than it was asked for. */
static void write_points(const struct lur_plan *p, struct lur_buffer *out) {
  uint64_t n = lur_plan_n_different(p), asked = lur_plan_n_asked(p);
  if (n < asked && lur_plan_sampler(p) != LUR_GRID)
    lur_buffer_format(out, "%" PRIu64 " different point%s, %" PRIu64 " asked\n", n, n == 1 ? "" : "s", asked);
}

static void write_forecast(const struct lur_plan *p, const struct forecast *f, struct lur_buffer *out) {
  lur_buffer_format(out, "%s%" PRIu64 " run%s", f->exact ? "" : "about ", f->n_runs, f->n_runs == 1 ? "" : "s");
  if (lur_plan_n_seeds(p) > 1)
    lur_buffer_format(out, ": %" PRIu64 " combination%s x %" PRIu64 " seeds", f->n_cells, f->n_cells == 1 ? "" : "s",
                      lur_plan_n_seeds(p));
  lur_buffer_format(out, ", %zu structure%s\n", lur_plan_n_groups(p), lur_plan_n_groups(p) == 1 ? "" : "s");
  write_points(p, out);
  if (f->seconds > 0)
    lur_buffer_format(out, "about %.3g s, ", f->seconds);
  else if (f->n_runs == 0)
    lur_buffer_text(out, "nothing to run; ");
  else
    lur_buffer_text(out, "a run takes longer than the sample; ");
  lur_buffer_format(out, "%.3g MB, at most, into %s\n", f->bytes * 1e-6, f->path);
}

static void write_forecast_json(const struct lur_plan *p, const struct forecast *f, struct lur_buffer *out) {
  lur_buffer_format(out,
                    "{\"v\":1,\"type\":\"plan\",\"runs\":%" PRIu64 "%s,\"combinations\":%" PRIu64 ",\"seeds\":%" PRIu64
                    ",\"structures\":%zu,\"seconds\":",
                    f->n_runs, f->exact ? "" : ",\"exact\":false", f->n_cells, lur_plan_n_seeds(p),
                    lur_plan_n_groups(p));
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

static int write_plan(const struct lur_plan *p, const struct lur_sweep_request *r, const char *path, bool json,
                      struct lur_buffer *out, struct lur_error *error) {
  struct forecast f;
  int rc = make_forecast(p, r, path, &f, error);
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

/* "2-3-1 tanh sigmoid, cross_entropy, sgd, batch 4, without bias": what may tell one structure from another. */
static void write_structure(const struct lur_structure *s, struct lur_buffer *out) {
  for (int l = 0; l <= s->shape.n_layers; l++)
    lur_buffer_format(out, l ? "-%d" : "%d", s->shape.width[l]);
  if (s->shape.n_layers > 1)
    lur_buffer_format(out, " %s", lur_activation_names[s->shape.hidden]);
  lur_buffer_format(out, " %s, %s, %s, batch %zu%s%s%s", lur_activation_names[s->shape.output], lur_loss_names[s->loss],
                    lur_optimizer_names[s->optimizer], s->batch && s->batch < s->n_patterns ? s->batch : s->n_patterns,
                    s->shuffle ? ", shuffled" : "", s->shape.bias ? "" : ", without bias",
                    s->shape.precision == LUR_SINGLE ? ", single" : "");
}

/* Groups are taken to have as many runs each: few runs get another kernel. */
static void write_explanation(const struct lur_plan *p, int n_threads, struct lur_buffer *out) {
  const struct lur_host_calls *calls = lur_plan_sweep(p)->calls;
  const uint64_t n_runs = lur_plan_n_different(p) * lur_plan_n_seeds(p), n = lur_plan_n_groups(p) * (uint64_t)n_threads;
  for (size_t g = 0; g < lur_plan_n_groups(p); g++) {
    const struct lur_structure *s = lur_plan_structure(p, g);
    char text[256];
    lur_kernel_explain(s, calls->when ? 1 : (n_runs + n - 1) / n, text, sizeof text);
    write_structure(s, out);
    lur_buffer_format(out, ": %s%s\n",
                      calls->when ? "one run after the other, for stop.when is a Lua function on one thread; " : "",
                      text);
  }
}

/* ---- What was done ---- */
static void write_json(const struct lur_plan *p, const struct lur_sweep_outcome *o, struct lur_buffer *out) {
  lur_buffer_text(out, "{\"v\":1,\"type\":\"sweep\",\"file\":");
  lur_json_text(o->path, out);
  lur_buffer_format(out, ",\"numbers\":%" PRIu64 ",\"done\":%" PRIu64 ",\"rows\":%" PRIu64 ",\"complete\":%s", o->total,
                    o->done, o->rows, o->complete ? "true" : "false");
  if (lur_plan_sampler(p) != LUR_GRID)
    lur_buffer_format(out, ",\"points\":%" PRIu64 ",\"samples\":%" PRIu64, lur_plan_n_different(p),
                      lur_plan_n_asked(p));
  lur_buffer_format(out, ",\"seconds\":%.6g}\n", (double)o->time_ns * 1e-9);
}

/* Below the tables, where there are some. */
static void write_file_line(const struct lur_sweep_outcome *o, struct lur_buffer *out) {
  double seconds = (double)o->time_ns * 1e-9;
  lur_buffer_format(out, "%s%s", out->length_bytes ? "\n" : "", o->path);
  if (o->rows == 0 && o->before && o->complete)
    lur_buffer_text(out, ": was complete, nothing was run");
  else
    lur_buffer_format(out, ": %" PRIu64 " runs in %.3g s", o->rows, seconds);
  if (o->before && o->before < o->done)
    lur_buffer_format(out, ", after %" PRIu64 " of an earlier time", o->before);
  if (o->out_of_budget)
    lur_buffer_format(out, "; the budget ended at %" PRIu64 " of %" PRIu64 ", more of it goes on from there", o->done,
                      o->total);
  lur_buffer_text(out, "\n");
}

/* What a sweep has to say: to stdout, to stderr, and by its exit code. */
struct said {
  struct lur_buffer out, why;
  int exit_code;
};

/* Why runs failed, and whether what was expected holds. A shard is a part: its merge says whether all failed. */
static int judge(struct lur_table *t, const struct lur_sweep_request *r, struct said *said, struct lur_error *e) {
  bool holds = true, all = false;
  int rc = lur_failures_write(t, "when the cause is gone, --retry computes them again", &said->why, &all, e);
  if (!rc && r->expect)
    rc = lur_expect_check(t, r->expect, &holds, &said->why, e);
  if (!holds)
    lur_buffer_text(&said->why, "\n");
  said->exit_code = all && r->n_shards < 2 ? 1 : holds ? 0 : 3;
  return rc;
}

/* The closing tables. Nothing raises in here: the file is open. */
static int sum_up(const struct lur_plan *p, const struct lur_script_options *options, const struct lur_sweep_request *r,
                  const struct lur_sweep_outcome *o, struct said *said, struct lur_error *e) {
  const struct lur_summary_ask ask = {
      .metric = r->metric, .n_best = BEST_COMBINATIONS, .width = lur_terminal_width(STDOUT_FILENO)};
  struct lur_table *t = lur_table_open(o->path, e);
  int rc = t ? LUR_OK : e->code;
  if (!rc && !options->json && !options->quiet)
    rc = lur_summary_write(t, &ask, &said->out, e);
  if (!rc && !options->json) {
    write_file_line(o, &said->out);
    write_points(p, &said->out);
  }
  if (!rc && options->json)
    write_json(p, o, &said->out);
  if (!rc)
    rc = judge(t, r, said, e);
  if (!rc)
    lur_others_write(t, &said->why);
  lur_table_free(t);
  return rc;
}

static void tell_interrupted(const struct lur_sweep_outcome *o) {
  fprintf(stderr, "interrupted at %" PRIu64 " of %" PRIu64 ": all of it is in %s, and the same command goes on\n",
          o->done, o->total, o->path);
}

/* The word after the script that set the field at fault; NULL where the script itself did. */
static const char *typed_name(lua_State *L, const char *field) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  for (int i = 0; i < o->n_overrides; i++) {
    size_t n = strcspn(o->overrides[i], "=");
    const char *name = lua_pushlstring(L, o->overrides[i], n);
    int layer, other_layer, id = lur_field_find(name, &layer);
    if (strcmp(name, field) == 0 || (id >= 0 && id == lur_field_find(field, &other_layer) && layer == other_layer))
      return name;
    lua_pop(L, 1);
  }
  return NULL;
}

static int fail(lua_State *L, const struct lur_sweep_setup *s, const struct lur_error *e) {
  bool is_option = strncmp(e->field, "--", 2) == 0;
  bool by_keep = strcmp(e->field, "keep") == 0 && request_of(L)->keep;
  const char *typed = e->code != LUR_EINPUT ? NULL
                      : is_option           ? e->field
                      : by_keep             ? "--keep"
                                            : typed_name(L, e->field);
  if (typed)
    return lur_raise_usage(L, typed, "%s", e->text);
  if (e->code == LUR_EIO || (e->code == LUR_EINPUT && !e->field[0])) {
    lur_script_of(L)->exit_code = 1; /* no line of the script is at fault: no traceback */
    lua_pushfstring(L, "luron: %s", e->text);
    return lua_error(L);
  }
  return lur_sweep_setup_raise(L, s, e);
}

/* Runs it with nothing on the C side that a raise could leak. */
static int sweep_plan(const struct lur_plan *p, const struct lur_sweep_source *source,
                      const struct lur_script_options *options, const struct lur_sweep_request *r, struct said *said,
                      struct lur_error *e) {
  struct lur_sweep_outcome o;
  if (r->find)
    return lur_sweep_path(p, source, r, r->find, e);
  if (r->explain)
    write_explanation(p, threads_of(r), &said->out);
  if (r->plan) {
    char path[512];
    int rc = lur_sweep_path(p, source, r, path, e);
    if (!rc)
      rc = write_plan(p, r, path, options->json, &said->out, e);
    return rc;
  }
  int rc = lur_sweep_to_file(p, source, r, &o, e);
  if (rc == LUR_ECANCELLED && atomic_load(lur_interrupt_flag())) {
    tell_interrupted(&o);
    return rc;
  }
  return rc ? rc : sum_up(p, options, r, &o, said, e);
}

/* Of several experiments the one that failed decides. The tables come first, where both are one terminal. */
static void print_all(lua_State *L, struct said *said) {
  int *exit_code = &lur_script_of(L)->exit_code;
  if (*exit_code != 1 && said->exit_code)
    *exit_code = said->exit_code;
  if (!said->out.failed && said->out.length_bytes)
    fwrite(said->out.data, 1, said->out.length_bytes, stdout);
  said->out.length_bytes = 0;
  fflush(stdout);
  if (said->why.length_bytes)
    fwrite(said->why.data, 1, said->why.length_bytes, stderr);
  lur_buffer_free(&said->why);
  lur_print(L, &said->out); /* raises where it failed */
}

static const char *push_overrides(lua_State *L) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (int i = 0; i < o->n_overrides; i++) {
    if (i)
      luaL_addchar(&b, ' ');
    luaL_addstring(&b, o->overrides[i]);
  }
  luaL_pushresult(&b);
  return lua_tostring(L, -1);
}

static void sweep_reading(lua_State *L, int reading, const struct lur_origin *origin) {
  struct lur_sweep_setup s;
  struct lur_error e = {0};
  struct said said = {0};
  lur_push_sweep_setup(L, reading, origin, push_overrides(L), &s);
  struct lur_plan *p = lur_plan_new(&s.sweep, &e);
  int rc = p ? sweep_plan(p, &s.source, lur_script_of(L)->options, request_of(L), &said, &e) : e.code;
  lur_plan_free(p);
  if (!rc) {
    print_all(L, &said);
    return;
  }
  lur_buffer_free(&said.out);
  lur_buffer_free(&said.why);
  lur_script_of(L)->interrupt_told = rc == LUR_ECANCELLED && atomic_load(lur_interrupt_flag());
  if (!lur_script_of(L)->interrupt_told)
    fail(L, &s, &e);
}

/* Pushes the table of what was typed, and the reading. */
static void read_one(lua_State *L, int index, int item, struct lur_origin *origin) {
  int typed = lua_gettop(L) + 1;
  lur_push_typed(L, index, true);
  struct lur_reading *g = lur_read_returned(L, index, item, typed, false, origin);
  lur_set_typed_axes(L, g);
  set_keep(L, g);
  set_rank(L, typed + 1, g);
}

static void check_one(lua_State *L, int index, int item) {
  struct lur_origin origin;
  struct lur_sweep_setup s;
  struct lur_error e = {0};
  int top = lua_gettop(L);
  read_one(L, index, item, &origin);
  lur_push_sweep_setup(L, top + 2, &origin, "", &s);
  struct lur_plan *p = lur_plan_new(&s.sweep, &e);
  if (!p)
    fail(L, &s, &e);
  lur_plan_free(p);
  lua_settop(L, top);
}

static void sweep_one(lua_State *L, int index, int item) {
  struct lur_origin origin;
  int top = lua_gettop(L);
  lur_print_between(L, item);
  read_one(L, index, item, &origin);
  sweep_reading(L, top + 2, &origin);
  lua_settop(L, top);
}

/* What is asked for one file only. */
static void refuse_several(lua_State *L) {
  if (!lua_istable(L, 1) || lua_rawlen(L, 1) < 2)
    return;
  if (request_of(L)->out)
    lur_raise_usage(L, "--output", "one file, but the script returned several experiments");
  if (request_of(L)->find)
    lur_raise_usage(L, lur_script_of(L)->options->path,
                    "returns several experiments, each with a results file of its own; name one of those");
}

int lur_finish_sweep(lua_State *L) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  if (lua_isnoneornil(L, 1))
    lur_raise_usage(L, o->path, "returned nothing; luron sweep takes an experiment, a table of fields, or a list");
  refuse_several(L);
  lur_each_returned(L, "sweep", check_one, sweep_one);
  return 0;
}

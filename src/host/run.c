/* SPDX-License-Identifier: MIT
 * `luron run`: what a script returned is trained and printed. */
#include <math.h>
#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"
#include "engine/monitor.h"
#include "experiment/sweep_setup.h"
#include "host/host.h"
#include "session/explain.h"
#include "sweep/plan.h"
#include "view/run_view.h"

/* ---- Printing ---- */
static struct lur_run_style style_of(lua_State *L) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  return (struct lur_run_style){o->json, o->color, lur_terminal_width(STDOUT_FILENO)};
}

/* Inputs and targets as the script gave them, and what the network makes of each. The arrays are the collector's. */
static void print_patterns(lua_State *L, const struct lur_reading *g, const struct lur_run *run) {
  struct lur_run_style style = style_of(L);
  struct lur_patterns p = g->spec.train;
  struct lur_buffer b = {0};
  if (!lur_view_fits(&p))
    return;
  double *outputs = lua_newuserdatauv(L, p.n * (size_t)p.n_outputs * sizeof *outputs, 0);
  double *inputs = lua_newuserdatauv(L, p.n * (size_t)p.n_inputs * sizeof *inputs, 0);
  double *work = lua_newuserdatauv(L, lur_shape_n_work(&g->structure.shape) * sizeof *work, 0);
  for (size_t i = 0; i < p.n; i++)
    lur_forward(&run->network->shape, run->network->parameters, p.inputs + i * (size_t)p.n_inputs, work,
                outputs + i * (size_t)p.n_outputs);
  for (size_t i = 0; p.given && i < p.n * (size_t)p.n_outputs; i++) {
    const size_t k = i % (size_t)p.n_outputs;
    outputs[i] = lur_unscale(g->structure.shape.precision, outputs[i], p.scale[k], p.shift[k]);
  }
  for (size_t i = 0; i < p.n * (size_t)p.n_inputs; i++) {
    size_t k = i % (size_t)p.n_inputs;
    inputs[i] = g->spec.shift ? fma(p.inputs[i], g->spec.scale[k], g->spec.shift[k]) : p.inputs[i];
  }
  p.inputs = inputs;
  p.targets = p.given ? p.given : p.targets;
  const struct lur_network *n = run->network;
  const struct lur_pattern_names names = {(const char *const *)n->input_names,
                                          (const char *const *)(n->n_classes ? n->classes : n->output_names)};
  lur_view_patterns(&style, &p, &names, outputs, &b);
  lur_print(L, &b);
  lua_pop(L, 3);
}

enum { MOST_METRICS = LUR_N_METRICS + 64, LEAST_COUNTED = 20000 /* of a where's numbers */, COUNT_NS = 250000000 };

/* The metrics that functions gave follow the engine's; their texts stay on the stack. */
static int add_own_metrics(lua_State *L, int at, struct lur_run_metric *m, int n) {
  lua_getiuservalue(L, at, LUR_RUN_VALUES);
  lua_getiuservalue(L, at, LUR_RUN_NAMES);
  int values = lua_gettop(L) - 1, names = values + 1;
  for (lua_Integer i = 1; lua_istable(L, names) && n < MOST_METRICS; i++) {
    lur_need_stack(L, 4);
    if (lua_rawgeti(L, names, i) != LUA_TSTRING)
      break;
    const char *name = lua_tostring(L, -1);
    int type = lua_getfield(L, values, name);
    m[n++] = (struct lur_run_metric){name, type == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN,
                                     type == LUA_TSTRING ? lua_tostring(L, -1) : NULL};
  }
  return n;
}

/* A solved run is not restored. */
static void add_watched(const struct lur_reading *g, const struct lur_run *run, struct lur_run_summary *s) {
  if (!lur_monitors(&g->structure))
    return;
  s->monitor = lur_monitor_names[g->structure.monitor];
  s->named = g->spec.value[LUR_F_STOP_MONITOR].kind != LUR_V_ABSENT;
  s->best_epoch = run->outcome.metric[LUR_M_BEST_EPOCH];
  s->restored = g->structure.restore && run->outcome.status != LUR_SOLVED && !isnan(s->best_epoch);
}

static void print_summary(lua_State *L, int reading, int at, const struct lur_run *run) {
  struct lur_run_style style = style_of(L);
  struct lur_run_metric m[MOST_METRICS];
  struct lur_buffer b = {0};
  const struct lur_outcome *o = &run->outcome;
  int n = 0, top = lua_gettop(L);
  for (int i = 0; i < LUR_N_METRICS; i++)
    if (run->metrics >> i & 1 && (style.json || !isnan(o->metric[i])))
      m[n++] = (struct lur_run_metric){lur_metric_names[i], o->metric[i], NULL};
  n = add_own_metrics(L, at, m, n);
  struct lur_run_summary s = {.name = lur_push_name(L, reading),
                              .status = o->status,
                              .epochs = o->epochs,
                              .time_ns = run->time_ns,
                              .n_metrics = n,
                              .metrics = m,
                              .error = lur_run_error(L, at)};
  add_watched(lur_reading_at(L, reading), run, &s);
  if (!style.json && !lur_script_of(L)->options->quiet)
    lur_buffer_text(&b, "\n");
  lur_view_summary(&style, &s, &b);
  lua_settop(L, top);
  lur_print(L, &b);
}

/* ---- The curve: on a terminal only ---- */
static void print_curve(lua_State *L, const struct lur_run *run) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  struct lur_text_style style = lur_terminal_style(STDOUT_FILENO, o->color);
  struct lur_buffer b = {0};
  int n = run->outcome.n_curve, top = lua_gettop(L);
  if (o->quiet || o->json || !isatty(STDOUT_FILENO) || n < 2)
    return;
  double *x = lua_newuserdatauv(L, (size_t)n * sizeof *x, 0);
  for (int i = 0; i < n; i++)
    x[i] = (double)lur_curve_epoch(i, run->n_curve_asked, run->max_epochs);
  lur_run_curve_write(&style, "loss", x, run->curve, run->outcome.validation_curve, n, &b);
  lua_settop(L, top);
  lur_print(L, &b);
}

/* A where that drawing points may ask so often or so long, and no more. */
struct bounded {
  const struct lur_host_calls *calls;
  bool drawing;
  uint64_t n_asked, begin_ns;
};

static int where_in_bounds(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e) {
  struct bounded *b = context;
  if (b->drawing && b->n_asked++ >= LEAST_COUNTED && lur_clock_ns() - b->begin_ns > COUNT_NS)
    return lur_fail(e, LUR_ECANCELLED, NULL, "too many points to draw them all");
  return b->calls->where(b->calls->context, at, keep, e);
}

/* Runs of the sweep, as a plan counts them: in a quarter of a second or so, and without calling functions that make
 * data or start values. False where that cannot be; *n_runs is then NaN where nothing near is known. Nothing raises
 * in here. */
static bool count_runs(const struct lur_sweep *sweep, double *n_runs, bool *exact) {
  struct bounded b = {.calls = sweep->calls, .drawing = true, .begin_ns = lur_clock_ns()};
  struct lur_host_calls calls = {0};
  struct lur_sweep bounded = *sweep;
  double counted = 0;
  if (sweep->calls->where && lur_spec_choice(sweep->spec, LUR_F_SAMPLER) != LUR_GRID) {
    calls = *sweep->calls;
    calls.context = &b;
    calls.where = where_in_bounds;
    calls.forget = NULL;
    bounded.calls = &calls;
    *n_runs = NAN;
  }
  if (sweep->calls->data || sweep->calls->start)
    return false;
  struct lur_plan *p = lur_plan_new(&bounded, NULL);
  b.drawing = false;
  bool is_counted = p && lur_plan_count_runs(p, LEAST_COUNTED, COUNT_NS, &counted, exact, NULL) == LUR_OK;
  lur_plan_free(p);
  if (is_counted)
    *n_runs = counted;
  return is_counted;
}

static void print_hint(lua_State *L, int reading, const struct lur_origin *origin) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  struct lur_run_style style = style_of(L);
  struct lur_buffer b = {0};
  struct lur_sweep sweep;
  double n_runs = g->n_sweep;
  bool exact = true;
  int top = lua_gettop(L);
  if (!(n_runs > 0))
    return;
  lur_push_sweep(L, reading, origin, true, &sweep);
  bool counted = count_runs(&sweep, &n_runs, &exact);
  lua_settop(L, top);
  lur_view_sweep_hint(&style, lur_script_of(L)->options->path, n_runs, counted && exact, &b);
  lur_print(L, &b);
}

void lur_print_run(lua_State *L, int reading, int run, bool patterns) {
  const struct lur_run *r = lua_touserdata(L, run);
  if (patterns)
    print_patterns(L, lur_reading_at(L, reading), r);
  print_summary(L, reading, run, r);
  if (patterns)
    print_curve(L, r);
}

static const struct lur_structure *structure_of(const void *structure, size_t i) {
  (void)i;
  return structure;
}

static void print_explained(lua_State *L, const struct lur_reading *g) {
  char kernel[256];
  struct lur_buffer b = {0};
  if (!lur_script_of(L)->options->explain)
    return;
  if (g->passes || lur_script_of(L)->options->checkpoint)
    snprintf(kernel, sizeof kernel, "scalar, one run at a time: it begins from a checkpoint, or leaves one");
  else
    lur_kernel_explain(&g->structure, 1, kernel, sizeof kernel);
  lur_explain_structure(&g->structure, g->entries, &b);
  lur_buffer_format(&b, ": %s\n", kernel);
  lur_explain_functions(g->entries, 1, structure_of, &g->structure, &b);
  lur_print(L, &b);
}

/* ---- One experiment ---- */
const char lur_every_alone[] = "is how often --checkpoint FILE is written; give that too";

static void write_fold(const struct lur_reading *g, const struct lur_run_style *style, struct lur_buffer *out) {
  const struct lur_wish w = lur_spec_wish(&g->spec);
  const struct lur_run_fold f = {w.fold, w.n_folds, g->spec.train.n, g->spec.test.n,
                                 g->spec.value[LUR_F_FOLD].kind != LUR_V_ABSENT};
  if (w.n_folds)
    lur_view_fold(style, &f, out);
}

static void run_one(lua_State *L, int index, int item) {
  if (item && lur_script_of(L)->options->checkpoint)
    lur_raise_usage(L, "--checkpoint", "is of one run, but the script returns a list of experiments");
  if (lur_script_of(L)->options->every_alone)
    lur_raise_usage(L, "--every", "%s", lur_every_alone);
  bool quiet = lur_script_of(L)->options->quiet;
  struct lur_run_style style = style_of(L);
  struct lur_buffer b = {0};
  int top = lua_gettop(L);
  struct lur_origin origin;
  lur_print_between(L, item);
  lur_push_typed(L, index, false);
  lur_read_returned(L, index, item, top + 1, true, &origin);
  int reading = lua_gettop(L);
  const char *name = lur_push_name(L, reading);
  if (!quiet && name)
    lur_view_name(&style, name, &b);
  if (!quiet)
    write_fold(lur_reading_at(L, reading), &style, &b);
  lua_settop(L, reading);
  lur_print(L, &b);
  print_explained(L, lur_reading_at(L, reading));
  const struct lur_run *run = lur_train_run(L, reading, LUR_TENTHS);
  lur_print_run(L, reading, reading + 1, !quiet);
  if (!quiet)
    print_hint(L, reading, &origin);
  if (run->outcome.status == LUR_FAILED)
    lur_script_of(L)->exit_code = LUR_EXIT_FAILED;
  lua_settop(L, top);
}

static void check_one(lua_State *L, int index, int item) {
  int top = lua_gettop(L);
  struct lur_origin origin;
  lur_push_typed(L, index, false);
  lur_read_returned(L, index, item, top + 1, true, &origin);
  lua_settop(L, top);
}

/* The usual slip of a beginner: nothing would be printed, and nothing said. */
static void tell_idle(lua_State *L) {
  const struct lur_script *host = lur_script_of(L);
  if (lua_isnoneornil(L, 1) && host->idle_experiment)
    fprintf(stderr,
            "luron: %s: made an experiment, and neither ran nor returned it; write return luron.experiment{ ... }\n",
            host->options->path);
}

static int finish(lua_State *L) {
  tell_idle(L);
  lur_each_returned(L, "run", check_one, run_one);
  return 0;
}

/* ---- Running a script ---- */
int lur_script_run(const struct lur_script_options *options) {
  return lur_script_execute(options, finish, NULL, NULL);
}

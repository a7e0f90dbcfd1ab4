/* SPDX-License-Identifier: MIT
 * `luron sweep`: each experiment that a script returned is swept into a results file of its own, and summed up. */
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "base/digits.h"
#include "base/memory.h"
#include "experiment/sweep_setup.h"
#include "host/host.h"
#include "session/sweep_session.h"
#include "sweep/plan.h"
#include "sweep/union.h"

static const struct lur_sweep_request *request_of(lua_State *L) {
  return lur_script_of(L)->request;
}

/* ---- Axes that were typed ---- */
void lur_set_typed_axes(lua_State *L, struct lur_reading *g) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  struct lur_error e;
  struct lur_axis a;
  if (!g->axes && !(g->axes = lur_alloc(1, sizeof *g->axes)))
    lur_raise_memory(L);
  for (int i = 0; i < o->n_overrides; i++) {
    const char *equal = strchr(o->overrides[i], '=');
    const char *name = lua_pushlstring(L, o->overrides[i], (size_t)(equal - o->overrides[i]));
    if (!lur_axis_is_zip(name) && !lur_axis_is_text(equal + 1)) {
      if (lur_axis_init(&a, &g->spec, name, NULL) == LUR_OK)
        lur_axes_remove(g->axes, a.name);
    } else if (lur_axes_set(g->axes, &g->spec, name, equal + 1, &e)) {
      const char *of = lur_axis_is_zip(name) && e.field[0] ? e.field : name;
      e.code == LUR_ENOMEM ? lur_raise_memory(L) : lur_raise_usage(L, of, "%s", e.text);
    }
    lua_pop(L, 1);
  }
  if (g->axes->united && lur_axes_leave_out_equal(g->axes, &e))
    lur_raise_memory(L);
  if (g->axes->n == 0)
    lur_raise_usage(L, o->path, "has no axes; write sweep = { name = {...} } in it, or name=a,b after it");
}

static void set_keep(lua_State *L, struct lur_reading *g) {
  const char *keep = request_of(L)->keep;
  int64_t n;
  if (!keep)
    return;
  if (strcmp(keep, "all") == 0 || strcmp(keep, "cells") == 0) {
    g->keep = keep[0] == 'a' ? LUR_KEEP_ALL : LUR_KEEP_CELLS;
  } else if (lur_whole_read(keep, &n) && n > 0) {
    g->keep = LUR_KEEP_BEST;
    g->keep_best = (size_t)n;
    /* By --metric, else as the script's keep says, else by loss; rank only orders tables. Solved runs are all as good
     * as each other: of those the loss tells rows apart. */
    if (request_of(L)->metric && strcmp(request_of(L)->metric, "solved") != 0)
      snprintf(g->keep_by, sizeof g->keep_by, "%s", request_of(L)->metric);
    else if (!g->keep_by[0])
      strcpy(g->keep_by, "loss");
  } else {
    lur_raise_usage(L, "--keep", "\"%s\" is neither all, nor cells, nor a number of rows from 1", keep);
  }
}

/* ---- Mistakes, and what was done ---- */
/* The word after the script that set the field at fault; NULL where the script itself did. */
static const char *typed_name(lua_State *L, const char *field) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  for (int i = 0; i < o->n_overrides; i++) {
    const char *names = lua_pushlstring(L, o->overrides[i], strcspn(o->overrides[i], "="));
    char name[64];
    for (int k = 0; lur_typed_name(names, k, name); k++) {
      int layer, other_layer, id = lur_field_find(name, &layer);
      if (strcmp(name, field) == 0 || (id >= 0 && id == lur_field_find(field, &other_layer) && layer == other_layer))
        return lua_pushstring(L, name);
    }
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
  const char *by = lur_plan_unread_by(e); /* the word that leaves an axis of the script without effect */
  if (by && (typed = typed_name(L, by)) != NULL)
    return lur_raise_usage(L, typed, "%s is %s; a single value for %s takes the axis away", e->field, e->text,
                           e->field);
  if (e->code == LUR_EIO || (e->code == LUR_EINPUT && !e->field[0]))
    return lur_raise_outside(L, "", e->text);
  return lur_sweep_setup_raise(L, s, e);
}

/* Of several experiments the one that failed decides. The tables come first, where both are one terminal. */
static void print_all(lua_State *L, struct lur_said *said) {
  int *exit_code = &lur_script_of(L)->exit_code;
  if (*exit_code != LUR_EXIT_FAILED && said->exit_code)
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

/* Pushes the table of what was typed, and the reading. */
static void read_one(lua_State *L, int index, int item, struct lur_origin *origin) {
  int typed = lua_gettop(L) + 1;
  lur_push_typed(L, index, true);
  struct lur_reading *g = lur_read_returned(L, index, item, typed, false, origin);
  lur_set_typed_axes(L, g);
  const char *metric = request_of(L)->metric; /* the name of a column of the results */
  if (metric && strcmp(metric, "solved") != 0 && !lur_has_metric(L, typed + 1, metric))
    lur_raise_usage(L, "--metric", "\"%s\" %s%s", metric,
                    lur_metric_find(metric) < 0 ? "is no metric of this experiment"
                                                : "is not among the metrics of this experiment",
                    lur_push_no_metric(L, typed + 1, lur_metric_find(metric) < 0 ? metric : "", LUR_METRICS_THAT_RANK));
  if (metric)
    snprintf(g->rank, sizeof g->rank, "%s", metric);
  set_keep(L, g);
}

static void check_one(lua_State *L, int index, int item) {
  struct lur_origin origin;
  struct lur_sweep_setup s;
  struct lur_error e = {0};
  int top = lua_gettop(L);
  read_one(L, index, item, &origin);
  lur_push_sweep_setup(L, top + 2, &origin, &s);
  struct lur_plan *p = lur_plan_new(&s.sweep, &e);
  int rc = p ? lur_sweep_session_check(p, &s.source, request_of(L), &e) : e.code;
  lur_plan_free(p);
  if (rc)
    fail(L, &s, &e);
  lua_settop(L, top);
}

static void sweep_one(lua_State *L, int index, int item) {
  struct lur_script *host = lur_script_of(L);
  struct lur_origin origin;
  struct lur_sweep_setup s;
  struct lur_error e = {0};
  struct lur_said said = {0};
  int top = lua_gettop(L);
  lur_print_between(L, item);
  read_one(L, index, item, &origin);
  lur_push_sweep_setup(L, top + 2, &origin, &s);
  struct lur_plan *p = lur_plan_new(&s.sweep, &e);
  int rc = p ? lur_sweep_session(p, &s.source, host->options, request_of(L), &said, &e) : e.code;
  lur_plan_free(p);
  if (!rc) {
    print_all(L, &said);
  } else {
    lur_buffer_free(&said.out);
    lur_buffer_free(&said.why);
    host->interrupt_told = rc == LUR_ECANCELLED && atomic_load(lur_signal_flag());
    if (!host->interrupt_told)
      fail(L, &s, &e);
  }
  lua_settop(L, top);
}

static int finish(lua_State *L) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  if (lua_isnoneornil(L, 1))
    lur_raise_usage(L, o->path, "returned nothing; luron sweep takes an experiment, a table of fields, or a list");
  bool several = lua_istable(L, 1) && lua_rawlen(L, 1) > 1;
  if (several && request_of(L)->out)
    lur_raise_usage(L, "--output", "one file, but the script returned several experiments");
  if (several && request_of(L)->find)
    lur_raise_usage(L, o->path, "returns several experiments, each with a results file of its own; name one of those");
  lur_each_returned(L, "sweep", check_one, sweep_one);
  return 0;
}

/* ---- Running a script ---- */
int lur_script_sweep(const struct lur_script_options *options, const struct lur_sweep_request *request) {
  return lur_script_execute(options, finish, request, NULL);
}

/* SPDX-License-Identifier: MIT
 * What a sweep asks of its script: where, data and start values made by functions, metrics, stop.when. All come on the
 * main thread, and run in protected calls of their own, so that no error passes through the sweep; the first one that
 * ends it is kept, and raised after. */
#include "experiment/host_calls.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"
#include "experiment/made_cache.h"

/* Above this many bytes of what functions made, that of past windows is dropped. */
enum { MOST_KEPT_BYTES = 64 << 20 };

struct ask {
  struct lur_sweep_calls *c;
  const struct lur_spec *at;
  const struct lur_structure *structure;
  const struct lur_outcome *outcome;
  uint64_t epochs; /* that it was trained for */
  const struct lur_record *record;
  double *value;
  char *why; /* of a metric or stop.when that failed; owned by who asks */
  enum lur_answer answer;
  bool keep;
  const struct lur_made *made;
};

enum { ASK = 1, READING, CACHE, SCRATCH, OVERRIDES, FIELDS }; /* the stack of a protected call */

/* Calls f with the ask, protected; what it raised is on the stack then. */
static int call_protected(struct ask *q, lua_CFunction f) {
  struct lur_sweep_calls *c = q->c;
  lua_State *L = c->L;
  int top = lua_gettop(L);
  lua_pushcfunction(L, lur_explain);
  lua_pushcfunction(L, f);
  lua_pushlightuserdata(L, q);
  lua_pushvalue(L, c->reading);
  lua_pushvalue(L, c->cache);
  lua_pushvalue(L, c->scratch);
  c->overrides ? lua_pushvalue(L, c->overrides) : lua_pushnil(L);
  return lua_pcall(L, 5, 0, top + 1);
}

static const char *text_of(lua_State *L) {
  const char *text = lua_tostring(L, -1);
  return text ? text : "an error that is no text";
}

/* Runs f on the ask. An error's text goes to e; where it ends the sweep, all of it is kept for raising. */
static int call(struct ask *q, lua_CFunction f, bool ends_all, struct lur_error *e) {
  lua_State *L = q->c->L;
  int top = lua_gettop(L), rc = LUR_OK;
  if (call_protected(q, f) != LUA_OK) {
    rc = lur_fail(e, LUR_ECALLBACK, NULL, "%s", text_of(L));
    if (ends_all)
      lua_rawsetp(L, LUA_REGISTRYINDEX, q->c);
  }
  lua_settop(L, top);
  return rc;
}

/* Runs f, whose failure is that of one run: its whole text goes to q->why. */
static bool call_for_run(struct ask *q, lua_CFunction f) {
  lua_State *L = q->c->L;
  int top = lua_gettop(L);
  bool good = call_protected(q, f) == LUA_OK;
  if (!good) {
    free(q->why);
    q->why = lur_copy_text(text_of(L));
  }
  lua_settop(L, top);
  return good;
}

/* ---- The fields with a run's values in place ---- */
/* Pushes nil where the param is of an axis that the run does not read. */
static void push_param(lua_State *L, const struct lur_spec *at, const struct lur_param *param) {
  if (!param->is_usual && param->value.kind == LUR_V_ABSENT)
    lua_pushnil(L);
  else if (param->is_usual)
    lua_pushnumber(L, lur_spec_number(at, param->name));
  else if (param->text)
    lua_pushstring(L, param->text);
  else
    lur_push_value(L, NULL, &param->value);
}

/* What the axis has in this run. */
static const struct lur_value *axis_value(const struct lur_axis *a, const struct lur_spec *at) {
  return a->layer ? &at->layer[lur_fields[a->field].layered][a->layer - 1] : &at->value[a->field];
}

void lur_push_run_overrides(lua_State *L, const struct lur_axes *axes, const struct lur_spec *at) {
  lua_newtable(L);
  for (int i = 0; i < axes->n; i++) {
    const struct lur_axis *a = &axes->axis[i];
    const struct lur_field *f = a->field >= 0 ? &lur_fields[a->field] : NULL;
    const int param = f ? -1 : lur_spec_find_param(at, a->name);
    if (f)
      lur_push_value(L, f, axis_value(a, at));
    else if (param >= 0)
      push_param(L, at, &at->param[param]);
    else
      lua_pushnil(L);
    lua_setfield(L, -2, f && !a->layer ? f->name : a->name);
  }
}

/* The fields are on the top. The script's own param stands where the run reads nothing of the axis. */
static void push_params(lua_State *L, const struct lur_spec *at) {
  const bool has_own = lua_getfield(L, -1, "params") == LUA_TTABLE;
  lua_newtable(L);
  for (int i = 0; i < at->n_params; i++) {
    push_param(L, at, &at->param[i]);
    if (has_own && lua_isnil(L, -1)) {
      lua_pop(L, 1);
      lua_getfield(L, -2, at->param[i].name);
    }
    lua_setfield(L, -2, at->param[i].name);
  }
  lua_remove(L, -2);
}

void lur_push_run_fields(lua_State *L, int reading, const struct lur_axes *axes, const struct lur_spec *at) {
  lua_getiuservalue(L, reading, LUR_READING_FIELDS);
  lur_push_table_copy(L, -1);
  lua_remove(L, -2);
  for (int i = 0; i < axes->n; i++) {
    const struct lur_axis *a = &axes->axis[i];
    if (a->field < 0)
      continue;
    const struct lur_field *f = &lur_fields[a->field];
    if (!a->layer) { /* the script may have written its other name */
      lua_pushnil(L);
      lua_setfield(L, -2, f->column);
    }
    lur_push_value(L, f, axis_value(a, at));
    lua_setfield(L, -2, a->layer ? a->name : f->name);
  }
  push_params(L, at);
  lua_setfield(L, -2, "params");
}

static void push_fields(lua_State *L, const struct ask *q) {
  lur_push_run_fields(L, READING, q->c->axes, q->at);
}

static struct lur_reader reader_of(lua_State *L, struct ask *q) {
  return (struct lur_reader){.L = L,
                             .fields = FIELDS,
                             .overrides = q->c->overrides ? OVERRIDES : 0,
                             .origin = &q->c->origin,
                             .override_origin = q->c->override_origin,
                             .call = true};
}

/* ---- where ---- */
static int where_in_lua(lua_State *L) {
  struct ask *q = lua_touserdata(L, ASK);
  push_fields(L, q);
  struct lur_reader r = reader_of(L, q);
  lua_getfield(L, FIELDS, "where");
  lur_call_with_parameters(&r, 1);
  q->keep = lua_toboolean(L, -1);
  return 0;
}

static int where(void *context, const struct lur_spec *at, bool *keep, struct lur_error *e) {
  struct ask q = {.c = context, .at = at};
  int rc = call(&q, where_in_lua, true, e);
  *keep = q.keep;
  return rc;
}

/* ---- Data and start values ---- */
/* Pushes what the functions make of this run; it is in q->made, too. */
static void make(lua_State *L, struct ask *q, void (*read)(struct lur_reader *r, const struct ask *q)) {
  const struct lur_made_ask ask = {CACHE, FIELDS, q->structure ? &q->structure->shape : NULL};
  struct lur_reader r = reader_of(L, q);
  push_fields(L, q);
  if ((q->made = lur_push_made(L, &ask)) != NULL)
    return;
  lua_newtable(L);
  r.reads = lua_gettop(L);
  lur_renew_reading(&r, SCRATCH);
  r.reading->spec = *q->at;
  read(&r, q);
  lua_settop(L, r.held);
  q->made = lur_keep_made(L, &ask, &r, &q->c->kept_bytes);
}

static void read_data(struct lur_reader *r, const struct ask *q) {
  (void)q;
  lur_read_data(r);
}

static int data_in_lua(lua_State *L) {
  make(L, lua_touserdata(L, ASK), read_data);
  return 0;
}

static int data(void *context, struct lur_spec *at, struct lur_error *e) {
  struct ask q = {.c = context, .at = at};
  int rc = call(&q, data_in_lua, true, e);
  if (rc)
    return rc;
  at->train = q.made->train;
  at->test = q.made->test;
  at->validation = q.made->validation;
  at->shift = q.made->shift;
  at->scale = q.made->scale;
  at->whole = q.made->whole;
  at->from = q.made->from;
  at->fill = q.made->fill;
  return LUR_OK;
}

static void read_start(struct lur_reader *r, const struct ask *q) {
  r->reading->structure = *q->structure;
  lur_read_start_values(r);
}

static int start_in_lua(lua_State *L) {
  struct ask *q = lua_touserdata(L, ASK);
  lua_getfield(L, CACHE, "start");
  lua_replace(L, CACHE);
  make(L, q, read_start);
  return 0;
}

static int start(void *context, const struct lur_spec *at, const struct lur_shape *shape, const double **values,
                 struct lur_error *e) {
  struct lur_structure structure = {.shape = *shape};
  struct ask q = {.c = context, .at = at, .structure = &structure};
  int rc = call(&q, start_in_lua, true, e);
  *values = rc ? NULL : q.made->start;
  return rc;
}

static int forget_in_lua(lua_State *L) {
  for (lua_Integer i = (lua_Integer)lua_rawlen(L, CACHE); i > 0; i--) {
    lua_pushnil(L);
    lua_rawseti(L, CACHE, i);
  }
  lua_newtable(L);
  lua_setfield(L, CACHE, "start");
  lua_gc(L, LUA_GCCOLLECT);
  return 0;
}

static void forget(void *context) {
  struct ask q = {.c = context};
  if (q.c->kept_bytes < MOST_KEPT_BYTES)
    return;
  q.c->kept_bytes = 0;
  call(&q, forget_in_lua, false, NULL);
}

/* ---- Metrics and stop.when ---- */
/* What the network of this run keeps, and on the stack what holds it. Data that a function made are still in the cache,
 * or are made again. */
static struct lur_trained_on push_holder(lua_State *L, struct ask *q) {
  const struct lur_patterns *p = &q->at->train;
  struct lur_trained_on on = {
      q->at->shift, q->at->scale, p->shift, p->scale, q->at->fill, lur_reading_at(L, READING)->train, q->at};
  if (!q->c->calls.data) {
    lua_pushvalue(L, READING);
    return on;
  }
  struct ask of_data = {.c = q->c, .at = q->at};
  make(L, &of_data, read_data);
  on.train = of_data.made->set;
  return on;
}

static int metric_in_lua(lua_State *L) {
  struct ask *q = lua_touserdata(L, ASK);
  const struct lur_trained_on on = push_holder(L, q);
  push_fields(L, q);
  lua_getfield(L, -1, "metrics");
  const int functions = lua_gettop(L), fields = functions - 1, run = functions + 1;
  lur_push_run(L, &on, q->structure, q->epochs, q->outcome);
  for (int i = 0; i < q->c->calls.n_metrics; i++) {
    bool good = lur_push_metric(L, run, fields, functions, q->c->metric_name[i]);
    if (good && !lua_isnil(L, -1))
      q->value[i] = lua_tonumber(L, -1);
    if (!good && !q->why && !(q->why = lur_copy_text(lua_tostring(L, -1))))
      lur_raise_memory(L);
    lua_settop(L, run);
  }
  return 0;
}

static int metric(void *context, const struct lur_spec *at, const struct lur_structure *structure,
                  const struct lur_outcome *outcome, uint64_t run, uint64_t epochs, double *value, char **why) {
  struct ask q = {.c = context, .at = at, .structure = structure, .outcome = outcome, .epochs = epochs, .value = value};
  const bool late = atomic_load(lur_signal_flag()) != 0; /* trained before the interrupt: it is still measured */
  (void)run;
  if (late)
    lur_interrupt_pause(q.c->L);
  bool good = call_for_run(&q, metric_in_lua) && !q.why;
  if (late)
    lur_interrupt_resume(q.c->L);
  *why = q.why;
  return good ? LUR_OK : LUR_ECALLBACK;
}

static int when_in_lua(lua_State *L) {
  struct ask *q = lua_touserdata(L, ASK);
  const struct lur_trained_on on = push_holder(L, q);
  int holder = lua_gettop(L);
  lua_getiuservalue(L, READING, LUR_READING_WHEN);
  lur_push_run_overrides(L, q->c->axes, q->at);
  lur_push_record(L, holder, &on, &q->structure->shape, q->record);
  lua_call(L, 1, 1);
  q->answer = lua_toboolean(L, -1) ? LUR_STOP_RUN : LUR_GO_ON;
  return 0;
}

static enum lur_answer when(void *context, const struct lur_spec *at, const struct lur_structure *structure,
                            const struct lur_record *record, char **why) {
  struct ask q = {.c = context, .at = at, .structure = structure, .record = record};
  bool good = call_for_run(&q, when_in_lua);
  *why = q.why;
  return good ? q.answer : LUR_FAIL_RUN;
}

/* ---- The vtable ---- */
static bool is_function(lua_State *L, int table, const char *name) {
  bool is = lua_getfield(L, table, name) == LUA_TFUNCTION;
  lua_pop(L, 1);
  return is;
}

static void name_metrics(lua_State *L, struct lur_sweep_calls *c) {
  lua_getiuservalue(L, c->reading, LUR_READING_METRICS);
  lua_Integer n = (lua_Integer)lua_rawlen(L, -1);
  if (n > LUR_MAX_HOST_METRICS)
    luaL_error(L, "metrics: more than %d functions", LUR_MAX_HOST_METRICS);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, -1, i + 1);
    c->metric_name[i] = lua_tostring(L, -1); /* held by the list */
    lua_pop(L, 1);
  }
  c->calls.n_metrics = (int)n;
  c->calls.metrics_high = lur_reading_at(L, c->reading)->metrics_high;
  lua_pop(L, 1);
}

struct lur_sweep_calls *lur_push_sweep_calls(lua_State *L, int reading, const struct lur_origin *origin,
                                             bool names_curve) {
  const struct lur_reading *g = lur_reading_at(L, reading);
  reading = lua_absindex(L, reading);
  lua_newtable(L);
  int cache = lua_gettop(L), fields = cache + 1;
  lua_newtable(L);
  lua_setfield(L, cache, "start");
  lua_getiuservalue(L, reading, LUR_READING_FIELDS);
  struct lur_reader r = {.L = L, .fields = fields};
  lur_push_reading(&r);
  bool makes = is_function(L, fields, "data") || is_function(L, fields, "inputs") ||
               is_function(L, fields, "targets") || is_function(L, fields, "pattern_weights");
  bool starts = is_function(L, fields, "weights") || is_function(L, fields, "biases");
  bool chooses = is_function(L, fields, "where");
  lua_settop(L, r.at);
  lua_replace(L, fields);
  static const struct lur_axes none; /* a sweep of one run has none */
  struct lur_sweep_calls *c = lua_newuserdatauv(L, sizeof *c, 0);
  *c = (struct lur_sweep_calls){.L = L, .reading = reading, .cache = cache, .scratch = fields, .origin = *origin};
  c->axes = g->axes ? g->axes : &none;
  c->calls = (struct lur_host_calls){.context = c,
                                     .metric_name = c->metric_name,
                                     .where = chooses ? where : NULL,
                                     .data = makes ? data : NULL,
                                     .start = starts ? start : NULL,
                                     .forget = forget,
                                     .metric = metric,
                                     .see_curve = names_curve};
  lua_pushboolean(L, false);
  lua_rawsetp(L, LUA_REGISTRYINDEX, c); /* no error yet; with this room, keeping one allocates nothing */
  name_metrics(L, c);
  if (lua_getiuservalue(L, reading, LUR_READING_WHEN) == LUA_TFUNCTION)
    c->calls.when = when;
  lua_pop(L, 1);
  return c;
}

int lur_raise_sweep_error(lua_State *L, const struct lur_sweep_calls *c, const struct lur_error *e) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, c) != LUA_TBOOLEAN)
    lua_error(L);
  lua_pop(L, 1);
  return lur_raise(L, e);
}

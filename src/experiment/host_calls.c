/* SPDX-License-Identifier: MIT
 * What a sweep asks of its script: where, data and start values made by functions, metrics, stop.when. All come on the
 * main thread, and run in protected calls of their own, so that no error passes through the sweep; the first one that
 * ends it is kept, and raised after. A data set or start is made once for each distinct combination of what its
 * functions read. */
#include "experiment/host_calls.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "base/memory.h"

/* Above this many bytes of what functions made, that of past windows is dropped. */
enum { MOST_KEPT_BYTES = 64 << 20, LUA_BYTES = 200 /* of an entry in the cache, about */ };

/* "luron.made": what functions made of one combination. Its user value holds a script's own data sets. */
struct made {
  struct lur_patterns train, test;
  struct lur_dataset *own_train, *own_test;
  double *start;
  const double *shift, *scale;
  const struct lur_dataset *set; /* that train shows */
};

struct ask {
  struct lur_sweep_calls *c;
  const struct lur_spec *at;
  const struct lur_structure *structure;
  const struct lur_outcome *outcome;
  const struct lur_record *record;
  double *value;
  char *why; /* of a metric or stop.when that failed; owned by who asks */
  enum lur_answer answer;
  bool keep;
  const struct made *made;
};

enum { ASK = 1, READING, CACHE, SCRATCH, FIELDS }; /* the stack of a protected call */

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
  return lua_pcall(L, 4, 0, top + 1);
}

static const char *text_of(lua_State *L) {
  const char *text = lua_tostring(L, -1);
  return text ? text : "an error that is no text";
}

/* Runs f on the ask. An error's text goes to e; where it ends the sweep, all of it is kept for raising. */
static int call(struct ask *q, lua_CFunction f, bool ends_all, struct lur_error *e) {
  lua_State *L = q->c->L;
  int top = lua_gettop(L), code = LUR_OK;
  if (call_protected(q, f) != LUA_OK) {
    code = lur_fail(e, LUR_ECALLBACK, NULL, "%s", text_of(L));
    if (ends_all)
      lua_rawsetp(L, LUA_REGISTRYINDEX, q->c);
  }
  lua_settop(L, top);
  return code;
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
/* Pushes a copy of the script's table, in which fields and params hold what this run has. */
static void push_fields(lua_State *L, const struct ask *q) {
  const struct lur_axes *axes = q->c->axes;
  lua_getiuservalue(L, READING, LUR_READING_FIELDS);
  lur_push_table_copy(L, -1);
  lua_remove(L, -2);
  for (int i = 0; i < axes->n; i++) {
    const struct lur_axis *a = &axes->axis[i];
    if (a->field < 0)
      continue;
    const struct lur_field *f = &lur_fields[a->field];
    const struct lur_value *v = &q->at->value[a->field];
    if (a->layer) {
      v = &q->at->layer[lur_layered_index((enum lur_field_id)a->field)][a->layer - 1];
    } else { /* the script may have written its other name */
      lua_pushnil(L);
      lua_setfield(L, -2, f->column);
    }
    lur_push_value(L, f, v);
    lua_setfield(L, -2, a->layer ? a->name : f->name);
  }
  lua_newtable(L);
  for (int i = 0; i < q->at->n_params; i++) {
    const struct lur_param *param = &q->at->param[i];
    param->text ? (void)lua_pushstring(L, param->text) : lur_push_value(L, NULL, &param->value);
    lua_setfield(L, -2, param->name);
  }
  lua_setfield(L, -2, "params");
}

static struct lur_reader reader_of(lua_State *L, struct ask *q) {
  return (struct lur_reader){.L = L, .fields = FIELDS, .origin = &q->c->origin, .call = true};
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
  int code = call(&q, where_in_lua, true, e);
  *keep = q.keep;
  return code;
}

/* ---- Data and start values: made once a combination, kept in cache[signature][hash] ---- */
static int made_gc(lua_State *L) {
  struct made *m = lua_touserdata(L, 1);
  lur_dataset_free(m->own_train);
  lur_dataset_free(m->own_test);
  free(m->start);
  *m = (struct made){0};
  return 0;
}

/* Pushes it, empty. */
static struct made *push_made(lua_State *L) {
  struct made *m = lua_newuserdatauv(L, sizeof *m, 1);
  *m = (struct made){0};
  if (luaL_newmetatable(L, "luron.made")) {
    lua_pushcfunction(L, made_gc);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return m;
}

/* Moves into it what was read, and the data sets that the reading's user value holds. */
static void take_over(lua_State *L, struct made *m, struct lur_reading *g, int held) {
  m->train = g->spec.train;
  m->test = g->spec.test;
  m->own_train = g->own_train;
  m->own_test = g->own_test;
  m->start = g->start;
  m->shift = g->shift;
  m->scale = g->scale;
  m->set = g->train;
  g->own_train = g->own_test = NULL;
  g->start = NULL;
  lua_pushnil(L);
  if (lua_next(L, held)) {
    lua_pop(L, 2);
    lua_pushvalue(L, held);
    lua_setiuservalue(L, -2, 1);
  }
}

/* Start values have the form of their network. */
static lua_Integer key_of(lua_State *L, const struct ask *q, int names) {
  uint64_t h = lur_parameters_hash(L, FIELDS, names);
  for (int i = 0; q->structure && i <= q->structure->shape.n_layers; i++)
    h = (h + (uint64_t)q->structure->shape.width[i] + 1) * 0x9e3779b97f4a7c15u; /* 2^64 by the golden ratio */
  return (lua_Integer)(q->structure && q->structure->shape.bias ? ~h : h);
}

/* Pushes what was made of the same parameters, or nothing. */
static bool push_cached(lua_State *L, const struct ask *q) {
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, CACHE); i <= n; i++) {
    int top = lua_gettop(L);
    lua_rawgeti(L, CACHE, i);
    lua_getfield(L, -1, "names");
    lua_pushinteger(L, key_of(L, q, lua_gettop(L)));
    if (lua_rawget(L, top + 1) != LUA_TNIL) {
      lua_replace(L, top + 1);
      lua_settop(L, top + 1);
      return true;
    }
    lua_settop(L, top);
  }
  return false;
}

static bool same_names(lua_State *L, int a, int b) {
  bool same = lua_rawlen(L, a) == lua_rawlen(L, b);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, a); same && i <= n; i++) {
    lua_rawgeti(L, a, i);
    lua_rawgeti(L, b, i);
    same = lua_rawequal(L, -1, -2);
    lua_pop(L, 2);
  }
  return same;
}

/* Pushes the cache's part for functions that read these names, made where there is none. */
static void push_signature(lua_State *L, int names) {
  lua_Integer n = (lua_Integer)lua_rawlen(L, CACHE);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_rawgeti(L, CACHE, i);
    lua_getfield(L, -1, "names");
    bool same = same_names(L, lua_gettop(L), names);
    lua_pop(L, 1);
    if (same)
      return;
    lua_pop(L, 1);
  }
  lua_newtable(L);
  lua_pushvalue(L, names);
  lua_setfield(L, -2, "names");
  lua_pushvalue(L, -1);
  lua_rawseti(L, CACHE, n + 1);
}

static size_t patterns_bytes(const struct lur_patterns *p) {
  return p->n * (size_t)(p->n_inputs + p->n_outputs) * sizeof(double);
}

/* With the data sets that a script's function returned, which it holds, too. */
static size_t size_bytes(const struct made *m, const struct ask *q) {
  size_t n = sizeof *m + LUA_BYTES;
  if (!q->structure)
    return n + patterns_bytes(&m->train) + patterns_bytes(&m->test);
  return n + (m->start ? lur_shape_n_parameters(&q->structure->shape) * sizeof(double) : 0);
}

/* Pushes what the functions make of this run; it is in q->made, too. */
static void make(lua_State *L, struct ask *q, void (*read)(struct lur_reader *r, const struct ask *q)) {
  struct lur_reader r = reader_of(L, q);
  push_fields(L, q);
  if (push_cached(L, q)) {
    q->made = lua_touserdata(L, -1);
    return;
  }
  lua_newtable(L);
  r.reads = lua_gettop(L);
  lur_renew_reading(&r, SCRATCH);
  r.reading->spec = *q->at;
  read(&r, q);
  lua_settop(L, r.held);
  push_signature(L, r.reads);
  lua_pushinteger(L, key_of(L, q, r.reads));
  struct made *m = push_made(L);
  take_over(L, m, r.reading, r.held);
  lua_pushvalue(L, -1);
  lua_insert(L, -4);
  lua_rawset(L, -3);
  lua_pop(L, 1);
  q->c->kept_bytes += size_bytes(m, q);
  q->made = m;
}

static void read_data(struct lur_reader *r, const struct ask *q) {
  (void)q;
  lur_read_data(r);
}

static int data_in_lua(lua_State *L) {
  make(L, lua_touserdata(L, ASK), read_data);
  return 0;
}

static int data(void *context, const struct lur_spec *at, struct lur_patterns *train, struct lur_patterns *test,
                struct lur_error *e) {
  struct ask q = {.c = context, .at = at};
  int code = call(&q, data_in_lua, true, e);
  if (code)
    return code;
  *train = q.made->train;
  *test = q.made->test;
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
  int code = call(&q, start_in_lua, true, e);
  *values = code ? NULL : q.made->start;
  return code;
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
  const struct lur_reading *g = lur_reading_at(L, READING);
  if (!q->c->calls.data) {
    lua_pushvalue(L, READING);
    return lur_trained_on(g);
  }
  struct ask of_data = {.c = q->c, .at = q->at};
  make(L, &of_data, read_data);
  return (struct lur_trained_on){of_data.made->shift, of_data.made->scale, of_data.made->set};
}

static int metric_in_lua(lua_State *L) {
  struct ask *q = lua_touserdata(L, ASK);
  const struct lur_trained_on on = push_holder(L, q);
  lua_getiuservalue(L, READING, LUR_READING_FIELDS);
  lua_getfield(L, -1, "metrics");
  int functions = lua_gettop(L), run = functions + 1;
  uint64_t asked = (uint64_t)lur_spec_value(q->at, LUR_F_EPOCHS).as.integer;
  if (q->outcome->status == LUR_PRUNED) /* then those it had */
    asked = q->outcome->epochs;
  lur_push_run(L, &on, q->structure, asked, q->outcome);
  for (int i = 0; i < q->c->calls.n_metrics; i++) {
    bool good = lur_push_metric(L, run, functions, q->c->metric_name[i]);
    if (good && !lua_isnil(L, -1))
      q->value[i] = lua_tonumber(L, -1);
    if (!good && !q->why && !(q->why = lur_copy_text(lua_tostring(L, -1))))
      lur_raise_memory(L);
    lua_settop(L, run);
  }
  return 0;
}

static int metric(void *context, const struct lur_spec *at, const struct lur_structure *structure,
                  const struct lur_outcome *outcome, uint64_t run, double *value, char **why) {
  struct ask q = {.c = context, .at = at, .structure = structure, .outcome = outcome, .value = value};
  const bool late = atomic_load(lur_interrupt_flag()) != 0; /* trained before the interrupt: it is still measured */
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
  bool makes = is_function(L, fields, "data") || is_function(L, fields, "inputs") || is_function(L, fields, "targets");
  bool starts = is_function(L, fields, "weights") || is_function(L, fields, "biases");
  bool chooses = is_function(L, fields, "where");
  lua_settop(L, r.at);
  lua_replace(L, fields);
  struct lur_sweep_calls *c = lua_newuserdatauv(L, sizeof *c, 0);
  *c = (struct lur_sweep_calls){
      .L = L, .reading = reading, .cache = cache, .scratch = fields, .axes = g->axes, .origin = *origin};
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

/* SPDX-License-Identifier: MIT
 * `luron run`: what a script returned is trained and printed. It may be an experiment, a table of fields, or a list of
 * them; a script that returns nothing has done its work. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "script/experiment.h"
#include "sweep/axis.h"
#include "view/run_view.h"

/* ---- name=value ---- */
static void check_single(lua_State *L, const char *name, const char *text) {
  if (lur_axis_is_text(text))
    lur_raise_usage(L, name, "%s is several values, and run takes one; write luron sweep %s %s=%s", text,
                    lur_script_of(L)->options->path, name, text);
}

static void push_value(lua_State *L, const struct lur_field *f, const struct lur_value *v) {
  switch (v->kind) {
  case LUR_V_BOOL: lua_pushboolean(L, v->as.truth); return;
  case LUR_V_INTEGER: lua_pushinteger(L, v->as.integer); return;
  case LUR_V_NUMBER: lua_pushnumber(L, v->as.number); return;
  case LUR_V_CHOICE: lua_pushstring(L, f->choices[v->as.integer]); return;
  case LUR_V_LIST: lur_push_list(L, v->as.list.at, v->as.list.n); return;
  case LUR_V_ABSENT: break;
  }
  lua_pushnil(L);
}

static void push_typed_field(lua_State *L, int id, const char *name, const char *text) {
  const struct lur_field *f = &lur_fields[id];
  struct lur_value v;
  struct lur_error e;
  check_single(L, name, text);
  if (f->kind == LUR_K_TEXT) {
    lua_pushstring(L, text);
    return;
  }
  if (f->kind == LUR_K_SCRIPT)
    lur_raise_usage(L, name, "is written in the script, not on the command line");
  if (lur_value_read(f, text, &v, &e))
    lur_raise_usage(L, name, "%s", e.text);
  push_value(L, f, &v);
}

/* Pushes params[name] as typed, in the kind that the script gave it. */
static void push_typed_param(lua_State *L, const char *name, const char *text) {
  double x;
  bool truth = strcmp(text, "true") == 0;
  check_single(L, name, text);
  if (lua_type(L, -1) == LUA_TBOOLEAN && (truth || strcmp(text, "false") == 0))
    lua_pushboolean(L, truth);
  else if (lua_type(L, -1) == LUA_TNUMBER && lur_digits_read(text, &x))
    lua_stringtonumber(L, text);
  else if (lua_type(L, -1) == LUA_TSTRING)
    lua_pushstring(L, text);
  else
    lur_raise_usage(L, name, "\"%s\" is not a %s, as the script's value is", text, luaL_typename(L, -1));
}

static int fields_of(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TTABLE)
    lua_pushvalue(L, index);
  else
    lua_getiuservalue(L, index, 1);
  return lua_gettop(L);
}

/* Pushes a field's one name for all its spellings, or the name itself. */
static const char *push_canonical(lua_State *L, const char *name) {
  int layer, id = lur_field_find(name, &layer);
  if (id < 0)
    return lua_pushstring(L, name);
  return layer ? lua_pushfstring(L, "%s_%d", lur_fields[id].name, layer) : lua_pushstring(L, lur_fields[id].name);
}

static void set_typed(lua_State *L, int fields, int typed, const char *name, const char *text) {
  int id = lur_field_find(name, NULL), top = lua_gettop(L);
  struct lur_error e;
  const char *key = push_canonical(L, name);
  if (lua_getfield(L, typed, key) != LUA_TNIL)
    lur_raise_usage(L, name, "is set twice");
  if (id >= 0) {
    push_typed_field(L, id, name, text);
  } else if (lua_getfield(L, fields, "params") == LUA_TTABLE && lua_getfield(L, -1, name) != LUA_TNIL) {
    push_typed_param(L, name, text);
  } else {
    lur_field_unknown(name, &e);
    lur_raise_usage(L, name, "%s", e.text);
  }
  lua_setfield(L, typed, key);
  lua_settop(L, top);
}

/* Pushes the table of what was typed for the experiment at `index`. */
static void push_typed(lua_State *L, int index) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  lua_newtable(L);
  int typed = lua_gettop(L), fields = fields_of(L, index);
  for (int i = 0; i < o->n_overrides; i++) {
    const char *equal = strchr(o->overrides[i], '=');
    if (!equal || equal == o->overrides[i])
      lur_raise_usage(L, o->overrides[i], "is not of the form name=value");
    const char *name = lua_pushlstring(L, o->overrides[i], (size_t)(equal - o->overrides[i]));
    set_typed(L, fields, typed, name, equal + 1);
    lua_pop(L, 1);
  }
  lua_settop(L, typed);
}

/* ---- Printing ---- */
static void print(lua_State *L, struct lur_buffer *b) {
  bool failed = b->failed;
  if (!failed && b->length_bytes)
    fwrite(b->data, 1, b->length_bytes, stdout);
  lur_buffer_free(b);
  if (failed)
    lur_raise_memory(L);
}

static struct lur_run_style style_of(lua_State *L) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  return (struct lur_run_style){o->json, o->color};
}

/* The name that the script gave, on the stack; or NULL. */
static const char *push_name(lua_State *L, int reading) {
  lua_getiuservalue(L, reading, 1);
  lua_getfield(L, -1, "fields");
  return lua_getfield(L, -1, "name") == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

static void print_name(lua_State *L, int reading) {
  struct lur_run_style style = style_of(L);
  struct lur_buffer b = {0};
  int top = lua_gettop(L);
  const char *name = push_name(L, reading);
  if (name)
    lur_view_name(&style, name, &b);
  lua_settop(L, top);
  print(L, &b);
}

/* The inputs as the script gave them, and what the network makes of each. Rooms are userdata: nothing to free. */
static void print_patterns(lua_State *L, const struct lur_reading *g, const struct lur_run *run) {
  struct lur_run_style style = style_of(L);
  struct lur_patterns p = g->spec.train;
  struct lur_buffer b = {0};
  if (!lur_view_fits(&p))
    return;
  double *outputs = lua_newuserdatauv(L, p.n * (size_t)p.n_outputs * sizeof *outputs, 0);
  double *inputs = lua_newuserdatauv(L, p.n * (size_t)p.n_inputs * sizeof *inputs, 0);
  double *work = lua_newuserdatauv(L, 2 * (size_t)lur_shape_widest(&g->structure.shape) * sizeof *work, 0);
  for (size_t i = 0; i < p.n; i++)
    lur_forward(&g->structure.shape, run->network->parameters, p.inputs + i * (size_t)p.n_inputs, work,
                outputs + i * (size_t)p.n_outputs);
  for (size_t i = 0; i < p.n * (size_t)p.n_inputs; i++) {
    size_t k = i % (size_t)p.n_inputs;
    inputs[i] = g->shift ? fma(p.inputs[i], g->scale[k], g->shift[k]) : p.inputs[i];
  }
  p.inputs = inputs;
  lur_view_patterns(&style, &p, outputs, &b);
  print(L, &b);
  lua_pop(L, 3);
}

enum { MOST_METRICS = LUR_N_METRICS + 64 };

/* The metrics that functions gave follow the engine's; their texts stay on the stack. */
static int add_own_metrics(lua_State *L, int at, struct lur_run_metric *m, int n) {
  lua_getiuservalue(L, at, 1);
  lua_getfield(L, -1, "values");
  lua_getfield(L, -2, "names");
  int values = lua_gettop(L) - 1, names = values + 1;
  for (lua_Integer i = 1; lua_istable(L, names) && n < MOST_METRICS; i++) {
    luaL_checkstack(L, 4, NULL);
    if (lua_rawgeti(L, names, i) != LUA_TSTRING)
      break;
    const char *name = lua_tostring(L, -1);
    int type = lua_getfield(L, values, name);
    m[n++] = (struct lur_run_metric){name, type == LUA_TNUMBER ? lua_tonumber(L, -1) : NAN,
                                     type == LUA_TSTRING ? lua_tostring(L, -1) : NULL};
  }
  return n;
}

static void print_summary(lua_State *L, int at, const struct lur_run *run) {
  struct lur_run_style style = style_of(L);
  struct lur_run_metric m[MOST_METRICS];
  struct lur_buffer b = {0};
  const struct lur_outcome *o = &run->outcome;
  int n = 0, top = lua_gettop(L);
  for (int i = 0; i < LUR_N_METRICS; i++)
    if (run->metrics >> i & 1 && (style.json || !isnan(o->metric[i])))
      m[n++] = (struct lur_run_metric){lur_metric_names[i], o->metric[i], NULL};
  n = add_own_metrics(L, at, m, n);
  struct lur_run_summary s = {.name = push_name(L, at - 1),
                              .status = o->status,
                              .epochs = o->epochs,
                              .time_ns = run->time_ns,
                              .n_metrics = n,
                              .metrics = m,
                              .error = lur_run_error(L, at)};
  if (!style.json && !lur_script_of(L)->options->quiet)
    lur_buffer_text(&b, "\n");
  lur_view_summary(&style, &s, &b);
  lua_settop(L, top);
  print(L, &b);
}

static void print_hint(lua_State *L, const struct lur_reading *g) {
  struct lur_run_style style = style_of(L);
  struct lur_buffer b = {0};
  if (!(g->n_sweep > 0))
    return;
  lur_view_sweep_hint(&style, lur_script_of(L)->options->path, g->n_sweep, &b);
  print(L, &b);
}

/* ---- One experiment, and all of them ---- */
static void run_one(lua_State *L, int index, int item) {
  bool quiet = lur_script_of(L)->options->quiet;
  int top = lua_gettop(L);
  push_typed(L, index);
  const struct lur_reading *g = lur_read_returned(L, index, item, top + 1);
  int reading = lua_gettop(L);
  if (!quiet)
    print_name(L, reading);
  const struct lur_run *run = lur_train_run(L, reading, LUR_TENTHS);
  if (!quiet)
    print_patterns(L, g, run);
  print_summary(L, reading + 1, run);
  if (!quiet)
    print_hint(L, g);
  if (run->outcome.status == LUR_FAILED)
    lur_script_of(L)->exit_code = 1;
  lua_settop(L, top);
}

static bool is_experiment(lua_State *L, int index) {
  return luaL_testudata(L, index, "luron.experiment") != NULL;
}

static void run_list(lua_State *L, int list) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  lua_Integer n = luaL_len(L, list);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, list, i);
    if (!is_experiment(L, -1) && !lua_istable(L, -1))
      luaL_error(L, "%s: the script returned a list whose item %d is %s, not an experiment",
                 lur_script_of(L)->options->path, (int)i, lur_push_found(L, -1));
    if (i > 1 && !o->json && !o->quiet)
      fputc('\n', stdout);
    run_one(L, lua_gettop(L), (int)i);
    lua_pop(L, 1);
  }
}

static bool is_list(lua_State *L, int index) {
  int type = lua_type(L, index) == LUA_TTABLE ? lua_rawgeti(L, index, 1) : LUA_TNONE;
  if (type != LUA_TNONE)
    lua_pop(L, 1);
  return type != LUA_TNONE && type != LUA_TNIL;
}

int lur_finish_run(lua_State *L) {
  if (lua_isnoneornil(L, 1))
    return 0;
  luaL_requiref(L, "luron", lur_open_module, 0); /* a plain table of fields needed none of it */
  lua_pop(L, 1);
  if (is_list(L, 1))
    run_list(L, 1);
  else if (is_experiment(L, 1) || lua_istable(L, 1))
    run_one(L, 1, 0);
  else
    luaL_error(L, "%s: the script returned %s, but luron run takes an experiment, a table of fields, or a list of them",
               lur_script_of(L)->options->path, lur_push_found(L, 1));
  return 0;
}

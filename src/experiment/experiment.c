/* SPDX-License-Identifier: MIT
 * luron.experiment{}: a table of fields that was found sound, and where it was written. Its user values are a copy of
 * the table, and the reading where that needed no function. A run with overrides reads the merged table anew. */
#include "experiment/experiment.h"

#include <string.h>

#include "experiment/overrides.h"
#include "experiment/sweep_setup.h"

#define EXPERIMENT "luron.experiment"

struct experiment {
  struct lur_origin origin;
};

/* ---- Reading the table ---- */
enum use { TO_LOOK, TO_RUN, TO_SWEEP };

static struct lur_reading *read_table(lua_State *L, int fields, const struct lur_origin *origin, int overrides,
                                      const struct lur_origin *override_origin, enum use use) {
  struct lur_reader r = {.L = L,
                         .fields = lua_absindex(L, fields),
                         .overrides = overrides,
                         .origin = origin,
                         .override_origin = override_origin,
                         .call = use != TO_LOOK,
                         .sweeps = use != TO_RUN};
  int top = lua_gettop(L);
  if (use != TO_SWEEP && lua_getfield(L, r.fields, "curve") == LUA_TNIL) { /* nothing is said of it */
    lua_pushinteger(L, LUR_CURVE_OF_RUN);
    lua_setfield(L, r.fields, "curve");
  }
  lua_settop(L, top);
  lur_read_experiment(&r);
  return r.reading;
}

/* Protected: the reading of a copy of the table of fields at 1, with what was typed where that is at 3. */
static int look(lua_State *L) {
  const struct lur_origin *origin = lua_touserdata(L, 2);
  if (lua_toboolean(L, 3)) {
    lur_push_typed(L, 1, true);
    lur_push_merged(L, 1, 4);
    read_table(L, 5, origin, 4, NULL, TO_LOOK);
  } else {
    lur_push_table_copy(L, 1);
    read_table(L, 4, origin, 0, NULL, TO_LOOK);
  }
  return 1;
}

static bool try_look(lua_State *L, const struct lur_origin *origin, bool typed) {
  lua_pushcfunction(L, look);
  lua_pushvalue(L, 1);
  lua_pushlightuserdata(L, (void *)origin);
  lua_pushboolean(L, typed);
  return lua_pcall(L, 3, 1, 0) == LUA_OK;
}

/* Pushes the reading of the fields at 1; or nil, if what was typed behind the script's name mends them: that is seen
 * where the script returns the experiment. A mistake in what was typed is told first, as it is where a plain table is
 * returned. */
static void push_look(lua_State *L, const struct lur_origin *origin) {
  struct lur_script *host = lur_script_of(L);
  const struct lur_script_options *o = host->options;
  const int exit_code = host->exit_code;
  bool all_are_fields = o->n_overrides > 0;
  for (int i = 0; i < o->n_overrides; i++)
    all_are_fields = all_are_fields && strchr(o->overrides[i], '=') > o->overrides[i];
  if (all_are_fields) {
    if (try_look(L, origin, false))
      return;
    if (try_look(L, origin, true)) {
      lua_pushnil(L);
      return;
    }
    if (host->exit_code != exit_code)
      lua_error(L);
  }
  lur_push_table_copy(L, 1);
  read_table(L, lua_gettop(L), origin, 0, NULL, TO_LOOK);
}

static int new_experiment(lua_State *L) {
  struct lur_origin origin;
  lur_origin_of_call(L, &origin);
  if (lua_type(L, 1) != LUA_TTABLE)
    return luaL_error(L, "experiment: %s, but a table of fields is expected", lur_push_found(L, 1));
  if (lua_gettop(L) > 1)
    return luaL_error(L, "experiment: more than one argument; write luron.experiment{ ... }");
  struct experiment *x = lua_newuserdatauv(L, sizeof *x, LUR_N_EXPERIMENT_SLOTS);
  x->origin = origin;
  luaL_setmetatable(L, EXPERIMENT);
  lur_push_table_copy(L, 1);
  lua_setiuservalue(L, 2, LUR_EXPERIMENT_FIELDS);
  push_look(L, &x->origin);
  lua_setiuservalue(L, 2, LUR_EXPERIMENT_READING);
  lua_settop(L, 2);
  lur_script_of(L)->idle_experiment = true;
  return 1;
}

/* The reading at `index`, where it is one of all that a run needs. */
static const struct lur_reading *complete_reading(lua_State *L, int index) {
  const struct lur_reading *g = lua_isnil(L, index) ? NULL : lur_reading_at(L, index);
  return g && g->complete ? g : NULL;
}

/* e:run{overrides} */
static int m_run(lua_State *L) {
  struct experiment *x = lur_check_self(L, EXPERIMENT, "experiment:run");
  struct lur_origin here;
  lur_origin_of_call(L, &here);
  if (!lua_isnoneornil(L, 2) && lua_type(L, 2) != LUA_TTABLE)
    return luaL_error(L, "run: %s, but a table of overrides is expected", lur_push_found(L, 2));
  lua_settop(L, 2);
  lur_take_signals(L);
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_READING);
  const struct lur_reading *looked = complete_reading(L, 4);
  if (lua_isnil(L, 2) && looked && !looked->put_off) {
    lur_train_run(L, 4, LUR_SILENT);
    return 1;
  }
  if (lua_isnil(L, 2)) {
    lua_newtable(L);
    lua_replace(L, 2);
  }
  lur_check_overrides(L, 2, false, &here);
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_FIELDS);
  lur_check_param_types(L, 2, 5, &here);
  lur_push_merged(L, 5, 2);
  read_table(L, 6, &x->origin, 2, &here, TO_RUN);
  lur_train_run(L, lua_gettop(L), LUR_SILENT);
  return 1;
}

/* e:sweep{overrides} */
static int m_sweep(lua_State *L) {
  struct experiment *x = lur_check_self(L, EXPERIMENT, "experiment:sweep");
  struct lur_origin here;
  lur_origin_of_call(L, &here);
  if (!lua_isnoneornil(L, 2) && lua_type(L, 2) != LUA_TTABLE)
    return luaL_error(L, "sweep: %s, but a table of overrides is expected", lur_push_found(L, 2));
  lua_settop(L, 2);
  lur_take_signals(L);
  if (lua_isnil(L, 2)) {
    lua_newtable(L);
    lua_replace(L, 2);
  }
  lur_check_overrides(L, 2, true, &here);
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_FIELDS);
  lur_push_sweep_overrides(L, 2, 4);
  lur_check_param_types(L, 5, 4, &here);
  lur_push_merged(L, 4, 5);
  read_table(L, 6, &x->origin, 5, &here, TO_SWEEP);
  lur_push_swept(L, lua_gettop(L), &x->origin, 5, &here);
  return 1;
}

struct lur_reading *lur_read_returned(lua_State *L, int index, int item, int typed, bool curve,
                                      struct lur_origin *origin) {
  struct experiment *x = luaL_testudata(L, index, EXPERIMENT);
  index = lua_absindex(L, index);
  if (x) {
    *origin = x->origin;
    lua_getiuservalue(L, index, LUR_EXPERIMENT_FIELDS);
  } else {
    lur_origin_of_return(L, item, origin);
    lua_pushvalue(L, index);
  }
  lur_push_merged(L, lua_gettop(L), typed);
  lua_remove(L, -2);
  struct lur_reading *g = read_table(L, lua_gettop(L), origin, typed, NULL, curve ? TO_RUN : TO_SWEEP);
  lua_remove(L, -2);
  return g;
}

static int mm_tostring(lua_State *L) {
  luaL_Buffer b;
  luaL_checkudata(L, 1, EXPERIMENT);
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_READING);
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_FIELDS);
  lua_getfield(L, 3, "name");
  const struct lur_reading *g = complete_reading(L, 2);
  luaL_buffinit(L, &b);
  luaL_addstring(&b, EXPERIMENT ": ");
  if (lua_type(L, 4) == LUA_TSTRING) {
    lua_pushfstring(L, "\"%s\" ", lua_tostring(L, 4));
    luaL_addvalue(&b);
  }
  for (int l = 0; g && l <= g->structure.shape.n_layers; l++) {
    lua_pushfstring(L, l ? "-%d" : "%d", g->structure.shape.width[l]);
    luaL_addvalue(&b);
  }
  if (g) {
    const size_t n = g->structure.n_patterns;
    lua_pushfstring(L, " %s, %s, %I epochs of %I pattern%s", lur_spec_name(&g->spec, LUR_F_OUTPUT_ACTIVATION),
                    lur_spec_name(&g->spec, LUR_F_OPTIMIZER), (LUAI_UACINT)g->numbers.epochs, (LUAI_UACINT)n,
                    n == 1 ? "" : "s");
    luaL_addvalue(&b);
  } else {
    luaL_addstring(&b, lua_isnil(L, 2) || lur_reading_at(L, 2)->train ? "with what axes or overrides mend"
                                                                      : "with data made by a function");
  }
  luaL_pushresult(&b);
  return 1;
}

/* Methods first, then the fields as they were given. */
static int mm_index(lua_State *L) {
  static const char *const methods[] = {"run", "sweep", NULL};
  luaL_checkudata(L, 1, EXPERIMENT);
  lur_script_of(L)->idle_experiment = false;
  if (lua_type(L, 2) != LUA_TSTRING)
    return 0;
  const char *name = lua_tostring(L, 2);
  lua_pushvalue(L, 2);
  if (lua_rawget(L, lua_upvalueindex(1)) != LUA_TNIL)
    return 1;
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_FIELDS);
  lua_getfield(L, -1, name);
  if (lua_isnil(L, -1) && strcmp(name, "stop") != 0 && lur_field_find(name, NULL) < 0)
    lur_raise_unknown(L, name, methods);
  return 1;
}

/* The fields as they were given, in the order of the field table. */
static int mm_pairs(lua_State *L) {
  luaL_checkudata(L, 1, EXPERIMENT);
  lua_getiuservalue(L, 1, LUR_EXPERIMENT_FIELDS);
  lur_push_names(L, -1, LUR_BY_FIELDS);
  lua_insert(L, -2);
  return lur_pairs_of_names(L);
}

void lur_open_experiment(lua_State *L) {
  static const luaL_Reg meta[] = {{"__tostring", mm_tostring}, {"__pairs", mm_pairs}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"run", m_run}, {"sweep", m_sweep}, {NULL, NULL}};
  lur_open_class(L, EXPERIMENT, meta, methods, mm_index);
  lur_set_frozen(L, EXPERIMENT, "an experiment does not change; give e:run{ ... } what differs");
  lua_pushcfunction(L, new_experiment);
  lua_setfield(L, -2, "experiment");
}

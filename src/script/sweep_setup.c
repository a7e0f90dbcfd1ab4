/* SPDX-License-Identifier: MIT */
#include "script/sweep_setup.h"

#include <stdio.h>
#include <string.h>

#include "script/sources.h"
#include "view/failures.h"

void lur_push_sweep_setup(lua_State *L, int reading, const struct lur_origin *origin, const char *overrides,
                          struct lur_sweep_setup *out) {
  const struct lur_script_options *options = lur_script_of(L)->options;
  const struct lur_reading *g = lur_reading_at(L, reading);
  const char *name = lur_push_name(L, reading);
  const char *log = lur_push_log(L, g);
  lua_getiuservalue(L, reading, 1);
  lua_getfield(L, -1, "fields");
  bool names_curve;
  const char *sources = lur_push_sources(L, lua_gettop(L), &names_curve);
  lur_push_sweep_calls(L, reading, origin, names_curve);
  out->calls = lua_touserdata(L, -4);
  out->sweep = (struct lur_sweep){.spec = &g->spec,
                                  .axes = g->axes,
                                  .halving = g->halving,
                                  .keep = g->keep,
                                  .keep_best = g->keep_best,
                                  .calls = &out->calls->calls,
                                  .sources = sources};
  memcpy(out->sweep.keep_by, g->keep_by, sizeof out->sweep.keep_by);
  memcpy(out->sweep.rank, g->rank, sizeof out->sweep.rank);
  out->source = (struct lur_sweep_source){.host = lur_script_of(L),
                                          .item = lur_script_of(L)->item,
                                          .script_path = options->path,
                                          .name = name,
                                          .overrides = overrides,
                                          .log = log,
                                          .bar = !options->quiet && !options->json};
}

int lur_sweep_setup_raise(lua_State *L, const struct lur_sweep_setup *s, const struct lur_error *e) {
  if (e->code == LUR_EINPUT && e->field[0])
    return lur_origin_raise(L, &s->calls->origin, e->field, e->text);
  if (e->code == LUR_ECALLBACK || e->code == LUR_ENOMEM)
    return lur_raise_sweep_error(L, s->calls, e);
  return luaL_error(L, "luron: %s", e->text);
}

/* ---- e:sweep ---- */
/* The field's other name, where it has two; else the name itself. */
static const char *other_name(const char *name) {
  int layer, field = lur_field_find(name, &layer);
  if (field < 0 || layer)
    return name;
  const struct lur_field *f = &lur_fields[field];
  return strcmp(name, f->name) == 0 ? f->column : f->name;
}

static bool has_name(lua_State *L, int table, const char *name) {
  bool has = lua_getfield(L, table, name) != LUA_TNIL;
  has = lua_getfield(L, table, other_name(name)) != LUA_TNIL || has;
  lua_pop(L, 2);
  return has;
}

/* Whether the axes at `sweep` have that one, by either of its names, alone or in a zip. */
static bool has_axis(lua_State *L, int sweep, const char *name) {
  int top = lua_gettop(L);
  bool has = has_name(L, sweep, name);
  for (lua_pushnil(L); !has && lua_next(L, sweep); lua_settop(L, top + 1))
    has = lur_push_zipped(L, -1) && has_name(L, top + 3, name);
  lua_settop(L, top);
  return has;
}

/* Whether the value on the top, given under that name, means an axis: a range does, and a list of what may be one, as
 * on the command line; layers of their own stand in a list: hidden = {{4, 4}}. */
bool lur_means_axis(lua_State *L, const char *name) {
  int field = lur_field_find(name, NULL);
  return lur_is_axis(L, -1) || (lua_istable(L, -1) && (field < 0 || (lur_fields[field].flags & LUR_AXIS)));
}

static void drop_axis(lua_State *L, int sweep, const char *name) {
  if (has_name(L, sweep, name))
    return;
  lua_pushboolean(L, 0);
  lua_setfield(L, sweep, name);
}

/* Single values within stop and params take axes away too. */
static void drop_nested(lua_State *L, int sweep, const char *name) {
  const char *prefix = strcmp(name, "stop") == 0 ? "stop_" : strcmp(name, "params") == 0 ? "" : NULL;
  if (!prefix || !lua_istable(L, -1))
    return;
  int top = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, top); lua_settop(L, top + 1))
    if (lua_type(L, top + 1) == LUA_TSTRING)
      drop_axis(L, sweep, lua_pushfstring(L, "%s%s", prefix, lua_tostring(L, top + 1)));
}

/* A name that an axis may have. */
static bool may_be_axis(const char *name) {
  int field = lur_field_find(name, NULL);
  if (strcmp(name, "stop") == 0)
    return false;
  return field < 0 || (lur_fields[field].flags & LUR_AXIS);
}

/* One override at the top level: the name and the value are on the top, and stay. */
static void place(lua_State *L, int out, int sweep) {
  const char *name = lua_tostring(L, -2);
  bool is_axis = may_be_axis(name) && lur_means_axis(L, name);
  if (!is_axis && may_be_axis(name))
    drop_axis(L, sweep, name);
  drop_nested(L, sweep, name);
  lua_pushvalue(L, -1);
  lua_setfield(L, is_axis ? sweep : out, name);
}

/* What stands under `sweep`: axes, and single values, which set the field and take the axis away. */
static void place_swept(lua_State *L, int from, int out, int sweep) {
  for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
    bool named = lua_type(L, -2) == LUA_TSTRING, list = lua_istable(L, -1);
    if (named && !list && lua_type(L, -1) != LUA_TBOOLEAN) {
      drop_axis(L, sweep, lua_tostring(L, -2));
      lua_pushvalue(L, -1);
      lua_setfield(L, out, lua_tostring(L, -3));
      continue;
    }
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, sweep);
  }
}

/* sweep = false: takes away what the script sweeps, but for what is given beside it. */
static void drop_all(lua_State *L, int fields, int out, int sweep) {
  bool given = false;
  for (lua_pushnil(L); lua_next(L, sweep); lua_pop(L, 1))
    given = given || lua_type(L, -1) != LUA_TBOOLEAN;
  if (!given) {
    lua_pushboolean(L, 0);
    lua_setfield(L, out, "sweep");
    return;
  }
  if (lua_getfield(L, fields, "sweep") == LUA_TTABLE) {
    int own = lua_gettop(L);
    for (lua_pushnil(L); lua_next(L, own); lua_pop(L, 1)) {
      lua_pushvalue(L, -2);
      if (lua_rawget(L, sweep) == LUA_TNIL) {
        lua_pushvalue(L, -3);
        lua_pushboolean(L, 0);
        lua_rawset(L, sweep);
      }
      lua_pop(L, 1);
    }
  }
  lua_pushvalue(L, sweep);
  lua_setfield(L, out, "sweep");
}

/* The zip on the top, which is popped, without what the axes at `sweep` have; false where nothing is left. */
static void push_zip_without(lua_State *L, int sweep) {
  int zip = lua_gettop(L), n_left = 0;
  lur_push_zipped(L, zip);
  lua_newtable(L);
  for (lua_pushnil(L); lua_next(L, zip + 1); lua_settop(L, zip + 3))
    if (lua_type(L, zip + 3) != LUA_TSTRING || !has_axis(L, sweep, lua_tostring(L, zip + 3))) {
      lua_pushvalue(L, zip + 3);
      lua_insert(L, -2);
      lua_rawset(L, zip + 2);
      n_left++;
    }
  lua_settop(L, zip + 2);
  if (n_left)
    lur_push_zip(L, zip + 2);
  else
    lua_pushboolean(L, 0);
  lua_replace(L, zip);
  lua_settop(L, zip);
}

void lur_replace_axes(lua_State *L, int fields, int sweep) {
  int top = lua_gettop(L), own = top + 1;
  lua_getfield(L, fields, "sweep");
  lua_newtable(L);
  int changed = top + 2;
  for (lua_pushnil(L); lua_istable(L, own) && lua_next(L, own); lua_settop(L, changed + 1)) {
    lua_pushvalue(L, changed + 1);
    bool overridden = lua_rawget(L, sweep) != LUA_TNIL;
    lua_pop(L, 1);
    if (overridden)
      continue;
    if (lur_push_zipped(L, -1)) {
      lua_pop(L, 1);
      push_zip_without(L, sweep);
    } else if (lua_type(L, changed + 1) == LUA_TSTRING && has_axis(L, sweep, lua_tostring(L, changed + 1))) {
      lua_pushboolean(L, 0);
    } else {
      continue;
    }
    lua_pushvalue(L, changed + 1);
    lua_insert(L, -2);
    lua_rawset(L, changed);
  }
  lua_settop(L, changed);
  for (lua_pushnil(L); lua_next(L, changed); lua_settop(L, changed + 1)) {
    lua_pushvalue(L, changed + 1);
    lua_insert(L, -2);
    lua_rawset(L, sweep);
  }
  lua_settop(L, top);
}

void lur_push_sweep_overrides(lua_State *L, int index, int fields) {
  bool all_dropped = false, wrong = false;
  index = lua_absindex(L, index);
  fields = lua_absindex(L, fields);
  lua_newtable(L);
  lua_newtable(L);
  int out = lua_gettop(L) - 1, sweep = out + 1;
  for (lua_pushnil(L); lua_next(L, index); lua_settop(L, sweep + 1)) {
    if (lua_type(L, -2) != LUA_TSTRING) {
      lua_pushvalue(L, -2);
      lua_pushvalue(L, -2);
      lua_rawset(L, out);
    } else if (strcmp(lua_tostring(L, -2), "sweep") != 0) {
      place(L, out, sweep);
    } else if (lua_istable(L, -1) && !lur_is_axis(L, -1)) {
      place_swept(L, lua_gettop(L), out, sweep);
    } else if (lua_type(L, -1) == LUA_TBOOLEAN && !lua_toboolean(L, -1)) {
      all_dropped = true;
    } else {
      wrong = true; /* named where it is read */
      lua_pushvalue(L, -1);
      lua_setfield(L, out, "sweep");
    }
  }
  lua_settop(L, sweep);
  if (all_dropped) {
    drop_all(L, fields, out, sweep);
  } else if (!wrong) {
    lua_setfield(L, out, "sweep");
  }
  lua_settop(L, out);
}

static int tell_failures(const char *path, struct lur_error *e) {
  struct lur_buffer text = {0};
  struct lur_table *t = lur_table_open(path, e);
  int rc = t ? lur_failures_write(t, NULL, &text, NULL, e) : e->code;
  lur_table_free(t);
  if (!rc && text.length_bytes) {
    fflush(stdout);
    fwrite(text.data, 1, text.length_bytes, stderr);
  }
  lur_buffer_free(&text);
  return rc;
}

static int run(const struct lur_sweep_setup *s, struct lur_sweep_outcome *o, struct lur_error *e) {
  const struct lur_sweep_request all = {0};
  struct lur_plan *p = lur_plan_new(&s->sweep, e);
  int rc = p ? lur_sweep_to_file(p, &s->source, &all, o, e) : e->code;
  lur_plan_free(p);
  return rc ? rc : tell_failures(o->path, e);
}

static bool sets(lua_State *L, int overrides, const char *field) {
  int top = lua_gettop(L);
  bool set = lua_getfield(L, overrides, field) != LUA_TNIL;
  if (!set && lua_getfield(L, overrides, "sweep") == LUA_TTABLE)
    set = lua_getfield(L, -1, field) == LUA_TTABLE;
  lua_settop(L, top);
  return set;
}

void lur_push_swept(lua_State *L, int reading, const struct lur_origin *origin, int overrides,
                    const struct lur_origin *here) {
  static const struct lur_axes none;
  struct lur_sweep_setup s;
  struct lur_sweep_outcome o;
  struct lur_error e = {0};
  lur_push_sweep_setup(L, reading, origin, NULL, &s);
  s.source.item = -1;
  if (!s.sweep.axes)
    s.sweep.axes = &none;
  s.source.stays = true; /* until the results are closed: they may be extended while these are read */
  int rc = run(&s, &o, &e);
  if (rc && e.code == LUR_EINPUT && e.field[0] && sets(L, overrides, e.field))
    lur_origin_raise(L, here, e.field, e.text);
  if (rc)
    lur_sweep_setup_raise(L, &s, &e);
  luaL_requiref(L, "luron", lur_open_module, 0);
  lur_push_results(L, o.path, true);
}

/* SPDX-License-Identifier: MIT
 * Overrides of an experiment: fields that take the place of its own. They are merged in the order of the field table, a
 * field's number for all layers before those of single layers, `stop` before stop_error, params before what is named
 * like one; never in the order of a Lua table, which changes from process to process. What says one thing twice is a
 * mistake, as it is in a script. */
#include "experiment/overrides.h"

#include <stdio.h>
#include <string.h>

#include "engine/engine.h"
#include "experiment/experiment.h"

/* ---- The axes of a sweep ---- */
/* Whether the table has that name, or the field's other one where it has two. */
static bool has_name(lua_State *L, int table, const char *name) {
  int layer, id = lur_field_find(name, &layer);
  const struct lur_field *f = id < 0 || layer ? NULL : &lur_fields[id];
  const char *other = !f ? name : strcmp(name, f->name) == 0 ? f->column : f->name;
  bool has = lua_getfield(L, table, name) != LUA_TNIL;
  has = lua_getfield(L, table, other) != LUA_TNIL || has;
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
static bool means_axis(lua_State *L, const char *name) {
  int field = lur_field_find(name, NULL);
  return lur_is_axis(L, -1) || (lua_istable(L, -1) && (field < 0 || (lur_fields[field].flags & LUR_AXIS)));
}

static void drop_axis(lua_State *L, int sweep, const char *name) {
  if (has_name(L, sweep, name))
    return;
  lua_pushboolean(L, 0);
  lua_setfield(L, sweep, name);
}

/* A name that an axis may have. */
static bool may_be_axis(const char *name) {
  int field = lur_field_find(name, NULL);
  if (strcmp(name, "stop") == 0)
    return false;
  return field < 0 || (lur_fields[field].flags & LUR_AXIS);
}

/* One override at the top level: the name and the value are on the top, and stay. Single values within stop and params
 * take axes away too. */
static void place(lua_State *L, int out, int sweep) {
  const char *name = lua_tostring(L, -2);
  bool is_axis = may_be_axis(name) && means_axis(L, name);
  if (!is_axis && may_be_axis(name))
    drop_axis(L, sweep, name);
  const char *prefix = strcmp(name, "stop") == 0 ? "stop_" : strcmp(name, "params") == 0 ? "" : NULL;
  const int value = lua_gettop(L);
  if (prefix && lua_istable(L, value))
    for (lua_pushnil(L); lua_next(L, value); lua_settop(L, value + 1))
      if (lua_type(L, value + 1) == LUA_TSTRING)
        drop_axis(L, sweep, lua_pushfstring(L, "%s%s", prefix, lua_tostring(L, value + 1)));
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

/* What the axes at `sweep` replace or take away is marked there as taken from the own axes of `fields`, by whatever
 * name and in zips. */
static void replace_axes(lua_State *L, int fields, int sweep) {
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

/* ---- What is set twice, by two of its names ---- */
const char *lur_push_meaning(lua_State *L, const char *name) {
  int layer, id = lur_field_find(name, &layer);
  if (id < 0)
    return lua_pushstring(L, name);
  return layer ? lua_pushfstring(L, "%s_%d", lur_fields[id].name, layer) : lua_pushstring(L, lur_fields[id].name);
}

/* What has been set: seen[meaning] = the path at which it stands. */
struct seen {
  lua_State *L;
  const struct lur_origin *origin;
  int at; /* stack */
};

static void fail_twice(struct seen *s, const char *path, const char *before) {
  char text[256];
  bool nested = strchr(path, '.') != NULL, swept = strncmp(path, "sweep.", 6) == 0;
  if (swept && strncmp(before, "sweep.", 6) != 0) {
    snprintf(text, sizeof text, "is set twice; %.100s is set beside it", before);
  } else if (!nested && strchr(before, '.')) {
    snprintf(text, sizeof text, "is set twice; %.100s is another name of it", path);
    path = before;
  } else {
    snprintf(text, sizeof text, "is another name of %.100s, which is set too", before);
  }
  lur_origin_raise(s->L, s->origin, path, text);
}

/* The path, on the stack, sets what `name` means. */
static void note(struct seen *s, const char *name, const char *path) {
  int top = lua_gettop(s->L);
  const char *meaning = lur_push_meaning(s->L, name);
  if (lua_getfield(s->L, s->at, meaning) == LUA_TSTRING)
    fail_twice(s, path, lua_tostring(s->L, -1));
  lua_pushstring(s->L, path);
  lua_setfield(s->L, s->at, meaning);
  lua_settop(s->L, top);
}

/* Notes the names in the table at `table`, each behind the prefix; paths are "of.name". */
static void note_nested(struct seen *s, int table, const char *of, const char *prefix) {
  lua_State *L = s->L;
  lur_push_names(L, table, LUR_BY_FIELDS);
  int names = lua_gettop(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_pushfstring(L, "%s%s", prefix, lua_tostring(L, -1));
    note(s, name, lua_pushfstring(L, "%s.%s", of, lua_tostring(L, names + 1)));
    lua_settop(L, names);
  }
  lua_pop(L, 1);
}

/* Under `sweep` stands an axis, for which a value beside `sweep` is what a single run has; or a single value, which is
 * that value itself; or false, which takes an axis away. */
static void note_swept(struct seen *s, int table, int sweep) {
  lua_State *L = s->L;
  struct seen own = {.L = L, .origin = s->origin};
  lua_newtable(L);
  own.at = lua_gettop(L);
  lur_push_names(L, sweep, LUR_BY_FIELDS);
  int names = lua_gettop(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1), *path = lua_pushfstring(L, "sweep.%s", name);
    note(&own, name, path);
    bool is_value = lua_getfield(L, sweep, name) != LUA_TTABLE && lua_type(L, -1) != LUA_TBOOLEAN;
    if (lua_getfield(L, s->at, lur_push_meaning(L, name)) == LUA_TSTRING) {
      const char *before = lua_tostring(L, -1);
      lua_getfield(L, table, before);
      if (is_value || means_axis(L, before))
        fail_twice(s, path, before);
    }
    lua_settop(L, names);
  }
  lua_settop(L, own.at - 1);
}

void lur_check_overrides(lua_State *L, int index, bool sweeps, const struct lur_origin *origin) {
  struct seen s = {.L = L, .origin = origin};
  index = lua_absindex(L, index);
  lur_need_stack(L, 20);
  lua_newtable(L);
  s.at = lua_gettop(L);
  lur_push_names(L, index, LUR_BY_FIELDS);
  int names = s.at + 1;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1);
    lua_getfield(L, index, name);
    if (strcmp(name, "stop") == 0 && lua_istable(L, -1))
      note_nested(&s, lua_gettop(L), name, "stop_");
    else if (strcmp(name, "params") == 0 && lua_istable(L, -1))
      note_nested(&s, lua_gettop(L), name, "");
    else if (strcmp(name, "stop") != 0 && strcmp(name, "sweep") != 0)
      note(&s, name, name);
    lua_settop(L, names);
  }
  if (sweeps && lua_getfield(L, index, "sweep") == LUA_TTABLE && !lur_is_axis(L, -1))
    note_swept(&s, index, lua_gettop(L));
  lua_settop(L, s.at - 1);
}

/* ---- Params have the script's type ---- */
/* The value on the top, written at `path`, for the param of that name among `params`. */
static void check_param(lua_State *L, int params, const char *name, const char *path, const struct lur_origin *origin) {
  const int value = lua_gettop(L), type = lua_type(L, value);
  if (lua_type(L, params) == LUA_TTABLE && lua_getfield(L, params, name) != LUA_TNIL && lua_type(L, -1) != type &&
      (type == LUA_TBOOLEAN || type == LUA_TNUMBER || type == LUA_TSTRING)) {
    const char *own = luaL_typename(L, -1);
    lur_origin_raise(L, origin, path,
                     lua_pushfstring(L, "%s is not a %s, as the script's value is", lur_push_found(L, value), own));
  }
  lua_settop(L, value);
}

void lur_check_param_types(lua_State *L, int over, int fields, const struct lur_origin *origin) {
  over = lua_absindex(L, over);
  lua_getfield(L, fields, "params");
  const int params = lua_gettop(L), names = params + 2;
  for (int nested = 0; nested < 2; nested++) {
    if (nested)
      lua_getfield(L, over, "params");
    else
      lua_pushvalue(L, over);
    if (!lua_istable(L, params + 1))
      break;
    lur_push_names(L, params + 1, LUR_BY_FIELDS);
    for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
      lua_rawgeti(L, names, i);
      const char *name = lua_tostring(L, -1), *path = lua_pushfstring(L, nested ? "params.%s" : "%s", name);
      lua_getfield(L, params + 1, name);
      check_param(L, params, name, path, origin);
      lua_settop(L, names);
    }
    lua_settop(L, params);
  }
  lua_settop(L, params - 1);
}

/* ---- Merging ---- */
static void clear(lua_State *L, int table, const char *name) {
  lua_pushnil(L);
  lua_setfield(L, table, name);
}

/* Sets name of the table at `into` to the value on the top, which is popped; tables of names are merged. */
static void merge_value(lua_State *L, int into, const char *name, bool merges) {
  int value = lua_gettop(L);
  if (merges && lua_istable(L, value) && lua_getfield(L, into, name) == LUA_TTABLE) {
    lur_push_table_copy(L, -1);
    for (lua_pushnil(L); lua_next(L, value); lua_pop(L, 1)) {
      lua_pushvalue(L, -2);
      lua_pushvalue(L, -2);
      lua_rawset(L, -5);
    }
    lua_setfield(L, into, name);
  } else {
    lua_pushvalue(L, value);
    lua_setfield(L, into, name);
  }
  lua_settop(L, value - 1);
}

static bool has_param(lua_State *L, int fields, const char *name) {
  int top = lua_gettop(L);
  bool has = lua_getfield(L, fields, "params") == LUA_TTABLE && lua_getfield(L, -1, name) != LUA_TNIL;
  lua_settop(L, top);
  return has || lur_declares_number(L, fields, name, NULL);
}

/* Clears what the override `name` says in other words: loss_function, stop_error, a single layer's number. */
static void clear_other_spellings(lua_State *L, int merged, const char *name) {
  int layer, id = lur_field_find(name, &layer), top = lua_gettop(L);
  if (id < 0 || layer)
    return;
  const struct lur_field *f = &lur_fields[id];
  if (strcmp(f->name, f->column) != 0)
    clear(L, merged, strcmp(name, f->name) == 0 ? f->column : f->name);
  if (strncmp(f->name, "stop_", 5) == 0 && lua_getfield(L, merged, "stop") == LUA_TTABLE) {
    lur_push_table_copy(L, -1);
    clear(L, lua_gettop(L), f->name + 5);
    lua_setfield(L, merged, "stop");
  }
  lua_settop(L, top);
  for (layer = 1; f->kind == LUR_K_LAYERED && layer <= LUR_MAX_LAYERS; layer++) {
    clear(L, merged, lua_pushfstring(L, "%s_%d", f->name, layer));
    lua_pop(L, 1);
  }
}

/* stop = { error = } takes the place of stop_error too; stop = false of all of them. The value is on the top. */
static void clear_flat_stops(lua_State *L, int merged) {
  int stop = lua_gettop(L);
  for (int id = LUR_F_STOP_ERROR; id <= LUR_F_STOP_WHEN; id++) {
    bool set = lua_istable(L, stop) && lua_getfield(L, stop, lur_fields[id].name + 5) != LUA_TNIL;
    if (set || !lua_istable(L, stop))
      clear(L, merged, lur_fields[id].name);
    lua_settop(L, stop);
  }
}

/* The value on the top, which is popped. */
static void merge_one(lua_State *L, int merged, const char *name) {
  if (lur_field_find(name, NULL) < 0 && strcmp(name, "stop") != 0 && has_param(L, merged, name)) {
    lua_newtable(L);
    lua_insert(L, -2);
    lua_setfield(L, -2, name);
    merge_value(L, merged, "params", true);
    return;
  }
  clear_other_spellings(L, merged, name);
  if (strcmp(name, "stop") == 0)
    clear_flat_stops(L, merged);
  bool axes = strcmp(name, "sweep") == 0 && lua_istable(L, -1) && !lur_is_axis(L, -1);
  if (axes) { /* what they replace goes from those there are */
    lur_push_table_copy(L, -1);
    replace_axes(L, merged, lua_gettop(L));
    lua_remove(L, -2);
  }
  merge_value(L, merged, name, axes || strcmp(name, "stop") == 0 || strcmp(name, "params") == 0);
}

void lur_push_merged(lua_State *L, int fields, int over) {
  over = lua_absindex(L, over);
  lur_push_table_copy(L, fields);
  int merged = lua_gettop(L), names = merged + 1;
  for (lua_pushnil(L); lua_next(L, over); lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING) { /* named as a mistake where the table is read */
      lua_pushvalue(L, -2);
      lua_pushvalue(L, -2);
      lua_rawset(L, merged);
    }
  lur_push_names(L, over, LUR_BY_FIELDS);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1);
    lua_getfield(L, over, name);
    merge_one(L, merged, name);
    lua_settop(L, names);
  }
  lua_settop(L, merged);
}

/* SPDX-License-Identifier: MIT
 * Overrides of an experiment: fields that take the place of its own. They are merged in the order of the field table, a
 * field's number for all layers before those of single layers, `stop` before stop_error, params before what is named
 * like one; never in the order of a Lua table, which changes from process to process. What says one thing twice is a
 * mistake, as it is in a script. */
#include <stdio.h>
#include <string.h>

#include "script/sweep_setup.h"

/* ---- Tables ---- */
void lur_push_table_copy(lua_State *L, int from) {
  from = lua_absindex(L, from);
  lua_newtable(L);
  if (!lua_istable(L, from))
    return;
  for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, -5);
  }
}

static void clear(lua_State *L, int table, const char *name) {
  lua_pushnil(L);
  lua_setfield(L, table, name);
}

/* `stop` and a param's name have no field of their own. */
static int rank_of(const char *name) {
  enum { BETWEEN = 2, A_FIELD = BETWEEN * (LUR_MAX_LAYERS + 1) };
  int layer, id = lur_field_find(name, &layer);
  if (strcmp(name, "stop") == 0)
    return A_FIELD * LUR_F_STOP_ERROR - 1;
  return id < 0 ? A_FIELD * LUR_N_FIELDS : A_FIELD * id + BETWEEN * layer;
}

bool lur_is_merged_before(const char *a, const char *b) {
  int x = rank_of(a), y = rank_of(b);
  return x != y ? x < y : strcmp(a, b) < 0;
}

/* ---- Twice ---- */
/* Pushes what the name means: one text for all spellings. */
static const char *push_meaning(lua_State *L, const char *name) {
  int layer, id = lur_field_find(name, &layer);
  if (id < 0)
    return lua_pushfstring(L, "params.%s", name);
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
  const char *meaning = push_meaning(s->L, name);
  if (lua_getfield(s->L, s->at, meaning) == LUA_TSTRING)
    fail_twice(s, path, lua_tostring(s->L, -1));
  lua_pushstring(s->L, path);
  lua_setfield(s->L, s->at, meaning);
  lua_settop(s->L, top);
}

/* Notes the names in the table at `table`, each behind the prefix; paths are "of.name". */
static void note_nested(struct seen *s, int table, const char *of, const char *prefix) {
  lua_State *L = s->L;
  lur_push_names(L, table, lur_is_merged_before);
  int names = lua_gettop(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_pushfstring(L, "%s%s", prefix, lua_tostring(L, -1));
    note(s, name, lua_pushfstring(L, "%s.%s", of, lua_tostring(L, names + 1)));
    lua_settop(L, names);
  }
  lua_pop(L, 1);
}

static void note_field(struct seen *s, const char *name) {
  if (strcmp(name, "sweep") == 0)
    return;
  if (strcmp(name, "stop") == 0 && lua_istable(s->L, -1))
    note_nested(s, lua_gettop(s->L), name, "stop_");
  else if (strcmp(name, "params") == 0 && lua_istable(s->L, -1))
    note_nested(s, lua_gettop(s->L), name, "");
  else if (strcmp(name, "stop") != 0)
    note(s, name, name);
}

/* Under `sweep` stands an axis, for which a value beside `sweep` is what a single run has; or a single value, which is
 * that value itself; or false, which takes an axis away. */
static void note_swept(struct seen *s, int table, int sweep) {
  lua_State *L = s->L;
  struct seen own = {.L = L, .origin = s->origin};
  lua_newtable(L);
  own.at = lua_gettop(L);
  lur_push_names(L, sweep, lur_is_merged_before);
  int names = lua_gettop(L);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1), *path = lua_pushfstring(L, "sweep.%s", name);
    note(&own, name, path);
    bool is_value = lua_getfield(L, sweep, name) != LUA_TTABLE && lua_type(L, -1) != LUA_TBOOLEAN;
    if (lua_getfield(L, s->at, push_meaning(L, name)) == LUA_TSTRING) {
      const char *before = lua_tostring(L, -1);
      lua_getfield(L, table, before);
      if (is_value || lur_means_axis(L, before))
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
  lur_push_names(L, index, lur_is_merged_before);
  int names = s.at + 1;
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1);
    lua_getfield(L, index, name);
    note_field(&s, name);
    lua_settop(L, names);
  }
  if (sweeps && lua_getfield(L, index, "sweep") == LUA_TTABLE && !lur_is_axis(L, -1))
    note_swept(&s, index, lua_gettop(L));
  lua_settop(L, s.at - 1);
}

/* ---- Merging ---- */
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
  return has;
}

static void clear_stop(lua_State *L, int merged, const char *name) {
  if (lua_getfield(L, merged, "stop") == LUA_TTABLE) {
    lur_push_table_copy(L, -1);
    clear(L, lua_gettop(L), name);
    lua_setfield(L, merged, "stop");
  }
  lua_pop(L, 1);
}

/* Clears what the override `name` says in other words: loss_function, stop_error, a single layer's number. */
static void clear_other_spellings(lua_State *L, int merged, const char *name) {
  int layer, id = lur_field_find(name, &layer);
  if (id < 0 || layer)
    return;
  const struct lur_field *f = &lur_fields[id];
  if (strcmp(f->name, f->column) != 0)
    clear(L, merged, strcmp(name, f->name) == 0 ? f->column : f->name);
  if (strncmp(f->name, "stop_", 5) == 0)
    clear_stop(L, merged, f->name + 5);
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

/* What the axes on the top replace goes from those there are; they themselves are popped, and merged. */
static void merge_axes(lua_State *L, int merged) {
  lur_push_table_copy(L, -1);
  lur_replace_axes(L, merged, lua_gettop(L));
  lua_remove(L, -2);
  merge_value(L, merged, "sweep", true);
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
  if (strcmp(name, "sweep") == 0 && lua_istable(L, -1) && !lur_is_axis(L, -1))
    merge_axes(L, merged);
  else
    merge_value(L, merged, name, strcmp(name, "stop") == 0 || strcmp(name, "params") == 0);
}

/* What has no name is named as a mistake where the table is read. */
static void copy_nameless(lua_State *L, int from, int to) {
  for (lua_pushnil(L); lua_next(L, from); lua_pop(L, 1)) {
    if (lua_type(L, -2) == LUA_TSTRING)
      continue;
    lua_pushvalue(L, -2);
    lua_pushvalue(L, -2);
    lua_rawset(L, to);
  }
}

void lur_push_merged(lua_State *L, int fields, int over) {
  over = lua_absindex(L, over);
  lur_push_table_copy(L, fields);
  int merged = lua_gettop(L), names = merged + 1;
  copy_nameless(L, over, merged);
  lur_push_names(L, over, lur_is_merged_before);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, names); i <= n; i++) {
    lua_rawgeti(L, names, i);
    const char *name = lua_tostring(L, -1);
    lua_getfield(L, over, name);
    merge_one(L, merged, name);
    lua_settop(L, names);
  }
  lua_settop(L, merged);
}

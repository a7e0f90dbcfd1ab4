/* SPDX-License-Identifier: MIT
 * Tables as arguments of the primitives: their fields, with defaults and ranges. Each reader leaves the stack as it
 * was, or raises. */
#include <stdlib.h>
#include <string.h>

#include "engine/engine.h"
#include "module/module.h"
#include "sweep/entry.h"
#include "sweep/library.h"
#include "sweep/shortcuts.h"

bool lur_is_one_of(const char *word, const char *const *words) {
  for (; *words; words++)
    if (strcmp(word, *words) == 0)
      return true;
  return false;
}

struct name {
  int rank; /* names of one rank are by the alphabet */
  const char *text;
  lua_Integer at; /* in the list that holds it */
};

/* `stop` and a param's name have no field of their own. */
static int rank_of(const char *name) {
  enum { BETWEEN = 2, A_FIELD = BETWEEN * (LUR_MAX_LAYERS + 1) };
  int layer, id = lur_field_find(name, &layer);
  if (strcmp(name, "stop") == 0)
    return A_FIELD * LUR_F_STOP_ERROR - 1;
  return id < 0 ? A_FIELD * LUR_N_FIELDS : A_FIELD * id + BETWEEN * layer;
}

static int compare_names(const void *one, const void *other) {
  const struct name *a = one, *b = other;
  return a->rank != b->rank ? (a->rank < b->rank ? -1 : 1) : strcmp(a->text, b->text);
}

/* Pushes a list of the keys that are texts. */
static lua_Integer push_keys(lua_State *L, int index) {
  lua_Integer n = 0;
  index = lua_absindex(L, index);
  lua_newtable(L);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      continue;
    lua_pushvalue(L, -2);
    lua_rawseti(L, -4, ++n);
  }
  return n;
}

void lur_push_names(lua_State *L, int index, enum lur_names_order order) {
  const lua_Integer n = push_keys(L, index);
  const int keys = lua_gettop(L);
  struct name *names = lua_newuserdatauv(L, (size_t)n * sizeof *names, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, keys, i + 1);
    const char *text = lua_tostring(L, -1);
    names[i] = (struct name){order == LUR_BY_FIELDS ? rank_of(text) : 0, text, i + 1};
    lua_pop(L, 1);
  }
  qsort(names, (size_t)n, sizeof *names, compare_names);
  lua_createtable(L, (int)n, 0);
  for (lua_Integer i = 0; i < n; i++) {
    lua_rawgeti(L, keys, names[i].at);
    lua_rawseti(L, -2, i + 1);
  }
  lua_replace(L, keys);
  lua_settop(L, keys);
}

const char *lur_push_stray(lua_State *L, int index) {
  const bool is_table = lua_type(L, index) == LUA_TTABLE;
  index = lua_absindex(L, index);
  const lua_Integer n = is_table ? (lua_Integer)lua_rawlen(L, index) : 0;
  lua_pushnil(L);
  const int least = lua_gettop(L);
  for (lua_pushnil(L); is_table && lua_next(L, index); lua_settop(L, least + 1)) {
    if (lua_isinteger(L, -2) && lua_tointeger(L, -2) >= 1 && lua_tointeger(L, -2) <= n)
      continue;
    const char *key = luaL_tolstring(L, least + 1, NULL);
    key = lua_type(L, least + 1) == LUA_TSTRING ? key : lua_pushfstring(L, "[%s]", key);
    if (lua_isnil(L, least) || strcmp(key, lua_tostring(L, least)) < 0)
      lua_copy(L, -1, least);
  }
  lua_settop(L, least);
  return lua_tostring(L, least);
}

void lur_check_names(lua_State *L, int index, const char *const *names) {
  int top = lua_gettop(L);
  index = lua_absindex(L, index);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "a field without a name: %s; write name = value", lur_push_found(L, -1));
  lur_push_names(L, index, LUR_BY_ALPHABET);
  for (lua_Integer i = 1, n = (lua_Integer)lua_rawlen(L, top + 1); i <= n; i++) {
    lua_rawgeti(L, top + 1, i);
    if (!lur_is_one_of(lua_tostring(L, -1), names))
      lur_raise_unknown(L, lua_tostring(L, -1), names);
    lua_pop(L, 1);
  }
  lua_settop(L, top);
}

double lur_number_field(lua_State *L, int index, const char *name, double otherwise) {
  int type = lua_getfield(L, index, name);
  double x = type == LUA_TNUMBER ? lua_tonumber(L, -1) : otherwise;
  if (type != LUA_TNUMBER && type != LUA_TNIL)
    lur_raise_field(L, name, "%s is not a number", lur_push_found(L, -1));
  lua_pop(L, 1);
  return x;
}

lua_Integer lur_integer_field(lua_State *L, int index, const char *name, lua_Integer otherwise, lua_Integer min,
                              lua_Integer max) {
  int type = lua_getfield(L, index, name), is_whole = 0;
  lua_Integer x = type == LUA_TNUMBER ? lua_tointegerx(L, -1, &is_whole) : otherwise;
  if (type != LUA_TNIL && (!is_whole || x < min || x > max))
    lur_raise_field(L, name, "%s is not a whole number from %lld to %lld", lur_push_found(L, -1), (long long)min,
                    (long long)max);
  lua_pop(L, 1);
  return x;
}

bool lur_boolean_field(lua_State *L, int index, const char *name, bool otherwise) {
  int type = lua_getfield(L, index, name);
  bool x = type == LUA_TBOOLEAN ? lua_toboolean(L, -1) : otherwise;
  if (type != LUA_TBOOLEAN && type != LUA_TNIL)
    lur_raise_field(L, name, "%s is not true or false", lur_push_found(L, -1));
  lua_pop(L, 1);
  return x;
}

/* Whether the value is a function, or a name of the library's, where a field of an experiment would take it. */
static bool is_for_experiments(lua_State *L, int index, const char *name) {
  const int id = lur_field_find(name, NULL), type = lua_type(L, index);
  if (id < 0 || !(lur_fields[id].flags & LUR_FUNCTION))
    return false;
  return type == LUA_TFUNCTION || type == LUA_TUSERDATA || type == LUA_TTABLE ||
         (type == LUA_TSTRING && lur_library_find(lur_fields[id].role, lua_tostring(L, index)));
}

int lur_choice_field(lua_State *L, int index, const char *name, const char *const *choices, int otherwise) {
  int type = lua_getfield(L, index, name), at = otherwise;
  if (type == LUA_TSTRING)
    for (at = 0; choices[at] && strcmp(choices[at], lua_tostring(L, -1)) != 0; at++)
      ;
  if (type != LUA_TNIL && (type != LUA_TSTRING || !choices[at])) {
    char hint[LUR_WORD_ROOM] = "";
    const char *found = lur_push_found(L, -1);
    const char *join = type == LUA_TSTRING && lur_word_explain(name, choices, lua_tostring(L, -2), hint) ? "; " : "";
    if (is_for_experiments(L, -2, name))
      lur_raise_field(
          L, name,
          "%s is no built-in one, which alone are taken here; with others write luron.experiment { %s = ..., "
          "epochs = 0 }:run().network",
          found, name);
    lur_raise_field(L, name, "%s is not one of %s%s%s", found, lur_push_joined(L, choices), join, hint);
  }
  lua_pop(L, 1);
  return at;
}

/* ---- Lists of numbers ---- */
void lur_read_list(lua_State *L, int index, const char *name, int n, double *out) {
  int type = lua_type(L, index);
  index = lua_absindex(L, index);
  if (type == LUA_TNUMBER && n == 1) {
    *out = lua_tonumber(L, index);
    return;
  }
  bool is_list = type == LUA_TTABLE || type == LUA_TUSERDATA;
  if (!is_list && n == 1)
    lur_raise_field(L, name, "%s is neither a number nor a list of one", lur_push_found(L, index));
  if (!is_list)
    lur_raise_field(L, name, "%s is not a list of %d numbers", lur_push_found(L, index), n);
  lua_Integer found = type == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, index) : luaL_len(L, index);
  if (found != n)
    lur_raise_field(L, name, "%lld %s given, but it takes %d", (long long)found, found == 1 ? "number" : "numbers", n);
  for (int i = 0; i < n; i++) {
    if (lua_geti(L, index, i + 1) != LUA_TNUMBER)
      lur_raise_field(L, name, "element %d is %s, not a number", i + 1, lur_push_found(L, -1));
    out[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
}

bool lur_holds_lists(lua_State *L, int index) {
  int type = lua_type(L, index);
  if (type != LUA_TTABLE && type != LUA_TUSERDATA)
    return false;
  type = lua_geti(L, index, 1);
  lua_pop(L, 1);
  return type == LUA_TTABLE || type == LUA_TUSERDATA;
}

void lur_push_list(lua_State *L, const double *from, int n) {
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    lua_pushnumber(L, from[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

void lur_push_classes(lua_State *L, char *const *classes, int n) {
  if (n == 0) {
    lua_pushnil(L);
    return;
  }
  lua_createtable(L, n, 0);
  for (int k = 0; k < n; k++) {
    lua_pushstring(L, classes[k]);
    lua_rawseti(L, -2, k + 1);
  }
}

void lur_check_table(lua_State *L, const char *what, const char *example) {
  if (lua_type(L, 1) != LUA_TTABLE)
    luaL_error(L, "%s: a table of fields expected, but found %s; write luron.%s %s", what, lur_push_found(L, 1), what,
               example);
}

/* { {0, 2}, {1, 3} }: pairs of layers. */
static void push_shortcuts(lua_State *L, const struct lur_value *v) {
  lua_newtable(L);
  for (int from = -1, to = 1; lur_shortcuts_next(v, &from, &to);) {
    lua_createtable(L, 2, 0);
    lua_pushinteger(L, from);
    lua_rawseti(L, -2, 1);
    lua_pushinteger(L, to);
    lua_rawseti(L, -2, 2);
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
  }
}

void lur_push_value(lua_State *L, const struct lur_field *f, const struct lur_value *v) {
  switch (v->kind) {
  case LUR_V_BOOL: lua_pushboolean(L, v->as.truth); return;
  case LUR_V_INTEGER: lua_pushinteger(L, v->as.integer); return;
  case LUR_V_NUMBER: lua_pushnumber(L, v->as.number); return;
  case LUR_V_CHOICE: lua_pushstring(L, f->choices[v->as.integer]); return;
  case LUR_V_ENTRY: lua_pushstring(L, v->as.entry->name); return;
  case LUR_V_LIST:
    f->kind == LUR_K_SHORTCUTS ? push_shortcuts(L, v) : lur_push_list(L, v->as.list.at, v->as.list.n);
    return;
  case LUR_V_ABSENT: break;
  }
  lua_pushnil(L);
}

/* ---- Values ---- */
struct lur_value lur_plain_value(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TBOOLEAN)
    return (struct lur_value){.kind = LUR_V_BOOL, .as.truth = lua_toboolean(L, index)};
  if (lua_type(L, index) != LUA_TNUMBER)
    return (struct lur_value){.kind = LUR_V_ABSENT};
  if (lua_isinteger(L, index))
    return (struct lur_value){.kind = LUR_V_INTEGER, .as.integer = lua_tointeger(L, index)};
  return (struct lur_value){.kind = LUR_V_NUMBER, .as.number = lua_tonumber(L, index)};
}

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

bool lur_is_list(lua_State *L, int index) {
  if (lua_type(L, index) == LUA_TTABLE)
    return true;
  if (lua_type(L, index) != LUA_TUSERDATA || luaL_getmetafield(L, index, "__len") == LUA_TNIL)
    return false;
  lua_pop(L, 1);
  return true;
}

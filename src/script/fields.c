/* SPDX-License-Identifier: MIT
 * Tables as arguments of the primitives: their fields, with defaults and ranges. Each reader leaves the stack as it
 * was, or raises. */
#include <string.h>

#include "script/internal.h"
#include "sweep/field.h"

bool lur_is_one_of(const char *word, const char *const *words) {
  for (; *words; words++)
    if (strcmp(word, *words) == 0)
      return true;
  return false;
}

static bool is_before(const char *a, const char *b) {
  return strcmp(a, b) < 0;
}

void lur_push_names(lua_State *L, int index, lur_names_before *before) {
  index = lua_absindex(L, index);
  lua_newtable(L);
  int list = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1)) {
    if (lua_type(L, -2) != LUA_TSTRING)
      continue;
    lua_Integer at = (lua_Integer)lua_rawlen(L, list) + 1;
    for (; at > 1; at--) {
      lua_rawgeti(L, list, at - 1);
      if ((before ? before : is_before)(lua_tostring(L, -1), lua_tostring(L, -3))) {
        lua_pop(L, 1);
        break;
      }
      lua_rawseti(L, list, at);
    }
    lua_pushvalue(L, -2);
    lua_rawseti(L, list, at);
  }
}

void lur_check_names(lua_State *L, int index, const char *const *names) {
  int top = lua_gettop(L);
  index = lua_absindex(L, index);
  for (lua_pushnil(L); lua_next(L, index); lua_pop(L, 1))
    if (lua_type(L, -2) != LUA_TSTRING)
      luaL_error(L, "a field without a name: %s; write name = value", lur_push_found(L, -1));
  lur_push_names(L, index, NULL);
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

static const char *push_choices(lua_State *L, const char *const *choices) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (int i = 0; choices[i]; i++) {
    luaL_addstring(&b, i ? " " : "");
    luaL_addstring(&b, choices[i]);
  }
  luaL_pushresult(&b);
  return lua_tostring(L, -1);
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
    lur_raise_field(L, name, "%s is not one of %s%s%s", found, push_choices(L, choices), join, hint);
  }
  lua_pop(L, 1);
  return at;
}

/* ---- Lists of numbers ---- */
static double read_element(lua_State *L, int index, const char *name, int i) {
  lua_geti(L, index, i + 1);
  if (lua_type(L, -1) != LUA_TNUMBER)
    lur_raise_field(L, name, "element %d is %s, not a number", i + 1, lur_push_found(L, -1));
  double x = lua_tonumber(L, -1);
  lua_pop(L, 1);
  return x;
}

static int raise_list(lua_State *L, int index, const char *name, int n) {
  const char *found = lur_push_found(L, index);
  if (n == 1)
    return lur_raise_field(L, name, "%s is neither a number nor a list of one", found);
  return lur_raise_field(L, name, "%s is not a list of %d numbers", found, n);
}

/* A list without a metatable: no metamethod to ask. False where an element is no number. */
static bool read_plain(lua_State *L, int index, int n, double *out) {
  bool good = true;
  for (int i = 0; good && i < n; i++) {
    good = lua_rawgeti(L, index, i + 1) == LUA_TNUMBER;
    out[i] = lua_tonumber(L, -1);
    lua_pop(L, 1);
  }
  return good;
}

void lur_read_list(lua_State *L, int index, const char *name, int n, double *out) {
  int type = lua_type(L, index);
  index = lua_absindex(L, index);
  if (type == LUA_TNUMBER && n == 1) {
    *out = lua_tonumber(L, index);
    return;
  }
  if (type != LUA_TTABLE && type != LUA_TUSERDATA)
    raise_list(L, index, name, n);
  lua_Integer found = type == LUA_TTABLE ? (lua_Integer)lua_rawlen(L, index) : luaL_len(L, index);
  if (found != n)
    lur_raise_field(L, name, "%lld %s given, but it takes %d", (long long)found, found == 1 ? "number" : "numbers", n);
  if (type == LUA_TTABLE && read_plain(L, index, n, out))
    return;
  for (int i = 0; i < n; i++)
    out[i] = read_element(L, index, name, i);
}

void lur_push_list(lua_State *L, const double *from, int n) {
  lua_createtable(L, n, 0);
  for (int i = 0; i < n; i++) {
    lua_pushnumber(L, from[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

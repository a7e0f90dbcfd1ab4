/* SPDX-License-Identifier: MIT
 * Functions in C go by the name of the table that has them. */
#include "experiment/c_functions.h"

#include <string.h>

#include "module/module.h"

bool lur_is_known_function(lua_State *L) {
  static const char *const globals[] = {"require", "print", "load", "loadfile", "dofile", NULL};
  const int function = lua_gettop(L);
  bool known = false;
  lua_pushglobaltable(L); /* without its metamethods, which may refuse what is not there */
  for (int i = 0; globals[i] && !known; i++) {
    lua_pushstring(L, globals[i]);
    lua_rawget(L, function + 1);
    known = lua_rawequal(L, function, -1);
    lua_pop(L, 1);
  }
  lua_settop(L, function);
  lua_pushvalue(L, LUA_REGISTRYINDEX);
  for (lua_pushnil(L); !known && lua_next(L, function + 1); lua_settop(L, function + 2)) {
    if (lua_type(L, function + 2) != LUA_TSTRING || strncmp(lua_tostring(L, function + 2), "luron.", 6) != 0 ||
        !lua_istable(L, function + 3))
      continue;
    for (lua_pushnil(L); !known && lua_next(L, function + 3); lua_settop(L, function + 4))
      known = lua_rawequal(L, function, function + 5);
  }
  lua_settop(L, function);
  return known;
}

void lur_name_functions(lua_State *L, int names, bool within) {
  int table = lua_gettop(L), value = table + 2;
  for (lua_pushnil(L); lua_next(L, table); lua_settop(L, table + 1)) {
    if (lua_type(L, table + 1) != LUA_TSTRING)
      continue;
    const char *name = lua_pushfstring(L, "%s.%s", lua_tostring(L, table - 1), lua_tostring(L, table + 1));
    lua_pushvalue(L, value);
    if (within && lua_istable(L, value))
      lur_name_functions(L, names, false);
    if (!lua_iscfunction(L, value))
      continue;
    if (lua_rawget(L, names) == LUA_TNIL || strcmp(name, lua_tostring(L, -1)) < 0) {
      lua_pushvalue(L, value);
      lua_pushvalue(L, value + 1);
      lua_rawset(L, names);
    }
  }
}

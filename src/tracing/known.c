/* SPDX-License-Identifier: MIT
 * What is known of functions in C: which take symbols, and which are not called while a function is traced, and why. */
#include "tracing/trace.h"

/* A table from functions to true (it takes symbols) or to a text (why it is not called). */
static void push_known(lua_State *L) {
  luaL_getsubtable(L, LUA_REGISTRYINDEX, "luron.known");
}

void lur_allow(lua_State *L, int index) {
  index = lua_absindex(L, index);
  push_known(L);
  lua_pushvalue(L, index);
  lua_pushboolean(L, true);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

void lur_refuse(lua_State *L, int index, const char *why) {
  index = lua_absindex(L, index);
  push_known(L);
  lua_pushvalue(L, index);
  lua_pushstring(L, why);
  lua_rawset(L, -3);
  lua_pop(L, 1);
}

void lur_allow_all(lua_State *L) {
  const int table = lua_gettop(L);
  for (lua_pushnil(L); lua_istable(L, table) && lua_next(L, table); lua_pop(L, 1))
    if (lua_iscfunction(L, -1))
      lur_allow(L, -1);
  lua_settop(L, table - 1);
}

void lur_allow_class(lua_State *L, const char *name) {
  luaL_getmetatable(L, name);
  lur_allow_all(L);
}

const char *lur_push_known(lua_State *L, int index, bool *takes) {
  index = lua_absindex(L, index);
  push_known(L);
  lua_pushvalue(L, index);
  const int type = lua_rawget(L, -2);
  lua_remove(L, -2);
  *takes = type == LUA_TBOOLEAN;
  return type == LUA_TSTRING ? lua_tostring(L, -1) : NULL;
}

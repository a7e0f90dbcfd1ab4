/* SPDX-License-Identifier: MIT
 * math.random begins the same way each time a script is run: a sweep is found again by what defines it, and a script
 * whose data are drawn anew would make another one each time. */
#include <stdio.h>

#include "module/module.h"

enum { SEED = 1 };

/* Upvalue 1: the library's own; 2: whether it was said. */
static int randomseed(lua_State *L) {
  if (lua_gettop(L) == 0 && !lua_toboolean(L, lua_upvalueindex(2))) {
    luaL_where(L, 1);
    fprintf(stderr,
            "%smath.randomseed() takes another seed each time, and data drawn by it make another sweep; write"
            " math.randomseed(1)\n",
            lua_tostring(L, -1));
    lua_settop(L, 0);
    lua_pushboolean(L, true);
    lua_replace(L, lua_upvalueindex(2));
  }
  int n = lua_gettop(L);
  for (int i = 1; i <= n && i <= 2; i++)
    luaL_checknumber(L, i);
  return lur_call_wrapped(L);
}

void lur_keep_randomseed(lua_State *L) {
  lua_getglobal(L, LUA_MATHLIBNAME);
  lua_getfield(L, -1, "randomseed");
  lua_setfield(L, LUA_REGISTRYINDEX, "luron.randomseed");
  lua_pop(L, 1);
}

void lur_open_randomseed(lua_State *L) {
  lur_keep_randomseed(L);
  lua_getglobal(L, LUA_MATHLIBNAME);
  lua_getfield(L, -1, "randomseed");
  lua_pushvalue(L, -1);
  lua_pushinteger(L, SEED);
  lua_call(L, 1, 0);
  lua_pushboolean(L, false);
  lua_pushcclosure(L, randomseed, 2);
  lua_setfield(L, -2, "randomseed");
  lua_pop(L, 1);
}

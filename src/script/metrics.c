/* SPDX-License-Identifier: MIT
 * Functions as metrics: one answer for run, sweep, replay and verify. A metric is a finite number (true is 1, false 0)
 * or none; anything else, and an error, is a text that says what is wrong, and leaves the other metrics alone. */
#include <math.h>

#include "script/experiment.h"

/* The result on the top becomes a number or nil; else a text, and false. */
static bool settle(lua_State *L, const char *name) {
  int at = lua_gettop(L), type = lua_type(L, at);
  bool good = type == LUA_TNIL || type == LUA_TNUMBER || type == LUA_TBOOLEAN;
  if (type == LUA_TBOOLEAN)
    lua_pushinteger(L, lua_toboolean(L, at));
  else if (type == LUA_TNUMBER && !isfinite(lua_tonumber(L, at)))
    lua_pushnil(L);
  else if (!good)
    lua_pushfstring(L, "metrics.%s: returned %s, but a number is expected", name, lur_push_found(L, at));
  if (lua_gettop(L) > at)
    lua_replace(L, at);
  lua_settop(L, at);
  return good;
}

bool lur_push_metric(lua_State *L, int run, int functions, const char *name) {
  int at = lua_gettop(L) + 1;
  lua_pushcfunction(L, lur_explain);
  lua_getfield(L, functions, name);
  lua_pushvalue(L, run);
  bool good = lua_pcall(L, 1, 1, at) == LUA_OK && settle(L, name);
  lua_replace(L, at);
  return good;
}

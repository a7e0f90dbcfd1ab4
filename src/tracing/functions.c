/* SPDX-License-Identifier: MIT
 * The activations as functions of one number: luron.sigmoid(0). Each is a closure over its number in the engine's
 * table; softmax, which is not a function of one number, is left out. */
#include "tracing/tracing.h"

static int activate(lua_State *L) {
  lua_pushnumber(L, lur_activate((enum lur_activation)lua_tointeger(L, lua_upvalueindex(1)), luaL_checknumber(L, 1)));
  return 1;
}

void lur_open_functions(lua_State *L) {
  for (int i = 0; i < LUR_N_ACTIVATIONS; i++) {
    if (i == LUR_SOFTMAX)
      continue;
    lua_pushinteger(L, i);
    lua_pushcclosure(L, activate, 1);
    lua_setfield(L, -2, lur_activation_names[i]);
  }
}

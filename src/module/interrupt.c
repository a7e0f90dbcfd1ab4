/* SPDX-License-Identifier: MIT
 * A signal stops a script by a count hook on its state: it stays, so that the script's own pcall cannot swallow it. */
#include "module/module.h"

static void stop_script(lua_State *L, lua_Debug *at) {
  lua_getinfo(L, "Sl", at);
  if (at->currentline > 0)
    luaL_error(L, "%s:%d: interrupted", at->short_src, at->currentline);
  luaL_error(L, "interrupted");
}

void lur_interrupt_pause(lua_State *L) {
  lua_sethook(L, NULL, 0, 0);
}

void lur_interrupt_resume(void *state) {
  lua_sethook(state, stop_script, LUA_MASKCALL | LUA_MASKRET | LUA_MASKLINE | LUA_MASKCOUNT, 1);
}

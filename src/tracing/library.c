/* SPDX-License-Identifier: MIT
 * Entries of the library as values: each text is run where its name is first asked for. */
#include "sweep/library.h"

#include <string.h>

#include "tracing/tracing.h"

/* `require` of an entry's file: the module, whatever the script has made of its own `require`. */
static int push_module(lua_State *L) {
  lua_settop(L, 0);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  if (lua_getfield(L, -1, "luron") == LUA_TTABLE)
    return 1;
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_getfield(L, -1, "luron");
  lua_call(L, 0, 1);
  lua_pushvalue(L, -1);
  lua_setfield(L, 1, "luron");
  return 1;
}

/* Pushes what the file may use: the module and `math`. */
static void push_environment(lua_State *L) {
  lua_createtable(L, 0, 2);
  lua_pushcfunction(L, push_module);
  lua_setfield(L, -2, "require");
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, LUA_MATHLIBNAME);
  lua_setfield(L, -3, "math");
  lua_pop(L, 1);
}

void lur_push_library(lua_State *L, const struct lur_library_entry *entry) {
  luaL_checkstack(L, 8, NULL);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, "luron.library"); /* values by their entries */
  if (lua_rawgetp(L, -1, entry) == LUA_TNIL) {
    lua_pop(L, 1);
    lua_pushfstring(L, "=library/luron/%s.lua", entry->name);
    if (luaL_loadbufferx(L, entry->text, strlen(entry->text), lua_tostring(L, -1), "t") != LUA_OK)
      lua_error(L);
    push_environment(L);
    lua_setupvalue(L, -2, 1);
    lua_call(L, 0, 1);
    lua_remove(L, -2);
    lua_pushvalue(L, -1);
    lua_rawsetp(L, -3, entry);
  }
  lua_remove(L, -2);
}

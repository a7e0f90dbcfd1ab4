/* SPDX-License-Identifier: MIT
 * luron.so, for the Lua that a system has: `require "luron"` in a script that lua5.4 runs. What the host is elsewhere
 * is a userdata here, which is freed with the state. No global is changed: functions of math take symbols only while a
 * function is traced, and signals are taken only while an experiment trains. Files that a script reads by io.open are
 * not noted, math.random is not seeded, and what the script returns is nobody's. */
#include <string.h>

#include "host/host.h"
#include "session/read_files.h"

struct stock {
  struct lur_script host;
  struct lur_script_options options;
  char path[LUR_PATH_BYTES];
};

static int free_stock(lua_State *L) {
  struct stock *s = lua_touserdata(L, 1);
  lur_files_free(s->host.files);
  s->host.files = NULL;
  return 0;
}

/* `lua5.4 FILE` has set arg: the file at 0, and before it the interpreter, which is at 0 where there is no file. */
static void find_script(lua_State *L, char path[LUR_PATH_BYTES]) {
  const int top = lua_gettop(L);
  strcpy(path, "-");
  lua_pushglobaltable(L); /* without its metamethods, which may refuse what is not there */
  lua_pushliteral(L, "arg");
  if (lua_rawget(L, -2) == LUA_TTABLE && lua_rawgeti(L, -1, -1) == LUA_TSTRING &&
      lua_rawgeti(L, -2, 0) == LUA_TSTRING && strlen(lua_tostring(L, -1)) < LUR_PATH_BYTES)
    strcpy(path, lua_tostring(L, -1));
  lua_settop(L, top);
}

static void make_host(lua_State *L) {
  struct stock *s = lua_newuserdatauv(L, sizeof *s, 0);
  memset(s, 0, sizeof *s);
  find_script(L, s->path);
  s->options.path = s->path;
  s->host.options = &s->options;
  s->host.borrows_signals = true;
  lua_createtable(L, 0, 1);
  lua_pushcfunction(L, free_stock);
  lua_setfield(L, -2, "__gc");
  lua_setmetatable(L, -2);
  lur_set_script(L);
}

int luaopen_luron(lua_State *L);
__attribute__((visibility("default"))) int luaopen_luron(lua_State *L) {
  luaL_checkversion(L);
  make_host(L);
  lur_keep_randomseed(L);
  return lur_open_module(L);
}

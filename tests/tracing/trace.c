/* SPDX-License-Identifier: MIT
 * A small host for the tests of tracing: luron's functions and makers, and beside them
 *   trace(role, f[, params]) -> the text of the program, or an error as a script gets it
 *   name(role, f)            -> what the function is called in columns
 * With --stock it is a Lua that has not exchanged the functions of math before the script begins.
 *
 * usage: trace [--stock] SCRIPT */
#include <stdio.h>
#include <string.h>

#include "tracing/tracing.h"

static enum lur_role check_role(lua_State *L) {
  return (enum lur_role)luaL_checkoption(L, 1, NULL, lur_role_names);
}

static const struct lur_program *push_traced(lua_State *L) {
  const enum lur_role role = check_role(L);
  struct lur_trace t;
  lua_settop(L, 3);
  lur_push_trace(L, 2, role, lur_role_names[role], lua_istable(L, 3) ? 3 : 0, &t);
  return lur_push_traced(L, &t);
}

static int f_trace(lua_State *L) {
  struct lur_buffer text = {0};
  lur_program_write(push_traced(L), &text);
  lua_pushlstring(L, text.data, text.length_bytes);
  lur_buffer_free(&text);
  return 1;
}

static int f_name(lua_State *L) {
  lur_push_function_name(L, 2, push_traced(L));
  return 1;
}

static int open_luron(lua_State *L) {
  lua_newtable(L);
  lur_open_functions(L);
  lur_open_random(L);
  lur_open_makers(L);
  lua_pushcfunction(L, f_trace);
  lua_setfield(L, -2, "trace");
  lua_pushcfunction(L, f_name);
  lua_setfield(L, -2, "name");
  return 1;
}

/* Upvalue 1: the script's path; 2: the Lua is one without the host; 3: the words behind the script's. */
static int run(lua_State *L) {
  const char *path = lua_tostring(L, lua_upvalueindex(1));
  luaL_openlibs(L);
  if (!lua_toboolean(L, lua_upvalueindex(2)))
    lur_open_math(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, open_luron);
  lua_setfield(L, -2, "luron");
  lua_getglobal(L, "package");
  lur_push_folder(L, path);
  lua_pushfstring(L, "%s/?.lua;%s/../lua/?.lua", lua_tostring(L, -1), lua_tostring(L, -1));
  lua_setfield(L, -3, "path");
  lua_newtable(L);
  const char *const *word = lua_touserdata(L, lua_upvalueindex(3));
  for (lua_Integer i = 1; *word; i++, word++) {
    lua_pushstring(L, *word);
    lua_rawseti(L, -2, i);
  }
  lua_setglobal(L, "arg");
  if (luaL_dofile(L, path))
    lua_error(L);
  return 0;
}

int main(int argc, char **argv) {
  const bool is_stock = argc > 1 && strcmp(argv[1], "--stock") == 0;
  const int script = is_stock ? 2 : 1;
  lua_State *L = argc > script ? luaL_newstate() : NULL;
  if (!L)
    return 2;
  lua_pushstring(L, argv[script]);
  lua_pushboolean(L, is_stock);
  lua_pushlightuserdata(L, argv + script + 1);
  lua_pushcclosure(L, run, 3);
  const int status = lua_pcall(L, 0, 0, 0);
  if (status != LUA_OK)
    fprintf(stderr, "%s\n", lua_tostring(L, -1));
  lua_close(L);
  return status != LUA_OK;
}

/* SPDX-License-Identifier: MIT
 * How the classes of the module are made, and what all their objects share. */
#include <string.h>

#include "module/module.h"

/* `local x <close>` is for every object; one that owns nothing has nothing to let go of. */
static int close_nothing(lua_State *L) {
  (void)L;
  return 0;
}

static int next_item(lua_State *L) {
  lua_Integer i = (lua_Integer)((lua_Unsigned)luaL_checkinteger(L, 2) + 1);
  lua_pushinteger(L, i);
  return lua_geti(L, 1, i) == LUA_TNIL ? 1 : 2;
}

int lur_pairs_of_list(lua_State *L) {
  lua_settop(L, 1);
  lua_pushcfunction(L, next_item);
  lua_insert(L, 1);
  lua_pushinteger(L, 0);
  return 3;
}

/* Upvalues: a list of names, and what has them. The pair after the one of the name at 2, but for those without a value.
 */
static int next_named(lua_State *L) {
  const char *last = luaL_optstring(L, 2, NULL);
  bool found = !last;
  lua_settop(L, 2);
  for (lua_Integer i = 1; lua_rawgeti(L, lua_upvalueindex(1), i) == LUA_TSTRING; i++) {
    const char *name = lua_tostring(L, 3);
    if (found && lua_getfield(L, lua_upvalueindex(2), name) != LUA_TNIL)
      return 2;
    found = found || strcmp(name, last) == 0;
    lua_settop(L, 2);
  }
  lua_pushnil(L);
  return 1;
}

int lur_pairs_of_names(lua_State *L) {
  lua_pushcclosure(L, next_named, 2);
  lua_pushvalue(L, 1);
  lua_pushnil(L);
  return 3;
}

void lur_push_words(lua_State *L, const char *const *words) {
  lua_newtable(L);
  for (lua_Integer i = 0; words[i]; i++) {
    lua_pushstring(L, words[i]);
    lua_rawseti(L, -2, i + 1);
  }
}

/* Upvalue 1: the list of the fields. */
static int pairs_of_fields(lua_State *L) {
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  return lur_pairs_of_names(L);
}

void lur_set_pairs(lua_State *L, const char *name, const char *const *fields) {
  luaL_getmetatable(L, name);
  lur_push_words(L, fields);
  lua_pushcclosure(L, pairs_of_fields, 1);
  lua_setfield(L, -2, "__pairs");
  lua_pop(L, 1);
}

/* Upvalue 1: why. */
static int refuse_change(lua_State *L) {
  return luaL_error(L, "%s: %s", luaL_tolstring(L, 2, NULL), lua_tostring(L, lua_upvalueindex(1)));
}

void lur_set_frozen(lua_State *L, const char *name, const char *why) {
  luaL_getmetatable(L, name);
  lua_pushstring(L, why);
  lua_pushcclosure(L, refuse_change, 1);
  lua_setfield(L, -2, "__newindex");
  lua_pop(L, 1);
}

void lur_new_class(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods) {
  luaL_newmetatable(L, name);
  lua_pushcfunction(L, close_nothing);
  lua_setfield(L, -2, "__close");
  luaL_setfuncs(L, metamethods, 0);
  lua_pushstring(L, name);
  lua_setfield(L, -2, "__metatable");
  if (methods) {
    lua_newtable(L);
    luaL_setfuncs(L, methods, 0);
    lua_setfield(L, -2, "__index");
  }
  lua_pop(L, 1);
}

void lur_open_class(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods,
                    lua_CFunction index) {
  lur_new_class(L, name, metamethods, NULL);
  luaL_getmetatable(L, name);
  lua_newtable(L);
  luaL_setfuncs(L, methods, 0);
  lua_pushcclosure(L, index, 1);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
}

void lur_add_methods(lua_State *L, const char *name, const luaL_Reg *methods) {
  int top = lua_gettop(L);
  luaL_getmetatable(L, name);
  if (lua_getfield(L, -1, "__index") == LUA_TFUNCTION)
    lua_getupvalue(L, -1, 1);
  luaL_setfuncs(L, methods, 0);
  lua_settop(L, top);
}

static int free_buffer(lua_State *L) {
  lur_buffer_free(lua_touserdata(L, 1));
  return 0;
}

struct lur_buffer *lur_push_buffer(lua_State *L) {
  struct lur_buffer *b = lua_newuserdatauv(L, sizeof *b, 0);
  *b = (struct lur_buffer){0};
  if (luaL_newmetatable(L, "luron.buffer")) {
    lua_pushcfunction(L, free_buffer);
    lua_setfield(L, -2, "__gc");
  }
  lua_setmetatable(L, -2);
  return b;
}

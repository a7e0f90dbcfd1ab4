/* SPDX-License-Identifier: MIT
 * The inner layer of --sandbox: what Lua has in it. Of Lua's libraries what is listed here stays; every other function
 * is replaced by one that refuses, in the tables themselves, so that no other way leads to it. Code is loaded as text.
 * Modules come from files that may be read. Memory is counted. A refusal is an error that a script may catch, but it
 * is kept, and luron ends with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "module/module.h"
#include "session/sandbox.h"

/* As in the global table; what is no function stays too, but for objects such as io.stdout. */
static const char *const allowed[] = {"assert",
                                      "error",
                                      "getmetatable",
                                      "ipairs",
                                      "load",
                                      "next",
                                      "pairs",
                                      "pcall",
                                      "print",
                                      "rawequal",
                                      "rawget",
                                      "rawlen",
                                      "rawset",
                                      "require",
                                      "select",
                                      "setmetatable",
                                      "tonumber",
                                      "tostring",
                                      "type",
                                      "warn",
                                      "xpcall",
                                      "coroutine.close",
                                      "coroutine.create",
                                      "coroutine.isyieldable",
                                      "coroutine.resume",
                                      "coroutine.running",
                                      "coroutine.status",
                                      "coroutine.wrap",
                                      "coroutine.yield",
                                      "math.abs",
                                      "math.acos",
                                      "math.asin",
                                      "math.atan",
                                      "math.ceil",
                                      "math.cos",
                                      "math.cosh",
                                      "math.deg",
                                      "math.exp",
                                      "math.floor",
                                      "math.fmod",
                                      "math.frexp",
                                      "math.ldexp",
                                      "math.log",
                                      "math.log10",
                                      "math.max",
                                      "math.min",
                                      "math.modf",
                                      "math.pow",
                                      "math.rad",
                                      "math.random",
                                      "math.randomseed",
                                      "math.sin",
                                      "math.sinh",
                                      "math.sqrt",
                                      "math.tan",
                                      "math.tanh",
                                      "math.tointeger",
                                      "math.type",
                                      "math.ult",
                                      "os.clock",
                                      "os.date",
                                      "os.time",
                                      "string.byte",
                                      "string.char",
                                      "string.find",
                                      "string.format",
                                      "string.gmatch",
                                      "string.gsub",
                                      "string.len",
                                      "string.lower",
                                      "string.match",
                                      "string.pack",
                                      "string.packsize",
                                      "string.rep",
                                      "string.reverse",
                                      "string.sub",
                                      "string.unpack",
                                      "string.upper",
                                      "table.concat",
                                      "table.insert",
                                      "table.move",
                                      "table.pack",
                                      "table.remove",
                                      "table.sort",
                                      "table.unpack",
                                      "utf8.char",
                                      "utf8.codepoint",
                                      "utf8.codes",
                                      "utf8.len",
                                      "utf8.offset",
                                      NULL};

static const struct lur_sandbox *sandbox_of(lua_State *L) {
  return lur_script_of(L)->options->sandbox;
}

/* ---- Refusals ---- */
/* The text is on the top. */
static int refuse(lua_State *L) {
  struct lur_script *host = lur_script_of(L);
  luaL_where(L, 1);
  if (!lua_tostring(L, -1)[0]) { /* called by a function of C, such as require */
    lua_pop(L, 1);
    luaL_where(L, 2);
  }
  lua_insert(L, -2);
  lua_concat(L, 2);
  host->exit_code = LUR_EXIT_STOPPED;
  if (!host->refused[0])
    snprintf(host->refused, sizeof host->refused, "%s", lua_tostring(L, -1));
  return lua_error(L);
}

/* Upvalue 1: its name. */
static int refuse_call(lua_State *L) {
  lua_pushfstring(L, "%s: not there in the sandbox", lua_tostring(L, lua_upvalueindex(1)));
  return refuse(L);
}

void lur_check_may_read(lua_State *L, const char *path) {
  char real[LUR_SANDBOX_PATH_BYTES];
  if (!sandbox_of(L) || lur_sandbox_may(sandbox_of(L), LUR_SANDBOX_SCRIPT, path, real))
    return;
  lua_pushfstring(L, "%s: the sandbox does not read it; --allow-read FOLDER allows files below a folder", path);
  refuse(L);
}

void lur_check_may_write(lua_State *L, const char *path) {
  if (!sandbox_of(L))
    return;
  lua_pushfstring(L, "%s: in the sandbox a script writes no files", path);
  refuse(L);
}

/* ---- The libraries ---- */
static bool is_allowed(const char *name) {
  for (size_t i = 0; allowed[i]; i++)
    if (strcmp(allowed[i], name) == 0)
      return true;
  return false;
}

/* The function under the key at the top, which is called `name`, gives way to one that refuses. */
static void take_away(lua_State *L, int table, const char *name) {
  lua_pushvalue(L, -1);
  lua_pushstring(L, name);
  lua_pushcclosure(L, refuse_call, 1);
  lua_rawset(L, table);
}

/* Of the library on the top; fields of a table may change while it is walked. */
static void close_library(lua_State *L, const char *library) {
  const int table = lua_gettop(L);
  for (lua_pushnil(L); lua_next(L, table);) {
    const int type = lua_type(L, -1);
    lua_pop(L, 1);
    const char *name = lua_type(L, -1) == LUA_TSTRING ? lua_tostring(L, -1) : "?";
    lua_pushfstring(L, "%s%s%s", library, library[0] ? "." : "", name);
    const char *full = lua_tostring(L, -1);
    lua_insert(L, -2);
    if (type == LUA_TFUNCTION && !is_allowed(full)) {
      take_away(L, table, full);
    } else if (type == LUA_TUSERDATA) {
      lua_pushvalue(L, -1);
      lua_pushnil(L);
      lua_rawset(L, table);
    }
    lua_remove(L, -2);
  }
}

static void close_all(lua_State *L) {
  static const char *const libraries[] = {LUA_COLIBNAME,   LUA_TABLIBNAME, LUA_IOLIBNAME,
                                          LUA_OSLIBNAME,   LUA_STRLIBNAME, LUA_UTF8LIBNAME,
                                          LUA_MATHLIBNAME, LUA_DBLIBNAME,  LUA_LOADLIBNAME};
  for (size_t i = 0; i < sizeof libraries / sizeof *libraries; i++) {
    lua_getglobal(L, libraries[i]);
    close_library(L, libraries[i]);
    lua_pop(L, 1);
  }
  lua_pushglobaltable(L);
  close_library(L, "");
  lua_pop(L, 1);
}

/* load(chunk, name, mode, environment), where mode is "t" whatever is given. Upvalue 1: Lua's own. */
static int load_text(lua_State *L) {
  const bool has_environment = lua_gettop(L) > 3;
  lua_settop(L, has_environment ? 4 : 3);
  lua_pushliteral(L, "t");
  lua_replace(L, 3);
  return lur_call_wrapped(L);
}

/* In place of package.searchers[2]. Upvalues: Lua's own package.searchpath and searcher, and the path of modules, which
 * a script cannot change. A module that is not found may lie in the script's folder, if that cannot be looked into. */
static int search_readable(lua_State *L) {
  char real[LUR_SANDBOX_PATH_BYTES];
  const char *name = luaL_checkstring(L, 1);
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_pushvalue(L, 1);
  lua_pushvalue(L, lua_upvalueindex(3));
  lua_call(L, 2, 2);
  if (lua_isnil(L, 2)) {
    lur_push_folder(L, lur_script_of(L)->options->path);
    if (lur_sandbox_may(sandbox_of(L), LUR_SANDBOX_SCRIPT, lua_tostring(L, -1), real)) {
      lua_pop(L, 1);
      return 1;
    }
    lua_pushfstring(L, "module %s: the sandbox reads none from here; add --allow-read %s", name, lua_tostring(L, -1));
    return refuse(L);
  }
  lur_check_may_read(L, lua_tostring(L, 2));
  lua_pushvalue(L, lua_upvalueindex(2));
  lua_pushvalue(L, 1);
  lua_call(L, 1, LUA_MULTRET);
  return lua_gettop(L) - 3; /* the name, the path, and nil are below */
}

/* Modules that are there already, and files of Lua code: no libraries in machine code. */
static void close_searchers(lua_State *L) {
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchers");
  lua_getfield(L, -2, "searchpath");
  lua_rawgeti(L, -2, 2);
  lua_getfield(L, -4, "path");
  lua_pushcclosure(L, search_readable, 3);
  lua_rawseti(L, -2, 2);
  for (lua_Integer i = (lua_Integer)lua_rawlen(L, -1); i > 2; i--) {
    lua_pushnil(L);
    lua_rawseti(L, -2, i);
  }
  lua_pop(L, 2);
}

void lur_close_libraries(lua_State *L) {
  if (!sandbox_of(L))
    return;
  close_searchers(L);
  close_all(L);
  lua_getglobal(L, "load");
  lua_pushcclosure(L, load_text, 1);
  lua_setglobal(L, "load");
  lua_pushliteral(L, "");
  lua_getmetatable(L, -1);
  lua_pushboolean(L, false);
  lua_setfield(L, -2, "__metatable");
  lua_pop(L, 2);
}

/* ---- Memory ---- */
static void *allocate(void *memory, void *old, size_t old_bytes, size_t new_bytes) {
  struct lur_lua_memory *m = memory;
  const size_t had = old ? old_bytes : 0; /* without a block it is a kind of object */
  void *at = NULL;
  if (new_bytes == 0)
    free(old);
  else if (new_bytes > had && new_bytes - had > m->most - m->used)
    return NULL;
  else if (!(at = realloc(old, new_bytes)))
    return NULL;
  m->used += new_bytes - had;
  return at;
}

lua_State *lur_new_state(struct lur_script *host) {
  if (!host->options->sandbox)
    return luaL_newstate();
  host->memory.most = host->options->sandbox->memory_bytes;
  return lua_newstate(allocate, &host->memory);
}

/* SPDX-License-Identifier: MIT
 * The functions of Lua's libraries that read files, wrapped: a note is made before the reader looks, and again at each
 * reading. Errors keep the script's line and their names, as without a wrapper. */
#include <string.h>

#include "base/sha256.h"
#include "module/bytecode.h"
#include "module/module.h"
#include "session/read_files.h"
#include "store/store.h"

static struct lur_files *files_of(lua_State *L) {
  struct lur_script *host = lur_script_of(L);
  if (!host->files && !(host->files = lur_files_new(host->options->path)))
    lur_raise_memory(L);
  return host->files;
}

/* The number of the file's note if it had none before; else 0. */
static uint64_t note_file(lua_State *L, const char *path) {
  uint64_t made;
  if (lur_files_note(files_of(L), path, &made))
    lur_raise_memory(L);
  return made;
}

void lur_note_file(lua_State *L, const char *path) {
  lur_check_may_read(L, path);
  note_file(L, path);
}

struct lur_buffer *lur_push_file(lua_State *L, const char *path) {
  lur_check_may_read(L, path);
  struct lur_files *files = files_of(L);
  struct lur_buffer *b = lur_push_buffer(L);
  struct lur_error e;
  if (!(b->data = lur_files_read(files, path, &b->length_bytes, &e)))
    lur_raise(L, &e);
  return b;
}

void lur_note_own_file(lua_State *L, const char *path) {
  if (lur_files_wrote(files_of(L), path))
    lur_raise_memory(L);
}

void lur_check_output(lua_State *L, const char *path) {
  struct lur_error e;
  lur_check_may_write(L, path);
  if (lur_store_check_output(path, lur_script_of(L)->options->path, &e) ||
      lur_files_check_output(lur_script_of(L)->files, path, &e))
    lur_raise(L, &e);
}

static int write_chunk(lua_State *L, const void *bytes, size_t n, void *buffer) {
  (void)L;
  lur_buffer_add(buffer, bytes, n);
  return 0;
}

/* A file of Lua code: its code's digest is without comments and numbers of lines. While it is compiled, a finalizer of
 * the script may read other files, or write this one. */
static void note_code(lua_State *L, const char *path) {
  struct lur_buffer code = {0};
  struct lur_sha256 s;
  char hex[65] = "";
  const uint64_t made = note_file(L, path);
  if (!made)
    return;
  if (luaL_loadfilex(L, path, "t") == LUA_OK)
    lua_dump(L, write_chunk, &code, 1);
  if (code.data && !code.failed) {
    lur_sha256_start(&s);
    lur_sha256_add(&s, code.data, lur_bytecode_drop_lines((unsigned char *)code.data, code.length_bytes));
    lur_sha256_finish(&s, hex);
  }
  lur_buffer_free(&code);
  lua_pop(L, 1);
  lur_files_set_code(files_of(L), made, hex);
}

/* ---- The library's functions; upvalue 1 is the one that is wrapped ---- */
/* Calls it with all arguments; an error of it gets the script's line, which it does not find behind us. */
static int call_with_line(lua_State *L) {
  int n = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  if (lua_pcall(L, n, LUA_MULTRET, 0) == LUA_OK)
    return lua_gettop(L);
  luaL_where(L, 1);
  lua_insert(L, -2);
  if (lua_type(L, -1) == LUA_TSTRING)
    lua_concat(L, 2);
  return lua_error(L);
}

static bool is_mode(const char *mode) {
  if (!*mode || !strchr("rwa", *mode++))
    return false;
  mode += *mode == '+';
  return mode[strspn(mode, "b")] == '\0';
}

static int io_open(lua_State *L) {
  const char *path = luaL_checkstring(L, 1), *mode = luaL_optstring(L, 2, "r");
  luaL_argcheck(L, is_mode(mode), 2, "invalid mode");
  const bool updates = strchr(mode, '+') && mode[0] != 'w', reads = mode[0] == 'r' || updates;
  lua_settop(L, 2);
  lua_pushvalue(L, 1); /* the path, held */
  lua_insert(L, 1);
  if (reads)
    lur_note_file(L, path);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 2);
  lua_call(L, 2, LUA_MULTRET);
  if (lua_isnil(L, 2))
    return lua_gettop(L) - 1;
  if (updates ? lur_files_updates(files_of(L), path) : !reads && lur_files_wrote(files_of(L), path))
    lur_raise_memory(L);
  return lua_gettop(L) - 1;
}

static int io_lines(lua_State *L) {
  if (!lua_isnoneornil(L, 1))
    lur_note_file(L, luaL_checkstring(L, 1));
  return call_with_line(L);
}

static int io_input(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING)
    lur_note_file(L, lua_tostring(L, 1));
  return call_with_line(L);
}

static int load_file(lua_State *L) {
  if (!lua_isnoneornil(L, 1))
    note_code(L, luaL_checkstring(L, 1));
  return lur_call_wrapped(L);
}

static int results_of_dofile(lua_State *L, int status, lua_KContext first) {
  (void)status;
  return lua_gettop(L) - (int)first;
}

static int do_file(lua_State *L) {
  if (!lua_isnoneornil(L, 1))
    note_code(L, luaL_checkstring(L, 1));
  lua_settop(L, 1);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_callk(L, 1, LUA_MULTRET, 0, results_of_dofile);
  return results_of_dofile(L, LUA_OK, 0);
}

/* One of package.searchers: a loader and the file that it loads. */
static int search(lua_State *L) {
  int n = lur_call_wrapped(L);
  if (n >= 2 && lua_isfunction(L, 1) && lua_type(L, 2) == LUA_TSTRING)
    note_code(L, lua_tostring(L, 2));
  return n;
}

/* Replaces the function `name` of the table on the top. */
static void wrap(lua_State *L, const char *name, lua_CFunction f) {
  lua_getfield(L, -1, name);
  lua_pushcclosure(L, f, 1);
  lua_setfield(L, -2, name);
}

void lur_open_file_notes(lua_State *L) {
  files_of(L);
  lua_getglobal(L, LUA_IOLIBNAME);
  wrap(L, "open", io_open);
  wrap(L, "lines", io_lines);
  wrap(L, "input", io_input);
  lua_pop(L, 1);
  lua_pushglobaltable(L);
  wrap(L, "loadfile", load_file);
  wrap(L, "dofile", do_file);
  lua_pop(L, 1);
  lua_getglobal(L, LUA_LOADLIBNAME);
  lua_getfield(L, -1, "searchers");
  for (lua_Integer i = 2, n = (lua_Integer)lua_rawlen(L, -1); i <= n; i++) {
    lua_rawgeti(L, -1, i);
    lua_pushcclosure(L, search, 1);
    lua_rawseti(L, -2, i);
  }
  lua_pop(L, 2);
}

/* SPDX-License-Identifier: MIT
 * Which lines of the script ran while a function was traced. Where the function and its trace differ, it is called once
 * more: the first line that no path of the trace has come to is behind the one that decided. */
#include <stdio.h>
#include <string.h>

#include "tracing/trace.h"

static const char key_of_lines = 0;

void lur_lines_start(lua_State *L) {
  lua_newtable(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key_of_lines);
}

void lur_lines_stop(lua_State *L) {
  lua_pushnil(L);
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key_of_lines);
}

void lur_lines_note(lua_State *L, struct lur_tracing *t, lua_Debug *at) {
  lua_getinfo(L, "Sl", at);
  lur_need_stack(L, 4);
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &key_of_lines) == LUA_TTABLE) {
    const char *line = lua_pushfstring(L, "%s:%d: ", at->short_src, at->currentline);
    lua_pushvalue(L, -1);
    const bool is_new = lua_rawget(L, -3) == LUA_TNIL;
    if (is_new && t->mode == LUR_TRACES) {
      lua_pushvalue(L, -2);
      lua_pushboolean(L, true);
      lua_rawset(L, -5);
    }
    if (t->mode == LUR_CHECKS && is_new)
      t->is_off_path = true;
    if (t->mode == LUR_CHECKS && !t->is_off_path)
      snprintf(t->line, sizeof t->line, "%s", line);
    lua_pop(L, 2);
  }
  lua_pop(L, 1);
}

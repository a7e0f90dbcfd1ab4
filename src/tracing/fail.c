/* SPDX-License-Identifier: MIT
 * The one trace of a Lua state, and how its mistakes are answered: at the line of the script that is running, or, for
 * what a function gives, at its first line. */
#include <stdarg.h>
#include <stdio.h>

#include "tracing/trace.h"

static const char key_of_tracing = 0;

struct lur_tracing *lur_tracing_of(lua_State *L) {
  if (lua_rawgetp(L, LUA_REGISTRYINDEX, &key_of_tracing) == LUA_TNIL) {
    lua_pop(L, 1);
    *(struct lur_tracing *)lua_newuserdatauv(L, sizeof(struct lur_tracing), 0) = (struct lur_tracing){.mode = LUR_IDLE};
    lua_pushvalue(L, -1);
    lua_rawsetp(L, LUA_REGISTRYINDEX, &key_of_tracing);
  }
  struct lur_tracing *t = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return t;
}

void lur_push_where(lua_State *L) {
  lua_Debug ar;
  for (int level = 0; lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "Sl", &ar);
    if (ar.currentline > 0) {
      lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.currentline);
      return;
    }
  }
  lua_pushliteral(L, "");
}

void lur_push_where_defined(lua_State *L, int index) {
  lua_Debug ar;
  lua_pushvalue(L, index);
  lua_getinfo(L, ">S", &ar);
  lua_pushfstring(L, "%s:%d: ", ar.short_src, ar.linedefined);
}

static int fail(lua_State *L, struct lur_tracing *t, const char *where, const char *format, va_list args) {
  char text[768];
  vsnprintf(text, sizeof text, format, args);
  t->told = true;
  lua_pushfstring(L, "%s%s%s%s", where, t->what ? t->what->field : "", t->what ? ": " : "", text);
  return lua_error(L);
}

int lur_trace_fail(lua_State *L, struct lur_tracing *t, const char *format, ...) {
  va_list args;
  lur_need_stack(L, 4);
  lur_push_where(L);
  va_start(args, format);
  fail(L, t, lua_tostring(L, -1), format, args);
  va_end(args);
  return 0;
}

int lur_fail_at(lua_State *L, struct lur_tracing *t, const char *where, const char *format, ...) {
  va_list args;
  va_start(args, format);
  fail(L, t, where, format, args);
  va_end(args);
  return 0;
}

int lur_fail_defined(lua_State *L, struct lur_tracing *t, int index, const char *format, ...) {
  va_list args;
  lur_push_where_defined(L, index);
  va_start(args, format);
  fail(L, t, lua_tostring(L, -1), format, args);
  va_end(args);
  return 0;
}

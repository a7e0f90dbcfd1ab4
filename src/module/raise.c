/* SPDX-License-Identifier: MIT
 * Mistakes, answered: the script's line, the field, what was found and what is accepted. The text is formatted into a
 * buffer on the stack, so nothing is live when it is raised. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/near_word.h"
#include "base/utf8.h"
#include "module/module.h"

enum { LONGEST_MESSAGE = 512 };

int lur_raise(lua_State *L, const struct lur_error *e) {
  if (e->code == LUR_ENOMEM && strchr(e->text, ':')) { /* says what it was needed for */
    luaL_where(L, 1);
    if (lur_script_of(L)->options->sandbox)
      lur_script_of(L)->exit_code = LUR_EXIT_STOPPED;
    bool has_line = lua_tostring(L, -1)[0] != '\0';
    lua_pushfstring(L, "%s%s", has_line ? lua_tostring(L, -1) : "luron: ", e->text);
    return lua_error(L);
  }
  if (e->code == LUR_ENOMEM)
    return lur_raise_memory(L);
  return luaL_error(L, e->field[0] ? "%s: %s" : "%s%s", e->field, e->text);
}

int lur_raise_field(lua_State *L, const char *field, const char *format, ...) {
  char text[LONGEST_MESSAGE];
  va_list args;
  va_start(args, format);
  vsnprintf(text, sizeof text, format, args);
  va_end(args);
  return luaL_error(L, "%s: %s", field, text);
}

/* Words of a results file are not what somebody typed: the file is wrong. */
static int raise_words(lua_State *L, const char *path, const char *text) {
  char shown[LUR_SHOWN_BYTES];
  lur_script_of(L)->exit_code = LUR_EXIT_FAILED;
  lua_pushfstring(L, "luron: %s: the words that it keeps of its sweep are wrong: %s", lur_utf8_name(path, shown), text);
  return lua_error(L);
}

int lur_raise_usage(lua_State *L, const char *name, const char *format, ...) {
  static const char typed[] = "command line: ";
  char text[LUR_USAGE_BYTES];
  va_list args;
  va_start(args, format);
  lur_usage_text(text, name, format, args);
  va_end(args);
  if (lur_script_of(L)->options->words_of)
    return raise_words(L, lur_script_of(L)->options->words_of, text + sizeof typed - 1);
  lur_script_of(L)->exit_code = LUR_EXIT_USAGE;
  lua_pushstring(L, text);
  return lua_error(L);
}

int lur_raise_self(lua_State *L, const char *call) {
  return luaL_error(L, "%s: called with a dot, without its object; use %s(...), with a colon", strchr(call, ':') + 1,
                    call);
}

void *lur_check_self(lua_State *L, const char *name, const char *call) {
  void *self = luaL_testudata(L, 1, name);
  if (!self)
    lur_raise_self(L, call);
  return self;
}

enum { LONGEST_FOUND = 40 };

/* Large whole numbers by their digits, which Lua writes as 9.2233720368548e+18. */
static const char *push_number(lua_State *L, int index) {
  double x = lua_tonumber(L, index);
  char digits[40];
  if (isnan(x))
    return lua_pushstring(L, "nan");
  if (lua_isinteger(L, index) || !(fabs(x) >= 0x1p53 && fabs(x) < 1e25))
    return luaL_tolstring(L, index, NULL);
  snprintf(digits, sizeof digits, "%.0f", x);
  return lua_pushstring(L, digits);
}

const char *lur_push_found(lua_State *L, int index) {
  switch (lua_type(L, index)) {
  case LUA_TNIL:
  case LUA_TNONE: return lua_pushstring(L, "nil");
  case LUA_TBOOLEAN: return lua_pushstring(L, lua_toboolean(L, index) ? "true" : "false");
  case LUA_TNUMBER: return push_number(L, index);
  case LUA_TSTRING: {
    size_t n;
    const char *text = lua_tolstring(L, index, &n);
    if (n <= LONGEST_FOUND)
      return lua_pushfstring(L, "\"%s\"", text);
    lua_pushlstring(L, text, LONGEST_FOUND);
    lua_pushfstring(L, "\"%s...\"", lua_tostring(L, -1));
    lua_remove(L, -2);
    return lua_tostring(L, -1);
  }
  case LUA_TUSERDATA:
    if (luaL_getmetafield(L, index, "__name") == LUA_TSTRING)
      return lua_pushfstring(L, "a %s", lua_tostring(L, -1));
    return lua_pushstring(L, "a userdata");
  default: return lua_pushfstring(L, "a %s", luaL_typename(L, index));
  }
}

const char *lur_push_joined(lua_State *L, const char *const *words) {
  luaL_Buffer b;
  luaL_buffinit(L, &b);
  for (int i = 0; words[i]; i++) {
    luaL_addstring(&b, i ? " " : "");
    luaL_addstring(&b, words[i]);
  }
  luaL_pushresult(&b);
  return lua_tostring(L, -1);
}

void lur_raise_unknown(lua_State *L, const char *name, const char *const *names) {
  char hint[LUR_WORD_ROOM];
  const char *near = lur_near_word(name, names);
  if (near)
    lur_raise_field(L, name, "no such field; did you mean %s?", near);
  if (lur_word_explain(NULL, names, name, hint))
    lur_raise_field(L, name, "no such field; %s", hint);
  lur_raise_field(L, name, "no such field; there are %s", lur_push_joined(L, names));
}

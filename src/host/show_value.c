/* SPDX-License-Identifier: MIT
 * A value at the prompt. Tables, and luron's lists of weights and rows, are written with what they hold, so far as a
 * person wants to read it: some levels deep, some items long; all else as tostring has it. */
#include <ctype.h>
#include <string.h>

#include "host/prompt.h"

enum { DEEPEST = 4, MOST_ITEMS = 20 };

static void show(lua_State *L, int index, int depth, struct lur_buffer *out);

/* A text within a table stands in quotes, as %q of string.format has it. */
static void show_text(lua_State *L, int index, struct lur_buffer *out) {
  size_t n;
  const char *text = lua_tolstring(L, index, &n);
  lur_buffer_text(out, "\"");
  for (size_t i = 0; i < n; i++) {
    const unsigned char c = (unsigned char)text[i];
    if (c == '"' || c == '\\')
      lur_buffer_format(out, "\\%c", c);
    else if (c == '\n' || c == '\t')
      lur_buffer_text(out, c == '\n' ? "\\n" : "\\t");
    else if (c < ' ' || c == 127)
      lur_buffer_format(out, "\\%03d", c);
    else
      lur_buffer_add(out, text + i, 1);
  }
  lur_buffer_text(out, "\"");
}

static void show_key(lua_State *L, int index, struct lur_buffer *out) {
  const char *name = lua_type(L, index) == LUA_TSTRING ? lua_tostring(L, index) : "";
  bool plain = isalpha((unsigned char)name[0]) || name[0] == '_';
  for (const char *at = name; *at; at++)
    plain = plain && (isalnum((unsigned char)*at) || *at == '_');
  if (plain) {
    lur_buffer_format(out, "%s = ", name);
    return;
  }
  lur_buffer_text(out, "[");
  show(L, index, DEEPEST, out);
  lur_buffer_text(out, "] = ");
}

static void begin_item(struct lur_buffer *out, int *n_items) {
  lur_buffer_text(out, (*n_items)++ ? ", " : " ");
}

/* The items 1, 2 ...; how many. */
static lua_Integer show_list(lua_State *L, int index, int depth, struct lur_buffer *out, int *n_items) {
  const lua_Integer n = luaL_len(L, index);
  for (lua_Integer i = 1; i <= n && i <= MOST_ITEMS; i++) {
    lua_geti(L, index, i);
    begin_item(out, n_items);
    show(L, -1, depth + 1, out);
    lua_pop(L, 1);
  }
  if (n > MOST_ITEMS)
    lur_buffer_format(out, ", ... %lld in all", (long long)n);
  return n;
}

static bool is_of_list(lua_State *L, int index, lua_Integer n) {
  return lua_isinteger(L, index) && lua_tointeger(L, index) >= 1 && lua_tointeger(L, index) <= n;
}

/* What has a name, in the order of the alphabet. */
static void show_names(lua_State *L, int index, int depth, struct lur_buffer *out, int *n_items) {
  if (!lua_istable(L, index))
    return;
  lur_push_names(L, index, LUR_BY_ALPHABET);
  const int names = lua_gettop(L);
  const lua_Integer n = (lua_Integer)lua_rawlen(L, names);
  for (lua_Integer i = 1; i <= n && i <= MOST_ITEMS; i++) {
    lua_rawgeti(L, names, i);
    begin_item(out, n_items);
    show_key(L, names + 1, out);
    lua_rawget(L, index);
    show(L, -1, depth + 1, out);
    lua_settop(L, names);
  }
  if (n > MOST_ITEMS)
    lur_buffer_format(out, ", ... %lld names in all", (long long)n);
  lua_pop(L, 1);
}

static void show_table(lua_State *L, int index, int depth, struct lur_buffer *out) {
  int n_items = 0, n_named = 0;
  lur_need_stack(L, 8);
  lur_buffer_text(out, "{");
  const lua_Integer n = show_list(L, index, depth, out, &n_items);
  for (lua_pushnil(L); lua_istable(L, index) && lua_next(L, index); lua_pop(L, 1)) {
    if (lua_type(L, -2) == LUA_TSTRING || is_of_list(L, -2, n) || ++n_named > MOST_ITEMS)
      continue;
    begin_item(out, &n_items);
    show_key(L, lua_gettop(L) - 1, out);
    show(L, -1, depth + 1, out);
  }
  show_names(L, index, depth, out, &n_items);
  lur_buffer_text(out, n_items ? " }" : "}");
}

/* Of luron's objects those that are lists of numbers. */
static bool is_numbers(lua_State *L, int index) {
  return luaL_testudata(L, index, "luron.weights") || luaL_testudata(L, index, "luron.rows");
}

static void show(lua_State *L, int index, int depth, struct lur_buffer *out) {
  index = lua_absindex(L, index);
  const int top = lua_gettop(L);
  const bool has_text = luaL_getmetafield(L, index, "__tostring") != LUA_TNIL;
  lua_settop(L, top);
  if ((lua_istable(L, index) && !has_text) || is_numbers(L, index)) {
    if (depth < DEEPEST)
      show_table(L, index, depth, out);
    else
      lur_buffer_text(out, "{ ... }");
    return;
  }
  if (depth > 0 && lua_type(L, index) == LUA_TSTRING) {
    show_text(L, index, out);
    return;
  }
  size_t n;
  const char *text = luaL_tolstring(L, index, &n);
  lur_buffer_add(out, text, n);
  lua_settop(L, lua_gettop(L) - 1);
}

void lur_show_value(lua_State *L, int index, struct lur_buffer *out) {
  show(L, index, 0, out);
}

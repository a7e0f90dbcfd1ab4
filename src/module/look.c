/* SPDX-License-Identifier: MIT
 * The look of a picture from the fields of a table: sizes, titles, palettes, as luron plot's options. */
#include <stdio.h>
#include <string.h>

#include "module/module.h"
#include "view/look.h"

enum { MOST_NAMES = 48 };

void lur_check_plot_names(lua_State *L, int index, const char *const *own) {
  const char *all[MOST_NAMES];
  int n = 0;
  for (; own[n]; n++)
    all[n] = own[n];
  for (int i = 0; i < LUR_N_LOOK_OPTIONS; i++)
    all[n++] = lur_look_names[i];
  all[n] = NULL;
  lur_check_names(L, index, all);
}

/* The value on the top as the text that the command line would have; {0, 100} is "0,100". It stays on the stack. */
static const char *push_text(lua_State *L, const char *name) {
  if (lua_istable(L, -1) && lua_rawlen(L, -1) == 2) {
    lua_rawgeti(L, -1, 1);
    lua_rawgeti(L, -2, 2);
    if (lua_type(L, -2) == LUA_TNUMBER && lua_type(L, -1) == LUA_TNUMBER) {
      char from[32], to[32];
      lur_digits_write(lua_tonumber(L, -2), from);
      lur_digits_write(lua_tonumber(L, -1), to);
      return lua_pushfstring(L, "%s,%s", from, to);
    }
    lua_pop(L, 2);
  }
  if (lua_type(L, -1) == LUA_TNUMBER) {
    char digits[32];
    lur_digits_write(lua_tonumber(L, -1), digits);
    return lua_pushstring(L, digits);
  }
  if (lua_type(L, -1) != LUA_TSTRING)
    lur_raise_field(L, name, "%s is not a text, a number or two numbers", lur_push_found(L, -1));
  return lua_tostring(L, -1);
}

static void take_options(lua_State *L, int index, struct lur_look *look) {
  lur_need_stack(L, 5 * LUR_N_LOOK_OPTIONS);
  for (int i = 0; i < LUR_N_LOOK_OPTIONS; i++) {
    struct lur_error e = {0};
    if (lua_getfield(L, index, lur_look_names[i]) == LUA_TNIL)
      lua_pop(L, 1);
    else if (lur_look_set(look, (enum lur_look_option)i, push_text(L, lur_look_names[i]), &e))
      lur_raise_field(L, lur_look_names[i], "%s", e.text);
  }
}

void lur_push_look(lua_State *L, int index, enum lur_picture_format format, struct lur_look *look) {
  *look = (struct lur_look){.format = format};
  take_options(L, index, look);
}

void lur_push_page_look(lua_State *L, int index, struct lur_look *look) {
  const char *names[LUR_N_LOOK_OPTIONS + 1];
  int n = 0;
  for (int i = 0; i < LUR_N_LOOK_OPTIONS; i++)
    if (lur_look_is_of_pages((enum lur_look_option)i))
      names[n++] = lur_look_names[i];
  names[n] = NULL;
  luaL_checktype(L, index, LUA_TTABLE);
  lur_check_names(L, index, names);
  take_options(L, index, look);
}

const char *lur_picture_path(lua_State *L, int index, enum lur_picture_format *format) {
  int type = lua_getfield(L, index, "path");
  if (type != LUA_TNIL && type != LUA_TSTRING)
    lur_raise_field(L, "path", "%s is not a text", lur_push_found(L, -1));
  const char *path = lua_tostring(L, -1);
  *format = path ? lur_picture_format_of(path) : LUR_N_PICTURE_FORMATS;
  if (*format == LUR_N_PICTURE_FORMATS)
    lur_raise_field(L, "path", "a name that ends in .png, .svg or .pdf is expected");
  lur_check_output(L, path);
  return path;
}

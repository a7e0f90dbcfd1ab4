/* SPDX-License-Identifier: MIT
 * What more is said where Lua meets nil in place of a function of luron's: its name was misspelt, it was taken for a
 * global, or the script never asked for the module. Only the text of an error changes; no value of the script does. */
#include <stdlib.h>
#include <string.h>

#include "base/near_word.h"
#include "module/module.h"

enum { MOST_NAMES = 255, LONGEST_NAME = 63 };

static int compare(const void *a, const void *b) {
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The function of luron's whose name is near this one and begins as it does, or NULL: a short name of the script's own
 * is near too many. Pushes what keeps the name. */
static const char *near_function(lua_State *L, const char *word) {
  const char *names[MOST_NAMES + 1];
  int n = 0;
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  if (lua_getfield(L, -1, "luron") != LUA_TTABLE)
    return NULL;
  for (lua_pushnil(L); lua_next(L, -2); lua_pop(L, 1))
    if (n < MOST_NAMES && lua_type(L, -2) == LUA_TSTRING && lua_isfunction(L, -1))
      names[n++] = lua_tostring(L, -2);
  qsort(names, (size_t)n, sizeof *names, compare); /* of two that are equally near, the first */
  names[n] = NULL;
  const char *near = lur_near_word(word, names);
  return near && near[0] == word[0] ? near : NULL;
}

/* The name between `before` and the quote that ends the text, into name. */
static bool ends_with_name(const char *text, const char *before, char name[LONGEST_NAME + 1]) {
  const char *at = strstr(text, before), *end = at ? strstr(at += strlen(before), "')") : NULL;
  if (!end || end[2] != '\0' || end - at > LONGEST_NAME)
    return false;
  memcpy(name, at, (size_t)(end - at));
  name[end - at] = '\0';
  return true;
}

void lur_add_nil_hint(lua_State *L) {
  char name[LONGEST_NAME + 1];
  const char *text = lua_tostring(L, -1);
  const int at = lua_gettop(L);
  if (ends_with_name(text, "a nil value (global '", name) && strcmp(name, "luron") == 0) {
    lua_pushfstring(L, "%s; a script begins with local luron = require \"luron\"", text);
    lua_replace(L, at);
    return;
  }
  const bool is_global = ends_with_name(text, "call a nil value (global '", name);
  if (is_global || ends_with_name(text, "call a nil value (field '", name)) {
    const char *near = near_function(L, name);
    if (near && (!is_global || strcmp(near, name) == 0)) {
      lua_pushfstring(L, "%s; did you mean luron.%s?", text, near);
      lua_replace(L, at);
    }
  }
  lua_settop(L, at);
}

/* SPDX-License-Identifier: MIT
 * What a script returned, for the commands that do something with it: an experiment, a table of fields, or a list of
 * them; a script that returns nothing, or to luron run what is none of these, has done its work. And what was typed
 * after its name. */
#include <stdio.h>
#include <string.h>

#include "host/host.h"

void lur_print(lua_State *L, struct lur_buffer *b) {
  bool failed = b->failed;
  if (!failed && b->length_bytes)
    fwrite(b->data, 1, b->length_bytes, stdout);
  lur_buffer_free(b);
  if (failed)
    lur_raise_memory(L);
}

/* ---- One experiment, or a list of them ---- */
static bool is_experiment(lua_State *L, int index) {
  return luaL_testudata(L, index, "luron.experiment") != NULL;
}

void lur_print_between(lua_State *L, int item) {
  const struct lur_script_options *o = lur_script_of(L)->options;
  if (item > 1 && !o->json && !o->quiet)
    fputc('\n', stdout);
}

static void each(lua_State *L, int list, lur_one_returned *one) {
  lua_Integer n = luaL_len(L, list);
  for (lua_Integer i = 1; i <= n; i++) {
    lua_geti(L, list, i);
    if (!is_experiment(L, -1) && !lua_istable(L, -1))
      luaL_error(L, "%s: the script returned a list whose item %d is %s, not an experiment",
                 lur_script_of(L)->options->path, (int)i, lur_push_found(L, -1));
    lur_script_of(L)->item = (int)i;
    one(L, lua_gettop(L), (int)i);
    lua_pop(L, 1);
  }
}

void lur_each_returned(lua_State *L, const char *command, lur_one_returned *check, lur_one_returned *one) {
  if (lua_isnoneornil(L, 1))
    return;
  luaL_requiref(L, "luron", lur_open_module, 0); /* a plain table of fields needed none of it */
  lua_pop(L, 1);
  int top = lua_gettop(L);
  bool is_list = lua_istable(L, 1) && lua_rawgeti(L, 1, 1) != LUA_TNIL;
  lua_settop(L, top);
  if (is_list) {
    if (check)
      each(L, 1, check);
    each(L, 1, one);
  } else if (is_experiment(L, 1) || lua_istable(L, 1)) {
    one(L, 1, 0);
  } else if (strcmp(command, "run") == 0) { /* a program that did its work */
    fflush(stdout);
    fprintf(stderr, "%s: the script returned %s, of which luron run makes nothing\n", lur_script_of(L)->options->path,
            lur_push_found(L, 1));
  } else {
    luaL_error(L, "%s: the script returned %s, but luron %s takes an experiment, a table of fields, or a list of them",
               lur_script_of(L)->options->path, lur_push_found(L, 1), command);
  }
}

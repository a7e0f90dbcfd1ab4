/* SPDX-License-Identifier: MIT
 * What every file of the Lua rooms stands on: the host behind a state, the text of an error, and where paths begin. */
#include <stdatomic.h>
#include <string.h>

#include "module/module.h"

const char lur_memory_text[] = "out of memory";

static const char key; /* its address, in the registry */

struct lur_script *lur_script_of(lua_State *L) {
  lua_rawgetp(L, LUA_REGISTRYINDEX, &key);
  struct lur_script *host = lua_touserdata(L, -1);
  lua_pop(L, 1);
  return host;
}

void lur_set_script(lua_State *L) {
  lua_rawsetp(L, LUA_REGISTRYINDEX, &key);
}

int lur_raise_memory(lua_State *L) {
  lua_pushstring(L, lur_memory_text);
  return lua_error(L);
}

int lur_call_wrapped(lua_State *L) {
  int n = lua_gettop(L);
  lua_pushvalue(L, lua_upvalueindex(1));
  lua_insert(L, 1);
  lua_call(L, n, LUA_MULTRET);
  return lua_gettop(L);
}

/* ---- The message of an error, and its traceback ---- */
/* The first level of Lua code, and how many there are: 2 stands for any more. */
static int count_lua_levels(lua_State *L, int *first, lua_Debug *at) {
  int n = 0;
  lua_Debug ar;
  for (int level = 1; n < 2 && lua_getstack(L, level, &ar); level++) {
    lua_getinfo(L, "S", &ar);
    if (strcmp(ar.what, "C") != 0 && n++ == 0) {
      *first = level;
      *at = ar;
    }
  }
  return n;
}

/* The traceback's last lines are the host's own C functions, and mean nothing to a script's author. */
static void drop_host_frames(lua_State *L) {
  static const char frame[] = "\n\t[C]:";
  const char *text = lua_tostring(L, -1), *end = text + strlen(text);
  for (const char *at = end; at > text; at--)
    if (*at == '\n') {
      if (strncmp(at, frame, sizeof frame - 1) != 0)
        break;
      end = at;
    }
  lua_pushlstring(L, text, (size_t)(end - text));
  lua_remove(L, -2);
}

/* The message handler. A mistake in the script's main body is its message alone; one further in, or without a line of
 * its own, is followed by the way there, once: a call within a callback explains only what the inner one did not. */
int lur_explain(lua_State *L) {
  if (lua_type(L, 1) == LUA_TSTRING || luaL_getmetafield(L, 1, "__tostring") != LUA_TNIL) {
    lua_settop(L, 1);
    luaL_tolstring(L, 1, NULL);
  } else {
    lua_pushfstring(L, "(error object is a %s value)", luaL_typename(L, 1));
  }
  const char *text = lua_tostring(L, -1);
  int first = 1;
  lua_Debug at;
  const struct lur_script *host = lur_script_of(L); /* NULL where a signal came before all else */
  if (!host || host->exit_code || atomic_load(lur_signal_flag()) || strcmp(text, lur_memory_text) == 0 ||
      strstr(text, "\nstack traceback:\n"))
    return 1;
  lur_add_nil_hint(L);
  text = lua_tostring(L, -1);
  int n = count_lua_levels(L, &first, &at);
  if (n == 0 || (n == 1 && strncmp(text, at.short_src, strlen(at.short_src)) == 0))
    return 1;
  luaL_traceback(L, L, text, first);
  drop_host_frames(L);
  return 1;
}

/* ---- Paths ---- */
void lur_push_folder(lua_State *L, const char *path) {
  const char *slash = strrchr(path, '/');
  if (!slash)
    lua_pushliteral(L, ".");
  else
    lua_pushlstring(L, path, slash == path ? 1 : (size_t)(slash - path));
}

const char *lur_push_path(lua_State *L, const char *path) {
  const char *script = lur_script_of(L)->options->path;
  if (path[0] == '/' || !strchr(script, '/'))
    return lua_pushstring(L, path);
  lur_push_folder(L, script);
  lua_pushfstring(L, "%s/%s", lua_tostring(L, -1), path);
  lua_remove(L, -2);
  return lua_tostring(L, -1);
}

void lur_need_stack(lua_State *L, int n) {
  if (!lua_checkstack(L, n))
    lur_raise_memory(L);
}

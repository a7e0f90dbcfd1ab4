/* SPDX-License-Identifier: MIT
 * The host: one Lua state a script, and one protected call around everything in it, the opening of the libraries
 * included. Main thread only. */
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/utf8.h"
#include "data/file.h"
#include "host/host.h"
#include "session/read_files.h"
#include "session/sandbox.h"
#include "store/store.h"
#include "tracing/tracing.h"

/* ---- Paths ---- */
#if LUR_LUA_BUNDLED

/* A bundled Lua looks only below /usr/local: what the distribution installs for its own Lua is found too. */
static const char more_path[] = ";/usr/share/lua/5.4/?.lua;/usr/share/lua/5.4/?/init.lua";

static const char more_cpath[] = ";/usr/lib/" LUR_MULTIARCH "/lua/5.4/?.so;/usr/lib/lua/5.4/?.so";

#else

static const char more_path[] = "", more_cpath[] = "";

#endif

static void set_search_paths(lua_State *L, const char *script) {
  lua_getglobal(L, "package");
  lur_push_folder(L, script);
  const char *folder = lua_tostring(L, -1);
  lua_getfield(L, -2, "path");
  lua_pushfstring(L, "%s/?.lua;%s/?/init.lua;%s%s", folder, folder, lua_tostring(L, -1), more_path);
  lua_setfield(L, -4, "path");
  lua_getfield(L, -3, "cpath");
  lua_pushfstring(L, "%s%s", lua_tostring(L, -1), more_cpath);
  lua_setfield(L, -5, "cpath");
  lua_pop(L, 4);
}

/* ---- Running a script ---- */
/* "; did you mean first.lua?" where a script's name was typed without its end; or "". */
static const char *push_suffix_hint(lua_State *L, const struct lur_script_options *o) {
  const char *with = lua_pushfstring(L, "%s.lua", o->path);
  const bool is_there = !o->sandbox && access(with, R_OK) == 0;
  return is_there ? lua_pushfstring(L, "; did you mean %s?", with) : "";
}

/* Behind what luaL_loadfilex skips: the mark of UTF-8, and a first line that begins with #, but not its end. */
static const char *code_of(const char *text) {
  text += lur_byte_order_mark(text);
  return *text == '#' ? text + strcspn(text, "\n") : text;
}

static void load_script(lua_State *L, const struct lur_script_options *o) {
  const char *path = o->path, *name = o->chunk ? lua_pushstring(L, o->chunk) : lua_pushfstring(L, "@%s", path);
  const char *code = o->text ? code_of(o->text) : NULL;
  int status = code ? luaL_loadbufferx(L, code, strlen(code), name, "t")
                    : luaL_loadfilex(L, strcmp(path, "-") == 0 ? NULL : path, "t");
  lua_remove(L, -2);
  if (status == LUA_OK)
    return;
  char shown[LUR_SHOWN_BYTES];
  const char *text = lua_tostring(L, -1);
  lur_utf8_name(status == LUA_ERRFILE ? text : path, shown);
  if (status == LUA_ERRFILE)
    lua_pushfstring(L, "luron: %s%s", shown, push_suffix_hint(L, o));
  else if (strstr(text, "load a binary chunk"))
    lua_pushfstring(L, "luron: %s is a binary chunk; luron runs scripts as text only", shown);
  else if (!o->text && lur_store_is_results(path))
    lua_pushfstring(L, "luron: %s is a results file and not a script; see luron show, plot, export and report", shown);
  lur_script_of(L)->exit_code = LUR_EXIT_FAILED;
  lua_error(L);
}

static void set_arg(lua_State *L, const struct lur_script_options *o) {
  lua_createtable(L, o->n_words, 2);
  lua_pushliteral(L, "luron");
  lua_rawseti(L, -2, -1);
  lua_pushstring(L, o->path);
  lua_rawseti(L, -2, 0);
  for (int i = 0; i < o->n_words; i++) {
    lua_pushstring(L, o->words[i]);
    lua_rawseti(L, -2, i + 1);
  }
  lua_setglobal(L, "arg");
}

/* Of the host, a light userdata. */
static int run_protected(lua_State *L) {
  struct lur_script *host = lua_touserdata(L, 1);
  lur_set_script(L);
  const struct lur_script_options *o = host->options;
  luaL_openlibs(L);
  lur_open_randomseed(L);
  lur_open_file_notes(L);
  lur_open_math(L);
  set_search_paths(L, o->path);
  lur_close_libraries(L);
  luaL_getsubtable(L, LUA_REGISTRYINDEX, LUA_PRELOAD_TABLE);
  lua_pushcfunction(L, lur_open_module);
  lua_setfield(L, -2, "luron");
  lua_pop(L, 1);
  set_arg(L, o);
  if (o->names_luron) {
    luaL_requiref(L, "luron", lur_open_module, 1);
    lua_pop(L, 1);
  }
  lua_pushcfunction(L, host->finish);
  load_script(L, o);
  lur_need_stack(L, o->n_words);
  for (int i = 0; i < o->n_words; i++)
    lua_pushstring(L, o->words[i]);
  lua_call(L, o->n_words, LUA_MULTRET);
  lua_call(L, lua_gettop(L) - 1, 0);
  return 0;
}

int lur_raise_outside(lua_State *L, const char *where, const char *text) {
  lur_script_of(L)->exit_code = LUR_EXIT_FAILED;
  lua_pushfstring(L, "luron: %s%s%s", where, where[0] ? ": " : "", text);
  return lua_error(L);
}

/* What the sandbox stopped, in one line: the first thing that it refused, whatever the script made of that; or memory.
 */
static int report_stopped(const struct lur_script *host) {
  const struct lur_sandbox *s = host->options->sandbox;
  char what[LUR_SHOWN_BYTES];
  fflush(stdout);
  if (host->refused[0])
    fprintf(stderr, "%s\n", host->refused);
  else
    fprintf(stderr, "luron: %s: stopped: it needs more than --memory %s\n", lur_utf8_name(s->what, what), s->memory);
  return LUR_EXIT_STOPPED;
}

void lur_tell(const char *text, size_t n) {
  char *line = lur_alloc(n + 1, 1);
  for (size_t i = 0; line && i < n; i++)
    line[i] = text[i] ? text[i] : '?';
  if (line)
    lur_utf8_tame(line);
  fprintf(stderr, "%s\n", line ? line : lur_memory_text);
  free(line);
}

static int report(lua_State *L, const struct lur_script *host, int status) {
  size_t n;
  const char *text = lua_tolstring(L, -1, &n);
  if (host->options->sandbox && atomic_load(lur_signal_flag()) == SIGTERM)
    return LUR_EXIT_FAILED; /* the parent says why */
  const bool is_memory = status == LUA_ERRMEM || (text && strcmp(text, lur_memory_text) == 0);
  if (host->refused[0] || (is_memory && host->options->sandbox))
    return report_stopped(host);
  if (status == LUA_ERRMEM || !text || strcmp(text, lur_memory_text) == 0) {
    fprintf(stderr, "luron: %s\n", status == LUA_ERRMEM || text ? lur_memory_text : "error in error handling");
    return LUR_EXIT_FAILED;
  }
  fflush(stdout);
  if (!host->interrupt_told || !atomic_load(lur_signal_flag()))
    lur_tell(text, n);
  return host->exit_code ? host->exit_code : LUR_EXIT_FAILED;
}

static int at_panic(lua_State *L) {
  const char *text = lua_tostring(L, -1);
  fprintf(stderr, "luron: error outside of protection: %s\n", text ? text : "?");
  return 0;
}

/* A script that was stopped has no say any more: its finalizers are not run, and its memory goes with the process. */
static void end_state(lua_State *L, struct lur_script *host) {
  if (host->exit_code == LUR_EXIT_STOPPED)
    return;
  lua_close(L);
  if (host->refused[0]) /* to a finalizer */
    host->exit_code = report_stopped(host);
}

int lur_script_execute(const struct lur_script_options *options, lua_CFunction finish, const void *request,
                       void *state) {
  struct lur_script host = {.options = options, .finish = finish, .request = request, .state = state};
  lua_State *L = lur_new_state(&host);
  if (!L && options->sandbox)
    return report_stopped(&host);
  if (!L) {
    fprintf(stderr, "luron: %s\n", lur_memory_text);
    return LUR_EXIT_FAILED;
  }
  lua_atpanic(L, at_panic);
  const struct lur_signal_watch watch = {lur_interrupt_resume, L};
  lur_signal_watch(&watch);
  lua_pushcfunction(L, lur_explain);
  lua_pushcfunction(L, run_protected);
  lua_pushlightuserdata(L, &host);
  int status = lua_pcall(L, 1, 0, 1);
  if (status != LUA_OK || host.refused[0])
    host.exit_code = status != LUA_OK ? report(L, &host, status) : report_stopped(&host);
  lur_signal_watch(NULL);
  end_state(L, &host);
  lur_files_free(host.files);
  lur_signal_obeyed();
  int number = atomic_load(lur_signal_flag());
  return number && host.exit_code != LUR_EXIT_STOPPED ? LUR_EXIT_SIGNAL + number : host.exit_code;
}

const char *lur_script_lua_version(void) {
  return LUR_LUA_BUNDLED ? LUA_RELEASE " (bundled)" : LUA_RELEASE " (system)";
}

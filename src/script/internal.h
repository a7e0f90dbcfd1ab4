/* SPDX-License-Identifier: MIT
 * What the files of the script room share: the host behind a Lua state, how the module is put together, and how
 * arguments are read and mistakes answered. Everything here runs inside the host's protected call and may raise, so
 * nothing that a raise would leak (an allocation, a lock, a statement) may be live across these calls. */
#ifndef LUR_SCRIPT_INTERNAL_H
#define LUR_SCRIPT_INTERNAL_H

#include <lauxlib.h>
#include <lua.h>
#include <lualib.h>

#include "base/error.h"
#include "script/script.h"

/* ---- The host: one a state, found from any of its threads ---- */
struct lur_script {
  const struct lur_script_options *options;
  const void *request;    /* what else the command passes to its `finish`; or NULL */
  lua_CFunction finish;   /* called with what the script returned, inside the protected call */
  int exit_code;          /* what finish decided; set before a raise, it stands and no traceback is printed */
};
struct lur_script *lur_script_of(lua_State *L);

/* Makes a state, runs options->path, calls finish with its results; returns the exit code. */
int lur_script_execute(const struct lur_script_options *options, lua_CFunction finish, const void *request);

/* The state that a signal stops, or NULL. */
void lur_interrupt_watch(lua_State *L);

/* Pushes the path joined to the script's folder, unless it is absolute. */
const char *lur_push_path(lua_State *L, const char *path);

/* ---- What each command does with a script's results: lua_CFunctions ---- */
int lur_finish_run(lua_State *L);

/* ---- The module: each adds its functions to the table on the top and makes its metatables ---- */
int lur_open_module(lua_State *L); /* lua_CFunction: what `require "luron"` calls */
void lur_open_functions(lua_State *L);
void lur_open_random(lua_State *L);
void lur_open_neuron(lua_State *L);
void lur_open_network(lua_State *L);
void lur_open_experiment(lua_State *L);

/* Makes the metatable `name` with `__name`, the metamethods, and the methods as `__index` where given; the stack is
 * left as it was. `__metatable` is set: a script cannot change how an object of ours is collected. */
void lur_new_class(lua_State *L, const char *name, const luaL_Reg *metamethods, const luaL_Reg *methods);

/* ---- Mistakes: all raise, with the script's line in front ---- */
int lur_raise(lua_State *L, const struct lur_error *e);   /* "line: field: text"; memory as lur_raise_memory */
int lur_raise_memory(lua_State *L);                       /* "out of memory" */
int lur_raise_field(lua_State *L, const char *field, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* "command line: NAME: text", exit code 2. Only from a finish function. */
int lur_raise_usage(lua_State *L, const char *name, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* ---- Tables as arguments ---- */
/* The table at `index` may hold only these names (ended by NULL): else "name: no such field; did you mean ...?". */
/* "NAME: no such field; ..." with the nearest of the names, or all of them. */
void lur_raise_unknown(lua_State *L, const char *name, const char *const *names);
void lur_check_names(lua_State *L, int index, const char *const *names);
/* Pushes a text that says what the value is, for messages: "a table", "\"sigmod\"", "3.5", "nil". */
const char *lur_push_found(lua_State *L, int index);
/* A list of exactly n numbers at index, or one number where n is 1, into out. `name` is what messages call it. */
void lur_read_list(lua_State *L, int index, const char *name, int n, double *out);
void lur_push_list(lua_State *L, const double *from, int n);

/* One field of the table at `index`, with its default where it is nil. */
double lur_number_field(lua_State *L, int index, const char *name, double otherwise);
lua_Integer lur_integer_field(lua_State *L, int index, const char *name, lua_Integer otherwise, lua_Integer min,
                              lua_Integer max);
bool lur_boolean_field(lua_State *L, int index, const char *name, bool otherwise);
int lur_choice_field(lua_State *L, int index, const char *name, const char *const *choices, int otherwise);

#endif

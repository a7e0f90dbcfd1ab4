/* SPDX-License-Identifier: MIT
 * What a function may do while it is traced and checked. A hook looks at each call: a function of C that is not known
 * to take symbols gets none, and what reads a clock, a file or hidden state is not called at all. It counts
 * instructions, too. A signal puts the host's own hook in its place (module/interrupt.c), and that one wins. */
#include <stdatomic.h>
#include <string.h>

#include "tracing/trace.h"

static const char too_early[] = "is not called in a function that is traced: that runs before the training, not in it;"
                                " call it before, and read a local";

/* ---- What is known of Lua's libraries ---- */
/* Pushes what package.loaded has under the name: a library, "_G" for the globals. */
static void push_library(lua_State *L, const char *library) {
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, library);
  lua_remove(L, -2);
}

static void refuse(lua_State *L, const char *library, const char *name, const char *why) {
  const char *dot = strcmp(library, LUA_GNAME) == 0 ? "" : ".";
  push_library(L, library);
  if (lua_istable(L, -1) && lua_getfield(L, -1, name) == LUA_TFUNCTION) {
    lua_pushfstring(L, "%s%s%s %s", dot[0] ? library : "", dot, name, why);
    lur_refuse(L, -2, lua_tostring(L, -1));
    lua_pop(L, 1);
  }
  lua_pop(L, 2);
}

static void refuse_library(lua_State *L, const char *library) {
  push_library(L, library);
  const int table = lua_gettop(L);
  for (lua_pushnil(L); lua_istable(L, table) && lua_next(L, table); lua_pop(L, 1))
    if (lua_type(L, -2) == LUA_TSTRING)
      refuse(L, library, lua_tostring(L, -2), too_early);
  lua_settop(L, table - 1);
}

static void allow_library(lua_State *L, const char *library, const char *const *names) {
  push_library(L, library);
  for (int i = 0; lua_istable(L, -1) && names[i]; i++) {
    lua_getfield(L, -1, names[i]);
    lur_allow(L, -1);
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
}

void lur_open_limits(lua_State *L) {
  static const char *const whole[] = {"os", "io", "debug", "coroutine", NULL};
  static const char *const global[] = {"load",  "loadfile", "dofile",         "require",
                                       "print", "warn",     "collectgarbage", NULL};
  static const char *const passed_on[] = {"assert", "error",  "ipairs", "next",         "pairs",
                                          "rawget", "rawset", "select", "setmetatable", NULL};
  static const char *const in_tables[] = {"insert", "pack", "unpack", "remove", "sort", NULL};
  static const char *const searching[] = {"find", "match", "gmatch", "gsub", NULL};
  static const char *const caught[] = {"pcall", "xpcall", NULL}, *const drawn[] = {"random", "randomseed", NULL};
  static const char *const missing[] = {"asin", "acos", "atan", "sinh", "cosh", "tanh", "pow", "log10", NULL};
  for (int i = 0; whole[i]; i++)
    refuse_library(L, whole[i]);
  for (int i = 0; global[i]; i++)
    refuse(L, LUA_GNAME, global[i], too_early);
  refuse(L, LUA_TABLIBNAME, "move", "may take for ever, and nothing could end it; write a loop");
  for (int i = 0; caught[i]; i++)
    refuse(L, LUA_GNAME, caught[i],
           "is not called in a function that is traced: its mistakes are to be seen; leave it"
           " out");
  for (int i = 0; searching[i]; i++)
    refuse(L, LUA_STRLIBNAME, searching[i],
           "may take for ever, and nothing could end it; look into texts before, and read"
           " a local, or compare p.kind == \"a\"");
  for (int i = 0; drawn[i]; i++)
    refuse(L, LUA_MATHLIBNAME, drawn[i],
           "would be drawn once, for all runs; draws belong to init: r.normal(),"
           " r.uniform(lo, hi)");
  for (int i = 0; missing[i]; i++)
    refuse(L, LUA_MATHLIBNAME, missing[i],
           "is none of luron's functions, which give the same bits everywhere; use"
           " those of luron help functions, or compute it before, as a local");
  allow_library(L, LUA_GNAME, passed_on);
  allow_library(L, LUA_TABLIBNAME, in_tables);
  lua_pushliteral(L, "");
  if (lua_getmetatable(L, -1))
    lur_allow_all(L); /* "10" + z: the symbol's own answers */
  lua_pop(L, 1);
}

/* ---- The hook ---- */
static void note_lua_function(lua_State *L) {
  if (lua_getfield(L, LUA_REGISTRYINDEX, "luron.traced") != LUA_TTABLE) {
    lua_pop(L, 1);
    return;
  }
  lua_pushvalue(L, -2);
  if (lua_rawget(L, -2) == LUA_TNIL) {
    lua_pushvalue(L, -3);
    lua_rawseti(L, -3, (lua_Integer)lua_rawlen(L, -3) + 1);
    lua_pushvalue(L, -3);
    lua_pushboolean(L, true);
    lua_rawset(L, -4);
  }
  lua_pop(L, 2);
}

static const char *instead_of(const char *name) {
  static const struct {
    const char *name, *text;
  } words[] = {
      {"type", "every argument is a number: leave it out"},
      {"tostring", "a value has no text while it is not known: leave it out"},
      {"tonumber", "every argument is a number already: leave it out"},
      {"format", "a value has no text while it is not known: leave texts out"},
      {"rep", "a value has no text while it is not known: leave texts out"},
      {"fmod", "write a % b, or a - b * (a // b)"},
      {"modf", "write math.floor(z) and z - math.floor(z)"},
      {"tointeger", "values are floating-point: write math.floor(z)"},
      {"ult", "write a < b"},
      {"rawequal", "write luron.equal(a, b)"},
      {"concat", "a value has no text while it is not known: leave texts out"},
  };
  for (size_t i = 0; i < sizeof words / sizeof *words; i++)
    if (strcmp(words[i].name, name) == 0)
      return words[i].text;
  return "of functions in C, math's abs ceil cos exp floor log max min sin sqrt tan and luron's own do (luron help"
         " functions)";
}

/* The function on the top is C's, and is called with these arguments. */
static void check_arguments(lua_State *L, struct lur_tracing *t, lua_Debug *at) {
  const char *name = at->name ? at->name : "a function in C";
  for (int i = 1; i <= at->ntransfer && lua_getlocal(L, at, i); i++) {
    if (lur_is_symbol(L, -1))
      lur_trace_fail(L, t, "%s takes no value that is not known yet; %s", name, instead_of(name));
    lua_pop(L, 1);
  }
}

static void look_at_call(lua_State *L, struct lur_tracing *t, lua_Debug *at) {
  lur_need_stack(L, 8);
  lua_getinfo(L, "fnr", at);
  if (!lua_iscfunction(L, -1)) {
    note_lua_function(L);
    lua_pop(L, 1);
    return;
  }
  bool takes_symbols;
  const char *why = lur_push_known(L, -1, &takes_symbols);
  if (why)
    lur_trace_fail(L, t, "%s", why);
  lua_pop(L, 2);
  if (!takes_symbols)
    check_arguments(L, t, at);
}

void lur_limits_hook(lua_State *L, lua_Debug *at) {
  struct lur_tracing *t = lur_tracing_of(L);
  if (atomic_load(lur_signal_flag())) {
    lur_push_where(L);
    lua_pushfstring(L, "%sinterrupted", lua_tostring(L, -1));
    lua_error(L);
  }
  if (at->event == LUA_HOOKLINE)
    lur_lines_note(L, t, at);
  else if (at->event != LUA_HOOKCOUNT)
    look_at_call(L, t, at);
  else if ((t->n_instructions += LUR_HOOK_EVERY) > LUR_MAX_INSTRUCTIONS)
    lur_trace_fail(L, t,
                   "more than %d instructions in one call; a comparison keeps its answer on a path, so a loop that"
                   " waits for it never ends: write for i = 1, 8 do",
                   LUR_MAX_INSTRUCTIONS);
}

void lur_watch_lines(lua_State *L, bool on) {
  const int mask = LUA_MASKCALL | LUA_MASKCOUNT | (on ? LUA_MASKLINE : 0);
  if (lua_gethook(L) == lur_limits_hook) /* else a signal has its own there */
    lua_sethook(L, lur_limits_hook, mask, LUR_HOOK_EVERY);
}

/* ---- Messages of Lua's own ---- */
/* What else to say about a message: "; write ...", or "". */
static const char *remedy(const char *message) {
  static const struct {
    const char *found, *more;
  } remedies[] = {
      {"'for' ", "; the bounds of a loop are plain numbers, the same for all values: write for i = 1, 8 do"},
      {"divide by zero", "; whole numbers without a point are integers, which have no infinity: write 1.0 // 0"},
      {"'n//0'", "; whole numbers without a point are integers, which have no infinity: write 1.0 // 0"},
      {"'n%", "; whole numbers without a point are integers, which have no NaN: write 1.0 % 0"},
      {"has no integer representation", "; values here are floating-point: use * 2, // 2 and % 2 for bits"},
      {"table index is", "; no list is indexed by a value that is not known yet: use comparisons"},
      {"(field '?')", "; no list is indexed by a value that is not known yet: use comparisons"},
      {"attempt to call a nil value (field", "; a function is traced with math's abs ceil cos exp floor log max min sin"
                                             " sqrt tan and luron's own (luron help functions)"},
      {"in table for 'concat'", "; a value has no text while it is not known: leave texts out"},
      {"on a nil value", "; is it set before the function is used, and its name spelt right?"},
      {"a nil value", "; is it set before the function is used, and its name spelt right?"},
      {"stack overflow", "; a function that calls itself needs an end that does not hang on a value"},
  };
  for (size_t i = 0; i < sizeof remedies / sizeof *remedies; i++)
    if (strstr(message, remedies[i].found))
      return remedies[i].more;
  return "";
}

void lur_complete_message(lua_State *L, const char *field, int function) {
  const char *text = lua_tostring(L, -1), *end = text;
  while ((end = strchr(end, ':')) && (end[1] < '0' || end[1] > '9'))
    end++;
  const size_t digits = end ? strspn(end + 1, "0123456789") : 0;
  const bool has_line = end && strncmp(end + 1 + digits, ": ", 2) == 0;
  const char *rest = has_line ? end + 3 + digits : text;
  if (has_line)
    lua_pushlstring(L, text, (size_t)(end + 3 + digits - text));
  else
    lur_push_where_defined(L, function);
  const char *where = lua_tostring(L, -1), *more = remedy(rest);
  lua_pushfstring(L, "%s%s: %s%s", where, field, rest, more);
}

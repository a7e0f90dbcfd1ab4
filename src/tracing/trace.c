/* SPDX-License-Identifier: MIT
 * From a function to its program. Each call of the function is one path through it: its comparisons answer as they are
 * told, and true beyond that. The paths of the two answers of a comparison are joined by a selection. All is done
 * twice, because a function that keeps something from call to call gives another trace then; and what came out is
 * compared with the function (check.c). */
#include "tracing/trace.h"

#include <stdatomic.h>
#include <string.h>

#include "base/sha256.h"

static const char program_class[] = "luron.program", builder_class[] = "luron.builder";

/* ---- Owners ---- */
static int free_program(lua_State *L) {
  struct lur_program **p = luaL_checkudata(L, 1, program_class);
  lur_program_free(*p);
  *p = NULL;
  return 0;
}

static int free_builder(lua_State *L) {
  struct lur_builder **b = luaL_checkudata(L, 1, builder_class);
  lur_builder_free(*b);
  *b = NULL;
  return 0;
}

static void *push_owner(lua_State *L, const char *name, lua_CFunction collect) {
  void **owner = lua_newuserdatauv(L, sizeof *owner, 0);
  *owner = NULL;
  if (luaL_newmetatable(L, name)) {
    lua_pushcfunction(L, collect);
    lua_setfield(L, -2, "__gc");
    lua_pushstring(L, name);
    lua_setfield(L, -2, "__metatable");
  }
  lua_setmetatable(L, -2);
  return owner;
}

struct lur_program **lur_new_program(lua_State *L) {
  return push_owner(L, program_class, free_program);
}

/* ---- Paths ---- */
/* What the calls on a path gave: the places of the results. */
static void take_results(lua_State *L, struct lur_tracing *t, int *results) {
  const int top = lua_gettop(L), n = lur_call_traced(L, t);
  for (int k = 0; k < n; k++) {
    const int at = top + 1 + k;
    const bool of_slope = t->what->slope && k == n - 1;
    if (!lur_is_symbol(L, at) && lua_type(L, at) != LUA_TNUMBER)
      lur_fail_defined(L, t, of_slope ? LUR_AT_SLOPE : LUR_AT_FUNCTION,
                       "the function returns %s on a path through it; every path returns a number",
                       lua_isnil(L, at) ? "nothing" : lur_push_found(L, at));
    results[k] = lur_operand(L, t, at, "a result");
  }
  lua_settop(L, top);
}

/* Walks all paths that begin with the decisions that are given (t->n_forced). */
static int walk(lua_State *L, struct lur_tracing *t, int *results) {
  struct lur_decision made[LUR_MAX_DECISIONS];
  const int given = t->n_forced, n_results = 1 + t->what->n_states + (t->what->slope != 0);
  take_results(L, t, results);
  const int n_made = t->n_decisions;
  memcpy(made, t->decision, sizeof made);
  for (int i = n_made - 1; i >= given; i--) {
    int other[LUR_MAX_RESULTS];
    memcpy(t->decision, made, sizeof made);
    t->decision[i].answer = false;
    t->n_forced = i + 1;
    walk(L, t, other);
    for (int k = 0; k < n_results; k++)
      if (other[k] != results[k]) {
        lur_push_symbol(L, t, lur_build(t->builder, LUR_OP_SELECT, (const int[]){made[i].at, results[k], other[k]}));
        results[k] = lur_operand(L, t, -1, "a result");
        lua_pop(L, 1);
      }
  }
  return n_results;
}

/* Pushes the program of all paths, and beneath it the builder, which t has. */
static struct lur_program *push_program(lua_State *L, struct lur_tracing *t) {
  int results[LUR_MAX_RESULTS];
  struct lur_builder **b = push_owner(L, builder_class, free_builder);
  struct lur_program **p = lur_new_program(L);
  *b = t->builder = lur_builder_new(t->what->role, LUR_MAX_TRACED);
  if (!*b)
    lur_raise_memory(L);
  t->mode = LUR_TRACES;
  t->n_paths = 1;
  t->n_forced = 0;
  const int n_results = walk(L, t, results);
  *p = lur_builder_finish(*b, n_results, results, t->what->n_states, t->what->state);
  if (!*p)
    lur_raise_memory(L);
  return *p;
}

/* ---- All of it, protected ---- */
/* The stack: LUR_AT_... */
static int trace(lua_State *L) {
  struct lur_tracing *t = lur_tracing_of(L);
  if (!t->math_is_ours)
    lur_exchange_math(L);
  lur_watch_lines(L, true);
  const struct lur_program *first = push_program(L, t), *second = push_program(L, t);
  lur_watch_lines(L, false);
  if (!lur_program_same(first, second))
    lur_fail_defined(L, t, LUR_AT_FUNCTION,
                     "the function is another one each time it is called; it may keep nothing from call to call (a"
                     " rule's memory is its state)");
  t->mode = LUR_CHECKS;
  lur_check_trace(L, t, first);
  return 1;
}

/* A signal that came while this was looked at has put its own hook there, or does it here. */
static void restore_hook(lua_State *L, lua_Hook hook, int mask, int every) {
  if (lua_gethook(L) == lur_limits_hook)
    lua_sethook(L, hook, mask, every);
  if (atomic_load(lur_signal_flag()) && lua_gethook(L) == hook)
    lur_interrupt_resume(L);
}

const struct lur_program *lur_push_traced(lua_State *L, const struct lur_trace *what) {
  struct lur_tracing *t = lur_tracing_of(L);
  const lua_Hook hook = lua_gethook(L);
  const int mask = lua_gethookmask(L), every = lua_gethookcount(L);
  const int places[] = {what->function, what->slope, what->params, what->numbers};
  if (t->mode != LUR_IDLE)
    lur_trace_fail(L, t, "an experiment is made in a function that is traced; make it outside");
  lur_need_stack(L, 12);
  lua_pushcfunction(L, trace);
  for (int i = 0; i < 4; i++)
    places[i] ? lua_pushvalue(L, places[i]) : lua_pushnil(L);
  lua_newtable(L);
  lua_pushvalue(L, -1);
  lua_setfield(L, LUA_REGISTRYINDEX, "luron.traced");
  lur_lines_start(L);
  const bool math_is_ours = t->math_is_ours;
  *t = (struct lur_tracing){.math_is_ours = math_is_ours, .what = what, .call = t->call};
  lua_sethook(L, lur_limits_hook, LUA_MASKCALL | LUA_MASKCOUNT, LUR_HOOK_EVERY);
  const int status = lua_pcall(L, LUR_AT_CALLED, 1, 0);
  restore_hook(L, hook, mask, every);
  t->mode = LUR_IDLE;
  t->what = NULL;
  if (!math_is_ours)
    lur_restore_math(L);
  lur_lines_stop(L);
  lua_pushnil(L);
  lua_setfield(L, LUA_REGISTRYINDEX, "luron.traced");
  if (status == LUA_OK)
    return *(struct lur_program **)lua_touserdata(L, -1);
  if (status == LUA_ERRMEM)
    lur_raise_memory(L);
  if (lua_type(L, -1) != LUA_TSTRING)
    lua_pushfstring(L, "the function raises %s; it raises nothing", lur_push_found(L, -1));
  if (!t->told && !atomic_load(lur_signal_flag()))
    lur_complete_message(L, what->field, what->function);
  lua_error(L);
  return NULL;
}

/* SPDX-License-Identifier: MIT
 * One call of a function that is traced or checked, and what came of it. */
#include "tracing/trace.h"

/* Calls the function beneath its n arguments; exactly one value is left. */
static void call_for_one(lua_State *L, struct lur_tracing *t, int at, int n) {
  const int function = lua_gettop(L) - n;
  lua_call(L, n, LUA_MULTRET);
  const int n_results = lua_gettop(L) - function + 1;
  if (n_results == 0)
    lua_pushnil(L);
  if (n_results > 1)
    lur_fail_defined(L, t, at, "the function returns %d values; it returns one", n_results);
}

int lur_call_traced(lua_State *L, struct lur_tracing *t) {
  const int first = lua_gettop(L) + 1;
  int states;
  t->call++;
  t->n_instructions = t->n_decisions = t->n_draws = 0;
  lur_need_stack(L, 20);
  lua_pushvalue(L, LUR_AT_FUNCTION);
  const int n = lur_push_arguments(L, t, &states);
  if (states > 0) { /* kept beneath the call */
    lua_pushvalue(L, states);
    lua_insert(L, first);
  }
  call_for_one(L, t, LUR_AT_FUNCTION, n);
  for (int k = 0; k < t->what->n_states; k++)
    lur_push_state(L, first, k);
  if (states > 0)
    lua_remove(L, first);
  if (t->what->slope) {
    lua_pushvalue(L, LUR_AT_SLOPE);
    lur_push_argument(L, t, LUR_IN_Z, 0);
    lua_pushvalue(L, first);
    lur_push_parameters(L);
    call_for_one(L, t, LUR_AT_SLOPE, 3);
  }
  return lua_gettop(L) - first + 1;
}

/* SPDX-License-Identifier: MIT
 * Functions of numbers, for plain numbers and for symbols: luron.exp, luron.fma ..., the activations (luron.sigmoid;
 * softmax, which is not a function of one number, is left out), and those of `math`. The latter are Lua's own, bit for
 * bit and with the same errors, unless a function is traced or checked: then they take symbols, and compute with
 * luron's functions on plain numbers, too. */
#include <string.h>

#include "tracing/trace.h"

enum how { ONE, SEVERAL, THREE, LOGARITHM, EQUAL, ITSELF };

static const struct function {
  const char *name;
  bool in_math;
  enum how how;
  enum lur_op_id id;
} functions[] = {{"abs", true, ONE, LUR_OP_ABS},
                 {"ceil", true, ONE, LUR_OP_CEIL},
                 {"cos", true, ONE, LUR_OP_COS},
                 {"exp", true, ONE, LUR_OP_EXP},
                 {"floor", true, ONE, LUR_OP_FLOOR},
                 {"log", true, LOGARITHM, LUR_OP_LOG},
                 {"max", true, SEVERAL, LUR_OP_MAX},
                 {"min", true, SEVERAL, LUR_OP_MIN},
                 {"sin", true, ONE, LUR_OP_SIN},
                 {"sqrt", true, ONE, LUR_OP_SQRT},
                 {"tan", true, ONE, LUR_OP_TAN},
                 {"fma", false, THREE, LUR_OP_FMA},
                 {"expm1", false, ONE, LUR_OP_EXPM1},
                 {"log1p", false, ONE, LUR_OP_LOG1P},
                 {"erf", false, ONE, LUR_OP_ERF},
                 {"equal", false, EQUAL, LUR_OP_EQ},
                 {"sigmoid", false, ONE, LUR_OP_SIGMOID},
                 {"tanh", false, ONE, LUR_OP_TANH},
                 {"relu", false, ONE, LUR_OP_RELU},
                 {"leaky_relu", false, ONE, LUR_OP_LEAKY_RELU},
                 {"softplus", false, ONE, LUR_OP_SOFTPLUS},
                 {"step", false, ONE, LUR_OP_STEP},
                 {"linear", false, ITSELF, LUR_OP_ADD},
                 {0}};

/* ---- Computing ---- */
static void check_values(lua_State *L, int n) {
  for (int i = 1; i <= n; i++)
    if (!lur_is_symbol(L, i))
      luaL_checknumber(L, i);
}

static int n_operands(const struct function *f) {
  switch (f->how) {
  case ONE:
  case SEVERAL:
  case LOGARITHM:
  case ITSELF: return 1;
  case EQUAL: return 2;
  case THREE: return 3;
  }
  return 1;
}

/* max(a, b, c) = max(max(a, b), c): the values stand at 1 ... n. */
static void fold(lua_State *L, struct lur_tracing *t, const struct function *f, int n) {
  lua_pushvalue(L, 1);
  for (int i = 2; i <= n; i++) {
    lua_pushvalue(L, i);
    lur_apply(L, t, f->id, f->name);
  }
}

/* log(x, b) = log(x) / log(b) */
static void logarithm(lua_State *L, struct lur_tracing *t, const struct function *f) {
  lua_pushvalue(L, 1);
  lur_apply(L, t, f->id, f->name);
  lua_pushvalue(L, 2);
  lur_apply(L, t, f->id, f->name);
  lur_apply(L, t, LUR_OP_DIV, f->name);
}

static void compare(lua_State *L, struct lur_tracing *t, const struct function *f) {
  bool equal = lua_tonumber(L, 1) == lua_tonumber(L, 2);
  if (lur_is_symbol(L, 1) || lur_is_symbol(L, 2)) {
    const int a = lur_operand(L, t, 1, f->name), b = lur_operand(L, t, 2, f->name);
    equal = lur_fork(L, t, f->id, a, b);
  }
  lua_pushboolean(L, equal);
}

static int compute(lua_State *L, struct lur_tracing *t, const struct function *f) {
  const bool two = f->how == LOGARITHM && !lua_isnoneornil(L, 2);
  const int n = f->how == SEVERAL && lua_gettop(L) > 1 ? lua_gettop(L) : n_operands(f) + two;
  check_values(L, n);
  lua_settop(L, n);
  lur_need_stack(L, 4);
  if (f->how == EQUAL)
    compare(L, t, f);
  else if (two)
    logarithm(L, t, f);
  else if (f->how == SEVERAL || (f->how == ITSELF && lur_is_symbol(L, 1)))
    fold(L, t, f, n);
  else if (f->how == ITSELF)
    lua_pushnumber(L, lua_tonumber(L, 1));
  else
    lur_apply(L, t, f->id, f->name);
  return 1;
}

/* Upvalue 1: which. */
static int luron_function(lua_State *L) {
  return compute(L, lur_tracing_of(L), &functions[lua_tointeger(L, lua_upvalueindex(1))]);
}

/* ---- math ---- */
static bool all_are_whole(lua_State *L) {
  for (int i = lua_gettop(L); i > 0; i--)
    if (!lua_isinteger(L, i))
      return false;
  return true;
}

/* Upvalues: which; the library's own function; the state's tracing. Whole numbers stay what they are in abs, max and
 * their like. */
static int math_function(lua_State *L) {
  const struct function *f = &functions[lua_tointeger(L, lua_upvalueindex(1))];
  struct lur_tracing *t = lua_touserdata(L, lua_upvalueindex(3));
  const bool rounds = f->how == SEVERAL || f->id == LUR_OP_ABS || f->id == LUR_OP_FLOOR || f->id == LUR_OP_CEIL;
  if (t->mode == LUR_IDLE || (rounds && all_are_whole(L)))
    return lua_tocfunction(L, lua_upvalueindex(2))(L); /* in this frame, so that its errors name the call */
  return compute(L, t, f);
}

/* Puts ours in place of Lua's in the table on the top. */
static void set_math(lua_State *L) {
  struct lur_tracing *t = lur_tracing_of(L);
  for (int i = 0; functions[i].name; i++) {
    if (!functions[i].in_math)
      continue;
    lua_pushinteger(L, i);
    lua_getfield(L, -2, functions[i].name);
    lua_pushlightuserdata(L, t);
    if (lua_iscfunction(L, -2) && !lua_getupvalue(L, -2, 1)) {
      lua_pushfstring(L, "%s was taken from math before luron was there; write luron.%s", functions[i].name,
                      functions[i].name);
      lur_refuse(L, -3, lua_tostring(L, -1));
      lua_pop(L, 1);
      lua_pushcclosure(L, math_function, 3);
      lur_allow(L, -1);
      lua_setfield(L, -2, functions[i].name);
    }
    lua_settop(L, 1);
  }
}

static void push_math(lua_State *L) {
  lua_getfield(L, LUA_REGISTRYINDEX, LUA_LOADED_TABLE);
  lua_getfield(L, -1, LUA_MATHLIBNAME);
  lua_remove(L, -2);
}

static int exchange(lua_State *L) {
  lua_settop(L, 0);
  push_math(L);
  set_math(L);
  return 0;
}

void lur_exchange_math(lua_State *L) {
  lua_pushcfunction(L, exchange);
  lua_call(L, 0, 0);
}

/* Of what is in math now, ours become the library's own again. */
void lur_restore_math(lua_State *L) {
  const int top = lua_gettop(L);
  push_math(L);
  for (int i = 0; functions[i].name; i++) {
    if (functions[i].in_math && lua_getfield(L, top + 1, functions[i].name) == LUA_TFUNCTION &&
        lua_tocfunction(L, -1) == math_function && lua_getupvalue(L, -1, 2))
      lua_setfield(L, top + 1, functions[i].name);
    lua_settop(L, top + 1);
  }
  lua_settop(L, top);
}

/* ---- Opening ---- */
void lur_open_math(lua_State *L) {
  lur_open_limits(L);
  lur_exchange_math(L);
  lur_tracing_of(L)->math_is_ours = true;
}

void lur_open_functions(lua_State *L) {
  if (!lur_tracing_of(L)->math_is_ours)
    lur_open_limits(L);
  lur_open_symbols(L);
  lur_open_arguments(L);
  for (int i = 0; functions[i].name; i++) {
    lua_pushinteger(L, i);
    lua_pushcclosure(L, luron_function, 1);
    lur_allow(L, -1);
    lua_setfield(L, -2, functions[i].name);
  }
}
